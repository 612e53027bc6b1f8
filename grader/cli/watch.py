"""Grading again whenever a file changes, one exercise at a time."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Collection
from functools import partial
from typing import Final, TextIO, final

from rich.console import Console
from rich.text import Text

from grader.cli.files import Snapshot, snapshot
from grader.cli.hints import count_hints, hint_text
from grader.cli.judging import Judged, Request, exit_status, judge
from grader.cli.keyboard import QUIT, Keyboard, Quit, keyboard, unless_quit
from grader.cli.language import of_people
from grader.cli.termination import INTERRUPTED
from grader.cli.view import View, after_grading, following, keys_of, pressed, selected
from grader.cli.window import window_parts
from grader.errors import GraderError
from grader.judge.result import ExerciseResult
from grader.report.annotations import annotation_line, annotations_of
from grader.report.formulas import without_maths
from grader.report.page import MARKS, STYLES, Page, terminal
from grader.report.text import mark_of, render, render_exercise
from grader.report.words import WATCH, is_right, next_step, progress
from grader.words.language import speaking
from grader.words.text import said

__all__ = ["BEGIN", "END", "Watch", "watch"]

BEGIN: Final = "grade: begin"
END: Final = "grade: end"
_POLL: Final = 0.3
_ROWS_OF_KEYS: Final = 4  # a blank one, the keys in two at most, and where the cursor stands


def watch(request: Request, *, stdin: TextIO | None = None, stdout: TextIO | None = None) -> int:
    """Watch until `q` is pressed; the exit status is that of the last result."""
    console = terminal(stdout or sys.stdout)
    with keyboard(stdin or sys.stdin) as keys, speaking(of_people(request.language)):
        grade_now = partial(unless_quit, keys, lambda: judge(request))
        return Watch(grade_now, lambda: snapshot(request.paths), keys, console).run()


@final
class Watch:
    """One watch: what it was last told, and what it shows of that."""

    def __init__(
        self,
        grade_now: Callable[[], Judged],
        look: Callable[[], Snapshot],
        keys: Keyboard,
        console: Console,
    ) -> None:
        self._grade = grade_now
        self._look = look
        self._keys = keys
        self._console = console
        self._view = View()

    def run(self) -> int:
        """Grade, show, wait; until `q`. An error before anything was graded ends it, a later one is only shown."""
        seen = self._look()
        self._say_grading()
        try:
            judged = self._grade()
        except Quit:
            return INTERRUPTED
        self._show(judged)
        with contextlib.suppress(Quit):
            while True:
                key = self._pressed(_POLL)
                if key is not None:
                    self._turn(key, judged)
                elif (now := self._look()) != seen and now == self._settled():
                    saved = {path.name for path, *_ in set(now) - set(seen)}
                    seen = now
                    judged = self._again(judged, saved)
        return exit_status(judged.result)

    def _pressed(self, timeout: float) -> str | None:
        key = self._keys.read(timeout)
        if key == QUIT:
            raise Quit
        return key

    def _turn(self, key: str, judged: Judged) -> None:
        """Look at what the key asks for."""
        self._view, before = pressed(self._view, key, judged.result, _hints(judged)), self._view
        if self._view != before:
            self._show(judged)

    def _settled(self) -> Snapshot:
        """The files a moment later: an editor that is still saving has not finished until nothing changes any more."""
        self._pressed(0.05)
        return self._look()

    def _again(self, before: Judged, saved: Collection[str]) -> Judged:
        self._say_grading()
        try:
            judged = self._grade()
        except GraderError as error:
            self._begin()
            page = Page(self._console)
            page.paragraph(page.joined([("error: ", STYLES["wrong"]), (str(error), "")]))
            self._end()
            return before
        self._view = following(after_grading(self._view, before.result, judged.result), saved, judged.result)
        self._show(judged)
        return judged

    def _say_grading(self) -> None:
        """Tell somebody at a terminal that something happens; the result takes its place."""
        if self._console.is_terminal:
            Page(self._console).paragraph(Text(said("watch.grading"), style="dim"))
            self._console.file.flush()

    def _begin(self) -> None:
        if self._console.is_terminal:
            self._console.clear()
        else:
            self._console.print(BEGIN)

    def _end(self) -> None:
        if not self._console.is_terminal:
            self._console.print(END)
        self._console.file.flush()

    def _show(self, judged: Judged) -> None:
        with speaking(judged.language):
            self._told(judged)

    def _told(self, judged: Judged) -> None:
        self._begin()
        if self._console.is_terminal:
            self._windowful(judged)
        else:
            page = Page(self._console)
            for annotation in annotations_of(judged.result):
                self._console.print(page.text(annotation_line(annotation)), soft_wrap=True)
            self._content(judged)
        self._end()

    def _windowful(self, judged: Judged) -> None:
        """As much as the window holds, and below it the keys."""
        with self._console.capture() as captured:
            self._content(judged)
        parts = window_parts(captured.get(), self._console.width, self._console.height - _ROWS_OF_KEYS)
        self._console.file.write(parts[self._view.part % len(parts)])
        keys = keys_of(self._view, judged.result, _hints(judged), len(parts))
        page = Page(self._console)
        page.blank()
        page.items((page.text(f"[{key}] {word}", "dim") for key, word in keys.items()), gap=3)

    def _content(self, judged: Judged) -> None:
        if self._view.everything:
            render(judged.result, self._console, WATCH)
        else:
            self._one(Page(self._console), judged)

    def _one(self, page: Page, judged: Judged) -> None:
        result = judged.result
        exercise = selected(self._view, result)
        page.paragraph(page.text(progress(result), "bold"))
        page.items(_named(page, each, is_current=each is exercise) for each in result.exercises)
        page.blank()
        if self._view.just_right:
            page.paragraph(page.text(said("watch.right_now", name=exercise.name), STYLES["right"]))
            page.blank()
        render_exercise(exercise, self._console)
        for number in range(1, self._view.hints + 1):
            page.blank()
            page.paragraph(page.text(without_maths(hint_text(judged.keys[exercise.name], exercise, number))), hanging=2)
        place = None if is_right(exercise) else judged.place_of(exercise)
        if place is not None or self._view.just_right or all(map(is_right, result.exercises)):
            page.blank()
            words = said("watch.open", place=place) if place else next_step(result, WATCH)
            page.paragraph(page.text(words, "dim"))


def _hints(judged: Judged) -> dict[str, int]:
    results = {exercise.name: exercise for exercise in judged.result.exercises}
    return {name: count_hints(key, results[name]) for name, key in judged.keys.items() if name in results}


def _named(page: Page, exercise: ExerciseResult, *, is_current: bool) -> Text:
    """An exercise in the list of all: its mark and its name; the one that is looked at stands in brackets."""
    mark = mark_of(exercise)
    name = f"{MARKS[mark]} {exercise.name}"
    return page.text(f"[{name}]" if is_current else name, STYLES[mark])
