from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import click
import pytest

from grader.course.folder import Course
from grader.course.seed import Secrecy, secrecy_of

Grader: TypeAlias = Callable[..., tuple[object, str, str]]
SIGNATURE = ("--arg", "u: float (n,)", "--arg", "v: float (n,)", "--returns", "float")


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty course, which is the folder at hand."""
    (tmp_path / "course.yaml").write_text("title: A course\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_with_options_nothing_is_asked(course: Path, grader: Grader) -> None:
    status, out, err = grader("new", "dot_product", *SIGNATURE)

    assert (status, err) == (0, "")
    assert set(files(course)) == {"course.yaml", "exercises/dot_product.yaml", "solutions/dot_product.py"}
    assert out.startswith(f"wrote {course / 'exercises' / 'dot_product.yaml'}\n")
    assert "grader show dot_product" in out


@pytest.mark.parametrize("name", ["f", "dot_product"])
def test_what_comes_next_stands_in_line(course: Path, grader: Grader, name: str) -> None:
    _, out, _ = grader("new", name, *SIGNATURE)

    third, fourth = out.splitlines()[-2:]
    assert third.index("what was made") == fourth.index("what students")


def test_what_comes_next_is_for_the_course_that_was_named(
    course: Path, grader: Grader, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    _, out, _ = grader("new", "dot", *SIGNATURE, "--course", course)

    assert f"grader show dot --course {course} " in out
    assert f"grader build --course {course} " in out


def test_it_works_at_once(course: Path, grader: Grader) -> None:
    """It can be shown and handed out as it is; its stub is not attempted, its reference is right."""
    grader("new", "dot_product", *SIGNATURE, "--title", "The dot product")

    status, out, _ = grader("show", "dot_product")
    assert status == 0
    assert "The dot product" in out
    status, out, _ = grader("build", "--to", course / "out")
    assert status == 0
    assert "def dot_product(u, v):" in (course / "out" / "dot_product.py").read_text(encoding="utf-8")


@pytest.mark.slow
def test_what_is_still_to_be_written_is_said_by_build_and_check(course: Path, grader: Grader) -> None:
    grader("new", "dot_product", *SIGNATURE)

    _, _, err = grader("build", "--to", course / "out")
    assert "students will read 'TODO: say what the function is to do" in err
    assert err.count("TODO: what this is") == 2
    _, out, _ = grader("check")
    assert " ".join(out.split()).count("a text is still to be written: 'TODO: ") == 3


def test_a_title_is_made_from_the_name(course: Path, grader: Grader) -> None:
    grader("new", "mean_of_rows", *SIGNATURE)

    text = (course / "exercises" / "mean_of_rows.yaml").read_text(encoding="utf-8")
    assert "title: Mean of rows" in text.replace('"', "")


def test_nothing_is_overwritten(course: Path, grader: Grader) -> None:
    grader("new", "dot_product", *SIGNATURE)
    before = files(course)

    status, out, err = grader("new", "dot_product", "--arg", "x: int", "--returns", "int")

    assert (status, out) == (2, "")
    assert "dot_product.yaml exists already, and is left as it is" in err
    assert files(course) == before


def test_nor_half_of_it_is_written(course: Path, grader: Grader) -> None:
    (course / "solutions").mkdir()
    (course / "solutions" / "dot_product.py").write_text("mine\n", encoding="utf-8")
    before = files(course)

    status, _, err = grader("new", "dot_product", *SIGNATURE)

    assert status == 2
    assert "dot_product.py exists already" in err
    assert files(course) == before


def test_where_there_is_no_course_this_folder_becomes_one(
    grader: Grader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "numpy course"
    folder.mkdir()
    monkeypatch.chdir(folder)

    status, out, _ = grader("new", "double", "--arg", "x: float (n,)", "--returns", "float (n,)")

    assert status == 0
    assert "is a course now" in out
    spec = Course(folder).spec()
    assert spec.title == "numpy course"
    assert secrecy_of(spec.seed) is Secrecy.KEPT
    assert grader("show", "double")[0] == 0


def made(grader: Grader, folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[object, str, str]:
    folder.mkdir(exist_ok=True)
    monkeypatch.chdir(folder)
    return grader("new", "double", "--arg", "x: float (n,)", "--returns", "float (n,)")


def test_no_two_courses_begin_with_one_seed(grader: Grader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seeds = set()
    for name in ("one", "two"):
        made(grader, tmp_path / name, monkeypatch)
        seeds.add(Course(tmp_path / name).spec().seed)

    assert len(seeds) == 2


def test_git_is_to_leave_grades_alone_and_to_keep_the_course(
    grader: Grader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Solutions and the seed are the teacher's work: a line that hides them has to be made active by a person."""
    made(grader, tmp_path, monkeypatch)
    lines = (tmp_path / ".gitignore").read_text(encoding="utf-8").splitlines()

    assert {"gradebook.db*", "reports/", "feedback/", "packages/"} <= set(lines)
    assert {"#solutions/", "#exercises/", "#course.yaml"} <= set(lines)
    assert {line for line in lines if line[:1] not in ("", "#")}.isdisjoint({"solutions/", "exercises/", "course.yaml"})


