"""Noun phrases around a role or noun: where they begin and end, and what they tie it to.

"many of Y's biggest backers", "officials in Kyiv", "the foreign ministers of A and B": found from
the tags on both sides of the head, for the parser's own phrases often end in the middle of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from whipcount.actors.claims import Mention, MentionKind, Tie, bare, proper, sole
from whipcount.actors.lexicon import SPEECH, Lexicon
from whipcount.actors.units import MARKS, Unit

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

INSIDE = frozenset(
    (
        *("DT", "PDT", "PRP$", "POS", "CD", "HYPH", "VBN", "VBG"),
        *("JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS"),
    )
)
"""Penn tags of words that may stand between a noun phrase's first word and its head."""

PLACING = frozenset(("in", "at", "to", "from", "near", "outside", "into", "through", "via"))
"""Prepositions after which a capital or seat is where something happens."""

ALMOST = frozenset(("not", "nearly", "almost", "virtually"))
"""Words before "all" that leave somebody out."""

QUANTITIES = frozenset(
    [
        "group",
        "number",
        "majority",
        "dozens",
        "hundreds",
        "thousands",
        "handful",
        "each",
        "all",
        "any",
    ]
)
ISSUED = (
    "released", "published", "issued", "conducted", "commissioned", "written", "produced",
    "prepared", "compiled", "signed", "sent", "posted",
)  # fmt: skip
"""Participles before the "by" that tells whose a paper is: excerpts released by X."""

DIRECTED = frozenset(("ambassador", "envoy", "representative", "delegate", "adviser", "advisor"))
"""Roles that are held "to" somebody else: X's ambassador to Y is not Y's."""

COPULAS = frozenset(("be", "become", "remain"))

GIVES_ROLE = frozenset(
    ("name", "appoint", "elect", "serve", "work", "act", "nominate", "choose", "pick")
)
"""Verbs of "named chief executive" and "serves as the chair"."""


LEFT_OPEN = -2

UNSURE = frozenset(
    ("?", "if", "unless", "whether", "would", "could", "might", "may", "should", "can")
)
"""Words beside a verb that leave open whether a role is held: if she becomes the chair."""


def _left_open(verb: Token) -> bool:
    """Return whether a verb, or the copula whose noun it describes, is denied or left open."""
    if any(child.dep_ == "neg" or child.lower_ in UNSURE for child in verb.children):
        return True
    noun = verb.head
    return verb.dep_ in ("acl", "relcl") and noun.dep_ == "attr" and _left_open(noun.head)


def subject_of(role: Token) -> int:
    """Return the token of whom a role is said; -1 where of nobody, `LEFT_OPEN` where it may be.

    "Velt is the chair", "Velt, who is the chair", "Velt, named chief executive", "Velt serves as
    the chair"; the second of "founder and director" is said of the same. Not what is denied or
    left open.
    """
    while role.dep_ == "conj" and role.head.pos_ in ("NOUN", "PROPN"):
        role = role.head
    verb = role.head
    if role.dep_ == "pobj" and verb.lower_ == "as":
        fronted = verb.is_sent_start  # "As the chair, Velt …"
        verb = verb.head
        gives = fronted or verb.lemma_ in GIVES_ROLE
        if not gives and any(child.dep_ == "dobj" for child in verb.children):
            return LEFT_OPEN  # who see Torv as the candidate
        one_of_many = any(child.lower_ in ("a", "an") for child in role.children)
        gives = gives or (verb.pos_ == "VERB" and not one_of_many)  # surged as the candidate
    elif role.dep_ == "attr":
        gives = verb.lemma_ in COPULAS
    elif role.dep_ == "nsubj" and verb.lemma_ in COPULAS:  # the real winner is Velt
        told = [t for t in verb.children if t.dep_ == "attr" and t.pos_ == "PROPN"]
        return int(told[0].i) if told else -1
    else:
        gives = role.dep_ == "oprd" and verb.lemma_ in GIVES_ROLE
    if not gives:
        return -1
    if _left_open(verb):
        return LEFT_OPEN
    subjects = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    if verb.dep_ in ("relcl", "acl") and (not subjects or subjects[0].tag_ == "WP"):
        return int(verb.head.i)
    return int(subjects[0].i) if subjects else -1


ASKING = frozenset(
    ("ask", "press", "question", "challenge", "interview", "remind", "urge", "accuse", "quiz")
)
"""Verbs after whose object "he" is that object: asked X about what he had said."""


