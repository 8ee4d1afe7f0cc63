"""Small pages of our own in each format, from which fuzzing goes on, and words of each format."""

from __future__ import annotations

import bz2
import functools
import gzip
import json
import lzma

from tests import formats
from tests.reading import export_samples, release_samples
from tests.reading import test_warc as warc

from benchmarks.fuzz.packing import tarred, zipped

PAGES = {
    "html": "page.html",
    "text": "page.txt",
    "docx": "page.docx",
    "rtf": "page.rtf",
    "mail": "page.eml",
    "mhtml": "page.mhtml",
    "feed": "page.rss",
    "jsonl": "page.jsonl",
    "csv": "page.csv",
    "warc": "page.warc.gz",
    "zip": "page.zip",
    "tar": "page.tar.gz",
    "packed": "-",  # told by its first bytes, for its endings are several
    "pdf": "page.pdf",
}
"""The readers, each with the name of the page that it is given."""

WORDS: dict[str, tuple[str, ...]] = {
    "html": (
        *("<article>", "</article>", "<h1>", "<q>", "<blockquote>", "<time datetime=", "<figure>"),
        *("<figcaption>", "<sup><a>", "<table><tr><td>", "<script>", "<!--", "<![CDATA[", "&#0;"),
        *("&acirc;&euro;&#x9d;", "<meta charset=utf-16>", "<base href=", 'class="byline"'),
        *('type="application/ld+json">', '{"@type":"NewsArticle"', '"@graph":[', "By ", "â€œ"),
    ),
    "text": (
        *("\n\n", "By ", "4 March 2031", "====================", "\f", "\r\n", "\u202e", "- "),
        *("1 of 2 DOCUMENTS", "End of Document", "LENGTH: 99 words", "Document HARCOU", "Body\n"),
        *(
            "MR PARR:",
            "Q:",
            "ENDS",
            "BRUMEL, March 4 (HW) - ",
            "https://a.example/",
            "â€",
            "\ufeff",
        ),
    ),
    "docx": (
        "<w:p>",
        "<w:r>",
        "<w:t>",
        "<w:tbl>",
        "<w:del>",
        "<w:pStyle w:val=",
        "<!DOCTYPE a [",
        "&a;",
    ),
    "rtf": (
        "\\par",
        "\\u8220?",
        "\\'93",
        "{\\*",
        "\\bin9",
        "\\uc0",
        "\\ansicpg",
        "\\fcharset",
        "{",
        "}",
    ),
    "mail": (
        *(
            "Content-Type: multipart/mixed; boundary=",
            "Content-Transfer-Encoding: base64",
            "\n\n--",
        ),
        *("message/rfc822", "charset=utf-7", "=?utf-8?B?", "=?x?Q?", "> ", "Date: ", "From: ", ";"),
    ),
    "feed": (
        *(
            "<item>",
            "<entry>",
            "<title>",
            "<content:encoded>",
            "<![CDATA[",
            "<!DOCTYPE a [<!ENTITY",
        ),
        *(
            "&lt;p&gt;",
            "xmlns:dc=",
            "<pubDate>",
            '<?xml version="1.0" encoding="',
            "utf-16",
            "&#8;",
        ),
    ),
    "jsonl": (
        '{"text": "',
        '"title"',
        '"date"',
        "\\ud800",
        "\\u0000",
        "1e999",
        "NaN",
        "[[[[",
        "\n",
        "<p>",
    ),
    "csv": ("text", "title", "date", '"', '""', ";", "\t", "|", "\r\n", "11/07/2031", "<p>"),
    "warc": (
        *(
            "WARC/1.0\r\n",
            "WARC-Type: response",
            "WARC-Target-URI: ",
            "Content-Length: ",
            "\r\n\r\n",
        ),
        *(
            "HTTP/1.1 200 OK\r\n",
            "Transfer-Encoding: chunked",
            "Content-Encoding: gzip",
            "\x1f\x8b\x08",
        ),
    ),
    "zip": ("PK\x03\x04", "PK\x01\x02", "PK\x05\x06", "../", "/", "\\", "a.html", "\x00"),
    "tar": ("ustar", "../", "/", "a.html", "\x00", "GNU.sparse", "path="),
    "packed": ("\x1f\x8b\x08", "BZh9", "\xfd7zXZ", "\x00"),
    "pdf": (
        *("obj", "endobj", "stream", "endstream", "/Kids[", "/Parent", "/Contents", "/Resources"),
        *(
            "/Type/Page",
            "BT",
            "ET",
            " Tf",
            " Tm",
            "(",
            ")",
            "Tj",
            "/Length",
            "xref",
            "trailer",
            "R",
        ),
        *("/FlateDecode", "/ASCIIHexDecode", "/Encrypt", "/JavaScript", "/ToUnicode", "/Rotate 90"),
    ),
}
"""Words that a format gives a meaning to, which chance alone would hardly find."""
WORDS["mhtml"] = (*WORDS["mail"], *WORDS["html"])


@functools.cache
def seeds(reader: str) -> tuple[bytes, ...]:
    """Return the pages that fuzzing begins with."""
    html = formats.html().encode()
    plain = "\n\n".join([*formats.ABOVE, *formats.BODY])
    rows = [
        {"text": " ".join(formats.BODY), "title": formats.TITLE, "date": formats.PUBLISHED},
        {"body": f"<p>{formats.BODY[1]}</p>", "headline": "Arlen", "pubdate": 1_930_000_000},
    ]
    members = {"a.html": html, "b.txt": plain.encode(), "c.docx": formats.docx()}
    made = {
        "html": lambda: (html, export_samples.factiva_html().encode()),
        "text": lambda: (
            *map(str.encode, (plain, release_samples.RELEASE, release_samples.HANSARD)),
            *map(str.encode, (export_samples.lexisnexis(2), export_samples.factiva(2))),
        ),
        "docx": lambda: (formats.docx(), export_samples.docx(export_samples.nexis_uni(2))),
        "rtf": lambda: (formats.rtf(),),
        "mail": lambda: (formats.mail(), formats.mail("See there.", formats.html())),
        "mhtml": lambda: (formats.mhtml(),),
        "feed": lambda: (formats.rss(),),
        "jsonl": lambda: ("\n".join(map(json.dumps, rows)).encode(),),
        "csv": lambda: (f'title,text,date\nArlen,"{formats.BODY[0]}",2031-03-04\n'.encode(),),
        "warc": lambda: (b"".join(warc.MEMBERS[:3]), gzip.compress(warc.PLAIN)),
        "zip": lambda: (zipped(members),),
        "tar": lambda: (gzip.compress(tarred(members)),),
        "packed": lambda: tuple(
            pack(html) for pack in (gzip.compress, bz2.compress, lzma.compress)
        ),
        "pdf": lambda: (
            formats.set_pdf([formats.column(72, 760, 11, formats.BODY[:4], 30)] * 2),
            formats.pdf(2),
        ),
    }
    return made[reader]()
