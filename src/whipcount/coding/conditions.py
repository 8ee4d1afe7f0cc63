"""Conditions, reasons and times: the parts of a clause that say when, if and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whipcount.coding.lexicon import stance_words
from whipcount.coding.phrasebook import place

if TYPE_CHECKING:
    from spacy.tokens import Token

EMPTY = frozenset(
    {"condition", "conditions", "delay", "doubt", "reservation", "reservations", "hesitation"}
    | {"question"}
)
"""Words after `without` that make no condition: `without delay`."""

CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})


@dataclass(frozen=True, slots=True)
class Part:
    """Tokens `start … end` of a sequence that a marker opens; `marker` are its words."""

    start: int
    end: int
    marker: str
    group: str


def conditions(tokens: Sequence[Token]) -> list[Part]:
    """Return the conditions in a sequence of tokens, and phrases of time that may be ones.

    `group` is `condition` where the marker makes one wherever it stands, `time` where it takes a
    negation (`not before the treaty`) or an `only` or `first`, and `question` in `if not now, why
    not later?`, where nothing hangs on it.
    """
    found: list[Part] = []
    for hit in stance_words().conditions.hits(tokens):
        marker = tokens[hit.start]
        if hit.entry in ("once", "if", "as", "since") and marker.dep_ not in (
            "mark",
            "advmod",
            "prep",
        ):
            continue
        if hit.entry == "if" and hit.start and tokens[hit.start - 1].lower_ in ("even", "as"):
            continue
        if hit.entry in ("without", "before", "after") and marker.dep_ not in (
            "mark",
            "prep",
            "advmod",
        ):
            continue
        start = hit.start
        while (
            start
            and tokens[start - 1].lower_ in ("only", "but", "just")
            and start - 1 not in {part.start for part in found}
        ):
            start -= 1
        if start < hit.start and tokens[start].lower_ == "but" and start + 1 == hit.start:
            start += 1
        group = hit.group
        if group == "time" and start < hit.start and tokens[hit.start - 1].lower_ == "only":
            group = "condition"
        end = _end(tokens, hit.start, hit.end)
        if hit.entry in ("without", "not without") and all(
            t.lower_ in EMPTY or t.is_stop for t in tokens[hit.end : end]
        ):
            continue
        if hit.entry == "if" and _asks_why_not(tokens):
            group = "question"
        if end > hit.end:
            found.append(Part(start, end, hit.entry, group))
    return [
        part
        for part in found
        if not any(part != p and p.start <= part.start and part.end <= p.end for p in found)
    ]


def _asks_why_not(tokens: Sequence[Token]) -> bool:
    return any(
        t.lower_ == "why" and t.i + 1 < len(t.doc) and t.nbor().lower_ == "not" for t in tokens
    )


def reasons(tokens: Sequence[Token]) -> list[Part]:
    """Return the parts of a sequence of tokens that say why."""
    found = []
    for hit in stance_words().reasons.hits(tokens):
        marker = tokens[hit.start]
        if hit.entry in ("as", "since") and marker.dep_ != "mark":
            continue
        end = _end(tokens, hit.start, hit.end)
        if end > hit.end:
            found.append(Part(hit.start, end, hit.entry, "reason"))
    return found


def beside(tokens: Sequence[Token]) -> list[Part]:
    """Return the parts of a sequence of tokens that name what is not meant: `instead of a seat`."""
    found = []
    for hit in stance_words().beside.hits(tokens):
        last = tokens[hit.end - 1]
        below = next(
            (c for c in last.children if c.dep_ in ("pobj", "pcomp", "dobj", "conj")), None
        )
        after = hit.end
        end = place(tokens, below.right_edge.i + 1) if below is not None else 0
        if end <= after:
            end = next((i for i in range(after, len(tokens)) if tokens[i].is_punct), len(tokens))
        found.append(Part(hit.start, end, hit.entry, "beside"))
    return found


def times(tokens: Sequence[Token]) -> list[tuple[str, frozenset[str], int, int]]:
    """Return when a sequence of tokens places things: (`after` or `during`, lemmas, start, end)."""
    found = []
    for index, token in enumerate(tokens):
        word = token.lower_
        if word in ("after", "once", "when", "while", "during", "before", "amid", "until", "at"):
            if token.dep_ not in ("mark", "prep", "advmod", "pcomp"):
                continue
            end = _end(tokens, index, index + 1)
            inside = [t for t in tokens[index + 1 : end] if t.pos_ in CONTENT]
            lemmas = frozenset(t.lemma_.lower() for t in inside)
            if not lemmas or (word == "at" and not lemmas & {"war"}):
                continue
            kind = "during"
            if word in ("after", "once") or (
                word in ("when", "until")
                and lemmas & {"over", "end", "peace", "force", "ratify", "sign", "finish"}
            ):
                kind = "after"
            elif word == "when":
                continue
            found.append((kind, lemmas, index, end))
    return found


def _end(tokens: Sequence[Token], marker: int, after: int) -> int:
    """Return where the part that a marker opens ends: by the tree, else at the next comma."""
    token = tokens[marker]
    head = token.head if token.dep_ in ("mark", "advmod") else token
    if head.i < token.i and token.dep_ in ("mark", "advmod"):
        head = token
    edge = place(tokens, head.right_edge.i + 1)
    end = min(max(edge, after), len(tokens))
    if end <= after:
        end = next(
            (i for i in range(after, len(tokens)) if tokens[i].text in (",", ".", ";", "?", "!")),
            len(tokens),
        )
    for i in range(after, end):
        if (
            tokens[i].text == ","
            and i + 1 < len(tokens)
            and tokens[i + 1].lower_ in ("yes", "no", "then")
        ):
            end = i
            break
        if tokens[i].text in (";", ".", "!", "?") or (
            tokens[i].text == ","
            and i + 1 < end
            and marker == 0
            and tokens[i + 1].dep_ in ("nsubj", "det", "poss", "compound", "expl")
            and _main_follows(tokens, i + 1, head)
        ):
            end = i
            break
    while end > after and (tokens[end - 1].is_punct or tokens[end - 1].is_space):
        end -= 1
    return end


def _main_follows(tokens: Sequence[Token], start: int, head: Token) -> bool:
    """Tell whether the main clause begins at `start`: its verb is not below the part's head."""
    token = tokens[start]
    while token.dep_ in ("det", "poss", "compound", "amod") and token.head != token:
        token = token.head
    verb = token.head
    return verb != head and head not in verb.ancestors
