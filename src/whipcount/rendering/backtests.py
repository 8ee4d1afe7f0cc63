"""Forecasts held against votes, as a document, rows and a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

from rich.table import Table
from rich.text import Text

from whipcount.counting.backtest import Backtest
from whipcount.rendering import words
from whipcount.rendering.documents import SCHEMA, Document, probability
from whipcount.rendering.terminal import RULED, Terminal

COLUMNS = ("option", "as_of", "vote_date", "title", "member", "stand", "chance", "vote")


def document(found: Iterable[Backtest]) -> Document:
    """Return what `backtest --format json` prints."""
    return {"schema": SCHEMA, "backtests": [_backtest(one) for one in found]}


def line(one: Backtest) -> Document:
    """Return what `backtest --format jsonl` prints of one vote."""
    return {"schema": SCHEMA, **_backtest(one)}


def rows(found: Iterable[Backtest]) -> Iterator[Document]:
    """Yield a row a member and vote."""
    for one in found:
        for guess in one.guesses:
            yield {
                "option": one.roll_call.option,
                "as_of": one.counted.as_of.isoformat(),
                "vote_date": one.roll_call.date,
                "title": one.roll_call.title,
                "member": guess.member,
                "stand": guess.stand,
                "chance": round(guess.chance, 4),
                "vote": guess.vote,
            }


def print_backtest(stream: TextIO, one: Backtest) -> None:
    """Print how the chances fit one vote."""
    terminal = Terminal(stream)
    call = one.roll_call
    title = words.clean(call.title) or words.clean(call.path)
    terminal.print(Text(f"{title}: {call.option}, {call.date}", style="bold"))
    terminal.print(
        Text(f"Forecast as of {one.counted.as_of}, {words.number(len(one.guesses), 'vote')} cast")
    )
    terminal.print(Text(_summary(one)))
    terminal.section("How often a chance came true", _parts(one))
    terminal.section("What became of each stand", _stands(one))
    terminal.print("")


def _summary(one: Backtest) -> str:
    told = [f"Brier score {one.brier:.3f}"]
    if one.skill is None:
        told[0] += "; all voted alike, so there is no reference to beat."
    else:
        told[0] += (
            f"; giving everybody the share that voted yes would have {one.reference:.3f}, so the "
            f"skill is {one.skill:.2f}."
        )
    if one.forecast is not None:
        came = {True: "It carried.", False: "It didn't carry.", None: ""}[one.carried]
        told += [f"The verdict was {one.outcome}.", words.chance(one.forecast), came]
    return " ".join(part for part in told if part)


def _parts(one: Backtest) -> Table:
    table = _table("chance", "members", "mean chance", "voted yes")
    for part in one.parts:
        table.add_row(
            f"{part.low * 100:.0f} to {part.high * 100:.0f} %",
            str(part.guesses),
            f"{part.mean * 100:.0f} %",
            f"{part.happened * 100:.0f} %",
        )
    return table


def _stands(one: Backtest) -> Table:
    table = _table("stand", "members", "voted yes")
    for stand, many, yes in one.by_stand:
        table.add_row(stand, str(many), f"{yes} ({yes / many * 100:.0f} %)")
    return table


def _table(*titles: str) -> Table:
    table = Table(box=RULED, padding=(0, 2, 0, 0), pad_edge=False)
    for place, title in enumerate(titles):
        table.add_column(title, justify="right" if place else "left")
    table.show_edge = False
    return table


def _backtest(one: Backtest) -> Document:
    return {
        "option": one.roll_call.option,
        "as_of": one.counted.as_of.isoformat(),
        "vote": {
            "date": one.roll_call.date,
            "title": one.roll_call.title or None,
            "path": one.roll_call.path,
        },
        "brier": round(one.brier, 6),
        "reference": round(one.reference, 6),
        "skill": None if one.skill is None else round(one.skill, 6),
        "outcome": one.outcome,
        "probability": probability(one.forecast),
        "carried": one.carried,
        "calibration": [
            {
                "low": part.low,
                "high": part.high,
                "members": part.guesses,
                "mean": round(part.mean, 4),
                "happened": round(part.happened, 4),
            }
            for part in one.parts
        ],
        "stands": [
            {"stand": stand, "members": many, "yes": yes} for stand, many, yes in one.by_stand
        ],
        "members": [
            {
                "member": guess.member,
                "stand": guess.stand,
                "chance": round(guess.chance, 4),
                "vote": guess.vote,
            }
            for guess in one.guesses
        ],
    }
