"""A folder for each behaviour of the whole: what is handed in, the exact result and the exact text.

A folder has a `golden.toml` (what it shows, which exercises are judged), the files of a `submission/`, and what comes
of them: `result.json`, as `grade --format json` gives it, and `feedback.txt`, as a student reads it, 80 columns wide;
so do `feedback.zh.txt` and `feedback.de.txt` in Chinese and in German.
The exercises are those of `golden/course/` and the six of the example course.

`NUMGRADE_GOLDEN=write pytest tests/test_golden.py` writes these files anew. Read what has changed before you commit it.
"""

from __future__ import annotations

import dataclasses
import importlib.util
import io
import json
import math
import os
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Self

import msgspec
import pytest
from given import Given
from spread import only

from bench.basics import basics
from bench.looks import other_looks
from grader.cli.judging import exit_status
from grader.codec import to_bytes
from grader.course.folder import Course
from grader.course.key import AnswerKey
from grader.grading.answers import File, file_at, judge_files
from grader.grading.author_code import LastingAuthors, authors_observer
from grader.grading.compile import compile_key
from grader.grading.protocol import Helper
from grader.grading.public import public_part
from grader.judge.result import Evidence, ExerciseResult, Outcome, Result, Rule
from grader.judge.reveal import Reveal, project
from grader.observation import Observation
from grader.observe.fresh import fresh_observer
from grader.observe.intake import Unreadable, read_bytes
from grader.observe.loads import LoadReport
from grader.observe.observer import Observer
from grader.observe.program import compile_source
from grader.observe.replies import RememberedReplies
from grader.observe.session import Session
from grader.observe.shared_calls import SharedCalls
from grader.observe.sharing import Sharing
from grader.observe.wire import Call, FileFacts, Limits, Source, Tell
from grader.report import json as report_json
from grader.report.page import plain_console
from grader.report.text import render
from grader.words.language import Language, speaking

GOLDEN = Path(__file__).parent / "golden"
COURSES = (GOLDEN / "course", basics())
FOLDERS = tuple(sorted(file.parent.name for file in GOLDEN.glob("*/golden.toml")))
TEXTS = {"feedback.txt": Language.ENGLISH, "feedback.zh.txt": Language.CHINESE, "feedback.de.txt": Language.GERMAN}
WRITE = os.environ.get("NUMGRADE_GOLDEN") == "write"
NOWHERE = Evidence("…")
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
SHARED = {"passed", "wrong_in_a_grid", "error_in_a_helper", "shape", "helper_wrong", "in_place_wrongly", "condition"}
# What could differ by how a process was started: how it begins, runs and ends, what it reads, prints, warns of and has
# imported; `observe/test_session.py` has more of it. Which file is read, and whether a value is right, the process that
# judges finds out, from the same observations.
STARTED = {
    *("built_and_viewed_hostile", "class_right", "coroutine", "definition_that_fails", "definition_that_hangs"),
    *("empty", "endless_loop", "endless_loop_at_top", "error_in_a_helper", "exit_at_top", "forms_hostile"),
    *("helper_wrong", "import_that_fails", "in_place", "input_at_top", "interrupt", "main_block"),
    *("names_in_any_script", "not_judged", "notebook", "notebook_magics", "os_exit", "plot"),
    *("printing_without_end", "random_draws", "random_hostile", "recursion", "segmentation_fault"),
    *("system_exit", "text", "thread_left_behind", "too_much_memory", "two_files_one_imports_the_other"),
    "warnings_and_output",
}
# Of these, one of each is always tried: it hangs, ends, reads, prints, imports, draws, plots, is a notebook or several
# files. What a call does, `observe/test_session.py` holds both kinds of child to.
DAILY = {
    *("definition_that_hangs", "exit_at_top", "import_that_fails", "input_at_top", "notebook_magics", "plot"),
    *("random_hostile", "two_files_one_imports_the_other", "warnings_and_output"),
}
SAID = "(what Python says)"  # of text that it cannot read: each version has its own words

# How files are made that cannot be kept as they are: from the bytes of the submission's file, or from nothing.
RECIPES: dict[str, Callable[[bytes], bytes]] = {
    "binary": lambda data: b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "byte_order_mark": lambda data: b"\xef\xbb\xbf" + data,
    "deep_brackets": lambda data: data.replace(b"2 * x", b"(" * 300 + b"2 * x" + b")" * 300),
    "deep_signs": lambda data: data.replace(b"2 * x", b"-" * 200_000 + b"x"),
    "empty": lambda data: b"",
    "huge": lambda data: b"numbers = [\n" + b"    1234567890,\n" * 100_000 + b"]\n",
    "latin_1": lambda data: data.decode().encode("latin-1"),
    "nul": lambda data: data.replace(b"\n\n", b"\n\0\n", 1),
    "old_mac_lines": lambda data: data.replace(b"\n", b"\r"),
    "tabs": lambda data: data.replace(b"    ", b"\t"),
    "utf_16": lambda data: data.decode().encode("utf-16"),
    "windows_lines": lambda data: data.replace(b"\n", b"\r\n"),
}

