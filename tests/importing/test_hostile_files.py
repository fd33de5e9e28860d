"""Files made to do harm: refused with a sentence, or read, in little memory and time."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tracker.errors import BadValue
from tracker.importing.reading import open_list

MEBI = 1 << 20

SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
BOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{KINDS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{KINDS}/sharedStrings" Target="sharedStrings.xml"/>'
    "</Relationships>"
)
HEADER = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c><c r="B1" t="inlineStr"><is><t>note</t></is></c></row>'
)


def workbook(path: Path, rows: str = "", *, method=zipfile.ZIP_DEFLATED, **parts) -> Path:
    """Write a workbook by hand: `rows` below the header, other parts as text or as an iterable of pieces."""
    found = {
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": RELATIONS,
        "xl/worksheets/sheet1.xml": SHEET.format(HEADER + rows),
        **{name.replace("__", "/") + ".xml": value for name, value in parts.items()},
    }
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, value in found.items():
            with archive.open(name, "w", force_zip64=True) as part:
                for piece in [value] if isinstance(value, str) else value:
                    part.write(piece.encode())
    return path


def pieces(before: str, piece: str, times: int, after: str):
    yield before
    for _time in range(times):
        yield piece
    yield after


def sheet_of(piece: str, times: int, before: str = "", after: str = ""):
    start, end = SHEET.split("{}")
    return pieces(start + HEADER + before, piece, times, after + end)


READ = """
import re, sys, time
from pathlib import Path
from tracker.errors import BadValue
from tracker.importing.reading import open_list

def peak():  # the kernel's own figure; that of resource begins with the parent's
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024

began, start = peak(), time.process_time()
rows, wrong, told = 0, 0, ""
try:
    for row in open_list(Path(sys.argv[1])).rows():
        rows += 1
        wrong += len(row.wrong)
        told = row.wrong[-1].message if row.wrong else ""
    print(f"{rows} rows, {wrong} wrong: {told}")
except BadValue as refused:
    print("refused:", refused.message)
