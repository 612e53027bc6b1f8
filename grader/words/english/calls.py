"""The English texts of messages about a call."""

from __future__ import annotations

from typing import Final

from grader.words.catalogue import Plural, Texts

__all__ = ["CALLS"]

CALLS: Final[Texts] = {
    "category.missing": "What the exercise asks for was not found.",
    "category.syntax": "Python cannot read the file.",
    "category.import": "The file stopped while it was loading.",
    "category.signature": "The function does not take the arguments that the exercise gives it.",
    "category.not_attempted": "Not attempted yet.",
    "category.raised": "It stopped with an error that is not asked for.",
    "category.not_raised": "It gave something back where an error is asked for.",
    "category.type": "What came back is not the type of value that is asked for.",
    "category.structure": "What came back does not have the parts that are asked for.",
    "category.shape": "What came back does not have the right shape.",
    "category.dtype": "What came back has the wrong kind of numbers (dtype).",
    "category.nan": "NaN (not a number) stands where a number is due, or a number where NaN is due.",
    "category.value": "What came back has wrong values.",
    "category.changed_argument": "An argument is not as it should be after the call.",
    "category.timed_out": "It did not finish in time.",
    "category.out_of_memory": "It needed too much memory.",
    "category.crashed": "It crashed Python, or ended it.",
    "category.output": "It printed far too much.",
    "category.style": "A rule of how to write it is not kept.",
    "raised": "It stopped with {error}",
    "nothing_from_call": "The exercise's own call gave None. Is there a `return` in what it calls?",
    "raised.in_call": (
        "The exercise's own call could not go on with what your code gave it: {error} Is that what is asked for?"
    ),
    "raised.in_call.attribute": "The exercise looks for `{name}` in your `{owner}`, which has nothing of that name.",
    "raised.in_call.attribute.other": (
        "The exercise looks for `{name}` in your `{owner}`, which has nothing of that name. It has {names:code}: is "
        "that what should have this name?"
    ),
    "raised.exit": ("It ended the program (`exit`, `quit` or `sys.exit`): give the result back with `return` instead."),
    "raised.input": "It asks for input with `input()`, but nobody is there to type: use the parameters.",
    "raised.not_implemented": (
        "`raise NotImplementedError` is still there: remove that line now that there is code of yours."
    ),
    "raised.instead": "{due} should be raised for these arguments, but it stopped with {error}",
    "not_raised": "{due} should be raised for these arguments, but {came} came back.",
    "timed_out": "It did not finish within {seconds:g} s: a loop that never ends?",
    "overdue": "It was not finished: all calls of this exercise together took more than {seconds:g} s.",
    "unrun": "Not tried, since two other calls of this exercise had to be ended.",
    "out_of_memory": "It needed more than {size} of memory: is an array far larger than it is meant to be?",
    "flooded": "It printed far more than anybody can read, and was ended: is there a `print` inside a loop?",
    "crashed": "Python crashed during the call: {end}.",
    "ended_python": "It ended Python itself, as `os._exit` does: give the result back with `return` instead.",
    "ended_python.status": (
        "It ended Python itself with exit status {status}, as `os._exit` does: "
        "give the result back with `return` instead."
    ),
    "end.SIGSEGV": "a segmentation fault, which a function that calls itself without end can cause",
    "end.SIGBUS": "a bus error: memory was used that is not there",
    "end.SIGABRT": "it was aborted by a library",
    "end.SIGILL": "an illegal instruction",
    "end.SIGFPE": "an arithmetic fault in a library",
    "end.SIGKILL": "it was killed from outside",
    "end.SIGTERM": "it was told to end",
    "end.SIGSYS": "it tried something that is not allowed here",
    "end.SIGXCPU": "it used up its time on the processor",
    "end.signal": "signal {name}",
    "end.status": "exit status {status}",
    "end.too_deep": "a function called itself too often",
    "end.unknown": "nobody knows why",
    "kept_state": (
        "A call that is wrong after others is right as the first one in a new Python: something stays behind from one "
        "call to the next. Is a default argument changed (`def f(x, found=[])`), a global name, a list that all "
        "objects of a class share, or a cache?"
    ),
    "printed_instead": (
        "What is asked for was printed, but not given back: `return` is missing. Write `return` where `print` is."
    ),
    "not_declared": "What came back is {found}; asked for is {due}.",
    "not_declared.part": "`{path}` is {found}; asked for is {due}.",
    "not_held": "What came back does not fulfil `{condition}`.",
    "not_held.argument": "What the call left in `{name}` does not fulfil `{condition}`.",
    "not_as_asked.argument": "What the call left in `{name}` is not all that is asked for.",
    "not_as_asked": "What came back is not all that is asked for.",
    "not_viewed": "What came back is {came}: that is not what is asked for, and it cannot be looked at.",
    "class_for_function": "`{name}` is a class here: write a function, `def {name}(...):`, that returns the result.",
    "changed_argument": "The call changed its argument `{name}`, which should stay as it is.",
    "changed_place": "`{path}` was {before} before the call and is {after} after it.",
    "work_on_a_copy": (
        "Work on a copy (`{name} = {name}.copy()`), and remember that `{name} += 1` and its like change it."
    ),
    "work_on_a_copy.list": (
        "Work on a copy (`{name} = {name}.copy()`), and remember that `{name}.append(...)`, `{name}.sort()` and "
        "`{name}[0] = ...` change it."
    ),
    "work_on_a_copy.dict": (
        "Work on a copy (`{name} = {name}.copy()`), and remember that `{name}[...] = ...` and `{name}.pop(...)` "
        "change it."
    ),
    "work_on_a_copy.deep": (
        "Work on a deep copy: `import copy`, then `{name} = copy.deepcopy({name})`. "
        "`{name}.copy()`, `list({name})` and `{name}[:]` copy the outside alone: what is inside is still the same."
    ),
    "also_changed": Plural(
        "count",
        "Also, the call changed {names:code}, which should stay as it is.",
        "Also, the call changed {names:code}, which should stay as they are.",
    ),
    "argument.unchanged": "The call should change `{name}` in place, but it is as it was before.",
    "argument.not_right": "The call should change `{name}` in place, but did not make it what it should be.",
}
