"""The codebook as people change it: options renamed, merged, split; the issue file goes along."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from whipcount.coding.issue import parse_issue
from whipcount.errors import ProjectError
from whipcount.model import Issue, Option
from whipcount.project.files import file_of, issue_of, put_file
from whipcount.project.moving import move, put_review
from whipcount.project.reviewing import SHARED, review_values
from whipcount.project.rows import By, Draft, changing, live, live_rows, put
from whipcount.project.slices import (
    Given,
    Reached,
    begin,
    finish,
    refuse_while_under_way,
    step,
)
from whipcount.project.store import Project
from whipcount.toml_files import quoted


@dataclass(frozen=True, slots=True)
class Moves:
    """What a change of an option would move: how many of each."""

    codings: int
    reviews: int
    entered: int
    overrides: int


def preview(project: Project, option: str) -> Moves:
    """Return what is on an option, and so would move with it; nothing is changed."""
    _known(project, option)
    numbers = [
        int(
            project.connection.execute(
                f"SELECT COUNT(*) FROM {table} WHERE option = ? AND until IS NULL", (option,)
            ).fetchone()[0]
        )
        for table in ("codings", "reviews", "entered", "overrides")
    ]
    return Moves(*numbers)


def rename_option(
    project: Project, option: str, by: By, *, new: str = "", label: str = ""
) -> int | None:
    """Give an option another id, another label, or both; all that is on it goes along.

    With another label coders are told something else: `code_again` codes that option anew.
    """
    finish(project)
    number = begin_rename_option(project, option, by, new=new, label=label)
    finish(project)
    return number


def begin_rename_option(
    project: Project, option: str, by: By, *, new: str = "", label: str = ""
) -> int | None:
    """Begin to rename an option as `rename_option` does; `go_on` does the rest.

    Until it is done the issue has both options.
    """
    issue = _known(project, option)
    new = new.strip() or option
    if new != option and any(one.id == new for one in issue.options):
        raise ProjectError(f"{new!r} is an option already; merge_options makes one of the two")
    given = {"option": option, "new": new, "label": label.strip()}
    whole = _whole(project, option)
    return begin(project, by, "rename option", given, about=option, note=new, whole=whole)


@step("rename option")
def _rename_some(draft: Draft, given: Given, reached: Reached, limit: int) -> Reached | None:
    option, new = given["option"], given["new"]
    moved = 0 if option == new else move(draft, option, new, limit)
    issue = issue_of(draft)
    if moved < limit:
        kept = [one for one in issue.options if one.id != new or one.id == option]
        options = [_renamed(one, option, new) for one in kept]
        place = next(at for at, one in enumerate(kept) if one.id == option)
        options[place] = replace(options[place], label=given["label"] or options[place].label)
        _put_issue(draft, replace(issue, options=tuple(options)))
        return None
    if not reached:
        _put_issue(draft, _with_both(issue, option, new))
    return {"moving": True}


def merge_options(project: Project, option: str, into: str, by: By) -> int | None:
    """Make one option of two: all on `option` goes to `into`, which keeps its id and its words.

    Phrases and examples come along. Where a statement has both, the coding of `into` stays.
    """
    finish(project)
    number = begin_merge_options(project, option, into, by)
    finish(project)
    return number


def begin_merge_options(project: Project, option: str, into: str, by: By) -> int | None:
    """Begin to merge options as `merge_options` does; `go_on` does the rest."""
    _known(project, option)
    _known(project, into)
    if option == into:
        raise ProjectError(f"{option!r} is one option already")
    given = {"option": option, "into": into}
    whole = _whole(project, option)
    return begin(project, by, "merge options", given, about=option, note=into, whole=whole)


@step("merge options")
def _merge_some(draft: Draft, given: Given, _: Reached, limit: int) -> Reached | None:
    option, into = given["option"], given["into"]
    if move(draft, option, into, limit) >= limit:
        return {"moving": True}
    issue = issue_of(draft)
    gone = issue.option(option)
    options = []
    for one in issue.options:
        found = _renamed(one, option, into)
        if one.id == into:
            phrases = _both(one.phrases, gone.phrases)
            found = replace(found, phrases=phrases, examples=_both(one.examples, gone.examples))
        options += [found] if one.id != option else []
    _put_issue(draft, replace(issue, options=tuple(options)))
    return None


def split_option(
    project: Project, option: str, by: By, *, new: str, label: str, codings: Collection[str]
) -> int | None:
    """Make a new option out of one: these codings are this person's decisions for the new one."""
    refuse_while_under_way(project)
    issue = _known(project, option)
    if any(one.id == new for one in issue.options):
        raise ProjectError(f"{new!r} is an option already")
    if not new.strip() or not label.strip():
        raise ProjectError("a new option needs an id and a label")
    options: list[Option] = []
    for one in issue.options:
        options += [one, Option(new, label.strip())] if one.id == option else [one]
    with changing(project, by, "split option", option, note=new) as draft:
        _put_issue(draft, replace(issue, options=tuple(options)))
        for id_ in sorted(codings):
            reviews = live_rows(draft, "reviews", "coding = ?", (id_,))
            machine = live(draft, "codings", id_)
            if machine is None and not reviews:
                raise ProjectError(f"there is no coding {id_}")
            for key, row in reviews:
                if row["option"] == option:
                    put_review(draft, key, id_, row | {"option": new})
            if not reviews and machine is not None:
                values = {name: machine[name] for name in SHARED}
                values |= {"option": new, "coder": draft.who}
                put(
                    draft,
                    "reviews",
                    f"{id_}|{draft.who}",
                    review_values(id_, values, "changed"),
                )
    return draft.result


