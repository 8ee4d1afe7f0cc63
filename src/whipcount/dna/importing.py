"""A database of DNA -> coded articles, and what of it has no place among them."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from whipcount import offsets
from whipcount.dna.database import Database, Document, Statement
from whipcount.dna.exported import (
    Values,
    actor_id,
    changed_position,
    digest,
    find_again,
    first_words,
    moved_position,
    moved_statement,
    stance_of,
)
from whipcount.dna.exporting import ADMIN, NOTE
from whipcount.model import Actor, Article, Coded, Position, Span
from whipcount.model import Statement as Quotation
from whipcount.rendering import read_back


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A statement whose words aren't where its offsets say, nor anywhere in its document."""

    statement: int
    document: int
    words: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a database.

    `coded` has an article a document, documents of one text being one. `moved` are the ids of
    statements whose words stood elsewhere than their offsets said and were found; `unplaced` those
    that weren't. `others` are the ids of those that are neither positions nor whipcount's own
    quotations. `kept` is the database
    itself: what has no place in an article (other statement types and variables, coders' passwords,
    attributes, regular expressions) is in it still, and `write_database` writes it.

    `origins` has the number of the statement in DNA that each of ours was made of, by our id;
    `people` are the coders who are no machine, `marked` who of them marked a statement, by its id.
    `changed` are positions that were exported, each with what became of it in DNA.
    """

    coded: tuple[Coded, ...]
    moved: tuple[int, ...]
    unplaced: tuple[Unplaced, ...]
    others: tuple[int, ...]
    kept: Database
    origins: Mapping[str, int] = field(default_factory=dict)
    people: frozenset[str] = frozenset()
    marked: Mapping[str, str] = field(default_factory=dict)
    changed: tuple[tuple[Position, Position], ...] = ()


def imported(database: Database, path: str = "") -> Imported:
    """Return the documents of a database as articles, with statements and positions.

    A statement becomes a position where its type has a `concept`, and a `person` or `organization`:
    the concept is the option, agreement the stance (or the variable `stance`, where there is one).
    What whipcount itself wrote comes back as it was, but for what was changed in DNA since. `path`
    is what articles say they come from.
    """
    reading = _Reading(database, path)
    coded = _once(reading.coded(document) for document in database.documents)
    return Imported(
        coded=coded,
        moved=tuple(reading.moved),
        unplaced=tuple(reading.unplaced),
        others=tuple(reading.others),
        kept=database,
        origins=reading.origins,
        people=frozenset(reading.people),
        marked=reading.marked,
        changed=tuple(reading.changed),
    )


def _once(coded: Iterable[Coded]) -> tuple[Coded, ...]:
    """Return articles, those of the same text as one with what was coded in any of them."""
    found: dict[str, Coded] = {}
    for one in coded:
        first = found.get(one.article.id)
        found[one.article.id] = (
            one
            if first is None
            else replace(
                first,
                statements=first.statements + one.statements,
                positions=first.positions + one.positions,
            )
        )
    return tuple(found.values())


class _Reading:
    """One pass over a database."""

    def __init__(self, database: Database, path: str) -> None:
        self.path = path
        self.names = {
            variable.id: variable.name for type_ in database.types for variable in type_.variables
        }
        self.coders = {coder.id: coder.name for coder in database.coders}
        self.statements: dict[int, list[Statement]] = {}
        for statement in database.statements:
            self.statements.setdefault(statement.document, []).append(statement)
        self.moved: list[int] = []
        self.unplaced: list[Unplaced] = []
        self.others: list[int] = []
        self.ids: dict[str, set[str]] = {}
        self.origins: dict[str, int] = {}
        self.people: set[str] = set()
        self.marked: dict[str, str] = {}
        self.changed: list[tuple[Position, Position]] = []

    def coded(self, document: Document) -> Coded:
        """Return a document as an article with what was coded in it."""
        about = _about(document.notes)
        article = _article(document, about, self.path)
        old = str(about.get("id", article.id))
        quotations: list[Quotation] = []
        positions: list[Position] = []
        new: list[tuple[Statement, Values, Span]] = []
        for statement in self.statements.get(document.id, []):
            values: Values = {self.names[variable]: value for variable, value in statement.values}
            details = _json(str(values.get("details", "")))
            span = self._span(statement, document, details, same_text=old == article.id)
            if span is None:
                continue
            if "option" in details:
                positions.append(self._position(details, values, span, old, article))
            elif "cue" in details:
                quotations.append(self._quotation(details, statement, span, old, article))
            elif values.get("concept") and (values.get("person") or values.get("organization")):
                new.append((statement, values, span))
            elif "piece" not in values:
                self.others.append(statement.id)
        known = self.ids.setdefault(article.id, set())
        known.update(one.id for one in quotations)
        for statement, said, span in new:
            coder = self.coders.get(statement.coder or 0, "")
            quotation, position = _made(article, said, span, coder, known)
            known.add(quotation.id)
            quotations.append(quotation)
            positions.append(position)
            self.origins[quotation.id] = statement.id
            self.marked[quotation.id] = coder
            self.people.add(coder)
        codebook = tuple((str(k), str(v)) for k, v in (about.get("codebook") or {}).items())
        return Coded(article, tuple(quotations), tuple(positions), codebook)

    def _span(
        self,
        statement: Statement,
        document: Document,
        details: Mapping[str, Any],
        *,
        same_text: bool,
    ) -> Span | None:
        """Return where a statement's words stand: where it says, else where they are found.

        In the text that was exported it says so rightly, also where people moved it.
        """
        span = Span(statement.start, statement.stop)
        words = first_words(details)
        there = document.text[span.start : span.start + len(words)]
        if statement.placed and (same_text or not words or there == words):
            return span
        found = find_again(details, document.text, statement.start)
        if found is None:
            self.unplaced.append(Unplaced(statement.id, document.id, words))
        else:
            self.moved.append(statement.id)
        return found

    def _quotation(
        self,
        details: Mapping[str, Any],
        statement: Statement,
        span: Span,
        old: str,
        article: Article,
    ) -> Quotation:
        """Return a statement that whipcount exported, and note who marked it."""
        found = read_back.statement(details)
        if old != article.id:
            found = moved_statement(found, span, old, article)
        if statement.coder != ADMIN:
            self.marked[found.id] = self.coders.get(statement.coder or 0, "")
        return found

    def _position(
        self,
        details: Mapping[str, Any],
        values: Values,
        span: Span,
        old: str,
        article: Article,
    ) -> Position:
        """Return a position that whipcount exported, and note who coded it and what was changed."""
        before = read_back.position(details)
        if old != article.id:
            before = moved_position(before, span, old, article)
            whole = Span(before.content[0].start, before.content[-1].end)
            span = whole if whole.start == span.start else span
        if details.get("person"):
            self.people.add(before.coder)
        after = changed_position(before, values, span, article)
        if after != before:
            self.changed.append((before, after))
        return after


def _made(
    article: Article,
    values: Values,
    span: Span,
    coder: str,
    known: Collection[str],
) -> tuple[Quotation, Position]:
    """Return the statement and the position that somebody coded in DNA.

    The statement's id is that of place, actor, concept and coder, so that the same file gives the
    same ids; `known` are those that are taken, by the same coded twice.
    """
    name, group = str(values.get("person", "")), str(values.get("organization", ""))
    option = str(values["concept"])
    told = (span.start, span.end, name, group, option, coder)
    numbered = (f"{article.id}.m{digest(*told, number)}" for number in itertools.count())
    actor = _actor(article, name, group)
    quotation = Quotation(
        id=next(id_ for id_ in numbered if id_ not in known),
        kind="indirect",
        source=(),
        cue=(),
        content=(span,),
        speaker=actor.name,
        quote=article.text[span.start : span.end],
        actors=(actor,),
        date=article.published,
    )
    position = Position(
        origin="statement",
        actor=actor,
        option=option,
        stance=stance_of(values),
        date=article.published,
        coder=coder,
        article=article.id,
        statement=quotation.id,
        piece=0,
        kind=quotation.kind,
        quote=quotation.quote,
        content=(span,),
    )
    return quotation, position


def _actor(article: Article, name: str, group: str) -> Actor:
    """Return the actor of an article that is a person of an organization, or an organization."""
    actor = Actor("", name or group, "person" if name else "organisation")
    if name:
        actor = replace(actor, affiliation=group, speaks_for=group)
    return replace(actor, id=actor_id(article, actor))


def _article(document: Document, about: Mapping[str, Any], path: str) -> Article:
    """Return the article that a document is, as it was exported where its text is the same."""
    sha256 = hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
    if about.get("text_sha256") == sha256:
        article = read_back.article({**about, "text": document.text})
    else:
        day = datetime.fromtimestamp(document.date, UTC).date().isoformat()
        article = Article(
            id=sha256[:16],
            path=path,
            part=document.id,
            offset=0,
            title=document.title,
            outlet=document.source,
            byline=document.author,
            published=day,
            url="",
            language="en",
            page_sha256=sha256,
            text_sha256=sha256,
            text=document.text,
            body=tuple(_paragraphs(document.text)),
        )
    return article


def _paragraphs(text: str) -> Iterator[Span]:
    """Yield the lines of a text that have words."""
    start = 0
    for line in text.splitlines(keepends=True):
        span = offsets.trim(text, start, start + len(line))
        if span.start < span.end:
            yield span
        start += len(line)


def _about(notes: str) -> dict[str, Any]:
    """Return what notes tell of an exported article: the JSON object at their end."""
    return _json(notes.rpartition(NOTE)[2]) if NOTE in notes else {}


def _json(text: str) -> dict[str, Any]:
    """Return the JSON object that a text is, an empty one where it is none."""
    if not text.startswith("{"):
        return {}
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
