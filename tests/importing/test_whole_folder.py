"""`import DIR`: the folder that `export all` wrote, taken back whole, or refused with nothing written."""

import csv
import hashlib
import io
import json
import shutil
import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_lives import a_store, enter, people
from shell import Tracker

from tracker.store.schema import TABLES

OWN = ("manifest.json", "settings.csv")


def a_record(folder, template_database):
    path = folder / "tracker.db"
    shutil.copyfile(template_database, path)
    return Tracker(path)


def files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name not in OWN}


def content(record):
    with sqlite3.connect(record.database) as db:
        return {table: db.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in (*TABLES, "name_words")}


def there_and_back(record, folder, template_database):
    """Export, import into an empty record, export again; return that record and both folders."""
    record.ok("export", "all", str(folder / "one"))
    (folder / "other").mkdir()
    other = a_record(folder / "other", template_database)
    other.ok("import", str(folder / "one"))
    other.ok("export", "all", str(folder / "two"))
    return other, folder / "one", folder / "two"


@pytest.fixture
def empty(template_database, tmp_path):
    (tmp_path / "empty").mkdir()
    return a_record(tmp_path / "empty", template_database)


@pytest.fixture
def exported(template_database, tmp_path):
    """A folder with one of everything a person can have, a claim, a list taken in and a row of it that waits."""
    (tmp_path / "full").mkdir()
    record = a_record(tmp_path / "full", template_database)
    record.ok("facility", "add", "El Rodeo I")
    record.ok("claimant", "add", "Foro Libre", "--kind", "monitor", "--other-name", "FL")
    record.ok("source", "add", "Una nota", "--slug", "uno-2026-01-12", "--published", "2026-01-12")
    named = ("--detained-on", "2025-03-02", "-f", "El Rodeo I", "--nationality", "VE", "-s", "uno-2026-01-12")
    record.ok("detainee", "add", 'Ana "La Profe" Ruiz, hija', *named, "--tag", "teacher", "--note", "two\nlines")
    record.ok("detainee", "add", "Luis Vega", "--detained-on", "2025-04")
    record.ok("release", "add", "Luis Vega", "--on", "2026-01-12", "-s", "uno-2026-01-12", "-c", "FL")
    record.ok("claim", "add", "FL", "released", "24 of 116", "--as-of", "2026-01-12", "-s", "uno-2026-01-12")
    record.ok("detainee", "judge", "Luis Vega", 'Ana "La Profe" Ruiz, hija', "different")
    path = tmp_path / "list.csv"
    path.write_text("name,occupation\nLuis Vega,nurse\nZoraida Piñango,=1+1\n", encoding="utf-8")
    record.ok("import", str(path), "-s", "uno-2026-01-12")
    record.ok("export", "all", str(tmp_path / "out"))
    return tmp_path / "out"


