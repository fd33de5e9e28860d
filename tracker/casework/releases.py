"""Releases: somebody leaves prison, or is out on new terms.

`add_release` takes one statement about one person and decides with the rule of `domain.same_release` whether it is a
release on record (the citation is added), an upgrade, or a release of its own. Nothing is recorded twice, and no source
is lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from tracker.casework.arrest import Arrest
from tracker.casework.citations import cite
from tracker.casework.custody import add_detention
from tracker.casework.faults import called, guarded, put_in_order, releases_of, said, stored
from tracker.casework.release_choice import ANOTHER, Choice, Undecided, another, choose
from tracker.casework.release_join import join
from tracker.casework.release_request import FIELDS, Request, read_request
from tracker.casework.stays import hold_at
from tracker.casework.values import zone
from tracker.domain.dates import partial, today_in
from tracker.domain.same_release import agrees
from tracker.errors import Refused
from tracker.i18n import _
from tracker.matching.who import find_record
from tracker.store import Change, Row

__all__ = [
    "ANOTHER",
    "Difference",
    "Outcome",
    "Request",
    "Undecided",
    "add_past_detention",
    "add_release",
    "insert_release",
    "read_request",
]


class Difference(NamedTuple):
    """A fact that changed on a record (its ref): the fact's name in lists, its value before and after."""

    ref: str
    fact: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a statement about one person.

    `action`: `new` (a release), `upgrade` (new terms for somebody already out), `same` (a citation for a release on
    record), `known` (this source was cited for it already). `before` is the status that a release on record had.
    `detention`: one had to be made. `changed` is what now differs on records that were there before. `notes` are
    disagreements and other things to tell, in words.
    """

    person: str
    person_ref: str
    name: str
    release: str
    ref: str
    action: str
    status: str
    on: str | None
    kind: str
    before: str | None = None
    detention: bool = False
    created: bool = False
    changed: tuple[Difference, ...] = ()
    notes: tuple[str, ...] = ()


def add_release(
    change: Change,
    person: str,
    request: Request,
    *,
    detention: str | None = None,
    answer: str | None = None,
) -> Outcome:
    """Take a statement that a person (an id) left prison; `detention` names which, where that is known.

    `answer` decides what the rule leaves open, or against it: the ref of a release on record, or ANOTHER. Raises
    Undecided (with the choices) where the rule does not decide, Refused for dates that cannot be.
    """
    row = change.get("detainees", person)
    if answer is None:
        choice = choose(change.db, row, request, detention=detention)
    elif answer == ANOTHER:
        choice = another(change.db, row, request, detention=detention)
    else:
        choice = _named(change, row, answer)
    with guarded(change, person):
        return _record(change, row, request, choice)


def _named(change: Change, person: Row, ref: str) -> Choice:
    """Return the choice of a release by its ref. Raises Refused if it is somebody else's."""
    table, release = find_record(change.db, ref)
    held = change.get("detentions", release["detention"]) if table == "releases" else None
    if held is None or held["detainee"] != person["id"]:
        raise Refused(
            _("{ref} is not a release of {person}.").format(ref=ref, person=called(person)),
            hint=_("'tracker release list {ref}' shows them.").format(ref=person["ref"]),
        )
    return Choice(held, same=release)


def _record(change: Change, person: Row, request: Request, choice: Choice) -> Outcome:
    notes: list[str] = []
    before = None
    held = choice.detention
    if held is None:
        arrest = Arrest(began=request.detained_on)
        added = add_detention(change, person["id"], arrest, cited=request.cited, entered=request.entered)
        held = change.get("detentions", added)
    elif request.detained_on:
        notes += _arrested(change, held, request)
    if request.facility is not None:
        notes += filter(None, [hold_at(change, held["id"], request.facility, request.cited)])
    if choice.same is not None:
        release = choice.same["id"]
        before = choice.same["status"]
        fresh, disagreements = join(change, choice.same, request)
        put_in_order(change, "releases", held["id"], release)
        notes += disagreements
        action = "same" if fresh else "known"
    else:
        release = insert_release(change, held["id"], request)
        action = "upgrade" if choice.upgrades is not None else "new"
    if before == "retracted":
        notes.append(_("it was retracted and stays so"))
    if person["excluded"]:
        notes.append(_("excluded, so in no count"))
    row = change.get("releases", release)
    return Outcome(
        person=person["id"],
        person_ref=person["ref"],
        name=person["name"] or person["description"],
        release=release,
        ref=row["ref"],
        action=action,
        status=row["status"],
        on=row["released"],
        kind=row["kind"],
        before=before,
        detention=choice.detention is None,
        changed=(
            *_differences(choice.detention, change.get("detentions", held["id"]), {"began": "detained_on"}),
            *_differences(choice.same, row, FIELDS),
        ),
        notes=tuple(notes),
    )


def _differences(before: Row | None, after: Row, columns: Mapping[str, str]) -> list[Difference]:
    """Return what differs in `columns` (column → the fact's name) of a record that was there `before`."""
    if before is None:
        return []
    return [
        Difference(after["ref"], fact, before[column], after[column])
        for column, fact in columns.items()
        if before[column] != after[column]
    ]


def insert_release(change: Change, detention: str, request: Request, *, identifier: str | None = None) -> str:
    """Add a release as it is stated, whatever is on record, and return its id.

    It comes after the releases of the detention that it is not certainly earlier than.
    """
    values = {
        "detention": detention,
        "step": len(releases_of(change.db, detention)) + 1,
        "released": request.on.text,
        "entered": request.entered or today_in(zone(change.db)).isoformat(),
        "kind": request.kind,
        "basis": request.basis,
        "status": request.status,
        "conditions": request.conditions,
        "freed_at": request.freed_at,
        "publish": request.publish,
        "publish_from": request.publish_from,
        "note": request.note,
    }
    added = change.insert("releases", values if identifier is None else {"id": identifier, **values})
    put_in_order(change, "releases", detention, added)
    cite(change, "releases", added, request.cited)
    return added


def add_past_detention(
    change: Change,
    person: str,
    arrest: Arrest,
    request: Request,
    *,
    facility: str | None = None,
    whereabouts_unknown: bool = False,
    since: str | None = None,
) -> tuple[str, str]:
    """Add a detention that is over, with the release that ended it, and return the ids of both.

    The place and `since` are as for `add_detention`. Raises Refused for an overlap with another detention.
    """
    with guarded(change, person):
        added = add_detention(
            change,
            person,
            arrest,
            facility=facility,
            whereabouts_unknown=whereabouts_unknown,
            since=since,
            cited=request.cited,
            over=True,
        )
        return added, insert_release(change, added, request)


def _arrested(change: Change, detention: Row, request: Request) -> list[str]:
    """Take what a statement says of the arrest: fill in an unknown date, else cite for or against it."""
    told, recorded = partial(request.detained_on), stored(detention, "began")
    stance = "supports" if agrees(told, recorded) else "disputes"
    cite(
        change,
        "detentions",
        detention["id"],
        request.cited,
        field="detained_on",
        value=request.detained_on,
        stance=stance,
    )
    if not recorded.known:
        change.update("detentions", detention["id"], {"began": request.detained_on})
    if stance == "supports":
        return []
    return [
        _("arrested on {recorded} on record ({ref}), on {told} by this source").format(
            recorded=said(recorded), ref=detention["ref"], told=told.text
        )
    ]
