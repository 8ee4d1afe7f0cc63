"""Networks: who stands with whom and for what, as Discourse Network Analyzer defines it, by day."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from whipcount import project
from whipcount.app import network_making
from whipcount.app.asked import Asked
from whipcount.app.fields import read
from whipcount.app.network_choices import DRAWN, FIELDS, PAGE, PAGED, Choices, of_values
from whipcount.app.network_document import network_document
from whipcount.app.network_making import SAID, Behind, Shown, behind_key
from whipcount.app.slider import slider
from whipcount.errors import NetworkError, ProjectError
from whipcount.networks.from_positions import TEXTS
from whipcount.networks.options import AGGREGATIONS_OF, DUPLICATES, NORMALIZATIONS_OF
from whipcount.networks.table import DOCUMENT
from whipcount.networks.table import FIELDS as DOCUMENT_FIELDS

LENGTHS = ((0, "everything until then"), (30, "30 days"), (91, "three months"), (365, "a year"))
"""How many days up to the last one may count."""

FORMS = {
    "graphml": ("application/graphml+xml", "GraphML", ".graphml"),
    "gexf": ("application/gexf+xml", "GEXF", ".gexf"),
    "csv": ("text/csv", "CSV, matrix", ".csv"),
    "edges": ("text/csv", "CSV, ties", "-ties.csv"),
}
"""What the network can be fetched as: its media type, what it is called, how its name ends."""

MOST_ALONE = 60
"""Nodes without a tie that are named."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A network that is asked for often: what it is called, and its choices."""

    name: str
    about: str
    choices: Choices


KINDS = (
    Kind("For and against", "Who is for and against which option", Choices()),
    Kind(
        "Who agrees",
        "Actors joined by options on which they take the same side (congruence)",
        Choices("one", aggregation="congruence", normalization="average"),
    ),
    Kind(
        "Who disagrees",
        "Actors joined by options on which they take opposite sides (conflict)",
        Choices("one", aggregation="conflict", normalization="average"),
    ),
    Kind(
        "Both at once",
        "Agreement less disagreement (subtract)",
        Choices("one", aggregation="subtract", normalization="average"),
    ),
    Kind(
        "Options",
        "Options joined by actors who take the same side on both",
        Choices(
            "one", "concept", "organization", aggregation="congruence", normalization="average"
        ),
    ),
)
"""The networks that one click asks for, in the order in which a newcomer meets them."""

VARIABLES = (
    *("organization", "person", "actor", "speaks for", "concept"),
    *(name for name in TEXTS if name not in ("organization", "person", "actor", "speaks for")),
    *(f"{DOCUMENT}{name}" for name in DOCUMENT_FIELDS),
)
"""What rows and columns may be: the variables of a position and the fields of an article."""

QUALIFIERS = ("agreement", "stance", "strength", "reported", "origin", "none")


def networks(asked: Asked) -> Response:
    """Return the room: the picture of the days that are asked for, and its ties as a table."""
    span = asked.days()
    if span is None:
        return asked.answer("empty.html")
    choices = _chosen(asked).fitted().within(span[1])
    wrong = ""
    kept = None
    try:
        choices.options()
        kept = asked.of.networks.wanted(choices.key(), asked.change())
    except NetworkError as error:
        wrong = str(error)
    day = date.fromisoformat(choices.day) if choices.day else span[1]
    said = {} if kept is None else dict(kept.made.days)
    return asked.answer(
        "networks.html",
        400 if wrong else 200,
        kept=kept,
        wrong=wrong,
        choices=choices,
        slider=slider(
            span,
            asked.files().issue.starts,
            day,
            {date.fromisoformat(each): number for each, number in said.items()},
        ),
        kinds=[(one, _address(_kind_with_days(one, choices))) for one in KINDS],
        is_kind=lambda one: _same_kind(one.choices, choices),
        custom=not any(_same_kind(one.choices, choices) for one in KINDS),
        lengths=LENGTHS,
        drawn=DRAWN,
        variables=_with(VARIABLES, choices.rows, choices.columns),
        qualifiers=_with(QUALIFIERS, choices.qualifier),
        aggregations=AGGREGATIONS_OF[choices.mode],
        normalizations=NORMALIZATIONS_OF[choices.mode],
        duplicates=DUPLICATES,
        **({} if kept is None else _shown(asked, kept.made)),
    )


