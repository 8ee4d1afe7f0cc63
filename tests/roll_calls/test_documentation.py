"""The file, columns and words of "Recorded votes" in `docs/counting.md`, run and compared."""

import re
from pathlib import Path

from whipcount.roll_calls import LAYOUTS, ROLES
from whipcount.roll_calls.casts import WORDS
from whipcount.roll_calls.layouts import NAMES, OF_STATES

from .cases import DAMS, read, votes

PAGE = (Path(__file__).parents[2] / "docs" / "counting.md").read_text(encoding="utf-8")
SECTION = PAGE.partition("## Recorded votes\n")[2].partition("\n## ")[0]


def rows(head: str) -> dict[str, list[str]]:
    """Return the table under a heading row: the second column's words by the first."""
    table = SECTION.partition(head)[2].partition("\n\n")[0]
    found = re.findall(r"^\| `?([^|`-]+)`? \| ([^|]+) \|", table, re.MULTILINE)
    return {name: re.split(r", |; [^,]*, also ", words) for name, words in found}


def test_the_file_is_read(tmp_path):
    (example,) = re.findall(r"```csv\n(.*?)```", SECTION, re.DOTALL)
    (call,) = read(tmp_path, example, issue=DAMS)
    assert votes(call) == {"Arvonia": "support", "Belmark": "abstain"}
    assert call.absent == ("Corvia",)
    assert call.title == "roll call 7: The dam bill"


def test_the_names_of_columns_are_all_there():
    told = rows("| role | names |")
    assert tuple(told) == ROLES
    for role in ROLES:
        more = OF_STATES if role in ("member", "constituency") else ()
        assert tuple(told[role]) == NAMES[role] + more


def test_the_words_of_votes_are_all_there():
    told = {word: cast for cast, words in rows("| | words | position |").items() for word in words}
    plain = {word: said.cast for word, said in WORDS.items() if said.how == "voted"}
    assert told == plain


def test_the_layouts_are_all_there():
    assert re.findall(r"^- `(\w+)`, the votes", SECTION, re.MULTILINE) == list(LAYOUTS)
