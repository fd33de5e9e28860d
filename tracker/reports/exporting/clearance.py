"""How much of the record is not for publication: what a private export must say of itself."""

from typing import Final

from tracker.i18n import _, ngettext
from tracker.reports.asked import Asked
from tracker.reports.public import public_tables
from tracker.store import Connection

_NAMEABLE: Final = "SELECT count(*) FROM detainees WHERE excluded = 0 AND nameable"


def uncleared(db: Connection, asked: Asked) -> int:
    """Return how many people may not be named in public: not marked so, or perhaps minors when arrested."""
    people: int = db.execute("SELECT count(*) FROM detainees WHERE excluded = 0").fetchone()[0]
    tables, params = shadows(db, asked)
    named: int = db.execute(f"{tables} {_NAMEABLE}", params).fetchone()[0]
    return people - named


def warning(db: Connection, asked: Asked) -> str:
    """Return the sentence that a private export says on stderr."""
    people = uncleared(db, asked)
    if not people:
        return _("Not for publication: it holds private sources or notes.")
    return ngettext(
        "Not for publication: {n} person in the record is not cleared to be named. Use --public to publish.",
        "Not for publication: {n} people in the record are not cleared to be named. Use --public to publish.",
        people,
    ).format(n=people)


def shadows(db: Connection, asked: Asked) -> tuple[str, dict[str, str]]:
    """Return what stands before SQL so that it sees only what the public may see, with its parameters."""
    return "WITH " + ",\n".join(public_tables(db)) + "\n", {"published_until": asked.published_until}
