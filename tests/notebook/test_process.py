"""The process that judges for a kernel: one waits, each answers once, and none opens a key before it is asked."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench.basics import basics
from grader.cli import notebook
from grader.cli.entry_point import run
from grader.errors import NotJudged
from grader.notebook import process
from grader.notebook.process import Judges

pytestmark = pytest.mark.slow

COURSE = basics()
WRONG = "import numpy as np\n\ndef L1(yhat, y):\n    return np.mean(np.abs(y - yhat))\n"


def question(**parts: Any) -> dict[str, Any]:
    """One about L1, in the example course."""
    asked = {"cells": ["", WRONG], "reordered": [], "failed": [], "exercises": ["L1"], "hint": False, "html": True}
    return asked | {"folder": str(COURSE), "course": None} | parts


def waiting(judges: Judges) -> subprocess.Popen[bytes]:
    found = judges._waiting
    assert found is not None
    return found


def test_cells_go_in_and_feedback_comes_out_in_both_forms() -> None:
    answer = Judges().ask(question())
    text, html = answer.forms["text/plain"], answer.forms["text/html"]
    assert 'no grade. Next: L1. Try `check("L1", hint=True)`.' in " ".join(text.split())
    assert html.startswith('<div class="numgrade"')
    for words in ("not right yet", "1.5 came back, but 3.0 was expected", "Next: L1.", "no grade"):
        assert words in text
        assert words in html


def test_a_terminal_gets_no_html_and_is_told_of_the_order(tmp_path: Path) -> None:
    asked = question(html=False, course=str(COURSE), folder=str(tmp_path), reordered=[4, 2], failed=[3])
    forms = Judges().ask(asked).forms
    assert set(forms) == {"text/plain"}
    told = " ".join(forms["text/plain"].split())
    assert "They are judged in the order in which they ran: [4], [2]" in told
    assert "Cell [3] stopped with an error, and is not judged" in told


def test_what_cells_import_of_the_folder_is_there(tmp_path: Path) -> None:
    (tmp_path / "helper.py").write_text("import numpy as np\ndef total(x): return np.sum(np.abs(x))\n")
    cells = ["from helper import total\ndef L1(yhat, y):\n    return total(y - yhat)\n"]
    answer = Judges().ask(question(cells=cells, folder=str(tmp_path), course=str(COURSE)))
    assert answer.forms["text/plain"].startswith("✓ L1")


def test_what_cannot_be_done_is_what_the_process_has_said() -> None:
    (told,) = Judges().ask(question(exercises=["L11"])).forms.values()
    assert told.startswith("error: no exercise 'L11'; did you mean 'L1'?")


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"folder": "/"}, 'or name the folder: check("NAME", course="DIR")'),
        ({"course": "nowhere"}, "nowhere: no course here"),
        ({"cells": ["x = 1"], "exercises": []}, "no cell that has run is about an exercise (sigmoid_derivative,"),
        ({"cells": [], "exercises": []}, "no cell of it has run; run the cells with your work"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line_or_two(
    parts: dict[str, Any], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """By what such a process does, in this one."""
    asked = io.TextIOWrapper(io.BytesIO(json.dumps(question(**parts)).encode()))
    monkeypatch.setattr(sys, "stdin", asked)
    with pytest.raises(SystemExit):
        run(notebook._command, "notebook", [])
    out, told = capsys.readouterr()
    assert out == ""
    assert told.startswith("error: ")
    assert said in told
    assert "Traceback" not in told


def test_one_process_waits_and_answers_once() -> None:
    judges = Judges()
    judges.prepare()
    first = waiting(judges)
    judges.prepare()
    assert waiting(judges) is first
    judges.ask(question())
    assert first.returncode == 0
    judges.close()


def test_one_that_has_left_is_replaced() -> None:
    judges = Judges()
    judges.prepare()
    first = waiting(judges)
    assert first.stdin is not None
    first.stdin.close()  # as when nobody asks for long
    first.stdin = None
    first.wait()
    judges.prepare()
    assert waiting(judges) is not first
    judges.close()


def test_one_that_is_interrupted_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    judges = Judges()
    judges.prepare()
    asked = waiting(judges)

    def interrupt(data: bytes) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(asked, "communicate", interrupt)
    with pytest.raises(KeyboardInterrupt):
        judges.ask(question())
    assert asked.returncode is not None


def test_the_folder_at_hand_does_not_say_where_numgrade_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "numgrade-99.dist-info").mkdir()
    (tmp_path / "numgrade-99.dist-info" / "METADATA").write_text("Name: numgrade\nVersion: 99\n")
    monkeypatch.chdir(tmp_path)
    for entry in ("", str(tmp_path)):
        monkeypatch.syspath_prepend(entry)
    assert Path(process._folder()) != tmp_path
    monkeypatch.setattr("sys.path", ["", str(tmp_path)])
    with pytest.raises(NotJudged, match="pip install"):
        process._folder()


def test_of_a_traceback_the_last_line_is_told() -> None:
    said = "Traceback (most recent call last):\n  File ...\nModuleNotFoundError: No module named 'numpy'"
    assert process._reason("error: no exercise 'x'") == "error: no exercise 'x'"
    assert process._reason(said) == (
        "error: the process that judges could not begin (ModuleNotFoundError: No module named 'numpy'); "
        "install numgrade again for this kernel's Python"
    )
