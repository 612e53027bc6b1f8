"""The code cells of a Jupyter notebook, and nothing else of it."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from grader.observe.wire import Block

__all__ = ["NotebookError", "blocks"]

_MAX_CELLS: Final = 10_000
_BYTE: Final = re.compile(r"\(byte (\d+)\)")


class NotebookError(Exception):
    """Its text says what is wrong and what to do."""


class _Cell(msgspec.Struct):
    cell_type: str
    source: str | list[str] = ""
    input: str | list[str] = ""  # where notebooks before version 4 had it

    @property
    def text(self) -> str:
        source = self.source or self.input
        return source if isinstance(source, str) else "".join(source)


class _Worksheet(msgspec.Struct):
    cells: list[_Cell] = []


class _Notebook(msgspec.Struct):
    cells: list[_Cell] | None = None
    worksheets: list[_Worksheet] = []  # of notebooks before version 4


def blocks(data: bytes) -> tuple[Block, ...]:
    """One for each code cell that has text, numbered from 1 as they stand. Raises `NotebookError`."""
    notebook = _decoded(data)
    if notebook.cells is None and not notebook.worksheets:
        raise NotebookError("it is JSON, but no notebook: it has no cells; open it in Jupyter and save it again")
    cells = notebook.cells or [cell for sheet in notebook.worksheets for cell in sheet.cells]
    code = [cell.text for cell in cells if cell.cell_type == "code"]
    if len(code) > _MAX_CELLS:
        raise NotebookError(f"it has more than {_MAX_CELLS:,} code cells; hand in the ones that matter")
    return tuple(Block(text, number) for number, text in enumerate(code, 1) if text.strip())


def _decoded(data: bytes) -> _Notebook:
    try:
        return msgspec.json.decode(data, type=_Notebook)
    except msgspec.ValidationError:
        raise NotebookError(
            "it is JSON, but not in the form of a notebook; open it in Jupyter and save it again"
        ) from None
    except (msgspec.DecodeError, RecursionError) as error:
        raise NotebookError(_where_it_breaks(data, str(error))) from None


def _where_it_breaks(data: bytes, message: str) -> str:
    if b"\n<<<<<<< " in data:
        return "it has the marks of a merge conflict in it (<<<<<<<); settle it, then save the notebook again"
    if "truncated" in message:
        return "it ends too early, as if it had not been saved or copied completely; save it again in Jupyter"
    place = _BYTE.search(message)
    where = f" (line {1 + data[: int(place[1])].count(10)})" if place else ""
    return f"it is damaged: its JSON does not parse{where}; open it in Jupyter and save it again"
