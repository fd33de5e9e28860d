"""The difference between two states of knowledge: applied to the first it gives the second, and names the right change.

The oracle knows nothing of the log: it reads the whole record as it was known at each changeset, by SQL of its own.
"""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented_lives import Detention, Person, Release, Stay, a_store, enter

from tracker.casework import merging
from tracker.errors import TrackerError
from tracker.reports.asked import asking
from tracker.reports.difference.states import State, comparing
from tracker.reports.difference.table import difference_table
from tracker.reports.people import people_table

EXAMPLES = int(os.environ.get("TRACKER_DIFFERENCE_EXAMPLES", "25"))
slow = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

ON = "2026-02-28"

PERSON = {"name": "name", "sex": "sex", "born": "born", "occupation": "occupation", "died": "died_on", "note": "note",
    "description": "description"}  # fmt: skip
DETENTION = {"began": "detained_on", "charges": "charges", "stage": "stage"}
RELEASE = {"released": "released_on", "kind": "release_kind", "status": "release_status", "basis": "release_basis"}
STAY = {"since": "facility_since"}
SETS = {"names": ("other_names", "name"), "nationalities": ("nationalities", "country"), "tags": ("tags", "tag")}


# --- the oracle -------------------------------------------------------------------------------------------------------


def dump(store, known_by):
    """Return the record as known by a changeset: (ref, fact) → text, who owns each record, and who is listed."""
    facts, owner = {}, {}
    with store.reading(known_by=f"#{known_by}") as db:
        people = {row["id"]: row for row in db.execute("SELECT * FROM detainees")}
        places = {row["id"]: row["name"] for row in db.execute("SELECT id, name FROM facilities")}
        spells = {row["id"]: row for row in db.execute("SELECT * FROM detentions")}
        for row in people.values():
            put(facts, owner, row["ref"], row["ref"], row, PERSON)
        for table, (fact, column) in SETS.items():
            found = {}
            for row in db.execute(f"SELECT * FROM {table}"):
                found.setdefault(row["detainee"], set()).add(row[column])
            for person, values in found.items():
                facts[people[person]["ref"], fact] = "; ".join(sorted(values))
        for row in spells.values():
            put(facts, owner, row["ref"], people[row["detainee"]]["ref"], row, DETENTION)
            facts.setdefault((row["ref"], "detained_on"), "unknown")
        for table, columns in (("releases", RELEASE), ("stays", STAY)):
            for row in db.execute(f"SELECT * FROM {table}"):
                person = people[spells[row["detention"]]["detainee"]]["ref"]
                put(facts, owner, row["ref"], person, row, columns)
                if table == "releases":
                    facts.setdefault((row["ref"], "released_on"), "unknown")
                    if facts.get((row["ref"], "release_basis")) == "unstated":
                        del facts[row["ref"], "release_basis"]
                else:
                    facts[row["ref"], "facility"] = places.get(row["facility"], "whereabouts_unknown")
        excluded = {row["ref"] for row in people.values() if row["excluded"]}
    return facts, owner, excluded


def put(facts, owner, ref, person, row, columns):
    owner[ref] = person
    for column, fact in columns.items():
        if row[column] is not None:
            facts[ref, fact] = str(row[column])


def listed(state):
    facts, owner, excluded = state
    return {key: value for key, value in facts.items() if owner[key[0]] not in excluded}


def standings(store, known_by):
    with asking(store, on=ON, known_by=f"#{known_by}", columns=["ref", "standing"]) as (db, asked):
        return {row[0]: row[1] for row in people_table(db, asked).rows}


# --- histories --------------------------------------------------------------------------------------------------------

LIVES = [
    Person("Ana Ruiz", (Detention("2025-03", (Release("2026-01-12", "precautionary"),), (Stay("Rodeo Uno"),)),)),
    Person("Luis Vega", (Detention("2026-01-05", (), (Stay("El Helicón"),)),), nationalities=("VE",)),
    Person("Zoé Paz", (Detention(None),), other_names=("Zoe la Negra",), tags=("student",)),
    Person("Íñigo Sanz", (), nationalities=("ES", "VE")),
]
COLUMNS = {
    "detainees": {"name": ("Ana Ruiz", "Ana Ruiz Paz", "Otra"), "sex": ("male", "female", None), "excluded": (0, 1),
        "occupation": ("maestra", None), "died": ("2026-02-01", None)},
    "detentions": {"began": ("2025-04-01", "2026-01-05", None), "charges": ("traición", None)},
    "releases": {"released": ("2026-01-14", "2026-02-01", None), "kind": ("full", "house_arrest"),
        "status": ("verified", "reported", "retracted")},
    "stays": {"since": ("2025-06", None)},
    "facilities": {"name": ("Rodeo I", "Rodeo Uno Bis")},
}  # fmt: skip

