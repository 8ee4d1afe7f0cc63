"""`whipcount network`: discourse networks, as Discourse Network Analyzer defines them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from whipcount.cli import options, output

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from whipcount.networks import CodedStatements, Excluded, Network, NetworkOptions

FORMATS = ("csv", "edges", "json", "graphml", "gexf", "flat", "xlsx", "parquet")
ENDINGS = {f".{form}": form for form in ("csv", "json", "graphml", "gexf", "xlsx", "parquet")}

OF_EVENTS = ("csv", "json", "flat", "xlsx", "parquet")
"""The formats of an event list; the last three are the flat table, with all that is known."""

PLURALS = {
    "authors": "document.author",
    "sources": "document.source",
    "sections": "document.section",
    "types": "document.type",
}
"""DNA's names of what can be excluded by document."""


class Moment(click.ParamType):  # type: ignore[type-arg]
    """A day, or a day with a time: `2023-07-11`, `2023-07-11 18:30:00`."""

    name = "date"

    def __init__(self, end: bool) -> None:
        self.end = end

    def convert(self, value: Any, param: Any, ctx: Any) -> datetime:
        """Return the moment; the last second of a day where it ends a range."""
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no date; write 2023-07-11 or 2023-07-11 18:30:00", param, ctx)
        if self.end and len(value.strip()) <= len("2023-07-11"):
            return moment.replace(hour=23, minute=59, second=59)
        return moment.replace(tzinfo=None)


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
    "--rows",
    default="organization",
    show_default=True,
    metavar="VARIABLE",
    help="A statement's variable, or a document's field: author, source, section, type, id, title.",
)
@click.option(
    "--columns",
    default="concept",
    show_default=True,
    metavar="VARIABLE",
    help="Another; in a one-mode network, what joins the rows.",
)
@click.option(
    "--qualifier",
    metavar="VARIABLE",
    help="What tells statements of a row on a column apart, or none.  [default: agreement, where "
    "statements have it]",
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
@click.option(
    "--duplicates",
    default="include",
    show_default=True,
    type=click.Choice(["include", "document", "week", "month", "year", "acrossrange"]),
    help="In what the same statement counts once.",
)
@click.option(
    "--window",
    default="no",
    show_default=True,
    type=click.Choice(
        ["no", "events", "seconds", "minutes", "hours", "days", "weeks", "months", "years"]
    ),
    help="Make a network for each time window, which moves by one of these.",
)
@click.option(
    "--size",
    type=click.IntRange(1),
    default=100,
    show_default=True,
    help="How many of them a window has.",
)
@click.option(
    "--kernel",
    default="no",
    show_default=True,
    type=click.Choice(["no", "uniform", "triangular", "epanechnikov", "gaussian"]),
    help="Weigh a window's statements by their distance from its middle.",
)
@click.option(
    "--indent/--no-indent",
    default=True,
    show_default=True,
    help="With a kernel: whether the first and last windows lie inside the range.",
)
@click.option(
    "--exclude",
    multiple=True,
    metavar="VARIABLE=VALUE",
    help="Leave out statements with this value of a variable or a document's field; may be "
    "repeated.",
)
@click.option(
    "--invert",
    multiple=True,
    metavar="VARIABLE",
    help="Leave out all but the values excluded; a VARIABLE, or values, authors, sources, "
    "sections, types. May be repeated.",
)
@click.option(
    "--from",
    "start",
    type=Moment(end=False),
    metavar="DATE",
    help="Leave out what is before, such as 2023-07-11 or '2023-07-11 18:30:00'.",
)
@click.option(
    "--to",
    "stop",
    type=Moment(end=True),
    metavar="DATE",
    help="Leave out what is after; a day counts to its end.",
)
@click.option(
    "--min-statements",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    metavar="N",
    help="Leave out nodes with fewer statements.",
)
@click.option(
    "--isolates", is_flag=True, help="Keep the nodes whose statements are left out by value."
)
@click.option(
    "--statement-type",
    default="DNA Statement",
    show_default=True,
    metavar="LABEL",
    help="Of a .dna file.",
)
@click.option(
    "--stance",
    "stances",
    multiple=True,
    metavar="STANCE=AGREEMENT",
    help="Of positions: the agreement that a stance has, such as conditional=yes, undecided=no, "
    "abstain=leave-out. May be repeated.  [default: support=yes, oppose=no, the others leave-out]",
)
@click.option("--with-review", is_flag=True, help="Of positions: count those for review too.")
@click.option("--as-dna", is_flag=True, help="Repeat DNA 3.1.2 where its arithmetic goes wrong.")
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
@options.out
def network(
    *,
    source: Path,
    exclude: tuple[str, ...],
    invert: tuple[str, ...],
    stances: tuple[str, ...],
    statement_type: str,
    with_review: bool,
    with_text: bool,
    form: str | None,
    out: Path | None,
    qualifier: str | None,
    **chosen: Any,
) -> int:
    """Build the discourse network of coded statements, or one for each time window.

    SOURCE is a project, a .dna file of Discourse Network Analyzer 3, a folder of Parquet with
    positions/ and articles/, or a .jsonl that `whipcount code` wrote. The options and what they do
    are those of rDNA's dna_network.
    """
    from whipcount.networks import NetworkOptions  # noqa: PLC0415
    from whipcount.networks.selecting import unknown_values  # noqa: PLC0415
    from whipcount.networks.sources import read_coded_statements  # noqa: PLC0415
    from whipcount.networks.stances import agreements  # noqa: PLC0415

    form = form or (ENDINGS.get(out.suffix.lower(), "csv") if out else "csv")
    wanted = NetworkOptions(
        excluded=_excluded(exclude, invert), qualifier=_named(qualifier or "agreement"), **chosen
    )
    _check_format(wanted, form)
    table = read_coded_statements(
        source,
        statement_type=statement_type,
        agreement=agreements(stances),
        with_review=with_review,
        with_texts=with_text or form in OF_EVENTS[2:],
    )
    if qualifier is None and wanted.aggregation == "ignore":
        wanted = _without_missing_qualifier(wanted, table)
    for value in unknown_values(table, wanted):
        print(f"whipcount: no statement has {value}; nothing is excluded by it", file=sys.stderr)
    _write(table, wanted, form, out, with_text)
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


def _excluded(exclude: tuple[str, ...], invert: tuple[str, ...]) -> tuple[Excluded, ...]:
    """Return what `--exclude` and `--invert` ask for, the values of one variable together."""
    from whipcount.networks import Excluded  # noqa: PLC0415
    from whipcount.networks.table import DOCUMENT, FIELDS  # noqa: PLC0415

    values: dict[str, list[str]] = {}
    for one in exclude:
        variable, mark, value = one.partition("=")
        if not mark or not variable:
            raise click.UsageError(f"--exclude {one}: write VARIABLE=VALUE, such as concept=NAME")
        values.setdefault(PLURALS.get(variable, variable), []).append(value)
    inverted = {PLURALS.get(name, name) for name in invert}
    if "values" in inverted:
        fields = {*FIELDS, *(f"{DOCUMENT}{field}" for field in FIELDS)}
        inverted |= {variable for variable in values if variable not in fields}
    bare = {name.removeprefix(DOCUMENT) for name in inverted if name.startswith(DOCUMENT)}
    known = {"values", *values, *(f"{DOCUMENT}{name}" for name in values)}
    if unknown := sorted(inverted - known):
        raise click.UsageError(
            f"--invert {unknown[0]}: nothing of it is excluded; add --exclude {unknown[0]}=VALUE"
        )
    return tuple(
        Excluded(variable, tuple(some), variable in inverted or variable in bare)
        for variable, some in values.items()
    )


def _named(qualifier: str) -> str | None:
    return None if qualifier in ("none", "") else qualifier


def _without_missing_qualifier(wanted: NetworkOptions, table: CodedStatements) -> NetworkOptions:
    """Return options without the default qualifier where statements don't have it."""
    from dataclasses import replace  # noqa: PLC0415

    if any(column.name == wanted.qualifier for column in table.variables):
        return wanted
    return replace(wanted, qualifier=None)


def _check_format(wanted: NetworkOptions, form: str) -> None:
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
