from __future__ import annotations

import io
from dataclasses import replace

import pytest

from grader.observe.walls.abilities import Abilities, MissingFeature
from grader.observe.walls.evidence import CanaryCheck
from grader.observe.walls.levels import Level
from grader.report.doctor import DoctorReport, render
from grader.report.page import plain_console

TRIALS = (
    CanaryCheck("connect", "EPERM", is_needed=False, is_as_required=True),
    CanaryCheck("see another's file", "", is_needed=False, is_as_required=True),
    CanaryCheck("compute", "", is_needed=True, is_as_required=True),
)
NO_BUBBLEWRAP = MissingFeature(Level.STRICT, "bubblewrap is not installed", "`apt install bubblewrap`")
NO_LANDLOCK = MissingFeature(Level.STANDARD, "the kernel does not offer Landlock", "use Linux 5.13 or newer")
ABILITIES = Abilities("Linux 6.12", "x86_64", 6, "2.5.5", "", "", "", is_root=False, shut_python="")
STANDARD = DoctorReport(
    ABILITIES,
    proved={Level.STANDARD: TRIALS},
    missing_features={Level.STRICT: (NO_BUBBLEWRAP,)},
    versions={"numgrade": "1.0", "Python": "3.12.1"},
    python="/usr/bin/python3",
    cache="/home/kim/.cache/numgrade",
)
NOTHING = replace(
    STANDARD,
    abilities=replace(ABILITIES, landlock=0, is_root=True, shut_python="/root"),
    proved={},
    missing_features={Level.STANDARD: (NO_LANDLOCK,), Level.STRICT: (NO_LANDLOCK, NO_BUBBLEWRAP)},
)

GOLDEN = """\
Submissions can be kept apart here at `standard`. Classes can be graded.

✓ none: a process of its own, with limits of time and memory
✓ standard: no writing, no network, no other process, no file but Python's own
✗ strict: also no sight of this machine's files and processes
  lacks     bubblewrap is not installed
  to do     `apt install bubblewrap`

Built from
  system    Linux 6.12, x86_64
  Landlock  version 6 of what the kernel offers
  seccomp   libseccomp 2.5.5
  bwrap     not there
  user ns   users may make their own

This installation
  versions  numgrade 1.0, Python 3.12.1
  Python    /usr/bin/python3
  cache     /home/kim/.cache/numgrade

Tried just now at `standard`
  refused   connect
  possible  see another's file
  works     compute
"""


def text(checkup: DoctorReport, width: int = 80) -> str:
    stream = io.StringIO()
    render(checkup, plain_console(stream, width=width))
    return stream.getvalue()


def test_as_it_is_read() -> None:
    assert text(STANDARD) == GOLDEN


def test_what_is_lacking_is_said_once() -> None:
    told = text(NOTHING)
    assert told.startswith("Submissions cannot be kept apart here. Do not grade a class on this machine.\n")
    assert told.count("the kernel does not offer Landlock") == 1
    assert told.count("bubblewrap is not installed") == 1
    assert "/root is for root alone" in told
    assert "Tried just now" not in told


@pytest.mark.parametrize("checkup", [STANDARD, NOTHING], ids=["standard", "nothing"])
@pytest.mark.parametrize("width", [80, 40])
def test_no_line_is_longer_than_the_page(checkup: DoctorReport, width: int) -> None:
    assert max(map(len, text(checkup, width).splitlines())) <= width
    assert "[" not in text(checkup, width)


def test_the_best_that_is_proved_is_shown() -> None:
    best = (CanaryCheck("see another process", "ENOENT", is_needed=False, is_as_required=True),)
    told = text(replace(STANDARD, proved={Level.STRICT: best, Level.STANDARD: TRIALS}, missing_features={}))
    assert told.startswith("Submissions can be kept apart here at every level. Classes can be graded.\n")
    assert "Tried just now at `strict`\n  refused   see another process\n" in told
