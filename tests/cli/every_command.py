"""One line for every command that works on the record below: what the tests of bad input start from.

A new command without a line here fails `test_every_command_has_a_line`.
"""

from pathlib import Path

from shell import Tracker

ANA, LUIS, EVA, TWICE = "Ana Ruiz Prieto", "Luis Paz Mora", "Eva Gil Soto", "José Mora Peña"
SOURCE = "lista-2026-01-12"
LIST = str(Path(__file__).with_name("list.csv"))
CLAIMS = str(Path(__file__).with_name("claims.csv"))

LINES: dict[str, tuple[str, ...]] = {
    "show": (ANA,),
    "release add": (ANA, "--on", "2026-01-13"),
    "release list": (),
    "release edit": (EVA, "--conditions", "may not travel"),
    "release verify": (LUIS, "-c", "Foro Libre", "-s", SOURCE, "--yes"),
    "release retract": (LUIS, "-s", SOURCE),
    "remaining": (),
    "released": (),
    "summary": (),
    "bulletin": (),
    "gap": (),
    "flow": ("--from", "2026-01-09"),
    "timeline": (ANA,),
    "stale": (),
    "coverage": (),
    "estimate": (SOURCE, "sin-citas-2026-01-13", "--list", "only_a"),
    "why": (ANA,),
    "diff": ("--known-by", "2"),
    "find": ("ruiz",),
    "detainee add": ("Iris León Vidal",),
    "detainee edit": (ANA, "--occupation", "teacher"),
    "detainee identify": ("{unnamed}", "--name", "Zoraida Piñango"),
    "detainee exclude": (ANA, "--reason", "a common crime"),
    "detainee delete": (ANA, "--with-everything", "--yes"),
    "detainee merge": (ANA, LUIS, "--yes"),
    "detainee split": (EVA, "--yes"),
    "detainee judge": (ANA, LUIS, "different"),
    "detainee list": (),
    "detention add": ("{unnamed}", "--on", "2025-04-01"),
    "detention edit": (ANA, "--charges", "treason"),
    "detention transfer": (ANA, "--to", "El Helicoide", "--on", "2025-06-01"),
    "detention list": (),
    "retake": (EVA, "--on", "2026-02-01"),
    "death": (ANA, "--on", "2026-02-01"),
    "cite": (ANA, "-s", SOURCE, "-c", "Foro Libre"),
    "claim add": ("Foro Libre", "released", "24", "--as-of", "2026-01-12", "-s", SOURCE),
    "claim edit": ("{claim}", "at least 30"),
    "claim delete": ("{claim}", "--yes"),
    "claim import": (CLAIMS, "-s", SOURCE),
    "claim list": (),
    "nationality add": (ANA, "ES"),
    "nationality remove": (EVA, "VE"),
    "nationality list": (),
    "facility add": ("Yare II",),
    "facility edit": ("El Rodeo I", "--state", "Miranda"),
    "facility add-name": ("El Rodeo I", "Cárcel de Guatire"),
    "facility list": (),
    "facility show": ("El Rodeo I",),
    "source add": ("https://otro.example/2026/01/15/nota",),
    "source edit": (SOURCE, "--title", "Otra lista"),
    "source delete": ("sin-citas-2026-01-13", "--yes"),
    "source list": (),
    "source show": (SOURCE,),
    "source attach": (SOURCE, LIST),
    "source evidence": (),
    "source extract": ("list.csv", "--to", "."),
    "source detach": (SOURCE, "list.csv"),
    "claimant add": ("Provea Libre", "--kind", "monitor"),
    "claimant edit": ("Foro Libre", "--note", "a monitor"),
    "claimant list": (),
    "publish": (ANA, "named"),
    "duplicates": (),
    "import": (LIST, "-s", SOURCE),
    "review": (),
    "compare": (LIST,),
    "export list": (),
    "export releases": (),
    "export remaining": (),
    "export sources": (),
    "export claims": (),
    "export all": ("whole",),
    "edition make": ("first",),
    "edition verify": ("editions/first",),
    "edition list": (),
    "check": ("--severity", "error"),
    "history": (),
    "undo": (),
    "audit": (),
    "doctor": (),
    "backup": (),
    "restore": ("{backup}", "--to", "restored.db"),
    "lock": ("--passphrase-fd", "{fd}"),
    "unlock": ("--passphrase-fd", "{fd}"),
    "help": ("security",),
    "init": ("--country", "VE", "--zone", "America/Caracas", "--we", "Monitor", "--start", "2026-01-08"),
    "demo": (),
}
"""`{unnamed}`: the ref of the person without a name; `{claim}`: that of the claim."""

