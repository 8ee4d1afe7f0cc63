"""`whipcount read`: what was read of pages."""

from __future__ import annotations

from pathlib import Path

import click

from whipcount.cli import options
from whipcount.cli.batch import Batch
from whipcount.cli.streaming import print_articles


@click.command(short_help="Show what was read of pages.")
@options.pages
@options.output_format("jsonl")
@options.out
@options.with_text(default=True)
@options.encoding
@click.option(
    "--columns",
    metavar="ROLE=NAME,...",
    help="Which columns of CSV, or keys of JSON Lines, hold what: text=Body,date=Published. There "
    "are text, title, date, outlet, byline, url, id and section; a reading.toml beside the pages "
    "says the same to every command.",
)
@click.option(
    "--export-marks",
    type=click.Path(path_type=Path),
    metavar="MARKS.toml",
    help="How databases of news mark the documents of their exports, where they changed it.",
)
@click.option(
    "--copies",
    is_flag=True,
    help="Say which articles are copies of others; nothing is printed before all pages are read.",
)
@options.progress
def read(
    *,
    pages: tuple[str, ...],
    form: str | None,
    out: Path | None,
    with_text: bool,
    encoding: str | None,
    columns: str | None,
    export_marks: Path | None,
    copies: bool,
    progress: bool,
) -> int:
    """Show what was read: title, outlet, date, byline, body.

    A PAGE is a file, a folder, a project (.whip), or - for standard input.
    """
    import whipcount  # noqa: PLC0415
    from whipcount.reading.record_columns import parsed_columns  # noqa: PLC0415

    batch = Batch(pages, progress=progress)
    found = whipcount.read(
        batch.pages(),
        encoding=encoding,
        columns=None if columns is None else parsed_columns(columns),
        export_marks=export_marks,
        on_error=batch.report,
    )
    if copies:
        from whipcount.duplicates import with_copies  # noqa: PLC0415

        found = iter(with_copies(found))
    return print_articles("read", found, batch, form, out, with_text=with_text)
