import pytest

from whipcount.errors import VotesError
from whipcount.roll_calls import read_roll_calls

from .cases import ASSEMBLY, COUNCIL, DAM, DAMS, DAY, body, member, read, votes

SIDES = f"""Member,Vote,Date
Arvonia,Yea,{DAY}
Belmark,Abstain,{DAY}
Corvia,nay,{DAY}
"""


def test_votes_are_positions_of_the_members(tmp_path):
    (call,) = read(tmp_path, SIDES)
    assert votes(call) == {"Arvonia": "support", "Belmark": "abstain", "Corvia": "oppose"}
    first = call.positions[0]
    assert (first.origin, first.option, first.date, first.coder) == ("vote", "dam", DAY, "vote")
    assert (first.strength, first.reported, first.confidence) == ("plain", False, 1.0)
    assert (first.article, first.statement, first.quote, first.kind) == (None, None, "", None)
    assert (first.actor.kind, first.actor.speaks_for) == ("state", "Arvonia")
    assert first.record == f"voted yes; {tmp_path / 'votes.csv'}, line 2"
    assert (call.option, call.date, call.unlisted) == ("dam", DAY, ())


def test_only_an_abstention_is_a_stance_of_those_who_took_no_side(tmp_path):
    members = [member(name) for name in ("A", "B", "C", "D", "E", "F")]
    text = "Name,Vote\nA,abstention\nB,absent\nC,not voting\nD,present\nE,Yes\n"
    (call,) = read(tmp_path, text, body(*members, members_are="organisations"), date=DAY)
    assert votes(call) == {"A": "abstain", "E": "support"}
    assert (call.absent, call.not_voting, call.present) == (("B",), ("C",), ("D",))
    assert (call.unlisted, call.not_members) == (("F",), ())
    assert call.positions[0].record.startswith("abstained; ")
    assert call.positions[0].actor.kind == "organisation"


def test_number_title_link_and_party_are_kept(tmp_path):
    text = (
        "name,position,roll call,question,url,group\n"
        '"VAN ORLO, Rosa",For,12,The dam now,https://votes.example/12,Hill Party\n'
    )
    (call,) = read(tmp_path, text, ASSEMBLY, date=DAY)
    (one,) = call.positions
    where = tmp_path / "votes.csv"
    assert one.record == (
        f"voted yes: roll call 12: The dam now; {where}, line 2; https://votes.example/12"
    )
    assert (one.actor.name, one.actor.kind) == ("Rosa van Orlo", "person")
    assert one.actor.affiliation == "Hill Party"
    assert call.title == "roll call 12: The dam now"


def test_the_user_says_which_columns_are_which(tmp_path):
    text = f"Wer,Ballot,Position,Tag\nCorvia,no,lake,{DAY}\n"
    columns = {"member": "Wer", "vote": "ballot", "option": "Position", "date": "TAG"}
    (call,) = read(tmp_path, text, issue=DAMS, columns=columns)
    assert (call.option, votes(call)) == ("lake", {"Corvia": "oppose"})


def test_a_file_with_a_column_for_the_option_holds_several_roll_calls(tmp_path):
    text = (
        f"Member,Vote,Option,Date\nArvonia,yes,dam,{DAY}\nArvonia,no,The lake stays,{DAY}\n"
        "Arvonia,no,dam,2031-05-21T10:00:00\n"
    )
    calls = read(tmp_path, text, issue=DAMS)
    assert [(call.option, call.date, votes(call)["Arvonia"]) for call in calls] == [
        ("dam", DAY, "support"),
        ("lake", DAY, "oppose"),
        ("dam", "2031-05-21", "oppose"),
    ]


def test_one_roll_call_of_several_is_chosen_by_its_number(tmp_path):
    text = (
        f"Division,Member,Vote,Date\n7,Arvonia,no,{DAY}\n8,Arvonia,yes,{DAY}\n7,Corvia,yes,{DAY}\n"
    )
    (call,) = read(tmp_path, text, number="7")
    assert votes(call) == {"Arvonia": "oppose", "Corvia": "support"}
    with pytest.raises(VotesError, match=r"there are several roll calls, 7, 8; say which: --votes"):
        read(tmp_path, text)
    with pytest.raises(VotesError, match=r'there is no roll call "9"; there are 7, 8'):
        read(tmp_path, text, number="9")
    with pytest.raises(VotesError, match="for no column has numbers"):
        read(tmp_path, SIDES, number="9")


def test_of_many_roll_calls_the_first_are_named(tmp_path):
    rows = "".join(f"A/{number},Arvonia,yes,{DAY}\n" for number in range(100))
    with pytest.raises(VotesError, match=r"A/0, A/1, A/2, A/3, A/4, …; say which"):
        read(tmp_path, "Resolution,Member,Vote,Date\n" + rows)


def test_option_and_day_that_are_given_go_before_the_file_s(tmp_path):
    (call,) = read(tmp_path, SIDES, issue=DAMS, option="The lake stays", date="2031-06-01")
    assert (call.option, call.date) == ("lake", "2031-06-01")
    assert {one.option for one in call.positions} == {"lake"}


def test_members_are_those_of_the_day(tmp_path):
    text = "Member,Vote\nDorland,yes\n"
    (call,) = read(tmp_path, text, date="2029-12-31")
    assert votes(call) == {"Dorland": "support"}
    assert call.unlisted == ("Arvonia", "Belmark", "Corvia")
    told = "Dorland was no member of Orlan River Council on 2030-01-01\nCorrect joined and left in"
    with pytest.raises(VotesError, match=told):
        read(tmp_path, text, date="2030-01-01")


