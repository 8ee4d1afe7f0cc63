from __future__ import annotations

import pytest

from whipcount.model import Body, Span

from .conftest import actors_of, mentions_of, where


@pytest.mark.parametrize(
    ("text", "source", "name", "role", "speaks_for"),
    [
        (
            "German Defense Minister Jorn Adler said so.",
            "German Defense Minister Jorn Adler",
            "Jorn Adler",
            "Defense Minister",
            "Germany",
        ),
        (
            "Anna Holm, the foreign minister of Poland, said no.",
            "Anna Holm, the foreign minister of Poland",
            "Anna Holm",
            "foreign minister",
            "Poland",
        ),
        (
            "Anna Holm, Poland's foreign minister, said no.",
            "Anna Holm",
            "Anna Holm",
            "foreign minister",
            "Poland",
        ),
        (
            "Poland's foreign minister, Anna Holm, said no.",
            "Poland's foreign minister, Anna Holm",
            "Anna Holm",
            "foreign minister",
            "Poland",
        ),
        (
            "Prime Minister Anna Holm of Norway wants a vote.",
            "Prime Minister Anna Holm",
            "Anna Holm",
            "Prime Minister",
            "Norway",
        ),
        (
            "Ukrainian Deputy Prime Minister Oksana Rybak said no.",
            "Oksana Rybak",
            "Oksana Rybak",
            "Deputy Prime Minister",
            "Ukraine",
        ),
        (
            "Kremlin spokesman Ivan Belov said no.",
            "Kremlin spokesman Ivan Belov",
            "Ivan Belov",
            "spokesman",
            "Russia",
        ),
        (
            "Petra Lund, a spokeswoman for the European Commission, said no.",
            "Petra Lund",
            "Petra Lund",
            "spokeswoman",
            "European Commission",
        ),
        (
            "NATO Secretary General Petra Lund said no.",
            "Petra Lund",
            "Petra Lund",
            "Secretary General",
            "NATO",
        ),
        (
            "Norway's ambassador to Poland, Anna Holm, said no.",
            "Anna Holm",
            "Anna Holm",
            "ambassador",
            "Norway",
        ),
        # Those who speak for nobody.
        (
            "Former Polish foreign minister Anna Holm said no.",
            "Anna Holm",
            "Anna Holm",
            "Former foreign minister",
            "",
        ),
        (
            "The former Polish president Anna Holm said no.",
            "Anna Holm",
            "Anna Holm",
            "former president",
            "",
        ),
        (
            "Anna Holm, Poland's foreign minister until 2027, said no.",
            "Anna Holm",
            "Anna Holm",
            "former foreign minister",
            "",
        ),
        (
            "Polish opposition leader Anna Holm said no.",
            "Anna Holm",
            "Anna Holm",
            "opposition leader",
            "",
        ),
        (
            "Anna Holm, a professor at the University of Oslo, said no.",
            "Anna Holm",
            "Anna Holm",
            "professor",
            "",
        ),
        (
            "Polish lawmaker Anna Holm said no.",
            "Anna Holm",
            "Anna Holm",
            "lawmaker",
            "",
        ),
        ("Sen. Anna Holm (R-Ohio) said no.", "Anna Holm", "Anna Holm", "Sen.", "Republican Party"),
    ],
)
def test_a_role_tells_whom_a_person_speaks_for(
    text: str, source: str, name: str, role: str, speaks_for: str
) -> None:
    (actor,) = actors_of(text, source)
    assert actor.kind == "person"
    assert actor.name == name
    assert actor.role.lower() in (role.lower(), "senator")
    assert actor.speaks_for == speaks_for