def issue_text(issue: Issue) -> str:
    """Return an issue as the text of its file."""
    return "\n".join(_lines(issue)) + "\n"


def _lines(issue: Issue) -> Iterator[str]:
    yield f"name = {quoted(issue.name)}"
    yield f"body = {quoted(issue.body)}"
    if issue.starts is not None:
        yield f"starts = {issue.starts}"
    if issue.rule:
        yield f"rule = {quoted(issue.rule)}"
    for option in issue.options:
        yield f"\n[options.{quoted(option.id)}]"
        yield f"label = {quoted(option.label)}"
        for name in ("definition", "rule"):
            if words := getattr(option, name):
                yield f"{name} = {quoted(words)}"
        for name in ("phrases", "examples", "not_examples", "implies", "excludes"):
            if some := getattr(option, name):
                yield f"{name} = [{', '.join(map(quoted, some))}]"


def _put_issue(draft: Draft, issue: Issue) -> None:
    """Keep an issue as the project's; IssueError where it contradicts itself."""
    content = issue_text(issue).encode()
    _, path = file_of(draft, "issue")
    parse_issue(content, path)
    put_file(draft, "issue", path, content)


def _whole(project: Project, option: str) -> int:
    """Return about how many rows moving an option touches: each is ended, and another added."""
    moves = preview(project, option)
    (codebooks,) = project.connection.execute(
        "SELECT COUNT(*) FROM codebooks WHERE until IS NULL"
    ).fetchone()
    return 2 * (moves.codings + moves.reviews + moves.entered + moves.overrides + int(codebooks))


def _with_both(issue: Issue, option: str, new: str) -> Issue:
    """Return an issue with an option twice, under both ids, as long as all on it moves."""
    options: list[Option] = []
    for one in issue.options:
        both = replace(
            one,
            implies=_beside(one.implies, option, new),
            excludes=_beside(one.excludes, option, new),
        )
        beside = replace(both, id=new, label=f"{one.label} ({new})")
        options += [both, beside] if one.id == option else [both]
    return replace(issue, options=tuple(options))


def _beside(others: Sequence[str], option: str, new: str) -> tuple[str, ...]:
    return tuple(
        name for other in others for name in ((other, new) if other == option else (other,))
    )


def _renamed(one: Option, option: str, new: str) -> Option:
    """Return an option that speaks of `new` where it spoke of `option`, never of itself."""
    id_ = new if one.id == option else one.id

    def told(others: Sequence[str]) -> tuple[str, ...]:
        names = (new if other == option else other for other in others)
        return tuple(name for name in dict.fromkeys(names) if name != id_)

    return replace(one, id=id_, implies=told(one.implies), excludes=told(one.excludes))


def _both(some: Sequence[str], more: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*some, *more)))


def _known(project: Project, option: str) -> Issue:
    issue = issue_of(project)
    if not any(one.id == option for one in issue.options):
        known = ", ".join(one.id for one in issue.options)
        raise ProjectError(f"{option!r} is no option; known are {known}")
    return issue
