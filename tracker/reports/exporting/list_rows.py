"""One person as rows of the canonical list: the reverse of `importing.people`, so that a list read again is the same.

A row belongs to one voice (source, claimant, place in it) and holds cells of exactly those records that the voice is
cited for; a row without a source holds what nobody is cited for. A record's values stand on the first of its rows, on
the others only what tells which record is meant. Rows stand in slots: the next stay and the next release come after
the one before, and in each slot the row without a source comes first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from tracker.domain.lists import LIST, WHEREABOUTS_UNKNOWN
from tracker.domain.names import exact
from tracker.reports.exporting import list_cells as at
from tracker.reports.exporting.list_cells import Cells, Record

Records = Sequence[Record]
Voice = tuple[Any, ...]
Fields = dict[str, tuple[int, int]]

NOBODY: Final[Voice] = (None, None, None)

_BY_STEP: Final = itemgetter(2, 3)
_BY_TIME: Final = itemgetter(2, 1)
_DETENTION: Final = itemgetter(1)
_IDENTITY: Final = itemgetter(3)


@dataclass(frozen=True, slots=True)
class Directory:
    """What ids stand for: slugs and days of publication of sources, names of claimants and facilities."""

    slugs: dict[str, str]
    published: dict[str, str | None]
    claimants: dict[str | None, str | None]
    facilities: dict[str, str]


@dataclass(slots=True)
class Person:
    """One person's records as the streams give them, a row for each citation of each.

    `spoken`: whether places in sources, and values as stated, may be told (in public: of people who may be named).
    """

    person: Record
    number: int
    names: Records
    nationalities: Records
    cited: Records
    detentions: Records
    stays: Records
    releases: Records
    spoken: bool = True

    @property
    def ref(self) -> str:
        """The ref, or the number in this list of somebody whose ref is not told."""
        return self.person[1] or str(self.number)


class Composer:
    """Puts one person after the other into rows."""

    def __init__(self, directory: Directory) -> None:
        self._published = directory.published
        self._slugs: dict[str | None, str | None] = {None: None}
        self._slugs.update(directory.slugs)
        self._claimants = directory.claimants
        self._facilities: dict[str | None, str] = {None: WHEREABOUTS_UNKNOWN}
        self._facilities.update(directory.facilities)
        self._blank: Cells = [None] * len(LIST)
        self._base: Cells = []
        self._made: dict[Voice, Cells] = {}
        self._alone: list[Cells] = []
        self._spoken = True

    def rows(self, one: Person) -> list[Cells]:
        """Return the rows of a person."""
        self._spoken = one.spoken
        self._base = self._blank.copy()
        self._base[at.REF], self._base[at.NAME] = one.ref, one.person[2]
        if not one.detentions:
            self._base[at.DETENTION] = 0
            self._about(one)
            rows = self._slot()
        else:
            rows = self._spells(one)
        if one.names:
            rows = self._printed(rows, one)
        _finish(rows, one, self._base)
        return rows

    def _spells(self, one: Person) -> list[Cells]:
        """Return the rows of every detention, in time order; the first one's also speak of the person."""
        rows: list[Cells] = []
        by_time = sorted(one.detentions, key=_BY_TIME)
        for number, (identifier, group) in enumerate(groupby(by_time, _DETENTION), 1):
            self._base[at.DETENTION] = number
            stays = steps([row for row in one.stays if row[1] == identifier])
            releases = steps([row for row in one.releases if row[1] == identifier])
            places = [stay[0][4] for stay in stays]
            again = len(set(places)) < len(places)  # back in a place: only the date tells those stays apart
            for slot in range(max(1, len(stays), len(releases))):
                if slot == 0:
                    if number == 1:
                        self._about(one)
                    self._detention(list(group))
                if slot < len(stays):
                    self._stay(stays[slot], again=again)
                if slot < len(releases):
                    self._release(releases[slot])
                rows += self._slot(needed=slot == 0)
        return rows

    def _row(self, voice: Voice) -> Cells:
        """Return the row of a voice in this slot, made if it is not there yet."""
        found = self._made.get(voice)
        if found is None:
            found = self._made[voice] = self._new(voice)
        return found

    def _new(self, voice: Voice) -> Cells:
        made = self._base.copy()
        made[at.SOURCE], made[at.CLAIMANT] = self._slugs[voice[0]], self._claimants[voice[1]]
        if self._spoken:
            made[at.LOCATOR] = voice[2]
        return made

    def _slot(self, *, needed: bool = True) -> list[Cells]:
        """Return the rows of the slot that ends: the one without a source, the voices', those that stand alone."""
        first = self._made.pop(NOBODY, None)
        rows = [] if first is None else [first]
        rows += self._made.values()
        rows += self._alone
        self._made, self._alone = {}, []
        return rows or ([self._base.copy()] if needed else [])

    # The person

    def _about(self, one: Person) -> None:
        """Add what is known of the person, and who says so."""
        person = one.person
        for row in one.nationalities:
            cells = self._row(tuple(row[2:5]))
            now = cells[at.NATIONALITIES]
            cells[at.NATIONALITIES] = f"{now}; {row[1]}" if now else row[1]
        told = tells(person)
        voices = whole(one.cited, person, at.PERSON_FIELDS)
        carrier = self._age_carrier(person, voices) if person[6] is not None else None
        put = at.put_person
        for place, voice in enumerate(voices):
            if not told and place != carrier:
                if voice is not NOBODY:
                    self._alone.append(self._new(voice))  # a row that says nothing else speaks of the person
                continue
            cells = self._row(voice)
            put(cells, person)
            put = at.put_person_sign
            if place == carrier:
                cells[at.AGE] = person[6]
        if person[6] is not None and carrier is None:
            self._row(NOBODY)[at.AGE] = person[6]
        self._stated(one.cited, person, at.PERSON_FIELDS)

    def _age_carrier(self, person: Record, voices: list[Voice]) -> int | None:
        """Return whose row holds the age: who published it when it was stated. None: a row without source."""
        for place, voice in enumerate(voices):
            if voice is not NOBODY and self._published[voice[0]] == person[7]:
                return place
        return 0 if person[7] is not None else None

    def _stated(self, rows: Records, record: Record, fields: Fields) -> None:
        """Add a row for each source that states a field otherwise without disputing it: vaguer, or in other words."""
        for row in rows:
            column, value = row[-2:]
            place = fields.get(column) if value is not None and self._spoken else None
            if place is not None and str(record[place[0]]) != value:
                self._alone.append(self._new(row[-5:-2]))
                self._alone[-1][place[1]] = value

    # Custody

    def _detention(self, rows: Records) -> None:
        record = rows[0]
        put = at.put_detention
        for voice in whole(rows, record, at.DETENTION_FIELDS):
            if voice is not NOBODY or any(record[3:10]):
                put(self._row(voice), record, cited=voice is not NOBODY)
            put = at.put_detention_sign
        self._stated(rows, record, at.DETENTION_FIELDS)

    def _stay(self, rows: Records, *, again: bool) -> None:
        record = rows[0]
        place, since = self._facilities[record[4]], record[5]
        for voice in whole(rows, record, at.STAY_FIELDS, facility=place):
            cells = self._row(voice)
            cells[at.FACILITY] = place
            cells[at.SINCE] = (record[5] or at.UNKNOWN) if again else since
            since = None

    def _release(self, rows: Records) -> None:
        put = at.put_release
        for voice in whole(rows, rows[0], at.RELEASE_FIELDS):
            put(self._row(voice), rows[0])
            put = at.put_release_sign

    # Names

    def _printed(self, rows: list[Cells], one: Person) -> list[Cells]:
        """Put names as printed where their sources stand; the person's own name comes first."""
        name = self._base[at.NAME]
        if name is None:
            return rows
        known = {exact(row[1]): row[2] for row in one.names}
        printers = [(row[5], tuple(row[1:4])) for row in one.cited if row[4] == "name" and exact(row[5] or "") in known]
        cited = {exact(printed) for printed, _voice in printers}
        printers += [(row[1], NOBODY) for row in one.names if row[2] == "printed" and exact(row[1]) not in cited]
        for printed, voice in printers:
            found = [] if voice is NOBODY else self._of_voice(rows, voice, name)
            if not found:
                found = [self._new(voice)]
                rows = rows + found
            for row in found:
                row[at.NAME] = printed
        return rows if rows[0][at.NAME] == name else [self._base.copy(), *rows]

    def _of_voice(self, rows: list[Cells], voice: Voice, name: str) -> list[Cells]:
        """Return the rows of a voice (its place in the source may be several) that still hold the person's own name."""
        source, claimant, locator = voice
        who = (name, self._slugs[source], self._claimants[claimant])
        places = {locator, *(locator or "").split("; ")}
        return [
            row
            for row in rows
            if (row[at.NAME], row[at.SOURCE], row[at.CLAIMANT]) == who
            and (row[at.LOCATOR] in places or not self._spoken)
        ]


