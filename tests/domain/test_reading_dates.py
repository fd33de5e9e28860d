"""Dates as people write them, in two languages; what could be read in two ways is refused."""

# ruff: noqa: DTZ001, SIM905  (local time has no zone of its own; lists of words are read more easily as words)

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.dates import UNKNOWN, bounds, converted, read_date, read_moment, read_window
from tracker.errors import BadValue

CARACAS = "America/Caracas"
TODAY = date(2026, 3, 1)
MONTHS_ES = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
MONTHS_EN = "January February March April May June July August September October November December".split()
DAYS = st.dates(min_value=date(1850, 1, 1), max_value=date(2200, 12, 31))


def text_of(words: str) -> str | None:
    return read_date(words, zone=CARACAS, today=TODAY).text


def refusal(words: str) -> BadValue:
    with pytest.raises(BadValue) as caught:
        read_date(words, zone=CARACAS, today=TODAY)
    assert caught.value.hint
    return caught.value


@pytest.mark.parametrize(
    ("words", "canonical"),
    [
        ("2024", "2024"),
        ("2024-02", "2024-02"),
        ("2024-02-16", "2024-02-16"),
        ("  2024-02-16\t", "2024-02-16"),
        ("2026‑01‑08", "2026-01-08"),
        ("２０２６-01-08", "2026-01-08"),
        ("\ufeff2026-01-08", "2026-01-08"),
        ("2026/1/8", "2026-01-08"),
        ("2026.01.08", "2026-01-08"),
        ("20260108", "2026-01-08"),
        ("20260108T23:45", "2026-01-08T23:45"),
        ("29.07.2024", "2024-07-29"),
        ("13/1/2024", "2024-01-13"),
        ("1/13/2024", "2024-01-13"),
        ("05.05.2024", "2024-05-05"),
        ("03/2024", "2024-03"),
        ("lunes 29 de julio de 2024", "2024-07-29"),
        ("Lunes, 29 de julio de 2024", "2024-07-29"),
        ("miércoles 31 de julio de 2024, 14:30", "2024-07-31T14:30"),
        ("Monday the 29th of July 2024", "2024-07-29"),
        ("mar 30 jul 2024", "2024-07-30"),
        ("mar 3 2026", "2026-03-03"),
        ("mar 2026", "2026-03"),
        ("2026/1", "2026-01"),
        ("8 Jan 2026", "2026-01-08"),
        ("8 JANUARY 2026", "2026-01-08"),
        ("8-Jan-2026", "2026-01-08"),
        ("8 of January 2026", "2026-01-08"),
        ("January 8, 2026", "2026-01-08"),
        ("Jan. 8th 2026", "2026-01-08"),
        ("the 2nd of February 2026", "2026-02-02"),
        ("Sept 2025", "2025-09"),
        ("Jan 2026", "2026-01"),
        ("8 de enero de 2026", "2026-01-08"),
        ("8 de Enero del 2026", "2026-01-08"),
        ("el 8 de enero de 2026", "2026-01-08"),
        ("8 ene 2026", "2026-01-08"),
        ("8 ene. 2026", "2026-01-08"),
        ("1.º de mayo de 2026", "2026-05-01"),
        ("1ro de mayo de 2026", "2026-05-01"),
        ("enero de 2026", "2026-01"),
        ("Setiembre 2025", "2025-09"),
        ("hoy", "2026-03-01"),
        ("Today", "2026-03-01"),
        ("ayer", "2026-02-28"),
        ("yesterday", "2026-02-28"),
        ("2026-02-08T23:45", "2026-02-08T23:45"),
        ("2026-02-08 23:45", "2026-02-08T23:45"),
        ("2026-02-08T23:45:10", "2026-02-08T23:45"),
        ("2026-02-08 23:45:59.999", "2026-02-08T23:45"),
        ("2026-02-08t9:05", "2026-02-08T09:05"),
        ("8 Feb 2026, 23:45", "2026-02-08T23:45"),
        ("hoy 14:30", "2026-03-01T14:30"),
        ("2026-02-09T03:45Z", "2026-02-08T23:45"),
        ("2026-02-09 03:45 z", "2026-02-08T23:45"),
        ("2026-02-08T20:45-07:00", "2026-02-08T23:45"),
        ("2026-02-08T20:45−0700", "2026-02-08T23:45"),
        ("2026-02-09T04:45+01", "2026-02-08T23:45"),
        ("2025-05-21..2025-05-23", "2025-05-21..2025-05-23"),
        ("21 May 2025 .. 23 May 2025", "2025-05-21..2025-05-23"),
        ("2025-05..hoy", "2025-05..2026-03-01"),
        ("..2026-01-14", "..2026-01-14"),
        (".. 14 ene 2026", "..2026-01-14"),
        ("2026-01-14..14 Jan 2026", "2026-01-14"),
        ("2026-02-09T03:45Z..2026-02-09T04:00Z", "2026-02-08T23:45..2026-02-09T00:00"),
        ("2030", "2030"),
        ("unknown", None),
        ("UNKNOWN", None),
        ("desconocido", None),
        ("desconocida", None),
    ],
)
def test_every_form_is_read_as_precise_as_it_was_written(words: str, canonical: str | None) -> None:
    assert text_of(words) == canonical


