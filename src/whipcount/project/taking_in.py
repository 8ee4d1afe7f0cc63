"""What was coded elsewhere, such as in Discourse Network Analyzer, into the project in one change.

What people coded comes as their codings, which no re-run of the machine touches. The same twice
changes nothing, and what the project itself decided since it took a coding in stays.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from whipcount.model import Coded, Position, Span, Statement
from whipcount.project.adding import actors_of, put_article, version_before
from whipcount.project.converting import (
    MACHINE,
    actor_values,
    coding_of_position,
    coding_values,
    statement_values,
)
from whipcount.project.files import issue_of
from whipcount.project.marking import statement_id
from whipcount.project.reviewing import SHARED, review_values, says
from whipcount.project.rows import By, Draft, changing, live, live_rows, put, put_new
from whipcount.project.store import Project

WHAT = "import"
"""What the journal calls such a change."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What was coded elsewhere.

    `people` are the coders who are no machine, and `marked` who of them marked a statement, by its
    id. `changed` are positions that came from a project, each with what became of it elsewhere.
    """

    coded: tuple[Coded, ...]
    people: frozenset[str] = frozenset()
    marked: Mapping[str, str] = field(default_factory=dict)
    changed: tuple[tuple[Position, Position], ...] = ()


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came in: how many articles, and how many codings of people that are new or changed.

    `change` is None where all was there. `unknown` are options that the issue doesn't have, each
    with the number of positions that were left out for it; `lost` what wasn't found again in new
    versions of articles, a sentence each.
    """

    change: int | None
    articles: int
    codings: int
    unknown: tuple[tuple[str, int], ...] = ()
    lost: tuple[str, ...] = ()


def take_in(
    project: Project,
    found: Elsewhere,
    by: By,
    *,
    path: str = "",
    keep: bytes | None = None,
    rows: Mapping[str, Mapping[str, Mapping[str, Any]]] = MappingProxyType({}),
) -> TakenIn:
    """Put in what was coded elsewhere, in one change, whole or not at all.

    `path` is where it comes from, `keep` the bytes of that file where they are to be kept. `rows`
    are further rows by table and key, put where the project has none of that key. A coding that
    was changed elsewhere becomes one of `by`. Raises ProjectError where `by` is nobody.
    """
    taking = _Taking(project, found, by)
    with changing(project, by, WHAT, path) as draft:
        for table, some in rows.items():
            missing = [(key, one) for key, one in some.items() if live(draft, table, key) is None]
            put_new(draft, table, missing)
        for one in found.coded:
            taking.take(draft, one)
        if keep is not None:
            key = hashlib.sha256(keep).hexdigest()[:16]
            if live(draft, "dna_files", key) is None:
                put(draft, "dna_files", key, {"path": path, "content": keep})
    return TakenIn(
        draft.result,
        taking.articles,
        taking.codings,
        tuple(sorted(taking.unknown.items())),
        tuple(taking.lost),
    )


def kept_dna_files(project: Project) -> tuple[tuple[str, bytes], ...]:
    """Return the files of Discourse Network Analyzer that are kept, each with its path."""
    return tuple((row["path"], row["content"]) for _, row in live_rows(project, "dna_files"))


