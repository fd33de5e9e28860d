"""What `tracker import DIR` does: the folder that `export all` wrote, back into a record."""

import os
from dataclasses import fields
from pathlib import Path
from typing import Any

from tracker.cli import context, progress
from tracker.cli.recording import tell
from tracker.errors import BadValue
from tracker.i18n import _


def take_in(folder: Path, *options: Any, dry_run: bool) -> None:
    """Take the whole folder in, or nothing. Raises BadValue for options of lists, and what `importing.whole` raises."""
    from tracker.importing.whole.loading import load
    from tracker.importing.whole.manifest import read_folder

    preset = {"source": os.environ.get("TRACKER_SOURCE"), "claimant": os.environ.get("TRACKER_CLAIMANT")}
    given = [(one.name, getattr(group, one.name)) for group in options for one in fields(group)]
    if any(value and value != preset.get(name) for name, value in given):
        raise BadValue(_("A whole record is taken in as it is: of the options only --dry-run goes with a folder."))
    store = context.open_store()
    exported = read_folder(folder)
    with progress.line() as line, context.writing(store, "import", dry_run=dry_run) as change:

        def watched(name: str, rows: Any) -> Any:
            line.begins(name)
            return line.counted(rows)

        loaded = load(change, exported, watched)
        people = change.db.execute("SELECT count(*) FROM detainees").fetchone()[0]
        change.reason = f"import all {exported.changeset}"
    said = _("The record of {we} as of its changeset {seq}; rows: {rows}, people: {people}.").format(
        we=exported.we, seq=exported.changeset, rows=loaded, people=people
    )
    own = _("Its settings and its history are not taken over: this record keeps its own.")
    if dry_run:
        context.say(said, own, _("Nothing was changed: this was a rehearsal."))
    else:
        tell(change, [said, own])
