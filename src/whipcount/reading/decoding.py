"""Bytes to text: byte-order marks, declared charsets, UTF-8, and a careful guess at the rest.

Nothing is lost or changed on the way: a byte-order mark stays in the text as U+FEFF, and line ends
stay as they are, so that the text's offsets are the file's own.
"""

from __future__ import annotations

import codecs
import re

from whipcount.errors import PageError

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte-order marks; UTF-32's little-endian one begins with UTF-16's, so it is tried first."""

MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "gzip-compressed"),
    (b"BZh", "bzip2-compressed"),
    (b"\xfd7zXZ\x00", "xz-compressed"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed"),
    (b"{\\rtf", "a rich-text document"),
    (b"\x89PNG", "a PNG image"),
    (b"GIF8", "a GIF image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"WARC/", "a web archive"),
)
"""How files begin that are no text, or that only a reader of their own could read."""

LOOKED_AT = 65_536
"""Bytes that are looked at for control characters; a declared charset is looked for in 1,024
(HTML standard, section 13.2.3.2, "prescan a byte stream")."""

MOST_CONTROLS = 0.05
"""Largest share of control characters (other than white space) in a text.

Chosen, not swept: text has none but a stray one, random bytes have 27/256, which is 0.11."""

LEAST_ASCII = 0.93
"""Least share of ASCII among the letters for which bytes that aren't UTF-8 are windows-1252.

The pages are English: what isn't ASCII there is quotation marks, dashes and names, for which
statistical detection is no better than chance ("“We won’t,” she said – the café" three times over
is cp1250 and Finnish for charset_normalizer 3.5). The texts of PolNeAR train, as windows-1252, all
have 0.956 or more; paragraphs of Polish and Czech 0.89 and 0.88, and go to the detector; French,
Danish and German 0.96 to 0.99, and are windows-1252 too."""

MOST_CHAOS = 0.1
"""Largest `chaos` (share of implausible neighbours) at which charset_normalizer's guess is taken.

Half of its own threshold of 0.2: a page that is read wrongly is worse than one that is reported.
Chosen, not swept."""

ON_THE_WEB = (
    "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "iso8859_2",
    "koi8_r", "cp874", "cp932", "euc_jp", "gb18030", "big5", "euc_kr",
)  # fmt: skip
"""Encodings that are guessed at: those of the web (Encoding Standard, section 4.2). Without this
list Russian in windows-1251 is taken for that of old Macintoshes."""

_DECLARED = re.compile(
    rb"""<meta[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)""",
    re.IGNORECASE,
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_HIGH = re.compile(rb"[\x80-\xff]")


def decode(data: bytes, path: str, encoding: str | None = None, *, html: bool = False) -> str:
    """Return the text of a page's bytes.

    In this order: `encoding` where the user gave one, a byte-order mark, UTF-8, the charset that
    HTML declares (where `html`), windows-1252 where nearly all letters are ASCII, and what
    charset_normalizer is sure of. Raises PageError where the bytes are no text, where they do not
    fit `encoding`, and where nothing fits.
    """
    if encoding is not None:
        return _as_told(data, path, encoding)
    for mark, name in MARKS:
        if data.startswith(mark):
            return _strictly(data, path, name, "its byte-order mark says")
    refuse_binary(data, path)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = error
    declared = _declared(data) if html else None
    if declared is not None and declared != "utf-8":
        try:
            return data.decode(declared)
        except UnicodeDecodeError:
            pass  # the declaration is wrong, so it is no evidence
    if _is_nearly_utf8(data):
        raise PageError(
            f"{path}: is UTF-8 but for the byte 0x{data[broken.start]:02x} at byte {broken.start}; "
            "save the page again, or give its encoding (--encoding windows-1252)"
        )
    return _guess(data, path, broken)


def refuse_binary(data: bytes, path: str) -> None:
    """Raise PageError where bytes are no text: another format's, NUL bytes, control characters."""
    for magic, what in MAGIC:
        if data.startswith(magic):
            raise PageError(f"{path}: is no text but {what}; save the page as HTML or plain text")
    nul = data.find(b"\0")
    if nul >= 0:
        raise PageError(
            f"{path}: is no text: there is a NUL byte at byte {nul}; save the page as HTML or "
            "plain text, or give its encoding if that has two bytes a letter (--encoding utf-16-le)"
        )
    head = data[:LOOKED_AT]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls > MOST_CONTROLS * len(head):
        raise PageError(
            f"{path}: is no text: {controls} of its first {len(head)} bytes are control "
            "characters; save the page as HTML or plain text"
        )


def _as_told(data: bytes, path: str, encoding: str) -> str:
    try:
        name = codecs.lookup(encoding).name
        "".encode(name)  # codecs that give no text, such as base64, fail here
    except (LookupError, ValueError):
        raise PageError(
            f"{path}: there is no encoding {encoding!r}; name one that Python knows, such as "
            "utf-8, utf-16, windows-1252 or iso-8859-2"
        ) from None
    if name in ("utf-8-sig", "utf-16", "utf-32"):  # these would swallow the byte-order mark
        family = name.removesuffix("-sig")
        name = next(
            (known for mark, known in MARKS if data.startswith(mark) and known.startswith(family)),
            "utf-8" if family == "utf-8" else f"{family}-le",
        )
    return _strictly(data, path, name, f"--encoding says {encoding}, which is")


def _strictly(data: bytes, path: str, name: str, why: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise PageError(
            f"{path}: {why} {name}, but the byte 0x{data[error.start]:02x} at byte {error.start} "
            f"does not fit ({error.reason}); give another encoding (--encoding), or save the page "
            "again as UTF-8"
        ) from None


def _declared(data: bytes) -> str | None:
    match = _DECLARED.search(data, 0, 1024)
    if match is None:
        return None
    try:
        name = codecs.lookup((match[1] or match[2]).decode("ascii")).name
        "".encode(name)
    except (LookupError, ValueError):
        return None
    if name.startswith(("utf-16", "utf-32")):  # it couldn't have been read so far, then
        return None
    # browsers read what calls itself Latin-1 as windows-1252 (Encoding Standard, section 4.2)
    return "windows-1252" if name in ("iso8859-1", "ascii") else name


def _is_nearly_utf8(data: bytes) -> bool:
    """Return whether most bytes beyond ASCII are parts of whole UTF-8 sequences."""
    whole = sum(len(match) for match in _MULTIBYTE.findall(data))
    return whole > 0.8 * len(_HIGH.findall(data))


def _guess(data: bytes, path: str, broken: UnicodeDecodeError) -> str:
    high = len(_HIGH.findall(data))
    ascii_letters = sum(byte < 128 and chr(byte).isalpha() for byte in data[:LOOKED_AT])
    high_in_head = len(_HIGH.findall(data, 0, LOOKED_AT))
    if high and ascii_letters >= LEAST_ASCII * (ascii_letters + high_in_head):
        try:
            return data.decode("windows-1252")
        except UnicodeDecodeError:
            pass
    # takes 0.06 s to import, and is needed for hardly any page
    from charset_normalizer import from_bytes  # noqa: PLC0415

    best = from_bytes(data, cp_isolation=list(ON_THE_WEB)).best()
    if best is not None and best.chaos <= MOST_CHAOS:
        try:
            return data.decode(best.encoding)
        except UnicodeDecodeError:
            pass
    raise PageError(
        f"{path}: its encoding can't be told: it is not UTF-8 (byte 0x{data[broken.start]:02x} at "
        f"byte {broken.start}); give it (--encoding windows-1252), or save the page again as UTF-8"
    )
