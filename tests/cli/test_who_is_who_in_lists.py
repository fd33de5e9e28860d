"""Whom a list means, at the shell: names that look alike, one person on two rows, two people under one number."""

import csv
import io
from pathlib import Path

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


TWO_ROWS = "name,detained_on,note\nRocío San Miguel,2024-02-09,a\nRocío San Miguel,2024-02-09,b\nRocio San Miguel,,c\n"
TWICE = "as row 2 of this list: the same person on two rows?"


@pytest.mark.parametrize("known", [True, False], ids=["on record", "new"])
def test_a_person_on_two_rows_is_asked_about_and_never_silently_somebody_else(case, known):
    if known:
        case.ok("detainee", "add", "Rocío San Miguel", "--detained-on", "2024-02-09")
    first, *others = plan(case, written(TWO_ROWS))
    assert first["action"] == ("match" if known else "create")
    assert [(row["action"], TWICE in row["reasons"]) for row in others] == [("review", True)] * 2
    rehearsed = case.ok("import", "list.csv", "--no-source", "--dry-run")
    assert (rehearsed.out + rehearsed.err).count("--one-person-by name") == 1
    done = case.ok("import", "list.csv", "--no-source")
    assert done.err.count("--one-person-by name") == 1
    assert len(case.rows("detainee", "list")) == 1


def test_compare_never_says_that_a_person_on_two_rows_is_only_theirs(case):
    case.ok("detainee", "add", "Rocío San Miguel", "--detained-on", "2024-02-09")
    rows = [row for row in case.rows("compare", written(TWO_ROWS)) if row["row"]]
    assert [row["group"] for row in rows] == ["matched", "possible", "possible"]
    assert all(TWICE in row["reasons"] for row in rows[1:])


def test_compare_says_that_two_rows_of_theirs_may_be_one_person(case):
    rows = case.rows("compare", written(TWO_ROWS))
    assert [(row["group"], TWICE in row["reasons"]) for row in rows] == [
        ("only_theirs", False),
        ("only_theirs", True),
        ("only_theirs", True),
    ]


def test_namesakes_on_a_list_who_differ_in_something_are_two_people(case):
    case.ok("detainee", "add", "Ana Ruiz", "--detained-on", "2024-02-09")
    text = "name,detained_on,born\nAna Ruiz,2024-02-09,\nAna Ruiz,2021-05,\nEva Soto,2024-02-09,1960\n"
    rows = plan(case, written(text + "Eva Soto,2024-02-09,1991\n"))
    assert [row["action"] for row in rows] == ["same", "create", "create", "create"]


def test_rows_of_one_name_are_one_person_where_the_name_ties_them(case):
    case.ok("import", written(TWO_ROWS), "--no-source", "--one-person-by", "name")
    assert [row["name"] for row in case.rows("detainee", "list")] == ["Rocío San Miguel"]
    assert [row["printed_name"] for row in case.rows("review")] == ["Rocio San Miguel"]


CASE_NUMBER = (
    "ref,name,sex,born,detained_on\n"
    "EXP-7,Ana Ruiz Mora,female,1980,2024-01-01\n"
    "EXP-7,Pedro Salas Díaz,male,1990,2024-05-01\n"
)


def test_two_people_under_one_case_number_are_refused_with_what_to_do(case):
    refused = case("import", written(CASE_NUMBER), "--no-source")
    assert (refused.code, refused.out) == (3, "")
    said = " ".join(refused.err.split())
    assert "list.csv, row 3, ref “EXP-7”: It is also that of “Ana Ruiz Mora” of row 2, and they are two people" in said
    assert "no name in common; another sex; another generation: born 1980 / 1990" in said
    assert "--map" in said
    assert "--one-person-by name" in said
    assert case.rows("detainee", "list") == []
    apart = case.ok("import", "list.csv", "--no-source", "--one-person-by", "name")
    assert "2 new people" in apart.err


@pytest.mark.parametrize(
    "rows",
    [
        "EXP-7,Ana Ruiz Mora,2024-01-01\nEXP-7,Pedro Ruiz Mora,2024-01-01\n",
        "EXP-7,Ana Ruiz Mora,2024-01-01\nEXP-8,Eva Soto Lira,2024-01-01\nEXP-7,Pedro Ruiz Mora,2024-01-01\n",
    ],
    ids=["together", "apart"],
)
def test_a_sister_and_a_brother_under_one_number_go_into_the_file_of_bad_rows(case, rows):
    done = case("import", written("ref,name,detained_on\n" + rows), "--no-source", "--skip-bad", "bad.csv")
    assert done.code == 5
    with open("bad.csv", encoding="utf-8", newline="") as file:  # noqa: PTH123
        bad = list(csv.DictReader(file))
    assert "Pedro Ruiz Mora" in {row["name"] for row in bad}
    assert all("two people" in row["tracker problem"] for row in bad if row["name"].startswith("Pedro"))
    assert "Pedro Ruiz Mora" not in {row["name"] for row in case.rows("detainee", "list", "--columns", "name")}


def test_a_number_that_was_somebodys_is_not_somebody_elses_on_the_next_version(case):
    case.ok("import", written("ref,name\nEXP-7,Ana Ruiz Mora\n"), "--no-source", "--list", "cases")
    written("ref,name\nEXP-7,Pedro Salas Díaz\n", "next.csv")
    refused = case("import", "next.csv", "--no-source", "--list", "cases")
    assert refused.code == 3
    assert "Ana Ruiz Mora (P-" in refused.err


