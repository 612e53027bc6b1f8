"""From an exercise to its answer key: make inputs, observe the reference and the misconceptions, write it all down."""

from __future__ import annotations

import ast
import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from grader.course.domains import parameters_of
from grader.course.key import SCHEMA, AcceptedForm, AnswerKey, Case, Misconception, Parameter
from grader.course.packages import used_in
from grader.course.private_names import private_names
from grader.course.stub import stub_code
from grader.course.variant import ONLY, Variant
from grader.errors import AuthorError
from grader.grading.accepted import check_forms, in_the_form_asked_for
from grader.grading.author_code import Scaffold, evaluate, load
from grader.grading.budget import budget_of, limits_for
from grader.grading.calls import call_of
from grader.grading.cases import CaseDraft, HiddenInputs, case_of, drafts, shared_again
from grader.grading.find import text_digest
from grader.grading.packages import versions_with
from grader.grading.reference import check_points, check_reference, that_hold
from grader.grading.samples import first_sample
from grader.grading.style import style_rules
from grader.judge.calls import with_calls
from grader.judge.key_answers import right_answer, wrong_answer
from grader.observation import Observation, Status
from grader.observe.author_calls import perform_many
from grader.observe.packages import versions
from grader.observe.wire import Block, Call, Limits, Source, Tell
from grader.values import Value

if TYPE_CHECKING:
    from grader.course.folder import Exercise
    from grader.course.model import CourseSpec, ExerciseSpec
    from grader.grading.inputs import Evaluate
    from grader.observe.observer import Observer
    from grader.observe.session import Session

    _DrawCases: TypeAlias = Callable[[tuple[Parameter, ...], Evaluate], list[CaseDraft]]

__all__ = ["compile_key"]


def compile_key(
    course: CourseSpec,
    exercise: Exercise,
    observer: Observer,
    *,
    variant: Variant = ONLY,
    inputs: HiddenInputs | None = None,
) -> AnswerKey:
    """The answer key of `exercise`: its cases, and what the reference and the misconceptions do on them.

    Parameters
    ----------
    course
        Its defaults: tolerances, limits (seconds, bytes), points, seed.
    exercise
        The specification and the reference solution.
    observer
        Runs the author's code. It must never run a submission.
    variant
        Of the assignment, where it has several: other hidden and practice inputs, and nothing else.
    inputs
        Of the hidden tests of this exercise's variants, as far as they are known; what is drawn here is added.

    Returns
    -------
    AnswerKey
        Deterministic: the same files, seed and versions give the same key.

    Raises
    ------
    AuthorError
        Where the reference, an expression or a misconception misbehaves; it says which, and where in the files.
    """
    used = used_in([*exercise.document.lines, exercise.solution], course.packages)
    course = course.model_copy(update={"packages": used})
    draw = partial(drafts, course, exercise, variant=variant, inputs=inputs or HiddenInputs())
    return _compiled(course, exercise, observer, draw, _identity(course, exercise, variant))


def _compiled(course: CourseSpec, exercise: Exercise, observer: Observer, draw: _DrawCases, identity: str) -> AnswerKey:
    spec, limits = exercise.spec, limits_for(course, exercise)
    parameters = parameters_of(spec)
    stubs = _scaffold(exercise)
    helpers = _helpers(exercise, stubs, course.packages)
    scaffold = Scaffold(helpers or stubs, course.packages)
    fit, cases, took = _observed_cases(course, exercise, parameters, scaffold, limits, observer, draw)
    style = style_rules(course, exercise, parameters, _needs(spec, exercise.solution), limits, observer)
    key = AnswerKey(
        schema=SCHEMA,
        id=identity,
        name=exercise.name,
        title=spec.title,
        needs=_needs(spec, exercise.solution),
        function=spec.function,
        parameters=parameters,
        returns=spec.returns,
        returns_text=spec.returns_text,
        points=sum((*(case.points for case in cases), *(rule.points for rule in style)), Fraction()),
        undecided=Fraction(),
        public=False,
        cases=cases,
        misconceptions=tuple(_misconceptions(course, exercise, parameters, fit, cases, observer, limits)),
        hints=spec.hints,
        changes=spec.changes,
        budget=budget_of(course, exercise, took),
        stub_digest=_stub_digest(exercise, observer),
        versions=versions_with(course.packages),
        style=style,
        uses=spec.uses,
        packages=course.packages,
        scaffold=stubs,
        helpers=helpers,
    )
    return with_calls(_with_forms(key, exercise, observer))


