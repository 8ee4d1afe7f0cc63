"""The lexical coder: positions by rules over the parse and a lexicon of stances, each one explained."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whipcount.actors import Mentions
from whipcount.analysis import Analysis, Paragraph
from whipcount.coding.conditions import Part, conditions, reasons
from whipcount.coding.lexicon import stance_words
from whipcount.coding.matching import Match, Matcher, matcher
from whipcount.coding.stance import HOLDERS, Judgement, Word, judge, modals_of, words_of
from whipcount.model import Actor, Issue, Position, Span, Statement

if TYPE_CHECKING:
    from spacy.tokens import Token

SPLITS = frozenset({"but", "yet", "whereas", "although", "though"})
OWN = frozenset({"i", "we", "he", "she", "it", "they", "us", "that", "this", "who", "which", "there", "you", "one"})
CONFIDENT = 0.85
LIKELY = 0.7
BY_CONTEXT = 0.55
FARTHEST_BACK = 2
CLIMB = 4
SUPPOSING = frozenset({"if", "unless", "provided", "provided that", "providing", "as long as", "so long as", "assuming"})


@dataclass(frozen=True, slots=True)
class Clause:
    """Tokens of one paragraph that take one side, and the statement's piece that they are from."""

    paragraph: Paragraph
    tokens: tuple[Token, ...]
    piece: int

    def span(self, start: int, end: int) -> Span:
        """Return where tokens `start … end` of the clause stand in the article."""
        first, last = self.tokens[start], self.tokens[end - 1]
        return self.paragraph.characters(first.idx, last.idx + len(last))


class LexicalCoder:
    """Codes what the words carry by a lexicon of stances and the parse; needs no trained weights."""

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
            coded = [
                position
                for draft in drafts
                for position in _positions(analysis, statement, mentions, draft, label)
            ]
            positions += _one_each(coded)
        return tuple(positions)


coder = LexicalCoder()


@dataclass(frozen=True, slots=True)
class Draft:
    """A stance on an option before it is known whose it is; `holder` are tokens that name another."""

    clause: Clause
    option: str
    judgement: Judgement
    condition: Span | None
    reason: Span | None
    confidence: float
    holder: tuple[int, int] | None


class Context:
    """What an article's sentences speak of, for words that point back: found when asked for."""

    def __init__(self, analysis: Analysis, options: Matcher) -> None:
        self.options = options
        self._paragraphs = analysis.paragraphs
        self._spoken: dict[int, list[tuple[int, str]]] = {}

    def before(self, paragraph: Paragraph, place: int) -> str | None:
        """Return the option last spoken of before a token: in the paragraph, the two before, the title."""
        index = next(i for i, p in enumerate(self._paragraphs) if p is paragraph)
        for back in range(index, max(-1, index - 1 - FARTHEST_BACK), -1):
            spoken = [o for at, o in self._options_in(back) if back < index or at < place]
            if spoken:
                return spoken[-1]
        headline = [i for i, p in enumerate(self._paragraphs) if p.place == "headline"]
        spoken = [option for i in headline for _, option in self._options_in(i)]
        return spoken[0] if spoken else None

    def _options_in(self, index: int) -> list[tuple[int, str]]:
        if index not in self._spoken:
            self._spoken[index] = [
                (sentence.start, match.option)
                for sentence in self._paragraphs[index].doc.sents
                for match in self.options.match(list(sentence))
            ]
        return self._spoken[index]


def drafts_of(analysis: Analysis, statement: Statement, context: Context) -> list[Draft]:
    """Return the stances that a statement's words carry, clause by clause."""
    cue = [t for span in statement.cue for tokens in analysis.tokens(span) for t in tokens]
    cue_words = words_of(cue) if cue else []
    drafts: list[Draft] = []
    for clause in clauses_of(analysis, statement):
        drafts += _clause_drafts(clause, cue_words, context)
    return drafts


def clauses_of(analysis: Analysis, statement: Statement) -> Iterator[Clause]:
    """Yield the clauses of a statement's pieces: parted at sentences, `but`, and new subjects."""
    for piece, span in enumerate(statement.content):
        for paragraph in analysis.paragraphs:
            if paragraph.span.end <= span.start or span.end <= paragraph.span.start:
                continue
            for tokens in _split(list(paragraph.tokens(span))):
                yield Clause(paragraph, tuple(tokens), piece)


