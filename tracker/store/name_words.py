"""The words that a printed name is looked up by (`domain.name_words`), kept true at the end of every changeset.

Whatever changed names (an edit, a bulk load, an undo, another program), the change log says which rows it touched and
what they were before. A word goes if only a former name had it; the words of the names as they are come in, sorted:
the table is ordered by word, and a load in that order touches each page once.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Final

_EVERY: Final = """
SELECT id, name FROM detainees WHERE name IS NOT NULL UNION ALL SELECT detainee, name FROM names
"""

# Names that people had before and that are not theirs any more, or not in that row.
_BEFORE: Final = """
SELECT c.row, json_extract(c.before, '$.name') AS was FROM changes c LEFT JOIN detainees d ON d.id = c.row
    WHERE c.seq = :seq AND c."table" = 'detainees' AND c.before IS NOT NULL AND was IS NOT d.name
UNION SELECT json_extract(c.before, '$.detainee') AS whose, json_extract(c.before, '$.name') AS was FROM changes c
    LEFT JOIN names n ON n.id = c.row
    WHERE c.seq = :seq AND c."table" = 'names' AND c.before IS NOT NULL
        AND (was IS NOT n.name OR whose IS NOT n.detainee)
"""

# The rows that are new, or whose name is another than at some time before.
_NOW: Final = """
SELECT d.id, d.name_key FROM changes c JOIN detainees d ON d.id = c.row
    WHERE c.seq = :seq AND c."table" = 'detainees'
        AND (c.before IS NULL OR json_extract(c.before, '$.name') IS NOT d.name)
UNION ALL SELECT n.detainee, n.name_key FROM changes c JOIN names n ON n.id = c.row
    WHERE c.seq = :seq AND c."table" = 'names' AND (c.before IS NULL OR json_extract(c.before, '$.name') IS NOT n.name
        OR json_extract(c.before, '$.detainee') IS NOT n.detainee)
"""

_ALL_NAMES: Final = """
SELECT name FROM detainees WHERE id = :id AND name IS NOT NULL UNION ALL SELECT name FROM names WHERE detainee = :id
"""

PART: Final = 200_000  # words sorted and added at once: 40 MB

Word = tuple[str, str]


def fill(db: sqlite3.Connection) -> None:
    """Make the words of all names on record anew."""
    db.execute("DELETE FROM name_words")
    with _any_text(db):
        _add(db, _words(db.execute(_EVERY)))


def keep(db: sqlite3.Connection, seq: int) -> None:
    """Bring the words in line with the names that changeset `seq` touched."""
    with _any_text(db):
        former = set(_words(db.execute(_BEFORE, {"seq": seq})))
        if former:
            people = sorted({person for _word, person in former})
            former -= {word for person in people for word in _of_one(db, person)}
            db.executemany("DELETE FROM name_words WHERE word = ? AND detainee = ?", sorted(former))
        _add(db, _words(db.execute(_NOW, {"seq": seq}), keys=True))


def _of_one(db: sqlite3.Connection, person: str) -> Iterator[Word]:
    return _words((person, row[0]) for row in db.execute(_ALL_NAMES, {"id": person}))


def _words(names: Iterable[tuple[str, str | None]], *, keys: bool = False) -> Iterator[Word]:
    """Yield the words of names, or of their `keys` (their folded forms, which the store keeps beside them)."""
    from tracker.domain.name_words import index_words, words_of_key  # anyascii is for writing; a read never needs it

    split = words_of_key if keys else index_words
    for person, name in names:
        for word in split(name) if name else ():
            yield word, person


def _add(db: sqlite3.Connection, words: Iterator[Word]) -> None:
    while part := sorted(islice(words, PART)):
        db.executemany("INSERT OR IGNORE INTO name_words (word, detainee) VALUES (?, ?)", part)


@contextmanager
def _any_text(db: sqlite3.Connection) -> Iterator[None]:
    """Read bytes that are no text as the store will keep them (U+FFFD), in plain rows."""
    kept = db.row_factory
    db.row_factory, db.text_factory = None, lambda raw: str(raw, "utf-8", "replace")
    try:
        yield
    finally:
        db.row_factory, db.text_factory = kept, str
