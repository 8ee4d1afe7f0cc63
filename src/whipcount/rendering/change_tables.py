"""What a person reads of a count through time: day by day who moved, and how verdicts turned."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TextIO

from rich.table import Table
from rich.text import Text

from whipcount import model
from whipcount.rendering import words
from whipcount.rendering.table import COLOURS, proof
from whipcount.rendering.terminal import Terminal

STYLES: dict[model.Outcome, str] = {
    "carried": "bold blue",
    "blocked": "bold yellow",
    "open": "bold",
    "none": "bold",
}


def print_changes(stream: TextIO, timeline: model.Timeline) -> None:
    """Print who moved on which day, on which words, and how the verdicts turned."""
    terminal = Terminal(stream)
    terminal.print(Text(words.clean(timeline.issue.name), style="bold"))
    between = f"{words.day(f'{timeline.first}')} to {words.day(f'{timeline.last}')}"
    terminal.print(Text(f"{words.clean(timeline.body.name)}, {between}"))
    terminal.print(Text(_numbers(timeline), style="dim"))
    terminal.section("Options", _options(timeline))
    articles = {article.id: article for article in timeline.articles}
    for day, changes, turns in _days(timeline):
        terminal.section(words.day(day.isoformat()))
        for together in _moves(changes):
            _print_move(terminal, together, articles)
        for turn in turns:
            terminal.print(
                Text.assemble(
                    f"Verdict on {turn.option}: ",
                    (words.OUTCOMES[turn.before], STYLES[turn.before]), " → ",
                    (words.OUTCOMES[turn.after], STYLES[turn.after]),
                )
            )  # fmt: skip


def _moves(changes: Iterable[model.Change]) -> Iterable[list[model.Change]]:
    """Return the changes of a day, those together that the same words of a member brought."""
    grouped: dict[tuple[object, ...], list[model.Change]] = {}
    for change in changes:
        key = (
            change.member,
            _words(change.because),
            _words(change.instead_of),
            _words(change.against),
        )
        grouped.setdefault(key, []).append(change)
    return grouped.values()


def _words(position: model.Position | None) -> object:
    """Return what tells the words of one position from those of another."""
    if position is None:
        return None
    return position.article, position.statement, position.quote, position.record, position.date


def _print_move(
    terminal: Terminal, changes: Sequence[model.Change], articles: dict[str, model.Article]
) -> None:
    """Print changes that the same words brought: a line each, and under them the words."""
    first = changes[0]
    label = words.clean(first.member)
    for change in changes:
        terminal.print(Text.assemble((label, "bold"), _told(change)))
    before = first.instead_of if _words(first.instead_of) != _words(first.because) else None
    for lead, position in (
        ("", first.because),
        ("against it: ", first.against),
        ("before: ", before),
    ):
        if position is not None:
            source, quote = proof(position, articles.get(position.article or ""), label)
            terminal.indented(lead + source, "dim")
            terminal.indented(quote)


def _told(change: model.Change) -> Text:
    """Return what became of a member's cell: ", membership: no → yes"."""
    verb = " joins" if change.before is None else " leaves" if change.after is None else ""
    text = Text(f"{verb}, {change.option}: ")
    stands = [stand for stand in (change.before, change.after) if stand is not None]
    if change.before == change.after:
        stands = stands[:1]
    for place, stand in enumerate(stands):
        text.append(" → " if place else "").append(words.LABELS[stand].lower(), COLOURS[stand])
    if change.contested:
        text.append(", contested")
    elif change.before == change.after:
        text.append(", contested no more")
    return text


def _numbers(timeline: model.Timeline) -> str:
    if not timeline.changes and not timeline.turns:
        return "Nothing changed between these days."
    members = len({change.member for change in timeline.changes})
    return (
        f"{words.number(len(timeline.changes), 'change')} by {words.number(members, 'member')}, "
        f"{words.number(len(timeline.turns), 'turn of a verdict', 'turns of verdicts')}"
    )


def _options(timeline: model.Timeline) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for option in timeline.issue.options:
        table.add_row(Text(option.id, style="bold"), Text(words.clean(option.label)))
    return table


def _days(
    timeline: model.Timeline,
) -> Iterator[tuple[date, list[model.Change], list[model.Turn]]]:
    """Yield each day on which anything changed, with the changes and the turns of verdicts."""
    everything: list[model.Change | model.Turn] = [*timeline.changes, *timeline.turns]
    everything.sort(key=lambda one: one.day)
    for day, found in itertools.groupby(everything, key=lambda one: one.day):
        of_day = list(found)
        yield (
            day,
            [one for one in of_day if isinstance(one, model.Change)],
            [one for one in of_day if isinstance(one, model.Turn)],
        )
