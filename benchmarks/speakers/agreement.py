"""How far two readers of the same articles agree on who a source is.

    python -m benchmarks.speakers.agreement ONE.jsonl OTHER.jsonl TEXT_DIR

Krippendorff's alpha for nominal data (Krippendorff, Content Analysis, 2004, chapter 11) of the
form, the kind and the actor: 1 where they agree throughout, 0 where no more than by chance. And the
share of people for whom the best role and affiliation of one reader is among the other's.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Hashable, Sequence
from pathlib import Path

from benchmarks.speakers.scoring import Speaker, read_gold, same_name, same_words
from whipcount import actors


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("one", type=Path)
    parser.add_argument("other", type=Path)
    parser.add_argument("texts", type=Path)
    args = parser.parse_args()
    names = actors.gazetteer(None)
    first, second = (
        {
            (doc, speaker.source): speaker
            for doc, (_, speakers) in read_gold(path, args.texts).items()
            for speaker in speakers
        }
        for path in (args.one, args.other)
    )
    keys = [key for key in first if key in second]
    pairs = [(first[key], second[key]) for key in keys]
    print(f"{len(pairs)} spans of {len({doc for doc, _ in keys})} articles")
    print(f"form: alpha {alpha([(a.form, b.form) for a, b in pairs]):.3f}")
    print(f"kind: alpha {alpha([(a.kind, b.kind) for a, b in pairs]):.3f}")
    labels = []
    for (doc, _), (a, b) in zip(keys, pairs, strict=True):
        one, other = _who(a), _who(b)
        same = bool(a.actor and b.actor) and same_name(a.actor[0], b.actor[0], names)
        labels.append(((doc, one), (doc, one if same else other)))
    print(f"actor: alpha {alpha(labels):.3f}")
    people = [(a, b) for a, b in pairs if a.kind == b.kind == "person"]
    for what in ("role", "affiliation"):
        known = [(getattr(a, what) or (), getattr(b, what) or ()) for a, b in people]
        agreed = sum(
            (not a and not b)
            or (bool(a) and any(same_words(a[0], words, names) for words in b))
            or (bool(b) and any(same_words(b[0], words, names) for words in a))
            for a, b in known
        )
        print(f"{what}: {agreed / len(people):.3f} of {len(people)} people's spans agree")


def _who(speaker: Speaker) -> str:
    return speaker.actor[0] if speaker.actor else speaker.kind


def alpha(pairs: Sequence[tuple[Hashable, Hashable]]) -> float:
    """Return Krippendorff's alpha of two readers' nominal labels, none of them missing."""
    values = Counter(value for pair in pairs for value in pair)
    total = 2 * len(pairs)
    chance = 1 - sum(n * (n - 1) for n in values.values()) / (total * (total - 1))
    observed = sum(one != other for one, other in pairs) / len(pairs)
    return 1 - observed / chance if chance else 1.0


if __name__ == "__main__":
    main()
