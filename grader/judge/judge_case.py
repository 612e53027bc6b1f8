"""Judging one case: what a call did against what the reference did."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Final, TypeAlias, final

import msgspec

from grader.course.binding import RESULT
from grader.course.disagreement import ShapeDisagreement
from grader.course.expressions import free_names, names_after
from grader.course.key import AnswerKey, Case, Comparison, Condition, Dtype, Manner, Role
from grader.course.signature import Kind, Leaf
from grader.judge import feedback, findings
from grader.judge.compare import Difference, compare
from grader.judge.printed import was_printed
from grader.judge.result import Finding, Mismatch, Outcome, Rule, TestResult
from grader.judge.sampling import one_of_all, undeclared
from grader.judge.still_open import is_of_the_call, is_still_open
from grader.judge.views import not_viewed, otherwise
from grader.message import Message, Wording, verbatim
from grader.observation import Observation, Raised, Status
from grader.observe.wire import Definition
from grader.values import Opaque, Plain, Value

__all__ = ["judge_case", "without_call"]

_Held: TypeAlias = tuple[bool | None, ...] | None

_TO_THE_BIT: Final = Comparison(rtol=0.0, atol=0.0, dtype=Dtype.EXACT)
_ANYTHING: Final = Leaf(Kind.ANY, "...")
_ARGUMENT_ERROR: Final = re.compile(r"\b(?:takes|missing|got|expected|required)\b.*\bargument")
# Kinds of RuntimeError or Exception that nobody raises to refuse an input: stubs, misspelt names, calls without end.
_OF_SLIPS: Final = frozenset(
    {"NotImplementedError", "RecursionError", "NameError", "UnboundLocalError", "ImportError", "ModuleNotFoundError"}
)
_ENDED_WELL: Final = (Status.RETURNED, Status.RAISED)
_UNKNOWN_ERROR: Final = Raised("an exception", "")


@final
class _Verdict(msgspec.Struct, frozen=True):
    """How a case ended, and which values to show for it."""

    outcome: Outcome
    finding: Finding | None = None
    path: str | None = None
    expected: Plain | None = None
    actual: Plain | None = None
    mismatch: Mismatch | None = None
    compare: Comparison | None = None


_PASSED: Final = _Verdict(Outcome.PASSED)
_NOT_JUDGED: Final = _Verdict(Outcome.NOT_JUDGED)
# What came was not what our own process sends.
_NO_SAMPLES: Final = _Verdict(Outcome.CRASHED, Finding(Rule.CRASHED, (feedback.crashed(None),)))


def judge_case(
    case: Case,
    key: AnswerKey,
    observation: Observation,
    held: tuple[bool | None, ...] | None = None,
    *,
    definition: Definition | None = None,
) -> TestResult:
    """Say whether a call did what the reference did, and if not, what was wrong.

    In this order: still blank; ended badly; raised or returned against the reference's behaviour; value; changed
    arguments. A wrong value beside a changed argument is told first, with a line on the argument.

    Parameters
    ----------
    case
        The call's inputs and what the reference did, with the tolerance that it is compared by.
    key
        The case's answer key: signatures, and seconds and bytes that a call may take.
    observation
        What the submission's call did. It may come from a hostile process.
    held
        What each of the case's conditions gave, where it has any and the call returned.
    definition
        What the syntax tree says of the submission's function.

    Returns
    -------
    TestResult
        With all of the case's points, or none. `not_judged` where the reference itself did not end well, or a `held`
        that is needed is absent. It never raises, whatever the observation is.
    """
    one = one_of_all(case, key, observation)
    verdict = _NO_SAMPLES if one is None else _verdict(case, key, one, held, definition)
    return TestResult(
        name=case.test,
        index=case.index,
        role=case.role,
        advice=case.advice,
        outcome=verdict.outcome,
        points=case.points if verdict.outcome is Outcome.PASSED else Fraction(),
        max_points=case.points,
        call=case.call or None,
        path=verdict.path,
        expected=verdict.expected,
        actual=verdict.actual,
        mismatch=verdict.mismatch,
        stdout=observation.printed or None,
        warnings=observation.warnings,
        finding=_hinted(verdict.finding, case.hint),
        compare=verdict.compare,
        size=case.size,
    )


def without_call(case: Case, outcome: Outcome, finding: Finding | None) -> TestResult:
    """The result of a case for which nothing could be called."""
    return TestResult(
        name=case.test,
        index=case.index,
        role=case.role,
        advice=case.advice,
        outcome=outcome,
        points=Fraction(),
        max_points=case.points,
        finding=finding,
    )


def _hinted(finding: Finding | None, hint: Wording | None) -> Finding | None:
    """The author's hint goes with what a call did, not with a function that is still to be written."""
    if (
        finding is None
        or hint is None
        or finding.hint is not None
        or finding.rule in (Rule.NOT_ATTEMPTED, Rule.SIGNATURE)
    ):
        return finding
    if finding.rule is Rule.CHANGED_ARGUMENT and not finding.is_about_what_should_change:
        return finding  # the result is right: the hint is about that
    return msgspec.structs.replace(finding, hint=verbatim(hint))


