"""The tree that a YAML file is read into: every key and value with its place in the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

__all__ = ["Alias", "Found", "Mapping", "Mark", "Node", "Path", "Scalar", "Sequence", "data", "find", "resolved"]

Path: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a text. All three count characters from 0."""

    line: int
    column: int
    index: int


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value. `style` is empty for plain text, else the quote, `|` or `>` that it is written with."""

    value: Any
    content: str
    style: str
    start: Mark
    end: Mark
    size: int = 1


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list. `size` counts its nodes, aliases written out."""

    items: tuple[Node, ...]
    flow: bool
    start: Mark
    end: Mark
    size: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values, in the order of the file."""

    entries: tuple[tuple[Scalar, Node], ...]
    flow: bool
    start: Mark
    end: Mark
    size: int


@dataclass(frozen=True, slots=True)
class Alias:
    """A second use of a node that stands elsewhere."""

    target: Scalar | Sequence | Mapping
    start: Mark
    end: Mark
    size: int


Node: TypeAlias = Scalar | Sequence | Mapping | Alias


class Found(NamedTuple):
    """What stands at a path: its key (none in a list or at the root), its value, and whether the path was whole."""

    key: Scalar | None
    node: Node
    complete: bool


def resolved(node: Node) -> Scalar | Sequence | Mapping:
    """The node itself, or what an alias stands for."""
    return node.target if isinstance(node, Alias) else node


def data(node: Node) -> Any:
    """The plain data of a node; nothing in it is shared."""
    node = resolved(node)
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [data(item) for item in node.items]
    return {key.value: data(value) for key, value in node.entries}


def find(root: Node, path: Path) -> Found:
    """The node at `path`, or the deepest one on the way that is there."""
    found = Found(None, root, True)
    for step in path:
        deeper = _step(resolved(found.node), step)
        if deeper is None:
            return found._replace(complete=False)
        found = deeper
    return found


def _step(node: Node, step: Any) -> Found | None:
    if isinstance(node, Mapping):
        for key, value in node.entries:
            if key.value == step and type(key.value) is type(step):
                return Found(key, value, True)
    if isinstance(node, Sequence) and type(step) is int and 0 <= step < len(node.items):
        return Found(None, node.items[step], True)
    return None
