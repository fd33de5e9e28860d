"""`import` and `review` at the shell, with invented people: a list from a lawyer, corrected, sent again, changed."""

import csv
import io
import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker import i18n

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
def case(tracker, tmp_path, monkeypatch):
    """Two prisons; a folder to write lists in."""
    monkeypatch.chdir(tmp_path)
    tracker.ok("facility", "add", "El Rodeo I")
    tracker.ok("facility", "add", "Ramo Verde")
    return tracker


def written(text, name="list.csv", encoding="utf-8"):
    with open(name, "w", encoding=encoding, newline="") as file:  # noqa: PTH123
        file.write(text)
    return name


def content(case):
    """Everything on record, the log and what lists were taken in aside."""
    kept = ("detainees", "names", "nationalities", "tags", "detentions", "stays", "releases", "sources", "citations")
    with sqlite3.connect(case.database) as db:
        return {table: db.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in kept}


def changesets(case):
    with sqlite3.connect(case.database) as db:
        return db.execute("SELECT count(*) FROM changesets").fetchone()[0]


def plan(case, *words):
    return list(csv.DictReader(io.StringIO(case.ok("import", *words, "--dry-run", "--csv").out)))


def test_a_list_is_taken_in_once_as_one_change_that_undo_takes_back(case):
    before = content(case)
    done = case.ok("import", written(LAWYER), "-s", SOURCE)
    assert "3 rows read. 3 new people." in done.err
    assert "New source uno-2026-01-12" in done.err
    rows = {row["name"]: row for row in case.rows("remaining")}
    assert set(rows) == {"Ana Ruiz Pineda", "Tulio Febres Osío", "Zoraida Piñango"}
    assert rows["Tulio Febres Osío"]["said_out"] == "reported"  # the press says so, nobody who knows
    assert rows["Ana Ruiz Pineda"]["nationalities"] == "ES; VE"
    assert rows["Tulio Febres Osío"]["facility"] == "El Rodeo I"
    assert rows["Tulio Febres Osío"]["since"] == "2024-02"

    again = case.ok("import", "list.csv", "-s", SOURCE)
    assert "This very file was taken in" in again.err
    case.ok("undo", "--yes")
    assert content(case) == before


def test_a_rehearsal_shows_every_row_and_changes_nothing(case):
    written(LAWYER + "Ramona Istúriz,VE,2026-02-30,Ramo Verde,,,\n")
    before = case.database.read_bytes()
    shown = case("import", "list.csv", "-s", SOURCE, "--dry-run", "--csv")
    rows = list(csv.DictReader(io.StringIO(shown.out)))
    assert [row["action"] for row in rows] == ["create", "create", "create", "error"]
    assert "February 2026 has 28 days" in rows[3]["reasons"]
    assert shown.code == 3
    assert case.database.read_bytes() == before


def test_a_rehearsal_gives_refs_only_of_those_on_record_and_an_import_of_all(case):
    case.ok("import", written(LAWYER), "-s", SOURCE)
    on_record = {row["ref"] for row in case.rows("detainee", "list")}
    header, *lawyers = LAWYER.splitlines(keepends=True)
    twice = "Eva Soto,VE,2026-01-02,Ramo Verde,,,\n"
    text = "day," + header + f"2026-01-01,{lawyers[0]}2026-01-01,{twice}2026-02-01,{twice}"
    words = (written(text, "twice.csv"), "-s", OTHER, "--snapshot-by", "day")
    rehearsed = plan(case, *words)
    assert [(row["action"], row["ref"] in on_record, row["ref"] == "") for row in rehearsed] == [
        ("match", True, False),
        ("create", False, True),
        ("same", False, True),
        ("absent", True, False),
    ]
    assert [row["name"] for row in rehearsed][1:3] == ["", "Eva Soto"]
    done = list(csv.DictReader(io.StringIO(case.ok("import", *words, "--csv").out)))
    [eva] = {row["ref"] for row in done if row["printed_name"] == "Eva Soto"}
    assert "Eva Soto" in case.ok("show", eva).out


