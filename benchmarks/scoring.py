"""How well attributions are found, by the measures of the field, and which of the gold's they are.

Exact: runs of characters of a role that agree to the character, white space and a comma at the end
aside (Wang et al., COLING 2022). Overlap: by half (Dice), one to one. Relation: contents that
overlap by half with sources that overlap, one to one; gold without a source asks for none.
An attribution maps `source`, `cue` and `content` to spans, as PolNeAR's files do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

ROLES = ("source", "cue", "content")
FIGURES = (*(f"exact {role}" for role in ROLES), "overlap content", "relation")

Attribution = dict[str, Sequence[Sequence[int]]]
Fragment = tuple[int, int]
Left = TypeVar("Left")
Right = TypeVar("Right")


def read_gold(folder: Path) -> dict[str, tuple[str, list[Attribution]]]:
    """Return text and attributions of each article of a folder in PolNeAR's layout.

    Where several annotators read an article, the first by file name is the gold.
    """
    first: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        first.setdefault(path.stem.rsplit("_", 1)[0], path)
    gold = {}
    for name, path in first.items():
        with (folder / "text" / f"{name}.txt").open(encoding="utf-8", newline="") as handle:
            gold[name] = handle.read(), list(read_annotator(path))
    return gold


def read_annotator(path: Path) -> Iterator[Attribution]:
    """Yield an annotator's attributions of an article, from a brat stand-off file."""
    spans: dict[str, tuple[str, list[Fragment]]] = {}
    relations: list[list[str]] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        key, *fields = line.split("\t")
        if fields and re.match(r"(?:Source|Cue|Content) \d", fields[0]):
            role, offsets = fields[0].split(" ", 1)
            pairs = [part.split() for part in offsets.split(";")]
            spans[key] = role.lower(), [(int(start), int(end)) for start, end in pairs]
        elif fields and key.startswith("E"):
            relations.append([part.split(":")[1] for part in fields[0].split()])
    for members in relations:
        found: dict[str, set[Fragment]] = {role: set() for role in ROLES}
        for key in members:
            if key in spans:
                found[spans[key][0]] |= set(spans[key][1])
        yield {role: sorted(fragments) for role, fragments in found.items()}


class Tally:
    """Counts of what was right, given and there, by figure; articles are added one by one."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.given: Counter[str] = Counter()
        self.there: Counter[str] = Counter()
        self.kinds: dict[str, list[int]] = {}

    def add(self, text: str, gold: Sequence[Attribution], found: Sequence[Attribution]) -> set[int]:
        """Count an article; return which of the gold's attributions were found (relation)."""
        for role in ROLES:
            there, given = fragments(text, gold, role), fragments(text, found, role)
            self._count(f"exact {role}", len(there & given), len(given), len(there))
            pairs = one_to_one(sorted(given), sorted(there), fragment_overlap)
            self._count(f"overlap {role}", len(pairs), len(given), len(there))
        there_rows, given_rows = _rows(text, gold), _rows(text, found)
        pairs = one_to_one(given_rows, there_rows, _agreement)
        self._count("relation", len(pairs), len(given_rows), len(there_rows))
        hit = set(pairs.values())
        for number, row in enumerate(there_rows):
            tally = self.kinds.setdefault(_kind(text, row[3]), [0, 0])
            tally[0] += number in hit
            tally[1] += 1
        return {there_rows[number][0] for number in hit}

    def _count(self, figure: str, right: int, given: int, there: int) -> None:
        self.right[figure] += right
        self.given[figure] += given
        self.there[figure] += there

    def figures(self) -> dict[str, dict[str, float]]:
        """Return precision, recall and F1 in per cent by figure, and `relation recall by kind`."""
        found = {}
        for figure, there in self.there.items():
            right, given = self.right[figure], self.given[figure]
            precision, recall = right / given if given else 0.0, right / there if there else 0.0
            both = precision + recall
            f1 = 2 * precision * recall / both if both else 0.0
            found[figure] = {
                key: round(100 * value, 1)
                for key, value in (("p", precision), ("r", recall), ("f1", f1))
            }
        found["relation recall by kind"] = {
            kind: round(100 * right / there, 1)
            for kind, (right, there) in sorted(self.kinds.items())
        }
        return found


