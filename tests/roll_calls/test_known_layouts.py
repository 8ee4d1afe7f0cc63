"""The layouts of Voteview and of the UN Digital Library, with invented people and votes."""

from __future__ import annotations

from datetime import date

import pytest

from whipcount.bodies import load_body
from whipcount.errors import VotesError

from .cases import DAM, body, member, read, votes

HOUSE = body(
    member("Rick Abel", id="A000001", constituency="Virginia 9"),
    member("Vera Bonn", id="B000002", constituency="Virginia 5"),
    member("Cal Crane", id="C000003", constituency="Alaska at large"),
    member("Dora Dunn", id="D000004", constituency="Ohio 1"),
    member("Ed Eads", id="E000005", constituency="Ohio 2"),
    member("Fay Foss", id="F000006", constituency="Ohio 3"),
    member("Gus Gray", id="G000007", constituency="Ohio 4"),
    members_are="people",
)

HEADER = "congress,chamber,rollnumber,icpsr,cast_code,prob\n"
CASTS = HEADER + "".join(
    f"118,House,{number},{icpsr},{code},99.1\n"
    for number, codes in ((524, "9999999"), (525, "1236789"))
    for icpsr, code in zip(range(20001, 20008), codes, strict=True)
)
CASTS += "118,House,525,99913,1,50\n118,House,525,20099,0,0\n118,Senate,525,49999,1,99\n"

MEMBERS = (
    "congress,chamber,icpsr,state_icpsr,district_code,state_abbrev,party_code,occupancy,"
    "last_means,bioname,bioguide_id,born,died,nominate_dim1\n"
    '118,President,99913,99,0,USA,100,,,"TORV, Ilsa",,1942,,\n'
    '118,House,20001,40,9,VA,100,,,"ABEL, Frederick C.",,1946,,0.1\n'
    '118,House,20002,40,5,VA,200,,,"BONN, Vera",X999999,1946,,0.1\n'
    '118,House,20003,81,1,AK,200,,,"CRANE, Calvin",,1946,,0.1\n'
    '118,House,20004,24,1,OH,200,,,"DUNN, Theodora (Dora)",D000004,1946,,0.1\n'
    '118,House,20005,24,2,OH,200,,,"EADS, Ed",,1946,,0.1\n'
    '118,House,20006,24,3,OH,200,,,"FOSS, Fay",,1946,,0.1\n'
    '118,House,20007,24,4,OH,200,,,"GRAY, Gus",,1946,,0.1\n'
)
CALLS = (
    "congress,chamber,rollnumber,date,session,clerk_rollnumber,yea_count,nay_count,bill_number,"
    "vote_result,vote_desc,vote_question,dtl_desc\n"
    "118,House,525,2031-05-20,1,525,3,1,HR77,Passed,The Dam Act,On Passage,\n"
)


