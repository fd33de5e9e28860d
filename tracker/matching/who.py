"""Who is meant: a person by name, another name or ref; any record by its ref.

A name is looked up as it is first (`names.exact`: case and spacing do not matter), then without accents and punctuation
(`names.fold`). Nothing else is guessed: what is only similar is offered as a near miss, never taken. People without
a name are found by ref alone.
"""

from tracker.domain.names import exact, fold
from tracker.domain.text import quoted
from tracker.domain.vocabulary import label
from tracker.errors import Ambiguous, BadValue, NotFound
from tracker.i18n import _
from tracker.matching.near import Near, NearNames, near_people
from tracker.store import Connection, Row
from tracker.store.ids import read_ref
from tracker.store.schema import REF_LETTERS

__all__ = [
    "Near",
    "NearNames",
    "described",
    "find_any",
    "find_person",
    "find_record",
    "near_people",
    "owner",
    "people_called",
]

_TABLES = {letter: table for table, letter in REF_LETTERS.items()}

_NAMED = """
SELECT id, name_exact FROM detainees WHERE name_key = :key
UNION SELECT detainee, name_exact FROM names WHERE name_key = :key
"""

_LAST_DETENTION = """
SELECT d.began, d.id, (
    SELECT f.name FROM stays s JOIN facilities f ON f.id = s.facility WHERE s.detention = d.id ORDER BY s.step DESC
    LIMIT 1 ) AS facility
FROM detentions d WHERE d.detainee = ? ORDER BY d.began_from DESC, d.id DESC LIMIT 1
"""

_LAST_RELEASE = """
SELECT released, status FROM releases WHERE detention = ? AND status <> 'retracted' ORDER BY step DESC LIMIT 1
"""


def find_person(db: Connection, word: str, *, partial: bool = False) -> Row:
    """Return the row of `detainees` that `word` means: a ref (`P-7k3m9q`), a name or another name.

    `partial` (for reads only) also takes the one person who has all of these words in a name. Raises NotFound with near
    misses, Ambiguous with a line for each person, BadValue for nothing at all.
    """
    if not word.strip():
        raise BadValue(_("Who is meant? The name is empty."), hint=_("Give a name, another name or a ref."))
    found = people_called(db, word)
    if not found:
        found = _by_ref(db, word)
    if not found and partial:
        found = _having_words(db, word)
    if len(found) == 1:
        return found[0]
    if found:
        raise Ambiguous(
            _("{n} people on record answer to {name}:").format(n=len(found), name=quoted(word)),
            candidates=[described(db, person) for person in found],
            hint=_("Use the ref of the one you mean. Nothing was changed."),
        )
    raise _nobody(db, word)


def people_called(db: Connection, name: str) -> list[Row]:
    """Return the people with exactly this name or other name; where there are none, those with it but for accents."""
    rows = db.execute(_NAMED, {"key": fold(name)}).fetchall()
    same = exact(name)
    ids = {row["id"] for row in rows if row["name_exact"] == same} or {row["id"] for row in rows}
    return _people(db, sorted(ids))


def _people(db: Connection, ids: list[str]) -> list[Row]:
    marks = ", ".join("?" * len(ids))
    return db.execute(f"SELECT * FROM detainees WHERE id IN ({marks}) ORDER BY id", ids).fetchall()


def _by_ref(db: Connection, word: str) -> list[Row]:
    """Return the person of that ref, if `word` is one. Raises NotFound for the ref of anything else."""
    ref = read_ref(word)
    if ref is None or ref[0] not in _TABLES:
        return []
    if ref[0] != REF_LETTERS["detainees"]:
        find_record(db, ref)
        raise NotFound(_("{ref} is not a person.").format(ref=ref), hint=_("Refs of people begin with P-."))
    return [find_record(db, ref)[1]]


def _having_words(db: Connection, word: str) -> list[Row]:
    """Return up to 21 people one of whose names has all the words of `word`, whatever their order."""
    words = fold(word).split()
    if not words:  # nothing to look for: an empty word, or signs alone
        return []
    has = " AND ".join("instr(' ' || name_key || ' ', ?)" for _word in words)
    like = [f" {one} " for one in words]
    rows = db.execute(
        f"SELECT id FROM detainees WHERE {has} UNION SELECT detainee FROM names WHERE {has} LIMIT 21", like + like
    )
    return _people(db, [row["id"] for row in rows])


