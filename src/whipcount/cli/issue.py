"""`whipcount issue`: what is doubtful in a codebook, and a first draft of one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from whipcount.cli import options, output
from whipcount.cli.batch import Batch


@click.group(short_help="Check an issue file, or draft one from pages.")
def issue() -> None:
    """Check an issue file, or draft one from what is said on pages."""


@issue.command(short_help="Tell what is doubtful in an issue file.")
@click.argument("path", type=click.Path(path_type=Path), metavar="ISSUE.toml")
@click.argument("pages", nargs=-1, metavar="[PAGE...]")
@options.encoding
@options.known
@options.tagger
@options.min_confidence
@options.coder
@options.progress
def check(*, path: Path, pages: tuple[str, ...], progress: bool, **settings: Any) -> int:
    """Tell which options of ISSUE.toml can't be told apart, and with pages which are never found.

    A file that goes in circles or contradicts itself is refused. Exit code 1: it has doubts.
    """
    import whipcount  # noqa: PLC0415
    from whipcount.coding import codebook  # noqa: PLC0415

    coder = options.chosen_coder(**options.taken(settings, options.CODER))
    decision = whipcount.load_issue(path)
    batch = Batch(pages, progress=progress)
    coded = None
    if pages:
        found = whipcount.code(
            batch.pages(), decision, coder=coder, on_error=batch.report, **settings
        )
        coded = list(found)
        if batch.failed and not coded:
            return 2
    doubts = codebook.check(decision, coded)
    for doubt in doubts:
        print(doubt.message)
    if not doubts:
        print(f"{path}: {len(decision.options)} options, no doubt", file=sys.stderr)
    return 1 if doubts or batch.failed else 0


@issue.command(short_help="Draft options from pages.")
@options.pages
@click.option("--name", default="", metavar="WORDS", help="What the decision is called.")
@click.option("--body", default="", metavar="BODY", help="Who decides: a body's id or file.")
@click.option(
    "--most", type=click.IntRange(1), default=12, show_default=True, help="Options at most."
)
@options.out
@options.encoding
@options.known
@options.tagger
@options.min_confidence
@options.progress
def suggest(
    *,
    pages: tuple[str, ...],
    name: str,
    body: str,
    most: int,
    out: Path | None,
    progress: bool,
    **settings: Any,
) -> int:
    """Draft an issue file from PAGE...: what several speakers speak of, with phrases."""
    import whipcount  # noqa: PLC0415
    from whipcount.coding import codebook  # noqa: PLC0415

    batch = Batch(pages, progress=progress)
    read = list(whipcount.statements(batch.pages(), on_error=batch.report, **settings))
    if not read and batch.failed:
        return batch.exit_code(0)
    drafts = codebook.suggest([one.statements for one in read], most)
    with output.opened(out) as stream:
        stream.write(codebook.as_toml(name, body, drafts))
    if not drafts:
        print("whipcount: nothing is spoken of by several speakers", file=sys.stderr)
    return batch.exit_code(len(read))
