"""Rules of style: what the text of a submission uses and calls, and whether its steps grow with a size.

What is used is read from the syntax tree before anything has run, in the function and in all that it names; it may
carry points. Steps are counted in the submission's own process, so what comes of them is advice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import PurePath
from typing import Final, final

import msgspec
import numpy as np

from grader.course.key import AnswerKey, Growth, Manner, Role, StyleRule
from grader.judge.messages import style as messages
from grader.judge.result import Finding, Outcome, Rule, TestResult
from grader.message import Message, verbatim
from grader.observation import Observation, Status
from grader.observe.wire import Definition, FileFacts, Source, Use

__all__ = [
    "Placed",
    "broken",
    "earned_share",
    "grown_in",
    "judge_style",
    "left_unchanged",
    "loops",
    "reached",
    "rule_said",
    "scored_again",
    "style_test",
    "untried_style",
    "uses_of",
]

_SYNONYMS: Final = {
    "absolute": "abs",
    "acos": "arccos",
    "amax": "max",
    "amin": "min",
    "around": "round",
    "asin": "arcsin",
    "atan": "arctan",
    "atan2": "arctan2",
    "concat": "concatenate",
    "conj": "conjugate",
    "pow": "power",
    "row_stack": "vstack",
    "true_divide": "divide",
}
_LOOPS: Final = ("np.vectorize", "np.frompyfunc")  # what they call may be no Python, and takes no steps then
_PACKAGE: Final = "numpy"


@final
class Placed(msgspec.Struct, frozen=True):
    """A use, and the cell it is in."""

    use: Use
    cell: int | None = None


def rule_said(rule: StyleRule) -> Message:
    """The rule, as a student is told it before any work."""
    if rule.manner is Manner.UNCHANGED:
        return left_unchanged(rule.names)
    kinds = {
        Manner.FORBID: messages.DO_WITHOUT,
        Manner.CALLS: messages.USE,
        Manner.VECTORISED: messages.NO_LOOP_OVER,
    }
    said = kinds[rule.manner](names=rule.names)
    return said if rule.inside is None else messages.INSIDE(rule=said, name=rule.inside)


def left_unchanged(names: Sequence[str]) -> Message:
    """That these arguments must come back as they were."""
    return messages.LEAVE_UNCHANGED(count=len(names), names=tuple(names))


def reached(facts: Sequence[FileFacts], sources: Sequence[Source], file: int, needs: Sequence[str]) -> list[Placed]:
    """All that the definitions of `needs` use, and those that they name, in that file and in others beside it.

    One of `needs` may be a method, `Layer.forward`: then other methods of its class count as far as it calls them.
    """
    tables = [{one.name: one for one in each.definitions} for each in facts]
    modules = {PurePath(source.name).stem: number for number, source in enumerate(sources)}
    waiting = [(file, name) for name in needs]
    seen: set[tuple[int, str]] = set()
    found: list[Placed] = []
    while waiting:
        at, name = place = waiting.pop(0)
        definition = _holder(tables[at], name)
        if definition is None or place in seen:
            continue
        used = _uses_in(definition, name)
        seen.add(place)
        found += [Placed(use, definition.cell) for use in used]
        waiting += [
            (to, named) for to, named, called in _named(used, at, modules) if called or _is_code(tables[to], named)
        ]
        if "." in name:
            own = name.partition(".")[0]
            waiting += [(at, f"{own}{use.name}") for use in used if use.name.startswith(".")]
    return found


def uses_of(
    rule: StyleRule, facts: Sequence[FileFacts], sources: Sequence[Source], file: int, needs: Sequence[str]
) -> list[Placed] | None:
    """What a rule looks at; None where the function that it is for is not there."""
    if rule.inside is None:
        return reached(facts, sources, file, needs)
    table = {one.name: one for one in facts[file].definitions}
    return None if _holder(table, rule.inside) is None else reached(facts, sources, file, [rule.inside])


def _holder(table: Mapping[str, Definition], name: str, passed: frozenset[str] = frozenset()) -> Definition | None:
    """The definition of that name; of a method that is inherited, the class of this file that has it."""
    owner, dot, method = name.partition(".")
    found = table.get(owner)
    if found is None or owner in passed or not dot or any(one.name == method for one in found.methods):
        return None if owner in passed else found
    bases = (_holder(table, f"{use.name}.{method}", passed | {owner}) for use in found.uses if "." not in use.name)
    return next((base for base in bases if base is not None and base.kind == "class"), None)


def _uses_in(definition: Definition, name: str) -> Sequence[Use]:
    """What stands in a definition, or in the method of it that is named."""
    _, dot, method = name.partition(".")
    return next(one.uses for one in definition.methods if one.name == method) if dot else definition.uses


def _is_code(table: dict[str, Definition], name: str) -> bool:
    """Whether a name is a function's or a class's. Others count where they are called: `root = np.vectorize(sqrt)`."""
    return name in table and table[name].kind != "name"


def _named(uses: Sequence[Use], file: int, modules: dict[str, int]) -> Iterator[tuple[int, str, bool]]:
    for use in uses:
        module, dot, name = use.name.partition(".")
        if dot and module in modules:
            yield modules[module], name, use.called
        elif not dot:
            yield file, use.name, use.called


def judge_style(
    key: AnswerKey,
    uses: Callable[[StyleRule], Sequence[Placed] | None],
    steps: Sequence[tuple[Growth, int]] | None,
    share: Fraction | None,
    changed: Sequence[str] = (),
) -> list[TestResult]:
    """A test for each rule.

    `uses`: what a rule looks at. `steps`: for each growth by how many steps more; None where they were not counted.
    `share`: of the tests' points that is earned, None where that is not known; points for how something is written
    count as far as it is right. `changed`: arguments that are not as they were after some call.
    """
    tests = []
    for rule in key.style:
        if rule.manner is Manner.VECTORISED:
            if steps is not None:
                tests.append(style_test(rule, loops(rule, uses(rule) or (), steps)))
            continue
        finding = _spoilt(rule, changed) if rule.manner is Manner.UNCHANGED else broken(rule, uses(rule))
        tests.append(_kept(rule, share) if finding is None and rule.points else style_test(rule, finding))
    return tests


def _spoilt(rule: StyleRule, changed: Sequence[str]) -> Finding | None:
    names = tuple(name for name in rule.names if name in changed)
    return _finding(rule, messages.CHANGED(count=len(names), names=names)) if names else None


def _kept(rule: StyleRule, share: Fraction | None) -> TestResult:
    """The test of a rule with points that the text keeps to."""
    if share is None:
        return _left_open(style_test(rule, None), Outcome.NOT_JUDGED)
    counts = rule.counts(share)
    if counts == 1:
        return style_test(rule, None)
    test = style_test(rule, Finding(Rule.STYLE, (_in_part(rule, counts),)))
    return msgspec.structs.replace(test, points=rule.points * counts)


def scored_again(key: AnswerKey, tests: Sequence[TestResult]) -> list[TestResult]:
    """`tests` with the points of rules that are kept, by the share of the others that is earned now."""
    own = [test for test in tests if test.role is not Role.STYLE]
    rules = {rule.test: rule for rule in key.style if rule.points}
    share = earned_share(own)
    return [
        _kept(rules[test.name], share) if test.role is Role.STYLE and _is_kept(test, rules) else test for test in tests
    ]


def _is_kept(test: TestResult, rules: Mapping[str, StyleRule]) -> bool:
    return test.name in rules and (test.finding is None or test.finding.is_of_kept_rule)


def _in_part(rule: StyleRule, counts: Fraction) -> Message:
    if rule.gate is not None:
        return messages.GATE_SHUT(percent=f"{float(100 * rule.gate):.4g}")
    return messages.EARNED_IN_PART() if counts else messages.NOT_EARNED()


def earned_share(tests: Sequence[TestResult]) -> Fraction | None:
    """The share of the tests' points that is earned, of the tests where none has points; None where one is open."""
    scored = [test for test in tests if test.max_points]
    deciding = scored or [test for test in tests if not test.advice] or tests
    if any(test.outcome is Outcome.NOT_JUDGED for test in deciding):
        return None
    due = [test.max_points or Fraction(1) for test in deciding]
    earned = [most for test, most in zip(deciding, due, strict=True) if test.outcome is Outcome.PASSED]
    return sum(earned, Fraction()) / sum(due) if due else Fraction()


