"""The local coder: what the network and the rules make of statements together."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.articles import article_of
from tests.coding.conftest import ISSUE, body
from whipcount.actors import find_mentions, gazetteer, identify
from whipcount.analysis import analyse
from whipcount.attribution import attribute
from whipcount.coding import code, load_coder, weighing
from whipcount.coding.trained import reader as rooms
from whipcount.coding.trained.pairs import MARKS, STANCES, PairMaker, before, said
from whipcount.coding.trained.topics import load_topics, save_topics
from whipcount.errors import ModelError
from whipcount.model import Issue, Option, Position
from whipcount.model_files import MANIFEST

TEXT = (
    "The Lake Union's ministers met on Monday to discuss whether Tolland should become a member. "
    '"Tolland must become a member of the Lake Union," said Orla Venn, the Varnian foreign '
    'minister. Merrow said it was firmly against admitting Tolland to the Lake Union. "We will '
    'support membership for Tolland, but only if the border treaty is signed first," said Ivo '
    "Brand, the Daskan prime minister. The hotel's director said the weather had been fine."
)

BY_NO_RULE = (
    "Tolland has applied to join the Lake Union. "
    '"Tolland belongs at our table, and the sooner it sits there the better," said Orla Venn.'
)


def positions_in(text: str, issue: Issue = ISSUE, coder: str = "local") -> tuple[Position, ...]:
    analysis = analyse(article_of(text))
    mentions = find_mentions(analysis, gazetteer(body()))
    statements = identify(analysis, attribute(analysis), mentions)
    return code(analysis, statements, mentions, issue, coder)


def stances(text: str, option: str = "membership") -> dict[str, str]:
    """What moves a cell: whose stance it is, and which."""
    return {
        one.actor.speaks_for or one.actor.name: one.stance
        for one in positions_in(text)
        if one.option == option and not one.for_review
    }


def test_plain_stances_are_told_apart() -> None:
    found = stances(TEXT)
    assert found["Varnia"] == "support"
    assert found["Merrow"] == "oppose"
    assert found["Dask"] == "conditional"
    assert not [name for name in found if "hotel" in name]


def test_a_condition_stands_where_its_words_are() -> None:
    (one,) = [p for p in positions_in(TEXT) if p.condition and p.option == "membership"]
    assert one.condition is not None
    assert "if the border treaty is signed" in TEXT[slice(*one.condition)]


def test_every_coding_names_its_coder_and_version() -> None:
    version = rooms.reader().version
    assert {one.coder for one in positions_in(TEXT)} == {f"local {version}"}
    assert load_coder("local").version == version


def test_the_same_text_gives_the_same_positions() -> None:
    assert positions_in(TEXT) == positions_in(TEXT)


def test_what_is_doubtful_is_for_review_and_moves_no_cell(monkeypatch) -> None:
    settings = {**rooms.reader().settings, "review": 1.1}
    monkeypatch.setattr(rooms.reader(), "settings", settings)
    positions = positions_in(BY_NO_RULE)
    assert positions
    assert positions_in(BY_NO_RULE, coder="lexical") == ()
    assert all(one.for_review and one.stance for one in positions)


def test_where_the_network_is_in_doubt_the_rules_stand(monkeypatch) -> None:
    settings = {**rooms.reader().settings, "review": 1.1}
    monkeypatch.setattr(rooms.reader(), "settings", settings)
    by_rule = {(one.statement, one.option): one for one in positions_in(TEXT, coder="lexical")}
    both = {(one.statement, one.option): one for one in positions_in(TEXT)}
    assert by_rule
    for cell, one in by_rule.items():
        assert both[cell].stance == one.stance
        assert both[cell].for_review == one.for_review


def test_nothing_comes_of_nothing() -> None:
    assert positions_in("") == ()
    assert positions_in("The lake lay still, and nobody said a word.") == ()


def test_two_hundred_options_are_coded_in_bounded_time() -> None:
    options = [Option(f"o{n}", f"The lake's harbour number {n} is dredged") for n in range(199)]
    issue = Issue("Many", "issue.toml", "lake", (*options, *ISSUE.options[:1]))
    started = time.monotonic()
    found = positions_in(TEXT, issue)
    assert time.monotonic() - started < 60
    assert "membership" in {one.option for one in found}


def test_a_statement_of_five_thousand_words_is_coded() -> None:
    filler = "The lake is wide and its shores are long. " * 600
    text = f'"{filler}Tolland must become a member of the Lake Union," said Orla Venn.'
    assert all(one.article for one in positions_in(text))


@pytest.mark.parametrize("name", [MANIFEST, *rooms.FILES])
def test_a_missing_file_is_named_with_what_to_do(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(rooms.FOLDER, folder)
    (folder / name).unlink()
    with pytest.raises(ModelError, match=rf"{name}: can't be read .*--coder lexical"):
        rooms.Reader(folder)


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(rooms.FOLDER, folder)
    (folder / rooms.SETTINGS).write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError, match=r"settings\.json: is not the file .*SHA-256"):
        rooms.Reader(folder)


def test_the_chances_are_chances() -> None:
    network = rooms.reader()
    option, line = network.pieces(["The bridge is built", "Orla Venn said: we want it"])
    empty = network.pieces([""])[0]
    reading = network.read(option, empty, line)
    assert reading.scores.shape == (len(STANCES),)
    assert reading.marks.shape == (len(line.numbers), len(MARKS))
    assert ((reading.marks >= 0) & (reading.marks <= 1)).all()
    weights = weighing.weights_of(network.settings, Option("bridge", "The bridge is built"))
    told = weighing.evidence(reading.scores, weighing.NO_OTHER, None)
    chances = weighing.chances(told, reading.scores, None, weights)
    assert chances.shape == (len(STANCES),)
    assert ((chances >= 0) & (chances <= 1)).all()
    assert chances.sum() == pytest.approx(1)


@given(st.lists(st.floats(-8, 8), min_size=6, max_size=6), st.floats(-9, 9), st.floats(0.1, 4))
def test_an_option_is_the_less_likely_meant_the_better_another_fits(
    scores: list[float], others: float, more: float
) -> None:
    weights = weighing.weights_of(rooms.reader().settings, Option("bridge", "The bridge is built"))
    less, much = (
        1
        - weighing.chances(
            weighing.evidence(np.array(scores), fit, None), np.array(scores), None, weights
        )[0]
        for fit in (others, others + more)
    )
    assert much <= less + 1e-12


@given(st.lists(st.floats(-8, 8), min_size=6, max_size=6))
def test_how_well_an_option_fits_is_the_log_of_the_odds(scores: list[float]) -> None:
    chances = np.exp(scores) / np.exp(scores).sum()
    assert weighing.fit(scores) == pytest.approx(np.log((1 - chances[0]) / chances[0]), abs=1e-6)


def test_an_option_with_phrases_is_weighed_by_weights_of_its_own() -> None:
    settings = rooms.reader().settings
    alone = Option("bridge", "The bridge is built")
    told = Option("bridge", "The bridge is built", phrases=("span the river",))
    assert weighing.weights_of(settings, alone).least == settings["weights"]["label"]["least"]
    assert weighing.weights_of(settings, told).least == settings["weights"]["phrases"]["least"]


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=600), st.text(max_size=300), st.text(max_size=300))
def test_any_words_are_read(option: str, context: str, line: str) -> None:
    network = rooms.reader()
    pieces = network.pieces([option, context, line])
    pair = network.pairs.pair(*pieces)
    assert len(pair.numbers) == len(pair.segments) <= 512
    assert (np.diff(pair.segments) >= 0).all()
    assert np.isfinite(network.read(*pieces).scores).all()


def test_a_pair_has_three_segments_or_two() -> None:
    network = rooms.reader()
    maker: PairMaker = network.pairs
    option, context, line = maker.pieces(["The bridge is built", "Talks go on.", "We want it"])
    pair = maker.pair(option, context, line)
    assert sorted(set(pair.segments.tolist())) == [0, 1, 2]
    assert pair.numbers[pair.begin] == line.numbers[0]
    (empty,) = maker.pieces([""])
    assert sorted(set(maker.pair(option, empty, line).segments.tolist())) == [0, 2]


def test_topics_keep_their_directions_in_eight_bits() -> None:
    vectors = np.random.default_rng(1).normal(size=(50, 16)).astype(np.float32)
    kept = load_topics(save_topics(vectors)).vectors
    assert np.abs(kept - vectors).max() < 0.03


def test_what_is_said_stands_in_one_line() -> None:
    assert said("Orla\nVenn", "said", "yes  and no") == "Orla Venn said: yes and no"
    assert before("The title.", "One sentence.") == "The title. One sentence."
    assert before("", "One sentence.") == "One sentence."


def test_settings_are_what_training_writes() -> None:
    kept = json.loads((rooms.FOLDER / rooms.SETTINGS).read_text(encoding="utf-8"))
    assert set(kept) == {"topics", "weights", "review"}
    for weights in kept["weights"].values():
        assert set(weights["match"]) == set(weighing.EVIDENCE)
        assert len(weights["stance"]["prior"]) == len(STANCES) - 1


def test_what_follows_by_the_issue_alone_is_not_coded() -> None:
    text = "Merrow said it was firmly against admitting Tolland to the Lake Union in any form."
    found = {one.option for one in positions_in(text)}
    assert "membership" in found
