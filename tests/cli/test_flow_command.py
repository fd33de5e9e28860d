"""`flow` and `bulletin --since-last`: from one day's count to another's, with what was learned since apart."""

import json
import shutil
import sqlite3
import threading
from contextlib import closing

import pytest
from shell import Tracker, faceless

from tracker.store import Store

EVENTS = {
    "Ana Ruiz Prieto": "2025-03-02", "Luis Paz Mora": "2025-03-02", "Eva Gil Soto": "2025-03-02",
    "Íñigo Sanz Vera": "2025-03-02", "José Mora Peña": "2025-03-02", "Pepe Mora Peña": "2025-03-02",
}  # fmt: skip


@pytest.fixture(scope="module")
def told(template_database, tmp_path_factory) -> Tracker:
    """A record told twice: on the first day (up to change 8) and since.

    As told first, six people were held on the 8th, of whom two entries are one man, and Zoe was out by a verified
    release. Since then: Zoe's release proved false, Luis was out on the 5th already, Íñigo is no political detainee, the
    two entries became one, and Nora came to be known; in the window Ana left, was taken again, and Eva died.
    """
    path = tmp_path_factory.mktemp("flow") / "tracker.db"
    shutil.copyfile(template_database, path)
    tracker = Tracker(path)
    for name, day in EVENTS.items():
        tracker.ok("detainee", "add", name, "--detained-on", day, "--another")
    tracker.ok("detainee", "add", "Zoe Vidal Rey", "--detained-on", "2025-03-02")
    tracker.ok("claimant", "add", "Foro Libre", "--kind", "monitor")
    tracker.ok("source", "add", "Lista", "--slug", "lista", "--published", "2026-01-07")
    tracker.ok("release", "add", "Zoe Vidal Rey", "--on", "2026-01-06", "-s", "lista", "-c", "Foro Libre")
    tracker.ok("release", "retract", "Zoe Vidal Rey", "-s", "lista")
    verified = ("-s", "lista", "-c", "Foro Libre")
    tracker.ok("release", "add", "Luis Paz Mora", "--on", "2026-01-05", *verified)
    tracker.ok("detainee", "exclude", "Íñigo Sanz Vera", "--reason", "a common crime")
    tracker.ok("detainee", "merge", "José Mora Peña", "Pepe Mora Peña", "--yes")
    tracker.ok("detainee", "add", "Nora Díaz Lugo", "--detained-on", "2025-11")
    tracker.ok("release", "add", "Ana Ruiz Prieto", "--on", "2026-01-12", "-k", "full", *verified)
    tracker.ok("retake", "Ana Ruiz Prieto", "--on", "2026-01-20", *verified)
    tracker.ok("death", "Eva Gil Soto", "--on", "2026-01-25", *verified)
    return tracker


@pytest.fixture(scope="module")
def first(told) -> str:
    """The change up to which the first telling went: that of the release which later proved false."""
    [change] = [row["seq"] for row in told.rows("history") if row["reason"].startswith("release retract")]
    return f"#{int(change) - 1}"


WINDOW = ("flow", "--from", "2026-01-09", "--to", "2026-01-31")


def test_the_lines_lead_from_what_was_told_then_to_what_is_known_now(told, first):
    rows = [(row["line"], row["people"], row["names"]) for row in told.rows(*WINDOW, "--known-by-from", first)]
    assert rows == [
        ("opening_then", "6", "Ana Ruiz Prieto; Eva Gil Soto; Íñigo Sanz Vera; José Mora Peña; Luis Paz Mora; Pepe Mora Peña"),
        ("newly_documented", "1", "Nora Díaz Lugo"),
        ("withdrawn_releases", "1", "Zoe Vidal Rey"),
        ("late_releases", "-1", "Luis Paz Mora"),
        ("delisted", "-1", "Íñigo Sanz Vera"),
        ("merged", "-1", "Pepe Mora Peña"),
        ("opening", "5", "Ana Ruiz Prieto; Eva Gil Soto; José Mora Peña; Nora Díaz Lugo; Zoe Vidal Rey"),
        ("arrests", "0", ""),
        ("retaken", "1", "Ana Ruiz Prieto"),
        ("released_full", "-1", "Ana Ruiz Prieto"),
        ("escaped", "0", ""),
        ("died", "-1", "Eva Gil Soto"),
        ("closing", "4", "Ana Ruiz Prieto; José Mora Peña; Nora Díaz Lugo; Zoe Vidal Rey"),
    ]  # fmt: skip


def test_a_reader_sees_the_first_names_both_moments_and_both_clocks(told, first):
    page = told.ok(*WINDOW, "--known-by-from", first)
    head = page.out.splitlines()
    assert head[0] == ("Flow, 2026-01-09 to 2026-01-31: 5 deprived of liberty (2026-01-08 23:59), 4 (2026-01-31 23:59)")
    assert head[1] == "  the opening as it was known then: 6"
    assert "Ana Ruiz Prieto; Eva Gil Soto; Íñigo Sanz Vera; 3 more" in page.out
    assert f"Known then: up to change {first[1:]} (" in page.err
    markdown = told.ok(*WINDOW, "--known-by-from", first, "--format", "md").out
    assert "| out by then, learned since | -1 | Luis Paz Mora |" in markdown


