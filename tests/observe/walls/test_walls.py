"""Observers with walls: what they say of themselves, and that each new zygote proves itself."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.errors import NotJudged
from grader.observation import Observation
from grader.observe import zygote as module
from grader.observe.observer import Observer
from grader.observe.opening import open_observer
from grader.observe.walls import canary
from grader.observe.walls.levels import AUTO, HOME, Level
from grader.observe.walls.proof import Unproved
from grader.observe.wire import Block, Call, Limits, Source
from grader.observe.zygote import warm_observer
from grader.values import Plain

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_zygotes")]

WHERE = "import os\ndef f(): return os.getcwd()\n"


def asked(observer: Observer, text: str = WHERE) -> object:
    with observer.session([Source("work.py", (Block(text),))]) as session:
        return next(session.perform(0, [Call("f", Plain({}), seed=1)], Limits(call=30.0))).value.value


def test_an_observer_says_its_level_and_how_it_is_known(
    observer_at: Callable[[Level], Observer], walled: Level
) -> None:
    observer = observer_at(walled)
    assert observer.isolation == walled.value
    assert observer.evidence.level is walled
    assert observer.evidence.checks
    assert observer.evidence.abilities.landlock > 0


def test_without_walls_nothing_is_tried() -> None:
    for isolation in ("none", AUTO):
        with open_observer(isolation) as observer:
            if isolation == "none":
                assert (observer.isolation, observer.evidence.checks) == ("none", ())
            else:
                assert observer.isolation == observer.evidence.level.value
    with warm_observer() as observer:
        assert (observer.isolation, observer.evidence.checks) == ("none", ())


def test_every_replacement_proves_itself(
    monkeypatch: pytest.MonkeyPatch, observer_at: Callable[[Level], Observer], walled: Level
) -> None:
    observer_at(walled)
    monkeypatch.setattr(module, "_MAX_CHILDREN", 3)  # the canary and two more
    proofs = []
    original = canary.canary_checks
    monkeypatch.setattr(
        "grader.observe.walls.proof.canary_checks", lambda *given: (proofs.append(1), original(*given))[1]
    )
    with warm_observer(walled.value) as observer:
        for _ in range(5):
            asked(observer)
    assert len(proofs) == 3


def test_a_replacement_without_proof_judges_nothing(
    monkeypatch: pytest.MonkeyPatch, observer_at: Callable[[Level], Observer]
) -> None:
    """Nor does it go down to a lower level, though `auto` was asked for: what was graded before had more."""
    observer_at(Level.STANDARD)
    with warm_observer(AUTO) as observer:
        assert observer.isolation != "none"
        observer._launcher.close()
        monkeypatch.setattr("grader.observe.walls.proof.canary_checks", lambda *given: ())
        with pytest.raises(NotJudged, match="cannot be had"):
            asked(observer)


def test_all_children_share_an_empty_folder(observer_at: Callable[[Level], Observer], walled: Level) -> None:
    observer_at(walled)
    with warm_observer(walled.value) as observer:
        first, second = asked(observer), asked(observer)
        assert first == second
        assert first == HOME or not list(Path(str(first)).iterdir())
    assert first == HOME or not Path(str(first)).exists()


def test_the_folder_of_strict_is_never_one_of_the_host(
    monkeypatch: pytest.MonkeyPatch, observer_at: Callable[[Level], Observer]
) -> None:
    observer_at(Level.STRICT)
    removed: list[str | None] = []
    monkeypatch.setattr(module, "leave_home", removed.append)
    with warm_observer("strict") as observer:
        assert asked(observer) == HOME
    assert set(removed) == {None}


def test_nothing_runs_on_when_the_observer_is_closed(observer_at: Callable[[Level], Observer], walled: Level) -> None:
    observer_at(walled)
    with warm_observer(walled.value) as observer:
        asked(observer)
        group = observer._launcher._zygote._process.pid  # type: ignore[attr-defined]
        assert members(group)
    deadline = time.monotonic() + 20
    while members(group):  # they are killed; their ends are the kernel's affair
        assert time.monotonic() < deadline
        os.sched_yield()


def members(group: int) -> list[str]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            state, _, of = (process / "stat").read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(of) == group and state != "Z":
            found.append(process.name)
    return found


def test_a_level_that_cannot_be_had_is_refused_before_anything_runs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with open_observer("strict") as observer, pytest.raises(Unproved, match="apt install bubblewrap"):
        asked(observer)


def test_elsewhere_auto_is_none_and_more_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.system", lambda: "Darwin")
    monkeypatch.setattr(sys, "platform", "darwin")
    with open_observer(AUTO) as observer:
        assert observer.isolation == "none"
    with pytest.raises(Unproved, match="grade on Linux"):
        open_observer("standard")


def test_one_child_cannot_reach_another(
    observer_at: Callable[[Level], Observer], walled: Level, observe: Callable[..., Observation]
) -> None:
    """Two submissions at once, of the same zygote and so of the same user."""
    observer = observer_at(walled)
    source = Source("work.py", (Block("import os\ndef f(): return os.getpid()\n"),))
    attack = """
import os, ctypes
def f(process):
    call, told = ctypes.CDLL(None, use_errno=True), []
    for act in (lambda: os.kill(process, 9), lambda: open(f"/proc/{process}/mem", "rb"), lambda: os.kill(-1, 9),
                lambda: os.kill(0, 9), lambda: os.killpg(process, 9)):
        try:
            act()
            told.append("done")
        except OSError as error:
            told.append(type(error).__name__)
    return told, call.ptrace(16, process, None, None)
"""
    call = [Call("f", Plain({}), seed=1)]
    with observer.session([source]) as victim:
        process = next(victim.perform(0, call, Limits())).value.value
        told, traced = observe(walled, attack, process=process + (walled is Level.STRICT)).value.value
        assert set(told) <= {"PermissionError", "FileNotFoundError"}
        assert traced == -1
        assert next(victim.perform(0, call, Limits())).value.value == process


def test_the_start_stays_light() -> None:
    program = (
        "import sys, grader.observe.opening; print({'ctypes', 'numpy', 'msgspec', 'pyseccomp'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
