"""Measure taking lists in: many rows into an empty record, and some rows into a large one.

    python tests/benchmarks/importing.py --folder /var/tmp/tracker-benchmarks --people 10000 --rows 1000000

The list is what `export list` writes of the record of that many people (`run.py` makes it), cut after so many rows. It is
taken into an empty record as a whole process; the baseline inserts the rows that came of it, ready in memory, into the
same tables and indexes of an empty file (`executemany`, one transaction). With `--into RECORD` the first `--names` people
of the list are then matched against that record (a rehearsal: nothing is written), and a few of their names against all
names of the record by rapidfuzz, scaled up. Needs the packages that tracker needs.
"""

import argparse
import csv
import os
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Final

from cases import HOUSE
from measuring import Command, Measured

TABLES: Final = (
    *("sources", "facilities", "claimants", "detainees", "names", "nationalities", "tags", "identifiers"),
    *("detentions", "stays", "releases", "citations", "lists", "list_rows"),
)
TAKEN: Final = ("--no-source", "--create-facilities", "--create-sources", "--create-claimants")
SAMPLE: Final = 20
"""Names that rapidfuzz compares with everybody; ten thousand would take an hour."""


def tracker(record: Path, *words: str, into: Path | None = None) -> Command:
    """Return a tracker command on a record."""
    environ = {"TRACKER_DB": str(record), "TRACKER_LANG": "en", "PYTHONPATH": str(HOUSE)}
    return Command([sys.executable, "-m", "tracker", *words], into=into, environ=environ)


def cut(source: Path, target: Path, rows: int) -> int:
    """Write the first rows of a list into a file of their own, and return how many they are."""
    count = -1
    with source.open(encoding="utf-8", newline="") as read, target.open("w", encoding="utf-8", newline="") as written:
        writer = csv.writer(written)
        for row in islice(csv.reader(read), rows + 1):
            writer.writerow(row)
            count += 1
    return count


def bare(record: Path, scratch: Path) -> tuple[float, int]:
    """Return the processor seconds of inserting the rows of `record` into the same tables, and how many they are."""
    with closing(sqlite3.connect(record)) as db:
        data = {table: db.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}
        made = [
            sql
            for (sql, table) in db.execute(
                "SELECT sql, tbl_name FROM sqlite_schema WHERE sql IS NOT NULL AND type <> 'trigger'"
            )
            if table in TABLES
        ]
    scratch.unlink(missing_ok=True)
    began = time.process_time()
    with closing(sqlite3.connect(scratch)) as db:
        for sql in made:
            db.execute(sql)
        for table, rows in data.items():
            if rows:
                db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
        db.commit()
    took = time.process_time() - began
    scratch.unlink()
    return took, sum(len(rows) for rows in data.values())


def into_empty(folder: Path, people: int, rows: int) -> Iterator[str]:
    """Measure a list taken into an empty record."""
    scratch = folder / "scratch"
    scratch.mkdir(exist_ok=True)
    whole, part, record = scratch / "list.csv", scratch / "part.csv", scratch / "taken.db"
    tracker(folder / f"people-{people}.db", "export", "list", into=whole).run()
    count = cut(whole, part, rows)
    record.unlink(missing_ok=True)
    tracker(record, "init", "--country", "VE", "--zone", "America/Caracas", "--we", "M", "--start", "2026-01-08").run()
    taken = Measured()
    tracker(record, "import", str(part), *TAKEN).run(taken)
    [seconds], [processor] = taken.seconds, taken.processor
    yield (
        f"import of {count:,} rows: {seconds:.1f} s, {processor:.1f} s of processor, peak {taken.peak:.0f} MiB,"
        f" {count / seconds:,.0f} rows a second"
    )
    inserted, stored = bare(record, scratch / "bare.db")
    yield f"executemany of the {stored:,} rows that came of it: {inserted:.1f} s of processor; ratio {processor / inserted:.2f} ×"


def into_large(folder: Path, large: Path, names: int) -> Iterator[str]:
    """Measure people of a list matched against a large record, and rapidfuzz on a few of them."""
    from rapidfuzz import fuzz, process

    part = folder / "scratch" / "part.csv"
    listed = folder / "scratch" / "names.csv"
    printed = _names(part, names)
    with listed.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["name"], *([name] for name in printed)])
    matched = Measured()
    tracker(large, "import", str(listed), "--no-source", "--dry-run", "--csv").run(matched)
    [seconds], [processor] = matched.seconds, matched.processor
    yield f"{len(printed):,} names against {large.name}: {seconds:.1f} s, {processor:.1f} s of processor, peak {matched.peak:.0f} MiB"
    with closing(sqlite3.connect(large)) as db:
        everybody = [row[0] for row in db.execute("SELECT name_key FROM detainees WHERE name_key IS NOT NULL")]
    began = time.process_time()
    for name in printed[:SAMPLE]:
        process.extract(name, everybody, scorer=fuzz.token_set_ratio, score_cutoff=80, limit=None)
    each = (time.process_time() - began) / SAMPLE
    yield (
        f"rapidfuzz (extract, token_set_ratio) of {SAMPLE} names with {len(everybody):,}: {each:.2f} s each,"
        f" so {each * len(printed):,.0f} s for {len(printed):,}; ratio {processor / (each * len(printed)):.3f} ×"
    )


def _names(part: Path, most: int) -> list[str]:
    with part.open(encoding="utf-8", newline="") as file:
        found = dict.fromkeys(row["name"] for row in csv.DictReader(file) if row["name"])
    return list(islice(found, most))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--into", type=Path, help="a large record (brought up to this version by its first opening)")
    parser.add_argument("--names", type=int, default=10_000)
    given = parser.parse_args()
    for line in into_empty(given.folder.resolve(), given.people, given.rows):
        print(line)
    if given.into is not None:
        for line in into_large(given.folder.resolve(), given.into.resolve(), given.names):
            print(line)
    print(f"{os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f} at the end, Python {sys.version.split()[0]}.")


if __name__ == "__main__":
    main()
