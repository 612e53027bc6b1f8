"""Each package is unpacked, and its entry point run as that host runs it: its paths, variables and metadata.

numgrade itself is installed from the package, into an environment of its own, and the environment of this run lends it
what it needs. With NUMGRADE_TEST_INDEX among the variables that comes from the package index, as it does at Gradescope.

Programs of hosts are started where strangers' files lie by the names of Python's own modules, though no host does that.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hostile.foreign import Foreign, lending

from grader import __version__

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="these hosts run Linux")]

Command = Callable[..., "subprocess.CompletedProcess[str]"]

EXERCISE = 'title: Some of it\nargs: {x: "float (n,)"}\nreturns: float (n,)\ntask: Some of $x$.\n'
COURSE = {
    "course.yaml": "title: A course\nseed: planted, but long\ndefaults: {practice: 4}\n"
    "late: {per_day: 10 %, floor: 50 %}\nassignments:\n"
    "  - {name: week1, title: Week 1, due: 2026-10-01 22:00 UTC, exercises: [double, triple]}\n",
    "exercises/double.yaml": EXERCISE + "points: 10\n",
    "exercises/triple.yaml": EXERCISE + "points: 5\n",
    "solutions/double.py": "def double(x):\n    return 2.0 * x\n",
    "solutions/triple.py": "def triple(x):\n    return 3.0 * x\n",
}
INDEX = "NUMGRADE_TEST_INDEX"
RIGHT = "def double(x):\n    return x + x\n"
METADATA = {
    "id": 123456,
    "created_at": "2026-10-02T12:00:00.000000+00:00",
    "assignment": {
        "id": 25828,
        "course_id": 1,
        "title": "Week 1",
        "due_date": "2026-10-01T22:00:00.000000+00:00",
        "late_due_date": None,
        "release_date": "2026-09-01T00:00:00.000000+00:00",
        "group_size": None,
        "group_submission": False,
        "total_points": "15.0",
    },
    "submission_method": "upload",
    "users": [{"id": 1234, "email": "amina@example.org", "name": "Amina"}],
    "previous_submissions": [],
}
PACKAGES = sysconfig.get_paths()["purelib"]
_PLACE = Path(tempfile.mkdtemp(prefix="lent-"))
atexit.register(shutil.rmtree, _PLACE, ignore_errors=True)
LENT = {**lending(_PLACE, PACKAGES), "NUMGRADE_PYTHON": sys.executable}
ONCE = {"PIP_COMPILE": "0"}  # what is installed for one run need not be compiled but for what that imports


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("course")
    for name, text in COURSE.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    return folder


def run(
    *words: str | Path, cwd: Path, also: Mapping[str, str] = LENT, check: bool = True
) -> subprocess.CompletedProcess[str]:
    """A process that sees only what a host sets, and `also`."""
    kept = {name: os.environ[name] for name in os.environ if name.startswith(("PIP_", "SSL_")) or name == "PATH"}
    done = subprocess.run(
        list(map(str, words)), cwd=cwd, env={**kept, **also}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0 or not check, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def strangers(tmp_path_factory: pytest.TempPathFactory) -> Foreign:
    """What is told of all that are planted in this module."""
    return Foreign(tmp_path_factory.mktemp("told"))


@pytest.fixture(scope="module")
def full_of_strangers(strangers: Foreign, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("strangers")
    strangers.plant(folder)
    return folder


def installed_root(course: Path, root: Path, in_process: Command, also: Mapping[str, str], here: Path) -> Path:
    """Where /autograder would be, as Gradescope builds it, started in the folder `here`."""
    made = in_process("grader", "package", "gradescope", "--to", root / "upload.zip", cwd=course)
    assert made.returncode == 0, made.stderr
    assert "with 15 points" in made.stdout
    for name in ("source", "submission", "results"):
        (root / name).mkdir()
    with zipfile.ZipFile(root / "upload.zip") as archive:
        archive.extractall(root / "source")
        for entry in archive.infolist():
            (root / "source" / entry.filename).chmod(entry.external_attr >> 16 & 0o777)
    (root / "submission_metadata.json").write_text(json.dumps(METADATA))
    run(root / "source" / "setup.sh", cwd=here, also={**also, "AUTOGRADER_ROOT": str(root)})
    shutil.copy(root / "source" / "run_autograder", root / "run_autograder")
    return root


@dataclass(frozen=True)
class Autograder:
    """Where it was built, and what its programs are given beside what the host sets."""

    root: Path
    also: Mapping[str, str]


@pytest.fixture(scope="module")
def open_place() -> Iterator[Path]:
    """A folder that every user may look into, as /autograder is; those of pytest are for their user alone."""
    place = Path(tempfile.mkdtemp(prefix="autograder-"))
    place.chmod(0o755)
    yield place
    shutil.rmtree(place)


@pytest.fixture(scope="module")
def autograder(course: Path, open_place: Path, in_process: Command, full_of_strangers: Path) -> Autograder:
    """Built once for all submissions, as Gradescope builds the image."""
    if INDEX not in os.environ:
        return Autograder(installed_root(course, open_place, in_process, LENT, full_of_strangers), LENT)
    pythons = {"NUMGRADE_PYTHON": f"/usr/bin/python3 {sys.executable}"}  # the system's is open to every user
    return Autograder(installed_root(course, open_place, in_process, pythons, full_of_strangers), {})


def graded(built: Autograder, files: Mapping[str, str], *, check: bool = True) -> Any:
    """What the host reads after a submission of these files."""
    root, also = built.root, built.also
    shutil.rmtree(root / "submission")
    (root / "results" / "results.json").unlink(missing_ok=True)
    for name, text in files.items():
        (root / "submission" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "submission" / name).write_text(text)
    (root / "submission").mkdir(exist_ok=True)
    done = run(root / "run_autograder", cwd=root, also={**also, "AUTOGRADER_ROOT": str(root)}, check=check)
    assert "isolation: " in done.stdout or not check
    return json.loads((root / "results" / "results.json").read_text(encoding="utf-8"))


def test_gradescope_grades_a_submission(autograder: Autograder) -> None:
    found = graded(autograder, {"work.py": RIGHT})
    assert found["score"] == 9  # of ten points; a day late
    assert "1 day late: 90 % of the points" in found["output"]
    assert found["extra_data"]["versions"]["grader"] == __version__
    assert sum(test.get("score", 0) for test in found["tests"]) == pytest.approx(10, abs=0.1)  # each is rounded
    assert sum(test.get("max_score", 0) for test in found["tests"]) == pytest.approx(15, abs=0.2)
    assert {test["status"] for test in found["tests"] if test["name"].startswith("double")} == {"passed"}
    wrong = [test for test in found["tests"] if test["name"].startswith("triple")]
    assert all("`triple` was not found." in test["output"] for test in wrong)


@pytest.mark.parametrize("files", [{}, {"notes.txt": "none"}, {"work.py": "raise SystemExit(3)\n"}])
def test_gradescope_always_gets_results(autograder: Autograder, files: dict[str, str]) -> None:
    found = graded(autograder, files)
    assert found["score"] == 0
    assert found["tests"]


def test_a_submission_is_nothing_to_gradescope(autograder: Autograder, strangers: Foreign, tmp_path: Path) -> None:
    """Neither was what lay where it was built."""
    submission, results = autograder.root / "submission", autograder.root / "results" / "results.json"
    strangers.plant(submission)
    (submission / "work.py").write_text(RIGHT)
    (tmp_path / "other").write_text("untouched")
    results.unlink(missing_ok=True)
    results.symlink_to(tmp_path / "other")
    also = {**autograder.also, "AUTOGRADER_ROOT": str(autograder.root)}
    run(autograder.root / "run_autograder", cwd=submission, also=also)
    assert strangers.imported == set()
    assert (tmp_path / "other").read_text() == "untouched"
    assert json.loads(results.read_text())["score"] == 9


def test_gradescope_finds_the_files_of_a_folder(autograder: Autograder) -> None:
    assert graded(autograder, {"homework/work.py": RIGHT})["score"] == 9


def theft(root: Path) -> str:
    """Right, unless it can read the answers or write beside them."""
    return f"""
