"""Backups: the database as of one moment and its evidence in one file, checked before it has its name."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

from tracker.errors import BadValue, DiskTrouble
from tracker.i18n import N_, _
from tracker.safekeeping import archive, contents, placing, unpacking
from tracker.safekeeping.archive import Manifest, Part
from tracker.safekeeping.sealing import Key
from tracker.store import copying, keeping
from tracker.store.keeping import About
from tracker.table import Column, Labelled, Row, Table

PLAIN: Final = ".backup.tar"
ENCRYPTED: Final = ".backup.age.tar"
OURS: Final = r"\.backup(?:\.age)?\.tar"
MARK: Final = "Record: "

_NOTE: Final = """\
A backup of a record kept with tracker.
{mark}{record}

tracker restore FILE    puts it in place, after checking all of it.
{other}

Keep it where only those may find it who may read everything in it.
"""
_AS_TAR: Final = "Without tracker: tar xf FILE; tracker.db is a SQLite database."
_AS_AGE: Final = """\
Without tracker: tar xf FILE; then, with the age program (https://age-encryption.org),
age -d -i KEYFILE record.tar.age | tar x
KEYFILE is your secret key, or key.age where there is one (it asks for the passphrase)."""


class Made(NamedTuple):
    """A backup written: where, of what, which evidence was not whole, and which old ones were dropped for it."""

    path: Path
    manifest: Manifest
    not_whole: list[str]
    dropped: list[Path]


def folder_of(path: Path) -> Path:
    """Return where backups of the database at `path` go unless somebody says otherwise."""
    return path.resolve().parent / keeping.FOLDER


def note(record: str, key: Key | None) -> str:
    """Return what a file says of itself in words, to whoever finds it; the mark says of which record it is."""
    return _NOTE.format(mark=MARK, record=record, other=_AS_TAR if key is None else _AS_AGE)


def make(path: Path, folder: Path, *, key: Key | None, keep: int | None = None) -> Made:
    """Back up the database at `path` into `folder`; `keep` drops all backups of this record there but so many.

    Others go on reading meanwhile, and write as soon as the database itself is copied. Raises `DiskTrouble` where it
    cannot be written or does not read back: then nothing is left of it, and nothing is dropped.
    """
    if keep is not None and keep < 1:
        raise BadValue(_("--keep takes how many backups are kept, at least 1."))
    path = path.resolve()
    with ExitStack() as holding:
        db, file = holding.enter_context(copying.held(path))
        known, counted, wanted = keeping.about(db), contents.counts(db), contents.referenced(db)
        placing.make_folder(folder)
        placing.sweep(folder, f"{path.stem}-")
        placing.sweep(path.parent, f"{path.name}.")
        target = keeping.free(folder, keeping.stem(path, known), ENCRYPTED if key else PLAIN)
        about = {"kind": "backup", **contents.said(known), "counts": counted}
        with placing.written(target) as (part, out):
            archive.write(out, note(known.record, key), _parts(path, file, holding), about, key)
            out.flush()
            manifest = _checked(path, part, key, about)
    dropped = [] if keep is None else _drop(path, folder, target, known, keep)
    return Made(target, manifest, contents.not_whole(manifest, wanted), dropped)


def _parts(path: Path, file: BinaryIO, holding: ExitStack) -> Iterator[Part]:
    yield contents.database(file)
    holding.close()  # from here on others may write: evidence never changes, it only comes and goes
    yield from contents.evidence(path)


def _checked(path: Path, written: Path, key: Key | None, about: dict[str, Any]) -> Manifest:
    """Read back what was written, open the database in it and count; return the manifest.

    The copy that is opened stands beside the record, never beside the backup: a stick or a share that only holds
    encrypted files is never written anything else to.
    """
    beside = path.parent if os.access(path.parent, os.W_OK) else Path(tempfile.gettempdir())
    opened = beside / f".{path.name}.{os.urandom(6).hex()}.part"
    try:
        found = unpacking.look(written)
        if found is None:
            raise placing.unread(written)

        def place(name: str) -> BinaryIO | None:
            return placing.new_file(opened) if name == archive.RECORD else None

        manifest = unpacking.read(found, key.identities if key else [], place)
        with keeping.examined(opened) as db:
            same = contents.counts(db) == manifest["counts"] and keeping.about(db).hash == manifest["changeset"]["hash"]
    finally:
        placing.destroy(opened)
    if not same or any(manifest.get(name) != value for name, value in about.items()):
        raise placing.unread(written)
    return manifest


def _drop(path: Path, folder: Path, made: Path, known: About, keep: int) -> list[Path]:
    """Remove the oldest backups of this record but `keep`; never the one just made, nothing without our mark."""
    others = [one for one in keeping.of_this(path, folder, OURS) if one != made and record_of(one) == known.record]
    dropped = others[: max(0, len(others) - (keep - 1))]
    for old in dropped:
        try:
            old.unlink()
        except OSError as problem:
            raise DiskTrouble(
                _("The backup {made} is made, but {old} cannot be removed: {why}.").format(
                    made=made, old=old, why=problem.strerror or problem
                )
            ) from problem
    return dropped


def record_of(path: Path) -> str | None:
    """Return of which record a backup is; None for what is no backup, or damaged at its beginning."""
    try:
        found = unpacking.look(path)
    except (DiskTrouble, OSError):
        return None
    lines = found.note.splitlines() if found else []
    return next((line.removeprefix(MARK) for line in lines if line.startswith(MARK)), None)


def listed(path: Path, folder: Path) -> Table:
    """Return the backups of the database at `path` in `folder`, and the copies the program made, oldest first."""
    found = keeping.of_this(path.resolve(), folder, rf"(?:{OURS}|\.auto\.db)") if folder.is_dir() else []
    columns = (
        Column("file", N_("File")),
        Column("at", N_("At"), "date"),
        Column("change", N_("Change"), "count"),
        Column("kind", N_("Kind")),
        Column("people", N_("People"), "count"),
        Column("evidence", N_("Evidence files"), "count"),
        Column("bytes", N_("Bytes"), "count"),
    )
    return Table(
        columns,
        [_line(path, one) for one in found],
        total=len(found),
        foot=[_("In {folder}.").format(folder=folder)],
        empty=_("No backups of this record in {folder}.").format(folder=folder),
    )


def _line(path: Path, file: Path) -> Row:
    day, change = file.name.removeprefix(f"{path.resolve().stem}-").rsplit("-c", 1)
    seq = int(change.partition(".")[0].partition("-")[0])
    at = f"{day[:13]}:{day[13:15]}"
    if file.name.endswith(keeping.AUTOMATIC):
        return (file.name, at, seq, Labelled("automatic", _("automatic copy")), None, None, file.stat().st_size)
    kind, manifest = _state(file)
    people = manifest.get("counts", {}).get("detainees") if manifest else None
    evidence = len(manifest["parts"]) - 1 if manifest else None
    return (file.name, at, seq, kind, people, evidence, file.stat().st_size)


def _state(file: Path) -> tuple[Labelled, Manifest | None]:
    """Return whether a backup is plain, encrypted or plainly damaged, and what it says of itself."""
    try:
        found = unpacking.look(file)
    except DiskTrouble:
        found = None
    if found is not None and found.sealed:
        return Labelled("encrypted", _("encrypted")), None
    manifest = unpacking.manifest_of(found) if found else None
    return (Labelled("plain", _("plain")) if manifest else Labelled("damaged", _("damaged"))), manifest
