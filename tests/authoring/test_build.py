from __future__ import annotations

import ast
import dataclasses
import doctest
import json
import re
import warnings
from html.parser import HTMLParser
from itertools import pairwise

import msgspec
import nbformat
import numpy as np
import pytest

from grader import codec
from grader.authoring.build import build, handout_files
from grader.course.key import Form, Handout, Role
from grader.course.ranges import Range
from grader.errors import CourseError
from grader.grading.keys import HANDOUT_FILE
from grader.message import TEXTS
from grader.notebook.cells import is_ours
from grader.observation import Observation, Status
from grader.values import Opaque, Plain, equal

VOID = {"meta", "br", "hr", "img", "input", "link"}


class Page(HTMLParser):
    """A page's elements; complains where they are not nested."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


@pytest.fixture
def files(softmax, make):
    exercise, key = softmax
    return {
        name: data.decode("utf-8", "replace") for name, data in handout_files([exercise], make("handout", key)).items()
    }


def test_the_files_of_a_handout(softmax, make, tmp_path):
    exercise, key = softmax
    report = build([exercise], make("handout", key), tmp_path / "to")
    assert report.written == ("softmax.py", "first-steps.ipynb", "handout.html", "README.txt", "handout.key")
    assert report.remarks == ()
    names = {path.name for path in (tmp_path / "to").iterdir()}
    assert names == {*report.written, ".numgrade-manifest.json"}


def test_texts_are_those_of_the_handouts_language_and_marked_with_it(softmax, make):
    exercise, key = softmax
    title = TEXTS(own="en", languages=("en", "de"), texts=("Of each row", "Jede Zeile"))
    task = TEXTS(own="en", languages=("en", "de"), texts=("Do it.", "Tu es."))
    exercise = dataclasses.replace(exercise, spec=dataclasses.replace(exercise.spec, task=task))
    handout = make("handout", msgspec.structs.replace(key, title=title))

    def built(language):
        files = handout_files([exercise], msgspec.structs.replace(handout, language=language))
        return [files[name].decode() for name in ("handout.html", "softmax.py", "first-steps.ipynb")]

    for texts in zip(built("de"), built("zh"), strict=True):
        assert ["Tu es." in text and "Jede Zeile" in text for text in texts] == [True, False]
        assert ["Do it." in text and "Of each row" in text for text in texts] == [False, True]
    assert 'aria-labelledby="softmax-title" lang="en">' in built("zh")[0]
    assert 'aria-labelledby="softmax-title">' in built("de")[0]


@pytest.mark.parametrize(
    ("written", "todo", "read", "tag"),
    [
        ("zh", "# 在这里写你的代码", "用浏览器阅读 handout.html", "zh"),
        ("de-AT", "# DEIN CODE HIER", "Lies handout.html in einem Browser", "de-AT"),
        ("pt-BR", "# YOUR CODE HERE", "Read handout.html in a browser", "pt-BR"),
        ("", "# YOUR CODE HERE", "Read handout.html in a browser", "en"),
    ],
)
def test_a_handout_speaks_the_language_of_its_course(softmax, make, monkeypatch, written, todo, read, tag):
    monkeypatch.setenv("LC_MESSAGES", "zh_CN.UTF-8")  # of whoever builds it: no student's business
    exercise, key = softmax
    handout = msgspec.structs.replace(make("handout", key), language=written)
    files = {name: data.decode() for name, data in handout_files([exercise], handout).items() if name != HANDOUT_FILE}
    assert todo in files["softmax.py"]
    assert todo in files["first-steps.ipynb"]
    assert read in files["README.txt"]
    assert f'<html lang="{tag}">' in files["handout.html"]
    assert nbformat.validate(nbformat.reads(files["first-steps.ipynb"], 4)) is None


def test_the_key_is_the_handout(softmax, make):
    exercise, key = softmax
    handout = make("handout", key)
    read = codec.decode(handout_files([exercise], handout)["handout.key"], Handout)
    assert read == handout
    assert equal(read.keys[0].cases[0].expected.value.value, np.array([[0.5, 0.5], [0.25, 0.75]]))


def test_the_stub_is_a_numpydoc_function_without_its_solution(files):
    tree = ast.parse(files["softmax.py"])
    function = tree.body[-1]
    assert isinstance(function, ast.FunctionDef)
    lines = ast.get_docstring(function).split("\n")
    assert lines[0] == "Softmax of each row."
    for section in ("Parameters", "Returns", "Examples"):
        assert lines[lines.index(section) + 1] == "-" * len(section)
    assert "x : ndarray of float, shape (m, n)" in lines
    assert r"$$\mathrm{softmax}(x)_j = \frac{e^{x_j}}{\sum_k e^{x_k}}$$" in lines
    assert files["softmax.py"].endswith('"""\n    # YOUR CODE HERE\n    raise NotImplementedError\n')
    assert files["softmax.py"].startswith("import numpy as np\n\n\ndef softmax(x):\n")


