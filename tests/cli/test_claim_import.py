"""`claim import` at the shell: counts that others stated, as a list."""

import csv
import io
import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

HEADER = "claimant,measure,min,max,qualifier,out_of,as_of,since,nationality,dual,facility,tag,sex,service,source,locator,note\n"
ROWS = (
    HEADER
    + "Foro Libre,released,24,24,,116,2026-01-12,2026-01-08,,,,,,,uno-2026-01-12,p. 1,by name\n"
    + "FL,excarcelados,24,24,,116,2026-01-12,2026-01-08,,,,,,,dos-2026-01-14,,\n"
    + "Foro Libre,held,80,,al menos,,2026-01-12T09:00,,ES; IT,,Rodeo 1,,mujer,,uno-2026-01-12,,\n"
    + "Ministerio,announced,,,,,2026-01-08,,,,,,,,uno-2026-01-12,,a significant number\n"
)


@pytest.fixture
def case(tracker):
    tracker.ok("facility", "add", "El Rodeo I")
    tracker.ok("claimant", "add", "Foro Libre", "--kind", "monitor", "--other-name", "FL")
    tracker.ok("claimant", "add", "Ministerio", "--kind", "detaining_state")
    for slug, day in (("uno-2026-01-12", "2026-01-12"), ("dos-2026-01-14", "2026-01-14")):
        tracker.ok("source", "add", "Nota", "--slug", slug, "--published", day)
    return tracker


def written(text, name="claims.csv"):
    with open(name, "w", encoding="utf-8", newline="") as file:  # noqa: PTH123
        file.write(text)
    return name


def content(case):
    kept = ("claims", "citations", "sources", "claimants", "facilities")
    with sqlite3.connect(case.database) as db:
        return {table: db.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in kept}


def plan(case, *words):
    return list(csv.DictReader(io.StringIO(case.ok("claim", "import", *words, "--dry-run", "--csv").out)))


def test_a_list_of_claims_is_taken_in_once_and_undone_as_one(case):
    before = content(case)
    rehearsed = plan(case, written(ROWS))
    assert [(row["row"], row["claimant"], row["measure"], row["figure"], row["action"]) for row in rehearsed] == [
        ("2", "Foro Libre", "released", "24 of 116", "create"),
        ("3", "Foro Libre", "released", "24 of 116", "cite"),
        ("4", "Foro Libre", "held", "at least 80", "create"),
        ("5", "Ministerio", "announced", "no number", "create"),
    ]
    assert content(case) == before
    done = case.ok("claim", "import", "claims.csv")
    assert "4 rows read. 3 new claims. 1 on record gains something." in done.err
    found = case.rows("claim", "list", "--columns", "measure,scope,sources,note")
    assert {row["measure"]: row["sources"] for row in found}["released"] == "dos-2026-01-14; uno-2026-01-12"
    assert {row["measure"]: row["scope"] for row in found}["held"].startswith(
        "facility=El Rodeo I; nationality=ES or IT"
    )
    taken = content(case)
    again = case.ok("claim", "import", "claims.csv")
    assert "4 known already" in again.err
    assert "Nothing was changed." in again.err
    assert content(case) == taken
    case.ok("undo")
    assert content(case) == before


def test_a_claim_typed_at_the_shell_gains_the_source_of_the_list(case):
    case.ok(
        *("claim", "add", "Foro Libre", "held", "at least 80", "--as-of", "2026-01-12 09:00", "--sex", "female"),
        *("-f", "Rodeo 1", "--nationality", "ES", "--nationality", "IT", "-s", "dos-2026-01-14"),
    )
    assert [row["action"] for row in plan(case, written(ROWS))] == ["create", "cite", "cite", "create"]


def test_the_source_and_the_claimant_of_rows_that_name_none_are_said_once(case):
    bare = "count,as_of,note\n24,2026-01-12,first\n30,2026-01-13,\n"
    words = ("--map", "count=min", "--constant", "measure=held", "--constant", "qualifier=more than")
    refused = case("claim", "import", written(bare), *words, "-c", "Foro Libre")
    assert refused.code == 3
    assert "Nobody knows where these claims stand" in refused.err
    done = case.ok(
        *("claim", "import", "claims.csv", *words, "-c", "FL"),
        *("-s", "https://tres.example/2026/01/15/nota", "--locator", "table 1"),
    )
    assert "tres-2026-01-15" in done.err
    found = case.rows("claim", "list", "--columns", "claimant,min,max,note,sources")
    assert [tuple(row.values()) for row in found] == [
        ("Foro Libre", "24", "", "printed: more than; first", "tres-2026-01-15"),
        ("Foro Libre", "30", "", "printed: more than", "tres-2026-01-15"),
    ]
    with sqlite3.connect(case.database) as db:
        assert db.execute("SELECT DISTINCT locator, claimant FROM citations").fetchall() == [("table 1", None)]


