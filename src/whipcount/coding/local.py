"""The local coder: a small trained network and the lexical coder's rules, weighed together.

The topics tell cheaply which pairs of statement and option may have to do with each other; the
network reads these; what it holds of a pair and what the rules hold are weighed by figures that
were fitted on statements that neither had seen (`docs/coding.md`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

import numpy as np
from numpy.typing import NDArray

from whipcount.actors import Mentions
from whipcount.analysis import Analysis
from whipcount.coding.chunks import Chunk, chunks_of
from whipcount.coding.context import Context
from whipcount.coding.holders import can_hold, same_side
from whipcount.coding.implications import Consequences, consequences
from whipcount.coding.lexical import Draft, drafts_of, positions_of, reasoned, weight
from whipcount.coding.matching import matcher
from whipcount.coding.trained.pairs import MARKS, STANCES, Pieces
from whipcount.coding.trained.reader import Reader, Reading, reader
from whipcount.coding.trained.topics import Topics
from whipcount.coding.weighing import NO_OTHER, Floats, chances, evidence, fit, weights_of
from whipcount.model import Actor, Issue, Position, Span, Stance, Statement

FEW = 5
"""Options up to which all are asked about in every article, near or not."""

FIRST = 4
SOMETHING = 0.1
"""Portions of an article that are read for an option before it is given up, where each matches it
with less than this chance. What it costs and loses stands in docs/coding.md."""

SURE = 0.5
"""Chance from which a piece of a statement counts as marked, and a stance as hedged."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What is held of a portion of a statement and an option.

    `evidence` is that for a match, `chances` (6) those of `pairs.STANCES`; from the chance `least`
    on a match is one.
    """

    chunk: Chunk
    line: Pieces
    option: str
    evidence: Floats
    chances: Floats
    least: float
    reading: Reading
    draft: Draft | None

    @property
    def stance(self) -> str:
        """The likeliest stance where the option is matched, else `none`."""
        matched = 1 - self.chances[0] >= self.least
        return STANCES[1 + int(self.chances[1:].argmax())] if matched else "none"

    @property
    def sureness(self) -> float:
        """The chance of the likeliest stance."""
        return float(self.chances[1:].max())


class LocalCoder:
    """Codes with a small network that reads statement and option together, and the rules.

    Needs no network connection; its weights come with the package.
    """

    name = "local"

    @property
    def version(self) -> str:
        """The version of the weights."""
        return reader().version

    def code(
        self,
        analysis: Analysis,
        statements: Sequence[Statement],
        mentions: Mentions,
        issue: Issue,
    ) -> tuple[Position, ...]:
        """Return the positions of an article's statements, in reading order."""
        label = f"{self.name} {self.version}"
        positions: list[Position] = []
        spoken = [one for one in statements if one.actors]
        judge = Judge(reader(), analysis, issue, spoken)
        follows = consequences(issue.options)
        for statement in spoken:
            best: dict[str, Judged] = {}
            for one in judge.judged(statement):
                if one.stance != "none" and _outweighs(one, best.get(one.option)):
                    best[one.option] = one
            kept = _without_implied(best, follows)
            ruled = judge.ruled(statement, mentions, label)
            for option in issue.options:
                read = list(_positions(judge, mentions, kept.get(option.id), label))
                by_rule = [one for one in ruled if one.option == option.id]
                unsure = all(one.for_review for one in read)
                positions += by_rule if by_rule and unsure else read
        return tuple(positions)

    def explain(
        self, analysis: Analysis, statements: Sequence[Statement], issue: Issue
    ) -> Iterator[tuple[Statement, tuple[str, ...]]]:
        """Yield each statement with why it is coded as it is: a line an option that was read."""
        judge = Judge(reader(), analysis, issue, statements)
        for statement in statements:
            lines = [_reasoned(judge, one) for one in judge.judged(statement)]
            yield statement, tuple(lines) or ("is about none of the options, by its topic",)


coder = LocalCoder()


def _reasoned(judge: Judge, one: Judged) -> str:
    """Return what the chances of an option were made of, in words."""
    order = one.chances.argsort()[::-1]
    told = ", ".join(f"{STANCES[i]} {one.chances[i]:.2f}" for i in order[:2])
    own = np.exp(one.reading.scores - one.reading.scores.max())
    best = int(own.argmax())
    parts = [f"network alone: {STANCES[best]} {own[best] / own.sum():.2f}"]
    if one.draft is None:
        parts.append("rules: nothing")
    else:
        parts.append(f"rules: {reasoned(judge.analysis, one.draft)}")
    condition = _condition(one) if one.stance == "conditional" else None
    if condition is not None:
        parts.append(f"condition “{judge.analysis.article.text[condition.start : condition.end]}”")
    if one.stance == "none":
        parts.append(f"a match from {one.least:.2f} on")
    elif one.sureness < judge.review:
        parts.append("for review")
    return f"{one.option}: {told} ({'; '.join(parts)})"


