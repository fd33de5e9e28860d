"""--output: a file whole or not at all, a pipe written into as it is, - for stdout."""

import fcntl
import os
import select
import stat
import threading
from pathlib import Path

import pytest
from shell import Tracker


@pytest.fixture
def case(tracker: Tracker) -> Tracker:
    tracker.ok("detainee", "add", "Ana Ruiz Prieto", "--detained-on", "2025-03-02")
    return tracker


@pytest.mark.parametrize(
    "words",
    [
        ("remaining",),
        ("check",),
        ("find", "ana"),
        ("bulletin",),
        ("summary",),
        ("export", "list"),
        ("export", "remaining"),
    ],
)
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_dash_is_stdout(case: Tracker, tmp_path: Path, words: tuple[str, ...], form: tuple[str, ...]) -> None:
    plain = case(*words, *form)
    assert case(*words, *form, "-o", "-") == plain
    assert plain.out
    assert not (tmp_path / "-").exists()


def test_outcomes_go_to_stdout_only_once_they_are_recorded(case: Tracker, tmp_path: Path) -> None:
    ran = case.ok("release", "add", "Ana Ruiz Prieto", "--on", "2026-01-12", "-o", "-")
    assert "Ana Ruiz Prieto" in ran.out
    assert not (tmp_path / "-").exists()
    assert len(case.rows("release", "list")) == 1


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    path = tmp_path / "rows.csv"
    os.mkfifo(path)
    return path


def test_a_pipe_is_written_into_and_stays_a_pipe(case: Tracker, pipe: Path) -> None:
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()), daemon=True)
    reader.start()
    ran = case.ok("remaining", "-o", str(pipe))
    reader.join(timeout=10)
    assert read, "the reader was given nothing"
    assert read[0].replace("\r\n", "\n") == case.ok("remaining", "--csv").out.replace("\r\n", "\n")
    assert "1 row written to" in ran.err
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_pipe_that_nobody_reads_to_the_end_is_told_and_nothing_is_recorded(case: Tracker, pipe: Path) -> None:
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    fcntl.fcntl(reading, fcntl.F_SETPIPE_SZ, 4096)  # less than what is written: it waits for the reader, who leaves

    def leave() -> None:
        select.select([reading], [], [], 10)
        os.close(reading)

    gone = threading.Thread(target=leave)
    gone.start()
    ran = case("release", "add", "--unnamed", "200", "--on", "2026-01-12", "-o", str(pipe))
    gone.join()
    assert (ran.code, ran.out) == (13, "")
    assert ran.err.startswith("Cannot read or write ")
    assert len(case.rows("detainee", "list")) == 1
    assert stat.S_ISFIFO(pipe.stat().st_mode)
