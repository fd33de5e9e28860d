"""The list as text, line by line: what a million people need to be faster than any row of 34 cells can be.

Most people have one detention, and every voice speaks once: their lines are put together from pieces, the commas
between them counted beforehand. Everybody else goes through `list_rows`, whose rows say what the lines must be
(tested: both give the same text for everybody).
"""

from typing import Final

from tracker.domain.lists import LIST, WHEREABOUTS_UNKNOWN
from tracker.reports.exporting import list_cells as at
from tracker.reports.exporting.list_cells import Cells, Record
from tracker.reports.exporting.list_rows import Composer, Directory, Fields, Person, Records, Voice, steps, tells

END: Final = "\r\n"


def quoted(text: str) -> str:
    """Return a cell as CSV has it (RFC 4180): in quotation marks where it must be."""
    if "," in text or '"' in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def line(cells: Cells) -> str:
    """Return a row of cells as a line."""
    return ",".join(["" if one is None else quoted(str(one)) for one in cells]) + END


def _gap(after: int, before: int) -> str:
    """Return the commas between two cells of a line."""
    return "," * (before - after)


_FROM_NAME: Final = _gap(at.NAME, at.LOCATOR)

# The commas of a line that says only one thing, between its name and its source.
_TO_NATIONALITIES: Final = _gap(at.NAME, at.NATIONALITIES)
_FROM_NATIONALITIES: Final = _gap(at.NATIONALITIES, at.SOURCE)
_TO_DETAINED_ON: Final = _gap(at.NAME, at.DETAINED_ON)
_FROM_DETAINED_ON: Final = _gap(at.DETAINED_ON, at.SOURCE)
_TO_CHARGES: Final = _gap(at.AUTHORITY, at.CHARGES)
_FROM_SENTENCE: Final = _gap(at.SENTENCE_ENDS, at.SOURCE)
_TO_FACILITY: Final = _gap(at.NAME, at.FACILITY)
_FROM_SINCE: Final = _gap(at.SINCE, at.SOURCE)
_TO_RELEASED_ON: Final = _gap(at.NAME, at.RELEASED_ON)
_FROM_KIND: Final = _gap(at.KIND, at.SOURCE)
_FROM_FREED_AT: Final = _gap(at.FREED_AT, at.SOURCE)
_TO_SEX: Final = _gap(at.NAME, at.SEX)
_TO_SERVICE: Final = _gap(at.AGE, at.SERVICE)
_TO_DIED: Final = _gap(at.OCCUPATION, at.DIED)
_FROM_DIED: Final = _gap(at.DIED, at.SOURCE)


class NotPlain(Exception):
    """Somebody whose rows must be composed cell by cell."""


