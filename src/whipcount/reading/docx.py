"""The reader of DOCX: the paragraphs of a word processor's document, as they are printed.

Headers and footers, comments, notes, hidden and deleted words are left out (ECMA-376, part 1).
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from whipcount.errors import PageError
from whipcount.model import Article
from whipcount.reading.word_documents import LINE_BREAK, WordDocument, article_of_word
from whipcount.reading.xml_files import cleared, elements, local_name, parsed

LARGEST_PART = 64_000_000
"""Bytes of the largest part that is read of a document: 64 MB, some 10,000 printed pages. What
unpacks to more is made to do harm."""

MOST_PARTS = 10_000
"""Parts of a document at most; one with 1,000 pictures has as many."""

BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, KeyError, NotImplementedError, OSError,
    OverflowError, RuntimeError, ValueError,
)  # fmt: skip
"""What Python's zipfile raises of archives that are broken or locked."""

_FIRST_PARTS = (b"[Content_Types]", b"_rels/", b"word/", b"docProps/", b"customXml/")
_TEXT = {"tab": " ", "noBreakHyphen": "-", "br": LINE_BREAK, "cr": LINE_BREAK, "ptab": " "}
_LEFT_OUT = frozenset({"rPr", "pPr", "moveFrom", "del", "Fallback", "instrText", "delText"})


@dataclass(frozen=True, slots=True)
class DocxReader:
    """Reads Word's DOCX; claims by suffix, or by how a page begins."""

    name: str = "docx"
    suffixes: frozenset[str] = frozenset({".docx", ".docm", ".dotx"})

    def claims(self, head: bytes, path: str) -> bool:
        """Return whether a page is a DOCX by its name, or by its first parts."""
        if path.lower().endswith(tuple(self.suffixes)):
            return True
        if not head.startswith(b"PK\x03\x04") or b"word/" not in head:
            return False
        length = int.from_bytes(head[26:28], "little")  # of the first part's name; or a ZIP of DOCX
        return head[30 : 30 + length].startswith(_FIRST_PARTS)

    def read(self, data: bytes, path: str, encoding: str | None = None) -> list[Article]:  # noqa: ARG002
        """Return the document's article; PageError where it is none, or holds no sentence."""
        return [article_of_word(docx_document(data, path), path, data)]


reader = DocxReader()


def docx_document(data: bytes, path: str) -> WordDocument:
    """Return what a DOCX holds. Raises PageError where it is broken, locked, or none at all."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise PageError(
            f"{path}: is an old Word document, or locked with a password; save it as DOCX without "
            "a password"
        )
    try:
        with zipfile.ZipFile(BytesIO(data)) as file:
            names = _names(file)
            if "word/document.xml" not in names:
                raise PageError(f"{path}: is no Word document; save it as DOCX, HTML or plain text")
            styles = _styles(_part(file, names, "word/styles.xml", path), path)
            said = _part(file, names, "docprops/core.xml", path)
            title, author = _properties(said, path)
            read = WordDocument(title=title, author=author)
            for words, style in _paragraphs(_part(file, names, "word/document.xml", path), path):
                read.lines.append(words)
                read.styles.append(styles.get(style, style.lower()))
    except BROKEN as error:
        raise PageError(f"{path}: is a broken DOCX: {error}; save it again") from None
    return read


def document_xml(data: bytes) -> bytes:
    """Return the main part of a DOCX as it is written; empty where it can't be read."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as file:
            return _part(file, _names(file), "word/document.xml", "")
    except (PageError, *BROKEN):
        return b""


def _names(file: zipfile.ZipFile) -> dict[str, str]:
    return {name.lower().lstrip("/"): name for name in file.namelist()[:MOST_PARTS]}


def _part(file: zipfile.ZipFile, names: dict[str, str], name: str, path: str) -> bytes:
    """Return a part's bytes, empty where there is none; what it claims of its size isn't believed.

    Raises PageError where it is too large.
    """
    if name not in names:
        return b""
    # the others' decompressors can't be told where to stop
    if file.getinfo(names[name]).compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise PageError(f"{path}: is packed in a way that no word processor does; save it again")
    with file.open(names[name]) as part:
        found = part.read(LARGEST_PART + 1)
    if len(found) > LARGEST_PART:
        raise PageError(
            f"{path}: unpacks to more than {LARGEST_PART / 1e6:.0f} MB; split it into its articles"
        )
    if b"<!DOCTYPE" in found[:2000]:
        raise PageError(f"{path}: declares entities, which no word processor does; leave it out")
    return found


def _styles(data: bytes, path: str) -> dict[str, str]:
    """Return the styles' names, which are English and in lower case, by their ids."""
    if not data:
        return {}
    found = {}
    for style in elements(data, path, "{*}style"):
        name = next((one for one in style if local_name(one) == "name"), None)
        if name is not None:
            found[_attribute(style, "styleId")] = _attribute(name, "val").lower()
    return found


def _properties(data: bytes, path: str) -> tuple[str, str]:
    """Return the title and the author of a document's properties."""
    if not data:
        return "", ""
    said = {local_name(one): one.text or "" for one in parsed(data, path)}
    return said.get("title", ""), said.get("creator", "")


def _paragraphs(data: bytes, path: str) -> Iterator[tuple[str, str]]:
    """Yield each paragraph's words and its style's id, in the order of the document."""
    for paragraph in elements(data, path, "{*}p"):
        if "wordprocessingml" not in paragraph.tag:
            continue  # a drawing's
        above = {local_name(one) for one in paragraph.iterancestors()}
        if not above & {"Fallback", "moveFrom"}:
            yield "".join(_words(paragraph)), _style(paragraph)
        if "p" not in above:  # what is in a text box is read before what is around it
            cleared(paragraph)
        else:
            paragraph.clear(keep_tail=True)


def _words(element: etree._Element) -> Iterator[str]:
    """Yield what is printed of an element; paragraphs within it were read before."""
    for child in element:
        name = local_name(child)
        if name == "t":
            yield child.text or ""
        elif name in _TEXT:
            yield _TEXT[name]
        elif name == "sym":
            yield _symbol(child)
        elif name in _LEFT_OUT or (name == "r" and _is_hidden(child)):
            continue
        elif name != "p":
            yield from _words(child)


def _is_hidden(run: etree._Element) -> bool:
    return any(
        local_name(mark) == "vanish" and _attribute(mark, "val") not in ("0", "false", "off")
        for about in run
        if local_name(about) == "rPr"
        for mark in about
    )


def _symbol(element: etree._Element) -> str:
    try:
        code = int(_attribute(element, "char"), 16)
    except ValueError:
        return ""
    return chr(code) if 0x20 <= code < 0xD800 else ""  # beyond are those of one font alone


def _style(paragraph: etree._Element) -> str:
    for about in paragraph:
        if local_name(about) == "pPr":
            for mark in about:
                if local_name(mark) == "pStyle":
                    return _attribute(mark, "val")
    return ""


def _attribute(element: etree._Element, name: str) -> str:
    return next((v for k, v in element.items() if k.rpartition("}")[2] == name), "")
