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

SWITCHES = {"1": True, "true": True, "on": True, "yes": True, "0": False, "false": False, "": False}

UNITS = ("code points", "utf-16")
"""What offsets count: Unicode code points, as everywhere, or UTF-16 units, as browsers do."""


@dataclass(frozen=True, slots=True)
class Field:
    """One named value; `about` says what it is. `choices` are all that it may be, where given."""

    name: str
    about: str
    kind: Kind = "text"
    needed: bool = False
    choices: tuple[str, ...] = ()

    def schema(self) -> dict[str, Any]:
        """Return the value's JSON Schema."""
        offset = {"type": "integer", "minimum": 0, "maximum": 2**31}
        pair: dict[str, Any] = {"type": "array", "items": offset, "minItems": 2, "maxItems": 2}
        spans: dict[str, Any] = {"type": "array", "items": pair, "maxItems": 200}
        kinds: dict[Kind, dict[str, Any]] = {
            "text": {"type": "string", "maxLength": MOST_WORDS},
            "day": {"type": "string", "pattern": r"^(\d{4}(-\d{2}(-\d{2})?)?)?$"},
            "share": {"type": "number", "minimum": 0, "maximum": 1},
            "number": {"type": "integer", "minimum": 0, "maximum": 2**53},
            "switch": {"type": "boolean"},
            "span": pair,
            "spans": spans,
            "pieces": {"type": "array", "items": spans, "maxItems": 50},
            "names": {"type": "array", "items": {"type": "string"}, "maxItems": 1000},
        }
        found = kinds[self.kind]
        if self.choices:
            found = {"type": "string", "enum": list(self.choices)}
        elif self.kind == "text" and self.needed:
            found = found | {"minLength": 1}
        return found | {"description": self.about}

    def read(self, value: Any) -> Any:
        """Return the value as its kind has it; ProjectError where it can't be that."""
        try:
            found = self._read(value)
        except (TypeError, ValueError, RecursionError):
            raise ProjectError(f"{self.name}: {value!r:.80} is no {NAMES[self.kind]}") from None
        if self.choices and found not in self.choices:
            raise ProjectError(
                f"{self.name}: {value!r:.80} is none of {', '.join(map(repr, self.choices))}"
            )
        return found

    def _read(self, value: Any) -> Any:
        match self.kind:
            case "text" | "day":
                if not isinstance(value, str) or len(value) > MOST_WORDS:
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
                number = _number(value)
                if not 0 <= number <= 2**53 or number != int(number):
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
                return tuple(_word(name) for name in names)


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


def read(fields: Sequence[Field], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that were given, by name; empty strings of what isn't text are not given.

    Raises ProjectError where one is missing, unknown or wrong.
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
        blank = value is None or (value == "" and (field.kind != "text" or field.choices))
        if not blank:
            found[field.name] = field.read(value)
        if field.needed and found.get(field.name) in (None, "", ()):
            raise ProjectError(f"{field.name}: is missing ({field.about})")
    return found


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
    value.encode()
    return value


def _span(value: Any) -> Span:
    start, end = _list(value)
    for offset in (start, end):
        if isinstance(offset, bool) or not isinstance(offset, int) or not 0 <= offset <= 2**31:
            raise ValueError
    return Span(start, end)
