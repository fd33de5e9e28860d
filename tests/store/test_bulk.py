"""Many rows at once: the same record, log and seals as one by one, only faster."""

import pytest

from tracker.errors import BadValue, Refused
from tracker.store import Store, bulk, connection, ids, proof
from tracker.store.schema import REF_LETTERS

MANY = 250  # enough that the triggers step aside


def people(count, start=0):
    return [{"name": f"Persona {n}", "born": f"19{n % 90 + 10}"} for n in range(start, start + count)]


def shape(store: Store):
    """What is stored and logged, without what differs by chance (ids, refs)."""
    with store.reading() as db:
        rows = [
            tuple(row) for row in db.execute("SELECT name, name_key, name_exact, born_from, excluded FROM detainees")
        ]
        log = [tuple(row) for row in db.execute('SELECT n, seq, "table", before, gone FROM changes')]
        seals = [tuple(row) for row in db.execute("SELECT seq, first, last FROM seals")]
        assert connection.strangers(db) == []
        assert proof.verify(db).findings == []
    return rows, log, seals


@pytest.mark.parametrize("count", [1, bulk.FEW, MANY, 2 * bulk.BATCH + 1])
def test_many_rows_are_stored_and_logged_as_one_by_one(store, tmp_path, count):
    with store.writing("add") as change:
        made = change.insert_many("detainees", iter(people(count)))
    other = Store.create(tmp_path / "other.db", {"a": "1", "b": "2", "c": "3", "d": "4"})
    with other.writing("add") as change:
        for row in people(count):
            change.insert("detainees", row)
    assert shape(store) == shape(other)
    assert len(made) == len(set(made)) == count


def test_ids_come_back_in_order_and_refs_are_their_tails(store):
    with store.writing("add") as change:
        made = change.insert_many("detainees", people(MANY))
        named = [(row["id"], row["ref"]) for row in change.db.execute("SELECT id, ref FROM detainees ORDER BY rowid")]
    assert named == [(each, "P-" + each[-6:]) for each in made]


def test_refs_grow_where_tails_are_taken_before_or_within_the_batch(store):
    tail = "abcdef"
    given = [f"{n:020d}{tail}" for n in range(3)]
    with store.writing("add") as change:
        change.insert("detainees", {"id": given[0], "name": "Una"})
        change.insert_many("detainees", [*people(MANY), *({"id": each, "name": "Otra"} for each in given[1:])])
        refs = dict(change.db.execute("SELECT id, ref FROM detainees").fetchall())
    assert [refs[each] for each in given] == ["P-abcdef", "P-1abcdef", "P-2abcdef"]


def test_refs_grow_where_two_of_one_batch_share_a_tail(store):
    given = [f"{n:020d}fedcba" for n in range(1, 3)]
    with store.writing("add") as change:
        change.insert_many("detainees", [*people(MANY), *({"id": each, "name": "Otra"} for each in given)])
        refs = dict(change.db.execute("SELECT id, ref FROM detainees").fetchall())
    assert [refs[each] for each in given] == ["P-fedcba", "P-2fedcba"]


def test_rows_may_name_different_columns_and_keep_defaults(store):
    rows = [*people(MANY), {"description": "adolescente, 17"}, {"name": "Luis", "excluded": 1}]
    with store.writing("add") as change:
        made = change.insert_many("detainees", rows)
        assert change.get("detainees", made[-2])["excluded"] == 0
        assert change.get("detainees", made[-1])["excluded"] == 1


@pytest.mark.parametrize("bad", [{"name": "Ana", "sex": "f"}, {"name": "Ana", "born": "2026-13"}, {}])
@pytest.mark.parametrize("place", [0, MANY, 3 * bulk.BATCH])
def test_one_bad_row_keeps_none_of_them_and_the_triggers(store, snapshot, bad, place):
    rows = people(3 * bulk.BATCH + 5)
    rows.insert(place, bad)
    with store.writing("add") as change:
        change.insert("facilities", {"name": "El Rodeo"})
        with pytest.raises((Refused, BadValue)):
            change.insert_many("detainees", rows)
        change.insert("detainees", {"name": "Después"})
    assert [row["name"] for row in snapshot()["detainees"].values()] == ["Después"]
    assert len(snapshot()["facilities"]) == 1
    with store.reading() as db:
        assert connection.strangers(db) == []
        assert proof.verify(db).findings == []


def test_an_id_that_is_there_already_is_refused(store, add, snapshot):
    person = add("detainees", name="Ana")
    before = snapshot()
    with pytest.raises(Refused, match="UNIQUE"), store.writing("add") as change:
        change.insert_many("detainees", [*people(MANY), {"id": person, "name": "Otra"}])
    assert snapshot() == before


def test_derived_columns_are_refused_in_bulk_too(store):
    with pytest.raises(ValueError, match="name_key"), store.writing("add") as change:
        change.insert_many("detainees", [{"name": "Ana", "name_key": "ana"}])


def test_rows_pointing_at_nothing_are_refused(store, snapshot):
    before = snapshot()
    with pytest.raises(Refused, match="D-"), store.writing("add") as change:
        change.insert_many("detentions", [{"detainee": ids.new(), "entered": "2026-01-09"} for _ in range(MANY)])
    assert snapshot() == before


def test_no_rows_are_no_change(store):
    with store.writing("add") as change:
        assert change.insert_many("detainees", []) == []
    assert change.seq is None


def test_a_load_of_every_table_with_refs_gets_its_letter(store):
    with store.writing("add") as change:
        change.insert_many("facilities", [{"name": f"Prisión {n}"} for n in range(MANY)])
        change.insert_many("sources", [{"slug": f"fuente-{n}"} for n in range(MANY)])
        for table in ("facilities", "sources"):
            (letter,) = {row[0] for row in change.db.execute(f"SELECT DISTINCT substr(ref, 1, 2) FROM {table}")}
            assert letter == REF_LETTERS[table] + "-"


def test_a_load_can_be_undone_and_redone(store, snapshot):
    empty = snapshot()
    with store.writing("add") as change:
        change.insert_many("detainees", people(MANY))
    full = snapshot()
    store.undo()
    assert snapshot() == empty
    store.undo(3)
    assert snapshot() == full
