"""Standing: named cases, and random records against the oracle.

`TRACKER_STANDING_EXAMPLES=8000 pytest tests/store/test_standing.py -k random` is the long form.
"""

import os
import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import standing_oracle as oracle
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from standing_oracle import Answer, Citation, Detention, Person, Release, Stay

from tracker.domain.dates import bounds
from tracker.domain.vocabulary import DEPRIVED, KIND_STANDING, RESTRICTIVENESS, STATUS_RANK, keys
from tracker.store.schema import INDEXES, TABLES
from tracker.store.standing import BITS, COSTLY, standing_cte
from tracker.store.standing_unsettled import unsettled

EXAMPLES = int(os.environ.get("TRACKER_STANDING_EXAMPLES", "120"))
READ = ("detainees", "detentions", "stays", "releases", "citations", "sources", "claimants")
VERIFIED = ("verified",)


# --- a small record in memory ----------------------------------------------------------------------------------------


def empty():
    db = sqlite3.connect(":memory:", isolation_level=None, cached_statements=500)
    db.execute("PRAGMA temp_store=MEMORY")
    for table, columns in TABLES.items():
        db.execute(f"CREATE TABLE {table} ({columns}) STRICT")
    for index in INDEXES:
        if " ON changes " not in index:
            db.execute(index)
    return db


def insert(db, table, **values):
    marks = ", ".join("?" * len(values))
    db.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))


def date(name, text):
    earliest, latest = bounds(text)
    return {name: text, f"{name}_from": earliest, f"{name}_to": latest}


def cite(db, citations, **about):
    for citation in citations:
        number = db.execute("SELECT count(*) FROM sources").fetchone()[0]
        insert(db, "sources", id=f"s{number}", slug=f"s{number}", **date("published", citation.published))
        stance = "supports" if citation.supports else "disputes"
        if citation.says:
            columns = "(id, name, kind, default_status)"
            db.execute(f"INSERT OR IGNORE INTO claimants {columns} VALUES (?1, ?1, 'other', ?1)", (citation.says,))
        states = {"field": "released_on", "value": citation.released_on} if citation.released_on else {}
        voice = {"claimant": citation.says}
        insert(db, "citations", id=f"q{number}", source=f"s{number}", stance=stance, **voice, **states, **about)


def store(db, *people):
    for person in people:
        died = date("died", person.died)
        insert(db, "detainees", id=person.id, name=person.id, excluded=int(person.excluded), **died)
        for detention in person.detentions:
            store_detention(db, person, detention)


def store_detention(db, person, detention):
    dates = date("began", detention.began) | date("sentence_ends", detention.sentence_ends)
    insert(db, "detentions", id=detention.id, detainee=person.id, entered=detention.entered, **dates)
    cite(db, detention.cited, detention=detention.id)
    for step, stay in enumerate(detention.stays, 1):
        if stay.facility:
            db.execute("INSERT OR IGNORE INTO facilities (id, name) VALUES (?, ?)", (stay.facility, stay.facility))
        where = {"facility": stay.facility, "whereabouts_unknown": int(stay.facility is None)}
        insert(db, "stays", id=stay.id, detention=detention.id, step=step, **where, **date("since", stay.since))
        cite(db, stay.cited, stay=stay.id)
    for step, release in enumerate(detention.releases, 1):
        terms = {"kind": release.kind, "status": release.status, "entered": release.entered}
        insert(
            db, "releases", id=release.id, detention=detention.id, step=step, **terms, **date("released", release.on)
        )
        cite(db, release.cited, release=release.id)


FIELDS = "detainee, standing, since, detention, release, stay, facility, said_out, possible, uncertain"


def everybody(db, moment, accepted=VERIFIED, *, people=None, columns=COSTLY):
    """Ask for everybody: person → Answer. Checks the bits on the way."""
    sql = f"{standing_cte(accepted=accepted, people=people, columns=columns)} SELECT {FIELDS} FROM standing"
    found = {}
    for detainee, standing, since, detention, release, stay, facility, said, bits, uncertain in db.execute(
        sql, {"moment": moment}
    ):
        assert detainee not in found
        possible = frozenset(name for name, bit in BITS.items() if bits & bit)
        assert sum(BITS[name] for name in possible) == bits
        assert uncertain == (len(possible) > 1)
        found[detainee] = Answer(standing, since, detention, release, stay, facility, said, possible)
    return found