@pytest.mark.parametrize(
    ("text", "source", "kind", "affiliation", "speaks_for"),
    [
        ("Ukrainian officials said no.", "Ukrainian officials", "group", "Ukraine", "Ukraine"),
        ("Officials in Kyiv said no.", "Officials in Kyiv", "group", "Ukraine", "Ukraine"),
        ("NATO leaders promised more.", "NATO leaders", "group", "NATO", "NATO"),
        (
            "The Polish government agreed.",
            "The Polish government",
            "organisation",
            "Poland",
            "Poland",
        ),
        (
            "The Polish Foreign Ministry agreed.",
            "The Polish Foreign Ministry",
            "organisation",
            "Poland",
            "Poland",
        ),
        ("The Bundestag agreed.", "The Bundestag", "organisation", "Germany", "Germany"),
        ("Poland's parliament agreed.", "Poland's parliament", "organisation", "Poland", "Poland"),
        # Those who are not the state's or institution's own people, or only some of them.
        ("Several diplomats said no.", "Several diplomats", "group", "", ""),
        ("Ukraine's allies said no.", "Ukraine's allies", "group", "", ""),
        (
            "That is what many of Ukraine's biggest backers want.",
            "many of Ukraine's biggest backers",
            "group",
            "",
            "",
        ),
        ("Some NATO countries said no.", "Some NATO countries", "group", "NATO", ""),
        ("Two Polish lawmakers said no.", "Two Polish lawmakers", "group", "Poland", ""),
        ("Most Germans said no.", "Germans", "group", "", ""),
        (
            "A senior official, speaking on condition of anonymity, said no.",
            "A senior official",
            "anonymous",
            "",
            "",
        ),
        ("A diplomat said no.", "A diplomat", "anonymous", "", ""),
        ("A Polish diplomat said no.", "A Polish diplomat", "anonymous", "Poland", "Poland"),
    ],
)
def test_a_group_speaks_for_those_whose_people_it_is(
    text: str, source: str, kind: str, affiliation: str, speaks_for: str
) -> None:
    (actor,) = actors_of(text, source)
    assert (actor.kind, actor.affiliation, actor.speaks_for) == (kind, affiliation, speaks_for)


@pytest.mark.parametrize(
    ("text", "source", "names"),
    [
        ("Poland and Lithuania said no.", "Poland and Lithuania", ["Poland", "Lithuania"]),
        (
            "The US and some European nations said no.",
            "The US and some European nations",
            ["United States", "some European nations"],
        ),
        (
            "Foreign Ministers Anna Holm and Petr Dask said no.",
            "Foreign Ministers Anna Holm and Petr Dask",
            ["Anna Holm", "Petr Dask"],
        ),
        (
            "Anna Holm, on behalf of Norway and Chile, said no.",
            "Anna Holm, on behalf of Norway and Chile",
            ["Anna Holm", "Norway", "Chile"],
        ),
        (
            "Anna Holm, who met Petr Dask in Oslo, said no.",
            "Anna Holm, who met Petr Dask in Oslo",
            ["Anna Holm"],
        ),
    ],
)
def test_a_coordination_gives_each_that_can_be_named(
    text: str, source: str, names: list[str]
) -> None:
    assert [actor.name for actor in actors_of(text, source)] == names


@pytest.mark.parametrize(
    ("text", "source", "names"),
    [
        ("Warsaw wants a road map.", "Warsaw", ["Poland"]),
        ("The Kremlin said no.", "The Kremlin", ["Russia"]),
        ("Talks were held in Warsaw on Monday.", "Warsaw", []),
        ("She made many trips to Warsaw.", "Warsaw", []),
        ("According to Downing Street, it is late.", "Downing Street", ["United Kingdom"]),
    ],
)
def test_a_capital_is_a_government_only_where_it_speaks(
    text: str, source: str, names: list[str]
) -> None:
    assert [actor.name for actor in actors_of(text, source)] == names


def test_a_capital_in_content_is_a_government_only_as_subject() -> None:
    text = "Anna Holm said that Warsaw would agree and that she liked Warsaw."
    mentions = mentions_of(text)
    first, last = where(text, "Warsaw"), where(text, "Warsaw", len(text))
    assert [actor.name for actor in mentions.actors_in(first, as_source=False)] == ["Poland"]
    assert mentions.actors_in(last, as_source=False) == ()


