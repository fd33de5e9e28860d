"""Checks on releases as entries: one told twice, and a day of publication that does not do what it says."""

from collections.abc import Iterator

from tracker.checks.finding import OF_RELEASE, PERSON, Finding, Here
from tracker.domain.dates import PartialDate, bounds
from tracker.domain.rules import certainly_before
from tracker.domain.same_release import UNSTATED, Told, same_release
from tracker.errors import BadValue
from tracker.i18n import _
from tracker.store import Row


def release_twice(here: Here) -> Iterator[Finding]:
    """Two releases of one detention may be one, entered twice: by the rule that joins a new source to a release.

    That rule (`domain.same_release`): kinds that do not contradict each other, dates within three days or one of the
    two only announced. Retracted releases are not compared.
    """
    rows = here.db.execute(
        f"SELECT r.ref, {PERSON} AS who, r.kind, r.status, r.released AS at, r.released_from AS at_from,"
        " r.released_to AS at_to, q.ref AS other, q.kind AS other_kind, q.status AS other_status, q.released AS first,"
        f" q.released_from AS first_from, q.released_to AS first_to FROM {OF_RELEASE}"
        " JOIN releases q ON q.detention = d.id AND (q.step, q.id) < (r.step, r.id)"
        " WHERE r.status <> 'retracted' AND q.status <> 'retracted'"
        f" AND (r.kind = q.kind OR '{UNSTATED}' IN (r.kind, q.kind))"
    )
    for row in rows:
        one = Told(row["kind"], row["status"], PartialDate(row["at"], row["at_from"], row["at_to"]))
        other = Told(
            row["other_kind"], row["other_status"], PartialDate(row["first"], row["first_from"], row["first_to"])
        )
        if same_release(one, other):
            said = _("{ref} ({date}) of the same detention says nearly the same: one release entered twice?")
            yield Finding(
                row["ref"], row["who"], said.format(ref=row["other"], date=row["first"] or _("an unknown date"))
            )


def publish_from_without_effect(here: Here) -> Iterator[Finding]:
    """A release's day of publication does nothing, or the record keeps back what it was to make public.

    Not odd: a day still to come, a release marked withheld whose day has passed (that is how one is kept back until
    then), a release marked nameable with a day (the consent may hold from that day only).
    """
    rows = here.db.execute(
        f"SELECT r.ref, {PERSON} AS who, r.publish, r.publish_from, r.released, r.released_from, r.released_to,"
        f" d.publish IS 'withheld' AS spell_withheld, p.publish IS 'withheld' AS withheld FROM {OF_RELEASE}"
        " WHERE r.publish_from IS NOT NULL AND r.status <> 'retracted'"
    )
    for row in rows:
        wrong = _wrong_with_publish_from(row, here.now)
        if wrong:
            yield Finding(row["ref"], row["who"], wrong.format(day=row["publish_from"], released=row["released"]))


def _wrong_with_publish_from(row: Row, now: str) -> str | None:
    """Return the sentence, with places for `{day}` and `{released}`; None where the day does what it says."""
    try:
        day = PartialDate(row["publish_from"], *bounds(row["publish_from"]))
    except BadValue:
        return None  # impossible_date says it
    wrong = None
    if ".." in row["publish_from"]:
        wrong = _("To be published from {day}, which is no single day: it is never published.")
    elif row["publish"] == "anonymous":
        wrong = _("To be published from {day}, but marked anonymous, which keeps a release unpublished for good.")
    elif certainly_before(day, PartialDate(row["released"], row["released_from"], row["released_to"])):
        wrong = _("To be published from {day}, before the release itself ({released}): that keeps nothing back.")
    elif day.latest is not None and day.latest <= now and row["withheld"]:
        wrong = _("To be published from {day}, which has passed, but the person is marked withheld.")
    elif day.latest is not None and day.latest <= now and row["spell_withheld"]:
        wrong = _("To be published from {day}, which has passed, but the detention is marked withheld.")
    return wrong
