# ruff: noqa: E501 — attacks are as whoever makes them writes them
"""Group F, as far as a submission's own files are the attack. Archives are in `test_archives.py`."""

from __future__ import annotations

import json
import os
import sysconfig

from hostile.attack import SAME_USER, Attack, Gain

__all__ = ["ATTACKS"]

_ZEROS = "import numpy as np\ndef convert(x):\n    return np.zeros(x.shape)\n"
_PATCH = "import numpy as np\nnp.allclose = lambda *a, **k: True\n"
_BYTES = "the control hands bytes to Python, which refuses these by itself"
_NO_NOTEBOOKS = "the control reads no notebooks"
_MAY_INSTALL = os.access(sysconfig.get_path("purelib"), os.W_OK)


def _notebook(*cells: str, **more: object) -> str:
    """A notebook with these code cells, and whatever else."""
    return json.dumps(
        {
            "nbformat": 4,
            "nbformat_minor": 5,
            "metadata": {
                "kernelspec": {
                    "name": "evil",
                    "display_name": "$(touch @OUTSIDE@/kernel)",
                    "argv": ["touch", "@OUTSIDE@/kernel"],
                }
            },
            "cells": [
                {
                    "cell_type": "code",
                    "id": f"c{number}",
                    "execution_count": None,
                    "metadata": {"tags": ["hide"], "name": "\u001b[2J"},
                    "source": text,
                    "outputs": [
                        {
                            "output_type": "display_data",
                            "metadata": {},
                            "data": {"text/html": "<script>alert(1)</script>"},
                        }
                    ],
                }
                for number, text in enumerate(cells)
            ],
            **more,
        }
    )


