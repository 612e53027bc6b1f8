"""The namespaces of a submission's files, and running their statements, each by itself."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from inspect import CO_COROUTINE
from types import MappingProxyType, ModuleType
from typing import Any

import numpy as np

from grader.observation import Raised
from grader.observe.own_modules import OwnModules, SoleFile, is_module
from grader.observe.program import Program, Statement
from grader.observe.shell import Shell, check
from grader.observe.source_map import SourceLines, clean, raised
from grader.observe.top_level_await import run_to_end
from grader.observe.wire import MAX_DEFINITIONS, MAX_FAULTS, Loaded, Running

__all__ = ["Workspace"]

Announce = Callable[[Running], None]


class Workspace:
    """One module for each file. A file's statements run once, on `load` or when another file imports it.

    `given`: names that are in every namespace, whatever a file makes of them.
    """

    def __init__(self, programs: Sequence[Program], given: Mapping[str, object] = MappingProxyType({})) -> None:
        self._given = given
        self.source_map: dict[str, SourceLines] = {}
        self._programs = programs
        self._faults: dict[int, list[Raised]] = {}
        self._ready: set[int] = set()  # files whose modules have what every namespace has
        self._modules: OwnModules | SoleFile
        if len(programs) == 1 and programs[0].only_computes:
            self._modules = SoleFile(programs[0].name)
        else:
            self._modules = OwnModules([program.name for program in programs], self._import)
        shell = Shell(self._module_of)
        vars(_BUILTINS).update(__import__=self._modules.import_, get_ipython=lambda: shell)
        sys.modules["builtins"] = _BUILTINS
        vars(sys.modules["grader"]).update(check=check)  # for `from grader import check`
        for program in programs:
            self.source_map.update(program.source_map)

    def namespace(self, index: int) -> dict[str, Any]:
        return vars(self._module(index))

    def load(self, index: int, announce: Announce, *, skip: Collection[int] = (), sure_only: bool = False) -> Loaded:
        """Run the statements of a file. One that raises costs only itself."""
        if index not in self._faults:
            self._run(index, announce, skip, sure_only)
        names = [clean(name) for name, value in list(self.namespace(index).items()) if _is_offered(name, value)]
        return Loaded(faults=tuple(self._faults[index][:MAX_FAULTS]), names=tuple(names[:MAX_DEFINITIONS]))

    def _import(self, index: int) -> None:
        """For an `import` in another file: that statement has been announced, so nothing else needs to be."""
        self._module(index)
        if index not in self._faults:
            self._run(index, _keep_quiet, (), False)

    def _module_of(self, file: str) -> ModuleType | None:
        """The module of a file, by its name; it has run."""
        index = self._modules.number_of(file)
        if index is None:
            return None
        self._import(index)
        return self._module(index)

    def _run(self, index: int, announce: Announce, skip: Collection[int], sure_only: bool) -> None:
        faults = self._faults[index] = []
        namespace = self.namespace(index)
        for number, statement in enumerate(self._programs[index].statements):
            sure = statement.is_sure and all(map(self._is_there, statement.imports))
            if number in skip or (sure_only and not sure):
                continue
            if not sure:
                announce(Running(number, statement.line, statement.cell))
            fault = _executed(statement, namespace, self.source_map)
            self._give(namespace)
            if fault is not None:
                faults.append(fault)

    def _is_there(self, name: str) -> bool:
        return name in sys.modules and not self._modules.is_own(name)

    def _module(self, index: int) -> ModuleType:
        # Never __main__: what is meant only for running the file as a script is not for here.
        module = self._modules.module(index)
        if index not in self._ready:
            self._ready.add(index)
            vars(module).update(__builtins__=_BUILTINS, np=np)
            self._give(vars(module))
        return module

    def _give(self, namespace: dict[str, Any]) -> None:
        """After each statement: what later ones keep of a name (in a table, as a default) is then what is given.

        A module of that name stays, for the name is in it.
        """
        for name, value in self._given.items():
            if not is_module(namespace.get(name)):
                namespace[name] = value


def _executed(statement: Statement, namespace: dict[str, Any], source_map: dict[str, SourceLines]) -> Raised | None:
    try:
        result = eval(statement.code, namespace)  # noqa: S307 — this is the process for it
        if statement.code.co_flags & CO_COROUTINE:
            run_to_end(result)
    except BaseException as error:  # noqa: BLE001 — a boundary: whatever the submission raises is noted
        return raised(error, source_map)
    return None


def _is_offered(name: object, value: object) -> bool:
    return type(name) is str and not name.startswith("__") and callable(value)


def _keep_quiet(running: Running) -> None:
    pass


def _own_builtins() -> ModuleType:
    """A copy for the submission, so that what it deletes or replaces there is missing nowhere else.

    Each workspace adds the names that Jupyter gives to every cell, and an import that finds the submission's own files.
    """
    own = ModuleType("builtins", builtins.__doc__)
    vars(own).update(vars(builtins), display=print)
    return own


_BUILTINS = _own_builtins()  # made once, before any child is forked: copying it touches half of the interpreter
