from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import whipcount

EXAMPLE = Path(__file__).parents[1] / "examples" / "pact"
ISSUE = EXAMPLE / "accession.toml"
PAGES = sorted((EXAMPLE / "pages").iterdir())
HEAVY = {
    *("click", "jinja2", "py3langid", "rich", "spacy", "thinc", "trafilatura", "numpy", "lxml"),
    "matplotlib",
}


def loaded_by(code: str) -> set[str]:
    """Return the top-level modules that a fresh interpreter has after some code."""
    code += "; import sys; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_every_public_name_is_there():
    for name in whipcount.__all__:
        assert getattr(whipcount, name) is not None
    assert dir(whipcount) == sorted(whipcount.__all__)


def test_a_name_that_is_not_public_is_an_error():
    with pytest.raises(AttributeError, match="no attribute 'pages'"):
        whipcount.pages  # noqa: B018


def test_the_package_itself_loads_nothing_heavy():
    assert not loaded_by("import whipcount") & HEAVY


def test_the_command_line_s_help_loads_nothing_but_click():
    code = "from whipcount.cli import main; main(['--help'])"
    assert loaded_by(code) & HEAVY == {"click"}


def test_reading_a_page_loads_no_model():
    code = f"import whipcount; list(whipcount.read({str(EXAMPLE / 'pages')!r}))"
    assert not loaded_by(code) & {"spacy", "rich", "jinja2", "click"}


def test_read_takes_a_path_many_paths_and_articles():
    (article,) = whipcount.read(PAGES[0])
    assert list(whipcount.read([str(PAGES[0])])) == [article]
    assert list(whipcount.read(article)) == [article]
    assert list(whipcount.read([])) == []


def test_a_page_that_cannot_be_read_raises_or_is_reported(tmp_path):
    missing = tmp_path / "missing.html"
    with pytest.raises(whipcount.PageError, match="missing"):
        list(whipcount.read([missing]))
    errors: list[whipcount.PageError] = []
    found = list(whipcount.read([missing, PAGES[0]], on_error=errors.append))
    assert len(found) == len(errors) == 1


def test_statements_come_with_their_article_and_actors():
    (attributed,) = whipcount.statements(PAGES[0], ISSUE)
    assert attributed.article.path == str(PAGES[0])
    assert any(statement.actors for statement in attributed.statements)


def test_statements_need_neither_issue_nor_body():
    (attributed,) = whipcount.statements(PAGES[0])
    assert attributed.statements


def test_articles_that_were_read_already_are_coded_alike():
    article = next(iter(whipcount.read(PAGES[1])))
    assert list(whipcount.code(article, ISSUE)) == list(whipcount.code(PAGES[1], ISSUE))


def test_an_issue_that_is_not_there_is_told_before_any_page_is_read():
    with pytest.raises(whipcount.IssueError, match="nowhere"):
        whipcount.code(["no page"], "nowhere.toml")


def test_pages_and_what_was_coded_of_them_give_the_same_count():
    issue = whipcount.load_issue(ISSUE)
    pages = PAGES[:3]
    coded = list(whipcount.code(pages, issue))
    counted = whipcount.count(coded, issue, "2031-03-31")
    assert counted == whipcount.count(pages, ISSUE, date(2031, 3, 31))


def test_pages_and_what_was_coded_of_them_give_the_same_changes():
    issue = whipcount.load_issue(ISSUE)
    coded = list(whipcount.code(PAGES[:3], issue))
    found = whipcount.changes([*coded, coded[0]], issue, last="2031-03-31")
    assert found == whipcount.changes(PAGES[:3], ISSUE, date(2031, 1, 1), date(2031, 3, 31))
    assert len(found.articles) == 3


def test_without_a_start_changes_begin_with_the_oldest_article():
    issue = replace(whipcount.load_issue(ISSUE), starts=None)
    found = whipcount.changes(PAGES[:3], issue)
    assert (found.first, found.last) == (date(2031, 3, 3), date(2031, 3, 11))


def test_changes_of_nothing_need_days():
    issue = replace(whipcount.load_issue(ISSUE), starts=None)
    with pytest.raises(whipcount.CountError, match="nothing has a date; say which days: --from"):
        whipcount.changes([], issue)
    day = date(2031, 5, 1)
    assert whipcount.changes([], issue, day, day).changes == ()


def test_the_order_of_pages_changes_no_stand():
    def stands(pages: list[Path]) -> dict[tuple[str, str], str]:
        counted = whipcount.count(pages, ISSUE, "2031-03-31")
        return {(cell.member, cell.option): cell.stand for cell in counted.cells}

    assert stands(PAGES[:4]) == stands(PAGES[3::-1])


def test_an_article_that_comes_twice_is_counted_once():
    once = whipcount.count([PAGES[0]], ISSUE)
    assert whipcount.count([PAGES[0], PAGES[0]], ISSUE) == once


def test_a_day_that_is_none_is_an_error():
    for day in ("2031-13-01", "2031-05", "soon"):
        with pytest.raises(whipcount.CountError, match="write it as"):
            whipcount.count([PAGES[0]], ISSUE, day)


FRENCH = (
    "Le ministre a déclaré que la décision serait prise avant la fin de l'année. Selon lui, tous "
    "les pays doivent se mettre d'accord sur les conditions, et les discussions vont continuer "
    "pendant tout l'été dans la capitale, où les ambassadeurs se réunissent chaque semaine."
)


def test_an_article_in_another_language_is_read_but_not_attributed(tmp_path):
    page = tmp_path / "ministre.txt"
    page.write_text(f"La décision du ministre\n\n{FRENCH}\n\n{FRENCH}\n", encoding="utf-8")
    (article,) = whipcount.read(page)
    assert article.language == "fr"
    with pytest.raises(whipcount.PageError, match="read as fr; whipcount reads English"):
        list(whipcount.statements(page))


def test_statements_that_are_less_sure_are_left_out_and_the_others_stay_the_same():
    (whole,) = whipcount.statements(PAGES[0])
    (sure,) = whipcount.statements(PAGES[0], min_confidence=0.8)
    assert sure.statements == tuple(s for s in whole.statements if s.confidence >= 0.8)
    assert 0 < len(sure.statements) < len(whole.statements)
    (coded,) = whipcount.code(PAGES[0], ISSUE, min_confidence=0.8)
    assert {s.id for s in coded.statements} == {s.id for s in sure.statements}