print(peak() - began)
print(time.process_time() - start)
"""


def read_apart(path: Path, *, most: int = 60, seconds: float = 20) -> str:
    """Return what reading a file comes to, in a process of its own that may take `most` MiB and `seconds`."""
    ran = subprocess.run(
        [sys.executable, "-c", READ, str(path)], capture_output=True, text=True, timeout=120, check=True
    )
    told, mebibytes, took = ran.stdout.splitlines()
    assert int(mebibytes) <= most, f"{mebibytes} MiB: {told}"
    assert float(took) <= seconds, f"{took} s: {told}"
    return told


def test_memory_does_not_grow_with_a_list(tmp_path):
    count = 60_000
    names = [f"José Pérez Núñez {number}" for number in range(count)]
    (tmp_path / "list.csv").write_text("name,note\n" + "".join(f"{name},x\n" for name in names))
    (tmp_path / "list.json").write_text(json.dumps([{"name": name, "note": ["x", "y"]} for name in names]))
    rows = "".join(f'<row><c t="s"><v>{here}</v></c><c><v>{here}</v></c></row>' for here in range(count))
    strings = "".join(f"<si><t>{name}</t></si>" for name in names)
    workbook(tmp_path / "list.xlsx", rows, xl__sharedStrings=f"<sst>{strings}</sst>")
    for kind in ("csv", "json", "xlsx"):
        assert read_apart(tmp_path / f"list.{kind}", most=25) == f"{count} rows, 0 wrong: "


TOO_LARGE = "Unpacked, the file would be larger than any list; it may be made to fill the memory."


def test_a_line_of_ten_million_characters(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(b"name,note\nAna,x\n" + b"x" * 10_000_000)
    assert read_apart(path) == (
        "2 rows, 1 wrong: The row is longer than 1000000 characters; is a quotation mark left open?"
    )
    path.write_bytes(b"x" * 10_000_000)
    assert "longer than 1000000 characters" in read_apart(path)


def test_a_quotation_mark_left_open_in_a_long_list(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(b'name,note\n"Ana,x\n' + b"Eva Ruiz,y\n" * 1_000_000)
    assert "is a quotation mark left open?" in read_apart(path)


def test_nul_bytes(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(b"name,note\nAna,x\nE\0va,y\n")
    assert read_apart(path) == "2 rows, 1 wrong: The row holds a NUL byte; no text has one."
    path.write_bytes(bytes(50 * MEBI))
    assert "refused: list.csv, row 1: The row holds a NUL byte; no text has one." in read_apart(path)


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 20_000_000,
        b'[{"name":"' + b"x" * 20_000_000 + b'"}]',
        b"[" + b" " * 20_000_000 + b"{}]",
        b'[{"name":' + b"9" * 20_000_000 + b"}]",
        b'{"name":"Ana"}\n' + b"{" * 20_000_000,
    ],
    ids=["nested", "string", "blank", "number", "line"],
)
def test_json_without_end(tmp_path, data):
    path = tmp_path / "list.json"
    path.write_bytes(data)
    assert read_apart(path)


def test_a_cell_in_the_last_corner_of_a_sheet(tmp_path):
    corner = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row>'
    path = workbook(tmp_path / "list.xlsx", corner)
    assert read_apart(path) == "1 rows, 1 wrong: The row has 16384 cells, the header has 2."
    path = workbook(tmp_path / "list.xlsx", corner.replace("XFD", "ZZZ"))
    assert read_apart(path) == "1 rows, 1 wrong: The row has a cell where no sheet has one."


def test_a_part_that_unpacks_to_very_much(tmp_path):
    path = workbook(tmp_path / "list.xlsx", xl__worksheets__sheet1=sheet_of(" " * MEBI, 600))
    assert path.stat().st_size < MEBI
    assert read_apart(path) == f"refused: list.xlsx: {TOO_LARGE}"
    # What is beside the list counts, too.
    path = workbook(tmp_path / "list.xlsx", xl__media__image=pieces("", "x" * MEBI, 100, ""))
    assert read_apart(path) == f"refused: list.xlsx: {TOO_LARGE}"


def test_a_size_that_is_a_lie(tmp_path):
    path = workbook(tmp_path / "list.xlsx", xl__worksheets__sheet1=sheet_of(" " * MEBI, 100))
    data = bytearray(path.read_bytes())
    central = data.rfind(b"PK\x01\x02")
    data[central + 24 : central + 28] = (1000).to_bytes(4, "little")
    path.write_bytes(data)
    assert read_apart(path).startswith("refused: list.xlsx: ")


@pytest.mark.parametrize(
    ("before", "piece", "after"),
    [
        ('<row r="2"><c r="A2" t="inlineStr"><is><t>', "x" * MEBI, "</t></is></c></row>"),
        ('<row r="2"><c r="A2" t="inlineStr"><is><t><![CDATA[', "<" * MEBI, "]]></t></is></c></row>"),
        ('<row r="2"><c r="', "A" * MEBI, '"/></row>'),
        ("<!--", "> " * (MEBI // 2), "-->"),
        ("<?pi ", "> " * (MEBI // 2), "?>"),
        ('<row r="2">', "<x>y</x>" * (MEBI // 8), "</row>"),
        ('<row r="2">', "<c/>" * (MEBI // 4), "</row>"),
        ('<row r="2">', '<c t="str"><v>xxxxxxxx</v></c>' * 100_000, "</row>"),
        ("", '<row><c t="str"><v/></c></row>' * 3000, ""),
    ],
    ids=["text", "cdata", "attribute", "comment", "instruction", "elements", "empty cells", "cells", "rows"],
)
def test_xml_without_end_is_read_in_bounded_memory(tmp_path, before, piece, after):
    times = 60
    path = workbook(tmp_path / "list.xlsx", xl__worksheets__sheet1=sheet_of(piece, times, before, after))
    assert read_apart(path)


def test_a_shared_text_without_end(tmp_path):
    strings = pieces("<sst><si><t>", "x" * MEBI, 60, "</t></si><si><t>Ana</t></si></sst>")
    path = workbook(
        tmp_path / "list.xlsx",
        '<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" t="s"><v>0</v></c></row>',
        xl__sharedStrings=strings,
    )
    assert read_apart(path) == (
        "1 rows, 1 wrong: A cell is longer than 100000 characters; is a quotation mark left open?"
    )


@pytest.mark.parametrize("part", ["xl__worksheets__sheet1", "xl__sharedStrings", "xl__workbook"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_every_part(tmp_path, part, encoding):
    entities = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(12))
    bomb = f'<!DOCTYPE x [<!ENTITY a0 "lol">{entities}]><x><sheetData><row><c t="str"><v>&a12;</v></c></row></sheetData></x>'
    path = workbook(tmp_path / "list.xlsx", "", **{part: f'<?xml version="1.0"?>{bomb}'})
    if encoding == "utf-16":
        name = part.replace("__", "/") + ".xml"
        with zipfile.ZipFile(path) as archive:
            parts = {one: archive.read(one) for one in archive.namelist()}
        parts[name] = bomb.encode("utf-16")
        with zipfile.ZipFile(path, "w") as archive:
            for one, data in parts.items():
                archive.writestr(one, data)
    assert read_apart(path, seconds=5) == (
        "refused: list.xlsx: The file declares entities, as no spreadsheet does; it may be made to fill the memory."
    )


def test_an_outside_entity_is_not_fetched(tmp_path):
    (tmp_path / "secret").write_text("secret")
    bomb = f'<!DOCTYPE x [<!ENTITY a SYSTEM "{(tmp_path / "secret").as_uri()}">]><x>&a;</x>'
    path = workbook(tmp_path / "list.xlsx", xl__worksheets__sheet1=bomb)
    with pytest.raises(BadValue, match="declares entities"):
        open_list(path)


def test_a_table_of_contents_without_end(tmp_path):
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(120_000):
            archive.writestr(zipfile.ZipInfo(f"xl/{number:060}"), "")
    assert read_apart(path) == f"refused: list.xlsx: {TOO_LARGE}"


def test_packed_otherwise_or_with_a_password(tmp_path):
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        path = workbook(tmp_path / "list.xlsx", method=method)
        with pytest.raises(BadValue, match="packed in a way that spreadsheets are not"):
            open_list(path)
    path = workbook(tmp_path / "list.xlsx")
    locked = bytearray(path.read_bytes())
    locked[locked.find(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(locked)
    with pytest.raises(BadValue, match="protected by a password"):
        open_list(path)


def test_every_cut_and_every_flipped_byte_ends_in_rows_or_a_sentence(tmp_path):
    path = workbook(tmp_path / "list.xlsx", '<row r="2"><c r="A2"><v>7</v></c></row>')
    data = path.read_bytes()
    assert [row.cells[0] for row in open_list(None, io.BytesIO(data)).rows()][-1] == "7"
    said: list[str] = []
    for here in range(0, len(data), 7):
        for broken in (data[:here], data[:here] + bytes([data[here] ^ 0x55]) + data[here + 1 :]):
            try:
                rows = list(open_list(None, io.BytesIO(broken)).rows())
            except BadValue as problem:
                said.append(problem.message)
            else:
                assert all(isinstance(cell, str) for row in rows for cell in row.cells)
    assert len(said) > len(range(0, len(data), 7))  # every cut, and more
    assert all(message.endswith((".", "?")) for message in said)


def test_other_archives_are_not_spreadsheets(tmp_path):
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with pytest.raises(BadValue, match=r"is not an XLSX spreadsheet") as caught:
        open_list(path)
    assert "save it as .xlsx" in caught.value.hint


def test_cells_that_share_a_formula_without_result_show_that_of_the_first(tmp_path):
    path = workbook(
        tmp_path / "list.xlsx",
        '<row r="2"><c r="A2"><f t="shared" ref="A2:A3" si="0">B2&amp;C2</f></c><c r="B2"><f>SUM(B3)</f><v>2</v></c></row>'
        '<row r="3"><c r="A3"><f t="shared" si="0"/></c></row><row r="4"><c r="A4"><f t="shared" si="9"/></c></row>'
        f'<row r="5"><c r="A5"><f>{"1+" * 50_000}1</f></c></row>',
    )
    rows = list(open_list(path).rows())
    assert [row.cells[0] for row in rows][:3] == ["=B2&C2", "=B2&C2", ""]
    assert len(rows[3].cells[0]) == 8_193  # no formula that a spreadsheet holds is longer
    assert all("formula" in row.wrong[0].message for row in rows)


def test_a_formula_counts_as_its_stored_result_and_one_without_is_told(tmp_path):
    path = workbook(
        tmp_path / "list.xlsx",
        '<row r="2"><c r="A2" t="str"><f>CONCAT(1)</f><v>Ana</v></c><c r="B2"><f>1+1</f><v>2</v></c></row>'
        '<row r="3"><c r="A3" t="str"><f>HYPERLINK("http://x")</f><v></v></c><c r="B3"><f>1+1</f></c></row>'
        '<row r="4"><c r="A4" t="e"><v>#REF!</v></c><c r="B4" t="e"><v>#N/A</v></c></row>'
        '<row r="5"><c r="A5" t="inlineStr"><is><t>=cmd|/c calc</t></is></c></row>',
    )
    rows = list(open_list(path).rows())
    assert [row.cells for row in rows] == [["Ana", "2"], ["", "=1+1"], ["#REF!", "#N/A"], ["=cmd|/c calc", ""]]
    assert [(one.column, one.message) for row in rows for one in row.wrong] == [
        ("note", "The cell holds a formula without its result. Save the file once in a spreadsheet program."),
        ("name", "The cell shows the error “#REF!”."),
        ("note", "The cell shows the error “#N/A”. If it means an empty cell, say --empty '#N/A'."),
    ]


def test_macros_are_not_run_and_that_is_said(tmp_path):
    path = workbook(tmp_path / "list.xlsm", '<row r="2"><c r="A2" t="str"><v>Ana</v></c></row>')
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    reading = open_list(path)
    assert [row.cells for row in reading.rows()] == [["Ana", ""]]
    assert reading.said[-1] == "The macros in the file are neither run nor read; cells count as they were last saved."
