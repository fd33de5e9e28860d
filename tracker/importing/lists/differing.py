"""Where a list and the record differ: what is told of it, with refs that exist when it is read."""

import re
from dataclasses import dataclass
from typing import Final

from tracker.i18n import _
from tracker.importing.lists.intake import Taken
from tracker.store import Change
from tracker.store.schema import REF_LETTERS

_REF: Final = re.compile(r"\b([A-Z])-[0-9a-z]{6,}\b", re.ASCII)
_TABLES: Final = {letter: table for table, letter in REF_LETTERS.items()}
_MADE: Final = """
SELECT 1 FROM changes c JOIN {table} t ON t.id = c.row
WHERE t.ref = ? AND c."table" = '{table}' AND c.before IS NULL AND c.seq = ?
"""


@dataclass(frozen=True, slots=True)
class Passing:
    """Knows the refs of what a `rehearsal` makes: they are gone when it is over."""

    change: Change
    rehearsal: bool

    def ref(self, ref: str) -> str | None:
        """Return a ref, None for one that will not be there."""
        table = _TABLES.get(ref[:1]) if self.rehearsal else None
        if table is None:
            return ref
        made = self.change.db.execute(_MADE.format(table=table), (ref, self.change.seq)).fetchone()
        return ref if made is None else None

    def text(self, text: str) -> str:
        """Return a sentence in which such refs are told as new."""
        return _REF.sub(lambda found: self.ref(found[0]) or _("new"), text) if self.rehearsal else text


def differing(change: Change, taken: Taken, *, rehearsal: bool) -> list[tuple[int, str, str]]:
    """Return what differs, by row, and have the plan tell it so."""
    passing = Passing(change, rehearsal)
    taken.planned[:] = [
        one._replace(notes=tuple(map(passing.text, one.notes))) if one.notes else one for one in taken.planned
    ]
    return [(one.row, one.printed, note) for one in taken.planned for note in one.notes]
