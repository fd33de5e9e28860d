"""The strict reader: every cell is text with a place, and nothing is guessed or dropped."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.lists import LIST
from tracker.errors import BadValue, DiskTrouble
from tracker.importing.problems import Problems
from tracker.importing.reading.records import LONGEST_CELL, LONGEST_ROW
from tracker.importing.rows import read_lines

COLUMNS = ("ref", "name", "note")


def read(path: Path, columns=COLUMNS, required=()):
    problems = Problems()
    lines = list(read_lines(path, columns, problems, required=required))
    return lines, problems


def wrong(tmp_path: Path, data: bytes, columns=COLUMNS, required=()) -> list[str]:
    path = tmp_path / "people.csv"
    path.write_bytes(data)
    return read(path, columns, required)[1].told


def test_cells_stay_text_and_know_their_row(tmp_path):
    path = tmp_path / "people.csv"
    path.write_bytes(b'ref,name\r\n00123,"Ruiz, Ana"\r\n\r\n,\r\n2,"two\nlines"\r\n')
    lines, problems = read(path)
    assert not problems.count
    assert [(line.number, line.cells) for line in lines] == [
        (2, {"ref": "00123", "name": "Ruiz, Ana"}),
        (5, {"ref": "2", "name": "two\nlines"}),
    ]


def test_byte_order_mark_and_spanish_headers_are_understood(tmp_path):
    path = tmp_path / "people.csv"
    path.write_bytes("\ufeffNombre completo,Fecha de detención\nAna Ruiz,2025\n".encode())
    lines, problems = read(path, LIST)
    assert not problems.count
    assert lines[0].cells == {"name": "Ana Ruiz", "detained_on": "2025"}


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "people.csv, row 1: There is no header: the first row must name the columns."),
        (b",,\n", "people.csv, row 1: There is no header: the first row must name the columns."),
        (
            b"ref,nmae\n1,x\n",
            "people.csv, row 1: There is no column “nmae” in this kind of list. Did you mean name?",
        ),
        (b"ref,,name\n", "people.csv, row 1: Column 2 has no header."),
        (b"name,full name\n", "people.csv, row 1: The column name is there twice."),
        (b"ref,name\n1\n", "people.csv, row 2: The row has 1 cells, the header has 2."),
        (b"ref,name\n1,2,3\n", "people.csv, row 2: The row has 3 cells, the header has 2."),
        (b"ref\n\xe1rbol\n", "people.csv, row 2: The row is not UTF-8 text. Save the file as CSV UTF-8."),
        (b"ref\na\x00b\n", "people.csv, row 2: The row holds a NUL byte; no text has one."),
        (b'ref\n1\n"open\n', "people.csv, row 3: A quotation mark is opened and never closed."),
        (
            b'ref\n"a"b\n',
            (
                "people.csv, row 2: A cell in quotation marks goes on after the closing one;"
                " a quotation mark inside is written twice."
            ),
        ),
        (
            b"ref\n" + b"x" * (LONGEST_CELL + 1) + b"\n",
            f"people.csv, row 2: A cell is longer than {LONGEST_CELL} characters; is a quotation mark left open?",
        ),
        (
            b"ref\n" + b"x" * (LONGEST_ROW + 10) + b"\n",
            f"people.csv, row 2: The row is longer than {LONGEST_ROW} characters; is a quotation mark left open?",
        ),
        (
            b'ref\n"' + b"x\n" * LONGEST_ROW + b'"\n',
            f"people.csv, row 2: A cell is longer than {LONGEST_CELL} characters; is a quotation mark left open?",
        ),
    ],
)
def test_what_is_wrong_with_a_file_is_told_with_its_place(tmp_path, data, told):
    assert wrong(tmp_path, data) == [told]


def test_missing_columns_are_named(tmp_path):
    assert wrong(tmp_path, b"note\n", required=("ref", "name")) == [
        "people.csv, row 1: The columns ref, name are missing."
    ]


def test_every_ragged_row_is_told_and_the_good_ones_still_read(tmp_path):
    path = tmp_path / "people.csv"
    path.write_bytes(b"ref,name\n1\na,b\n2,3,4\n")
    lines, problems = read(path)
    assert problems.count == 2
    assert [line.cells for line in lines] == [{"ref": "a", "name": "b"}]


def test_a_missing_file_is_a_sentence(tmp_path):
    with pytest.raises(DiskTrouble, match="cannot be read"):
        list(read_lines(tmp_path / "none.csv", COLUMNS, Problems()))


def test_only_the_first_twenty_problems_are_told_but_all_are_counted():
    problems = Problems()
    for row in range(2, 47):
        problems.add("odd", file="list.csv", row=row)
    with pytest.raises(BadValue) as caught:
        problems.stop_if_any()
    assert caught.value.message == "45 problems were found, and nothing was written:"
    assert len(caught.value.candidates) == 20
    assert caught.value.hint is not None
    assert "first 20" in caught.value.hint


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


@given(rows=st.lists(st.tuples(TEXT, TEXT, TEXT), max_size=8))
def test_what_csv_writes_is_read_back_cell_for_cell(tmp_path_factory, rows):
    file = io.StringIO(newline="")
    csv.writer(file).writerows([COLUMNS, *rows])
    path = tmp_path_factory.mktemp("csv") / "people.csv"
    path.write_bytes(file.getvalue().encode())
    lines, problems = read(path)
    assert not problems.count
    filled = [[cell if cell and not cell.isspace() else None for cell in row] for row in rows]
    assert [[line.cells.get(column) for column in COLUMNS] for line in lines] == [row for row in filled if any(row)]
