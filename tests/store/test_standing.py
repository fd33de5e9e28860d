import os
import sqlite3
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.domain.date_bounds import bounds
from tracker.store.schema import INDEXES, TABLES
from tracker.store.standing import BITS, standing_cte

sys.path.insert(0, str(Path(__file__).parent))
import standing_oracle as oracle
from standing_oracle import Answer, Citation, Detention, Person, Release, Stay

EXAMPLES = int(os.environ.get("TRACKER_STANDING_EXAMPLES", "300"))


def empty():
    db = sqlite3.connect(":memory:")
    db.row_factory = sqlite3.Row
    for table, columns in TABLES.items():
        db.execute(f"CREATE TABLE {table} ({columns}) STRICT")
    for index in INDEXES:
        if "changes" not in index:
            db.execute(index)
    return db


def insert(db, table, **values):
    db.execute(
        f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})", tuple(values.values())
    )


def date(name, text):
    earliest, latest = bounds(text)
    return {name: text, f"{name}_from": earliest, f"{name}_to": latest}


def cite(db, citations, **about):
    for citation in citations:
        number = db.execute("SELECT count(*) FROM sources").fetchone()[0]
        insert(db, "sources", id=f"s{number}", slug=f"s{number}", **date("published", citation.published))
        insert(
            db,
            "citations",
            id=f"q{number}",
            source=f"s{number}",
            stance="supports" if citation.supports else "disputes",
            **about,
        )


def store(db, person):
    insert(db, "detainees", id=person.id, name=person.id, excluded=int(person.excluded), **date("died", person.died))
    for detention in person.detentions:
        insert(
            db,
            "detentions",
            id=detention.id,
            detainee=person.id,
            entered=detention.entered,
            **date("began", detention.began),
            **date("sentence_ends", detention.sentence_ends),
        )
        cite(db, detention.cited, detention=detention.id)
        for step, stay in enumerate(detention.stays, 1):
            if stay.facility:
                db.execute("INSERT OR IGNORE INTO facilities (id, name) VALUES (?, ?)", (stay.facility, stay.facility))
            insert(
                db,
                "stays",
                id=stay.id,
                detention=detention.id,
                step=step,
                facility=stay.facility,
                whereabouts_unknown=int(stay.facility is None),
                **date("since", stay.since),
            )
            cite(db, stay.cited, stay=stay.id)
        for step, release in enumerate(detention.releases, 1):
            insert(
                db,
                "releases",
                id=release.id,
                detention=detention.id,
                step=step,
                kind=release.kind,
                status=release.status,
                entered=release.entered,
                **date("released", release.on),
            )
            cite(db, release.cited, release=release.id)


def asked(db, person, moment, accepted=("verified",)):
    sql = standing_cte(accepted=accepted) + " SELECT * FROM standing"
    rows = db.execute(sql, {"moment": moment}).fetchall()
    some = standing_cte(accepted=accepted, people="SELECT :p") + " SELECT * FROM standing"
    assert [tuple(row) for row in db.execute(some, {"moment": moment, "p": person.id})] == [tuple(row) for row in rows]
    assert len(rows) == (0 if person.excluded else 1)
    if not rows:
        return None
    row = rows[0]
    possible = frozenset(s for s, bit in BITS.items() if row["possible"] & bit)
    assert row["uncertain"] == (len(possible) > 1)
    return Answer(
        row["standing"], row["since"], row["detention"], row["release"], row["stay"], row["facility"], None, possible
    )


DATES = [
    "2025",
    "2026",
    "2026-01",
    "2026-02",
    "2026-02-08",
    "2026-02-09",
    "2026-02-20",
    "2026-02-08T23:45",
    "2026-02-09T00:00",
    "2026-02-08T23:46",
    "2026-02-01..2026-02-09",
    "2026-01..2026-02-08",
    "..2026-02-08",
    "..2026-02",
    "..2025",
    "2024-12-31",
    None,
]
MOMENTS = [
    "2024-12-30T12:00",
    "2025-06-01T23:59",
    "2026-01-15T23:59",
    "2026-02-08T00:00",
    "2026-02-08T12:00",
    "2026-02-08T23:44",
    "2026-02-08T23:45",
    "2026-02-08T23:46",
    "2026-02-08T23:59",
    "2026-02-09T00:00",
    "2026-02-09T23:59",
    "2026-02-15T23:59",
    "2026-02-20T23:59",
    "2026-03-31T23:59",
    "2027-01-01T00:00",
]
dates = st.sampled_from(DATES)
citations = st.lists(st.builds(Citation, dates, st.booleans()), max_size=2).map(tuple) | st.just(())
entered = st.sampled_from(["2026-01-20", "2026-02-09", "2026-03-09"])
kinds = st.sampled_from(list(oracle.LEAVES))
statuses = st.sampled_from(["verified"] * 4 + ["announced", "reported", "retracted"])


def order(texts):
    return sorted(texts, key=lambda t: (bounds(t)[0] or bounds(t)[1] or "2026-02-08T23:59", bounds(t)[1] or ""))


@st.composite
def detention(draw, name):
    tidy = draw(st.integers(0, 4)) > 0
    n, m = draw(st.integers(0, 3)), draw(st.integers(0, 3))
    on = draw(st.lists(dates, min_size=n + 1, max_size=n + 1))
    since = draw(st.lists(dates, min_size=m, max_size=m))
    if tidy:
        on, since = order(on), order(since)
    releases = tuple(
        Release(f"{name}r{i}", on[i + 1], draw(kinds), draw(statuses), draw(entered), draw(citations)) for i in range(n)
    )
    stays = tuple(
        Stay(f"{name}y{i}", draw(st.sampled_from([None, "f1", "f2"])), since[i], draw(citations)) for i in range(m)
    )
    return Detention(
        name, on[0], draw(entered), draw(st.sampled_from([None, None, None, *DATES])), stays, releases, draw(citations)
    )


@st.composite
def people(draw):
    n = draw(st.sampled_from([0, 1, 1, 1, 2, 2, 3]))
    return Person(
        "p",
        tuple(draw(detention(f"d{i}")) for i in range(n)),
        draw(st.sampled_from([None] * 20 + DATES)),
        draw(st.integers(0, 19)) == 0,
    )


accepted_sets = st.sampled_from([("verified",), ("verified", "reported"), ("verified", "reported", "announced")])


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(people(), st.lists(st.sampled_from(MOMENTS), min_size=1, max_size=3, unique=True), accepted_sets)
def test_random_records(person, moments, accepted):
    db = empty()
    store(db, person)
    for moment in moments:
        expected = oracle.answer(person, moment, accepted)
        from dataclasses import replace

        if expected:
            expected = replace(expected, said_out=None)
        assert asked(db, person, moment, accepted) == expected