def style_test(rule: StyleRule, finding: Finding | None, outcome: Outcome = Outcome.FAILED) -> TestResult:
    """The test of a rule, passed where there is no finding."""
    return TestResult(
        name=rule.test,
        index=1,
        role=Role.STYLE,
        advice=not rule.points,
        outcome=Outcome.PASSED if finding is None else outcome,
        points=rule.points if finding is None else Fraction(),
        max_points=rule.points,
        finding=finding,
    )


def untried_style(key: AnswerKey, outcome: Outcome, finding: Finding | None) -> list[TestResult]:
    """The tests of rules that carry points, where nothing could be called."""
    made = [style_test(rule, finding, outcome) for rule in key.style if rule.points]
    return made if finding is not None else [_left_open(test, outcome) for test in made]


def _left_open(test: TestResult, outcome: Outcome) -> TestResult:
    return TestResult(test.name, 1, Role.STYLE, test.advice, outcome, Fraction(), test.max_points)


def grown_in(small: Observation, large: Observation) -> int | None:
    """By how many steps the larger call takes more; None where that cannot be told."""
    if small.status is not Status.RETURNED or large.status is not Status.RETURNED:
        return None
    return None if small.steps is None or large.steps is None else large.steps - small.steps


def broken(rule: StyleRule, uses: Sequence[Placed] | None) -> Finding | None:
    """What of the text breaks a rule about functions, words and operators: also that what it is for is not there."""
    if uses is None:
        return _finding(rule, messages.NOT_THERE(name=rule.inside))
    if rule.manner is Manner.CALLS:
        missing = [name for name in rule.names if not any(one.use.called and _is(name, one.use) for one in uses)]
        return _finding(rule, messages.CALLED_TOO_FEW(names=tuple(missing))) if missing else None
    found = [(name, first) for name in rule.names if (first := next(_first(name, uses), None)) is not None]
    if not found:
        return None
    said = messages.USED_FORBIDDEN(uses=tuple(_used(name, one) for name, one in found))
    place = found[0][1]
    return _finding(rule, said, line=place.use.line, cell=place.cell)


