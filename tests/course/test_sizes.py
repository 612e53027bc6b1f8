from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.dimension import ImpossibleSize
from grader.course.signature import parse
from grader.course.sizes import ANY_SHAPE, LIST_LENGTH, Family, Shapes, draw_sizes, shape_of, size_symbols


def rng(seed=0):
    return np.random.default_rng(seed)


SYMBOLS = st.lists(st.sampled_from("abcdefg"), unique=True, max_size=5)


@given(
    SYMBOLS,
    st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 20)),
    st.integers(0, 99),
    st.none() | st.integers(0, 9),
)
def test_sizes_are_distinct_and_not_among_the_fixed(wanted, fixed, seed, level):
    sizes = draw_sizes(wanted, fixed, rng(seed), level=level)
    drawn = [sizes[name] for name in wanted if name not in fixed]
    assert set(sizes) == {*wanted, *fixed}
    assert all(sizes[name] == fixed[name] for name in fixed)
    assert all(size > 1 for size in drawn)
    assert len(set(drawn)) == len(drawn)
    assert not set(drawn) & set(fixed.values())
    assert sizes == draw_sizes(wanted, fixed, rng(seed), level=level)


def test_level_0_is_the_smallest_there_is():
    assert {tuple(draw_sizes(["n"], {}, rng(seed), level=0).values()) for seed in range(20)} == {(2,)}
    assert {frozenset(draw_sizes(["m", "n"], {}, rng(seed), level=0).values()) for seed in range(20)} == {
        frozenset({2, 3})
    }
    assert {draw_sizes(["n"], {}, rng(seed), level=2)["n"] for seed in range(50)} == {2, 3, 4}


@pytest.mark.parametrize(
    ("family", "smallest", "holds"),
    [
        (Family.EVEN, 4, lambda size: size % 2 == 0),
        (Family.ODD, 3, lambda size: size % 2 == 1),
        (
            Family.COMPOSITE,
            6,
            lambda size: any(size % divisor == 0 for divisor in range(2, size)) and size & (size - 1),
        ),
        (Family.POWER_OF_TWO, 4, lambda size: size & (size - 1) == 0),
        (Family.LONG, 200, lambda size: size < 300),
    ],
)
def test_sizes_of_a_family(family, smallest, holds):
    drawn = [draw_sizes(["n"], {}, rng(seed), family=family)["n"] for seed in range(50)]
    assert min(drawn) >= smallest
    assert all(map(holds, drawn))
    assert len(set(drawn)) > 1
    if family is not Family.LONG:
        assert {draw_sizes(["n"], {}, rng(seed), family=family, level=0)["n"] for seed in range(9)} == {smallest}


def test_alike_sizes_are_one_size_that_is_none_of_the_fixed():
    for seed in range(20):
        sizes = draw_sizes(["m", "n", "k"], {"k": 3}, rng(seed), family=Family.ALIKE)
        assert sizes["m"] == sizes["n"] != 3
    sizes = draw_sizes([ANY_SHAPE], {ANY_SHAPE: 2}, rng(), family=Family.ALIKE)
    assert sizes["...0"] == sizes["...1"]


def test_one_long_axis_leaves_arrays_readable():
    for text in ("float (m, n)", "float (n, n)", "float (a, b, c, d)"):
        signature = parse(text)
        for seed in range(20):
            sizes = draw_sizes(
                list(dict.fromkeys(signature.shape)), {}, rng(seed), shapes=Shapes([signature]), family=Family.LONG
            )
            assert 24 <= np.prod(shape_of(signature, sizes)) <= 2_000
            assert max(sizes.values()) > 20


def test_a_family_that_does_not_go_with_the_shapes_gives_way():
    shorter = [parse("float (m,)"), parse("float (n,)"), parse("float (m - n,)")]
    for seed in range(20):
        sizes = draw_sizes(["m", "n"], {}, rng(seed), shapes=Shapes(shorter), family=Family.ALIKE)
        assert sizes["m"] > sizes["n"]


def test_numbers_in_shapes_are_avoided():
    signature = parse("float (3, n)")
    assert {draw_sizes(["n"], {}, rng(seed), level=1, shapes=Shapes([signature]))["n"] for seed in range(50)} == {2, 4}


