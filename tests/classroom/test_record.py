"""Results as a gradebook keeps them, and as gradebooks of before kept them."""

from __future__ import annotations

import gzip
import io
import zlib
from fractions import Fraction
from pathlib import Path

import pytest

from grader import codec
from grader.classroom import queries, to_do
from grader.classroom.gradebook import Gradebook
from grader.classroom.record import (
    packed,
    packed_remarks,
    packed_wording,
    unpacked,
    unpacked_remarks,
    unpacked_wording,
)
from grader.course.key import Role
from grader.errors import GraderError
from grader.judge.feedback import unreadable
from grader.judge.remarks import is_grave, is_of_loading
from grader.judge.result import ExerciseResult, Finding, Outcome, Result, Rule, TestResult
from grader.judge.reveal import Reveal, project
from grader.message import TEXTS, Message, Wording, verbatim
from grader.observe import refusals
from grader.report.page import plain_console
from grader.report.text import render
from grader.words.text import text

GRADEBOOKS = Path(__file__).parent / "gradebooks"


@pytest.fixture
def of_sentences(tmp_path: Path) -> Path:
    """A gradebook of the last version whose results held sentences."""
    path = tmp_path / "gradebook.db"
    path.write_bytes(gzip.decompress((GRADEBOOKS / "sentences.db.gz").read_bytes()))
    return path


def results(book: Gradebook) -> dict[tuple[str, str], Result]:
    (assignment,) = queries.assignments(book)
    grades = [(one.student, grade) for one in queries.class_grades(book, assignment) for grade in one.grades]
    return {(who, grade.exercise): unpacked(grade.record) for who, grade in grades if grade.record is not None}


def test_a_gradebook_of_sentences_is_shown_as_it_was(of_sentences: Path) -> None:
    out = io.StringIO()
    with Gradebook(of_sentences) as book:
        for (student, exercise), result in results(book).items():
            out.write(f"== {student}, {exercise}\n")
            render(project(result, Reveal.HINT), plain_console(out))
    assert out.getvalue() == (GRADEBOOKS / "sentences.txt").read_text(encoding="utf-8")


def test_an_old_sentence_is_one_message(of_sentences: Path) -> None:
    with Gradebook(of_sentences) as book:
        found = results(book)
    finding = found["bruno", "sigmoid_derivative"].exercises[0].tests[0].finding
    assert finding is not None
    assert [message.id for message in finding.messages] == ["text"]
    assert finding.hint is not None
    assert finding.hint.id == "text"


def test_what_old_sentences_meant_is_known(of_sentences: Path) -> None:
    with Gradebook(of_sentences) as book:
        found = results(book)
        told = dict(to_do.unreadable(book, *queries.assignments(book)))
    softmax = found["gina", "softmax"]
    assert sum(test.finding is not None and test.finding.is_untried for test in softmax.exercises[0].tests) == 11
    (remark,) = softmax.remarks
    assert (is_of_loading(remark), is_grave(remark)) == (True, False)
    assert list(told) == ["ines"]
    assert [text(message) for message in told["ines"]] == [
        "ines.py could not be read: it is saved as UTF-16; save it as UTF-8 (in your editor: Save with encoding)"
    ]


def test_a_result_survives_being_kept() -> None:
    finding = Finding(Rule.VALUE, (Message("raised", (("error", "KeyError: 3."),)),), hint=verbatim("Think."))
    test = TestResult("any", 1, Role.EXAMPLE, False, Outcome.FAILED, Fraction(1, 3), Fraction(2), finding=finding)
    exercise = ExerciseResult(
        "a", "A", "sha256:0", None, Outcome.FAILED, Fraction(1, 3), Fraction(2), Fraction(), (test,), (verbatim("x"),)
    )
    result = Result((exercise,), "none", {"numpy": "2"}, (unreadable("b.py", refusals.EMPTY()),))
    assert unpacked(packed(result)) == result


@pytest.mark.parametrize(
    "title", ["Softmax", "", '"quoted"', "5", TEXTS(own="de", languages=("en", "de"), texts=("Row", "Zeile"))]
)
def test_a_title_survives_being_kept(title: Wording) -> None:
    assert unpacked_wording(packed_wording(title)) == title


def test_what_is_no_record_is_refused() -> None:
    with pytest.raises(GraderError, match="a newer numgrade may have written it"):
        unpacked(zlib.compress(codec.to_bytes(verbatim("no result"))))


@pytest.mark.parametrize("remarks", [(), (verbatim("one\ntwo"), unreadable("b.py", refusals.EMPTY()))])
def test_remarks_survive_being_kept(remarks: tuple[Message, ...]) -> None:
    assert unpacked_remarks(packed_remarks(remarks)) == remarks


def test_old_remarks_are_a_sentence_a_line() -> None:
    assert unpacked_remarks("[a.py could not be read\nnor b.py") == (
        verbatim("[a.py could not be read"),
        verbatim("nor b.py"),
    )
