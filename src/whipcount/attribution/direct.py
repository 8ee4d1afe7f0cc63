"""Quotations that stand by themselves, and the words beside them that say whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whipcount.attribution.drafts import Draft
from whipcount.attribution.lexicon import Lexicon
from whipcount.attribution.phrases import characters, source_range, subject_of, verb_group
from whipcount.attribution.quotations import Quotation

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SHORTEST_LEAD = 2
"""Words before a cue from which they belong to the content: one alone is an adverb (`Still,`).

On 250 articles of PolNeAR train 1, 2 and 4 give the same relation F1.
"""

FARTHEST = 45
"""Tokens from a quotation to its cue. On 250 articles of PolNeAR train 25 loses 0.1 of relation F1,
80 gains nothing."""

SIDE = 12
"""Tokens beside a cue in which its source is looked for where the parser gives none.

On 250 articles of PolNeAR train 6, 12 and 20 give the same relation F1.
"""


def direct_drafts(
    index: int, doc: Doc, quotes: list[Quotation], lexicon: Lexicon
) -> tuple[list[Draft], list[Quotation]]:
    """Return a draft for each quotation with a cue beside it, and the quotations left over.

    Two quotations around one cue are two pieces of one draft.
    """
    drafts: list[Draft] = []
    left_over: list[Quotation] = []
    by_cue: dict[int, Draft] = {}
    for number, quote in enumerate(quotes):
        if not quote.detached:
            continue
        before_end = quotes[number - 1].end if number else 0
        after_end = next((q.start for q in quotes[number + 1 :] if q.detached), len(doc.text))
        ends_sentence = doc.text[quote.start : quote.end].rstrip("\"'` ").endswith((".", "\u2026"))
        verb = None
        if quote.closed and not ends_sentence:
            verb = _verb_after(doc, quote, after_end, lexicon)
        if verb is None:
            verb = _verb_before(doc, quote, before_end, lexicon)
        if verb is None and quote.closed and ends_sentence:
            verb = _inverted_after(doc, quote, after_end, lexicon)
        if verb is None:
            left_over.append(quote)
            continue
        if verb.i in by_cue:
            by_cue[verb.i].content.append((index, quote.start, quote.end))
            continue
        draft = _draft(index, doc, quote, verb)
        if draft is None:
            left_over.append(quote)
            continue
        by_cue[verb.i] = draft
        drafts.append(draft)
    return drafts, left_over


def led_draft(
    before: tuple[int, Doc], index: int, quotes: list[Quotation], lexicon: Lexicon
) -> Draft | None:
    """Return the draft of a paragraph of quotation that the one before leads to with a colon."""
    leading, doc = before
    if not doc.text.rstrip().endswith(":"):
        return None
    end = Quotation(len(doc.text), len(doc.text), detached=True)
    verb = _verb_before(doc, end, 0, lexicon)
    draft = _draft(leading, doc, end, verb) if verb is not None else None
    if draft is not None:
        draft.content = [(index, quote.start, quote.end) for quote in quotes]
    return draft


def _verb_after(doc: Doc, quote: Quotation, end: int, lexicon: Lexicon) -> Token | None:
    """Return the cue in what goes on after a quotation: `…," X said` or `…," said X`."""
    tokens = _clause(doc, quote.end, end)
    if not tokens or (tokens[0].lower_ in ("and", "but") and len(tokens) < 3):
        return None
    for token in tokens:
        if _can_quote(token, lexicon) and token.tag_ != "VB":
            return token
    return None


def _inverted_after(doc: Doc, quote: Quotation, end: int, lexicon: Lexicon) -> Token | None:
    """Return the cue of `….” said X`, where the mark before the closing one ends a sentence."""
    tokens = _clause(doc, quote.end, end)
    if tokens and tokens[0].is_lower and _can_quote(tokens[0], lexicon):
        return tokens[0]
    if len(tokens) > 1 and tokens[0].lower_ in ("he", "she", "they") and tokens[0].is_lower:
        return tokens[1] if _can_quote(tokens[1], lexicon) else None
    return None


def _verb_before(doc: Doc, quote: Quotation, start: int, lexicon: Lexicon) -> Token | None:
    """Return the cue in what leads to a quotation: `X said: "…"`, `X said, "…"`, `X said "…"`."""
    tokens = [token for token in doc if start <= token.idx < quote.start and not token.is_space]
    tokens = tokens[-FARTHEST:]
    clause: list[Token] = []
    for token in reversed(tokens):
        if token.text in (".", "!", "?", ";") or token.text in ('"', "''", "``"):
            break
        clause.insert(0, token)
    if not clause:
        return None
    if clause[-1].text not in (",", ":", "-", "\u2014", "\u2013", "\u2015") and clause[
        -1
    ].pos_ not in ("VERB", "AUX"):
        last_verbs = [token for token in clause if _can_quote(token, lexicon)]
        if not last_verbs or last_verbs[-1].i < clause[-1].i - 4:
            return None
    for token in reversed(clause):
        if _can_quote(token, lexicon):
            return token
    if clause[-1].text == ":":
        verbs = [
            token
            for token in clause
            if token.pos_ in ("VERB", "AUX") and subject_of(token) is not None
        ]
        return verbs[0] if verbs else None
    return None


def _clause(doc: Doc, start: int, end: int) -> list[Token]:
    """Return the tokens from `start` to the sentence's end, the next quotation or `end`."""
    clause: list[Token] = []
    for token in doc:
        if token.idx < start or token.is_space:
            continue
        if token.idx >= end or len(clause) >= FARTHEST:
            break
        if not clause and token.text in (",", "-", "\u2014", "\u2013", "\u2015", "--"):
            continue
        if token.text in (".", "!", "?", ";", ":", '"'):
            break
        clause.append(token)
    return clause


