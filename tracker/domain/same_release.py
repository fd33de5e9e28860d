"""The same release or another? The rule by which what a source says joins what is on record.

Same: kinds equal or one of them `unstated`, and one of the two only announced or dates within 3 days. A later date
with freer terms is an upgrade. Anything else is asked. Whether both belong to one detention is the caller's to know;
retracted releases are nobody's match.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from tracker.domain.date_bounds import PartialDate
from tracker.domain.rules import certainly_before
from tracker.domain.vocabulary import freer

DAYS_APART: Final = 3
UNSTATED: Final = "unstated"


@dataclass(frozen=True, slots=True)
class Told:
    """A release as somebody states it, or as it is on record: vocabulary keys and a date."""

    kind: str
    status: str
    on: PartialDate


def days_apart(one: PartialDate, other: PartialDate) -> int:
    """Return the fewest days that can lie between two dates: 0 if they may be one day, or one is unknown."""
    if not (one.known and other.known):
        return 0
    first, second = (one, other) if certainly_before(one, other) else (other, one)
    if first.latest is None or second.earliest is None:
        return 0
    gap = date.fromisoformat(second.earliest[:10]) - date.fromisoformat(first.latest[:10])
    return max(gap.days, 0)


def same_kind(one: str, other: str) -> bool:
    """Return whether two kinds of release do not contradict each other."""
    return one == other or UNSTATED in (one, other)


def same_release(one: Told, other: Told) -> bool:
    """Return whether two statements about one detention are about one release."""
    announced = "announced" in (one.status, other.status)
    return same_kind(one.kind, other.kind) and (announced or days_apart(one.on, other.on) <= DAYS_APART)


def is_upgrade(new: Told, last: Told) -> bool:
    """Return whether `new` states later, freer terms for somebody whose last terms are `last`."""
    return certainly_before(last.on, new.on) and freer(new.kind, last.kind)


def agrees(one: PartialDate, other: PartialDate) -> bool:
    """Return whether two dates can both be right."""
    return not (certainly_before(one, other) or certainly_before(other, one))


def sharper(new: PartialDate, old: PartialDate) -> bool:
    """Return whether `new` says the same as `old` and more: it lies within it."""
    if not new.known or new.text == old.text:
        return False
    if not old.known:
        return True
    starts_within = old.earliest is None or (new.earliest is not None and new.earliest >= old.earliest)
    ends_within = new.latest is not None and old.latest is not None and new.latest <= old.latest
    return starts_within and ends_within
