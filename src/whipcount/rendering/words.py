"""What the table and the web page say in the same words: stands, verdicts, rules, actors."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from whipcount import model
from whipcount.dates import first_day

STANDS: tuple[model.Stand, ...] = (
    "yes",
    "leaning-yes",
    "conditional",
    "undecided",
    "abstain",
    "leaning-no",
    "no",
    "not-on-record",
)
"""All stands, in the order in which a legend or a tally shows them."""

SHORT: dict[model.Stand, str] = {
    "yes": "yes",
    "leaning-yes": "lean yes",
    "conditional": "if …",
    "undecided": "undecided",
    "abstain": "abstain",
    "leaning-no": "lean no",
    "no": "no",
    "not-on-record": "·",
}
"""Each stand in a board's cell."""

LONG: dict[model.Stand, str] = {
    "yes": "for it, in plain own words",
    "leaning-yes": "for it, hedged or as others report",
    "conditional": "only on a condition",
    "undecided": "says that it has not decided",
    "abstain": "will abstain, or not stand in the way",
    "leaning-no": "against it, hedged or as others report",
    "no": "against it, in plain own words",
    "not-on-record": "not on record",
}
"""Each stand in a legend."""

LABELS: dict[model.Stand, str] = {
    "yes": "Yes",
    "leaning-yes": "Leaning yes",
    "conditional": "Conditional",
    "undecided": "Undecided",
    "abstain": "Abstains",
    "leaning-no": "Leaning no",
    "no": "No",
    "not-on-record": "Not on record",
}
"""Each stand as a word of its own, beside a symbol or a colour."""

OUTCOMES: dict[model.Outcome, str] = {
    "carried": "carried",
    "blocked": "blocked",
    "open": "open",
    "none": "no vote",
}
"""Each outcome of a verdict."""

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
"""Not of `calendar`, whose names follow the machine's locale: what is printed must not."""

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def clean(words: str) -> str:
    """Return words of a page on one line, without what could steer a terminal or turn the text.

    Control characters, escape sequences' first byte among them, and marks of writing direction are
    left out; white space becomes single spaces.
    """
    return " ".join(_UNSAFE.sub(" ", words).split())


def join(words: Sequence[str], last: str = "and") -> str:
    """Return words as a list in a sentence: "A", "A and B", "A, B and C"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def day(iso: str) -> str:
    """Return a date of any precision in words: "11 July 2023", "July 2023", "2023"."""
    if not iso:
        return "undated"
    try:
        first = first_day(iso)
    except ValueError:
        return iso
    month = MONTHS[first.month - 1]
    return {0: f"{first.year}", 1: f"{month} {first.year}"}.get(
        iso.count("-"), f"{first.day} {month} {first.year}"
    )


def number(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun: "1 page", "2 pages"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def outcome(verdict: model.Verdict) -> str:
    """Return a verdict's outcome in one or two words."""
    return OUTCOMES[verdict.outcome]


def why(verdict: model.Verdict, most: int = 6) -> str:
    """Return a sentence on what blocks an option, or what it still needs.

    Of more than `most` names or sets, the rest is a number.
    """
    match verdict.outcome:
        case "carried":
            return "It would pass whatever the others do."
        case "none":
            return "The body takes no decision on this; each member decides for itself."
        case "blocked":
            return _blocked(verdict.blockers, most)
        case "open":
            return _open(verdict.needed, most)


def outlook(verdict: model.Verdict, most: int = 6) -> str:
    """Return sentences on what might yet happen: who can stop it, who would have to turn, chances.

    Empty where there is nothing to say.
    """
    told = []
    if verdict.outcome == "open":
        told.append(_can_stop(verdict, most))
        if verdict.conditions:
            names = join(_some(verdict.conditions, most))
            be = "is" if len(verdict.conditions) == 1 else "are"
            told.append(f"{names} {be} in on a condition.")
    elif verdict.outcome == "blocked":
        told.append(_to_turn(verdict.to_turn, most))
    elif verdict.outcome == "carried":
        turned = list(dict.fromkeys(swing.member for swing in verdict.swings))
        if turned:
            told.append(f"One change of mind would undo it: {join(_some(turned, most), 'or')}.")
    if verdict.probability is not None:
        told.append(chance(verdict.probability))
    return " ".join(sentence for sentence in told if sentence)


