"""The reader of JSON Lines: an object a line, each an article."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from whipcount.errors import PageError
from whipcount.model import Article
from whipcount.reading.record_columns import Role, columns_among
from whipcount.reading.records import Complaints, Record, articles_of_records, said
from whipcount.reading.settings import Settings
from whipcount.reading.text_lines import (
    TextLines,
    TooLongError,
    is_escaped,
    text_lines,
)

NAMED = 12
"""Keys that a message names."""

_MISSING = object()


@dataclass(frozen=True, slots=True)
class JsonlReader:
    """Reads JSON Lines; claims by suffix, or where the first line is a whole object."""

    name: str = "jsonl"
    suffixes: frozenset[str] = frozenset({".jsonl", ".ndjson"})

    def claims(self, head: bytes, path: str) -> bool:
        """Return whether a page is JSON by its name or its first line."""
        if path.lower().endswith((*self.suffixes, ".json")):
            return True
        first, newline, rest = head.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")
        if not first.startswith(b'{"') or (newline and rest.strip() and rest.lstrip()[:1] != b"{"):
            return False
        return first.rstrip().endswith(b"}") if newline else b'":' in first

    def read(self, data: bytes, path: str, encoding: str | None = None) -> list[Article]:
        """Return the articles of a page's bytes, as `stream` gives them."""
        return list(self.stream(io.BytesIO(data), path, Settings(encoding)))

    def stream(self, file: BinaryIO, path: str, settings: Settings) -> Iterator[Article]:
        """Yield the article of each line; PageError where no line has a text."""
        lines = text_lines(file, path, settings.encoding)
        complaints = Complaints(path, settings)
        keys: dict[str, None] = {}
        found = False
        records = _records(lines, path, settings.columns, complaints, keys)
        for article in articles_of_records(records, path, lines.sha256, complaints):
            found = True
            yield article
        if not found and not complaints.told:
            there = ", ".join(list(keys)[:NAMED])
            raise PageError(
                f"{path}: holds no article; its objects have {there or 'no keys'}; say which is "
                "the text (--columns text=KEY)"
            )
        complaints.close()


reader = JsonlReader()


def _records(
    lines: TextLines,
    path: str,
    given: Mapping[str, str],
    complaints: Complaints,
    keys: dict[str, None],
) -> Iterator[Record]:
    """Yield the records; `keys` takes the names of the first ones' keys."""
    number = -1
    while True:
        lines.held = 0
        place = f"line {lines.number + 1}"
        try:
            line = next(lines, None)
        except TooLongError:
            number += 1
            complaints.tell(place, "is longer than the largest page that is read; split it")
            continue
        if line is None:
            return
        if not line.strip():
            lines.refuse_blank()
            continue
        number += 1
        if number == 0 and line.lstrip().startswith("["):
            raise PageError(f"{path}: is a JSON array; write an object a line (jq -c '.[]' FILE)")
        if is_escaped(line):
            complaints.tell(place, "isn't UTF-8; name the encoding (--encoding windows-1252)")
            continue
        record = _parsed(line, place, complaints)
        if record is None:
            if number == 0 and line.strip() == "{":
                raise PageError(f"{path}: is JSON, but not an object a line (jq -c . FILE)")
            continue
        if len(keys) < NAMED:
            keys.update(dict.fromkeys(record))
        yield Record(number, place, _values(record, given))


def _parsed(line: str, place: str, complaints: Complaints) -> dict[str, Any] | None:
    try:
        record = json.loads(line)
    except RecursionError:
        complaints.tell(place, "is nested too deeply; leave it out")
    except ValueError as error:
        complaints.tell(place, f"is no JSON: {error}; mend it")
    else:
        if isinstance(record, dict):
            return record
        complaints.tell(place, "is no JSON object; write one a line")
    return None


def _values(record: dict[str, Any], given: Mapping[str, str]) -> dict[Role, object]:
    """Return what an object holds, by role; a name with dots goes into objects within it."""
    there = [key for key in record if said(record[key])]
    there += [name for name in given.values() if _at(record, name) is not _MISSING]
    return {role: _at(record, name) for role, name in columns_among(there, given).items()}


def _at(record: dict[str, Any], name: str) -> object:
    if name in record:
        return record[name]
    value: object = record
    for key in name.split("."):
        if not isinstance(value, dict) or key not in value:
            return _MISSING
        value = value[key]
    return value
