"""A question about a row as somebody reads it: all the row says, beside what the record says of those who may be meant.

Every cell of the row stands here. `=` before a cell of the record says that it agrees with the row, `≠` that both
cannot be true; a free text in other words has no sign.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from tracker.domain.countries import country_name
from tracker.domain.dates import partial
from tracker.domain.names import fold
from tracker.domain.text import quoted
from tracker.domain.vocabulary import label
from tracker.i18n import N_, _
from tracker.importing.lists.answering import Question, cells_of
from tracker.importing.lists.intake import Intake
from tracker.importing.lists.record_directory import Creating, Made, directory_of
from tracker.importing.problems import Problems
from tracker.importing.spoken import NOTHING_SAID, Person, Record, agree, said
from tracker.matching.described import Match
from tracker.reports.exporting.columns import LIST
from tracker.reports.exporting.everybody import Everybody
from tracker.store import Change, Connection
from tracker.table import Column, Table

SAME, OTHER = "=", "≠"

_DATES: Final = frozenset({"born", "detained_on", "facility_since", "sentence_ends", "released_on", "died_on"})
_CLOSED: Final = frozenset({"sex", "service", "stage", "release_kind", "release_basis", "nationalities", "facility"})
"""Columns where another word says something else; elsewhere it may be the same in other words."""
_ASIDE: Final = frozenset({"ref", "detention"})
_MOST: Final = 4
"""Values of one column that are shown of one person."""

Facts = dict[str, list[str]]
"""Column → its values as the record writes them."""


def pages(change: Change, question: Question, across: int = 2) -> Iterator[Table]:
    """Yield the row beside its candidates, at most `across` of them to a table; one table where there are none."""
    told, cells = _told(change, question), dict(cells_of(question))
    shown = iter(list(enumerate(question.candidates, 1)))
    title: str | None = _("{list}, row {row}: {name}").format(
        list=question.list_name, row=question.bundle.first.number, name=quoted(question.bundle.printed)
    )
    while (some := list(islice(shown, across))) or title:
        beside = [_Beside(number, match, _on_record(change.db, match)) for number, match in some]
        yield Table(
            [
                Column("fact", ""),
                Column("list", N_("the list")),
                *(Column(str(one.number), f"{one.number}. {one.match.ref}") for one in beside),
            ],
            [*_facts(cells, told, beside), *_judged(beside)],
            title=title,
            foot=question.reasons if title and not _is_of_first(question) else (),
        )
        title = None


def _is_of_first(question: Question) -> bool:
    """Tell whether why it is asked stands below the first candidate already."""
    return bool(question.candidates) and question.reasons == question.candidates[0].reasons


@dataclass(frozen=True, slots=True)
class _Beside:
    """One candidate: its number, and what is on record."""

    number: int
    match: Match
    facts: Facts


def _facts(cells: dict[str, str], told: Facts, beside: list[_Beside]) -> Iterator[tuple[str | None, ...]]:
    """Yield a line for each column of which the row or a candidate says anything, in the order of the list."""
    for column in LIST:
        key = column.key
        if key in _ASIDE and key not in cells:
            continue
        line = [
            _shown(column, one.facts.get(key, []), sign(key, told.get(key, []), one.facts.get(key, [])))
            for one in beside
        ]
        if key in cells or any(line):
            yield _(column.label), cells.get(key), *line


def _judged(beside: list[_Beside]) -> list[tuple[str | None, ...]]:
    if not beside:
        return []
    return [
        (_("score"), None, *(str(round(one.match.score * 100)) for one in beside)),
        (_("reasons"), None, *("; ".join(one.match.reasons) or None for one in beside)),
    ]


def _shown(column: Column, values: list[str], mark: str) -> str | None:
    if not values:
        return None
    words = [_word(column, value) for value in values[:_MOST]]
    more = _(" and {n} more").format(n=len(values) - _MOST) if len(values) > _MOST else ""
    return f"{mark} {' | '.join(words)}{more}".lstrip()


def _word(column: Column, value: str) -> str:
    if column.key == "nationalities":
        return country_name(value)
    return label(column.words, value) if column.words else value


def sign(column: str, told: list[str], known: list[str]) -> str:
    """Return how what a row says of a column stands to what is on record; values are as the record writes them."""
    told, known = ([value for value in values if value not in NOTHING_SAID] for values in (told, known))
    if not told or not known:
        return ""
    if any(_same(column, one, other) for one in told for other in known):
        return SAME
    return OTHER if column in _CLOSED or column in _DATES else ""


def _same(column: str, one: str, other: str) -> bool:
    if column in _DATES:
        return agree(partial(one), partial(other))
    return fold(one) == fold(other)


def _on_record(db: Connection, match: Match) -> Facts:
    """Return what the record says of a person, as a list of it would."""
    facts: Facts = {}
    for row in Everybody(db, first=match.id, last=match.id + "0").rows():
        for column, cell in zip(LIST, row, strict=True):
            for value in cell if isinstance(cell, tuple) else (cell,):
                _put(facts, column.key, value)
    return facts or {"name": [match.name]}  # of somebody who is excluded no list says anything


def _put(facts: Facts, column: str, value: Any) -> None:
    if value is not None and str(value) not in facts.setdefault(column, []):
        facts[column].append(str(value))


def _told(change: Change, question: Question) -> Facts:
    """Return what the rows say, as the record would write it; nothing of what can no longer be read."""
    directory = directory_of(change, Creating(), Made())
    intake = Intake(change, question.list_name, question.list, directory, Problems())
    person = intake.read(question.bundle, Problems())
    facts: Facts = {}
    _put(facts, "name", person.name)
    for column, values in (
        ("other_names", [name for name, _kind in person.names.values()]),
        ("nationalities", person.nationalities),
        ("tags", person.tags),
        ("note", person.notes),
        ("identifier", [value if scheme == "id" else f"{scheme}={value}" for scheme, value in person.identifiers]),
    ):
        for value in values:
            _put(facts, column, value)
    for record in _records(person):
        for column, value in record.values.items():
            if value is not None:
                _put(facts, column, directory.named.get(value, value) if column == "facility" else said(value))
    return facts


def _records(person: Person) -> Iterator[Record]:
    yield person.record
    for detention in person.detentions.values():
        yield detention.record
        yield from detention.stays
        yield from detention.releases