def ask(person, moment, accepted=VERIFIED):
    """Ask for one person alone and among all; None for an excluded one."""
    db = empty()
    store(db, person)
    found = everybody(db, moment, accepted)
    assert everybody(db, moment, accepted, people=f"SELECT '{person.id}'") == found
    return found.get(person.id)


def stands(person, moment, accepted=VERIFIED):
    """Return the counted standing, with a question mark if it is uncertain."""
    answer = ask(person, moment, accepted)
    return answer.standing + "?" * (len(answer.possible) > 1)


def one(began, *releases, stays=(), died=None, **more):
    """Return a person with one detention; `releases` as (date, kind) or Release."""
    made = tuple(
        release if isinstance(release, Release) else Release(f"r{number}", *release)
        for number, release in enumerate(releases, 1)
    )
    return Person("p", (Detention("d", began, stays=tuple(stays), releases=made, **more),), died=died)


# --- named cases -----------------------------------------------------------------------------------------------------

RETAKEN = Person(
    "p",
    (
        Detention("d1", "2025-05-23", releases=(Release("r1", "2026-02-08", "precautionary"),)),
        Detention(
            "d2",
            "2026-02-08T23:45",
            releases=(Release("r2", "2026-02-10", "house_arrest"), Release("r3", "2026-02-20", "full")),
        ),
    ),
)


@pytest.mark.parametrize(
    ("moment", "standing"),
    [
        ("2025-05-22T23:59", "none"),
        ("2025-05-23T12:00", "none or detained"),
        ("2026-02-07T23:59", "detained"),
        ("2026-02-08T00:00", "restricted?"),
        ("2026-02-08T23:44", "restricted?"),
        ("2026-02-08T23:45", "detained"),
        ("2026-02-08T23:59", "detained"),
        ("2026-02-09T23:59", "detained"),
        ("2026-02-10T12:00", "house_arrest?"),
        ("2026-02-10T23:59", "house_arrest"),
        ("2026-02-19T23:59", "house_arrest"),
        ("2026-02-20T12:00", "free?"),
        ("2026-02-20T23:59", "free"),
    ],
)
def test_freed_retaken_the_same_day_sent_home_under_arrest_and_freed_is_right_at_every_hour(moment, standing):
    answer = ask(RETAKEN, moment)
    if standing == "none or detained":
        assert answer.standing == "detained"
        assert answer.possible == {"none", "detained"}
    else:
        assert stands(RETAKEN, moment) == standing


@pytest.mark.parametrize(
    ("moment", "said"),
    [("2026-01-07T23:59", None), ("2026-01-08T00:00", "announced"), ("2026-02-14T23:59", "announced")],
)
def test_what_was_announced_for_an_earlier_day_is_still_said_after_the_release_was_verified(moment, said):
    rose = Release("r", "2026-02-15", "bail", cited=(Citation("2026-01-08", False, "2026-01-08", "announced"),))
    assert ask(one("2025-01-01", rose), moment).said_out == said


@pytest.mark.parametrize(
    ("stated", "first"),
    [
        ("2026", "2026-01-01T00:00"),
        ("2026-01", "2026-01-01T00:00"),
        ("2026-01-08T10:30", "2026-01-08T10:30"),
        ("2026-01..2026-02-03", "2026-01-01T00:00"),
        ("2026-01-08..2026-02", "2026-01-08T00:00"),
        ("..2025", "2025-12-31T23:59"),
        ("..2026-02", "2026-02-28T23:59"),
        ("..2026-01-14", "2026-01-14T23:59"),
        ("..2026-01-14T08:00", "2026-01-14T08:00"),
    ],
)
def test_a_date_that_was_stated_counts_from_the_minute_its_precision_gives(stated, first):
    release = Release("r", "2026-03-15", "bail", cited=(Citation("2026-01-08", False, stated, None),))
    before = (datetime.fromisoformat(first) - timedelta(minutes=1)).isoformat(timespec="minutes")
    assert ask(one("2025-01-01", release), first).said_out == "reported"
    assert ask(one("2025-01-01", release), before).said_out is None


