"""Every writer on the same tables: they agree cell for cell, and nothing stored can act on the screen."""

import base64
import csv
import hashlib
import html.parser
import io
import json

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker import render
from tracker.errors import Refused
from tracker.render.csv_writer import defused
from tracker.reports import duplicates
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
    for form in ("table", "md", "html"):
        shown = written(form, Table(columns, [(text,)]))
        assert not [letter for letter in shown if letter < " " and letter != "\n"]
        assert not set(shown) & set("\u202a\u202e\u2066\u2069\x7f\x9b\u200b")


def book(made: Table) -> openpyxl.Workbook:
    file = io.BytesIO()
    render.write_book(made, file)
    return openpyxl.load_workbook(file)


def test_a_workbook_holds_text_and_whole_numbers_and_nothing_that_counts_by_itself() -> None:
    sheet, notes = book(table(foot=("=1+1",), totals=(None, "total", None, 21, None)))
    assert [[cell.value for cell in row] for row in sheet.rows] == [
        ["ref", "name", "standing", "people", "tags"],
        ["P-7k3m9q", "Ana [bloque 4] Ruiz", "house arrest", 1, "journalist; lawyer"],
        ["P-8k3m9q", "Pérez [/red]", "detained", 20, None],
        ["P-9k3m9q", "=cmd|' /C calc'!A0", None, None, "a|b"],
        [None, "total", None, 21, None],
    ]
    assert {cell.data_type for row in (*sheet.rows, *notes.rows) for cell in row if cell.value is not None} == {
        "s",
        "n",
    }
    assert [row[0].value for row in notes.rows] == ["Who remains", "=1+1"]


def test_a_cell_longer_than_a_workbook_takes_is_cut_and_that_is_told() -> None:
    sheet, notes = book(Table((Column("a", "a"),), [("x" * 40_000,)]))
    assert (len(sheet["A2"].value), sheet["A2"].value[-1]) == (32_767, "…")
    assert "1 cell is longer" in notes["A1"].value


def test_more_rows_than_a_workbook_takes_are_refused() -> None:
    with pytest.raises(Refused, match="1,048,575 rows"):
        book(Table((), iter([()] * 1_048_576)))


class Page(html.parser.HTMLParser):
    """The tags, attributes and texts of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_a_page_is_whole_asks_for_nothing_and_runs_nothing() -> None:
    rows = [("P-7k3m9q", "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', 1, ("{{ 7*7 }}",))]
    text = written("html", Table(COLUMNS, rows, title="Who <b>remains</b>", foot=("As of <i>now</i>",)))
    page = Page(text)
    tags = dict(page.tags)
    assert tags["html"]["lang"] == "en"
    policies = [attrs["content"] for _tag, attrs in page.tags if attrs.get("http-equiv") == "Content-Security-Policy"]
    style = text.partition("<style>")[2].partition("</style>")[0]
    hashed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policies == [f"default-src 'none'; style-src 'sha256-{hashed}'; base-uri 'none'; form-action 'none'"]
    assert not {"script", "img", "b", "i", "link", "a", "iframe"} & {tag for tag, _attrs in page.tags}
    assert not [name for _tag, attrs in page.tags for name in attrs if name.startswith("on") or name in ("src", "href")]
    assert not [name for _tag, attrs in page.tags for name in attrs if name == "style"]
    assert "url(" not in style
    assert "@import" not in style
    assert [attrs["scope"] for tag, attrs in page.tags if tag == "th"] == [*["col"] * 5, "row"]
    assert {"<script>alert(1)</script>", "{{ 7*7 }}", "Who <b>remains</b>", "As of <i>now</i>"} <= set(page.texts)


def test_a_page_without_rows_says_so() -> None:
    assert "Nobody." in Page(written("html", Table(COLUMNS, (), empty="Nobody."))).texts


def test_names_yield_their_room_to_the_reasons_where_the_screen_is_narrow(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    names = ("Alejandro Fernández Villarreal", "Alejandro Fernandes Villareal Osorio")
    reasons = ("spelled alike: fernandez/fernandes", "the same nationality: ES, VE", "arrested 2024-08-02")
    file = io.StringIO()
    row = ("P-7k3m9q", names[0], "P-8k3m9q", names[1], "0.912", reasons)
    render.on_screen(Table(duplicates.COLUMNS, [row]), file)
    shown = file.getvalue().splitlines()
    assert max(map(len, shown)) <= 80
    assert any("fernandez/fernandes; the" in line for line in shown)
    assert any("Fernández" in line and "Fernandes" in line for line in shown)
