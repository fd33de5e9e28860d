"""What is said after a change to somebody's custody: the change in words, and the standing it leaves them in."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tracker.i18n import _

if TYPE_CHECKING:
    from tracker.casework.citations import Cited
    from tracker.store import Change, Row


def standing_line(change: "Change", person: str) -> str:
    """Return the person's present standing, as the record now has it."""
    from tracker.casework.faults import accepted
    from tracker.casework.values import zone
    from tracker.domain.dates import end_of_day, today_in
    from tracker.reports.person import headline

    now = end_of_day(today_in(zone(change.db)).isoformat())
    line = headline(change.db, change.get("detainees", person), now, accepted(change.db))
    return _("On record now: {standing}.").format(standing=line)


def told_edit(change: "Change", release: "Row", changed: Sequence[tuple[str, str | None, str | None]]) -> list[str]:
    """Return what was corrected in a release, from → to."""
    from tracker.casework.release_edits import owner

    person = owner(change, release)
    return [
        *_differences(f"{release['ref']} ({person['name'] or person['description']})", changed),
        standing_line(change, person["id"]),
    ]


def told_detention(change: "Change", row: "Row", changed: Sequence[tuple[str, str | None, str | None]]) -> list[str]:
    """Return what was corrected in a detention, from → to."""
    person = change.get("detainees", row["detainee"])
    return [
        *_differences(f"{row['ref']} ({person['name'] or person['description']})", changed),
        standing_line(change, person["id"]),
    ]


def _differences(what: str, changed: Sequence[tuple[str, str | None, str | None]]) -> list[str]:
    from tracker.domain.vocabulary import label

    if not changed:
        return [_("{record}: no fact is different.").format(record=what)]
    return [
        _("{record}: {fact}: {old} → {new}").format(
            record=what, fact=label("record_field", fact), old=_shown(fact, old), new=_shown(fact, new)
        )
        for fact, old, new in changed
    ]


def _shown(fact: str, value: str | None) -> str:
    from tracker.domain.vocabulary import VOCABULARIES, label

    if value is None:
        return _("unknown") if fact.endswith("_on") else _("(nothing)")
    return label(fact, value) if fact in VOCABULARIES else value


def told_verified(change: "Change", release: "Row", cited: "Cited") -> list[str]:
    """Return what verifying a release did."""
    from tracker.casework.faults import called, said
    from tracker.casework.release_edits import owner
    from tracker.casework.release_request import Request, supported_status
    from tracker.domain.vocabulary import label

    person, now = owner(change, release), change.get("releases", release["id"])
    same = release["status"] == now["status"]
    line = _("Release {ref} of {person} on {date}: {before} → {status}.")
    if same:
        line = _("Release {ref} of {person} on {date} was verified already.")
    lines = [
        line.format(
            ref=release["ref"],
            person=called(person),
            date=said(now["released"]),
            before=label("release_status", release["status"]),
            status=label("release_status", now["status"]),
        )
    ]
    if same and release["released"] != now["released"]:
        moved = [("released_on", release["released"], now["released"])]
        lines += _differences(f"{release['ref']} ({person['name'] or person['description']})", moved)
    if same and any(table == "citations" for table, _id in change.touched):
        lines.append(
            _("The citation of {source} was added.").format(source=change.get("sources", cited.source or "")["slug"])
        )
    doubt = Request(status="verified", supported=supported_status(change.db, cited)).overrated()
    if not cited.nothing and doubt:
        lines.append(doubt)
    return [*lines, standing_line(change, person["id"])]


def told_retracted(change: "Change", release: "Row") -> list[str]:
    """Return what retracting a release did."""
    from tracker.casework.faults import called, said
    from tracker.casework.release_edits import owner

    person = owner(change, release)
    line = _("Retracted: release {ref} of {person} on {date}. It is kept, and no longer counted.").format(
        ref=release["ref"], person=called(person), date=said(release["released"])
    )
    return [line, standing_line(change, person["id"])]


def told_arrest(change: "Change", detention: str, cited: "Cited") -> list[str]:
    """Return what recording a detention did."""
    from tracker.casework.faults import called, said, stays_of
    from tracker.casework.stays import place_name
    from tracker.domain.vocabulary import label

    row = change.get("detentions", detention)
    person = change.get("detainees", row["detainee"])
    stays = stays_of(change.db, detention)
    lines = [
        _("Recorded: detention {ref} of {person} since {date} ({cause}), {place}.").format(
            ref=row["ref"],
            person=called(person),
            date=said(row["began"]),
            cause=label("cause", row["cause"]),
            place=place_name(stays[-1] if stays else None),
        )
    ]
    if cited.nothing:
        lines.append(_("No source was given: what was recorded is uncited."))
    return [*lines, standing_line(change, person["id"])]


def told_transfer(change: "Change", stay: str, places: tuple[str, str]) -> list[str]:
    """Return what recording a transfer did."""
    from tracker.casework.faults import called, said

    row = change.get("stays", stay)
    person = change.get("detainees", change.get("detentions", row["detention"])["detainee"])
    return [
        _("Recorded: {person}: {old} → {new} on {date} ({ref}).").format(
            person=called(person), old=places[0], new=places[1], date=said(row["since"]), ref=row["ref"]
        ),
        standing_line(change, person["id"]),
    ]


def told_death(change: "Change", person: str) -> list[str]:
    """Return what recording a death did: where it leaves the person is its standing, died in custody or later."""
    from tracker.casework.faults import called

    row = change.get("detainees", person)
    told = [text for text in (row["died"], row["died_place"], row["died_cause"]) if text]
    return [
        _("Recorded: the death of {person}: {told}.").format(person=called(row), told=", ".join(told)),
        standing_line(change, person),
    ]
