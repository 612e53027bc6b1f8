"""docs/benchmarks.md: parts between marks, each written anew by the run that measured it."""

from __future__ import annotations

import datetime
import statistics
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from bench.before import LARGER, Row
from bench.chance import Counted
from bench.machine import described
from bench.measure import Measured
from bench.peers.every import FLOOR, OURS
from bench.plot import Point
from bench.serving import STUDENTS, Outcome

__all__ = [
    "PAGE",
    "alike_part",
    "before_part",
    "chance_part",
    "growth_part",
    "measured_on",
    "peers_part",
    "replaced",
    "serving_part",
    "start_part",
]

PAGE: Final = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"


def replaced(page: str, part: str, text: str) -> str:
    """The page with this part in place of the one that it has."""
    begin, end = f"<!-- {part}: made by python -m bench -->\n", f"<!-- end of {part} -->"
    before, found, rest = page.partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"{PAGE.name}: no part {part}; write {begin.strip()} and {end} where it belongs")
    return f"{before}{begin}\n{text.strip()}\n\n{end}{after}"


def measured_on(day: datetime.date, load: float) -> str:
    """When, on what, and beside how much else."""
    return f"{day.isoformat()}, {described()}; load {load:.1f} when it began."


def peers_part(rows: Sequence[Measured], where: str) -> str:
    """The table, the slowest last, and what could not be measured."""
    done = sorted((row for row in rows if row.seconds), key=lambda row: row.median)
    left = [row for row in rows if not row.seconds]
    return "\n".join([where, "", *_table(done), "", *_versions(done), "", *_left(left)])


def _table(rows: Sequence[Measured]) -> Iterator[str]:
    yield "| grader | submissions | seconds: median (least–most) | ms a submission | × floor | × ours | peak memory |"
    yield "| --- | --: | --: | --: | --: | --: | --: |"
    by_name = {row.name: row.median for row in rows}
    for row in rows:
        seconds = f"{statistics.median(row.seconds):.2f} ({min(row.seconds):.2f}–{max(row.seconds):.2f})"
        ratios = [_ratio(row.median, by_name.get(name)) for name in (FLOOR, OURS)]
        cells = [row.name, str(row.submissions), seconds, f"{row.median * 1e3:.1f}", *ratios, f"{row.peak >> 20} MiB"]
        yield f"| {' | '.join(cells)} |"


def _ratio(value: float, base: float | None) -> str:
    if base is None:
        return "–"
    return f"{value / base:.2f}" if value < 10 * base else f"{value / base:.0f}"


def _versions(rows: Sequence[Measured]) -> Iterator[str]:
    yield from (f"- **{row.name}** ({row.versions}): {row.about}." for row in rows)


def _left(rows: Sequence[Measured]) -> Iterator[str]:
    if rows:
        yield "Not measured:"
        yield ""
    yield from (f"- **{row.name}**: {row.reason or 'no round was run'}" for row in rows)


def growth_part(grown: Sequence[tuple[str, str, Sequence[Point]]], where: str) -> str:
    """For each kind: its name, what it counts, and what each size cost."""
    lines = [where]
    for name, what, points in grown:
        lines += ["", f"![{what}: seconds and MiB](pictures/growth-{name}.svg)", ""]
        lines += [f"| {what} | seconds | peak memory |", "| --: | --: | --: |"]
        lines += [f"| {point.size:,} | {point.seconds:.2f} | {point.bytes / 2**20:,.0f} MiB |" for point in points]
    return "\n".join(lines)


def start_part(rows: Sequence[tuple[str, float, float]], where: str) -> str:
    """For each command: seconds to the first thing that it says, and to its end."""
    lines = [where, "", "| command | first line | end | × numpy's import |", "| --- | --: | --: | --: |"]
    base = rows[0][2]
    for name, first, end in rows:
        begun = "" if first == end else f"{first * 1e3:.0f} ms"
        lines.append(f"| `{name}` | {begun} | {end * 1e3:.0f} ms | {end / base:.1f} |")
    return "\n".join(lines)


def alike_part(rows: Sequence[tuple[str, float]], count: int, where: str) -> str:
    """For each way of judging a class that is largely alike: processor time a submission."""
    lines = [
        where,
        "",
        f"| calls ({count} submissions) | processor time a submission | × shared |",
        "| --- | --: | --: |",
    ]
    base = rows[0][1]
    lines += [f"| {name} | {taken:.1f} ms | {taken / base:.2f} |" for name, taken in rows]
    return "\n".join(lines)


def chance_part(rows: Iterable[Counted], where: str) -> str:
    """How often each random exercise's reference failed, and the chance that right work loses a point."""
    lines = [
        where,
        "",
        "| exercise | scored cases | calls a run | runs | failed | right work loses a point in at most one of |",
        "| --- | --: | --: | --: | --: | --: |",
    ]
    for row in rows:
        figures = (row.cases, row.samples, row.runs, row.failed, round(1 / row.bound))
        lines.append(f"| `{row.exercise}` | {' | '.join(f'{figure:,}' for figure in figures)} |")
    return "\n".join(lines)


def before_part(rows: Sequence[Row], size: int, where: str) -> str:
    """What each thing cost the earlier build and costs now, and beside what."""
    lines = [
        f"{where} Classes of {size}, and as in life of {LARGER * size}.",
        "",
        "| cost | earlier | now | times as fast | now, beside something else |",
        "| --- | --: | --: | --: | --- |",
    ]
    for row in rows:
        other = row.beside and f"{row.now / row.beside.cost:.2f} × {row.beside.name} ({row.beside.cost:.1f} {row.unit})"
        figures = (f"{row.earlier:.1f} {row.unit}", f"{row.now:.1f} {row.unit}", f"{row.earlier / row.now:.2f}")
        lines.append(f"| {' | '.join((row.what, *figures, other or ''))} |")
    return "\n".join(lines)


def serving_part(outcomes: Sequence[Outcome], where: str) -> str:
    """What became of each load: what was taken in, what was not, and how soon its result was there."""
    lines = [
        f"{where} {STUDENTS} students, two in five of the submissions wrong.",
        "",
        "| load | a second | handed in | refused | no answer | taken in | judged | out of order | median | 95 % |",
        f"| --- |{' --: |' * 9}",
    ]
    for one in outcomes:
        sent = one.taken + one.refused + one.unanswered
        counts = (one.refused, one.unanswered, one.taken, one.judged, one.out_of_order)
        times = (f"{one.percentile(share):.2f} s" for share in (50, 95))
        cells = (one.load.name, f"{one.load.rate:g}", f"{sent:,}", *(f"{count:,}" for count in counts), *times)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)
