"""A folder of Parquet as coded statements: `positions/` and `articles/`.

Columns are those of `whipcount code --format csv`; an actor is a struct, or has columns of its own
such as `actor.name`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from whipcount.errors import NetworkError
from whipcount.model import Stance
from whipcount.networks.from_positions import TEXTS, agreement_column, moments, span_of
from whipcount.networks.network import library
from whipcount.networks.stances import AGREEMENTS, Agreement
from whipcount.networks.table import (
    CodedStatements,
    Column,
    Times,
    coded_text,
    in_order,
    number_column,
)

NEEDED = ("article", "actor", "option", "stance")
"""Without these columns `positions/` has no positions."""

HOME = ("id", "home", "title", "byline", "outlet", "published")

ACTOR = ("name", "kind", "role", "affiliation", "country", "speaks_for")


def read_parquet(
    folder: str | os.PathLike[str],
    agreement: Mapping[Stance, Agreement] = AGREEMENTS,
    with_review: bool = False,
) -> CodedStatements:
    """Return the positions of a folder of Parquet as coded statements.

    Needs polars (`pip install 'whipcount[networks]'`). `starts` and `stops` are -1. The variables
    are those of `from_coded`. Raises NetworkError where the folder has no positions.
    """
    pl = library("polars")
    folder = Path(folder)
    positions = _read(pl, folder / "positions")
    articles = _read(pl, folder / "articles")
    positions = _flat(pl, positions)
    missing = [name for name in NEEDED if name not in positions.columns]
    missing = [name for name in missing if name != "actor" or "actor.name" not in positions.columns]
    if missing:
        raise NetworkError(f"{folder}/positions: has no column {', '.join(missing)}")
    if "for_review" in positions.columns and len(positions) and not with_review:
        positions = positions.filter(~pl.col("for_review").fill_null(False))
    homes = articles.unique("id", keep="first", maintain_order=True).with_row_index("home")
    kept = [name for name in HOME if name in homes.columns]
    rows = positions.join(
        homes.select(kept), left_on="article", right_on="id", how="left", maintain_order="left"
    )
    return _table(pl, rows, homes, agreement, str(folder))


def _table(
    pl: Any, rows: Any, homes: Any, agreement: Mapping[Stance, Agreement], source: str
) -> CodedStatements:
    total = len(rows)
    times = _moments(_filled(pl, _words(pl, rows, "date"), _words(pl, rows, "published")))
    records = _records(pl, rows)
    numbers = _numbers(rows, records, len(homes))
    unknown = np.full(total, -1, dtype=np.int64)
    ids = np.arange(1, total + 1, dtype=np.int64)
    order = in_order(ids, times, numbers, unknown, unknown)
    columns = [_column(name, series, order) for name, series in _variables(pl, rows).items()]
    stances = next(column for column in columns if column.name == "stance")
    columns.insert(3, agreement_column(stances, agreement))
    if "reported" in rows.columns:
        reported = rows["reported"].cast(pl.Int32).to_list()
        columns.append(number_column("reported", [reported[at] for at in order], "boolean"))
    fields = {
        "id": _filled(pl, _words(pl, rows, "article"), records),
        "title": _filled(pl, _words(pl, rows, "title"), records),
        "author": _words(pl, rows, "byline"),
        "source": _words(pl, rows, "outlet"),
        **{name: _words(pl, rows, "") for name in ("section", "type")},
    }
    published = _moments(_words(pl, homes, "published"))
    first, last = span_of(np.concatenate([times, published]))
    return CodedStatements(
        ids=ids[order],
        times=times[order],
        starts=unknown,
        stops=unknown,
        coders=_column("coder", _words(pl, rows, "coder"), order),
        variables=tuple(columns),
        fields=tuple(_column(name, series, order) for name, series in fields.items()),
        first=first,
        last=last,
        source=source,
    )


def _read(pl: Any, folder: Path) -> Any:
    """Return all Parquet files of a folder as one frame."""
    files = sorted(folder.glob("*.parquet"))
    if not files:
        raise NetworkError(
            f"{folder}: has no .parquet file; a folder of Parquet has positions/ and articles/"
        )
    try:
        return pl.concat([pl.read_parquet(file) for file in files], how="diagonal_relaxed")
    except (OSError, pl.exceptions.PolarsError) as error:
        raise NetworkError(f"{folder}: can't be read as Parquet ({error})") from None


def _flat(pl: Any, positions: Any) -> Any:
    """Return positions whose actor has columns of its own."""
    if "actor" in positions.columns and isinstance(positions.schema["actor"], pl.Struct):
        names = [name for name in positions["actor"].struct.fields if name in ACTOR]
        return positions.with_columns(
            pl.col("actor").struct.field(name).alias(f"actor.{name}") for name in names
        )
    return positions


def _variables(pl: Any, rows: Any) -> dict[str, Any]:
    """Return the text variables of positions by name, in the order of `from_coded`."""
    actor = {name: _words(pl, rows, f"actor.{name}") for name in ACTOR}
    is_person = actor["kind"] == "person"
    own_name = pl.select(pl.when(is_person).then(pl.lit("")).otherwise(actor["name"])).to_series()
    found = {
        "person": pl.select(
            pl.when(is_person).then(actor["name"]).otherwise(pl.lit(""))
        ).to_series(),
        "organization": _filled(pl, actor["speaks_for"], actor["affiliation"], own_name),
        "concept": _words(pl, rows, "option"),
        "actor": actor["name"],
        "actor kind": actor["kind"],
        "speaks for": actor["speaks_for"],
        **{name: actor[name] for name in ("role", "affiliation", "country")},
        **{name: _words(pl, rows, name) for name in ("stance", "strength", "origin", "statement")},
    }
    return {name: found[name] for name in TEXTS}


def _filled(pl: Any, *series: Any) -> Any:
    """Return for each row the first text that isn't empty."""
    found = series[-1]
    for one in reversed(series[:-1]):
        found = pl.select(pl.when(one == "").then(found).otherwise(one)).to_series()
    return found


def _records(pl: Any, rows: Any) -> Any:
    """Return the records that votes and entered positions, which have no article, come from."""
    records = _filled(pl, _words(pl, rows, "record"), _words(pl, rows, "origin"))
    article = _words(pl, rows, "article")
    return pl.select(pl.when(article == "").then(records).otherwise(pl.lit(""))).to_series()


def _numbers(rows: Any, records: Any, articles: int) -> Any:
    """Return the number of each position's document: the articles first, then the records."""
    distinct = records.unique(maintain_order=True)
    numbered = records.replace_strict(distinct, range(articles, articles + len(distinct)))
    return rows["home"].fill_null(numbered).to_numpy().astype(np.int64)


def _words(pl: Any, frame: Any, name: str) -> Any:
    """Return a column as text, empty where it is missing or null."""
    if name not in frame.columns:
        return pl.Series([""]).new_from_index(0, len(frame))
    return frame[name].cast(pl.String).fill_null("")


def _column(name: str, series: Any, order: Any) -> Column:
    """Return a series of text as a column, its statements put in order."""
    labels = series.unique(maintain_order=True)
    codes = series.replace_strict(labels, range(len(labels))) if len(labels) else series
    return coded_text(name, "short text", labels.to_list(), codes.to_numpy().astype(int)[order])


def _moments(dates: Any) -> Times:
    """Return a series of ISO dates as moments."""
    distinct = dates.unique(maintain_order=True)
    if not len(distinct):
        return moments([])
    places = dates.replace_strict(distinct, range(len(distinct))).to_numpy().astype(int)
    found: Times = moments(distinct.to_list())[places]
    return found
