"""Who was on the last version of a list and is not on this one: told, and acted on only if somebody says so.

Absence is no statement. It becomes a release (by the day of the new list, terms unstated) or an exclusion only by
order, in the name of the new list's source.
"""

from collections.abc import Collection
from typing import Final

from tracker.casework.citations import Cited
from tracker.casework.custody import open_detention
from tracker.casework.people_edits import exclude
from tracker.casework.release_request import UNCITED_STATUS, Request, supported_status
from tracker.casework.releases import add_release
from tracker.domain.dates import UNKNOWN, PartialDate, partial
from tracker.i18n import _
from tracker.store import Change, Connection, Row

RELEASED: Final = "released"
EXCLUDED: Final = "excluded"

_ABSENT: Final = """
SELECT d.* FROM detainees d
WHERE d.id IN (SELECT detainee FROM list_rows WHERE list = :before AND detainee IS NOT NULL)
  AND d.id NOT IN (SELECT detainee FROM list_rows WHERE list = :now AND detainee IS NOT NULL)
  AND d.id NOT IN (
    SELECT json_extract(c.value, '$.id') FROM list_rows r, json_each(r.asked, '$[1]') c
    WHERE r.list = :now AND r.state = 'open')
ORDER BY d.name_key, d.id
"""
_CALLED: Final = """
SELECT name_key FROM detainees WHERE id = :id UNION SELECT name_key FROM names WHERE detainee = :id
"""


def absent(db: Connection, before: str | None, now: str, unread: Collection[str] = ()) -> list[Row]:
    """Return the people of list `before` who are not on list `now` (ids).

    Who may be meant by a row that waits for an answer is not among them, nor who is called like a row that could not be
    read (`unread`, folded names).
    """
    if before is None:
        return []
    rows = db.execute(_ABSENT, {"before": before, "now": now}).fetchall()
    if not unread:
        return rows
    return [row for row in rows if not any(key in unread for (key,) in db.execute(_CALLED, {"id": row["id"]}))]


def by_then(as_of: str | None) -> PartialDate:
    """Return the date of an end known only by a list's day: by then."""
    return UNKNOWN if as_of is None or ".." in as_of else partial(f"..{as_of[:10]}")


def act_on(change: Change, people: list[Row], order: str, *, on: PartialDate, cited: Cited, name: str) -> int:
    """Record the absent as released, or exclude them; return of how many that could be said."""
    done = 0
    for person in people:
        if order == EXCLUDED and not person["excluded"]:
            exclude(change, person, _("no longer on the list {name}").format(name=name), cited=cited)
            done += 1
        held = open_detention(change.db, person["id"]) if order == RELEASED else None
        if held is not None:
            supported = supported_status(change.db, cited)
            request = Request(on=on, status=supported or UNCITED_STATUS, cited=cited, supported=supported)
            add_release(change, person["id"], request, detention=held["id"])
            done += 1
    return done
