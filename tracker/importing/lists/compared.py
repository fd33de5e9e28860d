"""Comparisons as tables: who of a list is on record, who may be, who is only theirs, who is only ours."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from tracker.domain.vocabulary import keys, label
from tracker.i18n import N_, _, ngettext
from tracker.importing.lists.comparing import Entry, Listed, Pair, paired
from tracker.importing.lists.twice import next_step
from tracker.reports import foot
from tracker.reports.asked import Asked, said
from tracker.reports.standings import keys as literals
from tracker.reports.standings import opening
from tracker.store import Connection
from tracker.table import Cell, Column, Table

GROUPS: Final = ("matched", "possible", "only_theirs", "only_ours")
TOLD: Final = 5
"""Cells without meaning that are told one by one."""

_ONE: Final = (
    Column("group", N_("group"), words="comparison"),
    Column("row", N_("row"), "count"),
    Column("printed_name", N_("name on the list"), "name"),
    Column("ref", N_("ref"), "ref"),
    Column("name", N_("name on record"), "name"),
    Column("standing", N_("standing"), words="standing"),
    Column("score", N_("score"), "count"),
    Column("reasons", N_("reasons")),
)
_TWO: Final = (
    Column("a", N_("on A"), words="presence"),
    Column("b", N_("on B"), words="presence"),
    Column("record", N_("on record"), words="presence"),
    Column("row_a", N_("row of A"), "count"),
    Column("row_b", N_("row of B"), "count"),
    Column("printed_a", N_("name on A"), "name"),
    Column("printed_b", N_("name on B"), "name"),
    Column("ref", N_("ref"), "ref"),
    Column("name", N_("name on record"), "name"),
    Column("standing", N_("standing"), words="standing"),
    Column("reasons", N_("reasons")),
)


class Ours(NamedTuple):
    """Somebody on record, as a comparison shows them."""

    ref: str
    name: str
    standing: str | None


def ours(db: Connection, asked: Asked) -> dict[str, Ours]:
    """Return the people of the record that a list is held against: within the filters, of the standings asked for."""
    return _people(db, asked, f"h.standing IN ({literals(asked.held)})")


def _people(db: Connection, asked: Asked, where: str, people: Iterable[str] | None = None) -> dict[str, Ours]:
    among = None if people is None else "SELECT value FROM json_each(:among)"
    start = opening(db, asked, people=among, columns=())
    params = start.params | ({} if people is None else {"among": json.dumps(sorted(people))})
    sql = f"""{start.sql} SELECT d.id, d.ref, coalesce(d.name, d.description), h.standing
        FROM hits h CROSS JOIN detainees d ON d.id = h.detainee
        WHERE {where} ORDER BY d.name_key IS NULL, d.name_key, d.description, d.id"""
    rows = db.execute(sql, params)
    return {identifier: Ours(*rest) for identifier, *rest in rows}


def _meant(db: Connection, asked: Asked, entries: Iterable[Entry]) -> dict[str, Ours]:
    """Return everybody whom a list means or may mean, whatever the question narrows to."""
    wanted = {entry.person for entry in entries if entry.person is not None}
    wanted |= {entry.matches[0].id for entry in entries if entry.group == "possible"}
    anybody = replace(asked, filters=(), facilities=(), standings=())
    found = _people(db, anybody, "1", wanted)
    rows = db.execute(
        "SELECT id, ref, coalesce(name, description) FROM detainees WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(wanted - found.keys())),),
    )
    return found | {identifier: Ours(ref, name, None) for identifier, ref, name in rows}  # excluded: no standing


def one_table(db: Connection, asked: Asked, listed: Listed) -> Table:
    """Return a list against the record: one row for each person of the list, and of ours who are not on it."""
    meant, held = _meant(db, asked, listed.entries), ours(db, asked)
    rows = [_row(entry, meant) for group in GROUPS for entry in listed.entries if entry.group == group]
    touched = _touched(listed.entries)
    rows += [
        ("only_ours", None, None, *person, None, ()) for identifier, person in held.items() if identifier not in touched
    ]
    counts = Counter(str(row[0]) for row in rows)
    outside = Counter(meant[one.person].standing for one in listed.entries if one.person and one.person not in held)
    return Table(
        _ONE,
        rows,
        title=_title(listed.name, asked),
        total=len(rows),
        foot=foot.notes(
            db,
            asked,
            _read_sentence(listed),
            foot.listed((label("comparison", group), counts[group]) for group in GROUPS) + ".",
            _outside_sentence(outside),
            *next_step(listed.twice),
            *_unread(listed),
        ),
        empty=_("Nobody is on the list, and nobody on record is meant by this."),
        tone=lambda row: {"possible": "warning"}.get(str(row[0])),
    )


def _row(entry: Entry, meant: dict[str, Ours]) -> tuple[Cell, ...]:
    printed = entry.printed or None
    if entry.group == "only_theirs":
        return "only_theirs", entry.row, printed, None, None, None, None, entry.reasons
    best = entry.matches[0] if entry.matches else None
    person = meant[entry.person if entry.person is not None else entry.matches[0].id]
    score = None if best is None else round(best.score * 100)
    return entry.group, entry.row, printed, *person, score, (*entry.reasons, *_others(entry))


def _others(entry: Entry) -> Iterable[str]:
    if entry.group != "possible":
        return ()
    return (
        _("or {ref} {name}: {why}").format(ref=match.ref, name=match.name, why="; ".join(match.reasons))
        for match in entry.matches[1:]
    )


def _touched(entries: Iterable[Entry]) -> set[str]:
    """Return who is on the list, or may be: nobody of them can be said to be only ours."""
    found = {entry.person for entry in entries if entry.person is not None}
    return found | {match.id for entry in entries if entry.group == "possible" for match in entry.matches}


def _title(name: str, asked: Asked) -> str:
    moment = said(asked.moment)
    if set(asked.held) == set(asked.deprived):
        return _("{list} against those deprived of liberty on {moment}").format(list=name, moment=moment)
    if set(asked.held) == set(keys("standing")):
        return _("{list} against everybody on record, {moment}").format(list=name, moment=moment)
    standings = ", ".join(label("standing", key) for key in asked.held)
    return _("{list} against those {standings} on {moment}").format(list=name, standings=standings, moment=moment)


def _read_sentence(listed: Listed) -> str:
    people = len(listed.entries)
    return ngettext("{list}: {n} person in {rows} rows.", "{list}: {n} people in {rows} rows.", people).format(
        list=listed.name, n=people, rows=listed.rows
    )


def _outside_sentence(outside: Counter[str | None]) -> str:
    """Return how many of the matched are not among those whom the list is held against, and what they are."""
    if not outside:
        return ""
    total = outside.total()
    standings = foot.listed((label("standing", key), outside[key]) for key in keys("standing"))
    excluded = [_("{n} excluded").format(n=outside[None])] if outside[None] else []
    return ngettext(
        "{n} of the matched is not among them: {standings}.",
        "{n} of the matched are not among them: {standings}.",
        total,
    ).format(n=total, standings="; ".join([*([standings] if standings else []), *excluded]))


def _unread(listed: Listed) -> list[str]:
    if not listed.unread.count:
        return []
    count = listed.unread.count
    return [
        ngettext(
            "{n} cell could not be read and was not compared:",
            "{n} cells could not be read and were not compared:",
            count,
        ).format(n=count),
        *listed.unread.told[:TOLD],
    ]


def two_table(db: Connection, asked: Asked, a: Listed, b: Listed) -> Table:
    """Return two lists and the record: a row for each person, with where they are."""
    both = [*a.entries, *b.entries]
    meant, held = _meant(db, asked, both), ours(db, asked)
    rows = [*_anchored(a.entries, b.entries, meant), *_theirs(a.entries, b.entries)]
    touched = _touched(both)
    rows += [
        ("no", "no", "yes", None, None, None, None, *person, ())
        for identifier, person in held.items()
        if identifier not in touched
    ]
    rows.sort(key=lambda row: tuple(_PRESENCE.index(str(cell)) for cell in row[:3]))
    return Table(
        _TWO,
        rows,
        title=_title(_("A ({a}) and B ({b})").format(a=a.name, b=b.name), asked),
        total=len(rows),
        foot=foot.notes(
            db,
            asked,
            _read_sentence(a),
            _read_sentence(b),
            *_where_sentences(rows),
            *next_step(a.twice + b.twice),
            *_unread(a),
            *_unread(b),
        ),
        empty=_("Nobody is on the list, and nobody on record is meant by this."),
        tone=lambda row: "warning" if "possible" in row[:3] else None,
    )


_PRESENCE: Final = ("yes", "possible", "no")
Three = tuple[Cell, ...]


def _anchored(ones: Sequence[Entry], others: Sequence[Entry], meant: dict[str, Ours]) -> list[Three]:
    """Return the rows of those who are, or may be, somebody on record."""
    rows: list[Three] = []
    there = {entry.person: entry for entry in others if entry.person is not None}
    for entry in ones:
        if entry.person is not None:
            other = there.pop(entry.person, None)
            rows.append(_three("yes", entry, "no" if other is None else "yes", other, meant[entry.person]))
    rows += [_three("no", None, "yes", entry, meant[person]) for person, entry in there.items()]
    rows += [_three("possible", one, "no", None, meant[one.matches[0].id]) for one in _possible(ones)]
    rows += [_three("no", None, "possible", one, meant[one.matches[0].id]) for one in _possible(others)]
    return rows


def _possible(entries: Iterable[Entry]) -> Iterable[Entry]:
    return (entry for entry in entries if entry.group == "possible")


def _three(a: str, one: Entry | None, b: str, other: Entry | None, person: Ours) -> Three:
    reasons = dict.fromkeys(why for entry in (one, other) if entry for why in (*entry.reasons, *_others(entry)))
    return a, b, "yes", *_both(one, other), *person, tuple(reasons)


def _both(one: Entry | None, other: Entry | None) -> tuple[int | None, int | None, str | None, str | None]:
    return (
        one.row if one else None,
        other.row if other else None,
        one.printed or None if one else None,
        other.printed or None if other else None,
    )


def _theirs(ones: Sequence[Entry], others: Sequence[Entry]) -> list[Three]:
    """Return the rows of those who are on a list and not on record."""
    left = [entry for entry in ones if entry.group == "only_theirs"]
    right = [entry for entry in others if entry.group == "only_theirs"]
    pairs = paired(left, right)
    by_one = {pair.one: pair for pair in pairs}
    rows = [_pair_row(entry, by_one.get(here), right) for here, entry in enumerate(left)]
    taken = {pair.other for pair in pairs}
    rows += [
        ("no", "yes", "no", *_both(None, entry), None, None, None, entry.reasons)
        for there, entry in enumerate(right)
        if there not in taken
    ]
    return rows


def _pair_row(entry: Entry, pair: Pair | None, others: Sequence[Entry]) -> Three:
    if pair is None:
        return "yes", "no", "no", *_both(entry, None), None, None, None, entry.reasons
    sure = "yes" if pair.sure else "possible"
    return "yes", sure, "no", *_both(entry, others[pair.other]), None, None, None, (*entry.reasons, *pair.reasons)


def _where_sentences(rows: Sequence[Three]) -> Iterable[str]:
    """Yield how many people are where; who may be somewhere is told apart."""
    names = (_("A"), _("B"), _("the record"))
    unsure = [row for row in rows if "possible" in row[:3]]
    counts = Counter(tuple(row[:3]) for row in rows if "possible" not in row[:3])
    for where, count in counts.items():
        on = [name for name, cell in zip(names, where, strict=True) if cell == "yes"]
        if len(on) == len(names):
            yield _("On A, on B and on record: {n}.").format(n=count)
        elif len(on) == 1:
            yield _("Only on {one}: {n}.").format(one=on[0], n=count)
        else:
            yield _("On {one} and {other} only: {n}.").format(one=on[0], other=on[1], n=count)
    if unsure:
        yield _("Possible: {n}.").format(n=len(unsure))
