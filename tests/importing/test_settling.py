"""What cells mean as texts: the order of dates in figures, text that was encoded twice, several sources in a cell."""

import io
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tracker.errors import BadValue
from tracker.importing.date_order import DAY_FIRST, MONTH_FIRST, DateOrder, has_figures, refuse_figures
from tracker.importing.doubled import Doubled, looks_doubled, once
from tracker.importing.reading import open_list
from tracker.importing.reading.headers import HeaderBelow
from tracker.importing.settling import sources_of

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31))
MARKS = st.sampled_from(["/", "-", ".", " / "])
LETTERS = "áéíóúñüÁÉÍÓÚÑÜçãõâêôàèìòùëïöÿ¿¡ºª«»€–“”’…"


@given(DAYS, MARKS, st.booleans())
def test_a_day_is_read_in_the_order_declared_or_left_for_its_field_to_refuse(day, mark, padded):
    width = 2 if padded else 1
    figures = (f"{day.day:0{width}}", f"{day.month:0{width}}", str(day.year))
    text = mark.join(figures)
    assert DateOrder(DAY_FIRST).read(text, 2, "born") == day.isoformat()
    assert DateOrder(DAY_FIRST).read(f"{text}..{text}", 2, "born") == f"{day}..{day}"
    assert DateOrder(DAY_FIRST).read(f"lunes {text} 14:30", 2, "born") == f"lunes {day} 14:30"
    other = DateOrder(MONTH_FIRST).read(text, 2, "born")
    if day.day <= 12:
        assert other == f"{day.year}-{day.day:02}-{day.month:02}"
    else:
        assert other == text
        with pytest.raises(BadValue, match="does not fit"):
            refuse_figures(other)
    refuse_figures(day.isoformat())


@pytest.mark.parametrize(
    "text",
    ["2024-01-13", "2024-01-08..2024-01-10", "2024", "13 de enero de 2024", "2024/1/13", "20240113", "04/2024", ""],
)
def test_dates_with_the_year_first_or_a_month_by_name_need_no_order(text):
    assert not has_figures(text)
    assert DateOrder(DAY_FIRST).read(text, 2, "born") == text


@pytest.mark.parametrize("text", ["03/04/24", "13.1.24", "1-13-62", " 3/4/85 "])
def test_a_year_of_two_digits_is_refused_whatever_order_is_declared(text):
    assert DateOrder(DAY_FIRST).read(text, 2, "born") == text
    with pytest.raises(BadValue, match="no year in four digits"):
        refuse_figures(text)


@pytest.mark.parametrize("text", ["..13/01/2024", " 13.1.2024", "el 13-01-2024", "13/01/2024..14/01/2024"])
def test_days_are_found_within_what_stands_around_them(text):
    assert has_figures(text)
    assert not has_figures(DateOrder(DAY_FIRST).read(text, 2, "born").strip(" .el"))


@given(st.lists(DAYS, min_size=1), st.booleans())
def test_a_column_is_never_said_to_look_like_an_order_that_a_cell_of_it_contradicts(days, day_first):
    order = DateOrder()
    for row, day in enumerate(days, 2):
        parts = (day.day, day.month) if day_first else (day.month, day.day)
        order.read(f"{parts[0]}/{parts[1]}/{day.year}", row, "born")
    with pytest.raises(BadValue) as told:
        order.stop_if_any("list.csv")
    said = str(told.value.hint)
    proven = any(day.day > 12 for day in days)
    assert ("look day first" in said) == (proven and day_first)
    assert ("look month first" in said) == (proven and not day_first)


@given(st.text(f"abcdefghijklmnopqrstuvwxyzABC {LETTERS}"), st.sampled_from(["cp1252", "latin-1"]), st.integers(1, 2))
def test_text_that_was_encoded_twice_is_found_and_becomes_what_it_was(text, wrong, times):
    assume(not text.isascii() and not looks_doubled(text) and once(text) is None)
    spoiled = text
    try:
        for _time in range(times):
            spoiled = spoiled.encode().decode(wrong)
    except UnicodeDecodeError:
        assume(False)
    assert once(spoiled) == text
    repair = Doubled(wanted=True)
    assert repair.read(spoiled, 2) == text
    assert repair.repaired == 1
    refusing, keeping = Doubled(), Doubled(wanted=False)
    assert refusing.read(spoiled, 2) == keeping.read(spoiled, 2) == spoiled
    assert refusing.refused
    assert not keeping.refused


@given(st.text("abcdefghijklmnopqrstuvwxyzABCD áéíóúñüÁÉÍÓÚÑÜçãõâêôà", max_size=40))
def test_sound_text_is_never_touched(text):
    assume("Ã" not in text)
    for wanted in (None, True, False):
        doubled = Doubled(wanted)
        assert doubled.read(text, 2) == text
        assert not doubled.refused


@pytest.mark.parametrize(
    ("cell", "sources"),
    [
        ("", []),
        ("uno-2026-01-12", ["uno-2026-01-12"]),
        ("uno-2026-01-12; dos", ["uno-2026-01-12", "dos"]),
        ("uno\ndos | tres;", ["uno", "dos", "tres"]),
        ("https://a.example/x https://b.example/y", ["https://a.example/x", "https://b.example/y"]),
        ("https://a.example/x,https://b.example/y", ["https://a.example/x", "https://b.example/y"]),
        ("https://a.example/x;https://a.example/x", ["https://a.example/x"]),
        ("https://a.example/x;y=1,2", ["https://a.example/x;y=1,2"]),
        ("https://a.example/?u=https://b.example", ["https://a.example/?u=https://b.example"]),
        ("Carta de la familia", ["Carta de la familia"]),
    ],
)
def test_the_sources_of_a_cell_are_told_apart_and_an_address_stays_whole(cell, sources):
    assert list(sources_of(cell)) == sources


def reading(text, **options):
    return open_list(None, io.BytesIO(text.encode()), **options)


@pytest.mark.parametrize(
    "text",
    [
        "Lista\nnombre,sexo\nAna,f\n",
        "\n\nLista de presos;;\n;;\nnombre;sexo;edad\nAna;f;3\n",
        "Lista al 12 de enero,,Foro\nnombre,sexo,edad\nAna,f,3\n",
        "Nombre\nnombre;sexo\nAna;f\n",
    ],
)
def test_a_header_below_a_title_is_told_by_its_row_and_read_where_it_is_named(text):
    with pytest.raises(HeaderBelow) as told:
        reading(text)
    found = reading(text, header_row=told.value.row)
    assert found.header[:2] == ["nombre", "sexo"]
    assert [row.cells[0] for row in found.rows()] == ["Ana"]
    assert reading(text, header_row=told.value.first, delimiter=";").header_row == told.value.first


@pytest.mark.parametrize(
    "text",
    [
        "quién,dónde\nAna,sexo\n",
        "nombre\nAna\n",
        "quién\nnombre\n",
        "who,what,x,y,z\nname,sex,a,b,c\n",
        "nombre,x\nnombre,sexo\n",
    ],
)
def test_rows_that_only_happen_to_hold_such_words_are_no_header(text):
    assert reading(text).header_row == 1
