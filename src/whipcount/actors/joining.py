"""Which actors of different articles are one, and why.

States, institutions and other bodies are one where their names are. People are one where a
directory says so, or where surname and given name agree: folded (case, diacritics, endings of
transliterated names), as a form of one name (Bill, William), as an initial, or with the words in
another order. A surname alone goes to the only full name that bears it, and is marked as doubtful
unless role or affiliation agree; where two bear it, to the only one whose gender and whose role or
affiliation fit, else it stays alone. Names are put into drawers by surname and given name, so that
none is compared with all; what is joined depends on the names and how often they occur, not on the
order of the articles.
"""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from whipcount.actors.directory import Directory
from whipcount.actors.folding import folded
from whipcount.actors.lexicon import PARTICLES, lexicon
from whipcount.actors.names import given_name_forms
from whipcount.model import Actor, Joined

SINGLE = ("person", "organisation", "state", "outlet")
"""Kinds that can be one in several articles; a group or somebody unnamed is its article's own."""

ENDINGS = re.compile(r"(?:iy|yy|yi|yj|ij|ii|ey|ei|y|j)$")
"""Ends of transliterated names that are written in many ways: Zelenskyy, Zelenskiy, Zelensky."""

SHORT = 5
"""Letters up to which a surname alone must be written alike."""

LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "þ": "th", "œ": "oe", "x": "ks",
     "w": "v", "'": None, "’": None, ".": None, "-": None}
)  # fmt: skip
"""Letters that Unicode doesn't decompose, and those that transliterations exchange."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An actor of one article: how often it is mentioned and quoted there, with how many words.

    `gender` is `he` or `she`, empty where the article doesn't tell.
    """

    article: str
    actor: Actor
    mentions: int = 1
    statements: int = 0
    words: int = 0
    gender: str = ""


@dataclass
class _Name:
    """All that bear one name: their actors, and what articles say of them."""

    words: str
    tokens: tuple[str, ...]
    seen: list[Seen] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)
    ties: set[str] = field(default_factory=set)
    genders: Counter[str] = field(default_factory=Counter)

    @property
    def gender(self) -> str:
        """Return the gender that articles give most often, empty where they don't agree."""
        ranked = self.genders.most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[0][1] < 4 * ranked[1][1]):
            return ""
        return ranked[0][0]

    def add(self, one: Seen) -> None:
        self.seen.append(one)
        if one.gender:
            self.genders[one.gender] += 1
        self.roles |= set(one.actor.role.lower().split()[-1:])
        self.ties |= {
            words.lower() for words in (one.actor.affiliation, one.actor.speaks_for) if words
        }

    def agrees(self, others: Iterable[_Name]) -> bool:
        """Return whether a role's last word, an affiliation or a state is also another's."""
        return any(self.roles & other.roles or self.ties & other.ties for other in others)


@dataclass
class _Person:
    """Names that were joined, the leading one first."""

    names: list[_Name]
    reasons: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def join(seen: Iterable[Seen], directory: Directory | None = None) -> tuple[Joined, ...]:
    """Return the actors of many articles, those mentioned most often first."""
    directory = directory or Directory()
    people: dict[tuple[str, ...], _Name] = {}
    others: dict[tuple[str, ...], _Name] = {}
    alone: list[Joined] = []
    for one in seen:
        actor = one.actor
        tokens = folded(actor.name)
        if actor.kind not in SINGLE or not tokens or not is_name(actor):
            alone.append(_joined([_name_of(one)]))
            continue
        names = people if actor.kind == "person" else others
        key = tokens if actor.kind == "person" else (actor.kind, *without_the(tokens))
        if actor.kind == "person" and len(tokens) == 1:
            # Each article's own: it is told by what the article says whose surname it is.
            key = (*tokens, one.gender, actor.role, actor.affiliation, actor.speaks_for)
        if key not in names:
            names[key] = _Name(actor.name, tokens)
        names[key].add(one)
    found = [_joined([name]) for name in others.values()]
    found += [
        _joined(person.names, person.reasons, person.doubts)
        for person in _People(directory).join(people.values())
    ]
    return tuple(sorted((*found, *alone), key=lambda one: (-one.mentions, one.name, one.actors)))


