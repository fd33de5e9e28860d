"""Who changed what, when, why, from what to what."""

import pytest

from tracker.store import history, ids


def test_every_field_of_a_record_over_its_life(store, add):
    with store.writing("detainee add", actor="maría") as change:
        person = change.insert("detainees", {"name": "Ana", "born": "1970"})
    with store.writing("detainee edit", actor="luis") as change:
        change.update("detainees", person, {"name": "Ana Ruiz", "sex": "female"})
    with store.writing("detainee delete") as change:
        change.delete("detainees", person)
    with store.reading() as db:
        found = [
            (e.seq, e.actor, e.kind, e.reason, e.action, e.field, e.before, e.after)
            for e in history.history(db, rows=[("detainees", person)])
        ]
        moments = {e.at for e in history.history(db, rows=[("detainees", person)])}
    assert found == [
        (2, "maría", "command", "detainee add", "added", "name", None, "Ana"),
        (2, "maría", "command", "detainee add", "added", "born", None, "1970"),
        (2, "maría", "command", "detainee add", "added", "excluded", None, 0),
        (3, "luis", "command", "detainee edit", "changed", "name", "Ana", "Ana Ruiz"),
        (3, "luis", "command", "detainee edit", "changed", "sex", None, "female"),
        (4, None, "command", "detainee delete", "removed", "name", "Ana Ruiz", None),
        (4, None, "command", "detainee delete", "removed", "sex", "female", None),
        (4, None, "command", "detainee delete", "removed", "born", "1970", None),
        (4, None, "command", "detainee delete", "removed", "excluded", 0, None),
    ]
    assert all(moment.endswith("Z") for moment in moments)


def test_history_of_a_changeset_and_of_everything(store, add):
    person = add("detainees", name="Ana")
    add("facilities", name="El Rodeo")
    with store.reading() as db:
        assert {(e.table, e.row) for e in history.history(db, seq=2)} == {("detainees", person)}
        assert [e.seq for e in history.history(db)] == sorted(e.seq for e in history.history(db))
        assert {e.table for e in history.history(db)} == {"settings", "detainees", "facilities"}
        assert list(history.history(db, seq=99)) == []
        assert list(history.history(db, rows=[])) == []


def test_history_of_several_records_is_in_the_order_of_time(store, add):
    first = add("detainees", name="Ana")
    second = add("detainees", name="Luis")
    with store.writing("edit") as change:
        change.update("detainees", first, {"note": "x"})
    with store.reading() as db:
        found = [
            e.seq
            for e in history.history(db, rows=[("detainees", second), ("detainees", first)])
            if e.field != "excluded"
        ]
    assert found == [2, 3, 4]


def test_history_as_of_then_knows_nothing_later(store, add):
    person = add("detainees", name="Ana")
    with store.writing("edit") as change:
        change.update("detainees", person, {"name": "Ana Ruiz"})
    with store.reading(known_by=2) as db:
        found = [(e.seq, e.field, e.after) for e in history.history(db, rows=[("detainees", person)])]
        assert [each.seq for each in history.changesets(db)] == [2, 1]
    assert found == [(2, "name", "Ana"), (2, "excluded", 0)]


def test_forgotten_entries_say_so_and_nothing_else(store, add, other_program):
    person = add("detainees", name="Ana")
    with store.writing("edit") as change:
        change.update("detainees", person, {"name": "Otra"})
    other_program.execute("UPDATE changes SET before = NULL, gone = 1 WHERE seq = 3")
    with store.reading() as db:
        found = [(e.action, e.field, e.before, e.after) for e in history.history(db, seq=3)]
    assert found == [("forgotten", None, None, None)]


