"""Where a part of a value is, as a student would write it: `result[1]['dW'][2, 0]`."""

from __future__ import annotations

from typing import Final

import numpy as np

from grader.values import Value

__all__ = ["element_path", "key_path"]

_MAX_KEY_TEXT: Final = 60


def element_path(place: str, index: tuple[int, ...]) -> str:
    """`result` and (2, 0) make `result[2, 0]`; one number has no index."""
    return f"{place}[{', '.join(map(str, index))}]" if index else place


def key_path(place: str, key: Value) -> str:
    """The part of a dictionary under a key, which is written out as far as it is short."""
    text = repr(key.item() if isinstance(key, np.generic) else key)
    text = "".join(c if c.isprintable() else "�" for c in text[: _MAX_KEY_TEXT + 1])  # a type's name may hold anything
    return f"{place}[{text if len(text) <= _MAX_KEY_TEXT else text[:_MAX_KEY_TEXT] + '…'}]"
