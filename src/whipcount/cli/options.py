"""The options and arguments that several commands share."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from whipcount.coding import Coder
    from whipcount.counting import Beliefs
    from whipcount.project import By

Command = TypeVar("Command", bound=Callable[..., Any])

pages = click.argument("pages", nargs=-1, required=True, metavar="PAGE...")


def pages_or(other: str) -> Callable[[Command], Command]:
    """Return the argument of pages that may be left out where another option is given."""
    return click.argument("pages", nargs=-1, required=False, metavar=f"PAGE...|{other}")


out = click.option(
    "--out",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write to a file, whole or not at all, instead of standard output.",
)


def place(_context: object, _option: object, words: str | None) -> Path | str | None:
    """Return a path, or an address in an object store as it is."""
    return words if words is None or "://" in words else Path(words)


out_or_folder = click.option(
    "--out",
    "-o",
    callback=place,
    metavar="FILE|FOLDER",
    help="Write to a file, whole or not at all, instead of standard output; with --format parquet "
    "to a folder, in parts, where the same command goes on after a stop. The folder may be in an "
    "object store: s3://BUCKET/FOLDER.",
)
pages_from = click.option(
    "--pages-from",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="LIST",
    help="Take pages from a file with one a line, - for standard input, instead of naming them.",
)

_SCALE = (
    click.option(
        "--jobs",
        "-j",
        type=click.IntRange(1),
        metavar="N",
        help="Processes that work on pages at once; each has the models, some 350 MB.  "
        "[default: 1; with --engine ray as many as the cluster has processors]",
    ),
    click.option(
        "--engine",
        type=click.Choice(["processes", "ray"]),
        default="processes",
        show_default=True,
        help="What runs them: processes of this machine, or a Ray cluster, with --format parquet.",
    ),
    click.option(
        "--address",
        metavar="ADDRESS",
        help="With --engine ray: the cluster, such as auto or 10.0.0.7:6379.  [default: the one "
        "that RAY_ADDRESS names, else one on this machine]",
    ),
)
SCALE = ("jobs", "engine", "address")
"""The parameters that `scaled.run` takes of how pages are worked on."""


def scale(command: Command) -> Command:
    """Add the options for how many pages are worked on at once, and by what."""
    for option in reversed(_SCALE):
        command = option(command)
    return command


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
utterances = click.option(
    "--utterances",
    is_flag=True,
    help="Say which statements report one utterance, and which articles are copies; nothing is "
    "printed before all pages are read.",
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

_CODER = (
    click.option(
        "--coder",
        default="local",
        show_default=True,
        metavar="NAME",
        help="What codes the positions: lexical (rules), local (a small network and the rules), "
        "llm (a language model of yours), or a coder that you installed.",
    ),
    click.option(
        "--endpoint",
        metavar="URL",
        help="With --coder llm: an OpenAI-compatible API, such as http://localhost:11434/v1. Its "
        "key is read from the environment variable WHIPCOUNT_LLM_KEY.",
    ),
    click.option("--model", metavar="NAME", help="With --coder llm: the model to ask."),
    click.option(
        "--budget",
        type=click.IntRange(1),
        metavar="TOKENS",
        help="With --coder llm: the tokens that may be spent at most.",
    ),
    click.option(
        "--cache",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="FOLDER",
        help="With --coder llm: where answers are kept, so that none is paid for twice.  "
        "[default: your cache folder]",
    ),
)
CODER = ("coder", "endpoint", "model", "budget", "cache")
"""The parameters that `chosen_coder` takes."""


def taken(settings: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """Take some of a command's parameters out of the others and return them."""
    return {name: settings.pop(name) for name in names}


def coder(command: Command) -> Command:
    """Add the options that choose a coder; `chosen_coder` takes what they give."""
    for option in reversed(_CODER):
        command = option(command)
    return command


def chosen_coder(
    coder: str,
    endpoint: str | None,
    model: str | None,
    budget: int | None,
    cache: Path | None,
) -> str | Coder:
    """Return the coder that the options ask for; the llm coder's refusals go to standard error."""
    if coder != "llm":
        if endpoint or model or budget or cache:
            raise click.UsageError("--endpoint, --model, --budget and --cache go with --coder llm")
        return coder
    if not endpoint or not model:
        raise click.UsageError(
            "--coder llm needs --endpoint and --model, such as --endpoint "
            "http://localhost:11434/v1 --model NAME"
        )
    from whipcount.coding.llm import Endpoint, LlmCoder  # noqa: PLC0415
    from whipcount.coding.llm.cache import Cache, default_folder  # noqa: PLC0415

    asked = Endpoint(endpoint, model, budget=budget)
    asked.cache = Cache(cache or default_folder())
    return LlmCoder(asked, lambda line: print(f"whipcount: {line}", file=sys.stderr))


