"""What a worker is told, and what it makes of one page: the pipeline of one process."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from whipcount import __version__
from whipcount.errors import CodingError, PageError
from whipcount.model import Article, Attributed, Coded

Item: TypeAlias = Path | Article
"""A page to read, or an article that was read already."""

Kind: TypeAlias = Literal["statements", "code"]


@dataclass(frozen=True, slots=True)
class Settings:
    """How pages are worked on, in words that go to another process; the fields are the commands'.

    `kind` is what is made of them: statements, or positions on the options of `issue`.
    """

    kind: Kind = "statements"
    issue: Path | None = None
    known: Path | None = None
    tagger: str = "trained"
    min_confidence: float = 0.0
    coder: str = "lexical"
    encoding: str | None = None

    def digest(self) -> str:
        """Return a hash of all that decides what comes out: settings, files, models, version."""
        from whipcount import bodies, coding  # noqa: PLC0415
        from whipcount.attribution import trained  # noqa: PLC0415
        from whipcount.coding import trained as coders  # noqa: PLC0415

        told = hashlib.sha256(repr((__version__, self.kind, self.tagger, self.coder)).encode())
        told.update(repr((self.min_confidence, self.encoding)).encode())
        files = [self.issue, self.known]
        if self.issue is not None:
            body = bodies.load_body(coding.load_issue(self.issue).body, self.issue)
            files.append(Path(body.path) if Path(body.path).exists() else None)
        for package in (trained, coders):
            files.append(Path(package.__path__[0]) / "data" / "checksums.json")
        for file in files:
            told.update(b"\0" if file is None else file.read_bytes())
        return told.hexdigest()


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one item: its articles, and what could not be read."""

    found: tuple[Attributed | Coded, ...]
    problems: tuple[str, ...] = ()


class Worker:
    """Works on one item after another; files are read and models loaded once."""

    def __init__(self, settings: Settings) -> None:
        from whipcount import coding, pipeline  # noqa: PLC0415

        self.settings = settings
        self.issue = None if settings.issue is None else coding.load_issue(settings.issue)
        self.names = pipeline.known_names(self.issue, None, settings.known)
        self.coder = coding.load_coder(settings.coder) if settings.kind == "code" else None

    def __call__(self, item: Item) -> Result:
        """Return what becomes of an item; what can't be read is told, not raised."""
        from whipcount import pipeline  # noqa: PLC0415

        problems: list[str] = []

        def report(error: PageError) -> None:
            problems.append(str(error))

        found = []
        for article in pipeline.english_articles(item, self.settings.encoding, report):
            try:
                found.append(self._work(article))
            except CodingError as error:
                report(error)
        return Result(tuple(found), tuple(problems))

    def _work(self, article: Article) -> Attributed | Coded:
        from whipcount import pipeline  # noqa: PLC0415

        tagger, sure = self.settings.tagger, self.settings.min_confidence
        if self.coder is None or self.issue is None:
            return pipeline.attribute_article(
                article, self.names, tagger=tagger, min_confidence=sure
            )
        return pipeline.code_article(
            article,
            self.issue,
            self.names,
            tagger=tagger,
            min_confidence=sure,
            coder=self.coder,
        )
