from __future__ import annotations

import ast

import pytest

from grader.observe.shell_calls import shell_text, started_file


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("get_ipython().run_cell_magic('time', '', 'x = 1\\n')", "%%time \nx = 1\n"),
        ("get_ipython().run_line_magic('time', 'x = 1')", "x = 1"),
        ("get_ipython().run_line_magic('env', 'N=1')", None),
        ("get_ipython().run_line_magic('matplotlib', 'inline')", None),
        ("get_ipython().run_cell_magic('time', '', text)", None),
        ("get_ipython().system('ls')", None),
        ("x = get_ipython().run_line_magic('time', 'x')", None),
        ("run_cell_magic('time', '', 'x')", None),
    ],
)
def test_what_is_handed_to_the_shell(code: str, text: str | None) -> None:
    assert shell_text(ast.parse(code).body[0]) == text


def test_which_file_it_starts() -> None:
    node = ast.parse("get_ipython().run_line_magic('run', '-i \\'helper.py\\' 1')").body[0]
    assert started_file(node) == "helper.py"
    assert started_file(ast.parse("get_ipython().run_line_magic('time', 'x')").body[0]) is None
