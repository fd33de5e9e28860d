"""Places and claimants: one name belongs to one of them; renamed ones are still found."""

import pytest

from tracker.casework.claimants import add_claimant, edit_claimant, find_claimant
from tracker.casework.facilities import add_facility, add_facility_name, edit_facility, find_facility
from tracker.domain.vocabulary import CLAIMANT_DEFAULT_STATUS
from tracker.errors import BadValue, NotFound, Refused
from tracker.store import Store


def test_one_place_under_all_its_names(store: Store) -> None:
    with store.writing("add") as change:
        place = add_facility(
            change,
            "El Rodeo I",
            other_names=["Internado Judicial Rodeo I; Rodeo Uno"],
            kind="cárcel",
            country="Venezuela",
        )
        row = change.get("facilities", place)
        assert (row["kind"], row["country"]) == ("prison", "VE")
        for spelling in ("rodeo 1", "El Rodeo 1", "rodeo uno", "Internado Judicial del Rodeo 1"):
            assert find_facility(change.db, spelling)["id"] == place
            with pytest.raises(Refused, match="already on record"):
                add_facility(change, spelling)
        assert not add_facility_name(change, place, "RODEO i")  # it is found by that already
        second = add_facility(change, "Rodeo II")
        with pytest.raises(Refused):
            add_facility_name(change, second, "Rodeo uno")
        with pytest.raises(Refused):
            edit_facility(change, change.get("facilities", second), {"name": "El Rodeo 1"})


def test_a_renamed_place_is_found_by_its_old_name(store: Store) -> None:
    with store.writing("edit") as change:
        place = add_facility(change, "Zona 7", other_names=["Boleíta"])
        said = edit_facility(
            change, change.get("facilities", place), {"name": "boleita", "state": "Miranda", "kind": None}
        )
        assert said == ["name: Zona 7 → boleita", "state: (nothing) → Miranda", "other name added: “Zona 7”"]
        assert find_facility(change.db, "Zona VII")["id"] == place
        assert change.db.execute("SELECT count(*) FROM facility_names").fetchone()[0] == 1
        row = change.get("facilities", place)
        assert edit_facility(change, row, {"state": "Miranda"}, other_names=["BOLEÍTA"]) == []
        assert edit_facility(change, row, {"state": ""}, remove_names=["zona 7"]) == [
            "removed: “Zona 7”",
            "state: Miranda → (nothing)",
        ]
        with pytest.raises(NotFound):
            find_facility(change.db, "Zona 7")
        with pytest.raises(Refused, match="not there"):
            edit_facility(change, row, {}, remove_names=["Zona 7"])


@pytest.mark.parametrize(
    "given", [{"kind": "castle"}, {"country": "Wonderland"}, {"name": ""}, {"state": "a\x07"}, {"note": "x" * 10_001}]
)
def test_what_no_place_has_is_refused(store: Store, given: dict[str, str]) -> None:
    with store.writing("edit") as change:
        place = change.get("facilities", add_facility(change, "El Rodeo I"))
        with pytest.raises(BadValue):
            edit_facility(change, place, given)


@pytest.mark.parametrize(("kind", "status"), sorted(CLAIMANT_DEFAULT_STATUS.items()))
def test_a_claimants_word_is_worth_what_its_kind_says(store: Store, kind: str, status: str) -> None:
    with store.writing("add") as change:
        claimant = change.get("claimants", add_claimant(change, "Foro Uno", kind))
        assert claimant["default_status"] == status
        assert claimant["house_arrest"] == "unknown"


def test_a_claimants_own_default_outlives_its_kind(store: Store) -> None:
    with store.writing("edit") as change:
        plain = add_claimant(change, "Uno", "medio de comunicación")
        own = add_claimant(change, "Dos", "media", default_status="verificada", house_arrest="out", country="VE")
        with pytest.raises(BadValue):
            add_claimant(change, "Tres", "media", default_status="retracted")
        for claimant, status in ((plain, "announced"), (own, "verified")):
            edit_claimant(change, change.get("claimants", claimant), {"kind": "gobierno", "country": ""})
            assert change.get("claimants", claimant)["default_status"] == status
        assert change.get("claimants", own)["country"] is None


def test_claimants_names_belong_to_one(store: Store) -> None:
    with store.writing("edit") as change:
        one = add_claimant(change, "Foro Uno", "monitor", other_names=["FU; Foro Número Uno"])
        two = add_claimant(change, "Comité", "family")
        with pytest.raises(Refused):
            add_claimant(change, "foro numero uno", "monitor")
        with pytest.raises(Refused):
            edit_claimant(change, change.get("claimants", two), {}, other_names=["fu"])
        said = edit_claimant(change, change.get("claimants", one), {"name": "Foro Unido"}, remove_names=["FU"])
        assert said == ["removed: “FU”", "name: Foro Uno → Foro Unido", "other name added: “Foro Uno”"]
        assert find_claimant(change.db, "foro uno")["id"] == one
        with pytest.raises(Refused):
            edit_claimant(change, change.get("claimants", one), {}, remove_names=["FU"])
        assert edit_claimant(change, change.get("claimants", one), {"name": "FORO UNO"}) != []
        names = change.db.execute("SELECT name FROM claimant_names ORDER BY id").fetchall()
        assert [row[0] for row in names] == ["Foro Número Uno", "Foro Unido"]
