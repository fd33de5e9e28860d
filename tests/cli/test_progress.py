"""Progress of long commands: on stderr, on a terminal alone, gone when the work is done, and never in the output."""

import io
import re
import sys
import time
from collections.abc import Iterator

import pytest
from shell import Tracker

from tracker.checks import run
from tracker.cli import progress
from tracker.publishing import whole
from tracker.reports.exporting import tables
from tracker.reports.exporting.whole import File


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal on stderr, and no patience."""
    monkeypatch.setattr(progress, "on_terminal", lambda: True)
    monkeypatch.setattr(progress, "AFTER", 0.0)
    monkeypatch.setattr(progress, "EVERY", 0.005)


def slowly() -> Iterator[tuple[int, str]]:
    """Blocks of a list that takes a while."""
    for n in range(4):
        time.sleep(0.03)
        yield 1_000, f"{n}\r\n"


@pytest.fixture
def slow_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "blocks", lambda _store, _db: slowly())


def erased_at_the_end(err: str) -> bool:
    last_drawn = err.rindex(" a second") if " a second" in err else err.rindex("…")
    return progress.ERASED in err[last_drawn:]


@pytest.mark.usefixtures("terminal", "slow_list")
def test_a_long_list_says_how_many_rows_and_how_fast(tracker: Tracker) -> None:
    ran = tracker.ok("export", "list", "--csv")
    assert ran.out.splitlines()[1:] == ["0", "1", "2", "3"], "the data is as ever"
    assert re.search(r"\r\x1b\[K[123],000 rows, [\d,]+ a second", ran.err)
    assert erased_at_the_end(ran.err)
    assert ran.err.rindex(progress.ERASED) < ran.err.index("change 1"), "it is gone before the notes"


@pytest.mark.usefixtures("slow_list")
def test_without_a_terminal_nothing_is_drawn(tracker: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "AFTER", 0.0)
    ran = tracker.ok("export", "list", "--csv")
    assert "\r" not in ran.err
    assert "\x1b" not in ran.err


@pytest.mark.usefixtures("terminal", "slow_list")
def test_rows_that_go_to_the_terminal_itself_are_not_mixed_with_it(
    tracker: Tracker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.cli.context.on_terminal", lambda: True)
    assert "\x1b" not in tracker.ok("export", "list", "--csv", "-o", "-").err
    assert "rows, " in tracker.ok("export", "list").err


@pytest.mark.usefixtures("terminal")
def test_a_whole_export_names_the_file_it_is_at(tracker: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    def lines() -> Iterator[str]:
        for n in range(4):
            time.sleep(0.03)
            yield f"{n}\r\n"

    monkeypatch.setattr(whole, "every_table", lambda _db: iter([File("people.csv", lines())]))
    ran = tracker.ok("export", "all", "copy")
    assert re.search(r"\x1b\[Kpeople\.csv: \d rows, [\d,]+ a second", ran.err)
    assert erased_at_the_end(ran.err)


@pytest.mark.usefixtures("terminal")
def test_a_long_check_names_the_check_it_is_at(tracker: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    def rule(_here: object) -> Iterator[object]:
        time.sleep(0.1)
        return iter(())

    monkeypatch.setitem(run.CHECKS, "same-name", run.CHECKS["same-name"]._replace(rule=rule))
    ran = tracker("check", "same-name")
    assert "\x1b[Ksame-name: …" in ran.err
    assert erased_at_the_end(ran.err)
    assert "\x1b" not in ran.out


def test_a_line_is_gone_when_the_work_breaks_off(monkeypatch: pytest.MonkeyPatch, terminal: None) -> None:
    drawn = io.StringIO()
    monkeypatch.setattr(sys, "stderr", drawn)

    def broken_off() -> None:
        with progress.line() as line:
            line.begins("list")
            time.sleep(0.05)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert "list: …" in drawn.getvalue()
    assert drawn.getvalue().endswith(progress.ERASED)
