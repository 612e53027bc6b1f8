"""What the texts of an exercise say by mistake: names that do not exist, and hints that are the answer."""

from __future__ import annotations

import ast
import builtins
import contextlib
import keyword
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

import numpy as np

from grader.course.open_dicts import open_dicts
from grader.course.problems import did_you_mean
from grader.message import Wording, by_language

if TYPE_CHECKING:
    from grader.course.condition_spec import ConditionSpec
    from grader.course.folder import Exercise
    from grader.course.model import ExerciseSpec
    from grader.course.view_spec import ViewSpec

__all__ = ["answers_given", "names_unknown", "placeholders", "texts", "wordings"]

Place = tuple[str | int, ...]

_FENCE: Final = re.compile(r"(?ms)^(```|~~~).*?^\1")
_SPAN: Final = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_TODO: Final = re.compile(r"\bTODO\b.*")
_WORTH_HIDING: Final = 3  # operations and calls in a line of the solution that is more than a common phrase
_COMMON: Final = frozenset(
    {
        "axis",
        "keepdims",
        "dtype",
        "order",
        "ord",
        "out",
        "self",
        "rng",
        "result",
        "numpy",
        "np",
        "math",
        "pandas",
        "plt",
    }
    | {"ndarray", "array", "matplotlib", "linalg", "random", "ddof", "where", "initial", "indexing", "casting", "pip"}
)


def wordings(spec: ExerciseSpec) -> Iterator[tuple[Place, Wording]]:
    """Everything that an exercise says to students, each with its place."""
    yield ("title",), spec.title
    yield ("task",), spec.task
    yield ("returns", "about"), spec.returns_about
    yield from ((("args", name, "about"), argument.about) for name, argument in spec.args.items())
    yield from ((("parameters", name), about) for name, about in spec.parameters.items())
    yield from _hints(spec)


def _hints(spec: ExerciseSpec) -> Iterator[tuple[Place, Wording]]:
    """What is told whoever asks, or goes wrong."""
    yield from ((("hints", number), hint) for number, hint in enumerate(spec.hints))
    yield from ((("misconceptions", number, "says"), one.says) for number, one in enumerate(spec.misconceptions))
    for place, test in spec.placed_tests:
        if test.hint is not None:
            yield (*place, "hint"), test.hint
        yield from _said((*place, "holds"), test.holds)
        yield from _otherwise((*place, "view"), test.view)
    yield from _said(("holds",), spec.holds)
    yield from _otherwise(("view",), spec.view)
    changed = ((("unchanged",), spec.unchanged),) if spec.unchanged is not None else ()
    for place, rule in (*spec.required, *spec.forbidden, *changed):
        if rule.hint is not None:
            yield (*place, "hint"), rule.hint


def _said(place: Place, holds: str | tuple[ConditionSpec, ...] | None) -> Iterator[tuple[Place, Wording]]:
    """What conditions say, of those that say anything."""
    if isinstance(holds, tuple):
        yield from (((*place, number, "says"), one.says) for number, one in enumerate(holds))


def _otherwise(place: Place, view: ViewSpec | None) -> Iterator[tuple[Place, Wording]]:
    """What is said of a result that cannot be looked at."""
    if view is not None and view.otherwise is not None:
        yield (*place, "otherwise"), view.otherwise


def texts(spec: ExerciseSpec) -> Iterator[tuple[Place, str]]:
    """The same, each language by itself."""
    return _by_itself(wordings(spec))


def _by_itself(every: Iterable[tuple[Place, Wording]]) -> Iterator[tuple[Place, str]]:
    for place, wording in every:
        yield from (((*place, tag) if tag else place, text) for tag, text in by_language(wording).items())


def placeholders(spec: ExerciseSpec) -> Iterator[tuple[Place, str]]:
    """Texts that are still to be written: `TODO` stands in them, as `grader new` has left it."""
    for place, text in texts(spec):
        found = _TODO.search(text)
        if found:
            yield place, found[0].strip()


def names_unknown(exercise: Exercise, others: frozenset[str]) -> Iterator[tuple[Place, str]]:
    """Code in the texts that names a function, a parameter or something of numpy that there is not.

    `others` are names that other exercises of the course define.
    """
    known, spec = _known(exercise, others), exercise.spec
    signatures = [spec.returns, *(one.signature for one in spec.args.values())]
    opens = [one for signature in signatures for _, one in open_dicts(signature)]
    for place, text in texts(exercise.spec):
        codes = tuple(dict.fromkeys(_spans(text)))
        indices = {name for code in codes for name in _indices(code)}
        for code in codes:
            for name in _unknown(code, known | indices, exercise.spec):
                if any(one.entry(name) is not None for one in opens):
                    continue
                near = did_you_mean(
                    name, [*exercise.spec.args, *([exercise.spec.function] if exercise.spec.function else [])]
                )
                yield place, f"`{name}`{near or ', which is neither a parameter nor a function, here or in numpy'}"


