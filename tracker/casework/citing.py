"""What a source says of one field of a record, for or against: `cite R-7k3m9q kind=full`."""

from dataclasses import dataclass
from typing import Any, Final

from tracker.casework.citations import ABOUT, Cited, cite
from tracker.casework.faults import guarded
from tracker.casework.people import read_sex
from tracker.casework.values import OLDEST, line, partial_date, whole_number
from tracker.domain.countries import read_country
from tracker.domain.dates import partial
from tracker.domain.lists import FIELDS_OF, STORED_AS, WHEREABOUTS_UNKNOWN
from tracker.domain.names import clean, fold
from tracker.domain.same_release import agrees
from tracker.domain.text import quoted
from tracker.domain.vocabulary import STATUS_RANK, label, read
from tracker.errors import Ambiguous, BadValue, Refused
from tracker.i18n import _
from tracker.matching.places import find_facility
from tracker.store import Change, Connection, Row

_WORDS: Final = {
    "service": "service",
    "stage": "stage",
    "release_kind": "release_kind",
    "release_basis": "release_basis",
    "release_status": "release_status",
}
REPORTED: Final = "reported"
"""What the word of a source that names nobody is worth (the press)."""

_DATES: Final = ("born", "died_on", "detained_on", "sentence_ends", "facility_since", "released_on")


@dataclass(frozen=True, slots=True)
class Said:
    """What came of a citation.

    `field` None is the record as a whole; `value` what is stated where it differs from `own`; `raised` a status that
    rose.
    """

    citation: str | None
    field: str | None
    value: str | None
    stance: str
    own: str | None = None
    raised: tuple[str, str] | None = None


def cite_field(change: Change, table: str, row: Row, what: str | None, cited: Cited, *, against: bool = False) -> Said:
    """Cite a source for a record, one field of it (`FIELD`), or for what it states there (`FIELD=VALUE`).

    A stated value that is the record's own supports it; another one is kept as stated and disputes it. `against`
    without a value disputes the field or record. A release cited by a claimant of higher standing rises in status.
    Raises Refused without a source or where a higher status makes dates wrong, BadValue for a field the record does
    not have or a value that cannot be read.
    """
    if cited.nothing:
        raise Refused(_("Nothing to cite: say which source with -s."))
    name, equals, text = (what or "").partition("=")
    field = read_field(table, name) if what else None
    value = read_value(change.db, field, text) if field and equals else None
    own = own_value(change.db, table, row, field) if field else None
    raised = None
    if field == "release_status" and value is not None and not against:
        raised = _raise_status(change, row, cited, most=value)
        own = raised[1] if raised else own
    differs = value is not None and value != own
    if value is not None and against and differs:
        raise Refused(
            _("{field} is {own} on record; a source against that states it: {field}={own} --against.").format(
                field=field, own=quoted(own or "")
            ),
            hint=_("A source that states another value disputes it already: leave --against out."),
        )
    contradicts = differs and field is not None and not _compatible(field, own, value)
    stance = "disputes" if against or contradicts else "supports"
    made = cite(change, table, row["id"], cited, field=field, value=value if differs else None, stance=stance)
    if table == "releases" and stance == "supports" and (field, value) != ("release_status", own):
        raised = _raise_status(change, row, cited)
    return Said(made, field, value if differs else None, stance, own, raised)


def _compatible(field: str, own: str | None, stated: str | None) -> bool:
    """Tell whether a stated value and the record's own, which differ, can both be right."""
    if own in (None, "unknown") or stated == "unknown":
        return True
    if field == "release_status":  # more than the source's word is worth is no dispute
        return own != "retracted" and STATUS_RANK[stated or ""] > STATUS_RANK[own or ""]
    return field in _DATES and agrees(partial(own), partial(stated))


def read_field(table: str, name: str) -> str:
    """Return the list column that `name` means for a record of that table: its key, or the record's own column."""
    part = ABOUT[table]
    fields: tuple[str, ...] = FIELDS_OF.get(part, ())
    key = name.strip().lower().replace(" ", "_").replace("-", "_")
    by_column = {STORED_AS.get(field, field): field for field in fields}
    if key in fields:
        return key
    if key in by_column:
        return by_column[key]
    raise BadValue(
        _("{field} is no field of {record}.").format(field=quoted(name), record=label("record_part", part)),
        hint=_("Its fields: {fields}.").format(fields=", ".join(fields)) if fields else _("Cite it as a whole."),
    )


