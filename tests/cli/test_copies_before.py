"""A copy is kept before a list of more than 1,000 rows, and only then."""

import csv
import random
from pathlib import Path

from shell import Tracker

from tracker.cli import copying
from tracker.store import Store

SYLLABLES = [first + second for first in "bcdfghjklmnprstvz" for second in "aeiou"]


def rows(path: Path, count: int) -> str:
    chance = random.Random(count)
    words = ["".join(chance.choices(SYLLABLES, k=3)).title() for _each in range(3 * count)]
    names = (" ".join(words[place : place + 3]) for place in range(0, len(words), 3))
    path.write_text("name\n" + "\n".join(names) + "\n", encoding="utf-8")
    return str(path)


def copies(tracker: Tracker) -> list[Path]:
    return sorted(tracker.database.parent.glob("backups/*.auto.db"))


def test_a_long_list_is_preceded_by_a_copy_of_the_record_as_it_was(tracker, tmp_path):
    tracker.ok("detainee", "add", "Ana Ruiz Prieto")
    long = rows(tmp_path / "long.csv", 1_001)
    tracker.ok("import", rows(tmp_path / "short.csv", 3), "--no-source")
    tracker.ok("import", long, "--no-source", "--dry-run")
    assert copies(tracker) == []
    ran = tracker.ok("import", long, "--no-source")
    [copy] = copies(tracker)
    assert f"A copy of the record as it was: {copy}" in ran.err
    with Store.open(copy).reading() as db:
        assert db.execute("SELECT count(*) FROM detainees").fetchone()[0] == 4
    [row] = tracker.rows("backup", "--list")
    assert (row["file"], row["kind"]) == (copy.name, "automatic")


def test_with_an_empty_record_or_without_a_backup_none_is_kept(tracker, tmp_path):
    tracker.ok("import", rows(tmp_path / "long.csv", 1_001), "--no-source")
    tracker.ok("import", rows(tmp_path / "longer.csv", 1_002), "--no-source", "--no-backup")
    assert copies(tracker) == []


def test_where_no_copy_can_be_written_nothing_is_taken_in(tracker, tmp_path):
    tracker.ok("detainee", "add", "Ana Ruiz Prieto")
    (tmp_path / "backups").write_text("in the way")
    before = tracker.database.read_bytes()
    ran = tracker("import", rows(tmp_path / "long.csv", 1_001), "--no-source")
    assert ran.code == 13, ran
    assert "Cannot keep a copy" in ran.err
    assert tracker.database.read_bytes() == before


def test_many_answers_are_preceded_by_a_copy(tracker, tmp_path, monkeypatch):
    names = ("Ana Ruiz Pineda", "Tulio Febres Osío", "Zoraida Piñango")
    for name in names:
        for _time in range(2):
            tracker.ok("detainee", "add", name, "--another")
    (tmp_path / "list.csv").write_text("\n".join(("name", *names, "")), encoding="utf-8")
    tracker.ok("import", "list.csv", "--no-source")
    tracker.ok("review", "--write", "asked.csv")
    with Path("asked.csv").open(encoding="utf-8", newline="") as file:
        asked = list(csv.DictReader(file))
    monkeypatch.setattr(copying, "MANY_ANSWERS", 1)
    for rows_answered, kept in ((asked[:1], 0), (asked[1:], 1)):
        with Path("answers.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, asked[0])
            writer.writeheader()
            writer.writerows({**row, "answer": "different"} for row in rows_answered)
        tracker.ok("review", "--read", "answers.csv")
        assert len(copies(tracker)) == kept
