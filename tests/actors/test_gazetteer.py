from __future__ import annotations

import pycountry
import pytest

from whipcount.actors import gazetteer
from whipcount.actors.gazetteer import is_demonym_of, state_rows
from whipcount.model import Body, Member, Term

ROWS = state_rows()
UN = [row for row in ROWS if row["un"] == "1"]
PARTS = {"GB-ENG", "GB-SCT", "GB-WLS", "GB-NIR"}


def test_every_member_of_the_united_nations_is_there() -> None:
    assert len(UN) == 193


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["code"])
def test_codes_are_those_of_iso_3166(row: dict[str, str]) -> None:
    code = row["code"]
    if code in PARTS:
        assert pycountry.subdivisions.get(code=code) is not None
    elif code != "XK":  # Kosovo's code is a user-assigned one
        assert pycountry.countries.get(alpha_2=code) is not None


@pytest.mark.parametrize("row", UN, ids=lambda row: row["code"])
def test_a_state_is_found_by_name_adjective_and_capital(row: dict[str, str]) -> None:
    assert all(row[column] for column in ("name", "adjectives", "capital"))
    names = gazetteer()
    found = names.state(row["name"])
    assert found is not None
    assert (found.entry.name, found.how) == (row["name"], "name")
    claimed = [row["code"] for row in UN if row["adjectives"].split("|")[0] in _forms(row)]
    for word in (row["adjectives"].split("|")[0], row["capital"].split("|")[0]):
        codes = {match.entry.code for match in names.matches(word)}
        assert row["code"] in codes or len(claimed) > 1


def _forms(row: dict[str, str]) -> list[str]:
    return row["adjectives"].split("|")


def test_no_strong_name_is_claimed_twice() -> None:
    claims: dict[str, set[str]] = {}
    names = gazetteer()
    for form, found in names.forms.items():
        for match in found:
            if match.how == "name":
                claims.setdefault(form, set()).add(match.entry.name)
    assert {form: found for form, found in claims.items() if len(found) > 1} == {}


@pytest.mark.parametrize(
    ("words", "name", "how"),
    [
        ("US", "United States", "name"),
        ("U.S.", "United States", "name"),
        ("USA", "United States", "name"),
        ("America", "United States", "name"),
        ("UK", "United Kingdom", "name"),
        ("Britain", "United Kingdom", "name"),
        ("Türkiye", "Turkey", "name"),
        ("the Netherlands", "Netherlands", "name"),
        ("POLAND", "Poland", "name"),
        ("Polish", "Poland", "adjective"),
        ("Poles", "Poland", "people"),
        ("Warsaw", "Poland", "capital"),
        ("the Kremlin", "Russia", "seat"),
        ("Downing Street", "United Kingdom", "seat"),
        ("the Élysée", "France", "seat"),
        ("White House", "United States", "seat"),
        ("Bankova", "Ukraine", "seat"),
        ("Scotland", "Scotland", "name"),
    ],
)
def test_a_state_goes_by_many_names(words: str, name: str, how: str) -> None:
    found = gazetteer().state(words)
    assert found is not None
    assert (found.entry.name, found.how) == (name, how)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("NATO", "NATO"),
        ("North Atlantic Treaty Organization", "NATO"),
        ("EU", "European Union"),
        ("the European Commission", "European Commission"),
        ("UN Security Council", "UN Security Council"),
        ("G-7", "G7"),
        ("IMF", "International Monetary Fund"),
        ("ASEAN", "ASEAN"),
        ("G-77", "G77"),
        ("AOSIS", "AOSIS"),
        ("the alliance", "NATO"),
    ],
)
def test_an_institution_goes_by_its_aliases(words: str, name: str) -> None:
    found = gazetteer().institution(words)
    assert found is not None
    assert found.entry.name == name


@pytest.mark.parametrize("words", ["", "us", "polish", "china", "Ostrand", "and"])
def test_other_words_name_nobody(words: str) -> None:
    assert gazetteer().matches(words) == ()


def test_what_two_claim_is_never_resolved() -> None:
    names = gazetteer()
    assert names.state("Congolese") is None
    assert names.match("Brussels") is None  # Belgium's capital and the European Union's seat
    assert names.state("Brussels") is not None


def test_a_code_gives_its_state() -> None:
    assert gazetteer().by_code("de") == gazetteer().state("Germany").entry  # type: ignore[union-attr]
    assert gazetteer().by_code("ZZ") is None


@pytest.mark.parametrize(
    ("adjective", "name", "is_one"),
    [
        ("Ostrandian", "Ostrand", True),
        ("Ostrandi", "Ostrand", True),
        ("Karvian", "Karvia", True),
        ("Velmarkish", "Velmark", True),
        ("Sarrese", "Sarre", True),
        ("Ostrand", "Ostrand", False),  # the name itself
        ("Ostral", "Ostrand", False),  # no ending of a demonym
        ("Velt", "Velmark", False),  # three letters shared
        ("", "", False),
    ],
)
def test_a_demonym_shares_its_states_stem(adjective: str, name: str, is_one: bool) -> None:
    assert is_demonym_of(adjective, name) is is_one


def test_a_bodys_members_are_known_by_every_alias(accord: Body) -> None:
    names = gazetteer(accord)
    for words, how in [
        ("Ostrand", "name"),
        ("Ostrandian", "adjective"),
        ("Brask", "seat"),
        ("Linden House", "seat"),
    ]:
        found = names.state(words)
        assert found is not None
        assert (found.entry.name, found.how) == ("Ostrand", how)
    assert names.institution("the Accord").entry.name == "Northern Accord"  # type: ignore[union-attr]


def test_a_bodys_name_of_a_known_state_is_canonical() -> None:
    body = Body(
        "b", "Strait Club", "b.toml", "states",
        (Member("t", "Türkiye", (Term(None),), code="TR"),), (),
    )  # fmt: skip
    names = gazetteer(body)
    for words in ("Turkey", "Turkish", "Ankara", "Türkiye"):
        assert names.state(words).entry.name == "Türkiye"  # type: ignore[union-attr]
    assert gazetteer().state("Türkiye").entry.name == "Turkey"  # type: ignore[union-attr]


def test_a_body_that_the_tables_know_keeps_its_short_name() -> None:
    body = Body("n", "North Atlantic Treaty Organization", "n.toml", "states", (), (), ("NATO",))
    assert gazetteer(body).body == "NATO"


def test_a_bodys_group_outranks_an_institution_of_that_name() -> None:
    body = Body("b", "Strait Club", "b.toml", "states", (), (), groups=(("the G7", ()),))
    assert gazetteer(body).match("G7").entry.kind == "group"  # type: ignore[union-attr]


def test_a_bodys_weak_alias_leaves_strong_names_alone() -> None:
    member = Member("Velmark", "Velmark", (Term(None),), weak_aliases=("Poland", "Warsaw"))
    names = gazetteer(Body("b", "Strait Club", "b.toml", "states", (member,), ()))
    assert names.match("Poland").entry.name == "Poland"  # type: ignore[union-attr]
    assert names.match("Warsaw").entry.name == "Velmark"  # type: ignore[union-attr]


def test_a_person_of_the_body_is_found_by_surname_only_where_one_bears_it(council: Body) -> None:
    names = gazetteer(council)
    assert names.person("Jonathan Bresk").name == "Jon Bresk"  # type: ignore[union-attr]
    assert names.person("Bresk").name == "Jon Bresk"  # type: ignore[union-attr]
    assert names.person("Holm") is None
