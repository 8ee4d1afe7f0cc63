"""What `check` doubts: a table's row is a file, the doubts about it, and the reason."""

# ruff: noqa: E501 - a row of the table is one line
from datetime import date

import pytest

from whipcount.bodies import check, load_body, shipped_bodies
from whipcount.bodies.file import body_table

HEAD = 'name = "Orlan River Council"\nmembers_are = "people"\nsources = ["its statute"]\n'
RULE = '[rule]\nkind = "consensus"\n'
ANA = '[[members]]\nname = "Ana"\n'
BO = '[[members]]\nname = "Bo"\n'
ZOE = '[[members]]\nname = "Zoe"\n'
STATES = HEAD.replace("people", "states")


def doubts(tmp_path, text, through=None):
    path = tmp_path / "orc.toml"
    path.write_text(text, encoding="utf-8")
    table = body_table(path)
    return [
        str(table.problem(doubt.message, *doubt.keys)).removeprefix(f"{path}, ")
        for doubt in check(load_body(path), through)
    ]


def rules(**kinds):
    return "".join(f"[rules.{name}]\n{text}\n" for name, text in kinds.items())


FINE = [
    (HEAD + RULE + ANA, "no days at all"),
    (HEAD + RULE + ANA + "joined = 2020-01-01\nleft = 2021-01-01\n", "a body that is no more"),
    (HEAD + RULE + ANA + "[[members.terms]]\nleft = 2020-01-01\nend_reason = 'dissolved'\n[[members.terms]]\njoined = 2021-01-01\n", "a gap with its reason"),
    (HEAD + "[rule]\nkind = 'quota'\nweight = 'votes'\nat_least = 2\n" + ANA + "joined = 2000-01-01\n[[members.weights]]\nfrom = 2010-01-01\nvotes = 2\n", "days before the weight's first"),
    (HEAD + "[rule]\nkind = 'none'\n" + ANA, "no decision to carry"),
    (HEAD + "seats = 3\n" + RULE + ANA, "vacant seats"),
    (STATES + RULE + ANA + "code = 'DE'\n" + BO + "code = 'SU'\n" + ZOE + "code = 'US-OH'\n", "codes of a state, of a former one, of a part of one"),
    (HEAD + RULE + ANA + "code = 'Q9'\n", "a code of a person isn't ISO's"),
    (HEAD + rules(a="kind = 'consensus'", b="kind = 'majority'") + ANA, "several rules, of which an issue names one"),
    (HEAD + "[rule]\nkind = 'reverse'\nof = {kind = 'majority'}\n" + ANA, "a reverse majority, with all for it"),
    (HEAD + RULE + ANA + "aliases = ['the Ana', 'ANA']\nweak_aliases = ['A']\n", "a name twice, but of one member"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "reason"), FINE)
def test_a_body_that_fits_together_has_no_doubt(tmp_path, text, reason):
    assert doubts(tmp_path, text) == [], reason