def test_a_source_that_denies_the_date_or_a_release_that_proved_false_says_nobody_is_out():
    denied = Release("r", "2026-01-08", "bail", "announced", cited=(Citation(None, False, "2026-01-08", "reported"),))
    assert ask(one("2025-01-01", denied), "2026-01-20T23:59").said_out == "announced"
    false = Release("r", "2026-02-15", status="retracted", cited=(Citation(None, True, "2026-01-08", "announced"),))
    assert ask(one("2025-01-01", false), "2026-01-20T23:59").said_out is None
    home = Release("r", "2026-02-15", "house_arrest", cited=(Citation(None, False, "2026-01-08", "announced"),))
    assert ask(one("2025-01-01", home), "2026-01-20T23:59").said_out is None


def test_what_decides_goes_with_the_standing():
    answer = ask(RETAKEN, "2026-02-10T23:59")
    assert (answer.detention, answer.release, answer.since) == ("d2", "r2", "2026-02-10")
    assert ask(RETAKEN, "2026-02-09T23:59") == Answer(
        "detained", "2026-02-08T23:45", "d2", None, possible=frozenset({"detained"})
    )


@pytest.mark.parametrize("status", ["announced", "reported"])
def test_nobody_leaves_the_list_on_a_rumour(status):
    person = one("2024-02-09", Release("r", "2026-01-08", "unstated", status))
    assert ask(person, "2026-01-07T23:59").said_out is None
    answer = ask(person, "2026-01-08T23:59")
    assert (answer.standing, answer.possible, answer.said_out) == ("detained", {"detained"}, status)
    assert stands(person, "2026-01-08T23:59", ("verified", "reported", "announced")) == "out"


def test_the_highest_word_of_being_out_is_told():
    person = one(
        "2024", Release("r1", "2026-01-08", status="reported"), Release("r2", "2026-01-09", status="announced")
    )
    assert ask(person, "2026-01-08T23:59").said_out == "reported"
    assert ask(person, "2026-01-09T23:59").said_out == "reported"
    assert ask(person, "2026-01-09T23:59", ("verified", "reported")).said_out is None


def test_word_of_house_arrest_is_no_word_of_being_out():
    person = one("2024", Release("r1", "2026-01-08", "house_arrest", "reported"))
    assert ask(person, "2026-01-09T23:59").said_out is None


def test_somebody_in_house_arrest_is_said_out_only_by_a_later_release():
    before = Release("r1", "2026-01-08", "unstated", "announced")
    home = Release("r2", "2026-01-10", "house_arrest")
    after = Release("r3", "2026-01-20", "full", "reported")
    assert ask(one("2024", before, home), "2026-01-25T23:59").said_out is None
    assert ask(one("2024", before, home, after), "2026-01-25T23:59").said_out == "reported"


def test_a_retracted_release_counts_under_no_rule_and_says_nobody_out():
    person = one("2024", Release("r", "2026-01-08", status="retracted"))
    answer = ask(person, "2026-01-09T23:59", ("verified", "reported", "announced", "retracted"))
    assert (answer.standing, answer.possible, answer.said_out) == ("detained", {"detained"}, None)


@pytest.mark.parametrize(
    ("released", "before", "inside", "after"),
    [
        ("2026-02-10T10:00", "2026-02-10T09:59", None, "2026-02-10T10:00"),
        ("2026-02-10", "2026-02-09T23:59", "2026-02-10T12:00", "2026-02-10T23:59"),
        ("2026-02", "2026-01-31T23:59", "2026-02-28T23:58", "2026-02-28T23:59"),
        ("2026", "2025-12-31T23:59", "2026-07-01T23:59", "2026-12-31T23:59"),
        ("2026-02-08..2026-02-10", "2026-02-07T23:59", "2026-02-09T23:59", "2026-02-10T23:59"),
    ],
)
def test_a_date_counts_at_its_earliest_and_is_uncertain_until_its_latest(released, before, inside, after):
    person = one("2024", (released, "full"))
    assert stands(person, before) == "detained"
    if inside:
        assert stands(person, inside) == "free?"
        assert ask(person, inside).possible == {"detained", "free"}
    assert stands(person, after) == "free"


