"""What speaks for one person and what against: each feature alone, with invented names, and what always holds."""

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
    "other spelling in brackets, of a longer name": (
        "Emeterio Quilarque (Dilarque)",
        "Emeterio José Dilarque Betancur",
    ),
    "three given names, the first two printed": ("Juan Pedro Luis Quilarque Betancur", "Juan Pedro Quilarque"),
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
    "a sign inside a word": ("Марына Юр’еўна Рахманько", "Marina Yurievna Rakhmanko"),
    "Chinese": ("卓玛措", "Zhuo Ma Cuo"),
    "title": ("Dr. Emeterio Quilarque", "Emeterio Quilarque"),
    "one rare word": ("Quilarque", "Emeterio Quilarque"),
}

TWO_PEOPLE = {
    "brothers": ("Emeterio Quilarque", "Rafael Quilarque"),
    "one passes over a given name": ("Juan Luis Quilarque", "Juan Pedro Luis Quilarque Betancur"),
    "brothers of two surnames": ("Juan Carlos Quilarque Betancur", "Juan Pablo Quilarque Betancur"),
    "another second surname": ("José Pérez Quilarque", "José Pérez Betancur"),
    "another first surname": ("Luis Armando Ulloa Quilarque", "Luis Armando Quilarque Betancur"),
    "two common surnames": ("Carlos Fernández", "Carlos Hernández"),
    "one has a first name more": ("Gabriel González", "Ángel Gabriel González"),
    "half a surname": ("Emeterio Lind", "Emeterio Lindequist"),
    "a father's name": ("Oleksandr Zubarenko", "Volodymyr Oleksandrovych Zubarenko"),
    "initials that differ": ("A. Quilarque", "Emeterio Quilarque"),
    "a woman and a man": ("Mario Betancur", "María Betancur"),
    "a woman's form of his name": ("Guillermo Quilarque Betancur", "Guillermina Quilarque Betancur"),
    "a woman's short form of his name": ("José Quilarque Betancur", "Josefina Quilarque Betancur"),
    "given names in another order": ("José María Quilarque", "María José Quilarque"),
    "rare given names in another order": ("Yolmer Emeterio Quilarque Sosa", "Emeterio Yolmer Quilarque Sosa"),
    "two given names, without surnames": ("Luis Ángel", "Ángel Luis"),
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
        (("Juan Pablo Sosa", "Pablo Juan Sosa"), "but the given names in another order"),
        (("Ana Gómez Pérez", "Ana Pérez Gómez"), "but the surnames in another order"),
        (("Gómez Pérez Ana", "Ana Pérez Gómez"), "but the words in another order"),
        (("Gómez Pérez Ana", "Ana Gómez Pérez"), "the same words in another order"),
        (
            ("Ernesto Quilarque Sosa", "Ernestina Quilarque Sosa"),
            "but a man's and a woman's form of a name: ernestina/ernesto",
        ),
        (("Juan Luis Quilarque", "Juan Pedro Luis Quilarque Sosa"), "but one passes over a given name: pedro"),
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
    ({"released": (on("2026-01-25"),)}, {"released": (on("2026-01-26"),)}, "released a few days apart: 2026-01-25 / 2026-01-26", +1),
    ({"released": (on("2026-01-25"),)}, {"released": (on("2025-01-26"),)}, "another release: 2026-01-25 / 2025-01-26", -1),
    ({"facilities": frozenset("f")}, {"facilities": frozenset("fg")}, "the same prison", +1),
    ({"facilities": frozenset("f")}, {"facilities": frozenset("g")}, "another prison", -1),
    ({"nationalities": frozenset({"ES"})}, {"nationalities": frozenset({"ES", "VE"})}, "the same nationality: ES", +1),
    ({"nationalities": frozenset({"ES"})}, {"nationalities": frozenset({"IT"})}, "another nationality", -1),
    ({"sex": "female"}, {"sex": "female"}, "the same sex", +1),
    ({"sex": "female"}, {"sex": "male"}, "another sex", -1),
    ({"born": on("1970-03-04")}, {"born": on("1970-03-04")}, "born 1970-03-04", +1),
    ({"born": on("1970-03-04")}, {"born": on("1965")}, "another birth: 1970-03-04 / 1965", -1),
    ({"born": on("1970-03-04")}, {"born": on("1940")}, "another generation: born 1970-03-04 / 1940", -1),
    ({"born": on("1970")}, {"age": 55, "age_on": on("2026-01-01")}, "of one age", +1),
    ({"born": on("1988")}, {"age": 30, "age_on": on("2026-01-01")}, "another age", -1),
    ({"born": on("1945")}, {"age": 30, "age_on": on("2026-01-01")}, "another generation: 50 years apart", -1),
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


FULL = "Emeterio Ramón Quilarque Betancur"


@pytest.mark.parametrize(
    ("father", "son", "most"),
    [
        ({"born": on("1950")}, {"born": on("1980")}, 0.1),
        ({"born": on("1950-02-03")}, {"age": 40, "age_on": on("2026-01-08")}, 0.1),
        ({"born": on("1950")}, {"born": on("1955")}, 0.5),
        ({"sex": "female"}, {"sex": "male"}, 0.5),
    ],
)
def test_the_score_says_what_contradicts_however_rare_the_name_and_whatever_else_agrees(father, son, most):
    alike = {"arrested": (on("2024-08-02"),), "facilities": frozenset("f")}
    found = weigh(Described(FULL, **alike, **father), Described(FULL, **alike, **son))
    assert found.score <= most
    assert not found.sure


def test_one_case_number_of_two_generations_is_for_a_person_to_look_at():
    case = {"identifiers": frozenset({("case", "7")})}
    found = weigh(Described(FULL, born=on("1950"), **case), Described(FULL, born=on("1985"), **case))
    assert found.possible
    assert not found.sure
    assert found.score == 0.5
    assert weigh(Described(FULL, **case), Described(FULL, **case)).sure


def test_what_a_crowd_shares_proves_little_and_says_so():
    alike = {"arrested": (on("2024-08-02"),), "facilities": frozenset("f")}
    people = {("arrested", "2024-08-02"): 312, ("facility", "f"): 3}
    one, other = Described("José González", **alike), Described("José González", **alike)
    few = weigh(one, other)
    many = weigh(one, other, sharing=lambda what, value: people[what, value])
    assert few.context.reasons == ("arrested 2024-08-02", "the same prison")
    assert many.context.reasons == ("arrested 2024-08-02 (as about 310 on record)", "the same prison")
    assert few.context.weight - many.context.weight > 1
    everybody = context(one, other, sharing=lambda *_asked: 20_000)
    assert 0 < everybody.weight < 0.2


def test_of_two_crowded_things_in_common_only_one_weighs():
    alike = {"arrested": (on("2024-08-02"),), "facilities": frozenset("f")}
    people = {("arrested", "2024-08-02"): 312, ("facility", "f"): 400}
    found = context(Described("A", **alike), Described("A", **alike), sharing=lambda what, value: people[what, value])
    assert found.reasons == (
        "arrested 2024-08-02 (as about 310 on record)",
        "the same prison (as about 400 on record)",
    )
    assert found.weight == pytest.approx(0.51)


@pytest.mark.parametrize(
    "context",
    [
        {"arrested": (on("2024-12"),)},
        {"released": (on("2026-01-08"),)},
        {"facilities": frozenset("f")},
        {"roles": ("cook",)},
    ],
)
def test_another_given_name_of_the_same_letter_and_a_rare_surname_are_looked_at_where_anything_else_agrees(context):
    found = weigh(Described("Ernesto Dorbe", **context), Described("Enrique Dorve", **context))
    assert found.possible
    assert not found.sure
    assert not weigh(Described("Ernesto Dorbe"), Described("Enrique Dorve")).possible


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
        st.sampled_from(["ana", "quilarque", "zarrañaga", "pérez", "dorbe", "yolmer"]),
        min_size=2,
        max_size=4,
        unique=True,
    )
)
def test_accents_case_and_surnames_first_lower_nothing(words):
    same = compare_names(" ".join(words), " ".join(words)).weight
    for place in range(len(words)):
        other = [*words[place:], *words[:place]]
        plain = " ".join(other).upper().translate(str.maketrans("ÉÑ", "EN"))
        assert compare_names(" ".join(words), plain).weight == same


@given(PRINTED)
def test_a_name_is_never_less_like_itself_than_like_another(name):
    assert compare_names(name, name).weight >= compare_names(name, f"{name} Betancur").weight
