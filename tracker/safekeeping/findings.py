"""What the audit finds, in words: a row of its table for each thing that is not as it should be."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from tracker.domain.text import brief, quoted
from tracker.i18n import N_, _, ngettext
from tracker.store import Connection, references
from tracker.store.inspection import Damaged, Dangling, Edit, More
from tracker.store.proof import NAMED
from tracker.store.proof import Finding as Broken
from tracker.store.rederiving import Differs, Misread
from tracker.store.schema import TABLES
from tracker.store.structure import derived as derived_columns
from tracker.store.structure import references as references_of
from tracker.table import Cell, Column, Labelled, Row

LONGEST: Final = 60  # characters of a value before and after

COLUMNS: Final = (
    Column("finding", N_("finding")),
    Column("severity", N_("severity"), words="severity"),
    Column("table", N_("table")),
    Column("ref", N_("ref"), "ref"),
    Column("column", N_("column")),
    Column("message", N_("what was found")),
)
WORDS: Final = {
    "damaged": N_("damaged"),
    "structure": N_("structure"),
    "foreign_key": N_("points at nothing"),
    "tampered": N_("tampered"),
    "outside_edit": N_("outside edit"),
    "derived": N_("not as derived"),
    "evidence_missing": N_("evidence missing"),
    "evidence_altered": N_("evidence altered"),
    "evidence_unused": N_("evidence unused"),
}


class Finding(NamedTuple):
    """One thing found; `table`, `ref` and `column` as far as it is about a record."""

    finding: str
    severity: str
    message: str
    table: Cell = None
    ref: Cell = None
    column: str | None = None

    def cells(self) -> Row:
        """Return it as a row of the table."""
        kind = Labelled(self.finding, _(WORDS[self.finding]))
        return (kind, self.severity, self.table, self.ref, self.column, self.message)


def damaged(why: str) -> Finding:
    """Tell of what SQLite says of the file."""
    return Finding("damaged", "error", _("The file is damaged: {why}.").format(why=brief(why, 300).rstrip(".")))


def stranger(name: str) -> Finding:
    """Tell of a table, trigger, view or index that is not as it was made."""
    if name == "user_version":
        return Finding("structure", "error", _("The file's header gives another version than its tables have."))
    message = _("{name} is missing, unknown, or not as tracker made it.").format(name=quoted(name))
    return Finding("structure", "error", message)


def points_at_nothing(db: Connection, found: Dangling) -> Finding:
    """Tell of a row that points at a row which is not there."""
    ref = references.label(db, found.table, found.row) if found.row is not None else None
    message = _("It points at a row of {table} that is not there.").format(table=found.target)
    return Finding("foreign_key", "error", message, found.table, ref, found.column)


def broken(db: Connection, found: Broken) -> Finding:
    """Tell of what does not agree with the log. A row the log never saw came from outside, whatever it took."""
    tables = tuple(dict.fromkeys(table for table, _row in found.records))
    refs = [references.label(db, table, row) for table, row in found.records[:NAMED]]
    more = len(found.records) - NAMED
    if more > 0:
        refs.append(_("and {n} more").format(n=more))
    kind = "outside_edit" if found.what == "unlogged" else "tampered"
    return Finding(kind, "error", found.message, tables or None, tuple(refs) or None)


def outside(db: Connection, found: Edit | More | Damaged) -> Iterator[Finding]:
    """Tell of what another program did to a row, column by column."""
    if isinstance(found, Damaged):
        yield damaged(found.why)
        return
    severity = "warning" if found.seq is None else "note"
    when = _waiting() if found.seq is None else _("taken in as change {seq}").format(seq=found.seq)
    if isinstance(found, More):
        many = ngettext("Another program changed {n} more row", "Another program changed {n} more rows", found.rows)
        yield Finding("outside_edit", severity, f"{many.format(n=found.rows)} ({when}).")
        return
    ref = next((str(before or after) for name, before, after in found.changed if name == "ref"), None)
    ref = ref or references.label(db, found.table, found.row)
    told = _told(db, found)
    if found.action == "changed":
        for column, before, after in told:
            message = _("Another program changed it: {before} → {after} ({when}).").format(
                before=before, after=after, when=when
            )
            yield Finding("outside_edit", severity, message, found.table, ref, column)
        return
    values = "; ".join(f"{column}: {after if found.action == 'added' else before}" for column, before, after in told)
    said = _("Another program added it: {values} ({when}).")
    if found.action == "removed":
        said = _("Another program removed it: {values} ({when}).")
    yield Finding("outside_edit", severity, said.format(values=values, when=when), found.table, ref)


def _waiting() -> str:
    return _("the next change made with tracker takes it in")


def _told(db: Connection, found: Edit) -> list[tuple[str, str, str]]:
    """Return the columns worth telling, with what was and is in words: not the id, nor what follows from another."""
    own = derived_columns(found.table) if found.table in TABLES else frozenset()
    targets = references_of(found.table) if found.table in TABLES else {}
    said = [one for one in found.changed if one[0] != "id" and one[0] not in own] or found.changed

    def words(column: str, value: Any) -> str:
        if value is None:
            return "–"
        return references.label(db, targets[column], value) if column in targets else brief(str(value), LONGEST)

    return [(column, words(column, before), words(column, after)) for column, before, after in said]


def derived(db: Connection, found: Differs) -> Finding:
    """Tell of a stored value that is not what comes of the others."""
    message = _("It is not what follows from the other columns of the row.")
    if found.column == "name_words":
        message = _("The words that the names are found by are not those of the names.")
    return Finding("derived", "error", message, found.table, references.label(db, found.table, found.row), found.column)


def misread(db: Connection, found: Misread) -> Finding:
    """Tell of a past state in the log that cannot have been one."""
    message = _("Change {seq} gives the row a past state that it cannot have had.").format(seq=found.seq)
    return Finding("tampered", "error", message, found.table, references.label(db, found.table, found.row))