def double(x):
    for name, mode in (({str(root / "source" / "answers.key")!r}, "rb"), ({str(root / "results" / "stolen")!r}, "wb")):
        try:
            open(name, mode).close()
            return None
        except OSError:
            pass
    return 2 * x
"""


def test_a_submission_cannot_read_the_answers_at_gradescope(autograder: Autograder) -> None:
    if os.geteuid() != 0:
        pytest.skip("Gradescope runs autograders as root; without it, only walls keep a submission from files")
    assert graded(autograder, {"work.py": theft(autograder.root)})["score"] == 9
    assert (autograder.root / "source").stat().st_mode & 0o077 == 0


def test_a_crash_at_gradescope_leaves_results_that_say_so(autograder: Autograder) -> None:
    answers = autograder.root / "source" / "answers.key"
    kept = answers.read_bytes()
    answers.write_bytes(b"")
    try:
        found = graded(autograder, {"work.py": RIGHT}, check=False)
    finally:
        answers.write_bytes(kept)
    assert "The 0 is no grade" in found["output"]


def test_gradescope_installs_from_the_package_index(autograder: Autograder) -> None:
    """And then lives on that alone: nothing is lent to what grades."""
    if autograder.also:
        pytest.skip(f"only with {INDEX} in the environment")
    (library,) = (autograder.root / "numgrade").glob("lib/*/site-packages")
    assert {"click", "grader", "msgspec", "numpy"} <= {path.name for path in library.iterdir()}
    assert graded(autograder, {"work.py": RIGHT})["score"] == 9


def test_the_archive_is_one_for_unix(course: Path, in_process: Command, tmp_path: Path) -> None:
    for _ in range(2):
        assert in_process("grader", "package", "gradescope", "--to", tmp_path, cwd=course).returncode == 0
    with zipfile.ZipFile(tmp_path / "autograder.zip") as archive:
        entries = {entry.filename: entry for entry in archive.infolist()}
        assert {"setup.sh", "run_autograder"} < set(entries)
        for name in ("setup.sh", "run_autograder"):
            assert entries[name].external_attr >> 16 & 0o111 == 0o111
            assert b"\r" not in archive.read(name)
            assert archive.read(name).startswith(b"#!/bin/bash\n")
        everything = b"".join(archive.read(name) for name in entries)
    assert b"return 2.0 * x" not in everything
    assert b"planted" not in everything


RUNNER = {
    "CLASSROOM": "numpy-2026",
    "ASSIGNMENT": "week1",
    "ASSIGNMENT_TYPE": "individual",
    "USERNAME": "mira",
    "OWNER": "a-school",
    "SUBMISSION_TAG": "submit/2026-09-30T10-00-00Z",
    "COMMIT_URL": "https://github.com/a-school/week1-mira/commit/0a",
    "RELEASE_URL": "https://github.com/a-school/week1-mira/releases/1",
    "REVIEW_URL": "https://github.com/a-school/week1-mira/pull/1",
}


@pytest.mark.exhaustive
def test_classroom50_grades_a_checkout(course: Path, strangers: Foreign, tmp_path: Path, in_process: Command) -> None:
    made = in_process("grader", "package", "classroom50", "--to", tmp_path / "autograders" / "week1", cwd=course)
    assert made.returncode == 0, made.stderr
    assert "let no student read it" in made.stdout
    checkout = tmp_path / "checkout"
    (checkout / ".git").mkdir(parents=True)
    (checkout / "work.py").write_text(RIGHT)
    (tmp_path / "other").write_text("untouched")
    (checkout / "result.json").symlink_to(tmp_path / "other")
    strangers.plant(checkout)
    script = checkout / "autograder.py"  # hosts put it elsewhere; here it is among the files
    shutil.copy(tmp_path / "autograders" / "week1" / "autograder.py", script)
    also = {**LENT, **ONCE, **RUNNER, "GITHUB_OUTPUT": str(tmp_path / "outputs")}
    run(sys.executable, script, cwd=checkout, also=also)

    found = json.loads((checkout / "result.json").read_text(encoding="utf-8"))
    assert strangers.imported == set()
    assert (tmp_path / "other").read_text() == "untouched"
    assert found["schema"] == "classroom50/result/v1"
    assert (found["owner"], found["submission"]) == ("mira", RUNNER["SUBMISSION_TAG"])
    assert found["max-score"] >= found["score"] > 0
    assert "status=failure\nsummary=" in (tmp_path / "outputs").read_text()
    assert "triple" in (checkout / "release-body.md").read_text(encoding="utf-8")


def test_outside_of_a_runner_classroom50_says_what_is_missing(course: Path, tmp_path: Path) -> None:
    from grader.course.folder import Course
    from grader.grading.keys import CourseKeys, cache_folder
    from grader.grading.pack import pack

    keys = CourseKeys(Course(course), cache=cache_folder())
    (tmp_path / "answers.key").write_bytes(pack(keys, keys.assignments[0], "hint"))
    done = run(
        sys.executable,
        "-I",
        "-m",
        "grader.cli.autograder",
        "classroom50",
        "answers.key",
        cwd=tmp_path,
        also={},
        check=False,
    )
    assert done.returncode != 0
    assert "CLASSROOM: this variable is not set" in done.stderr
    assert not (tmp_path / "result.json").exists()


@pytest.mark.exhaustive
def test_github_gives_feedback_on_a_push(course: Path, tmp_path: Path, in_process: Command) -> None:
    import yaml

    repository = tmp_path / "week1-mira"
    made = in_process("grader", "package", "github", "--to", repository, cwd=course)
    assert made.returncode == 0, made.stderr
    (repository / "work.py").write_text(RIGHT + "\n\ndef triple(x):\n    return x * 4\n")
    workflow = yaml.safe_load((repository / ".github" / "workflows" / "grade.yml").read_text())
    assert workflow[True] == ["push", "workflow_dispatch"]  # `on`, as YAML 1.1 reads it
    steps = workflow["jobs"]["grade"]["steps"]
    assert [step["uses"].partition("@")[0] for step in steps if "uses" in step] == [
        "actions/checkout",
        "actions/setup-python",
    ]
    site = tmp_path / "site"
    (tmp_path / "bin").mkdir()
    for name in ("python", "grade"):  # as setup-python and pip would put them on the path
        words = sys.executable if name == "python" else f"{sys.executable} {site}/bin/grade"
        (tmp_path / "bin" / name).write_text(f'#!/bin/sh\nexec {words} "$@"\n')
        (tmp_path / "bin" / name).chmod(0o755)
    also = {
        **LENT,
        **ONCE,
        "PIP_TARGET": str(site),
        "PYTHONPATH": f"{site}{os.pathsep}{PACKAGES}",
        "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_ACTIONS": "true",
    }
    done = [
        run("bash", "-e", "-c", step["run"], cwd=repository, also=also, check=False) for step in steps if "run" in step
    ]
    assert [each.returncode for each in done] == [0, 1], done[0].stderr + done[1].stderr
    assert "::error file=" in done[1].stdout
    assert "title=triple::" in done[1].stdout
    summary = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert summary.startswith("~~~~text\n")
    assert "triple" in summary
    (repository / "work.py").write_text(RIGHT + "\n\ndef triple(x):\n    return x * 3\n")
    assert run("bash", "-e", "-c", steps[-1]["run"], cwd=repository, also=also).returncode == 0


def test_no_hidden_test_is_in_what_students_can_read(course: Path, tmp_path: Path, in_process: Command) -> None:
    in_process("grader", "package", "github", "--to", tmp_path, cwd=course)
    from grader.course.key import Role
    from grader.grading.keys import open_keys

    keys = open_keys((), tmp_path / ".github" / "numgrade")
    assert keys.public
    assert {case.role for name in keys.names for case in keys.key(name).cases} <= {Role.EXAMPLE, Role.PRACTICE}


def test_what_somebody_edited_is_not_overwritten(
    course: Path, tmp_path: Path, grader: Callable[..., tuple[object, str, str]]
) -> None:
    def package(*options: str) -> tuple[object, str]:
        status, out, _ = grader("package", "classroom50", "--to", tmp_path / "one.py", "--course", course, *options)
        return status, out.split()[0] if out else ""

    assert [package(), package()] == [(0, "wrote"), (0, "unchanged")]
    (tmp_path / "one.py").write_text("mine\n")
    assert package() == (2, "")
    assert (tmp_path / "one.py").read_text() == "mine\n"
    assert package("--overwrite") == (0, "wrote")