def test_a_release_by_a_day_counts_on_that_day_and_may_have_been_long_before():
    person = one("2024", ("..2026-01-14", "full"))
    assert ask(person, "2025-06-30T23:59").possible == {"detained", "free"}
    assert stands(person, "2025-06-30T23:59") == "detained?"
    assert stands(person, "2026-01-14T23:59") == "free"


def test_began_in_february_released_on_the_tenth_is_certain_on_the_fifteenth():
    person = one("2026-02", ("2026-02-10", "full"))
    assert stands(person, "2026-02-15T23:59") == "free"
    assert ask(person, "2026-02-05T23:59").possible == {"none", "detained"}


def test_a_vaguer_release_never_comes_before_the_arrest():
    person = one("2026-02-10", ("2026-02", "full"))
    assert stands(person, "2026-02-09T23:59") == "none"
    assert ask(person, "2026-02-10T23:59").possible == {"detained", "free"}


def test_an_undated_release_before_a_dated_upgrade_is_over_by_the_upgrade():
    person = one("2024", (None, "precautionary"), ("2026-02-10", "full"))
    assert ask(person, "2026-02-09T23:59").possible == {"detained", "restricted"}
    assert stands(person, "2026-02-10T23:59") == "free"


def test_an_unknown_arrest_has_begun_on_every_day_and_is_certain_from_its_first_dated_fact():
    person = one(None, stays=[Stay("y", "prison", "2025-06-01")], cited=(Citation("2025-07-01"),))
    assert ask(person, "1990-01-01T23:59").possible == {"none", "detained"}
    assert stands(person, "1990-01-01T23:59") == "detained?"
    assert stands(person, "2025-05-31T23:59") == "detained?"
    assert stands(person, "2025-06-01T23:59") == "detained"


@pytest.mark.parametrize(
    "fact",
    [
        {"cited": (Citation("2025-07-01"),)},
        {"stays": (Stay("y", "prison", cited=(Citation("2025-07-01"),)),)},
        {"releases": (Release("r", None, status="announced", cited=(Citation("2025-07-01"),)),)},
        {"releases": (Release("r", "2025-07-01", status="announced"),)},
    ],
)
def test_every_dated_fact_makes_an_unknown_arrest_certain(fact):
    person = Person("p", (Detention("d", None, **fact),))
    assert stands(person, "2025-06-30T23:59") == "detained?"
    assert stands(person, "2025-07-01T23:59") == "detained"


@pytest.mark.parametrize(
    "no_fact",
    [
        {"cited": (Citation("2025-07-01", supports=False), Citation(None))},
        {"releases": (Release("r", "2025-07-01", status="retracted"),)},
    ],
)
def test_without_a_dated_fact_an_unknown_arrest_is_certain_from_the_day_it_was_entered(no_fact):
    person = Person("p", (Detention("d", None, entered="2026-03-09", **no_fact),))
    assert stands(person, "2026-03-08T23:59") == "detained?"
    assert stands(person, "2026-03-09T23:59") == "detained"


def test_an_unknown_release_counts_when_its_first_source_was_out():
    cited = (Citation("2026-02-01"), Citation("2026-01-20"), Citation("2026-01-10", supports=False))
    person = one("2024", Release("r", None, "full", cited=cited))
    assert stands(person, "2026-01-19T23:59") == "detained?"
    assert stands(person, "2026-01-20T23:59") == "free"
    uncited = one("2024", Release("r", None, "full", entered="2026-03-01"))
    assert stands(uncited, "2026-02-28T23:59") == "detained?"
    assert stands(uncited, "2026-03-01T23:59") == "free"


def test_death_in_custody_and_death_afterwards():
    assert ask(one("2024", died="2025-10-20"), "2025-10-19T23:59").standing == "detained"
    assert stands(one("2024", died="2025-10-20"), "2025-10-20T23:59") == "died"
    assert stands(one("2024", ("2025-10-19", "full"), died="2025-10-20"), "2026-01-01T23:59") == "deceased"
    assert stands(one("2024", ("2025-10-19", "house_arrest"), died="2025-10-20"), "2026-01-01T23:59") == "died"
    assert stands(Person("p", died="2025-10-20"), "2025-10-20T23:59") == "deceased"


