# ruff: noqa: E501 — attacks are as whoever makes them writes them
"""Group E: taking everything there is, and taking the batch down."""

from __future__ import annotations

from hostile.attack import SAME_USER, Attack, Gain

__all__ = ["ATTACKS"]

_LIMITED = "the control has limits of its own here, so that the machine that tests it stays alive"
_HANGS = (Gain.TIME, Gain.VERDICT, Gain.BATCH)
_CALLS = """
import ctypes, os, platform
C = ctypes.CDLL(None, use_errno=True)
C.syscall.restype = ctypes.c_long
ARM = platform.machine() == "aarch64"
"""
_NEW_PROCESSES = "no filter of calls at `none`: a process can start others, and these can leave its group"


def _call(number: int, name: str, goal: str, x86: int, arm: int, arguments: str, **more: object) -> Attack:
    """A call of the kernel that must fail."""
    source = f"""{_CALLS}
def convert(x):
    if C.syscall({arm} if ARM else {x86}, {arguments}) >= 0:
        print("@GOT@")
    return x
"""
    fields = {
        "shows": "the call succeeds",
        "aims": (Gain.ACT,),
        "stopped_from": "standard",
        "because": "no filter of calls at `none`",
        "unlike": "the kernel may refuse it by itself, and the control has nothing else to refuse it",
        **more,
    }
    return Attack(number=number, name=name, goal=goal, source=source, **fields)  # type: ignore[arg-type]


