"""The codebook as people change it: options renamed, merged, split; the issue file goes along."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from whipcount.coding.issue import parse_issue
from whipcount.errors import ProjectError
from whipcount.model import Issue, Option
from whipcount.project.converting import parts_of
from whipcount.project.files import file_of, issue_of, put_file
from whipcount.project.reviewing import SHARED, review_values
from whipcount.project.rows import By, Draft, as_json, changing, end, live, live_rows, put
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
    issue = _known(project, option)
    new = new.strip() or option
    if new != option and any(one.id == new for one in issue.options):
        raise ProjectError(f"{new!r} is an option already; merge_options makes one of the two")

    def changed(one: Option) -> Option:
        renamed = _renamed(one, option, new)
        return replace(renamed, label=label.strip() or one.label) if one.id == option else renamed

    with changing(project, by, "rename option", option, note=new) as draft:
        _put_issue(draft, replace(issue, options=tuple(map(changed, issue.options))))
        if new != option:
            _move(draft, option, new)
    return draft.result


def merge_options(project: Project, option: str, into: str, by: By) -> int | None:
    """Make one option of two: all that is on `option` is on `into` from then on.

    Its phrases and examples go along; what implied or excluded it implies or excludes `into`.
    """
    issue = _known(project, option)
    _known(project, into)
    if option == into:
        raise ProjectError(f"{option!r} is one option already")
    gone = issue.option(option)

    def changed(one: Option) -> Option:
        found = _renamed(one, option, into)
        if one.id != into:
            return found
        return replace(
            found,
            phrases=_both(one.phrases, gone.phrases),
            examples=_both(one.examples, gone.examples),
        )

    kept = tuple(changed(one) for one in issue.options if one.id != option)
    with changing(project, by, "merge options", option, note=into) as draft:
        _put_issue(draft, replace(issue, options=kept))
        _move(draft, option, into)
    return draft.result


def split_option(
    project: Project, option: str, by: By, *, new: str, label: str, codings: Collection[str]
) -> int | None:
    """Make a new option out of one: these codings are this person's decisions for the new one."""
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
                    _put_review(draft, key, id_, row | {"option": new})
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


def _move(draft: Draft, option: str, new: str) -> None:
    """Put all that is on an option on another; what is there already stays."""
    moved: Callable[[str], str] = lambda one: new if one == option else one  # noqa: E731
    for key, row in live_rows(draft, "codings", "option = ?", (option,)):
        end(draft, "codings", key)
        id_ = _with_option(key, new)
        if live(draft, "codings", id_) is None:
            put(draft, "codings", id_, row | {"option": new})
    pattern = f"%/{option}/%"
    for key, row in live_rows(draft, "reviews", "option = ? OR coding LIKE ?", (option, pattern)):
        slot = parts_of(row["coding"])[2]
        if slot != option and row["option"] != option:
            continue
        coding = _with_option(row["coding"], moved(slot))
        _put_review(draft, key, coding, row | {"option": moved(row["option"])})
    for key, row in live_rows(draft, "entered", "option = ?", (option,)):
        put(draft, "entered", key, row | {"option": new})
    for key, row in live_rows(draft, "overrides", "option = ?", (option,)):
        end(draft, "overrides", key)
        if live(draft, "overrides", f"{row['member']}|{new}") is None:
            put(draft, "overrides", f"{row['member']}|{new}", row | {"option": new})
    for key, row in live_rows(draft, "codebooks"):
        codebook = json.loads(row["codebook"])
        if option in codebook:
            digest = codebook.pop(option)
            codebook.setdefault(new, digest)
            put(draft, "codebooks", key, row | {"codebook": as_json(codebook)})


def _put_review(draft: Draft, key: str, coding: str, row: dict[str, object]) -> None:
    """Put a review to another coding or option; one that the person has there already stays."""
    new = f"{coding}|{key.rpartition('|')[2]}"
    values = review_values(
        coding,
        row,
        str(row["verdict"]),
        adjudicates=bool(row["adjudicates"]),
        note=str(row["note"]),
    )
    if new == key:
        put(draft, "reviews", key, values)
        return
    end(draft, "reviews", key)
    if live(draft, "reviews", new) is None:
        put(draft, "reviews", new, values)


def _with_option(coding: str, option: str) -> str:
    statement, piece, _, slot = parts_of(coding)
    return f"{statement}/{piece}/{option}/{slot}"


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
