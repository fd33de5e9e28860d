"""The terminal: Rich, imported only here. Stored text goes in as text, never as markup.

The meaning of a row (`Table.tone`) belongs to the table; its colour belongs here. A console is built per call: one
made at import would freeze its width.
"""

from typing import IO

from rich import box
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from tracker.i18n import _
from tracker.render.cells import shown
from tracker.table import Table

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


def write(table: Table, file: IO[str]) -> None:
    """Show title, rows, totals and the foot lines; `table.total` says how many there are beyond this page."""
    console = Console(file=file, highlight=False, emoji=False, markup=False)
    if table.title:
        console.print(Text(table.title, style="bold"))
    shows = [shown(column) for column in table.columns]
    grid = Grid(box=box.SIMPLE_HEAD, show_footer=table.totals is not None, pad_edge=False, padding=(0, 1))
    footers = [show(cell) for show, cell in zip(shows, table.totals, strict=True)] if table.totals else None
    for place, column in enumerate(table.columns):
        grid.add_column(
            Text(_(column.label)),
            footer=Text(footers[place], style="bold") if footers else "",
            justify="right" if column.kind == "count" else "left",
            no_wrap=column.kind in ("count", "date", "ref"),
            overflow="fold",
        )
    count = 0
    for row in table.rows:
        style = STYLES.get(table.tone(row) or "") if table.tone else None
        grid.add_row(*(Text(show(cell)) for show, cell in zip(shows, row, strict=True)), style=style)
        count += 1
    if count:
        console.print(grid)
    elif table.empty:
        console.print(Text(table.empty))
    if table.total is not None and count < table.total:
        page = _("1–{shown} of {total}, --limit all").format(shown=count, total=table.total)
        console.print(Text(page, style="dim"))
    for line in table.foot:
        console.print(Text(line, style="dim"))
