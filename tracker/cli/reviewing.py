"""What `tracker review` does at the terminal: shows a question, reads a key, has the answer kept."""

import sys
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from tracker.cli import context, copying
from tracker.cli.output import Output
from tracker.errors import Ambiguous, BadValue, Interrupted, Problems, TrackerError
from tracker.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.importing.lists.answering import Answer, Question
    from tracker.importing.lists.answers import Otherwise
    from tracker.store import Connection, Row, Store

LABELS: Final = 16
CELLS: Final = 20
"""What the first column of a page, and each of the others, take of a terminal's width."""


def asks(out: Output) -> bool:
    """Tell whether somebody can be asked, and no listing was asked for."""
    return context.interactive() and context.on_terminal() and not any((out.format, out.csv, out.json, out.output))


def show(store: "Store", out: Output, db: "Connection | None" = None, *, sheet: bool = False) -> None:
    """List what is open, as `db` sees it where a change is being written; `sheet` as for `open_table`."""
    from tracker.importing.lists.answering import questions
    from tracker.importing.lists.asking import open_table

    with nullcontext(db) if db is not None else store.reading() as seen:
        context.show(open_table(questions(seen), sheet=sheet), out, store)


def write(store: "Store", target: str, db: "Connection | None" = None, *, for_spreadsheet: bool = False) -> None:
    """Write the questions into a CSV file."""
    show(store, Output(csv=True, output=target, for_spreadsheet=for_spreadsheet), db, sheet=True)
    context.say(_("Fill the column answer, save it as CSV, then: tracker review --read {path}").format(path=target))


def read(store: "Store", path: str) -> None:
    """Act on the answers of a CSV file, each a change of its own; what cannot be done stays open and is said.

    Raises Problems where the file answers otherwise what was answered before.
    """
    from tracker.importing.lists.answering import questions
    from tracker.importing.lists.answers import read_answers

    with store.reading() as db:
        sheet = read_answers(db, Path(path), questions(db))
    if len(sheet.answered) > copying.MANY_ANSWERS:
        copying.keep_before(store)
    done = 0
    for question, said in sheet.answered:
        with _stopping(done):
            done += _kept(store, question, said)
    context.say(ngettext("{n} answer kept.", "{n} answers kept.", done).format(n=done))
    if sheet.before:
        context.say(
            ngettext("{n} was answered so before.", "{n} were answered so before.", sheet.before).format(n=sheet.before)
        )
    _say_open(store)
    if sheet.otherwise:
        raise Problems(
            ngettext(
                "{n} row was answered otherwise before, and stays so:",
                "{n} rows were answered otherwise before, and stay so:",
                len(sheet.otherwise),
            ).format(n=len(sheet.otherwise)),
            candidates=[_changed(one) for one in sheet.otherwise],
            hint=_("To change an answer take the earlier one back, then read the file again."),
        )


def _changed(one: "Otherwise") -> str:
    """Return what a row was answered, what the sheet says now, and how that is made true."""
    where = _("{list}, row {row}: {name}").format(list=one.list, row=one.row, name=one.printed)
    if one.seq is None:
        said = _("a newer version of the list took its place")
        return f"{where}: {said} (tracker review --write FILE)"
    said = _("{before}, now {after}").format(before=one.before, after=one.now)
    return f"{where}: {said} (tracker undo {one.seq})"


def ask(store: "Store") -> None:
    """Ask about every open row, until they are done or somebody stops."""
    from tracker.importing.lists.answering import questions

    with store.reading() as db:
        waiting = questions(db)
    kept = 0
    for number, question in enumerate(waiting, 1):
        context.say(_("Question {n} of {all}").format(n=number, all=len(waiting)))
        with _stopping(kept):
            _shown(store, question)
            done = _asked(store, question)
        if done == "quit":
            break
        kept += done == "kept"
    _say_open(store)


@contextmanager
def _stopping(kept: int) -> "Iterator[None]":
    """Say, where somebody stops what happens inside, how many answers are kept: each is a change of its own."""
    try:
        yield
    except KeyboardInterrupt:
        if not kept:
            raise
        said = ngettext("Stopped. {n} answer was kept before.", "Stopped. {n} answers were kept before.", kept)
        said = said.format(n=kept)
        context.say("")
        raise Interrupted(said, hint=_("The others still wait: tracker review")) from None


