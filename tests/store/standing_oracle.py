"""What `store/standing.py` must say about one person, found the slow way: by trying every completion of the partial dates.

Written to be read beside the definition of standing; it shares nothing with the SQL. A *completion* gives every
event of the record a minute inside its date, so that each detention keeps its order. A person's possible standings are
those of all completions; the counted one is the standing of a single completion, chosen by fixed rules.

Moments are whole minutes. Only some are tried: every end of a date, the moment asked about, and a few minutes beside
them; between two of those nothing that matters changes.
"""

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
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
    released_on: str | None = None  # the date it states, if it speaks of that
    says: str | None = None  # the default status of who said it, None for nobody named


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
    possible: frozenset[str] = frozenset()


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
    """What one detention is at a moment: not begun, open in a stay (or none yet), or ended by a release."""

    detention: str
    state: str  # none | open | ended
    standing: str = "none"
    moment: int = LONG_AGO  # of the release that ended it; of the arrest
    place_known: bool = False

    def weight(self) -> tuple:
        """The heaviest situation decides a person's standing: open before ended, the latest release among the ended."""
        if self.state == "open":
            kind = {"detained": 4 if self.place_known else 2, "whereabouts_unknown": 3}[self.standing]
            return kind, self.moment, 0, self.detention
        if self.state == "ended":
            return 1, self.moment, FREEST_FIRST.index(self.standing), self.detention
        return 0, LONG_AGO, 0, self.detention


def so_far(moments: Sequence[int], at: int) -> int:
    return sum(moment <= at for moment in moments)


class Spell:
    """A detention with its two chains: the arrest and what ends it, and the stays."""

    def __init__(self, detention: Detention, accepted: Sequence[str], grid: Sequence[int]) -> None:
        self.detention = detention
        self.grid = grid
        self.releases = [release for release in detention.releases if release.status in accepted]
        self.events = Chain(
            [arrest_span(detention), *(dated_span(one.on, one.cited, one.entered) for one in self.releases)], grid
        )
        self.stays = Chain([self.stay_span(index) for index in range(len(detention.stays))], grid)
        self.event_completions = list(self.events.completions())
        self.stay_completions = list(self.stays.completions())

    def stay_span(self, index: int) -> Span:
        stay = self.detention.stays[index]
        if index == 0 and stay.since is None:
            return LONG_AGO, LONG_AGO  # since the arrest
        return dated_span(stay.since, stay.cited, self.detention.entered)

    def begun(self, events: Sequence[int], at: int, dies: int | None) -> int:
        """Return how many events there had been; whoever died in the very minute of an arrest had been arrested."""
        return max(so_far(events, at), 0 if dies is None else 1)

    def situation(self, events: Sequence[int], happened: int, stays_begun: int) -> Situation:
        if happened == 0:
            return Situation(self.detention.id, "none")
        if happened > 1:
            standing = LEAVES[self.releases[happened - 2].kind]
            return Situation(self.detention.id, "ended", standing, events[happened - 1])
        stay = self.detention.stays[stays_begun - 1] if stays_begun else None
        lost = stay is not None and stay.facility is None
        standing = "whereabouts_unknown" if lost else "detained"
        return Situation(self.detention.id, "open", standing, events[0], place_known=stay is not None and not lost)

    def situations(self, at: int, dies: int | None = None) -> set[Situation]:
        """Return all that this detention may be at `at`; nobody is arrested after the minute in which he `dies`."""
        found = set()
        seats = {so_far(stays, at) for stays in self.stay_completions}
        for events in self.event_completions:
            if dies is not None and events[0] > dies:
                continue
            happened = self.begun(events, at, dies)
            for stays_begun in seats if happened == 1 else [0]:
                situation = self.situation(events, happened, stays_begun)
                # When somebody was arrested does not matter to what they are.
                found.add(replace(situation, moment=LONG_AGO) if situation.state == "open" else situation)
            if happened == 1:
                found |= self.let_go(at, events[0])
        return found

    def let_go(self, at: int, arrest: int) -> set[Situation]:
        """A sentence that has run out: a release nobody recorded may have been at any minute since."""
        ends_of_it = self.detention.sentence_ends
        if ends_of_it is None:
            return set()
        since = max(either(starts(ends_of_it), span(ends_of_it)[1]), arrest)
        return {Situation(self.detention.id, "ended", "out", moment) for moment in self.grid if since <= moment <= at}


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
    return max([heaviest, *together], key=lambda s: (FREEST_FIRST.index(s.standing), s.moment, s.detention))


