"""Positions entered, cells overridden, spans marked, actors joined, options changed."""

from __future__ import annotations

import krippendorff
import pytest

from tests.project.cases import ANN, BOB, first_coding, told
from whipcount import counted_pages, project
from whipcount.coding.issue import parse_issue
from whipcount.errors import ProjectError
from whipcount.model import Cell, Span, WhipCount
from whipcount.offsets import span_from_utf16, span_to_utf16
from whipcount.project import Entry, issue_text


def cell(counted: WhipCount, member: str, option: str = "membership") -> Cell:
    return next(one for one in counted.cells if (one.member, one.option) == (member, option))


def test_an_entered_position_counts_and_shows_as_entered(debate):
    entry = Entry("Sundria", "membership", "oppose", "2031-05-20", note="a call", link="https://x")
    id_ = project.enter(debate, entry, ANN)
    found = cell(project.count(debate), "Sundria")
    (evidence,) = found.evidence
    assert (found.stand, evidence.origin, evidence.coder) == ("no", "entered", "Ann")
    assert evidence.record == "entered by Ann: a call; https://x"
    assert project.enter(debate, entry, BOB) == id_, "the same twice is one"
    assert [(one.id, one.coder) for one in project.entries(debate)] == [(id_, "Ann")]
    project.withdraw_entry(debate, id_, ANN)
    assert cell(project.count(debate), "Sundria").stand == "not-on-record"


def test_somebody_who_speaks_for_a_member_can_be_entered(debate):
    entry = Entry("Ilsa Torv", "membership", "support", "2031-05", speaks_for="sundria",
                  role="foreign minister", strength="hedged")  # fmt: skip
    project.enter(debate, entry, ANN)
    found = cell(project.count(debate, "2031-06-30"), "Sundria")
    assert (found.stand, found.evidence[0].actor.kind) == ("leaning-yes", "person")


@pytest.mark.parametrize(("values", "message"), [
    ({"option": "nothing"}, "no option; known are"), ({"stance": "for"}, "no stance"),
    ({"date": "soon"}, "is no day"), ({"name": " "}, "needs a name"),
    ({"strength": "loud"}, "neither plain nor hedged"), ({"kind": "planet"}, "is no kind"),
])  # fmt: skip
def test_what_can_not_be_entered_is_told(debate, values, message):
    given = {"name": "Sundria", "option": "membership", "stance": "support", "date": "2031-05-20"}
    with pytest.raises(ProjectError, match=message):
        project.enter(debate, Entry(**given | values), ANN)


def test_an_override_says_what_the_evidence_alone_would_say(debate):
    project.override(debate, "halvern", "membership", "no", "2031-05-10", "they told us", ANN)
    (found,) = project.overridden(debate, "2031-05-20")
    assert (found.cell.stand, found.evidence_alone.stand) == ("no", "yes")
    assert found.cell.evidence[0].record == "overridden by Ann: they told us"
    assert cell(project.count(debate, "2031-05-09"), "Halvern").stand == "yes"
    assert project.count(debate).assumed == ()
    path = debate.path
    assert cell(counted_pages.count(path, path, "2031-05-20"), "Halvern").stand == "no"
    assert counted_pages.count(path, path, "2031-05-20").assumed == ()
    supposed = counted_pages.count(path, path, "2031-05-20", what_if=["Halvern=abstain"])
    assert cell(supposed, "Halvern").stand == "abstain"
    project.lift(debate, "Halvern", "membership", BOB)
    assert project.overridden(debate) == ()
    assert project.lift(debate, "Halvern", "membership", BOB) is None


def test_an_override_and_an_entry_are_moves_through_time(debate):
    project.enter(debate, Entry("Sundria", "membership", "oppose", "2031-05-03"), ANN)
    project.override(debate, "Halvern", "membership", "no", "2031-05-10", "they told us", ANN)
    moves = [(str(one.day), one.member, one.after)
             for one in project.changes(debate, "2031-05-02", "2031-05-30").changes
             if one.option == "membership"]  # fmt: skip
    assert moves == [("2031-05-03", "Sundria", "no"), ("2031-05-10", "Halvern", "no")]
    through = counted_pages.changes(debate.path, debate.path, "2031-05-02", "2031-05-30")
    assert through.changes == project.changes(debate, "2031-05-02", "2031-05-30").changes


