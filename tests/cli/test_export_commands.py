"""`tracker export` at the shell: clean stdout, files of their own on a terminal, warnings on stderr."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

from tracker.cli import context
from tracker.domain import lists
from tracker.store import Store


@pytest.fixture
def people(database: Path) -> Store:
    store = Store.open(database)
    with store.writing("people") as change:
        source = change.insert("sources", {"slug": "diario-2026-01-12", "published": "2026-01-12"})
        for name, publish in (("=Ana Ruiz", "named"), ("Eva Sol", None)):
            person = change.insert("detainees", {"name": name, "publish": publish})
            change.insert("tags", {"detainee": person, "tag": "journalist"})
            spell = change.insert("detentions", {"detainee": person, "began": "2025-03-02", "entered": "2026-01-12"})
            change.insert("citations", {"source": source, "detention": spell})
        out = {"detention": spell, "step": 1, "released": "2026-01-12", "status": "verified", "entered": "2026-01-12"}
        change.insert("releases", out)
        monitor = change.insert("claimants", {"name": "Foro Uno", "kind": "monitor", "default_status": "verified"})
        change.insert("claims", {"claimant": monitor, "measure": "held", "min": 1, "max": 1})
    return store


WARNING = "Not for publication: 1 person in the record is not cleared to be named. Use --public to publish."


@pytest.mark.parametrize(
    ("noun", "keys", "rows"),
    [
        ("list", lists.LIST, 3),
        ("releases", ("ref", "detainee", "name", "on", "kind", "basis", "status", "conditions", "freed_at", "claimants", "sources"), 1),
        ("sources", lists.SOURCES, 1),
        ("claims", lists.CLAIMS, 1),
        ("remaining", None, 1),
    ],
)  # fmt: skip
def test_piped_an_export_is_clean_csv(tracker, people, noun, keys, rows):
    ran = tracker.ok("export", noun)
    found = list(csv.reader(io.StringIO(ran.out, newline=""), strict=True))
    assert keys is None or tuple(found[0]) == tuple(keys)
    assert len(found) == rows + 1
    assert re.search(r"tracker\.db, change \d+ \([0-9a-f]{8}\)", ran.err)


def test_who_is_not_cleared_is_said_and_public_needs_no_warning(tracker, people):
    assert WARNING in tracker.ok("export", "list").err
    assert WARNING in tracker.ok("export", "remaining").err
    public = tracker.ok("export", "list", "--public")
    assert "Not for publication" not in public.err
    assert "Eva" not in public.out + public.err


def test_on_a_terminal_a_file_of_its_own_is_written(tracker, people, tmp_path, monkeypatch):
    monkeypatch.setattr(context, "on_terminal", lambda: True)
    day = r"\d{4}-\d\d-\d\d"
    assert tracker.ok("export", "list").out == ""
    assert tracker.ok("export", "list").out == ""
    assert tracker.ok("export", "list", "--public").out == ""
    assert tracker.ok("export", "claims", "--json").out == ""
    names = sorted(path.name for path in tmp_path.glob("*-*"))
    patterns = [
        rf"claims-{day}\.json",
        rf"list-{day}-2\.PRIVATE\.csv",
        rf"list-{day}\.PRIVATE\.csv",
        rf"list-{day}\.csv",
    ]
    assert [bool(re.fullmatch(one, name)) for one, name in zip(patterns, names, strict=True)] == [True] * 4
    assert "=Ana Ruiz" in tracker.ok("export", "list", "--format", "table").out


def test_a_dash_means_stdout_and_a_name_a_file(tracker, people, tmp_path):
    piped = tracker.ok("export", "list", "-o", "-")
    tracker.ok("export", "list", "-o", "list.csv")
    assert (tmp_path / "list.csv").read_text(encoding="utf-8") == piped.out
    assert json.loads(tracker.ok("export", "list", "--json").out)[0]["tags"] == ["journalist"]


def test_for_spreadsheets_formulas_are_defused_and_columns_can_be_picked(tracker, people):
    ran = tracker.ok("export", "list", "--for-spreadsheet", "--columns", "name,detained_on")
    assert ran.out.startswith("\ufeffname,detained_on\n")
    assert "'=Ana Ruiz," in ran.out


def test_the_whole_record_goes_into_a_new_folder_only(tracker, people, tmp_path):
    ran = tracker.ok("export", "all", "out")
    assert ran.out == ""
    assert "rows, written to out" in ran.err
    assert "Not for publication" in ran.err
    assert (tmp_path / "out" / "manifest.json").exists()
    again = tracker("export", "all", "out")
    assert (again.code, again.err.splitlines()[0]) == (3, "There is already something in out.")
    assert "Not for publication" not in tracker.ok("export", "all", "public", "--public").err


@pytest.mark.parametrize("noun", ["list", "releases", "sources", "claims", "remaining"])
def test_an_empty_record_exports_a_header(tracker, noun):
    ran = tracker.ok("export", noun)
    assert ran.out.count("\n") == 1


def test_a_file_that_cannot_be_written_is_a_sentence(tracker, people, tmp_path):
    (tmp_path / "folder").mkdir()
    assert tracker("export", "list", "-o", "folder").code == 13
    assert tracker("export", "all", "none/out").code == 13
    assert tracker("export", "list", "-o", "tracker.db").code == 3
    assert tracker("export", "list", "--known-by", "never").code == 3