def test_the_stubs_doctests_are_true_of_the_reference(softmax, files):
    names: dict[str, object] = {}
    exec(softmax[0].solution, names)
    text = ast.get_docstring(ast.parse(files["softmax.py"]).body[-1])
    test = doctest.DocTestParser().get_doctest(text, names, "softmax", None, 0)
    assert len(test.examples) == 2
    assert doctest.DocTestRunner(verbose=False).run(test).failed == 0


@pytest.mark.parametrize(
    ("form", "there", "not_there"),
    [("scripts", "softmax.py", "ipynb"), ("notebook", "first-steps.ipynb", "softmax.py")],
)
def test_students_get_the_form_that_is_asked_for(softmax, make, form, there, not_there):
    exercise, key = softmax
    handout = make("handout", key)
    chosen = msgspec.structs.replace(handout, assignment=msgspec.structs.replace(handout.assignment, form=Form(form)))
    made = handout_files([exercise], chosen)
    assert there in made
    assert not any(not_there in name for name in made)
    for name in ("README.txt", "handout.html"):
        assert there in made[name].decode()
        assert not_there not in made[name].decode()


def test_the_notebook_is_valid_and_its_ids_are_stable(files):
    notebook = nbformat.reads(files["first-steps.ipynb"], as_version=4)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert [(cell.cell_type, cell.id) for cell in notebook.cells] == [
        ("markdown", "about"),
        ("code", "setup"),
        ("code", "imports"),
        ("markdown", "task-softmax"),
        ("code", "code-softmax"),
        ("code", "check-softmax"),
    ]
    _, setup, imports, task, code, check = (cell.source for cell in notebook.cells)
    assert is_ours(setup)
    assert imports == "import numpy as np"
    assert ">>> softmax(x)" in task
    assert check == "%grade softmax"
    assert code == (
        'def softmax(x):\n    """Softmax of each row."""\n\n    # YOUR CODE HERE\n    raise NotImplementedError'
    )


