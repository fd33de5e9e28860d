"""`tracker why` through the shell."""

import json

import pytest
from shell import Tracker

from tracker import i18n

NAME = "Ana Ruiz Prieto"


@pytest.fixture
def record(tracker: Tracker) -> Tracker:
    """Arrested in February 2025; said out on 8 January, home on 12 January, retaken on 8 February at 23:45."""
    tracker.ok("claimant", "add", "Foro Libre", "--kind", "monitor")
    tracker.ok("claimant", "add", "Ministerio", "--kind", "detaining_state")
    tracker.ok("source", "add", "Nota", "--slug", "nota", "--published", "2026-01-13")
    tracker.ok("source", "add", "Otra", "--slug", "otra", "--published", "2026-02-09")
    tracker.ok("facility", "add", "El Rodeo I")
    tracker.ok("detainee", "add", NAME, "--detained-on", "2025-02", "--facility", "El Rodeo I", "-s", "nota")
    tracker.ok("release", "add", NAME, "--on", "2026-01-08", "-s", "nota", "-c", "Ministerio")
    home = ("release", "add", NAME, "--on", "2026-01-12", "-k", "house_arrest", "-s", "nota", "-c", "Foro Libre")
    tracker.ok(*home, "--another")
    tracker.ok("retake", NAME, "--on", "2026-02-08T23:45", "--new-case", "-s", "otra", "-c", "Foro Libre")
    return tracker


def sentences(tracker: Tracker, *words: str) -> list[str]:
    return [row["sentence"] for row in tracker.rows("why", NAME, *words)]


def test_every_step_to_a_standing_with_who_says_so(record: Tracker) -> None:
    ran = record.ok("why", NAME, "--on", "2026-01-20")
    lines = [line.strip() for line in ran.normal.splitlines() if line.strip() and "--" not in line]
    assert lines[:2] == [f"Why: {NAME} (P-1), 2026-01-20", "step  what counts, and what does not"]
    assert [line.lstrip("0123456789 ") for line in lines[2:12]] == [
        "As of 2026-01-20 (America/Caracas).",
        "Arrested in 2025-02 (the month only) (D-1). [nota]",
        "Last held at El Rodeo I since the arrest (Y-1). [nota]",
        (
            "Said to be out on 2026-01-08: release, terms not stated, announced (R-1)."
            " By this rule that does not end a detention. [Ministerio (nota)]"
        ),
        (
            "Moved to house arrest on 2026-01-12: house arrest, verified (R-2)."
            " That is out of prison, still deprived of liberty. [Foro Libre (nota)]"
        ),
        (
            "Taken again on 2026-02-08 at 23:45 (D-2)."
            " That is later than 2026-01-20: it does not count yet. [Foro Libre (otra)]"
        ),
        "D-1 decides: the only detention that had begun by 2026-01-20.",
        "Rule “default”: a release counts if verified; house arrest counts as deprived of liberty.",
        "Therefore, on 2026-01-20: house arrest, since 2026-01-12.",
        "As of 2026-01-20 (America/Caracas).",  # below the table
    ]


def test_what_counts_changes_with_the_rule_and_the_minute(record: Tracker) -> None:
    assert sentences(record, "--on", "2026-01-10")[-1] == "Therefore, on 2026-01-10: detained, since 2025-02."
    assert sentences(record, "--on", "2026-01-10")[-3:-1] == [
        "By 2026-01-10 said to be out: announced. This rule does not go by that.",
        "Rule “default”: a release counts if verified; detained counts as deprived of liberty.",
    ]
    wide = sentences(record, "--on", "2026-01-10", "--rule", "wide")
    assert wide[-1] == "Therefore, on 2026-01-10: out, terms not stated, since 2026-01-08."
    assert any(one.startswith("Released on 2026-01-08") and one.endswith("That ends the detention.") for one in wide)
    before, after = (sentences(record, "--on", f"2026-02-08T23:{minute}") for minute in (44, 45))
    assert before[-1] == "Therefore, on 2026-02-08 23:44: house arrest, since 2026-01-12."
    assert after[-1] == "Therefore, on 2026-02-08 23:45: detained, since 2026-02-08T23:45."
    assert "No place of detention is on record by 2026-02-08 23:45." in after


def test_a_vague_date_leaves_open_what_it_leaves_open(record: Tracker) -> None:
    found = sentences(record, "--on", "2025-02-10")
    assert found[1].endswith("On 2025-02-10 this may or may not have happened; it is counted as if it had.")
    assert found[-1] == "Therefore, on 2025-02-10: detained, since 2025-02. It could also be: no detention."
    assert not any("may or may not" in one for one in sentences(record, "--on", "2026-02-10"))


def test_detentions_that_the_rule_finds_too_short_are_named(record: Tracker) -> None:
    record.ok("detainee", "add", "Luis Paz Mora", "--detained-on", "2026-01-10", "-s", "nota")
    record.ok("release", "add", "Luis Paz Mora", "--on", "2026-01-11", "-k", "full", "-s", "nota", "-c", "Foro Libre")
    rows = record.rows("why", "Luis Paz Mora", "--on", "2026-01-20", "--rule", "monitor")
    assert rows[1]["sentence"].endswith("begun 2026-01-10, is left out: it certainly lasted less than 48 hours.")
    assert rows[-1]["sentence"] == "Therefore, on 2026-01-20: no detention."


