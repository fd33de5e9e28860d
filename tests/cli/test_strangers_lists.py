"""Lists as strangers write them, at the shell: dates in figures, titles above the header, text encoded twice, sources."""

import csv
import io
import sqlite3
from pathlib import Path

import openpyxl
import pytest

SOURCE = "https://www.uno.example/2026/01/12/lista"
NEXT = "https://www.uno.example/2026/01/19/lista"
DATED = "name,nationalities,detained_on\nAna Ruiz Pineda,VE,03/04/2025\nTulio Febres Osío,VE,13/1/2025\n"


def written(text, name="list.csv"):
    Path(name).write_bytes(text.encode())
    return name


def arrests(tracker):
    return {row["name"]: row["since"] for row in tracker.rows("remaining", "--columns", "name,since")}


def changesets(tracker):
    with sqlite3.connect(tracker.database) as db:
        return db.execute("SELECT count(*) FROM changesets").fetchone()[0]


# Dates in figures with the year last


def test_dates_in_figures_are_refused_with_the_option_and_what_their_column_tells(tracker):
    before = changesets(tracker)
    for command in (("import", "list.csv", "-s", SOURCE), ("compare", "list.csv")):
        written(DATED)
        refused = tracker(*command)
        assert refused.code == 3
        assert "list.csv, row 2, detained_on “03/04/2025”: is the day first, or the month?" in refused.err
        assert "Row 3 has “13/1/2025” (detained_on), so these look day first: say --dates day-first." in refused.err
        written(DATED.replace("13/1/2025", "1/13/2025"))
        assert "these look month first: say --dates month-first." in tracker(*command).err
        written(DATED.replace("13/1/2025", "5.6.2025"))
        assert "Nothing in the list tells. Say --dates day-first or --dates month-first" in tracker(*command).err
        written(DATED + "Eva Soto,VE,1/13/2025\n")
        mixed = tracker(*command).err
        assert "“13/1/2025” (row 3, detained_on) can only be day first, “1/13/2025” (row 4, detained_on)" in mixed
    # Neither a rehearsal nor --skip-bad goes on: the question is about the list, not about a row.
    written(DATED)
    assert tracker("import", "list.csv", "-s", SOURCE, "--skip-bad", "bad.csv").code == 3
    assert tracker("import", "list.csv", "-s", SOURCE, "--dry-run").code == 3
    assert not Path("bad.csv").exists()
    assert changesets(tracker) == before


def test_an_order_is_declared_once_and_reused_for_the_next_version_which_says_so(tracker):
    done = tracker.ok("import", written(DATED), "-s", SOURCE, "--dates", "day-first")
    assert arrests(tracker) == {"Ana Ruiz Pineda": "2025-04-03", "Tulio Febres Osío": "2025-01-13"}
    assert "as saved" not in done.err
    again = tracker.ok("import", written(DATED + "Eva Soto,VE,02.05.2025\n", "next.csv"), "-s", NEXT)
    assert "Dates are read day first, as saved for this list." in again.err
    assert "1 new person. 2 known already." in again.err.replace("2 on record gain something", "2 known already")
    assert arrests(tracker)["Eva Soto"] == "2025-05-02"
    compared = tracker.ok("compare", "next.csv", "--csv")
    assert "Dates are read day first, as saved for this list." in compared.err
    assert {row["group"] for row in csv.DictReader(io.StringIO(compared.out))} == {"matched"}


def test_another_mapping_keeps_the_order_that_was_declared(tracker):
    tracker.ok("import", written(DATED), "-s", SOURCE, "--dates", "día primero")
    renamed = "name,nationalities,Visto\nRita Paz Soto,CO,03/04/2025\n"
    tracker.ok("import", written(renamed, "two.csv"), "-s", NEXT, "--map", "Visto=detained_on")
    told = tracker.ok(
        "import", written("name,nationalities,detained_on\nJuana Galindo,PE,03/04/2025\n", "three.csv"), "-s", SOURCE
    )
    assert "Dates are read day first, as saved for this list." in told.err
    assert arrests(tracker)["Rita Paz Soto"] == arrests(tracker)["Juana Galindo"] == "2025-04-03"


