"""What `tracker import` does between its options and `importing`: opens the list, tells progress, shows what came."""

import csv
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from tracker.cli import context
from tracker.cli.recording import tell
from tracker.errors import BadValue, Problems
from tracker.i18n import _, ngettext

if TYPE_CHECKING:
    from tracker.cli.list_options import Columns, Form, Handling, Making
    from tracker.cli.options import Cited
    from tracker.cli.output import Output
    from tracker.importing.lists.asked import Done, Wanted
    from tracker.importing.lists.intake import Progress
    from tracker.importing.reading import Reading
    from tracker.store import Change

PAGE: Final = 50
"""Characters of a cell of a long text in a page that is piped."""

EVERY: Final = 0.5
"""Seconds between two lines of progress."""


def show_fields(out: "Output") -> None:
    """Show the fields that a column can be."""
    from tracker.importing.mapping import list_fields

    context.show(list_fields(room=room_for(out)), out)


def room_for(out: "Output") -> int | None:
    """Return how wide a cell of text may be in a page that nobody fits to a terminal, None where all is fitted."""
    plain = out.file is not None or not context.on_terminal()
    return PAGE if plain and out.chosen_format(context.on_terminal()) == "table" else None


def take_in(
    file: str | None,
    form: "Form",
    columns: "Columns",
    making: "Making",
    handling: "Handling",
    *,
    given: "Cited",
    dry_run: bool,
    out: "Output",
) -> None:
    """Take the list in, whole or not at all, and say what came of it. Raises Problems where rows were skipped."""
    from tracker.cli import copying, reviewing, targets
    from tracker.importing.lists.run import import_list
    from tracker.importing.lists.telling import plan_table, sentences

    wanted = replace(_wanted(columns, making, handling, given, dry_run=dry_run), dates=date_order(form))
    store = context.open_store()
    reading = opened(file, form)
    targets.refuse(store, [reading], out.file, new=(handling.skip_bad, handling.review))
    if not dry_run and not handling.no_backup and copying.more_than(copying.MANY_ROWS, reading.rows()):
        copying.keep_before(store)
    with context.writing(store, "import", dry_run=dry_run) as change:
        done = import_list(change, reading, wanted, _progress(reading))
        change.reason = f"import {_listed(change, done)}"
        if dry_run or _asked_for(out):
            context.show(plan_table(change, done, kept=not dry_run), out, store)
        # Written before the change is kept: a file that cannot be written takes nothing in.
        writes = handling.skip_bad is not None and not dry_run and done.problems.count
        skipped = _write_bad(Path(handling.skip_bad or ""), reading, done) if writes else 0
        if handling.review is not None and done.before is None and not dry_run:
            reviewing.write(store, handling.review, change.db)
    if done.before is not None:
        context.say(_taken_before(done), *done.said)
        done.said = []
    if done.before is not None and not done.versions:
        return
    if dry_run:
        if handling.skip_bad is None:
            done.problems.stop_if_any()
        context.say(*sentences(done)[0 if done.before else 1 :], _("Nothing was changed: this was a rehearsal."))
    else:
        tell(change, sentences(done), done.cited, given)
    if skipped:
        raise Problems(
            ngettext(
                "{n} row was skipped; it is in {path}, with what is wrong.",
                "{n} rows were skipped; they are in {path}, with what is wrong.",
                skipped,
            ).format(n=skipped, path=handling.skip_bad),
            hint=_("Correct them there and import that file."),
        )


def _wanted(columns: "Columns", making: "Making", handling: "Handling", given: "Cited", *, dry_run: bool) -> "Wanted":
    """Return what is asked of the import; a rehearsal goes on past bad rows, to show them all."""
    from tracker.importing.lists.asked import Wanted
    from tracker.importing.lists.record_directory import Creating
    from tracker.importing.mapping import read_constants, read_maps

    if handling.absent not in (None, "released", "excluded"):
        raise BadValue(_("--absent takes released or excluded."))
    return Wanted(
        source=given.source,
        claimant=given.claimant,
        locator=given.locator,
        name=handling.list_name,
        as_of=handling.as_of,
        maps=read_maps(columns.map or ()),
        constants=read_constants(columns.constant or ()),
        empty=tuple(columns.empty or ()),
        person_by=person_by(columns),
        creating=Creating(making.create_facilities, making.create_sources, making.create_claimants),
        no_source=handling.no_source,
        skip_bad=handling.skip_bad is not None or dry_run,
        bad_rows=None if dry_run else handling.skip_bad,
        absent=handling.absent,
        absent_on=handling.absent_on,
        snapshot_by=handling.snapshot_by,
        rehearsal=dry_run,
    )


