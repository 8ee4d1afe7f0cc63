"""Exports as databases of news write them, with news of our own invention."""
# ruff: noqa: E501

from __future__ import annotations

import html
import io
import textwrap
import zipfile

FIRST = (
    "Arlen has asked again for a seat at the table of the eight states, and was told to wait.",
    '"We have waited long enough," the deputy minister Mirela Dask said in Brumel on Sunday. "Let '
    'us in, and let us in now."',
    "Halvern is still cautious. Its envoy, Tam Ruhl, said that the piers must be mended first and "
    "that nobody would pay for them twice.",
)
SECOND = (
    "Brask will not pay for new ferries before the harbour league has met, its minister said.",
    "\u201cThe pier is ours, and so are its bills,\u201d said Lena Orlo, who speaks for the ports of "
    "Torvel, and she left the hall before the vote was called.",
)
THIRD = (
    "Nobody signed anything before the last boat left the island, and the talks go on next week.",
    "The envoys of Isk stayed away, as they had done in March, for want of a ship.",
)
TITLES = (
    "Arlen's call for a seat met with caution",
    "Brask keeps its purse shut as the league of the eight harbours looks for someone who will pay "
    "for the ferries",
    "Talks end without a word on paper",
)
BODIES = (FIRST, SECOND, THIRD)
OUTLETS = ("The Harbour Courier", "The Lantern (Torvel)", "Isk Daily Record")
DAYS = ("2031-03-04", "2031-03-05", "2031-03-06")


def count(paragraphs: tuple[str, ...]) -> int:
    return sum(len(words.split()) for words in paragraphs)


def lexisnexis(documents: int = 3, announced: int | None = None) -> str:
    """The text layout of LexisNexis Academic and Nexis UK, wrapped at 80."""
    of = documents if announced is None else announced
    days = ("March 4, 2031 Tuesday", "March 5, 2031 Wednesday", "March 6, 2031 Thursday")
    bylines = ("Jane Doe", "Ada Ferrow;Ben Tarn", "")
    sections = ("NEWS; Pg. 3", "FOREIGN; Pg. 12", "")
    pages = [
        "\n\n\n\nDownload Request: Selected Items: 1-" + str(of),
        "Time Of Request: Friday, March 20, 2031  16:51:31\n\nSend To:\n\nLIBRARY OF TORVEL\n\n",
        "Terms: (harbour AND seat)\n\n\nSource: All English Language News\nProject ID: None\n\n",
    ]
    for index in range(documents):
        lines = [
            f"{index + 1} of {of} DOCUMENTS".center(80).rstrip(),
            "\n\n",
            OUTLETS[index].center(80).rstrip(),
            "",
            days[index].center(80).rstrip(),
            *(["Edition 1;".center(80).rstrip(), "Brumel".center(80).rstrip()] if index else []),
            "",
            textwrap.fill(TITLES[index], 78),
            "",
        ]
        if bylines[index]:
            lines += [f"BYLINE: {bylines[index]}", ""]
        if sections[index]:
            lines += [f"SECTION: {sections[index]}", ""]
        lines += [f"LENGTH: {count(BODIES[index]):,} words", "", ""]
        for words in BODIES[index]:
            lines += [textwrap.fill(words, 78), ""]
        lines += ["LOAD-DATE: March 9, 2031", "", "LANGUAGE: ENGLISH", ""]
        lines += ["PUBLICATION-TYPE: Newspaper", "", ""]
        lines += [f"Copyright 2031 {OUTLETS[index]}".center(80).rstrip()]
        lines += ["All Rights Reserved".center(80).rstrip(), ""]
        pages.append("\n".join(lines))
    return "\n".join(pages)


