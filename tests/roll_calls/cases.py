"""An invented assembly of people, a council of states and their votes, written to real files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from whipcount.model import Body, Consensus, DatedRule, Issue, Member, Option, RollCall, Term
from whipcount.roll_calls import read_roll_calls


def member(name: str, joined: date | None = None, left: date | None = None, **more) -> Member:
    return Member(more.pop("id", name), name, (Term(joined, left),), **more)


def body(*members: Member, members_are: str = "states", **more) -> Body:
    rules = (DatedRule("", Consensus()),)
    return Body(
        "orc", "Orlan River Council", "orc.toml", members_are, members, rules, aliases=("ORC",),
        weak_aliases=("the council",), **more,
    )  # fmt: skip


COUNCIL = body(
    member("Arvonia"),
    member("Belmark", aliases=("Isle of Belmark",)),
    member("Corvia"),
    member("Dorland", left=date(2030, 1, 1)),
)

ASSEMBLY = body(
    member("Adam Smith", id="A1", constituency="Northmark 3", party="River Party"),
    member("Jane Smith", id="J1", constituency="Southmark 1", party="Hill Party"),
    member("Rosa van Orlo", id="R1", constituency="Northmark 4"),
    member("Tom O'Dell Jr.", id="T1", aliases=("Thomas O'Dell",), constituency="Eastmark"),
    member("Lucía Peña", id="L1", constituency="Virginia 9"),
    member("Karl Orth", left=date(2031, 1, 1), id="K1"),
    member("Karl A. Orth", joined=date(2031, 1, 1), id="K2"),
    members_are="people",
)

DAM = Issue("The dam", "dam.toml", "orc.toml", (Option("dam", "A dam is built"),))
DAMS = Issue(
    "The dams", "dams.toml", "orc.toml",
    (Option("dam", "A dam is built"), Option("lake", "The lake stays")),
)  # fmt: skip

DAY = "2031-05-20"


def read(
    folder: Path, text: str | bytes, of: Body = COUNCIL, issue: Issue = DAM, **more
) -> tuple[RollCall, ...]:
    """Return the roll calls of a text that is written to a file, `votes.csv`."""
    path = folder / more.pop("name", "votes.csv")
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_roll_calls(path, of, issue, **more)


def votes(call: RollCall) -> dict[str, str]:
    """Return who took which side."""
    return {one.actor.name: one.stance for one in call.positions}