def statements(asked: Asked) -> Response:
    """Return the statements behind a node or a tie."""
    choices = _chosen(asked)
    row, column, other = (asked.given(name) for name in ("row", "column", "other"))
    key = behind_key(choices, row, column, other)
    kept = asked.of.behind.wanted(key, asked.change())
    if kept is None:
        return asked.answer("later.html", what="what is behind this")
    made: Behind = kept.made
    return asked.answer(
        "network_statements.html",
        choices=choices,
        row=row,
        column=column,
        other=other,
        behind=made,
        dates=_dates(asked, made),
        room=_address(replace(choices, page=1)),
        next=choices.page + 1 if choices.page * SAID < made.statements else None,
    )


def file(asked: Asked) -> Response:
    """Return the network of the same choices and days, whole, as a file."""
    form = asked.given("form")
    if form not in FORMS:
        raise ProjectError(f"form: {form!r:.40} is none of {', '.join(FORMS)}")
    choices = _chosen(asked)
    choices.options()
    content = asked.of.worker.submit(network_making.written, choices.key(), form).result()
    kind, _, ending = FORMS[form]
    days = "" if not choices.day else f"-{choices.day}"
    name = f"network-{choices.mode}-mode-{choices.aggregation}{days}{ending}"
    return Response(
        content,
        media_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _chosen(asked: Asked) -> Choices:
    """Return the choices of an address; what else it says is somebody else's."""
    fields = (*FIELDS, PAGED)
    known = {field.name for field in fields}
    given = {name: value for name, value in asked.request.query_params.items() if name in known}
    return of_values(read(fields, given))


def _shown(asked: Asked, shown: Shown) -> dict[str, Any]:
    """Return what the page says of a network that there is."""
    choices = shown.choices
    here = choices.query(page=1)
    alone = shown.picture.alone
    return {
        "shown": shown,
        "graph": network_document(shown),
        "behind": f"/networks/statements?{urlencode(here)}",
        "alone": alone[:MOST_ALONE],
        "alone_left": max(0, len(alone) - MOST_ALONE),
        "files": [
            (f"/networks/file?{urlencode({**here, 'form': form})}", name)
            for form, (_, name, _) in FORMS.items()
        ],
        "command": choices.command(asked.of.path),
        "first": (choices.page - 1) * PAGE + 1,
        "before": _address(replace(choices, page=choices.page - 1)) if choices.page > 1 else "",
        "after": _address(replace(choices, page=choices.page + 1))
        if choices.page * PAGE < shown.ties
        else "",
        "letters": _letters(shown),
    }


def _letters(shown: Shown) -> list[tuple[int, int]]:
    """Return the communities of the picture, each with how many nodes it has."""
    found: dict[int, int] = {}
    for spot in shown.picture.whole.spots:
        if spot.community is not None:
            found[spot.community] = found.get(spot.community, 0) + 1
    return sorted(found.items())


def _dates(asked: Asked, behind: Behind) -> dict[str, str]:
    """Return the statements' dates in the precision that their words give."""
    found = {}
    for one in behind.said:
        if one.statement:
            with contextlib.suppress(ProjectError):  # deleted since the network was made
                found[one.statement] = project.statement(asked.debate, one.statement).date
    return found


def _kind_with_days(one: Kind, choices: Choices) -> Choices:
    return replace(
        one.choices,
        day=choices.day,
        length=choices.length,
        nodes=choices.nodes,
        with_review=choices.with_review,
    )


def _same_kind(one: Choices, other: Choices) -> bool:
    names = ("mode", "rows", "columns", "qualifier", "aggregation", "normalization")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _with(known: tuple[str, ...], *chosen: str) -> list[str]:
    """Return names once each, and those chosen where they are others."""
    return list(dict.fromkeys((*known, *chosen)))


def _address(choices: Choices) -> str:
    query = urlencode(choices.query())
    return f"/networks?{query}" if query else "/networks"
