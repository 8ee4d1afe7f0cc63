"""Lists a page at a time: a page costs the same at the end as at the beginning."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some of a list; `next` is what to pass as `after` for more, None at the end."""

    items: tuple[Item, ...]
    next: str | None = None


def paged(found: Sequence[Item], limit: int, mark: Callable[[Item], str]) -> Page[Item]:
    """Return a page of up to `limit` items of a list that has one more where there are more."""
    items = tuple(found[:limit])
    return Page(items, mark(items[-1]) if len(found) > limit and items else None)
