from __future__ import annotations

import io
from dataclasses import replace

from whipcount.rendering.table import Printer
from whipcount.rendering.terminal import WIDTH


def printed(name: str, thing: object) -> str:
    stream = io.StringIO()
    getattr(Printer(stream), name)(thing)
    return stream.getvalue()


def test_a_board_has_members_down_and_options_across(whip_count):
    lines = printed("whip_count", whip_count).splitlines()
    heading = next(line for line in lines if "entry" in line and "subsidy" in line)
    torvel = next(line for line in lines if line.startswith("Torvel "))
    assert torvel.index("yes") == heading.index("entry")
    assert torvel.index("·") == heading.index("subsidy")


def test_a_contested_stand_is_marked_and_explained(whip_count):
    table = printed("whip_count", whip_count)
    assert "if … !" in table
    assert "!: contested" in table


def test_who_is_not_on_record_at_all_stands_in_one_line(whip_count):
    assert "Not on record (1): Ulm\n" in printed("whip_count", whip_count)


def test_a_count_of_nothing_says_that_nobody_is_on_record(empty_count):
    table = printed("whip_count", empty_count)
    assert "Members, none of them on record (1): Torvel" in table
    assert "Who said it" not in table


def test_the_evidence_has_who_when_where_and_the_words(whip_count):
    table = printed("whip_count", whip_count)
    evidence = table[table.index("Who said it") :]
    for words in ("Lena Orlo, prime minister, Torvel", "2031-05-05", "Torvel Packet", "We want"):
        assert words in evidence


def test_nothing_is_wider_than_80_columns(article, attributed, coded, whip_count):
    members = tuple(f"A member with a name {number}" for number in range(3))
    names = dict(zip(whip_count.members, members, strict=True))
    cells = tuple(replace(cell, member=names[cell.member]) for cell in whip_count.cells)
    long = replace(whip_count, members=members, cells=cells)
    for table in (
        printed("whip_count", long),
        printed("article", article),
        printed("attributed", attributed),
        printed("coded", coded),
    ):
        assert max(len(line) for line in table.splitlines()) <= WIDTH


def test_five_options_fit_beside_names_of_fifteen_letters(whip_count):
    first = whip_count.issue.options[0]
    options = tuple(replace(first, id=f"number-{number}-of-them") for number in range(5))
    cells = tuple(
        replace(whip_count.cells[0], member="North Macedonia", option=option.id)
        for option in options
    )
    table = printed(
        "whip_count",
        replace(
            whip_count,
            issue=replace(whip_count.issue, options=options),
            members=("North Macedonia",),
            cells=cells,
            verdicts=(),
            others=(),
        ),
    )
    (row,) = [line for line in table.splitlines() if line.startswith("North Macedonia ")]
    assert row.count("yes") == len(options)


def test_more_options_than_fit_make_more_boards(whip_count):
    first = whip_count.issue.options[0]
    options = tuple(replace(first, id=f"option-number-{number}") for number in range(9))
    cells = tuple(
        replace(whip_count.cells[0], member=member, option=option.id)
        for member in whip_count.members
        for option in options
    )
    table = printed(
        "whip_count",
        replace(
            whip_count,
            issue=replace(whip_count.issue, options=options),
            cells=cells,
            verdicts=(),
            others=(),
        ),
    )
    assert sum(line.startswith("Torvel ") for line in table.splitlines()) == 2
    assert max(len(line) for line in table.splitlines()) <= WIDTH


def test_there_is_no_colour_and_no_space_at_the_ends_of_lines_in_a_pipe(whip_count):
    table = printed("whip_count", whip_count)
    assert "\x1b" not in table
    assert all(line == line.rstrip() for line in table.splitlines())


def test_words_of_a_page_are_neither_markup_nor_escape_sequences(article):
    table = printed("article", replace(article, title="[red]A[/red] \x1b[31mB"))
    assert "[red]A[/red] [31mB" in table


def test_an_article_with_nobody_in_it_says_so(attributed, coded):
    assert "nobody says anything" in printed("attributed", replace(attributed, statements=()))
    assert "no position on any option" in printed("coded", replace(coded, positions=()))
