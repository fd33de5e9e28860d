"""Summary and bulletin against a plain reading of the same invented record, person by person."""

import os
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented_lives import MOMENTS, Cite, Detention, Person, Release, Stay, a_store, enter, people

from tracker.domain.date_bounds import partial
from tracker.domain.rules import age_group, sentenced_from_stage
from tracker.domain.vocabulary import DEPRIVED
from tracker.errors import BadValue, Problems
from tracker.reports import bulletin, flow, released, summary
from tracker.reports.ages import age_group_sql
from tracker.reports.asked import asking
from tracker.reports.groups import GROUPS
from tracker.reports.people import people_table
from tracker.reports.sections import Figure

EXAMPLES = int(os.environ.get("TRACKER_REPORT_EXAMPLES", "25"))
slow = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def read(store, record, moment):
    """Each person on record with their standing, and the values that each grouping gives them."""
    found = []
    columns = ["ref", "standing", "facility", "state", "uncertain"]
    with asking(store, on=moment, columns=columns) as (db, asked):
        told = {row[0]: row[1:] for row in people_table(db, asked).rows}
        refs = [row[0] for row in db.execute("SELECT ref FROM detainees ORDER BY id")]
    for ref, person in zip(refs, record, strict=True):
        standing, facility, state, uncertain = told[ref]
        if standing == "none":
            continue
        countries = person.nationalities
        kind = (
            "unknown" if not countries else "dual" if len(countries) > 1 else "home" if "VE" in countries else "foreign"
        )
        values = {
            "nationality": countries or ("unknown",),
            "nationality_type": (kind,),
            "facility": (facility or "unknown",),
            "state": (state or "unknown",),
            "sex": (person.values.get("sex", "unknown"),),
            "service": (person.values.get("service", "unknown"),),
            "tag": person.tags or ("unknown",),
            "standing": (standing,),
        }
        found.append((ref, standing, bool(uncertain), values))
    return found


@slow
@given(record=people(), moment=st.sampled_from(MOMENTS))
def test_every_grouping_counts_what_a_reading_person_by_person_counts(template_database, record, moment):
    with a_store(template_database) as store:
        enter(store, record)
        told = read(store, record, moment)
        for by in ("nationality", "nationality_type", "facility", "state", "sex", "service", "tag", "standing"):
            expected = {"unknown": Counter()}
            for _ref, standing, uncertain, values in told:
                for value in values[by]:
                    expected.setdefault(value, Counter()).update(
                        [standing, "total", *(["uncertain"] if uncertain else [])]
                    )
            with asking(store, on=moment) as (db, asked):
                table = summary.summary_table(db, asked, by)
                rows = [dict(zip(table.keys(), row, strict=True)) for row in table.rows]
                listed = summary.list_table(db, asked, by)
            assert {row["value"] for row in rows} == set(expected), by
            for row in rows:
                counted = expected[row["value"]]
                assert {key: row[key] for key in summary.COUNTED} == {key: counted[key] for key in summary.COUNTED}
                assert row["deprived"] == sum(counted[key] for key in DEPRIVED)
                assert (row["total"], row["uncertain"]) == (counted["total"], counted["uncertain"])
            totals = dict(zip(table.keys(), table.totals, strict=True))
            assert totals["total"] == len(told)
            names = {(row[1], row[3]) for row in listed.rows}
            assert names == {(value, ref) for ref, _standing, _doubt, values in told for value in values[by]}


@slow
@given(record=people(), by=st.sampled_from(["kind", "status", "month", "year", "sex", "nationality"]))
def test_a_summary_of_a_window_counts_the_people_released_in_it(template_database, record, by):
    window = {"from_": "2026-01-08", "to": "2026-02-10"}
    with a_store(template_database) as store:
        enter(store, record)
        with asking(store, **window, columns=["ref"]) as (db, asked):
            expected = {row[0] for row in released.released_table(db, asked).rows}
            if by == "status":
                for line in ("reported", "announced"):
                    expected |= {row[0] for row in released.released_table(db, asked, line).rows}
        with asking(store, **window) as (db, asked):
            table = summary.summary_table(db, asked, by)
            totals = dict(zip(table.keys(), table.totals, strict=True))
            listed = {row[3] for row in summary.list_table(db, asked, by).rows}
            rows = list(table.rows)
        assert totals["total"] == len(expected)
        assert listed == expected
        assert sum(row[-2] for row in rows) >= len(expected)
        assert "unknown" in {row[1] for row in rows}


@slow
@given(record=people(), moment=st.sampled_from(MOMENTS))
def test_a_bulletin_counts_what_a_summary_counts(template_database, record, moment):
    with a_store(template_database) as store:
        enter(store, record)
        with asking(store, on=moment) as (db, asked):
            found = {(row[0], row[1]): row[2] for row in bulletin.bulletin_table(db, asked).rows}
            for section, by in (("sex", "sex"), ("service", "service"), ("nationality", "nationality_type"),
                ("age_group", "age_group"), ("sentenced", "sentenced")):  # fmt: skip
                table = summary.summary_table(db, asked, by)
                deprived = {row[1]: row[5] for row in table.rows if row[5]}
                assert {line: n for (where, line), n in found.items() if where == section and n} == deprived
                names = bulletin.list_table(db, asked, section)
                assert Counter(row[1] for row in names.rows) == Counter(deprived)


