"""Options that many commands share, each declared once.

A dataclass here is spread into its fields on the command line (`command.py`). All values arrive as the text typed:
reading them, with a sentence for what cannot be read, is the business of the layers below.
"""

from dataclasses import dataclass
from typing import Annotated

import typer

from tracker.cli import complete
from tracker.errors import BadValue
from tracker.i18n import _

FORMATS = ("table", "csv", "json", "md")
SUFFIXES = {".csv": "csv", ".json": "json", ".md": "md", ".txt": "table"}

Who = Annotated[
    str,
    typer.Argument(
        metavar="WHO",
        help=_("A name, another name, or a ref such as P-7k3m9q."),
        autocompletion=complete.people,
    ),
]
Ref = Annotated[str, typer.Argument(metavar="REF", help=_("The record's ref, such as R-7k3m9q."))]
Yes = Annotated[bool, typer.Option("--yes", "-y", help=_("Do not ask for confirmation."))]
DryRun = Annotated[bool, typer.Option("--dry-run", help=_("Show what would happen and change nothing."))]


@dataclass(frozen=True, slots=True)
class Cited:
    """Who says so, and where: the options every add and edit takes."""

    source: Annotated[
        str | None,
        typer.Option(
            "--source",
            "-s",
            metavar="SOURCE",
            envvar="TRACKER_SOURCE",
            show_envvar=True,
            autocompletion=complete.sources,
            help=_("Where it stands: a source's slug, or a URL that becomes a source."),
        ),
    ] = None
    claimant: Annotated[
        str | None,
        typer.Option(
            "--claimant",
            "-c",
            metavar="NAME",
            envvar="TRACKER_CLAIMANT",
            show_envvar=True,
            autocompletion=complete.claimants,
            help=_("Who said it, if not the source itself: Foro Penal, a ministry, a family."),
        ),
    ] = None
    locator: Annotated[
        str | None,
        typer.Option("--locator", metavar="TEXT", help=_("Where in the source: page, minute, paragraph.")),
    ] = None


@dataclass(frozen=True, slots=True)
class Scope:
    """Which people, at what moment, as known when: the options every question takes."""

    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help=_("As it stood on this day (or minute)."))] = (
        None
    )
    known_by: Annotated[
        str | None,
        typer.Option(
            "--known-by",
            metavar="WHEN",
            help=_("As this record knew it then: a date, a time or a changeset."),
        ),
    ] = None
    published_by: Annotated[
        str | None,
        typer.Option(
            "--published-by",
            metavar="DATE",
            help=_("Counting only what some source published by then had said."),
        ),
    ] = None
    nationality: Annotated[
        list[str] | None,
        typer.Option(
            "--nationality",
            metavar="COUNTRY",
            help=_("Only nationals of this country (ES, Spain, española)."),
            autocompletion=complete.countries,
        ),
    ] = None
    dual: Annotated[
        str | None,
        typer.Option("--dual", metavar="yes|no", help=_("Only people with several nationalities, or only with one.")),
    ] = None
    facility: Annotated[
        list[str] | None,
        typer.Option(
            "--facility",
            "-f",
            metavar="PLACE",
            help=_("Only people held (or last held) there."),
            autocompletion=complete.facilities,
        ),
    ] = None
    tag: Annotated[
        list[str] | None,
        typer.Option("--tag", metavar="TAG", help=_("Only people with this tag."), autocompletion=complete.tags),
    ] = None
    sex: Annotated[str | None, typer.Option("--sex", metavar="SEX", help=_("female, male, other or unknown."))] = None
    service: Annotated[
        str | None,
        typer.Option("--service", metavar="SERVICE", help=_("civilian, military, police or unknown.")),
    ] = None
    standing: Annotated[
        list[str] | None,
        typer.Option(
            "--standing",
            metavar="STANDING",
            help=_("Only people in this situation: detained, house_arrest, restricted …"),
            autocompletion=complete.vocabulary("standing"),
        ),
    ] = None
    source: Annotated[
        list[str] | None,
        typer.Option(
            "--source",
            "-s",
            metavar="SOURCE",
            help=_("Only people this source speaks of."),
            autocompletion=complete.sources,
        ),
    ] = None
    claimant: Annotated[
        list[str] | None,
        typer.Option(
            "--claimant",
            "-c",
            metavar="NAME",
            help=_("Only people this claimant speaks of."),
            autocompletion=complete.claimants,
        ),
    ] = None
    public: Annotated[
        bool, typer.Option("--public", help=_("For publication: names only of people who may be named."))
    ] = False