def trimmed(text: str, start: int, end: int) -> Fragment:
    """Return a run of characters without white space at its ends and a comma at its end."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    return start, end


def fragments(text: str, attributions: Iterable[Attribution], role: str) -> set[Fragment]:
    """Return all runs of characters of a role."""
    spans = {trimmed(text, *span) for one in attributions for span in one[role]}
    return {span for span in spans if span[0] < span[1]}


def fragment_overlap(left: Fragment, right: Fragment) -> float:
    """Return how far two runs agree (Dice); 0 below a half."""
    shared = max(0, min(left[1], right[1]) - max(left[0], right[0]))
    value = 2 * shared / (left[1] - left[0] + right[1] - right[0])
    return value if value >= 0.5 else 0.0


def one_to_one(
    given: Sequence[Left], there: Sequence[Right], same: Callable[[Left, Right], float]
) -> dict[int, int]:
    """Return pairs of numbers, the best first, no number twice; `same` gives 0 for no pair."""
    ways = sorted(
        ((same(g, t), i, j) for i, g in enumerate(given) for j, t in enumerate(there)), reverse=True
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for value, i, j in ways:
        if value > 0 and i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


Row = tuple[int, set[int], set[int], list[Fragment]]


def _rows(text: str, attributions: Sequence[Attribution]) -> list[Row]:
    """Return those with content: number, characters of content and source, the content's runs."""
    rows = []
    for number, one in enumerate(attributions):
        content = [trimmed(text, *span) for span in one["content"]]
        if content:
            source = [trimmed(text, *span) for span in one["source"]]
            rows.append((number, _characters(content), _characters(source), content))
    return rows


def _characters(spans: Iterable[Fragment]) -> set[int]:
    return {place for start, end in spans for place in range(start, end)}


def _agreement(given: Row, there: Row) -> float:
    total = len(given[1]) + len(there[1])
    value = 2 * len(given[1] & there[1]) / total if total else 0.0
    sources = bool(given[2] & there[2]) or not (given[2] or there[2])
    return value if value >= 0.5 and sources else 0.0


MARKS = "\"“”„«»''‘’`"


def _kind(text: str, content: Sequence[Fragment]) -> str:
    if all(text[start] in MARKS and text[end - 1] in MARKS + ".,!?" for start, end in content):
        return "direct"
    return "mixed" if any(c in '"“”' for s, e in content for c in text[s:e]) else "indirect"


def as_attributions(statements: Iterable[Any]) -> list[Attribution]:
    """Return statements as attributions."""
    return [{"source": s.source, "cue": s.cue, "content": s.content} for s in statements]


def calibration(
    sure: Sequence[float], right: Sequence[bool | float], bins: int = 10
) -> tuple[list[tuple[float, float, int, float, float]], float]:
    """Return how often what is sure to a degree is right, and the expected calibration error.

    By bins of confidence that hold anything: from, to, how many, their mean confidence, the share
    that is right. The error is the mean distance of the last two, weighed by how many there are
    (Naeini, Cooper and Hauskrecht, AAAI 2015).
    """
    held: list[list[int]] = [[] for _ in range(bins)]
    for number, confidence in enumerate(sure):
        held[min(int(confidence * bins), bins - 1)].append(number)
    rows = []
    for number, some in enumerate(held):
        if some:
            mean = sum(float(sure[i]) for i in some) / len(some)
            share = sum(float(right[i]) for i in some) / len(some)
            rows.append((number / bins, (number + 1) / bins, len(some), mean, share))
    error = sum(abs(mean - share) * count for _, _, count, mean, share in rows) / len(sure)
    return rows, error
