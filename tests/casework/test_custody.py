import pytest

from tracker.casework.arrest import Arrest
from tracker.casework.citations import Cited
from tracker.casework.custody import (
    add_detention,
    death,
    edit_detention,
    find_detention,
    open_detention,
    retake,
)
from tracker.casework.facilities import add_facility
from tracker.casework.faults import faults, releases_of, stays_of
from tracker.casework.people import Person, add_person
from tracker.casework.release_edits import edit_release
from tracker.casework.releases import add_past_detention, add_release, read_request
from tracker.casework.sources import add_source
from tracker.casework.stays import transfer
from tracker.errors import Ambiguous, BadValue, NotFound, Refused


@pytest.fixture
def change(store):
    with store.writing("test") as change:
        yield change


@pytest.fixture
def ana(change):
    return add_person(change, Person(name="Ana Ruiz Prieto"))


@pytest.fixture
def prisons(change):
    return [add_facility(change, name) for name in ("El Rodeo I", "Yare II")]


def release(change, person, on, **words):
    return add_release(change, person, read_request(change.db, on=on, status="verified", **words))


def columns(row, *names):
    return tuple(row[name] for name in names)


def test_an_arrest_keeps_the_precision_of_its_date(change, ana):
    added = add_detention(change, ana, Arrest(began="marzo de 2025", place=" Maiquetía ", grounds="pace_a, WGAD II"))
    row = change.get("detentions", added)
    assert columns(row, "began", "began_from", "began_to") == ("2025-03", "2025-03-01T00:00", "2025-03-31T23:59")
    assert columns(row, "place", "cause", "grounds") == ("Maiquetía", "arrest", "pace_a; wgad_2")


def test_the_source_of_an_arrest_is_cited_for_it_and_for_the_stay(change, ana, prisons):
    source = add_source(change, title="Lista")
    added = add_detention(change, ana, Arrest(began="2025-03-02"), facility="rodeo 1", cited=Cited(source))
    [stay] = stays_of(change.db, added)
    assert stay["facility_name"] == "El Rodeo I"
    cited = change.db.execute("SELECT detention, stay FROM citations ORDER BY id").fetchall()
    assert [tuple(row) for row in cited] == [(added, None), (None, stay["id"])]


def test_a_second_open_detention_is_refused_with_the_date_and_ref_of_the_first(change, ana):
    first = add_detention(change, ana, Arrest(began="2025-03-02"))
    with pytest.raises(Refused) as refused:
        add_detention(change, ana, Arrest(began="2025-05-01"))
    assert "2025-03-02" in refused.value.message
    assert change.ref("detentions", first) in refused.value.message


def test_an_arrest_during_a_detention_that_is_over_is_refused_naming_both(change, ana):
    add_detention(change, ana, Arrest(began="2025-03-02"))
    release(change, ana, "2025-06-01")
    with pytest.raises(Refused, match=r"2025-03-02 to 2025-06-01.*2025-05-01"):
        add_detention(change, ana, Arrest(began="2025-05-01"))


def test_an_old_detention_can_be_added_beside_an_open_one_if_it_is_over(change, ana):
    add_detention(change, ana, Arrest(began="2025-03-02"))
    over = read_request(change.db, on="2020-05", kind="full", status="verified")
    _spell, released = add_past_detention(change, ana, Arrest(began="2019"), over)
    assert change.get("releases", released)["released"] == "2020-05"
    assert open_detention(change.db, ana)["began"] == "2025-03-02"
    assert faults(change.db, ana) == []


def test_an_old_detention_whose_release_is_only_reported_would_be_a_second_open_one(change, ana):
    add_detention(change, ana, Arrest(began="2025-03-02"))
    over = read_request(change.db, on="2020-05", kind="full", status="reported")
    with pytest.raises(Refused, match="both open"):
        add_past_detention(change, ana, Arrest(began="2019"), over)


def test_the_records_own_rule_decides_what_ends_a_detention(change, ana):
    add_detention(change, ana, Arrest(began="2025-03-02"))
    add_release(change, ana, read_request(change.db, on="2025-06-01"))
    assert open_detention(change.db, ana) is not None
    change.insert("settings", {"id": "rule", "value": "reported"})
    assert open_detention(change.db, ana) is None


@pytest.mark.parametrize(
    ("arrest", "error"),
    [
        (Arrest(began="2150-01-01"), BadValue),
        (Arrest(began="2026-02-30"), BadValue),
        (Arrest(began="03/04/2024"), BadValue),
        (Arrest(stage="vacation"), BadValue),
        (Arrest(place="x" * 301), BadValue),
        (Arrest(authority="SEBIN\x1b[0m"), BadValue),
    ],
)
def test_words_that_cannot_be_read_are_refused(change, ana, arrest, error):
    with pytest.raises(error):
        add_detention(change, ana, arrest)


