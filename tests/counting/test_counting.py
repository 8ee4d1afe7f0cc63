from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whipcount.counting import count, newest_day
from whipcount.errors import BodyError, CountError, IssueError
from whipcount.model import (
    Actor,
    Consensus,
    DatedRule,
    Majority,
    NoRule,
    Option,
    Span,
)

from .cases import DAY, NAMES, article, council, issue, member, person, said, state

DAM = issue()
COUNCIL = council()


def cell(whip_count, name, option="dam"):
    return next(c for c in whip_count.cells if (c.member, c.option) == (name, option))


def stands(*positions, body=COUNCIL, about=DAM, day=DAY, option="dam"):
    found = count(positions, about, body, day)
    return {c.member: c.stand for c in found.cells if c.option == option}


def test_every_member_and_option_is_there_without_any_position():
    about = issue(Option("dam", "A dam"), Option("park", "A park"))
    found = count((), about, COUNCIL, DAY)
    assert found.members == NAMES
    assert [(c.member, c.option) for c in found.cells] == [
        (name, option) for name in NAMES for option in ("dam", "park")
    ]
    assert {c.stand for c in found.cells} == {"not-on-record"}
    assert all(c.since is None and not c.evidence for c in found.cells)
    assert found.others == ()
    assert [v.outcome for v in found.verdicts] == ["open", "open"]
    assert found.rule == Consensus()


def test_only_the_members_of_the_day_have_cells():
    body = council(
        member("Arvonia"),
        member("Belmark", left=date(2031, 6, 30)),
        member("Corvia", joined=date(2031, 6, 30)),
        member("Dorland", joined=date(2031, 7, 1)),
    )
    positions = [said(name, "oppose") for name in NAMES]
    found = count(positions, DAM, body, DAY)
    assert found.members == ("Arvonia", "Corvia")
    assert [other.actor.name for other in found.others] == ["Belmark", "Dorland"]
    assert found.verdicts[0].blockers == (("Arvonia",), ("Corvia",))


def test_a_stand_is_the_newest_own_word():
    first = said("Arvonia", "oppose", on="2031-01-10")
    second = said(person("Ana Vell", "Arvonia", "President"), on="2031-02-10", confidence=0.8)
    found = cell(count([first, second], DAM, COUNCIL, DAY), "Arvonia")
    assert (found.stand, found.since, found.confidence) == ("yes", "2031-02-10", 0.8)
    assert found.evidence == (second, first)
    assert not found.contested


DATES = [
    ("2031-06-30", "yes", "said on the day"),
    ("2031-07-01", "not-on-record", "said after it"),
    ("2031-06", "yes", "a month that ends by the day"),
    ("2031", "not-on-record", "a year that doesn't"),
    ("", "yes", "undated"),
]


@pytest.mark.parametrize(("on", "stand", "reason"), DATES)
def test_what_is_said_counts_as_of_a_day(on, stand, reason):
    assert stands(said("Arvonia", on=on))["Arvonia"] == stand, reason


def test_what_was_said_before_the_issue_started_does_not_count():
    about = issue(starts=date(2031, 2, 1))
    early = said("Arvonia", on="2031-01-31")
    assert stands(early, about=about)["Arvonia"] == "not-on-record"
    assert stands(replace(early, date=""), about=about)["Arvonia"] == "not-on-record"
    assert stands(replace(early, date="2031-02-01"), about=about)["Arvonia"] == "yes"


def test_what_is_for_review_moves_no_cell():
    doubtful = said("Arvonia", "oppose", for_review=True)
    found = count([doubtful], DAM, COUNCIL, DAY)
    assert cell(found, "Arvonia").stand == "not-on-record"
    assert cell(found, "Arvonia").evidence == ()
    assert count([replace(doubtful, actor=state("Estmar"))], DAM, COUNCIL, DAY).others == ()


def test_a_position_on_another_issues_option_is_left_out():
    assert count([said("Arvonia", option="lake")], DAM, COUNCIL, DAY) == count(
        [], DAM, COUNCIL, DAY
    )


