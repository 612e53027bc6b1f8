"""The model of a specification: every key of `course.yaml` and of an exercise's file, its type, default and meaning.

Only shapes and single values are checked here; what must agree with something else is in `grader.course.consistency`.
The JSON Schema for editors and the table in docs/specification.md follow from this module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Final, Self, TypeVar

from pydantic import AfterValidator, Field, ValidationError, model_validator

from grader.course.accept_spec import AcceptSpec
from grader.course.assignment_spec import AssignmentSpec, ServeSpec
from grader.course.condition_spec import ConditionSpec, Holds, placed
from grader.course.domain_specs import Sizes, SizeSpec
from grader.course.exact_types import exactly
from grader.course.fields import (
    Bound,
    Drawn,
    Expression,
    Language,
    Lines,
    Points,
    Practice,
    Repeat,
    Text,
    Type,
    Typed,
    fault,
)
from grader.course.inherited_specs import BASE_COMPARE, BASE_LIMITS, CompareSpec, DefaultsSpec, LimitsSpec
from grader.course.late_spec import LateSpec
from grader.course.misconception_spec import MisconceptionSpec
from grader.course.node import Path
from grader.course.packages import Packages
from grader.course.random_spec import RandomSpec
from grader.course.rule_specs import Forbid, ForbidSpec, Require, RequireSpec, UnchangedSpec
from grader.course.signature import Signature, SignatureError, bare
from grader.course.spec_base import Spec
from grader.course.view_spec import ViewSpec
from grader.course.wordings import About, Words
from grader.message import Wording

__all__ = [
    "BASE_COMPARE",
    "BASE_LIMITS",
    "LEVELS",
    "AcceptSpec",
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
    "RandomSpec",
    "ResultSpec",
    "SizeSpec",
    "TestSpec",
    "Typed",
    "ValidationError",
    "ViewSpec",
]


_DRAWN: Final = ("draw", "minimum", "maximum", "choices")  # which values of an argument are drawn
_LONG_FORM: Final = frozenset({"type", "exactly", "about", "default", *_DRAWN})
S = TypeVar("S", bound=Spec)


class ResultSpec(Spec):
    """What the function returns. The short form is the signature alone."""

    typed: Type = Field(alias="type", description="The signature: kind and shape, or a nested form.")
    exactly: Text | None = Field(
        default=None, description="The one type that it is of: `float`, `numpy.float64`, `list`; parts may say it too."
    )
    about: About = Field(default="", description="A sentence for the docstring.")

    younger: ClassVar[frozenset[str]] = frozenset({"exactly"})

    @model_validator(mode="before")
    @classmethod
    def _from_short_form(cls, raw: Any) -> Any:
        long_form = isinstance(raw, Mapping) and not _LONG_FORM.isdisjoint(raw)
        return raw if long_form else {"type": raw}

    @model_validator(mode="after")
    def _of_a_possible_type(self) -> Self:
        try:
            self.exact  # noqa: B018 — it raises where there is no such type
        except SignatureError as error:
            raise fault(error.message, path=error.path) from None
        return self

    @property
    def exact(self) -> Signature:
        """What it is, with the types that it and its parts are of exactly."""
        whole = self.typed.signature
        return whole if self.exactly is None else exactly(whole, self.exactly)

    @property
    def signature(self) -> Signature:
        return bare(self.exact)

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

    younger: ClassVar[frozenset[str]] = frozenset({"exactly", *_DRAWN})

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
        return all(getattr(self, name) is None for name in _DRAWN)


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
    hint: Words | None = Field(default=None, description="What a student is told when this test fails.")
    call: Lines | None = Field(default=None, description="As for the exercise, for this test alone.")
    result: ResultSpec | None = Field(
        default=None, alias="returns", description="As for the exercise, for this test alone."
    )
    changes: tuple[Text, ...] | None = Field(default=None, description="As for the exercise, for this test alone.")
    compare: CompareSpec = Field(default=CompareSpec(), description="As for the exercise, for this test alone.")
    holds: Holds | None = Field(default=None, description="As for the exercise, for this test alone.")
    where: Expression | None = Field(default=None, description="As for the exercise, for this test alone.")
    build: dict[str, Expression] | None = Field(default=None, description="As for the exercise, for this test alone.")
    view: ViewSpec | None = Field(default=None, description="As for the exercise, for this test alone.")
    random: RandomSpec | None = Field(default=None, description="As for the exercise, for this test alone.")

    younger: ClassVar[frozenset[str]] = frozenset({"where", "build", "view", "random", "result", "changes"})


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


def _placed(key: str, rules: tuple[S, ...]) -> tuple[tuple[Path, S], ...]:
    return tuple(((key, number), rule) for number, rule in enumerate(rules))


class ExerciseSpec(Spec):
    """An exercise: the file `exercises/NAME.yaml`."""

    title: Words = Field(description="The exercise's heading.")
    teaches: str = Field(
        default="",
        repr=False,  # no answer key depends on it
        description="What it teaches, in a few words, for whoever chooses exercises; in no handout.",
    )
    function: str | None = Field(
        default=None, description="The function that students write; `null` where `call` asks for something else."
    )
    args: dict[str, Argument] = Field(default={}, description="The arguments in order, each with its signature.")
    parameters: dict[str, Words] = Field(
        default={},
        description="The function's own parameters in order, and what each is, where they are not what tests draw.",
    )
    result: ResultSpec = Field(alias="returns", description="The signature of the result.")
    task: Words = Field(description="The task in Markdown, with LaTeX between `$` signs.")
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
    hints: tuple[Words, ...] = Field(default=(), description="Hints for whoever asks, the mildest first.")
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
    accept: tuple[AcceptSpec, ...] = Field(
        default=(), description="Other forms of a right result; the first whose `when` is `True` says how it is read."
    )
    sizes: Sizes = Field(default={}, description="Sizes of the signature's symbols, where a test does not say others.")
    where: Expression | None = Field(
        default=None, description="A condition on the arguments that all inputs fulfil that are drawn."
    )
    build: dict[str, Expression] | None = Field(
        default=None,
        description="What calls are made with that has no plain form (frames, functions): by name, an expression over "
        "the arguments, evaluated just before the call.",
    )
    view: ViewSpec | None = Field(
        default=None, description="What is judged of a result without a plain form, in its place."
    )
    random: RandomSpec | None = Field(
        default=None, description="How a function is judged that draws random numbers: by many calls together."
    )
    changes: tuple[Text, ...] = Field(default=(), description="Arguments that the function is meant to change.")
    unchanged: UnchangedSpec | None = Field(
        default=None,
        description="What changed arguments cost where the result is right; without this key, the test's points.",
    )
    uses: tuple[Text, ...] = Field(
        default=(), description="Exercises whose functions a solution may call; a mistake in those costs points once."
    )
    require: Require = Field(
        default=RequireSpec(), description="How a submission must be written; or a list of such rules."
    )
    forbid: Forbid | None = Field(
        default=None, description="What a submission must do without; or a list of such rules."
    )
    practice: Practice | None = Field(default=None, description="How many practice cases a handout carries.")
    limits: LimitsSpec = Field(default=LimitsSpec(), description="Budgets of time and memory.")

    younger: ClassVar[frozenset[str]] = frozenset({"sizes", "where", "build", "view", "random", "accept", "parameters"})

    @property
    def tested_points(self) -> Fraction:
        """What the rules of style leave for the hidden tests."""
        rules = (*(rule for _, rule in self.required), *(rule for _, rule in self.forbidden), self.unchanged)
        return self.points - sum((rule.points for rule in rules if rule is not None), Fraction())

    @property
    def required(self) -> tuple[tuple[Path, RequireSpec], ...]:
        """The rules of what must be used, each with its place."""
        one = self.require
        return _placed("require", one) if isinstance(one, tuple) else ((("require",), one),)

    @property
    def forbidden(self) -> tuple[tuple[Path, ForbidSpec], ...]:
        """The rules of what to do without, each with its place."""
        one = self.forbid or ()
        return _placed("forbid", one) if isinstance(one, tuple) else ((("forbid",), one),)

    @property
    def conditions(self) -> Iterator[tuple[Path, str]]:
        """All conditions on results, each with its place."""
        yield from placed((), self.holds)
        for place, test in self.placed_tests:
            yield from placed(place, test.holds)

    @property
    def placed_tests(self) -> tuple[tuple[Path, TestSpec], ...]:
        """Examples and tests, each with its place."""
        return (*_placed("examples", self.examples), *_placed("tests", self.tests or ()))

    @property
    def returns(self) -> Signature:
        return self.result.exact

    def returns_of(self, test: TestSpec | None) -> ResultSpec:
        """What the call of a test gives back: as the test says, or as the exercise does."""
        return self.result if test is None or test.result is None else test.result

    def changes_of(self, test: TestSpec | None) -> tuple[str, ...]:
        """The arguments that the call of a test is meant to change."""
        return self.changes if test is None or test.changes is None else test.changes

    @property
    def ever_changed(self) -> tuple[str, ...]:
        """The arguments that some call is meant to change."""
        tests = (*self.examples, *(self.tests or ()))
        return tuple(dict.fromkeys((*self.changes, *(name for test in tests for name in test.changes or ()))))

    @property
    def returns_text(self) -> str:
        return self.result.text

    @property
    def returns_about(self) -> Wording:
        return self.result.about


class CourseSpec(Spec):
    """A course: the file `course.yaml`. It may be empty."""

    title: Words = Field(default="", description="The course's heading.")
    language: Language | None = Field(
        default=None,
        description="The language of the task texts, and of what students are told unless they ask for another.",
    )
    seed: Text | None = Field(default=None, description="A secret text that the hidden inputs are drawn from.")
    packages: Packages = Field(
        default={}, description="Modules that expressions see beside `np`, and that are there in every process."
    )
    assignments: tuple[AssignmentSpec, ...] = Field(
        default=(), description="Without this key, one assignment of every exercise."
    )
    hand_in: Words | None = Field(
        default=None, description="How and where to hand in, which a handout's README, page and notebook say."
    )
    late: LateSpec = Field(default=LateSpec(), description="What lateness costs.")
    defaults: DefaultsSpec = Field(default=DefaultsSpec(), description="What holds for every exercise.")
    serve: ServeSpec = Field(default=ServeSpec(), description="What holds on a page of ours.")


LEVELS: Final[Mapping[str, type[Spec]]] = {
    "course": CourseSpec,
    "defaults": DefaultsSpec,
    "assignment": AssignmentSpec,
    "late": LateSpec,
    "serve": ServeSpec,
    "exercise": ExerciseSpec,
    "argument": Argument,
    "returns": ResultSpec,
    "example": ExampleSpec,
    "test": TestSpec,
    "condition": ConditionSpec,
    "view": ViewSpec,
    "accept": AcceptSpec,
    "random": RandomSpec,
    "size": SizeSpec,
    "misconception": MisconceptionSpec,
    "require": RequireSpec,
    "forbid": ForbidSpec,
    "unchanged": UnchangedSpec,
    "compare": CompareSpec,
    "limits": LimitsSpec,
}
"""The levels of a specification, as the table in docs/specification.md has them."""
