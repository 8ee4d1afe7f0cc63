"""Indirect speech, attitudes and acts: verbs and adjectives with what they say, by the parse."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from whipcount.attribution.drafts import Draft
from whipcount.attribution.lexicon import NAMES, Lexicon
from whipcount.attribution.phrases import (
    RELATIVES,
    SUBJECTS,
    Range,
    characters,
    controller,
    passive_agent,
    source_range,
    subject_of,
    subtree,
    tidy,
    verb_group,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

CLAUSES = frozenset({"ccomp", "advcl", "parataxis"})
RAISING = frozenset({"try", "want", "keep", "continue", "begin", "start", "seek", "go", "work", "need", "intend"})
"""Verbs that a cue takes in on its way down: `is trying to convince`, `went on to say`."""

OWNERS = frozenset({"his", "her", "its", "their", "our", "my"})
LONGEST_SPEAKER = 14
"""Tokens of a speaker who closes a sentence; the longest on PolNeAR train has 13."""

DATED = frozenset({"DATE", "TIME"})
DASHES = frozenset({"-", "--", "\u2013", "\u2014", "\u2015", ",", "("})


def indirect_drafts(index: int, doc: Doc, blocked: set[int], lexicon: Lexicon) -> list[Draft]:
    """Return a draft for each verb or adjective cue with a source and a content.

    `blocked` are tokens that stand within detached quotations or are cues already.
    """
    drafts = []
    for token in doc:
        if token.i in blocked:
            continue
        draft = _idiom_draft(index, doc, token, blocked, lexicon)
        if draft is not None:
            drafts.append(draft)
            continue
        frames = lexicon.verbs.get(token.lemma_.lower())
        if frames and token.pos_ in ("VERB", "AUX") and token.dep_ not in ("amod", "compound"):
            draft = _verb_draft(index, doc, token, frames, blocked, lexicon)
        elif token.lemma_.lower() in lexicon.adjectives and token.pos_ in ("ADJ", "VERB", "ADP", "SCONJ"):
            draft = _adjective_draft(index, doc, token, blocked, lexicon)
        if draft is not None:
            drafts.append(draft)
            drafts += _named_among(doc, draft)
            drafts += _siding(index, doc, draft, lexicon)
    return drafts


def _idiom_draft(
    index: int, doc: Doc, verb: Token, blocked: set[int], lexicon: Lexicon
) -> Draft | None:
    """Return the draft of a predicate that is the position itself: `has not made up its mind`."""
    for idiom in lexicon.idioms.get(verb.lemma_.lower(), ()):
        if verb.pos_ not in ("VERB", "AUX"):
            return None
        end = _idiom_end(doc, verb.i, idiom)
        if not end:
            continue
        head = subject_of(verb)
        if head is None or head.i in blocked or not lexicon.can_decide(head) and head.lower_ != "it":
            return None
        start, _ = verb_group(verb)
        first = next((i for i in range(start, verb.i + 1) if doc[i].dep_ not in ("aux", "auxpass")), verb.i)
        after = next((c for c in doc[end - 1].children if c.dep_ == "prep" and c.i == end), None)
        after = after or next((c for c in verb.children if c.dep_ == "prep" and c.i == end), None)
        if after is not None and not any(t.ent_type_ in DATED for t in after.subtree):
            end = after.right_edge.i + 1
        cue, content = ((start, first), (first, end)) if first > start else ((verb.i, verb.i + 1), (start, end))
        if cue[0] == content[0]:
            content = (verb.i + 1, end) if end > verb.i + 1 else content
        source = source_range(head, range(start, end))
        if source[0] >= source[1]:
            return None
        return Draft(
            index,
            characters(doc, source),
            characters(doc, cue),
            [(index, *characters(doc, tidy(doc, content)))],
            order=2,
        )
    return None


def _idiom_end(doc: Doc, start: int, idiom: tuple[str, ...]) -> int:
    """Return the token after an idiom that begins at `start`; 0 where it doesn't stand there."""
    at = start
    for number, word in enumerate(idiom):
        if word == "*":
            rest = idiom[number + 1 :]
            return next(
                (end for skipped in range(4) if (end := _idiom_end(doc, at + skipped, rest))), 0
            )
        if at >= len(doc) or word not in (doc[at].lower_, doc[at].lemma_.lower()):
            return 0
        at += 1
    return at


