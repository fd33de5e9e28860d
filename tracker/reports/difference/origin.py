"""The change behind a difference: the last changeset that made it, who, when and why, and the sources cited with it."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from tracker.reports.difference.facts import DATED, NOWHERE, SEVERAL, UNKNOWN, Change
from tracker.reports.difference.people import Touched
from tracker.reports.difference.states import Sides
from tracker.reports.history_words import DEFAULTS, FIELDS
from tracker.store.between import Step, changeset_of, seqs, steps

CITES: Final = {
    "detainees": "detainee",
    "nationalities": "nationality",
    "detentions": "detention",
    "stays": "stay",
    "releases": "release",
    "claims": "claim",
}
"""Table → the column of a citation that points at it."""


class Origin(NamedTuple):
    """The number and changeset of the change (0, None: none of the record's own), and the slugs of its sources."""

    n: int
    seq: int | None
    sources: tuple[str, ...]


NONE: Final = Origin(0, None, ())


class _Citation(NamedTuple):
    id: str
    slug: str
    field: str | None


class Origins:
    """Finds where differences come from; made once for all of them, so that the log is asked table by table."""

    def __init__(self, sides: Sides, touched: Touched, changes: Sequence[Change], people: Iterable[str]) -> None:
        self._rows = touched.rows
        rows: dict[str, set[str]] = defaultdict(set)
        for change in changes:
            rows[change.table].update(change.rows)
        self._steps = {
            table: steps(sides.b.db, table, ids & self._rows.get(table, {}).keys(), sides.within)
            for table, ids in rows.items()
        }
        people = set(people)
        own = self._steps.setdefault("detainees", {})
        own |= steps(
            sides.b.db, "detainees", (people & self._rows.get("detainees", {}).keys()) - own.keys(), sides.within
        )
        self._cited_in: dict[str, set[int]] = defaultdict(set)
        if "citations" in self._rows:
            for row, seq in seqs(sides.b.db, "citations", sides.within):
                self._cited_in[row].add(seq)
        self._of_record = {table: _citations(sides, column, rows[table]) for table, column in CITES.items()}
        self._of_person = _of_people(sides, people, self._rows.get("citations", ()))
        self._last = touched.last
        self._seq = changeset_of(sides.b.db, (touched.last[one] for one in people if one in touched.last))

    def of(self, change: Change) -> Origin:
        """Return where a fact's difference comes from."""
        found = [step for row in change.rows for step in self._steps.get(change.table, {}).get(row, ())]
        step = max(found) if change.table in SEVERAL and found else _deciding(found, change)
        cited = [
            citation
            for row in (change.rows if change.table in SEVERAL else (change.record,))
            for citation in self._of_record.get(change.table, {}).get(row, ())
        ]
        field = FIELDS.get((change.table, change.column), change.column)
        if step is None:
            return Origin(0, None, _slugs(one for one in cited if one.field in (None, field)))
        if change.person is not None and not cited:
            return Origin(step.n, step.seq, self._with(self._of_person.get(change.person, ()), step.seq))
        with_it = self._with(cited, step.seq)
        return Origin(step.n, step.seq, with_it or _slugs(one for one in cited if one.field == field))

    def of_person(self, person: str, column: str, became: Any) -> Origin:
        """Return where it comes from that somebody is on record, or listed, or no longer."""
        found = self._steps["detainees"].get(person, [])
        step = _deciding(found, Change(person, "detainees", person, None, column, None, became, (person,)))
        cited = self._of_person.get(person, ())
        if step is None:
            return Origin(0, None, _slugs(cited))
        return Origin(step.n, step.seq, self._with(cited, step.seq))

    def of_standing(self, person: str, behind: Iterable[Origin]) -> Origin:
        """Return where another standing comes from: the last of the differences behind it, else the last change."""
        last = max((one for one in behind if one.seq is not None), default=None)
        if last is not None:
            return last
        n = self._last.get(person, 0)
        seq = self._seq.get(n)
        cited = self._of_person.get(person, ())
        return Origin(n, seq, _slugs(cited) if seq is None else self._with(cited, seq))

    def of_merge(self, person: str, seq: int) -> Origin:
        """Return where a merge, or its taking apart, comes from."""
        return Origin(0, seq, self._with(self._of_person.get(person, ()), seq))

    def _with(self, citations: Iterable[_Citation], seq: int) -> tuple[str, ...]:
        """Return the sources that the changeset itself cited."""
        return _slugs(one for one in citations if seq in self._cited_in.get(one.id, ()))


def _slugs(citations: Iterable[_Citation]) -> tuple[str, ...]:
    return tuple(sorted({one.slug for one in citations}))


def _deciding(found: Sequence[Step], change: Change) -> Step | None:
    """Return the last step after which the column was another; the last of all where none can be told."""
    column = change.column
    became: object = _plain(change.after, column) if column else change.after is not None
    for step in found[::-1]:
        was = _stored(step.before, change.table, column)
        if was != became:
            return step
        became = was
    return found[-1] if found else None


def _stored(image: dict[str, Any] | None, table: str, column: str) -> object:
    """Return what a row said, as the comparison has it; without a column, whether it was there."""
    if not column:
        return image is not None
    if image is None:
        return None
    value = image.get(column)
    if (table, column) == ("stays", "facility") and value is None:
        return NOWHERE
    return UNKNOWN if value is None and column in DATED else _plain(value, column)


def _plain(value: Any, column: str) -> Any:
    return None if column in DEFAULTS and value == DEFAULTS[column] else value


def _citations(sides: Sides, column: str, ids: Iterable[str]) -> dict[str, list[_Citation]]:
    """Return what supports some records in the later state, by record."""
    found: dict[str, list[_Citation]] = defaultdict(list)
    wanted = json.dumps(list(ids))
    if wanted == "[]":
        return found
    sql = f"""{sides.b.shadows} SELECT c.{column}, c.id, s.slug, c.field FROM citations c
        JOIN sources s ON s.id = c.source
        WHERE c.stance = 'supports' AND c.{column} IN (SELECT id FROM wanted)"""
    for record, *citation in sides.b.db.execute(sql, {**sides.b.params, "ids": wanted}):
        found[record].append(_Citation(*citation))
    return found


_OWNER: Final = {
    "detainee": "c.detainee",
    "nationality": "(SELECT n.detainee FROM nationalities n WHERE n.id = c.nationality)",
    "detention": "(SELECT t.detainee FROM detentions t WHERE t.id = c.detention)",
    "stay": "(SELECT t.detainee FROM stays y JOIN detentions t ON t.id = y.detention WHERE y.id = c.stay)",
    "release": "(SELECT t.detainee FROM releases r JOIN detentions t ON t.id = r.detention WHERE r.id = c.release)",
}
"""What a citation can be of → SQL for the person."""


def _of_people(sides: Sides, people: set[str], touched: Iterable[str]) -> dict[str, list[_Citation]]:
    """Return what came to support anything about some people, by person; all that does, if publication decides."""
    found: dict[str, list[_Citation]] = defaultdict(list)
    side, new = sides.b, json.dumps(list(touched))
    if not people or (new == "[]" and not sides.republished):
        return found
    cases = " ".join(f"WHEN c.{column} IS NOT NULL THEN {sql}" for column, sql in _OWNER.items())
    which = "" if sides.republished else " AND c.id IN (SELECT id FROM wanted)"
    sql = f"""{side.shadows} SELECT CASE {cases} END, c.id, s.slug, c.field
        FROM citations c JOIN sources s ON s.id = c.source WHERE c.stance = 'supports'{which}"""
    for person, *citation in side.db.execute(sql, {**side.params, "ids": new}):
        if person in people:
            found[person].append(_Citation(*citation))
    return found