def _observed_cases(
    course: CourseSpec,
    exercise: Exercise,
    parameters: tuple[Parameter, ...],
    scaffold: Scaffold,
    limits: Limits,
    observer: Observer,
    draw: _DrawCases,
) -> tuple[list[CaseDraft], tuple[Case, ...], float]:
    """The cases that are fit, as drafts and with what the reference does, and the seconds that all of them take it."""
    spec = exercise.spec
    made, expected, took = _observed_reference(course, exercise, parameters, limits, observer, draw)
    kept = check_reference(exercise, parameters, made, expected)
    fitting, answers = [made[number] for number in kept], [expected[number] for number in kept]
    again = partial(_observed_again, course, exercise, parameters, limits, observer)
    held = that_hold(exercise, fitting, answers, scaffold, observer=observer, limits=limits, again=again)
    kept = [kept[place] for place in held]
    fit = shared_again([made[number] for number in kept], spec.tested_points)
    observed = [case_of(draft, expected[number]) for draft, number in zip(fit, kept, strict=True)]
    changes = [spec.changes_of(made[number].recipe.test) for number in kept]
    due = (right_answer(first_sample(one, one.expected), own) for one, own in zip(observed, changes, strict=True))
    cases = tuple(case_of(draft, answer) for draft, answer in zip(fit, due, strict=True))
    check_points(exercise, cases)
    return fit, cases, took


def _source(name: str, text: str) -> Source:
    return Source(name, (Block(text),))


def _needs(spec: ExerciseSpec, solution: str) -> tuple[str, ...]:
    """The names that a submission has to define: the function, or what `call:` expressions take from the solution."""
    codes = [code for code in (spec.call, *(test.call for test in spec.tests or ())) if code]
    own = (spec.function,) if spec.function else ()
    if not codes:
        return own
    used = {node.id for code in codes for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Name)}
    defined = [name for node in ast.parse(solution).body for name in _defined(node)]
    return tuple(dict.fromkeys(name for name in defined if name in used and name not in spec.args)) or own


def _defined(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
        yield node.name
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        yield from (part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name))


def _observed_reference(
    course: CourseSpec,
    exercise: Exercise,
    parameters: tuple[Parameter, ...],
    limits: Limits,
    observer: Observer,
    draw: _DrawCases,
) -> tuple[list[CaseDraft], list[Observation], float]:
    """The cases, what the reference does on each, and how many seconds that takes it."""
    name = exercise.solution_path.name
    with observer.session([_source(name, exercise.solution)], tell=(), packages=course.packages) as session:
        report = load(session, limits, f"solutions/{name}")
        missing = [need for need in _needs(exercise.spec, exercise.solution) if need not in report.names]
        if exercise.spec.function in missing:
            raise AuthorError(
                f"solutions/{name}: the reference solution does not define {exercise.spec.function}; "
                f"define it, or name the function that students write with `function:` in {exercise.where()}"
            )

        def value(code: str, names: Mapping[str, Value], seed: int | None) -> Value:
            return evaluate(session, limits, code, names, seed)

        made = draw(parameters, value)
        start = time.monotonic()
        expected = _observe(made, exercise.spec, parameters, session, limits)
        return made, expected, time.monotonic() - start


def _observe(
    made: Sequence[CaseDraft],
    spec: ExerciseSpec,
    parameters: tuple[Parameter, ...],
    session: Session,
    limits: Limits,
    attempt: int = 0,
) -> list[Observation]:
    return list(session.perform(0, _calls(made, spec, parameters, attempt), limits))


def _calls(
    made: Sequence[CaseDraft], spec: ExerciseSpec, parameters: tuple[Parameter, ...], attempt: int = 0
) -> list[Call]:
    nothing = Observation(Status.UNRUN)
    return [call_of(case_of(draft, nothing), spec.function, parameters, attempt=attempt) for draft in made]


def _observed_again(
    course: CourseSpec,
    exercise: Exercise,
    parameters: tuple[Parameter, ...],
    limits: Limits,
    observer: Observer,
    drafts: Sequence[CaseDraft],
    attempt: int,
) -> list[Observation]:
    """What the reference does in a further attempt."""
    source = _source(exercise.solution_path.name, exercise.solution)
    with observer.session([source], tell=(), packages=course.packages) as session:
        return _observe(drafts, exercise.spec, parameters, session, limits, attempt)


def _misconceptions(
    course: CourseSpec,
    exercise: Exercise,
    parameters: tuple[Parameter, ...],
    made: Sequence[CaseDraft],
    cases: Sequence[Case],
    observer: Observer,
    limits: Limits,
) -> Iterator[Misconception]:
    texts = [_text_of(exercise, number) for number in range(len(exercise.spec.misconceptions))]
    calls = _calls(_compared(made), exercise.spec, parameters)
    for number, session, index in _loaded_in_turn(exercise, texts, observer, limits, course.packages):
        known = exercise.spec.misconceptions[number]
        seen = iter(list(perform_many(session, index, calls, limits)))
        answers = (Observation(Status.UNRUN) if case.samples else wrong_answer(next(seen), case) for case in cases)
        yield Misconception(known.id, known.says, tuple(answers))


