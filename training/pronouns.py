"""Fit the weights by which "he" and "she" choose a person, and print how well they do.

    python -m training.pronouns TEXT_DIR GOLD.jsonl... [--write]

GOLD are files of `benchmarks/speakers`, TEXT_DIR PolNeAR train's texts. A conditional logit over
`whipcount.actors.pronouns.FEATURES`, with a ridge: each pronoun among the gold's source spans is
one choice, the person whom the gold names the right one. What is known of earlier pronouns is
what the present weights make of them, so that a second run settles. Printed is the share that is
right over `FOLDS` folds of articles, each measured with weights from the others. `--write` writes
the weights into `actors/data/pronouns.toml`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from benchmarks.speakers.scoring import Speaker, read_gold, same_name
from numpy.typing import NDArray

import whipcount.actors
from whipcount import reading
from whipcount.actors.entities import Resolver, Sighting
from whipcount.actors.gazetteer import gazetteer
from whipcount.actors.mentions import resolve
from whipcount.actors.pronouns import FEATURES
from whipcount.analysis import Analysis, analyse

FOLDS = 8
RIDGE = 3.0
STEPS = 400
RATE = 0.02
HEAD = """# How much each of what is seen of a person counts for "he" and "she"
# (`actors/pronouns.py`). Made by `python -m training.pronouns TEXT_DIR GOLD.jsonl... --write`.

[weights]
"""

Choice = tuple[str, NDArray[np.float64], int]
"""An article, what is seen of each person that a pronoun may be, and which is the right one."""


def main() -> None:
    """Fit the weights; print the share that is right; write them where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("texts", type=Path)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    asked = [one for path in args.gold for one in choices_of(path, args.texts)]
    articles = sorted({doc for doc, _, _ in asked})
    fold = {doc: number % FOLDS for number, doc in enumerate(articles)}
    right = 0
    for number in range(FOLDS):
        weights = fit([one for one in asked if fold[one[0]] != number])
        right += sum(is_right(one, weights) for one in asked if fold[one[0]] == number)
    print(f"{len(asked)} pronouns of {len(articles)} articles: {right / len(asked):.3f} right")
    if args.write:
        lines = [
            f'"{name}" = {weight:.2f}\n'
            for name, weight in zip(FEATURES, fit(asked).tolist(), strict=True)
        ]
        folder = Path(whipcount.actors.__file__).parent / "data"
        (folder / "pronouns.toml").write_text(HEAD + "".join(lines), encoding="utf-8")


def choices_of(gold: Path, texts: Path) -> Iterator[Choice]:
    """Yield the choices that the pronouns of a gold file's people make."""
    names = gazetteer()
    for doc, (file, speakers) in read_gold(gold, texts).items():
        analysis = analyse(reading.read_page(file)[0])
        resolver, _ = resolve(analysis, names)
        for speaker in speakers:
            if speaker.form != "pronoun" or speaker.kind != "person" or not speaker.actor:
                continue
            sighting = _sighting(speaker, resolver, analysis)
            if sighting is None:
                continue
            found = resolver.choices(sighting)
            people = [resolver.entities[entity].person for entity in found]
            right = [
                number
                for number, person in enumerate(people)
                if person is not None and same_name(speaker.actor[0], person.words, names)
            ]
            seen = np.array(list(found.values())).reshape(len(found), len(FEATURES))
            yield f"{gold.name} {doc}", seen, right[0] if right else -1


def _sighting(speaker: Speaker, resolver: Resolver, analysis: Analysis) -> Sighting | None:
    """Return the "he" or "she" of a source span."""
    for sighting in resolver.sightings:
        mention = sighting.mention
        if mention.kind != "pronoun" or mention.unit.words not in ("he", "she"):
            continue
        paragraph = analysis.paragraphs[mention.paragraph]
        place = paragraph.words(paragraph.doc[mention.head_start : mention.head_end])
        if any(span.start <= place.start and place.end <= span.end for span in speaker.source):
            return sighting
    return None


def fit(asked: Sequence[Choice]) -> NDArray[np.float64]:
    """Return the weights of a conditional logit, by ascent on its likelihood less the ridge."""
    weights = np.zeros(len(FEATURES))
    for _ in range(STEPS):
        slope = -RIDGE * weights
        for _, seen, right in asked:
            if right >= 0:
                scores = seen @ weights
                chances = np.exp(scores - scores.max())
                slope += seen[right] - (chances / chances.sum()) @ seen
        weights = weights + RATE * slope
    return weights


def is_right(one: Choice, weights: NDArray[np.float64]) -> bool:
    """Return whether weights choose the right person."""
    _, seen, right = one
    return len(seen) > 0 and int(np.argmax(seen @ weights)) == right


if __name__ == "__main__":
    main()