def _siding(index: int, doc: Doc, draft: Draft, lexicon: Lexicon) -> list[Draft]:
    """Return the drafts of those who side with a source: `X, supported by Y and opposed by Z, proposed …`."""
    if draft.source is None:
        return []
    source = doc.char_span(*draft.source, alignment_mode="expand")
    sided: list[Draft] = []
    for token in source if source is not None else ():
        if token.tag_ != "VBN" or token.dep_ not in ("acl", "conj", "relcl"):
            continue
        agent = passive_agent(token)
        if agent is None or "object" not in lexicon.verbs.get(token.lemma_.lower(), ()) and token.lemma_ != "back":
            continue
        by = agent.head
        named = source_range(agent, [t.i for t in token.children if t.dep_ == "conj" for t in t.subtree])
        if named[0] >= named[1]:
            continue
        sided.append(
            Draft(index, characters(doc, named), characters(doc, (token.i, by.i + 1)), list(draft.content), order=2)
        )
    if sided:
        first = min(d.cue[0] for d in sided if d.cue)
        words = doc.text[draft.source[0] : first].rstrip(" ,")
        draft.source = (draft.source[0], draft.source[0] + len(words))
    return sided


def _named_among(doc: Doc, draft: Draft) -> list[Draft]:
    """Return the draft of those whom the sentence names out of the group that is its source.

    `Some states are cautious - among them, Varnia`: Varnia is cautious too.
    """
    if draft.cue is None:
        return []
    cue = doc.char_span(*draft.cue, alignment_mode="expand")
    if cue is None:
        return []
    sentence = cue.sent
    for token in doc[cue.end : sentence.end]:
        if token.lower_ == "among" and token.i + 1 < sentence.end and doc[token.i + 1].lower_ == "them":
            start = token.i + 2
            break
        if token.lower_ in ("including", "notably") and doc[token.i - 1].text in DASHES:
            start = token.i + 1
            break
    else:
        return []
    start, end = tidy(doc, (start, sentence.end))
    if start >= end or any(t.pos_ in ("VERB", "AUX") for t in doc[start:end]):
        return []
    if not any(t.ent_type_ in NAMES or t.pos_ == "PROPN" for t in doc[start:end]):
        return []
    places = characters(doc, (start, end))
    content = [(p, s, min(e, token.idx)) for p, s, e in draft.content if s < token.idx]
    content = [(p, s, s + len(doc.text[s:e].rstrip(" ,-\u2013\u2014\u2015"))) for p, s, e in content]
    draft.content[:] = [piece for piece in content if piece[1] < piece[2]] or draft.content
    return [replace(draft, source=places, content=list(draft.content))]


def _verb_draft(
    index: int, doc: Doc, verb: Token, frames: frozenset[str], blocked: set[int], lexicon: Lexicon
) -> Draft | None:
    trailing = _trailing(index, doc, verb, blocked, lexicon) if "clause" in frames or "quote" in frames else None
    if trailing is not None:
        return trailing
    head = subject_of(verb)
    if head is None or head.i in blocked:
        return None
    found = _content(doc, verb, frames, head, lexicon)
    if found is None:
        return None
    spans, preposition, frame = found
    speaks = lexicon.can_speak(head) if frame in ("clause", "whom") else lexicon.can_decide(head)
    if not speaks and not (frame == "clause" and verb.lemma_.lower() == "say"):
        return None
    start, end = verb_group(verb)
    start = _raised(doc, verb, start)
    if preposition is not None and preposition.i >= end - 1 and preposition.i - end < 4:
        end = preposition.i + 1
    spans = [_with_reduced_relative(doc, span, (start, end)) for span in spans]
    contents = [tidy(doc, span) for span in spans]
    contents = [_outside(span, (start, end)) for span in contents]
    contents = [tidy(doc, span) for span in contents if span[1] > span[0]]
    if [doc[span[0]].lower_ for span in contents] == ["what"] and contents[0][1] - contents[0][0] == 1:
        contents = _pointed_back(doc, verb)
    contents = [span for span in contents if span[1] > span[0] and not blocked.issuperset(range(*span))]
    if not contents or any(head.i in range(*span) for span in contents):
        return None
    outside = {place for span in [*contents, (start, end)] for place in range(*span)}
    source = source_range(head, outside)
    if source[0] >= source[1]:
        return None
    return Draft(
        index,
        characters(doc, source),
        characters(doc, (start, end)),
        [(index, *characters(doc, span)) for span in contents],
        order=1 if frame in ("clause", "whom") else 2,
    )


