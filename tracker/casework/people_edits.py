"""People corrected: other values, a name for the unnamed, left out of the counts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from tracker.casework.citations import NOTHING, Cited, cite, recite
from tracker.casework.edits import PERSON, edited
from tracker.casework.minors import take_back
from tracker.casework.people import (
    Person,
    add_identifier,
    add_nationality,
    add_other_name,
    add_tag,
    find_nationality,
    read_person,
    refuse_same_name,
    tag_key,
)
from tracker.casework.values import line, several
from tracker.domain.countries import read_country
from tracker.domain.names import exact, fold
from tracker.domain.no_names import person_name
from tracker.domain.text import quoted
from tracker.domain.vocabulary import read
from tracker.errors import BadValue, Refused
from tracker.i18n import _, ngettext
from tracker.store import Change, Row

CLEARABLE: Final = (
    *("description", "sex", "born", "age", "age_on", "service", "occupation", "publish", "note"),
    *("other_names", "tags", "identifiers"),
)
CITED: Final = frozenset({"name", "sex", "born", "age", "service", "occupation"})
"""The fields of a person that a citation can speak of (`domain.lists.FIELDS_OF`)."""


@dataclass(frozen=True, slots=True)
class Removed:
    """Entries of a person's lists to take away, as people write them."""

    other_names: Iterable[str] = ()
    tags: Iterable[str] = ()
    identifiers: Iterable[str] = ()
    fields: Iterable[str] = ()


NO_REMOVAL: Final = Removed()


def edit_person(
    change: Change,
    person: Row,
    given: Person,
    *,
    removed: Removed = NO_REMOVAL,
    keep_name: str | None = "former",
    another: bool = False,
    cited: Cited = NOTHING,
) -> list[str]:
    """Change what is given, take away what is to go, and return a sentence for each change (none: nothing changed).

    The old name stays as another name of the kind `keep_name` (None: it does not), unless it differs in accents or
    case only. Raises Refused for a name that somebody else has (unless `another`), BadValue.
    """
    identifier = person["id"]
    values = read_person(change.db, given)
    values |= dict.fromkeys(_columns_to_clear(removed.fields), None)
    if person["name"] is None and "name" in values:
        raise Refused(
            _("{ref} has no name yet.").format(ref=person["ref"]),
            hint=_("Give it one with: tracker detainee identify {ref} --name NAME").format(ref=person["ref"]),
        )
    if person["name"] is None and "description" in values and values["description"] is None:
        raise Refused(_("Somebody without a name needs a description."))
    if "name" in values:
        said = rename(change, person, values.pop("name"), keep=keep_name, another=another, cited=cited)
    else:
        said = []
    said += edited(change, "detainees", identifier, values, PERSON)
    if "publish" in values and values["publish"] != "named":
        said += take_back(change, identifier)
    for field in CITED.intersection(values):
        before, after = _text(person[field]), _text(values[field])
        recite(change, "detainees", identifier, field, before=before, after=after, cited=cited)
    said += _remove(change, identifier, removed)
    return said + _add(change, identifier, given, cited)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _columns_to_clear(fields: Iterable[str]) -> list[str]:
    """Return the columns among the fields to clear. Raises BadValue for a field that cannot be cleared."""
    for field in fields:
        if field not in CLEARABLE:
            raise BadValue(
                _("{field} cannot be cleared.").format(field=quoted(field)),
                hint=_("These can: {fields}.").format(fields=", ".join(CLEARABLE)),
            )
    return [field for field in fields if field in PERSON]


def read_keep(text: str) -> str | None:
    """Return the kind of name an old name stays as, None for "no". Raises BadValue."""
    return None if fold(text) == "no" else read("name_kind", text)


def rename(
    change: Change, person: Row, name: str, *, keep: str | None, another: bool = False, cited: Cited
) -> list[str]:
    """Give a person another main name and return the sentences; the old one is kept as another name of kind `keep`."""
    identifier, before = person["id"], person["name"]
    name = person_name(name)
    if not another:
        refuse_same_name(change.db, name, but=identifier)
    said = edited(change, "detainees", identifier, {"name": name}, PERSON)
    for row in change.db.execute("SELECT id, name_exact FROM names WHERE detainee = ?", (identifier,)).fetchall():
        if row["name_exact"] == exact(name):
            change.delete("names", row["id"])
    if keep and before is not None and fold(before) != fold(name) and add_other_name(change, identifier, before, keep):
        said.append(_("{name} stays on record as another name.").format(name=quoted(before)))
    recite(change, "detainees", identifier, "name", before=before, after=name, cited=cited)
    return said


