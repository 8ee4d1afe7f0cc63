"""What a worker is told, and what it makes of one page: the pipeline of one process."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from whipcount import __version__
from whipcount.errors import CodingError, PageError
from whipcount.model import Article, Attributed, Body, Coded, Issue
from whipcount.scale.pieces import Page

if TYPE_CHECKING:
    from whipcount.actors.directory import Directory

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
    coder: str = "local"
    encoding: str | None = None

    def digest(self) -> str:
        """Return a hash of all that decides what comes out: settings, files, models, version."""
        files = files_of(self)
        told = hashlib.sha256(repr((self.kind, self.tagger, self.coder)).encode())
        told.update(repr((self.min_confidence, self.encoding, installed())).encode())
        for one in (files.issue, files.body):  # where their files lie decides nothing
            told.update(b"\0" if one is None else repr(replace(one, path="")).encode())
        told.update(b"\0" if self.known is None else self.known.read_bytes())
        return told.hexdigest()

    def codebook(self) -> dict[str, str]:
        """Return the options of the issue, each with a digest of what coders are told of it."""
        from whipcount import coding, pipeline  # noqa: PLC0415

        return {} if self.issue is None else dict(coding.digests(pipeline.issue_of(self.issue)))


def installed() -> str:
    """Return the version that is installed here with a hash of its models: two alike do alike."""
    from whipcount.attribution import trained  # noqa: PLC0415
    from whipcount.coding import trained as coders  # noqa: PLC0415

    told = hashlib.sha256()
    for package in (trained, coders):
        told.update((Path(package.__path__[0]) / "data" / "checksums.json").read_bytes())
    return f"{__version__} {told.hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class Files:
    """What the files of settings hold, for a machine that doesn't have them."""

    issue: Issue | None = None
    body: Body | None = None
    known: Directory | None = None


def files_of(settings: Settings) -> Files:
    """Return what the files of settings hold."""
    from whipcount import pipeline  # noqa: PLC0415

    return Files(
        None if settings.issue is None else pipeline.issue_of(settings.issue),
        None if settings.issue is None else pipeline.body_of(settings.issue),
        pipeline.directory_of(settings.known),
    )


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one item: its articles, and what could not be read."""

    found: tuple[Attributed | Coded, ...]
    problems: tuple[str, ...] = ()


class Worker:
    """Works on one item after another; files are read and models loaded once.

    `files` is what the settings' files hold, read where it is None.
    """

    def __init__(self, settings: Settings, files: Files | None = None) -> None:
        from whipcount import coding, pipeline  # noqa: PLC0415

        files = files or files_of(settings)
        self.settings, self.issue = settings, files.issue
        self.names = pipeline.known_names(files.issue, files.body, files.known)
        self.coder = coding.load_coder(settings.coder) if settings.kind == "code" else None

    def __call__(self, item: Page | Article) -> Result:
        """Return what becomes of a page or article; what can't be read is told, not raised."""
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
