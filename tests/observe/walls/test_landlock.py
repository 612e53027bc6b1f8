"""Rulesets, each applied by a process of its own: there is no way back from one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from grader.observe.walls import landlock

VERSIONS = range(1, landlock.version() + 1)

PROGRAM = """
import os, sys
from grader.observe.walls import landlock
from grader.observe.walls.kernel import prctl

known, allowed, forbidden = int(sys.argv[1]), sys.argv[2], sys.argv[3]
rules = [(allowed, landlock.READ | landlock.LIST), ("/nowhere", landlock.READ), ("/dev/null", landlock.WRITE)]
ruleset = landlock.ruleset(rules, known)
prctl(38, 1)
landlock.apply(ruleset, known)

def tried(act):
    try:
        act()
    except OSError as error:
        return type(error).__name__
    return "done"

print(*map(tried, [
    lambda: open(os.path.join(allowed, "file")).read(),
    lambda: os.listdir(allowed),
    lambda: open("/dev/null", "w").write("x"),
    lambda: open(os.path.join(forbidden, "file")).read(),
    lambda: os.listdir(forbidden),
    lambda: open(os.path.join(allowed, "file"), "w"),
    lambda: os.mkdir(os.path.join(allowed, "folder")),
    lambda: os.unlink(os.path.join(allowed, "file")),
    lambda: os.execv("/bin/true", ["true"]),
    lambda: os.kill(os.getppid(), 0),
]))
"""


def test_a_ruleset_leaves_out_what_its_version_does_not_know() -> None:
    known = {version: landlock._attributes(version) for version in range(1, 8)}

    assert [known[version].files.bit_length() for version in known] == [13, 14, 15, 15, 16, 16, 16]
    assert [known[version].network for version in known] == [0, 0, 0, 3, 3, 3, 3]
    assert [known[version].scoped for version in known] == [0, 0, 0, 0, 0, 3, 3]


def test_a_later_version_knows_at_least_as_much() -> None:
    assert landlock._attributes(99).files == landlock._attributes(7).files


@pytest.mark.skipif(not VERSIONS, reason="this kernel has no Landlock")
@pytest.mark.parametrize("version", VERSIONS)
def test_only_what_the_rules_name_can_be_opened(version: int, tmp_path: Path) -> None:
    for name in ("allowed", "forbidden"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text("x")

    arguments = [str(version), str(tmp_path / "allowed"), str(tmp_path / "forbidden")]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments], capture_output=True, text=True, check=True
    ).stdout.split()

    assert done[:3] == ["done"] * 3
    assert done[3:9] == ["PermissionError"] * 6
    assert done[9] == ("PermissionError" if version >= 6 else "done")
    assert (tmp_path / "allowed" / "file").read_text() == "x"
