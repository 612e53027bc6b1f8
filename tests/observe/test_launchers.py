"""Fresh children and zygotes, beyond what they have in common (test_session.py)."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.errors import NotJudged
from grader.observation import Observation, Status
from grader.observe import fresh as fresh_module
from grader.observe.fresh import fresh_observer
from grader.observe.launch import environment
from grader.observe.observer import Observer
from grader.observe.scratch import leave_home, new_home
from grader.observe.threaded import ThreadedChannel
from grader.observe.wire import Block, Call, Limits, Source
from grader.values import Plain

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_zygotes")]

linux = pytest.mark.skipif(sys.platform != "linux", reason="zygotes are Linux's")
WHERE = "import os\ndef f(): return os.getpid(), os.getcwd()\n"


def source(text: str) -> Source:
    return Source("work.py", (Block(text),))


def asked(observer: Observer, text: str, limits: Limits) -> list[Observation]:
    with observer.session([source(text)]) as session:
        return list(session.perform(0, [Call("f", Plain({}), seed=1)] * 2, limits))


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def has_ended(process: int) -> bool:
    """Gone, or dead and nobody's: nothing here waits for the orphans of a child."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def soon(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        os.sched_yield() if hasattr(os, "sched_yield") else time.sleep(0)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("print('hi'); return 1", Status.RETURNED),
        ("raise ValueError", Status.RAISED),
        ("import os; os._exit(2)", Status.EXITED),
        ("while True: pass", Status.TIMED_OUT),
        ("while True: print('x' * 9999)", Status.FLOODED),
    ],
)
def test_a_fresh_child_over_a_channel_with_threads(
    body: str, status: Status, monkeypatch: pytest.MonkeyPatch, patient: Limits
) -> None:
    monkeypatch.setattr(fresh_module, "open_channel", ThreadedChannel.open)
    limits = Limits(call=0.5) if status is Status.TIMED_OUT else patient
    with fresh_observer() as observer:
        first, second = asked(observer, f"count = 0\ndef f():\n    {body}\n", limits)
    assert (first.status, second.status) == (status, status)
    if status is Status.RETURNED:
        assert (first.printed, second.printed) == ("hi\n", "hi\n")


def test_prefetched_children_are_used_or_ended(patient: Limits) -> None:
    with fresh_observer() as observer:
        observer.prefetch()
        observer.prefetch()
        process, home = asked(observer, WHERE, patient)[0].value.value
        assert not is_running(process)
        assert not Path(home).exists()
        observer.prefetch()


def test_sessions_leave_nothing_behind(observer: Observer, patient: Limits) -> None:
    text = (
        WHERE
        + "open('left behind', 'w').close()\nimport threading\nthreading.Thread(target=threading.Event().wait).start()"
    )
    first = asked(observer, text, patient)[0]
    assert first.status is Status.RETURNED, first
    process, home = first.value.value
    assert not Path(home).exists()
    soon(lambda: not is_running(process))


def test_several_sessions_at_once_are_apart(observer: Observer, patient: Limits) -> None:
    text = "n = 0\ndef f():\n    global n\n    n += 1\n    return n\n"
    with observer.session([source(text)]) as one, observer.session([source(text)]) as other:
        call = [Call("f", Plain({}), seed=1)]
        counts = [next(session.perform(0, call, patient)).value.value for session in (one, other, one, other)]
    assert counts == [1, 1, 2, 2]


def test_the_environment_is_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "secret")
    monkeypatch.setenv("PYTHONSTARTUP", "/x.py")
    ours = environment("/home")
    assert "secret" not in ours.values()
    assert "PYTHONSTARTUP" not in ours
    assert ours["OPENBLAS_NUM_THREADS"] == "1"
    assert ours["HOME"] == "/home"


def test_a_secret_in_the_environment_is_not_in_a_childs(
    monkeypatch: pytest.MonkeyPatch, patient: Limits, tmp_path: Path
) -> None:
    monkeypatch.setenv("GRADER_SECRET", "marker")
    monkeypatch.chdir(tmp_path)
    text = """
import os
def f():
    files = [f"/proc/self/{name}" for name in ("environ", "cmdline")]
    return [b"marker" in open(name, "rb").read() for name in files if os.path.exists(name)], dict(os.environ)
"""
    with fresh_observer() as observer:
        found, variables = asked(observer, text, patient)[0].value.value
    assert not any(found)
    assert "GRADER_SECRET" not in variables


