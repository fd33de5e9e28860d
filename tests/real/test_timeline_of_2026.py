"""The timeline of the seed record from 8 January to 8 March 2026, and the life of the man freed and retaken."""

import pytest
from shell import Tracker

from tracker.importing import start

WINDOW = ("--from", "2026-01-08", "--to", "2026-03-08")


@pytest.fixture(scope="module")
def seed(tmp_path_factory) -> Tracker:
    case = start.find_case("venezuela-2026")
    path = tmp_path_factory.mktemp("seed") / "tracker.db"
    start.start(path, start.Settings(case.country, case.zone, "tests", case.start), case=case, actor="tests")
    return Tracker(path)


def test_week_by_week_it_is_the_flow_and_what_remains(seed):
    # 95 exits of 94 people: Juan Pablo Guanipa leaves on 8 February, is taken again that night, and leaves on the 20th.
    # 145 were held before, 50 are at the end: 145 − 95 exits − 1 death (Edison José Torres Fernández, 10 January) + 1 retaken.
    weeks = [row for row in seed.rows("timeline", *WINDOW) if not row["claimant"]]
    assert [int(row["released"]) for row in weeks] == [22, 49, 6, 5, 6, 1, 1, 5, 0]
    assert [int(row["held"]) for row in weeks] == [122, 73, 67, 62, 57, 56, 55, 50, 50]
    assert [row["period"] for row in weeks if row["died"] != "0"] == ["2026-W02"]
    assert [row["period"] for row in weeks if row["arrests"] != "0"] == ["2026-W06"]
    for row in weeks:
        assert f": {row['held']}" in seed.ok("remaining", "--on", row["to"], "--format", "md").out.splitlines()[0]


def test_claims_of_different_starts_stand_apart_in_the_chart(seed):
    text = seed.ok("timeline", *WINDOW).out
    assert max(map(len, text.splitlines()[1:])) <= 80
    since_january, rest = text.split("released since 2026-01-08\n")[1].split("\nheld\n")
    january_26 = since_january.split("2026-W05")[1].split("2026-W06")[0]
    assert "310" in january_26  # Foro Penal, 1 February: the last it stated that week; 266 on the 26th is in the rows
    since_december = rest.split("released since 2025-12\n")[1].split("\nreleased")[0]
    assert "Government of Venezuela" in since_december
    assert "626" in since_december
    rows = seed.rows("timeline", *WINDOW)
    assert {"266", "302", "310"} <= {row["claimed_min"] for row in rows if row["period"] == "2026-W05"}


def test_the_life_of_the_man_freed_and_taken_again(seed):
    life = [row for row in seed.rows("timeline", "Juan Pablo Guanipa") if row["event"] != "disputed"]
    assert [(row["on"], row["event"], row["standing"]) for row in life] == [
        ("2025-05", "arrest", "detained"),
        ("2026-01-08", "retracted", "detained"),  # printed as free that day; he was in his cell
        ("2026-02-08", "released", "restricted"),
        ("2026-02-08T23:45", "retaken", "whereabouts_unknown"),
        ("", "stay", "whereabouts_unknown"),
        ("2026-02-10", "moved_home", "house_arrest"),
        ("2026-02-20", "released", "free"),
    ]
    assert "caraotadigital-2026-02-08" in life[2]["sources"]
