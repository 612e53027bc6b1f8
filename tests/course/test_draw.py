import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.binding import bind
from grader.course.dimension import ImpossibleSize
from grader.course.draw import Variety, default_tests, draw, draw_sizes, size_symbols
from grader.course.key import Parameter
from grader.course.literal import to_value
from grader.course.signature import Kind, leaves, parse, symbols
from grader.course.sizes import Shapes
from grader.values import equal

SHAPES = st.sampled_from(["", "(n,)", "(m, n)", "(m + n, 3)", "(2*m, n)", "(...)"])
LEAVES = st.tuples(st.sampled_from(["bool", "int", "float", "complex", "str", "any"]), SHAPES).map(" ".join)
SIGNATURES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"tuple": parts}),
        st.dictionaries(st.sampled_from("abc"), inner, min_size=1).map(lambda parts: {"dict": parts}),
        inner.map(lambda part: {"list": part}),
    ),
    max_leaves=4,
).map(parse)
SEEDS = st.integers(0, 1000)


def rng(seed=0):
    return np.random.default_rng(seed)


def parameters(*required, **optional):
    return tuple(
        Parameter(name, parse(text), text, optional=name in optional) for name, text in (*required, *optional.items())
    )


def pairs(found):
    return [(parameter.name, parameter.signature) for parameter in found]


def as_literal(value):
    """What an author would write in YAML for a value."""
    if isinstance(value, np.ndarray):
        return as_literal(value.tolist())
    if isinstance(value, (list, tuple)):
        return [as_literal(item) for item in value]
    if isinstance(value, dict):
        return {key: as_literal(item) for key, item in value.items()}
    return str(value) if isinstance(value, complex) else value


@given(SIGNATURES, SEEDS, st.sampled_from(Variety))
def test_what_is_drawn_agrees_with_its_signature(signature, seed, variety):
    sizes = draw_sizes(symbols(signature), {}, rng(seed), shapes=Shapes([signature]))
    value = draw(signature, sizes, rng(seed), variety=variety)
    bound = bind(signature, value, sizes, "result")  # a name that settles no size
    assert bound == sizes
    assert equal(value, draw(signature, sizes, rng(seed), variety=variety))


@given(SIGNATURES, SEEDS)
def test_what_is_drawn_can_be_written_as_a_literal(signature, seed):
    sizes = draw_sizes(symbols(signature), {}, rng(seed), shapes=Shapes([signature]))
    value = draw(signature, sizes, rng(seed))
    if any(leaf.kind is Kind.ANY and leaf.shape is None for leaf in leaves(signature)):
        return
    assert equal(to_value(as_literal(value), signature), value)


@given(st.sampled_from(["float", "int"]), st.integers(2, 400), SEEDS)
def test_numbers_have_both_signs_and_no_two_magnitudes_alike(kind, count, seed):
    numbers = draw(parse(f"{kind} (n,)"), {"n": count}, rng(seed))
    assert numbers.min() < 0 < numbers.max()
    assert len(np.unique(np.abs(numbers))) == count


def test_short_arrays_are_short_to_read():
    numbers = draw(parse("float (n,)"), {"n": 20}, rng())
    assert all(len(str(abs(number))) <= 4 for number in numbers.tolist())


@given(st.integers(2, 50), SEEDS)
def test_bools_are_mixed_and_words_differ(count, seed):
    flags = draw(parse("bool (n,)"), {"n": count}, rng(seed))
    words = draw(parse("str (n,)"), {"n": count}, rng(seed))
    assert flags.any()
    assert not flags.all()
    assert len(set(words.tolist())) == count


def test_single_values_are_pythons_own():
    types = {text: type(draw(parse(text), {}, rng())) for text in ("bool", "int", "float", "complex", "str", "any")}
    assert types == {"bool": bool, "int": int, "float": float, "complex": complex, "str": str, "any": float}
    assert type(draw(parse("float (...)"), {"...": 0}, rng())) is float


def test_an_int_that_is_a_size_is_that_size():
    assert draw(parse("int"), {"n": 7}, rng(), name="n") == 7
    assert abs(draw(parse("int"), {"n": 70}, rng(), name="k")) <= 9


def test_arguments_of_any_shape_and_lists_are_alike():
    signature = parse("tuple: [float (...), int (...), list: float, list: int]")
    sizes = draw_sizes(size_symbols(parameters(("x", "float (...)"), ("y", "list: int"))), {}, rng())
    left, right, floats, ints = draw(signature, sizes, rng())
    assert left.shape == right.shape
    assert len(floats) == len(ints) == sizes["[]"]