class TextComposer:
    """Puts one person after the other into lines."""

    def __init__(self, directory: Directory) -> None:
        self._composer = Composer(directory)
        self._published = directory.published
        self._slugs = {key: quoted(slug) for key, slug in directory.slugs.items()}
        self._claimants = {key: quoted(name or "") for key, name in directory.claimants.items()}
        self._places: dict[str | None, str] = {key: quoted(name) for key, name in directory.facilities.items()}
        self._places[None] = WHEREABOUTS_UNKNOWN
        self._blank = [""] * len(LIST)
        self._head, self._spoken = "", True
        self._lines: list[str] = []
        self._voices: list[Voice] = []

    def lines(self, one: Person) -> list[str]:
        """Return the lines of a person."""
        if self._may_be_plain(one):
            try:
                return self._plain(one)
            except NotPlain:
                pass
        return [line(row) for row in self._composer.rows(one)]

    @staticmethod
    def _may_be_plain(one: Person) -> bool:
        """Return whether somebody has one detention, little else, and at most one citation."""
        person, detentions = one.person, one.detentions
        if not detentions or detentions[0][1] != detentions[-1][1] or (one.names and (one.cited or person[2] is None)):
            return False
        if one.cited and (len(one.cited) > 1 or one.cited[0][4] is not None or not tells(person)):
            return False
        return person[2] is not None or person[3] is None or person[12] is None

    def _plain(self, one: Person) -> list[str]:
        """Return the lines of somebody plain. Raises `NotPlain`.

        Plain is of whom every voice speaks once, of whole records, and of whom something is known that nobody is cited
        for: that stands on the first line, with what belongs to no source.
        """
        person = one.person
        self._spoken = one.spoken
        name = "" if person[2] is None else quoted(person[2])
        self._head = f"{one.ref},1,{name}"
        self._voices, self._lines = [], [""]
        first = self._blank.copy()
        uncited = self._about(one, first)
        uncited |= self._detention(one.detentions, first)
        if one.stays or one.releases:
            uncited |= self._custody(steps(one.stays), steps(one.releases), first)
        if not uncited or len(set(self._voices)) < len(self._voices):
            raise NotPlain
        first[at.TAGS] = "" if person[13] is None else quoted(person[13])
        first[at.IDENTIFIER] = "" if person[14] is None else quoted(person[14])
        first[at.PUBLISH] = person[11] or ""
        note = person[12] if person[2] is not None or person[3] is None else person[3]
        first[at.NOTE] = "" if note is None else quoted(note)
        for row in one.names:
            if row[2] == "printed":
                self._lines.append(f"{one.ref},1,{quoted(row[1])}{_FROM_NAME}{END}")
            else:
                now = first[at.OTHER_NAMES]
                first[at.OTHER_NAMES] = f"{now}; {row[1]}" if now else row[1]
        first[at.OTHER_NAMES] = quoted(first[at.OTHER_NAMES])
        self._lines[0] = f"{self._head},{','.join(first[at.OTHER_NAMES :])}{END}"
        return self._lines

    def _about(self, one: Person, first: list[str]) -> bool:
        """Add the lines of who is cited for the person; what nobody is cited for goes into `first` (and gives True)."""
        person = one.person
        uncited = False
        for row in one.nationalities:
            if row[2] is None:
                now = first[at.NATIONALITIES]
                first[at.NATIONALITIES] = f"{now}; {row[1]}" if now else row[1]
                uncited = True
            elif row[5] is None:
                said = self._voice(row[2:5])
                self._lines.append(f"{self._head}{_TO_NATIONALITIES}{row[1]}{_FROM_NATIONALITIES}{said}")
            else:
                raise NotPlain
        age = "" if person[6] is None else str(person[6])
        occupation = "" if person[9] is None else quoted(person[9])
        sex, born, service, died = person[4] or "", person[5] or "", person[8] or "", person[10] or ""
        if not one.cited:
            first[at.SEX], first[at.BORN], first[at.AGE], first[at.SERVICE] = sex, born, age, service
            first[at.OCCUPATION], first[at.DIED] = occupation, died
            return uncited or tells(person) or age != ""
        voice = one.cited[0][1:4]
        if age and person[7] is None and self._published[voice[0]] is not None:
            first[at.AGE], age, uncited = age, "", True
        middle = f"{sex},{born},{age}{_TO_SERVICE}{service},{occupation}{_TO_DIED}{died}"
        self._lines.append(f"{self._head}{_TO_SEX}{middle}{_FROM_DIED}{self._voice(voice)}")
        return uncited

    def _detention(self, rows: Records, first: list[str]) -> bool:
        record = rows[0]
        _rowid, _detention, _order, began, place, authority, charges, stage, sentence, ends = record[:10]
        place = "" if place is None else quoted(place)
        authority = "" if authority is None else quoted(authority)
        charges = "" if charges is None else quoted(charges)
        sentence = "" if sentence is None else quoted(sentence)
        said = _voices(rows, record, at.DETENTION_FIELDS)
        if not said:
            first[at.DETAINED_ON], first[at.PLACE], first[at.AUTHORITY] = began or "", place, authority
            first[at.CHARGES], first[at.STAGE] = charges, stage or ""
            first[at.SENTENCE], first[at.SENTENCE_ENDS] = sentence, ends or ""
            return any(record[3:10])
        start = f"{self._head}{_TO_DETAINED_ON}{began or at.UNKNOWN}"
        rest = f",{place},{authority}{_TO_CHARGES}{charges},{stage or ''},{sentence},{ends or ''}{_FROM_SENTENCE}"
        for voice in said:
            self._lines.append(f"{start}{rest}{self._voice(voice)}")
            rest = _FROM_DETAINED_ON
        return False

    def _custody(self, stays: list[Records], releases: list[Records], first: list[str]) -> bool:
        """Add the lines of stays and releases; return whether nobody is cited for one of those in the first slot."""
        if len(stays) > 1 and len({stay[0][4] for stay in stays}) < len(stays):
            raise NotPlain
        uncited = False
        for slot in range(max(len(stays), len(releases))):
            start, cells = len(self._lines), first if slot == 0 else self._blank.copy()
            alone = slot < len(stays) and self._stay(stays[slot], cells)
            alone |= slot < len(releases) and self._release(releases[slot], cells)
            if slot == 0:
                uncited = alone
            elif alone:
                self._lines.insert(start, f"{self._head},{','.join(cells[at.OTHER_NAMES :])}{END}")
        return uncited

    def _stay(self, rows: Records, uncited: list[str]) -> bool:
        record = rows[0]
        place, since = self._places[record[4]], record[5] or ""
        said = _voices(rows, record, at.STAY_FIELDS)
        if not said:
            uncited[at.FACILITY], uncited[at.SINCE] = place, since
            return True
        for voice in said:
            self._lines.append(f"{self._head}{_TO_FACILITY}{place},{since}{_FROM_SINCE}{self._voice(voice)}")
            since = ""
        return False

    def _release(self, rows: Records, uncited: list[str]) -> bool:
        record = rows[0]
        on, kind, basis, status, conditions, freed_at = record[4:10]
        on = on or at.UNKNOWN
        basis = "" if basis == "unstated" else basis
        conditions = "" if conditions is None else quoted(conditions)
        freed_at = "" if freed_at is None else quoted(freed_at)
        said = _voices(rows, record, at.RELEASE_FIELDS)
        if not said:
            uncited[at.RELEASED_ON], uncited[at.KIND], uncited[at.BASIS], uncited[at.STATUS] = on, kind, basis, status
            uncited[at.CONDITIONS], uncited[at.FREED_AT] = conditions, freed_at
            return True
        start = f"{self._head}{_TO_RELEASED_ON}{on},{kind}"
        rest = f",{basis},{status},{conditions},{freed_at}{_FROM_FREED_AT}"
        for voice in said:
            self._lines.append(f"{start}{rest}{self._voice(voice)}")
            rest = _FROM_KIND
        return False

    def _voice(self, voice: Voice) -> str:
        """Return the end of a line: source, claimant, place in the source."""
        self._voices.append(voice)
        source, claimant, locator = voice
        place = "" if locator is None or not self._spoken else quoted(locator)
        return f"{self._slugs[source]},{self._claimants[claimant]},{place}{END}"


def _voices(rows: Records, record: Record, fields: Fields) -> list[Voice]:
    """Return who is cited for a record as a whole. Raises `NotPlain` where a source states a field otherwise."""
    found: list[Voice] = []
    for row in rows:
        if row[-5] is None:
            continue
        if row[-2] is not None and row[-1] is not None:
            place = fields.get(row[-2])
            if place is None and row[-2] != "facility":
                continue
            if place is None or str(record[place[0]]) != row[-1]:
                raise NotPlain
        found.append(row[-5:-2])
    return found
