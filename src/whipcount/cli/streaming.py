"""What `read`, `statements` and `code` print: an article at a time, as soon as it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, TextIO

from whipcount.cli import output
from whipcount.cli.batch import Batch

Render = Callable[..., dict[str, Any]]
Found = Iterable[Any]
"""Articles for `read`, Attributed for `statements`, Coded for `code`."""


def print_articles(
    command: str,
    found: Found,
    batch: Batch,
    form: str | None,
    out: Path | str | None,
    *,
    with_text: bool,
) -> int:
    """Print a command's results as they come and return the exit code.

    Nothing is printed where no page could be read.
    """
    form = output.format_for(form, out, "jsonl", ("json", "jsonl", "csv"))
    done = 0

    def counted() -> Iterator[Any]:
        nonlocal done
        for one in found:
            done += 1
            yield one

    results = counted()
    first = next(results, None)
    if first is None and batch.failed:
        return batch.exit_code(done)
    with output.opened(out) as stream:
        _write(stream, command, _again(first, results), form, with_text)
    return batch.exit_code(done)


def _again(first: Any, rest: Iterator[Any]) -> Iterator[Any]:
    if first is not None:
        yield first
        yield from rest


def _write(stream: TextIO, command: str, found: Found, form: str, with_text: bool) -> None:
    if form == "table":
        from whipcount.rendering.table import Printer  # noqa: PLC0415

        show: dict[str, Callable[[Printer, Any], None]] = {
            "read": Printer.article,
            "statements": Printer.attributed,
            "code": Printer.coded,
        }
        printer = Printer(stream)
        for one in found:
            show[command](printer, one)
        return
    from whipcount.rendering import csv_rows, documents  # noqa: PLC0415

    if form == "json":
        whole: dict[str, Render] = {
            "read": documents.read_document,
            "statements": documents.statements_document,
            "code": documents.code_document,
        }
        output.write_json(stream, whole[command](found, with_text=with_text))
    elif form == "csv":
        rows: dict[str, Callable[[Found], Iterable[documents.Document]]] = {
            "read": partial(csv_rows.article_rows, with_text=with_text),
            "statements": csv_rows.statement_rows,
            "code": csv_rows.position_rows,
        }
        columns = {
            "read": csv_rows.ARTICLE,
            "statements": csv_rows.STATEMENT,
            "code": csv_rows.POSITION,
        }[command]
        csv_rows.write(stream, columns, rows[command](found))
    else:
        single: dict[str, Render] = {
            "read": documents.read_line,
            "statements": documents.statements_line,
            "code": documents.code_line,
        }
        for one in found:
            output.write_line(stream, single[command](one, with_text=with_text))
