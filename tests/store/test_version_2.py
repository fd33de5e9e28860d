"""Files of version 2 exist: this version opens them, upgrades them, and proves them.

The record in `version_2.sql` is frozen: the record of version 1, upgraded by version 2, then a list taken in, two people
judged different, two merged and taken apart again; 33 changesets in all, as the commands of version 2 wrote them.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from shell import Tracker

from tracker.store import Store, connection, proof
from tracker.store.schema import SCHEMA_VERSION

CHANGESETS = 33
HEAD = "9aa320afeb9ebf5889089768781d332269344aae9443b28aac4452da8214036b"


def hashes(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return [row[0] for row in db.execute("SELECT hash FROM changesets ORDER BY seq")]


def test_it_is_of_version_2_and_sealed(version_2: Path) -> None:
    with closing(sqlite3.connect(version_2)) as db:
        assert db.execute("PRAGMA user_version").fetchone()[0] == 2
    assert (len(hashes(version_2)), hashes(version_2)[-1]) == (CHANGESETS, HEAD)


def test_it_opens_upgrades_and_every_seal_still_holds(version_2: Path) -> None:
    before = hashes(version_2)
    store = Store.open(version_2)
    with store.reading() as db:
        assert db.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION
        assert connection.strangers(db) == []
        assert proof.verify(db).findings == []
        assert db.execute("SELECT count(rule) FROM claimants").fetchone()[0] == 0
    assert hashes(version_2)[:CHANGESETS] == before
    assert len([each for each in version_2.parent.iterdir() if each != version_2]) == 1


@pytest.fixture
def tracker(version_2: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tracker:
    monkeypatch.chdir(tmp_path)
    return Tracker(version_2)


def test_its_list_and_its_judgements_are_remembered(tracker: Tracker, tmp_path: Path) -> None:
    held = {row["name"] for row in tracker.rows("remaining", "--on", "2026-02-21")}
    assert {"Jacinta Robles Peña", "Tomás Aquiles Vera", "Eva Paz"} <= held
    again = tmp_path / "lista.csv"
    again.write_text(
        "nombre;detenido el;cárcel;nota\nEva Paz;2025-11-02;Rodeo Uno;vista en la lista\n"
        "Jacinta Robles Peña;2025-12-03;Rodeo Uno;\nTomás Aquiles Vera;2025-12-04;El Helicón;primo de otro\n",
        encoding="utf-8",
    )
    ran = tracker.ok("import", str(again), "-s", "lista-lunes")
    assert "This very file was taken in" in ran.err
    assert "nothing to do" in ran.err
    merged = tracker.rows("history", "--limit", "all")
    assert [row["kind"] for row in merged if "merge" in row["reason"]] == ["merge"]


def test_a_claimant_can_be_tied_to_a_rule_in_it(tracker: Tracker) -> None:
    name = tracker.rows("claimant", "list")[0]["name"]
    tracker.ok("claimant", "edit", name, "--rule", "wide")
    assert tracker.rows("claimant", "list")[0]["rule"] == "wide"
    with Store.open(tracker.database).reading() as db:
        assert proof.verify(db).findings == []
