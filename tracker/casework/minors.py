"""Naming in public somebody who was, or may have been, under 18 at arrest: per person, for a reason kept on record.

The reason is a setting of its own, named by the person's id: it is logged and undone like everything else, moves to
nobody else with a merge or a split, and ends as soon as the person is not to be named any more.
"""

from typing import Final

from tracker.domain.text import clean_text
from tracker.errors import BadValue
from tracker.i18n import _
from tracker.store import Change
from tracker.store.adulthood import MINOR_NAMED

LONGEST: Final = 500


def allow(change: Change, person: str, reason: str | None) -> list[str]:
    """Let somebody be named in spite of their age; return what changed, in words. Raises BadValue without a reason."""
    text = clean_text(reason or "", _("reason"), LONGEST)
    if not text:
        raise BadValue(
            _("Somebody who may have been under 18 at arrest is named only for a reason."),
            hint=_("Say who agreed to it, and why it helps: --reason TEXT."),
        )
    name = MINOR_NAMED + person
    row = change.db.execute("SELECT value FROM settings WHERE id = ?", (name,)).fetchone()
    if row is None:
        change.insert("settings", {"id": name, "value": text})
    elif not change.update("settings", name, {"value": text}):
        return []
    return [_("may be named even if under 18 at arrest: {reason}").format(reason=text)]


def take_back(change: Change, person: str) -> list[str]:
    """Let the age of somebody count again; return what changed, in words."""
    name = MINOR_NAMED + person
    if change.db.execute("SELECT 1 FROM settings WHERE id = ?", (name,)).fetchone() is None:
        return []
    change.delete("settings", name)
    return [_("may no longer be named if under 18 at arrest")]