def test_changesets_are_listed_newest_first_with_their_undo(store, add):
    add("detainees", name="Ana")
    add("detainees", name="Luis")
    store.undo()
    with store.reading() as db:
        found = [(c.seq, c.kind, c.undoes, c.changes, c.undone_by, c.reason) for c in history.changesets(db)]
        assert [c.seq for c in history.changesets(db, limit=2)] == [4, 3]
    assert found == [
        (4, "undo", 3, 1, None, "undo 3"),
        (3, "command", None, 1, 4, "add detainees"),
        (2, "command", None, 1, None, "add detainees"),
        (1, "command", None, 5, None, "init"),
    ]


def test_undo_of_an_undo_leaves_the_first_change_in_force(store, add):
    add("detainees", name="Ana")
    store.undo(store.undo().seq)
    with store.reading() as db:
        assert history.undone(db) == {3: 4}


@pytest.fixture
def life(store):
    """A person with everything, another who shares the prison and the source; returns (person's parts, others)."""
    new = {name: ids.new() for name in ("P", "N", "T", "D", "Y", "R", "CR", "CD", "F", "S", "C", "P2", "D2", "Y2", "J")}
    with store.writing("add") as change:
        change.insert("facilities", {"id": new["F"], "name": "El Rodeo"})
        change.insert("sources", {"id": new["S"], "slug": "s"})
        change.insert("claimants", {"id": new["C"], "name": "FP", "kind": "monitor", "default_status": "verified"})
        for person in ("P", "P2"):
            change.insert("detainees", {"id": new[person], "name": person})
        change.insert("nationalities", {"id": new["N"], "detainee": new["P"], "country": "ES"})
        change.insert("tags", {"id": new["T"], "detainee": new["P"], "tag": "x"})
        change.insert("detentions", {"id": new["D"], "detainee": new["P"], "entered": "2026-01-09"})
        change.insert("detentions", {"id": new["D2"], "detainee": new["P2"], "entered": "2026-01-09"})
        change.insert("stays", {"id": new["Y"], "detention": new["D"], "step": 1, "facility": new["F"]})
        change.insert("stays", {"id": new["Y2"], "detention": new["D2"], "step": 1, "facility": new["F"]})
        change.insert(
            "releases", {"id": new["R"], "detention": new["D"], "step": 1, "entered": "x", "status": "verified"}
        )
        change.insert("citations", {"id": new["CR"], "source": new["S"], "claimant": new["C"], "release": new["R"]})
        change.insert("citations", {"id": new["CD"], "source": new["S"], "detainee": new["P"]})
        change.insert("judgements", {"id": new["J"], "one": new["P2"], "other": new["P"], "verdict": "different"})
    parts = [("detainees", "P"), ("nationalities", "N"), ("tags", "T"), ("detentions", "D"), ("stays", "Y")]
    parts += [("releases", "R"), ("citations", "CR"), ("citations", "CD"), ("judgements", "J")]
    return {(table, new[name]) for table, name in parts}, new


def test_belongings_of_a_person_are_all_that_is_theirs_and_nothing_shared(store, life):
    parts, new = life
    with store.reading() as db:
        assert set(history.belongings(db, "detainees", new["P"])) == parts


def test_belongings_include_what_was_deleted_or_moved_away(store, life):
    parts, new = life
    with store.writing("delete") as change:
        change.delete("citations", new["CR"])
        change.delete("releases", new["R"])
        change.update("tags", new["T"], {"detainee": new["P2"]})
    with store.reading() as db:
        assert set(history.belongings(db, "detainees", new["P"])) == parts
        assert ("tags", new["T"]) in history.belongings(db, "detainees", new["P2"])


def test_belongings_of_a_detention_do_not_reach_up(store, life):
    _, new = life
    with store.reading() as db:
        found = history.belongings(db, "detentions", new["D"])
    assert found[0] == ("detentions", new["D"])
    assert {table for table, _ in found} == {"detentions", "stays", "releases", "citations"}


def test_belongings_of_a_prison_are_not_those_held_there(store, life):
    _, new = life
    with store.reading() as db:
        assert history.belongings(db, "facilities", new["F"]) == [("facilities", new["F"])]
