"""How much of the record is not for publication: what a private export must say of itself."""

from typing import Final

from tracker.i18n import _, ngettext
from tracker.reports.asked import Asked
from tracker.reports.public import named_table, public_tables
from tracker.store import Connection

_NAMED: Final = """
SELECT (SELECT count(*) FROM named)
  - (SELECT count(*) FROM main.detainees WHERE excluded = 1 AND id IN (SELECT id FROM named))
"""


def uncleared(db: Connection) -> int:
    """Return how many people may not be named in public: not marked so, or perhaps minors when arrested."""
    people: int = db.execute("SELECT count(*) FROM detainees WHERE excluded = 0").fetchone()[0]
    named: int = db.execute(f"WITH {named_table(db)} {_NAMED}").fetchone()[0]
    return people - named


def of_people(db: Connection, asked: Asked) -> list[str]:
    """Return the warning of a list of people that holds anybody not cleared for publication; nothing in public."""
    people = 0 if asked.public else uncleared(db)
    if not people:
        return []
    said = ngettext(
        "Not for publication: {n} person in the record is not cleared to be named. Use --public to publish.",
        "Not for publication: {n} people in the record are not cleared to be named. Use --public to publish.",
        people,
    )
    return [said.format(n=people)]


def of_texts(db: Connection, asked: Asked, sql: str) -> list[str]:
    """Return the warning of a list that holds private sources or notes (`sql` finds any row); nothing in public."""
    if asked.public or db.execute(f"{sql} LIMIT 1").fetchone() is None:
        return []
    return [_("Not for publication: it holds private sources or notes.")]


def shadows(db: Connection, asked: Asked) -> tuple[str, dict[str, str]]:
    """Return what stands before SQL so that it sees only what the public may see, with its parameters."""
    return "WITH " + ",\n".join(public_tables(db)) + "\n", {"published_until": asked.published_until}
