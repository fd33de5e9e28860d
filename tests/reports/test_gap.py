"""A claim beside the record: the same counts as `released` and `remaining` give for its window, people and rule."""

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented_lives import PLACES, Cite, Detention, Person, Release, a_store, enter, people

from tracker.domain.counting import read_rule
from tracker.errors import BadValue, NotFound
from tracker.reports import released, remaining
from tracker.reports.asked import asking
from tracker.reports.gap import COLUMNS, figure, gap_table, interval
from tracker.reports.gap_list import list_table
from tracker.reports.stated import Wanted

KEYS = [column.key for column in COLUMNS]
slow = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
DAYS = ("2026-01-08", "2026-01-12", "2026-01-14", "2026-02-08", "2026-02-09", "2026-02-20")


def claim(store, *, practice="held", rule=None, claimant="Foro", cited=None, **values):
    """Write one claim and return its ref. `cited`: the day its source was published."""
    with store.writing("claim") as change:
        known = change.db.execute("SELECT id FROM claimants WHERE name = ?", (claimant,)).fetchone()
        by = known[0] if known else change.insert(
            "claimants",
            {"name": claimant, "kind": "monitor", "default_status": "verified"},
        )  # fmt: skip
        change.update("claimants", by, {"house_arrest": practice, "rule": rule})
        row = {"claimant": by, "measure": "released", "min": 50, "max": 50, "scope": "{}", **values}
        identifier = change.insert("claims", row)
        if cited is not None:
            source = change.insert("sources", {"slug": f"nota-{cited}-{identifier[-5:]}", "published": cited})
            change.insert("citations", {"source": source, "claimant": by, "claim": identifier})
        return change.get("claims", identifier)["ref"]


def gaps(store, *, latest=False, wanted=None, **question):
    with asking(store, **question) as (db, asked):
        table = gap_table(store, db, asked, wanted or Wanted(), latest=latest)
        return [dict(zip(KEYS, row, strict=True)) for row in table.rows]


def bounds_of(title):
    """Read the figure of a title back: counted, at least, at most."""
    numbers = re.search(r": (\d+)(?: \(between (\d+) and (\d+)\))?", title)
    counted = int(numbers[1])
    return (counted, int(numbers[2]), int(numbers[3])) if numbers[2] else (counted, counted, counted)


SCOPES = (
    ({}, {}),
    ({"nationality": ["ES"]}, {"nationality": ["ES"]}),
    ({"sex": "female"}, {"sex": "female"}),
    ({"dual": "yes"}, {"dual": "yes"}),
    ({"tag": ["journalist"]}, {"tag": ["journalist"]}),
    ({"facility": [PLACES[0]]}, {"facility": [PLACES[0]]}),
)


@slow
@given(
    record=people(),
    scope=st.sampled_from(SCOPES),
    window=st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS)).map(sorted),
    practice=st.sampled_from(("held", "out")),
    rule=st.sampled_from((None, "press", "wide", "monitor")),
)
def test_a_claim_about_releases_is_counted_as_released_counts(template_database, record, scope, window, practice, rule):
    with a_store(template_database) as store:
        enter(store, [*record, Person("Iris Sol", (), tags=("journalist",))])
        kept, words = scope
        with store.reading() as db:
            ids = dict(db.execute("SELECT name, id FROM facilities").fetchall())
        if "facility" in kept:
            if PLACES[0] not in ids:
                return
            kept = {"facility": [ids[PLACES[0]]]}
        claim(store, practice=practice, rule=rule, scope=json.dumps(kept), since=window[0], as_of=window[1])
        [found] = gaps(store)
        counting = read_rule(rule) if rule else read_rule("default").counting_home(held=practice == "held")
        with asking(store, from_=window[0], to=window[1], rule=counting, **words) as (db, asked):
            exits = released.released_table(db, asked)
            _count, certain, possible = bounds_of(exits.title.splitlines()[0])
            by_line = {line: released.released_table(db, asked, line) for line in ("exits", "reported", "announced")}
            left = {line: [tuple(row) for row in table.rows] for line, table in by_line.items()}
        statuses = [row[4] for row in left["exits"]]
        assert found["verified"] == statuses.count("verified")
        assert found["reported"] == statuses.count("reported") + len(left["reported"])
        assert found["announced"] == statuses.count("announced") + len(left["announced"])
        counted = found["verified"] + found["reported"] + (found["announced"] if rule == "wide" else 0)
        assert found["counted"] == counted
        others = counted - len(statuses)  # said to be out; they are sure to be said so
        assert found["difference_max"] == 50 - (certain + others)
        assert 50 - (possible + others) <= found["difference_min"] <= 50 - max(possible, counted)
        assert found["uncertain"] == found["difference_max"] - found["difference_min"]


