"""PolNeAR's layout to what the network learns from: words, pieces, tags and links."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from benchmarks.scoring import Attribution, read_annotator
from tokenizers import Tokenizer

from whipcount import reading
from whipcount.analysis import analyse, language_model
from whipcount.attribution.rules import tagger as rules
from whipcount.attribution.trained.words import ROLES, Integers, Labels, Role, Words, words_of

Ranges = list[tuple[int, int]]
Relation = dict[Role, Ranges]


@dataclass(frozen=True, slots=True)
class Reading:
    """One annotator's attributions of an article, in words: each word's tag, and the relations."""

    tags: Integers
    relations: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """An article as the network takes it.

    `first` and `last` are the words' first characters and ends in the text; `pieces` all words'
    word pieces, `ends` how many there are before each word, `begins` the first words of sentences.
    """

    name: str
    words: Words
    first: Integers
    last: Integers
    pieces: Integers
    ends: Integers
    begins: Integers
    readings: tuple[Reading, ...]


def labels() -> Labels:
    """Return the labels of spaCy's pipeline."""
    pipes = (language_model().get_pipe(name) for name in ("tagger", "parser", "ner"))
    return Labels(*(tuple(pipe.labels) for pipe in pipes))


def load(folder: Path, tokenizer: Tokenizer, cache: Path) -> list[Document]:
    """Return a folder's articles, in the order of their names; parsed once, then from `cache`."""
    if not cache.exists():
        paths = sorted((folder / "text").glob("*.txt"))
        documents = [_document(folder, path, tokenizer) for path in paths]
        cache.parent.mkdir(parents=True, exist_ok=True)
        cache.write_bytes(pickle.dumps([d for d in documents if len(d.words)], protocol=5))
    found: list[Document] = pickle.loads(cache.read_bytes())
    return found


def _document(folder: Path, path: Path, tokenizer: Tokenizer) -> Document:
    analysis = analyse(reading.read_page(path)[0])
    words = words_of(analysis, labels(), *rules.drafts(analysis))
    places = [
        analysis.paragraphs[paragraph].characters(start, end)
        for paragraph, start, end in zip(
            words.paragraph.tolist(), words.start.tolist(), words.end.tolist(), strict=True
        )
    ]
    first = np.array([place.start for place in places], dtype=np.int64)
    last = np.array([place.end for place in places], dtype=np.int64)
    encoding = tokenizer.encode(list(words.texts), is_pretokenized=True, add_special_tokens=False)
    owned: list[list[int]] = [[] for _ in words.texts]
    for number, owner in zip(encoding.ids, encoding.word_ids, strict=True):
        owned[owner].append(number)
    unknown = tokenizer.token_to_id("[UNK]")
    owned = [numbers or [unknown] for numbers in owned]
    return Document(
        path.stem,
        words,
        first,
        last,
        np.array([number for numbers in owned for number in numbers], dtype=np.int64),
        np.concatenate([[0], np.cumsum([len(numbers) for numbers in owned])]),
        np.flatnonzero(np.diff(words.sentence, prepend=-1)),
        tuple(
            _reading(attributions, analysis.article.text, first, last)
            for attributions in _annotators(folder, path.stem)
        ),
    )


def _annotators(folder: Path, name: str) -> Iterator[list[Attribution]]:
    """Yield each annotator's attributions of an article, in characters."""
    for path in sorted((folder / "attributions").glob(f"{name}_*.ann")):
        if path.stem.rsplit("_", 1)[0] == name:
            yield list(read_annotator(path))


def _reading(
    attributions: list[Attribution], text: str, first: Integers, last: Integers
) -> Reading:
    tags = np.zeros(len(first), dtype=np.int64)
    relations = []
    for attribution in attributions:
        relation: Relation = {}
        for number, role in enumerate(ROLES):
            relation[role] = []
            for start, end in attribution[role]:
                begin, after = _words(text, start, end, first, last)
                if begin < after:
                    relation[role].append((begin, after))
                    tags[begin] = 1 + 2 * number
                    tags[begin + 1 : after] = 2 + 2 * number
        relations.append(relation)
    # What goes on behind a span that lies in it (4 of 61,486 do) begins anew.
    before = np.concatenate([[0], tags[:-1]])
    inside = (tags > 0) & (tags % 2 == 0)
    tags = np.where(inside & (before != tags) & (before != tags - 1), tags - 1, tags)
    return Reading(tags, tuple(relations))


def _words(text: str, start: int, end: int, first: Integers, last: Integers) -> tuple[int, int]:
    """Return the words that characters of the text touch, white space and a comma left out."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    if start >= end:
        return 0, 0
    return int(np.searchsorted(last, start, side="right")), int(np.searchsorted(first, end))
