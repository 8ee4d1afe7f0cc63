"""A body file, TOML: who decides, since when, by which rules. `docs/bodies.md` has the format."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from importlib import resources
from pathlib import Path

from whipcount.bodies.membership import overlap
from whipcount.bodies.names import BodyNames, folded
from whipcount.bodies.rule_file import Known, read_rule
from whipcount.bodies.rules import NO_VERDICT
from whipcount.errors import BodyError
from whipcount.model import Body, DatedRule, Member, Term, Weights
from whipcount.toml_files import Table, parse_table, read_table, shown

BODY_KEYS = (
    "id",
    "name",
    "aliases",
    "weak_aliases",
    "members_are",
    "seats",
    "sources",
    "rule",
    "rules",
    "members",
    "groups",
)
MEMBER_KEYS = (
    "name",
    "id",
    "code",
    "joined",
    "left",
    "end_reason",
    "aliases",
    "weak_aliases",
    "party",
    "constituency",
    "weights",
    "terms",
)
TERM_KEYS = ("joined", "left", "end_reason", "party", "constituency")
EVERYBODY = "members"
"""What a group is set to that all members are in."""


def shipped_bodies() -> list[str]:
    """Return the ids of the bodies that come with whipcount, in alphabetical order."""
    folder = resources.files("whipcount.bodies") / "data"
    return sorted(
        entry.name.removesuffix(".toml")
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    )


def load_body(name_or_path: str | Path, relative_to: str | Path | None = None) -> Body:
    """Return a shipped body by its id, or the body of a file.

    A path is taken relative to `relative_to`, an issue file or its folder. Raises BodyError where
    there is no such body, or where its file is malformed or contradicts itself.
    """
    return _body(body_table(name_or_path, relative_to))


def parse_body(content: bytes, path: str) -> Body:
    """Return the body of a body file's bytes; `path` is what messages name."""
    return _body(parse_table(content, path, BodyError, "body file"))


def body_table(name_or_path: str | Path, relative_to: str | Path | None = None) -> Table:
    """Return the TOML of a body's file, which knows the line of every key; as `load_body` does."""
    if str(name_or_path) in shipped_bodies():
        file = resources.files("whipcount.bodies") / "data" / f"{name_or_path}.toml"
        return parse_table(file.read_bytes(), file.name, BodyError, "body file")
    path = Path(name_or_path)
    if relative_to is not None:
        folder = Path(relative_to)
        path = (folder if folder.is_dir() else folder.parent) / path
    if not path.exists():
        raise BodyError(
            f"{path}: there is no such body file, and {shown(str(name_or_path))} is none of the "
            f"bodies that come with whipcount: {', '.join(shipped_bodies())}"
        )
    return read_table(path, BodyError, "body file")


def _body(table: Table) -> Body:
    table.only(BODY_KEYS)
    name = table.text("name")
    members = _members(table)
    weights = frozenset(
        weight for member in members for entry in member.weights for weight, _ in entry.values
    )
    seats = table.number("seats")
    if seats is not None and (isinstance(seats, float) or seats < 1):
        raise table.problem(f"must be a whole number above 0, not {seats}", "seats")
    body = Body(
        id=table.text("id", Path(table.path).stem),
        name=name,
        path=table.path,
        members_are=table.choice("members_are", ("states", "people", "organisations"), "states"),
        members=members,
        rules=_rules(table, Known(weights, frozenset(one.name for one in members), seats)),
        aliases=table.texts("aliases"),
        weak_aliases=table.texts("weak_aliases"),
        seats=seats,
        sources=table.texts("sources"),
    )
    return _with_groups(body, table)


def _members(table: Table) -> tuple[Member, ...]:
    entries = table.tables("members")
    if not entries:
        raise table.problem("there is none: write [[members]] with a name", "members")
    members = []
    claimed: dict[str, str] = {}
    for entry in entries:
        member = _member(entry)
        for key, words in (("name", member.name), ("id", member.id)):
            owner = claimed.get(folded(words))
            if owner is not None and not (key == "id" and owner == member.name):
                raise entry.problem(
                    f"{shown(words)} is taken by another member, {owner}; a member's times of "
                    "membership stand together in its [[members.terms]]",
                    key if key in entry.values else "name",
                )
            claimed.setdefault(folded(words), member.name)
        members.append(member)
    return tuple(members)


