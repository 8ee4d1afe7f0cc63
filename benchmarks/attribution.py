"""How well statements are found on a folder in PolNeAR's layout, and how fast.

    python -m benchmarks.attribution GOLD_DIR [--system NAME]... [--write]

GOLD_DIR holds `text/NAME.txt` and `attributions/NAME_ANNOTATOR.ann` (brat stand-off), as the
development part of PolNeAR does. Pages are read as a user's are, by `whipcount.read`. The systems
are our taggers, `trained` and `rules`, and `textacy`: its `direct_quotations`, a paragraph at a
time, which is left out with a word where the package isn't installed. `--write` puts the table,
and how far the trained tagger's confidence can be believed, into docs/quality.md.

Speed is a ratio of one run: words a second of a system alone, and of all of `whipcount
statements`' work, against spaCy's own pipeline (`en_core_web_sm`, all its parts) on the same text,
on one thread. The smallest time of `--rounds` rounds counts, the systems taking turns.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.quality import write_table
from benchmarks.scoring import FIGURES, Attribution, Tally, as_attributions, calibration, read_gold
from whipcount import actors, attribution, reading
from whipcount.actors.gazetteer import gazetteer
from whipcount.analysis import Analysis, analyse, language_model
from whipcount.model import Article

SYSTEMS = (*attribution.TAGGERS, "textacy")

Gold = dict[str, tuple[str, list[Attribution]]]
Found = dict[str, list[Attribution]]


@dataclass
class Measured:
    """What a system found, by article, and its smallest times in seconds.

    `tagging` is the system alone, after the parse; `whole` all of `statements`, the parse and the
    actors included. `sure` has each statement's confidence, where the system gives one.
    """

    found: Found = field(default_factory=dict)
    sure: dict[str, list[float]] = field(default_factory=dict)
    tagging: float = float("inf")
    whole: float = float("inf")


def main() -> None:
    """Print the table, and write it where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("--system", action="append", choices=SYSTEMS)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    gold = read_gold(args.gold)
    articles = {
        name: reading.read_page(args.gold / "text" / f"{name}.txt")[0] for name in sorted(gold)
    }
    systems = [name for name in args.system or SYSTEMS if _runner(name) is not None]
    parsing, words, measured = measure(articles, systems, args.rounds)
    table = [*_table(gold, parsing, measured), "", f"{len(articles)} articles, {words:,} words."]
    print("\n".join(table))
    if args.write:
        write_table("attribution", table)
    if "trained" in measured:
        sureness = reliability(gold, measured["trained"])
        print("\n".join(["", *sureness]))
        if args.write:
            write_table("confidence", sureness)


def measure(
    articles: dict[str, Article], systems: list[str], rounds: int
) -> tuple[float, int, dict[str, Measured]]:
    """Return the seconds of spaCy's pipeline, the words, and what each system found."""
    names = gazetteer(None)
    measured = {system: Measured() for system in systems}
    for system in systems:  # load what is loaded once
        _runner(system)(analyse(next(iter(articles.values()))))  # type: ignore[misc]
    parsing, words = float("inf"), 0
    for _ in range(rounds):
        started = time.perf_counter()
        words = sum(len(language_model()(article.text)) for article in articles.values())
        parsing = min(parsing, time.perf_counter() - started)
        for system, result in measured.items():
            run = _runner(system)
            assert run is not None
            tagging, begun = 0.0, time.perf_counter()
            for name, article in articles.items():
                analysis = analyse(article)
                started = time.perf_counter()
                found = run(analysis)
                tagging += time.perf_counter() - started
                if isinstance(found, tuple):
                    mentions = actors.find_mentions(analysis, names)
                    found = actors.identify(analysis, found, mentions)
                    result.sure[name] = [statement.confidence for statement in found]
                    result.found[name] = as_attributions(found)
                else:
                    result.found[name] = found
            result.tagging = min(result.tagging, tagging)
            result.whole = min(result.whole, time.perf_counter() - begun)
    return parsing, words, measured


def _runner(system: str) -> Callable[[Analysis], Any] | None:
    """Return what finds an analysed article's attributions; None where it can't run here."""
    if system in attribution.TAGGERS:
        return lambda analysis: attribution.attribute(analysis, system)
    try:
        from textacy.extract import direct_quotations  # noqa: PLC0415
    except ModuleNotFoundError:
        print("textacy is not installed and is left out: pip install textacy", file=sys.stderr)
        return None
    return lambda analysis: list(_by_textacy(analysis, direct_quotations))


def _by_textacy(
    analysis: Analysis, direct_quotations: Callable[[Any], Any]
) -> Iterator[Attribution]:
    for paragraph in analysis.paragraphs:
        try:
            quotations = list(direct_quotations(paragraph.doc))
        except ValueError:  # it refuses paragraphs with an odd number of marks
            continue
        for quotation in quotations:
            spans = {
                "source": [(token.idx, token.idx + len(token)) for token in quotation.speaker],
                "cue": [(token.idx, token.idx + len(token)) for token in quotation.cue],
                "content": [(quotation.content.start_char, quotation.content.end_char)],
            }
            whole = {
                role: [paragraph.characters(min(s for s, _ in some), max(e for _, e in some))]
                for role, some in spans.items()
                if some
            }
            yield {role: whole.get(role, []) for role in spans}


def _table(gold: Gold, parsing: float, measured: dict[str, Measured]) -> list[str]:
    rows = [
        "| system | source | cue | content | overlap | relation "
        "| direct | mixed | indirect | alone | `statements` |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for system, result in measured.items():
        tally = Tally()
        for name, (text, there) in gold.items():
            tally.add(text, there, result.found[name])
        figures = tally.figures()
        kinds = figures["relation recall by kind"]
        cells = [str(figures[figure]["f1"]) for figure in FIGURES]
        cells += [str(kinds.get(kind, "")) for kind in ("direct", "mixed", "indirect")]
        cells.append(f"{parsing / result.tagging:.2f}")
        cells.append(f"{parsing / result.whole:.2f}" if result.sure else "")
        rows.append(f"| {system} | {' | '.join(cells)} |")
    return rows


def reliability(gold: Gold, measured: Measured) -> list[str]:
    """Return how often statements are right by their confidence, and the calibration error.

    Right is a statement that is one of the gold's (relation).
    """
    sure: list[float] = []
    right: list[bool] = []
    for name, (text, there) in gold.items():
        # Seen from the other side, the statements are what is to be found.
        hits = Tally().add(text, measured.found[name], there)
        sure += measured.sure[name]
        right += [number in hits for number in range(len(measured.sure[name]))]
    bins, error = calibration(sure, right)
    rows = ["| confidence | statements | mean confidence | right |", "|---|---|---|---|"]
    rows += [
        f"| {low:.1f} to {high:.1f} | {count} | {100 * mean:.0f} % | {100 * share:.0f} % |"
        for low, high, count, mean, share in bins
    ]
    return [*rows, "", f"Expected calibration error: {100 * error:.1f} points."]


if __name__ == "__main__":
    main()
