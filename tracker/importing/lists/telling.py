"""What an import will do, or did, as a table and in sentences."""

import shlex
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

from tracker.domain.text import quoted, safe
from tracker.domain.vocabulary import keys
from tracker.i18n import N_, _, ngettext
from tracker.importing.lists.absent import Seen
from tracker.importing.lists.asked import Done
from tracker.importing.lists.intake import KEPT, Planned
from tracker.importing.lists.record_directory import Made
from tracker.importing.lists.twice import next_step
from tracker.store import Change
from tracker.table import Cell, Column, Table

NAMED = 10
"""How many people or records a sentence names."""

COLUMNS = (
    Column("row", N_("row"), "count"),
    Column("printed_name", N_("name on the list"), "name"),
    Column("action", N_("action"), words="action"),
    Column("ref", N_("ref"), "ref"),
    Column("name", N_("name on record"), "name"),
    Column("score", N_("score"), "count"),
    Column("reasons", N_("reasons")),
)


def plan_table(change: Change, done: Done, *, kept: bool) -> Table:
    """Return what each person's rows come to, with the reasons in words; a score is from 0 to 100.

    Unless it is `kept`, those whom this very change adds have no ref: after a rehearsal they are not on record.
    """
    foot = counts_of(done)
    if done.taken.counts.get("review"):
        foot.append(_("A score of 99 or 100 is a match; what waits for an answer has 90 at most, and says why."))
    creates = done.taken.counts.get("create", 0)
    if creates > KEPT:
        foot.append(_("Of the new people only the first {n} are listed.").format(n=KEPT))
    return Table(
        COLUMNS,
        chain(_rows(_People(change, kept), sorted(done.taken.planned, key=lambda one: one.row)), _absent(done)),
        title=_("What the list {name} comes to").format(name=done.name),
        total=len(done.taken.planned) + len(done.absent),
        foot=foot,
        empty=_("The list has no rows.") if done.before is None else _("This very file is on record: nothing to do."),
        tone=lambda row: {"review": "warning", "error": "error"}.get(str(row[2])),
    )


def _rows(people: "_People", planned: list[Planned]) -> Iterator[tuple[Cell, ...]]:
    for one in planned:
        best = one.matches[0] if one.matches and one.action != "create" else None
        ref, name = people.told(best.id if best else one.person)
        if one.action == "create" and ref is None:
            name = None
        score = round(best.score * 100) if best is not None else None
        others = tuple(
            _("or {ref} {name}: {why}").format(
                ref=people.told(match.id)[0] or _("new"), name=match.name, why="; ".join(match.reasons)
            )
            for match in one.matches[1:]
            if one.action == "review"
        )
        yield one.row, one.printed or None, one.action, ref, name, score, (*one.reasons, *others, *one.notes)


@dataclass(frozen=True, slots=True)
class _People:
    """Tells who an id is; somebody whom a change adds that is not `kept` has no ref."""

    change: Change
    kept: bool

    def told(self, person: str | None) -> tuple[str | None, str | None]:
        """Return ref and name."""
        row = None if person is None else self.change.db.execute(_PERSON, (self.change.seq, person)).fetchone()
        if row is None:
            return None, None
        return (row["ref"] if self.kept or not row["added"] else None), row["name"]


_PERSON: Final = """
SELECT ref, coalesce(name, description) AS name, EXISTS (
    SELECT 1 FROM changes c WHERE c."table" = 'detainees' AND c.row = d.id AND c.before IS NULL AND c.seq = ?
) AS added FROM detainees d WHERE id = ?
"""


def _absent(done: Done) -> Iterator[tuple[Cell, ...]]:
    for person, ref, before, now in done.absent:
        why = _("on the last version of this list, not on this one")
        if before.known and now.known:
            why = _("on the list of {before}, not on that of {now}").format(before=before.text, now=now.text)
        yield None, None, "absent", ref, person["name"] or person["description"], None, (why,)


def sentences(done: Done) -> list[str]:
    """Return what is said after an import."""
    said = [] if done.before else counts_of(done)
    said += [] if done.before else _repeated(done)
    if done.mapped and not done.before:
        said.append(_("Columns are read as saved for the list {name}.").format(name=done.name))
    said += done.said
    said += _differing(done)
    said += made_sentences(done.made)
    said += _versions(done)
    if done.absent:
        said.append(_absent_sentence(done))
    if done.unclear:
        said.append(_unclear_sentence(done))
    if done.returned:
        said.append(_returned_sentence(done))
    if done.questions:
        said.append(
            ngettext(
                "{n} question is open: answer it with 'tracker review'.",
                "{n} questions are open: answer them with 'tracker review'.",
                done.questions,
            ).format(n=done.questions)
        )
    elif done.taken.counts.get("review"):
        said.append(_("Answer them with 'tracker review'."))
    return [*said, *next_step(done.taken.twice)]


def made_sentences(made: Made) -> list[str]:
    """Return what was made because a list names it, and what is still to be said of the claimants among it."""
    said = []
    for sentence, names in (
        (_("New places: {names}."), made.facilities),
        (_("New sources: {names}."), made.sources),
        (_("New claimants, of the kind other: {names}."), made.claimants),
    ):
        if names:
            more = _(" and {n} more").format(n=len(names) - NAMED) if len(names) > NAMED else ""
            said.append(sentence.format(names=", ".join(quoted(name) for name in names[:NAMED]) + more))
    if made.claimants:
        said.append(
            _(
                "Say who they are, for that decides whose word verifies and no list tells it:"
                " tracker claimant edit {name} --kind monitor (or {kinds})."
            ).format(
                name=shlex.quote(safe(made.claimants[0])),
                kinds=", ".join(kind for kind in keys("claimant_kind") if kind not in ("monitor", "other")),
            )
        )
    return said


