"""Files of version 1 exist: whatever this version has become, it opens them, upgrades them, and proves them.

The record in `version_1.sql` is frozen: invented people, arrests, releases, corrections, a retraction, an undone
change, a deleted person and an edit by another program, 27 changesets in all, as the commands of version 1 wrote them.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from shell import Tracker

from tracker.store import Store, connection, proof
from tracker.store.history import changesets, history
from tracker.store.schema import SCHEMA_VERSION

CHANGESETS = 27
HEAD = "675a95d8e72e1ef26c99974df3409015f6119099ffa2548bc9c0ce07c9798a8d"


def hashes(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return [row[0] for row in db.execute("SELECT hash FROM changesets ORDER BY seq")]


def test_it_is_of_version_1_and_sealed(version_1: Path) -> None:
    with closing(sqlite3.connect(version_1)) as db:
        assert db.execute("PRAGMA user_version").fetchone()[0] == 1
    assert (len(hashes(version_1)), hashes(version_1)[-1]) == (CHANGESETS, HEAD)


def test_it_opens_upgrades_and_every_seal_still_holds(version_1: Path) -> None:
    before = hashes(version_1)
    store = Store.open(version_1)
    with store.reading() as db:
        assert db.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION
        assert connection.strangers(db) == []
        assert proof.verify(db).findings == []
    assert hashes(version_1)[:CHANGESETS] == before
    backups = [each.name for each in version_1.parent.iterdir() if each != version_1]
    assert len(backups) == (SCHEMA_VERSION > 1), "an upgrade, and nothing else, leaves a backup"


def test_a_damaged_copy_is_found(version_1: Path) -> None:
    """So that the proof above can fail."""
    with closing(sqlite3.connect(version_1)) as db:
        db.execute("UPDATE changes SET before = replace(before, '2026-01-12', '2026-01-11')")
        db.commit()
    with Store.open(version_1).reading() as db:
        assert proof.verify(db).findings


def test_its_history_and_its_past_read(version_1: Path) -> None:
    store = Store.open(version_1)
    with store.reading() as db:
        kinds = [each.kind for each in reversed(changesets(db))][:CHANGESETS]
        luis = db.execute("SELECT id FROM detainees WHERE name = 'Luis Vega'").fetchone()[0]
        told = [(each.field, each.before, each.after) for each in history(db, rows=[("detainees", luis)])]
    assert [place for place, kind in enumerate(kinds, 1) if kind != "command"] == [22, 26]
    assert (kinds[21], kinds[25]) == ("undo", "outside")
    assert ("occupation", "panadero", "panadero y poeta") in told
    known = {}
    for seq in (9, 12, 20, 21, 22, 24, 25):
        with store.reading(known_by=seq) as db:
            known[seq] = tuple(
                db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                for table in ("detainees", "detentions", "releases")
            )
    assert known == {
        9: (1, 1, 0),
        12: (2, 2, 0),
        20: (5, 5, 3),
        21: (5, 6, 3),
        22: (5, 5, 3),
        24: (6, 5, 3),
        25: (5, 5, 3),
    }


@pytest.fixture
def tracker(version_1: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tracker:
    monkeypatch.chdir(tmp_path)
    return Tracker(version_1)


def test_the_shell_answers_from_it_and_writes_to_it(tracker: Tracker) -> None:
    held = {row["name"] for row in tracker.rows("remaining", "--on", "2026-02-01")}
    assert held == {"علي رضا", "Eva Paz", "Eva Paz Soto"}
    then = {row["name"] for row in tracker.rows("remaining", "--on", "2026-02-09", "--known-by", "21")}
    assert then == held | {"Ana Ñáñez d'Arco"}
    assert "Undone: change 22" in tracker.ok("undo", "22").err
    assert "Ana Ñáñez d'Arco" in {row["name"] for row in tracker.rows("remaining", "--on", "2026-02-09")}
    with Store.open(tracker.database).reading() as db:
        assert proof.verify(db).findings == []
