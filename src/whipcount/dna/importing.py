"""A database of DNA -> coded articles, and what of it has no place among them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, cast

from whipcount import offsets
from whipcount.dna.database import Database, Document, Statement
from whipcount.dna.exporting import NOTE, values_of
from whipcount.model import STANCES, Actor, Article, Coded, Position, Span, Stance
from whipcount.model import Statement as Quotation
from whipcount.rendering import read_back

SIDES: Mapping[int, Stance] = {1: "support", 0: "oppose"}
"""The stances that DNA's agreement says."""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A statement whose words aren't where its offsets say, nor anywhere in its document."""

    statement: int
    document: int
    words: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a database.

    `coded` has an article a document. `moved` are the ids of statements whose words stood elsewhere
    than their offsets said and were found; `unplaced` those that weren't. `others` are the ids of
    those that are neither positions nor whipcount's own quotations. `kept` is the database
    itself: what has no place in an article (other statement types and variables, coders' passwords,
    attributes, regular expressions) is in it still, and `write_database` writes it.
    """

    coded: tuple[Coded, ...]
    moved: tuple[int, ...]
    unplaced: tuple[Unplaced, ...]
    others: tuple[int, ...]
    kept: Database


def imported(database: Database, path: str = "") -> Imported:
    """Return the documents of a database as articles, with statements and positions.

    A statement becomes a position where its type has a `concept`, and a `person` or `organization`:
    the concept is the option, agreement the stance (or the variable `stance`, where there is one).
    What whipcount itself wrote comes back as it was, but for what was changed in DNA since. `path`
    is what articles say they come from.
    """
    reading = _Reading(database, path)
    coded = tuple(reading.coded(document) for document in database.documents)
    moved, lost = tuple(reading.moved), tuple(reading.unplaced)
    return Imported(coded, moved, lost, tuple(reading.others), database)


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

    def coded(self, document: Document) -> Coded:
        """Return a document as an article with what was coded in it."""
        about = _after(NOTE, document.notes)
        article = _article(document, about, self.path)
        quotations: list[Quotation] = []
        positions: list[Position] = []
        new: list[tuple[Statement, dict[str, int | str], Span]] = []
        for statement in self.statements.get(document.id, []):
            values = {self.names[variable]: value for variable, value in statement.values}
            details = _json(str(values.get("details", "")))
            span = self._span(statement, document, details)
            if span is None:
                continue
            if "option" in details:
                positions.append(_position(details, values, span, article))
            elif "cue" in details:
                quotations.append(read_back.statement(details))
            elif values.get("concept") and (values.get("person") or values.get("organization")):
                new.append((statement, values, span))
            elif "piece" not in values:
                self.others.append(statement.id)
        for statement, values, span in new:
            quotation, position = self._made(article, len(quotations), values, span)
            quotations.append(quotation)
            coder = self.coders.get(statement.coder or 0, "")
            positions.append(replace(position, coder=coder))
        codebook = tuple((str(k), str(v)) for k, v in (about.get("codebook") or {}).items())
        return Coded(article, tuple(quotations), tuple(positions), codebook)

    def _span(
        self, statement: Statement, document: Document, details: Mapping[str, Any]
    ) -> Span | None:
        """Return where a statement's words stand: where it says, else where they are found."""
        span = Span(statement.start, statement.stop)
        words = _words(details, document.text)
        if statement.placed and (not words or document.text[span.start : span.end] == words):
            return span
        found = offsets.find(document.text, words, statement.start) if words else None
        if found is None:
            self.unplaced.append(Unplaced(statement.id, document.id, words))
        else:
            self.moved.append(statement.id)
        return found

    def _made(
        self, article: Article, number: int, values: Mapping[str, int | str], span: Span
    ) -> tuple[Quotation, Position]:
        """Return the statement and the position that somebody coded in DNA."""
        name, group = str(values.get("person", "")), str(values.get("organization", ""))
        actor = Actor(
            f"{article.id}.d{number}",
            name or group,
            "person" if name else "organisation",
            affiliation=group if name else "",
        )
        quotation = Quotation(
            id=f"{article.id}.{number}",
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
            option=str(values["concept"]),
            stance=_stance(values),
            date=article.published,
            article=article.id,
            statement=quotation.id,
            piece=0,
            kind=quotation.kind,
            quote=quotation.quote,
            content=(span,),
        )
        return quotation, position


def _position(
    details: Mapping[str, Any], values: Mapping[str, int | str], span: Span, article: Article
) -> Position:
    """Return a position that was exported, with what was changed in DNA since."""
    position = read_back.position(details)
    before = values_of(position)
    actor = position.actor
    if values.get("person") != before["person"] and values.get("person"):
        actor = replace(actor, name=str(values["person"]), kind="person")
    if values.get("organization") != before["organization"]:
        actor = replace(actor, speaks_for=str(values.get("organization", "")))
    position = replace(position, actor=actor)
    if values.get("concept") != before["concept"]:
        position = replace(position, option=str(values.get("concept", "")))
    if any(values.get(name) != before.get(name) for name in ("agreement", "stance")):
        agreed = values.get("agreement") != before.get("agreement")
        only = {"agreement": values["agreement"]} if agreed and "agreement" in values else values
        position = replace(position, stance=_stance(only))
    whole = Span(position.content[0].start, position.content[-1].end)
    if whole != span:
        words = article.text[span.start : span.end]
        position = replace(position, content=(span,), quote=words)
    return position


def _stance(values: Mapping[str, int | str]) -> Stance:
    """Return the stance that values say; undecided where they say none."""
    if values.get("stance") in STANCES:
        return cast("Stance", values["stance"])
    return SIDES.get(cast("int", values.get("agreement")), "undecided")


def _words(details: Mapping[str, Any], text: str) -> str:
    """Return the words that an exported statement had, nothing where it isn't ours."""
    spans = details.get("content")
    if not spans or "quote" not in details:
        return ""
    if "cue" in details or len(spans) > 1:
        # Several pieces' words are joined in `quote`; the text between the offsets has to do.
        start, end = spans[0] if "cue" in details else (spans[0][0], spans[-1][1])
        return text[start:end]
    return str(details["quote"])


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


def _after(mark: str, notes: str) -> dict[str, Any]:
    return _json(notes.removeprefix(mark)) if notes.startswith(mark) else {}


def _json(text: str) -> dict[str, Any]:
    """Return the JSON object that a text is, an empty one where it is none."""
    if not text.startswith("{"):
        return {}
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