def test_the_page_is_one_file_that_fetches_nothing(files):
    page = Page(files["handout.html"])
    assert page.all("html") == [{"lang": "en"}]
    policy = next(meta["content"] for meta in page.all("meta") if meta.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert not {tag for tag, _ in page.found} & {"script", "img", "link", "iframe", "object"}
    assert all(link["href"].startswith("#") for link in page.all("a"))
    assert "url(" not in files["handout.html"]
    assert "@import" not in files["handout.html"]


def test_the_page_can_be_walked_by_ear(files):
    page = Page(files["handout.html"])
    tags = [tag for tag, _ in page.found]
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(tags.count(tag) == 1 for tag in ("main", "nav", "footer", "title"))
    ids = [attributes["id"] for _, attributes in page.found if "id" in attributes]
    assert len(ids) == len(set(ids))
    for name in [section["aria-labelledby"] for section in page.all("section")]:
        assert name in ids
    assert {link["href"][1:] for link in page.all("a")} <= set(ids)


def contrast(first: str, second: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted([luminance(first), luminance(second)])
    return (light + 0.05) / (dark + 0.05)


def test_colours_can_be_told_apart(files):
    schemes = re.findall(r"--page:[^}]*", files["handout.html"])
    assert len(schemes) == 3  # light, dark, paper
    for scheme in schemes:
        colours = dict(re.findall(r"--(\w+): (#\w{6})", scheme))
        for text in ("ink", "quiet", "accent", "typed"):
            for ground in ("page", "panel"):
                assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)


def test_maths_are_on_the_page(files):
    assert "<mi>softmax</mi>" in files["handout.html"].replace(' mathvariant="normal"', "")
    assert "<mfrac>" in files["handout.html"]


def test_what_authors_write_is_text(make):
    nasty = "</title><script>alert(1)</script> \"\"\" ''' \\ {{ 7 * 7 }}"
    case = make("case", {"x": nasty}, nasty, test=nasty)
    key = make("key", "f", {"x": "str"}, "str", case, title=nasty)
    handout = msgspec.structs.replace(make("handout", key), title=nasty)
    files = handout_files([make("exercise", "f", "def f(x):\n    return x\n", nasty)], handout)
    page = Page(files["handout.html"].decode())
    assert not page.all("script")
    ast.parse(files["f.py"])
    notebook = nbformat.reads(files["first-steps.ipynb"].decode(), as_version=4)
    nbformat.validate(notebook)
    assert notebook.metadata.language_info.file_extension == ".py"  # which nbconvert gives its export
    assert not any(b"49" in data for name, data in files.items() if name != "handout.key")


def test_prices_are_no_formulas(make):
    key = make("key", "f", {"x": "float"}, "float", make("case", {"x": 1.0}, 1.0), title="From $5 to $10")
    made = handout_files(
        [make("exercise", "f", "def f(x):\n    return x\n", "$5 for $x$ and $10.")], make("handout", key)
    )

    cells = nbformat.reads(made["first-steps.ipynb"].decode(), as_version=4).cells

    assert "## From \\\\$5 to \\\\$10\n\n\\\\$5 for $x$ and \\\\$10." in cells[3].source
    assert ">From $5 to $10</h2>" in made["handout.html"].decode()


def test_students_read_which_of_their_functions_they_may_call(softmax, make):
    exercise, key = softmax
    key = msgspec.structs.replace(key, uses=("normalize", "exponentials"))
    made = handout_files([exercise], make("handout", key)).items()
    files = {name: data.decode("utf-8", "replace") for name, data in made}
    told = "You may call your own solution of `normalize` and `exponentials` here."
    assert told in " ".join(files["softmax.py"].split())
    assert told in files["first-steps.ipynb"]
    assert "<code>exponentials</code>" in files["handout.html"]


def test_students_read_which_values_arguments_have(softmax, make):
    exercise, key = softmax
    bounded = msgspec.structs.replace(key.parameters[0], within=Range(1, 9))
    key = msgspec.structs.replace(key, parameters=(bounded,))

    made = handout_files([exercise], make("handout", key)).items()

    files = {name: data.decode("utf-8", "replace") for name, data in made}
    for name in ("softmax.py", "first-steps.ipynb", "handout.html"):
        assert "about x Numbers from 1 to 9." in " ".join(files[name].split()), name


def test_the_same_input_gives_the_same_bytes(softmax, make, tmp_path):
    exercise, key = softmax
    handout = make("handout", key)
    assert handout_files([exercise], handout) == handout_files([exercise], handout)
    build([exercise], handout, tmp_path)
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()}
    assert build([exercise], handout, tmp_path).written == ()
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()} == before


