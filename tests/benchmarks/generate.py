"""Make an invented record for measuring: `python tests/benchmarks/generate.py --people 10000 FOLDER/people-10000.db`.

The rows depend on the number of people and the seed alone. They enter through the store's own door, so the file is a
real record: it opens, its change log covers every row, and its seals hold.
"""

import argparse
from pathlib import Path
from typing import Final

from invented_record import Part, Record

from tracker.store import Change, Store

SEED: Final = 20260108
PART: Final = 20_000  # people to a changeset: what a laptop's memory does not notice
CACHE_KIBIBYTES: Final = 2_000_000  # taken only as it is used
SETTINGS: Final = {"country": "VE", "zone": "America/Caracas", "we": "Monitor de prueba", "start": "2026-01-08"}
ORDER: Final = ("facilities", "facility_names", "sources", "claimants", "claims", "detainees", "names", "nationalities", "tags",
    "identifiers", "detentions", "stays", "releases", "citations")  # fmt: skip


def generate(path: Path, people: int, seed: int = SEED) -> None:
    """Create the record at `path`, under another name until it is complete."""
    unfinished = path.with_name(f".{path.name}.part")
    unfinished.unlink(missing_ok=True)
    store = Store.create(unfinished, SETTINGS)
    record = Record(people, seed)
    with store.writing("invented: sources, claimants and facilities") as change:
        _enter(change, record.frame())
    for n, part in enumerate(record.parts(PART)):
        with store.writing(f"invented: part {n + 1}") as change:
            _enter(change, part)
    unfinished.rename(path)


def _enter(change: Change, part: Part) -> None:
    change.db.execute(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")  # refs and names are random: every index, all over
    for table in ORDER:
        if table in part:
            change.insert_many(table, part.pop(table))


def main() -> None:
    """Make the records asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    generate(given.path, given.people, given.seed)


if __name__ == "__main__":
    main()