def test_for_machines_people_are_numbers_and_names_a_list(told):
    rows = json.loads(told.ok(*WINDOW, "--json").out)
    assert {"line": "retaken", "people": 1, "names": ["Ana Ruiz Prieto"]} in rows
    assert rows[0]["line"] == "opening"  # one clock: nothing was learned between


def test_every_line_opens_into_people(told, first):
    for row in told.rows(*WINDOW, "--known-by-from", first):
        listed = told.rows(*WINDOW, "--known-by-from", first, "--list", row["line"])
        assert [one["name"] for one in listed] == [name for name in row["names"].split("; ") if name] or {
            one["name"] for one in listed} == set(row["names"].split("; ")), row  # fmt: skip
        assert len(listed) == abs(int(row["people"])), row

    def one(line, *keys):
        [row] = told.rows(*WINDOW, "--known-by-from", first, "--list", line)
        return tuple(row[key] for key in keys)

    assert one("newly_documented", "on", "standing") == ("2025-11", "detained")
    assert one("withdrawn_releases", "on", "release_status", "standing") == ("2026-01-06", "retracted", "detained")
    assert one("late_releases", "on", "release_status", "verified_by") == ("2026-01-05", "verified", "Foro Libre")
    assert one("delisted", "why") == ("excluded",)
    [jose] = [row["ref"] for row in told.rows("find", "José Mora") if row["ref"].startswith("P-")]
    assert one("merged", "merged_into") == (jose,)
    assert one("released_full", "on", "release_kind", "standing") == (
        "2026-01-12",
        "full",
        "detained",
    )  # taken again since
    assert one("died", "on") == ("2026-01-25",)


def test_lists_take_columns_order_and_limit(told):
    asked = (*WINDOW, "--list", "closing", "--columns", "name", "--sort", "-name", "--limit", "2")
    assert [row["name"] for row in told.rows(*asked)] == ["Zoe Vidal Rey", "Nora Díaz Lugo"]


def test_the_end_has_a_clock_too(told, first):
    for clock in ("--known-by", "--known-by-to"):
        rows = {row["line"]: row["people"] for row in told.rows(*WINDOW, clock, first)}
        assert (rows["opening"], rows["closing"], rows["retaken"]) == ("6", "6", "0")


def test_in_public_nobody_is_named_who_may_not_be(told, first, new_copy):
    tracker = new_copy(told)
    tracker.ok("publish", "Nora Díaz Lugo", "named")
    tracker.ok("publish", "Zoe Vidal Rey", "withheld")
    rows = tracker.rows(*WINDOW, "--known-by-from", first, "--public")
    assert {row["names"] for row in rows} == {"", "Nora Díaz Lugo"}
    figures = {row["line"]: row["people"] for row in rows}
    assert (figures["opening_then"], figures["withdrawn_releases"], figures["opening"]) == ("6", "0", "4")
    page = tracker.ok(*WINDOW, "--known-by-from", first, "--public").out
    for line in ("merged", "delisted", "opening_then", "late_releases"):
        page += tracker.ok(*WINDOW, "--known-by-from", first, "--public", "--list", line, "--csv").out
    for name in (*EVENTS, "Zoe Vidal Rey", "P-"):
        assert name not in faceless(page).replace("[not named]", "")


def test_somebody_merged_into_a_person_withheld_since_is_not_counted_in_public_of_then_either(told, first, new_copy):
    tracker = new_copy(told)
    tracker.ok("publish", "José Mora Peña", "withheld")
    rows = {row["line"]: row["people"] for row in tracker.rows(*WINDOW, "--known-by-from", first, "--public")}
    assert (rows["opening_then"], rows["merged"], rows["opening"]) == ("4", "0", "4")


