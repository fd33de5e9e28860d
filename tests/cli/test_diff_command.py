"""`tracker diff`, from the shell: an erratum that can be read, and sentences for what cannot be compared."""

import pytest
from shell import Tracker


@pytest.fixture
def told(tracker: Tracker) -> Tracker:
    """Change 1 made the record; 2 and 3 bring a source and Ana, 4 her release, 5 her occupation."""
    tracker.ok("source", "add", "Lista", "--slug", "lista-2026-01-12", "--published", "2026-01-12")
    tracker.ok("detainee", "add", "Ana Ruiz", "--detained-on", "2025-03-02", "-s", "lista-2026-01-12")
    tracker.ok(
        "release",
        "add",
        "Ana Ruiz",
        "--on",
        "2026-01-12",
        "-k",
        "bail",
        "--status",
        "verified",
        "-s",
        "lista-2026-01-12",
    )
    tracker.ok("detainee", "edit", "Ana Ruiz", "--occupation", "teacher")
    return tracker


def test_each_fact_has_a_row_with_its_change_and_its_source(told: Tracker) -> None:
    rows = told.rows("diff", "--known-by", "3")
    kept = [(row["kind"], row["what"], row["before"], row["after"], row["source"], row["changeset"]) for row in rows]
    assert kept == [
        ("standing", "standing", "detained", "restricted", "lista-2026-01-12", "4"),
        ("fact", "occupation", "", "teacher", "", "5"),
        ("fact", "released_on", "", "2026-01-12", "lista-2026-01-12", "4"),
        ("fact", "release_kind", "", "bail", "lista-2026-01-12", "4"),
        ("fact", "release_status", "", "verified", "lista-2026-01-12", "4"),
    ]
    assert {row["who"] for row in rows} == {"tester"}


def test_the_page_says_both_states_and_the_moment(told: Tracker) -> None:
    page = told.ok("diff", "--known-by", "3", "--and", "4", "--on", "2026-01-11", "--format", "md").out
    assert page.startswith("**What changed between change 3 (")
    assert "Standings are those at the end of 2026-01-11" in page
    assert "| standing |" not in page  # on the 11th she was held, by both
    assert "| fact |" in page


def test_the_public_erratum_counts_whom_it_may_not_name(told: Tracker) -> None:
    shown = told.ok("diff", "--known-by", "3", "--public", "--csv")
    assert "Ana" not in shown.out + shown.err
    assert "counted only: standing 1; fact 1." in shown.err
    told.ok("publish", "Ana Ruiz", "named")
    told.ok("detainee", "edit", "Ana Ruiz", "--born", "1980-05-01")
    shown = told.ok("diff", "--known-by", "3", "--public", "--csv")
    assert "renamed" in shown.out
    assert "Ana Ruiz" in shown.out
    assert "tester" not in shown.out


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        ((), 3, "--known-by is missing"),
        (("--known-by", "4", "--and", "2"), 3, "comes after change 2"),
        (("--known-by", "2030-01-01"), 3, "lies in the future"),
        (("--known-by", "2", "--and", "2030-01-01"), 3, "lies in the future"),
        (("--known-by", "2020-01-01"), 3, "Nothing was on record"),
        (("--known-by", "77"), 4, "no change 77"),
        (("--known-by", "2026-02-30"), 3, "2026-02-30"),
        (("--known-by", "2", "--sort", "nothing"), 3, "no column"),
        (("--known-by", "2", "--nationality", "Atlantis"), 3, "Atlantis"),
    ],
)
def test_bad_input_is_a_sentence(told: Tracker, words: tuple[str, ...], code: int, says: str) -> None:
    ran = told("diff", *words)
    assert (ran.code, ran.out) == (code, "")
    assert says in ran.err


def test_a_place_that_only_the_later_state_knows_can_be_asked_for(told: Tracker) -> None:
    told.ok("facility", "add", "El Rodeo I")
    told.ok("detainee", "add", "Eva Gil", "--detained-on", "2025", "-f", "El Rodeo I")
    [row] = told.rows("diff", "--known-by", "3", "--facility", "El Rodeo I")
    assert (row["kind"], row["name"]) == ("added", "Eva Gil")
