"""Evidence files in their layer: kept once under their hash, whole or not at all, given out only as they were kept."""

import hashlib
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.errors import DiskTrouble, Problems, Refused
from tracker.safekeeping import files
from tracker.safekeeping.media import media_type

GIB = 1 << 30


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Where a database would be; the evidence goes beside it."""
    (tmp_path / "record").mkdir()
    return tmp_path / "record" / "tracker.db"


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def everything(path: Path) -> list[str]:
    return sorted(str(each.relative_to(path)) for each in path.rglob("*"))


def test_a_file_is_kept_under_its_hash_closed_to_others_and_the_original_stays(database: Path, tmp_path: Path) -> None:
    original = tmp_path / "page.pdf"
    original.write_bytes(b"%PDF-1.4 hello")
    before = original.stat()
    kept = files.keep(database, original)
    sha = hashlib.sha256(b"%PDF-1.4 hello").hexdigest()
    place = database.parent / "evidence" / sha[:2] / sha
    assert kept == (sha, 14, "application/pdf", True)
    assert place.read_bytes() == original.read_bytes()
    assert (mode(place), mode(place.parent), mode(place.parent.parent)) == (0o600, 0o700, 0o700)
    assert (original.stat().st_mtime_ns, original.stat().st_mode) == (before.st_mtime_ns, before.st_mode)
    assert files.state(place, sha, 14) == "kept"


def test_the_same_bytes_are_stored_once(database: Path, tmp_path: Path) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text("the same", encoding="utf-8")
    assert files.keep(database, tmp_path / "one.txt").new
    inode = next(path for path in files.every(database)).stat().st_ino
    assert not files.keep(database, tmp_path / "two.txt").new
    assert [path.stat().st_ino for path in files.every(database)] == [inode]


def test_bytes_that_were_altered_are_made_whole_by_attaching_the_file_again(database: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("the true text", encoding="utf-8")
    kept = files.keep(database, file)
    [place] = files.every(database)
    place.write_text("a false text!", encoding="utf-8")
    assert files.state(place, kept.sha256, kept.size) == "altered"
    assert files.keep(database, file).new
    assert files.state(place, kept.sha256, kept.size) == "kept"
    place.unlink()
    assert files.state(place, kept.sha256, kept.size) == "missing"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(content=st.binary(min_size=1, max_size=5_000), name=st.text(min_size=1, max_size=60))
def test_what_goes_in_comes_out_under_a_harmless_name(
    database: Path, tmp_path: Path, content: bytes, name: str
) -> None:
    file = tmp_path / "given"
    file.write_bytes(content)
    kept = files.keep(database, file)
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    out = tmp_path / f"out-{os.urandom(6).hex()}"
    out.mkdir()
    written = files.extract(database, kept.sha256, name, out)
    assert written.read_bytes() == content
    assert written.parent == out
    assert everything(out) == [written.name]
    assert not written.name.startswith(".")


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "..", ".bashrc", "a\\b\\c.exe", "x" * 400, "\x1b[2J", "CON:"]
)
def test_a_stored_name_never_leads_out_of_the_folder(name: str, tmp_path: Path) -> None:
    given_out = files.outside_name(name, "ab" * 32)
    assert (tmp_path / given_out).resolve().parent == tmp_path.resolve()
    assert 0 < len(given_out) <= 150
    assert given_out.isprintable()


def test_only_plain_files_are_kept(database: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "empty").touch()
    os.mkfifo(tmp_path / "pipe")
    for path in (
        tmp_path / "link.txt",
        tmp_path / "empty",
        tmp_path / "pipe",
        tmp_path,
        Path("/dev/zero"),
        Path("a\0b"),
    ):
        for door in (files.check, lambda one: files.keep(database, one)):
            with pytest.raises(Refused, match="cannot be kept as evidence"):
                door(path)
    with pytest.raises(FileNotFoundError):
        files.keep(database, tmp_path / "nowhere")
    assert list(files.every(database)) == []


def test_a_file_that_grows_or_changes_while_it_is_read_is_refused(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "log.txt"
    file.write_bytes(b"a" * 3_000)
    reads = files._copied

    def growing(source, write=None):
        found = reads(source, write)
        with file.open("ab") as more:
            more.write(b"b")
        return found

    monkeypatch.setattr(files, "_copied", growing)
    with pytest.raises(Refused, match="changed while it was read"):
        files.keep(database, file)

    def same_size(source, write=None):
        found = reads(source, write)
        file.write_bytes(b"c" * file.stat().st_size)
        os.utime(file, ns=(1, 1))
        return found

    monkeypatch.setattr(files, "_copied", same_size)
    with pytest.raises(Refused, match="changed while it was read"):
        files.keep(database, file)
    assert list(files.every(database)) == []


def test_a_full_disk_leaves_no_stump(database: Path, tmp_path: Path) -> None:
    """In a process of its own, whose files may not grow beyond 1 MB."""
    file = tmp_path / "video.mp4"
    file.write_bytes(os.urandom(3 << 20))
    words = (
        "import resource, signal, sys; from pathlib import Path; from tracker.safekeeping import files;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20));"
        "files.keep(Path(sys.argv[1]), Path(sys.argv[2]))"
    )
    ran = subprocess.run([sys.executable, "-c", words, database, file], capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "File too large" in ran.stderr
    assert list(files.every(database)) == []


def test_a_link_in_place_of_the_folder_is_not_followed(database: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (database.parent / "evidence").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    with pytest.raises(DiskTrouble, match="is a link"):
        files.keep(database, tmp_path / "a.txt")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_link_in_place_of_the_bytes_is_not_read(database: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("x", encoding="utf-8")
    kept = files.keep(database, file)
    [place] = files.every(database)
    place.unlink()
    place.symlink_to(file)
    assert files.state(place, kept.sha256, kept.size) == "altered"
    with pytest.raises(Refused):
        files.extract(database, kept.sha256, "a.txt", tmp_path / "out.txt")
    assert not (tmp_path / "out.txt").exists()


def test_altered_or_missing_bytes_are_not_given_out_and_nothing_is_written_over(database: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("x", encoding="utf-8")
    kept = files.keep(database, file)
    with pytest.raises(Refused, match="already something"):
        files.extract(database, kept.sha256, "a.txt", tmp_path)
    (tmp_path / "dangling").symlink_to(tmp_path / "nothing")
    with pytest.raises(Refused, match="already something"):
        files.extract(database, kept.sha256, "a.txt", tmp_path / "dangling")
    [place] = files.every(database)
    place.write_text("y", encoding="utf-8")
    with pytest.raises(Problems, match="not those that were kept"):
        files.extract(database, kept.sha256, "a.txt", tmp_path / "out.txt")
    place.unlink()
    with pytest.raises(Problems, match="missing"):
        files.extract(database, kept.sha256, "a.txt", tmp_path / "out.txt")
    with pytest.raises(Problems, match="missing"):
        files.extract(database, "../../tracker.db", "a.txt", tmp_path / "out.txt")
    assert everything(tmp_path) == [
        "a.txt",
        "dangling",
        "record",
        "record/evidence",
        f"record/evidence/{place.parent.name}",
    ]


def test_an_abandoned_copy_is_swept_and_a_running_one_left(database: Path) -> None:
    root = database.parent / "evidence"
    root.mkdir()
    for name, age in ((".old.part", files.ABANDONED + 60), (".new.part", 0)):
        (root / name).touch()
        then = (root / name).stat().st_mtime - age
        os.utime(root / name, (then, then))
    files.sweep(database)
    assert [path.name for path in files.every(database)] == [".new.part"]


def test_many_at_once_keep_one_copy(database: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.bin"
    file.write_bytes(os.urandom(300_000))
    kept: list[files.Kept] = []
    threads = [threading.Thread(target=lambda: kept.append(files.keep(database, file))) for _each in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(kept) == 8
    assert len({one.sha256 for one in kept}) == 1
    assert len(list(files.every(database))) == 1


@pytest.mark.parametrize(
    ("name", "beginning", "kind"),
    [
        ("page.pdf", b"%PDF-1.7", "application/pdf"),
        ("page.jpg", b"%PDF-1.7", "application/pdf"),
        ("photo.jpg", b"MZ\x90\x00", "application/vnd.microsoft.portable-executable"),
        ("photo.JPG", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("list.xlsx", b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("photo.png", b"PK\x03\x04", "application/zip"),
        ("clip.mov", b"\0\0\0\x14ftypqt  ", "video/quicktime"),
        ("clip.txt", b"\0\0\0\x14ftypisom", "video/mp4"),
        ("note.txt", b"hello", "text/plain"),
        ("sound.opus", b"OggS", "audio/ogg"),
        ("note", b"hello", None),
        ("note.xyz", b"", None),
    ],
)
def test_the_bytes_are_believed_before_the_name(name: str, beginning: bytes, kind: str | None) -> None:
    assert media_type(name, beginning) == kind


@given(st.text(max_size=40), st.binary(max_size=40))
def test_any_name_and_any_bytes_have_a_kind_or_none(name: str, beginning: bytes) -> None:
    kind = media_type(name, beginning)
    assert kind is None or "/" in kind


@pytest.mark.long
def test_a_file_of_three_gigabytes_takes_no_memory(database: Path, tmp_path: Path) -> None:
    file = tmp_path / "video.mp4"
    with file.open("wb") as out:
        out.truncate(3 * GIB)
    words = (
        "import resource, sys; from pathlib import Path; from tracker.safekeeping import files;"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; files.keep(Path(sys.argv[1]), Path(sys.argv[2]));"
        "print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)"
    )
    try:
        ran = subprocess.run([sys.executable, "-c", words, database, file], capture_output=True, text=True, check=True)
        print(f"\n3 GiB kept: {ran.stdout.strip()} MiB more memory")
        assert int(ran.stdout) < 32
        [place] = files.every(database)
        assert place.stat().st_size == 3 * GIB

    finally:
        for path in (file, *files.every(database)):
            path.unlink()