@given(DAYS)
def test_a_day_reads_alike_in_every_spelling(day: date) -> None:
    english, spanish = MONTHS_EN[day.month - 1], MONTHS_ES[day.month - 1]
    spellings = [
        day.isoformat(),
        f"{day.day} {english} {day.year}",
        f"{day.day:02} {english[:3].lower()} {day.year}",
        f"{english} {day.day}, {day.year}",
        f"{day.day} de {spanish} de {day.year}",
        f"{day.day} {spanish[:3].upper()} {day.year}",
        f"{day.year}/{day.month}/{day.day}",
    ]
    assert {text_of(spelling) for spelling in spellings} == {day.isoformat()}
    assert text_of(f"{spanish} de {day.year}") == text_of(f"{english} {day.year}") == day.isoformat()[:7]


@given(DAYS)
def test_figures_with_the_year_last_are_read_only_where_they_can_mean_one_day(day: date) -> None:
    for mark in "/-.":
        for words in (
            f"{day.day}{mark}{day.month}{mark}{day.year}",
            f"{day.month:02}{mark}{day.day:02}{mark}{day.year}",
        ):
            if day.day > 12 or day.day == day.month:
                assert text_of(words) == day.isoformat()
                continue
            error = refusal(words)
            readings = [
                word.strip(",.") for word in str(error.hint).split() if word[:4] == f"{day.year:04}" and "-" in word
            ]
            assert day.isoformat() in readings
            assert len(readings) == 2


WEEKDAYS_EN = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
WEEKDAYS_ES = "lunes martes miércoles jueves viernes sábado domingo".split()


@given(DAYS, st.integers(0, 6))
def test_a_day_of_the_week_must_fit_its_date(day: date, weekday: int) -> None:
    month = MONTHS_EN[day.month - 1]
    spellings = [
        f"{WEEKDAYS_EN[weekday]}, {day.day} {month} {day.year}",
        f"{WEEKDAYS_EN[weekday][:3]}. {month} {day.day}, {day.year}",
        f"{WEEKDAYS_ES[weekday]} {day.day} de {MONTHS_ES[day.month - 1]} de {day.year}",
        f"{WEEKDAYS_ES[weekday][:3].upper()} {day.isoformat()}",
    ]
    for words in spellings:
        if weekday == day.weekday():
            assert text_of(words) == day.isoformat()
        else:
            assert f"is a {WEEKDAYS_EN[day.weekday()]}." in refusal(words).message


@given(st.text() | st.text("0123456789-/.:TZ +,") | st.text("0189.-:, tzjanefbdr"))
def test_any_text_is_read_or_refused_with_a_sentence(words: str) -> None:
    try:
        found = read_date(words, zone=CARACAS, today=TODAY)
    except BadValue:
        assert refusal(words).message
        return
    assert (found.earliest, found.latest) == bounds(found.text)
    assert found.text is None or read_date(found.text) == found