READS = frozenset(
    {
        *("show", "remaining", "released", "summary", "bulletin", "flow", "gap", "find", "check"),
        *("history", "timeline", "why"),
        *("compare", "duplicates"),
        *("audit", "source evidence"),
        *("diff", "edition make"),
        *("review", "stale", "coverage", "estimate"),
        *(name for name in LINES if name.endswith((" list", " show")) or name.startswith("export ")),
    }
)
"""Commands that change nothing, and work where nothing can be written."""

FOLDERS = frozenset({"export all", "edition make"})
"""Commands that write a folder and change nothing."""

OWN_DATABASE = frozenset(
    {"init", "demo", "edition verify", "edition list", "doctor", "source extract", "source detach"},
)
"""Commands that make a database, need none, look at a folder, or at a file of evidence that the record below has not."""

WHOLE_FILES = frozenset({"backup", "restore", "lock", "unlock", "help"})
"""Commands that work on whole files, or on none: `test_backup_and_lock_commands` tries them."""


def line(name: str, refs: dict[str, str]) -> list[str]:
    """Return the words of a command's line, after `tracker`."""
    return [*name.split(), *(word.format(**refs) for word in LINES[name])]


def fill(tracker: Tracker) -> dict[str, str]:
    """Enter the record that the lines speak of; return the refs that they need."""
    tracker.ok("facility", "add", "El Rodeo I")
    tracker.ok("facility", "add", "El Helicoide")
    tracker.ok("claimant", "add", "Foro Libre", "--kind", "monitor")
    tracker.ok("source", "add", "Lista", "--slug", SOURCE, "--published", "2026-01-12")
    tracker.ok("detainee", "add", ANA, "--detained-on", "2025-03-02", "-f", "El Rodeo I", "-s", SOURCE)
    for name in (LUIS, EVA):
        tracker.ok("detainee", "add", name, "--detained-on", "2025", "--nationality", "VE", "-s", SOURCE)
    tracker.ok("detainee", "add", "Eva Gil", "-s", SOURCE)
    tracker.ok("detainee", "merge", EVA, "Eva Gil", "--yes")
    tracker.ok("release", "add", LUIS, "--on", "2026-01-12", "-s", SOURCE)
    tracker.ok("release", "add", EVA, "--on", "2026-01-12", "-s", SOURCE, "-c", "Foro Libre")
    tracker.ok("detainee", "add", "--description", "adolescent, 17", "-s", SOURCE)
    for _time in range(2):
        tracker.ok("detainee", "add", TWICE, "--another", "--detained-on", "2025-05", "-s", SOURCE)
    tracker.ok("release", "add", "--unnamed", "2", "--on", "2026-01-12", "-s", SOURCE)
    [unnamed] = [row["ref"] for row in tracker.rows("detainee", "list") if "17" in row["name"]]
    tracker.ok("source", "add", "Sin citas", "--slug", "sin-citas-2026-01-13", "--published", "2026-01-13")
    tracker.ok("claim", "add", "Foro Libre", "held", "116", "--as-of", "2026-01-12", "-s", SOURCE)
    [claim] = tracker.rows("claim", "list")
    return {"unnamed": unnamed, "claim": claim["ref"]}
