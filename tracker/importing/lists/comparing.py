"""A list held against the record, and two lists against each other, without changing anything.

Whoever is meant is decided as an import would decide it: by what earlier versions of the list became, by the evidence
of matching. One thing is looser, since nothing comes of it: a full name that can only be one person on record is taken
for that person though the list gives nothing but the name.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from typing import Final, Literal, NamedTuple, TypeAlias

from tracker.domain.clock import today_in
from tracker.domain.name_words import index_words
from tracker.i18n import _
from tracker.importing.directory import Directory
from tracker.importing.lists.asked import Wanted
from tracker.importing.lists.bundles import Bundle, bundles
from tracker.importing.lists.creating import FRESH
from tracker.importing.lists.deciding import Decider, described
from tracker.importing.lists.intake import BATCH
from tracker.importing.lists.memory import earlier_rows
from tracker.importing.lists.record_directory import known_directory
from tracker.importing.lists.run import mapping_for
from tracker.importing.lists.tied import told_apart
from tracker.importing.lists.twice import Twice
from tracker.importing.people import PeopleReader
from tracker.importing.problems import Problems
from tracker.importing.reading import Reading
from tracker.importing.rows import Line
from tracker.importing.spoken import Person
from tracker.importing.values import Reader
from tracker.matching.described import Described, Match
from tracker.matching.matcher import weigh
from tracker.matching.people import people_described
from tracker.store import Connection

Group: TypeAlias = Literal["matched", "possible", "only_theirs"]

_VOICES: Final = ("claimant", "locator")
_SHARED: Final = 200
"""People of the other list looked at for one name, those who share its rarest words first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One person of a list: who it is on record (`person`, an id), or who may be meant (`matches`)."""

    row: int
    printed: str
    told: Described
    group: Group
    person: str | None = None
    matches: tuple[Match, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(slots=True)
class Listed:
    """A list as compared: its people in its order; `unread` holds cells that mean nothing and were left aside."""

    name: str
    entries: list[Entry] = field(default_factory=list)
    rows: int = 0
    twice: int = 0
    """How many of them may be somebody of another row."""

    unread: Problems = field(default_factory=Problems)
    said: list[str] = field(default_factory=list)
    """Sentences on how the texts of the list were taken."""

    bad: Problems = field(default_factory=Problems)
    """What is wrong with rows that could not be read and were left aside whole."""


def compared(db: Connection, reading: Reading, wanted: Wanted, zone: str) -> Listed:
    """Return a list held against the record; rows that cannot be read are left aside, and told.

    Raises BadValue for columns nobody knows, and where the file cannot be read to its end.
    A list is known by the name asked for, by its content where this very file was taken in, else by its file's name.
    """
    name = _name(db, reading, wanted)
    mapping, _saved = mapping_for(db, reading, wanted, name)
    problems = Problems(by_row={})
    mapping.check(problems, file=reading.name, row=reading.header_row)
    problems.stop_if_any()
    listed = Listed(name)
    comparing = _Comparing(db, listed, known_directory(db), zone, today_in(zone))
    comparing.take(bundles(mapping.lines(reading, problems), wanted.person_by))
    problems.stop_if_broken()
    listed.bad = problems
    reading.file.refuse_changed()
    listed.said = [*reading.doubled.sentences(), *mapping.sentences()]
    return listed


def _name(db: Connection, reading: Reading, wanted: Wanted) -> str:
    if wanted.name and wanted.name.strip():
        return " ".join(wanted.name.split())
    row = db.execute(
        "SELECT name FROM lists WHERE sha256 = ? ORDER BY id DESC LIMIT 1", (reading.file.digest(),)
    ).fetchone()
    return reading.name if row is None else str(row["name"])


@dataclass(slots=True)
class _Comparing:
    """Holds one list against the record."""

    db: Connection
    listed: Listed
    directory: Directory
    zone: str
    today: date
    seen: set[str] = field(default_factory=set)

    def take(self, stream: Iterator[Bundle]) -> None:
        decider, twice = Decider.of(self.db), Twice()
        while batch := list(islice(stream, BATCH)):
            known, _left_out = earlier_rows(self.db, self.listed.name, [bundle.key for bundle in batch])
            for bundle in batch:
                self.listed.rows += bundle.rows
                if bundle.key in self.seen:  # the same again, or more rows of the same person
                    continue
                self.seen.add(bundle.key)
                told = self._read(bundle)
                if bundle.printed and told.name is None:  # a total, a header, "N/A": told among what is not read
                    continue
                before = known.get(bundle.key)
                if before is not None and before.person not in decider.taken:
                    entry = self._known(bundle, told, before.person)
                else:
                    entry = self._decided(decider, bundle, told)
                if entry.person is not None:
                    decider.keep_apart(entry.person, entry.row)
                elif entry.group == "only_theirs" and not bundle.numbered:
                    entry = replace(entry, reasons=twice.reasons(entry.row, entry.told))
                    self.listed.twice += bool(entry.reasons)
                self.listed.entries.append(entry)

    def _read(self, bundle: Bundle) -> Person:
        told_apart(bundle, lambda line: self._alone(line, bundle.key), self.listed.unread)
        reader = PeopleReader(Reader(self.zone, self.listed.unread, self.today), FRESH, self.directory)
        reader.read(self._on_record(line, bundle.key) for line in bundle.lines)
        (told,) = reader.people.values()
        return told

    def _alone(self, line: Line, key: str) -> Person:
        reader = PeopleReader(Reader(self.zone, Problems(), self.today), FRESH, self.directory)
        return reader.read_one([self._on_record(line, key)], key)

    def _on_record(self, line: Line, key: str) -> Line:
        """Return a row as one of its person's, without words that name nothing on record: they tell nobody apart."""
        cells = {column: cell for column, cell in line.cells.items() if column not in _VOICES}
        for column, names in (("facility", self.directory.facilities), ("source", self.directory.sources)):
            if column in cells and names.key(cells[column]) not in names.ids:
                del cells[column]
        return Line(line.file, line.number, {**cells, "ref": key})

    def _known(self, bundle: Bundle, told: Person, person: str) -> Entry:
        reason = (_("on this list before"),)
        return Entry(bundle.first.number, bundle.printed, described(told), "matched", person, (), reason)

    def _decided(self, decider: Decider, bundle: Bundle, told: Person) -> Entry:
        decision = decider.decide(told, bundle)
        self.listed.twice += bool(decision.again)
        entry = Entry(bundle.first.number, bundle.printed, described(told), "only_theirs", None, decision.matches)
        if decision.outcome == "create":
            return replace(entry, matches=())
        best = decision.matches[0]
        if decision.outcome == "match":
            return replace(entry, group="matched", person=best.id, reasons=best.reasons)
        if best.id not in decider.taken and self._by_name(entry.told, decision.matches):
            return replace(entry, group="matched", person=best.id, reasons=(*best.reasons, _("by the name alone")))
        return replace(entry, group="possible", reasons=best.reasons)

    def _by_name(self, told: Described, matches: tuple[Match, ...]) -> bool:
        """Tell whether the first candidate has the full name, nothing speaks against it, and nobody else has."""
        people = people_described(self.db, [match.id for match in matches])
        named = [match.id for match in matches if weigh(told, people[match.id]).named]
        return named == [matches[0].id]


