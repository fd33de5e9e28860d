"""`facility …`, `source …`, `claimant …` and `claim …` at the shell."""

import csv
import io
import json

import pytest


def rows(tracker, *words):
    return list(csv.DictReader(io.StringIO(tracker.ok(*words, "--csv").out)))


def test_a_place_is_one_under_all_its_names(tracker):
    ran = tracker.ok(
        "facility", "add", "El Rodeo I", "--kind", "cárcel", "--other-name", "Internado Judicial Capital Rodeo I"
    )
    assert ran.normal == "Recorded: El Rodeo I (F-1).\nUndo with 'tracker undo 2'.\n"
    for spelling in ("El Rodeo 1", "rodeo i", "internado judicial capital rodeo 1"):
        assert tracker("facility", "add", spelling).code == 3
    tracker.ok("facility", "add", "El Rodeo II")
    assert tracker("facility", "add-name", "Rodeo 2", "Rodeo 1").code == 3
    tracker.ok("facility", "add-name", "Rodeo 2", "Cárcel Nueva", "Anexo Dos")
    tracker.ok("facility", "edit", "anexo dos", "--state", "Miranda", "--remove-name", "Anexo Dos")
    assert tracker("facility", "edit", "anexo dos", "--state", "X").code == 4
    found = rows(tracker, "facility", "list", "--columns", "name,other_names,kind,state,held,people")
    assert [list(row.values()) for row in found] == [
        ["El Rodeo I", "Internado Judicial Capital Rodeo I", "prison", "", "0", "0"],
        ["El Rodeo II", "Cárcel Nueva", "", "Miranda", "0", "0"],
    ]


def test_an_unknown_place_offers_the_near_ones(tracker):
    tracker.ok("facility", "add", "El Helicoide")
    ran = tracker("facility", "show", "Helicoyde")
    assert ran.code == 4
    assert "El Helicoide" in ran.err


def test_who_is_and_was_held_in_a_place(tracker):
    for name in ("El Rodeo I", "Yare II"):
        tracker.ok("facility", "add", name, "--kind", "prison")
    tracker.ok("detainee", "add", "Ana Ruiz", "--detained-on", "2025-03-02", "-f", "rodeo 1")
    tracker.ok("detainee", "add", "Rosa Gil", "--detained-on", "2025-03-05", "-f", "rodeo 1")
    tracker.ok("detention", "transfer", "Rosa Gil", "--to", "Yare 2", "--on", "2025-06-01")
    ran = tracker.ok("facility", "show", "Rodeo I")
    assert ran.out.startswith("El Rodeo I · F-")
    assert "1 person is held there now." in ran.err
    found = rows(tracker, "facility", "show", "Rodeo I")
    assert [(row["name"], row["since"], row["there"], row["standing"]) for row in found] == [
        ("Ana Ruiz", "2025-03-02", "yes", "detained"),
        ("Rosa Gil", "2025-03-05", "no", "detained"),
    ]
    held = rows(tracker, "facility", "list", "--sort", "-held")
    assert [(row["name"], row["held"], row["people"]) for row in held] == [
        ("El Rodeo I", "1", "2"),
        ("Yare II", "1", "1"),
    ]


def test_a_source_from_a_url_and_one_from_a_title(tracker):
    tracker.ok("source", "add", "https://www.diario.com.ve/2026/01/15/nota/?utm_source=x", "--title", "Nota")
    assert tracker("source", "add", "https://diario.com.ve/2026/01/15/nota").code == 3  # the same page
    missing = tracker("source", "add", "Call with a lawyer")
    assert missing.code == 3
    assert "--published" in missing.err
    tracker.ok(
        "source", "add", "Call with a lawyer", "--published", "unknown", "--private", "--reliability", "muy confiable"
    )
    found = rows(tracker, "source", "list", "--columns", "slug,title,publisher,published,reliability,public,citations")
    assert [list(row.values()) for row in found] == [
        ["call-with-a-lawyer-undated", "Call with a lawyer", "", "", "highly_reliable", "no", "0"],
        ["diario-2026-01-15", "Nota", "diario", "2026-01-15", "", "yes", "0"],
    ]
    ran = tracker.ok("source", "edit", "call-with-a-lawyer-undated", "--published", "2026-01-10", "--public")
    assert "slug: call-with-a-lawyer-undated → call-with-a-lawyer-2026-01-10" in ran.err
    assert "public: no → yes" in ran.err
    assert tracker("source", "edit", "call-with-a-lawyer-undated", "--note", "x").code == 4
    assert tracker("source", "add", "https://a.com/x", "--url", "https://b.com/x").code == 3