@slow
@given(
    record=people(),
    scope=st.sampled_from(SCOPES),
    day=st.sampled_from((*DAYS, "2026-02-08T23:44", "2026-01-12T08:00")),
    practice=st.sampled_from(("held", "out", "unknown")),
)
def test_a_claim_about_those_held_is_counted_as_remaining_counts(template_database, record, scope, day, practice):
    with a_store(template_database) as store:
        enter(store, [*record, Person("Iris Sol", (), tags=("journalist",))])
        kept, words = scope
        with store.reading() as db:
            ids = dict(db.execute("SELECT name, id FROM facilities").fetchall())
        if "facility" in kept:
            if PLACES[0] not in ids:
                return
            kept = {"facility": [ids[PLACES[0]]]}
        claim(store, practice=practice, scope=json.dumps(kept), measure="held", as_of=day)
        found = {(row["counted"], row["counted"] + row["uncertain"]) for row in gaps(store)}
        expected = set()
        for held in {"held": (True,), "out": (False,), "unknown": (True, False)}[practice]:
            rule = read_rule("default").counting_home(held=held)
            with asking(store, on=day, rule=rule, **words) as (db, asked):
                _n, certain, possible = bounds_of(remaining.remaining_table(db, asked).title)
            expected.add((certain, possible))
        assert found == expected


RECORD = [
    Person(
        "Ana Uno",
        (Detention("2025-05-01", (Release("2026-01-10", cited=(Cite("n1", "Foro Libre"),)),)),),
        {"publish": "named"},
    ),
    Person(
        "Beto Dos", (Detention("2025-05-01", (Release("2026-01-11", status="reported"),)),), {"publish": "anonymous"}
    ),
    Person("Caro Tres", (Detention("2025-05-01", (Release("2026-01-11", status="announced"),)),)),
    Person("Dino Cuatro", (Detention("2025-05-01", (Release("2026-01-12", "house_arrest"),)),)),
    Person(None, (Detention("2025-05-01", (Release("2026-01-13"),)),)),
    Person("Eva Cinco", (Detention("2026-01-09"),)),
]


@pytest.fixture
def january(store):
    enter(store, RECORD)
    return store


def test_counted_by_hand(january):
    claim(january, claimant="Foro Libre", since="2026-01-08", as_of="2026-01-14", min=5, max=8)
    [row] = gaps(january)
    assert (row["verified"], row["reported"], row["announced"], row["counted"]) == (2, 1, 1, 3)
    assert (row["difference_min"], row["difference_max"]) == (2, 5)
    assert row["said_by_it"] == 1  # Ana, by the source that quotes it
    assert row["unnamed"] == 2  # the one without a name, and Beto, who asked not to be named


def test_house_arrest_is_counted_as_the_claimant_counts_it_and_both_ways_where_that_is_not_known(january):
    for practice, claimant in (("held", "Foro"), ("out", "Ministerio"), ("unknown", "Diario")):
        claim(january, claimant=claimant, practice=practice, since="2026-01-08", as_of="2026-01-14")
    counted = [(row["claimant"], row["counted"], row["notes"][-1]) for row in gaps(january)]
    assert sorted(counted) == [
        ("Diario", 3, "how the claimant counts house arrest is not known: here as held"),
        ("Diario", 4, "how the claimant counts house arrest is not known: here as out"),
        ("Foro", 3, "house arrest counted as held, as the claimant counts it"),
        ("Ministerio", 4, "house arrest counted as out, as the claimant counts it"),
    ]


