from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from grader.observation import Observation
from grader.observe.walls.identity import is_root, unused_user
from grader.observe.walls.levels import Level

root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")

PROGRAM = """
import os, sys
from grader.observe.walls.identity import change_user
change_user(int(sys.argv[1]), reads_anything=sys.argv[2] == "True")
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
print(os.getresuid(), os.getresgid(), os.getgroups(), *(status[f"Cap{name}"].strip() for name in ("Eff", "Prm", "Inh")))
"""


def test_spare_users_are_nobody_and_differ() -> None:
    users = {unused_user(number) for number in range(10_000)}
    assert len(users) > 500
    assert all(60_000 < user < 61_184 for user in users)


@root
@pytest.mark.parametrize("reads_anything", [False, True])
def test_root_is_given_up_for_good(reads_anything: bool) -> None:
    user = unused_user(1)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(user), str(reads_anything)], capture_output=True, text=True, check=True
    )
    kept = f"{4 if reads_anything else 0:016x}"
    assert done.stdout.strip() == f"{(user,) * 3} {(user,) * 3} [] {kept} {kept} {0:016x}"


def test_a_submission_is_not_root(observe: Callable[..., Observation], walled: Level) -> None:
    text = """
    import os
    def f():
        return os.getuid(), os.geteuid(), os.getgroups()
    """
    real, effective, groups = observe(walled, text).value.value
    assert real == effective != 0
    assert 0 not in groups or not is_root()
