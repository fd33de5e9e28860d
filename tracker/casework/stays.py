"""Stays: where a detention is spent, and what sources say of it."""

from tracker.casework.citations import Cited, cite
from tracker.casework.faults import called, first_effective, guarded, put_in_order, said, stays_of
from tracker.casework.values import past_date, words
from tracker.domain.vocabulary import read
from tracker.errors import Refused
from tracker.i18n import _
from tracker.matching.places import find_facility
from tracker.store import Change, Connection, Row


def read_place(db: Connection, facility: str | None, *, whereabouts_unknown: bool) -> str | None:
    """Return the id of the facility meant, None for none or for unknown whereabouts.

    Raises Refused if both are given, NotFound with near places for a facility not on record.
    """
    if facility is None:
        return None
    if whereabouts_unknown:
        raise Refused(_("A facility and unknown whereabouts contradict each other: give one of them."))
    found: str = find_facility(db, facility)["id"]
    return found


def place_name(stay: Row | None) -> str:
    """Return where a stay of `stays_of` is spent, in words."""
    if stay is None:
        return _("a place not on record")
    return _("whereabouts unknown") if stay["whereabouts_unknown"] else str(stay["facility_name"])


def add_stay(
    change: Change,
    detention: str,
    facility: str | None,
    *,
    since: str | None = None,
    cited: Cited | None = None,
    publish: str | None = None,
    note: str | None = None,
) -> str:
    """Add a stay at a facility (its id; None: whereabouts unknown) and return its id. `since` is canonical."""
    added = change.insert(
        "stays",
        {
            "detention": detention,
            "step": len(stays_of(change.db, detention)) + 1,
            "facility": facility,
            "whereabouts_unknown": int(facility is None),
            "since": since,
            "publish": publish,
            "note": note,
        },
    )
    put_in_order(change, "stays", detention, added)
    cite(change, "stays", added, cited or Cited())
    return added


def transfer(
    change: Change,
    detention: str,
    *,
    to: str | None,
    on: str | None,
    whereabouts_unknown: bool = False,
    publish: str | None = None,
    note: str | None = None,
    cited: Cited | None = None,
) -> tuple[str, str, str]:
    """Record the next stay of an open detention; return its id and the names of the places, from and to.

    `on` is a date as people write it; None or "unknown" where nobody knows. Raises Refused for a detention that is
    over, for no move at all, and for a date before the arrest.
    """
    row = change.get("detentions", detention)
    person = change.get("detainees", row["detainee"])
    ended = first_effective(change.db, detention)
    if ended is not None:
        raise Refused(
            _("{person} is not in prison on record: released on {date} ({ref}).").format(
                person=called(person), date=said(ended["released"]), ref=ended["ref"]
            ),
            hint=_("Taken again? tracker retake {ref} --on DATE").format(ref=person["ref"]),
        )
    if to is None and not whereabouts_unknown:
        raise Refused(_("Where to? Give --to PRISON or --whereabouts-unknown."))
    facility = read_place(change.db, to, whereabouts_unknown=whereabouts_unknown)
    since = past_date(change.db, on, _("The transfer"))
    stays = stays_of(change.db, detention)
    last = stays[-1] if stays else None
    if last is not None and last["facility"] == facility:
        raise Refused(
            _("{person} is there already on record: {place}, since {date} ({ref}).").format(
                person=called(person),
                place=place_name(last),
                date=last["since"] or _("the arrest"),
                ref=last["ref"],
            ),
            hint=_("Another source for it? tracker cite {ref} -s SOURCE").format(ref=last["ref"]),
        )
    level = read("publish", publish) if publish else None
    with guarded(change, person["id"]):
        added = add_stay(
            change, detention, facility, since=since, cited=cited, publish=level, note=words(note, _("note"))
        )
    new = next(stay for stay in stays_of(change.db, detention) if stay["id"] == added)
    return added, place_name(last), place_name(new)


def hold_at(change: Change, detention: str, facility: str, cited: Cited) -> str | None:
    """Take what a source says of where somebody was held: cite the last stay for it, or against.

    A stay is recorded where none was known; never a transfer. Returns a sentence where the source disagrees.
    """
    stays = stays_of(change.db, detention)
    if not stays:
        add_stay(change, detention, facility, cited=cited)
        return None
    last = stays[-1]
    if last["facility"] == facility:
        cite(change, "stays", last["id"], cited)
        return None
    name = change.get("facilities", facility)["name"]
    cite(change, "stays", last["id"], cited, field="facility", value=name, stance="disputes")
    return _("held at {recorded} on record ({ref}), at {told} by this source").format(
        recorded=place_name(last), ref=last["ref"], told=name
    )
