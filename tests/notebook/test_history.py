"""What is taken from IPython's history, by a stand-in for its shell: old and new versions keep different things."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from grader.notebook.cells import Run
from grader.notebook.history import Recorder, recorder_of


class Shell:
    """Runs cells in name only, in the order of IPython: it begins, is in the history, and ends."""

    def __init__(self, **history: Any) -> None:
        self.callbacks: dict[str, Callable[[Any], None]] = {}
        self.events = SimpleNamespace(register=self.callbacks.__setitem__)
        self.history_manager = SimpleNamespace(input_hist_raw=[""], **history)

    def begin(self, text: str, cell: str | None = None) -> Any:
        info = SimpleNamespace(raw_cell=f"{text}\n", cell_id=cell)
        if "pre_run_cell" in self.callbacks:
            self.callbacks["pre_run_cell"](info)
        self.history_manager.input_hist_raw.append(text)
        return info

    def run(self, text: str, cell: str | None = None, *, success: bool = True) -> None:
        info = self.begin(text, cell)
        number = len(self.history_manager.input_hist_raw) - 1
        if "post_run_cell" in self.callbacks:
            self.callbacks["post_run_cell"](SimpleNamespace(info=info, execution_count=number, success=success))


def test_what_ran_before_is_known_by_its_text_and_by_what_it_raised() -> None:
    shell = Shell(exceptions={1: {"ename": "NameError"}})
    shell.run("a")
    shell.run("b")
    assert Recorder(shell).runs(shell) == [Run(1, "a", is_failed=True), Run(2, "b")]


def test_what_runs_from_then_on_is_known_with_its_cell_and_its_end() -> None:
    shell = Shell()  # as IPython was before version 9
    shell.run("a")
    recorder = Recorder(shell)
    shell.run("b", "cell-b", success=False)
    shell.run("b2", "cell-b")
    assert recorder.runs(shell) == [Run(1, "a"), Run(2, "b", "cell-b", True), Run(3, "b2", "cell-b")]


def test_the_run_that_asks_is_the_last_and_counts() -> None:
    shell = Shell()
    recorder = Recorder(shell)
    shell.begin("def f(): ...\ncheck()", "cell-a")
    assert recorder.runs(shell) == [Run(1, "def f(): ...\ncheck()", "cell-a")]


def test_after_a_reset_nothing_of_before_is_left() -> None:
    shell = Shell()
    recorder = Recorder(shell)
    shell.run("a", "cell-a", success=False)
    shell.history_manager.input_hist_raw[:] = [""]
    assert recorder.runs(shell) == []
    shell.history_manager.input_hist_raw.append("b")
    assert recorder.runs(shell) == [Run(1, "b")]


def test_a_shell_has_one_recorder() -> None:
    shell = Shell()
    assert recorder_of(shell) is recorder_of(shell)