@linux
def test_a_zygote_is_replaced_when_it_is_worn(patient: Limits, monkeypatch: pytest.MonkeyPatch) -> None:
    from grader.observe import zygote

    monkeypatch.setattr(zygote, "_MAX_CHILDREN", 2)
    with zygote.warm_observer() as observer:
        parents = [
            asked(observer, "import os\ndef f(): return os.getppid()\n", patient)[0].value.value for _ in range(5)
        ]
        assert parents[0] == parents[1] != parents[2] == parents[3] != parents[4]
        assert not is_running(parents[0])
    assert not is_running(parents[4])


@linux
def test_a_child_outlives_the_retirement_of_its_zygote(patient: Limits, monkeypatch: pytest.MonkeyPatch) -> None:
    from grader.observe import zygote

    monkeypatch.setattr(zygote, "_MAX_CHILDREN", 1)
    with zygote.warm_observer() as observer:
        with observer.session([source(WHERE)]) as old, observer.session([source(WHERE)]) as new:
            seen = [next(each.perform(0, [Call("f", Plain({}), seed=1)], patient)) for each in (old, new)]
        assert [each.status for each in seen] == [Status.RETURNED] * 2


@linux
def test_what_a_child_starts_ends_with_it(warm: Observer, fresh: Observer, patient: Limits) -> None:
    text = "import subprocess, sys\ndef f(): return subprocess.Popen([sys.executable, '-c', 'input()'], stdin=-1).pid\n"
    for observer in (fresh, warm):
        seen = asked(observer, text, patient)
        for each in seen:
            soon(lambda process=each.value.value: has_ended(process))


@linux
def test_a_zygote_that_does_not_start_is_not_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    from grader.observe import zygote

    nothing = [sys.executable, "-c", "raise SystemExit('no numpy here')"]
    monkeypatch.setattr(zygote, "command", lambda role, modules: nothing)
    with zygote.warm_observer() as observer, pytest.raises(NotJudged, match="no numpy here"):
        observer.session([source("")])


def test_warm_observers_say_where_they_are_not_to_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    from grader.observe import zygote

    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(NotJudged, match="use a fresh one"):
        zygote.warm_observer()


@pytest.mark.parametrize("module", ["grader.observe.fresh", "grader.observe.zygote", "grader.observe.observer"])
def test_an_observer_can_be_made_before_anything_heavy_is_imported(module: str) -> None:
    program = f"import sys, {module}; print(sorted({{'numpy', 'msgspec', 'pydantic', 'yaml'}} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_worker_runs_from_a_checkout_that_is_not_installed(tmp_path: Path, patient: Limits) -> None:
    import shutil

    import grader

    shutil.copytree(
        Path(grader.__file__).parent, tmp_path / "elsewhere" / "grader", ignore=shutil.ignore_patterns("_*cache*")
    )
    program = """
import sys
sys.path[:0] = [sys.argv[1]]
import grader.observe
from grader.observe.fresh import fresh_observer
from grader.observe.wire import Block, Call, Limits, Source
from grader.values import Plain
text = "import grader, sys\\ndef f(): return grader.__file__, sys.argv, " + repr(sys.argv[1]) + " in sys.path"
with fresh_observer() as observer, observer.session([Source("x.py", (Block(text),))]) as session:
    print(next(session.perform(0, [Call("f", Plain({}), seed=1)], Limits(call=20.0))).value.value)
"""
    place = str(tmp_path / "elsewhere")
    done = subprocess.run([sys.executable, "-c", program, place], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str((str(tmp_path / "elsewhere" / "grader" / "__init__.py"), [""], False))


@pytest.mark.skipif(sys.platform == "win32", reason="paths are short there")
def test_folders_however_deep_are_removed(tmp_path: Path) -> None:
    outside, here = tmp_path / "outside", Path.cwd()
    outside.mkdir()
    (outside / "file").touch()
    home = new_home()
    os.chdir(home)
    try:
        for number in range(1500):
            Path("d").mkdir()
            Path(f"f{number}").touch()
            if number % 500 == 0:
                Path("link").symlink_to(outside)
            os.chdir("d")
    finally:
        os.chdir(here)
    leave_home(home)
    assert not Path(home).exists()
    assert (outside / "file").exists()