@pytest.fixture
def beside(tmp_path):
    (tmp_path / "HS118_members.csv").write_text(MEMBERS, encoding="utf-8")
    (tmp_path / "HS118_rollcalls.csv").write_text(CALLS, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("number", ["House 525", "118 House 525", "house 525"])
def test_voteview_s_codes_are_told_apart(number, beside):
    (call,) = read(beside, CASTS, HOUSE, name="HS118_votes.csv", number=number)
    assert votes(call) == {
        "Rick Abel": "support", "Vera Bonn": "support", "Cal Crane": "support",
        "Dora Dunn": "oppose",
    }  # fmt: skip
    assert call.present == ("Ed Eads", "Fay Foss")
    assert call.not_voting == ("Gus Gray",)
    assert call.not_members == ("TORV, Ilsa", "20099")
    assert call.date == "2031-05-20"
    title = "House roll call 525 of the 118th Congress: On Passage, HR77, The Dam Act"
    where = f"{beside / 'HS118_votes.csv'}, line"
    assert call.title == title
    assert [one.record for one in call.positions] == [
        f"voted yes: {title}; {where} 9",
        f"paired yes: {title}; {where} 10",
        f"announced yes: {title}; {where} 11",
        f"voted no: {title}; {where} 12",
    ]


def test_a_number_that_both_chambers_have_is_asked_for(beside):
    told = r"several roll calls, 118 House 525, 118 Senate 525; say which: --votes-number \"118 H"
    with pytest.raises(VotesError, match=told):
        read(beside, CASTS, HOUSE, name="HS118_votes.csv", number="525")


def test_voteview_s_other_files_may_be_named(tmp_path):
    members, calls = tmp_path / "people.csv", tmp_path / "calls.csv"
    members.write_text(MEMBERS, encoding="utf-8")
    calls.write_text(CALLS, encoding="utf-8")
    (call,) = read(tmp_path, CASTS, HOUSE, number="House 525", beside=[members, calls])
    assert len(call.positions) == 4
    with pytest.raises(VotesError, match=r"votes\.csv, line 1: is neither Voteview's members"):
        read(tmp_path, CASTS, HOUSE, number="House 525", beside=[tmp_path / "votes.csv"])


def test_voteview_s_votes_alone_find_members_by_their_numbers(tmp_path):
    senate = body(member("Ann Abel", aliases=("49999",)), members_are="people")
    text = HEADER + "118,Senate,3,49999,4,99\n"
    (call,) = read(tmp_path, text, senate, date="2031-05-20")
    assert votes(call) == {"Ann Abel": "oppose"}
    assert call.title == "Senate roll call 3 of the 118th Congress"
    with pytest.raises(VotesError, match=r"the day of the vote is not told; .* Voteview's"):
        read(tmp_path, text, senate)


UN = (
    "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,draft,committee_report,meeting,title,"
    "agenda_title,subjects,vote_note,total_yes,total_no,total_abstentions,total_non_voting,"
    "total_ms,undl_link\n"
)
TALLY = (
    ("DEU", "GERMANY", "Y"), ("FRA", "FRANCE", "N"), ("TUR", "TÜRKIYE", "A"),
    ("XXX", "UNITED STATES", "Y"), ("EST", "ESTONIA", "X"), ("LVA", "LATVIA", ""),
)  # fmt: skip
ROW = (
    '{0},{1},{2},{3},2031-05-20,ES-10,{4},A/1/L.1,,A/1/PV.1,"The dam : resolution",,,,4,1,1,2,8,'
    "https://digitallibrary.example/record/{0}\n"
)
ASSEMBLY = UN + "".join(ROW.format(401, *one, "A/RES/99/1") for one in TALLY)


def test_the_un_s_votes_are_told_apart(tmp_path):
    (call,) = read(tmp_path, ASSEMBLY, load_body("nato"))
    assert votes(call) == {
        "Germany": "support", "France": "oppose", "Turkey": "abstain", "United States": "support",
    }  # fmt: skip
    assert call.not_voting == ("Estonia", "Latvia")
    assert "Italy" in call.unlisted
    assert call.positions[0].record == (
        f"voted yes: A/RES/99/1: The dam : resolution; {tmp_path / 'votes.csv'}, line 2; "
        "https://digitallibrary.example/record/401"
    )


@pytest.mark.parametrize("number", ["A/RES/99/1", "401", "A/RES/99/1 (401)"])
def test_the_un_s_resolution_is_chosen_among_many(number, tmp_path):
    text = ASSEMBLY + ROW.format(402, "ITA", "ITALY", "N", "A/RES/99/2")
    (call,) = read(tmp_path, text, load_body("nato"), number=number)
    assert len(call.positions) == 4
    told = r"there are several roll calls, A/RES/99/1 \(401\), A/RES/99/2 \(402\)"
    with pytest.raises(VotesError, match=told):
        read(tmp_path, text, load_body("nato"))


def test_the_security_council_s_votes_have_a_description(tmp_path):
    header = (
        "undl_id,ms_code,ms_name,permanent_member,ms_vote,date,resolution,description,undl_link"
    )
    text = f"{header}\n9,FRA,FRANCE,True,N,2031-05-20,S/RES/9(2031),On the dam,\n"
    (call,) = read(tmp_path, text, load_body("nato"), layout="undl")
    assert call.title == "S/RES/9(2031): On the dam"


def test_a_column_of_a_known_layout_may_be_another(tmp_path):
    columns = {"title": "agenda_title", "number": "resolution"}
    (call,) = read(tmp_path, ASSEMBLY, load_body("nato"), columns=columns)
    assert (call.title, call.date) == ("A/RES/99/1", date(2031, 5, 20).isoformat())
    assert DAM.options[0].id == call.option
