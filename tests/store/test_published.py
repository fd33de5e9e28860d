"""What had been published by a moment: against a plain reading of the rules, and the couple freed on 20 January."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.store import Store, ids
from tracker.store.published import left_out
from tracker.store.schema import TABLES

RANK = {"announced": 1, "reported": 2, "verified": 3}
COLUMN = {
    "detainees": "detainee",
    "nationalities": "nationality",
    "detentions": "detention",
    "stays": "stay",
    "releases": "release",
    "claims": "claim",
}
BELOW = {"detentions": ["releases", "stays"], "detainees": ["nationalities", "detentions"]}
DATES = (None, "2026-01-05", "2026-01", "..2026-01-09", "2026-01-20T10:00", "2026-02-04")
MOMENT = "2026-01-15T23:59"


class Case:
    """One person with one of everything, and helpers to cite them."""

    def __init__(self, change):
        self.change = change
        self.prison = change.insert("facilities", {"name": "El Rodeo"})
        self.made = 0

    def source(self, published):
        self.made += 1
        return self.change.insert("sources", {"slug": f"s{self.made}", "published": published})

    def claimant(self, status="verified"):
        return self.change.insert("claimants", {"name": "Alguien", "kind": "monitor", "default_status": status})

    def person(self, **values):
        return self.change.insert("detainees", {"name": "Ana", **values})

    def spell(self, person):
        return self.change.insert("detentions", {"detainee": person, "entered": "2026-01-05"})

    def release(self, spell, status="verified", step=1):
        values = {"detention": spell, "step": step, "entered": "2026-01-05", "status": status}
        return self.change.insert("releases", values)

    def stay(self, spell):
        return self.change.insert("stays", {"detention": spell, "step": 1, "facility": self.prison})

    def cite(self, published, claimant=None, **values):
        return self.change.insert("citations", {"source": self.source(published), "claimant": claimant, **values})


def seen(store, table, when=MOMENT, column="id"):
    with store.reading(published_by=when) as db:
        return [row[0] for row in db.execute(f"SELECT {column} FROM {table} ORDER BY id")]


def build(store, work):
    with store.writing("case") as change:
        return work(Case(change))


def test_the_couple_freed_on_20_january_became_public_on_4_february(store):
    def couple(case):
        person = case.person()
        spell = case.spell(person)
        case.cite("2025-12-01", detention=spell)
        release = case.release(spell)
        case.cite("2026-02-04", release=release)

    build(store, couple)
    for when, releases in [("2026-01-31", 0), ("2026-02-03T23:59", 0), ("2026-02-04", 1), ("2026-02-04T00:00", 1)]:
        assert len(seen(store, "releases", when)) == releases
        assert len(seen(store, "detentions", when)) == 1
    assert seen(store, "detainees", "2025-11-30") == []


@pytest.mark.parametrize("what", ["releases", "stays", "nationalities", "detentions", "detainees"])
def test_a_citation_speaks_for_what_is_above_it(store, what):
    above = {"releases": ["detentions"], "stays": ["detentions"]}.get(what, [])

    def one(case):
        person = case.person()
        spell = case.spell(person)
        rows = {
            "detainees": person,
            "detentions": spell,
            "releases": case.release(spell),
            "stays": case.stay(spell),
            "nationalities": case.change.insert("nationalities", {"detainee": person, "country": "ES"}),
        }
        case.cite("2026-01-10", **{COLUMN[what]: rows[what]})

    build(store, one)
    expected = {what, "detainees", *above}
    for table in COLUMN:
        assert len(seen(store, table)) == (table in expected), table


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("2026-01-15", True),
        ("2026-01-15T23:59", True),
        ("2026-01-16", False),
        ("2026-01", True),
        ("2026", True),
        ("2026-01-14..2026-02-01", True),
        ("..2026-01-15", True),
        ("..2026-01-16", False),
        (None, False),
    ],
)
def test_a_source_counts_at_the_earliest_moment_of_its_date(store, published, shown):
    build(store, lambda case: case.cite(published, detainee=case.person()))
    assert bool(seen(store, "detainees", "2026-01-15")) is shown
    assert bool(seen(store, "sources", "2026-01-15")) is shown
    assert bool(seen(store, "citations", "2026-01-15")) is shown


def test_a_disputing_citation_speaks_for_nothing(store):
    build(store, lambda case: case.cite("2026-01-10", detainee=case.person(), stance="disputes"))
    assert seen(store, "detainees") == []
    assert seen(store, "citations") == []


@pytest.mark.parametrize(
    ("status", "citations", "shown"),
    [
        ("verified", [("2026-01-10", "announced", None)], "announced"),
        ("verified", [("2026-01-10", "reported", None)], "reported"),
        ("verified", [("2026-01-10", "verified", None)], "verified"),
        ("verified", [("2026-01-10", None, None)], "reported"),
        ("verified", [("2026-01-10", "announced", None), ("2026-02-10", "verified", None)], "announced"),
        ("verified", [("2026-01-10", "announced", None), ("2026-01-11", "reported", None)], "reported"),
        ("verified", [("2026-01-10", "announced", "verified")], "verified"),
        ("verified", [("2026-01-10", "verified", "announced")], "announced"),
        ("verified", [("2026-01-10", "verified", "seguro")], "verified"),
        ("announced", [("2026-01-10", "verified", None)], "announced"),
        ("reported", [("2026-01-10", "verified", None)], "reported"),
    ],
)
def test_a_status_is_no_higher_than_what_was_said_by_then(store, status, citations, shown):
    def one(case):
        release = case.release(case.spell(case.person()), status)
        for published, default, value in citations:
            who = case.claimant(default) if default else None
            case.cite(published, who, release=release, **({"field": "release_status", "value": value} if value else {}))

    build(store, one)
    assert seen(store, "releases", column="status") == [shown]


@pytest.mark.parametrize(
    ("denials", "shown"),
    [
        ([], "retracted"),
        ([("2026-01-12", {"stance": "disputes"})], "retracted"),
        ([("2026-02-12", {"stance": "disputes"})], "reported"),
        ([(None, {"stance": "disputes"})], "retracted"),
        ([(None, {"stance": "disputes"}), ("2026-02-12", {"stance": "disputes"})], "reported"),
        ([("2026-02-12", {"stance": "disputes", "field": "release_status"})], "reported"),
        ([("2026-01-12", {"field": "release_status", "value": "retracted"})], "retracted"),
        ([("2026-02-12", {"field": "release_status", "value": "retracted"})], "reported"),
        ([("2026-01-12", {"stance": "disputes", "field": "released"})], "retracted"),
        ([("2026-01-12", {"stance": "disputes", "field": "kind"}), ("2026-02-12", {"stance": "disputes"})], "reported"),
    ],
)
def test_a_retraction_counts_from_its_publication(store, denials, shown):
    def one(case):
        release = case.release(case.spell(case.person()), "retracted")
        case.cite("2026-01-10", release=release)
        for published, values in denials:
            case.cite(published, release=release, **values)

    build(store, one)
    assert seen(store, "releases", column="status") == [shown]


def test_a_retraction_alone_does_not_make_a_release_public(store):
    def one(case):
        release = case.release(case.spell(case.person()), "retracted")
        case.cite("2026-01-10", release=release, field="release_status", value="retracted")

    build(store, one)
    assert seen(store, "releases") == []


@pytest.mark.parametrize(
    ("published", "died"), [("2026-01-10", "2026-01-09"), ("2026-02-10", None), (None, None), ("none", "2026-01-09")]
)
def test_a_death_is_known_from_the_publication_that_says_it(store, published, died):
    def one(case):
        person = case.person(died="2026-01-09", died_cause="sin atención médica")
        case.cite("2026-01-05", detainee=person)
        if published != "none":
            case.cite(published, detainee=person, field="died_on", value="2026-01-09")

    build(store, one)
    for column, value in [
        ("died", died),
        ("died_from", died and "2026-01-09T00:00"),
        ("died_cause", died and "sin atención médica"),
    ]:
        assert seen(store, "detainees", column=column) == [value]


def test_what_goes_with_a_person_goes_with_them(store):
    def two(case):
        people = [case.person(), case.person(), case.person()]
        for person, published in zip(people, ("2026-01-10", "2026-01-11", "2026-02-10"), strict=True):
            case.cite(published, detainee=person)
            case.change.insert("names", {"detainee": person, "name": "Anita"})
            case.change.insert("tags", {"detainee": person, "tag": "x"})
            case.change.insert("identifiers", {"detainee": person, "scheme": "FP", "value": "1"})
        for one, other in ((0, 1), (1, 2)):
            case.change.insert("judgements", {"one": people[one], "other": people[other], "verdict": "different"})
        case.change.insert(
            "evidence", {"source": case.source("2026-02-10"), "file_name": "x", "sha256": "y", "size": 1}
        )
        case.claimant()

    build(store, two)
    counts = {table: len(seen(store, table)) for table in TABLES}
    assert {table: n for table, n in counts.items() if n} == {
        "detainees": 2, "names": 2, "tags": 2, "identifiers": 2, "judgements": 1,
        "sources": 2, "citations": 2, "facilities": 1, "claimants": 1, "settings": 5,
    }  # fmt: skip


def test_what_is_left_out_for_want_of_a_date_is_counted(store):
    def several(case):
        for dates in (["2026-01-10"], [None], ["2026-02-10"], [], ["2026-01-10", None], ["2026-02-10", None]):
            release = case.release(case.spell(case.person()))
            for published in dates:
                case.cite(published, release=release)

    build(store, several)
    with store.reading(published_by=MOMENT) as db:
        found = {line.table: (line.later, line.undated, line.uncited) for line in left_out(db)}
        assert len(db.execute("SELECT * FROM detainees").fetchall()) == 2
    assert found == {
        "detainees": (1, 2, 1), "detentions": (1, 2, 1), "releases": (1, 2, 1),
        "stays": (0, 0, 0), "nationalities": (0, 0, 0), "claims": (0, 0, 0),
    }  # fmt: skip


def test_both_clocks_together(store):
    first = build(store, lambda case: case.cite("2026-01-10", detainee=case.person()))
    with store.writing("later") as change:
        source = change.get("citations", first)["source"]
        change.update("sources", source, {"published": "2026-02-10"})
        change.insert("detainees", {"name": "Luis"})
    assert seen(store, "detainees", column="name") == []
    with store.reading(known_by=2, published_by=MOMENT) as db:
        assert [row[0] for row in db.execute("SELECT name FROM detainees")] == ["Ana"]
        assert db.execute("SELECT count(*) FROM facilities").fetchone()[0] == 1
        assert store.head(db).seq == 2
    with store.reading(known_by=2) as db:
        assert db.execute("SELECT count(*) FROM detainees").fetchone()[0] == 1


# --- random records against the rules, read plainly ---------------------------------------------------------------

CITATION = st.tuples(
    st.sampled_from(list(COLUMN)),
    st.integers(0, 5),
    st.sampled_from(DATES),
    st.sampled_from([None, "announced", "reported", "verified"]),
    st.sampled_from(["supports", "supports", "supports", "disputes"]),
    st.sampled_from([None, None, "release_status", "release_kind", "died_on"]),
    st.sampled_from(["announced", "verified", "retracted", "otra cosa"]),
)


def published_by(source):
    """True by the moment, False later, None without a date."""
    at = source["published_from"] or source["published_to"]
    return None if at is None else at <= MOMENT


def plainly(rows):
    """The rules, row by row: what is visible (table → id → row)."""
    by = {row["id"]: published_by(row) for row in rows["sources"].values()}
    speaking = [
        c
        for c in rows["citations"].values()
        if c["stance"] == "supports" and not (c["field"] == "release_status" and c["value"] == "retracted")
    ]

    def spoken(table, accept):
        column = COLUMN[table]
        found = {c[column] for c in speaking if c[column] and accept(by[c["source"]])}
        for below in BELOW.get(table, []):
            found |= {rows[below][each][column] for each in spoken(below, accept)}
        return found

    kept = {table: spoken(table, bool) for table in COLUMN}
    visible = {table: {key: dict(rows[table][key]) for key in keys} for table, keys in kept.items()}
    for key, release in visible["releases"].items():
        told = [c for c in speaking if c["release"] == key and by[c["source"]]]
        denials = [
            by[c["source"]]
            for c in rows["citations"].values()
            if c["release"] == key
            and (
                (c["stance"] == "disputes" and c["field"] in (None, "release_status"))
                or (c["field"] == "release_status" and c["value"] == "retracted")
            )
        ]
        highest = max(status_of(c, rows) for c in told)
        retracted = release["status"] == "retracted" and (any(denials) or all(each is None for each in denials))
        if not retracted:
            own = 3 if release["status"] == "retracted" else RANK[release["status"]]
            release["status"] = {1: "announced", 2: "reported", 3: "verified"}[min(own, highest)]
    for key, person in visible["detainees"].items():
        deaths = [
            by[c["source"]]
            for c in rows["citations"].values()
            if c["detainee"] == key and c["field"] == "died_on" and c["stance"] == "supports"
        ]
        if deaths and not any(deaths):
            person.update(dict.fromkeys(("died", "died_from", "died_to", "died_place", "died_cause")))
    visible["sources"] = {key: row for key, row in rows["sources"].items() if by[key]}
    visible["citations"] = {
        key: row
        for key, row in rows["citations"].items()
        if by[row["source"]]
        and all(row[column] is None or row[column] in kept[table] for table, column in COLUMN.items())
    }
    return visible


def status_of(citation, rows):
    if citation["field"] == "release_status" and citation["value"] in RANK:
        return RANK[citation["value"]]
    if citation["claimant"]:
        return RANK[rows["claimants"][citation["claimant"]]["default_status"]]
    return RANK["reported"]


def populate(store, citations, statuses):
    with store.writing("case") as change:
        case = Case(change)
        rows = {table: [] for table in COLUMN}
        who = {status: case.claimant(status) for status in RANK}
        for n, status in enumerate(statuses):
            person = case.person(died="2026-01-03" if n % 2 else None)
            spell = case.spell(person)
            rows["detainees"].append(person)
            rows["detentions"].append(spell)
            rows["releases"].append(case.release(spell, status))
            rows["stays"].append(case.stay(spell))
            rows["nationalities"].append(change.insert("nationalities", {"detainee": person, "country": "ES"}))
            rows["claims"].append(
                change.insert("claims", {"claimant": who["verified"], "measure": "released", "min": n})
            )
        for table, place, published, claimant, stance, field, value in citations:
            target = rows[table][place % len(rows[table])]
            case.cite(published, who.get(claimant), stance=stance, field=field, value=value, **{COLUMN[table]: target})


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    citations=st.lists(CITATION, max_size=14),
    statuses=st.lists(st.sampled_from([*RANK, "retracted"]), min_size=1, max_size=3),
)
def test_random_records_are_shown_as_the_rules_say(tmp_path_factory, citations, statuses):
    made = Store.create(tmp_path_factory.mktemp("published") / f"{ids.new()}.db", {})
    populate(made, citations, statuses)
    with made.reading() as db:
        rows = {table: {row["id"]: dict(row) for row in db.execute(f"SELECT * FROM {table}")} for table in TABLES}
    expected = plainly(rows)
    with made.reading(published_by=MOMENT) as db:
        for table, wanted in expected.items():
            assert {row["id"]: dict(row) for row in db.execute(f"SELECT * FROM {table}")} == wanted, table
        counted = {line.table: line.uncited for line in left_out(db)}
    speaking = {
        c["release"]
        for c in rows["citations"].values()
        if c["stance"] == "supports" and not (c["field"] == "release_status" and c["value"] == "retracted")
    }
    assert counted["releases"] == len(set(rows["releases"]) - speaking)
