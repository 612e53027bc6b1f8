"""What the files of one hand-in may cost. What is over it is lost to that hand-in alone, and a person is told."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final, final

from grader.classroom.unread import OverBudget
from grader.judge.messages import left_out

__all__ = ["CLASS_BYTES", "Caps", "HandInBudget"]

CLASS_BYTES: Final = 8 << 30  # that all hand-ins together may keep on the disk
_LEAST: Final = 1 << 20  # that each may keep all the same: as much as one file of code


@final
@dataclass(frozen=True, slots=True)
class Caps:
    """How much one hand-in may have, over all its files and what is in its archives.

    files    of code, that are judged
    names    in its archives, or told one by one as left out
    archive  bytes of one archive, as it was handed in
    read     bytes that are unpacked because they may be work: of code, and of archives
    passed   bytes of a packed tar archive that are unpacked because the work lies behind them
    kept     bytes that are left of it: code, and the cells of notebooks
    nesting  archives within archives: so many are opened, the outermost counted
    seconds  of processor time, for taking all of this in
    """

    files: int = 500
    names: int = 10_000
    archive: int = 64 << 20
    read: int = 256 << 20
    passed: int = 4 << 30
    kept: int = 32 << 20
    nesting: int = 3
    seconds: float = 20.0

    def shared(self, hand_ins: int) -> Caps:
        """For one of so many: each has its part of the disk, so none can take what is another's."""
        return replace(self, kept=min(self.kept, max(CLASS_BYTES // max(hand_ins, 1), _LEAST)))


@final
class HandInBudget:
    """What one hand-in has cost so far. Each of its methods raises `OverBudget` where that becomes too much.

    What is refused costs what was unpacked to see it, and nobody but this hand-in.
    """

    __slots__ = ("_began", "_clock", "_files", "_kept", "_names", "_passed", "_read", "_spent", "caps")

    def __init__(self, caps: Caps, clock: Callable[[], float] = time.process_time) -> None:
        self.caps = caps
        self._clock = clock
        self._began = 0.0
        self._spent = 0.0
        self._names = self._files = self._read = self._passed = self._kept = 0

    @contextmanager
    def working(self) -> Iterator[None]:
        """While the block runs, its time is this hand-in's."""
        self._began = self._clock()
        try:
            yield
        finally:
            self._spent += self._clock() - self._began

    def name(self) -> None:
        """One more file in an archive."""
        self._names += 1
        if self._names > self.caps.names:
            raise OverBudget(left_out.MANY_NAMES(most=self.caps.names))

    def file(self) -> None:
        """One more file of code."""
        self._files += 1
        if self._files > self.caps.files:
            raise OverBudget(left_out.MANY_FILES(most=self.caps.files))

    def read(self, size: int) -> None:
        """So many more bytes of what may be work."""
        self._read += size
        if self._read > self.caps.read:
            raise OverBudget(left_out.MANY_BYTES_OUT(size=_mebibytes(self.caps.read)))
        self._in_time()

    def passed(self, size: int) -> None:
        """So many more bytes on the way to what may be work."""
        self._passed += size
        if self._passed > self.caps.passed:
            raise OverBudget(left_out.MANY_BYTES_PASSED(size=_mebibytes(self.caps.passed)))
        self._in_time()

    def keep(self, size: int) -> None:
        """So many more bytes that stay."""
        if self._kept + size > self.caps.kept:
            raise OverBudget(left_out.MANY_BYTES(size=_mebibytes(self.caps.kept)))
        self._kept += size

    def _in_time(self) -> None:
        if self._spent + self._clock() - self._began > self.caps.seconds:
            raise OverBudget(left_out.SLOW(seconds=self.caps.seconds))


def _mebibytes(size: int) -> float:
    """To three digits."""
    return float(f"{size / (1 << 20):.3g}")
