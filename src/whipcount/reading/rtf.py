"""The reader of RTF: the paragraphs of a rich-text document, as they are printed.

It follows the Rich Text Format Specification 1.9.1. Headers, footers, notes, hidden and deleted
words are left out. What a file says of fonts' character sets decides how its bytes are read.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace

from whipcount.errors import PageError
from whipcount.model import Article
from whipcount.reading.word_documents import LINE_BREAK, WordDocument, article_of_word

DEEPEST = 500
"""Groups within groups; Word writes some 20."""

LONGEST_NAME = 100
"""Letters of a style's name that are looked at."""

_TOKEN = re.compile(
    r"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9A-Fa-f]{2})"
    r"|\\(?P<sign>[\s\S])|(?P<brace>[{}])|(?P<words>[^\\{}\r\n]+)|[\r\n]+|\\"
)
_CHARSETS = {
    0: "cp1252", 2: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab",
    134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255",
    178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437",
    255: "cp850",
}  # fmt: skip
_SIGNS = {
    "tab": " ", "line": LINE_BREAK, "emdash": "\u2014", "endash": "\u2013", "emspace": " ",
    "enspace": " ", "qmspace": " ", "bullet": "\u2022", "lquote": "\u2018", "rquote": "\u2019",
    "ldblquote": "\u201c", "rdblquote": "\u201d", "~": "\xa0", "_": "-", "{": "{", "}": "}",
    "\\": "\\",
}  # fmt: skip
_BREAKS = frozenset(["par", "sect", "page", "cell", "nestcell", "row", "nestrow", "\n", "\r"])
_NOT_READ = frozenset(
    {
        "annotation", "atnauthor", "atndate", "atnicn", "atnid", "atnparent", "atnref",
        "atntime", "atrfend", "atrfstart", "background", "bkmkend", "bkmkstart",
        "colortbl", "comment", "datafield", "do", "docvar", "falt", "fldinst", "fname",
        "fontemb", "fontfile", "footer", "footerf", "footerl", "footerr", "footnote",
        "ftncn", "ftnsep", "ftnsepc", "aftncn", "aftnsep", "aftnsepc", "header",
        "headerf", "headerl", "headerr", "list", "listoverride", "listoverridetable",
        "listtable", "listtext", "nonshppict", "objclass", "objdata", "objname", "pict", "picprop",
        "pntext", "private", "revtbl", "rsidtbl", "rxe", "shprslt", "sn", "sp", "sv",
        "tc", "themedata", "txe", "xe", "xmlnstbl",
    }
)  # fmt: skip
"""Groups whose words aren't printed, or not within the text."""


@dataclass(frozen=True, slots=True)
class RtfReader:
    """Reads rich text; claims by suffix, or by how a page begins."""

    name: str = "rtf"
    suffixes: frozenset[str] = frozenset({".rtf"})

    def claims(self, head: bytes, path: str) -> bool:
        """Return whether a page is rich text by its name or its first group."""
        return path.lower().endswith(".rtf") or head.lstrip(b"\xef\xbb\xbf \r\n").startswith(
            b"{\\rt"
        )

    def read(self, data: bytes, path: str, encoding: str | None = None) -> list[Article]:
        """Return the document's article; PageError where it is none, or holds no sentence.

        `encoding` is that of words without a character set of their own.
        """
        return [article_of_word(rtf_document(data, path, encoding), path, data)]


reader = RtfReader()


def rtf_document(data: bytes, path: str, encoding: str | None = None) -> WordDocument:
    """Return what an RTF file holds; one that is cut off is read as far as it goes.

    Raises PageError where it is no RTF, or made to do harm.
    """
    start = data.find(b"{\\rt", 0, 100)
    if start < 0:
        raise PageError(f"{path}: is no rich text; save it again as RTF, HTML or plain text")
    reading = _Reading(codepage=_known(encoding) or "cp1252", told=encoding is not None)
    text = data.decode("latin-1")  # a byte is a letter until its character set is known
    place = start
    while (match := _TOKEN.match(text, place)) is not None:
        place = match.end()
        if match["words"]:
            reading.words(match["words"].encode("latin-1"))
        elif match["brace"]:
            reading.brace(match["brace"])
            if not reading.stack:
                break  # what comes after the last brace is no document
            if len(reading.stack) > DEEPEST:
                raise PageError(
                    f"{path}: has more than {DEEPEST} groups in one another; save it again"
                )
        elif match["hex"]:
            reading.words(bytes([int(match["hex"], 16)]))
        elif match["sign"]:
            reading.sign(match["sign"])
        elif match["word"] == "bin":
            place += max(0, int(match["number"] or 0))
        elif match["word"]:
            reading.word(match["word"], None if match["number"] is None else int(match["number"]))
    reading.end_paragraph()
    return WordDocument(
        reading.lines, reading.styles_used, reading.said["title"], reading.said["author"]
    )


