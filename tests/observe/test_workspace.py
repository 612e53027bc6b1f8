"""Through a session: a workspace alters the process that it is in."""

from __future__ import annotations

import math
from pathlib import Path
from textwrap import dedent

import msgspec
import pytest

from grader.observation import Status
from grader.observe.observer import Observer
from grader.observe.wire import Block, Call, Limits, Loaded, Source, Tell
from grader.values import Plain, Value


def file(name: str, text: str) -> Source:
    return Source(name, (Block(dedent(text)),))


def value(observer: Observer, limits: Limits, *sources: Source, index: int = 0) -> Value:
    with observer.session(sources) as session:
        seen = next(session.perform(index, [Call("f", Plain({}), seed=1)], limits))
    assert seen.status is Status.RETURNED, seen
    return seen.value.value


def test_other_files_are_imported_by_name(observer: Observer, patient: Limits) -> None:
    main = file("main.py", "import helper\nfrom helper import g as h\ndef f(): return helper.g() + h()")
    helper = file("helper.py", "oops_undefined\ndef g(): return 1\n")
    assert value(observer, patient, main, helper) == 2


def test_files_may_import_each_other(observer: Observer, patient: Limits) -> None:
    a = file("a.py", "import b\ndef one(): return 1\ndef f(): return b.two()")
    b = file("b.py", "import a\ndef two(): return a.one() + 1")
    assert value(observer, patient, a, b) == 2
    assert value(observer, patient, file("a.py", "import a\nx = 3\ndef f(): return a.x")) == 3


def test_a_file_is_run_once_however_it_is_come_by(observer: Observer, patient: Limits) -> None:
    a = file("a.py", "import sys\nsys.count = getattr(sys, 'count', 0) + 1\ndef f(): return sys.count")
    with observer.session([a, file("b.py", "import a\ndef f(): return a.f()")]) as session:
        session.load(1, patient)
        session.load(0, patient)
        assert next(session.perform(1, [Call("f", Plain({}), seed=1)], patient)).value.value == 1


def test_own_files_come_first_and_lack_nothing_that_python_has(observer: Observer, patient: Limits) -> None:
    main = """
        import numpy, random, json
        def f():
            return numpy.ones(1).sum(), random.seed, json.dumps(1), numpy.x + random.x + json.x
        """
    sources = [file(name, "x = 1") for name in ("numpy.py", "random.py", "json.py")]
    assert value(observer, patient, file("main.py", main), *sources)[2:] == ("1", 3)
    assert value(observer, patient, file("numpy.py", "import numpy\ndef f(): return numpy.ones(1).sum()")) == 1.0


@pytest.mark.parametrize("name", ["work.py", "numpy.py", "math.py", "copy.py", "src/random.py", "week 1.ipynb", "work"])
def test_a_file_alone_that_only_computes_imports_the_same(name: str, observer: Observer, patient: Limits) -> None:
    text = (
        "import math, copy, random\nimport numpy\ndef f():\n    return numpy.ones(2).sum() + math.floor(1.5) + np.pi\n"
    )
    found = []
    for tell in (Tell.DEFINITIONS, Tell.COMPUTES):
        with observer.session([file(name, text)], tell=(tell,)) as session:
            assert bool(session.facts[0].keep_nothing) is (tell is Tell.COMPUTES)
            report = session.load(0, patient)
            seen = next(session.perform(0, [Call("f", Plain({}), seed=1)], patient))
            found.append((report, seen.status, seen.value.value))
    assert found[0] == found[1]
    assert found[0][2] == 3.0 + math.pi


def test_what_others_import_is_python_s_own(observer: Observer, patient: Limits) -> None:
    main = """
        import importlib
        import helper
        def f():
            own, seen = helper.x, importlib.import_module("colorsys")
            return own, hasattr(seen, "rgb_to_hsv"), importlib.import_module("helper") is helper
        """
    sources = [file("colorsys.py", "x = 2"), file("helper.py", "import colorsys\nx = colorsys.x")]
    assert value(observer, patient, file("main.py", main), *sources) == (2, True, True)


def test_an_import_that_runs_a_file_without_end_is_left_out(observer: Observer, patient: Limits) -> None:
    sources = [file("main.py", "import queue\ndef f(): return 1"), file("queue.py", "while True: pass")]
    with observer.session(sources) as session:
        report = session.load(0, msgspec.structs.replace(patient, load=2.0))
        assert [stop.line for stop in report.stops] == [1]
        assert next(session.perform(0, [Call("f", Plain({}), seed=1)], patient)).value.value == 1


def test_a_folder_or_a_package_elsewhere_is_not_in_the_way(observer: Observer, patient: Limits, tmp_path: Path) -> None:
    (tmp_path / "planted" / "deeper").mkdir(parents=True)
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "__init__.py").write_text("x = 2")
    main = f"""
        import sys
        sys.path.insert(0, {str(tmp_path)!r})
        import planted, real
        def f(): return planted.x, real.x
    """
    sources = [file("main.py", main), file("planted.py", "x = 1"), file("real.py", "x = 1")]
    assert value(observer, patient, *sources) == (1, 1)


