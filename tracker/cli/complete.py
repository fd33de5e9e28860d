"""Shell completion: names, refs, slugs, places and vocabulary, straight from the database.

Completion runs at every press of TAB: it never raises, never writes, and reads a few rows through indexes. Values that
hold spaces are offered as they are; the shells of today quote them.
"""

from collections.abc import Callable, Iterator

MOST = 50

Completion = Callable[[str], Iterator[str]]


def _ask(sql: str, word: str) -> Iterator[str]:
    """Yield the first column of `sql`, asked with what is typed (`:word`) and its folded form (`:key`)."""
    from tracker.cli import context
    from tracker.domain.names import fold
    from tracker.paths import find_database
    from tracker.store import Store

    try:
        store = Store.open(find_database(context.asked.db))
        with store.reading() as db:
            rows = db.execute(sql, {"key": fold(word), "word": word, "most": MOST}).fetchall()
    except Exception:  # noqa: BLE001  (a TAB must never print a traceback over the line being typed)
        return
    for row in rows:
        yield row[0]


def people(incomplete: str) -> Iterator[str]:
    """Offer names and refs of people."""
    if incomplete[:2].upper() == "P-":
        return _ask("SELECT ref FROM detainees WHERE ref LIKE :word || '%' ORDER BY ref LIMIT :most", incomplete)
    return _ask(
        "SELECT name FROM (SELECT name, name_key FROM detainees WHERE name_key >= :key AND name_key < :key || '~'"
        " UNION SELECT name, name_key FROM names WHERE name_key >= :key AND name_key < :key || '~')"
        " ORDER BY name_key LIMIT :most",
        incomplete,
    )


def facilities(incomplete: str) -> Iterator[str]:
    """Offer names of places."""
    return _ask(
        "SELECT name FROM facilities WHERE name_key LIKE :key || '%' UNION"
        " SELECT name FROM facility_names WHERE name_key LIKE :key || '%' ORDER BY 1 LIMIT :most",
        incomplete,
    )


def sources(incomplete: str) -> Iterator[str]:
    """Offer slugs of sources."""
    return _ask("SELECT slug FROM sources WHERE slug LIKE :word || '%' ORDER BY slug LIMIT :most", incomplete)


def claimants(incomplete: str) -> Iterator[str]:
    """Offer names of claimants."""
    return _ask(
        "SELECT name FROM claimants WHERE name_key LIKE :key || '%' UNION"
        " SELECT name FROM claimant_names WHERE name_key LIKE :key || '%' ORDER BY 1 LIMIT :most",
        incomplete,
    )


def tags(incomplete: str) -> Iterator[str]:
    """Offer the tags in use."""
    return _ask("SELECT DISTINCT tag FROM tags WHERE tag LIKE :word || '%' ORDER BY tag LIMIT :most", incomplete)


def countries(incomplete: str) -> Iterator[str]:
    """Offer the countries on record, by code."""
    return _ask(
        "SELECT DISTINCT country FROM nationalities WHERE country LIKE :word || '%' ORDER BY 1 LIMIT :most",
        incomplete,
    )


def seeds(incomplete: str) -> Iterator[str]:
    """Offer the case files that travel with the program."""
    from tracker.paths import seed_folders

    return (name for name in seed_folders() if name.startswith(incomplete))


def rules(incomplete: str) -> Iterator[str]:
    """Offer the counting rules that travel with the program."""
    from tracker.domain.counting import names

    return (name for name in names() if name.startswith(incomplete))


def checks(incomplete: str) -> Iterator[str]:
    """Offer the names of checks."""
    from tracker.checks import CHECKS

    return (name for name in CHECKS if name.startswith(incomplete))


def vocabulary(name: str) -> Completion:
    """Return a completion over one vocabulary's keys."""

    def offer(incomplete: str) -> Iterator[str]:
        from tracker.domain.vocabulary import keys

        return (key for key in keys(name) if key.startswith(incomplete))

    return offer
