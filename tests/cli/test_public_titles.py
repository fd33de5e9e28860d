"""A source or place that bears the name of somebody who may not be named does not give it away in public."""

import pytest
from shell import Tracker

QUESTIONS = (
    "remaining", "remaining --explain", "released --from 2026-01-01 --explain", "summary --by facility", "summary --by tag --explain", "bulletin --list place",
    "stale --days 1", "timeline --from 2025-01-01", "coverage --list age", "coverage --all", "stale --days 1 --explain", "coverage --all --explain", "bulletin --list place --explain",
    "flow --from 2026-01-01 --list closing --explain", "find oculta", "find greta", "export sources", "export list", "export remaining", "export claims", "export releases",
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


@pytest.fixture
def people(tracker: Tracker) -> Tracker:
    """Four people without a publish level, one of them with another name, and one who may be named."""
    for name in ("Iñigo Núñez", "Óscar Alberto Ñáñez Gómez", "Bruno Díaz"):
        tracker.ok("detainee", "add", name, "--detained-on", "2025-03")
    tracker.ok("detainee", "add", "Carla Paz", "--other-name", "Lala Moreno", "--detained-on", "2025-03")
    tracker.ok("detainee", "add", "Ana Pública", "--publish", "named", "--detained-on", "2025-03")
    return tracker


@pytest.mark.parametrize("told", [
    ("--title", "LIBRES: IÑIGO NÚÑEZ Y OTROS"), ("--title", "Oscar Nanez, libre"), ("--title", "DIAZ, BRUNO"),
    ("--title", "Sale Lala Moreno"), ("--author", "Íñigo Nuñez"), ("--slug", "bruno-diaz-2026-01-12"),
    ("--url", "https://example.org/i%C3%B1igo-n%C3%BA%C3%B1ez"), ("--url", "https://example.org/BrunoDiaz"),
])  # fmt: skip
@pytest.mark.parametrize("cited", ["nothing", "claim", "named"])
def test_a_name_is_known_however_a_source_spells_it(people: Tracker, told: tuple[str, str], cited: str) -> None:
    option, text = told
    slug = text if option == "--slug" else "fuente-1"
    words = ("source", "add", text if option == "--url" else "https://example.org/1", "--published", "2026-01-12")
    people.ok(*words, "--slug", slug, *(() if option in ("--url", "--slug") else told))
    if cited == "claim":
        people.ok("claimant", "add", "FP", "--kind", "monitor")
        people.ok("claim", "add", "FP", "held", "120", "--as-of", "2026-01-12", "-s", slug)
    if cited == "named":
        people.ok("cite", "Ana Pública", "-s", slug)
    for question in ("export sources --public", "find example --public --csv", "export claims --public"):
        assert "example.org" not in people.ok(*question.split()).out
        assert slug not in people.ok(*question.split()).out
    assert slug in people.ok("export", "sources").out


def test_sources_and_places_that_name_nobody_hidden_stay(people: Tracker) -> None:
    people.ok("source", "add", "https://example.org/ana-publica", "--slug", "ana", "--title", "Ana Pública, libre",
              "--published", "2026-01-12")  # fmt: skip
    people.ok("facility", "add", "Penal de San Bruno")
    people.ok("detention", "transfer", "Ana Pública", "--to", "Penal de San Bruno", "--on", "2025-04")
    assert "Ana Pública, libre" in people.ok("export", "sources", "--public").out
    assert "Penal de San Bruno" in people.ok("remaining", "--public", "--csv").out


@pytest.mark.parametrize("place", ["Casa de Iñigo Núñez", "Casa DIAZ BRUNO"])
def test_a_place_named_after_somebody_hidden_has_no_name_whoever_was_held_there(people: Tracker, place: str) -> None:
    people.ok("facility", "add", place, "--other-name", "La Casona")
    people.ok("detention", "transfer", "Ana Pública", "--to", place, "--on", "2025-04")
    people.ok("claimant", "add", "FP", "--kind", "monitor")
    people.ok("claim", "add", "FP", "held", "120", "--as-of", "2026-01-12", "--facility", place)
    for question in ("remaining --csv", "summary --by facility", "bulletin --list place", "export list",
                     "export claims", f"remaining --facility|{place}|--csv"):  # fmt: skip
        words = question.replace("|", "\x1f").split("\x1f") if "|" in question else question.split()
        words = [*words[0].split(), *words[1:]]
        ran = people.ok(*words, "--public")
        assert "[place not named]" in ran.out, ran
        assert "Casa" not in ran.out + ran.err
    for word in ("casa", "casona"):
        assert "Casona" not in people.ok("find", word, "--public", "--csv").out
        assert "not named" not in people.ok("find", word, "--public", "--csv").out


def test_no_public_answer_says_how_many_people_are_left_out(record: Tracker) -> None:
    for question in ("export list", "export releases", "remaining"):
        ran = record.ok(*question.split(), "--public")
        assert "excluded" not in ran.out + ran.err
        assert "how many is not said" in ran.out + ran.err
    assert "1 excluded person is not in it." in record.ok("export", "list").err
