"""Counts as people state them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.casework.figures import NO_NUMBER, Figure, figure_of, read_figure
from tracker.errors import BadValue


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("24", Figure(24, 24)),
        (" 0 ", Figure(0, 0)),
        ("1.234", Figure(1234, 1234)),
        ("1,234", Figure(1234, 1234)),
        ("1 234", Figure(1234, 1234)),
        ("50-80", Figure(50, 80)),
        ("50–80", Figure(50, 80)),
        ("50..80", Figure(50, 80)),
        ("50 to 80", Figure(50, 80)),
        ("50 a 80", Figure(50, 80)),
        ("between 50 and 80", Figure(50, 80)),
        ("entre 50 y 80", Figure(50, 80)),
        ("at least 80", Figure(80, None, "at least")),
        ("al menos 1.080", Figure(1080, None, "at least")),
        ("por lo menos 80", Figure(80, None, "at least")),
        ("80+", Figure(80, None, "at least")),
        ("at most 80", Figure(None, 80, "at most")),
        ("como máximo 80", Figure(None, 80, "at most")),
        ("around 40", Figure(40, 40, "around")),
        ("unos 40", Figure(40, 40, "around")),
        ("alrededor de 40", Figure(40, 40, "around")),
        ("around 40-50", Figure(40, 50, "around")),
        ("24 of 116", Figure(24, 24, None, 116)),
        ("24 out of 116", Figure(24, 24, None, 116)),
        ("24 de un total de 116", Figure(24, 24, None, 116)),
        ("at least 24 of 116", Figure(24, None, "at least", 116)),
        ("0 de 0", Figure(0, 0, None, 0)),
        ("more than 400", Figure(400, None, "at least", None, "more than")),
        ("más de 400", Figure(400, None, "at least", None, "más de")),
        ("mas de 1.400 de 2.000", Figure(1400, None, "at least", 2000, "mas de")),
        ("a little more than 40", Figure(40, None, "at least", None, "a little more than")),
        ("nearly 100", Figure(100, 100, "around", None, "nearly")),
        ("casi 100", Figure(100, 100, "around", None, "casi")),
        ("fewer than 100", Figure(None, 100, "at most", None, "fewer than")),
        ("menos de 100", Figure(None, 100, "at most", None, "menos de")),
        ("about 50", Figure(50, 50, "around")),
        ("unas 50", Figure(50, 50, "around")),
        ("cerca de 100", Figure(100, 100, "around")),
        ("hasta 100", Figure(None, 100, "at most")),
        ("no more than 100", Figure(None, 100, "at most")),
        ("no menos de 100", Figure(100, None, "at least")),
    ],
)
def test_a_stated_count_is_read(text: str, figure: Figure) -> None:
    assert read_figure(text) == figure
    assert read_figure(text.upper()) == figure


@pytest.mark.parametrize(
    "text",
    [
        "",
        "many",
        "-5",
        "80-50",
        "2.5",
        "12.34",
        "5e3",
        "٥",
        "24 of",
        "of 24",
        "117 of 116",
        "at least",
        "at least 5-9",
        "9" * 5000,
        "1" * 12,
        "24 24",
        "0x18",
        "about",
        "more than",
        "more than 50-80",
        "more than many",
        "moreover 5",
    ],
)
def test_what_is_no_count_is_refused(text: str) -> None:
    with pytest.raises(BadValue) as told:
        read_figure(text)
    assert len(told.value.message) < 300


NUMBER = st.integers(0, 10_000_000)


@given(NUMBER, NUMBER)
def test_a_range_is_read_back_whatever_joins_it(one: int, other: int) -> None:
    low, high = sorted((one, other))
    for joined in (f"{low}-{high}", f"{low} to {high}", f"entre {low} y {high}", f"{low:,} – {high:,}"):
        assert read_figure(joined) == Figure(low, high)
    if low < high:
        with pytest.raises(BadValue):
            read_figure(f"{high}-{low}")


@given(NUMBER, st.sampled_from(["at least", "at most", "around"]), st.none() | NUMBER)
def test_parts_and_words_give_the_same_figure(number: int, qualifier: str, out_of: int | None) -> None:
    text = f"{qualifier} {number}" + (f" of {out_of}" if out_of is not None else "")
    least = None if qualifier == "at most" else str(number)
    most = None if qualifier == "at least" else str(number)
    parts = (least, most, qualifier, None if out_of is None else str(out_of))
    if out_of is not None and number > out_of:
        with pytest.raises(BadValue):
            read_figure(text)
        with pytest.raises(BadValue):
            figure_of(*parts)
    else:
        assert read_figure(text) == figure_of(*parts)


def test_parts_that_contradict_each_other_are_refused() -> None:
    for parts in (
        ("5", "4", None, None),
        ("5", None, "at most", None),
        (None, "5", "at least", None),
        ("a", None, None, None),
        ("1", "1", "perhaps", None),
    ):
        with pytest.raises(BadValue):
            figure_of(*parts)
    assert figure_of(None, None, None, None) == NO_NUMBER
    assert figure_of("40", None, "unos", None) == Figure(40, 40, "around")


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        (Figure(24, 24), "24"),
        (Figure(50, 80), "50–80"),
        (Figure(80, None), "at least 80"),
        (Figure(None, 80), "at most 80"),
        (Figure(40, 40, "around"), "around 40"),
        (Figure(24, 24, None, 116), "24 of 116"),
        (NO_NUMBER, "no number"),
    ],
)
def test_a_figure_is_said_in_words(figure: Figure, said: str) -> None:
    assert figure.said == said
