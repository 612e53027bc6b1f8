"""The JSON Schemas that editors check and complete specifications with, and the table of every key, from the model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Final

from pydantic.json_schema import GenerateJsonSchema

from grader.course.element_kinds import Kind
from grader.course.fields import LANGUAGE_TAG, SIGNATURE
from grader.course.model import BASE_COMPARE, BASE_LIMITS, LEVELS, CourseSpec, ExerciseSpec
from grader.course.spec_base import Spec
from grader.course.wordings import WORDING

__all__ = ["course_schema", "exercise_schema", "key_table", "schema_text"]

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_REFERENCE: Final = {"$ref": "#/$defs/Signature"}
_KINDS: Final = rf"\s*({'|'.join(kind.value for kind in Kind)})\s*(\(.*\))?\s*"
_SIGNATURE: Final = {
    "description": "Kind and shape: `float`, `float (m, n)`, `int (n,)`, `float (...)`; or a nested form.",
    "anyOf": [
        {"type": "string", "pattern": rf"^({_KINDS}|\s*(tuple|dict|list)\s*:.*|\s*\{{.*)$"},
        {
            "type": "object",
            "properties": {"tuple": {"type": "array", "items": _REFERENCE, "minItems": 1}},
            "required": ["tuple"],
            "additionalProperties": False,
        },
        {
            "type": "object",
            "properties": {
                "dict": {"type": "object", "additionalProperties": _REFERENCE, "minProperties": 1},
                "optional": {"type": "array", "items": {"type": "string"}, "minItems": 1, "uniqueItems": True},
                "extra": {"enum": ["allowed"]},
            },
            "required": ["dict"],
            "additionalProperties": False,
        },
        {
            "type": "object",
            "properties": {"list": _REFERENCE},
            "required": ["list"],
            "additionalProperties": False,
        },
        {
            "type": "object",
            "properties": {"type": _REFERENCE, "exactly": {"type": "string", "minLength": 1}},
            "required": ["type", "exactly"],
            "additionalProperties": False,
        },
    ],
}
_TEXT: Final = {
    "description": "A text, or one for each language by its tag: `{en: …, de: …}`.",
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "patternProperties": {LANGUAGE_TAG: {"type": "string", "minLength": 1}},
            "additionalProperties": False,
            "minProperties": 1,
        },
    ],
}
_TEXT_REFERENCE: Final = {"$ref": "#/$defs/Text"}
_FIRST: Final = ("description", "type")
_LAST: Final = ("default", "properties", "required", "additionalProperties", "$defs")
_NAMED: Final = ("properties", "$defs")
_WITH_SHORT_FORM: Final = ("Argument", "ResultSpec")
_NOT_IN_EXAMPLES: Final = ("points", "repeat")


def exercise_schema() -> dict[str, Any]:
    """The JSON Schema of `exercises/NAME.yaml`."""
    return _schema(ExerciseSpec, "An exercise of numgrade")


def course_schema() -> dict[str, Any]:
    """The JSON Schema of `course.yaml`."""
    return _schema(CourseSpec, "A course of numgrade")


def schema_text(schema: dict[str, Any]) -> str:
    """A schema as it stands in its file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


class _Generator(GenerateJsonSchema):
    def encode_default(self, dft: Any) -> Any:
        return _number(dft) if isinstance(dft, Fraction) else dft if isinstance(dft, int) else None


def _schema(model: type[Spec], title: str) -> dict[str, Any]:
    made = _tidied(model.model_json_schema(schema_generator=_Generator))
    definitions = made.pop("$defs", {})
    for name in _WITH_SHORT_FORM:
        if name in definitions:
            definitions[name] = {"anyOf": [_REFERENCE, definitions[name]]}
            definitions["Signature"] = _SIGNATURE
    if "ForbidSpec" in definitions:
        names = definitions["ForbidSpec"]["properties"]["names"]
        definitions["ForbidSpec"] = {"anyOf": [names, definitions["ForbidSpec"]]}
    for key in _NOT_IN_EXAMPLES if "ExampleSpec" in definitions else ():
        del definitions["ExampleSpec"]["properties"][key]
    if "MisconceptionSpec" in definitions:
        definitions["MisconceptionSpec"]["oneOf"] = [{"required": ["edit"]}, {"required": ["code"]}]
    if "function" in made["properties"]:
        made["properties"]["function"]["type"] = ["string", "null"]
    definitions["Text"] = _TEXT
    return {"$schema": _DIALECT, "title": title, **made, "$defs": dict(sorted(definitions.items()))}


def _number(points: Fraction) -> int | str:
    return points.numerator if points.denominator == 1 else str(points)


