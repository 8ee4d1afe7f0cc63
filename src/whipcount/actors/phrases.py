"""Units put together to mentions: a name with its roles, a group with what it belongs to.

"German Defense Minister X", "X, the foreign minister of Y,", "many of Y's biggest backers": each is
one mention with its extent, so that what stands inside it is not taken for a speaker of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from whipcount.actors.gazetteer import STRENGTH, Entry, Match
from whipcount.actors.lexicon import SPEECH, Lexicon, RoleClass
from whipcount.actors.units import Unit

if TYPE_CHECKING:
    from spacy.tokens import Doc

MentionKind = Literal["person", "entry", "name", "role", "noun", "pronoun"]

INSIDE = frozenset(
    ("DT", "PDT", "PRP$", "JJ", "JJR", "JJS", "CD", "NN", "NNS", "NNP", "NNPS", "POS", "VBN", "VBG", "HYPH")
)  # fmt: skip
"""Penn tags of words that may stand between a noun phrase's first word and its head."""

QUANTITIES = frozenset(
    "group number majority dozens hundreds thousands handful each all any".split()
)
DIRECTED = frozenset(("ambassador", "envoy", "representative", "delegate", "adviser", "advisor"))
"""Roles that are held "to" somebody else: X's ambassador to Y is not Y's."""

LEADS = {
    "chair": "chair", "lead": "leader", "head": "head", "run": "head", "direct": "director",
    "represent": "representative", "oversee": "head", "manage": "manager",
}  # fmt: skip
"""Verbs of "who chairs the committee", and the role that they tell."""

PARTIES = {"R": "Republican Party", "D": "Democratic Party", "I": "independent"}
"""Letters in "(R-Ohio)" as US newspapers use them."""


