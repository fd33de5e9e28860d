"""Crossings and standing are two readings of one life: they must agree at every moment."""

import os
from itertools import pairwise
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented_lives import EXACT, MOMENTS, a_store, enter, people

from tracker.reports.asked import asking
from tracker.reports.bulletin import bulletin_table
from tracker.reports.crossings import crossings
from tracker.reports.people import people_table

EXAMPLES = int(os.environ.get("TRACKER_REPORT_EXAMPLES", "40"))
slow = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


RULES = (None, "default", "press", "wide", "monitor", str(Path(__file__).with_name("found_only.toml")))


def held_by_standing(store, moment, rule=None):
    with asking(store, on=moment, columns=["ref", "standing"], rule=rule) as (db, asked):
        return {row[0] for row in people_table(db, asked).rows if row[1] in asked.deprived}


def held_by_crossings(store, moment, rule=None):
    held = set()
    with asking(store, from_="1900-01-01", rule=rule) as (db, asked):
        refs = {row["id"]: row["ref"] for row in db.execute("SELECT id, ref FROM detainees")}
        for person in crossings(db, asked):
            last = None
            for one in person:
                if one.event.at <= moment:
                    last = one
            if last is not None and last.after:
                held.add(refs[last.event.detainee])
    return held


@slow
@given(record=people(), moment=st.sampled_from((*MOMENTS, *EXACT)), rule=st.sampled_from(RULES))
def test_who_is_deprived_by_the_crossings_so_far_is_deprived_by_standing(template_database, record, moment, rule):
    with a_store(template_database) as store:
        enter(store, record)
        with asking(store, on=moment) as (_db, asked):
            minute = asked.moment
        assert held_by_crossings(store, minute, rule) == held_by_standing(store, moment, rule)


@slow
@given(record=people(), rule=st.sampled_from(RULES))
def test_crossings_alternate(template_database, record, rule):
    with a_store(template_database) as store:
        enter(store, record)
        with asking(store, from_="1900-01-01", rule=rule) as (db, asked):
            for person in crossings(db, asked):
                assert not person[0].before
                for one, following in pairwise(person):
                    assert one.after == following.before


@slow
@given(
    record=people(),
    since=st.sampled_from(MOMENTS),
    on=st.sampled_from(("2026-02-10", "2026-02-20", "2026-03-02")),
    rule=st.sampled_from(RULES),
)
def test_a_bulletin_always_adds_up(template_database, record, since, on, rule):
    with a_store(template_database) as store:
        enter(store, record)
        if since >= on:
            return
        with asking(store, on=on, rule=rule) as (db, asked):
            rows = [
                (str(section), str(line), number) for section, line, number in bulletin_table(db, asked, since).rows
            ]
        held = len(held_by_standing(store, on, rule))
        assert ("total", "deprived", held) in rows
        for divided in ("standing", "sex", "service", "age_group", "sentenced", "nationality", "place"):
            assert sum(number for section, _line, number in rows if section == divided) == held, divided
        for part in ("foreign", "dual"):
            whole = sum(number for section, line, number in rows if (section, line) == ("nationality", part))
            assert sum(number for section, _line, number in rows if section == part) == whole, part
        moved = {line: number for section, line, number in rows if section == "movement"}
        assert (moved.pop("opening"), moved.pop("closing")) == (len(held_by_standing(store, since, rule)), held)
        came = sum(moved.pop(line, 0) for line in ("arrests", "retaken", "back_home", "found"))
        assert len(held_by_standing(store, since, rule)) + came - sum(moved.values()) == held
