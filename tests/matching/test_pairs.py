"""Pairs on record who may be one: found through the words of names, never among those judged different."""

import random

import pytest

from tracker.casework.judgements import judge
from tracker.matching import blocks, pairs
from tracker.matching.blocks import Blocks
from tracker.matching.matcher import Matcher
from tracker.matching.people import people_described
from tracker.store import Store

GIVEN = "Ana Luis José María Carmen Rosa Juan Pedro Kenny Ángel Rocío Zoraida Iris Eva Nelson Wilmer Yorman"
FAMILY = """Ruiz Paz Mora Gil Soto Peña Prieto Vidal León Piñango Tejeda Jiménez García Rodríguez Salas Quintero Rangel
    Urdaneta Guanipa Rosales Bracho Colmenares Zambrano Barrios Rivas Chacón Duarte Escalona Graterol"""


@pytest.fixture
def enter(store: Store):
    def add(*names: str | None, **values: object) -> list[str]:
        with store.writing("add") as change:
            return [change.insert("detainees", {"name": name, "description": "d", **values}) for name in names]

    return add


def found(store: Store, **how: bool) -> list[tuple[str, str]]:
    with store.reading() as db:
        return [(pair.one, pair.other) for pair in pairs.alike(db, **how)]


def decide(store: Store, one: str, other: str, verdict: str) -> None:
    with store.writing("judge") as change:
        judge(change, change.get("detainees", other), change.get("detainees", one), verdict)


def test_variants_of_one_name_are_proposed_with_reasons_and_strangers_are_not(store, enter):
    kenny, kennedy, _other = enter("Kenny Tejeda Jiménez", "Kennedy Tejeda", "Rosa Piñango Salas")
    assert found(store) == [(kenny, kennedy)]
    with store.reading() as db:
        [pair] = pairs.alike(db)
    assert pair.reasons
    assert 0 < pair.score < 1


def test_a_pair_judged_different_is_never_proposed_again_and_unsure_only_when_asked(store, enter):
    one, other = enter("Ana Ruiz Prieto", "Ana Ruiz Prieto")
    decide(store, one, other, "unsure")
    assert found(store) == []
    assert found(store, unsure=True) == [(one, other)]
    decide(store, one, other, "different")
    assert found(store, unsure=True) == []
    decide(store, one, other, "same")
    assert found(store) == [(one, other)]


def test_nobody_without_a_name_is_proposed(store, enter):
    enter(None, None, "Ana Ruiz")
    assert found(store) == []


def test_a_case_number_brings_together_what_names_do_not(store, enter):
    one, other = enter("Wilmer Rangel", "Yorman Wilmer Bracho Rangel")
    with store.writing("identify") as change:
        for person in (one, other):
            change.insert("identifiers", {"detainee": person, "scheme": "case", "value": "17"})
    assert (one, other) in found(store)


def test_whoever_the_matcher_is_sure_of_is_proposed_and_few_pairs_are_weighed(store, enter):
    chance = random.Random(3)
    names = [" ".join((*chance.sample(GIVEN.split(), 2), *chance.sample(FAMILY.split(), 2))) for _ in range(300)]
    again = [
        " ".join(chance.sample(name.split(), 4)[:3] if n % 3 else name.split()[::3]) for n, name in enumerate(names)
    ]
    ids = enter(*names, *again[:100], sex="male", born="1980-05-01")
    with store.reading() as db:
        matcher, described = Matcher(db), people_described(db, ids)
        sure = {
            tuple(sorted((person, decision.matches[0].id)))
            for person in ids
            if (decision := matcher.decide(described[person], of=person)).outcome == "match"
        }
        weighed = set(Blocks(db).pairs())
        proposed = {(pair.one, pair.other) for pair in pairs.alike(db)}
    assert len(sure) > 20
    assert sure <= proposed
    assert len(weighed) < len(ids) ** 2 / 20


def arrest(store: Store, people: list[str], days: list[str]) -> None:
    with store.writing("arrest") as change:
        rows = [{"detainee": one, "began": day, "entered": "2026-01-08"} for one, day in zip(people, days, strict=True)]
        change.insert_many("detentions", rows)


def test_out_of_a_crowd_of_one_common_name_those_of_one_day_are_found(store, enter):
    crowd = enter(*["José González"] * 90)
    one, other = enter("José González", "José Luis González Rivas")
    arrest(store, [*crowd, one, other], [*(f"{1920 + n}-03-04" for n in range(90)), "2024-08-02", "2024-08-02"])
    assert (one, other) in found(store)
    assert len(found(store)) < 200


def test_two_words_that_many_share_find_the_few_who_share_a_third(store, enter):
    enter(*(f"José González {first}{last.lower()}" for first in ("Ba", "Ca", "Fa", "Ga") for last in FAMILY.split()))
    one, other = enter("José González Zarrañaga", "José Ramón González Zarrañaga")
    assert (one, other) in found(store)


def test_words_that_differ_in_their_first_letter_meet_too(store, enter):
    one, other = enter("Yolmer Zarrañaga", "Yolmer Sarrañaga")
    third, fourth = enter("Leilyn González Pérez", "Yeilyn González Pérez")
    assert {(one, other), (third, fourth)} <= set(found(store))


def test_the_most_promising_pairs_are_weighed_and_no_more(store, enter):
    same = enter("Emeterio Quilarque", "Emeterio Quilarque")
    enter(*(f"{given} Zarrañaga" for given in GIVEN.split()))
    with store.reading() as db:
        assert Blocks(db).pairs(1) == [tuple(same)]
        assert len(Blocks(db).pairs()) > 1


def test_blocks_are_smaller_in_a_larger_record(store, enter, monkeypatch):
    enter(*(f"José González {name}" for name in FAMILY.split()))
    with store.reading() as db:
        assert len(list(Blocks(db)._blocks())) > 0
        monkeypatch.setattr(blocks, "LARGE", 2)
        sizes = [len(people) for people in Blocks(db)._divided(range(29), -1)]
    assert all(size <= blocks.SMALLEST for size in sizes)


def test_father_and_son_are_proposed_last_and_with_a_low_score(store, enter):
    father, son = *enter("Emeterio Quilarque", born="1950"), *enter("Emeterio Quilarque", born="1981")
    arrest(store, [father, son], ["2024-08-02", "2024-08-02"])
    with store.reading() as db:
        [pair] = pairs.alike(db)
    assert (pair.one, pair.other) == (father, son)
    assert pair.score < 0.1
    assert "another generation: born 1950 / 1981" in pair.reasons
