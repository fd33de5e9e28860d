"""How much is known of people, line by line; and when a second source is independent of the first."""

import pytest
from invented_lives import a_store

from tracker.errors import BadValue
from tracker.reports.asked import asking
from tracker.reports.coverage import LINES, coverage_table, missing_table, read_line
from tracker.store import Store


class Record:
    """A record to which people, sources and citations are added one by one."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def add(self, table: str, **values: object) -> str:
        with self.store.writing("test") as change:
            return change.insert(table, values)

    def held(
        self, name: str, began: str | None = "2025-03-01", person: dict | None = None, **spell: object
    ) -> tuple[str, str]:
        who = self.add("detainees", name=name, **(person or {}))
        return who, self.add("detentions", detainee=who, began=began, entered="2026-01-02", **spell)

    def known(self, everybody: bool = False, **question: object) -> dict[str, tuple[int, int]]:
        with asking(self.store, on="2026-03-01", **question) as (db, asked):  # type: ignore[arg-type]
            return {str(row[0]): (row[2], row[1]) for row in coverage_table(db, asked, everybody=everybody).rows}  # type: ignore[misc]

    def missing(self, line: str, everybody: bool = False) -> list[str]:
        with asking(self.store, on="2026-03-01", columns=["name"]) as (db, asked):
            return [str(row[0]) for row in missing_table(db, asked, line, everybody=everybody).rows]


@pytest.fixture
def record(template_database):
    with a_store(template_database) as store:
        yield Record(store)


@pytest.mark.parametrize(
    ("line", "person", "spell", "known"),
    [
        ("arrest_date", {}, {"began": "2025-03"}, True),
        ("arrest_date", {}, {"began": None}, False),
        ("arrest_day", {}, {"began": "2025-03"}, False),
        ("arrest_day", {}, {"began": "2025-03-02..2025-03-04"}, False),
        ("arrest_day", {}, {"began": "..2025-03-04"}, False),
        ("arrest_day", {}, {"began": "2025-03-02T14:00"}, True),
        ("sex", {"sex": "female"}, {}, True),
        ("sex", {}, {}, False),
        ("age", {"born": "1980"}, {}, True),
        ("age", {"born": "..1990"}, {}, True),
        ("age", {"age": 40}, {}, True),
        ("age", {}, {}, False),
        ("stage", {}, {"stage": "charged"}, True),
        ("stage", {}, {"stage": "unknown"}, False),
        ("stage", {}, {}, False),
        ("prison", {}, {}, False),
        ("nationality", {}, {}, False),
        ("source", {}, {}, False),
    ],
)
def test_what_counts_as_known(record: Record, line: str, person: dict, spell: dict, known: bool) -> None:
    record.held("Ana", person=person, **spell)
    assert record.known()[line] == (int(known), 1)
    assert record.missing(line) == ([] if known else ["Ana"])


def test_a_prison_is_known_where_the_last_stay_names_one(record: Record) -> None:
    place = record.add("facilities", name="Penal Norte")
    for name, last in (("Ana", {"facility": place}), ("Berta", {"whereabouts_unknown": 1})):
        _who, spell = record.held(name)
        record.add("stays", detention=spell, step=1, facility=place)
        record.add("stays", detention=spell, step=2, since="2026-01-01", **last)
    assert record.known()["prison"] == (1, 2)
    assert record.missing("prison") == ["Berta"]


FORO, FAMILY = ("Foro Libre", "monitor"), ("Madre de Ana", "family")

INDEPENDENT = {
    "one source": ([("Diario Uno", None)], False),
    "two newspapers in their own words": ([("Diario Uno", None), ("Diario Dos", None)], True),
    "two articles of one newspaper": ([("Diario Uno", None), ("diario uno", None)], False),
    "two newspapers that quote one monitor": ([("Diario Uno", FORO), ("Diario Dos", FORO)], False),
    "two newspapers that quote two voices": ([("Diario Uno", FORO), ("Diario Dos", FAMILY)], True),
    "two voices in one newspaper": ([("Diario Uno", FORO), ("Diario Uno", FAMILY)], False),
    "the monitor's own page and a newspaper that quotes it": ([("Foro Libre", None), ("Diario Uno", FORO)], False),
    "the monitor's page and a newspaper in its own words": ([("Foro Libre", None), ("Diario Uno", None)], True),
    "two calls to different people": ([(None, FORO), (None, FAMILY)], True),
    "a newspaper that also quotes, and the one quoted elsewhere": (
        [("Diario Uno", None), ("Diario Uno", FORO), ("Diario Dos", FORO)],
        True,
    ),
}


@pytest.mark.parametrize(("said", "second"), INDEPENDENT.values(), ids=INDEPENDENT)
def test_a_second_source_is_another_publisher_and_another_voice(record: Record, said: list, second: bool) -> None:
    who, spell = record.held("Ana")
    voices = {
        claimant: record.add("claimants", name=claimant[0], kind=claimant[1], default_status="verified")
        for claimant in dict.fromkeys((FORO, *(one for _publisher, one in said if one)))
    }
    for place, (publisher, claimant) in enumerate(said):
        source = record.add("sources", slug=f"fuente-{place}", publisher=publisher)
        about = {"detention": spell} if place else {"detainee": who}
        record.add("citations", source=source, claimant=voices.get(claimant), **about)
    known = record.known()
    assert (known["source"], known["second_source"]) == ((1, 1), (int(second), 1))


def test_a_dispute_is_no_source(record: Record) -> None:
    who, _spell = record.held("Ana")
    record.add("citations", source=record.add("sources", slug="x"), detainee=who, stance="disputes")
    assert record.known()["source"] == (0, 1)


def test_people_held_are_counted_unless_everybody_is_asked_for(record: Record) -> None:
    record.held("Ana", person={"sex": "female"})
    _who, spell = record.held("Berta")
    record.add(
        "releases", detention=spell, step=1, released="2026-01-10", kind="full", status="verified", entered="2026-01-10"
    )
    record.add("detainees", name="Carla sin detención")
    assert record.known()["sex"] == (1, 1)
    assert record.known(everybody=True)["sex"] == (1, 3)
    assert record.known(everybody=True, standing=["free"])["sex"] == (0, 1)
    assert record.missing("sex", everybody=True) == ["Berta", "Carla sin detención"]


def test_the_foot_tells_what_to_ask_next_and_a_share_is_never_rounded_to_all(record: Record) -> None:
    with record.store.writing("many") as change:
        for n in range(2001):
            who = change.insert("detainees", {"name": f"Persona {n}", "sex": "male" if n else None})
            change.insert("detentions", {"detainee": who, "began": "2025-03-01", "entered": "2026-01-02"})
    with asking(record.store, on="2026-03-01") as (db, asked):
        table = coverage_table(db, asked)
        shares = {row[0]: row[3] for row in table.rows}
    assert (shares["sex"], shares["arrest_day"], shares["stage"]) == ("99.9", "100.0", "0.0")
    assert any("Ask next: prison (2001)" in line and "--list prison" in line for line in table.foot)


def test_nobody_to_count_is_said(record: Record) -> None:
    with asking(record.store) as (db, asked):
        table = coverage_table(db, asked)
        assert (list(table.rows), table.empty) == ([], "Nobody on record is meant by this.")


def test_a_line_is_read_by_key_and_name(record: Record) -> None:
    assert [read_line(key) for key in LINES] == list(LINES)
    assert read_line("Legal Stage") == "stage"
    with pytest.raises(BadValue, match="no line"):
        read_line("shoe size")
