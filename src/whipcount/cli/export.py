"""`whipcount export`: a project for other programs."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from whipcount.cli import options, output
from whipcount.cli.project import project_file

if TYPE_CHECKING:
    from whipcount.project.exporting import Table

TABLES = ("board", "positions", "statements", "articles", "reviews", "overrides", "changes")


@click.command(short_help="Export a project for other programs.")
@project_file
@click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(["json", "jsonl", "csv", "xlsx", "parquet"]),
    help="json: one document; jsonl: a line an article, as code writes it; xlsx: a workbook; csv "
    "and parquet: a file a table, in a folder.  [default: by --out's ending, else json]",
)
@click.option(
    "--out",
    "-o",
    type=click.Path(path_type=Path),
    metavar="FILE|FOLDER",
    help="Where to; whole or not at all, and never over a folder that is there.",
)
@click.option(
    "--table",
    type=click.Choice(TABLES),
    help="With csv: only this table, to a file or standard output.",
)
@click.option(
    "--site",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Write a read-only copy for a web server: board, evidence, changes; of the articles' "
    "words only what is quoted, with --with-text all of them.",
)
@click.option("--without-words", is_flag=True, help="With --site: not even what is quoted.")
@options.with_text(default=False)
def export(
    *,
    project: Path,
    form: str | None,
    out: Path | None,
    table: str | None,
    site: Path | None,
    without_words: bool,
    with_text: bool,
) -> int:
    """Write what PROJECT.whip holds: board, positions, statements, articles, reviews, history."""
    if site is not None:
        _write_site(project, site, with_text=with_text, without_words=without_words)
        return 0
    if without_words:
        raise click.UsageError("--without-words goes with --site")
    from whipcount.project import open_project  # noqa: PLC0415
    from whipcount.project.exporting import document_of, tables_of  # noqa: PLC0415
    from whipcount.rendering import csv_rows  # noqa: PLC0415

    endings = {".json": "json", ".jsonl": "jsonl", ".csv": "csv", ".xlsx": "xlsx"}
    form = form or endings.get("" if out is None else out.suffix.lower(), "json")
    if table is not None and form != "csv":
        raise click.UsageError("--table goes with --format csv")
    if out is None and (form in ("xlsx", "parquet") or (form == "csv" and table is None)):
        raise click.UsageError(f"--format {form} needs --out")
    with open_project(project, writing=False) as opened:
        if form == "json":
            with output.opened(out) as stream:
                output.write_json(stream, document_of(opened, with_text=with_text))
        elif form == "jsonl":
            from whipcount.project import coded  # noqa: PLC0415
            from whipcount.rendering.documents import code_line  # noqa: PLC0415

            with output.opened(out) as stream:
                for one in coded(opened):
                    output.write_line(stream, code_line(one, with_text=with_text))
        elif form == "xlsx" and out is not None:
            from whipcount.rendering.workbook import workbook  # noqa: PLC0415

            output.write_bytes(out, workbook(tables_of(opened, with_text=with_text)))
        elif table is not None:
            (chosen,) = (one for one in tables_of(opened) if one.name == table)
            with output.opened(out) as stream:
                csv_rows.write(stream, chosen.columns, chosen.rows)
        elif out is not None:
            found = tables_of(opened, with_text=with_text)
            with _new_folder(out) as folder:
                (_write_csv if form == "csv" else _write_parquet)(folder, found)
    return 0


def _write_site(project: Path, site: Path, *, with_text: bool, without_words: bool) -> None:
    from whipcount.app.site import write_site  # noqa: PLC0415
    from whipcount.project import open_project  # noqa: PLC0415

    if with_text and without_words:
        raise click.UsageError("--with-text and --without-words can't both be")
    words: Literal["articles", "quoted", "none"] = "none" if without_words else "quoted"
    with open_project(project, writing=False) as opened, _new_folder(site) as folder:
        write_site(opened, folder, "articles" if with_text else words)


@contextlib.contextmanager
def _new_folder(out: Path) -> Iterator[Path]:
    """Yield a folder beside the place, moved there at the end; removed after an error."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise click.ClickException(f"{out}: is there already; name a new folder, or an empty one")
    place = out.resolve()
    beside = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        beside.mkdir(parents=True)
        yield beside
        if out.exists():
            place.rmdir()
        beside.replace(place)
    except OSError as error:
        raise click.ClickException(f"{out}: can't be written: {error.strerror}") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _write_csv(folder: Path, found: Sequence[Table]) -> None:
    from whipcount.rendering import csv_rows  # noqa: PLC0415

    for one in found:
        with (folder / f"{one.name}.csv").open("w", encoding="utf-8", newline="\n") as stream:
            csv_rows.write(stream, one.columns, one.rows)


def _write_parquet(folder: Path, found: Sequence[Table]) -> None:
    from whipcount.errors import ProjectError  # noqa: PLC0415

    try:
        import pyarrow  # noqa: PLC0415
        import pyarrow.parquet  # noqa: PLC0415
    except ImportError:
        raise ProjectError("parquet needs pyarrow: pip install 'whipcount[parquet]'") from None
    for one in found:
        inner = folder / one.name
        inner.mkdir()
        if one.rows:
            table = pyarrow.Table.from_pylist(list(one.rows))
        else:
            table = pyarrow.table({column: pyarrow.array([], "string") for column in one.columns})
        pyarrow.parquet.write_table(table, inner / "part-00000.parquet")
