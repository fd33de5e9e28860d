"""Undo is a new change that puts back the before, or a sentence with nothing changed."""

import pytest

from tracker.errors import NotFound, Refused
from tracker.store import history, proof


@pytest.fixture
def person(add):
    return add("detainees", name="Ana Ruiz")


def edit(store, person, **values):
    with store.writing("detainee edit") as change:
        change.update("detainees", person, values)
    return change.seq


def test_undo_puts_back_an_edit(store, person, snapshot):
    before = snapshot()
    edit(store, person, name="Otra", died="2024")
    result = store.undo(actor="luis")
    assert snapshot() == before
    assert (result.seq, result.undid, result.kind, result.reason) == (4, 3, "command", "detainee edit")
    assert result.touched == [("detainees", person)]
    with store.reading() as db:
        row = db.execute("SELECT kind, undoes, actor, reason FROM changesets WHERE seq = 4").fetchone()
    assert tuple(row) == ("undo", 3, "luis", "undo 3")


def test_undo_takes_away_what_was_added(store, person, snapshot):
    store.undo()
    assert snapshot()["detainees"] == {}


def test_undo_brings_back_what_was_deleted_with_its_ref(store, person, snapshot):
    before = snapshot()
    with store.writing("delete") as change:
        change.delete("detainees", person)
    store.undo()
    assert snapshot() == before


def test_repeated_bare_undo_goes_back_step_by_step_to_the_set_up(store, person, snapshot):
    states = []
    for n in range(3):
        states.append(snapshot())
        edit(store, person, note=f"{n}")
    for state in reversed(states):
        store.undo()
        assert snapshot() == state
    store.undo()
    with pytest.raises(Refused, match="nothing to undo"):
        store.undo()


def test_undoing_an_undo_is_redo(store, person, snapshot):
    seq = edit(store, person, note="x")
    after = snapshot()
    undone = store.undo()
    redone = store.undo(undone.seq)
    assert snapshot() == after
    assert redone.undid == undone.seq
    assert store.undo().undid == seq


def test_an_undone_change_is_not_undone_twice(store, person):
    seq = edit(store, person, note="x")
    store.undo(seq)
    with pytest.raises(Refused, match=f"Change {seq} is already undone, by change {seq + 1}"):
        store.undo(seq)


@pytest.mark.parametrize("form", [str, int, "#{}".format, " {} ".format])
def test_a_change_is_named_by_its_number(store, person, form):
    seq = edit(store, person, note="x")
    edit(store, person, sex="female")
    with pytest.raises(Refused):
        store.undo(form(seq))
    assert store.undo(form(seq + 1)).undid == seq + 1


def test_a_change_is_named_by_its_id(store, person):
    seq = edit(store, person, note="x")
    with store.reading() as db:
        name = store.head(db).id
    assert store.undo(name.upper()).undid == seq


@pytest.mark.parametrize("wanted", ["99", 0, "zzz", "-1", ""])
def test_a_change_that_is_not_there_is_not_found(store, person, wanted):
    with pytest.raises(NotFound, match="There is no change"):
        store.undo(wanted)


def test_the_set_up_cannot_be_undone(store):
    with pytest.raises(Refused, match="nothing to undo"):
        store.undo()
    with pytest.raises(Refused, match="Change 1 cannot be undone: it made this record"):
        store.undo(1)


def test_undo_is_refused_where_a_later_change_touched_the_same_record(store, person, snapshot):
    seq = edit(store, person, note="x")
    with store.writing("detainee edit P-abc --sex") as change:
        change.update("detainees", person, {"sex": "female"})
    before = snapshot()
    with pytest.raises(Refused) as caught:
        store.undo(seq)
    assert caught.value.message == (
        f"Change {seq} cannot be undone: later changes depend on it: {seq + 1} (detainee edit P-abc --sex), on P-{person[-6:]}."
    )
    assert caught.value.hint == f"Nothing was changed. Undo the later changes first: tracker undo {seq + 1}"
    assert snapshot() == before


def test_undo_is_fine_where_the_later_change_was_itself_undone(store, person, snapshot):
    before = snapshot()
    seq = edit(store, person, note="x")
    store.undo(edit(store, person, sex="female"))
    store.undo(seq)
    assert snapshot() == before


def test_undo_is_fine_where_later_changes_touched_other_records(store, person, add, snapshot):
    seq = edit(store, person, note="x")
    add("detainees", name="Luis")
    store.undo(seq)
    assert snapshot()["detainees"][person]["note"] is None


