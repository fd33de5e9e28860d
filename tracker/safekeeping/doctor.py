"""The doctor: whether this computer is a good place for the record. It tells of paths and versions, never of people."""

import os
import platform
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from tracker import paths
from tracker.errors import NoDatabase, TrackerError
from tracker.i18n import N_, _, ngettext
from tracker.safekeeping import files, surroundings
from tracker.store import Store, connection, keeping, sqlite_here
from tracker.store.schema import SCHEMA_VERSION
from tracker.table import Column, Labelled, Table

COLUMNS: Final = (
    Column("item", N_("looked at")),
    Column("state", N_("state")),
    Column("value", N_("what was found")),
    Column("advice", N_("what to do")),
)
STATES: Final = {"ok": N_("ok"), "warn": N_("warning"), "problem": N_("problem")}
MIB: Final = 1 << 20
LEAST_ROOM: Final = 200 * MIB
OLD_BACKUP: Final = 14
"""Days after which a backup is told to be old."""


class Line(NamedTuple):
    """One thing looked at; `state` is ok, warn or problem."""

    item: str
    state: str
    value: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the doctor is asked about: `given` is `--db`, `encoding` that of the terminal, `version` the program's."""

    given: Path | None
    encoding: str
    version: str

    @property
    def database(self) -> Path:
        """Where the database is, or would be looked for."""
        return paths.find_database(self.given)


def examine(asked: Asked) -> list[Line]:
    """Look at everything; what cannot be looked at is a line that says so."""
    found: list[Line] = []
    for look in LOOKS:
        try:
            found += look(asked)
        except OSError as problem:
            what = f"{problem.filename or ''} {problem.strerror or type(problem).__name__}".strip()
            found.append(Line(_("not looked at"), "warn", what))
    return found


def table(found: list[Line]) -> Table:
    """Return the lines as a table."""
    rows = [(one.item, Labelled(one.state, _(STATES[one.state])), one.value, one.advice) for one in found]
    tones = {"warn": "warning", "problem": "error"}
    return Table(COLUMNS, rows, total=len(rows), tone=lambda row: tones.get(str(row[1])))


def _versions(asked: Asked) -> Iterator[Line]:
    """Tell the versions of tracker, Python and SQLite."""
    yield Line("tracker", "ok", f"{asked.version}, {_('schema version')} {SCHEMA_VERSION}")
    yield Line("Python", "ok", f"{platform.python_version()} ({sys.platform}, {platform.machine()})")
    if not sqlite_here.able():
        advice = _("Install a newer Python: the record needs SQLite 3.37 with JSON.")
        yield Line("SQLite", "problem", sqlite_here.version(), advice)
        return
    known = sqlite_here.problems()
    if known:
        advice = _("Update the system when you can. Some systems mend it without a new number.")
        yield Line("SQLite", "ok", f"{sqlite_here.version()}: {'; '.join(known)}", advice)
    else:
        yield Line("SQLite", "ok", f"{sqlite_here.version()}: {_('no known problem')}")


def _database(asked: Asked) -> Iterator[Line]:
    """Tell of the database: where, why there, whether it is one of ours."""
    path, item = asked.database, _("database")
    yield Line(item, "ok", f"{path} ({_why(asked.given)})")
    try:
        version = connection.look(path)
    except NoDatabase:
        yield Line(
            item, "warn", _("There is none yet."), _("Make one with 'tracker init', or name one with --db FILE.")
        )
        return
    except TrackerError as problem:
        yield Line(item, "problem", problem.message, problem.hint or "")
        return
    if version < SCHEMA_VERSION:
        said = _("schema version {n}, older than this program's").format(n=version)
        yield Line(item, "warn", said, _("The next command brings it up to date, after a backup beside it."))
    else:
        yield Line(
            item, "ok", _("schema version {n}, {size} MB").format(n=version, size=_megabytes(path.stat().st_size))
        )
    for end in ("-journal", "-wal", "-shm"):
        left = path.resolve().with_name(path.resolve().name + end)
        if left.exists() and (end != "-journal" or left.stat().st_size):
            said = _("{file} is there: a write was interrupted, or another program has the database open.")
            advice = _("Never delete it. Close other programs; the next command of tracker settles it.")
            yield Line(_("journal"), "warn", said.format(file=left.name), advice)
            return
    yield Line(_("journal"), "ok", _("no write was left half done"))


def _why(given: Path | None) -> str:
    if given is not None:
        return "--db"
    if os.environ.get("TRACKER_DB"):
        return "$TRACKER_DB"
    if paths.find_database(None) == paths.user_folder() / paths.DATABASE_NAME:
        return _("your data folder, as there is no data/tracker.db from here upward")
    return _("the nearest data/tracker.db from here upward")


def _permissions(asked: Asked) -> Iterator[Line]:
    """Tell who else on this computer can read it."""
    path = asked.database.resolve()
    if os.name == "nt" or not path.exists():
        return
    others = stat.S_IRWXG | stat.S_IRWXO
    for item, place, wanted in (
        (_("permissions of the database"), path, "600"),
        (_("permissions of the folder"), path.parent, "700"),
        (_("permissions of the evidence"), files.folder(path), "700"),
    ):
        if not place.exists():
            continue
        mode = stat.S_IMODE(place.stat().st_mode)
        if not mode & others:
            yield Line(item, "ok", f"{mode:o}")
            continue
        everybody = bool(mode & stat.S_IRWXO)
        shared_folder = place == path.parent and not mode & (stat.S_IWGRP | stat.S_IWOTH)
        said = (
            _("{mode}: everybody on this computer can look into it") if everybody else _("{mode}: your group can look")
        )
        state = "ok" if shared_folder else "warn"  # the files in it are closed
        yield Line(item, state, said.format(mode=f"{mode:o}"), f"chmod {wanted} '{place}'")
    if not os.access(path, os.W_OK):
        yield Line(_("writing"), "warn", _("The database can only be read."), f"chmod u+w '{path}'")


