"""What stands below the answers, and what a title says of them, through the front door."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from shell import Tracker

from tracker import i18n


@contextmanager
def spanish() -> Iterator[None]:
    """Speak Spanish within."""
    i18n.set_language("es")
    try:
        yield
    finally:
        i18n.set_language("en")


@pytest.fixture
def told(tracker: Tracker) -> Tracker:
    """Four people: told of in January, told of in February, by a source without a date, and by no source."""
    tracker.ok("source", "add", "Enero", "--slug", "enero", "--published", "2026-01-10")
    tracker.ok("source", "add", "Febrero", "--slug", "febrero", "--published", "2026-02-10")
    tracker.ok("source", "add", "Sin fecha", "--slug", "sin-fecha", "--published", "unknown")
    for name, *source in (("Ana", "enero"), ("Luis", "febrero"), ("Zoé", "sin-fecha"), ("Eva",)):
        cited = ("-s", *source) if source else ()
        tracker.ok("detainee", "add", f"{name} Ruiz", "--detained-on", "2025-03-02", *cited)
    return tracker


def test_published_by_tells_later_sources_from_none_with_a_date(told: Tracker) -> None:
    noted = "Left out: people whose sources are all later: {}; people of whom no dated source speaks by then, but an undated one or none: 2.\n"
    assert noted.format(1) in told.ok("remaining", "--published-by", "2026-01-14").err
    assert noted.format(0) in told.ok("remaining", "--published-by", "2026-02-14").err
    assert "want of a dated source" not in told.ok("remaining", "--published-by", "2026-01-14").err
    told.ok("release", "add", "Ana Ruiz", "--on", "2026-01-12", "--status", "verified", "-s", "sin-fecha")
    ran = told.ok("remaining", "--published-by", "2026-01-14")
    assert "Ana Ruiz" in ran.out
    assert "Releases left out of which no dated source speaks by then, but an undated one or none: 1.\n" in ran.err


def test_a_page_says_retaken_and_why(tracker: Tracker) -> None:
    tracker.ok("detainee", "add", "Ana Ruiz", "--detained-on", "2025-03-02")
    tracker.ok("release", "add", "Ana Ruiz", "--on", "2026-01-12", "-k", "bail", "--status", "verified")
    tracker.ok("retake", "Ana Ruiz", "--on", "2026-02-08", "--authority", "SEBIN", "--charges", "traición")
    lines = [" ".join(line.split()) for line in tracker.ok("show", "Ana Ruiz").normal.splitlines()]
    assert "2025-03-02 arrested D-1 uncited" in lines
    retaken = lines.index("2026-02-08 retaken D-2: measures revoked uncited")
    assert lines[retaken + 1 : retaken + 3] == ["arrested by: SEBIN", "charges: traición"]
    with spanish():
        assert "reaprehensión D-2: " in tracker.ok("show", "Ana Ruiz").normal


def test_a_markdown_page_holds_its_notes_once(told: Tracker) -> None:
    ran = told.ok("remaining", "--format", "md")
    assert (ran.out.count("As of "), ran.err) == (1, "")
    one = told.ok("remaining", "--limit", "1", "--output", "held.md")
    assert "\n1 row written to held.md\n" in one.err
    assert "\n4 rows written to held.md\n" in told.ok("remaining", "--output", "held.md").err
    assert Path("held.md").read_text(encoding="utf-8").count("As of ") == 1


def test_what_moved_since_the_last_bulletin_has_a_period(told: Tracker) -> None:
    words = ("bulletin", "--on", "2026-01-13", "--since", "2026-01-09", "--list")
    assert told.ok(*words, "movement").out.startswith("Since the last bulletin, 2026-01-10 to 2026-01-13\n")
    assert told.ok(*words, "outside").out.startswith("In the same time, in no total, 2026-01-10 to 2026-01-13\n")
    assert told.ok(*words, "total").out.startswith("Deprived of liberty, 2026-01-13\n")


@pytest.mark.parametrize(
    ("line", "public"),
    [
        ("source list", "export sources"),
        ("claimant list", "export claims"),
        ("release list", "export releases"),
        ("detention list", "export list"),
        ("claim list", "export claims"),
        ("nationality list", "summary --by nationality"),
        ("facility list", "summary --by facility"),
        ("show Ana", "export list"),
    ],
)
def test_a_list_that_is_not_for_publication_names_the_one_that_is(told: Tracker, line: str, public: str) -> None:
    refused = told(*line.split(), "--public")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.splitlines()[0] == (
        f"'tracker {line.removesuffix(' Ana')}' is not for publication, it has no --public."
        f" For publication: tracker {public} --public"
    )
    told.ok(*public.split(), "--public")
    assert told("retake", "Ana", "--public").err.startswith("There is no option --public.")


@pytest.mark.parametrize(
    "words",
    [
        ("remaining", "--on"),
        ("released", "--to"),
        ("summary", "--by", "nationality", "--on"),
        ("bulletin", "--on"),
        ("bulletin", "--since"),
        ("find", "Ana", "--on"),
        ("show", "Ana Ruiz", "--on"),
        ("detainee", "list", "--known-by"),
        ("remaining", "--published-by"),
        ("release", "list", "--to"),
    ],
)
def test_a_day_that_has_not_come_is_not_answered(told: Tracker, words: tuple[str, ...]) -> None:
    """By no question, whether it is given as a date or in a word; the year under way is one that has come."""
    for day in ("2199-01-01", "mañana"):
        ran = told(*words, day)
        assert (ran.code, ran.out) == (3, "")
        assert ran.err == (
            f"“{day}” lies in the future.\nName a day that has come: nothing is known yet of a later one.\n"
        )
    if words[-1] not in ("--since", "--known-by"):  # a bulletin cannot be later than itself; four digits: a change
        told.ok(*words, str(datetime.now(UTC).year))


def test_published_by_tells_of_a_detention_that_no_source_speaks_for(tracker: Tracker) -> None:
    tracker.ok("source", "add", "Lista", "--slug", "lista-2026-01-12", "--published", "2026-01-12")
    tracker.ok("claimant", "add", "Foro Libre", "--kind", "monitor")
    tracker.ok("detainee", "add", "Ana Ruiz", "--detained-on", "2025-03-02", "-s", "lista-2026-01-12")
    tracker.ok("release", "add", "Ana Ruiz", "--on", "2026-01-10", "-s", "lista-2026-01-12", "-c", "Foro Libre")
    tracker.ok("retake", "Ana Ruiz", "--on", "2026-01-11")
    ran = tracker.ok("remaining", "--published-by", "2026-01-12")
    assert "Ana Ruiz" not in ran.out
    assert "Detentions left out of which no dated source speaks by then, but an undated one or none: 1.\n" in ran.err
    assert "Detentions left out" not in tracker.ok("remaining").err