def test_one_bad_row_stops_the_import_or_goes_into_a_file_to_be_corrected(case):
    written(LAWYER + "Ramona Istúriz,VE,2026-02-30,Ramo Verde,,,\nToo,many,cells,here,,,,,\n")
    before, changes = content(case), changesets(case)
    refused = case("import", "list.csv", "-s", SOURCE)
    assert refused.code == 3
    assert "list.csv, row 5, detained_on" in refused.err
    assert "list.csv, row 6" in refused.err
    assert (content(case), changesets(case)) == (before, changes)

    taken = case("import", "list.csv", "-s", SOURCE, "--skip-bad", "bad.csv")
    assert taken.code == 5
    assert "2 rows were skipped" in taken.err
    with open("bad.csv", encoding="utf-8", newline="") as file:  # noqa: PTH123
        bad = list(csv.reader(file))
    assert bad[0] == ["tracker problem", "tracker list", *HEADER.strip().split(",")]
    assert [row[2] for row in bad[1:]] == ["Ramona Istúriz", "Too"]
    assert all(row[0] for row in bad[1:])
    with open("bad.csv", "w", encoding="utf-8", newline="") as file:  # noqa: PTH123
        csv.writer(file).writerows([bad[0], [cell.replace("2026-02-30", "2026-02-28") for cell in bad[1]]])
    corrected = case.ok("import", "bad.csv", "-s", "uno-2026-01-12")
    assert "1 new person" in corrected.err
    assert "no longer on it" not in corrected.err  # what was put right belongs to the list it came from
    assert len(case.rows("remaining")) == 4


def test_a_second_list_adds_to_those_on_record_and_disputes_without_overwriting(case):
    case.ok("import", written(LAWYER), "-s", SOURCE)
    second = (
        "Nombre,Nacionalidad,Fecha de detención,Cárcel,Fecha de excarcelación,Cargos\n"
        "Ana Ruiz,Española,2025-03-02,Rodeo 1,2026-01-14,\n"
        "Zoraida Piñango,colombiana,2025-11-21,Rodeo I,,terrorismo\n"
    )
    rows = plan(case, written(second, "dos.csv"), "-s", OTHER)
    assert [(row["action"], row["name"]) for row in rows] == [
        ("match", "Ana Ruiz Pineda"),
        ("match", "Zoraida Piñango"),
    ]
    assert "arrested 2025-03-02" in rows[0]["reasons"]
    case.ok("import", "dos.csv", "-s", OTHER)
    page = case.ok("show", "Ana Ruiz Pineda").out
    assert "2026-01-14" in page
    assert "Ana Ruiz" in page
    zoraida = case.ok("show", "Zoraida Piñango").out
    assert "terrorismo" in zoraida
    assert "2025-11-21" in zoraida  # kept beside what is on record
    assert {row["name"]: (row["since"], row["facility"]) for row in case.rows("remaining")}["Zoraida Piñango"] == (
        "2025-11-20",
        "Ramo Verde",
    )
    # What this source said is known: the same rows in another order change nothing.
    header, *lines = second.splitlines(keepends=True)
    same = case.ok("import", written("".join([header, *reversed(lines)]), "dos-again.csv"), "-s", "dos-2026-01-14")
    assert "2 known already" in same.err


def test_who_is_no_longer_on_the_list_is_told_and_released_only_by_order(case):
    case.ok("import", written(LAWYER), "-s", SOURCE, "--list", "lawyers")
    shorter = "".join(LAWYER.splitlines(keepends=True)[:3])
    told = case.ok("import", written(shorter, "next.csv"), "-s", OTHER, "--list", "lawyers", "--dry-run")
    assert "1 person on the last version of this list is no longer on it: Zoraida Piñango" in told.err
    assert "Nothing was recorded about that" in told.err
    case.ok("import", "next.csv", "-s", OTHER, "--list", "lawyers", "--absent", "released")
    release = case.rows("release", "list", "Zoraida Piñango")
    assert [(row["on"], row["kind"], row["status"]) for row in release] == [
        ("2026-01-12..2026-01-14", "unstated", "reported")  # on the list of the 12th, not on that of the 14th
    ]


