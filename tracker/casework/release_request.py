"""What is said about somebody leaving prison: one statement, good for one person or a list of them."""

from dataclasses import dataclass, field
from typing import Final

from tracker.casework.citations import Cited
from tracker.casework.values import line, partial_date, past_date, words
from tracker.domain.dates import UNKNOWN, PartialDate, partial
from tracker.domain.rules import status_unsupported
from tracker.domain.same_release import UNSTATED, Told
from tracker.domain.text import quoted
from tracker.domain.vocabulary import label, read
from tracker.errors import BadValue
from tracker.i18n import _
from tracker.matching.places import find_facility
from tracker.store import Connection, Row

FIELDS: Final = {
    "released": "released_on",
    "kind": "release_kind",
    "basis": "release_basis",
    "status": "release_status",
    "conditions": "conditions",
    "freed_at": "freed_at",
    "publish": "publish",
    "publish_from": "publish_from",
    "note": "note",
}
"""Column of `releases` → the fact's name in citations and lists."""

UNCITED_STATUS: Final = "reported"
"""The status of a release for which nobody is cited."""


@dataclass(frozen=True, slots=True)
class Request:
    """A statement that somebody left prison: vocabulary keys, canonical dates, ids.

    `facility` is where they were held, `detained_on` the arrest as this statement has it. `supported` is the status
    that the one cited can give (None: nobody is cited).
    """

    on: PartialDate = UNKNOWN
    kind: str = UNSTATED
    basis: str = UNSTATED
    status: str = UNCITED_STATUS
    conditions: str | None = None
    freed_at: str | None = None
    facility: str | None = None
    detained_on: str | None = None
    publish: str | None = None
    publish_from: str | None = None
    note: str | None = None
    cited: Cited = field(default_factory=Cited)
    supported: str | None = None
    entered: str | None = None

    @property
    def told(self) -> Told:
        """What decides whether it is a release on record."""
        return Told(self.kind, self.status, self.on)

    def stated(self) -> dict[str, str]:
        """Return the facts it states: column of `releases` → value."""
        values = {
            "released": self.on.text,
            "kind": self.kind,
            "basis": self.basis,
            "conditions": self.conditions,
            "freed_at": self.freed_at,
        }
        return {name: value for name, value in values.items() if value is not None and value != UNSTATED}

    def overrated(self) -> str | None:
        """Return a sentence if the status is higher than the one cited can give."""
        if not status_unsupported(self.status, self.supported or UNCITED_STATUS):
            return None
        if self.supported is None:
            return _("No source was given: {status} on nobody's word, which 'tracker check' will find.").format(
                status=label("release_status", self.status)
            )
        return _("The one cited supports {supported}, not {status}: 'tracker check' will find it.").format(
            supported=label("release_status", self.supported), status=label("release_status", self.status)
        )


def supported_status(db: Connection, cited: Cited) -> str | None:
    """Return the status a release has on the word of the one cited; a source alone speaks as media."""
    if cited.source is None:
        return None
    if cited.claimant is None:
        return "reported"
    row = db.execute("SELECT default_status FROM claimants WHERE id = ?", (cited.claimant,)).fetchone()
    return str(row["default_status"])


def read_request(
    db: Connection,
    *,
    on: str,
    kind: str | None = None,
    basis: str | None = None,
    status: str | None = None,
    conditions: str | None = None,
    freed_at: str | None = None,
    facility: str | None = None,
    detained_on: str | None = None,
    publish: str | None = None,
    publish_from: str | None = None,
    note: str | None = None,
    cited: Cited | None = None,
) -> Request:
    """Read a statement from words as people write them; `on` may be `unknown`, nothing else stands for a date.

    Raises BadValue for what cannot be read, a future date or the status `retracted`; NotFound for a facility not on
    record.
    """
    if not on.strip():
        raise BadValue(_("The day of the release is empty."), hint=_("Give a date, or say unknown."))
    who = cited or Cited()
    supported = supported_status(db, who)
    return Request(
        on=partial(past_date(db, on, _("The release"))),
        kind=read("release_kind", kind) if kind else UNSTATED,
        basis=read("release_basis", basis) if basis else UNSTATED,
        status=read_status(status) if status else supported or UNCITED_STATUS,
        conditions=words(conditions, label("record_field", "conditions")),
        freed_at=line(freed_at, label("record_field", "freed_at")),
        facility=find_facility(db, facility)["id"] if facility is not None else None,
        detained_on=past_date(db, detained_on, _("The arrest")),
        publish=read("publish", publish) if publish else None,
        publish_from=read_publish_from(db, publish_from),
        note=words(note, _("note")),
        cited=who,
        supported=supported,
    )


def read_status(text: str) -> str:
    """Return a status that a statement can have. Raises BadValue for `retracted`: that takes a command of its own."""
    status = read("release_status", text)
    if status == "retracted":
        raise BadValue(
            _("A release is not entered as retracted."),
            hint=_("Enter what was said, then: tracker release retract REF"),
        )
    return status


def read_publish_from(db: Connection, text: str | None) -> str | None:
    """Return the day (or minute) from which a release may be made public. Raises BadValue for anything vaguer."""
    if text is None or not text.strip():
        return None
    found = partial_date(db, text)
    if found.text is None or len(found.text) < len("2026-02-04") or ".." in found.text:
        raise BadValue(_("{value} is not a day from which to publish.").format(value=quoted(text)))
    return found.text


def stored_told(release: Row) -> Told:
    """Return what a release on record says."""
    on = UNKNOWN
    if release["released"] is not None:
        on = PartialDate(release["released"], release["released_from"], release["released_to"])
    return Told(release["kind"], release["status"], on)


def described(told: Told) -> str:
    """Return a release in words: `2026-01-12, full freedom, verified`."""
    date = told.on.text or _("an unknown date")
    return f"{date}, {label('release_kind', told.kind)}, {label('release_status', told.status)}"
