"""Detentions: one spell each, from arrest to its end. Retaking and death with them.

Two open detentions of one person are refused; being retaken is always a new detention. Dates and words arrive as people
write them; what may not be is refused with the dates named (`faults`).
"""

from contextlib import nullcontext
from typing import Final

from tracker.casework.arrest import FIELDS, Arrest
from tracker.casework.citations import Cited, cite
from tracker.casework.faults import (
    called,
    detentions_of,
    effective,
    first_effective,
    guarded,
    releases_of,
    said,
    stored,
)
from tracker.casework.stays import add_stay, read_place
from tracker.casework.values import line, past_date, zone
from tracker.domain.dates import partial, today_in
from tracker.domain.rules import certainly_before
from tracker.domain.vocabulary import label
from tracker.errors import Ambiguous, BadValue, NotFound, Refused
from tracker.i18n import _
from tracker.matching.who import find_person, find_record
from tracker.store import Change, Connection, Row
from tracker.store.ids import read_ref

MEASURES: Final = ("precautionary", "conditional", "bail", "medical", "house_arrest")
"""Kinds of release whose terms can be revoked."""


def open_detention(db: Connection, person: str) -> Row | None:
    """Return the person's detention that nothing has ended (`faults.accepted`), None where there is none."""
    rows = [row for row in detentions_of(db, person) if first_effective(db, row["id"]) is None]
    return rows[-1] if rows else None


def add_detention(
    change: Change,
    person: str,
    arrest: Arrest | None = None,
    *,
    facility: str | None = None,
    whereabouts_unknown: bool = False,
    since: str | None = None,
    cited: Cited | None = None,
    entered: str | None = None,
    over: bool = False,
) -> str:
    """Add a detention of a person (an id), with its first stay where a place is said, and return its id.

    `since` is when the stay began (None: with the arrest), `entered` the day the record was made (None: today). Raises
    Refused for a second open detention (unless `over`: the caller ends this one in the same change), an overlap, or
    an arrest after the death; BadValue, NotFound for a facility not on record.
    """
    cited = cited or Cited()
    values = (arrest or Arrest()).read(change.db)
    if not values.get("cause"):
        values.pop("cause", None)
    if not over:
        refuse_second(change.db, person)
    place = read_place(change.db, facility, whereabouts_unknown=whereabouts_unknown)
    held_since = past_date(change.db, since, _("The beginning of the stay"))
    today = today_in(zone(change.db)).isoformat()
    with nullcontext() if over else guarded(change, person):
        added = change.insert("detentions", {"detainee": person, "entered": entered or today, **values})
        cite(change, "detentions", added, cited)
        if place is not None or whereabouts_unknown:
            add_stay(change, added, place, since=held_since, cited=cited)
    return added


def refuse_second(db: Connection, person: str) -> None:
    """Raise Refused, with the dates, if the person has an open detention."""
    opened = open_detention(db, person)
    if opened is None:
        return
    row = db.execute("SELECT * FROM detainees WHERE id = ?", (person,)).fetchone()
    raise Refused(
        _("{person} is already detained on record, since {date} ({ref}); a second open detention is refused.").format(
            person=called(row), date=said(opened["began"]), ref=opened["ref"]
        ),
        hint=_(
            "The same arrest? tracker detention edit {ref}. Released and taken again? Record the release, then"
            " 'tracker retake'. A detention long over? Add --released-on DATE."
        ).format(ref=opened["ref"]),
    )


def edit_detention(
    change: Change, detention: str, arrest: Arrest, cited: Cited | None = None
) -> list[tuple[str, str | None, str | None]]:
    """Change what is said of a detention; return (fact, from, to) of what differs.

    The source is cited for each fact given, also for one that stays as it is. Raises Refused for dates that cannot be.
    """
    row = change.get("detentions", detention)
    values = arrest.read(change.db)
    if "cause" in values and values["cause"] is None:
        raise BadValue(_("A detention needs a cause: arrest, revocation or new_case."))
    with guarded(change, row["detainee"]):
        change.update("detentions", detention, values)
    for name, value in values.items():
        if name not in ("publish", "note") and value is not None:
            cite(change, "detentions", detention, cited or Cited(), field=FIELDS[name], value=value)
    return [(FIELDS[name], row[name], value) for name, value in values.items() if row[name] != value]


def find_detention(db: Connection, word: str, *, latest: bool = False) -> Row:
    """Return the detention that `word` means: its ref, or a person's open one, or a person's only one.

    `latest` takes the last of several that are over. Raises NotFound where there is none, Ambiguous with a line for
    each of several that are over.
    """
    ref = read_ref(word)
    if ref is not None and ref.startswith("D-"):
        return find_record(db, ref)[1]
    person = find_person(db, word)
    opened = open_detention(db, person["id"])
    if opened is not None:
        return opened
    rows = detentions_of(db, person["id"])
    if len(rows) == 1 or (rows and latest):
        return rows[-1]
    if not rows:
        raise NotFound(
            _("{person} has no detention on record.").format(person=called(person)),
            hint=_("Add it: tracker detention add {ref} --on DATE").format(ref=person["ref"]),
        )
    raise Ambiguous(
        _("{person} has {n} detentions on record:").format(person=called(person), n=len(rows)),
        candidates=[_line(db, row) for row in rows],
        hint=_("Use the ref of the one you mean. Nothing was changed."),
    )