def forged(folder, name, text):
    """Put another text into a file of the folder, and let the manifest prove it: what a hostile hand would do."""
    data = text if isinstance(text, bytes) else text.encode()
    (folder / name).write_bytes(data)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    proof = {"rows": max(data.count(b"\r\n") - 1, 0), "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    manifest["files"][name] = proof
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def with_cell(folder, table, column, value, *, row=0):
    """Forge one cell of a table."""
    path = folder / f"{table}.csv"
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    rows[1 + row][rows[0].index(column)] = value
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    forged(folder, path.name, out.getvalue())


def without_column(folder, table, column):
    """Write a table as an older version did, which had no such column."""
    path = folder / f"{table}.csv"
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    place = rows[0].index(column)
    out = io.StringIO()
    csv.writer(out).writerows([*row[:place], *row[place + 1 :]] for row in rows)
    forged(folder, path.name, out.getvalue())


def test_a_record_comes_back_whole_with_its_ids_and_refs_as_one_change(exported, empty, tmp_path):
    before = content(empty)
    rehearsed = empty.ok("import", str(exported), "--dry-run")
    assert "people: 3" in rehearsed.err
    assert content(empty) == before
    done = empty.ok("import", str(exported))
    assert "The record of Monitor de prueba as of its changeset" in done.err
    full = Tracker(tmp_path / "full" / "tracker.db")
    assert {**content(empty), "settings": None} == {**content(full), "settings": None}
    assert content(empty)["settings"] == before["settings"]
    for question in (("remaining", "--csv"), ("released", "--csv"), ("claim", "list", "--csv"), ("review", "--csv")):
        assert empty.ok(*question).out == full.ok(*question).out
    assert empty.ok("find", "Piñango").out == full.ok("find", "Piñango").out
    empty.ok("check", "--severity", "error")
    refused = empty("import", str(exported))
    assert (refused.code, refused.out) == (3, "")
    assert "only into an empty one" in refused.err
    empty.ok("undo", "--yes")
    assert content(empty) == before
    empty.ok("import", str(exported))


def test_the_case_file_goes_out_in_and_out_again_byte_by_byte(tmp_path, template_database):
    seeded = Tracker(tmp_path / "seeded.db")
    seeded.ok("init", "--seed", "venezuela-2026", "--we", "Monitor", "--start", "2026-01-08")
    _other, one, two = there_and_back(seeded, tmp_path, template_database)
    assert files(one) == files(two)


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


@settings(max_examples=25, deadline=None)
@given(
    lives=people(), note=TEXTS, locator=TEXTS, empty_text=st.sampled_from(["", None, '"', ",", "\r", "\r\n", "a\nb"])
)
def test_any_record_goes_out_in_and_out_again_byte_by_byte(template_database, lives, note, locator, empty_text):
    with a_store(template_database) as store, tempfile.TemporaryDirectory() as name:
        enter(store, lives, sources=[{"slug": "tres", "note": note, "title": empty_text}])
        with store.writing("more") as change:
            person = change.insert("detainees", {"name": "Ana Ruiz", "note": empty_text, "age": 0})
            source = change.insert("sources", {"slug": "cuatro", "published": "2026-01"})
            change.insert("citations", {"source": source, "detainee": person, "locator": locator})
        _other, one, two = there_and_back(Tracker(store.path), Path(name), template_database)
        assert files(one) == files(two)


def test_refs_that_are_longer_than_usual_and_older_exports_come_back(exported, empty):
    with_cell(exported, "detainees", "ref", "P-7k3m9qxyz")
    without_column(exported, "claimants", "rule")
    for name in ("lists", "list_rows", "mappings"):
        (exported / f"{name}.csv").unlink()
    manifest = json.loads((exported / "manifest.json").read_text(encoding="utf-8"))
    manifest["schema"] = 1
    manifest["files"] = {name: file for name, file in manifest["files"].items() if (exported / name).exists()}
    (exported / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    empty.ok("import", str(exported))
    assert "P-7k3m9qxyz" in empty.ok("detainee", "list", "--csv").out


def refusal(empty, folder, *words, code=3):
    before = empty.database.read_bytes()
    ran = empty("import", str(folder), *words)
    assert (ran.code, ran.out) == (code, ""), ran
    assert "Traceback" not in ran.err
    assert empty.database.read_bytes() == before
    return ran.err


def test_a_record_that_holds_anything_or_has_another_clock_is_refused(exported, empty, tmp_path):
    other = Tracker(tmp_path / "chile.db")
    other.ok("init", "--country", "CL", "--zone", "America/Santiago", "--we", "Otro", "--start", "2026-01-08")
    assert "America/Caracas, not by America/Santiago" in refusal(other, exported)
    empty.ok("facility", "add", "Yare II")
    assert "facilities 1" in refusal(empty, exported)


def test_a_folder_that_is_not_what_was_exported_is_refused(exported, empty, tmp_path):
    def copy():
        shutil.copytree(exported, tmp_path / "copy", dirs_exist_ok=True)
        return tmp_path / "copy"

    folder = copy()
    (folder / "stays.csv").unlink()
    assert "stays.csv is missing" in refusal(empty, folder)
    (copy() / "extra.csv").write_text("x")
    assert "extra.csv" in refusal(empty, folder)
    (folder / "extra.csv").unlink()
    text = (folder / "detainees.csv").read_bytes()
    (folder / "detainees.csv").write_bytes(text.replace(b"Luis", b"Lais"))
    assert "detainees.csv is not the file that was exported" in refusal(empty, folder)
    (folder / "detainees.csv").unlink()
    (folder / "detainees.csv").symlink_to(exported / "detainees.csv")
    assert "detainees.csv is not the file that was exported" in refusal(empty, folder)
    (folder / "detainees.csv").unlink()
    copy()
    (folder / "manifest.json").unlink()
    assert "a folder without manifest.json" in refusal(empty, folder)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("[", "is not JSON"),
        ("[1]", "is not one JSON object"),
        ("{}", "does not say what it must"),
        ("[" * 50_000, "is not JSON"),
        ({"public": True}, "for the public"),
        ({"schema": 99}, "a newer tracker"),
        ({"format": 99}, "a newer tracker"),
        ({"schema": "2"}, "does not say what it must"),
        ({"schema": True}, "does not say what it must"),
        ({"files": []}, "does not say what it must"),
        ({"files": {"detainees.csv": {"rows": "3"}}}, "does not say what it must"),
        ({"files": {"../detainees.csv": {"rows": 3, "bytes": 3, "sha256": "x"}}}, "is missing"),
        ({"record": None}, "does not say what it must"),
        ({"changeset": 7}, "does not say what it must"),
    ],
)
def test_a_manifest_that_cannot_be_is_refused(exported, empty, change, told):
    path = exported / "manifest.json"
    if isinstance(change, dict):
        change = json.dumps({**json.loads(path.read_text(encoding="utf-8")), **change})
    path.write_text(change, encoding="utf-8")
    assert told in refusal(empty, exported)


