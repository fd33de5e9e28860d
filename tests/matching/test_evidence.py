"""What speaks for one person and what against: each feature alone, with invented names, and what always holds."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.dates import read_date
from tracker.matching.described import Described
from tracker.matching.evidence import POLICY, context
from tracker.matching.matcher import SAME_NAME, weigh
from tracker.matching.names_alike import compare_names, rarity


def on(text: str):
    return read_date(text)


ONE_PERSON = {
    "accents": ("Sofía Zarrañaga", "SOFIA ZARRANAGA"),
    "order": ("Zarrañaga Oquendo, Sofía", "Sofía Zarrañaga Oquendo"),
    "order without a comma": ("Zarrañaga Oquendo Sofía", "Sofía Zarrañaga Oquendo"),
    "second surname dropped": ("Sofía Zarrañaga Oquendo", "Sofía Zarrañaga"),
    "surnames swapped": ("Sofía Oquendo Zarrañaga", "Sofía Zarrañaga Oquendo"),
    "second given name dropped": ("Sofía del Valle Zarrañaga", "Sofía Zarrañaga"),
    "full legal form": ("Emeterio Ramón Quilarque Betancur", "Emeterio Quilarque"),
    "first given name dropped": ("Emeterio Ramón Quilarque Betancur", "Ramón Quilarque Betancur"),
    "initial": ("E. Quilarque Betancur", "Emeterio Quilarque Betancur"),
    "nickname in quotes": ("Emeterio ‘Teyo’ Quilarque", "Emeterio Quilarque"),
    "other spelling in brackets": ("Emeterio Quilarque (Quelarque)", "Emeterio Quelarque"),
    "pet name": ("Pepe Quilarque", "José Quilarque"),
    "b and v": ("Ernesto Dorbe", "Ernesto Dorve"),
    "s, z and c": ("Marisela Cedeñazo", "Maricela Sedeñaso"),
    "h": ("Yohendry Quilarque", "Yoendri Quilarque"),
    "y and ll": ("Emeterio Yovera", "Emeterio Llovera"),
    "y and j": ("Yofre Quilarque", "Jofre Quilarque"),
    "i and y": ("Maykelis Quilarque", "Maikelis Quilarque"),
    "a letter too few": ("Leoceris Quilarque", "Loceris Quilarque"),
    "two letters swapped": ("Emeterio Quilarque", "Emeterio Quialrque"),
    "married": ("Sofía Zarrañaga de Quilarque", "Sofía Zarrañaga"),
    "particle written on": ("Emeterio Delaquintana", "Emeterio de la Quintana"),
    "written as one word": ("EmeterioQuilarque", "Emeterio Quilarque"),
    "another script": ("Дмитрий Зубаренко", "Dmitriy Zubarenko"),
    "Belarusian and Russian": ("Siarhei Zubarenkau", "Sergey Zubarenkov"),
    "Chinese": ("卓玛措", "Zhuo Ma Cuo"),
    "title": ("Dr. Emeterio Quilarque", "Emeterio Quilarque"),
    "one rare word": ("Quilarque", "Emeterio Quilarque"),
}

TWO_PEOPLE = {
    "brothers": ("Emeterio Quilarque", "Rafael Quilarque"),
    "brothers of two surnames": ("Juan Carlos Quilarque Betancur", "Juan Pablo Quilarque Betancur"),
    "another second surname": ("José Pérez Quilarque", "José Pérez Betancur"),
    "another first surname": ("Luis Armando Ulloa Quilarque", "Luis Armando Quilarque Betancur"),
    "two common surnames": ("Carlos Fernández", "Carlos Hernández"),
    "one has a first name more": ("Gabriel González", "Ángel Gabriel González"),
    "initials that differ": ("A. Quilarque", "Emeterio Quilarque"),
    "a woman and a man": ("Mario Betancur", "María Betancur"),
    "only a common name": ("González", "Gabriel González"),
    "nothing in common": ("Sofía Zarrañaga", "Emeterio Quilarque"),
}


@pytest.mark.parametrize("pair", ONE_PERSON.values(), ids=ONE_PERSON)
def test_spellings_of_one_person_weigh_enough(pair):
    assert compare_names(*pair).weight >= SAME_NAME


@pytest.mark.parametrize("pair", TWO_PEOPLE.values(), ids=TWO_PEOPLE)
def test_names_of_two_people_do_not(pair):
    assert compare_names(*pair).weight < SAME_NAME


@pytest.mark.parametrize(
    ("pair", "reason"),
    [
        (("Sofía Zarrañaga", "SOFIA ZARRANAGA"), "the same name"),
        (("Zarrañaga Sofía", "Sofía Zarrañaga"), "the same words in another order"),
        (("Sofía Zarrañaga Oquendo", "Sofía Zarrañaga"), "all words of the shorter name"),
        (("Ernesto Dorbe", "Ernesto Dorve"), "spelled alike: dorbe/dorve"),
        (("Emeterio Quilarque", "Rafael Quilarque"), "but other words in one place: emeterio/rafael"),
    ],
)
def test_reasons_are_in_words(pair, reason):
    assert reason in compare_names(*pair).reasons


def test_a_rare_word_proves_more_than_a_common_one():
    assert rarity("quilarque") > rarity("gonzalez") > rarity("q")
    rare, common = compare_names("Luis Quilarque", "Luis Quilarque"), compare_names("Luis González", "Luis González")
    assert rare.weight > common.weight


ANA = Described("Ana Ruiz")
FEATURES = [
    ({"identifiers": frozenset({("case", "7")})}, {"identifiers": frozenset({("case", "7")})}, "the same case", +1),
    ({"identifiers": frozenset({("case", "7")})}, {"identifiers": frozenset({("case", "8")})}, "another case", -1),
    ({"arrested": (on("2024-08-02"),)}, {"arrested": (on("2024-08-02"),)}, "arrested 2024-08-02", +1),
    ({"arrested": (on("2024-08-02"),)}, {"arrested": (on("2024-08"),)}, "arrested 2024-08", +1),
    ({"arrested": (on("2024-08-02"),)}, {"arrested": (on("2023-02-01"),)}, "another arrest: 2024-08-02 / 2023-02-01", -1),
    ({"released": (on("2026-01-25"),)}, {"released": (on("2026-01-26"),)}, "released 2026-01-25", +1),
    ({"released": (on("2026-01-25"),)}, {"released": (on("2025-01-26"),)}, "another release: 2026-01-25 / 2025-01-26", -1),
    ({"facilities": frozenset("f")}, {"facilities": frozenset("fg")}, "the same prison", +1),
    ({"facilities": frozenset("f")}, {"facilities": frozenset("g")}, "another prison", -1),
    ({"nationalities": frozenset({"ES"})}, {"nationalities": frozenset({"ES", "VE"})}, "the same nationality: ES", +1),
    ({"nationalities": frozenset({"ES"})}, {"nationalities": frozenset({"IT"})}, "another nationality", -1),
    ({"sex": "female"}, {"sex": "female"}, "the same sex", +1),
    ({"sex": "female"}, {"sex": "male"}, "another sex", -1),
    ({"born": on("1970-03-04")}, {"born": on("1970-03-04")}, "born 1970-03-04", +1),
    ({"born": on("1970-03-04")}, {"born": on("1940")}, "another birth: 1970-03-04 / 1940", -1),
    ({"born": on("1970")}, {"age": 55, "age_on": on("2026-01-01")}, "of one age", +1),
    ({"born": on("1945")}, {"age": 30, "age_on": on("2026-01-01")}, "another age", -1),
    ({"roles": ("Journalist of the union",)}, {"roles": ("journalist",)}, "both journalist", +1),
    ({"service": "military"}, {"service": "civilian"}, "another service", -1),
    ({"died": on("2025-03-04")}, {"died": on("2025-03")}, "died 2025-03-04", +1),
    ({"died": on("2025-03-04")}, {"released": (on("2026-01-08"),)}, "alive after the other's death", -1),
    ({"sources": frozenset("s")}, {"sources": frozenset("st")}, "one source names both", -1),
]  # fmt: skip


@pytest.mark.parametrize(("ours", "theirs", "reason", "sign"), FEATURES, ids=[each[2] for each in FEATURES])
def test_each_feature_says_for_or_against_and_why(ours, theirs, reason, sign):
    found = context(Described("Ana Ruiz", **ours), Described("Ana Ruiz", **theirs))
    assert found.reasons == (reason,)
    assert found.weight * sign > 0


def test_what_is_not_said_proves_nothing():
    full = {}
    for ours, *_more in FEATURES:
        full |= ours
    assert context(ANA, Described("Ana Ruiz", **full)).reasons == ()
    assert len(POLICY) == len({feature.__name__ for feature in POLICY})


def test_identical_names_alone_are_never_sure_and_a_shared_arrest_makes_them_so():
    name = "Emeterio Ramón Quilarque Betancur"
    assert not weigh(Described(name), Described(name)).sure
    assert weigh(Described(name), Described(name)).possible
    same = {"arrested": (on("2024-08-02"),)}
    assert weigh(Described(name, **same), Described(name, **same)).sure


def test_the_nationality_of_nearly_everybody_proves_nothing():
    one, dual, italian = (Described("Ana", nationalities=frozenset(each)) for each in ({"VE"}, {"VE", "ES"}, {"IT"}))
    assert context(one, one, home="VE").reasons == context(one, dual, home="VE").reasons == ()
    assert context(dual, dual, home="VE").reasons == ("the same nationality: ES",)
    assert context(one, italian, home="VE").reasons == ("another nationality",)
    assert context(one, one, home="CL").weight > 1


def test_father_and_son_of_one_name_are_never_sure():
    father = Described("Emeterio Quilarque", born=on("1950"), roles=("journalist",), arrested=(on("2024-08-02"),))
    son = Described("Emeterio Quilarque", born=on("1980"), roles=("journalist",), arrested=(on("2024-08-02"),))
    assert weigh(father, son).possible
    assert not weigh(father, son).sure


def test_a_first_name_more_is_never_sure():
    same = {"arrested": (on("2024-08-02"),)}
    found = weigh(
        Described("Hernán Quilarque Betancur", **same), Described("Patricio Hernán Quilarque Betancur", **same)
    )
    assert found.possible
    assert not found.sure


def test_a_clash_of_names_is_never_sure_whatever_else_agrees():
    alike = {"arrested": (on("2024-08-02"),), "released": (on("2026-01-25"),), "facilities": frozenset("f")}
    found = weigh(Described("Juan Carlos Quilarque", **alike), Described("Juan Pablo Quilarque", **alike))
    assert found.possible
    assert not found.sure


WORDS = st.sampled_from(
    [
        "ana",
        "maría",
        "josé",
        "luis",
        "quilarque",
        "zarrañaga",
        "gonzález",
        "gonzales",
        "pérez",
        "dorbe",
        "dorve",
        "yolmer",
        "llolmer",
        "j.",
        "de",
        "la",
        "o’brien",
        "Дмитрий",
        "刘",
        "'teyo'",
    ]
)
PRINTED = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)


@given(PRINTED, PRINTED)
def test_comparing_is_symmetric(one, other):
    there, back = compare_names(one, other), compare_names(other, one)
    assert (there.weight, there.clash, there.complete) == (back.weight, back.clash, back.complete)


@given(
    st.lists(
        st.sampled_from(["ana", "josé", "quilarque", "zarrañaga", "pérez", "dorbe", "yolmer"]),
        min_size=2,
        max_size=4,
        unique=True,
    )
)
def test_accents_case_and_order_lower_nothing(words):
    same = compare_names(" ".join(words), " ".join(words)).weight
    for other in itertools.permutations(words):
        plain = " ".join(other).upper().translate(str.maketrans("ÉÑ", "EN"))
        assert compare_names(" ".join(words), plain).weight == same


@given(PRINTED)
def test_a_name_is_never_less_like_itself_than_like_another(name):
    assert compare_names(name, name).weight >= compare_names(name, f"{name} Betancur").weight
