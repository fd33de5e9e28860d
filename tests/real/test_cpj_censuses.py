"""The yearly censuses of imprisoned journalists: 28 lists in one file, a release visible only as an absence.

Counted in the file itself: 4,854 rows of imprisoned people, 1,695 names, 53 of them missing from a census and back on a
later one. The same name after a gap is asked, not taken: the Win Tin of 2014 (Bi Mon Te Nay) is not the Win Tin of 1992
to 2007, who was out by 2008 and dead by 2014. Everybody else who came back under the same name is the same person here.
"""

import csv
import io
from itertools import pairwise
from pathlib import Path

import pytest

from tracker.domain.names import clean

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "cpj_journalists"

pytestmark = pytest.mark.shared

SOURCE = ("-s", "https://cpj.example/2020/01/01/census", "-c", "CPJ", "--list", "cpj")
MAPS = ("fullName=name", "primaryNationality=nationalities", "gender=sex", "jobs=occupation", "charges=charges")
MEANING = [word for one in (*MAPS, "sentence=sentence", "*=-") for word in ("--map", one)]
HOMONYMS = {"Win Tin"}


def censuses(last: int) -> list[dict[str, str]]:
    """Return the rows of imprisoned people up to a year, with the day of their census: 1 December."""
    path = DATA / "cpj_1992_2020_original.csv"
    if not path.exists():
        pytest.skip(f"the real lists are not beside this checkout ({DATA})")
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["status"] == "Imprisoned" and int(row["Year"]) <= last]
    return [{"Census": f"{row['Year']}-12-01", **row} for row in rows]


def written(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def corrected(row: dict[str, str]) -> dict[str, str]:
    """Put right what is no nationality: two in one cell, a state that is no more, a territory without a people."""
    no_country = {"Yugoslavia", "Israel and the Occupied Palestinian Territory"}
    nationalities = "" if row["primaryNationality"] in no_country else row["primaryNationality"].replace(", ", "; ")
    return {**row, "primaryNationality": nationalities, "fullName": row["fullName"].replace("\xc3\x81", "Á")}


def answered(question: dict[str, str]) -> dict[str, str]:
    """Answer as somebody who knows: who is called exactly so is meant, unless two people are; others are not."""
    name = question["printed_name"]
    meant = [
        one.split(" ")[0]
        for one in question["candidates"].split("; ")
        if one.split(" ", 1)[1].rpartition(" (")[0] == name
    ]
    return {**question, "answer": meant[0] if meant and name not in HOMONYMS else "different"}


def answer_all(tracker, questions: Path) -> None:
    while tracker.rows("review"):  # who is added by one answer may be meant by another row
        questions.unlink(missing_ok=True)
        tracker.ok("review", "--write", str(questions))
        written(questions, [answered(row) for row in read(questions)])
        tracker.ok("review", "--read", str(questions))


def changes(rows: list[dict[str, str]]) -> tuple[list[tuple[str, str]], int]:
    """Return (name, from when to when) of everybody missing from the next census, and how many came back later."""
    days = sorted({row["Census"] for row in rows})
    on = {day: {row["fullName"] for row in rows if row["Census"] == day} for day in days}
    gone = [(name, f"{day}..{after}") for day, after in pairwise(days) for name in on[day] - on[after]]
    earlier: set[str] = set()
    back = 0
    for day, after in pairwise(days):
        earlier |= on[day]
        back += len(on[after] & earlier - on[day] - HOMONYMS)
    return gone, back


@pytest.mark.parametrize(
    ("last", "people"),
    [
        pytest.param(1998, 425, id="some"),
        pytest.param(2019, 1696, id="all", marks=pytest.mark.long),  # 1,695 names; two men are called Win Tin
    ],
)
def test_who_is_missing_from_the_next_census_was_released_in_between(new_record, tmp_path, last, people):
    tracker = new_record()
    tracker.ok("claimant", "add", "CPJ", "--kind", "monitor")
    rows = censuses(last)
    path = str(written(tmp_path / "censuses.csv", rows))
    asked = (path, *SOURCE, "--snapshot-by", "Census", "--repair-encoding")  # one name was encoded twice

    bad = tmp_path / "bad.csv"
    skipped = tracker("import", *asked, *MEANING, "--skip-bad", str(bad))
    assert skipped.code == 5
    assert {row["Census"] for row in read(bad)} >= {"1992-12-01"}  # what is wrong on every list is told at once
    assert f"{len(tracker.rows('review'))} questions are open" in skipped.err  # a row that waits on four lists is one
    refused = tracker("import", *asked, "--absent", "released")
    assert refused.code == 3
    assert "not settled" in refused.err
    written(bad, [corrected(row) for row in read(bad)])
    tracker.ok("import", str(bad), *SOURCE, "--snapshot-by", "Census")

    answer_all(tracker, tmp_path / "questions.csv")
    assert tracker.rows("release", "list") == []  # absence alone says nothing
    names = [row["name"] for row in tracker.rows("detainee", "list", "--columns", "name")]
    assert len(names) == people
    rows = [{**row, "fullName": clean(corrected(row)["fullName"])} for row in rows]
    assert {row["fullName"] for row in rows} == set(names)

    gone, back = changes(rows)
    done = tracker.ok("import", *asked, "--absent", "released")
    assert f"Recorded for {len(gone)} of them" in done.err
    assert f"{back} times somebody who was not on the version before is on the list again" in done.err
    out = [(row["name"], row["on"], row["kind"], row["status"]) for row in tracker.rows("release", "list")]
    assert sorted(out) == sorted((name, on, "unstated", "verified") for name, on in gone)
    held = tracker.rows("remaining", "--columns", "name")
    assert sorted(row["name"] for row in held) == sorted(row["fullName"] for row in rows if row["Year"] == str(last))
    errors = tracker("check", "--severity", "error", "--csv")
    assert not list(csv.DictReader(io.StringIO(errors.out)))

    before = tracker.rows("release", "list")
    again = tracker.ok("import", *asked, "--absent", "released")
    assert "Recorded for 0 of them" in again.err
    assert tracker.rows("release", "list") == before


def test_a_newer_census_tells_who_is_new_and_who_is_missing(new_record, tmp_path):
    tracker = new_record()
    tracker.ok("claimant", "add", "CPJ", "--kind", "monitor")
    rows = [row for row in censuses(1993) if row == corrected(row)]
    for day in ("1992-12-01", "1993-12-01"):
        path = written(tmp_path / f"{day}.csv", [row for row in rows if row["Census"] == day])
        asked = ("import", str(path), *SOURCE, "--as-of", day, "--one-person-by", "name")
        told = tracker.ok(*asked, *(MEANING if day.startswith("1992") else ()))
    on = {day: {row["fullName"] for row in rows if row["Census"] == day} for day in ("1992-12-01", "1993-12-01")}
    gone = len(on["1992-12-01"] - on["1993-12-01"])
    assert f"{gone} people on the last version of this list are no longer on it" in told.err
    assert "Columns are read as saved for the list cpj" in told.err
    new = len(on["1993-12-01"] - on["1992-12-01"])
    waiting = len(tracker.rows("review"))  # printed much like somebody on record
    assert f"{new - waiting} new people" in told.err
    answer_all(tracker, tmp_path / "questions.csv")
    tracker.ok(*asked, "--absent", "released")
    assert len(tracker.rows("release", "list")) == gone
    assert {row["on"] for row in tracker.rows("release", "list")} == {"1992-12-01..1993-12-01"}
