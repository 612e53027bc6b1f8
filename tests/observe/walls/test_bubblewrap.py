from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.observe.observer import Observer
from grader.observe.walls import bubblewrap
from grader.observe.walls.levels import Level
from grader.observe.walls.readable import PACKAGE, readable

VIEW = """
import json, os, sys
print(json.dumps({"root": os.listdir("/"), "home": os.listdir("/home"), "tmp": os.listdir("/tmp"),
    "network": os.listdir("/proc/self/net") and open("/proc/net/dev").read().count(":"),
    "processes": sum(name.isdigit() for name in os.listdir("/proc")), "host": os.uname().nodename,
    "there": [path for path in sys.argv[1:] if os.path.exists(path)]}))
"""


def command(inner: list[str]) -> list[str]:
    return bubblewrap.command(inner, readable(), as_root=os.geteuid() == 0, dies_with_us=True)


def test_nothing_but_python_is_to_be_seen(observer_at: Callable[[Level], Observer], tmp_path: Path) -> None:
    observer_at(Level.STRICT)  # or it is skipped
    (tmp_path / "planted").touch()
    hidden = ["/etc/passwd", "/root/.ssh", "/var/log", "/sys", str(tmp_path / "planted"), "/bin/true", "/usr/bin/env"]
    shown = [str(PACKAGE / "observe"), os.__file__]

    done = subprocess.run(
        command([sys.executable, "-I", "-S", "-c", VIEW, *hidden, *shown]), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)

    assert seen["there"] == shown
    assert seen["home"] == ["student"]
    assert seen["network"] == 1  # the loopback
    assert seen["processes"] <= 3
    assert seen["host"] == "student"
    assert not {"var", "sys", "bin", "boot", "srv", "mnt", "opt"} & set(seen["root"])


def test_a_course_in_the_package_is_hidden(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(bubblewrap, "program", lambda: "/usr/bin/bwrap")
    monkeypatch.setattr(bubblewrap, "_COURSE", tmp_path)
    arguments = command(["true"])
    assert arguments[arguments.index(str(tmp_path)) - 1] == "--tmpfs"
    assert arguments.index(str(tmp_path)) > arguments.index(str(PACKAGE))


def test_only_root_keeps_what_it_takes_to_become_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bubblewrap, "program", lambda: "/usr/bin/bwrap")
    as_root = bubblewrap.command(["true"], readable(), as_root=True, dies_with_us=False)
    as_user = bubblewrap.command(["true"], readable(), as_root=False, dies_with_us=False)
    kept = {as_root[place + 1] for place, option in enumerate(as_root) if option == "--cap-add"}
    assert kept == {"CAP_SETUID", "CAP_SETGID", "CAP_CHOWN"}
    assert "--cap-add" not in as_user
    assert "--unshare-user" in as_user
    assert "--die-with-parent" not in as_user


def test_without_it_there_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert bubblewrap.program() is None
    with pytest.raises(FileNotFoundError):
        command(["true"])
