"""A statement joins the release it speaks of: the citation is added, and what it states is weighed.

A higher status brings its own date and terms; what was there before stays as a disputing citation of those who said
so. A lower status never lowers. What nobody had stated may be filled in: the basis, conditions and place of freeing by
anybody; terms and date, on which a standing rests, only by a status at least as high. A date within the one on record
sharpens it. Terms that nobody had stated, stated by a lower status, are not filled in: they stay a citation of theirs.

A citation for the record as a whole says its date as it then stood; the one made together with the release says its
other facts too; whoever came later is cited for each other fact he stated.
"""

from typing import Final

from tracker.casework.citations import Cited, cite
from tracker.casework.release_request import FIELDS, Request, stored_told
from tracker.domain.dates import PartialDate, partial
from tracker.domain.names import fold
from tracker.domain.same_release import UNSTATED, agrees, sharper
from tracker.domain.vocabulary import STATUS_RANK, label
from tracker.errors import BadValue
from tracker.i18n import _
from tracker.store import Change, Row

DECISIVE: Final = ("released", "kind")
"""The columns on which a standing rests."""

UNKNOWN_DATE: Final = "unknown"
"""What a citation says of a date that its source does not know, as lists do."""

_NARROWNESS: Final = {None: 0, "named": 0, "anonymous": 1, "withheld": 2}


def join(change: Change, release: Row, request: Request) -> tuple[bool, list[str]]:
    """Let `request` join `release`; return whether it was not cited for it yet, and what disagrees, in words."""
    new = not _is_cited(change, release["id"], request.cited)
    gain = 0
    if release["status"] != "retracted":
        gain = STATUS_RANK[request.status] - STATUS_RANK[release["status"]]
    notes: list[str] = []
    taken: dict[str, str | None] = {}
    for column, value in request.stated().items():
        old = None if release[column] == UNSTATED else release[column]
        if _takes(release, column, old, request, gain):
            taken[column] = value
        elif old is None or not _equal(column, value, old) or column != "released":
            notes += _kept(change, release, column, value, request)
    if not request.on.known and release["released"] is not None:
        cite(change, "releases", release["id"], request.cited, field=FIELDS["released"], value=UNKNOWN_DATE)
    if gain > 0:
        taken["status"] = request.status
    taken |= _publishing(release, request, notes)
    for column, text in taken.items():
        if column in request.stated():
            reweigh(change, release, column, text)
            displace(change, release, column, text)
    change.update("releases", release["id"], taken)
    for column in taken:
        if column in request.stated() and (column != "released" or gain <= 0):
            cite(change, "releases", release["id"], request.cited, field=FIELDS[column], value=taken[column])
    cite(change, "releases", release["id"], request.cited)
    return new, notes


def _is_cited(change: Change, release: str, cited: Cited) -> bool:
    if cited.source is None:
        return True
    known = "SELECT 1 FROM citations WHERE release = ? AND source = ? AND claimant IS ?"
    return change.db.execute(known, (release, cited.source, cited.claimant)).fetchone() is not None


def _takes(release: Row, column: str, old: str | None, request: Request, gain: int) -> bool:
    """Return whether the record takes over what is stated for a column."""
    value = request.stated()[column]
    if release["status"] == "retracted":
        return False
    if old is None:
        return column not in DECISIVE or gain >= 0
    if _equal(column, value, old):
        return False
    if column == "released":
        on = stored_told(release).on
        return (gain > 0 and not sharper(on, request.on)) or (gain == 0 and sharper(request.on, on))
    return gain > 0


def _equal(column: str, value: str, old: str) -> bool:
    return value == old if column in ("released", "kind", "basis") else fold(value) == fold(old)


def _kept(change: Change, release: Row, column: str, value: str, request: Request) -> list[str]:
    """Cite what is stated for a column and not taken over; return a sentence if it contradicts the record."""
    fits = fitting(column, value, release[column])
    cite(
        change,
        "releases",
        release["id"],
        request.cited,
        field=FIELDS[column],
        value=value,
        stance="supports" if fits else "disputes",
    )
    if fits and release[column] not in (None, UNSTATED):
        return []
    return [
        _("{fact}: {recorded} on record ({ref}), {told} by this source").format(
            fact=label("record_field", FIELDS[column]),
            recorded=_shown(column, release[column]),
            ref=release["ref"],
            told=_shown(column, value),
        )
    ]