def _member(entry: Table) -> Member:
    entry.only(MEMBER_KEYS)
    name = entry.text("name")
    return Member(
        id=entry.text("id", name),
        name=name,
        terms=_terms(entry),
        code=entry.text("code", "").upper(),
        aliases=entry.texts("aliases"),
        weak_aliases=entry.texts("weak_aliases"),
        party=entry.text("party", ""),
        constituency=entry.text("constituency", ""),
        weights=_weights(entry),
    )


def _terms(entry: Table) -> tuple[Term, ...]:
    """Return a member's terms, oldest first; without any day it is a member always."""
    if "terms" not in entry.values:
        return (replace(_term(entry), party="", constituency=""),)
    for key in ("joined", "left", "end_reason"):
        if key in entry.values:
            raise entry.problem("goes into [[members.terms]] where there are terms", key)
    tables = entry.tables("terms")
    if not tables:
        raise entry.problem("lists no term; write joined or leave it out", "terms")
    terms = []
    for table in tables:
        table.only(TERM_KEYS)
        terms.append(_term(table))
    both = overlap(tuple(terms))
    if both is not None:
        later = terms.index(both[1])
        raise tables[later].problem(
            f"overlaps with the term from {both[0].joined or 'ever'} to {both[0].left or 'now'}"
        )
    return tuple(sorted(terms, key=lambda term: term.joined or date.min))


def _term(table: Table) -> Term:
    joined, left = table.day("joined"), table.day("left")
    if joined is not None and left is not None and left <= joined:
        raise table.problem(f"{left} is not after joined, {joined}", "left")
    return Term(
        joined,
        left,
        table.text("end_reason", ""),
        table.text("party", ""),
        table.text("constituency", ""),
    )


def _weights(entry: Table) -> tuple[Weights, ...]:
    """Return a member's weights, oldest first."""
    found: dict[date | None, Weights] = {}
    for table in entry.tables("weights"):
        since = table.day("from")
        values = []
        for key in table.values:
            if key == "from":
                continue
            value = table.number(key)
            assert value is not None, "the key is there"
            if value < 0:
                raise table.problem(f"a weight must be 0 or more, not {value}", key)
            values.append((key, value))
        if not values:
            raise table.problem("has no weight; write one, such as population = 84358845")
        if since in found:
            raise table.problem(f"there are weights from {since or 'ever'} already", "from")
        found[since] = Weights(since, tuple(values))
    return tuple(found[since] for since in sorted(found, key=lambda day: day or date.min))


def _rules(table: Table, known: Known) -> tuple[DatedRule, ...]:
    single, named = table.table("rule"), table.named_tables("rules")
    if single is not None and named:
        raise table.problem("there are [rule] and [rules.…]; keep one of the two", "rule")
    if single is not None:
        return (DatedRule("", read_rule(single, known)),)
    if not named:
        raise table.problem(
            'is missing: write [rule] with a kind, such as kind = "consensus"', "rule"
        )
    rules = []
    for name, entry in named:
        if name == NO_VERDICT:
            raise entry.problem('"none" means that there is no verdict; take another name')
        since, until = entry.day("from"), entry.day("until")
        if since is not None and until is not None and until <= since:
            raise entry.problem(f"{until} is not after from, {since}", "until")
        rules.append(DatedRule(name, read_rule(entry, known, ("from", "until")), since, until))
    return tuple(rules)


def _with_groups(body: Body, table: Table) -> Body:
    groups = table.table("groups")
    if groups is None:
        return body
    names_of = BodyNames(body)
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for name, value in groups.values.items():
        if not folded(name):
            raise groups.problem("a group needs a name", name)
        if folded(name) in found:
            raise groups.problem(f"is the same name as {shown(found[folded(name)][0])}", name)
        if value == EVERYBODY:
            found[folded(name)] = (name, (EVERYBODY,))
            continue
        if isinstance(value, str):
            raise groups.problem(f'must be a list of members, or "{EVERYBODY}" for all', name)
        names = []
        for index, words in enumerate(groups.texts(name)):
            member = names_of.member(words)
            if member is None:
                raise groups.problem(f"{shown(words)} is no member's name", name, index)
            names.append(member.name)
        found[folded(name)] = (name, tuple(names))
    return replace(body, groups=tuple(found.values()))
