"""What the trained tagger sees of an article's words beside their letters.

Place in the parse, quotation marks, layout, capitals and what the rules make of them, each as a
whole number that the network looks up in a table of its own. The same code makes the input for
training and for reading.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from spacy import attrs
from spacy.tokens import Token

from whipcount.analysis import Analysis, Paragraph
from whipcount.attribution.drafts import Draft
from whipcount.attribution.quotations import Quotation

Integers = NDArray[np.int64]

Role = Literal["source", "cue", "content"]
ROLES: tuple[Role, ...] = ("source", "cue", "content")

FEATURES = (
    "tag",
    "dependency",
    "head",
    "opens",
    "closes",
    "clause",
    "governor",
    "depth",
    "entity",
    "quotation",
    "position",
    "shape",
    "place",
    "draft",
    "drafted",
)
"""The columns of `Words.features`."""

CLAUSES = frozenset(
    {"ROOT", "ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp", "csubj", "csubjpass", "parataxis"}
)
"""Dependency labels whose word heads a clause of its own."""

FAR = (1, 2, 3, 5, 9, 17)
"""Distances in words, from which a new bucket begins."""

DEEPEST = 4
PLACES = ("headline", "teaser", "body")
SIZES = {
    "head": 2 * len(FAR) + 1,
    "governor": 2 * len(FAR) + 1,
    "depth": DEEPEST + 1,
    "quotation": 8,
    "position": 5,
    "shape": 7,
    "place": len(PLACES),
    "draft": 1 + 4 * len(ROLES),
    "drafted": 5,
}
"""How many values each feature has, those aside whose values are labels of spaCy's pipeline."""


Drafted = tuple[str, int, int, int]
"""A role, first character and end in a paragraph's plain text, and `Draft.order`."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of spaCy's pipeline that the network was trained with; 0 stands for any other."""

    tags: tuple[str, ...]
    dependencies: tuple[str, ...]
    entities: tuple[str, ...]

    def sizes(self) -> dict[str, int]:
        """Return how many values each of `FEATURES` has."""
        dependencies = len(self.dependencies) + 1
        return {
            "tag": len(self.tags) + 1,
            "dependency": dependencies,
            "opens": dependencies,
            "closes": dependencies,
            "clause": dependencies,
            "entity": 2 * len(self.entities) + 1,
            **SIZES,
        }


@dataclass(frozen=True, slots=True)
class Words:
    """An article's words in reading order: spaCy's tokens, those of white space left out.

    All arrays have one entry a word. `paragraph` is the index in `Analysis.paragraphs`; `start`
    and `end` are characters of that paragraph's plain text; `head` and `governor` are words of the
    same article: the head in the parse, and the word that governs the clause. `features` has a
    column for each of `FEATURES`; `sentence` counts sentences from the article's start.
    """

    texts: tuple[str, ...]
    paragraph: Integers
    start: Integers
    end: Integers
    head: Integers
    governor: Integers
    sentence: Integers
    features: NDArray[np.int16]

    def __len__(self) -> int:
        return len(self.texts)


def words_of(
    analysis: Analysis,
    labels: Labels,
    drafts: Sequence[Draft],
    marks: Sequence[Sequence[Quotation]],
) -> Words:
    """Return an article's words.

    `drafts` are the statements that the rules find, `marks` the quotations of each paragraph.
    """
    tables = _Tables(labels)
    texts: list[str] = []
    columns: list[list[NDArray[Any]]] = [[] for _ in range(7)]
    words = sentences = 0
    drafted = _by_paragraph(drafts)
    for index, paragraph in enumerate(analysis.paragraphs):
        kept, found = _paragraph(paragraph, marks[index], drafted[index], tables)
        texts += kept
        start, end, head, governor, sentence, features = found
        for column, values in zip(
            columns,
            (
                np.full(len(kept), index, dtype=np.int64),
                start,
                end,
                head + words,
                governor + words,
                sentence + sentences,
                features,
            ),
            strict=True,
        ):
            column.append(values)
        words += len(kept)
        if len(kept):
            sentences += int(sentence[-1]) + 1
    if not columns[0]:
        none = np.zeros(0, dtype=np.int64)
        features = none.astype(np.int16).reshape(0, len(FEATURES))
        return Words((), none, none, none, none, none, none, features)
    return Words(tuple(texts), *(np.concatenate(column) for column in columns))


