"""Asked about a name, the record says: a match, people to look at, or nobody. What is not certain is never a match."""

import pytest

from tracker.domain.dates import read_date
from tracker.matching.described import Described
from tracker.matching.matcher import UNSURE, Matcher
from tracker.matching.people import people_described

ARREST = "2024-08-02"


@pytest.fixture
def enter(store):
    def add(name=None, *, arrested=None, names=(), **values):
        with store.writing("add") as change:
            person = change.insert("detainees", {"name": name, **values})
            for other in names:
                change.insert("names", {"detainee": person, "name": other})
            if arrested:
                change.insert("detentions", {"detainee": person, "began": arrested, "entered": "2026-01-08"})
        return person

    return add


@pytest.fixture
def decide(store):
    def ask(name, *, arrested=None, apart_from=(), judged=None, of=None, **said):
        dates = (read_date(arrested),) if arrested else ()
        with store.reading() as db:
            described = Described(name, arrested=dates, **said)
            return Matcher(db).decide(described, apart_from=apart_from, judged=judged, of=of)

    return ask


def shown(decision):
    return [match.id for match in decision.matches]


def test_a_full_name_with_the_same_arrest_is_a_match(enter, decide):
    person = enter("Emeterio Quilarque Betancur", arrested=ARREST)
    found = decide("Emeterio Quilarque", arrested=ARREST)
    assert (found.outcome, shown(found)) == ("match", [person])
    assert found.matches[0].reasons == ("all words of the shorter name", f"arrested {ARREST}")
    assert found.matches[0].score > 0.9


@pytest.mark.parametrize(
    ("known", "printed"),
    [
        ("María José Rodríguez", "José María Rodríguez"),
        ("Guillermo Alonso Vega", "Guillermina Alonso Vega"),
        ("Josefina Lugo Mata", "José Lugo Mata"),
        ("Luis Gómez Pérez", "Luis Pérez Gómez"),
        ("Luis Gómez Pérez", "Pérez Gómez Luis"),
    ],
)
def test_names_turned_round_and_a_womans_form_are_for_a_person_though_the_arrest_agrees(enter, decide, known, printed):
    person = enter(known, arrested=ARREST)
    found = decide(printed, arrested=ARREST)
    assert (found.outcome, shown(found)) == ("review", [person])
    assert any(reason.startswith("but ") for reason in found.matches[0].reasons)


def test_a_name_with_the_surname_first_is_still_a_match(enter, decide):
    person = enter("Bruno Díaz", arrested=ARREST)
    found = decide("Diaz Bruno", arrested=ARREST)
    assert (found.outcome, shown(found)) == ("match", [person])


def test_an_identical_name_alone_is_for_a_person_to_look_at(enter, decide):
    person = enter("Emeterio Quilarque Betancur", arrested=ARREST)
    found = decide("Emeterio Quilarque Betancur")
    assert (found.outcome, shown(found)) == ("review", [person])
    assert found.matches[0].score == UNSURE


def test_two_people_of_one_name_are_never_told_apart_by_a_machine(enter, decide):
    two = {enter("Emeterio Quilarque", arrested=ARREST), enter("Emeterio Quilarque", arrested=ARREST)}
    found = decide("Emeterio Quilarque", arrested=ARREST)
    assert (found.outcome, set(shown(found))) == ("review", two)


def test_a_common_name_out_of_a_mass_arrest_is_for_a_person_to_look_at(store, enter, decide):
    person = enter("Javier Colmenares", arrested=ARREST)
    assert decide("Javier Colmenares", arrested=ARREST).outcome == "match"
    with store.writing("bulk") as change:
        ids = change.insert_many("detainees", [{"name": f"Yolmer Zarra{n:03}"} for n in range(300)])
        change.insert_many("detentions", [{"detainee": each, "began": ARREST, "entered": "2026-01-08"} for each in ids])
    rare = enter("Emeterio Quilarque Betancur", arrested=ARREST)
    found = decide("Javier Colmenares", arrested=ARREST)
    assert (found.outcome, shown(found)) == ("review", [person])
    assert f"arrested {ARREST} (as about 300 on record)" in found.matches[0].reasons
    found = decide("Emeterio Quilarque Betancur", arrested=ARREST)
    assert (found.outcome, shown(found)) == ("match", [rare])


