"""Who may be named in public: the publish level of a person, a detention, a stay or a release."""

from typing import Final

from tracker.casework import minors
from tracker.casework.citations import NOTHING, Cited, cite
from tracker.casework.edits import Field, edited
from tracker.casework.people import read_publish
from tracker.casework.values import date_text
from tracker.domain.masks import COUNTED, WITHHELD, WITHHELD_FACTS
from tracker.domain.text import quoted
from tracker.errors import BadValue, Refused
from tracker.i18n import N_, _
from tracker.store import Change, Row

PUBLISHED: Final = ("detainees", "detentions", "stays", "releases")

FIELDS: Final = {
    "publish": Field(N_("publication"), "publish"),
    "publish_from": Field(N_("publish from")),
}


def publish(
    change: Change, table: str, row: Row, level: str, *, from_: str | None = None, cited: Cited = NOTHING
) -> list[str]:
    """Set the publish level of a record (`named`, `anonymous`, `withheld`, or `unset`); return what changed, in words.

    `from_` keeps a release out of publications until that day; "unknown" takes such a day away. Raises Refused for a
    record that is not published by itself, or `from_` for anything but a release.
    """
    if table not in PUBLISHED:
        raise Refused(
            _("{ref} has no publish level of its own.").format(ref=row["ref"]),
            hint=_(
                "People, detentions, stays and releases have one; a source is private or not ('tracker source edit')."
            ),
        )
    values: dict[str, str | None] = {"publish": read_publish(level)}
    if from_ is not None:
        if table != "releases":
            raise Refused(_("Only a release can be kept back until a day; {ref} is none.").format(ref=row["ref"]))
        values["publish_from"] = date_text(change.db, from_)
    said = edited(change, table, row["id"], values, FIELDS)
    if table == "detainees" and values["publish"] != "named":
        said += minors.take_back(change, row["id"])
    cite(change, table, row["id"], cited, field="publish")
    return said


def publish_minor(
    change: Change, table: str, row: Row, level: str, reason: str | None, *, cited: Cited = NOTHING
) -> list[str]:
    """Let a person be named who may have been under 18 at arrest; return what changed. Raises BadValue, Refused."""
    if table != "detainees" or read_publish(level) != "named":
        raise Refused(
            _("--minor-named is for a person, and for the level named."),
            hint=_("Write: tracker publish WHO named --minor-named --reason TEXT"),
        )
    return publish(change, table, row, level, cited=cited) + minors.allow(change, row["id"], reason)


def treat_withheld(change: Change, how: str) -> list[str]:
    """Set how publications treat withheld facts: `unknown` or `counted`; return what changed. Raises BadValue."""
    word = how.strip().lower()
    if word not in WITHHELD:
        raise BadValue(
            _("--withheld-facts takes {choices}, not {value}.").format(choices=" / ".join(WITHHELD), value=quoted(how))
        )
    row = change.db.execute("SELECT value FROM settings WHERE id = ?", (WITHHELD_FACTS,)).fetchone()
    if (row["value"] if row else WITHHELD[0]) == word:
        return []
    if row is None:
        change.insert("settings", {"id": WITHHELD_FACTS, "value": word})
    else:
        change.update("settings", WITHHELD_FACTS, {"value": word})
    return [
        _("Publications now count withheld facts, and name nobody they are about.")
        if word == COUNTED
        else _("Publications now treat withheld facts as unknown.")
    ]
