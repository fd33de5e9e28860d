"""`tracker edition`, from the shell: what is published proves itself, and the record proves it again."""

import hashlib
import json
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from shell import Tracker

from tracker import i18n

SOURCE = "lista-2026-01-12"


@pytest.fixture
def kept(tracker: Tracker) -> Tracker:
    """Ana may be named and is held; Eva is out, and may not be named."""
    tracker.ok("facility", "add", "El Rodeo I")
    tracker.ok("source", "add", "Lista", "--slug", SOURCE, "--published", "2026-01-12")
    for name in ("Ana Ruiz", "Eva Gil"):
        tracker.ok(
            "detainee", "add", name, "--detained-on", "2025-03-02", "--born", "1980", "-f", "El Rodeo I", "-s", SOURCE
        )
    tracker.ok("publish", "Ana Ruiz", "named")
    tracker.ok("release", "add", "Eva Gil", "--on", "2026-01-12", "--status", "verified", "-s", SOURCE)
    return tracker


@pytest.fixture
def edition(kept: Tracker, tmp_path: Path) -> Path:
    """The edition `first`, of 14 January."""
    kept.ok("edition", "make", "first", "--on", "2026-01-14")
    return tmp_path / "editions" / "first"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def problems(tracker: Tracker, folder: Path, *words: str) -> list[tuple[str, str]]:
    """Verify, insist on the code that goes with what was found, and return the file and problem of each row."""
    ran = tracker("edition", "verify", str(folder), "--json", *words)
    found = [(row["file"], row["problem"]) for row in json.loads(ran.out)]
    assert ran.code == (5 if found else 0), ran
    return found


def test_the_folder_holds_the_public_reports_and_what_proves_them(kept: Tracker, edition: Path) -> None:
    reports = ("remaining", "released", "summary", "bulletin", "claims", "gap", "flow")
    names = {f"{name}.{form}" for name in reports for form in ("csv", "md")} | {
        "README.md",
        "manifest.json",
        "SHA256SUMS",
    }
    found = contents(edition)
    assert set(found) == names
    assert not [name for name, data in found.items() if b"Eva" in data]
    assert b"Ana Ruiz" in found["remaining.csv"]
    manifest = json.loads(found["manifest.json"])
    assert manifest["files"]["remaining.csv"]["sha256"] == hashlib.sha256(found["remaining.csv"]).hexdigest()
    assert manifest["files"]["remaining.csv"]["rows"] == 1
    assert (manifest["on"], manifest["public"], manifest["rule"]["name"]) == ("2026-01-14", True, "default")
    assert "--known-by '#7' --public" in manifest["files"]["remaining.csv"]["query"]
    shown = subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=edition, check=False, capture_output=True)
    assert (shown.returncode, shown.stdout) == (0, b"")
    assert problems(kept, edition) == []


def test_two_runs_on_one_state_are_identical_and_a_name_is_used_once(
    kept: Tracker, edition: Path, tmp_path: Path
) -> None:
    kept.ok("edition", "make", "first", "--on", "2026-01-14", "--to", str(tmp_path / "again"))
    assert contents(tmp_path / "again" / "first") == contents(edition)
    before = contents(edition)
    ran = kept("edition", "make", "first", "--on", "2026-01-14")
    assert (ran.code, "identical to what would be written" in ran.err) == (3, True)
    ran = kept("edition", "make", "first", "--on", "2026-01-13")
    assert (ran.code, "identical" in ran.err) == (3, False)
    assert contents(edition) == before
    assert sorted(path.name for path in edition.parent.iterdir()) == ["first"]


def test_the_record_gives_it_again_after_more_changes(kept: Tracker, edition: Path, tmp_path: Path) -> None:
    kept.ok("release", "add", "Ana Ruiz", "--on", "2026-01-13", "--status", "verified", "-s", SOURCE)
    kept.ok("facility", "edit", "El Rodeo I", "--state", "Miranda")
    assert problems(kept, edition) == []
    kept.ok("edition", "make", "first", "--on", "2026-01-14", "--known-by", "7", "--to", str(tmp_path / "again"))
    assert contents(tmp_path / "again" / "first") == contents(edition)