def _repeated(done: Done) -> list[str]:
    """Return which rows of the list say what another one says, the first ones by name."""
    count = len(done.taken.repeated)
    if not count:
        return []
    named = [f"{one.printed or _('no name')}: {one.reasons[0]}" for one in done.taken.repeated[:NAMED]]
    more = _(" and {n} more").format(n=count - len(named)) if count > len(named) else ""
    return [
        ngettext("{n} row repeats another one: {names}.", "{n} rows repeat another one: {names}.", count).format(
            n=count, names="; ".join(named) + more
        )
    ]


def _versions(done: Done) -> Iterator[str]:
    """Yield which version on record the list was held against, and which are later than it."""
    if done.follows is not None:
        before, now, sure = done.follows
        sentence = _("Version {day} of the list {name}, after {before}.")
        if not sure:
            sentence = _(
                "Taken for version {day} of the list {name}, after {before}: nobody says so but its publisher or its"
                " file's name. Is it another list? Undo this, and name it with --list."
            )
        day = now.day.text or _("day unknown")
        yield sentence.format(day=day, name=quoted(done.name), before=before.told)
    if done.later:
        yield _("A later version is on record ({version}); whoever is on it is not told as gone.").format(
            version=done.later[-1].told
        )


def _unclear_sentence(done: Done) -> str:
    people = list({one.person["id"]: one for one in done.unclear}.values())
    return ngettext(
        "Of {n} person it cannot be told whether they are still on it, for their row could not be read: {names}.",
        "Of {n} people it cannot be told whether they are still on it, for their row could not be read: {names}.",
        len(people),
    ).format(n=len(people), names=_named(people))


def _absent_sentence(done: Done) -> str:
    if done.versions > 1:
        days = Counter(one.now.text or _("unknown") for one in done.absent)
        sentence = ngettext(
            "{n} time somebody on one list of this file is not on the next, by the day of the next: {days}.",
            "{n} times somebody on one list of this file is not on the next, by the day of the next: {days}.",
            len(done.absent),
        ).format(n=len(done.absent), days=", ".join(f"{day} {count}" for day, count in days.items()))
    else:
        sentence = ngettext(
            "{n} person on the last version of this list is no longer on it: {names}.",
            "{n} people on the last version of this list are no longer on it: {names}.",
            len(done.absent),
        ).format(n=len(done.absent), names=_named(done.absent))
    if done.acted is not None:
        return sentence + " " + _("Recorded for {n} of them.").format(n=done.acted)
    return sentence + " " + _("Nothing was recorded about that; --absent released or --absent excluded would.")


def _returned_sentence(done: Done) -> str:
    return ngettext(
        "{n} time somebody who was not on the version before is on the list again: {names}.",
        "{n} times somebody who was not on the version before is on the list again: {names}.",
        len(done.returned),
    ).format(n=len(done.returned), names=_named(done.returned))


def _named(seen: list[Seen]) -> str:
    names = [one.person["name"] or one.person["description"] for one in seen[:NAMED]]
    told = [f"{name} ({one.ref})" if one.ref else name for name, one in zip(names, seen, strict=False)]
    more = len(seen) - len(names)
    return ", ".join(told) + (_(" and {n} more").format(n=more) if more else "")


def _differing(done: Done) -> list[str]:
    """Return where list and record differ: how often, and the first ones."""
    if not done.differing:
        return []
    count = len(done.differing)
    said = ngettext(
        "{n} time the list differs from the record, or somebody should look; what is on record stays:",
        "{n} times the list differs from the record, or somebody should look; what is on record stays:",
        count,
    ).format(n=count)
    place = _("row {row}")
    lines = [f"  {place.format(row=row)}, {printed}: {note}" for row, printed, note in done.differing[:NAMED]]
    more = [_("  and {n} more").format(n=count - NAMED)] if count > NAMED else []
    return [said, *lines, *more]


def counts_of(done: Done) -> list[str]:
    """Return the counts in sentences."""
    taken, counts = done.taken, done.taken.counts
    said = [ngettext("{n} row read.", "{n} rows read.", taken.rows).format(n=taken.rows)]
    for action, sentence in (
        ("create", ngettext("{n} new person.", "{n} new people.", counts.get("create", 0))),
        ("match", ngettext("{n} on record gains something.", "{n} on record gain something.", counts.get("match", 0))),
        ("same", ngettext("{n} known already.", "{n} known already.", counts.get("same", 0))),
        ("review", ngettext("{n} waits for an answer.", "{n} wait for an answer.", counts.get("review", 0))),
        ("skip", ngettext("{n} stays left out.", "{n} stay left out.", counts.get("skip", 0))),
        ("error", ngettext("{n} cannot be taken.", "{n} cannot be taken.", counts.get("error", 0))),
    ):
        if counts.get(action):
            said.append(sentence.format(n=counts[action]))
    return [" ".join(said)]
