from __future__ import annotations

from pathlib import Path

from shape import arrows, circles, figures, read


def written(folder: Path, **modules: str) -> Path:
    package = folder / "toy"
    for name, text in modules.items():
        path = package.joinpath(*name.split("__")).with_suffix(".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return package


def test_a_circle_is_found_however_its_imports_are_written(tmp_path: Path) -> None:
    package = written(
        tmp_path,
        high__a="from toy.low import b\n",
        low__b="def late():\n    import toy.low.c\n",
        low__c="if TYPE_CHECKING:\n    from toy.high.a import Thing\n",
        low__d="import os\nfrom toy.low.b import late\n",
    )

    graph = arrows(read(package))

    assert graph["toy.low.d"] == {"toy.low.b"}
    assert circles(graph) == [["toy.high.a", "toy.low.b", "toy.low.c"]]


def test_circles_that_do_not_meet_are_two() -> None:
    assert circles({"a": {"b"}, "b": {"a"}, "c": {"a", "d"}, "d": {"c"}, "e": {"e2"}}) == [["a", "b"], ["c", "d"]]


def test_arrows_are_counted_by_rooms(tmp_path: Path) -> None:
    above = "import toy.low.b, toy.low.c, toy.ground\n"
    package = written(tmp_path, ground="x = 1\n", high__a=above, low__b="", low__c="", low__d="def f():\n    pass\n")

    found = figures(read(package))

    assert (found["modules"], found["lines"], found["circles"]) == (5, 4, 0)
    assert (found["imports among modules"], found["of these, from room to room"]) == (3, 3)
    assert found["arrows between rooms"] == 2
