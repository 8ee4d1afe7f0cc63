"""The templates of the pages: those of the report, and the rooms'."""

from __future__ import annotations

import functools
from collections.abc import Callable
from importlib import resources
from typing import Any
from urllib.parse import quote

from jinja2 import ChoiceLoader, Environment, PackageLoader

from whipcount.app.marked import exact
from whipcount.rendering import html, words

WHAT = {
    "accept": "Accepted",
    "accept all": "Accepted all",
    "change": "Changed",
    "delete": "Deleted",
    "withdraw": "Took back a review of",
    "add coding": "Added",
    "adjudicate": "Adjudicated",
    "mark": "Marked anew",
    "split": "Split",
    "add statement": "Added a statement",
    "delete statement": "Deleted a statement",
    "add actor": "Added an actor",
    "enter": "Entered",
    "withdraw entry": "Took back an entry",
    "override": "Set by hand",
    "lift": "Lifted",
    "merge actors": "Joined",
    "split actors": "Parted",
    "role": "Set a role of",
    "rename option": "Renamed",
    "merge options": "Merged",
    "split option": "Split",
    "coder": "Set a coder",
    "settle": "Settled",
    "actors": "Kept another actors file",
    "sample": "Drew a sample",
    "sampled": "Coded of a sample",
    "undo": "Undone",
}
"""What the journal says of a change, as a sentence begins."""


ASSETS = {
    "report.css": ("whipcount.rendering", "templates/report.css", "text/css"),
    **{
        name: ("whipcount.app", f"static/{name}", "text/css") for name in ("app.css", "network.css")
    },
    **{
        name: ("whipcount.app", f"static/{name}", "text/javascript")
        for name in (
            *("page.js", "keys.js", "board.js", "marking.js", "ties.js"),
            *("network.js", "network_picture.js", "network_style.js", "network_labels.js"),
            "cytoscape.esm.min.mjs",
        )
    },
}
"""All files that are served: style and scripts, and nothing else. One is cytoscape.js, as npm has
it; its licence is beside it."""


@functools.cache
def environment() -> Environment:
    """Return the templates with the report's filters and ours."""
    made = html.environment().overlay(
        loader=ChoiceLoader([PackageLoader("whipcount.app"), PackageLoader("whipcount.rendering")])
    )
    ours: dict[str, Callable[..., Any]] = {
        "exact": exact,
        "percent": lambda share: f"{share * 100:.0f} %",
        "done": lambda what: WHAT.get(what, what.capitalize()),
        "quoted": lambda word: quote(str(word), safe=""),
        "breakable": lambda word: str(word).replace("-", "-\u200b"),
        "moment": moment,
        "weight": weight,
    }
    made.filters = dict(made.filters) | ours
    made.globals = dict(made.globals) | {
        "stands": words.STANDS,
        "labels": words.LABELS,
        "meanings": words.LONG,
    }
    return made


def moment(iso: str) -> str:
    """Return a time of the journal in words: "2 April 2031, 10:00 UTC"."""
    day, _, time = iso.partition("T")
    clock = time[:5]
    return f"{words.day(day)}, {clock} UTC" if clock and time.endswith("Z") else words.day(day)


def weight(number: float) -> str:
    """Return a tie's weight as a table has it: whole, or to three places."""
    return f"{number:.0f}" if number == int(number) else f"{number:.3f}"


def asset(name: str) -> str:
    """Return one of the files that pages are made with."""
    package, path, _ = ASSETS[name]
    return (
        resources.files(package).joinpath(*path.split("/")).read_text("utf-8").replace("\r\n", "\n")
    )