def _line(db: Connection, row: Row) -> str:
    ended = first_effective(db, row["id"])
    if ended is None:
        return f"{row['ref']}  {said(row['began'])}"
    return _("{ref}  {began}, released {released}").format(
        ref=row["ref"], began=said(row["began"]), released=said(ended["released"])
    )


def retake(
    change: Change,
    person: str,
    arrest: Arrest,
    *,
    facility: str | None = None,
    whereabouts_unknown: bool = False,
    new_case: bool = False,
    cited: Cited | None = None,
) -> str:
    """Begin a new detention of somebody released, and return its id.

    Its cause: `new_case`, else `revocation` where the last release had terms to revoke, else `arrest`. Raises Refused
    for somebody still detained, never detained, or taken before the release.
    """
    row = change.get("detainees", person)
    opened = open_detention(change.db, person)
    if opened is not None:
        raise _still_detained(change.db, row, opened)
    rows = detentions_of(change.db, person)
    if not rows:
        raise Refused(
            _("{person} has no detention on record to be taken again from.").format(person=called(row)),
            hint=_("A first arrest: tracker detention add {ref} --on DATE").format(ref=row["ref"]),
        )
    _refuse_before_release(change.db, row, rows[-1], arrest.began)
    last = [one for one in releases_of(change.db, rows[-1]["id"]) if one["status"] != "retracted"][-1]
    cause = "new_case" if new_case else "revocation" if last["kind"] in MEASURES else "arrest"
    told = Arrest(**{name: getattr(arrest, name) for name in FIELDS if name != "cause"}, cause=arrest.cause or cause)
    return add_detention(change, person, told, facility=facility, whereabouts_unknown=whereabouts_unknown, cited=cited)


def _refuse_before_release(db: Connection, person: Row, detention: Row, began: str | None) -> None:
    """Raise Refused for somebody taken again before the release, or before its new terms; the same day is in order."""
    taken = partial(past_date(db, began, _("The arrest")))
    for n, left in enumerate(effective(db, detention["id"])):
        if not certainly_before(taken, stored(left, "released")):
            continue
        hint = _("Correct the one that is wrong: tracker release edit {ref} --on DATE")
        if n:
            hint = _(
                "Correct the date that is wrong: tracker release edit {ref} --on DATE. If it freed them from the new"
                " detention: tracker release retract {ref}, then retake, then add it anew."
            )
        raise Refused(
            _("{person} cannot be taken again on {taken}, before the release on {released} ({ref}).").format(
                person=called(person), taken=taken.text, released=left["released"], ref=left["ref"]
            ),
            hint=hint.format(ref=left["ref"]),
        )


def _still_detained(db: Connection, person: Row, opened: Row) -> Refused:
    """Return the refusal for retaking somebody whom nothing on record has freed."""
    message = _("{person} is still detained on record, since {date} ({ref}).").format(
        person=called(person), date=said(opened["began"]), ref=opened["ref"]
    )
    unverified = [row for row in releases_of(db, opened["id"]) if row["status"] != "retracted"]
    if not unverified:
        return Refused(
            message,
            hint=_("Record the release first: tracker release add {ref} --on DATE --status verified").format(
                ref=person["ref"]
            ),
        )
    release = unverified[-1]
    return Refused(
        message
        + " "
        + _("Release {ref} on {date} is only {status}.").format(
            ref=release["ref"], date=said(release["released"]), status=label("release_status", release["status"])
        ),
        hint=_(
            "Verify it first: tracker release verify {ref} -s SOURCE -c CLAIMANT. If it proved false: retract."
        ).format(ref=release["ref"]),
    )


def death(
    change: Change,
    person: str,
    *,
    on: str,
    place: str | None = None,
    cause: str | None = None,
    cited: Cited | None = None,
    correct: bool = False,
) -> None:
    """Record that a person died. `correct` changes a death on record, where only what is given changes.

    Raises Refused for an unknown date (the record says "by then": `..2026-01-14`), a date before an arrest, a second
    death.
    """
    row = change.get("detainees", person)
    if row["died"] is not None and not correct:
        raise Refused(
            _("The death of {person} is already on record: {date}.").format(person=called(row), date=row["died"]),
            hint=_(
                "Another source for it? tracker cite {ref} died_on={date} -s SOURCE. To correct it: add --correct."
            ).format(ref=row["ref"], date=row["died"]),
        )
    died = past_date(change.db, on, _("The death"))
    if died is None:
        raise Refused(
            _("A death needs a date."),
            hint=_("If only a last possible day is known, write it so: ..2026-01-14"),
        )
    given = {"died_place": line(place, _("place of death")), "died_cause": line(cause, _("cause of death"))}
    values = {"died": died, **{name: text for name, text in given.items() if text is not None}}
    with guarded(change, person):
        change.update("detainees", person, values)
    names = {"died": "died_on"}
    for name, value in values.items():
        cite(change, "detainees", person, cited or Cited(), field=names.get(name, name), value=value)
