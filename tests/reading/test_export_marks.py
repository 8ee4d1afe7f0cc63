import pytest
from tests.reading import export_samples as samples

from whipcount.errors import WhipcountError
from whipcount.reading import read
from whipcount.reading.export_marks import read_marks, shipped_marks


def test_the_shipped_marks_are_of_three_databases():
    assert [marks.name for marks in shipped_marks()] == ["lexisnexis", "nexis-uni", "factiva"]


@pytest.fixture
def changed(tmp_path):
    """A Nexis Uni export whose vendor now says "Article ends" and "Text of it"."""
    lines = samples.nexis_uni()
    lines = ["Article ends" if line == "End of Document" else line for line in lines]
    lines = ["Text of it" if line == "Body" else line for line in lines]
    page = tmp_path / "news.txt"
    page.write_text("\n\n".join(lines), encoding="utf-8")
    return page


MARKS = """[nexis-uni]
told_by = ['Article ends']
document_ends = '^Article ends$'
body_begins = '^Text of it$'
"""


def test_marks_that_a_vendor_changed_are_given_in_a_file(changed, tmp_path):
    marks = tmp_path / "marks.toml"
    marks.write_text(MARKS, encoding="utf-8")
    articles = list(read(changed, export_marks=marks))
    assert [article.title for article in articles] == list(samples.TITLES)
    assert len(list(read(changed))) == 1


def test_an_export_of_another_database_is_like_one_that_is_known(changed, tmp_path):
    marks = tmp_path / "marks.toml"
    marks.write_text(
        MARKS.replace("[nexis-uni]", '[harbour-archive]\nlike = "nexis-uni"')
        + '[harbour-archive.labels]\nbyline = ["Written by"]\n',
        encoding="utf-8",
    )
    names = [one.name for one in read_marks(marks)]
    assert names == ["harbour-archive", "lexisnexis", "nexis-uni", "factiva"]
    articles = list(read(changed, export_marks=marks))
    assert [article.byline for article in articles] == ["", "", ""]
    assert next(article.section for article in articles) == "NEWS; Pg. 1"


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ("[nexis-uni]\ndocument_end = 'x'", "line 2: .*did you mean document_ends"),
        ("[nexis-uni]\ndocument_ends = '('", "line 2: .*is no regular expression"),
        ("[nexis-uni]\ntold_by = ['a', '[']", r"told_by\[1\]: is no regular expression"),
        ("[mine]\ndocument_ends = 'x'", "like: must be .*lexisnexis"),
        ("[nexis-uni.labels]\nauthor = ['By']", "unknown key"),
        ("nexis = 1", "must be a table"),
        ("[", "not valid TOML"),
    ],
)
def test_a_malformed_file_is_told_with_its_line(tmp_path, toml, told):
    marks = tmp_path / "marks.toml"
    marks.write_text(toml, encoding="utf-8")
    with pytest.raises(WhipcountError, match=told):
        read_marks(marks)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(WhipcountError, match="there is no such file of export marks"):
        read("-", export_marks=tmp_path / "no.toml")