def test_a_rule_of_the_claimants_own_counts(january):
    claim(january, claimant="Ministerio", rule="wide", since="2026-01-08", as_of="2026-01-14")
    [row] = gaps(january)
    assert (row["counted"], row["announced"]) == (5, 1)
    assert row["notes"] == ("counted by the claimant's own rule, “wide”",)


def test_open_claims_keep_their_missing_bound_and_claims_without_number_have_no_difference(january):
    claim(january, since="2026-01-08", as_of="2026-01-14", min=80, max=None, qualifier="at least")
    claim(january, since="2026-01-08", as_of="2026-01-15", min=None, max=None, note="a significant number")
    open_one, wordy = gaps(january)
    assert (open_one["difference_min"], open_one["difference_max"]) == (77, None)
    assert (wordy["difference_min"], wordy["difference_max"], wordy["counted"]) == (None, None, 3)
    assert "no number stated" in wordy["notes"]


def test_starts_and_ends_that_are_missing_are_said(january):
    claim(january, as_of="2026-01-14")
    claim(january, as_of="2025-12-20", min=1, max=1)
    claim(january, as_of=None, cited="2026-01-12", min=2, max=2)
    claim(january, as_of=None, min=3, max=3)
    notes = {row["claimed_min"]: row["notes"] for row in gaps(january)}
    assert notes[50][0] == "no start stated: counted from the record's start, 2026-01-08"
    assert notes[1][0] == "no start stated, and it ends before the record's start: counted from ever"
    assert notes[2][0] == "no day stated: counted until it was first printed"
    assert notes[3] == ("not compared: It has no day, and no source of it has a date.",)


def test_restrictions_ended_are_not_compared_and_it_says_why(january):
    claim(january, measure="restrictions_ended", as_of="2026-01-14")
    [row] = gaps(january)
    assert row["counted"] is None
    assert row["notes"] == ("not compared: restrictions are also ended for people who were never in prison",)


def test_a_disputed_start_is_shown(january):
    ref = claim(january, since="2026-01-08", as_of="2026-01-14")
    with january.writing("dispute") as change:
        row = change.db.execute("SELECT id, claimant FROM claims WHERE ref = ?", (ref,)).fetchone()
        source = change.insert("sources", {"slug": "otra", "published": "2026-01-15"})
        change.insert(
            "citations",
            {"source": source, "claim": row["id"], "field": "since", "value": "2025-12-22", "stance": "disputes"},
        )
    assert "its start is disputed: also printed as 2025-12-22" in gaps(january)[0]["notes"]


def test_on_a_day_the_latest_of_each_claimant_and_start_stands_beside_the_others(january):
    claim(january, as_of="2026-01-12", since="2026-01-08", min=24, max=24)
    claim(january, as_of="2026-01-14", since="2026-01-08", min=72, max=72)
    claim(january, as_of="2026-01-14", since="2025-12", min=99, max=99)
    claim(january, as_of="2026-01-20", since="2026-01-08", min=143, max=143)
    claim(january, claimant="Ministerio", as_of="2026-01-13", since="2025-12", min=400, max=None)
    stated = {
        (row["claimant"], row["since"], row["claimed_min"]) for row in gaps(january, latest=True, on="2026-01-14")
    }
    assert stated == {("Foro", "2026-01-08", 72), ("Foro", "2025-12", 99), ("Ministerio", "2025-12", 400)}


def test_which_claims(january):
    claim(january, as_of="2026-01-12", scope='{"sex": "female"}', cited="2026-01-13")
    claim(january, as_of="2026-01-12", measure="held", claimant="Ministerio")
    assert [row["claimant"] for row in gaps(january, wanted=Wanted(claimant=["ministerio"]))] == ["Ministerio"]
    assert [row["measure"] for row in gaps(january, wanted=Wanted(measure="released"))] == ["released"]
    assert [row["scope"] for row in gaps(january, wanted=Wanted(scope={"sex": "female"}))] == [("sex=female",)]
    assert gaps(january, wanted=Wanted(scope={"nationality": ["ES"]})) == []
    for wanted in (Wanted(refs=["K-nobody"]), Wanted(claimant=["Nadie"]), Wanted(source=["nada"])):
        with pytest.raises(NotFound):
            gaps(january, wanted=wanted)
    with pytest.raises(BadValue):
        gaps(january, wanted=Wanted(measure="eaten"))


