"""The checks on stated figures: what is found, and what only looks like it."""

from pathlib import Path

import pytest
from test_checks import add_claim, found, sound

from tracker.store import Change, Store
from tracker.table import Row

CHECKS = ("contradictory-claims", "claim-goes-down", "subtraction-suspected", "subcount-above-total",
    "duals-counted-twice")  # fmt: skip

Claim = tuple[object, ...]
"""figure, day and measure; then the start, or a filter, or anything more as (column, value)."""


def told(store: Store, *claims: Claim, kind: str = "monitor") -> list[Row]:
    """Enter the claims, of one claimant, and return what the checks on figures find."""
    with store.writing("test") as change:
        ids = sound(change)
        if kind != "monitor":
            change.update("claimants", ids["monitor"], {"kind": kind})
        for figure, as_of, measure, *more in claims:
            enter(change, ids, figure, as_of, measure, dict(more))
    return found(store, *CHECKS)


def enter(change: Change, ids: dict[str, str], figure: object, as_of: object, measure: object, more: dict) -> None:
    source = more.pop("source", None)
    claim = add_claim(change, ids, figure, as_of, measure, **more)  # type: ignore[arg-type]
    if source is not None:
        other = change.insert("sources", {"slug": source, "publisher": source, "published": "2026-01-12"})
        change.update("citations", change.db.execute("SELECT id FROM citations WHERE claim = ?", (claim,)).fetchone()[0],
            {"source": other})  # fmt: skip


SINCE = ("since", "2026-01-08")
AT_LEAST = (("max", None), ("qualifier", "at least"))

SOUND: dict[str, list[Claim]] = {
    "figures that agree on a day": [(80, "2026-01-25", "held", *AT_LEAST), (104, "2026-01-25", "held")],
    "a part that only the note tells": [
        (777, "2026-01-19", "held"),
        (66, "2026-01-19", "held", ("note", "whereabouts unknown")),
    ],
    "a count that grows by the hour": [
        (80, "2026-01-25T09:00", "released", SINCE),
        (104, "2026-01-25T20:00", "released", SINCE),
    ],
    "other starts": [
        (383, "2026-01-26", "released", ("since", "2025-12")),
        (266, "2026-01-26", "released", SINCE),
        (200, "2026-01-27", "released", ("since", "2026-01-10")),
    ],
    "no start said, on one day": [(12, "2026-01-10", "released"), (16, "2026-01-10", "released")],
    "no start said, and another group": [(160, "2025-12-23", "released"), (54, "2026-01-13", "released")],
    "a part that only the note tells, on a later day": [
        (17, "2026-01-11", "released", SINCE),
        (15, "2026-01-12", "released", SINCE, ("note", "from one prison")),
        (41, "2026-01-12", "released", SINCE),
    ],
    "around is around": [(50, "2026-01-12", "held", ("qualifier", "around")), (46, "2026-01-12", "held")],
    "who is held may become fewer": [(863, "2025-12-29", "held"), (806, "2026-01-05", "held")],
    "a difference that nobody released": [
        (863, "2025-12-29", "held"),
        (302, "2026-01-29", "released", SINCE),
        (711, "2026-01-29", "held"),
    ],
    "releases counted from before the earlier figure": [
        (863, "2026-01-10", "held"),
        (302, "2026-01-29", "released", SINCE),
        (561, "2026-01-29", "held"),
    ],
    "an open figure is no difference": [
        (863, "2025-12-29", "held"),
        (302, "2026-01-29", "released", SINCE),
        (561, "2026-01-29", "held", *AT_LEAST),
    ],
    "parts that add up to the whole": [
        (687, "2026-02-02", "held"),
        (600, "2026-02-02", "held", ("scope", '{"sex": "male"}')),
        (87, "2026-02-02", "held", ("scope", '{"sex": "female"}')),
    ],
    "a part beside a part of another kind": [
        (13, "2026-02-25", "held", ("note", "whereabouts unknown")),
        (182, "2026-02-25", "held", ("scope", '{"service": "military"}')),
        (568, "2026-02-25", "held"),
    ],
    "as many as out of": [(99, "2026-01-01", "released", ("out_of", 99))],
    "home nationals are no foreigners": [
        (5, "2026-01-12", "held", ("scope", '{"tag": ["foreigner"]}')),
        (3, "2026-01-12", "held", ("scope", '{"nationality": ["ES"]}')),
        (700, "2026-01-12", "held", ("scope", '{"nationality": ["VE"]}')),
    ],
}


@pytest.mark.parametrize("claims", SOUND.values(), ids=SOUND)
def test_what_only_looks_like_a_contradiction_is_not_found(store: Store, claims: list[Claim]) -> None:
    assert told(store, *claims) == []


