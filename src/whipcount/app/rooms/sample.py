"""Is it right on my corpus? A sample drawn, coded blind to the machine, and what it tells.

Who codes a sample sees nothing that the machine says, wherever they go: until they stop, only the
sample and the articles' words are open to them, and the words bear no stance.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import quote

from starlette.responses import Response

from whipcount import project
from whipcount.app.asked import Asked
from whipcount.app.marked import Paragraph, paragraphs
from whipcount.errors import ProjectError
from whipcount.model import Actor, Article, Statement, WhipCount
from whipcount.project import Coding, Sample, ToCode
from whipcount.rendering.projects import meaning_lines

OPEN = ("/sample", "/code-sample", "/work-as")
WITHIN = ("/sample/", "/articles/", "/do/")
"""Where somebody may go who codes a sample; what else there is says something of the machine's."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Something of a sample as it is asked about.

    `statement` is the one whose positions are being told, None while none is marked in a paragraph;
    `added` are those that this person marked in it; `said` what they have told so far.
    """

    unit: ToCode
    article: Article
    paragraphs: tuple[Paragraph, ...]
    statement: Statement | None
    added: tuple[Statement, ...]
    actors: tuple[Actor, ...]
    actor: str
    option: str
    said: tuple[Coding, ...]


def may_see(asked: Asked) -> bool:
    """Tell whether a page is open to somebody who may be coding a sample blind."""
    path = asked.request.url.path
    return not asked.session.sample or path in OPEN or path.startswith(WITHIN)


def back_to_sample(asked: Asked) -> Response:
    """Return the way back to the sample of who codes it blind and went elsewhere."""
    return asked.to(f"{coding_place(asked.session.sample)}?held=1")


def coding_place(name: str) -> str:
    """Return the address at which a sample is coded."""
    return f"/sample/{quote(name, safe='')}/code"


def samples(asked: Asked) -> Response:
    """Return the samples that were drawn, and the form to draw another."""
    found = project.samples(asked.debate)
    taken = {one.name for one in found}
    number = len(found) + 1
    while f"sample {number}" in taken:
        number += 1
    return asked.answer("samples.html", samples=found, new=f"sample {number}", seed=number)


def report(asked: Asked) -> Response:
    """Return how right the machine is by a sample, and what that means for the count."""
    sample = _sample(asked)
    if asked.session.sample:  # what it tells after each answer would tell what the machine said
        return back_to_sample(asked)
    judged = project.judge(asked.debate, sample.name)
    days = asked.days()
    kept = None if days is None else asked.counted(days[1].isoformat())
    counted: WhipCount | None = None if kept is None else kept.made
    return asked.answer(
        "sample.html",
        sample=sample,
        judged=judged,
        meant={}
        if counted is None
        else {one.option: one for one in project.meaning(asked.debate, judged.options, counted)},
        meaning_lines=meaning_lines,
        left=len(project.units_left(asked.debate, sample.name, asked.coder)),
    )


def code(asked: Asked) -> Response:
    """Return the next of a sample to code, blind; the way to begin where it isn't begun."""
    sample = _sample(asked)
    left = project.units_left(asked.debate, sample.name, asked.coder)
    if asked.session.sample == sample.name and not left:
        asked.session.sample = ""
    begun = asked.session.sample == sample.name
    wanted = asked.given("unit")
    unit = wanted if wanted in left else left[0] if left else ""
    return asked.answer(
        "sample_code.html",
        sample=sample,
        begun=begun,
        left=len(left),
        whole=sum(number for _, number in sample.strata),
        asking=_asking(asked, sample.name, unit) if begun and unit else None,
    )


def begin_or_stop(asked: Asked) -> Response:
    """Begin to code a sample blind, or stop where none is named."""
    name = str(asked.values.get("name", ""))
    if not name:
        asked.session.sample = ""
        return asked.to("/sample")
    project.drawn_of(asked.debate, name)
    asked.session.sample = name
    return asked.to(coding_place(name))


def _sample(asked: Asked) -> Sample:
    name = asked.request.path_params["sample"]
    for one in project.samples(asked.debate):
        if one.name == name:
            return one
    raise ProjectError(f"there is no sample {name!r:.60}")


def _asking(asked: Asked, name: str, unit: str) -> Asking:
    """Return what is asked, without anything that the machine says of it."""
    debate = asked.debate
    found = project.unit_of(debate, unit)
    article = project.article(debate, found.article)
    here = project.statements(debate, found.article)
    own = project.found_in(debate, name, unit, asked.coder)
    added = () if found.statement else tuple(one for one in here if one.id in own)
    statement = found.statement
    if statement is None and added:
        chosen = asked.given("statement")
        statement = next((one for one in added if one.id == chosen), added[-1])
    actors = tuple(project.actors_in(debate, found.article).values())
    options = [one.id for one in asked.files().issue.options]
    option, actor = asked.given("on"), asked.given("who")
    if actor not in {one.id for one in actors}:
        actor = statement.actors[0].id if statement and statement.actors else ""
    return Asking(
        found,
        article,
        _words(article, found, here),
        statement,
        added,
        actors,
        actor,
        option if option in options else options[0],
        tuple(
            replace(one, machine=None, position=review.position, reviews=(review,))
            for id_ in own
            for one in project.codings_of_statement(debate, id_, coder=asked.coder)
            for review in one.reviews
            if review.coder == asked.coder and review.verdict == "added" and review.position
        ),
    )


def _words(article: Article, unit: ToCode, here: tuple[Statement, ...]) -> tuple[Paragraph, ...]:
    """Return the paragraphs around what is asked, with the words in question in view.

    A statement is marked alone; in a paragraph all statements are that were found there.
    """
    statement = unit.statement
    marked = here if statement is None else (statement,)
    around = (
        unit.spans if statement is None else (*statement.source, *statement.cue, *statement.content)
    )
    found = paragraphs(article, marked, {}, around=around, beside=1)
    if statement is not None:
        return found
    asked = {one.runs[0].at for one in paragraphs(article, marked, {}, around=unit.spans, beside=0)}
    return tuple(
        replace(one, kind=f"{one.kind} asked") if one.runs[0].at in asked else one for one in found
    )
