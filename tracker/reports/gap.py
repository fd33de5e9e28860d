"""Claims beside the record: each counted the way it was stated, the difference as an interval, what was assumed said.

What is counted says `beside`. The difference is claimed − counted, bound by bound, widened by the uncertain; an open
claim keeps its missing bound. Different claimants and different starts stand side by side, never added or averaged.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from tracker.domain.masks import worded
from tracker.domain.vocabulary import label
from tracker.i18n import N_, _, ngettext
from tracker.reports import foot
from tracker.reports.asked import Asked, said
from tracker.reports.beside import WORDS, Compared, compare, difference
from tracker.reports.claim_list import scope_said
from tracker.reports.listings import listed
from tracker.reports.standings import before
from tracker.reports.stated import Wanted, read_stated
from tracker.store import Connection, Store
from tracker.table import Cell, Column, Labelled, Row, Table, Toned

COLUMNS: Final = (
    Column("claimant", N_("claimant"), "name"),
    Column("measure", N_("measure"), words="measure"),
    Column("as_of", N_("as of"), "date"),
    Column("since", N_("since"), "date"),
    Column("scope", N_("scope")),
    Column("claimed_min", N_("claimed, at least"), "count"),
    Column("claimed_max", N_("claimed, at most"), "count"),
    Column("qualifier", N_("qualifier"), words="qualifier"),
    Column("verified", N_("verified"), "count"),
    Column("reported", N_("reported"), "count"),
    Column("announced", N_("announced"), "count"),
    Column("counted", N_("counted"), "count"),
    Column("uncertain", N_("uncertain"), "count"),
    Column("difference_min", N_("difference, at least"), "count"),
    Column("difference_max", N_("difference, at most"), "count"),
    Column("said_by_it", N_("of them, cited from it"), "count"),
    Column("unnamed", N_("of them, not to be named"), "count"),
    Column("sources", N_("sources")),
    Column("notes", N_("notes")),
    Column("ref", N_("ref"), "ref"),
)

READER: Final = (
    Column("claimant", N_("claimant"), "name"),
    Column("as_of", N_("as of"), "date"),
    Column("claimed", N_("claimed"), "count"),
    Column("counted", N_("counted"), "count"),
    Column("difference", N_("difference"), "count"),
    Column("notes", N_("notes")),
    Column("said_by_it", N_("cited from it"), "count"),
)
"""What a person reads; the measure, the people and the start stand above each group, the notes below the table."""


def gap_table(store: Store, db: Connection, asked: Asked, wanted: Wanted, *, latest: bool, few: bool = False) -> Table:
    """Return each claim (or the latest per claimant, measure, people and start) beside the record; `few`: to read."""
    found = compare(store, db, asked, read_stated(db, asked, wanted, latest=latest))
    persons, places = _Persons(db, asked), _places(db, asked)
    if few:
        notes = _Marks()
        rows = list(_readable(found[: asked.limit], persons, places, notes))
        table = Table(
            READER, rows, tone=Toned.of, foot=[*_cut(len(found), asked), *notes.legend(), *_rules(found, asked)]
        )
    else:
        table = listed(COLUMNS, [_row(one, persons, places) for one in found], asked)
        table = replace(table, foot=_rules(found, asked))
    n = len({one.claim.id for one in found})
    title = ngettext("{n} claim beside the record", "{n} claims beside the record", n).format(n=n)
    return replace(
        table,
        title=_("{claims}, {moment}").format(claims=title, moment=said(asked.moment)) if latest else title,
        foot=foot.notes(db, asked, *table.foot, _how()),
        empty=_nothing(latest=latest),
    )


def _cut(n: int, asked: Asked) -> list[str]:
    if asked.limit is None or n <= asked.limit:
        return []
    return [_("1–{shown} of {total}, --limit all").format(shown=asked.limit, total=n)]


def _rules(found: Sequence[Compared], asked: Asked) -> list[str]:
    """Return the texts of the claimants' own rules, besides the one asked for."""
    own = {one.rule.name: one.rule for one in found if one.rule is not None and one.claim.rule}
    return [foot.rule(replace(asked, rule=rule)) for name, rule in sorted(own.items()) if name != asked.rule.name]


def _how() -> str:
    return _(
        "Counted: of those released, verified and reported exits; of those held, the certain ones. Difference: claimed"
        " less counted. 'tracker gap --list REF' opens a claim into people."
    )


def _nothing(*, latest: bool) -> str:
    if latest:
        return _("Nobody on record had stated a count by then.")
    return _("No claim on record fits. 'tracker claim add' takes one down.")


class _Persons:
    """Who is not to be named, and of whom each claimant speaks."""

    def __init__(self, db: Connection, asked: Asked) -> None:
        start = before(db, asked)
        self._db, self._params = db, start.params
        self._tables = f"WITH {', '.join(start.clauses)} " if start.clauses else ""
        self._spoken: dict[str, frozenset[str]] = {}
        rows = db.execute(
            f"{self._tables}SELECT id FROM detainees WHERE name IS NULL OR publish IN ('anonymous', 'withheld')",
            start.params,
        )
        self.unnamed = frozenset(row[0] for row in rows)

    def spoken_of(self, claimant: str) -> frozenset[str]:
        """Return the people for whom a claimant is cited."""
        if claimant not in self._spoken:
            self._spoken[claimant] = frozenset(
                row[0] for row in self._db.execute(self._tables + _SPOKEN, {**self._params, "claimant": claimant})
            )
        return self._spoken[claimant]


