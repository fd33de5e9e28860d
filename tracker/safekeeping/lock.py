"""Locking: the database, its evidence and the plain copies beside it go into one encrypted file, and the plain ones go.

One name decides what the record is: while `tracker.db.locked` is there, it is locked, whatever else lies about.

    lock     hold the database alone; write the locked file, read all of it back; write down what is in it, plain
             (`.tracker.db.plain`); give it its name: locked. Then remove what was written down.
    unlock   unpack beside the record and hold against the manifest; write down what will be plain; put it in place;
             remove the locked file: unlocked.

A kill leaves one side or the other complete. What it leaves besides, `recover` removes at the next lock or unlock:
files that were written down, and only while they still are what was written down.
"""

import glob
import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

from tracker.errors import DiskTrouble, Interrupted, NotOurs, Refused
from tracker.i18n import N_, _
from tracker.paths import locked as locked_file
from tracker.paths import plain_list
from tracker.safekeeping import archive, backup, contents, files, placing, sealing, unpacking
from tracker.safekeeping.archive import Manifest, Part
from tracker.safekeeping.restore import hash_of, staging_of
from tracker.safekeeping.sealing import Key
from tracker.store import Connection, connection, copying, keeping

REMOVING: Final = ".removing"
UNLOCKING: Final = ".unlocking"

_BESIDE: Final = re.compile(rf"(?:{keeping.FOLDER}/)?(?!\.\.?/)[^/\\]+")
STILL_PLAIN: Final = N_("The record is locked, but not everything that is plain beside it is removed.")
FINISH: Final = N_("'tracker lock' once more removes it.")

Plain = dict[str, str]
"""Plain files that a locked file holds: name, relative to the record's folder → SHA-256."""


class Done(NamedTuple):
    """What a lock or unlock did: the file, what it holds, how many copies beside the record, what a kill had left."""

    path: Path
    already: bool
    evidence: int
    copies: int
    recovered: bool
    strange: list[Path]


def lock(path: Path, make_key: Callable[[], Key]) -> Done:
    """Lock the record at `path`; `make_key` is asked for only where there is something to lock.

    Raises `NoDatabase`, `NotOurs`, `Busy`, `DiskTrouble` with the record as it was, plain and whole.
    """
    path = path.resolve()
    target = locked_file(path)
    with placing.alone(path):
        recovered, strange = recover(path)
        if os.path.lexists(target):
            return Done(target, True, 0, 0, recovered, strange)
        connection.look(path)
        _refuse_neighbours(path)
        key = make_key()
        with copying.held(path, alone=True) as (db, file):
            record, about = _known(db)
            copies = contents.copies(path)
            about["copies"] = {f"copies/{n}": one.relative_to(path.parent).as_posix() for n, one in enumerate(copies)}
            try:
                with placing.written(target) as (part, out):
                    archive.write(out, backup.note(record, key), _parts(path, file, copies), about, key)
                    out.flush()
                    manifest = _read_back(part, key)
                    plain = _plain(path, manifest)
                    _write_down(path, plain)
            except BaseException:
                if not os.path.lexists(target):
                    plain_list(path).unlink(missing_ok=True)
                raise
            # From here on it is locked. Nobody can have written since the bytes were read: we still hold the database.
            _finish(path, list(plain))
    return Done(target, False, _evidence(manifest), len(copies), recovered, _left(path))


def unlock(path: Path, *, identities: Sequence[Any] = (), ask: Callable[[], str] | None = None) -> Done:
    """Bring the record at `path` back; where it is not locked, only what a kill left is removed.

    Raises `WrongKey`, `DiskTrouble` for a damaged file or a full disk, `Refused` where something else stands in its
    place: then it stays locked.
    """
    path = path.resolve()
    target = locked_file(path)
    with placing.alone(path):
        recovered, strange = recover(path)
        if not os.path.lexists(target):
            connection.look(path)
            return Done(path, True, 0, 0, recovered, strange)
        found = unpacking.look(target)
        if found is None:
            raise sealing.damaged(target)
        keys = sealing.opened(target, found.wrapped, identities, ask)
        staging = path.with_name(f".{path.name}{UNLOCKING}")
        try:
            staging.mkdir(mode=0o700)
            manifest = unpacking.read(found, keys, lambda name: placing.new_file(staging / name))
            plain = _plain(path, manifest)
            moves = list(_moves(path, staging, manifest, plain))
            _write_down(path, plain)
            for source, place in moves:
                placing.move(source, place)
            placing.settle(*{place.parent for _source, place in moves}, path.parent)
            target.unlink()
        except BaseException as problem:
            recover(path)
            if isinstance(problem, OSError):
                raise placing.trouble(path, problem) from problem
            raise
        placing.settle(path.parent)
        recover(path)
    return Done(path, False, _evidence(manifest), len(manifest.get("copies", {})), recovered, strange)


def recover(path: Path) -> tuple[bool, list[Path]]:
    """Finish or clean up what a kill broke off; return whether there was anything, and what was left as it is.

    Left are plain files beside a locked record that are no longer what was locked: somebody put them there.
    """
    is_locked, written_down = os.path.lexists(locked_file(path)), plain_list(path)
    ours = [path.with_name(f".{path.name}{kind}") for kind in (REMOVING, UNLOCKING)] + [staging_of(path)]
    found = [one for one in ours if os.path.lexists(one)]
    try:
        for one in found:
            placing.destroy_folder(one)
        # Somebody may be writing a plain record at this moment; what is locked has no other writer than us.
        parts = contents.unfinished(path) if is_locked else _own_parts(path)
        for part in parts:
            placing.destroy(part)
        if not written_down.exists():
            return bool(found or parts), _left(path) if is_locked else []
        if is_locked:
            plain = _read_down(written_down)
            still = [name for name, sha in plain.items() if hash_of(path.parent / name) == sha]
            _remove(path, still)
        written_down.unlink(missing_ok=True)
    except OSError as problem:
        raise placing.trouble(path, problem) from problem
    return True, _left(path) if is_locked else []


