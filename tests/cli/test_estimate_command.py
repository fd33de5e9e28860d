"""`estimate` at the shell: the table, what stands below, what opens, what is refused and with which code."""

import pytest
from shell import Tracker, faceless

from tracker import i18n


@pytest.fixture
def case(tracker: Tracker) -> Tracker:
    """Ten people on one list, eleven on another, eight of them on both; three more on record. Two may be named."""
    for slug, publisher in (("foro-2026-01-12", "Foro Libre"), ("comite-2026-01-14", "Comité Dos")):
        day = slug.partition("-")[2]
        tracker.ok("source", "add", slug, "--slug", slug, "--published", day, "--publisher", publisher)
    names = [f"Persona {letter}uno" for letter in "ABCDEFGHIJKLMNOP"]
    for place, name in enumerate(names):
        sources = [("-s", "foro-2026-01-12")] if place < 10 else []
        level = ("--publish", "named") if place < 2 else ()
        tracker.ok("detainee", "add", name, "--detained-on", "2025-03", *level, *(sources[0] if sources else ()))
        if 2 <= place < 13:
            tracker.ok("cite", name, "-s", "comite-2026-01-14")
    return tracker


LISTS = ("foro-2026-01-12", "comite-2026-01-14")


def test_the_estimate_stands_in_one_row_with_what_it_rests_on_below(case: Tracker) -> None:
    # (10 + 1)(11 + 1) / (8 + 1) - 1 = 13.67: 13 seen, 0.67 unseen; var = 11*12*2*3 / (81*10) = 0.978,
    # C = exp(1.96 sqrt(ln(1 + 0.978 / 0.444))) = 8.28: 13 + 0.67/8.28 = 13.1 to 13 + 0.67*8.28 = 18.5
    [row] = case.rows("estimate", *LISTS)
    assert row == {
        "list_a": "foro-2026-01-12", "people_a": "10", "list_b": "comite-2026-01-14", "people_b": "11", "both": "8",
        "estimate": "14", "low": "13", "high": "19", "unseen": "1",
    }  # fmt: skip
    ran = case.ok("estimate", *LISTS)
    assert "In all about 14 people (13 to 19, 95 %), of whom 13 stand on the two lists" in ran.out
    assert "On neither list: about 1, of whom 3 are on record from other sources." in ran.err + ran.out
    assert "an estimate, not a count" in ran.err + ran.out


def test_a_part_opens_into_names_and_in_public_only_into_those_that_may_be_named(case: Tracker) -> None:
    assert len(case.rows("estimate", *LISTS, "--list", "both")) == 8
    assert [row["name"] for row in case.rows("estimate", *LISTS, "--list", "only_a")] == [
        "Persona Auno",
        "Persona Buno",
    ]
    assert [faceless(row["name"]) for row in case.rows("estimate", *LISTS, "--list", "only_b", "--public")] == [
        "[not named]"
    ] * 3


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (LISTS[:1], 3, "One list tells nothing"),
        ((LISTS[0], LISTS[0]), 3, "mean one source"),
        ((*LISTS, LISTS[0]), 3, "R packages LCMCR"),
        ((LISTS[0], "otra-2026"), 4, "There is no source"),
        ((*LISTS, "--nationality", "ES"), 3, "speaks of nobody"),
        ((*LISTS, "--list", "x"), 3, "no part"),
        ((), 2, ""),
    ],
)
def test_what_tells_nothing_is_refused_in_a_sentence(
    case: Tracker, words: tuple[str, ...], code: int, said: str
) -> None:
    ran = case("estimate", *words)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err


def test_it_speaks_spanish(case: Tracker) -> None:
    i18n.set_language("es")
    try:
        ran = case.ok("estimate", *LISTS)
    finally:
        i18n.set_language("en")
    assert "es una estimación, no un recuento" in ran.out + ran.err
