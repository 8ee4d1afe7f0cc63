"""`whipcount code`: the positions that statements take on an issue's options."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from whipcount.cli import options, output
from whipcount.cli.batch import Batch
from whipcount.cli.project import code_project_again
from whipcount.cli.scaled import named, run
from whipcount.cli.streaming import print_articles
from whipcount.errors import PageError

if TYPE_CHECKING:
    from whipcount.model import Attributed, Coded, Issue


@click.command(short_help="Code the positions on an issue's options.")
@options.pages_or("--pages-from|--again")
@options.pages_from
@options.issue_or_project
@options.output_format("jsonl", "parquet")
@options.out_or_folder
@options.scale
@options.with_text(default=False)
@options.encoding
@options.known
@options.tagger
@options.min_confidence
@options.utterances
@options.coder
@click.option(
    "--dry-run",
    is_flag=True,
    help="With --coder llm: print what would be asked, and its tokens, and ask nothing.",
)
@click.option(
    "--explain", is_flag=True, help="Print why, statement by statement, in place of the positions."
)
@click.option(
    "--again",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="CODED.jsonl|PROJECT.whip",
    help="In place of pages, take what `code --format jsonl --with-text` wrote, or a project, and "
    "code only the options that were changed since. A project keeps the new codings, and with "
    "--issue that issue; what people decided stays.",
)
@options.by
@options.progress
def code(
    *,
    pages: tuple[str, ...],
    pages_from: Path | None,
    issue: Path | None,
    form: str | None,
    out: Path | str | None,
    with_text: bool,
    dry_run: bool,
    explain: bool,
    again: Path | None,
    who: str | None,
    utterances: bool,
    progress: bool,
    **settings: Any,
) -> int:
    """Code the positions: whose stance on which option of an issue, in whose words.

    A PAGE is a file, a folder, a project (.whip), or - for standard input.
    """
    import whipcount  # noqa: PLC0415
    from whipcount.pipeline import is_project, issue_of  # noqa: PLC0415
    from whipcount.scale.stored import is_coded  # noqa: PLC0415

    coder = options.chosen_coder(**options.taken(settings, options.CODER))
    if dry_run and isinstance(coder, str):
        raise click.UsageError("--dry-run goes with --coder llm")
    if (bool(pages) or pages_from is not None) == (again is not None):
        raise click.UsageError("name pages, or --again with a file that was coded before")
    given = issue
    sources: list[str | Path] = [*pages, *([] if again is None else [again])]
    issue = options.issue_for(issue, sources)
    named_by_hand = settings["known"]
    settings["known"] = options.known_for(named_by_hand, sources)
    batch = named(pages, pages_from, progress) if again is None else Batch((), progress=progress)
    scale = options.taken(settings, options.SCALE)
    settings["on_error"] = batch.report
    marked = options.marking(utterances, settings["known"])
    if again is not None:
        if dry_run or explain:
            raise click.UsageError("--again goes with neither --dry-run nor --explain")
        if is_project(again):
            code_project_again(
                again, given, coder, options.chosen_by(who), batch, known=named_by_hand
            )
            found = whipcount.code([again], issue)
            return print_articles("code", marked(found), batch, form, out, with_text=with_text)
        from whipcount.pipeline import code_again  # noqa: PLC0415

        kept = _coded_before(again, batch)
        found = code_again(kept, issue, known=settings["known"], coder=coder, on_error=batch.report)
        return print_articles("code", marked(found), batch, form, out, with_text=with_text)
    if dry_run:
        attributed = whipcount.statements(batch.pages(), issue, **settings)
        return _print_requests(attributed, issue_of(issue), batch, out)
    if explain:
        return _print_reasons(batch, issue, coder, settings, out)
    if any(is_project(file) or is_coded(file) for file in batch.files):
        found = whipcount.code(batch.pages(), issue, coder=coder, **settings)
        return print_articles("code", marked(found), batch, form, out, with_text=with_text)
    if not isinstance(coder, str):
        if (scale["jobs"] or 1) > 1 or form == "parquet":
            raise click.UsageError("--coder llm goes with neither --jobs nor --format parquet")
        found = whipcount.code(batch.pages(), issue, coder=coder, **settings)
        return print_articles("code", marked(found), batch, form, out, with_text=with_text)
    from whipcount.scale import Settings  # noqa: PLC0415

    del settings["on_error"]
    told = Settings("code", issue, coder=coder, **settings)
    return run(
        "code",
        batch,
        told,
        form=form,
        out=out,
        with_text=with_text,
        utterances=utterances,
        **scale,
    )


def _coded_before(path: Path, batch: Batch) -> Iterator[Coded]:
    """Yield what was coded before; where a line is something else, say so and stop."""
    from whipcount.rendering.read_back import coded_lines  # noqa: PLC0415

    try:
        yield from coded_lines(path)
    except PageError as error:
        batch.report(error)


def _print_requests(
    found: Iterable[Attributed], issue: Issue, batch: Batch, out: Path | str | None
) -> int:
    """Print what the llm coder would ask, and on standard error how many tokens that is."""
    from whipcount.coding.llm import requests_of  # noqa: PLC0415

    articles = requests = tokens = 0
    with output.opened(out) as stream:
        for one in found:
            articles += 1
            for request in requests_of(one.article, one.statements, issue):
                requests += 1
                tokens += request.tokens
                for message in request.messages:
                    stream.write(f"--- {message['role']}\n{message['content']}\n")
    print(
        f"whipcount: {requests} requests, about {tokens} tokens and the answers' on top; "
        "nothing was asked",
        file=sys.stderr,
    )
    return batch.exit_code(articles)


def _print_reasons(
    batch: Batch, issue: Path, coder: Any, settings: dict[str, Any], out: Path | str | None
) -> int:
    """Print why each statement is coded as it is."""
    from whipcount.pipeline import explain  # noqa: PLC0415

    seen = set()
    with output.opened(out) as stream:
        for article, statement, lines in explain(batch.pages(), issue, coder=coder, **settings):
            if article.id not in seen:
                seen.add(article.id)
                stream.write(f"{article.path}: {article.title}\n")
            words = " ".join(statement.quote.split())
            stream.write(f"\n  {statement.speaker or 'nobody named'}: {words}\n")
            stream.writelines(f"    {line}\n" for line in lines)
    return batch.exit_code(len(seen))
