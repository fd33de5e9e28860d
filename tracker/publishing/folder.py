"""A folder of exported files: complete with its manifest under its name, or not there at all."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO

from tracker import __version__
from tracker.errors import DiskTrouble, Refused
from tracker.i18n import _
from tracker.reports.exporting.whole import MANIFEST, File

Written = dict[str, dict[str, object]]
"""File name → its `rows` (without the header), `bytes` and `sha256`."""


def write_folder(target: Path, files: Iterable[File], about: Mapping[str, object]) -> Written:
    """Write `files` and a manifest into the folder `target`, which must be empty or not there; return what was written.

    `about` goes into the manifest as it is. Files are written into a folder beside it, for the owner alone, which then
    takes its name. Raises `Refused` where `target` holds anything, `DiskTrouble` where it cannot be written.
    """
    _refuse_taken(target)
    try:
        unfinished = Path(
            tempfile.mkdtemp(prefix=f".{target.name[:80]}.", suffix=".part", dir=target.absolute().parent)
        )
    except OSError as problem:
        raise _trouble(target, problem) from problem
    try:
        written = {file.name: _write(unfinished / file.name, file) for file in files}
        manifest = {**about, "program": f"tracker {__version__}", "files": written}
        with _opened(unfinished / MANIFEST) as out:
            out.write(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n")
        unfinished.rename(target)
    except OSError as problem:
        raise _trouble(target, problem) from problem
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return written


def _refuse_taken(target: Path) -> None:
    """Raise `Refused` unless `target` is free or an empty folder; an empty folder is put aside for ours."""
    if not target.exists() and not target.is_symlink():
        return
    if target.is_symlink() or not target.is_dir() or any(target.iterdir()):
        raise Refused(
            _("There is already something in {path}.").format(path=target),
            hint=_("Give a folder that is empty or not there yet."),
        )


def _write(path: Path, file: File) -> dict[str, object]:
    digest, size, rows = hashlib.sha256(), 0, -1
    with _opened(path) as out:
        for line in file.lines:
            out.write(line)
            data = line.encode()
            digest.update(data)
            size += len(data)
            rows += 1
    return {"rows": rows, "bytes": size, "sha256": digest.hexdigest()}


class _opened:  # noqa: N801  (used as a function is)
    """A new text file for its owner alone, on the disk when it is closed."""

    def __init__(self, path: Path) -> None:
        self._file = os.fdopen(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8", newline=""
        )

    def __enter__(self) -> IO[str]:
        return self._file

    def __exit__(self, *error: object) -> None:
        with self._file as file:
            file.flush()
            os.fsync(file.fileno())


def _trouble(target: Path, problem: OSError) -> DiskTrouble:
    return DiskTrouble(
        _("Cannot write {path}: {why}.").format(path=target, why=problem.strerror or problem),
        hint=_("Choose another place."),
    )
