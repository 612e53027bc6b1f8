"""What the controller knows is nowhere in a process that runs a submission, and nowhere in its reach.

Markers are planted in the controller as secrets are: in its memory, environment, arguments, open files and course.
"""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import grader
from grader.observation import Observation
from grader.observe.observer import Observer
from grader.observe.walls.levels import Level
from grader.observe.wire import Block, Call, Limits, Source
from grader.observe.zygote import _WarmChild, warm_observer
from grader.values import Plain

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_zygotes")]

# Reads all that it can of itself, and tells what holds a marker. A marker is sent in two halves, never whole.
LOOK = """
import os

def f(first, second, paths):
    in_memory = memory(first.encode(), second.encode())  # before they are put together here
    marker = first.encode() + second.encode()
    places = {
        "environment": repr(os.environ).encode(),
        "arguments": repr(__import__("sys").argv).encode(),
        "path of modules": repr(__import__("sys").path).encode(),
        "folder": os.getcwd().encode() + repr(os.listdir(".")).encode(),
    }
    for name in ("environ", "cmdline", "maps", "mountinfo", "status"):
        places["/proc/self/" + name] = content("/proc/self/" + name)
        places["/proc/PARENT/" + name] = content(f"/proc/{os.getppid()}/{name}")
    for number in range(256):
        try:
            places[f"descriptor {number}"] = os.readlink(f"/proc/self/fd/{number}").encode()
        except OSError:
            pass
    for path in paths:
        places[path] = content(path)
    found = [place for place, text in places.items() if marker in text]
    return found, in_memory, len(places), [len(content(path)) for path in paths]

def content(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""

def memory(first, second):
    '''How often both halves stand together in what can be read of this process; None where it cannot be looked at.'''
    try:
        maps, mem = open("/proc/self/maps"), open("/proc/self/mem", "rb", 0)
    except OSError:
        return None
    count = 0
    for line in maps:
        where, rights, *_ = line.split()
        start, end = (int(at, 16) for at in where.split("-"))
        if "r" not in rights or end - start > 1 << 28:
            continue
        try:
            mem.seek(start)
            data = mem.read(end - start)
        except (OSError, ValueError, OverflowError):
            continue
        at = data.find(first)
        while at >= 0:
            count += data[at + len(first) : at + 2 * len(first)] == second
            at = data.find(first, at + 1)
    return count
"""


@dataclass(frozen=True)
class Planted:
    marker: str
    course: Path
    kept: list[bytes]  # in the controller's memory

    @property
    def halves(self) -> dict[str, str]:
        middle = len(self.marker) // 2
        return {"first": self.marker[:middle], "second": self.marker[middle:]}

    @property
    def files(self) -> list[str]:
        return [str(file) for file in self.course.rglob("*") if file.is_file()]


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Planted]:
    marker = secrets.token_hex(16)
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder) / marker
        _fill(course, marker)
        Path(folder).chmod(0o755)  # Landlock is to keep what is in it, not the owner's rights
        monkeypatch.setenv("GRADEBOOK", marker)
        monkeypatch.setenv("HOME", str(course))
        monkeypatch.chdir(course)
        monkeypatch.syspath_prepend(str(course / "solutions"))
        monkeypatch.setattr(sys, "argv", ["grader", "run", marker])
        with (course / "course.yaml").open() as held:
            os.set_inheritable(held.fileno(), True)
            yield Planted(marker, course, [marker.encode() * 3])
        monkeypatch.undo()


def _fill(course: Path, marker: str) -> None:
    for name in ("course.yaml", "solutions/softmax.py", f"submissions/{marker}.py"):
        file = course / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"# {marker}\n")
        file.chmod(0o644)
    for shown in (course, course / "solutions", course / "submissions"):
        shown.chmod(0o755)


@pytest.fixture
def observer(level: Level, planted: Planted, observer_at: Callable[[Level], Observer]) -> Iterator[Observer]:
    """Begun when all is planted."""
    observer_at(level)  # or it is skipped
    with warm_observer(level.value) as observer:
        yield observer


def looked(observer: Observer, planted: Planted, paths: list[str], text: str = LOOK) -> Observation:
    call = Call("f", Plain({**planted.halves, "paths": paths}), seed=1)
    with observer.session([Source("work.py", (Block(text),))]) as session:
        return next(session.perform(0, [call], Limits(call=60.0)))


