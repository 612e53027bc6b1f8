"""What judging says, as plain data; its JSON form is documented in docs/results.md."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from fractions import Fraction
from typing import Final

import msgspec

from grader.course.key import Comparison, Role
from grader.message import Message, Wording
from grader.observation import Warned
from grader.values import Plain

__all__ = [
    "SCHEMA",
    "Canary",
    "Evidence",
    "ExerciseResult",
    "Finding",
    "Mismatch",
    "Outcome",
    "Result",
    "Rule",
    "TestResult",
    "together",
]

SCHEMA: Final = 1
_SHOULD_CHANGE: Final = frozenset(
    {"argument.unchanged", "argument.not_right", "text.should_change"} | {"not_held.argument", "not_as_asked.argument"}
)
_PRINTED: Final = frozenset(
    {"printed.nothing"}
    | {f"printed.{part}{unit}" for part in ("", "too_little.", "too_much.") for unit in ("line", "word")}
)
_GONE: Final = {"missing"}  # and nothing more to say of it
_UNTRIED: Final = frozenset({"unrun", "text.unrun"})
_KEPT: Final = frozenset({"style.not_earned", "style.earned_in_part", "style.gate_shut"})


class Outcome(enum.Enum):
    """How a test or an exercise ended."""

    PASSED = "passed"
    FAILED = "failed"
    ERRORED = "errored"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    CRASHED = "crashed"
    NOT_ATTEMPTED = "not_attempted"
    MISSING = "missing"
    UNDECIDED = "undecided"
    NOT_JUDGED = "not_judged"

    @property
    def is_right(self) -> bool:
        """Whether nothing that could be seen is wrong."""
        return self in (Outcome.PASSED, Outcome.UNDECIDED)

    @property
    def is_lost(self) -> bool:
        """Whether points are lost, through a fault of the submission."""
        return not self.is_right and self is not Outcome.NOT_JUDGED

    @property
    def is_judged(self) -> bool:
        """Whether it says how work ended that was there, and was judged."""
        return self is not Outcome.NOT_JUDGED and not self.is_absent

    @property
    def is_absent(self) -> bool:
        """Whether there is no work that could be judged."""
        return self in (Outcome.MISSING, Outcome.NOT_ATTEMPTED)

    @property
    def was_ended(self) -> bool:
        """Whether the call did not come to an end of its own, which costs time."""
        return self in (Outcome.TIMED_OUT, Outcome.OUT_OF_MEMORY, Outcome.CRASHED)


class Rule(enum.Enum):
    """What a submission broke."""

    MISSING = "missing"
    SYNTAX = "syntax"
    IMPORT = "import"
    SIGNATURE = "signature"
    NOT_ATTEMPTED = "not_attempted"
    RAISED = "raised"
    TYPE = "type"
    STRUCTURE = "structure"
    SHAPE = "shape"
    DTYPE = "dtype"
    NAN = "nan"
    VALUE = "value"
    CHANGED_ARGUMENT = "changed_argument"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    CRASHED = "crashed"
    OUTPUT = "output"
    STYLE = "style"

    @property
    def outcome(self) -> Outcome:
        """How a test ends where the source broke this rule before anything was called. `KeyError` for other rules."""
        return _OUTCOMES[self]

    @property
    def is_about_source(self) -> bool:
        """Whether it is broken before anything is called: what is said of it then tells nothing of a test."""
        return self in _OUTCOMES

    @property
    def is_about_file(self) -> bool:
        """Whether one fault of a file can break it at several exercises."""
        return self in (Rule.MISSING, Rule.SYNTAX, Rule.IMPORT)

    @property
    def is_about_kind(self) -> bool:
        """Whether it is about what sort of value came back, not about the numbers in it."""
        return self in (Rule.TYPE, Rule.STRUCTURE, Rule.SHAPE, Rule.DTYPE)

    @property
    def is_about_numbers(self) -> bool:
        """Whether it is about the numbers in what came back."""
        return self in (Rule.NAN, Rule.VALUE)


_OUTCOMES: Final = {
    Rule.MISSING: Outcome.MISSING,
    Rule.SYNTAX: Outcome.ERRORED,
    Rule.IMPORT: Outcome.ERRORED,
    Rule.SIGNATURE: Outcome.ERRORED,
    Rule.NOT_ATTEMPTED: Outcome.NOT_ATTEMPTED,
}


class Part(msgspec.Struct, frozen=True):
    """Base of the result's parts."""


