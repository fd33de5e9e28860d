"""The words of a question, read once: moments, windows, filters, and what is refused with a sentence."""

import pytest
from invented_lives import Cite, Detention, Person, Release, Stay, enter

from tracker.domain.clock import today_in
from tracker.errors import BadValue, NotFound
from tracker.reports.asked import accepted, asking, said, said_start
from tracker.reports.people import people_table
from tracker.reports.remaining import remaining_table
from tracker.store import Store


@pytest.fixture
def record(store):
    """Four people: two prisons, two sources, three countries."""
    enter(store, [
        Person("Ana Ruiz", (Detention("2025-03", (), (Stay("El Rodeo I", cited=(Cite("lista", "Foro Libre"),)),),
            cited=(Cite("nota", "Ministerio"),)),), {"sex": "female"}, ("ES", "VE"), ("human_rights_defender",)),
        Person("Luis Vega", (Detention("2025-04", (), (Stay("Rodeo II"),)),), {"sex": "male", "service": "military"},
            ("CO",), ("journalist",)),
        Person("Zoé Paz", (Detention("2025-05", (Release("2026-01-12", "full", "reported",
            cited=(Cite("lista", "Ministerio"),)),)),), {"service": "unknown"}, (), ("journalist",)),
        Person("Íñigo Sanz", (Detention("2025-05", (Release("2026-01-12", "full"),), (Stay("Rodeo II"),)),), {}, ("VE",),
            cited=(Cite("lista", "Foro Libre"),)),
    ])  # fmt: skip
    return store


def names(store, **words):
    with asking(store, columns=["name"], **words) as (db, asked):
        return [row[0].partition(" ")[0] for row in people_table(db, asked).rows]


def test_a_question_without_a_day_is_asked_at_the_end_of_today(store):
    today = today_in("America/Caracas").isoformat()
    with asking(store) as (_db, asked):
        assert (asked.moment, asked.first, asked.latest) == (f"{today}T23:59", "2026-01-08T00:00", f"{today}T23:59")
        assert (asked.record.zone, asked.record.country, asked.record.we) == (
            "America/Caracas",
            "VE",
            "Monitor de prueba",
        )


@pytest.mark.parametrize(("words", "first", "last"), [
    ({"on": "2026-01-12"}, "2026-01-12T00:00", "2026-01-12T23:59"),
    ({"on": "2026-02-08T23:45"}, "2026-02-08T23:45", "2026-02-08T23:45"),
    ({"on": "enero de 2026"}, "2026-01-01T00:00", "2026-01-31T23:59"),
    ({"from_": "2026-01-09", "to": "2026-01-10"}, "2026-01-09T00:00", "2026-01-10T23:59"),
    ({"to": "2026-01-10"}, "2026-01-08T00:00", "2026-01-10T23:59"),
    ({"to": "2025-06-01"}, "", "2025-06-01T23:59"),
    ({"from_": "..2026-01-20", "to": "2026-02"}, "", "2026-02-28T23:59"),
])  # fmt: skip
def test_days_are_windows_and_windows_begin_with_the_record(store, words, first, last):
    if words.get("from_", "").startswith(".."):
        with pytest.raises(BadValue, match="cannot begin on an unknown day"), asking(store, **words):
            pass
        return
    with asking(store, **words) as (_db, asked):
        assert (asked.first, asked.moment) == (first, last)


@pytest.mark.parametrize(("words", "sentence"), [
    ({"on": "2026-01-12", "to": "2026-01-13"}, "--on names one day"),
    ({"from_": "2026-02-01", "to": "2026-01-01"}, "ends (2026-01-01) before it begins (2026-02-01)"),
    ({"on": "unknown"}, "no moment to ask about"),
    ({"on": "2026-02-30"}, "2026-02-30"),
    ({"on": "03/04/2024"}, "ambiguous"),
    ({"from_": "unknown"}, "cannot begin on an unknown day"),
    ({"known_by": "mañana"}, "future"),
    ({"published_by": "x"}, "cannot be read as a date"),
    ({"nationality": ["Spanien"]}, "no country or nationality"),
    ({"dual": "perhaps"}, "yes or no"),
    ({"sex": "x"}, "is not a word for: sex"),
    ({"service": "navy"}, "is not a word for: service"),
    ({"standing": ["gone"]}, "is not a word for: standing"),
])  # fmt: skip
def test_words_that_cannot_be_read_are_refused_with_a_sentence(store, words, sentence):
    with pytest.raises(BadValue) as problem, asking(store, **words):
        pass
    assert sentence in problem.value.message


def test_sex_and_service_offer_unknown_among_the_choices(store):
    for words, hint in (({"sex": "x"}, "Use one of: female, male, other, unknown."),
        ({"service": "navy"}, "Use one of: civilian, military, police, unknown.")):  # fmt: skip
        with pytest.raises(BadValue) as problem, asking(store, **words):
            pass
        assert problem.value.hint == hint


