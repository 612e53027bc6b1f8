"""Numbers in addresses: those that a row of the gradebook can have, and no others."""

from __future__ import annotations

from typing import ClassVar, final

from starlette.convertors import Convertor, register_url_convertor

__all__ = ["register"]


@final
class _Whole(Convertor[int]):
    """A whole number that fits where the gradebook keeps it (64 bits): an address with a larger one is none of ours."""

    regex: ClassVar[str] = "[0-9]{1,18}"

    def convert(self, value: str) -> int:
        return int(value)

    def to_string(self, value: int) -> str:
        return str(value)


def register() -> None:
    """Let addresses say `{number:whole}`."""
    register_url_convertor("whole", _Whole())
