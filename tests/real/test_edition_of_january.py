"""An edition of 14 January 2026, of what had been published by then, and its erratum on 4 February.

What the seed record's own lists say:

- Of the 32 people that January's edition counts as deprived of liberty on the 14th, 22 by name and 10 unnamed, two
  were out by then already, as was published later (Omario Castellanos, Yacoov Harari). Sources of the following three
  weeks speak of 11 more by name, and of 2 unnamed, who were held that day: 32 - 2 + 11 + 2 = 43.
- Montserrat Espinosa and Roberto Baldo left prison on 20 January and kept it private until 4 February
  (swissinfo-2026-02-04). Nothing dated speaks of them before: the edition of January does not know them, its erratum
  adds both, held on the 14th, and the edition of February lists them as released on the 20th.
"""

import csv
import io
import json
from pathlib import Path

import pytest
from shell import Tracker

COUPLE = {"Montserrat Espinosa", "Roberto Baldo"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> tuple[Tracker, Path]:
    """The seed record with both editions beside it."""
    where = tmp_path_factory.mktemp("editions")
    tracker = Tracker(where / "tracker.db")
    tracker.ok("init", "--seed", "venezuela-2026")
    clocks = "--on {0} --published-by {0}"
    january, february = "2026-01-14", "2026-02-04"
    tracker.ok("edition", "make", january, *clocks.format(january).split())
    previous = ("--previous", str(where / "editions" / january))
    tracker.ok("edition", "make", february, *clocks.format(february).split(), *previous)
    return tracker, where / "editions"


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_january_does_not_know_what_was_published_in_february(folder: tuple[Tracker, Path]) -> None:
    january = folder[1] / "2026-01-14"
    pages = "".join(path.read_text(encoding="utf-8") for path in january.iterdir())
    assert not [name for name in COUPLE if name in pages]
    assert "2026-02-04" not in pages
    assert len(rows(january / "remaining.csv")) == 32


def test_february_lists_the_couple_as_released_on_the_20th(folder: tuple[Tracker, Path]) -> None:
    released = {row["name"]: row for row in rows(folder[1] / "2026-02-04" / "released.csv")}
    assert {released[name]["release_on"] for name in COUPLE} == {"2026-01-20"}


def test_the_erratum_of_february_corrects_the_14th_of_january(folder: tuple[Tracker, Path]) -> None:
    found = rows(folder[1] / "2026-02-04" / "erratum.csv")
    figures = {row["what"]: (row["before"], row["after"]) for row in found if row["kind"] == "figure"}
    assert figures["total: deprived"] == ("32", "43")
    added = {row["name"]: row["after"] for row in found if row["kind"] == "added"}
    assert {added[name] for name in COUPLE} == {"detained"}
    # 11 held on the 14th, 3 out by then, and 1 of whom no detention is known.
    assert sorted(added.values()) == ["detained"] * 11 + ["none"] + ["out"] * 3
    standings = {row["name"]: (row["before"], row["after"]) for row in found if row["kind"] == "standing"}
    assert standings == {
        "Omario Castellanos": ("detained", "out"),
        "Yacoov Harari": ("detained", "out"),
    }


def test_both_are_proved_by_the_record_and_february_names_january(folder: tuple[Tracker, Path]) -> None:
    tracker, where = folder
    for name in ("2026-01-14", "2026-02-04"):
        assert "byte for byte" in tracker.ok("edition", "verify", str(where / name)).out
    manifest = json.loads((where / "2026-02-04" / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["previous"]["edition"], manifest["previous"]["on"]) == ("2026-01-14", "2026-01-14")
