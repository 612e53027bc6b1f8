"""What must agree within a specification: names with arguments, sizes with symbols, points with points."""

from __future__ import annotations

import itertools
import keyword
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Final

from grader.course.calls import named_arguments
from grader.course.domains import domain_violations, is_written_alone
from grader.course.expressions import TAKEN, ExpressionError, check_expression, check_function, free_names
from grader.course.key import LEAST_CALLS, Parameter
from grader.course.literal import LiteralError, to_value
from grader.course.model import AssignmentSpec, CourseSpec, ExerciseSpec, LimitsSpec, TestSpec
from grader.course.node import Path
from grader.course.problems import Violation, clip, did_you_mean, listed
from grader.course.quantities import points_text
from grader.course.random_checks import random_violations
from grader.course.signature import ANY_SHAPE, Kind, Leaf, Signature, leaves, letters
from grader.course.sizes import any_axis, size_symbols
from grader.course.style_consistency import style_violations

__all__ = ["check_course", "check_edits", "check_exercise", "doubts"]

_MAX_ANY_AXES: Final = 8
_MAX_FINDINGS: Final = 100


def check_course(spec: CourseSpec) -> list[Violation]:
    """What does not agree in a course by itself: names that stand twice."""
    found = [
        _repeated(((("assignments", n, "name"), item.name) for n, item in enumerate(spec.assignments)), "assignment")
    ]
    for number, assignment in enumerate(spec.assignments):
        places = ((("assignments", number, "exercises", n), name) for n, name in enumerate(assignment.exercises))
        found.append(_repeated(places, "exercise"))
        found.append(iter(_extensions(assignment, ("assignments", number))))
        found.append(_variants(assignment, spec.seed, ("assignments", number, "variants")))
    found += [_hidden(spec, ("serve", "hidden")), _budget(spec.defaults.limits, ("defaults", "limits"))]
    return [violation for violations in found for violation in violations]


def _hidden(spec: CourseSpec, at: Path) -> Iterator[Violation]:
    """Where nothing is ever due, results of hidden tests would never be shown."""
    if spec.serve.hidden != "after_due":
        return
    without = [assignment.name for assignment in spec.assignments if assignment.due is None]
    if without or not spec.assignments:
        which = f" of {', '.join(map(repr, without))}" if without else ""
        message = f"there is no due date{which}, so results of hidden tests would never be shown"
        yield Violation(at, message, "Write `due:` in each assignment, or `hidden: at_once` here.")


def _budget(limits: LimitsSpec, at: Path) -> Iterator[Violation]:
    """What is left out here is looked at where it is known (`grader.grading.budget`)."""
    if limits.exercise is not None and limits.call is not None and limits.exercise < LEAST_CALLS * limits.call:
        message = f"all calls of an exercise together have {limits.exercise:g} s, and one alone {limits.call:g} s"
        yield Violation((*at, "exercise"), message, f"Write at least {LEAST_CALLS * limits.call:g}.")


def _variants(assignment: AssignmentSpec, seed: str | None, at: Path) -> Iterator[Violation]:
    """Who has which would be everybody's to tell, and so would be their inputs."""
    if assignment.variants > 1 and seed is None:
        message = f"'{assignment.name}' has variants, and the course has no `seed:` to draw them from"
        yield Violation(at, message, "Write a `seed:` of 32 random characters, as `grader new` does.", at_key=True)


def _extensions(assignment: AssignmentSpec, at: Path) -> list[Violation]:
    """An extension goes with a due date, and beyond it."""
    if assignment.extensions and assignment.due is None:
        message = f"'{assignment.name}' has extensions and no due date"
        return [Violation((*at, "extensions"), message, "Write `due:` beside them.", at_key=True)]
    early = [student for student, moment in assignment.extended.items() if assignment.due and moment <= assignment.due]
    advice = f"The assignment is due at {assignment.due}."
    return [Violation((*at, "extensions", student), "this is no later than the due date", advice) for student in early]


def doubts(spec: ExerciseSpec) -> list[Violation]:
    """What is allowed and perhaps not meant."""
    tests = spec.tests or ()
    sharing = [test for test in tests if test.points is None]
    explicit = _sum(tests)
    if not sharing or explicit != spec.tested_points or not spec.tested_points:
        return []
    names = listed(f"'{test.name}'" for test in sharing)
    message = f"the tests' own points take all {points_text(explicit)}, and nothing is left for {names}"
    advice = "Write `points: 0` where a test is advice, or leave some points."
    return [Violation(("tests",), message, advice, at_key=True)]


def _sum(tests: tuple[TestSpec, ...]) -> Fraction:
    return sum((test.points for test in tests if test.points is not None), Fraction())