def _shown(store: "Store", question: "Question") -> None:
    """Show the row beside as many candidates as the terminal is wide for, the others below."""
    from shutil import get_terminal_size

    from tracker import render
    from tracker.importing.lists.side_by_side import pages

    across = max(1, (get_terminal_size().columns - LABELS) // CELLS - 1)
    with context.writing(store, "review", dry_run=True) as change:
        for page in pages(change, question, across):
            render.on_screen(page, sys.stdout)


def _asked(store: "Store", question: "Question") -> Literal["kept", "later", "quit"]:
    """Ask about one row until its answer is kept, or it is left for later, or for good."""
    from tracker.importing.lists.answers import read_answer

    keys = {"d": "different", "u": "unsure", "s": "skip"}
    several = len(question.candidates)
    same = _("[{numbers}] same person  ").format(numbers="1" if several == 1 else f"1–{several}") if several else ""
    choices = same + _("[d]ifferent  [u]nsure  [s]kip for good  [l]ater  [q]uit:")
    while True:
        typed = context.ask(choices).strip().casefold()
        if typed in ("q", "quit"):
            return "quit"
        if typed in ("l", "later", ""):
            return "later"
        try:
            said = read_answer(question, keys.get(typed, typed))
        except BadValue as problem:
            context.say(*(() if typed == "?" else (problem.message,)), *_keys(several))
            continue
        if _kept(store, question, said):
            return "kept"


def _keys(several: int) -> list[str]:
    """Return what each key does, a line each."""
    lines = [
        _("d: somebody else, who is added; it is not asked again"),
        _("u: nobody knows; added as somebody else, and the doubt is kept"),
        _("s: leave the row out for good"),
        _("l or Enter: ask again another time"),
        _("q: stop; what was answered is kept"),
    ]
    if several:
        lines.insert(0, _("a number or a ref: that person; what the row says is added to them"))
    return [f"  {line}" for line in lines]


def _kept(store: "Store", question: "Question", said: "Answer") -> bool:
    """Have an answer kept and say what came of it; False, with the reason said, where it cannot be."""
    from dataclasses import replace

    from tracker.importing.lists.answering import answer

    try:
        with context.writing(store, f"review {question.list_ref}") as change:
            made = answer(change, question, said, who=context.actor())
            person = change.get("detainees", made.person) if made.person else None
    except Ambiguous as unclear:
        release = _release_meant(unclear)
        if release is not None and said.release is None:
            return _kept(store, question, replace(said, release=release))
        context.say(_told(question, unclear))
        return False
    except TrackerError as problem:
        context.say(_told(question, problem))
        return False
    name = question.bundle.printed
    if made.asked_again:
        context.say(
            _("{name}: somebody on record since then may be meant, so it is asked again.").format(name=name),
            _("Answer it with 'tracker review'."),
        )
    elif person is None:
        context.say(_("{name}: left out. Undo with 'tracker undo {n}'.").format(name=name, n=change.seq))
    else:
        context.say(
            _("{name}: {ref}. Undo with 'tracker undo {n}'.").format(name=name, ref=_who(person, name), n=change.seq),
            *made.notes,
        )
    return True


def _who(person: "Row", printed: str) -> str:
    """Return the ref of whom a row became, with the name where it is another than the list's."""
    name = person["name"] or person["description"]
    return person["ref"] if name == printed else f"{person['ref']} ({name})"


def _release_meant(unclear: Ambiguous) -> str | None:
    """Ask which release is meant, where somebody can be asked."""
    from tracker.casework.release_choice import Undecided

    if not isinstance(unclear, Undecided) or not context.interactive():
        return None
    return context.choose(unclear.message, unclear.questions[0].choices)


def _told(question: "Question", problem: TrackerError) -> str:
    return f"{question.bundle.printed}: {problem.message}"


def _say_open(store: "Store") -> None:
    from tracker.importing.lists.answering import questions

    with store.reading() as db:
        left = len(questions(db))
    if left:
        context.say(ngettext("{n} row still waits.", "{n} rows still wait.", left).format(n=left))
    else:
        context.say(_("No row of any list waits for an answer."))
