"""The lexical coder: positions by rules over the parse and a lexicon of stances, each one explained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from whipcount.actors import Mentions
from whipcount.analysis import Analysis, Paragraph
from whipcount.coding.conditions import Part, beside, conditions, reasons
from whipcount.coding.lexicon import stance_words
from whipcount.coding.matching import Match, Matcher, concepts_of, matcher
from whipcount.coding.phrasebook import place
from whipcount.coding.stance import HOLDERS, LIGHT, Judgement, Word, cue_words_of, judge, modals_of, stands_alone, words_of
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
LONGEST_REFUSAL = 7
OWNERS = frozenset({"my", "our", "his", "her", "its", "their"})
DEMANDS = frozenset({"should", "must", "ought"})
"""Who says that somebody should back a thing backs it."""

SPEECH = frozenset(
    {"say", "tell", "claim", "argue", "announce", "promise", "agree", "signal", "believe", "insist", "warn"}
    | {"think", "write", "state", "declare", "suggest", "hint", "indicate", "report", "confirm", "hope", "fear"}
)
SUPPOSING = frozenset({"if", "unless", "provided", "provided that", "providing", "as long as", "so long as", "assuming"})


@dataclass(frozen=True, slots=True)
class Clause:
    """Tokens of one paragraph that take one side, and the statement's piece that they are from.

    `cue` are the tokens of the cue, where they lead straight on to the clause.
    """

    paragraph: Paragraph
    tokens: tuple[Token, ...]
    piece: int
    cue: tuple[Token, ...] = ()

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
    cue_words = cue_words_of(cue) if cue else []
    drafts: list[Draft] = []
    for clause in clauses_of(analysis, statement):
        drafts += _clause_drafts(clause, cue_words, context)
    return drafts


def clauses_of(analysis: Analysis, statement: Statement) -> Iterator[Clause]:
    """Yield the clauses of a statement's pieces: parted at sentences, `but`, and new subjects."""
    joined = statement.kind != "direct" and len(statement.content) > 1
    pieces = [Span(statement.content[0].start, statement.content[-1].end)] if joined else statement.content
    for piece, span in enumerate(pieces):
        for paragraph in analysis.paragraphs:
            if paragraph.span.end <= span.start or span.end <= paragraph.span.start:
                continue
            inside = Span(max(span.start, paragraph.span.start), min(span.end, paragraph.span.end))
            for tokens in _split(list(paragraph.tokens(inside))):
                if joined:
                    tokens = _without_cue(paragraph, tokens, statement)
                    piece = _piece_of(paragraph, tokens, statement)
                if tokens:
                    yield Clause(paragraph, tuple(tokens), piece, _leading(analysis, statement, tokens))


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
    apart = _indices(part for part in (*parts, *whys) if part.marker in SUPPOSING or part in whys)
    apart |= _indices(beside(tokens))
    set_apart = apart | _indices(part for part in parts if part.group == "condition")
    matches = _matches(clause, context.options, apart)
    words = [w for w in words_of(tokens) if w.start not in set_apart]
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
                None if cue else _holder(tokens, anchor, near),
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


def _leading(analysis: Analysis, statement: Statement, tokens: list[Token]) -> tuple[Token, ...]:
    """Return the cue's tokens where the clause follows on them."""
    if statement.kind == "direct":
        return ()
    cue = [t for span in statement.cue for found in analysis.tokens(span) for t in found]
    return tuple(cue) if cue and cue[-1].doc is tokens[0].doc and cue[-1].i + 1 == tokens[0].i else ()


def _by_context(
    clause: Clause, cue: Sequence[Word], words: list[Word], parts: list[Part], context: Context
) -> list[Draft]:
    """Return the draft of words that take a stance on what was spoken of before: `we are undecided`."""
    if _refuses_now(clause.tokens, context.options):
        verdict = Judgement("oppose", "plain")
        return [Draft(clause, context.options.at_once, verdict, None, None, BY_CONTEXT, None)]
    speaking = [w for w in (*cue, *words) if w.group != "fallback_oppose"]
    if not speaking:
        return []
    topic = _names_topic(clause.tokens, context.options.topic)
    whole = any(stands_alone(w) for w in speaking)
    covered = {i for w in words for i in range(w.start, w.end)}
    nouns = [
        t
        for i, t in enumerate(clause.tokens)
        if t.pos_ in ("NOUN", "PROPN")
        and i not in covered
        and t.lower_ not in context.options.topic
        and t.dep_ not in ("nsubj", "compound", "poss", "nsubjpass", "npadvmod")
    ]
    points = any(
        t.lower_ in ("it", "this", "that", "such") and t.dep_ in ("dobj", "pobj", "det", "predet")
        for t in clause.tokens
    )
    if not whole and (nouns or not (points or topic)):
        return []
    voting = all(w.group in ("abstain", "obstruct") or w.entry.startswith("vote ") for w in speaking)
    option = context.options.base if topic or voting else None
    option = option or context.before(clause.paragraph, clause.tokens[0].i)
    verdict = judge(cue, words, [])
    if option is None or verdict is None:
        return []
    holder = None if cue or not words else _holder(clause.tokens, clause.tokens[words[0].start], words)
    condition = _condition(clause, parts, verdict, None)
    if condition is not None and verdict.stance in ("support", "oppose"):
        verdict = Judgement("conditional", verdict.strength, verdict.words)
    return [Draft(clause, option, verdict, condition, None, BY_CONTEXT, holder)]


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
    clause: Clause, parts: Sequence[Part], verdict: Judgement, match: Match | None
) -> Span | None:
    """Return where a clause says what its stance hangs on; a time that is part of the option is none."""
    found = match.places if match is not None else ()
    timed = {f.start for f in found if f.concept.startswith(("after:", "during:"))}
    for part in parts:
        if any(part.start <= at < part.end for at in timed):
            continue
        if part.group == "condition" or (part.group == "time" and verdict.stance == "oppose" and part.marker in ("before", "without", "till")):
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