@given(st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31)), st.integers(-14 * 60, 14 * 60))
def test_a_time_with_an_offset_is_the_same_instant_in_the_records_zone(when: datetime, minutes: int) -> None:
    when = when.replace(second=0, microsecond=0)
    there = timezone(timedelta(minutes=minutes))
    sign, ahead = "-" if minutes < 0 else "+", abs(minutes)
    words = f"{when.isoformat(timespec='minutes')}{sign}{ahead // 60:02}:{ahead % 60:02}"
    local = when.replace(tzinfo=there).astimezone(ZoneInfo("Europe/Madrid"))
    expected = local.strftime("%Y-%m-%dT%H:%M")
    assert read_date(words, zone="Europe/Madrid").text == expected
    assert converted(words, "Europe/Madrid") == expected


@pytest.mark.parametrize(
    ("words", "first", "second"),
    [
        ("03/04/2024", "2024-04-03 for 3 April 2024", "2024-03-04 for 4 March 2024"),
        ("3-4-2024", "2024-04-03 for 3 April 2024", "2024-03-04 for 4 March 2024"),
        ("03.04.24", "2024-04-03 for 3 April 2024", "2024-03-04 for 4 March 2024"),
        ("3 / 4 / 85", "1985-04-03 for 3 April 1985", "1985-03-04 for 4 March 1985"),
    ],
)
def test_an_ambiguous_date_is_refused_with_both_readings(words: str, first: str, second: str) -> None:
    error = refusal(words)
    assert "ambiguous" in error.message
    assert first in str(error.hint)
    assert second in str(error.hint)


@pytest.mark.parametrize(("words", "iso"), [("31/12/24", "2024-12-31"), ("5.5.85", "1985-05-05"), ("03/24", "2024-03")])
def test_a_year_of_two_digits_is_refused_with_the_full_one(words: str, iso: str) -> None:
    error = refusal(words)
    assert "no year in four digits" in error.message
    assert error.hint == f"Write {iso}."


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("2026-02-30", "February 2026 has 28 days"),
        ("30 Feb 2026", "February 2026 has 28 days"),
        ("2026-13-01", "no month 13"),
        ("2024-25", "no month 25"),
        ("1849-12-31", "1850 to 2200"),
        ("2026-01-08T24:00", "00:00 to 23:59"),
        ("8 Jan 2026 10:60", "00:00 to 23:59"),
        ("2200-12-31T23:59-10:00", "1850 to 2200"),
        ("8 Jan", "no year in four digits"),
        ("8 ene 26", "no year in four digits"),
        ("January 8", "no year in four digits"),
        ("8 enero 02026", "no year in four digits"),
        ("tomorrow", "lies in the future"),
        ("mañana", "lies in the future"),
        ("man\u0303ana", "lies in the future"),
        ("20260230", "February 2026 has 28 days"),
        ("20261301", "no month 13"),
        ("martes 29 de julio de 2024", "29 July 2024 is a Monday"),
        ("2026-02-08..", "no end"),
        ("2026-02-10..2026-02-08", "ends before it begins"),
        ("10 Feb 2026..2026-02-08", "ends before it begins"),
        ("", "empty"),
        (" \u200b ", "empty"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(words: str, reason: str) -> None:
    assert reason in refusal(words).message


@pytest.mark.parametrize(
    "words",
    [
        *[
            "soon",
            "99/99/2024",
            "2026010",
            "Monday",
            "lunes enero de 2026",
            "2026-01-08-09",
            "2026..2027..2028",
            "..",
            "...2026",
            "2026…2027",
            "٢٠٢٦",
        ],
        *["2026-01 23:45", "2026 10:00", "23:45", "2026-01-08T10:00+25:00", "2026-01-08T10:00+01:0", "2026-01-08T10"],
        *[
            "unknown..2026",
            "2026..unknown",
            "8 Jan 2026 Feb",
            "[bold]2026",
            "=2026",
            "-5",
            "2026-01-08\x07",
            "\ud800",
            "8",
        ],
        *["2026-1-8.5", "10:30 pm", "8 Jan 2026 10:30 pm", "2026-01/08", "8 Jan 2026?", "8 (?) Jan 2026", "~ Jan 2026"],
    ],
)
def test_other_words_are_refused_with_the_forms_that_work(words: str) -> None:
    assert "2026-01-08" in str(refusal(words).hint)


def test_the_future_word_is_told_to_wait() -> None:
    assert "a day that has come" in str(refusal("tomorrow").hint)


def test_endless_input_is_refused_at_once_and_shown_short() -> None:
    assert len(refusal("," * 100_000 + "1").message) < 200


def test_empty_is_unknown_only_where_a_date_is_optional() -> None:
    assert read_date("  ", optional=True) == UNKNOWN
    with pytest.raises(BadValue, match="empty"):
        read_date("  ")


def test_today_is_the_day_of_the_records_zone() -> None:
    before = datetime.now(ZoneInfo("Pacific/Kiritimati")).date().isoformat()
    found = read_date("today", zone="Pacific/Kiritimati").text
    after = datetime.now(ZoneInfo("Pacific/Kiritimati")).date().isoformat()
    assert found in {before, after}


@pytest.mark.parametrize("words", ["2026-02-08T23:45", "2026-02-08", "8 Jan 2026", "unknown", "..2026-01-14"])
def test_nothing_is_echoed_where_nothing_was_converted(words: str) -> None:
    assert converted(words, CARACAS) is None


def test_a_converted_time_is_echoed_in_local_form() -> None:
    assert converted("2026-02-09T03:45Z", CARACAS) == "2026-02-08T23:45"
    assert converted("2026-02-08..2026-02-10T00:30Z", CARACAS) == "2026-02-08..2026-02-09T20:30"


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("2026-01-12", "2026-01-12T23:59"),
        ("2026-01", "2026-01-31T23:59"),
        ("2026", "2026-12-31T23:59"),
        ("2026-02-08T23:45", "2026-02-08T23:45"),
        ("2026-01-08..2026-01-10", "2026-01-10T23:59"),
        ("..2026-01-14", "2026-01-14T23:59"),
        ("hoy", "2026-03-01T23:59"),
    ],
)
def test_a_moment_asked_about_is_the_end_of_what_was_named(words: str, moment: str) -> None:
    found, when = read_moment(words, zone=CARACAS, today=TODAY)
    assert found == moment == when.latest


