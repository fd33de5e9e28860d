"""What a row says of somebody on record, joined to what is there.

Each fact is a statement by the row's source: it fills what is empty, supports what agrees, and is kept as a citation
that disputes what does not. Nothing on record is overwritten. Releases go by the rule of `release add`; what that rule
leaves open, and what may not be (a release before the arrest), is raised for somebody to decide.
"""

from dataclasses import dataclass, field
from typing import Any, Final

from tracker.casework import people as persons
from tracker.casework.arrest import Arrest
from tracker.casework.citations import Cited, cite
from tracker.casework.citing import cite_field, own_value
from tracker.casework.custody import add_detention, death
from tracker.casework.faults import detentions_of, first_effective, guarded, stays_of, stored
from tracker.casework.release_choice import possible_detentions
from tracker.casework.release_request import UNCITED_STATUS, Request, supported_status
from tracker.casework.releases import add_release
from tracker.casework.stays import add_stay, hold_at
from tracker.domain.dates import UNKNOWN, PartialDate
from tracker.domain.lists import STORED_AS, WHEREABOUTS_UNKNOWN
from tracker.domain.names import exact
from tracker.domain.rules import certainly_before
from tracker.domain.same_release import UNSTATED, agrees, sharper
from tracker.errors import Refused
from tracker.i18n import _
from tracker.importing.spoken import Age, Detention, Person, Record, said
from tracker.importing.values import merged_note
from tracker.store import Change, Row

_ARREST: Final = ("detained_on", "arrest_place", "authority", "charges", "stage", "sentence", "sentence_ends")
_PERSON: Final = ("sex", "born", "age", "service", "occupation")
_STRICTER: Final = {None: 0, "named": 1, "anonymous": 2, "withheld": 3}