def test_a_mapping_is_kept_for_the_next_version_of_the_list(case):
    foreign = "Who;Since;Where;Cell\nAna Ruiz Pineda;2025-03-02;El Rodeo I;14\n"
    refused = case("import", written(foreign), "-s", SOURCE, "--list", "jail")
    assert refused.code == 3
    assert "Who" in refused.err
    maps = ("--map", "Who=name", "--map", "Since=detained_on", "--map", "Where=facility", "--map", "*=-")
    case.ok("import", "list.csv", "-s", SOURCE, "--list", "jail", *maps, "--constant", "nationalities=VE")
    more = foreign + "Tulio Febres Osío;2024-02;El Rodeo I;15\n"
    done = case.ok("import", written(more, "next.csv"), "-s", OTHER, "--list", "jail")
    assert "Columns are read as saved for the list jail" in done.err
    assert {row["nationalities"] for row in case.rows("remaining")} == {"VE"}


def test_rows_in_doubt_wait_for_an_answer_given_in_a_spreadsheet(case):
    case.ok("import", written(LAWYER), "-s", SOURCE)
    doubtful = "name,occupation\nAna Ruiz Pineda,nurse\nZoraida Piñango,teacher\nTulio Febres Osío,\n"
    done = case.ok("import", written(doubtful, "dos.csv"), "-s", OTHER)
    assert "3 wait for an answer" in done.err
    assert len(case.rows("remaining")) == 3
    case.ok("review", "--write", "questions.csv")
    with open("questions.csv", encoding="utf-8", newline="") as file:  # noqa: PTH123
        questions = list(csv.DictReader(file))
    assert [row["printed_name"] for row in questions] == ["Ana Ruiz Pineda", "Zoraida Piñango", "Tulio Febres Osío"]
    ref = questions[0]["candidates"].split()[0]
    for row, answer in zip(questions, (ref, "different", "later on"), strict=True):
        row["answer"] = answer

    def save():
        with open("questions.csv", "w", encoding="utf-8", newline="") as file:  # noqa: PTH123
            writer = csv.DictWriter(file, questions[0])
            writer.writeheader()
            writer.writerows(questions)

    save()
    refused = case("review", "--read", "questions.csv")
    assert refused.code == 3
    assert "later on" in refused.err
    questions[2]["answer"] = ""
    save()
    answered = case.ok("review", "--read", "questions.csv")
    assert "2 answers kept" in answered.err
    assert "1 row still waits" in answered.err
    assert [row["name"] for row in case.rows("find", "Piñango")] == ["Zoraida Piñango", "Zoraida Piñango"]
    assert "nurse" in case.ok("show", ref).out
    # "Different" is remembered: the same row of another list does not propose her again.
    later = plan(case, written("name,occupation\nZoraida Piñango,teacher\n", "tres.csv"), "-s", SOURCE)
    assert later[0]["action"] in ("review", "match", "same")
    # The row that waits is not asked twice by the same list.
    again = case.ok("import", written(doubtful + "\n", "dos-again.csv"), "-s", "dos-2026-01-14")
    assert "1 waits for an answer" in again.err
    assert len(case.rows("review")) == 1
    [open_row] = case.rows("review")
    open_row["answer"] = "skip"
    with open("questions.csv", "w", encoding="utf-8", newline="") as file:  # noqa: PTH123
        writer = csv.DictWriter(file, open_row)
        writer.writeheader()
        writer.writerow(open_row)
    case.ok("review", "--read", "questions.csv")
    left = case.ok("import", written(doubtful + "\n\n", "dos-third.csv"), "-s", "dos-2026-01-14")
    assert "1 stays left out" in left.err
    assert case.rows("review") == []


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("nobody.csv", "-s", SOURCE), 13, "nobody.csv cannot be read"),
        (("list.csv",), 3, "Nobody knows where this list comes from"),
        (("list.csv", "-s", "nadie-2026-01-12"), 4, "nadie-2026-01-12"),
        (("list.csv", "-s", SOURCE, "--map", "name"), 3, "column=field"),
        (("list.csv", "-s", SOURCE, "--map", "name=mood"), 3, "There is no field"),
        (("list.csv", "-s", SOURCE, "--one-person-by", "mood"), 3, "There is no field mood"),
        (("list.csv", "-s", SOURCE, "--absent", "gone"), 3, "--absent takes released or excluded"),
        (("list.csv", "-s", SOURCE, "--constant", "name"), 3, "field=value"),
        ((), 3, "Which list?"),
    ],
)
def test_what_cannot_be_taken_in_is_a_sentence(case, words, code, sentence):
    written(LAWYER)
    before = case.database.read_bytes()
    ran = case("import", *words)
    assert (ran.code, ran.out) == (code, "")
    assert sentence in ran.err
    assert "Traceback" not in ran.err
    assert case.database.read_bytes() == before