def _content(  # noqa: PLR0911
    doc: Doc, verb: Token, frames: frozenset[str], head: Token, lexicon: Lexicon
) -> tuple[list[Range], Token | None, str] | None:
    """Return the ranges of a verb's content, the preposition that leads to it, and the frame."""
    children = list(verb.children)
    passive = passive_agent(verb) is not None
    if passive and frames & {"object", "quality", "as", "whom"}:
        for child in children:
            if child.dep_ == "nsubjpass" and child.lower_ not in RELATIVES:
                return [subtree(child)], None, "object"
        if verb.dep_ in ("acl", "relcl") and verb.head.pos_ in ("NOUN", "PROPN"):
            return [subtree(verb.head, without=[verb])], None, "object"
        return None
    if "as" in frames:
        taken = next((c for c in children if c.dep_ == "prep" and c.lower_ == "as" and c.i > verb.i), None)
        thing = next((c for c in children if c.dep_ == "dobj"), None)
        if thing is not None:
            inner = next((c for c in thing.children if c.dep_ == "prep" and c.lower_ == "as"), None)
            taken = taken or inner
            if taken is not None and thing.i < taken.i:
                return [(thing.left_edge.i, taken.right_edge.i + 1)], None, "as"
    if "whom" in frames:
        span = _told(verb)
        if span is not None:
            return [span], None, "whom"
    if "clause" in frames:
        clause = _clause(doc, verb)
        if clause:
            return clause, None, "clause"
    if "infinitive" in frames:
        below = next((c for c in children if c.dep_ == "xcomp" and c.i > verb.i), None)
        if below is not None and any(c.tag_ == "TO" for c in below.children):
            return [_from_to(below)], None, "infinitive"
    if "quality" in frames:
        quality = _quality(doc, verb, children)
        if quality is not None:
            return [quality], None, "quality"
    for child in children:
        if child.dep_ in ("prep", "prt", "dative", "agent") and child.lower_ in frames and child.i > verb.i:
            span = _prepositional(doc, verb, child)
            if span is not None:
                return [span], child, child.lower_
    noun = _noun_object(children, verb, lexicon)
    if noun is not None:
        return noun
    if "whole" in frames:
        things = [c for c in children if c.dep_ in ("dobj", "dative") and c.i > verb.i]
        if things:
            start = things[0].left_edge.i
            end = things[-1].right_edge.i + 1
            while end < len(doc) and (after := next((c for c in children if c.left_edge.i == end and c.dep_ in ("prep", "xcomp", "prt", "advcl")), None)):
                if any(t.ent_type_ in DATED for t in after.subtree) and end > start + 1:
                    break
                end = after.right_edge.i + 1
            return [(start, end)], None, "object"
    if "object" in frames or "whole" in frames:
        thing = next((c for c in children if c.dep_ == "dobj" and c.i > verb.i), None)
        if thing is not None and thing.lower_ not in ("it", "them", "him", "her", "itself", "themselves"):
            return [subtree(thing)], None, "object"
        if verb.dep_ == "relcl" and any(c.dep_ == "nsubj" and c == head for c in children):
            # "something the alliance denies": the noun that the clause belongs to is what is denied.
            return [subtree(verb.head, without=[verb])], None, "object"
    return None


def _pointed_back(doc: Doc, verb: Token) -> list[Range]:
    """Return the sentence that `that is what X wants` points back to; empty where it is none."""
    pointer = next((c for c in verb.head.children if c.dep_ == "nsubj"), None)
    if pointer is None or pointer.lower_ not in ("that", "this", "it") or pointer.i > verb.i:
        return []
    before = [sentence for sentence in doc.sents if sentence.end <= pointer.i]
    own = pointer.i - 1 if pointer.is_sent_start is not True else None
    if own is not None and doc[own].text in ("?", ".", "!"):
        return [(pointer.sent.start, own + 1)]
    return [tidy(doc, (before[-1].start, before[-1].end))] if before else []


