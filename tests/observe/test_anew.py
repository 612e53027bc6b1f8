"""`grade` begins anew: what runs a submission is what it would be if a new interpreter had been started for it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest
from spread import spread

from bench.basics import basics
from bench.tree import below
from grader.observe import ancestor as module
from grader.observe.ancestor import Ancestor, use_ancestor
from grader.observe.anew import begin_anew

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="Linux can fork")]

COURSE = basics()
PROGRAM = ["-m", "grader.cli.grade"]
TOLD = "told-to-the-program"
WORK = "import numpy as np\n\n\ndef softmax(x):\n    return np.exp(x) / np.sum(np.exp(x), axis=1, keepdims=True)\n"
# All that a file can see of the process that it is in, but for numbers of processes and places in memory.
SEEN = """
import gc, json, locale, os, resource, signal, sys, time, warnings

def descriptors():
    for name in sorted(os.listdir("/proc/self/fd"), key=int):
        try:
            yield name, os.readlink(f"/proc/self/fd/{name}").partition(":")[0], os.get_inheritable(int(name))
        except OSError:
            pass

with open("/proc/self/environ") as file:
    first = file.read()
mask = signal.pthread_sigmask(signal.SIG_BLOCK, [])
umask = os.umask(0)
os.umask(umask)
seen = {
    "environment": {name: value.replace(os.getcwd(), "HERE") for name, value in os.environ.items()},
    "first environment": sorted(first.split("\\0")),
    "descriptors": list(descriptors()),
    "path": sys.path,
    "arguments": [sys.argv, len(sys.orig_argv)],
    "options": [repr(sys.flags), sys._xoptions, sys.warnoptions, sys.dont_write_bytecode, sys.pycache_prefix],
    "modules": sorted(sys.modules),
    "main": sorted(vars(sys.modules["__main__"])),
    "handlers": [str(signal.getsignal(number)).partition(" at ")[0] for number in signal.valid_signals()],
    "mask": [sorted(mask), umask, os.nice(0), os.getpgrp() == os.getpid() == os.getsid(0)],
    "limits": [resource.getrlimit(kind) for kind in (resource.RLIMIT_NOFILE, resource.RLIMIT_NPROC)],
    "memory": gc.isenabled() and gc.get_threshold() and gc.get_freeze_count() > 10_000,
    "threads": len(os.listdir("/proc/self/task")),
    "locale": [locale.setlocale(locale.LC_ALL), sys.getfilesystemencoding(), time.tzname, sys.stdout.encoding],
    "filters": [str(each) for each in warnings.filters],
    "order": hash("any text"),
    "here": [os.listdir(), sys.stdin.read(), sys.getrecursionlimit(), sys.getswitchinterval()],
    "hooks": [str(hook)[:30] for hook in [*sys.meta_path, *sys.path_hooks]],
}
SEEN = json.dumps(seen)
"""
# How often it is there in all that a process can write to of its own, beside what is sought by.
SOUGHT = """
def count(*others):
    sought, found = b"-".join([b"told", b"to", b"the", b"program"]), 0
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
        for first, last in (line.split()[0].split("-") for line in maps if " rw" in line and "[stack]" not in line):
            memory.seek(int(first, 16))
            found += memory.read(int(last, 16) - int(first, 16)).count(sought)
    return found - 1

SEEN = count(MORE)
"""
Command: TypeAlias = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def ancestor(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ancestor]:
    """One that is an interpreter of its own."""
    monkeypatch.setattr(module, "_ancestor", None)
    begun = Ancestor()
    use_ancestor(os.dup(begun.descriptor))
    yield begun
    assert module._ancestor is not None
    module._ancestor.close()
    begun.close()


def written(folder: Path, text: str) -> Path:
    """A right file that first runs `text`, and prints the `SEEN` of that when it is called."""
    file = folder / "softmax.py"
    file.write_text(text + WORK.replace("    return", "    print(SEEN)\n    return"), encoding="utf-8")
    return file


def graded(file: Path, *options: str, **variables: str) -> str:
    """What the program writes; `options` are Python's."""
    done = subprocess.run(
        [sys.executable, "-P", *options, *PROGRAM, file, "--course", COURSE, "--format", "json"],
        cwd=file.parent,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **variables},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def printed(result: str) -> str:
    (exercise,) = json.loads(result)["exercises"]
    return next(test["stdout"] for test in exercise["tests"] if test["stdout"])


def test_a_file_sees_what_it_sees_in_an_interpreter_of_its_own(
    ancestor: Ancestor, in_process: Command, tmp_path: Path
) -> None:
    file = written(tmp_path, SEEN)
    apart = json.loads(printed(in_process("grade", file, "--course", COURSE, "--format", "json", cwd=tmp_path).stdout))
    anew = json.loads(printed(graded(file, LANG="de_DE.UTF-8", TZ="Asia/Tokyo", SOME_VARIABLE=TOLD)))

    assert set(anew.pop("modules")) - set(apart.pop("modules")) == {"grader.observe.anew_main"}
    assert anew == apart


@pytest.mark.parametrize("more", [0, 1])
def test_nothing_that_the_program_was_told_is_in_its_memory(tmp_path: Path, more: int) -> None:
    """But what the file itself has there is found."""
    (folder := tmp_path / TOLD).mkdir()
    file = written(folder, f'MORE = b"-".join([b"told", b"to", b"the", b"program"][{4 * (1 - more)}:])\n' + SOUGHT)

    assert int(printed(graded(file, SOME_VARIABLE=TOLD))) == more


@pytest.mark.parametrize("options", spread([["-W", "ignore"], ["-X", "dev"], ["-O"], ["-v"]], every=2))
def test_an_interpreter_that_is_to_be_otherwise_stays(options: list[str], tmp_path: Path) -> None:
    assert "anew_main" not in printed(graded(written(tmp_path, "import sys\nSEEN = list(sys.modules)\n"), *options))


def test_so_does_one_whose_program_goes_on_afterwards(tmp_path: Path) -> None:
    code = (
        "from grader.cli.grade import main\ndef f():\n    try:\n        main()\n    finally:\n        print('on')\nf()"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, "--course", str(COURSE), str(written(tmp_path, "SEEN = 1\n"))],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.endswith("on\n")


def test_nor_does_a_process_of_pytest_begin_anew() -> None:
    begin_anew("no.such.program")


def test_a_name_that_is_no_text_stays_what_it_is(tmp_path: Path) -> None:
    (folder := tmp_path / os.fsdecode(b"\xff")).mkdir()
    assert printed(graded(written(folder, "SEEN = 1\n"), SOME_VARIABLE=os.fsdecode(b"\xff"))) == "1\n"


def test_whoever_ends_it_ends_what_it_has_forked(tmp_path: Path) -> None:
    file = tmp_path / "softmax.py"
    file.write_text("while True: pass\n" + WORK, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-P", *PROGRAM, file, "--course", COURSE], stdout=subprocess.DEVNULL
    ) as process:
        deadline = time.monotonic() + 60
        while len(forked := below(process.pid)) < 3:  # the ancestor, a zygote and a child
            assert time.monotonic() < deadline
            time.sleep(0.01)
        process.kill()
    while any(Path(f"/proc/{number}").exists() for number in forked):
        assert time.monotonic() < deadline
        time.sleep(0.01)
