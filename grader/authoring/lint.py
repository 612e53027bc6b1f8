"""What of an exercise will not teach as it should, though it is sound: each finding with its rule and its line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np

from grader.authoring.untranslated import untranslated
from grader.authoring.wordings import answers_given, names_unknown, placeholders
from grader.course.binding import bind_all
from grader.course.disagreement import Disagreement
from grader.course.domains import domain_of, expression
from grader.course.key import AnswerKey, Case, Role
from grader.course.literal import to_value
from grader.course.open_dicts import met_entries, open_entries
from grader.course.tree import ANY_SHAPE, Kind, Leaf
from grader.grading.branches_that_raise import RaisingBranch, RaisingProblem
from grader.grading.checked import Lint
from grader.grading.doubtful_answers import Doubt, DoubtfulAnswer
from grader.grading.mutation import MutationReport, has_negative, scored_cases, steady_cases
from grader.grading.round_off import RoundOffViolation
from grader.grading.search import is_always_made
from grader.grading.turns import Share, every, finite_lists, shared
from grader.values import Value, fingerprint
from grader.words.text import listed

if TYPE_CHECKING:
    from grader.course.folder import Exercise
    from grader.course.model import CourseSpec

__all__ = ["NOTES", "LintInput", "line_of", "lint"]

Place: TypeAlias = tuple[str | int, ...]
Found: TypeAlias = Iterator[tuple[str, str, Place]]

# Rules that may be right of an exercise in which nothing is wrong.
NOTES: Final = frozenset(
    {"all-positive", "choice-untested", "idle-test", "input-left-out", "key-unmet"}
    | {"raise-untested", "raise-untold", "square-only", "unknown-name", "untranslated"}
)
_NUMBERS: Final = (Kind.INT, Kind.FLOAT, Kind.COMPLEX, Kind.ANY)


@dataclass(frozen=True, slots=True)
class LintInput:
    """What the lint rules read beside the exercise itself."""

    course: CourseSpec
    key: AnswerKey
    mutation: MutationReport
    round_off_violations: tuple[RoundOffViolation, ...]
    others: frozenset[str] = frozenset()  # what the course's other exercises define
    doubtful_answers: tuple[DoubtfulAnswer, ...] = ()
    raising_branches: tuple[RaisingBranch, ...] = ()


def lint(exercise: Exercise, lint_input: LintInput) -> tuple[Lint, ...]:
    """What the author should correct or, of the rules in `NOTES`, look at, in the order of the file."""
    rules = (_examples, _shapes, _signs, _choices, _points, _answers, _raises, _keys, _tolerances, _tests, _texts)
    found = [
        Lint(rule, message, line_of(exercise, *place))
        for check in rules
        for rule, message, place in check(exercise, lint_input)
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda one: one.line))


def line_of(exercise: Exercise, *place: str | int) -> int:
    """The line of the YAML file on which the value at `place` begins."""
    return int(exercise.where(*place).split(":")[-2])


def _place_of(exercise: Exercise, name: str) -> Place:
    """Where the test of that name stands; the arguments, where it was drawn from the signature."""
    for group, tests in (("examples", exercise.spec.examples), ("tests", exercise.spec.tests or ())):
        for number, test in enumerate(tests):
            if test.name == name:
                return group, number
    return ("args",)


def _examples(exercise: Exercise, lint_input: LintInput) -> Found:
    """An example whose input a hidden test has too: to return the example's answer would earn that test's points."""
    visible = {_input(case): case.test for case in lint_input.key.cases if case.role is Role.EXAMPLE}
    for case in scored_cases(lint_input.key):
        if _input(case) in visible:
            message = f"the hidden test '{case.test}' has the input of '{visible[_input(case)]}', which students see"
            yield "example-is-test", message, _place_of(exercise, case.test)


def _input(case: Case) -> tuple[str | None, bytes]:
    return case.code, fingerprint(case.arguments.value)


def _shapes(exercise: Exercise, lint_input: LintInput) -> Found:
    cases = scored_cases(lint_input.key)
    arrays = [_arrays(case) for case in cases]
    said = domain_of(exercise.spec)
    varies = any(_may_vary(argument.signature) for argument in exercise.spec.args.values()) and not said.sizes
    shapes = {tuple((name, array.shape) for name, array in found.items()) for found in arrays}
    if varies and len(shapes) == 1 and any(arrays):
        shown = ", ".join(f"{name} {shape}" for name, shape in shapes.pop())
        message = f"all hidden tests have the same shape ({shown}): a size that is written in passes; add another size"
        yield "one-shape", message, ("tests",)
    for name, argument in exercise.spec.args.items():
        is_said = not argument.says_nothing or said.sizes or said.where is not None
        if not is_said and isinstance(argument.signature, Leaf) and _is_matrix(argument.signature.shape):
            matrices = [found[name] for found in arrays if name in found and found[name].ndim == 2]
            yield from _matrices(exercise, name, argument.signature, matrices)


def _may_vary(signature: Any) -> bool:
    shape = signature.shape if isinstance(signature, Leaf) else None
    return shape == ANY_SHAPE or (isinstance(shape, tuple) and any(not axis.isdecimal() for axis in shape))


def _is_matrix(shape: tuple[str, ...] | str | None) -> bool:
    return shape == ANY_SHAPE or (isinstance(shape, tuple) and len(shape) == 2)


def _matrices(exercise: Exercise, name: str, leaf: Leaf, matrices: Sequence[Any]) -> Found:
    if not matrices or any(one.shape[0] != one.shape[1] for one in matrices):
        symmetric = False
    else:
        symmetric = all(np.array_equal(one, one.T) for one in matrices)
        free = leaf.shape == ANY_SHAPE or (isinstance(leaf.shape, tuple) and leaf.shape[0] != leaf.shape[1])
        if free:
            message = f"every {name} of the hidden tests is square: a wrong axis raises no error; add other shapes"
            yield "square-only", message, ("tests",)
    if symmetric and not is_always_made(name, exercise.spec):
        message = f"every {name} of the hidden tests is symmetric: a transpose too many or too few is right by luck"
        yield "symmetric", message, ("tests",)


def _arrays(case: Case) -> dict[str, Any]:
    return {name: value for name, value in case.arguments.value.items() if isinstance(value, np.ndarray) and value.ndim}


def _signs(exercise: Exercise, lint_input: LintInput) -> Found:
    """An argument without a negative number, though the reference takes them."""
    cases = scored_cases(lint_input.key)
    sizes = _sizes(lint_input.key, cases)
    for name, argument in exercise.spec.args.items():
        numbers = isinstance(argument.signature, Leaf) and argument.signature.kind in _NUMBERS
        given = [case.arguments.value[name] for case in cases if name in case.arguments.value]
        if not numbers or name in sizes or not given or name not in lint_input.mutation.negative:
            continue
        if not any(map(has_negative, given)) and not is_always_made(name, exercise.spec):
            message = (
                f"no {name} of the hidden tests has a negative number: a sign or an absolute value can be left out"
            )
            yield "all-positive", message, ("tests",)


def _choices(exercise: Exercise, lint_input: LintInput) -> Found:
    """Values that an argument may have, and that no hidden test gives it."""
    drawn = [one for one in lint_input.key.parameters if one.is_drawn]
    choices = {name: one.choices for name, one in exercise.spec.args.items() if one.choices is not None}
    lists = finite_lists(drawn, choices)
    left = None if lists is None else shared(every(lists, 0), Share.HIDDEN)
    cases = scored_cases(lint_input.key)
    for name, raw in choices.items():
        due = dict.fromkeys(map(repr, raw if left is None else (one[name] for one in left)))
        given = {fingerprint(case.arguments.value[name]) for case in cases if name in case.arguments.value}
        missing = [text for text, value in _known(exercise, name) if text in due and fingerprint(value) not in given]
        if missing or len(given) < len(due):
            what = f"is never {' or '.join(missing)}" if missing else f"has {len(given)} of its {len(due)} values"
            message = f"{name} {what} in the hidden tests; write a `repeat:` of at least {len(due)}"
            yield "choice-untested", message, ("args", name)


def _known(exercise: Exercise, name: str) -> Iterator[tuple[str, Value]]:
    """The choices of an argument that are written out, each with its text."""
    argument = exercise.spec.args[name]
    for raw in argument.choices or ():
        if expression(raw) is None:
            yield repr(raw), to_value(raw, argument.signature)


def _sizes(key: AnswerKey, cases: Sequence[Case]) -> set[str]:
    try:
        signatures = [(one.name, one.signature) for one in key.parameters]
        return {name for case in cases[:1] for name in bind_all(signatures, case.arguments.value)}
    except Disagreement:
        return set()


def _points(exercise: Exercise, lint_input: LintInput) -> Found:
    idle = [case for case in lint_input.key.cases if case.role is Role.HIDDEN and not case.advice and not case.points]
    for name in dict.fromkeys(case.test for case in idle):
        message = (
            f"the test '{name}' carries no points, for the others' own take all {exercise.spec.tested_points}; "
            "leave it some, or write `points: 0` if it is advice"
        )
        yield "points", message, _place_of(exercise, name)
    carried = sum(case.points for case in scored_cases(lint_input.key))
    if carried != exercise.spec.tested_points:
        message = f"the hidden tests carry {carried} points, the exercise has {exercise.spec.tested_points} for them"
        yield "points", message, ("points",)


def _answers(exercise: Exercise, lint_input: LintInput) -> Found:
    guard = "say in the task what is due there and let the reference do it, leave such inputs out, or write `points: 0`"
    for one in lint_input.doubtful_answers:
        place = _place_of(exercise, one.test)
        match one.doubt:
            case Doubt.NAN:
                message = f"'{one.test}' expects NaN: whoever guards against that loses points"
                yield "nan-expected", f"{message}; {guard}", place
            case Doubt.WARNED:
                message = (
                    f"the reference warns in '{one.test}' ({one.why}): whoever guards against that may lose points"
                )
                yield "reference-warns", f"{message}; {guard}", place
            case Doubt.ONE_OF_MANY:
                message = (
                    f"the answer to '{one.test}' is one of several: what {one.why} returns is as right with the other "
                    "sign; say in the task which sign is due and let the reference see to it, or write `holds:` with "
                    "what is true of every right answer"
                )
                yield "one-of-many", message, place


def _raises(exercise: Exercise, lint_input: LintInput) -> Found:
    """Branches of the reference that raise. Where such inputs are not meant, the author has to say what is drawn."""
    narrower = "say what is drawn with `minimum:`, `choices:` or `where:`"
    for one in lint_input.raising_branches:
        at = f"solutions/{exercise.solution_path.name}" + ("" if one.line is None else f":{one.line}")
        match one.problem:
            case RaisingProblem.UNTOLD:
                message = (
                    f"'{one.test}' expects {one.error} ({at}), of which no text speaks: say in the task when it is "
                    f"raised, or, where such inputs are not meant, {narrower}"
                )
                yield "raise-untold", message, ("task",)
            case RaisingProblem.UNTESTED:
                which = f"with `{one.given}`" if one.given else "with an input that does"
                message = (
                    f"no scored test reaches `{one.code}` ({at}), so work without it has all points; "
                    f"write a test {which}"
                )
                yield "raise-untested", message, ("tests",) if exercise.spec.tests else ("args",)
            case RaisingProblem.LEFT_OUT:
                given = f" for `{one.given}`" if one.given else ""
                message = (
                    f"inputs that are drawn are left out of the tests, for the reference fails on them: {one.error} "
                    f"({at}){given}; {narrower}, or let a `raise` of the reference's own refuse them, where "
                    "students have to refuse them too"
                )
                yield "input-left-out", message, ("args",)


def _keys(exercise: Exercise, lint_input: LintInput) -> Found:
    """Keys and patterns of the result that nothing stands under in any case: perhaps they are written otherwise."""
    returns = exercise.spec.returns
    values = [case.expected.value.value for case in lint_input.key.cases if case.returns is None and case.view is None]
    met = {entry for value in values for entry in met_entries(returns, value)}
    for entry in dict.fromkeys(open_entries(returns)):
        if entry not in met:
            message = f"no result of the reference has anything under {entry} of `returns`; is it written otherwise?"
            yield "key-unmet", message, ("returns",)


def _tolerances(exercise: Exercise, lint_input: LintInput) -> Found:
    for one in lint_input.round_off_violations:
        message = (
            f"the tolerance of '{one.test}' is below the noise of the reference itself: {one.variant} it would fail; "
            "widen `rtol` or `atol`"
        )
        yield "tolerance-noise", message, _compare_place(exercise, one.test)
    hidden = [one.mutant for one in lint_input.mutation.tried if one.within_tolerance]
    if hidden:
        shown = listed([f"`{one.after}` for `{one.before}` (line {one.line})" for one in hidden[:3]])
        message = f"the tolerance is so wide that mistakes hide in it: {shown}; the usual one would tell"
        yield "tolerance-wide", message, ("compare",)


def _compare_place(exercise: Exercise, name: str) -> Place:
    place = _place_of(exercise, name)
    return ("compare",) if "compare" in exercise.document.value else place


def _tests(exercise: Exercise, lint_input: LintInput) -> Found:
    if exercise.spec.tests is None:
        return  # our own set: what is idle in it costs the author nothing
    idle = lint_input.mutation.idle
    if set(idle) == {case.test for case in steady_cases(lint_input.key)}:
        return  # each mutant fails all of them: that is no fault of any
    for name in idle:
        message = (
            f"no mutant and no misconception needs the hidden test '{name}': it fails only what all others fail too; "
            "sharpen it, leave it out, or add the misconception that it is for"
        )
        yield "idle-test", message, _place_of(exercise, name)


def _texts(exercise: Exercise, lint_input: LintInput) -> Found:
    for place, text in placeholders(exercise.spec):
        yield "placeholder", f"a text is still to be written: '{text}'", place
    for place, problem in names_unknown(exercise, lint_input.others):
        yield "unknown-name", f"the text names {problem}", place
    for place, problem in untranslated(exercise.name, exercise.spec, lint_input.course):
        yield "untranslated", problem, place
    for place, code in answers_given(exercise):
        yield "hint-gives-answer", f"the hint holds a line of the reference, {code}; ask for it instead", place
