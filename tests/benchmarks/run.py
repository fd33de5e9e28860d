"""Measure tracker against its baselines, as whole processes, in turns with them.

    python tests/benchmarks/run.py --folder /var/tmp/tracker-benchmarks --people 10000 1000000 --runs 5

Prints a table (`--markdown`: for a note or an issue). A ratio above its budget is marked; nothing fails.
"""

import argparse
import os
import platform
import shutil
import sqlite3
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Final

import keeping_safe  # noqa: F401  (adds its group)
from cases import GROUPS, HOUSE, Baseline, Bench, Case
from measuring import Command, Failed, Measured, interleaved

HEADER: Final = ("tracker", "took", "against", "took", "ratio", "processor", "budget", "", "peak MiB")
LONG: Final = 10  # seconds from which milliseconds say nothing


def _seconds(measured: Measured) -> str:
    middle, low, high = measured.middle, min(measured.seconds), max(measured.seconds)
    if middle < LONG:
        return f"{middle * 1000:.0f} ms ({low * 1000:.0f}–{high * 1000:.0f})"
    return f"{middle:.1f} s ({low:.1f}–{high:.1f})"


def _line(case: Case, baseline: Baseline, ours: Measured, theirs: Measured) -> tuple[str, ...]:
    ratio = ours.middle / theirs.middle
    work = median(ours.processor) / median(theirs.processor)
    budget = "–" if baseline.budget is None else f"{baseline.budget:g} ×"
    verdict = "" if baseline.budget is None else "ok" if ratio <= baseline.budget else "OVER"
    peaks = f"{ours.peak:.0f} / {theirs.peak:.0f}"
    return (
        case.name,
        _seconds(ours),
        baseline.name,
        _seconds(theirs),
        f"{ratio:.2f} ×",
        f"{work:.2f} ×",
        budget,
        verdict,
        peaks,
    )


def _measured(bench: Bench, case: Case) -> list[tuple[str, ...]]:
    turns = {"ours": case.ours, **{one.name: [one.command] for one in case.against}}
    found = interleaved(turns, bench.runs)
    lines = [_line(case, one, found["ours"], found[one.name]) for one in case.against]
    return [lines[0], *(("", "", *line[2:]) for line in lines[1:])]


def measured_group(bench: Bench, name: str) -> list[tuple[str, ...]]:
    """Measure one group; what cannot run gets a line that says so."""
    lines: list[tuple[str, ...]] = []
    try:
        for case in GROUPS[name](bench):
            lines += _measured(bench, case)
            print(f"  {bench.people}: {case.name}: {lines[-1][4]}", file=sys.stderr)
    except Failed as problem:
        print(f"  {bench.people}: {name} cannot be measured: {problem}", file=sys.stderr)
        lines.append((name, "cannot be measured", *[""] * (len(HEADER) - 2)))
    return lines


def written(title: str, lines: Sequence[Sequence[str]], *, markdown: bool) -> str:
    """Return the lines as an aligned table, in Markdown too."""
    table = [HEADER, *lines]
    wide = [max(len(line[place]) for line in table) for place in range(len(HEADER))]
    texts = ["  ".join(cell.ljust(width) for cell, width in zip(line, wide, strict=True)).rstrip() for line in table]
    if markdown:
        texts = [f"| {' | '.join(line)} |" for line in table]
        texts.insert(1, f"|{'---|' * len(HEADER)}")
    return "\n".join([f"**{title}**\n" if markdown else title, *texts, ""])


def machine() -> str:
    """Return on what this was measured."""
    return (
        f"{os.cpu_count()} CPUs ({platform.machine()}), load {os.getloadavg()[0]:.1f} at the end, Python {platform.python_version()},"
        f" SQLite {sqlite3.sqlite_version}, {datetime.now().astimezone():%Y-%m-%d %H:%M}."
        " Median (fastest–slowest), start to exit; processor: ratio of processor time; peak MiB: tracker / baseline."
    )


def prepared(folder: Path, people: int) -> Path:
    """Return the record of so many people, made now if it is not there, by a process of its own: this one stays small."""
    record = folder / f"people-{people}.db"
    if not record.exists():
        print(f"  making {record}", file=sys.stderr)
        words = [sys.executable, str(Path(__file__).with_name("generate.py")), str(record), "--people", str(people)]
        Command(words, environ={"PYTHONPATH": str(HOUSE)}).run()
    return record


def main() -> None:
    """Generate what is missing, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--folder",
        type=Path,
        required=True,
        help="where generated records and scratch files are kept (7 GB for a million)",
    )
    parser.add_argument("--people", type=int, nargs="+", default=[10_000, 1_000_000])
    parser.add_argument("--only", nargs="+", choices=GROUPS, default=list(GROUPS))
    parser.add_argument("--runs", type=int, default=5, help="how often each is run, after a warm-up")
    parser.add_argument("--markdown", action="store_true")
    given = parser.parse_args()
    folder = given.folder.resolve()
    scratch = folder / "scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    tables = []
    for people in given.people:
        bench = Bench(people, prepared(folder, people), scratch, given.runs)
        lines = [line for name in given.only for line in measured_group(bench, name)]
        tables.append(written(f"{people:,} people", lines, markdown=given.markdown))
    print("\n".join([*tables, machine()]))
    shutil.rmtree(scratch)


if __name__ == "__main__":
    main()
