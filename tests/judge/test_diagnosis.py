from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
import numpy as np
import pytest

from grader.course.key import AnswerKey, Case, Misconception, Role
from grader.course.signature import Kind, Leaf
from grader.errors import WireError
from grader.judge.diagnosis import Diagnosis, _left_to_findings, diagnosed, explained
from grader.judge.judge_case import judge_case
from grader.judge.messages.errors import GENERAL, MATH_DOMAIN
from grader.judge.mutants import MistakeKind, MutantAnswers, packed, said
from grader.judge.trial import Trial
from grader.message import Message, verbatim
from grader.observation import Observation, Raised, SlipKind, Status
from grader.observe.wire import Slip
from grader.values import Plain, Value
from grader.words.text import text

ANY = Leaf(Kind.ANY, "...")
RNG = np.random.default_rng(3)
SQUARED = Diagnosis("squared", verbatim("Twice, or squared?"))
INPUTS = [RNG.normal(size=n) for n in (2, 3, 5, 7)]

Function = Callable[[Any], Any]


UNUSED = Slip(SlipKind.UNUSED, 4, None, ("x_exp", "x"))
LOOP = Slip(SlipKind.RETURN_IN_LOOP, 7, 2)


def right(x: Any) -> Any:
    return 2 * x


def square(x: Any) -> Any:
    return x * x


def did(function: Function, x: Any, changed: dict[str, Value] | None = None, printed: str = "") -> Observation:
    try:
        return Observation(Status.RETURNED, Plain(function(x.copy())), changed=Plain(changed or {}), printed=printed)
    except ValueError as error:
        return Observation(Status.RAISED, error=Raised("ValueError", str(error), line=3))


class World:
    """A key with misconceptions, and what a submission does on it."""

    def __init__(self, make_case: Callable[..., Case], make_key: Callable[..., AnswerKey]) -> None:
        self._case, self._key = make_case, make_key

    def key(self, *known: tuple[str, str, Function], advice: Sequence[int] = (), role: Role = Role.HIDDEN) -> AnswerKey:
        cases = [self._case(right(x), {"x": x}, advice=n in advice, role=role) for n, x in enumerate(INPUTS)]
        misconceptions = tuple(
            Misconception(name, says, tuple(did(function, x) for x in INPUTS)) for name, says, function in known
        )
        return self._key(*cases, misconceptions=misconceptions, returns=ANY)

    def trials(self, key: AnswerKey, wrong: Function, **more: Any) -> list[Trial]:
        seen = [did(wrong, x, **more) for x in INPUTS]
        return [
            Trial(number, case, observation, judge_case(case, key, observation))
            for number, (case, observation) in enumerate(zip(key.cases, seen, strict=True))
        ]


@pytest.fixture
def world(make_case: Callable[..., Case], make_key: Callable[..., AnswerKey]) -> World:
    return World(make_case, make_key)


def mutants(*made: tuple[str, Function]) -> Callable[[AnswerKey], MutantAnswers]:
    kinds = [MistakeKind(edit) for edit, _ in made]
    return lambda key: packed(kinds, [[did(function, x) for x in INPUTS] for _, function in made])


def why(
    key: AnswerKey,
    trials: Sequence[Trial],
    mutants: Callable[[AnswerKey], MutantAnswers | None] = lambda key: None,
) -> Diagnosis | None:
    return diagnosed(key, trials, mutants)


def test_a_misconception_is_recognised_by_what_it_gives(world: World) -> None:
    key = world.key(("squared", "Twice, or squared?", square), ("zero", "Nothing?", lambda x: 0 * x))
    assert why(key, world.trials(key, lambda x: x**2.0)) == SQUARED


def test_of_right_work_nothing_is_said(world: World) -> None:
    key = world.key(("same", "No mistake at all.", right))
    assert why(key, world.trials(key, lambda x: x + x), mutants(("sign", right))) is None


