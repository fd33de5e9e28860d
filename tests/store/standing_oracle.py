"""What `store/standing.py` must say about one person, found the slow way: by trying every completion of the partial dates.

Written to be read beside DESIGN §4 "Standing at a moment D"; it shares nothing with the SQL. A *completion* gives every
event of the record a minute inside its date, so that each detention keeps its order. A person's possible standings are
those of all completions; the counted one is the standing of a single completion, chosen by fixed rules.

Moments are whole minutes. Only some are tried: every end of a date, the moment asked about, and a few minutes beside
them; between two of those nothing that matters changes.
"""

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import product

EPOCH = datetime(1000, 1, 1)  # noqa: DTZ001  (local time of the record)
LONG_AGO = 0
"""Where an open start begins. Dates of a record are all much later."""

LEAVES = {
    "unstated": "out",
    "full": "free",
    "precautionary": "restricted",
    "conditional": "restricted",
    "bail": "restricted",
    "medical": "restricted",
    "house_arrest": "house_arrest",
    "exile": "free",
    "deported": "free",
    "escaped": "escaped",
}
FREEST_FIRST = ["free", "out", "escaped", "restricted", "house_arrest"]
DEPRIVED = {"detained", "whereabouts_unknown", "house_arrest"}
WEAKEST_FIRST = ["retracted", "announced", "reported", "verified"]

Span = tuple[int, int]


@dataclass(frozen=True)
class Citation:
    published: str | None
    supports: bool = True


@dataclass(frozen=True)
class Stay:
    id: str
    facility: str | None  # None: whereabouts unknown
    since: str | None = None
    cited: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class Release:
    id: str
    on: str | None
    kind: str = "full"
    status: str = "verified"
    entered: str = "2026-03-09"
    cited: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class Detention:
    id: str
    began: str | None
    entered: str = "2026-03-09"
    sentence_ends: str | None = None
    stays: tuple[Stay, ...] = ()
    releases: tuple[Release, ...] = ()
    cited: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class Person:
    id: str
    detentions: tuple[Detention, ...] = ()
    died: str | None = None
    excluded: bool = False


@dataclass(frozen=True)
class Answer:
    standing: str
    since: str | None = None
    detention: str | None = None
    release: str | None = None
    stay: str | None = None
    facility: str | None = None
    said_out: str | None = None
    possible: frozenset[str] = field(default_factory=frozenset)


# --- dates ---------------------------------------------------------------------------------------------------------


def minute(text: str) -> int:
    """Return a moment `YYYY-MM-DDTHH:MM` as minutes."""
    return (datetime.fromisoformat(text) - EPOCH) // timedelta(minutes=1)


def span(text: str) -> tuple[int | None, int]:
    """Return the first and last minute of a date as stored; the first is None where it is open."""
    if ".." in text:
        start, end = text.split("..")
        return (span(start)[0] if start else None), span(end)[1]
    if "T" in text:
        return minute(text), minute(text)
    parts = [int(part) for part in text.split("-")]
    year, month, day = [*parts, *[None] * (3 - len(parts))]
    last_month = month or 12
    last_day = day or calendar.monthrange(year, last_month)[1]
    return (
        minute(f"{year:04}-{month or 1:02}-{day or 1:02}T00:00"),
        minute(f"{year:04}-{last_month:02}-{last_day:02}T23:59"),
    )


def starts(text: str | None) -> int | None:
    return span(text)[0] if text else None


def ends(text: str | None) -> int | None:
    return span(text)[1] if text else None


def first(*moments: int | None) -> int | None:
    return min((moment for moment in moments if moment is not None), default=None)


def published(cited: Sequence[Citation]) -> int | None:
    """Return when the first source that states a thing was out."""
    return first(*(ends(citation.published) for citation in cited if citation.supports))


def either(moment: int | None, otherwise: int) -> int:
    return otherwise if moment is None else moment


# --- what each event's date allows -----------------------------------------------------------------------------------


