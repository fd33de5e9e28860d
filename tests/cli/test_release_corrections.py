"""Releases corrected, verified and retracted; questions asked on a terminal."""

import csv
import io

import pytest

from tracker.cli import context


@pytest.fixture
def case(tracker):
    tracker.ok("claimant", "add", "Foro Libre", "--kind", "monitor")
    tracker.ok("source", "add", "Uno", "--slug", "uno-2026-01-12", "--published", "2026-01-12")
    tracker.ok("source", "add", "Dos", "--slug", "dos-2026-01-13", "--published", "2026-01-13")
    tracker.ok("release", "add", "Ana Ruiz Prieto", "--create", "--on", "2026-01-12", "-s", "uno-2026-01-12")
    return tracker


def the_release(tracker):
    [row] = csv.DictReader(io.StringIO(tracker.ok("release", "list", "Ana Ruiz Prieto", "--csv").out))
    return row


def test_editing_says_from_what_to_what(case):
    ran = case.ok("release", "edit", "Ana Ruiz Prieto", "--on", "2026-01-13", "-k", "full", "-s", "dos-2026-01-13")
    assert ran.normal.splitlines()[:2] == [
        "R-1 (Ana Ruiz Prieto): released: 2026-01-12 → 2026-01-13",
        "R-1 (Ana Ruiz Prieto): terms: release, terms not stated → full freedom",
    ]
    assert "On record now: detained" in ran.err
    row = the_release(case)
    assert (row["on"], row["kind"], row["sources"]) == ("2026-01-13", "full", "dos-2026-01-13; uno-2026-01-12")


def test_every_fact_of_a_release_is_corrected_or_emptied(case):
    given = ("--basis", "amnesty", "--status", "announced", "--conditions", "may not travel", "--freed-at", "a mall")
    ran = case.ok("release", "edit", "Ana Ruiz Prieto", *given, "--note", "see list", "--publish", "withheld",
                  "--publish-from", "2026-02-04")  # fmt: skip
    assert ran.err.count("→") == 7
    row = the_release(case)
    assert (row["basis"], row["status"], row["conditions"], row["freed_at"]) == (
        "amnesty", "announced", "may not travel", "a mall",
    )  # fmt: skip
    case.ok("release", "edit", "Ana Ruiz Prieto", "--basis", "", "--conditions", "", "--publish", "", "--on", "unknown")
    row = the_release(case)
    assert (row["basis"], row["conditions"], row["on"]) == ("unstated", "", "")
    assert case("release", "edit", "Ana Ruiz Prieto", "--status", "retracted").code == 3


def test_who_disputed_what_is_corrected_supports_it_then(case):
    case.ok("cite", the_release(case)["ref"], "conditions=a gag order", "-s", "dos-2026-01-13")
    case.ok("release", "edit", "Ana Ruiz Prieto", "--conditions", "a gag order")
    page = case.ok("show", "Ana Ruiz Prieto", "--explain", "--csv").out
    assert "a gag order,disputes" not in page


def test_editing_without_a_difference_changes_nothing(case):
    ran = case.ok("release", "edit", "Ana Ruiz Prieto", "--on", "2026-01-12")
    assert "no fact is different" in ran.err
    assert "Nothing was changed." in ran.err


def test_editing_keeps_the_rules_and_the_order(case):
    case.ok("detention", "edit", "Ana Ruiz Prieto", "--on", "2025-03-02")
    ran = case("release", "edit", "Ana Ruiz Prieto", "--on", "2025-03-01")
    assert (ran.code, "2025-03-01" in ran.err, "2025-03-02" in ran.err) == (3, True, True)
    case.ok("release", "add", "Ana Ruiz Prieto", "--on", "2026-02-20", "-k", "full")
    first = case.ok("release", "list", "--csv", "--columns", "ref").out.split()[1]
    case.ok("release", "edit", first, "--on", "2026-03-01")
    listed = case.ok("show", "Ana Ruiz Prieto").out
    assert listed.index("2026-02-20") < listed.index("2026-03-01")


def test_verifying_raises_it_and_the_person_leaves_the_held_list(case):
    ran = case.ok("release", "verify", "Ana Ruiz Prieto", "-s", "dos-2026-01-13", "-c", "Foro Libre")
    assert "on 2026-01-12: reported → verified." in ran.err
    assert "On record now: out, terms not stated" in ran.err
    again = case.ok("release", "verify", "Ana Ruiz Prieto", "-s", "dos-2026-01-13", "-c", "Foro Libre")
    assert "was verified already" in again.err


