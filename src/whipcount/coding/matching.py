"""Which options a clause speaks of: concepts of an option's label and phrases, found in its words.

An option's profile is a set of weighted concepts; a clause speaks of the option where it covers
enough of one of the option's profiles, and no other option's profile covers more of the same words:
`a path to membership` speaks of the path, not of membership.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whipcount.analysis import parse
from whipcount.coding.conditions import times
from whipcount.coding.lexicon import concept_words
from whipcount.model import Issue

if TYPE_CHECKING:
    from spacy.tokens import Token

ENOUGH = 0.6
"""Weight of a profile that a clause must cover.

On the example debate 0.4 to 0.8 give the same positions; the middle is taken.
"""

A_NAME = 0.3
"""Weight of a name that few labels have: `a wall on the Varnian border` is spoken of without it.

On the example debate 0.1 to 1 give the same positions.
"""

BY_THE_HEAD = 0.5
"""Coverage that a match by an option's head word alone is given: less than a whole profile's."""

POINTERS = frozenset(
    {"plan", "proposal", "idea", "measure", "move", "scheme", "project", "draft", "bill", "motion"}
    | {"step", "request", "suggestion", "decision", "matter", "question", "issue", "deal", "offer"}
)
"""Nouns that point back to what was spoken of, and name no option by themselves."""

BY_THE_WAY = 0.15
"""Weight of what a label lists after a colon: examples, which alone match nothing.

On the example debate 0.05 to 0.5 give the same positions.
"""

NEAR = 6
"""Words between an idea and `now` up to which the time is the idea's: `let us in, and now`.

On the example debate 3, 6 and 12 give the same positions.
"""

NOUNS = frozenset({"NOUN", "VERB", "ADJ", "PROPN"})
TIMES = ("after:", "during:", "time:")
NAMED = frozenset({"GPE", "ORG", "NORP", "PERSON", "LOC", "FAC"})


@dataclass(frozen=True, slots=True)
class Found:
    """A concept in a clause: its name and the tokens `start … end` that carry it."""

    concept: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Profile:
    """What has to be spoken of for an option.

    Alternatives of concepts, with weights that sum to 1.
    """

    option: str
    weights: tuple[tuple[frozenset[str], float], ...]


@dataclass(frozen=True, slots=True)
class Match:
    """An option that a clause speaks of.

    Coverage in 0 … 1, where, and whether the other way round.
    """

    option: str
    coverage: float
    concepts: frozenset[str]
    places: tuple[Found, ...]
    opposite: bool = False


@dataclass(frozen=True, slots=True)
class Matcher:
    """An issue's profiles, ready to be held against clauses.

    `base` is the option that most others imply, or the first; `at_once` the one that is about
    doing it now, empty where there is none; `topic` the names whose fate it
    decides, in lower case: `yes to Varnia` speaks of it.
    """

    profiles: tuple[Profile, ...]
    wanted: frozenset[str]
    base: str
    at_once: str
    topic: frozenset[str]
    cores: tuple[tuple[str, str], ...] = ()

    def match_core(
        self, tokens: Sequence[Token], skipped: frozenset[int] = frozenset()
    ) -> list[Match]:
        """Return the options whose head word alone a clause has: `the ban` for a ban on cars.

        To be asked only of articles that speak of one of the options in more words elsewhere.
        """
        cores = dict(self.cores)
        matches: dict[str, Match] = {}
        for found in concepts_of(tokens):
            option = cores.get(found.concept)
            if option is not None and not skipped & set(range(found.start, found.end)):
                concepts = frozenset({found.concept})
                matches.setdefault(option, Match(option, BY_THE_HEAD, concepts, (found,)))
        return list(matches.values())

    def match(self, tokens: Sequence[Token], skipped: frozenset[int] = frozenset()) -> list[Match]:
        """Return the options that a clause speaks of; `skipped` are indices that don't count."""
        found = [f for f in concepts_of(tokens) if not skipped & set(range(f.start, f.end))]
        here = {f.concept for f in found}
        opposite = {concept_words().opposites.get(concept, "") for concept in here} & self.wanted
        if not (here | opposite) & self.wanted:
            return []
        best: dict[str, Match] = {}
        for profile in self.profiles:
            match = _covers(profile, found, here, opposite)
            if match is not None and match.coverage > best.get(profile.option, _NOTHING).coverage:
                best[profile.option] = match
        matches = list(best.values())
        return [m for m in matches if not any(m.concepts < other.concepts for other in matches)]


