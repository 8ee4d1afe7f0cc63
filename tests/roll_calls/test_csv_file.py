import pytest

from whipcount.errors import VotesError
from whipcount.roll_calls.csv_file import open_csv, place_of


def read(folder, content: bytes):
    path = folder / "votes.csv"
    path.write_bytes(content)
    file = open_csv(path)
    return file.header, [(row.line, row.cells) for row in file.rows]


PLAIN = (("Name", "Vote"), [(2, ["Zoë", "yes"]), (3, ["B, C", "no"])])

FILES = [
    ('Name,Vote\nZoë,yes\n"B, C",no\n'.encode(), "UTF-8"),
    ('Name,Vote\r\nZoë,yes\r\n"B, C",no\r\n'.encode("utf-8-sig"), "a byte-order mark, CRLF"),
    ('Name;Vote\nZoë;yes\n"B, C";no'.encode("windows-1252"), "semicolons, windows-1252"),
    ('Name\tVote\nZoë\tyes\n"B, C"\tno\n'.encode("utf-16"), "tabs, UTF-16, as spreadsheets have"),
    (' Name ,Vote,\nZoë, yes,\n"B, C",no,\n'.encode(), "spaces, and an empty column"),
]


@pytest.mark.parametrize(("content", "reason"), FILES)
def test_the_same_file_in_other_ways(content, reason, tmp_path):
    header, rows = read(tmp_path, content)
    assert tuple(one for one in header if one) == PLAIN[0], reason
    assert [(line, cells[:2]) for line, cells in rows] == PLAIN[1], reason


def test_lines_are_the_file_s_with_blank_rows_and_cells_of_several_lines(tmp_path):
    header, rows = read(tmp_path, b'\n\nName,Note\nA,"one\ntwo"\n,\nB,\nC\n')
    assert header == ("Name", "Note")
    assert rows == [(4, ["A", "one\ntwo"]), (7, ["B", ""]), (8, ["C", ""])]


def test_a_header_alone_has_no_rows(tmp_path):
    assert read(tmp_path, b"Name,Vote\n") == (("Name", "Vote"), [])


BROKEN = [
    (b"", "is empty; save the roll call as CSV"),
    (b" \n\n", "is empty"),
    (b"Name,Vote\nB, C,no\n", "line 2: has 3 cells, and the header 2; what has a comma"),
    (b"PK\x03\x04 a workbook", "is no text but a ZIP archive or an office document; save it as"),
    (b"Name,Vote\nA\x00,no\n", "NUL"),
    (b"Name,Vote\n" + "Zoë,no\n".encode() * 9 + b"Zo\xeb,no\n", "but for the byte 0xeb at byte"),
]


@pytest.mark.parametrize(("content", "told"), BROKEN)
def test_what_is_no_csv_is_said(content, told, tmp_path):
    with pytest.raises(VotesError, match=r"votes\.csv") as error:
        read(tmp_path, content)
    assert told in str(error.value)


def test_a_missing_file_and_a_folder_are_said(tmp_path):
    with pytest.raises(VotesError, match="no such file of votes"):
        open_csv(tmp_path / "none.csv")
    with pytest.raises(VotesError, match=r"is a folder|can't be read"):
        open_csv(tmp_path)


def test_columns_are_found_by_name_in_any_case():
    assert place_of(("Full Name", "ms_vote"), "full_name") == 0
    assert place_of(("Full Name", "ms_vote"), "MS vote") == 1
    assert place_of(("Full Name",), "vote") is None
