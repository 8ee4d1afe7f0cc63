"""What an action or a question takes: named values, read from a form, a query or JSON.

The same table checks what comes in and describes it in the OpenAPI document.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from whipcount.dates import is_date
from whipcount.errors import ProjectError
from whipcount.model import Span

Kind = Literal["text", "day", "share", "number", "switch", "span", "spans", "pieces", "names"]

MOST_WORDS = 20_000
"""Characters of a text that somebody may hand in; a note of ten pages has as many."""

MOST_ASKED = 300
"""Characters of an id, which has some 60, and of a value in an address, which may have 64 KiB."""

DAY = (
    "([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])(-(0[1-9]|1[0-2])|-(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|"
    "-(0[469]|11)-(0[1-9]|[12][0-9]|30)|-02-(0[1-9]|1[0-9]|2[0-8]))?"
)
"""A day, a month or a year; of leap years' last days in February it doesn't know."""

SWITCHES = {"1": True, "true": True, "on": True, "yes": True, "0": False, "false": False, "": False}

UNITS = ("code points", "utf-16")
"""What offsets count: Unicode code points, as everywhere, or UTF-16 units, as browsers do."""


@dataclass(frozen=True, slots=True)
class Field:
    """One named value; `about` says what it is. `choices` are all that it may be, where given.

    A number is from `least` to `most`.
    """

    name: str
    about: str
    kind: Kind = "text"
    needed: bool = False
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 2**53

    def schema(self, longest: int = MOST_WORDS) -> dict[str, Any]:
        """Return the value's JSON Schema; a text has up to `longest` characters."""
        offset = {"type": "integer", "minimum": 0, "maximum": 2**31}
        pair: dict[str, Any] = {"type": "array", "items": offset, "minItems": 2, "maxItems": 2}
        spans: dict[str, Any] = {"type": "array", "items": pair, "maxItems": 200}
        kinds: dict[Kind, dict[str, Any]] = {
            "text": {"type": "string", "maxLength": longest},
            "day": {"type": "string", "pattern": f"^({DAY})?$"},
            "share": {"type": "number", "minimum": 0, "maximum": 1},
            "number": {"type": "integer", "minimum": self.least, "maximum": self.most},
            "switch": {"type": "boolean"},
            "span": pair,
            "spans": spans,
            "pieces": {"type": "array", "items": spans, "maxItems": 50},
            "names": {
                "type": "array",
                "items": {"type": "string", "maxLength": MOST_ASKED},
                "maxItems": 1000,
            },
        }
        found = kinds[self.kind]
        if self.choices:
            found = {"type": "string", "enum": list(self.choices)}
        elif self.kind == "text" and self.needed:
            found = found | {"minLength": 1}
        elif self.kind == "day" and self.needed:
            found = found | {"pattern": f"^{DAY}$"}
        elif self.kind in ("names", "spans", "pieces") and self.needed:
            found = found | {"minItems": 1}
        return found | {"description": self.about}

    def read(self, value: Any, longest: int = MOST_WORDS, *, typed: bool = False) -> Any:
        """Return the value as its kind has it; ProjectError where it can't be that.

        A `typed` one is what JSON has for it; else words say it, as in a form or an address.
        """
        try:
            if typed and not isinstance(value, TYPES[self.kind]):
                raise TypeError
            found = self._read(value, longest)
        except (TypeError, ValueError, RecursionError):
            raise ProjectError(f"{self.name}: {value!r:.80} is no {NAMES[self.kind]}") from None
        if self.choices and found not in self.choices:
            raise ProjectError(
                f"{self.name}: {value!r:.80} is none of {', '.join(map(repr, self.choices))}"
            )
        return found

    def _read(self, value: Any, longest: int) -> Any:
        match self.kind:
            case "text" | "day":
                if not isinstance(value, str) or len(value) > longest:
                    raise ValueError
                value.encode()
                if self.kind == "day" and not is_date(value.strip()):
                    raise ValueError
                return value.strip() if self.kind == "day" else value
            case "share":
                share = _number(value)
                if not 0 <= share <= 1:
                    raise ValueError
                return share
            case "number":
                number = _whole(value)
                if not self.least <= number <= self.most or number != int(number):
                    raise ValueError
                return int(number)
            case "switch":
                return value if isinstance(value, bool) else _switch(value)
            case "span":
                return _span(_loaded(value))
            case "spans":
                return tuple(map(_span, _list(_loaded(value))))
            case "pieces":
                return tuple(tuple(map(_span, _list(one))) for one in _list(_loaded(value)))
            case "names":
                names = [value] if isinstance(value, str) else _list(value)
                return tuple(map(_word, names))


TYPES: dict[Kind, type | tuple[type, ...]] = {
    "text": str,
    "day": str,
    "share": (int, float),
    "number": (int, float),
    "switch": bool,
    "span": list,
    "spans": list,
    "pieces": list,
    "names": list,
}
"""What each kind is in JSON."""

NAMES: dict[Kind, str] = {
    "text": "text",
    "day": "day, such as 2023-07-11",
    "share": "share from 0 to 1",
    "number": "number",
    "switch": "yes or no",
    "span": "span, such as [10, 25]",
    "spans": "list of spans, such as [[10, 25]]",
    "pieces": "list of lists of spans, such as [[[10, 25]], [[30, 40]]]",
    "names": "list of names",
}
"""Each kind as it is called to a person."""


def read(
    fields: Sequence[Field],
    values: Mapping[str, Any],
    longest: int = MOST_WORDS,
    *,
    typed: bool = False,
) -> dict[str, Any]:
    """Return the values that were given, by name; `longest` and `typed` are as in `Field.read`.

    Of words that aren't typed, empty ones of what isn't text are not given. Raises ProjectError
    where a value is missing, unknown or wrong.
    """
    known = {field.name: field for field in fields}
    for name in values:
        if name not in known:
            raise ProjectError(
                f"{name!r:.80}: is not taken here; {', '.join(known) or 'nothing'} is"
            )
    found = {}
    for field in fields:
        value = values.get(field.name)
        blank = value is None or (value == "" and (field.kind != "text" or bool(field.choices)))
        if not blank or (typed and field.name in values and field.kind != "day"):
            found[field.name] = field.read(value, longest, typed=typed)
        if field.needed and found.get(field.name) in (None, "", ()):
            raise ProjectError(f"{field.name}: is missing ({field.about})")
    return found


def _whole(value: Any) -> float:
    """Return a number as it is written, where a float would round it."""
    if isinstance(value, str):
        if not (value.isascii() and value.isdecimal() and len(value) <= 16):
            raise ValueError
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else _number(value)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TypeError
    return float(value)


def _switch(value: Any) -> bool:
    if not isinstance(value, str) or value.casefold() not in SWITCHES:
        raise ValueError
    return SWITCHES[value.casefold()]


def _loaded(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list) or len(value) > 1000:
        raise TypeError
    return value


def _word(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    if len(value) > MOST_ASKED:
        raise ValueError
    value.encode()
    return value


def _span(value: Any) -> Span:
    start, end = map(_offset, _list(value))
    return Span(start, end)


def _offset(value: Any) -> int:
    """Return an offset; JSON may write a whole number with a fraction of 0."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    if not 0 <= value <= 2**31 or value != int(value):
        raise ValueError
    return int(value)