@pytest.fixture
def new_copy(tmp_path):
    def copy(of: Tracker) -> Tracker:
        path = tmp_path / "copy.db"
        shutil.copyfile(of.database, path)
        return Tracker(path)

    return copy


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--facility", "El Rodeo I"), "one place or standing"),
        (("--standing", "detained"), "one place or standing"),
        (("--known-by", "3", "--known-by-to", "4"), "--known-by and --known-by-to"),
        (("--known-by-from", "9", "--known-by-to", "8"), "cannot be later"),
        (("--known-by-from", "2020-01-01"), "Nothing was on record yet"),
        (("--list", "merged"), "second clock"),
        (("--list", "nobody"), "There is no line “nobody”"),
        (("--list", "closing", "--columns", "nothing"), "There is no column"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_a_sentence(told, words, said):
    told_all = told.ok("facility", "list")
    if "El Rodeo I" in words and "El Rodeo I" not in told_all.out:
        told.ok("facility", "add", "El Rodeo I")
    ran = told(*WINDOW, *words)
    assert (ran.code, ran.out) == (3, "")
    assert said in ran.err


def test_the_movement_of_some_people_only_is_theirs_alone(told, new_copy):
    tracker = new_copy(told)
    tracker.ok("detainee", "edit", "Ana Ruiz Prieto", "--sex", "female")
    tracker.ok("detainee", "edit", "Eva Gil Soto", "--sex", "male")
    figures = {row["line"]: row["people"] for row in tracker.rows(*WINDOW, "--sex", "female")}
    assert [figures[line] for line in ("opening", "retaken", "released_full", "died", "closing")] == [
        "1", "1", "-1", "0", "1"]  # fmt: skip
    asked = ("bulletin", "--on", "2026-01-31", "--since", "2026-01-08", "--sex", "male")
    moved = {row["line"]: row["people"] for row in tracker.rows(*asked) if row["section"] == "movement"}
    assert moved == {"opening": "1", "died": "1", "closing": "0"}


def test_a_flow_needs_a_beginning(told):
    ran = told("flow", "--to", "2025-12-01")
    assert (ran.code, "needs a day to begin with" in ran.err) == (3, True)


def test_both_ends_are_read_from_one_state_of_the_file(told, new_copy, monkeypatch):
    """Somebody else's write, tried while the first clock is read, waits: the figures are of one state."""
    tracker = new_copy(told)
    turned, waited = Store.turned, []

    def write():
        with closing(sqlite3.connect(tracker.database, timeout=0.05, isolation_level=None)) as db:
            try:
                db.execute("UPDATE detainees SET excluded = 1")
            except sqlite3.OperationalError as problem:
                waited.append(str(problem))

    def meanwhile(self, *words, **more):
        writer = threading.Thread(target=write)
        writer.start()
        writer.join()
        return turned(self, *words, **more)

    monkeypatch.setattr(Store, "turned", meanwhile)
    rows = {row["line"]: row["people"] for row in tracker.rows(*WINDOW, "--known-by-from", "#8")}
    assert waited == ["database is locked"]
    assert (rows["opening"], rows["closing"]) == ("5", "4")


def test_since_last_tells_what_moved_and_what_was_learned_since_the_bulletin_kept(told, first, new_copy):
    tracker = new_copy(told)
    refused = tracker("bulletin", "--on", "2026-01-31", "--since-last")
    assert (refused.code, refused.out) == (3, "")
    assert "No bulletin before 2026-01-31 was kept" in refused.err
    assert "--since" in refused.err
    kept = tracker.ok("bulletin", "--on", "2026-01-08", "--keep")
    assert "Kept as given out: the bulletin of 2026-01-08." in kept.err
    tracker.ok("detainee", "add", "Rita León Paz", "--detained-on", "2025-12-01")
    lines = [
        (row["line"], row["people"])
        for row in tracker.rows("bulletin", "--on", "2026-01-31", "--since-last")
        if row["section"] == "movement"
    ]
    assert lines == [
        ("opening_then", "5"), ("newly_documented", "1"), ("withdrawn_releases", "0"), ("late_releases", "0"),
        ("delisted", "0"), ("merged", "0"), ("opening", "6"), ("retaken", "1"), ("released_full", "1"), ("died", "1"),
        ("closing", "5"),
    ]  # fmt: skip
    said = tracker.ok("bulletin", "--on", "2026-01-31", "--since-last").err
    names = said.split("names: tracker ")[1].splitlines()[0].rstrip(".").split()
    assert [row["name"] for row in tracker.rows(*names, "--list", "newly_documented")] == ["Rita León Paz"]


def test_the_last_bulletin_is_the_newest_kept_before_this_one_and_keeping_can_be_undone(told, new_copy):
    tracker = new_copy(told)
    for day in ("2026-01-15", "2026-01-08", "2026-01-22", "2026-01-22"):
        tracker.ok("bulletin", "--on", day, "--keep")

    def since(day):
        return tracker.ok("bulletin", "--on", day, "--since-last").out.splitlines()[0].split("since ")[1]

    assert [since(day) for day in ("2026-01-15", "2026-01-22", "2026-01-31")] == [
        "2026-01-08",
        "2026-01-15",
        "2026-01-22",
    ]
    tracker.ok("undo")
    tracker.ok("undo")
    assert since("2026-01-31") == "2026-01-15"


@pytest.mark.parametrize(
    "words",
    [("--sex", "female"), ("--known-by", "9"), ("--published-by", "2026-01-31"), ("--list", "sex")],
)
def test_only_a_bulletin_of_everybody_as_known_now_is_kept(told, new_copy, words):
    tracker = new_copy(told)
    before = len(tracker.rows("history"))
    ran = tracker("bulletin", "--on", "2026-01-31", "--keep", *words)
    assert (ran.code, ran.out) == (3, "")
    assert "Only a bulletin of everybody" in ran.err
    assert len(tracker.rows("history")) == before
    assert tracker("bulletin", "--since", "2026-01-01", "--since-last").code == 3
