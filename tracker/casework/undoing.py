"""Undo that keeps to the dates: what taking a change back would make wrong in somebody's custody is refused.

What was wrong before the change already (a list taken over as it was, corrected since) comes back with it.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial

from tracker.casework.faults import added, faults, refusal
from tracker.errors import Refused
from tracker.matching.who import owner
from tracker.store import Change, Row, Store
from tracker.store.undo import UndoResult


class _Wrong(Refused):
    """Taking back changeset `seq` makes the dates of a person (an id) wrong."""

    def __init__(self, refused: Refused, person: str, seq: int) -> None:
        super().__init__(refused.message, hint=refused.hint)
        self.person = person
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
            if wrong.person in known:
                raise
            with store.reading(known_by=wrong.seq - 1) as db:
                there = db.execute("SELECT 1 FROM detainees WHERE id = ?", (wrong.person,)).fetchone()
                known[wrong.person] = faults(db, wrong.person) if there else []


@contextmanager
def _guarded(change: Change, seq: int, known: Mapping[str, list[str]]) -> Iterator[None]:
    """Raise _Wrong for what is wrong afterwards in the custody of those whose records changeset `seq` changed.

    `known` are faults, by person, that may come back.
    """
    rows = change.db.execute('SELECT DISTINCT "table", row FROM changes WHERE seq = ?', (seq,)).fetchall()
    people = {person["id"] for table, row in rows if (person := owner(change.db, table, row)) is not None}
    before = {person: faults(change.db, person) for person in sorted(people)}
    yield
    for person, faults_before in before.items():
        row: Row | None = change.db.execute("SELECT * FROM detainees WHERE id = ?", (person,)).fetchone()
        if row is None:  # the change had entered them
            continue
        new = added([*faults_before, *known.get(person, ())], faults(change.db, person))
        if new:
            raise _Wrong(refusal(row, new[0]), person, seq)
