"""A second clock for a question: the record as it was known at another time, over the same state of the file."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import date

from tracker.domain.counting import Rule
from tracker.domain.text import quoted
from tracker.errors import BadValue
from tracker.i18n import _
from tracker.reports.asked import Asked, lasting, read_known_by
from tracker.store import Connection, Head, Store

Earlier = Callable[[], AbstractContextManager[Head]]
"""While it is entered, the connection of the question shows the record as it was known then, up to the head given."""


def earlier(store: Store, db: Connection, asked: Asked, known_by: str) -> Earlier:
    """Return the way back to what was known by then, all else as asked.

    Entering it raises BadValue for a time that is later than what the question itself knows, or before the record.
    """

    @contextmanager
    def enter() -> Iterator[Head]:
        from tracker.domain.dates import read_moment

        zone, today = store.zone, date.fromisoformat(asked.now[:10])
        until = None if asked.published_by is None else read_moment(asked.published_by, zone=zone, today=today)[0]
        with store.turned(db, read_known_by(known_by, zone, today), until, lasting(asked.rule)) as head:
            if head.seq == 0:
                raise BadValue(
                    _("Nothing was on record yet by {known}.").format(known=quoted(known_by)),
                    hint=_("Give a later time, or the number of a change: see 'tracker history'."),
                )
            if head.seq > asked.record.changeset:
                raise BadValue(
                    _("What was known at the beginning ({known}) cannot be later than at the end.").format(
                        known=quoted(known_by)
                    ),
                    hint=_("Give an earlier time for the beginning, or a later one for the end."),
                )
            yield head

    return enter


@contextmanager
def recounted(store: Store, db: Connection, asked: Asked, rule: Rule) -> Iterator[Asked]:
    """Let the connection of a question show the record as another rule counts it; give the question so asked."""
    other = replace(asked, rule=rule)
    if rule.min_hours == asked.rule.min_hours and (not rule.min_hours or lasting(rule) == lasting(asked.rule)):
        yield other
        return
    from tracker.domain.dates import read_moment

    zone, today = store.zone, date.fromisoformat(asked.now[:10])
    until = None if asked.published_by is None else read_moment(asked.published_by, zone=zone, today=today)[0]
    with store.turned(db, read_known_by(asked.known_by, zone, today), until, lasting(rule)):
        yield other


def latest(known_by: str | None, known_by_to: str | None) -> str | None:
    """Return by when the end is known: the one clock given. Raises BadValue where both are."""
    if known_by is not None and known_by_to is not None:
        raise BadValue(
            _("--known-by and --known-by-to both say by when the end is known."),
            hint=_("Give one of them; --known-by-from is the clock of the beginning."),
        )
    return known_by if known_by_to is None else known_by_to