ATTACKS = (
    Attack(
        number=70,
        name="endless-loop",
        goal="never come back",
        shows="the grader waits",
        aims=_HANGS,
        outcomes=("timed_out",),
        source="def convert(x):\n    while True:\n        pass\n",
    ),
    Attack(
        number=70,
        name="endless-questions",
        goal="keep the grader busy with questions, large ones too",
        shows="the grader waits, works on or swells",
        aims=(*_HANGS, Gain.MEMORY),
        outcomes=("timed_out",),
        exercise="after",
        unlike="the control has nobody to ask",
        source="""
import numpy as np
def convert(x):
    return x
def after(x):
    while True:
        convert(x)
        if len(x) == 3: convert(np.zeros(500_000))
""",
    ),
    Attack(
        number=70,
        name="endless-loop-while-loading",
        goal="never come to the questions",
        shows="the grader waits, or what stands below is lost",
        aims=_HANGS,
        outcomes=("failed",),
        source="while True:\n    pass\ndef convert(x):\n    return x\n",
    ),
    Attack(
        number=70,
        name="endless-conversion",
        goal="never come back from what the grader asks of the result",
        shows="the grader waits",
        aims=_HANGS,
        outcomes=("failed",),
        source="""
class Slow:
    def __len__(self):
        while True: pass
    __repr__ = __iter__ = __array__ = __eq__ = __bool__ = __str__ = __float__ = __getattr__ = lambda *a: Slow.__len__(0)
    __hash__ = None
def convert(x):
    return Slow()
""",
    ),
    Attack(
        number=71,
        name="signals-ignored",
        goal="outlive every signal that can be ignored",
        shows="the grader waits",
        aims=_HANGS,
        outcomes=("timed_out",),
        source="""
import signal
for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
    signal.signal(number, signal.SIG_IGN)
def convert(x):
    while True:
        try:
            while True: pass
        except BaseException:
            pass
""",
    ),
    Attack(
        number=72,
        name="blocked-in-c",
        goal="block in C, holding the lock of the interpreter",
        shows="the grader waits",
        aims=_HANGS,
        outcomes=("timed_out",),
        source="import ctypes\ndef convert(x):\n    ctypes.PyDLL(None).sleep(30)\n",
    ),
    Attack(
        number=73,
        name="fork",
        goal="have a second process answer, or stay behind",
        shows="a process left behind, or points",
        aims=(Gain.PROCESS, Gain.POINTS),
        outcomes=("failed", "errored"),
        source="""
import os, time
def convert(x):
    for _ in range(3):
        if os.fork() == 0:
            time.sleep(20)
            os._exit(0)
    return x
""",
        unlike="what starts more processes than it is given back is not run unconfined; E75 is one, and bounded",
    ),
    Attack(
        number=73,
        name="two-that-answer",
        goal="come back twice from a call, so that two processes answer",
        shows="another verdict, or a worker that answers no more",
        aims=(Gain.VERDICT, Gain.BATCH),
        outcomes=("failed", "errored", "crashed"),
        source="import os\ndef convert(x):\n    os.fork()\n    return x\n",
        unlike="what starts more processes than it is given back is not run unconfined; E75 is one, and bounded",
    ),
    Attack(
        number=74,
        name="thread-bomb",
        goal="use up the threads that this user may have",
        shows="the next submission cannot be judged",
        aims=(Gain.BATCH,),
        outcomes=("failed", "errored", "crashed", "out_of_memory", "timed_out"),
        source="""
import threading
def convert(x):
    gate = threading.Event()
    for _ in range(300):
        threading.Thread(target=gate.wait, daemon=True).start()
    return x
""",
        unlike="threads of the control end with it",
    ),
    Attack(
        number=75,
        name="daemon",
        goal="leave a process behind that belongs to nobody",
        shows="that process, after the grader has gone on",
        aims=(Gain.PROCESS,),
        outcomes=("failed", "errored"),
        stopped_from="standard",
        because=_NEW_PROCESSES,
        source="""
import os, time
def convert(x):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.closerange(0, 4096)
            time.sleep(20)
        os._exit(0)
    return x
""",
        instead="""
import os, time
def convert(x):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.closerange(0, 4096)
            time.sleep(3)
        os._exit(0)
    return x
""",
    ),
    Attack(
        number=76,
        name="thread-left-running",
        goal="have the process wait for a thread when it ends",
        shows="the grader waits",
        aims=(Gain.TIME, Gain.BATCH),
        source="""
import threading, time
def convert(x):
    threading.Thread(target=time.sleep, args=(30,)).start()
    return x
""",
    ),
    Attack(
        number=77,
        name="memory-bomb",
        goal="take all memory, piece by piece",
        shows="another verdict than out of memory, or a machine that swaps",
        aims=(Gain.VERDICT, Gain.BATCH),
        outcomes=("out_of_memory",),
        unlike=_LIMITED,
        source="""
def convert(x):
    kept = []
    while True:
        kept.append(bytes(16 << 20))
""",
    ),
    Attack(
        number=78,
        name="lazy-allocation",
        goal="take more than there is without touching it, until it is touched",
        shows="another verdict than out of memory",
        aims=(Gain.VERDICT,),
        outcomes=("out_of_memory",),
        unlike=_LIMITED,
        source="import numpy as np\ndef convert(x):\n    return np.zeros(1 << 36, dtype=np.uint8)\n",
    ),
    Attack(
        number=79,
        name="disk-fill",
        goal="fill the disk (8 MiB of it)",
        shows="a file that stays",
        aims=(Gain.FILE,),
        stopped_from="standard",
        because=SAME_USER,
        source="""
def convert(x):
    for folder in ("@OUTSIDE@", "/dev/shm", "/var/tmp"):
        try:
            with open(folder + "/fill-@TOKEN@", "wb") as file:
                file.write(bytes(8 << 20))
        except OSError:
            pass
    return x
""",
    ),
    Attack(
        number=79,
        name="memory-file",
        goal="keep data in a file that has no name",
        shows="such a file can be made",
        aims=(Gain.ACT,),
        stopped_from="standard",
        because="no filter of calls at `none`",
        source="""
import os
def convert(x):
    try:
        os.write(os.memfd_create("fill"), bytes(1 << 20))
        print("@GOT@")
    except OSError:
        pass
    return x
""",
    ),
    Attack(
        number=80,
        name="output-flood",
        goal="fill the pipe, or the memory of whoever reads it",
        shows="the grader swells or waits",
        aims=(Gain.MEMORY, Gain.TIME),
        outcomes=("errored",),
        source="def convert(x):\n    while True:\n        print('x' * 100_000)\n",
    ),
    Attack(
        number=80,
        name="raw-output-flood",
        goal="the same past Python's streams, from a thread that goes on",
        shows="the grader swells or waits",
        aims=(Gain.MEMORY, Gain.TIME),
        outcomes=("errored", "failed"),
        source="""
import os, threading
def flood():
    while True:
        os.write(2, b"x" * 65536)
def convert(x):
    threading.Thread(target=flood, daemon=True).start()
    import time; time.sleep(0.4)
    return x
""",
        unlike="threads of the control end with it; E80 of the plain kind is the same",
    ),
    Attack(
        number=81,
        name="closed-and-hanging",
        goal="close its output, then hang: whoever waits for its end waits",
        shows="the grader waits",
        aims=_HANGS,
        outcomes=("timed_out",),
        source="""
import os, sys
def convert(x):
    sys.stdout.close()
    os.close(1); os.close(2)
    while True: pass
""",
    ),
    Attack(
        number=81,
        name="pipe-closed-and-hanging",
        goal="close the pipe that answers go through, then hang",
        shows="the grader waits",
        aims=_HANGS,
        outcomes=("crashed",),
        source="import os, time\ndef convert(x):\n    os.closerange(3, 4096)\n    time.sleep(30)\n",
        unlike="the control has no such pipe",
    ),
    Attack(
        number=82,
        name="witness-killed",
        goal="end another process of the same user",
        shows="that process is gone",
        aims=(Gain.PROCESS,),
        outcomes=("failed", "errored"),
        stopped_from="standard",
        because=SAME_USER,
        source="""
import os, signal
def convert(x):
    try:
        os.kill(@WITNESS@, signal.SIGKILL)
    except OSError:
        pass
    return x
""",
    ),
    Attack(
        number=82,
        name="everybody-signalled",
        goal="signal every process that it can reach (with signal 0, which does no harm)",
        shows="there is one that it may signal",
        aims=(Gain.ACT,),
        outcomes=("failed", "errored"),
        stopped_from="standard",
        because=SAME_USER,
        source="""
import os
def convert(x):
    for number in (-1, @WITNESS@):
        try:
            os.kill(number, 0)
            print("@GOT@")
        except OSError:
            pass
    return x
""",
    ),
    Attack(
        number=82,
        name="parent-killed",
        goal="end the process that starts submissions",
        shows="the next submission is not judged, or this one is not",
        aims=(Gain.VERDICT, Gain.BATCH),
        outcomes=("failed", "errored", "crashed"),
        stopped_from="standard",
        because=SAME_USER + "; the submission itself is then not judged, and the next one by a new process",
        source="""
import os, signal
def convert(x):
    try:
        if os.getppid() > 1:
            os.kill(os.getppid(), signal.SIGKILL)
    except OSError:
        pass
    return x
""",
        unlike="the parent of the control is what holds its limits",
    ),
    Attack(
        number=82,
        name="suicide",
        goal="look as if it had been ended by the grader",
        shows="a verdict that is not the submission's own fault",
        aims=(Gain.VERDICT,),
        outcomes=("crashed", "out_of_memory", "errored", "failed"),  # the first of its own namespace cannot end itself
        source="import os, signal\ndef convert(x):\n    os.kill(os.getpid(), signal.SIGKILL)\n",
        unlike="the control takes it for a failure as well",
    ),
    Attack(
        number=83,
        name="segmentation-fault",
        goal="crash the process that grades",
        shows="no verdict, or not that of a crash",
        aims=(Gain.VERDICT, Gain.BATCH),
        outcomes=("crashed",),
        source="import ctypes\ndef convert(x):\n    ctypes.string_at(0)\n",
    ),
    Attack(
        number=83,
        name="stack-overflow",
        goal="crash it by recursion in C",
        shows="no verdict, or not that of a crash",
        aims=(Gain.VERDICT, Gain.BATCH),
        outcomes=("crashed", "out_of_memory", "errored"),
        source="""
import sys
sys.setrecursionlimit(1 << 30)
class Deep:
    def __getattr__(self, name): return getattr(self, name + "x")
def convert(x):
    return Deep().y
""",
    ),
    Attack(
        number=84,
        name="descriptors",
        goal="use up all descriptors",
        shows="the grader has none left",
        aims=(Gain.VERDICT, Gain.BATCH),
        outcomes=("errored",),
        source="""
import os
kept = []
def convert(x):
    for _ in range(200_000):
        kept.append(os.open("/dev/null", os.O_RDONLY))
    return x
""",
        unlike="what the control runs out of it gets back with its end",
    ),
    Attack(
        number=84,
        name="deep-folders",
        goal="leave folders so deep that whoever removes them fails",
        shows="the grader ends with an exception, or the folders stay",
        aims=(Gain.FILE, Gain.BATCH),
        outcomes=("failed", "errored", "timed_out"),  # a slow disk takes longer than a call may
        source="""
import os
def convert(x):
    os.chdir(os.environ["HOME"])
    for _ in range(1500):
        os.mkdir("d")
        os.chdir("d")
    return x
""",
        unlike="whoever cleans up after the control would fail as well",
    ),
    _call(
        85,
        "io-uring",
        "use an interface of the kernel that filters do not see",
        425,
        425,
        "8, ctypes.create_string_buffer(256)",
    ),
    _call(85, "user-namespace", "become root in a namespace of its own", 272, 97, "0x10000000"),
    _call(
        85,
        "bpf",
        "load a program into the kernel",
        321,
        280,
        "0, ctypes.create_string_buffer(b'\\1\\0\\0\\0\\4\\0\\0\\0\\4\\0\\0\\0\\1\\0\\0\\0', 128), 128",
    ),
    _call(
        85,
        "perf-events",
        "watch other processes' events",
        298,
        241,
        "ctypes.create_string_buffer(b'\\1\\0\\0\\0\\x70\\0\\0\\0', 128), 0, -1, -1, 0",
    ),
    _call(85, "keyring", "keep a key that outlives the process", 248, 217, "b'user', b'@TOKEN@', b'secret', 6, -2"),
    Attack(
        number=86,
        name="32-bit-calls",
        goal="call the kernel by its other entry, whose numbers mean something else",
        shows="such a call is answered",
        aims=(Gain.ACT, Gain.VERDICT),
        outcomes=("crashed", "failed"),
        stopped_from="standard",
        because="no filter of calls at `none`",
        source="""
import ctypes, mmap, platform
def convert(x):
    if platform.machine() != "x86_64":
        return x
    page = mmap.mmap(-1, 4096, prot=7)
    page.write(bytes.fromhex("53b814000000cd805bc3"))  # push rbx; mov eax, 20 (getpid); int 0x80; pop rbx; ret
    call = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))
    if call() > 0:
        print("@GOT@", flush=True)
    return x
""",
        unlike="a kernel without 32-bit calls ends the process by itself",
    ),
    _call(
        86,
        "x32-calls",
        "the same by x32's numbers",
        0x40000000 + 39,
        0x40000000 + 39,
        "0",
        outcomes=("crashed", "failed"),
    ),
    _call(
        87,
        "high-half",
        "hide a process's number behind a high half that a filter does not look at",
        62,
        129,
        "ctypes.c_ulong(@WITNESS@ | 1 << 32), ctypes.c_ulong(0)",
        outcomes=("failed", "errored"),
    ),
    _call(
        87,
        "high-half-of-clone",
        "start a process with a flag in the high half (where no process can be started, it is refused)",
        56,
        220,
        "ctypes.c_ulong(17 | 1 << 33), 0, 0, 0, 0",
        outcomes=("failed", "errored", "crashed"),
    ),
    Attack(
        number=88,
        name="limits-raised",
        goal="raise its own limits",
        shows="the limit on memory is gone",
        aims=(Gain.ACT,),
        stopped_from="standard",
        because="root may raise its own limits; another user may not",
        source="""
import resource
def convert(x):
    try:
        resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        print("@GOT@")
    except (ValueError, OSError):
        pass
    return x
""",
        unlike="for another user than root the kernel refuses it by itself",
    ),
)