def test_a_surname_later_is_the_same_actor() -> None:
    text = "Polish Foreign Minister Anna Holm spoke.\n\n“No,” Holm said. Ms Holm left."
    assert (
        actors_of(text, "Holm said") == actors_of(text, "Anna Holm") == actors_of(text, "Ms Holm")
    )


def test_a_role_given_later_counts_from_the_first_mention() -> None:
    text = "“No,” Anna Holm said.\n\nHolm, the Polish foreign minister, left at once."
    (actor,) = actors_of(text, "Anna Holm")
    assert (actor.role, actor.speaks_for) == ("foreign minister", "Poland")


def test_a_surname_that_two_bear_stays_unresolved() -> None:
    text = "Anna Holm met Petr Holm on Monday.\n\n“No,” Holm said."
    (actor,) = actors_of(text, "Holm", -1)
    assert actor.name == "Holm"
    assert {"Anna Holm", "Petr Holm", "Holm"} <= {a.name for a in mentions_of(text).actors}


def test_a_title_tells_two_bearers_of_a_surname_apart() -> None:
    text = "President Anna Holm met lawmaker Petr Holm.\n\n“No,” President Holm said."
    (actor,) = actors_of(text, "President Holm", -1)
    assert actor.name == "Anna Holm"


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        ("Anna Holm came late.\n\n“No,” she said.", "she", "Anna Holm"),
        (
            "Mr Dask and Ms Holm came late. “No,” said Mr Dask. “Why?” asked Ms Holm. He left.",
            "He left",
            "Dask",
        ),
        ("Ukrainian officials said no. They want more.", "They", "Ukrainian officials"),
        ("Poland said no. It wants more.", "It", "Poland"),
        (
            "Polish Foreign Minister Anna Holm came late.\n\n“No,” the minister said.",
            "the minister",
            "Anna Holm",
        ),
        (
            "Anna Holm, the Polish minister, met Petr Dask, the Norwegian minister.\n\n"
            "“No,” said her Norwegian counterpart.",
            "her Norwegian counterpart",
            "Petr Dask",
        ),
        (
            "The Polish government met. The government said no.",
            "The government said",
            "Polish government",
        ),
        ("Anna Holm, who said no, left.", "who", "Anna Holm"),
    ],
)
def test_a_pronoun_or_role_is_the_nearest_that_fits(text: str, source: str, name: str) -> None:
    (actor,) = actors_of(text, source, -1)
    assert actor.name == name


@pytest.mark.parametrize("source", ["He", "They", "It"])
def test_a_pronoun_without_antecedent_names_nobody(source: str) -> None:
    assert actors_of(f"{source} said no.", source) == ()


def test_genders_keep_pronouns_apart() -> None:
    text = "Mr Dask met Ms Holm.\n\n“No,” she said. “Yes,” he said."
    assert [a.name for a in actors_of(text, "she")] == ["Holm"]
    assert [a.name for a in actors_of(text, "he said", -1)] == ["Dask"]


def test_its_minister_is_tied_to_what_its_stands_for() -> None:
    text = "Poland struck another note. Its president, Anna Holm, said no."
    (actor,) = actors_of(text, "Its president, Anna Holm")
    assert (actor.name, actor.speaks_for) == ("Anna Holm", "Poland")


def test_an_office_without_a_state_belongs_to_the_last_subject() -> None:
    text = "Norway asked for more time. “We need it,” Foreign Minister Anna Holm said."
    (actor,) = actors_of(text, "Foreign Minister Anna Holm")
    assert actor.speaks_for == "Norway"


def test_an_office_without_a_state_abroad_belongs_to_nobody() -> None:
    text = "Norway asked for more time. In Warsaw, Prime Minister Anna Holm called it a gift."
    (actor,) = actors_of(text, "Prime Minister Anna Holm")
    assert actor.speaks_for == ""


def test_a_role_before_the_name_is_its_holder() -> None:
    text = "Poland's foreign minister has given in.\n\n“We agree,” Anna Holm said."
    (actor,) = actors_of(text, "Anna Holm")
    assert (actor.role, actor.speaks_for) == ("foreign minister", "Poland")
    assert actors_of(text, "Poland's foreign minister") == (actor,)


