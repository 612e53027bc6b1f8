"""Workers that are forked: each is what one is that was started for it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="Linux can fork")]

BEGIN = """
import contextlib, gc, json, os, signal, sys
from concurrent.futures import BrokenExecutor
os.environ.update(OPENBLAS_NUM_THREADS="1", PYTHONPATH="/somewhere", SOME_VARIABLE="some")
from grader.classroom.local import local_executor
from grader.cli.termination import orderly_termination
from grader.words.language import Language, speaking
import atexit
atexit.register(print, "the end of the first process")
held = open(__file__)
def forked(count):
    with orderly_termination(), speaking(Language.GERMAN):
        return local_executor(count, are_forked=True)
"""
# All that it has of the process that it comes from, or might have.
TOLD = """(lambda os, signal, sys, gc, atexit, language, ancestor: {
    "environment": dict(os.environ),
    "here": [os.getcwd(), os.getpgrp() == os.getpid() == os.getsid(0)],
    "descriptors": sorted(os.readlink(f"/proc/self/fd/{name}").partition(":")[0] for name in os.listdir("/proc/self/fd")
        if os.path.exists(f"/proc/self/fd/{name}")),
    "inheritable": [n for n in range(64) if os.path.exists(f"/proc/self/fd/{n}") and os.get_inheritable(n)],
    "handlers": [str(signal.getsignal(number)).partition(" at ")[0] for number in signal.valid_signals()],
    "threads": len(os.listdir("/proc/self/task")),
    "gc": [gc.isenabled(), gc.get_threshold(), gc.get_freeze_count() > 10_000],
    "at the end": atexit._ncallbacks() <= 2,
    "language": str(language.spoken()),
    "ancestor": ancestor.is_at_hand(),
})(*map(__import__, ("os", "signal", "sys", "gc", "atexit")),
   *(__import__("importlib").import_module(f"grader.{name}") for name in ("words.language", "observe.ancestor")))"""


def ran(folder: Path, code: str) -> list[str]:
    """What it prints, as a program of its own, which has one thread."""
    file = folder / "program.py"
    file.write_text(BEGIN + code, encoding="utf-8")
    done = subprocess.run([sys.executable, "-P", file], capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout.splitlines()


def test_it_has_what_one_has_that_was_started(tmp_path: Path) -> None:
    first, second, number, end = ran(
        tmp_path,
        f"one, other = forked(1), local_executor(1)\n"
        f"for executor in (one, other):\n    print(json.dumps(executor.submit(eval, {TOLD!r}).result()))\n"
        "print(one.submit(eval, '__import__(\"os\").getppid()').result() - os.getpid())\n"
        "for executor in (one, other):\n    executor.shutdown()\n",
    )
    assert json.loads(first) == json.loads(second)
    assert (number, end) == ("0", "the end of the first process")


def test_each_ends_when_it_is_to_whatever_the_others_do(tmp_path: Path) -> None:
    code = "executor = forked(3)\nnumbers = executor.processes\nexecutor.shutdown()\nprint(len(set(numbers)))\n"
    gone = "for number in numbers:\n    print(os.path.exists(f'/proc/{number}'))\n"
    assert ran(tmp_path, code + gone) == ["3", "False", "False", "False", "the end of the first process"]


def test_one_that_dies_is_replaced_by_one_that_is_started(tmp_path: Path) -> None:
    lines = ran(
        tmp_path,
        "executor = forked(1)\n"
        "with contextlib.suppress(BrokenExecutor):\n    executor.submit(os._exit, 3).result()\n"
        "print(executor.submit(eval, '__import__(\"sys\").orig_argv').result())\n"
        "executor.shutdown()\n",
    )
    assert "classroom.worker" in lines[0]


def test_with_threads_none_is_forked(tmp_path: Path) -> None:
    lines = ran(
        tmp_path,
        "import threading\nend = threading.Event()\nthreading.Thread(target=end.wait).start()\n"
        "executor = forked(1)\nprint(executor.processes)\nexecutor.shutdown()\nend.set()\n",
    )
    assert lines[0] == "()"
