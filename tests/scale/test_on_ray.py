"""Runs on a real Ray cluster of several processes, of which some are killed."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from whipcount.cli import main
from whipcount.errors import WhipcountError
from whipcount.scale import Run, Settings, by_processes, on_ray
from whipcount.scale.tables import read_rows

from .stand_in import Mortal, StandIn, Telling

pytest.importorskip("pyarrow")
ROOT = Path(__file__).parents[2]
PACT = ["examples/pact/pages", "--issue", "examples/pact/accession.toml", "--tagger", "rules"]


@pytest.fixture(scope="module")
def cluster():
    """A cluster of a head and a machine of one processor each; every machine is some processes."""
    pytest.importorskip("ray", reason="Ray isn't installed: pip install 'whipcount[ray]'")
    with pytest.MonkeyPatch.context() as patch:
        # the workers' stand-ins are in the tests, which a cluster doesn't have
        patch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), *sys.path]))
        patch.delenv("RAY_ADDRESS", raising=False)
        on_ray.ray()
        from ray.cluster_utils import Cluster  # noqa: PLC0415

        machine = {"num_cpus": 1, "object_store_memory": on_ray.STORE}
        cluster = Cluster(initialize_head=True, head_node_args=machine)
        cluster.other = cluster.add_node(**machine)
        cluster.machine = machine
        yield cluster
        cluster.shutdown()


@pytest.fixture
def pages(tmp_path) -> list[Path]:
    folder = tmp_path / "pages"
    folder.mkdir()
    found = []
    for number in range(60):
        path = folder / f"{'deadly-' if number == 11 else ''}{number:03}.txt"
        path.write_text(f"Page {number}\n\nThe minister of Arvonia said so {number}.\n", "utf-8")
        found.append(path)
    return found


@pytest.fixture
def run(tmp_path, pages) -> Run:
    return Run(pages, Settings(tagger="rules"), tmp_path / "by-ray", pages_per_part=5)


@pytest.fixture
def expected(run, tmp_path) -> dict[str, bytes]:
    """What a process makes of the same pages."""
    alone = replace(run, folder=tmp_path / "alone")
    alone.go(by_processes(1, StandIn))
    return files(alone.folder)


def actors(run: Run) -> list[int]:
    """Return the processes that were actors and did pages."""
    return [int(noted.name) for noted in (run.pages[0].parent / "actors").iterdir()]


def files(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*.parquet")}


def test_it_writes_the_files_that_a_process_pool_writes(cluster, run, tmp_path):
    pool = replace(run, folder=tmp_path / "pool")
    told: list[str] = []
    expected = pool.go(by_processes(2, Mortal), on_problem=told.append)
    pages: list[int] = []
    again: list[str] = []
    done = run.go(
        on_ray.by_actors(2, cluster.address, Mortal),
        on_pages=pages.append,
        on_problem=again.append,
    )
    assert done == expected
    assert sum(pages) == 60
    assert again == told
    assert "the process that read it died twice" in told[0]
    assert files(run.folder) == files(pool.folder)


def test_an_actor_that_is_killed_loses_nothing(cluster, run, expected):
    killed = []

    def kill(_: int) -> None:
        if not killed:
            killed.append(actors(run)[0])
            os.kill(killed[0], signal.SIGKILL)

    done = run.go(on_ray.by_actors(2, cluster.address, Telling), on_pages=kill)
    assert done.articles == 60
    assert len(actors(run)) == 3, "one was begun in the place of the one that was killed"
    assert files(run.folder) == expected
    assert not list(run.folder.rglob("*.part"))


def test_a_machine_that_is_killed_loses_nothing(cluster, run, expected):
    pages = []

    def kill(done: int) -> None:
        pages.append(done)
        if len(pages) == 2:
            cluster.remove_node(cluster.other, allow_graceful=False)

    done = run.go(on_ray.by_actors(2, cluster.address, Telling), on_pages=kill)
    cluster.other = cluster.add_node(**cluster.machine)
    assert done.articles == sum(pages) == 60
    assert len(actors(run)) == 3, "what the machine was at was done by another"
    assert files(run.folder) == expected


class StoppedError(Exception):
    pass


def test_what_ray_began_a_process_can_end_and_the_other_way_round(cluster, run, expected):
    def stop(_: int) -> None:
        raise StoppedError

    for doing in (on_ray.by_actors(2, cluster.address, StandIn), by_processes(1, StandIn)):
        with pytest.raises(StoppedError):
            run.go(doing, on_pages=stop)
    done = run.go(on_ray.by_actors(1, cluster.address, StandIn))
    assert done.articles == 60
    assert files(run.folder) == expected


def test_pages_and_folder_may_be_addresses(cluster, run, expected):
    addressed = replace(
        run, pages=[page.as_uri() for page in run.pages], folder=run.folder.as_uri()
    )
    done = addressed.go(on_ray.by_actors(2, cluster.address, StandIn))
    assert (done.articles, done.problems) == (60, 0)
    found = list(read_rows(run.folder, "articles"))
    assert [row["path"] for row in found] == [page.as_uri() for page in run.pages]


def test_the_command_sends_the_issue_along(cluster, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    given = ["code", *PACT, "--format", "parquet"]
    assert main([*given, "--out", str(tmp_path / "pool")]) == 0
    by_ray = ["--engine", "ray", "--address", cluster.address, "--jobs", "1"]
    assert main([*given, *by_ray, "--out", str(tmp_path / "ray")]) == 0
    assert files(tmp_path / "ray") == files(tmp_path / "pool")
    assert len(files(tmp_path / "ray")) == 3
    assert capsys.readouterr().out == ""


def test_a_machine_with_another_whipcount_is_refused(run):
    with pytest.raises(WhipcountError, match=r"was begun with 0\.0\.0 none; install the same"):
        on_ray.PartWorker(run, StandIn, "0.0.0 none", str(ROOT))


def test_a_machine_without_the_pages_says_so(run, tmp_path):
    pages = [tmp_path / "nowhere" / page.name for page in run.pages[:5]]
    worker = on_ray.PartWorker(run, StandIn, on_ray.installed(), str(ROOT))
    told = worker({"part": 0, "pages": [str(page) for page in pages]})
    assert "put the pages on a disk that all machines share" in told["problem"]


def test_without_ray_it_is_said_how_to_get_it(monkeypatch, capsys, tmp_path):
    monkeypatch.setitem(sys.modules, "ray", None)
    given = ["statements", str(ROOT / "examples" / "pact" / "pages"), "--engine", "ray"]
    out = ["--format", "parquet", "--out", str(tmp_path / "out")]
    assert main([*given, *out]) == 2
    assert "pip install 'whipcount[ray]'" in capsys.readouterr().err


def test_ray_goes_with_parquet_alone(capsys):
    given = ["statements", str(ROOT / "examples" / "pact" / "pages")]
    assert main([*given, "--engine", "ray"]) == 2
    assert "--engine ray needs --format parquet" in capsys.readouterr().err
    assert main([*given, "--address", "auto"]) == 2
    assert "--address goes with --engine ray" in capsys.readouterr().err