class _People:
    """Joins people's names, each looked up in drawers of surname and given name."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self.by_known: dict[str, _Person] = {}
        self.by_words: dict[frozenset[str], _Person] = {}
        self.by_given: dict[tuple[str, str], list[_Person]] = defaultdict(list)
        self.by_initial: dict[tuple[str, str], list[_Person]] = defaultdict(list)
        self.by_surname: dict[str, list[_Person]] = defaultdict(list)
        self.alone: dict[tuple[str, ...], _Person] = {}
        self.people: list[_Person] = []

    def join(self, names: Iterable[_Name]) -> list[_Person]:
        """Return the people of names: full names first, those met most often leading."""
        order = sorted(names, key=lambda n: (-_weight(n), n.tokens, n.gender, sorted(n.ties)))
        full = [name for name in order if len(name.tokens) > 1]
        # An initial is no given name: who has one waits until the given names are known.
        full.sort(key=lambda name: len(sound(name.tokens[0])) < 2)
        for name in (*full, *(name for name in order if len(name.tokens) == 1)):
            self._place(name)
        return self.people

    def _place(self, name: _Name) -> None:
        """Give a name to whose it is in the directory, else by its words."""
        known = self.directory.person(name.words)
        place = self._full if len(name.tokens) > 1 else self._short
        if known is None:
            place(name, listed=False)
        elif known.name in self.by_known:
            person = self.by_known[known.name]
            self._take(person, name, f"“{name.words}” is a name of {known.name} in the directory")
        else:
            self.by_known[known.name] = place(name, listed=True)

    def _full(self, name: _Name, listed: bool) -> _Person:
        """Return whose a full name is; a new person's where nobody else's fits or it is listed."""
        fitting = [] if listed else self._fitting(name)
        if len(fitting) == 1:
            person, why = fitting[0]
            self._take(person, name, why)
            return person
        person = self._new(name, [one for one, _ in fitting])
        self._file(person, name)
        return person

    def _fitting(self, name: _Name) -> list[tuple[_Person, str]]:
        """Return the people that a full name may be, each with the reason."""
        words = name.words
        turned = self.by_words.get(frozenset(map(sound, name.tokens)))
        if turned is not None and not self._apart(turned, name):
            return [(turned, f"“{words}” and “{turned.names[0].words}” are the same words")]
        surname, given = sound(_surname(name.tokens)), sound(name.tokens[0])
        if len(given) == 1:
            found = self.by_initial[surname, given]
            why = "an initial of"
        else:
            forms = _forms().get(given, frozenset()) | {given}
            found = [p for form in sorted(forms) for p in self.by_given[surname, form]]
            why = "a form of the name of"
        told = name.gender
        fitting = {
            id(p): p
            for p in found
            if not self._apart(p, name)
            and _middle_fits(p, name)
            and (not told or _gender(p) in ("", told))
        }
        return [(p, f"“{words}” has {why} {p.names[0].words}") for p in fitting.values()]

    def _short(self, name: _Name, listed: bool) -> _Person:
        """Return whose a name of one word is: the only one's who bears it as a surname."""
        bearers = [
            p
            for p in self.by_surname[sound(name.tokens[0])]
            if not self._apart(p, name) and _bears(p, name.tokens[0])
        ]
        bearers = [p for p in bearers if _is_likely(p)] or bearers
        told = name.gender
        if told and len(bearers) > 1:
            bearers = [p for p in bearers if _gender(p) in ("", told)]
        agreeing = [p for p in bearers if name.agrees(p.names)]
        if not listed and len(bearers) > 1 and len(agreeing) == 1:
            person = agreeing[0]
            why = f"of those called “{name.words}” role or affiliation fit {person.names[0].words}"
            self._take(person, name, why)
            return person
        if not listed and len(bearers) == 1:
            person = bearers[0]
            why = f"nobody but {person.names[0].words} is called “{name.words}”"
            self._take(person, name, why)
            doubt = f"{why}; neither role nor affiliation says so"
            if not agreeing and doubt not in person.doubts:
                person.doubts.append(doubt)
            return person
        if name.tokens in self.alone:
            self.alone[name.tokens].names.append(name)
        else:
            self.alone[name.tokens] = self._new(name, bearers)
        return self.alone[name.tokens]

    def _new(self, name: _Name, others: Sequence[_Person]) -> _Person:
        """Return a new person of a name, in doubt where it may be one of several others."""
        person = _Person([name])
        if len(others) > 1:
            words = " and ".join(one.names[0].words for one in others[:3])
            person.doubts.append(f"“{name.words}” may be {words}")
        self.people.append(person)
        return person

    def _take(self, person: _Person, name: _Name, why: str) -> None:
        person.names.append(name)
        if why not in person.reasons:
            person.reasons.append(why)
        if len(name.tokens) > 1:
            self._file(person, name)

    def _file(self, person: _Person, name: _Name) -> None:
        """Put a person into the drawers of a full name."""
        surname, given = sound(_surname(name.tokens)), sound(name.tokens[0])
        self.by_words.setdefault(frozenset(map(sound, name.tokens)), person)
        for drawer in (
            self.by_initial[surname, given[:1]],
            self.by_surname[surname],
            self.by_given[surname, given],
        ):
            if not any(one is person for one in drawer):
                drawer.append(person)

    def _apart(self, person: _Person, name: _Name) -> bool:
        return bool(self.directory.apart) and any(
            self.directory.are_apart(one.words, name.words) for one in person.names
        )


