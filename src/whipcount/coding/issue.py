"""An issue file, TOML: the decision and its options, the codebook. DESIGN's names and no others."""

from __future__ import annotations

from pathlib import Path

from whipcount.coding.implications import consequences, cycle
from whipcount.errors import IssueError
from whipcount.model import Issue, Option
from whipcount.toml_files import Table, parse_table, read_table, shown

ISSUE_KEYS = ("name", "body", "starts", "rule", "options")
OPTION_KEYS = (
    "label",
    "definition",
    "phrases",
    "examples",
    "not_examples",
    "implies",
    "excludes",
    "rule",
)


def load_issue(path: str | Path) -> Issue:
    """Return the issue of a file.

    Its `body` stays as written: a shipped body's id, or a path relative to this file (`load_body`
    takes both). Raises IssueError, with file, line and key, where the file is missing, malformed,
    or contradicts itself: an unknown option in `implies` or `excludes`, a cycle of `implies`, an
    option that by supporting it one would support and oppose another.
    """
    return _issue(read_table(Path(path), IssueError, "issue file"))


def parse_issue(content: bytes, path: str) -> Issue:
    """Return the issue of an issue file's bytes; `path` is what messages name."""
    return _issue(parse_table(content, path, IssueError, "issue file"))


def _issue(table: Table) -> Issue:
    table.only(ISSUE_KEYS)
    issue = Issue(
        name=table.text("name"),
        path=table.path,
        body=table.text("body"),
        options=_options(table),
        starts=table.day("starts"),
        rule=table.text("rule", ""),
    )
    _check(issue.options, table)
    return issue


def _options(table: Table) -> tuple[Option, ...]:
    entries = table.named_tables("options")
    if not entries:
        raise table.problem("there is none: write [options.NAME] with a label", "options")
    options = []
    for option_id, entry in entries:
        entry.only(OPTION_KEYS)
        options.append(
            Option(
                id=option_id,
                label=entry.text("label"),
                definition=entry.text("definition", ""),
                phrases=entry.texts("phrases"),
                examples=entry.texts("examples"),
                not_examples=entry.texts("not_examples"),
                implies=entry.texts("implies"),
                excludes=entry.texts("excludes"),
                rule=entry.text("rule", ""),
            )
        )
    return tuple(options)


def _check(options: tuple[Option, ...], table: Table) -> None:
    """Raise where two options say the same, or their relations contradict each other."""
    known = [option.id for option in options]
    labels: dict[str, str] = {}
    for option in options:
        words = " ".join(option.label.casefold().strip(" .").split())
        if words in labels:
            raise table.problem(
                f"{shown(option.label)} is the label of {labels[words]} too; reword one of them, "
                "or make them one option",
                "options",
                option.id,
                "label",
            )
        labels[words] = option.id
    for option in options:
        for key, others in (("implies", option.implies), ("excludes", option.excludes)):
            for index, other in enumerate(others):
                place = ("options", option.id, key, index)
                if other not in known:
                    raise table.problem(
                        f"{shown(other)} is no option; known are {', '.join(known)}", *place
                    )
                if other == option.id:
                    raise table.problem("an option can't name itself here", *place)
    circle = cycle(options)
    if circle:
        raise table.problem(
            f"implies goes in a circle: {' → '.join(circle)}", "options", circle[0], "implies"
        )
    for option_id, found in consequences(options).items():
        for other in (*found.supported, option_id):
            if other in found.opposed:
                raise table.problem(
                    f"implies and excludes contradict each other: who supports {option_id} would "
                    f"both support and oppose {other}",
                    "options",
                    option_id,
                )
