"""--min-cell: nothing that is published points at one person who is not named, not even by what is missing."""

import json
from itertools import product

import pytest
from shell import PSEUDONYM, Tracker

NOTE = "other figures are suppressed so that those cannot be computed"


@pytest.fixture
def record(tracker: Tracker) -> Tracker:
    """One Ukrainian woman among ten Spaniards and Venezuelans of both sexes; one of them may be named."""
    tracker.ok("facility", "add", "Penal Norte")
    people = [("UA", "female"), *product(("ES", "VE"), ("female", "male"), range(1, 6))]
    for number, (country, sex, *_more) in enumerate(people):
        tracker.ok("detainee", "add", f"Persona {'ABCDEFGHIJKLMNOPQRSTUVW'[number]} Uno", "--nationality", country, "--sex", sex,
                   "--detained-on", "2025-03-02", "-f", "Penal Norte", *(("--publish", "named") if number == 20 else ()))  # fmt: skip
    return tracker


def table(record: Tracker, *words: str) -> dict[str, dict[str, object]]:
    found = json.loads(record.ok(*words, "--public", "--min-cell", "3", "--json").out)
    return {str(row.get("value") or row["group"]): row for row in found}


def test_a_summary_does_not_tell_of_the_only_one_of_a_kind(record: Tracker) -> None:
    rows = table(record, "summary", "--by", "nationality")
    assert {cell for key, cell in rows["UA"].items() if key not in ("group", "value")} == {"[suppressed]"}
    assert rows["total"]["detained"] == 21 or rows["total"]["detained"] == "[suppressed]"
    hidden = [name for name, row in rows.items() if row["detained"] == "[suppressed]"]
    assert len(hidden) >= 2, "one missing figure alone could be computed from the total"
    said = record.ok("summary", "--by", "nationality", "--public", "--min-cell", "3")
    assert NOTE in said.err
    assert "21" not in said.out.partition("\n")[0]


def test_a_bulletin_and_a_flow_tell_no_small_figure(record: Tracker) -> None:
    record.ok("release", "add", "Persona A Uno", "--on", "2026-01-12", "--status", "verified")
    for words in (
        ("bulletin", "--on", "2026-01-13", "--since", "2026-01-09"),
        ("flow", "--from", "2026-01-09", "--to", "2026-01-13"),
    ):
        ran = record.ok(*words, "--public", "--min-cell", "3", "--json")
        told = [row["people"] for row in json.loads(ran.out)]
        assert "[suppressed]" in told
        assert not {1, 2, -1, -2} & set(told)
        page = record.ok(*words, "--public", "--min-cell", "3")
        assert NOTE in page.err
        assert not any(figure in page.out.partition("\n")[0].split() for figure in ("20", "21"))


def test_a_list_leaves_out_what_sets_somebody_apart(record: Tracker) -> None:
    words = ("remaining", "--public", "--columns", "name,nationalities,sex", "--csv", "--min-cell", "3")
    ran = record.ok(*words)
    rows = [line.split(",") for line in ran.out.splitlines()[1:]]
    assert [row[1:] for row in rows if row[0] == "Persona U Uno"] == [["VE", "male"]]
    others = [tuple(row[1:]) for row in rows if PSEUDONYM.fullmatch(row[0])]
    assert len(others) == 20
    assert all(others.count(mix) >= 3 for mix in others)
    assert "UA" not in ran.out
    assert NOTE in ran.err


def test_a_list_of_too_few_lists_nobody_unnamed(record: Tracker) -> None:
    ran = record.ok("remaining", "--public", "--nationality", "UA", "--min-cell", "3", "--csv")
    assert len(ran.out.splitlines()) == 1


def test_without_it_one_is_warned_and_no_reader_is(record: Tracker, tmp_path) -> None:
    ran = record.ok("summary", "--by", "nationality", "--public", "-o", "page.html")
    assert "of a single person who is not named: --min-cell 3" in ran.err
    assert "--min-cell" not in (tmp_path / "page.html").read_text()
    ran = record.ok("remaining", "--public", "--columns", "name,nationalities,sex")
    assert "like no other" in ran.err
    assert "like no other" not in record.ok("remaining", "--columns", "name,nationalities,sex").err


@pytest.mark.parametrize("words", [
    ("remaining", "--min-cell", "3"), ("remaining", "--public", "--min-cell", "1"), ("remaining", "--public", "--min-cell", "x"),
    ("remaining", "--public", "--explain", "--min-cell", "3"), ("gap", "--public", "--min-cell", "3"), ("find", "uno", "--public", "--min-cell", "3"),
    ("stale", "--public", "--min-cell", "3"), ("coverage", "--public", "--min-cell", "3"), ("summary", "--list", "--public", "--min-cell=3"),
    ("bulletin", "--list", "sex", "--public", "--min-cell", "3"),
])  # fmt: skip
def test_where_small_figures_cannot_be_left_out_nothing_is_told(record: Tracker, words: tuple[str, ...]) -> None:
    ran = record(*words)
    assert ran.code in (2, 3)
    assert ran.out == ""
