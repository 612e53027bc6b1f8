import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course import signature
from grader.course.signature import (
    Kind,
    Leaf,
    ListOf,
    Record,
    Signature,
    SignatureError,
    Tuple,
    defined,
    fits,
    numpydoc,
    parse,
    symbols,
)

AXES = st.sampled_from(["m", "n", "3", "l*w*h", "n+1", "2*(m - 1)//k"])
SHAPES = st.one_of(
    st.just(""), st.just("(...)"), st.lists(AXES, min_size=1, max_size=3).map(lambda a: f"({','.join(a)},)")
)
LEAVES = st.one_of(
    st.sampled_from(["opaque", "none"]),
    st.tuples(st.sampled_from(["bool", "int", "float", "complex", "str", "any"]), SHAPES).map(" ".join),
)
RAW = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"tuple": parts}),
        st.dictionaries(st.text(max_size=5), inner, min_size=1, max_size=3).map(lambda parts: {"dict": parts}),
        inner.map(lambda part: {"list": part}),
    ),
    max_leaves=6,
)


@given(RAW)
def test_what_is_formatted_is_parsed_again(raw):
    tree = parse(raw)
    assert parse(signature.format(tree)) == tree
    assert signature.format(parse(signature.format(tree))) == signature.format(tree)


@given(RAW)
def test_a_signature_survives_the_wire(raw):
    tree = parse(raw)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(tree), type=Signature) == tree


@given(RAW)
def test_symbols_are_told_once_and_those_alone_are_among_them(raw):
    tree = parse(raw)
    assert len(set(symbols(tree))) == len(symbols(tree))
    assert set(defined(tree)) <= set(symbols(tree))


@given(st.one_of(st.text(max_size=40), st.text(alphabet="float (mn,)[]{}.:\"'+*-/tuplediscy", max_size=40)))
def test_any_text_is_a_signature_or_an_error_with_its_place(text):
    try:
        tree = parse(text)
    except SignatureError as error:
        offset = error.offset
    else:
        assert parse(signature.format(tree)) == tree
        return
    assert 0 <= offset <= len(text)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("float", Leaf(Kind.FLOAT)),
        ("float (m, n)", Leaf(Kind.FLOAT, ("m", "n"))),
        ("  float( m,n , ) ", Leaf(Kind.FLOAT, ("m", "n"))),
        ("int (n,)", Leaf(Kind.INT, ("n",))),
        ("float (l*w*h, 1)", Leaf(Kind.FLOAT, ("l*w*h", "1"))),
        ("float (...)", Leaf(Kind.FLOAT, "...")),
        ("any", Leaf(Kind.ANY)),
        ("opaque", Leaf(Kind.OPAQUE)),
        ("none", Leaf(Kind.NONE)),
        ({"tuple": ["float", {"list": "int (n,)"}]}, Tuple((Leaf(Kind.FLOAT), ListOf(Leaf(Kind.INT, ("n",)))))),
        ({"dict": {"dW": "float (n, m)"}}, Record({"dW": Leaf(Kind.FLOAT, ("n", "m"))})),
        ("tuple: [float, list: int (n,)]", Tuple((Leaf(Kind.FLOAT), ListOf(Leaf(Kind.INT, ("n",)))))),
        ('dict: {"a, b": float (n, m)}', Record({"a, b": Leaf(Kind.FLOAT, ("n", "m"))})),
    ],
)
def test_texts_and_mappings_are_parsed(raw, expected):
    assert parse(raw) == expected


