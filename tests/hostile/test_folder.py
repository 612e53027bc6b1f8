"""Group I: the folder at hand is full of files by the names of Python's own modules, and none of them is taken for one.

That hosts take none of those that are handed in for theirs is tried in tests/cli/test_package_hosts.py.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest
from hostile.foreign import Foreign, names
from spread import only

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="what hosts run is for Linux")]

SCRIPTS = Path(sysconfig.get_path("scripts"))
WORK = "def double(x):\n    return x + x\n"
COURSE = {
    "course.yaml": "title: A course\nseed: 0123456789abcdef0123456789abcdef\ndefaults: {practice: 4}\n"
    "assignments:\n  - {name: week, title: Week, exercises: [double]}\n",
    "exercises/double.yaml": 'title: Double\nargs: {x: "float (n,)"}\nreturns: float (n,)\ntask: Double $x$.\npoints: 10\n'
    "examples:\n  - args: {x: [1, 2]}\ntests:\n  - args: {x: [3, 4]}\n",
    "solutions/double.py": "def double(x):\n    return 2.0 * x\n",
}
# What the processes of a class import first; each does its exercise.
HANDED_IN = (
    "pickle",
    "struct",
    "socket",
    "signal",
    "threading",
    "re",
    "enum",
    "types",
    "math",
    "queue",
    "yaml",
    "numpy",
)
COMMANDS = (
    "grade work/double.py --isolation auto --format json",
    "grade work/double.py --hint",
    "grader new triple --returns float",
    "grader check",
    "grader build --to out",
    "grader run class.zip --isolation none -j 2",
    "grader run class.zip --isolation standard -j 1",
    "grader doctor",
)
# They begin as those do, and start no process that those do not.
ALIKE = (
    "grade work/double.py",
    "grader demo",
    "grader show double",
    "grader schema",
    "grader regrade",
    "grader mark amina double 3 --why spoken",
    "grader report --to reports",
    "grader export csv",
    "grader package gradescope",
    "grader package classroom50",
    "grader package github",
    "grader package docker",
)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course whose folder strangers have written to."""
    folder = tmp_path_factory.mktemp("course")
    for name, text in COURSE.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    (folder / "work").mkdir()
    (folder / "work" / "double.py").write_text(WORK)
    with zipfile.ZipFile(folder / "class.zip", "w") as archive:
        for student in ("amina", "bo"):
            archive.writestr(f"{student}/double.py", f"{WORK}# {student}\n")
    assert started("grader", "run", "class.zip", "--isolation", "none", "-j", "1", cwd=folder).returncode == 0
    return folder