def chance(one: model.Probability) -> str:
    """Return a chance with its interval as a sentence, in whole per cent.

    What is nearly sure is only said to be so: the second digit of 0.3 % is nobody's knowledge.
    """
    if one.high < 0.01:
        return "Chance below 1 %."
    if one.low > 0.99:
        return "Chance above 99 %."
    return f"Chance {one.value:.0%} ({one.low * 100:.0f} to {one.high * 100:.0f}).".replace(
        "%", " %"
    )


def fallback(one: model.Fallback, outcome: model.Outcome) -> str:
    """Return how an option stands among the others: who is for it, and what it lacks."""
    parts = [f"{len(one.supporters)} for"]
    if one.conditional:
        parts.append(f"{len(one.conditional)} on a condition")
    parts.append(f"{len(one.opponents)} against")
    parts.append(
        f"{len(one.red_lines)} red lines" if len(one.red_lines) > 1
        else f"a red line of {one.red_lines[0]}" if one.red_lines
        else "no one's red line"
    )  # fmt: skip
    if outcome == "open" and one.missing is not None:
        parts.append(f"lacks {number(one.missing, 'more yes', 'more yes')}")
    elif one.turned is not None:
        parts.append(f"{number(one.turned, 'no', 'no')} would have to turn")
    if one.instead is not None:
        parts.append(f"{one.instead} would carry instead")
    return ", ".join(parts)


def tally(stands: Sequence[tuple[model.Stand, int]]) -> str:
    """Return how many have each stand: "12 yes, 3 lean yes, 40 not on record"."""
    return ", ".join(
        f"{count} {LONG[stand] if stand == 'not-on-record' else SHORT[stand]}"
        for stand, count in stands
    )


def party(name: str) -> str:
    """Return a party's name, or what those without one are called."""
    return clean(name) or "no party"


def assumed(one: model.Position) -> str:
    """Return a position that is only assumed, in words: "Hungary, membership: supports it"."""
    return f"{clean(one.actor.name)}, {one.option}: {stance(one)}"


def rule(one: model.Rule) -> str:
    """Return a decision rule as the end of the sentence "It carries when …"."""
    match one:
        case model.Consensus(silence="consent"):
            return "no member is against, and silence is consent"
        case model.Consensus():
            return "no member is against"
        case model.Unanimity(abstention="allowed"):
            return "no member is against, and at least one is for"
        case model.Unanimity():
            return "every member says yes"
        case model.Majority():
            return _majority(one)
        case model.Quota():
            return _quota(one)
        case model.Veto():
            return f"none of {join(one.members, 'or')} says no"
        case model.Quorum():
            return f"{_amount(one.present, one, more=one.more)} take part"
        case model.Reverse():
            return (
                f"it is not rejected, which it is when, “no” being counted as “yes”, {rule(one.of)}"
            )
        case model.AllOf():
            return _parts(one.of, "and")
        case model.AnyOf():
            return _parts(one.of, "or")
        case model.NoRule():
            return "each member gives it; the body takes no decision"


def rule_sentence(one: model.Rule) -> str:
    """Return a decision rule as a sentence of its own."""
    if isinstance(one, model.NoRule):
        return "The body takes no decision: each member decides for itself."
    return f"It carries when {rule(one)}."


def actor(one: model.Actor) -> str:
    """Return who an actor is: "Name, role, affiliation"."""
    name = clean(one.name)
    parts = [name]
    for part in (clean(one.role), clean(one.affiliation)):
        if part and part.casefold() not in " ".join(parts).casefold():
            parts.append(part)
    return ", ".join(parts)


def article(one: model.Article) -> str:
    """Return where words were printed: "Title, outlet, date", as much as is known."""
    known = (clean(one.title), clean(one.outlet), one.published)
    return ", ".join(part for part in known if part) or clean(one.path)


def stance(position: model.Position) -> str:
    """Return a position's stance in words: "supports it", "leans against it"."""
    plain = {
        "support": "supports it",
        "oppose": "opposes it",
        "conditional": "only on a condition",
        "undecided": "has not decided",
        "abstain": "abstains",
    }[position.stance]
    hedged = {"support": "leans towards it", "oppose": "leans against it"}
    return hedged.get(position.stance, plain) if position.strength == "hedged" else plain


