"""ZIP, TAR and packed files: what is in them is read, and what would do harm is told."""

import bz2
import gzip
import io
import lzma
import socket
import struct
import tarfile
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.reading import export_samples as samples
from tests.reading import test_warc as warc

from whipcount.errors import PageError
from whipcount.reading import Settings, allowance, read, read_bytes, zip_archive
from whipcount.reading.page_articles import articles_of

SENTENCE = (
    "Arlen has asked again for a seat at the table of the eight states, and was told to wait."
)
PAGE = (
    "<html><body><article><h1>Arlen waits for its seat at the table</h1><p>" + SENTENCE + "</p><p>"
    "Halvern is still cautious, its envoy Tam Ruhl said in Brumel.</p></article></body></html>"
)
PACKERS = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress}


def articles(data, path):
    errors = []
    found = list(articles_of(io.BytesIO(data), path, Settings(on_error=errors.append)))
    return found, [str(error) for error in errors]


def zipped(members, **options):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, **options) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return stream.getvalue()


def tarred(members, mode="w"):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as file:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            data = content.encode() if isinstance(content, str) else content
            info.size = len(data)
            file.addfile(info, io.BytesIO(data))
    return stream.getvalue()


MEMBERS = {
    "pages/a.html": PAGE,
    "b.txt": SENTENCE,
    "table.csv": f'text\n"{SENTENCE}"\n',
    "images/pier.jpg": b"\xff\xd8\xff",
    ".hidden.html": PAGE,
    "__MACOSX/._a.html": b"\x00",
}
ARCHIVES = {
    "a.zip": zipped(MEMBERS),
    "a.tar": tarred(MEMBERS),
    "a.tar.gz": tarred(MEMBERS, "w:gz"),
    "a.tgz": tarred(MEMBERS, "w:gz"),
    "a.tar.bz2": tarred(MEMBERS, "w:bz2"),
    "a.tar.xz": tarred(MEMBERS, "w:xz"),
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_members_are_read_by_the_reader_that_claims_them(name):
    found, errors = articles(ARCHIVES[name], name)
    assert errors == []
    assert [one.path for one in found] == [
        f"{name}/pages/a.html",
        f"{name}/b.txt",
        f"{name}/table.csv",
    ]
    assert [one.part for one in found] == [None, None, 0]
    assert found[1].text == SENTENCE


def test_archives_are_known_by_what_is_in_them():
    for name in ("a.zip", "a.tar", "a.tar.gz"):
        assert len(read_bytes(ARCHIVES[name], "-")) == 3, name


def test_an_archive_in_a_folder_is_a_page(tmp_path):
    (tmp_path / "a.zip").write_bytes(ARCHIVES["a.zip"])
    (tmp_path / "b.tar.gz").write_bytes(ARCHIVES["a.tar.gz"])
    names = [Path(one.path).relative_to(tmp_path).as_posix() for one in read(tmp_path)]
    assert names[0] == "a.zip/pages/a.html"
    assert names[-1] == "b.tar.gz/table.csv"


@pytest.mark.parametrize("ending", PACKERS)
def test_a_packed_page_is_read_as_what_it_was(ending):
    data = PACKERS[ending](PAGE.encode())
    (article,), _ = articles(data, f"saved/a.html{ending}")
    assert article.path == f"saved/a.html{ending}/a.html"
    assert article.title == "Arlen waits for its seat at the table"
    (article,), _ = articles(data, "-")
    assert article.title == "Arlen waits for its seat at the table"


def test_packed_files_one_after_the_other_are_one():
    data = gzip.compress(b"text\n") + gzip.compress(SENTENCE.replace(",", ";").encode()) + b"\0" * 9
    (article,), errors = articles(data, "a.csv.gz")
    assert (article.text, errors) == (SENTENCE.replace(",", ";"), [])


def test_archives_within_archives_are_opened_to_a_small_depth():
    inner = zipped({"c.txt": SENTENCE, "d.tar.xz": tarred({"e.txt": SENTENCE}, "w:xz")})
    found, errors = articles(zipped({"b.zip": inner}), "a.zip")
    assert [one.path for one in found] == ["a.zip/b.zip/c.txt", "a.zip/b.zip/d.tar.xz/e.txt"]
    assert errors == []
    found, errors = articles(zipped({"z.zip": zipped({"b.zip": inner})}), "a.zip")
    assert [one.path for one in found] == ["a.zip/z.zip/b.zip/c.txt"]
    assert errors == [
        "a.zip/z.zip/b.zip/d.tar.xz: is an archive inside 3 others, and 3 are opened at most; "
        "unpack it and read the folder"
    ]


@pytest.mark.parametrize(
    "name", ["../up.html", "/etc/abs.html", "a/../../up.html", "C:\\up.html", "..\\up.html"]
)
@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_paths_that_lead_out_of_an_archive_are_told(name, kind):
    members = {name: PAGE, "b.txt": SENTENCE}
    data = zipped(members) if kind == "zip" else tarred(members)
    found, errors = articles(data, f"a.{kind}")
    assert [one.path for one in found] == [f"a.{kind}/b.txt"]
    assert len(errors) == 1
    assert "leads out of the archive; it is left out" in errors[0]


def test_names_are_printable():
    (article,), _ = articles(zipped({"a\nb\x1b[2J.txt": SENTENCE}), "a.zip")
    assert article.path == "a.zip/a\ufffdb\ufffd[2J.txt"


def test_links_are_not_followed():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        info = zipfile.ZipInfo("link.html")
        info.external_attr = 0o120777 << 16
        file.writestr(info, "/etc/passwd")
        file.writestr("b.txt", SENTENCE)
    found, errors = articles(stream.getvalue(), "a.zip")
    assert [one.path for one in found] == ["a.zip/b.txt"]
    assert errors == ["a.zip/link.html: is a link, which is not followed; it is left out"]
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as file:
        for name, kind in (
            ("soft.html", tarfile.SYMTYPE),
            ("hard.html", tarfile.LNKTYPE),
            ("fifo.html", tarfile.FIFOTYPE),
            ("dev.html", tarfile.CHRTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            file.addfile(info)
    found, errors = articles(stream.getvalue(), "a.tar")
    assert found == []
    assert [error.partition(": ")[2] for error in errors] == [
        "is a link, which is not followed; it is left out",
        "is a link, which is not followed; it is left out",
        "is no plain file; it is left out",
        "is no plain file; it is left out",
    ]


def test_a_member_that_is_locked_is_told():
    data = bytearray(zipped({"a.html": PAGE, "b.txt": SENTENCE}))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    found, errors = articles(bytes(data), "a.zip")
    assert [one.path for one in found] == ["a.zip/b.txt"]
    assert errors == ["a.zip/a.html: is locked with a password; unpack it and read the folder"]


def test_a_way_of_packing_that_is_not_known_is_told():
    data = bytearray(zipped({"a.html": PAGE, "b.txt": SENTENCE}))
    for mark, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        struct.pack_into("<H", data, data.index(mark) + place, 96)
    found, errors = articles(bytes(data), "a.zip")
    assert [one.path for one in found] == ["a.zip/b.txt"]
    assert "a.zip/a.html: can't be unpacked" in errors[0]


def test_a_broken_member_costs_no_other():
    data = bytearray(zipped({"a.html": PAGE * 3, "b.txt": SENTENCE}))
    data[60:90] = b"\xff" * 30
    found, errors = articles(bytes(data), "a.zip")
    assert [one.path for one in found] == ["a.zip/b.txt"]
    assert "a.zip/a.html: is broken" in errors[0]


def test_a_broken_header_of_a_tar_costs_no_other():
    data = bytearray(tarred({"a.html": PAGE, "b.html": PAGE, "c.html": PAGE}))
    at = data.index(b"b.html")
    data[at : at + 300] = b"\xff" * 300
    found, errors = articles(bytes(data), "a.tar")
    assert [one.path for one in found] == ["a.tar/a.html", "a.tar/c.html"]
    assert errors == [
        f"a.tar: is broken at byte {at:,} of its content, and what stands there was passed over; "
        "fetch it again"
    ]


@pytest.mark.parametrize("name", ["a.tar", "a.tar.gz"])
def test_an_archive_that_is_cut_off_is_read_as_far_as_it_goes(name):
    data = tarred({"a.html": PAGE, "b.html": PAGE * 4, "c.html": PAGE}, "w")
    data = data[:2800] if name == "a.tar" else gzip.compress(data)[:-30]
    found, errors = articles(data, name)
    assert found[0].path == f"{name}/a.html"
    assert errors


def test_a_packed_page_that_is_cut_off_is_read_as_far_as_it_goes():
    rows = "".join(f'{{"text": "{SENTENCE}", "id": {n}}}\n' for n in range(500)).encode()
    found, errors = articles(gzip.compress(rows)[:-30], "a.jsonl.gz")
    assert len(found) > 300
    assert errors[0] == "a.jsonl.gz: is broken (it is cut off); fetch it again"


@pytest.mark.parametrize(
    ("data", "path", "told"),
    [
        (b"PK\x03\x04 and no more", "a.zip", "is a broken ZIP archive"),
        (b"no archive at all" * 99, "a.tar", "is no TAR archive"),
        (zipped({"a.jpg": b"x"}), "a.zip", "the archive holds no page; pages in archives end in"),
        (tarred({"a.jpg": b"x"}), "a.tar", "the archive holds no page"),
        (zipped({}), "a.zip", "the archive holds no page"),
        (b"\x1f\x8b\x08 and no more", "a.html.gz", "is broken"),
        (zipped({"a.html": ""}), "a.zip", "a.zip/a.html: is empty"),
        (zipped({"a.html": b" " * 16_000_001}), "a.zip", "pages are read up to 16 MB"),
    ],
)
def test_what_cannot_be_read_is_told(data, path, told):
    found, errors = articles(data, path)
    assert found == []
    assert len(errors) == 1
    assert told in errors[0]


def bomb(size=20_000_000, count=10):
    return {f"{number}.jsonl": b'{"x": "' + b"a" * size + b'"}\n' for number in range(count)}


@pytest.mark.parametrize("pack", [zipped, lambda members: tarred(members, "w:gz")])
def test_an_archive_that_unpacks_to_far_too_much_is_left(monkeypatch, pack):
    monkeypatch.setattr(allowance, "FREE", 10_000_000)
    data = pack(bomb())
    found, errors = articles(data, "a.zip" if data.startswith(b"PK") else "a.tgz")
    assert found == []
    assert len(errors) < 10
    assert "unpacks to more than" in errors[-1]
    assert "Unpack it yourself if you trust it" in errors[-1]


def test_what_archives_within_an_archive_unpack_to_is_counted_together(monkeypatch):
    monkeypatch.setattr(allowance, "FREE", 10_000_000)
    inner = zipped(bomb(count=4))
    outer = zipped({f"{number}.zip": inner for number in range(10)} | {"z.txt": SENTENCE})
    found, errors = articles(outer, "a.zip")
    assert found == []
    assert errors[-1].startswith("a.zip: unpacks to more than")
    assert sum("unpacks to more than" in error for error in errors) == 1


def test_a_page_of_zeros_takes_no_memory(monkeypatch):
    data = zipped({"a.html": b"\0" * 300_000_000})
    tracemalloc.start()
    articles(data, "a.zip")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 80_000_000


def test_a_header_that_fills_memory_is_refused():
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz", format=tarfile.PAX_FORMAT) as file:
        info = tarfile.TarInfo("a.html")
        info.pax_headers = {"comment": "x" * 3_000_000}
        file.addfile(info)
    _, errors = articles(stream.getvalue(), "a.tgz")
    assert errors == ["a.tgz: has a header of 3 MB; leave it out"]


def test_a_list_of_members_that_fills_memory_is_refused(monkeypatch):
    monkeypatch.setattr(zip_archive, "MOST_DIRECTORY", 1_000)
    data = zipped({f"{number}.txt": SENTENCE for number in range(30)})
    _, errors = articles(data, "a.zip")
    assert "has more members than are read of an archive" in errors[0]


def test_members_are_read_one_at_a_time(tmp_path):
    page = tmp_path / "a.zip"
    page.write_bytes(zipped({"a.txt": SENTENCE, "b.html": ""}))
    found = read(page)
    assert next(found).text == SENTENCE
    with pytest.raises(PageError, match=r"b\.html: is empty"):
        next(found)


def test_nothing_is_written_where_an_archive_says(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    articles(zipped({"../up.html": PAGE, "a/b.html": PAGE}), "a.zip")
    articles(tarred({"../up.html": PAGE, "a/b.html": PAGE}), "a.tar")
    assert list(tmp_path.iterdir()) == []
    assert not (tmp_path.parent / "up.html").exists()


def test_no_connection_is_opened(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("a reader opens a connection")

    for what in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, what, refuse)
    members = {
        "news.txt": samples.lexisnexis(),
        "news.html": samples.factiva_html(),
        "news.docx": samples.docx(samples.nexis_uni()),
        "a.jsonl": f'{{"text": "{SENTENCE}", "url": "https://a.example/"}}\n',
        "a.tar.xz": tarred(MEMBERS, "w:xz"),
        "a.warc": warc.PLAIN,
    }
    found, errors = articles(zipped(members), "a.zip")
    assert (len(found), errors) == (3 + 2 + 3 + 1 + 3 + 4, [])


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from([*sorted(ARCHIVES), "a.html.gz", "a.html.bz2", "a.html.xz"]),
    st.lists(
        st.tuples(st.integers(0, 20_000), st.integers(0, 60), st.binary(max_size=12)), min_size=1
    ),
)
def test_spoilt_archives_give_articles_or_errors_and_nothing_else(name, changes):
    ending = f".{name.rpartition('.')[2]}"
    data = ARCHIVES.get(name) or PACKERS[ending](PAGE.encode())
    spoilt = bytearray(data)
    for place, length, words in changes:
        at = place % (len(spoilt) + 1)
        spoilt[at : at + length] = words
    assert articles(bytes(spoilt), name) != ([], [])
