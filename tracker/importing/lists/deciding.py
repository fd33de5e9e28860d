"""What a row is to the record: somebody on it (match), perhaps (review), nobody yet (create)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from tracker.domain.dates import UNKNOWN, PartialDate
from tracker.domain.lists import WHEREABOUTS_UNKNOWN
from tracker.i18n import _
from tracker.importing.lists.bundles import Bundle
from tracker.importing.lists.twice import as_row
from tracker.importing.spoken import Age, Person
from tracker.matching.described import SHOWN, Decision, Described, Match
from tracker.store import Connection
from tracker.store.ids import read_ref

if TYPE_CHECKING:
    from tracker.matching.matcher import Matcher

SURE: Final = 1.0


@dataclass(slots=True)
class Decider:
    """Decides about the people of one list; `taken` are those whom its other rows already are, with the row."""

    db: Connection
    matcher: "Matcher | None"
    taken: dict[str, int]

    @classmethod
    def of(cls, db: Connection) -> "Decider":
        """Return the decider for a new list; on a record without people there is nothing to compare with."""
        if db.execute("SELECT 1 FROM detainees LIMIT 1").fetchone() is None:
            return cls(db, None, {})
        from tracker.matching.matcher import Matcher

        return cls(db, Matcher(db), {})

    def keep_apart(self, person: str, row: int) -> None:
        """Let no other row of the list be this person; where nobody is compared there is nothing to keep."""
        if self.matcher is not None:
            self.taken.setdefault(person, row)

    def decide(self, told: Person, bundle: Bundle) -> Decision:
        """Return what the row is, with the candidates and the reasons in words.

        Who has the name and all else of somebody whom another row of the list is, is asked about, unless the list has
        numbers for people.
        """
        if self.matcher is None:
            return Decision("create", ())
        by_ref = self._by_ref(told, bundle.first.cells.get("ref", ""))
        if by_ref is not None:
            return Decision("match", (by_ref,))
        if told.name is None:
            return Decision("create", ())
        found = self.matcher.decide(described(told), apart_from=self.taken)
        if not found.again or bundle.numbered:
            return replace(found, again=())
        again = [as_row(match, self.taken[match.id]) for match in found.again]
        return Decision("review", (*again, *found.matches)[:SHOWN], tuple(again))

    def others(self, told: Person, apart: set[str]) -> tuple[Match, ...]:
        """Return who else may be meant by a row, `apart` from people (ids) who were thought of."""
        if self.matcher is None or told.name is None:
            return ()
        return self.matcher.candidates(described(told), apart_from=apart)

    def _by_ref(self, told: Person, printed_ref: str) -> Match | None:
        """Return the person whose own ref the list gives, if they could be called as it says."""
        ref = read_ref(printed_ref.strip())
        if ref is None or not ref.startswith("P-"):
            return None
        row = self.db.execute("SELECT id, ref, name FROM detainees WHERE ref = ?", (ref,)).fetchone()
        if row is None or row["id"] in self.taken or not self._called_alike(row["id"], row["name"], told):
            return None
        return Match(
            row["id"], row["ref"], row["name"] or "", row["name"] or "", SURE, (_("the list gives their ref"),)
        )

    def _called_alike(self, person: str, name: str | None, told: Person) -> bool:
        if told.name is None or name is None or self.matcher is None:
            return told.name is None and name is None
        return any(match.id == person for match in self.matcher.candidates(described(told)))


def described(told: Person) -> Described:
    """Return what a list says of a person as matching compares it."""
    detentions = [told.detentions[number] for number in sorted(told.detentions)]
    values = told.record.values
    age = values.get("age")
    places = [str(stay.values["facility"]) for one in detentions for stay in one.stays]
    voices = {citation.voice.source for one in detentions for citation in one.record.citations.values()}
    voices |= {citation.voice.source for citation in told.record.citations.values()}
    return Described(
        name=told.name,
        other_names=tuple(name for name, _kind in told.names.values()),
        nationalities=frozenset(told.nationalities),
        sex=values.get("sex"),
        born=values.get("born") or UNKNOWN,
        age=age.years if isinstance(age, Age) else None,
        age_on=age.on if isinstance(age, Age) else UNKNOWN,
        arrested=_dates([one.record.values.get("detained_on") for one in detentions]),
        released=_dates([release.values.get("released_on") for one in detentions for release in one.releases]),
        facilities=frozenset(place for place in places if place != WHEREABOUTS_UNKNOWN),
        roles=(*told.tags, *((values["occupation"],) if values.get("occupation") else ())),
        service=values.get("service"),
        identifiers=frozenset(told.identifiers),
        sources=frozenset(voices),
        died=values.get("died_on") or UNKNOWN,
    )


def _dates(found: Sequence[PartialDate | None]) -> tuple[PartialDate, ...]:
    return tuple(one for one in found if one is not None and one.known)
