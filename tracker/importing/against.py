"""citations.csv: what the columns of a list cannot hold, mostly sources that state another value than the record's.

A row names its record by `ref`, `detention` (empty: 1), `about` and `release` (which release or stay of that
detention, 1, 2, … in list order; empty: 1); for a nationality, `value` is the country. `field` is the list column it
speaks of, empty for the record as a whole.
"""

from collections.abc import Iterable
from functools import partial
from typing import Final

from tracker.domain.lists import FIELDS_OF, WHEREABOUTS_UNKNOWN
from tracker.domain.names import fold
from tracker.domain.text import quoted
from tracker.errors import BadValue
from tracker.i18n import _
from tracker.importing.directory import Directory
from tracker.importing.people import NOWHERE, read_voice
from tracker.importing.rows import Line
from tracker.importing.spoken import Detention, Person, Record, said
from tracker.importing.values import WORDS, Reader

ABOUT: Final = tuple(FIELDS_OF)
DATES: Final = ("born", "died_on", "detained_on", "sentence_ends", "facility_since", "released_on")


def read_citations(lines: Iterable[Line], people: dict[str, Person], reader: Reader, directory: Directory) -> None:
    """Add the citations of all rows to the records of `people`."""
    for line in lines:
        about = reader.part(line, "about", line.cells.get("about", ""), _read_about)
        if about is None:
            continue
        find = partial(_find, line=line, people=people, reader=reader)
        record = reader.part(line, "ref", line.cells.get("ref", ""), find)
        field = reader.part(line, "field", line.cells.get("field", ""), partial(_field, about=about))
        stance = reader.word(line, "stance") or "supports"
        voice = read_voice(line, reader, directory)
        if "source" not in line.cells:
            reader.problems.add(_("A citation needs a source."), file=line.file, row=line.number, column="source")
        if record is None or voice is None or field is None:
            continue
        value = None if about == "nationality" else _value(line, field, reader, directory)
        if field and value is not None and value == _own(record, field, directory):
            value = None  # it states what the record says
        record.cite(voice, field=field or None, value=value, stance=stance)


def _read_about(text: str) -> str:
    if text.strip() not in ABOUT:
        raise BadValue(_("What the citation is about is one of: {choices}.").format(choices=", ".join(ABOUT)))
    return text.strip()


def _field(text: str, about: str) -> str:
    """Return the column named, "" for none. Raises `BadValue` for one that the record does not have."""
    name = text.strip()
    fields = FIELDS_OF[about]
    if name and name not in fields:
        raise BadValue(
            _("{field} is no field of a {about}.").format(field=quoted(name), about=about),
            hint=_("Its fields: {fields}.").format(fields=", ".join(fields)),
        )
    return name


def _value(line: Line, field: str, reader: Reader, directory: Directory) -> str | None:
    """Return the value a source states, in the canonical form of its field; free text and unknown places as printed."""
    text = line.cells.get("value")
    if text is None:
        return None
    stated = Line(line.file, line.number, {field: text})
    if field in DATES:
        when = reader.until(stated, field) if field == "sentence_ends" else reader.when(stated, field)
        return None if when is None else said(when)
    if field in WORDS:
        return reader.word(stated, field)
    if field == "facility":
        return WHEREABOUTS_UNKNOWN if fold(text) in NOWHERE else directory.place_name(text) or text.strip()
    return reader.text(line, "value")


def _own(record: Record, field: str, directory: Directory) -> str | None:
    """Return what the record itself says in that field, as a citation would state it."""
    value = record.values.get(field)
    if field == "facility":
        return directory.named.get(str(value), str(value))
    return None if value is None else said(value)


def _find(text: str, line: Line, people: dict[str, Person], reader: Reader) -> Record:
    """Return the record a row speaks of. Raises `BadValue` where there is none."""
    person = people.get(text.strip())
    if person is None:
        raise BadValue(_("There is nobody of that ref in list.csv."))
    about = line.cells["about"].strip()
    if about == "detainee":
        return person.record
    if about == "nationality":
        country = reader.country(line, "value")
        return _nationality(person, country)
    number = reader.number(line, "detention") or 1
    detention = person.detentions.get(number)
    if detention is None:
        raise BadValue(_("The person has no detention {n} in list.csv.").format(n=number))
    return detention.record if about == "detention" else _nth(detention, about, reader.number(line, "release") or 1)


def _nationality(person: Person, country: str | None) -> Record:
    found = person.nationalities.get(country or "")
    if found is None:
        raise BadValue(_("The person has no such nationality in list.csv."))
    return found


def _nth(detention: Detention, about: str, number: int) -> Record:
    records = detention.stays if about == "stay" else detention.releases
    if not 1 <= number <= len(records):
        raise BadValue(
            _("The detention has no {about} {number}; list.csv has {n}.").format(
                about=about, number=number, n=len(records)
            )
        )
    return records[number - 1]
