"""`whipcount sample`: is the machine right on this corpus?"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from whipcount.cli import options, output
from whipcount.cli.project import project_file


@click.command(short_help="Draw a sample to code blind; tell how right the machine is.")
@project_file
@click.option("--name", default="sample", show_default=True, metavar="NAME", help="Which sample.")
@click.option("--size", type=click.IntRange(1), metavar="N", help="Draw so many.")
@click.option("--seed", type=int, default=0, show_default=True, help="Of the draw.")
@click.option(
    "--format", "-f", "form", type=click.Choice(["table", "json"]), help="Format of the report."
)
@options.out
@options.by
def sample(
    *,
    project: Path,
    name: str,
    size: int | None,
    seed: int,
    form: str | None,
    out: Path | None,
    who: str | None,
) -> int:
    """Draw a stratified random sample with --size; without it, tell how right the machine is.

    Statements are drawn by option, and paragraphs, in which people look for what the machine found
    no statement of. The sample is coded blind in whipcount review, under Sample: who codes it
    doesn't see what the machine says.
    """
    from whipcount.errors import CountError  # noqa: PLC0415
    from whipcount.project import (  # noqa: PLC0415
        count,
        draw_sample,
        drawn_of,
        judge,
        meaning,
        open_project,
    )
    from whipcount.rendering import projects  # noqa: PLC0415

    by = options.chosen_by(who)
    with open_project(project, writing=size is not None) as opened:
        if size is not None:
            draw_sample(opened, name, by, size=size, seed=seed)
            drawn = drawn_of(opened, name)
            print(
                f"{project}: {len(drawn)} drawn as {name}; "
                f"code them with whipcount review {project}",
                file=sys.stderr,
            )
            return 0
        found = judge(opened, name)
        try:
            meant = meaning(opened, found.options, count(opened, articles=()))
        except CountError:  # nothing has a date, so that there is no count
            meant = ()
    form = output.format_for(form, out, "json", ("json",))
    with output.opened(out) as stream:
        if form == "table":
            stream.writelines(f"{line}\n" for line in projects.judged_lines(found, meant))
        else:
            output.write_json(stream, {"schema": 1, **projects.judged(found, meant)})
    return 0
