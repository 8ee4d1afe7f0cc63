"""What a picture of a count through time shows, before anything is drawn."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date

from whipcount.counting import only, through
from whipcount.rendering.panels import Standing, Stretch, first_drawn, first_word, panels

END = date(2031, 6, 1)


def test_a_row_has_a_member_s_stands_one_after_the_other(timeline):
    entry = panels(timeline)[0]
    (torvel,) = [row for row in entry.rows if row.member == "Torvel"]
    assert torvel.stretches == (
        Stretch(date(2031, 5, 1), date(2031, 5, 5), Standing("no", contested=False)),
        Stretch(date(2031, 5, 5), END, Standing("yes", contested=False)),
    )
    (brask,) = [row for row in entry.rows if row.member == "Brask"]
    assert [one.what.contested for one in brask.stretches] == [False, False, True]


def test_who_was_never_on_record_has_no_row(timeline):
    entry, subsidy = panels(timeline)
    assert entry.silent == ("Ulm",)
    assert subsidy.rows == ()
    assert subsidy.silent == ("Torvel", "Brask", "Ulm")


def test_tallies_and_verdicts_have_no_gap_and_no_overlap(timeline):
    for panel in panels(timeline):
        for stretches in (panel.tallies, panel.outcomes):
            assert stretches[0].begins == timeline.first
            assert stretches[-1].ends == END
            pairs = itertools.pairwise(stretches)
            assert all(one.ends == other.begins for one, other in pairs)
    outcomes = panels(timeline)[0].outcomes
    assert [one.what for one in outcomes] == ["blocked", "open"]


def test_rows_stand_as_the_stack_does_on_the_last_day(timeline):
    # from the ceiling down: no, then conditional, then yes
    no = replace(timeline.opening[0], member="Ulm", after="no")
    everyone = replace(timeline, opening=(*timeline.opening, no), changes=timeline.changes[:-2])
    rows = panels(everyone)[0].rows
    assert [(row.member, row.last) for row in rows] == [
        ("Ulm", "no"), ("Brask", "conditional"), ("Torvel", "yes"),
    ]  # fmt: skip


def test_who_left_comes_last_and_its_row_ends(timeline):
    left = replace(
        timeline.changes[0], day=date(2031, 5, 9), before="yes", after=None, because=None
    )
    gone = replace(timeline, changes=(timeline.changes[0], left))
    row = panels(gone)[0].rows[-1]
    assert (row.member, row.last) == ("Torvel", None)
    assert row.stretches[-1].ends == date(2031, 5, 9)


def test_a_long_silence_at_the_beginning_is_not_drawn(timeline):
    assert first_drawn(timeline) == timeline.first
    spoken = [change.because for change in timeline.changes if change.because is not None]
    since = date(2030, 1, 1)
    late = through(spoken, timeline.issue, timeline.body, since, timeline.last)
    assert first_word(late) == date(2031, 5, 5)
    assert date(2031, 5, 1) < first_drawn(late) < date(2031, 5, 5)


def test_where_nobody_ever_speaks_all_days_are_drawn(timeline):
    quiet = through((), timeline.issue, timeline.body, timeline.first, timeline.last)
    assert first_word(quiet) is None
    assert first_drawn(quiet) == timeline.first


def test_a_member_alone_has_a_row_and_the_tallies_stay(timeline):
    entry, _ = panels(only(timeline, members=["Torvel"]))
    assert [row.member for row in entry.rows] == ["Torvel"]
    assert entry.tallies == panels(timeline)[0].tallies