def test_a_death_within_vague_dates_may_have_been_in_custody_or_not():
    person = one("2024", ("2025-10", "full"), died="2025-10-20")
    assert ask(person, "2025-12-31T23:59").possible == {"died", "deceased"}
    assert ask(person, "2025-12-31T23:59").standing == "deceased"
    assert ask(person, "2025-10-20T12:00").possible == {"detained", "free", "died", "deceased"}
    same_day = one("2024", ("2025-10-20", "medical"), died="2025-10-20")
    assert (ask(same_day, "2025-12-31T23:59").standing, stands(same_day, "2025-12-31T23:59")) == ("died", "died?")


@pytest.mark.parametrize("died", ["2025-10-20", "2025-10", "..2025-11", "2025-10-20T18:00"])
def test_nobody_is_arrested_after_dying(died):
    person = one("2025-10-20", died=died)
    assert stands(person, "2025-12-31T23:59") == "died"


def test_the_dead_keep_what_decided_just_before():
    person = one("2024", stays=[Stay("y", "prison")], died="2025-10-20")
    assert ask(person, "2026-01-01T23:59") == Answer(
        "died", "2025-10-20", "d", None, "y", "prison", possible=frozenset({"died"})
    )


def test_house_arrest_is_held_and_full_freedom_after_precautionary_release_is_free():
    home = one("2024", ("2026-01-10", "house_arrest"), ("2026-02-10", "precautionary"))
    assert stands(home, "2026-01-10T23:59") == "house_arrest"
    assert stands(home, "2026-02-10T23:59") == "restricted"
    freed = one("2024", ("2026-01-10", "precautionary"), ("2026-02-10", "full"))
    assert stands(freed, "2026-02-09T23:59") == "restricted"
    answer = ask(freed, "2026-02-10T23:59")
    assert (answer.standing, answer.release, answer.since) == ("free", "r2", "2026-02-10")


def test_new_terms_that_change_nothing_do_not_begin_the_standing_anew():
    person = one("2024", ("2026-01-10", "bail"), ("2026-02-10", "conditional"))
    assert ask(person, "2026-02-11T23:59").since == "2026-01-10"
    assert ask(person, "2026-02-11T23:59").release == "r2"


def test_a_transfer_moves_the_person_and_not_the_standing():
    stays = [Stay("y1", "one"), Stay("y2", "two", "2025-05-01")]
    before, after = (ask(one("2024-07-29", stays=stays), f"2025-{day}T23:59") for day in ("04-30", "05-01"))
    assert (before.stay, before.facility, before.since) == ("y1", "one", "2024-07-29")
    assert (after.stay, after.facility, after.since) == ("y2", "two", "2024-07-29")
    assert after.possible == {"detained"}


def test_a_transfer_without_a_date_counts_when_first_stated_else_when_entered():
    stated = [Stay("y1", "one"), Stay("y2", "two", cited=(Citation("2025-05-01"),))]
    assert ask(one("2024", stays=stated), "2025-04-30T23:59").facility == "one"
    assert ask(one("2024", stays=stated), "2025-05-01T23:59").facility == "two"
    unstated = [Stay("y1", "one"), Stay("y2", "two")]
    assert ask(one("2024", stays=unstated, entered="2026-03-09"), "2026-03-08T23:59").facility == "one"
    assert ask(one("2024", stays=unstated, entered="2026-03-09"), "2026-03-09T23:59").facility == "two"


def test_whereabouts_unknown_until_located():
    person = one("2026-01-03", stays=[Stay("y1", None), Stay("y2", "prison", "2026-01-20")])
    lost, found = ask(person, "2026-01-19T23:59"), ask(person, "2026-01-20T23:59")
    assert (lost.standing, lost.since, lost.facility) == ("whereabouts_unknown", "2026-01-03", None)
    assert (found.standing, found.since, found.facility) == ("detained", "2026-01-20", "prison")
    assert ask(person, "2026-01-20T12:00").possible == {"detained", "whereabouts_unknown"}


def test_lost_from_a_known_prison():
    person = one("2024", stays=[Stay("y1", "prison"), Stay("y2", None, "2026-01-20")])
    assert stands(person, "2026-01-19T23:59") == "detained"
    assert ask(person, "2026-01-21T23:59").since == "2026-01-20"