def test_a_slip_in_both_names_is_found_and_looked_at_where_the_context_agrees(enter, decide):
    person = enter("Ernesto Dorbe Zarrañaga", names=["Ernesto Dorbe"], arrested=ARREST)
    found = decide("Enrique Dorve", arrested=ARREST)
    assert (found.outcome, shown(found)) == ("review", [person])
    assert decide("Enrique Dorve").outcome == "create"


def test_a_son_is_not_his_father_but_who_is_of_his_age(enter, decide):
    father = enter("Emeterio Quilarque", born="1950", arrested=ARREST)
    found = decide("Emeterio Quilarque", born=read_date("1981"), arrested=ARREST)
    assert (found.outcome, shown(found)) == ("review", [father])
    assert found.matches[0].score < 0.1
    assert "another generation: born 1981 / 1950" in found.matches[0].reasons
    son = enter("Emeterio Quilarque", born="1981", arrested=ARREST)
    found = decide("Emeterio Quilarque", born=read_date("1981"), arrested=ARREST)
    assert (found.outcome, shown(found)[0]) == ("match", son)


def test_an_arrest_years_apart_keeps_a_match_for_a_person(enter, decide):
    person = enter("Emeterio Quilarque", arrested="2019-02-03")
    found = decide("Emeterio Quilarque", arrested=ARREST)
    assert (found.outcome, shown(found)) == ("review", [person])


def test_somebody_else_is_somebody_new(enter, decide):
    enter("Emeterio Quilarque", arrested=ARREST)
    assert decide("Sofía Zarrañaga", arrested=ARREST).outcome == "create"
    assert decide("Emeterio Zarrañaga").matches == ()


@pytest.mark.parametrize(
    "printed",
    [
        "Emeterio Qilarque",
        "QUILARQUE, Emeterio",
        "Emetério Quilarke",
        "Emeterio Quialrque",
        "EmeterioQuilarque",
        "E. Quilarque",
    ],
)
def test_the_index_finds_other_spellings(enter, decide, printed):
    person = enter("Emeterio Quilarque")
    enter("Sofía Zarrañaga")
    assert shown(decide(printed)) == [person]


def test_the_index_finds_a_name_between_two_languages_and_scripts(enter, decide):
    person = enter("Сергей Владимирович Зубаренков")
    enter("Emeterio Quilarque")
    assert shown(decide("Siarhei Uladzimiravich Zubarankau")) == [person]


def test_other_names_count(enter, decide):
    person = enter("Emeterio Quilarque", names=["Teyo Betancur"])
    found = decide("Teyo Betancur")
    assert (shown(found), found.matches[0].name, found.matches[0].printed) == (
        [person], "Emeterio Quilarque", "Teyo Betancur",
    )  # fmt: skip


def test_people_without_a_name_are_never_matched_by_name(enter, decide):
    enter(description="Quilarque's neighbour", names=["Emeterio Quilarque"])
    assert decide("Emeterio Quilarque").outcome == "create"
    assert decide(None).outcome == "create"


def test_an_identifier_decides_where_the_names_do_not_clash(store, enter, decide):
    person = enter("Emeterio Quilarque")
    with store.writing("identify") as change:
        change.insert("identifiers", {"detainee": person, "scheme": "case", "value": "7"})
    case = frozenset({("case", "7")})
    assert decide("Emeterio Ramón Quilarque", identifiers=case).outcome == "match"
    assert decide("Rafael Quilarque", identifiers=case).outcome == "review"


def test_who_is_said_to_be_another_is_never_proposed(enter, decide):
    person = enter("Emeterio Quilarque", arrested=ARREST)
    assert decide("Emeterio Quilarque", arrested=ARREST, apart_from={person}).outcome == "create"
    assert decide("Emeterio Quilarque", arrested=ARREST, judged={person: "different"}).outcome == "create"
    assert decide("Emeterio Quilarque", arrested=ARREST, judged={person: "unsure"}).outcome == "review"
    assert decide("Yolmer Zarrañaga", judged={person: "same"}).outcome == "match"


