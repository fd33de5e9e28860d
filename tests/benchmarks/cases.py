"""What is measured, on a record of one size: each command of tracker with what it is measured against."""

import shutil
import sqlite3
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import baselines
from measuring import Command

HOUSE: Final = Path(__file__).resolve().parents[2]
MANY: Final = 100_000  # from here on a count is measured against SQL in the shell
FIRST_PAGE: Final = 40
TERMINAL: Final = {"COLUMNS": "140", "LINES": "50", "TERM": "xterm-256color"}
STANDINGS: Final = (
    "none",
    "detained",
    "whereabouts_unknown",
    "house_arrest",
    "restricted",
    "free",
    "out",
    "died",
    "deceased",
    "escaped",
)
EVERYBODY: Final = tuple(word for name in STANDINGS for word in ("--standing", name))
HELD_ALONE: Final = """SELECT d.ref, d.name FROM detainees d WHERE d.excluded = 0 AND d.died IS NULL AND length(d.name) > 24
  AND (SELECT count(*) FROM detentions t WHERE t.detainee = d.id AND t.began > '2024-01-01') = 1
  AND (SELECT count(*) FROM detentions t WHERE t.detainee = d.id) = 1
  AND NOT EXISTS (SELECT 1 FROM detentions t JOIN releases r ON r.detention = t.id WHERE t.detainee = d.id)
  AND (SELECT count(*) FROM detainees o WHERE o.name_key = d.name_key) = 1 ORDER BY d.id LIMIT 60"""
CITED: Final = (
    "SELECT s.slug, c.name FROM sources s, claimants c WHERE s.published IS NOT NULL ORDER BY s.slug DESC, c.id LIMIT 1"
)


class Baseline(NamedTuple):
    """What a command of ours is measured against; `budget` is the ratio this project allows, None where it names none."""

    name: str
    command: Command
    budget: float | None = None


@dataclass(frozen=True)
class Case:
    """One thing measured: ours, in as many command lines as there are turns (a write runs once), and its baselines."""

    name: str
    ours: Sequence[Command]
    against: Sequence[Baseline]


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
        environ = {"TRACKER_DB": str(record or self.record), "TRACKER_LANG": "en", "PYTHONPATH": str(HOUSE), **TERMINAL}
        return Command([sys.executable, "-m", "tracker", *words], terminal=terminal, into=into, environ=environ)

    def rows(self, table: str, *more: str, limit: int | None = None, into: Path | None = None) -> Command:
        """Return the sqlite-utils command that reads out a flat table."""
        limited = [] if limit is None else ["--limit", str(limit)]
        return Command(
            [sys.executable, "-m", "sqlite_utils", "rows", str(self.flat), table, *limited, *more], into=into
        )

    def shell(self, *statements: str) -> Baseline:
        """Return SQL in the SQLite shell as a baseline."""
        words, program = baselines.shell(self.record, self.now, *statements)
        return Baseline(program, Command(words), 1.5)

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


def start_up(bench: Bench) -> list[Case]:
    """Starting and ending, against Python alone."""
    nothing = [Baseline("python -c pass", Command([sys.executable, "-c", "pass"]))]
    return [
        Case("--version", [bench.tracker("--version")], nothing),
        Case("--help", [bench.tracker("--help")], nothing),
    ]


def _question(bench: Bench, name: str, command: Command, table: str, printed: int, *sql: str) -> Case:
    """A question: against the rows of as many people out of a flat table; on a large record against SQL in the shell.

    As many rows as the question prints, out of the same table, are measured beside it.
    """
    if bench.people >= MANY and sql:
        return Case(name, [command], [bench.shell(*sql)])
    form = [] if command.terminal else ["--csv"]
    against = [Baseline(f"rows printed: sqlite-utils rows --limit {printed}", bench.rows(table, *form, limit=printed))]
    if sql:
        against.insert(0, Baseline(f"sqlite-utils rows, {bench.people}", bench.rows("people", *form), 0.8))
    return Case(name, [command], against)


