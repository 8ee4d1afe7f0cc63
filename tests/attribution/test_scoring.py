"""The measures of the field, on rows small enough to count by hand."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from benchmarks.marked import unmarked
from benchmarks.scoring import ROLES, Tally, read_gold

from tests.attribution.scoring import POLNEAR

SCORER = POLNEAR.parents[1] / "score" / "attribution.py"


def test_marks_give_text_and_spans() -> None:
    text, (first, second) = unmarked("{1s Peel}{1c :} {1t,2t it was late}, {2s Vahl} {2c agreed}.")
    assert text == "Peel: it was late, Vahl agreed."
    assert [text[s:e] for role in ROLES for s, e in first[role]] == ["Peel", ":", "it was late"]
    assert [text[s:e] for role in ROLES for s, e in second[role]] == [
        "Vahl",
        "agreed",
        "it was late",
    ]


def test_exact_overlap_and_relation_are_counted() -> None:
    text, gold = unmarked("{1s Peel} {1c said} {1t it was late}. {2s Vahl} {2c said} {2t no}.")
    _, found = unmarked("{1s Peel} {1c said} {1t it was} late. Vahl said {2t no}.")
    tally = Tally()
    assert tally.add(text, gold, found) == {0}
    figures = tally.figures()
    assert figures["exact source"] == {"p": 100.0, "r": 50.0, "f1": 66.7}
    assert figures["exact content"]["f1"] == 50.0
    assert figures["overlap content"]["f1"] == 100.0
    assert figures["relation"] == {"p": 50.0, "r": 50.0, "f1": 50.0}
    assert figures["relation recall by kind"] == {"indirect": 50.0}


def test_nothing_is_counted_as_nothing() -> None:
    tally = Tally()
    assert tally.add("", [], []) == set()
    assert tally.figures()["relation"] == {"p": 0.0, "r": 0.0, "f1": 0.0}


def test_brat_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    (tmp_path / "attributions").mkdir()
    (tmp_path / "text" / "page.txt").write_text("Peel said it was late.", encoding="utf-8")
    lines = "T1\tSource 0 4\tPeel\nT2\tCue 5 9\tsaid\nT3\tContent 10 12;13 16\tit was\n"
    lines += "E1\tAttribution:T2 Source:T1 Content:T3\n"
    for annotator in ("b", "a"):
        path = tmp_path / "attributions" / f"page_{annotator}.ann"
        path.write_text(
            lines.replace("0 4", "0 3") if annotator == "b" else lines, encoding="utf-8"
        )
    ((text, (one,)),) = read_gold(tmp_path).values()
    assert text.startswith("Peel")
    assert one == {"source": [(0, 4)], "cue": [(5, 9)], "content": [(10, 12), (13, 16)]}


def test_figures_are_those_of_the_scoring_script_beside_the_corpus() -> None:
    if not SCORER.exists():
        pytest.skip(f"{SCORER} is not here: it comes with the corpus, not with the project")
    specification = importlib.util.spec_from_file_location("scorer", SCORER)
    assert specification is not None
    assert specification.loader is not None
    script = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(script)
    gold = read_gold(POLNEAR)
    found = {
        name: [
            {role: [(s, max(s + 1, e - n % 4)) for s, e in one[role]] for role in ROLES}
            for n, one in enumerate(there)
            if n % 5
        ]
        for name, (_, there) in gold.items()
    }
    tally = Tally()
    for name, (text, there) in gold.items():
        tally.add(text, there, found[name])
    theirs = script.score(script.read_gold(POLNEAR), found)
    assert tally.figures().items() <= theirs.items()
