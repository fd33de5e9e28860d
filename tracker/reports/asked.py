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
from typing import TYPE_CHECKING, Final, NamedTuple

from tracker.domain.clock import now_moment
from tracker.domain.counting import Rule, read_rule, rule_of
from tracker.domain.date_bounds import Moment, bounds, end_of_day
from tracker.errors import BadValue
from tracker.i18n import _
from tracker.store import Connection, Store, ids

if TYPE_CHECKING:
    from tracker.reports.filters import Filter, Narrowed
    from tracker.store.lasting import Lasting

LAST_MINUTE: Final = "T23:59"

_TO_THE_SECOND: Final = r"(?a)\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(Z|[-+]\d\d:\d\d)?"

KEEP, NEW = "keep", "new"
"""Pseudonyms: the same in every publication, or others with every change."""

LEAST, MOST = 2, 1000
"""What --min-cell takes."""

Words = Sequence[str] | str | None
"""What an option was given."""


class Record(NamedTuple):
    """The record that answers: the file's name, its settings, and the changeset it stands at."""

    file: str
    zone: str
    country: str
    start: str
    we: str
    changeset: int
    hash: str


@dataclass(frozen=True, repr=False, eq=False)
class Asked:
    """A question, read.

    `moment` is the minute asked about (the end of a window), `first` the start of the window, `now` the minute
    of asking; `windowed` tells whether a period was asked for. `filters` are conditions on people; `facilities` and
    `standings` narrow by what holds at the moment; `said` names them all. `rule` is how to count. `embargo`: what
    `published_until` is, where a question looks at many moments as one day may see them.
    """

    moment: Moment
    first: Moment
    now: Moment
    record: Record
    rule: Rule
    filters: "tuple[Filter, ...]" = ()
    facilities: tuple[str, ...] = ()
    standings: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    windowed: bool = False
    known_by: str | None = None
    published_by: str | None = None
    public: bool = False
    pseudonyms: str = NEW
    min_cell: int | None = None
    embargo: Moment | None = None
    sort: str | None = None
    limit: int | None = None
    columns: tuple[str, ...] | None = None

    @property
    def accepted(self) -> tuple[str, ...]:
        """The release statuses that end a detention under the rule."""
        return self.rule.accepted

    @property
    def deprived(self) -> tuple[str, ...]:
        """The standings that count as deprived of liberty under the rule."""
        return self.rule.deprived

    @property
    def held(self) -> tuple[str, ...]:
        """The standings asked for, else those of people deprived of liberty."""
        return self.standings or self.deprived

    @property
    def latest(self) -> Moment:
        """The end of today, or the moment asked about where that is later: what "now" means beside a past window."""
        return max(self.moment, end_of_day(self.now[:10]))

    @property
    def published_until(self) -> Moment:
        """Until when a `publish_from` may lie to be over: the moment asked about, but never later than now."""
        return self.embargo or min(self.moment, self.now)


def _pseudonyms(text: str | None, *, public: bool) -> str:
    """Return KEEP or NEW. Raises BadValue."""
    if text is None:
        return NEW
    if not public:
        raise BadValue(_("{option} is for publication.").format(option="--pseudonyms"), hint=_("Add --public."))
    if (word := text.strip().lower()) in (KEEP, NEW):
        return word
    from tracker.domain.text import quoted

    raise BadValue(
        _("--pseudonyms takes {choices}, not {value}.").format(choices=f"{KEEP} / {NEW}", value=quoted(text))
    )


def _min_cell(text: str | None, *, public: bool) -> int | None:
    """Return the least figure of unnamed people that may be told, None for any. Raises BadValue."""
    if text is None:
        return None
    if not public:
        raise BadValue(_("{option} is for publication.").format(option="--min-cell"), hint=_("Add --public."))
    if text.strip().isdecimal() and LEAST <= int(text[:9]) <= MOST:
        return int(text)
    from tracker.domain.text import quoted

    raise BadValue(
        _("--min-cell takes a number from {least} to {most}, not {value}.").format(
            least=LEAST, most=MOST, value=quoted(text)
        )
    )


