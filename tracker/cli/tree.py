"""The tree of commands, as a table: what `tracker --help` lists without importing any of it.

A command's module (`cli/commands/MODULE.py`) is imported only when it is named: sixty commands built at once would cost
every start 60 ms. A module has one `commands = Commands(…)`; several commands in it make a noun with verbs.
"""

from typing import Final, NamedTuple

from tracker.i18n import N_


class Entry(NamedTuple):
    """One word after `tracker`: its module under `cli/commands/` and its one-line help (English, marked)."""

    module: str
    help: str


TREE: Final[dict[str, dict[str, Entry]]] = {
    N_("Every day"): {
        "show": Entry("show", N_("Everything on record about one person, and who said it.")),
        "release": Entry("release", N_("Add and correct releases (excarcelaciones).")),
        "remaining": Entry("remaining", N_("Who remains deprived of liberty.")),
    },
    N_("Questions"): {
        "released": Entry("released", N_("Who left deprivation of liberty in a period.")),
        "summary": Entry("summary", N_("Counts by nationality, prison, sex, kind, month and more.")),
        "bulletin": Entry("bulletin", N_("The weekly balance, every line adding up.")),
        "gap": Entry("gap", N_("What others claimed, beside what is on record.")),
        "flow": Entry("flow", N_("From one day's count to another's: every crossing by its cause.")),
        "timeline": Entry(
            "timeline", N_("Arrests, releases and who was held, period by period; or one person's life.")
        ),
        "stale": Entry("stale", N_("Who is held and was not confirmed for a while.")),
        "why": Entry("why", N_("Why somebody's situation on a day is what it is.")),
        "diff": Entry("diff", N_("What changed between two states of knowledge: an erratum.")),
        "coverage": Entry("coverage", N_("How much is known of the people held, and what to ask next.")),
        "estimate": Entry("estimate", N_("How many people stand on neither of two independent lists: an estimate.")),
        "find": Entry("find", N_("Search people, prisons and sources, whatever the accents or word order.")),
    },
    N_("The record"): {
        "detainee": Entry("detainee", N_("Add, correct, merge and list people.")),
        "detention": Entry("detention", N_("Arrests and where people are held.")),
        "retake": Entry("retake", N_("A person released is taken again.")),
        "death": Entry("death", N_("A person on record has died.")),
        "cite": Entry("cite", N_("Add what a source says, for or against a fact.")),
        "claim": Entry("claim", N_("Counts that somebody stated: 406 released, 50 to 80 held.")),
        "nationality": Entry("nationality", N_("Nationalities of the people on record.")),
        "facility": Entry("facility", N_("Prisons and other places, with all their names.")),
        "source": Entry("source", N_("Articles, lists, court papers, calls: what can be cited.")),
        "claimant": Entry("claimant", N_("Who says things: monitors, ministries, families.")),
        "publish": Entry("publish", N_("Who may be named in public, from when.")),
    },
    N_("Lists in and out"): {
        "review": Entry("review", N_("Answer the rows of lists that wait for a person to decide.")),
        "import": Entry("import_", N_("Take in somebody else's list: CSV, Excel, JSON.")),
        "compare": Entry("compare", N_("Hold a list against the record without changing anything.")),
        "duplicates": Entry("duplicates", N_("Who may be on record twice.")),
        "export": Entry("export", N_("Write CSV reports and whole-record exports.")),
        "edition": Entry("edition", N_("Sealed publications: the public reports of a day, with what proves them.")),
    },
    N_("Trust"): {
        "check": Entry("check", N_("Find data problems, each with a name.")),
        "history": Entry("history", N_("Who changed what, when and why.")),
        "undo": Entry("undo", N_("Take back a change; the undoing is itself a change.")),
        "audit": Entry("audit", N_("Prove that the record is what its log says, and that nothing was altered.")),
        "doctor": Entry("doctor", N_("Look at this computer: versions, paths, permissions, room, backups.")),
        "backup": Entry("backup", N_("Copy the record and its evidence into one file, checked after writing.")),
        "restore": Entry("restore", N_("Bring back a backup, proved before it replaces anything.")),
        "lock": Entry("lock", N_("Encrypt the record and its evidence, and remove the plain files.")),
        "unlock": Entry("unlock", N_("Bring a locked record back.")),
    },
    N_("Setting up"): {
        "init": Entry("init", N_("Create a database, empty or from a case file.")),
        "demo": Entry("demo", N_("Walk through a day's work on a throwaway database.")),
        "help": Entry("help", N_("Pages about more than one command: security.")),
    },
}
