"""What of a gold line is right, and the counts of it.

A gold line is a source span: `{"doc", "source": [[s, e], …], "form", "actor", "kind", "role",
"affiliation"}`. `actor`, `role` and `affiliation` are words, offsets into the article (`[s, e]`), a
list of several of these that are all right, or null.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from whipcount import actors, reading
from whipcount.actors.folding import folded
from whipcount.actors.gazetteer import Gazetteer
from whipcount.actors.lexicon import lexicon
from whipcount.analysis import analyse
from whipcount.model import Actor, Span

FORMS = ("name", "surname", "pronoun", "role")
NAMED = ("person", "organisation", "state")
PARTY_LETTERS = {"R": "Republican", "D": "Democratic Party", "I": "independent"}
"""What "(R-Ohio)" says of somebody's party, as the letter or with the state."""

UNNAMED = ("group", "anonymous", "outlet", "document")


class GoldError(Exception):
    """A gold file that can't be read; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """A source span of an article and who is right for it, in words."""

    source: tuple[Span, ...]
    form: str
    kind: str
    actor: tuple[str, ...]
    role: tuple[str, ...] | None
    affiliation: tuple[str, ...] | None


@dataclass
class Counts:
    """How many were right, and of how many, by what was asked; and what was wrong, in words."""

    right: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    asked: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    wrong: list[str] = field(default_factory=list)

    def count(self, what: str, right: bool) -> None:
        """Count one answer."""
        self.asked[what] += 1
        self.right[what] += right

    def share(self, what: str) -> float:
        """Return the share that is right, 0 to 1; 0 where nothing was asked."""
        return self.right[what] / self.asked[what] if self.asked[what] else 0.0


def read_gold(path: Path, texts: Path) -> dict[str, tuple[Path, list[Speaker]]]:
    """Return each article's file and speakers, in the order of the gold's lines.

    Raises GoldError that names the line where one can't be read or its article is not there.
    """
    found: dict[str, tuple[Path, list[Speaker]]] = {}
    known: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            doc = row["doc"]
            if doc not in found:
                file = next(f for f in (texts / f"{doc}.txt", texts / doc) if f.is_file())
                with file.open(encoding="utf-8", newline="") as handle:
                    known[doc] = handle.read()
                found[doc] = file, []
            found[doc][1].append(_speaker(row, known[doc]))
        except (ValueError, KeyError, TypeError) as error:
            raise GoldError(f"{path}, line {number}: {error!r}") from None
        except StopIteration:
            raise GoldError(f"{path}, line {number}: no {doc}.txt in {texts}") from None
    return found


def _speaker(row: dict[str, Any], text: str) -> Speaker:
    return Speaker(
        tuple(Span(start, end) for start, end in row["source"]),
        row.get("form", ""),
        row.get("kind", "person"),
        tuple(_words(row.get("actor"), text)),
        *(tuple(_words(row[key], text)) if key in row else None for key in ("role", "affiliation")),
    )


def _words(value: Any, text: str) -> Iterator[str]:
    """Yield the words of a label: a name, offsets, or a list of either."""
    if isinstance(value, str):
        if value:
            yield value
    elif value:
        if len(value) == 2 and all(isinstance(one, int) for one in value):
            yield " ".join(text[value[0] : value[1]].split())
        else:
            for one in value:
                yield from _words(one, text)


def measure(path: Path, texts: Path) -> Counts:
    """Return how many of a gold file's speakers are named rightly."""
    counts = Counts()
    names = actors.gazetteer(None)
    for doc, (file, speakers) in read_gold(path, texts).items():
        mentions = actors.find_mentions(analyse(reading.read_page(file)[0]), names)
        found = [mentions.actors_of(speaker.source) for speaker in speakers]
        for speaker, given in zip(speakers, found, strict=True):
            _count(counts, doc, speaker, given, names)
        _count_merges(counts, doc, speakers, found, names)
    return counts


