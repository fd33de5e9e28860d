"""The write door: what it fills in, what it refuses, and that it happens whole or not at all."""

import sqlite3
import stat
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from tracker.errors import BadValue, NotFound, Refused
from tracker.store import Store, changelog, ids


def test_a_new_database_holds_its_settings_and_belongs_to_its_owner_alone(tmp_path):
    path = tmp_path / "new folder" / "the record.db"
    made = Store.create(path, {"country": "VE", "zone": "America/Caracas", "we": "Los de aquí"})
    assert made.settings == {
        "country": "VE",
        "zone": "America/Caracas",
        "we": "Los de aquí",
        "device": made.settings["device"],
    }
    assert (made.country, made.zone, len(made.settings["device"])) == ("VE", "America/Caracas", 8)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    with made.reading() as db:
        assert made.head(db).seq == 1


def test_a_record_without_zone_or_country_uses_utc_and_none(tmp_path):
    made = Store.create(tmp_path / "bare.db", {})
    assert (made.zone, made.country) == ("UTC", "")


@pytest.mark.parametrize("there", ["file", "folder", "dangling link"])
def test_create_refuses_where_something_is(tmp_path, there):
    path = tmp_path / "taken.db"
    if there == "file":
        path.write_text("a diary")
    elif there == "folder":
        path.mkdir()
    else:
        path.symlink_to(tmp_path / "elsewhere.db")
    with pytest.raises(Refused, match="already something"):
        Store.create(path, {})
    assert len(list(tmp_path.iterdir())) == 1
    assert there != "file" or path.read_text() == "a diary"


def test_create_leaves_nothing_behind_when_filling_it_fails(tmp_path):
    path = tmp_path / "half.db"
    with pytest.raises(BadValue, match="cannot be stored"):
        Store.create(path, {"zone": "\ud800"})
    assert list(tmp_path.iterdir()) == []


def test_create_needs_no_hard_links_and_still_never_writes_over_another(tmp_path, monkeypatch):
    """A USB stick has none."""

    def refuse(self, target):
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(type(tmp_path), "hardlink_to", refuse)
    path = tmp_path / "stick.db"
    made = Store.create(path, {"country": "VE"})
    assert made.country == "VE"
    assert [each.name for each in tmp_path.iterdir()] == ["stick.db"]


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_appears_while_a_database_is_made_stays(tmp_path, monkeypatch, links):
    path = tmp_path / "new.db"

    def appear(store):
        path.write_text("a diary")

    def refuse(self, target):
        raise OSError(1, "Operation not permitted")

    if not links:
        monkeypatch.setattr(type(tmp_path), "hardlink_to", refuse)
    with pytest.raises(Refused, match="already something"):
        Store.create(path, {}, load=appear)
    assert path.read_text() == "a diary"
    assert [each.name for each in tmp_path.iterdir()] == ["new.db"]


def test_insert_fills_id_ref_bounds_and_name_keys(store, add):
    person = add("detainees", name="Rocío San Miguel", born="1966-05")
    with store.reading() as db:
        row = db.execute("SELECT * FROM detainees").fetchone()
    assert row["id"] == person
    assert row["ref"] == "P-" + person[-6:]
    assert (row["born_from"], row["born_to"]) == ("1966-05-01T00:00", "1966-05-31T23:59")
    assert row["name_key"] == "rocio san miguel"
    assert row["name_exact"] == "rocío san miguel"


def test_insert_keeps_a_given_id(add):
    given = ids.deterministic("seed", "ana", "2026-01-09")
    assert add("detainees", id=given, name="Ana Ruiz") == given


def test_a_ref_grows_where_its_tail_is_taken(store, add):
    one, two = "0" * 18 + "00000000", "0" * 18 + "11000000"
    add("detainees", id=one, name="Uno")
    add("detainees", id=two, name="Dos")
    with store.reading() as db:
        refs = dict(db.execute("SELECT id, ref FROM detainees").fetchall())
    assert refs == {one: "P-000000", two: "P-1000000"}


def test_the_same_tail_serves_two_tables(store, add):
    same = ids.new()
    add("detainees", id=same, name="Uno")
    add("facilities", id=same, name="El Rodeo")
    with store.reading() as db:
        assert db.execute("SELECT ref FROM facilities").fetchone()[0] == "F-" + same[-6:]


def test_update_fills_bounds_and_keys_and_says_whether_anything_differs(store, add):
    person = add("detainees", name="Ana Ruiz", died="2024")
    with store.writing("edit") as change:
        assert change.update("detainees", person, {"name": "Ána  Ruíz", "died": "..2024-05"})
        assert not change.update("detainees", person, {"name": "Ána  Ruíz", "sex": None})
        row = change.get("detainees", person)
    assert (row["name_key"], row["died_from"], row["died_to"]) == ("ana ruiz", None, "2024-05-31T23:59")