def test_somebodys_gitignore_is_left_as_it_is(grader: Grader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".gitignore").write_text("*.bak\n")
    status, out, _ = made(grader, tmp_path, monkeypatch)

    assert status == 0
    assert (tmp_path / ".gitignore").read_text() == "*.bak\n"
    assert ".gitignore as it is" in out
    assert "gradebook.db*" in out


def test_a_course_with_a_short_seed_is_not_added_to(course: Path, grader: Grader) -> None:
    (course / "course.yaml").write_text('seed: "2026"\n', encoding="utf-8")
    status, out, err = grader("new", "dot_product", *SIGNATURE)

    assert (status, out) == (2, "")
    assert "`seed:` hides nothing: it has fewer than 16 characters" in err
    assert set(files(course)) == {"course.yaml"}


def test_a_course_elsewhere(course: Path, grader: Grader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)

    assert grader("new", "double", *SIGNATURE, "--course", course)[0] == 0
    assert (course / "exercises" / "double.yaml").is_file()
    assert not files(elsewhere)


def test_nobody_is_asked_where_nobody_is(course: Path, grader: Grader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False)

    status, out, err = grader("new", "double")

    assert (status, out) == (2, "")
    assert "--arg" in err
    assert "--returns" in err
    assert set(files(course)) == {"course.yaml"}


def test_what_is_not_given_is_asked_for(course: Path, grader: Grader, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["a: float (m,)", "b: int", "", "float (m,)"])
    asked: list[str] = []

    def prompt(question: str, **options: object) -> str:
        asked.append(question)
        return next(answers)

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(click, "prompt", prompt)

    status, _, _ = grader("new", "shifted")

    assert status == 0
    assert len(asked) == 4
    assert "def shifted(a, b):" in (course / "solutions" / "shifted.py").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("class", *SIGNATURE), "'class' cannot name an exercise"),
        (("dot product", *SIGNATURE), "how about dot_product?"),
        (("dot", "--arg", "x float", "--returns", "float"), "an argument is written as 'name: type'"),
        (("dot", "--arg", "x: flaot", "--returns", "float"), "flaot"),
        (("dot", "--arg", "x: float", "--returns", "float (m, n"), "float (m, n"),
        (("dot", "--arg", "1x: float", "--returns", "float"), "1x"),
    ],
)
def test_what_cannot_be(course: Path, grader: Grader, arguments: tuple[str, ...], words: str) -> None:
    status, out, err = grader("new", *arguments)

    assert (status, out) == (2, "")
    assert words in err
    assert "numgrade itself failed" not in err
    assert set(files(course)) == {"course.yaml"}


def test_a_failed_start_makes_no_course(grader: Grader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert grader("new", "dot", "--arg", "x: flaot", "--returns", "float")[0] == 2
    assert not files(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no rights of this kind")
def test_the_seed_the_tests_and_the_reference_are_their_authors_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, grader: Grader
) -> None:
    monkeypatch.chdir(tmp_path)
    before = os.umask(0)
    try:
        assert grader("new", "dot_product", *SIGNATURE)[0] == 0
    finally:
        os.umask(before)
    secret = ("course.yaml", "exercises", "exercises/dot_product.yaml", "solutions", "solutions/dot_product.py")
    assert {name: stat.S_IMODE((tmp_path / name).stat().st_mode) & 0o077 for name in secret} == dict.fromkeys(secret, 0)
