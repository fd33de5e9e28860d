"""What a person meets after an import: rows that name nobody, places nearly known, questions and their answers."""

import csv
import sqlite3
from pathlib import Path

import pytest

HEADER = "name,nationalities,detained_on,facility,released_on,release_kind,note\n"
LAWYER = (
    HEADER
    + "Ana Ruiz Pineda,VE; ES,2025-03-02,El Rodeo I,,,speaks for the families\n"
    + "Tulio Febres Osío,Venezuelan,2024-02,El Rodeo 1,2026-01-12,,\n"
    + "Zoraida Piñango,CO,2025-11-20,Ramo Verde,,,\n"
)
SOURCE = "https://www.uno.example/2026/01/12/lista"
OTHER = "https://www.dos.example/2026/01/14/otra"


@pytest.fixture
def case(tracker):
    """Two prisons on record."""
    tracker.ok("facility", "add", "El Rodeo I")
    tracker.ok("facility", "add", "Ramo Verde")
    return tracker


def written(text, name="list.csv"):
    Path(name).write_text(text, encoding="utf-8")
    return name


def changesets(case):
    with sqlite3.connect(case.database) as db:
        return db.execute("SELECT count(*) FROM changesets").fetchone()[0]


def test_rows_that_name_nobody_are_refused_with_what_to_do_and_an_unnamed_person_is_taken(case):
    below = "Total: 3,,,,,,\nN/A,CO,2026-01-02,,,,\n" + HEADER + ",CO,2026-01-02,,,,adolescent 17\n"
    refused = case("import", written(LAWYER + below), "-s", SOURCE)
    assert refused.code == 3
    assert "list.csv, row 5, name: “Total: 3” is no person. Take the row out of the list." in refused.err
    assert (
        "row 6, name: “N/A” is no name. Somebody unnamed has a description instead: in a list an empty name"
        in refused.err
    )
    assert "row 7: The row repeats the header." in refused.err
    taken = case("import", "list.csv", "-s", SOURCE, "--skip-bad", "bad.csv")
    assert "7 rows read. 4 new people. 3 cannot be taken." in taken.err
    with Path("bad.csv").open(encoding="utf-8", newline="") as file:
        assert [row[1] for row in csv.reader(file)] == ["name", "Total: 3", "N/A", "name"]
    assert {row["name"] for row in case.rows("detainee", "list")} >= {"Ana Ruiz Pineda", "adolescent 17"}
    typed = case("detainee", "add", "N/A")
    assert (typed.code, "--description" in typed.err) == (3, True)


@pytest.mark.parametrize("name", ["CPO Tocoron", "TOCORÓN (Aragua)", "Centro Penitenciario de Tocorón"])
def test_a_place_that_may_be_one_on_record_is_never_made_beside_it(case, name):
    case.ok("facility", "add", "Tocorón")
    before = case.database.read_bytes()
    asked = (
        "import",
        written(f"name,facility\nEva Soto,{name}\nAna Ruiz,Yare II\n"),
        "-s",
        SOURCE,
        "--create-facilities",
    )
    refused = case(*asked)
    assert refused.code == 3
    assert f"There is no facility “{name}” on record, and one is called nearly so: “Tocorón”." in refused.err
    assert f"The same place? tracker facility add-name 'Tocorón' '{name}'." in refused.err
    assert f"Another? tracker facility add '{name}'." in refused.err
    assert case.database.read_bytes() == before
    case.ok("facility", "add-name", "Tocorón", name)
    case.ok(*asked)
    assert {row["name"] for row in case.rows("facility", "list")} == {"El Rodeo I", "Ramo Verde", "Tocorón", "Yare II"}


def test_two_names_of_one_list_that_may_be_one_place_are_asked_about_together(case):
    asked = ("import", written("name,facility\nEva Soto,Yare\nAna Ruiz,Cárcel de Yare\n"), "-s", SOURCE)
    refused = case(*asked, "--create-facilities")
    assert "The same place? tracker facility add Yare --other-name 'Cárcel de Yare'." in refused.err
    case.ok("facility", "add", "Cárcel de Yare")
    refused = case(*asked, "--create-facilities")
    assert "Another? tracker facility add Yare." in refused.err
    case.ok("facility", "add", "Yare")
    case.ok(*asked)
    assert {row["facility"] for row in case.rows("remaining")} == {"Yare", "Cárcel de Yare"}


def test_public_is_advised_only_where_there_is_such_an_option(case):
    case.ok("import", written(LAWYER), "-s", SOURCE)
    case.ok("import", written("name\nZoraida Piñango\n", "dos.csv"), "-s", OTHER)
    told = case.ok("review", "--write", "asked.csv").err
    assert "Not for publication" in told
    assert "--public" not in told
    assert "For publication: --public." in case.ok("remaining", "--csv", "-o", "held.csv").err
