"""`.dna` files into projects, and projects as `.dna` files."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from pathlib import Path

import pytest

from tests.dna.databases import HARBOUR, TEXT, small
from tests.dna.test_files import SAMPLE, needs_sample
from tests.project.cases import ANN, BOB, ISSUE, new
from whipcount import project
from whipcount.cli import main
from whipcount.dna import Database, coded_statements, read_database, write_database
from whipcount.dna.database import Statement
from whipcount.dna.with_project import database_of_project, import_into
from whipcount.errors import DnaError, IssueError
from whipcount.model import Coded, Span
from whipcount.networks import NetworkOptions, network, to_edges
from whipcount.networks.sources import read_coded_statements
from whipcount.project import By, Entry, open_project

CARA = By("Cara", "2031-07-01T10:00:00Z")
PACT = ISSUE.parent


@pytest.fixture
def file(tmp_path) -> Path:
    path = tmp_path / "small.dna"
    write_database(small(), path)
    return path


@pytest.fixture
def imported(tmp_path, file) -> Path:
    """A project made of the small database."""
    import_into(tmp_path / "small.whip", file, ANN)
    return tmp_path / "small.whip"


def everything(path: Path) -> tuple[object, ...]:
    """Return all of a project that counts."""
    with open_project(path, writing=False) as opened:
        assert project.check(opened) == ()
        return (
            tuple(project.coded(opened)),
            project.entered_positions(opened),
            project.overrides(opened),
            [project.file_of(opened, kind) for kind in ("issue", "body")],
            [(one.name, one.blind) for one in project.coders(opened)],
        )


def first(opened: project.Project) -> project.Coding:
    """Return the first coding of the newest article."""
    *_, one = project.coded(opened)
    return project.codings(opened, one.article.id)[0]


def by_name(database: Database, type_: str) -> list[tuple[int, int, int, str, dict[str, object]]]:
    """Return a type's statements with their values by name."""
    (chosen,) = [one for one in database.types if one.label == type_]
    names = {one.id: one.name for one in chosen.variables}
    coders = {one.id: one.name for one in database.coders}
    texts = {one.id: one.text for one in database.documents}
    return [
        (
            one.start,
            one.stop,
            len(texts[one.document]),
            coders[one.coder or 0],
            {names[at]: value for at, value in one.values},
        )
        for one in database.statements
        if one.type == chosen.id
    ]


def test_coders_work_comes_as_people_s_codings(imported):
    with open_project(imported) as opened:
        (_, article) = project.coded(opened)
        found = [
            (one.actor.name, one.option, one.stance, one.coder, one.confidence)
            for one in article.positions
        ]
        assert found == [
            ("Marta Velt", "close the harbour", "support", "Ida", 1.0),
            ("Ostrand", "close the harbour", "oppose", "Ida", 1.0),
        ]
        assert [one.verdict for one in first(opened).reviews] == ["added"]
        assert [option.id for option in project.issue_of(opened).options] == ["close the harbour"]
        assert [one.name for one in project.body_of(opened).members] == ["Ostrand"]
        assert project.check(opened) == ()


def test_a_re_run_of_the_machine_touches_none_of_them(imported):
    with open_project(imported) as opened:
        before = [one.positions for one in project.coded(opened)]
        for _ in project.code_again(opened, BOB):
            pass
        people = [
            [position for position in one.positions if position.coder == "Ida"]
            for one in project.coded(opened)
        ]
        assert people == [list(some) for some in before]


def test_the_same_file_twice_changes_nothing(imported, file):
    before = everything(imported)
    _, taken = import_into(imported, file, BOB)
    assert (taken.change, taken.articles, taken.codings) == (None, 0, 0)
    assert everything(imported) == before


def test_one_change_takes_all_of_it_back(tmp_path, file):
    path = tmp_path / "debate.whip"
    new(path).close()
    before = everything(path)
    import_into(path, file, CARA)
    with open_project(path) as debate:
        assert len(list(project.coded(debate))) == 3
        project.undo_last(debate, CARA)
    assert everything(path) == before


