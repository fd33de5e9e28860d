"""Flipped bits and edited logs: each is found by `audit --deep`, or changes no content. Counts are printed (`-s`).

The short forms run with every test run; `-m long` runs 1,000 flips and 500 edits of the seed record.
"""

import random
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from damage import EDITS, content, flipped, told
from shell import Tracker

from tracker.store import Store
from tracker.store.proof import Head

SEED = "venezuela-2026"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seed record, worked on: edits, an undo, a deletion, another program's edit that was taken in."""
    path = tmp_path_factory.mktemp("damage") / "tracker.db"
    Tracker(path).ok("init", "--seed", SEED)
    store = Store.open(path)
    with store.reading() as db:
        people = [row[0] for row in db.execute("SELECT id FROM detainees ORDER BY id LIMIT 40")]
    for number, person in enumerate(people[:12]):
        with store.writing(f"detainee edit {number}", actor="maría") as change:
            change.update("detainees", person, {"occupation": f"teacher {number}"})
            change.insert("tags", {"detainee": person, "tag": f"tag {number}"})
    store.undo()
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE detainees SET note = 'another program' WHERE id = ?", (people[20],))
    with store.writing("tag delete") as change:
        for row in change.db.execute("SELECT id FROM tags LIMIT 3").fetchall():
            change.delete("tags", row["id"])
    assert told(path) == []
    return path


def flips(record: Path, place: Path, times: int, seed: int) -> Counter[str]:
    """Flip one bit, audit, compare all content; again and again. Fails on the first flip that nobody noticed."""
    data, was, chance = record.read_bytes(), content(record), random.Random(seed)
    counts: Counter[str] = Counter()
    for _time in range(times):
        at, damaged = flipped(data, chance)
        shutil.rmtree(place, ignore_errors=True)  # with what SQLite may have left beside it
        place.mkdir()
        path = place / "tracker.db"
        path.write_bytes(damaged)
        found = told(path)
        if found is None:
            counts["not opened, with a sentence"] += 1
        elif found:
            counts["found"] += 1
        else:
            assert content(path) == was, f"bit {at} changed content and was not found"
            counts["without effect on any content"] += 1
    return counts


def edits(record: Path, place: Path, times: int, seed: int) -> Counter[str]:
    """Edit the log, audit against the head printed before; again and again."""
    data, was, chance = record.read_bytes(), content(record), random.Random(seed)
    store = Store(record)
    with store.reading() as db:
        head = store.head(db)
    printed: Head = (head.seq, head.hash[:8])
    counts: Counter[str] = Counter()
    path = place / "edited.db"
    kinds = list(EDITS)
    while counts.total() < times:
        kind = kinds[counts.total() % len(kinds)]
        path.write_bytes(data)
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.execute("BEGIN")
            try:
                what = EDITS[kind](db, chance)
            except sqlite3.IntegrityError:
                continue  # SQLite itself does not take it
            db.execute("COMMIT")
        if content(path) == was:
            continue  # an edit that edits nothing
        assert told(path, heads=(printed,)), f"{kind}: {what} was not found"
        counts[f"{kind}: found"] += 1
    return counts


def test_thirty_flipped_bits_are_found_or_without_effect(record: Path, tmp_path: Path) -> None:
    counts = flips(record, tmp_path / "place", 30, seed=3)
    print("\n30 flips:", dict(counts))
    assert counts["found"] > 10, counts


def test_thirty_edits_of_the_log_are_found(record: Path, tmp_path: Path) -> None:
    counts = edits(record, tmp_path, 30, seed=3)
    print("\n30 edits of the log:", dict(counts))
    assert set(counts) == {f"{kind}: found" for kind in EDITS}


def test_every_bit_of_the_first_bytes_of_the_header_is_harmless_or_told(record: Path, tmp_path: Path) -> None:
    """Version, mark, encoding, journal mode: there a flip makes SQLite see another file altogether."""
    data, was = record.read_bytes(), content(record)
    for at in (18 * 8, 18 * 8 + 1, 19 * 8 + 1, 44 * 8 + 2, 56 * 8 + 1, 59 * 8 + 1, 63 * 8, 63 * 8 + 1, 71 * 8):
        place = tmp_path / str(at)
        place.mkdir()
        made = bytearray(data)
        made[at // 8] ^= 1 << at % 8
        (place / "tracker.db").write_bytes(bytes(made))
        assert told(place / "tracker.db") != [] or content(place / "tracker.db") == was, at


@pytest.mark.long
def test_a_thousand_flipped_bits_are_found_or_without_effect(record: Path, tmp_path: Path) -> None:
    counts = flips(record, tmp_path / "place", 1_000, seed=1)
    print("\n1,000 flips:", dict(counts))
    assert counts["found"] > 500, counts


@pytest.mark.long
def test_five_hundred_edits_of_the_log_are_found(record: Path, tmp_path: Path) -> None:
    counts = edits(record, tmp_path, 500, seed=1)
    print("\n500 edits of the log:", dict(counts))
    assert set(counts) == {f"{kind}: found" for kind in EDITS}
