"""People whom the press of 2026 printed alike, and who are not the same: nobody is merged by a machine.

And the other way round: spellings of one person that must at least be shown.
"""

import itertools
from pathlib import Path

import pytest
from lists import FOLDER

from tracker.domain.dates import read_date
from tracker.matching.described import Described
from tracker.matching.matcher import weigh
from tracker.matching.names_alike import compare_names

pytestmark = pytest.mark.shared

WAVE = (read_date("2026-01-14"),)

DIFFERENT = [
    ("Julio Balza", "Julio Balza"),  # father and son, both journalists
    ("Javier Tarazona", "Rafael Tarazona"),
    ("Javier Tarazona", "José Rafael Tarazona"),
    ("Rafael Tarazona", "Rafael Tudares"),
    ("Gabriel González", "Ángel Gabriel González"),
    ("Juan Pablo Guanipa", "Andrés Guanipa"),
    ("José Elías Torres", "Edison José Torres Fernández"),
    ("Luis López", "Rafael Alberto Sánchez López"),
    ("Carlos Correa", "Deivis Correa"),
    ("Josnars Baduel", "Raúl Isaías Baduel"),
    ("William Lizardo", "Ender Lizardo"),
    ("Yuli Marcano Rojas", "Carlos Julio Rojas"),
]

ONE_PERSON = [
    ("Kenny Tejeda Jiménez", "Kennedy Tejeda"),
    ("Nakary Ramos Mena", "Yanela Nakary Mena Ramos"),
    ("Ernesto Gorbe", "Enrique Gorve"),
    ("Ronald Carreño", "Roland Carreño"),
    ("Virgilio Laverde", "Virgilio Valverde"),
    ("Antonio Gerardo ‘Nino’ Buzzetta Pacheco", "Antonio Buzzetta"),
    ("Yaacob Harari", "Yacoov Harari"),
]


def labelled() -> Path:
    path = FOLDER / "people_matches.csv"
    if not path.exists():
        pytest.skip(f"the real lists are not beside this checkout ({FOLDER})")
    return path


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_people_printed_alike_are_never_matched(one, other):
    labelled()
    journalist = {"roles": ("journalist",)}
    assert not weigh(Described(one, **journalist), Described(other, sources=frozenset("s"))).sure
    both = {**journalist, "sources": frozenset("s")}
    assert not weigh(Described(one, **both), Described(other, **both)).sure
    if one != other:
        assert not weigh(Described(one, released=WAVE), Described(other, released=WAVE, **journalist)).sure


@pytest.mark.parametrize(("one", "other"), ONE_PERSON)
def test_spellings_of_one_person_are_shown_where_the_release_agrees(one, other):
    labelled()
    nationality = frozenset({"VE"})
    ours, theirs = (Described(name, released=WAVE, nationalities=nationality) for name in (one, other))
    assert weigh(ours, theirs).possible


def test_names_of_two_people_are_hardly_ever_taken_for_one():
    """All pairs of printed names: what is left is fathers and brothers under a short form of one name."""
    import csv

    people: dict[str, set[str]] = {}
    with labelled().open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["relation"] == "same" and not row["printed_name"].startswith("("):
                people.setdefault(row["printed_name"], set()).add(row["cluster_id"])
    right = wrong = missed = 0
    for one, other in itertools.combinations(sorted(people), 2):
        same = bool(people[one] & people[other])
        taken = compare_names(one, other).weight >= 2.2
        right, wrong, missed = right + (same and taken), wrong + (taken and not same), missed + (same and not taken)
        if same != taken:
            assert compare_names(one, other).weight == compare_names(other, one).weight
    assert right / (right + missed) >= 0.8
    assert right / (right + wrong) >= 0.95
