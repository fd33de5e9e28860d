"""Corrections: what changed from what to what, told in words."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from tracker.domain.text import quoted
from tracker.domain.vocabulary import label
from tracker.i18n import N_, _
from tracker.store import Change


class Field(NamedTuple):
    """A column as a sentence speaks of it: its label (English, marked), and the vocabulary of its values if any."""

    label: str
    words: str | None = None


PERSON: Final = {
    "name": Field(N_("name")),
    "description": Field(N_("description")),
    "sex": Field(N_("sex"), "sex"),
    "born": Field(N_("born")),
    "age": Field(N_("age stated")),
    "age_on": Field(N_("day of the stated age")),
    "service": Field(N_("service"), "service"),
    "occupation": Field(N_("occupation")),
    "publish": Field(N_("publication"), "publish"),
    "note": Field(N_("note")),
}

FACILITY: Final = {
    "name": Field(N_("name")),
    "kind": Field(N_("kind"), "facility_kind"),
    "state": Field(N_("state")),
    "country": Field(N_("country")),
    "note": Field(N_("note")),
}

CLAIMANT: Final = {
    "name": Field(N_("name")),
    "kind": Field(N_("kind"), "claimant_kind"),
    "default_status": Field(N_("default status"), "release_status"),
    "house_arrest": Field(N_("house arrest"), "house_arrest_practice"),
    "rule": Field(N_("counting rule")),
    "country": Field(N_("country")),
    "note": Field(N_("note")),
}

SOURCE: Final = {
    "slug": Field(N_("slug")),
    "title": Field(N_("title")),
    "publisher": Field(N_("publisher")),
    "author": Field(N_("author")),
    "url": Field(N_("URL")),
    "published": Field(N_("published")),
    "accessed": Field(N_("accessed")),
    "language": Field(N_("language")),
    "reliability": Field(N_("reliability"), "reliability"),
    "public": Field(N_("public")),
    "note": Field(N_("note")),
}

CLAIM: Final = {
    "claimant": Field(N_("claimant")),
    "measure": Field(N_("measure"), "measure"),
    "min": Field(N_("min")),
    "max": Field(N_("max")),
    "qualifier": Field(N_("qualifier"), "qualifier"),
    "out_of": Field(N_("out of")),
    "as_of": Field(N_("as of")),
    "since": Field(N_("since")),
    "scope": Field(N_("scope")),
    "note": Field(N_("note")),
}

LONGEST_SHOWN: Final = 60


def edited(
    change: Change, table: str, identifier: str, values: Mapping[str, Any], fields: Mapping[str, Field]
) -> list[str]:
    """Set columns of a record and return a sentence for each that changed: `age stated: 29 → 30`."""
    before = change.get(table, identifier)
    said = [changed(fields[name], before[name], value) for name, value in values.items() if before[name] != value]
    change.update(table, identifier, values)
    return said


def changed(field: Field, before: Any, after: Any) -> str:
    """Return the sentence for one change of a value."""
    return _("{field}: {before} → {after}").format(
        field=_(field.label), before=shown(field, before), after=shown(field, after)
    )


def shown(field: Field, value: Any) -> str:
    """Return a stored value as a sentence shows it."""
    if value is None or value == "":
        return _("(nothing)")
    if field is SOURCE["public"]:
        return label("yes_no", "yes" if value else "no")
    if field.words is not None:
        return label(field.words, str(value))
    return quoted(str(value), LONGEST_SHOWN)[1:-1]