def test_a_facility_and_unknown_whereabouts_contradict_each_other(change, ana, prisons):
    with pytest.raises(Refused):
        add_detention(change, ana, facility="Yare II", whereabouts_unknown=True)


def test_a_facility_not_on_record_is_refused_with_what_to_do(change, ana):
    with pytest.raises(NotFound) as unknown:
        add_detention(change, ana, facility="Zona 7")
    assert "facility add" in (unknown.value.hint or "")


def test_editing_says_what_changed_and_cites_the_source_for_each_fact(change, ana):
    source = add_source(change, title="Lista")
    added = add_detention(change, ana, Arrest(began="2025-03", charges="traición"))
    changed = edit_detention(change, added, Arrest(began="2025-03-02", charges="traición", note="x"), Cited(source))
    assert changed == [("detained_on", "2025-03", "2025-03-02"), ("note", None, "x")]
    cited = change.db.execute("SELECT field, value FROM citations ORDER BY field").fetchall()
    assert [tuple(row) for row in cited] == [("charges", "traición"), ("detained_on", "2025-03-02")]


def test_editing_an_arrest_to_after_its_release_is_refused(change, ana):
    added = add_detention(change, ana, Arrest(began="2025-03-02"))
    release(change, ana, "2025-06-01")
    with pytest.raises(Refused, match=r"2025-06-01.*2025-07-01"):
        edit_detention(change, added, Arrest(began="2025-07-01"))


def test_what_was_wrong_before_stands_in_nobodys_way(change, ana):
    added = add_detention(change, ana, Arrest(began="2025-03-02"))
    release(change, ana, "2025-06-01")
    change.update("detentions", added, {"began": "2025-07-01"})
    assert edit_detention(change, added, Arrest(note="seen by a lawyer")) == [("note", None, "seen by a lawyer")]


def test_empty_text_empties_a_field_but_never_the_cause(change, ana):
    added = add_detention(change, ana, Arrest(charges="traición", stage="charged"))
    edit_detention(change, added, Arrest(charges="", stage="", began="unknown"))
    assert columns(change.get("detentions", added), "charges", "stage", "began") == (None, None, None)
    with pytest.raises(BadValue):
        edit_detention(change, added, Arrest(cause=" "))


def test_a_transfer_is_the_next_stay(change, ana, prisons):
    added = add_detention(change, ana, Arrest(began="2025-03-02"), facility="El Rodeo I")
    _stay, old, new = transfer(change, added, to="Yare 2", on="2025-06")
    assert (old, new) == ("El Rodeo I", "Yare II")
    _stay, old, new = transfer(change, added, to=None, on="unknown", whereabouts_unknown=True)
    assert (old, new) == ("Yare II", "whereabouts unknown")
    assert [columns(row, "step", "since") for row in stays_of(change.db, added)] == [
        (1, None),
        (2, "2025-06"),
        (3, None),
    ]


def test_a_transfer_heard_of_late_takes_its_place_in_time(change, ana, prisons):
    added = add_detention(change, ana, Arrest(began="2025-03-02"), facility="El Rodeo I", since="2025-08-01")
    transfer(change, added, to="Yare II", on="2025-04-01")
    assert [row["facility_name"] for row in stays_of(change.db, added)] == ["Yare II", "El Rodeo I"]


@pytest.mark.parametrize(
    ("move", "match"),
    [
        ({"to": "El Rodeo I", "on": "2025-06"}, "is there already"),
        ({"to": "Yare II", "on": "2025-01-01"}, r"2025-01-01.*2025-03-02"),
        ({"to": None, "on": "2025-06"}, "Where to"),
        ({"to": "Yare II", "on": "2025-06", "whereabouts_unknown": True}, "contradict"),
    ],
)
def test_transfers_that_cannot_be_are_refused(change, ana, prisons, move, match):
    added = add_detention(change, ana, Arrest(began="2025-03-02"), facility="El Rodeo I")
    with pytest.raises(Refused, match=match):
        transfer(change, added, **move)


def test_nobody_released_is_transferred(change, ana, prisons):
    added = add_detention(change, ana, Arrest(began="2025-03-02"))
    release(change, ana, "2025-06-01")
    with pytest.raises(Refused, match="released on 2025-06-01"):
        transfer(change, added, to="Yare II", on="2025-07-01")


def test_a_stay_after_the_release_is_a_fault(change, ana, prisons):
    added = add_detention(change, ana, Arrest(began="2025-03-02"), facility="El Rodeo I", since="2025-05-01")
    with pytest.raises(Refused, match=r"2025-05-01.*2025-04-01"):
        release(change, ana, "2025-04-01")
    assert releases_of(change.db, added)


