"""Merging two records and taking them apart: nothing is lost, everything comes back byte for byte."""

import os
from dataclasses import replace

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from invented_lives import Cite, Detention, Person, Release, Stay, a_store, dates, enter

from tracker.casework import merging
from tracker.casework.citations import ABOUT
from tracker.casework.faults import faults
from tracker.casework.merge_rows import FACTS
from tracker.domain.names import exact
from tracker.errors import Refused
from tracker.reports.person import standing_of
from tracker.store.schema import TABLES

EXAMPLES = int(os.environ.get("TRACKER_MERGE_EXAMPLES", "40"))
slow = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


def snapshot(store):
    with store.reading() as db:
        return {table: {row["id"]: dict(row) for row in db.execute(f"SELECT * FROM {table}")} for table in TABLES}


def merge(store, kept, gone):
    with store.writing("merge", kind="merge") as change:
        told = merging.merge(change, change.get("detainees", kept), change.get("detainees", gone))
    assert change.seq is not None
    return change.seq, told


def split(store, kept, gone=None):
    with store.writing("split") as change:
        ref = change.ref("detainees", kept)
        merging.split(change, merging.find_merge(change.db, ref, gone))


# --- invented pairs ---------------------------------------------------------------------------------------------------

cites = st.builds(
    Cite,
    source=st.sampled_from(("uno", "dos", "tres")),
    claimant=st.sampled_from(("Foro Libre", "Ministerio", None)),
    stance=st.sampled_from(("supports", "supports", "disputes")),
    locator=st.sampled_from((None, None, "p. 1", "p. 2")),
)


def cited(fields):
    """Citations of a record as a whole or of one of its fields, with or without a value."""
    stated = [st.tuples(st.just(name), st.sampled_from((None, *values))) for name, values in fields.items()]
    some = st.one_of(st.just((None, None)), *stated)
    one = st.builds(lambda cite, said: replace(cite, field=said[0], value=said[1]), cites, some)
    return st.lists(one, max_size=3).map(tuple)


DAYS = {"2026-01-08", "2026-01-12", "2026-01"}
notes = st.sampled_from((None, None, "nota uno", "nota dos"))
levels = st.sampled_from((None, "named", "anonymous", "withheld"))
life_releases = st.builds(
    Release,
    on=dates,
    kind=st.sampled_from(("unstated", "full", "bail", "house_arrest")),
    status=st.sampled_from(("verified", "verified", "reported", "announced", "retracted")),
    conditions=st.sampled_from((None, "may not travel", "no puede salir")),
    freed_at=st.sampled_from((None, "Plaza Uno")),
    publish=levels,
    note=notes,
    cited=cited({"released_on": DAYS, "release_kind": ("full", "bail"), "release_status": ("verified",)}),
)
life_stays = st.builds(
    Stay,
    place=st.sampled_from(("El Helicón", "Rodeo Uno", None)),
    since=dates,
    publish=levels,
    note=notes,
    cited=cited({"facility": ("Rodeo Uno",), "facility_since": DAYS}),
)
life_detentions = st.builds(
    Detention,
    began=dates,
    releases=st.lists(life_releases, max_size=2).map(tuple),
    stays=st.lists(life_stays, max_size=2).map(tuple),
    stage=st.sampled_from((None, "unknown", "charged")),
    publish=levels,
    texts=st.fixed_dictionaries({}, optional={
        "charges": st.sampled_from(("treason", "terrorism")), "place": st.sampled_from(("Caracas", "CARACAS", "Zulia")),
        "note": st.sampled_from(("nota tres", "nota cuatro")), "grounds": st.just("pace_a"),
    }),
    cited=cited({"detained_on": DAYS, "charges": ("treason",)}),
)  # fmt: skip
lives = st.builds(
    Person,
    name=st.sampled_from(("Ana Ruiz", "ana ruiz", "Ana María Ruiz")),
    detentions=st.lists(life_detentions, max_size=2).map(tuple),
    values=st.fixed_dictionaries({}, optional={
        "sex": st.sampled_from(("female", "male")), "occupation": st.sampled_from(("teacher", "doctor")),
        "service": st.sampled_from(("civilian", "unknown")), "age": st.sampled_from((30, 31)), "age_on": st.just("2026"),
        "born": st.sampled_from(("1990", "1990-05", "1991")), "publish": levels, "note": notes,
        "description": st.sampled_from(("a teacher", "a doctor")), "died": st.sampled_from(("2026-03", "2026-03-02")),
    }),
    nationalities=st.sets(st.sampled_from(("VE", "ES"))).map(sorted).map(tuple),
    tags=st.sets(st.sampled_from(("journalist", "student"))).map(sorted).map(tuple),
    other_names=st.sets(st.sampled_from(("Anita", "ANITA", "Ana R."))).map(sorted).map(tuple),
    identifiers=st.sets(st.sampled_from(("V-1", "V-2"))).map(sorted).map(tuple),
    cited=cited({"name": ("Anita Ruiz",), "sex": ("male", "female"), "born": ("1990", "1991")}),
)  # fmt: skip

