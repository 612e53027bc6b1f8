from __future__ import annotations

import subprocess
import sys

import pytest

from grader.observe import heap

# With holes of all sizes, in a process of its own: what is filled stays so.
FILLING = """
import ctypes
from grader.observe.heap import _Info, fill_holes
library = ctypes.CDLL(None)
library.mallinfo2.restype = _Info
def holes():
    info = library.mallinfo2()
    return info.free - info.at_the_top
blocks = [bytearray(600 + 37 * number) for number in range(1500)]
del blocks[::2]
before = holes()
filled = fill_holes()
print(before, filled, holes(), fill_holes())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the heap of glibc")
def test_holes_are_filled() -> None:
    done = subprocess.run([sys.executable, "-c", FILLING], capture_output=True, text=True, check=True)
    before, filled, after, again = map(int, done.stdout.split())
    if not filled:
        pytest.skip("another C library")

    assert before > 8_000_000
    assert filled > 0.9 * before
    assert after < 0.05 * before
    assert again < 0.02 * before


def test_another_c_library_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    class Library:
        def __init__(self, name: None) -> None:
            pass

    monkeypatch.setattr(heap.ctypes, "CDLL", Library)
    assert heap.fill_holes() == 0
