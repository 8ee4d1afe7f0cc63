"""A statement in the making: ranges of characters in one paragraph's plain text."""

from __future__ import annotations

from dataclasses import dataclass, field

Characters = tuple[int, int]


@dataclass(slots=True)
class Draft:
    """One attribution within a paragraph; content may grow by pieces from later paragraphs.

    `content` holds (paragraph, start, end). `order` tells what found it: 0 a quotation or a layout,
    1 a clause, 2 an attitude or act, 3 a noun; of two that claim the same words the lower wins.
    `layout` is true of what the page's layout attributes, `siding` of one who sides with another.
    """

    paragraph: int
    source: Characters | None
    cue: Characters | None
    content: list[tuple[int, int, int]] = field(default_factory=list)
    order: int = 2
    quoted: bool = False
    layout: bool = False
    siding: bool = False

    def covers(self, paragraph: int, place: int) -> bool:
        """Return whether a character is in the content."""
        return any(p == paragraph and start <= place < end for p, start, end in self.content)
