"""Restoring: a backup is unpacked beside where it will stand, proved, and only then put in place."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import file_digest
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

from tracker.errors import NotOurs, Problems, Refused, TrackerError
from tracker.i18n import _
from tracker.safekeeping import archive, contents, files, placing, sealing, unpacking
from tracker.safekeeping.archive import Manifest
from tracker.safekeeping.sealing import damaged
from tracker.store import Store, connection, copying, keeping, migrations, proof
from tracker.store.keeping import About
from tracker.store.schema import SCHEMA_VERSION

TOLD: Final = 5  # findings of the audit told in one refusal


class Proved(NamedTuple):
    """A backup unpacked and proved: what it is of, how much it holds, and what does not agree in it."""

    about: About
    counts: dict[str, int]
    evidence: int
    not_whole: list[str]
    findings: list[str]


class Restored(NamedTuple):
    """What was restored, and where the record that stood there before is now (None if there was none)."""

    proved: Proved
    kept: Path | None


def restore(
    source: Path,
    target: Path,
    *,
    identities: Sequence[Any] = (),
    ask: Callable[[], str] | None = None,
    replace: Callable[[Proved], None] | None = None,
    altered: bool = False,
    dry_run: bool = False,
) -> Restored:
    """Put the record in the backup `source` at `target`, once all of it is proved.

    Where a record stands already, `replace` is asked (it raises to refuse; None refuses), and the old one is kept under
    a dated name. `altered` takes a record whose log does not agree with it. Raises `WrongKey`, `NotOurs`, `Refused`,
    `Problems` for a record that does not agree with its log, `DiskTrouble`: then nothing is changed.
    """
    target = target.resolve()
    placing.make_folder(target.parent)
    with placing.alone(target):
        connection.refuse_locked(target)
        if os.path.lexists(target) and replace is None and not dry_run:
            raise Refused(
                _("There is already something at {path}.").format(path=target),
                hint=_("Restore it elsewhere with --to FILE, or in its place with --replace: the old one is kept."),
            )
        with _staged(target) as staging:
            manifest = _unpack(source, staging, identities, ask)
            proved = _prove(source, staging, manifest, altered=altered)
            if dry_run:
                return Restored(proved, None)
            kept = None
            if os.path.lexists(target):
                _refuse_other_record(target, proved)
                if replace is not None:
                    replace(proved)
            evidence = _place_evidence(staging, target)
            kept = _place(staging / archive.RECORD, target, proved)
            placing.settle(*evidence, target.parent)
            return Restored(proved, kept)


@contextmanager
def _staged(target: Path) -> Iterator[Path]:
    """Give a folder of our own beside `target`; nothing is left of it afterwards."""
    staging = staging_of(target)
    placing.destroy_folder(staging)
    try:
        staging.mkdir(mode=0o700)
        yield staging
    except OSError as problem:
        raise placing.trouble(target, problem) from problem
    finally:
        placing.destroy_folder(staging)


def staging_of(target: Path) -> Path:
    """Return where a backup is unpacked before it is put in place."""
    return target.with_name(f".{target.name}.restoring")


def _unpack(source: Path, staging: Path, identities: Sequence[Any], ask: Callable[[], str] | None) -> Manifest | None:
    """Unpack `source` into `staging`; return its manifest, None for a bare database (a copy the program made)."""
    if source.is_dir():
        raise NotOurs(_("{path} is a folder, not a backup.").format(path=source), hint=_("Name the file itself."))
    with source.open("rb") as file:
        bare = file.read(len(connection.MAGIC)) == connection.MAGIC
    if bare:
        with source.open("rb") as file, placing.new_file(staging / archive.RECORD) as copy:
            shutil.copyfileobj(file, copy, archive.PIECE)
        return None
    found = unpacking.look(source)
    if found is None:
        raise NotOurs(
            _("{path} is not a backup made by tracker.").format(path=source),
            hint=_("'tracker backup --list' lists those beside the record."),
        )

    def place(name: str) -> BinaryIO | None:
        return None if name.startswith("copies/") else placing.new_file(staging / name)

    keys = sealing.opened(source, found.wrapped, identities, ask) if found.sealed else []
    return unpacking.read(found, keys, place)


def _prove(source: Path, staging: Path, manifest: Manifest | None, *, altered: bool) -> Proved:
    """Hold the unpacked record against its manifest and its own log. Raises as `restore` does."""
    record = staging / archive.RECORD
    if not record.exists():
        raise damaged(source)
    try:
        with keeping.examined(record) as db:
            about, counted, wanted = keeping.about(db), contents.counts(db), contents.referenced(db)
    except NotOurs as problem:
        known = problem.message.replace(str(record), str(source))  # the name the user knows
        raise NotOurs(known, hint=problem.hint) from problem
    if manifest is not None and manifest.get("counts", counted) != counted:
        raise damaged(source)
    if about.schema < SCHEMA_VERSION:
        migrations.upgrade(record, copied=False)
    findings = _findings(record)
    if findings and not altered:
        raise Problems(
            _("The record in {path} does not agree with its own log. Nothing was changed.").format(path=source)
            + "".join(f"\n  {one}" for one in findings[:TOLD]),
            hint=_("Use an older backup, or take this one as it is with --even-if-altered."),
        )
    parts = manifest["parts"] if manifest else {}
    evidence = sum(name.startswith("evidence/") for name in parts)
    not_whole = contents.not_whole(manifest, wanted) if manifest else []
    return Proved(about, counted, evidence, not_whole, findings)


def _findings(record: Path) -> list[str]:
    try:
        with Store(record).auditing() as db:
            return [finding.message for finding in proof.verify(db).findings]
    except TrackerError as problem:
        return [problem.message]


def _refuse_other_record(target: Path, proved: Proved) -> None:
    """Raise `Refused` where what stands at `target` is another record; what cannot be read may be replaced."""
    try:
        with keeping.examined(target) as db:
            there = keeping.about(db)
    except TrackerError:
        return
    if there.record != proved.about.record:
        raise Refused(
            _("This is a backup of another record ({we}) than the one at {path}.").format(
                we=proved.about.we or "?", path=target
            ),
            hint=_("Restore it elsewhere with --to FILE."),
        )


def _place_evidence(staging: Path, target: Path) -> list[Path]:
    """Put evidence where it belongs; what is there as it should be stays, what is there otherwise is put aside."""
    folders: list[Path] = []
    for file in sorted((staging / "evidence").glob("??/*")):
        place = files.folder(target) / file.parent.name / file.name
        if os.path.lexists(place):
            if hash_of(place) == hash_of(file):
                continue
            place.rename(keeping.free(place.parent, f"{place.name}.altered", ""))
        placing.move(file, place)
        folders += [place.parent, place.parent.parent]
    return list(dict.fromkeys(folders))


def hash_of(path: Path) -> str | None:
    """Return the SHA-256 of a plain file, None where there is none that can be read."""
    if path.is_symlink() or not path.is_file():
        return None
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _place(record: Path, target: Path, proved: Proved) -> Path | None:
    """Give the restored database its name; return where the one that had it is kept, None if there was none.

    That one is copied, whole, before its name is taken, while nobody can write to it.
    """
    if not os.path.lexists(target):
        placing.name_it(record, target)
        return None
    kept = keeping.free(target.parent, f"{target.name}.replaced-{proved.about.moment.replace(':', '')}", "")
    try:
        with copying.held(target, alone=True) as (_db, file):
            _keep(file, kept)
            record.replace(target)
    except NotOurs:  # too damaged for SQLite to hold it: nobody can write to it either
        with target.open("rb") as file:
            _keep(file, kept)
        for suffix in contents.JOURNALS:  # what SQLite left of the old one would be taken for the new one's
            with suppress(FileNotFoundError):
                target.with_name(target.name + suffix).replace(kept.with_name(kept.name + suffix))
        record.replace(target)
    return kept


def _keep(file: BinaryIO, kept: Path) -> None:
    file.seek(0)
    with placing.written(kept) as (_part, copy):
        shutil.copyfileobj(file, copy, archive.PIECE)
