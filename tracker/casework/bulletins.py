"""Remembering a bulletin that was given out, for the next one to tell what moved since."""

from tracker.domain import kept_bulletins
from tracker.store import Change


def keep(change: Change, moment: str, known: int) -> None:
    """Remember a bulletin as of `moment`, made from the record up to change `known`; one of that moment is replaced."""
    sql = "SELECT value FROM settings WHERE id = ?"
    row = change.db.execute(sql, (kept_bulletins.SETTING,)).fetchone()
    value = kept_bulletins.written({**kept_bulletins.read(row and row["value"]), moment: known})
    if row is None:
        change.insert("settings", {"id": kept_bulletins.SETTING, "value": value})
    else:
        change.update("settings", kept_bulletins.SETTING, {"value": value})
