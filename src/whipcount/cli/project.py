"""The commands of the project file: `init`, `add`, `check`, `history`, `undo`, `merge`."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from whipcount.cli import options, output
from whipcount.cli.batch import Batch

if TYPE_CHECKING:
    from whipcount.coding import Coder
    from whipcount.project import By

project_file = click.argument("project", type=click.Path(path_type=Path), metavar="PROJECT.whip")


@click.command(short_help="Make a project: one file for articles, codings and decisions.")
@project_file
@options.issue(required=True)
@click.option("--body", metavar="BODY", help="Who decides, in place of the body that ISSUE names.")
@options.known
@options.by
def init(
    *, project: Path, issue: Path, body: str | None, known: Path | None, who: str | None
) -> int:
    """Make PROJECT.whip; the files of issue, body and actors are kept in it as they are now."""
    from whipcount.project import create  # noqa: PLC0415

    create(project, issue, options.chosen_by(who), body=body, known=known).close()
    print(f"{project}: made; add pages with whipcount add {project} PAGE...", file=sys.stderr)
    return 0


@click.command(short_help="Add pages to a project.")
@project_file
@options.pages
@options.by
@options.encoding
@options.known
@options.tagger
@options.min_confidence
@options.coder
@options.progress
def add(
    *, project: Path, pages: tuple[str, ...], who: str | None, progress: bool, **settings: Any
) -> int:
    """Read pages, code them on the project's issue, and keep them.

    What is there already is left as it is, so a run that was stopped goes on where it was. A
    changed article is a new version: what people decided goes along where the words are found
    again. The file of --actors is kept in the project, and used from then on.
    """
    from whipcount.project import add_pages, open_project, refresh_queue  # noqa: PLC0415

    coder = options.chosen_coder(**options.taken(settings, options.CODER))
    by = options.chosen_by(who)
    with open_project(project) as opened:
        batch = Batch(pages, progress=progress)
        states: Counter[str] = Counter()
        found = add_pages(opened, batch.pages(), by, coder=coder, on_error=batch.report, **settings)
        for one in found:
            states[one.state] += 1
            for lost in one.lost:
                print(
                    f"whipcount: {one.article}: {lost} isn't found again in the new version; it is "
                    "kept among the conflicts",
                    file=sys.stderr,
                )
        if states["new"] or states["changed"]:
            refresh_queue(opened)
    told = [f"{states[state]} {state}" for state in ("new", "changed", "same") if states[state]]
    print(f"{project}: {', '.join(told) or 'no article'}", file=sys.stderr)
    return batch.exit_code(sum(states.values()))


def code_project_again(
    path: Path,
    issue: Path | None,
    coder: str | Coder,
    by: By,
    batch: Batch,
    *,
    known: Path | None,
) -> None:
    """Code a project anew, with another issue where one is named; say what that changed."""
    from whipcount.project import code_again, open_project, refresh_queue, use_issue  # noqa: PLC0415

    with open_project(path) as project:
        if issue is not None:
            use_issue(project, issue, by)
        changes = [
            change
            for _, change in code_again(
                project, by, known=known, coder=coder, on_error=batch.report
            )
        ]
        changed = sum(change is not None for change in changes)
        if changed:
            refresh_queue(project)
    print(f"{path}: {changed} of {len(changes)} articles coded anew", file=sys.stderr)


@click.command(short_help="Check a project file.")
@project_file
def check(*, project: Path) -> int:
    """Check that PROJECT.whip is whole: the file, its links, and every span against the text.

    Exit code 1: something is wrong.
    """
    from whipcount.project import check as checked  # noqa: PLC0415
    from whipcount.project import open_project, overview  # noqa: PLC0415

    with open_project(project) as opened:
        problems = checked(opened)
        for problem in problems:
            print(problem)
        if problems:
            return 1
        held = overview(opened)
    print(
        f"{project}: whole; {held.articles} articles, {held.statements} statements, "
        f"{held.codings} codings, {held.reviewed} reviewed",
        file=sys.stderr,
    )
    if held.disagreements or held.conflicts:
        print(
            f"{project}: {held.disagreements} disagreements and {held.conflicts} conflicts wait "
            "for somebody who decides",
            file=sys.stderr,
        )
    return 0


@click.command(short_help="Tell who changed what in a project, and when.")
@project_file
@click.option("--of", "change", type=int, metavar="N", help="What change N was before and after.")
@click.option("--who", metavar="NAME", default="", help="Only what this person changed.")
@click.option("--about", metavar="ID", default="", help="Only changes of this article, coding, …")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, metavar="N")
@click.option(
    "--format", "-f", "form", type=click.Choice(["table", "json", "jsonl"]), help="Format."
)
@options.out
def history(
    *,
    project: Path,
    change: int | None,
    who: str,
    about: str,
    limit: int,
    form: str | None,
    out: Path | None,
) -> int:
    """Tell who changed what, the newest first; whipcount undo takes a change's number."""
    from whipcount.project import history as told  # noqa: PLC0415
    from whipcount.project import open_project, rows_of  # noqa: PLC0415
    from whipcount.rendering import projects  # noqa: PLC0415

    form = output.format_for(form, out, "jsonl", ("json", "jsonl"))
    with open_project(project, writing=False) as opened, output.opened(out) as stream:
        if change is not None:
            documents = [projects.row_change(one) for one in rows_of(opened, change)]
            lines = map(projects.row_change_line, rows_of(opened, change))
        else:
            found = told(opened, limit=limit, who=who, about=about)
            documents = [projects.change(one) for one in found]
            lines = map(projects.change_line, found)
        if form == "table":
            stream.writelines(f"{line}\n" for line in lines)
        elif form == "json":
            output.write_json(stream, {"schema": 1, "changes": documents})
        else:
            for document in documents:
                output.write_line(stream, {"schema": 1, **document})
    return 0


@click.command(short_help="Undo changes of a project.")
@project_file
@click.argument("changes", nargs=-1, required=True, type=int, metavar="N...")
@options.by
def undo(*, project: Path, changes: tuple[int, ...], who: str | None) -> int:
    """Undo changes by their numbers, which whipcount history tells; undoing can be undone too."""
    from whipcount.project import open_project  # noqa: PLC0415
    from whipcount.project import undo as undone  # noqa: PLC0415

    with open_project(project) as opened:
        number = undone(opened, changes, options.chosen_by(who))
    print(
        f"{project}: nothing to undo"
        if number is None
        else f"{project}: undone by change {number}",
        file=sys.stderr,
    )
    return 0


@click.command(short_help="Merge projects of one issue into one file.")
@click.argument(
    "projects", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="A.whip B.whip..."
)
@click.option(
    "--into",
    required=True,
    type=click.Path(path_type=Path),
    metavar="C.whip",
    help="The project to make, or to merge into.",
)
@options.by
def merge(*, projects: tuple[Path, ...], into: Path, who: str | None) -> int:
    """Merge projects by article; where people decided differently, all is kept for adjudication.

    The files merged stay as they are, and the same merge twice changes nothing.
    """
    from whipcount.project import merge_files, open_project, overview, refresh_queue  # noqa: PLC0415

    merged = merge_files(projects, into, options.chosen_by(who))
    with open_project(into) as opened:
        if merged.change is not None:
            refresh_queue(opened)
        held = overview(opened)
    print(
        f"{into}: {merged.rows} rows came in; {held.disagreements} disagreements and "
        f"{held.conflicts} conflicts wait for somebody who decides",
        file=sys.stderr,
    )
    return 0