def _clause(doc: Doc, verb: Token) -> list[Range]:
    """Return a verb's clause: its complement, or what a parenthetical (`…, X said, …`) stands in."""
    options = [c for c in verb.children if c.dep_ == "ccomp" and c.i != verb.i]
    following = [c for c in options if c.i > verb.i]
    if following:
        first = following[0]
        start, end = subtree(first)
        start = max(start, verb.i + 1)
        for other in verb.children:
            if other.dep_ == "conj" and other.i > first.i and not any(k.dep_ in SUBJECTS for k in other.children):
                continue
        return [(start, end)]
    if options:
        start, end = subtree(options[0])
        return [(start, min(end, verb.left_edge.i if verb.left_edge.i > start else verb.i))]
    questioned = next(
        (c for c in verb.children if c.dep_ in ("advcl", "pcomp") and c.i > verb.i and c.left_edge.lower_ in ("whether", "how", "why", "what")),
        None,
    )
    if questioned is not None:
        return [subtree(questioned)]
    if verb.dep_ == "parataxis" or (verb.dep_ in ("ccomp", "conj") and _set_off(doc, verb)):
        sentence = verb.sent
        own = subtree(verb)
        pieces = [(sentence.start, own[0]), (own[1], sentence.end)]
        return [span for span in (tidy(doc, piece) for piece in pieces) if span[1] - span[0] > 2]
    return []


def _quality(doc: Doc, verb: Token, children: list[Token]) -> Range | None:
    """Return a thing with what it is called: `called the plan a mistake for everybody`."""
    thing = next((c for c in children if c.dep_ in ("dobj", "nsubj") and c.i > verb.i), None)
    called = next(
        (c for c in children if c.dep_ in ("oprd", "attr", "acomp", "ccomp") and c.i > verb.i), None
    )
    if called is None or (thing is None and called.dep_ != "ccomp"):
        return None
    parts = [part for part in (thing, called) if part is not None]
    end = max(part.right_edge.i for part in parts) + 1
    after = next((c for c in children if c.dep_ == "prep" and c.left_edge.i == end), None)
    if after is not None and not any(t.ent_type_ in DATED for t in after.subtree):
        end = after.right_edge.i + 1
    return min(part.left_edge.i for part in parts), end


def _noun_object(
    children: list[Token], verb: Token, lexicon: Lexicon
) -> tuple[list[Range], Token | None, str] | None:
    """Return the complement of a noun cue that is a verb's object: `repeated its objection to …`."""
    thing = next((c for c in children if c.dep_ == "dobj" and c.i > verb.i), None)
    if thing is None:
        return None
    frames = lexicon.nouns.get(thing.lemma_.lower())
    if frames is None or any(c.dep_ == "poss" and c.lower_ not in OWNERS for c in thing.children):
        return None
    if "dropped" in lexicon.verbs[verb.lemma_.lower()]:
        return [subtree(thing)], None, "object"
    for child in (*thing.children, *(c for c in children if c.i == thing.i + 1)):
        if child.i < thing.i:
            continue
        infinitive = child.tag_ == "VB" and any(c.tag_ == "TO" for c in child.children)
        if ("infinitive" in frames and infinitive) or ("clause" in frames and child.dep_ in ("acl", "ccomp") and child.left_edge.lower_ == "that"):
            return [subtree(child)], thing, "object"
        if child.dep_ == "prep" and child.lower_ in frames:
            below = next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
            if below is not None:
                return [(below.left_edge.i, below.right_edge.i + 1)], child, "object"
    return None


