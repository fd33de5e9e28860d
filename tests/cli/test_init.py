"""`tracker init`: a new record, empty or from a case file, whole or not at all."""

import json
import stat
from pathlib import Path

import pytest

from tracker.cli import context
from tracker.importing import start as starting
from tracker.store import Store

CASE = {
    "name": "small",
    "title": "A small case",
    "country": "VE",
    "zone": "America/Caracas",
    "start": "2026-01-08",
    "entered": "2026-03-09",
}


@pytest.fixture
def small_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A case file `small` beside the others."""
    folder = tmp_path / "seeds" / "small"
    folder.mkdir(parents=True)
    (folder / "case.json").write_text(json.dumps(CASE), encoding="utf-8")
    (folder / "list.csv").write_text("ref,name,detained_on\nana,Ana Ruiz,2025\n", encoding="utf-8")
    monkeypatch.setattr(starting, "seed_folders", lambda: {"small": folder})
    return folder


def test_init_makes_an_empty_record_and_prints_its_path(tracker, tmp_path):
    ran = tracker.ok("init", "--db", "new.db", "--country", "Venezuela", "--zone", "america/caracas", "--we", "Monitor  Uno", "--start", "8 Jan 2026")  # fmt: skip
    assert ran.out == "new.db\n"
    assert ran.err == (
        "New record of Monitor Uno: Venezuela, days by America/Caracas, from 2026-01-08.\n"
        "Add the first person with 'tracker detainee add NAME'.\n"
    )
    path = tmp_path / "new.db"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    settings = Store.open(path).settings
    assert len(settings.pop("device")) >= 8
    assert settings == {
        "country": "VE",
        "zone": "America/Caracas",
        "we": "Monitor Uno",
        "start": "2026-01-08",
        "rule": "default",
    }


def test_who_keeps_the_record_and_since_when_have_defaults(tracker, tmp_path):
    tracker.ok("init", "--db", "new.db", "--country", "VE", "--zone", "America/Caracas")
    settings = Store.open(tmp_path / "new.db").settings
    assert settings["we"] == "tester"
    assert len(settings["start"]) == len("2026-01-08")


def test_init_loads_a_case_file_as_one_change(tracker, tmp_path, small_case):
    ran = tracker.ok("init", "--db", "new.db", "--seed", "small")
    assert ran.err.splitlines()[1] == "Loaded “A small case”: 1 people, 0 releases, 0 sources, 0 claims, 0 citations."
    store = Store.open(tmp_path / "new.db")
    assert (store.country, store.zone, store.settings["start"]) == ("VE", "America/Caracas", "2026-01-08")
    with store.reading() as db:
        assert [row[0] for row in db.execute("SELECT reason FROM changesets ORDER BY seq")] == [
            "init",
            "init --seed small",
        ]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["--country", "VE"], 3, "A new record needs --zone."),
        ([], 3, "A new record needs --country, --zone."),
        (["--country", "Venezuel", "--zone", "UTC"], 3, "Did you mean Venezuela (VE)?"),
        (["--country", "VE", "--zone", "Caracas"], 3, "Did you mean America/Caracas?"),
        (["--country", "VE", "--zone", "America/Caraccas"], 3, "Did you mean America/Caracas"),
        (["--country", "VE", "--zone", "/etc/passwd"], 3, "There is no time zone “/etc/passwd”."),
        (["--country", "VE", "--zone", "UTC", "--start", "2026-02-30"], 3, "February 2026 has 28 days"),
        (["--country", "VE", "--zone", "UTC", "--start", "unknown"], 3, "The record's start must be a day"),
        (["--country", "VE", "--zone", "UTC", "--we", "  "], 3, "Who keeps the record? The name is empty."),
        (["--seed", "elsewhere"], 4, "There is no case file “elsewhere”."),
        (["--seed", "small", "--zone", "Europe/Madrid"], 3, "tells time by America/Caracas, not by Europe/Madrid"),
    ],
)
def test_what_cannot_be_read_makes_nothing(tracker, tmp_path, small_case, words, code, told):
    ran = tracker("init", "--db", "new.db", *words)
    assert (ran.code, ran.out) == (code, "")
    assert told in ran.err
    assert not list(tmp_path.glob("*new.db*"))


def test_a_bad_row_in_a_case_file_leaves_no_database_behind(tracker, tmp_path, small_case):
    (small_case / "list.csv").write_text("ref,name,detained_on\nana,Ana Ruiz,2025-13\n", encoding="utf-8")
    before = sorted(path.name for path in tmp_path.iterdir())
    ran = tracker("init", "--db", "new.db", "--seed", "small")
    assert ran.code == 3
    assert ran.err.splitlines()[:2] == [
        "1 problem was found, and nothing was written:",
        "  list.csv, row 2, detained_on: “2025-13” cannot be: there is no month 13. Write year, month, day: 2026-01-08.",
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_load_that_fails_half_way_leaves_no_database_behind(tracker, tmp_path, small_case, monkeypatch):
    def fail(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tracker.importing.plan.Plan.apply", fail)
    before = sorted(path.name for path in tmp_path.iterdir())
    ran = tracker("init", "--db", "new.db", "--seed", "small")
    assert ran.code == 13
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_place_that_is_taken_is_refused_before_anything_is_asked(tracker, tmp_path):
    (tmp_path / "new.db").write_text("something of mine")
    ran = tracker("init", "--db", "new.db")
    assert (ran.code, ran.err.splitlines()[0]) == (3, "There is already something at new.db.")
    assert (tmp_path / "new.db").read_text() == "something of mine"


def test_on_a_terminal_what_is_missing_is_asked_until_it_can_be_read(tracker, tmp_path, monkeypatch):
    monkeypatch.setattr(context, "interactive", lambda: True)
    answers = "Venezuel\nvenezolana\nCaracas\nAmerica/Caracas\n\n2026-01-08\n"
    ran = tracker.ok("init", "--db", "new.db", stdin=answers, env={"LC_ALL": "es_ES.UTF-8"})
    assert "Country whose nationals are at home: [ES]" in ran.err
    assert "Did you mean Venezuela (VE)?" in ran.err
    assert "Who keeps this record: [tester]" in ran.err
    settings = Store.open(tmp_path / "new.db").settings
    assert {name: settings[name] for name in ("country", "zone", "we", "start")} == {
        "country": "VE",
        "zone": "America/Caracas",
        "we": "tester",
        "start": "2026-01-08",
    }


def test_the_case_file_of_january_2026_loads(tracker, tmp_path):
    tracker.ok("init", "--db", "new.db", "--seed", "venezuela-2026")
    with Store.open(tmp_path / "new.db").reading() as db:
        people, sources, cited = (
            db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("detainees", "sources", "citations")
        )
    assert people >= 100
    assert sources >= 60
    assert cited >= 1000


def test_defaults_come_from_the_place_of_the_computer(monkeypatch):
    from tracker.cli.commands import init

    monkeypatch.setenv("LC_ALL", "")
    monkeypatch.setenv("LC_CTYPE", "C")
    monkeypatch.setenv("LANG", "es_VE.UTF-8")
    assert init._country_here() == "VE"
    monkeypatch.setenv("LANG", "C.UTF-8")
    assert init._country_here() == ""
    monkeypatch.setenv("TZ", ":America/Caracas")
    assert init._zone_here() == "America/Caracas"
    monkeypatch.delenv("TZ")
    monkeypatch.setattr("os.path.realpath", lambda _path: "/usr/share/zoneinfo/Europe/Madrid")
    assert init._zone_here() == "Europe/Madrid"


def test_progress_is_told_of_long_loads_only(capsys):
    from tracker.cli.commands import init

    init._progress("detainees", 10, 100)
    init._progress("detainees", 10_000, 20_000)
    init._progress("citations", 20_000, 20_000)
    assert capsys.readouterr().err == "\r10000 of 20000 rows\r20000 of 20000 rows\n"
