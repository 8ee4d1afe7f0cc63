"""Statement × Issue → Positions: what a statement means for the options of an issue."""

from __future__ import annotations

import hashlib
import importlib
import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from importlib import metadata
from typing import Protocol, runtime_checkable

from whipcount.actors import Mentions
from whipcount.analysis import Analysis
from whipcount.coding.issue import load_issue
from whipcount.errors import ModelError
from whipcount.model import Issue, Position, Statement

__all__ = [
    "DEFAULT_CODER",
    "Coder",
    "Explainer",
    "code",
    "codebook",
    "coders",
    "load_coder",
    "load_issue",
]

DEFAULT_CODER = "local"
GROUP = "whipcount.coders"
OWN = ("lexical", "local")
"""Ours that need no settings, in `whipcount.coding`, should the package not be installed."""


class Coder(Protocol):
    """What makes positions of statements; found through the entry point `whipcount.coders`."""

    @property
    def name(self) -> str:
        """What the coder is called, as in `--coder NAME`."""

    @property
    def version(self) -> str:
        """Which version of it codes; written into every coding beside the name."""

    def code(
        self,
        analysis: Analysis,
        statements: Sequence[Statement],
        mentions: Mentions,
        issue: Issue,
    ) -> tuple[Position, ...]:
        """Return the positions that statements take on an issue's options, in reading order."""


@runtime_checkable
class Explainer(Protocol):
    """A coder that tells why it codes what it codes."""

    def explain(
        self, analysis: Analysis, statements: Sequence[Statement], issue: Issue
    ) -> Iterator[tuple[Statement, tuple[str, ...]]]:
        """Yield each statement with why it is coded as it is, in lines for a person."""


def code(
    analysis: Analysis,
    statements: Sequence[Statement],
    mentions: Mentions,
    issue: Issue,
    coder: str | Coder = DEFAULT_CODER,
    *,
    only: Collection[str] | None = None,
) -> tuple[Position, ...]:
    """Return the positions that an article's statements take on an issue's options.

    `coder` is a coder, or the name of one of `coders()`; ModelError where it is none of them,
    CodingError where it can't code the article. `only` are the ids of options that are wanted: a
    coder that holds each option against the statements by itself (`each_option`) is asked of no
    others.
    """
    chosen = load_coder(coder)
    if only is not None and getattr(chosen, "each_option", False):
        issue = replace(issue, options=tuple(o for o in issue.options if o.id in only))
    found = chosen.code(analysis, statements, mentions, issue)
    return found if only is None else tuple(one for one in found if one.option in only)


def digests(issue: Issue) -> tuple[tuple[str, str], ...]:
    """Return an issue's options with a digest of what coders are told of each."""
    found = []
    for option in issue.options:
        told = (option.label, option.definition, option.phrases, option.examples)
        data = json.dumps([*told, option.not_examples]).encode()
        found.append((option.id, hashlib.sha256(data).hexdigest()[:16]))
    return tuple(found)


def coders() -> tuple[str, ...]:
    """Return the names of the coders that are installed, ours among them."""
    return tuple(sorted({*OWN, *metadata.entry_points(group=GROUP).names}))


def load_coder(name: str | Coder) -> Coder:
    """Return the coder of that name; ModelError where there is none."""
    if not isinstance(name, str):
        return name
    for entry in metadata.entry_points(group=GROUP, name=name):
        found: Coder = entry.load()
        return found
    if name in OWN:
        own: Coder = importlib.import_module(f"whipcount.coding.{name}").coder
        return own
    raise ModelError(f"there is no coder {name!r}; there is: {', '.join(coders())}")
