"""Who was not confirmed for a while, against a plain reading of who spoke of whom when."""

import pytest
from invented_lives import a_store

from tracker.errors import BadValue
from tracker.reports.asked import asking
from tracker.reports.stale import read_days, stale_table
from tracker.store import Change, Store


class Record:
    """A record to which people, sources and citations are added one by one."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def add(self, table: str, **values: object) -> str:
        with self.store.writing("test") as change:
            return change.insert(table, values)

    def held(self, name: str) -> tuple[str, str]:
        with self.store.writing("test") as change:
            return _held(change, name)

    def source(self, slug: str, published: str | None) -> str:
        return self.add("sources", slug=slug, published=published)

    def cite(self, source: str, **about: object) -> str:
        return self.add("citations", source=source, **about)

    def asked(self, days: int = 30, on: str = "2026-03-01", **question: object) -> list[tuple[object, ...]]:
        columns = ["name", "last_confirmed", "days", "sources"]
        with asking(self.store, on=on, columns=columns, **question) as (db, asked):  # type: ignore[arg-type]
            return [tuple(row) for row in stale_table(db, asked, str(days)).rows]


def _held(change: Change, name: str) -> tuple[str, str]:
    person = change.insert("detainees", {"name": name})
    values = {"detainee": person, "began": "2025-03-01", "entered": "2026-01-02"}
    return person, change.insert("detentions", values)


@pytest.fixture
def record(template_database):
    with a_store(template_database) as store:
        yield Record(store)


def test_the_latest_source_counts_and_the_oldest_come_first(record: Record) -> None:
    old, new = record.source("vieja", "2026-01-10"), record.source("nueva", "2026-01-20")
    for name, sources in (("Ana", (old, new)), ("Berta", (old,))):
        person, spell = record.held(name)
        record.cite(sources[0], detainee=person)
        for source in sources[1:]:
            record.cite(source, detention=spell)
    assert record.asked() == [("Berta", "2026-01-10", 50, "vieja"), ("Ana", "2026-01-20", 40, "nueva")]
    assert record.asked(days=50) == [("Berta", "2026-01-10", 50, "vieja")]
    assert record.asked(days=51) == []


def test_who_was_never_confirmed_comes_first_with_a_note(record: Record) -> None:
    record.cite(record.source("vieja", "2026-01-10"), detainee=record.held("Ana")[0])
    record.held("Zoé")
    with asking(record.store, on="2026-03-01") as (db, asked):
        table = stale_table(db, asked, "30")
        assert [row[1] for row in table.rows] == ["Zoé", "Ana"]
    assert table.total == 2
    assert "Of 2 counted: 0 confirmed within 30 days, 1 longer ago, 1 never." in table.foot
    assert any(line.startswith("1 person was never confirmed") for line in table.foot)


def test_what_was_published_after_the_moment_confirms_nothing_yet(record: Record) -> None:
    person, _spell = record.held("Ana")
    record.cite(record.source("vieja", "2026-01-10"), detainee=person)
    record.cite(record.source("nueva", "2026-03-02"), detainee=person)
    assert record.asked() == [("Ana", "2026-01-10", 50, "vieja")]
    assert record.asked(on="2026-03-02") == []


@pytest.mark.parametrize("about", ["nationality", "stay", "detention", "detainee"])
def test_whatever_is_cited_of_the_detention_in_force_confirms(record: Record, about: str) -> None:
    person, spell = record.held("Ana")
    of = {
        "detainee": person,
        "detention": spell,
        "nationality": record.add("nationalities", detainee=person, country="ES"),
        "stay": record.add("stays", detention=spell, step=1, whereabouts_unknown=1),
    }
    record.cite(record.source("vieja", "2026-01-10"), **{about: of[about]})
    assert record.asked() == [("Ana", "2026-01-10", 50, "vieja")]


def test_a_dispute_confirms_nothing(record: Record) -> None:
    person, _spell = record.held("Ana")
    record.cite(record.source("vieja", "2026-01-10"), detainee=person, stance="disputes")
    assert record.asked() == [("Ana", None, None, None)]


def test_who_says_that_somebody_is_out_does_not_confirm_that_they_are_held(record: Record) -> None:
    person, spell = record.held("Ana")
    out = record.add(
        "releases", detention=spell, step=1, released="2026-02-20", status="reported", entered="2026-02-20"
    )
    press, monitor = record.source("prensa", "2026-02-21"), record.source("lista", "2026-01-10")
    record.cite(press, release=out)
    record.cite(press, detainee=person)
    record.cite(monitor, detainee=person)
    assert record.asked() == [("Ana", "2026-01-10", 50, "lista")]
    other = record.add("claimants", name="Foro Libre", kind="monitor", default_status="verified")
    record.cite(press, detention=spell, claimant=other)  # in the same article, somebody else still counts her
    assert record.asked() == []


def test_moved_home_is_confirmed_by_who_tells_of_it(record: Record) -> None:
    _person, spell = record.held("Ana")
    home = record.add("releases", detention=spell, step=1, released="2026-01-20", kind="house_arrest",
        status="verified", entered="2026-01-20")  # fmt: skip
    record.cite(record.source("lista", "2026-01-21"), release=home)
    assert record.asked() == [("Ana", "2026-01-21", 39, "lista")]


def test_a_source_without_a_date_counts_from_when_the_detention_it_came_with_was_entered(record: Record) -> None:
    source = record.source("llamada", None)
    with record.store.writing("a case file") as change:
        person, _spell = _held(change, "Ana")
        change.insert("citations", {"source": source, "detainee": person})
    assert record.asked() == [("Ana", "2026-01-02", 58, "llamada")]


def test_a_source_without_a_date_cited_later_counts_from_that_day(record: Record) -> None:
    person, _spell = record.held("Ana")
    record.cite(record.source("llamada", None), detainee=person)
    with asking(record.store, columns=["last_confirmed", "days"]) as (db, asked):
        assert list(stale_table(db, asked, "1").rows) == []  # today
    assert record.asked(on="2026-01-03") == [("Ana", None, None, None)]  # not entered yet


@pytest.mark.parametrize("word", ["0", "-1", "x", "", "3.5", "99999"])
def test_a_number_of_days_that_cannot_be_meant_is_refused(word: str) -> None:
    with pytest.raises(BadValue, match="not a number of days"):
        read_days(word)
