"""Which lists are versions of one list, in which order of time, and how sure that is.

Versions of a list have its name: as somebody gave it, else that of its publisher, else that of its file. What comes
through a pipe has no name, and is a version of nothing unless somebody names it. A publisher has many lists, and a file
name says little: without a given name it is a guess that one list follows another, good enough to tell who is gone,
never to record it.
"""

from typing import NamedTuple

from tracker.domain.dates import PartialDate, partial
from tracker.domain.rules import certainly_before
from tracker.i18n import _
from tracker.importing.reading import Reading
from tracker.store import Connection


class Version(NamedTuple):
    """One list as it was taken in, of a day; `source` (an id) and `sha256` are those of its file."""

    id: str
    ref: str
    day: PartialDate
    source: str | None
    sha256: str

    @property
    def told(self) -> str:
        """Its day and ref, as a sentence names it."""
        return _("{day}, {ref}").format(day=self.day.text or _("day unknown"), ref=self.ref)


class Place(NamedTuple):
    """Where a version stands among those of its list, in order of time: right after `before`."""

    now: Version
    before: Version | None
    earlier: tuple[str, ...]
    """Ids of those before `before`."""

    later: tuple[Version, ...]
    """Those after it in other files; of the lists of one file, each is held against the one before it alone."""


class Follows(NamedTuple):
    """A version and the one it follows; `sure` where nobody has to guess that they are of one list."""

    before: Version
    now: Version
    sure: bool


def own_name(reading: Reading) -> str:
    """Return the name of a file; what comes through a pipe has one that no other list has."""
    if reading.file.copy is None:
        return reading.name
    return f"{_('standard input')} {reading.file.digest()[:12]}"


def timeline(db: Connection, name: str) -> list[Version]:
    """Return the versions of a list in order of time; one without a day stands where it was taken in."""
    rows = db.execute("SELECT id, ref, as_of, source, sha256 FROM lists WHERE name = ? ORDER BY id", (name,))
    placed: list[tuple[str, str, Version]] = []
    last = ("", "")
    for row in rows:
        day = partial(row["as_of"])
        at = (day.earliest or "", day.latest or "") if day.known else last
        last = max(last, at)
        placed.append((*at, Version(row["id"], row["ref"], day, row["source"], row["sha256"])))
    return [version for *_at, version in sorted(placed, key=lambda one: one[:2])]


def place(db: Connection, name: str, version: str) -> Place:
    """Return where a version (an id) of a list stands."""
    versions = timeline(db, name)
    here = next(number for number, one in enumerate(versions) if one.id == version)
    before = versions[here - 1] if here else None
    earlier = tuple(one.id for one in versions[: max(0, here - 1)])
    now = versions[here]
    return Place(now, before, earlier, tuple(one for one in versions[here + 1 :] if one.sha256 != now.sha256))


def sure(before: Version, now: Version, *, named: bool) -> bool:
    """Tell whether two lists are versions of one: somebody named it, they came in one file, or one page changed."""
    one_page = now.source is not None and before.source == now.source and certainly_before(before.day, now.day)
    return named or before.sha256 == now.sha256 or one_page