def _room(asked: Asked) -> Iterator[Line]:
    """Tell whether there is room for a change, a backup and a journal."""
    folder = _nearest(asked.database.resolve().parent)
    free = shutil.disk_usage(folder).free
    size = asked.database.stat().st_size if asked.database.is_file() else 0
    scarce = free < max(LEAST_ROOM, 3 * size)
    advice = _("Make room: a backup and a large import need about three times the size of the database.")
    yield Line(_("free space"), "warn" if scarce else "ok", f"{_megabytes(free)} MB", advice if scarce else "")


def _nearest(folder: Path) -> Path:
    return next(each for each in (folder, *folder.parents) if each.exists())


def _places(asked: Asked) -> Iterator[Line]:
    """Tell where evidence, case files and temporary files are."""
    root = files.folder(asked.database)
    if root.is_dir():
        sizes = [path.stat().st_size for path in files.every(asked.database)]
        many = ngettext("{n} file, {size} MB", "{n} files, {size} MB", len(sizes))
        yield Line(_("evidence"), "ok", f"{root} ({many.format(n=len(sizes), size=_megabytes(sum(sizes)))})")
    else:
        yield Line(_("evidence"), "ok", f"{root} ({_('none yet')})")
    seeds = paths.seed_folders()
    said = ", ".join(seeds) or _("none")
    yield Line(_("case files"), "ok" if seeds else "warn", said, "" if seeds else _("Install tracker again."))
    yield Line(
        _("temporary files"),
        "ok",
        _("beside what is written; other programs': {path}").format(path=tempfile.gettempdir()),
    )
    left = sorted(path.name for path in _nearest(asked.database.resolve().parent).glob(".*.part"))
    if left:
        advice = _("If no tracker is running, they are left of a write that was stopped, and can be deleted.")
        yield Line(_("unfinished files"), "warn", ", ".join(left[:5]), advice)


def _surroundings(asked: Asked) -> Iterator[Line]:
    """Tell whether the folder is carried elsewhere."""
    folder = _nearest(asked.database.resolve().parent)
    item = _("synchronised folder")
    service = surroundings.carried_by(folder)
    if service:
        advice = _("Keep the record elsewhere: the names go to that company, and a copy in mid-write is damaged.")
        yield Line(item, "warn", _("it looks like {service}").format(service=service), advice)
    else:
        yield Line(item, "ok", _("it does not look like one"))
    kind = surroundings.on_network(folder)
    item = _("file system")
    if kind:
        advice = _("Keep the record on a disk of this computer: locks do not hold over a network.")
        yield Line(item, "warn", _("{kind}, on another computer").format(kind=kind), advice)
    else:
        yield Line(item, "ok", surroundings.file_system(folder) or _("not told by this system"))


def _time_zone(asked: Asked) -> Iterator[Line]:
    """Tell whether the record's time zone is known here."""
    from zoneinfo import ZoneInfo

    zone = "UTC"
    try:
        if asked.database.exists() and connection.look(asked.database) == SCHEMA_VERSION:
            zone = Store(asked.database).zone
    except TrackerError as problem:
        yield Line(_("reading"), "problem", problem.message, problem.hint or _("See 'tracker audit'."))
        return
    try:
        now = datetime.now(ZoneInfo(zone))
    except (KeyError, ValueError, OSError):
        advice = _("Install the package tzdata, or correct the record's zone.")
        yield Line(_("time zone"), "problem", _("{zone} is not known here").format(zone=zone), advice)
        return
    yield Line(_("time zone"), "ok", f"{zone} ({now:%Y-%m-%d %H:%M})")


def _terminal(asked: Asked) -> Iterator[Line]:
    """Tell whether the terminal can show every name."""
    fine = asked.encoding.lower().replace("-", "") == "utf8"
    advice = (
        "" if fine else _("Set the locale to one with UTF-8 (export LANG=C.UTF-8), else names are shown with marks.")
    )
    yield Line(_("encoding of the terminal"), "ok" if fine else "warn", asked.encoding or _("unknown"), advice)


def _backups(asked: Asked) -> Iterator[Line]:
    """Tell how old the newest backup is."""
    path = asked.database.resolve()
    if not path.is_file():
        return
    around = [path.parent, *(each for each in path.parent.iterdir() if each.name == keeping.FOLDER and each.is_dir())]
    names = ("*.backup.tar", "*.backup.age.tar", f"*{keeping.AUTOMATIC}", f"{path.name}.before-*")
    ages = [one.stat().st_mtime for folder in around for name in names for one in folder.glob(name)]
    if not ages:
        yield Line(_("backup"), "warn", _("none found beside the database"), _("Make one: tracker backup FOLDER"))
        return
    days = int((datetime.now(UTC).timestamp() - max(ages)) // 86_400)
    said = ngettext(
        "the newest beside the database is {n} day old", "the newest beside the database is {n} days old", days
    )
    old = days > OLD_BACKUP
    yield Line(
        _("backup"), "warn" if old else "ok", said.format(n=days), _("Make one: tracker backup FOLDER") if old else ""
    )


def _megabytes(size: int) -> str:
    return f"{size / MIB:,.1f}"


LOOKS: Final[tuple[Callable[[Asked], Iterator[Line]], ...]] = (
    _versions, _database, _permissions, _room, _places, _surroundings, _time_zone, _terminal, _backups,
)  # fmt: skip
