"""`source …`: whose page it is, and deletion of what nothing cites."""

import pytest
from shell import Tracker

SLUG = "lista-2026-01-12"


@pytest.fixture
def case(tracker: Tracker) -> Tracker:
    tracker.ok("source", "add", "Lista", "--slug", SLUG, "--published", "2026-01-12")
    return tracker


def slugs(tracker: Tracker) -> list[str]:
    return [row["slug"] for row in tracker.rows("source", "list")]


def test_a_source_that_is_cited_stays_and_what_cites_it_is_listed(case: Tracker) -> None:
    case.ok("claimant", "add", "Foro Libre", "--kind", "monitor")
    case.ok("detainee", "add", "Ana Ruiz Prieto", "--detained-on", "2025", "--nationality", "ES", "-s", SLUG)
    case.ok("release", "add", "Ana Ruiz Prieto", "--on", "2026-01-12", "-s", SLUG)
    case.ok("claim", "add", "Foro Libre", "released", "24", "-s", SLUG)
    ran = case("source", "delete", SLUG, "--yes")
    assert (ran.code, ran.out) == (3, "")
    assert ran.normal.splitlines()[:6] == [
        "lista-2026-01-12 (S-1) is cited or kept on file:",
        "  person P-1  Ana Ruiz Prieto",
        "  nationality P-1  Ana Ruiz Prieto",
        "  detention D-1  Ana Ruiz Prieto",
        "  release R-1  Ana Ruiz Prieto",
        "  claim K-1  released",
    ]
    assert slugs(case) == [SLUG]


def test_a_source_that_nothing_cites_goes_when_that_is_meant_and_comes_back(
    case: Tracker, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = case("source", "delete", SLUG)
    assert (refused.code, refused.out) == (3, "")
    assert "--yes" in refused.err
    assert slugs(case) == [SLUG]
    case.ok("source", "delete", SLUG, "--yes")
    assert slugs(case) == []
    case.ok("undo")
    assert slugs(case) == [SLUG]
    monkeypatch.setattr("tracker.cli.context.interactive", lambda: True)
    assert case("source", "delete", SLUG, stdin="n\n").code == 3
    case.ok("source", "delete", SLUG, stdin="y\n")
    assert slugs(case) == []


def test_a_source_not_on_record_is_told(case: Tracker) -> None:
    assert case("source", "delete", "lista-2026", "--yes").code == 4


def test_two_sites_of_one_word_are_not_taken_for_one_publisher(tracker: Tracker) -> None:
    for url in ("https://example.org/x", "https://other.example.net/y"):
        tracker.ok("source", "add", url, "--published", "unknown")
    assert {(row["slug"], row["publisher"]) for row in tracker.rows("source", "list")} == {
        ("example-undated", "example"),
        ("other-example-net-undated", "other.example.net"),
    }