def test_nothing_hidden_is_in_any_file(softmax, make):
    exercise, key = softmax
    exercise = dataclasses.replace(exercise, spec=HiddenSpec("Do it.", ""))
    for name, data in handout_files([exercise], make("handout", key)).items():
        for marker in (b"LEAK", b"SEED", b"HIDDEN"):
            assert marker not in data, name


@dataclasses.dataclass(frozen=True)
class HiddenSpec:
    """A specification with all that a handout must not show."""

    task: str
    returns_about: str
    seed: str = "SEED"
    tests: tuple[str, ...] = ("HIDDEN", "=HIDDEN * rng.normal()")
    misconceptions: tuple[str, ...] = ("HIDDEN",)
    ever_changed: tuple[str, ...] = ()
    parameters: dict[str, str] = dataclasses.field(default_factory=dict)
    conditions: tuple[str, ...] = ()
    build: dict[str, str] = dataclasses.field(default_factory=dict)
    view: None = None
    random: None = None


def test_a_key_with_hidden_cases_is_refused(softmax, make):
    exercise, key = softmax
    hidden = make("case", {"x": np.array([[0.123454321]])}, 1, test="HIDDEN", role=Role.HIDDEN)
    for bad in (
        msgspec.structs.replace(key, cases=(*key.cases, hidden)),
        msgspec.structs.replace(key, public=False),
    ):
        with pytest.raises(CourseError, match="hidden"):
            handout_files([exercise], make("handout", bad))


def test_a_students_work_is_not_overwritten(softmax, make, tmp_path):
    exercise, key = softmax
    build([exercise], make("handout", key), tmp_path)
    (tmp_path / "softmax.py").write_text("def softmax(x): ...\n")
    changed = make("handout", msgspec.structs.replace(key, title="Another title"))
    with pytest.raises(CourseError, match=r"softmax\.py is not as we wrote it"):
        build([exercise], changed, tmp_path)
    assert "Another title" not in (tmp_path / "handout.html").read_text(encoding="utf-8")
    assert "softmax.py" in build([exercise], changed, tmp_path, overwrite=True).written


def test_a_course_is_no_place_for_a_handout(softmax, make, tmp_path):
    (tmp_path / "course.yaml").write_text("")
    with pytest.raises(CourseError, match="--to"):
        build([softmax[0]], make("handout", softmax[1]), tmp_path)


def test_what_students_will_not_see_is_told(make, tmp_path):
    cases = (make("case", {"x": 1}, Opaque("generator")), make("case", {"x": 1}, 2.0, test="example 2"))
    key = make("key", "f", {"x": "int"}, "opaque", *cases)
    exercise = make("exercise", "f", "def f(x):\n    return x\n", "Find $\\foo{x}$.")
    report = build([exercise], make("handout", key), tmp_path)
    assert len(report.remarks) == 2
    assert report.remarks[0].startswith("exercises/f.yaml: ")
    assert "\\foo" in report.remarks[0]
    assert "example 1 is left out" in report.remarks[1]
    assert "example 2" not in report.remarks[1]


def test_a_scaffold_and_an_exercise_without_a_function(make):
    solution = (
        "import numpy as np\nSCALE = 2\n# BEGIN SOLUTION\nresult = LEAK\n# END SOLUTION\n"
        "def check():\n    return result\n"
    )
    case = make("case", {}, 2.0, code="result")
    key = make("key", "f", {}, "float", case, function=None)
    files = handout_files([make("exercise", "f", solution)], make("handout", key))
    text = files["f.py"].decode()
    assert ast.get_docstring(ast.parse(text)).startswith("Softmax of each row.")
    assert "SCALE = 2\n# YOUR CODE HERE\ndef check():" in text
    assert ">>> round(float(result), 4)\n2.0" in text
    assert "SCALE = 2\n" in json.loads(files["first-steps.ipynb"])["cells"][4]["source"]
    assert b"LEAK" not in b"".join(files.values())


