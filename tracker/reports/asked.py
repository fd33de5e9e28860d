"""What is asked: the options of a question read once, into one frozen `Asked`, over a record that cannot change.

    with asking(store, **raw) as (db, asked):
        table = remaining_table(db, asked)

`raw` holds the words as typed, under the names of `cli/options.py` (Scope, Window, Page). A question without `--on`
is asked at the end of today, in the record's time zone. Raises BadValue and NotFound, each with the choices.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from tracker.domain.clock import now_moment
from tracker.domain.dates import Moment, PartialDate, end_of_day, read_date, read_moment
from tracker.domain.rules import accepted_statuses
from tracker.domain.vocabulary import DEPRIVED, STATUS_RANK
from tracker.errors import BadValue
from tracker.i18n import _
from tracker.reports.filters import Filter, Words, bound, narrow
from tracker.store import Connection, Store, ids

LAST_MINUTE: Final = "T23:59"
_TO_THE_SECOND: Final = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(Z|[-+]\d\d:\d\d)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Record:
    """The record that answers: the file's name, its settings, and the changeset it stands at."""

    file: str
    zone: str
    country: str
    start: str
    we: str
    changeset: int
    hash: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, read.

    `moment` is the minute asked about (the end of a window), `first` the start of the window, `now` the minute
    of asking; `windowed` tells whether a period was asked for.
    `people` is SQL for the ids of the people the filters leave (None: everybody) with its `params`; `facilities` and
    `standings` narrow by what holds at the moment. `accepted` are the release statuses that end a detention.
    """

    moment: Moment
    first: Moment
    now: Moment
    record: Record
    accepted: tuple[str, ...]
    filters: tuple[Filter, ...] = ()
    facilities: tuple[str, ...] = ()
    standings: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    windowed: bool = False
    known_by: str | None = None
    published_by: str | None = None
    public: bool = False
    sort: str | None = None
    limit: int | None = None
    columns: tuple[str, ...] | None = None

    @property
    def held(self) -> tuple[str, ...]:
        """The standings asked for, else those of people deprived of liberty."""
        return self.standings or DEPRIVED

    @property
    def latest(self) -> Moment:
        """The end of today, or the moment asked about where that is later: what "now" means beside a past window."""
        return max(self.moment, end_of_day(self.now[:10]))

    @property
    def published_until(self) -> Moment:
        """Until when a `publish_from` may lie to be over: the moment asked about, but never later than now."""
        return min(self.moment, self.now)


def person_filter(asked: Asked) -> tuple[str | None, dict[str, str]]:
    """Return SQL for the ids of the people the filters leave, None for everybody, and its parameters.

    A place narrows to those who were ever held there; who is (or was last) held there is decided by standing.
    """
    conditions = [one.sql for one in asked.filters]
    params = {name: value for one in asked.filters for name, value in one.params.items()}
    if asked.facilities:
        marks, ids = bound("facility", asked.facilities)
        params |= ids
        conditions.append(
            "d.id IN (SELECT t.detainee FROM stays y JOIN detentions t ON t.id = y.detention"
            f" WHERE y.facility IN ({marks}))"
        )
    if not conditions:
        return None, params
    return f"SELECT d.id FROM detainees d WHERE {' AND '.join(conditions)}", params


@contextmanager
def asking(
    store: Store,
    *,
    on: str | None = None,
    from_: str | None = None,
    to: str | None = None,
    known_by: str | None = None,
    published_by: str | None = None,
    public: bool = False,
    sort: str | None = None,
    limit: int | None = None,
    columns: Sequence[str] | None = None,
    **words: Sequence[str] | str | None,
) -> Iterator[tuple[Connection, Asked]]:
    """Open the record as it is asked about, and read the options; `limit` and `columns` are read already."""
    zone = store.zone
    now = now_moment(zone)
    today = date.fromisoformat(now[:10])
    start = store.settings.get("start") or ""
    first, moment = _window(on, from_, to, start=start, zone=zone, today=today)
    until = read_moment(published_by, zone=zone, today=today) if published_by is not None else None
    with store.reading(known_by=_known_by(known_by, zone, today), published_by=until[0] if until else None) as db:
        head = store.head(db)
        narrowed = narrow(db, Words(**{name: word for name, word in words.items() if word}), public=public)  # type: ignore[arg-type]
        yield (
            db,
            Asked(
                moment=moment,
                first=first,
                now=now,
                record=Record(
                    file=store.path.name,
                    zone=zone,
                    country=store.country,
                    start=start,
                    we=store.settings.get("we") or "",
                    changeset=head.seq,
                    hash=head.hash,
                ),
                accepted=accepted(store),
                filters=narrowed.filters,
                facilities=narrowed.facilities,
                standings=narrowed.standings,
                said=narrowed.said,
                windowed=from_ is not None or to is not None,
                known_by=known_by,
                published_by=until[1].text if until else None,
                public=public,
                sort=sort,
                limit=limit,
                columns=tuple(columns) if columns is not None else None,
            ),
        )


def _known_by(text: str | None, zone: str, today: date) -> str | None:
    """Return what the store looks back to: a changeset (`41`, `#41`, its id) as it is, a date as its last minute."""
    if text is None:
        return None
    name = text.strip().removeprefix("#")
    if name.isdecimal() or (len(name) == ids.LENGTH and name.isalnum()):
        return name
    if _TO_THE_SECOND.fullmatch(name):  # as `history` writes it
        return name
    return read_moment(text, zone=zone, today=today)[0]


def accepted(store: Store) -> tuple[str, ...]:
    """Return the release statuses that end a detention: verified only, unless the record's rule says otherwise."""
    rule = store.settings.get("rule") or "verified"
    return accepted_statuses(rule) if rule in STATUS_RANK else ("verified",)


