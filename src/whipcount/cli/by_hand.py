"""The commands `enter` and `override`: what no page says."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from whipcount.cli import options
from whipcount.cli.project import project_file


@click.command(short_help="Enter a position that no page says.")
@project_file
@click.argument("name", metavar="WHO")
@click.argument("option", metavar="OPTION")
@click.argument("stance", metavar="STANCE")
@click.option("--on", "day", required=True, metavar="DATE", help="When, such as 2023-07-11.")
@click.option("--note", default="", metavar="WORDS", help="How it is known: a call, a briefing.")
@click.option("--link", default="", metavar="URL", help="Where more of it is.")
@click.option("--role", default="", metavar="WORDS", help="What WHO is: foreign minister.")
@click.option("--speaks-for", default="", metavar="MEMBER", help="Whose position it is.")
@click.option("--hedged", is_flag=True, help="It leans that way only.")
@options.by
def enter(
    *,
    project: Path,
    name: str,
    option: str,
    stance: str,
    day: str,
    note: str,
    link: str,
    role: str,
    speaks_for: str,
    hedged: bool,
    who: str | None,
) -> int:
    """Enter that WHO takes a STANCE on an OPTION: a call, a briefing, what a colleague was told.

    WHO is a member of the body, or somebody who speaks for one. It shows as entered wherever it
    counts. STANCE is support, oppose, conditional, undecided or abstain.
    """
    from typing import cast  # noqa: PLC0415

    from whipcount.model import Stance  # noqa: PLC0415
    from whipcount.project import Entry, open_project  # noqa: PLC0415
    from whipcount.project import enter as entered  # noqa: PLC0415

    entry = Entry(
        name,
        option,
        cast("Stance", stance),
        day,
        role=role,
        speaks_for=speaks_for,
        strength="hedged" if hedged else "plain",
        note=note,
        link=link,
    )
    with open_project(project) as opened:
        print(entered(opened, entry, options.chosen_by(who)))
    return 0


@click.command(short_help="Override a cell of the count.")
@project_file
@click.argument("member", metavar="MEMBER")
@click.argument("option", metavar="OPTION")
@click.argument("stand", metavar="STAND", required=False)
@click.option("--from", "day", metavar="DAY", help="The first day, such as 2023-07-11.")
@click.option("--reason", default="", metavar="WORDS", help="How you know better; needed.")
@click.option("--lift", is_flag=True, help="End the override: the evidence counts again.")
@options.by
def override(
    *,
    project: Path,
    member: str,
    option: str,
    stand: str | None,
    day: str | None,
    reason: str,
    lift: bool,
    who: str | None,
) -> int:
    """Say what a MEMBER's stand on an OPTION is, whatever the evidence says, and why.

    STAND is yes, leaning-yes, conditional, undecided, abstain, leaning-no or no.
    """
    from typing import cast  # noqa: PLC0415

    from whipcount import project as projects  # noqa: PLC0415
    from whipcount.model import Stand  # noqa: PLC0415

    by = options.chosen_by(who)
    with projects.open_project(project) as opened:
        if lift:
            if projects.lift(opened, member, option, by) is None:
                print(f"{project}: {member} on {option} isn't overridden", file=sys.stderr)
            return 0
        if stand is None or day is None:
            raise click.UsageError("name the STAND and the day: yes --from 2023-07-11 --reason …")
        projects.override(opened, member, option, cast("Stand", stand), day, reason, by)
        for one in projects.overridden(opened, day):
            if (one.override.member, one.override.option) == (one.cell.member, option):
                print(
                    f"{one.cell.member} on {one.cell.option}: {one.cell.stand}; the evidence alone "
                    f"says {one.evidence_alone.stand}",
                    file=sys.stderr,
                )
    return 0
