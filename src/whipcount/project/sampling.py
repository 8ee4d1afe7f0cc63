"""Is it right on this corpus? A stratified random sample, to be coded blind to the machine.

Strata of statements are the options that the machine coded in them, and `NO_POSITION`; a statement
of several options is in the stratum of the rarest, so that rare options are seen too. A further
stratum, `TEXT`, are the paragraphs that are read: in them people look for what stands in no
statement that was found. Each of what is drawn stands for as many as its stratum has for each drawn
(stratified sampling: W. G. Cochran, Sampling Techniques, chapter 5).
"""

from __future__ import annotations

import itertools
import json
import math
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from whipcount.errors import ProjectError
from whipcount.model import Span, Statement
from whipcount.project.converting import span, spans
from whipcount.project.journal import last_change
from whipcount.project.looking import statement
from whipcount.project.rows import By, as_json, changing, live, live_rows, put
from whipcount.project.store import Project

NO_POSITION = "no position"
"""The stratum of statements in which the machine found no position."""

TEXT = "text"
"""The stratum of paragraphs, in which people look for what the machine found no statement of."""

PARAGRAPHS = "json_array_length(body) + json_array_length(teaser) + (headline IS NOT NULL)"
"""How many paragraphs of an article are read."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A statement or a paragraph of a sample, its stratum, and how many it stands for.

    `unit` is the statement's id, or the paragraph's: `ARTICLE:START-END` in code points.
    """

    unit: str
    stratum: str
    weight: float


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample: its size and seed, how many of each stratum, and how many each coder has coded."""

    name: str
    size: int
    seed: int
    strata: tuple[tuple[str, int], ...]
    coded: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class ToCode:
    """Something of a sample that somebody has still to code: a statement, or else a paragraph.

    `spans` are the words that it is about. What the machine says of it is not in it.
    """

    unit: str
    article: str
    statement: Statement | None
    spans: tuple[Span, ...]


def draw_sample(project: Project, name: str, by: By, *, size: int, seed: int) -> int | None:
    """Draw a sample of statements and paragraphs, as many of each stratum as may be.

    Return the change. The same seed draws the same. Raises ProjectError where the name is taken.
    """
    name = name.strip()
    if not name or "|" in name or "/" in name:
        raise ProjectError("a sample needs a name, without | and /")
    if live(project, "samples", name) is not None:
        raise ProjectError(f"there is a sample {name!r} already; give this one another name")
    strata, paragraphs = _strata(project), _Paragraphs(project)
    sizes = {stratum: len(ids) for stratum, ids in strata.items()}
    sizes |= {TEXT: len(paragraphs)} if len(paragraphs) else {}
    if not sizes:
        raise ProjectError("there is nothing to draw from; add pages first")
    if size < len(sizes):
        raise ProjectError(f"draw {len(sizes)} at least, one of each stratum: {', '.join(sizes)}")
    chance = random.Random(seed)
    left, drawn = size, list[list[object]]()
    ordered = sorted(sizes.items(), key=lambda entry: (entry[1], entry[0]))
    for place, (stratum, has) in enumerate(ordered):
        number = min(has, math.ceil(left / (len(ordered) - place)))
        left -= number
        weight = has / number if number else 0.0
        places = sorted(chance.sample(range(has), number))
        units = paragraphs.at(places) if stratum == TEXT else [strata[stratum][p] for p in places]
        drawn += [[unit, stratum, weight] for unit in units]
    chance.shuffle(drawn)
    with changing(project, by, "sample", name) as draft:
        values = {"size": size, "seed": seed, "statements": as_json(drawn)}
        put(draft, "samples", name, values)
    return draft.result


def samples(project: Project) -> tuple[Sample, ...]:
    """Return the samples that were drawn, by name."""
    coded: dict[str, Counter[str]] = {}
    for sample, coder, number in project.connection.execute(
        "SELECT sample, coder, COUNT(*) FROM sampled WHERE until IS NULL GROUP BY sample, coder"
    ):
        coded.setdefault(sample, Counter())[coder] = number
    return tuple(
        Sample(
            name,
            row["size"],
            row["seed"],
            tuple(sorted(Counter(one[1] for one in json.loads(row["statements"])).items())),
            tuple(sorted(coded.get(name, {}).items())),
        )
        for name, row in live_rows(project, "samples")
    )


def drawn_of(project: Project, name: str) -> tuple[Drawn, ...]:
    """Return what a sample has in the order to code it; ProjectError where there is none."""
    row = live(project, "samples", name)
    if row is None:
        names = ", ".join(key for key, _ in live_rows(project, "samples")) or "none yet"
        raise ProjectError(f"there is no sample {name!r}; there is: {names}")
    return tuple(Drawn(*one) for one in json.loads(row["statements"]))


def units_left(project: Project, name: str, coder: str) -> tuple[str, ...]:
    """Return what a coder has still to code of a sample, as ids, in order.

    What is gone is left out, and statements of which the coder has judged the machine's coding.
    """
    done = {
        row["statement"]
        for _, row in live_rows(project, "sampled", "sample = ? AND coder = ?", (name, coder))
    }
    seen = {
        id_
        for (id_,) in project.connection.execute(
            "SELECT DISTINCT statement FROM reviews WHERE coder = ? AND adjudicates = 0 AND "
            "until IS NULL AND verdict <> 'added'",
            (coder,),
        )
    }
    return tuple(
        one.unit
        for one in drawn_of(project, name)
        if one.unit not in done and one.unit not in seen and _is_there(project, one.unit)
    )


def to_code(
    project: Project, name: str, coder: str, *, limit: int | None = None
) -> tuple[ToCode, ...]:
    """Return what a coder has still to code of a sample, in order, without what the machine says.

    `limit` is how many at most.
    """
    left = units_left(project, name, coder)
    return tuple(unit_of(project, unit) for unit in itertools.islice(left, limit))


def unit_of(project: Project, unit: str) -> ToCode:
    """Return a statement or a paragraph of a sample by its id; ProjectError where it is gone."""
    article, words = paragraph_of(unit)
    if words is None:
        found = statement(project, unit)
        return ToCode(unit, article, found, found.content)
    if not _is_there(project, unit):
        raise ProjectError(f"{unit} isn't there any more; its article has a new version")
    return ToCode(unit, article, None, (words,))


def paragraph_of(unit: str) -> tuple[str, Span | None]:
    """Return the article of a unit, and a paragraph's span; None where it is a statement."""
    words = re.fullmatch(r"(.*):(\d{1,15})-(\d{1,15})", unit, re.ASCII)
    if words is None:
        return unit.rpartition(".")[0], None
    return words[1], Span(int(words[2]), int(words[3]))


