from __future__ import annotations

import pytest

from grader.observe.nested_fstrings import without_fstrings


@pytest.mark.parametrize(
    ("text", "older"),
    [
        ('f"{d["a"]}"', '((d["a"]), 0,)'),
        ("x = 'f{a}' # f'{'", "x = 'f{a}' "),
        ("f'{a!r} {b=} {c:{w}}'", "((a), (b), (c, ((w))), 0,)"),
        ("f'{a != b}'", "((a != b), 0,)"),
        ("rf'''{a}\n'''", "((a), 0,)"),
        ("f'\\'{a}'", "((a), 0,)"),
        ("f'{a", "f'{a"),
    ],
)
def test_fstrings_as_older_versions_have_what_is_in_them(text: str, older: str) -> None:
    assert without_fstrings(text) == older
