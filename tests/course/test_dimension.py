import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.dimension import MAX_LENGTH, ImpossibleSize, SignatureError, canonical, evaluate, is_symbol, names

SIZES = {"m": 2, "n": 3, "k": 5}
LENGTHS = st.recursive(
    st.sampled_from(["m", "n", "k", "0", "1", "12"]),
    lambda inner: st.tuples(inner, st.sampled_from([" + ", "-", "*", " // "]), inner).map(
        lambda parts: f"({parts[0]}){parts[1]}({parts[2]})"
    ),
    max_leaves=5,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("n", "n"),
        (" n+1 ", "n + 1"),
        ("l * w*h", "l*w*h"),
        ("2*(m-1)//2", "2*(m - 1)//2"),
        ("(m*n)//k", "m*n//k"),
        ("m*(n//k)", "m*(n//k)"),
        ("m-(n-k)", "m - (n - k)"),
        ("(m+n)+k", "m + n + k"),
        ("((n))", "n"),
    ],
)
def test_a_length_has_one_way_to_be_written(text, expected):
    assert canonical(text) == expected


@given(LENGTHS)
def test_the_canonical_text_means_the_same(text):
    short = canonical(text)
    assert canonical(short) == short
    assert ast.dump(ast.parse(short, mode="eval")) == ast.dump(ast.parse(text, mode="eval"))


@given(LENGTHS)
def test_a_length_is_what_python_makes_of_it(text):
    try:
        expected = eval(text, {}, SIZES)
    except ZeroDivisionError:
        expected = -1
    if expected < 0:
        with pytest.raises(ImpossibleSize):
            evaluate(text, SIZES)
    else:
        assert evaluate(text, SIZES) == expected


def test_symbols_come_in_order_of_appearance():
    assert names("2*(w + h)*w") == ("w", "h")
    assert names("3") == ()


def test_a_symbol_is_one_name_alone():
    assert is_symbol("n")
    assert not is_symbol("n + 1")
    assert not is_symbol("3")


@pytest.mark.parametrize(
    ("text", "sizes", "words"),
    [
        ("n - 3", {"n": 2}, "'n - 3' is negative with n = 2"),
        ("n//m", {"n": 2, "m": 0}, "'n//m' divides by zero"),
        ("n*n", {"n": MAX_LENGTH}, "'n*n' is too large"),
        ("n", {"n": MAX_LENGTH + 1}, "'n' is too large"),
        ("n*n - n*n", {"n": 1 << 4000}, "'n*n - n*n' is too large"),
    ],
)
def test_impossible_lengths_say_why(text, sizes, words):
    with pytest.raises(ImpossibleSize) as error:
        evaluate(text, sizes)
    assert words in str(error.value)


@pytest.mark.parametrize(
    ("text", "offset", "words"),
    [
        ("", 0, "missing"),
        ("m n", 2, "a comma is missing between 'm' and 'n'"),
        ("2n", 0, "did you mean '2*n'?"),
        ("2(n)", 0, "did you mean '2*('?"),
        ("n**2", 1, "write a power out"),
        ("n^2", 1, "write a power out"),
        ("n/2", 1, "a length is divided with '//'"),
        ("-1", 0, "an axis of any length is a symbol"),
        (":", 0, "an axis of any length is a symbol"),
        ("None", 0, "an axis of any length is a symbol"),
        ("n*-1", 2, "'-' cannot follow '*'"),
        ("n+", 1, "something is missing after '+'"),
        ("1.5", 0, "'1.5' is not a whole number"),
        ("1234567890", 0, "too long"),
        ("03", 0, "write '3'"),
        ("lambda", 0, "a word of Python itself"),
        ("a" * 31, 0, "no symbol"),
        ("n!", 1, "cannot stand in a shape"),
        ("n if", 2, "a word of Python itself"),
        ("((n)", 0, "brackets do not match"),
        ("n\x00", 1, "cannot stand in a shape"),
        ("f(n)", 1, "a comma is missing between 'f' and '('"),
        ("²", 0, "no symbol"),
        ("+".join("n" * 60), 0, "too long"),
        ("(" * 5000, 0, "too long"),
    ],
)
def test_what_is_no_length_is_told_where_and_why(text, offset, words):
    with pytest.raises(SignatureError) as error:
        canonical(text)
    assert words in str(error.value)
    assert error.value.offset == offset


@given(st.text(max_size=30))
def test_any_text_is_a_length_or_a_signature_error(text):
    try:
        short = canonical(text)
    except SignatureError as error:
        offset = error.offset
    else:
        assert canonical(short) == short
        return
    assert 0 <= offset <= len(text)