def _verdict(
    case: Case, key: AnswerKey, observation: Observation, held: _Held, definition: Definition | None
) -> _Verdict:
    if case.expected.status not in _ENDED_WELL:
        return _NOT_JUDGED
    if definition is not None and is_still_open(definition, case, key, observation):
        return _Verdict(Outcome.NOT_ATTEMPTED, findings.not_attempted(key, definition))
    if observation.status is Status.UNBUILT:
        return _NOT_JUDGED
    stopped = observation.status is Status.RAISED or _stopped_while_viewed(observation)
    if observation.status is Status.UNVIEWED and not stopped:
        return _unviewed(case, key, observation)
    if observation.status not in _ENDED_WELL and not stopped:
        return _ended(key, observation)
    if stopped:
        verdict = _raised(case, key, observation.error or _UNKNOWN_ERROR, definition)
        if observation.status is Status.UNVIEWED and verdict.finding is not None:
            finding = msgspec.structs.replace(verdict.finding, hint=otherwise(case.view))
            verdict = msgspec.structs.replace(verdict, finding=finding)
    else:
        verdict = _returned(case, key, observation, held, definition)
    return _with_arguments(verdict, case, key, observation)


def _ended(key: AnswerKey, observation: Observation) -> _Verdict:
    """The call did not come to an end of its own."""
    status, code = observation.status, observation.exit_status
    if status is Status.TIMED_OUT:
        return _told(Outcome.TIMED_OUT, Rule.TIMED_OUT, feedback.timed_out(key.budget.call))
    if status is Status.OVERDUE:
        return _told(Outcome.TIMED_OUT, Rule.TIMED_OUT, feedback.overdue(key.budget.exercise))
    if status is Status.UNRUN:
        return _told(Outcome.TIMED_OUT, Rule.TIMED_OUT, feedback.unrun())
    if status is Status.OUT_OF_MEMORY:
        return _told(Outcome.OUT_OF_MEMORY, Rule.OUT_OF_MEMORY, feedback.out_of_memory(key.budget.memory))
    if status is Status.FLOODED:
        return _told(Outcome.ERRORED, Rule.OUTPUT, feedback.flooded())
    if status is Status.EXITED:
        return _told(Outcome.CRASHED, Rule.CRASHED, feedback.ended_python(code))
    return _told(Outcome.CRASHED, Rule.CRASHED, feedback.crashed(code))


def _told(outcome: Outcome, rule: Rule, message: Message) -> _Verdict:
    return _Verdict(outcome, Finding(rule, (message,)))


def _raised(case: Case, key: AnswerKey, error: Raised, definition: Definition | None) -> _Verdict:
    due = case.expected.error
    if _does_not_fit(error) and not (due is not None and _does_not_fit(due)):
        return _Verdict(Outcome.ERRORED, _misfit(case, key, error, definition))
    if due is not None and _is_refusal(error, due):
        return _PASSED
    messages = _of_error(error, key, case) if due is None else (feedback.raised_instead(due.type, error),)
    return _Verdict(Outcome.ERRORED, findings.of_error(Rule.RAISED, messages, error))


def _is_refusal(error: Raised, due: Raised) -> bool:
    """Whether it is the exception that is due, or a kind of it; of those that a slip raises, that very one."""
    return error.type == due.type or (error.is_a(due.type) and error.type not in _OF_SLIPS)