def _trailing(
    index: int, doc: Doc, verb: Token, blocked: set[int], lexicon: Lexicon
) -> Draft | None:
    """Return the draft of a sentence that a speaker closes: `…, its minister, Noor Ellery, said on Friday`.

    The parser often takes such a speaker for an apposition of the word before.
    """
    if verb.tag_ not in ("VBD", "VBZ", "VBP") or any(c.dep_ == "ccomp" and c.i > verb.i for c in verb.children):
        return None
    sentence = verb.sent
    if any(t.pos_ in ("VERB", "AUX") or t.text in (":", '"') for t in doc[verb.i + 1 : sentence.end]):
        return None
    commas = [t.i for t in doc[sentence.start : verb.i] if t.text == ","]
    if not commas:
        return None
    first = commas[-1]
    if first == verb.i - 1:
        if len(commas) < 2:
            return None
        first = commas[-2]
        if len(commas) > 2 and doc[first + 1].pos_ == "PROPN" and doc[commas[-3] + 1].lower_ in (*OWNERS, "the", "a"):
            first = commas[-3]
    named = tidy(doc, (first + 1, verb.i))
    words = doc[named[0] : named[1]]
    if not 0 < len(words) < LONGEST_SPEAKER or any(t.pos_ in ("VERB", "AUX", "ADP", "CCONJ", "SCONJ") and t.lower_ not in ("of", "for", "in", "and") for t in words):
        return None
    heads = [t for t in words if t.pos_ in ("PROPN", "NOUN", "PRON")]
    if not heads or not any(lexicon.can_speak(t) for t in heads) or any(i in blocked for i in range(*named)):
        return None
    content = tidy(doc, (sentence.start, first))
    if not any(t.pos_ in ("VERB", "AUX") for t in doc[content[0] : content[1]]) or not blocked.isdisjoint(range(*content)):
        return None
    return Draft(index, characters(doc, named), characters(doc, verb_group(verb)), [(index, *characters(doc, content))], order=1)


def _set_off(doc: Doc, verb: Token) -> bool:
    start, end = subtree(verb)
    return start > 0 and doc[start - 1].text == "," and end < len(doc) and doc[end].text == ","


def _told(verb: Token) -> Range | None:
    """Return what somebody is told or urged to do: with the person where an infinitive follows."""
    person = next((c for c in verb.children if c.dep_ in ("dobj", "dative") and c.i > verb.i), None)
    for child in verb.children:
        if child.i <= verb.i:
            continue
        infinitive = child.tag_ == "VB" and any(c.tag_ == "TO" for c in child.children)
        if child.dep_ == "ccomp" and infinitive:
            return child.left_edge.i, child.right_edge.i + 1
        if child.dep_ in ("xcomp", "advcl") and infinitive and person is not None and person.i < child.i:
            if controller(child) is not None or child.dep_ == "xcomp":
                return person.left_edge.i, child.right_edge.i + 1
        if child.dep_ == "ccomp" and verb.lemma_.lower() in ("tell", "remind", "warn", "assure", "inform"):
            return child.left_edge.i, child.right_edge.i + 1
    return None


def _from_to(verb: Token) -> Range:
    start, end = subtree(verb)
    to = next((c for c in verb.children if c.tag_ == "TO"), None)
    return (to.i if to is not None and start <= to.i else start), end


def _prepositional(doc: Doc, verb: Token, preposition: Token) -> Range | None:
    """Return a preposition's object; where it is stranded (`that is what X are pushing for`), what is before."""
    below = next((c for c in preposition.children if c.dep_ in ("pobj", "pcomp")), None)
    if preposition.lower_ == "out" and below is None:
        thing = next((c for c in verb.children if c.dep_ == "dobj"), None)
        return subtree(thing) if thing is not None and thing.i > preposition.i else None
    if below is None:
        return None
    if below.lower_ in RELATIVES or below.ent_type_ in DATED:
        return None
    start, end = below.left_edge.i, below.right_edge.i + 1
    sibling = next((c for c in verb.children if c.dep_ in ("xcomp", "advcl", "ccomp") and c.i > below.i), None)
    if sibling is not None and sibling.left_edge.i == end and sibling.tag_ == "VB":
        end = sibling.right_edge.i + 1
    return start, end