def _nobody(db: Connection, word: str) -> NotFound:
    near = near_people(db, word)
    hint = _("Add the person with 'tracker detainee add', or use one of the names above.") if near else None
    if not near and len(word.split()) == 1:
        hint = _("Put a name of several words in quotes: 'Ana Ruiz'.")
    return NotFound(
        _("Nobody on record is called {name}.").format(name=quoted(word)),
        candidates=[f"{one.ref}  {one.name} ({one.reason})" for one in near],
        hint=hint or _("Add the person with 'tracker detainee add'."),
    )


def described(db: Connection, person: Row) -> str:
    """Return a line that tells people of one name apart: `P-7k3m9q  Ana Ruiz (arrested 2025-03-02, El Rodeo I)`."""
    facts: list[str] = []
    detention = db.execute(_LAST_DETENTION, (person["id"],)).fetchone()
    if detention is not None:
        facts.append(_("arrested {date}").format(date=detention["began"] or _("on an unknown date")))
        if detention["facility"]:
            facts.append(detention["facility"])
        release = db.execute(_LAST_RELEASE, (detention["id"],)).fetchone()
        if release is not None:
            said = _("released {date}")
            if release["status"] != "verified":  # nobody leaves the held on a rumour
                said = _("said to be out {date}: {status}")
            date = release["released"] or _("on an unknown date")
            facts.append(said.format(date=date, status=label("release_status", release["status"])))
    if person["excluded"]:
        facts.append(_("excluded"))
    shown = person["name"] or person["description"]
    return f"{person['ref']}  {shown} ({', '.join(facts)})" if facts else f"{person['ref']}  {shown}"


def find_record(db: Connection, ref: str) -> tuple[str, Row]:
    """Return the table and row of a ref of any kind (`R-7k3m9q`); of somebody merged, the person they were merged into.

    Raises NotFound, BadValue where it is no ref.
    """
    read = read_ref(ref)
    table = _TABLES.get(read[0]) if read else None
    if read is None or table is None:
        raise BadValue(
            _("{value} is not a ref.").format(value=quoted(ref)),
            hint=_("A ref is a letter, a dash and at least six characters, such as P-7k3m9q or R-7k3m9q."),
        )
    row = db.execute(f"SELECT * FROM {table} WHERE ref = ?", (read,)).fetchone()
    if row is None and table == "detainees":
        row = _merged_into(db, read)
    if row is None:
        raise NotFound(
            _("There is no record {ref}.").format(ref=read), hint=_("Copy the ref from 'tracker show' or a list.")
        )
    return table, row


def _merged_into(db: Connection, ref: str) -> Row | None:
    """Return the person into whom the person of that ref was merged."""
    from tracker.store.merges import merged_into  # only where a ref is not found

    row: Row | None = db.execute("SELECT * FROM detainees WHERE ref = ?", (merged_into(db, ref),)).fetchone()
    return row


def find_any(db: Connection, word: str) -> tuple[str, Row]:
    """Return the table and row of what `word` means: a record's ref of any kind, else a person by name.

    Raises NotFound, Ambiguous and BadValue as `find_person` does.
    """
    ref = read_ref(word)
    if ref is not None and ref[0] in _TABLES and not people_called(db, word):
        return find_record(db, ref)
    return "detainees", find_person(db, word)


_OWNER = {
    "detainees": "SELECT * FROM detainees WHERE id = ?",
    "nationalities": "SELECT p.* FROM nationalities n JOIN detainees p ON p.id = n.detainee WHERE n.id = ?",
    "detentions": "SELECT p.* FROM detentions d JOIN detainees p ON p.id = d.detainee WHERE d.id = ?",
    "stays": "SELECT p.* FROM stays s JOIN detentions d ON d.id = s.detention JOIN detainees p ON p.id = d.detainee"
    " WHERE s.id = ?",
    "releases": "SELECT p.* FROM releases r JOIN detentions d ON d.id = r.detention"
    " JOIN detainees p ON p.id = d.detainee WHERE r.id = ?",
}


def owner(db: Connection, table: str, identifier: str) -> Row | None:
    """Return the person whom a record is about, None for a record about nobody (a source, a claim)."""
    sql = _OWNER.get(table)
    row: Row | None = db.execute(sql, (identifier,)).fetchone() if sql else None
    return row
