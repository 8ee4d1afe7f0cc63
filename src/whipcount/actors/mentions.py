"""Every mention of somebody in an article, and the actors that a span names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whipcount.actors.assembly import Assembler
from whipcount.actors.claims import Mention, sole
from whipcount.actors.context import read_context
from whipcount.actors.entities import Place, Resolver, Sighting
from whipcount.actors.folding import folded
from whipcount.actors.gazetteer import Gazetteer
from whipcount.actors.lexicon import lexicon
from whipcount.actors.making import ActorMaker
from whipcount.actors.names import People, own_names
from whipcount.actors.proper import Organisations
from whipcount.actors.units import Scanner
from whipcount.analysis import Analysis, Paragraph
from whipcount.dates import is_date, last_day
from whipcount.model import Actor, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Tokens

JOINING = frozenset(
    [
        ",",
        "and",
        "or",
        "&",
        "as",
        "well",
        "along",
        "together",
        "with",
        "both",
        "on",
        "behalf",
        "of",
        "including",
        "like",
        "such",
        "not",
        "but",
        "also",
        "nor",
        "neither",
        "either",
        "then",
        "the",
        "plus",
        "alongside",
        "joined",
        "by",
        ":",
        ";",
        "—",
        "–",
        "-",
    ]
)
"""Words that may stand between two speakers of one span: X, on behalf of Y and Z."""

SOME = frozenset(("some", "many", "most", "few", "others", "several", "both", "one", "all", "none"))
"""Words that stand alone for a group: some in Corrin."""


@dataclass(frozen=True)
class Mentions:
    """An article's mentions, resolved. `actors` are in reading order of their first mention.

    By the actor's id `counts` says how often each is mentioned, pronouns and phrases among it, and
    `genders` whether a person is `he` or `she`, where that is known.
    """

    analysis: Analysis
    actors: tuple[Actor, ...]
    counts: Mapping[str, int]
    genders: Mapping[str, str]
    _mentions: tuple[tuple[Mention, ...], ...]
    _actors_at: dict[Place, tuple[Actor, ...]]

    def actors_of(self, source: Iterable[Span]) -> tuple[Actor, ...]:
        """Return the actors that the spans of one source name, each once."""
        found = {actor.id: actor for span in source for actor in self.actors_in(span)}
        return tuple(found.values())

    def actors_in(self, span: Span, as_source: bool = True) -> tuple[Actor, ...]:
        """Return the actors that a span of the article's text names, in reading order.

        Each nameable one of a coordination; of a name with what is said about it only the one
        named. A capital or seat stands for its state where it speaks: with `as_source`, everywhere
        but after a preposition of place; without, only as a subject. Pronouns and phrases such as
        "the minister" give whom they speak of, nobody where that is unclear.
        """
        found: dict[str, Actor] = {}
        for index in self.analysis.places(span):
            paragraph = self.analysis.paragraphs[index]
            tokens = paragraph.tokens(paragraph.inside(span))
            for actor in self._in_tokens(index, paragraph, tokens, as_source):
                found.setdefault(actor.id, actor)
        return tuple(found.values())

    def _in_tokens(
        self, index: int, paragraph: Paragraph, tokens: Tokens, as_source: bool
    ) -> list[Actor]:
        if not len(tokens):
            return []
        inside = [
            mention
            for mention in self._mentions[index]
            if mention.head_start < tokens.end and tokens.start < mention.head_end
        ]
        chosen = _speakers(paragraph.doc, tokens, inside)
        if not chosen and tokens.root.tag_ in ("WP", "WDT"):
            chosen = self._before(index, tokens)
        if not chosen:
            # "Poland's foreign minister" of "Poland's foreign minister, X": X is meant.
            around = [m for m in self._mentions[index] if m.kind == "person" and m.claims]
            chosen = [m for m in around if m.start <= tokens.start and tokens.end <= m.end]
        if not chosen:
            described = self._described(paragraph, tokens)
            return [described] if described is not None else []
        found: list[Actor] = []
        for mention in chosen:
            whole = as_source and mention.start <= tokens.start and tokens.end <= mention.end
            if not _is_place(mention, as_source, whole):
                found += self._actors_at.get((index, mention.head_start), ())
        return found

    def _before(self, index: int, tokens: Tokens) -> list[Mention]:
        """Return the mention to which a relative pronoun belongs."""
        found = [m for m in self._mentions[index] if m.end in (tokens.start, tokens.start - 1)]
        verb = tokens.root.head
        if not found and verb.dep_ == "relcl":
            found = [m for m in self._mentions[index] if m.start <= verb.head.i < m.end]
        return found[:1]

    def _described(self, paragraph: Paragraph, tokens: Tokens) -> Actor | None:
        """Return an actor for words that no list knows: the deal's architects."""
        head = _head(tokens)
        if head.pos_ not in ("NOUN", "PROPN") and head.lower_ not in SOME:
            return None
        # Its number is past those of the gathered mentions, and the same whatever is asked first.
        number = len(self.actors) + paragraph.words(tokens).start
        plural = head.tag_ in ("NNS", "NNPS")
        single = tokens[0].lower_ in ("a", "an", "one") and not plural
        words = tokens.text.strip(" ,;:\"'")
        name = words[4:] if words[:4].lower() == "the " else words
        kind = "anonymous" if single else "group"
        return Actor(f"{self.analysis.article.id}.a{number}", name, kind)  # type: ignore[arg-type]


