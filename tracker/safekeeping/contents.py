"""What a record consists of on the disk: its database, its evidence, and copies of both that lie beside it."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Final

from tracker import __version__
from tracker.safekeeping import archive, files
from tracker.safekeeping.archive import Manifest, Part
from tracker.store import Connection, keeping
from tracker.store.keeping import About
from tracker.store.schema import TABLES

_KEPT: Final = re.compile(r"[0-9a-f]{2}/[0-9a-f]{64}")
JOURNALS: Final = ("-journal", "-wal", "-shm")


def counts(db: Connection) -> dict[str, int]:
    """Return how many rows each logged table has, and the log itself, of those that this version of the record has."""
    there = {row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    names = [name for name in (*TABLES, "changesets", "changes", "seals") if name in there]
    return {name: db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}


def referenced(db: Connection) -> list[str]:
    """Return the SHA-256 of every evidence file that the record names."""
    return [row[0] for row in db.execute("SELECT DISTINCT sha256 FROM evidence ORDER BY sha256")]


def said(known: About) -> dict[str, Any]:
    """Return what a manifest says of the record."""
    return {
        "program": f"tracker {__version__}",
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "record": {"id": known.record, "we": known.we},
        "schema": known.schema,
        "changeset": {"seq": known.seq, "hash": known.hash},
    }


def database(file: BinaryIO) -> Part:
    """Return the database as a part, out of its open file."""
    size = os.fstat(file.fileno()).st_size
    file.seek(0)
    return Part(archive.RECORD, size, partial(nullcontext, file))


def evidence(path: Path) -> Iterator[Part]:
    """Yield the evidence kept of the record at `path`: every plain file under its SHA-256, whoever names it now.

    Those whose row was taken back by `undo` are among them: undoing that again needs them.
    """
    root = files.folder(path)
    for file in files.every(path):
        name = file.relative_to(root).as_posix()
        if _KEPT.fullmatch(name) and file.is_file() and not file.is_symlink():
            yield Part(f"evidence/{name}", file.stat().st_size, partial(_open, file))


def _open(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)), "rb")


def part_of(file: Path, name: str) -> Part:
    """Return a plain file as the part `name`."""
    return Part(name, file.stat().st_size, partial(_open, file))


def evidence_name(sha256: str) -> str:
    """Return under which name a backup holds the evidence of that hash."""
    return f"evidence/{sha256[:2]}/{sha256}"


def not_whole(manifest: Manifest, wanted: Iterable[str]) -> list[str]:
    """Return of `wanted` the evidence that is missing in what the manifest describes, or is not what its hash says."""
    parts: Mapping[str, Any] = manifest["parts"]
    return [sha for sha in wanted if parts.get(evidence_name(sha), {}).get("sha256") != sha]


def copies(path: Path) -> list[Path]:
    """Return the plain copies of the record that the program left beside it, and unfinished ones."""
    folder, stem = path.parent, path.stem
    kept = folder / keeping.FOLDER
    found = [
        one for one in folder.glob("*") if one.name.startswith((f"{path.name}.before-v", f"{path.name}.replaced-"))
    ]
    if kept.is_dir() and not kept.is_symlink():
        found += keeping.of_this(path, kept, r"(?:\.auto\.db|\.backup\.tar)")
        found += [one for one in kept.glob(".*.part") if one.name.startswith(f".{stem}-")]
    return sorted(one for one in found if one.is_file() and not one.is_symlink())


def unfinished(path: Path) -> list[Path]:
    """Return what a write, a copy or an attachment that was broken off left beside the record."""
    found = [path.with_name(path.name + suffix) for suffix in JOURNALS]
    found += [one for one in path.parent.glob(".*.part") if one.name.lstrip(".").startswith(f"{path.name}.")]
    found += files.folder(path).glob(".*.part")
    return [one for one in found if one.is_file() and not one.is_symlink()]
