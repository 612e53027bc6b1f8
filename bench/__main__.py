"""Measure, and write docs/benchmarks.md: `python -m bench`. The other graders are installed at the first run.

python -m bench                      all parts
python -m bench peers --rounds 5     the same submissions through every grader
python -m bench peers --only pytest  one of them; nothing is written
python -m bench growth --only class --most 100000
python -m bench start
python -m bench alike
python -m bench chance
python -m bench before
python -m bench serving --gradebook postgresql:///grades
"""

from __future__ import annotations

import argparse
import datetime
import os
import sys
from collections.abc import Sequence
from typing import Protocol, TypeVar

from bench import alike, before, chance, serving, start
from bench.growth import KINDS, grown
from bench.measure import measured
from bench.page import (
    PAGE,
    alike_part,
    before_part,
    chance_part,
    growth_part,
    measured_on,
    peers_part,
    replaced,
    serving_part,
    start_part,
)
from bench.peers.every import SLOW, every
from bench.peers.submissions import MOST, Work, works
from bench.plot import figure


class _Named(Protocol):
    @property
    def name(self) -> str: ...


N = TypeVar("N", bound=_Named)
PARTS = ("peers", "growth", "start", "alike", "chance", "before", "serving")


def main() -> int:
    options = _options()
    where = measured_on(datetime.datetime.now(tz=datetime.UTC).date(), os.getloadavg()[0])
    made = {
        "peers": _peers,
        "growth": _growth,
        "start": _start,
        "alike": _alike,
        "chance": _chance,
        "before": _before,
        "serving": _serving,
    }
    for part in [options.part] if options.part else PARTS:
        text = made[part](options, where)
        print(text, end="\n\n", flush=True)
        if not options.only:
            place = f"{part} from a database" if options.gradebook else part
            PAGE.write_text(replaced(PAGE.read_text(encoding="utf-8"), place, text), encoding="utf-8")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("part", nargs="?", choices=PARTS, help="one part; else all")
    parser.add_argument("--rounds", type=int, default=3, help="of the graders, in turns (3)")
    parser.add_argument("--class-size", type=int, default=MOST, help=f"submissions, at most {MOST} ({MOST})")
    parser.add_argument("--submissions", type=int, default=10, help=f"through {' and '.join(sorted(SLOW))} (10)")
    parser.add_argument("--only", metavar="NAME", help="one grader, or one kind of growth; the page stays as it is")
    parser.add_argument("--most", type=int, help="the largest size of what grows")
    parser.add_argument("--gradebook", metavar="URL", help="an empty database that `serving` serves from, not a file")
    options = parser.parse_args()
    if options.gradebook and options.part != "serving":
        parser.error("--gradebook is for `serving`")
    if not 1 <= options.class_size <= MOST or min(options.rounds, options.submissions) < 1:
        parser.error(f"--class-size is from 1 to {MOST}; --rounds and --submissions are at least 1")
    return options


def _peers(options: argparse.Namespace, where: str) -> str:
    def given(name: str) -> Sequence[Work]:
        return works(min(options.class_size, options.submissions) if name in SLOW else options.class_size)

    chosen = _named(every(), options.only)
    return peers_part(measured(chosen, given, options.rounds, _say), where)


def _growth(options: argparse.Namespace, where: str) -> str:
    chosen = [(kind.name, kind.what, list(grown(kind, options.most, _say))) for kind in _named(KINDS, options.only)]
    for name, what, points in chosen:
        if not options.only:
            (PAGE.parent / "pictures" / f"growth-{name}.svg").write_text(figure(points, what), encoding="utf-8")
    return growth_part(chosen, where)


def _start(options: argparse.Namespace, where: str) -> str:
    return start_part(start.measured(start.ROUNDS), where)


def _alike(options: argparse.Namespace, where: str) -> str:
    return alike_part(alike.measured(options.rounds), alike.CLASS, where)


def _chance(options: argparse.Namespace, where: str) -> str:
    return chance_part(chance.measured(options.most or chance.RUNS, _say), where)


def _before(options: argparse.Namespace, where: str) -> str:
    if options.class_size <= before.WARM:
        raise SystemExit(f"bench: --class-size has to be above {before.WARM}, whose cost is taken off the class's")
    largest = options.most or before.LARGEST
    return before_part(before.measured(options.rounds, options.class_size, largest, _say), options.class_size, where)


def _serving(options: argparse.Namespace, where: str) -> str:
    return serving_part(list(serving.measured(serving.loads(options.gradebook), options.gradebook, _say)), where)


def _named(things: Sequence[N], name: str | None) -> list[N]:
    found = [thing for thing in things if name in (None, thing.name)]
    if not found:
        raise SystemExit(f"bench: nothing is called {name}; there are {', '.join(thing.name for thing in things)}")
    return found


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
