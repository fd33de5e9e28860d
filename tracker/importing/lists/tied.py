"""Rows that a number ties and that cannot be one person: a case number has several people under it.

Rows with one `ref`, one identifier or one cell of `--one-person-by` are one person, because the list says so. Where
their names have nothing in common, or their sex or birth cannot be one person's, it says something else.
"""

from collections.abc import Callable, Iterator
from typing import Final

from tracker.domain.text import quoted
from tracker.i18n import _
from tracker.importing.lists.bundles import Bundle
from tracker.importing.lists.deciding import described
from tracker.importing.problems import Problems
from tracker.importing.rows import Line
from tracker.importing.spoken import Person
from tracker.matching.described import Described
from tracker.matching.evidence import born, sex
from tracker.matching.matcher import best_names
from tracker.matching.names_alike import rarity

_TELLING: Final = ("name", "other_names", "sex", "born", "age")
_TWO_PEOPLE: Final = -2.5  # another sex, births years apart


def told_apart(bundle: Bundle, read: Callable[[Line], Person], problems: Problems) -> None:
    """Add a problem for each row of a bundle that cannot be the person of its first row."""
    first = bundle.first
    others = {_telling(line): line for line in reversed(bundle.lines) if _telling(line) != _telling(first)}
    if not bundle.tied or not others:
        return
    known = described(read(first))
    for line in reversed(others.values()):
        why = two_people(known, described(read(line)))
        if why:
            about = _("{name} of row {row}").format(name=quoted(first.cells.get("name", "")), row=first.number)
            refuse(bundle, line, about, why, problems)


def two_people(one: Described, other: Described) -> tuple[str, ...]:
    """Return why two descriptions cannot be one person; nothing where they can."""
    found = [each for each in (sex(one, other), born(one, other)) if each is not None and each.weight <= _TWO_PEOPLE]
    names, _printed = best_names(one.names, other.names, rarity)
    if one.names and other.names and not names.reasons:
        return (_("no name in common"), *(each.reason for each in found))
    return (*(names.reasons if names.clash or found else ()), *(each.reason for each in found))


def refuse(bundle: Bundle, line: Line, about: str, why: tuple[str, ...], problems: Problems) -> None:
    """Add the problem that a row has the number of somebody (`about`) who is somebody else."""
    column = bundle.key.partition(":")[0]
    problems.add(
        _(
            "It is also that of {other}, and they are two people: {why}. If several people share it, give the column"
            " to another field (--map COLUMN=note) or say --one-person-by name; if this is one person with two names,"
            " put one of them into other_names."
        ).format(other=about, why="; ".join(why)),
        file=line.file,
        row=line.number,
        column=column,
        value=line.cells.get(column),
    )


def tie_told(bundle: Bundle) -> Iterator[str]:
    """Yield which rows are one person, and by what."""
    if bundle.tied and bundle.rows > 1:
        column = bundle.key.partition(":")[0]
        rows = ", ".join(str(number) for number in dict.fromkeys(line.number for line in bundle.lines))
        value = quoted(bundle.first.cells.get(column, ""), 40)
        yield _("rows {rows} are one person by {column} {value}").format(rows=rows, column=column, value=value)


def _telling(line: Line) -> tuple[str | None, ...]:
    return tuple(line.cells.get(column) for column in _TELLING)
