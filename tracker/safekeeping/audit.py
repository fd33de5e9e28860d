"""The audit: the file, its log, every row against the log, evidence files against their hashes.

It finds and tells; it never repairs. An `outside_edit` was made by another program under the eyes of the log;
`tampered` is the log itself, or a row behind its back. Everything is read in a stream and little of it kept.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, TypeVar

from tracker.domain.text import brief, quoted
from tracker.domain.vocabulary import label
from tracker.errors import BadValue
from tracker.i18n import N_, _, ngettext
from tracker.safekeeping import files, findings
from tracker.safekeeping.findings import COLUMNS, Finding
from tracker.store import Connection, Store, inspection, proof, rederiving
from tracker.store.head import head
from tracker.store.inspection import Damaged, whole_or_damaged
from tracker.table import Table

T = TypeVar("T")

SHOWN: Final = 8  # characters of a hash, as below every report
MOST_TOLD: Final = 1_000
"""Findings of one part that are told one by one; more are counted."""
SEVERITIES: Final = ("note", "warning", "error")
_HEAD: Final = re.compile(r"\D*(\d{1,18})\s*[:( ]\s*([0-9a-fA-F]{6,64})\s*\)?\W*")
_EVIDENCE: Final = """
SELECT DISTINCT e.sha256, e.size, e.file_name, s.ref FROM evidence e LEFT JOIN sources s ON s.id = e.source
ORDER BY e.sha256
"""
_FILES: Final = {
    "missing": N_("The bytes of the file {file} are missing."),
    "altered": N_("The bytes of the file {file} are not those that were kept."),
}
_PROOF: Final = (
    N_("the session"),
    N_("the chain of changes"),
    N_("changes printed once"),
    N_("the seals"),
    N_("entries without a seal"),
    N_("forgotten entries"),
    N_("rows without an entry"),
)


@dataclass(slots=True)
class Audit:
    """What was looked at and found."""

    title: str
    findings: list[Finding] = field(default_factory=list)
    foot: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether nothing worse than a note was found."""
        return all(one.severity == "note" for one in self.findings)

    def table(self) -> Table:
        """Return the findings as a table."""
        return Table(
            COLUMNS,
            [one.cells() for one in self.findings],
            title=self.title,
            total=len(self.findings),
            foot=self.foot,
            empty=_("Nothing found."),
            tone=lambda row: {"error": "error", "warning": "warning"}.get(str(row[1])),
            private=True,
        )


def read_head(text: str) -> proof.Head:
    """Return the changeset that `text` names: `41:ab12cd34`, or `change 41 (ab12cd34)`. Raises `BadValue`."""
    found = _HEAD.fullmatch(text.strip())
    if found is None:
        raise BadValue(
            _("{text} does not name a change and its hash.").format(text=quoted(text)),
            hint=_("Type it as it stands below a report: --head 41:ab12cd34"),
        )
    return int(found[1]), found[2].lower()


def audit(store: Store, *, deep: bool, heads: Sequence[proof.Head], begins: Callable[[str], None]) -> Audit:
    """Look at everything; `deep` works out again what the store derives, too. `begins` is told what is looked at.

    Raises `NotOurs` for a file that cannot even be opened, `Busy`.
    """
    done = Audit(_("Audit of {file}").format(file=store.path))
    with store.auditing() as db:
        for part in _parts(db, deep=deep, heads=heads, begins=begins):
            done.findings += _few(part)
        on_record = []
        for one in whole_or_damaged(_on_record(db)):
            if isinstance(one, Damaged):
                done.findings.append(findings.damaged(one.why))
            else:
                on_record.append(one)
        done.foot += _counted(db, deep=deep)
    done.findings += _few(_evidence(on_record, store.path, begins))  # long: no writer waits for it
    done.foot.append(_summed(done.findings))
    return done


def _few(found: Iterator[Finding]) -> Iterator[Finding]:
    """Yield the first findings of a part, and how many more there are: a million spoilt rows are one thing."""
    n, last = 0, None
    for n, last in enumerate(found, 1):
        if n <= MOST_TOLD:
            yield last
    if last is not None and n > MOST_TOLD:
        more = _("There are {n} more such findings.").format(n=n - MOST_TOLD)
        yield Finding(last.finding, last.severity, more, last.table)


