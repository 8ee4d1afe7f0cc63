"""Who may come in."""

from __future__ import annotations

import pytest

from whipcount.app.access import TRIES, Access


def test_the_token_opens_and_nothing_else_does():
    access = Access("Ann", token="right")
    assert access.by_token("right")
    assert not access.by_token("wrong")
    assert not access.by_token("")


def test_two_starts_have_two_tokens_and_cookies():
    one, two = Access("Ann"), Access("Ann")
    assert one.token != two.token
    assert one.cookie != two.cookie


def test_without_a_password_no_password_is_right():
    assert not Access("Ann").by_password("", "10.0.0.1")


def test_after_some_wrong_passwords_an_address_must_wait_and_others_not():
    now = [0.0]
    access = Access("Ann", password="a long password", clock=lambda: now[0])
    for _ in range(TRIES):
        assert not access.by_password("guess", "10.0.0.1")
    with pytest.raises(PermissionError, match="wait a minute"):
        access.by_password("a long password", "10.0.0.1")
    assert access.by_password("a long password", "10.0.0.2")
    now[0] = 61.0
    assert access.by_password("a long password", "10.0.0.1")


def test_a_session_ends_when_somebody_leaves():
    access = Access("Ann")
    secret = access.open("Bo")
    session = access.session(secret)
    assert session is not None
    assert session.coder == "Bo"
    access.close(secret)
    assert access.session(secret) is None


@pytest.mark.parametrize(
    ("host", "known", "why"),
    [
        ("127.0.0.1:8765", True, "this machine"),
        ("localhost:8765", True, "this machine"),
        ("[::1]:8765", True, "this machine"),
        ("evil.example:8765", False, "a name that may point here: DNS rebinding"),
        ("192.168.0.7:8765", False, "others can't reach a page without a password"),
        ("", False, "no host"),
        ("127.0.0.1.evil.example", False, "a name, though it looks like an address"),
    ],
)
def test_hosts_of_a_page_for_oneself(host, known, why):
    assert Access("Ann").knows_host(host) is known, why


def test_hosts_of_a_page_for_several():
    access = Access("Ann", password="a long password", hosts=("review.example",))
    assert access.knows_host("review.example")
    assert access.knows_host("192.168.0.7:8765"), "an address in figures can't be rebound"
    assert not access.knows_host("evil.example")
