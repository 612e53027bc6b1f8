from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable

from grader.observation import Observation, Status
from grader.observe.walls import limits
from grader.observe.walls.levels import Level


def test_no_limit_is_raised() -> None:
    chosen = dict(limits.limits(32))
    assert chosen[resource.RLIMIT_FSIZE] == chosen[resource.RLIMIT_CORE] == chosen[resource.RLIMIT_MEMLOCK] == 0
    for kind, value in chosen.items():
        hard = resource.getrlimit(kind)[1]
        assert hard == resource.RLIM_INFINITY or value <= hard


def test_lower_limits_stay() -> None:
    program = """
import resource
from grader.observe.walls import limits
resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
print(dict(limits.limits(8))[resource.RLIMIT_NOFILE])
"""
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout == b"32\n"


def test_own_threads_are_counted() -> None:
    assert limits.threads_of_user(os.getuid()) >= 1


def test_a_child_has_them(observe: Callable[..., Observation], walled: Level) -> None:
    text = """
    import resource
    def f():
        kinds = ["FSIZE", "CORE", "MEMLOCK", "MSGQUEUE", "NOFILE", "NPROC"]
        return [resource.getrlimit(getattr(resource, "RLIMIT_" + kind)) for kind in kinds]
    """
    *nothing, files, threads = observe(walled, text).value.value
    assert nothing == [(0, 0)] * 4
    assert files == (256, 256)
    assert threads[0] == threads[1] < 100_000


def test_threads_are_few_where_a_child_is_counted_alone(observe: Callable[..., Observation]) -> None:
    text = """
    import threading
    def f():
        wait, threads = threading.Event(), []
        try:
            while len(threads) < 5000:
                threads.append(threading.Thread(target=wait.wait))
                threads[-1].start()
        except RuntimeError:
            return len(threads)
        finally:
            wait.set()
    """
    seen = observe(Level.STRICT, text)
    assert seen.status is Status.RETURNED
    assert 8 < seen.value.value <= limits.THREADS
