"""One person's life in order: every arrest, stay, release, new term, word of being out, dispute and death.

Each with its date as it is kept, who says so and where, and the standing after it. What a source disputes stands right
below the record it disputes. An event that the rule does not accept (a release only announced) changes no standing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from tracker.domain.date_bounds import Moment, bounds, minus_minute
from tracker.domain.lists import WHEREABOUTS_UNKNOWN
from tracker.domain.masks import worded
from tracker.domain.vocabulary import label
from tracker.errors import BadValue
from tracker.i18n import N_, _, ngettext
from tracker.matching.who import find_person
from tracker.reports import foot, merges
from tracker.reports.asked import Asked
from tracker.reports.crossings import Crossing, crossings
from tracker.reports.filters import Filter
from tracker.reports.listings import listed
from tracker.reports.person import NAMED_SOURCES, headline, standing_of
from tracker.reports.person_records import Citation, Record, citations, records
from tracker.reports.standings import others
from tracker.store import Connection
from tracker.store import Row as Found
from tracker.store.standing import BITS
from tracker.table import Cell, Column, Labelled, Row, Table, Toned

COLUMNS: Final = (
    Column("on", N_("when"), "date"),
    Column("event", N_("what")),
    Column("value", N_("as stated")),
    Column("status", N_("status"), words="release_status"),
    Column("standing", N_("standing after it"), words="standing"),
    Column("uncertain", N_("could also be"), words="standing"),
    Column("claimants", N_("who says so")),
    Column("sources", N_("source")),
    Column("ref", N_("ref"), "ref"),
)

READER: Final = (
    Column("on", N_("when"), "date"),
    Column("event", N_("what")),
    Column("standing", N_("standing after it")),
    Column("who", N_("who says so")),
)

EVENTS: Final = {
    "arrest": N_("arrested"),
    "retaken": N_("taken again"),
    "stay": N_("held at"),
    "transfer": N_("moved to"),
    "released": N_("left"),
    "moved_home": N_("moved to house arrest"),
    "upgrade": N_("new terms"),
    "said_out": N_("said to be out"),
    "retracted": N_("release retracted"),
    "died": N_("died"),
    "disputed": N_("✗ disputed"),
}


@dataclass(frozen=True)
class Event:
    """Something on record: at which minute it counts (None: no date at all), and what happened by it."""

    at: Moment | None
    kind: str
    record: Record
    value: Cell
    status: str | None = None
    crossing: Crossing | None = None


def person_table(db: Connection, asked: Asked, word: str, *, few: bool = False) -> Table:
    """Return the life of the person `word` means; `few`: what a person reads, in four columns.

    Raises NotFound, Ambiguous, and BadValue in public.
    """
    if asked.public:
        raise BadValue(
            _("One person's life is not for publication."), hint=_("Leave out --public, or leave out the name.")
        )
    person = find_person(db, word, partial=True)
    events = list(_events(db, asked, person))
    rows = list(_rows(db, asked, person, events))
    name = person["name"] or person["description"] or ""
    columns, shown = (READER, [*map(_readable, rows)]) if few else (COLUMNS, rows)
    return replace(
        listed(columns, shown, asked, empty=_("Nothing is on record of this person in this time.")),
        title=f"{name} · {person['ref']}\n{headline(db, person, asked.moment, asked.accepted)}",
        foot=[*merges.said_of(db, person, word, asked), *foot.notes(db, asked)],
        tone=Toned.of,
    )


def _events(db: Connection, asked: Asked, person: Found) -> Iterator[Event]:
    """Yield what is on record of a person in the time asked about, in order of time."""
    found: list[Event] = []
    lives = _crossings(db, asked, person)
    began: Moment | None = None
    places = 0
    for record in records(db, person):
        if record.part == "detention":
            crossing = lives.get((record.id, None))
            began = _at(record, crossing)
            places = 0
            kind = "retaken" if record.again else "arrest"
            found.append(Event(began, kind, record, dict(record.facts).get("arrest_place"), None, crossing))
        elif record.part == "stay":
            places += 1
            found.append(_stay(record, began, first=places == 1))
        elif record.part == "release":
            found.append(_release(record, lives, began))
        elif record.part == "detainee" and person["died_to"] is not None:
            death = replace(record, on=person["died"])
            crossing = lives.get(("", None))
            found.append(Event(_at(death, crossing), "died", death, person["died_place"], None, crossing))
    first = asked.first if asked.windowed else ""
    found.sort(key=lambda one: (one.at or "", one.kind == "died"))
    yield from (one for one in found if one.at is None or first <= one.at <= asked.moment)


def _crossings(db: Connection, asked: Asked, person: Found) -> dict[tuple[str, str | None], Crossing]:
    """Return the crossings of a person's life by detention and release; a death has neither."""
    whole = replace(
        asked, first="", moment=asked.latest, filters=(Filter("d.id = :person", {"person": person["id"]}, ""),)
    )
    return {
        (one.event.detention, one.event.release): one
        for life in crossings(db, whole)
        for one in life
        if one.event.idx in (-1, 0) or one.event.release is not None
    }


