"""Lists as people send them: what they are written in is recognised, or asked for; every cell comes back as text."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import BadValue, DiskTrouble
from tracker.importing.reading import Form, Reading, open_list

SPANISH = "nombre;fecha;lugar\nJosé Pérez Núñez;2025-01-08;El Rodeo\nMaría de los Ángeles Muñoz;2026;Zona 7\n"


def wrote(tmp_path: Path, data: bytes | str, name: str = "list.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def cells(reading: Reading) -> list[list[str]]:
    return [row.cells for row in reading.rows()]


def wrongs(reading: Reading) -> list[tuple[int, str]]:
    return [(row.number, one.message) for row in reading.rows() for one in row.wrong]


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16 LE"),
        ("utf-16-be", "UTF-16 BE"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_the_encoding_of_a_spanish_list_is_recognised_and_said(tmp_path, encoding, named):
    reading = open_list(wrote(tmp_path, SPANISH.encode(encoding)))
    assert reading.form == Form("csv", named, ";")
    assert reading.said == [f"list.csv is read as CSV, {named}, cells parted by semicolons."]
    assert cells(reading)[0] == ["José Pérez Núñez", "2025-01-08", "El Rodeo"]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("imię,nazwisko\nŁukasz Żółć,x\n", "cp1250"),
        ("ad,soyad\nŞükrü Öğüt,x\n", "cp1254"),
        ("имя,дата\nИван Петров,2020\n", "cp1251"),
        ("nombre,lugar\nJosé García López,Cárcel de Tocorón\n", "mac_roman"),
        ("nombre,lugar\nJosé García López,Cárcel de Tocorón\n", "cp850"),
        ("姓名,日期\n刘晓波,2017\n王炳章,2018\n", "gb18030"),
        ("nombre\nJosé García\n", "cp500"),
        ("name\nPoznań Kraków\n", "cp1250"),
        ("nombre\nÁngel Paz\n", "mac_roman"),
    ],
)
def test_an_encoding_that_is_not_certain_is_asked_for(tmp_path, text, encoding):
    path = wrote(tmp_path, text.encode(encoding))
    with pytest.raises(BadValue) as caught:
        open_list(path)
    assert "--encoding windows-1252" in caught.value.hint
    assert cells(open_list(path, encoding=encoding)) == [row.split(",") for row in text.splitlines()[1:]]


@pytest.mark.parametrize(
    "text",
    [
        "name,note\nAna,“quoted” – it’s\n",
        "name,note\nJoão Simões,«sí»\n",
        "name,n.º\nD’Angelo,3º ¿qué?\n",
        "name\nMUÑOZ ORDÓÑEZ\n",
        "name\nÑáñez Güell\n",
        "name\nAna\xa0Núñez\n",
    ],
)
def test_windows_1252_is_known_by_what_western_lists_hold(tmp_path, text):
    assert open_list(wrote(tmp_path, text.encode("cp1252"))).form.encoding == "Windows-1252"


def test_a_broken_utf8_list_is_asked_about_and_then_its_row_is_told(tmp_path):
    path = wrote(tmp_path, "name\nJosé\n".encode() + b"Mar\xeda\n")
    with pytest.raises(BadValue, match="is not certain"):
        open_list(path)
    reading = open_list(path, encoding="utf-8")
    assert wrongs(reading) == [(3, "The row is not UTF-8 text. Save the file as CSV UTF-8.")]


def test_an_encoding_that_is_none_is_a_sentence(tmp_path):
    path = wrote(tmp_path, "name\nAna\n")
    for given_ in ("latin-99", "rot13", "base64", "\0"):
        with pytest.raises(BadValue, match="There is no encoding"):
            open_list(path, encoding=given_)


@pytest.mark.parametrize(
    ("text", "delimiter", "first"),
    [
        ("name,note\nAna,x\n", ",", ["Ana", "x"]),
        ("name;note\nAna;a, b, c\nEva;d, e, f\n", ";", ["Ana", "a, b, c"]),
        ("name\tnote\nAna\ta;b,c\n", "\t", ["Ana", "a;b,c"]),
        ("name|note\nAna|x\n", "|", ["Ana", "x"]),
        ('"name, full";note\nAna;x\n', ";", ["Ana", "x"]),
        ('name,note\n"Ruiz; Ana","x; y"\n', ",", ["Ruiz; Ana", "x; y"]),
        ("name\nAna\n", ",", ["Ana"]),
        ("name;note (a, b)\nAna;x\nEva;y\n", ";", ["Ana", "x"]),
        ('name;note\nAna;"two\nlines"\n', ";", ["Ana", "two\nlines"]),
        ("sep=;\r\na,b;c\r\nAna,1;x\r\n", ";", ["Ana,1", "x"]),
    ],
)
def test_the_delimiter_is_recognised_with_quotes_respected(tmp_path, text, delimiter, first):
    reading = open_list(wrote(tmp_path, text))
    assert reading.form.delimiter == delimiter
    assert cells(reading)[0] == first


@pytest.mark.parametrize("text", ["a,b;c\n1,2;3\n", "a,b;c\n1;2,3\n4;5,6\n", "a,b;c\n"])
def test_a_delimiter_that_is_not_certain_is_asked_for(tmp_path, text):
    with pytest.raises(BadValue) as caught:
        open_list(wrote(tmp_path, text))
    assert caught.value.hint == "Say it with --delimiter ',' or --delimiter ';'."
    assert open_list(wrote(tmp_path, text), delimiter=";").form.delimiter == ";"


def test_a_delimiter_is_given_as_itself_or_as_tab(tmp_path):
    path = wrote(tmp_path, "a\tb\n1\t2\n")
    assert cells(open_list(path, delimiter="tab")) == [["1", "2"]]
    with pytest.raises(BadValue, match="parted by one character"):
        open_list(path, delimiter="::")


def test_numbers_rows_and_leading_zeros_stay_as_a_spreadsheet_shows_them(tmp_path):
    reading = open_list(wrote(tmp_path, "\n,\nname,id\n\nAna,00123\n,\nEva,2024\n"))
    assert reading.header == ["name", "id"]
    assert [(row.number, row.cells) for row in reading.rows()] == [(5, ["Ana", "00123"]), (7, ["Eva", "2024"])]


def test_ragged_rows_are_told_and_the_others_read(tmp_path):
    reading = open_list(wrote(tmp_path, "a,b\n1\n1,2\n1,2,3\n"))
    assert wrongs(reading) == [
        (2, "The row has 1 cells, the header has 2."),
        (4, "The row has 3 cells, the header has 2."),
    ]


def test_what_comes_in_is_read_as_often_as_a_file():
    reading = open_list(None, io.BytesIO(SPANISH.encode("cp1252")))
    assert reading.name == "standard input"
    assert cells(reading) == cells(reading)
    assert len(reading.file.digest()) == 64


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ('[{"name":"Ana","id":"007"},{"id":7,"x":1.50}]', "json", [["Ana", "007", ""], ["", "7", "1.50"]]),
        ('{"updated":"2026","people":[{"name":"Ana"}],"more":[1,2]}', "json", [["Ana"]]),
        ('{"Ana Ruiz":{"age":40.0},"Eva":{"age":null}}', "json", [["Ana Ruiz", "40"], ["Eva", ""]]),
        ('{"name":"Ana","tags":["a","b",3],"ok":true}', "json", [["Ana", "a; b; 3", "yes"]]),
        ('{"name":"Ana"}\n\n{"name":"Eva"}\n', "jsonl", [["Ana"], ["Eva"]]),
        ('[\n  {\n "name": "Ana\\nRuiz"}\n]\n', "json", [["Ana\nRuiz"]]),
    ],
)
def test_json_is_read_in_the_shapes_people_send(tmp_path, text, kind, expected):
    reading = open_list(wrote(tmp_path, text, "list.json"))
    assert reading.form.kind == kind
    assert cells(reading) == expected


def test_json_of_several_lists_asks_for_one(tmp_path):
    path = wrote(tmp_path, '{"claims":[{"a":1}],"people":[{"name":"Ana"}],"url":"x"}', "list.json")
    with pytest.raises(BadValue) as caught:
        open_list(path)
    assert caught.value.candidates == ("claims", "people")
    reading = open_list(path, sheet="people")
    assert cells(reading) == [["Ana"]]
    assert reading.said[-1] == "Not read, as they stand beside the list: claims, url."
    with pytest.raises(BadValue, match="holds no list persons"):
        open_list(path, sheet="persons")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[{"a":{"b":1}}]', [(1, "A cell cannot hold an object or a list of lists.")]),
        ('[{"a":[["b"]]}]', [(1, "A cell cannot hold an object or a list of lists.")]),
        ('[{"a":1,"a":2}]', [(1, "The key a is there twice.")]),
        ('[{"a":1},7]', [(2, "An element of the list is no object.")]),
        ('[{"a":"\\u0000"}]', [(1, "The cell holds a character that no text has.")]),
        ('[{"a":"\\ud800"}]', [(1, "The cell holds a character that no text has.")]),
        ('[{"a":1},{"a":', [(2, "This is not JSON: a value is wrong or is cut off.")]),
        ('[{"a":1} {"a":2}]', [(2, "This is not JSON: a comma or a closing bracket is missing.")]),
        ('[{"a":1}] x', [(2, "This is not JSON: something follows after its end.")]),
        ('{"a":1}\n{"a":\n{"a":3}\n', [(2, "This is not JSON: a value is wrong or is cut off.")]),
    ],
)
def test_what_json_cannot_say_in_cells_is_told_with_its_place(tmp_path, text, told):
    assert wrongs(open_list(wrote(tmp_path, text, "list.json"))) == told


@pytest.mark.parametrize("text", ['{"a":1', "{'a': 1}", '{"a" 1}', "[" * 100_000, '{"a":' * 50_000, "nothing"])
def test_what_is_not_json_is_refused_with_a_sentence(tmp_path, text):
    try:
        told = wrongs(open_list(wrote(tmp_path, text, "list.json")))
    except BadValue as refused:
        told = [(0, refused.message)]
    assert told


def test_a_json_list_longer_than_what_is_read_at_once(tmp_path):
    rows = [{"name": f"Ana {n}", "note": "ñ" * (n % 300)} for n in range(3000)]
    reading = open_list(wrote(tmp_path, json.dumps(rows, ensure_ascii=False, indent=1), "list.json"))
    assert cells(reading) == [[row["name"], row["note"]] for row in rows]


def test_files_that_hold_no_list_are_refused(tmp_path):
    with pytest.raises(DiskTrouble, match="cannot be read"):
        open_list(tmp_path / "none.csv")
    with pytest.raises(DiskTrouble, match="cannot be read"):
        open_list(tmp_path)
    for data, told in [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Excel file, or one protected by a password"),
        (b"%PDF-1.7 ...", "is a PDF, a web page or an archive"),
        (b"<html><table>", "is a PDF, a web page or an archive"),
        (b"\n,,,\n , \n", "has no header"),
    ]:
        with pytest.raises(BadValue, match=told):
            open_list(wrote(tmp_path, data))
    with pytest.raises(BadValue, match="is not a spreadsheet"):
        open_list(wrote(tmp_path, "a,b\n"), kind="xlsx")


def test_options_that_say_nothing_of_a_file_are_refused(tmp_path):
    with pytest.raises(BadValue, match="--sheet is for spreadsheets and JSON"):
        open_list(wrote(tmp_path, "a,b\n1,2\n"), sheet="2")
    with pytest.raises(BadValue, match="--encoding and --delimiter are for text"):
        open_list(wrote(tmp_path, b"PK\x03\x04"), delimiter=";")


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff"), max_size=20)
WESTERN = st.text("abcXYZ ,;|\t\"\n'0123áéíóúñÑÜü", max_size=20)


@given(
    rows=st.lists(st.lists(TEXT, min_size=3, max_size=3), max_size=6),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
)
def test_what_csv_writes_comes_back_in_every_encoding_and_delimiter(rows, encoding, delimiter):
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows([["name", "born", "note"], *rows])
    reading = open_list(None, io.BytesIO(file.getvalue().encode(encoding)), delimiter=delimiter)
    assert cells(reading) == [row for row in rows if any(cell and not cell.isspace() for cell in row)]


@given(
    rows=st.lists(st.lists(WESTERN, min_size=3, max_size=3), max_size=6),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
)
def test_recognised_delimiters_give_every_cell_back_or_are_asked_for(rows, delimiter):
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([["name", "born", "note"], *rows])
    reading = open_list(None, io.BytesIO(file.getvalue().encode()))
    assert reading.form.delimiter == delimiter
    assert cells(reading) == [row for row in rows if any(cell and not cell.isspace() for cell in row)]


VALUES = st.dictionaries(st.sampled_from(["name", "born", "note"]), TEXT, max_size=3)


@given(rows=st.lists(VALUES, min_size=1, max_size=6), lines=st.booleans())
def test_what_json_writes_comes_back(rows, lines):
    text = "\n".join(map(json.dumps, rows)) + "\n" if lines else json.dumps(rows)
    if not any(rows):
        return
    reading = open_list(None, io.BytesIO(text.encode()), kind="jsonl" if lines else "json")
    wanted = [[row.get(column, "") for column in reading.header] for row in rows]
    assert cells(reading) == [row for row in wanted if any(cell and not cell.isspace() for cell in row)]
