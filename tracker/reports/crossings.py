"""Who crossed into or out of deprivation of liberty, when, and by what: the movement behind `released` and `bulletin`.

Built on the events of `store.standing` (arrests and effective releases, each with the minute at which it counts), so
that at every moment the crossings so far and the standing agree (tested). A person's events stand in one order: by
the minute at which they count; of two detentions at one minute, the one that began first comes first. After each event
a person is deprived if any detention is open, else as the release that decides left them (standing, 4 and
5). Crossings therefore alternate: into deprivation, out of it, into it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

from tracker.domain.vocabulary import DEPRIVED, RESTRICTIVENESS
from tracker.reports.asked import Asked
from tracker.reports.standings import before
from tracker.store import Connection
from tracker.store.standing import standing_cte

_MOVED: Final = """
SELECT detainee FROM detentions WHERE coalesce(began_from, '') <= :moment AND coalesce(began_to, '~') >= :first
UNION SELECT t.detainee FROM releases r JOIN detentions t ON t.id = r.detention
  WHERE r.status <> 'retracted' AND coalesce(r.released_from, '') <= :moment AND coalesce(r.released_to, '~') >= :first
UNION SELECT id FROM detainees WHERE died_to >= :first AND coalesce(died_from, '') <= :moment"""
"""The people who may have crossed in the window: no others need be looked at."""


class Event(NamedTuple):
    """An arrest (`idx` 0) or an effective release, of the detention `detention`.

    It counts at the minute `at` and lies between `lo` and `hi`; it leaves the detention as `standing`.
    """

    detainee: str
    detention: str
    idx: int
    release: str | None
    kind: str | None
    standing: str
    at: str
    lo: str
    hi: str


@dataclass(frozen=True, slots=True)
class Crossing:
    """An event seen on a whole life: deprived of liberty `before` it and `after` it.

    `cause` is `arrest` (the first), `retaken` (a later one), a release kind, or `died`; `was` is the standing of this
    detention before it.
    """

    event: Event
    cause: str
    before: bool
    after: bool
    was: str | None

    @property
    def exit(self) -> bool:
        """Whether a release took the person out of deprivation of liberty."""
        return self.before and not self.after and self.event.release is not None


def crossings(db: Connection, asked: Asked) -> Iterator[list[Crossing]]:
    """Yield, for each person who may have crossed in the window, all events of their life in order."""
    start = before(db, asked, people=_MOVED)
    standing = standing_cte(accepted=asked.accepted, people=start.people, columns=()).removeprefix("WITH ")
    cursor = db.cursor()
    cursor.row_factory = None
    cursor.execute(
        f"""WITH {",".join([*start.clauses, standing])}
        SELECT e.detainee, e.detention, e.idx, e.release, e.kind, e.standing, e.counted, e.lo, e.hi,
          d.died_from, d.died_to
        FROM effective e JOIN detainees d ON d.id = e.detainee ORDER BY e.detainee""",
        start.params,
    )
    for _person, rows in groupby(cursor, key=itemgetter(0)):
        found = list(rows)
        yield life([Event(*row[:9]) for row in found], found[0][9], found[0][10])


def life(events: Sequence[Event], died_from: str | None, died_to: str | None) -> list[Crossing]:
    """Return one person's events in order, each with what it made of their liberty; a death is the last."""
    began = {event.detention: event.at for event in events if event.idx == 0}
    death = _death(events, died_from, died_to)
    ordered = sorted(
        (event for event in events if death is None or _lived(event, death)),
        key=lambda event: (event.at, began[event.detention], event.detention, event.idx),
    )
    spans = _spans(events)
    last: dict[str, Event] = {}
    found: list[Crossing] = []
    held = False
    for event in ordered:
        before = last.get(event.detention)
        last[event.detention] = event
        now = deprived(list(last.values()), spans)
        cause = event.kind or ("arrest" if event.idx == 0 and not found else "retaken")
        found.append(Crossing(event, cause, held, now, before.standing if before else None))
        held = now
    if death is not None and events:
        found.append(Crossing(death, "died", held, False, None))
    return found


def deprived(last: Sequence[Event], spans: dict[str, tuple[str, str | None]]) -> bool:
    """Return whether a person is deprived of liberty whose detentions stand at these events."""
    if any(event.idx == 0 for event in last):
        return True
    decides = max(last, key=lambda event: (event.at, RESTRICTIVENESS[event.standing], event.detention))
    return any(
        event.standing in DEPRIVED
        for event in last
        if event is decides or _overlapped(spans[event.detention], spans[decides.detention])
    )


def _spans(events: Sequence[Event]) -> dict[str, tuple[str, str | None]]:
    """Return, for each detention, by when it had certainly begun, and from when it may have been over."""
    began = {event.detention: event.hi for event in events if event.idx == 0}
    over = {event.detention: event.lo for event in events if event.idx == 1}
    return {detention: (moment, over.get(detention)) for detention, moment in began.items()}


def _overlapped(one: tuple[str, str | None], other: tuple[str, str | None]) -> bool:
    """Return whether two detentions that ended certainly overlapped."""
    return one[1] is not None and other[1] is not None and one[0] < other[1] and other[0] < one[1]


def _death(events: Sequence[Event], died_from: str | None, died_to: str | None) -> Event | None:
    """Return a person's death as an event; nobody is arrested after it."""
    if died_to is None or not events:
        return None
    arrested = max(event.lo for event in events if event.idx == 0)
    return Event(
        events[0].detainee,
        "",
        -1,
        None,
        None,
        "died",
        max(died_from or died_to, arrested),
        max(died_from or "", arrested),
        max(died_to, arrested),
    )


def _lived(event: Event, death: Event) -> bool:
    """Return whether an event counts before a death: a release in its very minute does not, an arrest does."""
    return event.at < death.at or (event.idx == 0 and event.at == death.at)