_SPOKEN: Final = """
SELECT detainee FROM citations WHERE claimant = :claimant AND stance = 'supports' AND detainee IS NOT NULL
UNION SELECT t.detainee FROM citations c JOIN detentions t ON t.id = c.detention
  WHERE c.claimant = :claimant AND c.stance = 'supports'
UNION SELECT t.detainee FROM citations c JOIN stays y ON y.id = c.stay JOIN detentions t ON t.id = y.detention
  WHERE c.claimant = :claimant AND c.stance = 'supports'
UNION SELECT t.detainee FROM citations c JOIN releases r ON r.id = c.release JOIN detentions t ON t.id = r.detention
  WHERE c.claimant = :claimant AND c.stance = 'supports'"""


def _places(db: Connection, asked: Asked) -> dict[str, str]:
    start = before(db, asked)
    tables = f"WITH {', '.join(start.clauses)} " if start.clauses else ""
    return dict(db.execute(f"{tables}SELECT id, name FROM facilities", start.params).fetchall())


def _row(one: Compared, persons: _Persons, places: dict[str, str]) -> Row:
    claim, count = one.claim, one.count
    head = (
        claim.name,
        claim.measure,
        claim.as_of,
        claim.since,
        scope_said(claim.scope, places),
        claim.min,
        claim.max,
        claim.qualifier,
    )
    tail = (claim.sources or None, tuple(one.notes) or None, claim.ref)
    if count is None:
        return (*head, *(None,) * 9, *tail)
    words = [len(count.lines[word]) if word in count.lines else None for word in WORDS]
    low, high = difference(claim, count)
    figures = (
        *words,
        len(count.counted),
        count.high - count.low,
        low,
        high,
        len(count.counted & persons.spoken_of(claim.claimant)),
        len(count.counted & persons.unnamed),
    )
    return (*head, *figures, *tail)


class _Marks:
    """Notes as letters, so that a table stays narrow and its foot says each note once."""

    def __init__(self) -> None:
        self._letters: dict[str, str] = {}

    def mark(self, notes: Iterable[str]) -> str:
        """Return the letters of some notes."""
        for note in notes:
            place = len(self._letters)
            letter = chr(ord("a") + place % 26) * (place // 26 + 1)
            self._letters.setdefault(note, letter)
        return " ".join(self._letters[note] for note in notes)

    def legend(self) -> list[str]:
        """Return a line for each note."""
        return [f"{letter}: {note}." for note, letter in self._letters.items()]


def _readable(found: Sequence[Compared], persons: _Persons, places: dict[str, str], notes: _Marks) -> Iterator[Row]:
    """Yield the rows a person reads: grouped by what is counted of whom, under a heading."""
    groups: dict[tuple[str, str, str], list[Compared]] = {}
    for one in found:
        groups.setdefault((one.claim.measure, one.claim.scope, one.claim.since or ""), []).append(one)
    measures = ["released", "held", "announced", "detained", "died", "restrictions_ended"]
    wide = sorted(groups, key=lambda key: (measures.index(key[0]), key[1] != "{}", *key[1:]))
    for measure, scope, since in wide:
        whom = "; ".join(scope_said(scope, places) or ()) or _("everybody")
        heading = _("{measure}: {whom}").format(measure=label("measure", measure), whom=whom)
        if since:
            heading = _("{what}, since {start}").format(what=heading, start=since)
        yield Toned((Labelled(heading, heading), *(None,) * (len(READER) - 1)), "heading")
        for one in groups[measure, scope, since]:
            yield Toned(_read(one, persons, notes), None)


def _read(one: Compared, persons: _Persons, notes: _Marks) -> tuple[Cell, ...]:
    claim, count = one.claim, one.count
    head = (f"  {worded(claim.name)} ({claim.ref})", claim.as_of, figure(claim.min, claim.max, claim.qualifier))
    marks = notes.mark(one.notes)
    if count is None:
        return (*head, None, None, marks, None)
    counted = str(len(count.counted))
    if count.low != count.high:
        counted = f"{counted} ({count.low}–{count.high})"
    own = len(count.counted & persons.spoken_of(claim.claimant))
    return (*head, counted, interval(*difference(claim, count)), marks, own)


def figure(low: int | None, high: int | None, qualifier: str | None) -> str | None:
    """Return a claimed figure as people write it: `406`, `50–80`, `≥ 80`, `~ 40`."""
    if low is None and high is None:
        return None
    if low == high:
        return f"~ {low}" if qualifier == "around" else str(low)
    if low is None:
        return f"≤ {high}"
    return f"≥ {low}" if high is None else f"{low}–{high}"


def interval(low: int | None, high: int | None) -> str | None:
    """Return a difference: `+334`, `+330 … +336`, `≥ +8`; None where the claim has no number."""
    if low is None and high is None:
        return None
    if low == high:
        return _signed(low)
    if low is None:
        return f"≤ {_signed(high)}"
    return f"≥ {_signed(low)}" if high is None else f"{_signed(low)}…{_signed(high)}"


def _signed(n: int | None) -> str:
    return f"{n:+d}" if n else "0"