OWNED = {
    "detainees": "id IN ({people})",
    "nationalities": "detainee IN ({people})",
    "detentions": "detainee IN ({people})",
    "stays": "detention IN (SELECT id FROM detentions WHERE detainee IN ({people}))",
    "releases": "detention IN (SELECT id FROM detentions WHERE detainee IN ({people}))",
}


def said(db, *ids):
    """What is cited for people: (table, source, claimant, field, the value meant), whatever the stance."""
    found = set()
    people_ = ", ".join(f"'{one}'" for one in ids)
    for table, where in OWNED.items():
        columns = {fact: column for column, fact in FACTS[table].items()} | (
            {"release_status": "status"} if table == "releases" else {}
        )
        for record in db.execute(f"SELECT * FROM {table} WHERE {where.format(people=people_)}").fetchall():
            for one in db.execute(f"SELECT * FROM citations WHERE {ABOUT[table]} = ?", (record["id"],)):
                value = one["value"]
                if value is None and one["field"] in columns and one["stance"] == "supports":
                    value = record[columns[one["field"]]] or "unknown"
                found.add((table, one["source"], one["claimant"], one["field"], None if value is None else str(value)))
    return found


def texts(db, *ids):
    """Every note, printed name, tag, identifier, place and free word on record about people."""
    found = set()
    people_ = ", ".join(f"'{one}'" for one in ids)
    for table, where in OWNED.items():
        for row in db.execute(f"SELECT * FROM {table} WHERE {where.format(people=people_)}"):
            for column in (
                "note",
                "charges",
                "place",
                "conditions",
                "freed_at",
                "occupation",
                "description",
                "grounds",
            ):
                if column in row.keys() and row[column]:  # noqa: SIM118
                    found.add(str(row[column]))
    named = (
        f"SELECT name FROM names WHERE detainee IN ({people_}) UNION SELECT name FROM detainees WHERE id IN ({people_})"
    )
    return found, {exact(row[0]) for row in db.execute(named)}


def lists(db, *ids):
    people_ = ", ".join(f"'{one}'" for one in ids)
    return {
        (table, *row)
        for table, columns in (("tags", "tag"), ("identifiers", "scheme, value"), ("nationalities", "country"))
        for row in map(tuple, db.execute(f"SELECT {columns} FROM {table} WHERE detainee IN ({people_})"))
    }


def everything_written(db, kept):
    """All text of the record kept, cited values too: what is not lost is found here."""
    own = texts(db, kept)[0]
    return "\n".join([*own, *(one[4] or "" for one in said(db, kept))]).casefold()


@slow
@given(one=lives, other=lives)
def test_a_merge_loses_nothing_and_comes_apart_byte_for_byte(template_database, one, other):
    with a_store(template_database) as store:
        kept, gone = enter(store, [one, other])
        before = snapshot(store)
        with store.reading() as db:
            cited_before, (texts_before, names_before), lists_before = (
                said(db, kept, gone), texts(db, kept, gone), lists(db, kept, gone),
            )  # fmt: skip
        try:
            seq, _told = merge(store, kept, gone)
        except Refused:
            assert snapshot(store) == before
            return
        after = snapshot(store)
        with store.reading() as db:
            assert cited_before <= said(db, kept)
            written = everything_written(db, kept)
            assert [text for text in texts_before if text.casefold() not in written] == []
            assert names_before == texts(db, kept)[1]
            assert lists_before == lists(db, kept)
            assert db.execute("SELECT kind FROM changesets WHERE seq = ?", (seq,)).fetchone()[0] == "merge"
        assert gone not in after["detainees"]
        assert store.undo().undid == seq
        assert snapshot(store) == before
        store.undo(store.undo(seq + 1).seq)  # again, and back
        merge(store, kept, gone)
        split(store, kept)
        assert snapshot(store) == before


# --- one life told twice ----------------------------------------------------------------------------------------------

SPELLS = (("2025-02-10", "2025-05-20"), ("2025-08-03", "2025-11-30"), ("2026-01-05", "2026-02-08"))
WHEN = ("2025-02-09", "2025-03-01", "2025-05-20", "2025-07-01", "2025-08-03", "2025-12-15", "2026-01-20", "2026-03-01")