@dataclass(slots=True)
class Joining:
    """Joins rows to one person; `numbered` says which detention on record each of the list's is.

    `answer` says which release is meant where the rule does not decide; `returned` when a person who is out by the
    record was taken again, because a list has them again.
    """

    change: Change
    person: str
    answer: str | None = None
    returned: PartialDate | None = None
    numbered: dict[int, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def join(self, told: Person, cited: Cited) -> None:
        """Join what one row says, as `cited` says it. Raises Refused, Undecided for what somebody must decide."""
        self._person(told, cited)
        for number in sorted(told.detentions):
            self._detention(number, told.detentions[number], cited)
        if told.record.values.get("died_on") is not None:
            self._died(told.record.values["died_on"], cited)

    # The person

    def _person(self, told: Person, cited: Cited) -> None:
        change, person = self.change, self.person
        self._named(told, cited)
        for name, kind in told.names.values():
            persons.add_other_name(change, person, name, kind)
        for country in told.nationalities:
            persons.add_nationality(change, person, country, cited=cited)
        for tag in told.tags:
            persons.add_tag(change, person, tag)
        for scheme, value in told.identifiers:
            persons.add_identifier(change, person, f"{scheme}={value}")
        for column in _PERSON:
            if told.record.values.get(column) is not None:
                self._state("detainees", person, column, told.record.values[column], cited)
        row = change.get("detainees", person)
        note = row["note"]
        for text in told.notes:
            note = merged_note(note, text)
        level = max(row["publish"], told.record.values.get("publish"), key=_STRICTER.__getitem__)
        change.update("detainees", person, {"note": note, "publish": level})
        if not told.detentions and not told.nationalities:
            cite(change, "detainees", person, cited)

    def _named(self, told: Person, cited: Cited) -> None:
        """Keep the name as printed, with who printed it; the person's own name stays."""
        if told.name is None:
            return
        row = self.change.get("detainees", self.person)
        if row["name"] is not None and exact(told.name) == exact(row["name"]):
            return
        persons.add_other_name(self.change, self.person, told.name, "printed")
        cite(self.change, "detainees", self.person, cited, field="name", value=told.name)

    def _state(self, table: str, identifier: str, column: str, value: Any, cited: Cited) -> None:
        """Fill an empty column, or cite for or against what is there."""
        change, row = self.change, self.change.get(table, identifier)
        own = own_value(change.db, table, row, column)
        if own in (None, "unknown"):
            stored_as = STORED_AS.get(column, column)
            values = {stored_as: value.text if isinstance(value, PartialDate) else value}
            if isinstance(value, Age):
                values = {"age": value.years, "age_on": value.on.text}
            change.update(table, identifier, values)
            cite(change, table, identifier, cited, field=column)
        elif isinstance(value, Age):
            self._age(row, value, cited)
        elif not cited.nothing:
            made = cite_field(change, table, row, f"{column}={said(value)}", cited)
            if made.stance == "disputes":
                self._differs(row["ref"], column, own, said(value))
        elif said(value) != own:
            self._differs(row["ref"], column, own, said(value))
            self._unsourced(column, said(value))

    def _age(self, row: Row, value: Age, cited: Cited) -> None:
        """Cite an age told on another day: it supports the one on record where one birthday explains both."""
        now = Age(row["age"], stored(row, "age_on"))
        stance = value.stance(now)
        differs = stance is not None
        cite(
            self.change,
            "detainees",
            row["id"],
            cited,
            field="age",
            value=str(value.years) if differs else None,
            stance=stance or "supports",
        )
        if stance == "disputes":
            self._differs(row["ref"], "age", str(now.years), str(value.years))
            if cited.nothing:
                self._unsourced("age", str(value.years))

    def _unsourced(self, column: str, told: str) -> None:
        """Keep in the person's note what differs and has no source, which no citation can hold."""
        note = self.change.get("detainees", self.person)["note"]
        self.change.update("detainees", self.person, {"note": merged_note(note, f"{column}: {told}")})

    def _differs(self, ref: str, column: str, own: str | None, told: str) -> None:
        self.notes.append(
            _("{ref}: {field} is {own} on record, {told} on this list").format(
                ref=ref, field=column, own=own or _("empty"), told=told
            )
        )

    def _died(self, died: PartialDate, cited: Cited) -> None:
        row = self.change.get("detainees", self.person)
        if row["died"] is None:
            death(self.change, self.person, on=died.text or "unknown", cited=cited)
        else:
            self._state("detainees", self.person, "died_on", died, cited)

    # Custody

    def _detention(self, number: int, told: Detention, cited: Cited) -> None:
        values = told.record.values
        held = self.numbered.get(number) or self._found(told)
        if held is None:
            held = self._begun(told, cited)
        else:
            with guarded(self.change, self.person):
                for column in _ARREST:
                    if values.get(column) is not None:
                        self._state("detentions", held, column, values[column], cited)
            if not told.stays and not told.releases and not any(values.get(column) is not None for column in _ARREST):
                cite(self.change, "detentions", held, cited)
        self.numbered[number] = held
        for stay in told.stays:
            self._stay(held, stay, cited)
        for release in told.releases:
            self._release(held, release, cited)

    def _found(self, told: Detention) -> str | None:
        """Return the detention on record that the list speaks of, None for one that is not there yet."""
        rows = detentions_of(self.change.db, self.person)
        began: PartialDate = told.record.values.get("detained_on") or UNKNOWN
        again = self.returned is not None and (not began.known or agrees(began, self.returned))
        if not rows or again:
            return None
        if not began.known:
            return self._latest_for(told, rows)
        agreeing = [row for row in rows if row["began"] is not None and agrees(began, stored(row, "began"))]
        if agreeing:
            return str(agreeing[-1]["id"])
        ended = first_effective(self.change.db, rows[-1]["id"])
        if ended is not None and not certainly_before(began, stored(ended, "released")):
            return None  # taken again after the last release on record
        ends = [_on(release) for release in told.releases]
        if any(certainly_before(end, stored(rows[0], "began")) for end in ends):
            return None  # over before the first arrest on record
        return str(rows[-1]["id"])

    def _latest_for(self, told: Detention, rows: list[Row]) -> str:
        """Return the detention meant where the list does not say when it began: the one its release can have ended."""
        person = self.change.get("detainees", self.person)
        for release in told.releases:
            possible = possible_detentions(self.change.db, person, _on(release), None)
            if possible:
                return str(possible[-1]["id"])
        return str(rows[-1]["id"])

    def _begun(self, told: Detention, cited: Cited) -> str:
        """Add a detention that is not on record."""
        values = told.record.values
        began: PartialDate | None = values.get("detained_on")
        if self.returned is not None and not sharper(began or UNKNOWN, self.returned):
            began = self.returned
        arrest = Arrest(
            began=_text(began),
            place=values.get("arrest_place"),
            authority=values.get("authority"),
            charges=values.get("charges"),
            stage=values.get("stage"),
            sentence=values.get("sentence"),
            sentence_ends=_text(values.get("sentence_ends")),
        )
        over = any(release.values.get("release_status") != "retracted" for release in told.releases)
        return add_detention(self.change, self.person, arrest, cited=cited, over=over)

    def _stay(self, detention: str, told: Record, cited: Cited) -> None:
        """Take where somebody is held: a dated stay elsewhere is the next stay, anything else supports or disputes."""
        change, place = self.change, told.values["facility"]
        since: PartialDate | None = told.values.get("facility_since")
        where = None if place == WHEREABOUTS_UNKNOWN else place
        stays = stays_of(change.db, detention)
        same = [stay for stay in stays if stay["facility"] == where]
        if not stays or (not same and since is not None and self._later(detention, stays[-1], since)):
            with guarded(change, self.person):
                add_stay(change, detention, where, since=since.text if since else None, cited=cited)
        elif same:
            cite(change, "stays", same[-1]["id"], cited)
            if since is not None:
                self._state("stays", same[-1]["id"], "facility_since", since, cited)
        elif where is None:
            cite_field(change, "stays", stays[-1], f"facility={WHEREABOUTS_UNKNOWN}", cited)
        else:
            self._note(hold_at(change, detention, where, cited))

    def _later(self, detention: str, last: Row, since: PartialDate) -> bool:
        """Tell whether a stay that began `since` comes after the last one of a detention that is not over."""
        if first_effective(self.change.db, detention) is not None:
            return False
        began = stored(last, "since")
        return not began.known or certainly_before(began, since)

    def _release(self, detention: str, told: Record, cited: Cited) -> None:
        values = told.values
        supported = supported_status(self.change.db, cited)
        status = values.get("release_status") or supported or UNCITED_STATUS
        if status == "retracted":
            raise Refused(_("The list says that a release proved false; record that with 'tracker release retract'."))
        request = Request(
            on=_on(told),
            kind=values.get("release_kind") or UNSTATED,
            basis=values.get("release_basis") or UNSTATED,
            status=status,
            conditions=values.get("conditions"),
            freed_at=values.get("freed_at"),
            cited=cited,
            supported=supported,
        )
        outcome = add_release(self.change, self.person, request, detention=detention, answer=self.answer)
        self.notes += [f"{outcome.ref}: {note}" for note in outcome.notes]

    def _note(self, sentence: str | None) -> None:
        if sentence is not None:
            self.notes.append(sentence)


def _on(release: Record) -> PartialDate:
    found: PartialDate | None = release.values.get("released_on")
    return found or UNKNOWN


def _text(when: PartialDate | None) -> str | None:
    return None if when is None else when.text or "unknown"