def is_main(token: Token) -> bool:
    """Return whether a token is the subject of its sentence's main clause."""
    if token.dep_ == "appos":
        token = token.head
    verb = token.head
    if verb.dep_ == "conj":
        verb = verb.head
    return token.dep_ in ("nsubj", "nsubjpass") and verb.dep_ == "ROOT"


def _is_coordinated(token: Token) -> bool:
    """Return whether a noun is one of several: the farmer and the judge."""
    return any(child.dep_ == "conj" for child in token.children)


def is_leading(doc: Doc, start: int, end: int) -> bool:
    """Return whether a phrase begins its sentence and a verb follows.

    That counts whatever the parser made of it, which was not trained on foreign names.
    """
    if not doc[start].is_sent_start:
        return False
    if any(token.dep_ == "ROOT" for token in doc[start:end]):
        return True
    if end < len(doc) and doc[end].text == ",":
        end += 1
    return (
        end < len(doc) and doc[end].pos_ in ("VERB", "AUX") and doc[end].tag_ not in ("VBG", "VBN")
    )


def is_asked(token: Token) -> bool:
    """Return whether a token is the object of a verb of asking."""
    return token.dep_ in ("dobj", "dative") and token.head.lemma_ in ASKING


@dataclass(frozen=True, slots=True)
class Left:
    """Where a noun phrase begins, and what stands there before its head."""

    start: int
    ties: tuple[Tie, ...]
    determiner: str
    quantity: str


