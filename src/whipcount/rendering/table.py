"""What a person reads in a terminal: articles, statements, positions and the board of a count.

Everything fits 80 columns, and nothing depends on colour. Words of pages are made safe for a
terminal (`words.clean`) and never read as rich's markup.
"""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Iterator, Sequence
from typing import TextIO, TypeAlias

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from whipcount import model
from whipcount.counting.by_party import party_tallies
from whipcount.counting.stands import words_at
from whipcount.rendering import reprints, words
from whipcount.rendering.terminal import RULED, Terminal

QUOTE = 280
"""Code points of a quotation that are shown; the JSON has all."""

OPTION_WIDTH = 12
"""Columns of one option on the board: words such as "undecided" fit; more options, more boards."""

COLOURS: dict[model.Stand, str] = {
    "yes": "bold blue",
    "leaning-yes": "blue",
    "conditional": "magenta",
    "undecided": "cyan",
    "abstain": "cyan",
    "leaning-no": "yellow",
    "no": "bold yellow",
    "not-on-record": "dim",
}
"""Blue against yellow, which the colour-blind tell apart; the words say the same without it."""


Stood: TypeAlias = model.Cell | model.Other
"""What has a stand: a member's cell, or a row of the others."""


class Printer:
    """Prints the model's types on a stream, as wide as its terminal or else `WIDTH`."""

    def __init__(self, stream: TextIO) -> None:
        self.terminal = Terminal(stream)
        self.console = self.terminal.console
        self.first = True

    def article(self, article: model.Article) -> None:
        """Print what was read of an article: metadata, and how its body begins and ends."""
        self._heading(article)
        size = sum(span.end - span.start for span in article.body)
        paragraphs = [_slice(article, span) for span in article.body]
        self._indented(
            f"{words.number(len(paragraphs), 'paragraph')}, {words.number(size, 'character')}",
            "dim",
        )
        if paragraphs:
            self._indented(textwrap.shorten(paragraphs[0], QUOTE, placeholder=" …"))
        if len(paragraphs) > 1:
            self._indented("…", "dim")
            self._indented(textwrap.shorten(paragraphs[-1], QUOTE, placeholder=" …"))

    def attributed(self, attributed: model.Attributed) -> None:
        """Print an article's statements: who said what, when, and how."""
        self._heading(attributed.article)
        if not attributed.statements:
            self._indented("nobody says anything", "dim")
        for statement in attributed.statements:
            who = "; ".join(words.actor(one) for one in statement.actors)
            who = who or words.clean(statement.speaker) or "nobody named"
            cue = " … ".join(_slice(attributed.article, span) for span in statement.cue)
            how = ", ".join(part for part in (statement.kind, f"“{cue}”" if cue else "") if part)
            self._said(who, f"{how}, {statement.date or 'undated'}", statement.quote)

    def coded(self, coded: model.Coded) -> None:
        """Print the positions of an article: whose stance on which option, in whose words."""
        self._heading(coded.article)
        if not coded.positions:
            self._indented("no position on any option", "dim")
        for position in coded.positions:
            self._position(position, coded.article)

    def actors(self, found: Sequence[model.Joined]) -> None:
        """Print actors of many articles: how often, in which role, for whom; what is doubtful."""
        total = sum(one.words for one in found)
        table = Table(box=RULED, padding=(0, 1, 0, 0), pad_edge=False)
        table.add_column("actor", ratio=3, overflow="fold")
        table.add_column("role, affiliation", ratio=3, overflow="fold")
        for name in ("articles", "mentions", "statements", "share"):
            table.add_column(name, justify="right", no_wrap=True)
        for one in found:
            share = f"{one.words / total:.0%}" if total else ""
            held = [*one.roles[:1], *one.affiliations[:1]]
            table.add_row(
                Text(words.clean(one.name) + (" ?" if one.doubts else "")),
                Text(words.clean(", ".join(held)), style="dim"),
                *(str(number) for number in (one.articles, one.mentions, one.statements)),
                share,
            )
        self._print(table)
        doubts = [doubt for one in found for doubt in one.doubts]
        if doubts:
            self._section("Doubtful (?)")
            for doubt in doubts:
                self._indented(words.clean(doubt), "dim")

    def whip_count(self, count: model.WhipCount) -> None:
        """Print a count: the verdicts, the board, the others, and who said it."""
        console = self.console
        console.print(Text(words.clean(count.issue.name), style="bold"))
        members = words.number(len(count.members), "member")
        console.print(Text(f"{words.clean(count.body.name)}, {members}, as of {count.as_of}"))
        console.print(Text(words.rule_sentence(count.rule), style="dim"))
        for one in count.assumed:
            console.print(Text(f"Assumed: {words.assumed(one)}.", style="bold"))
        self._section("Verdicts", _verdicts(count))
        self._board(count)
        parties = party_tallies(count)
        if parties:
            self._section("By party", _parties(parties))
        if len(count.fallbacks) > 1:
            self._section("Nearest to being carried", _fallbacks(count))
        if count.others:
            self._section("Others, who have no vote", _others(count))
        self._evidence(count)

    def _board(self, count: model.WhipCount) -> None:
        options = [option.id for option in count.issue.options]
        cells = {(cell.member, cell.option): cell for cell in count.cells}
        silent = [
            member
            for member in count.members
            if all(cells[member, option].stand == "not-on-record" for option in options)
        ]
        speaking = [member for member in count.members if member not in silent]
        name_width = min(24, max((len(member) for member in speaking), default=8))
        fit = max(1, (self.console.width - name_width) // (OPTION_WIDTH + 1))
        for start in range(0, len(options), fit):
            if speaking:
                part = options[start : start + fit]
                self._section("Members" if not start else "", _board(speaking, part, cells))
        if silent:
            title = "Not on record" if speaking else "Members, none of them on record"
            line = f"{title} ({len(silent)}): {', '.join(words.clean(name) for name in silent)}"
            self._print(Padding(Text(line, style="dim"), (1, 0, 0, 0)))
        everyone: tuple[Stood, ...] = (*count.cells, *count.others)
        stands = {one.stand for one in everyone} - {"not-on-record"}
        legend = [
            f"{words.SHORT[stand]}: {words.LONG[stand]}"
            for stand in words.STANDS
            if stand in stands
        ]
        if speaking and len(silent) < len(count.members):
            legend.append(f"{words.SHORT['not-on-record']}: {words.LONG['not-on-record']}")
        if any(one.contested for one in everyone):
            legend.append("!: contested, the evidence disagrees")
        if legend:
            self._print(Padding(Text("; ".join(legend), style="dim"), (1, 0, 0, 0)))

    def _evidence(self, count: model.WhipCount) -> None:
        """Print the evidence that decided each stand, once for all options that it decides."""
        articles = {article.id: article for article in count.articles}
        grouped: dict[tuple[object, ...], list[Stood]] = {}
        everyone: tuple[Stood, ...] = (*count.cells, *count.others)
        for one in everyone:
            if one.evidence:
                grouped.setdefault(_evidence_key(one), []).append(one)
        if grouped:
            self._section("Who said it")
        for decided in grouped.values():
            position = decided[0].evidence[0]
            label = _label(decided[0])
            stands = ", ".join(
                f"{one.option} {words.SHORT[one.stand]}{'!' if one.contested else ''}"
                for one in decided
            )
            since = f", since {decided[0].since}" if decided[0].since else ""
            self._print(Text.assemble((f"{label}: ", "bold"), stands + since))
            self._quotation(position, articles.get(position.article or ""), label)
            also = reprints.line(reprints.places(position, articles))
            if also:
                self._indented(also, "dim")

    def _position(self, position: model.Position, article: model.Article) -> None:
        self._print(
            Text.assemble(
                (words.actor(position.actor), "bold"), f" {words.stance(position)}: ",
                position.option,
                f" ({', '.join(_notes(position, article))})",
            )
        )  # fmt: skip
        self._quotation_words(position.quote)

    def _quotation(
        self, position: model.Position, article: model.Article | None, label: str
    ) -> None:
        source, quote = proof(position, article, label)
        self._indented(source, "dim")
        self._indented(quote)

    def _said(self, who: str, how: str, quote: str) -> None:
        self._print(Text.assemble((who, "bold"), f" ({how})"))
        self._quotation_words(quote)

    def _quotation_words(self, quote: str) -> None:
        self._indented(shortened(quote))

    def _heading(self, article: model.Article) -> None:
        if not self.first:
            self.console.print()
        self.first = False
        title = words.clean(article.title) or "(no title)"
        self._print(Text(title, style="bold underline"))
        known = [words.clean(article.outlet), article.published, words.clean(article.byline)]
        known += [article.language and f"in {article.language}"]
        part = "" if article.part is None else f", part {article.part}"
        self._indented(" · ".join(one for one in known if one), "dim")
        self._indented(words.clean(article.path) + part, "dim")
        if article.url:
            self._indented(words.clean(article.url), "dim")

    def _section(self, title: str, content: RenderableType | None = None) -> None:
        self.terminal.section(title, content)

    def _indented(self, line: str, style: str = "") -> None:
        self.terminal.indented(line, style)

    def _print(self, content: RenderableType) -> None:
        self.terminal.print(content)


def _verdicts(count: model.WhipCount) -> Table:
    labels = {option.id: option.label for option in count.issue.options}
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    styles = {"carried": "bold blue", "blocked": "bold yellow"}
    for verdict in count.verdicts:
        told = f"{words.why(verdict)} {words.outlook(verdict)}".strip()
        table.add_row(
            Text(words.outcome(verdict), style=styles.get(verdict.outcome, "bold")),
            Text.assemble(
                (verdict.option, "bold"), f": {words.clean(labels.get(verdict.option, ''))}. ",
                (told, "dim"),
            ),
        )  # fmt: skip
    return table


def _parties(tallies: Sequence[model.PartyTally]) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(overflow="fold")
    table.add_column(overflow="fold")
    for party, group in itertools.groupby(tallies, key=lambda one: one.party):
        lines = [Text(f"{one.option}: {words.tally(one.stands)}") for one in group]
        table.add_row(Text(words.party(party)), Text("\n").join(lines))
    return table


def _fallbacks(count: model.WhipCount) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(no_wrap=True, justify="right")
    table.add_column(overflow="fold")
    outcomes = {verdict.option: verdict.outcome for verdict in count.verdicts}
    for one in count.fallbacks:
        table.add_row(
            str(one.place),
            Text.assemble((one.option, "bold"), f": {words.fallback(one, outcomes[one.option])}."),
        )
    return table


def _board(
    members: Sequence[str], options: Sequence[str], cells: dict[tuple[str, str], model.Cell]
) -> Table:
    table = Table(box=RULED, padding=0, pad_edge=False)
    table.add_column("", max_width=24)
    for option in options:
        heading = "\n".join(textwrap.wrap(option, OPTION_WIDTH)) or option
        table.add_column(heading, width=OPTION_WIDTH, vertical="top")
    for member in members:
        stands = [_stand(cells[member, option]) for option in options]
        table.add_row(Text(words.clean(member)), *stands)
    table.show_edge = False
    return table


def _others(count: model.WhipCount) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    rows: dict[str, list[Text]] = {}
    for other in count.others:
        told = Text.assemble(f"{other.option} ", _stand(other))
        row = rows.setdefault(_label(other), [])
        if told not in row:
            row.append(told)
    for label, row in rows.items():
        table.add_row(Text(label), Text(", ").join(row))
    return table


def _stand(one: Stood) -> Text:
    mark = " !" if one.contested else ""
    return Text(words.SHORT[one.stand] + mark, style=COLOURS[one.stand])


def _label(one: Stood) -> str:
    if isinstance(one, model.Cell):
        return words.clean(one.member)
    return words.clean(one.actor.speaks_for) or words.actor(one.actor)


def _evidence_key(one: Stood) -> tuple[object, ...]:
    first = one.evidence[0]
    return (
        _label(one),
        one.since,
        first.article,
        first.statement,
        first.piece,
        first.quote,
        first.record,
    )


def proof(
    position: model.Position, article: model.Article | None, label: str = ""
) -> tuple[str, str]:
    """Return who took a position, when and where, and in which words.

    Who is left out where it is the `label` under which both are printed.
    """
    where = words.article(article) if article else words.clean(position.record or "")
    who = words.actor(position.actor)
    notes = [*([] if who == label else [who]), *_notes(position, article)]
    source = "; ".join(part for part in (", ".join(notes), where) if part)
    return source, shortened(position.quote)


def shortened(quote: str) -> str:
    """Return a quotation on one line, cut where it is long."""
    return textwrap.shorten(words.clean(quote), QUOTE, placeholder=" …")


def _notes(position: model.Position, article: model.Article | None) -> Iterator[str]:
    """Yield what a reader must know of a position beside its words."""
    yield position.date or "undated"
    if position.origin != "statement":
        yield position.origin
    if position.reported_by is not None:
        yield f"as reported by {words.actor(position.reported_by)}"
    elif position.reported:
        yield "as reported"
    if position.implied_by:
        yield f"follows from {position.implied_by}"
    if position.condition is not None and article is not None:
        yield f"condition: “{words.clean(words_at(position.condition, position, article))}”"
    if position.for_review:
        yield f"for review, confidence {position.confidence:.0%}"


def _slice(article: model.Article, span: model.Span) -> str:
    return words.clean(article.text[span.start : span.end])