class _Taking:
    """One import: what it finds in the project, and what it has done."""

    def __init__(self, project: Project, found: Elsewhere, by: By) -> None:
        self.project = project
        self.found = found
        self.by = by
        self.options = {option.id for option in issue_of(project).options}
        self.before: dict[Position, list[Position]] = {}
        for before, after in found.changed:
            self.before.setdefault(after, []).append(before)
        self.articles = 0
        self.codings = 0
        self.unknown: Counter[str] = Counter()
        self.lost: list[str] = []

    def take(self, draft: Draft, one: Coded) -> None:
        """Take in one article with what was coded in it."""
        pairs: list[tuple[Position, Position]] = []
        for after in one.positions:
            waiting = self.before.get(after)
            pairs.append((waiting.pop(0) if waiting else after, after))
        kept = [pair for pair in pairs if self._known(pair[0], pair[1])]
        if live(draft, "articles", one.article.id) is None:
            first = [before for before, _ in kept if before.option in self.options]
            machine = tuple(before for before in first if before.coder not in self.found.people)
            coder = next((before.coder for before in machine), "")
            self._put_article(draft, replace(one, positions=machine), coder)
            self.articles += 1
        else:
            self._put_statements(draft, one)
        self._put_actors(draft, one, kept)
        for before, after in kept:
            if before.coder in self.found.people and before.option in self.options:
                self._review(draft, before, before.coder)
            if after is not before and after.option in self.options:
                self._change(draft, before, after)

    def _known(self, before: Position, after: Position) -> bool:
        """Return whether a position can be placed; count the options that the issue lacks."""
        if after.option not in self.options:
            self.unknown[after.option] += 1
        return bool(self.options & {before.option, after.option})

    def _put_article(self, draft: Draft, one: Coded, coder: str) -> None:
        previous = version_before(self.project, one.article)
        _, lost = put_article(draft, one, previous, coder, self.found.marked)
        self.lost += lost

    def _put_statements(self, draft: Draft, one: Coded) -> None:
        """Put people's statements that the project has never had."""
        for said in one.statements:
            coder = self.found.marked.get(said.id, MACHINE)
            if coder != MACHINE and not _ever(draft, "statements", said.id):
                values = statement_values(said, one.article.id, coder)
                put_new(draft, "statements", [(said.id, values)])

    def _put_actors(
        self, draft: Draft, one: Coded, kept: Iterable[tuple[Position, Position]]
    ) -> None:
        """Put the actors that the article doesn't have yet."""
        positions = tuple(position for pair in kept for position in pair)
        for key, actor in actors_of(replace(one, positions=positions)).items():
            if live(draft, "actors", key) is None:
                put_new(draft, "actors", [(key, actor_values(actor, one.article.id))])

    def _review(self, draft: Draft, position: Position, who: str) -> None:
        """Put a person's coding, unless the project decided otherwise since it took it in."""
        coding = coding_of_position(position)
        if live(draft, "statements", position.statement or "") is None:
            return
        values = coding_values(position)
        machine = live(draft, "codings", coding)
        verdict = "added"
        if machine is not None:
            same = says(machine, "accepted") == says(values, "accepted")
            verdict = "accepted" if same else "changed"
        self._put_review(draft, coding, values, verdict, who)

    def _change(self, draft: Draft, before: Position, after: Position) -> None:
        """Put what became of a position elsewhere as a coding of who imports it."""
        coding = coding_of_position(before)
        if live(draft, "statements", before.statement or "") is None:
            return
        if after.content == before.content:
            values = coding_values(after)
            self._put_review(draft, coding, values, "changed", self.by.who)
            return
        # Its words are others: the statement was cut anew, and this one is said no more.
        moved = self._cut_anew(draft, after)
        self._put_review(draft, coding, coding_values(before), "deleted", self.by.who)
        self._put_review(
            draft, coding_of_position(moved), coding_values(moved), "added", self.by.who
        )

    def _cut_anew(self, draft: Draft, position: Position) -> Position:
        """Put a statement of a position's words, and return the position with that statement."""
        article = position.article or ""
        id_ = statement_id(article, position.content)
        if not _ever(draft, "statements", id_):
            said = Statement(
                id=id_,
                kind=position.kind or "indirect",
                source=tuple(Span(*one) for one in position.source),
                cue=(),
                content=position.content,
                speaker=position.actor.name,
                quote=position.quote,
                actors=(position.actor,),
                date=position.date,
            )
            values = statement_values(said, article, self.by.who.strip())
            put_new(draft, "statements", [(id_, values)])
        return replace(position, statement=id_, piece=0)

    def _put_review(
        self, draft: Draft, coding: str, values: Mapping[str, Any], verdict: str, who: str
    ) -> None:
        who = who.strip().replace("|", "/")
        key = f"{coding}|{who}"
        if not _taken_in(draft, "reviews", key):
            return
        shared = {name: values[name] for name in SHARED} | {"coder": who}
        self.codings += put(draft, "reviews", key, review_values(coding, shared, verdict))


def _ever(draft: Draft, table: str, key: str) -> bool:
    """Return whether a key has or had a row."""
    found = draft.connection.execute(f"SELECT 1 FROM {table} WHERE key = ? LIMIT 1", (key,))
    return found.fetchone() is not None


def _taken_in(draft: Draft, table: str, key: str) -> bool:
    """Return whether a key's last word is an import's, or there is none yet."""
    row = draft.connection.execute(
        f"SELECT c.what, t.until FROM {table} t JOIN changes c ON c.change = t.since "
        "WHERE t.key = ? ORDER BY t.row DESC LIMIT 1",
        (key,),
    ).fetchone()
    return row is None or (row[0] == WHAT and row[1] is None)
