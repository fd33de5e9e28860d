"""How many people on record share a day of arrest, a day of release, a prison: counted when asked, and only so far.

Where no index leads to the answer it is taken from a sample: whether thirty or three hundred were arrested in one night
matters, not whether it was three hundred or three hundred and ten.
"""

from collections import Counter
from functools import cached_property
from typing import Final

from tracker.matching.evidence import EVERYBODY, Shared
from tracker.store import Connection

SAMPLE: Final = 10_000
"""So many detentions are looked at for the days of arrest; all of them where there are no more."""

_LAST: Final = "SELECT max(rowid) FROM main.detentions"
_DAYS: Final = """
WITH RECURSIVE each (n) AS (SELECT 1 UNION ALL SELECT n + :step FROM each WHERE n + :step <= :last)
SELECT d.began FROM each CROSS JOIN main.detentions d ON d.rowid = each.n WHERE d.began IS NOT NULL
"""
_RELEASED: Final = """
SELECT count(*) FROM (
    SELECT 1 FROM releases
    WHERE released_from >= :date AND released_from < :beyond AND status <> 'retracted' LIMIT :most
)
"""
_HELD: Final = "SELECT count(*) FROM (SELECT 1 FROM stays WHERE facility = :id LIMIT :most)"


class Crowds:
    """The crowds of one state of the record."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._known: dict[tuple[Shared, str], int] = {}

    def sharing(self, what: Shared, value: str) -> int:
        """Return about how many share a date (as precise as it is told) or a facility (its id); 1,000 may be more."""
        key = what, value
        if key not in self._known:
            self._known[key] = self._counted(what, value)
        return self._known[key]

    def _counted(self, what: Shared, value: str) -> int:
        if what == "arrested":
            return self._arrested[value[:10]]
        asked = {"date": value[:10], "beyond": f"{value[:10]}~", "id": value, "most": EVERYBODY}
        found: int = self._db.execute(_HELD if what == "facility" else _RELEASED, asked).fetchone()[0]
        return found

    @cached_property
    def _arrested(self) -> Counter[str]:
        """How many were arrested in a year, a month, on a day."""
        last: int = self._db.execute(_LAST).fetchone()[0] or 0
        step = max(1, last // SAMPLE)
        found: Counter[str] = Counter()
        for (began,) in self._db.execute(_DAYS, {"step": step, "last": last}):
            if ".." not in began:
                found.update({began[:length] for length in (4, 7, 10)})
        return Counter({date: (count - 1) * step + 1 for date, count in found.items()})
