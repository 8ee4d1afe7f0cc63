"""Articles that are copies of others: wire copy with a new headline, cut, moved about or corrected.

An article is a copy of another where most of its own words, in sequence, stand in the other as
well, whenever either was printed. So of copies the fullest is kept, and of what a copy drops
nothing is lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from whipcount.duplicates.candidates import candidate_pairs
from whipcount.duplicates.shingles import Shingles, share_within, shingles, words_of
from whipcount.model import Article

SIZE = 3
"""Words of a shingle. Of 2 to 6, swept on our own wire stories (`benchmarks.duplicates`): with 3
the copy that shares least (edited and halved, 0.62) and the other story that shares most (the next
day's with its background repeated, 0.42) are farthest apart."""

LEAST_SHARE = 0.5
"""The share of its shingles that a copy has in common with the fuller article, at least. Every
value from 0.43 to 0.61 tells all copies of our wire stories from all stories written anew."""

LEAST_SHINGLES = 20
"""Shingles of the shortest article that is looked at; shorter ones are notices, which are alike
without being one story. Chosen, not swept."""


def copies(articles: Iterable[Article]) -> dict[str, str]:
    """Return the articles that are copies: the id of each, and that of the one it is a copy of.

    What a copy is of is no copy itself. The order of the articles makes no difference, nor does
    one that comes several times. Articles are held as their shingles, 2 kB for 500 words.
    """
    found: dict[str, tuple[str, Shingles]] = {}
    for article in articles:
        if article.id not in found:
            found[article.id] = article.published, shingles(words_of(_body(article)), SIZE)
    long = [id_ for id_, (_, own) in found.items() if len(own) >= LEAST_SHINGLES]
    # the fullest first, of equals the oldest
    long.sort(key=lambda id_: (-len(found[id_][1]), found[id_][0] or "9999", id_))
    sets = [found[id_][1] for id_ in long]
    fuller: dict[int, list[int]] = defaultdict(list)
    for first, second in candidate_pairs(sets).tolist():
        fuller[second].append(first)
    copied: dict[int, int] = {}
    for place in sorted(fuller):
        shares = [
            (-share_within(sets[place], sets[other]), other)
            for other in fuller[place]
            if other not in copied
        ]
        if shares and -min(shares)[0] >= LEAST_SHARE:
            copied[place] = min(shares)[1]
    return {long[place]: long[other] for place, other in copied.items()}


def _body(article: Article) -> str:
    """Return an article's paragraphs: its headline and teaser are each outlet's own."""
    return "\n".join(article.text[span.start : span.end] for span in article.body)
