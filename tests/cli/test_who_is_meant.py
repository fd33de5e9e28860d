"""Several people of one name, or several records of one person: offered on a terminal, else refused with their refs."""

import pytest
from shell import Ran, Tracker

NAME, SOURCE = "Ana Ruiz Prieto", "uno-2026-01-12"


@pytest.fixture
def twice(tracker: Tracker) -> Tracker:
    """Two people of one name, each released once."""
    tracker.ok("facility", "add", "El Rodeo I")
    tracker.ok("source", "add", "Uno", "--slug", SOURCE, "--published", "2026-01-12")
    tracker.ok("source", "add", "Dos", "--slug", "dos-2026-01-13", "--published", "2026-01-13")
    for began in ("2025-03-02", "2025-04-05"):
        tracker.ok("detainee", "add", NAME, "--another", "--detained-on", began)
    for ref in refs(tracker):
        tracker.ok("release", "add", ref, "--on", "2026-01-12", "--status", "verified", "-s", SOURCE)
    return tracker


def retaken(tracker: Tracker) -> str:
    """Have the second of them taken again, and return her ref."""
    second = refs(tracker)[1]
    tracker.ok("retake", second, "--on", "2026-02-01", "-f", "El Rodeo I")
    return second


def refs(tracker: Tracker) -> list[str]:
    """The refs of the people, in the order in which they were entered."""
    return sorted(
        (row["ref"] for row in tracker.rows("detainee", "list", "--columns", "ref,name")),
        key=lambda ref: tracker.ok("history", ref, "--csv").out.splitlines()[1].split(",")[0].zfill(4),
    )


COMMANDS = [
    ("show", NAME),
    ("history", NAME),
    ("release", "list", NAME),
    ("detention", "list", NAME),
    ("release", "add", NAME, "--on", "2026-01-13", "-s", SOURCE),
    ("release", "edit", NAME, "--kind", "full"),
    ("release", "verify", NAME, "-s", "dos-2026-01-13"),
    ("release", "retract", NAME, "--reason", "a namesake"),
    ("detention", "edit", NAME, "--charges", "treason"),
    ("detention", "add", NAME, "--on", "2019", "--released-on", "2020", "--status", "verified"),
    ("death", NAME, "--on", "2026-03-01"),
    ("cite", NAME, "-s", SOURCE),
    ("publish", NAME, "named"),
    ("nationality", "add", NAME, "VE"),
]
names = pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(words[:2]))


@names
def test_without_a_terminal_the_refs_are_listed_and_nothing_changes(twice: Tracker, words: tuple[str, ...]) -> None:
    ran = twice(*words)
    assert (ran.code, ran.out) == (4, "")
    assert all(ref in ran.err for ref in refs(twice))


@names
def test_on_a_terminal_the_one_meant_is_chosen(
    twice: Tracker, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = refs(twice)
    before = twice.ok("show", first, "--json").out
    monkeypatch.setattr("tracker.cli.context.interactive", lambda: True)
    stopped = twice(*words, stdin="\n")
    assert stopped.code == 4
    ran: Ran = twice.ok(*words, stdin="2\n")
    assert f"2. {second}" in ran.err
    assert second in ran.out or "Undo with" in ran.err
    assert twice.ok("show", first, "--json").out == before


def test_of_several_records_of_one_person_one_is_chosen(twice: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    second = retaken(twice)
    twice.ok("release", "add", second, "--on", "2026-03-01", "--status", "verified", "-s", SOURCE)
    listed = [row["ref"] for row in twice.rows("release", "list", second)]
    monkeypatch.setattr("tracker.cli.context.interactive", lambda: True)
    ran = twice.ok("release", "edit", NAME, "--kind", "full", stdin="2\n2\n")
    assert f"2. {listed[1]}" in ran.err
    assert [row["kind"] for row in twice.rows("release", "list", second)] == ["unstated", "full"]
    assert twice("release", "edit", second, "--kind", "bail", stdin="\n").code == 4


def test_who_is_held_again_is_moved_within_the_detention_that_is_open(twice: Tracker) -> None:
    second = retaken(twice)
    ran = twice.ok("detention", "transfer", second, "--whereabouts-unknown", "--on", "2026-02-03")
    assert "El Rodeo I → whereabouts unknown" in ran.err
    twice.ok("release", "add", second, "--on", "2026-03-01", "--status", "verified", "-s", SOURCE)
    late = twice("detention", "transfer", second, "-f", "El Rodeo I", "--on", "2026-03-05")
    assert (late.code, late.out) == (3, "")
    assert "is not in prison on record: released on 2026-03-01" in late.err