FOUND: dict[str, tuple[str, list[Claim]]] = {
    "parts that add up above the whole": (
        "subcount-above-total",
        [
            (687, "2026-02-02", "held"),
            (600, "2026-02-02", "held", ("scope", '{"sex": "male"}')),
            (88, "2026-02-02", "held", ("scope", '{"sex": "female"}')),
        ],
    ),
    "the whole below its part in one claim": ("subcount-above-total", [(19, "2026-01-14", "released", ("out_of", 18))]),
    "a fall without a start": ("claim-goes-down", [(897, "2026-02-10", "released"), (896, "2026-02-11", "released")]),
    "a fall within a day": (
        "claim-goes-down",
        [(104, "2026-01-25T09:00", "released", SINCE), (80, "2026-01-25T20:00", "released", SINCE)],
    ),
    "an earlier figure that was open": (
        "subtraction-suspected",
        [
            (24, "2026-01-12", "held", *AT_LEAST),
            (19, "2026-01-14", "released", ("since", "2026-01-14")),
            (5, "2026-01-14", "held"),
        ],
    ),
    "nationalities above everybody": (
        "duals-counted-twice",
        [
            (5, "2026-01-12", "held"),
            (3, "2026-01-12", "held", ("scope", '{"nationality": ["ES"]}')),
            (3, "2026-01-12", "held", ("scope", '{"nationality": ["VE"]}')),
        ],
    ),
}


@pytest.mark.parametrize(("check", "claims"), FOUND.values(), ids=FOUND)
def test_figures_that_no_reality_fits_are_found(store: Store, check: str, claims: list[Claim]) -> None:
    assert [row[0] for row in told(store, *claims)] == [check]


def test_a_name_for_many_voices_contradicts_itself_only_in_one_publication(store: Store) -> None:
    apart = [(20, "2026-01-12", "held", ("source", "uno")), (28, "2026-01-12", "held", ("source", "dos"))]
    assert told(store, *apart, kind="media") == []


def test_one_outlet_that_prints_two_figures_for_a_day_is_found(store: Store) -> None:
    assert [row[0] for row in told(store, (20, "2026-01-12", "held"), (28, "2026-01-12", "held"), kind="media")] == [
        "contradictory-claims"
    ]


def test_a_finding_names_every_figure_where_it_stands_and_what_was_said_with_it(store: Store) -> None:
    [row] = told(store, (777, "2026-01-19", "held"), (780, "2026-01-19", "held", ("note", "night")))
    assert row[3] == "Observatorio Uno"
    assert str(row[4]).startswith("On 2026-01-19, held: 777 (K-")
    assert "lista-2026-01-12; night)" in str(row[4])


REAL = {
    # two dates printed for the figure of one list; two outlets an hour apart; 809 or 810
    ("contradictory-claims", "Foro Penal", "On 2026-01-05, held: 806"),
    ("contradictory-claims", "Foro Penal", "On 2026-01-10, released since 2026-01-08: 10"),
    ("contradictory-claims", "Foro Penal", "On 2026-01-10, held: 809"),
    # 42 in prison, 24 of them political: only the note tells
    ("contradictory-claims", "Italy's foreign ministry", "On 2026-01-12, held, dual=yes, nationality=IT: 24"),
    # 5, at least 20, at least 24 held; 11, 14, 18, 19 released
    ("contradictory-claims", "SNTP", "On 2026-01-14, held, tag=journalist: 5"),
    ("contradictory-claims", "SNTP", "On 2026-01-14, released since 2026-01-14, tag=journalist: 11"),
    # 80, more than 100, 104 for one Sunday
    ("contradictory-claims", "Foro Penal", "On 2026-01-25, released since 2026-01-25: 80"),
    ("contradictory-claims", "Foro Penal", "On 2026-02-08, released since 2026-02-08: 11"),
    ("contradictory-claims", "Foro Penal", "On 2026-02-08, released since 2026-01-08: 383"),
    # 75 then 61 of 99; 431 then 426 a day later; and two whose start nobody states: 187 then 116, 379 then 217
    ("claim-goes-down", "Foro Penal", "released since 2025-12-25, went down: on 2025-12-26 75"),
    ("claim-goes-down", "Foro Penal", "released since 2026-01-08, went down: on 2026-02-08 431"),
    ("claim-goes-down", "Ministry for the Prison Service", "released, went down: on 2025-12 187"),
    ("claim-goes-down", "Jorge Arreaza", "released, went down: on 2026-02-21 379"),
    # 24 press workers held on the 12th, 19 released on the 14th: 5
    ("subtraction-suspected", "SNTP", "5 "),
}


def test_the_figures_of_january_to_march_2026_contradict_each_other_here_and_nowhere_else(tmp_path: Path) -> None:
    from tracker.importing import start
    from tracker.store import Store as Opened

    case = start.find_case("venezuela-2026")
    path = tmp_path / "seed.db"
    start.start(path, start.Settings(case.country, case.zone, "tests", case.start), case=case, actor="tests")
    rows = found(Opened.open(path), *CHECKS)
    unexpected = [row for row in rows if not any(_is(row, one) for one in REAL)]
    assert (unexpected, len(rows)) == ([], len(REAL))


def _is(row: Row, expected: tuple[str, str, str]) -> bool:
    return (row[0], row[3]) == expected[:2] and str(row[4]).startswith(expected[2])