def _at(record: Record, crossing: Crossing | None) -> Moment | None:
    """Return the minute at which a record counts: as counted, else the earliest that its date can mean."""
    if crossing is not None and crossing.event.at:
        return crossing.event.at
    earliest, latest = bounds(record.on)
    return earliest or latest or (crossing.event.hi if crossing is not None else None)


def _stay(record: Record, began: Moment | None, *, first: bool) -> Event:
    place = dict(record.facts)["facility"]
    value = Labelled(place, _("whereabouts unknown")) if place == WHEREABOUTS_UNKNOWN else place
    at = _at(record, None) or began
    return Event(max(at, began) if at and began else at, "stay" if first else "transfer", record, value)


def _release(record: Record, lives: dict[tuple[str, str | None], Crossing], began: Moment | None) -> Event:
    crossing = next((one for (_spell, release), one in lives.items() if release == record.id), None)
    facts = dict(record.facts)
    status = facts["release_status"]
    if crossing is None:
        kind = "retracted" if status == "retracted" else "said_out"
    elif crossing.before and not crossing.after:
        kind = "released"
    else:
        kind = "moved_home" if crossing.event.standing == "house_arrest" and crossing.was == "detained" else "upgrade"
    terms = facts["release_kind"]
    value = Labelled(terms, label("release_kind", terms))
    return Event(_at(record, crossing) or began, kind, record, value, status, crossing)


def _rows(db: Connection, asked: Asked, person: Found, events: Sequence[Event]) -> Iterator[Row]:
    for place, one in enumerate(events):
        cited = [told for told in citations(db, one.record.part, one.record.id) if _speaks(one, told)]
        following = next((later.at for later in events[place + 1 :] if later.crossing is not None), None)
        standing, uncertain = _standing(db, asked, person, one, following)
        pro = [told for told in cited if told.stance == "supports"]
        head = (one.record.on, Labelled(one.kind, _(EVENTS[one.kind])), one.value, one.status, standing, uncertain)
        tone = "quiet" if one.kind in ("said_out", "retracted") else "dead" if one.kind == "died" else None
        yield Toned((*head, *_said(pro), one.record.ref), tone)
        for told in (told for told in cited if told.stance == "disputes"):
            value = f"{told.field or 'record'}={told.value}" if told.value else told.field
            words = _worded(one.record, told)
            event = Labelled("disputed", _(EVENTS["disputed"]))
            shown = Labelled(value, words) if value else None
            yield Toned((None, event, shown, None, None, None, *_said([told]), one.record.ref), "warning")


def _readable(row: Row) -> Row:
    """Return a row as a person reads it: what happened in one cell, who says so in another."""
    on, event, value, status, standing, uncertain, claimants, sources, _ref = row
    shown = [_label(event), _label(value)]
    if status and event != "retracted":
        shown.append(label("release_status", str(status)))
    after = label("standing", str(standing)) if standing else None
    if uncertain:
        doubt = " / ".join(label("standing", one) for one in _several(uncertain))
        after = _("{standing}, or {others}").format(standing=after, others=doubt)
    where = "; ".join(_several(sources))
    if len(_several(sources)) > NAMED_SOURCES:
        where = ngettext("{n} source", "{n} sources", len(_several(sources))).format(n=len(_several(sources)))
    who = "; ".join(map(worded, _several(claimants)))
    said = f"{who} ({where})" if who and where else who or where or _("uncited")
    what = ": ".join(one for one in (shown[0], "; ".join(one for one in shown[1:] if one)) if one)
    return Toned((on, what, after, said), Toned.of(row))


def _label(cell: Cell) -> str:
    return cell.label if isinstance(cell, Labelled) else str(cell or "")


def _several(cell: Cell) -> tuple[str, ...]:
    return cell if isinstance(cell, tuple) else ()


def _speaks(one: Event, told: Citation) -> bool:
    """Return whether a citation speaks of an event: of a death, only what is cited for it."""
    return one.kind != "died" or (told.field or "").startswith("died")


def _worded(record: Record, told: Citation) -> str:
    what = label("record_field", told.field or "record")
    return f"{what}: {record.words(told.field, told.value)}" if told.field and told.value else what


def _said(cited: Sequence[Citation]) -> tuple[Cell, Cell]:
    """Return who says so, and in which sources; nothing where nobody is cited."""
    claimants = tuple(dict.fromkeys(one.claimant for one in cited if one.claimant))
    return claimants or None, tuple(dict.fromkeys(one.source for one in cited)) or None


def _standing(
    db: Connection, asked: Asked, person: Found, one: Event, following: Moment | None
) -> tuple[str | None, tuple[str, ...] | None]:
    """Return the standing after an event, and what else it may be.

    Of something known to the day it is that of the day's end, or of the minute before what comes next. Of two in one
    minute, the first left things as its record says.
    """
    if one.at is None or person["excluded"]:
        return None, None
    if one.crossing is not None and following == one.at:
        return one.crossing.event.standing, None
    moment = one.at
    latest = bounds(one.record.on)[1]
    if latest is not None and latest[:10] == moment[:10]:
        moment = latest if following is None else max(moment, min(latest, minus_minute(following)))
    now = standing_of(db, person["id"], moment, asked.accepted)
    if now is None:
        return None, None
    return now.standing, others(now.possible & ~BITS[now.standing]) or None
