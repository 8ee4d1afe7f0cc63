"""Files of stance statements (see GUIDELINES.md): reading and checking them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whipcount.model import STANCES

STRENGTHS = ("plain", "hedged")
PHENOMENA = frozenset(
    (
        *("paraphrase", "anaphora", "negation", "double-negation", "hedge", "concession"),
        *("condition", "fence", "aside", "act", "reported", "rejects-claim", "siding"),
        *("procedural", "question", "counterfactual", "irony", "turned", "opponents-words"),
        *("split", "near-miss", "other-option", "modality", "fact", "image"),
    )
)
MARK = re.compile(r"</?([scq])>")


class GuidelineError(ValueError):
    """Raised where a file breaks the guidelines; its message has a line for each place."""


@dataclass(frozen=True, slots=True)
class Code:
    """A stance on one option, with its condition's and reason's spans in the text."""

    stance: str
    strength: str = "plain"
    condition: tuple[int, int] | None = None
    reason: tuple[int, int] | None = None
    holder: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """One statement with its codes, the article's title and the sentence before it.

    `options` are its issue's, by id; `source`, `cue` and `content` are spans in `text`; `codes` has
    an option's id where there is a stance, and `told` says which spans a code tells where they are.
    """

    issue: str
    number: int
    options: Mapping[str, str]
    title: str
    before: str
    text: str
    source: tuple[tuple[int, int], ...]
    cue: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]
    codes: Mapping[str, Code]
    phenomena: tuple[str, ...] = ()
    told: tuple[str, ...] = ("condition", "reason", "holder")


def read_statements(path: Path) -> list[Example]:
    """Return a file's statements in order; GuidelineError with every line that breaks a rule."""
    options: dict[str, dict[str, str]] = {}
    seen: set[tuple[str, int]] = set()
    found: list[Example] = []
    wrong: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            if "options" in record:
                options[record["issue"]] = _options(record)
                continue
            example = _example(record, options)
            if (example.issue, example.number) in seen:
                raise GuidelineError(f"statement {example.number} of {example.issue} stands twice")
            seen.add((example.issue, example.number))
            found.append(example)
        except (ValueError, KeyError, TypeError) as error:
            what = f"no {error}" if isinstance(error, KeyError) else str(error)
            wrong.append(f"{path}:{number}: {what}")
    if wrong:
        raise GuidelineError("\n".join(wrong))
    return found


def plain(marked: str) -> tuple[str, dict[str, list[tuple[int, int]]]]:
    """Return a text without its marks, and the spans that each kind of mark held."""
    spans: dict[str, list[tuple[int, int]]] = {"s": [], "c": [], "q": []}
    out: list[str] = []
    length = at = 0
    opened: tuple[str, int] | None = None
    for mark in MARK.finditer(marked):
        out.append(marked[at : mark.start()])
        length += mark.start() - at
        at = mark.end()
        kind = mark[1]
        if mark[0].startswith("</"):
            if opened is None or opened[0] != kind:
                raise GuidelineError(f"{mark[0]} closes nothing")
            spans[kind].append((opened[1], length))
            opened = None
        elif opened is not None:
            raise GuidelineError(f"{mark[0]} inside <{opened[0]}>")
        else:
            opened = (kind, length)
    if opened is not None:
        raise GuidelineError(f"<{opened[0]}> is not closed")
    out.append(marked[at:])
    return "".join(out), spans


def _options(record: Mapping[str, Any]) -> dict[str, str]:
    options = dict(record["options"])
    if not 2 <= len(options) <= 6:
        raise GuidelineError(f"{len(options)} options; there are two to six")
    return options


def _example(record: Mapping[str, Any], options: Mapping[str, Mapping[str, str]]) -> Example:
    if record["issue"] not in options:
        raise GuidelineError(f"issue {record['issue']} has no line with its options before this")
    own = options[record["issue"]]
    text, spans = plain(record["text"])
    if not spans["q"]:
        raise GuidelineError("no <q>")
    unknown = sorted(set(record["phenomena"]) - PHENOMENA)
    if unknown:
        raise GuidelineError(f"unknown phenomena: {', '.join(unknown)}")
    codes = {}
    for option, code in record["codes"].items():
        if option not in own:
            raise GuidelineError(f"no option {option!r} in {record['issue']}")
        codes[option] = _code(code, text)
    return Example(
        record["issue"],
        int(record["n"]),
        own,
        record["title"],
        record["before"],
        text,
        tuple(spans["s"]),
        tuple(spans["c"]),
        tuple(spans["q"]),
        codes,
        tuple(record["phenomena"]),
    )


def _code(code: Mapping[str, Any], text: str) -> Code:
    if code["stance"] not in STANCES:
        raise GuidelineError(f"no stance {code['stance']!r}")
    strength = code.get("strength", "plain")
    if strength not in STRENGTHS:
        raise GuidelineError(f"no strength {strength!r}")
    condition = _words(code.get("condition"), text)
    if (code["stance"] == "conditional") != (condition is not None):
        raise GuidelineError("a condition goes with `conditional`, and with nothing else")
    return Code(
        code["stance"],
        strength,
        condition,
        _words(code.get("reason"), text),
        _words(code.get("holder"), text),
    )


def _words(words: str | None, text: str) -> tuple[int, int] | None:
    if not words:
        return None
    start = text.find(words)
    if start < 0:
        raise GuidelineError(f"the text doesn't have {words!r}")
    return start, start + len(words)
