"""The real lists kept beside a checkout are read whole: as many rows as they have, and no cell lost."""

import csv
import json
from pathlib import Path

import pytest

from tracker.importing.mapping import map_header
from tracker.importing.problems import Problems
from tracker.importing.reading import Reading, open_list

DATA = Path(__file__).parents[2].parent / "shared" / "data"

pytestmark = pytest.mark.shared


def listed(name: str) -> Path:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"the real lists are not beside this checkout ({DATA})")
    return path


def read(name: str, **options) -> tuple[Reading, list[list[str]]]:
    reading = open_list(listed(name), **options)
    rows = list(reading.rows())
    assert not [one for row in rows for one in row.wrong if one.value != "#N/A"]
    return reading, [row.cells for row in rows]


@pytest.mark.parametrize(
    ("name", "columns", "count"),
    [
        ("china_political_prisoners/snapshot_2020-05-23.csv", 7, 884),
        ("china_political_prisoners/snapshot_2020-06-14.csv", 7, 897),
        ("china_political_prisoners/chinese-political-prisoners.csv", 7, 926),
        ("cpj_journalists/cpj_1992_2020_original.csv", 31, 6763),
        ("us_press_freedom_tracker_2020/incidents.csv", 59, 516),
        ("chile_pinochet/pinochet.csv", 59, 2398),
        ("names_eu_sanctions/32006R0765.csv", 45, 408),
        ("venezuela-2026/people_matches.csv", 8, 556),
    ],
)
def test_every_cell_of_a_csv_list_is_read(name, columns, count):
    reading, rows = read(name)
    assert (len(reading.header), len(rows)) == (columns, count)
    with listed(name).open(encoding="utf-8-sig", newline="") as file:
        header, *wanted = csv.reader(file)
    assert reading.header == [cell.strip() for cell in header]
    assert rows == wanted


def test_the_chilean_spreadsheet_says_what_its_csv_says():
    plain, rows = read("chile_pinochet/pinochet.csv")
    sheet, same = read("chile_pinochet/pinochet.xlsx")
    assert len(same) == len(rows) == 2398
    places = [sheet.header.index(header) for header in plain.header]
    for row, other in zip(rows, same, strict=True):
        for cell, place in zip(row, places, strict=True):
            assert alike(cell, other[place]), (cell, other[place])


def alike(cell: str, shown: str) -> bool:
    """Return whether a spreadsheet shows what the CSV says; it keeps 15 digits, and NA as an error."""
    return (
        cell == shown
        or (cell == "NA" and shown in ("", "#N/A"))
        or ("." in cell and float(cell) == pytest.approx(float(shown)))
    )


@pytest.mark.parametrize(
    ("name", "count"), [("nyt_docket_prisoners_2015-10-19.json", 97), ("nyt_docket_prisoners_2015-10-30.json", 96)]
)
def test_a_json_list_keyed_by_name(name, count):
    reading, rows = read(f"guantanamo_2015/{name}")
    wanted = json.loads(listed(f"guantanamo_2015/{name}").read_text(encoding="utf-8"))
    assert "Not read, as they stand beside the list: time_scraped." in reading.said
    people = {key: value for key, value in wanted.items() if isinstance(value, dict)}
    assert len(rows) == len(people) == count
    assert {row[0]: dict(zip(reading.header[1:], row[1:], strict=True)) for row in rows} == people


def test_the_people_of_an_article_are_one_of_its_lists():
    reading, rows = read("venezuela-2026/articles/002-nuevaprensadigital-20260126.json", sheet="people")
    wanted = json.loads(reading.file.path.read_text(encoding="utf-8"))["people"]
    assert [row[reading.header.index("name")] for row in rows] == [person["name"] for person in wanted]


def test_names_in_two_columns_are_one_name():
    reading = open_list(listed("chile_pinochet/pinochet.csv"))
    problems = Problems()
    given = {"first_name": "name", "last_name": "name", "*": "-"}
    mapping = map_header(reading.header, given=given, empty=["NA"])
    mapping.check(problems, file=reading.name)
    names = [line.cells["name"] for line in mapping.lines(reading, problems)]
    assert not problems.count
    assert len(names) == 2398
    assert names[0] == "Corredera Reyes Mercedes del Pilar"
