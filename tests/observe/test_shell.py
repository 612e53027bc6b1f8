from __future__ import annotations

import os
from types import ModuleType

import pytest

from grader.observe.shell import Shell


def run(line: str, **names: object) -> tuple[object, dict[str, object]]:
    """What a line of magic gives, and the names that there are then."""
    module = ModuleType("helper")
    vars(module).update(two=2, __hidden__=3)
    namespace: dict[str, object] = {**names, "shell": Shell({"helper.py": module}.get)}
    name, _, rest = line.partition(" ")
    exec(f"result = shell.run_line_magic({name!r}, {rest!r})", namespace)
    return namespace["result"], namespace


def test_statements_are_run_where_the_line_stands() -> None:
    assert run("time x = 1 + 1")[1]["x"] == 2
    assert run("prun -q x = {1: 2}")[1]["x"] == {1: 2}
    assert run("time y + 1", y=2)[0] == 3


def test_the_environment_is_set_and_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.observe.shell._environment", environment := {})
    for line in ("env A=1", "set_env B two words", "env C=$n", "env D={n + 1}", "env E=$nothing", "env"):
        run(line, n=5)
    assert environment == {"A": "1", "B": "two words", "C": "5", "D": "6", "E": "$nothing"}
    assert run("env B")[0] == "two words"


def test_another_file_is_run_into_the_namespace() -> None:
    _, names = run("run -i helper")
    assert names["two"] == 2
    assert "__hidden__" not in names
    with pytest.raises(FileNotFoundError, match=r"nothing\.py is not among the files"):
        run("run nothing.py")


def test_the_names_of_pylab() -> None:
    _, names = run("pylab inline")
    assert callable(names["linspace"])
    assert names["max"] is max


@pytest.mark.parametrize("line", ["matplotlib inline", "load_ext autoreload", "time", "no_such_thing x"])
def test_all_others_do_nothing(line: str) -> None:
    assert run(line)[0] is None


def test_any_other_method_does_nothing() -> None:
    shell = Shell({}.get)
    assert shell.system("ls") is None
    assert shell.getoutput("ls") == []
    assert shell.magic("%pwd") == os.getcwd()  # noqa: PTH109