def _add(change: Change, person: str, given: Person, cited: Cited) -> list[str]:
    said = [
        _("other name added: {name}").format(name=quoted(name))
        for name in several(given.other_names)
        if add_other_name(change, person, name)
    ]
    said += [
        _("tag added: {tag}").format(tag=tag_key(tag)) for tag in several(given.tags) if add_tag(change, person, tag)
    ]
    said += [
        _("identifier added: {value}").format(value=quoted(one))
        for one in several(given.identifiers)
        if add_identifier(change, person, one)
    ]
    said += [
        _("nationality added: {country}").format(country=read_country(country))
        for country in several(given.nationalities)
        if add_nationality(change, person, country, cited=cited)
    ]
    return said


_LISTS: Final[dict[str, tuple[str, str, Callable[[str], str]]]] = {
    "other_names": ("names", "name", exact),
    "tags": ("tags", "tag", tag_key),
    "identifiers": ("identifiers", "scheme || '=' || value", str.strip),
}


def _remove(change: Change, person: str, removed: Removed) -> list[str]:
    """Take entries off a person's lists. Raises Refused for one that is not there."""
    said = []
    for field, (table, text, key) in _LISTS.items():
        entries = change.db.execute(f"SELECT id, {text} AS it FROM {table} WHERE detainee = ?", (person,)).fetchall()
        by_key = {key(entry["it"]): entry for entry in entries}
        going = list(by_key) if field in removed.fields else [key(word) for word in several(getattr(removed, field))]
        for one in going:
            if one not in by_key:
                raise Refused(_("{value} is not there to be removed.").format(value=quoted(one)))
            change.delete(table, by_key[one]["id"])
            said.append(_("removed: {value}").format(value=quoted(by_key[one]["it"])))
    return said


def remove_nationality(change: Change, person: Row, country: str) -> str:
    """Take a nationality and its citations away; return what was done.

    Raises Refused where the person does not have it.
    """
    row = find_nationality(change.db, person["id"], country)
    if row is None:
        raise Refused(
            _("{ref} does not have the nationality {country}.").format(ref=person["ref"], country=quoted(country))
        )
    cited = change.db.execute("SELECT id FROM citations WHERE nationality = ?", (row["id"],)).fetchall()
    for citation in cited:
        change.delete("citations", citation["id"])
    change.delete("nationalities", row["id"])
    return ngettext(
        "nationality removed: {country}, with {n} citation",
        "nationality removed: {country}, with {n} citations",
        len(cited),
    ).format(country=row["country"], n=len(cited))


def identify(change: Change, person: Row, name: str, *, another: bool = False, cited: Cited = NOTHING) -> list[str]:
    """Give an unnamed person a name. Raises Refused for somebody who has one, or whose name somebody else has."""
    if person["name"] is not None:
        raise Refused(
            _("{ref} has a name already: {name}.").format(ref=person["ref"], name=quoted(person["name"])),
            hint=_("Correct it with: tracker detainee edit {ref} --name NAME").format(ref=person["ref"]),
        )
    return rename(change, person, name, keep=None, another=another, cited=cited)


def exclude(change: Change, person: Row, reason: str, *, cited: Cited = NOTHING) -> None:
    """Leave a person out of every count, saying why. Raises BadValue without a reason, Refused if it is so already."""
    why = line(reason, _("reason"), 1000)
    if not why:
        raise BadValue(_("Say why with --reason: an exclusion without a reason cannot be trusted."))
    if person["excluded"] and person["excluded_reason"] == why:
        raise Refused(_("{ref} is excluded already, for that reason.").format(ref=person["ref"]))
    change.update("detainees", person["id"], {"excluded": 1, "excluded_reason": why})
    cite(change, "detainees", person["id"], cited, field="excluded")


def include(change: Change, person: Row) -> None:
    """Count an excluded person again. Raises Refused for somebody who is not excluded."""
    if not person["excluded"]:
        raise Refused(_("{ref} is not excluded.").format(ref=person["ref"]))
    change.update("detainees", person["id"], {"excluded": 0, "excluded_reason": None})