ATTACKS = (
    Attack(
        number=92,
        name="shadowed-numpy",
        goal="be imported in numpy's place",
        shows="points for zeros, since the student's numpy compares",
        aims=(Gain.POINTS, Gain.BATCH),
        files=dict.fromkeys(
            ("numpy.py", "csv.py", "pickle.py", "grader.py", "msgspec.py"), f"{_PATCH}print('score 99/3')\n"
        ),
        source=_ZEROS,
        instead=_ZEROS,
    ),
    Attack(
        number=92,
        name="sitecustomize",
        goal="be loaded when the next interpreter starts",
        shows="points for zeros, or a file",
        aims=(Gain.POINTS, Gain.FILE),
        files={
            name: f"{_PATCH}open('@OUTSIDE@/{name}', 'w').close()\n"
            for name in ("sitecustomize.py", "usercustomize.py", "conftest.py", "__main__.py", "__init__.py")
        },
        source=_ZEROS,
        stopped_from="none",
    ),
    Attack(
        number=93,
        name="nul-byte",
        goal="have everything behind a NUL overlooked",
        shows="another verdict than that it cannot be read",
        aims=(Gain.VERDICT,),
        outcomes=("errored",),
        source=b"def convert(x):\n    return x\n\0\nimport os\n",
        unlike=_BYTES,
    ),
    Attack(
        number=93,
        name="utf-16",
        goal="be read by one as one text and by another as another",
        shows="another verdict than that it cannot be read",
        aims=(Gain.VERDICT,),
        outcomes=("errored",),
        source="def convert(x):\n    return x\n".encode("utf-16"),
        unlike=_BYTES,
    ),
    Attack(
        number=93,
        name="carriage-returns",
        goal="hide code behind a comment that ends only for Python",
        shows="points; the lines are what they are for everybody",
        aims=(Gain.POINTS, Gain.VERDICT),
        source=b"# harmless\rimport numpy as np\rdef convert(x):\r    return np.zeros(x.shape) # \x0c\r",
        unlike=_BYTES,
    ),
    Attack(
        number=94,
        name="coding-cookie",
        goal="hide code in what is a comment for every reader",
        shows="points for zeros: the hidden code patched np.allclose",
        aims=(Gain.POINTS,),
        source=b"# coding: raw_unicode_escape\n#\\u000aimport numpy\\u000anumpy.allclose = lambda *a, **k: True\n"
        + _ZEROS.encode(),
    ),
    Attack(
        number=94,
        name="utf-7-cookie",
        goal="the same in UTF-7",
        shows="points for zeros: the hidden code patched np.allclose",
        aims=(Gain.POINTS,),
        source=b"# coding: utf-7\n#+AAo-import numpy+AAo-numpy.allclose +AD0- lambda +ACo-a, +ACoAKg-k: True\n"
        + _ZEROS.encode(),
    ),
    Attack(
        number=95,
        name="bidirectional-text",
        goal="show a reader another order of characters than Python sees",
        shows="a mark of direction on a screen or in a file",
        aims=(Gain.SCREEN,),
        outcomes=("errored",),
        source="def convert(x):\n    raise ValueError('\u202egnp.\u2066 \u200b\u00ad\ufeff safe') # \u202e\u2066 }\u2069\n",
    ),
    Attack(
        number=96,
        name="deep-brackets",
        goal="end the parser of whoever reads the source",
        shows="the grader ends",
        aims=(Gain.BATCH, Gain.VERDICT),
        outcomes=("errored",),
        source="def convert(x):\n    return " + "(" * 50_000 + "x" + ")" * 50_000 + "\n",
    ),
    Attack(
        number=96,
        name="deep-signs",
        goal="the same past the parser, in what walks its tree",
        shows="the grader ends",
        aims=(Gain.BATCH, Gain.VERDICT),
        outcomes=("errored",),
        source="def convert(x):\n    return " + "-" * 200_000 + "x\n",
    ),
    Attack(
        number=96,
        name="broken-ten-thousand-times",
        goal="hold whoever looks for what can be saved of a broken file",
        shows="the grader is held up",
        aims=(Gain.TIME,),
        outcomes=("errored", "failed"),
        source="x = (\n" * 3_000 + "def f(:\n" * 3_000 + "def convert(x):\n    return x\n",
        unlike="the control saves nothing of a broken file",
    ),
    Attack(
        number=97,
        name="notebook-metadata",
        goal="have a kernel of its own started, or its outputs shown",
        shows="a file, or a script in what is shown",
        aims=(Gain.FILE, Gain.SCREEN),
        file="work.ipynb",
        source=_notebook("def convert(x):\n    return x\n"),
        unlike=_NO_NOTEBOOKS,
    ),
    Attack(
        number=97,
        name="notebook-bomb",
        goal="swell in whoever parses it",
        shows="the grader swells, or ends",
        aims=(Gain.MEMORY, Gain.BATCH),
        outcomes=("errored",),
        file="work.ipynb",
        source='{"nbformat": 4, "cells": ' + "[" * 100_000 + "]" * 100_000 + "}",
        unlike=_NO_NOTEBOOKS,
    ),
    Attack(
        number=98,
        name="magics",
        goal="have a shell started by a notebook's magic",
        shows="a file that the shell made",
        aims=(Gain.FILE,),
        file="work.ipynb",
        source=_notebook(
            "!touch @OUTSIDE@/magic\n%run @OUTSIDE@/evil.py\nfiles = !touch @OUTSIDE@/assigned\n",
            "%%bash\ntouch @OUTSIDE@/bash\n",
            "%%writefile @OUTSIDE@/written\nx\n",
            "%%time\nget_ipython().system('touch @OUTSIDE@/system')\ndef convert(x):\n    return x\n",
        ),
        unlike=_NO_NOTEBOOKS,
    ),
    Attack(
        number=99,
        name="poisoned-packages",
        goal="leave code where the next interpreter loads it",
        shows="a file among the installed packages",
        aims=(Gain.ACT,),
        stopped_from="standard",
        because=SAME_USER,
        unlike="" if _MAY_INSTALL else "the packages that are installed here are another user's",
        source="""
import importlib.util, os, sys
import numpy
def convert(x):
    places = [os.path.dirname(os.path.dirname(numpy.__file__)), *(path for path in sys.path if path.endswith("site-packages")), os.path.dirname(sys.modules["grader"].__file__) if "grader" in sys.modules else "/usr/lib"]
    for place in places:
        name = os.path.join(place, "hostile-@TOKEN@.pth")
        try:
            open(name, "w").close()
            print("@GOT@")
            os.remove(name)
        except OSError:
            pass
    return x
""",
    ),
    Attack(
        number=99,
        name="poisoned-home",
        goal="leave settings where the next submission finds them",
        shows="a file in the home folder that the next one sees",
        aims=(Gain.ACT,),
        source="""
import os
def convert(x):
    for name in (".pythonrc", ".config/matplotlib/matplotlibrc", "numpy.py"):
        try:
            path = os.path.join(os.environ["HOME"], name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            open(path, "w").close()
        except OSError:
            pass
    return x
""",
        friend="""
import os
def convert(x):
    print([("@GOT@", name) for _, _, names in os.walk(os.environ["HOME"]) for name in names])
    return x
""",
        unlike="the control gives each submission a folder of its own, and keeps its home",
    ),
)
