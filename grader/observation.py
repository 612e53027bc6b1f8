"""What a call did, as plain data. Nothing here knows what is right."""

from __future__ import annotations

import enum
from typing import Annotated

import msgspec

from grader.values import Plain

__all__ = [
    "MAX_BASES",
    "MAX_MESSAGE",
    "MAX_NEAR",
    "MAX_PRINTED",
    "MAX_WARNINGS",
    "Observation",
    "ParserLimit",
    "Place",
    "Raised",
    "SlipKind",
    "Status",
    "Text",
    "Warned",
]

MAX_PRINTED = 64 * 1024
MAX_MESSAGE = 2_000
MAX_WARNINGS = 20
MAX_BASES = 24
MAX_NEAR = 3

Text = Annotated[str, msgspec.Meta(max_length=MAX_MESSAGE)]


class Status(enum.Enum):
    """How a call ended."""

    RETURNED = "returned"
    RAISED = "raised"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    CRASHED = "crashed"  # killed by a signal that was not ours
    EXITED = "exited"  # the process ended itself: os._exit and the like
    FLOODED = "flooded"  # printed more than may be kept, and was ended
    UNRUN = "unrun"  # not tried: two calls of the same exercise had to be ended before, hanging or printing
    UNBUILT = "unbuilt"  # not made: what its author builds for it could not be made
    UNVIEWED = "unviewed"  # returned something that its author's view cannot be evaluated on; `error` says why
    OVERDUE = "overdue"  # ended, or not tried: all calls of the exercise together had had their time


class ParserLimit(enum.Enum):
    """Why Python's parser cannot take a text of which it says nothing."""

    NESTING = "nesting"  # of brackets, signs, blocks
    CRASH = "crash"  # of the whole process


class Place(enum.Enum):
    """Where a definition can stand and not count, for nothing runs it or nobody outside can reach it."""

    FUNCTION = "function"
    GLOBAL = "global"  # in a function that makes it global, once it is called
    MADE = "made"  # by `exec` and the like, while the file runs
    DELETED = "deleted"
    SKIPPED = "skipped"  # below a condition that was not true, or it is undone in some other way
    CLASS = "class"
    MARIMO = "marimo"  # a function that is a cell of a marimo notebook
    MAIN = "main"  # below `if __name__ == "__main__":`
    STRING = "string"
    COMMENT = "comment"
    MAGIC = "magic"  # a cell under a magic that is not run
    FILE = "file"  # a cell that is written to a file
    MARKDOWN = "markdown"
    RAW = "raw"
    IMPORT = "import"  # it is imported from elsewhere

    @property
    def has_holder(self) -> bool:
        """Whether what it stands in, or comes from, has a name."""
        return self in (
            Place.FUNCTION,
            Place.GLOBAL,
            Place.MADE,
            Place.CLASS,
            Place.MAGIC,
            Place.FILE,
            Place.IMPORT,
        )

    @property
    def is_mere_text(self) -> bool:
        """Whether it is hardly meant to be run: a file with such a place need not be about it."""
        return self in (Place.COMMENT, Place.STRING, Place.IMPORT, Place.FILE)


class SlipKind(enum.Enum):
    """What the text of a function shows by itself."""

    RETURN_IN_LOOP = "return_in_loop"  # which ends it in its first turn
    DIVIDED_BY_ONE = "divided_by_one"  # and then added to: `1 / 1 + x`
    TIMES_ONE = "times_one"
    UNUSED = "unused"  # `names`: what is never used, and what is used that it was computed of


class Raised(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """An exception that left student code. `line` (from 1) is the deepest line of the student's own source."""

    type: Text
    message: Text
    line: int | None = None
    column: int | None = None
    cell: int | None = None  # of a notebook, from 1, counting code cells
    source_line: Text = ""
    function: Text = ""  # in which that line stands; empty at top level
    bases: Annotated[
        tuple[Text, ...], msgspec.Meta(max_length=MAX_BASES)
    ] = ()  # Python's and numpy's, the nearest first
    near: Annotated[
        tuple[Text, ...], msgspec.Meta(max_length=MAX_NEAR)
    ] = ()  # of a name that is not there: those that look like it, or that are

    called_line: int | None = None  # of the statement at the top level that called that function
    called_cell: int | None = None

    def is_a(self, name: str) -> bool:
        """Whether `except` would catch it by that name, as far as the process says that raised it."""
        return name == self.type or name in self.bases


class Warned(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """A warning that was given during a call."""

    category: Text
    message: Text
    line: int | None = None


class Observation(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """What one call did.

    `changed` is a dictionary of those arguments that are not as they were sent, as they are after the call.
    """

    status: Status
    value: Plain = msgspec.field(default_factory=Plain)
    changed: Plain = msgspec.field(default_factory=lambda: Plain({}))
    error: Raised | None = None
    warnings: Annotated[tuple[Warned, ...], msgspec.Meta(max_length=MAX_WARNINGS)] = ()
    threads: int = 0  # that the call left running
    printed: Annotated[str, msgspec.Meta(max_length=MAX_PRINTED)] = ""
    exit_status: int | None = None  # of a process that ended: its code, or minus the signal
    steps: int | None = None  # that Python took, where they were counted

    @property
    def is_quiet(self) -> bool:
        """Whether it printed nothing, left no thread running, and its process goes on."""
        return not (self.printed or self.threads) and self.exit_status is None