@pytest.mark.parametrize(
    ("raw", "offset", "words"),
    [
        ("", 0, "the signature is empty"),
        (None, 0, "the signature is empty"),
        ("float (m)", 7, "did you mean 'float (m,)'?"),
        ("float (l*w*h)", 7, "did you mean 'float (l*w*h,)'?"),
        ("float (m n)", 9, "a comma is missing between 'm' and 'n'"),
        ("float[m, n]", 5, "did you mean 'float (m, n)'?"),
        ("float [3]", 6, "did you mean 'float (3,)'?"),
        ("float m, n", 6, "did you mean 'float (m, n)'?"),
        ("float of any size", 6, "did you mean 'float (m, n)'?"),
        ("float, int", 5, "did you mean 'tuple: [float, int]'?"),
        ("float (m, n), int", 12, "did you mean 'tuple: [float (m, n), int]'?"),
        ("float (m, n) matrix", 13, "did you mean 'float (m, n)'?"),
        ("float (m, n", 6, "the bracket is not closed; did you mean 'float (m, n)'?"),
        ("float ((m + 1, n", 6, "the bracket is not closed"),
        ("float (m,, n)", 9, "missing"),
        ("float ()", 7, "any shape is 'float (...)'"),
        ("float (..., n)", 7, "'...' stands alone"),
        ("float (n/2, 3)", 8, "'//'"),
        ("(m, n)", 0, "did you mean 'float (m, n)'?"),
        ("[float]", 0, "cannot begin with '['"),
        ("opaque (n,)", 7, "has no shape"),
        ("none (n,)", 5, "has no shape"),
        ("None", 0, "did you mean 'none'?"),
        ("array", 0, "did you mean 'float (m, n)'?"),
        ("ndarray (a, b)", 0, "did you mean 'float (a, b)'?"),
        ("matrix", 0, "did you mean 'float (m, n)'?"),
        ("vector", 0, "did you mean 'float (n,)'?"),
        ("double", 0, "did you mean 'float'?"),
        ("double (n)", 0, "did you mean 'float'?"),
        ("integer (n,)", 0, "did you mean 'int (n,)'?"),
        ("np.float64 (n,)", 0, "did you mean 'float (n,)'?"),
        ("string", 0, "did you mean 'str'?"),
        ("Float", 0, "did you mean 'float'?"),
        (" flaot", 1, "did you mean 'float'?"),
        ("banana", 0, "the kinds are bool, int, float, complex, str, any, opaque, none and printed"),
        ("list", 0, "'list: float (n,)'"),
        ("list of float (n,)", 0, "did you mean 'list: float (n,)'?"),
        ("float（m，n）", 5, "did you mean 'float(m,n)'?"),
        ("tuple: [float, floot]", 15, "did you mean 'float'?"),
        ("tuple: float", 7, "between [ and ]"),
        ("tuple: []", 7, "has no parts"),
        ("dict: {a: float, b}", 16, "a key and a colon are missing"),
        ('dict: {"\\x": float}', 7, "is not a quoted text"),
        (3, 0, "'3' is not a signature"),
        (["float"], 0, "did you mean 'tuple: [...]'"),
        ({}, 0, "exactly one of the keys"),
        ({"tuple": ["float"], "list": "float"}, 0, "exactly one of the keys"),
        ({"tupel": ["float"]}, 0, "did you mean 'tuple'?"),
        ({"shape": ["float"]}, 0, "begins with 'tuple', 'dict' or 'list'"),
    ],
)
def test_errors_say_where_and_what_was_meant(raw, offset, words):
    with pytest.raises(SignatureError) as error:
        parse(raw)
    assert words in str(error.value)
    assert error.value.offset == offset


@pytest.mark.parametrize("text", ["float (m", "int (n", "n)", ")", "float)", "double (m"])
def test_a_text_cut_at_the_comma_is_explained(text):
    with pytest.raises(SignatureError) as error:
        parse(text)
    if "double" in text:
        assert "did you mean 'float'?" in str(error.value)
    else:
        assert "YAML splits the text at each comma" in str(error.value)
        assert '"float (m, n)"' in str(error.value)


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        ({"tuple": ["float", "floot"]}, ("tuple", 1)),
        ({"tuple": ["float (m", "n)"]}, ("tuple", 0)),
        ({"dict": {"a": {"list": "floot"}}}, ("dict", "a", "list")),
        ({"dict": {1: "float"}}, ("dict",)),
        ({"tuple": "float"}, ("tuple",)),
        ({"dict": ["float"]}, ("dict",)),
    ],
)
def test_errors_in_nested_signatures_know_the_way(raw, path):
    with pytest.raises(SignatureError) as error:
        parse(raw)
    assert error.value.path == path


def test_nesting_has_an_end():
    raw = "float"
    for _ in range(100):
        raw = {"list": raw}
    with pytest.raises(SignatureError, match="nested"):
        parse(raw)
    with pytest.raises(SignatureError, match="nested"):
        parse("list: " * 100 + "float")
    with pytest.raises(SignatureError, match="64 axes"):
        parse(f"float ({'n, ' * 70})")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("float", "float"),
        ("float (m, n)", "ndarray of float, shape (m, n)"),
        ("int (n,)", "ndarray of int, shape (n,)"),
        ("float (...)", "float or ndarray of float"),
        ("any", "object"),
        ("any (n,)", "ndarray, shape (n,)"),
        ("opaque", "object"),
        ("none", "None"),
        ("tuple: [float (m, n), int]", "tuple of (ndarray of float with shape (m, n), int)"),
        ("tuple: [str]", "tuple of (str,)"),
        ("dict: {W: float (n,)}", "dict of {'W': ndarray of float with shape (n,)}"),
        ("list: float (n,)", "list of ndarray of float with shape (n,)"),
    ],
)
def test_numpydoc_type_lines(text, expected):
    assert numpydoc(parse(text)) == expected


def test_symbols_in_order_and_those_a_value_settles():
    tree = parse("tuple: [float (l*w, n), int (3, m)]")
    assert symbols(tree) == ("l", "w", "n", "m")
    assert defined(tree) == ("n", "m")
    assert defined(parse("int"), "n") == ("n",)
    assert defined(parse("float"), "n") == ()


def test_narrower_numbers_fit_and_bools_are_no_numbers():
    assert fits(Kind.INT, Kind.FLOAT)
    assert fits(Kind.FLOAT, Kind.COMPLEX)
    assert not fits(Kind.FLOAT, Kind.INT)
    assert not fits(Kind.BOOL, Kind.INT)
    assert not fits(None, Kind.FLOAT)
    assert fits(None, Kind.ANY)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("(float (m, n), float (n,))", "did you mean 'tuple: [float (m, n), float (n,)]'?"),
        ("(float (n,), int)", "did you mean 'tuple: [float (n,), int]'?"),
        ("(m, n)", "the kind is missing; did you mean 'float (m, n)'?"),
    ],
)
def test_a_tuple_without_its_word_is_told(text, told):
    with pytest.raises(SignatureError) as error:
        parse(text)
    assert told in str(error.value)
