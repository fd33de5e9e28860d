"""Checks on what single values say: dates, names, countries, marks."""

from collections.abc import Iterator
from typing import Final

from tracker.checks.finding import PERSON, Finding, Here
from tracker.domain.countries import known
from tracker.domain.dates import bounds
from tracker.domain.names import mixed_scripts
from tracker.domain.text import quoted
from tracker.errors import BadValue
from tracker.i18n import N_, _
from tracker.matching.places import facility_key
from tracker.store.adulthood import YOUTH_TAGS, agreed_sql, may_be_minor_sql
from tracker.store.schema import DATE_COLUMNS, NAME_COLUMNS, REF_LETTERS

DATES: Final = {
    ("detainees", "born"): N_("The birth"),
    ("detainees", "age_on"): N_("The day of the stated age"),
    ("detainees", "died"): N_("The death"),
    ("detentions", "began"): N_("The arrest"),
    ("detentions", "sentence_ends"): N_("The end of the sentence"),
    ("stays", "since"): N_("The beginning of the stay"),
    ("releases", "released"): N_("The release"),
    ("releases", "publish_from"): N_("The day from which to publish"),
    ("sources", "published"): N_("The publication of the source"),
    ("sources", "accessed"): N_("The reading of the source"),
    ("claims", "as_of"): N_("The day of the count"),
    ("claims", "since"): N_("The beginning of the count"),
}
"""The dates on record, as a sentence about one begins (English, marked)."""

MAY_BE_FUTURE: Final = {("detentions", "sentence_ends")}


def _who(table: str) -> str:
    """Return SQL for the name that belongs to a row of `table`, aliased `t`."""
    detainee = "(SELECT coalesce(p.name, p.description) FROM detainees p WHERE p.id = {})"
    return {
        "detainees": "coalesce(t.name, t.description)",
        "detentions": detainee.format("t.detainee"),
        "stays": detainee.format("(SELECT d.detainee FROM detentions d WHERE d.id = t.detention)"),
        "releases": detainee.format("(SELECT d.detainee FROM detentions d WHERE d.id = t.detention)"),
        "sources": "t.slug",
        "claims": "(SELECT a.name FROM claimants a WHERE a.id = t.claimant)",
    }[table]


