"""The lexical coder: positions by rules over the parse and a lexicon of stances."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from whipcount.actors import Mentions
from whipcount.analysis import Analysis
from whipcount.coding.clauses import Clause, clauses_of
from whipcount.coding.conditions import Part, beside, conditions, reasons
from whipcount.coding.context import Context, names_topic, refuses_now
from whipcount.coding.holders import can_hold, holder_in, same_side
from whipcount.coding.matching import POINTERS, TIMES, Match, Matcher, concepts_of, matcher
from whipcount.coding.stance import (
    LIGHT,
    Judgement,
    Word,
    cue_words_of,
    judge,
    modals_of,
    stands_alone,
    words_of,
)
from whipcount.model import Actor, Issue, Position, Span, Statement

if TYPE_CHECKING:
    from spacy.tokens import Token


Coverage = Literal["whole", "part", "context"]

CONFIDENCE: dict[Coverage, float] = {"whole": 0.85, "part": 0.7, "context": 0.55}
"""Confidence of a coding, times its statement's: of a whole match, a part, by context."""
POINTING = frozenset(
    {"vote", "decision", "question", "matter", "issue", "proposal", "idea", "request", "plan"}
    | {"step", "move", "measure", "summit", "meeting", "council", "time", "today", "debate"}
    | {"moment", "side", "principle", "objection"}
)
"""Nouns that say nothing of what is spoken of, so that what was spoken of before is meant."""

DEFINITE = frozenset({"the", "this", "that", "his", "her", "its", "their"})
SUPPOSING = frozenset({"if", "unless", "provided that", "as long as", "so long as", "assuming"})
"""Conditions whose own words say nothing of what the speaker wants."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A stance on an option before it is known whose it is.

    `holder` are tokens that name another.
    """

    clause: Clause
    option: str
    judgement: Judgement
    condition: Span | None
    reason: Span | None
    match: Coverage
    holder: tuple[int, int] | None


class LexicalCoder:
    """Codes what the words carry by a lexicon of stances and the parse.

    Needs no trained weights.
    """

    name = "lexical"
    version = "1.0"

    def code(
        self,
        analysis: Analysis,
        statements: Sequence[Statement],
        mentions: Mentions,
        issue: Issue,
    ) -> tuple[Position, ...]:
        """Return the positions of an article's statements, in reading order."""
        context = Context(analysis, matcher(issue))
        label = f"{self.name} {self.version}"
        positions: list[Position] = []
        for statement in statements:
            if not statement.actors:
                continue
            drafts = drafts_of(analysis, statement, context)
            positions += positions_of(analysis, statement, mentions, drafts, label)
        return tuple(positions)

    def explain(
        self, analysis: Analysis, statements: Sequence[Statement], issue: Issue
    ) -> Iterator[tuple[Statement, tuple[str, ...]]]:
        """Yield each statement with why it is coded as it is: a line an option."""
        context = Context(analysis, matcher(issue))
        for statement in statements:
            lines = [
                f"{draft.option}: {reasoned(analysis, draft)}"
                for draft in drafts_of(analysis, statement, context)
            ]
            yield statement, tuple(lines) or ("speaks of no option that the rules know",)


coder = LexicalCoder()


def reasoned(analysis: Analysis, draft: Draft) -> str:
    """Return what a draft was made of, in words."""
    how = {
        "whole": "all of the option's words are there",
        "part": "most of the option's words are there",
        "context": "what was spoken of before",
    }[draft.match]
    words = [
        f"{'not ' if word.negated else ''}“{word.entry}” ({word.group.replace('_', ', ')})"
        for word in draft.judgement.words
    ]
    parts = [how, f"by {', '.join(words)}" if words else "by no word of its own"]
    for name, span in (("condition", draft.condition), ("reason", draft.reason)):
        if span is not None:
            parts.append(f"{name} “{analysis.article.text[span.start : span.end]}”")
    return f"{draft.judgement.stance}, {draft.judgement.strength}: {'; '.join(parts)}"


def positions_of(
    analysis: Analysis,
    statement: Statement,
    mentions: Mentions,
    drafts: Sequence[Draft],
    label: str,
) -> list[Position]:
    """Return the positions of a statement's drafts, one an actor and option; `label` codes them."""
    return _one_each(
        [
            position
            for draft in drafts
            for position in _positions(analysis, statement, mentions, draft, label)
        ]
    )


def drafts_of(analysis: Analysis, statement: Statement, context: Context) -> list[Draft]:
    """Return the stances that a statement's words carry, clause by clause."""
    cue = [t for span in statement.cue for tokens in analysis.tokens(span) for t in tokens]
    cue_words = cue_words_of(cue) if cue else []
    drafts: list[Draft] = []
    for clause in clauses_of(analysis, statement):
        if _asks(clause) and (not cue_words or statement.kind == "direct"):
            continue
        drafts += _clause_drafts(clause, cue_words, context)
    return drafts


