"""What the public may see, as SQL: each table once more, under its own name, with less in it.

`--public` puts these definitions in front of a question's SQL. They shadow the tables, so that a question cannot reach
past them by forgetting something: a column that is not written here does not exist in public. Publishing fails closed:

- People are named only if they are marked `named` and were certainly adults when arrested, as far as their age is
  known (or are to be named in spite of it, for a reason on record). Of all others nothing is left but what is
  counted, and a pseudonym: no ref, no other names, no description, no free text.
- People, and detentions, marked `withheld` are not there at all. A detention marked `anonymous` counts, and its person
  is not named. Stays and releases marked either way are not there, as if nobody had told us. Where the record says
  that withheld facts are counted, all of these are there, and whoever they are about is not named.
- A release with a `publish_from` is not there before it, whatever the day asked about: the real day counts too.
- Sources that are not public, and what a family, lawyer, witness or detainee said, appear by kind only; the values and
  locators they gave are gone.
"""

import json
from collections.abc import Callable
from typing import Final

from tracker.domain.masks import COUNTED, KINDS, PLACE_NOT_NAMED, PRIVATE_KINDS, UNPUBLISHED_SOURCE, WITHHELD_FACTS
from tracker.reports import telling
from tracker.store import Connection
from tracker.store.adulthood import YOUTH_TAGS, agreed_sql, may_be_minor_sql
from tracker.store.pseudonyms import teach

_OPEN_RELEASE: Final = """CASE
    WHEN {row}.publish IS 'anonymous' THEN 0
    WHEN {row}.publish_from IS NULL THEN {row}.publish IS NOT 'withheld'
    WHEN instr({row}.publish_from, '..') THEN 0
    WHEN length({row}.publish_from) < 10
      THEN {row}.publish_from < substr(:published_until, 1, length({row}.publish_from))
    ELSE {row}.publish_from <= :published_until END"""

_KINDS: Final = ", ".join(f"'{kind}'" for kind in PRIVATE_KINDS)


def public_tables(db: Connection) -> list[str]:
    """Return the definitions (`name AS (…)`) to stand first in a WITH; they take the parameter `:published_until`.

    Where the record is looked at as it was, they stand on the views of the past, and who may be named must be so today
    as well: a consent taken back since, or a person removed, is not named by looking back.

    The people who are not named can be called by `pseudonym(id)`.

    Two more tables hold texts that may be shown: `terms` (release: conditions, freed_at) and `quotes` (citation: value,
    locator). They are apart so that the others stay small: each is repeated wherever a question mentions it.
    """
    teach(db)
    # A bulletin begins eight times with these tables: kept for as long as nothing is written.
    views = tuple(row[0] for row in db.execute("SELECT sql FROM sqlite_temp_schema WHERE type = 'view'"))
    key = (db.total_changes, db.execute("PRAGMA data_version").fetchone()[0], views)
    if not _kept or _kept[0][:2] != (db, key):
        _kept[:] = [(db, key, _tables(db))]
    return list(_kept[0][2])


_kept: Final[list[tuple[Connection, tuple[int, int, tuple[str, ...]], list[str]]]] = []
"""The connection asked last, its state then, and the definitions."""