def test_unknown_prisons_are_made_only_by_order_and_never_beside_one_called_nearly_so(case):
    rows = HEADER + "Ana Ruiz,VE,2025-03-02,El Rodeo II,,,\nEva Soto,VE,2025-03-02,Ramo Berde,,,\n"
    refused = case("import", written(rows), "-s", SOURCE)
    assert refused.code == 3
    assert "There is no facility “El Rodeo II” on record" in refused.err
    refused = case("import", "list.csv", "-s", SOURCE, "--create-facilities")
    assert refused.code == 3
    assert "one is called nearly so: “Ramo Verde”" in refused.err
    assert "El Rodeo II" not in case.ok("facility", "list", "--csv").out
    case.ok("import", written(rows.replace("Berde", "Verde")), "-s", SOURCE, "--create-facilities")
    assert "El Rodeo II" in case.ok("facility", "list", "--csv").out


NAMES = st.sampled_from(["Ana Ruiz Pineda", "Tulio Febres", "Zoraida Piñango Sol", "Eva Soto", "Ramona Istúriz"])
DATES = st.sampled_from(["", "2025-03-02", "2024-02", "2025", "unknown"])
PLACES = st.sampled_from(["", "El Rodeo I", "Rodeo 1", "Ramo Verde", "unknown whereabouts"])
RELEASED = st.sampled_from([("", ""), ("2026-01-12", ""), ("2026-01-12", "full"), ("2026-01", "house_arrest")])
ROWS = st.lists(st.tuples(NAMES, st.sampled_from(["VE", "CO", ""]), DATES, PLACES, RELEASED), min_size=1, max_size=6)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(first=ROWS, second=ROWS)
def test_any_two_lists_lose_no_cell_and_come_again_without_a_change(template_case, tmp_path_factory, first, second):
    """Whatever lists say: each name and each date is found on record or among what waits, and again changes nothing."""
    case = template_case()
    folder = tmp_path_factory.mktemp("lists")
    for number, rows in enumerate((first, second), 1):
        path = folder / f"{number}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEADER.strip().split(","))
            writer.writerows((name, country, on, place, *released, "") for name, country, on, place, released in rows)
        case.ok("import", str(path), "-s", SOURCE if number == 1 else OTHER, "--list", f"list {number}")
        everything = everything_said(case)
        for name, _country, on, _place, released in rows:
            assert name in everything
            assert on == "unknown" or on in everything
            assert released[0] in everything
        before = content(case)
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        case.ok("import", str(path), "-s", SOURCE if number == 1 else OTHER, "--list", f"list {number}")
        assert content(case) == before
    assert not case("check", "--severity", "error").code


