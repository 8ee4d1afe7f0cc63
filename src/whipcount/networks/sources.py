"""Where coded statements come from: one function that looks what a path is and reads it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from whipcount.dna.statements import STATEMENT_TYPE, coded_statements
from whipcount.errors import NetworkError
from whipcount.model import Stance
from whipcount.networks.from_positions import from_coded, read_coded_lines
from whipcount.networks.parquet import read_parquet
from whipcount.networks.stances import AGREEMENTS, Agreement
from whipcount.networks.table import CodedStatements


def read_coded_statements(
    source: str | os.PathLike[str],
    *,
    statement_type: str = STATEMENT_TYPE,
    agreement: Mapping[Stance, Agreement] = AGREEMENTS,
    with_review: bool = False,
    with_texts: bool = False,
) -> CodedStatements:
    """Return the coded statements of a project, a `.dna` file, a folder of Parquet or coded lines.

    The last are what `whipcount code --format jsonl` wrote. `statement_type` is that of a `.dna`
    file; `agreement` and `with_review` are for positions, as in `from_coded`. `with_texts` asks for
    the statements' words too. Raises NetworkError, DnaError or ProjectError where the source can't
    be read.
    """
    path = Path(source)
    if path.is_dir():
        return read_parquet(path, agreement, with_review)
    if path.suffix.lower() == ".whip":
        from whipcount import project  # noqa: PLC0415

        with project.open_project(path, writing=False) as opened:
            entered = project.entered_positions(opened)
            return from_coded(project.coded(opened), agreement, with_review, str(path), entered)
    if path.suffix.lower() == ".jsonl":
        return from_coded(read_coded_lines(path), agreement, with_review, str(path))
    if path.suffix.lower() in (".html", ".htm", ".txt", ".toml", ".csv", ".json"):
        raise NetworkError(
            f"{path}: networks are built from a project, a .dna file, a folder of Parquet with "
            "positions/ and articles/, or a .jsonl that `whipcount code --format jsonl` wrote"
        )
    return coded_statements(path, statement_type, with_texts)
