"""The reports an edition can hold, each always in its public form. One more report is one more line of `REPORTS`."""

import shlex
from collections.abc import Callable
from typing import Final, NamedTuple

from tracker.domain.text import quoted
from tracker.errors import BadValue
from tracker.i18n import _
from tracker.reports.asked import Asked
from tracker.store import Connection, Store
from tracker.table import Table

Make = Callable[[Store, Connection, Asked, bool], Table]
"""What asks the question; the last argument: for a reader, and not for a machine."""


class Report(NamedTuple):
    """One report: its command, the options that say when (`{on}`: the edition's day), and how it is made."""

    command: str
    when: tuple[str, ...]
    make: Make

    @property
    def window(self) -> bool:
        """Whether it is about a period that ends with the edition's day."""
        return "--to" in self.when


def _remaining(_store: Store, db: Connection, asked: Asked, _few: bool) -> Table:
    from tracker.reports.remaining import remaining_table

    return remaining_table(db, asked)


def _released(_store: Store, db: Connection, asked: Asked, _few: bool) -> Table:
    from tracker.reports.released import released_table

    return released_table(db, asked)


def _summary(_store: Store, db: Connection, asked: Asked, _few: bool) -> Table:
    from tracker.reports.summary import summary_table

    return summary_table(db, asked)


def _bulletin(_store: Store, db: Connection, asked: Asked, _few: bool) -> Table:
    from tracker.reports.bulletin import bulletin_table

    return bulletin_table(db, asked)


def _claims(_store: Store, db: Connection, asked: Asked, _few: bool) -> Table:
    from tracker.reports.exporting.tables import claims_table

    return claims_table(db, asked)


def _gap(store: Store, db: Connection, asked: Asked, few: bool) -> Table:
    from tracker.reports.gap import gap_table
    from tracker.reports.stated import Wanted

    return gap_table(store, db, asked, Wanted(), latest=True, few=few)


def _flow(_store: Store, db: Connection, asked: Asked, few: bool) -> Table:
    from tracker.reports.flow import flow_table

    return flow_table(db, asked, few=few)


ON, TO = ("--on", "{on}"), ("--to", "{on}")

REPORTS: Final = {
    "remaining": Report("remaining", ON, _remaining),
    "released": Report("released", TO, _released),
    "summary": Report("summary", ON, _summary),
    "bulletin": Report("bulletin", ON, _bulletin),
    "claims": Report("export claims", (), _claims),
    "gap": Report("gap", ON, _gap),
    "flow": Report("flow", TO, _flow),
}


WITH_SMALL_FIGURES: Final = ("gap",)
"""Reports out of which figures of a few people cannot be left."""


def chosen(names: list[str] | None, *, min_cell: bool = False) -> tuple[str, ...]:
    """Return the reports asked for, in the order of `REPORTS`; all of them where none is. Raises BadValue.

    `min_cell`: small figures are to be left out; reports where they cannot are refused, or not among all.
    """
    if min_cell:
        named = [name for name in names or () if name.strip().lower() in WITH_SMALL_FIGURES]
        if named:
            raise BadValue(
                _("Small figures cannot be left out of the report {name}.").format(name=quoted(named[0])),
                hint=_("Leave out --min-cell, or name other reports."),
            )
        names = names or [name for name in REPORTS if name not in WITH_SMALL_FIGURES]
    wanted = [name.strip().lower() for name in names or REPORTS]
    unknown = [name for name in wanted if name not in REPORTS]
    if unknown:
        raise BadValue(
            _("There is no report {name} for an edition.").format(name=quoted(unknown[0])),
            hint=_("Use one of: {choices}.").format(choices=", ".join(REPORTS)),
        )
    return tuple(name for name in REPORTS if name in wanted)


def command_line(name: str, on: str, form: str, more: list[str]) -> str:
    """Return the line that asks the same of the same record; `more` are the options that all reports share."""
    report = REPORTS[name]
    when = [word.format(on=on) for word in report.when]
    return shlex.join(["tracker", *report.command.split(), *when, *more, "--public", "--format", form])