def _by_paragraph(drafts: Sequence[Draft]) -> dict[int, list[Drafted]]:
    """Return the spans of drafts by paragraph; of two that claim the same words the last counts."""
    found: dict[int, list[Drafted]] = defaultdict(list)
    for draft in sorted(drafts, key=lambda draft: -draft.order):
        for paragraph, start, end in draft.content:
            found[paragraph].append(("content", start, end, draft.order))
        for role, place in (("source", draft.source), ("cue", draft.cue)):
            if place is not None:
                found[draft.paragraph].append((role, *place, draft.order))
    return found


class _Tables:
    """Labels to numbers, by spaCy's own hashes of them."""

    def __init__(self, labels: Labels) -> None:
        self.tags = {label: number for number, label in enumerate(labels.tags, 1)}
        self.dependencies = {label: number for number, label in enumerate(labels.dependencies, 1)}
        self.entities = {label: number for number, label in enumerate(labels.entities)}


def _paragraph(
    paragraph: Paragraph,
    quotes: Sequence[Quotation],
    drafted: Sequence[Drafted],
    tables: _Tables,
) -> tuple[list[str], tuple[NDArray[Any], ...]]:
    doc = paragraph.doc
    columns = [attrs.HEAD, attrs.SENT_START, attrs.IDX, attrs.LENGTH, attrs.IS_SPACE]
    rows: Integers = doc.to_array(columns).astype(np.int64).reshape(len(doc), len(columns))
    tokens = list(doc)
    kept = np.flatnonzero(rows[:, 4] == 0)
    # A head that is white space (the parser has that for stray spaces only) gives way to itself.
    new = np.full(len(doc), -1, dtype=np.int64)
    new[kept] = np.arange(len(kept))
    head = new[(np.arange(len(doc)) + rows[:, 0])[kept]]
    head = np.where(head < 0, np.arange(len(kept)), head)
    deps = [tokens[i].dep_ for i in kept]
    dependency = np.array([tables.dependencies.get(dep, 0) for dep in deps], dtype=np.int64)
    opens, closes = _edges(head)
    clause, governor, depth = _clauses(head, deps)
    start = rows[kept, 2]
    end = start + rows[kept, 3]
    starts = rows[kept, 1] == 1
    if len(kept):
        starts[0] = True
    places = np.arange(len(kept))
    features = np.stack(
        [
            np.array([tables.tags.get(tokens[i].tag_, 0) for i in kept], dtype=np.int64),
            dependency,
            _distance(head - places),
            dependency[opens],
            dependency[closes],
            dependency[clause],
            _distance(governor - places),
            depth,
            _entities([tokens[i] for i in kept], tables),
            _quoted(start, quotes),
            _positions(starts),
            np.array([_shape(tokens[i].text) for i in kept], dtype=np.int64),
            np.full(len(kept), PLACES.index(paragraph.place), dtype=np.int64),
            *_drafted(start, end, drafted),
        ],
        axis=1,
        dtype=np.int16,
        casting="same_kind",
    ).reshape(len(kept), len(FEATURES))
    texts = [tokens[i].text for i in kept]
    return texts, (start, end, head, governor, np.cumsum(starts) - 1, features)


def _edges(head: Integers) -> tuple[Integers, Integers]:
    """Return for each word the head of the largest phrase that begins, and ends, with it."""
    count = len(head)
    left, right = list(range(count)), list(range(count))
    heads = head.tolist()
    for word in _leaves_first(heads):
        above = heads[word]
        left[above] = min(left[above], left[word])
        right[above] = max(right[above], right[word])
    opens, closes = list(range(count)), list(range(count))
    for word in range(count):
        top = word
        while heads[top] != top and left[heads[top]] == word:
            top = heads[top]
        opens[word] = top
        top = word
        while heads[top] != top and right[heads[top]] == word:
            top = heads[top]
        closes[word] = top
    return np.array(opens, dtype=np.int64), np.array(closes, dtype=np.int64)


