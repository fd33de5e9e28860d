"""How many on record share a day or a prison: exactly in a small record, about right in a large one."""

import pytest

from tracker.matching import crowds
from tracker.matching.crowds import Crowds


@pytest.fixture
def arrested(store):
    """Enter so many people arrested on a day, released on another, and held in a prison; return the prison's id."""

    def enter(many, began, released):
        with store.writing("bulk") as change:
            place = change.insert("facilities", {"name": f"El Pinar {began}"})
            people = change.insert_many("detainees", [{"name": f"Ana Ruiz {n}"} for n in range(many)])
            for person in people:
                held = change.insert("detentions", {"detainee": person, "began": began, "entered": "2026-01-08"})
                change.insert("stays", {"detention": held, "facility": place, "step": 1})
                release = {"released": released, "step": 1, "status": "reported", "entered": "2026-01-08"}
                change.insert("releases", {"detention": held, **release})
        return place

    return enter


def test_days_months_years_and_prisons_are_counted(store, arrested):
    place = arrested(3, "2024-08-02", "2026-01-08")
    arrested(2, "2024-08-05", "2026-01-25")
    arrested(1, "2024-08", "2026")
    with store.reading() as db:
        sharing = Crowds(db).sharing
        asked = [("arrested", each) for each in ("2024-08-02", "2024-08", "2024", "2023")]
        assert [sharing(*each) for each in asked] == [3, 6, 6, 0]
        assert [sharing("released", each) for each in ("2026-01-08", "2026-01", "2026")] == [3, 6, 6]
        assert sharing("facility", place) == 3


def test_a_sample_tells_a_crowd_from_a_few(store, arrested, monkeypatch):
    monkeypatch.setattr(crowds, "SAMPLE", 40)
    arrested(300, "2024-08-02", "2026-01-08")
    for day in range(10, 20):
        arrested(10, f"2024-09-{day}", "2026-01-25")
    with store.reading() as db:
        sharing = Crowds(db).sharing
        assert 200 <= sharing("arrested", "2024-08-02") <= 400
        assert all(sharing("arrested", f"2024-09-{day}") <= 30 for day in range(10, 20))
