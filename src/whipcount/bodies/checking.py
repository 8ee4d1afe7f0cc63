"""What is doubtful in a body file that loads: above all, days on which it doesn't fit together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from whipcount.bodies import doubts
from whipcount.bodies.doubts import Doubt
from whipcount.bodies.membership import weight_on
from whipcount.bodies.rules import can_carry, exact, formula, rules_on
from whipcount.bodies.spans import Days, Span, body_spans
from whipcount.errors import BodyError
from whipcount.model import (
    AllOf,
    AnyOf,
    Body,
    DatedRule,
    Majority,
    Member,
    NoRule,
    Quorum,
    Quota,
    Reverse,
    Rule,
    Share,
    Veto,
)
from whipcount.toml_files import Place, dotted, shown

__all__ = ["Doubt", "check"]


@dataclass(frozen=True, slots=True)
class _Finding:
    """Something wrong on a span of days: `what`, the days, and `advice` make the message.

    What is the same on the next span is one doubt with it. `hinders` says that the rule can't
    carry by it.
    """

    keys: Place
    what: str
    advice: str
    hinders: bool = False


def check(body: Body, through: date | None = None) -> tuple[Doubt, ...]:
    """Return what a person should look at in a body that loads, each with its place in the file.

    On no day, up to `through` where it is given, may members, weights and rules contradict each
    other, and no name may be that of two members. Days without members are doubtful between others
    only, and where one of those who left then has no `end_reason`; a weight may be missing before
    its first day in the file, because a count on such a day is refused.
    """
    spans = [one for one in body_spans(body) if through is None or one[0].first <= through]
    return (
        *doubts.source_doubts(body),
        *doubts.code_doubts(body),
        *doubts.name_doubts(body),
        *doubts.group_doubts(body),
        *_gaps(body, spans),
        *_dated(body, spans),
    )


def _gaps(body: Body, spans: Sequence[Span]) -> Iterator[Doubt]:
    """Yield doubts about days without members between others."""
    left: dict[date | None, list[str]] = {}
    for member in body.members:
        for term in member.terms:
            left.setdefault(term.left, []).append(term.end_reason)
    before: tuple[Member, ...] = ()
    since: date | None = None
    for days, members in spans:
        if members and since is not None and not all(left[since]):
            yield Doubt(
                f"nobody is one {Days(since, days.since)}; add who was, or to each of those who "
                f"left on {since} an end_reason that says why",
                ("members",),
            )
        if members:
            since = None
        elif before:
            since = days.since
        before = members


def _dated(body: Body, spans: Sequence[Span]) -> Iterator[Doubt]:
    """Yield what is wrong on some days, once for days that follow one another."""
    checker = _Checker(body)
    going: dict[tuple[Place, str], tuple[date | None, _Finding]] = {}
    for days, members in spans:
        found = {(one.keys, one.what): one for one in checker.on(days, members)}
        for key in [key for key in going if key not in found]:
            since, finding = going.pop(key)
            yield _doubt(finding, Days(since, days.since))
        for key, finding in found.items():
            going.setdefault(key, (days.since, finding))
    for since, finding in going.values():
        yield _doubt(finding, Days(since))


def _doubt(finding: _Finding, days: Days) -> Doubt:
    return Doubt(f"{finding.what} {days}{finding.advice}", finding.keys)


class _Checker:
    """A body's rules, each with its parts and their places, for the questions of many spans."""

    def __init__(self, body: Body) -> None:
        self.body = body
        self.places = {member.id: number for number, member in enumerate(body.members)}
        self.parts = {
            rule.name: tuple(_parts(rule.rule, ("rules", rule.name) if rule.name else ("rule",)))
            for rule in body.rules
        }
        self.first_days: dict[str, date] = {}
        for member in body.members:
            for weights in member.weights:
                for weight, _ in weights.values:
                    first = self.first_days.get(weight, date.max)
                    self.first_days[weight] = min(first, weights.since or date.min)
        self.carried: dict[tuple[object, ...], bool] = {}

    def on(self, days: Days, members: Sequence[Member]) -> Iterator[_Finding]:
        """Yield what is wrong on a span of days; nothing where there are no members."""
        if not members:
            return
        seats = self.body.seats
        if seats is not None and len(members) > seats:
            yield _Finding(
                ("seats",),
                f"there are more members than {seats}",
                f" ({len(members)}{_then(days)}); correct it, or when members joined and left",
            )
        holding = rules_on(self.body, days.first)
        if not holding:
            yield _Finding(
                ("rules",), "none holds", "; add one, or correct from and until of those there are"
            )
        for rule in holding:
            if not isinstance(rule.rule, NoRule):
                yield from self._rule(rule, days, members)

    def _rule(self, rule: DatedRule, days: Days, members: Sequence[Member]) -> Iterator[_Finding]:
        found: list[_Finding] = []
        for keys, part in self.parts[rule.name]:
            found += _absent(keys, part, members)
            if isinstance(part, Quota | Quorum):
                found += self._weight(keys, part, days, members)
                found += self._amount(keys, part, days, members)
        yield from found
        if not any(one.hinders for one in found) and not self._carries(rule, days, members):
            keys, _ = self.parts[rule.name][0]
            yield _Finding(keys, "can't carry even where all members are for it", f"; {_ADVICE}")

    def _weight(
        self, keys: Place, part: Quota | Quorum, days: Days, members: Sequence[Member]
    ) -> Iterator[_Finding]:
        """Yield which members lack the weight that a part of a rule needs."""
        if not part.weight or days.first < self.first_days.get(part.weight, date.max):
            return
        for member in members:
            if weight_on(member, part.weight, days.first) is None:
                yield _Finding(
                    ("members", self.places[member.id]),
                    f"{member.name} has no weight {part.weight}",
                    f", and {dotted(keys)} needs it; add it to its [[members.weights]]",
                )

    def _amount(
        self, keys: Place, part: Quota | Quorum, days: Days, members: Sequence[Member]
    ) -> Iterator[_Finding]:
        """Yield whether a number of members or of a weight is more than all of them have."""
        total = Fraction(0)
        for member in members:
            value = weight_on(member, part.weight, days.first) if part.weight else 1
            if value is None:
                return
            total += exact(value)
        advice = f": all members together are {_shown(total)}{_then(days)}; {_ADVICE}"
        if isinstance(part, Quota) and part.all_but is not None:
            if exact(part.all_but) >= total:
                what = f"all but {_shown(exact(part.all_but))} are nobody"
                yield _Finding(keys, what, advice)
            return
        least = part.present if isinstance(part, Quorum) else part.at_least
        if least is None or _is_share(least):
            return
        more = isinstance(part, Quorum) and part.more
        if exact(least) > total or (more and exact(least) == total):
            yield _Finding(keys, f"{_shown(exact(least))} is too many", advice, hinders=True)

    def _carries(self, rule: DatedRule, days: Days, members: Sequence[Member]) -> bool:
        """Return whether a rule can carry; True where that can't be told for want of a weight."""
        parts = [part for _, part in self.parts[rule.name]]
        weighted = any(isinstance(part, Quota | Quorum) and part.weight for part in parts)
        there = {member.name for member in members}
        named = frozenset(name for part in parts for name in _named(part) if name in there)
        key = (rule.name, named, days if weighted else len(members))
        if key not in self.carried:
            try:
                whole = formula(rule.rule, self.body, members, days.first)
            except BodyError:
                return True
            self.carried[key] = can_carry(whole, len(members))
        return self.carried[key]


