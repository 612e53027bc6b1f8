from __future__ import annotations

from textwrap import dedent

import pytest

from grader.observation import Place
from grader.observe.program import Program, compile_source
from grader.observe.wire import MAX_FAULTS, Block, FileFacts, Source, Tell

F = "def f(x):\n    return x\n"


def compiled(*texts: str, name: str = "work.py") -> Program:
    cells = len(texts) > 1
    return compile_source(Source(name, tuple(Block(t, n if cells else None) for n, t in enumerate(texts, 1))), name)


def names(program: Program) -> list[str]:
    return [each.name for each in program.facts.definitions]


@pytest.mark.parametrize(
    "text",
    [
        F.replace("\n", "\r\n"),
        F.replace("\n", "\r"),
        F.replace("    ", "\t"),
        "\f\n" + F,
        "# -*- coding: utf-16 -*-\n" + F,
        F.rstrip(),
        "\u00e4 = 'ö'\n" + F,
        "x = 1; y = 2\n" + F,
    ],
)
def test_every_way_to_end_and_indent_lines(text: str) -> None:
    program = compiled(text)
    assert program.facts.faults == ()
    assert "f" in names(program)


def test_a_fault_says_where_and_what_it_costs() -> None:
    (fault,) = compiled("def bad(x):\n    return é(x\n" + F).facts.faults
    assert (fault.line, fault.column, fault.cell, fault.names) == (2, 13, None, ("bad",))
    assert fault.source_line == "    return é(x"
    with pytest.raises(SyntaxError) as said:
        compile("return é(x\n", "", "exec")
    assert fault.message == said.value.msg


def test_a_fault_of_a_cell_counts_lines_in_the_cell() -> None:
    program = compiled(F, "x = 1\ndef bad(:\n    pass", "%%time\ny = (", "%%bash\nls")
    assert [(fault.line, fault.cell) for fault in program.facts.faults] == [(2, 2), (2, 3)]
    assert [(each.name, each.cell) for each in program.facts.definitions] == [("f", 1), ("x", 2)]


@pytest.mark.parametrize("bad", ["return 1", "break", "def bad():\n    nonlocal x", "def bad(a, a): pass", "f() = 1"])
def test_what_parses_but_does_not_compile_is_a_fault_too(bad: str) -> None:
    program = compiled(f"{bad}\n{F}")
    assert len(program.facts.faults) == 1
    assert program.facts.faults[0].line is not None
    assert program.facts.faults[0].names == (("bad",) if "bad" in bad else ())
    assert names(program) == ["f"]


def test_what_is_too_much_for_python_is_a_fault() -> None:
    for text in ("x = " + "-" * 100_000 + "1", "x = " + "1" * 10_000, "x = " + "(" * 1000 + ")" * 1000, "x\0"):
        program = compiled(f"{text}\n{F}")
        assert program.facts.faults
        fault = program.facts.faults[0]
        assert bool(fault.message) is (fault.limit is None)
    chain = compiled("x = " + "+".join(["y"] * 50_000) + "\n" + F)
    assert chain.facts.faults or len(chain.statements) == 2


def test_the_last_of_a_name_wins() -> None:
    program = compiled("def f(a): pass\nx = 1\ndef f(a, b): return a\n")
    assert [(each.name, each.line) for each in program.facts.definitions] == [("x", 2), ("f", 3)]


def test_faults_are_capped() -> None:
    assert len(compiled("oh no\n" * (MAX_FAULTS + 50)).facts.faults) == MAX_FAULTS


@pytest.mark.parametrize(
    ("statement", "is_sure"),
    [
        ("def f(x: float, n=-1, *, m: 'int | None' = None) -> tuple[int, ...]: return x", True),
        ("import numpy as np", True),
        ("from math import pi", True),
        ("'words'", True),
        ("x = 1", True),
        ("pass", True),
        ("def f(x=input()): return x", False),
        ("def f(x: input()): return x", False),
        ("@wraps(g)\ndef f(x): return x", False),
        ("class A: pass", False),
        ("x = f(1)", False),
        ("f(1)", False),
        ("while True: pass", False),
        ("from . import x", False),
        ("a.b = 1", False),
    ],
)
def test_which_statements_cannot_hang(statement: str, is_sure: bool) -> None:
    (compiled_statement,) = compiled(statement).statements
    assert compiled_statement.is_sure is is_sure


def test_a_future_holds_for_what_follows() -> None:
    program = compiled("from __future__ import annotations", "def f(x: nowhere): return x")
    namespace: dict[str, object] = {}
    for statement in program.statements:
        exec(statement.code, namespace)
    assert namespace["f"].__annotations__ == {"x": "nowhere"}  # type: ignore[attr-defined]


def test_our_own_futures_are_not_the_submissions() -> None:
    (statement,) = compiled("def f(x: int): return x").statements
    namespace: dict[str, object] = {}
    exec(statement.code, namespace)
    assert namespace["f"].__annotations__ == {"x": int}  # type: ignore[attr-defined]


def test_inspect_finds_the_text() -> None:
    import inspect

    program = compiled(dedent(F))
    namespace: dict[str, object] = {}
    exec(program.statements[0].code, namespace)
    assert inspect.getsource(namespace["f"]) == F  # type: ignore[arg-type]


STUB = "def f(x):\n    raise NotImplementedError\n"


@pytest.mark.parametrize(
    ("texts", "replaced"),
    [
        ((F, STUB), (1, 1)),
        ((F, STUB, "def f(x):\n    pass\n"), (1, 1)),
        ((STUB, F), None),
        ((STUB, "def f(x):\n    pass\n"), None),
        ((F, F), None),
    ],
)
def test_a_definition_says_what_it_has_replaced(texts: tuple[str, ...], replaced: tuple[int, int] | None) -> None:
    (definition,) = compiled(*texts).facts.definitions

    assert (definition.replaces and (definition.replaces.line, definition.replaces.cell)) == replaced


def test_what_is_deleted_is_not_defined_any_more() -> None:
    assert names(compiled(F + "del f\n")) == []
    assert names(compiled(F + "del f\n" + F)) == ["f"]
    assert [(each.name, each.place, each.line) for each in compiled(F + "del f\n").facts.elsewhere] == [
        ("f", Place.DELETED, 3)
    ]


CONFLICT = "<<<<<<< HEAD\n    return x\n=======\n    return 2 * x\n>>>>>>> mine\n"


@pytest.mark.parametrize("text", [f"def f(x):\n{CONFLICT}", f"\n{CONFLICT.replace('    return x', F)}"])
def test_the_marks_of_a_merge_are_what_breaks(text: str) -> None:
    fault = compiled(text).facts.faults[0]

    assert (fault.line, fault.source_line) == (2, "<<<<<<< HEAD")


@pytest.mark.parametrize(
    ("text", "only_computes"),
    [
        ("import numpy as np\ndef f(x):\n    return np.exp(x)\n", True),
        ("import numpy as np\ndef f(x):\n    return np.random.rand(3)\n", False),
        ("def f(x):\n    return missing\n", False),
    ],
)
def test_whether_a_file_only_computes_is_found_out_by_itself(text: str, only_computes: bool) -> None:
    source = Source("work.py", (Block(text),))
    program = compile_source(source, "work.py", tell=(Tell.COMPUTES,))

    assert program.only_computes is only_computes
    assert program.facts == FileFacts(keep_nothing=("f",) if only_computes else ())
    assert not compile_source(source, "work.py", tell=()).only_computes
