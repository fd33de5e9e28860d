"""The fields of a list, for people: what each takes, and the headers by which it is known in either language."""

from collections.abc import Iterator
from itertools import zip_longest
from textwrap import wrap
from typing import Final

from tracker.domain.headers import header_words
from tracker.domain.lists import LIST
from tracker.i18n import N_, _
from tracker.table import Cell, Column, Table

_DATE: Final = N_(
    "a date as precise as it is known: 2026-01-08, 2026-01, 2026, 8 Jan 2026, 2026-01-08 14:30, unknown; with --dates,"
    " 08/01/2026"
)
_TEXT: Final = N_("text")
_WORD: Final = N_("a word of its vocabulary, in English or Spanish")

TAKES: Final[dict[str, str]] = {
    "ref": N_("a reference: rows that share it speak of one person"),
    "detention": N_("1, 2, …: which of the person's detentions the row speaks of"),
    "name": N_("the name as printed; given names and surnames in columns of their own are one name"),
    "other_names": N_("other names, parted by ;"),
    "sex": _WORD,
    "born": _DATE,
    "age": N_("years, a whole number: 34, 34 years"),
    "nationalities": N_("countries or nationalities, parted by ;"),
    "service": _WORD,
    "occupation": _TEXT,
    "tags": N_("tags, parted by ;"),
    "identifier": N_("SCHEME=VALUE, parted by ;"),
    "detained_on": _DATE,
    "arrest_place": _TEXT,
    "authority": _TEXT,
    "facility": N_("the name of a prison, or: unknown whereabouts"),
    "facility_since": _DATE,
    "charges": _TEXT,
    "stage": _WORD,
    "sentence": _TEXT,
    "sentence_ends": N_("a date, also in the future"),
    "released_on": _DATE,
    "release_kind": _WORD,
    "release_basis": _WORD,
    "release_status": _WORD,
    "conditions": _TEXT,
    "freed_at": _TEXT,
    "retaken_on": _DATE,
    "died_on": _DATE,
    "publish": _WORD,
    "note": N_("text; several columns are joined"),
    "source": N_("a source's slug or address; several are parted by ;"),
    "claimant": N_("who says so: a claimant's name"),
    "locator": N_("where in the source: a page, a minute, a row"),
}


def _rows(key: str, room: int | None) -> Iterator[tuple[Cell, ...]]:
    """Yield the row of a field, and those on which its headers go on where one line has no room for them."""
    takes, words = _(TAKES[key]) if key in TAKES else None, list(header_words(key))
    if room is None:
        yield key, takes, tuple(words)
        return
    cells = (wrap(takes or "", room) or [""], wrap("; ".join(words), room) or [""])
    for number, (one, other) in enumerate(zip_longest(*cells)):
        yield key if number == 0 else None, one, other


def list_fields(columns: tuple[str, ...] = LIST, room: int | None = None) -> Table:
    """Return the fields that a list's columns can be mapped to; with a `room`, headers go on in rows of their own."""
    return Table(
        columns=[
            Column("field", N_("field")),
            Column("takes", N_("takes")),
            Column("headers", N_("known headers")),
        ],
        rows=[row for key in columns for row in _rows(key, room)],
        title=_("Fields of a list"),
        foot=[_("Case, accents and punctuation of a header do not matter.")],
    )
