"""What goes wrong with lists and the files written for them: nothing is lost, nothing written over, all of it said."""

import csv
import os
from pathlib import Path

import openpyxl
import pytest

SOURCE = "https://www.uno.example/2026/01/12/lista"
BAD = "name,detained_on\nAna Ruiz Pineda,2025-02-03\nEva Soto,2026-02-30\n"
CLAIMS = "claimant,measure,min,as_of\nForo Penal,released,72,2026-01-14\n"


def written(text, name="list.csv"):
    Path(name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return name


def names(tracker):
    return {row["name"] for row in tracker.rows("detainee", "list")}


def rows_of(path):
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# The files that are written


@pytest.fixture
def waiting(tracker):
    """A question that waits for an answer."""
    tracker.ok("import", written("name,age\nAna Ruiz Pineda,40\n"), "-s", SOURCE)
    tracker.ok("import", written("name\nAna Ruiz Pineda\n", "two.csv"), "--no-source")
    assert len(tracker.rows("review")) == 1
    return tracker


WRITING = (
    ("import", "list.csv", "--no-source", "--skip-bad"),
    ("import", "list.csv", "--no-source", "--review"),
    ("import", "list.csv", "--no-source", "--dry-run", "-o"),
    ("compare", "list.csv", "-o"),
    ("claim", "import", "claims.csv", "--no-source", "--create-claimants", "-o"),
    ("review", "-o"),
    ("review", "--write"),
)


@pytest.mark.parametrize("words", WRITING, ids=" ".join)
def test_no_file_of_a_list_is_written_over_the_record(waiting, words):
    written(BAD)
    written(CLAIMS, "claims.csv")
    before = waiting.database.read_bytes()
    Path("linked.db").symlink_to(waiting.database)
    os.link(waiting.database, "same.db")
    for name in (waiting.database.name, str(waiting.database), "linked.db", "same.db"):
        refused = waiting(*words, name)
        assert (refused.code, "is the database itself" in refused.err) == (3, True)
    refused = waiting(*words, f"{waiting.database.name}-journal")
    assert (refused.code, "belongs to the database" in refused.err) == (3, True)
    assert waiting.database.read_bytes() == before
    assert not Path(f"{waiting.database.name}-journal").exists()


@pytest.mark.parametrize("words", [words for words in WRITING if words[-1] != "-o"], ids=" ".join)
def test_a_file_that_may_hold_work_is_not_written_over(waiting, words):
    written(BAD)
    written("answers", "sheet.csv")
    before = waiting.database.read_bytes()
    refused = waiting(*words, "sheet.csv")
    assert refused.code == 3
    assert "sheet.csv is there already, and is not written over." in refused.err
    assert Path("sheet.csv").read_text(encoding="utf-8") == "answers"
    assert waiting.database.read_bytes() == before


def test_two_files_of_one_name_and_a_list_compared_are_refused(tracker):
    written(BAD)
    twice = tracker("import", "list.csv", "--no-source", "--skip-bad", "x.csv", "--review", "./x.csv")
    assert (twice.code, "is named twice" in twice.err) == (3, True)
    written("name\nEva Soto\n", "two.csv")
    over = tracker("compare", "list.csv", "two.csv", "-o", "two.csv")
    assert (over.code, "two.csv is the list itself" in over.err) == (3, True)
    assert not Path("x.csv").exists()
    assert names(tracker) == set()


# Rows that cannot be read


def test_after_a_nul_or_a_misplaced_quote_the_other_rows_are_read_and_the_bad_ones_kept(tracker):
    text = b'name,note\nZero Uno,a\nA\0B,x\nCora Diaz,y\n"Eva "la Negra" Soto",z\nOto \xff Paz,n\xf1\nFelix Gil,z\n'
    told = tracker("import", written(text), "--no-source", "--encoding", "utf-8", "--skip-bad", "bad.csv")
    assert told.code == 5
    assert "6 rows read. 3 new people. 3 cannot be taken." in told.err
    assert names(tracker) == {"Zero Uno", "Cora Diaz", "Felix Gil"}
    bad = rows_of("bad.csv")
    assert [row["name"] for row in bad] == ["A\ufffdB", 'Eva la Negra" Soto"', "Oto \ufffd Paz"]
    assert "NUL" in bad[0]["tracker problem"]
    # What was no text is never taken for text; what was put right is.
    again = tracker("import", "bad.csv", "--no-source", "--skip-bad", "worse.csv")
    assert (again.code, len(rows_of("worse.csv"))) == (5, 2)
    Path("worse.csv").write_text(Path("worse.csv").read_text().replace("\ufffd", "é"))
    tracker.ok("import", "worse.csv", "--no-source")
    assert {"AéB", "Oto é Paz"} <= names(tracker)


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ('C D,"y\nE F,z\nG H,z\n', "row 3: A quotation mark is opened and never closed."),
        ('C D,"y\nE F,z"\nG "H,"i\nj"k",z\nK L,z\n', "row 4: A cell in quotation marks goes on after the closing one"),
        ("C D," + "y" * 1_000_001 + "\nE F,z\n", "row 3: The row is longer than 1000000 characters"),
        ('C D,"' + "y" * 100_001 + '"\nE F,z\n', "row 3: A cell is longer than 100000 characters"),
    ],
    ids=["open", "crooked", "long row", "long cell"],
)
def test_where_the_next_row_begins_is_not_certain_nothing_is_taken(tracker, broken, why):
    written("name,note\nZero Uno,a\n" + broken)
    for words in (("--skip-bad", "bad.csv"), ("--dry-run",)):
        told = tracker("import", "list.csv", "--no-source", *words)
        assert (told.code, why in told.err) == (3, True), told
        assert "nothing was taken" in told.err
    assert names(tracker) == set()
    assert not Path("bad.csv").exists()
    assert tracker("compare", "list.csv").code == 3