_NOTHING = Match("", 0.0, frozenset(), ())


@functools.lru_cache(maxsize=64)
def matcher(issue: Issue) -> Matcher:
    """Return the matcher of an issue; made once an issue."""
    shared = _shared_names(issue)
    labels = {option.id: _idea(option.label, shared, A_NAME) for option in issue.options}
    common = Counter(concepts for row in labels.values() for concepts, _ in row)
    profiles = []
    for option in issue.options:
        rows = [labels[option.id]]
        rows += [_idea(words, shared, 1.0) for words in (*option.phrases, *option.examples)]
        refused = {
            frozenset(c for c, _ in _idea(words, shared, 1.0)) for words in option.not_examples
        }
        for row in rows:
            weighed = [(c, weight / common.get(c, 1) ** 0.5) for c, weight in row]
            total = sum(weight for _, weight in weighed)
            timeless = any(not min(c).startswith(TIMES) for c, _ in row)
            if timeless and frozenset(c for c, _ in row) not in refused:
                profiles.append(Profile(option.id, tuple((c, w / total) for c, w in weighed)))
    wanted = frozenset(c for p in profiles for alternatives, _ in p.weights for c in alternatives)
    implied = Counter(other for option in issue.options for other in option.implies)
    base = max(issue.options, key=lambda option: implied[option.id])
    at_once = next((p.option for p in profiles if any("time:now" in c for c, _ in p.weights)), "")
    return Matcher(
        tuple(profiles), wanted, base.id, at_once, _topic(base.label), _cores(issue, shared)
    )


def concepts_of(tokens: Sequence[Token]) -> list[Found]:
    """Return the concepts of a sequence of tokens, in order.

    Ideas of the lexicon, times, other lemmas.
    """
    words = concept_words()
    hits = words.concepts.hits(tokens)
    found = [Found(hit.group, hit.start, hit.end) for hit in hits]
    taken = {index for hit in hits for index in range(hit.start, hit.end)}
    for hit in words.times.hits(tokens):
        if hit.start and tokens[hit.start - 1].lower_ == "until":
            continue
        if hit.entry == "now" and not any(h.end <= hit.start <= h.end + NEAR for h in hits):
            continue
        found.append(Found(f"time:{hit.group}", hit.start, hit.end))
        taken |= set(range(hit.start, hit.end))
    by_place = {index: f.concept for f in found for index in range(f.start, f.end)}
    spans = times(tokens)
    timed = {index for _, _, start, end in spans for index in range(start, end)}
    found = [f for f in found if f.concept.startswith("time:") or f.start not in timed]
    taken |= timed
    for kind, _, start, end in spans:
        for index in range(start + 1, end):
            concept = by_place.get(index)
            if concept is None and tokens[index].pos_ in ("NOUN", "PROPN"):
                concept = tokens[index].lemma_.lower()
            if concept and not concept.startswith("time:"):
                found.append(Found(f"{kind}:{concept}", start, end))
    for index, token in enumerate(tokens):
        lemma = token.lemma_.lower()
        if (
            token.ent_type_ == "ORDINAL"
            and token.head.lemma_ in ("become", "be")
            and token.dep_ == "attr"
        ):
            found.append(Found("membership", index, index + 1))
            continue
        if index in taken or token.pos_ not in NOUNS or token.is_stop or lemma in words.light:
            continue
        found.append(Found(lemma, index, index + 1))
    return sorted(found, key=lambda f: (f.start, f.end, f.concept))


