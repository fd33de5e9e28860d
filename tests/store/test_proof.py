"""Tampering of every kind is found: rows, log, chain, seals, a whole older copy. Honest work never is."""

import hmac
import json
import shutil
import sqlite3
from contextlib import closing

import pytest

from tracker.store import connection, proof, seals, structure

ANA, LUIS = "a" * 26, "b" * 26


@pytest.fixture
def record(store, add):
    """Two people, two edits, a delete: changesets 2 to 6."""
    add("detainees", id=ANA, name="Ana Ruiz")
    add("detainees", id=LUIS, name="Luis Díaz")
    spell = add("detentions", detainee=ANA, entered="2026-01-09")
    with store.writing("edit Ana", actor="maría") as change:
        change.update("detainees", ANA, {"sex": "female", "note": "x"})
    with store.writing("delete") as change:
        change.delete("detentions", spell)
    return store


@pytest.fixture
def verify(store):
    def run(**more):
        with store.reading() as db:
            return proof.verify(db, **more)

    return run


def tamper(store, *statements):
    """Write as somebody who knows what he does: the triggers are taken away and put back exactly."""
    db = sqlite3.connect(store.path, isolation_level=None)
    db.execute("BEGIN")  # a hundred triggers: with a commit for each, the test would wait for the disk
    kept = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in kept:
        db.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        db.execute(statement)
    for _, sql in kept:
        db.execute(sql)
    db.execute("COMMIT")
    db.close()


def test_an_honest_record_is_whole(record, verify):
    found = verify()
    assert found.findings == []
    assert found.whole
    assert found[:4] == (6, 10, 7, 0)


def test_waiting_edits_of_other_programs_are_counted_not_accused(record, verify, other_program):
    other_program.execute("UPDATE detainees SET note = 'y'")
    other_program.execute("DELETE FROM detainees WHERE name LIKE 'Luis%'")
    found = verify()
    assert (found.findings, found.pending) == ([], 3)


