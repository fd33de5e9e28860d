"""`source attach`, `evidence`, `extract`, `detach` through the front door."""

import json
from pathlib import Path

import pytest
from shell import Tracker

from tracker import i18n

SOURCE, OTHER = "lista-2026-01-12", "nota-2026-01-13"


@pytest.fixture
def cited(tracker: Tracker, tmp_path: Path) -> Tracker:
    """Two sources, and two files beside them."""
    tracker.ok("source", "add", "Lista", "--slug", SOURCE, "--published", "2026-01-12")
    tracker.ok("source", "add", "Nota", "--slug", OTHER, "--published", "2026-01-13")
    (tmp_path / "page.pdf").write_bytes(b"%PDF-1.4 a page")
    (tmp_path / "note.txt").write_text("a note", encoding="utf-8")
    return tracker


def kept(tmp_path: Path) -> list[Path]:
    return sorted(path for path in (tmp_path / "evidence").rglob("*") if path.is_file())


def test_files_are_attached_listed_and_given_out_again(cited: Tracker, tmp_path: Path) -> None:
    ran = cited.ok("source", "attach", SOURCE, "page.pdf", "note.txt", "--captured-at", "14 Jan 2026")
    assert ran.out == ""
    assert "Kept: “page.pdf” (15 bytes" in ran.err
    assert "Undo with 'tracker undo" in ran.err
    listed = cited.rows("source", "evidence")
    assert [(row["source"], row["file"], row["size"], row["media_type"], row["captured_at"], row["by"], row["state"])
            for row in listed] == [
        (SOURCE, "page.pdf", "15", "application/pdf", "2026-01-14", "tester", "kept"),
        (SOURCE, "note.txt", "6", "text/plain", "2026-01-14", "tester", "kept"),
    ]  # fmt: skip
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in kept(tmp_path))
    sha = listed[0]["sha256"]
    (tmp_path / "out").mkdir()
    assert sha in cited.ok("source", "extract", sha[:8], "--to", "out").err
    cited.ok("source", "extract", "note.txt", "--to", "copy.txt")
    assert (tmp_path / "out" / "page.pdf").read_bytes() == b"%PDF-1.4 a page"
    assert (tmp_path / "copy.txt").read_text(encoding="utf-8") == "a note"
    assert cited.ok("audit").code == 0


def test_the_same_file_is_stored_once_and_said_so(cited: Tracker, tmp_path: Path) -> None:
    cited.ok("source", "attach", SOURCE, "page.pdf")
    again = cited.ok("source", "attach", SOURCE, "page.pdf")
    assert f"“page.pdf” is evidence of {SOURCE} already." in again.err
    assert "Nothing was changed." in again.err
    assert "stored once" in cited.ok("source", "attach", OTHER, "page.pdf").err
    assert len(cited.rows("source", "evidence")) == 2
    assert len(cited.rows("source", "evidence", OTHER)) == 1
    assert len(kept(tmp_path)) == 1


def test_undo_takes_the_row_and_leaves_the_bytes_which_the_audit_names(cited: Tracker, tmp_path: Path) -> None:
    cited.ok("source", "attach", SOURCE, "page.pdf")
    cited.ok("undo")
    assert "No files are kept." in cited.ok("source", "evidence").out
    assert len(kept(tmp_path)) == 1
    ran = cited.ok("audit")
    assert "evidence unused" in ran.out
    assert kept(tmp_path)[0].name in ran.out
    cited.ok("undo", cited.rows("history")[0]["seq"])
    assert [row["state"] for row in cited.rows("source", "evidence")] == ["kept"]


def test_detach_takes_one_source_off_and_can_be_undone(cited: Tracker) -> None:
    cited.ok("source", "attach", SOURCE, "page.pdf", "note.txt")
    cited.ok("source", "attach", OTHER, "page.pdf")
    refused = cited("source", "detach", OTHER, "note.txt")
    assert refused.code == 4
    cited.ok("source", "detach", OTHER, "page.pdf")
    assert [row["file"] for row in cited.rows("source", "evidence")] == ["page.pdf", "note.txt"]
    cited.ok("undo")
    assert len(cited.rows("source", "evidence")) == 3
    cited.ok("source", "detach", OTHER, "page.pdf")
    cited.ok("source", "delete", OTHER, "--yes")


