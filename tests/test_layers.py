"""The house rules that a machine can check. Each test lists all that break its rule."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
from shape import PACKAGE, Module, arrows, circles, read, room_of

ARCHITECTURE = PACKAGE.parent / "docs" / "architecture.md"
TESTS = PACKAGE.parent / "tests"

# As in docs/architecture.md. A room may use itself and what is below it, and no other room of its own floor.
FLOORS = {
    "__main__": 9,
    "cli": 8,
    "notebook": 7,
    "web": 7,
    "exchange": 6,
    "authoring": 5,
    "classroom": 5,
    "report": 5,
    "grading": 4,
    "words": 4,
    "judge": 3,
    "observe": 2,
    "course": 1,
    "codec": 0,
    "disk": 0,
    "dtypes": 0,
    "errors": 0,
    "figures": 0,
    "kinds": 0,
    "line_breaks": 0,
    "literals": 0,
    "message": 0,
    "named_tuple": 0,
    "near": 0,
    "identity_cache": 0,
    "type_names": 0,
    "size_limit": 0,
    "memory_size": 0,
    "observation": 0,
    "unpacker": 0,
    "values": 0,
    "": 0,  # grader/__init__.py: the version
}
# These are single modules, not rooms: one of them may use another.
GROUND = {room for room, floor in FLOORS.items() if floor == 0}

MIRRORED = {"grading", "judge", "observe"}
# Modules that come to nothing by themselves (the two ends of a pipe, a table of words, the parts of one search) are
# tested by way of another module: which one.
BY_WAY_OF = {
    "observe/loads": "observe/session",
    "observe/together": "observe/author_calls",
    "grading/remaining_budget": "grading/retained",
    "grading/checked": "authoring/check",
    "grading/protocol": "grading/answers",
    "grading/key_files": "grading/keys",
    "grading/inputs": "grading/recipes",
    "grading/loading": "grading/attribution",
    "grading/suggest_tests": "grading/mutation",
    "grading/round_off": "grading/mutation",
    "grading/reference": "grading/compile",
    "grading/absent": "grading/grade",
    "grading/expected": "grading/smallest",
    "grading/trials": "grading/remembered",
    "judge/differences": "judge/feedback",
    "judge/elsewhere": "judge/feedback",
    "judge/error_meanings": "judge/plain_errors",
    "judge/error_shapes": "judge/plain_errors",
    "judge/diagnosis_input": "judge/diagnosis",
    "judge/key_answers": "grading/public",
    "judge/matching": "judge/compare",
    "judge/mutants": "judge/diagnosis",
    "judge/numpy_names": "judge/plain_errors",
    "judge/patterns_arguments": "judge/patterns",
    "judge/patterns_numbers": "judge/patterns",
    "judge/patterns_parts": "judge/patterns",
    "judge/patterns_quantities": "judge/patterns",
    "judge/patterns_shapes": "judge/patterns",
    "observe/remote_functions": "observe/questions",
    "observe/ancestor_main": "observe/ancestor",
    "observe/anew_main": "observe/anew",
    "observe/interpreter": "observe/launch",
    "observe/bootstrap": "observe/launch",
    "observe/child": "observe/launchers",
    "observe/conversation": "observe/session",
    "observe/process_setup": "observe/launchers",
    "observe/fresh": "observe/launchers",
    "observe/source_map": "observe/perform",
    "observe/shareable_syntax": "observe/reach",
    "observe/comparable_code": "observe/reach",
    "observe/equal_functions": "observe/sharing",
    "observe/shared_calls": "observe/sharing",
    "observe/notebook": "observe/intake",
    "observe/zygote_main": "observe/launchers",
    "observe/observer": "observe/session",
    "observe/zygote_protocol": "observe/launchers",
    "observe/compressed": "observe/archive",
    "observe/polled": "observe/channel",
    "observe/refusals": "observe/intake",
    "observe/threaded": "observe/channel",
    "observe/worker": "observe/session",
    "observe/zygote": "observe/launchers",
    "observe/walls/canary_actions": "observe/walls/canary",
    "observe/walls/evidence": "observe/walls/proof",
    "observe/walls/guard": "observe/walls/secrets",
    "observe/walls/kernel": "observe/walls/landlock",
    "observe/walls/namespaces": "observe/walls/walls",
    "observe/walls/syscalls": "observe/walls/seccomp",
}

MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 60


@pytest.fixture(scope="module")
def modules() -> dict[str, Module]:
    return read()


def place(module: Module, line: int = 1) -> str:
    return f"{module.path.relative_to(PACKAGE.parent).as_posix()}:{line}"


def offered(module: Module) -> list[str] | None:
    """What `__all__` says."""
    for node in module.tree.body:
        if isinstance(node, ast.Assign) and any(isinstance(at, ast.Name) and at.id == "__all__" for at in node.targets):
            names = ast.literal_eval(node.value)
            assert isinstance(names, list)
            return names
    return None


def defined(module: Module) -> Iterator[str]:
    """The names that a module binds at its top; it may offer what it has from elsewhere."""
    for node in module.tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name))
        elif isinstance(node, ast.ImportFrom):
            yield from (alias.asname or alias.name for alias in node.names)


def test_every_room_is_on_the_floor_that_the_documentation_says(modules: dict[str, Module]) -> None:
    rows = re.findall(r"^\| (\d) \| (.+?) \|", ARCHITECTURE.read_text(encoding="utf-8"), re.MULTILINE)
    told = {name: int(floor) for floor, rooms in rows for name in re.findall(r"`(\w+)(?:/|\.py)`", rooms)}

    assert told == {room: floor for room, floor in FLOORS.items() if room}
    assert {module.room for module in modules.values()} == set(FLOORS)


def test_the_modules_that_the_documentation_names_are_there(modules: dict[str, Module]) -> None:
    rows = re.findall(r"^\| \d \| (.+?) \|", ARCHITECTURE.read_text(encoding="utf-8"), re.MULTILINE)
    named = re.findall(r"`(\w+)/` ([^`|·;]+)", " · ".join(rows))
    listed = [(room, words.rpartition(":")[2]) for room, words in named]
    names = [(room, re.sub(r"\(.*?\)", "", name).split()) for room, words in listed for name in words.split(",")]
    single = [f"{room}.{words[0]}" for room, words in names if len(words) == 1]

    assert len(single) > 50
    assert not [name for name in single if not {f"grader.{name}", f"grader.{name}.__init__"} & set(modules)]


def test_imports_point_down(modules: dict[str, Module]) -> None:
    up = [
        f"{place(module, at.line)}: {at.source}"
        for module in modules.values()
        for at in module.imports
        for room, other in [(module.room, room_of(at.source))]
        if other != room and FLOORS[other] >= FLOORS[room] and not {room, other} <= GROUND
    ]

    assert not up


def test_no_modules_import_one_another_in_a_circle(modules: dict[str, Module]) -> None:
    """Not even for their annotations: what cannot be named without the other is one thought with it."""
    assert not circles(arrows(modules))


def test_modules_offer_what_they_have_and_others_take_no_more(modules: dict[str, Module]) -> None:
    own = [module for module in modules.values() if module.path.name != "__init__.py"]
    offers = {module.name: offered(module) for module in own}
    wrong = [
        f"{place(module)}: {name} is offered, but not there, or with an underscore, or twice"
        for module in own
        for names, there in [(offers[module.name] or [], set(defined(module)))]
        for name in names
        if name not in there or name.startswith("_") or names.count(name) > 1
    ]
    wrong += [f"{place(module)}: no __all__" for module in own if offers[module.name] is None]
    wrong += [
        f"{place(module, at.line)}: {at.source} does not offer {at.name}"
        for module in modules.values()
        for at in module.imports
        if at.name is not None and at.source in offers and at.name not in (offers[at.source] or ())
    ]

    assert not wrong


def test_nothing_is_too_long(modules: dict[str, Module]) -> None:
    long = [f"{place(module)}: {module.lines}" for module in modules.values() if module.lines > MOST_LINES]
    long += [
        f"{place(module)}: {name}: {length}"
        for module in modules.values()
        for name, length in module.functions
        if length > MOST_LINES_OF_A_FUNCTION
    ]

    assert not long


def mirror_of(place: str) -> str:
    """The declarations of messages by what holds each of them to its text; all others by their own test."""
    return "words/english" if place.startswith("judge/messages/") else BY_WAY_OF.get(place, place)


def test_every_module_that_judges_has_a_mirror_among_the_tests(modules: dict[str, Module]) -> None:
    mirrored = [module for module in modules.values() if module.room in MIRRORED and module.path.name != "__init__.py"]
    places = {module.path.relative_to(PACKAGE).with_suffix("").as_posix() for module in mirrored}
    without = [
        place
        for place in sorted(places)
        for folder, _, name in [mirror_of(place).rpartition("/")]
        if not (TESTS / folder / f"test_{name}.py").is_file()
    ]

    assert not without
    assert set(BY_WAY_OF) <= places