def _own_parts(path: Path) -> list[Path]:
    """Return what a lock that was broken off had written, and not named yet."""
    name = glob.escape(path.name)
    return [*path.parent.glob(f".{name}.locked.*.part"), *path.parent.glob(f"..{name}.plain.*.part")]


def _parts(path: Path, file: BinaryIO, copies: list[Path]) -> Iterator[Part]:
    yield contents.database(file)
    yield from contents.evidence(path)
    for n, copy in enumerate(copies):
        yield contents.part_of(copy, f"copies/{n}")


def _known(db: Connection) -> tuple[str, Manifest]:
    """Return which record it is and what is said of it: little of one that something happened to, which locks, too."""
    try:
        known = keeping.about(db)
        return known.record, {"kind": "locked", **contents.said(known), "counts": contents.counts(db)}
    except Exception:  # noqa: BLE001  (nothing in a damaged database may keep it from being locked)
        return "?", {"kind": "locked"}


def _read_back(part: Path, key: Key) -> Manifest:
    found = unpacking.look(part)
    if found is None:
        raise placing.unread(part)
    return unpacking.read(found, key.identities)


def _plain(path: Path, manifest: Manifest) -> Plain:
    """Return what the parts of a locked file are when they are plain. Raises `DiskTrouble` for names that are not."""
    copies: dict[str, str] = manifest.get("copies", {})
    names = {name: copies.get(name, name) for name in manifest["parts"]} | {archive.RECORD: path.name}
    beside = all(_BESIDE.fullmatch(name) for name in copies.values())
    if not beside or len(set(names.values())) != len(names) or len(names) != len(manifest["parts"]):
        raise sealing.damaged(locked_file(path))
    return {names[part]: each["sha256"] for part, each in manifest["parts"].items()}


def _moves(path: Path, staging: Path, manifest: Manifest, plain: Plain) -> Iterator[tuple[Path, Path]]:
    """Yield each unpacked file and its place, the database last. Raises `Refused` where another stands there."""
    ends = sorted(zip(manifest["parts"], plain.items(), strict=True), key=lambda each: each[0] == archive.RECORD)
    for part, (name, sha) in ends:
        place = path.parent / name
        if os.path.lexists(place) and hash_of(place) != sha:
            raise Refused(
                _("{path} is in the way: it is not what was locked.").format(path=place),
                hint=_("Move it away, then unlock again. The record is still locked."),
            )
        yield staging / part, place


def _write_down(path: Path, plain: Plain) -> None:
    with placing.written(plain_list(path), over=True) as (_part, out):
        out.write(json.dumps(plain).encode())


def _read_down(file: Path) -> Plain:
    try:
        found: Plain = json.loads(file.read_bytes())
    except ValueError:
        return {}
    return found


def _finish(path: Path, names: Sequence[str]) -> None:
    """Remove what is plain beside a record that is locked by now. What stops it is told as what it is."""
    try:
        _remove(path, names)
    except KeyboardInterrupt:
        raise Interrupted(_("Stopped. {said}").format(said=_(STILL_PLAIN)), hint=_(FINISH)) from None
    except OSError as problem:
        raise DiskTrouble(f"{_(STILL_PLAIN)} {problem.strerror or problem}", hint=_(FINISH)) from problem


def _remove(path: Path, names: Sequence[str]) -> None:
    """Remove plain files for good: each leaves its place first, so that one half overwritten is known as ours."""
    removing = path.with_name(f".{path.name}{REMOVING}")
    removing.mkdir(mode=0o700, exist_ok=True)
    for n, name in enumerate(names):
        plain = path.parent / name
        try:
            plain.rename(removing / str(n))
        except FileNotFoundError:
            continue
        except OSError:  # another disk is mounted there
            placing.destroy(plain)
    placing.settle(removing, path.parent)
    placing.destroy_folder(removing)
    for one in contents.unfinished(path):
        placing.destroy(one)
    root = files.folder(path)
    for folder in (*root.glob("??"), root, path.parent / keeping.FOLDER):
        with suppress(OSError):  # somebody else's files are in it
            folder.rmdir()
    plain_list(path).unlink(missing_ok=True)
    placing.settle(path.parent)


def _evidence(manifest: Manifest) -> int:
    return sum(name.startswith("evidence/") for name in manifest["parts"])


def _left(path: Path) -> list[Path]:
    """Return what still lies plain beside a locked record: somebody's own files among ours."""
    left = [path] if os.path.lexists(path) else []
    left += files.every(path)
    kept = path.parent / keeping.FOLDER
    left += [one for one in sorted(kept.glob("*")) if one.is_file() and not one.name.endswith(backup.ENCRYPTED)]
    return left


def _refuse_neighbours(path: Path) -> None:
    """Raise `Refused` where another record in the folder shares the evidence that would be locked away."""
    if not files.folder(path).is_dir():
        return
    for other in sorted(path.parent.iterdir()):
        ours = other == path or other in contents.copies(path) or other.name.startswith(".")
        if ours or not other.is_file():
            continue
        with suppress(NotOurs), other.open("rb") as file:
            if file.read(len(connection.MAGIC)) == connection.MAGIC and connection.look(other):
                raise Refused(
                    _(
                        "{other} is another record in the same folder: its evidence would be locked with this one."
                    ).format(other=other),
                    hint=_("Give each record a folder of its own. Nothing was changed."),
                )