def _tidied(schema: Any) -> Any:
    """The schema without the titles and defaults that say nothing, its keywords in one order, signatures in place."""
    if isinstance(schema, list):
        return [_tidied(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("format") == SIGNATURE["format"]:
        return {"description": schema["description"], **_REFERENCE}
    schema = _without_null(schema)
    if schema.get("format") == WORDING["format"]:
        return {**{key: schema[key] for key in ("description",) if key in schema}, **_TEXT_REFERENCE}
    tidied = {key: _tidied(value) for key, value in schema.items() if key not in ("title", *_NAMED)}
    if not isinstance(tidied.get("default"), int):
        tidied.pop("default", None)
    for part in set(_NAMED) & set(schema):
        tidied[part] = {name: _tidied(value) for name, value in schema[part].items()}
    return {key: tidied[key] for key in sorted(tidied, key=_rank)}


def _rank(keyword: str) -> tuple[int, str]:
    """One order of keywords, whatever pydantic's is."""
    if keyword in _FIRST:
        return _FIRST.index(keyword) - len(_FIRST), keyword
    return (1 + _LAST.index(keyword) if keyword in _LAST else 0), keyword


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """What may be null may be left out, and that is better style."""
    parts = [part for part in schema.get("anyOf", ()) if part.get("type") != "null"]
    if len(parts) != 1:
        return schema
    return {**parts[0], **{key: value for key, value in schema.items() if key != "anyOf"}}


# The table of every key

_WORDS: Final = {
    "string": "text",
    "number": "number",
    "integer": "whole number",
    "boolean": "`true` or `false`",
    "object": "mapping",
}
_LEVEL_OF: Final = {model.__name__: level for level, model in LEVELS.items()}
_DEFAULTS: Final = {
    ("course", "title"): "the folder's name",
    ("assignment", "title"): "its name",
    ("exercise", "function"): "the file's name",
    ("exercise", "points"): "the course's: 10",
    ("exercise", "practice"): "the course's: 20",
    ("exercise", "tests"): "drawn from the signature",
    ("exercise", "require"): "none",
    ("argument", "default"): "none",
    ("late", "grace"): "none",
    ("limits", "exercise"): "inherited; at last `10`, or more where `call` or the reference needs it",
    ("compare", "spaces"): "inherited; at last `trailing`",
    ("example", "name"): "`example 1`, …",
    ("test", "name"): "`test 1`, …",
    ("test", "points"): "a share of what is left",
}


def key_table() -> str:
    """The Markdown table of docs/specification.md: level, key, type, default and meaning of every key."""
    rows = ["| level | key | type | default | meaning |", "| --- | --- | --- | --- | --- |"]
    return "\n".join([*rows, *(f"| {' | '.join(row)} |" for row in _rows())]) + "\n"


def _rows() -> Iterator[tuple[str, str, str, str, str]]:
    for level, model in LEVELS.items():
        made = model.model_json_schema(schema_generator=_Generator)
        properties, required = made["properties"], made.get("required", ())
        for name, field in model.model_fields.items():
            key = field.alias or name
            if level == "example" and key in _NOT_IN_EXAMPLES:
                continue
            default = "required" if key in required else _default(level, key, field.default)
            yield level, f"`{key}`", _type(properties[key]), default, field.description or ""


def _default(level: str, key: str, value: object) -> str:
    base = {"compare": BASE_COMPARE, "limits": BASE_LIMITS}.get(level)
    if (level, key) in _DEFAULTS:
        return _DEFAULTS[level, key]
    if base is not None:
        return f"inherited; at last `{_written(key, getattr(base, key))}`"
    if value in (None, "", (), {}) or isinstance(value, Spec):
        if isinstance(value, Spec):
            return "as below" if level in ("course", "defaults") else "inherited"
        return "none"
    return f"`{_written(key, value)}`"


def _written(key: str, value: object) -> str:
    if key == "memory" and isinstance(value, int):
        return f"{value >> 20} MiB"
    if isinstance(value, float):
        return f"{value:g}".replace("e-0", "e-")
    return str(_number(value) if isinstance(value, Fraction) else value)


def _type(schema: dict[str, Any]) -> str:
    if schema.get("format") == SIGNATURE["format"]:
        return "signature"
    if schema.get("format") == WORDING["format"]:
        return "text, or texts by language"
    if "$ref" in schema:
        level = _LEVEL_OF[schema["$ref"].rpartition("/")[2]]
        short = {"argument": "signature, or ", "returns": "signature, or ", "forbid": "list of text, or "}
        return f"{short.get(level, '')}*{level}*"
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    if "anyOf" in schema:
        return _type(next(part for part in schema["anyOf"] if part.get("type") != "null"))
    if "oneOf" in schema:
        return ", or ".join(map(_type, schema["oneOf"]))
    kinds = schema.get("type", [])
    if kinds == "array":
        return f"list of {_type(schema['items']).removeprefix('list of text, or ')}"
    if kinds == "object" and isinstance(schema.get("additionalProperties"), dict):
        values = _type(schema["additionalProperties"])
        return f"mapping of {'text' if values == 'text' else 'names'} to {values}"
    names = [kinds] if isinstance(kinds, str) else kinds
    return " or ".join(_WORDS[name] for name in names) or "any value"