def tells(person: Record) -> bool:
    """Return whether anything but an age is known that speaks of the person."""
    return bool(person[4] or person[5] or person[8] or person[9] or person[10])


def steps(rows: Records) -> list[Records]:
    """Return the rows of each stay or release, in order."""
    if len(rows) < 2:  # noqa: PLR2004  (nothing to put in order)
        return [rows] if rows else []
    return [list(group) for _id, group in groupby(sorted(rows, key=_BY_STEP), _IDENTITY)]


def whole(rows: Records, record: Record, fields: Fields, *, facility: str | None = None) -> list[Voice]:
    """Return who is cited for a record: for all of it, or for a field just as it stands; `[NOBODY]` where nobody is."""
    voices: list[Voice] = []
    for row in rows:
        source, _claimant, _locator, column, value = row[-5:]
        if source is None or column == "name":
            continue
        place = fields.get(column)
        same = value is None or value == facility or (place is not None and str(record[place[0]]) == value)
        if column is None or same:
            voices.append(row[-5:-2])
    return (_placed(voices) if len(voices) > 1 else voices) or [NOBODY]


def _placed(voices: list[Voice]) -> list[Voice]:
    """Return each source and claimant once, with all its places: a list says once that it speaks of a record."""
    places: dict[Voice, list[str]] = {}
    for source, claimant, locator in voices:
        there = places.setdefault((source, claimant), [])
        if locator is not None and locator not in there:
            there.append(locator)
    return [(*voice, "; ".join(there) or None) for voice, there in places.items()]


def _finish(rows: list[Cells], one: Person, base: Cells) -> None:
    """Fill in what belongs to no source: other names, tags, identifiers, publish level, notes."""
    person, first = one.person, rows[0]
    named = base[at.NAME] is not None
    first[at.OTHER_NAMES] = "; ".join(row[1] for row in one.names if row[2] != "printed" or not named) or None
    first[at.TAGS], first[at.IDENTIFIER], first[at.PUBLISH] = person[13], person[14], person[11]
    if named or person[3] is None:
        first[at.NOTE] = person[12]
        return
    first[at.NOTE] = person[3]  # somebody without a name is known by the first note
    if person[12] is not None:
        if len(rows) == 1:
            rows.append(base.copy())
        rows[1][at.NOTE] = person[12]
