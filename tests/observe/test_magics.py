from __future__ import annotations

import pytest

from grader.observe.magics import bare_cell, command_in, outer_magic, statement_of, with_magics_of, without_line_magics


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("%matplotlib inline", "pass"),
        ("    !pip install numpy", "    pass"),
        ("?np.dot", "pass"),
        ("np.dot?", "pass"),
        ("np.dot??", "pass"),
        ("files = !ls", "files = []"),
        ("t = %timeit -o f(x)", "t = None"),
        ("t = %prun f(x)", "t = None"),
        ("t = %time", "t = None"),
        ("a, b = !cat x", "a, b = []"),
        ("x = y % z", "x = y % z"),
        ("if x != 1:", "if x != 1:"),
        ("print('really?')", "print('really?')"),
        ("# what?", "# what?"),
        ("%time x = f(y)", "0;    x = f(y)"),
        ("    %time x = f(y)", "    0;    x = f(y)"),
        ("%time f(y) # %", "0;    f(y) # %"),
        ("%time", "pass"),
        ("%time for i in y: f(i)", "for i in y: f(i)"),
        ("%time --no-raise-error x = 1", f"{'0;':23}x = 1"),
        ("x = %time f(y)", "x =       f(y)"),
        ("x, y = %time f(y)", "x, y =       f(y)"),
        ("%prun -q x = 1", "0;       x = 1"),
        ("%prun -l 5 -s cumulative -T out.txt x = -1", f"{'0;':36}x = -1"),
        ("%prun -r x = 1", "0;       x = 1"),
        ("%prun -l5 x = 1", "0;        x = 1"),
        ("%lprun -f f x = f(1)", "0;          x = f(1)"),
        ("%timeit x = 1", "pass"),
        ("%env N=3", "get_ipython().run_line_magic('env', 'N=3')"),
        ("    %set_env N 3", "    get_ipython().run_line_magic('set_env', 'N 3')"),
        ("x = %env HOME", "x = get_ipython().run_line_magic('env', 'HOME')"),
        ("%run helper.py", "get_ipython().run_line_magic('run', 'helper.py')"),
    ],
)
def test_lines(line: str, plain: str) -> None:
    assert without_line_magics(line) == plain


def test_lines_that_go_on() -> None:
    text = "!pip install \\\n    numpy \\\n    scipy\nx = 1"
    assert without_line_magics(text) == "pass\n\n\nx = 1"
    assert without_line_magics("%time x = 1 + \\\n    2") == "0;    x = 1 + \\\n    2"


def test_what_a_line_of_magic_does() -> None:
    assert statement_of("time", "x = 1") == "x = 1"
    assert statement_of("time", "") is None
    assert statement_of("matplotlib", "inline") is None


@pytest.mark.parametrize(
    ("cell", "name", "body"),
    [
        ("%%time\nx = 1", "time", "\nx = 1"),
        ("\n%%timeit -n 3\nx = 1", "timeit", "\n\nx = 1"),
        ("%%capture out\n\n%%time\nx = 1", "time", "\n\n\nx = 1"),
        ("%%time\n%%bash\nls", "bash", "\n\nls"),
        ("%%nbtutor -r\nx = 1", "nbtutor", "\nx = 1"),
        ("%%!\nls", "", "\nls"),
        ("%md\n# Title", "md", "\n# Title"),
        ("%md-sandbox <b>\ntext", "md-sandbox", "\ntext"),
        ("%sql\nSELECT 1", "sql", "\nSELECT 1"),
    ],
)
def test_magics_of_cells(cell: str, name: str, body: str) -> None:
    magic = outer_magic(cell)
    assert magic is not None
    assert (magic.name, magic.body) == (name, body)


@pytest.mark.parametrize(
    "cell",
    ["x = 1\n%%time", "# first\n%%time\nx = 1", "", "\n \n", "%time x = 1", "%sql SELECT 1\nx = 1", "%run x\ny = 1"],
)
def test_cells_without_one(cell: str) -> None:
    assert outer_magic(cell) is None


@pytest.mark.parametrize(
    ("line", "file", "appends"),
    [
        ("%%writefile helper.py", "helper.py", False),
        ("%%writefile -a src/helper.py", "src/helper.py", True),
        ("%%file 'helper.py'", "helper.py", False),
        ("%%writefile ./src//helper.py", "src/helper.py", False),
        ("%%writefile", None, False),
        ("%%bash helper.py", None, False),
    ],
)
def test_a_cell_that_is_written_to_a_file(line: str, file: str | None, appends: bool) -> None:
    magic = outer_magic(f"{line}\nx = 1")
    assert magic is not None
    assert (magic.file, magic.appends) == (file, appends)


