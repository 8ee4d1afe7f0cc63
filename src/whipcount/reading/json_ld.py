"""What an HTML page says of its article in JSON-LD, with the words of schema.org."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

_ARTICLE_TYPES = re.compile(r"(?:article|posting|report|review)$", re.IGNORECASE)


def articles_described(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield the articles that a page describes in JSON-LD."""
    for script in tree.iter("script"):
        if "ld+json" not in script.get("type", "").lower() or not script.text:
            continue
        try:
            said = json.loads(script.text, strict=False)
        except (ValueError, RecursionError):
            continue  # broken JSON-LD is common, and no reason to refuse a page
        waiting = [said]
        while waiting:
            value = waiting.pop(0)
            if isinstance(value, list):
                waiting += value
            elif isinstance(value, dict):
                kinds = value.get("@type", "")
                kinds = kinds if isinstance(kinds, list) else [kinds]
                if any(_ARTICLE_TYPES.search(str(kind)) for kind in kinds):
                    yield value
                waiting += [value[key] for key in ("@graph", "mainEntity") if key in value]
