"""Positions to the whip count: every member's stand on every option, the others', the verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from whipcount.bodies import folded, members_on, rule_on
from whipcount.counting.evidence import in_order
from whipcount.counting.fallbacks import fallbacks
from whipcount.counting.gathering import ByOption, gather
from whipcount.counting.stands import NOT_ON_RECORD, Standing, standing
from whipcount.counting.supposing import suppose
from whipcount.counting.verdicts import decisions, verdict
from whipcount.counting.whose import Whose
from whipcount.dates import is_date, last_day
from whipcount.errors import BodyError, CountError
from whipcount.model import (
    Article,
    Body,
    Cell,
    Issue,
    NoRule,
    Other,
    Position,
    Rule,
    WhipCount,
)


def count(
    positions: Iterable[Position],
    issue: Issue,
    body: Body,
    as_of: date | None = None,
    articles: Sequence[Article] = (),
    *,
    what_if: Sequence[Position] = (),
) -> WhipCount:
    """Return the whip count of an issue in a body as of a day, by default `newest_day`.

    `docs/counting.md` has the rules. Positions on options that the issue doesn't have, those for
    review and those whose date doesn't count are left out; the order of positions changes nothing.
    `articles` have the words of conditions. `what_if` are positions of members that take the place
    of all that these have said on the option; `assume` makes them. Raises CountError where no day
    is given and no article has a date, or where a position's date is none; BodyError where nobody
    was a member on the day, a rule's weights are missing or it can't carry whoever is for;
    IssueError where the issue names a rule that isn't there.
    """
    positions = tuple(positions)
    as_of = as_of or newest_day(articles, positions)
    members = members_on(body, as_of)
    names = tuple(member.name for member in members)
    texts = {article.id: article for article in articles}
    gathered = gather(positions, issue, Whose(body, members, as_of), as_of)
    suppose(gathered, what_if, issue)

    def standings(found: ByOption) -> dict[str, Standing]:
        return {
            option: standing(in_order(pile), texts)
            for option, pile in found.items()
            if pile.positions
        }

    table = {name: standings(gathered.members.get(name, {})) for name in names}
    cells = tuple(
        _cell(name, option.id, table[name].get(option.id, NOT_ON_RECORD))
        for name in names
        for option in issue.options
    )
    decided = decisions(issue, body, members, as_of)
    verdicts = tuple(
        verdict(
            option.id,
            decided[option.id],
            [table[name].get(option.id, NOT_ON_RECORD) for name in names],
        )
        for option in issue.options
    )
    return WhipCount(
        fallbacks=fallbacks(issue, cells, verdicts),
        assumed=tuple(what_if),
        issue=issue,
        body=body,
        as_of=as_of,
        rule=_rule(body, issue, as_of),
        members=names,
        cells=cells,
        others=_others({key: standings(found) for key, found in gathered.others.items()}, issue),
        verdicts=verdicts,
        articles=tuple(articles),
    )


def newest_day(articles: Iterable[Article], positions: Iterable[Position] = ()) -> date:
    """Return the day of the newest article, or recorded vote among positions.

    Of a partial date it is the last day. Raises CountError where no article has a date, and there
    is no vote.
    """
    days = [last_day(article.published) for article in articles if article.published]
    days += [last_day(position.date) for position in positions if _is_vote(position)]
    if not days:
        raise CountError("no article has a date; say which day to count as of: --as-of 2023-07-11")
    return max(days)


def _is_vote(position: Position) -> bool:
    return position.origin == "vote" and is_date(position.date)


def _cell(member: str, option: str, found: Standing) -> Cell:
    return Cell(
        member,
        option,
        found.stand,
        found.confidence,
        found.condition,
        found.since,
        found.contested,
        found.evidence,
    )


def _others(table: dict[str, dict[str, Standing]], issue: Issue) -> tuple[Other, ...]:
    """Return the rows of those who are no members, by name, then in the options' order."""
    rows = []
    for key, standings in table.items():
        for place, option in enumerate(issue.options):
            found = standings.get(option.id)
            if found is None:
                continue
            actor = found.evidence[0].actor
            other = Other(
                actor,
                option.id,
                found.stand,
                found.confidence,
                found.condition,
                found.since,
                found.contested,
                found.evidence,
            )
            rows.append((folded(actor.speaks_for or actor.name), key, place, other))
    return tuple(row[-1] for row in sorted(rows, key=lambda row: row[:-1]))


def _rule(body: Body, issue: Issue, day: date) -> Rule:
    """Return the issue's rule; none where each option has its own and the body has no one rule."""
    try:
        return rule_on(body, issue, None, day)
    except BodyError:
        if all(option.rule for option in issue.options):
            return NoRule()
        raise
