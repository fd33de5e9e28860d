"""What stands below a figure so that it can be trusted and made again: as of when, how sure, what is left out."""

from collections.abc import Iterable, Sequence
from typing import Final

from tracker.domain.masks import SOMEBODY
from tracker.domain.vocabulary import STATUS_RANK, keys, label
from tracker.i18n import _, ngettext
from tracker.reports.asked import KEEP, Asked, said
from tracker.reports.standings import Tally
from tracker.store import Connection

HASH_SHOWN: Final = 8


def name_sql(asked: Asked) -> str:
    """Return SQL for the name of a person `d` as it may be shown."""
    if not asked.public:
        return "coalesce(d.name, d.description)"
    return f"CASE WHEN d.nameable THEN d.name ELSE {somebody_sql(asked)} END"


def somebody_sql(asked: Asked) -> str:
    """Return SQL for what a person `d` is called who may not be named."""
    return "'" + SOMEBODY.format(code=f"' || {pseudonym_sql(asked, 'd.id')} || '") + "'"


def pseudonym_sql(asked: Asked, person: str) -> str:
    """Return SQL for the pseudonym of a person (SQL for an id)."""
    return f"{'lasting_pseudonym' if asked.pseudonyms == KEEP else 'pseudonym'}({person})"


def by_entry(asked: Asked, person: str) -> str:
    """Return SQL that puts people alike in order: that of their entry, in public one that tells nothing of it."""
    return pseudonym_sql(asked, person) if asked.public else person


PAIRS: Final = (
    "SELECT json_extract(value, '$[0]') AS line, json_extract(value, '$[1]') AS detainee FROM json_each(:pairs)"
)


def pairs(found: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return (line, person) pairs as the parameter of `PAIRS`."""
    import json

    return {"pairs": json.dumps(found)}


def counted(n: int, bounds: tuple[int, int], words: str | None = None) -> str:
    """Return a figure, or `words` that say it, with its bounds: `712 (between 709 and 716)`."""
    low, high = bounds
    figure = str(n) if words is None else words
    if (low, high) == (n, n):
        return figure
    return _("{n} (between {low} and {high})").format(n=figure, low=low, high=high)


def listed(parts: Iterable[tuple[str, int]]) -> str:
    """Return `600 detained; 100 house arrest`, without what nobody is."""
    return "; ".join(f"{n} {name}" for name, n in parts if n)


def standings(tally: Tally, shown: Sequence[str]) -> str:
    """Return the counted people by standing, in the order of the vocabulary."""
    found = tally.by_standing()
    return listed((label("standing", key), found.get(key, 0)) for key in keys("standing") if key in shown)


def notes(db: Connection, asked: Asked, *lines: str) -> list[str]:
    """Return the foot: the clocks, the question's own lines, the filters, who is left out, and the record."""
    return [
        clocks(asked),
        *(line for line in lines if line),
        rule(asked),
        *([_("Only: {filters}.").format(filters=", ".join(asked.said))] if asked.said else []),
        *_left_out(db, asked),
        _("{file}, change {seq} ({hash}).").format(
            file=asked.record.file, seq=asked.record.changeset, hash=asked.record.hash[:HASH_SHOWN] or "–"
        ),
    ]


def rule(asked: Asked) -> str:
    """Return how was counted: the name and the text of the rule."""
    return _("Counting rule “{name}”: {text}").format(name=asked.rule.name, text=asked.rule.text)


def doubts(tally: Tally, shown: Sequence[str]) -> str:
    """Return how many of the counted are uncertain, and how many others could belong to them."""
    inside, outside = tally.uncertain(shown)
    parts = []
    if inside:
        parts.append(
            ngettext("{n} of those counted is uncertain", "{n} of those counted are uncertain", inside).format(n=inside)
        )
    if outside:
        parts.append(
            ngettext("{n} not counted could be among them", "{n} not counted could be among them", outside).format(
                n=outside
            )
        )
    return _("{doubts} (tracker remaining --uncertain).").format(doubts="; ".join(parts)) if parts else ""


def said_out(tally: Tally, among: Sequence[str]) -> str:
    """Return how many of the people of these standings somebody unverified says are out."""
    found = tally.said_out(among)
    total = sum(found.values())
    if not total:
        return ""
    statuses = listed(
        (label("release_status", status), found.get(status, 0)) for status in sorted(found, key=STATUS_RANK.__getitem__)
    )
    return ngettext(
        "{n} of them is said to be out, unverified: {statuses}.",
        "{n} of them are said to be out, unverified: {statuses}.",
        total,
    ).format(n=total, statuses=statuses)


def clocks(asked: Asked) -> str:
    """Return as of when, known by when, published by when."""
    parts = [_("As of {moment} ({zone})").format(moment=said(asked.moment), zone=asked.record.zone)]
    if asked.known_by is not None:
        parts.append(_("as this record knew it by {known}").format(known=asked.known_by))
    if asked.published_by is not None:
        parts.append(_("as published by {published}").format(published=asked.published_by))
    return ", ".join(parts) + "."


def _left_out(db: Connection, asked: Asked) -> list[str]:
    if asked.public:  # a count of who is left out would tell of people who asked not to be counted
        return [_("People who asked not to be counted are left out; how many is not said.")]
    lines = []
    excluded = db.execute("SELECT count(*) FROM detainees WHERE excluded = 1").fetchone()[0]
    if excluded:
        lines.append(
            ngettext(
                "{n} person excluded from the record is not counted.",
                "{n} people excluded from the record are not counted.",
                excluded,
            ).format(n=excluded)
        )
    if asked.rule.min_hours:
        from tracker.store.lasting import too_short

        lines.append(_("Detentions left out as too short to count: {n}.").format(n=too_short(db)))
    if asked.published_by is not None:
        lines += _unpublished(db)
    return lines


def _unpublished(db: Connection) -> list[str]:
    """Return what a question with `--published-by` does not count: published later, or without a date to tell by."""
    from tracker.store.published import detentions_left_out, left_out

    found = {line.table: line for line in left_out(db)}
    people, releases = found["detainees"], found["releases"]
    lines = []
    if people.later or people.undated or people.uncited:
        lines.append(
            _(
                "Left out: people whose sources are all later: {later}; people of whom no dated source speaks by then,"
                " but an undated one or none: {undated}."
            ).format(later=people.later, undated=people.undated + people.uncited)
        )
    if detentions := detentions_left_out(db):
        lines.append(
            _("Detentions left out of which no dated source speaks by then, but an undated one or none: {n}.").format(
                n=detentions
            )
        )
    if releases.undated or releases.uncited:
        lines.append(
            _("Releases left out of which no dated source speaks by then, but an undated one or none: {n}.").format(
                n=releases.undated + releases.uncited
            )
        )
    return lines
