"""The copy that the program keeps by itself before a step that changes much."""

from collections.abc import Generator, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from tracker.cli import context
from tracker.i18n import _

if TYPE_CHECKING:
    from tracker.store import Store

MANY_ROWS: Final = 1_000
MANY_ANSWERS: Final = 100
"""An answer may join two people: a hundred of them are work that nobody wants to take apart by hand."""


def more_than(most: int, rows: Iterator[Any]) -> bool:
    """Tell whether there are more than so many rows, reading no further."""
    counted = sum(1 for _row in islice(rows, most + 1))
    if isinstance(rows, Generator):
        rows.close()  # a list is read by one at a time
    return counted > most


def keep_before(store: "Store") -> None:
    """Keep a copy of the database, if it holds anybody yet, and say where.

    Raises `DiskTrouble` where it cannot be written: nothing is changed then.
    """
    with store.reading() as db:
        if not db.execute("SELECT EXISTS (SELECT 1 FROM detainees)").fetchone()[0]:
            return
    from tracker.store.keeping import keep

    context.say(_("A copy of the record as it was: {path}").format(path=keep(store.path)))
