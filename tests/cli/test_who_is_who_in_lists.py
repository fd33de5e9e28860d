"""Whom a list means, at the shell: names that look alike, one person on two rows, two people under one number."""

import csv
import io

import pytest


@pytest.fixture
def case(tracker, tmp_path, monkeypatch):
    """A record, and a folder to write lists in."""
    monkeypatch.chdir(tmp_path)
    return tracker


def written(text, name="list.csv"):
    with open(name, "w", encoding="utf-8", newline="") as file:  # noqa: PTH123
        file.write(text)
    return name


def plan(case, *words):
    return list(csv.DictReader(io.StringIO(case.ok("import", *words, "--dry-run", "--csv", "--no-source").out)))


@pytest.mark.parametrize(
    ("known", "printed", "why"),
    [
        ("María José Rodríguez", "José María Rodríguez", "but the given names in another order"),
        ("Luis Ángel Pérez", "Ángel Luis Pérez", "but the given names in another order"),
        ("Josefina Lugo Mata", "José Lugo Mata", "but a man's and a woman's form of a name: jose/josefina"),
        ("Ana Gómez Pérez", "Ana Pérez Gómez", "but the surnames in another order"),
    ],
)
def test_another_given_name_waits_for_an_answer_though_the_arrest_agrees(case, known, printed, why):
    case.ok("detainee", "add", known, "--detained-on", "2024-08-01")
    [row] = plan(case, written(f"name,detained_on\n{printed},2024-08-01\n"))
    assert (row["action"], row["name"]) == ("review", known)
    assert why in row["reasons"].split("; ")
    [there] = [row for row in case.rows("compare", "list.csv") if row["printed_name"]]
    assert there["group"] == "possible"


def test_a_surname_put_first_is_the_same_name(case):
    case.ok("detainee", "add", "Bruno Díaz", "--detained-on", "2024-08-01")
    [row] = plan(case, written("name,detained_on\nDiaz Bruno,2024-08-01\n"))
    assert (row["action"], row["name"]) == ("match", "Bruno Díaz")