class Pair(NamedTuple):
    """People of two lists who are one person, or (not `sure`) perhaps."""

    one: int
    other: int
    sure: bool
    reasons: tuple[str, ...]


def paired(ones: list[Entry], others: list[Entry]) -> list[Pair]:
    """Return who of one list is on the other, each at most once, the likeliest pairs first; by places in the lists."""
    holders: dict[str, list[int]] = defaultdict(list)
    for place, entry in enumerate(others):
        for word in _words(entry):
            holders[word].append(place)
    found: list[tuple[float, Pair]] = []
    for here, entry in enumerate(ones):
        for there in _sharing(_words(entry), holders):
            weighed = weigh(entry.told, others[there].told)
            if weighed.possible:
                sure = weighed.sure or weighed.named
                reasons = (*weighed.names.reasons, *weighed.context.reasons)
                found.append((weighed.total, Pair(here, there, sure, reasons)))
    return list(_once(pair for _total, pair in sorted(found, key=lambda each: (-each[0], each[1]))))


def _once(pairs: Iterable[Pair]) -> Iterator[Pair]:
    left: set[int] = set()
    right: set[int] = set()
    for pair in pairs:
        if pair.one not in left and pair.other not in right:
            left.add(pair.one)
            right.add(pair.other)
            yield pair


def _words(entry: Entry) -> set[str]:
    return {word for name in entry.told.names for word in index_words(name)}


def _sharing(words: set[str], holders: dict[str, list[int]]) -> list[int]:
    """Return the places of those who share a word, by rarest words first, up to `_SHARED`."""
    found: dict[int, None] = {}
    for word in sorted(words, key=lambda one: (len(holders.get(one, ())), one)):
        found.update(dict.fromkeys(holders.get(word, ())))
        if len(found) >= _SHARED:
            break
    return list(found)[:_SHARED]
