"""`whipcount power`: how much each member's vote counts."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from whipcount.cli import options, output
from whipcount.cli.bodies import as_of, output_format


@click.command(short_help="Tell how much each member's vote counts.")
@click.argument("body", metavar="BODY")
@as_of("The members, weights and rule of this day")
@click.option("--rule", metavar="NAME", help="Which of the body's rules.  [default: the first]")
@click.option(
    "--bloc",
    "blocs",
    multiple=True,
    metavar="MEMBER,MEMBER...",
    help="Members that vote as one, or the name of a group or party; may be repeated. Adds the "
    "indices with blocs.",
)
@output_format("json", "csv")
@options.out
def power(
    *,
    body: str,
    day: date | None,
    rule: str | None,
    blocs: tuple[str, ...],
    form: str | None,
    out: Path | None,
) -> int:
    """Tell how much each member's vote counts in BODY, a body's id or its file.

    Banzhaf's index and Shapley and Shubik's, each adding up to 1 over the members.
    """
    import whipcount  # noqa: PLC0415
    from whipcount.bodies import named_rule  # noqa: PLC0415
    from whipcount.bodies.power import blocs_named  # noqa: PLC0415
    from whipcount.bodies.power import power as power_of  # noqa: PLC0415

    day = day or date.today()
    chosen = whipcount.load_body(body)
    dated = named_rule(chosen, day, rule or "")
    if not rule and len(chosen.rules) > 1:
        print(f"whipcount: by the rule {dated.name}; --rule names another", file=sys.stderr)
    found = power_of(chosen, dated.rule, day, blocs_named(chosen, day, blocs))
    form = output.format_for(form, out, "json", ("json", "csv"))
    with output.opened(out) as stream:
        from whipcount.rendering import power as rendered  # noqa: PLC0415

        if form == "table":
            rendered.print_power(stream, found)
        elif form == "csv":
            from whipcount.rendering import csv_rows  # noqa: PLC0415

            csv_rows.write(stream, rendered.COLUMNS, rendered.rows(found))
        else:
            output.write_json(stream, rendered.document(found))
    return 0