def _tables(db: Connection) -> list[str]:
    past = _past(db)
    named = named_table(db)
    counted = _counts_withheld(db)

    def of(table: str) -> str:
        return f"{'temp' if table in past else 'main'}.{table}"

    def now(table: str) -> str:
        """Return a condition on `x`, a row of the past: not marked withheld today."""
        if table not in past or counted:
            return "1"
        return f"NOT EXISTS (SELECT 1 FROM main.{table} w WHERE w.id = x.id AND w.publish = 'withheld')"

    known = "detainee NOT IN (SELECT id FROM withheld)"
    return [
        named,
        f"""withheld AS MATERIALIZED (SELECT id FROM main.detainees WHERE publish = 'withheld'
          UNION SELECT id FROM {of("detainees")} WHERE publish = 'withheld')""",
        f"""detainees AS NOT MATERIALIZED (SELECT x.id, n.id IS NOT NULL AS nameable, {_COLUMNS}
          FROM {of("detainees")} x LEFT JOIN named n ON n.id = x.id WHERE x.id NOT IN (SELECT id FROM withheld))""",
        f"nationalities AS NOT MATERIALIZED (SELECT id, detainee, country FROM {of('nationalities')} WHERE {known})",
        f"tags AS NOT MATERIALIZED (SELECT id, detainee, tag FROM {of('tags')} WHERE {known})",
        f"""names AS NOT MATERIALIZED (SELECT id, detainee, name, name_key, name_exact, kind
          FROM {of("names")} WHERE detainee IN (SELECT id FROM named))""",
        "identifiers AS NOT MATERIALIZED (SELECT NULL AS id, NULL AS detainee, NULL AS scheme, NULL AS value WHERE 0)",
        f"""detentions AS NOT MATERIALIZED (SELECT id, ref, detainee, began, began_from, began_to, entered,
          CASE WHEN detainee IN (SELECT id FROM named) THEN authority END AS authority, cause, stage,
          sentence_ends, sentence_ends_from, sentence_ends_to, grounds, publish,
          NULL AS place, NULL AS charges, NULL AS sentence, NULL AS grounds_by, NULL AS note
          FROM {of("detentions")} x
          WHERE {"1" if counted else "publish IS NOT 'withheld'"} AND {known} AND {now("detentions")})""",
        f"""stays AS NOT MATERIALIZED (SELECT id, ref, detention, step, facility, whereabouts_unknown, since,
          since_from, since_to, publish, NULL AS note
          FROM {of("stays")} x
          WHERE {"1" if counted else "(publish IS NULL OR publish = 'named')"} AND {now("stays")})""",
        f"""releases AS NOT MATERIALIZED (SELECT id, ref, detention, step, released, released_from, released_to,
          entered, kind, basis, status, publish, publish_from, NULL AS conditions, NULL AS freed_at, NULL AS note
          FROM {of("releases")} x WHERE {_open("x", counted=counted)}{_open_today(past, counted=counted)})""",
        *_told(db, named),
        _sources(of),
        _facilities(of),
        _claimants(of),
        f"""facility_names AS NOT MATERIALIZED (SELECT id, facility, name, name_key, name_exact
          FROM {of("facility_names")} WHERE facility NOT IN (SELECT id FROM told))""",
        f"""claimant_names AS NOT MATERIALIZED (SELECT id, claimant, name, name_key, name_exact
          FROM {of("claimant_names")}
          WHERE claimant NOT IN (SELECT id FROM {of("claimants")} WHERE kind IN ({_KINDS})))""",
        f"""citations AS NOT MATERIALIZED (SELECT id, ref, source, claimant, detainee, nationality, detention,
          stay, release, claim, field, stance, NULL AS value, NULL AS locator FROM {of("citations")})""",
        f"""terms AS NOT MATERIALIZED (SELECT r.id, r.conditions, r.freed_at FROM {of("releases")} r
          WHERE r.detention IN (SELECT id FROM {of("detentions")} WHERE detainee IN (SELECT id FROM named)))""",
        f"""quotes AS NOT MATERIALIZED (SELECT c.id, c.value, c.locator FROM {of("citations")} c
          WHERE c.source IN (SELECT id FROM {of("sources")} WHERE public) AND c.source NOT IN (SELECT id FROM telling)
            AND (c.claimant IS NULL
              OR c.claimant NOT IN (SELECT id FROM {of("claimants")} WHERE kind IN ({_KINDS}))))""",
    ]


_MASKED: Final = ("ref", "name", "name_key", "name_exact", "born", "occupation")

_COLUMNS: Final = (
    ", ".join(f"CASE WHEN n.id IS NOT NULL THEN x.{column} END AS {column}" for column in _MASKED)
    + """, x.sex, x.born_from, x.born_to, x.age, x.age_on, x.age_on_from, x.age_on_to, x.service,
          CASE WHEN n.id IS NOT NULL THEN x.publish ELSE 'anonymous' END AS publish, x.died,
          x.died_from, x.died_to, x.excluded, NULL AS description, NULL AS died_place, NULL AS died_cause,
          NULL AS excluded_reason, NULL AS note"""
)


def named_table(db: Connection) -> str:
    """Return the clause `named`: the ids of the people who may be named.

    Who may have been a minor is found out first: asked in every place that mentions `named`, it would take too long.
    """
    past = _past(db)
    today = bool(past)  # any table of then may differ from now

    def of(table: str) -> str:
        return f"{'temp' if table in past else 'main'}.{table}"

    counted = _counts_withheld(db)
    conditions = [_may_be_named(of, counted=counted), f"x.id NOT IN ({_these(_minors(db, of, today=today))})"]
    if today:
        still = _may_be_named(_main, "d", counted=counted)
        conditions.append(f"EXISTS (SELECT 1 FROM main.detainees d WHERE d.id = x.id AND {still})")
    return f"named AS MATERIALIZED (SELECT x.id FROM {of('detainees')} x WHERE {' AND '.join(conditions)})"


def _past(db: Connection) -> set[str]:
    """Return the tables that are looked at as they were."""
    return {row[0] for row in db.execute("SELECT name FROM sqlite_temp_schema WHERE type = 'view'")}


def _minors(db: Connection, of: Callable[[str], str], *, today: bool) -> set[str]:
    """Return the people marked `named` who may have been minors at an arrest, by what is or was known."""
    found: set[str] = set()
    for table in (of, _main) if today else (of,):
        minor = may_be_minor_sql("x", table("detentions"), table("citations"), table("sources"))
        agreed = agreed_sql("x", table("settings"))
        people = f"SELECT x.id FROM {table('detainees')} x WHERE x.publish = 'named' AND {minor} AND NOT {agreed}"
        found.update(row[0] for row in db.execute(people))
    return found


def _these(ids: set[str]) -> str:
    """Return SQL for a list of ids."""
    return "SELECT value AS id FROM json_each('" + json.dumps(sorted(ids)).replace("'", "''") + "')"


