"""An estimate from two lists on record: who is on them, what it says, and which lists none is made from."""

from collections.abc import Iterable

import pytest
from invented_lives import a_store

from tracker.domain.estimating import chapman
from tracker.errors import BadValue, NotFound
from tracker.reports.asked import asking
from tracker.reports.estimate import estimate_table, part_table
from tracker.store import Store


class Record:
    """People `0` to `n - 1`, and sources that speak of some of them."""

    def __init__(self, store: Store, people: int = 60) -> None:
        self.store = store
        with store.writing("people") as change:
            self.people = [change.insert("detainees", {"name": f"Persona {n:02}"}) for n in range(people)]
            self.spells = [
                change.insert("detentions", {"detainee": one, "began": "2025-03-01", "entered": "2026-01-02"})
                for one in self.people
            ]

    def add(self, table: str, **values: object) -> str:
        with self.store.writing("test") as change:
            return change.insert(table, values)

    def source(self, slug: str, of: Iterable[int], *, publisher: str | None = None, claimant: str | None = None) -> str:
        """A source that speaks of these people, half of them through their detention."""
        with self.store.writing("list") as change:
            source = change.insert("sources", {"slug": slug, "published": "2026-01-12", "publisher": publisher})
            for n in of:
                about = {"detainee": self.people[n]} if n % 2 else {"detention": self.spells[n]}
                change.insert("citations", {"source": source, "claimant": claimant, **about})
        return source

    def asked(self, *words: str, **question: object) -> dict[str, object]:
        with asking(self.store, **question) as (db, asked):  # type: ignore[arg-type]
            table = estimate_table(db, asked, list(words))
            [row] = table.rows
            return dict(zip(table.keys(), row, strict=True)) | {"title": table.title, "foot": "\n".join(table.foot)}

    def names(self, part: str, *words: str) -> list[object]:
        with asking(self.store, columns=["name"]) as (db, asked):
            return [row[0] for row in part_table(db, asked, list(words), part).rows]


@pytest.fixture
def record(template_database):
    with a_store(template_database) as store:
        yield Record(store)


def test_the_estimate_is_chapmans_of_the_people_on_the_lists(record: Record) -> None:
    record.source("uno", range(30), publisher="Foro Libre")
    record.source("dos", range(20, 45), publisher="Comité Dos")
    found = record.asked("uno", "dos")
    expected = chapman(30, 25, 10)  # 31 * 26 / 11 - 1 = 72.27
    assert (found["people_a"], found["people_b"], found["both"]) == (30, 25, 10)
    assert (found["estimate"], found["unseen"]) == (72, 72 - 45)
    assert found["low"] <= expected.low < found["estimate"] < expected.high <= found["high"]  # type: ignore[operator]
    assert (found["list_a"], found["list_b"]) == ("uno", "dos")
    assert "On neither list: about 27, of whom 15 are on record from other sources." in str(found["foot"])


def test_what_it_rests_on_stands_below_in_words(record: Record) -> None:
    record.source("uno", range(30))
    record.source("dos", range(20, 45))
    foot = str(record.asked("uno", "dos")["foot"])
    for word in ("an estimate, not a count", "same time", "made apart", "same chance", "on record twice", "Chapman"):
        assert word in foot


def test_each_part_opens_into_names(record: Record) -> None:
    record.source("uno", (0, 1, 2))
    record.source("dos", (2, 3))
    assert record.names("both", "uno", "dos") == ["Persona 02"]
    assert record.names("only_a", "uno", "dos") == ["Persona 00", "Persona 01"]
    assert record.names("only-b", "uno", "dos") == ["Persona 03"]
    assert len(record.names("neither", "uno", "dos")) == 56
    with pytest.raises(BadValue, match="no part"):
        record.names("all", "uno", "dos")


def test_the_rows_of_a_file_taken_in_are_on_its_list(record: Record) -> None:
    one = record.source("uno", range(20))
    record.source("dos", range(15, 40))
    taken = record.add("lists", name="uno", source=one, file="uno.csv", sha256="0", size=1, entered="2026-01-12")
    for n, state in ((20, "taken"), (21, "taken"), (22, "skipped")):
        record.add("list_rows", list=taken, row=n, key=str(n), digest="0", state=state,
            detainee=record.people[n] if state == "taken" else None)  # fmt: skip
    assert record.asked("uno", "dos")["people_a"] == 22


