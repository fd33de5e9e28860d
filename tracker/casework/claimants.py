"""Claimants: who says things. Monitors, ministries, families, the press."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tracker.casework.edits import CLAIMANT, edited
from tracker.casework.values import several, words
from tracker.domain.counting import read_kept
from tracker.domain.countries import read_country
from tracker.domain.names import clean, exact, fold
from tracker.domain.text import quoted
from tracker.domain.vocabulary import CLAIMANT_DEFAULT_STATUS, read
from tracker.errors import BadValue, Refused
from tracker.i18n import _
from tracker.matching.voices import claimants_called, find_claimant
from tracker.store import Change, Connection, Row

__all__ = ["add_claimant", "add_claimant_name", "edit_claimant", "find_claimant", "read_default_status", "refuse_taken"]


def add_claimant(
    change: Change,
    name: str,
    kind: str,
    *,
    other_names: Iterable[str] = (),
    default_status: str | None = None,
    house_arrest: str | None = None,
    rule: str | None = None,
    country: str | None = None,
    note: str | None = None,
) -> str:
    """Add a claimant and return its id. Without a `default_status`, that of its kind.

    Raises Refused where one of the names belongs to another claimant, BadValue for words no vocabulary has.
    """
    name = clean(name)
    refuse_taken(change.db, name)
    kind = read("claimant_kind", kind)
    added = change.insert(
        "claimants",
        {
            "name": name,
            "kind": kind,
            "default_status": read_default_status(default_status, kind),
            "house_arrest": read("house_arrest_practice", house_arrest) if house_arrest else "unknown",
            "rule": read_kept(rule) if rule else None,
            "country": read_country(country) if country else None,
            "note": words(note, _("note")),
        },
    )
    for other in several(other_names):
        add_claimant_name(change, added, other)
    return added


def edit_claimant(
    change: Change,
    claimant: Row,
    given: Mapping[str, str | None],
    *,
    other_names: Iterable[str] = (),
    remove_names: Iterable[str] = (),
) -> list[str]:
    """Change what is given (empty text empties rule, country and note) and return a sentence for each change.

    A new name leaves the old one as another name. A new kind brings its own default status where the old one's was in
    force. Releases already on record keep their status. Raises Refused for a name of another claimant, BadValue.
    """
    values = _read_claimant(given, claimant)
    if values.get("name"):
        refuse_taken(change.db, values["name"], but=claimant["id"])
    said = _remove_names(change, claimant["id"], remove_names)
    said += edited(change, "claimants", claimant["id"], values, CLAIMANT)
    kept = [claimant["name"]] if values.get("name") else []
    if values.get("name"):
        _drop_main_name(change, claimant["id"], str(values["name"]))
    said += [
        _("other name added: {name}").format(name=quoted(name))
        for name in [*several(other_names), *kept]
        if add_claimant_name(change, claimant["id"], name)
    ]
    return said


def _drop_main_name(change: Change, claimant: str, name: str) -> None:
    """Take away the other name that has become the main one."""
    for row in change.db.execute("SELECT id, name FROM claimant_names WHERE claimant = ?", (claimant,)).fetchall():
        if fold(row["name"]) == fold(name):
            change.delete("claimant_names", row["id"])


def _read_claimant(given: Mapping[str, str | None], claimant: Row) -> dict[str, Any]:
    readers: dict[str, Callable[[str], Any]] = {
        "name": clean,
        "kind": lambda text: read("claimant_kind", text),
        "default_status": lambda text: read_default_status(text, claimant["kind"]),
        "house_arrest": lambda text: read("house_arrest_practice", text),
        "rule": lambda text: read_kept(text) if text.strip() else None,
        "country": lambda text: read_country(text) if text.strip() else None,
        "note": lambda text: words(text, _("note")),
    }
    values = {name: readers[name](text) for name, text in given.items() if text is not None}
    was_default = claimant["default_status"] == CLAIMANT_DEFAULT_STATUS[claimant["kind"]]
    if "kind" in values and "default_status" not in values and was_default:
        values["default_status"] = CLAIMANT_DEFAULT_STATUS[values["kind"]]
    return values


def _remove_names(change: Change, claimant: str, names: Iterable[str]) -> list[str]:
    said = []
    for name in several(names):
        rows = change.db.execute("SELECT id, name, name_exact FROM claimant_names WHERE claimant = ?", (claimant,))
        found = [row for row in rows if row["name_exact"] == exact(name)]
        if not found:
            raise Refused(_("{value} is not there to be removed.").format(value=quoted(name)))
        change.delete("claimant_names", found[0]["id"])
        said.append(_("removed: {value}").format(value=quoted(found[0]["name"])))
    return said


def read_default_status(text: str | None, kind: str) -> str:
    """Return the status a release has on this claimant's word.

    Raises BadValue for `retracted`: nobody's word is that.
    """
    if not text:
        return CLAIMANT_DEFAULT_STATUS[kind]
    status = read("release_status", text)
    if status == "retracted":
        raise BadValue(_("A default status is announced, reported or verified; a release is retracted one by one."))
    return status


def add_claimant_name(change: Change, claimant: str, name: str) -> bool:
    """Add another name; False where the claimant is found by it already.

    Raises Refused where another claimant has it.
    """
    name = clean(name)
    if any(row["id"] == claimant for row in claimants_called(change.db, name)):
        return False
    refuse_taken(change.db, name, but=claimant)
    change.insert("claimant_names", {"claimant": claimant, "name": name})
    return True


def refuse_taken(db: Connection, name: str, but: str | None = None) -> None:
    """Raise Refused if a claimant other than `but` is called `name`."""
    for row in claimants_called(db, name):
        if row["id"] != but:
            raise Refused(
                _("{name} is already on record: {claimant} ({ref}).").format(
                    name=quoted(name), claimant=row["name"], ref=row["ref"]
                ),
                hint=_("Use that one, or give a name that tells them apart."),
            )
