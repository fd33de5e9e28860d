"""From who was deprived of liberty at one moment to who was at another: every crossing between, by its cause.

    opening_then   as it was known then                        (with a second clock only)
      + newly_documented, withdrawn_releases − late_releases, delisted, merged     what was learned since (`learned`)
    opening        as it is known now
      + arrests, retaken … − released_KIND, escaped, died …    what happened, person by person (`crossings`)
    closing

The opening is the minute before the window. A person's crossings alternate, so that it always closes; where it does
not, nothing is printed, and the error says which figure is wrong. `bulletin` takes its movement from here.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from tracker.domain.date_bounds import Moment, minus_minute
from tracker.domain.vocabulary import keys as vocabulary
from tracker.errors import BadValue, Problems
from tracker.i18n import N_, _
from tracker.reports import foot, learned
from tracker.reports.asked import Asked
from tracker.reports.clocks import Earlier
from tracker.reports.learned import Learned
from tracker.reports.movement import Move, crossed
from tracker.reports.released import window as period
from tracker.reports.sections import ENTRIES, line_cell
from tracker.reports.stock import Stock, cell, names, stock
from tracker.store import Connection
from tracker.table import Column, Row, Table, Toned

COLUMNS: Final = (
    Column("line", N_("line"), "name"),
    Column("people", N_("people"), "count"),
    Column("names", N_("names")),
)

STOCKS: Final = ("opening_then", "opening", "closing")
ALWAYS: Final = ("arrests", "retaken", "escaped", "died")
"""The crossings that have a line also where there are none."""

CROSSINGS: Final = (
    *ENTRIES,
    *(f"released_{kind}" for kind in vocabulary("release_kind") if kind != "escaped"),
    *("escaped", "died", "lost"),
)
ADDING: Final = (*learned.ADDING, *ENTRIES)


@dataclass(frozen=True)
class Flow:
    """The opening (`at` its minute), what moved, and the closing; `learned`: the opening as known then."""

    at: Moment
    opening: Stock
    closing: Stock
    crossings: list[Move]
    learned: Learned | None

    @property
    def moves(self) -> list[Move]:
        """What was learned, then what happened."""
        return [*(self.learned.moves if self.learned else []), *self.crossings]


def flow(db: Connection, asked: Asked, then: Earlier | None = None, *, few: bool = True) -> Flow:
    """Return the flow through the window asked about. `few`: a few names of each stock are enough.

    Raises BadValue for a question that no flow can answer, Problems where it does not close.
    """
    refuse_places(asked)
    if not asked.first:
        raise BadValue(_("A flow needs a day to begin with."), hint=_("Give it with --from."))
    at = minus_minute(asked.first)
    since = None if then is None else learned.learned(db, asked, at, then, few=few)
    found = Flow(
        at,
        since.now if since else stock(db, asked, at, few=few),
        stock(db, asked, asked.moment, few=few),
        crossed(db, asked),
        since,
    )
    if since is not None:
        check("opening", since.then.people, (move.line for move in since.moves), found.opening.people)
    check("closing", found.opening.people, (move.line for move in found.crossings), found.closing.people)
    return found


def refuse_places(asked: Asked) -> None:
    """Raise BadValue where people come and go without crossing."""
    if asked.facilities or asked.standings:
        raise BadValue(
            _("Movement cannot be told for one place or standing: people come and go between them."),
            hint=_("Leave out --facility and --standing."),
        )


def check(line: str, opened: int, moved: Iterable[str], closed: int) -> None:
    """Raise Problems where the moves (their lines) do not lead from one count to the other."""
    found = opened + sum(n if name in ADDING else -n for name, n in Counter(moved).items())
    if found != closed:
        raise Problems(
            _("The flow does not close: “{line}” comes to {found}, not to {expected}. Nothing was printed.").format(
                line=_words(line), found=found, expected=closed
            ),
            hint=_("Run 'tracker check' to find the records that contradict each other."),
        )


def _words(line: str) -> str:
    return line_cell("flow", line).label


def flow_table(db: Connection, asked: Asked, then: Earlier | None = None, *, few: bool = False) -> Table:
    """Return the flow: line, people (signed), names. `few`: the first names of each line, for a reader."""
    if not asked.public or then is not None:  # what was learned since is told in figures of its own
        return _table(db, asked, then, few=few)
    from tracker.reports import small, sums

    few = few and asked.min_cell is None  # how many more there are would be a figure, too
    return small.counts(db, asked, lambda who: _table(db, who, None, few=few), sums.of_flow)


def _table(db: Connection, asked: Asked, then: Earlier | None, *, few: bool) -> Table:
    found = flow(db, asked, then, few=few)
    return Table(
        COLUMNS,
        list(_rows(found, _names(db, asked, found), few=few)),
        title=_title(asked, found),
        foot=foot.notes(db, asked, _known(found), _("Any line opens into names: --list LINE.")),
        tone=Toned.of,
    )


def _rows(found: Flow, named: dict[str, str], *, few: bool) -> Iterable[Row]:
    """Yield the lines in their order."""
    people: dict[str, list[str]] = {}
    for move in found.moves:
        people.setdefault(move.line, []).append(move.detainee)

    def held(line: str, stock_: Stock) -> Row:
        cells = (line_cell("flow", line), stock_.people, cell(stock_.names, stock_.people, few=few))
        return Toned(cells, "total")

    def moved(lines: Sequence[str], always: Sequence[str]) -> Iterable[Row]:
        for line in lines:
            ids = people.get(line, [])
            if ids or line in always:
                shown = [named[one] for one in ids if one in named]
                sign = 1 if line in ADDING else -1
                yield line_cell("flow", line), sign * len(ids), cell(shown, len(ids), few=few)

    if found.learned is not None:
        yield held("opening_then", found.learned.then)
        yield from (Toned(row, None) for row in moved(learned.LINES, learned.LINES))
    yield held("opening", found.opening)
    yield from (Toned(row, None) for row in moved(CROSSINGS, ALWAYS))
    yield held("closing", found.closing)


def _names(db: Connection, asked: Asked, found: Flow) -> dict[str, str]:
    """Return the names that may be shown of everybody who moved, by id."""
    of_then = found.learned.names if found.learned else {}
    return of_then | names(db, asked, [move.detainee for move in found.moves if move.line not in learned.OF_THEN])


def _title(asked: Asked, found: Flow) -> str:
    """Return the window, both moments and both counts; with a second clock, the count as it was known then."""
    title = _("Flow, {window}: {opening} deprived of liberty ({first}), {closing} ({last})").format(
        window=period(asked),
        opening=found.opening.said,
        closing=found.closing.said,
        first=found.at.replace("T", " "),
        last=asked.moment.replace("T", " "),
    )
    if found.learned is None:
        return title
    as_known = _("  the opening as it was known then: {figure}").format(figure=found.learned.then.said)
    return f"{title}\n{as_known}"


def _known(found: Flow) -> str:
    """Return up to which change the record was known then."""
    if found.learned is None:
        return ""
    head = found.learned.head
    return _("Known then: up to change {seq} ({hash}).").format(seq=head.seq, hash=head.hash[: foot.HASH_SHOWN])
