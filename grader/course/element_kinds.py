"""The kinds of elements that a signature can name: one record each, with what there is to know without a value."""

from __future__ import annotations

import enum
from typing import Final, final

import msgspec

__all__ = ["ELEMENT_KINDS", "NUMBERS", "ElementKind", "Kind", "of_dtype", "of_type"]


class Kind(enum.Enum):
    """The kind of a leaf's elements. Kinds of numbers are ordered: a narrower one is right where a wider one is due."""

    BOOL = "bool"
    INT = "int"
    FLOAT = "float"
    COMPLEX = "complex"
    STR = "str"
    ANY = "any"
    OPAQUE = "opaque"
    NONE = "none"
    PRINTED = "printed"


@final
class ElementKind(msgspec.Struct, frozen=True):
    """What there is to know of one kind.

    Attributes
    ----------
    letters
        Of numpy's dtypes of this kind (`numpy.dtype.kind`).
    python
        Python's own type of one such value.
    one, many
        What such a value, and such values, are called in messages to authors.
    literal
        What a literal of it is called there.
    empty
        The dtype of an array without elements.
    width
        How wide a kind of number it is, from bool (0) on; None where it is no number.
    elsewhere
        What it is called elsewhere, so that authors may write it.
    """

    letters: str = ""
    python: type | None = None
    one: str = ""
    many: str = ""
    literal: str = "a number or a string"
    empty: str = "<f8"
    width: int | None = None
    elsewhere: tuple[str, ...] = ()


ELEMENT_KINDS: Final[dict[Kind, ElementKind]] = {
    Kind.BOOL: ElementKind(
        letters="b",
        python=bool,
        one="a bool",
        many="bools",
        literal="true or false",
        empty="?",
        width=0,
        elsewhere=("boolean", "logical"),
    ),
    Kind.INT: ElementKind(
        letters="iu",
        python=int,
        one="an int",
        many="ints",
        literal="a whole number",
        empty="<i8",
        width=1,
        elsewhere=("integer", "long", "natural", "uint"),
    ),
    Kind.FLOAT: ElementKind(
        letters="f",
        python=float,
        one="a float",
        many="floats",
        literal="a number",
        width=2,
        elsewhere=("double", "real", "number", "scalar", "decimal"),
    ),
    Kind.COMPLEX: ElementKind(
        letters="c",
        python=complex,
        one="a complex number",
        many="complex numbers",
        literal="a number",
        empty="<c16",
        width=3,
    ),
    Kind.STR: ElementKind(
        letters="U",
        python=str,
        one="a string",
        many="strings",
        literal="a string",
        empty="<U1",
        elsewhere=("string", "text", "char"),
    ),
    Kind.ANY: ElementKind(width=3, elsewhere=("object",)),
    Kind.OPAQUE: ElementKind(),
    Kind.NONE: ElementKind(elsewhere=("null", "nothing", "void")),
    Kind.PRINTED: ElementKind(elsewhere=("stdout", "output", "print", "prints")),
}
NUMBERS: Final = (Kind.INT, Kind.FLOAT, Kind.COMPLEX)
_BY_LETTER: Final = {letter: kind for kind, known in ELEMENT_KINDS.items() for letter in known.letters}
_BY_TYPE: Final = {known.python: kind for kind, known in ELEMENT_KINDS.items() if known.python is not None}


def of_dtype(letter: str) -> Kind | None:
    """The kind of a dtype's elements by its letter, `numpy.dtype.kind`; None where no signature can name it."""
    return _BY_LETTER.get(letter)


def of_type(cls: type) -> Kind | None:
    """The kind of one value of a type of Python's own."""
    return _BY_TYPE.get(cls)
