"""How well the example debate is read: statements, positions, cells and verdicts against its gold.

    python -m benchmarks.debate [FOLDER] [--coder NAME] [--verbose] [--write]

FOLDER holds `gold.toml`, issue file, body file and `pages/`, as `examples/pact` does. Prints
a line a figure; `--verbose` lists what was missed and what was found beside it; `--write` puts the
figures into docs/quality.md. Other programs use `score`.

A statement is found when the characters of its contents agree (Dice of 0.5 or more) and its sources
overlap, one to one. A position is found when the option, the stance and the holder (whom it speaks
for, else the actor's name) are those of a gold position, from words that overlap. A cell is right
when the stand is; a verdict when the outcome is.
"""

from __future__ import annotations

import argparse
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import whipcount
from benchmarks.quality import write_table
from whipcount.attribution import DEFAULT_TAGGER
from whipcount.coding import DEFAULT_CODER
from whipcount.model import Article, Coded, Position, Span, Statement

DEBATE = Path(__file__).parents[1] / "examples" / "pact"


@dataclass
class Tally:
    """How many were right, how many were given and how many there are, and what was wrong."""

    right: int = 0
    given: int = 0
    there: int = 0
    missed: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """F1 in per cent."""
        return 200 * self.right / (self.given + self.there) if self.given + self.there else 0.0

    @property
    def precision(self) -> float:
        """Precision in per cent."""
        return 100 * self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        """Recall in per cent; the share that is right, where each has exactly one answer."""
        return 100 * self.right / self.there if self.there else 0.0


@dataclass
class Score:
    """The tallies of a debate."""

    articles: Tally = field(default_factory=Tally)
    statements: Tally = field(default_factory=Tally)
    actors: Tally = field(default_factory=Tally)
    dates: Tally = field(default_factory=Tally)
    positions: Tally = field(default_factory=Tally)
    cells: Tally = field(default_factory=Tally)
    on_record: Tally = field(default_factory=Tally)
    verdicts: Tally = field(default_factory=Tally)


def score(folder: Path = DEBATE, coder: str = DEFAULT_CODER, tagger: str = DEFAULT_TAGGER) -> Score:
    """Return how well a debate is read and counted."""
    gold = tomllib.loads((folder / "gold.toml").read_text(encoding="utf-8"))
    issue = whipcount.load_issue(next(p for p in folder.glob("*.toml") if is_issue(p)))
    result = Score()
    coded: list[Coded] = []
    for page in gold["pages"]:
        found = list(whipcount.code([folder / page["path"]], issue, coder=coder, tagger=tagger))
        coded += found
        rows = [row for row in gold["statements"] if row["page"] == page["path"]]
        _score_page(result, page, found[0], rows)
    for count in gold["counts"]:
        _score_count(result, coded, issue, count)
    return result


def is_issue(path: Path) -> bool:
    """Return whether a TOML file is an issue's."""
    return "options" in tomllib.loads(path.read_text(encoding="utf-8"))


def _score_page(
    result: Score, page: dict[str, Any], coded: Coded, rows: list[dict[str, Any]]
) -> None:
    article = coded.article
    for key in ("title", "published", "outlet", "byline", "url"):
        _one(result.articles, f"{page['path']} {key}", str(page[key]), getattr(article, key))
    wanted = [(row, *spans_of(article, row)) for row in rows]
    pairs = paired(wanted, coded.statements)
    result.statements.right += len(pairs)
    result.statements.given += len(coded.statements)
    result.statements.there += len(rows)
    for number, (row, _, _) in enumerate(wanted):
        if number not in pairs:
            result.statements.missed.append(
                f"{row['id']} [{row['source']}] [{row['cue']}] {row['content']}"
            )
            continue
        statement = coded.statements[pairs[number]]
        names = {_name(a.name) for a in statement.actors} | {
            _name(a.speaks_for) for a in statement.actors
        }
        want = _name(row["speaks_for"] or row["actor"])
        _one(
            result.actors,
            f"{row['id']} actor of {row['source']!r}",
            want,
            want if want in names else str(sorted(names)),
        )
        _one(result.dates, f"{row['id']} date", row["date"], statement.date)
    for number, statement in enumerate(coded.statements):
        if number not in pairs.values():
            cue = " ".join(article.text[s:e] for s, e in statement.cue)
            result.statements.beside.append(
                f"{Path(article.path).name[:2]} [{statement.speaker}] [{cue}] {statement.quote}"
            )
    _score_positions(result.positions, wanted, coded)


def _score_positions(
    tally: Tally, wanted: list[tuple[dict[str, Any], set[int], set[int]]], coded: Coded
) -> None:
    left = list(coded.positions)
    tally.given += len(left)
    for row, content, _ in wanted:
        for want in row["positions"]:
            tally.there += 1
            holder = _name(
                want.get("speaks_for") or want.get("actor") or row["speaks_for"] or row["actor"]
            )
            hit = next(
                (
                    p
                    for p in left
                    if p.option == want["option"]
                    and p.stance == want["stance"]
                    and holder in (_name(p.actor.speaks_for), _name(p.actor.name))
                    and content & _covered(p.content)
                ),
                None,
            )
            if hit is not None:
                left.remove(hit)
                tally.right += 1
            else:
                tally.missed.append(
                    f"{row['id']} {holder}: {want['option']} {want['stance']} | {row['content']}"
                )
    tally.beside += [_position_line(coded.article, p) for p in left]