def _main(table: str) -> str:
    return f"main.{table}"


def _counts_withheld(db: Connection) -> bool:
    """Tell whether withheld facts are counted, and those they are about not named."""
    row = db.execute("SELECT value FROM settings WHERE id = ?", (WITHHELD_FACTS,)).fetchone()
    return row is not None and row[0] == COUNTED


def _may_be_named(of: Callable[[str], str], x: str = "x", *, counted: bool = False) -> str:
    """Return the condition on a person: marked `named`, and no detention or tag that forbids it."""
    tags = ", ".join(f"'{tag}'" for tag in YOUTH_TAGS)
    return f"""({x}.publish IS 'named' AND {x}.name IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM {of("detentions")} t WHERE t.detainee = {x}.id AND t.publish IS 'anonymous')
        AND (NOT EXISTS (SELECT 1 FROM {of("tags")} g WHERE g.detainee = {x}.id AND lower(g.tag) IN ({tags}))
          OR {agreed_sql(x, of("settings"))}){_about_nothing_withheld(of, x) if counted else ""})"""


def _about_nothing_withheld(of: Callable[[str], str], x: str) -> str:
    """Return the further condition on a person, where withheld facts are counted: none of them is about this person."""
    of_detention = f"SELECT t.detainee FROM {of('detentions')} t JOIN {{table}} f ON f.detention = t.id WHERE "
    facts = (
        f"SELECT t.detainee FROM {of('detentions')} t WHERE {_WITHHELD.format(row='t')}",
        of_detention.format(table=of("stays")) + _WITHHELD.format(row="f"),
        of_detention.format(table=of("releases")) + _WITHHELD.format(row="f") + " AND f.publish_from IS NULL",
    )
    return f" AND {x}.id NOT IN ({' UNION ALL '.join(facts)})"


def _open(row: str, *, counted: bool) -> str:
    """Return the condition on a release to be there; one kept back until a day is not, however the withheld count."""
    told = _OPEN_RELEASE.format(row=row)
    return f"({told} OR {row}.publish_from IS NULL AND {_WITHHELD.format(row=row)})" if counted else told


_WITHHELD: Final = "{row}.publish IN ('anonymous', 'withheld')"


def _open_today(past: set[str], *, counted: bool) -> str:
    """Return the further condition on a release of the past: not held back today."""
    if "releases" not in past:
        return ""
    return f" AND NOT EXISTS (SELECT 1 FROM main.releases w WHERE w.id = x.id AND NOT {_open('w', counted=counted)})"


def _told(db: Connection, named: str) -> list[str]:
    """Return the clauses `telling` and `told`: sources and places that would give away who is not named."""
    schemas = ("main.{}", "{}") if _past(db) else ("main.{}",)  # a view of the past comes before the table of its name
    people = telling.unnamed(db, f"WITH {named}", schemas)
    return [
        f"telling AS MATERIALIZED ({_these(telling.sources(db, f'WITH {named}', schemas, people))})",
        f"told AS MATERIALIZED ({_these(telling.places(db, schemas, people))})",
    ]


def _facilities(of: Callable[[str], str]) -> str:
    """Return the clause `facilities`: a place bearing the name of somebody unnamed has none, nor can it be searched."""
    shown = ", ".join(
        f"CASE WHEN t.id IS NULL THEN f.{column} END AS {column}" for column in ("ref", "name_key", "name_exact")
    )
    return f"""facilities AS NOT MATERIALIZED (SELECT f.id, {shown},
          CASE WHEN t.id IS NULL THEN f.name ELSE '{PLACE_NOT_NAMED}' END AS name, f.kind, f.state, f.country,
          NULL AS note FROM {of("facilities")} f LEFT JOIN told t ON t.id = f.id)"""


def _sources(of: Callable[[str], str]) -> str:
    open_only = ", ".join(
        f"CASE WHEN open THEN {column} END AS {column}"
        for column in ("ref", "title", "publisher", "author", "url", "accessed", "language", "reliability")
    )
    return f"""sources AS NOT MATERIALIZED (SELECT id, CASE WHEN open THEN slug ELSE '{UNPUBLISHED_SOURCE}' END AS slug,
          {open_only}, published, published_from, published_to, open AS public, NULL AS note FROM (
          SELECT s.*, s.public AND s.id NOT IN (SELECT id FROM telling) AS open FROM {of("sources")} s))"""


def _claimants(of: Callable[[str], str]) -> str:
    kinds = " ".join(f"WHEN '{kind}' THEN '{mask}'" for mask, kind in KINDS.items())
    open_only = ", ".join(
        f"CASE WHEN kind NOT IN ({_KINDS}) THEN {column} END AS {column}"
        for column in ("ref", "name_key", "name_exact")
    )
    return f"""claimants AS NOT MATERIALIZED (SELECT id, CASE kind {kinds} ELSE name END AS name, {open_only}, kind,
          default_status, house_arrest, rule, country, NULL AS note FROM {of("claimants")})"""
