"""`grader check` on the example course: as it stands, and with its hidden tests reduced to the one visible example."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from spread import spread

from bench.basics import basics

COURSE = basics()
NAMES = ("L1", "L2", "image2vector", "normalizeRows", "sigmoid_derivative", "softmax")

every_exercise = pytest.mark.parametrize("name", spread(NAMES, every=6, first=3))
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="a warm observer makes this quick, and needs Linux"),
]

Grader = Callable[..., tuple[object, str, str]]


@every_exercise
def test_the_example_course_has_no_survivors(name: str, grader: Grader):
    status, out, err = grader("check", name, "--course", COURSE, "--format", "json")
    (found,) = json.loads(out)["exercises"]

    assert found["mutants"]["survivors"] == []
    assert found["mutants"]["total"] >= 10
    assert all(one["caught"] and one["recognised"] for one in found["misconceptions"])
    assert found["lint"] == []
    assert (found["reference"]["points"], found["stub"]["points"]) == (10, 0)
    assert status == 0
    assert "`seed:`" in err


@pytest.fixture
def reduced(tmp_path: Path) -> Callable[[str], Path]:
    """The course with one exercise, whose only hidden test is its first example."""

    def make(name: str) -> Path:
        course = tmp_path / "course"
        for folder in ("exercises", "solutions"):
            (course / folder).mkdir(parents=True)
        (course / "course.yaml").write_text("title: Reduced\n")
        shutil.copy(COURSE / "solutions" / f"{name}.py", course / "solutions")
        spec = yaml.safe_load((COURSE / "exercises" / f"{name}.yaml").read_text(encoding="utf-8"))
        spec["tests"] = [spec["examples"][0]]
        (course / "exercises" / f"{name}.yaml").write_text(yaml.safe_dump(spec, sort_keys=False), encoding="utf-8")
        return course

    return make


def test_reduced_to_its_example_it_has_survivors_and_the_fix_leaves_none(
    reduced: Callable[[str], Path], grader: Grader
):
    name = "softmax"  # the others take as long, and are no different
    course = reduced(name)
    status, out, _ = grader("check", name, "--course", course, "--fix")
    file = course / "exercises" / f"{name}.yaml"

    assert status == 1
    assert "survives" in out
    proposed = out[out.index("tests:\n") :].split("\n\n")[0]
    spec = yaml.safe_load(file.read_text(encoding="utf-8"))
    spec["tests"] += yaml.safe_load(proposed)["tests"]
    file.write_text(yaml.safe_dump(spec, sort_keys=False), encoding="utf-8")
    _, out, _ = grader("check", name, "--course", course, "--format", "json")
    (found,) = json.loads(out)["exercises"]
    assert found["mutants"]["survivors"] == []
    assert found["mutants"]["killed"] > 20


def test_an_exercise_that_does_not_exist_is_told_with_the_nearest(grader: Grader):
    status, _, err = grader("check", "sofmax", "--course", COURSE)

    assert status == 2
    assert "did you mean 'softmax'?" in err


def test_pytest_collects_what_is_checked(tmp_path: Path, reduced: Callable[[str], Path]):
    course = reduced("L1")
    (course / "notes.yaml").write_text("a: 1\n")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-v", course / "exercises"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert done.returncode == 1, done.stdout
    assert "L1.yaml::reference PASSED" in done.stdout
    assert "L1.yaml::stub PASSED" in done.stdout
    assert "L1.yaml::misconception[mean] FAILED" in done.stdout
    assert "L1.yaml::mutants FAILED" in done.stdout
    assert "L1.yaml::lint FAILED" in done.stdout
    assert "Traceback" not in done.stdout


def test_the_plugin_leaves_other_yaml_files_alone(tmp_path: Path):
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises/other.yaml").write_text("not: ours\n")
    (tmp_path / "test_one.py").write_text(
        "import sys\n\n\ndef test_one():\n"
        "    assert not {'numpy', 'yaml', 'click', 'grader.authoring'} & set(sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:hypothesispytest", "-q", tmp_path],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout


def test_where_nobody_watches_a_line_now_and_then_says_how_far_it_is(capsys: pytest.CaptureFixture[str]):
    from grader.cli.check import ProgressLines

    times = iter((0.0, 1.0, 16.0, 20.0, 40.0))
    progress = ProgressLines(lambda: next(times))
    for done, total in ((0, 0), (0, 0), (3, 40), (9, 40)):
        progress("softmax", done, total)

    assert capsys.readouterr().err.splitlines() == [
        "softmax: its tests, after 16 s",
        "softmax: 9 of 40 mutants, after 40 s",
    ]
