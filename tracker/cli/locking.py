"""What `lock` and `unlock` share: which record, and what to say of it."""

from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli import context, passphrases
from tracker.i18n import _

if TYPE_CHECKING:
    from tracker.safekeeping.lock import Done


def database() -> Path:
    """Return the database of this run, locked or not."""
    from tracker.paths import find_database

    return find_database(context.asked.db)


def told(done: "Done", *, locked: bool) -> list[str]:
    """Return what to say of a lock (`locked`) or unlock."""
    lines = [_("What an interrupted lock or unlock had left was cleaned up.")] if done.recovered else []
    if done.already:
        said = _("The record is locked: {path}.") if locked else _("The record is not locked: {path}.")
        lines.append(said.format(path=done.path))
    else:
        said = (
            _("Locked: {path} (evidence files: {evidence}, copies: {copies}).")
            if locked
            else _("Unlocked: {path} (evidence files: {evidence}, copies: {copies}).")
        )
        lines.append(said.format(path=done.path, evidence=done.evidence, copies=done.copies))
    if done.strange:
        left = passphrases.words(done.strange)
        lines.append(_("Still plain beside it, because it is not of this record: {files}.").format(files=left))
    if locked and not done.already:
        lines.append(
            _("A disk may keep traces of what was removed; backups elsewhere are not locked: 'tracker help security'.")
        )
    return lines
