"""Which bulletin is the last one: the newest kept before the moment asked about."""

from typing import NamedTuple

from tracker.domain import kept_bulletins
from tracker.domain.date_bounds import Moment
from tracker.errors import BadValue
from tracker.i18n import _
from tracker.reports.asked import Asked, said
from tracker.store import Connection


class Last(NamedTuple):
    """The last bulletin: its moment, and the change up to which the record was known then (`#41`)."""

    moment: Moment
    known_by: str


def last_bulletin(db: Connection, asked: Asked, since: str | None) -> Last:
    """Return the last bulletin kept before the moment asked about. Raises BadValue without one, or with `since` too."""
    if since is not None:
        raise BadValue(
            _("--since and --since-last both say which bulletin was the last."), hint=_("Leave out one of them.")
        )
    row = db.execute("SELECT value FROM settings WHERE id = ?", (kept_bulletins.SETTING,)).fetchone()
    kept = kept_bulletins.read(row and row[0])
    moment = max((moment for moment in kept if moment < asked.moment), default=None)
    if moment is None:
        raise BadValue(
            _("No bulletin before {moment} was kept.").format(moment=said(asked.moment)),
            hint=_("Give its day with --since; and give out this one with --keep, so that the next one finds it."),
        )
    return Last(moment, f"#{kept[moment]}")


def refuse_keeping(asked: Asked, *, listed: bool) -> None:
    """Raise BadValue for a bulletin that is not the whole of what is known: the next one would not follow from it."""
    if listed or asked.said or asked.known_by is not None or asked.published_by is not None:
        raise BadValue(
            _("Only a bulletin of everybody, as known now, can be kept as the last one."),
            hint=_("Leave out --keep, or what narrows the question."),
        )
