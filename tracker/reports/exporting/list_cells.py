"""Which cells of a list's row a record fills: all of its own once, on other rows what tells which record is meant."""

from typing import Any, Final

from tracker.domain.lists import LIST

Cells = list[Any]
Record = tuple[Any, ...]

UNKNOWN: Final = "unknown"

_AT: Final = {column: place for place, column in enumerate(LIST)}
REF, DETENTION, NAME, OTHER_NAMES = (_AT[name] for name in ("ref", "detention", "name", "other_names"))
SEX, BORN, AGE, SERVICE = (_AT[name] for name in ("sex", "born", "age", "service"))
OCCUPATION, DIED, NATIONALITIES = (_AT[name] for name in ("occupation", "died_on", "nationalities"))
TAGS, IDENTIFIER, PUBLISH, NOTE = (_AT[name] for name in ("tags", "identifier", "publish", "note"))
DETAINED_ON, PLACE, AUTHORITY = (_AT[name] for name in ("detained_on", "arrest_place", "authority"))
CHARGES, STAGE, SENTENCE, SENTENCE_ENDS = (_AT[name] for name in ("charges", "stage", "sentence", "sentence_ends"))
FACILITY, SINCE, RELEASED_ON, KIND = (
    _AT[name] for name in ("facility", "facility_since", "released_on", "release_kind")
)
BASIS, STATUS, CONDITIONS, FREED_AT = (
    _AT[name] for name in ("release_basis", "release_status", "conditions", "freed_at")
)
SOURCE, CLAIMANT, LOCATOR = (_AT[name] for name in ("source", "claimant", "locator"))

# Where the streams have what: place in the record, place in the row.
PERSON_FIELDS: Final = {
    "sex": (4, SEX),
    "born": (5, BORN),
    "age": (6, AGE),
    "service": (8, SERVICE),
    "occupation": (9, OCCUPATION),
    "died_on": (10, DIED),
}
DETENTION_FIELDS: Final = {
    "detained_on": (3, DETAINED_ON),
    "arrest_place": (4, PLACE),
    "authority": (5, AUTHORITY),
    "charges": (6, CHARGES),
    "stage": (7, STAGE),
    "sentence": (8, SENTENCE),
    "sentence_ends": (9, SENTENCE_ENDS),
}
STAY_FIELDS: Final = {"facility_since": (5, SINCE)}
RELEASE_FIELDS: Final = {
    "released_on": (4, RELEASED_ON),
    "release_kind": (5, KIND),
    "release_basis": (6, BASIS),
    "release_status": (7, STATUS),
    "conditions": (8, CONDITIONS),
    "freed_at": (9, FREED_AT),
}


def put_person(cells: Cells, person: Record) -> None:
    """Fill in what is known of a person, but for the age: that belongs to who stated it."""
    cells[SEX], cells[BORN], cells[SERVICE] = person[4], person[5], person[8]
    cells[OCCUPATION], cells[DIED] = person[9], person[10]


def put_person_sign(cells: Cells, person: Record) -> None:
    """Fill in one cell that speaks of the person."""
    for place, at in ((4, SEX), (5, BORN), (8, SERVICE), (9, OCCUPATION), (10, DIED)):
        if person[place] is not None:
            cells[at] = person[place]
            return


def put_detention(cells: Cells, record: Record, *, cited: bool) -> None:
    """Fill in a detention; one that somebody is cited for says of an unknown date that it is unknown."""
    put_detention_sign(cells, record, cited=cited)
    cells[PLACE], cells[AUTHORITY], cells[CHARGES] = record[4], record[5], record[6]
    cells[STAGE], cells[SENTENCE], cells[SENTENCE_ENDS] = record[7], record[8], record[9]


def put_detention_sign(cells: Cells, record: Record, *, cited: bool) -> None:
    """Fill in one cell that speaks of the detention."""
    cells[DETAINED_ON] = record[3] or (UNKNOWN if cited else None)


def put_release(cells: Cells, record: Record) -> None:
    """Fill in a release; a basis that nobody stated stays empty."""
    put_release_sign(cells, record)
    cells[BASIS] = None if record[6] == "unstated" else record[6]
    cells[STATUS], cells[CONDITIONS], cells[FREED_AT] = record[7], record[8], record[9]


def put_release_sign(cells: Cells, record: Record) -> None:
    """Fill in the cells by which a release is known again."""
    cells[RELEASED_ON], cells[KIND] = record[4] or UNKNOWN, record[5]
