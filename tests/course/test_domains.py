"""Domains of a specification: what its keys come to, and what does not agree in them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.course.domains import domain_of, parameters_of, sizes_of
from grader.course.model import ExerciseSpec
from grader.course.ranges import Range
from grader.errors import SpecificationError
from grader.values import Plain

Load = Callable[..., ExerciseSpec]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("args: {x: {type: float, minimum: a}}", "1:34: a bound is a finite number, not a"),
        ("args: {x: {type: float, minimum: .inf}}", "1:34: a bound is a finite number"),
        ("args: {x: {type: float, maximum: true}}", "1:34: a bound is a finite number"),
        ("args: {x: {type: float, minimum: 2, maximum: 1}}", "1:34: the minimum 2 is more than the maximum 1"),
        ("args: {x: {type: int, minimum: 0.5}}", "1:32: 'minimum' must be a whole number, as the argument is, not 0.5"),
        ("args: {x: {type: int, maximum: 1e30}}", "1:32: 'maximum' must be a whole number"),
        (f"args: {{x: {{type: int, maximum: {10**19}}}}}", "1:32: 'maximum' has too many digits"),
        ("args: {x: {type: str, minimum: 1}}", "1:23: 'minimum' bounds an int or a float, or an array of them"),
        ("args: {x: {type: bool, minimum: 0}}", "1:24: 'minimum' bounds an int or a float"),
        ("args: {x: {type: complex, minimum: 0}}", "1:27: 'minimum' bounds an int or a float"),
        ("args: {x: {type: any, minimum: 0}}", "1:23: 'minimum' bounds an int or a float"),
        ('args: {x: {type: "list: float", minimum: 0}}', "1:33: 'minimum' bounds an int or a float"),
        ("args: {x: {type: float, choices: []}}", "1:34: 'choices' is an empty list"),
        ("args: {x: {type: float, choices: 3}}", "1:34: 'choices' must be a list"),
        ("args: {x: {type: int, choices: [1, a]}}", "1:36: a whole number is due"),
        ("args: {x: {type: int, choices: [1, 2, 1]}}", "1:39: this choice stands here twice"),
        ('args: {x: {type: int, choices: ["=1 +"]}}', "1:33: Python does not understand this"),
        ("args: {x: {type: float, draw: rng.normal()}}", "1:31: an expression begins with `=`"),
        ('args: {x: {type: float, draw: "=rng.normal("}}', "1:43: Python does not understand this"),
        ('args: {x: {type: float, draw: "=1.0", minimum: 0}}', "1:39: both 'draw' and 'minimum' say what is drawn"),
        ('args: {x: {type: float, draw: "=1.0", choices: [1]}}', "1:39: both 'draw' and 'choices'"),
        ("args: {x: {type: float, choices: [1], maximum: 1}}", "1:39: both 'choices' and 'maximum'"),
        ("returns: {type: float, minimum: 1}", "1:24: unknown key 'minimum' here"),
        ("args: {n: {type: int, maximum: -1}}\nreturns: float (n,)", "1:32: 'n' is a size, and no size is negative"),
        ("sizes: {k: 1}", "1:9: no size is called 'k'; the sizes are m, n"),
        ("sizes: {m: x}", "1:12: 'm' must be a whole number, not the text 'x'"),
        ("sizes: {m: -1}", "1:12: 'm' must be at least 0, not -1"),
        ("sizes: {m: {minimun: 2}}", "1:13: unknown key 'minimun'; did you mean 'minimum'?"),
        ("sizes: {m: {minimum: -2}}", "1:22: 'minimum' must be at least 0, not -2"),
        ("sizes: {m: {}}", "1:12: nothing says which sizes there may be"),
        ("sizes: {m: {choices: []}}", "1:22: 'choices' is an empty list"),
        ("sizes: {m: {minimum: 3, maximum: 2}}", "1:22: the minimum 3 is more than the maximum 2"),
        ("sizes: {m: {minimum: 3, choices: [3]}}", "1:12: both 'choices' and bounds"),
        ("tests: [{sizes: {k: {minimum: 3}}}]", "1:18: no size is called 'k'"),
        ("where: = x.sum( > 0", "1:17: Python does not understand this"),
        ("where: rng.random() > x.mean()", "1:8: a condition on inputs draws nothing: there is no `rng` in it"),
        ("tests: [{where: rng.random() > 1}]", "1:17: a condition on inputs draws nothing"),
        ("args: {seed: int}", "1:8: no argument can be called 'seed'"),
        ("args: {after: int}", "1:8: no argument can be called 'after'"),
        ("args: {result: int}", "1:8: no argument can be called 'result'"),
    ],
)
def test_what_does_not_agree_is_told_with_its_place(load: Load, text: str, problem: str) -> None:
    with pytest.raises(SpecificationError) as error:
        load(text)
    assert f"exercises/f.yaml:{problem}" in str(error.value)


@pytest.mark.parametrize("size", ["1..4", "[1, 4]", "2-9"])
@pytest.mark.parametrize("level", ["sizes: {m: SIZE}", "tests: [{sizes: {m: SIZE}}]"])
def test_a_range_of_sizes_in_another_form_is_told_how_it_is_written(load: Load, level: str, size: str) -> None:
    with pytest.raises(SpecificationError) as error:
        load(level.replace("SIZE", size))
    assert "{minimum: 2, maximum: 9}" in str(error.value)


def test_every_error_at_once(load: Load) -> None:
    text = 'args: {x: {type: "float (m,)", minimum: 2, maximum: 1}}\nsizes: {k: 1}\nwhere: rng > 1\n'
    with pytest.raises(SpecificationError) as error:
        load(text + "tests: [{sizes: {m: -1}}]")
    assert len(error.value.problems) == 4


def test_what_the_keys_come_to(load: Load) -> None:
    spec = load(
        """
        args:
          n: {type: int, minimum: 1, maximum: 9}
          how: {type: str, choices: [a, b]}
          x: {type: "float (m, k)", draw: "=np.ones((m, k))"}
          p: {type: float, choices: ["=np.pi", 1]}
          axis: {type: int, default: 0}
          keep: {type: int, default: 0, minimum: 0}
        sizes: {m: {minimum: 2}, k: 3}
        where: = n > 1
        tests: [{sizes: {m: 4}, where: n > 2}, {}]
        """
    )
    own, other = spec.tests or ()

    n, how, x, p, axis, keep = parameters_of(spec)

    assert (n.within, how.within) == (Range(1, 9), Range(choices=Plain(["a", "b"])))
    assert [one.made for one in (n, how, x, p)] == [False, False, True, True]
    assert (axis.is_drawn, keep.is_drawn, n.is_drawn) == (False, True, True)
    assert sizes_of(spec, own) == {"m": 4, "k": 3}
    assert domain_of(spec, own).sizes == {}
    assert domain_of(spec, other).sizes == {"m": Range(2)}
    assert (domain_of(spec, own).where, domain_of(spec, other).where) == ("n > 2", "n > 1")
    assert domain_of(spec).defaults.value == {"axis": 0, "keep": 0}


def test_keys_that_are_not_used_leave_the_text_of_a_specification_as_it_was(load: Load) -> None:
    text = repr(load('args: {x: "float (m,)"}\ntests: [{sizes: {m: 3}}]'))

    assert not any(f"{key}=" in text for key in ("draw", "minimum", "maximum", "choices", "where"))
    assert text.count("sizes=") == 1
    assert "sizes={'m': 3}" in text
    assert "minimum=2" in repr(load("args: {x: {type: float, minimum: 2}}"))
