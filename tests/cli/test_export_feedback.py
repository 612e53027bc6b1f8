"""`grader export canvas-feedback` and `moodle-feedback`: from a download to the zip that goes back."""

from __future__ import annotations

import io
import shutil
import sqlite3
import subprocess
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from spread import spread

pytestmark = pytest.mark.slow

Command = Callable[..., "subprocess.CompletedProcess[str]"]
Grader = Callable[..., tuple[object, str, str]]

ROOT = Path(__file__).resolve().parents[2]
COURSE = "title: NumPy\nseed: planted, but long\nassignments:\n  - {name: week1, title: Week 1, exercises: [softmax]}\n"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("a course")
    (folder / "course.yaml").write_text(COURSE)
    for part in ("exercises", "solutions"):
        (folder / part).symlink_to(ROOT / part)
    return folder


@pytest.mark.parametrize(
    "form", spread(["canvas", "canvas-anonymous", "moodle-older", "moodle", "moodle-flat"], every=2)
)
def test_a_page_of_each_student_goes_back_under_the_name_of_the_download(
    form: str, course: Path, in_process: Command, grader: Grader, tmp_path: Path
) -> None:
    from bench.classroom.layouts import FORMS, pack
    from bench.classroom.people import make_class

    students = make_class(3, seed=5)
    download = tmp_path / "class.zip"
    download.write_bytes(pack(students, FORMS[form], litter=False))
    book, system = tmp_path / "book.db", form.partition("-")[0]
    done = in_process("grader", "run", download, "--isolation", "none", "-j", "1", "--gradebook", book, cwd=course)
    assert done.returncode == 0, done.stderr

    status, _, err = grader("export", f"{system}-feedback", "--gradebook", book, "-o", tmp_path / "back.zip")

    assert (status, err) == (0, f"Wrote {tmp_path / 'back.zip'}\n")
    assert (tmp_path / "back.zip").stat().st_mode & 0o777 == 0o600
    archive = zipfile.ZipFile(tmp_path / "back.zip")
    pages = {name: archive.read(name).decode() for name in archive.namelist()}
    assert len(pages) == len(students)
    ids = [FORMS[form].student(student) for student in students]
    for own in ids:
        (page,) = (name for name in pages if f"_{own}_" in f"_{name}")
        assert "Week 1" in pages[page]
        # a page is that of one student, and has nothing of another
        assert [other for other in ids if other in pages[page]] in ([], [own])
    sent = {entry.filename for entry in zipfile.ZipFile(io.BytesIO(download.read_bytes())).infolist()}
    for name in pages:
        assert any(there.startswith(name.removesuffix("feedback.html").removesuffix("_")) for there in sent)


@pytest.fixture(scope="module")
def two(course: Path, in_process: Command) -> Path:
    """The gradebook of two students, whose files are named as Canvas names them."""
    folder = course / "two"
    folder.mkdir()
    for name in ("dupontmarie_7001_80001_softmax.py", "meierjan_7002_80002_softmax.py"):
        (folder / name).write_text("def softmax(x):\n    return x\n")
    book = course / "two.db"
    done = in_process("grader", "run", folder, "--isolation", "none", "-j", "1", "--gradebook", book, cwd=course)
    assert done.returncode == 0, done.stderr
    return book


@pytest.mark.parametrize("own", [True, False])
def test_the_templates_of_the_course_come_before_ours(own: bool, two: Path, tmp_path: Path, grader: Grader) -> None:
    (tmp_path / "course.yaml").write_text("title: NumPy\n")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "student.html.j2").write_text("ours: {{ student }}")
    where = ("--gradebook", two, *(("--course", tmp_path) if own else ()))
    assert grader("export", "canvas-feedback", *where, "-o", tmp_path / "back.zip")[0] == 0
    archive = zipfile.ZipFile(tmp_path / "back.zip")
    assert [archive.read(name).startswith(b"ours: ") for name in archive.namelist()] == [own, own]


def test_who_has_no_name_there_is_left_out_and_named(two: Path, tmp_path: Path, grader: Grader) -> None:
    book = shutil.copy(two, tmp_path / "book.db")
    with closing(sqlite3.connect(book)) as connection, connection:
        connection.execute("UPDATE files SET path = 'softmax.py' WHERE path LIKE 'meier%'")

    status, _, err = grader("export", "canvas-feedback", "--gradebook", book, "-o", tmp_path / "back.zip")
    moodle, _, refused = grader("export", "moodle-feedback", "--gradebook", book, "-o", tmp_path / "other.zip")

    assert status == 1
    assert "1 student left out, for nothing says how" in err
    assert "meierjan (7002)" in err
    assert zipfile.ZipFile(tmp_path / "back.zip").namelist() == ["dupontmarie_7001_80001_feedback.html"]
    assert moodle == 2
    assert "of no student does the gradebook know" in refused
    assert not (tmp_path / "other.zip").exists()


def test_a_file_has_to_be_named(two: Path, grader: Grader) -> None:
    status, out, err = grader("export", "moodle-feedback", "--gradebook", two)
    assert (status, out) == (2, "")
    assert "-o FILE" in err