@dataclass(frozen=True, slots=True)
class Read:
    """A portion of a statement in word pieces, and how near it is to each of the options."""

    chunk: Chunk
    line: Pieces
    context: Pieces
    near: Floats


class Judge:
    """Judges an article's statements on an issue's options.

    An option is asked about where the article speaks of it plainly in one of its statements, and
    then of every statement that may have to do with it.
    """

    def __init__(
        self, network: Reader, analysis: Analysis, issue: Issue, statements: Sequence[Statement]
    ) -> None:
        self.network, self.analysis = network, analysis
        self.review: float = network.settings["review"]
        self._options = tuple(option.id for option in issue.options)
        context = Context(analysis, matcher(issue))
        self._drafts = {one.id: drafts_of(analysis, one, context) for one in statements}
        title, *labels = network.pieces(
            [analysis.article.title, *(option.label for option in issue.options)]
        )
        self._labels = [label_of(network.topics, label, title) for label in labels]
        self._read = {one.id: tuple(self._portions(one)) for one in statements}
        self._weights = [weights_of(network.settings, option) for option in issue.options]
        self._readings: dict[tuple[int, int], tuple[Reading, Draft | None]] = {}
        portions = [read for some in self._read.values() for read in some]
        self._places = {id(read): place for place, read in enumerate(portions)}
        for index in range(len(self._options)):
            self._ask(index, portions)

    def judged(self, statement: Statement) -> Iterator[Judged]:
        """Yield what is held of a statement's portions and the options that they may be about."""
        for read in self._read[statement.id]:
            place = self._places[id(read)]
            asked = {
                index: self._readings[place, index]
                for index in range(len(self._options))
                if (place, index) in self._readings
            }
            fits = {index: fit(reading.scores) for index, (reading, _) in asked.items()}
            for index, (reading, draft) in asked.items():
                others = max((f for i, f in fits.items() if i != index), default=NO_OTHER)
                weights = self._weights[index]
                told = evidence(reading.scores, others, draft)
                yield Judged(
                    read.chunk,
                    read.line,
                    self._options[index],
                    told,
                    chances(told, reading.scores, draft, weights),
                    weights.least,
                    reading,
                    draft,
                )

    def ruled(self, statement: Statement, mentions: Mentions, label: str) -> list[Position]:
        """Return the positions that the rules alone find."""
        drafts = self._drafts[statement.id]
        return positions_of(self.analysis, statement, mentions, drafts, label)

    def _ask(self, index: int, portions: Sequence[Read]) -> None:
        """Ask the network about an option: the nearest portions first, the others if it matches."""
        settings = self.network.settings
        option = self._options[index]
        drafts = {
            place: _draft_of(self._drafts[read.chunk.statement.id], read.chunk, option)
            for place, read in enumerate(portions)
        }
        order = sorted(
            range(len(portions)),
            key=lambda place: (drafts[place] is None, -portions[place].near[index]),
        )
        nearest = max((read.near[index] for read in portions), default=0.0)
        spoken_of = len(self._options) <= FEW or nearest >= settings["topics"]["somewhere"]
        matched = False
        for number, place in enumerate(order):
            read, draft = portions[place], drafts[place]
            far = not spoken_of or read.near[index] < settings["topics"]["least"]
            if draft is None and (far or (number >= FIRST and not matched)):
                break
            reading = self.network.read(self._labels[index].pieces, read.context, read.line)
            self._readings[place, index] = reading, draft
            told = evidence(reading.scores, NO_OTHER, draft)
            alone = chances(told, reading.scores, draft, self._weights[index])
            matched = matched or 1 - alone[0] > SOMETHING

    def _portions(self, statement: Statement) -> Iterator[Read]:
        chunks = list(chunks_of(self.analysis, statement))
        pieces = self.network.pieces([w for one in chunks for w in (one.line, one.context)])
        weights = np.array(self.network.settings["topics"]["weights"])
        for chunk, line, context in zip(chunks, pieces[::2], pieces[1::2], strict=True):
            near = [nearness(self.network.topics, line, one) @ weights for one in self._labels]
            yield Read(chunk, line, context, np.array(near))


@dataclass(frozen=True, slots=True)
class Label:
    """An option's label, and how near it is to the article's title: the same for all portions."""

    pieces: Pieces
    vector: NDArray[np.float32]
    headline: float
    nearest: float


def label_of(topics: Topics, label: Pieces, title: Pieces) -> Label:
    """Return a label with what the article's title says of it."""
    vector = topics.of(label)
    return Label(label, vector, float(vector @ topics.of(title)), topics.nearest(title, label))


