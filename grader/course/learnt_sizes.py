"""What the symbols of shapes stand for, as far as it is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import final

__all__ = ["LearntSizes"]


@final
class LearntSizes:
    """The sizes of symbols and where each was learnt; under one key of an open dictionary, with those of its own."""

    def __init__(self, sizes: Mapping[str, int], names: Iterable[str], around: LearntSizes | None = None) -> None:
        self._own = dict(sizes)
        self._names = frozenset(names)
        self._around = around
        self._origins: dict[str, str] = {}

    def within(self, symbols: Iterable[str]) -> LearntSizes:
        """The sizes where these symbols occur too: those that do not occur around it are its own."""
        return LearntSizes({}, (name for name in symbols if not self._has(name)), self)

    def known(self) -> dict[str, int]:
        """All sizes, by symbol."""
        return self._own if self._around is None else {**self._around.known(), **self._own}

    def learn(self, symbol: str, size: int, path: str) -> int:
        """The size of a symbol: the one known before, else this one from now on."""
        owner = self._owner(symbol)
        if symbol not in owner._own:
            owner._own[symbol] = size
            owner._origins[symbol] = path
        return owner._own[symbol]

    def origin(self, symbol: str) -> str | None:
        """Where the size of a symbol was learnt; None where it was given."""
        return self._owner(symbol)._origins.get(symbol)

    def _has(self, symbol: str) -> bool:
        return symbol in self._names or (self._around is not None and self._around._has(symbol))

    def _owner(self, symbol: str) -> LearntSizes:
        return self if self._around is None or symbol in self._names else self._around._owner(symbol)
