"""Transcripts: whose words each paragraph is, by names before them ("MR PARR:") or above them.

Three layouts are known: a name and a colon, as of briefings and interviews; a name and a full stop,
as in the record of a congress ("Mr. ORLO. I rise …"); and a name on a line of its own, as in
Hansard, with constituency and party in brackets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from whipcount.analysis import Analysis
from whipcount.attribution.drafts import Characters, Draft

FEWEST_TURNS = 3
"""Paragraphs that names open in a transcript, at least. Chosen, not swept."""

LEAST_TURNS = 0.3
"""Least share of them among its paragraphs: an answer has two or three. Chosen, not swept."""

_NAME = r"[A-Z][\w.'’-]*(?:,? (?:of|the|de|van|von|and|[A-Z][\w.'’-]*)){0,8}"
_BRACKETS = r"(?: \([^()]{2,80}\))"
_COLON = re.compile(rf"({_NAME}{_BRACKETS}{{0,2}})(:)\s+(?=\S)")
_STOP = re.compile(
    r"((?:Mr|Mrs|Ms|Miss|Dr|Senator|Sen|Rep)\.? [A-Z][A-Z'’-]+(?: of (?:[A-Z][\w'-]+ ?){1,3})?"
    r"|(?:Madam |Mr\. )?(?:The|Acting) [A-Z]{4,}(?: [A-Z]{2,})*(?: pro tempore)?)(\.)\s+(?=\S)"
)
_ABOVE = re.compile(rf"({_NAME}{_BRACKETS}{{0,3}})\s*$")
_ASKS = re.compile(r"(?:Q|QUESTION|REPORTER|PARTICIPANT|Questions?)\b[.:]?\s+(?=\S)")
_ASIDE = re.compile(r"^[\[(][^\])]*[\])]\.?$")
_CAPITALS = re.compile(r"(?:M(?:R|S|RS)\b|THE\b|[A-Z]{4,})")


@dataclass(slots=True)
class _Turn:
    """Where a name stands, and from where on the words are its bearer's."""

    paragraph: int
    source: Characters
    cue: Characters | None
    content: list[tuple[int, int, int]] = field(default_factory=list)


def transcript_drafts(analysis: Analysis) -> dict[int, list[Draft]]:
    """Return the drafts of a transcript by paragraph; empty where the article is none.

    A paragraph that is a question, or part of an answer that began before, has none.
    """
    body = [n for n, one in enumerate(analysis.paragraphs) if one.place == "body"]
    texts = {index: analysis.paragraphs[index].doc.text for index in body}
    asks = {index for index in body if _ASKS.match(texts[index])}
    turns = {index: turn for index in body if (turn := _opened(index, texts[index])) is not None}
    if not _in_brackets(texts, turns):
        turns = {index: turn for index, turn in turns.items() if turn.cue is not None}
        if not asks and not _capitals(texts, turns):
            return {}
    if len(turns.keys() | asks) < max(FEWEST_TURNS, LEAST_TURNS * len(body)):
        return {}
    found: dict[int, list[Draft]] = {}
    current: _Turn | None = None
    for index in body:
        if index in asks:
            current = None
            found[index] = []
            continue
        if index in turns:
            current = turns[index]
            start = current.cue[1] if current.cue is not None else len(texts[index])
        else:
            start = 0
        if current is None:
            continue
        found[index] = []
        words = texts[index][start:]
        if words.strip() and not _ASIDE.match(texts[index]):
            first = start + len(words) - len(words.lstrip())
            current.content.append((index, first, len(texts[index].rstrip())))
    for turn in turns.values():
        if turn.content:
            found[turn.paragraph] = [
                Draft(turn.paragraph, turn.source, turn.cue, turn.content, order=0, layout=True)
            ]
    return found


def _opened(index: int, text: str) -> _Turn | None:
    """Return the turn that a paragraph opens; None where it opens none."""
    if _ASKS.match(text):
        return None
    match = _STOP.match(text) or _COLON.match(text)
    if match is not None:
        return _Turn(index, match.span(1), match.span(2))
    above = _ABOVE.match(text)
    if above is not None and len(text.split()) <= 16:
        return _Turn(index, above.span(1), None)
    return None


def _in_brackets(texts: dict[int, str], turns: dict[int, _Turn]) -> bool:
    """Return whether names stand alone, some with an office or a constituency in brackets.

    A sub-heading is a name alone too, and has none.
    """
    above = [texts[index] for index, turn in turns.items() if turn.cue is None]
    return len(above) >= FEWEST_TURNS and any("(" in name for name in above)


def _capitals(texts: dict[int, str], turns: dict[int, _Turn]) -> bool:
    """Return whether names are in capitals, as only transcripts have them."""
    names = [texts[index][slice(*turn.source)] for index, turn in turns.items()]
    return sum(_CAPITALS.search(name) is not None for name in names) >= FEWEST_TURNS - 1
