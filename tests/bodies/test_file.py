# ruff: noqa: E501 - a row of the tables of mistakes is one line
from datetime import date
from fractions import Fraction

import pytest

from whipcount.bodies import group_members, load_body, members_on, shipped_bodies, term_on
from whipcount.errors import BodyError
from whipcount.model import (
    AllOf,
    AnyOf,
    Consensus,
    Majority,
    NoRule,
    Quorum,
    Quota,
    Reverse,
    Term,
    Unanimity,
    Veto,
    Weights,
)

HEAD = 'id = "orc"\nname = "Orlan River Council"\n'
RULE = '[rule]\nkind = "consensus"\n'
MEMBER = '[[members]]\nname = "Arvonia"\n'
TWO = MEMBER + '[[members]]\nname = "Belmark"\n'


def load(tmp_path, text):
    path = tmp_path / "orc.toml"
    path.write_text(text, encoding="utf-8")
    return load_body(path)


def test_a_body_file_gives_all_that_it_says(tmp_path):
    body = load(
        tmp_path,
        HEAD
        + 'aliases = ["ORC"]\nweak_aliases = ["the council"]\nmembers_are = "people"\nseats = 9\n'
        + 'sources = ["its statute, checked 2031-01-01"]\n'
        + RULE
        + '[[members]]\nid = "a1"\nname = "Ana Vell"\ncode = "ar"\njoined = 2020-01-02\n'
        + 'left = 2024-01-02\nend_reason = "resigned"\naliases = ["Vell"]\nweak_aliases = ["she"]\n'
        + 'party = "Blue"\nconstituency = "North"\n'
        + "[[members.weights]]\nfrom = 2022-01-01\nvotes = 3\n[[members.weights]]\nvotes = 2\n"
        + '[groups]\n"the Blues" = ["Ana Vell"]\neverybody = "members"\n',
    )
    member = body.members[0]
    assert (body.id, body.name, body.members_are, body.seats) == (
        "orc",
        "Orlan River Council",
        "people",
        9,
    )
    assert body.aliases == ("ORC",)
    assert body.weak_aliases == ("the council",)
    assert body.sources == ("its statute, checked 2031-01-01",)
    assert body.groups == (("the Blues", ("Ana Vell",)), ("everybody", ("members",)))
    assert (member.id, member.name, member.code) == ("a1", "Ana Vell", "AR")
    assert (member.aliases, member.weak_aliases) == (("Vell",), ("she",))
    assert (member.party, member.constituency) == ("Blue", "North")
    assert member.terms == (Term(date(2020, 1, 2), date(2024, 1, 2), "resigned"),)
    assert member.weights == (
        Weights(None, (("votes", 2),)),
        Weights(date(2022, 1, 1), (("votes", 3),)),
    )


def test_what_is_left_out_has_a_default(tmp_path):
    body = load(tmp_path, 'name = "Orlan River Council"\n' + RULE + MEMBER)
    assert (body.id, body.members_are, body.seats) == ("orc", "states", None)
    assert body.members[0].id == "Arvonia"
    assert body.members[0].terms == (Term(None),)
    assert members_on(body, date(1800, 1, 1)) == body.members


def test_terms_are_read_oldest_first(tmp_path):
    body = load(
        tmp_path,
        HEAD
        + RULE
        + MEMBER
        + "[[members.terms]]\njoined = 2024-01-01\n"
        + '[[members.terms]]\njoined = 2020-01-01\nleft = 2022-01-01\nend_reason = "lost"\n',
    )
    assert body.members[0].terms == (
        Term(date(2020, 1, 1), date(2022, 1, 1), "lost"),
        Term(date(2024, 1, 1)),
    )


RULES = [
    ('kind = "consensus"', Consensus("unknown"), "silence is unknown by default"),
    ('kind = "consensus"\nsilence = "consent"', Consensus("consent"), "or is consent"),
    ('kind = "majority"', Majority(0.5, "voting"), "more than half of those who vote"),
    ('kind = "majority"\nover = 0.6\nbase = "members"', Majority(0.6, "members"), "absolute"),
    ('kind = "quota"\nat_least = 3', Quota("", 3), "a number of heads"),
    ('kind = "quota"\nshare = "members"\nall_but = 1', Quota("", None, 1), "all but one"),
    (
        'kind = "quota"\nweight = "votes"\nat_least = 0.65',
        Quota("votes", 0.65),
        "a share of a weight",
    ),
    ('kind = "none"', NoRule(), "no verdict"),
    (
        'kind = "any"\nof = [{kind = "all", of = [{kind = "consensus"}, {kind = "majority"}]}, '
        '{kind = "quota", all_but = 3}]',
        AnyOf((AllOf((Consensus(), Majority())), Quota("", None, 3))),
        "rules of rules",
    ),
]