def everything_said(case):
    with sqlite3.connect(case.database) as db:
        tables = ("detainees", "names", "detentions", "releases", "citations", "list_rows")
        return "\n".join(str(row) for table in tables for row in db.execute(f"SELECT * FROM {table}"))


@pytest.fixture
def template_case(template_database, tmp_path_factory):
    """Make a fresh case for each example."""
    import shutil

    from shell import Tracker

    def make():
        database = tmp_path_factory.mktemp("case") / "tracker.db"
        shutil.copyfile(template_database, database)
        case = Tracker(database)
        case.ok("facility", "add", "El Rodeo I")
        case.ok("facility", "add", "Ramo Verde")
        return case

    return make


def test_who_stands_in_a_bad_or_open_row_is_not_absent(case):
    case.ok("import", written(LAWYER), "-s", SOURCE, "--list", "lawyers")
    spoiled = LAWYER.replace("Zoraida Piñango,CO,2025-11-20", "Zoraida Pinango,CO,2025-11-31")
    spoiled = spoiled.replace("Ana Ruiz Pineda,VE; ES,2025-03-02,El Rodeo I", "Ana Ruiz Pineda,,,")
    told = case("import", written(spoiled, "next.csv"), "-s", OTHER, "--list", "lawyers", "--skip-bad", "bad.csv")
    assert told.code == 5
    assert "1 waits for an answer" in told.err
    assert "no longer on it" not in told.err
    case.ok("undo", "--yes")
    refused = case(
        *("import", "next.csv", "-s", OTHER, "--list", "lawyers", "--skip-bad", "bad2.csv", "--absent", "released")
    )
    assert refused.code == 3
    assert "2 rows of this list are not settled" in refused.err


def test_the_next_version_comes_from_another_source_and_adds_its_citation(case):
    case.ok("import", written(LAWYER), "-s", SOURCE, "--list", "lawyers")
    case.ok("import", written(LAWYER, "again.csv"), "-s", OTHER, "--list", "lawyers")
    sources = {row["ref"]: row for row in case.rows("source", "list")}
    assert len(sources) == 2
    assert "dos-2026-01-14" in case.ok("show", "Zoraida Piñango").out
    assert len(case.rows("detainee", "list")) == 3


CENSUS = (
    "Year,Who,Country,Prison\n"
    "2024,Ana Ruiz Pineda,VE,El Rodeo I\n"
    "2023,Ana Ruiz Pineda,VE,El Rodeo I\n"
    "2023,Tulio Febres Osío,VE,Ramo Verde\n"
    "2025,Ana Ruiz Pineda,VE,El Rodeo I\n"
    "2025,Zoraida Piñango,CO,Ramo Verde\n"
)


def test_a_file_of_yearly_lists_is_taken_in_year_by_year(case):
    words = ("-s", SOURCE, "--map", "Who=name", "--map", "Country=nationalities", "--map", "Prison=facility")
    words += ("--snapshot-by", "Year", "--one-person-by", "name")
    told = case.ok("import", written(CENSUS), *words, "--dry-run", "--csv")
    assert "1 time somebody on one list of this file is not on the next, by the day of the next: 2024 1." in told.err
    gone = [row for row in csv.DictReader(io.StringIO(told.out)) if row["action"] == "absent"]
    assert [(row["name"], row["reasons"]) for row in gone] == [
        ("Tulio Febres Osío", "on the list of 2023, not on that of 2024")
    ]
    case.ok("import", "list.csv", *words, "--absent", "released")
    assert {row["name"] for row in case.rows("detainee", "list")} == {
        *("Ana Ruiz Pineda", "Tulio Febres Osío", "Zoraida Piñango")
    }
    assert [row["on"] for row in case.rows("release", "list", "Tulio Febres Osío")] == ["2023..2024"]
    case.ok("undo", "--yes")
    assert case.rows("detainee", "list") == []
    bad = CENSUS + "soon,Eva Soto,VE,\n2025,Rita Paz,Utopia,\n2023,Leo Paz,Utopia,\n"
    refused = case("import", written(bad), *words, "--absent", "released")
    assert refused.code == 3
    assert all(f"row {number}" in refused.err for number in (7, 8, 9))  # of all its lists, at once


