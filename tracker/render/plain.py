"""Plain text for pipes and files: aligned, complete, uncut, without styles.

Widths come from the first rows only, so that a million rows stream in flat memory; a later, wider cell pushes its line
out of line but is never cut.
"""

from itertools import islice
from typing import IO

from tracker.i18n import _
from tracker.render import chart
from tracker.render.cells import lines, shown, width
from tracker.table import Row, Table

MEASURED_ROWS = 2_000
GAP = "  "
ROOM = 80
"""How wide a chart is."""


def write(table: Table, file: IO[str]) -> int:
    """Write title, header, rows and totals; return the number of rows."""
    shows = [shown(column) for column in table.columns]
    right = [column.kind == "count" for column in table.columns]
    labels = [_(column.label) for column in table.columns]

    def texts(row: Row) -> list[str]:
        return [show(cell).replace("\n", " ") for show, cell in zip(shows, row, strict=True)]

    rows = iter(table.rows)
    first = [texts(row) for row in islice(rows, MEASURED_ROWS)]
    last = texts(table.totals) if table.totals is not None else None
    measured = [labels, *first, *([last] if last else [])]
    widths = [max(width(line[place]) for line in measured) for place in range(len(labels))]

    def put(line: list[str]) -> None:
        padded = [
            " " * (wide - width(text)) + text if to_right else text + " " * (wide - width(text))
            for text, wide, to_right in zip(line, widths, right, strict=True)
        ]
        file.write(GAP.join(padded).rstrip() + "\n")

    if table.title:
        file.write(f"{lines(table.title)}\n\n")
    if table.chart:
        file.writelines(f"{line}\n" for line, _tone in chart.drawn(table.chart, ROOM, chart.letters(file)))
        return len(first) + sum(1 for _row in rows)
    if not first and table.empty:
        file.write(f"{lines(table.empty)}\n")
        return 0
    put(labels)
    put(["-" * wide for wide in widths])
    for line in first:
        put(line)
    count = len(first)
    for row in rows:
        put(texts(row))
        count += 1
    if last is not None:
        put(["-" * wide for wide in widths])
        put(last)
    return count
