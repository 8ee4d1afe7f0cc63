"""The picture of a count through time: well-formed, the same each time, its words words."""

from __future__ import annotations

import builtins
import itertools
import struct
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import matplotlib
import pytest
from lxml import etree

from whipcount.counting import through
from whipcount.errors import PlotError
from whipcount.model import Member, Term
from whipcount.rendering import panels, words
from whipcount.rendering.drawn_panel import FILL, ROWS, WRITING, spread
from whipcount.rendering.pen import cut, width_of, wrapped
from whipcount.rendering.plot import picture, ready

SVG = "{http://www.w3.org/2000/svg}"


def written(picture_of) -> list[str]:
    """Return the words that stand in an SVG."""
    tree = etree.fromstring(picture(picture_of))
    return ["".join(text.itertext()) for text in tree.iter(f"{SVG}text")]


def assembly(timeline, members: int):
    """Return a timeline of a body of so many members, of whom all say what the first one says."""
    names = [f"Member {number}" for number in range(members)]
    body = replace(
        timeline.body,
        members=tuple(Member(name, name, (Term(date(2000, 1, 1)),)) for name in names),
    )
    said = [
        replace(change.because, actor=replace(change.because.actor, name=name, speaks_for=name))
        for name in names
        for change in timeline.changes[:1]
    ]
    return through(said, timeline.issue, body, timeline.first, timeline.last)


def test_an_svg_is_well_formed_and_has_the_issue_s_name_as_title(timeline):
    tree = etree.fromstring(picture(timeline, ".svg"))
    assert tree.tag == f"{SVG}svg"
    assert tree.findtext(f"{SVG}title") == timeline.issue.name


def test_a_png_has_its_signature_and_a_size(timeline):
    png = picture(timeline, ".PNG")
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    assert width > 1000
    assert height > 400


@pytest.mark.parametrize("form", [".svg", ".png"])
def test_the_same_timeline_gives_the_same_bytes(timeline, form):
    assert picture(timeline, form) == picture(timeline, form)


def test_nobody_s_matplotlibrc_changes_it(timeline):
    before = picture(timeline)
    with matplotlib.rc_context({"font.size": 31, "svg.hashsalt": "other", "lines.linewidth": 9}):
        assert picture(timeline) == before


def test_words_are_words_in_an_svg(timeline):
    found = written(timeline)
    assert timeline.issue.name in found
    assert "Harbour League, 1 May 2031 to 31 May 2031" in found
    for told in ("entry", "Isk joins the harbour league", "subsidy", "Torvel", "Brask"):
        assert told in found
    assert {"blocked", "open from 5 May", "1 yes", "1 conditional", "1 not on record"} <= set(found)
    assert "Not on record (1): Ulm" in found


def test_a_legend_names_the_stands_that_occur(timeline):
    found = written(timeline)
    for stand in ("yes", "no", "conditional", "not on record", "contested"):
        assert stand in found
    assert "leaning no" not in found


def test_a_dollar_is_a_dollar_and_what_turns_text_is_left_out(timeline):
    issue = replace(timeline.issue, name="Pay $5 or $6 \u202enow")
    assert "Pay $5 or $6 now" in written(replace(timeline, issue=issue))


def test_a_silence_that_is_cut_off_is_said(timeline):
    spoken = [change.because for change in timeline.changes if change.because is not None]
    late = through(spoken, timeline.issue, timeline.body, date(2030, 1, 1), timeline.last)
    told = "1 January 2030 to 31 May 2031; nobody is on record before 5 May 2031"
    assert f"Harbour League, {told}" in written(late)


@pytest.mark.parametrize("members", [1, 5, ROWS])
def test_members_have_a_row_each(timeline, members):
    found = written(assembly(timeline, members))
    assert sum(word.startswith("Member ") for word in found) == members


def test_where_more_are_on_record_a_number_stands_for_their_rows(timeline):
    found = written(assembly(timeline, ROWS + 1))
    assert not any(word.startswith("Member ") for word in found)
    assert f"{ROWS + 1} members were on record" in found


def test_one_day_and_no_words_at_all_are_drawn_too(timeline):
    day = timeline.first
    found = written(through((), timeline.issue, timeline.body, day, day))
    assert "Not on record (2): Torvel, Brask" in found


def test_ten_options_stand_two_by_two(timeline):
    first = timeline.issue.options[0]
    options = tuple(replace(first, id=f"option-{number}") for number in range(10))
    many = through((), replace(timeline.issue, options=options), timeline.body,
                   timeline.first, timeline.last)  # fmt: skip
    tree = etree.fromstring(picture(many))
    two = etree.fromstring(picture(timeline))
    assert tree.get("width") == two.get("width")
    ids = [text for text in written(many) if text.startswith("option-")]
    assert ids == [option.id for option in options]


def lightness(colour: str) -> float:
    """Return a colour's lightness, 0 to 100 (CIE 1976 L*, of sRGB)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    y = sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))
    return 116 * y ** (1 / 3) - 16


def test_neighbours_in_a_stack_differ_in_lightness():
    shades = [lightness(FILL[stand]) for stand in panels.UPWARDS]
    assert all(abs(one - other) > 12 for one, other in itertools.pairwise(shades))
    assert abs(lightness(FILL["yes"]) - lightness(FILL["no"])) > 12


@pytest.mark.parametrize("stand", words.STANDS)
def test_words_can_be_read_on_their_colour(stand):
    assert abs(lightness(FILL[stand]) - lightness(WRITING[stand])) > 40


SPREAD = [
    ([], [], "nothing"),
    ([1.0, 2.0], [1.0, 2.0], "far apart they stay"),
    ([1.0, 1.1], [1.0, 1.5], "too near, the next moves on"),
    ([0.0, 5.0], [0.25, 3.75], "what is at the ends is moved within"),
    ([3.8, 3.9], [3.25, 3.75], "and pushes the one before"),
]


@pytest.mark.parametrize(("places", "moved", "reason"), SPREAD)
def test_words_beside_a_stack_keep_apart(places, moved, reason):
    assert spread(places, 0.5, 0, 4) == pytest.approx(moved), reason


def test_lines_are_as_even_as_they_can_be():
    told = "The harbour league pays for the ferries of Isk"
    lines = wrapped(told, width_of(told, 10) - 0.1, 10)
    assert len(lines) == 2
    assert " ".join(lines) == told
    one, two = (width_of(line, 10) for line in lines)
    assert max(one, two) < 1.5 * min(one, two)


def test_what_is_too_long_is_cut():
    assert cut("short", 3, 8) == "short"
    told = cut("A name that goes on and on", 0.8, 8)
    assert told.endswith("…")
    assert width_of(told, 8) <= 0.8
    assert cut("wide", 0, 8) == "…"


def test_a_file_of_another_kind_is_refused():
    with pytest.raises(
        PlotError, match=r"plot\.pdf: a plot is an \.svg or a \.png; name it plot\.s"
    ):
        ready(Path("plot.pdf"))


def test_without_matplotlib_the_error_says_what_to_install(monkeypatch):
    real = builtins.__import__

    def without(name: str, *arguments: object, **options: object) -> object:
        if name.partition(".")[0] == "matplotlib":
            raise ImportError(name)
        return real(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(PlotError, match=r"pip install 'whipcount\[plot\]'"):
        ready(Path("plot.svg"))


def test_drawing_starts_no_window_and_no_pyplot():
    code = (
        "import sys; from whipcount.rendering import pen; pen.Pen(1, 1).png(10); "
        "print('matplotlib.pyplot' in sys.modules, 'tkinter' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
