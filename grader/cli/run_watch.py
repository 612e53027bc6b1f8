"""`grader run --watch`: a folder that fills. Whenever something has come, what `grader run` does is done again."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO, final

from grader.cli.keyboard import QUIT, Keyboard, Quit, keyboard, unless_quit
from grader.cli.notes import tell, tell_error
from grader.cli.run_report import Intake, row
from grader.errors import GraderError

if TYPE_CHECKING:
    from grader.classroom.gradebook import Gradebook
    from grader.classroom.hand_in import Layout, LeftOut
    from grader.classroom.incoming import Arrival
    from grader.classroom.location import Location
    from grader.classroom.pool import Pool
    from grader.classroom.run import Crew, Tally
    from grader.course.key import AnswerKey, Assignment
    from grader.grading.keys import CourseKeys

__all__ = ["Work", "watch"]

_MOST_LINE: Final = 400
_MOST_NAME: Final = 60
_POLL: Final = 1.0  # seconds between two looks, and that a file has to be still


@final
@dataclass(frozen=True, slots=True)
class Work:
    """Where what was handed in is, and by what it is judged."""

    place: Path
    layout: Layout | None
    zip_names: str | None
    keys: CourseKeys
    assignment: Assignment
    workers: Crew


def watch(work: Work, place: Location, *, stdin: TextIO | None = None, poll: float = _POLL) -> tuple[Intake, Tally]:
    """Judge into the gradebook at `place` what comes in, until Ctrl-C or `q`; what came in all. It is all kept."""
    from grader.classroom.gradebook import Gradebook
    from grader.classroom.tables import is_there
    from grader.words.text import said

    known, *others = work.keys.variants(work.assignment)
    counted = _Counted()
    with keyboard(stdin or sys.stdin) as keys:
        try:
            with work.workers.proved() as pool:
                with Gradebook(place, create=True) as book, book.writing():
                    book.enrol(work.assignment, work.keys.title, known, others)
                tell(said("run.watch.begin", folder=work.place))
                with Gradebook(place) as book:
                    _until_quit(_Rounds(work, book, pool, known, counted), keys, poll)
        except (KeyboardInterrupt, Quit):
            if not is_there(place):  # nothing has begun
                raise
            tell(said("run.watch.end"))
    return Intake(work.assignment.name, str(work.place), counted.new), counted.tally


def _nothing() -> Tally:
    from grader.classroom.run import Tally

    return Tally()


def _until_quit(rounds: _Rounds, keys: Keyboard, poll: float) -> None:
    """Look, judge and wait by turns. What keeps a round from its end is told once, and tried again."""
    from grader.classroom.incoming import Incoming

    incoming, fault = Incoming(rounds.work.place), ""
    while True:
        try:
            if (arrival := incoming.look()) is not None:
                unless_quit(keys, partial(rounds.judge, arrival))
                incoming.taken(arrival)
            fault = ""
        except GraderError as error:
            if str(error) != fault:
                tell_error(str(error))
            fault = str(error)
        if keys.read(poll) == QUIT:
            raise Quit


@final
@dataclass(slots=True)
class _Counted:
    """What has come in all, and how it ended."""

    new: int = 0
    tally: Tally = field(default_factory=_nothing)


@final
class _Rounds:
    """Judges what has come in, round after round, and says of whom that was."""

    def __init__(
        self, work: Work, book: Gradebook, pool: Pool, keys: Mapping[str, AnswerKey], counted: _Counted
    ) -> None:
        from grader.classroom.graded_since import newest_entry

        self.work = work
        self._book = book
        self._pool = pool
        self._keys = keys
        self._counted = counted
        self._name = work.assignment.name
        self._logged = newest_entry(book)  # how much of the log has been told
        self._told_of = self._nothing_to_judge().keys()

    def judge(self, arrival: Arrival) -> None:
        """Take in what has come, judge what is due, and say who was judged, each as soon as it is."""
        from grader.classroom.collect import gather
        from grader.classroom.readable import with_readable
        from grader.classroom.run import judge_due, take_in

        place, number_of = self.work.place, partial(self.work.keys.number_of, self.work.assignment)
        layout, zip_names = self.work.layout, self.work.zip_names
        with gather(place, layout=layout, zip_names=zip_names, without=arrival.waiting) as found:
            self._counted.new += take_in(self._book, self._name, with_readable(found), str(place), number_of)
        self._tell_of_nothing()
        before = self._counted.tally

        def judged(tally: Tally, total: int) -> None:
            self._counted.tally = before.with_more(tally)
            self._tell()

        judge_due(self._book, self._name, self._keys, self._pool, on_progress=judged)
        self._tell()  # of work that was known already, too

    def _tell(self) -> None:
        """A line for each student with new grades."""
        from grader.classroom.graded_since import graded_since
        from grader.classroom.late_policy import final_class_grades

        self._logged, students = graded_since(self._book, self._name, self._logged)
        for student in students:
            for found in final_class_grades(self._book, self._name, records=False, student=student):
                named, _, points = row(found)
                tell(f"{named}  {points}")

    def _tell_of_nothing(self) -> None:
        """A line for each student who has handed in something of which nothing can be judged."""
        from grader.report.safe_text import one_line
        from grader.words.text import further, said

        found = self._nothing_to_judge()
        for student in [student for student in found if student not in self._told_of]:
            files = one_line(further(f"{file.path}: {file.why}" for file in found[student]), _MOST_LINE)
            tell(f"{one_line(student, _MOST_NAME)}  {said('class.note.without_work', files=files)}")
        self._told_of = found.keys()

    def _nothing_to_judge(self) -> dict[str, tuple[LeftOut, ...]]:
        from grader.classroom.to_do import nothing_to_judge

        return dict(nothing_to_judge(self._book, self._name))
