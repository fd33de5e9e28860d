"""A list taken in: every row decided, then kept, queued or refused, in one change.

`take_in` works inside the caller's transaction. Rows are read as a stream and worked off in batches, so that a list of
a million rows takes no more memory than one of ten thousand. What cannot be read stops the import with nothing written
(the caller raises what `problems` holds), unless the caller lets bad rows pass.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from itertools import islice
from typing import Any, Final, NamedTuple

from tracker.casework.citations import NOTHING, Cited
from tracker.casework.custody import open_detention
from tracker.casework.release_choice import Undecided
from tracker.casework.values import zone
from tracker.domain.clock import today_in
from tracker.domain.dates import PartialDate
from tracker.errors import Refused
from tracker.i18n import _
from tracker.importing.directory import Directory
from tracker.importing.lists.bundles import Bundle, bundles
from tracker.importing.lists.corrected import rows_there
from tracker.importing.lists.creating import FRESH, Newcomers
from tracker.importing.lists.deciding import Decider, described
from tracker.importing.lists.joining import Joining
from tracker.importing.lists.memory import (
    OPEN,
    SKIPPED,
    TAKEN,
    Known,
    earlier_rows,
    of_rows,
    open_questions,
    rows_of,
    settle,
)
from tracker.importing.lists.tied import refuse, tie_told, told_apart, two_people
from tracker.importing.lists.twice import Marks, added_before
from tracker.importing.people import PeopleReader, read_voice
from tracker.importing.problems import Problems
from tracker.importing.rows import Line
from tracker.importing.spoken import Person
from tracker.importing.values import Reader
from tracker.matching.described import Match
from tracker.matching.people import people_described
from tracker.store import Change

BATCH: Final = 1_000

Progress = Callable[[int], None]
"""Called with the number of rows worked off so far."""


class Planned(NamedTuple):
    """What one person's rows come to: `action` is create, match, same, review, skip or error."""

    row: int
    printed: str
    action: str
    person: str | None
    matches: tuple[Match, ...] = ()
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Taken:
    """What came of a list; `planned` has all of it up to `KEPT`, and then what is not a plain create."""

    rows: int = 0
    twice: int = 0
    """How many people may be somebody of another row of the list."""

    counts: dict[str, int] = field(default_factory=dict)
    planned: list[Planned] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)
    """Numbers of the rows of people who could not be taken."""

    repeated: list[Planned] = field(default_factory=list)
    """Rows that say what another row of the list said before: their first reason tells which."""

    def add(self, planned: Planned, rows: int, *, again: bool = False) -> None:
        """Count what one person's rows came to; `again` where others of the list were counted for it before."""
        self.rows += rows
        if again:
            self.repeated.append(planned)
        else:
            self.counts[planned.action] = self.counts.get(planned.action, 0) + 1
        if planned.action != "create" or len(self.planned) < KEPT:
            self.planned.append(planned)


KEPT: Final = 20_000
"""Plain creates told one by one; of a longer list only their number is."""


