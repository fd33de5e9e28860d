"""The manifest of an exported folder, and whether the folder is what it says."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tracker.domain.text import brief
from tracker.errors import BadValue, DiskTrouble, Refused
from tracker.i18n import _
from tracker.importing.case import read_json
from tracker.reports.exporting.whole import FORMAT, MANIFEST
from tracker.store.schema import SCHEMA_VERSION, TABLES, TABLES_ADDED

_PIECE: Final = 1 << 20
_NAMED: Final = 5
_PROVES: Final = {"rows": int, "bytes": int, "sha256": str}


@dataclass(frozen=True, slots=True)
class Exported:
    """An exported folder, checked: the version of its tables, whose record it is, and the rows of each table."""

    folder: Path
    schema: int
    we: str
    zone: str
    changeset: int
    rows: Mapping[str, int]


def read_folder(folder: Path) -> Exported:
    """Return what the folder holds, once every file is proved to be the one that was written.

    Raises BadValue, Refused, DiskTrouble: no folder that `export all` wrote, one for the public, one of a newer
    version, a file that is missing, altered or too many.
    """
    path = folder / MANIFEST
    if not path.is_file():
        raise BadValue(
            _("{path} is a folder without {name}.").format(path=brief(str(folder), 300), name=MANIFEST),
            hint=_("A folder can be imported if 'tracker export all' wrote it."),
        )
    said = read_json(path)
    schema = _schema(said, path)
    files = _files(said, path)
    tables = [table for table in TABLES if TABLES_ADDED.get(table, 1) <= schema]
    _refuse_other_files(folder, [f"{table}.csv" for table in tables], files)
    for name, proof in files.items():
        _prove(folder / name, proof)
    record, changeset = said.get("record"), said.get("changeset")
    if not (isinstance(record, dict) and isinstance(record.get("zone"), str) and isinstance(changeset, dict)):
        raise _unclear(path)
    return Exported(
        folder,
        schema,
        str(record.get("we") or ""),
        record["zone"],
        changeset["seq"] if _whole(changeset.get("seq")) else 0,
        {table: files[f"{table}.csv"]["rows"] for table in tables},
    )


def _schema(said: dict[str, Any], path: Path) -> int:
    """Return the version of the tables."""
    if said.get("public") is True:
        raise Refused(
            _("{path} holds the lists for the public, which are not the whole record.").format(path=path.parent),
            hint=_("Import a folder written without --public."),
        )
    form, schema = said.get("format"), said.get("schema")
    if not (_whole(form) and _whole(schema) and said.get("public") is False):
        raise _unclear(path)
    if form > FORMAT or schema > SCHEMA_VERSION:  # type: ignore[operator]
        raise Refused(
            _("{path} was written by a newer tracker.").format(path=path.parent),
            hint=_("Update tracker on this computer. Nothing was changed."),
        )
    return int(schema)  # type: ignore[arg-type]


def _files(said: dict[str, Any], path: Path) -> dict[str, dict[str, Any]]:
    files = said.get("files")
    good = isinstance(files, dict) and all(
        isinstance(proof, dict) and all(type(proof.get(key)) is kind for key, kind in _PROVES.items())
        for proof in files.values()
    )
    if not good:
        raise _unclear(path)
    return files  # type: ignore[return-value]


def _refuse_other_files(folder: Path, wanted: list[str], files: Mapping[str, object]) -> None:
    """Raise `Refused` where the manifest or the folder has other files than the tables."""
    try:
        found = {path.name for path in folder.iterdir()} - {MANIFEST}
    except OSError as problem:
        raise _unreadable(folder, problem) from problem
    missing = sorted(set(wanted) - (found & files.keys()))
    extra = sorted((found | files.keys()) - set(wanted))
    for names, sentence in (
        (missing, _("{folder} is not complete: {names} is missing.")),
        (extra, _("{folder} holds what 'export all' does not write: {names}.")),
    ):
        if names:
            shown = ", ".join(brief(name) for name in names[:_NAMED])
            raise Refused(
                sentence.format(folder=folder, names=shown), hint=_("Export it again, or take another copy of it.")
            )


def _prove(path: Path, proof: Mapping[str, Any]) -> None:
    """Raise `Refused` unless the file is the one that was written."""
    try:
        plain = path.is_file() and not path.is_symlink()
        if not plain or path.stat().st_size != proof["bytes"] or _digest(path) != proof["sha256"]:
            raise Refused(
                _("{path} is not the file that was exported: the manifest proves another.").format(path=path),
                hint=_("Export it again, or take another copy of it."),
            )
    except OSError as problem:
        raise _unreadable(path, problem) from problem


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _whole(value: object) -> bool:
    return type(value) is int and value >= 1


def _unclear(path: Path) -> BadValue:
    return BadValue(_("{path} does not say what it must.").format(path=path))


def _unreadable(path: Path, problem: OSError) -> DiskTrouble:
    return DiskTrouble(_("{path} cannot be read: {why}.").format(path=path, why=problem.strerror or problem))
