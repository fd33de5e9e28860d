"""Citations: which source, and who in it, says a fact, for or against."""

from dataclasses import dataclass
from typing import Final

from tracker.casework.sources import find_or_add_source
from tracker.casework.values import line
from tracker.errors import Refused
from tracker.i18n import _
from tracker.matching.voices import find_claimant
from tracker.store import Change

ABOUT: Final = {
    "detainees": "detainee",
    "nationalities": "nationality",
    "detentions": "detention",
    "stays": "stay",
    "releases": "release",
    "claims": "claim",
}
"""Table of the record cited → the column of `citations` that points at it."""


@dataclass(frozen=True, slots=True)
class Cited:
    """Who says so, and where: ids of a source and a claimant.

    `said` has sentences to tell the user (a source was made).
    """

    source: str | None = None
    claimant: str | None = None
    locator: str | None = None
    said: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        """Tell whether there is nothing to cite."""
        return self.source is None


NOTHING: Final = Cited()
"""Nobody is cited."""


def read_cited(
    change: Change,
    source: str | None,
    claimant: str | None = None,
    locator: str | None = None,
    *,
    published: str | None = None,
) -> Cited:
    """Return what `-s`, `-c` and `--locator` mean.

    A URL not on record becomes a source, of the date `published` if that is given. Raises NotFound for an unknown
    slug or claimant, Refused for a claimant or locator without a source.
    """
    source, claimant, locator = ((text or "").strip() or None for text in (source, claimant, locator))
    if source is None:
        if claimant or locator:
            raise Refused(
                _("A claimant or a place in a source was given, but no source."),
                hint=_(
                    "Say where it stands with -s: a slug or a URL; 'tracker source add' is for calls and papers, too."
                ),
            )
        return Cited()
    who = find_claimant(change.db, claimant)["id"] if claimant else None
    found, said = find_or_add_source(change, source, published=published)
    return Cited(found, who, line(locator, _("place in the source")), said)


def cite(
    change: Change,
    table: str,
    record: str,
    cited: Cited,
    *,
    field: str | None = None,
    value: str | None = None,
    stance: str = "supports",
) -> str | None:
    """Cite `cited` for the record of that table and id, as a whole or for one field; return the citation's id.

    The same citation (source, claimant, record, field, value, stance) is never added twice: its id comes back, and a
    locator it lacked is filled in. None where there is nothing to cite.
    """
    if cited.source is None:
        return None
    about = ABOUT[table]
    row = change.db.execute(
        f"SELECT id, locator FROM citations WHERE {about} = ? AND source = ? AND claimant IS ? AND field IS ?"
        " AND value IS ? AND stance = ?",
        (record, cited.source, cited.claimant, field, value, stance),
    ).fetchone()
    if row is not None:
        if cited.locator and not row["locator"]:
            change.update("citations", row["id"], {"locator": cited.locator})
        return str(row["id"])
    return change.insert(
        "citations",
        {
            "source": cited.source,
            "claimant": cited.claimant,
            about: record,
            "field": field,
            "value": value,
            "stance": stance,
            "locator": cited.locator,
        },
    )


def recite(
    change: Change, table: str, identifier: str, field: str, *, before: str | None, after: str | None, cited: Cited
) -> None:
    """Bring the citations of a field into line with its new value, which `cited` (if anything) states.

    `field` is a list column, the values as citations hold them. A citation that supported the old value stays beside
    the new one as a disputing citation of the old; one that stated what now holds supports it. Without a
    source the edit corrects our own entry: what supported the field still does.
    """
    if before == after:
        cite(change, table, identifier, cited, field=field)
        return
    about = ABOUT[table]
    rows = change.db.execute(
        f"SELECT id, value, stance, locator FROM citations WHERE {about} = ? AND field = ?", (identifier, field)
    ).fetchall()
    for row in rows:
        if row["value"] is not None and row["value"] == after:
            change.update("citations", row["id"], {"stance": "supports", "value": None})
        elif row["value"] is None and before is not None and row["stance"] == "disputes":
            against = _("against {value}").format(value=before)
            locator = f"{row['locator']}; {against}" if row["locator"] else against
            change.update("citations", row["id"], {"locator": locator})  # what it denied is no longer on record
        elif row["value"] is None and before is not None and not cited.nothing:
            change.update("citations", row["id"], {"stance": "disputes", "value": before})
    cite(change, table, identifier, cited, field=field)
