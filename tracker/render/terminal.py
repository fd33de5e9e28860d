"""The terminal: Rich, imported only here. Stored text goes in as text, never as markup.

The meaning of a row (`Table.tone`) belongs to the table; its colour belongs here. A console is built per call: one
made at import would freeze its width.

Nothing is cut: long text wraps, refs, dates and numbers do not. Columns that do not fit side by side are left out from
the right, and it is said which: half a name or a number without its last digit would be worse.
"""

from collections.abc import Sequence
from typing import IO

from rich import box
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from tracker.i18n import _, ngettext
from tracker.render import chart
from tracker.render.cells import lines, shown, width
from tracker.table import Column, Table

STYLES = {
    "held": "bold",
    "out": "green",
    "dead": "dim",
    "doubt": "yellow",
    "warning": "yellow",
    "error": "bold red",
    "total": "bold",
    "heading": "bold cyan",
    "quiet": "dim",
}
UNBROKEN = ("count", "date", "ref")
NARROWEST = {"name": 16, "text": 9}
PADDING = 2


def write(table: Table, file: IO[str]) -> None:
    """Show title, rows, totals and the foot lines; `table.total` says how many there are beyond this page."""
    console = Console(file=file, highlight=False, emoji=False, markup=False)
    if table.title:
        console.print(Text(lines(table.title), style="bold"))
    if table.chart:
        for line, tone in chart.drawn(table.chart, console.width, chart.letters(file)):
            console.print(Text(line, style=STYLES.get(tone or "", "")))
    else:
        _rows(console, table)
    for line in table.foot:
        console.print(Text(lines(line), style="dim"))


def _rows(console: Console, table: Table) -> None:
    """Show the rows, or the sentence where there are none, and how many more there are."""
    shows = [shown(column) for column in table.columns]
    rows = []
    for row in table.rows:
        style = STYLES.get(table.tone(row) or "") if table.tone else None
        rows.append(([show(cell) for show, cell in zip(shows, row, strict=True)], style))
    totals = [show(cell) for show, cell in zip(shows, table.totals, strict=True)] if table.totals else None
    if rows:
        _draw(console, table.columns, rows, totals)
    elif table.empty:
        console.print(Text(lines(table.empty)))
    if table.total is not None and len(rows) < table.total:
        page = _("1–{shown} of {total}, --limit all").format(shown=len(rows), total=table.total)
        console.print(Text(page, style="dim"))


def _draw(
    console: Console,
    columns: Sequence[Column],
    rows: Sequence[tuple[list[str], str | None]],
    totals: list[str] | None,
) -> None:
    """Draw the grid of the columns that fit, and name the others."""
    texts = [cells for cells, _style in rows] + ([totals] if totals else [])
    heads = [_head(column, [cells[place] for cells in texts]) for place, column in enumerate(columns)]
    fitting = _fitting(columns, heads, texts, console.width)
    needed = sum(max(map(width, (heads[place], *(cells[place] for cells in texts)))) + 1 for place in range(fitting))
    grid = Grid(box=box.SIMPLE_HEAD, show_footer=totals is not None, pad_edge=False, padding=(0, 1, 0, 0))
    for place, column in enumerate(columns[:fitting]):
        least = _least(column, heads[place], [cells[place] for cells in texts])
        grid.add_column(
            Text(heads[place]),
            footer=Text(totals[place], style="bold") if totals else "",
            justify="right" if column.kind == "count" else "left",
            no_wrap=column.kind in UNBROKEN,
            min_width=least,
            max_width=least if column.yields and needed > console.width else None,
            overflow="fold",
        )
    for cells, style in rows:
        grid.add_row(*map(Text, cells[:fitting]), style=style)
    console.print(grid)
    if fitting < len(columns):
        hidden = [column.key for column in columns[fitting:]]
        line = ngettext(
            "{n} column does not fit: {keys} (--columns, or a wider window).",
            "{n} columns do not fit: {keys} (--columns, or a wider window).",
            len(hidden),
        )
        console.print(Text(line.format(n=len(hidden), keys=", ".join(hidden)), style="dim"))


def _head(column: Column, cells: Sequence[str]) -> str:
    """Return a heading, its words below each other where that makes a column of short values narrower."""
    label = _(column.label)
    widest = max(map(width, cells), default=0)
    return label.replace(" ", "\n") if column.kind in UNBROKEN and width(label) > widest else label


def _least(column: Column, head: str, cells: Sequence[str]) -> int:
    """Return the fewest columns of the screen that a column can do with."""
    heading = max(map(width, head.split("\n")))
    content = max(map(width, cells), default=0)
    if column.kind in UNBROKEN:
        return max(heading, content)
    word = max((width(part) for part in head.split()), default=0)
    if column.yields:
        return max(word, *(width(part) for cell in cells for part in cell.split()), 1)
    return max(word, min(content, NARROWEST[column.kind]))


def _fitting(columns: Sequence[Column], heads: Sequence[str], texts: Sequence[list[str]], room: int) -> int:
    """Return how many columns, from the left, fit into `room` at their narrowest; at least one."""
    used = 0
    for place, column in enumerate(columns):
        used += _least(column, heads[place], [cells[place] for cells in texts]) + PADDING
        if used > room + 1:
            return max(place, 1)
    return len(columns)
