"""What the cells of a stranger's list mean as texts, settled before their fields read them.

Which order its dates have (`date_order`), what was encoded twice (`doubled`), and that a cell can name several sources.
What only the user can decide about is noted while the rest of the list is read through, then told with what it takes.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from tracker.importing.date_order import DateOrder, has_figures, is_iso
from tracker.importing.doubled import Doubled
from tracker.importing.rows import Line

_BETWEEN: Final = re.compile(r"\s*(?:;\s+|[\r\n|]+)\s*|[\s,;]+(?=https?://)|(?<=\S);$")
"""What parts the sources of one cell: a semicolon, a new line, or the beginning of another address."""


@dataclass(slots=True)
class Settling:
    """How the texts of a list are taken; `dates` and `doubled` know what was said about them."""

    dates: DateOrder = field(default_factory=DateOrder)
    doubled: Doubled = field(default_factory=Doubled)

    def lines(self, lines: Iterable[Line], file: str, dated: Collection[str]) -> Iterator[Line]:
        """Yield the rows, settled; `dated` are their columns of dates.

        Raises BadValue, at the end, for what only the user can decide.
        """
        dates, doubled = self.dates, self.doubled
        for line in lines:  # a million times: what is usual is told by one look
            cells = line.cells
            if not "".join(cells.values()).isascii():
                for column, text in cells.items():
                    if not text.isascii():
                        cells[column] = doubled.read(text, line.number)
            for column in dated:
                if column in cells and not is_iso(cells[column]) and has_figures(cells[column]):
                    cells[column] = dates.read(cells[column], line.number, column)
            if dates.refused or doubled.refused:
                continue
            named = sources_of(cells["source"]) if "source" in cells else ()
            if len(named) < 2:  # noqa: PLR2004
                yield line
                continue
            for source in named:
                yield Line(line.file, line.number, {**cells, "source": source})
        doubled.stop_if_any(file)
        dates.stop_if_any(file)


@lru_cache(maxsize=1024)
def sources_of(cell: str) -> tuple[str, ...]:
    """Return the sources that a cell names, each once."""
    return tuple(dict.fromkeys(part for part in _BETWEEN.split(cell.strip()) if part))
