"""The model as the JSON documents that other programs build on.

DESIGN's fields in their order, then ours (`headline`, `teaser`, a position's `kind`). What is not
known is null. Spans are `[start, end]`, code points into the article's text, end exclusive.
The schemas in `docs/schema/` describe every document, and tests hold them to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from whipcount import model
from whipcount.counting.by_party import party_tallies

SCHEMA = 1
"""Version of the documents; it rises when a field changes its meaning or goes."""

Document: TypeAlias = dict[str, Any]


def read_document(articles: Iterable[model.Article], *, with_text: bool = True) -> Document:
    """Return what `read --format json` prints: all articles."""
    return {"schema": SCHEMA, "articles": [article(one, with_text=with_text) for one in articles]}


def read_line(one: model.Article, *, with_text: bool = True) -> Document:
    """Return what `read --format jsonl` prints of one article."""
    return {"schema": SCHEMA, **article(one, with_text=with_text)}


def statements_document(found: Iterable[model.Attributed], *, with_text: bool = False) -> Document:
    """Return what `statements --format json` prints: all articles with their statements."""
    return {"schema": SCHEMA, "articles": [_attributed(one, with_text) for one in found]}


def statements_line(one: model.Attributed, *, with_text: bool = False) -> Document:
    """Return what `statements --format jsonl` prints of one article."""
    return {"schema": SCHEMA, **_attributed(one, with_text)}


def code_document(found: Iterable[model.Coded], *, with_text: bool = False) -> Document:
    """Return what `code --format json` prints: all articles with their positions."""
    return {"schema": SCHEMA, "articles": [_coded(one, with_text) for one in found]}


def code_line(one: model.Coded, *, with_text: bool = False) -> Document:
    """Return what `code --format jsonl` prints of one article."""
    return {"schema": SCHEMA, **_coded(one, with_text)}


def actors_document(found: Iterable[model.Joined]) -> Document:
    """Return what `actors --format json` prints: all actors."""
    return {"schema": SCHEMA, "actors": [joined(one, share) for one, share in _shares(found)]}


def actors_lines(found: Iterable[model.Joined]) -> Iterator[Document]:
    """Yield what `actors --format jsonl` prints: a line an actor."""
    return ({"schema": SCHEMA, **joined(one, share)} for one, share in _shares(found))


def actor_rows(found: Iterable[model.Joined]) -> Iterator[Document]:
    """Yield a row an actor."""
    return (joined(one, share) for one, share in _shares(found))


def joined(one: model.Joined, share: float) -> Document:
    """Return an actor of many articles; `share` is that of all quoted words, 0 to 1."""
    return {
        "name": one.name,
        "kind": one.kind,
        "role": _first(one.roles) or None,
        "affiliation": _first(one.affiliations) or None,
        "speaks_for": _first(one.speaks_for) or None,
        "mentions": one.mentions,
        "statements": one.statements,
        "words": one.words,
        "share": round(share, 4),
        "articles": one.articles,
        "names": list(one.names),
        "roles": list(one.roles),
        "affiliations": list(one.affiliations),
        "reasons": list(one.reasons),
        "doubts": list(one.doubts),
        "actors": list(one.actors),
    }


def _shares(found: Iterable[model.Joined]) -> Iterator[tuple[model.Joined, float]]:
    everyone = tuple(found)
    total = sum(one.words for one in everyone)
    return ((one, one.words / total if total else 0.0) for one in everyone)


def _first(words: Sequence[str]) -> str:
    return words[0] if words else ""


def count_document(count: model.WhipCount, *, with_text: bool = False) -> Document:
    """Return what `count --format json` prints: the whip count with all its evidence."""
    return {
        "schema": SCHEMA,
        "issue": issue(count.issue),
        "body": {
            "id": count.body.id,
            "name": count.body.name,
            "members": len(count.members),
            "rule": rule(count.rule),
        },
        "as_of": count.as_of.isoformat(),
        "cells": [cell(one) for one in count.cells],
        "others": [other(one) for one in count.others],
        "verdicts": [verdict(one) for one in count.verdicts],
        "parties": [
            {
                "party": one.party or None,
                "option": one.option,
                "members": one.members,
                "stands": dict(one.stands),
            }
            for one in party_tallies(count)
        ],
        "fallbacks": [fallback(one) for one in count.fallbacks],
        "assumed": [position(one) for one in count.assumed],
        "articles": [article(one, with_text=with_text) for one in count.articles],
    }


def issue(one: model.Issue) -> Document:
    """Return what an issue is called and its options."""
    return {
        "name": one.name,
        "path": one.path or None,
        "options": [{"id": option.id, "label": option.label} for option in one.options],
    }


def article(one: model.Article, *, with_text: bool) -> Document:
    """Return an article; `text` is left out unless it is asked for."""
    found: Document = {
        "id": one.id,
        "path": one.path,
        "part": one.part,
        "offset": one.offset,
        "title": one.title or None,
        "outlet": one.outlet or None,
        "byline": one.byline or None,
        "published": one.published or None,
        "url": one.url or None,
        "language": one.language or None,
        "page_sha256": one.page_sha256,
        "text_sha256": one.text_sha256,
    }
    if with_text:
        found["text"] = one.text
    return found | {
        "body": _spans(one.body),
        "headline": _span(one.headline),
        "teaser": _spans(one.teaser),
        "section": one.section or None,
        "word_count": one.word_count or None,
        "copy_of": one.copy_of or None,
        "also_in": [printing(each) for each in one.also_in],
    }


def printing(one: model.Printing) -> Document:
    """Return another page that holds an article's text."""
    return {
        "path": one.path,
        "outlet": one.outlet or None,
        "published": one.published or None,
        "url": one.url or None,
    }


