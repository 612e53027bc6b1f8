"""What all tests share: keys are compiled once for a whole run, and never into the cache of whoever runs it."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, settings

from grader.classroom.location import Location, location_of

Command: TypeAlias = Callable[..., "subprocess.CompletedProcess[str]"]

# A busy machine is no fault of what is tested. Each run draws other examples, so a quarter of the usual number will do.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=25)
settings.register_profile("exhaustive", settings.get_profile("suite"), max_examples=100)
settings.load_profile("suite")

# For bench/ and hostile/; at the end, so that the installed package comes before the one in this folder.
sys.path += [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

from database_server import Server, programs, started  # noqa: E402 — found where the line above says
from here import executor_here  # noqa: E402
from lent import lending  # noqa: E402

# Processes that tests start, and the workers of this run, need not compile every module anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# What is tested is English, whoever runs it; `grade` follows the locale of a machine.
os.environ.pop("LC_ALL", None)
os.environ["LC_MESSAGES"] = "C"

# What a script starts in the background ignores Ctrl-C, and so would all that tests start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

collect_ignore = ["golden"]  # submissions, and a course to judge them with

MODULES = {"grade": "grader.cli.grade", "grader": "grader"}


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of compiled keys; workers of one run share it."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "keys"
    os.environ["NUMGRADE_CACHE"] = str(folder)
    return folder


@pytest.fixture(scope="session", autouse=True)
def one_family() -> Iterator[None]:
    """What runs submissions and authors' code here is forked from one process, as for a class: numpy is imported once.

    Behind walls of `strict`, or with other modules, each is an interpreter of its own here too. `grade` would start a
    fresh one for a single submission: that is for the tests of launchers, and for those of commands.
    """
    from grader.observe import ancestor, opening

    if not ancestor.Ancestor.is_to_be_had():
        yield
        return
    begun = ancestor.Ancestor()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ancestor, "_ancestor", None)
        ancestor.use_ancestor(os.dup(begun.descriptor))
        socket = ancestor._ancestor
        patch.setattr(opening, "open_observer", opening.open_lasting)
        yield
    assert socket is not None
    socket.close()
    begun.close()


@pytest.fixture
def own_zygotes(one_family: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is begun from now on is an interpreter of its own all the same: for tests of how it is started and ends."""
    from grader.observe import ancestor

    monkeypatch.setattr(ancestor, "_ancestor", None)


@pytest.fixture(scope="session", autouse=True)
def lasting_observers(one_family: None) -> Iterator[None]:
    """What opens an observer for each class that is judged, or key that is compiled, gets the same in this process.

    That observers are opened and closed as they should be is for the tests that name them, and for those of commands.
    """
    from grader.classroom import batch
    from grader.cli import termination
    from grader.grading import keys

    with (
        lending(keys.authors_observer) as authors_observer,
        lending(batch.open_lasting) as open_lasting,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(keys, "authors_observer", authors_observer)
        patch.setattr(batch, "open_lasting", open_lasting)
        # A command that is run in this process ends, and its observers' children go on to be in their folders.
        patch.setattr(termination, "_remove_temporary_files", lambda: None)
        yield


@pytest.fixture(scope="session")
def command(cache: Path) -> Command:
    """Run `grade` or `grader` as a process of its own, in the folder `cwd`, with nobody at the keyboard."""

    def run(name: str, *arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-P", "-m", MODULES[name], *map(str, arguments)],
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONUTF8": "1"},
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def in_process(cache: Path) -> Command:
    """Run `grade` or `grader` as `command` does, in this process, which judges classes too.

    Most of a command's time it starts processes, and imports.
    """
    from grader.classroom import local
    from grader.cli import grade_command, main
    from grader.cli.entry_point import run
    from grader.observe import ancestor

    programs = {"grade": grade_command.grade, "grader": main.grader_group}

    def call(name: str, *arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
        given = [str(argument) for argument in arguments]
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
        with (
            contextlib.chdir(cwd),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
            pytest.MonkeyPatch.context() as patch,
        ):
            patch.setattr(local, "local_executor", executor_here)
            patch.setattr(ancestor, "begin_early", lambda: None)
            with pytest.raises(SystemExit) as ended:
                run(programs[name], name, given)
        assert isinstance(ended.value.code, int)
        told = (stream.buffer.getvalue().decode() for stream in (out, err))
        return subprocess.CompletedProcess([name, *given], ended.value.code, *told)

    return call


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A PostgreSQL server; each worker of a run has its own."""
    if sys.platform == "win32":
        pytest.skip("a server of PostgreSQL is not tried on Windows")
    pytest.importorskip("psycopg", reason="psycopg is not installed: pip install 'numgrade[postgres]'")
    found = programs()
    if found is None:
        pytest.skip("PostgreSQL's server is not installed (Debian: apt install postgresql)")
    with started(found) as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> Location:
    """An empty place for a gradebook, in each of the two databases."""
    if request.param == "sqlite":
        return tmp_path / "gradebook.db"
    return location_of(request.getfixturevalue("postgresql").url())


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("exhaustive"):
        settings.load_profile("exhaustive")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--exhaustive", action="store_true", help="try every form of what is else tried in some of them")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more than there are processors, for many tests wait for processes of their own."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests that try many inputs are slow too. This comes before the tests are chosen by their marks."""
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker(pytest.mark.slow)
    if config.getoption("exhaustive"):
        return
    can_wait = {item for item in items if item.get_closest_marker("exhaustive")}
    config.hook.pytest_deselected(items=list(can_wait))
    items[:] = [item for item in items if item not in can_wait]


def pytest_collection_finish() -> None:
    """What was collected stays until the end: whoever looks for garbage need not go through all of it each time."""
    gc.collect()
    gc.freeze()