def test_an_unknown_moment_cannot_be_asked_about() -> None:
    with pytest.raises(BadValue, match="no moment to ask about"):
        read_moment("unknown")


@pytest.mark.parametrize(
    "words", ["2026-03-02", "2026-03-02T00:00", "2026-04", "2027", "2026..2027", "..2027", "mañana"]
)
def test_a_day_that_has_not_come_cannot_be_asked_about(words: str) -> None:
    with pytest.raises(BadValue, match="lies in the future"):
        read_moment(words, zone=CARACAS, today=TODAY)


@pytest.mark.parametrize("words", ["2026-03-01T23:59", "2026-03", "2026", "2026-02..2026"])
def test_a_day_month_or_year_that_has_begun_can_be_asked_about(words: str) -> None:
    assert read_moment(words, zone=CARACAS, today=TODAY)[1].text == words


def test_a_window_runs_from_the_start_of_one_to_the_end_of_the_other() -> None:
    assert read_window("2026-01", "2026-02") == ("2026-01-01T00:00", "2026-02-28T23:59")
    assert read_window("2026-01-08", None, today=TODAY) == ("2026-01-08T00:00", "2026-03-01T23:59")
    assert read_window(None, "2026-01-08") == (None, "2026-01-08T23:59")
    assert read_window("..2026-01-08", "2026-01-08") == (None, "2026-01-08T23:59")
    assert read_window("2026-01-08T10:00", "2026-01-08T10:00") == ("2026-01-08T10:00", "2026-01-08T10:00")
    assert read_window("2026-01-08", "2026-01-08") == ("2026-01-08T00:00", "2026-01-08T23:59")


def test_a_window_without_an_end_ends_today() -> None:
    first = datetime.now(UTC).date().isoformat()
    _, last = read_window(None, None)
    assert last[:10] in {first, datetime.now(UTC).date().isoformat()}
    assert last.endswith("T23:59")


def test_a_window_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(BadValue, match="before it begins"):
        read_window("2026-02", "2026-01-31")
    with pytest.raises(BadValue, match="no moment"):
        read_window("unknown", "2026-01-31")