def statement(one: model.Statement) -> Document:
    """Return a statement."""
    return {
        "id": one.id,
        "kind": one.kind,
        "source": _spans(one.source),
        "cue": _spans(one.cue),
        "content": _spans(one.content),
        "speaker": one.speaker,
        "quote": one.quote,
        "actors": [actor(each) for each in one.actors],
        "date": one.date or None,
        "confidence": _number(one.confidence),
        "utterance": one.utterance or None,
    }


def actor(one: model.Actor) -> Document:
    """Return an actor; role, affiliation, country and speaks_for are null where not known."""
    return {
        "id": one.id,
        "name": one.name,
        "kind": one.kind,
        "role": one.role or None,
        "affiliation": one.affiliation or None,
        "country": one.country or None,
        "speaks_for": one.speaks_for or None,
    }


def position(one: model.Position) -> Document:
    """Return a position."""
    return {
        "origin": one.origin,
        "article": one.article,
        "statement": one.statement,
        "piece": one.piece,
        "actor": actor(one.actor),
        "option": one.option,
        "stance": one.stance,
        "strength": one.strength,
        "reported": one.reported,
        "reported_by": None if one.reported_by is None else actor(one.reported_by),
        "implied_by": one.implied_by,
        "condition": _span(one.condition),
        "reason": _span(one.reason),
        "date": one.date or None,
        "coder": one.coder,
        "confidence": _number(one.confidence),
        "for_review": one.for_review,
        "quote": one.quote,
        "source": _spans(one.source),
        "content": _spans(one.content),
        "record": one.record,
        "kind": one.kind,
        "utterance": one.utterance or None,
        "reports": [report(each) for each in one.reports],
    }


def report(one: model.Report) -> Document:
    """Return another article's report of the utterance that a position is from."""
    return {
        "article": one.article,
        "statement": one.statement,
        "date": one.date or None,
        "stance": one.stance,
        "quote": one.quote,
    }


def cell(one: model.Cell) -> Document:
    """Return the cell of a member and an option."""
    return {"member": one.member, "option": one.option, **_stand(one)}


def other(one: model.Other) -> Document:
    """Return the row of somebody who is no member."""
    return {"actor": actor(one.actor), "option": one.option, **_stand(one)}