def _split(tokens: list[Token]) -> Iterator[list[Token]]:
    current: list[Token] = []
    for index, token in enumerate(tokens):
        if current and _begins_clause(tokens, index):
            yield current
            current = []
        current.append(token)
    if current:
        yield current


def _begins_clause(tokens: list[Token], index: int) -> bool:
    token, before = tokens[index], tokens[index - 1]
    if before.text in (".", "!", "?", ";"):
        return True
    if token.lower_ in SPLITS and token.dep_ in ("cc", "mark", "advmod", "prep"):
        return token.lower_ != "but" or before.lower_ not in ("anything", "nothing", "all", "no")
    if token.lower_ == "and" and token.dep_ == "cc":
        joined = [c for c in token.head.children if c.dep_ == "conj" and c.i > token.i]
        return any(c.dep_ in ("nsubj", "expl") for verb in joined[:1] for c in verb.children)
    return False


def _clause_drafts(clause: Clause, cue: Sequence[Word], context: Context) -> list[Draft]:
    tokens = clause.tokens
    if not cue and _asks(clause):
        return []
    if any(t.lower_ == "would" and t.i + 1 < len(t.doc) and t.nbor().lower_ == "have" for t in tokens):
        return []
    parts = conditions(tokens)
    whys = reasons(tokens)
    supposed = frozenset(
        index for part in parts if part.marker in SUPPOSING for index in range(part.start, part.end)
    )
    apart = supposed | {index for part in whys for index in range(part.start, part.end)}
    matches = context.options.match(tokens, frozenset(apart))
    set_apart = apart | {
        index for part in parts if part.group == "condition" for index in range(part.start, part.end)
    }
    words = [w for w in words_of(tokens) if w.start not in set_apart]
    modals = [w for w in modals_of(tokens) if w.start not in set_apart]
    if not matches:
        return _by_context(clause, cue, words, parts, context)
    drafts = []
    for match in matches:
        anchor = tokens[match.places[0].start]
        near = _connected(tokens, anchor, words)
        verdict = judge(cue, near, _connected(tokens, anchor, modals, strict=True))
        if verdict is None:
            continue
        if match.opposite:
            verdict = _turned(verdict)
        condition = _condition(clause, parts, verdict, match)
        if condition is not None and verdict.stance in ("support", "oppose"):
            verdict = Judgement("conditional", verdict.strength, verdict.words)
        confidence = CONFIDENT if match.coverage >= 1 else LIKELY
        drafts.append(
            Draft(
                clause,
                match.option,
                verdict,
                condition if verdict.stance == "conditional" else None,
                clause.span(whys[0].start, whys[0].end) if whys else None,
                confidence,
                None if cue else _holder(tokens, near),
            )
        )
    return drafts


def _by_context(
    clause: Clause, cue: Sequence[Word], words: list[Word], parts: list[Part], context: Context
) -> list[Draft]:
    """Return the draft of words that take a stance on what was spoken of before: `we are undecided`."""
    speaking = [w for w in (*cue, *words) if w.group != "fallback_oppose"]
    if not speaking:
        return []
    whole = all(w.group in ("undecided", "abstain") for w in speaking)
    covered = {i for w in words for i in range(w.start, w.end)}
    nouns = [
        t
        for i, t in enumerate(clause.tokens)
        if t.pos_ in ("NOUN", "PROPN") and i not in covered and t.dep_ not in ("nsubj", "compound", "poss", "nsubjpass")
    ]
    points = any(t.lower_ in ("it", "this", "that", "such") and t.dep_ in ("dobj", "pobj", "det", "predet") for t in clause.tokens)
    if not whole and (nouns or not points):
        return []
    option = context.before(clause.paragraph, clause.tokens[0].i)
    verdict = judge(cue, words, [])
    if option is None or verdict is None:
        return []
    holder = None if cue else _holder(clause.tokens, words)
    return [Draft(clause, option, verdict, None, None, BY_CONTEXT, holder)]


