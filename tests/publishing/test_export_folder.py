"""A folder of exported files appears complete, with a manifest that proves it, or not at all."""

import csv
import hashlib
import json
import stat

import pytest

from tracker.errors import DiskTrouble, Refused
from tracker.publishing.folder import write_folder
from tracker.publishing.whole import about, files
from tracker.reports.asked import asking
from tracker.reports.exporting.whole import File
from tracker.store import Store
from tracker.store.schema import TABLES
from tracker.store.structure import columns


def lines(*rows: str):
    return iter([f"{row}\r\n" for row in rows])


def test_the_manifest_proves_every_file(tmp_path):
    written = write_folder(tmp_path / "out", [File("a.csv", lines("x,y", "1,ñ"))], {"about": "this"})
    data = (tmp_path / "out" / "a.csv").read_bytes()
    assert data == "x,y\r\n1,ñ\r\n".encode()
    assert written == {"a.csv": {"rows": 1, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}}
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert manifest["about"] == "this"
    assert manifest["files"] == written
    assert manifest["program"].startswith("tracker ")
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "out" / "a.csv").stat().st_mode) == 0o600


def test_an_empty_folder_is_filled_and_a_full_one_refused(tmp_path):
    (tmp_path / "empty").mkdir()
    write_folder(tmp_path / "empty", [File("a.csv", lines("x"))], {})
    assert (tmp_path / "empty" / "manifest.json").exists()
    with pytest.raises(Refused, match="already something"):
        write_folder(tmp_path / "empty", [File("a.csv", lines("x"))], {})
    (tmp_path / "file").write_text("mine")
    with pytest.raises(Refused):
        write_folder(tmp_path / "file", [], {})
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Refused):
        write_folder(tmp_path / "link", [], {})


def test_what_goes_wrong_half_way_leaves_nothing(tmp_path):
    def broken():
        yield "x\r\n"
        raise OSError(28, "No space left on device")

    with pytest.raises(DiskTrouble, match="No space left"):
        write_folder(tmp_path / "out", [File("a.csv", lines("x")), File("b.csv", broken())], {})
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(DiskTrouble):
        write_folder(tmp_path / "none" / "out", [], {})


def test_every_table_goes_out_exactly_nothing_and_empty_text_apart(store: Store, tmp_path):
    with store.writing("rows") as change:
        change.insert("detainees", {"name": 'Ana "La Profe" Ruiz, hija', "note": "two\nlines", "age": 7})
        change.insert("settings", {"id": "empty", "value": ""})
        change.insert("settings", {"id": "nothing", "value": None})
    with asking(store) as (db, asked):
        write_folder(tmp_path / "out", files(store, db, asked), about(asked))
        head = store.head(db)
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert manifest["changeset"] == {"seq": head.seq, "hash": head.hash}
    assert list(manifest["files"]) == [f"{table}.csv" for table in TABLES]
    for table in TABLES:
        with (tmp_path / "out" / f"{table}.csv").open(newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file, strict=True))
        assert tuple(rows[0]) == columns(table)
        with store.reading() as db:
            stored = [tuple(row) for row in db.execute(f"SELECT * FROM {table} ORDER BY id")]
        assert rows[1:] == [["" if cell is None else str(cell) for cell in row] for row in stored]
    text = (tmp_path / "out" / "settings.csv").read_text()
    assert 'empty,""\n' in text.replace("\r", "")
    assert "nothing,\n" in text.replace("\r", "")


def test_the_public_folder_holds_the_public_lists(store: Store, tmp_path):
    with store.writing("rows") as change:
        change.insert("detainees", {"name": "Eva Sol"})
        change.insert("detainees", {"name": "Ana Ruiz", "publish": "named"})
    with asking(store, public=True) as (db, asked):
        write_folder(tmp_path / "out", files(store, db, asked), about(asked))
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["claims.csv", "list.csv", "manifest.json", "releases.csv", "sources.csv"]
    text = (tmp_path / "out" / "list.csv").read_text()
    assert "Ana Ruiz" in text
    assert "Eva" not in text
