"""What IPython is given, by a stand-in for its shell."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest

import grader
from grader.errors import NotJudged
from grader.notebook import extension
from grader.notebook.process import Answer


class Shell:
    """`shown` has what was displayed."""

    def __init__(self, *texts: str, **names: object) -> None:
        self.shown: list[dict[str, str]] = []
        self.magics: dict[str, Any] = {}
        self.user_ns: dict[str, object] = names
        self.events = SimpleNamespace(register=lambda event, callback: None)
        self.history_manager = SimpleNamespace(input_hist_raw=["", *texts])
        self.display_pub = SimpleNamespace(publish=self.shown.append)
        self.magics_manager = SimpleNamespace(magics={"line": self.magics})

    def register_magic_function(self, function: Any, *, magic_name: str) -> None:
        self.magics[magic_name] = function


class Judges:
    """Answers with the question; `asked` has them all."""

    def __init__(self) -> None:
        self.asked: list[Mapping[str, Any]] = []

    def prepare(self) -> None:
        raise NotJudged("nobody waits here")

    def ask(self, question: Mapping[str, Any]) -> Answer:
        self.asked.append(question)
        return Answer({"text/plain": "told"}, "a note")


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch) -> Shell:
    shell = Shell("x = 1", "check()")
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    return shell


@pytest.fixture
def judges(monkeypatch: pytest.MonkeyPatch) -> Judges:
    monkeypatch.setattr(extension, "_JUDGES", judges := Judges())
    return judges


def test_the_package_has_the_names_that_ipython_and_students_look_for() -> None:
    assert grader.check is extension.check
    assert grader.load_ipython_extension is extension.load_ipython_extension
    with pytest.raises(AttributeError, match="module 'grader' has no attribute 'chek'"):
        _ = grader.chek


def test_loading_binds_the_magic_and_the_free_name(judges: Judges) -> None:
    free, taken = Shell(), Shell(check="mine")
    for shell in (free, taken):
        extension.load_ipython_extension(shell)
        assert list(shell.magics) == ["grade"]
    assert (free.user_ns["check"], taken.user_ns["check"]) == (extension.check, "mine")
    for shell in (free, taken):
        extension.unload_ipython_extension(shell)
        assert not shell.magics
    assert (free.user_ns, taken.user_ns) == ({}, {"check": "mine"})


def test_what_is_asked_and_shown(shell: Shell, judges: Judges, capsys: pytest.CaptureFixture[str]) -> None:
    def softmax() -> None:
        pass

    extension.check("L1", softmax, hint=True, course="..")
    (asked,) = judges.asked
    assert (asked["cells"], asked["exercises"], asked["hint"], asked["course"]) == (
        ("x = 1",),
        ["L1", "softmax"],
        True,
        "..",
    )
    assert shell.shown == [{"text/plain": "told"}]
    assert capsys.readouterr().err == "a note\n"


@pytest.mark.parametrize(
    ("line", "exercises", "hint"),
    [
        ("", [], False),
        ("L1 L2", ["L1", "L2"], False),
        ("L1 --hint # so", ["L1"], True),
        ("'L1', \"L2;", ["L1", "L2"], False),
    ],
)
def test_the_magic_takes_names_and_hint(
    shell: Shell, judges: Judges, line: str, exercises: list[str], hint: bool
) -> None:
    extension.load_ipython_extension(shell)
    shell.magics["grade"](line)
    assert (judges.asked[0]["exercises"], judges.asked[0]["hint"]) == (exercises, hint)


def test_html_is_asked_for_where_there_is_a_kernel(shell: Shell, judges: Judges) -> None:
    extension.check()
    shell.kernel = object()  # type: ignore[attr-defined]
    extension.check()
    assert [asked["html"] for asked in judges.asked] == [False, True]


def test_what_cannot_be_done_is_shown_and_not_raised(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(question: Mapping[str, Any]) -> Answer:
        raise NotJudged("no process")

    monkeypatch.setattr(extension, "_JUDGES", SimpleNamespace(ask=fail, prepare=lambda: None))
    extension.check("L1")
    assert shell.shown == [{"text/plain": "error: no process"}]


@pytest.mark.slow
def test_without_a_notebook_it_says_so() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from grader import check; check('L1'); import sys; print('IPython' in sys.modules)"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout == "False\n"
    assert done.stderr.startswith("check: this judges the cells of an open notebook")
