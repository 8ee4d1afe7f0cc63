from whipcount.model import RollCall
from whipcount.rendering.roll_calls import line


def test_a_vote_that_nobody_cast_is_a_line():
    assert line(RollCall("v.csv", "", "dam", "2031-05-20", ())) == (
        "v.csv: the vote, on dam, 2031-05-20: 0 yes, 0 no, 0 abstaining"
    )


def test_those_who_took_no_side_are_named_apart():
    call = RollCall(
        "v.csv", "roll call 7", "dam", "2031-05-20", (), ("A", "B"), ("C",), ("D",), ("E",), ("F",)
    )
    assert line(call).partition("abstaining")[2] == (
        "; absent (2): A, B; not voting (1): C; present, on no side (1): D; no members (1): F; "
        "members that the file doesn't have (1): E"
    )
