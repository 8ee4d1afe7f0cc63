"""`whipcount measure`: what is to be known of a discourse network, in numbers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from whipcount.cli import options, output
from whipcount.cli.network_options import selection as selection_options
from whipcount.cli.network_options import statements

if TYPE_CHECKING:
    from whipcount.networks import CodedStatements, NetworkOptions
    from whipcount.rendering.measures import Measured

MEASURES = ("communities", "polarisation", "backbone", "phases", "scaling", "bars")

WINDOWED = ("polarisation", "phases")
"""The measures that time windows go with."""

OF_MEASURE = {
    "resolution": ("communities",),
    "groups": ("polarisation",),
    "penalty": ("backbone",),
    "distance": ("phases",),
    "linkage": ("phases",),
    "states": ("phases",),
    "method": ("scaling",),
    "mode": ("communities", "phases"),
    "aggregation": ("communities", "backbone", "phases"),
    "normalization": ("communities", "polarisation", "backbone", "phases"),
    "window": WINDOWED,
    "size": WINDOWED,
    "kernel": WINDOWED,
    "indent": WINDOWED,
    "seed": ("communities", "polarisation", "backbone"),
}
"""The options that not every measure reads, and which do."""


@click.command(short_help="Measure a discourse network: communities, polarisation and more.")
@click.argument("measure", type=click.Choice(MEASURES))
@click.argument("source", type=click.Path(path_type=Path))
@click.option(
    "--mode",
    type=click.Choice(["one", "two"]),
    default="one",
    show_default=True,
    help="Of communities and phases: rows by rows, or rows by columns.",
)
@click.option(
    "--aggregation",
    type=click.Choice(["ignore", "congruence", "subtract"]),
    default="subtract",
    show_default=True,
    help="What the qualifier does. Polarisation takes congruence and conflict, scaling and bars "
    "the statements themselves.",
)
@click.option(
    "--normalization",
    type=click.Choice(["no", "average", "jaccard", "cosine", "activity", "prominence"]),
    help="What ties are divided by.  [default: average in one mode, no in two]",
)
@selection_options
@click.option(
    "--resolution",
    type=click.FloatRange(0, min_open=True),
    default=1.0,
    show_default=True,
    help="Of communities: above 1 they are more and smaller.",
)
@click.option(
    "--groups",
    type=click.IntRange(2),
    default=2,
    show_default=True,
    help="Of polarisation: into how many groups.",
)
@click.option(
    "--penalty",
    type=click.FloatRange(0),
    default=3.5,
    show_default=True,
    help="Of a backbone: the greater, the smaller it is.",
)
@click.option(
    "--distance",
    type=click.Choice(["difference", "spectral"]),
    default="difference",
    show_default=True,
    help="Of phases: by what windows are compared, their ties or their structure.",
)
@click.option(
    "--linkage",
    type=click.Choice(["average", "complete", "single", "ward"]),
    default="average",
    show_default=True,
    help="Of phases: how windows are clustered.",
)
@click.option(
    "--states",
    type=click.IntRange(2),
    metavar="N",
    help="Of phases: how many states there are.  [default: found out, 6 at most]",
)
@click.option(
    "--method",
    type=click.Choice(["item-response", "correspondence"]),
    default="item-response",
    show_default=True,
    help="Of scaling.",
)
@click.option(
    "--seed",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    help="Where chance begins; the same seed gives the same numbers.",
)
@click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    help="Format of the output.  [default: table on a terminal, else json]",
)
@options.out
@click.pass_context
def measure(
    context: click.Context,
    /,
    *,
    measure: str,
    source: Path,
    form: str | None,
    out: Path | None,
    **chosen: Any,
) -> int:
    """Measure the discourse network of coded statements.

    \b
    communities   who belongs together (Leiden)
    polarisation  how near to opposed groups; with --window through time
    backbone      the options that make the structure, and those that can be left out
    phases        when the debate changes; needs --window
    scaling       actors on one line
    bars          how often each option is supported and opposed

    SOURCE is what whipcount network takes.
    """
    from whipcount.rendering import measures as rendered  # noqa: PLC0415

    _check(context, measure, chosen)
    form = output.format_for(form, out, "json", ("json", "csv"))
    own = {name: chosen.pop(name) for name in OF_MEASURE if name in _OWN}
    table, wanted = statements(source, _network_options(chosen))
    measured = _measured(measure, table, wanted, own)
    with output.opened(out) as stream:
        if form == "table":
            rendered.print_measure(stream, measured)
        elif form == "csv":
            rendered.write_rows(stream, measured)
        else:
            output.write_json(stream, rendered.document(table.source, wanted, measured))
    return 0


_OWN = ("resolution", "groups", "penalty", "distance", "linkage", "states", "method", "seed")


def _check(context: click.Context, measure: str, chosen: dict[str, Any]) -> None:
    """Refuse an option that the measure doesn't read, and phases without windows."""
    for name, measures in OF_MEASURE.items():
        source = context.get_parameter_source(name)
        if source is click.core.ParameterSource.COMMANDLINE and measure not in measures:
            raise click.UsageError(
                f"--{name} has no meaning for {measure}; it goes with {', '.join(measures)}"
            )
    if measure == "phases" and chosen["window"] == "no":
        raise click.UsageError(
            "phases are those of time windows: add --window, such as --window days"
        )


def _network_options(chosen: dict[str, Any]) -> dict[str, Any]:
    two = chosen["mode"] == "two"
    normalization = chosen.pop("normalization") or ("no" if two else "average")
    return {**chosen, "normalization": normalization}


def _measured(
    measure: str, table: CodedStatements, wanted: NetworkOptions, own: dict[str, Any]
) -> Measured:
    """Return a measure's numbers."""
    from whipcount import networks  # noqa: PLC0415
    from whipcount.rendering import measures as rendered  # noqa: PLC0415

    if measure == "communities":
        network = networks.network(table, wanted)
        found = networks.communities(network, resolution=own["resolution"], seed=own["seed"])
        return rendered.of_communities(network, found)
    if measure == "polarisation":
        values = networks.polarisation(table, wanted, groups=own["groups"], seed=own["seed"])
        return rendered.of_polarisation(values)
    if measure == "backbone":
        return rendered.of_backbone(
            networks.backbone(table, wanted, penalty=own["penalty"], seed=own["seed"])
        )
    if measure == "phases":
        chosen = {name: own[name] for name in ("distance", "linkage", "states")}
        return rendered.of_phases(networks.phases(table, wanted, **chosen))
    if measure == "scaling":
        return rendered.of_scaling(networks.scaling(table, wanted, method=own["method"]))
    return rendered.of_bars(networks.bar_chart(table, wanted))
