"""Which columns of a file say what: by the user's word, by a known layout, or by their names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal, TypeAlias, get_args

from whipcount.errors import VotesError
from whipcount.model import MemberKind
from whipcount.roll_calls.casts import WORDS, Word
from whipcount.roll_calls.csv_file import CsvFile, place_of, plain
from whipcount.toml_files import shown

Role = Literal[
    "member", "vote", "date", "option", "number", "title", "link", "party", "constituency"
]
ROLES: tuple[Role, ...] = get_args(Role)
"""What a column can be: who votes, how, when, on which option; the roll call's number, title and
link; and what tells members of one name apart."""

REQUIRED: tuple[Role, ...] = ("member", "vote")
DECISIVE: tuple[Role, ...] = ("member", "vote", "date", "option", "number")
"""The roles where taking the wrong one of two columns would make another count."""

Places: TypeAlias = Mapping[Role, tuple[int, ...]]
"""The columns of each role, by their index; none where the file has none."""

Cells: TypeAlias = Sequence[str]


@dataclass(frozen=True)
class Layout:
    """A layout by name: the columns of each role, and what its votes' words say.

    `names` gives what a row's roll call is called, from the cells of its `number` columns: first
    what tells it from all others in the file, then what a person may say for it.
    """

    name: str
    columns: Mapping[Role, tuple[str, ...]]
    words: Mapping[str, Word]
    names: Callable[[Cells], tuple[str, ...]]


def _as_they_are(cells: Cells) -> tuple[str, ...]:
    return tuple(cell for cell in cells if cell)


def _voteview_names(cells: Cells) -> tuple[str, ...]:
    congress, chamber, number = cells
    return f"{congress} {chamber} {number}", f"{chamber} {number}", number


def _undl_names(cells: Cells) -> tuple[str, ...]:
    resolution, record = cells
    return f"{resolution} ({record})", resolution, record


VOTEVIEW = Layout(
    "voteview",
    {
        "member": ("icpsr",),
        "vote": ("cast_code",),
        "number": ("congress", "chamber", "rollnumber"),
    },
    {
        "0": Word("not a member"),
        "1": Word("yes"), "2": Word("yes", "paired"), "3": Word("yes", "announced"),
        "4": Word("no", "announced"), "5": Word("no", "paired"), "6": Word("no"),
        "7": Word("present"), "8": Word("present"), "9": Word("not voting"),
    },
    _voteview_names,
)  # fmt: skip
"""Voteview's votes of members (https://voteview.com/articles/data_help_votes, which has the codes;
the header `congress,chamber,rollnumber,icpsr,cast_code,prob`). A pair and an announcement are no
votes, but they put on record where the member stands. `voteview` has its other two files."""

UNDL = Layout(
    "undl",
    {
        "member": ("ms_code", "ms_name"),
        "vote": ("ms_vote",),
        "date": ("date",),
        "number": ("resolution", "undl_id"),
        "title": ("title", "description"),
        "link": ("undl_link",),
    },
    {
        "y": Word("yes"), "n": Word("no"), "a": Word("abstain"),
        "x": Word("not voting"), "": Word("not voting"),
    },
    _undl_names,
)  # fmt: skip
"""The UN Digital Library's votes, of the General Assembly (record 4060887: `undl_id, ms_code,
ms_name, ms_vote, date, session, resolution, draft, committee_report, meeting, title, agenda_title,
subjects, vote_note, total_yes …, undl_link`) and the Security Council (`description` in place of
`title`, `permanent_member`). `ms_code` is mostly ISO 3166-1 alpha-3. Y, N and A as in
https://research.un.org/en/docs/unvoting/undl; who took no part is X in the files, blank on that
page, and whether they were there is not told."""

LAYOUTS: Mapping[str, Layout] = MappingProxyType({one.name: one for one in (VOTEVIEW, UNDL)})
"""The layouts that are known by name."""

NAMES: dict[Role, tuple[str, ...]] = {
    "member": ("member", "name", "member name", "full name", "voter", "member state"),
    "vote": ("vote", "cast", "ballot", "position", "vote cast", "voted"),
    "date": ("date", "day", "vote date", "date of vote"),
    "option": ("option",),
    "number": (
        *("number", "roll call", "rollcall", "roll call number", "rollnumber", "vote number"),
        *("vote id", "division", "resolution"),
    ),
    "title": ("title", "question", "motion", "description", "subject"),
    "link": ("link", "url", "source"),
    "party": ("party", "group", "political group"),
    "constituency": ("constituency", "district", "riding", "electorate"),
}
"""The names by which columns of other files are known, case, hyphens and underscores ignored."""

OF_STATES = ("country", "state", "country name")
"""The further names of a column that has the member where members are states; where they are
people, it is the constituency."""


def layout_of(
    file: CsvFile,
    members_are: MemberKind,
    name: str = "",
    columns: Mapping[str, str] | None = None,
) -> tuple[Layout, Places]:
    """Return the layout of a file, and where its columns stand.

    `name` is the layout's where the user gave it; `columns` are the user's, by role, and go before
    it. Raises VotesError where a column isn't there, or can't be told from another.
    """
    given = columns or {}
    _refuse_unknown(file, name, given)
    known = LAYOUTS.get(name) or next((one for one in LAYOUTS.values() if _is(file, one)), None)
    if known is None or ("vote" in given and not name):
        known = Layout("", {}, WORDS, _as_they_are)
    places: dict[Role, tuple[int, ...]] = {}
    for role in ROLES:
        if role in given:
            places[role] = (_given(file, role, given[role]),)
        elif known.name:
            places[role] = _by_layout(file, role, known)
        else:
            places[role] = _by_name(file, role, members_are, given)
        if role in REQUIRED and not places[role]:
            raise VotesError(
                f"{_header(file)}: no column is known to have the {role}; {_columns(file)}; say "
                f"which it is, such as --votes-columns {role}={file.header[0] or 'NAME'}"
            )
    return replace(known, names=_as_they_are) if "number" in given else known, places


def _is(file: CsvFile, layout: Layout) -> bool:
    wanted = (*layout.columns["member"], *layout.columns["vote"])
    return all(place_of(file.header, column) is not None for column in wanted)


def _refuse_unknown(file: CsvFile, name: str, given: Mapping[str, str]) -> None:
    if name and name not in LAYOUTS:
        raise VotesError(
            f"{file.path}: there is no layout {shown(name)}; known are {', '.join(LAYOUTS)}"
        )
    for role in given:
        if role not in ROLES:
            raise VotesError(
                f"{file.path}: a column can't be {shown(role)}; it can be {', '.join(ROLES)}"
            )


def _given(file: CsvFile, role: Role, column: str) -> int:
    place = place_of(file.header, column)
    if place is None:
        raise VotesError(
            f"{_header(file)}: there is no column {shown(column)} for the {role}; {_columns(file)}"
        )
    return place


def _by_layout(file: CsvFile, role: Role, layout: Layout) -> tuple[int, ...]:
    """Return the columns of a role in a known layout; those of its title, as many as there are."""
    wanted = layout.columns.get(role, ())
    found = (place_of(file.header, column) for column in wanted)
    places = tuple(place for place in found if place is not None)
    if len(places) < len(wanted) and role in (*REQUIRED, "number"):
        raise VotesError(
            f"{_header(file)} is not {layout.name}'s, which has {', '.join(wanted)}; "
            f"{_columns(file)}"
        )
    return places


def _by_name(
    file: CsvFile, role: Role, members_are: MemberKind, given: Mapping[str, str]
) -> tuple[int, ...]:
    """Return the column of a role by its name: the only one, or none."""
    wanted = NAMES[role]
    if role == ("constituency" if members_are == "people" else "member"):
        wanted += OF_STATES
    taken = {plain(column) for column in given.values()}
    found = [
        index
        for index, column in enumerate(file.header)
        if plain(column) in wanted and plain(column) not in taken
    ]
    if len(found) > 1 and role in DECISIVE:
        several = " and ".join(shown(file.header[index]) for index in found)
        raise VotesError(
            f"{_header(file)}: {several} may each be the {role}; say which it is, such as "
            f"--votes-columns {role}={file.header[found[0]]}"
        )
    return tuple(found[:1])


def _header(file: CsvFile) -> str:
    return f"{file.path}, line {file.line}"


def _columns(file: CsvFile) -> str:
    return f"the columns are {', '.join(file.header)}"