class Phrases:
    """One paragraph's units with the noun phrases around them."""

    def __init__(self, doc: Doc, paragraph: int, units: list[Unit], lexicon: Lexicon) -> None:
        self.doc = doc
        self.paragraph = paragraph
        self.units = units
        self.lexicon = lexicon
        self.capitals = {u.words for u in units if u.matches and u.matches[0].how == "capital"}
        self.at: list[int] = [-1] * len(doc)
        for index, unit in enumerate(units):
            for token in range(unit.start, unit.end):
                self.at[token] = index

    def phrase(self, unit: Unit, kind: MentionKind) -> Mention:
        """Return the noun phrase around a role or noun, with what it belongs to."""
        left = self.left(unit.start)
        end = unit.end
        ties = left.ties
        if unit.role_class == "nobody":  # a Velton lawyer is only from there
            ties = tuple(tie for tie in ties if tie.words not in self.capitals)
        prepositions: tuple[str, ...] = ("of", "for", "from", "in", "at", "within", "with", "on")
        if kind == "role" or unit.head in DIRECTED:
            prepositions = ("of", "for", "from", "at", "in", "to", "with", "on")
        paper = kind == "noun" and self.lexicon.is_noun(unit.head, "documents")
        if paper:
            prepositions = (*prepositions, *ISSUED, "by")
        first = True
        while (
            found := self.right(end, prepositions)
            or (
                self.right(end + 1, ISSUED)
                if paper and self.doc[end : end + 1].text == ","
                else None
            )
        ) is not None:
            given, finish = found
            end += self.doc[end].text == ","
            preposition = self.doc[end].lower_
            end = finish
            tells = preposition in ("of", "for", "from", "at", "within") or (
                preposition == "in" and unit.head not in DIRECTED
            )
            if preposition in ("with", "on", "to") or not tells:
                tells = kind == "role" and (
                    (
                        preposition == "to"
                        and (unit.head not in DIRECTED or unit.head in ("adviser", "advisor"))
                    )
                    or (preposition == "with" and unit.role_class in ("nobody", "institution"))
                )
            if unit.role_class in ("nobody", None) and kind == "role":
                tells = tells and not (preposition == "from" and self.is_home(end))
            if paper:  # a poll of Velt's voters by X: X's
                tells = preposition in ("by", "from", *ISSUED)
            if (
                tells
                and given
                and (
                    not ties
                    or (
                        unit.role_class == "spokesperson" and first and preposition in ("for", "of")
                    )
                )
            ):
                ties = given
            first = False
        name = self.doc[left.start : end].text
        if kind == "noun" and self.doc[unit.start].text[:1].isupper() and end == unit.end:
            name = self._proper(left.start, end)
        return Mention(
            kind, self.paragraph, left.start, end, unit.start, unit.end, bare(name), unit,
            (), ties, left.determiner, left.quantity, unit.gender,
            speaks=self.speaks(left.start, end, unit),
            subject=subject_of(self.doc[unit.start : unit.end].root) if kind == "role" else -1,
            main=is_main(self.doc[unit.end - 1]) and not _is_coordinated(self.doc[unit.end - 1]),
            asked=is_asked(self.doc[unit.end - 1]),
            says=self.says(left.start, end, unit),
        )  # fmt: skip

    def _proper(self, start: int, end: int) -> str:
        """Return a capitalised body's name without the words in lower case before it."""
        while start < end - 1 and (
            self.doc[start].tag_ in ("DT", "PRP$", "POS") or not self.doc[start].text[:1].isupper()
        ):
            start += 1
        return self.doc[start:end].text

    def single(self, unit: Unit) -> Mention:
        """Return the mention of an entry or pronoun by itself."""
        start = unit.start
        if start and self.doc[start - 1].lower_ == "the":
            start -= 1
        kind: MentionKind = "entry" if unit.kind == "entry" else "pronoun"
        quantity = self._part(start) if unit.matches else ""
        adjective = bool(unit.matches) and unit.matches[0].how in ("adjective", "people")
        located = not adjective and self.located(start)
        possessive = unit.kind == "pronoun" and self.doc[unit.start].tag_ == "PRP$"
        determiner = "possessive" if possessive else ""
        told = unit.matches[0].how if unit.kind == "entry" else ""
        if told == "people" or (told == "adjective" and is_main(self.doc[unit.end - 1])):
            left = self.left(unit.start)
            if left.determiner == "the" and not left.quantity:  # the South Velt Reformist
                start, determiner = left.start, left.determiner
        return Mention(
            kind, self.paragraph, start, unit.end, unit.start, unit.end, unit.words, unit,
            determiner=determiner, quantity=quantity,
            speaks=self.speaks(start, unit.end, unit), located=located,
            main=is_main(self.doc[unit.end - 1]), asked=is_asked(self.doc[unit.end - 1]),
            says=self.says(start, unit.end, unit),
        )  # fmt: skip

    def _part(self, start: int) -> str:
        """Return the quantity before a group's name: some of the Baltic states, not all allies."""
        at = start - 1
        if at > 0 and self.doc[at].lower_ == "of":
            at -= 1
        before = self.doc[at].lower_ if at >= 0 else ""
        return "some" if before in ALMOST else self._quantity(before).replace("all", "")

    def located(self, start: int) -> bool:
        """Return whether a phrase that begins at a token is a place: in, at, from it."""
        if start == 0 or self.doc[start - 1].lower_ not in PLACING:
            return False
        return start == 1 or self.doc[start - 2].lower_ != "according"

    def left(self, start: int) -> Left:
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
                modifies = modifies or (unit.kind == "person" and self._is_organ(at))
                titled = self.at[at] >= 0 and self.units[self.at[at]].kind == "person"
                modifies = modifies or (unit.kind != "person" and titled and at < start)
                if not modifies or (unit.kind == "role" and unit.plural):
                    break
                at = unit.start
            elif (opening := self._quoted_from(at - 1)) < at - 1:
                at = opening  # the "Night Watch" host
            elif token.tag_ in ("DT", "PRP$") or token.lower_ in self.lexicon.several:
                at -= 1
                if token.tag_ in ("DT", "PRP$"):
                    break
            elif (token.tag_ in INSIDE and token.ent_type_ not in ("DATE", "TIME")) or (
                token.lower_ in self.lexicon.status
                or (token.tag_ == "RB" and doc[at].tag_[:2] == "JJ")
                or (token.text in "-–" and not token.whitespace_ and at < start)
                or (doc[at].text in "-–" and not token.whitespace_ and token.is_alpha)
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
        return Left(at, ties, determiner, quantity)

    def is_home(self, end: int) -> bool:
        """Return whether a phrase that ends at a token is a town or region, and no state.

        Where somebody who holds no office is from is nothing that they belong to.
        """
        unit = self.unit_ending(end)
        match = sole(unit.matches) if unit is not None else None
        named = match is not None and match.how == "name" and bool(match.entry.code)
        return self.doc[end - 1].ent_type_ in ("GPE", "LOC") and not named

    def _is_organ(self, at: int) -> bool:
        """Return whether a noun after a name is a body of that name: the Torv campaign's."""
        unit = self.units[self.at[at]] if self.at[at] >= 0 else None
        return unit is not None and unit.kind == "noun" and self._is_campaign(self.at[at])

    def _quoted_from(self, at: int) -> int:
        """Return where a title in quotation marks that ends at a token begins; else the token."""
        if self.doc[at].text not in MARKS:
            return at
        for before in range(at - 1, max(at - 7, -1), -1):
            if self.doc[before].text in MARKS:
                inside = self.doc[before + 1 : at]
                title = (
                    len(inside) and inside[0].text[:1].isupper() and inside[-1].text[:1].isupper()
                )
                return before if title else at
        return at

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
        entries = [self.units[i] for i in indexes if self._is_entry(i)]
        last = self.units[indexes[-1]] if indexes else None
        if entries and last is not None and last.kind == "person":
            return (Tie(last.words, person=True),)  # Reformist Jo Rand's wife
        if entries:
            states = [unit for unit in entries if self.tie(unit) is not None]
            if len(states) > 1 and not self._coordinated(states):
                posted = states[-1].matches[0].how in ("seat", "capital")
                states = states[:1] if posted else states[-1:]  # the Herald's Kremlin man
            organs = [i for i in indexes if self.units[i].kind == "noun" and not self._is_entry(i)]
            before = self.unit_ending(states[0].start) if len(states) == 1 else None
            if before is not None and before.kind in ("name", "person") and before.start >= start:
                return (Tie(self.doc[before.start : states[0].end].text),)  # the Herald Velt editor
            if len(states) == 1 and organs and self._is_campaign(organs[-1]):
                return (Tie(bare(self.doc[states[0].start : self.units[organs[-1]].end].text)),)
            return tuple(tie for unit in states if (tie := self.tie(unit)) is not None)
        named = [i for i in indexes if self.units[i].kind in ("person", "name")]
        if not named:
            return ()
        unit = self.units[named[-1]]
        organs = [i for i in indexes if self.units[i].kind == "noun" and i > named[-1]]
        if organs:
            return (Tie(self.doc[unit.start : self.units[organs[-1]].end].text),)
        return (Tie(unit.words, person=unit.kind == "person"),)

    def _is_entry(self, index: int) -> bool:
        """Return whether a unit names an entry, if only by a noun: the pact's leaders."""
        unit = self.units[index]
        return unit.kind == "entry" or (unit.kind == "noun" and bool(unit.matches))

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
            for one, other in pairwise(units)
            for at in range(one.end, other.start)
        }
        return bool(between) and between <= {",", "and", "or", "'s", "'"}

    def right(self, at: int, prepositions: tuple[str, ...]) -> tuple[tuple[Tie, ...], int] | None:
        """Return what "of Y", "in Y", "close to Y" ties a phrase to, and where that ends."""
        doc = self.doc
        if at + 1 >= len(doc):
            return None
        step = at
        issued = doc[at].lower_ in ISSUED and doc[at + 1].lower_ == "by"
        if issued or doc[at].lower_ in ("close", "familiar", "loyal", "opposed", "based"):
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
            elif doc[end].text == "&" and start < end < len(doc) - 1 and doc[end + 1].is_title:
                end += 1  # Rand & Velt
            else:
                break
        while end > start and doc[end - 1].tag_ in ("DT", "VBG", "VBN"):
            end -= 1
        if end == start:
            return None
        inside = [i for i in dict.fromkeys(self.at[start:end]) if i >= 0]
        units = [self.units[i] for i in inside if self._is_entry(i)]
        last, joined = self._listed_after(units, end)
        if len(units) == 2 and last > end and not joined:
            tie = self.tie(units[0])  # of Austin, Texas
            return ((tie,) if tie is not None else ()), last
        if len(units) > 1 and last > end:
            return tuple(tie for unit in units if (tie := self.tie(unit)) is not None), last
        modified = doc[end - 1].text.islower() and self.at[end - 1] < 0
        if units and modified and doc[at].lower_ in ("at", "on", "in"):
            return (), end  # at a Velt rally
        last_unit = self.unit_ending(end)
        if last_unit is not None and last_unit.kind == "person" and units:
            return (Tie(last_unit.words, person=True),), end  # of Reformist Jo Rand
        if units:
            tie = self.tie(units[-1])
            words = bare(doc[start:end].text)
            known = tie is not None and tie.entry is not None and bare(units[-1].words) == words
            others = [i for i in inside if self.units[i].kind == "noun" and not self._is_entry(i)]
            if known:
                return (tie,) if tie is not None else (), end
            if (others and self._is_campaign(others[-1])) or self._is_proper(units[-1].end, end):
                return (Tie(proper(words)),), end
            return ((tie,) if tie is not None else ()), end
        named = [self.units[i] for i in inside if self.units[i].kind in ("name", "person")]
        while start < end and (
            doc[start].text in self.lexicon.honorifics or doc[start].text in self.lexicon.titles
        ):
            start += 1
        if (
            named
            and named[-1].end == end
            and (named[-1].kind == "person" or end - start <= len(doc[named[-1].start : end]) + 1)
        ):
            return (Tie(named[-1].words, person=named[-1].kind == "person"),), end
        capital = any(doc[token].text[:1].isupper() for token in range(start, end))
        return ((Tie(proper(bare(doc[start:end].text))),) if capital else ()), end

    def _listed_after(self, units: list[Unit], end: int) -> tuple[int, bool]:
        """Add the entries that go on a list to its first ones; tell where it ends, and if by "and".

        "of Poland, Latvia and Estonia" goes on; "of Poland, and Latvia said" may not.
        """
        doc = self.doc
        joined = False
        while units and end + 1 < len(doc) and doc[end].lower_ in (",", "and", "or"):
            step = end
            while step < len(doc) and (doc[step].lower_ in ("and", "or", "the") or step == end):
                joined = joined or doc[step].lower_ in ("and", "or")
                step += 1
            following = self.unit(step)
            if following is None or self.units[following].kind != "entry":
                break
            if not self._depends(self.units[following], units[0]):
                break
            units.append(self.units[following])
            end = self.units[following].end
        return end, joined

    def _is_proper(self, start: int, end: int) -> bool:
        """Return whether what follows an entry makes another name of it: the Ostrand Rail Union."""
        tail = [token for token in self.doc[start:end] if token.tag_ != "POS"]
        if not tail or not all(token.text[:1].isupper() for token in tail):
            return False
        return not self.lexicon.is_noun(tail[-1].lemma_.lower(), "governing")

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

    def tie(self, unit: Unit) -> Tie | None:
        """Return the tie to an entry; None where the words are ambiguous."""
        match = sole(unit.matches)
        if (
            match is not None
            and match.how == "seat"
            and not (match.entry.code or match.entry.member or match.entry.kind != "state")
        ):
            return Tie(unit.words)  # a town that no table knows is nobody's government
        return Tie(unit.words, match.entry) if match is not None else None

    def unit(self, token: int) -> int | None:
        """Return the index of the unit that begins at a token."""
        if not 0 <= token < len(self.doc) or self.at[token] < 0:
            return None
        return self.at[token]

    def unit_ending(self, token: int) -> Unit | None:
        """Return the unit that ends before a token."""
        if not 0 < token <= len(self.doc) or self.at[token - 1] < 0:
            return None
        unit = self.units[self.at[token - 1]]
        return unit if unit.end == token else None

    def says(self, start: int, end: int, unit: Unit) -> bool:
        """Return whether a phrase is the subject of a verb of saying, or stands beside one."""
        doc = self.doc
        head = doc[unit.end - 1]
        head = head.head if head.dep_ == "appos" else head
        if head.dep_ == "nsubj" and head.head.lemma_ in SPEECH:
            return True
        if start > 1 and doc[start - 2 : start].text.lower() == "according to":
            return True
        return self._beside_speech(start, end)

    def _beside_speech(self, start: int, end: int) -> bool:
        after = self.doc[end] if end < len(self.doc) else None
        before = self.doc[start - 1] if start else None
        return any(
            token is not None and token.pos_ == "VERB" and token.lemma_.lower() in SPEECH
            for token in (before, after)
        )

    def speaks(self, start: int, end: int, unit: Unit) -> bool:
        """Return whether a phrase is a subject, or stands beside a verb of saying."""
        doc = self.doc
        head = doc[unit.end - 1]
        if head.dep_ in ("nsubj", "nsubjpass") or (
            head.dep_ == "appos" and head.head.dep_ == "nsubj"
        ):
            return True
        if start > 1 and doc[start - 2 : start].text.lower() == "according to":
            return True
        return self._beside_speech(start, end)