def found_in(
    project: Project, name: str, unit: str, coder: str, *, as_of: int | None = None
) -> tuple[str, ...]:
    """Return the statements in which a coder's answer on something of a sample is, as ids.

    That is the statement itself; in a paragraph those that the coder added there since the sample
    was drawn. Of now, or as of a change.
    """
    article, words = paragraph_of(unit)
    if words is None:
        return (unit,)
    at = last_change(project) if as_of is None else as_of
    found = project.connection.execute(
        "SELECT key FROM statements s WHERE article = :article AND coder = :coder AND deleted = 0 "
        "AND since <= :at AND (until IS NULL OR until > :at) AND "
        "json_extract(content, '$[0][0]') >= :start AND json_extract(content, '$[0][0]') < :end "
        "AND (SELECT MIN(since) FROM statements f WHERE f.key = s.key) > "
        "(SELECT since FROM samples WHERE key = :name AND until IS NULL) ORDER BY place, key",
        {
            "article": article,
            "coder": coder,
            "at": at,
            "start": words.start,
            "end": words.end,
            "name": name,
        },
    )
    return tuple(key for (key,) in found)


def sampled(project: Project, name: str, unit: str, by: By) -> int | None:
    """Say that this person has coded something of a sample: what they added to it is all."""
    if unit not in {one.unit for one in drawn_of(project, name)}:
        raise ProjectError(f"{unit} is not in the sample {name!r}")
    with changing(project, by, "sampled", unit, note=name) as draft:
        values = {"sample": name, "statement": unit, "coder": draft.who}
        put(draft, "sampled", f"{name}|{unit}|{draft.who}", values)
    return draft.result


def _is_there(project: Project, unit: str) -> bool:
    article, words = paragraph_of(unit)
    if words is not None:
        return live(project, "articles", article) is not None
    row = live(project, "statements", unit)
    return row is not None and not row["deleted"]


def _strata(project: Project) -> dict[str, list[str]]:
    """Return the statements of each stratum, in order."""
    options: dict[str, list[str]] = {}
    numbers: Counter[str] = Counter()
    for id_, option in project.connection.execute(
        "SELECT DISTINCT statement, option FROM codings WHERE until IS NULL"
    ):
        options.setdefault(id_, []).append(option)
        numbers[option] += 1
    strata: dict[str, list[str]] = {}
    for (id_,) in project.connection.execute(
        "SELECT key FROM statements WHERE until IS NULL AND deleted = 0 ORDER BY key"
    ):
        coded = options.get(id_, [])
        rarest = min(coded, key=lambda option: (numbers[option], option), default=NO_POSITION)
        strata.setdefault(rarest, []).append(id_)
    return strata


class _Paragraphs:
    """The paragraphs that are read, of all articles in the order of their ids; read when drawn."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._ends: list[tuple[int, str]] = []
        end = 0
        for article, number in project.connection.execute(
            f"SELECT key, {PARAGRAPHS} FROM articles WHERE until IS NULL ORDER BY key"
        ):
            end += number
            self._ends.append((end, article))

    def __len__(self) -> int:
        return self._ends[-1][0] if self._ends else 0

    def at(self, places: list[int]) -> Iterator[str]:
        """Yield the ids of paragraphs by their places, which rise."""
        begin, wanted = 0, iter(places)
        place = next(wanted, None)
        for end, article in self._ends:
            while place is not None and place < end:
                words = self._of(article)[place - begin]
                yield f"{article}:{words.start}-{words.end}"
                place = next(wanted, None)
            begin = end

    def _of(self, article: str) -> list[Span]:
        row = live(self._project, "articles", article)
        assert row is not None, "it was counted"
        headline = span(row["headline"])
        return [
            *([] if headline is None else [headline]),
            *spans(row["teaser"]),
            *spans(row["body"]),
        ]
