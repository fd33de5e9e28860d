"""Measure tracker against the baselines of DESIGN §8, as whole processes, in turns with them.

    python tests/benchmarks/run.py --folder /var/tmp/tracker-benchmarks --people 10000 1000000 --runs 5

Prints a table (`--markdown`: for a note or an issue). A ratio above its budget is marked; nothing fails.
"""

import argparse
import os
import platform
import shutil
import sqlite3
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Final
from zoneinfo import ZoneInfo

import baselines
from measuring import Command, Failed, Measured, interleaved

HOUSE: Final = Path(__file__).resolve().parents[2]
MANY: Final = 100_000  # from here on a question is measured against SQL in the shell (DESIGN §8)
FIRST_PAGE: Final = "40"
HEADER: Final = ("what", "tracker", "baseline", "baseline took", "ratio", "of processor time", "budget", "", "peak MiB")


@dataclass(frozen=True)
class Case:
    """One thing measured: ours, in as many command lines as there are turns (a write runs once), and the baseline's."""

    name: str
    ours: Sequence[Command]
    against: Sequence[Command]
    baseline: str
    budget: float | None = None


@dataclass(frozen=True)
class Bench:
    """What the cases of one size stand on."""

    people: int
    record: Path
    scratch: Path
    runs: int

    def tracker(
        self, *words: str, record: Path | None = None, terminal: bool = False, into: Path | None = None
    ) -> Command:
        """Return a tracker command on the record (or a copy of it)."""
        environ = {"TRACKER_DB": str(record or self.record), "TRACKER_LANG": "en", "COLUMNS": "140", "LINES": "50", "TERM": "xterm-256color",
            "PYTHONPATH": str(HOUSE)}  # fmt: skip
        return Command([sys.executable, "-m", "tracker", *words], terminal=terminal, into=into, environ=environ)

    @property
    def flat(self) -> Path:
        """The database of flat tables that sqlite-utils reads out."""
        return self.scratch / f"flat-{self.people}.db"

    @property
    def now(self) -> str:
        """The end of today in the record's zone: when a question without `--on` is asked."""
        return f"{datetime.now(ZoneInfo('America/Caracas')):%Y-%m-%d}T23:59"

    def flattened(self, table: str, *words: str) -> int:
        """Make the flat table that holds what a question of ours answers; return its number of rows."""
        answer = self.scratch / f"{table}.csv"
        self.tracker(*words, into=answer).run()
        count = baselines.flatten(answer, self.flat, table)
        answer.unlink()
        return count

    def some(self, sql: str) -> list[tuple[str, ...]]:
        """Return a few rows of the record."""
        with closing(sqlite3.connect(f"file:{self.record}?mode=ro", uri=True)) as db:
            return db.execute(sql).fetchall()


HELD_ALONE: Final = """SELECT d.ref, d.name FROM detainees d WHERE d.excluded = 0 AND d.died IS NULL AND length(d.name) > 24
  AND (SELECT count(*) FROM detentions t WHERE t.detainee = d.id AND t.began > '2024-01-01') = 1
  AND (SELECT count(*) FROM detentions t WHERE t.detainee = d.id) = 1
  AND NOT EXISTS (SELECT 1 FROM detentions t JOIN releases r ON r.detention = t.id WHERE t.detainee = d.id)
  AND (SELECT count(*) FROM detainees o WHERE o.name_key = d.name_key) = 1 ORDER BY d.id LIMIT 60"""


def start_up(bench: Bench) -> list[Case]:
    """Starting and ending, against Python alone."""
    nothing = [Command([sys.executable, "-c", "pass"])]
    return [
        Case("start-up: --version", [bench.tracker("--version")], nothing, "python -c pass"),
        Case("start-up: --help", [bench.tracker("--help")], nothing, "python -c pass"),
    ]


def _question(bench: Bench, name: str, command: Command, table: str, rows: int, *sql: str) -> Case:
    """A question: against as many rows out of a flat table, or on a large record against SQL in the shell."""
    if bench.people >= MANY and sql:
        words, program = baselines.shell(bench.record, bench.now, *sql)
        return Case(name, [command], [Command(words)], program, 1.5)
    as_text = [] if command.terminal else ["--csv"]
    words = baselines.rows(bench.flat, table, "--limit", str(rows), *as_text)
    return Case(name, [command], [Command(words, terminal=command.terminal)], f"sqlite-utils rows ({rows})", 0.8)


def remaining(bench: Bench) -> list[Case]:
    """Who remains: a first page on a terminal, forty lines of CSV, and everybody."""
    rows = bench.flattened("remaining", "remaining", "--csv")
    first = int(FIRST_PAGE)
    sql = (baselines.TALLY, baselines.PAGE)
    everybody = Case("remaining --csv, all", [bench.tracker("remaining", "--csv")], [Command(baselines.rows(bench.flat, "remaining", "--csv"))],
        f"sqlite-utils rows --csv ({rows})", 0.8 if bench.people < MANY else None)  # fmt: skip
    return [
        _question(bench, "remaining, first page", bench.tracker("remaining", terminal=True), "remaining", first, *sql),
        _question(
            bench,
            "remaining --csv --limit 40",
            bench.tracker("remaining", "--csv", "--limit", FIRST_PAGE),
            "remaining",
            first,
            *sql,
        ),
        everybody,
    ]


def summary(bench: Bench) -> list[Case]:
    """Counts: over all, and by place."""
    rows = bench.flattened("summary", "summary", "--csv")
    places = bench.flattened("by_facility", "summary", "--by", "facility", "--csv")
    by_place = bench.tracker("summary", "--by", "facility", "--csv")
    return [
        _question(bench, "summary --csv", bench.tracker("summary", "--csv"), "summary", rows, baselines.TALLY),
        _question(
            bench, "summary, terminal", bench.tracker("summary", terminal=True), "summary", rows, baselines.TALLY
        ),
        _question(bench, "summary --by facility --csv", by_place, "by_facility", places, baselines.BY_FACILITY),
    ]


