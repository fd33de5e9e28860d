"""Everybody on record, as rows or as lines of the canonical list."""

from collections.abc import Callable, Iterator
from operator import itemgetter
from typing import Any, Final

from tracker.reports.exporting import list_cells as at
from tracker.reports.exporting import streams
from tracker.reports.exporting.list_cells import Cells
from tracker.reports.exporting.list_rows import Composer, Directory, Person
from tracker.reports.exporting.list_text import TextComposer
from tracker.reports.exporting.streams import Children, stream
from tracker.store import Connection

_SEVERAL: Final = (at.OTHER_NAMES, at.NATIONALITIES, at.TAGS, at.IDENTIFIER)

BLOCK: Final = 2_000
"""Rows to a block of text, or a few more: a person's rows stay together."""


class Everybody:
    """Everybody who is not excluded, by id (that is, in order of entry), with all that hangs on them.

    `tables`: definitions that shadow the tables (in public), with their `params`; `own`: nothing shadows them, no
    view of the past either. `first` and `last` limit the ids, `before` is how many people come before `first`: people
    without a ref are numbered.
    """

    def __init__(
        self,
        db: Connection,
        tables: str = "",
        params: dict[str, str] | None = None,
        *,
        own: bool = False,
        first: str = streams.START,
        last: str = streams.END,
        before: int = 0,
        pseudonym: str = "",
    ) -> None:
        self._db = db
        self._tables = tables
        self._params = {**(params or {}), "first": first, "last": last}
        self._before = before
        self._ask = streams.queries(public=bool(tables), key="rowid" if own else "id", pseudonym=pseudonym)

    def rows(self) -> Iterator[Cells]:
        """Yield the rows of the list, cell by cell; several values in a cell are a tuple."""
        compose = Composer(self._directory()).rows
        for rows in self._mixed(compose):
            for row in rows:
                for place in _SEVERAL:
                    if row[place] is not None:
                        row[place] = tuple(row[place].split("; "))
                yield row

    def blocks(self) -> Iterator[tuple[int, str]]:
        """Yield the same rows as lines of CSV, many at a time: how many, and their text."""
        compose = TextComposer(self._directory()).lines
        lines: list[str] = []
        for composed in self._mixed(compose):
            lines += composed
            if len(lines) >= BLOCK:
                yield len(lines), "".join(lines)
                lines = []
        if lines:
            yield len(lines), "".join(lines)

    def _mixed(self, compose: Callable[[Person], list[Any]]) -> Iterator[list[Any]]:
        """Yield what is composed of each person; in public those not named come last, in no order of their entry."""
        unnamed = []
        for one in self._people():
            if one.spoken:
                yield compose(one)
            else:
                unnamed.append((one.ref, compose(one)))
        unnamed.sort(key=itemgetter(0))
        yield from map(itemgetter(1), unnamed)

    def _stream(self, sql: str) -> Iterator[Any]:
        needed = {name: value for name, value in self._params.items() if f":{name}" in self._tables + sql}
        return stream(self._db, self._tables + sql, needed)

    def _people(self) -> Iterator[Person]:
        public = bool(self._tables)
        ask = self._ask
        names, nationalities, cited, detentions, stays, releases = (
            Children(self._stream(sql)).of
            for sql in (ask.names, ask.nationalities, ask.cited, ask.detentions, ask.stays, ask.releases)
        )
        for number, person in enumerate(self._stream(ask.people), self._before + 1):
            key = person[0]
            told = not public or person[1] is not None
            yield Person(
                person if told else _faceless(person),
                number,
                names(key),
                nationalities(key),
                cited(key),
                detentions(key),
                stays(key),
                releases(key),
                told,
            )

    def _directory(self) -> Directory:
        sources = list(self._stream("SELECT id, slug, published FROM sources"))
        return Directory(
            {key: slug for key, slug, _published in sources},
            {key: published for key, _slug, published in sources},
            {None: None, **dict(self._stream("SELECT id, name FROM claimants"))},
            dict(self._stream("SELECT id, name FROM facilities")),
        )


def _faceless(person: Any) -> Any:
    """Return somebody who may not be named under their pseudonym; an age is for counting only, tags could tell."""
    known = list(person[:-1])
    known[1], known[6:8], known[13] = person[-1], (None, None), None
    return tuple(known)