def test_excluded_people_have_no_standing():
    assert ask(replace(one("2024"), excluded=True), "2026-01-01T23:59") is None


def test_nobody_is_anything_before_the_first_detention_or_without_one():
    nothing = Answer("none", possible=frozenset({"none"}))
    assert ask(one("2024-02-09", stays=[Stay("y", "prison")]), "2024-02-08T23:59") == nothing
    assert ask(Person("p"), "2026-01-01T23:59") == nothing


def test_a_sentence_that_has_run_out_leaves_the_person_held_and_uncertain():
    person = one("2024", sentence_ends="2026-02")
    assert stands(person, "2026-01-31T23:59") == "detained"
    assert ask(person, "2026-02-01T23:59").standing == "detained"
    assert ask(person, "2026-02-01T23:59").possible == {"detained", "out"}
    assert stands(replace(person, detentions=(replace(person.detentions[0], releases=(Release("r", "2026-01-10"),)),)), "2026-03-01T23:59") == "free"  # fmt: skip


def test_of_two_last_releases_at_once_the_more_restrictive_counts():
    first = Detention("d1", "2024-01", releases=(Release("r1", "2026-01-10", "full"),))
    second = Detention("d2", "2025-01", releases=(Release("r2", "2026-01-10", "bail"),))
    assert ask(Person("p", (first, second)), "2026-01-11T23:59").release == "r2"
    assert ask(Person("p", (second, first)), "2026-01-11T23:59").release == "r2"


def test_of_detentions_that_overlapped_the_more_restrictive_release_counts():
    first = Detention("d1", "2024-01", releases=(Release("r1", "2026-01-10", "house_arrest"),))
    second = Detention("d2", "2025-01", releases=(Release("r2", "2026-01-20", "full"),))
    answer = ask(Person("p", (first, second)), "2026-01-21T23:59")
    assert (answer.standing, answer.detention, answer.release) == ("house_arrest", "d1", "r1")
    assert answer.possible == {"house_arrest"}
    later = replace(second, began="2026-01-15")
    assert stands(Person("p", (first, later)), "2026-01-21T23:59") == "free"


def test_where_two_vague_releases_cannot_be_ordered_either_may_count():
    first = Detention("d1", "2024", releases=(Release("r1", "2026-01", "full"),))
    second = Detention("d2", "2026-01-03", releases=(Release("r2", "2026-01-10..2026-02-08", "bail"),))
    answer = ask(Person("p", (first, second)), "2026-03-01T23:59")
    assert (answer.standing, answer.possible) == ("restricted", {"free", "restricted"})


# --- what is promised of the text ------------------------------------------------------------------------------------


def test_the_bits_are_those_of_the_contract_and_cover_the_vocabulary():
    assert BITS == {
        "none": 1, "detained": 2, "whereabouts_unknown": 4, "house_arrest": 8, "restricted": 16, "free": 32,
        "out": 64, "died": 128, "deceased": 256, "escaped": 512,
    }  # fmt: skip
    assert set(KIND_STANDING.values()) <= set(BITS)
    assert set(keys("standing")) <= set(BITS)


def test_the_oracle_and_the_vocabulary_speak_of_the_same_words():
    assert oracle.LEAVES == KIND_STANDING
    assert set(DEPRIVED) == oracle.DEPRIVED
    assert sorted(RESTRICTIVENESS[name] for name in oracle.FREEST_FIRST) == [
        RESTRICTIVENESS[name] for name in oracle.FREEST_FIRST
    ]
    assert len({RESTRICTIVENESS[name] for name in oracle.FREEST_FIRST}) == len(oracle.FREEST_FIRST)
    assert sorted(STATUS_RANK, key=STATUS_RANK.__getitem__) == oracle.WEAKEST_FIRST
    words = oracle.WEAKEST_FIRST[1:]
    assert words == sorted(words), "said_out takes max() of the words"


def steps(db, sql, **params):
    """Return how many steps of its virtual machine SQLite needs: a time that is always the same."""
    count = 0

    def step():
        nonlocal count
        count += 1
        return 0

    db.set_progress_handler(step, 10)
    db.execute(sql, params).fetchall()
    db.set_progress_handler(None, 0)
    return count