@pytest.mark.parametrize(
    ("cell", "bare"),
    [
        ("x = 1\n  y", "x = 1\n  y"),
        ("\n  x = 1\n    y\n z\n", "\nx = 1\n  y\n z\n"),
        ("\tx = 1\n\ty = 2", "x = 1\ny = 2"),
        (">>> x = 1\n>>> def f():\n...     return 1\n...\n1", "x = 1\ndef f():\n    return 1\n\n1"),
        ("    >>> x = 1", "x = 1"),
        ("In [3]: x = 1\n   ...: y = 2\n\nIn [4]: z", "x = 1\ny = 2\n\nz"),
        ("x = 1\n>>> y", "x = 1\n>>> y"),
        ("x = [\n...\n]", "x = [\n...\n]"),
        ("", ""),
        ("\ngrade softmax\n", "\n%grade softmax\n"),
        (">>> pip install numpy", "%pip install numpy"),
        ("\npip install -U 'numpy<3' --quiet\n", "\n%pip install -U 'numpy<3' --quiet\n"),
        ("conda install -c conda-forge numpy", "%conda install -c conda-forge numpy"),
        ("ls -la", "%ls -la"),
        ("ls *.py", "%ls *.py"),
        ("cd /content/drive", "%cd /content/drive"),
        ('cd "my work"', '%cd "my work"'),
        ("cat notes.txt", "%cat notes.txt"),
        ("mkdir out", "%mkdir out"),
        ("timeit -n 3 f(x)", "%timeit -n 3 f(x)"),
        ("time f(x)", "%time f(x)"),
        ("who", "%who"),
        ("pwd;", "%pwd;"),
        ("pip = 3", "pip = 3"),
        ("time - x", "time - x"),
        ("ls / 2", "ls / 2"),
        ("load * 2", "load * 2"),
        ("run(x)", "run(x)"),
        ("page[0]", "page[0]"),
        ("env is None", "env is None"),
        ("time.sleep(1)", "time.sleep(1)"),
        ("install numpy", "install numpy"),
        ("pip install numpy\nimport numpy", "pip install numpy\nimport numpy"),
        ("cd ..", "%cd .."),
        ("ls", "%ls"),
        ("run is None", "run is None"),
        ("env = 3", "env = 3"),
        ("cd\nls", "cd\nls"),
        ("grade(1)", "grade(1)"),
        ("graded work", "graded work"),
    ],
)
def test_cells_that_were_pasted(cell: str, bare: str) -> None:
    assert bare_cell(cell) == bare


def test_cells_of_python_that_databricks_has_made_comments_of() -> None:
    top, end = "# Databricks notebook source\n", "\n\n# COMMAND ----------\n\n# MAGIC %md\n# MAGIC def no"
    cell = "# MAGIC %python\n# MAGIC def f(x):\n# MAGIC     return x\n# MAGIC\n# MAGIC y = 1"
    assert with_magics_of(f"{top}{cell}{end}") == f"{top}\ndef f(x):\n    return x\n\ny = 1{end}"
    assert with_magics_of(f"# {cell}") == f"# {cell}"


@pytest.mark.parametrize("mark", ["#   jupytext:", "# Commented out IPython magic to ensure Python compatibility."])
def test_magics_that_a_tool_has_made_comments_of(mark: str) -> None:
    text = f"{mark}\n# %time x = 1\n    # %env N=1\n# %matplotlib inline\n# %%time\n# 50 %time\n#  %time"
    kept = "# %matplotlib inline\n# %%time\n# 50 %time\n#  %time"
    assert with_magics_of(text) == f"{mark}\n%time x = 1\n    %env N=1\n{kept}"
    assert with_magics_of(text.removeprefix(mark)) == text.removeprefix(mark)


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("pip install numpy", "pip install numpy"),
        ("  pip3 install -q numpy pandas", "pip3 install -q numpy pandas"),
        ("python -m pip install numpy", "python -m pip install numpy"),
        ("conda install numpy", "conda install numpy"),
        ("apt-get -y install gcc", "apt-get -y install gcc"),
        ("git clone https://example.org/a", "git clone https://example.org/a"),
        ("cd work", "cd work"),
        ("matplotlib inline", "matplotlib inline"),
        ("ls", ""),
        ("save the result", ""),
        ("pip = install", ""),
        ("python_value x", ""),
        ("git + clone", ""),
        ("x = pip install", ""),
    ],
)
def test_a_command_for_a_terminal_is_known(line: str, command: str) -> None:
    assert command_in(line) == command