def _leaves_first(heads: list[int]) -> list[int]:
    """Return words in an order in which each comes before its head."""
    children: list[list[int]] = [[] for _ in heads]
    stack = []
    for word, above in enumerate(heads):
        if above == word:
            stack.append(word)
        else:
            children[above].append(word)
    order = []
    while stack:
        word = stack.pop()
        order.append(word)
        stack += children[word]
    return order[::-1]


def _clauses(head: Integers, deps: list[str]) -> tuple[Integers, Integers, Integers]:
    """Return each word's innermost clause's head, what governs that, and how deep it lies."""
    heads = head.tolist()
    clause, depth = list(range(len(heads))), [0] * len(heads)
    for word in reversed(_leaves_first(heads)):
        above = heads[word]
        if above == word:
            continue
        if deps[word] in CLAUSES:
            depth[word] = depth[above] + 1
        else:
            clause[word] = clause[above]
            depth[word] = depth[above]
    clauses = np.array(clause, dtype=np.int64)
    return clauses, head[clauses], np.minimum(np.array(depth, dtype=np.int64), DEEPEST)


def _distance(offsets: Integers) -> Integers:
    """Return offsets in words as buckets: 0 for none, odd ones ahead, even ones behind."""
    bucket = np.digitize(np.abs(offsets), FAR)
    return np.where(bucket == 0, 0, 2 * bucket - (offsets > 0)).astype(np.int64)


def _entities(tokens: list[Token], tables: _Tables) -> Integers:
    found = []
    for token in tokens:
        number = tables.entities.get(token.ent_type_)
        found.append(0 if number is None else 2 * number + 1 + (token.ent_iob_ == "B"))
    return np.array(found, dtype=np.int64)


def _quoted(start: Integers, quotes: Sequence[Quotation]) -> Integers:
    """Return 0 outside quotations; for a mark and what it quotes one number each, by kind."""
    found = np.zeros(len(start), dtype=np.int64)
    for quote in quotes:
        first, last = np.searchsorted(start, (quote.start, quote.end))
        if first == last:
            continue
        kind = 1 if not quote.closed else 2 if quote.detached else 3
        found[first:last] = kind
        found[first] = 3 + kind
        if quote.closed and last - first > 1:
            found[last - 1] = 7
    return found


def _drafted(
    start: Integers, end: Integers, drafted: Sequence[Drafted]
) -> tuple[Integers, Integers]:
    """Return what the rules' drafts make of words: role with place in the span, and the order."""
    places = np.zeros(len(start), dtype=np.int64)
    orders = np.zeros(len(start), dtype=np.int64)
    for role, begin, until, order in drafted:
        first = int(np.searchsorted(end, begin, side="right"))
        last = int(np.searchsorted(start, until))
        if first >= last:
            continue
        inside = 1 + 4 * ROLES.index(role)
        places[first:last] = inside
        places[first] = inside + 1
        places[last - 1] = inside + (2 if last - first > 1 else 3)
        orders[first:last] = order + 1
    return places, orders


def _positions(starts: NDArray[np.bool_]) -> Integers:
    """Return where words stand.

    1 opens a paragraph, 2 a sentence, 3 closes a sentence, 4 a paragraph.
    """
    found = np.zeros(len(starts), dtype=np.int64)
    if len(starts):
        found[:-1][starts[1:]] = 3
        found[-1] = 4
        found[starts] = 2
        found[0] = 1
    return found


def _shape(text: str) -> int:
    if text.islower():
        return 1
    if text.isupper():
        return 2 if len(text) > 1 else 3
    if text[0].isupper():
        return 4
    if any(character.isdigit() for character in text):
        return 5
    return 6 if not any(character.isalpha() for character in text) else 0
