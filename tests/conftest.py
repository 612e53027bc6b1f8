"""What all tests share: keys are compiled once for a whole run, and never into the cache of whoever runs it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, settings

Command: TypeAlias = Callable[..., "subprocess.CompletedProcess[str]"]

# A busy machine is no fault of what is tested.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")

# For bench/ and hostile/; at the end, so that the installed package comes before the one in this folder.
sys.path += [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

# Processes that tests start, and the workers of this run, need not compile every module anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# What a script starts in the background ignores Ctrl-C, and so would all that tests start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Files whose tests are all slow: they start many processes, judge whole classes, attack, or install.
SLOW = (
    "authoring/test_check.py",
    "authoring/test_container.py",
    "authoring/test_new.py",
    "bench/test_growth.py",
    "bench/test_kit.py",
    "classroom/test_batch.py",
    "classroom/test_cluster.py",
    "classroom/test_killed.py",
    "classroom/test_regrade.py",
    "classroom/test_run.py",
    "cli/test_check.py",
    "cli/test_demo.py",
    "cli/test_doctor.py",
    "cli/test_ending.py",
    "cli/test_export.py",
    "cli/test_hints.py",
    "cli/test_host.py",
    "cli/test_mark.py",
    "cli/test_package_hosts.py",
    "cli/test_regrade.py",
    "cli/test_report.py",
    "cli/test_run.py",
    "cli/test_watch.py",
    "exercises/test_exercises.py",
    "grading/test_diagnose.py",
    "grading/test_follow.py",
    "grading/test_mutation.py",
    "grading/test_pack.py",
    "hostile/test_archives.py",
    "hostile/test_attacks.py",
    "hostile/test_folder.py",
    "hostile/test_fuzz.py",
    "hostile/test_intake.py",
    "observe/test_ahead.py",
    "observe/test_archive.py",
    "observe/test_launchers.py",
    "observe/walls/test_alike.py",
    "observe/walls/test_canary.py",
    "observe/walls/test_installed.py",
    "observe/walls/test_replacement.py",
    "observe/walls/test_secrets.py",
    "observe/walls/test_standing.py",
    "observe/walls/test_users.py",
    "report/test_browser.py",
    "report/test_census.py",
    "test_imports.py",
    "test_readme.py",
    "test_source_text.py",
)

collect_ignore = ["golden"]  # submissions, and a course to judge them with

MODULES = {"grade": "grader.cli.grade", "grader": "grader"}


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of compiled keys; workers of one run share it."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "keys"
    os.environ["NUMGRADE_CACHE"] = str(folder)
    return folder


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


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the slow ones, so that `-m "not slow"` leaves them out; those too that try many inputs."""
    slow = {Path(__file__).parent / name for name in SLOW}
    for item in items:
        if item.path in slow or item.get_closest_marker("hypothesis"):
            item.add_marker(pytest.mark.slow)