def _shown(column: str, value: str | None) -> str:
    if column in ("kind", "basis"):
        return label(FIELDS[column], value or UNSTATED)
    return value if value is not None else _("nothing")


def fitting(column: str, value: str | None, recorded: str | None) -> bool:
    """Return whether what a source states for a column can be right beside what is on record."""
    if value is None or recorded is None or UNSTATED in (value, recorded):
        return True
    if column == "released":
        one, other = _date(value), _date(recorded)
        return one is not None and other is not None and agrees(one, other)
    return _equal(column, value, recorded)


def _date(text: str) -> PartialDate | None:
    try:
        return partial(None if text == UNKNOWN_DATE else text)
    except BadValue:  # cited in words of its own
        return None


def reweigh(change: Change, release: Row, column: str, new: str | None) -> None:
    """Turn the citations that state a value of a column for or against the `new` one that the record takes."""
    for row in _stating(change, release["id"], column):
        fits = fitting(column, row["value"], new)
        if row["stance"] == "supports" and not fits:
            change.update("citations", row["id"], {"stance": "disputes"})
        elif row["stance"] == "disputes" and fits and not fitting(column, row["value"], release[column]):
            change.update("citations", row["id"], {"stance": "supports"})


def displace(change: Change, release: Row, column: str, new: str | None) -> None:
    """Keep what a column says, before `new` takes its place, as citations of those who said it."""
    old = None if release[column] == UNSTATED else release[column]
    if new == old or (old is None and column != "released"):
        return
    said = UNKNOWN_DATE if old is None else old
    stance = "supports" if fitting(column, said, new) else "disputes"
    agreeing = "SELECT id FROM citations WHERE release = ? AND field = ? AND value IS NULL AND stance = 'supports'"
    for row in change.db.execute(agreeing, (release["id"], FIELDS[column])).fetchall():
        change.update("citations", row["id"], {"value": said, "stance": stance})
    stating = {(row["source"], row["claimant"]) for row in _stating(change, release["id"], column)}
    whole = _whole(change, release["id"])
    if column != "released":
        whole = [row for row in whole[:1] if _made_together(change, release["id"], row["id"])]
    for row in whole:
        if (row["source"], row["claimant"]) not in stating:
            cited = Cited(row["source"], row["claimant"], row["locator"])
            cite(change, "releases", release["id"], cited, field=FIELDS[column], value=said, stance=stance)


def _stating(change: Change, release: str, column: str) -> list[Row]:
    """Return the citations that state a value of a column."""
    return change.db.execute(
        "SELECT * FROM citations WHERE release = ? AND field = ? AND value IS NOT NULL ORDER BY id",
        (release, FIELDS[column]),
    ).fetchall()


def _whole(change: Change, release: str) -> list[Row]:
    """Return the citations that support the release as a whole."""
    return change.db.execute(
        "SELECT * FROM citations WHERE release = ? AND field IS NULL AND stance = 'supports' ORDER BY id", (release,)
    ).fetchall()


def _made_together(change: Change, release: str, citation: str) -> bool:
    """Return whether a release and a citation of it entered the record in one change."""
    made = 'SELECT seq FROM changes WHERE "table" = ? AND row = ? AND before IS NULL'
    first = change.db.execute(made, ("releases", release)).fetchone()
    second = change.db.execute(made, ("citations", citation)).fetchone()
    return first is not None and second is not None and first["seq"] == second["seq"]


def _publishing(release: Row, request: Request, notes: list[str]) -> dict[str, str | None]:
    """Return what changes about publication: a statement may narrow what is public, never widen it."""
    taken: dict[str, str | None] = {}
    if request.publish is not None:
        if _NARROWNESS[request.publish] >= _NARROWNESS[release["publish"]]:
            taken["publish"] = request.publish
        else:
            notes.append(
                _("publication stays {level} ({ref}): only 'tracker publish' widens it").format(
                    level=label("publish", release["publish"]), ref=release["ref"]
                )
            )
    if request.publish_from is not None and request.publish_from >= (release["publish_from"] or ""):
        taken["publish_from"] = request.publish_from
    if request.note and request.note not in (release["note"] or ""):
        taken["note"] = "\n".join(filter(None, (release["note"], request.note)))
    return taken
