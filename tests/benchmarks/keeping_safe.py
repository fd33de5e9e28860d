"""Backup, restore, lock and unlock, against copying the same file: what safety costs beyond moving the bytes."""

import shutil
import sys
from pathlib import Path

from cases import GROUPS, Baseline, Bench, Case
from measuring import Command

COPY = "import os, shutil, sys; shutil.copyfile(*sys.argv[1:]); os.sync()"


def keeping_safe(bench: Bench) -> list[Case]:
    """One file with a manifest, read back and counted; encrypted to a public key (a passphrase adds a second by intent)."""
    import pyrage

    identity = pyrage.x25519.Identity.generate()
    secret = bench.scratch / "key.txt"
    secret.write_text(f"{identity}\n")
    to = ("--recipient", str(identity.to_public()))
    usb = bench.scratch / "usb"
    shutil.rmtree(usb, ignore_errors=True)
    copied = Command([sys.executable, "-c", COPY, str(bench.record), str(bench.scratch / "copied.db")])
    against = [Baseline(f"copying {bench.record.stat().st_size / 2**20:.0f} MiB", copied)]
    records = [_copy(bench, turn) for turn in range(bench.runs + 1)]
    made = bench.tracker("backup", str(usb), "--keep", "1")
    sealed = bench.tracker("backup", str(usb), "--keep", "1", *to)
    kept = bench.tracker("backup", str(bench.scratch / "kept"), *to)
    kept.run()
    [file] = (bench.scratch / "kept").iterdir()
    there = [
        bench.tracker("restore", str(file), "--to", str(bench.scratch / f"there-{turn}" / "tracker.db"), "--identity", str(secret))
        for turn in range(bench.runs + 1)
    ]  # fmt: skip
    return [
        Case("backup", [made], against),
        Case("backup --recipient", [sealed], against),
        Case("restore --identity", there, against),
        Case("lock --recipient", [bench.tracker("lock", *to, record=one) for one in records], against),
        Case("unlock --identity", [bench.tracker("unlock", "--identity", str(secret), record=one) for one in records], against),
    ]  # fmt: skip


def _copy(bench: Bench, turn: int) -> Path:
    folder = bench.scratch / f"locked-{turn}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copyfile(bench.record, folder / "tracker.db")
    return folder / "tracker.db"


GROUPS["keeping-safe"] = keeping_safe