def test_a_date_that_does_not_fit_the_declared_order_is_refused_with_its_row(tracker):
    written(DATED + "Eva Soto,VE,1/13/2025\nRita Paz,VE,30/02/2025\n")
    refused = tracker("import", "list.csv", "-s", SOURCE, "--dates", "day-first")
    assert refused.code == 3
    assert "row 4, detained_on: “1/13/2025” does not fit the order of day and month" in refused.err
    assert "row 5" in refused.err
    assert "February 2025 has 28 days" in refused.err
    skipped = tracker("import", "list.csv", "-s", SOURCE, "--dates", "day-first", "--skip-bad", "bad.csv")
    assert skipped.code == 5
    with Path("bad.csv").open(encoding="utf-8", newline="") as file:
        assert [row["detained_on"] for row in csv.DictReader(file)] == ["1/13/2025", "30/02/2025"]


def test_a_word_that_is_no_order_is_refused(tracker):
    refused = tracker("import", written(DATED), "-s", SOURCE, "--dates", "year-first")
    assert refused.code == 3
    assert "--dates takes day-first / month-first, not “year-first”." in refused.err


def test_dates_as_people_write_them_in_lists(tracker):
    text = "name,nationalities,detained_on\nAna Ruiz,VE,20250403\nEva Soto,VE,jueves 3 de abril de 2025\n"
    text += 'Rita Paz,VE,"Thursday, 3 April 2025"\nLeo Paz,VE,Thursday 03/04/2025 14:30\nJosé Sanz,VE,04/2025\n'
    tracker.ok("import", written(text), "-s", SOURCE, "--dates", "day-first")
    assert sorted(arrests(tracker).values()) == [
        "2025-04",
        "2025-04-03",
        "2025-04-03",
        "2025-04-03",
        "2025-04-03T14:30",
    ]
    wrong = tracker("import", written(text.replace("jueves", "lunes"), "two.csv"), "-s", NEXT, "--dates", "day-first")
    assert wrong.code == 3
    assert "names the wrong day of the week: 3 April 2025 is a Thursday." in wrong.err


def test_the_column_of_snapshots_and_claims_follow_the_order_too(tracker):
    text = "Day,name,nationalities\n03/04/2025,Ana Ruiz,VE\n04/04/2025,Ana Ruiz,VE\n"
    words = ("import", written(text), "-s", SOURCE, "--snapshot-by", "Day", "--one-person-by", "name")
    assert "snapshot “03/04/2025”: is the day first" in tracker(*words).err
    tracker.ok(*words, "--dates", "day-first")
    with sqlite3.connect(tracker.database) as db:
        assert [row[0] for row in db.execute("SELECT as_of FROM lists ORDER BY id")] == ["2025-04-03", "2025-04-04"]
    tracker.ok("claimant", "add", "Foro Libre", "--kind", "monitor")
    claims = "claimant,measure,min,max,as_of,source\nForo Libre,released,24,24,03/04/2025,uno-2026-01-12\n"
    refused = tracker("claim", "import", written(claims, "claims.csv"))
    assert refused.code == 3
    assert "say --dates" in refused.err.lower()
    tracker.ok("claim", "import", "claims.csv", "--dates", "month-first")
    assert [row["as_of"] for row in tracker.rows("claim", "list")] == ["2025-03-04"]


def test_a_list_of_claims_keeps_its_order_of_dates_and_a_constant_follows_it(tracker):
    tracker.ok("claimant", "add", "Foro Libre", "--kind", "monitor")
    claims = "claimant,measure,min,max,as_of\nForo Libre,released,24,24,03/04/2025\n"
    tracker.ok("claim", "import", written(claims), "-s", SOURCE, "--dates", "day-first")
    again = tracker.ok(
        "claim", "import", written(claims.replace("03/04", "04/05").replace(",24", ",30"), "next.csv"), "-s", NEXT
    )
    assert "Dates are read day first, as saved for this list." in again.err
    assert sorted(row["as_of"] for row in tracker.rows("claim", "list")) == ["2025-04-03", "2025-05-04"]
    people = ("import", written("name,nationalities\nAna Ruiz,VE\n", "people.csv"), "--no-source")
    assert "--dates day-first" in tracker(*people, "--constant", "detained_on=03/04/2025").err
    tracker.ok(*people, "--constant", "detained_on=03/04/2025", "--dates", "month-first")
    assert arrests(tracker) == {"Ana Ruiz": "2025-03-04"}


# Titles above the header

