from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import grader
from grader.cli import grade_command as module
from grader.cli.entry_point import run
from grader.cli.judging import Judged, Request
from grader.errors import CourseError, NotJudged

HEAVY = ("numpy", "pydantic", "yaml", "jinja2", "rich", "msgspec", "markdown_it")
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def grade(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            run(module.grade, "grade", arguments)
        out, err = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, out, err

    return call


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch, judged: Callable[[str], Judged]) -> Callable[[str], list[Request]]:
    """Make `grade` judge everything as the named result; gives the requests that it then makes."""

    def choose(name: str) -> list[Request]:
        requests: list[Request] = []

        def judge(request: Request, **options: object) -> Judged:
            requests.append(request)
            return judged(name)

        monkeypatch.setattr(module, "judge", judge)
        return requests

    return choose


Answer = Callable[[str], list[Request]]


def modules_after(code: str) -> set[str]:
    script = f"import sys\ntry:\n    {code}\nfinally:\n    print(*sorted(sys.modules), sep='\\n', file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    return {name.split(".")[0] for name in done.stderr.split()}


@pytest.mark.parametrize(
    "code",
    [
        "from grader.cli.grade import main; sys.argv = ['grade', '--help']; main()",
        "from grader.cli.main import main; sys.argv = ['grader', '--help']; main()",
        "from grader.cli.grade import main; sys.argv = ['grade', '--version']; main()",
        "import grader",
    ],
)
def test_nothing_heavy_is_imported_for_help(code: str) -> None:
    assert not modules_after(code) & set(HEAVY)


def test_help_teaches_with_examples(grade: Run) -> None:
    status, out, _ = grade("--help")
    assert status == 0
    assert "grade work.ipynb -e softmax" in out
    assert "\b" not in out


def test_version(grade: Run) -> None:
    assert grade("--version") == (0, f"numgrade {grader.__version__}\n", "")


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("right", 0),
        ("undecided", 0),
        ("advice_only", 0),
        ("wrong_value", 1),
        ("missing", 1),
        ("not_attempted", 1),
        ("syntax_error", 1),
        ("not_judged", 3),
        ("whole_assignment", 3),
    ],
)
def test_exit_status(grade: Run, answer: Answer, name: str, status: int) -> None:
    answer(name)
    assert grade()[0] == status


def test_text_is_the_default_and_plain_in_a_pipe(grade: Run, answer: Answer) -> None:
    answer("wrong_value")
    _, out, err = grade("softmax.py")
    assert out.startswith("✗ softmax")
    assert "\x1b" not in out
    assert err == ""


def test_json_goes_to_standard_output_alone(grade: Run, answer: Answer) -> None:
    answer("wrong_value")
    _, out, err = grade("--format", "json")
    assert json.loads(out)["points"] == 2
    assert err == ""


@pytest.mark.parametrize(("form", "start"), [("junit", "<?xml"), ("github", "::error file=softmax.py")])
def test_other_forms(grade: Run, answer: Answer, form: str, start: str) -> None:
    answer("wrong_value")
    assert grade("--format", form)[1].startswith(start)


def test_output_goes_into_a_file(grade: Run, answer: Answer, tmp_path: Path) -> None:
    answer("wrong_value")
    file = tmp_path / "report.txt"
    status, out, _ = grade("--output", str(file))
    assert (status, out) == (1, "")
    assert file.read_text(encoding="utf-8").startswith("✗ softmax")
    assert list(tmp_path.iterdir()) == [file]


def test_what_is_asked_for(grade: Run, answer: Answer) -> None:
    requests = answer("right")
    grade("a.py", "b.ipynb", "-e", "softmax", "-e", "L1", "--course", "c", "--reveal", "all", "-a", "week")
    assert requests == [Request((Path("a.py"), Path("b.ipynb")), ("softmax", "L1"), Path("c"), "week", "all")]
    grade()
    assert requests[1] == Request((Path(),))


def test_hints_are_a_ladder(grade: Run, answer: Answer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMGRADE_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    answer("wrong_value")
    texts = [grade("--hint")[1] for _ in range(6)]
    assert texts[0] == "softmax, hint 1 of 5: Subtract first.\n"
    assert texts[1].startswith("softmax, hint 2 of 5: Keep the axis")
    assert texts[2] == "softmax, hint 3 of 5: Each row sums to 1.\n"
    assert texts[3].startswith("softmax, hint 4 of 5: Each column sums to 1")
    assert "That was the last hint." in texts[4]
    assert all(text in texts[5] for text in texts[:4])
    assert "These are all the hints there are." in texts[5]
    assert [path.name for path in tmp_path.iterdir()] == ["cache"]


def test_no_hint_where_nothing_is_wrong(grade: Run, answer: Answer) -> None:
    answer("right")
    assert grade("--hint") == (0, "Nothing that can be seen is wrong: no hint is needed.\n", "")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--hint", "--format", "json"],
        ["--watch", "--output", "report.txt"],
        ["--hint", "--watch"],
        ["--format", "xml"],
        ["--unknown"],
    ],
)
def test_what_cannot_be_asked_for(grade: Run, arguments: list[str]) -> None:
    status, out, err = grade(*arguments)
    assert (status, out) == (2, "")
    assert err.startswith("error: ")
    assert "Try `grade --help`." in err


@pytest.mark.parametrize(
    ("error", "status"), [(CourseError("no course here"), 2), (NotJudged("no process could be started"), 3)]
)
def test_errors_of_ours_are_texts(grade: Run, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int) -> None:
    def judge(request: Request, **options: object) -> Judged:
        raise error

    monkeypatch.setattr(module, "judge", judge)
    assert grade() == (status, "", f"error: {error}\n")


def fail(kind: type[BaseException]) -> Callable[..., Judged]:
    def judge(request: Request, **options: object) -> Judged:
        raise kind("no\x1b[2Jway")

    return judge


def test_what_nobody_expected_is_said_to_be_our_fault(grade: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NUMGRADE_DEBUG", raising=False)
    monkeypatch.setattr(module, "judge", fail(ZeroDivisionError))
    status, out, err = grade()
    assert (status, out) == (3, "")
    assert err.startswith("error: numgrade itself failed (test_grade.py, line ")
    assert "ZeroDivisionError: no[2Jway" in err
    assert "Traceback" not in err


def test_with_a_traceback_for_those_who_want_it(grade: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMGRADE_DEBUG", "1")
    monkeypatch.setattr(module, "judge", fail(ZeroDivisionError))
    status, _, err = grade()
    assert status == 3
    assert err.startswith("Traceback")


def test_interrupted_where_a_library_makes_another_error_of_it(grade: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def judge(request: Request, **options: object) -> Judged:
        raise RuntimeError("Error building a validator: KeyboardInterrupt: ")

    monkeypatch.setattr(module, "judge", judge)
    assert grade() == (130, "", "")


def test_interrupted(grade: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "judge", fail(KeyboardInterrupt))
    assert grade()[0] == 130


def test_no_file_is_no_crash(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "grader.cli.grade", str(tmp_path / "none.py")],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NUMGRADE_CACHE": str(tmp_path)},
    )
    assert done.returncode == 2
    assert done.stderr == f"error: {tmp_path / 'none.py'}: no such file or folder\n"