def test_an_error_cell_is_told_unless_it_is_said_to_mean_empty(tracker):
    book = openpyxl.Workbook()
    for cells in (("name", "identifier", "note"), ("Ana Ruiz Pineda", "#N/A", "x"), ("Eva Soto", None, "#N/A")):
        book.active.append(cells)
    book.save("list.xlsx")
    told = tracker("import", "list.xlsx", "--no-source", "--skip-bad", "bad.csv")
    assert told.code == 5
    assert ["#N/A" in row["tracker problem"] for row in rows_of("bad.csv")] == [True, True]
    assert tracker("import", "bad.csv", "--no-source").code == 3
    tracker.ok("import", "list.xlsx", "--no-source", "--list", "other", "--empty", "#N/A")
    assert names(tracker) == {"Ana Ruiz Pineda", "Eva Soto"}


def test_rows_of_a_list_that_is_not_on_record_are_refused(tracker):
    written("tracker problem,tracker list,name\nx,L-zzzzzz,Ana Ruiz Pineda\n", "bad.csv")
    refused = tracker("import", "bad.csv", "--no-source")
    assert refused.code == 3
    assert "there is no list “L-zzzzzz” on record" in refused.err
    named = tracker("import", "bad.csv", "--no-source", "--list", "lawyers")
    assert (named.code, "There is no list “L-zzzzzz” under the name “lawyers”." in named.err) == (3, True)
    assert names(tracker) == set()
    tracker("import", written(BAD), "--no-source", "--skip-bad", "skipped.csv")
    Path("skipped.csv").write_text(Path("skipped.csv").read_text().replace("02-30", "02-03") + "x,L-zzzzzz,Rita Paz,\n")
    mixed = tracker("import", "skipped.csv", "--no-source")
    assert (mixed.code, "row 3, tracker list: There is no list “L-zzzzzz”" in mixed.err) == (3, True)