@pytest.mark.parametrize(("text", "rule", "reason"), RULES)
def test_a_rule_is_read(tmp_path, text, rule, reason):
    weight = "[[members.weights]]\nvotes = 2\n"
    body = load(tmp_path, f"{HEAD}[rule]\n{text}\n{MEMBER}{weight}")
    assert body.rules[0].rule == rule, reason


def test_named_rules_have_their_days(tmp_path):
    body = load(
        tmp_path,
        HEAD
        + '[rules.old]\nkind = "consensus"\nuntil = 2020-01-01\n'
        + '[rules.new]\nkind = "majority"\nfrom = 2020-01-01\n'
        + MEMBER,
    )
    assert [(rule.name, rule.since, rule.until) for rule in body.rules] == [
        ("old", None, date(2020, 1, 1)),
        ("new", date(2020, 1, 1), None),
    ]


WRONG = [
    (HEAD + RULE, "line 1: members: there is none", "a body without members"),
    (HEAD + MEMBER, "rule: is missing", "no rule"),
    (RULE + MEMBER, "line 1: name: is missing", "no name"),
    (HEAD + "colour = 1\n" + RULE + MEMBER, "line 3: colour: unknown key", "a key that is none"),
    (HEAD + RULE + MEMBER + "joind = 2020-01-01\n", "line 7: members[0].joind: unknown key; did you mean joined?", "a slip"),
    (HEAD + RULE + MEMBER + 'joined = "soon"\n', 'line 7: members[0].joined: must be a day such as 2023-07-11, not "soon"', "a day that is none"),
    (HEAD + RULE + MEMBER + "joined = 2020-01-01T10:00:00\n", "must be a day", "a time is no day"),
    (HEAD + RULE + MEMBER + "joined = 2020-02-30\n", "line 7: not valid TOML", "no day of the calendar"),
    (HEAD + RULE + MEMBER + 'aliases = "A"\n', "line 7: members[0].aliases: must be a list", "words for a list"),
    (HEAD + RULE + MEMBER + "aliases = [1]\n", "members[0].aliases[0]: must be words", "a number for words"),
    (HEAD + RULE + "[members]\nname = 'A'\n", "members: must be a list of tables", "one bracket for two"),
    (HEAD + RULE + MEMBER + "[[members]]\nname = 'arvonia'\n", 'line 8: members[1].name: "arvonia" is taken by another member, Arvonia', "two of one name"),
    (HEAD + RULE + MEMBER + "[[members]]\nname = 'B'\nid = 'Arvonia'\n", 'members[1].id: "Arvonia" is taken', "two of one id"),
    (HEAD + RULE + MEMBER + "joined = 2020-01-01\nleft = 2020-01-01\n", "left: 2020-01-01 is not after joined", "left before it joined"),
    (HEAD + RULE + MEMBER + "joined = 2020-01-01\n[[members.terms]]\njoined = 2021-01-01\n", "line 7: members[0].joined: goes into [[members.terms]]", "both ways at once"),
    (HEAD + RULE + MEMBER + "terms = []\n", "lists no term", "no term at all"),
    (HEAD + RULE + MEMBER + "[[members.terms]]\njoined = 2020-01-01\n[[members.terms]]\njoined = 2021-01-01\n", "line 9: members[0].terms[1]: overlaps with the term from 2020-01-01 to now", "a term that never ended"),
    (HEAD + RULE + MEMBER + "[[members.weights]]\nvotes = -1\n", "members[0].weights[0].votes: a weight must be 0 or more", "a negative weight"),
    (HEAD + RULE + MEMBER + "[[members.weights]]\nvotes = true\n", "votes: must be a number, not true", "a weight that is none"),
    (HEAD + RULE + MEMBER + "[[members.weights]]\nvotes = nan\n", "votes: must be a number", "not a number"),
    (HEAD + RULE + MEMBER + "[[members.weights]]\nfrom = 2020-01-01\n", "has no weight", "a day without weights"),
    (HEAD + RULE + MEMBER + "[[members.weights]]\nv = 1\n[[members.weights]]\nv = 2\n", "there are weights from ever already", "two weights of a day"),
    (HEAD + RULE + MEMBER + '[groups]\n"the north" = ["Nowhere"]\n', 'line 8: groups."the north"[0]: "Nowhere" is no member\'s name', "a group with a stranger"),
    (HEAD + RULE + MEMBER + '[groups]\nall = "everyone"\n', 'must be a list of members, or "members"', "a group that is a word"),
    (HEAD + RULE + MEMBER + '[groups]\nnorth = []\n"The North" = []\n', 'is the same name as "north"', "one group twice"),
    (HEAD + "seats = 0\n" + RULE + MEMBER, "line 3: seats: must be a whole number above 0", "no seats"),
    (HEAD + 'members_are = "cities"\n' + RULE + MEMBER, 'must be "states" or "people" or "organisations", not "cities"', "members of an unknown kind"),
    (HEAD + RULE + '[rules.a]\nkind = "consensus"\n' + MEMBER, "there are [rule] and [rules.…]", "both kinds of table"),
    (HEAD + '[rules.none]\nkind = "consensus"\n' + MEMBER, "take another name", "the name that means no verdict"),
    (HEAD + '[rules.a]\nkind = "consensus"\nfrom = 2020-01-01\nuntil = 2020-01-01\n' + MEMBER, "until: 2020-01-01 is not after from", "a rule of no days"),
]  # fmt: skip

