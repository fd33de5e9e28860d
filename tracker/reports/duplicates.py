"""Pairs of people on record who may be one person, with what speaks for it."""

from tracker.i18n import N_, _
from tracker.matching.pairs import Alike, alike
from tracker.matching.people import people_rows
from tracker.store import Connection, Row
from tracker.table import Cell, Column, Table

COLUMNS = (
    Column("ref_a", N_("ref"), "ref"),
    Column("name_a", N_("name"), "name", yields=True),
    Column("ref_b", N_("other ref"), "ref"),
    Column("name_b", N_("other name"), "name", yields=True),
    Column("score", N_("Score"), "count"),
    Column("reasons", N_("why")),
)


def duplicates(db: Connection, limit: int | None = None, *, unsure: bool = False) -> Table:
    """Return the pairs that may be one person, likeliest first, at most `limit`.

    Pairs judged different are left out, pairs nobody is sure of too unless `unsure`.
    """
    found = alike(db, unsure=unsure)
    shown = found if limit is None else found[:limit]
    people = people_rows(db, {person for pair in shown for person in (pair.one, pair.other)})
    foot = [_("One person: tracker detainee merge REF OTHER. Two: tracker detainee judge REF OTHER different.")]
    if len(shown) < len(found):
        more = _("The likeliest {n} of {total}; --limit all shows every one.")
        foot.append(more.format(n=len(shown), total=len(found)))
    rows = [_row(pair, people) for pair in shown]
    return Table(
        COLUMNS, rows, total=len(found), foot=foot if found else (), empty=_("No two people on record look like one.")
    )


def _row(pair: Alike, people: dict[str, Row]) -> tuple[Cell, ...]:
    one, other = people[pair.one], people[pair.other]
    left_out = [_("excluded: {ref}").format(ref=each["ref"]) for each in (one, other) if each["excluded"]]
    return one["ref"], one["name"], other["ref"], other["name"], round(pair.score * 100), (*pair.reasons, *left_out)
