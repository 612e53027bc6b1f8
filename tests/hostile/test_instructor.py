"""Group G: what comes with a course that somebody else wrote, and what a submission shows of itself."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import jinja2
import msgspec
import pytest
import yaml
from hostile.planted import HONEST, Planted
from rich.console import Console

from grader.authoring.build import handout_files
from grader.course.templates import render
from grader.course.document import read
from grader.course.folder import Course
from grader.course.key import SCHEMA, AnswerKey, Assignment, Handout
from grader.errors import CourseError, SpecificationError
from grader.grading.author_code import authors_observer
from grader.grading.compile import compile_key
from grader.grading.public import public_part
from grader.grading.absent import Submission
from grader.grading.grade import grade
from grader.grading.protocol import KeysAlone
from grader.judge.result import Result
from grader.judge.reveal import Reveal, project
from grader.observe.observer import Observer
from grader.observe.wire import Block, Source
from grader.report import github, junit
from grader.report import json as report_json
from grader.report.page import plain_console
from grader.report.text import render as render_text

EVIL = (
    "\x1b[2J\x1b]8;;http://evil\x07\u202e[bold green]PASS[/]\r::error::x\n::set-output name=a::b]]>"
    "<script>alert(1)</script>{{7*7}}"
)
INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def evil(target: Planted, at_level: Callable[[str], Observer | str]) -> Result:
    """The result of a submission that says the worst in every way it has."""
    observer = at_level("none")
    assert isinstance(observer, Observer)
    text = f"def convert(x):\n    print({EVIL!r})\n    raise type({EVIL!r}, (Exception,), {{}})({EVIL!r})\n"
    source = Source(f"{EVIL}.py", (Block(text),))
    result = grade(Submission((source,)), KeysAlone(target.keys), ["convert"], observer)
    return project(result, Reveal.HINT)


@pytest.mark.parametrize(
    "text",
    [
        "title: !!python/object/apply:os.mkdir ['{}']\n",
        "title: !!python/object/new:os.mkdir ['{}']\n",
        "!!python/object/apply:os.mkdir ['{}']: title\n",
        "args: {{x: !!python/object/apply:subprocess.run [['mkdir', '{}']]}}\n",
    ],
)
def test_101_tags_that_make_objects(text: str, tmp_path: Path) -> None:
    made = tmp_path / "made"
    raw = text.format(made)

    try:
        document = read(raw.encode(), "evil.yaml")
    except SpecificationError:
        pass
    else:
        assert document.problems
    assert not made.exists()
    yaml.unsafe_load(raw)
    assert made.exists()


def test_102_aliases_that_swell() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    raw = "\n".join(lines)

    with pytest.raises(SpecificationError):
        read(raw.encode(), "evil.yaml")
    small = yaml.safe_load("\n".join(lines[:6]))
    assert len(json.dumps(small["a5"])) > 1000 * len("\n".join(lines[:6]))


def test_102_nesting_without_end() -> None:
    for raw in ("[" * 100_000, "a: " * 1000, "- " * 50_000 + "x", "? " * 5000, "{a: " * 5000):
        with pytest.raises(SpecificationError):
            read(raw.encode(), "evil.yaml")


@pytest.mark.parametrize(
    "template",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ cycler.__init__.__globals__.os.listdir('/') }}",
        "{{ self.__init__.__globals__ }}",
        "{% set x = title.__class__ %}{{ x.__base__.__subclasses__() }}",
        "{{ ('%s' | attr('__class__')) }}",
        "{% include '/etc/passwd' %}",
        "{% include '../../course.yaml' %}",
        "{{ title.format_map(x) }}",
    ],
)
def test_103_templates_of_a_course(template: str, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "evil.j2").write_text(template)

    try:
        said = render("evil.j2", course=tmp_path, title="t")
    except CourseError:
        said = ""
    assert "class" not in said
    assert "root:" not in said
    assert "bin" not in said


def test_103_the_control_runs_them() -> None:
    template = jinja2.Environment().from_string("{{ ''.__class__.__mro__[1].__subclasses__() }}")

    assert "class" in template.render()


def test_103_a_title_is_no_template(tmp_path: Path, target: Planted) -> None:
    pages = handout(tmp_path, "{{ 7 * 7 }}")

    assert "49" not in pages["handout.html"]
    assert jinja2.Environment().from_string("{{ 7 * 7 }}").render() == "49"


def handout(folder: Path, title: str, task: str = "Twice $x$.") -> dict[str, str]:
    """The files of a handout of one exercise."""
    course = folder / "course"
    for name in ("exercises", "solutions"):
        (course / name).mkdir(parents=True)
    text = f"title: {json.dumps(title)}\nargs: {{x: float}}\nreturns: float\ntask: {json.dumps(task)}\n"
    (course / "course.yaml").write_text(f"title: {json.dumps(title)}\n")
    (course / "exercises" / "double.yaml").write_text(text)
    (course / "solutions" / "double.py").write_text("def double(x):\n    return 2.0 * x\n")
    keys = tuple(compiled(Course(course)))
    assignment = Assignment("all", title, tuple(key.name for key in keys))
    exercises = [Course(course).exercise(key.name) for key in keys]
    files = handout_files(exercises, Handout(SCHEMA, title, "en", assignment, keys), course=course)
    return {name: data.decode(errors="replace") for name, data in files.items()}


def compiled(course: Course) -> Iterator[AnswerKey]:
    with authors_observer() as observer:
        for name in course.names():
            yield public_part(compile_key(course.spec(), course.exercise(name), observer))


def test_104_html_of_a_handout(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    page = handout(tmp_path, evil, f"{evil} [a](javascript:alert(1)) ![b](http://evil/x.png)")["handout.html"]

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert not re.search(r"""(?:href|src)=["']?\s*(?:javascript|http://evil)""", page)
    assert "Content-Security-Policy" in page
    assert "<script>alert" in jinja2.Environment().from_string("<title>{{ t }}</title>").render(t=evil)  # the control