def read_value(db: Connection, field: str, text: str) -> str | None:
    """Return a stated value in its canonical form, as a citation holds it. Raises BadValue, NotFound for a place."""
    if not text.strip():
        raise BadValue(_("{field}= needs a value after it.").format(field=field))
    if field in _DATES:
        return partial_date(db, text).text or "unknown"
    if field in _WORDS:
        return str(read(_WORDS[field], text))
    readers: dict[str, Any] = {
        "sex": lambda: read_sex(text) or "unknown",
        "age": lambda: str(whole_number(text, _("age"), OLDEST)),
        "name": lambda: clean(text),
        "nationalities": lambda: read_country(text),
        "facility": lambda: _place(db, text),
    }
    found: str | None = readers.get(field, lambda: line(text, field, 2000))()
    return found


def _place(db: Connection, text: str) -> str:
    unknown = {fold(WHEREABOUTS_UNKNOWN), *(fold(label) for label in ("whereabouts unknown", "paradero desconocido"))}
    return WHEREABOUTS_UNKNOWN if fold(text) in unknown else str(find_facility(db, text)["name"])


def own_value(db: Connection, table: str, row: Row, field: str) -> str | None:
    """Return what the record itself says in that field, in the form of `read_value`."""
    if table == "nationalities":
        return str(row["country"])
    if field == "facility":
        place = db.execute("SELECT name FROM facilities WHERE id = ?", (row["facility"],)).fetchone()
        return str(place["name"]) if place else WHEREABOUTS_UNKNOWN
    stored = row[STORED_AS.get(field, field)]
    if stored is None:
        return "unknown" if field in _DATES or field in ("sex", "service", "stage") else None
    return str(stored)


def _raise_status(change: Change, release: Row, cited: Cited, most: str = "verified") -> tuple[str, str] | None:
    """Raise a release's status to what the claimant's word is worth, at most to `most`; never lower it.

    A retracted one stays retracted. Raises Refused where the person's dates then contradict each other.
    """
    if release["status"] == "retracted":
        return None
    who = cited.claimant
    worth = change.get("claimants", who)["default_status"] if who is not None else REPORTED
    status = min(worth, most, key=STATUS_RANK.__getitem__)
    if STATUS_RANK[status] <= STATUS_RANK[release["status"]]:
        return None
    with guarded(change, change.get("detentions", release["detention"])["detainee"]):
        change.update("releases", release["id"], {"status": status})
    return release["status"], status


_OF_PERSON: Final = {
    "nationalities": "SELECT * FROM nationalities WHERE detainee = ? ORDER BY country",
    "detentions": "SELECT * FROM detentions WHERE detainee = ? ORDER BY began_from, id",
    "stays": "SELECT s.* FROM stays s JOIN detentions d ON d.id = s.detention WHERE d.detainee = ?"
    " ORDER BY d.began_from, s.step",
    "releases": "SELECT r.* FROM releases r JOIN detentions d ON d.id = r.detention WHERE d.detainee = ?"
    " ORDER BY d.began_from, r.step",
}


def meant(db: Connection, table: str, row: Row, what: str | None) -> tuple[str, Row]:
    """Return the record that a field speaks of: where it is not a person's own, the one such record that person has.

    Raises Ambiguous where the person has several (their refs are the choices), Refused where there is none.
    """
    if table != "detainees" or not what:
        return table, row
    name, _equals, text = what.partition("=")
    for other, sql in _OF_PERSON.items():
        try:
            field = read_field(other, name)
        except BadValue:
            continue
        rows = db.execute(sql, (row["id"],)).fetchall()
        if other == "nationalities" and text.strip():
            code = read_country(text)
            rows = [one for one in rows if one["country"] == code]
        if len(rows) == 1:
            return other, rows[0]
        if rows:
            raise Ambiguous(
                _("{ref} has {n} records with {field}:").format(ref=row["ref"], n=len(rows), field=field),
                candidates=[_told(db, other, one) for one in rows],
                hint=_("Use the ref of the one you mean."),
            )
        raise Refused(
            _("{ref} has no record with {field} yet.").format(ref=row["ref"], field=field),
            hint=_("Add it first; a source is cited for what is on record."),
        )
    return table, row


def _told(db: Connection, table: str, row: Row) -> str:
    """Return a record as a choice: its ref and what tells it apart."""
    if table == "nationalities":
        return str(row["country"])
    shown = {"detentions": "detained_on", "stays": "facility", "releases": "released_on"}[table]
    return f"{row['ref']}  {own_value(db, table, row, shown)}"