def _count(
    counts: Counts, doc: str, speaker: Speaker, given: Sequence[Actor], names: Gazetteer
) -> None:
    right = named_rightly(speaker, given, names)
    counts.count("speakers", right)
    counts.count(speaker.form, right)
    if speaker.kind in NAMED:
        counts.count("named", right)
    if speaker.kind == "person":
        counts.count(f"person {speaker.form}", right)
    if not right:
        told = ", ".join(f"{one.name} ({one.kind})" for one in given) or "nobody"
        wanted = speaker.actor[0] if speaker.actor else speaker.kind
        places = ", ".join(f"{span.start}-{span.end}" for span in speaker.source)
        counts.wrong.append(f"{doc} {places} {speaker.form}: {wanted}; found {told}")
    if not right or speaker.kind != "person":
        return
    # Of a person who was found: what is said to be known of him.
    for what, wanted_words, value in (
        ("role words", speaker.role, given[0].role),
        ("affiliation", speaker.affiliation, given[0].affiliation),
    ):
        if wanted_words is None:
            continue
        same = any(same_words(value, one, names) for one in wanted_words)
        if what == "role words" and not same:
            same = any(
                _without(one, speaker.affiliation or ()) == _plain(value) for one in wanted_words
            )
        counts.count(what, same or (not wanted_words and not value))
        if not same and (wanted_words or value):
            counts.wrong.append(f"{doc} {what} of {given[0].name}: {wanted_words}; found {value!r}")


def _count_merges(
    counts: Counts,
    doc: str,
    speakers: Sequence[Speaker],
    found: Sequence[Sequence[Actor]],
    names: Gazetteer,
) -> None:
    """Count pairs of spans of different people, and how many of them got one actor."""
    people = [
        (speaker, given)
        for speaker, given in zip(speakers, found, strict=True)
        if speaker.kind == "person" and speaker.actor
    ]
    for (one, given), (other, also) in combinations(people, 2):
        if same_name(one.actor[0], other.actor[0], names):
            continue
        merged = bool(given and also) and given[0].id == also[0].id
        counts.count("apart", not merged)
        if merged:
            counts.wrong.append(f"{doc} merged: {one.actor[0]} and {other.actor[0]}")


def named_rightly(speaker: Speaker, given: Sequence[Actor], names: Gazetteer) -> bool:
    """Return whether the actors given for a span are whom the gold says.

    A named one must come first, by name. A group is right when nobody, one group or several actors
    are given; somebody unnamed, when no named person is; the outlet and a paper likewise.
    """
    if speaker.actor:
        return bool(given) and any(same_name(given[0].name, one, names) for one in speaker.actor)
    if speaker.kind == "group":
        return len(given) != 1 or given[0].kind != "person" or not _is_named(given[0])
    return not any(one.kind == "person" and _is_named(one) for one in given)


def _is_named(actor: Actor) -> bool:
    return any(word[:1].isupper() for word in actor.name.split())


def same_name(one: str, other: str, names: Gazetteer) -> bool:
    """Return whether two names are one but for initials, middle names, titles and the like."""
    if same_words(one, other, names):
        return True
    first, second = _name(one), _name(other)
    if len(first) < 2 or len(second) < 2 or first[-1] != second[-1]:
        return False
    a, b = first[0].rstrip("."), second[0].rstrip(".")
    return a == b or (min(len(a), len(b)) == 1 and a[0] == b[0])


def _name(words: str) -> tuple[str, ...]:
    return folded(re.sub(r"'s?$", "", words.strip().replace("’", "'")))


def same_words(one: str, other: str, names: Gazetteer) -> bool:
    """Return whether words say the same: folded, or as the names of one state or institution."""
    if not one or not other:
        return False
    one, other = (PARTY_LETTERS.get(words.split("-")[0], words) for words in (one, other))
    if _plain(one) == _plain(other):
        return True
    first, second = (names.match(words) for words in (one, other))
    return first is not None and second is not None and first.entry.name == second.entry.name


def _without(words: str, others: Sequence[str]) -> tuple[str, ...]:
    """Return a role's words less those of an affiliation: the former [Velt] governor."""
    gone = {token for other in others for token in _plain(other)}
    return tuple(token for token in _plain(words) if token not in gone)


def _plain(words: str) -> tuple[str, ...]:
    titles = lexicon().titles
    words = " ".join(titles.get(word, word) for word in words.split())
    tokens = _name(words.replace("-", " ").replace(".", ""))
    tokens = tokens[1:] if tokens[:1] == ("the",) else tokens
    return tokens[:-1] if len(tokens) > 1 and tokens[-1] == "party" else tokens