edits = st.tuples(
    st.sampled_from([(table, column) for table, columns in COLUMNS.items() for column in columns]),
    st.integers(0, 9),
    st.integers(0, 2),
)
steps = st.one_of(
    edits.map(lambda found: ("edit", *found)),
    edits.map(lambda found: ("edit", *found)),
    st.tuples(st.sampled_from(("add", "release", "tag", "untag", "drop", "delete", "merge", "split", "undo", "free")),
        st.integers(0, 9), st.integers(0, 9)),
)  # fmt: skip


def pick(db, table, number):
    rows = db.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()
    return rows[number % len(rows)] if rows else None


def take(store, step):
    """Take one step; what the record refuses is no step."""
    what, *about = step
    try:
        if what == "undo":
            store.undo()
            return
        with store.writing(what, kind="merge" if what == "merge" else "command") as change:
            STEPS[what](change, *about)
    except TrackerError:
        return


def edit(change, where, number, choice):
    table, column = where
    row = pick(change.db, table, number)
    values = COLUMNS[table][column]
    if row is not None:
        change.update(table, row["id"], {column: values[choice % len(values)]})


def add(change, number, _choice):
    person = change.insert("detainees", {"name": f"Nueva {number}"})
    change.insert("detentions", {"detainee": person, "began": "2026-01-03", "entered": "2026-01-04"})


def release(change, number, choice):
    spell = pick(change.db, "detentions", number)
    if spell is not None:
        values = {"detention": spell["id"], "step": 5 + choice, "entered": "2026-02-01", "released": "2026-02-03"}
        change.insert("releases", {**values, "status": ("verified", "announced")[choice % 2], "kind": "bail"})


def tag(change, number, choice):
    person = pick(change.db, "detainees", number)
    if person is not None:
        change.insert("tags", {"detainee": person["id"], "tag": f"t{choice}"})


def untag(change, number, _choice):
    row = pick(change.db, "tags", number)
    if row is not None:
        change.delete("tags", row["id"])


def drop(change, number, _choice):
    row = pick(change.db, "releases", number)
    if row is not None:
        change.delete("releases", row["id"])


def delete(change, number, _choice):
    person = pick(change.db, "detainees", number)
    if person is None:
        return
    mine = "(SELECT id FROM detentions WHERE detainee = ?)"
    for table, where in (("releases", f"detention IN {mine}"), ("stays", f"detention IN {mine}"),
        ("detentions", "detainee = ?"), ("names", "detainee = ?"), ("tags", "detainee = ?"),
        ("nationalities", "detainee = ?"), ("detainees", "id = ?")):  # fmt: skip
        for row in change.db.execute(f"SELECT id FROM {table} WHERE {where}", (person["id"],)).fetchall():
            change.delete(table, row["id"])


def merge(change, number, choice):
    kept, gone = pick(change.db, "detainees", number), pick(change.db, "detainees", choice)
    if kept is not None and gone is not None and kept["id"] != gone["id"]:
        merging.merge(change, kept, gone)
        change.reason = f"detainee merge {kept['ref']} {gone['ref']}"


def split(change, number, _choice):
    kept = pick(change.db, "detainees", number)
    if kept is not None:
        merging.split(change, merging.find_merge(change.db, kept["ref"]))


def free(change, number, choice):
    edit(change, ("detainees", "excluded"), number, choice)


STEPS = {"edit": edit, "add": add, "release": release, "tag": tag, "untag": untag, "drop": drop, "delete": delete,
    "merge": merge, "split": split, "free": free}  # fmt: skip


def rows(store, a, b, **words):
    with comparing(store, State(f"#{a}"), State(f"#{b}"), on=ON, **words) as sides:
        table = difference_table(sides)
        return [dict(zip(table.keys(), row, strict=True)) for row in table.rows]


def text(cell):
    return "; ".join(cell) if isinstance(cell, tuple) else None if cell is None else str(cell)


# --- properties -------------------------------------------------------------------------------------------------------


def applied(found, before, after, stands):
    """Return the first state with every row of the difference applied to it."""
    facts, standing = listed(before), dict(stands[0])
    for row in found:
        ref, kind = row["ref"], row["kind"]
        if kind == "place":
            facts = {key: row["after"] if key[1] == "facility" and value == row["before"] else value
                for key, value in facts.items()}  # fmt: skip
        elif kind in ("added", "relisted", "split"):
            mine = {key: value for key, value in listed(after).items() if after[1][key[0]] == ref}
            facts |= (
                mine if kind != "split" else {k: v for k, v in mine.items() if k[0] == ref or k[0] not in before[1]}
            )
            standing[ref] = stands[1][ref] if kind == "split" else text(row["after"])
        elif kind == "delisted":
            facts = {key: value for key, value in facts.items() if before[1].get(key[0]) != ref}
            assert standing.pop(ref) == text(row["before"])
        elif kind == "merged":
            gone = row["before"].split()[0]
            facts = {key: value for key, value in facts.items() if key[0] != gone}
            del standing[gone]
    for row in found:
        key = row["record"] or row["ref"], row["what"]
        if row["kind"] == "standing":
            assert standing[row["ref"]] == text(row["before"])
            standing[row["ref"]] = text(row["after"])
        elif row["kind"] in ("fact", "renamed"):
            assert facts.pop(key, None) in (text(row["before"]), text(row["after"]))
            if row["after"] is not None:
                facts[key] = text(row["after"])
    return facts, standing


