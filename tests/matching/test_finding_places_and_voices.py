"""Which place, which source, which claimant is meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import Ambiguous, NotFound
from tracker.matching.places import NearPlaces, facility_key, find_facility
from tracker.matching.voices import find_claimant, find_source, same_page
from tracker.store import Store

ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]


@pytest.mark.parametrize(
    "spelling", ["El Rodeo 1", "El Rodeo I", "Rodeo I", "RODEO  i", "rodeo 01", "el rodeo-1", "RODEO UNO", "Rodeo one"]
)
def test_articles_and_numerals_do_not_make_another_place(spelling: str) -> None:
    assert facility_key(spelling) == "rodeo 1"


@given(st.integers(1, 12), st.integers(1, 12))
def test_another_number_is_another_place(one: int, other: int) -> None:
    assert (facility_key(f"Yare {ROMAN[one - 1]}") == facility_key(f"yare {other}")) == (one == other)


def test_a_number_before_a_name_is_part_of_it():
    assert facility_key("Dos Caminos") != facility_key("2 Caminos")
    assert facility_key("Yare Dos") == facility_key("Yare II") != facility_key("Yare Tres")


@pytest.fixture
def places(store: Store) -> Store:
    with store.writing("places") as change:
        for name, others in {
            "El Rodeo I": ["Internado Judicial Capital Rodeo I"],
            "El Rodeo II": [],
            "La Crisálida": ["Las Crisálidas"],
            "Las Rosas": [],
        }.items():
            place = change.insert("facilities", {"name": name})
            for other in others:
                change.insert("facility_names", {"facility": place, "name": other})
        change.insert("sources", {"slug": "diario-2026-01-12", "url": "https://www.diario.com.ve/2026/01/12/nota/"})
        monitor = change.insert("claimants", {"name": "Foro Uno", "kind": "monitor", "default_status": "verified"})
        change.insert("claimant_names", {"claimant": monitor, "name": "Foro Número Uno"})
    return store


def test_places_are_found_by_any_name(places: Store) -> None:
    with places.reading() as db:
        for word, name in {
            "rodeo 1": "El Rodeo I",
            "internado judicial capital rodeo 1": "El Rodeo I",
            "Rodeo II": "El Rodeo II",
            "las crisalidas": "La Crisálida",
            "crisálida": "La Crisálida",
        }.items():
            assert find_facility(db, word)["name"] == name
            assert find_facility(db, find_facility(db, word)["ref"].lower())["name"] == name


def test_a_place_that_could_be_two_is_neither(places: Store) -> None:
    with places.reading() as db, pytest.raises(NotFound) as told:
        find_facility(db, "Rodeo")
    assert [line.split("  ")[1] for line in told.value.candidates[:2]] == ["El Rodeo I", "El Rodeo II"]


def test_a_url_is_the_same_page_whatever_its_scheme_www_and_slash(places: Store) -> None:
    with places.reading() as db:
        for url in (
            "https://www.diario.com.ve/2026/01/12/nota/",
            "http://diario.com.ve/2026/01/12/nota",
            "HTTPS://WWW.diario.com.ve/2026/01/12/nota",
        ):
            assert find_source(db, url)["slug"] == "diario-2026-01-12"
        assert find_source(db, "DIARIO-2026-01-12")["slug"] == "diario-2026-01-12"
        for url in (
            "https://www.diario.com.ve/2026/01/12/nota2",
            "https://www.diario.com.ve/2026/01/12/NOTA/",
            "https://otro.com.ve/2026/01/12/nota/",
        ):
            with pytest.raises(NotFound) as told:
                find_source(db, url)
            assert not told.value.candidates


@given(
    st.sampled_from(["http", "https"]),
    st.sampled_from(["", "www."]),
    st.sampled_from(["", "/"]),
    st.sampled_from(["", "?a=1"]),
)
def test_all_spellings_of_a_page_name_each_other(scheme: str, www: str, slash: str, query: str) -> None:
    url = f"{scheme}://{www}diario.com/a{slash}{query}"
    spellings = same_page(url)
    assert url in spellings
    assert set(same_page(spellings[-1])) == set(spellings)


def test_claimants_are_found_by_any_name_and_told_when_unknown(places: Store) -> None:
    with places.reading() as db:
        assert find_claimant(db, "foro numero uno")["name"] == "Foro Uno"
        with pytest.raises(NotFound) as told:
            find_claimant(db, "Foro")
        assert told.value.candidates


def test_one_name_of_two_places_is_asked_about(places: Store) -> None:
    with places.writing("outside") as change:
        other = change.insert("facilities", {"name": "Otra"})
        change.insert("facility_names", {"facility": other, "name": "Las Rosas"})
    with places.reading() as db, pytest.raises(Ambiguous) as told:
        find_facility(db, "las rosas")
    assert len(told.value.candidates) == 2


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("CPO Tocoron", ["Tocorón"]),
        ("TOCORÓN (Aragua)", ["Tocorón"]),
        ("Centro Penitenciario de Tocorón", ["Tocorón"]),
        ("Tocoróm prison", ["Tocorón"]),
        ("Internado Judicial Rodeo 1 (Miranda)", ["El Rodeo I"]),
        ("Rodeo II", []),
        ("Rodeo (II)", []),
        ("El Rodeo", ["El Rodeo I", "El Rodeo III"]),
        ("Hospital de Tocorón", []),
        ("Centro Penitenciario de Lara", []),
        ("Pabellón B", []),
        ("托科龙", []),
    ],
)
def test_places_that_may_be_one_on_record_are_near_it(name, near):
    places = NearPlaces()
    for known in ("Tocorón", "El Rodeo I", "El Rodeo III", "Centro Penitenciario de Aragua", "Pabellón A"):
        places.add(known, known)
    assert places.near(name) == near


def test_a_place_is_near_once_under_its_main_name():
    places = NearPlaces()
    for other in ("El Helicoide", "El Helicoiode", "Cárcel El Helicoide"):
        places.add("one", other)
    assert places.near("Helicoide (SEBIN)") == ["El Helicoide"]