KINDS = {
    "a row altered": ("UPDATE detainees SET name = 'Otra' WHERE name = 'Ana Ruiz'", "seal", {2, 5}),
    "an empty column filled": (f"UPDATE detainees SET died = '2026' WHERE id = '{LUIS}'", "seal", {3}),
    "a row deleted": (f"DELETE FROM detainees WHERE id = '{LUIS}'", "seal", {3}),
    "a row added": ("INSERT INTO detainees (id, name) VALUES ('c', 'Intruso')", "unlogged", {None}),
    "a deleted row put back": (
        "INSERT INTO detentions (id, detainee, entered) SELECT row, 'x', 'y' FROM changes WHERE seq = 6",
        "seal",
        {6},
    ),
    "a past state altered": ("UPDATE changes SET before = replace(before, 'Ana', 'Eva') WHERE seq = 5", "seal", {2, 5}),
    "a past state blanked": ("UPDATE changes SET before = NULL WHERE seq = 5", "seal", {2, 5}),
    "an addition made to look like an edit": ("UPDATE changes SET before = '{}' WHERE seq = 3", "seal", {3}),
    "a change deleted": ("DELETE FROM changes WHERE seq = 5", "seal", {2, 5}),
    "the first change of a row deleted": ("DELETE FROM changes WHERE seq = 3", "seal", {3}),
    "a change moved to another changeset": ("UPDATE changes SET seq = 4 WHERE seq = 5", "seal", {4, 5}),
    "a change moved to no changeset": ("UPDATE changes SET seq = NULL WHERE seq = 5", "seal", {5}),
    "a change of another row": (f"UPDATE changes SET row = '{LUIS}' WHERE seq = 5", "seal", {2, 3, 5}),
    "changes in another order": (
        "UPDATE changes SET n = CASE n WHEN 7 THEN 1008 ELSE n END WHERE n IN (7, 8)",
        "seal",
        {3},
    ),
    "a change added to a changeset": (
        f"""INSERT INTO changes (seq, "table", row, before) VALUES (6, 'detainees', '{LUIS}', '{{}}')""",
        "uncovered",
        {6},
    ),
    "a false past slipped in as waiting": (
        f"""INSERT INTO changes (seq, "table", row, before) VALUES (NULL, 'detainees', '{LUIS}', '{{"name":"X"}}')""",
        "seal",
        {3},
    ),
    "a time altered": ("UPDATE changesets SET at = '2026-01-01T00:00:00.000Z' WHERE seq = 1", "changeset", {1}),
    "an author altered": ("UPDATE changesets SET actor = 'otro' WHERE seq = 5", "changeset", {5}),
    "a kind altered": ("UPDATE changesets SET kind = 'outside' WHERE seq = 5", "changeset", {5}),
    "a reason altered": ("UPDATE changesets SET reason = 'otra' WHERE seq = 5", "reason", {5}),
    "a reason removed": ("UPDATE changesets SET reason = NULL, salt = NULL WHERE seq = 5", "reason", {5}),
    "a hash altered": (f"UPDATE changesets SET hash = '{'0' * 64}' WHERE seq = 5", "changeset", {5}),
    "a changeset deleted": ("DELETE FROM changesets WHERE seq = 5", "missing", {5}),
    "a changeset's number made enormous": (
        f"UPDATE changesets SET seq = {6 + 2**40} WHERE seq = 6",
        "missing",
        set(range(6, 1_006)),
    ),
    "the newest changeset deleted": ("DELETE FROM changesets WHERE seq = 6", "missing", {6}),
    "the order of time altered": ("UPDATE changesets SET at = '2000' WHERE seq = 4", "reordered", {4}),
    "a seal deleted": ("DELETE FROM seals WHERE seq = 5", "uncovered", {5}),
    "a seal's key altered": (f"UPDATE seals SET key = '{'ab' * 32}' WHERE seq = 5", "seal", {5}),
    "a seal's key removed": ("UPDATE seals SET key = NULL WHERE seq = 5", "seal", {5}),
    "a seal's key in capitals": ("UPDATE seals SET key = upper(key) WHERE seq = 5", "seal", {5}),
    "a seal that reaches beyond the log": ("UPDATE seals SET last = last + 64 WHERE seq = 6", "seal", {6}),
    "a seal that another follows at a distance": ("UPDATE seals SET id = id + 64 WHERE seq = 6", "seal", {6}),
    "a seal's key that is none": ("UPDATE seals SET key = 'secret' WHERE seq = 5", "seal", {5}),
    "a seal shortened": ("UPDATE seals SET last = first - 1 WHERE seq = 5", "uncovered", {5}),
    "a seal given false leaves": ('UPDATE seals SET leaves = \'[["00", "00"]]\' WHERE seq = 5', "seal", {5}),
    "a seal given broken leaves": ("UPDATE seals SET leaves = 'x' WHERE seq = 5", "seal", {5}),
    "blanked and called forgotten": ("UPDATE changes SET before = NULL, gone = 1 WHERE seq = 5", "forgotten", {5}),
    "a write left open": ("UPDATE session SET changeset = 6", "session", {None}),
    "no session": ("DELETE FROM session", "session", {None}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_tampering_is_found_where_it_was_done(record, verify, kind):
    sql, what, changesets = KINDS[kind]
    tamper(record, sql)
    found = verify().findings
    assert what in {each.what for each in found}
    assert {each.seq for each in found if each.what == what} <= changesets
    assert all(each.message.endswith(".") for each in found)


def test_a_finding_names_the_records_it_cannot_vouch_for(record, verify):
    tamper(record, f"UPDATE detainees SET died = '2026' WHERE id = '{LUIS}'")
    (finding,) = verify().findings
    assert finding.records == (("detainees", LUIS),)
    assert f"P-{LUIS[-6:]}" in finding.message


def test_the_chain_rewritten_consistently_is_betrayed_by_a_hash_seen_before(record, verify):
    """Who holds the file can forge all of it; not what was printed on yesterday's screen."""
    with record.reading() as db:
        seen = record.head(db).hash
    copy = record.path.with_name("older.db")
    shutil.copy(record.path, copy)
    with record.writing("edit") as change:
        change.update("detainees", ANA, {"note": "later"})
    with record.reading() as db:
        later = record.head(db).hash
    assert verify(seen=[seen, later]).whole
    shutil.copy(copy, record.path)
    found = verify(seen=[seen, later]).findings
    assert [each.what for each in found] == ["unseen"]
    assert later in found[0].message


def test_a_changeset_printed_once_must_still_be_in_the_log(record, verify):
    """As reports print it: the number and the first digits of the hash."""
    with record.reading() as db:
        head = record.head(db)
    printed = (head.seq, head.hash[:8])
    assert verify(heads=[printed, (printed[0], printed[1].upper())]).whole
    assert [(each.what, each.seq) for each in verify(heads=[(head.seq, "0" * 8)]).findings] == [("replaced", head.seq)]
    (cut,) = verify(heads=[(head.seq + 1, "ab12cd34")]).findings
    assert cut.what == "cut"
    assert "ab12cd34" in cut.message


def test_writing_on_does_not_wash_a_cut_log(record, verify):
    tamper(record, "DELETE FROM changesets WHERE seq = 6")
    with record.writing("edit") as change:
        change.update("detainees", ANA, {"note": "later"})
    assert change.seq == 7
    assert ("missing", 6) in {(each.what, each.seq) for each in verify().findings}


def test_a_truncated_log_is_found(record, verify):
    tamper(
        record,
        "DELETE FROM changesets WHERE seq > 4",
        "DELETE FROM seals WHERE seq > 4",
        "DELETE FROM changes WHERE seq > 4",
    )
    assert {(each.what, each.seq) for each in verify().findings} == {("seal", 2), ("seal", 4)}


def test_many_records_are_counted_in_a_finding(store, verify):
    with store.writing("load") as change:
        change.insert_many("detainees", [{"name": f"Persona {n}"} for n in range(1_200)])
    tamper(store, "UPDATE detainees SET name = 'Otra' WHERE name = 'Persona 1100'")
    (finding,) = verify().findings
    assert len(finding.records) == 200
    assert "and 195 more" in finding.message


def test_a_trusting_reading_proves_a_record_whose_triggers_are_gone(record):
    db = sqlite3.connect(record.path, isolation_level=None)
    db.execute("DROP TRIGGER log_detainees_update")
    db.execute(f"UPDATE detainees SET name = 'Otra' WHERE id = '{LUIS}'")
    db.close()
    looking = connection.open_read(record.path, trusting=True)
    assert [each.what for each in proof.verify(looking).findings] == ["seal"]
    looking.close()


def forget(store, table, row):
    """What a forgetting does to the log: delete, keep leaves, destroy keys, blank, drop reasons."""
    with store.writing("forget", kind="forget") as change:
        change.delete(table, row)
    statements = []
    db = sqlite3.connect(store.path)
    db.row_factory = sqlite3.Row
    blanked = {each[0] for each in db.execute('SELECT n FROM changes WHERE "table" = ? AND row = ?', (table, row))}
    for seal in db.execute("SELECT * FROM seals").fetchall():
        bounds = seals.states(db, seal["first"], seal["last"])
        if any(bound.n in blanked for bound in bounds):
            nonce = seals.nonces(bytes.fromhex(seal["key"]))
            kept = [
                [
                    seals.leaf(nonce(b.n), b).hex(),
                    None if b.n in blanked else nonce(b.n).hex(),
                ]
                for b in bounds
            ]
            statements.append(f"UPDATE seals SET key = NULL, leaves = '{json.dumps(kept)}' WHERE id = {seal['id']}")
    db.close()
    statements.append(f"""UPDATE changes SET before = NULL, gone = 1 WHERE "table" = '{table}' AND row = '{row}'""")
    statements.append("UPDATE changesets SET reason = NULL, salt = NULL WHERE seq < (SELECT max(seq) FROM changesets)")
    tamper(store, *statements)
    with closing(sqlite3.connect(store.path)) as vacuumed:
        vacuumed.execute("VACUUM")


def test_a_nonce_is_the_hmac_of_its_number():
    key = bytes(range(32))
    assert seals.nonces(key)(1234) == hmac.digest(key, b"1234", "sha256")


def test_a_forgotten_record_leaves_no_byte_and_the_proof_still_holds(record, verify):
    with record.writing("edit both") as change:
        change.update("detainees", ANA, {"note": "Ana y Luis"})
        change.update("detainees", LUIS, {"note": "otra nota"})
    with record.reading() as db:
        seen = record.head(db).hash
    forget(record, "detainees", LUIS)
    assert b"Luis D" not in record.path.read_bytes()
    assert verify(seen=[seen]).findings == []


def test_a_record_that_shares_a_seal_with_a_forgotten_one_is_still_proved(record, verify):
    with record.writing("edit both") as change:
        change.update("detainees", ANA, {"note": "uno"})
        change.update("detainees", LUIS, {"note": "dos"})
    forget(record, "detainees", LUIS)
    tamper(record, f"UPDATE detainees SET note = 'tres' WHERE id = '{ANA}'")
    assert {(each.what, each.seq) for each in verify().findings} == {("seal", 7)}


def test_true_leaves_without_nonces_do_not_free_a_row_from_its_seal(record, verify):
    """Only what a forgetting blanked may lack its nonce: else anybody could unbind a row and then alter it."""
    db = sqlite3.connect(record.path)
    key, first = db.execute("SELECT key, first FROM seals WHERE seq = 3").fetchone()
    (bound,) = seals.states(db, first, first)
    leaf = seals.leaf(seals.nonces(bytes.fromhex(key))(first), bound).hex()
    db.close()
    tamper(
        record,
        f"UPDATE seals SET key = NULL, leaves = '{json.dumps([[leaf, None]])}' WHERE seq = 3",
        f"UPDATE detainees SET name = 'Otra' WHERE id = '{LUIS}'",
    )
    assert [(each.what, each.seq) for each in verify().findings] == [("seal", 3)]


def test_forgetting_more_than_was_said_is_found(record, verify):
    forget(record, "detainees", LUIS)
    tamper(record, f"UPDATE changes SET before = NULL, gone = 1 WHERE row = '{ANA}'")
    assert "forgotten" in {each.what for each in verify().findings}


def test_old_seals_hold_when_a_column_is_added(record, verify, monkeypatch):
    """Images leave empty columns out, so a column of a later version changes no leaf."""
    db = sqlite3.connect(record.path, isolation_level=None)
    db.execute("ALTER TABLE detainees ADD COLUMN height TEXT")
    db.close()
    monkeypatch.setattr(structure, "ADDED", ((1, "detainees", "height TEXT"),))
    cached = [structure.table_sql, structure.columns, structure.image, seals.states_sql]
    for function in cached:
        function.cache_clear()
    try:
        assert "height" in structure.columns("detainees")
        looking = connection.open_read(record.path, trusting=True)
        assert proof.verify(looking).findings == []
        looking.close()
    finally:
        monkeypatch.undo()
        for function in cached:
            function.cache_clear()