def _loaded_in_turn(
    exercise: Exercise, texts: Sequence[str], observer: Observer, limits: Limits, packages: Mapping[str, str]
) -> Iterator[tuple[int, Session, int]]:
    """Each misconception by its number, with a session in which it is loaded, and its index there.

    Edits of the reference share a process, as its mutants do; what is written anew has one of its own.
    """
    edits = [number for number, known in enumerate(exercise.spec.misconceptions) if known.code is None]
    sources = [_source(f"{exercise.name}_{number}.py", text) for number, text in enumerate(texts)]
    with ExitStack() as stack:
        shared: Session | None = None
        for number, source in enumerate(sources):
            with ExitStack() as own:
                if number not in edits:
                    session, index = own.enter_context(observer.session([source], tell=(), packages=packages)), 0
                else:
                    shared = shared or stack.enter_context(
                        observer.session([sources[one] for one in edits], tell=(Tell.COMPUTES,), packages=packages)
                    )
                    session, index = shared, edits.index(number)
                with _told_of_misconception(exercise, number):
                    report = load(session, limits, "its code", index=index)
                    if exercise.spec.function is not None and exercise.spec.function not in report.names:
                        raise AuthorError(f"its code does not define {exercise.spec.function}")
                yield number, session, index


def _text_of(exercise: Exercise, number: int) -> str:
    """The whole file of a misconception."""
    with _told_of_misconception(exercise, number):
        return exercise.spec.misconceptions[number].text(exercise.solution)


@contextmanager
def _told_of_misconception(exercise: Exercise, number: int) -> Iterator[None]:
    """Whatever is wrong with it is told with its place and name."""
    try:
        yield
    except AuthorError as error:
        place, known = exercise.where("misconceptions", number), exercise.spec.misconceptions[number]
        raise AuthorError(f"{place}: misconception {known.id!r}: {error}") from None


def _compared(made: Sequence[CaseDraft]) -> list[CaseDraft]:
    """Those whose results are compared: nobody is known by what chance gave."""
    return [draft for draft in made if not draft.recipe.samples]


def _with_forms(key: AnswerKey, exercise: Exercise, observer: Observer) -> AnswerKey:
    """The key, with what misconceptions answer read in the form that is asked for, as students' answers are.

    Raises `AuthorError` where the reference is not read as what it is, or a misconception would pass.
    """
    if not exercise.spec.accept:
        return key
    accept = tuple(AcceptedForm(one.when, one.form) for one in exercise.spec.accept)
    key = msgspec.structs.replace(key, accept=accept)
    check_forms(key, exercise, observer)
    read = [
        in_the_form_asked_for(key, list(zip(key.cases, one.answers, strict=True)), observer)
        for one in key.misconceptions
    ]
    known = [
        msgspec.structs.replace(one, answers=tuple(seen)) for one, seen in zip(key.misconceptions, read, strict=True)
    ]
    return msgspec.structs.replace(key, misconceptions=tuple(known))


def _scaffold(exercise: Exercise) -> str:
    """What stubs hand out of the solution file, where there are conditions that may name it."""
    spec = exercise.spec
    if spec.holds is None and not any(test.holds for test in (*spec.examples, *(spec.tests or ()))):
        return ""
    return stub_code(exercise.solution, exercise.spec.function, where=f"solutions/{exercise.solution_path.name}")


def _helpers(exercise: Exercise, scaffold: str, packages: Iterable[str]) -> str:
    """The whole solution file, where a condition needs what stubs do not hand out."""
    conditions = (that for _, that in exercise.spec.conditions)
    is_needed = any(private_names(that, exercise.solution, scaffold, packages) for that in conditions)
    return exercise.solution if is_needed else ""


def _stub_digest(exercise: Exercise, observer: Observer) -> str:
    function = exercise.spec.function
    stub = stub_code(exercise.solution, function, where=f"solutions/{exercise.solution_path.name}")
    with observer.session([_source("stub.py", stub)]) as session:
        if function is None:
            return text_digest(session.facts[0])
        found = [definition.digest for definition in session.facts[0].definitions if definition.name == function]
    return found[-1] if found else ""


def _identity(course: CourseSpec, exercise: Exercise, variant: Variant) -> str:
    """What the key is made from: a comment or a blank line in the YAML file makes no difference."""
    made_from = (SCHEMA, exercise.name, exercise.spec, exercise.solution, course.seed, course.defaults)
    packages = (course.packages, versions(course.packages.values())) if course.packages else ()
    several = (variant,) if variant.count > 1 else ()
    return "sha256:" + hashlib.sha256(repr((*made_from, *packages, *several)).encode()).hexdigest()