_BELIEFS = (
    click.option(
        "--prior",
        type=click.FloatRange(0, 1),
        metavar="SHARE",
        help="How likely a member that is not on record votes yes.  [default: the share of "
        "supporters among those on record]",
    ),
    click.option(
        "--kept",
        type=click.FloatRange(0, 1),
        metavar="SHARE",
        help="How likely a vote is as plain words said.  [default: 0.95]",
    ),
    click.option(
        "--leaning",
        type=click.FloatRange(0, 1),
        metavar="SHARE",
        help="The same of hedged or reported words.  [default: 0.8]",
    ),
    click.option(
        "--met",
        type=click.FloatRange(0, 1),
        metavar="SHARE",
        help="How likely a condition is met.  [default: 0.5]",
    ),
)
BELIEFS = ("prior", "kept", "leaning", "met")
"""The parameters that `chosen_beliefs` takes."""


def beliefs(command: Command) -> Command:
    """Add the options for what is believed of votes; `chosen_beliefs` takes what they give."""
    for option in reversed(_BELIEFS):
        command = option(command)
    return command


def chosen_beliefs(
    prior: float | None, kept: float | None, leaning: float | None, met: float | None
) -> Beliefs:
    """Return the beliefs that the options ask for."""
    from whipcount.counting import Beliefs  # noqa: PLC0415

    default = Beliefs()
    return Beliefs(
        prior=prior,
        kept=default.kept if kept is None else kept,
        leaning=default.leaning if leaning is None else leaning,
        met=default.met if met is None else met,
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


def marking(utterances: bool, known: Path | None) -> Callable[[Iterable[Any]], Iterable[Any]]:
    """Return what marks articles with their duplicates, or what does nothing where not asked."""

    def marked(found: Iterable[Any]) -> Iterable[Any]:
        from whipcount.duplicates import with_utterances  # noqa: PLC0415
        from whipcount.pipeline import directory_of  # noqa: PLC0415

        return with_utterances(found, directory_of(known))

    return marked if utterances else iter


issue_or_project = click.option(
    "--issue",
    type=click.Path(path_type=Path),
    metavar="ISSUE.toml",
    help="The issue: its options, and the body that decides.  [default: that of a .whip among the "
    "pages]",
)


def issue_for(issue: Path | None, pages: Sequence[str | Path]) -> Path:
    """Return the issue's file: the one named, else the first project among the pages."""
    if issue is not None:
        return issue
    for page in pages:
        if Path(page).suffix.lower() == ".whip":
            return Path(page)
    raise click.UsageError(
        "name the issue: --issue ISSUE.toml, or a project (.whip), which has one"
    )


def known_for(known: Path | None, pages: Sequence[str | Path]) -> Path | None:
    """Return the actors' file: the one named, else the first project among the pages."""
    projects = (Path(page) for page in pages if Path(page).suffix.lower() == ".whip")
    return known if known is not None else next(projects, None)


by = click.option(
    "--by",
    "who",
    metavar="NAME",
    help="Who does it, as the history names them.  [default: the name that you are logged in by]",
)


def chosen_by(who: str | None) -> By:
    """Return who does it and when: the one place where the clock and the login are looked at."""
    import getpass  # noqa: PLC0415
    from datetime import UTC, datetime  # noqa: PLC0415

    from whipcount.project import By  # noqa: PLC0415

    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    try:
        name = who or os.environ.get("WHIPCOUNT_CODER") or getpass.getuser()
    except (KeyError, OSError):
        raise click.UsageError("say who does it: --by NAME") from None
    return By(name, at)


def output_format(piped: str, *more: str) -> Callable[[Command], Command]:
    """Return the option for the format: `table` on a terminal, `piped` where there is none."""
    return click.option(
        "--format",
        "-f",
        "form",
        type=click.Choice(["table", "json", "jsonl", "csv", *more]),
        help=f"Format of the output.  [default: table on a terminal, else {piped}]",
    )