AUTHORS = LastingAuthors(authors_observer)

every_folder = pytest.mark.parametrize("graded", FOLDERS, indirect=True)


@dataclasses.dataclass(frozen=True)
class Golden:
    """What a `golden.toml` says."""

    about: str
    exercises: tuple[str, ...]
    right: tuple[str, ...]  # judged as if the fault had not been there
    status: int  # with which `grade` ends
    handout: bool = False  # judged by the public parts of the keys
    order: tuple[str, ...] = ()  # of the files, oldest first, where it is not that of their names
    made: dict[str, str] = dataclasses.field(default_factory=dict)  # files and the recipes that make them
    platform: str = ""  # where alone it can be shown
    absent: tuple[str, ...] = ()  # modules that must not be installed
    load: float | None = None  # seconds for the loads of its files, where one of them does not end


@dataclasses.dataclass(frozen=True)
class Graded:
    """A folder and its submission, judged as `grade` judges it."""

    folder: Path
    golden: Golden
    files: tuple[File | Unreadable, ...]
    keys: dict[str, AnswerKey]
    helpers: dict[str, Helper]
    result: Result
    log: list[bytes]
    said: frozenset[str]

    @property
    def told(self) -> Result:
        """As a student gets it, without what is another on each machine."""
        told = project(self.result, Reveal.HINT)
        assert set(told.versions) == {"grader", "python", "numpy"}
        assert all(DIGEST.fullmatch(exercise.key) for exercise in told.exercises)
        exercises = tuple(msgspec.structs.replace(exercise, key="sha256:…") for exercise in told.exercises)
        told = msgspec.structs.replace(
            told, exercises=exercises, versions=dict.fromkeys(told.versions, "…"), isolation="none", evidence=NOWHERE
        )
        return without(told, self.said)


def without(part: Any, said: Iterable[str]) -> Any:
    """The same, with a word of ours for each thing that Python said."""
    if type(part) is str:
        return SAID if part in said else part
    if type(part) is tuple:
        return tuple(without(each, said) for each in part)
    if isinstance(part, msgspec.Struct):
        fields = {name: without(getattr(part, name), said) for name in part.__struct_fields__}
        return msgspec.structs.replace(part, **fields)
    return part


class Listening:
    """An observer that notes down all that was observed."""

    def __init__(self, observer: Observer) -> None:
        self._observer = observer
        self.isolation = observer.isolation
        self.evidence = observer.evidence
        self.log: list[bytes] = []
        self.said: set[str] = set()

    def session(self, sources: Iterable[Source], **options: Any) -> ListeningSession:
        session = self._observer.session(tuple(sources), **options)
        faults = [fault.message for facts in session.facts for fault in facts.faults]
        self.said.update(filter(None, faults))
        return ListeningSession(session, self.log)


class ListeningSession:
    def __init__(self, session: Session, log: list[bytes]) -> None:
        self._session = session
        self._log = log
        self._log += [repr(session.facts).encode()]

    @property
    def facts(self) -> tuple[FileFacts, ...]:
        return self._session.facts

    @property
    def replies(self) -> RememberedReplies:
        return self._session.replies

    def load(self, index: int, limits: Limits) -> LoadReport:
        report = self._session.load(index, limits)
        self._log.append(repr(report).encode())
        return report

    def taken_from(self, index: int, function: str | None) -> str | None:
        return self._session.taken_from(index, function)

    def keeps_nothing(self, index: int, call: Call) -> bool:
        return self._session.keeps_nothing(index, call)

    def concluded(self, *of_what: Any) -> object:
        return self._session.concluded(*of_what)

    def conclude(self, *of_what: Any, **cost: Any) -> None:
        self._session.conclude(*of_what, **cost)

    def renew(self) -> None:
        self._session.renew()

    def perform(self, index: int, calls: Iterable[Call], limits: Limits, **options: Any) -> Iterator[Observation]:
        for observation in self._session.perform(index, calls, limits, **options):
            self._log.append(to_bytes(observation))
            yield observation

    def __enter__(self) -> Self:
        self._session.__enter__()
        return self

    def __exit__(self, *exception: object) -> None:
        self._session.__exit__(*exception)


@pytest.fixture(scope="module", autouse=True)
def ended() -> Iterator[None]:
    yield
    AUTHORS.close()


