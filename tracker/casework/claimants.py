"""Claimants: who says things. Monitors, ministries, families, the press."""

from collections.abc import Iterable

from tracker.casework.values import several, words
from tracker.domain.countries import read_country
from tracker.domain.names import clean
from tracker.domain.text import quoted
from tracker.domain.vocabulary import CLAIMANT_DEFAULT_STATUS, read
from tracker.errors import BadValue, Refused
from tracker.i18n import _
from tracker.matching.voices import claimants_called, find_claimant
from tracker.store import Change, Connection

__all__ = ["add_claimant", "add_claimant_name", "find_claimant", "read_default_status", "refuse_taken"]


def add_claimant(
    change: Change,
    name: str,
    kind: str,
    *,
    other_names: Iterable[str] = (),
    default_status: str | None = None,
    house_arrest: str | None = None,
    country: str | None = None,
    note: str | None = None,
) -> str:
    """Add a claimant and return its id. Without a `default_status`, that of its kind (DESIGN §3, release status).

    Raises Refused where one of the names belongs to another claimant, BadValue for words no vocabulary has.
    """
    name = clean(name)
    refuse_taken(change.db, name)
    kind = read("claimant_kind", kind)
    added = change.insert(
        "claimants",
        {
            "name": name,
            "kind": kind,
            "default_status": read_default_status(default_status, kind),
            "house_arrest": read("house_arrest_practice", house_arrest) if house_arrest else "unknown",
            "country": read_country(country) if country else None,
            "note": words(note, _("note")),
        },
    )
    for other in several(other_names):
        add_claimant_name(change, added, other)
    return added


def read_default_status(text: str | None, kind: str) -> str:
    """Return the status a release has on this claimant's word.

    Raises BadValue for `retracted`: nobody's word is that.
    """
    if not text:
        return CLAIMANT_DEFAULT_STATUS[kind]
    status = read("release_status", text)
    if status == "retracted":
        raise BadValue(_("A default status is announced, reported or verified; a release is retracted one by one."))
    return status


def add_claimant_name(change: Change, claimant: str, name: str) -> bool:
    """Add another name; False where the claimant is found by it already.

    Raises Refused where another claimant has it.
    """
    name = clean(name)
    if any(row["id"] == claimant for row in claimants_called(change.db, name)):
        return False
    refuse_taken(change.db, name, but=claimant)
    change.insert("claimant_names", {"claimant": claimant, "name": name})
    return True


def refuse_taken(db: Connection, name: str, but: str | None = None) -> None:
    """Raise Refused if a claimant other than `but` is called `name`."""
    for row in claimants_called(db, name):
        if row["id"] != but:
            raise Refused(
                _("{name} is already on record: {claimant} ({ref}).").format(
                    name=quoted(name), claimant=row["name"], ref=row["ref"]
                ),
                hint=_("Use that one, or give a name that tells them apart."),
            )
