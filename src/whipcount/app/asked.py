"""A request as the rooms see it: the project, who asks, what was given, and how to answer."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from whipcount import project
from whipcount.app import making, network_making
from whipcount.app.access import Access, Session
from whipcount.app.counts import Counts, Kept
from whipcount.app.templates_of import environment
from whipcount.dates import first_day, last_day
from whipcount.errors import ProjectError
from whipcount.model import Body, Issue, Timeline, WhipCount
from whipcount.project import By, Project


def now() -> str:
    """Return the time as a change has it."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


@dataclass(frozen=True, slots=True)
class Files:
    """The issue and the body, as the project's files say."""

    issue: Issue
    body: Body


@dataclass(frozen=True, slots=True)
class Review:
    """What all requests share: the project's path, who may come in, and what was made of it.

    `held` is the project, open as long as the page runs and used by nobody: whoever closes a
    project last writes its log back, which after a large change takes a second.
    """

    path: str
    access: Access
    worker: making.Worker
    counts: Counts[WhipCount]
    timelines: Counts[Timeline]
    ranking: Counts[int]
    agreements: Counts[project.Agreement]
    networks: Counts[network_making.Shown]
    behind: Counts[network_making.Behind]
    files: Counts[Files]
    alone: Counts[tuple[project.Overridden, ...]]
    going_on: Counts[int]
    held: Project
    clock: Callable[[], str] = now
    shared: bool = False

    def close(self) -> None:
        """Stop making anything, and let the project go."""
        self.worker.close()
        self.held.close()


def review(
    path: str, access: Access, *, clock: Callable[[], str] = now, shared: bool = False
) -> Review:
    """Return what the requests on a project share.

    `clock` gives the time of a change, `shared` says that others than its owner may come in.
    """
    worker = making.Worker(path)

    def files(_: str) -> Future[Files]:
        done: Future[Files] = Future()
        with project.open_project(path, writing=False) as debate:
            done.set_result(Files(project.issue_of(debate), project.body_of(debate)))
        return done

    return Review(
        path,
        access,
        worker,
        Counts(lambda asked: worker.submit(making.count, asked)),
        Counts(lambda asked: worker.submit(making.timeline, asked)),
        Counts(lambda asked: worker.submit(making.rank, asked)),
        Counts(lambda asked: worker.submit(making.agreement, asked)),
        Counts(lambda asked: worker.submit(network_making.shown, asked)),
        Counts(lambda asked: worker.submit(network_making.behind, asked)),
        Counts(files),
        Counts(lambda asked: worker.submit(making.alone, asked)),
        Counts(lambda asked: worker.submit(making.go_on, asked)),
        project.open_project(path, writing=False),
        clock,
        shared,
    )


class Asked:
    """One request: opened for it, and closed with it."""

    def __init__(self, request: Request, of: Review, debate: Project) -> None:
        self.request = request
        self.of = of
        self.debate = debate
        self.session: Session = request.scope["state"]["session"]
        self.values: dict[str, Any] = request.scope["state"]["values"]
        self.coder = self.session.coder

    @property
    def part(self) -> bool:
        """Whether only the page's main part is wanted, to be put in the place of the one before."""
        return self.request.headers.get("x-part") == "main"

    def by(self) -> By:
        """Return who does what is done now."""
        return By(self.coder, self.of.clock())

    def given(self, name: str, default: str = "") -> str:
        """Return a value of the address."""
        return self.request.query_params.get(name, default)

    def change(self) -> int:
        """Return the newest change of the project."""
        return project.last_change(self.debate)

    def files(self) -> Files:
        """Return the issue and the body."""
        kept = self.of.files.wanted("", self.files_change(), patience=60)
        assert kept is not None, "reading two small files doesn't take a minute"
        return kept.made

    def files_change(self) -> int:
        """Return the change that the issue or the body was last kept by."""
        found = self.debate.connection.execute(
            "SELECT MAX(since) FROM files WHERE until IS NULL"
        ).fetchone()
        return int(found[0] or 0)

    def counted(self, day: str, patience: float | None = None) -> Kept[WhipCount] | None:
        """Return the count as of a day, maybe one change old; None where there is none yet."""
        return self.of.counts.wanted(day, self.change(), patience)

    def go_on(self) -> project.UnderWay | None:
        """Have what is left of a large change made beside; return it, None where none is left."""
        found = project.under_way(self.debate)
        if found is not None:
            self.of.going_on.wanted("", found.change, 0)
        return found

    def days(self) -> tuple[date, date] | None:
        """Return the first and the last day that there is anything of; None where there is none."""
        return first_and_last_day(self.debate)

    def answer(self, template: str, status: int = 200, **context: Any) -> Response:
        """Return a page, or its main part where only that is wanted."""
        page = environment().get_template(template)
        done = self.given("done")
        return HTMLResponse(
            page.render(
                asked=self,
                here=here(self.request),
                issue=self.files().issue,
                csrf=self.session.csrf,
                coder=self.coder,
                shared=self.of.shared,
                going_on=self.go_on(),
                done=self._done(int(done)) if done.isdecimal() and len(done) < 16 else None,
                **context,
            ),
            status,
        )

    def _done(self, number: int) -> project.Change | None:
        found = project.history(self.debate, before=number + 1, limit=1)
        return found[0] if found and found[0].number == number else None

    def to(self, place: str, change: int | None = None) -> Response:
        """Return the way to one of our own pages, which tells then what was done."""
        place = local(place)
        if change is not None:
            place, _, anchor = place.partition("#")
            place = f"{place}{'&' if '?' in place else '?'}done={change}"
            place += f"#{anchor}" if anchor else ""
        return RedirectResponse(place, 303)


def first_and_last_day(debate: Project) -> tuple[date, date] | None:
    """Return the first and the last day that something was published or entered of."""
    first, last = debate.connection.execute(
        "SELECT MIN(day), MAX(day) FROM (SELECT published AS day FROM articles WHERE until IS "
        "NULL AND published <> '' UNION ALL SELECT date FROM entered WHERE until IS NULL AND "
        "date <> '')"
    ).fetchone()
    return None if first is None else (first_day(first), last_day(last))


def here(request: Request) -> str:
    """Return the address of a page without what it says was done."""
    kept = [pair for pair in request.query_params.multi_items() if pair[0] not in ("done", "token")]
    path = quote(request.url.path)
    return f"{path}?{urlencode(kept)}" if kept else path


def local(place: str) -> str:
    """Return an address within this page; ProjectError where it leads elsewhere."""
    if not place.startswith("/") or place.startswith(("//", "/\\")) or not place.isprintable():
        raise ProjectError(f"{place!r:.80} is no address of this page")
    return place
