"""numpy and a course's packages as they were before a submission was loaded: what an author's expressions see.

A submission may patch a module or a class of it, for itself. While an expression of the author's is evaluated beside
it, all that was there before is in its place again, and afterwards what the submission had put there.
"""

from __future__ import annotations

import importlib
import sys
import types
import warnings
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property, partial
from operator import is_
from typing import Any, Final, final

import numpy as np

__all__ = ["Kept", "import_modules", "keep"]

_BUILTINS: Final = dict(vars(sys.modules["builtins"]))
_MISSING: Final = object()
_modules = sys.modules
_default_errors = np.errstate
_catch_warnings = warnings.catch_warnings
_simple_filter = warnings.simplefilter
_set_attribute = setattr
_delete_attribute = delattr
_contents_of = vars
_module_type = types.ModuleType

_Names = dict[str, object]
_Owner = tuple[object, _Names]

_kept: dict[str, list[_Owner]] = {}  # by outermost package


def import_modules(modules: Collection[str]) -> None:
    """Import them; what they warn of is nobody's here."""
    if not modules:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for module in modules:
            importlib.import_module(module)


@final
class Kept:
    """What there is of some modules, and of the classes in them, when they are first kept in this process.

    `names`: the modules by the names that expressions see them under.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        keep(names.values())
        self._names: Final[_Names] = {"np": np, **{name: _modules[module] for name, module in names.items()}}
        self._packages: Final = [_kept[top] for top in _tops(names.values())]

    # Most submissions are judged without an expression of the author's, and to look at each owner touches its memory.
    @cached_property
    def _owners(self) -> list[_Owner]:
        return [owner for package in self._packages for owner in package]

    @cached_property
    def _modules(self) -> dict[int, _Names]:
        return {id(one): kept for one, kept in self._owners if isinstance(one, _module_type)}

    def namespace(self) -> dict[str, Any]:
        """A new one for an expression.

        In it are views of the modules: a function that an expression makes looks up names of theirs when it is called.
        """
        names = {name: _as_kept(module, self._modules) for name, module in self._names.items()}
        return {"__builtins__": dict(_BUILTINS), **names}

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """Let all that was kept be in its place, and put back what was there instead."""
        patched = [(owner, *_patches(owner, kept)) for owner, kept in self._owners]
        patched = [(owner, now, before) for owner, now, before in patched if now or before]
        for owner, _, before in patched:
            _put(owner, before)
        try:
            with (
                _catch_warnings(module=warnings),
                _default_errors(divide="warn", over="warn", under="ignore", invalid="warn"),
            ):
                _simple_filter("ignore")
                yield
        finally:
            for owner, now, _ in patched:
                _put(owner, now)


@final
class _AsKept(types.ModuleType):
    """A module as it was kept, and so the modules in it."""

    def __init__(self, kept: _Names, modules: Mapping[int, _Names]) -> None:
        super().__init__(str(kept["__name__"]))
        self.__look_up = partial(_looked_up, kept, modules)

    def __getattr__(self, name: str) -> object:
        return self.__look_up(name)


def _as_kept(value: object, modules: Mapping[int, _Names]) -> object:
    return _AsKept(modules[id(value)], modules) if id(value) in modules else value


def _looked_up(kept: _Names, modules: Mapping[int, _Names], name: str) -> object:
    if name in kept:
        return _as_kept(kept[name], modules)
    late: Any = kept.get("__getattr__")  # of a module that imports its parts when they are asked for
    if late is None:
        raise AttributeError(f"module {kept['__name__']!r} has no attribute {name!r}")
    return late(name)


def keep(modules: Iterable[str]) -> None:
    """Keep numpy and the packages of these modules as they are now, but for those that have been kept already."""
    for top in _tops(modules):
        if top not in _kept:
            _kept[top] = list(_owners(top))


def _tops(modules: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(["numpy", *(module.partition(".")[0] for module in modules)]))


def _owners(top: str) -> Iterator[_Owner]:
    """The modules of a package, and the classes in them."""
    seen = set[int]()
    for name, module in list(_modules.items()):
        if name.partition(".")[0] != top or not isinstance(module, types.ModuleType):
            continue
        contents = dict(vars(module))
        yield module, contents
        for value in contents.values():
            if id(value) not in seen and _is_patchable(value, top):
                seen.add(id(value))
                yield value, dict(vars(value))


def _is_patchable(value: object, top: str) -> bool:
    """Whether it is a class of this package that Python lets anybody change."""
    if not isinstance(value, type) or value.__flags__ & 1 << 8:  # those that cannot be changed
        return False
    module = value.__dict__.get("__module__")
    return isinstance(module, str) and module.partition(".")[0] == top


def _patches(owner: object, kept: _Names) -> tuple[_Names, _Names]:
    """What stands in place of what was kept, and that. What came to it, such as a module imported since, stays."""
    contents = _contents_of(owner)
    if all(map(is_, map(contents.get, kept), kept.values())):
        return {}, {}
    changed = [name for name, value in kept.items() if contents.get(name, _MISSING) is not value]
    return {name: contents.get(name, _MISSING) for name in changed}, {name: kept[name] for name in changed}


def _put(owner: object, values: _Names) -> None:
    for name, value in values.items():
        try:
            if value is not _MISSING:
                _put_one(owner, name, value)
            elif name in _contents_of(owner):
                _delete_attribute(owner, name)
        except (AttributeError, TypeError):  # it is of a kind that cannot be set, and so nobody has
            pass


def _put_one(owner: object, name: str, value: object) -> None:
    if isinstance(owner, types.ModuleType):
        _contents_of(owner)[name] = value  # past a module's own way of setting names
    else:
        _set_attribute(owner, name, value)
