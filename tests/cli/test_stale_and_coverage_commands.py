"""`stale` and `coverage` at the shell."""

import re

import pytest
from shell import Tracker, faceless

from tracker.cli.commands import coverage as command
from tracker.reports.coverage import LINES


@pytest.fixture
def case(tracker: Tracker) -> Tracker:
    """Ana confirmed on 12 January, Berta on 20 February, Carla never; Ana and Carla may not be named."""
    tracker.ok("facility", "add", "El Rodeo I")
    for slug in ("lista-2026-01-12", "lista-2026-02-20"):
        tracker.ok("source", "add", slug, "--slug", slug, "--published", slug.removeprefix("lista-"))
    tracker.ok("detainee", "add", "Ana Ruiz", "--detained-on", "2025-03-02", "-f", "El Rodeo I", "--sex", "female",
               "-s", "lista-2026-01-12")  # fmt: skip
    tracker.ok("detainee", "add", "Berta Paz", "--detained-on", "2025-04", "--born", "1980-01-01", "--publish", "named",
               "-s", "lista-2026-02-20")  # fmt: skip
    tracker.ok("detainee", "add", "Carla Mora", "--detained-on", "2025-05-01")
    return tracker


def test_stale_lists_the_never_confirmed_then_the_oldest(case: Tracker) -> None:
    assert [(row["name"], row["last_confirmed"], row["days"], row["sources"]) for row in case.rows("stale", "--on", "2026-03-01")] == [
        ("Carla Mora", "", "", ""),
        ("Ana Ruiz", "2026-01-12", "48", "lista-2026-01-12"),
    ]  # fmt: skip
    assert len(case.rows("stale", "--on", "2026-03-01", "--days", "9")) == 3
    assert [row["name"] for row in case.rows("stale", "--on", "2026-03-01", "--days", "1", "--sort", "-days")] == [
        "Ana Ruiz", "Berta Paz", "Carla Mora"]  # fmt: skip


def test_stale_says_what_confirms_and_how_many_nobody_did(case: Tracker) -> None:
    said = case.ok("stale", "--on", "2026-03-01").err
    assert "Of 3 counted: 1 confirmed within 30 days, 1 longer ago, 1 never." in said
    assert "without a date, on the day it was entered" in said


def test_stale_names_nobody_in_public_who_may_not_be_named(case: Tracker) -> None:
    ran = case.ok("stale", "--on", "2026-03-01", "--days", "1", "--public", "--csv")
    assert [line.split(",")[1] for line in faceless(ran.out).splitlines()[1:]].count("[not named]") == 2
    assert not re.search("Ana|Carla", ran.out + ran.err)
    assert "Berta Paz" in ran.out


@pytest.mark.parametrize("days", ["0", "ten", "-3"])
def test_stale_refuses_days_that_are_no_number(case: Tracker, days: str) -> None:
    ran = case("stale", "--days", days)
    assert (ran.code, ran.out) == (3, "")
    assert "not a number of days" in ran.err


def test_coverage_counts_each_line_and_opens_it(case: Tracker) -> None:
    rows = {
        row["what"]: (row["people"], row["known"], row["share"]) for row in case.rows("coverage", "--on", "2026-03-01")
    }
    assert list(rows) == list(LINES)
    assert rows["arrest_day"] == ("3", "2", "66.7")
    assert rows["source"] == ("3", "2", "66.7")
    assert rows["second_source"] == ("3", "0", "0.0")
    assert [row["name"] for row in case.rows("coverage", "--list", "arrest_day")] == ["Berta Paz"]
    assert [row["name"] for row in case.rows("coverage", "--list", "source")] == ["Carla Mora"]


def test_coverage_lists_nobody_by_name_in_public_who_may_not_be_named(case: Tracker) -> None:
    ran = case.ok("coverage", "--list", "age", "--public", "--csv")
    assert faceless(ran.out).count("[not named]") == 2
    assert not re.search("Ana|Carla", ran.out + ran.err)


def test_coverage_of_a_line_there_is_not_names_those_there_are(case: Tracker) -> None:
    ran = case("coverage", "--list", "height")
    assert (ran.code, ran.out) == (3, "")
    assert "second_source" in ran.err


def test_the_lines_the_command_offers_are_those_there_are() -> None:
    assert list(LINES) == list(command.LINES)