_ADVICE = "correct it, or say with from and until when the rule holds"


def _absent(keys: Place, part: Rule, members: Sequence[Member]) -> Iterator[_Finding]:
    """Yield whom a part of a rule names and who is no member."""
    named = _named(part)
    there = {member.name for member in members} if named else set()
    for number, name in enumerate(named):
        if name not in there:
            place = (*keys, "members", number) if isinstance(part, Veto) else (*keys, "casting")
            yield _Finding(place, f"{shown(name)} is no member", f"; {_ADVICE}, or name another")


def _named(part: Rule) -> tuple[str, ...]:
    """Return the members that a part of a rule names."""
    match part:
        case Veto(members=members):
            return members
        case Majority(casting=casting) if casting:
            return (casting,)
        case _:
            return ()


def _parts(rule: Rule, keys: Place) -> Iterator[tuple[Place, Rule]]:
    """Yield a rule and all that it is made of, with their places in the file."""
    yield keys, rule
    match rule:
        case Reverse(of=of):
            yield from _parts(of, (*keys, "of"))
        case AllOf(of=parts) | AnyOf(of=parts):
            for number, part in enumerate(parts):
                yield from _parts(part, (*keys, "of", number))


def _then(days: Days) -> str:
    return f" on {days.since}" if days.since else ""


def _is_share(amount: Share) -> bool:
    return isinstance(amount, float | Fraction) and amount <= 1


def _shown(number: Fraction) -> str:
    return f"{float(number):,.12g}"