def test_an_exception_is_an_example_too(make):
    from grader.observation import Raised

    expected = Observation(Status.RAISED, Plain(), error=Raised("ValueError", "no"))
    key = make("key", "f", {"x": "int"}, "float", make("case", {"x": 0}, expected=expected))
    text = handout_files([make("exercise", "f", "def f(x): return 1\n")], make("handout", key))["f.py"].decode()
    assert ">>> f(0)  # doctest: +IGNORE_EXCEPTION_DETAIL\n    Traceback" in text


@pytest.mark.parametrize("names", [("l1", "L1"), ("../x",), ("a b",)])
def test_names_that_cannot_be_files(make, names):
    keys = [make("key", name, {"x": "int"}, "int", make("case", {"x": 1}, 1), function="f") for name in names]
    exercises = [make("exercise", name, "def f(x): return 1\n") for name in names]
    with pytest.raises(CourseError, match=r"Windows|file's name"):
        handout_files(exercises, make("handout", *keys))


def test_a_courses_own_templates(softmax, make, tmp_path):
    exercise, key = softmax
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "README.txt.j2").write_text("Hello from {{ course_title }}")
    assert handout_files([exercise], make("handout", key), course=tmp_path)["README.txt"] == b"Hello from A course"
    (tmp_path / "templates" / "stub.py.j2").write_text("def (")
    with pytest.raises(CourseError, match=r"stub\.py\.j2.*softmax"):
        handout_files([exercise], make("handout", key), course=tmp_path)
    (tmp_path / "templates" / "stub.py.j2").write_text("{{ sheet.stub.code }}")
    (tmp_path / "templates" / "notebook.ipynb.j2").write_text("{")
    with pytest.raises(CourseError, match=r"notebook\.ipynb\.j2.*JSON"):
        handout_files([exercise], make("handout", key), course=tmp_path)


def test_a_functions_own_parameters_are_in_stub_notebook_and_page(softmax, make):
    exercise, key = softmax
    own = {"x": "A function of one number, or an array."}
    exercise = dataclasses.replace(exercise, spec=dataclasses.replace(exercise.spec, parameters=own))
    files = handout_files([exercise], make("handout", key))

    assert "\n    x\n        A function of one number, or an array.\n" in files["softmax.py"].decode()
    assert "- `x`. A function of one number, or an array." in files["first-steps.ipynb"].decode()
    page = files["handout.html"].decode()
    assert "<dt><code>x</code></dt>" in page
    assert "A function of one number, or an array." in page


def test_how_to_hand_in_is_in_readme_page_and_notebook(softmax, make):
    exercise, key = softmax
    handout = make("handout", key)
    assignment = msgspec.structs.replace(handout.assignment, hand_in="Upload `x.ipynb` to *Moodle*.")
    files = handout_files([exercise], msgspec.structs.replace(handout, assignment=assignment))

    assert "4. Hand in. Upload `x.ipynb` to *Moodle*." in files["README.txt"].decode()
    assert "**Hand in.** Upload `x.ipynb` to *Moodle*." in files["first-steps.ipynb"].decode()
    assert "Upload <code>x.ipynb</code> to <em>Moodle</em>." in files["handout.html"].decode()
    without = handout_files([exercise], handout)
    assert not any(b"and in" in data for name, data in without.items() if name != "handout.key")


def test_an_image_beside_the_exercise_travels_into_page_and_notebook(softmax, make, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "graph.png").write_bytes(b"PNG")
    exercise, key = softmax
    exercise = dataclasses.replace(exercise, spec=dataclasses.replace(exercise.spec, task="![A graph](graph.png)"))
    files = handout_files([exercise], make("handout", key))

    assert '<img src="data:image/png;base64,UE5H" alt="A graph">' in files["handout.html"].decode()
    assert "![A graph](data:image/png;base64,UE5H)" in files["first-steps.ipynb"].decode()
    assert "base64" not in files["softmax.py"].decode()
