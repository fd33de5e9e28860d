"""Questions about rows as a table, a row each: what a spreadsheet is given, to come back with answers."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from tracker.domain.names import fold
from tracker.i18n import N_, _, in_every_language, language
from tracker.importing.lists.answering import Question, cells_of
from tracker.table import Column, Table

SHEET: Final = ("question", "list", "row", "printed_name", "says", "candidates", "reasons", "answer")
_LISTED: Final = (
    Column("question", N_("question"), "ref"),
    Column("list", N_("list")),
    Column("row", N_("row"), "count"),
    Column("printed_name", N_("name on the list"), "name"),
    Column("says", N_("what it says")),
    Column("candidates", N_("who may be meant")),
    Column("reasons", N_("reasons")),
    Column("answer", N_("answer")),
)


def sheet_columns(header: Iterable[str]) -> dict[str, str]:
    """Return which cells of a header are columns of a sheet, by their keys or as any language writes them."""
    known = {fold(word): one.key for one in _LISTED for word in (one.key, *in_every_language(one.label))}
    return {cell: known[fold(cell)] for cell in header if fold(cell) in known}


def open_table(asked: Iterable[Question], *, sheet: bool = False) -> Table:
    """Return what is open, a row for each question; the column `answer` is for the reader to fill in.

    On a `sheet` for people the columns are called in their language, in every other file by their keys.
    """
    rows = [
        (
            one.id,
            one.list_name,
            one.bundle.first.number,
            one.bundle.printed or None,
            tuple(f"{column}: {text}" for column, text in cells_of(one) if column not in ("name", "source")),
            tuple(f"{match.ref} {match.name} ({round(match.score * 100)})" for match in one.candidates),
            tuple(dict.fromkeys((*one.reasons, *(why for match in one.candidates[:1] for why in match.reasons)))),
            None,
        )
        for one in asked
    ]
    return Table(
        [replace(one, key=_(one.label)) for one in _LISTED] if sheet and language() != "en" else _LISTED,
        rows,
        title=_("Rows that wait for an answer: {n}").format(n=len(rows)),
        total=len(rows),
        empty=_("No row of any list waits for an answer."),
        foot=[
            _("An answer is the ref of the person meant, or one of: different, unsure, skip; empty leaves it open."),
        ],
    )