@slow
@given(history=st.lists(steps, min_size=1, max_size=10), cut=st.tuples(st.integers(0, 9), st.integers(0, 9)))
def test_the_difference_applied_to_the_first_state_gives_the_second(template_database, history, cut):
    with a_store(template_database) as store:
        enter(store, LIVES)
        for step in history:
            take(store, step)
        with store.reading() as db:
            last = store.head(db).seq
        a, b = sorted(2 + number % (last - 1) for number in cut)
        states = {seq: dump(store, seq) for seq in range(a, b + 1)}
        stands = standings(store, a), standings(store, b)
        found = rows(store, a, b)
        assert applied(found, states[a], states[b], stands) == (listed(states[b]), stands[1])
        for row in found:
            if row["kind"] in ("fact", "renamed"):
                assert text(row["before"]) != text(row["after"])
                assert row["changeset"] == last_change(states, row)


def last_change(states, row):
    """Return the last changeset that made the fact another; by name, a place may have changed its name instead."""
    key = row["record"] or row["ref"], row["what"]
    changed = [seq for seq in list(states)[1:] if states[seq][0].get(key) != states[seq - 1][0].get(key)]
    return row["changeset"] if row["what"] == "facility" else changed[-1]


# --- what a reader needs ----------------------------------------------------------------------------------------------


def test_a_value_changed_and_changed_back_is_no_change(store):
    enter(store, LIVES)
    for sex in ("male", "female", None):
        with store.writing("edit") as change:
            change.update("detainees", pick(change.db, "detainees", 0)["id"], {"sex": sex})
    assert rows(store, 2, 5) == []
    [row] = rows(store, 2, 4)
    assert (row["what"], row["before"], row["after"], row["changeset"]) == ("sex", None, "female", 4)


def test_the_source_is_the_one_cited_in_the_same_change(store):
    [ana, *_others] = enter(store, LIVES)
    with store.writing("release edit", actor="Rosa") as change:
        source = change.insert("sources", {"slug": "lista-2026-02-01", "published": "2026-02-01"})
        row = pick(change.db, "releases", 0)
        change.update("releases", row["id"], {"released": "2026-01-14"})
        change.insert("citations", {"release": row["id"], "source": source})
    [row] = rows(store, 2, 3)
    assert (row["kind"], row["what"], row["before"], row["after"]) == (
        "fact",
        "released_on",
        "2026-01-12",
        "2026-01-14",
    )
    assert (row["who"], row["why"], row["source"]) == ("Rosa", "release edit", ("lista-2026-02-01",))
    assert ana


def test_nobody_unnamed_is_in_the_public_difference(store):
    """Luis may be named, Ana may not: a former name of his that is hers now is not shown either."""
    ana, luis, *_others = enter(store, LIVES)
    with store.writing("publish") as change:
        change.update("detainees", luis, {"publish": "named", "born": "1980-05-01", "name": "Ana Ruiz"})
    with store.writing("edit") as change:
        change.update("detainees", luis, {"name": "Luis Vega", "sex": "male"})
        change.update("detainees", ana, {"sex": "female"})
    found = rows(store, 3, 4, public=True)
    assert {(row["kind"], row["what"], row["before"], row["after"]) for row in found} == {
        ("renamed", "name", "[not named]", "Luis Vega"),
        ("fact", "sex", None, "male"),
    }
    assert "who" not in found[0]
    with comparing(store, State("#3"), State("#4"), on=ON, public=True) as sides:
        assert any("fact 1" in line for line in difference_table(sides).foot)


@pytest.mark.parametrize("published", ["2026-01-12", "2026-01-14"])
def test_what_was_published_in_between_differs_without_a_change(store, published):
    """Ana's release was said on 13 January: on the 12th nothing of it was published, on the 14th it was."""
    from invented_lives import Cite

    cite = (Cite("uno", "Foro Libre"),)
    enter(store, [Person("Ana Ruiz", (Detention("2025-03", (Release("2026-01-11", cited=cite),)),))])
    a, b = State("#2", "2026-01-12"), State("#2", published)
    with comparing(store, a, b, on=ON) as sides:
        found = [row[0] for row in difference_table(sides).rows]
    assert found == ([] if published == "2026-01-12" else ["added"])
