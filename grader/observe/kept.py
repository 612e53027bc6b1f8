"""numpy and a course's packages as they were before a submission was loaded: what an author's expressions see.

A submission may patch a module or a class of it, for itself. While an expression of the author's is evaluated beside
it, all that was there before is in its place again, and afterwards what the submission had put there.
"""

from __future__ import annotations

import importlib
import sys
import types
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, final

import numpy as np

__all__ = ["Kept", "import_modules"]

_BUILTINS: Final = dict(vars(sys.modules["builtins"]))
_MISSING: Final = object()
_modules = sys.modules
_default_errors = np.errstate
_catch_warnings = warnings.catch_warnings
_simple_filter = warnings.simplefilter
_set_attribute = setattr
_delete_attribute = delattr
_contents_of = vars

_Names = dict[str, object]


def import_modules(modules: Iterable[str]) -> None:
    """Import them; what they warn of is nobody's here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for module in modules:
            importlib.import_module(module)


@final
class Kept:
    """What there is of some modules, and of the classes in them, when it is made.

    `names`: the modules by the names that expressions see them under.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names: Final[_Names] = {"np": np, **{name: _modules[module] for name, module in names.items()}}
        tops = {"numpy", *(module.partition(".")[0] for module in names.values())}
        found = [module for name, module in list(_modules.items()) if name.partition(".")[0] in tops]
        self._owners: Final = {id(module): (module, dict(vars(module))) for module in found if module is not None}
        for _, contents in list(self._owners.values()):
            for value in contents.values():
                if _is_patchable(value, tops) and id(value) not in self._owners:
                    self._owners[id(value)] = value, dict(vars(value))

    def namespace(self) -> dict[str, Any]:
        """A new one for an expression."""
        return {"__builtins__": dict(_BUILTINS), **self._names}

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """Let all that was kept be in its place, and put back what was there instead."""
        patched = [(owner, *_patches(owner, kept)) for owner, kept in self._owners.values()]
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


def _is_patchable(value: object, tops: set[str]) -> bool:
    """Whether it is a class of these packages that Python lets anybody change."""
    if not isinstance(value, type) or value.__flags__ & 1 << 8:  # those that cannot be changed
        return False
    module = value.__dict__.get("__module__")
    return isinstance(module, str) and module.partition(".")[0] in tops


def _patches(owner: object, kept: _Names) -> tuple[_Names, _Names]:
    """What stands in place of what was kept, and that. What came to it, such as a module imported since, stays."""
    contents = _contents_of(owner)
    if all(contents.get(name, _MISSING) is value for name, value in kept.items()):
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
