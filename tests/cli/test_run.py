"""`grader run`, as a process and in this one."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from refused import dump, too_little

from grader.classroom import batch
from grader.cli import class_options as options
from grader.observe.walls.levels import Level
from grader.observe.walls.proof import Unproved

# Where it is told, or killed, it is a process, with processes that judge; so it is in classroom/test_killed.py.
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("judging_here")]

Grader = Callable[..., tuple[object, str, str]]

EXERCISE = """
title: Twice
args: {x: "float (n,)"}
returns: float (n,)
task: Twice $x$.
"""
RIGHT = "def double(x):\n    return 2 * x\n"
WRONG = "def double(x):\n    return x\n"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "course"
    for name, text in {
        "course.yaml": "title: A course\nseed: planted, but long\n",
        "exercises/double.yaml": EXERCISE,
        "solutions/double.py": RIGHT,
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def write_class(folder: Path, **students: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in students.items():
        (folder / f"{name}.py").write_text(text)
    return folder


@pytest.fixture
def run(
    course: Path, tmp_path: Path, grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[object, str, str]]:
    """`grader run` with one process, in the course."""
    monkeypatch.chdir(course)
    return lambda *arguments: grader("run", tmp_path / "class", "--isolation", "none", "-j", "1", *arguments)


def test_the_points_and_what_is_left_out_are_shown(run: Grader, course: Path, tmp_path: Path) -> None:
    write_class(tmp_path / "class", amina=RIGHT, bruno=WRONG)
    (tmp_path / "class" / "notes.pdf").write_bytes(b"%PDF-1.4")

    status, out, err = run()
    assert status == 0
    assert re.search(r"amina +10 +10/10", out)
    assert re.search(r"bruno +0 +0/10", out)
    assert "notes.pdf" in out
    assert "2 new submissions. 2 submissions judged now. Exercises: 1 passed, 0 partly, 1 without points." in " ".join(
        out.split()
    )
    assert "2 of 2 submissions" in err
    assert (course / "gradebook.db").is_file()


def test_who_handed_in_nothing_that_can_be_judged_is_told_first_and_can_be_marked(
    run: Grader, grader: Grader, tmp_path: Path
) -> None:
    write_class(tmp_path / "class", amina=RIGHT)
    (tmp_path / "class" / "bruno").mkdir()
    (tmp_path / "class" / "bruno" / "essay.pdf").write_bytes(b"%PDF-1.4")

    status, out, _ = run()
    assert status == 0
    assert re.search(r"bruno +\? +\?/10", out)
    told = " ".join(out.split())
    assert "nothing that these handed in can be judged" in told
    assert told.count("bruno: bruno/essay.pdf: it is neither a .py nor an .ipynb file") == 1
    assert "Files left out" not in told
    exported = grader("export", "csv")
    assert "bruno,bruno,,,10.00" in exported[1]
    assert "1 student handed in nothing that can be judged, so without points: bruno" in exported[2]
    grader("report", "--to", tmp_path / "pages")
    page = (tmp_path / "pages" / "class.html").read_text(encoding="utf-8")
    assert page.index("Handed in, nothing that can be judged") < page.index("bruno/essay.pdf")
    (own,) = (tmp_path / "pages").glob("student-bruno-*.html")
    assert "nothing can be judged: essay.pdf" in own.read_text(encoding="utf-8")

    assert grader("mark", "bruno", "double", "4", "--why", "on paper")[0] == 0
    status, out, _ = run()
    assert status == 0
    assert re.search(r"bruno +4\* +4/10", out)


def test_a_run_that_is_refused_leaves_no_gradebook(
    run: Grader, course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_class(tmp_path / "class", amina=RIGHT)
    monkeypatch.setattr("grader.classroom.local.check_resources", too_little)

    assert run()[:2] == (2, "")
    assert run("--gradebook", tmp_path / "other.db")[:2] == (2, "")
    assert not [*course.glob("gradebook*"), *tmp_path.glob("other*")]


@pytest.mark.usefixtures("run")
def test_a_course_is_no_class(course: Path, grader: Grader) -> None:
    status, out, err = grader("run", ".", "--isolation", "none")

    assert (status, out) == (2, "")
    assert ". is a course, and no class" in err
    assert not [*course.glob("gradebook*")]


def test_a_run_that_is_refused_changes_no_gradebook(
    run: Grader, course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_class(tmp_path / "class", amina=RIGHT)
    run()
    before = dump(course / "gradebook.db")
    write_class(tmp_path / "class", amina=WRONG, bruno=RIGHT)
    monkeypatch.setattr("grader.classroom.local.check_resources", too_little)

    assert run()[:2] == (2, "")
    assert dump(course / "gradebook.db") == before


def test_what_to_do_next_is_for_the_same_class(run: Grader, course: Path, tmp_path: Path) -> None:
    write_class(tmp_path / "class", amina=RIGHT)
    assert "Next: `grader report` makes pages to read, `grader export` what" in " ".join(run()[1].split())
    (course / "course.yaml").write_text(
        "title: A course\nseed: planted, but long\nassignments:\n  - {name: week, title: W, exercises: [double]}\n"
    )

    told = "".join(run("--gradebook", course / "gradebook.db")[1].split())  # however it is wrapped
    options = f"--assignmentweek--gradebook{course}/gradebook.db"
    assert f"`graderreport{options}`makes" in told
    assert f"`graderexportcsv{options}`what" in told


def test_a_second_time_there_is_nothing_to_do(run: Grader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_class(tmp_path / "class", amina=RIGHT)
    run()

    def refuse(*arguments: object) -> None:
        raise AssertionError("no process is needed")

    monkeypatch.setattr("grader.classroom.local.local_executor", refuse)
    status, out, err = run()
    assert (status, err) == (0, "")
    assert "Nothing new to judge: every grade stands." in out


def test_a_run_tells_of_its_own_download_and_the_class_page_of_each_file_once(
    run: Grader, grader: Grader, course: Path, tmp_path: Path
) -> None:
    write_class(tmp_path / "class", amina=RIGHT, bruno=RIGHT + "#" * (1 << 20))
    (tmp_path / "class" / "notes.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "class" / "old.txt").write_text("an older one")
    assert run()[0] == 1
    (tmp_path / "class").rename(tmp_path / "first")
    write_class(tmp_path / "later", amina=RIGHT)
    (tmp_path / "later" / "notes.pdf").write_bytes(b"%PDF-1.4")

    status, out, _ = grader("run", tmp_path / "later", "--isolation", "none", "-j", "1")

    assert status == 0
    assert out.count("notes.pdf") == 1
    assert "old.txt" not in out
    assert "bruno.py" not in out
    assert grader("report", "--to", tmp_path / "pages")[0] == 0
    page = (tmp_path / "pages" / "class.html").read_text(encoding="utf-8")
    assert [page.count(name) for name in ("notes.pdf:", "old.txt:")] == [1, 1]
    assert page.count("bruno.py:") == 2  # in what needs a person, and in his row of the table


def test_a_changed_exercise_is_told_and_changes_nothing(run: Grader, course: Path, tmp_path: Path) -> None:
    write_class(tmp_path / "class", amina=RIGHT)
    run()
    (course / "exercises" / "double.yaml").write_text(EXERCISE + "points: 20\n")

    status, out, _ = run()
    assert status == 0
    assert re.search(r"amina +10 +10/10", out)
    assert "`grader regrade` shows who would gain or lose" in " ".join(out.split())
    assert "double: 1 grade\n" in out

    with closing(sqlite3.connect(course / "gradebook.db")) as connection:
        connection.execute("UPDATE forms SET form = 1 WHERE key IN (SELECT key FROM results)")
        connection.commit()
    assert "double: 1 grade. Inputs changed with numgrade itself" in " ".join(run()[1].split())
    found = json.loads(run("--format", "json")[1])
    assert found["changed_since"] == {"double": 1}
    assert "practice cases are drawn without the course's seed" in found["drawn_anew"]["double"]


def test_for_machines(run: Grader, tmp_path: Path) -> None:
    write_class(tmp_path / "class", amina=RIGHT, bruno="raise SystemExit\n" + WRONG)
    for name, text in {"chen/broken.ipynb": "{", "chen/other.py": "x = 1\n", "dita/work.ipynb": ""}.items():
        (tmp_path / "class" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "class" / name).write_text(text)

    status, out, _ = run("--format", "json")
    found = json.loads(out)
    assert status == 0
    assert found["judged_submissions"] == 3
    ((student, why),) = found["without_work"]
    assert (student, "it is empty" in why) == ("dita", True)
    assert found["exercises"] == {"passed": 1, "partly": 0, "nothing": 2, "not_judged": 0}
    ((student, why),) = found["unreadable"]
    assert student == "chen"
    assert "broken.ipynb" in why
    assert found["not_judged"] == []
    assert [file["student"] for file in found["left_out"]] == ["dita"]
    guide = (Path(__file__).parents[2] / "docs" / "instructors.md").read_text(encoding="utf-8")
    table = guide.partition("| field | meaning |")[2].partition("\n\n")[0]
    told = re.findall(r"`(\w+)`", " ".join(re.findall(r"(?m)^\| (`.+?) \|", table)))
    assert told == list(found)


def test_files_that_nothing_was_judged_from_are_named(run: Grader, tmp_path: Path) -> None:
    notebook = json.dumps({"cells": [{"cell_type": "code", "source": RIGHT, "metadata": {}, "outputs": []}]})
    for student, files in {
        "amina": {"double.py": RIGHT, "w.ipynb": notebook},
        "bruno": {"double.py": "from tools import *\n" + RIGHT, "tools.py": "half = 0.5\n", "notes.py": "x = 1\n"},
        "chen": {"double.py": RIGHT, "broken.ipynb": "{"},
        "dita": {"w.ipynb": notebook},
        "emil": {"one.py": "x = 1\n", "two.py": "x = 2\n"},
    }.items():
        (tmp_path / "class" / student).mkdir(parents=True)
        for name, text in files.items():
            (tmp_path / "class" / student / name).write_text(text)

    status, out, _ = run()
    assert status == 0
    told = out.partition("Files left aside:\n")[2].partition("\n\n")[0]
    assert [line.split(":")[0].strip() for line in told.splitlines()] == ["amina", "bruno"]
    assert "w.ipynb was left aside" in told
    assert "notes.py was left aside" in told

    found = json.loads(run("--format", "json")[1])
    assert [student for student, _ in found["left_aside"]] == ["amina", "bruno"]
    assert [student for student, _ in found["unreadable"]] == ["chen"]


def test_whoever_loses_work_to_a_limit_is_named_and_the_status_says_so(run: Grader, tmp_path: Path) -> None:
    write_class(tmp_path / "class", amina=RIGHT, bruno=RIGHT + "#" * (1 << 20), chen=RIGHT)

    status, out, _ = run()
    assert status == 1
    assert re.search(r"amina +10 +10/10", out)
    assert re.search(r"chen +10 +10/10", out)
    told = " ".join(out.split())
    assert "NEEDS A PERSON: more was handed in than is read, so work may be lost." in told
    assert "bruno: bruno.py: it is larger than 1 MiB" in told
    assert "Files left out" not in told

    status, out, _ = run("--format", "json")
    assert status == 1
    ((student, cause),) = ((each["student"], each["cause"]) for each in json.loads(out)["left_out"])
    assert (student, cause) == ("bruno", "limit")


@pytest.mark.skipif(sys.version_info >= (3, 15), reason="this Python reads it")
def test_a_file_of_a_newer_python_is_for_a_person(run: Grader, tmp_path: Path) -> None:
    write_class(tmp_path / "class", amina=RIGHT, bruno="lazy import numpy\n" + RIGHT, chen="def double(x:\n")

    status, out, _ = run()
    assert status == 1
    told = " ".join(out.split())
    assert "NEEDS A PERSON: these files need a newer Python than this one." in told
    assert "bruno: bruno.py needs Python 3.15 or newer" in told
    assert "cannot be read" not in told

    found = json.loads(run("--format", "json")[1])
    assert [student for student, _ in found["needs_newer_python"]] == ["bruno"]
    assert found["unreadable"] == []


def test_a_package_is_imported_and_hidden_copies_are_not_work(run: Grader, tmp_path: Path) -> None:
    write_class(tmp_path / "class")
    for name, text in {
        "amina/double.py": "from src.utils import two\ndef double(x):\n    return two(x)\n",
        "amina/src/__init__.py": "",
        "amina/src/utils.py": "def two(x):\n    return 2 * x\n",
        "bruno/double.py": RIGHT,
        "bruno/.history/double.py": WRONG,
    }.items():
        (tmp_path / "class" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "class" / name).write_text(text)

    status, out, _ = run()
    assert status == 0
    assert re.search(r"amina +10 +10/10", out)
    assert re.search(r"bruno +10 +10/10", out)
    assert "cannot be read" not in out
    assert "bruno/.history: hidden" in " ".join(out.split())


def test_a_file_that_may_be_of_two_students_is_for_a_person(run: Grader, tmp_path: Path) -> None:
    write_class(tmp_path / "class", amina=RIGHT, bruno=RIGHT)
    (tmp_path / "class" / "bru\u200bno.py").write_text(RIGHT)

    status, out, _ = run()
    assert status == 1
    told = " ".join(out.split())
    assert "NEEDS A PERSON: these files may be of two students, and so are not judged:" in told
    assert "bruno.py: its name can be read as that of 'bru\\u200bno' or of 'bruno'" in told

    (tmp_path / "class" / "bru\u200bno.py").unlink()
    status, out, _ = run()
    assert status == 0
    assert "NEEDS A PERSON" not in out


ODD = (
    *(
        "Con",
        "CON",
        "Lee, A.",
        "Sam Davis Jr.",
        "is it: so?",
        "-rf",
        "=cmd|'!A0",
        "<b>&",
        "~",
        "é" * 250,
        "...",
        "aux.py",
    ),
    *(
        "\u0639\u0644\u06cc\u200c\u0631\u0636\u0627",
        "Jean\xa0Luc",
        "\u200fdana",
        "a\u202eb",
        "new\nline",
        "esc\x1b[31m",
    ),
)


def test_no_name_keeps_its_student_from_being_judged_nor_spoils_what_is_shown(run: Grader, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "class", "w") as archive:
        for name in ODD:
            archive.writestr(zipfile.ZipInfo(f"{name}/double.py"), RIGHT)
            archive.writestr(zipfile.ZipInfo(f"{name}/Double.py"), "x = 1\n")
        archive.writestr(zipfile.ZipInfo("../../out.py"), RIGHT)

    status, out, _ = run()

    assert status == 0
    assert f"{len(ODD)} new submissions" in out
    assert out.count("10/10") == len(ODD)
    assert "out.py: its name leads out of the archive" in out
    assert not re.search("[\x00-\x08\x0b-\x1f\u200b-\u200f\u202a-\u202e]|^line", out, re.MULTILINE)
    assert not [*tmp_path.rglob("out.py"), *tmp_path.parent.glob("out.py")]


def test_who_hands_in_anew_has_lost_nothing(run: Grader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_class(tmp_path / "class", amina=RIGHT, bruno=RIGHT + "#" * (1 << 20))
    assert run()[0] == 1

    (tmp_path / "class").rename(tmp_path / "before")
    write_class(tmp_path / "class", bruno=RIGHT)
    assert run()[0] == 0


def test_a_large_class_is_cut_short(run: Grader, tmp_path: Path) -> None:
    write_class(tmp_path / "class", **{f"s{number:02}": RIGHT for number in range(23)})

    _, out, _ = run()
    assert "s19" in out
    assert "s20" not in out
    assert "… and 3 more students" in out


def test_without_walls_a_class_is_refused(
    course: Path, tmp_path: Path, grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(course)
    monkeypatch.setattr(options, "crew", _here(options.crew))
    batch._warm_graders.clear()

    def refuse(isolation: str) -> None:
        raise Unproved(Level(isolation), ())

    monkeypatch.setattr(batch, "open_lasting", refuse)
    write_class(tmp_path / "class", amina=RIGHT)

    monkeypatch.setattr("grader.cli.run.crew", _here(options.crew))
    status, out, err = grader("run", tmp_path / "class")
    assert status == 2
    assert out == ""
    assert "isolation `standard` cannot be had" in err
    assert "grader package docker" in err
    assert "--isolation none" in err
    assert not list(course.glob("gradebook*"))


def test_a_cluster_needs_dask_and_says_so(
    course: Path, tmp_path: Path, grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(course)
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "grader.classroom.cluster", raising=False)
    write_class(tmp_path / "class", amina=RIGHT)

    status, out, err = grader("run", tmp_path / "class", "--cluster", "tcp://127.0.0.1:8786")
    assert (status, out) == (2, "")
    assert "pip install 'numgrade[cluster]'" in err
    assert not list(course.glob("gradebook*"))


def _here(crew: Callable[..., object]) -> Callable[..., object]:
    """The same crew, working in this process."""
    import dataclasses
    from concurrent.futures import Executor, Future

    class Here(Executor):
        def submit(self, function: Callable[..., object], /, *arguments: object, **more: object) -> Future[object]:  # type: ignore[override]
            future: Future[object] = Future()
            future.set_result(function(*arguments))
            return future

    return lambda *arguments, **options: dataclasses.replace(crew(*arguments, **options), opened=lambda width: Here())  # type: ignore[type-var]


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
def test_after_ctrl_c_the_same_command_goes_on(course: Path, tmp_path: Path) -> None:
    slow = "import time\n\ndef double(x):\n    time.sleep(0.01)\n    return 2 * x\n"
    write_class(tmp_path / "class", **{f"s{number:02}": f"{slow}# {number}\n" for number in range(24)})
    command = [sys.executable, "-P", "-m", "grader", "run", str(tmp_path / "class"), "--isolation", "none"]
    process = subprocess.Popen(
        command, cwd=course, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    while _count(course / "gradebook.db") < 4:
        assert process.poll() is None
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of them
    out, err = process.communicate(timeout=60)

    assert process.returncode == 130
    assert out == ""
    stopped = re.fullmatch(
        r"(.*submissions.*\n)*Stopped\. What is judged is kept; the same command goes on with the other (\d+)\.\n+", err
    )
    assert stopped, err
    done = subprocess.run(command, cwd=course, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert f"{stopped[2]} submissions judged now" in " ".join(done.stdout.split())


def _count(gradebook: Path) -> int:
    if not gradebook.is_file():
        return 0
    with closing(sqlite3.connect(gradebook)) as connection:
        try:
            return int(connection.execute("SELECT count(*) FROM grades").fetchone()[0])
        except sqlite3.OperationalError:
            return 0
