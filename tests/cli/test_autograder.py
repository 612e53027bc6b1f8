"""What runs where a package is: the late rules, the files, and the user that judges."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from grader.cli import privileges as module
from grader.cli.autograder import _files, _lateness, _metadata, _moment, _note, _users
from grader.cli.privileges import run_unprivileged
from grader.course.key import Assignment, LateRule
from grader.errors import NotJudged

pytestmark = pytest.mark.slow

DUE = datetime(2026, 10, 1, 22, 0, tzinfo=UTC)
# As Gradescope documents it.
METADATA = {
    "id": 123456,
    "created_at": "2026-10-02T12:00:00.000000-07:00",
    "assignment": {"id": 25828, "title": "Week 1", "due_date": "2026-10-01T22:00:00.0Z", "total_points": "60.0"},
    "submission_method": "upload",
    "users": [{"id": 1234, "email": "amina@example.org", "name": "Amina"}, {"id": 1235, "email": "b@example.org"}],
    "previous_submissions": [],
}


def assignment(days: int = 0, **extensions: str) -> Assignment:
    rule = LateRule(0.0, Fraction(1, 10), Fraction(1, 2), days)
    return Assignment("week1", "Week 1", ("L1",), DUE.isoformat(), rule, extensions)


def test_what_gradescope_says_of_a_submission(tmp_path: Path) -> None:
    file = tmp_path / "submission_metadata.json"
    file.write_text(json.dumps(METADATA))
    found = _metadata(file)
    assert _users(found) == ["amina@example.org", "1234", "Amina", "b@example.org", "1235"]
    assert _moment(found["created_at"]) == DUE + timedelta(hours=21)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"users": 7, "created_at": 3}', '{"users": [1]}'])
def test_metadata_that_says_nothing_of_use_costs_nothing(tmp_path: Path, text: str) -> None:
    file = tmp_path / "submission_metadata.json"
    file.write_text(text)
    found = _metadata(file)
    late = _lateness(assignment(), _users(found), _moment(found.get("created_at")))
    assert (late.kept, _note(assignment(), late)) == (1, "")
    assert _metadata(tmp_path / "none") == {}


def test_lateness_costs_what_the_course_says() -> None:
    late = _lateness(assignment(), ["a"], DUE + timedelta(hours=30))
    assert late.kept == Fraction(8, 10)
    assert "2 days late" in _note(assignment(), late)


def test_an_extension_is_found_by_whatever_gradescope_knows() -> None:
    later = assignment(**{"amina@example.org": (DUE + timedelta(days=3)).isoformat()})
    assert _lateness(later, _users(METADATA), DUE + timedelta(days=2)).kept == 1
    assert _lateness(later, ["other"], DUE + timedelta(days=2)).kept < 1


def test_days_to_spend_are_left_to_the_gradebook() -> None:
    late = _lateness(assignment(days=2), ["a"], DUE + timedelta(hours=30))
    assert late.kept == 1
    assert "settled when all is graded" in _note(assignment(days=2), late)


def test_files_in_a_folder_of_the_archive_are_found(tmp_path: Path) -> None:
    assert _files(tmp_path) == ()
    for name in ("hw/work.py", "__MACOSX/hw/work.py", "hw/.ipynb_checkpoints/work.ipynb", "notes.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    assert _files(tmp_path) == (tmp_path / "hw" / "work.py",)
    (tmp_path / "top.py").write_text("")
    assert _files(tmp_path) == (tmp_path / "top.py",)


as_root = pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can become another user")


@as_root
def test_root_judges_as_somebody_else(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module, "_is_for_root_alone", lambda: False)
    secret = tmp_path / "answers"
    secret.write_text("42")
    secret.chmod(0o600)

    def work(isolation: str) -> str:
        try:
            secret.read_text()
        except PermissionError:
            return f"{isolation} {os.getuid()} Ω"
        return "read it"

    level, user, letter = run_unprivileged(work).split()
    assert (level, letter) == ("auto", "Ω")
    assert int(user) not in (0, os.getuid())


@as_root
def test_a_judge_that_dies_is_a_fault_of_ours(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(module, "_is_for_root_alone", lambda: False)

    def work(isolation: str) -> str:
        raise ValueError("lost")

    with pytest.raises(NotJudged):
        run_unprivileged(work)
    assert "ValueError: lost" in capfd.readouterr().err


@as_root
def test_where_only_root_reads_python_there_have_to_be_walls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_is_for_root_alone", lambda: True)
    assert run_unprivileged(str) == "standard"


def test_who_is_not_root_needs_no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.observe.walls.identity.is_root", lambda: False)
    assert run_unprivileged(lambda isolation: f"{isolation} {os.getpid()}") == f"auto {os.getpid()}"
