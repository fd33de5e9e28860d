"""What became of a statement about releases, told in a few lines."""

from collections.abc import Iterable, Sequence
from typing import Final

from tracker.casework.release_lists import Result
from tracker.casework.release_request import Request
from tracker.casework.releases import Difference, Outcome
from tracker.domain.text import quoted
from tracker.domain.vocabulary import VOCABULARIES, label
from tracker.i18n import N_, _, ngettext
from tracker.store import Connection
from tracker.table import Column, Table

MOST_NAMES: Final = 12

COLUMNS = (
    Column("ref", N_("ref"), "ref"),
    Column("name", N_("name"), "name"),
    Column("release", N_("release"), "ref"),
    Column("action", N_("what was done"), words="release_action"),
    Column("status", N_("status"), words="release_status"),
)


def table(outcomes: Iterable[Outcome]) -> Table:
    """Return the outcomes, one row for each person."""
    rows = [(one.person_ref, one.name, one.ref, one.action, one.status) for one in outcomes]
    return Table(COLUMNS, rows, total=len(rows))


def told(db: Connection, result: Result, request: Request) -> list[str]:
    """Return the lines that say what was recorded: in full for one person, as counts for several."""
    outcomes = result.outcomes
    lines = [_one(db, outcomes[0], request)] if len(outcomes) == 1 else _several(outcomes)
    if len(outcomes) > 1:
        lines.append(
            _("As stated: {date}, {kind}, {status}.").format(
                date=request.on.text or _("an unknown date"),
                kind=label("release_kind", request.kind),
                status=_by(db, request.status, request),
            )
        )
    for one in outcomes:
        prefix = "  " if len(outcomes) == 1 else f"  {one.name} ({one.person_ref}): "
        lines += [prefix + told for told in (*map(_changed, one.changed), *one.notes)]
    if result.repeated:
        lines.append(
            _("Named twice, counted once: {names}.").format(names=", ".join(quoted(name) for name in result.repeated))
        )
    if result.unnamed_before:
        lines.append(
            ngettext(
                "{n} release of somebody unnamed is on record already by this source, or of this day by this claimant:"
                " if it is of the same people, undo this.",
                "{n} releases of unnamed people are on record already by this source, or of this day by this claimant:"
                " if they are of the same people, undo this.",
                result.unnamed_before,
            ).format(n=result.unnamed_before)
        )
    overrated = request.overrated()
    if overrated:
        lines.append(overrated)
    elif request.cited.nothing:
        lines.append(_("No source was given: what was recorded is uncited."))
    return lines


def _one(db: Connection, one: Outcome, request: Request) -> str:
    facts = {
        "ref": one.ref,
        "person": f"{one.name} ({one.person_ref})",
        "date": one.on or _("an unknown date"),
        "kind": label("release_kind", one.kind),
        "status": _by(db, one.status, request),
    }
    if one.action == "upgrade":
        line = _("Recorded: new terms {ref} for {person} on {date}: {kind}, {status}.")
    elif one.action == "new":
        line = _("Recorded: release {ref} of {person} on {date}, {status}.")
    elif one.before is not None and one.before != one.status:
        facts["before"] = label("release_status", one.before)
        line = _("On record already: release {ref} of {person} on {date}; it rises from {before} to {status}.")
    elif one.action == "same":
        facts["status"] = label("release_status", one.status)
        line = _("On record already: release {ref} of {person} on {date}, {status}; the citation was added.")
    else:
        facts["status"] = label("release_status", one.status)
        line = _("On record already: release {ref} of {person} on {date}, {status}.")
    said = line.format(**facts)
    if one.created:
        said += " " + _("The person is new on record.")
    elif one.detention:
        said += " " + _("A detention was added, for none was on record.")
    return said


def _changed(one: Difference) -> str:
    """Return what changed on a record, as a correction by hand is told: `R-7k3m9q: terms: … → full freedom`."""
    return _("{record}: {fact}: {old} → {new}").format(
        record=one.ref,
        fact=label("record_field", one.fact),
        old=_shown(one.fact, one.old),
        new=_shown(one.fact, one.new),
    )


def _shown(fact: str, value: str | None) -> str:
    if value is None:
        return _("unknown") if fact.endswith("_on") else _("(nothing)")
    return label(fact, value) if fact in VOCABULARIES else " ".join(value.split())


def _by(db: Connection, status: str, request: Request) -> str:
    """Return a status with who stands for it: `verified by Foro Penal`."""
    who = request.cited.claimant
    if who is None or request.supported != status:
        return label("release_status", status)
    name = db.execute("SELECT name FROM claimants WHERE id = ?", (who,)).fetchone()["name"]
    return _("{status} by {claimant}").format(status=label("release_status", status), claimant=name)


def _several(outcomes: Sequence[Outcome]) -> list[str]:
    def count(*actions: str) -> int:
        return sum(one.action in actions for one in outcomes)

    n = len(outcomes)
    lines = [
        ngettext("{n} person", "{n} people", n).format(n=n)
        + ": "
        + ", ".join(
            (
                ngettext("{n} new release", "{n} new releases", count("new")).format(n=count("new")),
                ngettext(
                    "{n} citation added to releases already on record",
                    "{n} citations added to releases already on record",
                    count("same"),
                ).format(n=count("same")),
                ngettext("{n} upgrade", "{n} upgrades", count("upgrade")).format(n=count("upgrade")),
            )
        )
        + "."
    ]
    known = count("known")
    if known:
        lines.append(
            ngettext(
                "{n} release was on record with this source already.",
                "{n} releases were on record with this source already.",
                known,
            ).format(n=known)
        )
    risen = [one for one in outcomes if one.before is not None and one.before != one.status]
    if risen:
        lines.append(
            ngettext("{n} status rose: {names}.", "{n} statuses rose: {names}.", len(risen)).format(
                n=len(risen), names=_names(risen)
            )
        )
    created = [one for one in outcomes if one.created]
    if created:
        lines.append(
            ngettext("{n} person was created: {names}.", "{n} people were created: {names}.", len(created)).format(
                n=len(created), names=_names(created)
            )
        )
    without = [one for one in outcomes if one.detention and not one.created]
    if without:
        lines.append(
            ngettext(
                "{n} person had no detention on record, one was added: {names}.",
                "{n} people had no detention on record, one each was added: {names}.",
                len(without),
            ).format(n=len(without), names=_names(without))
        )
    return lines


def _names(outcomes: Sequence[Outcome]) -> str:
    """Return the people, the first few where they are many: a list of hundreds has its own table."""
    names = [f"{one.name} ({one.person_ref})" for one in outcomes[:MOST_NAMES]]
    if len(outcomes) > MOST_NAMES:
        names.append(_("… and {n} more").format(n=len(outcomes) - MOST_NAMES))
    return ", ".join(names)