def _spans(text: str) -> Iterator[str]:
    yield from (match[2].strip() for match in _SPAN.finditer(_FENCE.sub("", text)))


def _known(exercise: Exercise, others: frozenset[str]) -> frozenset[str]:
    spec = exercise.spec
    codes = [exercise.solution, *(one.code for one in spec.misconceptions if one.code)]
    names = {name for code in codes for name in _names(code)}
    names |= {choice for one in spec.args.values() for choice in one.choices or () if isinstance(choice, str)}
    names |= {*spec.args, *(symbol for test in spec.tests or () for symbol in test.sizes), *others, *_COMMON}
    names |= set(re.findall(r"[^\W\d]\w*", " ".join([spec.returns_text, *(one.text for one in spec.args.values())])))
    names |= {name for owner in (np, np.linalg, np.random, np.ndarray, list, dict, str) for name in dir(owner)}
    return frozenset(names | set(dir(builtins)) | set(keyword.kwlist) | ({spec.function} if spec.function else set()))


def _names(code: str) -> Iterator[str]:
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.arg(arg=name) | ast.Attribute(attr=name) | ast.alias(name=name):
                yield name
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name


def _unknown(code: str, known: frozenset[str], spec: ExerciseSpec) -> Iterator[str]:
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return
    bound = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    for node in ast.walk(tree):
        match node:
            case ast.Attribute() if (dotted := _dotted(node)) is not None and dotted.startswith(("np.", "numpy.")):
                if not _in_numpy(dotted):
                    yield dotted
            case ast.Name(id=name) if name not in known and name not in bound:
                if len(name) > 1 or _is_slip(name, spec):
                    yield name


def _indices(code: str) -> Iterator[str]:
    """The names that stand in the brackets of a piece: `i` where `x[i]` is said, whatever else is said of `i`."""
    with contextlib.suppress(SyntaxError):
        for node in ast.walk(ast.parse(code)):
            if isinstance(node, ast.Subscript):
                yield from (part.id for part in ast.walk(node.slice) if isinstance(part, ast.Name))


def _is_slip(name: str, spec: ExerciseSpec) -> bool:
    """A single letter is an index or a symbol; but not a parameter's in the other case, unless it is set as maths."""
    is_symbol = any(
        re.search(rf"\$[^$]*\b{re.escape(name)}\b[^$]*\$", task) for task in by_language(spec.task).values()
    )
    return name.swapcase() in spec.args and not is_symbol


def _dotted(node: ast.expr) -> str | None:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attr):
            inner = _dotted(value)
            return f"{inner}.{attr}" if inner else None
    return None


def _in_numpy(dotted: str) -> bool:
    found: object = np
    for part in dotted.split(".")[1:]:
        if not hasattr(found, part):
            return False
        found = getattr(found, part)
    return True


def answers_given(exercise: Exercise) -> Iterator[tuple[Place, str]]:
    """Hints in which a whole line of the reference stands."""
    lines = _telling(exercise.solution, exercise.spec.function)
    for place, text in _by_itself(_hints(exercise.spec)):
        for code in _spans(text):
            try:
                parts = {ast.dump(node) for node in ast.walk(ast.parse(code)) if isinstance(node, ast.expr)}
            except SyntaxError:
                continue
            for dumped, line in lines.items():
                if dumped in parts:
                    yield place, f"`{line}`"


def _telling(solution: str, function: str | None) -> dict[str, str]:
    """What the statements of the reference compute, where that is more than a common phrase."""
    found = {}
    for definition in ast.parse(solution).body:
        if getattr(definition, "name", None) == function or function is None:
            for node in ast.walk(definition):
                match node:
                    case ast.Return(value=ast.expr() as value) | ast.Assign(value=value) | ast.AugAssign(value=value):
                        if (
                            sum(isinstance(part, ast.Call | ast.BinOp | ast.Compare) for part in ast.walk(value))
                            >= _WORTH_HIDING
                        ):
                            found[ast.dump(value)] = ast.unparse(value)
    return found
