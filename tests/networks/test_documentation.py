"""What docs/from-dna.md and docs/networks.md say is what is computed, and what commands take."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.networks.statements import BEGIN, Row, table_of
from whipcount.cli.network import network as command
from whipcount.networks import NetworkOptions, network, to_edges, to_numpy
from whipcount.networks.from_positions import TEXTS
from whipcount.networks.options import NORMALIZATIONS_OF

DOCS = Path(__file__).parents[2] / "docs"
FROM_DNA = (DOCS / "from-dna.md").read_text(encoding="utf-8")
NETWORKS = (DOCS / "networks.md").read_text(encoding="utf-8")

SAID = [
    ("Alder", "tax", 1, 2),
    ("Alder", "tax", 0, 1),
    ("Alder", "cap", 1, 1),
    ("Birch", "tax", 1, 1),
    ("Birch", "cap", 0, 2),
    ("Cedar", "tax", 0, 1),
]


def example():
    said = [one[:3] for one in SAID for _ in range(one[3])]
    return table_of([Row(n, BEGIN, 1, "", *one) for n, one in enumerate(said)])


def shown(number: float) -> str:
    return f"{number:.4f}".rstrip("0").rstrip(".").replace("-0", "-0")


def test_the_worked_example_of_one_mode_is_what_is_computed():
    columns = [
        {
            tie[:2]: shown(tie[2])
            for tie in to_edges(
                network(
                    example(),
                    NetworkOptions("one", aggregation="congruence", normalization=normalization),
                )
            )
        }
        for normalization in ("no", "average", "cosine", "jaccard")
    ]
    for pair in (("Alder", "Birch"), ("Alder", "Cedar")):
        row = " | ".join([", ".join(pair), *(column[pair] for column in columns)])
        assert f"| {row} |" in FROM_DNA


def test_the_worked_example_of_two_modes_is_what_is_computed():
    found = [
        network(example(), NetworkOptions(aggregation="subtract", normalization=normalization))
        for normalization in NORMALIZATIONS_OF["two"]
    ]
    for place, label in enumerate(found[0].rows):
        # The labels are sorted: cap, tax.
        cells = [shown(to_numpy(one)[place, column]) for one in found for column in (1, 0)]
        assert f"| {' | '.join([label, *cells])} |" in FROM_DNA


@pytest.mark.parametrize("parameter", command.params, ids=lambda one: str(one.name))
def test_every_option_of_the_command_is_in_the_table(parameter):
    if parameter.param_type_name == "argument":
        return
    words = FROM_DNA + NETWORKS
    assert any(f"{option}" in words for option in parameter.opts), parameter.opts


def test_every_option_of_dna_network_is_in_the_table():
    options = (
        "networkType statementType variable1 variable1Document variable2 variable2Document "
        "qualifier qualifierDocument qualifierAggregation normalization isolates duplicates "
        "start.date stop.date start.time stop.time timeWindow windowSize kernel indentTime "
        "excludeValues excludeAuthors excludeSources excludeSections excludeTypes invertValues "
        "invertAuthors invertSources invertSections invertTypes fileFormat outfile"
    )
    table = FROM_DNA[FROM_DNA.index("## Every option") :]
    for option in options.split():
        assert re.search(rf"`{re.escape(option)}\b", table), option


def test_every_variable_of_a_position_is_in_the_table():
    for name in (*TEXTS, "agreement", "reported"):
        assert f"`{name}`" in NETWORKS