def _clause_drafts(clause: Clause, cue: Sequence[Word], context: Context) -> list[Draft]:
    tokens = clause.tokens
    if any(
        t.lower_ == "would" and t.i + 1 < len(t.doc) and t.nbor().lower_ == "have" for t in tokens
    ):
        return []
    parts = conditions(tokens)
    whys = reasons(tokens)
    apart = _indices(part for part in (*parts, *whys) if part.marker in SUPPOSING or part in whys)
    apart |= _indices(beside(tokens))
    set_apart = apart | _indices(part for part in parts if part.group == "condition")
    matches = _matches(clause, context.options, apart)
    if not matches and context.is_topical:
        matches = context.options.match_core(tokens, frozenset(apart))
    timed = {
        index
        for found in concepts_of(tokens)
        if found.concept.startswith(TIMES)
        for index in range(found.start, found.end)
    }
    words = [w for w in words_of(tokens) if w.start not in set_apart | timed]
    modals = [w for w in modals_of(tokens) if w.start not in set_apart]
    if not matches:
        return _by_context(clause, cue, words, parts, context)
    drafts = []
    for match in matches:
        anchor = tokens[match.places[0].start]
        near = _connected(tokens, anchor, words)
        verdict = judge(cue, near, _modals_of_anchor(tokens, anchor, modals, bool(near or cue)))
        if verdict is None:
            continue
        if match.opposite != _is_denied(anchor):
            verdict = _turned(verdict)
        verdict, condition = _bound(clause, parts, verdict, match)
        coverage: Coverage = "whole" if match.coverage >= 1 else "part"
        drafts.append(
            Draft(
                clause,
                match.option,
                verdict,
                condition,
                clause.span(whys[0].start, whys[0].end) if whys else None,
                coverage,
                None if cue else holder_in(tokens, anchor, near),
            )
        )
    return drafts


def _matches(clause: Clause, options: Matcher, apart: frozenset[int]) -> list[Match]:
    """Return the options that a clause speaks of, with the cue read along: `wants` + `it in`."""
    lead = len(clause.cue)
    matches = options.match(
        (*clause.cue, *clause.tokens), frozenset(index + lead for index in apart)
    )
    if not lead:
        return matches
    moved = []
    for match in matches:
        places = tuple(
            replace(f, start=max(f.start - lead, 0), end=f.end - lead)
            for f in match.places
            if f.end > lead
        )
        if places:
            moved.append(replace(match, places=places))
    return moved


def _by_context(
    clause: Clause, cue: Sequence[Word], words: list[Word], parts: list[Part], context: Context
) -> list[Draft]:
    """Return the draft of words that take a stance on what was spoken of before.

    As in `we are undecided`.
    """
    words = [w for w in words if clause.tokens[w.start].lemma_.lower() not in POINTERS]
    if refuses_now(clause.tokens, context.options):
        verdict = Judgement("oppose", "plain")
        return [Draft(clause, context.options.at_once, verdict, None, None, "context", None)]
    speaking = [w for w in (*cue, *words) if w.group != "fallback_oppose"]
    if not speaking:
        return []
    topic = names_topic(clause.tokens, context.options.topic)
    whole = any(stands_alone(w) for w in speaking)
    covered = {i for w in words for i in range(w.start, w.end)}
    nouns = [
        t
        for i, t in enumerate(clause.tokens)
        if t.pos_ in ("NOUN", "PROPN")
        and i not in covered
        and t.lower_ not in context.options.topic
        and t.lemma_.lower() not in POINTING
        and t.lemma_.lower() not in POINTERS
        and t.dep_ not in ("nsubj", "compound", "poss", "nsubjpass", "npadvmod")
    ]
    points = any(
        (t.lower_ in ("it", "this", "that", "such") and t.dep_ in ("dobj", "pobj", "det", "predet"))
        or (t.lemma_.lower() in POINTERS and any(c.lower_ in DEFINITE for c in t.children))
        for t in clause.tokens
    )
    if nouns or not (whole or points or topic):
        return []
    voting = all(
        w.group in ("abstain", "obstruct") or w.entry.startswith("vote ") for w in speaking
    )
    option = context.options.base if topic or voting else None
    if any(found.concept == "time:now" for found in concepts_of(clause.tokens)):
        option = context.options.at_once or option
    option = option or context.before(clause.paragraph, clause.tokens[0].i)
    judged = judge(cue, words, [])
    if option is None or judged is None:
        return []
    holder = None
    if words and not cue:
        holder = holder_in(clause.tokens, clause.tokens[words[0].start], words)
    judged, condition = _bound(clause, parts, judged, None)
    return [Draft(clause, option, judged, condition, None, "context", holder)]


def _asks(clause: Clause) -> bool:
    last = clause.tokens[-1]
    after = clause.paragraph.doc[last.i + 1] if last.i + 1 < len(clause.paragraph.doc) else last
    return "?" in (last.text, after.text)


