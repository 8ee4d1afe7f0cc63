"""The manifest of a run: `manifest.jsonl`, a line about the run and one for each part done."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from whipcount.errors import WhipcountError
from whipcount.scale.places import Place

NAME = "manifest.jsonl"

SECONDS = 20.0
"""Between two writings of the manifest where it can only be written whole: what is done again after
a stop, and at 200 bytes a part no more than some GB are sent in a run of 10,000 parts."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part that is done: its number, how many pages, articles and rows it has, and its problems.

    `tables` has the number of rows of each of its files.
    """

    part: int
    pages: int
    articles: int
    tables: dict[str, int]
    problems: tuple[str, ...] = ()

    def line(self) -> str:
        """Return the part as a line of the manifest."""
        return json.dumps(asdict(self), ensure_ascii=False)


def parts_of(place: Place, lines: Iterable[str]) -> dict[int, Part]:
    """Return the parts of a manifest's lines but the first; WhipcountError where one has none."""
    done = {}
    for number, line in enumerate(lines, 2):
        try:
            one = json.loads(line)
            told = one["part"], one["pages"], one["articles"], one["tables"]
            done[one["part"]] = Part(*told, problems=tuple(one["problems"]))
        except (ValueError, KeyError, TypeError):
            raise WhipcountError(
                f"{place}/{NAME}, line {number}: is no part; remove the folder and begin anew"
            ) from None
    return done


def read_manifest(place: Place) -> tuple[dict[str, Any], dict[int, Part]] | None:
    """Return the first line of a folder's manifest and the parts that are done; None for none."""
    content = place.read(NAME)
    lines = [] if content is None else content[: content.rfind(b"\n") + 1].decode().splitlines()
    if not lines:
        return None
    try:
        head: dict[str, Any] = json.loads(lines[0])
    except ValueError:
        raise WhipcountError(f"{place}/{NAME}: is not a manifest of whipcount's") from None
    return head, parts_of(place, lines[1:])


class Manifest:
    """A run's manifest, written as the run goes; `close` it, or use it in a `with`."""

    def __init__(self, place: Place, head: Mapping[str, Any]) -> None:
        """Take up the manifest of a folder, or begin it; `done` has the parts that are done.

        A last line that was cut off by a stop is taken away. Raises WhipcountError where the folder
        holds another run, or something else.
        """
        self.place = place
        first = json.dumps(head, sort_keys=True)
        content = place.read(NAME)
        if content is None and not place.is_empty():
            raise WhipcountError(f"{place}: is not empty, and has no {NAME}; choose another folder")
        # a line ends with a line feed, or was never finished
        whole = content[: content.rfind(b"\n") + 1] if content else b""
        if content is not None and whole != content:
            place.write(NAME, whole)
        lines = whole.decode().splitlines()
        self.lines = lines or [first]
        self.written = time.monotonic()
        self.behind = False
        if not lines:
            self._add(first)
        elif lines[0] != first:
            raise WhipcountError(_other(place, lines[0], head))
        self.done = parts_of(place, lines[1:])

    def __enter__(self) -> Manifest:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def note(self, part: Part) -> None:
        """Put a part into the manifest: from now on it is done."""
        self.done[part.part] = part
        self.lines.append(part.line())
        self._add(self.lines[-1])

    def close(self) -> None:
        """Write what isn't written yet."""
        if self.behind:
            self._write()

    def _add(self, line: str) -> None:
        if self.place.append(NAME, line.encode() + b"\n"):
            return
        self.behind = True
        if len(self.lines) == 1 or time.monotonic() - self.written > SECONDS:
            self._write()

    def _write(self) -> None:
        self.place.write(NAME, "".join(f"{line}\n" for line in self.lines).encode())
        self.written, self.behind = time.monotonic(), False


def _other(place: Place, line: str, head: Mapping[str, Any]) -> str:
    """Return how the run that a folder holds differs from this one."""
    try:
        there = json.loads(line)
        names = [name for name in head if there.get(name) != head[name]]
    except ValueError:
        names = []
    what = {
        "pages": "other pages",
        "pages_sha256": "other pages",
        "settings_sha256": "other settings, files or models",
        "codebook": "other settings, files or models",
        "reading_sha256": "another reading.toml beside the pages",
    }
    told = dict.fromkeys(what.get(name, name.replace("_", " ")) for name in names)
    return (
        f"{place}/{NAME}: the folder holds another run "
        f"({', '.join(told) or 'its first line is none'}); choose another folder, or remove it"
    )
