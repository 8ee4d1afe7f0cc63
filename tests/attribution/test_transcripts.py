"""Who speaks in transcripts: names before turns, or above them."""

from __future__ import annotations

import pytest

from tests.articles import article_of
from tests.reading import release_samples as samples
from whipcount.analysis import analyse
from whipcount.attribution import attribute
from whipcount.attribution.transcripts import transcript_drafts
from whipcount.reading import read_bytes


def turns(text: str, tagger: str = "rules") -> list[tuple[str, str]]:
    """Return who says what in a page of plain text, quotations as they are read."""
    (article,) = read_bytes(text.encode(), "page.txt")
    found = attribute(analyse(article), tagger)
    return [(one.speaker, " ".join(one.quote.split())) for one in found]


@pytest.mark.parametrize("tagger", ["rules", "trained"])
def test_a_briefings_answers_are_the_spokesmans_to_their_last_paragraph(tagger: str) -> None:
    found = [turn for turn in turns(samples.BRIEFING, tagger) if turn[0] == "MR PARR"]
    assert [quote.split()[0] for _, quote in found] == ["Good", "We", "Nobody"]
    assert "The league has invited Arlen to its table." in found[0][1]
    assert not any("concluded" in quote for _, quote in found)


def test_questions_of_reporters_are_nobodys_position() -> None:
    assert {speaker for speaker, _ in turns(samples.BRIEFING)} == {"MR PARR"}


@pytest.mark.parametrize("tagger", ["rules", "trained"])
def test_in_hansard_the_name_above_speaks(tagger: str) -> None:
    assert turns(samples.HANSARD, tagger) == [
        (
            "Ann Light (Torvel North) (Lab)",
            "What recent steps her Department has taken on the ferries to Isk.",
        ),
        (
            "The Minister of State, Ministry of Ports (Tam Ruhl)",
            "We have set out a timetable for two new ferries, and the first of them will sail in "
            "October.",
        ),
        (
            "Ann Light",
            "I thank the Minister for that answer. Will he also say who pays for the piers, which "
            "the league has refused to mend?",
        ),
        ("Mr Speaker", "Order. The question was about ferries."),
        (
            "Tam Ruhl",
            "The piers are the league's, Mr Speaker, and so are their bills. We oppose paying for "
            "them a second time.",
        ),
    ]


@pytest.mark.parametrize("tagger", ["rules", "trained"])
def test_in_a_congresss_record_the_name_before_the_full_stop_speaks(tagger: str) -> None:
    found = turns(samples.RECORD, tagger)
    assert [speaker for speaker, _ in found] == [
        *("Mr. ORLO", "Ms. LIGHT of Torvel", "Mr. ORLO", "Ms. LIGHT of Torvel"),
        "The SPEAKER pro tempore",
    ]
    assert found[3][1].startswith("I oppose the bill. It pays")


PROSE = "The envoys met in Arlen, and the minister said that nobody had signed anything."


@pytest.mark.parametrize(
    "text",
    [
        "",
        PROSE,
        "\n\n".join(["Ferries to Isk", PROSE, "The Piers", PROSE, "What Comes Next", PROSE]),
        "\n\n".join([f"Note: {PROSE}", f"Update: {PROSE}", f"Arlen: {PROSE}"]),
        "\n\n".join(["MR PARR: Nobody.", *[PROSE] * 12]),
    ],
)
def test_other_texts_are_no_transcripts(text: str) -> None:
    assert transcript_drafts(analyse(article_of(text))) == {}
