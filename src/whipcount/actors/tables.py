"""The tables that ship with the package, as text."""

from __future__ import annotations

from importlib import resources


def table(name: str) -> str:
    """Return a shipped table's text."""
    return resources.files("whipcount.actors").joinpath("data", name).read_text("utf-8")
