"""A case file becomes a record, row by row as LISTS are read; what is wrong is told with file, row, column, value."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tracker.errors import BadValue
from tracker.importing.case import plan_case, read_case
from tracker.importing.plan import Plan
from tracker.store import Store


@pytest.fixture
def plan(case_folder) -> Callable[..., Plan]:
    return lambda **files: plan_case(read_case(case_folder(**files)))


@pytest.fixture
def loaded(plan, store: Store) -> Callable[..., Store]:
    """Load a case file into an empty record."""

    def load(**files: str) -> Store:
        with store.writing("load") as change:
            plan(**files).apply(change)
        return store

    return load


def ask(store: Store, sql: str) -> list[tuple]:
    with store.reading() as db:
        return [tuple(row) for row in db.execute(sql)]


def told(plan, **files: str) -> list[str]:
    with pytest.raises(BadValue) as caught:
        plan(**files)
    return list(caught.value.candidates)


def test_first_row_of_a_ref_makes_the_person_and_later_rows_fill_what_is_empty(loaded):
    store = loaded(
        list="""
        ref,name,sex,age,nationalities,service,occupation,tags,identifier,publish,note,source
        ana,Ana Ruiz,f,,VE,,,journalist,foro=12,named,first note,diario-2026-01-12
        ana,Ana Ruiz,,35,española,civilian,teacher,"Journalist; human rights defender",,anonymous,second note,diario-2026-01-15
        """
    )
    assert ask(store, "SELECT name, sex, age, age_on, service, occupation, publish, note FROM detainees") == [
        ("Ana Ruiz", "female", 35, "2026-01-15", "civilian", "teacher", "anonymous", "first note\nsecond note")
    ]
    assert ask(store, "SELECT tag FROM tags ORDER BY tag") == [("human_rights_defender",), ("journalist",)]
    assert ask(store, "SELECT scheme, value FROM identifiers") == [("foro", "12")]
    assert ask(
        store,
        "SELECT country, slug FROM nationalities n JOIN citations c ON c.nationality = n.id"
        " JOIN sources s ON s.id = c.source ORDER BY country",
    ) == [("ES", "diario-2026-01-15"), ("VE", "diario-2026-01-12")]


def test_another_name_is_kept_as_printed_with_who_printed_it(loaded):
    store = loaded(
        list="""
        ref,name,other_names,source,claimant
        ana,Ana Ruiz,La Profe,diario-2026-01-12,
        ana,ANA  RUIZ,,diario-2026-01-15,
        ana,Anna Ruíz,,diario-2026-01-15,Foro Uno
        """
    )
    assert ask(store, "SELECT name, kind FROM names ORDER BY name") == [("Anna Ruíz", "printed"), ("La Profe", "alias")]
    assert ask(store, "SELECT field, value FROM citations WHERE field IS NOT NULL") == [("name", "Anna Ruíz")]


def test_somebody_without_a_name_is_known_by_the_first_note(loaded):
    store = loaded(
        list="""
        ref,note,source
        unnamed-1,"adolescent, 17",diario-2026-01-12
        unnamed-1,freed at night,diario-2026-01-15
        """
    )
    assert ask(store, "SELECT name, description, note FROM detainees") == [(None, "adolescent, 17", "freed at night")]


def test_another_facility_is_a_transfer_and_the_same_one_is_cited_again(loaded):
    store = loaded(
        list="""
        ref,name,detained_on,facility,facility_since,source
        ana,Ana Ruiz,2025-03-02,Zona 7,,diario-2026-01-12
        ana,Ana Ruiz,,zona 7,,diario-2026-01-15
        ana,Ana Ruiz,,Rodeo 1,2025-05,diario-2026-01-12
        ana,Ana Ruiz,,paradero desconocido,2025-09,diario-2026-01-12
        ana,Ana Ruiz,,El Rodeo I,2025-10,diario-2026-01-15
        ana,Ana Ruiz,,El Rodeo I,2025-05-02,hoja-undated
        """
    )
    stays = ask(
        store,
        "SELECT y.step, f.name, y.since, (SELECT count(*) FROM citations c WHERE c.stay = y.id AND c.field IS NULL)"
        " FROM stays y LEFT JOIN facilities f ON f.id = y.facility ORDER BY y.step",
    )
    assert stays == [
        (1, "Zona 7", None, 2),
        (2, "El Rodeo I", "2025-05", 1),
        (3, None, "2025-09", 1),
        (4, "El Rodeo I", "2025-10", 1),
    ]
    assert ask(store, "SELECT field, value, stance FROM citations WHERE field IS NOT NULL") == [
        ("facility_since", "2025-05-02", "supports")
    ]


def test_same_date_and_kind_is_one_release_and_anything_else_the_next(loaded):
    store = loaded(
        list="""
        ref,name,detained_on,released_on,release_kind,release_basis,release_status,conditions,freed_at,source,claimant,locator
        ana,Ana Ruiz,2025-03-02,2026-01-12,unstated,,,,,diario-2026-01-12,,p. 1
        ana,Ana Ruiz,,2026-01-12,unstated,,,,,diario-2026-01-15,Foro Uno,
        ana,Ana Ruiz,,2026-01-12,unstated,amnesty,,ankle tag,a mall,diario-2026-01-12,,p. 9
        ana,Ana Ruiz,,2026-02-20,full,,,,,diario-2026-01-15,Ministerio,
        """
    )
    assert ask(store, "SELECT step, released, kind, basis, status, conditions, freed_at, entered FROM releases") == [
        (1, "2026-01-12", "unstated", "amnesty", "verified", "ankle tag", "a mall", "2026-03-09"),
        (2, "2026-02-20", "full", "unstated", "announced", None, None, "2026-03-09"),
    ]
    assert ask(
        store,
        "SELECT r.step, s.slug, k.name, c.locator FROM citations c JOIN releases r ON r.id = c.release"
        " JOIN sources s ON s.id = c.source LEFT JOIN claimants k ON k.id = c.claimant ORDER BY 1, 2, 3",
    ) == [
        (1, "diario-2026-01-12", None, "p. 1; p. 9"),
        (1, "diario-2026-01-15", "Foro Uno", None),
        (2, "diario-2026-01-15", "Ministerio", None),
    ]


def test_a_release_without_a_stated_status_has_the_best_of_its_claimants_not_the_most_repeated(loaded):
    store = loaded(
        list="""
        ref,name,released_on,release_kind,release_status,source,claimant
        a,Ana Ruiz,2026-01-12,full,,diario-2026-01-12,Ministerio
        b,Eva Sol,2026-01-12,full,,diario-2026-01-12,
        c,Luz Mar,2026-01-12,full,reported,diario-2026-01-12,Foro Uno
        d,Rosa Paz,unknown,full,retracted,diario-2026-01-12,Foro Uno
        """
    )
    assert ask(store, "SELECT d.name, r.status, r.released FROM releases r JOIN detentions t ON t.id = r.detention"
               " JOIN detainees d ON d.id = t.detainee ORDER BY d.name") == [
        ("Ana Ruiz", "announced", "2026-01-12"),
        ("Eva Sol", "reported", "2026-01-12"),
        ("Luz Mar", "reported", "2026-01-12"),
        ("Rosa Paz", "retracted", None),
    ]  # fmt: skip


def test_what_a_later_row_states_differently_becomes_a_citation_of_that_field(loaded):
    store = loaded(
        list="""
        ref,name,sex,occupation,age,detained_on,charges,source
        ana,Ana Ruiz,female,teacher,35,2025-03,treason,diario-2026-01-12
        ana,Ana Ruiz,male,school teacher,36,2025-03-02,Treason,diario-2026-01-15
        ana,Ana Ruiz,,,,2025-04,,hoja-undated
        ana,Ana Ruiz,,,40,unknown,,diario-2026-01-15
        """
    )
    assert ask(store, "SELECT field, value, stance FROM citations WHERE field IS NOT NULL ORDER BY field, value") == [
        ("age", "36", "supports"),
        ("age", "40", "disputes"),
        ("detained_on", "2025-03-02", "supports"),
        ("detained_on", "2025-04", "disputes"),
        ("occupation", "school teacher", "supports"),
        ("sex", "male", "disputes"),
    ]
    assert ask(store, "SELECT began, charges FROM detentions") == [("2025-03", "treason")]


def test_rows_cite_what_they_speak_of_and_the_person_where_they_say_nothing_else(loaded):
    store = loaded(
        list="""
        ref,name,sex,nationalities,detained_on,facility,released_on,source,claimant,locator
        ana,Ana Ruiz,f,VE,2025,Zona 7,2026-01-12,diario-2026-01-12,,
        ana,Ana Ruiz,,,,,2026-01-12,diario-2026-01-15,,
        ana,Ana Ruiz,,,,,,hoja-undated,Familia Ruiz,back page
        """
    )
    assert ask(
        store,
        "SELECT s.slug, count(c.detainee), count(c.nationality), count(c.detention), count(c.stay), count(c.release)"
        " FROM citations c JOIN sources s ON s.id = c.source GROUP BY 1 ORDER BY 1",
    ) == [("diario-2026-01-12", 1, 1, 1, 1, 1), ("diario-2026-01-15", 0, 0, 0, 0, 1), ("hoja-undated", 1, 0, 0, 0, 0)]


def test_detention_numbers_begin_new_detentions_and_zero_none(loaded):
    store = loaded(
        list="""
        ref,detention,name,detained_on,released_on,release_status,retaken_on,source
        ana,1,Ana Ruiz,2024,2025-02-08,verified,2025-02-08T23:45,diario-2026-01-12
        eva,0,Eva Sol,,,,,diario-2026-01-12
        """
    )
    assert ask(
        store, "SELECT name, began FROM detainees d LEFT JOIN detentions t ON t.detainee = d.id ORDER BY 1, 2"
    ) == [
        ("Ana Ruiz", "2024"),
        ("Ana Ruiz", "2025-02-08T23:45"),
        ("Eva Sol", None),
    ]


def test_two_laptops_that_load_one_case_hold_the_same_ids(plan):
    files = {
        "list": """
        ref,name,detained_on,facility,released_on,source,claimant
        ana,Ana Ruiz,2025,Zona 7,2026-01-12,diario-2026-01-12,Foro Uno
        """,
        "claims": """
        claimant,measure,min,max,as_of,source
        Foro Uno,released,12,12,2026-01-12,diario-2026-01-12
        """,
    }
    assert plan(**files).rows == plan(**files).rows


def test_a_row_added_above_changes_no_id_of_the_rows_below(plan):
    row = "ana,Ana Ruiz,2025,2026-01-12,diario-2026-01-12"
    header = "ref,name,detained_on,released_on,source"
    one, two = plan(list=f"{header}\n{row}"), plan(list=f"{header}\neva,Eva Sol,2024,,\n{row}")
    for table in ("detainees", "detentions", "releases", "citations"):
        assert one.rows[table].keys() <= two.rows[table].keys()


def test_citations_speak_of_any_field_for_or_against(loaded):
    store = loaded(
        list="""
        ref,name,nationalities,detained_on,facility,facility_since,released_on,release_kind,source
        ana,Ana Ruiz,VE,2025-03-02,Zona 7,,,,diario-2026-01-12
        ana,Ana Ruiz,,,El Rodeo I,2025-05,2026-01-12,full,diario-2026-01-12
        """,
        citations="""
        ref,detention,about,release,field,value,stance,source,claimant,locator
        ana,,detention,,detained_on,2 March 2025,supports,hoja-undated,,
        ana,1,detention,,detained_on,marzo de 2024,disputes,hoja-undated,,line 3
        ana,,stay,2,facility,rodeo ii,disputes,diario-2026-01-15,Foro Uno,
        ana,,release,1,release_kind,fianza,disputes,diario-2026-01-15,Ministerio,
        ana,,release,,,,disputes,hoja-undated,Familia Ruiz,
        ana,,nationality,,,venezolana,supports,hoja-undated,,
        ana,,detainee,,name,Ana R.,,hoja-undated,,
        """,
    )
    assert ask(
        store,
        "SELECT field, value, stance, locator, detainee IS NOT NULL, detention IS NOT NULL, stay IS NOT NULL,"
        " release IS NOT NULL, nationality IS NOT NULL FROM citations c JOIN sources s ON s.id = c.source"
        " WHERE slug <> 'diario-2026-01-12' ORDER BY stance, field, value",
    ) == [
        (None, None, "disputes", None, 0, 0, 0, 1, 0),
        ("detained_on", "2024-03", "disputes", "line 3", 0, 1, 0, 0, 0),
        ("facility", "El Rodeo II", "disputes", None, 0, 0, 1, 0, 0),
        ("release_kind", "bail", "disputes", None, 0, 0, 0, 1, 0),
        (None, None, "supports", None, 0, 0, 0, 0, 1),
        ("detained_on", None, "supports", None, 0, 1, 0, 0, 0),
        ("name", "Ana R.", "supports", None, 1, 0, 0, 0, 0),
    ]


def test_more_than_and_at_least_are_two_claims_in_a_file_too(loaded):
    store = loaded(
        claims="""
        claimant,measure,min,qualifier,as_of,source,note
        Foro Uno,held,100,at least,2026-01-12,diario-2026-01-12,printed: más de
        Foro Uno,held,100,at least,2026-01-12,diario-2026-01-15,printed: more than
        Foro Uno,held,100,at least,2026-01-12,hoja-undated,
        """
    )
    counted = "SELECT (SELECT count(*) FROM citations q WHERE q.claim = c.id) FROM claims c ORDER BY 1"
    assert ask(store, counted) == [(1,), (2,)]


def test_one_figure_of_one_claimant_is_one_claim_with_many_citations(loaded):
    store = loaded(
        claims="""
        claimant,measure,min,max,qualifier,out_of,as_of,since,nationality,dual,facility,tag,sex,service,source,locator,note
        Foro Uno,released,24,24,,116,2026-01-12,2026-01-08,,,,,,,diario-2026-01-12,,
        FU,excarcelados,24,24,,116,2026-01-12,2026-01-08,,,,,,,diario-2026-01-15,p. 2,by name
        Foro Uno,held,50,80,alrededor de,,2026-01-12T09:00,,española,yes,Rodeo 1,Journalist,mujer,militar,hoja-undated,,
        Ministerio,announced,,,,,2026-01-08,,,,,,,,diario-2026-01-12,,a significant number
        Ministerio,announced,,,,,2026-01-08,,,,,,,,hoja-undated,,everybody
        """
    )
    assert ask(
        store,
        "SELECT k.name, measure, min, max, qualifier, out_of, as_of, since, c.note,"
        " (SELECT count(*) FROM citations q WHERE q.claim = c.id)"
        " FROM claims c JOIN claimants k ON k.id = c.claimant ORDER BY measure, c.note",
    ) == [
        ("Ministerio", "announced", None, None, None, None, "2026-01-08", None, "a significant number", 1),
        ("Ministerio", "announced", None, None, None, None, "2026-01-08", None, "everybody", 1),
        ("Foro Uno", "held", 50, 80, "around", None, "2026-01-12T09:00", None, None, 1),
        ("Foro Uno", "released", 24, 24, None, 116, "2026-01-12", "2026-01-08", "by name", 2),
    ]
    (scope,) = ask(store, "SELECT scope FROM claims WHERE measure = 'held'")
    (place,) = ask(store, "SELECT id FROM facilities WHERE name = 'El Rodeo I'")
    assert json.loads(scope[0]) == {
        "dual": "yes",
        "facility": [place[0]],
        "nationality": ["ES"],
        "service": "military",
        "sex": "female",
        "tag": ["journalist"],
    }


@pytest.mark.parametrize(
    ("row", "told_line"),
    [
        ("ana,,Ana Ruiz,,,2026-02-30,,,,", "list.csv, row 2, released_on: “2026-02-30” cannot be: February 2026 has 28 days."),
        ("ana,,Ana Ruiz,,,03/04/2026,,,,", "list.csv, row 2, released_on: “03/04/2026” is ambiguous"),
        ("ana,,Ana Ruiz,,,2190-01-01,,,,", "list.csv, row 2, released_on “2190-01-01”: The date lies in the future."),
        ("ana,,Ana Ruiz,,,,sideways,,,", "list.csv, row 2, release_kind: “sideways” is not a word for: terms of release."),
        ("ana,,Ana Ruiz,,Zona 77,,,,,", "list.csv, row 2, facility: There is no facility “Zona 77” in facilities.csv. Did you mean “Zona 7”?"),
        ("ana,,Ana Ruiz,,,,,diario-2026-01-13,,", "list.csv, row 2, source: There is no source “diario-2026-01-13” in sources.csv. Did you mean “diario-2026-01-1"),
        ("ana,,Ana Ruiz,,,,,diario-2026-01-12,Foro Dos,", "list.csv, row 2, claimant: There is no claimant “Foro Dos” in claimants.csv. Did you mean “Foro Uno”?"),
        ("ana,,Ana Ruiz,,,,,,Foro Uno,", "list.csv, row 2, claimant “Foro Uno”: There is no source in the row; a citation needs one."),
        ("ana,two,Ana Ruiz,,,,,,,", "list.csv, row 2, detention “two”: A whole number from 0 to 99 is wanted."),
        ("ana,2,Ana Ruiz,,,,,,,", "list.csv, row 2, detention “2”: There is no detention 1 before it."),
        ("ana,0,Ana Ruiz,2025,,,,,,", "list.csv, row 2, detention “0”: Detention 0 is a row about the person alone; this one says more."),
        ("ana,,,2025,,,,,,", "list.csv, row 2, name: A person without a name needs a note that describes them."),
        ("ana,,1234,2025,,,,,,", "list.csv, row 2, name: “1234” is no name. Somebody unnamed"),
        ("ana,,Ana Ruiz,2026-03,,2026-01-12,,,,", "list.csv, row 2, released_on “2026-01-12”: The release (2026-01-12) lies before the arrest (2026-03)."),
    ],
)  # fmt: skip
def test_a_bad_cell_is_told_with_its_place_and_what_to_do(plan, row, told_line):
    header = "ref,detention,name,detained_on,facility,released_on,release_kind,source,claimant,note"
    lines = told(plan, list=f"{header}\n{row}")
    assert lines[0].startswith(told_line), lines


def test_two_open_detentions_and_overlaps_are_refused_at_the_row_of_the_second(plan):
    header = "ref,detention,name,detained_on,released_on,release_status\n"
    rows = {
        "open": "ana,1,Ana Ruiz,2024,,\nana,2,Ana Ruiz,2025,,",
        "reported": "ana,1,Ana Ruiz,2024,2024-05,reported\nana,2,Ana Ruiz,2025,,",
        "overlap": "ana,1,Ana Ruiz,2024,2025-06,verified\nana,2,Ana Ruiz,2025-02,,",
    }
    assert told(plan, list=header + rows["open"]) == [
        "list.csv, row 3, detention “2”: Two detentions (from 2024 and from 2025) are both open."
    ]
    assert "both open" in told(plan, list=header + rows["reported"])[0]
    assert told(plan, list=header + rows["overlap"]) == [
        "list.csv, row 3, detention “2”: Two detentions (from 2024 to 2025-06 and from 2025-02, open) overlap."
    ]


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ("ana,,stay,9,facility,Zona 7,disputes,hoja-undated,,", "citations.csv, row 2, ref “ana”: The detention has no stay 9; list.csv has 1."),
        ("ana,2,detention,,,,disputes,hoja-undated,,", "citations.csv, row 2, ref “ana”: The person has no detention 2 in list.csv."),
        ("eva,,detention,,,,disputes,hoja-undated,,", "citations.csv, row 2, ref “eva”: There is nobody of that ref in list.csv."),
        ("ana,,detention,,released_on,2025,disputes,hoja-undated,,", "citations.csv, row 2, field: “released_on” is no field of a detention."),
        ("ana,,release,,released_on,2025,disputes,,,", "citations.csv, row 2, source: A citation needs a source."),
        ("ana,,prison,,,,disputes,hoja-undated,,", "citations.csv, row 2, about “prison”: What the citation is about is one of: detainee"),
        ("ana,,nationality,,,ES,disputes,hoja-undated,,", "citations.csv, row 2, ref “ana”: The person has no such nationality in list.csv."),
        ("ana,,detention,,detained_on,2025-13,disputes,hoja-undated,,", "citations.csv, row 2, detained_on: “2025-13” cannot be"),
    ],
)  # fmt: skip
def test_a_citation_of_nothing_is_told(plan, row, line):
    lines = told(
        plan,
        list="ref,name,facility,released_on,source\nana,Ana Ruiz,Zona 7,2026-01-12,diario-2026-01-12",
        citations="ref,detention,about,release,field,value,stance,source,claimant,locator\n" + row,
    )
    assert any(one.startswith(line) for one in lines), lines


@pytest.mark.parametrize(
    ("files", "line"),
    [
        ({"facilities": "name,other_names,kind\nZona 7,,police\nEl Siete,Zona VII,police"}, "facilities.csv, row 3, other_names “Zona VII”: The name stands for another row already: “Zona 7”."),
        ({"facilities": "name,kind\n,police"}, "facilities.csv, row 2, name: The cell is empty."),
        ({"claimants": "name,kind\nForo Uno,monitor\nforo uno,media"}, "claimants.csv, row 3, name “foro uno”: The name stands for another row already: “Foro Uno”."),
        ({"claimants": "name,kind,default_status\nForo Uno,monitor,retracted"}, "claimants.csv, row 2, default_status: A default status is announced, reported or verified."),
        ({"sources": "slug,published\nInfobae 1,2026"}, "sources.csv, row 2, slug “Infobae 1”: A slug is letters a–z"),
        ({"sources": "slug,published\na-1,2026\na-1,2026"}, "sources.csv, row 3, slug “a-1”: The slug is there twice."),
        ({"sources": "slug,published\na-1,"}, "sources.csv, row 2, published: The cell is empty."),
        ({"claims": "claimant,measure,min,max,note\nForo Uno,held,80,50,"}, "claims.csv, row 2, max “50”: The least (80) is more than the most (50)."),
        ({"claims": "claimant,measure,min,max,note\nForo Uno,held,,,"}, "claims.csv, row 2, min: A claim needs a number or a note."),
        ({"claims": "claimant,measure,min,as_of,since\nForo Uno,held,5,2026-01-01,2026-01-08"}, "claims.csv, row 2, as_of “2026-01-01”: The count ends before it begins."),
        ({"claims": "claimant,measure,min\n,held,5"}, "claims.csv, row 2, claimant: The cell is empty."),
    ],
)  # fmt: skip
def test_bad_rows_of_the_other_lists_are_told(plan, files, line):
    lines = told(plan, **files)
    assert any(one.startswith(line) for one in lines), lines


def test_every_problem_of_every_file_is_told_at_once(plan):
    lines = told(
        plan,
        facilities="name,kind\nZona 7,castle",
        list="ref,name,released_on,facility\nana,Ana Ruiz,soon,Zona 7\neva,Eva Sol,2026-01-12,Zona 8",
        claims="claimant,measure,min\nForo Uno,held,many",
    )
    assert [line.split(":")[0].split(" “")[0] for line in lines] == [
        "facilities.csv, row 2, kind",
        "list.csv, row 2, released_on",
        "list.csv, row 3, facility",
        "claims.csv, row 2, min",
    ]


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"name": "x"}', json.dumps(dict.fromkeys(("name", "title", "country", "zone", "start", "entered"), 1)), "\xff"],
)  # fmt: skip
def test_a_case_file_that_does_not_say_what_it_is_is_refused(case_folder, text):
    folder = case_folder()
    (folder / "case.json").write_text(text, encoding="latin-1")
    with pytest.raises(BadValue, match=r"case\.json"):
        read_case(folder)


def test_a_case_file_needs_only_its_description(tmp_path: Path, case_folder):
    folder = case_folder()
    for file in folder.glob("*.csv"):
        file.unlink()
    assert len(plan_case(read_case(folder))) == 0


def test_a_date_alone_dates_the_last_stay_and_needs_one(loaded, plan):
    header = "ref,name,facility,facility_since,source\n"
    store = loaded(list=f"{header}ana,Ana Ruiz,Zona 7,,hoja-undated\nana,Ana Ruiz,,2025-05,diario-2026-01-12")
    assert ask(store, "SELECT since, (SELECT count(*) FROM citations WHERE stay = y.id) FROM stays y") == [
        ("2025-05", 2)
    ]
    assert told(plan, list=f"{header}ana,Ana Ruiz,,2025-05,hoja-undated") == [
        "list.csv, row 2, facility_since “2025-05”: There is no facility that this date could belong to."
    ]


def test_rows_without_a_ref_are_people_of_their_own_and_bare_identifiers_have_a_scheme(loaded):
    store = loaded(list="ref,name,identifier\n,Ana Ruiz,12; foro=9\n,Ana Ruiz,=\n".replace(",=", ","))
    assert ask(store, "SELECT name FROM detainees") == [("Ana Ruiz",), ("Ana Ruiz",)]
    assert ask(store, "SELECT scheme, value FROM identifiers ORDER BY 1") == [("foro", "9"), ("id", "12")]


def test_an_identifier_without_a_value_and_an_impossible_interval_are_told(plan):
    assert told(plan, list="ref,name,identifier,born\nana,Ana Ruiz,foro=,2026..2025") == [
        "list.csv, row 2, born: “2026..2025” ends before it begins. Put the earlier date first: 2025..2026.",
        "list.csv, row 2, identifier “foro=”: An identifier is written SCHEME=VALUE, such as foro_penal=1234.",
    ]


def test_long_loads_tell_how_far_they_are(plan, store, monkeypatch):
    monkeypatch.setattr("tracker.importing.plan.BATCH", 2)
    told_of: list[tuple[str, int, int]] = []
    made = plan(list="ref,name\na,Ana Ruiz\nb,Eva Sol\nc,Luz Mar")
    with store.writing("load") as change:
        made.apply(change, lambda *said: told_of.append(said))
    assert told_of[-1][1:] == (len(made), len(made))
    assert [done for _table, done, _all in told_of] == sorted(done for _table, done, _all in told_of)
