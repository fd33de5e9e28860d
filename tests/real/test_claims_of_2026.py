"""The claims of January to March 2026 beside the seed record: the table of who said what when, and 26 January."""

import csv
from collections import defaultdict

import pytest
from lists import FOLDER
from shell import Tracker

from tracker.importing import start

MEASURES = {"remaining": "held", "journalists released": "released", "deaths in custody": "died"}

KEPT_AS_RESTRICTIONS_ENDED = {2021, 3052, 3200, 3934, 4151, 4534, 4757, 7407, 7654, 16}
"""What a minister, or Foro Penal of the 22nd, counted as freed were people already out whose measures ended."""

OF_NO_DETAINEES = {1500, 4203, 7461, 8110, 11000}
"""Applications for amnesty, and people under measures: neither held, nor released."""


@pytest.fixture(scope="module")
def seed(tmp_path_factory) -> Tracker:
    case = start.find_case("venezuela-2026")
    path = tmp_path_factory.mktemp("seed") / "tracker.db"
    start.start(path, start.Settings(case.country, case.zone, "tests", case.start), case=case, actor="tests")
    return Tracker(path)


def timeline() -> list[dict[str, str]]:
    path = FOLDER / "claims_timeline.csv"
    if not path.exists():
        pytest.skip(f"the real lists are not beside this checkout ({FOLDER})")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_count_the_articles_print_stands_in_the_comparison(seed):
    stated = defaultdict(list)
    for row in seed.rows("gap", "--limit", "all"):
        stated[row["as_of"], row["claimed_min"], row["claimed_max"]].append(row)
    missing = []
    for row in timeline():
        figure = (row["as_of"].removesuffix("-04:00"), row["min"], row["max"])
        measures = {found["measure"] for found in stated[figure]}
        number = int(row["min"] or 0)
        if number in OF_NO_DETAINEES:
            assert MEASURES.get(row["what"], row["what"]) not in measures, row
        elif number in KEPT_AS_RESTRICTIONS_ENDED and row["as_of"] >= "2026-02-20":
            assert "restrictions_ended" in measures, row
        elif MEASURES.get(row["what"], row["what"]) not in measures:
            missing.append((row["as_of"], row["claimant"], row["what"], row["min"], row["note"]))
    # "about half of the 99": the one count printed in words only, entered as about 50.
    assert missing == [("2025-12-26", "Justicia, Encuentro y Perdón", "released", "", "")]
    # 381 rows of the articles are 304 claims: the same figure in many outlets is one claim with many citations.
    rows = seed.rows("gap", "--limit", "all")
    assert len({row["ref"] for row in rows}) == 304
    assert max(len(row["sources"].split("; ")) for row in rows) == 7


def test_26_january_every_claimant_side_by_side(seed):
    rows = {
        (row["claimant"], row["since"], row["as_of"]): row
        for row in seed.rows("gap", "--on", "2026-01-26", "--measure", "released", "--limit", "all")
        if not row["scope"]
    }

    def beside(*who: str) -> tuple[int, ...]:
        return tuple(
            int(rows[who][key])
            for key in ("claimed_min", "counted", "uncertain", "difference_min", "difference_max", "said_by_it")
        )

    # Foro Penal's 266 since 8 January, beside ours of the same days: 79 verified by name (43 of them on its own word) and
    # 8 more reported only. Two of the 79 are dated so loosely (by a month, by a range) that they may lie outside.
    assert beside("Foro Penal", "2026-01-08", "2026-01-26") == (266, 87, 2, 179, 181, 43)
    # Foro Penal's 383 since December are not more releases of January: its count of those days begins earlier. Ours of
    # the same days: 88 verified, 12 reported.
    assert beside("Foro Penal", "2025-12", "2026-01-26") == (383, 100, 2, 283, 285, 46)
    # The government's 626 begin in December too, its 808 "before December"; nobody on our list rests on its word alone.
    assert beside("Government of Venezuela", "2025-12", "2026-01-26") == (626, 100, 2, 526, 528, 0)
    assert beside("Diosdado Cabello", "..2025-11-30", "2026-01-26") == (808, 100, 2, 708, 710, 0)
    # The opposition coalition, a day before.
    assert beside("PUD", "2026-01-08", "2026-01-25") == (258, 85, 1, 173, 174, 0)
    # Foro Penal keeps house arrest among the held, and the line says so.
    assert "house arrest counted as held" in rows["Foro Penal", "2026-01-08", "2026-01-26"]["notes"]
    # The same figures as the question for those days gives.
    head = seed.ok("released", "--from", "2026-01-08", "--to", "2026-01-26").out.splitlines()[0]
    assert head.endswith(": 79 (between 77 and 79)")


def test_a_claim_opens_into_the_names_counted_for_it(seed):
    [claim] = [
        row["ref"]
        for row in seed.rows("gap", "--on", "2026-01-26", "--claimant", "Foro Penal", "--measure", "released")
        if (row["since"], row["claimed_min"], row["scope"]) == ("2026-01-08", "266", "")
    ]
    people = seed.rows("gap", "--list", claim, "--limit", "all")
    lines = [row["line"] for row in people]
    assert (lines.count("verified"), lines.count("reported")) == (79, 8)
    assert "Rocío San Miguel" in {row["name"] for row in people if row["line"] == "verified"}


def test_counts_nobody_can_compare_say_why(seed):
    rows = seed.rows("gap", "--measure", "restrictions_ended", "--limit", "all")
    assert len(rows) == 10
    assert all("never in prison" in row["notes"] and not row["counted"] for row in rows)


def test_the_five_spaniards_of_8_january(seed):
    rows = {
        row["claimant"]: row
        for row in seed.rows("gap", "--nationality", "ES", "--measure", "released", "--limit", "all")
        if row["as_of"] == "2026-01-08"
    }
    # Five of the diplomats, six of a broadcaster who counts one "about to be" freed: each beside the same five names.
    for name, claimed in (("Diplomatic sources", "5"), ("laSexta", "6")):
        assert (rows[name]["claimed_min"], rows[name]["counted"]) == (claimed, "5")
    assert rows["laSexta"]["difference_min"] == "1"
