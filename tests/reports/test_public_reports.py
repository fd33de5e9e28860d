"""`--public` fails closed: what is protected never comes out, in any question or format, on any day asked about."""

import io
import os
from dataclasses import replace
from functools import partial

import pytest
from hidden_lives import CLAIMANTS, SOURCES, lives
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented_lives import Cite, Detention, Person, Release, Stay, a_store, enter
from shell import PSEUDONYM, faceless

from tracker.casework.minors import allow, take_back
from tracker.casework.publishing import treat_withheld
from tracker.i18n import set_language
from tracker.render import write
from tracker.reports import bulletin, coverage, released, remaining, stale, summary
from tracker.reports.asked import asking
from tracker.reports.columns import SPECS
from tracker.reports.flow_list import list_table
from tracker.reports.groups import GROUPS
from tracker.reports.movement import OUTSIDE
from tracker.reports.people import people_table
from tracker.store.pseudonyms import teach

EXAMPLES = int(os.environ.get("TRACKER_REPORT_EXAMPLES", "5"))
"""Few, of many people each: reading a question costs SQLite far more than answering it for one person more."""
slow = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

LISTS = (remaining.remaining_table, remaining.uncertain_table, people_table, released.released_table)
SUMMARIES = (summary.summary_table, summary.list_table, summary.explained_table)


def everything(store, sorts, groups, **question):
    """Every kind of public answer in every format, with titles and notes, as one text."""
    question = {"public": True, **question}
    out = io.StringIO()

    def put(table):
        table = replace(table, rows=list(table.rows))
        for form in ("csv", "json", "md", "table"):
            write(table, form, out)
        out.write("\n".join([*table.foot, table.title or "", table.empty or ""]))

    def ask(report, *words, **more):
        how = {"everybody": more.pop("everybody")} if "everybody" in more else {}
        window = {"on": None, "to": question.get("on")} if "from_" in more else {}
        with asking(store, **{**question, **window}, **more) as (db, asked):
            put(report(db, asked, *words, **how))

    for sort, report in zip(sorts, LISTS, strict=True):
        ask(report, columns=list(SPECS), sort=sort)
    for line in OUTSIDE:
        ask(released.released_table, line, columns=list(SPECS))
    ask(remaining.explained_table)
    ask(released.explained_table)
    ask(stale.explained_table, "1")
    ask(coverage.explained_table, None, everybody=True)
    ask(bulletin.explained_table, "place")
    for line in ("opening", "arrests", "died"):
        ask(partial(list_table, explain=True), line, from_="2026-01-05")
    for place, by in enumerate(groups):
        ask(SUMMARIES[place % len(SUMMARIES)], by)
    ask(bulletin.bulletin_table, "2026-01-05")
    for section in ("movement", "outside", "sex"):
        ask(bulletin.list_table, section, "2026-01-05")
    return out.getvalue()


@slow
@given(
    record=st.lists(lives(), min_size=8, max_size=20),
    day=st.sampled_from(("2026-01-20", "2026-02-20", None)),
    published=st.sampled_from((None, None, "2026-03-01")),
    sorts=st.lists(st.sampled_from(tuple(SPECS)), min_size=len(LISTS), max_size=len(LISTS)),
    groups=st.lists(st.sampled_from([None, *(by for by in GROUPS if by != "tag")]), min_size=6, max_size=6),
)
def test_nothing_protected_comes_out(template_database, record, day, published, sorts, groups):
    with a_store(template_database) as store:
        enter(store, record, sources=SOURCES, claimants=CLAIMANTS)
        found = everything(store, sorts, groups, on=day, published_by=published)
        assert "ecret" not in found, found[found.index("ecret") - 200 :][:300]


def ana(**more):
    release = Release("2026-01-20", "full", publish="withheld", publish_from="2026-02-04", conditions="firma")
    detention = Detention("2025", (release,), (Stay("Rodeo Uno"),), cited=(Cite("foro-2026-01-13", "Foro Libre"),))
    return Person(more.pop("name", "Ana Ruiz"), (detention,), {"publish": "named", **more}, ("VE",))


def names(store, report, **question):
    with asking(store, columns=["name"], public=True, **question) as (db, asked):
        return [faceless(row[0]) for row in report(db, asked).rows]


