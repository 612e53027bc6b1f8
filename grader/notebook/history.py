"""What a kernel has run so far, from IPython's own history: texts, which of them failed, and of which cells they are.

IPython keeps the texts of a session and, since version 9, what each of them raised. Which cell of the notebook it was,
it says only while it runs: that is written down from when we are loaded on. The notebook's file is never read.
"""

from __future__ import annotations

from typing import Any, Final, final
from weakref import WeakKeyDictionary

from grader.notebook.cells import Run

__all__ = ["Recorder", "recorder_of"]


@final
class Recorder:
    """Writes down what IPython says of each run, when it begins and when it has ended. `shell` is its InteractiveShell.

    It is whatever the kernel has, in many versions, and so of no type.
    """

    def __init__(self, shell: Any) -> None:
        self._ended: dict[int, Run] = {}
        self._begun: tuple[str, str | None] = ("", None)
        shell.events.register("pre_run_cell", self.begin)
        shell.events.register("post_run_cell", self.end)

    def begin(self, info: Any) -> None:
        self._begun = (_text(info), _cell(info))

    def end(self, result: Any) -> None:
        info, number = getattr(result, "info", None), getattr(result, "execution_count", None)
        if info is not None and number is not None:
            self._ended[number] = Run(number, _text(info), _cell(info), is_failed=not result.success)

    def runs(self, shell: Any) -> list[Run]:
        """All runs of this session, oldest first. The one that asks is the last, and counts as far as it has come."""
        history = shell.history_manager
        texts = list(getattr(history, "input_hist_raw", [""]))
        raised = getattr(history, "exceptions", {})
        runs = [self._run(number, text, number in raised) for number, text in enumerate(texts)]
        return [*runs[1:-1], *(self._asking(run) for run in runs[1:][-1:])]

    def _run(self, number: int, text: str, is_failed: bool) -> Run:
        """What was written down, if it is of the same session."""
        ended = self._ended.get(number)
        return ended if ended is not None and ended.text == text else Run(number, text, is_failed=is_failed)

    def _asking(self, run: Run) -> Run:
        text, cell = self._begun
        return Run(run.number, run.text, cell, run.is_failed) if run.cell is None and text == run.text else run


_RECORDERS: Final[WeakKeyDictionary[Any, Recorder]] = WeakKeyDictionary()


def recorder_of(shell: Any) -> Recorder:
    """The one of this shell; it begins to write when it is first asked for."""
    if shell not in _RECORDERS:
        _RECORDERS[shell] = Recorder(shell)
    return _RECORDERS[shell]


def _text(info: Any) -> str:
    """As the history has it."""
    return str(getattr(info, "raw_cell", "")).rstrip("\n")


def _cell(info: Any) -> str | None:
    cell = getattr(info, "cell_id", None)
    return cell if isinstance(cell, str) and cell else None
