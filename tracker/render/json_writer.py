"""JSON: an array of objects keyed like the CSV, streamed; several values in one cell are a list."""

import json
from typing import IO

from tracker.table import Row, Table


def write(table: Table, file: IO[str]) -> int:
    """Write the rows (and the totals, last) as one JSON array; return the number of rows."""
    keys = table.keys()
    encode = json.JSONEncoder(ensure_ascii=False).encode

    def line(row: Row) -> str:
        return encode(
            {key: list(cell) if isinstance(cell, tuple) else cell for key, cell in zip(keys, row, strict=True)}
        )

    file.write("[")
    separator = "\n"
    count = 0
    for row in table.rows:
        file.write(f"{separator} {line(row)}")
        separator = ",\n"
        count += 1
    if table.totals is not None:
        file.write(f"{separator} {line(table.totals)}")
        separator = ",\n"
    file.write("\n]\n" if separator != "\n" else "]\n")
    return count