def person_filter(asked: Asked) -> tuple[str | None, dict[str, str]]:
    """Return SQL for the ids of the people the filters leave, None for everybody, and its parameters.

    A place narrows to those who were ever held there; who is (or was last) held there is decided by standing.
    """
    conditions = [one.sql for one in asked.filters]
    params = {name: value for one in asked.filters for name, value in one.params.items()}
    if asked.facilities:
        from tracker.reports.filters import bound

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
    rule: str | Rule | None = None,
    public: bool = False,
    pseudonyms: str | None = None,
    min_cell: str | None = None,
    sort: str | None = None,
    limit: int | None = None,
    columns: Sequence[str] | None = None,
    **words: Words,
) -> Iterator[tuple[Connection, Asked]]:
    """Open the record as it is asked about, and read the options; `limit` and `columns` are read already."""
    given = read_rule(rule) if isinstance(rule, str) else rule
    with _opened(store, known_by, published_by, given) as (db, settings, counting):
        zone = settings.get("zone") or "UTC"
        now = now_moment(zone)
        today = date.fromisoformat(now[:10])
        first, moment = _window(on, from_, to, start=settings.get("start") or "", zone=zone, today=today)
        record = _record(store, db, settings)
        if known_by is not None and record.changeset == 0:
            raise _before_the_record(known_by)
        narrowed = _narrowed(db, words, public=public)
        yield (
            db,
            Asked(
                moment=moment,
                first=first,
                now=now,
                record=record,
                rule=counting,
                filters=narrowed.filters if narrowed else (),
                facilities=narrowed.facilities if narrowed else (),
                standings=narrowed.standings if narrowed else (),
                said=narrowed.said if narrowed else (),
                windowed=from_ is not None or to is not None,
                known_by=known_by,
                published_by=published_by,
                public=public,
                pseudonyms=_pseudonyms(pseudonyms, public=public),
                min_cell=_min_cell(min_cell, public=public),
                sort=sort,
                limit=limit,
                columns=tuple(columns) if columns is not None else None,
            ),
        )


def _before_the_record(known_by: str) -> BadValue:
    from tracker.domain.text import quoted

    return BadValue(
        _("Nothing was on record yet by {known}.").format(known=quoted(known_by)),
        hint=_("Give a later time, or the number of a change: see 'tracker history'."),
    )


@contextmanager
def _opened(
    store: Store, known_by: str | None, published_by: str | None, rule: Rule | None
) -> Iterator[tuple[Connection, dict[str, str], Rule]]:
    """Open the record as it was known and published by then and as the rule counts, once; the settings are today's."""
    if known_by is None and published_by is None and rule is None:
        with store.reading() as db:
            settings = dict(db.execute("SELECT id, value FROM settings").fetchall())
            kept = rule_of(settings)
            if not kept.min_hours:
                yield db, settings, kept
                return
    counting = rule or rule_of(store.settings)
    if known_by is None and published_by is None:
        with store.reading(lasting=lasting(counting)) as db:
            yield db, store.settings, counting
        return
    from tracker.domain.dates import read_moment

    zone = store.zone
    today = date.fromisoformat(now_moment(zone)[:10])
    until = None if published_by is None else read_moment(published_by, zone=zone, today=today)[0]
    with store.reading(
        known_by=read_known_by(known_by, zone, today), published_by=until, lasting=lasting(counting)
    ) as db:
        yield db, store.settings, counting


def lasting(rule: Rule) -> "Lasting | None":
    """Return what the store leaves out as too short under a rule, None for nothing."""
    if not rule.min_hours:
        return None
    from tracker.domain.vocabulary import KIND_STANDING
    from tracker.store.lasting import Lasting

    ending = [kind for kind, standing in KIND_STANDING.items() if standing not in rule.deprived]
    return Lasting(rule.min_hours, rule.accepted, ending)


