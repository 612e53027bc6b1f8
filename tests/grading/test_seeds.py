from __future__ import annotations

from grader.grading.seeds import seed


def test_a_seed_is_the_same_for_the_same_labels_and_secret() -> None:
    assert seed("s", "softmax", 1) == seed("s", "softmax", 1)
    assert len({seed("s", "softmax", 1), seed("t", "softmax", 1), seed("s", "softmax", 2), seed("s", "softmax1")}) == 4
    assert 0 <= seed("s", "softmax", 1) < 1 << 63
