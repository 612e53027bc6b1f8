"""Messages for validation errors of the model: what stands there, what is expected, what was probably meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, get_args

from grader.course.document import Document
from grader.course.fields import FAULT, FORMS
from grader.course.model import LEVELS, ValidationError
from grader.course.node import Mapping, Path, Scalar, find, resolved
from grader.course.problems import Violation, clip, did_you_mean, listed, near
from grader.course.spec_base import Spec
from grader.course.yaml_pitfalls import if_text

__all__ = ["violations"]

_DUE: Final = {
    "string_type": "text",
    "float_type": "a number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "tuple_type": "a list",
    "dict_type": "a mapping of `key: value`",
    "mapping_type": "a mapping of `key: value`",
    "model_type": "a mapping of `key: value`",
    "model_attributes_type": "a mapping of `key: value`",
}
_RANGES: Final = {
    "greater_than_equal": ("ge", "at least"),
    "greater_than": ("gt", "more than"),
    "less_than_equal": ("le", "at most"),
    "less_than": ("lt", "less than"),
}
_NUMBER: Final = re.compile(r"[-+]?[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?")
_ALSO_CALLED: Final = {
    "arguments": "args",
    "cases": "tests",
    "deadline": "due",
    "description": "task",
    "heading": "title",
    "inputs": "args",
    "marks": "points",
    "message": "says",
    "mutates": "changes",
    "output": "returns",
    "parameters": "args",
    "params": "args",
    "result": "returns",
    "score": "points",
    "shape": "type",
    "signature": "type",
    "timeout": "limits",
    "tol": "compare",
    "tolerance": "compare",
    "tolerence": "compare",
    "weight": "points",
}
_MAX_FINDINGS: Final = 100


def violations(errors: ValidationError, model: type[Spec], document: Document) -> list[Violation]:
    """What the model found wrong with the document."""
    return [_violation(error, model, document) for error in errors.errors(include_url=False)[:_MAX_FINDINGS]]


def _violation(error: Any, model: type[Spec], document: Document) -> Violation:
    path = tuple(step for step in error["loc"] if step not in FORMS)
    kind, raw, context = error["type"], error["input"], error.get("ctx", {})
    if kind == "missing":
        return _missing(path, model)
    if kind == "invalid_key" or path[-1:] == ("[key]",):
        return _wrong_key(tuple(step for step in path if step != "[key]"), document)
    path = _path(path, document)
    name = _named(path)
    if kind == FAULT:
        inside = None if context["column"] is None else (context["line"], context["column"])
        return Violation((*path, *context["path"]), context["message"], context["advice"], inside=inside)
    if kind == "extra_forbidden":
        return _unknown_key(path, model)
    if kind in _DUE:
        return _wrong_type(path, raw, kind, document)
    if kind in _RANGES:
        bound, words = _RANGES[kind]
        return Violation(path, f"{name} must be {words} {context[bound]:,g}, not {clip(raw)}")
    if kind == "literal_error":
        meant = did_you_mean(raw, re.findall(r"'([^']*)'", context["expected"]))
        return Violation(path, f"{name} must be {context['expected']}, not {_described(raw)}{meant}")
    if kind == "string_pattern_mismatch":
        return _wrong_pattern(path, raw)
    if kind == "too_short":
        return Violation(path, f"{name} is an empty list")
    if kind == "finite_number":
        return Violation(path, f"{name} must be a finite number")
    return Violation(path, f"{name}: {error['msg']}")


def _path(path: Path, document: Document) -> Path:
    """The path in the file: a short form has no `type` of its own."""
    short = len(path) > 1 and path[-1] == "type" and not find(document.root, path).complete
    return path[:-1] if short else path


def _named(path: Path) -> str:
    """How a value is called: its key, or its place in a list."""
    if not path:
        return "the file"
    if isinstance(path[-1], int) and len(path) > 1:
        return f"item {path[-1] + 1} of '{clip(path[-2])}'"
    return f"'{clip(path[-1])}'"


def _unknown_key(path: Path, model: type[Spec]) -> Violation:
    key = path[-1]
    level = _model_at(model, path[:-1])
    known = _keys(level)
    if _ALSO_CALLED.get(str(key).casefold()) in known:
        return Violation(path, f"unknown key '{key}'; did you mean '{_ALSO_CALLED[str(key).casefold()]}'?", at_key=True)
    if near(key, known):
        return Violation(path, f"unknown key '{clip(key)}'{did_you_mean(key, known)}", at_key=True)
    elsewhere = [name for name, other in LEVELS.items() if key in _keys(other) and other is not level]
    if elsewhere and isinstance(key, str):
        place = " or ".join(f"'{name}'" for name in elsewhere)
        advice = f"'{clip(key)}' is a key of the level {place} (docs/specification.md)."
        return Violation(path, f"unknown key '{clip(key)}' here", advice, at_key=True)
    return Violation(path, f"unknown key '{clip(key)}'", f"Known here: {listed(known)}.", at_key=True)


def _missing(path: Path, model: type[Spec]) -> Violation:
    level = _model_at(model, path[:-1])
    meaning = next(
        (field.description for name, field in level.model_fields.items() if (field.alias or name) == path[-1]), ""
    )
    return Violation(path, f"'{path[-1]}' is missing", f"Add a line `{path[-1]}: …`. {meaning}")


def _wrong_key(path: Path, document: Document) -> Violation:
    """The path has the key as the validator says it: `None` for `null`, 1 for `true`."""
    above = resolved(find(document.root, path[:-1]).node)
    keys = [key for key, _ in above.entries] if isinstance(above, Mapping) else []
    same = (key for key in keys if not isinstance(key.value, str) and path[-1] in (key.value, str(key.value)))
    key = next(same, None)
    value, content = (path[-1], path[-1]) if key is None else (key.value, key.content)
    message = f"a key must be text, not {_described(value)}"
    return Violation((*path[:-1], value), message, f'Put it in quotes: "{clip(content)}"', at_key=True)


def _wrong_type(path: Path, raw: object, kind: str, document: Document) -> Violation:
    name = _named(path)
    if raw is None and _is_commented_out(path, document):
        return Violation(path, f"{name} has no value: ` #` begins a comment", if_text())
    if raw is None:
        return Violation(path, f"{name} has no value", "Write one after the colon, or leave the key out.")
    return Violation(path, f"{name} must be {_DUE[kind]}, not {_described(raw)}", _advice(kind, raw, path, document))


def _is_commented_out(path: Path, document: Document) -> bool:
    """Whether a comment stands where the value of a key belongs."""
    key = find(document.root, path).key
    return key is not None and bool(re.match(r"[ \t]*:[ \t]+#[^\n]", document.text[key.end.index :][:200]))


def _advice(kind: str, raw: object, path: Path, document: Document) -> str:
    node = resolved(find(document.root, path).node)
    if kind == "string_type" and isinstance(raw, (bool, int, float)) and isinstance(node, Scalar):
        return f'Put it in quotes: "{clip(node.content)}"'
    if kind == "string_type" and isinstance(raw, dict):
        return "If it is a text with `: ` in it, put the text in quotes, or on indented lines below `key: |`."
    if kind == "string_type" and isinstance(raw, list):
        return "If it is a text that begins with `[`, put it in quotes."
    if kind in ("float_type", "int_type") and isinstance(raw, str) and _NUMBER.fullmatch(raw):
        plain = raw.replace("_", "")
        return f"Write it without quotes: {plain}" if isinstance(node, Scalar) and node.style else f"Write {plain}"
    if kind == "int_type" and "sizes" in path[-2:-1]:
        return "For a size that is drawn from several write {minimum: 2, maximum: 9}, or {choices: [2, 4]}."
    if kind == "tuple_type":
        return f"Write each item on a line of its own that begins with `- `, or all of them as [{clip(_first(raw))}]."
    if isinstance(raw, str) and re.match(r"\w+:\S", raw):
        return "A space is due after the colon."
    return ""


def _first(raw: object) -> object:
    return next(iter(raw), "…") if isinstance(raw, dict) else raw


def _wrong_pattern(path: Path, raw: object) -> Violation:
    if path and path[-1] == "language":
        return Violation(path, f"'{clip(raw)}' is no language tag", "Write a tag such as en, de or pt-BR.")
    advice = "Use letters, digits, `_` and `-`, beginning with a letter or a digit."
    return Violation(path, f"{_named(path)} cannot be '{clip(raw)}'", advice)


def _described(raw: object) -> str:
    match raw:
        case None:
            return "nothing"
        case bool():
            return f"the truth value {str(raw).lower()}"
        case int() | float():
            return f"the number {clip(raw)}"
        case str():
            return f"the text '{clip(raw)}'"
        case list():
            return "a list"
        case dict():
            return "a mapping"
    return f"{type(raw).__name__}"


def _keys(level: type[Spec]) -> list[str]:
    return [field.alias or name for name, field in level.model_fields.items()]


def _model_at(model: type[Spec], path: Path) -> type[Spec]:
    """The level that stands at a path of a specification."""
    for step in path:
        fields = {field.alias or name: field for name, field in model.model_fields.items()}
        if step in fields:
            model = next(_models(fields[step].annotation), model)
    return model


def _models(annotation: Any) -> Iterator[type[Spec]]:
    if isinstance(annotation, type) and issubclass(annotation, Spec):
        return iter([annotation])
    return (found for part in get_args(annotation) for found in _models(part))
