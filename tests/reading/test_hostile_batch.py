"""A folder in which all but one page is made to do harm, read by the command with bounds set.

The process may take 1.5 GB beyond what it begins with, and some minutes of processor time. It must
end by itself, read the one page, and tell of each of the others that it hasn't read.
"""

import gzip
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from tests import formats
from tests.reading import test_warc as warc

SENTENCE = "Arlen has asked again for a seat at the table of the eight states, and was told no. "
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 30))
BOUNDED = """
import resource, sys
from whipcount import pipeline  # the libraries' own threads take a gigabyte of addresses
from whipcount.cli import main
resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
pages = int(open("/proc/self/statm").read().split()[0])
most = pages * resource.getpagesize() + 1_500_000_000
resource.setrlimit(resource.RLIMIT_AS, (most, most))
code = main(["read", sys.argv[1], "--format", "jsonl"])
status = open("/proc/self/status").read()  # getrusage tells of the process before, too
print("MB:", int(status.partition("VmHWM:")[2].split()[0]) // 1024, file=sys.stderr)
sys.exit(code)
"""
MOST = 600
"""MB that the process holds at most; what it loads is 200, the largest page 250."""
HTML = "<html><body><article><h1>Arlen</h1>{}</article></body></html>"


def nested(tag: str, depth: int = 100_000) -> bytes:
    return HTML.format(f"<{tag}>" * depth + f"<p>{SENTENCE * 3}</p>" + f"</{tag}>" * depth).encode()


def zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return stream.getvalue()


def mixed() -> bytes:
    return "".join(f"<p>“Ärger” – {SENTENCE}</p>" for _ in range(50)).encode() + (
        "<p>“Ärger” – " + SENTENCE
    ).encode("cp1252")


SMALL = {
    **{f"nested-{tag}.html": nested(tag) for tag in ("div", "b", "table", "ul", "blockquote")},
    "unclosed.html": HTML.format("<p><font><b><i>" * 50_000 + SENTENCE).encode(),
    "attributes.html": HTML.format(
        "<p " + " ".join(f"a{n}='{n}'" for n in range(200_000)) + f">{SENTENCE}</p>"
    ).encode(),
    "laughs.rss": formats.rss()
    .replace(b"<rss", f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><rss'.encode(), 1)
    .replace(b"Short.", b"&l29;"),
    "laughs.html": f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]>{HTML.format("&l29;")}'.encode(),
    "nested.rss": b"<rss>" + b"<a>" * 200_000,
    "nested.jsonl": b"[" * 3_000_000 + b"\n" + b'{"text":' * 100_000 + b"\n",
    "quotes.csv": b"text\n" + b'"' * 3_000_001,
    "columns.csv": b"text" + b"," * 3_000_000 + b"\n" + b"," * 3_000_000,
    "line.txt": (SENTENCE * 120_000).encode(),
    "line.html": HTML.format(f"<p>{SENTENCE * 120_000}</p>").encode(),
    "line.jsonl": json.dumps({"text": SENTENCE * 120_000}).encode(),
    "letters.txt": b"a" * 10_000_000,
    "nul.txt": b"Arlen\0" * 100_000,
    "nul.jsonl": b'{"text": "' + b"\0" * 100_000 + b'"}\n',
    "right-to-left.txt": ("\u202e\u2066\u200f" + SENTENCE + "\u2069\u202c").encode() * 20_000,
    "mixed.html": mixed(),
    "bomb.zip": zipped({f"{n}.jsonl": b" " * 60_000_000 for n in range(6)}),
    "bomb.html.gz": gzip.compress(b"<p>" + b" " * 300_000_000),
    "bomb.docx": formats.docx(parts={"word/footnotes.xml": "<a>" + " " * 80_000_000}),
    "out.zip": zipped({"../../up.html": formats.html().encode(), "/abs.html": b"x"}),
    "broken.warc.gz": b"".join([*warc.MEMBERS[:2], warc.MEMBERS[2][:99], b"\0" * 999]),
    "script.pdf": formats.set_pdf(
        [[(72, 700, 11, "")]], catalog="/OpenAction<</S/JavaScript/JS(while\\(1\\){})>>"
    ),
}
ENDINGS = ("html", "txt", "rss", "docx", "rtf", "eml", "pdf", "zip", "tar", "jsonl", "warc", "csv")
READ_TOO = {"line.txt", "line.jsonl", "letters.txt", "right-to-left.txt", "attributes.html"}
"""What does no harm where it is read as far as it goes."""


def run(folder: Path, seconds: int) -> tuple[set[str], set[str], str]:
    """Return the names of the pages that are read and those that are told of; and what is told."""
    command = [sys.executable, "-c", BOUNDED.replace("SECONDS", str(seconds)), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr[-3000:]
    assert "Traceback" not in done.stderr, done.stderr[-3000:]
    assert int(done.stderr.rpartition("MB:")[2]) < MOST
    paths = [json.loads(line)["path"] for line in done.stdout.splitlines()]
    names = {path.name for path in folder.iterdir()}
    read = {
        name
        for name in names
        if any(f"{folder}/{name}" == p[: len(f"{folder}/{name}")] for p in paths)
    }
    told = {name for name in names if f"{folder}/{name}" in done.stderr}
    return read, told, done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="bounds are set as on Linux")
def test_the_one_page_is_read_and_each_of_the_others_is_told_or_read(tmp_path):
    for name, data in {**SMALL, "good.html": formats.html().encode()}.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "link.html").symlink_to("/etc/passwd")
    read, told, stderr = run(tmp_path, 400)
    assert "good.html" in read - told
    assert "link.html" not in read
    assert read | told == {*SMALL, "good.html"}, stderr
    assert read >= READ_TOO
    assert "Traceback" not in stderr
    assert not (tmp_path.parent / "up.html").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="bounds are set as on Linux")
def test_files_of_two_gigabytes_are_told(tmp_path):
    for ending in ENDINGS:
        with (tmp_path / f"large.{ending}").open("wb") as file:
            file.truncate(2_200_000_000)  # holes, which take no room
    (tmp_path / "good.html").write_bytes(formats.html().encode())
    assert (tmp_path / "large.txt").stat().st_blocks * 512 < 1_000_000
    read, told, stderr = run(tmp_path, 200)
    assert read == {"good.html"}
    assert told == {f"large.{ending}" for ending in ENDINGS}, stderr
    assert "Traceback" not in stderr
