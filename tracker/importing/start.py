"""A new record: its settings read, a case file loaded if one is asked for, all of it in place or nothing there."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tracker.domain.clock import find_zone
from tracker.domain.counting import DEFAULT
from tracker.domain.dates import read_date
from tracker.domain.names import fold
from tracker.domain.text import clean_text, quoted
from tracker.errors import BadValue, NotFound, Refused
from tracker.i18n import _
from tracker.importing.case import Case, plan_case, read_case
from tracker.importing.plan import Plan, Progress
from tracker.paths import seed_folders
from tracker.store import Store

LONGEST_WE: Final = 200


@dataclass(frozen=True, slots=True)
class Settings:
    """Whose country decides who is foreign, whose clock what a day is, who keeps the record, since when, and how."""

    country: str
    zone: str
    we: str
    start: str
    rule: str = DEFAULT

    def stored(self) -> dict[str, str]:
        """Return them as the store keeps them."""
        return {
            "country": self.country,
            "zone": self.zone,
            "we": self.we,
            "start": self.start,
            "rule": self.rule,
        }


@dataclass(frozen=True, slots=True)
class Started:
    """A new record: the store, and how many rows of each table the case file brought (none without one)."""

    store: Store
    loaded: Mapping[str, int]
    changeset: int | None = None


def find_case(name: str) -> Case:
    """Return the case file that travels with the program under `name`. Raises `NotFound` with those there are."""
    folders = seed_folders()
    found = folders.get(name.strip())
    if found is None:
        choices = ", ".join(folders) or _("none")
        raise NotFound(
            _("There is no case file {name}.").format(name=quoted(name)),
            hint=_("Case files here: {choices}.").format(choices=choices),
        )
    return read_case(found)


def refuse_other_zone(case: Case, zone: str) -> None:
    """Raise `Refused` if the times of `case` are told by another clock than the record's."""
    if zone != case.zone:
        raise Refused(
            _("The case file {name} tells time by {theirs}, not by {zone}.").format(
                name=case.name, theirs=case.zone, zone=zone
            ),
            hint=_("Leave out --zone."),
        )


def read_zone(text: str) -> str:
    """Return the name of a time zone, whatever its case. Raises `BadValue` with near ones."""
    from difflib import get_close_matches
    from zoneinfo import available_timezones

    wanted = fold(text[:100])
    names = {fold(name): name for name in sorted(available_timezones()) if "/" in name or name == "UTC"}
    if wanted in names:
        return names[wanted]
    cities = {fold(name.rpartition("/")[2]): name for name in names.values()}
    near = [cities[one] for one in get_close_matches(wanted, cities, n=2, cutoff=0.8)]
    near += [names[one] for one in get_close_matches(wanted, names, n=3, cutoff=0.7)]
    if not near:
        find_zone(text)  # raises its own sentence
    raise BadValue(
        _("There is no time zone {value}.").format(value=quoted(text)),
        hint=_("Did you mean {choices}?").format(choices=", ".join(dict.fromkeys(near))),
    )


def read_we(text: str) -> str:
    """Return who keeps the record, on one line. Raises `BadValue` where nobody is named."""
    name = " ".join(clean_text(text, _("who keeps the record"), LONGEST_WE).split())
    if not name:
        raise BadValue(_("Who keeps the record? The name is empty."), hint=_("Give it with --we."))
    return name


def read_start(text: str, zone: str) -> str:
    """Return the first day of the record. Raises `BadValue` for anything but a day, month or year."""
    found = read_date(text, zone=zone)
    if found.text is None or found.earliest is None or "T" in found.text or ".." in found.text:
        raise BadValue(
            _("The record's start must be a day: {value} is none.").format(value=quoted(text)),
            hint=_("For example --start 2026-01-08."),
        )
    return found.earliest[:10]


def start(
    path: Path,
    settings: Settings,
    *,
    case: Case | None = None,
    actor: str | None = None,
    progress: Progress | None = None,
) -> Started:
    """Create the record at `path`, with `case` loaded into it as one changeset.

    Nothing is left behind if anything goes wrong. Raises `Refused` if something is at `path`, `BadValue` with a line
    for each problem of the case file, `DiskTrouble`.
    """
    plan = plan_case(case) if case is not None else Plan()
    seq: int | None = None

    def load(store: Store) -> None:
        nonlocal seq
        if case is None:
            return
        with store.writing(f"init --seed {case.name}", actor=actor) as change:
            plan.apply(change, progress)
        seq = change.seq

    store = Store.create(path, settings.stored(), actor=actor, load=load)
    return Started(store, {table: plan.count(table) for table in plan.rows if plan.count(table)}, seq)