@pytest.mark.parametrize(
    ("kind", "new_case", "cause"),
    [
        ("precautionary", False, "revocation"),
        ("house_arrest", False, "revocation"),
        ("full", False, "arrest"),
        ("unstated", False, "arrest"),
        ("precautionary", True, "new_case"),
    ],
)
def test_a_retaking_is_a_new_detention_with_its_cause(change, ana, kind, new_case, cause):
    first = add_detention(change, ana, Arrest(began="2025-05-23"))
    release(change, ana, "2026-02-08", kind=kind)
    second = retake(change, ana, Arrest(began="2026-02-08T23:45"), whereabouts_unknown=True, new_case=new_case)
    assert second != first
    assert open_detention(change.db, ana)["id"] == second
    assert change.get("detentions", second)["cause"] == cause


@pytest.mark.parametrize("on", ["2026-02-08", "2026-02", "unknown", "2026-03-01"])
def test_a_retaking_on_the_day_of_the_release_or_later_is_in_order(change, ana, on):
    add_detention(change, ana, Arrest(began="2025-05-23"))
    release(change, ana, "2026-02-08")
    assert retake(change, ana, Arrest(began=on))


@pytest.mark.parametrize("began", ["2025-05-23", None])
def test_a_retaking_before_the_release_is_refused_with_both_dates(change, ana, began):
    add_detention(change, ana, Arrest(began=began))
    release(change, ana, "2026-02-08")
    with pytest.raises(Refused, match=r"2026-02-07, before the release on 2026-02-08"):
        retake(change, ana, Arrest(began="2026-02-07"))


def test_a_release_is_not_moved_past_the_retaking_even_if_nobody_knows_the_arrest(change, ana):
    first = release(change, ana, "2026-02-08")
    retake(change, ana, Arrest(began="2026-02-09"))
    row = change.get("releases", first.release)
    with pytest.raises(Refused, match="overlap"):
        edit_release(change, row, {"released": "2026-02-20"})


def test_nobody_detained_is_retaken_and_the_reported_release_is_named(change, ana):
    add_detention(change, ana, Arrest(began="2025-05-23"))
    with pytest.raises(Refused, match="still detained on record, since 2025-05-23"):
        retake(change, ana, Arrest(began="2026-02-08"))
    outcome = add_release(change, ana, read_request(change.db, on="2026-02-08"))
    with pytest.raises(Refused) as refused:
        retake(change, ana, Arrest(began="2026-02-08"))
    assert f"{outcome.ref} on 2026-02-08 is only reported" in refused.value.message
    assert f"release verify {outcome.ref}" in (refused.value.hint or "")


def test_nobody_never_detained_is_retaken(change, ana):
    with pytest.raises(Refused, match="no detention on record"):
        retake(change, ana, Arrest(began="2026-02-08"))


def test_a_death_is_recorded_once_and_corrected_on_purpose(change, ana):
    add_detention(change, ana, Arrest(began="2025-05-23"))
    death(change, ana, on="2026-01-11", place="Hospital Militar")
    with pytest.raises(Refused, match="already on record: 2026-01-11"):
        death(change, ana, on="2026-01-12")
    death(change, ana, on="..2026-01-14", cause="heart attack", correct=True)
    row = change.get("detainees", ana)
    assert columns(row, "died", "died_place", "died_cause") == ("..2026-01-14", "Hospital Militar", "heart attack")


@pytest.mark.parametrize(
    ("on", "match"),
    [("2025-05-22", r"2025-05-23.*2025-05-22"), ("unknown", "needs a date"), ("2150-01-01", "future")],
)
def test_deaths_that_cannot_be_are_refused(change, ana, on, match):
    add_detention(change, ana, Arrest(began="2025-05-23"))
    with pytest.raises((Refused, BadValue), match=match):
        death(change, ana, on=on)


def test_nobody_is_released_or_arrested_after_death(change, ana):
    add_detention(change, ana, Arrest(began="2025-05-23"))
    death(change, ana, on="2026-01-11")
    with pytest.raises(Refused, match=r"2026-01-12.*2026-01-11"):
        release(change, ana, "2026-01-12")


def test_a_detention_is_found_by_ref_or_by_its_person(change, ana):
    with pytest.raises(NotFound):
        find_detention(change.db, "Ana Ruiz Prieto")
    first = add_detention(change, ana, Arrest(began="2025-05-23"))
    assert find_detention(change.db, "ana ruiz prieto")["id"] == first
    release(change, ana, "2026-02-08")
    assert find_detention(change.db, change.ref("detainees", ana))["id"] == first
    second = retake(change, ana, Arrest(began="2026-02-09"))
    assert find_detention(change.db, "Ana Ruiz Prieto")["id"] == second
    assert find_detention(change.db, change.ref("detentions", first))["id"] == first
    release(change, ana, "2026-02-10", kind="full")
    with pytest.raises(Ambiguous) as several:
        find_detention(change.db, "Ana Ruiz Prieto")
    assert len(several.value.candidates) == 2
