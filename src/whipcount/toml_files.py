"""The TOML files that a user writes, read so that every complaint names file, line and key.

`tomllib` forgets where a key stood, so the places are found again by a walk over the text. It
runs only on text that `tomllib` has accepted, and so can be short: it skips values, notes keys.
"""

from __future__ import annotations

import difflib
import json
import math
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

from whipcount.errors import WhipcountError

Key = str | int
Place = tuple[Key, ...]
"""Where a value stands in a file: keys, and for an array's elements their index from 0."""

Choice = TypeVar("Choice", bound=str)

AT_LINE = re.compile(r" \(at line (\d+), column (\d+)\)$")
"""How `tomllib` ends its messages."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a TOML file that can say where it stands.

    Each method gives a key's value in the type asked for, or the default where the key is left out,
    and raises the file's kind of error where the value is none of that type.
    """

    path: str
    values: Mapping[str, Any]
    error: type[WhipcountError]
    place: Place = ()
    lines: Mapping[Place, int] = field(default_factory=dict, repr=False)

    def problem(self, message: str, *keys: Key) -> WhipcountError:
        """Return the error to raise about the value at `keys`: file, line, key, what is wrong."""
        place = (*self.place, *keys)
        key = f"{dotted(place)}: " if place else ""
        return self.error(f"{self.path}, line {self.line(*keys)}: {key}{message}")

    def line(self, *keys: Key) -> int:
        """Return the line of the value at `keys`, from 1, or of the nearest table around it."""
        place = (*self.place, *keys)
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def only(self, known: Sequence[str]) -> None:
        """Raise where the table has a key that is not among those known."""
        for key in self.values:
            if key not in known:
                close = difflib.get_close_matches(key, known, n=1)
                hint = f"did you mean {close[0]}?" if close else f"known are {', '.join(known)}"
                raise self.problem(f"unknown key; {hint}", key)

    def text(self, key: str, default: str | None = None) -> str:
        """Return a string, required where there is no default; one that is there is never blank."""
        if key not in self.values:
            if default is None:
                raise self.problem(f'is missing: write {key} = "…"', key)
            return default
        value = self.values[key]
        if not isinstance(value, str):
            raise self.problem(f"must be words in quotation marks, not {shown(value)}", key)
        if not value.strip():
            raise self.problem("is empty; write it or leave it out", key)
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of strings, empty where left out."""
        value = self.values.get(key, [])
        if not isinstance(value, list):
            raise self.problem(f'must be a list such as ["…"], not {shown(value)}', key)
        for index, entry in enumerate(value):
            if not isinstance(entry, str) or not entry.strip():
                raise self.problem(
                    f"must be words in quotation marks, not {shown(entry)}", key, index
                )
        return tuple(entry.strip() for entry in value)

    def choice(self, key: str, known: tuple[Choice, ...], default: Choice) -> Choice:
        """Return one of the words known."""
        value = self.values.get(key, default)
        for word in known:
            if value == word:
                return word
        raise self.problem(f"must be {' or '.join(map(shown, known))}, not {shown(value)}", key)

    def day(self, key: str) -> date | None:
        """Return a day, None where left out; a day in quotation marks is taken too."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value.strip()):
            try:
                return date.fromisoformat(value.strip())
            except ValueError:
                pass
        raise self.problem(f"must be a day such as 2023-07-11, not {shown(value)}", key)

    def number(self, key: str) -> int | float | None:
        """Return a finite number, None where left out."""
        value = self.values.get(key)
        if value is None:
            return None
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not math.isfinite(value)
        ):
            raise self.problem(f"must be a number, not {shown(value)}", key)
        return value

    def share(self, key: str) -> int | float | Fraction | None:
        """Return a number, or a fraction that is written as such ("2/3"); None where left out."""
        value = self.values.get(key)
        found = re.fullmatch(r"(\d{1,9})/([1-9]\d{0,8})", value) if isinstance(value, str) else None
        if found is not None:
            return Fraction(int(found[1]), int(found[2]))
        if isinstance(value, str):
            raise self.problem(
                f'must be a number or a fraction such as "2/3", not {shown(value)}', key
            )
        return self.number(key)

    def table(self, key: str) -> Table | None:
        """Return the table at a key, None where left out."""
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise self.problem(f"must be a table, not {shown(value)}", key)
        return self._inner(value, key)

    def tables(self, key: str) -> tuple[Table, ...]:
        """Return the list of tables at a key, empty where left out."""
        value = self.values.get(key, [])
        if not isinstance(value, list):
            raise self.problem(f"must be a list of tables, not {shown(value)}", key)
        for index, entry in enumerate(value):
            if not isinstance(entry, dict):
                raise self.problem(f"must be a table, not {shown(entry)}", key, index)
        return tuple(self._inner(entry, key, index) for index, entry in enumerate(value))

    def named_tables(self, key: str) -> tuple[tuple[str, Table], ...]:
        """Return the tables inside the table at a key, by name, in the file's order."""
        outer = self.table(key)
        if outer is None:
            return ()
        found = []
        for name, value in outer.values.items():
            if not name.strip():
                raise outer.problem("a name must not be empty", name)
            if not isinstance(value, dict):
                raise outer.problem(f"must be a table [{key}.…], not {shown(value)}", name)
            found.append((name, outer._inner(value, name)))
        return tuple(found)

    def _inner(self, values: Mapping[str, Any], *keys: Key) -> Table:
        return Table(self.path, values, self.error, (*self.place, *keys), self.lines)