@pytest.mark.parametrize(("words", "sentence", "candidates"), [
    ({"facility": ["Rodeo"]}, "There is no place “Rodeo” on record.", ("El Rodeo I", "Rodeo II")),
    ({"tag": ["jurnalist"]}, "Nobody on record has the tag “jurnalist”.", ()),
    ({"source": ["listo"]}, "There is no source", ("lista",)),
    ({"claimant": ["Foro Livre"]}, "There is no claimant", ("Foro Libre",)),
])  # fmt: skip
def test_what_is_not_on_record_is_said_with_what_is_near(record, words, sentence, candidates):
    with pytest.raises(NotFound) as problem, asking(record, **words):
        pass
    assert problem.value.message.startswith(sentence)
    found = {line.rpartition("  ")[2] for line in problem.value.candidates}
    assert found >= set(candidates)
    if "tag" in words:
        assert problem.value.hint == "Tags on record: human_rights_defender, journalist."


@pytest.mark.parametrize(("words", "found"), [
    ({"nationality": ["española"]}, ["Ana"]),
    ({"nationality": ["ES", "CO"]}, ["Ana", "Luis"]),
    ({"dual": "sí"}, ["Ana"]),
    ({"dual": "no"}, ["Íñigo", "Luis"]),
    ({"facility": ["Rodeo 2"]}, ["Íñigo", "Luis"]),
    ({"facility": ["Rodeo 1", "Rodeo II"]}, ["Ana", "Íñigo", "Luis"]),
    ({"tag": ["Human rights defender"]}, ["Ana"]),
    ({"tag": ["journalist"], "service": "military"}, ["Luis"]),
    ({"sex": "desconocido"}, ["Íñigo", "Zoé"]),
    ({"sex": "mujer"}, ["Ana"]),
    ({"service": "unknown"}, ["Ana", "Íñigo", "Zoé"]),
    ({"standing": ["free"]}, ["Íñigo"]),
    ({"standing": ["libre", "detenida"], "facility": ["Rodeo 2"]}, ["Íñigo", "Luis"]),
    ({"source": ["lista"]}, ["Ana", "Íñigo", "Zoé"]),
    ({"source": ["lista"], "claimant": ["foro libre"]}, ["Ana", "Íñigo"]),
    ({"claimant": ["Ministerio"]}, ["Ana", "Zoé"]),
    ({"source": ["nota"], "claimant": ["Foro Libre"]}, []),
])  # fmt: skip
def test_filters_narrow_together_and_widen_within(record, words, found):
    assert names(record, **words) == found


def test_filters_are_named_in_the_notes(record):
    with asking(record, nationality=["ES", "CO"], facility=["rodeo 1"], standing=["detained"], dual="yes") as (
        db,
        asked,
    ):
        foot = remaining_table(db, asked).foot
    assert "Only: nationality Spain or Colombia, several nationalities, place El Rodeo I, standing detained." in foot


def test_known_by_takes_a_change_its_number_or_a_day(record):
    with record.reading() as db:
        head = record.head(db)
    enter(record, [Person("Bea Sol", (Detention("2025"),))])
    for known_by in (str(head.seq), f"#{head.seq}", head.id):
        assert len(names(record, known_by=known_by)) == 4
    assert len(names(record, known_by="today")) == 5
    with pytest.raises(BadValue, match="Nothing was on record yet by"):
        names(record, known_by="2020-01-01")


def test_published_by_leaves_out_what_was_not_out_and_says_so(record):
    with asking(record, published_by="2026-01-13", columns=["name"]) as (db, asked):
        table = people_table(db, asked)
        assert len(list(table.rows)) == 3
    left_out = "people of whom no dated source speaks by then, but an undated one or none: 1."
    assert f"Left out: people whose sources are all later: 0; {left_out}" in table.foot
    assert table.foot[0].endswith(", as published by 2026-01-13.")


def test_the_rule_of_the_record_decides_what_ends_a_detention(store):
    enter(store, [Person("Zoé Paz", (Detention("2025-05", (Release("2026-01-12", "full", "reported"),)),))])
    assert accepted(store) == ("verified",)
    with store.writing("rule") as change:
        change.insert("settings", {"id": "rule", "value": "press"})
    lax = Store.open(store.path)
    assert set(accepted(lax)) == {"verified", "reported"}
    with asking(lax) as (db, asked):
        table = remaining_table(db, asked)
        assert list(table.rows) == []
        assert table.foot[-2].startswith("Counting rule “press”: Reported releases end a detention")


def test_days_are_said_as_days_and_minutes_as_minutes():
    assert (said("2026-01-12T23:59"), said("2026-02-08T23:45")) == ("2026-01-12", "2026-02-08 23:45")
    assert (said_start("2026-01-12T00:00"), said_start("2026-01-12T08:30")) == ("2026-01-12", "2026-01-12 08:30")


def test_rows_sort_by_any_column_with_empty_cells_last(record):
    assert names(record, sort="since") == ["Ana", "Luis", "Zoé", "Íñigo"]
    assert names(record, sort="-since") == ["Íñigo", "Zoé", "Luis", "Ana"]
    assert names(record, sort="sex")[:2] == ["Ana", "Luis"]
    assert names(record, sort="-facility") == ["Íñigo", "Luis", "Ana", "Zoé"]
    with pytest.raises(BadValue, match="no column “colour”"):
        names(record, sort="colour")
    with (
        asking(record, columns=["nobody"]) as (db, asked),
        pytest.raises(BadValue, match="no column “nobody”") as problem,
    ):
        people_table(db, asked)
    assert problem.value.hint.startswith("Columns: ref, name, other_names, standing")