TITLED = "Presos políticos en Venezuela;;\n;;\nNombre;Nacionalidad;Fecha de detención\nAna Ruiz;VE;2025-04-03\n"


def test_a_title_above_the_header_is_told_with_the_row_to_name(tracker):
    for text in (TITLED, TITLED.replace(";;", "")):
        for command in (("import", "-s", SOURCE), ("compare",)):
            refused = tracker(command[0], written(text), *command[1:])
            assert refused.code == 3
            assert (
                "list.csv: row 1 (“Presos políticos en Venezuela”) names no column, and row 3 looks like the header:"
                " “Nombre”, “Nacionalidad”, “Fecha de detención”."
            ) in refused.err
            assert "Say --header-row 3; or --header-row 1" in refused.err
        tracker.ok("import", "list.csv", "-s", SOURCE, "--header-row", "3", "--list", f"list {len(text)}")
        assert arrests(tracker) == {"Ana Ruiz": "2025-04-03"}
    unknown = tracker("import", "list.csv", "-s", SOURCE, "--header-row", "1")
    assert "The column “Presos políticos en Venezuela” is not known." in unknown.err
    for word, sentence in (("2", "Row 2 of list.csv holds nothing."), ("99", "Row 99 of"), ("x", "whole number")):
        refused = tracker("import", "list.csv", "-s", SOURCE, "--header-row", word)
        assert refused.code == 3
        assert sentence in refused.err


def test_at_a_terminal_it_is_asked_which_row_is_the_header(tracker, monkeypatch):
    monkeypatch.setattr("tracker.cli.context.interactive", lambda: True)
    written(TITLED)
    asked = tracker("import", "list.csv", "-s", SOURCE, stdin="\n")
    assert asked.code == 3
    assert "1. Row 3 is the header." in asked.err
    tracker.ok("import", "list.csv", "-s", SOURCE, stdin="1\n")
    assert arrests(tracker) == {"Ana Ruiz": "2025-04-03"}
    assert (
        "“Presos políticos en Venezuela” is not known" in tracker("import", "list.csv", "-s", SOURCE, stdin="2\n").err
    )


def test_a_title_in_a_workbook_and_in_a_list_of_claims_is_told_too(tracker):
    book = openpyxl.Workbook()
    for row in (["Lista de presos"], [], ["Nombre", "Nacionalidad"], ["Ana Ruiz", "VE"]):
        book.active.append(row)
    book.save("list.xlsx")
    assert "--header-row 3" in tracker("import", "list.xlsx", "-s", SOURCE).err
    tracker.ok("import", "list.xlsx", "-s", SOURCE, "--header-row", "3")
    assert {row["name"] for row in tracker.rows("detainee", "list")} == {"Ana Ruiz"}
    claims = "Cifras\nclaimant,measure,min\nForo Libre,released,24\n"
    assert "--header-row 2" in tracker("claim", "import", written(claims), "--no-source").err
    Path("list.json").write_text('[{"name": "Ana"}]', encoding="utf-8")
    assert "--header-row is for tables" in tracker("import", "list.json", "-s", SOURCE, "--header-row", "2").err


# Text that was encoded twice

TWICE = "name,país,nationalities\nJosé García Muñoz,x,VE\nÁngel Íñiguez,y,VE\n".encode().decode("latin-1")


def test_text_that_was_encoded_twice_is_refused_told_and_repaired_only_if_asked(tracker):
    text = TWICE.replace("paÃ\xads", "place")
    for command in (("import", "-s", SOURCE, "--map", "place=-"), ("compare", "--map", "place=-")):
        refused = tracker(command[0], written(text), *command[1:])
        assert refused.code == 3
        assert "list.csv: 2 texts were encoded twice (UTF-8 read as Windows-1252): row 2" in refused.err
        assert "which was “José García Muñoz”; row 3" in refused.err
        assert "--repair-encoding" in refused.err
    done = tracker.ok("import", "list.csv", "-s", SOURCE, "--map", "place=-", "--repair-encoding")
    assert "2 texts that had been encoded twice are read as they were." in done.err
    assert {row["name"] for row in tracker.rows("detainee", "list")} == {"José García Muñoz", "Ángel Íñiguez"}
    tracker.ok("undo", "--yes")
    tracker.ok("import", written("name,nationalities\nJosÃ© Ruiz,VE\n"), "-s", SOURCE, "--keep-encoding")
    assert [row["name"] for row in tracker.rows("detainee", "list")] == ["JosÃ© Ruiz"]