@pytest.fixture(scope="module")
def warm() -> Iterator[Observer]:
    """Runs submissions as a class's are run, where the platform can; elsewhere as everywhere."""
    with authors_observer() as observer:
        yield observer


@pytest.fixture(scope="module")
def key_of() -> Iterator[Callable[[str], AnswerKey]]:
    """Keys of both courses, each compiled once."""
    courses = {name: Course(path) for path in reversed(COURSES) for name in Course(path).names()}
    known: dict[str, AnswerKey] = {}
    with authors_observer() as observer:

        def find(name: str) -> AnswerKey:
            if name not in known:
                course = courses[name]
                known[name] = compile_key(course.spec(), course.exercise(name), observer)
            return known[name]

        yield find


@pytest.fixture(scope="module")
def graded(
    request: pytest.FixtureRequest,
    key_of: Callable[[str], AnswerKey],
    warm: Observer,
    tmp_path_factory: pytest.TempPathFactory,
) -> Graded:
    """A folder's submission, judged."""
    folder = GOLDEN / request.param
    golden = msgspec.convert(tomllib.loads((folder / "golden.toml").read_text(encoding="utf-8")), Golden)
    if golden.platform and golden.platform != sys.platform:
        pytest.skip(f"only on {golden.platform}")
    if any(importlib.util.find_spec(module) for module in golden.absent):
        pytest.skip(f"only without {', '.join(golden.absent)}")
    handed_in = tuple(in_order(files(folder, golden, tmp_path_factory)))
    found = {name: in_time(key_of(name), golden.load) for name in golden.exercises}
    keys = {name: public_part(key) if golden.handout else key for name, key in found.items()}
    helpers = {name: helper(key_of(name), golden) for key in keys.values() for name in key.uses}
    result, log, said = judged(handed_in, keys, helpers, warm)
    return Graded(folder, golden, handed_in, keys, helpers, result, log, said)


def in_time(key: AnswerKey, load: float | None) -> AnswerKey:
    budget = key.budget if load is None else msgspec.structs.replace(key.budget, load=load)
    return msgspec.structs.replace(key, budget=budget)


def helper(key: AnswerKey, golden: Golden) -> Helper:
    if golden.handout:
        return Helper(public_part(key), None)
    return Helper(key, (GOLDEN / "course" / "solutions" / f"{key.name}.py").read_text(encoding="utf-8"))