def test_a_release_kept_private_is_not_there_before_its_day(store):
    enter(store, [ana()])
    assert names(store, remaining.remaining_table, on="2026-02-03") == ["Ana Ruiz"]
    assert names(store, remaining.remaining_table, on="2026-02-04") == []
    assert names(store, released.released_table, from_="2026-01-08", to="2026-02-03") == []
    assert names(store, released.released_table, from_="2026-01-08", to="2026-02-04") == ["Ana Ruiz"]
    with asking(store, on="2026-02-03", columns=["name"]) as (db, asked):
        assert list(remaining.remaining_table(db, asked).rows) == []  # our own list knows


def test_a_later_day_asked_about_opens_nothing_before_the_real_day(store):
    enter(store, [Person("Ana Ruiz", (Detention("2025", (Release("2026-01-20", publish_from="2150-01-01"),)),),
        {"publish": "named"})])  # fmt: skip
    with asking(store, columns=["name"], public=True) as (db, asked):
        later = replace(asked, moment="2160-01-01T23:59")  # as the last minute of the year under way may be, too
        assert [row[0] for row in remaining.remaining_table(db, later).rows] == ["Ana Ruiz"]


def test_the_unnamed_are_counted_and_those_who_asked_not_to_be_are_not(store):
    enter(store, [ana(), ana(name="Bea Paz", publish="anonymous"), ana(name="Cira Sanz", publish=None),
        ana(name="Dora Vega", publish="withheld")])  # fmt: skip
    with asking(store, public=True, on="2026-01-25", columns=["ref", "name", "facility", "nationalities"]) as (
        db,
        asked,
    ):
        table = remaining.remaining_table(db, asked)
        assert table.total == 3
        rows = list(table.rows)
    assert rows[0][1:] == ("Ana Ruiz", "Rodeo Uno", ("VE",))
    assert [(row[0], faceless(row[1]), *row[2:]) for row in rows[1:]] == [
        (None, "[not named]", "Rodeo Uno", ("VE",))
    ] * 2
    assert rows[1][1] != rows[2][1]
    assert "People who asked not to be counted are left out; how many is not said." in table.foot


@pytest.mark.parametrize(
    "since", [{"publish": "anonymous"}, {"publish": "withheld"}, {"publish": None}, {"born": "2009-01-01"}]
)
def test_looking_back_names_nobody_who_may_not_be_named_today(store, since):
    [identifier] = enter(store, [ana()])
    with store.reading() as db:
        then = store.head(db).seq
    with store.writing("publish") as change:
        change.update("detainees", identifier, since)
    assert names(store, remaining.remaining_table, on="2026-01-15", known_by=str(then)) != ["Ana Ruiz"]
    with asking(store, on="2026-01-15", known_by=str(then), columns=["name"]) as (db, asked):
        assert list(remaining.remaining_table(db, asked).rows) == [("Ana Ruiz",)]


def test_looking_back_names_nobody_removed_since(store):
    [identifier] = enter(store, [Person("Ana Ruiz", (Detention("2025"),), {"publish": "named"})])
    with store.reading() as db:
        then = store.head(db).seq
        [detention] = db.execute("SELECT id FROM detentions").fetchone()
    with store.writing("delete") as change:
        change.delete("detentions", detention)
        change.delete("detainees", identifier)
    assert names(store, remaining.remaining_table, known_by=str(then)) == ["[not named]"]


def test_looking_back_shows_no_release_withheld_since(store):
    person = Person("Ana Ruiz", (Detention("2025", (Release("2026-01-20"),)),), {"publish": "named"})
    enter(store, [person])
    with store.reading() as db:
        then = store.head(db).seq
        [release] = db.execute("SELECT id FROM releases").fetchone()
    assert names(store, remaining.remaining_table, on="2026-02-01", known_by=str(then)) == []
    with store.writing("publish") as change:
        change.update("releases", release, {"publish": "withheld"})
    assert names(store, remaining.remaining_table, on="2026-02-01", known_by=str(then)) == ["Ana Ruiz"]


def test_names_of_filters_are_masked_in_the_notes(store):
    enter(
        store, [replace(ana(), cited=(Cite("secreta-llamada", "Secreta Madre"),))], sources=SOURCES, claimants=CLAIMANTS
    )
    with asking(store, public=True, source=["secreta-llamada"], claimant=["Secreta Madre"]) as (db, asked):
        table = remaining.remaining_table(db, asked)
    assert "Only: source [unpublished source], claimant [family]." in table.foot


