"""What is said about one detention, as people write it, read into the columns of `detentions`."""

from dataclasses import dataclass
from typing import Any, Final

from tracker.casework.values import date_text, line, past_date, words
from tracker.domain.vocabulary import label, read
from tracker.i18n import _
from tracker.store import Connection

FIELDS: Final = {
    "began": "detained_on",
    "place": "arrest_place",
    "authority": "authority",
    "cause": "cause",
    "charges": "charges",
    "stage": "stage",
    "sentence": "sentence",
    "sentence_ends": "sentence_ends",
    "grounds": "grounds",
    "grounds_by": "grounds_by",
    "publish": "publish",
    "note": "note",
}
"""Column of `detentions` → the fact's name in citations and lists."""


@dataclass(frozen=True, slots=True)
class Arrest:
    """What is said about one detention, as people write it; None where nothing is said."""

    began: str | None = None
    place: str | None = None
    authority: str | None = None
    cause: str | None = None
    charges: str | None = None
    stage: str | None = None
    sentence: str | None = None
    sentence_ends: str | None = None
    grounds: str | None = None
    grounds_by: str | None = None
    publish: str | None = None
    note: str | None = None

    def read(self, db: Connection) -> dict[str, Any]:
        """Return the columns that are said, canonical; empty text and "unknown" dates empty a column."""
        texts = {name: getattr(self, name) for name in FIELDS}
        return {name: _column(db, name, text) for name, text in texts.items() if text is not None}


def _column(db: Connection, name: str, text: str) -> str | None:
    """Return what `text` means in a column of `detentions`. Raises BadValue."""
    if name == "began":
        return past_date(db, text, _("The arrest"))
    if name == "sentence_ends":
        return date_text(db, text)
    if name in ("cause", "stage", "publish"):
        return read(name, text) if text.strip() else None
    if name == "grounds":
        keys = [read("grounds", part) for part in text.replace(",", ";").split(";") if part.strip()]
        return "; ".join(dict.fromkeys(keys)) or None
    if name in ("charges", "note"):
        return words(text, label("record_field", name))
    return line(text, label("record_field", FIELDS[name]))