def _of_error(error: Raised, key: AnswerKey, case: Case) -> tuple[Message, ...]:
    """Python's own message, and then the same in plain words; of a line that the author wrote, no advice."""
    if is_of_the_call(case, error):
        return (feedback.raised_in_call(error),)
    from grader.judge.plain_errors import plain_error

    plain = plain_error(error, [parameter.name for parameter in key.parameters])
    return (feedback.raised(error),) if plain is None else (feedback.raised(error), plain.told)


def _does_not_fit(error: Raised) -> bool:
    """Whether our own call was wrong for the function: then no line of the student's code was reached."""
    return error.type == "TypeError" and error.line is None and _ARGUMENT_ERROR.search(error.message) is not None


def _misfit(case: Case, key: AnswerKey, error: Raised, definition: Definition | None) -> Finding:
    if case.code is None:
        return findings.misfit(key, definition)
    # The author's code called something: only the error says what. It is a student's text, so not for hidden tests.
    more = () if case.role is Role.HIDDEN else (feedback.raised(error),)
    return Finding(Rule.SIGNATURE, (*feedback.call_misfit(), *more))


def _returned(
    case: Case, key: AnswerKey, observation: Observation, held: _Held, definition: Definition | None
) -> _Verdict:
    value, due = observation.value.value, case.expected.error
    if case.expected.status is Status.RAISED:
        message = feedback.not_raised(due.type if due is not None else _UNKNOWN_ERROR.type, value)
        return _Verdict(Outcome.FAILED, Finding(Rule.RAISED, (message,)), path=RESULT, actual=observation.value)
    nothing = value is None and case.expected.value.value is not None and not _all_held(held)
    if case.holds is not None and not nothing:
        return _undeclared(case, key, observation) or _held(case, observation, held)
    difference = compare(case.expected.value.value, value, case.compare, key.returns_of(case))
    if difference is None:
        return _PASSED
    of_the_call = nothing and case.code is not None
    messages = (feedback.nothing_from_call(),) if of_the_call else feedback.wrong_value(difference)
    if nothing and was_printed(case.expected.value.value, observation.printed):
        messages = (feedback.printed_instead(), *messages[1:])
    if case.code is None and definition is not None and _is_made_by(value, definition):
        messages += (feedback.class_for_function(definition.name),)
    return _differs(difference, difference.rule, messages, case.compare)


def _stopped_while_viewed(observation: Observation) -> bool:
    """Whether a line of the submission raised: a generator, a method or a function of its own runs as it is viewed."""
    error = observation.error
    return observation.status is Status.UNVIEWED and error is not None and error.line is not None


def _unviewed(case: Case, key: AnswerKey, observation: Observation) -> _Verdict:
    """What came back cannot be looked at as its author does."""
    value = observation.value.value
    difference = None
    if value is None and case.expected.value.value is not None:
        difference = compare(case.expected.value.value, value, case.compare, key.returns_of(case))
    finding = not_viewed(case.view, value, difference)
    return _Verdict(Outcome.FAILED, finding, path=RESULT, actual=observation.value)


def _is_made_by(value: Value, definition: Definition) -> bool:
    """Whether the value is an object of the student's class that stands in the place of the function."""
    return definition.kind == "class" and type(value) is Opaque and value.name == definition.name


def _undeclared(case: Case, key: AnswerKey, observation: Observation) -> _Verdict | None:
    """Where the result is not what `returns` declares, a condition need not be asked."""
    found = undeclared(case, key, [observation.value.value])
    if found is None:
        return None
    _, error = found
    rule = Rule.SHAPE if isinstance(error, ShapeDisagreement) else Rule.TYPE
    finding = Finding(rule, (feedback.not_declared(error),))
    return _Verdict(Outcome.FAILED, finding, path=error.path, actual=observation.value)


def _all_held(held: _Held) -> bool:
    return held is not None and all(one is True for one in held)