@pytest.mark.parametrize("words", [(), ("--offline",)])
def test_every_tampering_is_found(kept: Tracker, edition: Path, words: tuple[str, ...]) -> None:
    """Each is put right again before the next; with the record at hand the same is found, and no more."""
    page, manifest, sums = edition / "remaining.csv", edition / "manifest.json", edition / "SHA256SUMS"
    was = contents(edition)

    page.write_bytes(was["remaining.csv"].replace(b"Ana", b"Ano"))
    assert problems(kept, edition, *words) == [("remaining.csv", "altered")]
    page.unlink()
    assert problems(kept, edition, *words) == [("remaining.csv", "missing")]
    page.write_bytes(was["remaining.csv"])

    (edition / "extra.csv").write_text("x")
    assert problems(kept, edition, *words) == [("extra.csv", "added")]
    (edition / "extra.csv").unlink()

    manifest.write_bytes(was["manifest.json"].replace(b'"rows": 1', b'"rows": 2', 1))
    assert problems(kept, edition, *words) == [("manifest.json", "seal"), ("SHA256SUMS", "altered")]
    manifest.write_bytes(b"[]")
    assert problems(kept, edition, *words) == [("manifest.json", "unreadable")]
    manifest.unlink()
    assert problems(kept, edition, *words) == [("manifest.json", "unreadable")]
    manifest.write_bytes(was["manifest.json"])

    sums.unlink()
    assert problems(kept, edition, *words) == [("SHA256SUMS", "missing")]
    sums.write_bytes(was["SHA256SUMS"])
    assert problems(kept, edition, *words) == []


def test_a_forgery_with_new_sums_is_found_by_the_record_alone(kept: Tracker, edition: Path) -> None:
    from tracker.publishing.manifest import sealed, sums, text_of

    found = contents(edition)
    found["remaining.csv"] = found["remaining.csv"].replace(b"Ana", b"Ano")
    manifest = json.loads(found["manifest.json"])
    manifest["files"]["remaining.csv"]["sha256"] = hashlib.sha256(found["remaining.csv"]).hexdigest()
    found["manifest.json"] = text_of(sealed(manifest))
    del found["SHA256SUMS"]
    for name, data in {**found, "SHA256SUMS": sums(found)}.items():
        (edition / name).write_bytes(data)
    assert problems(kept, edition, "--offline") == []
    assert problems(kept, edition) == [("remaining.csv", "differs")]


def test_another_database_is_said_plainly(
    kept: Tracker, edition: Path, template_database: Path, tmp_path: Path
) -> None:
    shutil.copyfile(template_database, tmp_path / "other.db")
    other = Tracker(tmp_path / "other.db")
    ran = other("edition", "verify", str(edition))
    assert ran.code == 5
    assert "another database: other.db has no change 7" in ran.out
    ran = other("edition", "make", "second", "--previous", str(edition), "--to", str(tmp_path / "there"))
    assert (ran.code, "another database" in ran.err) == (3, True)
    assert not (tmp_path / "there").exists()


def test_a_consent_taken_back_is_not_published_again_and_verify_says_why(kept: Tracker, edition: Path) -> None:
    kept.ok("publish", "Ana Ruiz", "anonymous")
    ran = kept("edition", "verify", str(edition), "--csv")
    assert ran.code == 5
    assert "remaining.csv,differs" in ran.out
    assert "1 person who could be named then may not be named now" in ran.out
    kept.ok("edition", "make", "second", "--on", "2026-01-14", "--known-by", "7")
    assert b"Ana" not in b"".join(contents(edition.parent / "second").values())


def test_the_erratum_tells_what_the_edition_before_would_say_otherwise(kept: Tracker, edition: Path) -> None:
    """Of 14 January: one held then (Ana), nobody as is known now, since her release of the 13th was learned later."""
    kept.ok("release", "add", "Ana Ruiz", "--on", "2026-01-13", "--status", "verified", "-s", SOURCE)
    kept.ok("edition", "make", "second", "--on", "2026-01-20", "--previous", str(edition))
    second = edition.parent / "second"
    rows = (second / "erratum.csv").read_text().splitlines()
    assert "figure,,,total: deprived,1,0,,,," in rows
    assert any(row.startswith("standing,") and ",Ana Ruiz,standing,detained,out," in row for row in rows)
    assert "2026-01-14" in json.loads((second / "manifest.json").read_text())["previous"]["on"]
    assert problems(kept, second) == []
    ran = kept("edition", "make", "third", "--known-by", "6", "--previous", str(second))
    assert (ran.code, "stands at a later change" in ran.err) == (3, True)


