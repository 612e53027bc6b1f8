"""The process that judges for a kernel: cells go in, what is to be shown comes out. A key is opened in it, never here.

Starting one takes longer than judging, so the next one is started before it is needed. Until it is asked it knows
nothing: no key, and no cell.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution
from typing import Final, final

from grader.errors import NotJudged
from grader.observe.import_paths import module_folders
from grader.observe.launch import Streams, inherited, installed, start

__all__ = ["Answer", "Judges"]

_DISTRIBUTION: Final = "numgrade"
_ROLE: Final = "cli.notebook"
_LEAVE: Final = 5.0  # seconds in which it may end what it has started


@final
@dataclass(frozen=True, slots=True)
class Answer:
    """What is to be shown, in each form that there is of it; `notes` are beside it."""

    forms: Mapping[str, str]
    notes: str = ""


@final
class Judges:
    """Processes that answer a question each. One of them waits for the next."""

    def __init__(self) -> None:
        self._waiting: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        """Have one wait. Raises `NotJudged` where it cannot be started."""
        if self._waiting is None or self._waiting.poll() is not None:
            self.close()
            self._waiting = _started()

    def ask(self, question: Mapping[str, object]) -> Answer:
        """What a process says to the question (`grader.cli.notebook`). Raises what `prepare` does."""
        self.prepare()
        process, self._waiting = self._waiting, None
        assert process is not None
        answer = _answered(process, question) or _answered(_started(), question)  # it may have left just now
        if answer is None:
            raise NotJudged("the process that judges ended without an answer; try again")
        return answer

    def close(self) -> None:
        process, self._waiting = self._waiting, None
        if process is not None:
            process.terminate()  # the end of its input would do, but it may still be getting ready
            process.communicate()


def _started() -> subprocess.Popen[bytes]:
    streams = Streams(subprocess.PIPE, subprocess.PIPE, subprocess.PIPE)
    try:
        return start(installed(_ROLE, _folder()), streams, environment=inherited())
    except OSError as error:
        raise NotJudged(f"a process to judge the cells in could not be started: {error.strerror or error}") from None


def _answered(process: subprocess.Popen[bytes], question: Mapping[str, object]) -> Answer | None:
    """None where it has ended, in good order, without an answer."""
    with process:
        try:
            answer, errors = process.communicate(json.dumps(question).encode())
        except BaseException:
            _end(process)
            raise
    said = errors.decode(errors="replace").strip()
    if process.returncode:
        return Answer(
            {"text/plain": _reason(said) or f"error: the process that judges ended with {process.returncode}"}
        )
    return Answer(json.loads(answer), said) if answer else None


def _reason(said: str) -> str:
    """What a process that failed has said; of a traceback, as of a package that is not there, its last line."""
    if not said.startswith("Traceback"):
        return said
    last = said.splitlines()[-1]
    return f"error: the process that judges could not begin ({last}); install numgrade again for this kernel's Python"


def _end(process: subprocess.Popen[bytes]) -> None:
    """In time: it has a process of its own to end, and files to remove."""
    process.terminate()
    try:
        process.wait(_LEAVE)
    except subprocess.TimeoutExpired:
        process.kill()


def _folder() -> str:
    """The folder that numgrade is installed in, by its metadata: a student's own `grader.py` does not say where."""
    found = Distribution.discover(name=_DISTRIBUTION, path=module_folders())
    folder = next((str(each.locate_file("")) for each in found), None)
    if folder is None:
        raise NotJudged("numgrade is not installed for this kernel; run %pip install numgrade, then try again")
    return folder