def test_unknown_types_variables_and_attributes_come_along(imported, file):
    with open_project(imported, writing=False) as opened:
        back = database_of_project(opened)
    first = read_database(file)
    assert by_name(back, "Weather") == by_name(first, "Weather")
    ours = [
        (start, stop, length, coder, {name: values.get(name) for name in theirs})
        for (start, stop, length, coder, values), (*_, theirs) in zip(
            by_name(back, "DNA Statement"), by_name(first, "DNA Statement"), strict=True
        )
    ]
    assert ours == by_name(first, "DNA Statement")
    assert back.regexes == first.regexes
    coders = {one.name: one for one in back.coders}
    assert [(coders[c.name].password, coders[c.name].settings) for c in first.coders] == [
        (c.password, c.settings) for c in first.coders
    ]
    (people,) = [v for one in back.types for v in one.variables if v.id == back.links[0][0]]
    velt = next(one for one in people.entities if one.value == "Marta Velt")
    assert people.attributes[:2] == ("Type", "Notes")
    assert (velt.color, dict(velt.attributes)["Type"]) == ((255, 0, 51), "minister")
    child = next(one for one in people.entities if one.value == "M. Velt")
    assert child.child_of == velt.id
    document = next(one for one in back.documents if one.text == TEXT)
    assert (document.title, document.section, document.type, document.date) == (
        "Ferries",
        "news",
        "web",
        1000000,
    )


def test_there_and_back_again_it_is_the_same(imported, tmp_path):
    before = everything(imported)
    for number in range(2):
        assert main(["dna", "export", str(imported), "--out", str(tmp_path / f"{number}.dna")]) == 0
        imported = tmp_path / f"{number}.whip"
        import_into(imported, tmp_path / f"{number}.dna", BOB)
        assert everything(imported) == before
    one, other = (read_database(tmp_path / f"{number}.dna") for number in range(2))
    assert by_name(one, "Weather") == by_name(other, "Weather")
    assert len(one.statements) == len(other.statements)


def test_a_coding_that_a_person_deleted_does_not_come_back(imported, tmp_path):
    with open_project(imported) as opened:
        id_ = first(opened).id
        project.delete(opened, id_, BOB)
        project.adjudicate(opened, id_, BOB, review=f"{id_}|Bob")
        back = database_of_project(opened)
    assert len(by_name(back, "DNA Statement")) == 1
    assert len(by_name(back, "Weather")) == 1


@pytest.fixture
def decided(tmp_path) -> Path:
    """A project in which two people decided all kinds of things."""
    path = tmp_path / "debate.whip"
    with new(path, articles=2) as debate:
        codings = [
            one
            for article in project.coded(debate)
            for one in project.codings(debate, article.article.id)
        ]
        project.accept(debate, codings[0].id, ANN)
        project.change(debate, codings[1].id, BOB, stance="conditional", condition=Span(20, 30))
        project.delete(debate, codings[2].id, BOB)
        project.accept(debate, codings[3].id, ANN)
        project.change(debate, codings[3].id, BOB, stance="undecided")
        article = codings[0].position.article
        marked = project.add_statement(
            debate, article, [Span(0, 7)], ANN, actors=[codings[0].position.actor.id]
        )
        project.add_coding(debate, marked, "road-map", "oppose", ANN)
        project.enter(debate, Entry("Tavany", "membership", "support", "2031-05-03"), BOB)
        project.override(debate, "Merrow", "membership", "no", "2031-05-04", "they said so", ANN)
        project.merge_actors(debate, "state:halvern", "state:merrow", BOB)
        project.add_coder(debate, "Cara", ANN)
    return path


def test_a_project_exported_and_imported_is_the_same(decided, tmp_path, capsys):
    before = everything(decided)
    assert main(["dna", "export", str(decided), "--out", str(tmp_path / "out.dna")]) == 0
    assert "1 votes and entered positions have no words" in capsys.readouterr().err
    arguments = ["dna", "import", str(tmp_path / "out.dna"), str(tmp_path / "back.whip")]
    assert main([*arguments, "--by", "Ann"]) == 0
    coded, entered, overrides, files, coders = everything(tmp_path / "back.whip")
    assert coded == before[0]
    assert (entered, overrides, files) == before[1:4]
    assert dict(coders)["Cara"]


def test_the_example_debate_there_and_back(tmp_path):
    path = tmp_path / "pact.whip"
    with project.create(path, ISSUE, ANN) as debate:
        pages = sorted((PACT / "pages").glob("*"))[:3]
        assert [one.state for one in project.add_pages(debate, pages, ANN)]
    before = everything(path)
    assert any(one.positions for one in before[0])
    main(["dna", "export", str(path), "--out", str(tmp_path / "pact.dna")])
    import_into(tmp_path / "again.whip", tmp_path / "pact.dna", ANN)
    assert everything(tmp_path / "again.whip") == before