# Stopping


@pytest.fixture
def three(tracker, monkeypatch):
    """Three questions, at a terminal."""
    people = "".join(f"{name} Pineda,40\n" for name in ("Ana Ruiz", "Eva Soto", "Rita Paz"))
    tracker.ok("import", written("name,age\n" + people), "-s", SOURCE)
    written("name\n" + people.replace(",40", ""), "two.csv")
    tracker.ok("import", "two.csv", "--no-source")
    monkeypatch.setattr("tracker.cli.context.interactive", lambda: True)
    monkeypatch.setattr("tracker.cli.context.on_terminal", lambda: True)
    return tracker


def test_a_review_that_is_stopped_says_what_it_kept(three):
    stopped = three("review", stdin="1\n1\n")  # then the input ends, as with Ctrl-C
    assert stopped.code == 130
    assert "Stopped. 2 answers were kept before." in stopped.err
    assert "Nothing was changed" not in stopped.err
    assert len(three.rows("review")) == 1
    assert "Stopped. Nothing was changed." in three("review", stdin="").err


def test_answers_of_a_sheet_that_are_stopped_are_counted(three, monkeypatch):
    from tracker.importing.lists import answering

    three.ok("review", "--write", "asked.csv")
    rows = rows_of("asked.csv")
    with Path("asked.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows({**row, "answer": "different"} for row in rows)
    answer, asked = answering.answer, []

    def stopping(*given, **words):
        asked.append(given)
        if len(asked) == 2:
            raise KeyboardInterrupt
        return answer(*given, **words)

    monkeypatch.setattr(answering, "answer", stopping)
    stopped = three("review", "--read", "asked.csv")
    assert (stopped.code, "Stopped. 1 answer was kept before." in stopped.err) == (130, True)
    assert len(three.rows("review")) == 2


# The same file again


def test_the_same_file_with_another_mapping_is_read_again_and_nobody_is_doubled(tracker):
    written("name,Extra,day\nAna Ruiz Pineda,ES,2025-02-03\nEva Soto,CO,2025-02-04\n")
    words = ("import", "list.csv", "-s", SOURCE, "--map", "Extra=-")
    tracker.ok(*words, "--map", "day=-")
    for same in ((), ("--map", "Extra=-", "--map", "day=-")):
        assert "nothing to do" in tracker.ok("import", "list.csv", "-s", SOURCE, *same).err
    again = tracker.ok(*words, "--map", "day=detained_on")
    assert "2 rows read. 2 on record gain something." in again.err
    tracker.ok("import", "list.csv", "-s", SOURCE, "--map", "Extra=nationalities")
    people = tracker.rows("remaining", "--columns", "name,since,nationalities")
    assert [tuple(one.values()) for one in people] == [
        ("Ana Ruiz Pineda", "2025-02-03", "ES"),
        ("Eva Soto", "2025-02-04", "CO"),
    ]
    assert "nothing to do" in tracker.ok("import", "list.csv", "-s", SOURCE).err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--map", "name=nonsense"), "There is no field"),
        (("--map", "nowhere=note"), "has no column"),
        (("--constant", "sex=banana"), "banana"),
        (("--constant", "nonsense=x"), "There is no field"),
        (("--as-of", "2026-02-30"), "February 2026"),
        (("--dates", "ymd"), "--dates takes day-first / month-first, not “ymd”."),
    ],
)
def test_bad_options_are_refused_for_a_file_that_is_known_too(tracker, words, said):
    tracker.ok("import", written("name\nAna Ruiz Pineda\n"), "--no-source")
    before = tracker.database.read_bytes()
    refused = tracker("import", "list.csv", "--no-source", *words)
    assert (refused.code, said in refused.err) == (3, True), refused
    assert tracker.database.read_bytes() == before


