"""A codebook that lives: what is doubtful in one, and a first draft of one from pages.

Statements are near each other where their topics are (`trained.topics`); a cluster of near
statements of several speakers is something that is debated, and may be an option.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from whipcount.analysis import parse
from whipcount.coding.trained.reader import reader
from whipcount.model import Coded, Issue, Option, Statement

ALIKE = 0.97
"""Nearness of two labels' topics from which they can hardly be told apart.

Of the 250 pairs of options in one issue of `training/stances/data`, none is that near but those
that deny each other, which `DENIED` leaves out.
"""

DENIED = frozenset(("not", "no", "never", "without", "n't"))

SAID_BY = 2
SAID = 3
"""Speakers and statements that a cluster must have to be suggested."""

NEAR = 0.62
"""Nearness of a statement to the middle of a cluster that it joins.

On the example debate 0.55 runs membership and the road map together, 0.7 leaves most alone.
"""

PHRASES = 4
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a person should look at in a codebook, and which options it is about."""

    options: tuple[str, ...]
    message: str


def check(issue: Issue, coded: Iterable[Coded] | None = None) -> tuple[Doubt, ...]:
    """Return what is doubtful in an issue.

    Options that can't be told apart by their labels, and with `coded` articles options on which
    nobody took a position. A file with cycles or contradictions doesn't load (`load_issue`).
    """
    found = [*_alike(issue.options)]
    if coded is not None:
        articles = list(coded)
        counts = Counter(position.option for one in articles for position in one.positions)
        found += [
            Doubt(
                (option.id,),
                f"{option.id}: none of {len(articles)} articles has a position on it; reword the "
                "label as people would say it, add phrases, or leave it out",
            )
            for option in issue.options
            if not counts[option.id]
        ]
    return tuple(found)


def _alike(options: Sequence[Option]) -> Iterator[Doubt]:
    network = reader()
    pieces = network.pieces([option.label for option in options])
    vectors = np.array([network.topics.of(one) for one in pieces])
    near = vectors @ vectors.T if len(options) else np.zeros((0, 0))
    for (i, one), (j, other) in combinations(enumerate(options), 2):
        if near[i, j] >= ALIKE and _denials(one) == _denials(other):
            yield Doubt(
                (one.id, other.id),
                f"{one.id} and {other.id} can hardly be told apart: “{one.label}”, "
                f"“{other.label}”; say in the labels what differs, or make them one",
            )


def _denials(option: Option) -> int:
    return sum(token.lower_ in DENIED for token in parse(option.label))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A draft of an option: what was said by `speakers`, `statements` times."""

    option: Option
    statements: int
    speakers: int


def suggest(found: Iterable[Sequence[Statement]], most: int = 12) -> tuple[Suggestion, ...]:
    """Return drafts of options from the statements of articles, what most speak of first.

    The label is the shortest of the statements in the middle of a cluster: a person has to make a
    proposition of it.
    """
    network = reader()
    statements = [one for some in found for one in some if 4 <= len(one.quote.split()) <= 60]
    if not statements:
        return ()
    vectors = np.array(
        [network.topics.of(one) for one in network.pieces([s.quote for s in statements])]
    )
    drafts = []
    ids: set[str] = set()
    for members in _clusters(vectors):
        some = [statements[i] for i in members]
        speakers = {one.speaker.lower() for one in some}
        if len(some) < SAID or len(speakers) < SAID_BY:
            continue
        drafts.append(_draft(some, vectors[members], ids, len(speakers)))
    drafts.sort(key=lambda one: (-one.speakers, -one.statements, one.option.id))
    return tuple(drafts[:most])


def _clusters(vectors: np.ndarray) -> list[list[int]]:
    """Return clusters of vectors: each joins the nearest middle, or begins a cluster (leader)."""
    sums: list[np.ndarray] = []
    members: list[list[int]] = []
    for index, vector in enumerate(vectors):
        near = [float(vector @ (total / np.linalg.norm(total))) for total in sums]
        best = int(np.argmax(near)) if near else -1
        if best >= 0 and near[best] >= NEAR:
            sums[best] = sums[best] + vector
            members[best].append(index)
        else:
            sums.append(vector.copy())
            members.append([index])
    return members


def _draft(
    some: Sequence[Statement], vectors: np.ndarray, ids: set[str], speakers: int
) -> Suggestion:
    middle = vectors.sum(axis=0)
    order = np.argsort(-(vectors @ middle))
    central = [some[i] for i in order[: max(3, len(some) // 3)]]
    label = min((_clean(one.quote) for one in central), key=len)
    phrases = _phrases(some)
    name = re.sub(r"[^a-z0-9]+", "-", (phrases[0] if phrases else label).lower()).strip("-")[:40]
    option_id, number = name or "option", 2
    while option_id in ids:
        option_id, number = f"{name}-{number}", number + 1
    ids.add(option_id)
    examples = tuple(dict.fromkeys(_clean(some[i].quote) for i in order))[:EXAMPLES]
    option = Option(option_id, label, phrases=phrases, examples=examples)
    return Suggestion(option, len(some), speakers)


def _clean(words: str) -> str:
    return " ".join(words.split()).strip(" ,;:\"'“”‘’").rstrip(".")


def _phrases(some: Sequence[Statement]) -> tuple[str, ...]:
    """Return the noun phrases that several of the statements have, the most frequent first."""
    counts: Counter[str] = Counter()
    for one in some:
        phrases = set()
        for chunk in parse(_clean(one.quote)).noun_chunks:
            words = [t.lower_ for t in chunk if not t.is_stop and not t.is_punct and t.is_alpha]
            if words and not all(t.ent_type_ == "PERSON" for t in chunk):
                phrases.add(" ".join(words))
        counts.update(phrases)
    return tuple(words for words, count in counts.most_common(PHRASES) if count > 1)


def as_toml(name: str, body: str, drafts: Sequence[Suggestion]) -> str:
    """Return an issue file of drafts, for a person to go over."""
    lines = [
        "# A draft from what is said on the pages. Make each label a proposition in plain words,",
        '# such as "Varnia becomes a member of the pact"; join what is one, leave out the rest.',
        f"name = {json.dumps(name, ensure_ascii=False)}",
        f"body = {json.dumps(body, ensure_ascii=False)}",
    ]
    for draft in drafts:
        option = draft.option
        lines += [
            "",
            f"# {draft.statements} statements of {draft.speakers} speakers",
            f"[options.{option.id}]",
            f"label = {json.dumps(option.label, ensure_ascii=False)}",
        ]
        for key, words in (("phrases", option.phrases), ("examples", option.examples)):
            if words:
                lines.append(f"{key} = {json.dumps(list(words), ensure_ascii=False)}")
    return "\n".join(lines) + "\n"
