"""One file that holds several dated lists: its rows by the column that says of which day they are, oldest first.

Such a file is read whole before the first row is taken in: its lists may stand in any order.
"""

from collections.abc import Iterable, Iterator

from tracker.casework.values import partial_date
from tracker.domain.dates import PartialDate
from tracker.errors import BadValue
from tracker.i18n import _
from tracker.importing.date_order import refuse_figures
from tracker.importing.mapping import SNAPSHOT
from tracker.importing.problems import Problems
from tracker.importing.rows import Line
from tracker.store import Connection

__all__ = ["SNAPSHOT", "split"]


def split(db: Connection, lines: Iterable[Line], problems: Problems) -> Iterator[tuple[PartialDate, list[Line]]]:
    """Yield the lists of a file, each with its day, in order of time; a row without a day goes to `problems`."""
    lists: dict[str, tuple[PartialDate, list[Line]]] = {}
    for line in lines:
        text = line.cells.get(SNAPSHOT, "").strip()
        if text not in lists:
            day = _day(db, line, text, problems)
            if day is None:
                continue
            lists[text] = (day, [])
        cells = {column: cell for column, cell in line.cells.items() if column != SNAPSHOT}
        lists[text][1].append(Line(line.file, line.number, cells))
    yield from sorted(lists.values(), key=lambda one: (one[0].earliest or "", one[0].latest or ""))


def _day(db: Connection, line: Line, text: str, problems: Problems) -> PartialDate | None:
    try:
        refuse_figures(text)
        found = partial_date(db, text)
    except BadValue as problem:
        problems.add_error(problem, file=line.file, row=line.number, column=SNAPSHOT, value=text)
        return None
    if not found.known or found.earliest is None:
        problems.add(_("Of which day is this row?"), file=line.file, row=line.number, column=SNAPSHOT)
        return None
    return found
