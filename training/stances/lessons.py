"""What the network learns from: pairs of an option and a statement with what is right for them.

Our own statements, and those of real news that we labelled, give a pair with every option of their
issue; PERSPECTRUM's claims and perspectives one each, for or against. A claim and its denial are
opposite lessons.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from benchmarks.statements import Code, Example
from torch import Tensor

from whipcount.coding.trained.pairs import MARKS, STANCES, Pair, PairMaker, Pieces, before, said

OWN, SIDES = 0, 1
"""Kinds of lessons: all six stances are asked, or only for and against."""

TURNED = {"support": "oppose", "oppose": "support"}
AUXILIARY = re.compile(
    r"\b(should|must|can|could|will|would|may|might|ought|is|are|was|were|does|do|did|has|have)\b"
    r"( not\b|n't\b)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Lesson:
    """One pair in words, and what is right for it; spans are characters of `statement`.

    Of marks that aren't `told` nothing is asked.
    """

    option: str
    context: str
    statement: str
    stance: str
    kind: int = OWN
    hedged: int = -1
    marks: tuple[tuple[int, int] | None, ...] = (None, None, None)
    told: tuple[str, ...] = MARKS


def perspectrum(path: Path) -> list[Lesson]:
    """Return the pairs of a PERSPECTRUM file."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Lesson(row["claim"].strip(), "", row["statement"].strip(), row["stance"], SIDES)
        for row in rows
    ]


def denied(claim: str) -> str:
    """Return the denial of a claim: `not` after its first auxiliary verb, or without it.

    Empty where it has none.
    """
    match = AUXILIARY.search(claim)
    if match is None:
        return ""
    verb = match[1]
    if match[2]:
        return claim[: match.start()] + verb + claim[match.end() :]
    return claim[: match.end()] + " not" + claim[match.end() :]


class Teacher:
    """Gives an epoch's lessons, drawn anew each time."""

    def __init__(
        self,
        own: Sequence[Example],
        sides: Sequence[Lesson],
        settings: Mapping[str, Any],
        seen: Sequence[Example] = (),
        news: Sequence[Example] = (),
    ) -> None:
        self.own, self.sides, self.settings, self.news = own, sides, settings, news
        self.seen = {(one.issue, one.number) for one in seen}
        self.options = sorted({label for one in (*own, *news) for label in one.options.values()})

    def epoch(self, rng: np.random.Generator) -> list[Lesson]:
        """Return all pairs once, each in one of the shapes that it may have."""
        s = self.settings
        lessons = [
            lesson
            for one in self.own
            if self._is_drawn(one, rng)
            for lesson in self._of_statement(one, rng)
        ]
        lessons += [
            lesson
            for one in self.news
            if self._is_drawn(one, rng) and (one.codes or rng.random() < s["empty"])
            for lesson in self._of_statement(one, rng)
            if lesson.stance != "none" or rng.random() < s["others"]
        ]
        sides = [one for one in self.sides if s["sides"] >= 1 or rng.random() < s["sides"]]
        lessons += sides
        for one in sides:
            claim = denied(one.option) if rng.random() < self.settings["denied"] else ""
            if claim:
                lessons.append(Lesson(claim, "", one.statement, TURNED[one.stance], SIDES))
        return lessons

    def _is_drawn(self, one: Example, rng: np.random.Generator) -> bool:
        seen = (one.issue, one.number) in self.seen
        return not seen or rng.random() < self.settings["again"]

    def _of_statement(self, one: Example, rng: np.random.Generator) -> Iterator[Lesson]:
        s = self.settings
        context = before(one.title, one.before)
        if rng.random() < s["no_context"]:
            context = "" if rng.random() < 0.5 else one.title
        whole = rng.random() < s["whole_sentence"]
        for option, label in one.options.items():
            yield _lesson(label, context, one, one.codes.get(option), whole)
        if rng.random() < s["strangers"]:
            label = self.options[rng.integers(len(self.options))]
            if label not in one.options.values():
                yield _lesson(label, context, one, None, whole)


def as_read(one: Example) -> Iterator[tuple[str, Lesson]]:
    """Yield a statement's pairs as the coder makes them, each with the option's id."""
    context = before(one.title, one.before)
    for option, label in one.options.items():
        yield option, _lesson(label, context, one, one.codes.get(option), whole=False)


def _lesson(label: str, context: str, one: Example, code: Code | None, whole: bool) -> Lesson:
    line, places = (one.text, None) if whole else _line(one)
    if code is None:
        return Lesson(label, context, line, "none")
    spans = tuple(_moved(span, places) for span in (code.condition, code.reason, code.holder))
    hedged = int(code.strength == "hedged")
    return Lesson(label, context, line, code.stance, OWN, hedged, spans, one.told)