def test_a_name_or_date_can_be_emptied(store, add):
    person = add("detainees", name="Ana Ruiz", description="una mujer", died="2024")
    with store.writing("edit") as change:
        change.update("detainees", person, {"name": None, "died": None})
        row = change.get("detainees", person)
    assert [row[name] for name in ("name", "name_key", "name_exact", "died_from", "died_to")] == [None] * 5


def test_nothing_changed_leaves_no_changeset(store, add):
    person = add("detainees", name="Ana Ruiz")
    with store.writing("edit") as change:
        change.update("detainees", person, {"name": "Ana Ruiz"})
    assert change.seq is None
    assert change.touched == []
    with store.reading() as db:
        assert store.head(db).seq == 2


def test_a_dry_run_keeps_nothing_and_says_what_it_would_touch(store, snapshot):
    before = snapshot()
    with store.writing("add", dry_run=True) as change:
        person = change.insert("detainees", {"name": "Ana Ruiz"})
        assert change.get("detainees", person)["name"] == "Ana Ruiz"
    assert change.seq is None
    assert change.touched == [("detainees", person)]
    assert snapshot() == before


def test_touched_lists_each_record_once_in_order(store):
    with store.writing("add") as change:
        prison = change.insert("facilities", {"name": "El Helicoide"})
        person = change.insert("detainees", {"name": "Ana Ruiz"})
        change.update("facilities", prison, {"state": "Distrito Capital"})
        assert change.touched == [("facilities", prison), ("detainees", person)]
    assert change.touched == [("facilities", prison), ("detainees", person)]
    assert change.seq == 2


def test_a_big_change_reads_touched_back_from_the_log(store, monkeypatch):
    monkeypatch.setattr("tracker.store.change.KEPT", 3)
    with store.writing("add") as change:
        made = [change.insert("detainees", {"name": f"Persona {n}"}) for n in range(5)]
    assert change.touched == [("detainees", each) for each in made]


def test_a_reason_can_be_set_inside_the_block(store):
    with store.writing("release add") as change:
        person = change.insert("detainees", {"name": "Ana Ruiz"})
        change.reason += " " + change.ref("detainees", person)
    with store.reading() as db:
        reason = db.execute("SELECT reason FROM changesets WHERE seq = 2").fetchone()[0]
    assert reason == "release add P-" + person[-6:]


def test_an_error_inside_the_block_keeps_nothing(store, snapshot):
    before = snapshot()

    def half(change):
        change.insert("detainees", {"name": "Ana Ruiz"})
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), store.writing("add") as change:
        half(change)
    assert snapshot() == before
    with store.reading() as db:
        assert db.execute("SELECT changeset FROM session").fetchone()[0] is None


def test_a_refused_row_leaves_the_rest_of_the_block_to_the_caller(store, snapshot):
    with store.writing("add") as change:
        with pytest.raises(Refused, match="NOT NULL"):
            change.insert("names", {"detainee": "x"})
        change.insert("detainees", {"name": "Ana Ruiz"})
    assert [row["name"] for row in snapshot()["detainees"].values()] == ["Ana Ruiz"]
    assert snapshot()["names"] == {}


@pytest.mark.parametrize(
    ("table", "values", "error"),
    [
        ("detainees", {}, Refused),
        ("detainees", {"name": "Ana", "sex": "f"}, Refused),
        ("detainees", {"name": "Ana", "born": "2026-02-30"}, BadValue),
        ("detainees", {"name": "Ana", "born": "03/04/2024"}, BadValue),
        ("detainees", {"name": "Ana", "age": 10**30}, BadValue),
        ("detainees", {"name": "Ana", "note": "\ud800"}, BadValue),
        ("detainees", {"name": "Ana", "age": "diecisiete"}, Refused),
        ("detainees", {"name": "Ana", "name_key": "ana"}, ValueError),
        ("detainees", {"name": "Ana", "ref": "P-000000"}, ValueError),
        ("detainees", {"name": "Ana", "apodo": "Anita"}, sqlite3.OperationalError),
    ],
)
def test_values_that_the_tables_do_not_take_are_refused(store, snapshot, table, values, error):
    before = snapshot()
    with pytest.raises(error), store.writing("add") as change:
        change.insert(table, values)
    assert snapshot() == before


@pytest.mark.parametrize("work", ["get", "update", "delete", "ref"])
def test_a_record_that_is_not_there_is_not_found(store, work):
    arguments = {"update": ({"name": "Ana"},)}.get(work, ())
    with pytest.raises(NotFound, match="no record"), store.writing("edit") as change:
        getattr(change, work)("detainees", "0" * 26, *arguments)


def test_pointing_at_nothing_is_refused_with_the_record_that_does(store, snapshot):
    before = snapshot()
    with pytest.raises(Refused, match=r"depend .*D-[0-9a-z]{6}"), store.writing("add") as change:
        change.insert("detentions", {"detainee": "0" * 26, "entered": "2026-01-09"})
    assert snapshot() == before


def test_children_may_come_before_their_parents_within_one_change(store):
    person = ids.new()
    with store.writing("add") as change:
        change.insert("tags", {"detainee": person, "tag": "journalist"})
        change.insert("detainees", {"id": person, "name": "Ana Ruiz"})
    assert change.seq == 2


