"""How names are followed to files; that a submission's imports come to them is shown in test_workspace.py."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from grader.observe.own_modules import OwnModules, is_module

pytestmark = pytest.mark.usefixtures("imports_restored")

FILES = ["w.py", "helper.py", "src/__init__.py", "src/utils.py", "src/w.py", "colorsys.py", "note.ipynb", "bare/x.py"]


@pytest.fixture
def ran() -> list[int]:
    return []


@pytest.fixture
def own(ran: list[int]) -> OwnModules:
    return OwnModules(FILES, ran.append)


def seen_from(file: str) -> dict[str, object]:
    return {"__file__": file}


@pytest.mark.parametrize(
    ("name", "file", "level", "names", "runs"),
    [
        ("helper", "w.py", 0, (), [1]),
        ("helper", "src/utils.py", 0, (), [1]),
        ("utils", "w.py", 0, (), [3]),
        ("utils", "src/w.py", 0, (), [3]),
        ("src", "w.py", 0, (), [2]),
        ("src.utils", "w.py", 0, (), [2, 3]),
        ("src", "w.py", 0, ("utils",), [2, 3]),
        ("utils", "src/w.py", 1, (), [3]),
        ("", "src/w.py", 1, ("utils",), [2, 3]),
        ("helper", "src/w.py", 2, (), [1]),
        ("", "w.py", 1, ("helper",), [1]),
        ("colorsys", "w.py", 0, (), [5]),
        ("bare.x", "w.py", 0, (), [7]),
        ("colorsys", "colorsys.py", 0, (), []),
        ("math", "w.py", 0, (), []),
    ],
)
def test_names_are_followed(
    name: str, file: str, level: int, names: tuple[str, ...], runs: list[int], own: OwnModules, ran: list[int]
) -> None:
    module = own.import_(name, seen_from(file), None, names, level)

    assert is_module(module)
    assert ran == runs
    assert all(hasattr(module, each) for each in names)


@pytest.mark.parametrize(("name", "level"), [("nothing_of_that_name", 0), ("nothing", 1), ("src.nothing", 0)])
def test_what_is_not_there(name: str, level: int, own: OwnModules) -> None:
    with pytest.raises(ModuleNotFoundError, match="No module named"):
        own.import_(name, seen_from("w.py"), None, (), level)


def test_modules_are_called_as_they_are_imported_unless_python_has_the_name(own: OwnModules) -> None:
    assert own.import_("src.utils", seen_from("w.py"), None, ("x",)).__name__ == "src.utils"
    assert own.import_("colorsys", seen_from("w.py")).__name__ == "colorsys.py"
    assert own.module(6).__name__ == "note"
    assert sys.modules["helper"] is own.module(1) if "helper" in sys.modules else own.module(1).__name__ == "helper"


def test_what_a_file_lacks_python_s_module_has(own: OwnModules) -> None:
    module = own.import_("colorsys", seen_from("w.py"))
    assert callable(module.rgb_to_hsv)
    with pytest.raises(AttributeError, match=r"module 'colorsys\.py' has no attribute 'two'"):
        module.two  # noqa: B018


def test_which_names_may_be_own(own: OwnModules) -> None:
    assert [name for name in ("helper", "src", "src.utils", "bare", "colorsys", "note", "os") if own.is_own(name)] == [
        *("helper", "src", "src.utils", "bare", "colorsys"),
    ]
    assert (own.number_of("note.ipynb"), own.number_of("src/utils.py"), own.number_of("none.py")) == (6, 3, None)


def test_accents_of_a_files_name_may_be_written_otherwise() -> None:
    ran: list[int] = []
    files = [unicodedata.normalize("NFD", file) for file in ("w.py", "aufgäbe.py", "übung/w.py", "übung/möre.py")]
    own = OwnModules(files, ran.append)

    own.import_("aufgäbe", seen_from("w.py"), None, (), 0)
    own.import_("möre", seen_from(files[2]), None, (), 1)

    assert ran == [1, 3]


def test_the_last_copy_stands_for_a_file_that_is_not_there() -> None:
    ran: list[int] = []
    own = OwnModules(["w-1.py", "helper-2.py", "helper-10.py", "part.py", "part-1.py", "src/tool (1).py"], ran.append)

    for name in ("helper", "part", "tool"):
        own.import_(name, seen_from("w-1.py"), None, (), 0)

    assert ran == [2, 3, 5]
    assert own.is_own("helper")


@pytest.mark.parametrize("file", ["numpy-1.py", "numpy (1).py", "random-2.py", "src/numpy-1.py"])
def test_no_file_is_a_copy_of_what_python_has_itself(file: str) -> None:
    ran: list[int] = []
    own = OwnModules([file, "w.py"], ran.append)
    name = "random" if "random" in file else "numpy"
    for importing in (file, "w.py"):
        assert own.import_(name, seen_from(importing), None, (), 0) is sys.modules[name]
    assert ran == []
    assert not own.is_own(name)
