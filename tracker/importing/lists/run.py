"""One import from its file to what is told about it: read, mapped, taken in, remembered.

    with store.writing("import", dry_run=plan.dry_run) as change:
        done = import_list(change, reading, plan)

Raises BadValue with a line for each problem of the file, or for a list of which nobody knows where it comes from;
NotFound for a source or claimant that is not on record.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from json import dumps
from typing import Any

from tracker.casework.citations import Cited, read_cited
from tracker.casework.values import partial_date
from tracker.domain.dates import PartialDate
from tracker.domain.lists import LIST
from tracker.errors import BadValue
from tracker.i18n import _
from tracker.importing.lists import again, corrected, memory, snapshots
from tracker.importing.lists.asked import Done, Wanted
from tracker.importing.lists.corrected import LIST_COLUMN, PART_OF, PROBLEM_COLUMN, by_list, place_of
from tracker.importing.lists.differing import differing
from tracker.importing.lists.following import Following, absent_on
from tracker.importing.lists.intake import Intake, Planned, Progress
from tracker.importing.lists.record_directory import Made, directory_of, make_claimant
from tracker.importing.lists.saved_mapping import keep, mapped, series
from tracker.importing.lists.versions import own_name, place
from tracker.importing.mapping import LEFT_OUT, Mapping
from tracker.importing.problems import Problems
from tracker.importing.reading import Reading
from tracker.importing.rows import Line
from tracker.store import Change, Connection


def mapping_for(
    db: Connection, reading: Reading, wanted: Wanted, name: str, *, to_lists: bool = False
) -> tuple[Mapping, bool]:
    """Return what the columns mean (as asked, as saved for this list, by their headers), and whether any was saved.

    With `to_lists` the rows of a file of corrected rows say which list they belong to.
    """
    given = dict(wanted.maps)
    columns: tuple[str, ...] = (*LIST, PART_OF) if to_lists else LIST
    for column, field in ((PROBLEM_COLUMN, LEFT_OUT), (LIST_COLUMN, PART_OF if to_lists else LEFT_OUT)):
        if place_of(reading, column) is not None:
            given.setdefault(column, field)
    if wanted.snapshot_by is not None:
        given[wanted.snapshot_by] = snapshots.SNAPSHOT
        columns = (*columns, snapshots.SNAPSHOT)
    return mapped(
        db,
        name,
        reading.header,
        columns=columns,
        given=given,
        constants=wanted.constants,
        empty=wanted.empty,
        dates=wanted.dates,
    )


def name_of(db: Connection, reading: Reading, wanted: Wanted, publisher: str | None) -> str:
    """Return under which name a list is known to its next version: as asked, else the publisher's, else its own.

    Rows that were corrected have that of the list they belong to.
    """
    if wanted.name and wanted.name.strip():
        return " ".join(wanted.name.split())
    return corrected.list_name(db, reading) or publisher or own_name(reading)


def import_list(change: Change, reading: Reading, wanted: Wanted, progress: Progress | None = None) -> Done:
    """Take a list in, inside the caller's transaction."""
    problems = Problems(by_row={} if wanted.skip_bad else None)
    made = Made()
    if wanted.source is not None and wanted.claimant is not None and wanted.creating.claimants:
        make_claimant(change, wanted.claimant, made)
    cited = read_cited(change, wanted.source, wanted.claimant, wanted.locator)
    source = change.get("sources", cited.source) if cited.source else None
    name = name_of(change.db, reading, wanted, series(source))
    mapping, remembered = mapping_for(change.db, reading, wanted, name, to_lists=True)
    mapping.check(problems, file=reading.name, row=reading.header_row)
    problems.stop_if_any()
    if source is None and "source" not in mapping.fields and "source" not in mapping.constants and not wanted.no_source:
        raise BadValue(
            _("Nobody knows where this list comes from."),
            hint=_("Name its source with -s SLUG or URL, map a column to source, or say --no-source."),
        )
    following = Following(change, wanted, reading, absent_on(change, wanted))
    _as_of(change, wanted, cited)
    done = Done(name, problems=problems, cited=cited, made=made, mapped=remembered)
    digest = reading.file.digest()
    file = again.File(name, digest, cited.source, again.form_of(reading, mapping, wanted))
    done.before = again.seen(change.db, file, wanted)
    lines = mapping.lines(reading, problems)
    if done.before is not None:
        done.said = again.still_out(change.db, file)
        following.afterwards(done, lines, (name, digest, cited.source))
        return done
    about: dict[str, Any] = {"source": cited.source, "file": reading.name, "sha256": digest}
    about |= {"size": _size(reading), "form": dumps(file.form, ensure_ascii=False)}
    taking = _Taking(change, wanted, done, about, progress, again.taken_as(change.db, file))
    if place_of(reading, PROBLEM_COLUMN) is None:
        taking.versions(lines, following)
    else:
        taking.corrected(lines)
    if not wanted.skip_bad:
        problems.stop_if_any()
    problems.stop_if_broken()
    _count_broken(done, reading.header_row)
    if not done.taken.rows:
        raise BadValue(_("{file} has a header and no rows.").format(file=reading.name))
    reading.file.refuse_changed(digest)
    done.made.drop_unused(change)
    done.differing = differing(change, done.taken, rehearsal=wanted.rehearsal)
    done.said = [*reading.doubled.sentences(), *mapping.sentences()]
    if wanted.bad_rows is not None:
        again.note_out(change, done, wanted.bad_rows)
    if wanted.maps or wanted.constants or wanted.dates or wanted.empty:
        keep(change, name, mapping)
    return done


