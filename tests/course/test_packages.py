"""`packages:` of a course: what is read of it, and what is wrong with it."""

import pytest

from grader.course.document import read
from grader.course.folder import Course
from grader.course.packages import used_in
from grader.course.specification import course_spec
from grader.errors import SpecificationError


def read_course(text):
    return course_spec(read(text.encode(), "course.yaml"), title="C")


@pytest.mark.parametrize(
    ("written", "packages"),
    [
        ("[pandas]", {"pandas": "pandas"}),
        ("{pd: pandas, plt: matplotlib.pyplot}", {"pd": "pandas", "plt": "matplotlib.pyplot"}),
        ("[]", {}),
        ("{}", {}),
    ],
)
def test_packages_are_seen_by_their_names_or_by_others(written, packages):
    assert read_course(f"packages: {written}").packages == packages


@pytest.mark.parametrize(
    ("written", "place", "words"),
    [
        ("[pandas, pandas]", "1:20", "'pandas' stands here twice"),
        ("[matplotlib.pyplot]", "1:12", "Write {pyplot: matplotlib.pyplot}"),
        ("[scikit-learn]", "1:12", "is no name of a module"),
        ("{np: pandas}", "1:16", "no package can be called 'np': in expressions it is NumPy"),
        ("{p d: pandas}", "1:17", "'p d' is no name in Python"),
        ("{pd: 3}", "1:16", "a package is a name, not 3"),
        ("{pd: import}", "1:16", "is no name of a module"),
        ("pandas", "1:11", "Write [pandas], or {pd: pandas}"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(written, place, words):
    with pytest.raises(SpecificationError) as caught:
        read_course(f"packages: {written}")
    assert words in str(caught.value)
    assert f"course.yaml:{place}" in str(caught.value)


def test_no_argument_has_the_name_of_a_package(tmp_path):
    (tmp_path / "exercises").mkdir()
    (tmp_path / "solutions").mkdir()
    (tmp_path / "course.yaml").write_text("packages: {st: statistics}\n")
    (tmp_path / "exercises" / "f.yaml").write_text("title: T\ntask: T\nargs: {st: float}\nreturns: float\n")
    (tmp_path / "solutions" / "f.py").write_text("def f(st):\n    return st\n")
    with pytest.raises(SpecificationError, match="in expressions it is the module statistics"):
        Course(tmp_path).exercise("f")


def test_only_packages_that_an_exercise_names_are_its_own() -> None:
    packages = {"pd": "pandas", "figure": "matplotlib.figure", "st": "statistics"}
    assert used_in(["task: Go figure.", "import numpy as np\n"], packages) == {"figure": "matplotlib.figure"}
    assert used_in(["where: pd.isna(x)", "def f(x):\n    return x\n"], packages) == {"pd": "pandas"}
    assert used_in(["title: T", "from statistics import mean\n"], packages) == {"st": "statistics"}
    assert used_in(["title: spd"], packages) == {}
