"""The canonical list: rows → people, nationalities, detentions, stays, releases, and who says so.

- `ref` ties rows to one person; a row without one is a person of its own. `detention` numbers the person's detentions
  from 1 (empty: 1; 0: a row about the person alone).
- The same facility again is the same stay; another one is the next stay, a transfer. Back in an earlier facility, with
  another `facility_since`, is a stay of its own.
- The same `released_on` and `release_kind` again is the same release; anything else the next one, new terms.
- A row's source is cited for every record the row speaks of; for the person, where it speaks of nothing else.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final

from tracker.domain import rules
from tracker.domain.dates import UNKNOWN, PartialDate
from tracker.domain.lists import FIELDS_OF, WHEREABOUTS_UNKNOWN
from tracker.domain.names import exact, fold
from tracker.domain.no_names import names_no_place, person_name
from tracker.i18n import _
from tracker.importing.directory import Directory
from tracker.importing.plan import Ids
from tracker.importing.rows import Line
from tracker.importing.spoken import Age, Detention, Person, Record, Voice, agree
from tracker.importing.values import Reader

NOWHERE: Final = frozenset({WHEREABOUTS_UNKNOWN, "whereabouts unknown", "paradero desconocido"})
_STRICTER: Final = {None: 0, "named": 1, "anonymous": 2, "withheld": 3}
_MOST_DETENTIONS: Final = 99
_ABOUT: Final = tuple(column for column in FIELDS_OF["detainee"] if column != "name")
_CUSTODY: Final = frozenset({*FIELDS_OF["detention"], *FIELDS_OF["stay"], *FIELDS_OF["release"], "retaken_on"})
_STAY: Final = frozenset(FIELDS_OF["stay"])
_RELEASE: Final = frozenset(FIELDS_OF["release"])
_KEPT: Final = frozenset({"other_names", "note", "tags", "identifier", "publish"})

_READ: Final[dict[str, Callable[[Reader, Line, str], Any]]] = {
    "sex": Reader.sex,
    **dict.fromkeys(("born", "died_on", "detained_on", "released_on"), Reader.when),
    "sentence_ends": Reader.until,
    "age": Reader.years,
    **dict.fromkeys(("service", "stage", "release_kind", "release_basis", "release_status"), Reader.word),
    **dict.fromkeys(("occupation", "arrest_place", "authority", "charges", "sentence", "conditions"), Reader.text),
    "freed_at": Reader.text,
}
"""How the cells of a column are read."""


class PeopleReader:
    """Reads the rows of a list, one after the other; `people` has what they say, in the order they came."""

    def __init__(self, reader: Reader, ids: Ids, directory: Directory) -> None:
        self.people: dict[str, Person] = {}
        self._reader = reader
        self._ids = ids
        self._directory = directory

    def read(self, lines: Iterable[Line]) -> None:
        """Read all rows."""
        for line in lines:
            self._row(line, line.cells.get("ref", "").strip() or f"row {line.number}")

    def read_one(self, lines: Iterable[Line], ref: str) -> Person:
        """Read rows as rows of one person, whatever ties them, and return that person."""
        for line in lines:
            self._row(line, ref)
        return self.people[ref]

    def _row(self, line: Line, ref: str) -> None:
        person = self.people.get(ref)
        if person is None:
            person = self.people[ref] = Person(ref, Record(self._ids("detainee", ref), line))
        voice = read_voice(line, self._reader, self._directory)
        number = self._reader.number(line, "detention", most=_MOST_DETENTIONS)
        number = 1 if number is None else number
        spoken = self._nationalities(line, person, voice)
        if number:
            spoken |= self._detention(line, person, number, voice)
        elif not _CUSTODY.isdisjoint(line.cells):
            self._problem(line, "detention", _("Detention 0 is a row about the person alone; this one says more."))
        self._person(line, person, voice, else_spoken=spoken)

    def _problem(self, line: Line, column: str, message: str) -> None:
        self._reader.problems.add(message, file=line.file, row=line.number, column=column, value=line.cells.get(column))

    def _heard(self, line: Line, columns: tuple[str, ...]) -> dict[str, Any]:
        """Return what a row says in these columns, in their order."""
        heard = {}
        for column in columns:
            if column in line.cells:
                value = _READ[column](self._reader, line, column)
                if value is not None:
                    heard[column] = value
        return heard

    # The person

    def _person(self, line: Line, person: Person, voice: Voice | None, *, else_spoken: bool) -> None:
        heard = self._heard(line, _ABOUT)
        if "age" in heard:
            heard["age"] = self._age(heard["age"], voice)
        if heard or not else_spoken:
            person.record.hear(heard, voice)
        self._called_and_kept(line, person, voice)

    def _called_and_kept(self, line: Line, person: Person, voice: Voice | None) -> None:
        """Take the names of a row, and what has no citation of its own."""
        reader = self._reader
        printed = reader.once(line, "name", "person", person_name) if "name" in line.cells else None
        if printed is not None:
            self._printed(person, printed, voice)
        if _KEPT.isdisjoint(line.cells):
            return
        for name in reader.names(line, "other_names"):
            self._called(person, name, "alias")
        note = reader.text(line, "note")
        if note is not None and note not in person.notes:
            person.notes.append(note)
        person.tags += [tag for tag in reader.tags(line) if tag not in person.tags]
        person.identifiers += [pair for pair in reader.identifiers(line) if pair not in person.identifiers]
        level = reader.word(line, "publish")  # of two levels the stricter holds: publishing fails closed
        person.record.values["publish"] = max(person.record.values.get("publish"), level, key=_STRICTER.__getitem__)

    def _age(self, years: int, voice: Voice | None) -> Age:
        return Age(years, self._directory.published.get(voice.source, UNKNOWN) if voice else UNKNOWN)

    def _printed(self, person: Person, name: str, voice: Voice | None) -> None:
        """Take a name: the first is the person's, another one is kept as printed, with who printed it."""
        if person.name is None:
            person.name = name
        if name == person.name or exact(name) == exact(person.name):
            return
        self._called(person, name, "printed")
        if voice is not None:
            person.record.cite(voice, field="name", value=name)

    @staticmethod
    def _called(person: Person, name: str, kind: str) -> None:
        key = exact(name)
        if person.name is None or key != exact(person.name):
            person.names.setdefault(key, (name, kind))

    def _nationalities(self, line: Line, person: Person, voice: Voice | None) -> bool:
        countries = self._reader.countries(line, "nationalities")
        for country in countries:
            record = person.nationalities.get(country)
            if record is None:
                record = Record(self._ids("nationality", person.ref, country), line, {"country": country})
                person.nationalities[country] = record
            record.hear({}, voice)
        return bool(countries)

    # Custody

    def _detention(self, line: Line, person: Person, number: int, voice: Voice | None) -> bool:
        """Take what a row says of one detention; return whether it says anything beyond that there is one."""
        reader = self._reader
        detention = self._numbered(line, person, number)
        heard = self._heard(line, FIELDS_OF["detention"])
        if heard:
            detention.record.hear(heard, voice)
        stayed = self._stay(line, person, number, voice)
        released = self._release(line, person, number, voice)
        retaken = reader.when(line, "retaken_on")
        if retaken is not None:
            self._numbered(line, person, number + 1).record.hear({"detained_on": retaken}, voice)
        return bool(heard) or stayed or released or retaken is not None

    def _numbered(self, line: Line, person: Person, number: int) -> Detention:
        found = person.detentions.get(number)
        if found is None:
            found = Detention(Record(self._ids("detention", person.ref, number), line))
            person.detentions[number] = found
        return found

    def _stay(self, line: Line, person: Person, number: int, voice: Voice | None) -> bool:
        if _STAY.isdisjoint(line.cells):
            return False
        stays = person.detentions[number].stays
        since = self._reader.when(line, "facility_since")
        if "facility" not in line.cells or names_no_place(line.cells["facility"]):
            if since is not None and stays:
                stays[-1].hear({"facility_since": since}, voice)
            elif since is not None:
                self._problem(line, "facility_since", _("There is no facility that this date could belong to."))
            return since is not None
        place = self._reader.once(line, "facility", "facility", self._place)
        if place is None:
            return True
        stay = same_stay(stays, place, since)
        if stay is None:
            identifier = self._ids("stay", person.ref, number, len(stays) + 1)
            stay = Record(identifier, line, {"facility": place})
            stays.append(stay)
        stay.hear({} if since is None else {"facility_since": since}, voice)
        return True

    def _place(self, text: str) -> str:
        """Return the id of the facility, or `WHEREABOUTS_UNKNOWN`."""
        return WHEREABOUTS_UNKNOWN if fold(text) in NOWHERE else self._directory.facilities.find(text)

    def _release(self, line: Line, person: Person, number: int, voice: Voice | None) -> bool:
        if _RELEASE.isdisjoint(line.cells):
            return False
        detention = person.detentions[number]
        heard = self._heard(line, FIELDS_OF["release"])
        release = same_release(detention.releases, heard.get("released_on"), heard.get("release_kind"))
        if release is None:
            identifier = self._ids("release", person.ref, number, len(detention.releases) + 1)
            release = Record(identifier, line)
            detention.releases.append(release)
        release.hear(heard, voice)
        if voice is not None:
            detention.voiced.setdefault(release.id, []).append(self._directory.default_status[voice.claimant])
        return True