def arrest_span(detention: Detention) -> Span:
    known = [release for release in detention.releases if release.status != "retracted"]
    latest = ends(detention.began)
    if latest is None:
        latest = first(
            *(ends(stay.since) for stay in detention.stays),
            *(ends(release.on) for release in known),
            published(detention.cited),
            *(published(stay.cited) for stay in detention.stays),
            *(published(release.cited) for release in detention.releases),
        )
    return either(starts(detention.began), LONG_AGO), either(latest, either(ends(detention.entered), 0))


def dated_span(text: str | None, cited: Sequence[Citation], entered: str) -> Span:
    """A release's or a transfer's date: unknown, it had happened when its first source was out, or when it was entered."""
    latest = either(ends(text), either(published(cited), either(ends(entered), 0)))
    return either(starts(text), LONG_AGO), latest


def in_order(spans: Sequence[Span]) -> list[Span]:
    """Return the spans of events that follow each other; a span that is over too early is squeezed to the one before."""
    kept: list[Span] = []
    for earliest, latest in spans:
        start = max(earliest, kept[-1][0]) if kept else earliest
        kept.append((start, max(latest, start)))
    return kept


class Chain:
    """Events in a fixed order, each with a span."""

    def __init__(self, spans: Sequence[Span], grid: Sequence[int]) -> None:
        self.spans = in_order(spans)
        self.grid = grid
        self.raw = spans

    def completions(self, after: int = LONG_AGO, index: int = 0) -> Iterator[tuple[int, ...]]:
        """Yield every way to give the events a minute each, none before the one it follows."""
        if index == len(self.spans):
            yield ()
            return
        earliest, latest = self.spans[index]
        for moment in self.grid:
            if max(earliest, after) <= moment <= latest:
                for rest in self.completions(moment, index + 1):
                    yield (moment, *rest)

    def latest(self) -> list[int]:
        """Return the latest minute that each event can have in any completion."""
        return [min(latest for _, latest in self.spans[index:]) for index in range(len(self.spans))]

    def counted(self) -> list[int]:
        """Return the minute at which each event counts: its earliest, or its latest where that is open."""
        moments: list[int] = []
        for index, ((earliest, _), latest) in enumerate(zip(self.raw, self.latest(), strict=True)):
            moment = latest if earliest == LONG_AGO and index > 0 else earliest
            moments.append(max(moment, moments[-1]) if moments else moment)
        return moments


# --- one detention ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Situation:
    """What one detention is at a moment: not begun, open in a stay, or ended by a release."""

    detention: str
    state: str  # none | open | ended
    standing: str = "none"
    moment: int = LONG_AGO  # when that release was, or the arrest
    place_known: bool = False
    happened: int = 0  # how many events of the detention
    stays: int = 0

    def weight(self) -> tuple:
        """The heaviest situation decides a person's standing; open before ended, the latest release among the ended."""
        if self.state == "open":
            kind = {"detained": 4 if self.place_known else 2, "whereabouts_unknown": 3}[self.standing]
            return kind, self.moment, 0, self.detention
        if self.state == "ended":
            return 1, self.moment, FREEST_FIRST.index(self.standing), self.detention
        return 0, LONG_AGO, 0, self.detention


