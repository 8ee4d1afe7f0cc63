"""`whipcount changes`: who moved, when, and on which words."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from whipcount.cli import options, output, votes
from whipcount.cli.batch import Batch

if TYPE_CHECKING:
    from whipcount.model import Timeline


@click.command(short_help="Tell who moved, when, and on which words.")
@options.pages_or("--votes")
@options.issue_or_project
@click.option(
    "--from",
    "first",
    metavar="DAY",
    help="The first day, such as 2023-01-01.  [default: the issue's start, else the oldest "
    "article's or vote's day]",
)
@click.option(
    "--to", "last", metavar="DAY", help="The last day.  [default: the newest article's or vote's]"
)
@click.option(
    "--option",
    "chosen",
    multiple=True,
    metavar="OPTION",
    help="Only this option of the issue; may be repeated.",
)
@click.option(
    "--member",
    "members",
    multiple=True,
    metavar="MEMBER",
    help="Only this member's moves; may be repeated.",
)
@click.option(
    "--plot",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.svg|.png",
    help="Draw the stands through time into a file too (needs pip install 'whipcount[plot]').",
)
@votes.options
@options.output_format("json")
@options.out
@options.with_text(default=False)
@options.encoding
@options.known
@options.tagger
@options.min_confidence
@options.coder
@options.progress
def changes(
    *,
    pages: tuple[str, ...],
    issue: Path | None,
    first: str | None,
    last: str | None,
    chosen: tuple[str, ...],
    members: tuple[str, ...],
    plot: Path | None,
    form: str | None,
    out: Path | None,
    with_text: bool,
    progress: bool,
    **settings: Any,
) -> int:
    """Tell which members moved on which day, on which words, and how the verdicts turned.

    A PAGE is a file, a folder, a project (.whip), or - for standard input. What stood on the first
    day is no move.
    """
    import whipcount  # noqa: PLC0415
    from whipcount.counted_pages import by_hand  # noqa: PLC0415
    from whipcount.counting import narrowing  # noqa: PLC0415
    from whipcount.model import RollCall  # noqa: PLC0415
    from whipcount.pipeline import body_of, issue_of  # noqa: PLC0415
    from whipcount.rendering import plot as plots  # noqa: PLC0415
    from whipcount.rendering import roll_calls  # noqa: PLC0415

    cast = options.taken(settings, votes.NAMES)
    if not pages and not cast["votes"]:
        raise click.UsageError("name pages, or --votes with a recorded vote")
    form = output.format_for(form, out, "json", ("json", "jsonl", "csv"))
    coder = options.chosen_coder(**options.taken(settings, options.CODER))
    issue = options.issue_for(issue, pages)
    settings["known"] = options.known_for(settings["known"], pages)
    decision, decides = issue_of(issue), body_of(issue)
    # what is wrong in the command is said before the pages are read
    narrowing.options_named(decision, chosen)
    narrowing.members_named(decides, members)
    if plot is not None:
        plots.ready(plot)
    calls = votes.roll_calls(decision, decides, **cast)
    for call in calls:
        print(f"whipcount: {roll_calls.line(call)}", file=sys.stderr)
    batch = Batch(pages, progress=progress)
    settings |= {"body": decides, "on_error": batch.report}
    coded = list(whipcount.code(batch.pages(), decision, coder=coder, **settings))
    if coded or calls or not batch.failed:
        entered, overrides = by_hand(batch.files)
        overridden = RollCall("", "overridden", "", "", overrides)
        cast_and_entered = (*calls, *entered, overridden)
        timeline = whipcount.changes(
            coded, decision, first, last, body=decides, votes=cast_and_entered
        )
        timeline = narrowing.only(timeline, chosen, members)
        if plot is not None:
            output.write_bytes(plot, plots.picture(timeline, plot.suffix))
        with output.opened(out) as stream:
            _write(stream, form, timeline, with_text)
    return batch.exit_code(len(coded) + len(calls))


def _write(stream: TextIO, form: str, timeline: Timeline, with_text: bool) -> None:
    if form == "table":
        from whipcount.rendering.change_tables import print_changes  # noqa: PLC0415

        print_changes(stream, timeline)
        return
    from whipcount.rendering import changes as rendered  # noqa: PLC0415

    if form == "csv":
        from whipcount.rendering import csv_rows  # noqa: PLC0415

        csv_rows.write(stream, rendered.CHANGE, rendered.change_rows(timeline))
    else:
        document = rendered.changes_document(timeline, with_text=with_text)
        (output.write_json if form == "json" else output.write_line)(stream, document)