def files(folder: Path, golden: Golden, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The files of a submission, oldest first; those that are made, in a folder of their own."""
    kept = {path.name: path for path in sorted((folder / "submission").glob("*"))}
    place = tmp_path_factory.mktemp("made") if golden.made else None
    for name, recipe in golden.made.items():
        assert place is not None
        data = kept[name].read_bytes() if name in kept else b""
        kept[name] = place / name
        kept[name].write_bytes(RECIPES[recipe](data))
    return [kept[name] for name in golden.order or sorted(kept)]


def in_order(paths: list[Path]) -> Iterator[File | Unreadable]:
    """The files, each a second newer than the one before."""
    for time, path in enumerate(paths):
        file = file_at(path)
        yield msgspec.structs.replace(file, time=float(time)) if isinstance(file, File) else file


def judged(
    files: tuple[File | Unreadable, ...],
    keys: dict[str, AnswerKey],
    helpers: dict[str, Helper],
    observer: Observer,
    sharing: Sharing | None = None,
) -> tuple[Result, list[bytes], frozenset[str]]:
    listening: Any = Listening(observer)
    answers = Given(keys, helper=helpers.get, authors=AUTHORS)
    result = judge_files(answers, files, listening, exercises=tuple(keys), sharing=sharing)
    return result, listening.log, frozenset(listening.said)


def text_of(result: Result) -> str:
    stream = io.StringIO()
    render(result, plain_console(stream))
    return stream.getvalue()


def laid_out(value: Any, indent: str = "") -> str:
    """A result with a line for each field and for each test."""
    inner = indent + " "
    if isinstance(value, dict) and value and "call" not in value and indent.count(" ") < 4:
        fields = [f"{inner}{json.dumps(name)}: {laid_out(part, inner)}" for name, part in value.items()]
        return "{\n" + ",\n".join(fields) + f"\n{indent}}}"
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + ",\n".join(f"{inner}{laid_out(part, inner)}" for part in value) + f"\n{indent}]"
    return json.dumps(value, ensure_ascii=False)


def same(one: Any, other: Any) -> bool:
    """Equal, but for the last digits of numbers, which are another on each processor."""
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(same(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
    return type(one) is type(other) and bool(one == other)


@every_folder
def test_result(graded: Graded) -> None:
    file, text = graded.folder / "result.json", report_json.dumps(graded.told)
    if WRITE:
        file.write_text(f"{laid_out(json.loads(text))}\n", encoding="utf-8", newline="\n")
    kept = json.loads(file.read_text(encoding="utf-8"))
    if not same(json.loads(text), kept):
        assert json.loads(text) == kept


@every_folder
@pytest.mark.parametrize("name", TEXTS)
def test_text(graded: Graded, name: str) -> None:
    with speaking(TEXTS[name]):
        text = text_of(graded.told)
    file = graded.folder / name
    if WRITE:
        file.write_text(text, encoding="utf-8", newline="\n")
    assert text == file.read_text(encoding="utf-8")


@every_folder
def test_exit_status(graded: Graded) -> None:
    assert exit_status(graded.told) == graded.golden.status


@every_folder
def test_a_fault_costs_nothing_else(graded: Graded) -> None:
    outcomes = {exercise.name: exercise.outcome for exercise in graded.result.exercises}
    assert {name: outcomes[name] for name in graded.golden.right} == dict.fromkeys(graded.golden.right, Outcome.PASSED)


@pytest.mark.slow
@pytest.mark.parametrize("graded", only(sorted(STARTED), lambda name: name in DAILY), indirect=True)
def test_both_launchers_observe_the_same(graded: Graded) -> None:
    with fresh_observer() as observer:
        result, log, _ = judged(graded.files, graded.keys, graded.helpers, observer)
    assert log == graded.log
    differs = {"versions": {}, "isolation": "", "evidence": NOWHERE}
    assert msgspec.structs.replace(result, **differs) == msgspec.structs.replace(graded.result, **differs)


@pytest.mark.slow
@pytest.mark.parametrize(
    "graded", only(FOLDERS, lambda name: name in SHARED or FOLDERS.index(name) % 6 == 0), indirect=True
)
def test_what_is_shared_with_equal_work_is_what_it_is_judged_alone(graded: Graded, warm: Observer) -> None:
    takes_long = graded.folder.name.startswith(("endless", "definition_that_hangs"))
    others = () if takes_long else with_other_looks(graded.files)
    if not others:
        pytest.skip("nothing in it can be shared")
    shared = SharedCalls()
    judged(graded.files, graded.keys, graded.helpers, warm, Sharing(shared, "first"))

    result, _, _ = judged(others, graded.keys, graded.helpers, warm, Sharing(shared, "second"))

    alone, _, _ = judged(others, graded.keys, graded.helpers, warm)
    origins = {exercise.name: exercise.shared_from for exercise in result.exercises}
    assert set(origins.values()) <= {"first", None}
    assert "first" in origins.values() or graded.folder.name not in SHARED
    assert exercises_of(result) == exercises_of(alone)


def exercises_of(result: Result) -> list[ExerciseResult]:
    return [msgspec.structs.replace(exercise, shared_from=None) for exercise in result.exercises]


def with_other_looks(files: tuple[File | Unreadable, ...]) -> tuple[File, ...]:
    """The same scripts, laid out otherwise; none where some file is no script, or nothing of one can be shared."""
    others: list[File] = []
    for file in files:
        if not isinstance(file, File) or not file.name.endswith(".py"):
            return ()
        source = read_bytes(file.name, file.content)
        if not isinstance(source, Source) or len(source.blocks[0].text) > 10_000:
            return ()
        facts = compile_source(source, file.name, tell=(Tell.DEFINITIONS, Tell.REACH)).facts
        if not facts.reached:
            return ()
        others.append(msgspec.structs.replace(file, content=laid_out_otherwise(source.blocks[0].text, len(others))))
    return tuple(others)


def laid_out_otherwise(text: str, seed: int) -> bytes:
    try:
        return other_looks(text, seed).encode()
    except SyntaxError:
        return f"{text}\n# mine\n".encode()


def found(field: str) -> set[str]:
    texts = [(GOLDEN / name / "result.json").read_text(encoding="utf-8") for name in FOLDERS]
    return {value for text in texts for value in re.findall(rf'"{field}": "(\w+)"', text)}


def test_every_outcome_is_shown() -> None:
    assert found("outcome") == {outcome.value for outcome in Outcome}


def test_every_rule_is_shown() -> None:
    assert found("rule") == {rule.value for rule in Rule}


def test_every_recipe_is_used() -> None:
    tables = [tomllib.loads((GOLDEN / name / "golden.toml").read_text(encoding="utf-8")) for name in FOLDERS]
    assert {recipe for table in tables for recipe in table.get("made", {}).values()} == set(RECIPES)


def test_nothing_else_lies_about() -> None:
    known = {"golden.toml", "submission", "result.json", *TEXTS}
    assert {path.name for path in GOLDEN.iterdir()} == {*FOLDERS, "course"}
    assert {path.name for name in FOLDERS for path in (GOLDEN / name).iterdir()} == known