def test_a_known_file_says_how_many_of_its_rows_are_still_out_and_where(tracker):
    assert tracker("import", written(BAD + "Rita Paz,x\n"), "--no-source", "--skip-bad", "bad.csv").code == 5
    again = tracker.ok("import", "list.csv", "--no-source")
    assert "2 of its rows are still out: they were written into bad.csv, to be corrected." in again.err
    Path("bad.csv").write_text(Path("bad.csv").read_text().replace("2026-02-30", "2026-02-03"))
    assert tracker("import", "bad.csv", "--no-source", "--skip-bad", "worse.csv").code == 5
    again = tracker.ok("import", "list.csv", "--no-source", "--dry-run")
    assert "1 of its rows is still out: it was written into worse.csv, to be corrected." in again.err
    assert "The list has no rows" not in again.err + again.out
    Path("worse.csv").write_text(Path("worse.csv").read_text().replace(",x", ",2026-02-05"))
    tracker.ok("import", "worse.csv", "--no-source")
    assert "still out" not in tracker.ok("import", "list.csv", "--no-source").err
    assert len(names(tracker)) == 3


def test_another_sheet_of_a_known_workbook_is_another_list(tracker):
    book = openpyxl.Workbook()
    for title, name in (("one", "Ana Ruiz Pineda"), ("two", "Eva Soto")):
        sheet = book.create_sheet(title)
        sheet.append(["name"])
        sheet.append([name])
    book.save("list.xlsx")
    for title in ("one", "two"):
        tracker.ok("import", "list.xlsx", "--no-source", "--sheet", title)
    assert names(tracker) == {"Ana Ruiz Pineda", "Eva Soto"}
    for title in ("one", "two"):
        assert "nothing to do" in tracker.ok("import", "list.xlsx", "--no-source", "--sheet", title).err


def test_what_stands_for_empty_is_kept_with_the_mapping_and_said(tracker):
    tracker.ok("import", written("name,sex\nAna Ruiz Pineda,n/k\n"), "-s", SOURCE, "--empty", "n/k")
    written("name,sex\nAna Ruiz Pineda,n/k\nEva Soto,n/k\n", "next.csv")
    done = tracker.ok("import", "next.csv", "-s", "https://www.uno.example/2026/01/19/lista")
    assert "Read as empty cells, as saved for this list: “n/k”." in done.err
    assert tracker.ok("compare", "next.csv").err.count("“n/k”") == 1
    other = tracker("import", "next.csv", "-s", SOURCE, "--empty", "x")
    assert (other.code, "n/k" in other.err) == (3, True)


def test_what_stands_for_empty_is_kept_for_claims(tracker):
    words = ("claim", "import", "claims.csv", "--no-source", "--create-claimants", "--list", "counts")
    written(CLAIMS.replace("as_of", "as_of,max").replace("2026-01-14", "2026-01-14,n/k"), "claims.csv")
    tracker.ok(*words, "--empty", "n/k")
    assert "Read as empty cells, as saved for this list: “n/k”." in tracker.ok(*words).err


# While a list is read


@pytest.mark.parametrize(
    "words", [("import", "--no-source"), ("compare",), ("claim", "import", "--no-source", "--create-claimants")]
)
def test_a_list_that_is_written_while_it_is_read_is_refused(tracker, monkeypatch, words):
    from tracker.importing.reading import Reading

    written(CLAIMS if words[0] == "claim" else "name\nAna Ruiz Pineda\n")
    rows = Reading.rows

    def growing(reading):
        for row in rows(reading):
            yield row
            with Path("list.csv").open("a", encoding="utf-8") as file:
                file.write("\n")

    monkeypatch.setattr(Reading, "rows", growing)
    before = tracker.database.read_bytes()
    refused = tracker(*words, "list.csv")
    assert refused.code == 3
    assert "list.csv was written by another program while it was read." in refused.err
    assert tracker.database.read_bytes() == before