def _calls(spec: ExerciseSpec) -> Iterator[tuple[Path, TestSpec | None]]:
    """The exercise, and each test that says of its own call what it returns or changes; where that stands."""
    yield ("returns",), None
    for place, test in spec.placed_tests:
        if test.result is not None or test.changes is not None:
            yield (*place, "returns" if test.result is not None else "changes"), test


def _name_fault(name: str) -> str:
    """Why `name` cannot be a name in Python; empty where it can."""
    if keyword.iskeyword(name):
        return f"'{name}' is a word of Python itself"
    return "" if name.isidentifier() else f"'{clip(name)}' is no name in Python"


def _function(spec: ExerciseSpec) -> Iterator[Violation]:
    if spec.function is not None and (fault := _name_fault(spec.function)):
        yield Violation(
            ("function",), f"{fault}, so no function can be called so", "Name the function with `function:`."
        )


def _argument_names(spec: ExerciseSpec) -> Iterator[Violation]:
    for name in spec.args:
        if fault := _name_fault(name):
            yield Violation(("args", name), f"{fault}, so no argument can be called so", at_key=True)
        elif name in TAKEN:
            message = f"no argument can be called '{name}': in expressions it is {TAKEN[name]}"
            yield Violation(("args", name), message, at_key=True)


def _none(spec: ExerciseSpec) -> Iterator[Violation]:
    """None is what a function returns that does something else, and there has to be something to judge it by."""
    for name, argument in spec.args.items():
        if any(leaf.kind is Kind.NONE for leaf in leaves(argument.signature)):
            message = "only a result can be 'none': that of a function that changes its arguments"
            yield Violation(("args", name), message, "Write `any` where any value will do.")
        if any(leaf.kind is Kind.PRINTED for leaf in leaves(argument.signature)):
            yield Violation(("args", name), "only a result can be 'printed'", "Write `str` for a text.")
    for place, test in _calls(spec):
        result = spec.returns_of(test).signature
        if result != Leaf(Kind.PRINTED) and any(leaf.kind is Kind.PRINTED for leaf in leaves(result)):
            message = "what is printed is the whole result, and no part of one"
            yield Violation(place, message, "Write `returns: printed`.")
        if spec.returns_of(test).signature == Leaf(Kind.NONE) and not spec.changes_of(test):
            message = "the function returns nothing and changes nothing, so there is nothing to judge it by"
            yield Violation(place, message, "Name the arguments that it is meant to change: `changes: [x]`.")


def _defaults_last(spec: ExerciseSpec) -> Iterator[Violation]:
    optional = ""
    for name, argument in spec.args.items():
        if argument.has_default:
            optional = name
        elif optional:
            message = f"'{name}' has no default, but comes after '{optional}', which has one"
            yield Violation(("args", name), message, "Python wants arguments with defaults last.", at_key=True)


def _symbols_and_arguments(spec: ExerciseSpec) -> Iterator[Violation]:
    """A name is an argument or a size; only a single whole number can be both."""
    sizes = {symbol for argument in spec.args.values() for symbol in letters(argument.signature)}
    sizes |= {symbol for _, test in _calls(spec) for symbol in letters(spec.returns_of(test).signature)}
    for name, argument in spec.args.items():
        if name in sizes and argument.signature != Leaf(Kind.INT):
            message = f"'{name}' is an argument and also a size in a shape; only an argument of type int can be both"
            yield Violation(("args", name), message, "Use another symbol in the shapes.", at_key=True)


def _given_arguments(spec: ExerciseSpec) -> Iterator[Violation]:
    for place, test in spec.placed_tests:
        for name in test.args:
            if name not in spec.args:
                yield Violation((*place, "args", name), _no_argument(name, spec), at_key=True)


def _expressions(spec: ExerciseSpec) -> Iterator[Violation]:
    for place, test in spec.placed_tests:
        for name, raw in test.args.items():
            if isinstance(raw, str) and raw.startswith("="):
                yield from _expression((*place, "args", name), raw)


def _no_argument(name: str, spec: ExerciseSpec) -> str:
    known = f"; the arguments are {listed(spec.args)}" if spec.args else "; the exercise has no `args:`"
    return f"no argument is called '{clip(name)}'{did_you_mean(name, spec.args) or known}"


def _expression(path: Path, raw: str) -> Iterator[Violation]:
    try:
        check_expression(raw[1:])
    except ExpressionError as error:
        column = error.column + (1 if error.line == 0 else 0)
        yield Violation(path, error.message, inside=(error.line, column))