def test_the_unnamed_are_unnamed_in_spanish(store):
    enter(store, [ana(publish=None)])
    set_language("es")
    try:
        [name] = names(store, remaining.remaining_table, on="2026-01-25")
        assert name.startswith("[")
        assert "Ana" not in name
    finally:
        set_language("en")


def test_an_anonymous_detention_counts_without_a_name(store):
    person = ana()
    enter(store, [replace(person, detentions=(replace(person.detentions[0], publish="anonymous"),))])
    assert names(store, remaining.remaining_table, on="2026-01-25") == ["[not named]"]


AGES = [
    ({"born": "2006-12-31"}, True), ({"born": "2007-01-02"}, False), ({"age": 20, "age_on": "2026-01-01"}, True),
    ({"age": 19, "age_on": "2026-12-31"}, False), ({"age": 45}, True), ({"age": 17}, False), ({}, True),
    ({"age": 18, "age_on": "2025-01-01"}, True), ({"age": 17, "age_on": "2025-01-01"}, False),
    ({"born": "2006-12-31", "age": 18, "age_on": "2025-06-01"}, True), ({"born": "1980", "age": 16}, False),
]  # fmt: skip


@pytest.mark.parametrize(("age", "named"), AGES)
def test_only_certain_adults_are_named(store, age, named):
    enter(store, [Person("Ana Ruiz", (Detention("2025"),), {"publish": "named", **age})])
    assert names(store, remaining.remaining_table) == (["Ana Ruiz"] if named else ["[not named]"])


@pytest.mark.parametrize(("field", "value", "named"), [
    ("age", "16", False), ("age", "19", False), ("age", "45", True), ("born", "2009", False), ("born", "2009-05", False),
    ("born", "1980..2009", False), ("born", "1980..", False), ("born", "2006", True), ("born", "1980-05-01", True),
    ("born", "..1999", True), ("born", "unknown", True), ("occupation", "16", True),
])  # fmt: skip
@pytest.mark.parametrize("stance", ["supports", "disputes"])
@pytest.mark.parametrize("own", [{}, {"born": "1980-05-01"}])
def test_whoever_a_source_says_was_a_minor_is_not_named(store, field, value, named, stance, own):
    cite = Cite("foro-2026-01-13", "Foro Libre", stance, field, value)
    enter(store, [Person("Ana Ruiz", (Detention("2025"),), {"publish": "named", **own}, cited=(cite,))])
    named = named or (value == "19" and own)  # 18 or 19 in 2025, which agrees with a known birth
    assert names(store, remaining.remaining_table) == (["Ana Ruiz"] if named else ["[not named]"])


@pytest.mark.parametrize(("age", "named"), [({"age": 15}, False), ({"born": "2012"}, False), ({"age": 60}, True)])
def test_a_child_without_a_detention_on_record_is_not_named(store, age, named):
    enter(store, [Person("Ana Ruiz", (), {"publish": "named", **age})])
    assert names(store, people_table) == (["Ana Ruiz"] if named else ["[not named]"])


@pytest.mark.parametrize("tag", ["adolescentes", "children", "menores", "minors", "ninos", "ninas", "nino"])
def test_tags_of_youth_protect_in_the_singular_and_the_plural(store, tag):
    enter(store, [Person("Ana Ruiz", (Detention("2025"),), {"publish": "named"}, tags=(tag,))])
    assert names(store, remaining.remaining_table) == ["[not named]"]


def called(store, report=people_table, **question):
    """The pseudonyms of people who are told apart by their sex and service, in the order of their rows."""
    with asking(store, public=True, columns=["name", "sex", "service"], **question) as (db, asked):
        return {row[1:]: PSEUDONYM.fullmatch(row[0])[1] for row in report(db, asked).rows}


def unnamed_people(store):
    kinds = [(sex, service) for sex in ("female", "male", "other") for service in ("civilian", "military", "police")]
    enter(store, [Person("Ana Ruiz", (Detention("2025"),), {"sex": sex, "service": service}) for sex, service in kinds])
    return kinds


def test_a_pseudonym_is_the_same_in_every_answer_of_one_state_of_the_record(store):
    kinds = unnamed_people(store)
    first = called(store)
    assert set(first) == set(kinds)
    assert len(set(first.values())) == len(kinds)
    with store.reading() as db:
        then = store.head(db).seq
    assert called(store, remaining.remaining_table) == first
    with store.writing("another") as change:
        change.insert("facilities", {"name": "Rodeo Dos"})
    assert not set(called(store).values()) & set(first.values())  # nothing links one publication to the next
    assert called(store, known_by=f"#{then}") == first  # and each can be made again


