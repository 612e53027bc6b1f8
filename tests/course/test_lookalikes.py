"""Curly quotes and other spaces in YAML are named as what they are, by both parsers of PyYAML."""

from __future__ import annotations

import pytest
import yaml

from grader.course.document import read
from grader.course.specification import exercise_spec
from grader.errors import SpecificationError

TEXT = """title: T
args: {x: "float (n,)"}
returns: "float (n,)"
task: |
  T.
examples:
  - name: "one"
    args: {x: [1]}
"""


@pytest.fixture(params=["CSafeLoader", "SafeLoader"], autouse=True)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    loader = getattr(yaml, request.param, None)
    if loader is None:
        pytest.skip("PyYAML has no C parser here")
    monkeypatch.setattr(yaml, "CSafeLoader", loader)


def told(text: str) -> list[str]:
    """The problems that a text has."""
    with pytest.raises(SpecificationError) as caught:
        exercise_spec(read(text.encode(), "f.yaml"), name="f")
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("before", "after", "place", "message"),
    [
        ('{x: "float (n,)"}', "{x: \u201cfloat (n,)\u201d}", "2:11", "mark \u201c (U+201C) and right double"),
        ('{x: "float (n,)"}', "{\u2018x\u2019: float}", "2:8", "left single quotation mark \u2018 (U+2018)"),
        ('returns: "float (n,)"', "returns: \u201efloat (n,)\u201c", "3:10", "U+201E"),
        ('returns: "float (n,)"', "returns: \u201cfloat: (n,)\u201d", "3:10", "U+201D"),
        ("returns: ", "\u201creturns\u201d: ", "3:1", "are letters to YAML, not quotes"),
        ("returns: ", "returns:\xa0", "3:9", "no-break space (U+00A0) is a letter to YAML, not a space"),
        ("    args: {x", "   \xa0args: {x", "8:4", "no-break space (U+00A0)"),
        ("    args: {x", "\u3000\u3000args: {x", "8:1", "ideographic space (U+3000)"),
        ("  - name", "  -\xa0name", "7:4", "no-break space (U+00A0)"),
        ("returns: ", "returns\uff1a ", "3:8", "fullwidth colon \uff1a (U+FF1A)"),
    ],
)
def test_what_looks_like_a_sign_is_named(before: str, after: str, place: str, message: str) -> None:
    text = TEXT.replace(before, after)
    assert text != TEXT

    (found,) = (problem for problem in told(text) if problem.startswith(f"f.yaml:{place}: "))
    assert message in found.split("\n")[0]
    assert "Write straight ones" in found or "type a space" in found or "Type `: `" in found


def test_in_prose_they_are_right() -> None:
    text = TEXT.replace("title: T", "title: \u201cT\u201d").replace("  T.", "  \u201cT\u201d\xa0: see \u201cU\u201d.")

    assert exercise_spec(read(text.encode(), "f.yaml"), name="f").title == "\u201cT\u201d"
    assert ["unknown key" in problem for problem in told(text.replace("examples", "exmples"))] == [True]