def person_by(columns: "Columns") -> str | None:
    """Return the field by which rows are tied to one person. Raises BadValue where there is no such field."""
    from tracker.domain.headers import column_of
    from tracker.domain.lists import LIST
    from tracker.domain.text import brief

    if columns.one_person_by is None:
        return None
    found = column_of(columns.one_person_by, LIST)
    if found is None:
        raise BadValue(
            _("There is no field {name}.").format(name=brief(columns.one_person_by)),
            hint=_("'tracker import --list-fields' lists them."),
        )
    return found


def opened(file: str | None, form: "Form") -> "Reading":
    """Open the list and say what was recognised. Raises BadValue, DiskTrouble as `open_list` does."""
    from tracker.importing.reading import open_list
    from tracker.importing.reading.headers import HeaderBelow

    path, stdin = _named(file)
    given: dict[str, Any] = {name: getattr(form, name) for name in ("encoding", "delimiter", "sheet", "repair")}
    try:
        reading = open_list(path, stdin, header_row=_header_row(form), **given)
    except HeaderBelow as below:
        if path is None or not context.interactive():
            raise
        rows = [(str(row), _("Row {row} is the header.").format(row=row)) for row in (below.row, below.first)]
        row = context.choose(below.message, rows)
        if row is None:
            raise
        reading = open_list(path, header_row=int(row), **given)
    context.say(*reading.said)
    return reading


def _header_row(form: "Form") -> int | None:
    """Return the row of the header. Raises BadValue for what is no number of a row."""
    from tracker.casework.values import whole_number

    return None if form.header_row is None else whole_number(form.header_row, "--header-row")


def date_order(form: "Form") -> str | None:
    """Return what comes first in dates in figures. Raises BadValue for a word that says neither."""
    from tracker.domain.text import quoted
    from tracker.domain.vocabulary import read

    try:
        return None if form.dates is None else read("date_order", form.dates)
    except BadValue as problem:
        said = _("--dates takes {choices}, not {value}.")
        raise BadValue(said.format(choices="day-first / month-first", value=quoted(form.dates or ""))) from problem


def _named(file: str | None) -> "tuple[Path | None, BinaryIO | None]":
    """Return the path, or stdin for `-`. Raises BadValue where nothing is named."""
    if file is None or not file.strip():
        raise BadValue(_("Which list? Name a file, or '-' for standard input."))
    return (None, sys.stdin.buffer) if file == "-" else (Path(file), None)


def _asked_for(out: "Output") -> bool:
    return any((out.format, out.csv, out.json, out.output, out.columns))


def _listed(change: "Change", done: "Done") -> str:
    """Return which list was taken in, or acted on once more, as the log names it."""
    if done.before is not None:
        return f"{done.before.ref} --absent"
    row = change.db.execute("SELECT ref FROM lists ORDER BY id DESC LIMIT 1").fetchone()
    return str(row["ref"]) if row is not None else ""


def _taken_before(done: "Done") -> str:
    before = done.before
    assert before is not None  # noqa: S101  (the caller looked)
    said = _("This very file was taken in on {day} ({ref}): nothing to do.")
    if done.versions:
        said = _("This very file was taken in on {day} ({ref}): only who is no longer on it is looked at.")
    said = said.format(day=before.entered, ref=before.ref)
    if before.open:
        said += " " + ngettext(
            "{n} of its rows waits for an answer: tracker review",
            "{n} of its rows wait for an answer: tracker review",
            before.open,
        ).format(n=before.open)
    return said


def _write_bad(target: Path, reading: "Reading", done: "Done") -> int:
    """Write the rows that were skipped, and return how many they are."""
    from tracker.importing.lists.corrected import bad_rows
    from tracker.paths import written_whole

    count = -1
    with written_whole(target) as file:
        writer = csv.writer(file)
        for row in bad_rows(reading, done.problems, done.refs):
            writer.writerow(row)
            count += 1
    return count


def _progress(reading: "Reading") -> "Progress | None":
    """Return what tells, on a terminal, how far a long list is."""
    if not sys.stderr.isatty():
        return None
    began = last = time.monotonic()

    def told(rows: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= EVERY:
            last = now
            share = reading.file.share() if reading.form.kind != "xlsx" else None
            print("\r" + how_far(rows, now - began, share) + "\x1b[K", end="", file=sys.stderr, flush=True)

    return told


def how_far(rows: int, seconds: float, share: float | None) -> str:
    """Return how far a list is after so many rows and seconds; `share` is how much of its file is read, if known."""
    rate = round(rows / max(seconds, 0.001))
    if not share or share >= 1:  # read to its end before the first row is worked off
        return _("{n} rows, {rate} a second").format(n=rows, rate=rate)
    minutes, left = divmod(round(seconds * (1 - share) / share), 60)
    said = _("{n} of about {all} rows, {rate} a second, about {left} left")
    return said.format(n=rows, all=round(rows / share), rate=rate, left=f"{minutes}:{left:02}")
