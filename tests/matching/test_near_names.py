"""Two spellings of one person are a near miss; two people are not."""

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.names import fold
from tracker.matching.near import ENOUGH, NearNames, compare, near_people, weight
from tracker.matching.words import everyday, likeness, sound, without_particles
from tracker.store import Store


def words(name: str) -> list[str]:
    return without_particles(fold(name).split())


# Invented, each made like a pair that the press really printed: a short first name, the words in another order and
# one left out, two words heard instead of read, two letters changed places, a surname begun wrong.
ONE_PERSON = [
    ("Denny Quejada Molina", "Dennedy Quejada"),
    ("Rakany Lemos Vena", "Anelya Rakany Vena Lemos"),
    ("Ernesto Dorbe", "Enrique Dorve"),
    ("Ernesto Dorbe Cordana", "Enrique Dorve"),
    ("Donald Barreño", "Doland Barreño"),
    ("Virgilio José Lamarte Núñez", "Virgilio Vamarte"),
    ("Yohendry Pirela", "Yoendri Pirela"),
    ("Ana Ruiz", "Ana Luz Ruiz"),
    ("José Pérez", "José Pérez Gómez"),
    ("María José García", "García María José"),
    ("Doña Rosa Quiñónez", "Rosa Quinonez"),
    ("J. Tarazeno", "Jaime Tarazeno"),
    ("Сергей Иванович Дубовой", "Sergey Dubovoy"),
    ("Alexander Chirinero", "Alex Chirinero"),
    ("Gustavo Buzzelta", "Gustavo Buzelta Pacheco"),
]

TWO_PEOPLE = [
    ("Ana Ruiz", "Eva Ruiz"),
    ("Juan Pérez", "Pedro Pérez"),
    ("Ernesto Pérez", "Enrique Pérez"),
    ("José Luis Pérez", "José Miguel Pérez"),
    ("Luis García", "Luisa García"),
    ("Roberto Batto", "Montserrat Espino de Batto"),
    ("Andrés Ganipe", "Carlos Ganipe"),
    ("Rocío Fernández", "Rocío San Martín"),
    ("Deivis Correa", "Deivis Torres"),
    ("María Oropeza", "Madrid"),
    ("Marta Fernández", "Marta Hernández"),
    ("Pedro Fernández", "Pedro Javier Rodríguez"),
]


@pytest.mark.parametrize(("one", "other"), ONE_PERSON)
def test_two_spellings_of_one_person_are_near(one: str, other: str) -> None:
    score, reason = compare(words(one), words(other))
    assert score >= ENOUGH
    assert reason


@pytest.mark.parametrize(("one", "other"), TWO_PEOPLE)
def test_two_people_are_not_near(one: str, other: str) -> None:
    assert compare(words(one), words(other))[0] < ENOUGH


@pytest.mark.parametrize(("one", "other"), ONE_PERSON + TWO_PEOPLE)
def test_the_order_of_the_two_does_not_matter(one: str, other: str) -> None:
    assert compare(words(one), words(other))[0] == compare(words(other), words(one))[0]


NAME = st.lists(st.text(alphabet="abcdefghijlmnoprstuvz", min_size=2, max_size=9), min_size=2, max_size=5)


@given(NAME)
def test_a_name_is_nearest_to_itself_in_any_order(name: list[str]) -> None:
    assert compare(name, name)[0] == 100
    assert compare(name, name[::-1])[0] == 100


@given(NAME, NAME)
def test_a_score_is_a_percentage_and_symmetric(one: list[str], other: list[str]) -> None:
    score, reason = compare(one, other)
    assert 0 <= score <= 100
    assert score == compare(other, one)[0]
    assert bool(reason) or score == 0


@given(NAME, st.integers(0, 4), st.data())
def test_one_slip_in_one_long_rare_word_stays_near(name: list[str], place: int, data: st.DataObject) -> None:
    name = [f"{word}{'xq' * 3}" for word in name]
    slipped = list(name)
    word = slipped[place % len(name)]
    cut = data.draw(st.integers(0, len(word) - 1))
    slipped[place % len(name)] = word[:cut] + word[cut + 1 :]
    assert compare(name, slipped)[0] >= ENOUGH


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12))
def test_words_are_like_themselves_and_their_sound(word: str) -> None:
    assert likeness(word, word) == 1
    assert sound(sound(word)) == sound(sound(sound(word)))


def test_two_everyday_words_that_differ_are_two_words() -> None:
    assert everyday("fernandez")
    assert likeness("fernandez", "hernandez") == 0
    assert likeness("gonzalez", "gonzales") > 0.9  # heard alike: one name spelled twice


def test_a_word_proves_less_the_more_people_are_called_so() -> None:
    weights = [weight("quejada", holders) for holders in (0, 1, 3, 10, 100, 10_000)]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] == 1
    assert weights[-1] > 0


PEOPLE = ["Denny Quejada Molina", "Ana Ruiz", "Luis Ernesto Ruiz", "Rakany Lemos Vena", "Virgilio Lamarte", "José Gil"]


@pytest.fixture
def peopled(store: Store) -> Store:
    with store.writing("people") as change:
        for name in PEOPLE:
            person = change.insert("detainees", {"name": name})
        change.insert("names", {"detainee": person, "name": "Pepe Quintanales", "kind": "alias"})
        change.insert("detainees", {"description": "adolescent, 17"})
    return store


def test_the_nearest_people_come_with_their_reason(peopled: Store) -> None:
    with peopled.reading() as db:
        [near] = near_people(db, "Dennedy Quejada")
        assert (near.name, near.printed) == ("Denny Quejada Molina", "Denny Quejada Molina")
        assert near.ref.startswith("P-")
        assert "dennedy/denny" in near.reason
        assert near_people(db, "Carmen Salcedo") == []


def test_another_name_is_near_under_the_main_one(peopled: Store) -> None:
    with peopled.reading() as db:
        [near] = near_people(db, "Pepe Quintanale")
    assert (near.name, near.printed) == ("José Gil", "Pepe Quintanales")


def test_a_lone_word_finds_who_has_it(peopled: Store) -> None:
    with peopled.reading() as db:
        assert {near.name for near in near_people(db, "Ruiz")} == {"Ana Ruiz", "Luis Ernesto Ruiz"}
        assert [near.name for near in near_people(db, "Lamarte")] == ["Virgilio Lamarte"]
        assert [near.name for near in near_people(db, "Ruiz", limit=1)] == ["Ana Ruiz"]


def test_ten_thousand_people_are_searched_quickly(store: Store) -> None:
    first = [
        a + b
        for a in ("Al", "Be", "Ci", "Do", "Fe", "Gu", "Hi", "Jo", "Ka", "Le")
        for b in ("nar", "mito", "rosa", "vel")
    ]
    last = [
        a + b + c
        for a in ("Tor", "Vil", "Mar")
        for b in ("qui", "ban", "ces", "dor")
        for c in ("ez", "ales", "uro", "in")
    ]
    names = [f"{a} {b} {c}" for a, b, c in itertools.product(first, last, last)][:10_000]
    with store.writing("many") as change:
        for name in names:
            change.db.execute(
                "INSERT INTO detainees (id, ref, name, name_key) VALUES (?, ?, ?, ?)", (name, name, name, fold(name))
            )
    with store.reading() as db:
        started = time.perf_counter()
        near = NearNames(db).near("Alnar Torqueales Vilbanin")
        assert time.perf_counter() - started < 2  # 0.1 s on an idle machine
    assert any(one.name == "Alnar Torquiales Vilbanin" for one in near)
