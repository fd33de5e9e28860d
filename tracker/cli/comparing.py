"""What `tracker compare` does between its options and `importing`: reads one or two lists and shows what came of it."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from tracker.cli import context, targets
from tracker.cli.taking_in import date_order, opened, person_by
from tracker.errors import BadValue, Problems
from tracker.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.cli.list_options import Among, Columns, Form
    from tracker.cli.output import Output
    from tracker.importing.lists.asked import Wanted
    from tracker.importing.lists.comparing import Listed
    from tracker.importing.reading import Reading

OUT: Final = ("restricted", "free", "out")
"""Standings of those who were let out and are alive."""


def compare(
    files: "Sequence[str]", among: "Among", form: "Form", columns: "Columns", *, list_name: str | None, out: "Output"
) -> None:
    """Hold one or two lists against the record and show it."""
    from tracker.importing.lists import compared as tables
    from tracker.importing.lists.comparing import compared
    from tracker.reports.asked import asking

    if files.count("-") > 1:
        raise BadValue(_("Only one of the two lists can come from standard input."))
    wanted = replace(_wanted(columns, list_name), dates=date_order(form))
    store = context.open_store()
    readings = [opened(file, form) for file in files]
    targets.refuse(store, readings, out.file)
    words = {name: getattr(among, name) for name in _FILTERS}
    with asking(store, on=among.on, standing=_standings(among), **words) as (db, asked):
        zone = asked.record.zone
        listed = [compared(db, reading, _of(reading, readings, wanted), zone) for reading in readings]
        context.say(*(sentence for one in listed for sentence in one.said))
        table = tables.one_table(db, asked, *listed) if len(listed) == 1 else tables.two_table(db, asked, *listed)
        context.show(table, out, store)
    _tell_bad(listed)


def _tell_bad(lists: "Sequence[Listed]") -> None:
    """Raise Problems where rows of the lists could not be read: they were compared with nobody."""
    count = sum(len(one.bad.by_row or {}) for one in lists)
    if count:
        raise Problems(
            ngettext(
                "{n} row cannot be read and was not compared:", "{n} rows cannot be read and were not compared:", count
            ).format(n=count),
            candidates=[line for one in lists for line in one.bad.told],
            hint=_("Correct the file and try again."),
        )


def _of(reading: "Reading", readings: "Sequence[Reading]", wanted: "Wanted") -> "Wanted":
    """Return what is asked of one of two lists: the name is the first one's, a column mapped may be in one alone."""
    from tracker.importing.mapping import header_key

    if len(readings) == 1:
        return wanted
    theirs = [{header_key(header) for header in one.header} for one in readings if one is not reading]
    others = set.union(*theirs) - {header_key(header) for header in reading.header}
    maps = {column: known for column, known in wanted.maps.items() if header_key(column) not in others}
    return replace(wanted, maps=maps, name=wanted.name if reading is readings[0] else None)


_FILTERS: Final = ("nationality", "dual", "facility", "tag", "sex", "service", "source", "claimant")


def _standings(among: "Among") -> list[str] | None:
    """Return the standings asked for, None for those deprived of liberty. Raises BadValue for two answers to one."""
    from tracker.domain.vocabulary import keys

    if sum((among.everybody, among.released, bool(among.standing))) > 1:
        raise BadValue(_("--everybody, --released and --standing exclude each other."))
    if among.everybody:
        return list(keys("standing"))
    return list(OUT) if among.released else among.standing


def _wanted(columns: "Columns", list_name: str | None) -> "Wanted":
    from tracker.importing.lists.asked import Wanted
    from tracker.importing.mapping import read_constants, read_maps

    return Wanted(
        name=list_name,
        maps=read_maps(columns.map or ()),
        constants=read_constants(columns.constant or ()),
        empty=tuple(columns.empty or ()),
        person_by=person_by(columns),
    )
