"""People added, corrected, named, excluded, deleted."""

import pytest

from tracker.casework.citations import Cited, cite
from tracker.casework.deletion import delete_person
from tracker.casework.people import Person, add_person, find_nationality
from tracker.casework.people_edits import (
    Removed,
    edit_person,
    exclude,
    identify,
    include,
    read_keep,
    remove_nationality,
)
from tracker.errors import BadValue, Refused
from tracker.store import Change, Row, Store


@pytest.fixture
def cited(store: Store) -> Cited:
    with store.writing("sources") as change:
        return Cited(change.insert("sources", {"slug": "uno-2026-01-12", "published": "2026-01-12"}))


@pytest.fixture
def later(store: Store) -> Cited:
    with store.writing("sources") as change:
        return Cited(change.insert("sources", {"slug": "dos-2026-01-20", "published": "2026-01-20"}))


def row(change: Change, identifier: str) -> Row:
    return change.get("detainees", identifier)


def values(store: Store, sql: str) -> list[tuple[object, ...]]:
    with store.reading() as db:
        return [tuple(one) for one in db.execute(sql)]


def test_everything_said_about_a_person_is_read_in_either_language(store: Store, cited: Cited) -> None:
    person = Person(
        name="  Ana\u00a0 Ruiz ",
        sex="mujer",
        born="1991",
        age="34",
        age_on="12 de enero de 2026",
        nationalities=["española; Venezuelan", "ES"],
        service="civil",
        occupation=" periodista ",
        tags=["Human rights defender", "journalist"],
        other_names=["La Nena"],
        identifiers=["foro penal=FP-0012"],
        publish="con nombre",
        note="dos\nlíneas",
    )
    with store.writing("add") as change:
        add_person(change, person, cited=cited)
    [found] = values(store, "SELECT name, sex, born, age, age_on, service, occupation, publish, note FROM detainees")
    assert found == ("Ana Ruiz", "female", "1991", 34, "2026-01-12", "civilian", "periodista", "named", "dos\nlíneas")
    assert values(store, "SELECT country FROM nationalities ORDER BY 1") == [("ES",), ("VE",)]
    assert values(store, "SELECT tag FROM tags ORDER BY 1") == [("human_rights_defender",), ("journalist",)]
    assert values(store, "SELECT name, kind FROM names") == [("La Nena", "alias")]
    assert values(store, "SELECT scheme, value FROM identifiers") == [("foro penal", "FP-0012")]
    assert values(store, "SELECT count(detainee), count(nationality) FROM citations") == [(1, 2)]


def test_the_same_name_is_refused_and_says_who_unless_it_is_another_person(store: Store) -> None:
    with store.writing("add") as change:
        first = add_person(change, Person(name="José Gil", other_names=["El Profe"]))
        for name in ("jose  GIL", "José Gil", "el profe"):
            with pytest.raises(Refused) as told:
                add_person(change, Person(name=name))
            assert change.ref("detainees", first) in told.value.candidates[0]
            assert "--another" in str(told.value.hint)
        assert add_person(change, Person(name="José Gil"), another=True) != first


@pytest.mark.parametrize(
    "person",
    [
        Person(),
        Person(name=""),
        Person(name="   "),
        Person(name="x" * 301),
        Person(name="12345"),
        Person(name="Ana\x07Ruiz"),
        Person(name="Ana\u202eRuiz"),
        Person(name="Ana Ruiz", age="-1"),
        Person(name="Ana Ruiz", age="131"),
        Person(name="Ana Ruiz", age="many"),
        Person(name="Ana Ruiz", born="2999"),
        Person(name="Ana Ruiz", born="2026-02-30"),
        Person(name="Ana Ruiz", born="03/04/1990"),
        Person(name="Ana Ruiz", sex="yes"),
        Person(name="Ana Ruiz", service="navy-ish"),
        Person(name="Ana Ruiz", nationalities=["Wonderland"]),
        Person(name="Ana Ruiz", tags=["–"]),
        Person(name="Ana Ruiz", identifiers=["no equals sign"]),
        Person(name="Ana Ruiz", identifiers=["=5"]),
        Person(name="Ana Ruiz", publish="perhaps"),
    ],
)
def test_what_cannot_be_read_leaves_nothing_behind(store: Store, person: Person) -> None:
    with pytest.raises((BadValue, Refused)) as told, store.writing("add") as change:
        add_person(change, person)
    assert told.value.code == 3
    assert values(store, "SELECT count(*) FROM detainees") == [(0,)]


