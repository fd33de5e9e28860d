"""Which file belongs to which source: attaching, finding, listing, letting go."""

import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

from tracker.domain.dates import read_date, today_in
from tracker.domain.text import brief, quoted, safe
from tracker.errors import Ambiguous, BadValue, NotFound
from tracker.i18n import N_, _
from tracker.safekeeping import files
from tracker.store import Change, Connection, Row
from tracker.table import Column, Labelled, Table
from tracker.table import Row as Cells

SHORTEST: Final = 6  # characters of a hash or an id that name a file
SHA_SHOWN: Final = 12
LONGEST_NAME: Final = 255

COLUMNS: Final = (
    Column("sha256", N_("evidence"), "ref"),
    Column("source", N_("source")),
    Column("file", N_("file")),
    Column("size", N_("size"), "count"),
    Column("media_type", N_("kind of file")),
    Column("captured_at", N_("captured"), "date"),
    Column("attached_at", N_("attached (UTC)"), "date"),
    Column("by", N_("by")),
    Column("state", N_("state")),
)
STATES: Final = {"kept": N_("whole"), "missing": N_("missing"), "altered": N_("altered")}

_LIST: Final = """
SELECT e.*, s.slug, c.at, c.actor
FROM evidence e JOIN sources s ON s.id = e.source
LEFT JOIN changesets c ON c.seq = (
    SELECT max(n.seq) FROM changes n WHERE n."table" = 'evidence' AND n.row = e.id AND n.before IS NULL)
"""


def captured(text: str | None, zone: str, today: date | None = None) -> str | None:
    """Return when a file was captured, as it is stored; None where that is not said. Raises `BadValue`."""
    found = read_date(text or "", zone=zone, optional=True)
    if found.earliest is not None and found.earliest[:10] > (today or today_in(zone)).isoformat():
        raise BadValue(_("{what} lies in the future: {date}.").format(what=_("The date of capture"), date=found.text))
    return found.text


def attach(change: Change, source: Row, path: Path, kept: files.Kept, captured_at: str | None) -> str | None:
    """Say that a kept file is evidence of a source; return its id, None where that is on record already."""
    known = "SELECT 1 FROM evidence WHERE source = ? AND sha256 = ?"
    if change.db.execute(known, (source["id"], kept.sha256)).fetchone():
        return None
    name = path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    values = {
        "source": source["id"],
        "file_name": safe(unicodedata.normalize("NFC", name))[:LONGEST_NAME],
        "sha256": kept.sha256,
        "size": kept.size,
        "media_type": kept.media_type,
        "captured_at": captured_at,
    }
    return change.insert("evidence", values)


def attach_told(change: Change, source: Row, path: Path, kept: files.Kept, captured_at: str | None) -> str:
    """Do as `attach`; return what happened, in a sentence."""
    made = attach(change, source, path, kept, captured_at)
    said = _("Kept: {file} ({size} bytes, SHA-256 {sha}…).").format(
        file=quoted(path.name), size=kept.size, sha=kept.sha256[:SHA_SHOWN]
    )
    if made is None:
        return _("{file} is evidence of {source} already.").format(file=quoted(path.name), source=source["slug"])
    return said if kept.new else f"{said} {_('Its bytes were kept already: stored once.')}"


def detach(change: Change, source: Row, word: str) -> str:
    """Take a file off a source; return its name. The bytes stay. Raises `NotFound` and `Ambiguous` as `find`."""
    rows = [row for row in find(change.db, word) if row["source"] == source["id"]]
    if not rows:
        raise NotFound(_("{word} is no evidence of {source}.").format(word=quoted(word), source=source["slug"]))
    for row in rows:
        change.delete("evidence", row["id"])
    return str(rows[0]["file_name"])


def find(db: Connection, word: str) -> list[Row]:
    """Return the rows of the one file meant: by its SHA-256 (or how it begins), the end of its id, or its name.

    Several rows are the same bytes, attached to several sources. Raises `NotFound`, and `Ambiguous` for several files.
    """
    text = word.strip()
    start = text.lower() if len(text) >= SHORTEST else "-"
    sql = f"{_LIST} WHERE substr(e.sha256, 1, length(:start)) = :start OR substr(e.id, -length(:start)) = :start"
    found = db.execute(sql, {"start": start}).fetchall()
    found = found or db.execute(f"{_LIST} WHERE e.file_name = ?", (unicodedata.normalize("NFC", text),)).fetchall()
    if not found:
        raise NotFound(
            _("No file of evidence answers to {word}.").format(word=quoted(word)),
            hint=_("See 'tracker source evidence'; name one by its file name or the first 6 characters of its hash."),
        )
    if len({row["sha256"] for row in found}) > 1:
        raise Ambiguous(
            _("Several files of evidence answer to {word}:").format(word=quoted(word)),
            candidates=[f"{row['sha256'][:SHA_SHOWN]}  {row['slug']}  {row['file_name']}" for row in found],
            hint=_("Name one by the first characters of its hash."),
        )
    return found


def rows(db: Connection, source: Row | None) -> list[dict[str, Any]]:
    """Return what is on record of the files of a source, or of all."""
    where, given = (" WHERE e.source = ?", [source["id"]]) if source is not None else ("", [])
    return [dict(row) for row in db.execute(f"{_LIST}{where} ORDER BY s.slug, e.id", given)]


def table(files_on_record: list[dict[str, Any]], database: Path, begins: Callable[[str], None]) -> Table:
    """Return the files as a table, each held against its hash; its `state` is put into `files_on_record`, too.

    That may take minutes: no connection should be open meanwhile, writers would wait for it.
    """
    checked: dict[str, str] = {}
    for row in files_on_record:
        if row["sha256"] not in checked:
            begins(brief(row["file_name"]))
            place = files.place(database, row["sha256"])
            checked[row["sha256"]] = files.state(place, row["sha256"], row["size"])
        row["state"] = checked[row["sha256"]]
    return Table(
        COLUMNS,
        [_cells(row) for row in files_on_record],
        total=len(files_on_record),
        empty=_("No files are kept."),
        tone=lambda row: None if row[-1] == "kept" else "error",
        private=True,
    )


def _cells(row: dict[str, Any]) -> Cells:
    sha256, state, at = row["sha256"], row["state"], row["at"]
    file = (row["slug"], row["file_name"], row["size"], row["media_type"], row["captured_at"])
    return (
        Labelled(sha256, sha256[:SHA_SHOWN]),
        *file,
        at and at[:16],
        row["actor"],
        Labelled(state, _(STATES[state])),
    )
