"""Every writer on the same tables: they agree cell for cell, and nothing stored can act on the screen."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker import render
from tracker.render.csv_writer import defused
from tracker.table import Column, Table

COLUMNS = (
    Column("ref", "ref", "ref"),
    Column("name", "name", "name"),
    Column("standing", "standing", words="standing"),
    Column("people", "people", "count"),
    Column("tags", "tags"),
)
ROWS = (
    ("P-7k3m9q", "Ana [bloque 4] Ruiz", "house_arrest", 1, ("journalist", "lawyer")),
    ("P-8k3m9q", "Pérez [/red]", "detained", 20, ()),
    ("P-9k3m9q", "=cmd|' /C calc'!A0", None, None, ("a|b",)),
)


def table(**more: object) -> Table:
    return Table(columns=COLUMNS, rows=iter(ROWS), title="Who remains", **more)  # type: ignore[arg-type]


def written(form: str, made: Table | None = None, **more: bool) -> str:
    file = io.StringIO(newline="")
    render.write(made or table(), form, file, **more)
    return file.getvalue()


def test_csv_is_exact_and_keeps_keys() -> None:
    assert list(csv.reader(io.StringIO(written("csv")))) == [
        ["ref", "name", "standing", "people", "tags"],
        ["P-7k3m9q", "Ana [bloque 4] Ruiz", "house_arrest", "1", "journalist; lawyer"],
        ["P-8k3m9q", "Pérez [/red]", "detained", "20", ""],
        ["P-9k3m9q", "=cmd|' /C calc'!A0", "", "", "a|b"],
    ]


def test_csv_for_spreadsheets_starts_with_a_mark_and_defuses_formulas() -> None:
    text = written("csv", for_spreadsheet=True)
    assert text.startswith("\ufeffref,name")
    assert "'=cmd|' /C calc'!A0" in text
    assert text.count("\r\n") == 4


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_every_dangerous_beginning_is_defused(start: str) -> None:
    assert defused(f"{start}1+1").startswith("'")


def test_json_has_lists_and_nulls_and_the_same_keys() -> None:
    rows = json.loads(written("json"))
    assert rows[0] == {
        "ref": "P-7k3m9q",
        "name": "Ana [bloque 4] Ruiz",
        "standing": "house_arrest",
        "people": 1,
        "tags": ["journalist", "lawyer"],
    }
    assert rows[2]["people"] is None


def test_empty_tables_are_still_valid_in_every_format() -> None:
    empty = Table(columns=COLUMNS, rows=(), empty="Nobody.")
    assert json.loads(written("json", empty)) == []
    assert written("csv", empty) == "ref,name,standing,people,tags\r\n"
    assert "Nobody." in written("table", empty)
    assert "Nobody." in written("md", empty)


def test_plain_text_is_aligned_and_shows_words_instead_of_keys() -> None:
    assert written("table").splitlines() == [
        "Who remains",
        "",
        "ref       name                 standing      people  tags",
        "--------  -------------------  ------------  ------  ------------------",
        "P-7k3m9q  Ana [bloque 4] Ruiz  house arrest       1  journalist; lawyer",
        "P-8k3m9q  Pérez [/red]         detained          20",
        "P-9k3m9q  =cmd|' /C calc'!A0                         a|b",
    ]


def test_markdown_escapes_what_markdown_would_read() -> None:
    text = written("md")
    assert r"Ana \[bloque 4\] Ruiz" in text
    assert r"a\|b" in text


def test_terminal_shows_brackets_as_they_are() -> None:
    file = io.StringIO()
    render.on_screen(table(total=50, foot=("as of now",)), file)
    shown = file.getvalue()
    assert "Ana [bloque 4] Ruiz" in shown
    assert "Pérez [/red]" in shown
    assert "1–3 of 50, --limit all" in shown
    assert "as of now" in shown


def test_totals_stand_last_in_every_format() -> None:
    totals = (None, "total", None, 21, None)
    assert written("csv", table(totals=totals)).splitlines()[-1] == ",total,,21,"
    assert json.loads(written("json", table(totals=totals)))[-1]["people"] == 21
    assert written("table", table(totals=totals)).splitlines()[-1].split() == ["total", "21"]


def test_picked_columns_keep_order_and_tone() -> None:
    toned = table(tone=lambda row: "held" if row[3] == 20 else None).pick(["people", "ref"])
    rows = list(toned.rows)
    assert [tuple(row) for row in rows] == [(1, "P-7k3m9q"), (20, "P-8k3m9q"), (None, "P-9k3m9q")]
    assert toned.tone is not None
    assert [toned.tone(row) for row in rows] == [None, "held", None]


@given(st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_csv_and_json_agree_cell_for_cell(cells: list[tuple[str, str]]) -> None:
    columns = (Column("a", "a"), Column("b", "b"))
    as_csv = list(csv.reader(io.StringIO(written("csv", Table(columns, cells)), newline="")))[1:]
    as_json = [[row["a"], row["b"]] for row in json.loads(written("json", Table(columns, cells)))]
    assert as_csv == as_json == [list(row) for row in cells]


@given(st.text())
def test_no_control_character_reaches_a_person(text: str) -> None:
    columns = (Column("a", "a"),)
    for form in ("table", "md"):
        shown = written(form, Table(columns, [(text,)]))
        assert not [letter for letter in shown if letter < " " and letter != "\n"]
        assert not set(shown) & set("\u202a\u202e\u2066\u2069\x7f\x9b\u200b")