def _with_reduced_relative(doc: Doc, span: Range, cue: Range) -> Range:
    """Return a range that takes in a relative clause without pronoun (`assurances they could offer`).

    The parser often takes such a clause for a sentence of its own.
    """
    start, end = span
    if end >= len(doc) or end <= cue[0] or doc[end - 1].pos_ not in ("NOUN", "PROPN"):
        return span
    subject = doc[end]
    if subject.dep_ != "nsubj" or subject.lower_ not in ("they", "he", "she", "it", "we"):
        return span
    verb = subject.head
    if verb.i <= subject.i or verb.sent.start > start:
        return span
    return start, verb.right_edge.i + 1


def _raised(doc: Doc, verb: Token, start: int) -> int:
    """Return where the cue begins with the verbs that lead down to it (`is determined to keep pushing`)."""
    token = verb
    while token.dep_ == "xcomp" and token.head.i < token.i and token.head.lemma_.lower() in RAISING:
        head = token.head
        if token.i - head.i > 4:
            break
        start = verb_group(head)[0]
        token = head
    return start


def _outside(span: Range, cue: Range) -> Range:
    start, end = span
    if start < cue[0] < end:
        end = cue[0] if cue[0] - start > end - cue[1] else end
    if start < cue[1] < end and start <= cue[0]:
        start = cue[1]
    elif cue[0] <= start < cue[1]:
        start = cue[1]
    return start, end


def _adjective_draft(index: int, doc: Doc, word: Token, blocked: set[int], lexicon: Lexicon) -> Draft | None:
    """Return the draft of an attitude: `is open to …`, `remains opposed`, `is cautious`."""
    frames = lexicon.adjectives[word.lemma_.lower()]
    if word.dep_ in ("acomp", "oprd", "attr", "ROOT", "prep", "xcomp", "conj"):
        copula = word if word.dep_ == "ROOT" else word.head
    else:
        return None
    if word.dep_ == "conj":
        copula = word.head.head
    if word.lemma_ == "against" and copula.lemma_ not in ("be", "remain"):
        return None
    if copula.pos_ not in ("AUX", "VERB"):
        return None
    head = subject_of(copula)
    if head is None and copula.pos_ in ("AUX", "VERB"):
        # "and it is sceptical": the parser gives no other `it` a state for an attitude.
        head = next((c for c in copula.children if c.dep_ == "nsubj" and c.lower_ == "it"), None)
        if head is None or word.lemma_.lower() in ("clear", "sure"):
            return None
    elif head is None or not lexicon.can_decide(head):
        return None
    if head is None or head.i in blocked:
        return None
    start, _ = verb_group(copula) if copula.i < word.i else (word.i, word.i + 1)
    found = _complement(doc, word, frames)
    if found is not None:
        span, preposition = found
        cue = (start, (preposition.i if preposition is not None else word.i) + 1)
    elif "alone" in frames and copula.lemma_ in ("be", "remain", "stay", "appear", "seem", "look"):
        span = (word.i, word.i + 1)
        cue = (start, word.i)
    else:
        return None
    span = tidy(doc, span)
    if span[0] >= span[1] or cue[0] >= cue[1] or word.i - cue[0] > 8:
        return None
    outside = {*range(*span), *range(*cue)}
    source = source_range(head, outside)
    if source[0] >= source[1]:
        return None
    return Draft(
        index,
        characters(doc, source),
        characters(doc, tidy(doc, cue)),
        [(index, *characters(doc, span))],
        order=2,
    )


def _complement(doc: Doc, word: Token, frames: frozenset[str]) -> tuple[Range, Token | None] | None:
    children = [c for c in word.children if c.i > word.i]
    children += [c for c in word.head.children if c.i > word.i and c.dep_ in ("prep", "xcomp", "ccomp", "advcl")]
    for child in children:
        infinitive = child.tag_ == "VB" and any(c.tag_ == "TO" for c in child.children)
        if "infinitive" in frames and infinitive and child.dep_ in ("xcomp", "ccomp", "advcl"):
            return _from_to(child), None
        if "clause" in frames and child.dep_ == "ccomp":
            return subtree(child), None
        if child.dep_ == "prep" and child.lower_ in frames:
            below = next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
            if below is not None:
                return (below.left_edge.i, below.right_edge.i + 1), child
    if "object" in frames:
        below = next((c for c in word.children if c.dep_ == "pobj"), None)
        if below is not None:
            return (below.left_edge.i, below.right_edge.i + 1), None
    return None
