"""The model of a specification: every key of `course.yaml` and of an exercise's file, its type, default and meaning.

Only shapes and single values are checked here; what must agree with something else is in `grader.course.consistency`.
The JSON Schema for editors and the table in docs/specification.md follow from this module.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import AfterValidator, Field, ValidationError, model_validator

from grader.course.condition_spec import ConditionSpec, Holds
from grader.course.domain_specs import Sizes, SizeSpec
from grader.course.fields import (
    Bound,
    Drawn,
    Due,
    Duration,
    Expression,
    Extension,
    Language,
    LateDays,
    Lines,
    Memory,
    Points,
    Practice,
    Repeat,
    Seconds,
    Share,
    Slug,
    Text,
    Tolerance,
    Type,
    Typed,
    fault,
)
from grader.course.misconception_spec import MisconceptionSpec
from grader.course.rule_specs import ForbidSpec, RequireSpec, UnchangedSpec
from grader.course.signature import Signature
from grader.course.spec_base import Spec

__all__ = [
    "BASE_COMPARE",
    "BASE_LIMITS",
    "LEVELS",
    "Argument",
    "AssignmentSpec",
    "CompareSpec",
    "ConditionSpec",
    "CourseSpec",
    "DefaultsSpec",
    "ExampleSpec",
    "ExerciseSpec",
    "LateSpec",
    "LimitsSpec",
    "MisconceptionSpec",
    "ResultSpec",
    "SizeSpec",
    "TestSpec",
    "Typed",
    "ValidationError",
]


_LONG_FORM: Final = frozenset({"type", "about", "default", "draw", "minimum", "maximum", "choices"})


class ResultSpec(Spec):
    """What the function returns. The short form is the signature alone."""

    typed: Type = Field(alias="type", description="The signature: kind and shape, or a nested form.")
    about: str = Field(default="", description="A sentence for the docstring.")

    @model_validator(mode="before")
    @classmethod
    def _from_short_form(cls, raw: Any) -> Any:
        long_form = isinstance(raw, Mapping) and not _LONG_FORM.isdisjoint(raw)
        return raw if long_form else {"type": raw}

    @property
    def signature(self) -> Signature:
        return self.typed.signature

    @property
    def text(self) -> str:
        """The type as it was written."""
        return self.typed.text


class Argument(ResultSpec):
    """One argument. The short form is the signature alone."""

    default: Any = Field(
        default=None, description="The value where a call leaves it out; without this key it must be given."
    )

    draw: Drawn | None = Field(
        default=None, description="An expression that begins with `=`: how it is drawn wherever nothing else is said."
    )
    minimum: Bound | None = Field(
        default=None, description="The least that is drawn, of one number or of each of an array."
    )
    maximum: Bound | None = Field(
        default=None, description="The most that is drawn, of one number or of each of an array."
    )
    choices: Annotated[tuple[Any, ...], Field(min_length=1)] | None = Field(
        default=None, description="The only values that are drawn: literals, or expressions that begin with `=`."
    )

    younger: ClassVar[frozenset[str]] = frozenset({"draw", "minimum", "maximum", "choices"})

    @property
    def has_default(self) -> bool:
        return "default" in self.model_fields_set

    @property
    def is_drawn(self) -> bool:
        """Whether there is a value for it where nobody writes one."""
        return not self.has_default or not self.says_nothing

    @property
    def says_nothing(self) -> bool:
        """Whether nothing but the signature says which values it has."""
        return all(getattr(self, name) is None for name in self.younger)


class CompareSpec(Spec):
    """When two numbers are the same. What is left out is inherited: from the exercise, from the course."""

    rtol: Tolerance | None = Field(default=None, description="Relative tolerance: scaled by the expected number.")
    atol: Tolerance | None = Field(default=None, description="Absolute tolerance: for numbers near zero.")
    dtype: Literal["kind", "exact", "any"] | None = Field(
        default=None,
        description="`kind`: the signature's kind of number or a narrower one; `exact`: the reference's dtype; `any`.",
    )

    def over(self, base: CompareSpec) -> CompareSpec:
        """The comparison with what it leaves open taken from `base`."""
        return CompareSpec(**{**base.model_dump(), **self.model_dump(exclude_none=True)})


class LimitsSpec(Spec):
    """Budgets of an exercise. What is left out is inherited from the course."""

    call: Seconds | None = Field(default=None, description="Seconds for one call.")
    exercise: Seconds | None = Field(
        default=None, description="Seconds for all calls of the exercise together; at least twice those for one."
    )
    load: Seconds | None = Field(
        default=None,
        description="Seconds for running the submission's file or notebook, as often as that is needed; half for once.",
    )
    memory: Memory | None = Field(
        default=None, description="Memory on top of what Python and NumPy take: `512 MiB`, or bytes."
    )

    def over(self, base: LimitsSpec) -> LimitsSpec:
        """The limits with what they leave open taken from `base`."""
        return LimitsSpec(**{**base.model_dump(), **self.model_dump(exclude_none=True)})


class TestSpec(Spec):
    """A hidden test: one case, or `repeat` cases whose inputs are drawn anew."""

    __test__: ClassVar[bool] = False  # pytest takes every class called Test… for a test

    name: str = Field(default="", description="What the test is called in feedback; no name twice.")
    args: dict[str, Any] = Field(
        default={}, description="Arguments: literals, or expressions that begin with `=`. Those not given are drawn."
    )
    sizes: Sizes = Field(default={}, description="Sizes of the signature's symbols; those not given are drawn.")
    repeat: Repeat = Field(default=1, description="How many cases are drawn.")
    points: Points | None = Field(
        default=None,
        description="Points of all its cases together; without it a share of what is left. `0` makes it advice.",
    )
    hint: Text | None = Field(default=None, description="What a student is told when this test fails.")
    call: Lines | None = Field(default=None, description="As for the exercise, for this test alone.")
    compare: CompareSpec = Field(default=CompareSpec(), description="As for the exercise, for this test alone.")
    holds: Holds | None = Field(default=None, description="As for the exercise, for this test alone.")
    where: Expression | None = Field(default=None, description="As for the exercise, for this test alone.")

    younger: ClassVar[frozenset[str]] = frozenset({"where"})


class ExampleSpec(TestSpec):
    """A visible test. It is shown with the reference's answer, and carries no points."""

    @model_validator(mode="before")
    @classmethod
    def _without_points(cls, raw: Any) -> Any:
        for key in ("points", "repeat"):
            if isinstance(raw, Mapping) and key in raw:
                advice = "Move the example to `tests:` if it is to count."
                raise fault(f"an example has no '{key}': students see it with its answer", advice=advice, path=(key,))
        return raw


