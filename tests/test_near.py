from __future__ import annotations

import pytest

from grader.near import nearest


@pytest.mark.parametrize(
    ("name", "candidates", "near"),
    [
        ("softmax", ["sigmoid", "softmx", "soft_max"], ("soft_max", "softmx")),
        ("normalizeRows", ["normalize_rows", "rows"], ("normalize_rows",)),
        ("dW", ["dw", "db"], ("dw",)),
        ("L1", ["L2", "l1"], ("l1",)),
        ("softmax", ["softmax"], ()),
        ("softmax", [], ()),
        ("softmax", ["softmax" + "x" * 100_000], ()),
    ],
)
def test_near_misses(name: str, candidates: list[str], near: tuple[str, ...]) -> None:
    assert nearest(name, candidates) == near