def _count_broken(done: Done, header_row: int) -> None:
    """Count the rows that could not even be read as rows, among those that cannot be taken."""
    by_row = done.problems.by_row or {}
    for number in sorted(by_row.keys() - done.taken.refused - {header_row}):
        done.taken.add(Planned(number, "", "error", None, (), tuple(by_row[number])), 1)
        done.taken.refused.add(number)


@dataclass(slots=True)
class _Taking:
    """Takes the rows of a file into their lists; `about` is what is remembered of the file."""

    change: Change
    wanted: Wanted
    done: Done
    about: dict[str, Any]
    progress: Progress | None
    same_file: tuple[str, ...] = ()
    """As for `Intake`."""

    def versions(self, lines: Iterable[Line], following: Following) -> None:
        """Take each list of the file as the next version of what is on record."""
        db, name = self.change.db, self.done.name
        for as_of, rows in self._by_day(lines):
            now = self._added(as_of)
            here = place(db, name, now)
            self._work_off(rows, now, following.away(here))
            following.compare(self.done, here)
            if self.wanted.snapshot_by is None:
                self._refer(self.done.problems.by_row or (), now)

    def corrected(self, lines: Iterable[Line]) -> None:
        """Take rows that were put right into the lists they belong to, by their ref or their day: nobody is gone."""
        db, name = self.change.db, self.done.name
        parts, rest = by_list(db, name, lines, self.done.problems)
        for listed, rows in parts:
            self._work_off(rows, listed, more=True)
        for as_of, others in self._by_day(rest) if rest else ():
            self._work_off(others, memory.version(db, name, as_of.text) or self._added(as_of), more=True)

    def _by_day(self, lines: Iterable[Line]) -> Iterator[tuple[PartialDate, Iterable[Line]]]:
        if self.wanted.snapshot_by is not None:
            return snapshots.split(self.change.db, lines, self.done.problems)
        return iter([(_as_of(self.change, self.wanted, self.done.cited), lines)])

    def _added(self, as_of: PartialDate) -> str:
        return memory.add_list(self.change, name=self.done.name, as_of=as_of.text, **self.about)

    def _work_off(
        self, lines: Iterable[Line], listed: str, away: dict[str, PartialDate] | None = None, *, more: bool = False
    ) -> None:
        """Take every row in; `away` and `more` as for `Intake`."""
        change, done = self.change, self.done
        change.index_names()  # an earlier list of the same file may have brought people
        directory = directory_of(change, self.wanted.creating, done.made)
        intake = Intake(change, done.name, listed, directory, done.problems, self.wanted.person_by, taken=done.taken)
        intake.voice = _voice(change, done.cited)
        intake.away = away or {}
        intake.more = more
        intake.same_file = self.same_file
        intake.take(lines, self.progress)
        self._refer(done.taken.refused, listed)

    def _refer(self, rows: Iterable[int], listed: str) -> None:
        """Keep to which list the rows belong that could not be taken."""
        new = set(rows) - self.done.refs.keys()
        if new:
            self.done.refs |= dict.fromkeys(new, self.change.ref("lists", listed))


def _voice(change: Change, cited: Cited) -> dict[str, str]:
    """Return who speaks for rows that name no source, as columns of a list."""
    if cited.source is None:
        return {}
    voice = {"source": str(change.get("sources", cited.source)["slug"])}
    if cited.claimant is not None:
        voice["claimant"] = str(change.get("claimants", cited.claimant)["name"])
    if cited.locator is not None:
        voice["locator"] = cited.locator
    return voice


def _as_of(change: Change, wanted: Wanted, cited: Cited) -> PartialDate:
    """Return the day of the list: as asked, else the publication of its source."""
    if wanted.as_of is not None:
        return partial_date(change.db, wanted.as_of)
    published = change.get("sources", cited.source)["published"] if cited.source else None
    return partial_date(change.db, published)


def _size(reading: Reading) -> int:
    with reading.file.open() as file:
        return file.seek(0, 2)
