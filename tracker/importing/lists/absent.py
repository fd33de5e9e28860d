"""Who was on the version of a list before this one and is not on this, and who came back: told, acted on by order.

The version before is the one before in time, whenever it was taken in, and nobody is absent whom a later version has.
Absence is no statement. It becomes a release (between the days of the two lists, terms unstated) or an exclusion only
by order, in the name of the new list's source. Who stands on a list again after such a release was taken again in
between.
"""

import json
from collections.abc import Iterable
from typing import Final, NamedTuple

from tracker.casework.arrest import Arrest
from tracker.casework.citations import Cited
from tracker.casework.custody import add_detention, open_detention
from tracker.casework.faults import detentions_of, releases_of, stored
from tracker.casework.people_edits import exclude
from tracker.casework.release_choice import ANOTHER, Undecided
from tracker.casework.release_request import UNCITED_STATUS, Request, supported_status
from tracker.casework.releases import add_release
from tracker.domain.dates import UNKNOWN, PartialDate, partial
from tracker.domain.rules import certainly_before
from tracker.domain.same_release import agrees
from tracker.i18n import _
from tracker.importing.lists.versions import Place
from tracker.store import Change, Connection, Row

RELEASED: Final = "released"
EXCLUDED: Final = "excluded"

_OPEN: Final = """
  AND d.id NOT IN (
    SELECT json_extract(c.value, '$.id') FROM list_rows r, json_each(r.asked, '$[1]') c
    WHERE r.list IN (SELECT value FROM json_each(:but)) AND r.state = 'open')
ORDER BY d.name_key, d.id
"""
_NOT_ON: Final = """
  AND d.id NOT IN (
    SELECT detainee FROM list_rows
    WHERE list IN (SELECT value FROM json_each(:but)) AND detainee IS NOT NULL)
"""
_ABSENT: Final = f"""
SELECT d.* FROM detainees d
WHERE d.id IN (SELECT detainee FROM list_rows WHERE list = :before AND detainee IS NOT NULL)
  {_NOT_ON}
  {_OPEN}
"""
_AWAY: Final = f"""
SELECT d.* FROM detainees d
WHERE d.id IN (
    SELECT detainee FROM list_rows WHERE list IN (SELECT value FROM json_each(:earlier)) AND detainee IS NOT NULL)
  {_NOT_ON}
  {_OPEN}
"""


class Seen(NamedTuple):
    """Somebody who is on one of two versions of a list that follow each other, with the days of both.

    Without a `ref` who is on record only until the rehearsal is over.
    """

    person: Row
    ref: str | None
    before: PartialDate
    now: PartialDate


def absent(db: Connection, place: Place) -> list[Row]:
    """Return the people of the version before who are on this one as little as on any later one.

    Who may be meant by a row that waits for an answer is not among them.
    """
    if place.before is None:
        return []
    but = [place.now.id, *(one.id for one in place.later)]
    return db.execute(_ABSENT, {"before": place.before.id, "but": json.dumps(but)}).fetchall()


def away(db: Connection, place: Place) -> dict[str, Row]:
    """Return by id who was on some version before the one before this, and is not on that one."""
    if place.before is None:
        return {}
    rows = db.execute(_AWAY, {"earlier": json.dumps(place.earlier), "but": json.dumps([place.before.id])})
    return {row["id"]: row for row in rows}


def on_list(db: Connection, version: str, people: Iterable[str]) -> list[str]:
    """Return those of `people` (ids) who are on a version of a list."""
    there = {row["detainee"] for row in db.execute("SELECT detainee FROM list_rows WHERE list = ?", (version,))}
    return [person for person in people if person in there]


def between(before: PartialDate, now: PartialDate) -> PartialDate:
    """Return the date of what changed from one list to the next, known by their days: not before the one, by the other.

    The days are those of lists; where the older is not known, or does not come first, it was by the newer.
    """
    if not now.known:
        return UNKNOWN
    last = (now.text or "").rpartition("..")[2][:10]
    first = (before.text or "").partition("..")[0][:10]
    if not first or (before.earliest or "") > (now.latest or ""):
        return partial(f"..{last}")
    return partial(first if first == last else f"{first}..{last}")


def act_on(change: Change, people: list[Row], order: str, *, on: PartialDate, cited: Cited, name: str) -> int:
    """Record the absent as released, or exclude them; return of how many that could be said."""
    done = 0
    for person in people:
        if order == EXCLUDED and not person["excluded"]:
            exclude(change, person, _("no longer on the list {name}").format(name=name), cited=cited)
            done += 1
        held = open_detention(change.db, person["id"]) if order == RELEASED else None
        if held is None or certainly_before(on, stored(held, "began")):
            continue
        if not _said(change.db, person["id"], on):
            _release(change, held, on, cited)
            done += 1
    return done


def _said(db: Connection, person: str, on: PartialDate) -> bool:
    """Tell whether a release just then is on record: the order was given before."""
    asked = "SELECT 1 FROM releases r JOIN detentions d ON d.id = r.detention WHERE d.detainee = ? AND r.released IS ?"
    return db.execute(asked, (person, on.text)).fetchone() is not None


def _release(change: Change, held: Row, on: PartialDate, cited: Cited) -> None:
    """Record that a detention is said to be over: a release on record that can be meant is, else it is one more."""
    supported = supported_status(change.db, cited)
    request = Request(on=on, status=supported or UNCITED_STATUS, cited=cited, supported=supported)
    try:
        add_release(change, held["detainee"], request, detention=held["id"])
    except Undecided:
        meant = [row["ref"] for row in releases_of(change.db, held["id"]) if agrees(stored(row, "released"), on)]
        answer = meant[-1] if meant else ANOTHER
        add_release(change, held["detainee"], request, detention=held["id"], answer=answer)


def take_again(change: Change, people: list[Row], on: PartialDate, cited: Cited) -> int:
    """Record that people who are on a list again, and out by the record, were taken again; return how many were."""
    done = 0
    for person in people:
        began = [stored(row, "began") for row in detentions_of(change.db, person["id"])]
        if open_detention(change.db, person["id"]) is None and on not in began:
            add_detention(change, person["id"], Arrest(began=on.text or "unknown"), cited=cited)
            done += 1
    return done