def test_each_record_has_its_sources_and_what_is_disputed_stands_below(record: Tracker) -> None:
    first = record.rows("detention", "list")[0]["ref"]
    record.ok("cite", first, "detained_on=2025-03-01", "-s", "otra", "-c", "Ministerio")
    rows = json.loads(record.ok("why", NAME, "--on", "2026-01-20", "--json").out)
    assert [*rows[1].values()][2] == ["nota"]
    assert rows[2] == {"step": 3, "sentence": "Disputed: arrested: 2025-03-01.", "sources": ["Ministerio (otra)"]}


def test_the_clocks_leave_out_what_was_not_known_or_published(record: Tracker) -> None:
    found = sentences(record, "--on", "2026-02-10", "--published-by", "2026-02-01")
    assert found[0] == "As of 2026-02-10 (America/Caracas), as published by 2026-02-01."
    assert found[1].startswith("These clocks leave out what the record holds today: D-")
    assert found[-1] == "Therefore, on 2026-02-10: house arrest, since 2026-01-12."
    ran = record("why", NAME, "--published-by", "2026-01-01")
    assert ran.code == 4
    assert "is on record today, but not by these clocks" in ran.err
    assert "Traceback" not in ran.err


def test_people_excluded_and_people_without_a_detention(record: Tracker) -> None:
    record.ok("detainee", "add", "Eva Gil Soto", "-s", "nota")
    assert sentences_of(record, "Eva Gil Soto")[1:] == [
        "No detention is on record.",
        "Rule “default”: a release counts if verified; no detention counts neither as held nor as released.",
        "Therefore, on 2026-01-20: no detention.",
    ]
    record.ok("detainee", "exclude", "Eva Gil Soto", "--reason", "a common crime")
    assert sentences_of(record, "Eva Gil Soto")[1:] == [
        "Excluded from all counts: a common crime",
        "Therefore, on 2026-01-20: no standing, and in no count.",
    ]


def sentences_of(tracker: Tracker, name: str) -> list[str]:
    return [row["sentence"] for row in tracker.rows("why", name, "--on", "2026-01-20")]


def test_a_death_in_custody(record: Tracker) -> None:
    record.ok("death", NAME, "--on", "2026-02-20", "--place", "Hospital", "-s", "otra", "-c", "Foro Libre")
    rows = record.rows("why", NAME, "--on", "2026-03-01")
    died = next(row for row in rows if row["sentence"].startswith("Died"))
    assert died["sentence"] == "Died on 2026-02-20: Hospital. Just before that: detained, so it was in custody."
    assert died["sources"] == "Foro Libre (otra)"
    assert rows[-1]["sentence"] == "Therefore, on 2026-03-01: died in custody, since 2026-02-20."
    later = sentences(record, "--on", "2026-02-19")
    assert "Died on 2026-02-20: Hospital. That is later than 2026-02-19: it does not count yet." in later


def test_in_public_only_people_who_may_be_named_and_no_private_voice(record: Tracker) -> None:
    ran = record("why", NAME, "--public")
    assert (ran.code, ran.out) == (3, "")
    assert "may not be named in public" in ran.err
    record.ok("claimant", "add", "Rosa Prieto", "--kind", "family")
    record.ok("cite", NAME, "died_on=2026-03-01", "-s", "otra", "-c", "Rosa Prieto")
    record.ok("detainee", "edit", NAME, "--born", "1980")
    record.ok("publish", NAME, "named")
    told = record.ok("why", NAME, "--on", "2026-01-20", "--public", "--csv")
    assert "house arrest, since 2026-01-12" in told.out
    assert "Rosa" not in told.out + told.err


def test_several_people_of_one_name_and_nobody(record: Tracker) -> None:
    for _again in range(2):
        record.ok("detainee", "add", "José Mora Peña", "--another")
    ran = record("why", "José Mora Peña")
    assert ran.code == 4
    assert ran.err.count("P-") >= 2
    assert record("why", "Nadie Nunca").code == 4
    assert record("why", NAME, "--on", "2026-02-30").code == 3
    assert record("why", NAME, "--rule", "nope").code == 3


def test_in_spanish(record: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_language", "es")
    found = record.rows("why", NAME, "--on", "2026-01-20")
    assert found[-1]["sentence"] == "Por tanto, el 2026-01-20: casa por cárcel, desde 2026-01-12."
    assert found[1]["sentence"].startswith("Detención en 2025-02 (solo el mes)")


def test_an_announcement_is_not_forgotten_once_the_release_is_verified_for_a_later_day(record: Tracker) -> None:
    record.ok("detainee", "add", "Caro Tres", "--detained-on", "2025-01-01")
    record.ok("release", "add", "Caro Tres", "--on", "2026-01-08", "-c", "Ministerio", "-s", "nota")
    record.ok("release", "add", "Caro Tres", "--on", "2026-02-15", "-k", "bail", "-c", "Foro Libre", "-s", "otra")

    def said_out(day: str, *words: str) -> str:
        found = record.rows("remaining", "--on", day, "--columns", "name,said_out", *words)
        return next(row["said_out"] for row in found if row["name"] == "Caro Tres")

    assert said_out("2026-01-07") == ""
    assert said_out("2026-01-20") == said_out("2026-01-20", "--published-by", "2026-02-01") == "announced"
    steps = [row["sentence"] for row in record.rows("why", "Caro Tres", "--on", "2026-01-20")]
    assert "Disputed: released: 2026-01-08." in steps
    assert "By 2026-01-20 said to be out: announced. This rule does not go by that." in steps
