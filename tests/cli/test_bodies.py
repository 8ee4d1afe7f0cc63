"""`whipcount bodies`: what it prints, where, and with which exit code."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
from pathlib import Path

import pytest

from whipcount.bodies import load_body, shipped_bodies
from whipcount.cli import main

BODY = """
name = "Orlan River Council"
members_are = "people"
sources = ["its statute"]
[rule]
kind = "majority"
[[members]]
name = "Ana"
joined = 2020-01-01
[[members]]
name = "Bo"
joined = 2020-01-01
left = 2022-01-01
end_reason = "resigned"
"""
POPOLO = {
    "persons": [{"id": "a", "name": "Ana Vell"}, {"id": "b", "name": ""}],
    "organizations": [{"id": "o", "name": "Velt Assembly", "classification": "legislature"}],
    "memberships": [{"person_id": "a", "organization_id": "o", "start_date": "2020-01-01"}],
}


@pytest.fixture
def body(tmp_path: Path) -> str:
    path = tmp_path / "orc.toml"
    path.write_text(BODY, encoding="utf-8")
    return str(path)


def test_without_a_subcommand_the_bodies_that_ship_are_listed(capsys):
    assert main(["bodies"]) == 0
    assert [one["id"] for one in json.loads(capsys.readouterr().out)["bodies"]] == shipped_bodies()
    assert main(["bodies", "--as-of", "1949-08-24", "--format", "csv"]) == 0
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(capsys.readouterr().out))}
    assert (rows["nato"]["members"], rows["g7"]["members"]) == ("12", "0")


def test_files_are_listed_too(body, capsys):
    assert main(["bodies", "list", body, "nato", "--format", "table"]) == 0
    printed = capsys.readouterr().out
    assert "Orlan River Council" in printed
    assert "nato" in printed
    assert "brics" not in printed


def test_a_body_is_shown_in_three_formats(body, tmp_path, capsys):
    assert main(["bodies", "show", body, "--as-of", "2021-01-01"]) == 0
    assert len(json.loads(capsys.readouterr().out)["members"]) == 2
    assert main(["bodies", "show", body, "-f", "table"]) == 0
    assert "Members" in capsys.readouterr().out
    out = tmp_path / "members.csv"
    assert main(["bodies", "show", body, "--as-of", "2022-01-01", "--out", str(out)]) == 0
    assert [row["name"] for row in csv.DictReader(out.open(encoding="utf-8"))] == ["Ana"]


def test_a_day_without_members_is_2_and_leaves_the_file_as_it_was(body, tmp_path, capsys):
    out = tmp_path / "out.json"
    assert main(["bodies", "show", body, "--as-of", "2000-01-01", "--out", str(out)]) == 2
    assert "nobody was a member" in capsys.readouterr().err
    assert not out.exists()


def test_a_body_without_doubts_is_0(body, capsys):
    assert main(["bodies", "check", body, "nato"]) == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "orc.toml: 2 members, no doubt\n" in printed.err


def test_doubts_go_to_standard_output_in_the_files_order_and_are_1(tmp_path, body, capsys):
    doubtful = tmp_path / "doubtful.toml"
    text = BODY.replace("sources", "aliases") + 'aliases = ["Ana"]\n'
    doubtful.write_text(text, encoding="utf-8")
    assert main(["bodies", "check", body, str(doubtful)]) == 1
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{doubtful}, line 1: sources: are missing")
    assert second.startswith(f'{doubtful}, line 8: members[0].name: "Ana" is a name of Ana and Bo')


def test_a_body_that_doesnt_load_is_told_and_the_others_are_checked(tmp_path, body, capsys):
    broken = tmp_path / "broken.toml"
    broken.write_text("name = 1\n", encoding="utf-8")
    assert main(["bodies", "check", str(broken), body]) == 1
    assert f"whipcount: {broken}, line 1: name: must be words" in capsys.readouterr().err
    assert main(["bodies", "check", str(broken)]) == 2
    assert main(["bodies", "check", "nowhere"]) == 2


def test_two_days_or_two_bodies_are_compared(body, tmp_path, capsys):
    assert main(["bodies", "diff", body, "2021-01-01", "2023-01-01"]) == 0
    (left,) = json.loads(capsys.readouterr().out)["left"]
    assert (left["member"], left["end_reason"]) == ("Bo", "resigned")
    newer = tmp_path / "newer.toml"
    newer.write_text(BODY.replace("Bo", "Cy"), encoding="utf-8")
    command = ["bodies", "diff", body, str(newer), "--as-of", "2021-01-01", "-f", "table"]
    assert main(command) == 0
    printed = capsys.readouterr().out
    assert "Joined (1)\nCy" in printed
    assert "Left (1)\nBo" in printed


def test_an_import_reports_what_it_leaves_out_and_writes_a_body(tmp_path, capsys):
    path, out = tmp_path / "velt.json", tmp_path / "velt.toml"
    path.write_text(json.dumps(POPOLO), encoding="utf-8")
    command = ["bodies", "import", str(path), "--seats", "2", "--rule", "unanimity"]
    assert main([*command, "--as-of", "2026-01-31", "--out", str(out)]) == 1
    assert "persons[1]: name is ''" in capsys.readouterr().err
    found = load_body(out)
    assert (found.name, found.seats) == ("Velt Assembly", 2)
    assert found.sources == ("velt.json, imported 2026-01-31",)
    assert main(["bodies", "check", str(out)]) == 0


@pytest.mark.parametrize("content", ["{}", "[]", '{"persons": []}'])
def test_nothing_imported_is_2(content, tmp_path, capsys):
    path = tmp_path / "velt.json"
    path.write_text(content, encoding="utf-8")
    assert main(["bodies", "import", str(path)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("whipcount: ")


WRONG = [
    (["show"], "BODY"),
    (["show", "nowhere"], "nowhere"),
    (["show", "nato", "--as-of", "2031-02-30"], "'2031-02-30' is no day; write it as 2023-07-11"),
    (["check"], "BODY"),
    (["diff", "nato"], "two days"),
    (["diff", "nato", "2020-01-01"], "two days"),
    (["diff", "nato", "2020-01-01", "2019-01-01"], "write the earlier day first"),
    (["diff", "nato", "2020-01-01", "2021-01-01", "--as-of", "2020-01-01"], "--as-of goes with"),
    (["import", "nowhere.json"], "nowhere.json: there is no such file"),
    (["shew"], "shew"),
]


@pytest.mark.parametrize(("arguments", "words"), WRONG)
def test_a_wrong_command_is_2_and_says_what_is_wrong(arguments, words, capsys):
    assert main(["bodies", *arguments]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert words in printed.err


def test_the_commands_of_the_page_on_bodies_print_what_it_shows():
    docs = Path(__file__).parents[2] / "docs"
    spec = importlib.util.spec_from_file_location("update_readme", docs / "update_readme.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    page = (docs / "bodies.md").read_text(encoding="utf-8")
    assert "$ whipcount bodies" in page
    assert module.updated(page) == page
