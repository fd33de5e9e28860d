"""`detention …`, `retake` and `death` at the shell, with invented people."""

import csv
import io

import pytest


@pytest.fixture
def case(tracker):
    tracker.ok("facility", "add", "El Rodeo I")
    tracker.ok("facility", "add", "El Helicoide")
    tracker.ok("claimant", "add", "Foro Libre", "--kind", "monitor")
    tracker.ok("source", "add", "Uno", "--slug", "uno-2025-03-04", "--published", "2025-03-04")
    tracker.ok("detainee", "add", "Ana Ruiz Prieto")
    return tracker


def rows(tracker, *words):
    return list(csv.DictReader(io.StringIO(tracker.ok(*words, "--csv").out)))


def test_an_arrest_a_transfer_a_correction_and_the_list(case):
    cited = ("-s", "uno-2025-03-04", "-c", "Foro Libre")
    ran = case.ok(
        "detention", "add", "Ana Ruiz Prieto", "--on", "2025-03-02", "-f", "Rodeo 1", "--authority", "SEBIN", *cited
    )
    assert "since 2025-03-02 (arrest), El Rodeo I." in ran.err
    assert "On record now: detained" in ran.err
    moved = case.ok("detention", "transfer", "Ana Ruiz Prieto", "--to", "Helicoide", "--on", "2025-06", *cited)
    assert "El Rodeo I → El Helicoide on 2025-06" in moved.err
    lost = case.ok("detention", "transfer", "Ana Ruiz Prieto", "--whereabouts-unknown", "--on", "2025-08-10")
    assert "On record now: whereabouts unknown" in lost.err
    edited = case.ok("detention", "edit", "Ana Ruiz Prieto", "--stage", "condenada", "--sentence", "16 years", *cited)
    assert "legal stage: (nothing) → sentenced" in edited.err
    [row] = rows(case, "detention", "list", "Ana Ruiz Prieto")
    assert (row["on"], row["authority"], row["stage"], row["sentence"]) == (
        "2025-03-02",
        "SEBIN",
        "sentenced",
        "16 years",
    )
    assert row["facilities"] == "El Rodeo I; El Helicoide; whereabouts_unknown"
    assert (row["claimants"], row["sources"]) == ("Foro Libre", "uno-2025-03-04")


def test_a_second_open_detention_is_refused_at_the_shell(case):
    case.ok("detention", "add", "Ana Ruiz Prieto", "--on", "2025-03-02")
    ran = case("detention", "add", "Ana Ruiz Prieto", "--on", "2025-04-02")
    assert ran.code == 3
    assert ran.normal == (
        "Ana Ruiz Prieto (P-1) is already detained on record, since 2025-03-02 (D-1); a second open detention is"
        " refused.\n"
        "The same arrest? tracker detention edit D-1. Released and taken again? Record the release, then 'tracker"
        " retake'. A detention long over? Add --released-on DATE.\n"
    )


def test_a_detention_long_over_is_added_with_its_end(case):
    case.ok("detention", "add", "Ana Ruiz Prieto", "--on", "2025-03-02")
    case.ok("detention", "add", "Ana Ruiz Prieto", "--on", "2019", "--released-on", "2020-05", "-k", "full",
            "--status", "verified")  # fmt: skip
    assert [(row["on"], row["released"]) for row in rows(case, "detention", "list")] == [
        ("2019", "2020-05"),
        ("2025-03-02", ""),
    ]
    ran = case("detention", "add", "Ana Ruiz Prieto", "--on", "2018", "--kind", "full")
    assert (ran.code, "--released-on" in ran.err) == (3, True)


def test_retaking_somebody_only_reported_out_says_what_to_verify(case):
    case.ok("detention", "add", "Ana Ruiz Prieto", "--on", "2025-03-02")
    case.ok("release", "add", "Ana Ruiz Prieto", "--on", "2026-02-08")
    ran = case("retake", "Ana Ruiz Prieto", "--on", "2026-02-08T23:45")
    assert ran.code == 3
    assert "Release R-1 on 2026-02-08 is only reported." in ran.normal
    assert "tracker release verify R-1 -s SOURCE -c CLAIMANT" in ran.normal


def test_retaking_before_the_release_is_refused_and_on_its_day_is_not(case):
    case.ok("release", "add", "Ana Ruiz Prieto", "--on", "2026-02-08", "--status", "verified")
    early = case("retake", "Ana Ruiz Prieto", "--on", "2026-02-07")
    assert (early.code, "2026-02-07, before the release on 2026-02-08" in early.err) == (3, True)
    ran = case.ok("retake", "Ana Ruiz Prieto", "--on", "2026-02-08", "-f", "El Helicoide", "--new-case")
    assert "(new case), El Helicoide." in ran.err


@pytest.fixture
def freed_in_two_steps(case):
    verified = ("--status", "verified")
    case.ok("release", "add", "Ana Ruiz Prieto", "--on", "2026-01-12", "-k", "bail", "--detained-on", "2025", *verified)
    case.ok("release", "add", "Ana Ruiz Prieto", "--on", "2026-01-20", "-k", "full", *verified)
    return case


