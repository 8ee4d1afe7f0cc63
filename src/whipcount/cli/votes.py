"""The options of `count` that take recorded votes."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from whipcount.model import Body, Issue, RollCall

Command = TypeVar("Command", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "--votes",
        multiple=True,
        type=click.Path(path_type=Path),
        metavar="VOTES.csv",
        help="A recorded vote, as evidence of where members stand. May be repeated; of the "
        "options for it, each is then given once for all files, or once for each.",
    ),
    click.option(
        "--votes-option",
        multiple=True,
        metavar="OPTION",
        help="The option that was voted on, where the file has no column for it.",
    ),
    click.option(
        "--votes-date",
        multiple=True,
        metavar="DAY",
        help="The day of the vote, where the file has no column for it.",
    ),
    click.option(
        "--votes-number",
        multiple=True,
        metavar="NUMBER",
        help='Which roll call, of a file that holds several: A/RES/ES-11/1, or "House 525".',
    ),
    click.option(
        "--votes-columns",
        multiple=True,
        metavar="ROLE=NAME,...",
        help="What columns are, where their names don't tell: member=Name,vote=Cast. Roles are "
        "member, vote, date, option, number, title, link, party and constituency.",
    ),
    click.option(
        "--votes-layout",
        multiple=True,
        type=click.Choice(["voteview", "undl"]),
        help="The file's layout.  [default: found out]",
    ),
    click.option(
        "--votes-beside",
        multiple=True,
        type=click.Path(path_type=Path),
        metavar="FILE.csv",
        help="Voteview's members or roll calls.  [default: what lies beside its votes]",
    ),
    click.option(
        "--votes-outsiders",
        is_flag=True,
        help="The votes are another body's: who is no member stands under the others.",
    ),
)
EACH = ("votes_option", "votes_date", "votes_number", "votes_columns", "votes_layout")
NAMES = ("votes", *EACH, "votes_beside", "votes_outsiders")
"""The parameters that `roll_calls` takes."""


def options(command: Command) -> Command:
    """Add the options for recorded votes; `roll_calls` takes what they give."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def roll_calls(
    issue: Issue,
    body: Body,
    *,
    votes: Sequence[Path],
    votes_beside: Sequence[Path],
    votes_outsiders: bool,
    **each: Sequence[str],
) -> list[RollCall]:
    """Return the roll calls that the options ask for."""
    from whipcount.roll_calls import read_roll_calls  # noqa: PLC0415

    given = {name: _for_each(len(votes), name, each[name]) for name in EACH}
    if not votes and (votes_beside or votes_outsiders):
        raise click.UsageError("--votes-beside and --votes-outsiders go with --votes")
    found: list[RollCall] = []
    for number, path in enumerate(votes):
        found += read_roll_calls(
            path,
            body,
            issue,
            option=given["votes_option"][number],
            date=given["votes_date"][number] or None,
            number=given["votes_number"][number],
            columns=_columns(given["votes_columns"][number]),
            layout=given["votes_layout"][number],
            beside=votes_beside,
            outsiders=votes_outsiders,
        )
    return found


def _for_each(files: int, name: str, values: Sequence[str]) -> Sequence[str]:
    """Return one value for each file."""
    option = f"--{name.replace('_', '-')}"
    if values and not files:
        raise click.UsageError(f"{option} goes with --votes")
    if len(values) < 2:
        return list(values or [""]) * files
    if len(values) != files:
        raise click.UsageError(
            f"{option} is given {len(values)} times and --votes {files} times; give {option} once, "
            "or once for each file"
        )
    return values


def _columns(words: str) -> dict[str, str]:
    """Return the columns by role, as in "member=Name,vote=Cast"; one with a comma is quoted."""
    columns = {}
    for part in next(csv.reader([words], skipinitialspace=True)) if words else ():
        role, equals, name = part.partition("=")
        if not equals or not name.strip():
            raise click.UsageError(
                f"--votes-columns: {part!r} names no column; write ROLE=NAME, such as member=Name"
            )
        columns[role.strip()] = name.strip()
    return columns
