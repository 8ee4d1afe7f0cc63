import re
from pathlib import Path

from whipcount.reading import Reader, read

DOCS = (Path(__file__).parents[2] / "docs" / "reading.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", DOCS, re.DOTALL)


def test_the_documented_loop_prints_what_a_folder_holds(tmp_path, monkeypatch, capsys):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.txt").write_text(
        "Arlen says no to the pact\n\nMarch 4, 2031\n\nArlen will not join the pact this year.\n",
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)
    exec(EXAMPLES[0], {"read": read})
    assert capsys.readouterr().out == (
        "2031-03-04  Arlen says no to the pact\n    Arlen will not join the pact this year.\n"
    )


def test_the_documented_reader_is_one():
    names: dict[str, object] = {}
    exec(EXAMPLES[1], names)
    reader = names["reader"]
    assert isinstance(reader, Reader)
    assert reader.claims(b"", "a.memo")
    (article,) = reader.read(b"Arlen says no.", "a.memo", None)
    assert article.text[slice(*article.body[0])] == "Arlen says no."


def test_the_documented_file_beside_the_pages_is_heeded(tmp_path):
    (file,) = re.findall(r"```toml\n(# reading\.toml.*?)```", DOCS, re.DOTALL)
    (tmp_path / "reading.toml").write_text(file, encoding="utf-8")
    (tmp_path / "a.csv").write_text(
        "Kopf;Rumpf\nArlen;The envoys of all the states have met again.\n", encoding="utf-8"
    )
    (tmp_path / "b.txt").write_text(
        "Arlen wartet\nDer Bote\n4 March 2031\nLänge: 8 words\nAutor: Jane Doe\nText\n"
        "The envoys of all the states have met again.\nEnde des Dokuments\n",
        encoding="utf-8",
    )
    table, export = read(tmp_path)
    assert (table.title, table.text) == (
        "Arlen",
        "Arlen\n\nThe envoys of all the states have met again.",
    )
    assert (export.title, export.outlet, export.byline) == ("Arlen wartet", "Der Bote", "Jane Doe")
