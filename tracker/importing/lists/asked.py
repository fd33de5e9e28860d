"""What is asked of an import, and what came of it."""

from collections.abc import Mapping as Given
from dataclasses import dataclass, field

from tracker.casework.citations import Cited
from tracker.importing.lists import memory
from tracker.importing.lists.absent import Seen
from tracker.importing.lists.intake import Taken
from tracker.importing.lists.record_directory import Creating, Made
from tracker.importing.lists.versions import Follows, Version
from tracker.importing.problems import Problems


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of an import, as typed."""

    source: str | None = None
    claimant: str | None = None
    locator: str | None = None
    name: str | None = None
    as_of: str | None = None
    maps: Given[str, str] = field(default_factory=dict)
    constants: Given[str, str] = field(default_factory=dict)
    empty: tuple[str, ...] = ()
    person_by: str | None = None
    creating: Creating = field(default_factory=Creating)
    no_source: bool = False
    skip_bad: bool = False
    bad_rows: str | None = None
    """The name of the file that bad rows are written into."""
    absent: str | None = None
    absent_on: str | None = None
    snapshot_by: str | None = None
    rehearsal: bool = False
    dates: str | None = None
    """Which part comes first in dates in figures with the year last, as `date_order` has it; None: as saved."""


@dataclass(slots=True)
class Done:
    """What came of an import: `before` is the same file taken in earlier (then nothing was done)."""

    name: str
    taken: Taken = field(default_factory=Taken)
    problems: Problems = field(default_factory=Problems)
    cited: Cited = field(default_factory=Cited)
    made: Made = field(default_factory=Made)
    absent: list[Seen] = field(default_factory=list)
    """Who was on the version before and is not on this one; with several lists in one file, from each to the next."""

    unclear: list[Seen] = field(default_factory=list)
    """Who would be absent if the rows that could not be read were not there, but may stand in one of them."""

    follows: Follows | None = None
    """The version on record, from another file, that this list was held against."""

    later: tuple[Version, ...] = ()
    """Versions on record that are later than this list."""

    returned: list[Seen] = field(default_factory=list)
    """Who was on an earlier version, not on the one before, and is on this one."""

    acted: int | None = None
    """Of how many of the absent something was recorded; None where nobody said what to record."""

    versions: int = 0
    questions: int | None = None
    """How many are open once all lists of a file are in; None where each that waits is one."""

    differing: list[tuple[int, str, str]] = field(default_factory=list)
    """Where the list and the record differ, or somebody should look: row, printed name, what it is."""

    before: memory.TakenBefore | None = None
    mapped: bool = False
    refs: dict[int, str] = field(default_factory=dict)
    """Row that could not be taken → the ref of its list."""

    said: list[str] = field(default_factory=list)
    """Sentences on how the texts of the list were taken."""
