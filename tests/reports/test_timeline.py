"""A timeline's figures are those of `released`, `remaining` and `flow` on the same days, whatever the question."""

import os
import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented_lives import PLACES, Detention, Person, Release, a_store, detentions, enter, values
from test_crossings import RULES

from tracker.domain.periods import periods
from tracker.reports import released, remaining
from tracker.reports.asked import asking
from tracker.reports.movement import crossed
from tracker.reports.periods import Reading

slow = settings(
    max_examples=int(os.environ.get("TRACKER_REPORT_EXAMPLES", "25")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

QUESTIONS = (
    {},
    {"sex": "female"},
    {"nationality": ["ES"]},
    {"facility": [PLACES[0]]},
    {"standing": ["house_arrest"]},
    {"standing": ["free", "out"]},
    {"public": True},
    {"public": True, "facility": [PLACES[1]]},
    {"known_by": "#2"},
    {"published_by": "2026-01-12"},
)


def figures(title):
    """Read the figure of a title back: counted, at least, at most."""
    numbers = re.search(r": (\d+)(?: \(between (\d+) and (\d+)\))?", title)
    counted = int(numbers[1])
    return (counted, int(numbers[2]), int(numbers[3])) if numbers[2] else (counted, counted, counted)


def as_asked_of_each_day(store, period, question):
    """Return what the other questions say of a period."""
    day = {"from_": period.first, "to": period.last, **question}
    with asking(store, **day) as (db, asked):
        left = figures(released.released_table(db, asked).title.splitlines()[0])
        rows = [[*released.released_table(db, asked, line).rows] for line in ("exits", "reported", "announced")]
        died = released.released_table(db, asked, "died").total
        arrested = len({one.detainee for one in crossed(db, asked) if one.line in ("arrests", "retaken")})
    statuses = [row[4] for row in rows[0]]
    said = {
        "verified": statuses.count("verified"),
        "reported": statuses.count("reported") + len(rows[1]),
        "announced": statuses.count("announced") + len(rows[2]),
    }
    with asking(store, on=period.last, **question) as (db, asked):
        held = figures(remaining.remaining_table(db, asked).title)
    return (arrested, left, said, died), held


def by_the_timeline(store, cut, question):
    with asking(store, from_=cut[0].first, to=cut[-1].last, **question) as (db, asked):
        reading = Reading(db, asked)
        counted = [reading.window(one.first, one.last) for one in cut]
        held = [(one.n, one.low, one.high) for one in reading.held(cut)]
    return [
        (
            (
                one.arrests,
                (one.released.n, one.released.low, one.released.high),
                {word: one.said.get(word, 0) for word in ("verified", "reported", "announced")},
                one.died,
            ),
            at_the_end,
        )
        for one, at_the_end in zip(counted, held, strict=True)
    ]


sentences = st.sampled_from(({}, {}, {"sentence_ends": "2026-01-12"}, {"sentence_ends": "2026-01"}))
held_back = st.sampled_from((None, None, "2026-01-10", "2026-02", "2026-01-12T08:00", "2026"))


@st.composite
def records(draw):
    """People as elsewhere, and: sentences that end, releases held back until a day, people who may be named or not."""
    people = []
    for name in draw(st.lists(st.sampled_from(("Ana Ruiz", "Luis Vega", "Zoé Paz", None)), min_size=1, max_size=4)):
        spells = []
        for spell in draw(st.lists(detentions(), max_size=3)):
            releases = tuple(
                Release(one.on, one.kind, one.status, publish_from=draw(held_back), cited=one.cited)
                for one in spell.releases
            )
            spells.append(type(spell)(spell.began, releases, spell.stays, spell.stage, texts=draw(sentences)))
        more = draw(values) | {"publish": draw(st.sampled_from(("named", "anonymous", None, "withheld")))}
        people.append(Person(name, tuple(spells), more, draw(st.sampled_from(((), ("ES",), ("VE", "ES"))))))
    return people


@slow
@given(
    record=records(),
    question=st.sampled_from(QUESTIONS),
    rule=st.sampled_from(RULES),
    per=st.sampled_from((("day", "2026-01-07", "2026-01-15"), ("week", "2026-01-08", "2026-02-20"), ("month", "2025-12-20", "2026-03-01"))),
)  # fmt: skip
def test_every_figure_is_that_of_the_other_questions(template_database, record, question, rule, per):
    unit, first, last = per
    with a_store(template_database) as store:
        enter(store, [*record, Person("Iris Sol", (), nationalities=("ES",))])
        with store.reading() as db:
            known = {row[0] for row in db.execute("SELECT name FROM facilities")}
        if set(question.get("facility", ())) - known:
            return
        question = {**question, "rule": rule}
        cut = periods(f"{first}T00:00", f"{last}T23:59", unit)
        for period, (counted, held) in zip(cut, by_the_timeline(store, cut, question), strict=True):
            (arrested, *others), held_then = as_asked_of_each_day(store, period, question)
            if not question.get("facility") and not question.get("standing"):  # of those, flow cannot tell
                assert counted[0] == arrested, period
            assert (list(counted[1:]), held) == (others, held_then), period


def test_in_public_a_release_is_there_from_the_day_it_may_be_told(store):
    spell = Detention("2025-05-01", (Release("2026-01-09", publish_from="2026-01-12"),))
    enter(store, [Person("Ana Ruiz", (spell,)), Person("Luis Vega", (Detention("2025-05-01"),))])
    cut = periods("2026-01-08T00:00", "2026-01-13T23:59", "day")
    held = {public: [found[1][0] for found in by_the_timeline(store, cut, {"public": public})] for public in (0, 1)}
    assert held == {0: [2, 1, 1, 1, 1, 1], 1: [2, 2, 2, 2, 1, 1]}
