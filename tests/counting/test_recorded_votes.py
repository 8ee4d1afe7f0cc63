"""Recorded votes beside statements: which of them decides a cell."""

from datetime import date

from whipcount.counting import count, newest_day
from whipcount.model import Majority, Member, Option
from whipcount.roll_calls import read_roll_calls

from .cases import DAY, article, council, issue, said


def cast(tmp_path, text, body=None, about=None, **more):
    path = tmp_path / "votes.csv"
    path.write_text(text, encoding="utf-8")
    calls = read_roll_calls(path, body or council(), about or issue(), **more)
    return [position for call in calls for position in call.positions]


def stands(positions, body=None, about=None, as_of=DAY):
    found = count(positions, about or issue(), body or council(), as_of)
    return {(cell.member, cell.option): (cell.stand, cell.since) for cell in found.cells}


ROLL_CALL = "Member,Vote,Date\nArvonia,yes,2031-05-20\nBelmark,abstain,2031-05-20\n"


def test_votes_are_stands(tmp_path):
    found = stands(cast(tmp_path, ROLL_CALL + "Corvia,absent,2031-05-20\nDorland,No,2031-05-20\n"))
    assert found == {
        ("Arvonia", "dam"): ("yes", "2031-05-20"),
        ("Belmark", "dam"): ("abstain", "2031-05-20"),
        ("Corvia", "dam"): ("not-on-record", None),
        ("Dorland", "dam"): ("no", "2031-05-20"),
    }


def test_a_statement_after_the_vote_wins(tmp_path):
    positions = [*cast(tmp_path, ROLL_CALL), said("Arvonia", "oppose", "2031-05-21")]
    assert stands(positions)["Arvonia", "dam"] == ("no", "2031-05-21")
    assert stands(positions, as_of=date(2031, 5, 20))["Arvonia", "dam"] == ("yes", "2031-05-20")


def test_a_vote_wins_over_a_statement_of_its_day(tmp_path):
    positions = [said("Arvonia", "oppose", "2031-05-20", kind="direct"), *cast(tmp_path, ROLL_CALL)]
    for given in (positions, positions[::-1]):
        found = count(given, issue(), council(), DAY).cells[0]
        assert (found.stand, found.contested) == ("yes", False)
        assert [one.origin for one in found.evidence] == ["vote", "statement"]


def test_two_votes_of_one_day_that_disagree_contest_the_cell(tmp_path):
    text = "Member,Vote,Number\nArvonia,yes,1\nArvonia,no,2\n"
    votes = [
        *cast(tmp_path, text, number="1", date="2031-05-20"),
        *cast(tmp_path, text, number="2", date="2031-05-20"),
    ]
    assert count(votes, issue(), council(), DAY).cells[0].contested


def test_a_vote_reaches_what_its_option_implies(tmp_path):
    about = issue(Option("dam-now", "A dam now", implies=("dam",)), Option("dam", "A dam"))
    found = stands(cast(tmp_path, ROLL_CALL, about=about, option="dam-now"), about=about)
    assert found["Arvonia", "dam"] == found["Arvonia", "dam-now"] == ("yes", "2031-05-20")


def test_a_whole_vote_decides_the_verdict(tmp_path):
    body = council(rule=Majority())
    (found,) = count(cast(tmp_path, ROLL_CALL + "Corvia,yes,2031-05-20\nDorland,yes,2031-05-20\n"),
                     issue(), body, DAY).verdicts  # fmt: skip
    assert found.outcome == "carried"


def test_outsiders_stand_under_the_others(tmp_path):
    text = ROLL_CALL + "Atlantis,no,2031-05-20\n"
    found = count(cast(tmp_path, text, outsiders=True), issue(), council(), DAY)
    assert [(one.actor.name, one.stand) for one in found.others] == [("Atlantis", "no")]


def test_who_shares_a_name_with_another_s_alias_keeps_the_vote(tmp_path):
    whole = council().members[0].terms
    body = council(Member("a1", "Ann", whole), Member("b1", "Bo", whole, aliases=("Ann",)))
    found = stands(cast(tmp_path, "Member,Vote\na1,yes\n", body, date="2031-05-20"), body)
    assert found["Ann", "dam"] == ("yes", "2031-05-20")


def test_without_a_day_the_newest_article_or_vote_counts(tmp_path):
    votes = cast(tmp_path, ROLL_CALL)
    assert count(votes, issue(), council()).as_of == date(2031, 5, 20)
    assert newest_day([article(published="2031-04")], votes) == date(2031, 5, 20)
    assert newest_day([article(published="2031-06")], votes) == date(2031, 6, 30)
    assert newest_day([article(published="2031-04")], [said("Arvonia")]) == date(2031, 4, 30)
