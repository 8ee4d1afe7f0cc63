"""What is known of actors (`--actors FILE`), kept in the project as the issue and body are."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from tests.project.cases import ANN, BOB, ISSUE, article, coded, in_older_schema, new, told
from whipcount import project
from whipcount.cli import main
from whipcount.errors import ActorsError, ProjectError
from whipcount.pipeline import directory_of
from whipcount.project import open_project

TORV = """
[[actors]]
name = "Ilsa Torv"
aliases = ["Bela Orrin"]
affiliation = "Reform Party"
"""
PAGE = "Halvern, Monday\n\n“We are for membership of the pact,” said Bela Orrin on Monday.\n"


def known(folder: Path, words: str = TORV, name: str = "actors.toml") -> Path:
    path = folder / name
    path.write_text(words, encoding="utf-8")
    return path


def names(debate: project.Project) -> set[str]:
    return {one.name for one in project.actors(debate).items}


def test_it_is_kept_and_used_where_the_file_is_gone(tmp_path):
    path, file = tmp_path / "x.whip", known(tmp_path)
    project.create(path, ISSUE, ANN, known=file).close()
    file.unlink()
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    with open_project(path) as debate:
        assert project.file_of(debate, "actors")[0] == TORV.encode()
        list(project.add_pages(debate, [tmp_path / "page.txt"], ANN, tagger="rules"))
        assert "Ilsa Torv" in names(debate)
        assert project.check(debate) == ()
        (torv,) = project.actors(debate, "Orrin").items
        assert (torv.id, torv.statements) == ("person:ilsa torv", 1)
        (one,) = project.members_of(debate, torv.id)
        assert (one.actor.name, one.actor.affiliation) == ("Bela Orrin", "Reform Party")
        positions = project.positions(debate)
        assert {each.actor.name for each in positions} == {"Ilsa Torv"}
    found = directory_of(path)
    assert found is not None
    assert found.person("Bela Orrin").name == "Ilsa Torv"


def test_pages_added_with_a_file_keep_it_and_the_same_words_are_no_change(tmp_path):
    path, file = tmp_path / "x.whip", known(tmp_path)
    with new(path, 1) as debate:
        assert project.directory_of(debate) is None
        assert list(project.add_pages(debate, [], ANN, known=file)) == []
        (change, *_) = project.history(debate)
        assert (change.what, change.who, change.about) == ("actors", "Ann", str(file))
        copy = known(tmp_path, name="copy.toml")
        assert list(project.code_again(debate, BOB, known=copy, coder="lexical"))
        assert [one.what for one in project.history(debate)].count("actors") == 1


def test_a_changed_file_is_a_change_that_can_be_undone(tmp_path):
    with new(tmp_path / "x.whip", 1) as debate:
        first = project.use_actors(debate, known(tmp_path), ANN)
        second = project.use_actors(debate, known(tmp_path, TORV.replace("Ilsa", "Olga")), BOB)
        assert project.directory_of(debate).person("Olga Torv")
        row, joined = project.rows_of(debate, second)
        assert joined.before["is_named"] == "person:ilsa torv"
        assert joined.after["is_named"] == "person:olga torv"
        assert b"Ilsa" in row.before["content"]
        assert b"Olga" in row.after["content"]
        project.undo(debate, [second], ANN)
        assert project.directory_of(debate).person("Ilsa Torv")
        project.undo(debate, [first], ANN)
        assert project.directory_of(debate) is None


def test_a_wrong_file_changes_nothing(tmp_path):
    bad = known(tmp_path, "[[actors]]\nnom = 'x'\n")
    with pytest.raises(ActorsError, match="nom"):
        project.create(tmp_path / "x.whip", ISSUE, ANN, known=bad)
    assert [one.name for one in tmp_path.iterdir()] == ["actors.toml"]
    with new(tmp_path / "y.whip") as debate:
        with pytest.raises(ActorsError, match="nom"):
            project.use_actors(debate, bad, ANN)
        assert project.directory_of(debate) is None


def test_the_check_tells_of_a_file_that_is_not_the_one_kept(tmp_path):
    path = tmp_path / "x.whip"
    project.create(path, ISSUE, ANN, known=known(tmp_path)).close()
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TRIGGER files_keep_their_values")
        connection.execute("DROP TRIGGER files_are_not_edited")
        connection.execute("UPDATE files SET content = CAST('x = 1' AS BLOB) WHERE key = 'actors'")
    with open_project(path) as debate:
        problems = project.check(debate)
    assert any("actors file: isn't the one that was kept" in one for one in problems)
    assert any("actors file" in one and "unknown" in one for one in problems)


def test_it_tells_who_is_one_where_utterances_are_found(tmp_path):
    """Two articles print one sentence, one under the name and one under the alias."""
    words = "“We are for it, as we have always been, and we shall say it as often as it takes”"
    pages = []
    for name, head in (
        (
            "Ilsa Torv",
            "The council of Halvern sat until midnight over fishing and the pact. Clerks carried "
            "in lamps, and a motion on the price of bread was put off for the third time.",
        ),
        (
            "Bela Orrin",
            "Rain fell on the stalls of Merrow, and few came to hear what the party had to say. A "
            "band played to the empty square while the helpers packed their leaflets into boxes.",
        ),
    ):
        one = coded(f"{head}\n\n", [(name, words, "membership", "support")], path=f"{name}.txt")
        (said,) = one.statements
        person = replace(said.actors[0], kind="person", speaks_for="")
        pages.append(replace(one, statements=(replace(said, actors=(person,)),), positions=()))
    with new(tmp_path / "x.whip", 0) as debate:
        for one in pages:
            project.add(debate, one, ANN)
        project.refresh_queue(debate)
        assert names(debate) == {"Ilsa Torv", "Bela Orrin"}
        marks = "SELECT COUNT(DISTINCT utterance) FROM utterances"
        assert debate.connection.execute(marks).fetchone() == (2,)
        project.use_actors(debate, known(tmp_path), ANN)
        assert names(debate) == {"Ilsa Torv"}
        project.refresh_queue(debate)
        assert debate.connection.execute(marks).fetchone() == (1,)


def test_projects_with_two_files_are_not_merged_and_one_without_takes_the_others(tmp_path):
    paths = [tmp_path / f"{name}.whip" for name in "abc"]
    files = [known(tmp_path), known(tmp_path, TORV.replace("Ilsa", "Olga"), "b.toml"), None]
    for path, file in zip(paths, files, strict=True):
        project.create(path, ISSUE, ANN, known=file).close()
    into = tmp_path / "d.whip"
    with pytest.raises(ProjectError) as error:
        project.merge_files(paths[:2], into, BOB)
    assert "actors file was changed in another way than that of" in str(error.value)
    assert str(paths[0]) in str(error.value)
    assert "--actors ACTORS.toml" in str(error.value)
    assert not into.exists()
    project.merge_files([paths[2], paths[0]], into, BOB)
    with open_project(into, writing=False) as debate:
        assert project.directory_of(debate).person("Ilsa Torv")
    assert project.merge_files([paths[0]], into, BOB).change is None


def test_the_commands_keep_it(tmp_path, capsys):
    path, file = str(tmp_path / "x.whip"), str(known(tmp_path))
    shutil.copy(ISSUE, tmp_path)
    shutil.copy(ISSUE.parent / "pact.toml", tmp_path)
    assert main(["init", path, "--issue", str(tmp_path / ISSUE.name), "--actors", file]) == 0
    known(tmp_path, TORV.replace("Bela Orrin", "Bela Arrin"))
    (tmp_path / "page.txt").write_text(PAGE.replace("Orrin", "Arrin"), encoding="utf-8")
    told_to = ["add", path, str(tmp_path / "page.txt"), "--tagger", "rules", "--by", "Ann"]
    assert main([*told_to, "--actors", file]) == 0
    capsys.readouterr()
    assert main(["history", path, "--format", "table"]) == 0
    assert capsys.readouterr().out.count("actors.toml") == 1
    assert (
        main(["code", "--again", path, "--actors", file, "--out", str(tmp_path / "o.jsonl")]) == 0
    )
    with open_project(path, writing=False) as debate:
        assert [one.what for one in project.history(debate)].count("actors") == 1
        assert "Ilsa Torv" in names(debate)
    assert main(["check", path]) == 0


def test_a_file_of_the_first_schema_is_led_on_with_all_it_has(tmp_path):
    path = tmp_path / "old.whip"
    with new(tmp_path / "now.whip", 2) as debate:
        project.accept(debate, project.codings(debate, article(0).article.id)[0].id, ANN)
        before = told(debate)
    in_older_schema(tmp_path / "now.whip", path, version=1)
    with pytest.raises(ProjectError, match="older version"):
        open_project(path, writing=False)
    with open_project(path) as debate:
        assert told(debate) == before
        assert project.check(debate) == ()
        project.use_actors(debate, known(tmp_path), ANN)
        with pytest.raises(sqlite3.IntegrityError):
            debate.connection.execute("UPDATE files SET path = 'x'")
        assert project.undo_last(debate, ANN)
        assert told(debate) == before
        new_names = [row[0] for row in debate.connection.execute("SELECT name FROM sqlite_schema")]
    with new(tmp_path / "new.whip", 0) as debate:
        found = debate.connection.execute("SELECT name FROM sqlite_schema")
        assert sorted(new_names) == sorted(row[0] for row in found)