def test_a_bodys_members_are_spoken_for(accord: Body) -> None:
    text = (
        "“No,” said Ostrandian Foreign Minister Mirela Tosk. Linden House agreed. "
        "The Coast states want more. The Accord is late. The alliance's leaders said so."
    )
    found = {
        words: [actor.speaks_for for actor in actors_of(text, words, body=accord)]
        for words in (
            "Mirela Tosk",
            "Linden House",
            "The Coast states",
            "The Accord",
            "The alliance's leaders",
        )
    }
    assert found == {
        "Mirela Tosk": ["Ostrand"],
        "Linden House": ["Ostrand"],
        "The Coast states": ["the Coast states"],
        "The Accord": ["Northern Accord"],
        "The alliance's leaders": ["Northern Accord"],
    }


@pytest.mark.parametrize(
    ("source", "speaks_for"),
    [
        ("The Coast states", "the Coast states"),
        ("All allies", "all allies"),
        ("All Northern Accord allies", "all allies"),
        ("Some of the Coast states", ""),
        ("Two Coast states", ""),
        ("Not all allies", ""),
    ],
)
def test_a_bodys_group_speaks_only_as_a_whole(source: str, speaks_for: str, accord: Body) -> None:
    (actor,) = actors_of(f"{source} want a road map.", source, body=accord)
    assert (actor.kind, actor.speaks_for) == ("group", speaks_for)


def test_a_title_is_no_part_of_a_name() -> None:
    (actor,) = actors_of("Norway's Gov. Anna Holm said no.", "Anna Holm")
    assert (actor.name, actor.role, actor.speaks_for) == ("Anna Holm", "governor", "")


def test_a_person_of_the_body_speaks_for_himself(council: Body) -> None:
    text = "Councillor Jonathan Bresk said no.\n\n“Never,” Bresk said."
    (actor,) = actors_of(text, "Bresk said no", body=council)
    assert (actor.name, actor.speaks_for) == ("Jonathan Bresk", "Jon Bresk")


def test_states_that_no_table_knows_are_told_by_their_ministers() -> None:
    text = (
        "The Tarvelian foreign minister, Anna Holm, said no. Tarvel's government wants more time."
    )
    (actor,) = actors_of(text, "Anna Holm")
    assert (actor.role, actor.speaks_for) == ("foreign minister", "Tarvel")


def test_a_person_is_no_state_by_the_name_of_jordan() -> None:
    text = "Jordan Holm, a Polish farmer, said no. Jordan agreed with Poland."
    assert [a.kind for a in actors_of(text, "Jordan Holm")] == ["person"]


def test_the_outlets_own_voice_is_told_apart() -> None:
    text = "Tidewater Review: Will you agree?\nAnna Holm: No."
    mentions = mentions_of(text, outlet="Tidewater Review")
    (actor,) = mentions.actors_in(where(text, "Tidewater Review"))
    assert (actor.kind, actor.speaks_for) == ("outlet", "")


def test_words_that_no_list_knows_are_a_group_of_nobody() -> None:
    (actor,) = actors_of("The deal's architects said no.", "The deal's architects")
    assert (actor.name, actor.kind, actor.speaks_for) == ("deal's architects", "group", "")


def test_actors_are_numbered_in_reading_order_whatever_is_asked_first() -> None:
    text = "Norway waits. Poland said no. Anna Holm, the Polish minister, left."
    mentions = mentions_of(text)
    numbers = [actor.id.rsplit(".a")[1] for actor in mentions.actors]
    assert numbers == [str(number) for number in range(len(mentions.actors))]
    names = [actor.name for actor in mentions.actors]
    assert names.index("Norway") < names.index("Poland") < names.index("Anna Holm")


