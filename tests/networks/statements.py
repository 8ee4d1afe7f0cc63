"""Coded statements for tests: as plain rows, and as the table that is built from the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from hypothesis import strategies as st

from whipcount.networks import CodedStatements
from whipcount.networks.table import UNDATED, in_order, number_column, text_column

BEGIN = datetime(2021, 12, 20)


@dataclass(frozen=True)
class Row:
    """One coded statement. Empty text and None are no value."""

    id: int
    time: datetime | None
    document: int
    person: str = ""
    organization: str = ""
    concept: str = ""
    agreement: int | None = None
    degree: int | None = None
    tone: str = ""
    author: str = ""
    section: str = ""


def table_of(rows: Sequence[Row]) -> CodedStatements:
    """Return rows as a table."""
    times = np.array([row.time or UNDATED for row in rows], dtype="datetime64[s]")
    ids = np.array([row.id for row in rows], dtype=np.int64)
    documents = np.array([row.document for row in rows], dtype=np.int64)
    nowhere = np.full(len(rows), -1, dtype=np.int64)
    order = in_order(ids, times, documents, nowhere, nowhere)
    rows = [rows[place] for place in order]
    dated = times[~np.isnat(times)]
    texts = ("person", "organization", "concept", "tone")
    return CodedStatements(
        ids=ids[order],
        times=times[order],
        starts=nowhere,
        stops=nowhere,
        coders=number_column("coder", [1] * len(rows)),
        variables=(
            *(text_column(name, [getattr(row, name) for row in rows]) for name in texts),
            number_column("agreement", [row.agreement for row in rows], "boolean"),
            number_column("degree", [row.degree for row in rows]),
        ),
        fields=(
            text_column("id", [str(row.document) for row in rows]),
            text_column("title", [f"Document {row.document}" for row in rows]),
            text_column("author", [row.author for row in rows]),
            text_column("source", [""] * len(rows)),
            text_column("section", [row.section for row in rows]),
            text_column("type", [""] * len(rows)),
        ),
        first=dated.min() if len(dated) else UNDATED,
        last=dated.max() if len(dated) else UNDATED,
    )


def rows_by_chance(missing: bool = True) -> st.SearchStrategy[list[Row]]:
    """Return a strategy of few statements of few values, so that they meet."""
    texts = ["a", "b", "c", "Ä", "\U0001f600", "\uff21"]
    empty = [""] if missing else []
    none = [None] if missing else []
    row = st.builds(
        Row,
        id=st.just(0),
        time=st.integers(0, 40 * 24).map(lambda hours: BEGIN + timedelta(hours=hours)),
        document=st.integers(1, 3),
        person=st.sampled_from(texts),
        organization=st.sampled_from(texts + empty),
        concept=st.sampled_from(["x", "y", "z", *empty]),
        agreement=st.sampled_from([0, 1, *none]),
        degree=st.sampled_from([-3, 0, 1, 4, *none]),
        tone=st.sampled_from(["angry", "calm", "wry", *empty]),
        author=st.sampled_from(["one", "two", ""]),
        section=st.sampled_from(["s1", "s2"]),
    )
    numbered = st.lists(row, max_size=14)
    return numbered.map(
        lambda rows: [Row(**{**vars(row), "id": n}) for n, row in enumerate(rows, 1)]
    )
