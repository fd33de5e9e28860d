"""The files that commands about lists write: never the record, its journal or a list that is read, never over another.

All of it is looked at before the first row is read, so that a refusal costs nothing and changes nothing.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tracker.errors import BadValue, Refused
from tracker.i18n import _
from tracker.paths import locked

if TYPE_CHECKING:
    from tracker.importing.reading import Reading
    from tracker.store import Store

BESIDE: Final = ("-journal", "-wal", "-shm")
"""What SQLite keeps beside a database, under its name."""


def refuse(store: "Store", lists: "Sequence[Reading]", *answers: str | None, new: Sequence[str | None] = ()) -> None:
    """Raise Refused where a file to be written is one that must stay, BadValue for a name that is empty.

    `answers` may be written over (what `--output` names, made anew at any time); those of `new` hold what somebody
    works on, and are written only where nothing is.
    """
    named = [name for name in (*answers, *new) if name is not None]
    for name in named:
        if not name.strip():
            raise BadValue(_("The name of a file is empty."))
        _refuse_record(store, name)
        _refuse_lists(lists, name)
    for work in new:
        if work is not None and os.path.isfile(work):  # noqa: PTH113  (a Path raises for a name that is too long)
            raise Refused(
                _("{path} is there already, and is not written over.").format(path=work),
                hint=_("Name another file, or remove that one. Nothing was changed."),
            )
    real = [os.path.realpath(name) for name in named if not _is_stream(name)]
    for place, name in enumerate(real):
        if name in real[:place]:
            raise Refused(
                _("{path} is named twice, for two files.").format(path=named[place]), hint=_("Nothing was changed.")
            )


def _refuse_record(store: "Store", name: str) -> None:
    own = os.path.realpath(store.path)
    if _same(name, own):
        raise Refused(
            _("{path} is the database itself; write somewhere else.").format(path=name), hint=_("Nothing was changed.")
        )
    if any(_same(name, other) for other in (*(own + end for end in BESIDE), str(locked(store.path)))):
        raise Refused(
            _("{path} belongs to the database; write somewhere else.").format(path=name),
            hint=_("Nothing was changed."),
        )


def _refuse_lists(lists: "Sequence[Reading]", name: str) -> None:
    for reading in lists:
        if reading.file.path is not None and _same(name, str(reading.file.path)):
            raise Refused(
                _("{path} is the list itself; write somewhere else.").format(path=name), hint=_("Nothing was changed.")
            )


def _same(name: str, other: str) -> bool:
    """Tell whether two paths are one file, or would be."""
    try:
        return os.path.samefile(name, other)  # noqa: PTH121
    except OSError:
        return os.path.realpath(name) == os.path.realpath(other)


def _is_stream(name: str) -> bool:
    """Tell whether a name is a pipe or a device: several things may go into one."""
    return Path(name).exists() and not Path(name).is_file()
