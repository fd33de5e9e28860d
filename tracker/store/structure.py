"""The structure of the record read out of `schema`: columns, keys, and the SQL that makes it.

Triggers keep the change log. Each writes what a row was *before*, as JSON keyed by column with
empty columns left out: a column that a later version adds changes no old image, and no hash over one.
"""

import re
from functools import cache
from typing import Final

from tracker.store.schema import (
    ADDED,
    DATE_COLUMNS,
    DERIVED_TABLES,
    INDEXES,
    LOG_TABLES,
    NAME_COLUMNS,
    REF_LETTERS,
    SCHEMA_VERSION,
    TABLES,
    TABLES_ADDED,
)

_CONSTRAINTS: Final = ("CHECK", "UNIQUE", "FOREIGN", "PRIMARY", "CONSTRAINT")


def _parts(body: str) -> list[str]:
    """Split the text between a table's parentheses at its own commas; whitespace stays."""
    parts: list[str] = []
    depth = 0
    for piece in body.split(","):
        if depth:
            parts[-1] += f",{piece}"
        else:
            parts.append(piece)
        depth += piece.count("(") - piece.count(")")
    return parts


@cache
def table_sql(table: str) -> str:
    """Return the CREATE TABLE text as SQLite keeps it, added columns standing where ALTER TABLE puts them."""
    if table in DERIVED_TABLES:
        return f"CREATE TABLE {table} ({DERIVED_TABLES[table]}) STRICT, WITHOUT ROWID"
    body = TABLES.get(table) or LOG_TABLES[table]
    parts = _parts(body)
    own = sum(1 for part in parts if not part.split()[0].startswith(_CONSTRAINTS))
    added = [f" {definition}" for version, name, definition in ADDED if name == table and version <= SCHEMA_VERSION]
    return f"CREATE TABLE {table} ({','.join([*parts[:own], *added, *parts[own:]])}) STRICT"


@cache
def columns(table: str) -> tuple[str, ...]:
    """Return the columns of `table`, in order."""
    body = table_sql(table).partition("(")[2].rpartition(")")[0]
    names = (part.split()[0].strip('"') for part in _parts(body))
    return tuple(name for name in names if not name.startswith(_CONSTRAINTS))


@cache
def integers(table: str) -> frozenset[str]:
    """Return the columns of `table` that hold whole numbers; all others hold text."""
    body = table_sql(table).partition("(")[2].rpartition(")")[0]
    parts = (part.split() for part in _parts(body))
    return frozenset(words[0] for words in parts if words[1:2] == ["INTEGER"])


@cache
def references(table: str) -> dict[str, str]:
    """Return the foreign keys of `table`: column → the table it points at."""
    return dict(re.findall(r'"?(\w+)"? TEXT(?: NOT NULL)? REFERENCES (\w+)', table_sql(table)))


@cache
def referrers(table: str) -> tuple[tuple[str, str], ...]:
    """Return who points at `table`: pairs of (table, column)."""
    return tuple((other, column) for other in TABLES for column, target in references(other).items() if target == table)


@cache
def uniques(table: str) -> tuple[tuple[str, ...], ...]:
    """Return the column sets, besides the id, that are unique in `table`."""
    sql = table_sql(table)
    single = [(name,) for name in re.findall(r"(\w+) TEXT (?:NOT NULL )?UNIQUE", sql)]
    several = [tuple(names.replace(" ", "").split(",")) for names in re.findall(r"UNIQUE \(([^)]*)\)", sql)]
    return (*single, *several)


@cache
def derived(table: str) -> frozenset[str]:
    """Return the columns the store fills by itself (callers never set them)."""
    found = {f"{name}_{side}" for name in DATE_COLUMNS.get(table, ()) for side in ("from", "to")}
    if table in NAME_COLUMNS:
        found |= {f"{NAME_COLUMNS[table]}_key", f"{NAME_COLUMNS[table]}_exact"}
    return frozenset(found | ({"ref"} if table in REF_LETTERS else set()))


@cache
def indexed(table: str) -> tuple[str, ...]:
    """Return the lists of columns by which rows of `table` are looked up."""
    own = [text.split(" ON ")[1] for text in INDEXES if text.split(" ON ")[1].split()[0] == table]
    return tuple(
        dict.fromkeys(
            [text[text.index("(") + 1 : text.index(")")] for text in own] + [", ".join(key) for key in uniques(table)]
        )
    )