def _held(case: Case, observation: Observation, held: _Held) -> _Verdict:
    """By the first condition that is not True: what its author says of it, else the condition itself."""
    if _all_held(held):
        return _PASSED
    number = next((number for number, one in enumerate(held or ()) if one is not True), None)
    if held is None or number is None or held[number] is None:
        return _NOT_JUDGED
    condition = (case.holds or ())[number]
    hint = None if condition.says is None else verbatim(condition.says)
    name = _left_in(condition, case)
    message = feedback.not_held(condition.that, name) if hint is None else feedback.not_as_asked(name)
    if name is None:
        return _Verdict(
            Outcome.FAILED, Finding(Rule.VALUE, (message,), hint=hint), path=RESULT, actual=observation.value
        )
    left = _changed(observation, case.arguments.value).get(name, case.arguments.value[name])
    finding = Finding(Rule.CHANGED_ARGUMENT, (message,), hint=hint)
    return _Verdict(Outcome.FAILED, finding, path=name, actual=Plain(left))


def _left_in(condition: Condition, case: Case) -> str | None:
    """The argument that a condition is about, as the call has left it; None where it is about the result."""
    asked = sorted(names_after(condition.that) & case.arguments.value.keys())
    return asked[0] if asked and RESULT not in free_names(condition.that) else None


def _differs(difference: Difference, rule: Rule, messages: tuple[Message, ...], compared_by: Comparison) -> _Verdict:
    return _Verdict(
        Outcome.FAILED,
        Finding(rule, messages),
        path=difference.path,
        expected=Plain(difference.expected),
        actual=Plain(difference.actual),
        mismatch=difference.mismatch,
        compare=compared_by,
    )


def _with_arguments(verdict: _Verdict, case: Case, key: AnswerKey, observation: Observation) -> _Verdict:
    """The verdict after a look at the arguments: one that ought to stay, one that ought to change."""
    before, after = case.arguments.value, _changed(observation, case.arguments.value)
    apart = any(rule.manner is Manner.UNCHANGED for rule in key.style)
    spoilt = [] if apart else [name for name in after if name not in key.changes_of(case)]
    if verdict.finding is not None:
        return _also(verdict, verdict.finding, spoilt) if observation.status is Status.RETURNED else verdict
    if verdict.outcome is not Outcome.PASSED:
        return verdict
    if spoilt:
        return _spoilt(spoilt[0], before, after)
    return _meant_to_change(case, key, after) or verdict


def _changed(observation: Observation, arguments: Mapping[str, Value]) -> dict[str, Value]:
    """What the observer says of arguments that it was sent; anything else it says is left aside."""
    changed = observation.changed.value
    return {name: changed[name] for name in arguments if name in changed} if type(changed) is dict else {}


def _also(verdict: _Verdict, finding: Finding, spoilt: list[str]) -> _Verdict:
    if not spoilt:
        return verdict
    messages = (*finding.messages, feedback.also_changed(spoilt))
    return msgspec.structs.replace(verdict, finding=msgspec.structs.replace(finding, messages=messages))


def _spoilt(name: str, before: Mapping[str, Value], after: Mapping[str, Value]) -> _Verdict:
    difference = compare(before[name], after[name], _TO_THE_BIT, _ANYTHING, name)
    messages = feedback.changed_argument(name, before[name], difference)
    if difference is None:
        return _Verdict(Outcome.FAILED, Finding(Rule.CHANGED_ARGUMENT, messages), path=name)
    return _differs(difference, Rule.CHANGED_ARGUMENT, messages, _TO_THE_BIT)


def _meant_to_change(case: Case, key: AnswerKey, after: Mapping[str, Value]) -> _Verdict | None:
    before, due = case.arguments.value, _changed(case.expected, case.arguments.value)
    signatures = {parameter.name: parameter.whole for parameter in key.parameters}
    asked = {name for one in case.holds or () for name in names_after(one.that)}
    for name in key.changes_of(case):
        if name not in before or name in asked:
            continue
        wanted, came = due.get(name, before[name]), after.get(name, before[name])
        difference = compare(wanted, came, case.compare, signatures.get(name, _ANYTHING), name)
        if difference is not None:
            right = (
                feedback.argument_not_right(name, difference) if name in after else (feedback.argument_unchanged(name),)
            )
            return _differs(difference, Rule.CHANGED_ARGUMENT, right, case.compare)
    return None
