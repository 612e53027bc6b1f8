"""The source lines of a submission as they were compiled, to say on which of them something happened."""

from __future__ import annotations

import builtins
import linecache
import re
from collections.abc import Mapping
from itertools import islice
from types import CodeType, FrameType, TracebackType
from typing import NamedTuple, TypeAlias

from grader.near import nearest
from grader.observation import MAX_BASES, MAX_MESSAGE, MAX_NEAR, Raised
from grader.observe.magics import bare_cell, with_magics_of
from grader.observe.pasted import without_session
from grader.observe.wire import Block
from grader.type_names import class_name, type_name

__all__ = ["SourceLines", "SourceMap", "clean", "line_of", "lines_of", "raised", "register_source"]

_NAME = re.compile(r"'([^\W\d]\w{0,99})'")
_mro_of = type.__dict__["__mro__"].__get__
_builtins = frozenset(one for one in vars(builtins).values() if isinstance(one, type))
_own_dict_of = type.__dict__["__dict__"].__get__
_traceback_of = BaseException.__dict__["__traceback__"].__get__


class SourceLines(NamedTuple):
    """One block's lines; `cell` where it is a notebook's. `at`: the line in which all of them stand, as one text."""

    cell: int | None
    lines: tuple[str, ...]
    at: int | None = None

    def place(self, number: int) -> int:
        """The line as its author counts."""
        return number if self.at is None else self.at

    def line(self, number: int | None) -> str:
        return clean(self.lines[number - 1]) if number is not None and 0 < number <= len(self.lines) else ""

    def column(self, number: int, offset: int) -> int:
        """From 1, in characters; `offset` is in bytes from 0, as Python counts."""
        line = self.line(number)
        if line.isascii():
            return min(offset, len(line)) + 1
        return len(line.encode()[:offset].decode("utf-8", "replace")) + 1


def lines_of(block: Block) -> SourceLines:
    """The lines of a block as they are compiled."""
    text = block.text.replace("\r\n", "\n").replace("\r", "\n")
    text = without_session(with_magics_of(text)) if block.cell is None else bare_cell(text)
    return SourceLines(block.cell, tuple(text.split("\n")))


SourceMap: TypeAlias = Mapping[str, SourceLines]  # by the file name that the block was compiled with


def register_source(name: str, source_lines: SourceLines) -> None:
    """Make the lines known to `linecache`, so that `traceback` and `inspect` find them."""
    linecache.cache[name] = (1, None, [f"{line}\n" for line in source_lines.lines], name)


def clean(text: object) -> str:
    """Text that any message can carry: real characters, and not too many."""
    if not isinstance(text, str):
        return ""
    return str.__str__(text)[:MAX_MESSAGE].encode("utf-8", "replace").decode()


def raised(error: BaseException, source_map: SourceMap) -> Raised:
    """An exception as plain data. Its place is the deepest line of the traceback that is the submission's own."""
    about = (clean(type_name(error)), _message(error))
    bases = _bases(error)
    deepest = _deepest(_traceback_of(error), source_map)
    if deepest is None:
        return Raised(*about, bases=bases, near=_attributes(error))
    code = deepest.tb_frame.f_code
    statement = None if code.co_name == "<module>" else _at_top_level(_traceback_of(error), source_map)
    source_lines = source_map[code.co_filename]
    return Raised(
        *about,
        line=source_lines.place(deepest.tb_lineno),
        column=_column(code, deepest, source_lines),
        cell=source_lines.cell,
        source_line=source_lines.line(deepest.tb_lineno),
        function="" if code.co_name == "<module>" else clean(code.co_name),
        bases=bases,
        near=_near(error, about[1], deepest.tb_frame),
        called_line=None if statement is None else statement[0],
        called_cell=None if statement is None else statement[1],
    )


def _at_top_level(traceback: TracebackType | None, source_map: SourceMap) -> tuple[int, int | None] | None:
    """The line and the cell of the submission's own statement under which it happened, while the file was loading."""
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if code.co_name == "<module>" and (lines := source_map.get(code.co_filename)) is not None:
            return lines.place(traceback.tb_lineno), lines.cell
        traceback = traceback.tb_next
    return None


def _bases(error: BaseException) -> tuple[str, ...]:
    """The exceptions of Python and numpy that its class is one of, beside itself."""
    ancestors = [base for base in _mro_of(type(error))[1:] if issubclass(base, BaseException)]
    named = [(base, clean(class_name(base))) for base in ancestors]
    return tuple(name for base, name in named if base in _builtins or name.startswith("numpy."))[:MAX_BASES]


def line_of(frame: FrameType | None, source_map: SourceMap) -> int | None:
    """The line at which the submission is, under whatever it called."""
    while frame is not None:
        if (source_lines := source_map.get(frame.f_code.co_filename)) is not None:
            return source_lines.place(frame.f_lineno)
        frame = frame.f_back
    return None


def _near(error: BaseException, message: str, frame: FrameType) -> tuple[str, ...]:
    """The names that look like one that Python does not know where it stands, those of the function first."""
    unknown = _NAME.search(message) if isinstance(error, NameError) else None
    if unknown is None:
        return ()
    known = (*frame.f_locals, *frame.f_globals)
    return tuple(map(clean, nearest(unknown[1], [name for name in known if type(name) is str])))


def _attributes(error: BaseException) -> tuple[str, ...]:
    """What an object has in place of an attribute that it lacks: those that look like it, or the few that there are."""
    wanted = error.name if isinstance(error, AttributeError) else None
    if type(wanted) is not str or not isinstance(error, AttributeError):
        return ()
    own = [name for name in _dict_of(error.obj) if type(name) is str]
    methods = [name for name in _own_dict_of(type(error.obj)) if not name.startswith("_")]
    return tuple(map(clean, nearest(wanted, [*own, *methods]) or (own if len(own) <= MAX_NEAR else ())))


def _dict_of(owner: object) -> dict[str, object]:
    """An instance's own attributes, past what its class may do when it is asked."""
    try:
        found = object.__getattribute__(owner, "__dict__")
    except BaseException:  # noqa: BLE001 — a boundary: not every object has one, and `__dict__` may be the student's
        return {}
    return found if type(found) is dict else {}


def _message(error: BaseException) -> str:
    try:
        return clean(str(error))
    except BaseException:  # noqa: BLE001 — a boundary: __str__ may be the student's
        return ""


def _deepest(traceback: TracebackType | None, source_map: SourceMap) -> TracebackType | None:
    deepest = None
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename in source_map:
            deepest = traceback
        traceback = traceback.tb_next
    return deepest


def _column(code: CodeType, place: TracebackType, source_lines: SourceLines) -> int | None:
    """From 1, in characters; None where the failing expression begins on another line."""
    position = next(islice(code.co_positions(), place.tb_lasti // 2, None), None)
    if position is None or position[0] != place.tb_lineno or position[2] is None:
        return None
    return source_lines.column(place.tb_lineno, position[2])
