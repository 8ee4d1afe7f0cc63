"""How well statements are found on a folder in PolNeAR's layout, and how fast.

    python -m benchmarks.attribution GOLD_DIR [--tagger rules] [--scorer FILE] [--write]

GOLD_DIR holds `text/NAME.txt` and `attributions/NAME_ANNOTATOR.ann` (brat stand-off), as the
development part of PolNeAR does. Pages are read as a user's are, by `whipcount.read`. `--scorer` is
the scoring script, by default `score/attribution.py` two folders above GOLD_DIR; `--write` puts the
figures into docs/quality.md.

Speed is a ratio of one run: words a second of all of `whipcount statements`' work, and of the
tagger alone, against spaCy's own pipeline on the same text, on one thread.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from whipcount import actors, attribution, reading
from whipcount.actors.gazetteer import gazetteer
from whipcount.analysis import analyse, language_model
from whipcount.model import Article, Statement

QUALITY = Path(__file__).parents[1] / "docs" / "quality.md"


def scorer(path: Path) -> ModuleType:
    """Return the scoring script as a module; exits with what to do where it isn't there."""
    specification = importlib.util.spec_from_file_location("attribution_scorer", path)
    if not path.exists() or specification is None or specification.loader is None:
        sys.exit(f"{path}: no scoring script here; name it with --scorer")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def predictions(
    articles: dict[str, Article], tagger: str = attribution.DEFAULT_TAGGER
) -> tuple[dict[str, tuple[Statement, ...]], float, float]:
    """Return the statements by article, and the seconds of the tagger and of all the work."""
    found: dict[str, tuple[Statement, ...]] = {}
    tagging = 0.0
    names = gazetteer(None)
    begun = time.perf_counter()
    for name, article in articles.items():
        analysis = analyse(article)
        started = time.perf_counter()
        statements = attribution.attribute(analysis, tagger)
        tagging += time.perf_counter() - started
        found[name] = actors.identify(analysis, statements, actors.find_mentions(analysis, names))
    return found, tagging, time.perf_counter() - begun


def as_attributions(statements: tuple[Statement, ...]) -> list[dict[str, Any]]:
    """Return statements as the scorer takes them."""
    return [{"source": s.source, "cue": s.cue, "content": s.content} for s in statements]


def main() -> None:
    """Print the figures, and write them where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("--tagger", default=attribution.DEFAULT_TAGGER)
    parser.add_argument("--scorer", type=Path)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    score = scorer(args.scorer or args.gold.resolve().parents[1] / "score" / "attribution.py")
    gold = score.read_gold(args.gold)
    articles = {
        name: reading.read_page(args.gold / "text" / f"{name}.txt")[0] for name in sorted(gold)
    }
    analyse(next(iter(articles.values())))
    started = time.perf_counter()
    words = sum(len(language_model()(article.text)) for article in articles.values())
    parsing = time.perf_counter() - started
    found, tagging, whole = predictions(articles, args.tagger)
    result = score.score(gold, {name: as_attributions(s) for name, s in found.items()})
    speed = {"tagger": parsing / tagging, "statements": parsing / whole}
    rows = _rows(result, speed, words)
    print("\n".join(rows))
    if args.write:
        _write(args.tagger, rows)


def _rows(result: dict[str, Any], speed: dict[str, float], words: int) -> list[str]:
    rows = ["| figure | precision | recall | F1 |", "|---|---|---|---|"]
    for key in ("exact source", "exact cue", "exact content", "overlap content", "relation"):
        figures = result[key]
        rows.append(f"| {key} | {figures['p']} | {figures['r']} | {figures['f1']} |")
    kinds = result["relation recall by kind"]
    recalls = ", ".join(f"{kind} {value}" for kind, value in kinds.items())
    rows += [
        "",
        f"Relation recall by kind: {recalls}. {result['articles']} articles, {words:,} words.",
        f"Words a second against spaCy's pipeline in the same run: the tagger alone "
        f"{speed['tagger']:.1f} times as many, all of `statements` {speed['statements']:.2f}.",
    ]
    return rows


def _write(tagger: str, rows: list[str]) -> None:
    """Put rows between a tagger's marks in docs/quality.md."""
    mark = f"<!-- attribution {tagger} -->"
    end = f"<!-- end attribution {tagger} -->"
    text = QUALITY.read_text(encoding="utf-8")
    pattern = re.compile(f"{re.escape(mark)}.*?{re.escape(end)}", re.DOTALL)
    if not pattern.search(text):
        sys.exit(f"{QUALITY}: no place for the tagger {tagger!r}; add {mark} and {end}")
    body = "\n".join(rows)
    QUALITY.write_text(pattern.sub(lambda _: f"{mark}\n{body}\n{end}", text), encoding="utf-8")


if __name__ == "__main__":
    main()