def test_a_group_counts_as_reported_for_its_members():
    body = council(groups=(("the upper states", ("Arvonia", "Belmark")),))
    group = Actor("g", "the upper states", "group", speaks_for="the upper states")
    own = said("Belmark", "oppose", on="2031-01-01")
    found = count([said(group), own], DAM, body, DAY)
    assert cell(found, "Arvonia").stand == "leaning-yes"
    assert cell(found, "Arvonia").evidence[0].reported
    assert cell(found, "Arvonia").evidence[0].reported_by is None
    assert cell(found, "Belmark").stand == "no"
    assert cell(found, "Belmark").contested
    assert cell(found, "Corvia").stand == "not-on-record"
    assert found.others == ()


def test_the_body_speaking_as_itself_stands_among_the_others():
    body = Actor("o", "ORC", "organisation", speaks_for="ORC")
    again = Actor("p", "the council", "organisation")
    found = count([said(body), said(again, on="2031-06-02")], DAM, COUNCIL, DAY)
    assert {c.stand for c in found.cells} == {"not-on-record"}
    assert len(found.others) == 1
    assert (found.others[0].stand, found.others[0].since) == ("yes", "2031-06-01")


def test_others_have_one_row_a_speaks_for_or_an_actor():
    ana = person("Ana Vell", "Estmar", "President")
    ben = person("Ben Orr")
    found = count(
        [
            said("Estmar", "oppose", on="2031-05-01"),
            said(ana, on="2031-05-02"),
            said(ben, "oppose"),
            said(replace(ben, id="b.a7"), "undecided", on="2031-06-02"),
        ],
        DAM,
        COUNCIL,
        DAY,
    )
    assert [(o.actor.name, o.stand, len(o.evidence)) for o in found.others] == [
        ("Ben Orr", "undecided", 2),
        ("Ana Vell", "yes", 2),
    ]
    assert found.others[1].actor.speaks_for == "Estmar"


def test_in_a_body_of_people_a_person_is_the_member():
    body = council(member("Ana Vell", party="Blues"), member("Ben Orr"), members_are="people")
    ana = Actor("a", "Ana Vell", "person", "senator", "Blues", "", "Blues")
    assert stands(said(ana), body=body) == {"Ana Vell": "yes", "Ben Orr": "not-on-record"}


def test_stances_reach_other_options():
    about = issue(
        Option("now", "Now", implies=("dam",)),
        Option("dam", "A dam"),
        Option("park", "A park", excludes=("dam",)),
    )
    found = count([said("Arvonia", option="now")], about, COUNCIL, DAY)
    assert cell(found, "Arvonia", "now").stand == "yes"
    assert cell(found, "Arvonia", "dam").stand == "yes"
    assert cell(found, "Arvonia", "park").stand == "no"
    assert cell(found, "Arvonia", "park").evidence[0].implied_by == "now"


def test_own_words_on_the_option_come_before_newer_ones_that_reach_it():
    about = issue(Option("now", "Now", implies=("dam",)), Option("dam", "A dam"))
    direct = said("Arvonia", "oppose", on="2031-01-01", option="dam")
    reaching = said("Arvonia", on="2031-02-01", option="now")
    found = cell(count([direct, reaching], about, COUNCIL, DAY), "Arvonia", "dam")
    assert (found.stand, found.contested) == ("no", True)
    assert [p.implied_by for p in found.evidence] == [None, "now"]


def test_a_condition_replaces_support_of_its_statement_and_keeps_it_from_spreading():
    about = issue(Option("now", "Now", implies=("dam",)), Option("dam", "A dam"))
    text = "We want it now if the lake stays."
    positions = [
        said("Arvonia", option="now", statement="a.0"),
        said("Arvonia", "conditional", option="now", statement="a.0", condition=Span(15, 32)),
    ]
    found = count(positions, about, COUNCIL, DAY, [article(text)])
    assert cell(found, "Arvonia", "now").stand == "conditional"
    assert cell(found, "Arvonia", "now").condition == "if the lake stays"
    assert len(cell(found, "Arvonia", "now").evidence) == 1
    assert cell(found, "Arvonia", "dam").stand == "not-on-record"


def test_one_members_condition_leaves_the_others_of_its_statement_alone():
    positions = [
        said("Arvonia", "conditional", statement="a.0"),
        said("Belmark", statement="a.0"),
    ]
    found = stands(*positions)
    assert (found["Arvonia"], found["Belmark"]) == ("conditional", "yes")