def test_tied_rows_are_told_and_lose_no_cell_though_nobody_is_cited(case):
    text = (
        "ref,name,detained_on,born,charges\nEXP-7,Ana Ruiz,2024-01-01,1980,a\nEXP-7,Ana Ruiz Mora,2024-05-01,1981,b\n"
    )
    [row] = plan(case, written(text))
    assert row["reasons"] == "rows 2, 3 are one person by ref “EXP-7”"
    case.ok("import", "list.csv", "--no-source")
    shown = case.ok("show", "Ana Ruiz").out
    assert all(told in shown for told in ("Ana Ruiz Mora", "born: 1981", "detained_on: 2024-05-01", "charges: b"))


def test_what_differs_from_the_record_without_a_source_is_kept_in_the_note(case):
    case.ok("detainee", "add", "Ana Ruiz Mora", "--detained-on", "2024-01-01", "--occupation", "teacher")
    for _twice in range(2):
        case.ok("import", written("name,detained_on,occupation\nAna Ruiz Mora,2024-01-01,lawyer\n"), "--no-source")
    assert case.ok("show", "Ana Ruiz Mora").out.count("occupation: lawyer") == 1


def test_a_score_tells_a_match_from_what_waits_in_every_command(case):
    case.ok("detainee", "add", "Ana Ruiz Mora", "--detained-on", "2024-01-01")
    case.ok("detainee", "add", "Ana Ruiz Mora", "--another", "--detained-on", "2019-02-03")
    text = "name,detained_on,note\nAna Ruiz Mora,2024-01-01,x\nAna Ruiz Mora,,x\n"
    match, review = plan(case, written(text))
    assert (match["action"], review["action"]) == ("match", "review")
    assert int(review["score"]) <= 90
    assert int(match["score"]) in (99, 100)
    [pair] = case.rows("duplicates")
    assert 10 < int(pair["score"]) <= 90
    rehearsed = case.ok("import", "list.csv", "--dry-run", "--no-source")
    assert "A score of 99 or 100 is a match" in " ".join((rehearsed.out + rehearsed.err).split())


def test_show_puts_each_name_beside_who_printed_it(case):
    row = "name,detained_on\n{},2024-08-02\n"
    case.ok("import", written(row.format("Kenny Tejeda Jiménez")), "-s", "https://www.uno.example/2026/01/12/lista")
    case.ok("import", written(row.format("Kennedy Tejeda")), "-s", "https://www.otro.example/2026/01/14/lista")
    lines = case.ok("show", "Kenny Tejeda Jiménez").out.splitlines()
    [heading] = [line for line in lines if line.startswith("person") or " person P-" in line]
    assert "otro-2026-01-14" not in heading
    [other] = [line for line in lines if "Kennedy Tejeda" in line and "·" in line]
    assert "otro-2026-01-14" in other
    facts = case.rows("show", "Kenny Tejeda Jiménez")
    named = {(fact["value"], fact["source"]) for fact in facts if fact["field"] == "name" and fact["source"]}
    assert ("Kenny Tejeda Jiménez", "otro-2026-01-14") not in named


def answered(case, text):
    Path("asked.csv").unlink(missing_ok=True)
    case.ok("review", "--write", "asked.csv")
    with open("asked.csv", encoding="utf-8", newline="") as file:  # noqa: PTH123
        rows = [{**row, "answer": text} for row in csv.DictReader(file)]
    with open("asked.csv", "w", encoding="utf-8", newline="") as file:  # noqa: PTH123
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return case("review", "--read", "asked.csv")


def test_a_row_in_doubt_may_be_anybody_on_record_and_the_answer_is_said(case):
    case.ok("detainee", "add", "Ana Ruiz Mora", "--detained-on", "2024-01-01")
    case.ok("detainee", "add", "Eva Soto", "--detained-on", "2023-01-01")
    [eva] = [row["ref"] for row in case.rows("detainee", "list") if row["name"] == "Eva Soto"]
    case.ok("import", written("name,occupation\nAna Ruiz Mora,nurse\n"), "--no-source")
    assert "There is no record P-zzzzzz" in answered(case, "P-zzzzzz").err
    assert f"Ana Ruiz Mora: {eva} (Eva Soto). Undo with" in answered(case, eva).err
    assert "nurse" in case.ok("show", eva).out
    assert case.rows("review") == []


def test_leaving_a_row_out_says_how_to_take_that_back(case):
    case.ok("detainee", "add", "Ana Ruiz Mora", "--detained-on", "2024-01-01")
    case.ok("import", written("name,occupation\nAna Ruiz Mora,nurse\n"), "--no-source")
    said = answered(case, "skip").err
    number = said.partition("left out. Undo with 'tracker undo ")[2].partition("'")[0]
    case.ok("undo", number, "--yes")
    assert len(case.rows("review")) == 1


def test_compare_says_which_rows_of_one_number_are_two_people(case):
    ran = case("compare", written(CASE_NUMBER), "--csv")
    assert "list.csv, row 3, ref “EXP-7”: It is also that of “Ana Ruiz Mora” of row 2" in " ".join(ran.err.split())