def lexisnexis_html() -> str:
    """Its HTML, which closes few of the elements that it opens."""
    parts = [
        '<HTML>\n<HEAD><STYLE TYPE="text/css"><!-- .c0 { text-align: center; } --></STYLE>\n'
        "<TITLE>&nbsp;</TITLE></HEAD>\n<BODY>\n"
        '<DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c11">Download Request: All Documents: 1-2<BR>'
        "Time Of Request: Saturday, July 11, 2031 &nbsp;22:35:20 EST<BR></SPAN></P>\n</DIV>\n"
    ]
    for index in range(2):
        parts.append(
            f'<DIV CLASS="c9"/>\n<A NAME="DOC_ID_0_{index}"></A><!-- Hide XML section\n<DOCFULL> -->\n'
            f'<BR><DIV CLASS="c0"><P><SPAN CLASS="c2">{index + 1} of 2 DOCUMENTS</SPAN></P>\n</DIV>\n'
            '<BR><DIV CLASS="c0"><BR><P><SPAN CLASS="c2">Copyright 2031 Packet &amp; Co., LLC d/b/a '
            "Packet Digital<BR>All Rights Reserved</SPAN><SPAN>&nbsp;</SPAN><BR>"
            f'<SPAN CLASS="c2">{OUTLETS[index]}</SPAN></P>\n</DIV>\n'
            '<BR><DIV CLASS="c3"><P><SPAN CLASS="c4">March</SPAN><SPAN> ' + f"{index + 4}, 2031"
            " Tuesday</SPAN><SPAN>&nbsp;<BR>Met 2 Edition</SPAN></P>\n</DIV>\n"
            '<BR><DIV CLASS="c5"><P><SPAN CLASS="c7">SECTION: </SPAN><SPAN>A-SECTION; Pg. A01</SPAN>'
            "</P>\n</DIV>\n<BR><DIV><P><SPAN>LENGTH: </SPAN><SPAN>"
            f"{count(BODIES[index])} words</SPAN></P></DIV>\n"
            f"<BR><DIV><P><SPAN>HEADLINE: </SPAN><SPAN>{html.escape(TITLES[index])}</SPAN></P></DIV>\n"
            "<BR><DIV><P><SPAN>BYLINE: </SPAN><SPAN>Jane Doe;Ada Ferrow</SPAN></P></DIV>\n"
            "<BR><DIV><P><SPAN> BODY:<BR></SPAN></P>\n"
        )
        parts += [
            f'<P CLASS="c8"><SPAN>{html.escape(words)}</SPAN></P>\n' for words in BODIES[index]
        ]
        parts.append(
            "</DIV>\n<BR><DIV><P><SPAN>LANGUAGE: </SPAN><SPAN>ENGLISH</SPAN></P></DIV>\n"
            "<BR><DIV><P><SPAN>SUBJECT: </SPAN><SPAN>PORTS (90%); FERRIES (74%)</SPAN></P></DIV>\n"
            "<BR><DIV><P><SPAN>LOAD-DATE: </SPAN><SPAN>March 9, 2031</SPAN></P></DIV>\n"
        )
    return "".join(parts) + "</BODY></HTML>\n"


def nexis_uni(documents: int = 3, announced: int | None = None, cover: bool = True) -> list[str]:
    """The paragraphs of an export of Nexis Uni, as in its DOCX."""
    of = documents if announced is None else announced
    days = (
        "March 4, 2031 Tuesday 8:00 PM GMT",
        "March 5, 2031 Wednesday",
        "March 6, 2031 Thursday",
    )
    lines: list[str] = []
    if cover:
        lines += [
            "User\u00a0Name: A READER",
            "Date\u00a0and\u00a0Time: Friday, March\u00a020, 2031 7:08:00 PM CET",
        ]
        lines += ["Job\u00a0Number: 79564983", f"Document{'s' * (of != 1)} ({of})"]
        for index in range(documents):
            lines += [f"{index + 1}. {TITLES[index]}", "Client/Matter: -None-"]
            lines += ["Search Terms: harbour", "Search Type: Natural Language", "Narrowed by:"]
            lines += ["Content Type", "Narrowed by", "News", "Sources: All; Content Type: News"]
    for index in range(documents):
        lines += [
            TITLES[index],
            OUTLETS[index],
            days[index],
            *(["Final Edition"] if index == 1 else []),
        ]
        lines += [f"Copyright 2031 {OUTLETS[index]} All Rights Reserved"]
        lines += [
            f"Section:\u00a0NEWS; Pg. {index + 1}",
            f"Length:\u00a0{count(BODIES[index])} words",
        ]
        lines += ["Byline: Jane Doe"] if index != 1 else []
        lines += ["Highlight: The eight states have been asked for a seat."] if not index else []
        lines += ["Body", "", *BODIES[index], ""]
        lines += ["Graphic", "A pier in Brumel, photographed by Ann Light."] if index == 1 else []
        lines += ["Classification", "Language: ENGLISH", "Publication-Type: Newspaper"]
        lines += ["Load-Date:\u00a0March 9, 2031", "End of Document"]
    return lines


def factiva_codes(documents: int = 2) -> str:
    """The text of Factiva with the codes of its fields ("Full Article/Report plus Indexing")."""
    parts = []
    for index in range(documents):
        lead, *rest = BODIES[index]
        parts.append(
            f"SE\tForeign\nHD\t{TITLES[index]}\nBY\tBy Jane Doe in Arlen\nWC\t"
            f"{count(BODIES[index])} words\nPD\t{4 + index} March 2031\nET\t08:15\n"
            f"SN\t{OUTLETS[index]}\nSC\tHARCOU\nED\tFinal\nPG\t3\nLA\tEnglish\n"
            f"CY\t(c) 2031 {OUTLETS[index]}. All rights reserved.\nLP\n\n{lead}\n\nTD\n\n"
            + "\n\n".join(rest)
            + "\n\nIN a box beside it stood nothing.\n\n"
            "CO\tharlea : Harbour League\nNS\tgdip : Diplomacy | gcat : News\nRE\tarlen : Arlen\n"
            f"PUB\tPacket Media Ltd\nAN\tDocument HARCOU00203103{4 + index:02}e7340001{index}\n"
        )
    return "\f".join(parts)


