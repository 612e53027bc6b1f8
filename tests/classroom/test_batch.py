"""What a worker process does, and what it says."""

from __future__ import annotations

import dataclasses
import pickle
import shutil
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from said import remarks_of

from grader.classroom import batch, record
from grader.classroom.batch import grade_batch, prepare
from grader.classroom.jobs import Environment, Job, Judging, Refused, Setup
from grader.classroom.record import unpacked
from grader.course.folder import Course
from grader.errors import NotJudged, ValueTooLarge
from grader.grading.absent import Submission
from grader.grading.cached_answers import CachedAnswers
from grader.grading.grade import grade
from grader.grading.keys import CourseKeys, cache_folder
from grader.grading.pack import pack
from grader.judge.result import Outcome
from grader.observe.intake import read_bytes
from grader.observe.walls.levels import Level
from grader.observe.walls.proof import Unproved
from grader.observe.zygote import warm_observer
from grader.words.text import text

pytestmark = pytest.mark.slow

NAMES = ("double", "triple")


def ids(a_class: Any) -> tuple[tuple[str, str], ...]:
    return tuple((name, key.id) for name, key in a_class.keys.items())


def test_the_result_is_that_of_grade(a_class: Any) -> None:
    text = a_class.work(double="x", triple="2 * x").encode()
    (graded,) = grade_batch(a_class.crew.setup, (Job("0", (("work.py", text),), NAMES, ids(a_class)),))

    source: Any = read_bytes("work.py", text)
    course = CourseKeys(a_class.course, cache=cache_folder())
    with warm_observer() as observer:
        expected = grade(Submission((source,)), CachedAnswers(course), NAMES, observer)
    kept = [unpacked(judged.record).exercises[0] for judged in graded.exercises]
    assert [(one.name, one.outcome, one.points, one.file) for one in kept] == [
        (one.name, one.outcome, one.points, one.file) for one in expected.exercises
    ]
    findings = [[[test.finding for test in one.tests] for one in every] for every in (kept, expected.exercises)]
    assert findings[0] == findings[1]


def test_one_exercise_is_judged_as_one_of_all(a_class: Any) -> None:
    """`triple`, which another exercise asks for, is no near miss of `tripel`."""
    job = Job("0", (("work.py", b"def triple(x):\n    return x\n"),), ("double",), ids(a_class))
    (graded,) = grade_batch(a_class.crew.setup, (job,))

    (judged,) = graded.exercises
    assert judged.exercise == "double"
    assert judged.outcome is Outcome.MISSING


def test_jobs_and_what_comes_back_can_be_pickled(a_class: Any) -> None:
    job = Job("0", (("work.py", a_class.work().encode()), ("notes.py", b"\xff\xfe")), NAMES, ids(a_class))
    done = grade_batch(a_class.crew.setup, (pickle.loads(pickle.dumps(job)),))

    assert pickle.loads(pickle.dumps(done)) == done
    assert "notes.py" in text(done[0].exercises[0].remarks[0])


def test_a_note_on_loading_is_no_file_that_cannot_be_read(a_class: Any) -> None:
    functions = "".join(f"def {name}(x):\n    return x\n" for name in NAMES)
    files = (("work.py", f"import no_such_module\n{functions}".encode()), ("notes.py", b"\0"))
    (graded,) = grade_batch(a_class.crew.setup, (Job("0", files, NAMES, ids(a_class)),))
    assert all("no_such_module" in text(unpacked(judged.record).remarks[-1]) for judged in graded.exercises)
    assert all("notes.py" in remark for judged in graded.exercises for remark in remarks_of(judged))


