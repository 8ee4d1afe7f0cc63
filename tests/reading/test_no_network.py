"""Pages that ask to be completed from elsewhere: nothing is fetched, whatever the format.

`conftest` refuses what Python opens in every test of reading. Here a real server waits for whoever
comes, also from C or from another process.
"""

import contextlib
import http.client
import io
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
import zipfile
from html import escape

import pytest
from tests import formats
from tests.reading import conftest
from tests.reading import test_warc as warc

from whipcount.errors import PageError
from whipcount.reading import read_bytes


@contextlib.contextmanager
def waiting():
    """Give the address of a server that takes connections, and who came."""
    came = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def take():
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    with connection:
                        connection.settimeout(5)
                        came.append(connection.recv(200))
                        connection.sendall(b"HTTP/1.0 404 Not here\r\n\r\n")

        thread = threading.Thread(target=take, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/", came
        # closing doesn't wake who waits for a connection, but a last one does
        with contextlib.suppress(OSError), socket.create_connection(server.getsockname(), 5) as one:
            one.sendall(b"last")
            one.recv(1)
    came.remove(b"last")


def pages(far: str) -> dict[str, bytes]:
    """Return a page of each format that names an address in all ways that the format has."""
    xml = (
        f'<!DOCTYPE a SYSTEM "{far}a.dtd" [<!ENTITY b SYSTEM "{far}b"><!ENTITY % c SYSTEM '
        f'"{far}c"> %c;]>'
    )
    html = formats.html().replace(
        "<head>",
        f'<head><base href="{far}"><link rel="stylesheet" href="{far}d.css"><script src="{far}e">'
        f'</script><meta http-equiv="refresh" content="0;url={far}f">',
    )
    html = html.replace(
        "</article>",
        f'<img src="{far}g" srcset="{far}h 2x"><iframe src="{far}i"></iframe><object data="{far}j">'
        f'</object><video src="{far}k" poster="{far}l"></video><q cite="{far}m">No.</q>'
        f'<p style="background:url({far}n)">The talks went on for another night.</p></article>',
    )
    relations = "".join(
        f'<Relationship Id="r{number}" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/{kind}" Target="{far}{kind}" TargetMode="External"/>'
        for number, kind in enumerate(("attachedTemplate", "image", "aFChunk", "subDocument"))
    )
    parts = {
        "word/_rels/document.xml.rels": f"<Relationships>{relations}</Relationships>",
        "word/_rels/settings.xml.rels": f"<Relationships>{relations}</Relationships>",
        "word/settings.xml": '<w:settings><w:attachedTemplate r:id="r0"/></w:settings>',
    }
    external = (
        f'\n--b\nContent-Type: message/external-body; access-type="URL"; URL="{far}o"\n\n'
        "Content-Type: text/html\n\n--b--\n"
    )
    mail = (
        b"Subject: Arlen asks for a seat\nFrom: a@b.example\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/html\n\n'
        + html.encode("ascii", "xmlcharrefreplace")
        + external.encode()
    )
    item = (
        f"<item><title>Arlen waits</title><link>{far}p</link><enclosure url='{far}q' length='1' "
        f"type='audio/mpeg'/><description>{escape(html)}</description></item>"
    )
    feed = formats.rss(item)
    head, root = feed.split(b"?>", 1)
    doing = f"/OpenAction<</S/URI/URI({far}r)>>/AA<</WC<</S/SubmitForm/F({far}s)>>>>"
    words = formats.column(72, 760, 11, formats.BODY[:4], 30)
    packed = formats.rtf().replace(
        b"{\\header",
        f'{{\\*\\template {far}t}}{{\\field{{\\*\\fldinst INCLUDEPICTURE "{far}u"}}}}'.encode()
        + b"{\\header",
    )
    made = {
        "page.html": html.encode(),
        "amp.html": html.replace("<html", "<html amp").encode(),
        "page.mhtml": formats.mhtml(html),
        "page.eml": mail,
        "page.rss": head
        + f'?><?xml-stylesheet href="{far}v"?>{xml}'.encode()
        + root.replace(b"<channel>", f"<channel><xi:include href='{far}w'/>".encode(), 1),
        "page.docx": formats.docx(parts=parts),
        "entities.docx": _with_entities(formats.docx(), xml),
        "page.rtf": packed,
        "page.pdf": formats.set_pdf([words], catalog=doing),
        "page.txt": f"{far}x\n\n{formats.TITLE}\n\n{formats.BODY[0]}\n\n{formats.BODY[1]}".encode(),
        "page.jsonl": json.dumps({"text": html, "url": f"{far}y"}).encode(),
        "page.csv": f'text,url\n"{formats.BODY[0]}",{far}z\n'.encode(),
        "page.warc": warc.INFO + warc.record(1, html.encode(), url=f"{far}1"),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for name, data in made.items():
            file.writestr(name, data)
    return {**made, "all.zip": stream.getvalue()}


def _with_entities(data: bytes, xml: str) -> bytes:
    """Return a DOCX whose document has a document type."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for info in old.infolist():
            words = old.read(info)
            new.writestr(info, xml.encode() + words if info.filename.endswith("t.xml") else words)
    return stream.getvalue()


READ = sorted(pages("http://far.example/"))


@pytest.mark.usefixtures("sockets")
def test_the_command_fetches_nothing_of_any_format(tmp_path):
    with waiting() as (far, came):
        for name, data in pages(far).items():
            (tmp_path / name).write_bytes(data)
        command = [sys.executable, "-m", "whipcount", "read", str(tmp_path), "--format", "jsonl"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert came == []
        with pytest.raises(urllib.error.HTTPError, match="Not here"):
            urllib.request.urlopen(far)
        assert len(came) == 1, "who comes is seen"
    told = [json.loads(line)["path"] for line in done.stdout.splitlines()]
    unread = [
        name for name in READ if not any(path.startswith(f"{tmp_path}/{name}") for path in told)
    ]
    assert unread == ["entities.docx"], done.stderr


@pytest.mark.parametrize("name", READ)
def test_a_page_is_read_without_what_it_names(name):
    with contextlib.suppress(PageError):
        assert read_bytes(pages("http://far.example/")[name], name)


@pytest.mark.skipif(sys.platform != "linux", reason="namespaces are Linux's")
def test_without_any_network_all_is_the_same(tmp_path):
    for name, data in pages("http://far.example/").items():
        (tmp_path / name).write_bytes(data)
    command = [sys.executable, "-m", "whipcount", "read", str(tmp_path), "--format", "json"]
    alone = ["unshare", "--map-root-user", "--net"]
    if not shutil.which("unshare") or subprocess.run([*alone, "true"], check=False).returncode:
        pytest.skip("this machine lets nobody make a network of its own")
    outside, inside = (
        subprocess.run([*before, *command], capture_output=True, text=True, check=False)
        for before in ([], alone)
    )
    assert (inside.returncode, inside.stdout) == (outside.returncode, outside.stdout)
    assert inside.stdout


@pytest.mark.parametrize(
    "connect",
    [
        lambda: socket.create_connection(("127.0.0.1", 9)),
        lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"", ("127.0.0.1", 9)),
        lambda: socket.getaddrinfo("far.example", 80),
        lambda: http.client.HTTPConnection("127.0.0.1", 9).request("GET", "/"),
    ],
    ids=["connect", "send", "look up", "http"],
)
def test_tests_of_reading_have_no_network(connect):
    with pytest.raises(ConnectionRefusedError, match="have no network"):
        connect()
    assert conftest.tried
    conftest.tried.clear()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such sockets in Python")
def test_a_connection_within_the_machine_is_none():
    one, other = socket.socketpair()
    with one, other:
        one.sendall(b"x")
        assert other.recv(1) == b"x"