def test_pseudonyms_are_kept_where_that_is_asked_for(store):
    unnamed_people(store)
    kept = called(store, pseudonyms="keep")
    assert not set(kept.values()) & set(called(store).values())
    with store.writing("another") as change:
        change.insert("facilities", {"name": "Rodeo Dos"})
    assert called(store, pseudonyms="keep") == kept


def test_the_order_of_the_unnamed_tells_nothing_of_the_order_of_their_entry(store):
    kinds = unnamed_people(store)
    orders = {tuple(kinds)}
    for number in range(3):
        with store.writing("another") as change:
            change.insert("facilities", {"name": f"Rodeo {number}"})
        found = called(store)
        assert list(found.values()) == sorted(found.values())
        orders.add(tuple(found))
    assert len(orders) == 4


def test_two_records_call_the_same_person_differently(template_database):
    found = []
    for _time in range(2):
        with a_store(template_database) as store:
            enter(store, [Person("Ana Ruiz", (Detention("2025"),))])
            with store.reading() as db:
                teach(db)
                found.append(db.execute("SELECT pseudonym('same')").fetchone()[0])
    assert found[0] != found[1]


CHILD = {"publish": "named", "born": "2009-06-01"}


def test_a_child_is_named_only_where_that_was_agreed_both_then_and_today(store):
    [identifier] = enter(store, [Person("Ana Ruiz", (Detention("2025"),), CHILD, tags=("adolescente",))])
    with store.reading() as db:
        before = f"#{store.head(db).seq}"
    with store.writing("publish") as change:
        allow(change, identifier, "her parents ask for it")
    with store.reading() as db:
        agreed = f"#{store.head(db).seq}"
    assert names(store, remaining.remaining_table) == ["Ana Ruiz"]
    assert names(store, remaining.remaining_table, known_by=before) == ["[not named]"]  # what was published stays so
    with store.writing("publish") as change:
        take_back(change, identifier)
    assert names(store, remaining.remaining_table, known_by=agreed) == ["[not named]"]


@pytest.mark.parametrize("publish", ["anonymous", None])
def test_an_agreement_names_nobody_who_is_not_marked_so(store, publish):
    [identifier] = enter(store, [Person("Ana Ruiz", (Detention("2025"),), {**CHILD, "publish": publish})])
    with store.writing("publish") as change:
        allow(change, identifier, "her parents ask for it")
    assert names(store, remaining.remaining_table) == ["[not named]"]


def withheld_facts(store, how):
    with store.writing("publish") as change:
        treat_withheld(change, how)


@pytest.mark.parametrize("level", ["withheld", "anonymous"])
def test_withheld_facts_count_without_a_name_where_the_record_says_so(store, level):
    freed = Detention("2025", (Release("2026-01-20", publish=level),))
    moved = Detention("2025", (), (Stay("Rodeo Uno", publish=level),))
    hidden = Detention("2025", publish="withheld")
    enter(store, [Person(name, (one,), {"publish": "named"}) for name, one in
        (("Ana Ruiz", freed), ("Bea Paz", moved), ("Cira Sanz", hidden), ("Eva Gil", Detention("2025")))])  # fmt: skip
    days = {"from_": "2026-01-08", "to": "2026-01-31"}
    assert names(store, remaining.remaining_table) == ["Ana Ruiz", "Bea Paz", "Eva Gil"]
    assert names(store, released.released_table, **days) == []
    withheld_facts(store, "counted")
    assert names(store, remaining.remaining_table) == ["Eva Gil", "[not named]", "[not named]"]
    assert names(store, released.released_table, **days) == ["[not named]"]
    withheld_facts(store, "unknown")
    assert names(store, remaining.remaining_table) == ["Ana Ruiz", "Bea Paz", "Eva Gil"]


def test_a_release_kept_back_until_a_day_is_not_counted_before_it_however_the_withheld_are(store):
    withheld_facts(store, "counted")
    enter(store, [ana()])
    assert names(store, remaining.remaining_table, on="2026-02-03") == ["Ana Ruiz"]
    assert names(store, released.released_table, from_="2026-01-08", to="2026-02-03") == []


def test_withheld_people_are_in_no_count_however_withheld_facts_are(store):
    withheld_facts(store, "counted")
    enter(store, [Person("Ana Ruiz", (Detention("2025"),), {"publish": "withheld"})])
    assert names(store, people_table) == []
