"""What is installed, without importing it."""

from __future__ import annotations

import platform
import site
from pathlib import Path

import numpy as np
import pytest

from grader.observe import packages
from grader.observe.packages import distribution, folders, missing, requirements, trees, versions


def test_what_is_missing_is_named_and_nothing_is_imported() -> None:
    assert missing(["numpy", "numpy.linalg", "statistics", "no_such_module", "no_such.deep"]) == [
        "no_such_module",
        "no_such.deep",
    ]


def test_versions_are_those_of_what_is_installed() -> None:
    assert versions(["numpy.linalg", "numpy", "math"]) == {
        "numpy": np.__version__,
        "math": platform.python_version(),
    }


def test_another_place_installs_distributions() -> None:
    assert distribution("sklearn.linear_model") == "scikit-learn"
    assert requirements(["numpy.linalg", "math", "no_such_module"]) == {"numpy": np.__version__}


def test_of_a_package_installed_in_place_nothing_else_is_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "__init__.py").touch()
    (tmp_path / "single.py").touch()
    (tmp_path / "solutions").mkdir()
    monkeypatch.syspath_prepend(str(tmp_path))
    packages._places.cache_clear()
    assert trees(["tools.deep", "single"]) == [str(tmp_path / "tools"), str(tmp_path / "single.py")]
    assert folders(["tools", "single"]) == [str(tmp_path)]
    assert trees(["numpy"])[0] in {*site.getsitepackages(), str(Path(np.__file__).parent)}
    packages._places.cache_clear()