def test_a_url_becomes_a_source_wherever_it_is_cited(tracker):
    ran = tracker.ok("detainee", "add", "Ana Ruiz", "-s", "https://diario.com/una-nota")
    assert "New source diario-undated" in ran.err
    assert "tracker source edit diario-undated --published DATE" in ran.err
    ran = tracker.ok("source", "show", "diario-undated")
    assert ran.out.startswith("diario-undated · S-")
    assert "https://diario.com/una-nota" in ran.out


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "https://x.com/\x07",
        "https://x.com/" + "a" * 10_000,
        "file:///etc/passwd",
        "https://",
        "ftp://x.com/a",
    ],
)
def test_hostile_urls_are_refused_everywhere(tracker, url):
    for words in (("source", "add", url, "--published", "today"), ("detainee", "add", "Ana Ruiz", "-s", url)):
        ran = tracker(*words)
        assert ran.code == 3, words
        assert len(ran.err) < 400
    assert rows(tracker, "source", "list") == []
    assert rows(tracker, "detainee", "list") == []


def test_claimants_carry_what_their_word_is_worth(tracker):
    missing = tracker("claimant", "add", "Foro Libre")
    assert missing.code == 3
    assert "--kind" in missing.err
    ran = tracker.ok(
        "claimant", "add", "Foro Libre", "--kind", "monitor", "--house-arrest", "held", "--other-name", "FL"
    )
    assert "a release on its word is verified" in ran.err
    tracker.ok("claimant", "edit", "fl", "--name", "Foro Más Libre", "--default-status", "reportada")
    [row] = rows(tracker, "claimant", "list")
    assert (row["name"], row["other_names"], row["default_status"], row["house_arrest"]) == (
        "Foro Más Libre",
        "FL; Foro Libre",
        "reported",
        "held",
    )
    assert tracker("claimant", "add", "foro libre", "--kind", "media").code == 3


@pytest.fixture
def claims(tracker):
    tracker.ok("claimant", "add", "Foro Libre", "--kind", "monitor")
    tracker.ok("claimant", "add", "Ministerio Uno", "--kind", "gobierno")
    tracker.ok("facility", "add", "El Rodeo I")
    for slug in ("uno", "dos"):
        tracker.ok("source", "add", slug, "--slug", slug, "--published", "2026-01-12")
    return tracker


def test_a_claim_in_two_sources_is_one_claim(claims):
    words = ("claim", "add", "Foro Libre", "released", "24", "--as-of", "2026-01-12", "--since", "2026-01-08")
    assert (
        claims.ok(*words, "-s", "uno").normal
        == "Recorded: Foro Libre, released: 24 (K-1).\nUndo with 'tracker undo 7'.\n"
    )
    assert "the source is added to it" in claims.ok(*words, "-s", "dos").err
    assert claims.ok(*words, "-s", "dos").err.endswith("Nothing was changed.\n")
    [row] = rows(claims, "claim", "list")
    assert (row["min"], row["max"], row["sources"]) == ("24", "24", "dos; uno")