class Mismatch(Part, frozen=True):
    """How many elements of one array differ, the index of the first that does, and the largest absolute error."""

    count: int
    size: int
    first: tuple[int, ...]
    largest: float | None


class Finding(Part, frozen=True):
    """What is wrong, a fact a message and the most important one first, and where."""

    rule: Rule
    messages: tuple[Message, ...]
    diagnosis: str | None = None
    hint: Message | None = None
    line: int | None = None
    column: int | None = None
    cell: int | None = None
    source_line: str | None = None

    @property
    def is_about_what_should_change(self) -> bool:
        """Whether an argument should have been changed; else one that should not was."""
        return self.messages[0].id in _SHOULD_CHANGE

    @property
    def is_about_what_is_printed(self) -> bool:
        """Whether what the call printed is what was judged."""
        return self.messages[0].id in _PRINTED

    @property
    def is_untried(self) -> bool:
        """Whether the call was not made any more, since others had not ended well."""
        return self.messages[0].id in _UNTRIED

    @property
    def is_of_lost_work(self) -> bool:
        """Whether there is work that may be meant, and its name, its place or its text kept it from being called."""
        return self.rule is Rule.SYNTAX or (self.rule is Rule.MISSING and {each.id for each in self.messages} != _GONE)

    @property
    def is_of_kept_rule(self) -> bool:
        """Whether a rule of style is kept, and its points wait for right work."""
        return self.messages[0].id in _KEPT


class TestResult(Part, frozen=True):
    """One case, judged. `path` leads to the first difference (`result[2, 0]`); what is kept back is None or empty."""

    __test__ = False  # the name is the field's, not a test of pytest's

    name: str
    index: int
    role: Role
    advice: bool
    outcome: Outcome
    points: Fraction
    max_points: Fraction
    call: str | None = None
    path: str | None = None
    expected: Plain | None = None  # the value at `path`'s array (not the element): what to show as a grid
    actual: Plain | None = None
    mismatch: Mismatch | None = None
    stdout: str | None = None
    warnings: tuple[Warned, ...] = ()
    finding: Finding | None = None
    compare: Comparison | None = None  # what `actual` was held to `expected` by
    size: int = 0  # how much goes into the call: what is shown first is the smallest


class ExerciseResult(Part, frozen=True):
    """One exercise, judged."""

    name: str
    title: Wording
    key: str
    file: str | None
    outcome: Outcome
    points: Fraction
    max_points: Fraction
    undecided_points: Fraction
    tests: tuple[TestResult, ...]
    remarks: tuple[Message, ...] = ()  # near misses, statements that failed while loading, a thread left behind
    # the submission whose equal function the calls were made of; empty where it is not said which
    shared_from: str | None = None


class Canary(Part, frozen=True):
    """What a trial submission found behind the walls.

    How many forbidden acts were refused, which were possible (at a level that does not promise otherwise), and how many
    things that honest work needs went well.
    """

    refused: int
    possible: tuple[str, ...]
    worked: int


class Evidence(Part, frozen=True):
    """What the level of isolation rests on. Without isolation there is no canary, and `abilities` is empty."""

    kernel: str = ""
    abilities: dict[str, str | int | bool] = {}
    canary: Canary | None = None
    lacks: tuple[str, ...] = ()  # why it is no higher level, each with what to do


class Result(Part, frozen=True):
    """A submission, judged on one or several exercises."""

    exercises: tuple[ExerciseResult, ...]
    isolation: str
    versions: dict[str, str]
    remarks: tuple[Message, ...] = ()  # about the submission as a whole: files that could not be read
    evidence: Evidence = Evidence()

    @property
    def points(self) -> Fraction:
        return sum((exercise.points for exercise in self.exercises), Fraction())

    @property
    def max_points(self) -> Fraction:
        return sum((exercise.max_points for exercise in self.exercises), Fraction())

    @property
    def undecided_points(self) -> Fraction:
        return sum((exercise.undecided_points for exercise in self.exercises), Fraction())


def together(results: Iterable[Result]) -> Result:
    """The exercises of several results of one submission as one result; at least one is due."""
    every = tuple(results)
    exercises = tuple(exercise for result in every for exercise in result.exercises)
    remarks = tuple(dict.fromkeys(remark for result in every for remark in result.remarks))
    return msgspec.structs.replace(every[0], exercises=exercises, remarks=remarks)
