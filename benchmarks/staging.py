"""One of our statements as an article of its own, so that coders read it as they read any other."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from benchmarks.statements import Code, Example
from whipcount.actors import find_mentions, gazetteer
from whipcount.analysis import Analysis, analyse
from whipcount.coding import code
from whipcount.model import Actor, Article, Issue, Option, Span, Statement


def staged(one: Example) -> tuple[Analysis, Statement, int]:
    """Return an article of the title, the sentence before and the statement, and the statement.

    The last is where the statement's text begins in the article's. Its actor is its source's words,
    whoever that is.
    """
    lead = f"{one.title}\n\n" if one.title else ""
    begin = len(lead)
    lead += f"{one.before} " if one.before else ""
    text = f"{lead}{one.text}\n"
    digest = hashlib.sha256(text.encode()).hexdigest()
    article = Article(
        id=digest[:16],
        path=f"{one.issue}-{one.number}",
        part=None,
        offset=0,
        title=one.title,
        outlet="",
        byline="",
        published="",
        url="",
        language="en",
        page_sha256=digest,
        text_sha256=digest,
        text=text,
        body=(Span(begin, len(text) - 1),),
        headline=Span(0, len(one.title)) if one.title else None,
    )
    source, cue, content = (
        tuple(Span(start + len(lead), end + len(lead)) for start, end in spans)
        for spans in (one.source, one.cue, one.content)
    )
    quotes = sum(text[s:e].lstrip()[:1] in '"“' for s, e in content)
    statement = Statement(
        id=f"{digest[:16]}.0",
        kind="direct" if quotes == len(content) else "mixed" if quotes else "indirect",
        source=source,
        cue=cue,
        content=content,
        speaker=" ".join(text[s:e] for s, e in source),
        quote=" ".join(text[s:e] for s, e in content),
        actors=(Actor(f"{digest[:16]}.a0", " ".join(text[s:e] for s, e in source), "person"),),
    )
    return analyse(article), statement, len(lead)


def issue_of(one: Example) -> Issue:
    """Return a statement's issue, its options by their labels alone."""
    options = tuple(Option(option, label) for option, label in one.options.items())
    return Issue(one.issue, one.issue, "", options)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A coder's stance on an option, as a code of the gold, and how sure the coder is of it."""

    code: Code
    confidence: float
    for_review: bool


def judged_by(coder: str, one: Example) -> dict[str, Judgement]:
    """Return the stances that a coder (`local` or `lexical`) takes from a statement, by option.

    Conditions and reasons are spans in the statement's text.
    """
    analysis, statement, begin = staged(one)
    mentions = find_mentions(analysis, gazetteer(None))
    found = code(analysis, [statement], mentions, issue_of(one), coder)

    def moved(span: Span | None) -> tuple[int, int] | None:
        return None if span is None else (span.start - begin, span.end - begin)

    return {
        position.option: Judgement(
            Code(
                position.stance,
                position.strength,
                moved(position.condition),
                moved(position.reason),
            ),
            position.confidence,
            position.for_review,
        )
        for position in found
    }