def test_verifying_another_day_keeps_the_first_one_as_disputed(case):
    case.ok("release", "verify", "Ana Ruiz Prieto", "--on", "2026-01-13", "-s", "dos-2026-01-13", "-c", "Foro Libre")
    assert the_release(case)["on"] == "2026-01-13"
    page = case.ok("show", "Ana Ruiz Prieto", "--explain", "--csv").out
    assert "2026-01-12,disputes,,uno-2026-01-12" in page


def test_verifying_on_nobodys_word_is_refused_unless_meant(case):
    ran = case("release", "verify", "Ana Ruiz Prieto")
    assert (ran.code, "Who verifies release" in ran.err) == (3, True)
    case.ok("release", "verify", "Ana Ruiz Prieto", "--yes")
    assert the_release(case)["status"] == "verified"


def test_verifying_on_the_word_of_a_newspaper_is_told(case):
    ran = case.ok("release", "verify", "Ana Ruiz Prieto", "-s", "dos-2026-01-13")
    assert "supports reported, not verified" in ran.err


def test_retracting_keeps_it_uncounted_with_the_source_against_it(case):
    case.ok("release", "verify", "Ana Ruiz Prieto", "--yes")
    ran = case.ok("release", "retract", "Ana Ruiz Prieto", "--reason", "seen in her cell", "-s", "dos-2026-01-13")
    assert "Retracted: release" in ran.err
    assert "On record now: detained" in ran.err
    assert the_release(case)["status"] == "retracted"
    page = case.ok("show", "Ana Ruiz Prieto", "--explain", "--csv").out
    assert "Retracted: seen in her cell" in page
    assert "disputes,,dos-2026-01-13" in page


@pytest.mark.parametrize("verb", ["verify", "retract"])
def test_a_retracted_release_is_neither_verified_nor_retracted(case, verb):
    ref = the_release(case)["ref"]
    case.ok("release", "retract", ref, "--reason", "false")
    ran = case("release", verb, ref, "-s", "dos-2026-01-13")
    assert (ran.code, "retracted" in ran.err) == (3, True)
    assert case("release", "verify", "Ana Ruiz Prieto", "-s", "dos-2026-01-13").code == 4
    case.ok("release", "edit", ref, "--status", "reported")


def test_retracting_needs_a_reason(case):
    ran = case("release", "retract", "Ana Ruiz Prieto")
    assert (ran.code, "--reason" in ran.err) == (3, True)


def test_retracting_what_a_retaking_rests_on_is_refused(case):
    case.ok("release", "verify", "Ana Ruiz Prieto", "--yes")
    case.ok("retake", "Ana Ruiz Prieto", "--on", "2026-01-20")
    ran = case("release", "retract", "Ana Ruiz Prieto", "--reason", "false")
    assert (ran.code, "both open" in ran.err) == (3, True)


def test_a_person_with_several_releases_needs_the_ref(case):
    case.ok("release", "add", "Ana Ruiz Prieto", "--on", "2026-02-20", "-k", "full")
    ran = case("release", "verify", "Ana Ruiz Prieto", "--yes")
    assert (ran.code, ran.err.count("R-")) == (4, 2)


def test_somebody_without_a_release_is_told(case):
    case.ok("detainee", "add", "Luis Paz Mora")
    ran = case("release", "edit", "Luis Paz Mora", "--on", "2026-01-13")
    assert (ran.code, "no such release" in ran.err) == (4, True)


@pytest.fixture
def answers(monkeypatch):
    """Somebody at a terminal, and what they answer."""
    given: list[str | None] = []
    asked: list[tuple[str, list[str]]] = []

    def choose(question, choices):
        asked.append((question, [value for value, _sentence in choices]))
        return given.pop(0)

    monkeypatch.setattr(context, "interactive", lambda: True)
    monkeypatch.setattr(context, "choose", choose)
    return given, asked


