"""Grading a submission: observe its calls, judge them against the answer keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from functools import partial
from itertools import takewhile
from typing import TYPE_CHECKING, Final, final

import msgspec

from grader.course.key import AnswerKey, Growth, Role
from grader.errors import GraderError, NotJudged, where_failed
from grader.grading.absent import Submission, absent, namesake
from grader.grading.attribution import Candidates
from grader.grading.author_code import LastingAuthors
from grader.grading.calls import limits_of
from grader.grading.file_remarks import FileRemarks
from grader.grading.find import Found, NotFound, find, is_about, rival_remarks
from grader.grading.follow import Following
from grader.grading.isolation import isolation_evidence
from grader.grading.loading import guilty, load_finding, to_be_told, too_new
from grader.grading.packages import needed_by, versions_with
from grader.grading.perhaps_about import NamesIn
from grader.grading.practice import Practice
from grader.grading.protocol import Answers
from grader.grading.remaining_budget import RemainingBudgets
from grader.grading.remembered import of_all_replies
from grader.grading.trials import trials
from grader.grading.work import Work, after_right_ones, asked, changed_in, hidden, is_wrong, shown
from grader.judge import feedback, findings, score
from grader.judge.remarks import not_explained, thread_left
from grader.judge.result import ExerciseResult, Outcome, Result, TestResult
from grader.judge.style import earned_share, judge_style, uses_of
from grader.judge.trial import Trial
from grader.judge.unmade import unmade_names, with_reason
from grader.message import Message
from grader.observe.observer import Observer
from grader.observe.questions import Questions
from grader.observe.wire import Call, Limits

if TYPE_CHECKING:
    from grader.observe.sharing import AnySession, Sharing

__all__ = ["Submission", "grade"]

_MOST_FILES: Final = 16  # of a submission that shares calls


def grade(
    submission: Submission,
    answers: Answers,
    names: Sequence[str] | None,
    observer: Observer,
    *,
    beside: Sequence[str] = (),
    enough: Callable[[ExerciseResult], bool] | None = None,
    sharing: Sharing | None = None,
) -> Result:
    """Judge `submission` on the exercises `names`, or (None) on those of `answers` that it defines or nearly defines.

    `beside`, `enough` and `sharing` are those of `grading.answers.judge_files`, through which everybody comes here.
    What cannot be judged through a fault of ours is `not_judged`, never an exception.
    """
    keys = _perhaps_concerned(submission, answers) if names is None else answers.keys(dict.fromkeys(names))
    limits = next(map(limits_of, keys.values()), None)
    keys = {**keys, **answers.keys(name for name in dict.fromkeys(beside) if name not in keys)}
    packages = needed_by(keys.values())
    tell = to_be_told(keys.values(), is_shared=sharing is not None and len(submission.sources) <= _MOST_FILES)
    with (
        closing(LastingAuthors(answers.authors)) as authors,
        observer.session(submission.sources, tell=tell, limits=limits, packages=packages) as session,
    ):
        used = session if sharing is None else sharing.over(session, submission.sources)
        grading = _Grading(submission, keys, used, observer, answers, authors)
        chosen = grading.concerned() if names is None else names
        wanted = [keys[name] for name in chosen]
        grading.begin(wanted)
        exercises = grading.exercises(wanted) if enough is None else grading.exercises_until(wanted, enough)
    return Result(
        exercises=exercises,
        isolation=observer.isolation,
        evidence=isolation_evidence(observer),
        versions=versions_with(packages),
        remarks=(
            *(feedback.unreadable(file.name, file.reason) for file in submission.unreadable),
            *grading.remarks(),
        ),
    )


def _perhaps_concerned(submission: Submission, answers: Answers) -> dict[str, AnswerKey]:
    """The keys of the exercises that a submission can be about, by its text alone."""
    there = NamesIn(submission)
    keys = answers.keys(there.perhaps_about(answers.possible_needs()))
    # a key knows better what is needed; to import packages that nothing here needs may take seconds
    about = there.perhaps_about({name: key.needs for name, key in keys.items()})
    return {name: keys[name] for name in about}


@final
class _Grading:
    """One submission in one session.

    What a student is shown in full (loading, examples, practice) never comes from a process that has seen a hidden
    input: it could be carried out that way. So there are rounds, over all exercises: what is shown, what is hidden,
    and in a new process what only explains, if that did not come before (`grader.grading.practice`). What wrong helpers
    have cost is seen to at last, in a process of its own for each exercise, of which nothing is shown.
    """

    def __init__(
        self,
        submission: Submission,
        keys: Mapping[str, AnswerKey],
        session: AnySession,
        observer: Observer,
        answers: Answers,
        authors: LastingAuthors,
    ) -> None:
        self._submission = submission
        self._keys = keys
        self._needed = frozenset(need for key in keys.values() for need in key.needs)
        self._session = session
        self._observer = observer
        self._answers = answers
        self._authors = authors
        self._wanted: Sequence[AnswerKey] = ()
        self._found: dict[str, Found | NotFound] = {}  # by exercise
        self._file_remarks = FileRemarks(submission.sources, session, needed=self._needed, candidates=self._candidates)
        self._remaining = RemainingBudgets()
        self._practice = Practice(session, observer, answers, authors)
        files = len(submission.sources)
        self._following = Following(answers, authors, first=self._first_attempts, again=self._again, files=files)

    def concerned(self) -> list[str]:
        """The exercises that the submission is about; where it is about none, those that it says something of."""
        about = [name for name, key in self._keys.items() if self._concerns(key)]
        return about or [name for name, found in self._found.items() if isinstance(found, NotFound) and found.elsewhere]

    def _concerns(self, key: AnswerKey) -> bool:
        about = is_about(key, self._find(key), self._submission.sources, self._session.facts)
        return about or namesake(key, self._submission.unreadable) is not None

    def begin(self, keys: Sequence[AnswerKey]) -> None:
        """Before anything is judged: which exercises will be.

        While nothing hidden has been asked, it is found out what may be the reason that one of them is missing.
        """
        self._wanted = keys
        self._remaining.share_among(keys)
        limits = next(map(limits_of, [*keys, *self._keys.values()]), Limits())
        with suppress(Exception):  # what only explains a result must never cost it
            self._file_remarks.look_at_unjudged([self._find(key) for key in keys], limits)

    def exercises(self, keys: Sequence[AnswerKey]) -> tuple[ExerciseResult, ...]:
        """Each of `keys`, judged, in their order."""
        judged = self._first_attempts(keys)
        self._following.note(judged)
        followed = (self._following.followed(key, result) for key, result in zip(keys, judged, strict=True))
        return tuple(self._with_origin(key, result) for key, result in zip(keys, followed, strict=True))

    def _with_origin(self, key: AnswerKey, result: ExerciseResult) -> ExerciseResult:
        """The result, with where what it rests on comes from, if that is another submission."""
        found = self._found.get(key.name)
        origin = self._session.taken_from(found.file, key.function) if isinstance(found, Found) else None
        return result if origin is None else msgspec.structs.replace(result, shared_from=origin)

    def _first_attempts(self, keys: Sequence[AnswerKey]) -> tuple[ExerciseResult, ...]:
        """Each of `keys`, judged with all that is the student's own."""
        progress = [self._guarded(key, partial(self._begun, key)) for key in keys]
        progress = self._round(progress, shown)
        progress = [self._taken(one, self._practice.before_hidden) for one in progress]
        progress = self._round(progress, hidden)
        progress = [self._taken(one, self._without_early_practice) for one in progress]
        progress = [self._taken(one, self._with_steps) for one in progress]
        if self._practice.needs_process([one for one in progress if isinstance(one, Work)]):
            self._session.renew()
        progress = [self._taken(one, self._practice.of) for one in progress]
        progress = [self._taken(one, self._with_second_look) for one in progress]
        ended = [self._taken(one, self._ended) for one in progress]
        return tuple(one for one in ended if isinstance(one, ExerciseResult))

    def _round(
        self, progress: Sequence[Work | ExerciseResult], numbers_of: Callable[[AnswerKey], list[int]]
    ) -> list[Work | ExerciseResult]:
        """Some cases of every exercise, one exercise after the other; calls of those to come are sent ahead."""
        works = [one for one in progress if isinstance(one, Work)]
        later = {one.key.name: works[number:] for number, one in enumerate(works, 1)}

        def step(work: Work) -> Work:
            limits = limits_of(work.key)
            coming = takewhile(lambda one: limits_of(one.key) == limits, later[work.key.name])
            then = (asked(one, numbers_of(one.key)) for one in coming)
            return work.having((*work.own, *self._tried(work, numbers_of(work.key), then=then)))

        return [self._taken(one, step) for one in progress]

    def _without_early_practice(self, work: Work) -> Work:
        """The hidden cases in a process without practice, where it may be that which has cost them something."""
        if not self._practice.may_have_cost(work):
            return work
        self._session.renew()
        anew = msgspec.structs.replace(work, remaining=self._remaining.again(work.key))
        others = [trial for trial in work.own if trial.case.role is not Role.HIDDEN]
        return work.having((*others, *self._tried(anew, hidden(work.key))))

    def _again(self, key: AnswerKey, questions: Questions) -> list[TestResult]:
        """The tests of one exercise, in a new process that has to ask for some functions."""
        found = self._find(key)
        if isinstance(found, NotFound) or found.untouched:
            return []
        self._session.renew()
        work = Work(key, found, file=None, remarks=(), remaining=self._remaining.again(key))
        numbers = [number for number, case in enumerate(key.cases) if case.role is not Role.PRACTICE]
        sources, limits = self._submission.sources, limits_of(key)
        packages = key.packages
        with self._observer.session(sources, tell=(), questions=questions, limits=limits, packages=packages) as session:
            with work.remaining.time_budget.charging() as left:
                session.load(found.file, msgspec.structs.replace(limits, load=min(limits.load, left)))
            work = msgspec.structs.replace(work, own=self._tried(work, numbers, session))
        return [trial.result for trial in work.own] + self._style(work)

    def exercises_until(
        self, keys: Sequence[AnswerKey], enough: Callable[[ExerciseResult], bool]
    ) -> tuple[ExerciseResult, ...]:
        """The first of `keys`, judged, up to the one that is enough."""
        judged: list[ExerciseResult] = []
        for key in keys:
            judged += self.exercises([key])
            if enough(judged[-1]):
                break
            self._session.renew()
        return tuple(judged)

    def _taken(
        self, one: Work | ExerciseResult, step: Callable[[Work], Work | ExerciseResult]
    ) -> Work | ExerciseResult:
        return self._guarded(one.key, partial(step, one)) if isinstance(one, Work) else one

    def _guarded(self, key: AnswerKey, step: Callable[[], Work | ExerciseResult]) -> Work | ExerciseResult:
        try:
            return step()
        except NotJudged as error:
            return score.not_judged(key, reason=str(error))
        except GraderError:
            raise  # of the request or the course: it is for whoever asked
        except Exception as error:  # noqa: BLE001 — a fault of ours must cost nobody, and no other exercise
            self._session.renew()  # a call may still be under way
            return score.not_judged(key, reason=where_failed(error))

    def _begun(self, key: AnswerKey) -> Work | ExerciseResult:
        """Its file loaded."""
        found = self._find(key)
        return absent(key, found, self._submission) if isinstance(found, NotFound) else self._defined(key, found)

    def _find(self, key: AnswerKey) -> Found | NotFound:
        if key.name not in self._found:
            self._found[key.name] = find(key, self._submission.sources, self._session.facts, self._needed)
        return self._found[key.name]

    def _file(self, number: int | None) -> str | None:
        return None if number is None else self._submission.sources[number].name

    def _defined(self, key: AnswerKey, found: Found) -> Work | ExerciseResult:
        file, definition = self._file(found.file), found.definition
        if found.untouched:
            return score.unjudged(key, findings.not_attempted(key, definition), file=file)
        report = self._session.load(found.file, limits_of(key))
        on_file = self._file_remarks.on_file
        if key.function is not None and key.function in key.needs and key.function not in report.names:
            culprit = guilty(report, definition)
            remarks = on_file(key, found.file, report, told=culprit)
            return score.unjudged(key, load_finding(key, definition, culprit), file=file, remarks=remarks)
        rivals = rival_remarks(key, found, self._submission.sources, self._submission.times)
        remarks = rivals + on_file(key, found.file, report)
        unmade = unmade_names(self._session.facts[found.file].definitions, report.faults, report.stops)
        return Work(key, found, file, remarks, self._remaining.of(key), unmade)

    def _with_steps(self, work: Work) -> Work:
        return msgspec.structs.replace(work, steps=None if is_wrong(work) else self._steps(work))

    def _steps(self, work: Work) -> list[tuple[Growth, int]] | None:
        """How the steps of right work grow, where a rule asks."""
        key, file, time_budget = work.key, work.found.file, work.remaining.time_budget
        if time_budget.is_half_spent or not any(rule.growths for rule in key.style):
            return None
        from grader.grading.style import steps_of

        return steps_of(
            key.style,
            key.function,
            key.parameters,
            session=self._session,
            file=file,
            limits=limits_of(key),
            time_budget=time_budget,
        )

    def _style(self, work: Work) -> list[TestResult]:
        if not work.key.style:
            return []
        place = self._session.facts, self._submission.sources, work.found.file, work.key.needs
        share = earned_share([trial.result for trial in work.own])
        return judge_style(work.key, lambda rule: uses_of(rule, *place), work.steps, share, changed_in(work))

    def _with_second_look(self, work: Work) -> Work:
        """Whether a wrong call is right where it is the first in its process."""
        suspect = after_right_ones(work)
        if suspect is None or work.remaining.time_budget.is_half_spent:
            return work
        if self._session.keeps_nothing(*asked(work, [suspect.number])[0]):
            return work
        self._session.renew()
        try:
            (again,) = self._tried(work, [suspect.number])
        except Exception:  # noqa: BLE001 — what only explains a result must never cost it
            return work
        return msgspec.structs.replace(work, keeps_state=again.result.outcome is Outcome.PASSED)

    def _ended(self, work: Work) -> ExerciseResult:
        key, remarks = work.key, work.remarks
        wrong = [work.smallest] if work.smallest else [trial for trial in work.practice if trial.is_wrong][:1]
        tests = [with_reason(trial.result, work.unmade) for trial in (*work.own, *wrong)]
        if is_wrong(work):
            tests, more = self._explained(work, tests)
            remarks += more
        tests += self._style(work)
        if any(trial.observation.threads for trial in work.own):
            remarks += (thread_left(work.found.definition.name),)
        return score.exercise_result(key, tests, file=work.file, remarks=remarks)

    def _candidates(self, number: int) -> Candidates:
        """The exercises that are judged by a file."""
        every = ((key, self._find(key)) for key in self._wanted)
        return [(key, at) for key, at in every if isinstance(at, Found) and at.file == number and not at.untouched]

    def remarks(self) -> tuple[Message, ...]:
        """What is said of the files and belongs to no exercise."""
        here = self._file_remarks.of_no_exercise()
        return (*here, *too_new(self._submission.sources, self._session.facts if self._found else ()))

    def _explained(self, work: Work, tests: list[TestResult]) -> tuple[list[TestResult], tuple[Message, ...]]:
        """The tests with why they are wrong, if that can be said; a remark where we failed to look."""
        from grader.judge.diagnosis import KEPT_STATE, diagnosed, explained

        key, slips, trials = work.key, work.found.definition.slips, [*work.own, *work.practice]
        anew = partial(diagnosed, key, trials, self._answers.mutants, slips=slips)
        try:
            replies = self._session.replies
            why = KEPT_STATE if work.keeps_state else of_all_replies(key, trials, replies, anew, beside=slips)
        except Exception as error:  # noqa: BLE001 — a boundary: what only explains a result must never cost it
            return tests, (not_explained(where_failed(error)),)
        return (tests if why is None else [explained(test, why) for test in tests]), ()

    def _tried(
        self,
        work: Work,
        numbers: Sequence[int],
        session: AnySession | None = None,
        then: Iterable[Sequence[tuple[int, Call]]] = (),
    ) -> tuple[Trial, ...]:
        return trials(work, numbers, session=session or self._session, authors=self._authors, then=then)
