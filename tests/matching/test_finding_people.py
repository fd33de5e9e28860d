"""Who is meant by a name, another name or a ref."""

import pytest

from tracker.errors import Ambiguous, BadValue, NotFound
from tracker.matching.who import find_any, find_person, find_record, owner
from tracker.store import Store


@pytest.fixture
def ids(store: Store) -> dict[str, str]:
    with store.writing("people") as change:
        ids = {
            name: change.insert("detainees", {"name": name})
            for name in ("Ana Ruiz", "José Gil", "Jose Gil", "Rosa Gil Paz")
        }
        ids["nobody"] = change.insert("detainees", {"description": "adolescent, 17"})
        change.insert("names", {"detainee": ids["Ana Ruiz"], "name": "La Nena"})
        place = change.insert("facilities", {"name": "El Rodeo I"})
        held = change.insert(
            "detentions",
            {"detainee": ids["José Gil"], "began": "2025-03-02", "cause": "arrest", "entered": "2026-01-09"},
        )
        ids["stay"] = change.insert("stays", {"detention": held, "step": 1, "facility": place})
        ids["release"] = change.insert(
            "releases",
            {
                "detention": held,
                "step": 1,
                "released": "2026-01-12",
                "entered": "2026-01-13",
                "kind": "full",
                "status": "reported",
            },
        )
    return ids


@pytest.mark.parametrize(
    "word", ["Ana Ruiz", "ana  ruiz", "ANA RUÍZ", " Ana Ruiz ", "la nena", "Ruiz-Ana"[5:] + " ruiz"]
)
def test_a_name_is_found_whatever_case_accents_and_spaces(store: Store, ids: dict[str, str], word: str) -> None:
    with store.reading() as db:
        assert find_person(db, word)["id"] == ids["Ana Ruiz"]


def test_accents_decide_where_they_can(store: Store, ids: dict[str, str]) -> None:
    with store.reading() as db:
        assert find_person(db, "josé gil")["id"] == ids["José Gil"]
        assert find_person(db, "JOSE GIL")["id"] == ids["Jose Gil"]


def test_an_ambiguous_name_lists_who_could_be_meant(store: Store, ids: dict[str, str]) -> None:
    with store.reading() as db, pytest.raises(Ambiguous) as told:
        find_person(db, "Josè Gil")
    assert len(told.value.candidates) == 2
    assert any(
        "José Gil (arrested 2025-03-02, El Rodeo I, said to be out 2026-01-12: reported)" in line
        for line in told.value.candidates
    )


def test_a_ref_finds_whatever_its_case(store: Store, ids: dict[str, str]) -> None:
    with store.reading() as db:
        ref = db.execute("SELECT ref FROM detainees WHERE id = ?", (ids["nobody"],)).fetchone()[0]
        assert find_person(db, ref.upper())["id"] == ids["nobody"]
        assert find_person(db, f" {ref.lower()} ")["id"] == ids["nobody"]


def test_people_without_a_name_are_never_matched_by_name(store: Store, ids: dict[str, str]) -> None:
    with store.reading() as db, pytest.raises(NotFound):
        find_person(db, "adolescent, 17", partial=True)


def test_all_words_in_any_order_are_enough_only_where_reads_allow_it(store: Store, ids: dict[str, str]) -> None:
    with store.reading() as db:
        assert find_person(db, "paz rosa", partial=True)["id"] == ids["Rosa Gil Paz"]
        with pytest.raises(NotFound):
            find_person(db, "paz rosa")
        with pytest.raises(Ambiguous):
            find_person(db, "gil", partial=True)
        with pytest.raises(NotFound):
            find_person(db, "gi", partial=True)  # a word, not a part of one


def test_nobody_is_told_with_near_misses_or_with_the_quotes_that_were_forgotten(
    store: Store, ids: dict[str, str]
) -> None:
    with store.reading() as db:
        with pytest.raises(NotFound) as near:
            find_person(db, "Ana Luz Ruiz")
        assert "Ana Ruiz (all words of the shorter name)" in near.value.candidates[0]
        with pytest.raises(NotFound) as alone:
            find_person(db, "Zoraida")
        assert "quotes" in str(alone.value.hint)


@pytest.mark.parametrize("word", ["", "  ", "\t"])
def test_nothing_is_no_name(store: Store, word: str) -> None:
    with store.reading() as db, pytest.raises(BadValue):
        find_person(db, word)


def test_wildcards_of_sql_are_letters_like_others(store: Store, ids: dict[str, str]) -> None:
    with store.reading() as db:
        for word in ("%", "_", "a'; DROP TABLE detainees; --"):
            with pytest.raises(NotFound):
                find_person(db, word, partial=True)


def test_any_record_is_found_by_its_ref_and_knows_whose_it_is(store: Store, ids: dict[str, str]) -> None:
    with store.reading() as db:
        for table in ("stays", "releases"):
            row = db.execute(f"SELECT * FROM {table}").fetchone()
            assert find_record(db, row["ref"].lower()) == (table, row)
            assert find_any(db, row["ref"]) == (table, row)
            whose = owner(db, table, row["id"])
            assert whose is not None
            assert whose["id"] == ids["José Gil"]
        assert find_any(db, "Ana Ruiz")[0] == "detainees"
        place = db.execute("SELECT id FROM facilities").fetchone()
        assert owner(db, "facilities", place["id"]) is None


def test_what_is_no_ref_or_no_record_is_told_apart(store: Store, ids: dict[str, str]) -> None:
    with store.reading() as db:
        release = db.execute("SELECT ref FROM releases").fetchone()[0]
        with pytest.raises(NotFound, match="not a person"):
            find_person(db, release)
        with pytest.raises(NotFound):
            find_record(db, "R-zzzzzz")
        with pytest.raises(BadValue):
            find_record(db, "Ana Ruiz")
