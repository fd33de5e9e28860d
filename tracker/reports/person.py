"""The page about one person: standing, then every record in time order with who said it and where.

Two forms of the same page. The short one, for reading: a line for each record and fact, who says so beside it, what
sources dispute right below, marked. The long one, for machines and for `--explain`: a row per fact and citation.
A record nobody is cited for is marked *uncited*: those are what `check uncited` finds (`store.support`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.domain.vocabulary import DEPRIVED, label
from tracker.i18n import N_, _, ngettext
from tracker.matching.who import find_person
from tracker.reports import merges
from tracker.reports.asked import Asked
from tracker.reports.person_records import WORDED, Citation, Record, citations, is_uncited, records
from tracker.store import Connection, Row
from tracker.store.standing import BITS, standing_cte
from tracker.table import Cell, Column, Table

LONG = (
    Column("on", N_("when"), "date"),
    Column("part", N_("record"), words="record_part"),
    Column("ref", N_("ref"), "ref"),
    Column("field", N_("fact"), words="record_field"),
    Column("value", N_("as stated")),
    Column("stance", N_("stance"), words="page_stance"),
    Column("claimant", N_("who says so")),
    Column("source", N_("source")),
    Column("locator", N_("where in it")),
)
SHORT = (
    Column("on", N_("when"), "date"),
    Column("what", N_("what")),
    Column("who", N_("who says so")),
)
NAMED_SOURCES = 2


def _lines(record: Record, cited: list[Citation], *, uncited: bool) -> Iterator[tuple[Cell, ...]]:
    """Yield the long rows of one record: a row for each fact nobody is cited for, and for each citation.

    A citation without a value of its own speaks of the value on record.
    """
    head: tuple[Cell, ...] = (record.on, record.part, record.ref)
    otherwise = _naming_otherwise(record, cited)
    vague = [one for one in cited if one.field is None and _voice(one) in otherwise]
    cited = [one for one in cited if one not in vague]
    for place, (name, value) in enumerate(record.facts or [("record", "")]):
        own = [one for one in cited if one.field == name or (one.field is None and place == 0)]
        if not any(one.stance == "supports" and one.value in (None, value) for one in own):
            yield (*head, name, value, "uncited" if uncited else None, None, None, None)
        for one in own:
            yield (*head, name, one.value or value, one.stance, one.claimant, one.source, one.locator)
    for one in vague:  # for the record as a whole, which they call by another name
        yield (*head, "record", one.value, one.stance, one.claimant, one.source, one.locator)
    known = {name for name, _value in record.facts}
    for one in cited:
        if one.field is not None and one.field not in known:
            yield (*head, one.field, one.value, one.stance, one.claimant, one.source, one.locator)


def _voice(one: Citation) -> tuple[str | None, str]:
    return one.claimant, one.source


def _naming_otherwise(record: Record, cited: Sequence[Citation]) -> set[tuple[str | None, str]]:
    """Return the voices that call a person by another name only: they do not speak for the name on record."""
    named = [one for one in cited if one.field == "name" and one.value is not None and one.stance == "supports"]
    return {_voice(one) for one in named if _says_more(record, one)} - {
        _voice(one) for one in named if not _says_more(record, one)
    }


def _voices(cited: Sequence[Citation]) -> str:
    """Return who says so, sources counted by claimant: `Foro Penal (5 sources); rtp-2026-02-08`."""
    by: dict[str, list[str]] = {}
    for one in cited:
        by.setdefault(one.claimant or "", []).append(one.source)
    said = []
    for claimant, slugs in sorted(by.items(), key=lambda item: (item[0] == "", item[0])):
        known = list(dict.fromkeys(slugs))
        where = "; ".join(known)
        if len(known) > NAMED_SOURCES:
            where = ngettext("{n} source", "{n} sources", len(known)).format(n=len(known))
        said.append(f"{claimant} ({where})" if claimant else where)
    return "; ".join(said)


def _headings(record: Record) -> tuple[str, set[str]]:
    """Return a record's own line, and the facts that this line already says."""
    facts = dict(record.facts)
    part = label("record_part", record.part)
    ref = f" {record.ref}" if record.ref else ""
    if record.part == "release":
        said = "; ".join(record.words(name, facts[name]) for name in ("release_kind", "release_status"))
        return f"{label('record_field', 'released_on')}{ref}: {said}", {"released_on", "release_kind", "release_status"}
    if record.part == "detention":
        word = _("retaken") if record.again else label("record_field", "detained_on")
        cause = record.words("cause", facts["cause"]) if record.again or facts["cause"] != "arrest" else ""
        place = facts.get("arrest_place") or ("" if record.on else _("date unknown"))
        how = "; ".join(part for part in (cause, place) if part)
        return f"{word}{ref}" + (f": {how}" if how else ""), {"detained_on", "arrest_place", "cause"}
    if record.part == "stay":
        return f"{label('record_field', 'facility')}{ref}: {record.words('facility', facts['facility'])}", {"facility"}
    if record.part == "nationality":
        return f"{label('record_field', 'nationalities')}: {record.words('nationalities', facts['nationalities'])}", {
            "nationalities"
        }
    return f"{part}{ref}: {facts.get('name')}", {"name"}