@st.composite
def told_twice(draw):
    """A life as it was, and two accounts of it: each tells some of it, some vaguely; together they tell it all."""
    whole, accounts = [], ([], [])
    some = draw(st.integers(1, len(SPELLS)))
    for place, (began, ended) in enumerate(SPELLS[:some]):
        ends = place + 1 < some or draw(st.booleans())
        kind = draw(st.sampled_from(("full", "bail", "house_arrest")))
        exact_release = Release(ended, kind, "verified", cited=(Cite("uno", "Foro Libre"),))
        vague_release = Release(ended[:7], "unstated", "reported", cited=(Cite("dos", "Diario"),))
        stay = Stay(draw(st.sampled_from(("El Helicón", None))), f"{began[:8]}15", cited=(Cite("uno"),))
        whole.append(Detention(began, (exact_release,) if ends else (), (stay,)))
        fuller = draw(st.sampled_from((0, 1)))
        tells = draw(st.sampled_from(("alone", "both", "bare")))
        accounts[fuller].append(whole[-1] if tells != "bare" else replace(whole[-1], releases=()))
        if tells != "alone":
            told = {"both": (vague_release,), "bare": (exact_release,)}[tells] if ends else ()
            accounts[1 - fuller].append(Detention(draw(st.sampled_from((began, began[:7], None))), told))
    return Person("Ana Ruiz", tuple(whole)), tuple(Person("Ana Ruiz", tuple(one)) for one in accounts)


@slow
@given(told=told_twice())
def test_two_accounts_of_a_life_merge_into_the_standing_of_the_whole(template_database, told):
    life, accounts = told
    assume(sum(one.began is None for account in accounts for one in account.detentions) <= 1)
    with a_store(template_database) as store:
        whole, kept, gone = enter(store, [life, *accounts])
        try:
            merge(store, kept, gone)
        except Refused:  # an arrest without a date may be any of several: then somebody has to say which
            assert any(one.began is None for account in accounts for one in account.detentions)
            return
        with store.reading() as db:
            for day in WHEN:
                asked = (f"{day}T23:59", ("verified",))
                assert standing_of(db, kept, *asked) == standing_of(db, whole, *asked), day
            assert faults(db, kept) == []


# --- what comes after a merge -----------------------------------------------------------------------------------------


def last_step(change, table, detention):
    return change.db.execute(
        f"SELECT coalesce(max(step), 0) FROM {table} WHERE detention = ?", (detention,)
    ).fetchone()[0]


def later_release(change, person):
    for row in change.db.execute("SELECT id FROM detentions WHERE detainee = ?", (person,)).fetchall():
        step = last_step(change, "releases", row["id"]) + 1
        values = {"detention": row["id"], "step": step, "released": "2026-03-05", "status": "reported"}
        change.insert("releases", {**values, "entered": "2026-03-06"})


def earlier_stay(change, person):
    """A stay that comes before all others: every step of its detention moves."""
    for row in change.db.execute("SELECT id FROM detentions WHERE detainee = ?", (person,)).fetchall():
        for stay in change.db.execute("SELECT * FROM stays WHERE detention = ?", (row["id"],)).fetchall():
            change.update("stays", stay["id"], {"step": stay["step"] + 1})
        change.insert("stays", {"detention": row["id"], "step": 1, "whereabouts_unknown": 1})


LATER = {
    "tag": lambda change, person: change.insert("tags", {"detainee": person, "tag": "late"}),
    "name": lambda change, person: change.insert("names", {"detainee": person, "name": "Apodo Nuevo"}),
    "identifier": lambda change, person: change.insert(
        "identifiers", {"detainee": person, "scheme": "ID", "value": "late"}
    ),
    "citation": lambda change, person: change.insert(
        "citations", {"detainee": person, "source": change.insert("sources", {"slug": "late"}), "field": "tags"}
    ),
    "detention": lambda change, person: change.insert(
        "detentions", {"detainee": person, "began": "2019", "entered": "2026-03-06"}
    ),
    "release": later_release,
    "stay": earlier_stay,
    "death": lambda change, person: change.update("detainees", person, {"died_place": "Hospital Uno"}),
    "note": lambda change, person: change.update(
        "detainees", person, {"note": f"{change.get('detainees', person)['note'] or ''}\nvisto después"}
    ),
}


@slow
@given(one=lives, other=lives, names=st.sets(st.sampled_from(sorted(LATER)), min_size=1))
def test_split_keeps_what_came_later_and_gives_the_rest_back(template_database, one, other, names):
    with a_store(template_database) as store:
        kept, gone = enter(store, [one, other])
        before = snapshot(store)
        try:
            merge(store, kept, gone)
        except Refused:
            return
        merged = snapshot(store)
        with store.writing("later") as change:
            for name in sorted(names):
                LATER[name](change, kept)
        after = snapshot(store)
        split(store, kept)
        apart = snapshot(store)
        for table, rows in apart.items():
            late = after[table].keys() - merged[table].keys()
            assert rows.keys() == before[table].keys() | late, table
            for identifier, row in before[table].items():
                now = dict(rows[identifier])
                if table in ("stays", "releases"):  # their order is looked at below
                    now["step"] = row["step"]
                if identifier == kept and "note" in names:
                    assert "visto después" in now["note"]
                    assert (row["note"] or "") in now["note"]
                    now["note"] = row["note"]
                if identifier == kept and "death" in names:
                    now["died_place"] = row["died_place"]
                assert now == row, table
        for table in ("stays", "releases"):
            places = [(row["detention"], row["step"]) for row in apart[table].values()]
            assert len(places) == len(set(places)), table
