"""A difference in words: what the fact is called, and its values, as cells that a machine reads by their keys."""

from typing import Any, Final

from tracker.domain.countries import country_name
from tracker.domain.vocabulary import keys, label
from tracker.i18n import N_, _
from tracker.reports.claim_list import scope_said
from tracker.reports.difference.facts import CLAIM, NOWHERE, Change
from tracker.reports.difference.states import Side
from tracker.reports.history_words import FIELDS, LABELS, WORDS
from tracker.table import Cell, Labelled

OTHERS: Final = {"standing": N_("standing"), "claim": N_("figure"), "figure": N_("figure")}
"""What may differ besides the facts of records."""


def what(change: Change) -> Labelled:
    """Return what the fact of a change is called."""
    if not change.column:
        return other("claim")
    key = FIELDS.get((change.table, change.column), change.column)
    if change.table in ("claims", "facilities") and change.column in LABELS:
        return Labelled(key, _(LABELS[change.column]))
    if key in keys("record_field"):
        return Labelled(key, label("record_field", key))
    return Labelled(key, _(LABELS[key]) if key in LABELS else key.replace("_", " "))


def other(key: str) -> Labelled:
    """Return what something is called that is no fact of a record."""
    return Labelled(key, _(OTHERS[key]))


def standing(key: str | None) -> Cell:
    """Return a standing as a cell."""
    return None if key is None else Labelled(key, label("standing", key) if key in keys("standing") else _("none"))


class Values:
    """Turns stored values into cells, as one state calls its places."""

    def __init__(self, side: Side) -> None:
        sql = f"{side.shadows} SELECT id, name FROM facilities"
        self._places: dict[str, str] = dict(side.db.execute(sql, side.params).fetchall())

    def of(self, change: Change, value: Any) -> Cell:
        """Return one side of a change as a cell."""
        if value is None or value == ():
            return None
        if not change.column:
            return self._claim(value)
        if isinstance(value, tuple):
            return tuple(Labelled(one, country_name(one)) if change.table == "nationalities" else one for one in value)
        return self._one(change.table, change.column, value)

    def _one(self, table: str, column: str, value: Any) -> Cell:
        if isinstance(value, Labelled | int):
            return value
        text = str(value)
        if (table, column) in WORDS:
            return Labelled(text, label(WORDS[table, column], text))
        if column == "facility":
            unknown = Labelled(NOWHERE, label("standing", NOWHERE))
            return unknown if text == NOWHERE else self._places.get(text, text)
        if column == "scope":
            return scope_said(text, self._places)
        return Labelled(text, country_name(text)) if column == "country" else text

    def _claim(self, values: tuple[Any, ...]) -> Cell:
        """Return a claim in a phrase: `released: at least 80`, `as of 2026-01-12`."""
        said = dict(zip(CLAIM, values, strict=True))
        measure, qualifier, total = said["measure"], said["qualifier"], said["out_of"]
        number = _number(said["min"], said["max"], whole=bool(qualifier))
        key = [f"{measure}:", qualifier, number, None if total is None else f"of {total}"]
        shown = [
            f"{label('measure', measure)}:",
            label("qualifier", qualifier) if qualifier else None,
            number or _("no number"),
            None if total is None else _("of {total}").format(total=total),
        ]
        phrase = Labelled(*(" ".join(part for part in each if part) for each in (key, shown)))
        day = said["as_of"]
        when = [Labelled(f"as of {day}", _("as of {day}").format(day=day))] if day else []
        return (phrase, *when, *(scope_said(said["scope"], self._places) or ()))


def _number(low: int | None, high: int | None, *, whole: bool) -> str | None:
    """Return a figure; of one that is open to a side, the open side is said by its qualifier (`whole`) or by `…`."""
    known = [one for one in (low, high) if one is not None]
    if not known:
        return None
    if low == high or (whole and len(known) == 1):
        return str(known[0])
    return "–".join("…" if one is None else str(one) for one in (low, high))
