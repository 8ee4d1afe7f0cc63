"""The program that takes the letters out of a PDF: PDF on standard input, JSON on standard output.

It is a process of its own, so that a PDF that is broken or made to do harm can only end this
process. Nothing of whipcount is imported. PDFium, as pypdfium2 builds it, has no script engine and
opens no network connection; nothing is drawn. `pdf` starts it, and says what its answers mean.
"""

from __future__ import annotations

import ctypes
import itertools
import json
import math
import sys
from collections.abc import Iterator
from typing import Any

APART = 0.9
"""Of the font's size: the gap within a line from which the words may be of two columns."""

SHIFTED = 0.3
"""Of the font's size: the shift of the baseline from which letters are on two lines."""

SAMPLE = 2_000
"""Letters of a page by which it is told which way its words run."""

UPRIGHT = 0.02
"""Radians by which words may lean; what leans more is a watermark or a picture's label."""


def main() -> None:
    """Write a line of JSON for the document, then one a page.

    A run is `[text, left, right, base, size]`. The arguments are the most bytes of memory, seconds,
    pages, letters and runs: of a document with more pages none is read, and `cut_off` says that
    more of the others are there. One that can't be opened gives `{"error": code}`, PDFium's code.
    """
    data = sys.stdin.buffer.read()
    memory, seconds, most_pages, most_letters, most_runs = map(int, sys.argv[1:])
    _limit(memory, seconds)
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        _write({"error": pdfium.FPDF_GetLastError()})
        return
    count = pdfium.FPDF_GetPageCount(document)
    tags = ("Title", "Author", "CreationDate", "Creator", "Producer")
    _write({"pages": count, **{tag: _meta(pdfium, document, tag) for tag in tags}})
    for number in range(count if count <= most_pages else 0):
        page = pdfium.FPDF_LoadPage(document, number)
        words = pdfium.FPDFText_LoadPage(page) if page else None
        if not words:
            _write({"runs": [], "broken": True})
            continue
        most_letters -= pdfium.FPDFText_CountChars(words)
        box, turn = _box(pdfium, page), _turn(pdfium, words)
        found = _runs(pdfium, words, box, turn) if most_letters >= 0 else iter(())
        runs = list(itertools.islice(found, most_runs))
        most_runs -= len(runs)
        if most_letters < 0 or most_runs <= 0:
            _write({"runs": [], "cut_off": True})
            break
        height = box.top - box.bottom if turn % 2 == 0 else box.right - box.left
        _write({"runs": runs, "height": height})
        pdfium.FPDFText_ClosePage(words)
        pdfium.FPDF_ClosePage(page)


def _limit(memory: int, seconds: int) -> None:
    """Bound this process, where the system lets it: bytes of memory, seconds of processor time."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:  # Windows has none
        return
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(what, (most, most))
        except (OSError, ValueError):
            continue  # macOS refuses some


def _write(said: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(said) + "\n")


def _meta(pdfium: Any, document: Any, tag: str) -> str:
    length = min(pdfium.FPDF_GetMetaText(document, tag.encode(), None, 0), 2_000)
    buffer = ctypes.create_string_buffer(length + 2)
    pdfium.FPDF_GetMetaText(document, tag.encode(), buffer, length)
    return buffer.raw[:length].decode("utf-16-le", "replace").partition("\0")[0]


def _box(pdfium: Any, page: Any) -> Any:
    """Return the edges of what is seen of a page."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    return box


def _turn(pdfium: Any, words: Any) -> int:
    """Return by how many right angles most words of a page lean: 1 where they run upwards."""
    matrix = pdfium.FS_MATRIX()
    turns = [0, 0, 0, 0]
    count = pdfium.FPDFText_CountChars(words)
    for index in range(0, count, max(1, count // SAMPLE)):
        if pdfium.FPDFText_GetMatrix(words, index, matrix):
            turns[round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4] += 1
    return turns.index(max(turns))


def _runs(
    pdfium: Any, words: Any, box: Any, turn: int
) -> Iterator[tuple[str, float, float, float, float]]:
    """Yield the runs of a page in the order in which they are drawn: text, left, right, base, size.

    A run is a piece of a line without a wide gap. Lengths are points, from the page's upper left
    corner as it is when its words are upright.
    """
    loose = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    matrix = pdfium.FS_MATRIX()
    text: list[int] = []
    start = end = base = size = 0.0
    for index in range(pdfium.FPDFText_CountChars(words)):
        letter = pdfium.FPDFText_GetUnicode(words, index)
        if letter in (0, 0xD, 0xA, 0xAD):
            continue
        if letter in (0x20, 0xA0, 0x9):
            if text and text[-1] != 0x20:
                text.append(0x20)
            continue
        if letter in (0x2, 0x2010, 0xFFFE):  # PDFium has two signs for a hyphen at a line's end
            letter = 0x2D
        pdfium.FPDFText_GetLooseCharBox(words, index, loose)
        pdfium.FPDFText_GetCharOrigin(words, index, x, y)
        pdfium.FPDFText_GetMatrix(words, index, matrix)
        edges = (loose.left, loose.bottom, loose.right, loose.top)
        left, right, line = _upright(turn, box, edges, (x.value, y.value))
        tall = pdfium.FPDFText_GetFontSize(words, index) * math.hypot(matrix.c, matrix.d)
        lean = math.atan2(matrix.b, matrix.a) - turn * math.pi / 2
        if abs(math.remainder(lean, 2 * math.pi)) > UPRIGHT or not tall > 0 or _outside(box, x, y):
            continue
        near = (
            text
            and abs(line - base) <= SHIFTED * size
            and -size < left - end <= APART * size
            and 0.85 <= tall / size <= 1.18
        )
        if not near:
            if text:
                yield _run(text, start, end, base, size)
            text, start, base, size = [], left, line, tall
        text.append(letter)
        end = max(end, right) if near else right
    if text:
        yield _run(text, start, end, base, size)


def _outside(box: Any, x: ctypes.c_double, y: ctypes.c_double) -> bool:
    return not (box.left <= x.value <= box.right and box.bottom <= y.value <= box.top)


def _upright(
    turn: int, box: Any, edges: tuple[float, float, float, float], origin: tuple[float, float]
) -> tuple[float, float, float]:
    """Return left, right and baseline on a page that is turned clockwise by right angles."""
    x0, y0, x1, y1 = edges
    x, y = origin
    if turn == 1:
        return y0 - box.bottom, y1 - box.bottom, x - box.left
    if turn == 2:
        return box.right - x1, box.right - x0, y - box.bottom
    if turn == 3:
        return box.top - y1, box.top - y0, box.right - x
    return x0 - box.left, x1 - box.left, box.top - y


def _run(
    text: list[int], start: float, end: float, base: float, size: float
) -> tuple[str, float, float, float, float]:
    # letters beyond the basic plane may come as two surrogates
    words = "".join(map(chr, text)).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return words.strip(), round(start, 1), round(end, 1), round(base, 1), round(size, 2)


if __name__ == "__main__":
    main()
