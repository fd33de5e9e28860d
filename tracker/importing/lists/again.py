"""The same file once more: whether it was read in the same way before, and what of it is still out.

With a list are kept, beside its form, how its columns were read (`meaning`, a hash) and what of it was left out by
`--skip-bad` (`out`: how many rows, how many others it had then, in which file they are).
"""

import json
from hashlib import sha256
from typing import Any, NamedTuple

from tracker.i18n import ngettext
from tracker.importing.lists import memory
from tracker.importing.lists.asked import Done, Wanted
from tracker.importing.mapping import Mapping
from tracker.importing.reading import Reading
from tracker.store import Change, Connection


class File(NamedTuple):
    """A file as it is known: under which name, by its content, from which source, and how it is read."""

    name: str
    sha256: str
    source: str | None
    form: dict[str, Any]


def form_of(reading: Reading, mapping: Mapping, wanted: Wanted) -> dict[str, Any]:
    """Return how a list is read: its form, and what its columns mean."""
    form = reading.form
    said = {"kind": form.kind, "encoding": form.encoding, "delimiter": form.delimiter, "sheet": form.sheet}
    meaning = [
        *(reading.header_row, mapping.fields, sorted(mapping.constants.items()), sorted(mapping.empty)),
        *(mapping.dates.order, reading.doubled.wanted, wanted.person_by, wanted.snapshot_by),
    ]
    digest = sha256(json.dumps(meaning).encode()).hexdigest()[:16]
    return {key: value for key, value in said.items() if value is not None} | {"meaning": digest}


def seen(db: Connection, file: File, wanted: Wanted) -> memory.TakenBefore | None:
    """Return when this file was taken in, None where it never was, or was read otherwise than somebody asks now."""
    by_order = any((wanted.maps, wanted.constants, wanted.empty, wanted.dates, wanted.person_by, wanted.snapshot_by))
    before = taken_as(db, file, *(("meaning",) if by_order else ()))
    return memory.seen(db, file.name, file.sha256, file.source) if before else None


def taken_as(db: Connection, file: File, *more: str) -> tuple[str, ...]:
    """Return the ids of the lists that this file was taken in as in the same form, `more` of which is to be alike."""
    alike = ("kind", "encoding", "delimiter", "sheet", *more)
    lists = _lists(db, file)
    return tuple(one for one, form in lists if all(form.get(key) == file.form.get(key) for key in alike))


def note_out(change: Change, done: Done, target: str) -> None:
    """Keep with each list how many of its rows were left out into the file `target`."""
    refs = list(done.refs.values())
    for ref in dict.fromkeys(refs):
        row = change.db.execute("SELECT id, form FROM lists WHERE ref = ?", (ref,)).fetchone()
        out = {"rows": refs.count(ref), "others": _rows(change.db, row["id"]), "file": target}
        form = json.loads(row["form"] or "{}") | {"out": out}
        change.update("lists", row["id"], {"form": json.dumps(form, ensure_ascii=False)})


def still_out(db: Connection, file: File) -> list[str]:
    """Return sentences on the rows of a file that were left out and did not come since."""
    left: dict[str, int] = {}
    for listed, form in _lists(db, file):
        out = form.get("out")
        if out and (count := out["rows"] - (_rows(db, listed) - out["others"])) > 0:
            left[out["file"]] = left.get(out["file"], 0) + count
    return [
        ngettext(
            "{n} of its rows is still out: it was written into {path}, to be corrected.",
            "{n} of its rows are still out: they were written into {path}, to be corrected.",
            count,
        ).format(n=count, path=path)
        for path, count in left.items()
    ]


def _lists(db: Connection, file: File) -> list[tuple[str, dict[str, Any]]]:
    rows = db.execute(
        "SELECT id, form FROM lists WHERE name = ? AND sha256 = ? AND source IS ? ORDER BY id",
        (file.name, file.sha256, file.source),
    )
    return [(row["id"], json.loads(row["form"] or "{}")) for row in rows]


def _rows(db: Connection, listed: str) -> int:
    found: int = db.execute("SELECT count(*) FROM list_rows WHERE list = ?", (listed,)).fetchone()[0]
    return found