_BASES = {
    "members": "all members",
    "seats": "all seats",
    "present": "those present",
    "voting": "those who vote yes or no",
}


def _blocked(blockers: Sequence[Sequence[str]], most: int) -> str:
    if not blockers:
        return "Too many are against."
    if len(blockers) == 1:
        alone = len(blockers[0]) == 1
        return f"{join(blockers[0])} {'blocks' if alone else 'together block'} it."
    if all(len(members) == 1 for members in blockers):
        names = _some([members[0] for members in blockers], most)
        return f"Each of {join(names)} blocks it alone."
    ways = _some([join(members) for members in blockers], most)
    return f"Enough against it, in any of these: {'; '.join(ways)}."


def _open(needed: Sequence[Sequence[str]], most: int) -> str:
    if not needed:
        return "It may still go either way."
    if len(needed) == 1:
        return f"It still needs {join(_some(needed[0], most))}."
    least = len(needed[0])
    alike = sum(len(members) == least for members in needed)
    first = join(_some(needed[0], most))
    more = f", or one of {alike - 1} other such sets" if alike > 1 else ""
    return f"It still needs {number(least, 'more yes', 'more yes')}: {first}{more}."


def _can_stop(verdict: model.Verdict, most: int) -> str:
    if not verdict.can_stop or verdict.can_stop == ((),):
        return ""
    alone = [members[0] for members in verdict.can_stop if len(members) == 1]
    if len(alone) < len(verdict.can_stop):
        least = len(verdict.can_stop[0])
        return f"It takes {number(least, 'more no', 'more no')} to stop it."
    if len(verdict.needed) == 1 and set(alone) == set(verdict.needed[0]):
        return "Each of them can stop it." if len(alone) > 1 else "It alone can stop it."
    return f"{join(_some(alone, most), 'or')} can stop it alone."


def _to_turn(sets: Sequence[Sequence[str]], most: int) -> str:
    if not sets or not sets[0]:
        return ""
    if len(sets) == 1:
        return f"It would be open again if {join(_some(sets[0], most))} turned."
    return f"It would be open again if {len(sets[0])} of those against turned."


def _some(words: Sequence[str], most: int) -> list[str]:
    if len(words) <= most:
        return list(words)
    return [*words[: most - 1], f"{len(words) - most + 1} more"]


def _majority(one: model.Majority) -> str:
    base = _BASES[one.base]
    if one.at_least is not None:
        return f"at least {_share(one.at_least)} of {base} say yes"
    tie = f"; a tie goes as {one.casting} votes" if one.casting else ""
    return f"more than {_share(one.over)} of {base} say yes{tie}"


def _quota(one: model.Quota) -> str:
    if one.at_least is not None:
        return f"{_amount(one.at_least, one)} say yes"
    whole = _whole(one)
    if isinstance(one.all_but, float) and one.all_but < 1:
        return f"members with all but {_share(one.all_but)} of {whole} say yes"
    return f"all but {one.all_but:g} of {whole} say yes"


def _amount(amount: model.Share, of: model.Quota | model.Quorum, *, more: bool = False) -> str:
    """Return how many members: "at least half of the members"."""
    least = "more than" if more else "at least"
    who = "members with " if of.weight else ""
    if isinstance(amount, float | Fraction) and amount <= 1:
        return f"{who}{least} {_share(amount)} of {_whole(of)}"
    number = f"{float(amount):g}"
    return f"{who}{least} {number} of {_whole(of)}" if of.weight else f"{least} {number} members"


def _whole(of: model.Quota | model.Quorum) -> str:
    if of.weight:
        return f"the {of.weight.replace('_', ' ')}"
    return "the seats" if of.seats else "the members"


def _parts(parts: Sequence[model.Rule], word: str) -> str:
    """Return parts of a rule as one clause, those that have parts themselves in brackets."""
    told = [
        f"({rule(part)})" if isinstance(part, model.AllOf | model.AnyOf) else rule(part)
        for part in parts
    ]
    return f", {word} ".join(told)


def _share(share: model.Share) -> str:
    for value, word in ((1 / 2, "half"), (2 / 3, "two thirds"), (3 / 4, "three quarters")):
        if abs(float(share) - value) < 0.001:
            return word
    return str(share) if isinstance(share, Fraction) else f"{share * 100:g} %"
