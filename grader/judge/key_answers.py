"""The answers in a key: what a reference, a misconception or a mutant did, as far as submissions are compared with it.

No line of theirs, no message, no warning, no output, no count: nobody reads those of a key, and keys travel, into the
packages for other hosts and, as far as it is public, into handouts. Whoever checks an exercise observes it anew.
"""

from __future__ import annotations

from collections.abc import Iterable

from grader.course.key import Case
from grader.judge.printed import as_printed, was_printed
from grader.observation import Observation, Raised
from grader.values import Plain

__all__ = ["right_answer", "wrong_answer"]


def right_answer(seen: Observation, changes: Iterable[str]) -> Observation:
    """How the reference's call ended: its value, the arguments that it is to change, or the type of its exception."""
    return _ended(seen, changes)


def wrong_answer(seen: Observation, case: Case) -> Observation:
    """How another solution's call ended on `case`.

    Of what it printed, only whether that is the right answer, for which a submission is known too: then the right
    answer stands there, in our words.
    """
    due = case.expected.value.value
    return _ended(seen, case.arguments.value, as_printed(due) if was_printed(due, seen.printed) else "")


def _ended(seen: Observation, names: Iterable[str], printed: str = "") -> Observation:
    changed = {name: value for name, value in seen.changed.value.items() if name in set(names)}
    error = None if seen.error is None else Raised(seen.error.type, "")
    return Observation(status=seen.status, value=seen.value, changed=Plain(changed), error=error, printed=printed)
