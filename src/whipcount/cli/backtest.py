"""`whipcount backtest`: how a forecast fits a vote that came."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click

from whipcount.cli import options, output, votes
from whipcount.cli.batch import Batch


@click.command(short_help="Hold a forecast against a recorded vote.")
@options.pages
@options.issue(required=True)
@click.option(
    "--as-of",
    metavar="DAY",
    help="Forecast as of the end of this day.  [default: the day before the vote]",
)
@votes.options
@options.beliefs
@options.output_format("json")
@options.out
@options.encoding
@options.known
@options.tagger
@options.min_confidence
@options.coder
@options.progress
def backtest(
    *,
    pages: tuple[str, ...],
    issue: Path,
    as_of: str | None,
    form: str | None,
    out: Path | None,
    progress: bool,
    **chosen: Any,
) -> int:
    """Hold the chances that PAGE... give against --votes, a vote that came later.

    With the Brier score of the members' chances, how often each chance came true, how often each
    stand became a yes, and what was said of the option as a whole.
    """
    import whipcount  # noqa: PLC0415
    from whipcount import counting  # noqa: PLC0415
    from whipcount.pipeline import body_of  # noqa: PLC0415
    from whipcount.rendering import backtests  # noqa: PLC0415

    form = output.format_for(form, out, "json", ("json", "jsonl", "csv"))
    decision = whipcount.load_issue(issue)
    cast = options.taken(chosen, votes.NAMES)
    if not cast["votes"]:
        raise click.UsageError("name the vote: --votes VOTES.csv")
    beliefs = options.chosen_beliefs(**options.taken(chosen, options.BELIEFS))
    coder = options.chosen_coder(**options.taken(chosen, options.CODER))
    body = body_of(decision)
    calls = votes.roll_calls(decision, body, **cast)
    batch = Batch(pages, progress=progress)
    coded = list(
        whipcount.code(batch.pages(), decision, coder=coder, on_error=batch.report, **chosen)
    )
    if not coded and batch.failed:
        return batch.exit_code(0)
    found = [
        counting.backtest(
            whipcount.count(coded, decision, as_of or _eve(call.date), body=body, beliefs=beliefs),
            call,
            beliefs,
        )
        for call in calls
    ]
    with output.opened(out) as stream:
        if form == "table":
            for one in found:
                backtests.print_backtest(stream, one)
        elif form == "csv":
            from whipcount.rendering import csv_rows  # noqa: PLC0415

            csv_rows.write(stream, backtests.COLUMNS, backtests.rows(found))
        elif form == "jsonl":
            for one in found:
                output.write_line(stream, backtests.line(one))
        else:
            output.write_json(stream, backtests.document(found))
    return batch.exit_code(len(coded))


def _eve(day: str) -> str:
    """Return the day before a day."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()
