"""`whipcount network`: discourse networks, as Discourse Network Analyzer defines them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from whipcount.cli import options, output
from whipcount.cli.network_options import options_of, selection, statements

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from whipcount.networks import CodedStatements, Network, NetworkOptions

FORMATS = ("csv", "edges", "json", "graphml", "gexf", "flat", "xlsx", "parquet")
ENDINGS = {f".{form}": form for form in ("csv", "json", "graphml", "gexf", "xlsx", "parquet")}

OF_EVENTS = ("csv", "json", "flat", "xlsx", "parquet")
"""The formats of an event list; the last three are the flat table, with all that is known."""


@click.command(short_help="Build discourse networks.")
@click.argument("source", type=click.Path(path_type=Path))
@click.option(
    "--mode",
    type=click.Choice(["two", "one", "event"]),
    default="two",
    show_default=True,
    help="Rows by columns, rows by rows, or the statements one by one.",
)
@click.option(
    "--aggregation",
    default="ignore",
    show_default=True,
    type=click.Choice(["ignore", "combine", "congruence", "conflict", "subtract"]),
    help="What the qualifier does.",
)
@click.option(
    "--normalization",
    default="no",
    show_default=True,
    type=click.Choice(["no", "average", "jaccard", "cosine", "activity", "prominence"]),
    help="What ties are divided by: the first three of one mode, the last two of two modes.",
)
@selection
@click.option(
    "--with-text",
    is_flag=True,
    help="In an event list: the statements' words and the documents' titles too.",
)
@click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(FORMATS),
    help="csv: the matrix, or rDNA's event list; edges: a line a tie; flat, xlsx, parquet: with "
    "--mode event, all that is known of each statement, flat as CSV.  [default: csv]",
)
@click.option(
    "--plot",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.svg|.png",
    help="Draw the network into a file too (needs pip install 'whipcount[networks,plot]').",
)
@click.option(
    "--seed",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    help="With --plot: where chance begins; the same seed gives the same picture.",
)
@options.out
def network(
    *,
    source: Path,
    with_text: bool,
    form: str | None,
    out: Path | None,
    plot: Path | None,
    seed: int,
    **chosen: Any,
) -> int:
    """Build the discourse network of coded statements, or one for each time window.

    SOURCE is a project, a .dna file of Discourse Network Analyzer 3, a folder of Parquet with
    positions/ and articles/, or a .jsonl that `whipcount code` wrote. The options and what they do
    are those of rDNA's dna_network.
    """
    form = form or (ENDINGS.get(out.suffix.lower(), "csv") if out else "csv")
    _check_format(options_of(chosen), form, plot)
    if plot is not None:
        from whipcount.rendering import plot as plots  # noqa: PLC0415

        plots.ready(plot)
    table, wanted = statements(source, chosen, with_text=with_text or form in OF_EVENTS[2:])
    _write(table, wanted, form, out, with_text)
    if plot is not None:
        _draw(table, wanted, plot, seed)
    return 0


def _write(
    table: CodedStatements, wanted: NetworkOptions, form: str, out: Path | None, with_text: bool
) -> None:
    from whipcount import networks  # noqa: PLC0415
    from whipcount.rendering import networks as rendered  # noqa: PLC0415

    if wanted.mode == "event":
        places = networks.events(table, wanted)
        _tell_if_none(len(places))
        if form in ("xlsx", "parquet"):
            _write_binary(table, places, form, out)
            return
        with output.opened(out) as stream:
            if form == "flat":
                rendered.write_flat(stream, table, places)
            elif form == "json":
                document = rendered.event_document(table.source, wanted, table, places)
                output.write_json(stream, document)
            else:
                rendered.write_events(stream, table, places, with_text=with_text)
        return
    if wanted.window != "no":
        labels, found = networks.time_windows(table, wanted)
        with output.opened(out) as stream:
            _write_windows(stream, table.source, form, labels, _some(found, wanted))
        return
    found_one = networks.network(table, wanted)
    _tell_if_none(found_one.statements)
    with output.opened(out) as stream:
        if form == "csv":
            rendered.write_matrix(stream, found_one)
        elif form == "edges":
            rendered.write_edges(stream, [found_one], windows=False)
        elif form == "json":
            document = rendered.network_document(table.source, [found_one])
            output.write_json(stream, document)
        elif form == "graphml":
            from whipcount.networks.graphml import write_graphml  # noqa: PLC0415

            write_graphml(stream, found_one)
        else:
            from whipcount.networks.gexf import write_gexf  # noqa: PLC0415

            write_gexf(stream, found_one)


def _write_windows(
    stream: TextIO, source: str, form: str, labels: tuple[str, ...], found: Iterator[Network]
) -> None:
    from whipcount.rendering import networks as rendered  # noqa: PLC0415

    if form == "csv":
        rendered.write_windows(stream, labels, found)
    elif form == "edges":
        rendered.write_edges(stream, found, windows=True)
    elif form == "json":
        output.write_json(stream, rendered.network_document(source, found))
    else:
        from whipcount.networks.gexf import write_gexf_windows  # noqa: PLC0415

        write_gexf_windows(stream, found)


def _write_binary(
    table: CodedStatements, places: NDArray[np.intp], form: str, out: Path | None
) -> None:
    import io  # noqa: PLC0415

    from whipcount.networks import flat  # noqa: PLC0415

    if out is None or str(out) == "-":
        raise click.UsageError(f"{form} is no text: name a file with --out")
    content = io.BytesIO()
    (flat.write_xlsx if form == "xlsx" else flat.write_parquet)(table, places, content)
    output.write_bytes(out, content.getvalue())


def _some(found: Iterator[Network], wanted: NetworkOptions) -> Iterator[Network]:
    """Return windows as they come; NetworkError before anything is written where there are none."""
    import itertools  # noqa: PLC0415

    from whipcount.errors import NetworkError  # noqa: PLC0415

    first = next(found, None)
    if first is None:
        raise NetworkError(
            f"no window of {wanted.size} {wanted.window} fits into the range; take a smaller --size"
        )
    return itertools.chain([first], found)


def _draw(table: CodedStatements, wanted: NetworkOptions, plot: Path, seed: int) -> None:
    from whipcount import networks  # noqa: PLC0415
    from whipcount.rendering import network_plot  # noqa: PLC0415

    found = networks.network(table, wanted)
    output.write_bytes(plot, network_plot.network_picture(found, plot.suffix, seed=seed))


def _check_format(wanted: NetworkOptions, form: str, plot: Path | None) -> None:
    if plot is not None and (wanted.mode == "event" or wanted.window != "no"):
        raise click.UsageError(
            "--plot draws one network: take --from and --to, not --window or --mode event"
        )
    if wanted.mode == "event" and form not in OF_EVENTS:
        raise click.UsageError(f"an event list is no network; write it as {', '.join(OF_EVENTS)}")
    if wanted.mode != "event" and form in OF_EVENTS[2:]:
        raise click.UsageError(f"{form} holds statements one by one: add --mode event")
    if wanted.window != "no" and form == "graphml":
        raise click.UsageError(
            "GraphML holds one network, and windows are many; take gexf, which holds time, csv, "
            "edges or json"
        )


def _tell_if_none(statements: int) -> None:
    if not statements:
        print("whipcount: no statement is left", file=sys.stderr)
