"""What may not be: rules that both refuse (casework) and find (checks).

Each rule about dates returns the sentence that says what is wrong, naming the dates, or None if nothing is. Only
what is wrong for *every* completion of partial dates is reported: a release in `2026-02` after an arrest on
`2026-02-10` may well be in order. Their source is the way this record counts, unless a rule names another.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from tracker.domain.date_bounds import UNKNOWN, Moment, PartialDate, bounds
from tracker.domain.vocabulary import STATUS_RANK
from tracker.errors import BadValue
from tracker.i18n import _

ADULT_AGE: Final = 18  # Convention on the Rights of the Child, article 1


@dataclass(frozen=True, slots=True)
class Spell:
    """One detention for comparison: when it began, and its first effective release (None while there is none)."""

    began: PartialDate
    ended: PartialDate | None = None


def certainly_before(one: PartialDate, other: PartialDate) -> bool:
    """Return whether `one` lies before `other` however both are completed."""
    return one.latest is not None and other.earliest is not None and one.latest < other.earliest


def release_before_arrest(began: PartialDate, released: PartialDate) -> str | None:
    """Return what is wrong if a release lies before the arrest it ends."""
    if not certainly_before(released, began):
        return None
    return _("The release ({released}) lies before the arrest ({began}).").format(
        released=released.text, began=began.text
    )


def upgrade_before_release(released: PartialDate, upgraded: PartialDate) -> str | None:
    """Return what is wrong if new terms lie before the release whose terms they change (the order is fixed)."""
    if not certainly_before(upgraded, released):
        return None
    return _("The new terms ({upgraded}) lie before the release ({released}).").format(
        upgraded=upgraded.text, released=released.text
    )


def transfer_before_arrest(began: PartialDate, since: PartialDate) -> str | None:
    """Return what is wrong if a stay begins before the detention it belongs to."""
    if not certainly_before(since, began):
        return None
    return _("The stay ({since}) begins before the arrest ({began}).").format(since=since.text, began=began.text)


def death_before_arrest(began: PartialDate, died: PartialDate) -> str | None:
    """Return what is wrong if a person was arrested after their death."""
    if not certainly_before(died, began):
        return None
    return _("The arrest ({began}) lies after the death ({died}).").format(began=began.text, died=died.text)


def release_after_death(died: PartialDate, released: PartialDate) -> str | None:
    """Return what is wrong if a person was released after their death."""
    if not certainly_before(died, released):
        return None
    return _("The release ({released}) lies after the death ({died}).").format(released=released.text, died=died.text)


def birth_after_arrest(born: PartialDate, began: PartialDate) -> str | None:
    """Return what is wrong if a person was born after their arrest."""
    if not certainly_before(began, born):
        return None
    return _("The birth ({born}) lies after the arrest ({began}).").format(born=born.text, began=began.text)


def detentions_overlap(a: Spell, b: Spell) -> str | None:
    """Return what is wrong if one person's two detentions certainly overlap.

    Two open ones always do, whatever is known of their dates ("Two open detentions of one person are refused").
    Being retaken in the minute of the release is no overlap.
    """
    if a.ended is None and b.ended is None:
        return _("Two detentions (from {a} and from {b}) are both open.").format(a=_said(a.began), b=_said(b.began))
    if not (_begun_before_end(a, b) and _begun_before_end(b, a)):
        return None
    return _("Two detentions ({a} and {b}) overlap.").format(a=_span(a), b=_span(b))


def terms_while_detained_again(changed: PartialDate, other: Spell) -> str | None:
    """Return what is wrong if new terms for somebody already out certainly fall within another detention of theirs.

    They then belong to that detention, or one of the dates is wrong. In the minute of the arrest, or of the release,
    they are in order.
    """
    if not certainly_before(other.began, changed):
        return None
    if other.ended is not None and not certainly_before(changed, other.ended):
        return None
    return _("The new terms ({changed}) lie within another detention ({other}).").format(
        changed=changed.text, other=_span(other)
    )


def _begun_before_end(one: Spell, other: Spell) -> bool:
    """Return whether `one` certainly began while `other` had not ended; each began before its own end."""
    if other.ended is None:
        return True
    begun = (one.began, *((one.ended,) if one.ended is not None else ()))
    return any(certainly_before(early, late) for early in begun for late in (other.began, other.ended))


def _said(when: PartialDate) -> str:
    """Return a date as a sentence says it."""
    return when.text if when.text is not None else _("an unknown date")


def _span(spell: Spell) -> str:
    """Return a detention as a sentence says it."""
    if spell.ended is None:
        return _("from {began}, open").format(began=_said(spell.began))
    return _("from {began} to {ended}").format(began=_said(spell.began), ended=_said(spell.ended))


def is_future(when: PartialDate, today: date) -> bool:
    """Return whether `when` certainly lies after `today`: a fact cannot."""
    return when.earliest is not None and when.earliest[:10] > today.isoformat()


def date_fault(canonical: str | None, today: date, *, may_be_future: bool = False) -> str | None:
    """Return what is wrong with a stored date: one that no calendar has, or a future one where facts are told."""
    try:
        earliest, latest = bounds(canonical)
    except BadValue as error:
        return error.message
    if not may_be_future and is_future(PartialDate(canonical, earliest, latest), today):
        return _("The date {date} lies in the future.").format(date=canonical)
    return None


def sentence_ran_out(sentence_ends: PartialDate, at: Moment) -> bool:
    """Return whether a sentence may have ended by `at`: without a word of release, the standing is uncertain then."""
    return sentence_ends.earliest is not None and sentence_ends.earliest <= at


def sentenced_from_stage(stage: str | None) -> str:
    """Return `yes`, `no` or `unknown` for a legal stage; an appeal counts as sentenced."""
    if stage is None or stage == "unknown":
        return "unknown"
    return "yes" if stage in {"sentenced", "appeal"} else "no"


def accepted_statuses(rule: str) -> tuple[str, ...]:
    """Return the release statuses that end a detention where `rule` is the least one accepted; never `retracted`."""
    least = max(STATUS_RANK[rule], 1)
    return tuple(status for status, rank in STATUS_RANK.items() if rank >= least)


def best_status(statuses: Iterable[str]) -> str | None:
    """Return the status that a release has on the word of several claimants: the highest, not the most repeated."""
    return max(statuses, key=STATUS_RANK.__getitem__, default=None)


def status_unsupported(status: str, supported: str | None) -> bool:
    """Return whether a release claims a higher status than its citations give it (`best_status` of them, or None)."""
    return STATUS_RANK[status] > (0 if supported is None else STATUS_RANK[supported])


def age_group(
    began: PartialDate, *, born: PartialDate = UNKNOWN, age: int | None = None, age_on: PartialDate = UNKNOWN
) -> str:
    """Return `adult`, `adolescent` (under 18) or `unknown` for the day of the arrest (derived).

    From the date of birth if that decides it, else from an age (in full years) stated on `age_on`; an age without a
    date decides nothing. Both ends of every partial date must agree.
    """
    group = _group(began, born.earliest, born.latest)
    if group == "unknown" and age is not None and age_on.earliest is not None and age_on.latest is not None:
        after = date.fromisoformat(_years_before(age_on.earliest, age + 1)) + timedelta(days=1)
        group = _group(began, after.isoformat(), _years_before(age_on.latest, age))
    return group


def _group(began: PartialDate, born_first: str | None, born_last: str | None) -> str:
    """Return the age group of somebody born between two days (None: no bound) and arrested on `began`."""
    if began.earliest is not None and born_last is not None and full_years(born_last, began.earliest) >= ADULT_AGE:
        return "adult"
    if began.latest is not None and born_first is not None and full_years(born_first, began.latest) < ADULT_AGE:
        return "adolescent"
    return "unknown"


def full_years(born: str, on: str) -> int:
    """Return the age in full years on a day (days or minutes as text)."""
    return int(on[:4]) - int(born[:4]) - (on[5:10] < born[5:10])


def _years_before(moment: str, years: int) -> str:
    """Return the same day `years` earlier; 29 February becomes the 28th where there is none."""
    day = date.fromisoformat(moment[:10])
    try:
        return day.replace(year=day.year - years).isoformat()
    except ValueError:
        return day.replace(year=day.year - years, day=28).isoformat()
