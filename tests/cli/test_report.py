"""`grader report`, on a class that was graded in a process of its own."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

Grader = Callable[..., tuple[object, str, str]]

EXERCISE = """
title: Twice
args: {x: "float (n,)"}
returns: float (n,)
task: Twice $x$.
tests:
  - name: any vector
    repeat: 3
  - name: ones
    args: {x: [1, 1, 12345]}
"""
CLASS = {
    "amina.py": "def double(x):\n    return 2 * x\n",
    "bruno.py": "def double(x):\n    return x + 1  # <script>\n",
    "chen.py": "def triple(x):\n    return 3 * x\n",
    "dita.py": "def double(x):\n    return x + 1\n",
    "emil.pdf": "%PDF",
    "fritz.py": "def double(x):\n    if x[-1] == 12345:\n        raise ValueError('<b>')\n    return 2 * x\n",
}


PATIENT = "defaults: {limits: {call: 20, load: 60}}\n"  # a busy machine judges as an idle one


@pytest.fixture(scope="module")
def graded(in_process: Callable[..., object], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with its gradebook."""
    folder = tmp_path_factory.mktemp("course")
    files = {f"class/{name}": text for name, text in CLASS.items()}
    files |= {
        "course.yaml": "title: A course & its <title>\nseed: planted, but long\n" + PATIENT,
        "exercises/double.yaml": EXERCISE,
        "solutions/double.py": "def double(x):\n    return 2 * x\n",
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    done = in_process("grader", "run", "class", "--isolation", "none", "-j", "1", cwd=folder)
    assert done.returncode == 0, done.stderr  # type: ignore[attr-defined]
    return folder


@pytest.fixture
def book(graded: Path, tmp_path: Path) -> Path:
    """The gradebook alone, without its course."""
    shutil.copy(graded / "gradebook.db", tmp_path / "book.db")
    return tmp_path / "book.db"


def pages(folder: Path) -> dict[str, str]:
    """The students' pages by the student's id."""
    found = {}
    for file in folder.glob("student-*.html"):
        match = re.fullmatch(r"student-(.+)-[0-9a-f]{16}\.html", file.name)
        assert match is not None
        found[match[1]] = file.read_text(encoding="utf-8")
    return found


def test_a_page_each_and_one_of_the_class(grader: Grader, book: Path) -> None:
    status, out, err = grader("report", "--gradebook", book)
    folder = book.parent / "reports" / "exercises"
    assert (status, err) == (0, "")
    assert out == f"6 pages written, in {folder}.\nBegin with {folder / 'class.html'}\n"
    assert set(pages(folder)) == {"amina", "bruno", "chen", "dita", "fritz"}
    text = (folder / "class.html").read_text(encoding="utf-8")
    assert "A course &amp; its &lt;title&gt;" in text
    assert "emil.pdf: it is neither a .py nor an .ipynb file" in text
    assert '<span class="count">2 students</span>' in text  # Bruno and Dita, who go wrong alike
    assert "Nothing in it: 1" in text  # Chen


def test_students_are_told_no_input_and_no_text_of_an_exception(grader: Grader, book: Path) -> None:
    assert grader("report", "--gradebook", book, "--to", book.parent / "out", "--without-code")[0] == 0
    found = pages(book.parent / "out")
    assert "12345" not in "".join(found.values())
    assert "&lt;b&gt;" not in found["fritz"]
    assert "0</strong> of 10 points" in found["bruno"]

    assert grader("report", "--gradebook", book, "--to", book.parent / "all", "--reveal", "all")[0] == 0
    assert "12345" in pages(book.parent / "all")["fritz"]
    assert "&lt;b&gt;" in pages(book.parent / "all")["fritz"]


def test_students_read_what_they_handed_in_and_nobody_elses(grader: Grader, book: Path) -> None:
    grader("report", "--gradebook", book, "--to", book.parent / "out")
    found = pages(book.parent / "out")
    assert "return x + 1  # &lt;script&gt;" in found["bruno"]
    assert not [name for name, text in found.items() if "&lt;script&gt;" in text and name != "bruno"]

    grader("report", "--gradebook", book, "--to", book.parent / "bare", "--without-code")
    assert "return x + 1" not in "".join(pages(book.parent / "bare").values())


def test_the_class_has_a_table_and_groups_with_names(grader: Grader, book: Path) -> None:
    grader("report", "--gradebook", book, "--to", book.parent / "out")
    folder = book.parent / "out"
    text = (folder / "class.html").read_text(encoding="utf-8")
    assert '<th scope="col" class="number">Twice</th>' in text
    bruno, dita = (next(folder.glob(f"student-{name}-*")).name for name in ("bruno", "dita"))
    links = f'<a href="{bruno}"><bdi>bruno</bdi></a>, <a href="{dita}"><bdi>dita</bdi></a>'
    assert f'<p class="people">{links}</p>' in text


def test_again_nothing_changes_and_what_was_edited_is_left_alone(grader: Grader, book: Path) -> None:
    folder = book.parent / "out"
    grader("report", "--gradebook", book, "--to", folder)
    assert grader("report", "--gradebook", book, "--to", folder)[1].startswith("0 pages written, in ")
    file = next(folder.glob("student-amina-*"))
    file.write_text("mine")
    status, _, err = grader("report", "--gradebook", book, "--to", folder)
    assert (status, file.read_text()) == (2, "mine")
    assert f"{file.name}: not as we wrote it" in err


def test_the_pages_of_some_students(grader: Grader, book: Path) -> None:
    folder = book.parent / "out"
    status, out, _ = grader("report", "--gradebook", book, "--to", folder, "--student", "bruno", "--student", "amina")
    assert (status, set(pages(folder))) == (0, {"amina", "bruno"})
    assert not (folder / "class.html").exists()
    assert "2 pages written" in out


def test_a_student_nobody_knows(grader: Grader, book: Path) -> None:
    status, _, err = grader("report", "--gradebook", book, "--to", book.parent / "out", "--student", "brunno")
    assert status == 2
    assert "no student 'brunno'" in err
    assert "did you mean 'bruno'?" in err
    assert not (book.parent / "out").exists()


def test_points_by_hand_are_said_to_be_so(grader: Grader, book: Path) -> None:
    grader("mark", "bruno", "double", "8", "--why", "between us", "--gradebook", book)
    grader("report", "--gradebook", book, "--to", book.parent / "out")
    found = pages(book.parent / "out")["bruno"]
    assert "<strong>8</strong> of 10 points" in found
    assert "points given by hand" in found
    assert "between us" not in found


def test_in_a_course_its_gradebook_and_its_templates(
    grader: Grader, graded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = shutil.copytree(graded, tmp_path / "course")
    (course / "templates").mkdir()
    (course / "templates" / "student.html.j2").write_text("ours: {{ student }}")
    monkeypatch.chdir(course)
    assert grader("report")[0] == 0
    assert pages(course / "reports" / "exercises")["amina"].startswith("ours: amina\n")


def test_a_bar_where_somebody_watches(grader: Grader, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    status, out, _ = grader("report", "--gradebook", book, "--to", book.parent / "out")
    assert (status, out.splitlines()[0]) == (0, f"6 pages written, in {book.parent / 'out'}.")


def test_without_a_gradebook(grader: Grader, tmp_path: Path) -> None:
    status, _, err = grader("report", "--gradebook", tmp_path / "no.db")
    assert status == 2
    assert "there is no gradebook here" in err
    assert not list(tmp_path.iterdir())
