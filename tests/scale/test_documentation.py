"""docs/scale.md: its columns are the tables', its snippets run."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from whipcount.scale import Run, Settings
from whipcount.scale.tables import read_rows, schema

pa = pytest.importorskip("pyarrow")
ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "pact"
TEXT = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
RSCRIPT = shutil.which("Rscript")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A folder with `coded/` in it, the example debate."""
    folder = tmp_path_factory.mktemp("documentation")
    settings = Settings("code", EXAMPLE / "accession.toml", tagger="rules")
    pages = sorted((EXAMPLE / "pages").iterdir())
    Run(pages, settings, folder / "coded", pages_per_part=8).go()
    return folder


@pytest.fixture(scope="module")
def by_outlet(folder) -> Counter[tuple[str, str, str]]:
    """What both snippets count, counted in the plain way."""
    outlets = {row["id"]: row["outlet"] for row in read_rows(folder / "coded", "articles")}
    return Counter(
        (outlets[row["article"]], row["option"], row["stance"])
        for row in read_rows(folder / "coded", "positions")
        if not row["for_review"] and not row["reported"]
    )


def snippet(language: str) -> str:
    (found,) = re.findall(rf"```{language}\n(.*?)```", TEXT, flags=re.DOTALL)
    return found


def types() -> dict[str, pa.DataType]:
    """Return the types by the names that the page has for them."""
    positions, articles = schema("positions"), schema("articles")
    return {
        "string": pa.string(),
        "int32": pa.int32(),
        "double": pa.float64(),
        "bool": pa.bool_(),
        "span": articles.field("headline").type,
        "actor": positions.field("actor").type,
        "list of spans": articles.field("body").type,
        "list of actors": pa.list_(positions.field("actor").type),
        "list of positions": pa.list_(pa.struct(list(positions))),
    }


def test_the_columns_are_those_of_the_tables():
    rows = TEXT.partition("<!-- columns -->")[2].partition("<!-- end columns -->")[0]
    found: dict[str, list[tuple[str, str]]] = {}
    table = ""
    for line in rows.strip().splitlines()[2:]:
        first, names, kind, _ = (cell.strip() for cell in line.strip("|").split("|"))
        table = first.strip("`") or table
        found.setdefault(table, []).extend((name, kind) for name in re.findall(r"`(\w+)`", names))
    known = types()
    for table, columns in found.items():
        fields = schema(table)
        assert sorted(name for name, _ in columns) == sorted(fields.names), table
        for name, kind in columns:
            there = fields.field(name).type
            expected = known.get(kind)
            if expected is None:
                assert kind == "list of structs"
                assert pa.types.is_struct(there.value_type), name
            else:
                assert there == expected, f"{table}.{name}"
    assert found.keys() == {"articles", "statements", "positions", "cells"}


def test_the_manifest_has_the_fields_that_are_shown(folder):
    shown = [json.loads(line) for line in snippet("json").splitlines()]
    there = (folder / "coded" / "manifest.jsonl").read_text("utf-8").splitlines()
    assert [one.keys() for one in shown] == [json.loads(line).keys() for line in there[:2]]


def test_the_snippet_in_python_counts_by_outlet(folder, by_outlet, monkeypatch, capsys):
    pytest.importorskip("polars")
    monkeypatch.chdir(folder)
    names: dict[str, object] = {}
    exec(compile(snippet("python"), "docs/scale.md", "exec"), names)
    assert Counter({row[:3]: row[3] for row in names["by_outlet"].rows()}) == by_outlet
    assert "shape: " in capsys.readouterr().out


@pytest.mark.skipif(RSCRIPT is None, reason="R isn't installed")
def test_the_snippet_in_r_counts_by_outlet(folder, by_outlet):
    has = [RSCRIPT, "-e", "for (name in c('arrow', 'dplyr')) library(name, character.only = TRUE)"]
    if subprocess.run(has, capture_output=True, check=False).returncode:
        pytest.skip("R has no arrow or no dplyr: install.packages(c('arrow', 'dplyr'))")
    code = snippet("r") + "write.csv(by_outlet, 'by_outlet.csv', row.names = FALSE, quote = FALSE)"
    subprocess.run([RSCRIPT, "-e", code], cwd=folder, check=True, capture_output=True)
    lines = (folder / "by_outlet.csv").read_text("utf-8").splitlines()[1:]
    rows = [line.rsplit(",", 3) for line in lines]
    assert Counter({(o, option, stance): int(n) for o, option, stance, n in rows}) == by_outlet
