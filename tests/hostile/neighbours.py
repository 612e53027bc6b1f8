"""Group H: attacks on the submissions that come after, or run beside it."""

from __future__ import annotations

from hostile.attack import SAME_USER, Attack, Gain

__all__ = ["ATTACKS"]

ATTACKS = (
    Attack(
        number=111,
        name="memory-of-the-zygote",
        goal="open the memory of the process that the next child is forked from",
        shows="it can be opened for writing",
        aims=(Gain.ACT,),
        stopped_from="standard",
        because=SAME_USER,
        source="""
import os
def convert(x):
    if os.getppid() > 0:
        try:
            os.close(os.open(f"/proc/{os.getppid()}/mem", os.O_RDWR))
            print("@GOT@")
        except OSError:
            pass
    return x
""",
    ),
    Attack(
        number=111,
        name="zygote-stopped",
        goal="stop the process that starts submissions",
        shows="the next submission waits",
        aims=(Gain.BATCH, Gain.TIME),
        stopped_from="standard",
        because=SAME_USER,
        spares={"none": "a stopped zygote holds the suite for the patience that there is with it"},
        outcomes=("failed", "errored"),
        source="""
import os, signal
def convert(x):
    if os.getppid() > 0:
        try:
            os.kill(os.getppid(), signal.SIGSTOP)
        except OSError:
            pass
    return x
""",
        unlike="the parent of the control is what holds its limits",
    ),
    Attack(
        number=112,
        name="file-for-a-friend",
        goal="leave a note where the next submission finds it",
        shows="the friend reads it",
        aims=(Gain.ACT, Gain.FILE),
        stopped_from="standard",
        because=SAME_USER,
        source="""
def convert(x):
    for folder in ("@OUTSIDE@", "/dev/shm", "/tmp", "/var/tmp", "."):
        try:
            with open(folder + "/note-@TOKEN@", "w") as file:
                file.write("@GOT@")
        except OSError:
            pass
    return x
""",
        friend="""
def convert(x):
    for folder in ("@OUTSIDE@", "/dev/shm", "/tmp", "/var/tmp", "."):
        try:
            print(open(folder + "/note-@TOKEN@").read())
        except OSError:
            pass
    return x
""",
    ),
    Attack(
        number=112,
        name="segment-for-a-friend",
        goal="leave a note in shared memory",
        shows="the segment is there afterwards",
        aims=(Gain.ACT,),
        stopped_from="standard",
        because=SAME_USER,
        source="""
import ctypes
C = ctypes.CDLL(None)
def convert(x):
    number = C.shmget(0x6e61, 4096, 0o1666)
    if number >= 0:
        print("@GOT@")
        C.shmctl(number, 0, None)
    return x
""",
    ),
    Attack(
        number=112,
        name="socket-for-a-friend",
        goal="listen on a socket that is in no folder",
        shows="it can be made",
        aims=(Gain.ACT,),
        stopped_from="standard",
        because=SAME_USER,
        source="""
import socket
def convert(x):
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind("\\0hostile-@TOKEN@")
            listener.listen()
            print("@GOT@")
    except OSError:
        pass
    return x
""",
    ),
    Attack(
        number=112,
        name="changed-modules",
        goal="leave numpy changed for the next submission",
        shows="the next one sees the change",
        aims=(Gain.ACT, Gain.BATCH),
        source="""
import numpy as np, builtins, sys
np.left_behind = builtins.left_behind = sys.left_behind = "@GOT@"
np.sum = np.mean = lambda *a, **k: 0.0
def convert(x):
    return x
""",
        friend="""
import numpy as np, builtins, sys
def convert(x):
    print([getattr(place, "left_behind", None) for place in (np, builtins, sys)])
    return x
""",
        unlike="the control starts a process for each submission, too",
    ),
    Attack(
        number=113,
        name="inherited-descriptors",
        goal="use the offsets and locks of files that several processes have open",
        shows="an open file or socket that is not its own",
        aims=(Gain.ACT,),
        source="""
import os, stat
def convert(x):
    for number in range(0, 4096):
        try:
            mode = os.fstat(number).st_mode
        except OSError:
            continue
        if stat.S_ISREG(mode) or stat.S_ISSOCK(mode) or stat.S_ISDIR(mode):
            print("@GOT@", number, oct(mode))
    return x
""",
        unlike="what the control has open depends on who started it",
    ),
)
