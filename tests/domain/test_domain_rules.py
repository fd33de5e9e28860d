"""What may not be, checked against every completion of the partial dates in a small calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tracker import i18n
from tracker.domain import rules
from tracker.domain.dates import UNKNOWN, PartialDate, partial
from tracker.domain.rules import Spell

TODAY = date(2026, 3, 1)

# Dates of every precision around one month, so that they touch, contain and miss each other.
DATES = st.sampled_from(
    [
        *[
            None,
            "2026",
            "2025",
            "2026-01",
            "2026-02",
            "2026-02-08",
            "2026-02-09",
            "2026-02-08T23:45",
            "2026-02-10T00:00",
        ],
        *["2026-02-08..2026-02-10", "..2026-02-08", "..2026-01", "2026-01-31..2026-02", "2025-12-31", "2026-03-01"],
    ]
).map(partial)


def instants(when: PartialDate) -> set[str]:
    """Ends of the minutes a date can mean; open ends reach beyond every date used here."""
    return {when.earliest or "0000-01-01T00:00", when.latest or "9999-12-31T23:59"}


GRID = sorted(
    {minute for text in ("2025", "2026", "2026-01", "2026-02") for minute in instants(partial(text))}
    | {f"2026-02-{day:02}T{time}" for day in range(7, 12) for time in ("00:00", "00:01", "23:44", "23:45", "23:59")}
    | {"0000-01-01T00:00", "2025-12-31T00:00", "2026-01-31T00:00", "2026-03-01T00:00", "2026-03-01T23:59"}
)


def inside(when: PartialDate) -> set[str]:
    """The minutes of a small calendar that a date can mean."""
    low, high = when.earliest or "0000-01-01T00:00", when.latest or "9999-12-31T23:59"
    return {minute for minute in GRID if low <= minute <= high} | instants(when)


def completions(spell: Spell) -> list[tuple[str, str]]:
    """Every begin and end, no end before its begin; an open detention ends after everything."""
    ends = {"~"} if spell.ended is None else inside(spell.ended)
    return [(start, end) for start in inside(spell.began) for end in ends if start <= end]


def always_before(one: PartialDate, other: PartialDate) -> bool:
    return all(first < second for first in instants(one) for second in instants(other))


@pytest.mark.parametrize(
    "rule",
    [
        lambda before, after: rules.release_before_arrest(began=after, released=before),
        lambda before, after: rules.upgrade_before_release(released=after, upgraded=before),
        lambda before, after: rules.transfer_before_arrest(began=after, since=before),
        lambda before, after: rules.death_before_arrest(began=after, died=before),
        lambda before, after: rules.release_after_death(died=before, released=after),
        lambda before, after: rules.birth_after_arrest(born=after, began=before),
    ],
)
@given(one=DATES, other=DATES)
def test_only_what_is_wrong_for_every_completion_is_wrong(rule, one: PartialDate, other: PartialDate) -> None:
    found = rule(one, other)
    assert (found is not None) == always_before(one, other)
    if found is not None:
        assert str(one.text) in found
        assert str(other.text) in found


def test_a_release_in_the_month_of_the_arrest_may_be_in_order() -> None:
    assert rules.release_before_arrest(partial("2026-02-10"), partial("2026-02")) is None
    assert rules.release_before_arrest(partial("2026-02-10"), partial("2026-02-10")) is None
    found = rules.release_before_arrest(partial("2026-02-10"), partial("2026-02-09"))
    assert found == "The release (2026-02-09) lies before the arrest (2026-02-10)."


@given(DATES, DATES | st.none(), DATES, DATES | st.none())
def test_detentions_overlap_only_if_they_certainly_do(
    began_a: PartialDate, ended_a: PartialDate | None, began_b: PartialDate, ended_b: PartialDate | None
) -> None:
    a, b = Spell(began_a, ended_a), Spell(began_b, ended_b)
    found = rules.detentions_overlap(a, b)
    assert (found is None) == (rules.detentions_overlap(b, a) is None)
    if ended_a is None and ended_b is None:
        assert found is not None
        return
    lives_a, lives_b = completions(a), completions(b)
    assume(lives_a and lives_b)
    crossing = all(start_a < end_b and start_b < end_a for start_a, end_a in lives_a for start_b, end_b in lives_b)
    assert (found is not None) == crossing


def test_an_overlap_is_said_with_its_dates() -> None:
    open_one = Spell(partial("2026-02-08"))
    assert rules.detentions_overlap(open_one, Spell(UNKNOWN)) == (
        "Two detentions (from 2026-02-08 and from an unknown date) are both open."
    )
    ended = Spell(partial("2026-01"), partial("2026-02-10"))
    assert rules.detentions_overlap(open_one, ended) == (
        "Two detentions (from 2026-02-08, open and from 2026-01 to 2026-02-10) overlap."
    )


def test_retaken_in_the_minute_of_the_release_is_no_overlap() -> None:
    first = Spell(partial("2024-05"), partial("2026-02-08T23:45"))
    assert rules.detentions_overlap(first, Spell(partial("2026-02-08T23:45"))) is None
    assert rules.detentions_overlap(first, Spell(partial("2026-02-08T23:44"))) is not None
    assert rules.detentions_overlap(first, Spell(partial("2026-02-08"))) is None


@given(DATES, DATES, DATES | st.none())
def test_new_terms_fall_within_a_detention_only_if_they_certainly_do(
    changed: PartialDate, began: PartialDate, ended: PartialDate | None
) -> None:
    other = Spell(began, ended)
    lives = completions(other)
    assume(lives)
    found = rules.terms_while_detained_again(changed, other)
    within = all(start < minute < end for start, end in lives for minute in inside(changed))
    assert (found is not None) == within


def test_new_terms_within_a_detention_are_said_with_its_dates() -> None:
    assert rules.terms_while_detained_again(partial("2026-02-10"), Spell(partial("2026-02-08"))) == (
        "The new terms (2026-02-10) lie within another detention (from 2026-02-08, open)."
    )
    assert rules.terms_while_detained_again(partial("2026-02-08"), Spell(partial("2026-02-08"))) is None


def test_the_future_begins_tomorrow() -> None:
    assert not rules.is_future(partial("2026-03-01T23:59"), TODAY)
    assert not rules.is_future(partial("2026-03"), TODAY)
    assert not rules.is_future(partial("2026"), TODAY)
    assert not rules.is_future(partial("..2027"), TODAY)
    assert not rules.is_future(UNKNOWN, TODAY)
    assert rules.is_future(partial("2026-03-02"), TODAY)
    assert rules.is_future(partial("2026-04"), TODAY)
    assert rules.is_future(partial("2027..2028"), TODAY)


def test_a_stored_date_is_faulty_if_no_calendar_has_it_or_it_lies_ahead() -> None:
    assert rules.date_fault(None, TODAY) is None
    assert rules.date_fault("2026-02", TODAY) is None
    assert "February 2026 has 28 days" in str(rules.date_fault("2026-02-30", TODAY))
    assert "stored form" in str(rules.date_fault("8 Jan 2026", TODAY))
    assert rules.date_fault("2030", TODAY) == "The date 2030 lies in the future."
    assert rules.date_fault("2030", TODAY, may_be_future=True) is None


def test_a_sentence_may_have_run_out_from_its_earliest_end() -> None:
    assert rules.sentence_ran_out(partial("2026-02"), "2026-02-01T00:00")
    assert not rules.sentence_ran_out(partial("2026-02"), "2026-01-31T23:59")
    assert not rules.sentence_ran_out(UNKNOWN, "2026-01-31T23:59")


@pytest.mark.parametrize(
    ("stage", "sentenced"),
    [
        *[("not_charged", "no"), ("charged", "no"), ("awaiting_trial", "no"), ("on_trial", "no")],
        *[("sentenced", "yes"), ("appeal", "yes"), ("unknown", "unknown"), (None, "unknown")],
    ],
)
def test_sentenced_is_derived_from_the_stage(stage: str | None, sentenced: str) -> None:
    assert rules.sentenced_from_stage(stage) == sentenced


@pytest.mark.parametrize(
    ("rule", "accepted"),
    [
        ("verified", {"verified"}),
        ("reported", {"reported", "verified"}),
        ("announced", {"announced", "reported", "verified"}),
        ("retracted", {"announced", "reported", "verified"}),
    ],
)
def test_a_rule_accepts_its_status_and_higher_and_never_a_retracted_one(rule: str, accepted: set[str]) -> None:
    assert set(rules.accepted_statuses(rule)) == accepted


def test_status_rises_by_who_speaks_not_by_how_many() -> None:
    assert rules.best_status(["reported"] * 5) == "reported"
    assert rules.best_status(["announced", "verified", "reported"]) == "verified"
    assert rules.best_status([]) is None


def test_a_status_above_its_citations_is_found() -> None:
    assert rules.status_unsupported("verified", "reported")
    assert rules.status_unsupported("announced", None)
    assert not rules.status_unsupported("reported", "verified")
    assert not rules.status_unsupported("verified", "verified")
    assert not rules.status_unsupported("retracted", None)


def age_at(born: date, on: date) -> int:
    """Full years, counted birthday by birthday (born on the 28th or before, so that every year has the day)."""
    years = 0
    while born.replace(year=born.year + years + 1) <= on:
        years += 1
    return years


BIRTHS = st.dates(date(1990, 1, 1), date(2015, 12, 31)).filter(lambda day: day.day <= 28)
ARRESTS = st.dates(date(2016, 1, 1), date(2026, 3, 1))


@given(BIRTHS, ARRESTS)
def test_the_age_group_of_a_known_birthday(born: date, began: date) -> None:
    expected = "adult" if age_at(born, began) >= 18 else "adolescent"
    assert rules.age_group(partial(began.isoformat()), born=partial(born.isoformat())) == expected
    assert rules.full_years(born.isoformat(), began.isoformat()) == age_at(born, began)


@given(BIRTHS, ARRESTS, ARRESTS, st.integers(0, 2), st.integers(0, 2))
def test_a_stated_age_never_gives_the_wrong_group(
    born: date, began: date, told: date, vague_began: int, vague_told: int
) -> None:
    cut = [10, 7, 4]
    began_on, told_on = (
        partial(day.isoformat()[: cut[vague]]) for day, vague in ((began, vague_began), (told, vague_told))
    )
    truth = "adult" if age_at(born, began) >= 18 else "adolescent"
    assert rules.age_group(began_on, age=age_at(born, told), age_on=told_on) in {truth, "unknown"}
    assert rules.age_group(began_on, born=partial(born.isoformat()[: cut[vague_told]])) in {truth, "unknown"}


@given(ARRESTS, st.integers(0, 90))
def test_an_age_stated_on_the_day_of_the_arrest_decides(began: date, age: int) -> None:
    day = partial(began.isoformat())
    assert rules.age_group(day, age=age, age_on=day) == ("adult" if age >= 18 else "adolescent")


@given(BIRTHS, ARRESTS, st.integers(0, 365))
def test_ages_are_bounded_to_the_day(born: date, told: date, days: int) -> None:
    """Somebody of a stated age may be born on any day that gives that age, and on no other."""
    age = age_at(born, told)
    began = told + timedelta(days=days)
    assume(told.day <= 27 and began.day <= 27)
    possible = {
        "adult" if age_at(day, began) >= 18 else "adolescent"
        for day in (date(told.year - age - 1, 1, 1) + timedelta(days=n) for n in range(800))
        if day <= told and day.day <= 28 and age_at(day, told) == age
    }
    found = rules.age_group(partial(began.isoformat()), age=age, age_on=partial(told.isoformat()))
    assert found == (possible.pop() if len(possible) == 1 else "unknown")


@pytest.mark.parametrize(
    ("began", "born", "group"),
    [
        ("2026-02-08", "2008-02-08", "adult"),
        ("2026-02-07", "2008-02-08", "adolescent"),
        ("2026-02", "2008-02-08", "unknown"),
        ("2026-02", "2008-03", "adolescent"),
        ("2026", "2007", "adult"),
        ("2026", "2008", "unknown"),
        ("..2026-01-14", "2010", "adolescent"),
        ("..2026-01-14", "1980", "unknown"),
        ("2026", "..1980", "adult"),
        (None, "1980", "unknown"),
        ("2026-02-08", None, "unknown"),
    ],
)
def test_the_age_group_of_a_vague_birth_or_arrest(began: str | None, born: str | None, group: str) -> None:
    assert rules.age_group(partial(began), born=partial(born)) == group


def test_an_age_without_a_date_decides_nothing() -> None:
    assert rules.age_group(partial("2026-02-08"), age=17) == "unknown"
    assert rules.age_group(partial("2026-02-08"), age=17, age_on=partial("..2026-02-08")) == "unknown"


def test_a_stated_age_decides_where_the_birth_does_not() -> None:
    began = partial("2026-02-08")
    assert rules.age_group(began, born=partial("2008"), age=17, age_on=began) == "adolescent"
    assert rules.age_group(began, born=partial("2008"), age=18, age_on=began) == "adult"


def test_a_leap_day_is_no_obstacle() -> None:
    assert rules.age_group(partial("2024-02-29"), age=18, age_on=partial("2024-02-29")) == "adult"
    assert rules.age_group(partial("2024-02-29"), age=17, age_on=partial("2024-02-29")) == "adolescent"
    assert rules.age_group(partial("2026-02-28"), born=partial("2008-02-29")) == "adolescent"
    assert rules.age_group(partial("2026-03-01"), born=partial("2008-02-29")) == "adult"


def test_sentences_follow_the_language_in_force(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_catalogue", lambda language: {"an unknown date": "fecha desconocida"})
    assert "fecha desconocida" in str(rules.detentions_overlap(Spell(UNKNOWN), Spell(UNKNOWN)))