def test_an_edit_says_what_changed_from_what_to_what(store: Store) -> None:
    with store.writing("add") as change:
        ana = add_person(change, Person(name="Ana Ruiz", sex="female", age="33", note="x"))
        said = edit_person(change, row(change, ana), Person(age="34", occupation="abogada", sex="female"))
        assert said == ["age stated: 33 → 34", "occupation: (nothing) → abogada"]
        assert edit_person(change, row(change, ana), Person(age="34")) == []
        said = edit_person(change, row(change, ana), Person(), removed=Removed(fields=["note", "sex"]))
        assert said == ["note: x → (nothing)", "sex: female → (nothing)"]
        with pytest.raises(BadValue, match="cannot be cleared"):
            edit_person(change, row(change, ana), Person(), removed=Removed(fields=["name"]))


def test_the_old_name_stays_as_another_name(store: Store) -> None:
    with store.writing("add") as change:
        ana = add_person(change, Person(name="Ana Ruiz", other_names=["Ana María Ruiz"]))
        edit_person(change, row(change, ana), Person(name="Ana María Ruiz"))
        edit_person(change, row(change, ana), Person(name="Ana María Ruíz"))  # an accent is no other name
        edit_person(change, row(change, ana), Person(name="Ana Mar"), keep_name=read_keep("apodo"))
        edit_person(change, row(change, ana), Person(name="Ana M."), keep_name=read_keep("no"))
    names = values(store, "SELECT name, kind FROM names ORDER BY id")
    assert names == [("Ana Ruiz", "former"), ("Ana María Ruíz", "nickname")]


def test_a_name_that_somebody_else_has_is_refused(store: Store) -> None:
    with store.writing("add") as change:
        ana = add_person(change, Person(name="Ana Ruiz"))
        add_person(change, Person(name="Rosa Gil"))
        with pytest.raises(Refused, match="already on record"):
            edit_person(change, row(change, ana), Person(name="rosa gil"))
        edit_person(change, row(change, ana), Person(name="Rosa Gil"), another=True)


def test_entries_of_lists_are_added_and_taken_away(store: Store) -> None:
    with store.writing("add") as change:
        ana = add_person(change, Person(name="Ana Ruiz", tags=["a", "b"], other_names=["Nena"], identifiers=["x=1"]))
        said = edit_person(change, row(change, ana), Person(tags=["b", "c"], nationalities=["ES"]))
        assert said == ["tag added: c", "nationality added: ES"]
        removed = Removed(tags=["A"], other_names=["NENA"], identifiers=["x=1"])
        assert len(edit_person(change, row(change, ana), Person(), removed=removed)) == 3
        with pytest.raises(Refused, match="not there"):
            edit_person(change, row(change, ana), Person(), removed=Removed(tags=["zzz"]))
        assert len(edit_person(change, row(change, ana), Person(), removed=Removed(fields=["tags"]))) == 2
    assert values(store, "SELECT count(*) FROM tags") == [(0,)]


def test_a_sourced_edit_keeps_what_others_said_as_a_dispute(store: Store, cited: Cited, later: Cited) -> None:
    with store.writing("add") as change:
        ana = add_person(change, Person(name="Ana Ruiz", age="33"))
        cite(change, "detainees", ana, cited, field="age")
        edit_person(change, row(change, ana), Person(age="34"), cited=later)
    found = "SELECT s.slug, c.field, c.value, c.stance FROM citations c JOIN sources s ON s.id = c.source ORDER BY 1"
    assert values(store, found) == [
        ("dos-2026-01-20", "age", None, "supports"),
        ("uno-2026-01-12", "age", "33", "disputes"),
    ]
    with store.writing("back") as change:  # and the one who was overruled is right again
        edit_person(change, row(change, ana), Person(age="33"), cited=cited)
    assert values(store, found) == [
        ("dos-2026-01-20", "age", "34", "disputes"),
        ("uno-2026-01-12", "age", None, "supports"),
    ]


def test_correcting_our_own_slip_leaves_the_source_with_the_field(store: Store, cited: Cited) -> None:
    with store.writing("add") as change:
        ana = add_person(change, Person(name="Ana Ruiz", age="43"))
        cite(change, "detainees", ana, cited, field="age")
        edit_person(change, row(change, ana), Person(age="34"))
    assert values(store, "SELECT field, value, stance FROM citations") == [("age", None, "supports")]


def test_a_denial_of_what_is_no_longer_on_record_says_what_it_denied(store: Store, cited: Cited) -> None:
    with store.writing("add") as change:
        ana = add_person(change, Person(name="Ana Ruiz", age="43"))
        cite(change, "detainees", ana, cited, field="age", stance="disputes")
        edit_person(change, row(change, ana), Person(age="34"))
    assert values(store, "SELECT stance, locator FROM citations") == [("disputes", "against 43")]


