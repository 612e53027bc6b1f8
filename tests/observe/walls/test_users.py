"""The same for a user who is nobody in particular, without bubblewrap, and where users may not make namespaces.

Each in a process of its own, which says what it could prove.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import grader
from grader.observe.observer import Observer
from grader.observe.walls.identity import is_root
from grader.observe.walls.levels import Level
from grader.observe.walls.readable import first_shut

pytestmark = pytest.mark.slow

_NOBODY = 65534

PROGRAM = """
import json, sys
from grader.observe.walls.proof import Unproved
from grader.observe.wire import Block, Call, Limits, Source
from grader.observe.zygote import warm_observer
from grader.values import Plain

text = "import numpy as np, os\\ndef f(x):\\n    import colorsys\\n    return np.exp(x), os.getuid() != 0\\n"
told = {}
for isolation in sys.argv[1:]:
    try:
        with warm_observer(isolation) as observer, observer.session([Source("a.py", (Block(text),))]) as session:
            calls = [Call("f", Plain({"x": 3}), seed=0)] * 2
            values = [seen.status.value for seen in session.perform(0, calls, Limits(call=30.0))]
            evidence = observer.evidence
            refused = sum(bool(check.refusal) for check in evidence.checks)
            told[isolation] = observer.isolation, values, refused, [one.what for one in evidence.missing_features]
    except Unproved as error:
        told[isolation] = None, [feature.what for feature in error.missing_features]
print(json.dumps(told))
"""


def others_python() -> str:
    """An interpreter of this version that every user can run, with the packages of this one on its path."""
    own = str(Path(sys.executable).resolve())
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    for candidate in (sys.executable, f"/usr/bin/python{version}", f"/usr/local/bin/python{version}"):
        if Path(candidate).exists() and first_shut([str(Path(candidate).resolve())]) is None:
            return candidate
    pytest.skip(f"{own} is for root alone, and there is no other Python {version}")


def told(*isolations: str, before: tuple[str, ...] = (), **options: object) -> dict[str, list[object]]:
    python = str(options.pop("python", sys.executable))
    done = subprocess.run(  # type: ignore[call-overload]
        [*before, python, "-c", PROGRAM, *isolations],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        **options,
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert isinstance(answer, dict)
    return answer


@pytest.fixture
def as_nobody(tmp_path: Path) -> dict[str, object]:
    if not is_root():
        pytest.skip("only root can become somebody else; every other test here runs as a user already")
    packages = [str(Path(grader.__file__).parents[1]), *(path for path in sys.path if path.endswith("-packages"))]
    if shut := first_shut(packages):
        pytest.skip(f"{shut} is for root alone")
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(packages)}
    return {
        "python": others_python(),
        "user": _NOBODY,
        "group": _NOBODY,
        "extra_groups": [],
        "env": environment,
    }


def test_nobody_reaches_standard_as_root_does(
    as_nobody: dict[str, object], observer_at: Callable[[Level], Observer]
) -> None:
    observer_at(Level.STANDARD)
    level, values, refused, missing_features = told("standard", **as_nobody)["standard"]
    assert (level, values, refused, missing_features) == ("standard", ["returned"] * 2, 17, [])


def test_nobody_reaches_strict_as_root_does(
    as_nobody: dict[str, object], observer_at: Callable[[Level], Observer]
) -> None:
    observer_at(Level.STRICT)
    seen = told("strict", "auto", **as_nobody)
    assert seen["strict"] == seen["auto"] == ["strict", ["returned"] * 2, 21, []]


def test_without_bubblewrap_it_is_standard_and_says_so(
    tmp_path: Path, observer_at: Callable[[Level], Observer]
) -> None:
    observer_at(Level.STANDARD)
    seen = told("auto", "strict", env={**os.environ, "PATH": str(tmp_path)})
    assert seen["auto"] == ["standard", ["returned"] * 2, 17, ["bubblewrap is not installed"]]
    assert seen["strict"] == [None, ["bubblewrap is not installed"]]


def test_where_users_may_not_make_namespaces_it_is_standard_and_says_so(
    observer_at: Callable[[Level], Observer],
) -> None:
    observer_at(Level.STRICT)  # so that they can be taken away
    bubblewrap = shutil.which("bwrap")
    assert bubblewrap is not None
    before = (bubblewrap, "--dev-bind", "/", "/", "--unshare-user", "--disable-userns", "--")
    if subprocess.run([*before, "true"], check=False, capture_output=True).returncode != 0:
        pytest.skip("this bubblewrap cannot take namespaces away")
    seen = told("auto", "strict", before=before)
    level, values, refused, (feature,) = seen["auto"]
    assert (level, values, refused) == ("standard", ["returned"] * 2, 17)
    assert "namespace" in str(feature)
    assert seen["strict"][0] is None


@pytest.mark.skipif(not is_root() or shutil.which("setpriv") is None, reason="needs root, and setpriv")
def test_a_root_that_may_do_nothing_special(observer_at: Callable[[Level], Observer]) -> None:
    """As in a container that was given no capabilities."""
    observer_at(Level.STANDARD)
    seen = told("auto", before=("setpriv", "--bounding-set=-all", "--inh-caps=-all", "--"))
    level, values, refused, _ = seen["auto"]
    assert (level, values, refused) == ("standard", ["returned"] * 2, 17)