def find_mentions(analysis: Analysis, gazetteer: Gazetteer) -> Mentions:
    """Return an article's mentions of people, states, institutions and groups, resolved.

    Reads the parse that `analysis` holds and dictionaries; nothing is parsed again. Names that
    spaCy's entity recogniser misses are found beside role words, honorifics and verbs of saying.
    """
    resolver, mentions = resolve(analysis, gazetteer)
    docs = [paragraph.doc for paragraph in analysis.paragraphs]
    made, actors_at = _actors(analysis, resolver, docs)
    counts = {actor.id: len(resolver.sighted[index]) for index, actor in made.items()}
    genders = {
        actor.id: person.gender
        for index, actor in made.items()
        if (person := resolver.entities[index].person) is not None
    }
    return Mentions(
        analysis, tuple(made.values()), counts, genders,
        tuple(tuple(found) for found in mentions), actors_at,
    )  # fmt: skip


def resolve(
    analysis: Analysis, gazetteer: Gazetteer
) -> tuple[Resolver, Sequence[Sequence[Mention]]]:
    """Return the resolver that has seen all of an article's mentions, and those by paragraph."""
    words = lexicon()
    docs = [paragraph.doc for paragraph in analysis.paragraphs]
    headline = [paragraph.place == "headline" for paragraph in analysis.paragraphs]
    first = Scanner(gazetteer, words)
    units = [first.units(doc, title) for doc, title in zip(docs, headline, strict=True)]
    local = own_names(list(zip(docs, units, strict=True)), gazetteer, words)
    if local.forms or local.surnames or local.organisations:
        second = Scanner(gazetteer, words, local)
        units = [second.units(doc, title) for doc, title in zip(docs, headline, strict=True)]
    named = {m.entry.name for found in units for u in found if u.kind == "entry" for m in u.matches}
    known = frozenset({*named, gazetteer.body})
    units = [first.known_nouns(found, known) for found in units]
    mentions = [
        Assembler(doc, index, found, words).mentions()
        for index, (doc, found) in enumerate(zip(docs, units, strict=True))
    ]
    sightings = _sightings(docs, mentions)
    published = analysis.article.published
    day = last_day(published) if is_date(published) else None
    people = People(
        (*(s.mention.unit.words for s in sightings if s.mention.kind == "person"), *local.inside),
        words.given_names,
        gazetteer.directory,
        day,
        frozenset(
            s.mention.unit.words
            for s in sightings
            if s.mention.kind == "person" and headline[s.mention.paragraph]
        ),
        titles=[
            s.mention.unit.words
            for s in sightings
            if s.mention.kind == "name"
            and headline[s.mention.paragraph]
            and not words.tells_organisation(s.mention.unit.words)
        ],
    )
    organisations = Organisations(
        (s.mention.unit.words for s in sightings if s.mention.kind in ("name", "noun", "entry")),
        gazetteer.directory,
    )
    resolver = Resolver(gazetteer, words, people, organisations, day)
    resolver.resolve(sightings)
    read_context(resolver, sightings)
    return resolver, mentions


def _sightings(docs: Sequence[Doc], mentions: Sequence[Sequence[Mention]]) -> list[Sighting]:
    """Return the mentions with their sentences and what surrounds them."""
    found: list[Sighting] = []
    sentences = tokens = 0
    for doc, inside in zip(docs, mentions, strict=True):
        numbers: list[int] = []
        for sentence in doc.sents:
            numbers += [sentences] * len(sentence)
            sentences += 1
        quoted = _quoted(doc)
        top: Mention | None = None
        for mention in inside:
            nested = any(
                other is not mention and other.start <= mention.head_start < other.end
                for other in inside
            )
            between = {t.lower_ for t in doc[top.end : mention.start]} if top else set()
            joined = (
                not nested
                and top is not None
                and top.end < mention.start
                and between <= {",", "and", "the"}
                and "and" in between
            )
            at = mention.head_start
            found.append(Sighting(mention, numbers[at], tokens + at, quoted[at], nested, joined))
            if not nested:
                top = mention
        tokens += len(doc)
    return found