def impossible_date(here: Here) -> Iterator[Finding]:
    """A date does not exist, or is not written as this program writes dates (another program may have put it there)."""
    for (table, column), fact in DATES.items():
        texts = here.db.execute(f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL").fetchall()
        for (text,) in texts:
            try:
                bounds(text)
            except BadValue as problem:
                said = _("{fact}: {problem}").format(fact=_(fact), problem=problem.message)
                rows = here.db.execute(f"SELECT t.ref, {_who(table)} FROM {table} t WHERE t.{column} = ?", (text,))
                for ref, who in rows:
                    yield Finding(ref, who, said)


def future_date(here: Here) -> Iterator[Finding]:
    """Something is dated later than now, which only the end of a sentence may be."""
    for table, columns in DATE_COLUMNS.items():
        for column in columns:
            if (table, column) in MAY_BE_FUTURE:
                continue
            rows = here.db.execute(
                f"SELECT t.ref, {_who(table)}, t.{column} FROM {table} t WHERE t.{column}_from > ?", (here.now,)
            )
            for ref, who, text in rows:
                said = _("{fact} ({date}) lies in the future.")
                yield Finding(ref, who, said.format(fact=_(DATES[table, column]), date=text))


def same_name_twice(here: Here) -> Iterator[Finding]:
    """Two people have the same name but for accents and case, and nobody has judged them to be different."""
    rows = here.db.execute(
        """SELECT a.ref, a.name, b.ref AS other
        FROM detainees a JOIN detainees b ON b.name_key = a.name_key AND b.id > a.id
        WHERE NOT EXISTS (SELECT 1 FROM judgements j WHERE j.verdict = 'different'
            AND ((j.one = a.id AND j.other = b.id) OR (j.one = b.id AND j.other = a.id)))"""
    )
    for row in rows:
        yield Finding(row["ref"], row["name"], _("{ref} has the same name: one person twice?").format(ref=row["other"]))


def judged_same(here: Here) -> Iterator[Finding]:
    """Two people were judged to be the same, and are still two on record."""
    rows = here.db.execute(
        """SELECT a.ref, coalesce(a.name, a.description) AS who, b.ref AS other FROM judgements j
        JOIN detainees a ON a.id = j.one JOIN detainees b ON b.id = j.other WHERE j.verdict = 'same' ORDER BY j.id"""
    )
    for row in rows:
        yield Finding(
            row["ref"],
            row["who"],
            _("Judged the same person as {other}, and not merged: tracker detainee merge {ref} {other}").format(
                other=row["other"], ref=row["ref"]
            ),
        )


def mixed_script_name(here: Here) -> Iterator[Finding]:
    """A word of a name mixes letters of several scripts (a Cyrillic о in a Latin name is found by no search)."""
    owners = {"names": "detainee", "facility_names": "facility", "claimant_names": "claimant"}
    parents = {"detainee": "detainees", "facility": "facilities", "claimant": "claimants"}
    for table, column in NAME_COLUMNS.items():
        ref = "t.ref"
        if table not in REF_LETTERS:
            owner = owners[table]
            ref = f"(SELECT o.ref FROM {parents[owner]} o WHERE o.id = t.{owner})"
        sql = f"SELECT {ref}, t.{column} FROM {table} t WHERE t.{column} GLOB '*[^ -~]*'"
        for found, name in here.db.execute(sql):
            if mixed_scripts(name):
                yield Finding(found, name, _("{name} mixes letters of several scripts.").format(name=quoted(name)))


def excluded_without_reason(here: Here) -> Iterator[Finding]:
    """Somebody is left out of all counts and nothing says why."""
    rows = here.db.execute(
        f"SELECT p.ref, {PERSON} AS who FROM detainees p"
        " WHERE p.excluded = 1 AND trim(coalesce(p.excluded_reason, '')) = ''"
    )
    for row in rows:
        yield Finding(row["ref"], row["who"], _("Excluded from the counts without a reason."))


def unknown_country(here: Here) -> Iterator[Finding]:
    """A nationality is not a country code."""
    rows = here.db.execute("SELECT DISTINCT country FROM nationalities").fetchall()
    for (country,) in rows:
        if known(country):
            continue
        people = here.db.execute(
            f"SELECT p.ref, {PERSON} AS who FROM nationalities n JOIN detainees p ON p.id = n.detainee"
            " WHERE n.country = ?",
            (country,),
        )
        for row in people:
            yield Finding(row["ref"], row["who"], _("{code} is not a country.").format(code=quoted(country)))


def shared_place_name(here: Here) -> Iterator[Finding]:
    """Two places answer to one name, so that a release can be put down to the wrong prison."""
    owners: dict[str, tuple[str, str]] = {}
    rows = here.db.execute(
        "SELECT f.id, f.ref, f.name AS own, f.name FROM facilities f"
        " UNION SELECT f.id, f.ref, f.name, n.name FROM facility_names n JOIN facilities f ON f.id = n.facility"
        " ORDER BY 1"
    )
    for identifier, ref, own, name in rows.fetchall():
        key = facility_key(name)
        first = owners.setdefault(key, (identifier, ref))
        if first[0] != identifier:
            yield Finding(ref, own, _("{name} also means {ref}.").format(name=quoted(name), ref=first[1]))


def young_and_named(here: Here) -> Iterator[Finding]:
    """Somebody who was, or may have been, under 18 at arrest is marked as nameable (in public the name is left out)."""
    young = may_be_minor_sql("p", "detentions", "citations", "sources")
    tags = ", ".join(f"'{tag}'" for tag in YOUTH_TAGS)
    rows = here.db.execute(
        f"""SELECT p.ref, {PERSON} AS who FROM detainees p WHERE p.publish = 'named'
            AND NOT {agreed_sql("p", "settings")} AND ({young}
            OR EXISTS (SELECT 1 FROM tags g WHERE g.detainee = p.id AND lower(g.tag) IN ({tags})))"""
    )
    for row in rows:
        yield Finding(row["ref"], row["who"], _("Marked as nameable, and perhaps under 18 at arrest."))
