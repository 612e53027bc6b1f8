"""The process that judges for a notebook's kernel: its cells on standard input, what is to be shown on standard output.

Both are JSON. An error is told as any command's: on standard error, with its exit status. The process may have been
started long before it is asked: it gets ready at once, opens no key before there is a question, and answers only one.
"""

from __future__ import annotations

import io
import json
import os
import sys
import threading
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn, final

import click

from grader.cli.entry_point import enter

if TYPE_CHECKING:
    from grader.cli.judging import Judged
    from grader.grading.keys import Keys
    from grader.judge.result import Result
    from grader.message import Message
    from grader.observe.observer import Observer
    from grader.report.words import Door

__all__ = ["Question", "main"]

_PATIENCE: Final = 600.0  # seconds
_NAME: Final = "this notebook"


@final
@dataclass(frozen=True, slots=True)
class Question:
    """What a kernel asks (`grader.notebook.cells.Selected` says what the first three are).

    exercises  names; none for those that the cells are about
    hint       whether a hint is wanted in place of the feedback
    folder     where the kernel works
    course     the folder of the course or handout, as the student has named it, if they have
    html       whether the kernel can show it
    """

    cells: tuple[str, ...]
    reordered: tuple[int, ...]
    failed: tuple[int, ...]
    exercises: tuple[str, ...]
    hint: bool
    folder: str
    course: str | None
    html: bool

    @classmethod
    def read(cls, data: bytes) -> Question:
        import msgspec

        read = msgspec.convert(json.loads(data), cls)
        return replace(read, cells=tuple(map(_encodable, read.cells)))


def _encodable(text: str) -> str:
    """The text without halves of characters, which a string in a kernel may have."""
    return text.encode(errors="replace").decode()


@click.command()
def _command() -> None:
    from grader.observe.opening import open_observer
    from grader.observe.walls.levels import Level
    from grader.words.language import speaking

    observer = open_observer(Level.NONE.value)
    observer.prefetch()  # before numpy is imported here: the child imports it meanwhile
    with observer:
        _get_ready()
        asked = _asked(observer)
        if not asked:  # the kernel has ended
            return
        question = Question.read(asked)
        judged = _judged(question, observer)
    with speaking(judged.language):
        forms = _hints(judged, question) if question.hint else _feedback(judged, question)
    sys.stdout.write(json.dumps(forms))


def _get_ready() -> None:
    """Load what an answer needs."""
    from grader.cli import hints, imported
    from grader.report.feedback import hints_html

    assert hints is not None
    assert imported is not None
    hints_html(())  # which reads the templates


def _asked(observer: Observer) -> bytes:
    """The question. Where none comes for long, this process ends; the kernel then starts another."""
    patience = threading.Timer(_PATIENCE, _leave, (observer,))
    patience.daemon = True
    patience.start()
    asked = sys.stdin.buffer.read()
    patience.cancel()
    return asked


def _leave(observer: Observer) -> None:
    observer.close()
    os._exit(0)


def _judged(question: Question, observer: Observer) -> Judged:
    """The cells, judged as `grade` judges a file, and as far as their student may see it."""
    import msgspec

    from grader.cli.imported import imported_by
    from grader.cli.judging import Judged, is_wrong, of_first_variants
    from grader.cli.language import of_people
    from grader.grading.answers import File, judge_files
    from grader.judge.reveal import Reveal, project

    folder = Path(question.folder)
    keys = _keys(question, folder)
    open_cells = File(_NAME, "\n".join(question.cells).encode(), cells=question.cells)
    files = [*imported_by([(open_cells, folder)]), open_cells]
    names = tuple(dict.fromkeys(question.exercises)) or None
    result = judge_files(keys, files, observer, exercises=names, enough=is_wrong if question.hint else None)
    _check_found(result, keys)
    shown = project(result, Reveal.HINT)
    more = (*of_first_variants(keys, result), *_remarks(question))
    shown = msgspec.structs.replace(shown, remarks=(*shown.remarks, *more))
    judged = keys.keys(exercise.name for exercise in result.exercises)
    return Judged(shown, judged, keys.home, of_people(None, keys.language), names=keys.names)


def _keys(question: Question, folder: Path) -> Keys:
    from grader.cli.judging import check_name, say_bare, worded
    from grader.grading.keys import open_keys
    from grader.judge.messages.keys import FOR_NOTEBOOKS

    course = None if question.course is None else folder / Path(question.course).expanduser()
    with worded():
        keys = open_keys((folder,), course, on_bare=say_bare, advice=FOR_NOTEBOOKS())
    for name in question.exercises:
        check_name(name, keys.names, "exercise")
    return keys


def _check_found(result: Result, keys: Keys) -> None:
    from grader.errors import GraderError
    from grader.words.text import lines

    if not result.exercises:
        there_are = ", ".join(keys.names) or "there are none"
        said = lines(result.remarks).rstrip(".") or f"no cell that has run is about an exercise ({there_are})"
        raise GraderError(f'{said}.\nTo hear what is missing, name the exercise: check("NAME").')


def _remarks(question: Question) -> list[Message]:
    from grader.judge.remarks import cells_failed, cells_reordered

    reordered = [cells_reordered(question.reordered)] if question.reordered else []
    return reordered + ([cells_failed(question.failed)] if question.failed else [])


def _feedback(judged: Judged, question: Question) -> dict[str, str]:
    from grader.cli.hints import offering
    from grader.report.page import plain_console
    from grader.report.text import render
    from grader.report.words import NOTEBOOK

    stream, door = io.StringIO(), offering(NOTEBOOK, judged)
    render(judged.result, plain_console(stream), door)
    return {"text/plain": stream.getvalue().rstrip()} | (_html_of(judged.result, door) if question.html else {})


def _html_of(result: Result, door: Door) -> dict[str, str]:
    from grader.report.feedback import notebook_html

    return {"text/html": notebook_html(result, door)}


def _hints(judged: Judged, question: Question) -> dict[str, str]:
    from grader.cli.hints import hint_for
    from grader.report.feedback import hints_html
    from grader.report.formulas import without_maths
    from grader.report.page import Page, plain_console
    from grader.report.words import NOTEBOOK

    hints = hint_for(judged, NOTEBOOK)
    page = Page(plain_console(stream := io.StringIO()))
    for hint in hints:
        page.paragraph(page.text(without_maths(hint)), hanging=2)
    return {"text/plain": stream.getvalue().rstrip()} | ({"text/html": hints_html(hints)} if question.html else {})


def main() -> NoReturn:
    enter(_command, "check")
