"""One import from its file to what is told about it: read, mapped, taken in, remembered.

    with store.writing("import", dry_run=plan.dry_run) as change:
        done = import_list(change, reading, plan)

Raises BadValue with a line for each problem of the file, or for a list of which nobody knows where it comes from;
NotFound for a source or claimant that is not on record.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from tracker.casework.citations import Cited, read_cited
from tracker.casework.values import partial_date
from tracker.domain.dates import PartialDate
from tracker.domain.lists import LIST
from tracker.errors import BadValue
from tracker.i18n import _
from tracker.importing.lists import memory, snapshots
from tracker.importing.lists.absent import Version
from tracker.importing.lists.asked import Done, Wanted
from tracker.importing.lists.following import Following, absent_on
from tracker.importing.lists.intake import Intake, Planned, Progress
from tracker.importing.lists.record_directory import directory_of
from tracker.importing.lists.saved_mapping import keep, mapped, series
from tracker.importing.mapping import LEFT_OUT, Mapping, header_key
from tracker.importing.problems import Problems
from tracker.importing.reading import Reading
from tracker.importing.rows import Line
from tracker.store import Change, Connection

PROBLEM_COLUMN: Final = "tracker problem"
"""The column that a file of skipped rows has in front: it says what was wrong, and is never read."""


def mapping_for(db: Connection, reading: Reading, wanted: Wanted, name: str) -> tuple[Mapping, bool]:
    """Return what the columns mean (as asked, as saved for this list, by their headers), and whether any was saved."""
    given = dict(wanted.maps)
    if any(_is_problem(header) for header in reading.header):
        given.setdefault(PROBLEM_COLUMN, LEFT_OUT)
    columns: tuple[str, ...] = LIST
    if wanted.snapshot_by is not None:
        given[wanted.snapshot_by] = snapshots.SNAPSHOT
        columns = (*LIST, snapshots.SNAPSHOT)
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


def _is_problem(header: str) -> bool:
    return header_key(header) == header_key(PROBLEM_COLUMN)


def name_of(reading: Reading, wanted: Wanted, publisher: str | None) -> str:
    """Return under which name a list is known to its next version: as asked, else the publisher's, else the file's."""
    if wanted.name and wanted.name.strip():
        return " ".join(wanted.name.split())
    return publisher or reading.name


def import_list(change: Change, reading: Reading, wanted: Wanted, progress: Progress | None = None) -> Done:
    """Take a list in, inside the caller's transaction."""
    problems = Problems(by_row={} if wanted.skip_bad else None)
    cited = read_cited(change, wanted.source, wanted.claimant, wanted.locator)
    source = change.get("sources", cited.source) if cited.source else None
    name = name_of(reading, wanted, series(source))
    mapping, remembered = mapping_for(change.db, reading, wanted, name)
    mapping.check(problems, file=reading.name, row=reading.header_row)
    problems.stop_if_any()
    if source is None and "source" not in mapping.fields and "source" not in mapping.constants and not wanted.no_source:
        raise BadValue(
            _("Nobody knows where this list comes from."),
            hint=_("Name its source with -s SLUG or URL, map a column to source, or say --no-source."),
        )
    following = Following(change, wanted, absent_on(change, wanted))
    done = Done(name, problems=problems, cited=cited, mapped=remembered)
    digest = reading.file.digest()
    done.before = memory.seen(change.db, name, digest, cited.source)
    lines = mapping.lines(reading, problems)
    if done.before is not None:
        following.afterwards(done, lines, (name, digest, cited.source))
        return done
    earlier = memory.latest(change.db, name)
    versions: Iterator[tuple[PartialDate, Iterable[Line]]]
    if wanted.snapshot_by is None:
        versions = iter([(_as_of(change, wanted, cited), lines)])
    else:
        versions = snapshots.split(change.db, lines, problems)
    about: dict[str, Any] = {"source": cited.source, "file": reading.name, "sha256": digest}
    about |= {"size": _size(reading), "form": _form(reading)}
    corrected = any(_is_problem(header) for header in reading.header)
    for as_of, rows in versions:
        part_of = memory.version(change.db, name, as_of.text) if corrected else None
        listed = part_of or memory.add_list(change, name=name, as_of=as_of.text, **about)
        now = Version(listed, as_of)
        away = following.away(name, earlier, now) if part_of is None else {}
        _work_off(change, rows, wanted, done, listed, away=away, progress=progress)
        if part_of is None:  # rows that were put right belong to the list they were taken from: nobody is gone
            following.compare(done, earlier, now)
        earlier = now
    if not wanted.skip_bad:
        problems.stop_if_any()
    _count_broken(done, reading.header_row)
    if not done.taken.rows:
        raise BadValue(_("{file} has a header and no rows.").format(file=reading.name))
    done.made.drop_unused(change)
    done.said = [*reading.doubled.sentences(), *mapping.dates.sentences()]
    if wanted.maps or wanted.constants or wanted.dates:
        keep(change, name, mapping)
    return done


def _count_broken(done: Done, header_row: int) -> None:
    """Count the rows that could not even be read as rows, among those that cannot be taken."""
    by_row = done.problems.by_row or {}
    for number in sorted(by_row.keys() - done.taken.refused - {header_row}):
        done.taken.add(Planned(number, "", "error", None, (), tuple(by_row[number])), 1)
        done.taken.refused.add(number)


def _work_off(
    change: Change,
    lines: Iterable[Line],
    wanted: Wanted,
    done: Done,
    listed: str,
    *,
    away: dict[str, PartialDate],
    progress: Progress | None,
) -> None:
    """Take every row in; `away` as for `Intake`."""
    change.index_names()  # an earlier list of the same file may have brought people
    directory = directory_of(change, wanted.creating, done.made)
    intake = Intake(change, done.name, listed, directory, done.problems, wanted.person_by, taken=done.taken)
    intake.voice = _voice(change, done.cited)
    intake.away = away
    intake.take(lines, progress)


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


def _form(reading: Reading) -> str:
    from json import dumps

    form = reading.form
    said = {"kind": form.kind, "encoding": form.encoding, "delimiter": form.delimiter, "sheet": form.sheet}
    return dumps({key: value for key, value in said.items() if value is not None}, ensure_ascii=False)


def bad_rows(reading: Reading, problems: Problems) -> Iterator[list[str]]:
    """Yield, header first, the rows that were skipped, as they stand in the file, with what was wrong in front."""
    by_row = problems.by_row or {}
    kept = [place for place, header in enumerate(reading.header) if not _is_problem(header)]
    yield [PROBLEM_COLUMN, *(reading.header[place] for place in kept)]
    for raw in reading.rows():
        if raw.number in by_row:
            together = _("held back with another row of the same person")
            cells = [cell for place, cell in enumerate(raw.cells) if place >= len(reading.header) or place in kept]
            yield [" ".join(by_row[raw.number]) or together, *cells]
