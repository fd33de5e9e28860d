"""What a counting rule changes in the questions, on small records where it can be counted by hand."""

from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented_lives import Detention, Person, Release, Stay, a_store, enter, people

from tracker.domain.counting import names, read_rule
from tracker.domain.date_bounds import bounds
from tracker.domain.vocabulary import KIND_STANDING
from tracker.reports.asked import asking
from tracker.reports.released import released_table
from tracker.reports.remaining import remaining_table
from tracker.reports.summary import summary_table

RECORD = [
    Person("Ana Held", (Detention("2025-05-01"),)),
    Person("Beto Home", (Detention("2025-05-01", (Release("2026-01-12", "house_arrest"),)),)),
    Person("Caro Said", (Detention("2025-05-01", (Release("2026-01-12", "full", "reported"),)),)),
    Person("Dino Listed", (Detention("2025-05-01", (Release("2026-01-12", "unstated", "announced"),)),)),
    Person("Eva Night", (Detention("2026-01-10", (Release("2026-01-11", "full"),)),)),
    Person("Fito Lost", (Detention("2025-05-01", (), (Stay(None, "2026-01-09"),)),)),
    Person("Gabi Gone", (Detention("2025-05-01", (Release("2026-01-13", "escaped"),)),)),
]


@pytest.fixture
def held(store):
    enter(store, RECORD)

    def names_held(rule, on="2026-01-20"):
        with asking(store, on=on, rule=rule, columns=["name"]) as (db, asked):
            return {row[0].split()[0] for row in remaining_table(db, asked).rows}

    return names_held


@pytest.fixture
def gone(store):
    enter(store, RECORD)

    def names_gone(rule):
        with asking(store, from_="2026-01-08", to="2026-01-20", rule=rule, columns=["name"]) as (db, asked):
            return {row[0].split()[0] for row in released_table(db, asked).rows}

    return names_gone


def test_each_rule_holds_whom_it_says(held):
    assert held(None) == held("default") == {"Ana", "Beto", "Caro", "Dino", "Fito"}
    assert held("monitor") == held("default")
    assert held("press") == {"Ana", "Beto", "Dino", "Fito"}
    assert held("wide") == {"Ana", "Fito"}


def test_each_rule_releases_whom_it_says(gone):
    assert gone("default") == {"Eva", "Gabi"}
    assert gone("monitor") == {"Gabi"}  # held for less than 48 hours: not among the detained, nor the released
    assert gone("press") == {"Caro", "Eva", "Gabi"}
    assert gone("wide") == {"Beto", "Caro", "Dino", "Eva", "Gabi"}


def test_a_short_detention_does_not_count_on_its_own_day_either(held):
    assert "Eva" in held("default", on="2026-01-10")
    assert "Eva" not in held("monitor", on="2026-01-10")


def test_switches_of_ones_own(store, held, tmp_path):
    path = tmp_path / "strict.toml"
    path.write_text(
        'release_statuses = ["verified"]\ndeprived = ["detained", "house_arrest"]\nreleased = ["free"]\n'
        'minimum_hours = 0\ntext = "Only free is released; the lost do not count."\n',
        encoding="utf-8",
    )
    assert held(str(path)) == {"Ana", "Beto", "Caro", "Dino"}
    with asking(store, from_="2026-01-08", to="2026-01-20", rule=str(path), columns=["name"]) as (db, asked):
        table = released_table(db, asked)
        assert [row[0] for row in table.rows] == ["Eva Night"]  # to escape is not to be freed, under this rule
        assert "Counting rule “strict”: Only free is released; the lost do not count." in table.foot


def test_whoever_is_said_to_be_out_is_so_in_the_eyes_of_the_rule(store, tmp_path):
    enter(
        store, [Person("Hugo Told", (Detention("2025-05-01", (Release("2026-01-12", "house_arrest", "reported"),)),))]
    )
    path = tmp_path / "home_is_out.toml"
    path.write_text(
        'release_statuses = ["verified"]\ndeprived = ["detained", "whereabouts_unknown"]\n'
        'released = ["house_arrest", "restricted", "free", "out"]\nminimum_hours = 0\ntext = "Home is out."\n',
        encoding="utf-8",
    )
    told = {}
    for rule in (None, str(path)):
        with asking(store, on="2026-01-20", rule=rule, columns=["said_out"]) as (db, asked):
            told[rule] = [row[0] for row in remaining_table(db, asked).rows]
    assert told == {None: [None], str(path): ["reported"]}


@pytest.mark.parametrize("rule", names())
def test_the_rule_stands_under_every_table(store, rule):
    enter(store, RECORD)
    with asking(store, on="2026-01-20", rule=rule) as (db, asked):
        for table in (remaining_table(db, asked), released_table(db, asked), summary_table(db, asked)):
            assert f"Counting rule “{rule}”: {read_rule(rule).text}" in table.foot


def too_short(detention, rule):
    """Tell by the calendar whether a detention was certainly over within the rule's hours."""
    began = bounds(detention.began)[0]
    ends = [
        bounds(release.on)[1]
        for release in detention.releases
        if release.status in rule.accepted and KIND_STANDING[release.kind] not in rule.deprived
    ]
    if not began or not any(ends):
        return False
    ended = min(end for end in ends if end)
    return (datetime.fromisoformat(ended) - datetime.fromisoformat(began)).total_seconds() < rule.min_hours * 3600


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(record=people(), name=st.sampled_from(("monitor", "found_only")))
def test_what_is_too_short_is_as_if_it_had_never_been(template_database, record, name, request):
    rule = str(request.path.with_name(f"{name}.toml")) if name == "found_only" else name
    counted = read_rule(rule)
    kept = [
        Person(
            one.name,
            tuple(detention for detention in one.detentions if not too_short(detention, counted)),
            one.values,
        )
        for one in record
    ]
    shown = []
    for lives in (record, kept):
        with a_store(template_database) as store:
            enter(store, lives)
            with asking(store, on="2026-02-10", rule=rule) as (db, asked):
                shown.append(next(iter(summary_table(db, asked).rows))[2:])
    assert shown[0] == shown[1]