def test_retaking_before_the_new_terms_of_a_release_is_refused(freed_in_two_steps):
    case = freed_in_two_steps
    ran = case("retake", "Ana Ruiz Prieto", "--on", "2026-01-15")
    assert (ran.code, ran.out) == (3, "")
    assert ran.normal == (
        "Ana Ruiz Prieto (P-1) cannot be taken again on 2026-01-15, before the release on 2026-01-20 (R-1).\n"
        "Correct the date that is wrong: tracker release edit R-1 --on DATE. If it freed them from the new detention:"
        " tracker release retract R-1, then retake, then add it anew.\n"
    )
    assert len(rows(case, "detention", "list")) == 1
    retract = rows(case, "release", "list", "Ana Ruiz Prieto")[1]["ref"]
    case.ok("release", "retract", retract, "--reason", "of the second detention")
    case.ok("retake", "Ana Ruiz Prieto", "--on", "2026-01-15")
    case.ok("release", "add", "Ana Ruiz Prieto", "--on", "2026-01-20", "--status", "verified", "--another")
    assert rows(case, "check", "--severity", "error") == []
    case.ok("release", "edit", retract, "--status", "verified")  # the second detention is over by then: in order


def test_new_terms_are_not_moved_into_a_later_detention(freed_in_two_steps):
    case = freed_in_two_steps
    case.ok("retake", "Ana Ruiz Prieto", "--on", "2026-01-20")
    [detention] = [row for row in rows(case, "detention", "list") if row["on"] == "2026-01-20"]
    terms = rows(case, "release", "list", "Ana Ruiz Prieto")[1]["ref"]
    for wrong in (
        ("release", "edit", terms, "--on", "2026-01-21"),
        ("detention", "edit", detention["ref"], "--on", "2026-01-19"),
    ):
        ran = case(*wrong)
        assert (ran.code, ran.out) == (3, "")
        assert "lie within another detention (from 2026-01-" in ran.err


@pytest.mark.parametrize(
    ("on", "standing"),
    [("2025-12-01", "died in custody"), ("2026-02-09", "died later"), ("..2025-12-31", "died in custody")],
)
def test_a_death_says_whether_it_was_in_custody(case, on, standing):
    case.ok("detention", "add", "Ana Ruiz Prieto", "--on", "2025-03-02")
    if on == "2026-02-09":
        case.ok("release", "add", "Ana Ruiz Prieto", "--on", "2026-02-08", "--status", "verified")
    ran = case.ok("death", "Ana Ruiz Prieto", "--on", on, "--place", "a hospital")
    assert f"Recorded: the death of Ana Ruiz Prieto (P-1): {on}, a hospital." in ran.normal
    assert f"On record now: {standing}" in ran.err


def test_a_second_death_and_one_before_the_arrest_are_refused(case):
    case.ok("detention", "add", "Ana Ruiz Prieto", "--on", "2025-03-02")
    early = case("death", "Ana Ruiz Prieto", "--on", "2025-03-01")
    assert (early.code, "2025-03-02" in early.err, "2025-03-01" in early.err) == (3, True, True)
    case.ok("death", "Ana Ruiz Prieto", "--on", "2025-12-01")
    second = case("death", "Ana Ruiz Prieto", "--on", "2025-12-02")
    assert (second.code, "already on record: 2025-12-01" in second.err) == (3, True)
    case.ok("death", "Ana Ruiz Prieto", "--on", "2025-12-02", "--correct")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("detention", "add", "Ana Ruiz Prieto"), 2),
        (("detention", "add", "Ana Ruiz Prieto", "--on", "2026-02-30"), 3),
        (("detention", "add", "Nadie Conocido", "--on", "2025-03-02"), 4),
        (("detention", "add", "Ana Ruiz Prieto", "--on", "2025-03-02", "-f", "Zona 7"), 4),
        (("detention", "edit", "Ana Ruiz Prieto", "--on", "2025-03-02"), 4),
        (("detention", "edit", "D-zzzzzz", "--on", "2025-03-02"), 4),
        (("detention", "transfer", "Ana Ruiz Prieto", "--on", "2025-03-02"), 4),
        (("retake", "Ana Ruiz Prieto", "--on", "2025-03-02"), 3),
        (("death", "Ana Ruiz Prieto", "--on", "unknown"), 3),
        (("death", "Ana Ruiz Prieto"), 2),
    ],
)
def test_bad_input_is_a_sentence_and_changes_nothing(case, words, code):
    ran = case(*words)
    assert (ran.code, ran.out) == (code, "")
    assert "Traceback" not in ran.err
    assert rows(case, "detention", "list") == []


def test_every_change_of_custody_is_undone(case):
    steps = [
        ("detention", "add", "Ana Ruiz Prieto", "--on", "2025-03-02", "-f", "El Rodeo I", "-s", "uno-2025-03-04"),
        ("detention", "transfer", "Ana Ruiz Prieto", "--to", "El Helicoide", "--on", "2025-06"),
        ("release", "add", "Ana Ruiz Prieto", "--on", "2026-02-08", "-f", "El Rodeo I", "-s", "uno-2025-03-04"),
        ("release", "verify", "Ana Ruiz Prieto", "--on", "2026-02-07", "--yes"),
        ("retake", "Ana Ruiz Prieto", "--on", "2026-02-08T23:45"),
        ("death", "Ana Ruiz Prieto", "--on", "2026-03-01"),
    ]

    def page():
        return case.ok("show", "Ana Ruiz Prieto", "--explain", "--csv").out

    pages = []
    for step in steps:
        pages.append(page())
        case.ok(*step)
    for before in reversed(pages):
        case.ok("undo")
        assert page() == before
