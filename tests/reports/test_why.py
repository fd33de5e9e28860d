"""`why` says the truth for every standing that the record can give: held against the one definition of standing."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented_lives import EXACT, MOMENTS, Detention, Person, Release, Stay, a_store, enter, people

from tracker.domain.vocabulary import label
from tracker.reports.asked import asking
from tracker.reports.why import why_table
from tracker.reports.why_life import read_life
from tracker.reports.why_steps import before_death, custody
from tracker.store.standing import BITS, standing_cte

EXAMPLES = int(os.environ.get("TRACKER_REPORT_EXAMPLES", "40"))
slow = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
RULES = (None, "press", "wide", "monitor", str(Path(__file__).with_name("found_only.toml")))

some = people()
sentences_ending = st.lists(
    st.builds(
        lambda person, ends: Person(
            person.name,
            tuple(
                Detention(one.began, one.releases, one.stays, one.stage, texts={"sentence_ends": ends} if ends else {})
                for one in person.detentions
            ),
            person.values,
        ),
        some.map(lambda several: several[0]),
        st.sampled_from((None, "2026-01-12", "2026-01", "2026-02-08")),
    ),
    min_size=1,
    max_size=3,
)


def told(store, *detentions, on, died=None):
    """The sentences about somebody with these detentions, refs in the order they were entered."""
    enter(store, [Person("Ana Ruiz", detentions, {"died": died} if died else {})])
    with asking(store, on=on) as (db, asked):
        found = [row[1] for row in why_table(store, db, "Ana Ruiz", asked, long=True).rows]
        refs = [
            row[0] for table in ("detentions", "releases") for row in db.execute(f"SELECT ref FROM {table} ORDER BY id")
        ]
    text = "\n".join(found)
    for number, ref in enumerate(refs, 1):
        text = text.replace(ref, f"#{number}")
    return text.split("\n")


def truth(db, asked, person):
    sql = standing_cte(accepted=asked.accepted, people="SELECT :person", deprived=asked.deprived)
    params = {"moment": asked.moment, "person": person}
    found = db.execute(f"{sql} SELECT * FROM standing", params).fetchone()
    happened = db.execute(
        f"{sql} SELECT r.ref, e.counted FROM effective e JOIN releases r ON r.id = e.release", params
    ).fetchall()
    return found, [row["ref"] for row in happened if row["counted"] <= asked.moment]


@slow
@given(record=sentences_ending, moment=st.sampled_from((*MOMENTS, *EXACT)), rule=st.sampled_from(RULES))
def test_the_last_sentence_is_the_standing_and_what_else_it_could_be(template_database, record, moment, rule):
    with a_store(template_database) as store:
        ids = enter(store, record)
        with asking(store, on=moment, rule=rule) as (db, asked):
            for person in ids:
                ref = db.execute("SELECT ref FROM detainees WHERE id = ?", (person,)).fetchone()[0]
                rows = list(why_table(store, db, ref, asked, long=True).rows)
                found, releases = truth(db, asked, person)
                last, _could, others = rows[-1][1].partition(" It could also be: ")
                standing = last.split(": ", 1)[1].split(", since ")[0].removesuffix(".")
                said_since = last.partition(", since ")[2].removesuffix(".") or None
                assert standing == label("standing", found["standing"])
                assert said_since == found["since"]
                possible = {label("standing", one) for one, bit in BITS.items() if found["possible"] & bit}
                assert {*others.removesuffix(".").split(" / ")} - {""} == possible - {standing}
                text = "\n".join(row[1] for row in rows)
                assert all(one in text for one in releases)
                assert ("By this rule" in text or "said to be out: " in text) or found["said_out"] is None


@slow
@given(record=sentences_ending, moment=st.sampled_from((*MOMENTS, *EXACT)), rule=st.sampled_from(RULES))
def test_what_is_uncertain_has_a_step_that_says_what_is_open(template_database, record, moment, rule):
    with a_store(template_database) as store:
        ids = enter(store, record)
        with asking(store, on=moment, rule=rule) as (db, asked):
            for person in ids:
                life = read_life(db, asked, person)
                if life.standing["uncertain"]:
                    assert any(step.open for step in custody(life, asked.rule)), list(custody(life, asked.rule))
                if life.dead:
                    held = before_death(life) in ("detained", "whereabouts_unknown", "house_arrest")
                    assert life.standing["standing"] == ("died" if held else "deceased")


FREE = (Release("2026-01-12", "full"),)


@pytest.mark.parametrize(
    ("detentions", "reason", "standing"),
    [
        ((Detention("2025-05-01"),), "#1 decides: the only detention that had begun by 2026-02-01.", "detained"),
        (
            (Detention("2025-05-01", FREE), Detention("2026-01-20")),
            "#2 decides: the only detention begun by 2026-02-01 and not over.",
            "detained",
        ),
        (
            (Detention("2025-05-01", (), (Stay("Rodeo"),)), Detention("2026-01-20", (), (Stay(None),))),
            "#1 decides: of several not over by 2026-02-01, a known place comes first, then the later arrest.",
            "detained",
        ),
        (
            (Detention("2025-05-01", FREE), Detention("2026-01-13", (Release("2026-01-15", "bail"),))),
            "#2 decides: all were over by 2026-02-01, and its release is the latest.",
            "out under measures",
        ),
        (
            (
                Detention("2025-05-01", (Release("2026-01-12", "bail"),)),
                Detention("2025-06-01", (Release("2026-01-15"),)),
            ),
            ("#1 decides: all were over by 2026-02-01, they overlapped, and its terms are the most restrictive."),
            "out under measures",
        ),
        (
            (Detention("2025-05-01", (Release("2026-01-12", "bail"),)), Detention("2025-06-01", FREE)),
            "#1 decides: all were over by 2026-02-01 in the same minute, and its terms are the most restrictive.",
            "out under measures",
        ),
    ],
)
def test_why_a_detention_decides(store, detentions, reason, standing):
    found = told(store, *detentions, on="2026-02-01")
    assert reason in found
    assert found[-1].startswith(f"Therefore, on 2026-02-01: {standing}, since ")


def test_a_life_whose_dates_are_known_to_the_day_leaves_nothing_open(store):
    ids = enter(
        store, [Person("Ana Ruiz", (Detention("2025-05-01", FREE), Detention("2026-01-20", FREE, (Stay("Rodeo"),))))]
    )
    with asking(store, on="2026-02-01") as (db, asked):
        assert not any(step.open for step in custody(read_life(db, asked, ids[0]), asked.rule))


def test_each_kind_of_release_has_its_own_words(store):
    releases = (
        Release("2026-01", "house_arrest"),
        Release("2026-01-20", "bail", "reported"),
        Release("..2026-01-25", "bail"),
        Release("2026-01-26", "full", "retracted"),
        Release("2026-01-27..2026-01-29", "full"),
        Release(None, "full"),
    )
    found = told(store, Detention("2025", releases), on="2026-01-28")
    assert [one.partition(" (#")[0] for one in found[2:8]] == [
        "Moved to house arrest in 2026-01 (the month only): house arrest, verified",
        "Said to be out on 2026-01-20: bail, reported",
        "Left house arrest by 2026-01-25: bail, verified",
        "Said to be out on 2026-01-26: full freedom, retracted",
        "New terms between 2026-01-27 and 2026-01-29: full freedom, verified",
        "New terms on an unknown day: full freedom, verified",
    ]
    assert found[3].endswith("By this rule that does not end a detention.")
    assert found[5].endswith("It proved false: it does not count.")
    assert found[6].endswith("On 2026-01-28 this may or may not have happened; it is counted as if it had.")
    assert (
        found[-1]
        == "Therefore, on 2026-01-28: free, since 2026-01-27..2026-01-29. It could also be: out under measures."
    )


def test_a_sentence_that_ran_out_and_a_death_of_unknown_order(store):
    over = Detention("2025-05-01", texts={"sentence_ends": "2026-01-20"})
    assert "The sentence ended on 2026-01-20: still counted as held until a release, but it could be over." in told(
        store, over, on="2026-02-01"
    )


def test_whether_a_death_came_before_a_release_can_be_open(store):
    found = told(store, Detention("2025-05-01", FREE), on="2026-02-01", died="2026-01")
    assert found[3].endswith(
        "That is not before the death: it does not count. Whether this or the death came first is open."
    )
    assert found[-1] == "Therefore, on 2026-02-01: died in custody, since 2026-01. It could also be: died later."