def test_a_submission_finds_none_of_it(level: Level, observer: Observer, planted: Planted) -> None:
    found, in_memory, places, _ = looked(observer, planted, []).value.value

    assert found == []
    assert places >= (18 if level is Level.NONE else 10)
    assert in_memory == (0 if level is Level.NONE else None)


def test_nor_can_it_read_a_file_whose_name_it_knows(level: Level, observer: Observer, planted: Planted) -> None:
    """Without walls a user's files are open to what the user runs."""
    found, _, _, sizes = looked(observer, planted, planted.files).value.value

    assert set(found) == (set(planted.files) if level is Level.NONE else set())
    assert len(sizes) == 3


def test_the_search_finds_what_is_there(planted: Planted, observer_at: Callable[[Level], Observer]) -> None:
    """The control: a marker that did get into the process is found in its memory and its environment."""
    text = LOOK + f"KEPT = {planted.marker!r}.encode() * 2\nos.environ['X'] = KEPT.decode()\n"
    found, in_memory, _, _ = looked(observer_at(Level.NONE), planted, [], text).value.value
    assert "environment" in found
    assert in_memory >= 2


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can look into a process that nobody may trace")
def test_nor_is_it_anywhere_in_the_childs_memory(level: Level, observer: Observer, planted: Planted) -> None:
    text = "import numpy as np\ndef f(x):\n    return np.exp(x)\n"
    with observer.session([Source("work.py", (Block(text),))]) as session:
        next(session.perform(0, [Call("f", Plain({"x": 1.0}), seed=1)], Limits()))
        assert session._conversation is not None
        process = process_of(session._conversation._child)
        seen = b"".join(memory_of(process))

        assert b"np.exp(x)" in seen  # it is that process, and its memory can be read
        assert planted.marker.encode() not in seen
        assert any(planted.kept[0] in part for part in memory_of(os.getpid()))
        for name in ("environ", "cmdline", "maps"):
            assert planted.marker.encode() not in Path(f"/proc/{process}/{name}").read_bytes()
        links = [str(link.readlink()) for link in Path(f"/proc/{process}/fd").iterdir()]
        assert {re.sub(r"\d+", "N", link) for link in links} == {"/dev/null", "pipe:[N]"}


def process_of(child: object) -> int:
    assert isinstance(child, _WarmChild)
    found = re.search(r"^Pid:\s+(\d+)", Path(f"/proc/self/fdinfo/{child._handle}").read_text(), re.MULTILINE)
    assert found is not None
    return int(found[1])


def memory_of(process: int) -> Iterator[bytes]:
    """All of it that is written, a region after the other."""
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{process}/maps").read_text().splitlines():
            where, rights, *_ = line.split()
            start, end = (int(at, 16) for at in where.split("-"))
            if "r" in rights and "w" in rights and "vsyscall" not in line:
                memory.seek(start)
                yield memory.read(end - start) or b""


def test_nothing_of_the_package_can_be_read(walled: Level, observe: Callable[..., Observation]) -> None:
    text = """
    import grader.observe.worker as worker, os
    def f():
        folder = os.path.dirname(os.path.dirname(worker.__file__))
        found = []
        for name in ("observe/worker.py", "__init__.py", "_course", "observe"):
            try:
                os.listdir(os.path.join(folder, name)) if "." not in name else open(os.path.join(folder, name))
                found.append(name)
            except OSError:
                pass
        return found
    """
    # Where the package is installed, it lies in the site-packages that numpy is read from: names are listed there, down
    # to the last folder, but none of its files can be opened.
    installed = Path(grader.__file__).parent.parent.name == "site-packages"
    public = {"_course", "observe"} if installed else set()
    assert set(observe(walled, text).value.value) <= public


def test_modules_beside_the_package_cannot_be_imported(walled: Level, observe: Callable[..., Observation]) -> None:
    """In a checkout its parent folder may be on the path of modules, and the course's solutions in that."""
    text = """
    def f():
        import solutions.softmax
    """
    seen = observe(walled, text)
    assert seen.error is not None
    assert seen.error.type == "ModuleNotFoundError"


def test_secrets_are_not_in_the_command_line() -> None:
    from grader.observe.launch import command, environment

    assert not [
        part for part in (*command("observe.zygote_main"), *environment("/").values()) if "secret" in part.lower()
    ]
    assert subprocess.list2cmdline(command("observe.zygote_main"))
