"""Values as people write them, read into what the record stores. Raises `BadValue`, always naming the field."""

from collections.abc import Iterable

from tracker.domain.dates import PartialDate, read_date, today_in
from tracker.domain.text import clean_text, quoted
from tracker.errors import BadValue
from tracker.i18n import _
from tracker.store import Connection

OLDEST = 130


def zone(db: Connection) -> str:
    """Return the record's time zone."""
    row = db.execute("SELECT value FROM settings WHERE id = 'zone'").fetchone()
    return row["value"] if row is not None and row["value"] else "UTC"


def partial_date(db: Connection, text: str | None) -> PartialDate:
    """Return the date `text` means, in the record's zone; None, nothing and "unknown" are the unknown date."""
    return read_date(text or "", zone=zone(db), optional=True)


def date_text(db: Connection, text: str | None) -> str | None:
    """Return the canonical text of a date, None where it is unknown or not given."""
    return partial_date(db, text).text


def past_date(db: Connection, text: str | None, what: str) -> str | None:
    """Return the canonical text of a date that cannot lie in the future."""
    found = partial_date(db, text)
    if found.earliest is not None and found.earliest[:10] > today_in(zone(db)).isoformat():
        raise BadValue(_("{what} lies in the future: {date}.").format(what=what, date=found.text))
    return found.text


def words(text: str | None, what: str, limit: int = 10_000) -> str | None:
    """Return a free text as stored, None where it is empty or not given."""
    return clean_text(text, what, limit) or None if text is not None else None


def line(text: str | None, what: str, limit: int = 300) -> str | None:
    """Return a text of one line as stored, its blanks single; None where it is empty or not given."""
    found = words(text, what, limit)
    return " ".join(found.split()) if found else None


def whole_number(text: str | int | None, what: str, most: int = 10_000_000) -> int | None:
    """Return a number from 0; None where it is not given. `406`, `1.200`, `1,200` and `1 200` are read."""
    if text is None or isinstance(text, int):
        number = text
    else:
        plain = text.strip()
        parts = plain.replace(".", " ").replace(",", " ").split()
        grouped = len(parts) > 1 and len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:])  # noqa: PLR2004
        digits = "".join(parts) if grouped else plain
        if not (digits.isascii() and digits.isdecimal()):
            raise BadValue(_("{what}: {value} is not a whole number.").format(what=what, value=quoted(plain)))
        number = int(digits) if len(digits) < 12 else most + 1  # noqa: PLR2004  (never parse a thousand digits)
    if number is not None and not 0 <= number <= most:
        raise BadValue(_("{what}: a number from 0 to {most} is wanted.").format(what=what, most=most))
    return number


def several(given: Iterable[str] | None) -> list[str]:
    """Return the values of a repeatable option, each also split at semicolons: in order, once each, none empty."""
    parts = (part.strip() for one in given or () for part in one.split(";"))
    return list(dict.fromkeys(part for part in parts if part))
