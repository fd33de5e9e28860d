"""Who may be named in public: the publish level of a person, a detention, a stay or a release."""

from typing import Final

from tracker.casework.citations import NOTHING, Cited, cite
from tracker.casework.edits import Field, edited
from tracker.casework.people import read_publish
from tracker.casework.values import date_text
from tracker.errors import Refused
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
    cite(change, table, row["id"], cited, field="publish")
    return said