@needs_sample
def test_the_sample_there_and_back(tmp_path):
    import_into(tmp_path / "one.whip", SAMPLE, ANN)
    main(["dna", "export", str(tmp_path / "one.whip"), "--out", str(tmp_path / "back.dna")])
    import_into(tmp_path / "two.whip", tmp_path / "back.dna", ANN)
    assert everything(tmp_path / "two.whip") == everything(tmp_path / "one.whip")
    first, back = read_database(SAMPLE), read_database(tmp_path / "back.dna")
    assert by_name(back, "Annotation") == by_name(first, "Annotation")
    labels = {one.label for one in back.types}
    assert {one.label for one in first.types} <= labels
    options = NetworkOptions("one", aggregation="subtract", normalization="average")
    expected = to_edges(network(coded_statements(SAMPLE), options))
    for name in ("one.whip", "back.dna", "two.whip"):
        assert to_edges(network(read_coded_statements(tmp_path / name), options)) == expected


def changed(path: Path, **values: object) -> None:
    """Change the first position of an exported file as somebody would in DNA."""
    database = read_database(path)
    names = {variable.name: variable.id for variable in database.types[0].variables}
    first = next(one for one in database.statements if one.type == database.types[0].id)
    ends = {name: values.pop(name) for name in ("start", "stop") if name in values}
    own = dict(first.values) | {names[name]: value for name, value in values.items()}
    entities = tuple(
        replace(
            variable,
            entities=(
                *variable.entities,
                *(
                    replace(variable.entities[0], id=9000 + variable.id, value=str(value))
                    for name, value in values.items()
                    if variable.name == name
                    and variable.kind == "short text"
                    and value not in {one.value for one in variable.entities}
                ),
            ),
        )
        for variable in database.types[0].variables
    )
    types = (replace(database.types[0], variables=entities), *database.types[1:])
    new_one = replace(first, values=tuple(sorted(own.items())), **ends)
    statements = tuple(new_one if one is first else one for one in database.statements)
    write_database(replace(database, types=types, statements=statements), path)


def exported(path: Path, out: Path) -> Path:
    main(["dna", "export", str(path), "--out", str(out)])
    return out


def test_what_was_changed_in_dna_is_a_coding_of_who_brings_it(tmp_path):
    path = tmp_path / "debate.whip"
    new(path).close()
    file = exported(path, tmp_path / "out.dna")
    changed(file, agreement=0)
    _, taken = import_into(path, file, CARA)
    assert taken.codings == 1
    with open_project(path) as debate:
        coding = first(debate)
        assert (coding.position.stance, coding.position.coder) == ("oppose", "Cara")
        assert coding.machine.stance == "support"
        assert import_into(path, file, CARA)[1].change is None
        project.change(debate, coding.id, CARA, stance="undecided")
    assert import_into(path, file, CARA)[1].change is None, "what was decided since stays"


def test_words_and_an_actor_that_were_changed_in_dna(tmp_path):
    path = tmp_path / "debate.whip"
    new(path).close()
    file = exported(path, tmp_path / "out.dna")
    first = next(one for one in read_database(file).statements if one.type == 1)
    changed(file, start=first.start + 4, person="Ilsa Torv", organization="Halvern")
    import_into(path, file, CARA)
    with open_project(path) as debate:
        assert project.check(debate) == ()
        (article,) = project.coded(debate)
        found = [one for one in article.positions if one.coder == "Cara"]
        assert [(one.actor.name, one.content[0].start) for one in found] == [
            ("Ilsa Torv", first.start + 4)
        ]
        assert len(article.positions) == 3, "the one before is deleted"


def test_an_option_that_the_issue_lacks_is_told_and_its_statement_kept(tmp_path, file, capsys):
    path = tmp_path / "debate.whip"
    new(path, articles=0).close()
    assert main(["dna", "import", str(file), str(path), "--by", "Cara"]) == 1
    error = capsys.readouterr().err
    assert "'close the harbour' is no option of the issue; 2 positions are left out" in error
    with open_project(path, writing=False) as debate:
        (_, article) = project.coded(debate)
        assert [len(article.statements), len(article.positions)] == [2, 0]
        back = database_of_project(debate)
    assert len(by_name(back, "DNA Statement")) == 2, "they come along all the same"


def test_words_that_have_no_place_are_told(tmp_path, capsys):
    values = ((1, "Marta Velt"), (2, ""), (3, "close the harbour"), (4, 1))
    lost = Statement(9, 1, 1, 5, 10_000, 2, values, placed=False)
    database = small(statements=(*small().statements, lost))
    write_database(database, tmp_path / "odd.dna")
    arguments = ["dna", "import", str(tmp_path / "odd.dna"), str(tmp_path / "x.whip")]
    assert main([*arguments, "--by", "Ann"]) == 1
    assert "statement 9 of document 1 has no place in its text" in capsys.readouterr().err