def _line(one: Example) -> tuple[str, list[tuple[int, int, int]]]:
    """Return a statement as `said` gives it, and where its spans went: (start, end, new start)."""
    line = said(
        " ".join(one.text[s:e] for s, e in one.source),
        " ".join(one.text[s:e] for s, e in one.cue),
        " ".join(one.text[s:e] for s, e in one.content),
    )
    places, at = [], 0
    for start, end in (*one.source, *one.cue, *one.content):
        words = " ".join(one.text[start:end].split())
        found = line.find(words, at)
        places.append((start, end, found))
        at = max(found, at)
    return line, places


def _moved(
    span: tuple[int, int] | None, places: list[tuple[int, int, int]] | None
) -> tuple[int, int] | None:
    if span is None or places is None:
        return span
    for start, end, new in places:
        if start <= span[0] < end and new >= 0:
            return new + span[0] - start, new + min(span[1], end) - start
    return None


@dataclass(frozen=True, slots=True)
class Batch:
    """Lessons as tensors; `marks` (batch, pieces, 3) is -1 where nothing is asked."""

    pieces: Tensor
    segments: Tensor
    mask: Tensor
    stance: Tensor
    kind: Tensor
    hedged: Tensor
    marks: Tensor

    def to(self, device: torch.device) -> Batch:
        """Return the batch on a device."""
        return Batch(*(getattr(self, name).to(device) for name in self.__dataclass_fields__))


class Desk:
    """Makes batches of lessons."""

    def __init__(self, maker: PairMaker, hidden: float = 0.0) -> None:
        self.maker, self.hidden = maker, hidden
        self.mask: int = maker.tokenizer.token_to_id("[MASK]")
        self._known: dict[str, Pieces] = {}

    def batches(
        self, lessons: Sequence[Lesson], size: int, rng: np.random.Generator | None
    ) -> Iterator[tuple[list[int], Batch]]:
        """Yield batches of at most `size` pieces, of pairs of like length, in a drawn order."""
        pairs = self._pairs(lessons)
        lengths = np.array([len(pair.numbers) for pair in pairs])
        noise = rng.random(len(pairs)) * 8 if rng is not None else 0
        order = np.argsort(lengths + noise, kind="stable")
        groups: list[list[int]] = [[]]
        for index in order:
            longest = max(int(lengths[index]), *(int(lengths[i]) for i in groups[-1][-1:]), 1)
            if groups[-1] and longest * (len(groups[-1]) + 1) > size:
                groups.append([])
            groups[-1].append(int(index))
        if rng is not None:
            rng.shuffle(groups)
        for group in groups:
            batch = _batch([pairs[i] for i in group], [lessons[i] for i in group], self)
            if rng is not None and self.hidden:
                drawn = torch.from_numpy(rng.random(batch.pieces.shape) < self.hidden)
                batch.pieces[drawn & (batch.segments == 2)] = self.mask
            yield group, batch

    def _pairs(self, lessons: Sequence[Lesson]) -> list[Pair]:
        texts = {t for one in lessons for t in (one.option, one.context, one.statement)}
        new = sorted(texts - self._known.keys())
        self._known.update(zip(new, self.maker.pieces(new), strict=True))
        return [
            self.maker.pair(
                self._known[one.option], self._known[one.context], self._known[one.statement]
            )
            for one in lessons
        ]

    def places(self, statement: str) -> np.ndarray:
        """Return the characters of a statement's pieces."""
        return self._known[statement].places


def _batch(pairs: Sequence[Pair], lessons: Sequence[Lesson], desk: Desk) -> Batch:
    longest = max(len(pair.numbers) for pair in pairs)
    shape = (len(pairs), longest)
    pieces, segments = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.long)
    mask = torch.zeros(shape)
    marks = torch.full((*shape, len(MARKS)), -1.0)
    for row, (pair, lesson) in enumerate(zip(pairs, lessons, strict=True)):
        length = len(pair.numbers)
        pieces[row, :length] = torch.from_numpy(pair.numbers)
        segments[row, :length] = torch.from_numpy(pair.segments)
        mask[row, :length] = 1
        if lesson.stance == "none" or lesson.kind == SIDES:
            continue
        places = desk.places(lesson.statement)[: length - pair.begin - 1]
        for number, span in enumerate(lesson.marks):
            if MARKS[number] not in lesson.told:
                continue
            inside = torch.zeros(len(places))
            if span is not None:
                inside[(places[:, 0] < span[1]) & (places[:, 1] > span[0])] = 1
            marks[row, pair.begin : pair.begin + len(places), number] = inside
    return Batch(
        pieces,
        segments,
        mask,
        torch.tensor([STANCES.index(one.stance) for one in lessons]),
        torch.tensor([one.kind for one in lessons]),
        torch.tensor([one.hedged for one in lessons]),
        marks,
    )