def _cores(issue: Issue, shared: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Return the concepts that are the head of one option's label or phrases, each with the option.

    A head that several have is that of the option which the others imply, else nobody's.
    """
    heads = {
        option.id: {
            concept
            for words in (option.label, *option.phrases)
            for concept in _heads(words)
            if concept not in shared and concept not in POINTERS
        }
        for option in issue.options
    }
    cores: dict[str, str] = {}
    for concept in sorted(set().union(*heads.values())):
        having = [option for option in issue.options if concept in heads[option.id]]
        implied = [o for o in having if all(o.id in x.implies for x in having if x is not o)]
        if len(having) == 1 or len(implied) == 1:
            cores[concept] = (implied[0] if len(implied) == 1 else having[0]).id
    return tuple(cores.items())


@functools.lru_cache(maxsize=4096)
def _heads(words: str) -> frozenset[str]:
    """Return the concepts that a label or phrase is about: its predicate and that one's object."""
    tokens = list(parse(words))
    instead = next((t.i for t in tokens if t.lower_ in ("instead", "rather")), len(tokens))
    heads = {t.i for t in tokens if t.dep_ == "ROOT"}
    heads |= {
        t.i
        for t in tokens
        if t.dep_ in ("dobj", "attr", "nsubjpass") and t.head.dep_ == "ROOT" and t.i < instead
    }
    light = concept_words().light
    return frozenset(
        found.concept
        for found in concepts_of(tokens)
        if heads & set(range(found.start, found.end))
        and not found.concept.startswith(TIMES)
        and found.concept not in light
        and not all(_is_name(t) for t in tokens[found.start : found.end])
    )


def _shared_names(issue: Issue) -> frozenset[str]:
    """Return the names that half of the labels or more have, in lower case: they tell nothing."""
    named = Counter(
        name
        for option in issue.options
        for name in {t.lower_ for t in parse(option.label) if _is_name(t)}
    )
    return frozenset(name for name, count in named.items() if 2 * count >= len(issue.options))


def _is_name(token: Token) -> bool:
    return token.text[0].isupper() and (token.pos_ == "PROPN" or token.ent_type_ in NAMED)


def _topic(label: str) -> frozenset[str]:
    """Return the names that are the subject of a label, in lower case."""
    return frozenset(
        token.lower_
        for token in parse(label)
        if token.pos_ == "PROPN" and token.dep_ in ("nsubj", "nsubjpass")
    )


@functools.lru_cache(maxsize=4096)
def _idea(
    words: str, shared: frozenset[str], a_name: float
) -> tuple[tuple[frozenset[str], float], ...]:
    """Return what a label or phrase is about: alternatives of concepts, each with its weight.

    `shared` are names that most labels have, which don't count; other names weigh `a_name`, or all
    where there is nothing else. Whatever says `now` or `while …` is one idea, whatever says
    `after …` another.
    """
    tokens = list(parse(words))
    colon = next((t.i for t in tokens if t.text == ":"), len(tokens))
    instead = next((t.i for t in tokens if t.lower_ in ("instead", "rather")), len(tokens))
    named = {t.i for t in tokens if _is_name(t)}
    empty = {t.i for t in tokens if t.lower_ in shared}
    weights: dict[frozenset[str], float] = {}
    names: dict[frozenset[str], float] = {}
    now: set[str] = set()
    after: set[str] = set()
    for found in concepts_of(tokens):
        places = set(range(found.start, found.end))
        if found.start >= instead or places <= empty:
            continue
        if found.concept.startswith(("during:", "time:now")):
            now.add(found.concept)
        elif found.concept.startswith(("after:", "time:later")):
            after.add(found.concept)
        elif places <= named:
            names[frozenset({found.concept})] = a_name
        else:
            weight = BY_THE_WAY if found.start > colon else 1.0
            key = frozenset({found.concept})
            weights[key] = max(weights.get(key, 0.0), weight)
    weights = {**names, **weights} if weights else dict.fromkeys(names, 1.0)
    if now:
        weights[frozenset(now | {"time:now"})] = 1.0
    if after:
        weights[frozenset(after)] = 1.0
    return tuple(sorted(weights.items(), key=lambda item: sorted(item[0])))


def _covers(
    profile: Profile, found: list[Found], here: set[str], opposite: set[str]
) -> Match | None:
    direct = [c for c, _ in profile.weights if c & here]
    turned = [c for c, _ in profile.weights if not c & here and c & opposite]
    coverage = sum(w for c, w in profile.weights if c in direct or c in turned)
    if coverage < ENOUGH - 1e-9 or all(min(c).startswith(TIMES) for c in (*direct, *turned)):
        return None
    wanted = frozenset(concept for concepts, _ in profile.weights for concept in concepts)
    opposites = concept_words().opposites
    places = tuple(f for f in found if f.concept in wanted or opposites.get(f.concept) in wanted)
    covered = frozenset(min(concepts) for concepts in (*direct, *turned))
    return Match(profile.option, coverage, covered, places, opposite=bool(turned))