def test_the_day_is_the_newest_articles():
    papers = [article(published=day) for day in ("2031-05-01", "2031-06", "")]
    assert newest_day(papers) == date(2031, 6, 30)
    found = count([said("Arvonia", on="2031-06-30")], DAM, COUNCIL, articles=papers)
    assert found.as_of == date(2031, 6, 30)
    assert found.articles == tuple(papers)
    assert cell(found, "Arvonia").stand == "yes"


@pytest.mark.parametrize("papers", [(), (article(published=""),)])
def test_without_any_date_a_day_must_be_given(papers):
    with pytest.raises(CountError, match="--as-of"):
        count([], DAM, COUNCIL, articles=papers)


def test_a_day_without_members_is_said():
    with pytest.raises(BodyError, match=r"orc\.toml: nobody was a member"):
        count([], DAM, council(member("Arvonia", joined=date(2031, 1, 1))), date(2030, 1, 1))


def test_a_rule_that_is_not_there_is_said():
    with pytest.raises(IssueError, match=r'orc\.toml has no rule "grave"'):
        count([], issue(rule="grave"), COUNCIL, DAY)


def test_each_option_is_decided_by_its_own_rule():
    body = replace(
        COUNCIL,
        rules=(DatedRule("grave", Consensus()), DatedRule("light", Majority(0.5, "members"))),
    )
    about = issue(
        Option("dam", "A dam", rule="light"),
        Option("park", "A park", rule="grave"),
        Option("path", "A path", rule="none"),
    )
    votes = [said(name, option=o) for name in NAMES[:3] for o in ("dam", "park", "path")]
    found = count(votes, about, body, DAY)
    assert [v.outcome for v in found.verdicts] == ["carried", "open", "none"]
    assert found.verdicts[1].needed == (("Dorland",),)
    assert found.rule == NoRule()


def test_positions_may_come_one_by_one():
    found = count((said(name) for name in NAMES), DAM, COUNCIL, DAY)
    assert found.verdicts[0].outcome == "carried"


ABOUT = issue(
    Option("now", "Now", implies=("dam",)),
    Option("dam", "A dam"),
    Option("park", "A park", excludes=("dam",)),
)
GROUPED = council(groups=(("the upper states", ("Arvonia", "Belmark")),))
POSITIONS = st.lists(
    st.builds(
        lambda actor, stance, on, option, statement, more: said(
            # a statement has one date
            actor,
            stance,
            on,
            option,
            statement=f"a{on}.{statement}",
            **more,
        ),
        st.sampled_from([state("Arvonia"), state("Belmark"), state("the upper states")])
        | st.builds(person, st.just("Ana Vell"), st.just("Arvonia"), st.sampled_from(["King", ""])),
        st.sampled_from(["support", "oppose", "conditional", "undecided", "abstain"]),
        st.sampled_from(["", "2031", "2031-05", "2031-05-01", "2031-05-31", "2031-06-01"]),
        st.sampled_from(["now", "dam", "park"]),
        st.sampled_from([1, 2]),
        st.fixed_dictionaries(
            {
                "reported": st.booleans(),
                "strength": st.sampled_from(["plain", "hedged"]),
                "kind": st.sampled_from(["direct", "indirect"]),
                "piece": st.sampled_from([0, 1]),
            }
        ),
    ),
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(POSITIONS, st.randoms(use_true_random=False))
def test_the_order_of_positions_changes_nothing(positions, random):
    shuffled = list(positions)
    random.shuffle(shuffled)
    assert count(positions, ABOUT, GROUPED, DAY) == count(shuffled, ABOUT, GROUPED, DAY)


@settings(max_examples=60, deadline=None)
@given(POSITIONS)
def test_since_is_when_a_count_of_every_day_shows_the_stand_begin(positions):
    found = count(positions, ABOUT, GROUPED, DAY)
    days = [date(2031, month, day) for month, day in ((5, 1), (5, 30), (5, 31), (6, 1), (6, 30))]
    history = [count(positions, ABOUT, GROUPED, day) for day in days]
    for index, now in enumerate(found.cells):
        if now.since in (None, "2031"):
            continue
        began = max(
            (i + 1 for i, then in enumerate(history) if then.cells[index].stand != now.stand),
            default=0,
        )
        expected = {"2031-05": date(2031, 5, 31)}.get(now.since) or date.fromisoformat(now.since)
        assert days[began] == expected
