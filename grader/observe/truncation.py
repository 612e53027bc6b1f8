"""In a worker: values truncated to the size limit of an answer. What does not fit is named with its shape or length."""

from __future__ import annotations

from typing import Final, final

from grader.errors import ValueTooLarge
from grader.size_limit import SizeLimit
from grader.values import Packer, Value, sketch

__all__ = ["Truncation"]

_FEW: Final = 64  # parts of a container whose parts are looked at one by one,
_DEEP: Final = 2  # in so many levels
_SKETCH: Final = 3  # parts that a sketch takes, with its place


@final
class Truncation:
    """What is left of a size limit, value after value. Sketches of a few hundred parts have a reserve of their own."""

    def __init__(self, size_limit: SizeLimit) -> None:
        reserve = min(size_limit.parts // 4, 8 * _FEW * _SKETCH)
        self._left = SizeLimit(size_limit.bytes, size_limit.parts - reserve)
        self._sketches = reserve // _SKETCH

    def of(self, value: Value, depth: int = 0) -> Value:
        """The value, if it goes in; else one of the same make whose parts do, as far as they are few."""
        packer = Packer(self._left)
        try:
            packer.pack(value, depth)
        except ValueTooLarge:
            return self._in_parts(value, depth)
        taken = packer.taken
        self._left = SizeLimit(self._left.bytes - taken.bytes, self._left.parts - taken.parts)
        return value

    def _in_parts(self, value: Value, depth: int) -> Value:
        cls = type(value)
        is_few = cls in (list, tuple, dict) and len(value) <= _FEW
        if not is_few or depth >= _DEEP or len(value) >= self._sketches:
            return sketch(value)
        self._sketches -= 1 + len(value)
        if cls is dict:
            return {self._key(key): self.of(part, depth + 1) for key, part in value.items()}
        return cls(self.of(part, depth + 1) for part in value)

    def _key(self, key: Value) -> Value:
        """A key that is too large, or that holds what cannot be a key elsewhere, is as good as any other."""
        fitted = self.of(key, _DEEP)
        try:
            hash(fitted)
        except TypeError:
            return sketch(key)
        return fitted
