"""Stances in real news: labels by offsets in PolNeAR's training articles, read with their texts.

Each line of a file is an article's options (`{"doc", "options"}`) or one of its statements after it
(`{"doc", "n", "source", "cue", "content", "codes"}`); all spans are characters of the article.
The labels are ours, the texts stay in the corpus (GUIDELINES.md).
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.statements import Code, Example

Ranges = tuple[tuple[int, int], ...]

END = re.compile(r"(?:[.!?][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])|\n\s*)")
"""Where a sentence or a paragraph ends."""


def read_news(path: Path, polnear: Path) -> list[Example]:
    """Return a file's statements with their words, from the folder of PolNeAR."""
    with (polnear / "metadata.tsv").open(encoding="utf-8", newline="") as file:
        titles = {row["filename"]: row["title"] for row in csv.DictReader(file, delimiter="\t")}
    options: dict[str, dict[str, str]] = {}
    texts: dict[str, str] = {}
    found: list[Example] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        doc = row["doc"]
        if "options" in row:
            options[doc] = row["options"]
            with (polnear / "train" / "text" / f"{doc}.txt").open(
                encoding="utf-8", newline=""
            ) as file:
                texts[doc] = file.read()
            continue
        found.append(_example(row, texts[doc], titles.get(doc, ""), options[doc]))
    return found


def _example(row: Mapping[str, Any], text: str, title: str, options: Mapping[str, str]) -> Example:
    source, cue, content = (_ranges(row[key]) for key in ("source", "cue", "content"))
    sentences = list(_sentences(text))
    places = (*source, *cue, *content)
    first = min(start for start, _ in places)
    last = max(end for _, end in places)
    inside = [i for i, (start, end) in enumerate(sentences) if start < last and first < end]
    start = min(first, sentences[inside[0]][0])
    end = max(last, sentences[inside[-1]][1])
    prior = text[slice(*sentences[inside[0] - 1])] if inside[0] else ""

    def moved(spans: Sequence[tuple[int, int]]) -> Ranges:
        return tuple((s - start, e - start) for s, e in spans)

    codes = {
        option: Code(
            code["stance"],
            code["strength"],
            moved([code["condition"]])[0] if "condition" in code else None,
            None,
            moved([code["holder"]])[0] if "holder" in code else None,
        )
        for option, code in row["codes"].items()
    }
    return Example(
        row["doc"],
        row["n"],
        options,
        title,
        " ".join(prior.split()),
        text[start:end],
        moved(source),
        moved(cue),
        moved(content),
        codes,
        told=("condition", "holder"),
    )


def _ranges(spans: Sequence[Sequence[int]]) -> Ranges:
    return tuple((start, end) for start, end in spans)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield where sentences stand, roughly: what a statement's context is taken from."""
    start = 0
    for match in END.finditer(text):
        if text[start : match.start()].strip():
            yield start, match.end()
        start = match.end()
    if text[start:].strip():
        yield start, len(text)
