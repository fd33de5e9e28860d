"""What the commands that write share: who is cited, what is said afterwards, and a choice where several are meant."""

import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

from tracker.cli import context
from tracker.cli.command import refuse_empty
from tracker.errors import Ambiguous
from tracker.i18n import _

if TYPE_CHECKING:
    from tracker.casework.citations import Cited
    from tracker.cli.options import Cited as Given
    from tracker.store import Change, Connection, Row, Store

T = TypeVar("T")


def cited_in(change: "Change", given: "Given") -> "Cited":
    """Read `-s`, `-c` and `--locator`; a `$TRACKER_CLAIMANT` without any source stays out of it.

    Raises NotFound and Refused as `casework.citations.read_cited` does, BadValue for an option that is empty.
    """
    from tracker.casework.citations import read_cited

    for option in ("source", "claimant", "locator"):
        refuse_empty(f"--{option}", getattr(given, option))
    claimant = given.claimant
    if given.source is None and given.locator is None and claimant == os.environ.get("TRACKER_CLAIMANT"):
        claimant = None
    return read_cited(change, given.source, claimant, given.locator)


def tell(change: "Change", lines: Iterable[str], cited: "Cited | None" = None, given: "Given | None" = None) -> None:
    """Say after a change what happened: `lines`, what citing made, what came from the environment, how to undo it."""
    if change.seq is None:
        context.say(*lines, _("Nothing was changed."))
        return
    said = [*lines, *(cited.said if cited else ())]
    if given is not None and cited is not None and not cited.nothing:
        said += [
            _("{what} from ${variable}: {value}").format(what=what, variable=variable, value=value)
            for what, variable, value in (
                (_("Source"), "TRACKER_SOURCE", given.source),
                (_("Claimant"), "TRACKER_CLAIMANT", given.claimant),
            )
            if value is not None and value == os.environ.get(variable)
        ]
    context.say(*said, _("Undo with 'tracker undo {changeset}'.").format(changeset=change.seq))


def person_ref(store: "Store", who: str, *, partial: bool = False) -> str:
    """Return the ref of the person meant; on a terminal, ask which one where several are called so.

    `partial` as for `find_person`. Raises NotFound, and Ambiguous where there is nobody to ask.
    """
    from tracker.matching.who import find_person
    from tracker.store.ids import read_ref

    found = ref_of(store, who, lambda db, word: find_person(db, word, partial=partial))
    old = read_ref(who)
    if old is not None and old.startswith("P-") and old != found:
        context.say(_("{gone} was merged into {kept}.").format(gone=old, kept=found))
    return found


def record_ref(store: "Store", word: str) -> str:
    """Return the ref of the record meant by a ref of any kind or a person's name; asks as `person_ref` does."""
    from tracker.matching.who import find_any

    return ref_of(store, word, lambda db, text: find_any(db, text)[1])


def ref_of(store: "Store", word: str, find: "Callable[[Connection, str], Row]") -> str:
    """Return the ref of the record that `find` finds for a word; asks as `person_ref` does."""

    def ref(text: str) -> str:
        with store.reading() as db:
            return str(find(db, text)["ref"])

    return chosen(ref, word)


def chosen(find: Callable[[str], T], word: str) -> T:
    """Return what `find` makes of a word; where it is Ambiguous, what it makes of the ref chosen on the terminal.

    The candidates of an Ambiguous that can be chosen from begin with their refs. Nothing may be held open meanwhile.
    """
    from tracker.store.ids import read_ref

    while True:
        try:
            return find(word)
        except Ambiguous as several:
            choices = [(line.split()[0], line) for line in several.candidates]
            if not context.interactive() or not all(read_ref(ref) for ref, _line in choices):
                raise
            answer = context.choose(several.message, choices)
            if answer is None:
                raise
            word = answer


def of(name: str, ref: str, said: Iterable[str]) -> list[str]:
    """Return what was done to one record, each sentence under its name: `Ana Ruiz (P-7k3m9q): sex: female → male`."""
    return [f"{name} ({ref}): {one}" for one in said]
