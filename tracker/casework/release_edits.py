"""Releases corrected, verified and retracted. What was recorded before stays in the history."""

from typing import Any, Final

from tracker.casework.citations import Cited, cite
from tracker.casework.faults import called, guarded, put_in_order, releases_of
from tracker.casework.release_join import displace, reweigh
from tracker.casework.release_request import (
    FIELDS,
    described,
    read_publish_from,
    read_status,
    stored_told,
    supported_status,
)
from tracker.casework.values import line, past_date, words
from tracker.domain.same_release import UNSTATED
from tracker.domain.vocabulary import STATUS_RANK, label, read
from tracker.errors import Ambiguous, NotFound, Refused
from tracker.i18n import _
from tracker.matching.who import find_person, find_record
from tracker.store import Change, Connection, Row
from tracker.store.ids import read_ref

STATEABLE: Final = ("released", "kind", "basis", "conditions", "freed_at")
"""The columns that sources are cited for, each with its value."""


def find_release(db: Connection, word: str, *, only: tuple[str, ...] = ("announced", "reported", "verified")) -> Row:
    """Return the release that `word` means: its ref, or the one release of a person whose status is among `only`.

    Raises NotFound where there is none, Ambiguous with a line for each of several.
    """
    ref = read_ref(word)
    if ref is not None and ref.startswith("R-"):
        return find_record(db, ref)[1]
    person = find_person(db, word)
    held = db.execute(
        "SELECT id FROM detentions WHERE detainee = ? ORDER BY began_from, id", (person["id"],)
    ).fetchall()
    every = [release for detention in held for release in releases_of(db, detention["id"])]
    rows = [release for release in every if release["status"] in only]
    if len(rows) == 1:
        return rows[0]
    lines = [f"{row['ref']}  {described(stored_told(row))}" for row in rows or every]
    if not rows:
        raise NotFound(
            _("{person} has no such release on record.").format(person=called(person)),
            candidates=lines,
            hint=_("Add it: tracker release add {ref} --on DATE").format(ref=person["ref"]),
        )
    raise Ambiguous(
        _("{person} has {n} releases on record:").format(person=called(person), n=len(rows)),
        candidates=lines,
        hint=_("Use the ref of the one you mean. Nothing was changed."),
    )


def owner(change: Change, release: Row) -> Row:
    """Return the person (a row of detainees) whose release it is."""
    return change.get("detainees", change.get("detentions", release["detention"])["detainee"])


def read_values(db: Connection, given: dict[str, str | None]) -> dict[str, Any]:
    """Return columns of `releases` from words as people write them (None: not given; empty: nothing, or unstated).

    Raises BadValue for what cannot be read.
    """
    found: dict[str, Any] = {}
    for column, text in given.items():
        if text is None:
            continue
        if column == "released":
            found[column] = past_date(db, text, _("The release"))
        elif column in ("kind", "basis"):
            found[column] = read(FIELDS[column], text) if text.strip() else UNSTATED
        elif column == "status":
            found[column] = read_status(text)
        elif column == "publish":
            found[column] = read("publish", text) if text.strip() else None
        elif column == "publish_from":
            found[column] = read_publish_from(db, text)
        elif column == "freed_at":
            found[column] = line(text, label("record_field", column))
        else:
            found[column] = words(text, label("record_field", column))
    return found


def edit_release(
    change: Change, release: Row, given: dict[str, str | None], cited: Cited | None = None
) -> list[tuple[str, str | None, str | None]]:
    """Correct columns of a release (see `read_values`); return (fact, from, to) of what differs.

    A source is cited for each fact given; sources cited with a value of their own are weighed anew. The order of the
    detention's releases follows the dates. Raises Refused for dates that cannot be.
    """
    values = read_values(change.db, given)
    changed = [(FIELDS[name], release[name], value) for name, value in values.items() if release[name] != value]
    with guarded(change, owner(change, release)["id"]):
        for name in STATEABLE:
            if name in values and release[name] != values[name]:
                reweigh(change, release, name, values[name])
        change.update("releases", release["id"], values)
        put_in_order(change, "releases", release["detention"], release["id"])
    for name in STATEABLE:
        if values.get(name) not in (None, UNSTATED):
            cite(change, "releases", release["id"], cited or Cited(), field=FIELDS[name], value=values[name])
    if not set(values).intersection(STATEABLE) or "status" in values:
        cite(change, "releases", release["id"], cited or Cited())
    return changed


def verify_release(change: Change, release: Row, cited: Cited, *, on: str | None = None, uncited: bool = False) -> bool:
    """Raise a release to verified on somebody's word; False where it is verified already (the citation is added).

    `on` is the date that is confirmed, where it is another or a sharper one: what was there before stays as citations
    of those who said so. Raises Refused for a retracted release, and where neither `cited` nor anybody cited before can
    verify it, unless `uncited`.
    """
    person = owner(change, release)
    if release["status"] == "retracted":
        raise Refused(
            _("Release {ref} of {person} was retracted.").format(ref=release["ref"], person=called(person)),
            hint=_("If the retraction was wrong: tracker release edit {ref} --status verified").format(
                ref=release["ref"]
            ),
        )
    if cited.nothing and not uncited and _best_support(change.db, release) != "verified":
        raise Refused(
            _("Who verifies release {ref} of {person}? No source was given.").format(
                ref=release["ref"], person=called(person)
            ),
            hint=_("Say so with -s SOURCE -c CLAIMANT, or --yes to leave it uncited. Nothing was changed."),
        )
    values: dict[str, Any] = {"status": "verified"}
    if on is not None:
        values["released"] = past_date(change.db, on, _("The release"))
    with guarded(change, person["id"]):
        if "released" in values and values["released"] != release["released"]:
            reweigh(change, release, "released", values["released"])
            displace(change, release, "released", values["released"])
        change.update("releases", release["id"], values)
        put_in_order(change, "releases", release["detention"], release["id"])
    cite(change, "releases", release["id"], cited)
    return bool(release["status"] != "verified")


def _best_support(db: Connection, release: Row) -> str:
    """Return the highest status that somebody cited for the release can give."""
    rows = db.execute(
        "SELECT source, claimant FROM citations WHERE release = ? AND stance = 'supports'", (release["id"],)
    )
    given = [supported_status(db, Cited(row["source"], row["claimant"])) or "announced" for row in rows]
    return max(given, key=STATUS_RANK.__getitem__, default="announced")


def retract_release(change: Change, release: Row, *, reason: str | None, cited: Cited) -> None:
    """Mark a release as false: it is kept and not counted. The source that disproves it is cited against it.

    Raises Refused where neither a reason nor a source is given, for one retracted already, and where its detention
    would be open again beside another open one.
    """
    person = owner(change, release)
    why = words(reason, _("reason"))
    if release["status"] == "retracted":
        raise Refused(
            _("Release {ref} of {person} is retracted already.").format(ref=release["ref"], person=called(person)),
            hint=_("Another source against it? tracker cite {ref} --against -s SOURCE").format(ref=release["ref"]),
        )
    if why is None and cited.nothing:
        raise Refused(
            _("Why is release {ref} of {person} false?").format(ref=release["ref"], person=called(person)),
            hint=_("Say so with --reason, or give the source that disproves it with -s. Nothing was changed."),
        )
    note = "\n".join(filter(None, (release["note"], why and _("Retracted: {reason}").format(reason=why))))
    with guarded(change, person["id"]):
        change.update("releases", release["id"], {"status": "retracted", "note": note or None})
    cite(change, "releases", release["id"], cited, stance="disputes")
