"""Who may stand in a row that could not be read: nobody can say that they are no longer on the list."""

from collections.abc import Iterable, Iterator
from typing import Final

from tracker.domain.names import fold
from tracker.importing.problems import Problems
from tracker.importing.reading import Reading
from tracker.store import Connection, Row

_CALLED: Final = "SELECT name FROM detainees WHERE id = :id UNION SELECT name FROM names WHERE detainee = :id"

_PARTICLE: Final = 2
"""Letters that a word of a name has at most if it tells nobody apart."""

_ENOUGH: Final = 2
"""Words of a name that a row must hold, where the name has as many."""


def parted(db: Connection, people: list[Row], reading: Reading, problems: Problems) -> tuple[list[Row], list[Row]]:
    """Return those of `people` who stand in no row of the list that is bad, and those who may."""
    rows = [_words(" ".join(cells)) for cells in _bad(reading, problems)] if people else []
    gone: list[Row] = []
    unclear: list[Row] = []
    for person in people:
        names = [_words(name) for (name,) in db.execute(_CALLED, {"id": person["id"]}) if name] if rows else []
        (unclear if _may_stand(names, rows) else gone).append(person)
    return gone, unclear


def _bad(reading: Reading, problems: Problems) -> Iterator[list[str]]:
    """Yield the cells, as far as they were read, of the rows that could not be taken."""
    if problems.by_row:
        yield from (raw.cells for raw in reading.rows() if raw.number in problems.by_row)


def _may_stand(names: Iterable[frozenset[str]], rows: Iterable[frozenset[str]]) -> bool:
    """Tell whether some row holds two words of one of the names, or all of it."""
    return any(len(name & row) >= min(_ENOUGH, len(name)) for name in names if name for row in rows)


def _words(text: str) -> frozenset[str]:
    """Return the words of a text, without particles such as `de la` where there are others."""
    words = "".join(letter if letter.isalnum() else " " for letter in fold(text)).split()
    return frozenset(word for word in words if len(word) > _PARTICLE) or frozenset(words)