def read_table(path: Path, error: type[WhipcountError], kind: str) -> Table:
    """Return a TOML file as its outermost table.

    `kind` says what the file is ("issue file"). Raises `error` where the file is missing, not
    UTF-8 or not TOML, with the line and what stands there.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise error(f"{path}: there is no such {kind}; check the path") from None
    except IsADirectoryError:
        raise error(f"{path}: is a folder; name the {kind} in it") from None
    except OSError as problem:
        reason = problem.strerror or problem
        raise error(f"{path}: the {kind} can't be read: {reason}") from None
    return parse_table(content, str(path), error, kind)


def parse_table(content: bytes, path: str, error: type[WhipcountError], kind: str) -> Table:
    """Return the bytes of a TOML file as its outermost table; raises as `read_table` does."""
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        raise error(f"{path}, line {line}: the {kind} is not UTF-8; save it as UTF-8") from None
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise error(_malformed(path, text, str(problem))) from None
    except RecursionError:
        raise error(f"{path}: the {kind} is nested too deeply to be read") from None
    return Table(path, values, error, (), key_lines(text))


def line_of(path: str, *keys: Key) -> int | None:
    """Return the line of a key in a TOML file that was read before; None if it can't be told."""
    try:
        return read_table(Path(path), WhipcountError, "file").line(*keys)
    except WhipcountError:
        return None


def dotted(place: Sequence[Key]) -> str:
    """Return a place as people write it: `members[3].joined`."""
    words = ""
    for key in place:
        if isinstance(key, int):
            words += f"[{key}]"
        else:
            plain = key if re.fullmatch(r"[\w-]+", key) else f'"{key}"'
            words += f".{plain}" if words else plain
    return words


def shown(value: object) -> str:
    """Return a value as the file has it, shortened."""
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return str(value).lower()
    words = f'"{value}"' if isinstance(value, str) else str(value)
    return words if len(words) <= 60 else f"{words[:59]}…"


def quoted(words: str) -> str:
    """Return words as a TOML string; JSON's escapes are TOML's, but for the character 7F.

    What UTF-8 can't hold becomes a question mark.
    """
    whole = words.encode("utf-8", "replace").decode("utf-8")
    return json.dumps(whole, ensure_ascii=False).replace("\x7f", "\\u007f")


def _malformed(path: str, text: str, message: str) -> str:
    found = AT_LINE.search(message)
    if found is None:
        end = text.rstrip("\n").count("\n") + 1
        return f"{path}, line {end}: not valid TOML: {message}"
    line, column = int(found[1]), found[2]
    words = text.split("\n")[line - 1].strip()
    return f"{path}, line {line}: not valid TOML: {message[: found.start()]}, column {column}: " + (
        words if len(words) <= 80 else f"{words[:79]}…"
    )