def test_only_the_unnamed_are_identified(store: Store, cited: Cited) -> None:
    with store.writing("add") as change:
        nobody = add_person(change, Person(description="adolescent, 17"))
        add_person(change, Person(name="Rosa Gil"))
        with pytest.raises(Refused, match="no name yet"):
            edit_person(change, row(change, nobody), Person(name="Ana Ruiz"))
        with pytest.raises(Refused):
            edit_person(change, row(change, nobody), Person(), removed=Removed(fields=["description"]))
        with pytest.raises(Refused, match="already on record"):
            identify(change, row(change, nobody), "Rosa Gil")
        assert identify(change, row(change, nobody), "Ana Ruiz", cited=cited) == ["name: (nothing) → Ana Ruiz"]
        with pytest.raises(Refused, match="has a name already"):
            identify(change, row(change, nobody), "Ana Luz Ruiz")
    assert values(store, "SELECT field, stance FROM citations") == [("name", "supports")]


def test_exclusion_wants_a_reason_and_can_be_taken_back(store: Store) -> None:
    with store.writing("add") as change:
        ana = add_person(change, Person(name="Ana Ruiz"))
        with pytest.raises(BadValue):
            exclude(change, row(change, ana), "  ")
        with pytest.raises(Refused):
            include(change, row(change, ana))
        exclude(change, row(change, ana), "common crime")
        with pytest.raises(Refused):
            exclude(change, row(change, ana), "common crime")
        exclude(change, row(change, ana), "another reason")
        assert (row(change, ana)["excluded"], row(change, ana)["excluded_reason"]) == (1, "another reason")
        include(change, row(change, ana))
        assert (row(change, ana)["excluded"], row(change, ana)["excluded_reason"]) == (0, None)


def test_a_nationality_goes_with_its_citations(store: Store, cited: Cited) -> None:
    with store.writing("add") as change:
        ana = add_person(change, Person(name="Ana Ruiz", nationalities=["ES", "VE"]), cited=cited)
        assert remove_nationality(change, row(change, ana), "Spain") == "nationality removed: ES, with 1 citation"
        with pytest.raises(Refused):
            remove_nationality(change, row(change, ana), "Spain")
        assert find_nationality(change.db, ana, "venezolana") is not None
    assert values(store, "SELECT count(nationality), count(detainee) FROM citations") == [(1, 1)]


def held(change: Change, person: str, cited: Cited) -> None:
    detention = change.insert(
        "detentions", {"detainee": person, "began": "2025-03-02", "cause": "arrest", "entered": "2026-01-09"}
    )
    place = change.insert("facilities", {"name": "El Rodeo I"})
    stay = change.insert("stays", {"detention": detention, "step": 1, "facility": place})
    release = change.insert(
        "releases", {"detention": detention, "step": 1, "entered": "2026-01-12", "kind": "full", "status": "verified"}
    )
    for table, record in (("detentions", detention), ("stays", stay), ("releases", release)):
        cite(change, table, record, cited)


def test_deleting_is_refused_with_what_hangs_on_the_person(store: Store, cited: Cited) -> None:
    with store.writing("add") as change:
        ana = add_person(change, Person(name="Ana Ruiz"), cited=cited)
        held(change, ana, cited)
        with pytest.raises(Refused) as told:
            delete_person(change, row(change, ana))
    assert [line.split()[0] for line in told.value.candidates] == ["detention", "stay", "release"]
    assert "exclude" in str(told.value.hint)


def test_deleting_with_everything_leaves_nothing_and_undo_brings_all_of_it_back(store: Store, cited: Cited) -> None:
    tables = (
        "detainees",
        "names",
        "nationalities",
        "tags",
        "identifiers",
        "detentions",
        "stays",
        "releases",
        "citations",
        "judgements",
    )
    with store.writing("add") as change:
        ana = add_person(
            change,
            Person(name="Ana Ruiz", nationalities=["ES"], tags=["a"], other_names=["N"], identifiers=["a=1"]),
            cited=cited,
        )
        rosa = add_person(change, Person(name="Rosa Gil", nationalities=["ES"]), cited=cited)
        change.insert("judgements", {"one": ana, "other": rosa, "verdict": "different"})
        held(change, ana, cited)
    before = {table: values(store, f"SELECT * FROM {table} ORDER BY id") for table in tables}
    with store.writing("delete") as change:
        gone = delete_person(change, row(change, ana), with_everything=True)
    assert (
        gone == sum(map(len, before.values())) - 1 - 1 - 1 - 2
    )  # but for Ana herself, Rosa, her nationality and its citations
    assert values(store, "SELECT name FROM detainees") == [("Rosa Gil",)]
    assert values(store, "SELECT count(*) FROM nationalities") == [(1,)]
    store.undo(None, actor="tester")
    assert {table: values(store, f"SELECT * FROM {table} ORDER BY id") for table in tables} == before


def test_somebody_entered_by_mistake_goes_without_more_words(store: Store, cited: Cited) -> None:
    with store.writing("add") as change:
        ana = add_person(change, Person(name="Ana Ruiz", nationalities=["ES"], tags=["a"]), cited=cited)
        delete_person(change, row(change, ana))
    assert values(store, "SELECT (SELECT count(*) FROM detainees), (SELECT count(*) FROM citations)") == [(0, 0)]
