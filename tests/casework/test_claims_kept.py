"""Counts that somebody stated, each once, with everybody who quotes it."""

import json

import pytest

from tracker.casework.citations import Cited
from tracker.casework.claimants import add_claimant
from tracker.casework.claims import Claim, ClaimsOnRecord, add_claim, known_as
from tracker.casework.facilities import add_facility
from tracker.casework.figures import Figure, read_figure
from tracker.casework.sources import add_source
from tracker.errors import BadValue, NotFound, Refused
from tracker.store import Store


@pytest.fixture
def monitor(store: Store) -> str:
    with store.writing("monitor") as change:
        return add_claimant(change, "Foro Uno", "monitor")


def test_the_same_figure_in_a_second_source_is_one_claim_with_two_citations(store: Store, monitor: str) -> None:
    with store.writing("claims") as change:
        sources = [Cited(add_source(change, title=f"s{n}", published="2026-01-12")) for n in range(2)]
        claim = Claim(monitor, "excarceladas", read_figure("24"), as_of="12 de enero de 2026", since="2026-01-08")
        first, new = add_claim(change, claim, sources[0])
        assert new
        again = Claim(
            monitor, "released", Figure(24, 24), as_of="2026-01-12", since="8 Jan 2026", note="of two prisons"
        )
        assert add_claim(change, again, sources[1]) == (first, False)
        assert add_claim(change, claim, sources[1]) == (first, False)
        row = change.get("claims", first)
        assert (row["measure"], row["min"], row["as_of"], row["since"], row["note"]) == (
            "released",
            24,
            "2026-01-12",
            "2026-01-08",
            "of two prisons",
        )
        assert change.db.execute(
            "SELECT count(*), count(claimant) FROM citations WHERE claim = ?", (first,)
        ).fetchone()[:] == (2, 0)


def test_another_figure_day_window_measure_or_scope_is_another_claim(store: Store, monitor: str) -> None:
    base = {"claimant": monitor, "measure": "held", "figure": Figure(80, 80), "as_of": "2026-01-12"}
    with store.writing("claims") as change:
        add_facility(change, "El Rodeo I")
        other = add_claimant(change, "Comité", "family")
        variants = [
            {},
            {"claimant": other},
            {"measure": "released"},
            {"figure": Figure(80, None, "at least")},
            {"figure": Figure(81, 81)},
            {"figure": Figure(80, 80, None, 100)},
            {"as_of": "2026-01-12T08:00"},
            {"as_of": None},
            {"since": "2026-01-08"},
            {"scope": {"nationality": ["ES"]}},
            {"scope": {"facility": ["Rodeo 1"]}},
            {"scope": {"dual": ["sí"]}},
        ]
        ids = [add_claim(change, Claim(**{**base, **variant})) for variant in variants]  # type: ignore[arg-type]
        assert all(new for _id, new in ids)
        assert [add_claim(change, Claim(**{**base, **variant}))[1] for variant in variants] == [False] * len(variants)  # type: ignore[arg-type]


def test_claims_without_a_number_differ_by_their_words(store: Store, monitor: str) -> None:
    with store.writing("claims") as change:
        with pytest.raises(Refused, match="number or a note"):
            add_claim(change, Claim(monitor, "announced"))
        one, _new = add_claim(change, Claim(monitor, "announced", note="a significant number"))
        assert add_claim(change, Claim(monitor, "announced", note="a significant number")) == (one, False)
        assert add_claim(change, Claim(monitor, "announced", note="many"))[1]


def test_a_scope_is_kept_as_codes_and_ids_in_one_order(store: Store, monitor: str) -> None:
    with store.writing("claims") as change:
        place = add_facility(change, "El Rodeo I")
        scope = {
            "tag": ["Human rights defender"],
            "nationality": ["española", "Venezuela; ES"],
            "facility": ["rodeo 1"],
            "sex": ["mujer"],
            "dual": ["no"],
            "service": ["militar"],
        }
        claim, _new = add_claim(change, Claim(monitor, "held", Figure(1, 1), scope=scope))
        text = change.get("claims", claim)["scope"]
        assert json.loads(text) == {
            "dual": "no",
            "facility": [place],
            "nationality": ["ES", "VE"],
            "service": "military",
            "sex": "female",
            "tag": ["human_rights_defender"],
        }
        assert text == json.dumps(json.loads(text), sort_keys=True, ensure_ascii=False)
        everybody, _new = add_claim(change, Claim(monitor, "held", Figure(1, 1)))
        assert change.get("claims", everybody)["scope"] == "{}"


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"measure": "vanished"}, BadValue),
        ({"as_of": "2026-02-30"}, BadValue),
        ({"as_of": "2199"}, BadValue),
        ({"as_of": "2026-01-07", "since": "2026-01-08"}, BadValue),
        ({"figure": Figure(5, 4)}, BadValue),
        ({"figure": Figure(5, 5, None, 4)}, BadValue),
        ({"scope": {"nationality": ["Wonderland"]}}, BadValue),
        ({"scope": {"facility": ["Nowhere"]}}, NotFound),
        ({"scope": {"sex": ["female", "male"]}}, BadValue),
    ],
)
def test_what_cannot_be_claimed_is_refused(
    store: Store, monitor: str, more: dict[str, object], error: type[Exception]
) -> None:
    base = {"claimant": monitor, "measure": "held", "figure": Figure(80, 80)}
    with pytest.raises(error), store.writing("claims") as change:
        add_claim(change, Claim(**{**base, **more}))  # type: ignore[arg-type]
    with store.reading() as db:
        assert db.execute("SELECT count(*) FROM claims").fetchone()[0] == 0


def test_all_claims_read_at_once_know_a_claim_as_the_database_does(store: Store, monitor: str) -> None:
    base = {"claimant": monitor, "measure": "held", "qualifier": None, "out_of": None, "since": None, "scope": "{}"}
    said = [
        {**base, "min": least, "max": most, "as_of": day, "note": note}
        for least, most in ((80, 80), (80, None), (None, None))
        for day in ("2026-01-12", None)
        for note in (None, "more than 80", "a significant number")
        if note or least
    ]
    with store.writing("claims") as change:
        for values in said[::2]:
            if known_as(change.db, values) is None:
                change.insert("claims", values)
        known = ClaimsOnRecord(change.db)
        found = set()
        for values in said:
            asked = known_as(change.db, values)
            assert known.known_as(values) == (None if asked is None else (asked["id"], asked["note"]))
            found.add(asked is None)
        assert found == {True, False}
        fresh = {**base, "min": 7, "max": 7, "as_of": None, "note": None}
        known.put(change.insert("claims", fresh), fresh)
        assert known.known_as(fresh) == (known_as(change.db, fresh)["id"], None)
