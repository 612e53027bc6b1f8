"""Where the processor's time goes for one submission: `python -m bench.pages`. Linux.

The first write to a page is what a new process pays for, so pages are counted too. The submissions are the right ones
of `bench.peers`; the floor is a fork of this process and the calls, as there.
"""

from __future__ import annotations

import mmap
import os
import resource
import time
from pathlib import Path
from typing import Final, NamedTuple

from bench.floor import calls_of, started
from bench.machine import described
from bench.peers.cases import COURSE, measured_keys
from bench.peers.submissions import MOST, works
from bench.peers.warm import job
from bench.tree import below
from grader.classroom.batch import dismiss, grade_batch, prepare
from grader.classroom.jobs import Setup
from grader.course.key import Role

_PAGES: Final = 5_000
_TICK: Final = 1000 / os.sysconf("SC_CLK_TCK")  # ms
_TIMES: Final = 5


class Used(NamedTuple):
    """Milliseconds of processor time, and pages touched first."""

    milliseconds: float
    pages: float

    def __str__(self) -> str:
        return f"{self.milliseconds:5.1f} ms of processor time, {self.pages:5.0f} pages"


def main() -> None:
    print(f"{described()}; a right submission, six functions, thirty calls\n")
    print(f"{'first write to a page':22}{_fault():5.1f} µs")
    texts = [work.text for work in works(MOST) if work.right]
    print(f"{'floor: its child':22}{_floor(texts)}")
    for level in ("none", "standard", "strict"):
        for name, used in _ours(texts, level).items():
            print(f"{f'{level}: {name}':22}{used}")


def _fault() -> float:
    """Microseconds, in the middle of a few tries."""
    tries = []
    for _ in range(_TIMES):
        with mmap.mmap(-1, _PAGES * mmap.PAGESIZE) as memory:
            times = []
            for _ in ("first", "again"):
                start = time.perf_counter()
                for number in range(_PAGES):
                    memory[number * mmap.PAGESIZE] = 1
                times.append(time.perf_counter() - start)
        tries.append((times[0] - times[1]) / _PAGES * 1e6)
    return sorted(tries)[_TIMES // 2]


def _floor(texts: list[str]) -> Used:
    calls = calls_of(measured_keys(), {Role.HIDDEN})
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for text in texts:
        os.waitpid(started(text, calls), 0)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Used(seconds * 1e3 / len(texts), (after.ru_minflt - before.ru_minflt) / len(texts))


def _ours(texts: list[str], level: str) -> dict[str, Used]:
    """What the controller, the process that forks, and the children take, for each submission."""
    setup, keys = Setup(COURSE, level), measured_keys()
    jobs = tuple(job(text, keys) for text in texts)
    prepare(setup)
    grade_batch(setup, jobs[:20])
    processes = [os.getpid(), *below(os.getpid())]
    before = [_stat(process) for process in processes]
    grade_batch(setup, jobs)
    after = [_stat(process) for process in processes]
    dismiss(setup)
    own, *nurseries = (
        [now - then for now, then in zip(*pair, strict=True)] for pair in zip(after, before, strict=True)
    )
    forks = [sum(column) for column in zip(*nurseries, strict=True)]
    each = len(texts)
    return {
        "controller": Used((own[2] + own[3]) * _TICK / each, own[0] / each),
        "what forks": Used((forks[2] + forks[3]) * _TICK / each, forks[0] / each),
        "children": Used((forks[4] + forks[5]) * _TICK / each, forks[1] / each),
    }


def _stat(process: int) -> list[int]:
    """Pages: its own, its children's; ticks: its own (user, system), its children's (user, system)."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return [0] * 6
    return [int(fields[number]) for number in (7, 8, 11, 12, 13, 14)]


if __name__ == "__main__":
    main()