@dataclass(slots=True)
class Intake:
    """Takes one list in: `name` is the list's, `listed` its id; `problems` gets what is wrong with rows.

    `voice` as for `bundles`.
    """

    change: Change
    name: str
    listed: str
    directory: Directory
    problems: Problems
    person_by: str | None = None
    voice: dict[str, str] = field(default_factory=dict)
    away: dict[str, PartialDate] = field(default_factory=dict)
    """Who was on an earlier version and not on the one before; if they are out by the record, when they were taken."""

    more: bool = False
    """Whether these are more rows of a list that has some already: none is remembered twice."""

    same_file: tuple[str, ...] = ()
    """Ids of the lists that this very file was taken in as, read otherwise: its rows are who they were."""

    taken: Taken = field(default_factory=Taken)
    _decider: Decider = field(init=False)
    _newcomers: Newcomers = field(init=False)
    _marks: Marks = field(default_factory=Marks)
    _zone: str = field(init=False)
    _today: date = field(init=False)
    _known: dict[tuple[object, str], Any] = field(default_factory=dict)
    _waiting: list[dict[str, Any]] = field(default_factory=list)
    _asked: dict[str, int] = field(default_factory=dict)
    _there: set[tuple[str, str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._decider = Decider.of(self.change.db)
        self._zone = zone(self.change.db)
        self._today = today_in(self._zone)
        self._newcomers = Newcomers(self._today.isoformat())

    def take(self, lines: Iterable[Line], progress: Progress | None = None) -> Taken:
        """Work off all rows."""
        stream = bundles(lines, self.person_by, self.voice)
        while batch := list(islice(stream, BATCH)):
            self._batch(batch)
            if progress is not None:
                progress(self.taken.rows)
        return self.taken

    def _batch(self, batch: list[Bundle]) -> None:
        """Work off some people: those known or alike one by one, the new ones together."""
        keys = [bundle.key for bundle in batch]
        self._there = rows_there(self.change.db, self.listed, keys) if self.more else set()
        known, left_out = earlier_rows(self.change.db, self.name, keys)
        if self.same_file:
            people, skipped = of_rows(self.change, self.same_file, [bundle.first.number for bundle in batch])
            known = {b.key: Known(people[b.first.number], "") for b in batch if b.first.number in people} | known
            left_out |= {b.key for b in batch if b.first.number in skipped} - known.keys()
        asked = open_questions(self.change.db, self.name, keys)
        settle(self.change, self.name, keys, self.listed)
        for bundle in batch:
            if bundle.key in asked and bundle.key not in known:
                self._ask_again(bundle, asked[bundle.key])
            elif bundle.key in left_out:
                why = (_("left out for good on an earlier version"),)
                self._plan(bundle, Planned(bundle.first.number, bundle.printed, "skip", None, (), why))
            else:
                self._one(bundle, known.get(bundle.key), known)
        self._flush()

    def _flush(self) -> None:
        self._newcomers.insert(self.change)
        self.change.insert_many("list_rows", self._waiting)
        self._waiting.clear()

    def _one(self, bundle: Bundle, before: Known | None, known: dict[str, Known]) -> None:
        """Decide about one person and act on it."""
        if before is not None and before.digest == bundle.digest and self._returned(before.person) is None:
            self._same(bundle, before)
            known[bundle.key] = self._as_known(bundle, before.person)
            return
        problems = Problems(by_row={})
        told = self.read(bundle, problems)
        told_apart(bundle, lambda line: self._reading(Problems()).read_one([line], bundle.key), problems)
        if before is not None:
            self._apart(bundle, told, before.person, problems)
        if problems.count:
            self._refuse(bundle, problems)
            return
        if before is not None:
            self._join(bundle, before.person, (), (_("on this list before"),))
            known[bundle.key] = self._as_known(bundle, before.person)
            return
        decision = self._decider.decide(told, bundle)
        again = self._again(told) if decision.outcome == "create" and not bundle.numbered else ()
        self.taken.twice += bool(again or decision.again)
        if again:
            self._ask(bundle, again, again[0].reasons)
        elif decision.outcome == "create":
            self._create(bundle, told, decision.matches, known)
        elif decision.outcome == "match":
            best = decision.matches[0]
            if self._join(bundle, best.id, decision.matches, best.reasons):
                known[bundle.key] = self._as_known(bundle, best.id)  # the same again is the same person
        else:
            self._ask(bundle, decision.matches, tuple(decision.matches[0].reasons))

    def _as_known(self, bundle: Bundle, person: str) -> Known:
        return Known(person, bundle.digest, self.listed, bundle.first.number)

    def _same(self, bundle: Bundle, before: Known) -> None:
        """Take a row that says what is known: from an earlier version of the list, or from another row of this one."""
        again = before.list == self.listed and not self.more
        why = (_of_row(bundle, before.row),) if again else ()
        self._plan(bundle, Planned(bundle.first.number, bundle.printed, "same", before.person, (), why), again=again)

    def _again(self, told: Person) -> tuple[Match, ...]:
        """Return whom an earlier row of the list added who has this name, and all else that the row says."""
        if told.name is None or not self._marks.marked(told.name):
            return ()
        self._flush()
        return added_before(self.change.db, self.listed, described(told))

    def read(self, bundle: Bundle, problems: Problems) -> Person:
        """Return what a bundle says of its person."""
        told = self._reading(problems).read_one(bundle.lines, bundle.key)
        if self.voice and all(line.cells.get("source") == self.voice["source"] for line in bundle.lines):
            _cite_custody(told)
        return told

    def _apart(self, bundle: Bundle, told: Person, person: str, problems: Problems) -> None:
        """Add a problem where a number that was somebody's is now somebody else's."""
        if not bundle.tied:
            return
        if person in self._newcomers:
            self._newcomers.insert(self.change)
        why = two_people(described(told), people_described(self.change.db, [person])[person])
        if why:
            row = self.change.get("detainees", person)
            refuse(bundle, bundle.first, f"{row['name'] or row['description']} ({row['ref']})", why, problems)

    def _reading(self, problems: Problems) -> PeopleReader:
        return PeopleReader(self._reader(problems), FRESH, self.directory)

    def _reader(self, problems: Problems) -> Reader:
        return Reader(self._zone, problems, self._today, self._known)

    def _create(self, bundle: Bundle, told: Person, matches: tuple[Match, ...], known: dict[str, Known]) -> None:
        problems = Problems(by_row={})
        person = self._newcomers.add(told, problems)
        if problems.count:
            self._refuse(bundle, problems)
            return
        known[bundle.key] = self._as_known(bundle, person)  # the same again in this batch
        self._plan(bundle, Planned(bundle.first.number, bundle.printed, "create", person, matches))

    def _join(self, bundle: Bundle, person: str, matches: tuple[Match, ...], reasons: tuple[str, ...]) -> bool:
        """Add what rows say to somebody on record; what only a person can decide is queued, nothing of it kept.

        Tells whether it was added.
        """
        db = self.change.db
        if person in self._newcomers:
            self._newcomers.insert(self.change)
        before = _last_change(self.change)
        db.execute("SAVEPOINT joined")
        try:
            notes = self.joined(bundle, person)
        except (Refused, Undecided) as problem:
            db.execute("ROLLBACK TO joined")
            db.execute("RELEASE joined")
            self._ask(bundle, matches or self._as_match(person), (problem.message,))
            return False
        db.execute("RELEASE joined")
        action = "match" if _last_change(self.change) > before else "same"
        self._plan(bundle, Planned(bundle.first.number, bundle.printed, action, person, matches, reasons, notes))
        return True

    def joined(self, bundle: Bundle, person: str, *, release: str | None = None) -> tuple[str, ...]:
        """Join every row of a bundle to a person, each in the name of its own source; returns what to tell.

        `release` answers which release is meant, as for `release add`.
        """
        joining = Joining(self.change, person, release, self._returned(person))
        for line in bundle.lines:
            problems = Problems(by_row={})
            reader = self._reader(problems)
            voice = read_voice(line, reader, self.directory)
            cited = Cited(voice.source, voice.claimant, voice.locator) if voice is not None else NOTHING
            people = PeopleReader(reader, FRESH, self.directory)
            people.read([line])
            (told,) = people.people.values()
            joining.join(told, cited)
        return tuple(joining.notes)

    def _returned(self, person: str) -> PartialDate | None:
        """Return when somebody who is on the list again was taken again, None for who was not away or is not out."""
        since = self.away.get(person)
        return since if since is not None and open_detention(self.change.db, person) is None else None

    def _as_match(self, person: str) -> tuple[Match, ...]:
        row = self.change.get("detainees", person)
        name = row["name"] or row["description"]
        return (Match(person, row["ref"], name, name, 1.0, ()),)

    def _ask(self, bundle: Bundle, matches: tuple[Match, ...], reasons: tuple[str, ...]) -> None:
        self._plan(bundle, Planned(bundle.first.number, bundle.printed, "review", None, matches, reasons))

    def _ask_again(self, bundle: Bundle, asked: str) -> None:
        """Let a question of an earlier version wait on: the same list again decides nothing by itself."""
        reasons, matches = json.loads(asked)
        found = tuple(Match(**{**match, "reasons": tuple(match["reasons"])}) for match in matches)
        self._ask(bundle, found, tuple(reasons))

    def _refuse(self, bundle: Bundle, problems: Problems) -> None:
        self.problems.take(problems)
        self.taken.refused.update(line.number for line in bundle.lines)
        for line in bundle.lines:  # of rows of one person all are held back together
            if self.problems.by_row is not None:
                self.problems.by_row.setdefault(line.number, [])
        self.taken.add(
            Planned(bundle.first.number, bundle.printed, "error", None, (), tuple(problems.told)), bundle.rows
        )

    def _plan(self, bundle: Bundle, planned: Planned, *, again: bool = False) -> None:
        """Count a decision, and remember what its rows became; `again` what another row of the list came to before."""
        if planned.action == "review":
            first = self._asked.setdefault(bundle.key, planned.row)
            again = first != planned.row
            planned = planned._replace(reasons=(_of_row(bundle, first),)) if again else planned
        planned = planned._replace(reasons=(*planned.reasons, *tie_told(bundle)))
        self.taken.add(planned, bundle.rows, again=again)
        if planned.person is not None:
            self._decider.keep_apart(planned.person, planned.row)
        state = {"review": OPEN, "skip": SKIPPED}.get(planned.action, TAKEN)
        if (bundle.key, bundle.digest, state) in self._there:
            return
        asked = None
        if state == OPEN:
            told = [list(planned.reasons), [asdict(match) for match in planned.matches]]
            asked = json.dumps(told, ensure_ascii=False)
        self._waiting += rows_of(self.listed, bundle, state=state, person=planned.person, asked=asked)


def _of_row(bundle: Bundle, first: int) -> str:
    """Return that a row says what an earlier one says, or speaks of the same person."""
    if bundle.tied:
        return _("more about the person of row {row}").format(row=first)
    return _("the same row twice (rows {first} and {row})").format(first=first, row=bundle.first.number)


def _cite_custody(told: Person) -> None:
    """Cite the list for detentions of which it says nothing more: that somebody is on it is why they are there."""
    for detention in told.detentions.values():
        if not detention.record.citations:
            records = (told.record, *detention.stays, *detention.releases)
            for voice in {citation.voice: None for record in records for citation in record.citations.values()}:
                detention.record.cite(voice)


def _last_change(change: Change) -> int:
    found: int | None = change.db.execute("SELECT max(n) FROM changes").fetchone()[0]
    return found or 0
