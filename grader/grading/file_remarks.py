"""What is said of a submission's files beside the functions that are judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, final

from grader.course.key import AnswerKey
from grader.grading.attribution import Candidates, attributed_to
from grader.grading.find import Found, NotFound
from grader.grading.loading import load_remarks, remark_of
from grader.judge.remarks import cell_not_run, np_supplied, of_file
from grader.message import Message
from grader.observation import Raised
from grader.observe.loads import LoadReport, Stop
from grader.observe.wire import Limits, Source, SyntaxFault

if TYPE_CHECKING:
    from grader.observe.sharing import AnySession

__all__ = ["FileRemarks"]

_MOST_UNJUDGED: Final = 8  # files that are looked at, the newest


@final
class FileRemarks:
    """The remarks on one submission: on an exercise's file, and, once each, those that belong to no exercise.

    `needed`: names that exercises need. What does not parse and seems to define one of them is that exercise's.
    `candidates`: the exercises that are judged by a file.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        session: AnySession,
        *,
        needed: frozenset[str],
        candidates: Callable[[int], Candidates],
    ) -> None:
        self._sources = sources
        self._session = session
        self._needed = needed
        self._candidates = candidates
        self._told: set[tuple[str, Message]] = set()
        self._nobodys: dict[tuple[str, Message], None] = {}  # file and remark

    def on_file(
        self,
        key: AnswerKey,
        number: int,
        report: LoadReport,
        *,
        told: Stop | Raised | None = None,
    ) -> tuple[Message, ...]:
        """Remarks on the exercise's file outside its functions; those of no exercise are kept for the end.

        `told`: what a finding says already.
        """
        source, facts = self._sources[number], self._session.facts[number]
        strays = self._strays(number)
        others = self._candidates(number) if strays or report.faults or report.stops else ()

        def at(here: AnswerKey | None) -> tuple[Message, ...]:
            cells = {found.definition.cell for key, found in others if key is here} - {None}

            def is_here(one: Stop | Raised | SyntaxFault) -> bool:
                return attributed_to(one, source, others) is here

            def is_own(fault: Raised) -> bool:
                return here is not None and (fault.function in here.needs or fault.cell in cells)

            return load_remarks(report, strays, is_here, is_own=is_own, told=told)

        if told is not None:
            self._told.add((source.name, remark_of(told)))
        self._keep(number, [*at(None), *map(cell_not_run, facts.unrun)])
        return (*((np_supplied(),) if facts.lacks_np else ()), *at(key))

    def look_at_unjudged(self, found: Sequence[Found | NotFound], limits: Limits) -> None:
        """Keep what is wrong with the files that nothing is judged from, where an exercise may be missing through it.

        `found`: what there is of each exercise that is asked for. A file with an untouched stub is not run for this.
        """
        if found and not any(map(_may_be_missed, found)):
            return
        missing = [one for one in found if isinstance(one, NotFound)]
        judged = {one.file for one in found if isinstance(one, Found) and not one.untouched}
        stubs = {one.file for one in found if isinstance(one, Found) or one.untouched}
        others = [at for at, source in enumerate(self._sources) if at not in judged and not source.beside]
        runs = True
        for number in others[-_MOST_UNJUDGED:]:
            is_run = runs and number not in stubs
            report = self._session.load(number, limits) if is_run else LoadReport()
            runs = runs and not report.stops  # of files that have to be ended one is enough
            told = [one for one in missing if one.file == number]
            self._keep(number, self._on_unjudged(number, report, told))

    def _on_unjudged(self, number: int, report: LoadReport, told: Sequence[NotFound]) -> Iterator[Message]:
        """What is wrong with a file, but for what is said of the exercises that are missing in it."""
        faults, cells = [one.fault for one in told], [one.elsewhere.cell for one in told if one.elsewhere is not None]
        strays = [fault for fault in self._strays(number) if fault not in faults and not fault.blank]
        yield from load_remarks(report, strays, lambda one: True)
        yield from (cell_not_run(each) for each in self._session.facts[number].unrun if each.cell not in cells)

    def _strays(self, number: int) -> list[SyntaxFault]:
        """The pieces of a file that do not parse and are no exercise's."""
        return [fault for fault in self._session.facts[number].faults if not self._needed & set(fault.names)]

    def _keep(self, number: int, remarks: Iterable[Message]) -> None:
        """Keep, of a file, what belongs to no exercise."""
        name = self._sources[number].name
        self._nobodys |= dict.fromkeys((name, remark) for remark in remarks)

    def of_no_exercise(self) -> Iterator[Message]:
        """What was kept and no finding says."""
        several = len(self._sources) > 1
        for name, remark in self._nobodys:
            if (name, remark) not in self._told:
                yield of_file(name, remark) if several else remark


def _may_be_missed(found: Found | NotFound) -> bool:
    """Whether it may be there and was not seen, for all that a finding says of it."""
    return found.untouched or (isinstance(found, NotFound) and found.fault is None)
