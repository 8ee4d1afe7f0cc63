"""`whipcount sample`: is the machine right on this corpus?"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from whipcount.cli import options, output
from whipcount.cli.project import project_file


@click.command(short_help="Draw statements to code blind; tell how right the machine is.")
@project_file
@click.option("--name", default="sample", show_default=True, metavar="NAME", help="Which sample.")
@click.option("--size", type=click.IntRange(1), metavar="N", help="Draw so many statements.")
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

    The sample is coded blind: who codes it doesn't see what the machine says.
    """
    from whipcount.project import draw_sample, drawn_of, open_project, rightness  # noqa: PLC0415
    from whipcount.rendering import projects  # noqa: PLC0415

    by = options.chosen_by(who)
    with open_project(project, writing=size is not None) as opened:
        if size is not None:
            draw_sample(opened, name, by, size=size, seed=seed)
            drawn = drawn_of(opened, name)
            print(f"{project}: {len(drawn)} statements drawn as {name}", file=sys.stderr)
            return 0
        found = rightness(opened, name)
    form = output.format_for(form, out, "json", ("json",))
    with output.opened(out) as stream:
        if form == "table":
            stream.writelines(f"{line}\n" for line in projects.rightness_lines(found))
        else:
            documents = [projects.rightness(one) for one in found]
            output.write_json(stream, {"schema": 1, "sample": name, "options": documents})
    return 0
