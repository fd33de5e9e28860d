"""In which order two names have the words they share.

*Díaz Bruno* is Bruno Díaz with the surname first, as lists print it. *José María* and *María José* are two given names,
*Gómez Pérez* and *Pérez Gómez* the surnames of two families, or of one that somebody has turned round.
"""

from collections.abc import Iterable
from enum import Enum

from tracker.i18n import N_, _
from tracker.matching.printed import Printed
from tracker.matching.words import given


class OtherOrder(Enum):
    """What stands in another order, where it is more than the surnames put first."""

    GIVEN = N_("but the given names in another order")
    SURNAMES = N_("but the surnames in another order")
    WORDS = N_("but the words in another order")

    @property
    def said(self) -> str:
        """The reason in words."""
        return _(self.value)


def other_order(places: Iterable[tuple[int, int]], one: Printed, other: Printed) -> OtherOrder | None:
    """Return what two names have in another order; nothing where the order is the same, or one has the surnames first.

    `places` are those of the words they share, in the one and in the other.
    """
    shared = sorted(pair for pair in places if pair[0] < len(one.words) and pair[1] < len(other.words))
    theirs = [place for _ours, place in shared]
    if theirs == sorted(theirs):
        return None
    turn = theirs.index(min(theirs))
    if [*theirs[turn:], *theirs[:turn]] == sorted(theirs):
        return OtherOrder.GIVEN if given(one.words[0]) and given(other.words[0]) else None
    turned = {ours for ours, there in enumerate(theirs) if there != sorted(theirs)[ours]}
    if all(given(one.words[shared[place][0]]) for place in turned):
        return OtherOrder.GIVEN
    if 0 in turned and len(theirs) - 1 in turned:
        return OtherOrder.WORDS
    return OtherOrder.GIVEN if 0 in turned else OtherOrder.SURNAMES