def test_who_a_source_disputes_is_not_on_its_list(record: Record) -> None:
    one = record.source("uno", range(20))
    record.source("dos", range(10, 40))
    record.add("citations", source=one, detainee=record.people[30], stance="disputes")
    assert record.asked("uno", "dos")["people_a"] == 20


def test_the_question_narrows_both_lists(record: Record) -> None:
    record.source("uno", range(40))
    record.source("dos", range(20, 60))
    for n in (*range(10, 35), *range(45, 50)):
        record.add("nationalities", detainee=record.people[n], country="ES")
    found = record.asked("uno", "dos", nationality=["ES"])
    assert (found["people_a"], found["people_b"], found["both"]) == (25, 20, 15)


def test_what_was_not_known_yet_is_not_on_the_lists(record: Record) -> None:
    record.source("uno", range(30))
    record.source("dos", range(20, 45))
    with record.store.reading() as db:
        before = record.store.head(db).seq
    record.source("tres", range(5))
    with record.store.writing("more") as change:
        source = change.db.execute("SELECT id FROM sources WHERE slug = 'uno'").fetchone()[0]
        change.insert("citations", {"source": source, "detainee": record.people[50]})
    assert record.asked("uno", "dos")["people_a"] == 31
    assert record.asked("uno", "dos", known_by=f"#{before}")["people_a"] == 30
    with pytest.raises(NotFound):
        record.asked("uno", "tres", known_by=f"#{before}")


REFUSED = {
    "too few on both": ({"of": range(20)}, {"of": range(14, 40)}, "6 people are on both"),
    "nobody on both": ({"of": range(20)}, {"of": range(20, 40)}, "0 people are on both"),
    "one holds the other": ({"of": range(40)}, {"of": range(10, 30)}, "20 of the 20"),
    "nearly a copy": ({"of": range(40)}, {"of": range(1, 41)}, "39 of the 40"),
    "one publisher": (
        {"of": range(30), "publisher": "Foro Libre"},
        {"of": range(20, 45), "publisher": "foro libre"},
        "published by",
    ),
    "an empty list": ({"of": ()}, {"of": range(20, 45)}, "speaks of nobody"),
}


@pytest.mark.parametrize(("one", "other", "why"), REFUSED.values(), ids=REFUSED)
def test_lists_that_tell_nothing_are_refused(record: Record, one: dict, other: dict, why: str) -> None:
    record.source("uno", **one)
    record.source("dos", **other)
    with pytest.raises(BadValue, match=why):
        record.asked("uno", "dos")


def test_two_newspapers_that_print_one_monitors_names_are_one_voice(record: Record) -> None:
    monitor = record.add("claimants", name="Foro Libre", kind="monitor", default_status="verified")
    record.source("uno", range(30), publisher="Diario Uno", claimant=monitor)
    record.source("dos", range(20, 45), publisher="Diario Dos", claimant=monitor)
    record.source("tres", range(20, 45), publisher="Foro Libre")
    record.source("cuatro", range(20, 45), publisher="Diario Tres")
    for other in ("dos", "tres"):
        with pytest.raises(BadValue, match="named by “Foro Libre”"):
            record.asked("uno", other)
    assert record.asked("uno", "cuatro")["both"] == 10


def test_there_must_be_two_sources_and_not_one_twice(record: Record) -> None:
    record.source("uno", range(30))
    record.source("dos", range(20, 45))
    with pytest.raises(BadValue, match="One list tells nothing"):
        record.asked("uno")
    with pytest.raises(BadValue, match="mean one source"):
        record.asked("uno", "UNO")
    with pytest.raises(BadValue, match="3 were named") as refused:
        record.asked("uno", "dos", "tres")
    assert "LCMCR" in str(refused.value.hint)


def test_in_public_people_who_asked_not_to_be_counted_are_on_no_list_and_private_sources_have_no_name(
    record: Record,
) -> None:
    record.source("uno", range(30))
    two = record.source("dos", range(20, 45))
    with record.store.writing("private") as change:
        change.update("sources", two, {"public": 0})
        change.update("detainees", record.people[0], {"publish": "withheld"})
    found = record.asked("uno", "dos", public=True)
    assert (found["people_a"], found["list_b"]) == (29, "[unpublished source]")
