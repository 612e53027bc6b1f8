"""What `--language` comes to."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from grader.cli.grade_command import grade
from grader.cli.language import of_people, of_programs
from grader.cli.show import command as show
from grader.words.english.help import HELP
from grader.words.language import Language, spoken

HALF = "def half(x):\n    return x\n"
SPECIFICATION = """\
title: Half
args:
  x: float
returns: float
task: Half of a number.
examples:
  - args: {x: 2.0}
tests:
  - name: any number
hints:
  - What is half of two?
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("course")
    for name, text in {
        "course.yaml": "title: C\n",
        "exercises/half.yaml": SPECIFICATION,
        "solutions/half.py": "def half(x):\n    return x / 2\n",
        "work/half.py": HALF,
    }.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def said(course: Path, *options: str) -> str:
    done = CliRunner().invoke(grade, [str(course / "work"), *options], catch_exceptions=False)
    assert spoken() is Language.ENGLISH
    return done.stdout


@pytest.mark.slow
def test_a_student_is_told_in_the_language_that_is_asked_for(course: Path) -> None:
    assert "返回了 2.0，但应该是 1.0。" in said(course, "--language", "zh")
    assert "Zurück kam 2.0, erwartet war 1.0." in said(course, "--language", "de")
    assert "2.0 came back, but 1.0 was expected." in said(course)


@pytest.mark.slow
def test_else_in_that_of_the_course_or_the_machine(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_MESSAGES", "zh_CN.UTF-8")
    assert "返回了" in said(course)
    (course / "course.yaml").write_text("title: C\nlanguage: de\n", encoding="utf-8")
    assert "Zurück kam" in said(course)
    assert "came back" in said(course, "--language", "en")
    (course / "course.yaml").write_text("title: C\n", encoding="utf-8")


@pytest.mark.slow
def test_a_program_is_told_in_english_unless_it_asks(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_MESSAGES", "zh_CN.UTF-8")
    for form in ("json", "junit", "github"):
        assert "2.0 came back" in said(course, "--format", form)
    assert "erwartet war 1.0" in said(course, "--format", "json", "--language", "de")


def test_hints_are_in_the_language_too(course: Path) -> None:
    assert "half，提示 1/3：" in said(course, "--language", "zh", "--hint")


def test_so_is_what_cannot_be_done(course: Path) -> None:
    done = CliRunner().invoke(grade, [str(course / "nowhere.py"), "--language", "de"])
    assert str(done.exception) == f"{course / 'nowhere.py'}: Diese Datei oder diesen Ordner gibt es nicht"
    done = CliRunner().invoke(grade, [str(course / "work"), "-e", "halv", "--language", "zh"])
    assert str(done.exception) == "没有题目 'halv'；是不是想写 'half'？"


def test_a_machine_has_no_say_in_what_programs_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_MESSAGES", "de_DE")
    assert (of_people(None), of_programs(None)) == (Language.GERMAN, Language.ENGLISH)
    assert of_programs("zh") is Language.CHINESE


TEACHERS = ("run", "check", "show", "regrade", "mark", "report", "build", "library")


@pytest.mark.parametrize("name", TEACHERS)
def test_teachers_commands_have_the_same_option(name: str) -> None:
    options = importlib.import_module(f"grader.cli.{name}").command.params
    (option,) = (each for each in options if each.name == "language")
    assert option.help == HELP["help.language"]


def test_a_teacher_sees_the_texts_of_the_language_that_is_asked_for(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = course / "exercises" / "half.yaml"
    file.write_text(SPECIFICATION.replace("title: Half", "title: {en: Half, zh: 一半}"), encoding="utf-8")

    def shown(*options: str) -> str:
        done = CliRunner().invoke(show, ["half", "--course", str(course), *options], catch_exceptions=False)
        assert spoken() is Language.ENGLISH
        return done.stdout

    assert "一半" in shown("--language", "zh")
    assert "Half" in shown("--language", "de")
    monkeypatch.setenv("LC_MESSAGES", "zh_CN.UTF-8")
    assert "一半" in shown()
    (course / "course.yaml").write_text("title: C\nlanguage: de\n", encoding="utf-8")
    assert "Half" in shown()
    for name, text in (("course.yaml", "title: C\n"), ("exercises/half.yaml", SPECIFICATION)):
        (course / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--course", "{here}"), "{here}：这里没有课程（没有 course.yaml），也没有讲义（没有 handout.key）"),
        (("--hint", "--format", "json"), "--hint 把文字写到屏幕上：请去掉 --format 和 --output。"),
        (("--hint", "--watch"), "--hint 给出一条提示就结束；在 --watch 中，按 h 得到提示。"),
        ((), "没有找到题目：{here}/work.py 以及它上面的文件夹里，都没有 course.yaml（课程）或 handout.key（讲义）。"),
    ],
)
def test_what_grade_refuses_is_said_in_the_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "work.py").write_text(HALF, encoding="utf-8")
    named = [option.format(here=tmp_path) for option in options]
    done = CliRunner().invoke(grade, [str(tmp_path / "work.py"), "--language", "zh", *named])
    told = done.output if done.exception is None or isinstance(done.exception, SystemExit) else str(done.exception)
    assert words.format(here=tmp_path) in told


@pytest.mark.slow
@pytest.mark.usefixtures("judging_here")
def test_all_that_commands_of_teachers_say_is_in_the_language(
    grade_class: Callable[..., Path], work_in_copy: Callable[[Path], Path], grader: Callable[..., Any]
) -> None:
    right = "def half(x):\n    return x / 2\n"
    course = work_in_copy(grade_class(SPECIFICATION, amina=right.replace("half", "double"), bruno=""))
    (course / "course.yaml").write_text("title: C\nseed: short\nlanguage: de\n", encoding="utf-8")
    (course / "class" / "chen").mkdir()
    (course / "class" / "chen" / "essay.pdf").write_bytes(b"%PDF")

    def said(*arguments: str) -> str:
        return " ".join(" ".join(grader(*arguments)[1:]).split())

    run = said("run", "class", "--isolation", "none", "-j", "1")
    assert "Hinweis: course.yaml: Die verborgenen Eingaben lassen sich durch Ausprobieren finden" in run
    assert "chen: chen/essay.pdf: ist weder eine .py- noch eine .ipynb-Datei" in run
    assert "there" not in run
    for arguments, words in (
        (("run", "nowhere"), "nowhere: Diese Datei oder diesen Ordner gibt es nicht"),
        (("run", "."), ". ist ein Kurs und keine Klasse"),
        (("run", "class", "--watch", "--format", "json"), ""),
        (("regrade", "--allow-lower"), "--allow-lower gehört zu --apply"),
        (("mark", "chan", "double", "3", "--why", "x"), "'chan' in"),
        (("mark", "chen", "double", "viel", "--why", "x"), "schreib eine Zahl"),
        (("mark", "chen", "double", "-1", "--why", "x"), "gib mindestens 0"),
        (("report", "--student", "chan"), "ist 'chen' gemeint?"),
        (("export", "csv", "--gradebook", "none.db", "--language", "de"), "Hier gibt es kein Notenbuch"),
        (("export", "gradescope"), "nenne einen Ordner"),
        (("export", "canvas", "course.yaml"), "also ist es kein Notenbuch"),
        (("export", "moodle", "course.yaml"), "Keine Spalte heißt `Grade`"),
        (("export", "csv", "-o", "grades.csv"), "2 Personen haben nichts abgegeben, was beurteilt werden kann"),
        (("export", "gradescope", "-o", "out", "--language", "zh"), "2 名学生交的内容没有可以评判的"),
    ):
        assert words in said(*arguments), arguments
