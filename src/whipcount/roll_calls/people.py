"""How people are written in roll calls: "Lastname, Firstname", "Smith (R-TX)", and which fit."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from whipcount.bodies import folded
from whipcount.offsets import plain
from whipcount.public_lists import state_name

SUFFIXES = ("jr", "sr", "ii", "iii", "iv")
TITLES = (
    *("mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady", "hon", "rt", "honourable"),
    *("honorable", "rep", "representative", "sen", "senator", "deputy", "mp", "mep", "the"),
)
"""Words before a name that are none of it."""

NO_PLACE = ("the", "of", "s", "st", "nd", "rd", "th", "district", "congressional", "at", "large")
"""Words of a constituency that tell none from another: "Virginia's 9th congressional district"."""

_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
_SEAT = re.compile(r"(?:([A-Z]{1,3})\s*[-–—,/]\s*)?([A-Z]{2})(?:\s*[-–—]\s*\d+)?")
_PARTY_SEAT = re.compile(r"([A-Z]{1,3})\s*[-–—,/]\s*(\S.*)")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in a roll call: words without case and accents, and a seat in brackets after it.

    Before a comma stands the surname alone, and `given` is what follows; else `given` is empty, and
    `surname` has all the words.
    """

    surname: tuple[str, ...]
    given: tuple[str, ...] = ()
    nicknames: tuple[str, ...] = ()
    place: str = ""

    @property
    def last(self) -> str:
        """Return the last word of the surname."""
        return self.surname[-1] if self.surname else ""

    def fits(self, form: tuple[str, ...]) -> bool:
        """Return whether a member's name may be this one.

        Surname and first given name must be the same; an initial or a nickname in brackets will do,
        and middle names may be left out. Where there is no given name, the surname must be.
        """
        if self.given:
            rest = len(form) - len(self.surname)
            return rest > 0 and form[rest:] == self.surname and self._begins(form[0], self.given[0])
        if form[-len(self.surname) :] == self.surname:
            return True
        return (
            len(self.surname) > 1
            and len(form) > 1
            and form[-1] == self.last
            and self._begins(form[0], self.surname[0])
        )

    def is_surname_of(self, form: tuple[str, ...]) -> bool:
        """Return whether a member's name ends with this surname."""
        surname = self.surname if self.given else self.surname[-1:]
        return bool(surname) and form[-len(surname) :] == surname

    def _begins(self, first: str, given: str) -> bool:
        if first == given or first in self.nicknames:
            return True
        shorter, longer = sorted((first, given), key=len)
        return len(shorter) == 1 and longer.startswith(shorter)


def person_name(words: str) -> PersonName:
    """Return a name as a roll call has it."""
    nicknames: list[str] = []
    place = ""
    for content in _BRACKETS.findall(words):
        seat = _SEAT.fullmatch(content.strip()) or _PARTY_SEAT.fullmatch(content.strip())
        if seat is not None:
            place = seat[2]
        else:
            nicknames += tokens(content)
    words = _BRACKETS.sub("", words)
    before, _, after = words.partition(",")
    surname, given = _untitled(tokens(before)), tokens(after)
    return PersonName(surname, given, tuple(nicknames), place)


def tokens(words: str) -> tuple[str, ...]:
    """Return a name's words without case, accents, full stops and suffixes such as Jr."""
    parts = unicodedata.normalize("NFKD", plain(words).text).casefold()
    parts = "".join(letter for letter in parts if not unicodedata.combining(letter))
    found = re.sub(r"[.,]", " ", parts).split()
    return tuple(one for one in found if one not in SUFFIXES) or tuple(found)


def same_place(one: str, other: str) -> bool:
    """Return whether two constituencies are the same: "VA 9" and "Virginia's 9th district".

    Where just one has a number, that of the other is not known.
    """
    (words, numbers), (others, other_numbers) = _place(one), _place(other)
    alike = bool(words) and words == others
    return alike and (numbers == other_numbers or not numbers or not other_numbers)


def same_party(one: str, other: str) -> bool:
    """Return whether two parties are the same: whole, as a beginning, or by an initial."""
    left, right = folded(one), folded(other)
    return bool(left and right) and (left.startswith(right) or right.startswith(left))


def _place(words: str) -> tuple[set[str], set[int]]:
    names: set[str] = set()
    numbers: set[int] = set()
    for word in re.findall(r"[^\W\d_]+|\d+", words):
        if word.isdigit():
            numbers.add(int(word))
        else:
            whole = state_name(word) if len(word) == 2 and word.isupper() else word
            names.update(tokens(whole))
    return names - set(NO_PLACE), numbers - {0}


def _untitled(words: tuple[str, ...]) -> tuple[str, ...]:
    first = next((at for at, word in enumerate(words[:-1]) if word not in TITLES), len(words) - 1)
    return words[max(first, 0) :]