class Spell:
    """A detention with its two chains: the arrest and what ends it, and the stays."""

    def __init__(self, detention: Detention, accepted: Sequence[str], grid: Sequence[int]) -> None:
        self.detention = detention
        self.releases = [release for release in detention.releases if release.status in accepted]
        self.events = Chain(
            [
                arrest_span(detention),
                *(dated_span(release.on, release.cited, release.entered) for release in self.releases),
            ],
            grid,
        )
        self.stays = Chain([self.stay_span(index) for index in range(len(detention.stays))], grid)
        self.event_completions = set(self.events.completions())
        self.stay_completions = set(self.stays.completions())
        self.sentence_over = either(starts(detention.sentence_ends), either(ends(detention.sentence_ends), 0))

    def stay_span(self, index: int) -> Span:
        stay = self.detention.stays[index]
        if index == 0 and stay.since is None:
            return LONG_AGO, LONG_AGO  # since the arrest
        return dated_span(stay.since, stay.cited, self.detention.entered)

    def situation(self, events: Sequence[int], stays: Sequence[int], at: int, dies: int | None) -> Situation:
        happened = sum(moment <= at for moment in events)
        if dies is not None:
            happened = max(happened, 1)  # arrested before dying, if only in the same minute
        there = sum(moment <= at for moment in stays)
        base = Situation(self.detention.id, "none", stays=there, happened=happened)
        if happened == 0:
            return base
        if happened > 1:
            standing = LEAVES[self.releases[happened - 2].kind]
            return replace(base, state="ended", standing=standing, moment=events[happened - 1])
        stay = self.detention.stays[there - 1] if there else None
        lost = stay is not None and stay.facility is None
        return replace(
            base,
            state="open",
            standing="whereabouts_unknown" if lost else "detained",
            moment=events[0],
            place_known=stay is not None and not lost,
        )

    def situations(self, at: int, *, dies: int | None = None, grid: Sequence[int]) -> set[Situation]:
        """Return all that this detention may be at `at`; nobody is arrested after the minute in which he dies."""
        found = set()
        for events in self.event_completions:
            if dies is not None and events[0] > dies:
                continue
            for stays in self.stay_completions:
                situation = self.situation(events, stays, at, dies)
                found.add(self.essence(situation))
                if situation.state == "open" and self.detention.sentence_ends:
                    found.update(self.let_go(situation, at, events[0], grid))
        return found

    def let_go(self, situation: Situation, at: int, arrest: int, grid: Sequence[int]) -> Iterator[Situation]:
        """A sentence that has run out: a release nobody recorded may have been at any minute since."""
        for moment in grid:
            if max(self.sentence_over, arrest) <= moment <= at:
                yield self.essence(replace(situation, state="ended", standing="out", moment=moment))

    @staticmethod
    def essence(situation: Situation) -> Situation:
        """Drop what cannot matter to the person's standing."""
        moment = situation.moment if situation.state == "ended" else LONG_AGO
        return replace(situation, happened=0, stays=0, moment=moment)

    def counted(self, at: int, *, dies: int | None = None) -> Situation:
        return self.situation(self.events.counted(), self.stays.counted(), at, dies)


def certainly_overlapped(one: Spell, other: Spell) -> bool:
    """Whether in every completion each of the two began before the other's first release."""

    def sure(a: Spell, b: Spell) -> bool:
        return max(events[0] for events in a.event_completions) < min(events[1] for events in b.event_completions)

    return bool(one.releases and other.releases) and sure(one, other) and sure(other, one)


# --- one person ------------------------------------------------------------------------------------------------------


def decides(situations: Sequence[Situation], overlaps: set[frozenset[str]]) -> Situation | None:
    """Return the situation that is the person's: the heaviest, or the more restrictive one that overlapped with it."""
    heaviest = max(situations, key=Situation.weight, default=None)
    if heaviest is None or heaviest.state != "ended":
        return heaviest
    together = [
        other
        for other in situations
        if other.state == "ended" and frozenset((heaviest.detention, other.detention)) in overlaps
    ]
    return max(
        [heaviest, *together], key=lambda s: (FREEST_FIRST.index(s.standing), s.moment, s.detention)
    )


def standings(
    choices: Sequence[set[Situation]], overlaps: set[frozenset[str]]
) -> set[str]:
    """Return every standing that the detentions, each in any of its situations, can give together."""
    found = set()
    for situations in product(*choices):
        decisive = decides(situations, overlaps)
        found.add(decisive.standing if decisive else "none")
    return found


def grid_of(person: Person, at: int) -> list[int]:
    """Return the minutes that are worth trying."""
    ends_of_dates: set[int] = {at}
    for detention in person.detentions:
        spans = [arrest_span(detention)]
        spans += [dated_span(r.on, r.cited, r.entered) for r in detention.releases]
        spans += [dated_span(s.since, s.cited, detention.entered) for s in detention.stays]
        ends_of_dates.update(moment for span_ in spans for moment in span_)
        ends_of_dates.update(m for m in (starts(detention.sentence_ends), ends(detention.sentence_ends)) if m is not None)
    ends_of_dates.update(m for m in (starts(person.died), ends(person.died)) if m is not None)
    beside = {moment + step for moment in ends_of_dates for step in (0, 1)}
    return sorted(beside | {LONG_AGO + step for step in range(5)})


