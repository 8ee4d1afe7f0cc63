"""The snippets in R of docs/networks.md, run by R on what the commands above them write."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.networks.statements import BEGIN
from whipcount.cli import main
from whipcount.dna import database_of, write_database
from whipcount.model import Actor, Article, Coded, Position, Span
from whipcount.networks import NetworkOptions, network, to_edges, to_numpy
from whipcount.networks.sources import read_coded_statements

TEXT = (Path(__file__).parents[2] / "docs" / "networks.md").read_text(encoding="utf-8")
SECTION = TEXT.partition("## In R\n")[2].partition("\n## ")[0]
RSCRIPT = shutil.which("Rscript")
PARQUET, GRAPHS = re.findall(r"```r\n(.*?)```", SECTION, flags=re.DOTALL)

pytestmark = pytest.mark.skipif(RSCRIPT is None, reason="R isn't here: apt-get install r-base-core")

NAMES = (
    'The "Blue", Green & Grey party',
    "Øresund Ærlighed; Zürich",
    "NA",
    "O'Hara's\tfriends",
    "東の港 \U0001f6a2",
    "alone",
)
"""Spaces, commas, both quotation marks, what R takes for missing, other scripts, a node alone."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A folder with what the commands of the page write of a small debate."""
    folder = tmp_path_factory.mktemp("r")
    write_database(database_of([debate()]), folder / "debate.dna")
    for command in re.findall(r"^    whipcount (.*)$", SECTION, flags=re.MULTILINE):
        arguments = [
            str(folder / one) if re.search(r"\.(dna|csv|parquet)$", one) else one
            for one in command.split()
        ]
        assert main(arguments) == 0, command
    return folder


def debate() -> Coded:
    """Return an article in which all of `NAMES` take positions, the last on a matter of its own."""
    said = [
        *((name, "tax, now", stance) for name, stance in zip(NAMES, "yynny", strict=False)),
        *((name, 'the "cap"', stance) for name, stance in zip(NAMES, "ynyn", strict=False)),
        (NAMES[0], "tax, now", "y"),
        (NAMES[-1], "étude", "n"),
    ]
    said = [one for one in said if one[:2] != (NAMES[-1], "tax, now")]
    text = "\n".join(f"{name}: {option} {side}" for name, option, side in said)
    article = Article(
        "0" * 16, "one.txt", None, 0, "Title", "Outlet", "", BEGIN.date().isoformat(), "", "en",
        "p", "t", text, (Span(0, len(text)),),
    )  # fmt: skip
    positions = []
    start = 0
    for (name, option, side), line in zip(said, text.split("\n"), strict=True):
        positions.append(
            Position(
                "statement",
                Actor(f"a{len(positions)}", name, "organisation"),
                option,
                "support" if side == "y" else "oppose",
                article=article.id,
                content=(Span(start, start + len(line)),),
                quote=line,
                date=article.published,
                coder="by hand",
            )
        )
        start += len(line) + 1
    return Coded(article, (), tuple(positions))


def run(code: str, folder: Path, results: str) -> list[list[str]]:
    """Run code in R, then write a table of it, and return the table's rows."""
    code += f'\nwrite.csv({results}, "results.csv", row.names = FALSE, fileEncoding = "UTF-8")\n'
    python = Path(sys.executable).parent
    environment = os.environ | {
        "LC_ALL": "C.UTF-8",
        "PATH": f"{python}{os.pathsep}{os.environ['PATH']}",
    }
    assert RSCRIPT is not None
    done = subprocess.run(
        [RSCRIPT, "--vanilla", "-"],
        input=code.encode(),
        cwd=folder,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    with (folder / "results.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def has(package: str) -> bool:
    """Return whether R has a package."""
    assert RSCRIPT is not None
    code = f"quit(status = !requireNamespace('{package}', quietly = TRUE))"
    return not subprocess.run([RSCRIPT, "-e", code], capture_output=True, check=False).returncode


def test_r_reads_the_parquet_and_counts_as_the_network_does(folder):
    pytest.importorskip("polars")
    rows = run(PARQUET, folder, "as.data.frame(as.table(balance))")
    found = network(
        read_coded_statements(folder / "debate.dna"), NetworkOptions(aggregation="subtract")
    )
    matrix = to_numpy(found)
    expected = {
        (row, column): matrix[place, at]
        for place, row in enumerate(found.rows)
        for at, column in enumerate(found.columns)
    }
    assert {(row, column): float(cell) for row, column, cell in rows} == expected


def test_r_builds_graphs_of_the_csv(folder):
    if not has("igraph"):
        pytest.skip("R has no igraph: apt-get install r-cran-igraph")
    table = read_coded_statements(folder / "debate.dna")
    actors = network(table, NetworkOptions("one", aggregation="subtract"))
    edges = "as_data_frame(actors, 'edges')"
    found = {(frozenset(row[:2]), float(row[2])) for row in run(GRAPHS, folder, edges)}
    assert found == {(frozenset(tie[:2]), tie[2]) for tie in to_edges(actors)}
    assert found, "they agree on something"
    names = run(GRAPHS, folder, "data.frame(V(actors)$name)")
    assert [name for (name,) in names] == list(actors.rows)
    assert sorted(actors.rows) == sorted(NAMES)
    options = network(table, NetworkOptions(aggregation="subtract"))
    rows = run(GRAPHS, folder, "as_data_frame(options, 'edges')")
    assert [(one, other, float(weight)) for one, other, weight in rows] == to_edges(options)
    sums = run(GRAPHS, folder, "data.frame(sum(matrix), isSymmetric(unname(matrix)))")
    assert json.loads(sums[0][0]) == to_numpy(actors).sum()
    assert sums[0][1] == "TRUE"