DOUBTFUL = [
    (HEAD.replace("sources", "aliases") + RULE + ANA, ["line 1: sources: are missing"], "no sources"),
    (STATES + RULE + ANA + "code = 'UK'\n", ['line 8: members[0].code: "UK" is no code of ISO 3166'], "a code that people take for one"),
    (HEAD + RULE + ANA + "[groups]\nnorth = []\n", ["line 9: groups.north: lists nobody"], "an empty group"),
    (HEAD + RULE + ANA + "[groups]\nnorth = ['Ana', 'Ana']\n", ['line 9: groups.north[1]: "Ana" is listed already'], "somebody twice in a group"),
    (HEAD + RULE + ANA + "[[members.terms]]\nleft = 2020-01-01\n[[members.terms]]\njoined = 2021-01-01\n", ["line 6: members: nobody is one from 2020-01-01 to 2020-12-31; add who was"], "a gap"),
    (HEAD + rules(old="kind = 'consensus'\nuntil = 2020-01-01", new="kind = 'consensus'\nfrom = 2021-01-01") + ANA, ["line 4: rules: none holds from 2020-01-01 to 2020-12-31; add one"], "a gap between rules"),
    (HEAD + "seats = 1\n" + RULE + ANA + BO + "joined = 2020-01-01\nleft = 2021-01-01\n", ["line 4: seats: there are more members than 1 from 2020-01-01 to 2020-12-31 (2 on 2020-01-01)"], "more members than seats"),
    (HEAD + "[rule]\nkind = 'veto'\nmembers = ['Ana', 'Bo']\n" + ANA + BO + "joined = 2020-01-01\n", ['line 6: rule.members[1]: "Bo" is no member until 2019-12-31'], "a veto of somebody who isn't there yet"),
    (HEAD + "[rule]\nkind = 'all'\nof = [{kind = 'majority', casting = 'Bo'}]\n" + ANA + BO + "left = 2020-01-01\n", ['line 6: rule.of[0].casting: "Bo" is no member from 2020-01-01 on'], "a casting vote of somebody who left"),
    (HEAD + "[rule]\nkind = 'quota'\nat_least = 2\n" + ANA + BO + "left = 2020-01-01\n", ["line 4: rule: 2 is too many from 2020-01-01 on: all members together are 1 on 2020-01-01"], "a quota of more than all"),
    (HEAD + "[rule]\nkind = 'quorum'\nover = 2\n" + ANA + BO, ["line 4: rule: 2 is too many on every day"], "a quorum of more than all"),
    (HEAD + "[rule]\nkind = 'quota'\nall_but = 2\n" + ANA + BO, ["line 4: rule: all but 2 are nobody on every day"], "a quota that nobody's yes reaches"),
    (HEAD + "seats = 4\n[rule]\nkind = 'quota'\nshare = 'seats'\nat_least = 0.75\n" + ANA + BO, ["line 5: rule: can't carry even where all members are for it on every day"], "a share of seats that are mostly vacant"),
    (HEAD + "[rule]\nkind = 'quota'\nweight = 'votes'\nat_least = 2\n" + ANA + "[[members.weights]]\nvotes = 2\n" + BO + "joined = 2020-01-01\n", ["line 12: members[1]: Bo has no weight votes from 2020-01-01 on, and rule needs it"], "a member without the weight"),
    (HEAD + "[rule]\nkind = 'quota'\nweight = 'votes'\nat_least = 260\n" + ANA + "[[members.weights]]\nvotes = 200\n[[members.weights]]\nfrom = 2020-01-01\nvotes = 255.5\n[[members.weights]]\nfrom = 2021-01-01\nvotes = 300\n", ["rule: 260 is too many until 2020-12-31: all members together are 200; correct it"], "more votes than there are, until they are more"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "reason"), DOUBTFUL)
def test_a_doubt_says_line_key_and_days(tmp_path, text, expected, reason):
    found = doubts(tmp_path, text)
    assert len(found) == len(expected), (reason, found)
    for doubt, words in zip(found, expected, strict=True):
        assert words in doubt, reason


NAMES = [
    (ANA + "aliases = ['Rand']\n" + BO + "aliases = ['rand']\n", ['members[0].aliases[0]: "Rand" is a name of Ana and Bo, and so names none of them'], "an alias of two"),
    (ANA + "aliases = ['Bo']\n" + BO, ['members[0].aliases[0]: "Bo" is a name of Ana and Bo'], "an alias that is another's name"),
    (ANA + "code = 'AB'\n" + BO + "code = 'AB'\n", ['members[0].code: "AB" is a name of Ana and Bo'], "a code of two"),
    (ANA + "code = 'AB'\n" + BO + "aliases = ['ab']\n", ['members[0].code: "AB" is a name of Ana and Bo'], "a code that is another's alias"),
    (ANA + "weak_aliases = ['she']\n" + BO + "weak_aliases = ['She']\n", ['members[0].weak_aliases[0]: "she" is a weak alias of Ana and Bo'], "a weak alias of two"),
    (ANA + "weak_aliases = ['Bo']\n" + BO, ['members[0].weak_aliases[0]: "Bo" is a name of Bo, which is meant'], "a weak alias that is another's name"),
    (ANA + "weak_aliases = ['the Orlan River Council']\n", ["is a name of the body too, and so names no member"], "a weak alias that is the body's"),
    (ANA + "aliases = ['Orlan River Council']\n", ['line 1: name: "Orlan River Council" is a name of Ana, which is meant'], "the body's name that is a member's"),
    (ANA + "[groups]\nana = ['Ana']\n", ["groups.ana: is a name of a member or of the body too"], "a group of a member's name"),
]  # fmt: skip


@pytest.mark.parametrize(("members", "expected", "reason"), NAMES)
def test_names_that_name_nobody_are_told_once(tmp_path, members, expected, reason):
    found = doubts(tmp_path, HEAD + RULE + members)
    assert len(found) == len(expected), (reason, found)
    for doubt, words in zip(found, expected, strict=True):
        assert words in doubt, reason


def test_days_after_the_last_that_is_known_are_left_out(tmp_path):
    text = HEAD + "[rule]\nkind = 'quota'\nat_least = 2\n" + ANA + BO + "left = 2030-01-01\n"
    assert len(doubts(tmp_path, text)) == 1
    assert doubts(tmp_path, text, date(2029, 12, 31)) == []
    assert len(doubts(tmp_path, text, date(2030, 1, 1))) == 1


@pytest.mark.parametrize("body", shipped_bodies())
def test_no_body_that_ships_is_doubtful_on_the_day_when_it_was_checked(body):
    assert check(load_body(body), date(2026, 11, 25)) == ()
