"""Every named check finds its own bad record, and only that, and nothing in a sound one."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tracker.checks import CHECKS, list_checks, running
from tracker.errors import BadValue
from tracker.store import Change, Store
from tracker.table import Row


def sound(change: Change) -> dict[str, str]:
    """A record that no check has anything to say about: Ana held, Bruno released at first hand, both cited."""
    place = change.insert("facilities", {"name": "Penal Norte"})
    source = change.insert("sources", {"slug": "lista-2026-01-12", "title": "Lista", "published": "2026-01-12"})
    monitor = change.insert("claimants", {"name": "Observatorio Uno", "kind": "monitor", "default_status": "verified"})
    ids = {"place": place, "source": source, "monitor": monitor}
    for name in ("ana", "bruno"):
        person = change.insert("detainees", {"name": f"{name.title()} Ejemplo Ruiz" if name == "ana" else "Bruno Lara"})
        spell = change.insert("detentions", {"detainee": person, "began": "2025-03-01", "entered": "2026-01-12"})
        stay = change.insert("stays", {"detention": spell, "step": 1, "facility": place})
        for column, row in (("detainee", person), ("detention", spell), ("stay", stay)):
            change.insert("citations", {"source": source, "claimant": monitor, column: row})
        ids |= {name: person, f"{name}_spell": spell, f"{name}_stay": stay}
    release = change.insert(
        "releases",
        {
            "detention": ids["bruno_spell"],
            "step": 1,
            "released": "2026-01-12",
            "status": "verified",
            "entered": "2026-01-12",
        },
    )
    change.insert("citations", {"source": source, "claimant": monitor, "release": release})
    return ids | {"release": release}


Spoil = Callable[[Change, dict[str, str]], object]


def add_release(change: Change, spell: str, claimant: str | None = None, **values: object) -> str:
    row = {"detention": spell, "step": 2, "status": "reported", "entered": "2026-01-12", **values}
    release = change.insert("releases", row)
    source = change.db.execute("SELECT id FROM sources").fetchone()[0]
    change.insert("citations", {"source": source, "claimant": claimant, "release": release})
    return release


def add_spell(change: Change, person: str, began: str, ids: dict[str, str]) -> str:
    spell = change.insert("detentions", {"detainee": person, "began": began, "entered": "2026-01-12"})
    stay = change.insert("stays", {"detention": spell, "step": 1, "facility": ids["place"]})
    for column, row in (("detention", spell), ("stay", stay)):
        change.insert("citations", {"source": ids["source"], column: row})
    return spell


def add_person(change: Change, name: str, ids: dict[str, str], **values: object) -> str:
    person = change.insert("detainees", {"name": name, **values})
    change.insert("citations", {"source": ids["source"], "detainee": person})
    return person


def add_claim(
    change: Change, ids: dict[str, str], figure: int, as_of: str, measure: str = "held", **more: object
) -> str:
    values = {"measure": measure, "min": figure, "max": figure, "as_of": as_of, "claimant": ids["monitor"], **more}
    claim = change.insert("claims", values)
    change.insert("citations", {"source": ids["source"], "claim": claim})
    return claim


SPOILED: dict[str, Spoil] = {
    "release-before-arrest": lambda c, r: c.update("releases", r["release"], {"released": "2025-02"}),
    "terms-before-release": lambda c, r: add_release(c, r["bruno_spell"], released="2026-01-05", kind="full"),
    "stay-before-arrest": lambda c, r: c.update("stays", r["ana_stay"], {"since": "2025-02-27"}),
    "overlapping-detentions": lambda c, r: add_spell(c, r["bruno"], "2025-06", r),
    "terms-while-detained-again": lambda c, r: (
        add_release(c, r["bruno_spell"], r["monitor"], released="2026-01-12", kind="full", status="verified"),
        c.update("releases", r["release"], {"released": "2026-01-02", "kind": "bail"}),
        add_spell(c, r["bruno"], "2026-01-08", r),
    ),
    "two-open-detentions": lambda c, r: add_spell(c, r["ana"], "2026-01-10", r),
    "after-death": lambda c, r: c.update("detainees", r["bruno"], {"died": "2026-01-02"}),
    "open-detention-of-dead": lambda c, r: (
        c.update("detainees", r["ana"], {"died": "2026-01-02"}),
        c.db.execute("UPDATE citations SET field = 'sex', value = 'female' WHERE detainee = ?", (r["ana"],)),
    ),
    "unknown-country": lambda c, r: c.insert(
        "citations",
        {
            "source": r["source"],
            "nationality": c.insert("nationalities", {"detainee": r["ana"], "country": "QQ"}),
        },
    ),
    "shared-place-name": lambda c, r: c.insert(
        "facility_names", {"facility": c.insert("facilities", {"name": "Penal Sur"}), "name": "El Penal Norte"}
    ),
    "unsupported-status": lambda c, r: (
        c.update("releases", r["release"], {"kind": "precautionary"}),
        add_release(c, r["bruno_spell"], released="2026-01-12", kind="full", status="verified"),
    ),
    "release-twice": lambda c, r: add_release(c, r["bruno_spell"], released="2026-01", kind="full"),
    "publish-from": lambda c, r: c.update(
        "releases", r["release"], {"publish": "anonymous", "publish_from": "2026-02-04"}
    ),
    "uncited": lambda c, r: c.insert("detainees", {"name": "Carla Sola"}),
    "same-name": lambda c, r: add_person(c, "Bruno Lára", r),
    "judged-same": lambda c, r: c.insert("judgements", {"one": r["ana"], "other": r["bruno"], "verdict": "same"}),
    "mixed-script": lambda c, r: add_person(c, "Jоsé Cirílico", r),  # the о is Cyrillic
    "excluded-without-reason": lambda c, r: add_person(c, "Dora Fuera", r, excluded=1),
    "sentence-run-out": lambda c, r: c.update("detentions", r["ana_spell"], {"sentence_ends": "2025-12"}),
    "young-and-named": lambda c, r: add_person(c, "Elena Joven", r, age=17, publish="named"),
    "future-date": lambda c, r: c.update("sources", r["source"], {"published": "2199-01-01"}),
    "unknown-facility": lambda c, r: c.insert(
        "citations",
        {
            "source": r["source"],
            "detention": c.insert(
                "detentions",
                {"detainee": add_person(c, "Félix Sinlugar", r), "began": "2025", "entered": "2026-01-12"},
            ),
        },
    ),
    "verified-by-quotes": lambda c, r: c.update("sources", r["source"], {"publisher": "Diario Dos"}),
    "source-before-fact": lambda c, r: c.update("sources", r["source"], {"published": "2026-01-11"}),
    "unused-source": lambda c, r: c.insert("sources", {"slug": "nada-2026-01-12", "published": "2026-01-12"}),
    "contradictory-claims": lambda c, r: [add_claim(c, r, n, "2026-01-12") for n in (777, 780)],
    "claim-goes-down": lambda c, r: [
        add_claim(c, r, n, f"2026-01-{day}", "released", since="2026-01-08") for n, day in ((897, 10), (896, 11))
    ],
    "subtraction-suspected": lambda c, r: (
        add_claim(c, r, 863, "2025-12-29"),
        add_claim(c, r, 302, "2026-01-12", "released", since="2026-01-08"),
        add_claim(c, r, 561, "2026-01-12"),
    ),
    "subcount-above-total": lambda c, r: (
        add_claim(c, r, 20, "2026-01-12"),
        add_claim(c, r, 25, "2026-01-12", scope='{"sex": "female"}'),
    ),
    "duals-counted-twice": lambda c, r: (
        add_claim(c, r, 5, "2026-01-12", scope='{"tag": ["foreigner"]}'),
        add_claim(c, r, 3, "2026-01-12", scope='{"nationality": ["ES"]}'),
        add_claim(c, r, 3, "2026-01-12", scope='{"nationality": ["IT"]}'),
    ),
}
BY_ANOTHER_PROGRAM = {"impossible-date": "UPDATE releases SET released = '2026-02-30'"}


def found(store: Store, *wanted: str, least: str = "note") -> list[Row]:
    with running(store, wanted, least=least) as each:
        return list(each.table.rows)


def names(store: Store) -> list[str]:
    return [str(row[0]) for row in found(store)]


def test_a_sound_record_has_no_finding(store: Store) -> None:
    with store.writing("test") as change:
        sound(change)
    assert names(store) == []


def test_every_check_has_a_bad_record_here() -> None:
    assert set(CHECKS) == {*SPOILED, *BY_ANOTHER_PROGRAM}


@pytest.mark.parametrize("name", SPOILED)
def test_a_check_finds_its_bad_record_and_nothing_else(store: Store, name: str) -> None:
    with store.writing("test") as change:
        SPOILED[name](change, sound(change))
    rows = found(store)
    assert {row[0] for row in rows} == {name}, rows
    assert all(row[1] == CHECKS[name].severity and row[2] and row[4] for row in rows)


@pytest.mark.parametrize("name", BY_ANOTHER_PROGRAM)
def test_what_another_program_wrote_is_found(store: Store, name: str) -> None:
    with store.writing("test") as change:
        sound(change)
    outside = sqlite3.connect(store.path)
    outside.execute(BY_ANOTHER_PROGRAM[name])
    outside.commit()
    outside.close()
    assert name in names(store)


def test_a_person_judged_to_be_another_is_not_found_twice(store: Store) -> None:
    with store.writing("test") as change:
        ids = sound(change)
        other = add_person(change, "Bruno Lara", ids)
        change.insert("judgements", {"one": other, "other": ids["bruno"], "verdict": "different"})
    assert names(store) == []


def test_a_death_in_custody_with_a_source_is_no_finding(store: Store) -> None:
    with store.writing("test") as change:
        ids = sound(change)
        change.update("detainees", ids["ana"], {"died": "2026-01-02"})
        change.insert("citations", {"source": ids["source"], "detainee": ids["ana"], "field": "died_on"})
    assert names(store) == []


def test_checks_can_be_chosen_and_cut_off_by_severity(store: Store) -> None:
    with store.writing("test") as change:
        ids = sound(change)
        SPOILED["unused-source"](change, ids)
        SPOILED["same-name"](change, ids)
    assert set(names(store)) == {"unused-source", "same-name"}
    assert [row[0] for row in found(store, "SAME_NAME", "same-name")] == ["same-name"]
    with running(store, least="warning") as each:
        assert {row[0] for row in each.table.rows} == {"same-name"}
        assert (each.at_least("warning"), each.at_least("error")) == (1, 0)
    with pytest.raises(BadValue, match="no check"):
        found(store, "nonsense")


def test_every_check_is_explained_in_the_list() -> None:
    rows = list(list_checks().rows)
    assert [row[0] for row in rows] == list(CHECKS)
    assert all(str(row[2]).endswith(".") for row in rows)
    assert all(check.rule.__doc__ for check in CHECKS.values())


def test_the_seed_record_has_no_finding_of_severity_error(tmp_path: Path) -> None:
    from tracker.importing import start
    from tracker.store import Store as Opened

    case = start.find_case("venezuela-2026")
    path = tmp_path / "seed.db"
    start.start(path, start.Settings(case.country, case.zone, "tests", case.start), case=case, actor="tests")
    assert found(Opened.open(path), least="error") == []


def test_new_terms_after_a_later_detention_is_over_are_in_order(store: Store) -> None:
    with store.writing("test") as change:
        ids = sound(change)
        SPOILED["terms-while-detained-again"](change, ids)
        again = change.db.execute("SELECT id FROM detentions WHERE began = '2026-01-08'").fetchone()[0]
        add_release(change, again, ids["monitor"], step=1, released="2026-01-10", kind="full", status="verified")
    assert names(store) == []


@pytest.mark.parametrize(
    ("one", "other", "twice"),
    [
        ({}, {"released": "2026-01-15"}, True),
        ({}, {"released": "2026-01-16"}, False),
        ({}, {"released": "2026-01", "kind": "full"}, True),
        ({}, {"status": "retracted", "released": "2026-01-12"}, False),
        ({"kind": "house_arrest"}, {"released": "2026-01-13", "kind": "full"}, False),
        ({"kind": "full"}, {"released": "2026-02-20", "kind": "full", "status": "announced"}, True),
        ({"kind": "full"}, {"released": None, "kind": "full"}, True),
    ],
)
def test_a_release_told_twice_is_found_by_the_rule_that_joins_releases(
    store: Store, one: dict[str, str], other: dict[str, str], twice: bool
) -> None:
    with store.writing("test") as change:
        ids = sound(change)
        change.update("releases", ids["release"], one) if one else None
        add_release(change, ids["bruno_spell"], **other)
    assert ("release-twice" in names(store)) == twice


@pytest.mark.parametrize(
    ("release", "above", "said"),
    [
        ({"publish_from": "2199-01-01"}, {}, None),
        ({"publish": "withheld", "publish_from": "2026-02-04"}, {}, None),
        ({"publish": "named", "publish_from": "2199-01-01"}, {}, None),
        ({"publish_from": "2026-01-12"}, {"detainees": "anonymous"}, None),
        ({"publish_from": "2199-01-01"}, {"detainees": "withheld"}, None),
        ({"publish": "anonymous", "publish_from": "2199-01-01"}, {}, "for good"),
        ({"publish_from": "2026-01-11"}, {}, "before the release itself (2026-01-12)"),
        ({"publish_from": "2026-02-01..2026-02-04"}, {}, "never published"),
        ({"publish_from": "2026-02-04"}, {"detainees": "withheld"}, "the person is marked withheld"),
        ({"publish_from": "2026-02"}, {"detentions": "withheld"}, "the detention is marked withheld"),
    ],
)
def test_a_day_of_publication_is_odd_only_where_it_does_not_do_what_it_says(
    store: Store, release: dict[str, str], above: dict[str, str], said: str | None
) -> None:
    with store.writing("test") as change:
        ids = sound(change)
        change.update("releases", ids["release"], release)
        for table, level in above.items():
            change.update(table, ids[{"detainees": "bruno", "detentions": "bruno_spell"}[table]], {"publish": level})
    rows = found(store)
    assert [row[0] for row in rows] == ([] if said is None else ["publish-from"])
    assert all(said is not None and said in str(row[4]) for row in rows)


def test_a_page_of_each_check_is_shown_and_all_are_counted(store: Store) -> None:
    with store.writing("test") as change:
        ids = sound(change)
        for n in range(5):
            change.insert("sources", {"slug": f"nada-{n}", "published": "2026-01-12"})
        add_person(change, "Bruno Lára", ids)
    with running(store, most=2) as each:
        shown = [row[0] for row in each.table.rows]
    assert shown == ["same-name", "unused-source", "unused-source"]
    assert (each.counts["note"], each.counts["warning"]) == (5, 1)
    assert [line for line in each.table.foot if "unused-source" in line] == [
        "unused-source: 2 of 5 shown; --limit all shows all."
    ]


@pytest.mark.parametrize(("field", "value"), [("age", "16"), ("born", "2009")])
def test_a_minor_by_what_a_source_says_is_found_if_marked_as_nameable(store: Store, field: str, value: str) -> None:
    with store.writing("test") as change:
        ids = sound(change)
        person = add_person(change, "Citada Menor", ids, publish="named")
        change.insert("citations", {"source": ids["source"], "detainee": person, "field": field, "value": value})
    assert "young-and-named" in names(store)


def test_a_tag_of_youth_on_somebody_nameable_is_found(store: Store) -> None:
    with store.writing("test") as change:
        person = add_person(change, "Citada Menor", sound(change), publish="named")
        change.insert("tags", {"detainee": person, "tag": "menores"})
    assert names(store) == ["young-and-named"]