def test_altered_and_missing_bytes_are_told_everywhere(cited: Tracker, tmp_path: Path) -> None:
    cited.ok("source", "attach", SOURCE, "page.pdf", "note.txt")
    by_name = {row["file"]: row["sha256"] for row in cited.rows("source", "evidence")}
    for path in kept(tmp_path):
        if path.name == by_name["page.pdf"]:
            path.write_bytes(b"%PDF-1.4 b page")
        else:
            path.unlink()
    ran = cited("source", "evidence", "--json")
    assert ran.code == 5
    assert {row["file"]: row["state"] for row in json.loads(ran.out)} == {"page.pdf": "altered", "note.txt": "missing"}
    audited = cited("audit", "--csv")
    assert audited.code == 5
    assert [line.split(",")[0] for line in audited.out.splitlines()[1:]] == [
        "evidence_altered",
        "evidence_missing",
    ] or [line.split(",")[0] for line in audited.out.splitlines()[1:]] == ["evidence_missing", "evidence_altered"]
    for name in by_name:
        ran = cited("source", "extract", name, "--to", "out")
        assert ran.code == 5
        assert "cannot be given out" in ran.err
    assert not (tmp_path / "out").exists()
    cited.ok("source", "attach", SOURCE, "page.pdf", "note.txt")
    assert cited("audit").code == 0, "attaching the true files again makes it whole"


@pytest.mark.parametrize(
    ("file", "code"), [("link.txt", 3), ("empty", 3), (".", 3), ("/dev/null", 3), ("nowhere.txt", 13)]
)
def test_what_cannot_be_kept_is_one_sentence_and_nothing_is_kept(
    cited: Tracker, tmp_path: Path, file: str, code: int
) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "note.txt")
    (tmp_path / "empty").touch()
    before = cited.database.read_bytes()
    ran = cited("source", "attach", SOURCE, "page.pdf", file)
    assert ran.code == code
    assert len(ran.err.strip().splitlines()) <= 2
    assert "Traceback" not in ran.err
    assert cited.database.read_bytes() == before
    assert not (tmp_path / "evidence").exists(), "all files are looked at before the first is copied"


def test_words_that_name_nothing_or_several_are_refused(cited: Tracker) -> None:
    assert cited("source", "attach", "no-such-source", "page.pdf").code == 4
    assert cited("source", "attach", SOURCE).code == 2
    assert cited("source", "attach", SOURCE, "page.pdf", "--captured-at", "2031-01-01").code == 3
    assert cited("source", "attach", SOURCE, "page.pdf", "--captured-at", "03/04/2024").code == 3
    assert cited("source", "extract", "page.pdf", "--to", ".").code == 4
    cited.ok("source", "attach", SOURCE, "page.pdf")
    cited.ok("source", "attach", OTHER, "note.txt")
    assert cited("source", "extract", "a", "--to", "x").code == 4
    assert cited("source", "extract", "page.pdf", "--to", ".").code == 3, "page.pdf is there already"
    assert cited("source", "evidence", "no-such-source").code == 4


def test_two_files_of_one_name_are_told_apart_by_their_hash(cited: Tracker, tmp_path: Path) -> None:
    cited.ok("source", "attach", SOURCE, "page.pdf")
    (tmp_path / "page.pdf").write_bytes(b"%PDF-1.4 another page")
    cited.ok("source", "attach", SOURCE, "page.pdf")
    ran = cited("source", "extract", "page.pdf", "--to", "out.pdf")
    assert ran.code == 4
    sha = cited.rows("source", "evidence")[1]["sha256"]
    assert sha[:12] in ran.err
    cited.ok("source", "extract", sha[:6], "--to", "out.pdf")
    assert (tmp_path / "out.pdf").read_bytes() == b"%PDF-1.4 another page"


def test_hostile_file_names_are_shown_safely_and_come_out_harmless(cited: Tracker, tmp_path: Path) -> None:
    name = "\x1b[2J\u202e[red]=cmd.txt"
    (tmp_path / name).write_text("x", encoding="utf-8")
    ran = cited.ok("source", "attach", SOURCE, name)
    shown = cited.ok("source", "evidence")
    for text in (ran.err, shown.out):
        assert "\x1b" not in text
        assert "\u202e" not in text
    [row] = cited.rows("source", "evidence")
    (tmp_path / "out").mkdir()
    cited.ok("source", "extract", row["sha256"], "--to", "out")
    [out] = (tmp_path / "out").iterdir()
    assert out.name.isprintable()


def test_it_speaks_spanish(cited: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_language", "es")
    assert "Guardado: “page.pdf”" in cited.ok("source", "attach", SOURCE, "page.pdf").err
    assert "íntegro" in cited.ok("source", "evidence").out
    assert cited.rows("source", "evidence")[0]["state"] == "kept"


def test_the_bytes_come_before_the_row(cited: Tracker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kill between the two leaves bytes that nothing points at, never a row without its file."""
    from tracker.safekeeping import attachments

    def killed(*_given: object) -> str:
        assert len(kept(tmp_path)) == 1
        raise KeyboardInterrupt

    monkeypatch.setattr(attachments, "attach_told", killed)
    assert cited("source", "attach", SOURCE, "page.pdf").code == 130
    assert cited.rows("source", "evidence") == []
    assert cited.ok("audit").out.count("evidence unused") == 1