def _refuses_now(tokens: Sequence[Token], options: Matcher) -> bool:
    """Tell whether words say no more than `but not this year`, and an option is about when."""
    if not options.at_once or len(tokens) > LONGEST_REFUSAL:
        return False
    now = [f for f in concepts_of(tokens) if f.concept == "time:now"]
    return any(f.start and tokens[f.start - 1].lower_ == "not" for f in now) or (
        [t.lower_ for t in tokens if not t.is_punct] in (["not", "now"], ["not", "yet"])
    )


def _names_topic(tokens: Sequence[Token], topic: frozenset[str]) -> bool:
    """Tell whether words end on the name whose fate is decided: `yes to Varnia`."""
    return any(
        t.lower_ in topic and t.dep_ in ("pobj", "dobj") and not any(c.dep_ == "case" for c in t.children)
        for t in tokens
    )


def _holder(
    tokens: Sequence[Token], anchor: Token, words: Sequence[Word]
) -> tuple[int, int] | None:
    """Return the tokens that name whose stance words are: who speaks or feels in them; None for the speaker."""
    for word in words:
        if word.group not in HOLDERS or word.entry in stance_words().said_of_things:
            continue
        token = tokens[word.start]
        for _ in range(CLIMB):
            if any(c.lower_ in DEMANDS for c in token.children):
                return None
            subject = next((c for c in token.children if c.dep_ in ("nsubj", "nsubjpass")), None)
            if subject is None and token.dep_ == "prep" and token.head.pos_ == "PROPN":
                subject = token.head
            if subject is not None:
                if subject.lower_ in ("he", "she", "they", "it", "who"):
                    return _speaker_in(tokens, anchor)
                return _named(tokens, subject)
            if token.head == token or token.dep_ in ("relcl", "advcl", "ccomp"):
                break
            token = token.head
    return _speaker_in(tokens, anchor)


def _speaker_in(tokens: Sequence[Token], anchor: Token) -> tuple[int, int] | None:
    """Return who says, within what is said, the clause that a concept stands in: `X told me that she …`."""
    token = anchor
    while token.head != token:
        if token.dep_ == "ccomp" and token.head.lemma_.lower() in SPEECH:
            subject = next((c for c in token.head.children if c.dep_ == "nsubj"), None)
            if subject is not None:
                return _named(tokens, subject)
        token = token.head
    return None


def _named(tokens: Sequence[Token], subject: Token) -> tuple[int, int] | None:
    """Return where a subject stands among tokens, None where it means the speaker or nobody."""
    if subject.lower_ in OWN or any(t.lower_ in OWNERS for t in subject.subtree if t.dep_ == "poss"):
        return None
    beside = next((c for c in subject.children if c.dep_ == "appos" and c.pos_ == "PROPN"), None)
    if beside is not None and subject.pos_ != "PROPN":
        subject = beside
    aside = [c for c in subject.children if c.dep_ in ("appos", "relcl", "acl", "punct")]
    last = min([subject.right_edge.i + 1, *(c.left_edge.i for c in aside if c.i > subject.i)])
    start, end = place(tokens, subject.left_edge.i), place(tokens, last)
    return (start, end) if start < end else None


def _without_cue(paragraph: Paragraph, tokens: list[Token], statement: Statement) -> list[Token]:
    """Return the tokens that are in a statement's content, where source and cue stand in its midst."""
    spans = [(paragraph.plain.index(s), paragraph.plain.index(e)) for s, e in statement.content]
    return [t for t in tokens if any(s <= t.idx < e for s, e in spans)]


def _piece_of(paragraph: Paragraph, tokens: list[Token], statement: Statement) -> int:
    """Return the piece that most of a clause is in; the last of equals, where the predicate stands."""
    spans = [(paragraph.plain.index(s), paragraph.plain.index(e)) for s, e in statement.content]
    counts = [sum(s <= t.idx < e for t in tokens) for s, e in spans]
    return max(range(len(spans)), key=lambda piece: (counts[piece], piece))


def _positions(
    analysis: Analysis, statement: Statement, mentions: Mentions, draft: Draft, label: str
) -> Iterator[Position]:
    """Yield a position for each actor whose stance a draft is."""
    actors: tuple[Actor, ...] = statement.actors
    reported = False
    if draft.holder is not None:
        named = mentions.actors_in(draft.clause.span(*draft.holder))
        others = tuple(a for a in named if _can_hold(a) and not _same_side(a, statement.actors))
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


def _can_hold(actor: Actor) -> bool:
    """Tell whether an actor named in a content can have a stance: by a name, or for somebody named."""
    if actor.kind in ("state", "person", "organisation"):
        return actor.name[:1].isupper()
    return bool(actor.speaks_for or actor.affiliation)


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