def _used(name: str, one: Placed) -> Message:
    if one.cell is None:
        return messages.USED_ON_LINE(name=name, line=one.use.line)
    return messages.USED_IN_CELL(name=name, cell=one.cell, line=one.use.line)


def _finding(rule: StyleRule, said: Message, *, line: int | None = None, cell: int | None = None) -> Finding:
    hint = None if rule.hint is None else verbatim(rule.hint)
    return Finding(Rule.STYLE, (said,), hint=hint, line=line, cell=cell)


def _first(name: str, uses: Sequence[Placed]) -> Iterator[Placed]:
    return (one for one in uses if _is(name, one.use))


def loops(rule: StyleRule, uses: Sequence[Placed], steps: Sequence[tuple[Growth, int]]) -> Finding | None:
    """A loop takes one step at least for each further element; one over layers takes no more of them."""
    grown = [growth.symbol for growth, more in steps if more >= growth.difference]
    if any(_is(name, one.use) for name in _LOOPS for one in uses):
        grown = list(rule.names)
    return _finding(rule, messages.LOOPED(sizes=tuple(grown))) if grown else None


def _is(name: str, use: Use) -> bool:
    """Whether a use is of what an author calls `name`. A method of arrays is the function of the same name."""
    wanted, found = _plain(name), _plain(use.name)
    if wanted == found:
        return True
    package, _, function = wanted.rpartition(".")
    return package == _PACKAGE and found == f".{function}" and hasattr(np.ndarray, function)


def _plain(name: str) -> str:
    package, dot, function = name.rpartition(".")
    first, _, rest = package.partition(".")
    if first in ("np", _PACKAGE):
        whole = ".".join(part for part in (_PACKAGE, rest) if part)
        return f"{whole}.{_SYNONYMS.get(function, function)}"
    return f"{package}{dot}{function}"