def test_a_claim_opens_into_the_people_counted_and_those_on_its_own_list(january):
    ref = claim(january, claimant="Foro Libre", since="2026-01-08", as_of="2026-01-14")
    with january.writing("list") as change:
        source = change.db.execute("SELECT id FROM sources WHERE slug = 'n1'").fetchone()[0]
        people = dict(change.db.execute("SELECT name, id FROM detainees").fetchall())
        taken = change.insert("lists", {"name": "n1", "source": source, "file": "n1.csv", "sha256": "0" * 64,
            "size": 10, "entered": "2026-01-14"})  # fmt: skip
        for row, (printed, person, state) in enumerate(
            (
                ("Ana Uno", people["Ana Uno"], "taken"),
                ("Eva Cinco", people["Eva Cinco"], "taken"),
                ("Zoa Ro", None, "open"),
            ),
            2,
        ):
            change.insert("list_rows", {"list": taken, "row": row, "printed": printed, "key": printed, "digest": "x",
                "detainee": person, "state": state})  # fmt: skip
    with asking(january, limit=None) as (db, asked):
        table = list_table(january, db, asked, ref)
        rows = [(str(row[0]), row[2]) for row in table.rows]
    assert rows == [
        ("verified", "Ana Uno"),
        ("verified", "unnamed"),
        ("reported", "Beto Dos"),
        ("announced", "Caro Tres"),
        ("on_its_list", "Eva Cinco"),
        ("not_on_record", "Zoa Ro"),
    ]
    assert "50 claimed; 3 counted; difference +47" in table.title


def test_in_public_only_those_who_may_be_named_are(january):
    ref = claim(january, claimant="Foro Libre", since="2026-01-08", as_of="2026-01-14")
    with asking(january, public=True) as (db, asked):
        table = list_table(january, db, asked, ref)
        names = {row[2] for row in table.rows}
    assert "Beto Dos" not in names
    assert "Caro Tres" not in names


def test_an_embargo_is_judged_by_the_day_asked_about(january):
    with january.writing("embargo") as change:
        row = change.db.execute(
            "SELECT r.id FROM releases r JOIN detentions t ON t.id = r.detention JOIN detainees d ON d.id = t.detainee"
            " WHERE d.name = 'Ana Uno'"
        ).fetchone()
        change.update("releases", row[0], {"publish_from": "2026-02-04"})
    claim(january, claimant="Foro Libre", since="2026-01-08", as_of="2026-01-14")
    for day, seen in (("2026-01-26", 1), ("2026-02-05", 2)):
        [row] = gaps(january, latest=True, on=day, public=True)
        assert row["verified"] == seen


def test_a_tag_nobody_has_compares_with_nothing(january):
    claim(january, as_of="2026-01-12", measure="held", scope='{"tag": ["under_house_arrest"]}')
    [row] = gaps(january)
    assert (row["counted"], row["notes"]) == (None, ("nobody on record has that tag: not compared",))


@pytest.mark.parametrize(
    ("low", "high", "qualifier", "said"),
    [
        (406, 406, None, "406"),
        (50, 80, None, "50–80"),
        (80, None, "at least", "≥ 80"),
        (None, 30, "at most", "≤ 30"),
        (40, 40, "around", "~ 40"),
        (None, None, None, None),
    ],
)
def test_figures_as_people_write_them(low, high, qualifier, said):
    assert figure(low, high, qualifier) == said


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(5, 5, "+5"), (-2, 3, "-2…+3"), (0, 0, "0"), (8, None, "≥ +8"), (None, -3, "≤ -3"), (None, None, None)],
)
def test_differences_as_people_write_them(low, high, said):
    assert interval(low, high) == said
