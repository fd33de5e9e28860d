"""XLSX: every cell comes back as the text it shows."""

import datetime as dt
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tracker.errors import BadValue
from tracker.importing.reading import Form, open_list
from tracker.importing.reading.sheet_cells import number_text, shows

DAY = dt.date(2026, 1, 8)


def moment(text: str) -> dt.datetime:
    """Return a time of no zone, as spreadsheets have them."""
    return dt.datetime.fromisoformat(text)


def saved(book: openpyxl.Workbook) -> io.BytesIO:
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def sheet(rows, formats=()) -> io.BytesIO:
    """Return a workbook of one sheet; `formats` is place → number format."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for place, code in dict(formats).items():
        book.active[place].number_format = code
    return saved(book)


def cells(file: io.BytesIO, **options):
    return [row.cells for row in open_list(None, file, **options).rows()]


def test_cells_are_the_text_they_show():
    file = sheet(
        [
            ["name", "id", "year", "on", "at", "month", "code", "ratio", "yes", "only year"],
            ["Ana\nRuiz", "00123", 2024, DAY, moment("2026-01-08 14:30"), DAY, 123, 0.1 + 0.2, True, DAY],
            ["Ñáñez", "=1", 2024.0, moment("2026-01-08 00:00"), dt.time(8, 5), None, 20251234567, -1.5, False, 1e20],
        ],
        {"F2": "mmm-yy", "G2": "00000", "J2": "yyyy"},
    )
    reading = open_list(None, file)
    assert reading.form == Form("xlsx", sheet="Sheet")
    assert reading.said == ["standard input is read as XLSX, sheet “Sheet”."]
    rows = list(reading.rows())
    assert rows[0].cells == (
        ["Ana\nRuiz", "00123", "2024", "2026-01-08", "2026-01-08 14:30", "2026-01", "00123", "0.3", "yes", "2026"]
    )
    assert rows[1].cells[3:] == ["2026-01-08", "08:05", "", "20251234567", "-1.5", "no", "100000000000000000000"]
    # openpyxl writes a text that begins with = as a formula; it has no result.
    assert [(one.column, one.message[:38]) for one in rows[1].wrong] == [
        ("id", "The cell holds a formula without its r")
    ]


def test_dates_counted_from_1904():
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(["on"])
    book.active.append([dt.date(2026, 1, 8)])
    assert cells(saved(book)) == [["2026-01-08"]]


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        ("46030", "d/m/yyyy;@", "2026-01-08"),
        ("46030", '[$-C0A]d "de" mmmm "de" yyyy', "2026-01-08"),
        ("46030.999999", "yyyy-mm-dd hh:mm:ss.000", "2026-01-09"),
        ("46030", "mmmm yyyy", "2026-01"),
        ("46030", "#,##0.00", "46030"),
        ("46030", '0 "days"', "46030"),
        ("46030", "[Red]General", "46030"),
        ("1.5", "[h]:mm", "36:00"),
        ("0.5", "h:mm AM/PM", "12:00"),
        ("1", "yyyy-mm-dd", "1900-01-01"),
        ("61", "yyyy-mm-dd", "1900-03-01"),
        ("60", "yyyy-mm-dd", None),
        ("-5", "yyyy-mm-dd", None),
        ("2958466", "yyyy-mm-dd", None),
        ("nan", "General", None),
        ("1e999", "General", None),
        ("x", "General", None),
        ("7", "0000", "0007"),
    ],
)
def test_numbers_in_their_formats(value, code, text):
    assert number_text(value, code, since_1904=False) == text


def test_a_percentage_and_a_phone_number_stay_numbers():
    assert shows("0%") == shows("0.00E+00") == shows("@") == shows("# ?/?") == "number"


def test_a_day_that_no_calendar_has_is_told_with_its_place():
    reading = open_list(None, sheet([["name", "on"], ["Ana", 60]], {"B2": "dd/mm/yyyy"}))
    assert [(row.number, row.wrong[0].column, row.wrong[0].value) for row in reading.rows()] == [(2, "on", "60")]


def test_the_header_is_the_first_row_with_text_and_numbers_are_those_of_the_sheet():
    book = openpyxl.Workbook()
    book.active["B3"] = "name"
    book.active["C3"] = "note"
    book.active["B5"] = "Ana"
    book.active["C9"] = "x"
    reading = open_list(None, saved(book))
    assert reading.header == ["", "name", "note"]
    assert reading.header_row == 3
    assert [(row.number, row.cells) for row in reading.rows()] == [(5, ["", "Ana", ""]), (9, ["", "", "x"])]


def test_of_several_sheets_one_is_named():
    book = openpyxl.Workbook()
    book.active.append(["name"])
    book.active.append(["Ana"])
    book.create_sheet("Vacía")
    assert cells(saved(book)) == [["Ana"]]
    other = book.create_sheet("Años 90")
    other.append(["name"])
    other.append(["Eva"])
    with pytest.raises(BadValue) as caught:
        open_list(None, saved(book))
    assert caught.value.candidates == ("Sheet", "Vacía", "Años 90")
    for named in ("Años 90", "anos 90", "3"):
        assert cells(saved(book), sheet=named) == [["Eva"]]
    for named, told in [("Eva", "has no sheet “Eva”"), ("4", "has no sheet “4”"), ("Vacía", "is empty")]:
        with pytest.raises(BadValue, match=told):
            open_list(None, saved(book), sheet=named)
    other.sheet_state = "hidden"
    reading = open_list(None, saved(book))
    assert [row.cells for row in reading.rows()] == [["Ana"]]
    assert reading.said[1] == "Not read: the sheets “Vacía”, “Años 90”."


def test_text_in_several_fonts_is_one_text():
    book = openpyxl.Workbook()
    book.active.append(["name"])
    book.active.append([CellRichText("Ana ", TextBlock(InlineFont(b=True), "Ruiz"))])
    assert cells(saved(book)) == [["Ana Ruiz"]]


def test_cells_joined_over_several_rows_count_for_each_of_them():
    book = openpyxl.Workbook()
    for row in [["prison", "name"], ["El Rodeo", "Ana"], [None, "Eva"], [None, None], ["Zona 7", "Luz"], [None, "Sol"]]:
        book.active.append(row)
    book.active.merge_cells("A2:A4")
    reading = open_list(None, saved(book))
    assert [row.cells for row in reading.rows()] == [
        ["El Rodeo", "Ana"],
        ["El Rodeo", "Eva"],
        ["Zona 7", "Luz"],
        ["", "Sol"],
    ]
    assert reading.said[-1] == "The text of cells that are joined over several rows counts for each of these rows."


XML_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"))
VALUES = st.one_of(
    XML_TEXT.filter(lambda text: not text.startswith("=") and "_x" not in text),
    st.integers(-(10**14), 10**14),
    st.dates(dt.date(1901, 1, 1)),
    st.datetimes(moment("1901-01-01 00:00"), moment("9999-01-01 00:00")).map(
        lambda at: at.replace(second=0, microsecond=0)
    ),
    st.none(),
)


def as_text(value) -> str:
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%d %H:%M").removesuffix(" 00:00")
    return "" if value is None else str(value)


@given(rows=st.lists(st.lists(VALUES, min_size=3, max_size=3), max_size=5))
def test_what_a_spreadsheet_program_writes_comes_back(rows):
    wanted = [[as_text(value) for value in row] for row in rows]
    found = cells(sheet([["name", "on", "note"], *rows]))
    assert found == [row for row in wanted if any(cell and not cell.isspace() for cell in row)]
