"""`--explain` opens every figure into the records behind it and who says so: of the very people that `--list` names."""

import re

import pytest
from shell import Tracker


@pytest.fixture
def case(tracker: Tracker) -> Tracker:
    """Ana freed on 12 January, retaken on 20; Beto held since ever, of no source; Caro died in prison on 15 January."""
    tracker.ok("claimant", "add", "Foro Libre", "--kind", "monitor")
    tracker.ok("claimant", "add", "Comité", "--kind", "family")
    for slug in ("uno-2026-01-13", "dos-2026-01-21"):
        tracker.ok("source", "add", slug, "--slug", slug, "--published", slug[4:])
    said = ("-s", "uno-2026-01-13", "-c", "Foro Libre")
    tracker.ok("detainee", "add", "Ana Ruiz", "--detained-on", "2025-03-02", "--sex", "female", *said)
    tracker.ok("detainee", "add", "Beto Paz", "--detained-on", "2025-04")
    tracker.ok("detainee", "add", "Caro Mora", "--detained-on", "2025-05-01", *said)
    tracker.ok("release", "add", "Ana Ruiz", "--on", "2026-01-12", "-k", "bail", *said)
    tracker.ok("retake", "Ana Ruiz", "--on", "2026-01-20", "-s", "dos-2026-01-21", "-c", "Comité")
    tracker.ok("death", "Caro Mora", "--on", "2026-01-15", *said)
    return tracker


WINDOW = ("--from", "2026-01-09", "--to", "2026-01-31")
ON = ("--on", "2026-01-31")


@pytest.mark.parametrize(
    "words",
    [
        ("flow", *WINDOW, "--list", "opening"),
        ("flow", *WINDOW, "--list", "released_bail"),
        ("flow", *WINDOW, "--list", "retaken"),
        ("flow", *WINDOW, "--list", "died"),
        ("flow", *WINDOW, "--list", "closing"),
        ("bulletin", *ON, "--list", "sex"),
        ("bulletin", *ON, "--since", "2026-01-08", "--list", "movement"),
        ("stale", *ON, "--days", "5"),
        ("coverage", *ON, "--list", "second_source"),
        ("released", *WINDOW),
        ("remaining", *ON),
    ],
    ids=" ".join,
)
def test_the_people_explained_are_those_listed(case: Tracker, words: tuple[str, ...]) -> None:
    def who(rows: list[dict[str, str]]) -> set[tuple[str, ...]]:
        return {tuple(row[key] for key in ("line", "ref", "name") if key in row) for row in rows}

    listed, explained = case.rows(*words), case.rows(*words, "--explain")
    assert listed
    assert who(explained) == who(listed)
    assert {"fact", "stance", "claimant", "source"} <= set(explained[0])


def test_each_line_is_explained_by_its_own_detention(case: Tracker) -> None:
    behind = case.rows("flow", *WINDOW, "--list", "released_bail", "--explain")
    assert [(row["on"], row["fact"], row["claimant"], row["source"]) for row in behind] == [
        ("2026-01-12", "detainee", "Foro Libre", "uno-2026-01-13"),
        ("2026-01-12", "detention", "Foro Libre", "uno-2026-01-13"),
        ("2026-01-12", "release", "Foro Libre", "uno-2026-01-13"),
    ]
    *_person, again = case.rows("flow", *WINDOW, "--list", "retaken", "--explain")
    assert again["fact"] == "detention"
    assert (again["on"], again["value"], again["claimant"]) == ("2026-01-20", "2026-01-20", "Comité")
    died = case.rows("flow", *WINDOW, "--list", "died", "--explain")
    assert ("detainee", "died_on", "2026-01-15") in [(row["fact"], row["field"], row["value"]) for row in died]
    assert ("detention", "", "2025-05-01") in [(row["fact"], row["field"], row["value"]) for row in died]


def test_what_nobody_is_cited_for_says_so_and_the_rule_stands_below(case: Tracker) -> None:
    ran = case.ok("stale", *ON, "--days", "5", "--explain", "--csv")
    assert "Beto Paz,detention,,2025-04,uncited,,," in ran.out
    assert (
        "Not confirmed for 5 days or more on 2026-01-31: 2: who says so"
        in case.ok("stale", *ON, "--days", "5", "--explain").out
    )
    assert "Counting rule “default”" in ran.err
    everybody = case.rows("coverage", "--all", *ON, "--explain")
    assert {row["name"] for row in everybody} == {"Ana Ruiz", "Beto Paz", "Caro Mora"}


@pytest.mark.parametrize(
    "words",
    [
        ("flow", *WINDOW),
        ("bulletin", *ON),
        ("estimate", "uno-2026-01-13", "dos-2026-01-21"),
        ("gap",),
    ],
    ids=" ".join,
)
def test_where_a_line_must_be_named_first_it_is_asked_for(case: Tracker, words: tuple[str, ...]) -> None:
    ran = case(*words, "--explain")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == "--explain follows the people of one line.\nName the line with --list.\n"


def test_what_was_learned_since_is_explained_as_it_was_known_then(case: Tracker) -> None:
    said = case.ok("detainee", "exclude", "Beto Paz", "--reason", "a common crime").err
    excluded = int(re.search(r"tracker undo (\d+)", said)[1])
    then = ("--known-by-from", f"#{excluded - 1}")
    behind = case.rows("flow", *WINDOW, *then, "--list", "delisted", "--explain")
    assert [(row["name"], row["fact"], row["value"], row["stance"]) for row in behind] == [
        ("Beto Paz", "detention", "2025-04", "uncited")
    ]