def remaining(bench: Bench) -> list[Case]:
    """Who remains: a first page on a terminal, forty lines of CSV, and everybody."""
    if bench.people < MANY:
        bench.flattened("people", "remaining", *EVERYBODY, "--csv")
    count = bench.flattened("remaining", "remaining", "--csv")
    whole = Baseline(
        f"sqlite-utils rows --csv, {count}", bench.rows("remaining", "--csv"), 0.8 if bench.people < MANY else None
    )
    sql = (baselines.TALLY, baselines.PAGE)
    page = bench.tracker("remaining", "--csv", "--limit", str(FIRST_PAGE))
    return [
        _question(
            bench, "remaining, on a terminal", bench.tracker("remaining", terminal=True), "remaining", FIRST_PAGE, *sql
        ),
        _question(bench, f"remaining --csv --limit {FIRST_PAGE}", page, "remaining", FIRST_PAGE, *sql),
        Case("remaining --csv", [bench.tracker("remaining", "--csv")], [whole]),
    ]


def summary(bench: Bench) -> list[Case]:
    """Counts: over all, and by place."""
    if bench.people < MANY:
        bench.flattened("people", "remaining", *EVERYBODY, "--csv")
    whole = bench.flattened("summary", "summary", "--csv")
    places = bench.flattened("by_facility", "summary", "--by", "facility", "--csv")
    by_place = bench.tracker("summary", "--by", "facility", "--csv")
    return [
        _question(
            bench, "summary, on a terminal", bench.tracker("summary", terminal=True), "summary", whole, baselines.TALLY
        ),
        _question(bench, "summary --csv", bench.tracker("summary", "--csv"), "summary", whole, baselines.TALLY),
        _question(bench, "summary --by facility --csv", by_place, "by_facility", places, baselines.BY_FACILITY),
    ]


def timeline(bench: Bench) -> list[Case]:
    """Sixty days, against a count of each of them by SQL; no budget: it is to take seconds on 100,000 people."""
    sixty = ("timeline", "--from", "2026-01-08", "--to", "2026-03-08")
    sql = bench.shell(baselines.BY_DAY)._replace(budget=None)
    return [
        Case("timeline --per day --csv, 60 days", [bench.tracker(*sixty, "--per", "day", "--csv")], [sql]),
        Case("timeline, on a terminal", [bench.tracker(*sixty, terminal=True)], [sql]),
    ]


def show(bench: Bench) -> list[Case]:
    """One person's page, by name and by ref."""
    ref, name = bench.some(HELD_ALONE)[-1]
    lines = bench.flattened("page", "show", ref, "--csv")
    rows = [Baseline(f"sqlite-utils rows, {lines}", bench.rows("page"), 0.8)]
    return [
        Case("show REF, on a terminal", [bench.tracker("show", ref, terminal=True)], rows),
        Case("show NAME", [bench.tracker("show", name)], rows),
    ]


def release_add(bench: Bench) -> list[Case]:
    """Adding a release, on a copy of the record: one process, one transaction, synced to the disk."""
    copy, other = bench.scratch / f"written-{bench.people}.db", bench.scratch / f"other-{bench.people}.db"
    shutil.copyfile(bench.record, copy)
    other.unlink(missing_ok=True)
    held = bench.some(HELD_ALONE)
    source, claimant = bench.some(CITED)[0]
    cited = ("--on", "2026-02-19", "-k", "full", "-s", source, "-c", claimant)
    row = '{"detention": "1", "released": "2026-02-19", "kind": "full", "status": "verified"}'
    insert = Command([sys.executable, "-m", "sqlite_utils", "insert", str(other), "releases", "-"], stdin=row)
    turns = bench.runs + 1
    by_ref = [bench.tracker("release", "add", ref, *cited, record=copy) for ref, _name in held[:turns]]
    by_name = [bench.tracker("release", "add", name, *cited, record=copy) for _ref, name in held[turns : 2 * turns]]
    against = [Baseline("sqlite-utils insert, 1", insert)]
    return [Case("release add REF", by_ref, against), Case("release add NAME", by_name, against)]


def export_list(bench: Bench) -> list[Case]:
    """The whole list into a file, against the same columns out of a flat table."""
    count = bench.flattened("list", "export", "list")
    ours = bench.tracker("export", "list", into=bench.scratch / "exported.csv")
    theirs = bench.rows("list", "--csv", into=bench.scratch / "read-out.csv")
    return [Case("export list", [ours], [Baseline(f"sqlite-utils rows --csv, {count}", theirs, 1.0)])]


GROUPS: Final[dict[str, Callable[[Bench], list[Case]]]] = {
    "start-up": start_up,
    "remaining": remaining,
    "summary": summary,
    "timeline": timeline,
    "show": show,
    "release-add": release_add,
    "export-list": export_list,
}
