"""Parts of a run on a Ray cluster: Ray Data over the parts, actors that keep the models.

Each actor writes the files of its parts, the same as a process pool would; only what is noted in
the manifest goes back. Ray Data restarts an actor that dies, alone or with its machine, and gives
its part out again, as often as it takes (its `max_restarts` and `max_task_retries` are -1).
"""

from __future__ import annotations

import contextlib
import logging
import os
import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from whipcount.errors import WhipcountError
from whipcount.scale import stores
from whipcount.scale.manifest import Part, parts_of
from whipcount.scale.parts import Doing, Run, file_of, tables_of
from whipcount.scale.pieces import Page, items_of
from whipcount.scale.places import place
from whipcount.scale.pool import Making, Pool
from whipcount.scale.work import Files, Worker, files_of, installed

STORE = 200_000_000
"""Bytes of Ray's shared memory where Ray is started here. A part has some 20 kB in it: the names of
its pages, and its line of the manifest."""


def ray() -> ModuleType:
    """Return Ray; an error that says how to get it where it isn't installed."""
    # Ray would send figures of its use to its makers, and tell of its inner life on the screen
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    try:
        import ray  # noqa: PLC0415
        import ray.data  # noqa: PLC0415
    except ImportError:
        raise WhipcountError(
            "--engine ray needs Ray: pip install 'whipcount[ray]', or take --jobs, which needs none"
        ) from None
    library: ModuleType = ray
    return library


class PartWorker:
    """An actor that does one part after another, each page in a process beside it.

    That process keeps the models. A page over which it dies is told as a problem, as by a process
    pool, and takes neither the actor nor the part with it. `run` is a run without its pages.
    """

    def __init__(self, run: Run, making: Making, needed: str, here: str) -> None:
        if installed() != needed:
            raise WhipcountError(
                f"{socket.gethostname()} has whipcount {installed()}, and the run was begun with "
                f"{needed}; install the same on all machines"
            )
        with contextlib.suppress(OSError):  # paths may be relative; where it isn't, _look_for tells
            os.chdir(here)
        self.run = run
        self.pool = Pool(run.settings, 1, making)

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        """Return a part's line for the manifest; its files are there then."""
        try:
            pages: list[Page] = [
                page if stores.is_address(page) else Path(page) for page in row["pages"]
            ]
            _look_for(pages)
            items = (item for page in pages for item in items_of(page, self.run.settings.encoding))
            part = self.run.write(int(row["part"]), self.pool.in_order(items))
            return {"line": part.line(), "problem": ""}
        except WhipcountError as error:
            return {"line": "", "problem": str(error)}


def by_actors(
    jobs: int | None = None, address: str | None = None, making: Making | None = None
) -> Doing:
    """Return what does parts by so many actors of a Ray cluster, one a processor where it is None.

    `address` is as in `ray.init`: where it is None the cluster is the one that is connected to, or
    that the environment variable RAY_ADDRESS names, or one that is started on this machine. Each
    machine needs whipcount, as it is installed here, and must reach pages and folder by the same
    names: on a disk that all share, or in an object store. The issue and the other files of the
    settings are sent along. Parts come in no order.
    """

    def doing(run: Run, todo: Sequence[int], on_pages: Callable[[int], object]) -> Iterator[Part]:
        library = ray()
        begun = _connected(library, address, jobs)
        try:
            for row in _rows(library, run, todo, jobs, making):
                if row["problem"]:
                    raise WhipcountError(row["problem"])
                (part,) = parts_of(place(run.folder), [row["line"]]).values()
                _look_at(run, part)
                on_pages(part.pages)
                yield part
        except library.exceptions.RayError as error:
            raise WhipcountError(
                f"Ray gave up: {_reason(error)}; what is done is kept, and the same command goes on"
            ) from error
        finally:
            if begun:
                library.shutdown()

    return doing


def _connected(library: Any, address: str | None, jobs: int | None) -> bool:
    """Connect to a cluster, or start one on this machine; return whether there was none before."""
    if library.is_initialized():
        return False
    given: dict[str, Any] = {"log_to_driver": False, "logging_level": "ERROR"}
    if address is None and "RAY_ADDRESS" not in os.environ:
        address = "local"
        given |= {"include_dashboard": False, "object_store_memory": STORE, "num_cpus": jobs}
    try:
        library.init(address=address, **given)
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise WhipcountError(
            f"there is no Ray cluster at {address or os.environ['RAY_ADDRESS']}: {_reason(error)}; "
            "start one with `ray start --head`, or leave --address out"
        ) from None
    return True


def _rows(
    library: Any, run: Run, todo: Sequence[int], jobs: int | None, making: Making | None
) -> Iterator[dict[str, Any]]:
    """Yield what the actors give back, in the order in which they have done it."""
    data = library.data
    context = data.DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    making = making or partial(_worker, files_of(run.settings))
    actors = jobs or max(1, int(library.cluster_resources().get("CPU", 1)))
    parts = data.from_items(
        [
            {"part": number, "pages": [str(page) for page in run.pages_of(number)]}
            for number in todo
        ],
        override_num_blocks=len(todo),
    )
    done = parts.map(
        PartWorker,
        fn_constructor_args=(replace(run, pages=()), making, installed(), str(Path.cwd())),
        compute=data.ActorPoolStrategy(
            size=min(actors, len(todo)), max_tasks_in_flight_per_actor=1
        ),
        num_cpus=1,
    )
    yield from done.iter_rows()


def _worker(files: Files, settings: Any) -> Worker:
    """Return a worker for a machine that doesn't have the settings' files."""
    return Worker(settings, files)


def _look_for(pages: Sequence[Page]) -> None:
    """Refuse a part of whose pages none is on this machine: it isn't their machine."""
    files = [page for page in pages if isinstance(page, Path)]
    if files and not any(file.exists() for file in files):
        raise WhipcountError(
            f"{files[0]}: isn't there on {socket.gethostname()}; put the pages on a disk that all "
            "machines share, or into an object store (s3://BUCKET/FOLDER)"
        )


def _look_at(run: Run, part: Part) -> None:
    """Refuse a part whose files aren't where this process sees them."""
    folder = place(run.folder)
    for table in tables_of(run.settings):
        if not folder.has(file_of(part.part, table)):
            raise WhipcountError(
                f"{folder}: part {part.part} was written on another machine and isn't here; write "
                "to a disk that all machines share, or into an object store (s3://BUCKET/FOLDER)"
            )


def _reason(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[-1]