def factiva(documents: int = 3) -> str:
    """The text of Factiva's "Article Format": no codes."""
    parts = []
    for index in range(documents):
        head = [["Foreign"], [], ["Opinion"]][index]
        byline = [["By Jane Doe"], ["ADA FERROW"], []][index]
        time = ["08:15"] if index else []
        lines = [*head, TITLES[index], *byline, f"{count(BODIES[index])} words"]
        lines += [f"{4 + index} March 2031", *time, OUTLETS[index], "HARCOU", "3", "English"]
        lines += [f"(c) 2031 {OUTLETS[index]}. All rights reserved."]
        parts.append(
            "\n".join(lines)
            + "\n\n"
            + "\n\n".join(BODIES[index])
            + f"\n\nPacket Media Ltd\n\nDocument HARCOU00203103{4 + index:02}e7340001{index}\n"
        )
    return "\n".join(parts) + "\n\nSearch Summary\nText\tharbour\nResults Found\t2,654\n"


def factiva_html() -> str:
    """Its HTML, with the page around the articles."""
    parts = [
        "<!DOCTYPE html><html><head><title>Factiva</title><script>var x = 'Document';</script></head>"
        "<body><div id='menu'><ul><li>Search</li><li>Alerts</li></ul></div>"
        "<div class='headlines'>Article 1</div>"
    ]
    for index in range(2):
        parts.append(
            f'<div id="article-HARCOU{index}" class="article" ><div class="article enArticle"><p>\n'
            f"<div>Foreign</div>\n<div id=\"hd\" ><span class='enHeadline'>"
            f"{html.escape(TITLES[index])}   </span>\n</div>"
            f'<div class="author">By Jane Doe.   </div><div>{count(BODIES[index])} words</div>'
            f"<div>{4 + index} March 2031</div><div>{OUTLETS[index]}</div><div>HARCOU</div>"
            f"<div>English</div><div>Copyright 2031. {OUTLETS[index]}.   </div>\n</p>\n"
            + "".join(
                f'<p class="articleParagraph enarticleParagraph">{html.escape(words)}   </p>\n'
                for words in BODIES[index]
            )
            + "<p>Packet Media Ltd</p>"
            f"<p>Document HARCOU00203103{4 + index:02}e7340001{index}</p></div></div><br/><span></span>"
        )
    return "".join(parts) + "<table><tr><td>Search Summary</td></tr></table></body></html>"


def factiva_codes_html() -> str:
    """Its HTML with the codes in tables."""
    parts = ["<html><body>"]
    for index in range(2):
        lead, *rest = BODIES[index]
        rows = {
            "HD": TITLES[index],
            "BY": "By Jane Doe",
            "WC": f"{count(BODIES[index])} words",
            "PD": f"{4 + index} March 2031",
            "SN": OUTLETS[index],
            "SC": "HARCOU",
            "LA": "English",
            "CY": "(c) 2031",
        }
        cells = [
            f'<tr><td class="index"><b>{code}</b>&nbsp;</td><td>{html.escape(words)}</td></tr>'
            for code, words in rows.items()
        ]
        for code, paragraphs in (("LP", [lead]), ("TD", rest)):
            inner = "".join(f'<p class="articleParagraph">{html.escape(p)}</p>' for p in paragraphs)
            cells.append(f'<tr><td class="index"><b>{code}</b>&nbsp;</td><td>{inner}</td></tr>')
        cells.append(
            "<tr><td><b>AN</b>&nbsp;</td><td>Document "
            f"HARCOU00203103{4 + index:02}e7340001{index}</td></tr>"
        )
        parts.append(f'<div class="article enArticle"><table>{"".join(cells)}</table></div>')
    return "".join(parts) + "</body></html>"


def docx(paragraphs: list[str]) -> bytes:
    """A DOCX of nothing but paragraphs."""
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    inner = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{html.escape(words)}</w:t></w:r></w:p>'
        for words in paragraphs
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr(
            "word/document.xml",
            f'<?xml version="1.0"?><w:document xmlns:w="{name}"><w:body>{inner}</w:body></w:document>',
        )
    return stream.getvalue()