def test_who_is_on_a_list_again_after_a_release_by_absence_was_taken_again(case):
    """With other words about the second time, which are not disputed by those about the first."""
    header = "Day,Name,Nationality,Sentence\n"
    first = "2023-12-01,Ana Ruiz,VE,a year\n2023-12-01,Eva Soto,VE,\n"
    later = "2024-12-01,Eva Soto,VE,\n"
    back = "2025-12-01,Ana Ruiz,VE,ten years\n2025-12-01,Eva Soto,VE,\n"
    case.ok("claimant", "add", "Monitor Dos", "--kind", "monitor")
    words = ("-s", SOURCE, "-c", "Monitor Dos", "--snapshot-by", "Day", "--one-person-by", "name")
    case.ok("import", written(header + first + later), *words, "--absent", "released", "--list", "year")
    assert case.rows("remaining", "--columns", "name") == [{"name": "Eva Soto"}]
    before = case.rows("detention", "list")
    told = case.ok("import", written(header + back, "next.csv"), *words, "--list", "year", "--dry-run")
    assert "1 time somebody who was not on the version before is on the list again: Ana Ruiz" in told.err
    assert case.rows("detention", "list") == before
    case.ok("import", "next.csv", *words, "--list", "year", "--absent", "released")
    assert {row["name"] for row in case.rows("remaining")} == {"Ana Ruiz", "Eva Soto"}
    page = case.ok("show", "Ana Ruiz").out
    assert "2023-12-01..2024-12-01" in page  # released
    assert "2024-12-01..2025-12-01" in page  # taken again
    assert "disputed" not in page


def test_the_absent_are_released_once_the_questions_of_their_list_are_answered(case):
    """The same file again, with the order: what could not be told while a row waited."""
    day = "Day,Name,Nationality\n"
    one = "2023-12-01,Ana Ruiz Pineda,VE\n2023-12-01,Eva Soto,VE\n"
    text = day + one + "2024-12-01,Ana Ruis Pineda,ES\n2025-12-01,Ana Ruiz Pineda,VE\n2025-12-01,Eva Soto,VE\n"
    case.ok("claimant", "add", "Monitor Dos", "--kind", "monitor")
    words = ("import", written(text), "-s", SOURCE, "-c", "Monitor Dos", "--snapshot-by", "Day")
    words += ("--one-person-by", "name")
    refused = case(*words, "--absent", "released")
    assert refused.code == 3
    assert "not settled" in refused.err
    case.ok(*words, "--review", "asked.csv")
    still = case(*words, "--absent", "released")
    assert still.code == 3
    assert "1 row of this list is not settled" in still.err
    answer_all(case, lambda _question: "different")
    assert case.rows("release", "list") == []
    rehearsed = case.ok(*words, "--absent", "released", "--dry-run")
    assert case.rows("release", "list") == []
    done = case.ok(*words, "--absent", "released")
    assert "Recorded for 3 of them" in done.err
    assert "Recorded for 3 of them" in rehearsed.err
    out = case.rows("release", "list", "--columns", "name,on")
    assert sorted((row["name"], row["on"]) for row in out) == [
        ("Ana Ruis Pineda", "2024-12-01..2025-12-01"),
        ("Ana Ruiz Pineda", "2023-12-01..2024-12-01"),
        ("Eva Soto", "2023-12-01..2024-12-01"),
    ]
    assert {row["name"] for row in case.rows("remaining")} == {"Ana Ruiz Pineda", "Eva Soto"}  # on the last list
    state = content(case)
    again = case.ok(*words, "--absent", "released")
    assert content(case) == state
    assert "Recorded for 0 of them" in again.err


