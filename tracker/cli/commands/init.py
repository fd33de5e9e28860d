"""`tracker init`: create a database, empty or from a case file."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

import typer

from tracker.cli import complete, context
from tracker.cli.command import Commands
from tracker.errors import BadValue
from tracker.i18n import N_, _

if TYPE_CHECKING:
    from tracker.importing.case import Case
    from tracker.importing.start import Settings, Started

commands = Commands("init", N_("Create a database, empty or from a case file."))

MANY_ROWS: Final = 20_000
"""From so many rows on, a terminal is told how far the loading is."""


@dataclass(frozen=True, slots=True)
class About:
    """What the record is about."""

    country: Annotated[
        str | None,
        typer.Option("--country", metavar="COUNTRY", help=_("Whose nationals are at home (VE, Venezuela).")),
    ] = None
    zone: Annotated[
        str | None,
        typer.Option("--zone", metavar="ZONE", help=_("Whose clock decides what a day is (America/Caracas).")),
    ] = None
    we: Annotated[
        str | None, typer.Option("--we", metavar="NAME", help=_("Who keeps this record (else the name of the login)."))
    ] = None
    start: Annotated[
        str | None, typer.Option("--start", metavar="DATE", help=_("The record's first day (else today)."))
    ] = None
    rule: Annotated[
        str | None,
        typer.Option(
            "--rule",
            metavar="NAME",
            help=_("How this record counts, unless a question says otherwise (else: default)."),
            autocompletion=complete.rules,
        ),
    ] = None


@commands.verb(
    "init",
    N_("Create a database, empty or from a case file."),
    details=N_(
        "It is made where --db or $TRACKER_DB says, else in ./data if that folder is there, else in your data folder. "
        "What is missing is asked for on a terminal."
    ),
    examples=(
        "tracker init --country VE --zone America/Caracas --we 'Monitor Uno' --start 2026-01-08",
        "tracker init --seed venezuela-2026",
    ),
)
def init(
    about: About,
    seed: Annotated[
        str | None,
        typer.Option(
            "--seed",
            metavar="NAME",
            help=_("Load this case file; country, zone and start come from it."),
            autocompletion=complete.seeds,
        ),
    ] = None,
) -> None:
    """Create the database, load the case file, print the path."""
    from tracker.importing import start as starting
    from tracker.paths import new_database
    from tracker.store.creating import refuse_taken

    path = new_database(context.asked.db)
    refuse_taken(path)
    case = starting.find_case(seed) if seed is not None else None
    settings = _settings(about, case)
    progress = _progress if sys.stderr.isatty() else None
    started = starting.start(path, settings, case=case, actor=context.actor(), progress=progress)
    print(path)
    context.say(*_told(started, settings, case))


def _settings(about: About, case: "Case | None") -> "Settings":
    """Return the settings given; what is missing comes from the case file, is asked for, or has its default."""
    from tracker.domain.counting import DEFAULT, read_kept
    from tracker.domain.countries import read_country
    from tracker.importing import start as starting

    country = about.country or (case.country if case else None)
    zone = about.zone or (case.zone if case else None)
    _refuse_missing(country, zone)
    ask = _ask if context.interactive() else _take
    country = ask(_("Country whose nationals are at home:"), country, _country_here(), read_country)
    zone = ask(_("Time zone:"), zone, _zone_here(), starting.read_zone)
    if case is not None:
        starting.refuse_other_zone(case, zone)
    we = ask(_("Who keeps this record:"), about.we, context.actor(), starting.read_we)
    begin = ask(
        _("First day of the record:"),
        about.start or (case.start if case else None),
        "today",
        lambda text: starting.read_start(text, zone),
    )
    return starting.Settings(country, zone, we, begin, read_kept(about.rule or DEFAULT))


def _refuse_missing(country: str | None, zone: str | None) -> None:
    """Raise `BadValue` where there is nobody to ask for what must be known."""
    missing = [name for name, given in (("--country", country), ("--zone", zone)) if given is None]
    if missing and not context.interactive():
        raise BadValue(
            _("A new record needs {options}.").format(options=", ".join(missing)),
            hint=_(
                "For example: tracker init --country VE --zone America/Caracas, or tracker init --seed venezuela-2026"
            ),
        )


def _take(_question: str, given: str | None, default: str, read: Callable[[str], str]) -> str:
    return read(given if given is not None else default)


def _ask(question: str, given: str | None, default: str, read: Callable[[str], str]) -> str:
    """Return what was given, else ask until the answer can be read."""
    if given is not None:
        return read(given)
    while True:
        try:
            return read(context.ask(question, default or None))
        except BadValue as error:
            context.say(error.message, *([error.hint] if error.hint else []))


def _country_here() -> str:
    """Return the country of the locale (`es_VE.UTF-8` gives VE), "" where it names none."""
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        territory = os.environ.get(name, "").partition(".")[0].partition("_")[2]
        if territory:
            return territory
    return ""


def _zone_here() -> str:
    """Return the time zone of this computer where it can be told, else ""."""
    given = os.environ.get("TZ", "").lstrip(":")
    if "/" in given and not given.startswith("/"):
        return given
    target = os.path.realpath("/etc/localtime")
    return target.partition("/zoneinfo/")[2] if "/zoneinfo/" in target else ""


def _progress(_table: str, done: int, total: int) -> None:
    if total >= MANY_ROWS:
        end = "\n" if done == total else ""
        print("\r" + _("{done} of {total} rows").format(done=done, total=total), end=end, file=sys.stderr, flush=True)


def _told(started: "Started", settings: "Settings", case: "Case | None") -> list[str]:
    """Return what to say of a new record."""
    from tracker.domain.countries import country_name

    lines = [
        _("New record of {we}: {country}, days by {zone}, from {start}.").format(
            we=settings.we, country=country_name(settings.country), zone=settings.zone, start=settings.start
        )
    ]
    if case is None:
        return [*lines, _("Add the first person with 'tracker detainee add NAME'.")]
    counted = _("{people} people, {releases} releases, {sources} sources, {claims} claims, {citations} citations")
    numbers = {
        key: started.loaded.get(table, 0)
        for key, table in (
            ("people", "detainees"),
            ("releases", "releases"),
            ("sources", "sources"),
            ("claims", "claims"),
            ("citations", "citations"),
        )
    }
    return [
        *lines,
        _("Loaded “{title}”: {counted}.").format(title=case.title, counted=counted.format(**numbers)),
        _("Who remains detained: 'tracker remaining'. One person's page: 'tracker show NAME'."),
    ]