def test_an_edition_keeps_its_language_and_its_rule(kept: Tracker, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(
        'release_statuses = ["verified"]\ndeprived = ["detained"]\nreleased = ["out", "free"]\nminimum_hours = 0\n'
        '[text]\nen = "Only prison counts."\nes = "Solo cuenta la prisión."\n'
    )
    i18n.set_language("es")
    try:
        kept.ok("edition", "make", "es", "--rule", str(tmp_path / "mine.toml"), "--on", "2026-01-14")
    finally:
        i18n.set_language("en")
    folder = tmp_path / "editions" / "es"
    (tmp_path / "mine.toml").unlink()  # the edition has a copy
    assert "Solo cuenta la prisión." in (folder / "remaining.md").read_text()
    assert str(tmp_path) not in (folder / "manifest.json").read_text()
    assert problems(kept, folder) == []


def test_editions_are_listed_with_whether_they_are_unaltered(kept: Tracker, edition: Path) -> None:
    kept.ok("edition", "make", "second", "--on", "2026-01-20", "--report", "remaining")
    (edition / "remaining.csv").write_text("x")
    rows = kept.rows("edition", "list")
    assert [(row["edition"], row["changeset"], row["on"], row["files"], row["unaltered"]) for row in rows] == [
        ("first", "7", "2026-01-14", "17", "no"),
        ("second", "7", "2026-01-20", "5", "yes"),
    ]


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("make", "../away"), 3, "cannot be the name"),
        (("make", ".hidden"), 3, "cannot be the name"),
        (("make", "x", "--on", "2030-01-01"), 3, "future"),
        (("make", "x", "--on", "2026-01"), 3, "An edition is of a day"),
        (("make", "x", "--on", "2026-01-14T10:00"), 3, "An edition is of a day"),
        (("make", "x", "--known-by", "2020-01-01"), 3, "Nothing was on record"),
        (("make", "x", "--known-by", "99"), 4, "no change 99"),
        (("make", "x", "--report", "everything"), 3, "no report"),
        (("make", "x", "--rule", "none-such"), 3, "no counting rule"),
        (("make", "x", "--previous", "nowhere"), 4, "no edition"),
        (("make", "x", "--private"), 2, "no option --private"),
        (("verify", "nowhere"), 4, "no folder"),
    ],
)
def test_bad_input_is_a_sentence_and_nothing_is_written(
    kept: Tracker, tmp_path: Path, words: tuple[str, ...], code: int, says: str
) -> None:
    before = sorted(tmp_path.rglob("*"))
    ran = kept("edition", *words)
    assert (ran.code, ran.out) == (code, "")
    assert says in ran.err
    assert sorted(tmp_path.rglob("*")) == before


def test_an_edition_leaves_out_small_figures_and_can_be_made_again(kept: Tracker, tmp_path: Path) -> None:
    kept.ok("edition", "make", "careful", "--on", "2026-01-14", "--min-cell", "3")
    folder = tmp_path / "editions" / "careful"
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["min_cell"] == 3
    assert "gap" not in manifest["reports"]
    assert "[suppressed]" in (folder / "summary.csv").read_text()
    assert "[person" not in (folder / "released.csv").read_text()  # Eva alone
    kept.ok("edition", "verify", str(folder))
    query = shlex.split(manifest["files"]["summary.csv"]["query"])
    assert query[-2:] == ["--format", "csv"]
    kept.ok(*query[1:], "-o", "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == (folder / "summary.csv").read_bytes()


@pytest.mark.parametrize("words", [("--report", "gap"), ("--previous", "first"), ()])
def test_an_edition_without_small_figures_holds_no_report_that_would_tell_them(
    kept: Tracker, words: tuple[str, ...]
) -> None:
    ran = kept("edition", "make", "careful", "--on", "2026-01-14", "--min-cell", "3" if words else "1", *words)
    assert (ran.code, ran.out) == (3, "")
