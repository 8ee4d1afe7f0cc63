"""Names of organisations that no table knows, told by a word such as University or Bureau in them.

"Federal Bureau of Investigation", "University of New Velt", "Liberty and Northern Security
Program": where such a name begins and ends, and which shorter words of the article are the same
one ("HP" of Hewlett-Packard, "the Post").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from whipcount.actors.directory import Directory
from whipcount.actors.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

GOES_ON = frozenset(("of", "for", "on", "against", "to"))
"""Words in lower case after an organisation's head that lead to more of its name."""

NO_NAME = frozenset(("DET", "PRON", "ADP", "SCONJ", "ADV", "AUX", "CCONJ", "PART", "INTJ", "PUNCT"))
"""Parts of speech with which no name begins, though a sentence may."""

SHORT_FOR = frozenset(("times", "post", "journal", "herald", "tribune", "globe", "observer"))
"""Last words that stand alone for a newspaper that the article names."""


def organisation_end(doc: Doc, at: int, lexicon: Lexicon) -> int:
    """Return where the name of an organisation that begins at a token ends; the token if none."""
    joint = _joint_end(doc, at)
    if joint > at:
        return joint
    if not capital(doc[at]) or doc[at].pos_ in NO_NAME or doc[at].ent_type_ in ("DATE", "TIME"):
        return at
    end = _segment(doc, at, lexicon)
    if end == at:
        return at
    while (following := _further(doc, end, lexicon)) > end:
        end = following
    campus = end + 1 < len(doc) and doc[end].lower_ == "at" and capital(doc[end + 1])
    if campus and doc[at:end].text.startswith("University of"):
        end += 2  # the University of Velt at Torv
    return end if end > at + 1 else at


def _joint_end(doc: Doc, at: int) -> int:
    """Return where a name of two with a stroke between ends: those who make a poll together."""
    if doc[at].ent_type_ != "ORG" or (at and doc[at - 1].text == "/"):
        return at
    end = at
    joined = False
    while end < len(doc):
        if doc[end].text == "/" and end > at and not doc[end - 1].whitespace_:
            joined = True
        elif not capital(doc[end]) or doc[end].ent_type_ not in ("ORG", "GPE"):
            break
        end += 1
    return end if joined and capital(doc[end - 1]) else at


def _segment(doc: Doc, at: int, lexicon: Lexicon) -> int:
    """Return where capitalised words up to an organisation's head end; the first where none is."""
    end = found = at
    joined = False
    while end < len(doc):
        if capital(doc[end]) and not _is_role(doc, end, lexicon):
            if doc[end].lower_ in lexicon.organisation_heads:
                found = end + 1
            end += 1
        elif (
            doc[end].lower_ in ("and", "&")
            and found == at < end
            and not joined
            and end + 1 < len(doc)
            and capital(doc[end + 1])
        ):
            joined = True
            end += 1
        elif doc[end].text == "-" and end > at and not doc[end - 1].whitespace_:
            end += 1
        else:
            break
    return found


def _further(doc: Doc, end: int, lexicon: Lexicon) -> int:
    """Return where "of New Velt", "for the 5th Circuit" after a head ends; `end` without it."""
    if end + 1 >= len(doc) or doc[end].lower_ not in GOES_ON:
        return end
    at = end + 1
    if doc[at].lower_ == "the" and at + 1 < len(doc):
        at += 1
    if doc[at].like_num and at + 1 < len(doc) and capital(doc[at + 1]):
        at += 1
    last = at
    while last < len(doc) and capital(doc[last]) and not _is_role(doc, last, lexicon):
        last += 1
        if (
            last + 1 < len(doc)
            and doc[last].lower_ in ("and", "&")
            and capital(doc[last + 1])
            and doc[last + 1].ent_type_ == doc[last - 1].ent_type_ != "PERSON"
            and (doc[end].lower_ in ("on", "for") or doc[last + 1].ent_iob_ == "I")
        ):
            last += 1
    return last if last > at else end


def capital(token: Token) -> bool:
    """Return whether a token begins with a capital letter."""
    return bool(token.text[0].isupper())


def _is_role(doc: Doc, at: int, lexicon: Lexicon) -> bool:
    word = doc[at].text
    named = at + 1 < len(doc) and capital(doc[at + 1]) and doc[at].ent_type_ != "ORG"
    return named and (
        word in lexicon.titles
        or word in lexicon.honorifics
        or (lexicon.head(word.lower()) is not None and word.lower() not in lexicon.modifiers)
    )


SORTS = frozenset(
    ("magazine", "newspaper", "inc", "inc.", "corp", "corp.", "company", "corporation")
)
"""Last words that tell what sort a name is of, and may be left out: Time Magazine, Time."""


class Organisations:
    """Joins an article's names of organisations: acronyms and short forms with the full name."""

    def __init__(self, names: Iterable[str], directory: Directory | None = None) -> None:
        self.directory = directory or Directory()
        words = list(dict.fromkeys(names))
        self._full: dict[str, str] = {}
        acronyms: dict[str, set[str]] = defaultdict(set)
        shorts: dict[str, set[str]] = defaultdict(set)
        for name in words:
            parts = name.replace("-", " ").split()
            if len(parts) > 1 and parts[-1].lower() in SORTS:
                shorts[" ".join(parts[:-1])].add(name)
            if len(parts) > 1:
                acronyms["".join(part[0] for part in parts if part[0].isupper())].add(name)
                if parts[-1].lower() in SHORT_FOR:
                    shorts[parts[-1]].add(name)
        for short in words:
            plain = short.replace(".", "")
            found = acronyms.get(plain, set()) if plain.isupper() and 1 < len(plain) < 7 else set()
            found = (found or shorts.get(short, set())) - {short}
            if len(found) == 1:
                self._full[short] = next(iter(found))

    def full(self, words: str) -> str:
        """Return the full name of what words are short for; the words where they aren't."""
        full = self._full.get(words, words)
        known = self.directory.find(full)
        return known.name if known is not None and known.kind == "organisation" else full
