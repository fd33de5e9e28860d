"""The record as it was known at a past change, day or moment: the same SQL, unchanged."""

import sqlite3
from datetime import UTC, datetime

import pytest

from tracker.errors import BadValue, NotFound
from tracker.store import Store, changelog, history


@pytest.fixture
def at(monkeypatch):
    """Set the clock that changesets read."""

    def turn(text):
        class Clock(datetime):
            @classmethod
            def now(cls, tz=None):
                return datetime.fromisoformat(text)

        monkeypatch.setattr(changelog, "datetime", Clock)

    return turn


@pytest.fixture
def past_store(tmp_path, at):
    """Caracas is four hours behind UTC: changesets 2 to 4 on 14 January at 09:59, 10:00 and 23:59:59.9 local time."""
    at("2026-01-13T12:00:00+00:00")
    made = Store.create(tmp_path / "past.db", {"zone": "America/Caracas"})
    for moment, name in [
        ("2026-01-14T13:59:00+00:00", "Ana"),
        ("2026-01-14T14:00:30+00:00", "Luis"),
        ("2026-01-15T03:59:59.900+00:00", "Eva"),
        ("2026-01-15T04:00:00+00:00", "Juan"),
    ]:
        at(moment)
        with made.writing("add") as change:
            change.insert("detainees", {"name": name})
    return made


def names(store, **when):
    with store.reading(**when) as db:
        return [row[0] for row in db.execute("SELECT name FROM detainees ORDER BY name")]


@pytest.mark.parametrize(
    ("known_by", "count"),
    [
        ("2026-01-12", 0),
        ("2026-01-13", 0),
        ("2026-01-14", 3),
        ("2026-01-15", 4),
        ("2026-01-14T09:58", 0),
        ("2026-01-14T09:59", 1),
        ("2026-01-14T10:00", 2),
        ("2026-01-14T23:58", 2),
        ("2026-01-14T23:59", 3),
        ("2026-01-15T00:00", 4),
        (1, 0),
        (3, 2),
        ("3", 2),
        ("#4", 3),
        (0, NotFound),
        (99, NotFound),
        ("0" * 26, NotFound),
        ("2026-02-30", BadValue),
        ("2026-01", BadValue),
        ("enero", BadValue),
        ("2026-01-14T10:00Z", BadValue),
        ("20260114T1000", BadValue),
        ("", BadValue),
    ],
)
def test_known_by_a_change_a_local_day_or_a_local_minute(past_store, known_by, count):
    if isinstance(count, int):
        assert len(names(past_store, known_by=known_by)) == count
    else:
        with pytest.raises(count):
            names(past_store, known_by=known_by)


def test_known_by_the_id_of_a_change(past_store):
    with past_store.reading() as db:
        identifier = db.execute("SELECT id FROM changesets WHERE seq = 3").fetchone()[0]
    assert names(past_store, known_by=identifier) == ["Ana", "Luis"]


def test_a_day_with_a_clock_change_ends_at_its_own_midnight(tmp_path, at):
    """Madrid, 29 March 2026: 23 hours long, midnight is 22:00 UTC."""
    at("2026-03-01T00:00:00+00:00")
    made = Store.create(tmp_path / "madrid.db", {"zone": "Europe/Madrid"})
    at("2026-03-29T21:59:00+00:00")
    with made.writing("add") as change:
        change.insert("detainees", {"name": "Ana"})
    at("2026-03-29T22:00:00+00:00")
    with made.writing("add") as change:
        change.insert("detainees", {"name": "Luis"})
    assert names(made, known_by="2026-03-29") == ["Ana"]


def test_an_unknown_zone_is_a_sentence(tmp_path):
    made = Store.create(tmp_path / "x.db", {"zone": "America/Atlantis"})
    with pytest.raises(BadValue, match="Atlantis"):
        names(made, known_by="2026-01-14")


def test_the_head_of_then_is_the_changeset_of_then(past_store):
    with past_store.reading(known_by=3) as db:
        head = past_store.head(db)
        assert (head.seq, head.pending) == (3, 0)
        assert db.execute("SELECT count(*) FROM changes").fetchone()[0] == 4
        assert [c.seq for c in history.changesets(db)] == [3, 2, 1]


def test_waiting_edits_of_other_programs_are_not_known_then(past_store):
    db = sqlite3.connect(past_store.path)
    db.execute("UPDATE detainees SET name = 'Otra' WHERE name = 'Ana'")
    db.commit()
    db.close()
    assert names(past_store) == ["Eva", "Juan", "Luis", "Otra"]
    assert names(past_store, known_by=5) == ["Ana", "Eva", "Juan", "Luis"]


def test_every_kind_of_value_comes_back_as_it_was(store, snapshot):
    with store.writing("add") as change:
        person = change.insert(
            "detainees",
            {
                "name": 'Ána "la \\ Negra" O\'Hara\n李雷 🕊',
                "age": 0,
                "note": "",
                "occupation": "1",
                "description": "null",
            },
        )
    before = snapshot()
    with store.writing("edit") as change:
        change.update(
            "detainees", person, {"name": "x", "age": None, "note": None, "occupation": None, "description": None}
        )
    assert snapshot(known_by=2) == before


def test_the_past_cannot_be_written_either(past_store):
    with past_store.reading(known_by=3) as db, pytest.raises(sqlite3.OperationalError):
        db.execute("DELETE FROM detainees")


def test_a_reading_of_now_makes_no_views(store):
    with store.reading(known_by=1) as db:
        assert db.execute("SELECT count(*) FROM temp.sqlite_schema WHERE name = 'detainees'").fetchone()[0] == 0


def test_joins_and_aggregates_run_unchanged_on_the_past(store):
    with store.writing("add") as change:
        person = change.insert("detainees", {"name": "Ana"})
        spell = change.insert("detentions", {"detainee": person, "entered": "2026-01-09", "began": "2024"})
    sql = """
        SELECT p.name, count(d.id), max(d.began_from) FROM detainees p LEFT JOIN detentions d ON d.detainee = p.id
        GROUP BY p.id ORDER BY 1
    """
    with store.reading() as db:
        now = [tuple(row) for row in db.execute(sql)]
    with store.writing("later") as change:
        change.delete("detentions", spell)
        change.insert("detainees", {"name": "Luis"})
        change.update("detainees", person, {"name": "Ana Ruiz"})
    with store.reading(known_by=2) as db:
        assert [tuple(row) for row in db.execute(sql)] == now


def test_stamp_is_utc_to_the_millisecond():
    assert changelog.stamp(datetime(2026, 1, 14, 10, 0, 0, 1999, UTC)) == "2026-01-14T10:00:00.001Z"
