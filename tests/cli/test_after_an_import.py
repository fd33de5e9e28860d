"""What a person meets after an import: rows that name nobody, places nearly known, questions and their answers."""

import csv
import sqlite3
from pathlib import Path

import pytest
from shell import Tracker

HEADER = "name,nationalities,detained_on,facility,released_on,release_kind,note\n"
LAWYER = (
    HEADER
    + "Ana Ruiz Pineda,VE; ES,2025-03-02,El Rodeo I,,,speaks for the families\n"
    + "Tulio Febres Osío,Venezuelan,2024-02,El Rodeo 1,2026-01-12,,\n"
    + "Zoraida Piñango,CO,2025-11-20,Ramo Verde,,,\n"
)
SOURCE = "https://www.uno.example/2026/01/12/lista"
MAKING = ("--create-facilities", "--create-sources", "--create-claimants", "--no-source")
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
        assert [row["name"] for row in csv.DictReader(file)] == ["Total: 3", "N/A", "name"]
    assert {row["name"] for row in case.rows("detainee", "list")} >= {"Ana Ruiz Pineda", "adolescent 17"}
    typed = case("detainee", "add", "N/A")
    assert (typed.code, "--description" in typed.err) == (3, True)


def test_rows_that_name_nobody_are_nobody_missing_from_the_record(case):
    case.ok("import", written(LAWYER), "-s", SOURCE)
    shown = case.ok("compare", written("name,note\nEva Soto,\nTotal: 1,\nN/A,\n,a girl of 17\n", "theirs.csv"), "--csv")
    theirs = [row for row in csv.DictReader(shown.out.splitlines()) if row["group"] == "only_theirs"]
    assert [(row["row"], row["printed_name"]) for row in theirs] == [("2", "Eva Soto"), ("5", "")]
    assert "theirs.csv, row 3, name: “Total: 1” is no person." in shown.err


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


@pytest.fixture
def at_terminal(case, monkeypatch):
    """Run `review` as at a terminal of 80 columns where these keys are typed."""
    monkeypatch.setattr("tracker.cli.context.interactive", lambda: True)
    monkeypatch.setattr("tracker.cli.context.on_terminal", lambda: True)

    def typed(*keys):
        return case.ok("review", stdin="".join(f"{key}\n" for key in keys), env={"COLUMNS": "80"})

    return typed


FATHER_AND_SON = (
    "name,nationalities,age,born,facility,released_on,release_kind,charges,conditions,note,locator\n"
    'Pedro Mora Ruiz,VE,40,1985-05,Rodeo 1,2026-01-14,bail,"treason, conspiracy",reports every 15 days,the son,p. 4\n'
)


def test_a_review_shows_every_cell_of_the_row_beside_what_is_on_record(case, at_terminal):
    father = "name,nationalities,age,born,sex,facility,detained_on\nPedro Mora Ruiz,VE,65,1960-01-01,male,El Rodeo I,2025-02-03\n"
    case.ok("import", written(father), "-s", SOURCE)
    case.ok("import", written(FATHER_AND_SON, "dos.csv"), "-s", OTHER)
    page = at_terminal("q").out
    assert all(len(line) <= 80 for line in page.splitlines())
    shown = [[part for part in line.split("  ") if part.strip()] for line in page.splitlines()]
    facts = {line[0].strip(): [part.strip() for part in line[1:]] for line in shown if line}
    assert facts["name"] == ["Pedro Mora Ruiz", "= Pedro Mora Ruiz"]
    assert facts["born"] == ["1985-05", "≠ 1960-01-01"]
    assert facts["age"] == ["40", "65"]
    assert facts["held at"] == ["Rodeo 1", "= El Rodeo I"]
    assert facts["arrested"] == ["2025-02-03"]
    for cell in ("bail", "treason, conspiracy", "reports every 15 days", "the son", "p. 4", "2026-01-14"):
        assert [cell] in facts.values()


def test_candidates_that_do_not_fit_beside_the_row_stand_below(case, at_terminal):
    people = "name,born\nAna Ruiz Pineda,1970\nAna Ruiz Pineda,1990\nAna María Ruiz Pineda,1985\n"
    case.ok("import", written(people), "-s", SOURCE)
    case.ok("import", written("name,note\nAna Ruiz Pineda,a nurse\n", "dos.csv"), "-s", OTHER)
    page = at_terminal("q").out
    assert [page.count(f"{number}. P-") for number in (1, 2, 3)] == [1, 1, 1]
    assert page.count("a nurse") == 2
    assert "does not fit" not in page


def test_an_unknown_key_lists_the_keys(case, at_terminal):
    case.ok("import", written(LAWYER), "-s", SOURCE)
    case.ok("import", written("name\nZoraida Piñango\n", "dos.csv"), "-s", OTHER)
    told = at_terminal("x", "q").err
    assert "“x” is no answer here." in told
    for key in ("a number or a ref", "d: ", "u: ", "s: ", "l or Enter: ", "q: "):
        assert told.count(f"\n  {key}") == 1
    assert "is no answer" not in at_terminal("?", "q").err
    assert "P-" in at_terminal("1").err
    assert case.rows("review") == []


