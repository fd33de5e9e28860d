"""Which names of one list could be one person: the same as by comparing all, without comparing all."""

import random
import time

from tracker.casework.release_alike import MOST_COMPARED, alike_in_list
from tracker.domain.names import fold
from tracker.matching.near import ENOUGH, compare

SYLLABLES = ["ba", "ce", "di", "fo", "gu", "ja", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "zu"]


def invented(count, seed):
    chance = random.Random(seed)
    words = ["".join(chance.choices(SYLLABLES, k=3)) for _ in range(count // 4)]
    return [" ".join(chance.sample(words, 3)) for _ in range(count)]


def test_a_short_list_is_compared_whole():
    names = [
        *invented(MOST_COMPARED - 4, 1),
        "Kennedy Tejada",
        "Kenny Tejada Jiménez",
        "Rocío Paz Gil",
        "Rocio Paz Jil",
    ]
    expected = {
        other
        for place, other in enumerate(names)
        if any(compare(fold(one).split(), fold(other).split())[0] >= ENOUGH for one in names[:place])
    }
    found = {other for _one, other, _reason in alike_in_list(names)}
    assert found == expected
    assert {"Kenny Tejada Jiménez", "Rocio Paz Jil"} <= found


def test_names_alike_are_found_far_apart_in_a_long_list():
    pairs = [
        ("José Pérez García", "Jose Perez Garcia"),
        ("Yohendry Gorbe", "Yoendri Gorve"),
        ("Kennedy Tejada", "Kenny Tejada Jiménez"),
        ("Alex Urdapilleta Pérez", "Alexander Urdapilleta Pérez"),
        ("María Pérez", "María Luisa Pérez"),
    ]
    common = [
        f"{a} {b} {c}" for a in ("José", "María", "Luis", "Ana") for b in ("Pérez", "Gil") for c in invented(60, 2)
    ]
    names = [one for one, _other in pairs] + common + invented(800, 3) + [other for _one, other in pairs]
    found = {other for _one, other, _reason in alike_in_list(names)}
    assert {other for _one, other in pairs} <= found


def test_thousands_of_similar_names_take_seconds():
    names = [f"Persona Prueba {a}{b}{c}" for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES[:9]]
    began = time.process_time()
    sum(1 for _ in alike_in_list(names))
    assert time.process_time() - began < 20  # comparing all pairs takes minutes
