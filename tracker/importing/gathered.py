"""What a list's rows said, brought into a plan: checked by the shell's own rules, then turned into rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any, Final

from tracker.domain import rules
from tracker.domain.dates import UNKNOWN, PartialDate
from tracker.domain.lists import WHEREABOUTS_UNKNOWN
from tracker.domain.names import exact
from tracker.i18n import _
from tracker.importing.directory import UNNAMED_STATUS
from tracker.importing.plan import Ids, Plan
from tracker.importing.problems import Problems
from tracker.importing.spoken import Detention, Person, Record
from tracker.importing.values import merged_note

EFFECTIVE: Final = ("verified",)


@dataclass(slots=True)
class Gatherer:
    """Puts people into `plan`; `entered` is the day their records were entered."""

    plan: Plan
    ids: Ids
    problems: Problems
    entered: str

    def add(self, person: Person) -> None:
        """Check one person and add the rows; none of somebody of whom something cannot be."""
        before = self.problems.count
        self._name(person)
        self._settle(person)
        self._check_order(person)
        self._check_spells(person)
        if self.problems.count == before:
            self._rows(person)

    def _problem(self, record: Record, column: str, message: str) -> None:
        line = record.line
        self.problems.add(message, file=line.file, row=line.number, column=column, value=line.cells.get(column))

    def _name(self, person: Person) -> None:
        """Name the person; somebody without a name is known by the first note."""
        values, notes = person.record.values, list(person.notes)
        values["name"] = person.name
        if person.name is not None:
            person.names.pop(exact(person.name), None)  # another name until a later row gave it as the person's own
        else:
            values["description"] = " ".join(notes.pop(0).split()) if notes else None
            if not values["description"]:
                self._problem(person.record, "name", _("A person without a name needs a note that describes them."))
        note: str | None = None
        for one in (*notes, *person.unsourced()):
            note = merged_note(note, one)
        values["note"] = note

    def _settle(self, person: Person) -> None:
        """Give every detention and release what its rows left open."""
        for here, number in enumerate(sorted(person.detentions), 1):
            detention = person.detentions[number]
            if number != here:
                self._problem(detention.record, "detention", _("There is no detention {n} before it.").format(n=here))
            for release in detention.releases:
                if release.values.get("release_status") is None:
                    voiced = detention.voiced.get(release.id, ())
                    release.values["release_status"] = rules.best_status(voiced) or UNNAMED_STATUS

    def _check_order(self, person: Person) -> None:
        """Add a problem for each date that cannot be, given another one of the same person."""
        died, born = _date(person.record, "died_on"), _date(person.record, "born")
        for detention in person.detentions.values():
            began = _date(detention.record, "detained_on")
            self._if(detention.record, "detained_on", rules.death_before_arrest(began, died))
            self._if(detention.record, "detained_on", rules.birth_after_arrest(born, began))
            for stay in detention.stays:
                self._if(stay, "facility_since", rules.transfer_before_arrest(began, _date(stay, "facility_since")))
            for release in detention.releases:
                if release.values["release_status"] != "retracted":
                    on = _date(release, "released_on")
                    self._if(release, "released_on", rules.release_before_arrest(began, on))
                    self._if(release, "released_on", rules.release_after_death(died, on))
            for one, after in pairwise(_effective(detention)):
                wrong = rules.upgrade_before_release(_date(one, "released_on"), _date(after, "released_on"))
                self._if(after, "released_on", wrong)

    def _check_spells(self, person: Person) -> None:
        """Add a problem for detentions that overlap; two open ones always do."""
        spells: list[tuple[Record, rules.Spell]] = []
        for number in sorted(person.detentions):
            detention = person.detentions[number]
            ended = next((_date(release, "released_on") for release in _effective(detention)), None)
            spells.append((detention.record, rules.Spell(_date(detention.record, "detained_on"), ended)))
        for (_one, a), (later, b) in combinations(spells, 2):
            self._if(later, "detention", rules.detentions_overlap(a, b))

    def _if(self, record: Record, column: str, wrong: str | None) -> None:
        if wrong is not None:
            self._problem(record, column, wrong)

    # Rows

    def _rows(self, person: Person) -> None:
        add, ids, ref = self.plan.add, self.ids, person.ref
        owner = add("detainees", person.record.id, person.record.stored())
        self._cite("detainee", person.record)
        for key, (name, kind) in person.names.items():
            add("names", ids("name", ref, key), {"detainee": owner, "name": name, "kind": kind})
        for country, record in person.nationalities.items():
            add("nationalities", record.id, {"detainee": owner, "country": country})
            self._cite("nationality", record)
        for tag in person.tags:
            add("tags", ids("tag", ref, tag), {"detainee": owner, "tag": tag})
        for scheme, value in person.identifiers:
            values = {"detainee": owner, "scheme": scheme, "value": value}
            add("identifiers", ids("identifier", ref, scheme, value), values)
        for number in sorted(person.detentions):
            self._custody(owner, person.detentions[number])

    def _custody(self, owner: str, detention: Detention) -> None:
        add, record = self.plan.add, detention.record
        add("detentions", record.id, {"detainee": owner, "entered": self.entered, **record.stored()})
        self._cite("detention", record)
        for step, stay in enumerate(detention.stays, 1):
            add("stays", stay.id, {"detention": record.id, "step": step, **_place(stay.stored())})
            self._cite("stay", stay)
        for step, release in enumerate(detention.releases, 1):
            values = {"detention": record.id, "step": step, "entered": self.entered, **release.stored()}
            values = {"kind": "unstated", "basis": "unstated", **values}
            add("releases", release.id, values)
            self._cite("release", release)

    def _cite(self, about: str, record: Record) -> None:
        for identifier, values in citation_rows(self.ids, about, record):
            self.plan.add("citations", identifier, values)


def citation_rows(ids: Ids, about: str, record: Record) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (id, values) for each citation of a record."""
    for key, citation in record.citations.items():
        values = {
            "source": citation.voice.source,
            "claimant": citation.voice.claimant,
            about: record.id,
            "field": citation.field,
            "value": citation.value,
            "stance": citation.stance,
            "locator": "; ".join(citation.locators) or None,
        }
        yield ids("citation", record.id, *key), values


def _effective(detention: Detention) -> list[Record]:
    return [release for release in detention.releases if release.values["release_status"] in EFFECTIVE]


def _date(record: Record, column: str) -> PartialDate:
    found: PartialDate | None = record.values.get(column)
    return found or UNKNOWN


def _place(values: dict[str, Any]) -> dict[str, Any]:
    """Return a stay's values with whereabouts unknown as the record stores it."""
    if values["facility"] != WHEREABOUTS_UNKNOWN:
        return values
    return {**values, "facility": None, "whereabouts_unknown": 1}
