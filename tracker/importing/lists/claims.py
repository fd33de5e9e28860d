"""A list of claims taken into the record: each row is a claim that is new, one more citation of a claim, or known.

Works inside the caller's transaction, row after row, so that a row also meets the claims of the rows above it.
"""

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Given
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from tracker.casework.citations import NOTHING, Cited, cite
from tracker.casework.claims import FIGURE, ClaimsOnRecord
from tracker.casework.figures import Figure
from tracker.casework.values import zone
from tracker.domain.clock import today_in
from tracker.domain.lists import CLAIMS
from tracker.errors import BadValue
from tracker.i18n import _
from tracker.importing.claims import read_claim
from tracker.importing.lists.record_directory import Creating, Made, directory_of
from tracker.importing.lists.saved_mapping import keep, mapped, series
from tracker.importing.mapping import Mapping
from tracker.importing.problems import Problems
from tracker.importing.reading import Reading
from tracker.importing.rows import Line
from tracker.importing.spoken import Voice
from tracker.importing.values import Reader
from tracker.store import Change

_MORE: Final = ("same", "cite", "create", "error")
"""What a row comes to, the least first."""

KEPT: Final = 20_000
"""Rows told one by one; of the others only their number is."""

CLAIMS_OF: Final = "claims: "
"""What stands before the name of a list of claims where its mapping is kept; its people may come in another form."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of an import of claims; `claimant` is a name, `cited` the source of rows that name none.

    `name` is that of the list, under which its mapping is kept.
    """

    cited: Cited = NOTHING
    claimant: str | None = None
    maps: Given[str, str] = field(default_factory=dict)
    constants: Given[str, str] = field(default_factory=dict)
    empty: tuple[str, ...] = ()
    creating: Creating = field(default_factory=Creating)
    no_source: bool = False
    dates: str | None = None
    name: str | None = None


class Planned(NamedTuple):
    """What a row came to: `action` is create, cite (a claim on record gains something), same or error."""

    row: int
    claimant: str | None
    measure: str | None
    figure: str | None
    action: str


@dataclass(slots=True)
class Done:
    """What came of a list of claims."""

    rows: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    planned: list[Planned] = field(default_factory=list)
    problems: Problems = field(default_factory=Problems)
    made: Made = field(default_factory=Made)
    said: list[str] = field(default_factory=list)
    """Sentences on how the texts of the list were taken."""

    _last: Planned | None = None

    def add(self, planned: Planned) -> None:
        """Count what a row came to; of a row that names several sources, the most that it came to."""
        last = self._last
        if last is not None and last.row == planned.row:
            if _MORE.index(planned.action) > _MORE.index(last.action):
                self.counts[last.action] -= 1
                self._count(planned)
            return
        self.rows += 1
        self._count(planned)
        if self.rows <= KEPT:
            self.planned.append(planned)

    def _count(self, planned: Planned) -> None:
        if self._last is not None and self._last.row == planned.row and self.planned[-1:] == [self._last]:
            self.planned[-1] = planned
        self._last = planned
        self.counts[planned.action] = self.counts.get(planned.action, 0) + 1


def take_claims(change: Change, reading: Reading, wanted: Wanted) -> Done:
    """Take every row in; what cannot be read is in `problems`, and the caller then keeps nothing.

    Raises BadValue where the header is wrong, or where nobody knows where the claims stand.
    """
    done = Done()
    scope = _scope(change, reading, wanted)
    mapping, remembered = mapped(
        change.db,
        scope,
        reading.header,
        columns=CLAIMS,
        given=wanted.maps,
        constants=wanted.constants,
        empty=wanted.empty,
        dates=wanted.dates,
    )
    mapping.check(done.problems, file=reading.name, row=reading.header_row)
    done.problems.stop_if_any()
    _refuse_nowhere(mapping, wanted)
    directory = directory_of(change, wanted.creating, done.made)
    where = zone(change.db)
    reader = Reader(where, done.problems, today_in(where))
    known, bad = ClaimsOnRecord(change.db), 0
    for line in _filled(mapping.lines(reading, done.problems), wanted, change):
        if line.number == bad:  # told already, for another of its sources
            continue
        before = done.problems.count
        values, voice = read_claim(line, reader, directory)
        if done.problems.count > before:
            cells, bad = line.cells, line.number
            done.add(Planned(line.number, cells.get("claimant"), cells.get("measure"), None, "error"))
        else:
            done.add(_kept(change, line, values, voice, known))
    reading.file.refuse_changed()
    if remembered:
        done.said.append(_("Columns are read as saved for the list {name}.").format(name=scope.removeprefix(CLAIMS_OF)))
    done.said += [*reading.doubled.sentences(), *mapping.sentences()]
    if wanted.maps or wanted.constants or wanted.dates or wanted.empty:
        keep(change, scope, mapping)
    return done


