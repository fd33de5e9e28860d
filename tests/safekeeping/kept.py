"""A record with evidence and copies beside it, and what a test asks of it afterwards."""

import hashlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyrage

from tracker.paths import locked
from tracker.safekeeping import files, unpacking
from tracker.store import Store, keeping, proof

NAMES = ("Zoraida Piñango", "Ananías Querales", "Yubirí Ochoa")
PHRASE = "cuatro palabras sin relación"
VIDEO = bytes(range(256)) * 1500


def filled(path: Path) -> Store:
    """Fill the record at `path`: three people, evidence, an automatic copy."""
    store = Store.open(path)
    video = path.with_name("video.mp4")
    video.write_bytes(VIDEO)
    note = path.with_name("note.txt")
    note.write_text(f"{NAMES[0]} was seen on 12 January", encoding="utf-8")
    kept = [(one, files.keep(path, one)) for one in (video, note)]
    with store.writing("fill") as change:
        source = change.insert("sources", {"slug": "lista-2026-01-12", "title": "Lista"})
        for name in NAMES:
            change.insert("detainees", {"name": name, "note": f"{name}, teacher " * 40})
        for file, one in kept:
            row = {"source": source, "file_name": file.name, "sha256": one.sha256, "size": one.size}
            change.insert("evidence", row)
    for file, _one in kept:
        file.unlink()
    keeping.keep(path)
    return store


def listed(folder: Path) -> dict[str, str]:
    """Every file below `folder` → its SHA-256."""
    found = (one for one in sorted(folder.rglob("*")) if one.is_file())
    return {str(one.relative_to(folder)): hashlib.sha256(one.read_bytes()).hexdigest() for one in found}


def holds_a_name(folder: Path) -> list[str]:
    """The files below `folder` in which a name can be read."""
    needles = [word.encode(code) for name in NAMES for word in name.split() for code in ("utf-8", "utf-16-le")]
    found = (one for one in sorted(folder.rglob("*")) if one.is_file())
    return [str(one) for one in found if any(needle in one.read_bytes() for needle in needles)]


def proved(path: Path) -> None:
    """Insist that the record agrees with its log and its evidence is there."""
    with Store.open(path).reading() as db:
        assert proof.verify(db).findings == []
        for row in db.execute("SELECT sha256, size FROM evidence"):
            assert files.state(files.place(path, row["sha256"]), row["sha256"], row["size"]) == "kept"


def state(path: Path, before: dict[str, str], keys: list[object]) -> str:
    """Return whether the record is `locked` or `plain`; insist that it is there in exactly that form, and complete."""
    target = locked(path)
    if not target.exists():
        now = listed(path.parent)
        assert {name: now.get(name) for name in before} == before
        return "plain"
    found = unpacking.look(target)
    assert found is not None
    parts = unpacking.read(found, keys)["parts"]
    hashes = {part["sha256"] for part in parts.values()}
    assert hashes == set(before.values())
    return "locked"


class Keys:
    """A key pair in files, as a colleague would have it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        identity = pyrage.x25519.Identity.generate()
        self.public = str(identity.to_public())
        self.identities = [identity]
        self.file = folder / "key.txt"
        self.file.write_text(f"# public key: {self.public}\n{identity}\n")


@contextmanager
def descriptor(text: str = PHRASE) -> Iterator[str]:
    """A file descriptor from which the passphrase can be read, as the word after --passphrase-fd."""
    end, start = os.pipe()
    os.write(start, f"{text}\n".encode())
    os.close(start)
    try:
        yield str(end)
    finally:
        os.close(end)


WRITING = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.truncate")


def child(work: Callable[[], object], *, dies_at: int | None = None, limit: int | None = None) -> int:
    """Do `work` in a process of its own and return its exit code.

    `dies_at`: it is gone, as by kill -9, before its step of that number (steps change something on the disk); 9 then.
    `limit`: no file may grow beyond so many bytes, as on a full disk.
    """
    pid = os.fork()
    if pid:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    code = 1
    try:
        if limit is not None:
            import resource

            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        if dies_at is not None:
            steps = iter(range(dies_at))

            def hook(event: str, given: tuple[object, ...]) -> None:
                changes = event in WRITING or (event == "open" and isinstance(given[2], int) and given[2] & 3)
                if changes and next(steps, None) is None:
                    os._exit(9)

            sys.addaudithook(hook)
        result = work()
        code = result if isinstance(result, int) else 0
    except BaseException as problem:  # noqa: BLE001
        code = getattr(problem, "code", 1) or 1
    finally:
        os._exit(code)
    return code
