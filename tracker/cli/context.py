"""What a command works in: the database asked for, who acts, whether there is somebody to ask, and `show`."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.errors import BadValue, NoDatabase, Refused
from tracker.i18n import LANGUAGES, _, ngettext

if TYPE_CHECKING:
    from tracker.cli.output import Output
    from tracker.store import Change, Store
    from tracker.table import Table

GLOBAL_VALUES = ("--db", "--lang", "--actor")


@dataclass
class Asked:
    """The global options of this run."""

    db: Path | None = None
    actor: str | None = None
    no_input: bool = False
    public: bool = False
    min_cell: bool = False
    """Whether small figures are to be left out."""
    publishes: bool = False
    """Whether the command has `--public` at all."""


asked = Asked()


def take_global(args: Sequence[str], *, strict: bool) -> list[str]:
    """Remember the global options found anywhere in `args` and return the other words. Raises `BadValue`."""
    global asked  # noqa: PLW0603  (one process runs one line)
    asked = Asked(actor=os.environ.get("TRACKER_ACTOR") or None, public="--public" in args)
    asked.min_cell = any(word.partition("=")[0] == "--min-cell" for word in args)
    rest: list[str] = []
    words = iter(args)
    for word in words:
        if word == "--":
            rest += [word, *words]
            break
        name, equals, value = word.partition("=")
        if word == "--no-input":
            asked.no_input = True
        elif name in GLOBAL_VALUES:
            given = value if equals else next(words, None)
            if given is None and not strict:
                rest.append(word)  # completion of the option itself
            else:
                _remember(name, given)
        else:
            rest.append(word)
    return rest


def _remember(name: str, value: str | None) -> None:
    if not value:
        raise BadValue(_("{option} needs a value after it.").format(option=name))
    if name == "--db":
        asked.db = Path(value)
    elif name == "--actor":
        asked.actor = value
    elif value not in LANGUAGES:
        from tracker.domain.text import brief

        choices = " / ".join(LANGUAGES)
        raise BadValue(_("--lang takes {choices}, not {value!r}.").format(choices=choices, value=brief(value)))


def open_store() -> "Store":
    """Open the database of this run. Raises `NoDatabase` with how to make one."""
    from tracker.paths import find_database, locked
    from tracker.store import Store

    path = find_database(asked.db)
    if not path.exists() and not locked(path).exists():
        raise NoDatabase(
            _("There is no database at {path}.").format(path=path),
            hint=_("Make one with 'tracker init', look around with 'tracker demo', or name one with --db FILE."),
        )
    return Store.open(path)


def actor() -> str:
    """Return who acts: `--actor`, `$TRACKER_ACTOR`, else the name of the login."""
    if asked.actor:
        return asked.actor
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


@contextmanager
def writing(store: "Store", reason: str, *, kind: str = "command", dry_run: bool = False) -> "Iterator[Change]":
    """One command, one transaction: what happens inside is kept whole, or (error, dry run) not at all."""
    with store.writing(reason, actor=actor(), kind=kind, dry_run=dry_run) as change:
        yield change


def interactive() -> bool:
    """Tell whether there is somebody to ask: a terminal on both sides, and no `--no-input`."""
    return not asked.no_input and sys.stdin.isatty() and sys.stderr.isatty()


def on_terminal() -> bool:
    """Tell whether stdout is a terminal."""
    return sys.stdout.isatty()


def say(*lines: str) -> None:
    """Talk to the user, on stderr, each line made safe for a terminal."""
    from tracker.domain.text import safe

    sys.stdout.flush()
    for line in lines:
        print(safe(line, keep_newlines=True), file=sys.stderr)


def ask(question: str, default: str | None = None) -> str:
    """Ask on the terminal and return the answer; only after `interactive()`. Ctrl-C leaves with 130."""
    from tracker.domain.text import safe

    suffix = f" [{default}]" if default else ""
    print(safe(question) + suffix + " ", end="", file=sys.stderr, flush=True)
    answer = sys.stdin.readline()
    if not answer:
        raise KeyboardInterrupt
    return answer.strip() or (default or "")


def choose(question: str, choices: Sequence[tuple[str, str]]) -> str | None:
    """Offer numbered choices (value, sentence) and return the chosen value, None for "neither"."""
    say(question)
    for number, (_value, sentence) in enumerate(choices, 1):
        say(f"  {number}. {sentence}")
    while True:
        answer = ask(_("Number, or Enter to stop:"))
        if not answer:
            return None
        if answer.isdecimal() and 1 <= int(answer) <= len(choices):
            return choices[int(answer) - 1][0]
        say(_("That is not one of the numbers."))


def confirm(question: str, *, yes: bool) -> None:
    """Go on only if `yes`, or the user says so. Raises `Refused` where there is nobody to ask or the answer is no."""
    if yes:
        return
    if not interactive():
        raise Refused(question, hint=_("Say so with --yes. Nothing was changed."))
    answer = ask(question + " " + _("[y/N]")).casefold()
    if answer not in ("y", "yes", "s", "si", "sí"):
        raise Refused(_("Left as it was. Nothing was changed."))


def show(table: "Table", out: "Output", store: "Store | None" = None) -> None:
    """Write `table` as asked: to the terminal, to stdout, or whole into a file. Notes go to stderr."""
    from tracker import render

    if asked.min_cell and table.least is None:
        raise BadValue(
            _("Small figures cannot be left out of this answer."),
            hint=_("--min-cell works for remaining, released, summary, bulletin and flow, without --explain."),
        )
    chosen = picked(table, out.chosen_columns())
    form = out.chosen_format(on_terminal())
    if out.file is not None:
        from tracker.paths import written_whole

        target = Path(out.file)
        if store is not None and target.exists() and target.samefile(store.path):
            raise Refused(_("{path} is the database itself; write somewhere else.").format(path=target))
        with written_whole(target) as file:
            if form == render.BOOK:
                beside = None if target.exists() and not target.is_file() else target
                count = render.write_book(chosen, file.buffer, beside)  # type: ignore[attr-defined]
            else:
                count = render.write(chosen, form, file, for_spreadsheet=out.for_spreadsheet)
        written = ngettext("{n} row written to {path}", "{n} rows written to {path}", count)
        say(*table.foot, written.format(n=count, path=target))
        _caution(chosen)
        if not asked.public and any(column.kind == "name" for column in chosen.columns):
            private = _("Not for publication: people are named whether they may be or not.")
            say(f"{private} {_('For publication: --public.')}" if asked.publishes else private)
        return
    if form == "table" and on_terminal():
        render.on_screen(chosen, sys.stdout)
        _caution(chosen)
        return
    if form == render.BOOK:
        render.write_book(chosen, sys.stdout.buffer)
    else:
        stdout = render.raw_on_screen(sys.stdout) if on_terminal() else sys.stdout
        render.write(chosen, form, stdout, for_spreadsheet=out.for_spreadsheet)
    if form not in render.WITH_NOTES:
        say(*table.foot)
    _caution(chosen)


def _caution(table: "Table") -> None:
    """Say what whoever publishes this table must know, once its rows were written."""
    if table.caution is not None and (said := table.caution()):
        say(said)


def picked(table: "Table", keys: list[str] | None) -> "Table":
    """Return `table` with the columns asked for. Raises `BadValue` for one it does not have."""
    from tracker.domain.text import quoted

    if keys is None:
        return table
    unknown = [key for key in keys if key not in table.keys()]  # noqa: SIM118  (a Table is no dict)
    if unknown or not keys:
        problem = _("There is no column {key} here.") if unknown else _("--columns names no column.")
        raise BadValue(
            problem.format(key=quoted(", ".join(unknown))),
            hint=_("Columns: {keys}").format(keys=", ".join(table.keys())),
        )
    return table.pick(keys)


def flush() -> None:
    """Push out what was written, so that a closed pipe is met here and not at exit."""
    sys.stdout.flush()
