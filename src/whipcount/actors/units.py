"""The smallest pieces that name somebody: entries, roles, names, people's nouns, pronouns.

One pass over a paragraph's tokens, each asked in dictionaries; the parser's tags are evidence, not
conditions, for it was not trained on invented or foreign names.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from whipcount.actors.gazetteer import Gazetteer, Match
from whipcount.actors.lexicon import PARTICLES, SPEECH, Lexicon, RoleClass
from whipcount.actors.proper import SHORT_FOR, capital, organisation_end
from whipcount.actors.role_words import RoleWords, singular

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

UnitKind = Literal["entry", "role", "honorific", "person", "name", "noun", "pronoun"]

REGIONS = frozenset(
    [
        "european",
        "africa",
        "african",
        "asian",
        "western",
        "eastern",
        "northern",
        "southern",
        "central",
        "arab",
        "baltic",
        "nordic",
        "balkan",
        "mediterranean",
        "atlantic",
        "pacific",
        "caribbean",
        "scandinavian",
        "latin",
        "western-european",
        "transatlantic",
        "christian",
        "muslim",
        "jewish",
        "catholic",
        "protestant",
        "islamic",
        "islamist",
        "sunni",
        "shiite",
        "kurdish",
    ]
)
"""Adjectives of regions and faiths: they describe, and name nobody who could speak."""

ATTITUDES = ("anti-", "pro-")
"""How adjectives begin that tell what somebody is for or against, and not to what they belong."""

DESCENTS = ("-american", "-born", "-based", "-led", "-backed", "-educated", "-trained", "-raised")
"""How adjectives end that tell where somebody is from, and not to what they belong."""

ORDINALS = frozenset(("first", "second", "third", "top", "lead"))
"""Words that tell which of several candidates somebody is."""

PRONOUNS = {
    "he": "he", "she": "she", "they": "they", "it": "it",
    "him": "he", "her": "she", "them": "they",
    "his": "he", "hers": "she", "their": "they", "its": "it",
}  # fmt: skip
"""Pronouns of the third person, by gender or number."""


MARKS = frozenset(('"', "\u201c", "\u201d", "``", "''"))
"""Double quotation marks, as the parser's tokens write them."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Tokens `start … end` of a paragraph that name somebody, and what they are.

    `words` is the role as written, the honorific's gender, the noun's lemma or the pronoun.
    """

    kind: UnitKind
    start: int
    end: int
    words: str = ""
    matches: tuple[Match, ...] = ()
    head: str = ""
    role_class: RoleClass | None = None
    plural: bool = False
    status: frozenset[str] = frozenset()
    gender: str = ""


@dataclass(frozen=True, slots=True)
class Local:
    """What is known of the article's own names before its paragraphs are taken apart."""

    forms: Mapping[str, tuple[Match, ...]] = field(default_factory=dict)
    longest: Mapping[str, int] = field(default_factory=dict)
    full_names: frozenset[str] = frozenset()
    surnames: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()
    inside: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Scanner:
    """Takes a paragraph's tokens apart into units."""

    gazetteer: Gazetteer
    lexicon: Lexicon
    local: Local = field(default_factory=Local)

    @functools.cached_property
    def roles(self) -> RoleWords:
        """Return the reader of role words."""
        return RoleWords(self.lexicon, lambda doc, at: bool(self.entry_end(doc, at)[1]))

    def units(self, doc: Doc, headline: bool = False) -> list[Unit]:
        """Return a paragraph's units in reading order; no two overlap."""
        found: list[Unit] = []
        at = 0
        while at < len(doc):
            unit = self._unit_at(doc, at, found[-1] if found else None, headline)
            if unit is None:
                at += 1
            else:
                found.append(unit)
                at = unit.end
        return found

    def _unit_at(self, doc: Doc, at: int, before: Unit | None, headline: bool) -> Unit | None:
        token = doc[at]
        word = token.text
        lower = token.lower_
        if token.is_punct or token.is_space:
            return None
        if lower in PRONOUNS:
            return Unit("pronoun", at, at + 1, PRONOUNS[lower])
        named = at + 1 < len(doc) and capital(doc[at + 1])
        body = named and self.lexicon.is_noun(doc[at + 1].lower_, "governing", "bodies")
        if word in self.lexicon.honorifics and named and not body:
            return Unit("honorific", at, at + 1, gender=self.lexicon.honorifics[word])
        touching = before is not None and before.end == at and before.kind in ("role", "honorific")
        steps: tuple[Callable[[], Unit | None], ...] = (
            lambda: self._organisation(doc, at),
            lambda: self._entry(doc, at, touching),
            lambda: self._role(doc, at),
            lambda: self._name(doc, at, touching, headline),
            lambda: self._noun(doc, at),
        )
        for step in steps:
            unit = step()
            if unit is not None:
                return unit
        return None

    def _organisation(self, doc: Doc, at: int) -> Unit | None:
        """Return an organisation's name of several words that goes farther than any entry's."""
        end = max(organisation_end(doc, at, self.lexicon), self._entity_end(doc, at))
        if end == at:
            return None
        known, matches = self.entry_end(doc, at)
        described = matches and matches[0].how in ("adjective", "people", "noun")
        if known >= end or described:
            return None
        last = doc[end - 1].lemma_.lower()
        if matches and matches[0].entry.kind == "state" and self.lexicon.is_noun(last, "governing"):
            return None
        return Unit("name", at, end, doc[at:end].text)

    def _entity_end(self, doc: Doc, at: int) -> int:
        """Return where the recogniser's organisation such as "Democracy for Velt" ends."""
        if doc[at].ent_type_ != "ORG" or doc[at].ent_iob_ != "B" or not capital(doc[at]):
            return at
        if doc[at].tag_ == "DT":
            return at
        end = at + 1
        while end < len(doc) and doc[end].ent_iob_ == "I":
            end += 1
        joined = any(token.lower_ in ("for", "of", "on") for token in doc[at + 1 : end - 1])
        return end if joined and capital(doc[end - 1]) else at

    def lookup(self, words: str) -> tuple[Match, ...]:
        """Return the gazetteer's matches, or else the article's own."""
        return self.gazetteer.matches(words) or self.local.forms.get(words, ())

    def entry_end(self, doc: Doc, at: int) -> tuple[int, tuple[Match, ...]]:
        """Return where the longest entry that begins at a token ends, and its matches."""
        word = doc[at].text
        limit = max(self.gazetteer.longest.get(word, 0), self.local.longest.get(word, 0))
        if not limit:
            return at, ()
        best: tuple[int, tuple[Match, ...]] = (at, ())
        start = doc[at].idx
        for end in range(at, min(at + 10, len(doc))):
            length = doc[end].idx + len(doc[end]) - start
            if length > limit:
                break
            matches = self.lookup(doc.text[start : start + length])
            if matches:
                best = (end + 1, matches)
        return best

    def _entry(self, doc: Doc, at: int, touching: bool) -> Unit | None:
        end, matches = self.entry_end(doc, at)
        if not matches or matches[0].entry.kind == "person":
            return None
        glued = at > 0 and doc[at - 1].text in "-–" and not doc[at - 1].whitespace_
        glued_after = end < len(doc) and doc[end].text == "-" and not doc[end - 1].whitespace_
        if glued or (glued_after and not doc[end].whitespace_):
            return None
        single = end == at + 1
        if single and self._is_part_of_a_name(doc, at, end, matches, touching):
            return None
        words = doc[at:end].text
        if matches[0].how == "noun":
            plural = doc[end - 1].tag_ in ("NNS", "NNPS")
            return Unit("noun", at, end, words.lower(), matches, words.lower(), plural=plural)
        return Unit("entry", at, end, words, matches)

    def _is_part_of_a_name(
        self, doc: Doc, at: int, end: int, matches: tuple[Match, ...], touching: bool
    ) -> bool:
        """Return whether a single word (Jordan, Paris, Pole) is a person's name here."""
        token = doc[at]
        if not token.text[0].isupper():
            return False
        if token.text in self.local.surnames:
            return True
        following = doc[end] if end < len(doc) else None
        named_after = (
            following is not None
            and capital(following)
            and following.lower_ not in self.lexicon.modifiers
            and self.lexicon.head(following.lower_) is None
            and not self.entry_end(doc, end)[1]
            and not self.lexicon.is_noun(following.lemma_.lower(), "governing", "officials")
        )
        if token.ent_type_ == "PERSON" and named_after and following is not None:
            return following.ent_type_ == "PERSON"
        if token.ent_type_ == "PERSON" and at > 0 and doc[at - 1].ent_type_ == "PERSON":
            return True
        inside = following is not None and following.ent_iob_ == "I" and token.ent_iob_ == "B"
        if named_after and inside and matches[0].how == "name" and token.ent_type_ == "ORG":
            return True  # the super PAC America Rising
        weak = matches[0].how in ("capital", "people")
        if weak and named_after and token.ent_type_ == "ORG" and following is not None:
            return following.ent_type_ == "ORG"
        return touching and weak and not matches[0].entry.member

    def _role(self, doc: Doc, at: int) -> Unit | None:
        title, end = self._title(doc, at)
        if title and end < len(doc) and self._is_titled(doc[end]):
            head = title.lower().removeprefix("lieutenant ") or title.lower()
            role_class = self.lexicon.head(doc[at:end].text.lower()) or self.lexicon.head(head)
            one = doc[at].text.rstrip(".").removesuffix("s")
            plural = one != doc[at].text.rstrip(".") and bool(
                {one, f"{one}."} & self.lexicon.titles.keys()
            )
            return Unit("role", at, end, title, (), head, role_class, plural)
        end, head, plural = self.roles.role_run(doc, at)
        if not head or (head in ("head", "chair") and _is_body_part(doc, end - 1)):
            return None
        status = set()
        while at < end and doc[at].lower_ in self.lexicon.status and at + 1 < end:
            status.add(doc[at].lower_)
            if doc[at].lower_ in ("chief", "senior", "top", "opposition", "veteran"):
                break
            at += 1
            if doc[at].text == "-":
                at += 1
        status |= {token.lower_ for token in doc[at:end]} & self.lexicon.against
        end = self.roles.portfolio_end(doc, end)
        begin = self.roles.described_from(doc, at)
        if doc[begin].lower_ in ORDINALS and self.lexicon.runs(head):
            begin += 1  # the first candidate to speak
        role = doc[begin:end].text
        end, after = self.roles.status_after(doc, end)
        return Unit(
            "role", at, end, role, (), head, self.lexicon.head(head), plural,
            frozenset(status | after | self.roles.status_before(doc, at)),
            self.lexicon.gender.get(head, ""),
        )  # fmt: skip

    def _title(self, doc: Doc, at: int) -> tuple[str, int]:
        """Return what a short form before a name stands for and where it ends: Sen., Lt. Gov.

        Its full stop may be a token of its own.
        """
        word, end = doc[at].text, at + 1
        if end < len(doc) and doc[end].text == "." and not doc[at].whitespace_:
            word, end = f"{word}.", end + 1
        title = self.lexicon.titles.get(word, "")
        if title == "lieutenant" and end < len(doc):
            rank, after = self._title(doc, end)
            if rank:
                return f"{title} {rank}", after
        return title, end

    def _is_titled(self, token: Token) -> bool:
        """Return whether a token after a title begins a name: not that of Justice Minister."""
        lower = token.lower_
        return capital(token) and not self.lexicon.head(lower) and lower not in self.lexicon.nouns

    def known_nouns(self, units: list[Unit], named: frozenset[str]) -> list[Unit]:
        """Return units in which "the alliance" keeps only what the article or the body names."""
        return [
            replace(unit, matches=tuple(m for m in unit.matches if m.entry.name in named))
            if unit.kind == "noun" and unit.matches
            else unit
            for unit in units
        ]

    def _name(self, doc: Doc, at: int, touching: bool, headline: bool) -> Unit | None:
        end = self._name_end(doc, at)
        if end == at:
            return None
        words = doc[at:end].text
        lower = words.lower()
        if not touching and (lower in REGIONS or lower.startswith(ATTITUDES)):
            return None
        if lower.endswith(DESCENTS):
            return None
        paper = doc[at].lower_ in SHORT_FOR and not doc[at].is_sent_start
        if (
            end == at + 1
            and not (touching or paper)
            and doc[at].lemma_.lower() in self.lexicon.nouns
        ):
            return None
        person = touching or self._is_person(doc, at, end, words, headline)
        plural = doc[end - 1].tag_ == "NNPS" or doc[at].ent_type_ == "NORP"
        return Unit("person" if person else "name", at, end, words, plural=plural and not person)

    def _name_end(self, doc: Doc, at: int) -> int:
        if at > 1 and doc[at - 1].text in "-–" and not (
            doc[at - 1].whitespace_ or doc[at - 2].whitespace_
        ):  # fmt: skip
            return at  # the second half of an adjective: Afro-Veltish
        if doc[at].lower_ in self.lexicon.modifiers and doc[at].ent_type_ != "PERSON":
            return at
        if doc[at].lower_ == "in" and (end := self._nickname_end(doc, at)) > at:
            return end  # In 't Velt
        known = doc[at].text in self.local.surnames
        if not known and not self._named(doc, at, first=True):
            return at
        end = at + 1
        while end < len(doc) and end - at < 8:
            glued = not doc[end - 1].whitespace_
            nickname = self._nickname_end(doc, end)
            if nickname > end:
                end = nickname
            elif doc[end].text in ("-", "'", "’") and glued and end + 1 < len(doc):
                if doc[end].whitespace_ or not doc[end + 1].text[0].isalpha():
                    break
                end += 2
            elif (self._named(doc, end, first=False) and not self._stops(doc, end)) or (
                doc[end].lower_ in PARTICLES and self._follows(doc, end)
            ):
                end += 1
            else:
                break
        return end

    def _nickname_end(self, doc: Doc, at: int) -> int:
        """Return where what stands inside a name ends: Jo "Red" Rand, Ilsa in 't Rand."""
        if at + 3 < len(doc) and doc[at].text in MARKS and doc[at + 2].text in MARKS:
            closed = doc[at + 2].text != doc[at].text or doc[at].text == '"'
            if closed and capital(doc[at + 1]) and self._named(doc, at + 3, first=False):
                return at + 4
        last = at + 3
        inside = doc[at:last].text.lower().replace("’", "'") == "in 't"
        return last + 1 if inside and last < len(doc) and capital(doc[last]) else at

    def _follows(self, doc: Doc, at: int) -> bool:
        """Return whether a particle is followed by a name, with at most one particle between."""
        following = at + 1
        if following < len(doc) and doc[following].lower_ in PARTICLES:
            following += 1
        return following < len(doc) and self._named(doc, following, first=False)

    def _named(self, doc: Doc, at: int, first: bool) -> bool:
        token = doc[at]
        word = token.text
        if not word[0].isupper() or not any(letter.isalpha() for letter in word):
            return False
        if token.ent_type_ == "DATE" or token.pos_ in ("VERB", "AUX", "DET", "ADP", "PRON"):
            return token.ent_type_ == "PERSON"
        if token.tag_ in ("NNP", "NNPS") or token.ent_type_ in ("PERSON", "ORG", "GPE", "NORP"):
            return True
        return not first and not token.is_stop

    def _stops(self, doc: Doc, at: int) -> bool:
        """Return whether a name ends before a token that is a role or entry of its own."""
        lower = doc[at].lower_
        if doc[at].text in self.lexicon.titles or doc[at].text in self.lexicon.honorifics:
            return True
        if doc[at].ent_type_ == "PERSON" and doc[at].ent_iob_ == "I":
            return False
        if self.lexicon.head(lower) is not None or self.lexicon.head(singular(lower)) is not None:
            return True
        if lower in self.lexicon.modifiers and at + 1 < len(doc):
            following = doc[at + 1].lower_
            if self.lexicon.head(following) is not None or following in self.lexicon.modifiers:
                return True  # Velt Rail Vice President X
        return bool(self.entry_end(doc, at)[1]) and doc[at].text not in self.local.surnames

    def _is_person(self, doc: Doc, at: int, end: int, words: str, headline: bool) -> bool:
        if words in self.local.full_names or words in self.local.surnames:
            return True
        if self.gazetteer.person(words) is not None:
            return True
        if words in self.local.organisations:
            return False
        if end > at + 1 and doc[end - 1].lower_ in self.lexicon.organisation_endings:
            return False
        if any(token.lemma_.lower() in self.lexicon.nouns for token in doc[at:end]):
            return False
        if doc[at:end].text.isupper() and end - at == 1:
            return False
        if at == 0 and end < len(doc) and doc[end].text == ":" and 2 <= end - at <= 3:
            return True  # JO RAND: Why not?
        labels = [token.ent_type_ for token in doc[at:end]]
        if "PERSON" in labels:
            return not headline or end - at > 1
        if headline or end - at not in (2, 3):
            return False
        return self._said_by(doc, at, end) or self._has_role_after(doc, end)

    def _said_by(self, doc: Doc, at: int, end: int) -> bool:
        after = doc[end] if end < len(doc) else None
        before = doc[at - 1] if at else None
        return any(
            token is not None and token.pos_ == "VERB" and token.lemma_.lower() in SPEECH
            for token in (before, after)
        )

    def _has_role_after(self, doc: Doc, end: int) -> bool:
        if end + 1 >= len(doc) or doc[end].text != ",":
            return False
        for at in range(end + 1, min(end + 7, len(doc))):
            if self.roles.head_at(doc, at)[1]:
                return not (at + 1 < len(doc) and capital(doc[at + 1]) and capital(doc[at]))
            if doc[at].is_punct or doc[at].pos_ in ("VERB", "AUX"):
                return False
        return False

    def _noun(self, doc: Doc, at: int) -> Unit | None:
        token = doc[at]
        if token.pos_ not in ("NOUN", "PROPN") and not token.text[0].isupper():
            return None
        lemma = token.lemma_.lower()
        plural = token.tag_ in ("NNS", "NNPS")
        if lemma not in self.lexicon.nouns:
            lemma = singular(token.lower_)
            plural = plural or lemma != token.lower_
        if lemma not in self.lexicon.nouns:
            return None
        return Unit("noun", at, at + 1, lemma, head=lemma, plural=plural or lemma == "people")


def _is_body_part(doc: Doc, at: int) -> bool:
    """Return whether "head" or "chair" is somebody's own: he shook his head, her chair."""
    before = doc[at - 1] if at else None
    if before is None:
        return False
    return before.tag_ == "PRP$" or (before.tag_ == "POS" and doc[at - 2].ent_type_ == "PERSON")