def test_the_same_coded_twice_stays_two(tmp_path):
    twice = replace(small().statements[0], id=8)
    document = replace(small().documents[0], id=2, title="The same words elsewhere")
    again = replace(small().statements[0], id=9, document=2)
    database = small(
        statements=(*small().statements, twice, again),
        documents=(*small().documents, document),
    )
    write_database(database, tmp_path / "twice.dna")
    import_into(tmp_path / "twice.whip", tmp_path / "twice.dna", ANN)
    options = NetworkOptions(rows="person")
    (tie,) = to_edges(network(read_coded_statements(tmp_path / "twice.whip"), options))
    assert tie == ("Marta Velt", "close the harbour", 3.0)


def test_concepts_alike_but_for_capitals_are_two_options(tmp_path):
    database = small()
    concept = database.types[0].variables[2]
    entities = (*concept.entities, replace(concept.entities[1], id=99, value='Close "the" HARBOUR'))
    entities += (replace(concept.entities[1], id=98, value="Close the harbour."),)
    variables = list(database.types[0].variables)
    variables[2] = replace(concept, entities=entities)
    types = (replace(database.types[0], variables=tuple(variables)), database.types[1])
    write_database(replace(database, types=types), tmp_path / "x.dna")
    import_into(tmp_path / "x.whip", tmp_path / "x.dna", ANN)
    with open_project(tmp_path / "x.whip", writing=False) as opened:
        assert [(one.id, one.label) for one in project.issue_of(opened).options] == [
            ("close the harbour", "close the harbour"),
            ("Close the harbour.", "Close the harbour. (2)"),
            ('Close "the" HARBOUR', 'Close "the" HARBOUR'),
        ]


def test_a_file_without_concepts_needs_an_issue(tmp_path, capsys):
    database = replace(small(statements=()), types=small().types[1:])
    write_database(replace(database, links=()), tmp_path / "x.dna")
    arguments = ["dna", "import", str(tmp_path / "x.dna"), str(tmp_path / "x.whip")]
    assert main([*arguments, "--by", "Ann"]) == 2
    assert "no variable concept" in capsys.readouterr().err
    assert main([*arguments, "--by", "Ann", "--issue", str(ISSUE)]) == 0


def test_nothing_is_left_of_an_import_that_fails(tmp_path, file):
    def names() -> list[str]:
        return sorted(path.name for path in tmp_path.iterdir())

    before = names()
    with pytest.raises(IssueError):
        import_into(tmp_path / "x.whip", file, ANN, issue=tmp_path / "nowhere.toml")
    settings = (*small().settings, ("whipcount project", '{"files": 3}'))
    write_database(small(settings=settings), file)
    with pytest.raises(DnaError, match="isn't what whipcount wrote"):
        import_into(tmp_path / "x.whip", file, ANN)
    broken = (*small().settings, ("whipcount project", '{"overrides": {"a": {"b": 1}}}'))
    write_database(small(settings=broken), file)
    with pytest.raises(DnaError, match="isn't what whipcount wrote"):
        import_into(tmp_path / "x.whip", file, ANN)
    assert names() == before


def test_an_existing_project_keeps_its_issue(tmp_path, file, imported):
    before = everything(imported)
    with pytest.raises(DnaError, match="leave --issue and --body out"):
        import_into(imported, file, ANN, issue=ISSUE)
    assert everything(imported) == before


WRONG = [
    (["--issue", str(ISSUE)], "go with a PROJECT"),
    (["x.whip", "--format", "jsonl"], "leave PROJECT.whip out"),
    (["x.txt"], "a project's name ends in .whip"),
    (["y.whip", "--body", "nato", "--by", "Ann"], "--body goes with --issue"),
]


@pytest.mark.parametrize(("arguments", "words"), WRONG, ids=[words for _, words in WRONG])
def test_options_that_do_not_go_together_are_told(arguments, words, file, tmp_path, capsys):
    before = sorted(tmp_path.iterdir())
    with contextlib.chdir(tmp_path):
        assert main(["dna", "import", str(file), *arguments]) == 2
    assert words in capsys.readouterr().err
    assert sorted(tmp_path.iterdir()) == before


def test_the_words_of_a_statement_are_those_that_were_coded(imported):
    with open_project(imported, writing=False) as opened:
        found: tuple[Coded, ...] = tuple(project.coded(opened))
    assert found[1].positions[0].quote == TEXT[slice(*HARBOUR)]
