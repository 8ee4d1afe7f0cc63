"""What is doubtful in a codebook, and a draft of one."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import whipcount
from whipcount.cli import main
from whipcount.coding import codebook
from whipcount.errors import IssueError
from whipcount.model import Issue, Option

PAGES = "examples/pact/pages"


def issue(**labels: str) -> Issue:
    options = tuple(Option(option, label) for option, label in labels.items())
    return Issue("The bridge", "issue.toml", "nato", options)


def test_options_that_say_the_same_are_named() -> None:
    (doubt,) = codebook.check(
        issue(
            bridge="The city builds a bridge over the river",
            span="The city builds the bridge over the river",
            ferry="A ferry crosses the lake in summer",
        )
    )
    assert doubt.options == ("bridge", "span")
    assert "can hardly be told apart" in doubt.message


def test_an_option_and_its_denial_are_two() -> None:
    found = codebook.check(
        issue(
            bridge="The city builds a bridge over the river",
            none="The city builds no bridge over the river",
        )
    )
    assert found == ()


def test_the_options_of_the_example_can_be_told_apart() -> None:
    assert codebook.check(whipcount.load_issue("examples/pact/accession.toml")) == ()


def test_options_that_nothing_matches_are_named_with_pages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "issue.toml"
    path.write_text(
        'name = "x"\nbody = "nato"\n[options.membership]\n'
        'label = "Ostrand becomes a member of the Saltmere Pact"\n'
        '[options.whales]\nlabel = "Whales are hunted for their oil again"\n',
        encoding="utf-8",
    )
    assert main(["issue", "check", str(path), PAGES]) == 1
    out = capsys.readouterr().out
    assert out.startswith("whales: none of 14 articles has a position on it")
    assert main(["issue", "check", str(path)]) == 0


def test_two_options_of_one_label_are_an_error(tmp_path: Path) -> None:
    path = tmp_path / "issue.toml"
    path.write_text(
        'name = "x"\nbody = "nato"\n[options.a]\nlabel = "Whales are hunted."\n'
        '[options.b]\nlabel = "whales are  hunted"\n',
        encoding="utf-8",
    )
    with pytest.raises(IssueError, match=r"is the label of a too; reword one"):
        whipcount.load_issue(path)


def test_a_cycle_is_refused_by_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "issue.toml"
    path.write_text(
        'name = "x"\nbody = "nato"\n[options.a]\nlabel = "A is done"\nimplies = ["b"]\n'
        '[options.b]\nlabel = "B is done"\nimplies = ["a"]\n',
        encoding="utf-8",
    )
    assert main(["issue", "check", str(path)]) == 2
    assert "goes in a circle" in capsys.readouterr().err


def test_a_draft_is_an_issue_file(tmp_path: Path) -> None:
    path = tmp_path / "draft.toml"
    body = Path("examples/pact/pact.toml").resolve()
    arguments = ["issue", "suggest", PAGES, "--name", "Accession", "--body", str(body)]
    assert main([*arguments, "--most", "6", "--out", str(path)]) == 0
    drafted = whipcount.load_issue(path)
    assert 1 <= len(drafted.options) <= 6
    words = " ".join(w for o in drafted.options for w in (o.label, *o.phrases, *o.examples))
    assert "Pact" in words
    assert tomllib.loads(path.read_text("utf-8"))["name"] == "Accession"


def test_nothing_is_drafted_from_nothing() -> None:
    assert codebook.suggest([]) == ()
    assert codebook.suggest([()]) == ()
