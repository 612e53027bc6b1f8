"""An installed package carries the example course, with its solutions: no submission can read those, nor numgrade."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.observe.observer import Observer
from grader.observe.walls.levels import Level
from grader.observe.walls.readable import PACKAGE

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_zygotes")]

PROGRAM = """
import json, sys
import grader
from grader.observe.wire import Block, Call, Limits, Source
from grader.observe.zygote import warm_observer
from grader.values import Plain

text = '''
import os
def f(paths):
    told = {}
    for path in paths:
        try:
            told[path] = os.listdir(path) if os.path.isdir(path) else open(path).read()[:20]
        except OSError as error:
            told[path] = type(error).__name__
    return told
'''
level, package = sys.argv[1:]
assert grader.__file__.startswith(package), grader.__file__
paths = [package + "/grader" + path for path in ("", "/_course", "/_course/solutions/softmax.py", "/errors.py")]
paths.append(package + "/beside.py")
with warm_observer(level) as observer, observer.session([Source("a.py", (Block(text),))]) as session:
    seen = next(session.perform(0, [Call("f", Plain({"paths": paths}), seed=0)], Limits(call=30.0)))
print(json.dumps([seen.value.value[path] for path in paths]))
"""


@pytest.fixture(scope="module")
def site() -> Iterator[Path]:
    """The site-packages of a virtual environment that every user may read, with numgrade installed in it."""
    top = Path(tempfile.mkdtemp())
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", top], check=True)
    folder = next(top.glob("lib/python*/site-packages"))
    (folder / "others.pth").write_text("\n".join(path for path in sys.path if "site-packages" in path))
    shutil.copytree(PACKAGE, folder / "grader", ignore=shutil.ignore_patterns("__pycache__", "_course"))
    (folder / "grader" / "_course" / "solutions").mkdir(parents=True)
    (folder / "grader" / "_course" / "solutions" / "softmax.py").write_text("# the solution\n")
    (folder / "beside.py").write_text("# another package\n")
    top.chmod(0o755)
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    yield folder
    shutil.rmtree(top)


def test_what_is_installed_is_hidden(site: Path, observer_at: Callable[[Level], Observer], walled: Level) -> None:
    """At `standard` names can be listed, since those of the packages beside it have to be."""
    observer_at(walled)
    _, course, solution, code, beside = looked(site, walled)
    assert (course == []) == (walled is Level.STRICT)
    assert solution == ("FileNotFoundError" if walled is Level.STRICT else "PermissionError")
    assert code == "PermissionError"
    assert beside == "# another package\n"


def test_without_walls_all_of_it_can_be_read(site: Path) -> None:
    _, course, solution, code, _ = looked(site, Level.NONE)
    assert (course, solution) == (["solutions"], "# the solution\n")
    assert "Error" not in code


def looked(site: Path, level: Level) -> list[str]:
    done = subprocess.run(
        [site.parents[2] / "bin" / "python", "-c", PROGRAM, level.value, str(site)],
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert isinstance(told, list)
    return told