def _position_line(article: Article, position: Position) -> str:
    reported = " reported" if position.reported else ""
    return (
        f"{Path(article.path).name[:2]} {position.actor.speaks_for or position.actor.name}: "
        f"{position.option} {position.stance}{reported} | {position.quote}"
    )


def _score_count(
    result: Score, coded: Iterable[Coded], issue: whipcount.Issue, gold: dict[str, Any]
) -> None:
    day: date = gold["as_of"]
    count = whipcount.count(coded, issue, as_of=day)
    _one(result.cells, f"{day} members", str(gold["members"]), str(len(count.members)))
    for cell in count.cells:
        want = gold["cells"].get(cell.member, {}).get(cell.option, "not-on-record")
        _one(result.cells, f"{day} {cell.member} {cell.option}", want, cell.stand)
        if want != "not-on-record":
            _one(result.on_record, f"{day} {cell.member} {cell.option}", want, cell.stand)
    for verdict in count.verdicts:
        _one(
            result.verdicts,
            f"{day} {verdict.option}",
            gold["verdicts"][verdict.option],
            verdict.outcome,
        )


def _one(tally: Tally, what: str, want: str, got: str) -> None:
    tally.given += 1
    tally.there += 1
    if want == got:
        tally.right += 1
    else:
        tally.missed.append(f"{what}: {got!r}, not {want!r}")


def paired(
    wanted: list[tuple[dict[str, Any], set[int], set[int]]], statements: tuple[Statement, ...]
) -> dict[int, int]:
    """Return which statement, by index, is which of the gold's, by number."""
    scores = []
    for number, (_, content, source) in enumerate(wanted):
        for index, statement in enumerate(statements):
            mine = _covered(statement.content)
            dice = 2 * len(mine & content) / (len(mine) + len(content)) if mine or content else 0
            theirs = _covered(statement.source)
            if dice >= 0.5 and (source & theirs or not (source or theirs)):
                scores.append((dice, number, index))
    pairs: dict[int, int] = {}
    for _, number, index in sorted(scores, key=lambda s: (-s[0], s[1], s[2])):
        if number not in pairs and index not in pairs.values():
            pairs[number] = index
    return pairs


def spans_of(article: Article, row: dict[str, Any]) -> tuple[set[int], set[int]]:
    """Return the characters of a gold statement's content and of its source."""
    at = row.get("content_at") or [None] * len(row["content"])
    places = at if isinstance(at, list) else [at]
    content = [
        _place(article.text, words, number, 0)
        for words, number in zip(row["content"], places, strict=False)
    ]
    near = content[0].start if content else 0
    source = (
        [_place(article.text, row["source"], row.get("source_at"), near)] if row["source"] else []
    )
    return _covered(content), _covered(source)


def _place(text: str, words: str, number: int | None, near: int) -> Span:
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    pattern = (
        (r"\b" if words[0].isalnum() else "") + pattern + (r"\b" if words[-1].isalnum() else "")
    )
    found = [Span(*match.span()) for match in re.finditer(pattern, text.replace("\u00ad", ""))]
    if not found:
        raise ValueError(f"{words!r} stands nowhere in the article")
    if number is not None and number <= len(found):
        return found[number - 1]
    return min(found, key=lambda span: abs(span.start - near))


def _covered(spans: Iterable[Span]) -> set[int]:
    return {place for start, end in spans for place in range(start, end)}


def _name(words: str) -> str:
    words = " ".join(words.casefold().split())
    return words.removeprefix("the ")


def main() -> None:
    """Print the figures of a debate, and write them where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, default=DEBATE)
    parser.add_argument("--coder", default=DEFAULT_CODER)
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    result = score(args.folder, args.coder)
    for name, tally in vars(result).items():
        if not args.verbose:
            break
        print(*(f"{name} missed: {line}" for line in tally.missed), sep="\n")
        print(*(f"{name} beside: {line}" for line in tally.beside), sep="\n")
    rows = _rows(result)
    print("\n".join(rows))
    if args.write:
        write_table(f"debate {args.folder.name}", rows)


def _rows(result: Score) -> list[str]:
    rows = ["| figure | precision | recall | F1 | right of |", "|---|---|---|---|---|"]
    for name, tally in vars(result).items():
        figures = f"{tally.precision:.1f} | {tally.recall:.1f} | {tally.f1:.1f}"
        rows.append(f"| {name.replace('_', ' ')} | {figures} | {tally.right} of {tally.there} |")
    return rows


if __name__ == "__main__":
    main()
