"""Two files of one issue made one: nothing lost, in whichever order, and once is enough."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.project.cases import ANN, BOB, ISSUE, article, first_coding, new, told
from tests.project.test_journal import try_to
from whipcount import project
from whipcount.errors import ProjectError
from whipcount.project import By, open_project

CAS = By("Cas", "2031-06-09T10:00:00Z")


def copies(tmp_path: Path) -> tuple[Path, Path]:
    """Return two copies of a project."""
    new(tmp_path / "a.whip", 2).close()
    shutil.copy(tmp_path / "a.whip", tmp_path / "b.whip")
    return tmp_path / "a.whip", tmp_path / "b.whip"


def merged(into: Path, *paths: Path) -> dict[tuple[str, str], object]:
    project.merge_files(paths, into, CAS)
    with open_project(into) as opened:
        assert project.check(opened) == ()
        return told(opened)


def test_copies_that_were_worked_on_apart_come_together_without_a_question(tmp_path):
    a, b = copies(tmp_path)
    with open_project(a) as one, open_project(b) as other:
        first, second = first_coding(one), first_coding(one, 1)
        project.change(one, first, ANN, stance="oppose")
        project.add(one, article(7), ANN)
        project.delete(other, second, BOB)
        project.override(other, "Tavany", "membership", "yes", "2031-05-02", "they told us", BOB)
    merged(tmp_path / "c.whip", a, b)
    with open_project(tmp_path / "c.whip") as both:
        assert project.coding(both, first).position.stance == "oppose"
        assert project.coding(both, second).position is None
        assert project.overview(both).articles == 3
        assert [one.member for one in project.overrides(both)] == ["Tavany"]
        assert project.conflicts(both) == ()


def test_what_two_people_code_differently_waits_for_a_third(tmp_path):
    a, b = copies(tmp_path)
    with open_project(a) as one, open_project(b) as other:
        id_ = first_coding(one)
        project.accept(one, id_, ANN)
        project.change(other, id_, BOB, stance="oppose")
    merged(tmp_path / "c.whip", a, b)
    with open_project(tmp_path / "c.whip") as both:
        assert [one.id for one in project.disagreements(both).items] == [id_]


def test_what_only_one_can_stand_of_is_kept_as_a_conflict_that_is_settled_once(tmp_path):
    a, b = copies(tmp_path)
    with open_project(a) as one, open_project(b) as other:
        project.override(one, "Tavany", "membership", "yes", "2031-05-02", "a call", ANN)
        project.override(other, "Tavany", "membership", "no", "2031-05-02", "a letter", BOB)
    c = tmp_path / "c.whip"
    merged(c, a, b)
    with open_project(c) as both:
        (conflict,) = project.conflicts(both)
        assert {conflict.kept["stand"], conflict.other["stand"]} == {"yes", "no"}
        project.settle(both, conflict.id, CAS, keep="other")
        assert [one.stand for one in project.overrides(both)] == [conflict.other["stand"]]
        settled = told(both)
    assert merged(c, a, b) == settled


def test_files_made_apart_are_joined_by_article(tmp_path):
    with new(tmp_path / "a.whip", 2) as one, new(tmp_path / "b.whip", 2) as other:
        project.accept(one, first_coding(one), ANN)
        project.accept(other, first_coding(other, 1), BOB)
        project.add(other, article(9), BOB)
    merged(tmp_path / "c.whip", tmp_path / "a.whip", tmp_path / "b.whip")
    with open_project(tmp_path / "c.whip") as both:
        held = project.overview(both)
        assert (held.articles, held.reviewed, held.conflicts) == (3, 2, 0)


def test_files_of_two_issues_are_refused(tmp_path):
    text = ISSUE.read_text(encoding="utf-8").replace("Ostrand's accession", "Another accession")
    other = tmp_path / "other.toml"
    other.write_text(text, encoding="utf-8")
    shutil.copy(ISSUE.parent / "pact.toml", tmp_path)
    new(tmp_path / "a.whip").close()
    new(tmp_path / "b.whip", 0, other).close()
    with pytest.raises(ProjectError, match="is of another issue"):
        project.merge_files([tmp_path / "a.whip", tmp_path / "b.whip"], tmp_path / "c.whip", CAS)
    assert not (tmp_path / "c.whip").exists()


def test_codebooks_that_were_changed_apart_are_refused(tmp_path):
    a, b = copies(tmp_path)
    with open_project(a) as one, open_project(b) as other:
        project.rename_option(one, "membership", ANN, new="joining")
        project.rename_option(other, "membership", BOB, new="entry")
    with pytest.raises(ProjectError, match="issue file was changed in another way"):
        project.merge_files([a, b], tmp_path / "c.whip", CAS)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.whip", "b.whip"]


def test_a_decision_on_a_version_that_the_other_replaced_is_kept_as_a_conflict(tmp_path):
    from tests.project.cases import LINES, coded  # noqa: PLC0415

    a, b = copies(tmp_path)
    with open_project(a) as one, open_project(b) as other:
        old = next(one for one in project.articles(other).items if one.path == "pages/0.txt")
        project.add(one, coded("Article 0!\r\n\r\n", LINES, path="pages/0.txt"), ANN)
        project.accept(other, project.codings(other, old.id)[0].id, BOB)
    left = merged(tmp_path / "c.whip", a, b)
    right = merged(tmp_path / "d.whip", b, a)
    assert left == right
    with open_project(tmp_path / "c.whip") as both:
        assert [one.kind for one in project.conflicts(both)] == ["not found again"]


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["add", "accept", "change", "delete", "adjudicate", "withdraw", "mark",
                         "delete statement", "split", "enter", "override", "lift", "role",
                         "new version", "undo"]),
        st.integers(0, 12),
    ),
    max_size=8,
)  # fmt: skip


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(ACTS, ACTS, ACTS)
def test_a_merge_is_the_same_either_way_and_once_is_enough(before, left, right):
    with TemporaryDirectory() as folder:
        place = Path(folder)
        with new(place / "a.whip", 2) as one:
            for what, number in before:
                try_to(one, what, number)
        shutil.copy(place / "a.whip", place / "b.whip")
        for path, acts in ((place / "a.whip", left), (place / "b.whip", right)):
            with open_project(path) as one:
                for what, number in acts:
                    try_to(one, what, number)
        a, b = place / "a.whip", place / "b.whip"
        together = merged(place / "c.whip", a, b)
        assert merged(place / "d.whip", b, a) == together
        assert project.merge_files([a, b], place / "c.whip", CAS).change is None
        assert merged(place / "c.whip", a, b) == together
        with open_project(a) as one, open_project(b) as other:
            reviews = {key for key in {**told(one), **told(other)} if key[0] == "reviews"}
        told_of = {(one[1], one[2]) for (where, _), one in together.items() if where == "conflicts"}
        live = {key for key in together if key[0] == "reviews"}
        with open_project(place / "c.whip") as both:
            history = {
                key for (key,) in both.connection.execute("SELECT key FROM reviews WHERE until > 0")
            }
        assert all(key in live or key in told_of or key[1] in history for key in reviews)