def test_deleting_what_others_point_at_is_refused_with_their_refs(store, snapshot):
    with store.writing("add") as change:
        person = change.insert("detainees", {"name": "Ana Ruiz"})
        spells = [change.insert("detentions", {"detainee": person, "entered": "2026-01-09"}) for _ in range(10)]
    before = snapshot()
    with pytest.raises(Refused) as caught, store.writing("delete") as change:
        change.delete("detainees", person)
    assert "D-" + spells[0][-6:] in caught.value.message
    assert "and 2 more" in caught.value.message
    assert snapshot() == before


def test_a_dangling_row_of_another_program_cannot_hide_a_new_one(store, other_program, snapshot):
    """SQLite's own counter would balance the repair of an old violation against the new one."""
    other_program.execute("INSERT INTO tags (id, detainee, tag) VALUES ('loose', 'nobody', 'x')")
    with store.writing("take in") as change:
        change.insert("detainees", {"name": "Ana"})
    before = snapshot()

    def both(change):
        change.delete("tags", "loose")
        change.insert("tags", {"id": "dangle", "detainee": "nobody else", "tag": "y"})

    with pytest.raises(Refused, match="tags dangle"), store.writing("both") as change:
        both(change)
    assert snapshot() == before


def test_at_never_runs_backwards(store, add, monkeypatch):
    class Backwards(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(1999, 1, 1, tzinfo=UTC)

    add("detainees", name="Ana")
    monkeypatch.setattr(changelog, "datetime", Backwards)
    add("detainees", name="Luis")
    with store.reading() as db:
        moments = [row[0] for row in db.execute("SELECT at FROM changesets ORDER BY seq")]
    assert moments == sorted(moments)
    assert moments[-1] > "2020"


def test_changesets_say_who_and_on_which_device(store):
    with store.writing("add", actor="maría") as change:
        change.insert("detainees", {"name": "Ana"})
    with store.reading() as db:
        row = db.execute("SELECT actor, device, kind, at FROM changesets WHERE seq = 2").fetchone()
    assert (row["actor"], row["device"], row["kind"]) == ("maría", store.settings["device"], "command")
    assert datetime.fromisoformat(row["at"]).tzinfo is not None


def test_a_reading_sees_one_state_and_cannot_write(store, add):
    add("detainees", name="Ana")
    with store.reading() as db:
        assert db.execute("SELECT count(*) FROM detainees").fetchone()[0] == 1
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            db.execute("DELETE FROM detainees")


def test_a_reading_turns_sqlite_errors_into_sentences(store):
    from tracker.errors import DiskTrouble

    with pytest.raises(DiskTrouble, match="cannot be written"), store.reading() as db:
        db.execute("DELETE FROM detainees")


def test_settings_are_read_again_after_a_change(store):
    assert store.settings["we"] == "Monitor de prueba"
    with store.writing("settings") as change:
        change.update("settings", "we", {"value": "Otro nombre"})
    assert store.settings["we"] == "Otro nombre"


def test_settings_can_be_asked_for_while_a_big_change_holds_the_file(store, monkeypatch):
    monkeypatch.setenv("TRACKER_BUSY_SECONDS", "0")
    with store.writing("load") as change:
        change.db.execute("PRAGMA cache_size = 10")
        change.insert_many("detainees", [{"name": f"Persona {n}", "note": "x" * 400} for n in range(2_000)])
        assert store.zone == "America/Caracas"


def test_a_change_within_a_change_is_a_mistake_said_at_once(store):
    with store.writing("outer"), pytest.raises(RuntimeError, match="already writing"), store.writing("inner"):
        pass
    with store.writing("after") as change:
        change.insert("detainees", {"name": "Ana"})
    assert change.seq == 2


@pytest.mark.parametrize("path", ["con espacio y ñ.db", "a#b?c=d&e.db", "100%25.db", "[x]'\".db"])
def test_any_file_name_will_do(tmp_path, path):
    made = Store.create(tmp_path / path, {"country": "VE"})
    with made.writing("add") as change:
        change.insert("detainees", {"name": "Ana"})
    assert [each.name for each in tmp_path.iterdir()] == [path]


def test_reading_and_writing_never_import_sqlite_utils(store):
    script = f"""
import sys
from pathlib import Path
from tracker.store import Store
store = Store.open(Path({str(store.path)!r}))
with store.reading() as db:
    db.execute("SELECT count(*) FROM detainees").fetchone()
heavy = {{"sqlite_utils", "anyascii", "zoneinfo", "babel", "rich", "typer", "dateutil"}}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
with store.writing("add") as change:
    change.insert("facilities", {{"name": "El Rodeo"}})
    change.insert("claimants", {{"name": "Foro Penal", "kind": "monitor", "default_status": "verified"}})
assert "sqlite_utils" not in sys.modules
Store.create(Path({str(store.path)!r} + ".new"), {{}})
assert "sqlite_utils" not in sys.modules
print("fine")
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.stdout == "fine\n", done.stderr
