from datetime import date

from whipcount.counting import count, party_tallies
from whipcount.model import Term

from .cases import DAY, council, issue, member, said


def chamber():
    return council(
        member("Ada Orr", party="Reds"),
        member("Ben Vell", party="Blues"),
        member("Cy Dane", party="reds"),
        member("Di Fenn"),
        members_are="people",
    )


def test_each_partys_members_are_tallied_by_stand():
    counted = count([said("Ada Orr"), said("Ben Vell", "oppose")], issue(), chamber(), DAY)
    found = {one.party: (one.members, dict(one.stands)) for one in party_tallies(counted)}
    assert found == {
        "Reds": (2, {"yes": 1, "not-on-record": 1}),
        "Blues": (1, {"no": 1}),
        "": (1, {"not-on-record": 1}),
    }
    assert list(found) == ["Reds", "Blues", ""], "the largest first, those without one last"


def test_a_party_is_that_of_the_day():
    terms = (Term(None, date(2031, 1, 1), party="Reds"), Term(date(2031, 1, 1), party="Blues"))
    body = council(member("Ada Orr"), member("Ben Vell", party="Blues"))
    first = body.members[0]
    body = council(type(first)(first.id, first.name, terms), body.members[1])
    (tally,) = party_tallies(count([], issue(), body, DAY))
    assert (tally.party, tally.members) == ("Blues", 2)


def test_where_nobody_has_a_party_there_is_no_tally():
    assert party_tallies(count([], issue(), council(), DAY)) == ()