def test_a_header_that_was_encoded_twice_is_told_and_repaired_too(tracker):
    text = TWICE.replace("paÃ\xads", "ocupaciÃ³n")
    refused = tracker("import", written(text), "-s", SOURCE)
    assert "list.csv: 1 text was encoded twice (UTF-8 read as Windows-1252): row 1" in refused.err
    done = tracker.ok("import", "list.csv", "-s", SOURCE, "--repair-encoding")
    assert "3 texts that had been encoded twice" in done.err


def test_the_keys_of_json_that_were_encoded_twice_are_told_as_its_header(tracker):
    Path("list.json").write_text('[{"name": "JosÃ© Ruiz", "paÃ­s": "VE"}]', encoding="utf-8")
    refused = tracker("import", "list.json", "-s", SOURCE)
    assert "1 text was encoded twice (UTF-8 read as Windows-1252): header" in refused.err
    tracker.ok("import", "list.json", "-s", SOURCE, "--repair-encoding", "--map", "país=nationalities")
    assert [row["name"] for row in tracker.rows("detainee", "list")] == ["José Ruiz"]


def test_what_has_lost_letters_since_is_told_even_if_repair_is_asked(tracker):
    text = "name,nationalities\nJosé GarcÃa,VE\n"
    refused = tracker("import", written(text), "-s", SOURCE, "--repair-encoding")
    assert refused.code == 3
    assert "1 text was encoded twice and has lost letters since: row 2 “José GarcÃa”." in refused.err


def test_sound_names_of_every_language_are_no_double_encoding(tracker):
    names = ["João Ângelo Ñáñez", "MARIA DA CONCEIÇÃO", "Ãngela “Ñata” Brandão", "Željko Šešelj", "Łukasz Œuvray"]
    text = "name,nationalities\n" + "".join(f"{name},VE\n" for name in names)
    tracker.ok("import", written(text), "-s", SOURCE)
    assert {row["name"] for row in tracker.rows("detainee", "list")} == set(names)


# Several sources in one cell


@pytest.mark.parametrize("joint", [" ", "; ", ";\n", ", "])
def test_every_source_that_a_cell_names_is_cited(tracker, joint):
    other = "https://www.dos.example/2026/01/14/otra"
    text = f'name,nationalities,detained_on,source\nAna Ruiz,VE,2025-04-03,"{SOURCE}{joint}{other}"\n'
    rehearsed = tracker.ok("import", written(text), "--dry-run")
    assert "1 new person" in rehearsed.err
    done = tracker.ok("import", "list.csv")
    assert "1 row read. 1 new person." in done.err
    [person] = tracker.rows("remaining", "--columns", "name,sources")
    assert person["sources"] == "dos-2026-01-14; uno-2026-01-12"
    assert (
        "1 row read. 1 known already."
        in tracker.ok("import", written(text + "\n", "again.csv"), "--list", "list.csv").err
    )


def test_a_slug_beside_a_slug_and_a_claim_in_two_sources(tracker):
    for slug, day in (("uno-2026-01-12", "2026-01-12"), ("dos-2026-01-14", "2026-01-14")):
        tracker.ok("source", "add", "Nota", "--slug", slug, "--published", day)
    tracker.ok("claimant", "add", "Foro Libre", "--kind", "monitor")
    both = "uno-2026-01-12; dos-2026-01-14"
    claims = f"claimant,measure,min,max,source\nForo Libre,released,24,24,{both}\n"
    done = tracker.ok("claim", "import", written(claims))
    assert "1 row read. 1 new claim." in done.err
    [claim] = tracker.rows("claim", "list", "--columns", "sources")
    assert claim["sources"] == "dos-2026-01-14; uno-2026-01-12"
    tracker.ok(
        "import", written(f"name,identifier,detained_on,source\nAna Ruiz,case=12,2025-04-03,{both}\n", "two.csv")
    )
    # Onto somebody on record, whose release both sources report.
    text = f"name,identifier,detained_on,released_on,source\nAna Ruiz,case=12,2025-04-03,2026-01-13,{both}\n"
    tracker.ok("import", written(text, "three.csv"))
    [release] = tracker.rows("release", "list", "--columns", "name,on,sources")
    assert (release["on"], release["sources"]) == ("2026-01-13", "dos-2026-01-14; uno-2026-01-12")
    wrong = tracker("import", written(text.replace("2026-01-13", "2026-02-30"), "four.csv"))
    assert wrong.code == 3
    assert "1 problem was found" in wrong.err
    assert tracker("import", written(text.replace("dos-", "no-such-"), "five.csv")).code == 3
    assert "1 problem was found" in tracker("claim", "import", written(claims.replace("24", "x", 1))).err


