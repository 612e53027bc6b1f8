"""Reading YAML: values, places, and files that are refused."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.course import document
from grader.course.document import MAX_BYTES, MAX_DEPTH, read
from grader.errors import SpecificationError

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x85\u2028\u2029"), max_size=20)  # breaks in YAML 1.1
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
SNIPPETS = st.lists(
    st.sampled_from(
        ["a", "title", "args", ": ", ":", "\n", "\n  ", "- ", "[", "]", "{", "}", ", ", "'", '"', "\\", "#", " # ",
         "&a ", "*a", "!", "|", ">", "%", "@", "`", "\t", "---\n", "...\n", "<<", "? ", "~", "=x", "(", ")", "1e5", "é",
         "\r\n", "🎉", "\x07"]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def parser(request, monkeypatch):
    """Both parsers of PyYAML: the C one may be missing on a machine."""
    loader = getattr(yaml, request.param, None)
    if loader is None:
        pytest.skip("PyYAML has no C parser here")
    monkeypatch.setattr(yaml, "CSafeLoader", loader)


def value(text):
    return read(text.encode(), "f.yaml").value


def problems(text):
    """The first line of each problem: what stops the reading, or what was collected."""
    raw = text if isinstance(text, bytes) else text.encode()
    try:
        found = read(raw, "f.yaml")
    except SpecificationError as error:
        return [problem.split("\n")[0] for problem in error.problems]
    return [text.split("\n")[0] for text in found.error(found.problems).problems]


def test_values(parser):
    text = "a: 1e-8\nb: no\nc: [on, 0o17, 2026-12-01, ~]\nd: {e: 'true', f: true}\ng: |\n  x # y\n  z\n"
    assert value(text) == {
        "a": 1e-8, "b": "no", "c": ["on", 15, "2026-12-01", None], "d": {"e": "true", "f": True}, "g": "x # y\nz\n",
    }  # fmt: skip


def test_an_empty_file_is_an_empty_mapping(parser):
    for text in ("", "\n", "# only a comment\n", "---\n", "~"):
        assert value(text) == {}


@given(PLAIN)
def test_what_pyyaml_writes_is_read_back(data):
    text = yaml.safe_dump({"x": data}, allow_unicode=True)
    if "!!" not in text:
        reread = value(text)["x"]
        assert reread == data or yaml.safe_load(text)["x"] != reread  # 1.1 and 1.2 may differ about a plain word


def test_values_are_made_anew_and_not_shared():
    found = read(b"a: &x [1]\nb: *x\n", "f.yaml")
    first, second = found.value, found.value
    first["a"].append(2)
    assert first["b"] == [1]
    assert second["a"] == [1]


def test_places(parser):
    found = read("title: T\nargs:\n  é🎉: {y: [1, 2]}\r\nlast: &l {z: 3}\nagain: *l\n".encode(), "f.yaml")

    def place(*path, at_key=False):
        mark = found.mark(path, at_key=at_key)
        return mark.line + 1, mark.column + 1

    assert place() == (1, 1)
    assert place("title") == (1, 8)
    assert place("title", at_key=True) == (1, 1)
    assert place("args", "é🎉", "y", 1) == (3, 15)
    assert place("last", "z") == (4, 14)
    assert place("again") == (5, 8)
    assert place("again", "z") == (4, 14)
    assert place("args", "nothing", "here") == (2, 1)
    assert place("args", "é🎉", "y", 7) == (3, 8)


def test_a_place_inside_a_value():
    found = read(b"a: 'x + '\nb: |\n  one\n    two\nc: x  y\n", "f.yaml")
    inside = found._inside

    def place(key, line, column):
        mark = inside(next(node for name, node in found.root.entries if name.value == key), line, column)
        return mark.line + 1, mark.column + 1

    assert place("a", 0, 4) == (1, 9)
    assert place("b", 1, 2) == (4, 5)
    assert place("c", 0, 3) == (5, 7)
    assert place("c", 3, 0) == (5, 4)


def test_every_duplicate_is_named_with_both_lines(parser):
    assert problems("a: 1\nb: {c: 1, c: 2}\na: 3\n'a': 4\n") == [
        "f.yaml:2:11: the key 'c' stands twice, on line 2 and on line 2",
        "f.yaml:3:1: the key 'a' stands twice, on line 1 and on line 3",
        "f.yaml:4:1: the key 'a' stands twice, on line 1 and on line 4",
    ]


def test_tags_merge_keys_and_odd_keys_are_refused_together(parser):
    found = problems("a: !!python/object:os.system x\nb: !mine {}\nc: ! x\n<<: {d: 1}\n? [1]\n: 2\ne: !!str 3\n")
    assert [text.split(": ", 1)[1].split(":")[0] for text in found] == [
        "the tag `!!python/object",
        "the tag `!mine`",
        "the tag `!`",
        "`<<` is not a key",
        "a key must be a word or a number, not a list or a mapping",
        "the tag `!!str`",
    ]


def test_aliases_work():
    assert value("a: &x {b: [1]}\nc: *x\nd: [*x, *x]\n")["d"] == [{"b": [1]}, {"b": [1]}]


def test_an_alias_bomb_is_refused(parser):
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 20)]
    assert "more than 200,000 values" in problems("\n".join(lines))[0]


def test_an_alias_of_what_it_stands_in_is_refused(parser):
    assert problems("a: &x [1, *x]") == ["f.yaml:1:11: the alias *x stands inside what it stands for"]


def test_an_anchor_that_nothing_uses_is_doubted():
    assert "read as an anchor" in read(b"a: &x y\n", "f.yaml").remarks[0].message
    assert read(b"a: &x y\nb: *x\n", "f.yaml").remarks == ()


@pytest.mark.parametrize("opening", ["[", "{a: "])
def test_deep_nesting_is_refused(parser, opening):
    assert f"more than {MAX_DEPTH} deep" in problems("x: " + opening * 20_000)[0]
    assert "x" in value("x: " + opening * (MAX_DEPTH - 1) + {"[": "]"}.get(opening, "}") * (MAX_DEPTH - 1))


def test_a_second_document_is_refused(parser):
    assert problems("a: 1\n---\nb: 2\n") == ["f.yaml:2:1: a second document begins here"]


@pytest.mark.parametrize("text", ["- a\n", "word\n", "3\n", "'quoted'\n", "[a]\n"])
def test_only_a_mapping_is_a_file(parser, text):
    assert problems(text) == ["f.yaml:1:1: the file must be a mapping: lines of `key: value`"]


def test_a_mapping_without_spaces():
    assert problems("title:Softmax\n") == ["f.yaml:1:1: the file has no `key: value`"]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"a: 1\nb: \xff\n", "f.yaml:2:4: the file is not UTF-8 text; save it as UTF-8"),
        ("a: é".encode("latin-1"), "f.yaml:1:4: the file is not UTF-8 text; save it as UTF-8"),
        ("a: 1".encode("utf-16"), "f.yaml: the file is written in UTF-16; save it as UTF-8"),
        ("a: 1".encode("utf-32"), "f.yaml: the file is written in UTF-32; save it as UTF-8"),
        (b"a: 1\nb: x\0y", "f.yaml:2:5: a NUL byte"),
        ("a: 1".encode("utf-16-le"), "f.yaml:1:2: a NUL byte"),
        (b"a: \x1b[31m", "f.yaml:1:4: the control character U+001B is not allowed in YAML"),
        ("a: \ufeff\x7f".encode(), "f.yaml:1:5: the control character U+007F is not allowed in YAML"),
        (b"#" * (MAX_BYTES + 1),
         "f.yaml: the file is larger than 1 MiB; large inputs are better made by an `=` expression"),
    ],
)  # fmt: skip
def test_what_is_no_text(raw, message):
    assert problems(raw) == [message]


def test_a_bom_of_utf_8_is_no_matter():
    assert read(b"\xef\xbb\xbfa: 1\n", "f.yaml").value == {"a": 1}
    assert problems(b"\xef\xbb\xbfa: \xff\n") == ["f.yaml:1:4: the file is not UTF-8 text; save it as UTF-8"]


def test_numbers_that_cannot_be_held():
    assert problems(f"a: {'9' * 2000}\nb: 1e999\n") == [
        "f.yaml:1:4: a number of more than 1,000 digits",
        "f.yaml:2:4: a number too large for a float; infinity is written .inf",
    ]


@settings(max_examples=300)
@given(
    st.one_of(st.text(max_size=60), SNIPPETS).map(lambda text: text.encode("utf-8", "surrogatepass"))
    | st.binary(max_size=60)
)
def test_any_bytes_are_read_or_refused(raw):
    try:
        found = read(raw, "f.yaml")
        told = found.error(found.problems + found.remarks).problems
    except SpecificationError as error:
        found, told = None, error.problems
    assert all(text.startswith("f.yaml:") for text in told)
    assert isinstance(found.value, dict) if found else len(told) == 1


def test_the_parser_of_python_alone_gives_the_same(monkeypatch):
    text = "a: {x: float (m, n)}\nb: [1, {c: 'd'}]\n"
    with_c = read(text.encode(), "f.yaml")
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    without = document.read(text.encode(), "f.yaml")
    assert with_c.root == without.root
    assert with_c.problems == without.problems
