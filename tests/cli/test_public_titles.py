"""A source or place that bears the name of somebody who may not be named does not give it away in public."""

import pytest
from shell import Tracker

QUESTIONS = (
    "remaining", "remaining --explain", "released --from 2026-01-01 --explain", "summary --by facility", "summary --by tag --explain", "bulletin --list place",
    "find oculta", "find greta", "export sources", "export list", "export remaining", "export claims", "export releases",
)  # fmt: skip


@pytest.fixture
def record(tracker: Tracker) -> Tracker:
    """Greta is withheld and Carla anonymous; a source and a place are named after each. Ana may be named."""
    tracker.ok("source", "add", "https://example.org/greta-oculta", "--slug", "greta-oculta-libre", "--title",
               "Greta Oculta libre", "--published", "2026-01-16")  # fmt: skip
    tracker.ok(
        "source",
        "add",
        "https://example.org/x/carla-inventada",
        "--slug",
        "nota-2026-01-17",
        "--published",
        "2026-01-17",
    )
    tracker.ok("source", "add", "https://example.org/lista", "--slug", "lista-2026-01-18", "--published", "2026-01-18")
    tracker.ok("facility", "add", "Casa de Carla Inventada")
    tracker.ok("facility", "add", "Penal Norte")
    for name, publish, source, place in (
        ("Greta Oculta", "withheld", "greta-oculta-libre", "Penal Norte"),
        ("Carla Inventada", "anonymous", "nota-2026-01-17", "Casa de Carla Inventada"),
        ("Ana Pública", "named", "nota-2026-01-17", "Penal Norte"),
    ):
        tracker.ok("detainee", "add", name, "--publish", publish, "--detained-on", "2025-03", "-f", place, "-s", source)
    tracker.ok("release", "add", "Ana Pública", "--on", "2026-01-18", "--status", "verified", "-s", "lista-2026-01-18")
    tracker.ok("detainee", "exclude", "Greta Oculta", "--reason", "prueba")
    return tracker


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_title_address_or_place_names_the_hidden(record: Tracker, question: str) -> None:
    for form in ("csv", "table"):
        words = [*question.split(), "--public", *([] if question.startswith("export") else ["--format", form])]
        ran = record(*words)
        shown = (ran.out + ran.err).lower().replace(question.rsplit(maxsplit=1)[-1], "")
        assert ran.code == 0
        assert not [part for part in ("greta", "oculta", "carla", "inventada") if part in shown], ran
    assert "excluded from the record" not in ran.err


def test_sources_that_speak_of_who_may_be_named_stay(record: Tracker) -> None:
    assert "lista-2026-01-18" in record.ok("export", "sources", "--public").out
    assert "Penal Norte" in record.ok("export", "list", "--public").out