def test_claims_are_listed_with_whom_they_count(claims):
    claims.ok(
        "claim",
        "add",
        "Foro Libre",
        "held",
        "al menos 80",
        "-f",
        "rodeo 1",
        "--nationality",
        "ES",
        "--as-of",
        "2026-01-12T08:00",
    )
    claims.ok("claim", "add", "Ministerio Uno", "released", "116 of 400", "--as-of", "2026-01-12")
    claims.ok("claim", "add", "Ministerio Uno", "announced", "--note", "a significant number", "--as-of", "2026-01-08")
    claims.ok("claim", "add", "Foro Libre", "held", "--min", "50", "--max", "80", "--as-of", "2026-01")
    found = rows(claims, "claim", "list", "--columns", "claimant,measure,as_of,scope,min,max,qualifier,out_of,note")
    assert [list(row.values()) for row in found] == [
        ["Foro Libre", "held", "2026-01", "", "50", "80", "", "", ""],
        ["Ministerio Uno", "announced", "2026-01-08", "", "", "", "", "", "a significant number"],
        ["Ministerio Uno", "released", "2026-01-12", "", "116", "116", "", "400", ""],
        ["Foro Libre", "held", "2026-01-12T08:00", "facility=El Rodeo I; nationality=ES", "80", "", "at least", "", ""],
    ]
    assert len(rows(claims, "claim", "list", "--claimant", "foro libre")) == 2
    assert len(rows(claims, "claim", "list", "--measure", "excarceladas")) == 1
    assert (
        len(rows(claims, "claim", "list", "--from", "2026-01-09", "--to", "2026-01-11")) == 1
    )  # the month may be then
    assert len(json.loads(claims.ok("claim", "list", "--json", "--limit", "2").out)) == 2
    assert claims("claim", "list", "--claimant", "Nobody").code == 4


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("Foro Libre", "released"), 3),
        (("Foro Libre", "released", "many"), 3),
        (("Foro Libre", "released", "50-40"), 3),
        (("Foro Libre", "released", "24", "--min", "5"), 3),
        (("Foro Libre", "vanished", "24"), 3),
        (("Foro Libre", "released", "24", "--as-of", "2026-02-30"), 3),
        (("Foro Libre", "released", "24", "--as-of", "2026-01-01", "--since", "2026-01-08"), 3),
        (("Foro Libre", "released", "24", "-f", "Nowhere"), 4),
        (("Nobody", "released", "24"), 4),
        (("Foro Libre", "released", "24", "-s", "tres"), 4),
        (("Foro Libre", "released", "24", "--locator", "p. 3"), 3),
    ],
)
def test_claims_that_cannot_be_are_refused(claims, words, code):
    ran = claims("claim", "add", *words)
    assert (ran.code, ran.out) == (code, "")
    assert rows(claims, "claim", "list") == []


def test_empty_lists_say_so(tracker):
    for words in (("facility", "list"), ("source", "list"), ("claimant", "list"), ("claim", "list")):
        assert "on record" in tracker.ok(*words).out


def test_a_source_shows_the_claims_and_releases_it_is_cited_for(claims):
    claims.ok("claim", "add", "Foro Libre", "released", "24", "--as-of", "2026-01-12", "-s", "uno")
    claims.ok("detainee", "add", "Ana Ruiz", "--nationality", "ES", "--detained-on", "2025-03-02", "-s", "dos")
    claims.ok("release", "add", "Ana Ruiz", "--on", "2026-01-12", "-s", "uno", "-c", "Ministerio Uno")
    ran = claims.ok("cite", "Ana Ruiz", "released_on", "-s", "uno", "-c", "Foro Libre")
    assert "status: announced → verified" in ran.err
    told = claims.ok("cite", "Ana Ruiz", "charges=traición", "-s", "uno")
    assert "The record itself says nothing there" in told.err
    found = rows(claims, "source", "show", "uno")
    assert {(row["part"], row["name"], row["claimant"]) for row in found} >= {
        ("claim", "released", "Foro Libre"),
        ("release", "Ana Ruiz", "Ministerio Uno"),
        ("release", "Ana Ruiz", "Foro Libre"),
    }
    assert len(rows(claims, "claim", "list", "-s", "uno")) == 1
    assert rows(claims, "claim", "list", "-s", "dos") == []


def test_the_address_of_a_source_can_be_corrected(claims):
    claims.ok("source", "edit", "uno", "--url", "https://uno.com/a")
    assert claims("source", "edit", "dos", "--url", "http://www.uno.com/a/").code == 3
    claims.ok("source", "edit", "uno", "--url", "")
    claims.ok("source", "edit", "dos", "--url", "http://www.uno.com/a/")
    assert claims("source", "edit", "dos", "--language", "castellano").code == 3


@pytest.mark.parametrize("noun", ["facility", "source", "claimant"])
@pytest.mark.parametrize("word", ["", " "])
def test_an_empty_word_is_nobody_and_nothing(claims, noun, word):
    assert claims(noun, "edit", word, "--note", "x").code == 3