def test_a_fault_of_ours_costs_one_job(a_class: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    real = batch.judge_files

    def fail(answers: Any, files: Any, *arguments: Any, **options: Any) -> Any:
        if files[0].name == "bad.py":
            raise ZeroDivisionError("ours")
        return real(answers, files, *arguments, **options)

    monkeypatch.setattr(batch, "judge_files", fail)
    jobs = tuple(Job(name, ((name, a_class.work().encode()),), NAMES, ids(a_class)) for name in ("bad.py", "good.py"))

    bad, good = grade_batch(a_class.crew.setup, jobs)
    assert {judged.outcome for judged in bad.exercises} == {Outcome.NOT_JUDGED}
    assert {judged.outcome for judged in good.exercises} == {Outcome.PASSED}
    (remark,) = remarks_of(unpacked(bad.exercises[0].record).exercises[0])
    assert "(ZeroDivisionError in grader.classroom.batch, line " in remark
    assert "ours)" not in remark


def test_a_result_with_too_many_values_is_kept_without_them(a_class: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    real = record.codec.to_bytes

    def refuse(kept: Any) -> bytes:
        if any(test.actual is not None for test in kept.result.exercises[0].tests):
            raise ValueTooLarge("a value of too many parts")
        return real(kept)

    monkeypatch.setattr(record.codec, "to_bytes", refuse)
    job = Job("0", (("work.py", a_class.work(double="x").encode()),), NAMES, ids(a_class))

    (graded,) = grade_batch(a_class.crew.setup, (job,))
    double = graded.exercises[0]
    assert double.outcome is Outcome.FAILED
    (kept,) = unpacked(double.record).exercises
    assert {test.actual for test in kept.tests} == {None}
    assert kept.tests[0].finding is not None


def test_a_worker_says_what_it_has_proved(a_class: Any) -> None:
    ready = prepare(a_class.crew.setup)

    assert isinstance(ready, Environment)
    assert (ready.isolation, ready.numpy) == ("none", np.__version__)


@pytest.mark.parametrize(("system", "word"), [("Darwin", "macOS has no such walls"), ("Linux", "")])
def test_without_walls_it_refuses_and_says_what_to_do(
    system: str, word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(isolation: str) -> Any:
        raise Unproved(Level.STANDARD, ())

    monkeypatch.setattr(batch, "open_lasting", refuse)
    monkeypatch.setattr(batch.platform, "system", lambda: system)

    answer = prepare(Setup(tmp_path, "standard"))
    assert isinstance(answer, Refused)
    assert "isolation `standard` cannot be had" in answer.why
    assert word in answer.why
    assert "`grader package docker`" in answer.why
    assert "--isolation none" in answer.why


def test_a_process_keeps_up_with_an_exercise_that_changes(a_class: Any) -> None:
    job = Job("0", (("work.py", a_class.work().encode()),), NAMES, ids(a_class))
    (before,) = grade_batch(a_class.crew.setup, (job,))
    a_class.edit("double", "repeat: 4", "repeat: 5")
    assert grade_batch(a_class.crew.setup, (job,))[0].exercises[0].key == before.exercises[0].key  # as it began

    (after,) = grade_batch(a_class.crew.setup, (dataclasses.replace(job, keys=ids(a_class)),))
    assert after.exercises[0].key == a_class.keys["double"].id != before.exercises[0].key

    with pytest.raises(NotJudged, match="double is not what it was when the grading began"):
        grade_batch(a_class.crew.setup, (job,))


def test_a_wrong_helper_costs_its_own_points_only(a_class: Any, tmp_path: Path) -> None:
    exercises, solutions = tmp_path / "c" / "exercises", tmp_path / "c" / "solutions"
    shutil.copytree(a_class.course.path, tmp_path / "c", ignore=shutil.ignore_patterns("*.db*"))
    with (exercises / "triple.yaml").open("a") as file:
        file.write("uses: [double]\n")
    (solutions / "triple.py").write_text(
        "def double(x):\n    return 2 * x\n\n\ndef triple(x):\n    return double(x) + x\n"
    )
    keys = CourseKeys(Course(tmp_path / "c"), cache=cache_folder()).keys(NAMES)
    setup = dataclasses.replace(a_class.crew.setup, answers=tmp_path / "c")
    job = Job(
        "0",
        (("work.py", b"def double(x):\n    return x\n\ndef triple(x):\n    return double(x) + x\n"),),
        ("triple",),
        tuple((name, key.id) for name, key in keys.items()),
    )
    (graded,) = grade_batch(setup, (job,))

    (judged,) = graded.exercises
    assert (judged.outcome, judged.points) == (Outcome.PASSED, 10)
    assert "Judged with a right `double`" in remarks_of(unpacked(judged.record).exercises[0])[0]


def test_packed_answers_do_as_well_as_the_course(a_class: Any) -> None:
    job = Job("0", (("work.py", a_class.work(double="x").encode()),), NAMES, ids(a_class))
    course = CourseKeys(a_class.course, cache=cache_folder())
    setup = Setup(pack(course, course.assignments[0], "all"), "none")

    (here,), (far,) = (grade_batch(each, (job,)) for each in (a_class.crew.setup, setup))
    assert far == here
    assert not any(text in setup.answers for text in (b"planted", b"return 2 * x", b"rng.integers"))

    stranger = dataclasses.replace(job, keys=(*job.keys, ("quadruple", "sha256:0")))
    with pytest.raises(NotJudged, match="quadruple is not what it was"):
        grade_batch(setup, (stranger,))


def test_answers_of_another_version_are_refused() -> None:
    answer = prepare(Setup(b"not answers", "none"))

    assert isinstance(answer, Refused)
    assert "these answer keys cannot be read" in answer.why


def test_who_is_dismissed_keeps_nothing_and_can_begin_again(a_class: Any) -> None:
    other = dataclasses.replace(a_class.crew.setup, isolation="standard")
    prepare(a_class.crew.setup)
    kept = [desk for (setup, _), desk in batch._warm_graders.items() if setup == a_class.crew.setup]
    before = len(batch._warm_graders)

    batch.dismiss(other)
    assert len(batch._warm_graders) == before
    batch.dismiss(a_class.crew.setup)
    assert len(batch._warm_graders) == before - len(kept) == before - 1
    assert isinstance(prepare(a_class.crew.setup), Environment)


def test_a_call_is_made_once_for_functions_that_are_equal_but_for_looks(a_class: Any) -> None:
    def graded(digest: str, text: str, judging: Judging = Judging.SHARED) -> Any:
        job = Job(digest, (("work.py", text.encode()),), NAMES, ids(a_class), judging)
        return grade_batch(a_class.crew.setup, (job,))[0]

    def exercises(done: Any) -> list[Any]:
        return [unpacked(judged.record).exercises[0] for judged in done.exercises]

    text = a_class.work(double="x[9]", triple="3 * x")
    looks = "# mine\n" + text.replace("[9]", "[ 9 ]  # the tenth")
    first, second, alone = graded("1", text), graded("2", looks), graded("2", looks, Judging.ALONE)

    assert [one.shared_from for one in exercises(first)] == [None, None]
    assert [one.shared_from for one in exercises(second)] == ["1", "1"]
    assert alone.judging is Judging.ALONE
    assert [msgspec.structs.replace(one, shared_from=None) for one in exercises(second)] == exercises(alone)
