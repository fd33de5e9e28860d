"""One person on two rows of a list, perhaps: rows that have the name and everything else of another row.

Two rows of one list are two people unless they say the same or something ties them; but where they may well be one,
somebody is asked.
"""

from dataclasses import dataclass, field, replace
from typing import Final

from tracker.domain.names import fold
from tracker.i18n import _, ngettext
from tracker.matching.described import Described, Match
from tracker.matching.matcher import AGREEING, UNSURE, Weighed, weigh
from tracker.matching.people import people_described
from tracker.store import Connection

MARKS: Final = 1 << 26
"""Names are marked by a bit each, in 8 MB however long a list is: of a million, one in seventy is looked up in vain."""

_ADDED: Final = """
SELECT d.id, d.ref, d.name, min(r.row) AS row FROM detainees d JOIN list_rows r ON r.detainee = d.id
WHERE d.name_key = ? AND r.list = ? GROUP BY d.id ORDER BY row
"""


@dataclass(slots=True)
class Marks:
    """The names of a list that were seen: a name may be taken for seen that was not, never the other way."""

    bits: bytearray = field(default_factory=bytearray)

    def marked(self, name: str) -> bool:
        """Tell whether a name may have been seen before, and mark it."""
        if not self.bits:
            self.bits = bytearray(MARKS // 8)
        place, bit = divmod(hash(fold(name)) % MARKS, 8)
        seen = bool(self.bits[place] & 1 << bit)
        self.bits[place] |= 1 << bit
        return seen


def added_before(db: Connection, listed: str, told: Described) -> tuple[Match, ...]:
    """Return people of this name whom earlier rows of a list (its id) added, where all else agrees or is not said."""
    rows = db.execute(_ADDED, (fold(told.name or ""), listed)).fetchall()
    known = people_described(db, [row["id"] for row in rows])
    found = []
    for row in rows:
        weighed = weigh(_alone(told), _alone(known[row["id"]]))
        if _fits(weighed):
            reasons = (*weighed.names.reasons, *weighed.context.reasons)
            match = Match(row["id"], row["ref"], row["name"], row["name"], min(weighed.score, UNSURE), reasons)
            found.append(as_row(match, row["row"]))
    return tuple(found)


def next_step(rows: int) -> list[str]:
    """Return what can be done about so many rows that may be somebody of another row."""
    if not rows:
        return []
    sentence = ngettext(
        "{n} row may be a person of another row of the list. Is each name one person, say --one-person-by name.",
        "{n} rows may be people of other rows of the list. Is each name one person, say --one-person-by name.",
        rows,
    )
    return [sentence.format(n=rows)]


def as_row(match: Match, row: int) -> Match:
    """Return a candidate with the row of the list that is this person already."""
    return replace(match, reasons=(_as_row(row), *match.reasons))


@dataclass(slots=True)
class Twice:
    """Those of a list who are on no record, by name, with the first row of each."""

    rows: dict[str, list[tuple[int, Described]]] = field(default_factory=dict)

    def reasons(self, row: int, told: Described) -> tuple[str, ...]:
        """Return why a row may be somebody of an earlier one, and remember it."""
        if told.name is None:
            return ()
        others = self.rows.setdefault(fold(told.name), [])
        found = next((other for other, known in others if _fits(weigh(_alone(told), _alone(known)))), None)
        others.append((row, told))
        return () if found is None else (_as_row(found),)


def _as_row(row: int) -> str:
    return _("as row {n} of this list: the same person on two rows?").format(n=row)


def _alone(told: Described) -> Described:
    """Return what is said of somebody without the list that says it."""
    return replace(told, sources=frozenset())


def _fits(weighed: Weighed) -> bool:
    around = weighed.context
    return weighed.named and (around.agreeing >= AGREEING or not around.reasons)
