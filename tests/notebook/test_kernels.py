"""In real kernels: a handout as students get it, and what they do with it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from bench.basics import basics

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")
pytest.importorskip("ipykernel")

Command: TypeAlias = Callable[..., "subprocess.CompletedProcess[str]"]

# Kernels, their clients and tornado warn of their own affairs, and differently in each version.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]

COURSE = basics()
WRONG = "def softmax(x):\n    return np.exp(x) / np.sum(np.exp(x))"
RIGHT = "def softmax(x):\n    e = np.exp(x - x.max(axis=1, keepdims=True))\n    return e / e.sum(axis=1, keepdims=True)"
MISSING = """\
class Missing:
    def find_spec(self, name, *rest):
        if name == "grader":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
"""
MAX_CELL = 60  # seconds; not a float to every nbclient


@pytest.fixture(scope="module")
def handout(in_process: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("handout") / "week1"
    done = in_process("grader", "build", "--to", folder, cwd=COURSE)
    assert done.returncode == 0, done.stderr
    return folder


@contextmanager
def kernel_in(folder: Path, cells: list[Any]) -> Iterator[Any]:
    """A client with a kernel that works in `folder`."""
    notebook = nbformat.v4.new_notebook(cells=cells)
    client = nbclient.NotebookClient(
        notebook, timeout=MAX_CELL, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    )
    with client.setup_kernel():
        yield client


@contextmanager
def cells_in(folder: Path) -> Iterator[Callable[..., list[Any]]]:
    """Runs cells in one kernel, one after the other: text to outputs."""
    with kernel_in(folder, []) as client:

        def run(text: str, *, fails: bool = False) -> list[Any]:
            tags = {"tags": ["raises-exception"]} if fails else {}
            cell = nbformat.v4.new_code_cell(text, metadata=tags)
            client.nb.cells.append(cell)
            client.execute_cell(cell, len(client.nb.cells) - 1)
            return list(cell.outputs)

        yield run


def shown(outputs: list[Any]) -> str:
    """The text of the one thing that was displayed, which has a form in HTML as well."""
    (output,) = outputs
    assert output.output_type == "display_data"
    assert output.data["text/html"].startswith('<div class="numgrade"')
    return " ".join(output.data["text/plain"].split())


def test_a_handout_s_notebook_from_top_to_bottom(handout: Path) -> None:
    every = nbformat.read(handout / "numpy-basics.ipynb", as_version=4).cells
    cells = [cell for cell in every if "-" not in cell.id or cell.id.endswith(("-softmax", "-L2"))]
    by_id = {cell.id: cell for cell in cells}
    by_id["code-softmax"].source = RIGHT

    with kernel_in(handout, cells) as client:
        for number, cell in enumerate(cells):
            client.execute_cell(cell, number)

    assert by_id["setup"].outputs == []
    assert shown(by_id["check-softmax"].outputs).startswith("✓ softmax")
    assert shown(by_id["check-L2"].outputs).startswith("– L2 not attempted yet")


def test_what_is_judged_is_what_ran(handout: Path) -> None:
    with cells_in(handout) as run:
        assert run("from grader import check") == []
        run("import numpy as np")
        told = shown(run(f"{WRONG}\n\ncheck('softmax')"))  # the cell that asks counts as well
        assert "The whole matrix sums to 1" in told
        assert "notebook" not in told

        assert "softmax, hint 1 of 5" in shown(run("check('softmax', hint=True)"))
        assert "softmax, hint 2 of 5" in shown(run("%load_ext grader\n%grade softmax --hint"))

        run(f"{RIGHT}\n1 / 0", fails=True)
        told = shown(run("%grade softmax"))
        assert told.startswith("✗ softmax not right yet")
        assert "Cell [6] stopped with an error, and is not judged" in told

        run("def L1(yhat, y):\n    return helper(y - yhat)")
        run(RIGHT)
        told = shown(run("check()"))
        assert told.startswith("✓ softmax")
        assert "✗ L1 stops with an error" in told
        assert "this notebook, cell 8, line 2" in told
        assert "Cells were run out of order." in told


def test_where_numgrade_is_missing_the_cell_to_run_is_named_and_the_rest_goes_on(handout: Path) -> None:
    cells = {cell.id: cell.source for cell in nbformat.read(handout / "numpy-basics.ipynb", as_version=4).cells}
    with cells_in(handout) as run:
        run(f"{MISSING}\nimport sys\nsys.meta_path.insert(0, Missing())")
        for text in (cells["setup"], cells["check-softmax"]):
            (output,) = run(text)
            assert output.output_type == "stream"
            assert re.fullmatch(r".*run this in a cell.*\n%pip install \./numgrade-.*\.whl\n", output.text)
        run("del sys.meta_path[0]")
        assert run(cells["setup"]) == []
        (output,) = run("check('softmx', course='.')")
        assert output.data == {"text/plain": "error: no exercise 'softmx'; did you mean 'softmax'?"}
