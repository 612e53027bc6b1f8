"""Limits that are too low: raised where that is allowed, else refused, with what to do."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from grader.observe.resources import check_resources

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")

PROGRAM = """
import resource, sys
kind = getattr(resource, "RLIMIT_" + sys.argv[1])
from grader.observe.resources import check_resources
from grader.errors import GraderError
resource.setrlimit(kind, (int(sys.argv[2]), int(sys.argv[3])))
try:
    check_resources(10)
except GraderError as error:
    print(error)
else:
    print(resource.getrlimit(kind)[0])
"""


def checked(kind: str, soft: int, hard: int) -> str:
    arguments = [sys.executable, "-c", PROGRAM, kind, str(soft), str(hard)]
    return subprocess.run(arguments, capture_output=True, text=True, check=True).stdout.strip()


def test_what_is_enough_is_left_alone() -> None:
    check_resources()
    assert checked("NOFILE", 500, 500) == "500"


def test_a_limit_that_may_be_raised_is() -> None:
    assert checked("NOFILE", 64, 512) == "168"


@pytest.mark.parametrize(
    ("kind", "limit", "words"),
    [("NOFILE", 64, "`ulimit -n 168`"), ("AS", 500 << 20, "`ulimit -v 2097152`")],
)
def test_one_that_may_not_is_refused_with_what_to_do(kind: str, limit: int, words: str) -> None:
    told = checked(kind, limit, limit)

    assert "too low to run submissions" in told
    assert words in told


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() == 0, reason="it is Linux's, and does not hold for root")
def test_so_is_one_on_processes() -> None:
    assert "ulimit -u" in checked("NPROC", 1, 1)