def test_every_case_counts_also_those_that_passed(world: World) -> None:
    key = world.key(("squared", "Twice, or squared?", lambda x: x * x if len(x) != 5 else 2 * x))
    assert why(key, world.trials(key, lambda x: np.cos(x) if len(x) == 5 else x * x)) is None
    assert why(key, world.trials(key, square)) is None
    found = why(key, world.trials(key, lambda x: x * x if len(x) != 5 else x + x))
    assert found == SQUARED


def test_advice_counts_for_nothing(world: World) -> None:
    key = world.key(("squared", "Twice, or squared?", square), advice=[0])
    assert why(key, world.trials(key, lambda x: x * x if len(x) != 2 else x - 1)) is not None
    only = world.key(("squared", "Twice, or squared?", square), advice=range(4))
    assert why(only, world.trials(only, square)) is None


def test_one_value_is_no_evidence(world: World) -> None:
    def once(x: Any) -> Any:
        return x * x if len(x) == 5 else 2 * x

    key = world.key(("once", "Only once.", once))
    assert why(key, world.trials(key, once), mutants(("sign", once))) is None


def test_two_that_fit_and_say_different_things_are_both_left_unsaid(world: World) -> None:
    key = world.key(("one", "This.", square), ("other", "That.", lambda x: x**2))
    assert why(key, world.trials(key, square)) is None
    agreed = world.key(("one", "This.", square), ("other", "This.", lambda x: x**2))
    found = why(agreed, world.trials(agreed, square))
    assert found is not None
    assert found.says == verbatim("This.")


def test_errors_are_part_of_what_a_misconception_does(world: World) -> None:
    def fails(x: Any) -> Any:
        if len(x) == 7:
            raise ValueError("too long")
        return x * x

    key = world.key(("fails", "It fails.", fails))
    assert why(key, world.trials(key, fails)) == Diagnosis("fails", verbatim("It fails."))
    assert why(key, world.trials(key, square)) is None


def test_equal_errors_alone_are_no_misconception(world: World) -> None:
    def fails(x: Any) -> Any:
        raise ValueError("math domain error")

    key = world.key(("fails", "It fails.", fails))
    found = why(key, world.trials(key, fails))
    assert found is not None
    assert found.id == "error:math_domain"
    assert found.says is None


def test_errors_of_which_nothing_is_known_are_left_alone(world: World) -> None:
    def fails(x: Any) -> Any:
        raise ValueError("no idea")

    key = world.key()
    assert why(key, world.trials(key, fails)) is None


def test_one_shape_for_arrays_of_all_sizes_is_a_size_written_in(world: World) -> None:
    key = world.key()
    found = why(key, world.trials(key, lambda x: x.reshape(4, 11)))
    assert found is not None
    assert found.id == "size_hard_coded"


def test_changed_arguments_are_part_of_it_too(world: World) -> None:
    key = world.key(("squared", "Twice, or squared?", square))
    assert why(key, world.trials(key, square, changed={"x": 1.0})) is None


def test_a_mutant_comes_after_the_misconceptions_and_before_the_patterns(world: World) -> None:
    key = world.key(("squared", "Twice, or squared?", square))
    as_mutants = mutants(("power", square), ("term", np.cos))
    found = why(key, world.trials(key, square), as_mutants)
    assert found == SQUARED
    assert why(key, world.trials(key, np.cos), as_mutants) == Diagnosis("mutant:term", said("term"))


def test_a_changed_argument_is_told_by_the_finding_alone(world: World) -> None:
    key = world.key()
    trials = world.trials(key, right, changed={"x": 1.0})
    found = _left_to_findings(Diagnosis("mutant:in_place", said("in_place")), trials)

    assert found == Diagnosis("mutant:in_place", for_hidden=said("in_place"))
    assert _left_to_findings(Diagnosis("mutant:term", said("term")), trials).says == said("term")