def key_lines(text: str) -> dict[Place, int]:
    """Return for every key and array element of valid TOML the line where it stands, from 1."""
    lines: dict[Place, int] = {}
    for place, line in _Walk(text).statements():
        lines.setdefault(place, line)
    return lines


class _Walk:
    """One pass over valid TOML, character by character, that yields places with their lines."""

    BARE_END = re.compile(r"[,\]}#\n]")
    KEY = re.compile(r"""[ \t]*("(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[A-Za-z0-9_-]+)[ \t]*""")
    BLANK = re.compile(r"(?:[ \t\n]|#[^\n]*)*")

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.counted = (0, 1)

    def statements(self) -> Iterator[tuple[Place, int]]:
        """Yield each header's and each key's place with its line."""
        header: Place = ()
        arrays: dict[Place, int] = {}
        while self._skip_blank():
            line = self._line()
            if self.text[self.at] != "[":
                yield from self._pair(header)
                continue
            is_array = self.text.startswith("[[", self.at)
            self.at += 2 if is_array else 1
            keys = self._keys()
            self.at += 2 if is_array else 1
            header = ()
            for depth, key in enumerate(keys, 1):
                header = (*header, key)
                if depth == len(keys) and is_array:
                    arrays[header] = arrays.get(header, -1) + 1
                if depth < len(keys):
                    yield header, line
                if header in arrays:
                    yield header, line
                    header = (*header, arrays[header])
            yield header, line

    def _pair(self, table: Place) -> Iterator[tuple[Place, int]]:
        line = self._line()
        place = table
        for key in self._keys():
            place = (*place, key)
            yield place, line
        self.at += 1  # the equals sign
        yield from self._value(place)

    def _keys(self) -> list[str]:
        keys = []
        while True:
            found = self.KEY.match(self.text, self.at)
            assert found is not None, "tomllib has accepted this text"
            self.at = found.end()
            words = found[1]
            keys.append(tomllib.loads(f"key = {words}")["key"] if words[0] in "\"'" else words)
            if self.text[self.at] != ".":
                return keys
            self.at += 1

    def _value(self, place: Place) -> Iterator[tuple[Place, int]]:
        self._skip_blank()
        mark = self.text[self.at]
        if mark in "\"'":
            self._skip_string(mark)
        elif mark == "[":
            self.at += 1
            index = 0
            while self._skip_blank() and self.text[self.at] != "]":
                yield (*place, index), self._line()
                yield from self._value((*place, index))
                index += 1
                self._skip_comma()
            self.at += 1
        elif mark == "{":
            self.at += 1
            while self._skip_blank() and self.text[self.at] != "}":
                yield from self._pair(place)
                self._skip_comma()
            self.at += 1
        else:
            found = self.BARE_END.search(self.text, self.at)
            self.at = found.start() if found else len(self.text)

    def _skip_blank(self) -> bool:
        """Go to the next character that is neither space nor comment; False at the end."""
        found = self.BLANK.match(self.text, self.at)
        assert found is not None, "the pattern takes the empty string too"
        self.at = found.end()
        return self.at < len(self.text)

    def _skip_comma(self) -> None:
        self._skip_blank()
        if self.text[self.at] == ",":
            self.at += 1

    def _skip_string(self, mark: str) -> None:
        fence = mark * 3 if self.text.startswith(mark * 3, self.at) else mark
        self.at += len(fence)
        while not self.text.startswith(fence, self.at):
            self.at += 2 if mark == '"' and self.text[self.at] == "\\" else 1
        self.at += len(fence)
        if len(fence) == 3:  # up to two more marks may belong to the string's end
            while self.text.startswith(mark, self.at):
                self.at += 1

    def _line(self) -> int:
        """Return the line of where the walk is, counted on from the last time."""
        offset, line = self.counted
        line += self.text.count("\n", offset, self.at)
        self.counted = (self.at, line)
        return line
