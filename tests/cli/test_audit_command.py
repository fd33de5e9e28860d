"""`tracker audit` through the front door: what it says, in every form, and how it ends."""

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from shell import Ran, Tracker

from tracker import i18n
from tracker.cli import progress


@pytest.fixture
def held(tracker: Tracker) -> Tracker:
    """Ana and Eva, on record."""
    tracker.ok("detainee", "add", "Ana Ruiz", "--nationality", "VE", "--detained-on", "2025-03-02")
    tracker.ok("detainee", "add", "Eva Gil", "--nationality", "ES")
    return tracker


def outside(tracker: Tracker, statement: str) -> None:
    with closing(sqlite3.connect(tracker.database)) as db, db:
        db.execute(statement)


def rows(ran: Ran) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(ran.out)))


def dump(tracker: Tracker) -> list[str]:
    """All that the database holds."""
    with closing(sqlite3.connect(tracker.database)) as db:
        return list(db.iterdump())


def head(tracker: Tracker) -> str:
    """The newest change as a report prints it: `9 (ab12cd34)`."""
    line = next(line for line in tracker.ok("remaining").err.splitlines() if "change " in line)
    return line.partition("change ")[2].rstrip(".")


def test_an_untouched_record_passes_and_prints_the_head_to_write_down(held: Tracker) -> None:
    for words in ((), ("--deep",)):
        ran = held.ok("audit", *words)
        assert "Nothing found." in ran.out
        assert f"The log ends with change {head(held)}" in ran.err
        assert "Found: nothing." in ran.err
    assert "--deep" not in held.ok("audit", "--deep").err


def test_an_outside_edit_is_shown_with_row_column_before_and_after(held: Tracker) -> None:
    outside(held, "UPDATE detainees SET name = 'Ana Paz' WHERE name = 'Ana Ruiz'")
    ran = held("audit")
    assert ran.code == 5
    assert "outside edit" in ran.out
    assert "Ana Ruiz → Ana Paz" in ran.out
    [row] = rows(held("audit", "--csv"))
    assert list(row) == ["finding", "severity", "table", "ref", "column", "message"]
    assert (row["finding"], row["severity"], row["table"], row["column"]) == (
        "outside_edit",
        "warning",
        "detainees",
        "name",
    )
    assert row["ref"].startswith("P-")
    [same] = json.loads(held("audit", "--json").out)
    assert same["message"] == row["message"]
    held.ok("detainee", "add", "Luis Paz")
    taken_in = held.ok("audit")
    assert "taken in as change" in taken_in.out
    assert "note" in taken_in.out


def test_a_tampered_log_is_told_with_what_and_where(held: Tracker) -> None:
    outside(held, "UPDATE changesets SET actor = 'somebody else' WHERE seq = 2")
    [row] = rows(held("audit", "--csv"))
    assert (row["finding"], row["severity"]) == ("tampered", "error")
    assert "change 2" in row["message"]


def test_a_cut_log_is_proved_by_what_stands_on_paper(held: Tracker) -> None:
    data = held.database.read_bytes()
    held.ok("detainee", "edit", "Ana Ruiz", "--occupation", "teacher")
    printed = head(held)
    assert held("audit", "--head", printed).code == 0
    assert held("audit", "--head", printed.replace(" (", ":").rstrip(")"), "--head", f"change {printed}").code == 0
    held.database.write_bytes(data)
    assert held("audit").code == 0
    ran = held("audit", "--head", printed)
    assert ran.code == 5
    assert "tampered" in ran.out
    assert "The log ends before change" in ran.out
    wrong = held("audit", "--head", "2:00000000")
    assert "was replaced or written anew" in wrong.out
    for text in ("41", "ab12cd34", ""):
        ran = held("audit", "--head", text)
        assert ran.code == 3
        assert "--head 41:ab12cd34" in ran.err


def test_a_report_is_written_beside_what_is_shown(held: Tracker, tmp_path: Path) -> None:
    outside(held, "DELETE FROM nationalities WHERE country = 'ES'")
    ran = held("audit", "--report", "audit.md")
    assert ran.code == 5
    assert "outside edit" in ran.out
    text = (tmp_path / "audit.md").read_text(encoding="utf-8")
    assert "country: ES" in text
    assert "The log ends with change" in text
    assert "Audit of" in text
    assert (tmp_path / "audit.md").stat().st_mode & 0o777 == 0o600
    assert held("audit", "--report", "audit.csv").code == 5
    assert (tmp_path / "audit.csv").read_text(encoding="utf-8").startswith("finding,severity,table,ref,column,message")
    before = held.database.read_bytes()
    assert held("audit", "--report", str(held.database)).code == 3
    assert held("audit", "--report", "no/such/folder.md").code == 13
    assert held("audit", "--report", "audit.pdf").code == 3
    assert held.database.read_bytes() == before


def test_a_damaged_file_is_a_finding_or_a_sentence_and_never_a_traceback(held: Tracker) -> None:
    data = bytearray(held.database.read_bytes())
    before, codes = dump(held), set()
    for start in range(0, len(data), 32_768):
        made = bytearray(data)
        made[start + 30 : start + 4_096] = b"\xa5" * 4_066
        held.database.write_bytes(bytes(made))
        ran = held("audit", "--deep")
        assert ran.code in (5, 10) or (ran.code == 0 and dump(held) == before), (start, ran)
        assert ran.err.strip()
        assert "Traceback" not in ran.err
        codes.add(ran.code)
    assert codes >= {5, 10}


def test_it_speaks_spanish(held: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    outside(held, "UPDATE detainees SET name = 'Ana Paz' WHERE name = 'Ana Ruiz'")
    monkeypatch.setattr(i18n, "_language", "es")
    ran = held("audit", "--lang", "es")
    assert "edición ajena" in ran.out
    assert "Otro programa lo cambió: Ana Ruiz → Ana Paz" in ran.out
    assert rows(held("audit", "--csv"))[0]["finding"] == "outside_edit"


def test_on_a_terminal_it_says_what_it_looks_at(held: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    begins = progress.Line.begins
    monkeypatch.setattr(progress.Line, "begins", lambda line, what: (said.append(what), begins(line, what))[1])
    held.ok("audit", "--deep")
    assert said[0] == "the file"
    assert {"the seals", "outside edits", "past states", "evidence"} <= set(said)


def test_a_link_to_the_record_and_hostile_values_are_shown_safely(held: Tracker, tmp_path: Path) -> None:
    outside(held, "UPDATE detainees SET note = char(27) || '[2J' || char(8238) || '[red]' WHERE name = 'Ana Ruiz'")
    (tmp_path / "link.db").symlink_to(held.database)
    ran = held("audit", "--db", "link.db")
    assert ran.code == 5
    assert "\x1b" not in ran.out + ran.err
    assert "\u202e" not in ran.out
    assert "[red]" in ran.out