def read_voice(line: Line, reader: Reader, directory: Directory) -> Voice | None:
    """Return who says what a row says; None without a source, and a problem where a claimant or locator lacks one."""
    claimant = None
    if "claimant" in line.cells:
        claimant = reader.once(line, "claimant", "claimant", directory.claimants.find)
    locator = reader.text(line, "locator")
    if "source" in line.cells:
        source = reader.once(line, "source", "source", directory.sources.find)
        return Voice(source, claimant, locator) if source is not None else None
    for column in ("claimant", "locator"):
        if column in line.cells:
            reader.problems.add(
                _("There is no source in the row; a citation needs one."),
                file=line.file,
                row=line.number,
                column=column,
                value=line.cells[column],
            )
    return None


def same_stay(stays: list[Record], place: str, since: PartialDate | None) -> Record | None:
    """Return the stay that a row with this place and since (None: not said) speaks of, None for the next one.

    Of several stays in one place: the one with this since, else one it agrees with, else the one it must belong to.
    """
    there = [number for number, stay in enumerate(stays) if stay.values["facility"] == place]
    if not there or since is None:
        return stays[there[-1]] if there else None
    began = [stay.values.get("facility_since", UNKNOWN) for stay in stays]
    exact = [number for number in there if began[number] == since]
    near = [number for number in there if began[number].known and since.known and agree(began[number], since)]
    if exact or near:
        return stays[(exact or near)[0]]
    for number in there:
        if number == len(stays) - 1 or rules.certainly_before(since, began[number + 1]):
            return stays[number]
    return None


def same_release(releases: list[Record], on: PartialDate | None, kind: str | None) -> Record | None:
    """Return the release that a row with this date and kind speaks of (None: not said), None for the next one."""
    for lenient in (False, True):
        for release in reversed(releases):
            now_on, now_kind = release.values.get("released_on"), release.values.get("release_kind")
            same_on = on == now_on or (lenient and None in (on, now_on))
            same_kind = kind == now_kind or (lenient and None in (kind, now_kind))
            if same_on and same_kind:
                return release
    return None