def sound(token: str) -> str:
    """Return a folded word of a name as transliterations share it: Zelenskyy, Zelensky."""
    plain = token.translate(LETTERS)
    ended = ENDINGS.sub("i", plain) if len(plain) > 3 else plain
    return re.sub(r"(.)\1", r"\1", ended) or token


def _bears(person: _Person, surname: str) -> bool:
    """Return whether a surname is somebody's; a short one (Star, Starr) only to the letter."""
    return len(surname) > SHORT or any(_surname(name.tokens) == surname for name in person.names)


def _is_likely(person: _Person) -> bool:
    """Return whether somebody is called so, rather than a word before a surname taken for a name.

    A given name that is known, an initial, a role, or two articles tell.
    """
    known = lexicon().given_names
    return len({one.article for name in person.names for one in name.seen}) > 1 or any(
        name.roles or name.tokens[0] in known or len(sound(name.tokens[0])) == 1
        for name in person.names
    )


def _gender(person: _Person) -> str:
    return next((name.gender for name in person.names if name.gender), "")


def _surname(tokens: Sequence[str]) -> str:
    """Return the last word of a name with the particles before it: van der Veld."""
    start = len(tokens) - 1
    while start > 1 and tokens[start - 1] in PARTICLES:
        start -= 1
    return "".join(tokens[start:])


def _middle_fits(person: _Person, name: _Name) -> bool:
    """Return whether the words between given name and surname can be one person's."""
    mine = _middle(name.tokens)
    for other in person.names:
        theirs = _middle(other.tokens)
        if not mine or not theirs:
            continue
        if mine[0][:1] != theirs[0][:1] or (len(mine[0]) > 1 < len(theirs[0]) and mine != theirs):
            return False
    return True


def _middle(tokens: Sequence[str]) -> list[str]:
    return [sound(token) for token in tokens[1:-1] if token not in PARTICLES]


@functools.cache
def _forms() -> dict[str, frozenset[str]]:
    """Return the forms of each given name, as `sound` writes them, itself among them."""
    found: dict[str, set[str]] = defaultdict(set)
    for form, forms in given_name_forms().items():
        found[sound(form)] |= {sound(one) for one in forms}
    return {form: frozenset(forms) for form, forms in found.items()}


def is_name(actor: Actor) -> bool:
    """Return whether an actor has a name rather than a description in lower case."""
    first = actor.name.split()[0]
    return not (first.isascii() and first[:1].islower()) or folded(first)[0] in PARTICLES


def without_the(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Return a name's words without a leading "the", where that isn't all of it."""
    return tokens[1:] if tokens[0] == "the" and len(tokens) > 1 else tokens


def _weight(name: _Name) -> int:
    return sum(one.mentions for one in name.seen)


def _name_of(one: Seen) -> _Name:
    name = _Name(one.actor.name, folded(one.actor.name))
    name.add(one)
    return name


def _joined(
    names: Sequence[_Name], reasons: Sequence[str] = (), doubts: Sequence[str] = ()
) -> Joined:
    seen = sorted((one for name in names for one in name.seen), key=lambda one: one.actor.id)
    written: Counter[str] = Counter()
    roles: Counter[str] = Counter()
    ties: Counter[str] = Counter()
    voices: Counter[str] = Counter()
    for one in seen:
        written[one.actor.name] += one.mentions
        for counter, words in (
            (roles, one.actor.role), (ties, one.actor.affiliation), (voices, one.actor.speaks_for)
        ):  # fmt: skip
            if words:
                counter[words] += one.mentions
    full = [words for words in _ranked(written) if len(folded(words)) > 1]
    return Joined(
        (full or _ranked(written))[0],
        seen[0].actor.kind,
        _ranked(written),
        _said_once(roles),
        _said_once(ties),
        _said_once(voices),
        tuple(one.actor.id for one in seen),
        len({one.article for one in seen}),
        sum(one.mentions for one in seen),
        sum(one.statements for one in seen),
        sum(one.words for one in seen),
        tuple(reasons),
        tuple(doubts),
    )


def _ranked(found: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(found, key=lambda words: (-found[words], words)))


def _said_once(found: Counter[str]) -> tuple[str, ...]:
    """Return words by how often they are met, those that differ in case alone once."""
    counts: Counter[str] = Counter()
    for words, count in found.items():
        counts[words.casefold()] += count
    kept: dict[str, str] = {}
    for words in _ranked(found):
        kept.setdefault(words.casefold(), words)
    return tuple(kept[words] for words in _ranked(counts))
