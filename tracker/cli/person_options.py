"""The options of `detainee add` and `detainee edit`, in groups that are spread into options."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import complete
from tracker.cli.command import refuse_empty
from tracker.i18n import _

if TYPE_CHECKING:
    from tracker.casework.people import Person
    from tracker.casework.people_edits import Removed


@dataclass(frozen=True, slots=True)
class About:
    """What is said about a person."""

    description: Annotated[
        str | None,
        typer.Option("--description", metavar="TEXT", help=_("Who it is, where there is no name: 'adolescent, 17'.")),
    ] = None
    sex: Annotated[
        str | None,
        typer.Option(
            "--sex",
            metavar="SEX",
            help=_("female, male, other or unknown."),
            autocompletion=complete.vocabulary("sex"),
        ),
    ] = None
    born: Annotated[
        str | None, typer.Option("--born", metavar="DATE", help=_("Date of birth, as precise as it is known."))
    ] = None
    age: Annotated[
        str | None, typer.Option("--age", metavar="YEARS", help=_("An age somebody stated; kept with its day."))
    ] = None
    age_on: Annotated[
        str | None, typer.Option("--age-on", metavar="DATE", help=_("The day on which the person had that age."))
    ] = None
    nationality: Annotated[
        list[str] | None,
        typer.Option(
            "--nationality",
            metavar="COUNTRY",
            help=_("ES, Spain, España, Spanish, española …; may be repeated."),
            autocompletion=complete.countries,
        ),
    ] = None
    service: Annotated[
        str | None,
        typer.Option(
            "--service",
            metavar="SERVICE",
            help=_("civilian, military or police."),
            autocompletion=complete.vocabulary("service"),
        ),
    ] = None
    occupation: Annotated[
        str | None, typer.Option("--occupation", metavar="TEXT", help=_("What the person does for a living."))
    ] = None
    tag: Annotated[
        list[str] | None,
        typer.Option(
            "--tag",
            metavar="TAG",
            help=_("journalist, human_rights_defender …; may be repeated."),
            autocompletion=complete.tags,
        ),
    ] = None
    other_name: Annotated[
        list[str] | None,
        typer.Option("--other-name", metavar="NAME", help=_("Another name, as printed elsewhere; may be repeated.")),
    ] = None
    identifier: Annotated[
        list[str] | None,
        typer.Option(
            "--identifier",
            metavar="SCHEME=VALUE",
            help=_("A case number or ID card; never exported in public. May be repeated."),
        ),
    ] = None
    publish: Annotated[
        str | None,
        typer.Option(
            "--publish",
            metavar="LEVEL",
            help=_("named, anonymous, withheld or unset."),
            autocompletion=complete.vocabulary("publish"),
        ),
    ] = None
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help=_("A remark."))] = None

    def person(self, name: str | None) -> "Person":
        """Return all of it, as casework takes it. Raises BadValue for an empty entry of a list."""
        from tracker.casework.people import Person

        for option in ("nationality", "tag", "other_name", "identifier"):
            refuse_empty("--" + option.replace("_", "-"), getattr(self, option))
        return Person(
            name=name,
            description=self.description,
            sex=self.sex,
            born=self.born,
            age=self.age,
            age_on=self.age_on,
            nationalities=self.nationality or (),
            service=self.service,
            occupation=self.occupation,
            tags=self.tag or (),
            other_names=self.other_name or (),
            identifiers=self.identifier or (),
            publish=self.publish,
            note=self.note,
        )


@dataclass(frozen=True, slots=True)
class Held:
    """A detention entered together with the person."""

    detained_on: Annotated[
        str | None,
        typer.Option("--detained-on", metavar="DATE", help=_("Also record a detention since this day (or unknown).")),
    ] = None
    facility: Annotated[
        str | None,
        typer.Option(
            "--facility",
            "-f",
            metavar="PLACE",
            help=_("Where the person is held."),
            autocompletion=complete.facilities,
        ),
    ] = None
    facility_since: Annotated[
        str | None,
        typer.Option("--facility-since", metavar="DATE", help=_("Held there since, if not since the arrest.")),
    ] = None
    whereabouts_unknown: Annotated[
        bool, typer.Option("--whereabouts-unknown", help=_("Held, and nobody knows where."))
    ] = False

    @property
    def anything(self) -> bool:
        """Tell whether a detention is meant."""
        return bool(self.detained_on or self.facility or self.facility_since or self.whereabouts_unknown)


@dataclass(frozen=True, slots=True)
class Corrected:
    """What becomes of what was there before."""

    keep_name: Annotated[
        str,
        typer.Option(
            "--keep-name",
            metavar="KIND|no",
            help=_("What the old name stays as: former, alias, nickname, printed, or no."),
        ),
    ] = "former"
    clear: Annotated[
        list[str] | None, typer.Option("--clear", metavar="FIELD", help=_("Empty this field; may be repeated."))
    ] = None
    remove_tag: Annotated[list[str] | None, typer.Option("--remove-tag", metavar="TAG", help=_("Take a tag off."))] = (
        None
    )
    remove_other_name: Annotated[
        list[str] | None, typer.Option("--remove-other-name", metavar="NAME", help=_("Take another name off."))
    ] = None
    remove_identifier: Annotated[
        list[str] | None,
        typer.Option("--remove-identifier", metavar="SCHEME=VALUE", help=_("Take an identifier off.")),
    ] = None

    def removed(self) -> "Removed":
        """Return what is taken away, as casework takes it."""
        from tracker.casework.people_edits import Removed

        return Removed(
            self.remove_other_name or (), self.remove_tag or (), self.remove_identifier or (), tuple(self.clear or ())
        )