def test_one_person_costs_as_little_among_many():
    sql = standing_cte(people="SELECT :person") + " SELECT * FROM standing"
    few, many = empty(), empty()
    for db, size in ((few, 3), (many, 300)):
        store(db, *(replace(RETAKEN, id=f"p{n}", detentions=with_ids(RETAKEN, f"p{n}")) for n in range(size)))
    asked = {"moment": "2026-02-10T12:00", "person": "p1"}
    assert steps(many, sql, **asked) < 1.1 * steps(few, sql, **asked)


def test_everybody_costs_in_proportion():
    sql = standing_cte() + " SELECT * FROM standing"
    costs = []
    for size in (100, 800):
        db = empty()
        dead = replace(one("2025-10", ("2025-11", "full"), stays=[Stay("y", "f")]), died="2025-11")
        shapes = [RETAKEN, dead, one(None, stays=[Stay("y", None)]), one("2024", ("2026-02", "full"))]
        for number in range(size):
            shape = shapes[number % len(shapes)]
            store(db, replace(shape, id=f"p{number}", detentions=with_ids(shape, f"p{number}")))
        costs.append(steps(db, sql, moment="2026-02-09T12:00") / size)
    assert costs[1] < 1.2 * costs[0]


def with_ids(person, prefix):
    """Return a person's detentions with ids of their own."""
    return tuple(
        replace(
            detention,
            id=prefix + detention.id,
            stays=tuple(replace(stay, id=prefix + stay.id) for stay in detention.stays),
            releases=tuple(replace(release, id=prefix + release.id) for release in detention.releases),
        )
        for detention in person.detentions
    )


# --- random records against the oracle -------------------------------------------------------------------------------

DATES = [
    "2025", "2026", "2026-01", "2026-02", "2026-02-08", "2026-02-09", "2026-02-20", "2024-12-31", "2026-02-08T23:45",
    "2026-02-09T00:00", "2026-02-08T23:46", "2026-02-01..2026-02-09", "2026-01..2026-02-08", "..2026-02-08",
    "..2026-02", "..2025", None,
]  # fmt: skip
MOMENTS = [
    "2024-12-30T12:00", "2025-06-01T23:59", "2026-01-15T23:59", "2026-02-08T00:00", "2026-02-08T12:00",
    "2026-02-08T23:44", "2026-02-08T23:45", "2026-02-08T23:46", "2026-02-08T23:59", "2026-02-09T00:00",
    "2026-02-09T23:59", "2026-02-15T23:59", "2026-02-20T23:59", "2026-03-31T23:59", "2027-01-01T00:00",
]  # fmt: skip
dates = st.sampled_from(DATES)
citations = st.just(()) | st.lists(st.builds(Citation, dates, st.booleans()), max_size=2).map(tuple)
of_release = st.just(()) | st.lists(
    st.builds(
        Citation, dates, st.booleans(), st.none() | dates, st.sampled_from([None, "announced", "reported", "verified"])
    ),
    max_size=2,
).map(tuple)
entered = st.sampled_from(["2026-01-20", "2026-02-09", "2026-03-09"])
kinds = st.sampled_from(sorted(KIND_STANDING))
statuses = st.sampled_from(["verified"] * 4 + ["announced", "reported", "retracted"])
rules = st.sampled_from([VERIFIED, ("verified", "reported"), ("verified", "reported", "announced")])


def in_time(texts):
    """Return dates in an order that casework would take; undated ones somewhere."""
    middle = "2026-02-08T23:59"
    return sorted(texts, key=lambda text: (bounds(text)[0] or bounds(text)[1] or middle, bounds(text)[1] or middle))


@st.composite
def detentions(draw, name, *, tidy):
    count, moves = draw(st.integers(0, 3)), draw(st.integers(0, 3))
    on = draw(st.lists(dates, min_size=count + 1, max_size=count + 1))
    since = draw(st.lists(dates, min_size=moves, max_size=moves))
    if tidy:
        on, since = in_time(on), in_time(since)
    return Detention(
        name,
        on[0],
        draw(entered),
        draw(st.none() | dates),
        tuple(
            Stay(f"{name}y{step}", draw(st.sampled_from([None, "f1", "f2"])), text, draw(citations))
            for step, text in enumerate(since)
        ),
        tuple(
            Release(f"{name}r{step}", text, draw(kinds), draw(statuses), draw(entered), draw(of_release))
            for step, text in enumerate(on[1:])
        ),
        draw(citations),
    )


