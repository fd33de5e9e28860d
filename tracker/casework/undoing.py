"""Undo that keeps to the dates: what taking a change back would make wrong in somebody's custody is refused.

What was wrong before the change already (a list taken over as it was, corrected since) comes back with it.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial

from tracker.casework.faults import added, faults, refusal
from tracker.errors import Refused
from tracker.matching.who import owner
from tracker.store import Change, Connection, Row, Store
from tracker.store.undo import UndoResult


class _Wrong(Refused):
    """Taking back changeset `seq` makes the dates of `people` (ids) wrong; the sentence is about the first of them."""

    def __init__(self, refused: Refused, people: list[str], seq: int) -> None:
        super().__init__(refused.message, hint=refused.hint)
        self.people = people
        self.seq = seq


def take_back(store: Store, changeset: str | None, *, actor: str, dry_run: bool = False) -> UndoResult:
    """Undo a changeset (None: the newest that is neither undone nor an undo).

    Raises NotFound; Refused where later changes depend on it, or where the dates would contradict each other.
    """
    known: dict[str, list[str]] = {}
    while True:
        try:
            return store.undo(changeset, actor=actor, dry_run=dry_run, guard=partial(_guarded, known=known))
        except _Wrong as wrong:
            if not set(wrong.people) - set(known):
                raise
            for moment in (None, wrong.seq - 1):
                with store.reading(known_by=moment) as db:
                    for person in wrong.people:
                        ours = known.setdefault(person, [])
                        ours += added(ours, _faults_if_there(db, person))


@contextmanager
def _guarded(change: Change, seq: int, known: Mapping[str, list[str]]) -> Iterator[None]:
    """Raise _Wrong for what is wrong afterwards in the custody of those whose records changeset `seq` changed.

    `known` are faults, by person, that may stay or come back. Whose a record is can be seen only while it is there:
    before, where taking the change back removes it; afterwards, where that brings it back.
    """
    rows = change.db.execute('SELECT DISTINCT "table", row FROM changes WHERE seq = ?', (seq,)).fetchall()
    people = _owners(change.db, rows)
    yield
    wrong: dict[str, Refused] = {}
    for person in sorted(people | _owners(change.db, rows)):
        new = added(known.get(person, ()), _faults_if_there(change.db, person))
        if new:
            wrong[person] = refusal(change.get("detainees", person), new[0])
    if wrong:
        raise _Wrong(next(iter(wrong.values())), list(wrong), seq)


def _owners(db: Connection, rows: Iterable[Row]) -> set[str]:
    """Return the people (ids) whom records (table, id) are about, as far as these are there."""
    return {person["id"] for table, row in rows if (person := owner(db, table, row)) is not None}


def _faults_if_there(db: Connection, person: str) -> list[str]:
    """Return what is wrong in the custody of a person, nothing for one who is not on record."""
    there = db.execute("SELECT 1 FROM detainees WHERE id = ?", (person,)).fetchone()
    return faults(db, person) if there else []
