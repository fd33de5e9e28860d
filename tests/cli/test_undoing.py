"""`undo` at the shell: why not, what to undo first, and what is asked before much is taken back."""

from pathlib import Path

import pytest
from shell import Tracker

from tracker.store import Store

NAME = "Ana Ruiz Prieto"


@pytest.fixture
def long(tracker: Tracker) -> Tracker:
    """A record whose second change has more than 100 rows."""
    tracker.ok("release", "add", "--unnamed", "40", "--on", "2026-01-12", "--status", "verified")
    return tracker


def test_what_has_to_be_undone_first_is_named(tracker: Tracker) -> None:
    tracker.ok("detainee", "add", NAME, "--detained-on", "2025")  # 2
    tracker.ok("release", "add", NAME, "--on", "2026-01-12", "--status", "verified")  # 3
    tracker.ok("release", "edit", NAME, "--kind", "full")  # 4
    tracker.ok("release", "edit", NAME, "--basis", "amnesty")  # 5
    refused = tracker("undo", "2")
    assert (refused.code, refused.out) == (3, "")
    assert refused.err.endswith(
        "Nothing was changed. Undo the later changes first: tracker undo 5, tracker undo 4, tracker undo 3\n"
    )
    assert refused.err.startswith("Change 2 cannot be undone: later changes depend on it: 5 (release edit R-")
    for number in ("5", "4", "3", "2"):
        tracker.ok("undo", number)
    assert tracker.rows("detainee", "list") == []


def test_the_beginning_of_the_record_cannot_be_undone_and_it_says_why(tracker: Tracker) -> None:
    ran = tracker("undo", "1")
    assert (ran.code, ran.out) == (3, "")
    assert "it made this record" in ran.err
    assert "tracker init" in ran.err


def test_undo_keeps_to_the_dates(tracker: Tracker) -> None:
    tracker.ok("detainee", "add", NAME, "--detained-on", "2025")
    tracker.ok("release", "add", NAME, "--on", "2026-01-12", "--status", "verified")
    tracker.ok("retake", NAME, "--on", "2026-02-01")
    before = tracker.database.read_bytes()
    ran = tracker("undo", "3")
    assert (ran.code, ran.out) == (3, "")
    assert "Two detentions (from 2025 and from 2026-02-01) are both open." in ran.err
    assert tracker.database.read_bytes() == before
    tracker.ok("undo", "4")
    tracker.ok("undo", "3")


def test_undoing_an_undo_keeps_to_the_dates_too(tracker: Tracker) -> None:
    tracker.ok("detainee", "add", NAME, "--detained-on", "2025")  # 2
    tracker.ok("release", "add", NAME, "--on", "2026-01-12", "--status", "verified")  # 3
    tracker.ok("retake", NAME, "--on", "2026-02-01")  # 4
    tracker.ok("undo")  # 5
    tracker.ok("undo", "5")  # 6: in order, it brings back what was taken back
    tracker.ok("undo", "6")  # 7
    [release] = tracker.rows("release", "list")
    tracker.ok("release", "retract", release["ref"], "--reason", "false")  # 8
    before = tracker.database.read_bytes()
    refused = tracker("undo", "7")
    assert (refused.code, refused.out) == (3, "")
    assert "Two detentions (from 2025 and from 2026-02-01) are both open." in refused.err
    assert tracker.database.read_bytes() == before
    tracker.ok("undo", "8")
    tracker.ok("undo", "7")
    assert len(tracker.rows("detention", "list")) == 2


@pytest.mark.parametrize("words", [("undo",), ("undo", "2")])
def test_much_is_taken_back_only_when_that_is_meant(long: Tracker, words: tuple[str, ...]) -> None:
    refused = long(*words)
    assert (refused.code, refused.out) == (3, "")
    assert "Change 2, release add" in refused.err
    assert "rows. Take all of it back?" in refused.err
    assert "--yes" in refused.err
    assert len(long.rows("detainee", "list")) == 40
    long.ok(*words, "--dry-run")
    assert len(long.rows("detainee", "list")) == 40
    long.ok(*words, "--yes")
    assert long.rows("detainee", "list") == []


def test_on_a_terminal_it_is_asked(long: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.cli.context.interactive", lambda: True)
    assert long("undo", stdin="\n").code == 3
    assert len(long.rows("detainee", "list")) == 40
    long.ok("undo", stdin="y\n")
    assert long.rows("detainee", "list") == []


def test_a_little_is_taken_back_unasked(tracker: Tracker) -> None:
    tracker.ok("detainee", "add", NAME)
    tracker.ok("undo")
    assert tracker.rows("detainee", "list") == []


def test_what_was_wrong_before_a_correction_comes_back_with_it(tracker: Tracker, database: Path) -> None:
    tracker.ok("detainee", "add", NAME, "--detained-on", "2025-03-02")
    tracker.ok("release", "add", NAME, "--on", "2026-01-12", "--status", "verified")
    [release] = tracker.rows("release", "list")
    with Store.open(database).writing("a list taken over as it was") as change:
        row = change.db.execute("SELECT id FROM releases WHERE ref = ?", (release["ref"],)).fetchone()
        change.update("releases", row["id"], {"released": "2024-01-12"})
    tracker.ok("release", "edit", NAME, "--on", "2026-01-13")
    tracker.ok("undo")
    assert tracker.rows("release", "list")[0]["on"] == "2024-01-12"


def test_what_was_wrong_all_along_does_not_stand_in_the_way(tracker: Tracker, database: Path) -> None:
    tracker.ok("detainee", "add", NAME, "--detained-on", "2025-03-02")
    tracker.ok("release", "add", NAME, "--on", "2026-01-12", "--status", "verified")
    with Store.open(database).writing("a list taken over as it was") as change:
        row = change.db.execute("SELECT id FROM releases").fetchone()
        change.update("releases", row["id"], {"released": "2024-01-12"})
    tracker.ok("detention", "edit", NAME, "--charges", "none")
    tracker.ok("undo")
    tracker.ok("undo", "6")
    assert tracker.rows("detention", "list", "--columns", "charges")[0]["charges"] == "none"