@pytest.mark.parametrize(
    ("due", "came", "kind", "is_told"),
    [
        (np.array([True, False]), np.array([1, 0]), Kind.BOOL, True),
        (np.array([1, 0]), np.array([1.0, 0.0]), Kind.INT, True),
        (np.array(["2024-03-01"], "M8[D]"), np.array([19783]), Kind.ANY, True),
        (np.array([1.5, 2.5]), np.array([1, 2]), Kind.FLOAT, False),
    ],
)
def test_what_kind_is_due_is_told_by_the_finding_alone(
    due: Value,
    came: Value,
    kind: Kind,
    is_told: bool,
    make_case: Callable[..., Case],
    make_key: Callable[..., AnswerKey],
) -> None:
    case = make_case(due, {"x": np.zeros(2)})
    key = make_key(case, returns=Leaf(kind, "..."))
    seen = Observation(Status.RETURNED, Plain(came))
    trials = [Trial(0, case, seen, judge_case(case, key, seen))]

    found = _left_to_findings(Diagnosis("mutant:dtype", said("dtype")), trials)
    assert (found.says is None) is is_told
    assert said("dtype") in (found.says, found.for_hidden)


def test_of_another_kind_of_numbers_no_decimals_are_spoken_of() -> None:
    told = said("dtype")
    assert told is not None
    assert text(told) == (
        "This is what comes back with another kind of numbers (dtype). What is lost in it, or does not fit into it?"
    )


def _all_apart(kinds: Sequence[MistakeKind]) -> MutantAnswers:
    return packed(kinds, [[did(function, x) for x in INPUTS] for function in (right, np.cos, square)])


def test_equal_answers_are_kept_once_and_in_less_space_where_that_is_asked_for(world: World) -> None:
    kinds = [MistakeKind("term"), MistakeKind("sign"), MistakeKind("power")]
    answers = [[did(function, x) for x in INPUTS] for function in (right, np.cos, right)]
    found = packed(kinds, answers)

    for one in (found, found.compressed(), found.compressed().compressed()):
        assert [list(map(str, row)) for row in one.rows()] == [list(map(str, row)) for row in answers]
    apart = packed(kinds, [answers[1], answers[1], answers[0]])
    assert sum(map(len, found.columns)) == sum(map(len, apart.columns)) < sum(map(len, _all_apart(kinds).columns))
    key = world.key()
    assert found.compressed().fitting(key, world.trials(key, np.cos)) == [MistakeKind("sign")]


@pytest.mark.parametrize("payload", [b"", b"no stream", zlib.compress(b"x" * 99)[:-9]])
def test_a_payload_that_does_not_expand_is_a_fault_of_ours(payload: bytes) -> None:
    with pytest.raises(WireError):
        MutantAnswers((MistakeKind("term"),), (payload,), is_compressed=True).rows()


def test_mutants_that_say_different_things_are_left_unsaid(world: World) -> None:
    key = world.key()
    assert why(key, world.trials(key, np.cos), mutants(("term", np.cos), ("axis", np.cos))) is None
    found = why(
        key, world.trials(key, lambda x: -2 * x), mutants(("term", lambda x: -2 * x), ("axis", lambda x: x - 3 * x))
    )
    assert found is not None
    assert found.id == "negated"


def test_a_patterns_words_are_told_of_a_mutant(world: World) -> None:
    key = world.key()
    found = why(
        key, world.trials(key, lambda x: np.round(2 * x, 2)), mutants(("rounded", lambda x: np.round(2 * x, 2)))
    )
    assert found is not None
    assert found.id == "mutant:rounded"
    assert found.says is not None
    assert text(found.says) == "All numbers are rounded. Does the task ask for that?"


def test_the_same_answer_everywhere_is_no_mutant(world: World) -> None:
    key = world.key()
    found = why(key, world.trials(key, lambda x: 1.0), mutants(("term", lambda x: 1.0)))
    assert found is not None
    assert found.id == "constant_result"


def test_nothing_printed_is_not_the_same_as_the_answer_printed(world: World) -> None:
    key = world.key()
    prints = tuple(
        Observation(Status.RETURNED, Plain(None), printed=" ".join(map(repr, map(float, 2 * x)))) for x in INPUTS
    )
    key = msgspec.structs.replace(key, misconceptions=(Misconception("printed", "Printed!", prints),))
    found = why(key, world.trials(key, lambda x: None))
    assert found is not None
    assert found.id == "nothing_returned"