def _asks(clause: Clause) -> bool:
    last = clause.tokens[-1]
    after = clause.paragraph.doc[last.i + 1] if last.i + 1 < len(clause.paragraph.doc) else last
    return "?" in (last.text, after.text)


def _connected(
    tokens: Sequence[Token], anchor: Token, words: Sequence[Word], strict: bool = False
) -> list[Word]:
    """Return the words that govern a concept or are said of it; all, where the tree ties none to it."""
    path = {anchor.i, *(t.i for t in anchor.ancestors)}
    near = []
    for word in words:
        for token in tokens[word.start : word.end]:
            if token.i in path or token.head.i in path or (token.head.head.i in path and token.head.dep_ in ("prep", "xcomp", "acomp", "attr", "dobj")):
                near.append(word)
                break
    return near if near or strict else list(words)


def _turned(verdict: Judgement) -> Judgement:
    if verdict.stance == "support":
        return Judgement("oppose", verdict.strength, verdict.words)
    if verdict.stance == "oppose":
        return Judgement("support", verdict.strength, verdict.words)
    return verdict


def _condition(
    clause: Clause, parts: Sequence[Part], verdict: Judgement, match: Match
) -> Span | None:
    """Return where a clause says what its stance hangs on; a time that is part of the option is none."""
    places = {place.start for place in match.places if place.concept.startswith(("after:", "during:"))}
    for part in parts:
        if part.start in places or any(part.start <= place < part.end for place in places):
            continue
        if part.group == "condition" or (part.group == "time" and verdict.stance == "oppose" and part.marker in ("before", "without", "till")):
            return clause.span(part.start, part.end)
    return None


def _holder(tokens: Sequence[Token], words: Sequence[Word]) -> tuple[int, int] | None:
    """Return the tokens that name whose attitude a clause's words of stance are; None for the speaker's own."""
    first = tokens[0].i
    for word in words:
        if word.group not in HOLDERS or word.entry in stance_words().said_of_things:
            continue
        token = tokens[word.start]
        for _ in range(CLIMB):
            subject = next((c for c in token.children if c.dep_ in ("nsubj", "nsubjpass")), None)
            if subject is not None:
                if subject.lower_ in OWN or not first <= subject.i <= tokens[-1].i:
                    return None
                start = max(subject.left_edge.i - first, 0)
                return start, subject.right_edge.i + 1 - first
            if token.head == token or token.dep_ in ("relcl", "advcl", "ccomp"):
                break
            token = token.head
    return None


def _positions(
    analysis: Analysis, statement: Statement, mentions: Mentions, draft: Draft, label: str
) -> Iterator[Position]:
    """Yield a position for each actor whose stance a draft is."""
    actors: tuple[Actor, ...] = statement.actors
    reported = False
    if draft.holder is not None:
        named = mentions.actors_in(draft.clause.span(*draft.holder))
        others = tuple(actor for actor in named if not _same_side(actor, statement.actors))
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
            confidence=round(draft.confidence * statement.confidence, 3),
            article=analysis.article.id,
            statement=statement.id,
            piece=draft.clause.piece,
            kind=statement.kind,
            quote=statement.quote,
            source=statement.source,
            content=statement.content,
        )


def _same_side(actor: Actor, sources: Sequence[Actor]) -> bool:
    """Tell whether an actor is one of the sources, or the state or organisation that one speaks for."""
    names = {actor.name, actor.speaks_for} - {""}
    return any(
        actor.id == source.id or names & ({source.speaks_for, source.affiliation, source.name} - {""})
        for source in sources
    )


def _one_each(positions: list[Position]) -> list[Position]:
    """Return one position an actor and option: a condition before a side, plain before hedged, the last.

    What a speaker ends on counts: in `of course …, but …` it is what follows the `but`.
    """
    best: dict[tuple[str, str], Position] = {}
    for position in positions:
        key = (position.actor.id, position.option)
        if key not in best or _weight(position) >= _weight(best[key]):
            best[key] = position
    return [p for p in positions if any(p is kept for kept in best.values())]


def _weight(position: Position) -> tuple[int, int]:
    return position.stance == "conditional", position.strength == "plain"


