from __future__ import annotations

import pytest

from grader.judge import feedback, remarks
from grader.message import Message, verbatim
from grader.observation import Raised, Status
from grader.observe import refusals
from grader.words.text import text


def test_the_file_that_was_judged_is_told_with_the_others() -> None:
    (told,) = remarks.taken_from("b.py", ["a.py"], remarks.TakenFor.ITS_TIME)
    assert text(told) == ("Taken from b.py, the newest; a.py defines it too.")
    assert text(remarks.taken_from("a.py", ["a.py", "c.py"], remarks.TakenFor.ITS_NAME)[0]) == (
        "Taken from a.py, which has its name; another a.py and c.py define it too."
    )


def test_many_of_them_are_hardly_one_students() -> None:
    told = list(map(text, remarks.taken_from("a.py", ["b.py", "c.py", "d.py", "e.py"], remarks.TakenFor.ITS_NAME)))

    assert told[0].endswith("b.py, c.py, d.py and 1 other define it too.")
    assert "`grader run FOLDER`" in told[1]


@pytest.mark.parametrize(
    ("missing", "files", "why"),
    [(True, 1, "there is none in this file"), (False, 2, "the one in these files is wrong")],
)
def test_a_right_function_in_place_of_ones_own_is_told(missing: bool, files: int, why: str) -> None:
    assert text(remarks.followed(["f"], missing=missing, files=files)) == (
        f"Judged with a right `f`, for {why}: that costs points once, in its own exercise."
    )


def test_names_of_files_cannot_draw_on_the_screen() -> None:
    assert "\x1b" not in text(remarks.of_file("a\x1b[31m.py", verbatim("empty")))


def test_what_keeps_a_file_from_being_handed_in() -> None:
    stopped = feedback.statement_stopped(Status.TIMED_OUT, 5)
    failed = feedback.statement_failed(Raised("ValueError", "no"))
    other = feedback.unreadable("a.py", refusals.EMPTY())
    assert [remarks.is_grave(each) for each in (stopped, failed, other)] == [True, False, False]
    assert [remarks.is_of_loading(each) for each in (stopped, failed, other)] == [True, True, False]
    assert remarks.is_grave(remarks.of_file("a.py", stopped))


@pytest.mark.parametrize(
    ("remark", "said"),
    [
        (
            remarks.thread_left("softmax"),
            "`softmax` left a thread running after it had returned; the thread was ended.",
        ),
        (
            remarks.not_explained("TypeError"),
            "Why this is wrong could not be looked into (TypeError). That fault is the grader's.",
        ),
        (
            remarks.not_judged(),
            "This could not be judged. The fault is the grader's, not yours, and it costs no points.",
        ),
        (
            remarks.not_judged("the worker sent nonsense"),
            (
                "This could not be judged (the worker sent nonsense). "
                "The fault is the grader's, not yours, and it costs no points."
            ),
        ),
    ],
)
def test_what_is_said(remark: Message, said: str) -> None:
    assert text(remark) == said