def test_undo_is_refused_where_a_later_record_points_at_what_it_would_remove(store, person, add, snapshot):
    spell = add("detentions", detainee=person, entered="2026-01-09")
    undone = edit(store, person, note="x")
    store.undo(undone)
    before = snapshot()
    with pytest.raises(Refused, match=f"depend.*D-{spell[-6:]}") as caught:
        store.undo(2)
    assert caught.value.hint.endswith("first: tracker undo 3")
    assert snapshot() == before


def test_undoing_a_delete_is_refused_where_its_parent_is_gone(store, person, add, snapshot):
    spell = add("detentions", detainee=person, entered="2026-01-09")
    with store.writing("delete") as change:
        change.delete("detentions", spell)
    seq = change.seq
    with store.writing("delete") as change:
        change.delete("detainees", person)
    before = snapshot()
    with pytest.raises(Refused, match=f"depend.*D-{spell[-6:]}") as caught:
        store.undo(seq)
    assert caught.value.hint.endswith(f"first: tracker undo {seq + 1}")
    assert snapshot() == before


def test_undo_is_refused_where_a_unique_value_is_taken_meanwhile(store, add, snapshot):
    source = add("sources", slug="infobae")
    with store.writing("edit") as change:
        change.update("sources", source, {"slug": "infobae-2026-01-15"})
    seq = change.seq
    add("sources", slug="infobae")
    before = snapshot()
    with pytest.raises(Refused, match="UNIQUE"):
        store.undo(seq)
    assert snapshot() == before


def test_unique_values_that_moved_between_records_go_back(store, add, snapshot):
    source = add("sources", slug="infobae")
    before = snapshot()
    with store.writing("replace") as change:
        change.delete("sources", source)
        change.insert("sources", {"slug": "infobae", "title": "otra"})
    store.undo()
    assert snapshot() == before


def test_a_bare_undo_does_not_touch_what_another_program_just_changed(store, person, other_program, snapshot):
    edit(store, person, note="x")
    other_program.execute("UPDATE detainees SET sex = 'female'")
    before = snapshot()
    with pytest.raises(Refused, match="Another program changed the record"):
        store.undo()
    assert snapshot() == before
    with pytest.raises(Refused, match=r"later changes depend on it: 4, on P-"):
        store.undo(3)


def test_an_outside_change_is_undone_when_named(store, person, other_program, add, snapshot):
    before = snapshot()["detainees"][person]
    other_program.execute("UPDATE detainees SET sex = 'female', name = 'Otra'")
    add("facilities", name="El Rodeo")
    assert store.undo(3).kind == "outside"
    assert snapshot()["detainees"][person] == before


def test_an_undo_that_changes_nothing_is_still_recorded(store, person):
    with store.writing("there and back") as change:
        change.update("detainees", person, {"note": "x"})
        change.update("detainees", person, {"note": None})
    seq = change.seq
    assert store.undo().undid == seq
    assert store.undo().undid == 2


def test_a_dry_run_of_undo_says_what_it_would_touch(store, person, snapshot):
    edit(store, person, note="x")
    before = snapshot()
    result = store.undo(dry_run=True)
    assert (result.seq, result.undid, result.touched) == (None, 3, [("detainees", person)])
    assert snapshot() == before


@pytest.mark.parametrize("kind", ["migrate", "forget"])
def test_upgrades_and_forgettings_cannot_be_undone(store, person, kind):
    with store.writing("step", kind=kind) as change:
        change.update("detainees", person, {"note": "x"})
    with pytest.raises(Refused, match=f"Change {change.seq} cannot be undone"):
        store.undo(change.seq)
    with pytest.raises(Refused, match=f"Change 2 cannot be undone: later changes depend on it: {change.seq}") as caught:
        store.undo()
    assert f"Change {change.seq} cannot be undone itself" in caught.value.hint


def test_a_change_with_forgotten_parts_cannot_be_undone(store, person, other_program):
    seq = edit(store, person, note="x")
    other_program.execute("UPDATE changes SET before = NULL, gone = 1 WHERE seq = ?", (seq,))
    with pytest.raises(Refused, match="forgotten"):
        store.undo(seq)


def test_the_log_stays_whole_through_undo_and_redo(store, person):
    edit(store, person, note="x")
    store.undo(store.undo().seq)
    with store.reading() as db:
        assert proof.verify(db).findings == []
        assert history.undone(db) == {4: 5}
