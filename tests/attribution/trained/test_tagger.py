"""The trained tagger on pages of our own writing, good and bad, by the weights that ship."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.articles import article_of
from whipcount.analysis import analyse
from whipcount.attribution import attribute
from whipcount.attribution.trained import tagger as rooms
from whipcount.attribution.trained import weights
from whipcount.attribution.trained.encoder import MOST_PIECES, encoder
from whipcount.errors import ModelError
from whipcount.model import Statement
from whipcount.model_files import MANIFEST

REPORT = (
    "The minister, Ilsa Torv, said on Tuesday that Velt would not sign the treaty this year.\n"
    "“We have been patient,” she told reporters. “But patience has an end.”\n"
    "Her Varnian colleague argued that the talks should go on.\n"
)


def found(text: str) -> tuple[Statement, ...]:
    return attribute(analyse(article_of(text)), "trained")


def test_a_report_gives_who_said_what() -> None:
    statements = found(REPORT)
    assert [s.kind for s in statements] == ["indirect", "direct", "indirect"]
    first, second, third = statements
    assert first.speaker == "The minister, Ilsa Torv"
    assert first.quote == "that Velt would not sign the treaty this year"
    assert second.speaker == "she"
    assert second.quote == "“We have been patient,” “But patience has an end.”"
    assert len(second.content) == 2
    assert third.speaker == "Her Varnian colleague"
    assert third.quote == "that the talks should go on"


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=300))
def test_offsets_stay_in_range_whatever_the_text(text: str) -> None:
    for statement in found(f"Torv said: {text}"):
        for span in (*statement.source, *statement.cue, *statement.content):
            assert 0 <= span.start < span.end <= len(f"Torv said: {text}")
        assert 0 <= statement.confidence <= 1


@given(st.sampled_from(["\u00ad", "\u200b", "\ufeff"]), st.integers(0, 60))
@settings(max_examples=20, deadline=None)
def test_characters_without_width_move_offsets_and_nothing_else(mark: str, place: int) -> None:
    text = "Ilsa Torv said that Velt would not sign the treaty this year."
    whole = text[:place] + mark + text[place:]
    plain, marked = found(text), found(whole)
    assert len(plain) == len(marked) == 1
    assert marked[0].quote.replace(mark, "") == plain[0].quote
    assert marked[0].speaker.replace(mark, "") == plain[0].speaker


def test_statements_are_the_same_whatever_is_read_before() -> None:
    alone = found(REPORT)
    found("Nobody said anything. “Quite so,” he wrote.\n" * 30)
    assert found(REPORT) == alone


@pytest.mark.parametrize(
    "text",
    [
        "Treaty",
        "“ ” “ ” “ ” \" ' « »",
        "“We will not sign, and that is all there is to say about it",
        REPORT.upper(),
        REPORT.replace("\n", " ") * 40,
        "大臣は条約に署名しないと述べた。" * 40,
        "Министр заявила, что договор подписан не будет. " * 40,
        "x" * 5_000,
        "a\u0301\u0327" * 300,
        "🙂" * 400,
    ],
)
def test_odd_pages_do_no_harm(text: str) -> None:
    for statement in found(text):
        for span in (*statement.source, *statement.cue, *statement.content):
            assert 0 <= span.start < span.end <= len(text)


def test_an_article_too_long_to_keep_its_states_gives_the_same_statements(monkeypatch) -> None:
    analysis = analyse(article_of(REPORT))
    states = rooms.tagger().encode(analysis).states
    assert states is not None
    assert states.shape == (len(rooms.tagger().encode(analysis).words), encoder().weights.widths[2])
    assert states.any()
    monkeypatch.setattr(rooms, "KEPT_WORDS", 10)
    longer = analyse(article_of(REPORT))
    assert rooms.tagger().encode(longer).states is None
    assert attribute(longer) == attribute(analysis)


def test_an_article_of_many_windows_is_tagged_as_one_paragraph_after_another() -> None:
    """Spans must not depend on where what was read is handed on, paragraph by paragraph."""
    analysis = analyse(article_of(REPORT * 30))
    encoded = rooms.tagger().encode(analysis)
    scores = np.concatenate([reading.scores for reading in encoder().read(encoded.words)])
    links = np.concatenate([reading.links for reading in encoder().read(encoded.words)])
    together = encoder().weights.chain.spans(scores, encoded.words.paragraph)
    assert list(encoded.spans) == together
    assert (encoded.links == links[[span.start for span in together]].astype(np.float16)).all()


def test_a_word_of_many_pieces_is_cut() -> None:
    numbers, lengths = encoder().pieces(["大" * 90, "said", "\u200b"])
    assert lengths.tolist() == [MOST_PIECES, 1, 1]
    assert len(numbers) == MOST_PIECES + 2


@pytest.mark.parametrize("name", [MANIFEST, weights.NETWORK, weights.SETTINGS])
def test_a_missing_file_is_named(name: str, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(weights.FOLDER, tmp_path / "data"))
    (folder / name).unlink()
    with pytest.raises(ModelError, match=rf"{name}.*install whipcount again"):
        weights.load_weights(folder)


def test_a_wrong_checksum_is_told(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(weights.FOLDER, tmp_path / "data"))
    with (folder / weights.NETWORK).open("ab") as handle:
        handle.write(b"\0")
    with pytest.raises(ModelError, match=rf"{weights.NETWORK}: is not the file.*--tagger rules"):
        weights.load_weights(folder)


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("Dorland’s prime minister, Hugo Sollace, supported by Vessara and opposed by Halvern, "
         "proposed that the summit adopt a road map.",
         ["Dorland’s prime minister, Hugo Sollace", "Vessara", "Halvern"]),
        ("Norval, supported by Quillon, proposed that the talks begin in May.",
         ["Norval", "Quillon"]),
    ],
)  # fmt: skip
def test_those_who_side_with_a_speaker_have_statements_of_their_own(
    text: str, sources: list[str]
) -> None:
    found = attribute(analyse(article_of(text)))
    assert sorted(statement.speaker for statement in found) == sorted(sources)