def verdict(one: model.Verdict) -> Document:
    """Return the verdict on one option."""
    return {
        "option": one.option,
        "outcome": one.outcome,
        "blockers": [list(members) for members in one.blockers],
        "needed": [list(members) for members in one.needed],
        "probability": probability(one.probability),
        "can_stop": [list(members) for members in one.can_stop],
        "to_turn": [list(members) for members in one.to_turn],
        "conditions": list(one.conditions),
        "swings": [
            {"member": swing.member, "vote": swing.vote, "outcome": swing.outcome}
            for swing in one.swings
        ],
    }


def probability(one: model.Probability | None) -> Document | None:
    """Return a chance with its interval, null where there is none."""
    if one is None:
        return None
    return {"value": _number(one.value), "low": _number(one.low), "high": _number(one.high)}


def fallback(one: model.Fallback) -> Document:
    """Return an option as one to fall back on."""
    return {
        "option": one.option,
        "place": one.place,
        "supporters": list(one.supporters),
        "conditional": list(one.conditional),
        "opponents": list(one.opponents),
        "red_lines": list(one.red_lines),
        "missing": one.missing,
        "turned": one.turned,
        "instead": one.instead,
    }


def rule(one: model.Rule) -> Document:
    """Return a decision rule with the keys of a body file's `[rule]`."""
    match one:
        case model.Consensus():
            return {"kind": "consensus", "silence": one.silence}
        case model.Unanimity():
            return {"kind": "unanimity", "abstention": one.abstention}
        case model.Majority():
            share = (
                {"over": _share(one.over)}
                if one.at_least is None
                else {"at_least": _share(one.at_least)}
            )
            chair = (
                {"casting": one.casting, "casting_votes": one.casting_votes} if one.casting else {}
            )
            return {"kind": "majority", **share, "base": one.base, **chair}
        case model.Quota():
            limit = {"at_least": one.at_least, "all_but": one.all_but}
            kept = {key: _share(value) for key, value in limit.items() if value is not None}
            return {"kind": "quota", **_counted(one), **kept}
        case model.Veto():
            return {"kind": "veto", "members": list(one.members)}
        case model.Quorum():
            return {
                "kind": "quorum",
                **_counted(one),
                "over" if one.more else "present": _share(one.present),
            }
        case model.Reverse():
            return {"kind": "reverse", "of": rule(one.of)}
        case model.AllOf():
            return {"kind": "all", "of": [rule(part) for part in one.of]}
        case model.AnyOf():
            return {"kind": "any", "of": [rule(part) for part in one.of]}
        case model.NoRule():
            return {"kind": "none"}


def _counted(one: model.Quota | model.Quorum) -> Document:
    if one.weight:
        return {"weight": one.weight}
    return {"share": "seats" if one.seats else "members"}


def _share(share: model.Share) -> float | int | str:
    """Return a rule's share or number as a body file has it, a fraction in words: "2/3"."""
    return str(share) if isinstance(share, Fraction) else share


def _attributed(one: model.Attributed, with_text: bool) -> Document:
    return {
        "article": article(one.article, with_text=with_text),
        "statements": [statement(each) for each in one.statements],
    }


def _coded(one: model.Coded, with_text: bool) -> Document:
    """Return an article with its positions; with its text too, all that `code --again` needs."""
    found: Document = {
        "article": article(one.article, with_text=with_text),
        "positions": [position(each) for each in one.positions],
    }
    if with_text:
        found["statements"] = [statement(each) for each in one.statements]
        found["codebook"] = dict(one.codebook)
    return found


def _stand(one: model.Cell | model.Other) -> Document:
    return {
        "stand": one.stand,
        "confidence": _number(one.confidence),
        "condition": one.condition,
        "since": one.since,
        "contested": one.contested,
        "evidence": [position(each) for each in one.evidence],
    }


def _span(span: model.Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _spans(spans: Iterable[model.Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _number(share: float) -> float:
    """Return a share rounded to what it means: four digits are more than any model knows."""
    return round(share, 4)
