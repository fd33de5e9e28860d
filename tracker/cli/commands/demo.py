"""`tracker demo`: a day's work on the seed case file, in a throwaway database, each command shown and run."""

import os
import shlex
import subprocess
import sys
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from tracker.cli import context
from tracker.cli.command import Commands
from tracker.errors import TrackerError
from tracker.i18n import N_, _, language

commands = Commands("demo", N_("Walk through a day's work on a throwaway database."))

STEPS: Final = (
    (N_("A throwaway database, filled from the case file of January 2026:"), "init --seed venezuela-2026"),
    (N_("Everything on record about one person, and who said it:"), "show 'Rocío San Miguel'"),
    (N_("Who left prison on 12 January 2026:"), "released --on 2026-01-12 --limit 8"),
    (
        N_("Somebody new (an invented person), held since March 2025:"),
        "detainee add 'Ana Ejemplo Prueba' --nationality venezolana --detained-on 2025-03 --facility 'El Rodeo I'",
    ),
    (
        N_("A release, as a monitor reports it on a page of the web:"),
        (
            "release add 'Ana Ejemplo Prueba' --on 2026-01-14 --kind precautionary --claimant 'Foro Penal' "
            "--source https://example.org/2026/01/14/lista"
        ),
    ),
    (N_("Who remains deprived of liberty that evening:"), "remaining --on 2026-01-14 --limit 8"),
    (N_("The same as a CSV report, complete:"), "remaining --on 2026-01-14 --output remaining.csv"),
    (N_("Counts by nationality, every number adding up:"), "summary --by nationality_type --on 2026-01-14"),
    (N_("And the invented release taken back; nothing is ever lost:"), "undo"),
)


@commands.verb("demo", N_("Walk through a day's work on a throwaway database."), examples=("tracker demo",))
def demo() -> None:
    """Run the steps one after the other; raises what went wrong in one of them."""
    folder = Path(mkdtemp(prefix="tracker-demo-"))
    environ = {**os.environ, "TRACKER_DB": str(folder / "tracker.db"), "TRACKER_LANG": language()}
    for name in ("TRACKER_SOURCE", "TRACKER_CLAIMANT"):
        environ.pop(name, None)
    for title, line in STEPS:
        print(f"\n# {_(title)}\n$ tracker {line}")
        sys.stdout.flush()
        code = _run(shlex.split(line), folder, environ)
        if code:
            raise TrackerError(_("The demonstration stopped at: tracker {line}").format(line=line))
    print()
    print(
        _("The database and the report of this demonstration are in {folder}; delete it when you like.").format(
            folder=folder
        )
    )
    print(_("To look around in it:") + f"\n  tracker --db {folder / 'tracker.db'} remaining")
    print(_("To start a record of your own:") + "\n  tracker init")


def _run(words: list[str], folder: Path, environ: dict[str, str]) -> int:
    """Run one command as typed, in `folder`; its output goes where ours goes."""
    line = [sys.executable, "-m", "tracker", "--no-input", *words]
    if context.on_terminal():
        return subprocess.run(line, cwd=folder, env=environ, check=False).returncode  # noqa: S603
    done = subprocess.run(line, cwd=folder, env=environ, check=False, capture_output=True, text=True, encoding="utf-8")  # noqa: S603
    sys.stdout.write(done.stdout + done.stderr)
    return done.returncode