def _connected(tokens: Sequence[Token], anchor: Token, words: Sequence[Word]) -> list[Word]:
    """Return the words that govern a concept or are said of it.

    All, where the tree ties none to it.
    """
    path = {anchor.i, *(t.i for t in anchor.ancestors)}
    near = []
    for word in words:
        for token in tokens[word.start : word.end]:
            if (
                token.i in path
                or token.head.i in path
                or (
                    token.head.head.i in path
                    and token.head.dep_ in ("prep", "xcomp", "acomp", "attr", "dobj")
                )
            ):
                near.append(word)
                break
    return near or list(words)


def _is_denied(anchor: Token) -> bool:
    """Tell whether a concept's own noun is denied: `wants no tariff`, `there will be no tariff`."""
    head = anchor
    while head.dep_ in ("compound", "amod", "poss") and head.head.pos_ in ("NOUN", "PROPN"):
        head = head.head
    return any(c.dep_ == "det" and c.lower_ == "no" for c in head.children)


def _turned(verdict: Judgement) -> Judgement:
    if verdict.stance == "support":
        return Judgement("oppose", verdict.strength, verdict.words)
    if verdict.stance == "oppose":
        return Judgement("support", verdict.strength, verdict.words)
    return verdict


def _bound(
    clause: Clause, parts: Sequence[Part], verdict: Judgement, match: Match | None
) -> tuple[Judgement, Span | None]:
    """Return a stance with the condition that binds it: only sides can be bound."""
    condition = _condition(clause, parts, verdict, match)
    if condition is None or verdict.stance not in ("support", "oppose"):
        return verdict, None
    return Judgement("conditional", verdict.strength, verdict.words), condition


def _condition(
    clause: Clause, parts: Sequence[Part], verdict: Judgement, match: Match | None
) -> Span | None:
    """Return where a clause says what its stance hangs on.

    A time that is part of the option is none.
    """
    found = match.places if match is not None else ()
    timed = {f.start for f in found if f.concept.startswith(("after:", "during:"))}
    for part in parts:
        if any(part.start <= at < part.end for at in timed):
            continue
        if part.group == "condition" or (
            part.group == "time"
            and verdict.stance == "oppose"
            and part.marker in ("before", "without", "till")
            and any(word.negated for word in verdict.words)
        ):
            return clause.span(part.start, part.end)
    return None


def _modals_of_anchor(
    tokens: Sequence[Token], anchor: Token, modals: Sequence[Word], governed: bool
) -> list[Word]:
    """Return the modal verbs that say of a concept what should or will be.

    Where no word of stance governs it, the modal's own verb has to be the concept or a light verb:
    `would put the application to the members` takes no side.
    """
    path = {anchor.i, *(t.i for t in anchor.ancestors)}
    near = []
    for word in modals:
        verb = tokens[word.start].head
        if verb.i in path and (governed or verb.i == anchor.i or verb.lemma_.lower() in LIGHT):
            near.append(word)
    return near


def _indices(parts: Iterable[Part]) -> frozenset[int]:
    return frozenset(index for part in parts for index in range(part.start, part.end))


def _positions(
    analysis: Analysis, statement: Statement, mentions: Mentions, draft: Draft, label: str
) -> Iterator[Position]:
    """Yield a position for each actor whose stance a draft is."""
    actors: tuple[Actor, ...] = statement.actors
    reported = False
    if draft.holder is not None:
        named = mentions.actors_in(draft.clause.span(*draft.holder))
        others = tuple(a for a in named if can_hold(a) and not same_side(a, statement.actors))
        if others:
            actors, reported = others, True
    for actor in actors:
        yield Position(
            origin="statement",
            actor=actor,
            option=draft.option,
            stance=draft.judgement.stance,
            strength=draft.judgement.strength,
            reported=reported,
            reported_by=statement.actors[0] if reported else None,
            condition=draft.condition,
            reason=draft.reason,
            date=statement.date,
            coder=label,
            confidence=round(CONFIDENCE[draft.match] * statement.confidence, 3),
            article=analysis.article.id,
            statement=statement.id,
            piece=draft.clause.piece,
            kind=statement.kind,
            quote=statement.quote,
            source=statement.source,
            content=statement.content,
        )


def _one_each(positions: list[Position]) -> list[Position]:
    """Return one position an actor and option: conditions first, then plain ones, then the last.

    What a speaker ends on counts: in `of course …, but …` it is what follows the `but`.
    """
    best: dict[tuple[str, str], Position] = {}
    for position in positions:
        key = (position.actor.id, position.option)
        if key not in best or weight(position) >= weight(best[key]):
            best[key] = position
    return [p for p in positions if any(p is kept for kept in best.values())]


def weight(one: Position | Judgement) -> tuple[bool, bool]:
    """Return how much a stance outweighs others of its statement: conditions first, then plain."""
    return one.stance == "conditional", one.strength == "plain"
