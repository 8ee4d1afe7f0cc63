"""What fuzzing found, and some seconds more of it; `python -m benchmarks.fuzz` goes on for longer.

`fuzz_findings/READER/WHAT.bin` are pages that once broke the reader, as the fuzzer left them.
"""

from pathlib import Path

import pytest
from benchmarks.fuzz.changing import changed_page
from benchmarks.fuzz.checking import check
from benchmarks.fuzz.seeds import PAGES, seeds

FOUND = sorted(Path(__file__).with_name("fuzz_findings").glob("*/*.bin"))
PAGES_EACH = {"pdf": 12, "html": 120, "warc": 100}
"""Changed pages that are read of a format, 300 where nothing else is said; some seconds at most."""


@pytest.mark.parametrize("page", FOUND, ids=lambda page: f"{page.parent.name}-{page.stem}")
def test_what_was_found_is_mended(page):
    check(page.read_bytes(), PAGES[page.parent.name])


@pytest.mark.parametrize("reader", PAGES)
def test_seeds_are_read_and_so_are_changed_pages_or_told(reader):
    for data in seeds(reader):
        check(data, PAGES[reader])
    for number in range(PAGES_EACH.get(reader, 300)):
        try:
            check(changed_page(reader, number), PAGES[reader])
        except Exception as error:
            error.add_note(f"the page is changed_page({reader!r}, {number})")
            raise


def test_every_reader_is_fuzzed():
    from whipcount.reading.readers import OURS  # noqa: PLC0415

    assert set(PAGES) == set(OURS)
