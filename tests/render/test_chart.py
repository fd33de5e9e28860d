"""Charts: bars of one scale between two headings, points where they belong, in letters that the screen has."""

import io

import pytest

from tracker import render
from tracker.render.chart import DRAWN, TYPED, draw, drawn, letters
from tracker.table import Bar, Column, Table

COLUMNS = (
    Column("day", "day", "date"),
    Column("name", "stated by", "name"),
    Column("people", "held", "count"),
    Column("bar", "stated", "bar", parts=("certain", "uncertain")),
)
ROWS = (
    ("2026-01-08", "on record", "30", Bar(20, 10)),
    (None, "Comité por la Libertad de los Presos Políticos", "15", Bar(point=(15, 15))),
    ("Of another scale",),
    ("2026-01-09", "on record", "1", Bar(1, 0)),
    (None, "[red] Foro", "≥ 2", Bar(point=(2, None))),
)


def lines(made_of=DRAWN, room=60):
    return [line for line, _tone in drawn([Table(COLUMNS, ROWS, title="Held")], room, made_of)]


def test_a_chart_as_it_is_read():
    assert lines() == [
        "Held",
        "held: █ certain ▒ uncertain ● stated",
        "day         stated by                       held",
        "2026-01-08  on record                         30 ███████▒▒▒▒",
        "            Comité por la Libertad de los     15 ·····●",
        "            Presos Políticos",
        "Of another scale",
        "2026-01-09  on record                          1 █████▌",
        "            [red] Foro                       ≥ 2 ·········●▶",
    ]


def test_a_screen_without_blocks_has_letters_of_its_own():
    text = "\n".join(lines(TYPED))
    assert "  >= 2 .........o>" in text
    text.encode("latin-1")  # names keep their accents
    assert "#######====" in text
    assert letters(io.TextIOWrapper(io.BytesIO(), encoding="ascii")) == TYPED
    assert letters(io.TextIOWrapper(io.BytesIO(), encoding="utf-8")) == DRAWN
    assert letters(io.StringIO()) == DRAWN


@pytest.mark.parametrize(
    ("bar", "most", "shown"),
    [
        (Bar(10), 10, "██████████"),
        (Bar(5), 10, "█████"),
        (Bar(1), 1000, "█"),
        (Bar(0), 10, ""),
        (Bar(0), 0, ""),
        (Bar(3), 20, "█▌"),
        (Bar(5, 3, 2), 10, "█████▒▒▒░░"),
        (Bar(1, 1, 1), 1000, "█▒░"),
        (Bar(point=(0, 0)), 10, "●"),
        (Bar(point=(10, 10)), 10, "·········●"),
        (Bar(point=(0, 10)), 10, "●━━━━━━━━●"),
        (Bar(point=(10, None)), 10, "········●▶"),
        (Bar(point=(None, 10)), 10, "◀········●"),
        (Bar(point=(None, None)), 10, ""),
    ],
)
def test_bars_and_points(bar, most, shown):
    assert draw(bar, most, 10, DRAWN) == shown


@pytest.mark.parametrize("room", [20, 40, 80, 200])
def test_no_bar_is_wider_than_its_room(room):
    for line in lines(room=room):
        assert len(line) <= max(room, 60)


def test_a_person_is_shown_the_chart_and_a_machine_the_rows():
    table = Table(
        COLUMNS[:3], [("2026-01-08", "Foro", 30)], title="Held", chart=[Table(COLUMNS, ROWS)], foot=("Foot.",)
    )
    shown = {}
    for form in ("table", "csv", "json", "md"):
        file = io.StringIO(newline="")
        assert render.write(table, form, file) == 1
        shown[form] = file.getvalue()
    assert "▒▒▒▒" in shown["table"]
    assert shown["csv"] == "day,name,people\r\n2026-01-08,Foro,30\r\n"
    screen = io.StringIO()
    render.on_screen(table, screen)
    assert "█" in screen.getvalue()
    assert "[red] Foro" in screen.getvalue()
    assert "Foot." in screen.getvalue()
    assert table.pick(["day"]).chart == ()


def test_a_chart_of_nothing_is_a_heading():
    assert [line for line, _tone in drawn([Table(COLUMNS, [("2026-01-08", "on record", "0", Bar(0))])], 60, DRAWN)] == [
        "day         stated by  held",
        "2026-01-08  on record     0",
    ]
