"""`claim …`: counts as they were stated, corrected and deleted."""

import pytest
from shell import Tracker

SOURCE = "lista-2026-01-12"


@pytest.fixture
def case(tracker: Tracker) -> Tracker:
    tracker.ok("claimant", "add", "Foro Libre", "--kind", "monitor")
    tracker.ok("source", "add", "Lista", "--slug", SOURCE, "--published", "2026-01-12")
    return tracker


STATED = [
    ("more than 400", ("400", "", "at least", "printed: more than")),
    ("más de 400", ("400", "", "at least", "printed: más de")),
    ("at least 80", ("80", "", "at least", "")),
    ("al menos 80", ("80", "", "at least", "")),
    ("about 50", ("50", "50", "around", "")),
    ("unos 50", ("50", "50", "around", "")),
    ("50 to 80", ("50", "80", "", "")),
    ("entre 50 y 80", ("50", "80", "", "")),
    ("nearly 100", ("100", "100", "around", "printed: nearly")),
    ("cerca de 100", ("100", "100", "around", "")),
]


@pytest.mark.parametrize(("words", "kept"), STATED)
def test_a_count_is_kept_as_it_was_stated(case: Tracker, words: str, kept: tuple[str, ...]) -> None:
    case.ok("claim", "add", "Foro Libre", "released", words, "--as-of", "2026-01-12", "-s", SOURCE)
    [row] = case.rows("claim", "list")
    assert (row["min"], row["max"], row["qualifier"], row["note"]) == kept


def test_the_words_printed_stand_before_a_remark_and_are_told(case: Tracker) -> None:
    ran = case.ok("claim", "add", "Foro Libre", "released", "more than 400", "--note", "later corrected", "-s", SOURCE)
    assert "released: at least 400 (printed: more than)" in ran.err
    [row] = case.rows("claim", "list")
    assert row["note"] == "printed: more than; later corrected"


@pytest.mark.parametrize("words", ["more than", "more than 50-80", "many", "at least", "menos de", "under -5"])
def test_what_is_no_count_is_refused_with_a_sentence(case: Tracker, words: str) -> None:
    ran = case("claim", "add", "Foro Libre", "released", words, "-s", SOURCE)
    assert (ran.code, ran.out) == (3, "")
    assert "is no count" in ran.err
    assert case.rows("claim", "list") == []
