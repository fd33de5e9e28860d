"""--output: a file whole or not at all, a pipe written into as it is, - for stdout."""

import fcntl
import io
import os
import select
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

import openpyxl
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


@pytest.mark.parametrize(
    "words", [("remaining",), ("summary", "--by", "sex"), ("export", "list"), ("flow", "--from", "2026-01-09")]
)
def test_the_name_of_the_file_chooses_a_page_or_a_workbook(
    case: Tracker, tmp_path: Path, words: tuple[str, ...]
) -> None:
    case.ok(*words, "-o", "list.html")
    assert (tmp_path / "list.html").read_text().startswith('<!DOCTYPE html>\n<html lang="en">')
    case.ok(*words, "-o", "list.xlsx")
    book = openpyxl.load_workbook(tmp_path / "list.xlsx")
    assert book.sheetnames == ["List", "Notes"]
    assert stat.S_IMODE((tmp_path / "list.xlsx").stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["list.html", "list.xlsx", "tracker.db"]


def test_a_workbook_goes_into_a_pipe_but_not_onto_a_screen(case: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    env = {**os.environ, "TRACKER_DB": str(case.database)}
    ran = subprocess.run(
        [sys.executable, "-m", "tracker", "remaining", "--format", "xlsx"], capture_output=True, env=env, check=True
    )
    assert openpyxl.load_workbook(io.BytesIO(ran.stdout))["List"]["B2"].value == "Ana Ruiz Prieto"
    monkeypatch.setattr("tracker.cli.context.on_terminal", lambda: True)
    ran = case("remaining", "--format", "xlsx")
    assert (ran.code, ran.out) == (3, "")
    assert "--output list.xlsx" in ran.err


def test_what_is_exact_in_a_file_cannot_act_on_a_screen(case: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    with sqlite3.connect(case.database) as db:
        db.execute("UPDATE detainees SET name = ?", ("Ana\x1b[31m\x9b\u202e Ruiz",))
    assert "Ana\x1b[31m\x9b\u202e Ruiz" in case.ok("remaining", "--csv").out
    monkeypatch.setattr("tracker.cli.context.on_terminal", lambda: True)
    for form in ("csv", "json"):
        shown = case.ok("remaining", "--format", form).out
        assert r"Ana\u001B[31m\u009B\u202E Ruiz" in shown.replace("001b", "001B")


def test_a_workbook_leaves_no_name_in_a_folder_that_others_share(
    case: Tracker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(shared))
    seen: list[str] = []
    real = tempfile.mkstemp

    def watched(*args: Any, **more: Any) -> tuple[int, str]:
        made = real(*args, **more)
        seen.append(made[1])
        return made

    monkeypatch.setattr(tempfile, "mkstemp", watched)
    case.ok("remaining", "-o", "list.xlsx")
    assert seen
    case.ok("remaining", "--format", "xlsx")
    assert not [name for name in seen if name.startswith(str(shared))]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["list.xlsx", "shared", "tracker.db"]