@pytest.mark.parametrize(
    ("text", "variety", "holds"),
    [
        ("float (n, m)", Variety.NEGATIVE, lambda value: (value < 0).all()),
        ("int (n, m)", Variety.NEGATIVE, lambda value: (value < 0).all()),
        ("complex (n,)", Variety.NEGATIVE, lambda value: (value.real < 0).all() and (value.imag < 0).all()),
        ("bool (n,)", Variety.NEGATIVE, lambda value: value.dtype == bool),
        ("float (n, m)", Variety.WHOLE, lambda value: value.dtype == np.int64),
        ("complex (n,)", Variety.WHOLE, lambda value: value.dtype == np.int64),
        ("float (n, m)", Variety.LARGE, lambda value: np.abs(value).max() > 100),
        ("float (n, m)", Variety.ZEROS, lambda value: ((value == 0).all(axis=1)).sum() == 1),
        ("float (n,)", Variety.ZEROS, lambda value: not value.any()),
        ("float", Variety.ZEROS, lambda value: value == 0),
        ("float (n, m)", Variety.SORTED, lambda value: (np.diff(value.ravel()) > 0).all()),
        ("str (m,)", Variety.REVERSED, lambda value: value.tolist() == sorted(value.tolist(), reverse=True)),
        ("float (n, m)", Variety.CONSTANT, lambda value: (value == value[0, 0]).all()),
        ("float (m,)", Variety.TIES, lambda value: len(np.unique(value)) == 2),
        ("float (m,)", Variety.TIED_LABELS, lambda value: len(np.unique(value)) == 5),
        ("int (m,)", Variety.TIED_LABELS, lambda value: len(np.unique(value)) == 2),
        ("str (m,)", Variety.TIED_LABELS, lambda value: len(np.unique(value)) == 2),
        ({"list": "int"}, Variety.SORTED, lambda value: value == sorted(value)),
        ({"list": "str"}, Variety.TIES, lambda value: len(set(value)) < len(value)),
        ("float (0, m)", Variety.ZEROS, lambda value: value.shape == (0, 5)),
    ],
)
def test_varieties(text, variety, holds):
    assert holds(draw(parse(text), {"n": 3, "m": 5}, rng(), variety=variety))


def test_arrays_past_all_measure_are_refused():
    with pytest.raises(ImpossibleSize, match="more than 2,000,000 elements"):
        draw(parse("float (n, n)"), {"n": 1_000_000}, rng())


def names(found, returns=None, *, advice=False):
    return [test.name for test in default_tests(found, returns) if test.advice is advice]


SOME = ["any input", "another input", "a third input"]
ANY = [*SOME, "a fourth input", "a fifth input"]
ORDER = ["repeated values", "ascending order", "descending order"]


@pytest.mark.parametrize(
    ("text", "points", "advice"),
    [
        (
            "float (m, n)",
            [*ANY, "equal sizes", "a long input", "m = 1", "n = 1", "negative numbers", "whole numbers", *ORDER],
            ["large numbers", "zeros", "one value only", "m = 0", "n = 0"],
        ),
        ("float", [*SOME, "negative numbers", "whole numbers"], ["large numbers", "zeros"]),
        ("int (2, 3)", [*SOME, "negative numbers", *ORDER], ["large numbers", "zeros", "one value only"]),
        ("str (n,)", [*ANY, "a long input", "n = 1", *ORDER], ["one value only", "n = 0"]),
        (
            "float (n, n - 1)",
            [*ANY, "a long input", "negative numbers", "whole numbers", *ORDER],
            ["large numbers", "zeros", "one value only"],
        ),
        (
            "float (...)",
            [
                *(*ANY, "equal sizes", "a long input", "a single number", "one axis", "two axes", "one element"),
                *("negative numbers", "whole numbers", *ORDER),
            ],
            ["large numbers", "zeros", "one value only", "no elements"],
        ),
        (
            {"list": "bool"},
            [*ANY, "a long input", "lists of one", *ORDER],
            ["one value only", "empty lists"],
        ),
    ],
)
def test_default_tests_come_from_the_signature(text, points, advice):
    found = (Parameter("x", parse(text), str(text)),)
    assert names(found) == points
    assert names(found, advice=True) == advice


def test_an_int_that_is_a_size_has_no_negative_numbers():
    assert names(parameters(("n", "int")), parse("float (n, n)")) == [
        *ANY,
        "n = 1",
    ]  # and no long one: each number may take its time
    assert "negative numbers" in names(parameters(("n", "int")), parse("float"))


def test_sizes_suit_the_result_too():
    convolution = parameters(("x", "float (n,)"), ("w", "float (k,)"))
    returns = parse("float (n - k + 1,)")
    assert "k = 1" in names(convolution, returns)
    assert "n = 1" not in names(convolution, returns)
