"""Every count against a separate, slow reading of the same invented record."""

import os
import random
import re
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from invented_lives import EXACT, MOMENTS, Person, a_store, detentions, enter, exact_dates, people

from tracker.domain.date_bounds import bounds
from tracker.domain.vocabulary import DEPRIVED
from tracker.reports import released, remaining
from tracker.reports.asked import asking
from tracker.reports.people import people_table

EXAMPLES = int(os.environ.get("TRACKER_REPORT_EXAMPLES", "30"))
slow = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def everybody(store, **question):
    """Each person's standing and what it rests on, as the list of people tells it."""
    columns = ["ref", "standing", "facility", "uncertain", "sex", "service", "nationalities", "tags"]
    with asking(store, columns=columns, **question) as (db, asked):
        return [dict(zip(columns, row, strict=True)) for row in people_table(db, asked).rows]


# --- remaining -------------------------------------------------------------------------------------------------------


@slow
@given(record=people(), moment=st.sampled_from(MOMENTS))
def test_remaining_lists_and_bounds_those_deprived(template_database, record, moment):
    with a_store(template_database) as store:
        enter(store, record)
        found = everybody(store, on=moment)
        held = [one for one in found if one["standing"] in DEPRIVED]
        certain = [one for one in held if set(one["uncertain"]) <= set(DEPRIVED)]
        possible = [one for one in found if {one["standing"], *one["uncertain"]} & set(DEPRIVED)]
        with asking(store, on=moment, columns=["ref"]) as (db, asked):
            table = remaining.remaining_table(db, asked)
            assert {row[0] for row in table.rows} == {one["ref"] for one in held}
            assert table.total == len(held)
            sure, most = len(certain), len(possible)
            between = f" (between {sure} and {most})" if (sure, most) != (len(held), len(held)) else ""
            assert table.title.endswith(f": {len(held)}{between}")
            doubtful = remaining.uncertain_table(db, asked)
            assert {row[0] for row in doubtful.rows} == (
                {one["ref"] for one in possible} - {one["ref"] for one in certain}
            )


def figure(text):
    """Read `712 (between 709 and 716), of whom …` back: counted, least, most."""
    numbers = [int(word) for word in re.findall(r"\d+", text.partition(",")[0])]
    return tuple(numbers) if len(numbers) > 1 else (numbers[0], numbers[0], numbers[0])


# --- released --------------------------------------------------------------------------------------------------------


def left(person, first, last):
    """When a person of one detention left, read from exact dates alone: [(moment, kind)], and the moves outside it."""
    [detention] = person.detentions
    here, home, upgraded, exits = bounds(detention.began)[0], False, [], []
    out = False
    for release in detention.releases:
        if release.status != "verified":
            continue
        here = max(here, bounds(release.on)[0])
        inside = first <= here <= last
        if release.kind == "house_arrest":
            home, out = (inside and not out) or home, False
        elif out:
            upgraded += [release.kind] if inside else []
        else:
            exits += [(here, release.kind)] if inside else []
            out = True
    return exits, home, upgraded


@slow
@given(
    lives=st.lists(detentions(exact_dates), min_size=1, max_size=4),
    window=st.lists(st.sampled_from([moment[:10] for moment in (*MOMENTS, *EXACT)]), min_size=2, max_size=2),
)
def test_released_counts_people_who_left_once(template_database, lives, window):
    record = [Person(f"Persona {'ABCD'[number]}", (life,)) for number, life in enumerate(lives)]
    first, last = f"{min(window)}T00:00", f"{max(window)}T23:59"
    told = [left(person, first, last) for person in record]
    with a_store(template_database) as store:
        enter(store, record)
        with asking(store, from_=min(window), to=max(window), columns=["name", "release_kind"]) as (db, asked):
            exits = dict(released.released_table(db, asked).rows)
            assert exits == {
                one.name: events[-1][1] for one, (events, _home, _up) in zip(record, told, strict=True) if events
            }
            home = released.released_table(db, asked, "moved_home")
            assert {row[0] for row in home.rows} == {
                one.name for one, (_events, moved, _up) in zip(record, told, strict=True) if moved
            }
            upgrades = released.released_table(db, asked, "upgrades")
            assert {row[0] for row in upgrades.rows} == {
                one.name for one, (_events, _home, up) in zip(record, told, strict=True) if up
            }


def spans(detention):
    """What each event's date allows: the arrest, then the releases that count; None where nothing is said."""
    found = [bounds(detention.began)]
    for release in detention.releases:
        if release.status == "verified":
            low, high = bounds(release.on)
            found.append((low, high or ("2026-01-13T23:59" if release.cited else "2026-03-01T23:59")))
    return [(low or "2025-12-01T00:00", high or "2026-03-01T23:59") for low, high in found]


def in_order(events):
    """Whether some completion keeps the order (one that none could is refused on entry)."""
    low = ""
    for earliest, latest in events:
        low = max(low, earliest)
        if latest < low:
            return False
    return True


def completed(person, chance):
    """The same person with every date one minute of what it may be, each event not before the one it follows."""
    [detention] = person.detentions
    allowed = spans(detention)
    moment, moments = "", []
    for place, (earliest, _latest) in enumerate(allowed):
        start = datetime.fromisoformat(max(earliest, moment))
        end = datetime.fromisoformat(min(latest for _earliest, latest in allowed[place:]))
        minutes = int((end - start).total_seconds() // 60)
        moment = (start + timedelta(minutes=chance.randint(0, minutes))).isoformat(timespec="minutes")
        moments.append(moment)
    kept = [release for release in detention.releases if release.status == "verified"]
    ends = [replace(release, on=moment) for release, moment in zip(kept, moments[1:], strict=True)]
    return replace(person, detentions=(replace(detention, began=moments[0], releases=tuple(ends)),))


@slow
@given(lives=st.lists(detentions(), min_size=1, max_size=3), seed=st.integers(0, 1000))
def test_every_completion_of_vague_dates_lies_between_the_bounds(template_database, lives, seed):
    assume(all(in_order(spans(life)) for life in lives))
    record = [Person(f"Persona {'ABC'[number]}", (replace(life, stays=()),)) for number, life in enumerate(lives)]
    first, last = "2026-01-08T00:00", "2026-01-31T23:59"
    chance = random.Random(seed)
    with a_store(template_database) as store:
        enter(store, record)
        with asking(store, from_="2026-01-08", to="2026-01-31", columns=["name"]) as (db, asked):
            title = released.released_table(db, asked).title.partition("\n")[0]
            n, low, high = figure(title.rpartition(": ")[2])
            assert low <= n <= high
            for _try in range(5):
                exact = [completed(person, chance) for person in record]
                assert low <= sum(bool(left(person, first, last)[0]) for person in exact) <= high
