"""What other platforms grade with: an archive for Gradescope, a script for Classroom 50, a workflow for GitHub.

numgrade is in each of them, as it is installed here; what it needs comes from the package index, in the versions that
are installed here.
"""

from __future__ import annotations

import base64
import sys
from collections.abc import Sequence
from typing import Any, Final

import grader
from grader import codec
from grader.authoring.archive import archive
from grader.authoring.wheel import CONSTRAINTS, WHEEL, installed
from grader.course.key import Handout
from grader.course.templates import render
from grader.grading.keys import HANDOUT_FILE
from grader.grading.pack import PACK_FILE
from grader.observe.packages import requirements

__all__ = ["classroom50_script", "github_files", "gradescope_archive"]

_PROGRAMS: Final = ("setup.sh", "run_autograder")
_WIDTH: Final = 120  # of the lines of what a script carries


def gradescope_archive(pack: bytes, modules: Sequence[str] = ()) -> bytes:
    """Gradescope's autograder, as a zip archive; `pack` is of `grader.grading.pack`, `modules` are its packages'."""
    texts = {
        "setup.sh": _rendered("gradescope-setup.sh.j2", modules),
        "run_autograder": _rendered("gradescope-run.sh.j2", modules),
    }
    files = {name: text.encode() for name, text in texts.items()} | dict(installed(modules)) | {PACK_FILE: pack}
    return archive(files, programs=_PROGRAMS)


def classroom50_script(pack: bytes, modules: Sequence[str] = ()) -> bytes:
    """Classroom 50's `autograder.py`: one file that carries all it needs."""
    carried = base64.b64encode(archive({**installed(modules), PACK_FILE: pack})).decode()
    lines = [carried[start : start + _WIDTH] for start in range(0, len(carried), _WIDTH)]
    return _rendered("classroom50.py.j2", modules, carried="\n".join(lines)).encode()


def github_files(handout: Handout) -> dict[str, dict[str, bytes]]:
    """By folder of a repository, the files with which GitHub gives feedback on every push: the public part alone."""
    modules = [module for key in handout.keys for module in key.packages.values()]
    return {
        ".github/workflows": {"grade.yml": _rendered("github-workflow.yml.j2", modules).encode()},
        ".github/numgrade": {**installed(modules), HANDOUT_FILE: codec.to_bytes(handout)},
    }


def _rendered(template: str, modules: Sequence[str], **more: Any) -> str:
    return render(
        template,
        version=grader.__version__,
        python=f"{sys.version_info.major}.{sys.version_info.minor}",
        wheel=WHEEL,
        constraints=CONSTRAINTS,
        pack=PACK_FILE,
        packages=list(requirements(modules)),
        **more,
    )
