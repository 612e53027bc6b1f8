"""How one leaf of a signature is written: `float`, `float (m, n)`, `int (n,)`, `float (...)`.

Authors write these by hand, so every error says what was probably meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple, TypeAlias

from grader.course.dimension import SignatureError, canonical
from grader.course.element_kinds import ELEMENT_KINDS, Kind
from grader.near import nearest

__all__ = ["ANY_SHAPE", "KINDS", "Shape", "read_leaf", "split"]

Shape: TypeAlias = tuple[str, ...] | str | None

ANY_SHAPE: Final = "..."
KINDS: Final = tuple(kind.value for kind in Kind)

_MAX_AXES: Final = 64
_OPENING: Final = {"(": ")", "[": "]", "{": "}"}
_FULL_WIDTH: Final = str.maketrans("（），［］：｛｝＋－＊　、", "(),[]:{}+-* ,")
_WORD: Final = re.compile(r"\s*([^\s()\[\]{},]*)\s*", re.DOTALL)
_CLOSING: Final = (")", "]", "}")

_ARRAYS: Final = frozenset(
    ["array", "ndarray", "np.array", "np.ndarray", "numpy.ndarray", "numpy.array", "array_like", "tensor"]
)
_EXAMPLE_SHAPES: Final = {"matrix": "(m, n)", "vector": "(n,)", "image": "(h, w, 3)"}
_KINDS_ELSEWHERE: Final = {word: kind.value for kind, known in ELEMENT_KINDS.items() for word in known.elsewhere}
_CONTAINERS: Final = {
    "tuple": "'tuple: [float, float (n,)]'",
    "list": "'list: float (n,)'",
    "dict": "'dict: {name: float}'",
}


class Piece(NamedTuple):
    """A part of a text, and where in that text it begins."""

    text: str
    offset: int


def read_leaf(text: str) -> tuple[str, Shape]:
    """The kind and the shape that `text` says.

    The shape is None for a single value, `"..."` for any shape, else the canonical text of each axis. Raises
    `SignatureError` with an offset into `text`.
    """
    _check_width(text)
    match = _WORD.match(text)
    assert match is not None  # every part of the pattern may be empty
    word, rest, start = match.group(1), text[match.end() :].rstrip(), match.end()
    if not word:
        raise _without_kind(rest, start)
    if word not in KINDS:
        raise _unknown_kind(word, rest).moved(match.start(1))
    if not rest:
        return word, None
    shape = _read_shape(word, rest, start)
    if word == "opaque":
        raise SignatureError("'opaque' is the student's own affair and has no shape; write 'opaque' alone", start)
    if word == "printed":
        raise SignatureError("'printed' is a text and has no shape; write 'printed' alone", start)
    if word == "none":
        raise SignatureError("'none' is no array and has no shape; write 'none' alone", start)
    return word, shape


def split(text: str) -> Iterator[Piece]:
    """The parts of `text` between the commas that stand in no brackets and no quotes."""
    begin, closing, quoted, escaped = 0, [], False, False
    for position, character in enumerate(text):
        if quoted:
            quoted = escaped or character != '"'
            escaped = character == "\\" and not escaped
        elif character == '"':
            quoted = True
        elif character in _OPENING:
            closing.append(_OPENING[character])
        elif closing and character == closing[-1]:
            closing.pop()
        elif character == "," and not closing:
            yield Piece(text[begin:position], begin)
            begin = position + 1
    yield Piece(text[begin:], begin)


def _check_width(text: str) -> None:
    plain = text.translate(_FULL_WIDTH)
    for position, (mine, theirs) in enumerate(zip(text, plain, strict=True)):
        if mine != theirs:
            raise SignatureError(f"'{mine}' is a full-width character; did you mean '{plain.strip()}'?", position)


def _without_kind(rest: str, start: int) -> SignatureError:
    if rest.startswith("("):
        inner = rest[1 : _closing(rest)]
        if _are_leaves(inner):
            return SignatureError(
                f"a tuple is written with its word; did you mean 'tuple: [{inner.strip(' ,')}]'?", start
            )
        return SignatureError(f"the kind is missing{_meant(f'float {rest}')}", start)
    if rest[:1] in _CLOSING:
        return _cut(rest, f"'{rest[0]}' closes a bracket that is not open").moved(start)
    if rest:
        return SignatureError(f"a signature cannot begin with '{rest[0]}'; {_kinds()}", start)
    return SignatureError("the signature is empty; write a kind and perhaps a shape, such as 'float (m, n)'", 0)


def _are_leaves(text: str) -> bool:
    """Whether these are signatures with commas between them, and not the sizes of a shape."""
    try:
        kinds = [read_leaf(piece.text) for piece in split(text.rstrip(" ,"))]
    except SignatureError:
        return False
    return bool(kinds)


def _kinds() -> str:
    return f"the kinds are {', '.join(KINDS[:-1])} and {KINDS[-1]}"


def _unknown_kind(word: str, rest: str) -> SignatureError:
    if rest[:1] in _CLOSING:
        return _cut(f"{word}{rest}", f"'{rest[0]}' closes a bracket that is not open")
    if word in _CONTAINERS:
        if word == "list" and rest.startswith("of "):
            return SignatureError(f"'list' is followed by a colon; did you mean 'list: {rest[3:].strip()}'?")
        return SignatureError(f"'{word}' says too little; say what is in it, as in {_CONTAINERS[word]}")
    if word in _ARRAYS or word in _EXAMPLE_SHAPES:
        shape = rest if rest.startswith("(") else _EXAMPLE_SHAPES.get(word, "(m, n)")
        why = f"'{word}' is not a kind, for the kind says what is in it"
        return SignatureError(f"{why}{_meant(f'float {shape}', otherwise='float (m, n)')}")
    meant = _near(word)
    if meant is None:
        return SignatureError(f"'{word}' is not a kind; {_kinds()}")
    return SignatureError(f"'{word}' is not a kind{_meant(f'{meant} {rest}'.strip(), otherwise=meant)}")


def _meant(text: str, otherwise: str | None = None) -> str:
    """The end of a message that proposes `text`; where that would be wrong too, what is proposed `otherwise`."""
    try:
        read_leaf(text)
    except SignatureError:
        return f"; did you mean '{otherwise}'?" if otherwise else ""
    return f"; did you mean '{text}'?"


def _near(word: str) -> str | None:
    plain = word.lower().removeprefix("np.").removeprefix("numpy.").rstrip("0123456789_")
    if plain in KINDS:
        return plain
    if plain in _KINDS_ELSEWHERE:
        return _KINDS_ELSEWHERE[plain]
    matches = nearest(plain, KINDS, closeness=0.7)
    return matches[0] if matches else None


def _cut(text: str, why: str) -> SignatureError:
    return SignatureError(
        f"{why}. Inside {{ }} and [ ], YAML splits the text at each comma: put the whole signature in quotes, "
        f"as in \"float (m, n)\", or give it a line of its own (here YAML has left only '{text.strip()}')"
    )


def _read_shape(word: str, rest: str, start: int) -> Shape:
    if not rest.startswith("("):
        raise _without_brackets(word, rest, start)
    end = _closing(rest)
    if end is None:
        raise _unclosed(word, rest).moved(start)
    if rest[end + 1 :].strip():
        raise _after_shape(word, rest, end).moved(start)
    return _read_axes(word, rest[1:end], start + 1)


def _closing(rest: str) -> int | None:
    depth = 0
    for position, character in enumerate(rest):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return position
    return None


def _unclosed(word: str, rest: str) -> SignatureError:
    if "," in rest:
        inner = rest.rstrip(" ,])}")
        missing = ")" * (inner.count("(") - inner.count(")"))
        return SignatureError(f"the bracket is not closed{_meant(f'{word} {inner}{missing}')}")
    return _cut(f"{word} {rest}", "the bracket is not closed")


def _without_brackets(word: str, rest: str, start: int) -> SignatureError:
    if rest[0] in _CLOSING:
        return _cut(f"{word}{rest}", f"'{rest[0]}' closes a bracket that is not open").moved(start)
    if rest[0] == ",":
        return _several(f"{word}{rest}", start)
    inner = rest.strip("[]{}() ")
    meant = _meant(f"{word} ({inner}{'' if ',' in inner else ','})", otherwise=f"{word} (m, n)")
    return SignatureError(f"a shape stands in round brackets{meant}", start)


def _after_shape(word: str, rest: str, end: int) -> SignatureError:
    after = rest[end + 1 :]
    at = end + 1 + len(after) - len(after.lstrip())
    if after.lstrip().startswith(","):
        return _several(f"{word} {rest}", at)
    return SignatureError(f"nothing can follow the shape{_meant(f'{word} {rest[: end + 1]}')}", at)


def _several(text: str, at: int) -> SignatureError:
    return SignatureError(f"this is more than one signature; did you mean 'tuple: [{text}]'?", at)


def _read_axes(word: str, inner: str, start: int) -> Shape:
    if inner.strip() in (ANY_SHAPE, "…"):
        return ANY_SHAPE
    pieces = list(split(inner))
    if not inner.strip():
        raise SignatureError(f"the shape is empty; a single number is '{word}', any shape is '{word} (...)'", start)
    if len(pieces) > 1 and not pieces[-1].text.strip():
        pieces.pop()
    elif len(pieces) == 1:
        _read_axis(word, pieces[0], start)
        raise SignatureError(f"a shape of one axis ends in a comma; did you mean '{word} ({inner.strip()},)'?", start)
    if len(pieces) > _MAX_AXES:
        raise SignatureError(f"a shape has at most {_MAX_AXES} axes", start)
    return tuple(_read_axis(word, piece, start) for piece in pieces)


def _read_axis(word: str, piece: Piece, start: int) -> str:
    if "..." in piece.text or "…" in piece.text:
        raise SignatureError(f"'...' stands alone; '{word} (...)' is any shape", start + piece.offset)
    try:
        return canonical(piece.text)
    except SignatureError as error:
        raise error.moved(start + piece.offset) from None