def _sizes(spec: ExerciseSpec) -> Iterator[Violation]:
    parameters = [Parameter(name, argument.signature, argument.text) for name, argument in spec.args.items()]
    known = {name for _, test in _calls(spec) for name in size_symbols(parameters, spec.returns_of(test).signature)}
    known |= {parameter.name for parameter in parameters if parameter.signature == Leaf(Kind.INT)}
    if ANY_SHAPE in known:
        known |= {any_axis(number) for number in range(_MAX_ANY_AXES)}
    for place, sizes in (((), spec.sizes), *((place, test.sizes) for place, test in spec.placed_tests)):
        for name in sizes:
            if name not in known:
                named = sorted(size for size in known if size.isidentifier())
                there_are = f"; the sizes are {listed(named)}" if named else "; no shape in `args:` has a symbol"
                message = f"no size is called '{clip(name)}'{did_you_mean(name, known) or there_are}"
                yield Violation((*place, "sizes", name), message, at_key=True)


def _literals(spec: ExerciseSpec) -> Iterator[Violation]:
    """Inputs and defaults that are not what the signature says. None is a default of any argument."""
    for name, argument in spec.args.items():
        if argument.default is not None:
            yield from _literal(("args", name, "default"), argument.default, argument.exact)
    for place, test in spec.placed_tests:
        for name, raw in test.args.items():
            if name in spec.args and not (isinstance(raw, str) and raw.startswith("=")):
                yield from _literal((*place, "args", name), raw, spec.args[name].exact)


def _literal(path: Path, raw: object, signature: Signature) -> Iterator[Violation]:
    try:
        to_value(raw, signature)
    except LiteralError as error:
        yield Violation((*path, *error.path), f"'{path[-1]}': {error}" if path[-1] != "default" else str(error))


def _never_drawn(spec: ExerciseSpec) -> Iterator[Violation]:
    """Arguments that nobody draws, where a test does not write them."""
    for name in (name for name, argument in spec.args.items() if is_written_alone(argument)):
        tests = [test for _, test in spec.placed_tests if name not in test.args and _is_made_with(name, spec, test)]
        if spec.tests is None or tests:
            where = "here" if spec.tests is None else f"in '{clip(tests[0].name)}'"
            message = f"not every key of '{name}' is fixed, so it cannot be drawn {where}"
            advice = "Write `draw:` beside its type, or give it in `args:` of each example and test."
            yield Violation(("args", name), message, advice, at_key=True)


def _is_made_with(name: str, spec: ExerciseSpec, test: TestSpec) -> bool:
    try:
        return name in named_arguments(spec, test)
    except SyntaxError:
        return False  # told elsewhere


def _changes(spec: ExerciseSpec) -> Iterator[Violation]:
    for at, test in (((), None), *spec.placed_tests):
        own = spec.changes if test is None else test.changes or ()
        places = [((*at, "changes", number), name) for number, name in enumerate(own)]
        yield from (Violation(place, _no_argument(name, spec)) for place, name in places if name not in spec.args)
        yield from _repeated(iter(places), "argument")


def _uses(spec: ExerciseSpec) -> Iterator[Violation]:
    for number, name in enumerate(spec.uses):
        if name in spec.uses[:number]:
            yield Violation(("uses", number), f"'{clip(name)}' stands here twice")


def _call(spec: ExerciseSpec) -> Iterator[Violation]:
    if spec.function is not None or spec.call is not None:
        return
    if spec.tests is None or any(test.call is None for _, test in spec.placed_tests):
        message = "without a function nothing is called: `call:` must say what is asked for"
        yield Violation(("function",), message, "Add `call:` to the exercise, or to each of its examples and tests.")


def _test_names(spec: ExerciseSpec) -> Iterator[Violation]:
    places = (((*place, "name"), test.name) for place, test in spec.placed_tests)
    yield from _repeated(places, "test")


def _repeated(places: Iterator[tuple[Path, str]], word: str) -> Iterator[Violation]:
    seen: set[str] = set()
    for path, name in places:
        if name in seen:
            yield Violation(path, f"another {word} is called '{clip(name)}' too", "Each needs a name of its own.")
        seen.add(name)


def _points(spec: ExerciseSpec) -> Iterator[Violation]:
    tests = spec.tests or ()
    explicit, due = _sum(tests), spec.tested_points
    left = "the exercise's" if due == spec.points else "what the rules of style leave of the exercise's points:"
    if explicit > max(due, Fraction()):
        number = next(n for n in range(len(tests)) if _sum(tests[: n + 1]) > due)
        message = f"the tests' points add up to {points_text(explicit)}, more than {left} {points_text(due)}"
        yield Violation(("tests", number, "points"), message, "Lower these, or raise the exercise's `points:`.")
    elif tests and explicit < due and all(test.points is not None for test in tests):
        sums = f"{points_text(explicit)} of the exercise's {points_text(due)}"
        message = f"every test has points of its own, and they add up to {sums}"
        yield Violation(("tests",), message, "Leave `points:` out where a test takes what is left.", at_key=True)