@dataclass(frozen=True, slots=True)
class Window:
    """A period: from the start of one day to the end of another."""

    from_: Annotated[
        str | None,
        typer.Option("--from", metavar="DATE", help=_("From the start of this day (else the record's start).")),
    ] = None
    to: Annotated[str | None, typer.Option("--to", metavar="DATE", help=_("To the end of this day (else today)."))] = (
        None
    )


@dataclass(frozen=True, slots=True)
class Output:
    """How the answer is written."""

    format: Annotated[
        str | None,
        typer.Option("--format", metavar="|".join(FORMATS), help=_("How to write it (else by the name of --output).")),
    ] = None
    csv: Annotated[bool, typer.Option("--csv", help=_("Short for --format csv."))] = False
    json: Annotated[bool, typer.Option("--json", help=_("Short for --format json."))] = False
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FILE", help=_("Write into this file, whole or not at all.")),
    ] = None
    columns: Annotated[
        str | None,
        typer.Option("--columns", metavar="KEYS", help=_("These columns, comma-separated, in this order.")),
    ] = None
    for_spreadsheet: Annotated[
        bool, typer.Option("--for-spreadsheet", help=_("CSV that opens safely in Excel and LibreOffice."))
    ] = False

    def chosen_format(self, terminal: bool) -> str:
        """Return `table`, `csv`, `json` or `md`. Raises `BadValue`."""
        asked = [name for name, given in (("csv", self.csv), ("json", self.json)) if given]
        if self.format is not None:
            asked.insert(0, self.format.strip().lower())
        if len(set(asked)) > 1:
            raise BadValue(_("Two formats were asked for: {formats}.").format(formats=", ".join(asked)))
        if asked:
            if asked[0] not in FORMATS:
                raise BadValue(
                    _("--format takes {choices}, not {value!r}.").format(choices=" / ".join(FORMATS), value=asked[0])
                )
            return asked[0]
        if self.output is not None:
            suffix = "." + self.output.rpartition(".")[2].lower()
            return SUFFIXES.get(suffix, "csv")
        return "csv" if self.for_spreadsheet and not terminal else "table"

    def chosen_columns(self) -> list[str] | None:
        """Return the keys asked for, or None for the question's own choice."""
        if self.columns is None:
            return None
        return [key.strip() for key in self.columns.split(",") if key.strip()]


@dataclass(frozen=True, slots=True)
class Page:
    """How much of the answer, in what order."""

    sort: Annotated[
        str | None,
        typer.Option("--sort", metavar="COLUMN", help=_("Order by this column (-COLUMN: downward).")),
    ] = None
    limit: Annotated[
        str | None,
        typer.Option("--limit", metavar="N|all", help=_("At most so many rows (a terminal shows 40).")),
    ] = None

    def rows(self, out: Output, terminal: bool) -> int | None:
        """Return the number of rows to fetch, None for all. Raises `BadValue`."""
        from tracker.cli.context import FIRST_PAGE

        if self.limit is None:
            paged = terminal and out.output is None and out.chosen_format(terminal) == "table"
            return FIRST_PAGE if paged else None
        if self.limit.strip().lower() in ("all", "todo", "todos", "todas"):
            return None
        if self.limit.isdecimal() and int(self.limit) > 0:
            return int(self.limit)
        raise BadValue(_("--limit takes a number from 1, or all; not {value!r}.").format(value=self.limit))
