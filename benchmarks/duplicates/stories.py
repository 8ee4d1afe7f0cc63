"""Wire stories with what outlets make of them, and what others write on the same events.

`stories.toml` has the texts; what editors do by scissors alone (cut from the end, move paragraphs)
is done here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.duplicates.making import article_of
from whipcount.model import Actor, Article

FILES = Path(__file__).parent
FIRST = date(2031, 3, 4)


@dataclass(frozen=True)
class Version:
    """An article, which story it is a version of (empty: one of its own), and what was done."""

    article: Article
    story: str
    edit: str


def versions() -> Iterator[Version]:
    """Yield every version of every event: the agency's, copies of it, and others' stories."""
    for event in tomllib.loads((FILES / "stories.toml").read_text("utf-8"))["event"]:
        for number, (edit, text) in enumerate(_copies(event)):
            day = FIRST + timedelta(days=number % 6)
            title = event["title"] if number % 3 == 0 else f"{event['name'].title()}: {edit}"
            article = article_of(text, title, day.isoformat(), f"Outlet {number}")
            yield Version(article, event["name"], edit)
        for edit, texts in (("anew", event["anew"]), ("next day", [event["next"]])):
            for text in texts:
                yield Version(article_of(text, event["title"], "2031-03-05", "Post"), "", edit)


def _copies(event: dict[str, Any]) -> Iterator[tuple[str, str]]:
    wire, house = _paragraphs(event["wire"]), _paragraphs(event["house"])
    corrected = event["wire"]
    for old, new in event["corrected"]:
        assert old in corrected, f"{event['name']}: {old!r} is not in the story"
        corrected = corrected.replace(old, new)
    moved = [wire[0], *wire[len(wire) // 2 :], *wire[1 : len(wire) // 2]]
    yield "wire", event["wire"]
    yield "corrected", corrected
    yield "cut to a half", _text(wire[: len(wire) // 2])
    yield "cut to a third", _text(wire[: len(wire) // 3])
    yield "moved", _text(moved)
    yield (
        "moved and corrected",
        _text(
            [wire[0], *_paragraphs(corrected)[:0:-1]],
        ),
    )
    yield "house style", event["house"]
    yield "house style, cut", _text(house[: len(house) // 2])
    yield (
        "house style, moved",
        _text([house[0], *house[len(house) // 2 :], *house[1 : len(house) // 2]]),
    )


def _paragraphs(text: str) -> list[str]:
    return text.strip().split("\n\n")


def _text(paragraphs: list[str]) -> str:
    return "\n\n".join(paragraphs)


@dataclass(frozen=True)
class Reported:
    """A report of an utterance: which one, of which set, whose, when and in which words."""

    utterance: int
    part: str
    actor: Actor
    day: str
    words: str


def reports() -> Iterator[Reported]:
    """Yield the reports of `utterances.toml`, each of an article of its own."""
    listed = tomllib.loads((FILES / "utterances.toml").read_text("utf-8"))["utterance"]
    number = 0
    for utterance, one in enumerate(listed):
        for day, words, *by in one["reports"]:
            number += 1
            name = by[0] if by else one["actor"]
            kind = "person" if not by else "state" if by[0][0].isupper() else "organisation"
            actor = Actor(f"{number:016x}.a0", name, kind, speaks_for=one["for"])
            yield Reported(utterance, one["set"], actor, day, words)
