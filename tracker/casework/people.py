"""People: added, corrected, named, left out of the counts, deleted."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from tracker.casework.citations import Cited, cite
from tracker.casework.values import line, past_date, several, whole_number, words
from tracker.domain.countries import read_country
from tracker.domain.names import clean, exact, fold
from tracker.domain.no_names import person_name
from tracker.domain.text import quoted
from tracker.domain.vocabulary import read
from tracker.errors import BadValue, Refused
from tracker.i18n import _
from tracker.matching.who import described
from tracker.store import Change, Connection, Row

OLDEST: Final = 130
LONGEST_TAG: Final = 60


@dataclass(frozen=True, slots=True)
class Person:
    """What is said about one person, as people write it; lists may hold values joined with `;`."""

    name: str | None = None
    description: str | None = None
    sex: str | None = None
    born: str | None = None
    age: str | None = None
    age_on: str | None = None
    nationalities: Iterable[str] = ()
    service: str | None = None
    occupation: str | None = None
    tags: Iterable[str] = ()
    other_names: Iterable[str] = ()
    identifiers: Iterable[str] = ()
    publish: str | None = None
    note: str | None = None


def add_person(change: Change, person: Person, *, cited: Cited | None = None, another: bool = False) -> str:
    """Add a person and return the id; every given fact is cited by `cited`.

    Raises Refused where somebody of this name (accents and case aside) is on record, unless `another`; BadValue.
    """
    name = person_name(person.name) if person.name is not None else None
    description = line(person.description, _("description"))
    if name is None and description is None:
        raise Refused(
            _("A person needs a name or a description."),
            hint=_("For somebody without a name: --description 'adolescent, 17'."),
        )
    if name is not None and not another:
        refuse_same_name(change.db, name)
    values = read_person(change.db, person)
    added = change.insert("detainees", {**values, "name": name, "description": description})
    cited = cited or Cited()
    cite(change, "detainees", added, cited)
    for country in several(person.nationalities):
        add_nationality(change, added, country, cited=cited)
    for tag in several(person.tags):
        add_tag(change, added, tag)
    for other in several(person.other_names):
        add_other_name(change, added, other)
    for identifier in several(person.identifiers):
        add_identifier(change, added, identifier)
    return added


def read_person(db: Connection, person: Person) -> dict[str, Any]:
    """Return the columns of `detainees` that are given, as stored. Raises BadValue."""
    readers: dict[str, Callable[[str], Any]] = {
        "name": person_name,
        "description": lambda text: line(text, _("description")),
        "sex": read_sex,
        "born": lambda text: past_date(db, text, _("The date of birth")),
        "age": lambda text: whole_number(text, _("age"), OLDEST),
        "age_on": lambda text: past_date(db, text, _("The day of the stated age")),
        "service": lambda text: read("service", text),
        "occupation": lambda text: line(text, _("occupation")),
        "publish": read_publish,
        "note": lambda text: words(text, _("note")),
    }
    given = {name: getattr(person, name) for name in readers}
    return {name: readers[name](text) for name, text in given.items() if text is not None}


def read_publish(text: str) -> str | None:
    """Return a publish level as stored; `unset` (*sin definir*) is none."""
    return None if fold(text) in ("unset", "sin definir") else read("publish", text)


def same_name(db: Connection, name: str, but: str | None = None) -> list[Row]:
    """Return the people called `name`, accents and case aside, also by another name."""
    return db.execute(
        "SELECT * FROM detainees WHERE id IN (SELECT id FROM detainees WHERE name_key = :key"
        " UNION SELECT detainee FROM names WHERE name_key = :key) AND id IS NOT :but ORDER BY id",
        {"key": fold(name), "but": but},
    ).fetchall()


def refuse_same_name(db: Connection, name: str, but: str | None = None) -> None:
    """Raise Refused, saying who, if somebody else is called `name`."""
    same = same_name(db, name, but)
    if same:
        raise Refused(
            _("Somebody called {name} is already on record:").format(name=quoted(name)),
            candidates=[described(db, person) for person in same],
            hint=_("If this is another person of the same name, say --another."),
        )


def read_sex(text: str | None) -> str | None:
    """Return the key of a sex, None where it is unknown."""
    if not text or fold(text) in ("unknown", "desconocido"):
        return None
    return read("sex", text)


def add_nationality(change: Change, person: str, country: str, *, cited: Cited | None = None) -> bool:
    """Add a nationality, in any spelling; False where it is on record already, and only gains the citation."""
    row = find_nationality(change.db, person, country)
    values = {"detainee": person, "country": read_country(country)}
    nationality: str = row["id"] if row else change.insert("nationalities", values)
    cite(change, "nationalities", nationality, cited or Cited())
    return row is None


def find_nationality(db: Connection, person: str, country: str) -> Row | None:
    """Return the row of a person's nationality, in any spelling. Raises BadValue for what is no country."""
    row: Row | None = db.execute(
        "SELECT * FROM nationalities WHERE detainee = ? AND country = ?", (person, read_country(country))
    ).fetchone()
    return row


def add_tag(change: Change, person: str, tag: str) -> bool:
    """Add a tag; False where the person has it."""
    key = tag_key(tag)
    if change.db.execute("SELECT 1 FROM tags WHERE detainee = ? AND tag = ?", (person, key)).fetchone():
        return False
    change.insert("tags", {"detainee": person, "tag": key})
    return True


def tag_key(tag: str) -> str:
    """Return a tag as stored: `Human rights defender` is `human_rights_defender`. Raises BadValue."""
    key = "_".join(fold(tag).split())
    if not any(char.isalnum() for char in key) or len(key) > LONGEST_TAG:
        raise BadValue(_("{value} is no tag.").format(value=quoted(tag)))
    return key


def add_other_name(change: Change, person: str, name: str, kind: str = "alias") -> bool:
    """Add another name of a kind of `name_kind`; False where the person is called so already."""
    name = clean(name)
    own = change.db.execute(
        "SELECT name_exact FROM detainees WHERE id = :id UNION SELECT name_exact FROM names WHERE detainee = :id",
        {"id": person},
    )
    if exact(name) in {row[0] for row in own}:
        return False
    change.insert("names", {"detainee": person, "name": name, "kind": kind})
    return True


def add_identifier(change: Change, person: str, text: str) -> bool:
    """Add `SCHEME=VALUE`, such as a monitor's case number; False where it is there already."""
    scheme, equals, value = (line(part, _("identifier")) or "" for part in text.partition("="))
    if not (scheme and equals and value):
        raise BadValue(_("{value} is no identifier: SCHEME=VALUE is wanted.").format(value=quoted(text)))
    row = {"detainee": person, "scheme": scheme, "value": value}
    known = "SELECT 1 FROM identifiers WHERE detainee = :detainee AND scheme = :scheme AND value = :value"
    if change.db.execute(known, row).fetchone():
        return False
    change.insert("identifiers", row)
    return True