@dataclass(slots=True)
class _State:
    """What holds within a group, until its closing brace.

    `into` is where words go: `text`, `title`, `author`, `style` (its name), or nowhere.
    """

    into: str = ""
    font: int = -1
    skipped: int = 1
    hidden: bool = False
    style: int = 0


@dataclass(slots=True)
class _Reading:
    """What was read of a file so far, and the groups that are open."""

    codepage: str
    told: bool
    state: _State = field(default_factory=_State)
    stack: list[_State] = field(default_factory=list)
    fonts: dict[int, str] = field(default_factory=dict)
    styles: dict[int, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=lambda: {"title": "", "author": ""})
    lines: list[str] = field(default_factory=list)
    styles_used: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    waiting: bytearray = field(default_factory=bytearray)
    left: int = 0  # letters still to be skipped: those for readers that know no Unicode

    def words(self, letters: bytes) -> None:
        """Take letters in the font's character set; two may be one sign, so they wait."""
        skipped = min(self.left, len(letters))
        self.left -= skipped
        if self.state.into and not self.state.hidden:
            self.waiting += letters[skipped:]

    def brace(self, brace: str) -> None:
        """Open or close a group."""
        self._flush()
        self.left = 0
        if brace == "{":
            self.stack.append(self.state)
            self.state = replace(self.state)
            if len(self.stack) == 1:
                self.state.into = "text"
        elif self.stack:
            self.state = self.stack.pop()

    def sign(self, sign: str) -> None:
        """Take a backslash and a sign: a letter, a break, or a group that may be left out."""
        if sign == "*":
            self._flush()
            self.state.into = ""
        elif sign in _SIGNS:
            self._put(_SIGNS[sign])
        elif sign in _BREAKS:
            self.end_paragraph()

    def word(self, word: str, number: int | None) -> None:
        """Take a control word with its number, None where it has none."""
        state = self.state
        if word == "u" and number is not None:
            self._put(chr(number % 0x10000))
            self.left = state.skipped
        elif self.left:
            self.left -= 1
        elif word in _BREAKS:
            self.end_paragraph()
        elif word in _SIGNS:
            self._put(_SIGNS[word])
        elif word in _NOT_READ:
            self._flush()
            state.into = ""
        else:
            self._setting(word, number)

    def end_paragraph(self) -> None:
        """End the line that is read."""
        self._flush()
        if self.state.into != "text":
            return
        line = "".join(self.line)  # letters beyond the basic plane come as two surrogates
        line = line.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        self.lines.append(line)
        self.styles_used.append(self.styles.get(self.state.style, "").strip().lower())
        self.line.clear()

    def _setting(self, word: str, number: int | None) -> None:
        state = self.state
        self._flush()
        in_info = state.into == "info" and word in self.said
        if in_info or word in ("info", "fonttbl", "stylesheet"):
            state.into = word
        elif word == "uc":
            state.skipped = max(0, number or 0)
        elif word == "f" and number is not None:
            state.font = number
        elif word in ("fcharset", "cpg") and state.into == "fonttbl":
            page = _CHARSETS.get(number or 0, "") if word == "fcharset" else f"cp{number}"
            self.fonts.setdefault(state.font, _known(page) or self.codepage)
        elif word == "deff" and number is not None:
            state.font = number
        elif word == "ansicpg" and not self.told:
            self.codepage = _known(f"cp{number}") or self.codepage
        elif word in ("mac", "pc", "pca") and not self.told:
            self.codepage = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word]
        elif word in ("v", "deleted"):
            state.hidden = number != 0
        elif word == "plain":
            state.hidden = False
        elif word == "pard":
            state.style = 0
        elif word == "s" and number is not None:
            state.style = number

    def _put(self, words: str) -> None:
        """Add what is printed to where it belongs."""
        if self.waiting:
            self._flush()
        state = self.state
        if state.hidden:
            return
        if state.into == "text":
            self.line.append(words)
        elif state.into in self.said:
            self.said[state.into] += words
        elif state.into == "stylesheet" and state.style:
            name = self.styles.get(state.style, "")
            if len(name) < LONGEST_NAME:
                self.styles[state.style] = name + words.replace(";", "")

    def _flush(self) -> None:
        """Read the letters that wait in the character set of their font."""
        if not self.waiting:
            return
        letters = bytes(self.waiting)
        self.waiting.clear()
        page = self.fonts.get(self.state.font, self.codepage)
        self._put(letters.decode(page, "replace"))


def _known(encoding: str | None) -> str | None:
    """Return an encoding that Python knows and that gives text; None for others."""
    if not encoding:
        return None
    try:
        "".encode(encoding)
        return codecs.lookup(encoding).name
    except (LookupError, ValueError):
        return None