@cache
def image(table: str, row: str) -> str:
    """Return the SQL expression for the JSON image of a row; `row` is an alias, OLD or NEW."""
    pairs = ", ".join(f"'{column}', {row}.{column}" for column in columns(table))
    return f"json_patch('{{}}', json_object({pairs}))"


def _same_keys(table: str, *, with_id: bool) -> str:
    keys = [("id",), *uniques(table)] if with_id else list(uniques(table))
    return " OR ".join("(" + " AND ".join(f"t.{name} = NEW.{name}" for name in key) + ")" for key in keys)


def _log(table: str, row: str) -> str:
    return (
        'INSERT INTO changes (seq, "table", row, before) '
        f"SELECT (SELECT changeset FROM session), '{table}', {row}.id, {image(table, row)}"
    )


@cache
def insert_triggers(table: str) -> dict[str, str]:
    """Return the triggers that fire on an insert: what a bulk load takes away and puts back."""
    taken = _same_keys(table, with_id=True)
    return {
        # An outside REPLACE deletes rows without firing delete triggers: log every row that stands in the way.
        f"log_{table}_replace": f"CREATE TRIGGER log_{table}_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} t WHERE {taken}) "
        f"BEGIN {_log(table, 't')} FROM {table} t WHERE {taken}; END",
        f"log_{table}_insert": f"CREATE TRIGGER log_{table}_insert AFTER INSERT ON {table} BEGIN "
        'INSERT INTO changes (seq, "table", row, before) '
        f"VALUES ((SELECT changeset FROM session), '{table}', NEW.id, NULL); END",
    }


@cache
def triggers(table: str) -> dict[str, str]:
    """Return all triggers of `table`: name → CREATE TRIGGER text."""
    differs = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in columns(table))  # not !=: NULL → value counts
    made = {
        **insert_triggers(table),
        f"log_{table}_update": f"CREATE TRIGGER log_{table}_update AFTER UPDATE ON {table} WHEN {differs} "
        f"BEGIN {_log(table, 'OLD')}; END",
        f"log_{table}_delete": f"CREATE TRIGGER log_{table}_delete AFTER DELETE ON {table} "
        f"BEGIN {_log(table, 'OLD')}; END",
        f"keep_{table}_id": f"CREATE TRIGGER keep_{table}_id BEFORE UPDATE OF id ON {table} "
        "WHEN OLD.id IS NOT NEW.id BEGIN SELECT RAISE(ABORT, 'tracker: an id never changes'); END",
    }
    if uniques(table):
        of = ", ".join(dict.fromkeys(name for key in uniques(table) for name in key))
        taken = f"t.id <> OLD.id AND ({_same_keys(table, with_id=False)})"
        made[f"log_{table}_swap"] = (  # UPDATE OR REPLACE deletes silently too
            f"CREATE TRIGGER log_{table}_swap BEFORE UPDATE OF {of} ON {table} "
            f"BEGIN {_log(table, 't')} FROM {table} t WHERE {taken}; END"
        )
    return made


@cache
def expected() -> dict[str, str]:
    """Return what this version's database holds: table and trigger name → its text."""
    made = {table: table_sql(table) for table in (*TABLES, *DERIVED_TABLES, *LOG_TABLES)}
    for table in TABLES:
        made |= triggers(table)
    return made


def creation(version: int) -> list[str]:
    """Return the statements that make the tables, indexes and triggers which `version` brought, in order."""
    tables = [table for table in TABLES if TABLES_ADDED.get(table, 1) == version]
    logs = [table for table in DERIVED_TABLES if TABLES_ADDED[table] == version]
    logs += list(LOG_TABLES) if version == 1 else []
    made = {*tables, *logs}
    indexes = [text for text in INDEXES if text.split(" ON ")[1].split()[0] in made]
    own = [text for table in tables for text in triggers(table).values()]
    return [*(table_sql(table) for table in (*tables, *logs)), *indexes, *own]


def trigger_statements() -> list[str]:
    """Return the statements that make every trigger."""
    return [text for table in TABLES for text in triggers(table).values()]
