"""A user's `actors.toml`, and the office holders that ship."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.actors.conftest import article, where
from whipcount.actors import Directory, find_mentions, gazetteer, load_directory
from whipcount.actors.directory import shipped_directory
from whipcount.actors.gazetteer import gazetteer as tables
from whipcount.analysis import analyse
from whipcount.errors import ActorsError
from whipcount.model import Actor

TORV = """
apart = [["Jo Rand", "Joan Rand"]]

[[actors]]
name = "Ilsa Torv"
aliases = ["I. M. Torv", "Torv", "the Lady of Velt"]
gender = "she"
affiliation = "Reform Party"
roles = [
    { role = "foreign minister", of = "Estonia", from = 2021-05-01, until = 2023-01-31 },
    { role = "prime minister", of = "Estonia", from = 2023-02-01 },
]
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "actors.toml"
    path.write_text(text, encoding="utf-8")
    return path


def actor(text: str, source: str, directory: Directory, published: str = "2022-03-01") -> Actor:
    made = article(text, published)
    mentions = find_mentions(analyse(made), gazetteer(None, directory))
    (found,) = mentions.actors_in(where(text, source, len(text)))
    return found


def test_offices_count_by_the_articles_day(tmp_path: Path) -> None:
    known = load_directory(written(tmp_path, TORV))
    before = actor("The plan is dead, Torv said.", "Torv", known)
    assert (before.role, before.speaks_for) == ("foreign minister", "Estonia")
    after = actor("The plan is dead, Ilsa Torv said.", "Ilsa Torv", known, "2024-01-05")
    assert (after.role, after.speaks_for) == ("prime minister", "Estonia")
    early = actor("The plan is dead, Ilsa Torv said.", "Ilsa Torv", known, "2019-01-05")
    assert early.speaks_for == ""
    assert early.affiliation == "Reform Party"


def test_an_alias_is_the_same_person_within_an_article(tmp_path: Path) -> None:
    known = load_directory(written(tmp_path, TORV))
    text = "Ilsa Torv spoke first. I. M. Torv was asked again. The plan is dead, she said."
    made = find_mentions(analyse(article(text, "2022-03-01")), gazetteer(None, known))
    ids = {made.actors_in(where(text, name))[0].id for name in ("Ilsa Torv", "I. M. Torv", "she")}
    assert len(ids) == 1


def test_a_surname_that_a_full_name_of_the_article_bears_is_that_one_s(tmp_path: Path) -> None:
    known = load_directory(written(tmp_path, TORV))
    found = actor("Ivar Torv, a farmer, came. The plan is dead, Torv said.", "Torv", known)
    assert found.name == "Ivar Torv"


def test_names_to_be_kept_apart_are_not_joined_within_an_article(tmp_path: Path) -> None:
    text = "Jo Rand came. Joan Rand left. J. Rand stayed."
    both = find_mentions(
        analyse(article(text)), gazetteer(None, load_directory(written(tmp_path, TORV)))
    )
    one, other = both.actors_in(where(text, "Jo Rand")), both.actors_in(where(text, "Joan Rand"))
    assert one[0].id != other[0].id


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[actors]]\nname = "A B"\nroles = [{role = "x", from = 2020-01-02, until = 2020-01-01}]',
         "line 3: actors[0].roles[0].until: ends on 2020-01-01, but begins on 2020-01-02"),
        ('apart = [["A B", "A. B."]]\n[[actors]]\nname = "A B"\naliases = ["A. B."]',
         'line 1: apart[0]: keeps "A B" and "A. B." apart, which are both names of A B'),
        ('[[actors]]\nname = "A B"\n[[actors]]\nname = "C D"\naliases = ["a b"]',
         'line 5: actors[1].aliases: "a b" is a name of A B too'),
        ('[[actors]]\nnmae = "A B"', "line 2: actors[0].nmae: unknown key; did you mean name?"),
        ('[[actors]]\nname = "A B"\nkind = "robot"', 'line 3: actors[0].kind: must be "person"'),
        ('apart = [["A B"]]', "line 1: apart[0]: must be two names or more"),
        ("apart = 3", 'line 1: apart: must be a list of lists'),
        ('[[actors]]\nname = "A B"\nroles = [{role = "x", from = "soon"}]',
         "must be a day such as 2023-07-11"),
        ("[[actors]", "not valid TOML"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_told_with_line_and_key(text: str, message: str, tmp_path: Path) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ActorsError) as told:
        load_directory(path)
    assert str(told.value).startswith(str(path))
    assert message in str(told.value)


def test_a_missing_file_is_told() -> None:
    with pytest.raises(ActorsError, match=r"nowhere\.toml: there is no such actors file"):
        load_directory("nowhere.toml")


def test_of_two_of_one_name_the_day_tells_who_is_meant(tmp_path: Path) -> None:
    text = "".join(
        f'[[actors]]\nname = "Jo Rand"\nroles = [{{role = "mayor", from = {year}-01-01, '
        f"until = {year + 3}-12-31}}]\n"
        for year in (2000, 2010)
    )
    known = load_directory(written(tmp_path, text))
    assert known.find("Jo Rand", date(2001, 5, 5)).offices[0].since == date(2000, 1, 1)  # type: ignore[union-attr]
    assert known.find("JO RAND", date(2011, 5, 5)).offices[0].since == date(2010, 1, 1)  # type: ignore[union-attr]
    assert known.find("Jo Rand", date(2020, 5, 5)) is None
    assert known.find("Jo Rand") is None


def test_the_shipped_office_holders_hold_together() -> None:
    names = tables()
    for found in shipped_directory().known.values():
        for known in found:
            assert known.gender in ("he", "she")
            for office in known.offices:
                assert office.since is not None
                assert office.until is not None
                assert office.since < office.until
                assert names.match(office.of) is not None, f"{known.name}: {office.of}"


def test_whom_everybody_knows_speaks_for_the_state_of_the_day() -> None:
    def speaks(text: str, source: str, day: str) -> str:
        made = find_mentions(analyse(article(text, day)), gazetteer())
        return made.actors_in(where(text, source))[0].speaks_for

    assert speaks("It is a threat, Putin said.", "Putin", "2023-07-11") == "Russia"
    assert speaks("It is a promise, Zelensky said.", "Zelensky", "2023-07-11") == "Ukraine"
    assert speaks("It is a promise, Merkel said.", "Merkel", "2019-07-11") == "Germany"
    assert speaks("It is a promise, Merkel said.", "Merkel", "2023-07-11") == ""
