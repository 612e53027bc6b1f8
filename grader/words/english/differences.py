"""Of a value that is not the expected one."""

from __future__ import annotations

from typing import Final

from grader.words.catalogue import Plural, Texts

__all__ = ["DIFFERENCES"]

DIFFERENCES: Final[Texts] = {
    "asked": "{came:capital} came back, but {due} is asked for.",
    "asked.part": "`{place}` is {came}, but {due} is asked for.",
    "asked.advised": "{came:capital} came back, but {due} is asked for: {advice}.",
    "asked.advised.part": "`{place}` is {came}, but {due} is asked for: {advice}.",
    "advice.plain_def": "write `def`, not `async def`",
    "advice.wrap": "wrap it in np.array(...)",
    "advice.uneven": "its elements are no plain numbers, or its rows are not equally long",
    "advice.objects_to_float": "its dtype is object, though it holds numbers; make them floats with .astype(float)",
    "advice.objects_to_int": "its dtype is object, though it holds numbers; make them ints with .astype(int)",
    "advice.objects_to_bool": (
        "its dtype is object, though it holds True and False; make it an array of bools with .astype(bool)"
    ),
    "advice.objects_to_complex": (
        "its dtype is object, though it holds numbers; make them complex numbers with .astype(complex)"
    ),
    "advice.objects_to_str": (
        "its dtype is object, though it holds strings; make it an array of strings with .astype(str)"
    ),
    "advice.to_list": "make it one with .tolist()",
    "advice.to_tuple": "write (a, b) in place of [a, b]",
    "advice.brackets": "write [a, b] in place of (a, b)",
    "advice.asarray": "make it an ordinary array with np.asarray(...)",
    "advice.filled": "fill the masked places with .filled(...)",
    "advice.collect_yielded": "collect what it yields with np.array(list(...))",
    "advice.collect": "collect its elements with np.array(list(...))",
    "advice.to_array": "make it an array with np.array(...)",
    "advice.no_order": "a set has no order; use an array from the start",
    "advice.real_part": "take the real part with .real, if the imaginary parts are 0",
    "advice.whole": "use // for whole division, or .astype(int) where the numbers are whole already",
    "advice.comparison": "a comparison such as `x > 0` gives True and False",
    "type.no_return": "Nothing came back (None): is there a `return`?",
    "type.exactly": "{due:capital} is due; {came} came.",
    "type.exactly.part": "For `{place}`, {due} is due; {came} came.",
    "type.call_missing": "Are the brackets of a call missing?",
    "structure.return_all": "Give back all of its parts, with commas between them, as in `return a, b`.",
    "structure.comma_too_many": "Is there a comma too many behind the value that is returned?",
    "structure.result": "the result",
    "structure.part": "`{place}`",
    "structure.length_of_tuple": Plural(
        "count",
        "{whole:capital} has {count:,} part, but should have {due:,}.",
        "{whole:capital} has {count:,} parts, but should have {due:,}.",
    ),
    "structure.length_of_list": Plural(
        "count",
        "{whole:capital} has {count:,} element, but should have {due:,}.",
        "{whole:capital} has {count:,} elements, but should have {due:,}.",
    ),
    "structure.key_missing": "The key {key} is missing.",
    "structure.key_missing.part": "The key {key} of `{place}` is missing.",
    "structure.key_misspelt": "The key {key} is missing: is {near} meant to be it?",
    "structure.key_misspelt.part": "The key {key} of `{place}` is missing: is {near} meant to be it?",
    "structure.keys_more": Plural("count", "So is {count:,} more.", "So are {count:,} more."),
    "structure.keys_extra": Plural("count", "The key {keys} is not asked for.", "The keys {keys} are not asked for."),
    "structure.keys_extra.part": Plural(
        "count", "The key {keys} of `{place}` is not asked for.", "The keys {keys} of `{place}` are not asked for."
    ),
    "structure.field_missing": "The field {key} of the structured array is missing.",
    "structure.field_missing.part": "The field {key} of the structured array `{place}` is missing.",
    "structure.field_misspelt": "The field {key} of the structured array is missing: is {near} meant to be it?",
    "structure.field_misspelt.part": (
        "The field {key} of the structured array `{place}` is missing: is {near} meant to be it?"
    ),
    "structure.fields_extra": Plural(
        "count",
        "The field {keys} of the structured array is not asked for.",
        "The fields {keys} of the structured array are not asked for.",
    ),
    "structure.fields_extra.part": Plural(
        "count",
        "The field {keys} of the structured array `{place}` is not asked for.",
        "The fields {keys} of the structured array `{place}` are not asked for.",
    ),
    "structure.keys_other": "{count:,} more",
    "shape.other": "The shape is {came}, but should be {due}.",
    "shape.other.part": "The shape of `{place}` is {came}, but should be {due}.",
    "dtype.of_result": "the dtype",
    "dtype.of_part": "the dtype of `{place}`",
    "dtype.type_of_result": "the type",
    "dtype.type_of_part": "the type of `{place}`",
    "dtype.exact": "{what:capital} is {came}, but should be {due}.",
    "dtype.kind": "{what:capital} is {came}, but {due} are asked for.",
    "dtype.kind.advised": "{what:capital} is {came}, but {due} are asked for: {advice}.",
    "value.came": "{came} came back, but {due} was expected.",
    "value.came.part": "`{path}` is {came}, but {due} was expected.",
    "value.from_nan": (
        "nan comes of 0/0, of 0 * inf and inf - inf, of roots and logarithms of negative numbers, "
        "and of anything with a nan in it."
    ),
    "value.from_inf": (
        "inf comes of dividing by 0, of the logarithm of 0, and of numbers too large, such as np.exp(1000.0)."
    ),
    "value.differ_from": "They differ from character {character:,} on.",
    "printed.nothing": "Nothing was printed: is there a `print(...)`? What is returned does not count here.",
    "printed.line": "Line {number} of what is printed is {came}, but {due} was expected.",
    "printed.word": "Word {number} of what is printed is {came}, but {due} was expected.",
    "printed.too_little.line": "What is printed ends too early: as line {number}, {due} was expected.",
    "printed.too_little.word": "What is printed ends too early: as word {number}, {due} was expected.",
    "printed.too_much.line": "What is printed should end before line {number}, which is {came}.",
    "printed.too_much.word": "What is printed should end before word {number}, which is {came}.",
    "how_many.both.numbers": "Both numbers differ",
    "how_many.both.values": "Both values differ",
    "how_many.both.strings": "Both strings differ",
    "how_many.all.numbers": "All {size:,} numbers differ",
    "how_many.all.values": "All {size:,} values differ",
    "how_many.all.strings": "All {size:,} strings differ",
    "how_many.some.numbers": "{count:,} of {size:,} numbers differ",
    "how_many.some.values": "{count:,} of {size:,} values differ",
    "how_many.some.strings": "{count:,} of {size:,} strings differ",
    "how_many.one.numbers": Plural("size", "1 of {size:,} number differs", "1 of {size:,} numbers differs"),
    "how_many.one.values": Plural("size", "1 of {size:,} value differs", "1 of {size:,} values differs"),
    "how_many.one.strings": Plural("size", "1 of {size:,} string differs", "1 of {size:,} strings differs"),
    "value.some_differ": "{how_many}; the first is `{path}`: {came} came back, {due} was expected.",
    "value.some_differ.argument": "{how_many}; the first is `{path}`: {came} is there, {due} was expected.",
    "value.one_differs": "{how_many}, `{path}`: {came} came back, {due} was expected.",
    "value.one_differs.argument": "{how_many}, `{path}`: {came} is there, {due} was expected.",
    "value.set_lacks": Plural("count", "{elements} is missing from the set.", "{elements} are missing from the set."),
    "value.set_lacks.part": Plural(
        "count", "{elements} is missing from the set `{place}`.", "{elements} are missing from the set `{place}`."
    ),
    "value.set_has": Plural("count", "{elements} does not belong in the set.", "{elements} do not belong in the set."),
    "value.set_has.part": Plural(
        "count", "{elements} does not belong in the set `{place}`.", "{elements} do not belong in the set `{place}`."
    ),
    "value.in_all.numbers": "In all, {count:,} of {size:,} numbers differ.",
    "value.in_all.values": "In all, {count:,} of {size:,} values differ.",
    "value.in_all.strings": "In all, {count:,} of {size:,} strings differ.",
    "value.largest_error": "The largest error is {error}.",
}