def nearness(topics: Topics, line: Pieces, label: Label) -> Floats:
    """Return the evidence that a statement has to do with an option (6), the last one always 1."""
    said = float(label.vector @ topics.of(line))
    return np.array(
        [
            said,
            label.headline,
            topics.nearest(line, label.pieces),
            label.nearest,
            max(said, label.headline),
            1.0,
        ]
    )


def _draft_of(drafts: Sequence[Draft], chunk: Chunk, option: str) -> Draft | None:
    """Return the rules' draft for a portion and an option: that which outweighs the others."""
    found = [
        draft
        for draft in drafts
        if draft.option == option
        and (place := draft.clause.span(0, len(draft.clause.tokens))).start < chunk.span.end
        and chunk.span.start < place.end
    ]
    return max(found, key=lambda draft: weight(draft.judgement), default=None)


def _outweighs(one: Judged, other: Judged | None) -> bool:
    """Return whether a portion's stance is the statement's: a condition's, else the surer one's."""
    if other is None:
        return True
    if (one.stance == "conditional") != (other.stance == "conditional"):
        return one.stance == "conditional"
    return one.sureness > other.sureness


def _without_implied(
    best: Mapping[str, Judged], follows: Mapping[str, Consequences]
) -> dict[str, Judged]:
    """Return what is said of options, without what only follows from the rest by the issue's rules.

    Who is against any tariff is against a high one: that is the count's to conclude. What the
    words name themselves stays, by the rules' draft.
    """
    implied = set()
    for option, one in best.items():
        found = follows[option]
        if one.stance == "support":
            sides = dict.fromkeys(found.supported, "support")
            sides |= dict.fromkeys(found.opposed, "oppose")
        elif one.stance == "oppose":
            sides = dict.fromkeys(found.opposed_by_opposing, "oppose")
        else:
            continue
        implied |= {
            other
            for other, stance in sides.items()
            if other in best and best[other].stance == stance and best[other].draft is None
        }
    return {option: one for option, one in best.items() if option not in implied}


def _positions(
    judge: Judge, mentions: Mentions, one: Judged | None, label: str
) -> Iterator[Position]:
    """Yield a position for each actor whose stance was judged."""
    if one is None:
        return
    statement = one.chunk.statement
    actors: tuple[Actor, ...] = statement.actors
    others = _others(mentions, one)
    reported = bool(others)
    if others:
        actors = others
    chance = one.sureness
    condition = _condition(one) if one.stance == "conditional" else None
    strength: Literal["plain", "hedged"] = "hedged" if one.reading.hedged >= SURE else "plain"
    for actor in actors:
        yield Position(
            origin="statement",
            actor=actor,
            option=one.option,
            stance=cast("Stance", one.stance),
            strength=strength,
            reported=reported,
            reported_by=statement.actors[0] if reported else None,
            condition=condition,
            reason=_marked(one, "reason", least=SURE),
            date=statement.date,
            coder=label,
            confidence=round(chance * statement.confidence, 3),
            for_review=chance < judge.review,
            article=judge.analysis.article.id,
            statement=statement.id,
            piece=one.chunk.piece,
            kind=statement.kind,
            quote=statement.quote,
            source=statement.source,
            content=statement.content,
        )


def _others(mentions: Mentions, one: Judged) -> tuple[Actor, ...]:
    """Return who else's stance it is that a statement tells: by the rules, else the network."""
    draft = one.draft
    place: Span | None = None
    if draft is not None:
        place = draft.clause.span(*draft.holder) if draft.holder is not None else None
    else:
        place = _marked(one, "holder", least=SURE)
    if place is None:
        return ()
    named = mentions.actors_in(place)
    return tuple(a for a in named if can_hold(a) and not same_side(a, one.chunk.statement.actors))


def _condition(one: Judged) -> Span | None:
    """Return where a condition stands: as the network marks it, or else the rules."""
    found = _marked(one, "condition", least=0.0)
    if found is None and one.draft is not None:
        return one.draft.condition
    return found


def _marked(one: Judged, mark: str, least: float) -> Span | None:
    """Return where the likeliest run of marked pieces stands in the article.

    The run whose chances less one half sum to most; None where none is above `least` anywhere.
    """
    chances = one.reading.marks[:, MARKS.index(mark)]
    places = one.line.places[: len(chances)]
    inside = places[:, 0] >= one.chunk.begin
    if not inside.any() or float(chances[inside].max()) < max(least, 0.2):
        return None
    gains = np.where(inside, chances - min(SURE, float(chances[inside].max()) / 2), -9.0)
    best, start, end, total, begin = 0.0, 0, 0, 0.0, 0
    for index, gain in enumerate(gains):
        if total <= 0:
            total, begin = 0.0, index
        total += float(gain)
        if total > best:
            best, start, end = total, begin, index + 1
    if not best:
        return None
    return one.chunk.found(int(places[start, 0]), int(places[end - 1, 1]))