def test_no_two_axes_are_alike_where_that_is_possible():
    signature = parse("float (n, n + 1, m)")
    for seed in range(50):
        sizes = draw_sizes(["n", "m"], {}, rng(seed), shapes=Shapes([signature]))
        assert len(set(shape_of(signature, sizes))) == 3


def test_no_axis_comes_out_negative_or_empty():
    convolution = [parse("float (n,)"), parse("float (k,)"), parse("float (n - k + 1,)")]
    for seed in range(50):
        sizes = draw_sizes(["n", "k"], {}, rng(seed), shapes=Shapes(convolution))
        assert sizes["n"] >= sizes["k"]
    assert draw_sizes(["n"], {}, rng(), level=0, shapes=Shapes([parse("float (n - 20,)")]))["n"] > 20


def test_sizes_that_cannot_be_are_refused_with_the_axis():
    with pytest.raises(ImpossibleSize, match="'n - 3' is negative with n = 1"):
        draw_sizes(["n"], {"n": 1}, rng(), shapes=Shapes([parse("float (n - 3,)")]))
    with pytest.raises(ImpossibleSize, match="99 axes"):
        draw_sizes([ANY_SHAPE], {ANY_SHAPE: 99}, rng())


def test_arrays_stay_readable():
    image = parse("float (b, l, w, h, c)")
    for seed in range(20):
        sizes = draw_sizes(["b", "l", "w", "h", "c"], {}, rng(seed), level=9, shapes=Shapes([image]))
        assert np.prod(shape_of(image, sizes)) <= 2_000


def test_a_result_with_a_symbol_of_its_own_is_no_obstacle():
    assert draw_sizes(["n"], {}, rng(), shapes=Shapes([parse("float (n,)"), parse("int (k, n)")])).keys() == {"n"}


def parameters(**texts):
    return [SimpleNamespace(name=name, signature=parse(text)) for name, text in texts.items()]


def test_what_needs_a_size_before_drawing():
    assert size_symbols(parameters(x="float (m, n)", y="float (n, k)")) == ("m", "n", "k")
    assert size_symbols(parameters(n="int"), parse("float (n, n)")) == ("n",)
    assert size_symbols(parameters(n="int", x="float (n,)")) == ("n",)
    assert size_symbols(parameters(k="int", x="float (n,)"), parse("float (n,)")) == ("n",)
    assert size_symbols(parameters(x="float (n,)"), parse("int (k,)")) == ("n",)
    assert size_symbols(parameters(x="float (...)", xs="tuple: [int, list: float (n,)]")) == (
        ANY_SHAPE,
        "n",
        LIST_LENGTH,
    )


def test_any_shape_has_from_none_to_three_axes_of_distinct_lengths():
    leaf = parse("float (...)")
    shapes = [shape_of(leaf, draw_sizes([ANY_SHAPE], {}, rng(seed))) for seed in range(50)]
    assert {len(shape) for shape in shapes} == {1, 2, 3}
    assert all(len(set(shape)) == len(shape) for shape in shapes)
    assert {len(shape_of(leaf, draw_sizes([ANY_SHAPE], {}, rng(seed), level=0))) for seed in range(50)} == {0, 1}
    assert shape_of(leaf, draw_sizes([ANY_SHAPE], {ANY_SHAPE: 1, "...0": 1}, rng())) == (1,)
    assert shape_of(leaf, {}) == (2, 3)


@pytest.mark.parametrize(("shape", "most"), [("...", 30), ("m, n", 30), ("m, n, k", 30), ("a, b, c, d", 2 * 3 * 4 * 5)])
def test_an_array_is_as_short_as_is_readable_or_as_there_is(shape, most):
    signature = parse(f"float ({shape})")
    wanted = size_symbols([SimpleNamespace(name="x", signature=signature)])
    drawn = [draw_sizes(wanted, {}, rng(seed), shapes=Shapes([signature]), readable=30) for seed in range(60)]
    counts = [int(np.prod(shape_of(signature, sizes), dtype=int)) for sizes in drawn]
    assert max(counts) <= most
    assert len({tuple(sizes.values()) for sizes in drawn}) > 1


def test_what_is_short_enough_is_drawn_as_it_was():
    signature = parse("float (m, n)")
    for seed in range(60):
        usual = draw_sizes(["m", "n"], {}, rng(seed), shapes=Shapes([signature]))
        assert draw_sizes(["m", "n"], {}, rng(seed), shapes=Shapes([signature]), readable=30) == usual
