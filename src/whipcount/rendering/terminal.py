"""Where tables for people are printed: as wide as the terminal, or else 80 columns."""

from __future__ import annotations

from typing import TextIO

from rich import box
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

WIDTH = 80
"""Columns of a table that is not printed on a terminal."""

RULED = box.Box("    \n    \n ── \n    \n    \n    \n    \n    \n")
"""A rule under the heading and no other line."""


class Terminal:
    """Prints on a stream; colours only on a terminal, and no trailing spaces."""

    def __init__(self, stream: TextIO) -> None:
        terminal = stream.isatty()
        self.console = Console(
            file=stream,
            width=None if terminal else WIDTH,
            no_color=True if not terminal else None,
            force_terminal=None if terminal else False,
            highlight=False,
            markup=False,
            emoji=False,
            soft_wrap=False,
        )

    def section(self, title: str, content: RenderableType | None = None) -> None:
        """Print an empty line, a title if there is one, and what stands under it."""
        self.console.print()
        if title:
            self.console.print(Text(title, style="bold"))
        if content is not None:
            self.print(content)

    def indented(self, line: str, style: str = "") -> None:
        """Print a line two columns in; nothing where it is empty."""
        if line:
            self.print(Padding(Text(line, style=style), (0, 0, 0, 2)))

    def print(self, content: RenderableType) -> None:
        """Print without the spaces with which rich fills its lines."""
        for line in self.console.render_lines(content, pad=False):
            parts = [segment for segment in line if not segment.control]
            text = Text.assemble(*((part.text, part.style or "") for part in parts))
            text.rstrip()
            self.console.print(text, no_wrap=True, overflow="ignore", crop=False)