def _can_quote(token: Token, lexicon: Lexicon) -> bool:
    lemma = token.lemma_.lower()
    if "quote" not in lexicon.verbs.get(lemma, ()):
        return False
    return token.pos_ == "VERB" or token.tag_.startswith("VB") or token.lower_ in ("said", "says")


def _draft(index: int, doc: Doc, quote: Quotation, verb: Token) -> Draft | None:
    start, end = verb_group(verb)
    inside = {token.i for token in doc if token.idx in quote}
    head = subject_of(verb)
    if (
        head is None
        or head.i in inside
        or abs(head.i - verb.i) > FARTHEST
        or head.ent_type_ in ("DATE", "TIME")
    ):
        head = _noun_beside(doc, verb, quote)
    cue_start, cue_end = start, end
    while cue_start < cue_end and doc[cue_start].i in inside:
        cue_start += 1
    if cue_start == cue_end:
        return None
    source = None
    if head is not None:
        span = source_range(head, [*inside, *range(cue_start, cue_end)])
        if span[0] < span[1]:
            source = characters(doc, span)
    if source is None:
        return None
    content = [(index, quote.start, quote.end)]
    led = _led_in(doc, quote, min(source[0], doc[cue_start].idx))
    if led is not None:
        content.insert(0, (index, *led))
    return Draft(
        index,
        source,
        characters(doc, (cue_start, cue_end)),
        content,
        order=0,
        quoted=True,
    )


def _led_in(doc: Doc, quote: Quotation, first: int) -> tuple[int, int] | None:
    """Return the words before a cue that a quotation ends.

    As in `Accession this year, she said, "is out"`.
    """
    inside = doc.text[quote.start : quote.end].strip("\"'` ")
    if not inside[:1].islower() or quote.start < first:
        return None
    start = max(doc.text.rfind(mark, 0, first) for mark in (". ", "? ", "! ", '" ')) + 1
    words = doc.text[start:first]
    if not words.rstrip().endswith(",") or len(words.split()) < SHORTEST_LEAD:
        return None
    lead = words.rstrip(" ,")
    return start + len(lead) - len(lead.lstrip()), start + len(lead)


def _noun_beside(doc: Doc, verb: Token, quote: Quotation) -> Token | None:
    """Return the noun next to a cue whose subject the parser missed: before it, else after it."""
    before = doc[max(0, verb.i - SIDE) : verb.i]
    after = doc[verb.i + 1 : verb.i + 1 + SIDE]
    for tokens in (reversed(list(before)), after):
        for token in tokens:
            if token.idx in quote or token.text in (".", '"', ":"):
                break
            if token.pos_ == "VERB":
                break
            if token.pos_ in ("PROPN", "NOUN", "PRON") and token.ent_type_ not in ("DATE", "TIME"):
                return _head_of_name(token)
    return None


def _head_of_name(token: Token) -> Token:
    """Return the head of the noun phrase that a token is in.

    Of `Noor Ellery`, and what it stands beside.
    """
    head = token
    while head.head != head and head.dep_ in ("compound", "appos", "flat", "nmod", "amod"):
        if head.head.pos_ not in ("PROPN", "NOUN") or abs(head.head.i - token.i) > SIDE:
            break
        head = head.head
    return head
