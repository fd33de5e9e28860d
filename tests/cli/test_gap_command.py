"""`tracker gap` through the shell."""

import re

import pytest
from shell import Tracker

from tracker import i18n


@pytest.fixture
def january(tracker: Tracker) -> Tracker:
    tracker.ok("claimant", "add", "Foro Libre", "--kind", "monitor", "--house-arrest", "held")
    tracker.ok("claimant", "add", "Ministerio", "--kind", "detaining_state")
    tracker.ok("source", "add", "Nota", "--slug", "nota", "--published", "2026-01-14")
    for name in ("Ana Ruiz Prieto", "Luis Paz Mora", "Eva Gil Soto"):
        tracker.ok("detainee", "add", name, "--detained-on", "2025-05-01")
    tracker.ok("release", "add", "Ana Ruiz Prieto", "--on", "2026-01-12", "-s", "nota", "-c", "Foro Libre")
    tracker.ok(
        "release", "add", "Eva Gil Soto", "--on", "2026-01-12", "-k", "house_arrest", "-s", "nota", "-c", "Foro Libre"
    )
    since = ("--since", "2026-01-08", "-s", "nota")
    tracker.ok("claim", "add", "Foro Libre", "released", "24", "--as-of", "2026-01-12", *since)
    tracker.ok("claim", "add", "Foro Libre", "released", "41", "--as-of", "2026-01-13", *since)
    tracker.ok("claim", "add", "Ministerio", "released", "at least 116", "--as-of", "2026-01-12", *since)
    return tracker


def test_claims_stand_beside_the_record(january: Tracker) -> None:
    rows = january.rows("gap")
    assert [
        (row["claimant"], row["claimed_min"], row["claimed_max"], row["counted"], row["difference_min"]) for row in rows
    ] == [
        ("Foro Libre", "24", "24", "1", "23"),
        ("Ministerio", "116", "", "1", "115"),
        ("Ministerio", "116", "", "2", "114"),
        ("Foro Libre", "41", "41", "1", "40"),
    ]
    latest = january.rows("gap", "--on", "2026-01-13", "--claimant", "Foro Libre")
    assert [(row["as_of"], row["claimed_min"]) for row in latest] == [("2026-01-13", "41")]


def test_what_a_person_reads(january: Tracker) -> None:
    text = january.ok("gap", "--on", "2026-01-13", "--format", "md").out
    assert "| released: everybody, since 2026-01-08 |" in text
    assert re.search(r"Foro Libre \(K-\w+\) \| 2026-01-13 \| 41 \| 1 \| \+40 \|", text)
    assert "house arrest counted as held, as the claimant counts it" in text
    assert "Counting rule “default”" in text


def test_a_claim_opens_into_people_with_who_says_so(january: Tracker) -> None:
    ref = january.rows("gap", "--claimant", "Foro Libre")[0]["ref"]
    people = january.rows("gap", "--list", ref)
    assert [(row["line"], row["name"]) for row in people] == [("verified", "Ana Ruiz Prieto")]
    behind = january.rows("gap", "--list", ref, "--explain")
    assert {(row["fact"], row["claimant"]) for row in behind if row["fact"] == "release"} == {("release", "Foro Libre")}


def test_the_rule_of_a_claimant_is_followed(january: Tracker) -> None:
    january.ok("claimant", "edit", "Ministerio", "--rule", "wide")
    [row] = january.rows("gap", "--claimant", "Ministerio")
    assert row["counted"] == "2"
    assert "wide" in row["notes"]
    assert "Counting rule “wide”: Announced and reported" in january.ok("gap", "--format", "md").out


def test_spanish(january: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_language", "es")
    said = january.ok("gap", "--format", "md").out
    assert "el arresto domiciliario contado como detención" in said
    assert "cifras declaradas junto al registro" in said


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--list", "K-nobody"), 4, "There is no claim"),
        (("--measure", "eaten"), 3, "is not a word"),
        (("--claimant", "Nadie"), 4, "Nadie"),
        (("--standing", "free"), 3, "standing"),
        (("--explain",), 3, "--list"),
        (("--on", "2999-01-01"), 3, "2999"),
        (("--known-by", "2001-01-01"), 3, "Nothing was on record yet"),
        (("--sort", "colour"), 3, "no column"),
        (("--rule", "wild"), 3, "no counting rule"),
    ],
)
def test_nonsense_is_a_sentence(january: Tracker, words: tuple[str, ...], code: int, said: str) -> None:
    ran = january("gap", *words)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err


def test_a_record_without_claims_says_what_to_do(tracker: Tracker) -> None:
    assert "tracker claim add" in tracker.ok("gap").err + tracker.ok("gap", "--format", "table").out
