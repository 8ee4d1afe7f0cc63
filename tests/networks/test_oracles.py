"""Every matrix, window and event list that DNA's own engine computed, where they are at hand."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from whipcount.cli import main
from whipcount.dna.statements import coded_statements
from whipcount.networks import network

DNA = Path(__file__).parents[2].parent / "shared" / "dna"
SAMPLE = DNA / "sample.dna"
MANIFEST = DNA / "oracles" / "manifest.json"
KNOWN = json.loads(MANIFEST.read_text(encoding="utf-8")) if MANIFEST.exists() else {"oracles": []}

pytestmark = pytest.mark.skipif(
    not MANIFEST.exists(), reason="needs shared/dna: what DNA's engine computed, and its database"
)

WRONG = {
    "sample_kernel_triangular_onemode_congruence_days10",
    "sample_kernel_triangular_twomode_subtract_days10",
    *(
        f"sample_kernel_{kernel}_onemode_subtract_average_days10"
        for kernel in ("uniform", "triangular", "epanechnikov", "gaussian")
    ),
}
"""Where the engine's arithmetic goes wrong: those are ours only with `--as-dna`."""

OPTIONS = {
    "networkType": ("--mode", {"twomode": "two", "onemode": "one", "eventlist": "event"}),
    "qualifierAggregation": ("--aggregation", {}),
    "normalization": ("--normalization", {}),
    "duplicates": ("--duplicates", {}),
    "timeWindow": ("--window", {}),
    "windowSize": ("--size", {}),
    "kernel": ("--kernel", {}),
}


def arguments(options: dict[str, Any]) -> list[str]:
    """Return options of `dna_network` as those of `whipcount network`."""
    found = []
    for name, (option, words) in OPTIONS.items():
        if name in options:
            value = str(options[name])
            found += [option, words.get(value, value)]
    for side, option in (("1", "--rows"), ("2", "--columns")):
        if f"variable{side}" in options:
            document = "document." if options.get(f"variable{side}Document") else ""
            found += [option, document + options[f"variable{side}"]]
    if "qualifier" in options:
        found += ["--qualifier", options["qualifier"] or "none"]
    for variable, values in options.get("excludeValues", {}).items():
        for value in values:
            found += ["--exclude", f"{variable}={value}"]
    for name in ("Authors", "Sources", "Sections", "Types"):
        for value in options.get(f"exclude{name}", []):
            found += ["--exclude", f"{name.lower()}={value}"]
    for name in ("Values", "Authors", "Sources", "Sections", "Types"):
        if options.get(f"invert{name}"):
            found += ["--invert", name.lower()]
    for name, option in (("start", "--from"), ("stop", "--to")):
        if f"{name}.date" in options:
            day = datetime.strptime(options[f"{name}.date"], "%d.%m.%Y").date()
            found += [option, day.isoformat()]
    if options.get("isolates"):
        found.append("--isolates")
    return found


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(text.splitlines()))


def assert_alike(ours: list[list[str]], theirs: list[list[str]], unset: int | None) -> None:
    """Assert that tables are equal, numbers to 1e-9; a column that rDNA leaves unset apart."""
    assert len(ours) == len(theirs)
    for own, other in zip(ours, theirs, strict=True):
        assert len(own) == len(other)
        for place, (one, two) in enumerate(zip(own, other, strict=True)):
            if one != two and place != unset:
                assert float(one) == pytest.approx(float(two), abs=1e-9), (own[0], place)


@pytest.mark.parametrize("as_dna", [False, True], ids=["ours", "as-dna"])
@pytest.mark.parametrize("oracle", KNOWN["oracles"], ids=lambda oracle: oracle["name"])
def test_the_command_prints_what_the_engine_computed(oracle, as_dna, capsys):
    if not as_dna and oracle["name"] in WRONG:
        pytest.skip("the engine goes wrong here")
    flags = ["--as-dna"] if as_dna else []
    assert main(["network", str(SAMPLE), *arguments(oracle["options"]), *flags]) == 0
    theirs = (MANIFEST.parent / oracle["file"]).read_text(encoding="utf-8")
    unset = 4 if "kernel" in oracle["options"] else None
    assert_alike(cells(capsys.readouterr().out), cells(theirs), unset)


@pytest.mark.parametrize("name", sorted(WRONG))
def test_where_the_engine_goes_wrong_ours_is_another(name, capsys):
    oracle = next(one for one in KNOWN["oracles"] if one["name"] == name)
    assert main(["network", str(SAMPLE), *arguments(oracle["options"])]) == 0
    theirs = cells((MANIFEST.parent / oracle["file"]).read_text(encoding="utf-8"))
    ours = cells(capsys.readouterr().out)
    assert [row[:4] + row[5:6] for row in ours] == [row[:4] + row[5:6] for row in theirs]
    assert [row[6:] for row in ours] != [row[6:] for row in theirs]


def test_the_oracles_are_all_here():
    assert len(KNOWN["oracles"]) == 253


def test_range_and_number_of_statements_are_the_engine_s():
    oracle = next(one for one in KNOWN["oracles"] if one["name"].endswith("combine_no_include"))
    found = network(coded_statements(SAMPLE))
    assert [str(one) for one in (found.start, found.middle, found.stop)] == [
        oracle["start"],
        oracle["middle"],
        oracle["stop"],
    ]
    assert found.statements == oracle["numStatements"]