def test_nothing_of_the_checkout_is_in_the_way(observer: Observer, patient: Limits) -> None:
    root = Path(__file__).resolve().parents[2]
    names = [folder.name for folder in root.iterdir() if folder.is_dir() and folder.name.isidentifier()]
    own = [name for name in names if name != "grader"]
    assert {"bench", "docs", "tests"} <= set(own)
    main = file("main.py", f"import {', '.join(own)}\ndef f(): return [{', '.join(f'{name}.x' for name in own)}]")
    assert value(observer, patient, main, *(file(f"{name}.py", "x = 1") for name in own)) == [1] * len(own)


def test_numpy_is_there_and_so_is_what_jupyter_gives(observer: Observer, patient: Limits) -> None:
    cells = (
        Block("get_ipython().run_line_magic('matplotlib', 'inline')", 1),
        Block("%load_ext autoreload\ndisplay('shown')", 2),
        Block("not python at all", 3),
        Block("def f(): return np.ones(3).sum() + helper()", 4),
        Block("def helper(): return 1", 5),
    )
    with observer.session([Source("work.ipynb", cells)]) as session:
        report = session.load(0, patient)
        assert report.faults == ()
        assert report.printed == "shown\n"
        assert report.names == ("f", "helper")
        assert next(session.perform(0, [Call("f", Plain({}), seed=1)], patient)).value.value == 4.0


def test_a_fault_in_a_cell_says_which(observer: Observer, patient: Limits) -> None:
    cells = (Block("x = 1", 1), Block("\n\ny = x.nothing", 4))
    with observer.session([Source("work.ipynb", cells)]) as session:
        (fault,) = session.load(0, patient).faults
    assert (fault.type, fault.line, fault.cell, fault.source_line) == ("AttributeError", 3, 4, "y = x.nothing")


def test_classes_of_every_kind_can_be_defined(observer: Observer, patient: Limits) -> None:
    text = """
        from __future__ import annotations
        from dataclasses import dataclass, field
        from typing import ClassVar, NamedTuple
        import enum, pickle
        @dataclass
        class Point:
            x: int
            count: ClassVar[int] = 0
            rest: list = field(default_factory=list)
        class Pair(NamedTuple):
            a: int
        class Colour(enum.Enum):
            RED = 1
        def f():
            return pickle.loads(pickle.dumps(Point(3))).x, Pair(1).a, Colour.RED.value
        """
    assert value(observer, patient, file("work.py", text)) == (3, 1, 1)


def test_two_files_of_one_name_are_told_apart(observer: Observer, patient: Limits) -> None:
    sources = [file("work.py", "def f(): return 'first'"), file("work.py", "\n\ndef f(): return 1 / 0")]
    with observer.session(sources) as session:
        seen = next(session.perform(1, [Call("f", Plain({}), seed=1)], patient))
    assert seen.error is not None
    assert seen.error.line == 3


def test_the_folder_is_empty_and_the_environment_is_not_the_users(observer: Observer, patient: Limits) -> None:
    text = """
        import os, sys
        def f():
            keys = {"HOME", "TMPDIR"}
            return os.listdir(), [os.path.samefile(os.environ[k], ".") for k in keys], "USER" in os.environ, sys.argv
        """
    assert value(observer, patient, file("work.py", text)) == ([], [True, True], False, [""])


def loaded(observer: Observer, limits: Limits, *sources: Source) -> Loaded:
    with observer.session(sources) as session:
        return session.load(0, limits)


@pytest.mark.parametrize(
    "begin",
    [
        "%load_ext grader",
        "%reload_ext grader",
        "get_ipython().run_line_magic('load_ext', 'grader')",
        "from grader import check",
        "import grader\ncheck = grader.check",
        "try:\n    %load_ext grader\nexcept ModuleNotFoundError:\n    print('install it')",
    ],
)
def test_asking_for_feedback_does_nothing_where_it_is_being_made(
    observer: Observer, patient: Limits, begin: str
) -> None:
    cells = (begin, 'x = 1\ncheck("f")\ncheck()\ncheck("f", hint=True, course="..")', "%grade f", "def f(): return x")
    notebook = Source("work.ipynb", tuple(Block(text, number) for number, text in enumerate(cells, 1)))
    assert loaded(observer, patient, notebook).faults == ()
    assert value(observer, patient, notebook) == 1


def test_a_name_of_the_submissions_own_stays_what_it_is(observer: Observer, patient: Limits) -> None:
    cells = ("def check(x): return x + 1", "%load_ext grader", "def f(): return check(1)")
    notebook = Source("work.ipynb", tuple(Block(text, number) for number, text in enumerate(cells, 1)))
    assert value(observer, patient, notebook) == 2


def test_an_own_file_called_grader_comes_first(observer: Observer, patient: Limits) -> None:
    own = file("grader.py", "def check(x): return x + 1")
    assert value(observer, patient, file("main.py", "from grader import check\ndef f(): return check(1)"), own) == 2
    helper = file("grader.py", "def of(x): return x + 1")
    main = file("main.py", "from grader import check, of\ncheck('f')\ndef f(): return of(1)")
    assert value(observer, patient, main, helper) == 2


def test_no_other_name_becomes_known(observer: Observer, patient: Limits) -> None:
    (fault,) = loaded(observer, patient, file("work.py", "check('f')")).faults
    assert fault.type == "NameError"
