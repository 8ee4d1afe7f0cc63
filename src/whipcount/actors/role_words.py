"""Role words in a row: where "former Deputy Prime Minister for Europe" begins and ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whipcount.actors.lexicon import Lexicon, NounClass

if TYPE_CHECKING:
    from spacy.tokens import Doc


RANKS = (("in", "chief"), ("-", "in", "-", "chief"), ("at", "large"))
"""What follows a role's head and is a part of it."""

NO_PERSON: tuple[NounClass, ...] = ("states", "governing", "bodies", "documents")
"""Classes of nouns that are nobody, wherever they stand."""

COUNTED = frozenset(
    ("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL", "GPE", "ORG", "EVENT")
)
"""Entity labels of words that tell a time, a number or another name."""

UNTITLED = frozenset(("day", "week", "month", "year", "time", "thing", "way", "age", "part"))
"""Nouns that stand beside any name and say nothing of it."""


@dataclass(frozen=True)
class RoleWords:
    """Reads roles at a paragraph's tokens; `is_entry` tells where an entry begins."""

    lexicon: Lexicon
    is_entry: Callable[[Doc, int], bool]

    def role_run(self, doc: Doc, at: int) -> tuple[int, str, bool]:
        """Return where the role that begins at a token ends, its head, and whether it is plural."""
        best = (at, "", False)
        end = at
        while end < min(at + 8, len(doc)):
            step, head, plural = self.head_at(doc, end)
            if head and step == end + 1 and doc[end].pos_ == "ADJ":
                head = ""  # a general election, major donors
            if head and doc[end].pos_ in ("VERB", "AUX") and not doc[end].text[:1].isupper():
                break
            if head and best[1] and doc[end].text in self.lexicon.titles:
                break  # analyst Judge X holds two
            if head:
                step = _ranked_end(doc, step)
                best = (step, head, plural)
                if plural:
                    break
                end = step
            elif self._modifies(doc, end) or (
                doc[end].lower_ in ("and", "&", "-")
                and end > at
                and end + 1 < len(doc)
                and self._modifies(doc, end + 1)
                and not best[1]
            ):
                end += 1
            elif best[1] and doc[end].text == "-" and self.lexicon.head(doc[end - 1].lower_):
                if end + 1 >= len(doc) or self.lexicon.head(doc[end + 1].lower_) is None:
                    break
                end += 1  # Secretary-Treasurer
            else:
                break
        return best

    def _modifies(self, doc: Doc, at: int) -> bool:
        lower = doc[at].lower_
        if lower in self.lexicon.modifiers or lower in self.lexicon.status:
            return True
        if f"{lower}s" in self.lexicon.modifiers:
            return True  # communication director
        ranked = 0 < at < len(doc) - 1 and doc[at - 1].lower_ == "chief"
        return ranked and doc[at + 1].lower_ in ("officer", "officers")  # chief data officer

    def head_at(self, doc: Doc, at: int) -> tuple[int, str, bool]:
        """Return the longest role word at a token: its end, its singular, whether it is plural."""
        several = singular(doc[at].lower_) in self.lexicon.first_words
        longest = self.lexicon.longest_head + 2 if several else 1
        for length in range(longest, 0, -1):
            if at + length > len(doc):
                continue
            words = doc[at : at + length].text.lower() if length > 1 else doc[at].lower_
            if self.lexicon.head(words):
                return at + length, words, False
            one = singular(words)
            if one != words and self.lexicon.head(one) and not words.endswith("'s"):
                return at + length, one, True
        word = doc[at].lower_
        if (
            doc[at].tag_ == "NN"
            and not _hyphened(doc, at)
            and (
                (word in self.lexicon.described and (doc[at].is_lower or doc[at].is_sent_start))
                or (self.lexicon.describes(word) and self._beside_a_name(doc, at))
                or self._of_a_name(doc, at)
            )
        ):
            return at + 1, word, False
        return at, "", False

    def _of_a_name(self, doc: Doc, at: int) -> bool:
        """Return whether any noun in lower case tells what somebody is by where it stands.

        In apposition to a person's name, or right before one: "his mastermind, X", "party boss X".
        Not what is a body, a paper, or a time or number.
        """
        token = doc[at]
        if not token.is_lower or token.ent_type_ in COUNTED or token.text.endswith("ing"):
            return False
        if self.lexicon.is_noun(token.lemma_.lower(), *NO_PERSON) or token.lower_ in UNTITLED:
            return False
        following = doc[at + 1] if at + 1 < len(doc) else None
        if following is None:
            return False
        if following.ent_type_ == "PERSON":
            counted = any(t.lower_ in ("a", "an") for t in token.children)
            counted = counted or any(
                t.lower_ in ("a", "an") and t.i < at for t in token.head.children
            )
            counted = counted or token.dep_ == "appos"
            titled = following.ent_iob_ == "B" and token.dep_ in ("compound", "nmod", "amod")
            return bool(titled and not counted)  # an incident Torv brought up
        if token.dep_ == "appos":
            return bool(token.head.ent_type_ == "PERSON") and 0 < at - token.head.i < 12
        name = next((t for t in token.children if t.dep_ == "appos"), None)
        return bool(
            name is not None and name.ent_type_ == "PERSON" and following.text == ","
            and doc[at + 2 : at + 3].text == doc[name.left_edge.i].text
            and any(t.tag_ == "PRP$" or t.dep_ == "poss" for t in token.children)
        )  # fmt: skip

    def _beside_a_name(self, doc: Doc, at: int) -> bool:
        """Return whether a noun in lower case stands where only a role can: a zymologist from Velt.

        In apposition to a person's name, right before one, or said of one.
        """
        token = doc[at]
        if not token.is_lower:
            return False
        if at + 1 < len(doc) and doc[at + 1].ent_type_ == "PERSON" and token.dep_ == "compound":
            return True
        head = token.head
        if token.dep_ == "appos":
            return bool(head.ent_type_ == "PERSON") and at - head.i < 8
        if token.dep_ == "attr" and head.lemma_ == "be":
            return any(
                t.dep_ == "nsubj" and (t.ent_type_ == "PERSON" or t.tag_ == "WP")
                for t in head.children
            )
        return False

    def described_from(self, doc: Doc, at: int) -> int:
        """Return where a role begins with the common nouns that are a part of it: radio host."""
        start = at
        while start and (
            (doc[start - 1].tag_ in ("NN", "NNS") and doc[start - 1].dep_ == "compound")
            or (start < at and doc[start - 1].tag_ == "JJ" and doc[start - 1].head == doc[start])
        ):
            if self.is_entry(doc, start - 1) or not doc[start - 1].text.islower():
                break
            start -= 1
        return start

    def portfolio_end(self, doc: Doc, end: int) -> int:
        """Return a role's end with its portfolio: Secretary [of State], minister [for Europe]."""
        if end + 1 >= len(doc) or doc[end].lower_ not in ("of", "for"):
            return end
        at = end + 1
        if doc[at].lower_ == "the":
            at += 1
        start = at
        while (
            at < len(doc)
            and not self.is_entry(doc, at)
            and (
                doc[at].lower_ in self.lexicon.modifiers
                or doc[at].lower_ in ("exchequer", "state", "duchy")
                or (
                    at > start
                    and doc[at].lower_ == "and"
                    and at + 1 < len(doc)
                    and doc[at + 1].lower_ in self.lexicon.modifiers
                )
            )
        ):
            at += 1
        if at == start:
            return self._field_end(doc, end)
        known = at < len(doc) and (
            doc[at].lemma_.lower() in self.lexicon.nouns
            or (doc[at].text[:1].isupper() and doc[at].ent_type_ != "PERSON")
        )
        return at if at > start and not known else end

    def _field_end(self, doc: Doc, end: int) -> int:
        """Return a role's end with its field in lower case: vice president [of global sales]."""
        at = end + 1
        while at < min(end + 5, len(doc)) and doc[at].text.islower() and doc[at].is_alpha:
            joins = doc[at].lower_ == "and" and at > end + 1
            if not joins and (doc[at].tag_ not in ("NN", "NNS", "JJ") or self.is_entry(doc, at)):
                break
            if doc[at].lemma_.lower() in self.lexicon.nouns:
                return end
            at += 1
        last = doc[at - 1].tag_ if at > end + 1 and not _hyphened(doc, at - 1) else ""
        named = at < len(doc) and doc[at].text[:1].isupper() and doc[at].ent_type_ != "PERSON"
        return at if last in ("NN", "NNS") and not named else end

    def status_before(self, doc: Doc, at: int) -> set[str]:
        """Return the words before a role that say whether it is held: former, then, acting."""
        found = set()
        before = at - 1
        while before >= 0 and (
            doc[before].lower_ in self.lexicon.status
            or doc[before].text in "-–"
            or (doc[before].tag_ in ("JJ", "VBN") and at - before < 4)
            or self.is_entry(doc, before)
        ):
            if doc[before].lower_ in self.lexicon.status:
                found.add(doc[before].lower_)
            before -= 1
        # "the former Ostrandian foreign minister": the status stands before the affiliation.
        return found

    def status_after(self, doc: Doc, end: int) -> tuple[int, set[str]]:
        """Return the end of a role with "-elect" or "designate", and that word."""
        at = end
        if at < len(doc) and doc[at].text == "-":
            at += 1
        if at < len(doc) and doc[at].lower_ in ("elect", "designate", "nominee"):
            return at + 1, {doc[at].lower_ if doc[at].lower_ != "nominee" else "designate"}
        return end, set()


def _ranked_end(doc: Doc, end: int) -> int:
    """Return a role's end with what ranks it after its head: editor in chief, judge at large."""
    for words in RANKS:
        last = end + len(words)
        if tuple(token.lower_ for token in doc[end:last]) == words:
            return last
    return end


def _hyphened(doc: Doc, at: int) -> bool:
    """Return whether a word is the first half of another: reader-chosen."""
    following = doc[at + 1] if at + 1 < len(doc) else None
    return following is not None and following.text in "-–" and not doc[at].whitespace_


def singular(words: str) -> str:
    """Return role words in the singular: Foreign Ministers, members of parliament."""
    if words.endswith("men"):
        return words[:-3] + "man"
    if words.endswith("women"):
        return words[:-5] + "woman"
    if words.endswith("ies") and len(words) > 4:
        return words[:-3] + "y"
    if words.startswith(("members of", "heads of", "ministers of")):
        first, rest = words.split(" ", 1)
        return f"{first[:-1]} {rest}"
    if words.endswith("s") and not words.endswith("ss"):
        return words[:-1]
    return words