@pytest.mark.parametrize(
    ("table", "column", "value", "told"),
    [
        ("detainees", "sex", "sideways", "detainees.csv, row 3:"),
        ("detainees", "age", "ten", "detainees.csv, row 3, age"),
        ("detainees", "age", "9" * 30, "detainees.csv, row 3, age"),
        ("detainees", "born", "2026-02-30", "detainees.csv, row 3: “2026-02-30”"),
        ("detainees", "id", "", "detainees.csv, row 3, id"),
        ("detainees", "ref", "F-7k3m9q", "detainees.csv, row 3, ref"),
        ("detainees", "ref", "P-\x1b[2J", "detainees.csv, row 3, ref"),
        ("detainees", "name", "a\0b", "detainees.csv, row 3"),
        ("detentions", "detainee", "nobody", "detentions.csv, "),
        ("claims", "scope", "[1]", "claims.csv, row 2, scope"),
        ("claims", "scope", "{", "claims.csv, row 2, scope"),
        ("list_rows", "cells", "7", "list_rows.csv, row 2, cells"),
        ("sources", "slug", "", "sources.csv, row 2:"),
    ],
)
def test_a_hostile_cell_is_refused_with_its_place(exported, empty, table, column, value, told):
    with_cell(exported, table, column, value, row=1 if table == "detainees" else 0)
    assert told in refusal(empty, exported)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id,detainee,label\r\n", "tags.csv, row 1: The columns are not those of this table: label"),
        ("id,detainee\r\n", "tags.csv, row 1: The columns are not those of this table: tag"),
        ("", "tags.csv, row 1"),
        ("id,detainee,tag\r\nx,y\r\n", "tags.csv, row 2: The row has 2 cells"),
        ("id,detainee,tag\r\nx,y,z\n", "tags.csv, row 2"),
        ('id,detainee,tag\r\nx,y,"z\r\n', "tags.csv, row 2: The row does not end"),
        ('id,detainee,tag\r\nx,y,"z"z\r\n', "tags.csv, row 2: The row is not as"),
        ("id,detainee,tag\r\nx,y,z", "tags.csv, row 2"),
        (b"id,detainee,tag\r\nx,y,\xff\r\n", "tags.csv, row "),
        ("id,detainee,tag\r\nx,y," + "z" * 10_000_001 + "\r\n", "tags.csv, row 2: The row is longer"),
        ("id,detainee,tag\r\n" * 2, "tags.csv, "),
    ],
)
def test_a_file_of_another_form_is_refused(exported, empty, text, told):
    forged(exported, "tags.csv", text)
    assert told in refusal(empty, exported)


def test_more_or_fewer_rows_than_the_manifest_says_are_refused(exported, empty):
    path = exported / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["files"]["tags.csv"]["rows"] += 1
    path.write_text(json.dumps(manifest), encoding="utf-8")
    assert "tags.csv has 1 rows, the manifest says 2" in refusal(empty, exported)


def test_the_same_id_twice_is_refused_at_its_row(exported, empty):
    rows = (exported / "tags.csv").read_text(encoding="utf-8").splitlines()
    forged(exported, "tags.csv", "\r\n".join([*rows, rows[1]]) + "\r\n")
    assert "tags.csv, row 3:" in refusal(empty, exported)


def test_options_of_lists_are_refused_and_the_environment_is_not(exported, empty):
    assert "only --dry-run goes with a folder" in refusal(empty, exported, "-s", "uno-2026-01-12")
    assert "only --dry-run goes with a folder" in refusal(empty, exported, "--map", "a=name")
    done = empty("import", str(exported), env={"TRACKER_SOURCE": "uno-2026-01-12"})
    assert done.code == 0