def _numbered(word: str) -> Callable[[tuple[TestSpec, ...]], tuple[TestSpec, ...]]:
    def number(tests: tuple[TestSpec, ...]) -> tuple[TestSpec, ...]:
        if not tests and word == "test":
            raise fault("the list of tests is empty", advice="Leave `tests:` out for a set drawn from the signature.")
        return tuple(
            test if test.name.strip() else test.model_copy(update={"name": f"{word} {number}"})
            for number, test in enumerate(tests, 1)
        )

    return number


class ExerciseSpec(Spec):
    """An exercise: the file `exercises/NAME.yaml`."""

    title: Text = Field(description="The exercise's heading.")
    function: str | None = Field(
        default=None, description="The function that students write; `null` where `call` asks for something else."
    )
    args: dict[str, Argument] = Field(default={}, description="The arguments in order, each with its signature.")
    result: ResultSpec = Field(alias="returns", description="The signature of the result.")
    task: Text = Field(description="The task in Markdown, with LaTeX between `$` signs.")
    points: Points = Field(default=Fraction(10), description="Points of all hidden tests together.")
    examples: Annotated[tuple[ExampleSpec, ...], AfterValidator(_numbered("example"))] = Field(
        default=(), description="Cases that students see, with the reference's answers."
    )
    tests: Annotated[tuple[TestSpec, ...], AfterValidator(_numbered("test"))] | None = Field(
        default=None, description="Hidden tests; without this key a set is drawn from the signature."
    )
    misconceptions: tuple[MisconceptionSpec, ...] = Field(
        default=(), description="Wrong solutions that are recognised."
    )
    hints: tuple[Text, ...] = Field(default=(), description="Hints for whoever asks, the mildest first.")
    call: Lines | None = Field(
        default=None,
        description="An expression, or lines that end in one, evaluated in place of a call of the function.",
    )
    compare: CompareSpec = Field(default=CompareSpec(), description="When two numbers are the same.")
    holds: Holds | None = Field(
        default=None,
        description="An expression over `result` and the arguments that must be `True`, in place of comparison; or a "
        "list of such conditions, the first that is not `True` says why.",
    )
    sizes: Sizes = Field(default={}, description="Sizes of the signature's symbols, where a test does not say others.")
    where: Expression | None = Field(
        default=None, description="A condition on the arguments that all inputs fulfil that are drawn."
    )
    changes: tuple[Text, ...] = Field(default=(), description="Arguments that the function is meant to change.")
    unchanged: UnchangedSpec | None = Field(
        default=None,
        description="What changed arguments cost where the result is right; without this key, the test's points.",
    )
    uses: tuple[Text, ...] = Field(
        default=(), description="Exercises whose functions a solution may call; a mistake in those costs points once."
    )
    require: RequireSpec = Field(default=RequireSpec(), description="How a submission must be written.")
    forbid: ForbidSpec | None = Field(default=None, description="What a submission must do without.")
    practice: Practice | None = Field(default=None, description="How many practice cases a handout carries.")
    limits: LimitsSpec = Field(default=LimitsSpec(), description="Budgets of time and memory.")

    younger: ClassVar[frozenset[str]] = frozenset({"sizes", "where"})

    @property
    def tested_points(self) -> Fraction:
        """What the rules of style leave for the hidden tests."""
        rules = (self.require, self.forbid, self.unchanged)
        return self.points - sum((rule.points for rule in rules if rule is not None), Fraction())

    @property
    def returns(self) -> Signature:
        return self.result.signature

    @property
    def returns_text(self) -> str:
        return self.result.text

    @property
    def returns_about(self) -> str:
        return self.result.about