WRONG_RULES = [
    ("silence = 'consent'", "rule.kind: is missing", "no kind"),
    ("kind = 'consensus'\nover = 0.5", "rule.over: unknown key", "another rule's key"),
    ("kind = 'consensus'\nsilence = 'golden'", 'must be "unknown" or "consent"', "a third silence"),
    ("kind = 'majority'\ncasting = 'Nobody'", 'rule.casting: "Nobody" is no member\'s name', "a chair who is no member"),
    ("kind = 'majority'\ncasting = 'Arvonia'\nat_least = 0.6", "leaves no tie", "a tie that can't be"),
    ("kind = 'majority'\ncasting_votes = 'always'", "goes with casting", "how nobody votes"),
    ("kind = 'majority'\nover = 0.5\nat_least = 0.5", "has over and at_least", "both shares"),
    ("kind = 'majority'\nat_least = 2", "must be a share above 0 and up to 1", "a number for a share"),
    ("kind = 'majority'\nat_least = 'most'", 'a fraction such as "2/3"', "words for a share"),
    ("kind = 'majority'\nbase = 'seats'", "counts seats: write seats", "seats that nobody told"),
    ("kind = 'quota'\nshare = 'seats'\nat_least = 0.5", "counts seats: write seats", "the same of a quota"),
    ("kind = 'veto'", "lists nobody", "a veto of nobody"),
    ("kind = 'veto'\nmembers = ['Nobody']", 'line 5: rule.members[0]: "Nobody" is no member', "a stranger's veto"),
    ("kind = 'quorum'", "needs present", "how many?"),
    ("kind = 'quorum'\npresent = 2\nover = 1", "keep one", "two quorums in one"),
    ("kind = 'any'\nof = [{kind = 'quorum', present = 2}]", "a quorum stands by itself", "a quorum that is one way"),
    ("kind = 'reverse'\nof = {kind = 'quorum', present = 2}", "a quorum stands by itself", "a quorum turned round"),
    ("kind = 'reverse'", 'rule.of: is missing', "the reverse of nothing"),
    ("kind = 'unanimity'\nabstention = 'odd'", 'must be "allowed" or "counts against"', "a third way"),
    ("kind = 'majority'\nover = 1.0", "rule.over: must be a share from 0 to below 1", "over all"),
    ("kind = 'majority'\nover = -0.1", "rule.over: must be a share", "below nothing"),
    ("kind = 'majority'\nbase = 'all'", "rule.base: must be", "an unknown base"),
    ("kind = 'quota'", "needs at_least", "neither of the two"),
    ("kind = 'quota'\nat_least = 2\nall_but = 1", "has at_least and all_but", "both of the two"),
    ("kind = 'quota'\nat_least = 0.0", "rule.at_least: must be a share above 0", "nothing at all"),
    ("kind = 'quota'\nat_least = 1.5", "must be whole or a share", "one and a half members"),
    ("kind = 'quota'\nall_but = -1", "rule.all_but: must be 0 or more", "more than all"),
    ("kind = 'quota'\nweight = 'votes'\nat_least = 1", 'no member has a weight "votes"', "no such weight"),
    ("kind = 'quota'\nshare = 'members'\nweight = 'v'\nat_least = 1", "has share and weight", "heads and weight"),
    ("kind = 'all'", "lists no rule", "all of nothing"),
    ("kind = 'any'\nof = ['consensus']", "rule.of[0]: must be a table", "a word for a rule"),
    ("kind = 'any'\nof = [{kind = 'none'}]", "can be no part of another rule", "none as a part"),
    ("kind = 'any'\nof = [{kind = 'all', of = [{kind = 'x'}]}]", 'line 5: rule.of[0].of[0].kind: "x"', "a part of a part"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message", "reason"), WRONG)
def test_a_wrong_body_file_is_said_with_file_line_and_key(tmp_path, text, message, reason):
    with pytest.raises(BodyError) as caught:
        load(tmp_path, text)
    assert message in str(caught.value), reason
    assert str(caught.value).startswith(str(tmp_path / "orc.toml")), reason


@pytest.mark.parametrize(("text", "message", "reason"), WRONG_RULES)
def test_a_wrong_rule_is_said_with_file_line_and_key(tmp_path, text, message, reason):
    with pytest.raises(BodyError) as caught:
        load(tmp_path, f"{HEAD}[rule]\n{text}\n{TWO}")
    assert message in str(caught.value), reason


def test_a_kind_that_is_not_known_is_said_with_those_that_are(tmp_path):
    with pytest.raises(BodyError) as caught:
        load(tmp_path, f'{HEAD}[rule]\nkind = "lottery"\n{MEMBER}')
    assert 'line 4: rule.kind: "lottery" is not known' in str(caught.value)
    assert "consensus, unanimity, majority, quota, veto, quorum, reverse, all, any, none" in str(
        caught.value
    )


RULES = [
    ("kind = 'unanimity'", Unanimity("allowed")),
    ("kind = 'unanimity'\nabstention = 'counts against'", Unanimity("counts against")),
    ("kind = 'majority'\nat_least = '2/3'", Majority(0.5, "voting", Fraction(2, 3))),
    (
        "kind = 'majority'\ncasting = 'Arvonia'\ncasting_votes = 'on ties'",
        Majority(casting="Arvonia", casting_votes="on ties"),
    ),
    ("kind = 'veto'\nmembers = ['Arvonia']", Veto(("Arvonia",))),
    ("kind = 'quorum'\nover = 0.5", Quorum(0.5, more=True)),
    ("kind = 'quorum'\npresent = 2", Quorum(2)),
    ("kind = 'reverse'\nof = {kind = 'consensus'}", Reverse(Consensus())),
    (
        "kind = 'all'\nof = [{kind = 'quorum', present = '1/2'}, {kind = 'majority'}]",
        AllOf((Quorum(Fraction(1, 2)), Majority())),
    ),
]


@pytest.mark.parametrize(("text", "rule"), RULES, ids=str)
def test_each_kind_of_rule_is_read(tmp_path, text, rule):
    body = load(tmp_path, f"{HEAD}[rule]\n{text}\n{TWO}")
    assert body.rules[0].rule == rule


def test_seats_may_be_counted_where_the_file_says_how_many(tmp_path):
    text = f"{HEAD}seats = 9\n[rule]\nkind = 'quota'\nshare = 'seats'\nat_least = 0.5\n{TWO}"
    assert load(tmp_path, text).rules[0].rule == Quota("", 0.5, None, seats=True)


def test_a_party_and_a_constituency_may_be_those_of_a_term(tmp_path):
    text = (
        HEAD
        + RULE
        + (
            '[[members]]\nname = "Ada Orr"\nparty = "Reds"\n'
            "[[members.terms]]\njoined = 2020-01-01\nleft = 2024-01-01\n"
            '[[members.terms]]\njoined = 2024-01-01\nparty = "Blues"\nconstituency = "West"\n'
        )
    )
    body = load(tmp_path, text)
    then, now = date(2022, 1, 1), date(2025, 1, 1)
    assert term_on(body.members[0], then).party == "Reds"
    assert term_on(body.members[0], now).party == "Blues"
    assert term_on(body.members[0], now).constituency == "West"
    assert [len(group_members(body, "the Reds", day)) for day in (then, now)] == [1, 0]
    assert [len(group_members(body, "Blues", day)) for day in (then, now)] == [0, 1]


def test_a_path_is_relative_to_the_issue_file_or_its_folder(tmp_path):
    load(tmp_path, HEAD + RULE + MEMBER)
    issue_file = tmp_path / "issues" / "dam.toml"
    issue_file.parent.mkdir()
    issue_file.write_text("")
    for relative_to in (issue_file, issue_file.parent):
        assert load_body("../orc.toml", relative_to).name == "Orlan River Council"


def test_a_body_that_is_neither_shipped_nor_a_file_is_said(tmp_path):
    with pytest.raises(BodyError) as caught:
        load_body("nowhere", tmp_path / "dam.toml")
    assert str(tmp_path / "nowhere") in str(caught.value)
    assert "nato" in str(caught.value)


def test_every_shipped_body_loads_under_its_own_id_and_names_its_sources():
    assert "nato" in shipped_bodies()
    for name in shipped_bodies():
        body = load_body(name)
        assert body.id == name
        assert all("checked" in source or "not opened" in source for source in body.sources)
        assert body.sources
