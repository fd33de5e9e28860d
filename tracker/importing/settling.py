"""What the cells of a stranger's list mean as texts, settled before their fields read them.

Which order its dates have (`date_order`), what was encoded twice (`doubled`), and that a cell can name several sources.
What only the user can decide about is noted while the rest of the list is read through, then told with what it takes.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from tracker.importing.date_order import DateOrder, has_figures
from tracker.importing.doubled import Doubled
from tracker.importing.rows import Line

SEVERAL: Final = re.compile(r"\s*(?:;\s+|[\r\n|]+)\s*|[\s,;]+(?=https?://)|(?<=\S);$")
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
        for line in lines:
            cells = line.cells
            for column, text in cells.items():
                if not text.isascii():
                    cells[column] = doubled.read(text, line.number)
            for column in dated:
                if column in cells and has_figures(cells[column]):
                    cells[column] = dates.read(cells[column], line.number, column)
            if not (dates.refused or doubled.refused):
                yield from self._by_source(line)
        doubled.stop_if_any(file)
        dates.stop_if_any(file)

    @staticmethod
    def _by_source(line: Line) -> Iterator[Line]:
        """Yield a row once for each source that it names."""
        named = sources_of(line.cells.get("source", ""))
        if len(named) < 2:  # noqa: PLR2004
            yield line
            return
        for source in named:
            yield Line(line.file, line.number, {**line.cells, "source": source})


def sources_of(cell: str) -> list[str]:
    """Return the sources that a cell names, each once."""
    if len(cell) == len("".join(cell.split())) and ";" not in cell and "|" not in cell:
        return [cell] if cell else []
    return list(dict.fromkeys(part for part in SEVERAL.split(cell.strip()) if part))