def _scope(change: Change, reading: Reading, wanted: Wanted) -> str:
    """Return under what the mapping is kept: the name asked for, else the publisher of the source, else the file."""
    source = change.get("sources", wanted.cited.source) if wanted.cited.source else None
    return CLAIMS_OF + (" ".join((wanted.name or "").split()) or series(source) or reading.name)


def _refuse_nowhere(mapping: Mapping, wanted: Wanted) -> None:
    known = "source" in mapping.fields or "source" in mapping.constants
    if wanted.cited.nothing and not known and not wanted.no_source:
        raise BadValue(
            _("Nobody knows where these claims stand."),
            hint=_("Name their source with -s SLUG or URL, map a column to source, or say --no-source."),
        )


def _filled(lines: Iterable[Line], wanted: Wanted, change: Change) -> Iterator[Line]:
    """Yield the rows, with the source and claimant asked for where a row names none."""
    source = None if wanted.cited.source is None else change.get("sources", wanted.cited.source)["slug"]
    for line in lines:
        own: dict[str, str] = {}
        if source is not None and "source" not in line.cells:
            own["source"] = source
            if wanted.cited.locator is not None:
                own["locator"] = wanted.cited.locator
        if wanted.claimant is not None:
            own["claimant"] = wanted.claimant
        yield Line(line.file, line.number, {**own, **line.cells})


def _kept(change: Change, line: Line, values: dict[str, Any], voice: Voice | None, known: ClaimsOnRecord) -> Planned:
    """Add what a row says to the record."""
    found = known.known_as(values)
    if found is None:
        identifier, action = change.insert("claims", values), "create"
        known.put(identifier, values)
        _cite(change, identifier, voice)
    else:
        identifier, before = found
        note = _joined(before, values["note"])
        gained = change.update("claims", identifier, {"note": note})
        known.put(identifier, {**values, "note": note})
        action = "cite" if _cite(change, identifier, voice) or gained else "same"
    claimant = change.get("claimants", values["claimant"])["name"]
    return Planned(line.number, claimant, values["measure"], Figure(*(values[name] for name in FIGURE)).said, action)


def _joined(before: str | None, note: str | None) -> str | None:
    """Return the note of a claim on record with what it does not say yet."""
    if note is None or note == before:
        return before
    said = [] if before is None else before.split("\n")
    return "\n".join([*said, *(text for text in note.split("\n") if text not in said)])


def _cite(change: Change, claim: str, voice: Voice | None) -> bool:
    """Cite who says so; return whether the citation is new, or gains a place in the source."""
    if voice is None:
        return False
    row = change.db.execute(
        "SELECT id, locator FROM citations WHERE claim = ? AND source = ? AND claimant IS NULL AND field IS NULL"
        " AND stance = 'supports'",
        (claim, voice.source),
    ).fetchone()
    if row is None:
        cite(change, "claims", claim, Cited(voice.source, None, voice.locator))
        return True
    before, after = row["locator"], voice.locator
    if after is None or (before is not None and f"; {after};" in f"; {before};"):
        return False
    return change.update("citations", row["id"], {"locator": f"{before}; {after}" if before else after})