def test_offsets_cross_soft_hyphens_and_curly_quotes() -> None:
    text = "Po\u00adland’s foreign\u00a0minister, Anna Holm, said “no”."
    span = Span(0, text.index(","))
    assert [a.speaks_for for a in mentions_of(text).actors_in(span)] == ["Poland"]


@pytest.mark.parametrize("span", [Span(0, 0), Span(5, 6)])
def test_a_span_without_words_names_nobody(span: Span) -> None:
    assert mentions_of("A b. — \n").actors_in(span) == ()


def test_an_article_without_text_has_no_actors() -> None:
    assert mentions_of("").actors == ()


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        (
            "A survey by the Brandt Institute found that most were against.",
            "survey",
            "Brandt Institute",
        ),
        (
            "A Brandt Institute poll found that most were against.",
            "Institute poll",
            "Brandt Institute",
        ),
        ("Ilsa Torv lost.\n\nIn Torv's memoir the vote was a trap.", "Torv's memoir", "Ilsa Torv"),
        (
            "A survey by the Brandt Institute is out.\n\nThe poll found that most were against.",
            "The poll",
            "Brandt Institute",
        ),
        ("Excerpts released by the Brandt Institute say so.", "Excerpts", "Brandt Institute"),
    ],
)
def test_a_paper_is_its_issuers(text: str, words: str, name: str) -> None:
    (actor,) = actors_of(text, words)
    assert actor.name == name


def test_a_word_for_any_organisation_is_the_last_one_named() -> None:
    text = "Ferrox Corp. opened a mine on Monday.\n\nThe company said that it was safe."
    (actor,) = actors_of(text, "The company")
    assert actor.name == "Ferrox Corp."


def test_a_court_is_the_one_with_that_word_in_its_name() -> None:
    text = "The Supreme Court met. Ferrox Corp. lost.\n\nThe court said that it was too late."
    (actor,) = actors_of(text, "The court")
    assert actor.name == "Supreme Court"


def test_a_given_name_tells_he_and_she() -> None:
    text = "Anna Holm met Petr Brandt on Monday.\n\n“No,” she said. “Yes,” he said."
    assert [a.name for a in actors_of(text, "she")] == ["Anna Holm"]
    assert [a.name for a in actors_of(text, "he said", -1)] == ["Petr Brandt"]


def test_a_surname_that_two_bear_is_theirs_who_are_named_most() -> None:
    text = "Anna Holm came. Anna Holm stayed. Her uncle Petr Holm left.\n\n“No,” Holm said."
    assert [a.name for a in actors_of(text, "Holm", -1)] == ["Anna Holm"]
    assert [a.name for a in actors_of(text.replace("“No,” ", "“No,” Mr. "), "Holm", -1)] == [
        "Petr Holm"
    ]


def test_a_role_that_nobody_was_said_to_hold_names_the_last_speaker_anew() -> None:
    text = "Ilsa Torv spoke for an hour.\n\nThe former governor said that it was enough."
    (actor,) = actors_of(text, "The former governor")
    assert (actor.name, actor.role) == ("Ilsa Torv", "former governor")


def test_a_minister_whom_nobody_named_is_not_the_last_speaker() -> None:
    text = "Ilsa Torv spoke for an hour.\n\nThe foreign minister said that it was enough."
    (actor,) = actors_of(text, "The foreign minister")
    assert actor.name != "Ilsa Torv"


def test_a_party_is_told_by_its_adjective() -> None:
    (actor,) = actors_of("The Republican senator Ilsa Torv said no.", "Ilsa Torv")
    assert (actor.affiliation, actor.speaks_for) == ("Republican Party", "Republican Party")


def test_a_role_takes_in_the_noun_that_it_is_made_of() -> None:
    (actor,) = actors_of("Ilsa Torv, a radio host, said no.", "Ilsa Torv")
    assert actor.role == "radio host"


def test_what_describes_an_organisation_is_not_its_name() -> None:
    (actor,) = actors_of(
        "Ilsa Torv, a director of the think tank Open Shore, said no.", "Ilsa Torv"
    )
    assert actor.affiliation == "Open Shore"