def test_a_note_or_a_place_in_the_source_that_is_new_is_kept_beside_the_old(case):
    case.ok("claim", "import", written(ROWS))
    other = HEADER + "Foro Libre,released,24,24,,116,2026-01-12,2026-01-08,,,,,,,uno-2026-01-12,p. 7,women too\n"
    assert [row["action"] for row in plan(case, written(other, "other.csv"))] == ["cite"]
    case.ok("claim", "import", "other.csv")
    with sqlite3.connect(case.database) as db:
        assert db.execute("SELECT note FROM claims WHERE measure = 'released'").fetchone() == ("by name\nwomen too",)
        assert ("p. 1; p. 7",) in db.execute("SELECT locator FROM citations").fetchall()
    assert "1 known already" in case.ok("claim", "import", "other.csv").err
    assert "4 known already" in case.ok("claim", "import", "claims.csv").err


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Foro Libre,held,ten,,,,,,,,,,,,uno-2026-01-12,,", "claims.csv, row 6, min “ten”"),
        ("Foro Libre,held,9,5,,,,,,,,,,,uno-2026-01-12,,", "claims.csv, row 6, max “5”"),
        ("Foro Libre,held,9,,sort of,,,,,,,,,,uno-2026-01-12,,", "claims.csv, row 6, qualifier: “sort of”"),
        ("Foro Libre,held,9,9,at least,,,,,,,,,,uno-2026-01-12,,", "claims.csv, row 6, qualifier “at least”"),
        ("Foro Libre,wondered,9,,,,,,,,,,,,uno-2026-01-12,,", "claims.csv, row 6, measure: “wondered”"),
        ("Foro Libro,held,9,,,,,,,,,,,,uno-2026-01-12,,", "claims.csv, row 6, claimant: There is no claimant"),
        (",held,9,,,,,,,,,,,,uno-2026-01-12,,", "claims.csv, row 6, claimant: The cell is empty."),
        ("Foro Libre,held,9,,,,2190-01-01,,,,,,,,uno-2026-01-12,,", "claims.csv, row 6, as_of “2190-01-01”"),
        ("Foro Libre,held,9,,,,2026-01-02,2026-01-08,,,,,,,uno-2026-01-12,,", "claims.csv, row 6, as_of “2026-01-02”"),
        ("Foro Libre,held,9,,,,,,,,Zona 7,,,,uno-2026-01-12,,", "claims.csv, row 6, facility: There is no facility"),
        ("Foro Libre,held,9,,,,,,,,,,,,nadie-2026-01-12,,", "claims.csv, row 6, source: There is no source"),
        ("Foro Libre,held,,,,,,,,,,,,,uno-2026-01-12,,", "claims.csv, row 6, min: A claim needs a number or a note."),
        ("Foro Libre,held,9", "claims.csv, row 6"),
    ],
)
def test_one_bad_row_refuses_all_with_its_place(case, row, told):
    written(ROWS + row + "\n")
    before = case.database.read_bytes()
    refused = case("claim", "import", "claims.csv")
    assert (refused.code, refused.out) == (3, "")
    assert told in refused.err
    rehearsed = case("claim", "import", "claims.csv", "--dry-run", "--csv")
    assert rehearsed.code == 3
    assert told in rehearsed.err
    assert len(rehearsed.out.splitlines()) >= 5
    assert case.database.read_bytes() == before


def test_places_sources_and_claimants_are_made_only_by_order(case):
    row = HEADER + "Nueva Voz,held,9,9,,,2026-01-12,,,,Yare II,,,,cuatro-2026-01-16,,\n"
    assert case("claim", "import", written(row)).code == 3
    done = case.ok("claim", "import", "claims.csv", "--create-facilities", "--create-sources", "--create-claimants")
    for name in ("Yare II", "cuatro-2026-01-16", "Nueva Voz"):
        assert name in done.err


def test_the_fields_are_listed_with_their_headers(case):
    shown = case.ok("claim", "import", "--list-fields", "--csv").out
    assert [row["field"] for row in csv.DictReader(io.StringIO(shown))] == HEADER.strip().split(",")


