"""A folder that `code --format parquet` wrote, read as coded articles, part by part.

Of a part only the positions on the issue's options are taken, and of the articles only those that
have one. Texts and statements stay where they are: `with_words` gets them where they are needed.
"""

from __future__ import annotations

import itertools
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any, TypeAlias

from whipcount import coding
from whipcount.dates import last_day
from whipcount.errors import CountError, PageError, WhipcountError
from whipcount.model import Article, Coded, Issue, Position
from whipcount.rendering import read_back
from whipcount.scale import stores
from whipcount.scale.manifest import NAME, read_manifest
from whipcount.scale.parts import file_of
from whipcount.scale.places import Place, place
from whipcount.scale.tables import Row, Table, arrow, schema

OnError: TypeAlias = Callable[[PageError], object]

ROWS = 4096
"""Rows that are looked through at once."""


def is_coded(path: object) -> bool:
    """Return whether a path is a folder that `code --format parquet` wrote, or began to write.

    An address without an ending is looked up in its store.
    """
    if isinstance(path, str) and stores.is_address(path):
        if PurePosixPath(stores.shown(path)).suffix:
            return False
        found = read_manifest(place(path))
        return found is not None and found[0].get("kind") == "code"
    if not isinstance(path, str | os.PathLike):
        return False
    folder = Path(path)
    return (folder / NAME).is_file() and (folder / "positions").is_dir()


def coded(folder: Path | str, issue: Issue, on_error: OnError | None = None) -> Iterator[Coded]:
    """Yield the articles of a folder that have positions on an issue's options, with these.

    The oldest and the newest article come at the end, with or without, for they tell the days.
    Articles have no text and no statements. What could not be read when the folder was written goes
    to `on_error`, and so does it if the folder isn't finished; without it PageError is raised.
    Raises CountError where an option wasn't coded.
    """
    where = place(folder)
    found = read_manifest(where)
    if found is None:
        raise WhipcountError(f"{where}: has no {NAME}; name a folder that `whipcount code` wrote")
    head, parts = found
    _check(where, issue, head, on_error)
    if len(parts) < head["parts"]:
        _tell(
            f"{where}: {len(parts)} of {head['parts']} parts are done; run the same "
            "`whipcount code` again, and it goes on",
            on_error,
        )
    options = frozenset(option.id for option in issue.options)
    codebook = tuple(head["codebook"].items())
    given: set[str] = set()
    ends: list[tuple[date, int, str]] = []
    for number in sorted(parts):
        for problem in parts[number].problems:
            _tell(problem, on_error)
        kept: dict[Any, Any] = {}  # of a part, so that what is in no other is not held for it

        def share(value: Any, kept: dict[Any, Any] = kept) -> Any:
            return kept.setdefault(value, value)

        positions = _positions(where, number, options, share)
        copies: Counter[str] = Counter()
        for row in _rows(where, number, "articles", ("id", "published")):
            if row["id"] in positions:
                copies[row["id"]] += 1
            if row["published"]:
                ends = _ends([*ends, (last_day(row["published"]), number, row["id"])])
        given |= positions.keys()
        shares = {id_: _by_copy(rows, copies[id_]) for id_, rows in positions.items()}
        for article in _articles(where, number, positions, share):
            yield Coded(article, (), tuple(next(shares[article.id])), codebook)
    for number, id_ in dict.fromkeys((number, id_) for _, number, id_ in ends if id_ not in given):
        for article in _articles(where, number, {id_}):
            yield Coded(article, (), (), codebook)


def with_words(folder: Path | str, found: Iterable[Coded]) -> Iterator[Coded]:
    """Yield coded articles with their texts and statements, those of the folder from its files.

    Raises CountError where the folder was written without texts.
    """
    where = place(folder)
    waiting: dict[str, list[Coded]] = {}
    for one in found:
        if one.article.text:
            yield one
        else:
            waiting.setdefault(one.article.id, []).append(one)
    manifest = read_manifest(where)
    for number in sorted(manifest[1]) if manifest and waiting else ():
        texts = {
            article.id: article.text
            for article in _articles(where, number, waiting, with_text=True)
        }
        if not all(texts.values()):
            raise CountError(
                f"{where}: was written without the articles' texts, which are needed here; code "
                "the pages with --with-text, into another folder"
            )
        said: dict[str, dict[str, Row]] = {id_: {} for id_ in texts}
        wanted = _among("article", texts)
        for row in _rows(where, number, "statements", filter_=wanted) if texts else ():
            said[row["article"]][row["id"]] = row
        for id_, text in texts.items():
            statements = tuple(map(read_back.statement, said[id_].values()))
            for one in waiting.pop(id_):
                article = replace(one.article, text=text)
                yield replace(one, article=article, statements=statements)
    for several in waiting.values():
        yield from several