def test_a_finding_gets_the_diagnosis_and_its_words(world: World) -> None:
    key = world.key(("squared", "Twice, or squared?", square), advice=[0])
    tests = [trial.result for trial in world.trials(key, square)]
    told = [explained(test, SQUARED).finding for test in tests]
    assert [finding and finding.diagnosis for finding in told] == [None, "squared", "squared", "squared"]
    assert told[1] is not None
    assert told[1].hint == SQUARED.says


@pytest.mark.parametrize(("role", "hint"), [(Role.HIDDEN, GENERAL["math_domain"]()), (Role.PRACTICE, None)])
def test_an_error_is_told_in_its_message_and_of_hidden_tests_in_general(
    world: World, role: Role, hint: Message | None
) -> None:
    def fails(x: Any) -> Any:
        raise ValueError("math domain error")

    key = world.key(role=role)
    trials = world.trials(key, fails)
    diagnosis = diagnosed(key, trials, lambda key: None)
    assert diagnosis is not None
    told = explained(trials[0].result, diagnosis).finding
    assert told is not None
    assert (told.diagnosis, told.hint) == ("error:math_domain", hint)
    assert "math domain error" in text(told.messages[0])
    assert told.messages[1:] == (MATH_DOMAIN(),)


def test_every_kind_of_mutant_has_words() -> None:
    from grader.course import mutants as made

    assert made.__doc__ is not None
    kinds = set(made.__doc__.partition("The mutation operators:")[2].split()) - {"printed"}
    assert len(kinds) > 20
    assert all(said(kind) for kind in kinds)
    function = said("function", "np.mean")
    assert function is not None
    assert text(function) == (
        "This is what comes back where `np.mean` stands in one place. Which function does the formula ask for there?"
    )
    assert said("a kind of tomorrow") is None


@pytest.mark.parametrize(
    ("slips", "name", "words"),
    [
        (
            (UNUSED,),
            "unused_variable",
            "`x_exp` is computed on line 4 and never used. Is it meant to stand where `x` does?",
        ),
        ((UNUSED, LOOP), "return_in_loop", "The `return` on line 7 of cell 2 stands inside the loop"),
        ((Slip(SlipKind.DIVIDED_BY_ONE, 3),), "missing_brackets", "On line 3 something is divided by 1 alone"),
    ],
)
def test_a_slip_is_told_where_nothing_else_is_known(
    world: World, slips: tuple[Slip, ...], name: str, words: str
) -> None:
    key = world.key()
    found = diagnosed(key, world.trials(key, lambda x: 2 * x + np.sin(x)), slips=slips)
    assert found is not None
    assert found.says is not None
    assert found.id == name
    assert text(found.says).startswith(words)
    assert diagnosed(key, world.trials(key, right), slips=slips) is None
    known = diagnosed(key, world.trials(key, lambda x: -2 * x), slips=slips)
    assert known is not None
    assert known.id == "negated"


def test_a_return_in_a_loop_is_told_where_only_the_first_ones_are_right(world: World) -> None:
    key = world.key()
    first_two = world.trials(key, lambda x: np.concatenate([2 * x[:2], np.sin(x[2:])]))

    found = diagnosed(key, first_two, slips=(UNUSED, LOOP))
    assert found is not None
    assert found.id == "return_in_loop"
    other = diagnosed(key, first_two, slips=(UNUSED,))
    assert other is not None
    assert other.id == "only_first_elements"


def test_nothing_is_overwritten_where_no_argument_is_changed(world: World) -> None:
    key = world.key()

    def wrong(x: Any) -> Any:
        return 2 * x + np.sin(x)

    assert why(key, world.trials(key, wrong), mutants(("in_place", wrong))) is None
    other = why(key, world.trials(key, wrong), mutants(("in_place", wrong), ("term", wrong)))
    assert other is not None
    assert other.id == "mutant:term"