def test_the_claims_of_the_case_file_come_out_and_in_again_unchanged(tmp_path, monkeypatch):
    from shell import Tracker

    monkeypatch.chdir(tmp_path)
    seeded = Tracker(tmp_path / "seeded.db")
    seeded.ok("init", "--seed", "venezuela-2026", "--we", "Monitor", "--start", "2026-01-08")
    seeded.ok("export", "claims", "-o", "claims.csv")
    again = seeded.ok("claim", "import", "claims.csv")
    assert "known already" in again.err
    assert "Nothing was changed." in again.err


NUMBERS = st.sampled_from([("24", "24", ""), ("80", "", "at least"), ("", "9", "at most"), ("40", "40", "around")])
CLAIM = st.tuples(
    st.sampled_from(["Foro Libre", "Ministerio"]),
    st.sampled_from(["held", "released"]),
    NUMBERS,
    st.sampled_from(["", "2026-01-12", "2026-01", "2026-01-12T09:00"]),
    st.sampled_from(["", "ES", "ES; IT"]),
    st.sampled_from(["", "El Rodeo I"]),
    st.sampled_from(["", "uno-2026-01-12", "dos-2026-01-14"]),
    st.sampled_from(["", "p. 1", "p. 2"]),
    st.sampled_from(["", "a note", "two\nlines"]),
)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(claims=st.lists(CLAIM, min_size=1, max_size=8))
def test_any_claims_come_again_without_a_change_and_so_do_their_exports(case, claims):
    with open("any.csv", "w", encoding="utf-8", newline="") as file:  # noqa: PTH123
        writer = csv.writer(file)
        writer.writerow(HEADER.strip().split(","))
        for who, measure, (least, most, word), day, country, place, source, locator, note in claims:
            figure = (least, most, word, "")
            where = locator if source else ""
            writer.writerow((who, measure, *figure, day, "", country, "", place, "", "", "", source, where, note))
    case.ok("claim", "import", "any.csv")
    taken = content(case)
    case.ok("claim", "import", "any.csv")
    case.ok("export", "claims", "-o", "exported.csv")
    case.ok("claim", "import", "exported.csv")
    assert content(case) == taken


def test_what_columns_mean_is_kept_for_the_next_list_of_the_same_publisher(case):
    case.ok("source", "edit", "uno-2026-01-12", "--publisher", "Uno")
    case.ok("source", "edit", "dos-2026-01-14", "--publisher", "Uno")
    first = "quién,cuántos,junk\nForo Libre,24,x\n"
    maps = ("--map", "quién=claimant", "--map", "cuántos=min", "--map", "junk=-", "--constant", "measure=released")
    case.ok("claim", "import", written(first), "-s", "uno-2026-01-12", *maps)
    second = "junk,cuántos,quién\nz,80,Foro Libre\n"
    done = case.ok("claim", "import", written(second, "next.csv"), "-s", "dos-2026-01-14")
    assert "Columns are read as saved for the list Uno." in done.err
    assert sorted(row["min"] for row in case.rows("claim", "list", "--columns", "min")) == ["24", "80"]
    other = case("claim", "import", "next.csv", "-s", "dos-2026-01-14", "--list", "weekly")
    assert other.code == 3
    case.ok("claim", "import", "next.csv", "-s", "dos-2026-01-14", "--list", "weekly", *maps)
    third = written("quién,cuántos\nForo Libre,81\n", "third.csv")
    assert "for the list weekly." in case.ok("claim", "import", third, "--no-source", "--list", "weekly").err


def test_a_list_that_repeats_its_rows_knows_those_above(case):
    rows = [f"Foro Libre,released,{number},uno-2026-01-12" for number in range(300)]
    text = "\n".join(["claimant,measure,min,source", *rows, *rows[:100]])
    assert "400 rows read. 300 new claims. 100 known already." in case.ok("claim", "import", written(text)).err
    assert "400 known already" in case.ok("claim", "import", "claims.csv").err


def test_of_many_new_sources_the_first_ten_are_named(case):
    rows = "".join(
        f"Foro Libre,held,{number},,,,2026-01-12,,,,,,,,diario-{number}-2026-01-12,,\n" for number in range(10, 22)
    )
    told = case.ok("claim", "import", written(HEADER + rows), "--create-sources").err
    assert "“diario-19-2026-01-12” and 2 more." in told
    assert "diario-20" not in told
