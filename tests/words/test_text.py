"""Messages as text."""

from __future__ import annotations

import pytest

from grader.message import Message, verbatim
from grader.words.text import lines, listed, tag_of, text

CELL = Message("place.cell", (("line", 3), ("cell", 2)))


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (verbatim("An {author}'s words: {0}, {}."), "An {author}'s words: {0}, {}."),
        (Message("missing", (("name", "softmax"),)), "`softmax` was not found."),
        (
            Message("also_changed", (("count", 1), ("names", ("x",)))),
            "Also, the call changed `x`, which should stay as it is.",
        ),
        (
            Message("also_changed", (("count", 2), ("names", ("x", "y")))),
            "Also, the call changed `x` and `y`, which should stay as they are.",
        ),
        (
            Message(
                "statement.stopped", (("place", Message("place.cell", (("line", 3), ("cell", 2)))), ("what", "crashed"))
            ),
            "Line 3 of cell 2 crashed; it was left out.",
        ),
        (Message("taken_from.others", (("count", 1200),)), "1,200 others"),
        (Message("timed_out", (("seconds", 2.0),)), "It did not finish within 2 s: a loop that never ends?"),
    ],
)
def test_what_is_said(message: Message, said: str) -> None:
    assert text(message) == said


def test_braces_of_a_student_are_no_places() -> None:
    assert text(Message("missing", (("name", "{x}"),))) == "`{x}` was not found."


def test_an_id_of_a_newer_version_is_told_as_it_is() -> None:
    assert text(Message("from_tomorrow", (("name", "x"),))) == "[from_tomorrow]"


@pytest.mark.parametrize(
    "message", [Message("raised"), Message("takes.none.other"), Message("takes", (("names", "x"),))]
)
def test_a_message_with_other_arguments_ends_no_report(message: Message) -> None:
    assert text(message) == f"[{message.id}]"


def test_a_line_each() -> None:
    assert lines([verbatim("one"), verbatim("two")]) == "one\ntwo"


@pytest.mark.parametrize(
    ("items", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_list(items: list[str], said: str) -> None:
    assert listed(items) == said


def test_texts_that_a_newer_version_has_written_otherwise_are_told_by_their_id() -> None:
    assert text(Message("texts", ())) == "[texts]"
    assert tag_of(Message("texts", ())) == ""
