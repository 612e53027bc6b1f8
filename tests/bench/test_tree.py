"""The memory of a tree of processes, and its seconds of the processor."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from bench.tree import below, children_seconds, highest, peak_below, proportional

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")

_MIB = 1 << 20
_HOLD = "import sys; held = b'x' * (64 << 20); print('held', flush=True); sys.stdin.read()"
_NEST = f"import subprocess, sys; sys.exit(subprocess.run([sys.executable, '-c', {_HOLD!r}]).returncode)"


def test_grandchildren_are_counted_and_we_are_not() -> None:
    with subprocess.Popen([sys.executable, "-c", _NEST], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdin is not None
        assert child.stdout.readline() == b"held\n"
        found = below(os.getpid())
        assert child.pid in found
        assert os.getpid() not in found
        assert len(below(child.pid)) == 1
        assert sum(map(proportional, below(child.pid))) > 64 * _MIB
        child.stdin.close()


def test_a_process_that_is_gone_takes_nothing() -> None:
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    assert proportional(child.pid) == 0


def test_the_most_is_kept_after_the_processes_have_ended() -> None:
    with peak_below(os.getpid()) as peak:
        child = subprocess.Popen([sys.executable, "-c", _HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert child.stdout is not None
        child.stdout.readline()
        end = time.monotonic() + 60
        while peak.bytes < 64 * _MIB and time.monotonic() < end:
            time.sleep(0.02)
        child.communicate()
    assert peak.bytes > 64 * _MIB


def test_the_highest_of_one_process_is_remembered_and_a_process_that_is_gone_had_none() -> None:
    held = "import sys; held = b'x' * (64 << 20); del held; print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", held], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"held\n"
        assert highest(child.pid) > 64 * _MIB
        assert child.stdin is not None
        child.stdin.close()
    assert highest(child.pid) == 0


def test_the_seconds_of_a_child_and_of_its_own_count_once_they_have_ended() -> None:
    work = "import time\nwhile time.process_time() < 0.3: pass"
    nest = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {work!r}], check=True)"
    before = children_seconds()
    subprocess.run([sys.executable, "-c", nest], check=True)
    assert children_seconds() - before >= 0.25  # what it worked for, however long that took