def _accept(spec: ExerciseSpec) -> Iterator[Violation]:
    """Other forms of a right result: of one result, and of nothing but what was asked and what came."""
    if spec.accept and (spec.holds is not None or any(test.holds is not None for _, test in spec.placed_tests)):
        message = "`accept:` reads a result in another form to compare it, and with `holds:` nothing is compared"
        yield Violation(
            ("accept",), message, "Let the condition take either form, or leave one of the two out.", at_key=True
        )
    known = ("np", "result", *spec.args)
    for number, form in enumerate(spec.accept):
        for key, code in (("when", form.when), ("as", form.form)):
            for name in sorted(free_names(code) - set(known)):
                message = (
                    f"there is no '{clip(name)}' here{did_you_mean(name, known) or f'; there are {listed(known)}'}"
                )
                yield Violation(("accept", number, key), message)


def _misconceptions(spec: ExerciseSpec) -> Iterator[Violation]:
    places = ((("misconceptions", number, "id"), item.id) for number, item in enumerate(spec.misconceptions))
    yield from _repeated(places, "misconception")
    for number, misconception in enumerate(spec.misconceptions):
        if misconception.code is not None and (spec.function is None or not _name_fault(spec.function)):
            try:
                check_function(misconception.code, spec.function)
            except ExpressionError as error:
                yield Violation(("misconceptions", number, "code"), error.message)


def _unsure_of_names(path: Path) -> bool:
    return path == ("args",)


def _unsure_of_signatures(path: Path) -> bool:
    return path[:1] in (("args",), ("returns",))


def _unsure_of_calls(path: Path) -> bool:
    return path[:1] == ("function",) or path[-1:] == ("call",) or _unsure_of_tests(path)


def _unsure_of_calls_and_signatures(path: Path) -> bool:
    return _unsure_of_calls(path) or _unsure_of_signatures(path)


def _unsure_of_points(path: Path) -> bool:
    return path[-1:] == ("points",) or _unsure_of_tests(path)


def _unsure_of_style(path: Path) -> bool:
    return path[:1] in (("require",), ("forbid",), ("points",), ("args",))


def _unsure_of_holds(path: Path) -> bool:
    return "holds" in path or path[:1] == ("changes",) or _unsure_of_tests(path)


def _unsure_of_tests(path: Path) -> bool:
    return path[:1] in (("tests",), ("examples",)) and len(path) < 3


def _sure(path: Path) -> bool:
    return False


_CHECKS: Final[tuple[tuple[Callable[[ExerciseSpec], Iterator[Violation]], Callable[[Path], bool]], ...]] = (
    (_function, _sure),
    (_argument_names, _sure),
    (_none, _unsure_of_signatures),
    (_defaults_last, _unsure_of_signatures),
    (_symbols_and_arguments, _unsure_of_signatures),
    (_given_arguments, _unsure_of_names),
    (_expressions, _sure),
    (_sizes, _unsure_of_signatures),
    (_literals, _unsure_of_signatures),
    (domain_violations, _unsure_of_signatures),
    (_never_drawn, _unsure_of_calls_and_signatures),
    (_changes, _unsure_of_names),
    (random_violations, _unsure_of_holds),
    (_uses, _sure),
    (_call, _unsure_of_calls),
    (_test_names, _sure),
    (_points, _unsure_of_points),
    (style_violations, _unsure_of_style),
    (_accept, _unsure_of_names),
    (_misconceptions, _sure),
)
"""What is checked, and which broken values it cannot be told without."""


def check_edits(spec: ExerciseSpec, solution: str) -> list[Violation]:
    """The misconceptions' edits of texts that the reference solution does not contain."""
    return [
        Violation(
            ("misconceptions", number, "edit", text),
            f"`edit` looks for '{clip(text)}', which the reference solution does not contain",
            "Copy the text from the solution, with its spaces.",
            at_key=True,
        )
        for number, known in enumerate(spec.misconceptions)
        for text in known.edit or ()
        if text not in solution
    ]


def check_exercise(spec: ExerciseSpec, broken: set[Path]) -> list[Violation]:
    """What does not agree in an exercise. Nothing is concluded from the values at the paths in `broken`."""
    possible = (check for check, unsure in _CHECKS if not any(unsure(path) for path in broken))
    return list(itertools.islice((violation for check in possible for violation in check(spec)), _MAX_FINDINGS))