def test_judgements_of_two_people_on_record_hold(store, enter, decide):
    one, other = enter("Emeterio Quilarque", arrested=ARREST), enter("Emeterio Quilarque", arrested=ARREST)
    assert shown(decide("Emeterio Quilarque", arrested=ARREST, of=one)) == [other]
    with store.writing("judge") as change:
        change.insert("judgements", {"one": one, "other": other, "verdict": "different"})
    assert shown(decide("Emeterio Quilarque", arrested=ARREST, of=one)) == []
    assert shown(decide("Emeterio Quilarque", arrested=ARREST, of=other)) == []


def test_excluded_people_are_proposed_and_flagged(enter, decide):
    enter("Emeterio Quilarque", excluded=1, excluded_reason="never detained")
    assert decide("Emeterio Quilarque").matches[0].reasons == ("the same name", "excluded")


def test_of_many_of_one_common_name_the_context_finds_the_one(store, enter, decide):
    with store.writing("bulk") as change:
        ids = change.insert_many("detainees", [{"name": "José González"} for _ in range(150)])
        change.insert_many("detentions", [{"detainee": each, "began": "2019", "entered": "2026-01-08"} for each in ids])
    person = enter("José González", arrested=ARREST)
    assert shown(decide("José González", arrested=ARREST)) == [person]
    assert decide("José González").outcome == "review"


def test_the_past_is_asked_about_the_past(store, enter, decide):
    enter("Emeterio Quilarque")
    with store.reading(known_by=1) as db:
        assert Matcher(db).decide(Described("Emeterio Quilarque")).outcome == "create"


def test_what_the_record_says_is_read_whole(store, enter):
    person = enter(
        "Emeterio Quilarque", names=["Teyo"], arrested="2024-08", sex="male", occupation="journalist", born="1970"
    )
    with store.writing("more") as change:
        place, source = change.insert("facilities", {"name": "El Rodeo I"}), change.insert("sources", {"slug": "list"})
        detention = change.db.execute("SELECT id FROM detentions").fetchone()[0]
        stay = change.insert("stays", {"detention": detention, "facility": place, "step": 1})
        change.insert(
            "releases",
            {
                "detention": detention,
                "released": "2026-01-08",
                "step": 1,
                "status": "reported",
                "entered": "2026-01-08",
            },
        )
        change.insert(
            "releases",
            {
                "detention": detention,
                "released": "2025-01-08",
                "step": 2,
                "status": "retracted",
                "entered": "2026-01-08",
            },
        )
        change.insert("nationalities", {"detainee": person, "country": "ES"})
        change.insert("tags", {"detainee": person, "tag": "foro_penal_member"})
        change.insert("citations", {"source": source, "stay": stay})
        change.insert("citations", {"source": source, "detainee": person, "field": "occupation", "value": "reporter"})
    with store.reading() as db:
        said = people_described(db, [person, "nobody"])
    assert said == {
        person: Described(
            "Emeterio Quilarque", ("Teyo",), frozenset({"ES"}), "male", read_date("1970"),
            arrested=(read_date("2024-08"),), released=(read_date("2026-01-08"),), facilities=frozenset({place}),
            roles=("journalist", "reporter", "foro_penal_member"), sources=frozenset({source}),
        )
    }  # fmt: skip


def test_who_was_not_to_be_meant_is_told_where_everything_fits(enter, decide):
    person = enter("Emeterio Quilarque", arrested=ARREST)
    brother = enter("Emeterio Quilarque", arrested="2019-02-03")
    found = decide("Emeterio Quilarque", arrested=ARREST, apart_from={person, brother})
    assert (found.outcome, [match.id for match in found.again]) == ("create", [person])
    assert decide("Emeterio Quilarque", arrested=ARREST, apart_from={brother}).again == ()