def _quoted(doc: Doc) -> list[bool]:
    """Return for each token whether it stands inside double quotation marks."""
    inside = False
    found = []
    for token in doc:
        if token.text in ('"', "``", "''"):
            inside = not inside
        found.append(inside)
    return found


def _speakers(doc: Doc, tokens: Tokens, inside: Sequence[Mention]) -> list[Mention]:
    """Return the mentions of a span that stand by themselves, coordinated with the first one."""
    top = [
        mention
        for mention in inside
        if not any(
            other is not mention
            and other.start <= mention.head_start < other.end
            and other.head_start != mention.head_start
            for other in inside
        )
    ]
    if not top:
        return []
    head = _head(tokens)
    if head.lower_ == "one":
        # "One of the eight, Halvern": the name that follows is meant.
        named = [m for m in top if m.kind in ("entry", "person") and doc[m.start - 1].text == ","]
        if named and named[-1].start > head.i:
            return named[-1:]
    leading = next((m for m in top if m.start <= head.i < m.end), None)
    if (
        leading is None
        and (head.pos_ == "NOUN" or head.lower_ in SOME)
        and not _beside(doc, head, top)
    ):
        return []
    following = next((m for m in top if leading and m.start == leading.end), None)
    described = leading is not None and leading.kind == "noun"
    if described and following is not None and following.kind in ("entry", "name", "person"):
        return [following]  # the Velt newspaper Daily Torch
    at = top.index(leading) if leading is not None else 0
    if leading is not None and any(_joined(doc, m, leading) for m in top[:at]):
        at = 0
    chosen = [top[at]]
    for mention in top[at + 1 :]:
        further = mention.kind == "role" and chosen[-1].kind == "person"
        if further and mention.determiner != "the" and not mention.unit.plural:
            continue  # "X, an aide to Y and now director of Z": still X
        if _joined(doc, chosen[-1], mention):
            chosen.append(mention)
    return chosen


def _beside(doc: Doc, head: Token, top: Sequence[Mention]) -> bool:
    """Return whether a span's head is only joined to a mention, or follows it after a comma."""
    return head.dep_ in ("conj", "appos", "npadvmod") or any(
        m.end <= head.i and doc[m.end].text == "," for m in top
    )


def _joined(doc: Doc, one: Mention, other: Mention) -> bool:
    between = doc[one.end : other.start]
    if len(between) and all(token.lower_ in JOINING for token in between):
        return True
    token = doc[other.head_end - 1]
    for _ in range(4):
        if token.dep_ != "conj":
            return False
        token = token.head
        if one.start <= token.i < one.end:
            return True
    return False


def _head(tokens: Tokens) -> Token:
    """Return a span's head; of an inner phrase such as "according to X" the noun."""
    head = tokens.root
    while head.pos_ in ("ADP", "SCONJ", "VERB") and head.dep_ != "nsubj":
        inner = [t for t in head.children if t.dep_ in ("pobj", "pcomp", "dobj") and t in tokens]
        if not inner:
            break
        head = inner[0]
    return head


def _is_place(mention: Mention, as_source: bool, whole: bool) -> bool:
    """Return whether a capital or seat is only where something happens.

    A seat that is a `whole` source is not: eyebrows rose at the Pentagon.
    """
    match = sole(mention.unit.matches) if mention.kind == "entry" else None
    if match is None or match.how not in ("capital", "seat"):
        return False
    located = mention.located and not (whole and match.how == "seat")
    return located or not (as_source or mention.speaks)


def _actors(
    analysis: Analysis, resolver: Resolver, docs: Sequence[Doc]
) -> tuple[dict[int, Actor], dict[Place, tuple[Actor, ...]]]:
    """Return the actors of entities in reading order, and those of each mention."""
    named = {index for found in resolver.found.values() for index in found}
    order = sorted(named, key=lambda index: (resolver.entities[index].first, index))
    maker = ActorMaker(
        analysis.article.id,
        resolver.gazetteer,
        resolver.lexicon,
        resolver,
        docs,
        folded(analysis.article.outlet),
    )
    made = {index: maker.actor(index, number) for number, index in enumerate(order)}
    places = {place: tuple(made[i] for i in found) for place, found in resolver.found.items()}
    return made, places