BASE_COMPARE: Final = CompareSpec(rtol=1e-6, atol=1e-9, dtype="kind")
BASE_LIMITS: Final = LimitsSpec(call=2.0, load=10.0, memory=1 << 30)


class DefaultsSpec(Spec):
    """What holds for every exercise that does not say otherwise."""

    compare: Annotated[CompareSpec, AfterValidator(lambda compare: compare.over(BASE_COMPARE))] = Field(
        default=BASE_COMPARE, description="When two numbers are the same."
    )
    points: Points = Field(default=Fraction(10), description="Points of an exercise.")
    practice: Practice = Field(default=20, description="How many practice cases a handout carries for each exercise.")
    limits: Annotated[LimitsSpec, AfterValidator(lambda limits: limits.over(BASE_LIMITS))] = Field(
        default=BASE_LIMITS, description="Budgets of time and memory."
    )


class LateSpec(Spec):
    """What lateness costs. Without a due date, and without a known time of handing in, it costs nothing."""

    grace: Duration = Field(default=timedelta(), description="How long after the due date is not late yet: `15 min`.")
    per_day: Share = Field(
        default=Fraction(), description="The share of the earned points that each day begun costs: `10 %`."
    )
    floor: Share = Field(default=Fraction(), description="The share of the earned points that is always kept.")
    days: LateDays = Field(
        default=0,
        description="Days that each student may be late for nothing, in the whole course; spent by themselves.",
    )


class AssignmentSpec(Spec):
    """A named list of exercises, in the order in which students meet them."""

    name: Slug = Field(description="A short name: letters, digits, `_` and `-`.")
    title: str = Field(default="", description="The heading of the handout.")
    exercises: Annotated[tuple[Text, ...], Field(min_length=1)] = Field(description="The exercises' names, in order.")
    due: Due | None = Field(default=None, description="`2026-12-01 23:59 Europe/Berlin`, or ISO 8601 with an offset.")
    form: Literal["scripts", "notebook", "both"] = Field(
        default="both", description="What students fill in: a Python file each, one notebook, or whichever they like."
    )
    extensions: dict[str, Extension] = Field(
        default={}, description="By student (the id in the gradebook): a later due date, or how much later: `3 days`."
    )

    @property
    def extended(self) -> dict[str, datetime]:
        """The due date of each student who has one of their own."""
        given = self.extensions.items()
        return (
            {student: self.due + later if isinstance(later, timedelta) else later for student, later in given}
            if self.due
            else {}
        )

    @model_validator(mode="before")
    @classmethod
    def _titled(cls, raw: Any) -> Any:
        return {"title": raw.get("name", ""), **raw} if isinstance(raw, Mapping) else raw


class CourseSpec(Spec):
    """A course: the file `course.yaml`. It may be empty."""

    title: Text = Field(default="", description="The course's heading.")
    language: Language | None = Field(
        default=None,
        description="The language of the task texts, and of what students are told unless they ask for another.",
    )
    seed: Text | None = Field(default=None, description="A secret text that the hidden inputs are drawn from.")
    assignments: tuple[AssignmentSpec, ...] = Field(
        default=(), description="Without this key, one assignment of every exercise."
    )
    late: LateSpec = Field(default=LateSpec(), description="What lateness costs.")
    defaults: DefaultsSpec = Field(default=DefaultsSpec(), description="What holds for every exercise.")


LEVELS: Final[Mapping[str, type[Spec]]] = {
    "course": CourseSpec,
    "defaults": DefaultsSpec,
    "assignment": AssignmentSpec,
    "late": LateSpec,
    "exercise": ExerciseSpec,
    "argument": Argument,
    "returns": ResultSpec,
    "example": ExampleSpec,
    "test": TestSpec,
    "condition": ConditionSpec,
    "size": SizeSpec,
    "misconception": MisconceptionSpec,
    "require": RequireSpec,
    "forbid": ForbidSpec,
    "unchanged": UnchangedSpec,
    "compare": CompareSpec,
    "limits": LimitsSpec,
}
"""The levels of a specification, as the table in docs/specification.md has them."""
