"""numpy and packages as they were: whatever is patched, expressions of the author's see none of it."""

from __future__ import annotations

import statistics
import warnings

import numpy as np
import pytest

from grader.observe.kept import Kept, import_modules


@pytest.fixture
def kept() -> Kept:
    return Kept({"st": "statistics"})


@pytest.fixture
def patched(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(np, "sort", lambda x: "mine")
    monkeypatch.setattr(np.linalg, "norm", None)
    monkeypatch.delattr(np, "mean")
    monkeypatch.setattr(statistics.NormalDist, "mean", property(lambda self: "mine"))
    monkeypatch.setattr(statistics, "median", "mine")


CODES = ("np.sort([2, 1]).tolist()", "float(np.linalg.norm([3, 4]))", "float(np.mean([1, 3]))", "st.median([1, 2, 4])")


@pytest.mark.usefixtures("patched")
def test_what_was_patched_is_as_it_was_and_then_patched_again(kept: Kept) -> None:
    with kept.in_place():
        names = kept.namespace()
        assert [eval(code, names) for code in CODES] == [[1, 2], 5.0, 2.0, 2]
        assert eval("st.NormalDist(7).mean", names) == 7
    assert np.sort([1]) == "mine"
    assert np.linalg.norm is None
    assert not hasattr(np, "mean")
    assert statistics.median == "mine"
    assert statistics.NormalDist(7).mean == "mine"


def test_what_raises_leaves_the_patches_too(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(np, "sort", "mine")
    with pytest.raises(ZeroDivisionError), kept.in_place():
        eval("1 / 0", kept.namespace())
    assert np.sort == "mine"


def test_neither_errors_of_numpy_nor_warnings_are_as_somebody_set_them(kept: Kept) -> None:
    with np.errstate(all="raise"), warnings.catch_warnings():
        warnings.simplefilter("error")
        with kept.in_place():
            assert np.isinf(eval("np.float64(1) / 0", kept.namespace()))


def test_each_expression_has_names_of_its_own(kept: Kept) -> None:
    first, second = kept.namespace(), kept.namespace()
    first["np"] = first["__builtins__"]["len"] = None
    assert second["np"].sort is np.sort
    assert second["__builtins__"]["len"] is len


def test_modules_are_imported_by_their_full_names() -> None:
    import_modules(["xml.dom"])
    assert eval("x.__name__", Kept({"x": "xml.dom"}).namespace()) == "xml.dom"
