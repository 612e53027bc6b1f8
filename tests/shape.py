"""The shape of the package, read from its source: modules, what each imports, circles among them.

`python tests/shape.py` prints it in figures; `python tests/shape.py FOLDER` does so for the package in another folder.
"""

from __future__ import annotations

import ast
import gc
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeAlias, final

PACKAGE = Path(__file__).resolve().parents[1] / "grader"

Arrows: TypeAlias = dict[str, set[str]]


@final
@dataclass(frozen=True, slots=True)
class Import:
    """`name` is None where the whole module `source` is imported."""

    source: str
    name: str | None
    line: int


@final
@dataclass(frozen=True, slots=True)
class Module:
    """A file of the package; `name` as in `grader.judge.compare`."""

    name: str
    path: Path
    text: str
    tree: ast.Module
    imports: tuple[Import, ...]  # of the package, also in functions and under TYPE_CHECKING
    functions: tuple[tuple[str, int], ...]  # their names, and how many lines they have

    @property
    def lines(self) -> int:
        return self.text.count("\n")

    @property
    def room(self) -> str:
        """`judge` of `grader.judge.compare`; a module of no room is one of its own, and `grader` itself has no name."""
        return room_of(self.name)


def room_of(module: str) -> str:
    return [*module.split("."), ""][1]


@cache
def read(package: Path = PACKAGE) -> dict[str, Module]:
    paths = {_name(path, package): path for path in sorted(package.rglob("*.py"))}
    with _without_looking_for_garbage():
        return {name: _module(name, path, frozenset(paths)) for name, path in paths.items()}


@contextmanager
def _without_looking_for_garbage() -> Iterator[None]:
    """Of syntax trees none is garbage, nor will be: to look for it takes longer than to read them, each time anew."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _name(path: Path, package: Path) -> str:
    return ".".join((package.name, *path.relative_to(package).with_suffix("").parts)).removesuffix(".__init__")


def _module(name: str, path: Path, modules: frozenset[str]) -> Module:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    nodes = tuple(ast.walk(tree))
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    lengths = tuple((node.name, (node.end_lineno or 0) - node.lineno + 1) for node in functions)
    return Module(name, path, text, tree, tuple(_imports(nodes, name.split(".")[0], modules)), lengths)


def _imports(nodes: Iterable[ast.AST], package: str, modules: frozenset[str]) -> Iterator[Import]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (Import(at.name, None, node.lineno) for at in node.names if at.name.split(".")[0] == package)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: a relative import"
            source = node.module or ""
            for at in node.names if source.split(".")[0] == package else ():
                whole = f"{source}.{at.name}"
                yield Import(whole, None, node.lineno) if whole in modules else Import(source, at.name, node.lineno)


def arrows(modules: Mapping[str, Module]) -> Arrows:
    """The modules that each module imports."""
    return {name: {at.source for at in module.imports} - {name} for name, module in modules.items()}


def circles(graph: Mapping[str, set[str]]) -> list[list[str]]:
    """Modules each of which imports, by way of others, itself: those that do so together, together."""
    reached = {name: _reached(name, graph) for name in graph}
    found = {tuple(sorted(b for b in ends if name in reached[b])) for name, ends in reached.items() if name in ends}
    return [list(circle) for circle in sorted(found)]


def _reached(start: str, graph: Mapping[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        new = graph.get(waiting.pop(), set()) - seen
        seen |= new
        waiting += new
    return seen


def figures(modules: Mapping[str, Module]) -> dict[str, int]:
    """What there is to count. The modules that are in no room count as one."""
    graph = arrows(modules)
    rooms = {room_of(name) for name in modules if name.count(".") > 1}
    of = {name: room_of(name) if room_of(name) in rooms else "" for name in modules}
    across = [(of[a], of[b]) for a, others in graph.items() for b in others if of[a] != of[b]]
    lengths = sorted(length for module in modules.values() for _, length in module.functions)
    return {
        "modules": len(modules),
        "lines": sum(module.lines for module in modules.values()),
        "functions": len(lengths),
        "lines of the median function": lengths[len(lengths) // 2],
        "imports among modules": sum(map(len, graph.values())),
        "of these, from room to room": len(across),
        "arrows between rooms": len(set(across)),
        "circles": len(circles(graph)),
    }


def main(*arguments: str) -> None:
    modules = read(Path(*arguments).resolve() if arguments else PACKAGE)
    for what, count in figures(modules).items():
        print(f"{what:30}{count:>8,}")
    for circle in circles(arrows(modules)):
        print("a circle: " + ", ".join(circle))


if __name__ == "__main__":
    main(*sys.argv[1:])
