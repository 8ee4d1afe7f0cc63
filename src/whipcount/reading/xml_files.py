"""XML from files of others: parsed without a network, without entities, without end of memory."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from whipcount.errors import PageError


def parsed(
    data: bytes, path: str, *, mend: bool = False, encoding: str | None = None
) -> etree._Element:
    """Return the root of an XML file; with `mend` what is broken is read as far as it goes.

    `encoding` goes before the file's own declaration.

    No entity is expanded, nothing is fetched, and libxml2's limits on depth (256) and on the
    length of names and texts (10 MB) hold. Raises PageError where there is nothing to read.
    """
    try:
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            recover=mend,
            encoding=encoding,
        )
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise PageError(f"{path}: is broken XML: {error}; save it again") from None
    if root is None:
        raise PageError(f"{path}: is XML without an element; save it again")
    return root


def elements(data: bytes, path: str, *tags: str) -> Iterator[etree._Element]:
    """Yield the elements of those names, each when it ends, so that memory stays flat.

    Limits and errors are those of `parsed`.
    """
    try:
        yield from (
            element
            for _, element in etree.iterparse(
                BytesIO(data),
                events=("end",),
                tag=tags,
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
            )
        )
    except etree.XMLSyntaxError as error:
        raise PageError(f"{path}: is broken XML: {error}; save it again") from None


def local_name(element: etree._Element) -> str:
    """Return an element's name without its namespace, declared or not; empty for comments."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def cleared(element: etree._Element) -> None:
    """Free an element that was read, and its elder siblings."""
    element.clear(keep_tail=True)
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
