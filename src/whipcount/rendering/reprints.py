"""Where else the words of a position were printed: other reports of its utterance, other pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from whipcount import model
from whipcount.rendering import words

MOST = 4
"""Places that are named on one line; of more, the rest is a number."""


@dataclass(frozen=True, slots=True)
class Place:
    """A page that has the words too: its outlet (else its title or path), ISO date and address."""

    name: str
    published: str
    url: str


def places(position: model.Position, articles: Mapping[str, model.Article]) -> tuple[Place, ...]:
    """Return where else a position's words were printed, the oldest first, each place once.

    `articles`, by id, tell outlets and addresses; a report whose article isn't at hand is left out.
    """
    found: dict[Place, None] = {}
    own = articles.get(position.article or "")
    for place in () if own is None else _printings(own):
        found[place] = None
    for report in position.reports:
        article = articles.get(report.article)
        if article is not None:
            found[_place(article, article.title)] = None
            found |= dict.fromkeys(_printings(article))
    return tuple(sorted(found, key=lambda one: (not one.published, one.published, one.name)))


def line(found: tuple[Place, ...]) -> str:
    """Return places in words: "also in Torvel Packet (2031-05-06) and 2 more"; empty for none."""
    if not found:
        return ""
    told = [f"{one.name} ({one.published})" if one.published else one.name for one in found[:MOST]]
    if len(found) > MOST:
        told = [*told[:-1], f"{len(found) - MOST + 1} more"]
    return f"also in {words.join(told)}"


def _printings(article: model.Article) -> Iterator[Place]:
    return (_place(one, article.title) for one in article.also_in)


def _place(one: model.Article | model.Printing, title: str) -> Place:
    name = words.clean(one.outlet) or words.clean(title) or words.clean(one.path)
    return Place(name, one.published, one.url)
