"""Which files a whole-record export has, and what its manifest says of the record."""

from collections.abc import Iterator, Mapping

from tracker.render.cells import exact
from tracker.reports.asked import Asked
from tracker.reports.exporting import tables
from tracker.reports.exporting.list_text import END, quoted
from tracker.reports.exporting.whole import File, described
from tracker.reports.exporting.whole import tables as every_table
from tracker.store import Connection, Store
from tracker.table import Table


def files(store: Store, db: Connection, asked: Asked) -> Iterator[File]:
    """Yield every table of the record; for the public its lists, each in its public form."""
    if not asked.public:
        yield from every_table(db)
        return
    yield File("list.csv", _lines(tables.list_table(store, db, asked)))
    yield File("releases.csv", _lines(tables.releases_table(db, asked)))
    yield File("sources.csv", _lines(tables.sources_table(db, asked)))
    yield File("claims.csv", _lines(tables.claims_table(db, asked)))


def _lines(table: Table) -> Iterator[str]:
    yield ",".join(table.keys()) + END
    for row in table.rows:
        yield ",".join(quoted(exact(cell)) for cell in row) + END


def about(asked: Asked) -> Mapping[str, object]:
    """Return what the manifest says of the record: which, whose, at which changeset, as known when, for whom."""
    record = asked.record
    return {
        **described(),
        "record": {"file": record.file, "we": record.we, "country": record.country, "zone": record.zone},
        "changeset": {"seq": record.changeset, "hash": record.hash},
        "known_by": asked.known_by,
        "public": asked.public,
        "written_at": asked.now,
    }