def answer_all(case, answer):
    """Write the questions, fill in `answer(question)`, read them back; returns what was said."""
    Path("asked.csv").unlink(missing_ok=True)  # no questions are written over others
    case.ok("review", "--write", "asked.csv")
    questions = list(csv.DictReader(io.StringIO(Path("asked.csv").read_text(encoding="utf-8"))))
    with Path("asked.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, questions[0])
        writer.writeheader()
        writer.writerows({**question, "answer": answer(question)} for question in questions)
    return case.ok("review", "--read", "asked.csv").err


def test_whom_an_answer_added_is_asked_about_before_the_same_name_is_added_again(case):
    """Two versions of a list print one new person, with other words each; somebody alike is on record."""
    case.ok("import", written("name,nationalities\nAna Ruiz Pineda,VE\n"), "-s", SOURCE, "--list", "one")
    text = "Day,name,nationalities,charges\n2024-12-01,Ana Ruis Pineda,CO,terrorismo\n"
    words = ("-s", OTHER, "--snapshot-by", "Day", "--list", "two")
    case.ok("import", written(text + "2025-12-01,Ana Ruis Pineda,CO,rebelión\n", "two.csv"), *words)
    assert len(case.rows("review")) == 2
    said = answer_all(case, lambda _question: "different")
    assert "Ana Ruis Pineda: somebody on record since then may be meant, so it is asked again." in said
    assert len(case.rows("detainee", "list")) == 2
    [question] = case.rows("review")
    assert question["candidates"].startswith(case.rows("find", "Ana Ruis Pineda", "--columns", "ref")[0]["ref"])
    answer_all(case, lambda question: question["candidates"].split(" ")[0])
    assert len(case.rows("detainee", "list")) == 2
    assert case.rows("review") == []


def test_a_row_that_waited_on_several_versions_is_one_person_on_all_of_them(case):
    """Nobody is said to be missing from a version whose row was answered with that of the next."""
    case.ok("claimant", "add", "Monitor Dos", "--kind", "monitor")
    case.ok("import", written("name,nationalities\nAna Ruiz Pineda,VE\n"), "-s", SOURCE, "--list", "one")
    rows = "".join(f"{year}-12-01,Ana Ruis Pineda,CO\n{year}-12-01,Eva Soto,VE\n" for year in (2023, 2024))
    words = (written("Day,name,nationalities\n" + rows, "two.csv"), "-s", OTHER, "-c", "Monitor Dos")
    words += ("--snapshot-by", "Day", "--list", "two")
    case.ok("import", *words)
    answer_all(case, lambda _question: "different")
    done = case.ok("import", *words, "--absent", "released")
    assert "again" not in done.err
    assert case.rows("release", "list") == []


def test_import_writes_its_questions_where_asked(case):
    case.ok("import", written(LAWYER), "-s", SOURCE)
    case.ok("import", written("name\nAna Ruiz Pineda\n", "dos.csv"), "-s", OTHER, "--review", "asked.csv")
    with open("asked.csv", encoding="utf-8", newline="") as file:  # noqa: PTH123
        assert [row["printed_name"] for row in csv.DictReader(file)] == ["Ana Ruiz Pineda"]


def test_a_row_that_stands_twice_is_one_person_also_one_on_record(case):
    case.ok("import", written(LAWYER), "-s", SOURCE, "--list", "one")
    twice = LAWYER + LAWYER.splitlines(keepends=True)[1]
    told = case.ok("import", written(twice, "twice.csv"), "-s", OTHER, "--list", "two")
    assert "new" not in told.err.replace("New source", "")
    assert len(case.rows("detainee", "list")) == 3


def test_a_list_is_never_written_over_by_its_own_import(case):
    text = LAWYER + "Eva Soto,VE,2026-02-30,,,,\n"
    for words in (("--skip-bad", "list.csv"), ("--review", "list.csv"), ("--dry-run", "--csv", "-o", "list.csv")):
        refused = case("import", written(text), "-s", SOURCE, *words)
        assert refused.code == 3
        assert "is the list itself" in refused.err
        with open("list.csv", encoding="utf-8") as file:  # noqa: PTH123
            assert file.read() == text
    case("import", "list.csv", "-s", SOURCE, "--skip-bad", "bad.csv", "--dry-run")
    with pytest.raises(FileNotFoundError):
        open("bad.csv", encoding="utf-8")  # noqa: PTH123, SIM115


def test_every_row_is_counted_and_an_empty_list_is_refused(case):
    broken = LAWYER + "Too,many,cells,here,,,,,\nEva Soto,VE,2026-02-30,,,,\n"
    told = case("import", written(broken), "-s", SOURCE, "--skip-bad", "bad.csv", "--dry-run", "--csv")
    rows = list(csv.DictReader(io.StringIO(told.out)))
    assert [(row["row"], row["action"]) for row in rows[3:]] == [("5", "error"), ("6", "error")]
    assert (
        "5 rows read. 3 new people. 2 cannot be taken."
        in case(*("import", "list.csv", "-s", SOURCE, "--skip-bad", "bad.csv")).err
    )
    again = case("import", "bad.csv", "-s", "uno-2026-01-12", "--skip-bad", "worse.csv")
    assert again.code == 5
    with open("worse.csv", encoding="utf-8", newline="") as file:  # noqa: PTH123
        assert next(csv.reader(file)).count("tracker problem") == 1
    empty = case("import", written(HEADER, "empty.csv"), "-s", SOURCE)
    assert (empty.code, changesets(case)) == (3, changesets(case))
    assert "has a header and no rows" in empty.err


def test_answers_are_read_as_a_spanish_spreadsheet_saves_them(case):
    case.ok("import", written(LAWYER), "-s", SOURCE)
    case.ok("import", written("name\nZoraida Piñango\n", "dos.csv"), "-s", OTHER)
    case.ok("review", "--write", "asked.csv")
    with open("asked.csv", encoding="utf-8", newline="") as file:  # noqa: PTH123
        header, row = csv.reader(file)
    with open("answered.csv", "w", encoding="cp1252", newline="") as file:  # noqa: PTH123
        csv.writer(file, delimiter=";").writerows([header, [*row[:-1], "different"]])
    assert "1 answer kept" in case.ok("review", "--read", "answered.csv").err


@pytest.mark.parametrize("written_in", ["es", "en"])
@pytest.mark.parametrize(
    "words", [("diferente", "dudoso", "omitir"), ("Distinta", "DUDA", "saltar"), ("different", "unsure", "skip")]
)
def test_a_sheet_is_written_in_the_language_shown_and_read_in_both(case, monkeypatch, written_in, words):
    case.ok("import", written(LAWYER), "-s", SOURCE)
    again = "name,note\nZoraida Piñango,x\nTulio Febres Osío,y\nAna Ruiz Pineda,z\n"
    case.ok("import", written(again, "dos.csv"), "-s", OTHER)
    monkeypatch.setattr(i18n, "_language", written_in)
    told = case.ok("review", "--write", "asked.csv")
    header, *rows = csv.reader(io.StringIO(Path("asked.csv").read_text(encoding="utf-8")))
    keys = ["question", "list", "row", "printed_name", "says", "candidates", "reasons", "answer"]
    spanish = ["pregunta", "lista", "fila", "nombre en la lista", "lo que dice", "quién puede ser", "razones"]
    assert header == ([*spanish, "respuesta"] if written_in == "es" else keys)
    assert ("diferente, dudoso, omitir" in told.err) == (written_in == "es")
    with Path("answered.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *([*row[:-1], word] for row, word in zip(rows, words, strict=True))])
    machine = case.ok("review", "--csv")
    assert next(csv.reader(io.StringIO(machine.out))) == keys
    monkeypatch.setattr(i18n, "_language", "en" if written_in == "es" else "es")
    case.ok("review", "--read", "answered.csv")
    assert len(case.rows("detainee", "list")) == 5
    assert case.rows("review") == []