@pytest.mark.parametrize(("values", "message"), [
    (("Nowhere", "membership", "no", "2031-05-10", "x"), "names no member"),
    (("Halvern", "nothing", "no", "2031-05-10", "x"), "is no option"),
    (("Halvern", "membership", "not-on-record", "2031-05-10", "x"), "no stand to override with"),
    (("Halvern", "membership", "no", "2031-05", "x"), "is no day"),
    (("Halvern", "membership", "no", "2031-05-10", " "), "needs its reason"),
])  # fmt: skip
def test_what_can_not_be_overridden_is_told(debate, values, message):
    with pytest.raises(ProjectError, match=message):
        project.override(debate, *values, ANN)


def test_spans_from_a_browser_are_marked_where_they_were_drawn(debate):
    one = next(o for row in project.articles(debate).items
               for o in project.statements(debate, row.id) if o.speaker == "Merrow")  # fmt: skip
    text = project.article(debate, one.id.partition(".")[0]).text
    start = text.index("🙂, not at all")
    units = span_to_utf16(text, Span(start, start + len("🙂, not at all")))
    project.mark(debate, one.id, ANN, content=[span_from_utf16(text, *units)])
    found = project.statement(debate, one.id)
    assert found.quote == "🙂, not at all"
    assert project.check(debate) == ()
    assert project.mark(debate, one.id, ANN, content=list(found.content)) is None
    position = next(p for p in project.positions(debate, [one.id]))
    assert position.quote == "🙂, not at all"


@pytest.mark.parametrize(
    ("content", "message"),
    [([], "needs content"), ([Span(0, 10**6)], "outside the text"), ([Span(4, 4)], "is empty")],
)
def test_spans_that_can_not_be_are_refused(debate, content, message):
    row = project.articles(debate).items[0]
    before = told(debate)
    with pytest.raises(ProjectError, match=message):
        project.add_statement(debate, row.id, content, ANN)
    with pytest.raises(ProjectError, match=message):
        project.mark(debate, f"{row.id}.0", ANN, content=content)
    assert told(debate) == before


def test_a_coding_does_not_lose_its_piece(debate):
    one = project.coding(debate, first_coding(debate)).statement
    (whole,) = one.content
    middle = whole.start + 8
    project.mark(
        debate, one.id, ANN, content=[Span(whole.start, middle - 2), Span(middle, whole.end)]
    )
    project.add_coding(debate, one.id, "partnership", "oppose", ANN, piece=1)
    with pytest.raises(ProjectError, match="codes piece 1, and 1 would be left"):
        project.mark(debate, one.id, ANN, content=[whole])


def test_a_split_takes_codings_and_decisions_along(debate):
    one = project.coding(debate, first_coding(debate)).statement
    project.change(debate, first_coding(debate), ANN, stance="oppose")
    (whole,) = one.content
    middle = whole.end - 6
    ids = project.split(
        debate, one.id, [[Span(whole.start, middle)], [Span(middle, whole.end)]], BOB
    )
    assert len(ids) == 2
    with pytest.raises(ProjectError, match="there is no statement"):
        project.statement(debate, one.id)
    (coding,) = project.codings_of_statement(debate, ids[0])
    assert (coding.position.stance, coding.position.coder) == ("oppose", "Ann")
    assert project.codings_of_statement(debate, ids[1]) == ()
    assert project.check(debate) == ()
    project.undo_last(debate, BOB)
    assert project.statement(debate, one.id) == one


def test_actors_are_joined_parted_and_given_roles_by_day(debate):
    halvern = project.named(debate, "state:halvern")
    assert (halvern.articles, halvern.statements) == (2, 2)
    project.merge_actors(debate, "state:halvern", "state:merrow", ANN)
    assert project.named(debate, "state:halvern") is None
    both = project.named(debate, "state:merrow")
    assert (both.statements, both.merged) == (4, ("state:halvern",))
    assert {one.actor.name for one in project.positions(debate)} == {"Merrow", "Tavany"}
    with pytest.raises(ProjectError, match="is joined to"):
        project.merge_actors(debate, "state:merrow", "state:halvern", ANN)
    joined = {one.joined_by for one in project.members_of(debate, "state:merrow")}
    assert joined == {"", "state:halvern"}
    project.split_actor(debate, "state:halvern", BOB)
    assert project.named(debate, "state:halvern") == halvern
    project.set_role(debate, "state:halvern", ANN, speaks_for="Sundria", first="2031-05-01")
    assert cell(project.count(debate), "Sundria").stand == "yes"
    project.set_role(debate, "state:halvern", ANN, first="2031-05-01")
    assert project.roles(debate, "state:halvern") == ()
    project.set_role(debate, "state:halvern", ANN, speaks_for="Sundria", first="2031-05-02")
    assert cell(project.count(debate), "Sundria").stand == "not-on-record"
    assert project.actors(debate, "tav").items[0].id == "state:tavany"


