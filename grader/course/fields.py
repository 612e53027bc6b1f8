"""The types of single values in a specification: what they accept, and what is said where they do not fit."""

from __future__ import annotations

import keyword
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Annotated, Any, Final, TypeAlias

from pydantic import AfterValidator, Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from grader.course import quantities
from grader.course.expressions import ExpressionError, check_expression, check_function, check_lines, is_expression
from grader.course.node import Path
from grader.course.problems import clip
from grader.course.quantities import QuantityError
from grader.course.signature import Signature, SignatureError
from grader.course.signature import format as signature_text
from grader.course.signature import parse as parse_signature

__all__ = [
    "FAULT",
    "FORMS",
    "LANGUAGE_TAG",
    "LONG_FORM",
    "OPERATORS",
    "SHORT_FORM",
    "SIGNATURE",
    "WORDS",
    "Bound",
    "Construct",
    "Drawn",
    "Due",
    "Duration",
    "Expression",
    "Extension",
    "Language",
    "LateDays",
    "Lines",
    "Memory",
    "Module",
    "Points",
    "Practice",
    "Repeat",
    "Seconds",
    "Share",
    "Size",
    "Slug",
    "Text",
    "Tolerance",
    "Type",
    "Typed",
    "fault",
]

FAULT: Final = "specification"
WORDS: Final = (
    *("for", "while", "if", "lambda", "try", "with", "global", "nonlocal", "import", "class", "assert", "raise", "del"),
    "yield",
)
LANGUAGE_TAG: Final = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
OPERATORS: Final = ("@", "**", "//", "%")
MAX_REPEAT: Final = 1_000
MAX_PRACTICE: Final = 1_000
MAX_SIZE: Final = 1_000_000
MAX_LATE_DAYS: Final = 366
MAX_SECONDS: Final = 3_600


SHORT_FORM: Final = "(short form)"
LONG_FORM: Final = "(long form)"
FORMS: Final = frozenset({SHORT_FORM, LONG_FORM})
"""Steps in the places of errors that stand for no key: which form a value has that may have either."""


def fault(
    message: str, *, advice: str = "", line: int = 0, column: int | None = None, path: Path = ()
) -> PydanticCustomError:
    """An error of a value: `path` leads further into it, `line` and `column` into its text."""
    context = {"message": message, "advice": advice, "line": line, "column": column, "path": path}
    return PydanticCustomError(FAULT, "{message}", context)


def _text(text: str) -> str:
    if not text.strip():
        raise fault("the text is empty")
    return text


def _expression(text: str) -> str:
    """Nothing but an expression can stand here, so that a leading `=` says no more."""
    bare = text.lstrip().removeprefix("=")
    shift = len(text) - len(bare)
    try:
        check_expression(bare)
    except ExpressionError as error:
        if is_expression(bracketed := f"(\n{bare.strip()}\n)"):
            return bracketed  # on lines of its own
        raise fault(error.message, line=error.line, column=error.column + (0 if error.line else shift)) from None
    return bare.strip()


def _drawn(text: str) -> str:
    if not text.lstrip().startswith("="):
        raise fault("an expression begins with `=`", advice=f'Write "={clip(text)}".')
    return _expression(text)


def _lines(text: str) -> str:
    return _code(text, check_lines)


def _code(text: str, check: Callable[[str], None]) -> str:
    if text.lstrip().startswith("="):
        raise fault("this is always Python, so it begins without `=`", advice="Leave the `=` out.")
    try:
        check(text)
    except ExpressionError as error:
        raise fault(error.message, line=error.line, column=error.column) from None
    return text.strip()


def _bound(raw: object) -> int | float:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not math.isfinite(raw):
        raise fault(f"a bound is a finite number, not {clip(raw)}", advice="Leave a bound out where there is none.")
    return raw


def _module(text: str) -> str:
    try:
        check_function(text, None)
    except ExpressionError as error:
        raise fault(error.message, line=error.line, column=error.column) from None
    return text


