"""The options and arguments that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

pages = click.argument("pages", nargs=-1, required=True, metavar="PAGE...")

out = click.option(
    "--out",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write to a file, whole or not at all, instead of standard output.",
)
encoding = click.option(
    "--encoding",
    metavar="NAME",
    help="Encoding of every page, such as windows-1252.  [default: found out]",
)
tagger = click.option(
    "--tagger",
    type=click.Choice(["trained", "rules"]),
    default="trained",
    show_default=True,
    help="What finds the statements.",
)
known = click.option(
    "--actors",
    "known",
    type=click.Path(path_type=Path),
    metavar="ACTORS.toml",
    help="What you know of actors: other names, roles with their days, affiliations.",
)
min_confidence = click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="SHARE",
    help="Leave out statements that are less sure than this, such as 0.7.  [default: none]",
)
coder = click.option(
    "--coder",
    type=click.Choice(["lexical"]),
    default="lexical",
    show_default=True,
    help="What codes the positions.",
)
progress = click.option(
    "--progress/--no-progress",
    default=True,
    help="Show progress on standard error, where that is a terminal.",
)


def with_text(default: bool) -> Callable[[Command], Command]:
    """Return the option whether JSON and CSV hold the articles' text."""
    return click.option(
        "--with-text/--without-text",
        default=default,
        help="Whether articles in JSON have their text.  "
        f"[default: {'with' if default else 'without'}]",
    )


def issue(required: bool) -> Callable[[Command], Command]:
    """Return the option that names the issue file."""
    return click.option(
        "--issue",
        required=required,
        type=click.Path(path_type=Path),
        metavar="ISSUE.toml",
        help="The issue: its options, and the body that decides."
        if required
        else "An issue; the names of its body's members are known then.",
    )


def output_format(piped: str, *more: str) -> Callable[[Command], Command]:
    """Return the option for the format: `table` on a terminal, `piped` where there is none."""
    return click.option(
        "--format",
        "-f",
        "form",
        type=click.Choice(["table", "json", "jsonl", "csv", *more]),
        help=f"Format of the output.  [default: table on a terminal, else {piped}]",
    )
