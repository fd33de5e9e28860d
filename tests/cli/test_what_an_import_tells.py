"""What an import tells of what it found: where list and record differ, what stands there twice, what waits."""

import csv
import io
from pathlib import Path

import pytest

SOURCE, OTHER = "https://www.uno.example/2026/01/12/lista", "https://www.dos.example/2026/01/14/otra"
HEADER = "name,nationalities,detained_on\n"


def written(text, name="list.csv"):
    Path(name).write_text(text, encoding="utf-8")
    return name


def day(number, off=0):
    return f"2024-{number + 1:02}-{10 + off:02}"


@pytest.fixture
def many(tracker):
    """Twelve people on record, and a list that puts their arrests a day later."""
    names = ("Ana Ruiz", "Eva Soto", "Leo Paz", "Rita Luna", "Iván Febres", "Olga Piñango")
    names += ("Hugo Salas", "Nora Campos", "Raúl Ibarra", "Sara Quintero", "Tito Valera", "Zoe Arias")
    people = [f"{name} Osorio,VE" for name in names]
    rows = "".join(f"{one},{day(number)}\n" for number, one in enumerate(people[:11]))
    tracker.ok("import", written(HEADER + rows), "-s", SOURCE)
    rows = "".join(f"{one},{day(number, 1)}\n" for number, one in enumerate(people[:11]))
    written(HEADER + rows, "next.csv")
    return tracker


def test_an_import_says_how_often_the_list_differs_and_where(many):
    told = many.ok("import", "next.csv", "-s", OTHER, "--list", "other").err
    assert "11 on record gain something." in told
    assert "11 times the list differs from the record, or somebody should look; what is on record stays:" in told
    assert "  row 2, Ana Ruiz Osorio: D-" in told
    assert ": detained_on is 2024-01-10 on record, 2024-01-11 on this list" in told
    assert "row 11, Sara" in told
    assert "row 12, Tito" not in told
    assert "  and 1 more" in told


def test_days_next_to_each_other_are_never_told_as_agreeing(many):
    shown = many.ok("import", "next.csv", "-s", OTHER, "--list", "other", "--dry-run", "--csv").out
    reasons = next(csv.DictReader(io.StringIO(shown)))["reasons"]
    assert "arrested a few days apart: 2024-01-11 / 2024-01-10" in reasons
    assert "arrested 2024-01-10" not in reasons


def test_a_rehearsal_of_several_lists_gives_no_ref_that_will_not_be_there(tracker):
    text = "Day,Name,Arrested\n2023-12-01,Ana Ruiz,2023-01-02\n2023-12-01,Eva Soto,2023-02-01\n"
    text += "2024-12-01,Ana Ruiz,2023-01-03\n"
    words = ("import", written(text), "-s", SOURCE, "--snapshot-by", "Day", "--one-person-by", "name")
    words += ("--map", "Arrested=detained_on")
    told = tracker.ok(*words, "--dry-run", "--csv")
    assert "Eva Soto,," in told.out
    assert "new: detained_on is 2023-01-02 on record, 2023-01-03 on this list" in told.err
    assert not any(mark in told.out + told.err for mark in ("P-", "D-"))
    assert "D-" in tracker.ok(*words).err


def test_an_absence_acted_on_afterwards_has_a_name_in_the_log(many):
    written(HEADER + "Ana Ruiz Osorio,VE,2024-01-10\n", "later.csv")
    words = ("import", "later.csv", "-s", SOURCE, "--as-of", "2026-02-01")
    many.ok(*words)
    many.ok(*words, "--absent", "released")
    undone = many.ok("undo", "--yes").err
    assert ", import L-" in undone
    assert " --absent (" in undone


def test_a_number_in_words_and_a_place_that_is_not_known_make_no_prison(tracker):
    tracker.ok("facility", "add", "Rodeo I")
    rows = "Ana Ruiz,RODEO UNO\nEva Soto,desconocido\nLeo Paz,No se sabe\nRita Luna,N/A\nOlga Salas,Unknown\n"
    rows += "Hugo Arias,Paradero desconocido\nNora Campos,Yare Dos\n"
    told = tracker.ok("import", written("name,facility\n" + rows), "-s", SOURCE, "--create-facilities")
    assert "New places: “Yare Dos”." in told.err
    assert [row["name"] for row in tracker.rows("facility", "list")] == ["Rodeo I", "Yare Dos"]
    where = {row["name"]: row for row in tracker.rows("remaining", "--columns", "name,standing,facility")}
    assert where["Ana Ruiz"]["facility"] == "Rodeo I"
    assert {row["name"] for row in where.values() if row["standing"] == "whereabouts_unknown"} == {"Hugo Arias"}


def test_a_row_that_stands_twice_is_told_as_such_and_asked_about_once(tracker):
    rows = "Juan Pérez,VE,\nAna Ruiz,VE,\nEva Soto,CO,2025-01-02\nJuan Pérez,VE,\n"
    told = tracker.ok("import", written(HEADER + rows), "-s", SOURCE).err
    assert "4 rows read. 3 new people.\n" in told
    assert "1 row repeats another one: Juan Pérez: the same row twice (rows 2 and 5)." in told
    assert "known already" not in told
    unsure = "Juan Pérez,CO,2024-01-02\n"
    told = tracker.ok("import", written(HEADER + unsure + "Leo Paz,VE,\n" + unsure, "two.csv"), "-s", OTHER).err
    assert "3 rows read. 1 new person. 1 waits for an answer.\n" in told
    assert "Juan Pérez: the same row twice (rows 2 and 4)" in told
    assert len(tracker.rows("review")) == 1
    longer = written(HEADER + rows + "Zoe Arias,VE,\n", "longer.csv")
    again = tracker.ok("import", longer, "-s", SOURCE, "--dry-run").err
    assert "5 rows read. 1 new person. 3 known already.\n" in again