@pytest.fixture
def answered(case):
    """Three questions in a sheet; returns what fills in its answers, saves it under a name and reads it."""
    case.ok("import", written(LAWYER), "-s", SOURCE)
    names = ("Ana Ruiz Pineda", "Tulio Febres Osío", "Zoraida Piñango")
    case.ok("import", written("\n".join(("name", *names, "")), "dos.csv"), "-s", OTHER)
    case.ok("review", "--write", "asked.csv")
    with Path("asked.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    def read(*answers, sheet=rows):
        with Path("answers.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows({**row, "answer": answer} for row, answer in zip(sheet, answers, strict=True))
        return case("review", "--read", "answers.csv")

    read.refs = [row["candidates"].split()[0] for row in rows]
    read.rows = rows
    return read


def test_answers_read_again_change_nothing_and_say_so(case, answered):
    assert "3 answers kept." in answered("1", "different", "skip").err
    before = changesets(case)
    again = answered("same", "distintas", "omitir")
    assert (again.code, changesets(case)) == (0, before)
    assert "0 answers kept.\n3 were answered so before." in again.err


def test_an_answer_that_says_otherwise_now_is_told_with_how_to_change_it(case, answered):
    ana, _tulio, zoraida = answered.refs
    answered("1", "different", "skip")
    people = {row["ref"] for row in case.rows("detainee", "list")}
    before = changesets(case)
    told = answered("unsure", "skip", zoraida)
    assert (told.code, changesets(case)) == (5, before)
    assert "3 rows were answered otherwise before, and stay so:" in told.err
    assert f"dos, row 2: Ana Ruiz Pineda: {ana}, now unsure (tracker undo " in told.err
    assert "dos, row 3: Tulio Febres Osío: different people, now skip (tracker undo " in told.err
    assert f"dos, row 4: Zoraida Piñango: skip, now {zoraida} (tracker undo " in told.err
    for line in told.err.splitlines():
        if "(tracker undo " in line:
            case.ok("undo", line.rpartition(" ")[2].rstrip(")"), "--yes")
    changed = answered("unsure", "skip", zoraida)
    assert (changed.code, "3 answers kept." in changed.err) == (0, True)
    now = {row["ref"]: row["name"] for row in case.rows("detainee", "list")}
    assert [name for ref, name in now.items() if ref not in people] == ["Ana Ruiz Pineda"]
    assert len(now) == len(people)


def test_a_sheet_of_another_record_or_one_answered_twice_is_refused_whole(case, answered):
    before = changesets(case)
    foreign = [{**answered.rows[0], "question": "nothing"}, *answered.rows[1:]]
    refused = answered("1", "1", "1", sheet=foreign)
    assert (refused.code, changesets(case)) == (3, before)
    assert "answers.csv, row 2" in refused.err
    assert "There is no such question on this record." in refused.err
    twice = [*answered.rows[:2], answered.rows[0]]
    refused = answered("1", "1", "different", sheet=twice)
    assert (refused.code, changesets(case)) == (3, before)
    assert "answers.csv, row 4, question: The question stands there twice." in refused.err


def test_answers_to_a_list_that_came_again_are_told(case, answered):
    names = ("Ana Ruiz Pineda", "Tulio Febres Osío", "Zoraida Piñango", "Eva Soto")
    case.ok("import", written("\n".join(("name", *names, "")), "dos.csv"), "-s", "dos-2026-01-14")
    told = answered("1", "", "")
    assert told.code == 5
    assert "Ana Ruiz Pineda: a newer version of the list took its place (tracker review --write FILE)" in told.err
    assert len(case.rows("review")) == 3


def test_a_status_comes_back_as_it_was_and_claimants_wait_for_their_kind(case, template_database):
    """A list cannot hold whose word verifies: that is advised, and once it is said the answers are the same."""
    kinds = {"Foro Dos": "monitor", "Agencia Tres": "media"}
    for name, kind in kinds.items():
        case.ok("claimant", "add", name, "--kind", kind)
    case.ok("import", written(LAWYER), "-s", SOURCE)
    for name in kinds:
        case.ok("release", "add", "Tulio Febres Osío", "--on", "2026-01-12", "-s", OTHER, "-c", name)
    case.ok("export", "list", "-o", "out.csv")
    Path("empty.db").write_bytes(template_database.read_bytes())
    other = Tracker(Path("empty.db").absolute())
    told = other.ok("import", "out.csv", *MAKING).err
    assert "New claimants, of the kind other: " in told
    assert "Say who they are, for that decides whose word verifies and no list tells it: tracker claimant edit" in told
    asked = ("released", "--from", "2026-01-08", "--columns", "name,release_on,release_status,verified_by")
    status = {row["name"]: row["release_status"] for row in case.rows(*asked)}
    assert {row["name"]: row["release_status"] for row in other.rows(*asked)} == status
    for name, kind in kinds.items():
        other.ok("claimant", "edit", name, "--kind", kind)
    assert other.rows(*asked) == case.rows(*asked)
    assert case.rows(*asked)[0]["verified_by"] == "Foro Dos"
