"""The llm coder: asks a language model, and takes nothing that the article's words don't bear out.

A coding whose option, stance or quotation can't be found is refused, and said so; the others stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from whipcount.actors import Mentions
from whipcount.analysis import Analysis
from whipcount.coding.holders import can_hold, same_side
from whipcount.coding.llm.endpoint import CutShortError, Endpoint, EndpointError, parsed
from whipcount.coding.llm.prompt import SCHEMA, VERSION, Request, request, requests_of
from whipcount.errors import CodingError
from whipcount.model import Article, Issue, Position, Span, Statement
from whipcount.offsets import find

SURE, UNSURE = 0.9, 0.5
"""Confidence of a coding that the model calls sure, or not; the latter are for review."""

REMINDER = "That was not JSON of the form asked for. Answer with the JSON alone."


def _ignored(message: str) -> None:
    """Take no notice of a coding that was refused."""


@dataclass
class LlmCoder:
    """Codes by asking a language model; its quotations are looked up in the article.

    `on_refused` is called with a line on each coding that is refused.
    """

    endpoint: Endpoint
    on_refused: Callable[[str], None] = _ignored

    name = "llm"
    each_option = True

    @property
    def version(self) -> str:
        """The version of the prompt, and the model."""
        return f"{VERSION} {self.endpoint.model}"

    def code(
        self,
        analysis: Analysis,
        statements: Sequence[Statement],
        mentions: Mentions,
        issue: Issue,
    ) -> tuple[Position, ...]:
        """Return the positions of an article's statements, in reading order.

        Raises CodingError where the endpoint gives no answer that can be used.
        """
        article = analysis.article
        label = f"{self.name} {self.version}"
        found: list[Position] = []
        try:
            for asked in requests_of(article, statements, issue):
                for statement, coding in self._codings(article, asked, issue):
                    found += self._positions(article, statement, coding, mentions, label)
        except EndpointError as error:
            raise CodingError(f"{article.path}: could not be coded: {error}") from None
        order = {statement.id: number for number, statement in enumerate(statements)}
        return tuple(sorted(_once(found), key=lambda one: order[one.statement or ""]))

    def _codings(
        self, article: Article, asked: Request, issue: Issue
    ) -> Iterator[tuple[Statement, dict[str, Any]]]:
        """Yield the codings of a request that have the form asked for, with their statements."""
        try:
            answer = self._answer(asked)
        except CutShortError:
            if len(asked.statements) == 1:
                raise
            half = len(asked.statements) // 2
            for part in (asked.statements[:half], asked.statements[half:]):
                yield from self._codings(article, request(article, part, issue), issue)
            return
        from jsonschema import Draft202012Validator  # noqa: PLC0415

        check = Draft202012Validator(SCHEMA["properties"]["codings"]["items"])
        options = {option.id for option in issue.options}
        for coding in answer["codings"]:
            fault = next((error.message for error in check.iter_errors(coding)), "")
            if not fault and not 0 <= coding["statement"] < len(asked.statements):
                fault = f"there is no statement {coding['statement']}"
            if not fault and coding["option"] not in options:
                fault = f"there is no option {coding['option']!r}"
            if fault:
                self.on_refused(f"{article.path}: a coding was refused: {fault}")
            else:
                yield asked.statements[coding["statement"]], coding

    def _answer(self, asked: Request) -> dict[str, Any]:
        """Return a model's answer; asked once more where it is not of the form asked for."""
        messages = [*asked.messages]
        for number in range(2):
            words = self.endpoint.answer(messages, SCHEMA)
            try:
                found = parsed(words)
            except EndpointError:
                if number:
                    raise
            else:
                if isinstance(found, dict) and isinstance(found.get("codings"), list):
                    return found
                if number:
                    raise EndpointError("the model answers with JSON of another form")
            messages += [
                {"role": "assistant", "content": words},
                {"role": "user", "content": REMINDER},
            ]
        raise AssertionError("unreachable")

    def _positions(
        self,
        article: Article,
        statement: Statement,
        coding: dict[str, Any],
        mentions: Mentions,
        label: str,
    ) -> Iterator[Position]:
        """Yield the positions of a coding, none where its quotation is not in the statement."""
        place = _in_content(article, statement, coding["quote"])
        if place is None:
            self.on_refused(
                f"{article.path}: a coding was refused: {statement.speaker!r} doesn't say "
                f"{coding['quote'][:80]!r}"
            )
            return
        piece, _ = place
        condition = _in_content(article, statement, coding["condition"])
        reason = _in_content(article, statement, coding["reason"])
        holder = _in_content(article, statement, coding["holder"])
        stance = coding["stance"]
        if stance == "conditional" and condition is None:
            self.on_refused(
                f"{article.path}: a coding was refused: {statement.speaker!r} makes no condition "
                f"{(coding['condition'] or '')[:80]!r}"
            )
            return
        named = mentions.actors_in(holder[1]) if holder is not None else ()
        others = tuple(a for a in named if can_hold(a) and not same_side(a, statement.actors))
        for actor in others or statement.actors:
            yield Position(
                origin="statement",
                actor=actor,
                option=coding["option"],
                stance=stance,
                strength=coding["strength"],
                reported=bool(others),
                reported_by=statement.actors[0] if others else None,
                condition=condition[1] if condition and stance == "conditional" else None,
                reason=reason[1] if reason else None,
                date=statement.date,
                coder=label,
                confidence=round((SURE if coding["sure"] else UNSURE) * statement.confidence, 3),
                for_review=not coding["sure"],
                article=article.id,
                statement=statement.id,
                piece=piece,
                kind=statement.kind,
                quote=statement.quote,
                source=statement.source,
                content=statement.content,
            )


def _in_content(
    article: Article, statement: Statement, words: str | None
) -> tuple[int, Span] | None:
    """Return the piece of a statement that has words, and where they stand in the article."""
    for piece, (start, end) in enumerate(statement.content):
        found = find(article.text[start:end], words) if words else None
        if found is not None:
            return piece, Span(start + found.start, start + found.end)
    return None


def _once(positions: list[Position]) -> list[Position]:
    """Return one position a statement, actor and option: a condition's, else the first."""
    kept: dict[tuple[str | None, str, str], Position] = {}
    for one in positions:
        key = (one.statement, one.actor.id, one.option)
        if key not in kept or (one.stance == "conditional" and kept[key].stance != "conditional"):
            kept[key] = one
    return list(kept.values())
