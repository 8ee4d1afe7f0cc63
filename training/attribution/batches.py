"""Windows of articles as tensors: random cuts, batches of like length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import torch
from torch import Tensor

from training.attribution.corpus import Document, Reading
from whipcount.attribution.trained.encoder import within
from whipcount.attribution.trained.windows import Window, cut
from whipcount.attribution.trained.words import FEATURES

OPENING, CLOSING, HIDDEN = 101, 102, 103
"""MiniLM's [CLS], [SEP] and [MASK]."""

Lessons: TypeAlias = dict[str, tuple[np.ndarray, ...]]
"""By article, a teacher's probabilities of its words' tags, and of those with the tag before."""

ALIKE = 20
"""Batches that are shuffled apart after their windows were sorted by length together."""


@dataclass(frozen=True, slots=True)
class Example:
    """A window of an article with one annotator's reading of it."""

    document: Document
    window: Window
    reading: Reading

    def size(self) -> int:
        """Return the window's pieces, the two at its ends with them."""
        ends = self.document.ends
        return int(ends[self.window.end] - ends[self.window.start]) + 2


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors, padded: what the network takes, and what it is to give.

    `cue_of` has each content's first word's cue, `source_of` each cue's source (the number of
    words for nobody); -1 elsewhere. `is_cue` and `is_source` are the words chosen among.
    `taught` has a teacher's probabilities, where there is one.
    """

    inputs: tuple[Tensor, ...]
    real: Tensor
    tags: Tensor
    cue_of: Tensor
    source_of: Tensor
    is_cue: Tensor
    is_source: Tensor
    pieces: int
    taught: tuple[Tensor, ...] = ()

    def to(self, device: torch.device) -> Batch:
        """Return the batch on a device."""
        rest = (self.real, self.tags, self.cue_of, self.source_of, self.is_cue, self.is_source)
        return Batch(
            tuple(tensor.to(device) for tensor in self.inputs),
            *(tensor.to(device) for tensor in rest),
            self.pieces,
            tuple(tensor.to(device) for tensor in self.taught),
        )


def epoch(
    documents: Sequence[Document], longest: int, size: int, rng: np.random.Generator
) -> list[list[Example]]:
    """Return an epoch's batches: every article once, cut anew, by any of its annotators."""
    examples = []
    for document in documents:
        # The first annotator is the gold elsewhere, and has half of the weight here.
        one = 0 if rng.random() < 0.5 else int(rng.integers(len(document.readings)))
        for window in _windows(document, longest, int(rng.integers(longest))):
            examples.append(Example(document, window, document.readings[one]))
    rng.shuffle(examples)  # type: ignore[arg-type]
    batches = []
    for at in range(0, len(examples), size * ALIKE):
        group: list[Example] = []
        for example in sorted(examples[at : at + size * ALIKE], key=Example.size):
            if group and (len(group) + 1) * example.size() > size * longest:
                batches.append(group)
                group = []
            group.append(example)
        batches.append(group)
    rng.shuffle(batches)  # type: ignore[arg-type]
    return batches


def _windows(document: Document, longest: int, first: int) -> Iterator[Window]:
    start, limit = 0, first
    while start < len(document.words):
        end = cut(document.ends, document.begins, start, max(limit, 1))
        yield Window(start, end, start, end)
        start, limit = end, longest


def in_order(documents: Sequence[Document], longest: int) -> list[Example]:
    """Return windows that cover every article once."""
    return [
        Example(document, window, document.readings[0])
        for document in documents
        for window in _windows(document, longest, longest)
    ]


def assemble(
    examples: Sequence[Example],
    hidden_pieces: float,
    rng: np.random.Generator,
    lessons: Lessons | None = None,
) -> Batch:
    """Return examples as one batch, some of their pieces behind [MASK]."""
    count, words = len(examples), max(e.window.end - e.window.start for e in examples)
    pieces = max(example.size() for example in examples)
    numbers = np.zeros((count, pieces), dtype=np.int64)
    mask = np.zeros((count, pieces), dtype=bool)
    owner = np.zeros((count, pieces), dtype=np.int64)
    first, head, governor, tags = (np.zeros((count, words), dtype=np.int64) for _ in range(4))
    features = np.zeros((count, words, len(FEATURES)), dtype=np.int64)
    cue_of, source_of = (np.full((count, words), -1) for _ in range(2))
    real, is_cue, is_source = (np.zeros((count, words), dtype=bool) for _ in range(3))
    for row, example in enumerate(examples):
        document, window = example.document, example.window
        inside, n = slice(window.start, window.end), window.end - window.start
        ends = document.ends[window.start : window.end + 1] - document.ends[window.start]
        m = int(ends[-1])
        here = document.pieces[document.ends[window.start] : document.ends[window.end]]
        numbers[row, 0] = OPENING
        numbers[row, 1 : m + 1] = np.where(rng.random(m) < hidden_pieces, HIDDEN, here)
        numbers[row, m + 1] = CLOSING
        mask[row, : m + 2] = True
        owner[row, 1 : m + 1] = np.repeat(np.arange(n), np.diff(ends))
        owner[row, m + 1] = n - 1
        first[row, :n] = ends[:-1] + 1
        features[row, :n] = document.words.features[inside]
        head[row, :n] = within(document.words.head[inside], window)
        governor[row, :n] = within(document.words.governor[inside], window)
        real[row, :n] = True
        tags[row, :n] = example.reading.tags[inside]
        if tags[row, 0] in (2, 4, 6):
            tags[row, 0] -= 1
        _links(example, words, cue_of[row], source_of[row], is_cue[row], is_source[row])
    inputs = (numbers, mask, owner, first, features, head, governor)
    return Batch(
        tuple(torch.from_numpy(array) for array in inputs),
        *(torch.from_numpy(a) for a in (real, tags, cue_of, source_of, is_cue, is_source)),
        int(mask.sum()) - 2 * count,
        () if lessons is None else _taught(examples, words, lessons),
    )


def _taught(examples: Sequence[Example], words: int, lessons: Lessons) -> tuple[Tensor, ...]:
    tags = lessons[examples[0].document.name][0].shape[1]
    single = np.zeros((len(examples), words, tags), dtype=np.float32)
    double = np.zeros((len(examples), words, tags, tags), dtype=np.float32)
    for row, example in enumerate(examples):
        inside = slice(example.window.start, example.window.end)
        n = example.window.end - example.window.start
        for whole, part in zip((single, double), lessons[example.document.name], strict=True):
            whole[row, :n] = part[inside]
        # What goes on from before the window begins in it.
        single[row, 0, 1::2] += single[row, 0, 2::2]
        single[row, 0, 2::2] = 0.0
    return torch.from_numpy(single), torch.from_numpy(double)


def _links(
    example: Example,
    nobody: int,
    cue_of: np.ndarray,
    source_of: np.ndarray,
    is_cue: np.ndarray,
    is_source: np.ndarray,
) -> None:
    """Write a window's links into its row of a batch."""
    window = example.window

    def place(ranges: list[tuple[int, int]]) -> int | None:
        inside = bool(ranges) and window.start <= ranges[0][0] < window.end
        return ranges[0][0] - window.start if inside else None

    for relation in example.reading.relations:
        cue, source = place(relation["cue"]), place(relation["source"])
        if source is not None:
            is_source[source] = True
        if cue is None:
            continue
        is_cue[cue] = True
        for content in relation["content"]:
            start = place([content])
            if start is not None:
                cue_of[start] = cue
        if not relation["source"]:
            source_of[cue] = nobody
        elif source is not None:
            source_of[cue] = source