def test_one_article_s_actor_is_taken_out_of_its_name(debate):
    one = project.members_of(debate, "state:halvern")[0].actor.id
    project.split_actor(debate, one, ANN)
    assert project.named(debate, "state:halvern").articles == 1
    assert project.check(debate) == ()


def test_an_option_gets_another_id_with_all_that_is_on_it(debate):
    project.change(debate, first_coding(debate), ANN, stance="oppose")
    project.enter(debate, Entry("Sundria", "membership", "oppose", "2031-05-03"), ANN)
    project.override(debate, "Merrow", "membership", "yes", "2031-05-03", "x", ANN)
    moves = project.preview(debate, "membership")
    assert (moves.codings, moves.reviews, moves.entered, moves.overrides) == (2, 1, 1, 1)
    before = project.count(debate)
    project.rename_option(debate, "membership", ANN, new="joining / soon", label="It joins")
    assert project.issue_of(debate).option("joining / soon").label == "It joins"
    assert project.preview(debate, "joining / soon") == moves
    after = project.count(debate)
    stands = {(c.member, c.option): c.stand for c in before.cells}
    assert {(c.member, c.option.replace("joining / soon", "membership")): c.stand
            for c in after.cells} == stands  # fmt: skip
    assert len(project.quotations(debate, "joining / soon").items) == 2
    with pytest.raises(ProjectError, match="is no option"):
        project.preview(debate, "membership")
    with pytest.raises(ProjectError, match="is an option already"):
        project.rename_option(debate, "road-map", ANN, new="partnership")


def test_two_options_become_one_and_are_two_again(debate):
    before = told(debate)
    project.accept(debate, first_coding(debate), ANN)
    number = project.merge_options(debate, "immediate-membership", "membership", BOB)
    assert [one.id for one in project.issue_of(debate).options] == [
        "membership", "road-map", "partnership"]  # fmt: skip
    assert project.preview(debate, "membership").codings == 4
    project.undo(debate, number, BOB)
    project.undo_last(debate, ANN)
    assert told(debate) == before


def test_an_option_is_split_by_decisions_that_a_re_run_does_not_touch(debate):
    id_ = first_coding(debate)
    project.split_option(debate, "membership", ANN, new="someday", label="It joins one day",
                         codings=[id_])  # fmt: skip
    position = project.coding(debate, id_).position
    assert (position.option, position.coder) == ("someday", "Ann")
    assert [one.id for one in project.quotations(debate, "someday").items] == [id_]
    assert project.coding(debate, id_).machine.option == "membership"


def test_an_issue_is_written_as_it_is_read(debate):
    issue = project.issue_of(debate)
    assert parse_issue(issue_text(issue).encode(), issue.path) == issue


def test_alpha_is_krippendorff_s(debate):
    table = [["a", "a", None, "b", "c", "a"], ["a", "b", "b", "b", "c", None],
             ["a", "a", "b", "c", "c", "c"]]  # fmt: skip
    units = [[v for v in column if v is not None] for column in zip(*table, strict=True)]
    codes = {"a": 0, "b": 1, "c": 2}
    data = [[float("nan") if v is None else codes[v] for v in row] for row in table]
    wanted = krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")
    assert project.alpha(units) == pytest.approx(wanted)
    assert project.alpha([["a", "a"], ["a", "a"]]) is None
    assert project.alpha([]) is None


def test_agreement_tells_people_apart_and_the_machine_from_people(debate):
    ids = [first_coding(debate, place) for place in range(3)]
    for id_ in ids:
        project.accept(debate, id_, ANN)
    project.accept(debate, ids[0], BOB)
    project.change(debate, ids[1], BOB, stance="undecided")
    project.delete(debate, ids[2], BOB)
    found = project.agreement(debate)
    assert found.coders == ("Ann", "Bob")
    by_name = {one.name: one for one in found.variables}
    assert (by_name["stance"].units, by_name["stance"].agreed) == (2, 0.5)
    assert (by_name["position"].units, by_name["position"].agreed) == (3, pytest.approx(2 / 3))
    assert [(one.machine, one.people, one.number) for one in found.confusion] == [
        ("support", "support", 1)]  # fmt: skip