@dataclass(frozen=True, slots=True)
class Tie:
    """What somebody is said to belong to: an entry, or words that name no known one."""

    words: str
    entry: Entry | None = None
    person: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """A role that a mention gives somebody, empty where only the tie is given."""

    role: str = ""
    head: str = ""
    role_class: RoleClass | None = None
    status: frozenset[str] = frozenset()
    tie: Tie | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody named by tokens `start … end` of a paragraph, around a head.

    `determiner` is the phrase's first article, quantity or possessive in lower case; `following`
    tells that it was named by a possessive pronoun ("his colleague").
    """

    kind: MentionKind
    paragraph: int
    start: int
    end: int
    head_start: int
    head_end: int
    name: str
    unit: Unit
    claims: tuple[Claim, ...] = ()
    ties: tuple[Tie, ...] = ()
    determiner: str = ""
    quantity: str = ""
    gender: str = ""
    speaks: bool = False
    located: bool = False


@dataclass(frozen=True, slots=True)
class _Left:
    start: int
    ties: tuple[Tie, ...]
    determiner: str
    quantity: str


class Assembler:
    """Puts one paragraph's units together; `mentions` gives them in reading order of their heads."""

    def __init__(self, doc: Doc, paragraph: int, units: list[Unit], lexicon: Lexicon) -> None:
        self.doc = doc
        self.paragraph = paragraph
        self.units = units
        self.lexicon = lexicon
        self.at: list[int] = [-1] * len(doc)
        for index, unit in enumerate(units):
            for token in range(unit.start, unit.end):
                self.at[token] = index

    def mentions(self) -> list[Mention]:
        """Return the paragraph's mentions, nested ones among them."""
        found: dict[int, Mention] = {}
        taken: set[int] = set()
        for index, unit in enumerate(self.units):
            if unit.kind == "role" and index not in taken:
                for mention, used in self._from_role(index):
                    found[mention.head_start] = mention
                    taken |= used
        for index, unit in enumerate(self.units):
            if index in taken and unit.start not in found:
                continue
            if unit.kind in ("person", "name") and unit.start not in found:
                mention, used = self._from_name(index)
                taken |= used
                for spent in used:
                    found.pop(self.units[spent].start, None)
                found[unit.start] = mention
        for index, unit in enumerate(self.units):
            if index in taken or unit.start in found:
                continue
            if unit.kind == "noun":
                found[unit.start] = self._phrase(unit, "noun")
            elif unit.kind in ("entry", "pronoun"):
                found[unit.start] = self._single(unit)
        return sorted(found.values(), key=lambda mention: mention.head_start)

    # People

    def _from_role(self, index: int) -> Iterator[tuple[Mention, set[int]]]:
        """Yield the people whom a role unit introduces, or else the role phrase itself."""
        unit = self.units[index]
        phrase = self._phrase(unit, "role")
        claim = self._claim(unit, phrase.ties)
        after = self._unit(unit.end)
        after = self._skip_honorific(after)
        if after is not None and self.units[after].kind in ("person", "name"):
            if unit.plural:
                yield from self._listed(index, after, phrase, claim)
                return
            yield self._person(after, phrase.start, claim, {index})
            return
        renamed = self._named_after_comma(phrase)
        if renamed is not None and not unit.plural:
            yield self._person(renamed, phrase.start, claim, {index})
            return
        yield replace(phrase, claims=(claim,)), set()

    def _listed(
        self, index: int, first: int, phrase: Mention, claim: Claim
    ) -> Iterator[tuple[Mention, set[int]]]:
        """Yield the people of "Foreign Ministers A and B of Y", each with the role."""
        ties = phrase.ties
        names = [first]
        at = self.units[first].end
        while True:
            step = at
            tied = self._right(step, ("of",))
            if tied is not None:
                step = tied[1]
            joined = step
            while joined < len(self.doc) and self.doc[joined].lower_ in (",", "and", "&", "or"):
                joined += 1
            following = self._unit(joined)
            if joined == step or following is None:
                break
            if self.units[following].kind != "person":
                break
            names.append(following)
            at = self.units[following].end
        for place, name in enumerate(names):
            own = claim
            if len(ties) == len(names) > 1:
                own = replace(claim, tie=ties[place])
            elif len(ties) > 1:
                own = replace(claim, tie=None)
            start = phrase.start if place == 0 else self.units[name].start
            yield self._person(name, start, own, {index})

    def _from_name(self, index: int) -> tuple[Mention, set[int]]:
        unit = self.units[index]
        honorific = index - 1 if index and self.units[index - 1].end == unit.start else None
        if honorific is not None and self.units[honorific].kind == "honorific":
            return self._person(
                index, self.units[honorific].start, Claim(), {honorific},
                self.units[honorific].gender,
            )  # fmt: skip
        return self._person(index, unit.start, Claim(), set())

    def _person(
        self, index: int, start: int, claim: Claim, used: set[int], gender: str = ""
    ) -> tuple[Mention, set[int]]:
        """Return a name's mention with the roles beside it, and the units that it used up."""
        unit = self.units[index]
        used = {*used, index}
        claims = [claim] if claim != Claim() else []
        end = unit.end
        before = self._unit(unit.start - 1) if unit.start else None
        if before is not None and self.units[before].kind == "honorific":
            used.add(before)
            gender = self.units[before].gender
        party = self._in_brackets(end)
        if party is not None:
            claims.append(party[0])
            end = party[1]
        tied = self._right(end, ("of", "from") if claim.role else ("of",))
        if tied is not None and tied[0]:
            end = tied[1]
            if claims and claims[0].tie is None:
                claims[0] = replace(claims[0], tie=tied[0][0])
            elif not claims:
                claims.append(Claim(tie=tied[0][0]))
        for found, finish, spent in self._appositions(end):
            claims.append(found)
            end = finish
            used |= spent
        gender = gender or self._gender(claims)
        kind: MentionKind = "person" if unit.kind == "person" or any(
            c.role for c in claims
        ) else "name"  # fmt: skip
        mention = Mention(
            kind, self.paragraph, start, end, unit.start, unit.end, unit.words, unit,
            tuple(claims), gender=gender, speaks=self._speaks(start, end, unit),
        )  # fmt: skip
        return mention, used

    def _gender(self, claims: list[Claim]) -> str:
        return next(
            (self.lexicon.gender[c.head] for c in claims if c.head in self.lexicon.gender), ""
        )

    def _appositions(self, end: int) -> Iterator[tuple[Claim, int, set[int]]]:
        """Yield the roles of ", the foreign minister of Y and head of Z," and ", who chairs …"."""
        at = end
        opened = at < len(self.doc) and self.doc[at].text in (",", "-", "–", "—", "(")
        if not opened:
            return
        at += 1
        if at + 1 < len(self.doc) and self.doc[at].like_num and self.doc[at + 1].text == ",":
            at += 2
        if at < len(self.doc) and self.doc[at].lower_ == "who":
            yield from self._who(at + 1)
            return
        while at < len(self.doc):
            while at < len(self.doc) and self.doc[at].lower_ in ("now", "currently", "himself", "herself", "also", "both"):  # fmt: skip
                at += 1
            index = self._role_from(at)
            if index is None:
                return
            unit = self.units[index]
            phrase = self._phrase(unit, "role")
            after = self._unit(unit.end)
            if phrase.start > at or unit.plural:
                return
            after = self._skip_honorific(after)
            named = after is not None and self.units[after].kind in ("person", "name")
            if named or self._named_after_comma(phrase, strict=True) is not None:
                return
            yield self._claim(unit, phrase.ties), phrase.end, {index}
            at = phrase.end
            if at < len(self.doc) and self.doc[at].lower_ == "and":
                at += 1
            else:
                return

    def _who(self, at: int) -> Iterator[tuple[Claim, int, set[int]]]:
        if at >= len(self.doc) or self.doc[at].lemma_.lower() not in LEADS:
            return
        role = LEADS[self.doc[at].lemma_.lower()]
        end = at + 1
        while end < len(self.doc) and (self.doc[end].tag_ in INSIDE or self.at[end] >= 0):
            end += 1
        words = _bare(self.doc[at + 1 : end].text)
        entries = [self.units[i] for i in dict.fromkeys(self.at[at + 1 : end]) if i >= 0]
        only = entries and entries[0].kind == "entry" and entries[0].words == words
        tie = self._tie(entries[0]) if only else Tie(words) if words else None
        yield Claim(role, role, self.lexicon.head(role), frozenset(), tie), end, set()

    def _in_brackets(self, at: int) -> tuple[Claim, int] | None:
        """Return the party of "(R-Ohio)" or "(Free List)" after a name, and where it ends."""
        if at + 2 >= len(self.doc) or self.doc[at].text != "(":
            return None
        end = at + 1
        while end < min(at + 9, len(self.doc)) and self.doc[end].text != ")":
            end += 1
        if end >= len(self.doc) or self.doc[end].text != ")":
            return None
        words = self.doc[at + 1 : end].text
        if not words[:1].isupper():
            return None
        letter = words[:1]
        short = len(words) == 1 or words[1] in "-."
        party = PARTIES[letter] if letter in PARTIES and short else words
        return Claim(tie=Tie(party)), end + 1

    def _named_after_comma(self, phrase: Mention, strict: bool = False) -> int | None:
        """Return the name of "Y's foreign minister, X," after a definite role phrase."""
        definite = phrase.determiner in ("the", "its", "their", "his", "her") or (
            phrase.ties and not phrase.determiner
        )
        at = phrase.end
        if not definite or at + 1 >= len(self.doc) or self.doc[at].text != ",":
            return None
        index = self._skip_honorific(self._unit(at + 1))
        if index is None or self.units[index].kind != "person":
            return None
        end = self.units[index].end
        following = self.doc[end] if end < len(self.doc) else None
        if strict:
            return index if following is not None and following.text == "," else None
        closed = following is None or following.text in (
            ",",
            ".",
            ":",
            ";",
            ")",
            '"',
            "-",
            "–",
            "—",
        )
        return index if closed or (following is not None and following.pos_ in ("VERB", "AUX")) else None  # fmt: skip

    # Noun phrases

    def _phrase(self, unit: Unit, kind: MentionKind) -> Mention:
        """Return the noun phrase around a role or noun, with what it belongs to."""
        left = self._left(unit.start)
        end = unit.end
        ties = left.ties
        prepositions: tuple[str, ...] = ("of", "for", "from", "in", "at", "within", "with", "on")
        if kind == "role" or unit.head in DIRECTED:
            prepositions = ("of", "for", "from", "at", "in", "to", "with", "on")
        first = True
        while (found := self._right(end, prepositions)) is not None:
            given, finish = found
            preposition = self.doc[end].lower_
            end = finish
            tells = preposition in ("of", "for", "from", "at", "within") or (
                preposition == "in" and unit.head not in DIRECTED
            )
            if preposition in ("with", "on", "to") or not tells:
                tells = unit.head not in DIRECTED and preposition == "to" and kind == "role"
            if tells and given and (not ties or (unit.role_class == "spokesperson" and first)):
                ties = given
            first = False
        name = self.doc[left.start : end].text
        return Mention(
            kind, self.paragraph, left.start, end, unit.start, unit.end, _bare(name), unit,
            (), ties, left.determiner, left.quantity, unit.gender,
            speaks=self._speaks(left.start, end, unit),
        )  # fmt: skip

    def _single(self, unit: Unit) -> Mention:
        start = unit.start
        if start and self.doc[start - 1].lower_ == "the":
            start -= 1
        kind: MentionKind = "entry" if unit.kind == "entry" else "pronoun"
        before = self.doc[start - 1].lower_ if start else ""
        located = before in ("in", "at", "to", "from", "near", "outside", "into", "through", "via")
        possessive = unit.kind == "pronoun" and self.doc[unit.start].tag_ == "PRP$"
        determiner = "possessive" if possessive else ""
        return Mention(
            kind, self.paragraph, start, unit.end, unit.start, unit.end, unit.words, unit,
            determiner=determiner, speaks=self._speaks(start, unit.end, unit), located=located,
        )  # fmt: skip

    def _left(self, start: int) -> _Left:
        """Return where a noun phrase begins, and what stands before its head."""
        doc = self.doc
        at = start
        while at > 0:
            token = doc[at - 1]
            unit = self.units[self.at[at - 1]] if self.at[at - 1] >= 0 else None
            if unit is not None and unit.kind in ("entry", "name"):
                at = unit.start
            elif unit is not None and unit.kind in ("person", "role", "honorific"):
                modifies = doc[at].tag_ == "POS" or (unit.kind == "person" and at == start)
                if not modifies or (unit.kind == "role" and unit.plural):
                    break
                at = unit.start
            elif token.tag_ in ("DT", "PRP$") or token.lower_ in self.lexicon.several:
                at -= 1
                if token.tag_ in ("DT", "PRP$"):
                    break
            elif token.tag_ in INSIDE and token.ent_type_ not in ("DATE", "TIME"):
                at -= 1
            elif (
                token.lower_ in self.lexicon.status
                or (token.tag_ == "RB" and doc[at].tag_[:2] == "JJ")
                or (token.text in "-–" and not token.whitespace_ and at < start)
                or (token.lower_ in ("and", "or") and self._joins_modifiers(at - 1))
            ):
                at -= 1
            else:
                break
        while at < start and doc[at].tag_ == "POS":
            at += 1
        first = doc[at].lower_ if at < start else ""
        quantity = self._quantity(first)
        ties = self._ties_between(at, start)
        if not quantity and at + 1 < start and first in ("the", "all", "a"):
            quantity = self._quantity(doc[at + 1].lower_)
        if at >= 2 and doc[at - 1].lower_ == "of":
            counted = doc[at - 2].lower_
            if self._quantity(counted) or counted in QUANTITIES:
                at -= 2
                quantity = "all" if counted == "all" else self._quantity(counted) or "some"
                if at and doc[at - 1].tag_ in ("DT", "JJ"):
                    at -= 1
        determiner = first if first and doc[at].tag_ in ("DT", "PRP$", "PDT") else ""
        return _Left(at, ties, determiner, quantity)

    def _quantity(self, word: str) -> str:
        if word in self.lexicon.some:
            return "some"
        if word in self.lexicon.several or word.isdigit():
            return "several"
        return "all" if word == "all" else ""

    def _joins_modifiers(self, at: int) -> bool:
        """Return whether "and" joins two affiliations: Polish and Lithuanian officials."""
        if at == 0 or at + 1 >= len(self.doc):
            return False
        before, after = self.at[at - 1], self.at[at + 1]
        if self.doc[at - 1].tag_ == "POS" and at > 1:
            before = self.at[at - 2]
        entries = before >= 0 and after >= 0
        return entries and self.units[before].kind == self.units[after].kind == "entry"

    def _ties_between(self, start: int, end: int) -> tuple[Tie, ...]:
        """Return what a phrase's words before its head say that it belongs to."""
        indexes = [i for i in dict.fromkeys(self.at[start:end]) if i >= 0]
        entries = [self.units[i] for i in indexes if self.units[i].kind == "entry"]
        if entries:
            states = [unit for unit in entries if self._tie(unit) is not None]
            if len(states) > 1 and not self._coordinated(states):
                states = states[-1:]
            organs = [i for i in indexes if self.units[i].kind == "noun"]
            if len(states) == 1 and organs and self._is_campaign(organs[-1]):
                return (Tie(_bare(self.doc[states[0].start : self.units[organs[-1]].end].text)),)
            return tuple(tie for unit in states if (tie := self._tie(unit)) is not None)
        named = [i for i in indexes if self.units[i].kind in ("person", "name")]
        if not named:
            return ()
        unit = self.units[named[-1]]
        organs = [i for i in indexes if self.units[i].kind == "noun" and i > named[-1]]
        if organs:
            return (Tie(self.doc[unit.start : self.units[organs[-1]].end].text),)
        return (Tie(unit.words, person=unit.kind == "person"),)

    def _is_campaign(self, index: int) -> bool:
        return self.units[index].head in (
            "campaign",
            "party",
            "union",
            "bank",
            "court",
            "university",
        )

    def _coordinated(self, units: list[Unit]) -> bool:
        between = {
            self.doc[at].lower_
            for one, other in zip(units, units[1:], strict=False)
            for at in range(one.end, other.start)
        }
        return bool(between) and between <= {",", "and", "or", "'s", "'"}

    def _right(self, at: int, prepositions: tuple[str, ...]) -> tuple[tuple[Tie, ...], int] | None:
        """Return what "of Y", "in Y", "close to Y" after a phrase ties it to, and where that ends."""
        doc = self.doc
        if at + 1 >= len(doc):
            return None
        step = at
        if doc[at].lower_ in ("close", "familiar", "loyal", "opposed", "based"):
            step += 1
        elif doc[at].lower_ not in prepositions:
            return None
        if step + 1 >= len(doc) or doc[step].tag_ not in ("IN", "TO", "RP"):
            return None
        start = end = step + 1
        while end < len(doc) and doc[end].ent_type_ not in ("DATE", "TIME"):
            index = self.at[end]
            if index >= 0 and self.units[index].kind != "pronoun":
                end = self.units[index].end
            elif doc[end].tag_ in INSIDE and not (end > start and doc[end].tag_ == "DT"):
                end += 1
            else:
                break
        while end > start and doc[end - 1].tag_ in ("DT", "VBG", "VBN"):
            end -= 1
        if end == start:
            return None
        inside = [i for i in dict.fromkeys(self.at[start:end]) if i >= 0]
        units = [self.units[i] for i in inside if self.units[i].kind == "entry"]
        last = end
        while units and last + 1 < len(doc) and doc[last].lower_ in (",", "and", "or"):
            # "of Poland, Latvia and Estonia" goes on; "of Poland, and Latvia said" may not.
            step = last + 1
            while step < len(doc) and doc[step].lower_ in ("and", "or", "the"):
                step += 1
            following = self._unit(step)
            if following is None or self.units[following].kind != "entry":
                break
            if not self._depends(self.units[following], units[0]):
                break
            units.append(self.units[following])
            last = self.units[following].end
        if len(units) > 1 and last > end:
            return tuple(tie for unit in units if (tie := self._tie(unit)) is not None), last
        if units:
            tie = self._tie(units[-1])
            words = _bare(doc[start:end].text)
            known = tie is not None and tie.entry is not None and _bare(units[-1].words) == words
            others = [i for i in inside if self.units[i].kind == "noun"]
            if known or not others:
                return ((tie,) if tie is not None else ()), end
            if self._is_campaign(others[-1]):
                return (Tie(words),), end
            return ((tie,) if tie is not None else ()), end
        named = [self.units[i] for i in inside if self.units[i].kind in ("name", "person")]
        if named and named[-1].end == end and end - start <= len(doc[named[-1].start : end]) + 1:
            return (Tie(named[-1].words, person=named[-1].kind == "person"),), end
        capital = any(doc[token].text[:1].isupper() for token in range(start, end))
        return ((Tie(_bare(doc[start:end].text)),) if capital else ()), end

    def _depends(self, unit: Unit, first: Unit) -> bool:
        """Return whether the parser joins an entry to the first one of a list."""
        token = self.doc[unit.end - 1]
        for _ in range(6):
            if first.start <= token.i < first.end:
                return True
            if token.dep_ not in ("conj", "compound", "appos", "nmod"):
                return False
            token = token.head
        return False

    def _tie(self, unit: Unit) -> Tie | None:
        """Return the tie to an entry; None where the words are ambiguous."""
        match = sole(unit.matches)
        return Tie(unit.words, match.entry) if match is not None else None

    def _claim(self, unit: Unit, ties: tuple[Tie, ...]) -> Claim:
        tie = ties[0] if len(ties) == 1 else None
        return Claim(unit.words, unit.head, unit.role_class, unit.status, tie)

    def _unit(self, token: int) -> int | None:
        """Return the index of the unit that begins at a token."""
        if not 0 <= token < len(self.doc) or self.at[token] < 0:
            return None
        return self.at[token]

    def _skip_honorific(self, index: int | None) -> int | None:
        if index is not None and self.units[index].kind == "honorific":
            return self._unit(self.units[index].end)
        return index

    def _role_from(self, at: int) -> int | None:
        """Return the role whose phrase begins at a token, with nothing but modifiers between."""
        for token in range(at, min(at + 9, len(self.doc))):
            index = self.at[token]
            if index >= 0 and self.units[index].kind == "role":
                return index
            inside = index >= 0 and self.units[index].kind in ("entry", "name", "noun", "person")
            if not inside and self.doc[token].tag_ not in INSIDE:
                if (
                    self.doc[token].text not in "-–"
                    and self.doc[token].lower_ not in self.lexicon.status
                ):
                    return None
        return None

    def _speaks(self, start: int, end: int, unit: Unit) -> bool:
        """Return whether a phrase is a subject, or stands beside a verb of saying."""
        doc = self.doc
        head = doc[unit.end - 1]
        if head.dep_ in ("nsubj", "nsubjpass") or (
            head.dep_ == "appos" and head.head.dep_ == "nsubj"
        ):
            return True
        after = doc[end] if end < len(doc) else None
        before = doc[start - 1] if start else None
        return any(
            token is not None and token.pos_ == "VERB" and token.lemma_.lower() in SPEECH
            for token in (before, after)
        )


def sole(matches: tuple[Match, ...]) -> Match | None:
    """Return the one match that words have; None where entries share them in the same strength."""
    if not matches:
        return None
    if len(matches) > 1:
        first, second = matches[0], matches[1]
        if first.how in ("capital", "seat") or STRENGTH[first.how] == STRENGTH[second.how]:
            return None
    return matches[0]


def _bare(words: str) -> str:
    return words[4:] if words[:4] in ("the ", "The ") else words