# Rows put right


def reckoned(tracker):
    """Return a list whose names are formulas that no spreadsheet program has worked out yet."""
    book = openpyxl.Workbook()
    for row in (["name", "nationalities"], ["Ana Ruiz", "VE"], ['=A2&" Soto"', "VE"], [None, "CO"]):
        book.active.append(row)
    book.save("list.xlsx")
    return "list.xlsx"


def test_a_formula_without_a_result_is_kept_in_the_file_to_be_corrected_and_not_taken_from_it(tracker):
    skipped = tracker("import", reckoned(tracker), "-s", SOURCE, "--skip-bad", "bad.csv")
    assert skipped.code == 5
    with Path("bad.csv").open(encoding="utf-8", newline="") as file:
        [first, *_rest] = csv.DictReader(file)
    assert first["name"] == '=A2&" Soto"'
    assert "a formula without its result" in first["tracker problem"]
    text = Path("bad.csv").read_text(encoding="utf-8")
    again = tracker("import", "bad.csv", "-s", SOURCE)
    assert again.code == 3
    assert "The cell still holds a formula; write its result." in again.err
    written(text.replace('"=A2&"" Soto"""', "Rita Soto").replace(",,CO", ",Leo Paz,CO"), "bad.csv")
    tracker.ok("import", "bad.csv", "-s", SOURCE)
    assert {"Ana Ruiz", "Rita Soto"} <= {row["name"] for row in tracker.rows("detainee", "list")}


def listed(tracker):
    """Return (day of the list, how many rows it holds) for each list on record."""
    sql = "SELECT as_of, (SELECT count(*) FROM list_rows r WHERE r.list = l.id) FROM lists l ORDER BY l.id"
    with sqlite3.connect(tracker.database) as db:
        return db.execute(sql).fetchall()


def test_rows_of_dated_lists_that_were_put_right_belong_to_the_very_lists_they_left(tracker):
    """Also where all rows of a list were bad, and where the file is called otherwise and its source is not."""
    text = (
        "Day,name,nationalities,sex\n2024,Ana Ruiz,VE,\n2024,Eva Soto,VE,x9\n2025,Ana Ruiz,VE,y9\n2025,Eva Soto,VE,z9\n"
    )
    words = ("--snapshot-by", "Day", "--one-person-by", "name", "--no-source")
    skipped = tracker("import", written(text), *words, "--skip-bad", "bad.csv")
    assert skipped.code == 5
    assert listed(tracker) == [("2024", 1), ("2025", 0)]
    bad = Path("bad.csv").read_text(encoding="utf-8")
    written(bad.replace("x9", "f").replace("y9", "").replace("z9", "f").replace(",2025,", ",2024,"), "corrected.csv")
    done = tracker.ok("import", "corrected.csv", *words)
    assert "no longer on" not in done.err
    assert listed(tracker) == [("2024", 2), ("2025", 2)]
    before = changesets(tracker)
    again = tracker.ok("import", "corrected.csv", *words)
    assert "Nothing was changed." in again.err
    assert listed(tracker) == [("2024", 2), ("2025", 2)]
    assert changesets(tracker) == before


def test_rows_put_right_need_no_name_and_know_the_order_of_dates_of_their_list(tracker):
    skipped = tracker(
        "import",
        written(DATED + "Eva Soto,XX,05/06/2025\n"),
        "--no-source",
        "--dates",
        "day-first",
        "--skip-bad",
        "bad.csv",
    )
    assert skipped.code == 5
    written(Path("bad.csv").read_text(encoding="utf-8").replace("XX", "VE"), "corrected.csv")
    done = tracker.ok("import", "corrected.csv", "--no-source")
    assert "Dates are read day first, as saved for this list." in done.err
    assert "no longer on" not in done.err
    assert arrests(tracker)["Eva Soto"] == "2025-06-05"
    assert [rows for _day, rows in listed(tracker)] == [3]