def _construct(text: str) -> str:
    name = text.strip()
    parts = name.removeprefix(".").split(".")
    is_name = all(part.isidentifier() and not keyword.iskeyword(part) for part in parts)
    if name in (*WORDS, *OPERATORS) or is_name:
        return name
    if keyword.iskeyword(name):
        raise fault(f"'{name}' cannot be asked for or forbidden", advice=f"The words that can be: {', '.join(WORDS)}.")
    advice = "Write a function as `np.linalg.norm`, a method as `.sum`, or a word such as `for`."
    raise fault(f"'{name}' is no name of a function", advice=advice)


def _quantity(read: Callable[[object], Any]) -> Callable[[object], Any]:
    def validate(raw: object) -> Any:
        try:
            return read(raw)
        except QuantityError as error:
            raise fault(error.message, advice=error.advice) from None

    return validate


Text: TypeAlias = Annotated[str, AfterValidator(_text), Field(json_schema_extra={"minLength": 1})]
Expression: TypeAlias = Annotated[str, AfterValidator(_expression)]
Drawn: TypeAlias = Annotated[str, AfterValidator(_drawn), Field(json_schema_extra={"pattern": "^\\s*="})]
Bound: TypeAlias = Annotated[int | float, PlainValidator(_bound), WithJsonSchema({"type": "number"})]
Lines: TypeAlias = Annotated[str, AfterValidator(_lines)]
Module: TypeAlias = Annotated[str, AfterValidator(_module)]
Construct: TypeAlias = Annotated[str, AfterValidator(_construct)]
Slug: TypeAlias = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")]
Language: TypeAlias = Annotated[str, Field(pattern=LANGUAGE_TAG)]
Tolerance: TypeAlias = Annotated[float, Field(strict=True, ge=0, allow_inf_nan=False)]
Seconds: TypeAlias = Annotated[float, Field(strict=True, gt=0, le=MAX_SECONDS)]
LateDays: TypeAlias = Annotated[int, Field(strict=True, ge=0, le=MAX_LATE_DAYS)]
Repeat: TypeAlias = Annotated[int, Field(strict=True, ge=1, le=MAX_REPEAT)]
Practice: TypeAlias = Annotated[int, Field(strict=True, ge=0, le=MAX_PRACTICE)]
Size: TypeAlias = Annotated[int, Field(strict=True, ge=0, le=MAX_SIZE)]
Points: TypeAlias = Annotated[
    Fraction, PlainValidator(_quantity(quantities.points)), WithJsonSchema({"type": ["number", "string"], "minimum": 0})
]
Memory: TypeAlias = Annotated[
    int, PlainValidator(_quantity(quantities.memory)), WithJsonSchema({"type": ["integer", "string"]})
]
Due: TypeAlias = Annotated[datetime, PlainValidator(_quantity(quantities.due)), WithJsonSchema({"type": "string"})]

Duration: TypeAlias = Annotated[
    timedelta, PlainValidator(_quantity(quantities.duration)), WithJsonSchema({"type": "string"})
]
Extension: TypeAlias = Annotated[
    datetime | timedelta, PlainValidator(_quantity(quantities.extension)), WithJsonSchema({"type": "string"})
]
Share: TypeAlias = Annotated[
    Fraction,
    PlainValidator(_quantity(quantities.share)),
    WithJsonSchema({"type": ["number", "string"], "minimum": 0, "maximum": 1}),
]


@dataclass(frozen=True, slots=True)
class Typed:
    """A signature and how the author wrote it."""

    signature: Signature
    text: str


def _typed(raw: object) -> Typed:
    try:
        signature = parse_signature(raw)
    except SignatureError as error:
        raise fault(error.message, column=error.offset, path=error.path) from None
    return Typed(signature, " ".join(raw.split()) if isinstance(raw, str) else signature_text(signature))


SIGNATURE: Final = {"format": "signature"}  # `grader.course.schema` puts a definition in its place
Type: TypeAlias = Annotated[Typed, PlainValidator(_typed), WithJsonSchema(SIGNATURE)]