def test_outsiders_count_under_their_own_names(tmp_path):
    text = "Member,Vote\nArvonia,yes\nDorland,no\nAtlantis,no\nDEU,abstain\n"
    (call,) = read(tmp_path, text, date=DAY, outsiders=True)
    assert votes(call) == {
        "Arvonia": "support", "Dorland": "oppose", "Atlantis": "oppose", "Germany": "abstain",
    }  # fmt: skip
    told = [(one.actor.kind, one.actor.country, one.actor.speaks_for) for one in call.positions]
    assert told == [("state", "", "Arvonia"), ("state", "", "Dorland"), ("state", "", ""),
                    ("state", "DE", "")]  # fmt: skip


def test_outsiders_of_a_body_of_people_are_people(tmp_path):
    (call,) = read(tmp_path, "Name,Vote\nZed Zorn,no\n", ASSEMBLY, date=DAY, outsiders=True)
    assert [(one.actor.name, one.actor.kind) for one in call.positions] == [("Zed Zorn", "person")]


def test_a_state_s_column_has_the_member_where_members_are_states(tmp_path):
    (call,) = read(tmp_path, "Country,Vote\nCorvia,yes\n", date=DAY)
    assert votes(call) == {"Corvia": "support"}
    text = "Name,State,Vote\nSmith,Southmark 1,yes\n"
    (call,) = read(tmp_path, text, ASSEMBLY, date=DAY)
    assert votes(call) == {"Jane Smith": "support"}


WRONG = [
    ("Smith,yes,dam,{0}", ', Name: "Smith" fits Adam Smith and Jane Smith'),
    ("Jane Smyth,yes,dam,{0}", ', Name: "Jane Smyth" is no member of Orlan River Council; did you '
     "mean Jane Smith?"),
    ("Zed Zorn,yes,dam,{0}", ', Name: "Zed Zorn" is no member of Orlan River Council\nWrite'),
    (",yes,dam,{0}", ", Name: nobody is named"),
    ("Adam Smith,perhaps,dam,{0}", ', Vote: "perhaps" is no vote\nVotes are yes, no, abstain'),
    ("Adam Smith,,dam,{0}", ", Vote: there is no vote"),
    ("Adam Smith,yes,bridge,{0}", ', Option: "bridge" is no option of the issue\nThe options are '
     "dam, lake."),
    ("Adam Smith,yes,dam,20/05/2031", ', Date: "20/05/2031" is no day\nWrite days as 2023-07-11'),
    ("Adam Smith,yes,dam,2031-02-30", ', Date: "2031-02-30" is no day'),
    ("Adam Smith,yes,dam,", ", Date: the day is not told"),
    ("Adam Smith,yes,dam,{0}\nA1,no,dam,{0}", ", line 3, Name: Adam Smith votes twice, first in "
     "line 2\nKeep one"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "told"), WRONG)
def test_a_row_that_can_t_be_taken_is_told_with_file_line_and_column(row, told, tmp_path):
    text = "Name,Vote,Option,Date\n" + row.format(DAY) + f"\nRosa van Orlo,yes,dam,{DAY}\n"
    with pytest.raises(VotesError) as error:
        read(tmp_path, text, ASSEMBLY, DAMS)
    assert str(error.value).startswith(f"{tmp_path / 'votes.csv'}, line ")
    assert told in str(error.value)


def test_all_rows_that_can_t_be_taken_are_told_together_ten_at_most(tmp_path):
    text = "Name,Vote\n" + "".join(f"Nobody {number},yes\n" for number in range(13))
    with pytest.raises(VotesError) as error:
        read(tmp_path, text + "Smith,perhaps\nSmith,yes\n", ASSEMBLY, date=DAY)
    lines = str(error.value).splitlines()
    assert len(lines) == 12
    assert lines[9].endswith(
        'votes.csv, line 11, Name: "Nobody 9" is no member of Orlan River Council'
    )
    assert lines[10] == "and 5 more such rows"
    assert lines[11].startswith("Write members as orc.toml has them, or add what they are called")


UNTOLD = [
    (SIDES, {"issue": DAMS}, "what was voted on is not said; say it, such as --votes-option dam "
     "(the options are dam, lake)"),
    (SIDES, {"option": "bridge"}, 'dam.toml: "bridge" is none of its options, which are dam'),
    (SIDES, {"date": "soon"}, "'soon' is no day; write it as 2023-07-11"),
    ("Member,Vote\nCorvia,yes\n", {}, "the day of the vote is not told; give it: --votes-date"),
    ("Member,Vote\n", {"date": DAY}, "line 1: there are no votes below the header"),
    ("Who,How\nCorvia,yes\n", {}, "line 1: no column is known to have the member; the columns are "
     "Who, How; say which it is, such as --votes-columns member=Who"),
    ("Member,Name,Vote\nCorvia,C,yes\n", {}, 'line 1: "Member" and "Name" may each be the member; '
     "say which it is, such as --votes-columns member=Member"),
    (SIDES, {"columns": {"vote": "Votum"}}, 'line 1: there is no column "Votum" for the vote; the '
     "columns are Member, Vote, Date"),
    (SIDES, {"columns": {"voter": "Member"}}, 'a column can\'t be "voter"; it can be member, vote'),
    (SIDES, {"layout": "undl"}, "line 1 is not undl's, which has ms_code, ms_name; the columns"),
    (SIDES, {"layout": "knesset"}, 'there is no layout "knesset"; known are voteview, undl'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "options", "told"), UNTOLD)
def test_what_a_file_doesn_t_tell_is_asked_for(text, options, told, tmp_path):
    with pytest.raises(VotesError) as error:
        read(tmp_path, text, **options)
    assert told in str(error.value)


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(VotesError, match="no such file of votes"):
        read_roll_calls(tmp_path / "none.csv", COUNCIL, DAM)