def _record(store: Store, db: Connection, settings: dict[str, str]) -> Record:
    head = store.head(db)
    return Record(
        file=store.path.name,
        zone=settings.get("zone") or "UTC",
        country=settings.get("country") or "",
        start=settings.get("start") or "",
        we=settings.get("we") or "",
        changeset=head.seq,
        hash=head.hash,
    )


def _narrowed(db: Connection, words: dict[str, Words], *, public: bool) -> "Narrowed | None":
    """Return what the words come to; None where there are none, and nothing need be loaded to read them."""
    given = {name: word for name, word in words.items() if word}
    if not given:
        return None
    from tracker.reports.filters import narrow

    return narrow(db, public=public, **given)  # type: ignore[arg-type]


def read_known_by(text: str | None, zone: str, today: date) -> str | None:
    """Return what the store looks back to: a changeset (`41`, `#41`, its id) as it is, a date as its last minute.

    Four digits can be a year, too, which the store decides; a year to come is a changeset's number.
    """
    if text is None:
        return None
    name = text.strip().removeprefix("#")
    if name.isdecimal() and (text.strip() != name or int(name[:9]) > today.year):
        return f"#{name}"
    if name.isdecimal() or (len(name) == ids.LENGTH and name.isalnum()):
        return name
    if re.fullmatch(_TO_THE_SECOND, name):  # as `history` writes it
        return name
    from tracker.domain.dates import read_moment

    return read_moment(text, zone=zone, today=today)[0]


def accepted(store: Store) -> tuple[str, ...]:
    """Return the release statuses that end a detention: verified only, unless the record's rule says otherwise."""
    return rule_of(store.settings).accepted


def _window(
    on: str | None, frm: str | None, to: str | None, *, start: str, zone: str, today: date
) -> tuple[Moment, Moment]:
    """Return the first and last minute asked about. `on` is a window of its own; without a start, the record's."""
    if on is not None and (frm is not None or to is not None):
        raise BadValue(
            _("--on names one day; --from and --to name a period."), hint=_("Use --on, or --from and --to, not both.")
        )
    if on is not None:
        return _day(on, zone, today)
    last = end_of_day(today.isoformat()) if to is None else _day(to, zone, today)[1]
    first = (bounds(start or None)[0] or "") if frm is None else _start(frm, zone, today)
    if frm is None and last < first:
        first = ""  # asked about the time before the record's start: everything until then
    if last < first:
        raise BadValue(
            _("The period ends ({to}) before it begins ({first}).").format(to=said(last), first=said_start(first)),
            hint=_("Put the earlier date first."),
        )
    return first, last


def _day(text: str, zone: str, today: date) -> tuple[Moment, Moment]:
    """Return the first ('' where it is open) and last minute of a date asked about."""
    from tracker.domain.dates import read_moment

    last, given = read_moment(text, zone=zone, today=today)
    return given.earliest or "", last


def _start(text: str, zone: str, today: date) -> Moment:
    """Return the first minute of the date that a period begins with. Raises BadValue where it has none."""
    from tracker.domain.dates import read_date

    found = read_date(text, zone=zone, today=today)
    if found.earliest is None:
        raise BadValue(
            _("A period cannot begin on an unknown day."),
            hint=_("Give a day, or leave --from out for the record's start."),
        )
    return found.earliest


def after(moment: Moment) -> Moment:
    """Return the minute after."""
    return (datetime.fromisoformat(moment) + timedelta(minutes=1)).isoformat(timespec="minutes")


def said(moment: Moment) -> str:
    """Return a moment asked about as a title says it: the day for its last minute, else the minute."""
    return moment.removesuffix(LAST_MINUTE).replace("T", " ")


def said_start(moment: Moment) -> str:
    """Return a window's first minute as a title says it: the day, else the minute."""
    return moment.removesuffix("T00:00").replace("T", " ")
