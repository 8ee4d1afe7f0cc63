"""Units put together to mentions: a name with its roles, a group with what it belongs to.

"German Defense Minister X", "X, the foreign minister of Y,", "many of Y's biggest backers": each is
one mention with its extent, so that what stands inside it is not taken for a speaker of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from whipcount.actors.claims import Claim, Mention, MentionKind, Tie, bare, sole
from whipcount.actors.lexicon import Lexicon
from whipcount.actors.phrases import INSIDE, Phrases, is_asked, is_leading, is_main
from whipcount.actors.units import Unit

if TYPE_CHECKING:
    from spacy.tokens import Doc

LEADS = {
    "chair": "chair", "lead": "leader", "head": "head", "run": "head", "direct": "director",
    "represent": "representative", "oversee": "head", "manage": "manager",
}  # fmt: skip
"""Verbs of "who chairs the committee", and the role that they tell."""

LED = frozenset(("found", "co-found", "lead", "run", "head", "chair", "direct", "own"))
"""Lemmas of "founded by X"."""

PAST = frozenset(("then", "once", "formerly", "previously"))
"""Words before a role in an apposition that tell that it is over: X, then a volunteer."""

BETWEEN = frozenset(("now", "currently", "himself", "herself", "also", "both", *PAST))
"""Words that may stand before a role in an apposition: X, now an adviser to Y."""

EMPLOYED = frozenset(("writing", "reporting", "working"))
"""Participles before the organisation that somebody works for."""

ASIDE = frozenset(("pobj", "dobj", "attr", "oprd", "xcomp", "ccomp", "advcl", "conj", "pcomp"))
"""Dependencies of a role that is not the subject after it: On becoming president, X said."""

PARTIES = {"R": "Republican Party", "D": "Democratic Party", "I": "independent"}
"""Letters in "(R-Ohio)" as US newspapers use them."""


class Assembler:
    """Puts one paragraph's units together to `mentions`, in reading order of their heads."""

    def __init__(self, doc: Doc, paragraph: int, units: list[Unit], lexicon: Lexicon) -> None:
        self.doc = doc
        self.paragraph = paragraph
        self.units = units
        self.lexicon = lexicon
        self.phrases = Phrases(doc, paragraph, units, lexicon)
        self.at = self.phrases.at

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
                found[unit.start] = self.phrases.phrase(unit, "noun")
            elif unit.kind in ("entry", "pronoun"):
                found[unit.start] = self.phrases.single(unit)
        return sorted(found.values(), key=lambda mention: mention.head_start)

    def _from_role(self, index: int) -> Iterator[tuple[Mention, set[int]]]:
        """Yield the people whom a role unit introduces, or else the role phrase itself."""
        unit = self.units[index]
        phrase = self.phrases.phrase(unit, "role")
        claim = self._claim(unit, phrase.ties, phrase.end)
        after = self.phrases.unit(unit.end)
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
        second = None if unit.plural else self._second_role(phrase)
        if second is not None:
            further, name = second
            mention, used = next(self._from_role(further))
            if mention.head_start == self.units[name].start:
                claims = (claim, *mention.claims)
                yield replace(mention, start=phrase.start, claims=claims), {index, *used}
                return
        yield replace(phrase, claims=(claim,)), set()

    def _second_role(self, phrase: Mention) -> tuple[int, int] | None:
        """Return the second role of somebody and the name after it.

        "One delegate, party chair X," and "contributor and historian X".
        """
        at = phrase.end
        title = self.phrases.unit(at)
        if title is not None and self.units[title].kind == "role":
            at -= 1  # legal analyst Judge X
        elif at + 2 >= len(self.doc) or self.doc[at].lower_ not in (",", "and"):
            return None
        if self.doc[at].lower_ == "and" and phrase.determiner:
            return None
        index = self._role_from(at + 1)
        if index is None or self.units[index].plural:
            return None
        described = self.doc[at].text == "," and self.doc[at + 1].lower_ == "the"
        if self.doc[at].text == "," and self._is_aside(phrase, self.units[index].end):
            return None
        begin = at + 2 if described and phrase.ties else at + 1
        if any(token.tag_ == "DT" for token in self.doc[begin : self.units[index].start]):
            return None
        name = self._skip_honorific(self.phrases.unit(self.units[index].end))
        if name is None or self.units[name].kind not in ("person", "name"):
            return None
        return index, name

    def _listed(
        self, index: int, first: int, phrase: Mention, claim: Claim
    ) -> Iterator[tuple[Mention, set[int]]]:
        """Yield the people of "Foreign Ministers A and B of Y", each with the role."""
        ties = phrase.ties
        names = [first]
        at = self.units[first].end
        while True:
            step = at
            tied = self.phrases.right(step, ("of",)) or self._in_brackets(step)
            if tied is not None:
                step = tied[1]
            joined = step
            while joined < len(self.doc) and self.doc[joined].lower_ in (",", "and", "&", "or"):
                joined += 1
            following = self.phrases.unit(joined)
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
        start = unit.start
        claim = Claim()
        owner = self.phrases.unit_ending(start - 1) if start > 1 else None
        if owner is not None and self.doc[start - 1].tag_ == "POS" and unit.kind == "person":
            # "Ostrand's X": who is named as a state's own speaks for it.
            tie = self.phrases.tie(owner) if owner.kind == "entry" else None
            if tie is not None:
                start = owner.start
                claim = Claim(role_class="office", tie=tie)
            elif owner.kind in ("name", "person"):  # the Herald's X
                start = owner.start
                claim = Claim(tie=Tie(owner.words))
        partisan = self._partisan(start) if claim == Claim() and unit.kind == "person" else None
        if partisan is not None:
            claim, start = partisan
        return self._person(index, start, claim, set())

    def _partisan(self, at: int) -> tuple[Claim, int] | None:
        """Return the party of "Reformist X" and "Senate Reformist X", and where that begins."""
        unit = self.phrases.unit_ending(at)
        match = sole(unit.matches) if unit is not None else None
        if unit is None or match is None or match.entry.kind != "organisation":
            return None
        if match.how not in ("people", "adjective") or unit.plural:
            return None
        chamber = self.phrases.unit_ending(unit.start)
        inside = chamber is not None and chamber.kind in ("entry", "name", "noun")
        start = chamber.start if chamber is not None and inside else unit.start
        return Claim(tie=Tie(unit.words, match.entry)), start

    def _person(
        self, index: int, start: int, claim: Claim, used: set[int], gender: str = ""
    ) -> tuple[Mention, set[int]]:
        """Return a name's mention with the roles beside it, and the units that it used up."""
        unit = self.units[index]
        used = {*used, index}
        claims = [claim] if claim != Claim() else []
        end = unit.end
        before = self.phrases.unit(unit.start - 1) if unit.start else None
        if before is not None and self.units[before].kind == "honorific":
            used.add(before)
            gender = self.units[before].gender
        led = self._led(start)
        if led is not None and all(one.tie is None for one in claims):
            claims.append(Claim(tie=Tie(led)))
        party = self._in_brackets(end)
        if party is not None:
            claims.append(party[0])
            end = party[1]
        tied = self.phrases.right(end, ("of", "from") if claim.role else ("of",))
        if tied is not None and tied[0] and self._is_capital(end, tied[1]):
            tied = (Tie(self.doc[end + 1 : tied[1]].text),), tied[1]  # Jo Rand of Veldon
        if tied is not None and tied[0]:
            end = tied[1]
            if self.phrases.is_home(end) and (
                not claims or claims[0].role_class in ("nobody", None)
            ):
                pass
            elif claims and claims[0].tie is None:
                claims[0] = replace(claims[0], tie=tied[0][0])
            elif not claims:
                claims.append(Claim(tie=tied[0][0]))
        if end + 1 < len(self.doc) and self.doc[end].text == ",":
            state_party = self.doc[end + 1].text
            if state_party[:1] in PARTIES and state_party[1:2] == "-":
                claims.append(Claim(tie=Tie(PARTIES[state_party[0]])))  # "Jo Rand, R-Ohio,"
                end += 2
            elif state_party in PARTIES and self.doc[end + 1 : end + 3].text.endswith("-"):
                claims.append(Claim(tie=Tie(PARTIES[state_party])))  # "Jo Rand, D-S.D.,"
                end += 4
        for found, finish, spent in self._appositions(end):
            if found != Claim():
                claims.append(found)
            end = finish
            used |= spent
        gender = gender or self._gender(claims)
        kind: MentionKind = "person" if unit.kind == "person" or any(
            c.role for c in claims
        ) else "name"  # fmt: skip
        mention = Mention(
            kind, self.paragraph, start, end, unit.start, unit.end, unit.words, unit,
            tuple(claims), gender=gender,
            determiner=self._possessor(start, unit), located=self.phrases.located(start),
            speaks=self.phrases.speaks(start, end, unit),
            main=is_main(self.doc[unit.end - 1]) or is_leading(self.doc, start, end),
            asked=is_asked(self.doc[unit.end - 1]),
            says=self.phrases.says(start, end, unit),
        )  # fmt: skip
        return mention, used

    def _led(self, start: int) -> str | None:
        """Return the body of "Velt Watch, founded by X" before a person's phrase."""
        if start < 4 or self.doc[start - 1].lower_ != "by":
            return None
        participle, comma = self.doc[start - 2], start - 3
        if participle.lemma_.lower() not in LED or self.doc[comma].text != ",":
            return None
        body = self.phrases.unit_ending(comma)
        return body.words if body is not None and body.kind == "name" else None

    def _is_capital(self, start: int, end: int) -> bool:
        """Return whether a phrase ends with a capital: its people don't speak for the state."""
        unit = self.phrases.unit_ending(end)
        match = sole(unit.matches) if unit is not None else None
        return match is not None and match.how == "capital" and start < end

    def _possessor(self, start: int, unit: Unit) -> str:
        """Return the pronoun of "its foreign minister, X", empty where there is none."""
        token = self.doc[start]
        own = start < unit.start and token.tag_ == "PRP$" and token.head.dep_ != "poss"
        return token.lower_ if own else ""  # her minister, not her husband's minister

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
        aged = at + 1 < len(self.doc) and self.doc[at].like_num and self.doc[at + 1].text == ","
        if aged:
            at += 2
            home = self._home(at)
            if home is not None:
                yield Claim(), home, set()  # Jo Rand, 30, of Velt
                return
        if at < len(self.doc) and self.doc[at].lower_ == "who":
            yield from self._who(at + 1)
            return
        shared: Claim | None = None
        while at < len(self.doc):
            at, past = self._past_adverbs(at)
            if at >= len(self.doc):
                return
            party = self._of_party(at)
            if party is not None:
                yield party[0], party[1], set()
                at = party[1]
                if at < len(self.doc) and self.doc[at].lower_ == "and":
                    at += 1
                    continue
                return
            index = self._role_from(at)
            belongs = (self._of_body(at) or self._member_of(at)) if index is None else None
            if belongs is not None:
                yield belongs[0], belongs[1], set()
                return
            if index is None:
                if self.doc[at].lower_ in ("a", "an"):
                    yield Claim(), self._clause_end(at), set()
                return
            unit = self.units[index]
            phrase = self.phrases.phrase(unit, "role")
            after = self.phrases.unit(unit.end)
            if phrase.start > at or unit.plural:
                return
            after = self._skip_honorific(after)
            named = after is not None and self.units[after].kind in ("person", "name")
            if named or self._named_after_comma(phrase, strict=True) is not None:
                return
            if self._is_subject(unit, phrase):
                return
            told = self._claim(unit, phrase.ties, phrase.end, past)
            yield told, phrase.end, {index}
            if told.tie is not None and shared is not None and shared.tie is None:
                yield replace(shared, tie=told.tie), phrase.end, set()  # head and counsel of Z
            shared = told
            at = phrase.end
            at += at < len(self.doc) and self.doc[at].lower_ == "and"
            further = self._coordinated(unit, at)
            if further is not None:
                at = further  # an adviser to shops and farms and a former director of Z
            elif self.doc[at - 1].lower_ != "and":
                return

    def _home(self, at: int) -> int | None:
        """Return where "of Velt", the town that somebody is from, ends; None without it."""
        home = self.phrases.right(at, ("of", "from"))
        return home[1] if home is not None and self.phrases.is_home(home[1]) else None

    def _past_adverbs(self, at: int) -> tuple[int, bool]:
        """Return where a role after "now", "then" or a space begins, and whether it is over."""
        begun = at
        while at < len(self.doc) and (self.doc[at].lower_ in BETWEEN or self.doc[at].is_space):
            at += 1
        return at, any(token.lower_ in PAST for token in self.doc[begun:at])

    def _coordinated(self, unit: Unit, at: int) -> int | None:
        """Return where a second role that the parser joins to a first one begins; None if none."""
        for token in self.doc[unit.end - 1].conjuncts:
            index = self.at[token.i]
            if token.i > at and index >= 0 and self.units[index].kind == "role":
                begin = self.phrases.left(self.units[index].start).start
                if begin > at and self.doc[begin - 1].lower_ == "and":
                    return begin
        return None

    def _of_party(self, at: int) -> tuple[Claim, int] | None:
        """Return the party of ", Republican of Velt," or ", a Democrat," and where that ends."""
        if self.doc[at].lower_ in ("a", "an") and at + 1 < len(self.doc):
            at += 1
        index = self.phrases.unit(at)
        match = sole(self.units[index].matches) if index is not None else None
        if index is None or match is None or self.units[index].plural:
            return None
        if match.how not in ("people", "adjective") or match.entry.kind != "organisation":
            return None
        end = self.units[index].end
        following = self.doc[end] if end < len(self.doc) else None
        tied = self.phrases.right(end, ("of", "from"))
        if tied is not None:
            end = tied[1]
        elif following is not None and not following.is_punct and following.lower_ != "and":
            return None
        return Claim(tie=Tie(self.units[index].words, match.entry)), end

    def _of_body(self, at: int) -> tuple[Claim, int] | None:
        """Return the claim of ", with the Velt Institute," and where that ends."""
        if at + 1 < len(self.doc) and self.doc[at].lower_ in EMPLOYED:
            at += 1  # Jo Rand, writing for the Herald,
        elif self.doc[at].lower_ not in ("with", "of", "from"):
            return None
        tied = self.phrases.right(at, ("with", "of", "from", "for"))
        if tied is None or len(tied[0]) != 1 or tied[1] >= len(self.doc):
            return None
        tie, end = tied
        entry = tie[0].entry
        named = " " in tie[0].words if entry is None else entry.kind == "organisation"
        if not named or tie[0].person or not self.doc[end].is_punct:
            return None
        return Claim(tie=tie[0]), end

    def _member_of(self, at: int) -> tuple[Claim, int] | None:
        """Return the claim of ", a liberal member of the Assembly," and where that ends."""
        for token in range(at, min(at + 6, len(self.doc) - 1)):
            if self.doc[token].lower_ == "member" and self.doc[token + 1].lower_ == "of":
                tied = self.phrases.right(token + 1, ("of",))
                if tied is None or len(tied[0]) != 1:
                    return None
                role = self.doc[token : tied[1]].text
                return Claim(role, "member", "delegate", frozenset(), tied[0][0]), tied[1]
            if self.doc[token].tag_ not in INSIDE:
                return None
        return None

    def _is_subject(self, unit: Unit, phrase: Mention) -> bool:
        """Return whether a role after a comma begins a clause: "Asked by X, the chair said"."""
        if phrase.determiner != "the" or phrase.end >= len(self.doc):
            return False
        head = self.doc[unit.end - 1]
        verb = self.doc[phrase.end]
        return head.dep_ == "nsubj" and head.head == verb and verb.tag_ in ("VBD", "VBZ", "VBP")

    def _clause_end(self, at: int) -> int:
        """Return where ", a dentist who advised Y," ends: at the next mark, or before a verb."""
        end = at
        while end < len(self.doc) and not self.doc[end].is_punct and end < at + 12:
            if self.doc[end].pos_ in ("VERB", "AUX"):
                break
            end += 1
        return end

    def _who(self, at: int) -> Iterator[tuple[Claim, int, set[int]]]:
        if at >= len(self.doc) or self.doc[at].lemma_.lower() not in LEADS:
            return
        role = LEADS[self.doc[at].lemma_.lower()]
        end = at + 1
        while end < len(self.doc) and (self.doc[end].tag_ in INSIDE or self.at[end] >= 0):
            end += 1
        words = bare(self.doc[at + 1 : end].text)
        entries = [self.units[i] for i in dict.fromkeys(self.at[at + 1 : end]) if i >= 0]
        only = entries and entries[0].kind == "entry" and entries[0].words == words
        tie = self.phrases.tie(entries[0]) if only else Tie(words) if words else None
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
        """Return the name of "Y's foreign minister, X," after a role phrase."""
        at = phrase.end
        if at + 1 >= len(self.doc) or self.doc[at].text != ",":
            return None
        index = self._skip_honorific(self.phrases.unit(at + 1))
        if index is None or self.units[index].kind not in ("person", "name"):
            return None
        end = self.units[index].end
        if self._is_aside(phrase, self.units[index].start):
            return None
        words = self.doc[self.units[index].start : end]
        if self.units[index].kind == "name" and (strict or not 2 <= len(words) <= 3):
            return None
        if any(token.lemma_.lower() in self.lexicon.nouns for token in words):
            return None
        following = self.doc[end] if end < len(self.doc) else None
        if strict and len(words) < 2:
            return None  # director at the University of Velt, Torv,
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
        if not closed and self.doc[phrase.head_end - 1].dep_ == "attr":
            return None  # "Though Peel is the candidate, Torv said …"
        verb = following is not None and (
            following.pos_ in ("VERB", "AUX")
            or (following.lower_ == "of" and phrase.name.lower().startswith(("one ", "another ")))
        )
        return index if closed or verb else None

    def _is_aside(self, phrase: Mention, name: int) -> bool:
        """Return whether a role before a comma and a name is of another: Asked by a chair, X said.

        The name is then the subject of a verb, and the role hangs on a preposition or verb before.
        """
        if name >= len(self.doc):
            return False
        while name + 1 < len(self.doc) and self.doc[name].dep_ == "compound":
            name += 1
        role = self.doc[phrase.head_end - 1]
        subject = self.doc[name].dep_ in ("nsubj", "nsubjpass")
        return subject and role.dep_ in ASIDE

    def _claim(self, unit: Unit, ties: tuple[Tie, ...], end: int, past: bool = False) -> Claim:
        """Return a role's claim; "until 2027", "from 2019 to 2023" after it say that it is over.

        So does a word such as "then" before it (`past`).
        """
        tie = ties[0] if len(ties) == 1 else None
        status = unit.status
        after = self.doc[end : end + 4]
        word = after[0].lower_ if len(after) > 1 else ""
        if word in ("until", "till") or (word in ("from", "between") and after[1].like_num):
            status |= {"former"}
        if past:
            status |= {"then"}
        return Claim(unit.words, unit.head, unit.role_class, status, tie)

    def _skip_honorific(self, index: int | None) -> int | None:
        if index is not None and self.units[index].kind == "honorific":
            return self.phrases.unit(self.units[index].end)
        return index

    def _titles_an_owner(self, index: int) -> bool:
        """Return whether a role or honorific is a possessor's: President Torv's former adviser."""
        owner = self.phrases.unit(self.units[index].end)
        if owner is None or self.units[owner].kind != "person":
            return False
        end = self.units[owner].end
        return end < len(self.doc) and self.doc[end].tag_ == "POS"

    def _role_from(self, at: int) -> int | None:
        """Return the role whose phrase begins at a token, with nothing but modifiers between."""
        for token in range(at, min(at + 9, len(self.doc))):
            index = self.at[token]
            if index >= 0 and self.units[index].kind in ("role", "honorific"):
                if self._titles_an_owner(index):
                    continue
                return index if self.units[index].kind == "role" else None
            inside = index >= 0 and self.units[index].kind in ("entry", "name", "noun", "person")
            if (
                not inside
                and self.doc[token].tag_ not in INSIDE
                and (
                    self.doc[token].text not in "-–"
                    and self.doc[token].lower_ not in self.lexicon.status
                )
            ):
                return None
        return None