def standings(choices: Sequence[set[Situation]], overlaps: set[frozenset[str]]) -> set[str]:
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
        ends_of_dates.update(
            m for m in (starts(detention.sentence_ends), ends(detention.sentence_ends)) if m is not None
        )
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
    alive = standings([spell.situations(at) for spell in spells], overlaps)
    if person.died is None:
        return replace(counted(spells, overlaps, at, accepted=accepted), possible=frozenset(alive))

    arrested = max((spell.events.spans[0][0] for spell in spells), default=LONG_AGO)
    [(earliest, latest)] = in_order([(max(either(starts(person.died), LONG_AGO), arrested), span(person.died)[1])])
    possible = alive if latest > at else set()
    for dies in grid:
        if earliest <= dies <= min(latest, at):
            before = standings([spell.situations(dies - 1, dies) for spell in spells], overlaps)
            possible |= {"died" if standing in DEPRIVED else "deceased" for standing in before}

    counts_at = max(either(starts(person.died), span(person.died)[1]), arrested)
    if counts_at > at:
        return replace(counted(spells, overlaps, at, accepted=accepted), possible=frozenset(possible))
    last = counted(spells, overlaps, counts_at - 1, accepted=accepted, dies=counts_at)
    standing = "died" if last.standing in DEPRIVED else "deceased"
    return replace(last, standing=standing, since=person.died, said_out=None, possible=frozenset(possible))


def counted(
    spells: Sequence[Spell],
    overlaps: set[frozenset[str]],
    at: int,
    *,
    accepted: Sequence[str],
    dies: int | None = None,
) -> Answer:
    """Return the counted standing at `at` and what it rests on."""
    happened = [spell.begun(spell.events.counted(), at, dies) for spell in spells]
    seats = [so_far(spell.stays.counted(), at) for spell in spells]
    situations = [
        spell.situation(spell.events.counted(), *so) for spell, *so in zip(spells, happened, seats, strict=True)
    ]
    decisive = decides(situations, overlaps)
    if decisive is None or decisive.state == "none":
        return Answer("none")
    place = situations.index(decisive)
    spell, stays = spells[place], spells[place].detention.stays[: seats[place]]
    release = spell.releases[happened[place] - 2] if decisive.state == "ended" else None
    return Answer(
        decisive.standing,
        since=since(spell, decisive, release, stays),
        detention=spell.detention.id,
        release=release.id if release else None,
        stay=stays[-1].id if stays else None,
        facility=stays[-1].facility if stays else None,
        said_out=said_out(spell, decisive, release, at, accepted),
    )


def since(spell: Spell, now: Situation, release: Release | None, stays: Sequence[Stay]) -> str | None:
    """Return the date, as stored, from which the standing has been what it is."""
    if release is not None:
        releases = spell.releases[: spell.releases.index(release) + 1]
        return last_run(releases, [LEAVES[one.kind] for one in releases])[0].on
    run = last_run(stays, [stay.facility is None for stay in stays])
    if not run or (run[0] is stays[0] and run[0].facility):
        return spell.detention.began
    arrest = spell.events.counted()[0]
    if run[0] is stays[0] and either(starts(run[0].since), LONG_AGO) <= arrest:
        return spell.detention.began
    return run[0].since


def last_run(things: Sequence, signs: Sequence) -> list:
    """Return the last of `things` that bear the same sign without a break."""
    run: list = []
    for thing, sign in zip(reversed(things), reversed(signs), strict=True):
        if sign != signs[-1]:
            break
        run.insert(0, thing)
    return run


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
    said += [
        cited.says or "reported"
        for other in later
        for cited in other.cited
        if other.status != "retracted"
        and LEAVES[other.kind] not in DEPRIVED
        and cited.released_on is not None
        and (cited.supports or cited.released_on != other.on)  # else it denies that date
        and (cited.says or "reported") not in accepted
        and either(starts(cited.released_on), span(cited.released_on)[1]) <= at
    ]
    return max(said, key=WEAKEST_FIRST.index, default=None)


def effective(person: Person, accepted: Sequence[str] = ("verified",)) -> list[tuple]:
    """Return (detention, number, release, minute from which it counts, earliest, latest) of each event."""
    found = []
    for detention in person.detentions if not person.excluded else ():
        spell = Spell(detention, accepted, ())
        spans, latest, counts = spell.events.spans, spell.events.latest(), spell.events.counted()
        for number in range(len(spans)):
            release = spell.releases[number - 1].id if number else None
            found.append((detention.id, number, release, counts[number], spans[number][0], latest[number]))
    return found
