"""The answer key: everything that judging needs, as plain data.

A key is compiled from an exercise and its reference solution (`grader.grading.compile`). Grading reads keys only: no
YAML, no reference, no author's code. The public part of a key (`public` true) is what a handout carries
(`grader.grading.public`).
"""

from __future__ import annotations

import enum
from fractions import Fraction
from typing import Final

import msgspec

from grader.course.ranges import ANYTHING, Range
from grader.course.signature import Signature
from grader.message import Wording
from grader.observation import Observation
from grader.values import Plain

__all__ = [
    "ANY_INPUT",
    "LEAST_CALLS",
    "SCHEMA",
    "AcceptedForm",
    "AnswerKey",
    "Assignment",
    "Budget",
    "Case",
    "Comparison",
    "Condition",
    "Domain",
    "Dtype",
    "Form",
    "Growth",
    "Handout",
    "LateRule",
    "Manner",
    "Misconception",
    "Parameter",
    "Role",
    "Spaces",
    "StyleRule",
    "View",
]

SCHEMA: Final = 3
LEAST_CALLS: Final = 2  # what all calls of an exercise have is as much as so many have at the least


class Node(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """Base of the key's parts."""


class Role(enum.Enum):
    """Who sees a case. Examples and practice are public and carry no points. A rule of style has no cases."""

    EXAMPLE = "example"
    PRACTICE = "practice"
    HIDDEN = "hidden"
    STYLE = "style"


class Dtype(enum.Enum):
    """How strictly the dtype of a result is compared."""

    KIND = "kind"  # a number of the signature's kind, or of a narrower one
    EXACT = "exact"  # the reference's dtype
    ANY = "any"


class Spaces(enum.Enum):
    """Which spaces and ends of lines count in a text that is printed."""

    EXACT = "exact"
    TRAILING = "trailing"  # not those at the ends of lines, nor empty lines at the end
    ANY = "any"  # any may stand for any, and none is needed at either end


class Comparison(Node, frozen=True):
    """When two numbers are the same: `|actual - expected| <= atol + rtol * |expected|`.

    Two integers are the same by `whole_rtol` and `whole_atol`: only where they are equal, if their author writes no
    tolerance for this exercise.
    """

    rtol: float = 1e-6
    atol: float = 1e-9
    dtype: Dtype = Dtype.KIND
    whole_rtol: float = 0.0
    whole_atol: float = 0.0
    spaces: Spaces = Spaces.TRAILING


class Parameter(Node, frozen=True):
    """One parameter of the exercise's function.

    `within`: what is drawn for it, and what it may become where an input is made smaller. `made`: its values come of an
    expression of the author's. `exact`: its signature with the types that it and its parts are of exactly.
    """

    name: str
    signature: Signature
    text: str  # as the author wrote the type
    about: Wording = ""
    optional: bool = False
    within: Range = ANYTHING
    made: bool = False
    exact: Signature | None = None

    @property
    def whole(self) -> Signature:
        """All that its author says of what it is."""
        return self.signature if self.exact is None else self.exact

    @property
    def is_drawn(self) -> bool:
        """Whether there is a value for it where nobody writes one; without its default, or in place of that."""
        return not self.optional or self.made or self.within != ANYTHING


class Budget(Node, frozen=True):
    """Seconds and bytes (`grader.observe.wire.Limits`). `exercise`: seconds of all calls together."""

    call: float
    load: float
    memory: int
    exercise: float = 10.0


class Condition(Node, frozen=True):
    """Must be exactly True of a result. `says` is for whoever does not keep to it, in place of the condition itself."""

    that: str
    says: Wording | None = None


class AcceptedForm(Node, frozen=True):
    """Another form of a right result: where `when` is exactly True of it, `form` is what is compared."""

    when: str
    form: str


class Domain(Node, frozen=True):
    """Which inputs a test draws, beside what its parameters say: their sizes, and a condition on all arguments.

    It is not for students: a condition may tell what the tests are after. It sees `defaults` where a call leaves an
    argument out. `drawn` are the expressions by which arguments are drawn.
    """

    sizes: dict[str, Range] = {}
    where: str | None = None
    defaults: Plain = Plain({})
    drawn: dict[str, str] = {}


ANY_INPUT: Final = Domain()


class View(Node, frozen=True):
    """What is judged of a result, in its place. `otherwise` is for whoever's result it cannot be evaluated on."""

    code: str
    signature: Signature
    text: str  # as the author wrote the type
    otherwise: Wording | None = None


class Case(Node, frozen=True):
    """One call with its inputs and what the reference did."""

    test: str
    index: int  # from 1, among the cases of that test
    role: Role
    points: Fraction  # 0: advice, or an example
    advice: bool  # points 0 on purpose: a failure changes no outcome
    arguments: Plain  # dict, in the order of the parameters; those that are left to their defaults are not in it
    seed: int
    expected: Observation
    compare: Comparison
    code: str | None = None  # evaluated in the submission's namespace in place of a call of the function
    holds: tuple[Condition, ...] | None = None  # in place of comparison, in order
    hint: Wording | None = None
    call: str = ""  # as it can be pasted
    size: int = 0  # how much goes into it: the smallest case is the easiest to read
    domain: Domain = ANY_INPUT
    build: dict[str, str] = {}  # what is made of the arguments just before the call, in order
    view: View | None = None
    returns: Signature | None = None  # of this case alone; without it the key's
    changes: tuple[str, ...] | None = None  # in this case alone; without it the key's
    is_printed: bool = False  # what the call prints is judged, in place of what it returns
    samples: int = 0  # how often it is called, each time under another seed; conditions see all results. 0: once


class Misconception(Node, frozen=True):
    """A known wrong solution: what it did on each of the key's cases, in their order."""

    id: str
    says: Wording
    answers: tuple[Observation, ...]


class Manner(enum.Enum):
    """What a rule of style is about."""

    FORBID = "forbid"
    CALLS = "calls"
    VECTORISED = "vectorised"
    UNCHANGED = "unchanged"


class Growth(Node, frozen=True):
    """Two calls of which one is larger in one size alone."""

    symbol: str
    difference: int
    small: Case
    large: Case


class StyleRule(Node, frozen=True):
    """How a function is to be written, and what it must leave alone.

    `names`: functions, words and operators, or sizes (`vectorised`), or arguments (`unchanged`).
    """

    manner: Manner
    names: tuple[str, ...]
    points: Fraction = Fraction()  # 0: advice
    hint: Wording | None = None
    growths: tuple[Growth, ...] = ()
    gate: Fraction | None = None  # of the tests' points: from that share on its own count in full, below it not at all
    inside: str | None = None  # the function, or the method, that it is for; else the whole of what is asked for

    def counts(self, share: Fraction) -> Fraction:
        """How much of its points count where that share of the tests' points is earned."""
        return share if self.gate is None else Fraction(share >= self.gate)

    @property
    def test(self) -> str:
        """What the test of the rule is called: an identity, and so the same in every language."""
        names = ", ".join(self.names) + ("" if self.inside is None else f" in {self.inside}")
        match self.manner:
            case Manner.FORBID:
                return f"without {names}"
            case Manner.CALLS:
                return f"with {names}"
            case Manner.VECTORISED:
                return "without loops"
            case Manner.UNCHANGED:
                return "arguments unchanged"


class AnswerKey(Node, frozen=True):
    """What judging one exercise needs."""

    schema: int
    id: str  # sha256:… of what the key was made from
    name: str
    title: Wording
    needs: tuple[str, ...]  # names that a submission has to define
    function: str | None  # None where `call` asks for something else than a function
    parameters: tuple[Parameter, ...]
    returns: Signature
    returns_text: str
    points: Fraction  # of the hidden cases and the rules of style, all together
    undecided: Fraction  # points that cases outside this key decide
    public: bool
    cases: tuple[Case, ...]
    misconceptions: tuple[Misconception, ...]
    hints: tuple[Wording, ...]
    changes: tuple[str, ...]  # parameters that the function is meant to change
    budget: Budget
    stub_digest: str  # of the untouched stub's function (`grader.observe.wire.Definition`)
    versions: dict[str, str]
    style: tuple[StyleRule, ...] = ()
    uses: tuple[str, ...] = ()  # exercises whose functions a submission may call
    scaffold: str = ""  # what stubs hand out of the solution file, where conditions may name it
    packages: dict[str, str] = {}  # modules of the course, by the names that expressions see them under
    accept: tuple[AcceptedForm, ...] = ()
    helpers: str = ""  # the whole solution file, where a condition needs what stubs do not hand out; never in a handout

    @property
    def seen_by_conditions(self) -> str:
        """What conditions see of the solution file."""
        return self.helpers or self.scaffold

    def returns_of(self, case: Case) -> Signature:
        """The signature of what is judged of a case's result."""
        if case.view is not None:
            return case.view.signature
        return self.returns if case.returns is None else case.returns

    def changes_of(self, case: Case) -> tuple[str, ...]:
        """The arguments that the call of a case is meant to change."""
        return self.changes if case.changes is None else case.changes


class LateRule(Node, frozen=True):
    """What lateness costs (`grader.course.model.LateSpec`)."""

    grace: float = 0.0  # seconds
    per_day: Fraction = Fraction()
    floor: Fraction = Fraction()
    days: int = 0


class Form(enum.Enum):
    """What students fill in: a Python file an exercise, one notebook, or whichever of the two they like."""

    SCRIPTS = "scripts"
    NOTEBOOK = "notebook"
    BOTH = "both"


class Assignment(Node, frozen=True):
    """A named list of exercises, in the order in which students meet them."""

    name: str
    title: Wording
    exercises: tuple[str, ...]
    due: str | None = None  # ISO 8601 with an offset
    late: LateRule = LateRule()
    extensions: dict[str, str] = {}  # by student: the due date that holds; never in a handout
    form: Form = Form.BOTH
    hand_in: Wording = ""  # how and where
    variants: int = 1


class Handout(Node, frozen=True):
    """What a handout's key file holds: an assignment and the public parts of its keys.

    `mutants`: by exercise, a payload of what mutants of the reference answer on the cases of its public part.
    """

    schema: int
    title: Wording  # of the course
    language: str  # empty where course.yaml does not say
    assignment: Assignment
    keys: tuple[AnswerKey, ...]
    mutants: dict[str, Plain] = {}