@st.composite
def people(draw, name):
    """A person with up to three detentions; usually one that casework would take, sometimes with contradictory dates."""
    count = draw(st.sampled_from([0, 1, 1, 1, 2, 2, 3]))
    tidy = draw(st.sampled_from([True, True, True, False]))
    return Person(
        name,
        tuple(draw(detentions(f"{name}d{number}", tidy=tidy)) for number in range(count)),
        draw(st.sampled_from([None] * 2 * len(DATES) + DATES)),
        draw(st.sampled_from([False] * 19 + [True])),
    )


records = st.integers(1, 3).flatmap(lambda size: st.tuples(*(people(f"p{number}") for number in range(size))))


@pytest.fixture(scope="module")
def memory():
    db = empty()
    yield db
    db.close()


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(records, st.lists(st.sampled_from(MOMENTS), min_size=1, max_size=2, unique=True), rules)
def test_random_records_stand_as_the_oracle_says(memory, record, moments, accepted):
    memory.execute("BEGIN")
    try:
        store(memory, *record)
        for moment in moments:
            answers = {person.id: oracle.answer(person, moment, accepted) for person in record}
            expected = {name: answer for name, answer in answers.items() if answer}
            assert everybody(memory, moment, accepted) == expected
            assert everybody(memory, moment, accepted, people="SELECT id FROM detainees WHERE id < 'p1'") == {
                name: answer for name, answer in expected.items() if name < "p1"
            }
            lean = everybody(memory, moment, accepted, columns=())
            assert {name: (answer.standing, answer.possible) for name, answer in lean.items()} == {
                name: (answer.standing, answer.possible) for name, answer in expected.items()
            }
            for answer in expected.values():
                assert answer.standing in answer.possible
                event(f"{answer.standing}, {'uncertain' if len(answer.possible) > 1 else 'certain'}")
            assert the_thorough_way(memory, moment, accepted) == {
                name: (answer.detention, answer.release, answer.stay, answer.possible)
                for name, answer in expected.items()
            }
        check_events(memory, record, accepted)
    finally:
        memory.execute("ROLLBACK")


def the_thorough_way(db, moment, accepted):
    """Ask for everybody without the short cut for those who are settled."""
    status = ", ".join(f"'{one}'" for one in accepted)
    sql = "WITH " + unsettled("SELECT id FROM detainees", status, ":moment")
    rows = db.execute(f"{sql} SELECT detainee, detention, release, stay, possible FROM _unsettled", {"moment": moment})
    return {
        detainee: (*ids, frozenset(name for name, bit in BITS.items() if bits & bit)) for detainee, *ids, bits in rows
    }


def check_events(db, record, accepted):
    """The events of every detention are those of the oracle."""
    sql = standing_cte(accepted=accepted) + " SELECT detention, idx, release, counted, lo, hi FROM effective"
    found = [
        (*row[:3], *(oracle.minute(text) if text else oracle.LONG_AGO for text in row[3:]))
        for row in db.execute(sql, {"moment": ""})
    ]
    assert sorted(found) == sorted(one for person in record for one in oracle.effective(person, accepted))


@settings(max_examples=max(20, EXAMPLES // 6), deadline=None, suppress_health_check=list(HealthCheck))
@given(records, st.sampled_from(MOMENTS))
def test_the_same_text_answers_the_same_over_views_of_the_past(record, moment):
    db = empty()
    store(db, *record)
    now = everybody(db, moment)
    for table in READ:
        db.execute(f"CREATE TEMP TABLE then_{table} AS SELECT * FROM main.{table} WHERE rowid % 2")
        db.execute(f"DELETE FROM main.{table} WHERE rowid % 2")
        db.execute(
            f"CREATE TEMP VIEW {table} AS SELECT * FROM main.{table} WHERE id NOT IN (SELECT id FROM then_{table})"
            f" UNION ALL SELECT * FROM temp.then_{table}"
        )
    assert everybody(db, moment) == now
    db.close()