@pytest.fixture(scope="module")
def strangers(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Foreign:
    planted = Foreign(tmp_path_factory.mktemp("told"))
    planted.told.chmod(0o777)
    planted.plant(course)
    planted.plant_programs(course)
    return planted


@pytest.fixture
def foreign(strangers: Foreign) -> Foreign:
    """What is in the course's folder; nothing is told yet."""
    strangers.forget()
    return strangers


def started(*words: str | Path, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """With nobody at the keyboard, and the folder at hand on PATH."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(
        [str(SCRIPTS / words[0]), *map(str, words[1:])],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env={**environment, "PATH": f":.:{environment['PATH']}", **more},
        timeout=120,
        check=False,
    )


def test_the_files_are_found_by_what_does_look_there(course: Path, foreign: Foreign) -> None:
    """Else it would prove nothing that others do not find them."""
    for name in ("pickle", "numpy", "venv"):
        started("python", "-c", f"import {name}", cwd=course)
        assert name in foreign.imported
    for program in ("gcc", "bwrap"):
        subprocess.run(["/bin/sh", "-c", program], cwd=course, env={"PATH": f":{os.environ['PATH']}"}, check=False)
    assert {"gcc", "bwrap"} <= foreign.imported
    assert {"re", "os", "site", "yaml", "click", "msgspec", "sitecustomize", "__main__"} <= set(names())


@pytest.mark.parametrize("words", only((*COMMANDS, *ALIKE), lambda words: words in COMMANDS))
def test_no_command_takes_them_for_its_own(words: str, course: Path, foreign: Foreign) -> None:
    done = started(*words.split(), cwd=course)
    assert foreign.imported == set()
    assert done.returncode in (0, 1) or "standard" in words, done.stderr  # such walls cannot be had everywhere


def test_nor_where_they_are_what_was_handed_in(course: Path, foreign: Foreign, tmp_path: Path) -> None:
    handed_in = tmp_path / "class"
    handed_in.mkdir()
    foreign.hand_in(handed_in, HANDED_IN, WORK)
    options = ("--course", course, "--gradebook", tmp_path / "gradebook.db")
    done = started("grader", "run", ".", "--isolation", "none", "-j", "1", *options, cwd=handed_in)
    assert done.returncode == 0, done.stderr
    specification = course / "exercises" / "double.yaml"
    specification.write_text(COURSE["exercises/double.yaml"] + "  - args: {x: [5, 6]}\n")
    again = started("grader", "regrade", "--apply", "--isolation", "none", "-j", "1", *options, cwd=handed_in)
    specification.write_text(COURSE["exercises/double.yaml"])
    assert again.returncode == 0, again.stderr
    assert "No grade is of an older form" not in again.stdout
    table = started("grader", "export", "csv", *options, cwd=handed_in)
    assert table.stdout.count(",10.00,10.00") == len(HANDED_IN), table.stdout + table.stderr
    assert foreign.imported == set()


def test_nor_does_the_process_that_judges_for_a_notebook(course: Path, foreign: Foreign) -> None:
    question = {"cells": [WORK], "reordered": [], "failed": [], "exercises": ["double"], "hint": False}
    question |= {"folder": str(course), "course": None, "html": True}
    code = f"from grader.notebook.process import Judges; print(ascii(Judges().ask({question!r}).forms))"
    done = started("python", "-P", "-c", code, cwd=course)
    assert "10 of 10 points" in done.stdout, done.stderr
    assert foreign.imported == set()


def test_nor_does_it_while_it_watches(course: Path, foreign: Foreign) -> None:
    words = [str(SCRIPTS / "grade"), "work/double.py", "--watch"]
    with subprocess.Popen(words, cwd=course, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) as watching:
        assert watching.stdout is not None
        assert "grade: end\n" in iter(watching.stdout.readline, "")
        watching.terminate()
    assert foreign.imported == set()


def test_python_m_is_refused_in_a_folder_that_is_not_ours(course: Path, tmp_path: Path) -> None:
    refused = started("python", "-m", "grader", "schema", cwd=tmp_path)
    assert refused.returncode == 2
    assert "python -P -m grader" in refused.stderr
    assert started("python", "-P", "-m", "grader", "--version", cwd=tmp_path).returncode == 0


def test_what_pythonpath_names_from_here_is_left_out(course: Path, tmp_path: Path) -> None:
    """Python itself has looked there first, so nothing lies there in this test but what is imported late."""
    (tmp_path / "lib").mkdir()
    planted = Foreign(tmp_path / "told")
    planted.told.mkdir()
    for folder in (tmp_path, tmp_path / "lib"):
        planted.hand_in(folder, ["jinja2", "yaml", "pydantic", "rich"], "")
    named = os.pathsep.join(["", ".", "lib", "/nowhere"])
    done = started("grader", "check", "--course", course, cwd=tmp_path, PYTHONPATH=named)
    assert planted.imported == set()
    assert done.stderr.startswith("note: PYTHONPATH has an entry that is empty or relative")


@pytest.fixture(scope="module")
def broken(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A script of Classroom 50 that carries what cannot be unpacked."""
    script = tmp_path_factory.mktemp("broken") / "autograder.py"
    assert started("grader", "package", "classroom50", "--to", script, cwd=course).returncode == 0
    script.write_text(script.read_text().replace('CARRIED = """', 'CARRIED = "AAAA"\nREST = """'))
    return script


@pytest.mark.parametrize("kinds", [("folder", "link"), ("link", "folder")])
def test_a_result_that_was_handed_in_does_not_survive(kinds: tuple[str, str], broken: Path, tmp_path: Path) -> None:
    """Whatever goes wrong after that."""
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    (tmp_path / "other").write_text("untouched")
    for name, kind in zip(("result.json", "release-body.md"), kinds, strict=True):
        if kind == "folder":
            (checkout / name / "inner").mkdir(parents=True)
        else:
            (checkout / name).symlink_to(tmp_path / "other")
    done = subprocess.run(
        [sys.executable, broken], cwd=checkout, env={"NUMGRADE": ""}, capture_output=True, check=False
    )
    assert done.returncode != 0
    assert list(checkout.iterdir()) == []
    assert (tmp_path / "other").read_text() == "untouched"