def _check(where: Place, issue: Issue, head: Mapping[str, Any], on_error: OnError | None) -> None:
    """Refuse options that weren't coded, and tell of those that were told otherwise."""
    before, now = head.get("codebook", {}), dict(coding.digests(issue))
    missing = [option for option in now if option not in before]
    if missing:
        raise CountError(
            f"{where}: was not coded for {', '.join(missing)}; code the pages with this issue, "
            "into another folder"
        )
    changed = [option for option, digest in now.items() if before[option] != digest]
    if changed:
        _tell(
            f"{where}: was coded before {', '.join(changed)} changed in the issue file; code the "
            "pages again, into another folder",
            on_error,
        )


def _tell(problem: str, on_error: OnError | None) -> None:
    error = PageError(problem)
    if on_error is None:
        raise error
    on_error(error)


def _positions(
    where: Place, number: int, options: frozenset[str], share: read_back.Share
) -> dict[str, list[Position]]:
    """Return a part's positions on some options, those for review aside, by article."""
    pa = arrow()
    wanted = _among("option", options) & ~pa.dataset.field("for_review")
    found: dict[str, list[Position]] = {}
    for row in _rows(where, number, "positions", filter_=wanted):
        position = read_back.position(row, share)
        found.setdefault(row["article"], []).append(position)
    return found


def _articles(
    where: Place,
    number: int,
    ids: Iterable[str],
    share: read_back.Share = lambda value: value,
    *,
    with_text: bool = False,
) -> Iterator[Article]:
    """Yield the articles of some ids in a part, in the pages' order."""
    ids = frozenset(ids)
    if not ids:
        return
    columns = [name for name in schema("articles").names if with_text or name != "text"]
    for row in _rows(where, number, "articles", columns, _among("id", ids)):
        yield read_back.article({"text": None, **row}, share)


def _by_copy(found: Sequence[Position], copies: int) -> Iterator[Sequence[Position]]:
    """Yield the positions of each copy of an article in a part, given those of all in their order.

    Copies have one text, and but for their dates the same positions in the same order. Where they
    haven't, a copy begins where something comes that the one before has.
    """
    keys = [(one.statement, one.piece, one.option, one.actor.id, one.reported) for one in found]
    each, rest = divmod(len(found), copies)
    if not rest and keys == keys[:each] * copies:
        yield from (found[at * each :][:each] for at in range(copies))
        return
    first, seen = 0, set(keys[:0])
    for at, key in enumerate(keys):
        if key in seen:
            yield found[first:at]
            first, seen = at, set()
        seen.add(key)
    yield found[first:]
    yield from itertools.repeat(())


def _ends(days: list[tuple[date, int, str]]) -> list[tuple[date, int, str]]:
    """Return the oldest and the newest; of those of one day the first in the pages' order."""
    return [min(days, key=lambda one: one[0]), max(days, key=lambda one: one[0])]


def _among(column: str, words: Iterable[str]) -> Any:
    pa = arrow()
    return pa.dataset.field(column).isin(pa.array(sorted(words), pa.string()))


def _rows(
    where: Place,
    number: int,
    table: Table,
    columns: Sequence[str] | None = None,
    filter_: Any = None,
) -> Iterator[dict[str, Any]]:
    """Yield rows of a part's file, some thousand of them in memory at once."""
    pa = arrow()
    files, root = where.dataset()
    path = f"{root}/{file_of(number, table)}"
    try:
        file = pa.dataset.dataset(path, schema(table), format="parquet", filesystem=files)
        batches = file.to_batches(
            columns=None if columns is None else list(columns),
            filter=filter_,
            batch_size=ROWS,
            batch_readahead=2,
            fragment_readahead=1,
        )
        for batch in batches:
            yield from batch.to_pylist()
    except (pa.ArrowInvalid, OSError) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise WhipcountError(f"{path}: can't be read as Parquet ({reason})") from None
