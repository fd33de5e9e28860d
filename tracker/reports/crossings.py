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

from tracker.domain.counting import Rule
from tracker.domain.vocabulary import RESTRICTIVENESS
from tracker.reports.asked import Asked
from tracker.reports.standings import before
from tracker.store import Connection
from tracker.store.standing import standing_cte

STAY: Final = -2
"""The `idx` of an event that says where a detention is spent from then on; looked at only where a rule needs it."""

_MOVED: Final = """
SELECT detainee FROM detentions WHERE coalesce(began_from, '') <= :moment AND coalesce(began_to, '~') >= :first
UNION SELECT t.detainee FROM releases r JOIN detentions t ON t.id = r.detention
  WHERE r.status <> 'retracted' AND coalesce(r.released_from, '') <= :moment AND coalesce(r.released_to, '~') >= :first
UNION SELECT id FROM detainees WHERE died_to >= :first AND coalesce(died_from, '') <= :moment"""
"""The people who may have crossed in the window: no others need be looked at."""


_STAYED: Final = """
UNION SELECT t.detainee FROM stays y JOIN detentions t ON t.id = y.detention
  WHERE coalesce(y.since_from, '') <= :moment AND coalesce(y.since_to, '~') >= :first"""
"""And where a rule does not count those whose whereabouts are unknown."""


class Event(NamedTuple):
    """An arrest (`idx` 0) or an effective release, of the detention `detention`; `STAY` is where it was spent.

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

    `cause` is `arrest` (the first), `retaken` (a later one), a release kind, `died`, or, where a rule does not count
    those whose whereabouts are unknown, `lost` and `found`; `was` is the standing of this detention before it.
    `released`: the standing it leads to counts as released.
    """

    event: Event
    cause: str
    before: bool
    after: bool
    was: str | None
    released: bool = True

    @property
    def exit(self) -> bool:
        """Whether a release took the person out of deprivation of liberty, and counts as one."""
        return self.before and not self.after and self.event.release is not None and self.released


def crossings(db: Connection, asked: Asked) -> Iterator[list[Crossing]]:
    """Yield, for each person who may have crossed in the window, all events of their life in order."""
    stays = "whereabouts_unknown" not in asked.deprived
    start = before(db, asked, people=_MOVED + (_STAYED if stays else ""))
    standing = standing_cte(accepted=asked.accepted, people=start.people, columns=()).removeprefix("WITH ")
    cursor = db.cursor()
    cursor.row_factory = None
    cursor.execute(
        f"""WITH {",".join([*start.clauses, standing])}
        SELECT e.detainee, e.detention, e.idx, e.release, e.kind, e.standing, e.counted, e.lo, e.hi,
          d.died_from, d.died_to
        FROM {"(SELECT * FROM effective UNION ALL SELECT * FROM seated)" if stays else "effective"} e
          JOIN detainees d ON d.id = e.detainee ORDER BY e.detainee""",
        start.params,
    )
    for _person, rows in groupby(cursor, key=itemgetter(0)):
        found = list(rows)
        yield life([Event(*row[:9]) for row in found], found[0][9], found[0][10], asked.rule)


def life(events: Sequence[Event], died_from: str | None, died_to: str | None, rule: Rule) -> list[Crossing]:
    """Return one person's events in order, each with what it made of their liberty; a death is the last."""
    began = {event.detention: event.at for event in events if event.idx == 0}
    death = _death(events, died_from, died_to)
    ordered = sorted(
        (event for event in events if death is None or _lived(event, death)),
        key=lambda event: (event.at, began[event.detention], event.detention, event.idx),  # a stay before the arrest
    )
    spans = _spans(events)
    last: dict[str, Event] = {}
    seats: dict[str, Event] = {}
    found: list[Crossing] = []
    held = False
    for event in ordered:
        before, first = last.get(event.detention), not last
        (seats if event.idx == STAY else last)[event.detention] = event
        now = deprived(list(last.values()), spans, seats, rule.deprived)
        cause = _cause(event, first=first, after=now)
        released = event.standing in rule.released
        found.append(Crossing(event, cause, held, now, before.standing if before else None, released))
        held = now
    if death is not None and events:
        found.append(Crossing(death, "died", held, False, None))
    return found


def _cause(event: Event, *, first: bool, after: bool) -> str:
    if event.idx == STAY or (event.idx == 0 and not after):
        return "found" if after else "lost"
    return event.kind or ("arrest" if event.idx == 0 and first else "retaken")


def deprived(
    last: Sequence[Event], spans: dict[str, tuple[str, str | None]], seats: dict[str, Event], counted: Sequence[str]
) -> bool:
    """Return whether a person is deprived of liberty whose detentions stand at these events.

    `seats`: the latest stay of each detention, where it matters; `counted`: the standings that count as deprived.
    """
    open_ones = [event for event in last if event.idx == 0]
    if open_ones:  # held in a known place outweighs whereabouts unknown, which outweighs nothing stated (standing, 4)
        known = [seats[event.detention].standing for event in open_ones if event.detention in seats]
        return not known or "detained" in known or "whereabouts_unknown" in counted
    if not last:
        return False
    decides = max(last, key=lambda event: (event.at, RESTRICTIVENESS[event.standing], event.detention))
    return any(
        event.standing in counted
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