dates = st.sampled_from(
    ("2008-02-28", "2008-02-29", "2008-03-01", "2007-12-31", "2008", "2008-01", "1990", "2007", None)
)
stated = st.sampled_from(("2026-02-28", "2024-02-29", "2026-03-01", "2026-01-01", "2026-01", "2026", None))
arrests = st.sampled_from(
    ("2026-02-28", "2024-02-29", "2026-03-01", "2025-12-31", "2026", "2026-02", "2023-05-05", None)
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cases=st.lists(st.tuples(dates, st.none() | st.integers(15, 19), stated, arrests), min_size=20, max_size=60))
def test_ages_in_sql_are_those_of_the_rule(store, cases):
    with store.reading() as db:
        for born, age, on, began in cases:
            values = [partial(text) for text in (born, on, began)]
            [found] = db.execute(
                f"SELECT {age_group_sql('d', 't')} FROM (SELECT ? AS born_from, ? AS born_to, ? AS age, ? AS age_on_from,"
                " ? AS age_on_to) d, (SELECT ? AS began_from, ? AS began_to) t",
                (values[0].earliest, values[0].latest, age, values[1].earliest, values[1].latest, values[2].earliest,
                 values[2].latest),
            ).fetchone()  # fmt: skip
            assert found == age_group(values[2], born=values[0], age=age, age_on=values[1]), (born, age, on, began)


def test_stages_in_sql_are_those_of_the_rule(store):
    stages = (None, "unknown", "not_charged", "charged", "awaiting_trial", "on_trial", "sentenced", "appeal")
    enter(
        store, [Person(f"Persona {number}a", (Detention("2025", stage=stage),)) for number, stage in enumerate(stages)]
    )
    with asking(store) as (db, asked):
        rows = summary.summary_table(db, asked, "sentenced").rows
        assert {row[1]: row[-2] for row in rows} == Counter(sentenced_from_stage(stage) for stage in stages)


def test_a_grouping_nobody_knows_is_refused_with_the_choices(store):
    with asking(store) as (db, asked), pytest.raises(BadValue) as problem:
        summary.summary_table(db, asked, "colour")
    assert problem.value.hint == f"Use one of: {', '.join(GROUPS)}."


def test_a_summary_sorts_by_a_count_and_refuses_other_columns(store):
    enter(store, [Person("Ana Ruiz", (Detention("2025", stays=(Stay("Uno"),)),)),
        Person("Luis Vega", (Detention("2025", stays=(Stay("Dos"),)),)),
        Person("Zoé Paz", (Detention("2025", stays=(Stay("Dos"),)),))])  # fmt: skip
    with asking(store, sort="total") as (db, asked):
        assert [row[1] for row in summary.summary_table(db, asked, "facility").rows] == ["unknown", "Uno", "Dos"]
    with asking(store, sort="nobody") as (db, asked), pytest.raises(BadValue):
        summary.summary_table(db, asked, "facility")


def test_duals_stand_under_both_countries_and_once_in_the_total(store):
    enter(store, [Person("Ana Ruiz", (Detention("2025"),), nationalities=("ES", "VE"))])
    with asking(store) as (db, asked):
        table = summary.summary_table(db, asked, "nationality")
        assert [(row[1], row[-2]) for row in table.rows] == [("ES", 1), ("VE", 1), ("unknown", 0)]
        assert table.totals[-2] == 1
        assert "A person can stand in several rows; the total counts each once." in table.foot


def test_a_bulletin_that_does_not_add_up_says_which_line():
    figures = [Figure("total", "deprived", 5), Figure("sex", "male", 4), Figure("sex", "unknown", 0)]
    with pytest.raises(Problems, match=r"“Sex” comes to 4, not to 5") as problem:
        bulletin.check_breakdowns(figures, 5)
    assert problem.value.code == 5
    with pytest.raises(Problems, match=r"“Dual nationals, by countries” comes to 1, not to 2"):
        bulletin.check_breakdowns([Figure("nationality", "dual", 2), Figure("dual", "ES+VE", 1)], 2)
    with pytest.raises(Problems, match=r"“deprived of liberty at the end” comes to 9, not to 8") as problem:
        flow.check("closing", 10, ["arrests", "released_full", "released_full"], 8)
    assert problem.value.code == 5


def test_movement_is_refused_for_one_place_and_for_a_later_day(store):
    enter(store, [Person("Ana Ruiz", (Detention("2025", stays=(Stay("Uno"),)),))])
    with (
        asking(store, on="2026-02-01", facility=["Uno"]) as (db, asked),
        pytest.raises(BadValue, match="for one place"),
    ):
        bulletin.bulletin_table(db, asked, "2026-01-20")
    with asking(store, on="2026-02-01") as (db, asked), pytest.raises(BadValue, match="must lie before"):
        bulletin.bulletin_table(db, asked, "2026-02-01")


def test_movement_opens_into_names(store):
    ana = Person("Ana Ruiz", (Detention("2025", (Release("2026-01-12", "full", cited=(Cite("uno", "Foro Libre"),)),)),))
    luis = Person("Luis Vega", (Detention("2026-01-11"),))
    zoe = Person("Zoé Paz", (Detention("2025", (Release("2026-01-12", "house_arrest"),)),))
    enter(store, [ana, luis, zoe])
    with asking(store, on="2026-01-12") as (db, asked):
        moved = bulletin.list_table(db, asked, "movement", "2026-01-10")
        assert [(row[1], row[1].label, row[3]) for row in moved.rows] == [
            ("arrests", "arrested", "Luis Vega"), ("released_full", "out: full freedom", "Ana Ruiz")]  # fmt: skip
        outside = bulletin.list_table(db, asked, "outside", "2026-01-10")
        assert [(row[1], row[3]) for row in outside.rows] == [("moved_home", "Zoé Paz")]
        with pytest.raises(BadValue, match="no section"):
            bulletin.list_table(db, asked, "movement")
