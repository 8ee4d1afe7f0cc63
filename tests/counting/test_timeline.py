from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whipcount.counting import count, through
from whipcount.errors import CountError
from whipcount.model import Change, Consensus, DatedRule, Majority, Option, Turn

from .cases import council, issue, member, said

JUNE = date(2031, 6, 1)
END = date(2031, 6, 30)


def day(number):
    return JUNE + timedelta(days=number - 1)


def test_a_change_of_mind_is_told_with_the_words_of_both_days():
    no = said("Arvonia", "oppose", on="2031-05-01")
    yes = said("Arvonia", on="2031-06-10")
    found = through([no, yes], issue(), council(), JUNE, END)
    assert found.changes == (Change(day(10), "Arvonia", "dam", "no", "yes", False, yes, no),)
    assert [tally.day for tally in found.tallies] == [JUNE, day(10)]
    assert dict(found.tallies[0].stands) == {"no": 1, "not-on-record": 3}
    assert dict(found.tallies[1].stands) == {"yes": 1, "not-on-record": 3}


def test_a_verdict_turns_on_the_day_on_which_the_last_word_came():
    no = said("Arvonia", "oppose", on="2031-05-01")
    yes = said("Arvonia", on="2031-06-10")
    found = through([no, yes], issue(), council(), JUNE, END)
    assert found.turns == (Turn(day(10), "dam", "blocked", "open"),)


def test_a_cell_that_becomes_contested_changes_though_its_stand_does_not():
    own = said("Arvonia", on="2031-05-01")
    report = said("Arvonia", "oppose", on="2031-06-10", reported=True)
    found = through([own, report], issue(), council(), JUNE, END)
    assert found.changes == (
        Change(day(10), "Arvonia", "dam", "yes", "yes", True, own, own, report),
    )


def test_a_member_that_joins_or_leaves_changes_the_count():
    members = (member("Arvonia"), member("Belmark", day(5)), member("Corvia", None, day(7)))
    yes = said("Belmark", on="2031-05-01")
    found = through([yes], issue(), council(*members), JUNE, END)
    assert found.changes == (
        Change(day(5), "Belmark", "dam", None, "yes", False, yes, None),
        Change(day(7), "Corvia", "dam", "not-on-record", None, False, None, None),
    )


def test_a_rule_that_changes_turns_the_verdict():
    body = council(member("Arvonia"), member("Belmark"), member("Corvia"))
    rules = (
        DatedRule("old", Consensus(), None, day(9)),
        DatedRule("new", Majority(base="members"), day(9), None),
    )
    body = replace(body, rules=rules)
    given_ = [said("Arvonia"), said("Belmark"), said("Corvia", "oppose")]
    found = through(given_, issue(), body, JUNE, END)
    assert found.turns == (Turn(day(9), "dam", "blocked", "carried"),)
    assert found.changes == ()


def test_one_day_is_a_span_and_nothing_before_it_is_a_change():
    found = through([said("Arvonia", on="2031-06-01")], issue(), council(), JUNE, JUNE)
    assert found.changes == ()
    assert [tally.day for tally in found.tallies] == [JUNE]


def test_without_positions_nobody_moves():
    found = through([], issue(), council(), JUNE, END)
    assert (found.changes, found.turns, len(found.tallies)) == ((), (), 1)


def test_a_span_that_ends_before_it_begins_is_said():
    with pytest.raises(CountError, match="ends on 2031-06-01, before it begins on 2031-06-30"):
        through([], issue(), council(), END, JUNE)


NAMES = ("Arvonia", "Belmark", "Corvia")
OPTIONS = (
    Option("now", "Now", implies=("dam",)),
    Option("dam", "A dam"),
    Option("park", "A park", excludes=("dam",)),
)
SAID = st.builds(
    said,
    st.sampled_from(NAMES),
    st.sampled_from(["support", "oppose", "conditional", "undecided", "abstain"]),
    st.sampled_from(["", "2031", "2031-05", "2031-06", *(f"2031-06-0{n}" for n in range(1, 8))]),
    st.sampled_from([option.id for option in OPTIONS]),
    reported=st.booleans(),
    statement=st.sampled_from(["a.0", "a.1", "a.2"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(SAID, max_size=8))
def test_each_day_is_as_a_count_of_that_day_has_it(positions):
    body = council(member("Arvonia"), member("Belmark", day(3)), member("Corvia", None, day(5)))
    decision = issue(*OPTIONS)
    found = through(positions, decision, body, day(1), day(8))
    cells = {}
    outcomes = {}
    tallies = {}
    for number in range(1, 9):
        counted = count(positions, decision, body, day(number))
        if number == 1:
            cells = {(c.member, c.option): (c.stand, c.contested) for c in counted.cells}
            outcomes = {v.option: v.outcome for v in counted.verdicts}
        for change in found.changes:
            if change.day == day(number):
                assert cells.get((change.member, change.option), (None,))[0] == change.before
                if change.after is None:
                    del cells[change.member, change.option]
                else:
                    cells[change.member, change.option] = (change.after, change.contested)
        for turn in found.turns:
            if turn.day == day(number):
                assert outcomes[turn.option] == turn.before
                outcomes[turn.option] = turn.after
        tallies |= {t.option: t for t in found.tallies if t.day == day(number)}
        assert cells == {(c.member, c.option): (c.stand, c.contested) for c in counted.cells}
        assert outcomes == {v.option: v.outcome for v in counted.verdicts}
        for option, tally in tallies.items():
            stands = [c.stand for c in counted.cells if c.option == option]
            assert dict(tally.stands) == {stand: stands.count(stand) for stand in stands}
            assert tally.outcome == outcomes[option]