def _short_lines(record: Record, cited: Sequence[Citation], *, uncited: bool) -> Iterator[tuple[Cell, ...]]:
    """Yield a record's own line, its further facts, and below each what sources dispute."""
    heading, said = _headings(record)
    facts = [fact for fact in record.facts if fact[0] not in said]
    speaks = {name: [one for one in cited if one.field == name] for name in {one.field for one in cited}}
    for name, value in [(None, ""), *facts]:
        own = speaks.pop(name, [])
        if name is None:
            own += [one for other in sorted(said) for one in speaks.pop(other, [])]
        otherwise = _naming_otherwise(record, cited) if name is None else set()
        pro = [one for one in own if one.stance == "supports" and _voice(one) not in otherwise]
        who = _("uncited") if uncited and name is None else _voices(pro)
        yield (
            record.on if name is None else None,
            heading if name is None else f"  {label('record_field', name)}: {record.words(name, value)}",
            who,
        )
        yield from _others(record, [one for one in own if one.stance == "disputes" or _says_more(record, one)])
    for own in speaks.values():
        yield from _others(record, own)


def _says_more(record: Record, one: Citation) -> bool:
    """Tell whether a supporting citation states another word or name than the record's (terms where it has none)."""
    return one.field in (*WORDED, "name") and one.value is not None and (one.field, one.value) not in record.facts


def _others(record: Record, cited: Sequence[Citation]) -> Iterator[tuple[Cell, ...]]:
    """Yield a line for each other value that sources state (✗ against the record), and one for those who deny all."""
    by: dict[tuple[str | None, str | None, str], list[Citation]] = {}
    for one in cited:
        by.setdefault((one.field, one.value, one.stance), []).append(one)
    for (name, value, stance), own in by.items():
        what = label("record_field", name or "record")
        notes = "; ".join(dict.fromkeys(one.locator for one in own if one.locator))
        if name and value:
            stated = f"{what}: {record.words(name, value)}"
        else:
            stated = _("{fact}: denied").format(fact=what) if name else _("denied")
        yield (
            None,
            f"  {'✗' if stance == 'disputes' else '·'} {stated}" + (f" ({notes})" if notes else ""),
            _voices(own),
        )


@dataclass(frozen=True)
class Now:
    """A person's standing at a moment: the counted one, since when, and what else the partial dates allow."""

    standing: str
    since: str | None
    facility: str | None
    possible: int


def standing_of(db: Connection, person: str, moment: str, accepted: Sequence[str]) -> Now | None:
    """Return the standing of one person at `moment`, None for an excluded person."""
    sql = standing_cte(accepted=tuple(accepted), people="SELECT :person") + (
        " SELECT s.standing, s.since, f.name, s.possible FROM standing s LEFT JOIN facilities f ON f.id = s.facility"
    )
    row = db.execute(sql, {"moment": moment, "person": person}).fetchone()
    return None if row is None else Now(*row)


def headline(db: Connection, person: Row, moment: str, accepted: Sequence[str]) -> str:
    """Return the line under the name: standing, since when, how sure, and what is said but not verified."""
    day = moment.removesuffix("T23:59").replace("T", " ")
    if person["excluded"]:
        return _("Excluded from all counts: {reason}").format(reason=person["excluded_reason"] or "?")
    now = standing_of(db, person["id"], moment, accepted)
    if now is None or now.standing == "none":
        return _("No detention had begun on {day}.").format(day=day)
    parts = [_("{standing}, as of {day}").format(standing=label("standing", now.standing), day=day)]
    if now.since:
        parts.append(_("since {date}").format(date=now.since))
    if now.facility and now.standing in DEPRIVED:
        parts.append(now.facility)
    others = [label("standing", name) for name, bit in BITS.items() if now.possible & bit and name != now.standing]
    if others:
        parts.append(_("uncertain: could also be {others}").format(others=" / ".join(others)))
    return " · ".join([*parts, *_said_out(db, person["id"], now, accepted)])


def _said_out(db: Connection, person: str, now: Now, accepted: Sequence[str]) -> list[str]:
    """Return the releases of somebody still counted as held that were only announced or reported."""
    if now.standing not in DEPRIVED:
        return []
    rows = db.execute(
        "SELECT r.ref, r.status, r.released FROM releases r JOIN detentions d ON d.id = r.detention"
        " WHERE d.detainee = ? AND r.status <> 'retracted' ORDER BY r.step",
        (person,),
    )
    return [
        _("said to be out, {status} only ({ref})").format(status=label("release_status", row["status"]), ref=row["ref"])
        for row in rows
        if row["status"] not in accepted
    ]


def page(
    db: Connection, person: Row, moment: str, accepted: Sequence[str], *, long: bool, foot: Sequence[str] = ()
) -> Table:
    """Return the page about `person` (a row of detainees) as they stood at `moment`, short or long."""
    lines = _lines if long else _short_lines
    rows = [
        row
        for record in records(db, person)
        for row in lines(record, citations(db, record.part, record.id), uncited=is_uncited(db, record))
    ]

    def tone(row: Sequence[Cell]) -> str | None:
        if long:
            return {"disputes": "warning", "uncited": "doubt"}.get(str(row[5]))
        what = str(row[1])
        return "warning" if what.startswith("  ✗") else None if what.startswith("  ") else "held"

    name = person["name"] or person["description"] or ""
    title = f"{name} · {person['ref']}\n{headline(db, person, moment, accepted)}"
    return Table(LONG if long else SHORT, rows, title=title, total=len(rows), foot=foot, tone=tone)


def found_page(db: Connection, word: str, asked: Asked, *, long: bool) -> Table:
    """Return the page of the person `word` means, as asked. Raises `NotFound`, `Ambiguous`.

    Below it stands who was merged in, and how to take that apart.
    """
    person = find_person(db, word, partial=True)
    foot = merges.said_of(db, person, word, asked)
    return page(db, person, asked.moment, asked.accepted, long=long, foot=foot)
