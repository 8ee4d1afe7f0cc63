"""The whip count as one self-contained web page: board, verdicts, evidence in its paragraphs.

Nothing is fetched when the page is opened. Everything that comes from a page is escaped by jinja2;
only http and https addresses become links; and the page's own policy (CSP level 3) allows no style
or script but the two that are in it, by their hashes. The same count gives the same bytes.
"""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import resources
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from whipcount import model
from whipcount.counting.by_party import party_tallies
from whipcount.rendering import words
from whipcount.rendering.passages import Passage, passages
from whipcount.rendering.reprints import Place, places


@dataclass(frozen=True)
class Proof:
    """One position as the page shows it, with the paragraphs that hold its words.

    `also_in` are the other pages that report its utterance.
    """

    position: model.Position
    article: model.Article | None
    passages: tuple[Passage, ...]
    condition: str
    also_in: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Entry:
    """A stand with its evidence: a cell of the board, or a row of the others.

    `anchor` is the id of its evidence on the page, empty where there is none.
    """

    who: str
    option: model.Option
    stand: model.Stand
    contested: bool
    confidence: float
    condition: str
    since: str
    proofs: tuple[Proof, ...]
    anchor: str


@dataclass(frozen=True)
class Bar:
    """A stand's part of an option's tally: how many members, and where its bar begins."""

    stand: model.Stand
    members: int
    start: int


@dataclass(frozen=True)
class _Sources:
    """Articles and statements by their ids."""

    articles: dict[str, model.Article]
    statements: dict[str, model.Statement]


def page(
    count: model.WhipCount,
    coded: Iterable[model.Coded] = (),
    *,
    links: Sequence[tuple[str, str]] = (),
) -> str:
    """Return a whip count as an HTML page.

    `coded` is what the count was made of: from its statements the page knows the cues, which a
    position doesn't have; without it they are not marked. `links` are addresses of other pages
    beside this one, with what they are called.
    """
    sources = _Sources(
        {article.id: article for article in count.articles},
        {statement.id: statement for one in coded for statement in one.statements},
    )
    entries = _entries(count, sources)
    members = [
        (name, [entries[name, option.id] for option in count.issue.options])
        for name in count.members
    ]
    others = _others(count, sources)
    style, script = _asset("report.css"), _asset("report.js")
    template = environment().get_template("report.html")
    return template.render(
        count=count,
        links=links,
        members=members,
        others=others,
        evidence=[
            *(entry for _, row in members for entry in row if entry.anchor),
            *(entry for entry in others if entry.anchor),
        ],
        options={option.id: option for option in count.issue.options},
        parties=_parties(count),
        outcomes={verdict.option: verdict.outcome for verdict in count.verdicts},
        tallies={option.id: tally(count, option) for option in count.issue.options},
        stands=words.STANDS,
        labels=words.LABELS,
        meanings=words.LONG,
        style=Markup(style),
        script=Markup(script),
        policy=(
            f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
            "img-src data:; base-uri 'none'; form-action 'none'"
        ),
    )


def link(url: str) -> str:
    """Return an address if it may become a link (http or https with a host), else nothing."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme in ("http", "https") and parts.hostname else ""


def _entries(
    count: model.WhipCount,
    sources: _Sources,
) -> dict[tuple[str, str], Entry]:
    options = {option.id: option for option in count.issue.options}
    return {
        (cell.member, cell.option): _entry(
            cell, cell.member, options[cell.option], f"e{number}", sources
        )
        for number, cell in enumerate(count.cells)
    }


def _others(
    count: model.WhipCount,
    sources: _Sources,
) -> list[Entry]:
    options = {option.id: option for option in count.issue.options}
    return [
        _entry(
            other,
            other.actor.speaks_for or words.actor(other.actor),
            options[other.option],
            f"o{number}",
            sources,
        )
        for number, other in enumerate(count.others)
    ]


def _entry(
    one: model.Cell | model.Other,
    who: str,
    option: model.Option,
    anchor: str,
    sources: _Sources,
) -> Entry:
    return Entry(
        who=who,
        option=option,
        stand=one.stand,
        contested=one.contested,
        confidence=one.confidence,
        condition=one.condition or "",
        since=one.since or "",
        proofs=tuple(_proof(each, sources) for each in one.evidence),
        anchor=anchor if one.evidence else "",
    )


def _proof(
    position: model.Position,
    sources: _Sources,
) -> Proof:
    article = sources.articles.get(position.article or "")
    statement = sources.statements.get(position.statement or "")
    also_in = places(position, sources.articles)
    if article is None:
        return Proof(position, None, (), "", also_in)
    condition = position.condition
    return Proof(
        position,
        article,
        passages(article, position, statement),
        "" if condition is None else article.text[condition.start : condition.end],
        also_in,
    )


def _parties(count: model.WhipCount) -> dict[str, list[model.PartyTally]]:
    """Return the tallies of each party, in their order."""
    found: dict[str, list[model.PartyTally]] = {}
    for one in party_tallies(count):
        found.setdefault(one.party, []).append(one)
    return found


def tally(count: model.WhipCount, option: model.Option) -> list[Bar]:
    """Return the bars of an option's members, stand by stand."""
    stands = [cell.stand for cell in count.cells if cell.option == option.id]
    bars: list[Bar] = []
    start = 0
    for stand in words.STANDS:
        if members := stands.count(stand):
            bars.append(Bar(stand, members, start))
            start += members
    return bars


def cell_entry(
    cell: model.Cell | model.Other,
    who: str,
    option: model.Option,
    articles: dict[str, model.Article],
    statements: dict[str, model.Statement],
) -> Entry:
    """Return a cell, or a row of the others, with its evidence in its paragraphs."""
    return _entry(cell, who, option, "evidence", _Sources(articles, statements))


@functools.cache
def environment() -> Environment:
    """Return the templates, with the words that they use as filters."""
    environment = Environment(
        loader=PackageLoader("whipcount.rendering"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "actor": words.actor,
        "clean": words.clean,
        "day": words.day,
        "joined": _joined,
        "link": link,
        "number": words.number,
        "outcome": words.outcome,
        "rule": words.rule_sentence,
        "stance": words.stance,
        "why": words.why,
        "outlook": words.outlook,
        "party": words.party,
        "tally": words.tally,
        "fallback": words.fallback,
        "assumed": words.assumed,
    }
    return environment


def _joined(parts: Sequence[str]) -> str:
    return " · ".join(part for part in parts if part)


def _asset(name: str) -> str:
    text = resources.files("whipcount.rendering").joinpath("templates", name).read_text("utf-8")
    return text.replace("\r\n", "\n")


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
