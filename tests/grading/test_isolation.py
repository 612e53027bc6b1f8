from __future__ import annotations

import platform
import subprocess
import sys

import pytest

from grader.errors import GraderError
from grader.grading.isolation import isolation_evidence
from grader.observe.fresh import fresh_observer
from grader.observe.walls.levels import Level
from grader.observe.zygote import warm_observer


def test_without_walls_it_says_that_no_canary_was_run() -> None:
    with fresh_observer() as observer:
        found = isolation_evidence(observer)
    assert found.kernel == f"{platform.system()} {platform.release()}"
    assert (found.abilities, found.canary, found.lacks) == ({}, None, ())


@pytest.mark.skipif(sys.platform != "linux", reason="walls are Linux's")
@pytest.mark.parametrize("level", [Level.STANDARD, Level.STRICT])
def test_with_walls_it_says_what_they_are_and_what_the_canary_found(level: Level) -> None:
    with warm_observer(level.value) as observer:
        try:
            found = isolation_evidence(observer)
        except GraderError as error:
            pytest.skip(str(error))
    assert found.abilities["landlock"] >= 1
    assert found.abilities["processor"] == platform.machine()
    assert found.canary is not None
    assert found.canary.refused + len(found.canary.possible) == 21
    assert (found.canary.possible == ()) == (level is Level.STRICT)
    assert found.canary.worked == 6


@pytest.mark.skipif(sys.platform != "linux", reason="walls are Linux's")
def test_why_it_is_no_more(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with warm_observer("auto") as observer:
        try:
            found = isolation_evidence(observer)
        except GraderError as error:
            pytest.skip(str(error))
    assert any(lack.startswith("strict: bubblewrap is not installed; `apt install") for lack in found.lacks)


def test_asking_without_walls_imports_none_of_them() -> None:
    program = (
        "import sys\n"
        "from grader.observe.fresh import fresh_observer\n"
        "from grader.grading.isolation import isolation_evidence\n"
        "isolation_evidence(fresh_observer())\n"
        "print([name for name in sys.modules if name.startswith('grader.observe.walls.')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['grader.observe.walls.levels', 'grader.observe.walls.evidence']"