def _parts(
    db: Connection, *, deep: bool, heads: Sequence[proof.Head], begins: Callable[[str], None]
) -> Iterator[Iterator[Finding]]:
    begins(_("the file"))
    yield _told(inspection.complaints(db), findings.damaged)
    yield _told(inspection.strangers(db), findings.stranger)
    yield _told(inspection.dangling(db), lambda one: findings.points_at_nothing(db, one))
    for part, name in zip(proof.parts(db, heads=heads), _PROOF, strict=True):
        begins(_(name))
        yield _told(part, lambda one: findings.broken(db, one))
    begins(_("outside edits"))
    yield (one for edit in whole_or_damaged(inspection.outside_edits(db)) for one in findings.outside(db, edit))
    if deep:
        begins(_("derived columns"))
        yield _told(rederiving.derived_columns(db), lambda one: findings.derived(db, one))
        begins(_("words of names"))
        yield _told(rederiving.name_words(db), lambda one: findings.derived(db, one))
        begins(_("past states"))
        yield _told(rederiving.images(db), lambda one: findings.misread(db, one))


def _told(found: Iterator[T], tell: Callable[[T], Finding]) -> Iterator[Finding]:
    for one in whole_or_damaged(map(tell, found)):
        yield findings.damaged(one.why) if isinstance(one, Damaged) else one


def _on_record(db: Connection) -> Iterator[tuple[Any, ...]]:
    yield from map(tuple, db.execute(_EVIDENCE))


def _evidence(on_record: Sequence[tuple[Any, ...]], database: Path, begins: Callable[[str], None]) -> Iterator[Finding]:
    """Hold the evidence files against their hashes, and name bytes that nothing points at."""
    for sha256, size, name, ref in on_record:
        begins(f"{_('evidence')}: {brief(name)}")
        state = files.state(files.place(database, sha256), sha256, size)
        if state in _FILES:
            message = _(_FILES[state]).format(file=f"{quoted(name)} ({brief(sha256)[:12]})")
            yield Finding(f"evidence_{state}", "error", message, "evidence", ref, "sha256")
    begins(_("evidence"))
    known = {each[0] for each in on_record}
    for path in files.every(database):
        if path.name not in known or path != files.place(database, path.name):
            message = _("Nothing points at the file {path}.").format(path=brief(str(path), 300))
            yield Finding("evidence_unused", "note", message)


def _counted(db: Connection, *, deep: bool) -> Iterator[str]:
    """Yield what was looked at, and the head to write down: what a later audit can be held against."""
    for said in whole_or_damaged(_counts(db)):
        if not isinstance(said, Damaged):
            yield said
    if not deep:
        yield _(
            "With --deep, what is derived from the record (dates, keys, words, past states) is worked out anew, too."
        )


def _counts(db: Connection) -> Iterator[str]:
    sets, changes, rows, pending = proof.counts(db)
    kept = db.execute("SELECT count(DISTINCT sha256) FROM evidence").fetchone()[0]
    yield _("Looked at: rows {rows}, changes of rows {changes}, changesets {sets}, files of evidence {kept}.").format(
        rows=rows, changes=changes, sets=sets, kept=kept
    )
    if pending:
        many = ngettext(
            "{n} change by another program waits to be taken in.",
            "{n} changes by another program wait to be taken in.",
            pending,
        )
        yield many.format(n=pending)
    last = head(db)
    yield _("The log ends with change {seq} ({hash}), looked at on {moment} UTC.").format(
        seq=last.seq, hash=last.hash[:SHOWN], moment=datetime.now(UTC).strftime("%Y-%m-%d %H:%M")
    )


def _summed(found: Sequence[Finding]) -> str:
    counts = {name: sum(one.severity == name for one in found) for name in reversed(SEVERITIES)}
    said = ", ".join(f"{label('severity', name)} {n}" for name, n in counts.items() if n)
    return _("Found: {found}.").format(found=said or _("nothing"))
