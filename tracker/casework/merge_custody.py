"""Two accounts of one person's custody become one.

Two detentions are one where their arrests were on the same day, or may have been and neither had certainly ended when
the other began; also where they overlap and the arrests lie within a month, as dates in reports do. Each detention is
joined with one other at most, the surest pair first; the rest are moved. Stays at one place and releases that
`domain.same_release` calls the same are joined, the others take their place in time.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

from tracker.casework import release_join
from tracker.casework.faults import called, detentions_of, faults, first_effective, releases_of, said, stays_of, stored
from tracker.casework.merge_rows import combine, hand_over, taken
from tracker.casework.release_request import Request, stored_told
from tracker.domain import rules
from tracker.domain.dates import PartialDate
from tracker.domain.same_release import agrees, days_apart, is_upgrade, same_release
from tracker.errors import Refused
from tracker.i18n import _
from tracker.store import Change, Connection, Row

NEAR: Final = 31
"""Days that the reported dates of one arrest may lie apart, where the two detentions overlap."""

_DAY: Final = len("2026-02-08")


_RowsOf: TypeAlias = Callable[[Connection, str], list[Row]]
_Closeness: TypeAlias = Callable[[Row, Row], int | None]
_Joiner: TypeAlias = Callable[[Change, Row, Row], list[str]]


class _Spell(NamedTuple):
    """A detention, its first effective release, the dates on which the person was held, and those of any release."""

    row: Row
    began: PartialDate
    release: Row | None
    ended: PartialDate | None
    held: tuple[PartialDate, ...]
    out: tuple[PartialDate, ...]


def join_custody(change: Change, kept: Row, gone: Row) -> list[str]:
    """Join or move the detentions of `gone` to `kept` (rows of detainees); return what was done, in words."""
    told = []
    pairs = _pairs(change.db, kept["id"], gone["id"])
    for row in detentions_of(change.db, gone["id"]):
        if row["id"] in pairs:
            told += _join(change, change.get("detentions", pairs[row["id"]]), row)
        else:
            change.update("detentions", row["id"], {"detainee": kept["id"]})
            told.append(_("detention {ref}, from {began}: moved").format(ref=row["ref"], began=said(row["began"])))
    return told


def refuse_new_faults(change: Change, kept: Row, gone: Row, before: Sequence[str]) -> None:
    """Raise Refused if the joined record holds what may not be and neither of the two did (`before`)."""
    new = faults(change.db, kept["id"])
    for sentence in before:
        if sentence in new:
            new.remove(sentence)
    if new:
        raise Refused(
            _("{gone} cannot be merged into {kept}: {why}").format(gone=called(gone), kept=called(kept), why=new[0]),
            hint=_(
                "Nothing was changed. Correct the date that is wrong (detention edit, release edit, death --correct) or"
                " record the release in between; if they are two: tracker detainee judge {kept} {gone} different"
            ).format(kept=kept["ref"], gone=gone["ref"]),
        )


def _spell(db: Connection, row: Row) -> _Spell:
    release = first_effective(db, row["id"])
    began = stored(row, "began")
    held = (began, *(stored(stay, "since") for stay in stays_of(db, row["id"])))
    out = tuple(stored(one, "released") for one in releases_of(db, row["id"]) if one["status"] != "retracted")
    return _Spell(row, began, release, None if release is None else stored(release, "released"), held, out)


def _pairs(db: Connection, kept: str, gone: str) -> dict[str, str]:
    """Return which detention of one person is which of the other: id of the one to go → id of the one kept."""
    mine = [_spell(db, row) for row in detentions_of(db, kept)]
    theirs = [_spell(db, row) for row in detentions_of(db, gone)]
    ranked = [
        (rank, a, b) for a, one in enumerate(mine) for b, other in enumerate(theirs) if (rank := _rank(one, other))
    ]
    found: dict[str, str] = {}
    for _how, a, b in sorted(ranked):
        if theirs[b].row["id"] not in found and mine[a].row["id"] not in found.values():
            found[theirs[b].row["id"]] = mine[a].row["id"]
    return found


def _rank(one: _Spell, other: _Spell) -> tuple[int, int, int] | None:
    """Return how surely two detentions are one, the surest lowest, None where they are two."""
    alike = int((one.ended is None) != (other.ended is None))
    apart = days_apart(one.ended, other.ended) if one.ended is not None and other.ended is not None else 0
    precise = one.began.text is not None and len(one.began.text) >= _DAY and ".." not in one.began.text
    if precise and one.began.text == other.began.text:
        return 0, alike, apart
    if _over_before(one, other) or _over_before(other, one) or not _may_end_alike(one, other):
        return None
    if agrees(one.began, other.began):
        return 1 if one.began.known and other.began.known else 3, alike, apart
    overlap = rules.detentions_overlap(rules.Spell(one.began, one.ended), rules.Spell(other.began, other.ended))
    return (2, alike, apart) if overlap and days_apart(one.began, other.began) <= NEAR else None


def _over_before(one: _Spell, other: _Spell) -> bool:
    """Return whether a detention had ended by the day of the other's arrest, or certainly before it was going on.

    A release that is only said counts where it lies before the other's arrest: it cannot be one of that detention.
    """
    if any(rules.certainly_before(when, other.began) for when in one.out):
        return True
    if one.ended is None or one.ended.earliest is None:
        return False
    taken_again = other.began.earliest is not None and other.began.earliest[:_DAY] >= one.ended.earliest[:_DAY]
    return taken_again or any(rules.certainly_before(one.ended, when) for when in other.held)


def _may_end_alike(one: _Spell, other: _Spell) -> bool:
    """Return whether two detentions can have ended as they did and be one."""
    if one.release is None or other.release is None:
        return True
    mine, theirs = stored_told(one.release), stored_told(other.release)
    return same_release(mine, theirs) or is_upgrade(mine, theirs) or is_upgrade(theirs, mine)


def _join(change: Change, kept: Row, gone: Row) -> list[str]:
    """Join two detentions; return what was done and what they disagree on."""
    values = taken("detentions", kept, gone)
    values["entered"] = min(kept["entered"], gone["entered"])
    told = [
        _("detention {gone}, from {theirs}: joined with {kept}, from {mine}").format(
            gone=gone["ref"], theirs=said(gone["began"]), kept=kept["ref"], mine=said(kept["began"])
        )
    ]
    told += combine(change, "detentions", kept, gone, values)
    told += _line_up(change, "stays", kept, gone)
    told += _line_up(change, "releases", kept, gone)
    change.delete("detentions", gone["id"])
    return told


def _line_up(change: Change, table: str, kept: Row, gone: Row) -> list[str]:
    """Join what is the same among the stays or releases of two detentions and put the rest where it belongs in time."""
    rows_of, closeness, join = _RULES[table]
    told: list[str] = []
    mine, theirs = rows_of(change.db, kept["id"]), rows_of(change.db, gone["id"])
    same = _matched(mine, theirs, closeness)
    line: list[Row] = list(mine)
    after = 0
    for row in theirs:
        if row["id"] in same:
            counterpart = mine[same[row["id"]]]
            told += join(change, counterpart, row)
            after = max(after, line.index(counterpart) + 1)
            continue
        place = _place(line, row, "since" if table == "stays" else "released", after)
        line.insert(place, row)
        after = place + 1
        told.append(_("{ref}: moved to {detention}").format(ref=row["ref"], detention=kept["ref"]))
    for step, row in enumerate(line, start=1):
        change.update(table, row["id"], {"detention": kept["id"], "step": step})
    return told


def _matched(mine: Sequence[Row], theirs: Sequence[Row], closeness: _Closeness) -> dict[str, int]:
    """Return which rows are the same, the closest first: id of the one to go → place of the one kept."""
    ranked = [
        (close, b, a)
        for a, one in enumerate(mine)
        for b, other in enumerate(theirs)
        if (close := closeness(one, other)) is not None
    ]
    found: dict[str, int] = {}
    for _close, b, a in sorted(ranked):
        if theirs[b]["id"] not in found and a not in found.values():
            found[theirs[b]["id"]] = a
    return found


def _place(line: Sequence[Row], row: Row, column: str, after: int) -> int:
    """Return where a row belongs: not before `after`, before the first that it certainly precedes.

    Without a date it comes at once: the stay since the arrest, or what followed the one before it.
    """
    when = stored(row, column)
    if not when.known:
        return after
    later = (n for n in range(after, len(line)) if rules.certainly_before(when, stored(line[n], column)))
    return next(later, len(line))


def _same_stay(one: Row, other: Row) -> int | None:
    if one["facility"] != other["facility"]:  # None: whereabouts unknown
        return None
    since, told = stored(one, "since"), stored(other, "since")
    if one["since"] == other["since"]:
        return 0
    return 1 if agrees(since, told) else None


def _join_stays(change: Change, kept: Row, gone: Row) -> list[str]:
    told = combine(change, "stays", kept, gone, taken("stays", kept, gone))
    change.delete("stays", gone["id"])
    return [_("stay {gone}: joined with {kept}").format(gone=gone["ref"], kept=kept["ref"]), *told]


def _same_release(one: Row, other: Row) -> int | None:
    if "retracted" in (one["status"], other["status"]):
        return 0 if one["status"] == other["status"] and _content(one) == _content(other) else None
    mine, theirs = stored_told(one), stored_told(other)
    if not same_release(mine, theirs):
        return None
    return 2 * days_apart(mine.on, theirs.on) + int(one["kind"] != other["kind"])


def _content(release: Row) -> tuple[Any, ...]:
    return tuple(release[name] for name in ("released", "kind", "basis", "conditions", "freed_at"))


def _join_releases(change: Change, kept: Row, gone: Row) -> list[str]:
    """Join two accounts of one release, by the rules for a further statement about it."""
    told = stored_told(gone)
    request = Request(
        on=told.on,
        kind=gone["kind"],
        basis=gone["basis"],
        status=gone["status"],
        conditions=gone["conditions"],
        freed_at=gone["freed_at"],
        publish=gone["publish"],
        publish_from=gone["publish_from"],
    )
    for row in (kept, gone):
        _state_status(change, row)
    release_join.join(change, kept, request)
    change.update("releases", kept["id"], {"entered": min(kept["entered"], gone["entered"])})
    differing = combine(change, "releases", kept, gone, {})
    change.delete("releases", gone["id"])
    return [_("release {gone}: joined with {kept}").format(gone=gone["ref"], kept=kept["ref"]), *differing]


def _state_status(change: Change, release: Row) -> None:
    """Let the citations that speak for a release's status say which it was: the joined release may have another."""
    own = "SELECT id FROM citations WHERE release = ? AND field = 'release_status' AND value IS NULL AND stance = ?"
    for row in change.db.execute(own, (release["id"], "supports")).fetchall():
        change.update("citations", row["id"], {"value": release["status"]})


_RULES: Final[dict[str, tuple[_RowsOf, _Closeness, _Joiner]]] = {
    "stays": (stays_of, _same_stay, _join_stays),
    "releases": (releases_of, _same_release, _join_releases),
}
"""Table → the rows of a detention, how close two of them are (None: not the same), and joining two."""


def join_nationalities(change: Change, kept: str, gone: str) -> None:
    """Let the nationalities of one person (ids) be those of another, with what is cited for them."""
    own = dict(change.db.execute("SELECT country, id FROM nationalities WHERE detainee = ?", (kept,)).fetchall())
    for row in change.db.execute("SELECT * FROM nationalities WHERE detainee = ?", (gone,)).fetchall():
        if row["country"] not in own:
            change.update("nationalities", row["id"], {"detainee": kept})
            continue
        hand_over(change, "nationalities", row["id"], own[row["country"]])
        change.delete("nationalities", row["id"])