def show(bench: Bench) -> list[Case]:
    """One person's page, by name and by ref."""
    ref, name = bench.some(HELD_ALONE)[-1]
    rows = bench.flattened("page", "show", ref, "--csv")
    return [
        _question(bench, "show NAME", bench.tracker("show", name), "page", rows),
        _question(bench, "show REF, terminal", bench.tracker("show", ref, terminal=True), "page", rows),
    ]


def release_add(bench: Bench) -> list[Case]:
    """Adding a release, on a copy of the record: one process, one transaction, synced to the disk."""
    copy, other = bench.scratch / f"written-{bench.people}.db", bench.scratch / f"other-{bench.people}.db"
    shutil.copyfile(bench.record, copy)
    other.unlink(missing_ok=True)
    held = bench.some(HELD_ALONE)
    source, claimant = bench.some(
        "SELECT s.slug, c.name FROM sources s, claimants c WHERE s.published IS NOT NULL ORDER BY s.slug DESC, c.id LIMIT 1"
    )[0]
    cited = ("--on", "2026-02-19", "-k", "full", "-s", source, "-c", claimant)
    row = '{"detention": "1", "released": "2026-02-19", "kind": "full", "status": "verified"}'
    insert = Command([sys.executable, "-m", "sqlite_utils", "insert", str(other), "releases", "-"], stdin=row)
    turns = bench.runs + 1
    by_ref = [bench.tracker("release", "add", ref, *cited, record=copy) for ref, _name in held[:turns]]
    by_name = [bench.tracker("release", "add", name, *cited, record=copy) for _ref, name in held[turns : 2 * turns]]
    return [
        Case("release add REF", by_ref, [insert], "sqlite-utils insert (1)"),
        Case("release add NAME", by_name, [insert], "sqlite-utils insert (1)"),
    ]


def export_list(bench: Bench) -> list[Case]:
    """The whole list into a file, against the same columns out of a flat table."""
    rows = bench.flattened("list", "export", "list", "--output", "-")
    target = bench.scratch / "exported.csv"
    ours = bench.tracker("export", "list", "--output", str(target))
    theirs = Command(baselines.rows(bench.flat, "list", "--csv"), into=bench.scratch / "read-out.csv")
    return [Case("export list", [ours], [theirs], f"sqlite-utils rows --csv ({rows})", 1.0)]


GROUPS: Final[dict[str, Callable[[Bench], list[Case]]]] = {
    "start-up": start_up,
    "remaining": remaining,
    "summary": summary,
    "show": show,
    "release-add": release_add,
    "export-list": export_list,
}


def _seconds(measured: Measured) -> str:
    few = measured.middle < 10
    middle, low, high = measured.middle, min(measured.seconds), max(measured.seconds)
    return (
        f"{middle * 1000:.0f} ms ({low * 1000:.0f}–{high * 1000:.0f})"
        if few
        else f"{middle:.1f} s ({low:.1f}–{high:.1f})"
    )


def _line(case: Case, measured: dict[str, Measured]) -> tuple[str, ...]:
    ours, theirs = measured["ours"], measured["theirs"]
    ratio = ours.middle / theirs.middle
    budget = "–" if case.budget is None else f"{case.budget:g} ×"
    work = f"{median(ours.processor) / median(theirs.processor):.2f} ×"
    verdict = "" if case.budget is None else "ok" if ratio <= case.budget else "OVER"
    return (
        case.name,
        _seconds(ours),
        case.baseline,
        _seconds(theirs),
        f"{ratio:.2f} ×",
        work,
        budget,
        verdict,
        f"{ours.peak:.0f} / {theirs.peak:.0f}",
    )


def measured_group(bench: Bench, name: str) -> list[tuple[str, ...]]:
    """Measure one group; what cannot run gets a line that says why."""
    lines = []
    try:
        for case in GROUPS[name](bench):
            lines.append(_line(case, interleaved({"ours": case.ours, "theirs": case.against}, bench.runs)))
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
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} CPUs ({platform.machine()}), load {load:.1f} at the end, Python {platform.python_version()},"
        f" SQLite {sqlite3.sqlite_version}; peak MiB: tracker / baseline; {datetime.now().astimezone():%Y-%m-%d %H:%M}"
    )


def main() -> None:
    """Generate what is missing, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--folder",
        type=Path,
        required=True,
        help="where generated records and scratch files are kept (5 GB for a million)",
    )
    parser.add_argument("--people", type=int, nargs="+", default=[10_000, 1_000_000])
    parser.add_argument("--only", nargs="+", choices=GROUPS, default=list(GROUPS))
    parser.add_argument("--runs", type=int, default=5, help="how often each is run, after a warm-up")
    parser.add_argument("--markdown", action="store_true")
    given = parser.parse_args()
    scratch = given.folder.resolve() / "scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    tables = []
    for people in given.people:
        record = given.folder.resolve() / f"people-{people}.db"
        if not record.exists():  # in a process of its own: this one stays small, and holds nothing of it
            words = [sys.executable, str(Path(__file__).with_name("generate.py")), str(record), "--people", str(people)]
            Command(words, environ={"PYTHONPATH": str(HOUSE)}).run()
        bench = Bench(people, record, scratch, given.runs)
        lines = [line for name in given.only for line in measured_group(bench, name)]
        tables.append(written(f"{people:,} people", lines, markdown=given.markdown))
    print("\n".join([*tables, machine()]))
    shutil.rmtree(scratch)


if __name__ == "__main__":
    main()