def answer(person: Person, moment: str, accepted: Sequence[str] = ("verified",)) -> Answer | None:
    """Return a person's standing at `moment`; None for somebody excluded."""
    if person.excluded:
        return None
    at = minute(moment)
    grid = grid_of(person, at)
    spells = [Spell(detention, accepted, grid) for detention in person.detentions]
    overlaps = {
        frozenset((one.detention.id, other.detention.id))
        for one in spells
        for other in spells
        if one is not other and certainly_overlapped(one, other)
    }
    alive = standings([spell.situations(at, grid=grid) for spell in spells], overlaps)
    if person.died is None:
        return replace(counted(person, spells, overlaps, at, accepted), possible=frozenset(alive))

    arrested = max((spell.events.spans[0][0] for spell in spells), default=LONG_AGO)
    [(earliest, latest)] = in_order([(max(either(starts(person.died), LONG_AGO), arrested), span(person.died)[1])])
    possible = set(alive) if latest > at else set()
    for dies in grid:
        if earliest <= dies <= min(latest, at):
            before = standings([spell.situations(dies - 1, dies=dies, grid=grid) for spell in spells], overlaps)
            possible |= {"died" if standing in DEPRIVED else "deceased" for standing in before}

    counts_at = max(either(starts(person.died), span(person.died)[1]), arrested)
    if counts_at > at:
        return replace(counted(person, spells, overlaps, at, accepted), possible=frozenset(possible))
    last = counted(person, spells, overlaps, counts_at - 1, accepted, dies=counts_at)
    standing = "died" if last.standing in DEPRIVED else "deceased"
    return replace(last, standing=standing, since=person.died, said_out=None, possible=frozenset(possible))


def counted(
    person: Person,
    spells: Sequence[Spell],
    overlaps: set[frozenset[str]],
    at: int,
    accepted: Sequence[str],
    dies: int | None = None,
) -> Answer:
    """Return the counted standing at `at` and what it rests on."""
    situations = [spell.counted(at, dies=dies) for spell in spells]
    decisive = decides(situations, overlaps)
    if decisive is None or decisive.state == "none":
        return Answer("none")
    spell = spells[situations.index(decisive)]
    stay = spell.detention.stays[decisive.stays - 1] if decisive.stays else None
    release = spell.releases[decisive.happened - 2] if decisive.happened > 1 else None
    return Answer(
        decisive.standing,
        since=since(spell, decisive),
        detention=spell.detention.id,
        release=release.id if release else None,
        stay=stay.id if stay else None,
        facility=stay.facility if stay else None,
        said_out=said_out(spell, decisive, release, at, accepted),
    )


def since(spell: Spell, now: Situation) -> str | None:
    """Return the date, as stored, from which the standing has been what it is."""
    if now.state == "ended":
        index = now.happened - 2
        while index > 0 and LEAVES[spell.releases[index - 1].kind] == now.standing:
            index -= 1
        return spell.releases[index].on
    if now.stays == 0:
        return spell.detention.began
    stays = spell.detention.stays
    index = now.stays - 1
    while index > 0 and (stays[index - 1].facility is None) == (stays[index].facility is None):
        index -= 1
    if index > 0:
        return stays[index].since
    lost_later = stays[0].facility is None and either(starts(stays[0].since), LONG_AGO) > spell.events.counted()[0]
    return stays[0].since if lost_later else spell.detention.began


def said_out(spell: Spell, now: Situation, release: Release | None, at: int, accepted: Sequence[str]) -> str | None:
    """Return the highest status not accepted of a later release that would take somebody held off the list."""
    if now.standing not in DEPRIVED:
        return None
    releases = spell.detention.releases
    later = releases[releases.index(release) + 1 :] if release else releases
    said = [
        other.status
        for other in later
        if other.status not in (*accepted, "retracted")
        and LEAVES[other.kind] not in DEPRIVED
        and either(starts(other.on), dated_span(other.on, other.cited, other.entered)[1]) <= at
    ]
    return max(said, key=WEAKEST_FIRST.index, default=None)