def test_105_control_characters_on_a_screen(evil: Result) -> None:
    stream = io.StringIO()
    render_text(evil, plain_console(stream))

    assert not INVISIBLE.search(stream.getvalue())
    assert INVISIBLE.search(f"Exception: {EVIL}")  # as the control prints it


def test_106_markup_on_a_screen(evil: Result) -> None:
    stream, naive = io.StringIO(), io.StringIO()
    render_text(evil, plain_console(stream))
    Console(file=naive).print("[bold green]PASS[/]")

    assert "[bold green]PASS[/]" in stream.getvalue()
    assert naive.getvalue() == "PASS\n"


def test_106_lines_that_a_workflow_takes_for_commands(evil: Result) -> None:
    stream = io.StringIO()
    render_text(evil, plain_console(stream))
    lines = (stream.getvalue() + github.commands(evil)).splitlines()

    assert not [line for line in lines if line.lstrip().startswith("::set-output")]
    assert all(
        re.match(r"::(error|warning|notice) [^\n]*::", line) for line in github.commands(evil).splitlines() if line
    )


def test_106_xml_and_json(evil: Result) -> None:
    tree = ElementTree.fromstring(junit.dumps(evil))
    data = json.loads(report_json.dumps(evil))

    assert {element.tag for element in tree.iter()} <= {
        *("testsuites", "testsuite", "testcase", "properties", "property", "failure", "error", "skipped", "system-out"),
    }
    assert data["schema"] == 1


def test_110_a_students_own_run_earns_nothing(target: Planted, at_level: Callable[[str], Observer | str]) -> None:
    """What a handout judges by has no hidden tests in it, so that there is nothing to hand in."""
    observer = at_level("none")
    assert isinstance(observer, Observer)
    public = {name: public_part(key) for name, key in target.keys.items()}
    source = Source("work.py", (Block(HONEST),))

    result = grade(Submission((source,)), KeysAlone(public), list(public), observer)

    assert (result.points, result.max_points, result.undecided_points) == (0, 0, 10 * len(public))
    raw = b"".join(msgspec.msgpack.encode(str(key)) for key in public.values())
    assert not [number for number in target.hidden if number.encode() in raw]
    assert f"marker-test-{target.token}".encode() not in raw