def test_a_list_that_was_only_touched_is_taken(tracker, monkeypatch):
    from tracker.importing.lists import run

    made = run.directory_of

    def touching(*given):
        os.utime("list.csv", (1, 1))
        return made(*given)

    monkeypatch.setattr(run, "directory_of", touching)
    tracker.ok("import", written("name\nAna Ruiz Pineda\n"), "--no-source")


def test_how_far_a_list_is_tells_how_much_is_left():
    from tracker.cli.taking_in import how_far

    assert how_far(40_000, 2.0, 0.04) == "40000 of about 1000000 rows, 20000 a second, about 0:48 left"
    assert how_far(40_000, 2.0, None) == how_far(40_000, 2.0, 1.0) == "40000 rows, 20000 a second"


def test_a_file_knows_how_much_of_it_is_read_and_a_stream_does_not():
    from tracker.importing.reading import open_list

    text = "name,note\n" + f"Ana Ruiz Pineda,{'x' * 1_000}\n" * 1_000
    reading = open_list(Path(written(text)))
    shares = [reading.file.share() for _row in reading.rows()]
    assert shares == sorted(shares)
    assert 0 < shares[0] < 0.3 < shares[500] < 0.8 < shares[-1] <= 1
    with Path("list.csv").open("rb") as stream:
        sent = open_list(None, stream)
        assert {sent.file.share() for _row in sent.rows()} == {None}


# Who says so


def test_the_claimant_of_the_whole_list_is_made_too_if_that_may_be(tracker):
    written("name\nAna Ruiz Pineda\n")
    words = ("import", "list.csv", "-s", SOURCE, "-c", "Comité Uno")
    assert tracker(*words).code == 4
    done = tracker.ok(*words, "--create-claimants")
    assert "New claimants, of the kind other: “Comité Uno”." in done.err
    written("measure,min,as_of\nreleased,72,2026-01-14\n", "claims.csv")
    claims = ("claim", "import", "claims.csv", "--no-source", "-c", "Comité Dos")
    assert tracker(*claims).code == 4
    tracker.ok(*claims, "--create-claimants")
    tracker.ok(*words[:1], written("name\nEva Soto\n", "two.csv"), *words[2:], "--create-claimants")
    assert sorted(one["name"] for one in tracker.rows("claimant", "list") if "Comité" in one["name"]) == [
        "Comité Dos",
        "Comité Uno",
    ]


# What a file is


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("cut.json", b'[{"name": "Ana', "This is not JSON: a value is wrong or is cut off."),
        ("empty.json", b"[]", "empty.json: The list is empty."),
        ("numbers.json", b"[1, 2, 3]", "Its elements hold no fields; an object is wanted for each row"),
        ("bare.json", b"[{}, {}]", "Its elements hold no fields"),
        ("deep.json", b"[" * 100_000, "Lists or objects are nested too deeply."),
        ("noise.bin", bytes(range(256)) * 40, "noise.bin is neither text nor a spreadsheet."),
        ("noise.xlsx", bytes(range(253, -1, -1)) * 40, "noise.xlsx is neither text nor a spreadsheet."),
    ],
)
def test_a_file_that_is_no_list_is_told_for_what_it_is(tracker, name, data, said):
    written(data, name)
    for command in (("import", "--no-source"), ("compare",)):
        refused = tracker(*command, name)
        assert (refused.code, said in refused.err) == (3, True), refused
        assert "header" not in refused.err
        assert "--delimiter" not in refused.err


def test_the_fields_of_a_list_fit_a_page_when_piped_and_are_whole_as_csv(tracker):
    for words in (("import", "--list-fields"), ("claim", "import", "--list-fields")):
        page = tracker.ok(*words).out
        assert max(map(len, page.splitlines())) < 130
        rows = tracker.rows(*words)
        assert len({row["field"] for row in rows}) == len(rows)
        for row in rows:
            assert all(word in page for header in row["headers"].split("; ") for word in header.split())
