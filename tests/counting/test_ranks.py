import pytest

from whipcount.counting.ranks import ANYBODY, HEAD, MINISTER, SPOKESMAN, rank

ROLES = [
    ("President", HEAD),
    ("Prime Minister", HEAD),
    ("Chancellor", HEAD),
    ("King", HEAD),
    ("Minister-President", HEAD),
    ("President of Arvonia", HEAD),
    ("Defense Minister", MINISTER),
    ("Minister for Foreign Affairs", MINISTER),
    ("Deputy Prime Minister", MINISTER),
    ("Vice President", MINISTER),
    ("Secretary of State", MINISTER),
    ("defence secretary", MINISTER),
    ("Chancellor of the Exchequer", MINISTER),
    ("spokesman", SPOKESMAN),
    ("spokesperson for the President", SPOKESMAN),
    ("Foreign Ministry spokeswoman", SPOKESMAN),
    ("press secretary", SPOKESMAN),
    ("former president", ANYBODY),
    ("ex-minister", ANYBODY),
    ("president-elect", ANYBODY),
    ("presidential candidate", ANYBODY),
    ("adviser to the prime minister", ANYBODY),
    ("ambassador", ANYBODY),
    ("secretary-general", ANYBODY),
    ("President of the Senate", ANYBODY),
    ("professor", ANYBODY),
    ("", ANYBODY),
]


@pytest.mark.parametrize(("role", "expected"), ROLES)
def test_a_role_has_a_rank(role, expected):
    assert rank(role) == expected
    assert rank(role.upper()) == expected
