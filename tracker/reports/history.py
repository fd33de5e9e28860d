"""Who changed what, when and why: the changesets, or every change to one person or record."""

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo

from tracker.domain.clock import find_zone
from tracker.i18n import N_, _, ngettext
from tracker.matching.who import find_person, find_record
from tracker.reports.history_words import TABLES, in_words
from tracker.store import Connection, merges
from tracker.store import history as log
from tracker.store.head import head
from tracker.store.ids import read_ref
from tracker.store.references import label
from tracker.table import Cell, Column, Row, Table

CHANGESETS = (
    Column("seq", N_("change"), "count"),
    Column("at", N_("when"), "date"),
    Column("actor", N_("who")),
    Column("kind", N_("kind"), words="changeset_kind"),
    Column("reason", N_("what")),
    Column("changes", N_("rows"), "count"),
    Column("undone_by", N_("undone by"), "count"),
    Column("id", N_("id")),
    Column("hash", N_("hash")),
)
SHOWN = ["seq", "at", "actor", "kind", "reason", "changes", "undone_by"]

ENTRIES = (
    Column("seq", N_("change"), "count", blank="?"),
    Column("at", N_("when"), "date"),
    Column("actor", N_("who")),
    Column("reason", N_("what")),
    Column("record", N_("record"), "ref"),
    Column("action", N_("action"), words="log_action"),
    Column("field", N_("fact")),
    Column("before", N_("before")),
    Column("after", N_("after")),
)

READ = tuple(
    Column("record", N_("record")) if column.key == "record" else column for column in ENTRIES if column.key != "reason"
)
MINUTE = len("2026-01-12 09:30")


def local(at: str | None, zone: tzinfo) -> str | None:
    """Return a logged UTC time as the record's local time, with its offset: `2026-01-12 09:30:00-04:00`."""
    if at is None:
        return None
    return datetime.fromisoformat(at).astimezone(zone).isoformat(sep=" ", timespec="seconds")


def changesets(db: Connection, limit: int | None, zone: str, *, every_column: bool = False) -> Table:
    """Return the changesets, newest first, at most `limit`."""
    here = find_zone(zone)
    found = log.changesets(db, limit=limit)
    rows: list[Row] = [
        (one.seq, local(one.at, here), one.actor, one.kind, one.reason, one.changes, one.undone_by, one.id, one.hash)
        for one in found
    ]
    total = log.changeset_count(db)
    pending = head(db).pending
    foot = []
    if pending:
        foot.append(
            ngettext(
                "{n} change by another program is not yet in a changeset; the next command takes it in.",
                "{n} changes by another program are not yet in a changeset; the next command takes them in.",
                pending,
            ).format(n=pending)
        )
    table = Table(
        CHANGESETS,
        rows,
        total=total,
        foot=foot,
        tone=lambda row: "quiet" if row[6] else None,
        empty=_("Nothing has been changed yet."),
    )
    return table if every_column else table.pick(SHOWN)


def of(db: Connection, word: str, limit: int | None, zone: str, *, long: bool) -> Table:
    """Return every change to the person or record `word` means, oldest first: `long` by columns, else in words.

    What changed about those merged into a person is among it.

    Raises `NotFound`, `Ambiguous`.
    """
    ref = read_ref(word)
    table, row = find_record(db, ref) if ref is not None else ("detainees", find_person(db, word, partial=True))
    here = find_zone(zone)
    own = log.belongings(db, table, row["id"])
    if table == "detainees":
        merged = (merges.gone_id(db, one) for one in merges.merged_in(db, row["ref"]))
        own += [each for one in merged if one is not None for each in log.belongings(db, table, one)]
    entries = log.history(db, rows=own)
    rows = [_line(db, one, here) for one in entries] if long else _read(db, entries, here)
    shown = rows if limit is None else rows[-limit:]
    name = row["name"] if "name" in row.keys() else None  # noqa: SIM118  (a Row is no dict)
    title = _("Changes to {name}").format(name=f"{name} ({row['ref']})" if name else row["ref"])
    return Table(ENTRIES if long else READ, shown, title=title, total=len(shown), foot=_beyond(len(rows), limit))


def _read(db: Connection, entries: Iterable[log.Entry], here: tzinfo) -> list[Row]:
    """Return the lines for a reader; the minute is enough."""
    return [
        (one.seq, (local(one.at, here) or "")[:MINUTE] or None, one.actor, record, one.action, fact, before, after)
        for one, record, fact, before, after in in_words(db, entries)
    ]


def _beyond(total: int, limit: int | None) -> Sequence[str]:
    if limit is None or total <= limit:
        return ()
    return (_("The newest {n} of {total}; --limit all shows every one.").format(n=limit, total=total),)


def _line(db: Connection, one: log.Entry, here: tzinfo) -> tuple[Cell, ...]:
    def said(value: object) -> Cell:
        if value is None:
            return None
        if one.field in TABLES:
            return label(db, TABLES[one.field], str(value))
        return str(value)

    return (
        one.seq,
        local(one.at, here),
        one.actor,
        one.reason,
        label(db, one.table, one.row),
        one.action,
        one.field,
        said(one.before),
        said(one.after),
    )