def _window(
    on: str | None, frm: str | None, to: str | None, *, start: str, zone: str, today: date
) -> tuple[Moment, Moment]:
    """Return the first and last minute asked about. `on` is a window of its own; without a start, the record's."""
    if on is not None and (frm is not None or to is not None):
        raise BadValue(
            _("--on names one day; --from and --to name a period."), hint=_("Use --on, or --from and --to, not both.")
        )
    if on is not None:
        last, given = read_moment(on, zone=zone, today=today)
        return given.earliest or "", last
    last = end_of_day(today.isoformat()) if to is None else read_moment(to, zone=zone, today=today)[0]
    first = _start(frm if frm is not None else start, zone=zone, today=today, given=frm is not None)
    if frm is None and last < first:
        first = ""  # asked about the time before the record's start: everything until then
    if last < first:
        raise BadValue(
            _("The period ends ({to}) before it begins ({first}).").format(to=said(last), first=said_start(first)),
            hint=_("Put the earlier date first."),
        )
    return first, last


def _start(text: str, *, zone: str, today: date, given: bool) -> Moment:
    """Return the first minute of a date; '' (before everything) where there is none."""
    if not text and not given:
        return ""
    found: PartialDate = read_date(text, zone=zone, today=today)
    if found.earliest is None and given:
        raise BadValue(
            _("A period cannot begin on an unknown day."),
            hint=_("Give a day, or leave --from out for the record's start."),
        )
    return found.earliest or ""


def after(moment: Moment) -> Moment:
    """Return the minute after."""
    return (datetime.fromisoformat(moment) + timedelta(minutes=1)).isoformat(timespec="minutes")


def said(moment: Moment) -> str:
    """Return a moment asked about as a title says it: the day for its last minute, else the minute."""
    return moment.removesuffix(LAST_MINUTE).replace("T", " ")


def said_start(moment: Moment) -> str:
    """Return a window's first minute as a title says it: the day, else the minute."""
    return moment.removesuffix("T00:00").replace("T", " ")
