"""One article of our own, about states that don't exist, in each format that is read."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from html import escape
from pathlib import Path

import matplotlib
from fpdf import FPDF

TITLE = "Arlen’s call for a seat met with caution"
OUTLET = "The Harbour Courier"
BYLINE = "Jane Doe"
PUBLISHED = "2031-03-04"
URL = "https://courier.example/world/arlen-seat"
BODY = [
    "Since the flood last year, Arlen’s deputy minister Mirela Dask has been travelling to Brumel "
    "twice a month, asking the eight states for a seat at their table.",
    "“We have waited long enough,” Dask said on Monday. “Let us in, and let us in now.”",
    "The other states, Halvern among them, are still cautious. Halvern’s foreign minister Joris "
    "Tallow said that his government would support a seat once the strait had been charted.",
    "“A seat without a chart is a chair on the beach,” Tallow told the council.",
    "The talks go on next week, when the harbour masters of the eight states meet in Saltmere.",
]
ABOVE = [OUTLET, TITLE, f"By {BYLINE}", "4 March 2031"]

_FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


class Printed(FPDF):
    """A PDF with letters beyond Latin-1, and a running header and footer where asked for."""

    running = ""

    def __init__(self, running: str = "", **settings: str) -> None:
        super().__init__(**settings)
        self.running = running
        self.add_font("Serif", fname=str(_FONTS / "DejaVuSerif.ttf"))
        self.set_font("Serif", size=10)

    def header(self) -> None:
        if self.running:
            self.set_font("Serif", size=8)
            self.cell(0, 5, self.running)
            self.ln(12)

    def footer(self) -> None:
        if self.running:
            self.set_y(-12)
            self.set_font("Serif", size=8)
            self.cell(0, 5, f"Page {self.page_no()}", align="C")

    def said(self, words: str, size: float = 10, gap: float = 3, align: str = "L") -> None:
        """Print a paragraph over the whole width."""
        self.set_font("Serif", size=size)
        self.multi_cell(0, size * 0.45, words, align=align, new_x="LMARGIN", new_y="NEXT")
        self.ln(gap)


def pdf(columns: int = 1, body: list[str] = BODY, running: str = "", **properties: str) -> bytes:
    """Return a PDF of the article, its body in so many columns."""
    document = Printed(running)
    for name, value in properties.items():
        getattr(document, f"set_{name}")(value)
    document.add_page()
    document.said(ABOVE[0], 12)
    document.said(ABOVE[1], 20)
    document.said(ABOVE[2], 10)
    document.said(ABOVE[3], 10)
    if columns == 1:
        for words in body:
            document.said(words)
    else:
        document.set_font("Serif", size=10)
        with document.text_columns(ncols=columns, gutter=8, text_align="J") as text:
            for words in body:
                paragraph = text.paragraph(bottom_margin=3)
                paragraph.write(words)
                text.end_paragraph()
    return bytes(document.output())


def word_paragraph(words: str, style: str = "") -> str:
    """Return a paragraph of WordprocessingML."""
    about = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{about}<w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p>'


def docx(paragraphs: str = "", parts: dict[str, str] | None = None) -> bytes:
    """Return a DOCX; by default the article with its title in the style of titles."""
    if not paragraphs:
        styles = ["", "Titel", "", ""]
        paragraphs = "".join(map(word_paragraph, ABOVE, styles)) + "".join(
            map(word_paragraph, BODY)
        )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{_WORD}"><w:body>{paragraphs}</w:body></w:document>',
        )
        file.writestr(
            "word/styles.xml",
            f'<w:styles xmlns:w="{_WORD}"><w:style w:styleId="Titel"><w:name w:val="Title"/>'
            '</w:style><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
            "</w:styles>",
        )
        for name, words in (parts or {}).items():
            file.writestr(name, words)
    return out.getvalue()


def rtf_words(words: str) -> str:
    """Return words as RTF writes them: what is beyond ASCII by number."""
    return "".join(
        letter if ord(letter) < 128 else f"\\u{ord(letter)}?"
        for letter in words.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}")
    )


def rtf(paragraphs: list[str] | None = None) -> bytes:
    """Return an RTF of the article."""
    lines = paragraphs or [*ABOVE, *BODY]
    text = "".join(f"{{{rtf_words(line)}\\par}}\r\n\\pard\\plain " for line in lines)
    return (
        "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fcharset0 Times;}}"
        "{\\stylesheet{\\s0 Normal;}{\\s1 heading 1;}}"
        f"{{\\info{{\\title {rtf_words(TITLE)}}}}}{{\\header\\pard Page 1\\par}}\\pard {text}}}"
    ).encode("ascii")


def html() -> str:
    """Return the article as a web page."""
    body = "".join(f"<p>{escape(words)}</p>" for words in BODY)
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{TITLE} | {OUTLET}</title>'
        f'<meta charset="utf-8"><meta property="og:site_name" content="{OUTLET}"></head><body>'
        f'<nav><a href="/">Home</a></nav><article><h1>{TITLE}</h1><p class="byline">By {BYLINE}</p>'
        f'<p><time datetime="{PUBLISHED}">4 March 2031</time></p>{body}</article></body></html>'
    )


def mail(plain: str | None = None, html_part: str | None = None, **headers: str) -> bytes:
    """Return a message, from the outlet unless its headers say otherwise."""
    message = EmailMessage()
    said = {
        "Subject": TITLE,
        "From": f"{OUTLET} <news@courier.example>",
        "Date": "Tue, 04 Mar 2031 23:30:00 -0500",
        "Message-ID": "<1@courier.example>",
    }
    for name, value in {**said, **headers}.items():
        message[name.replace("_", "-")] = value
    message.set_content("\n\n".join(BODY) if plain is None else plain)
    if html_part is not None:
        message.add_alternative(html_part, subtype="html")
    return message.as_bytes()


def mhtml(page: str | None = None) -> bytes:
    """Return the web page as a browser saves it with its pictures."""
    message = EmailMessage()
    message["From"] = "<Saved by a browser>"
    message["Snapshot-Content-Location"] = URL
    message["Subject"] = TITLE
    message["Date"] = "Wed, 5 Mar 2031 08:00:00 -0000"
    message.make_related()
    message.add_related((page or html()).encode(), "text", "html", cte="quoted-printable")
    message.add_related(b"\x89PNG" + bytes(300), "image", "png")
    part = next(message.iter_parts())
    part.set_param("charset", "utf-8")
    part["Content-Location"] = URL
    message.set_param("type", "text/html")
    return message.as_bytes()


def rss(items: str | None = None) -> bytes:
    """Return a feed with the article as its first item."""
    body = "".join(f"<p>{words}</p>" for words in BODY)
    first = (
        f"<item><title>{TITLE}</title><link>{URL}</link><dc:creator>{BYLINE}</dc:creator>"
        f"<pubDate>Tue, 04 Mar 2031 23:30:00 -0500</pubDate><description>Short.</description>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded></item>"
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>{OUTLET} - World RSS</title><link>https://courier.example/</link>"
        f"<language>en-gb</language>{first if items is None else items}</channel></rss>"
    ).encode()


def set_pdf(
    pages: list[list[tuple[float, float, float, str]]],
    page: str = "",
    catalog: str = "",
    objects: list[bytes] | None = None,
) -> bytes:
    """Return a PDF with words exactly where they are wanted.

    `pages` has left, baseline from below, size and words of each line.

    `page` and `catalog` are put into those dictionaries; `objects` are further ones, from number 5
    plus twice the number of pages.
    """
    count = len(pages)
    numbers = [5 + 2 * index for index in range(count)]
    made = [
        f"<</Type/Catalog/Pages 2 0 R {catalog}>>".encode(),
        f"<</Type/Pages/Count {count}/Kids[{' '.join(f'{n} 0 R' for n in numbers)}]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>",
        b"<</Producer(our own)>>",
    ]
    for number, words in zip(numbers, pages, strict=True):
        made.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {number + 1} 0 R"
            f"/Resources<</Font<</F1 3 0 R>>>> {page}>>".encode()
        )
        drawn = b"".join(
            b"BT /F1 %g Tf 1 0 0 1 %g %g Tm (%b) Tj ET\n" % (size, left, base, _literal(text))
            for left, base, size, text in words
        )
        made.append(b"<</Length %d>>stream\n%b\nendstream" % (len(drawn), drawn))
    made += objects or []
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, one in enumerate(made, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(made) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R/Info 4 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(made) + 1,
        start,
    )
    return bytes(out)


def column(left: float, top: float, size: float, lines: list[str], step: float = 12) -> list:
    """Return lines for `set_pdf`, from `top` down."""
    return [(left, top - index * step, size, line) for index, line in enumerate(lines)]


def _literal(text: str) -> bytes:
    escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return escaped.encode("cp1252")
