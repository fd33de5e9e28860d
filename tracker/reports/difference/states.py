"""Two states of knowledge, opened side by side: what was known (and published) at A, and what at B.

Both are asked about the same moment and the same people, so that whatever differs differs by what was learned.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from tracker.domain.clock import find_zone, now_moment
from tracker.domain.text import quoted
from tracker.errors import BadValue
from tracker.i18n import _
from tracker.reports.asked import Asked, asking, read_known_by
from tracker.reports.foot import HASH_SHOWN
from tracker.reports.standings import before
from tracker.store import Connection, Store
from tracker.store.between import Span, made_by, span
from tracker.store.head import head

Pin = Callable[[Connection, Asked], Asked]
"""What turns a question, as it was read, into the one to be asked."""

DAY, MINUTE = len("2026-01-14"), len("2026-01-14T10:00")


@dataclass(frozen=True)
class State:
    """A state of knowledge in words: known by when (None: now), published by when (None: whatever is known)."""

    known_by: str | None = None
    published_by: str | None = None
    pin: Pin | None = None


@dataclass(frozen=True, repr=False, eq=False)
class Side:
    """A state, opened: `seq` is its changeset, `said` names it for a title."""

    db: Connection
    asked: Asked
    seq: int
    said: str

    @cached_property
    def shadows(self) -> str:
        """What stands before SQL so that it sees what this state may show, and `wanted`, the ids of `:ids`."""
        clauses = [
            *before(self.db, self.asked).clauses,
            "wanted AS MATERIALIZED (SELECT value AS id FROM json_each(:ids))",
        ]
        return "WITH " + ",\n".join(clauses)

    @property
    def params(self) -> dict[str, str]:
        """The parameters of `shadows`, but for the ids wanted."""
        return {"published_until": self.asked.published_until, "ids": "[]"}


@dataclass(frozen=True, repr=False, eq=False)
class Sides:
    """Both states, and the changes in between. `republished`: they also differ in what counts as published."""

    a: Side
    b: Side
    within: Span
    republished: bool

    @property
    def public(self) -> bool:
        """Whether only what the public may see is compared."""
        return self.b.asked.public


@contextmanager
def comparing(store: Store, a: State, b: State, *, on: str | None = None, **words: Any) -> Iterator[Sides]:
    """Open both states at the moment `on`, by default the end of B's day. `words` are further options of a question.

    Raises `BadValue` where a state lies before the record began, or A after B.
    """
    known_b = f"#{_newest(store)}" if b.known_by is None else b.known_by
    moment = on if on is not None else _day_of(store, b)
    with (
        asking(store, on=moment, known_by=a.known_by, published_by=a.published_by, **_unfiltered(words)) as opened,
        asking(store, on=moment, known_by=known_b, published_by=b.published_by, **words) as (db_b, asked_b),
    ):
        db_a, asked_a = opened
        asked_a = replace(asked_a, filters=asked_b.filters, facilities=asked_b.facilities, said=asked_b.said)
        one, two = _side(db_a, asked_a, a), _side(db_b, asked_b, b)
        if one.seq > two.seq:
            raise BadValue(
                _("{a} comes after {b}.").format(a=one.said, b=two.said), hint=_("Put the earlier state first.")
            )
        yield Sides(one, two, span(db_b, one.seq, two.seq), a.published_by != b.published_by)


def _unfiltered(words: dict[str, Any]) -> dict[str, Any]:
    """Return the options without the filters: a place or source named there need not have been on record at A."""
    return {name: words[name] for name in ("rule", "public", "sort", "limit") if name in words}


def _newest(store: Store) -> int:
    with store.reading() as db:
        return head(db).seq


def _day_of(store: Store, state: State) -> str | None:
    """Return the day of a state, for standings to be asked about at its end; None for today."""
    if state.known_by is None:
        return None
    day = read_known_by(state.known_by, store.zone, date.fromisoformat(now_moment(store.zone)[:DAY]))
    if day is not None and len(day) == MINUTE and "-" in day:
        return day[:DAY]
    with asking(store, known_by=state.known_by) as (db, asked):
        return local_minute(head(db).at, asked.record.zone)[:DAY] or None


def local_minute(at: str, zone: str) -> str:
    """Return a logged UTC time as the record's local minute; '' for none."""
    if not at:
        return ""
    return datetime.fromisoformat(at).astimezone(find_zone(zone)).isoformat(sep=" ", timespec="minutes")[:MINUTE]


def _side(db: Connection, asked: Asked, state: State) -> Side:
    """Return a state with its name. Raises `BadValue` where the record knew nothing then."""
    seq, zone = asked.record.changeset, asked.record.zone
    if not seq:
        [first] = made_by(db, [1]).values()
        raise BadValue(
            _("Nothing was on record by {when}: this record begins with change 1, of {day}.").format(
                when=quoted(state.known_by or ""), day=local_minute(first.at, zone)
            ),
            hint=_("Give a later day, or a changeset (tracker history)."),
        )
    [by] = made_by(db, [seq]).values()
    said = _("change {seq} ({hash}, {at})").format(
        seq=seq, hash=asked.record.hash[:HASH_SHOWN], at=local_minute(by.at, zone)
    )
    if state.published_by is not None:
        said = _("{state}, as published by {published}").format(state=said, published=state.published_by)
    return Side(db, state.pin(db, asked) if state.pin else asked, seq, said)
