"""CSV and JSON are the same bytes in both languages: keys for machines, labels for people."""

import json
import re
from pathlib import Path

import pytest
from every_command import LINES, READS, fill
from shell import Tracker

from tracker import i18n

MORE = (
    ("remaining", "--uncertain"),
    ("remaining", "--explain"),
    ("released", "--explain"),
    ("released", "--list", "announced"),
    *(("summary", "--by", by) for by in ("nationality", "facility", "sex", "tag", "month", "standing")),
    *(("summary", "--by", by, "--list") for by in ("nationality", "facility", "kind")),
    ("summary", "--by", "nationality", "--explain"),
    ("bulletin", "--since", "2026-01-09"),
    *(("bulletin", "--since", "2026-01-09", "--list", part) for part in ("place", "dual", "movement", "outside")),
    ("bulletin", "--since", "2026-01-09", "--list", "movement", "--explain"),
    ("coverage", "--list", "age"),
    ("coverage", "--explain"),
    ("stale", "--days", "1", "--explain"),
    ("flow", "--from", "2026-01-09", "--list", "opening", "--explain"),
    ("timeline", "--from", "2026-01-09"),
    ("find", "a"),
    ("history", "Ana Ruiz Prieto"),
    ("show", "Eva Gil Soto"),
)
PUBLIC = ("remaining", "released", "summary", "bulletin", "stale", "coverage", "detainee list", "find")
FILES = (
    "export all",
    "edition make",
    "compare",
    "duplicates",
    "why",
)  # write a folder, as the lists it is made of; read one, reasons and sentences in words


@pytest.fixture
def case(tracker: Tracker) -> Tracker:
    """The record of every command, with what has words of its own in either language."""
    fill(tracker)
    tracker.ok("nationality", "add", "Ana Ruiz Prieto", "ES", "VE", "-s", "lista-2026-01-12")
    tracker.ok("claimant", "add", "Familia de Ana", "--kind", "family")
    tracker.ok("source", "add", "Llamada", "--slug", "llamada", "--published", "unknown", "--private")
    tracker.ok("detainee", "edit", "Ana Ruiz Prieto", "--tag", "maestra")
    tracker.ok("cite", "Ana Ruiz Prieto", "occupation=maestra", "-s", "llamada", "-c", "Familia de Ana")
    tracker.ok("detention", "transfer", "Ana Ruiz Prieto", "--whereabouts-unknown", "--on", "2025-12-01")
    tracker.ok("retake", "Eva Gil Soto", "--on", "2026-02-01", "--whereabouts-unknown")
    tracker.ok("detention", "edit", "Luis Paz Mora", "--on", "unknown")
    tracker.ok("claim", "add", "Foro Libre", "held", "50", "--as-of", "2026-01-12", "-s", "lista-2026-01-12")
    return tracker


def test_every_question_and_list_writes_the_same_for_machines_in_both_languages(case: Tracker) -> None:
    plain = [(*name.split(), *LINES[name]) for name in sorted(READS - set(FILES))]
    public = [words for words in [*plain, *MORE] if " ".join(words[:2]) in PUBLIC or words[0] in PUBLIC]
    told = {}
    for words in [*plain, *MORE, *((*words, "--public") for words in public)]:
        for form in ("csv", "json"):
            english, spanish = (spoken(case, language, *words, "--format", form) for language in i18n.LANGUAGES)
            assert english, words
            if english != spanish:
                told[*words, form] = set(english.splitlines()) ^ set(spanish.splitlines())
    assert not told


def spoken(case: Tracker, language: str, *words: str) -> str:
    """Return what a question writes in a language; of `check`, not the sentences."""
    i18n.set_language(language)
    try:
        if words[0] == "check":
            found = json.loads(case(*words[:-2], "--json").out)
            return json.dumps([{**row, "message": None} for row in found])
        return case.ok(*words).out
    finally:
        i18n.set_language("en")


def test_people_read_labels(case: Tracker) -> None:
    i18n.set_language("es")
    try:
        assert "paradero desconocido" in case.ok("detention", "list").out
        assert "España" in case.ok("nationality", "list").out
        explained = case.ok("remaining", "--public", "--explain", "--format", "md", "--output", "held.md")
        assert explained.code == 0
        page = Path("held.md").read_text(encoding="utf-8")
        case.ok("release", "verify", "Luis Paz Mora", "-c", "Familia de Ana", "-s", "llamada", "--yes")
        assert "verificadas por: 1 Foro Libre; 1 [familia]" in case.ok("released", "--public").out
    finally:
        i18n.set_language("en")
    assert re.search(r"\[persona [0-9A-Z]{4}-[0-9A-Z]{4}", page)
    assert "fuente no pública" in page
    assert "familia" in page
    assert "not named" not in page