def test_on_a_terminal_what_is_unclear_is_asked(case, answers):
    given, asked = answers
    case.ok("release", "verify", "Ana Ruiz Prieto", "--yes")
    ref = the_release(case)["ref"]
    given += [ref, "another", None]
    for source, releases in (("dos-2026-01-13", 1), ("dos-2026-01-13", 2)):
        case.ok("release", "add", "Ana Ruiz Prieto", "--on", "2026-01-22", "-s", source)
        assert case.ok("release", "list", "--csv").out.count("R-") == releases
    assert asked[0][1] == [ref, "another"]
    stopped = case("release", "add", "Ana Ruiz Prieto", "--on", "2026-03-22")
    assert stopped.code == 4
    assert case.ok("release", "list", "--csv").out.count("R-") == 2


def test_the_list_of_releases_is_narrowed_sorted_and_paged(case):
    case.ok("release", "add", "Luis Paz Mora", "--create", "--on", "2026-01-14", "-k", "full", "--status", "verified")
    case.ok("release", "add", "Eva Gil Soto", "--create", "--on", "unknown")

    def names(*words):
        return [row["name"] for row in csv.DictReader(io.StringIO(case.ok("release", "list", *words, "--csv").out))]

    assert names() == ["Ana Ruiz Prieto", "Luis Paz Mora", "Eva Gil Soto"]
    assert names("--from", "2026-01-13") == ["Luis Paz Mora"]
    assert names("--to", "2026-01-13") == ["Ana Ruiz Prieto"]
    assert names("--status", "verificada") == ["Luis Paz Mora"]
    assert names("--status", "verified", "--status", "reported", "--kind", "unstated") == [
        "Ana Ruiz Prieto",
        "Eva Gil Soto",
    ]
    assert names("--sort", "-name", "--limit", "2") == ["Luis Paz Mora", "Eva Gil Soto"]
    assert case("release", "list", "--sort", "weight").code == 3
    assert case("release", "list", "Zoraida Piñango").code == 4


@pytest.fixture
def moved(case):
    """Somebody moved to another prison three days after the day that a newspaper has for the release."""
    case.ok("facility", "add", "El Rodeo I")
    case.ok("detention", "edit", "Ana Ruiz Prieto", "--on", "2025-03-02")
    case.ok("detention", "transfer", "Ana Ruiz Prieto", "-f", "El Rodeo I", "--on", "2026-01-15")
    return case


@pytest.mark.parametrize("what", [(), ("status=verified",), ("released_on=2026-01-12",), ("status",)])
def test_a_citation_that_verifies_a_release_keeps_to_the_dates(moved, what):
    before = moved.database.read_bytes()
    ran = moved("cite", the_release(moved)["ref"], *what, "-s", "dos-2026-01-13", "-c", "Foro Libre")
    assert (ran.code, ran.out) == (3, "")
    assert "The stay (2026-01-15) begins after the release (2026-01-12)." in ran.err
    assert moved.database.read_bytes() == before


def test_a_status_that_is_cited_counts_as_far_as_the_word_of_its_claimant_goes(case):
    ref = the_release(case)["ref"]
    case.ok("release", "edit", ref, "--status", "announced")
    case.ok("cite", ref, "status=reported", "-s", "dos-2026-01-13", "-c", "Foro Libre")
    assert the_release(case)["status"] == "reported"
    ran = case.ok("cite", ref, "status=verified", "-s", "uno-2026-01-12")
    assert "beside the record" in ran.err
    assert the_release(case)["status"] == "reported"
    ran = case.ok("cite", ref, "status=verified", "-s", "dos-2026-01-13", "-c", "Foro Libre")
    assert "status: reported → verified" in ran.err
    assert the_release(case)["status"] == "verified"


def test_verifying_again_says_that_it_was_verified_and_what_was_added(case):
    case.ok("release", "verify", "Ana Ruiz Prieto", "--yes")
    cited = ("-s", "dos-2026-01-13", "-c", "Foro Libre")
    ran = case.ok("release", "verify", "Ana Ruiz Prieto", *cited)
    assert "on 2026-01-12 was verified already.\nThe citation of dos-2026-01-13 was added.\n" in ran.err
    again = case.ok("release", "verify", "Ana Ruiz Prieto", *cited)
    assert "was verified already." in again.err
    assert "added" not in again.err
    assert again.err.endswith("Nothing was changed.\n")
    moved = case.ok("release", "verify", "Ana Ruiz Prieto", "--on", "2026-01-13", *cited)
    assert "(Ana Ruiz Prieto): released: 2026-01-12 → 2026-01-13" in moved.err
