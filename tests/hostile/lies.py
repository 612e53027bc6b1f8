"""Group A: objects that lie, and tampering with whatever is in the same process."""

from __future__ import annotations

from hostile.attack import Attack, Gain

__all__ = ["ATTACKS"]

_POINTS = (Gain.POINTS,)
_WALK = """
def expected_in(frame):
    while frame is not None:
        for name in ("expected", "due"):
            if name in frame.f_locals:
                return frame.f_locals[name]
        frame = frame.f_back
"""

ATTACKS = (
    Attack(
        number=1,
        name="equal-to-everything",
        goal="let the returned object decide the comparison",
        shows="points for an object that says yes to ==",
        aims=_POINTS,
        source="""
class Same:
    def __eq__(self, other): return True
    __ne__ = lambda self, other: False
    __hash__ = None
def convert(x):
    return Same()
""",
    ),
    Attack(
        number=2,
        name="array-function",
        goal="have numpy ask the student's object whether it is close",
        shows="points for an array whose class answers np.allclose",
        aims=_POINTS,
        source="""
import numpy as np
class Sly(np.ndarray):
    def __array_function__(self, function, types, args, kwargs): return True
    def __array_ufunc__(self, *args, **kwargs): return np.bool_(True)
def convert(x):
    return np.zeros(2).view(Sly)
""",
    ),
    Attack(
        number=3,
        name="class-property",
        goal="be taken by isinstance for what it is not",
        shows="points for an object whose __class__ lies",
        aims=_POINTS,
        source="""
class Truth:
    __class__ = property(lambda self: bool)
    def __bool__(self): return True
class Liar:
    def __eq__(self, other): return Truth()
    __hash__ = None
def convert(x):
    return Liar()
""",
    ),
    Attack(
        number=4,
        name="array-protocol",
        goal="be the expected array as soon as somebody asks for one",
        shows="points for an object whose __array__ looks into its caller's frames",
        aims=_POINTS,
        source=_WALK
        + """
import sys
import numpy as np
class Chameleon:
    def __eq__(self, other): return NotImplemented
    __hash__ = None
    def __array__(self, dtype=None, copy=None):
        found = expected_in(sys._getframe(1))
        return np.array(np.zeros(2) if found is None else found)
def convert(x):
    return Chameleon()
""",
    ),
    Attack(
        number=5,
        name="scalar-operators",
        goal="answer the subtraction and the comparison itself",
        shows="points for a number whose distance to everything is small",
        aims=_POINTS,
        exercise="total",
        source="""
class Zero:
    def __sub__(self, other): return self
    __rsub__ = __abs__ = lambda self, *other: self
    def __lt__(self, other): return True
    __le__ = __gt__ = __ge__ = __lt__
    def __float__(self): return 0.0
def total(x):
    return Zero()
""",
    ),
    Attack(
        number=5,
        name="float-subclass",
        goal="pass for a float and compare as it likes",
        shows="points for a float whose operators are overridden",
        aims=_POINTS,
        exercise="total",
        source="""
class Number(float):
    def __sub__(self, other): return 0.0
    __rsub__ = __sub__
    def __eq__(self, other): return True
    def __float__(self): return 0.0
    __hash__ = float.__hash__
def total(x):
    return Number(1)
""",
    ),
    Attack(
        number=6,
        name="lazy-generator",
        goal="run during the comparison, and give back what it finds there",
        shows="points for a generator that reads the expected side when it is consumed",
        aims=_POINTS,
        source=_WALK
        + """
import sys
def convert(x):
    found = expected_in(sys._getframe(1))
    yield from ([0.0, 0.0] if found is None else found)
""",
    ),
    Attack(
        number=7,
        name="empty-broadcast",
        goal="pass vacuously: all() of nothing is true",
        shows="points for an array without elements",
        aims=_POINTS,
        source="import numpy as np\ndef convert(x):\n    return np.zeros((0, 1))\n",
    ),
    Attack(
        number=7,
        name="nan-everywhere",
        goal="pass where NaN equals anything",
        shows="points for NaN, infinities or masked elements",
        aims=_POINTS,
        unlike="numpy's own allclose is not fooled by NaN; the comparison of others is",
        source="""
import numpy as np
calls = 0
def convert(x):
    global calls
    calls += 1
    return [np.full(x.shape, np.nan), np.full(x.shape, np.inf), np.ma.masked_all(x.shape)][calls % 3]
""",
    ),
    Attack(
        number=8,
        name="patched-numpy",
        goal="replace the functions that compare",
        shows="points for zeros, since np.allclose says yes",
        aims=_POINTS,
        source="""
import numpy as np
import numpy.testing
for name in ("allclose", "isclose", "array_equal", "array_equiv", "all"):
    setattr(np, name, lambda *a, **k: True)
for name in dir(numpy.testing):
    if name.startswith("assert"):
        setattr(numpy.testing, name, lambda *a, **k: None)
def convert(x):
    return np.zeros(x.shape)
""",
    ),
    Attack(
        number=9,
        name="conftest",
        goal="have a test runner load the student's own hooks",
        shows="points for zeros, since conftest.py patched what compares",
        aims=_POINTS,
        files={"conftest.py": "import numpy as np\nnp.allclose = lambda *a, **k: True\n"},
        source="import numpy as np\ndef convert(x):\n    return np.zeros(x.shape)\n",
    ),
    Attack(
        number=10,
        name="patched-builtins",
        goal="replace what any comparison is made of",
        shows="points for a wrong number, since abs() is 0",
        aims=_POINTS,
        exercise="total",
        source="""
import builtins
builtins.abs = lambda value: 0
builtins.all = builtins.any = lambda *a: True
def total(x):
    return 1.0
""",
    ),
    Attack(
        number=11,
        name="patched-traceback",
        goal="hide that it failed from whoever shows exceptions",
        shows="points, or no verdict, for a call that raises",
        aims=(Gain.POINTS, Gain.VERDICT),
        outcomes=("errored",),
        unlike="the control shows no notebook; there is nothing to hide from",
        source="""
import sys, traceback
sys.excepthook = lambda *a: None
traceback.print_exc = traceback.format_exc = traceback.print_exception = lambda *a, **k: ""
try:
    get_ipython().showtraceback = get_ipython().run_cell = lambda *a, **k: None
except NameError:
    pass
def convert(x):
    raise ValueError("hidden")
""",
    ),
    Attack(
        number=12,
        name="main-module",
        goal="write the score where it is kept",
        shows="points from __main__.score",
        aims=_POINTS,
        source="""
import __main__
__main__.score = 99
def convert(x):
    __main__.score = 99
    return x
""",
    ),
    Attack(
        number=13,
        name="frame-walk",
        goal="take the expected value from the caller's frame",
        shows="points, since it is returned",
        aims=_POINTS,
        source=_WALK
        + """
import sys
def convert(x):
    found = expected_in(sys._getframe(1))
    return x if found is None else found
""",
    ),
    Attack(
        number=13,
        name="traceback-walk",
        goal="the same through the frames of a traceback",
        shows="points, since it is returned",
        aims=_POINTS,
        source=_WALK
        + """
def convert(x):
    try:
        raise ValueError
    except ValueError as error:
        found = expected_in(error.__traceback__.tb_frame)
    return x if found is None else found
""",
    ),
    Attack(
        number=14,
        name="heap-search",
        goal="find inputs and answers among all objects there are",
        shows="points, since the neighbour of the input is returned",
        aims=_POINTS,
        source="""
import gc
import numpy as np
def convert(x):
    for thing in gc.get_objects():
        for found in (thing, *gc.get_referents(thing)):  # since Python 3.14 the collector knows no tuples of arrays
            if type(found) in (tuple, list) and len(found) == 2 and type(found[0]) is type(found[1]) is np.ndarray:
                if found[0].shape == x.shape and (found[0] == x).all() and found[1] is not x:
                    return found[1]
    return x
""",
    ),
    Attack(
        number=15,
        name="globals-of-the-caller",
        goal="reach the tests through the globals of whatever calls it",
        shows="points, since the answer is looked up there",
        aims=_POINTS,
        source="""
import sys
import numpy as np
def convert(x):
    frame = sys._getframe(1)
    while frame is not None:
        for value in list(frame.f_globals.values()):
            if type(value) is list and value and type(value[0]) is tuple and len(value[0]) == 2:
                for given, due in value:
                    if np.array_equal(given, x):
                        return due
        frame = frame.f_back
    return x
""",
    ),
    Attack(
        number=16,
        name="memory-write",
        goal="overwrite the expected array where it lies",
        shows="points for zeros, since zeros are expected now",
        aims=_POINTS,
        source=_WALK
        + """
import ctypes, sys
import numpy as np
def convert(x):
    found = expected_in(sys._getframe(1))
    if found is not None:
        ctypes.memset(found.ctypes.data, 0, found.nbytes)
    return np.zeros(x.shape)
""",
    ),
    Attack(
        number=17,
        name="profile-hook",
        goal="leave a hook behind that runs inside whatever compares",
        shows="points, since the hook writes the answer over the result",
        aims=_POINTS,
        source="""
import sys, threading
import numpy as np
RESULT = None
def hook(frame, event, argument):
    if RESULT is not None and event == "call":
        for other in frame.f_locals.values():
            if type(other) is np.ndarray and other is not RESULT and other.shape == RESULT.shape:
                RESULT[...] = other
def convert(x):
    global RESULT
    RESULT = np.zeros(x.shape)
    sys.setprofile(hook)
    threading.setprofile(hook)
    return RESULT
""",
    ),
    Attack(
        number=17,
        name="audit-and-import-hooks",
        goal="the same with hooks for audits and imports",
        shows="points, or a worker that answers no more",
        aims=(Gain.POINTS, Gain.BATCH),
        source="""
import sys
import numpy as np
class Finder:
    def find_spec(self, *names):
        np.allclose = lambda *a, **k: True
sys.meta_path.insert(0, Finder())
def audit(event, args):
    np.allclose = lambda *a, **k: True
    sys.modules["__main__"].score = 99
sys.addaudithook(audit)
def convert(x):
    return np.zeros(x.shape)
""",
    ),
    Attack(
        number=18,
        name="at-exit",
        goal="write the result once more after grading",
        shows="points from the file that a late handler wrote",
        aims=_POINTS,
        source="""
import atexit, os, pickle
def late():
    try:
        with open("result.pickle", "wb") as file:
            pickle.dump({"score": 99, "of": 3}, file)
    except OSError:
        pass
atexit.register(late)
def convert(x):
    return x
""",
        instead="""
import atexit, os, pickle
def late():
    with open("result.pickle", "wb") as file:
        pickle.dump({"score": 99, "of": 3}, file)
    os.write(1, b"score 99/3")
atexit.register(late)
def convert(x):
    return x
""",
    ),
    Attack(
        number=19,
        name="exit-status-0",
        goal="end well: the exit status is the verdict",
        shows="points for os._exit(0)",
        aims=(*_POINTS, Gain.VERDICT),
        outcomes=("crashed",),
        source="import os\ndef convert(x):\n    os._exit(0)\n",
    ),
    Attack(
        number=19,
        name="sys-exit-0",
        goal="the same, politely",
        shows="points for sys.exit(0)",
        aims=(*_POINTS, Gain.VERDICT),
        outcomes=("errored",),
        source="import sys\ndef convert(x):\n    sys.exit(0)\n",
    ),
    Attack(
        number=19,
        name="exit-while-loading",
        goal="end well before anything is asked",
        shows="points for a file that ends the process at once",
        aims=(*_POINTS, Gain.VERDICT),
        outcomes=("failed",),
        source="import os\nos._exit(0)\ndef convert(x):\n    return x\n",
    ),
    Attack(
        number=20,
        name="filter-bypass",
        goal="get by a filter on names",
        shows="points for an exit that no filter saw",
        aims=(*_POINTS, Gain.VERDICT),
        outcomes=("crashed",),
        source="""
def convert(x):
    for cls in ().__class__.__base__.__subclasses__():
        if cls.__name__ == "_wrap" + "_close":
            cls.__init__.__globals__["_ex" + "it"](0)
    \uff45\uff58\uff45\uff43("imp" "ort o" "s; o" "s._e" "xit(0)")
""",
    ),
    Attack(
        number=21,
        name="skip-test",
        goal="be skipped: what is skipped is not wrong",
        shows="points for raising the runner's own exception",
        aims=(*_POINTS, Gain.VERDICT),
        outcomes=("errored",),
        source="""
import unittest
def convert(x):
    raise unittest.SkipTest("not today")
""",
    ),
    Attack(
        number=22,
        name="base-exception",
        goal="fly past `except Exception` and end the batch",
        shows="the grader ends",
        aims=(Gain.BATCH, Gain.VERDICT),
        outcomes=("errored",),
        source="""
class Bye(BaseException):
    def __str__(self): raise self
def convert(x):
    raise [KeyboardInterrupt, GeneratorExit, Bye][len(x) % 3]
""",
    ),
    Attack(
        number=22,
        name="number-in-an-exception",
        goal="end whoever reads numpy's errors, with one that names a length of a hundred digits",
        shows="the submission is not judged",
        aims=(Gain.BATCH, Gain.VERDICT),
        outcomes=("errored",),
        source="def convert(x):\n    raise IndexError('index 1 is out of bounds for axis 0 with size ' + '9' * 100)\n",
        unlike="the control reads no errors",
    ),
)
