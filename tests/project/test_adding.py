"""Articles into a project: each once, new versions with decisions, stopped and gone on."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from tests.project.cases import (
    ANN,
    BOB,
    ISSUE,
    LINES,
    ROOT,
    article,
    coded,
    first_coding,
    new,
    told,
)
from whipcount import coding, counted_pages, pipeline, project
from whipcount.errors import PageError, ProjectError
from whipcount.model import Span
from whipcount.project import ArticleRow, Project

PAGES = ROOT / "examples" / "pact" / "pages"


def test_what_is_kept_is_what_was_coded(tmp_path):
    one = article()
    with new(tmp_path / "x.whip") as debate:
        (back,) = project.coded(debate)
        assert back == one
        assert project.article(debate, one.article.id) == one.article
        assert project.statements(debate, one.article.id) == one.statements


def test_the_same_article_twice_is_one_and_changes_nothing(debate):
    before = told(debate)
    for path in ("pages/0.txt", "elsewhere.txt"):
        again = coded("Article 0\r\n\r\n", LINES, path=path)
        assert project.add(debate, again, BOB).state == "same"
    assert told(debate) == before


def of_path(debate: Project, path: str = "pages/0.txt") -> ArticleRow:
    return next(one for one in project.articles(debate).items if one.path == path)


def test_a_changed_article_is_a_new_version_with_what_people_decided(debate):
    old = of_path(debate)
    ids = [one.id for one in project.codings(debate, old.id)]
    project.change(debate, ids[1], ANN, stance="undecided", note="he wavers")
    project.delete(debate, ids[2], BOB)
    new_version = coded("Article 0, corrected\r\n\r\n", LINES, path="pages/0.txt")
    added = project.add(debate, new_version, BOB)
    assert (added.state, added.previous, added.carried, added.lost) == ("changed", old.id, 2, ())
    found = project.codings(debate, added.article)
    assert [one.state for one in found] == ["open", "decided", "decided"]
    assert (found[1].position.stance, found[1].position.coder) == ("undecided", "Ann")
    assert found[1].reviews[0].note == "he wavers"
    assert found[2].position is None
    assert project.check(debate) == ()
    assert old.id not in {one.id for one in project.articles(debate).items}


def test_what_is_not_found_again_stays_as_a_conflict(debate):
    old = of_path(debate)
    project.accept(debate, project.codings(debate, old.id)[0].id, ANN)
    lines = [("Halvern", "“No comment”", "membership", "undecided"), *LINES[1:]]
    added = project.add(debate, coded("Article 0\r\n\r\n", lines, path="pages/0.txt"), BOB)
    assert added.lost == ("Ann's decision on '“We are for it, as we have always been”'",)
    (conflict,) = project.conflicts(debate)
    assert (conflict.kind, conflict.kept) == ("not found again", None)
    assert conflict.other["coder"] == "Ann"
    with pytest.raises(ProjectError, match="aren't in the article any more"):
        project.settle(debate, conflict.id, ANN, keep="other")
    project.settle(debate, conflict.id, ANN, keep="kept")
    assert project.conflicts(debate) == ()
    assert project.check(debate) == ()
    assert old.id != added.article


def test_marks_and_added_statements_come_over_by_their_words(debate):
    old = of_path(debate)
    text = project.article(debate, old.id).text
    start = text.index("We can’t have it this year 🙂")
    own = project.add_statement(
        debate, old.id, [Span(start, start + 28)], ANN, actors=[f"{old.id}.a1"]
    )
    project.add_coding(debate, own, "membership", "oppose", ANN)
    one = project.statements(debate, old.id)[0]
    project.mark(debate, one.id, ANN, content=[Span(one.content[0].start, one.content[0].end - 5)])
    head = "Article 0 with an emoji 🙂 more\r\n\r\n"
    added = project.add(debate, coded(head, LINES, path="pages/0.txt"), BOB)
    assert added.lost == ()
    words = [one.quote for one in project.statements(debate, added.article)]
    assert "We can’t have it this year 🙂" in words
    assert project.check(debate) == ()
    position = next(p for p in project.positions(debate) if p.coder == "Ann")
    assert (position.option, position.actor.name) == ("membership", "Merrow")


def test_an_address_tells_a_version_whatever_its_path(tmp_path):
    with new(tmp_path / "x.whip", 0) as debate:
        url = "https://example.org/news/1"
        project.add(debate, coded("One\n\n", LINES, path="a.html", url=url), ANN)
        added = project.add(debate, coded("Two\n\n", LINES[:1], path="b.html", url=url), ANN)
        assert added.state == "changed"


def test_another_article_on_the_same_path_is_no_version(tmp_path):
    with new(tmp_path / "x.whip", 0) as debate:
        project.add(debate, coded("One\n\n", LINES[:1], path="today.txt"), ANN)
        added = project.add(debate, coded("Another\n\n", LINES[1:], path="today.txt"), ANN)
        assert added.state == "new"
        assert project.overview(debate).articles == 2


def test_a_new_version_can_be_undone(debate):
    project.accept(debate, first_coding(debate), ANN)
    before = told(debate)
    added = project.add(debate, coded("Article 0!\r\n\r\n", LINES, path="pages/0.txt"), BOB)
    project.undo(debate, project.last_change(debate), BOB)
    assert told(debate) == before
    assert added.previous in {one.id for one in project.articles(debate).items}


def test_half_a_character_is_refused_with_the_page_s_path(debate):
    one = article(5)
    spoiled = replace(one, article=replace(one.article, text="Half \ud83d", id="0" * 16))
    with pytest.raises(PageError, match=r"pages/5\.txt: has half of a character"):
        project.add(debate, spoiled, ANN)
    assert not debate.connection.in_transaction


class StoppedError(Exception):
    """What stops a run in the tests."""


def test_a_run_that_was_stopped_goes_on_where_it_was(tmp_path, monkeypatch):
    pages = sorted(PAGES.iterdir())[:3]
    with project.create(tmp_path / "x.whip", ISSUE, ANN) as debate:
        work, done = pipeline.code_article, []

        def stop_at_third(one, *rest, **more):
            done.append(one.id)
            if len(done) == 3:
                raise StoppedError
            return work(one, *rest, **more)

        monkeypatch.setattr(pipeline, "code_article", stop_at_third)
        with pytest.raises(StoppedError):
            list(project.add_pages(debate, pages, ANN, tagger="rules"))
        assert project.overview(debate).articles == 2
        found = list(project.add_pages(debate, pages, ANN, tagger="rules"))
        assert [one.state for one in found] == ["same", "same", "new"]
        assert len(done) == 4, "what is there isn't worked on again"
        assert project.check(debate) == ()


def test_a_project_counts_as_its_pages_do(tmp_path):
    pages = sorted(PAGES.iterdir())[:4]
    with project.create(tmp_path / "x.whip", ISSUE, ANN) as debate:
        list(project.add_pages(debate, pages, ANN, tagger="rules"))
        plain = counted_pages.count(pages, ISSUE, tagger="rules")
        counted = project.count(debate)
        assert counted.cells == plain.cells
        assert counted.verdicts == plain.verdicts
        through = counted_pages.count(tmp_path / "x.whip", tmp_path / "x.whip")
        assert through.cells == plain.cells


def test_a_machine_s_re_run_touches_no_person_s_coding(tmp_path):
    pages = sorted(PAGES.iterdir())[:3]
    issue = tmp_path / "issue.toml"
    text = ISSUE.read_text(encoding="utf-8")
    body = ISSUE.parent / "pact.toml"
    text = text.replace('body = "pact.toml"', f'body = "{body.as_posix()}"')
    issue.write_text(text, encoding="utf-8")
    with project.create(tmp_path / "x.whip", issue, ANN) as debate:
        list(project.add_pages(debate, pages, ANN, tagger="rules"))
        assert {change for _, change in project.code_again(debate, ANN)} == {None}
        id_ = first_coding(debate)
        project.change(debate, id_, ANN, stance="abstain", note="kept")
        deleted = first_coding(debate, 1)
        project.delete(debate, deleted, BOB)
        reviews = {key: row for key, row in told(debate).items() if key[0] == "reviews"}
        label = coding.load_issue(issue).options[0].label
        issue.write_text(text.replace(label, f"{label} one day"), encoding="utf-8")
        project.use_issue(debate, issue, ANN)
        list(project.code_again(debate, ANN))
        list(project.code_again(debate, ANN, coder=Nobody()))
        assert not any(one.machine for row in project.articles(debate).items
                       for one in project.codings(debate, row.id))  # fmt: skip
        assert {k: row for k, row in told(debate).items() if k[0] == "reviews"} == reviews
        assert project.coding(debate, id_).position.stance == "abstain"
        assert project.coding(debate, deleted).position is None
        assert project.check(debate) == ()


class Nobody:
    """A coder that finds nothing."""

    name, version = "nobody", "1"

    def code(self, *_: object) -> tuple[()]:
        return ()


def test_search_finds_words_speakers_options_and_days(debate):
    def found(words: str = "", **more: str) -> list[str]:
        return [one.speaker for one in project.search(debate, words, **more).items]

    assert found("beginning") == ["Tavany", "Tavany"]
    assert found("begin*") == ["Tavany", "Tavany"]
    assert found('"have it this"') == ["Merrow", "Merrow"]
    assert found("beginning nowhere") == []
    assert found(speaker="halvern") == ["Halvern", "Halvern"]
    assert found(option="road-map") == ["Tavany", "Tavany"]
    assert found("we", option="membership", speaker="Halvern") == ["Halvern", "Halvern"]
    assert found(first="2031-06-01") == []
    assert found(last="2031-05-01", first="2031-05-01") == found()
    assert found('") OR "') == [], "no mark is an operator"
    page = project.search(debate, "road", limit=1)
    assert "[road]" in page.items[0].shown
    assert project.search(debate, "road", limit=1, after=page.next).next is None


def test_a_deleted_statement_is_found_no_more(debate):
    one = project.search(debate, "beginning").items[0]
    number = project.delete_statement(debate, one.statement, ANN)
    assert len(project.search(debate, "beginning").items) == 1
    assert all(item.coding.statement.id != one.statement
               for item in project.next_items(debate, limit=9))  # fmt: skip
    project.undo(debate, number, ANN)
    assert len(project.search(debate, "beginning").items) == 2
    assert project.queue_length(debate) == 6


def test_pages_of_a_list_have_all_of_it_once(debate):
    for number in range(10, 15):
        project.add(debate, article(number), ANN)
    seen, after = [], ""
    while True:
        page = project.articles(debate, after=after, limit=2)
        seen += [one.id for one in page.items]
        if page.next is None:
            break
        after = page.next
    assert len(seen) == len(set(seen)) == 7


def test_the_views_are_what_the_functions_say(debate):
    ids = [first_coding(debate, place) for place in range(3)]
    project.accept(debate, ids[0], ANN)
    project.change(debate, ids[1], ANN, stance="support")
    project.delete(debate, ids[1], BOB)
    project.delete(debate, ids[2], ANN)
    project.enter(debate, project.Entry("Sundria", "membership", "support", "2031-05-01"), ANN)

    def rows(view: str) -> list[sqlite3.Row]:
        return debate.connection.execute(f"SELECT * FROM {view}").fetchall()

    assert len(rows("live_articles")) == 2
    assert len(rows("live_statements")) == 6
    assert [row[0] for row in rows("disagreements")] == [ids[1]]
    seen = debate.connection.execute(
        "SELECT actor, option, stance, coder, for_review FROM positions"
    ).fetchall()
    wanted = [
        (p.actor.name, p.option, p.stance, p.coder, int(p.for_review))
        for p in project.positions(debate)
    ]
    assert sorted(seen) == sorted(wanted)
