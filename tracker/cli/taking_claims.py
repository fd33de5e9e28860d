"""What `tracker claim import` does between its options and `importing`."""

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.cli import context, recording, targets
from tracker.errors import NotFound
from tracker.i18n import N_, _, ngettext
from tracker.table import Column, Table

if TYPE_CHECKING:
    from tracker.cli.claim_options import Meaning
    from tracker.cli.list_options import Form, Making
    from tracker.cli.options import Cited as Given
    from tracker.cli.output import Output
    from tracker.importing.lists.claims import Done, Wanted
    from tracker.store import Change

COLUMNS = (
    Column("row", N_("row"), "count"),
    Column("claimant", N_("claimant"), "name"),
    Column("measure", N_("measure"), words="measure"),
    Column("figure", N_("figure")),
    Column("action", N_("action"), words="action"),
)


def show_fields(out: "Output") -> None:
    """Show the fields that a column of a list of claims can be."""
    from tracker.cli.taking_in import room_for
    from tracker.domain.lists import CLAIMS
    from tracker.importing.fields import list_fields

    context.show(list_fields(CLAIMS, room_for(out)), out)


def take_in(
    file: str | None,
    form: "Form",
    meaning: "Meaning",
    making: "Making",
    given: "Given",
    *,
    dry_run: bool,
    out: "Output",
) -> None:
    """Take the claims in, whole or not at all, and say what came of it."""
    from tracker.cli.taking_in import date_order, opened
    from tracker.importing.lists.claims import take_claims

    store = context.open_store()
    reading = opened(file, form)
    targets.refuse(store, [reading], out.file)
    with context.writing(store, "claim import", dry_run=dry_run) as change:
        wanted = replace(_wanted(change, meaning, making, given), dates=date_order(form))
        done = take_claims(change, reading, wanted)
        if dry_run or any((out.format, out.csv, out.json, out.output, out.columns)):
            context.show(_table(done), out, store)
        done.problems.stop_if_any()
    if dry_run:
        context.say(*_sentences(done), _("Nothing was changed: this was a rehearsal."))
    else:
        recording.tell(change, _sentences(done), wanted.cited, given)


def _wanted(change: "Change", meaning: "Meaning", making: "Making", given: "Given") -> "Wanted":
    """Return what is asked; `-c` is who stated what no row ascribes, and never part of a citation."""
    from tracker.casework.citations import read_cited
    from tracker.importing.lists.claims import Wanted
    from tracker.importing.lists.record_directory import Creating
    from tracker.importing.mapping import read_constants, read_maps

    return Wanted(
        cited=read_cited(change, given.source, None, given.locator),
        claimant=_claimant(change, given.claimant, make=making.create_claimants) if given.claimant else None,
        maps=read_maps(meaning.map or ()),
        constants=read_constants(meaning.constant or ()),
        empty=tuple(meaning.empty or ()),
        creating=Creating(making.create_facilities, making.create_sources, making.create_claimants),
        no_source=meaning.no_source,
        name=meaning.list_name,
    )


def _claimant(change: "Change", word: str, *, make: bool) -> str:
    """Return the name of the claimant that `-c` means; one not on record is made with the first row, if that may be."""
    from tracker.casework.claimants import find_claimant

    try:
        return str(find_claimant(change.db, word)["name"])
    except NotFound:
        if not make:
            raise
        return word


def _table(done: "Done") -> Table:
    """Return what each row came to."""
    return Table(
        COLUMNS,
        done.planned,
        title=_("What the claims come to"),
        total=done.rows,
        foot=_sentences(done)[:1] if done.rows > len(done.planned) else (),
        empty=_("The list has no rows."),
        tone=lambda row: "error" if row[4] == "error" else None,
    )


def _sentences(done: "Done") -> list[str]:
    """Return what is said of it: the counts, and what was made because a row names it."""
    from tracker.importing.lists.telling import made_sentences

    counts = done.counts
    said = [ngettext("{n} row read.", "{n} rows read.", done.rows).format(n=done.rows)]
    for action, sentence in (
        ("create", ngettext("{n} new claim.", "{n} new claims.", counts.get("create", 0))),
        ("cite", ngettext("{n} on record gains something.", "{n} on record gain something.", counts.get("cite", 0))),
        ("same", ngettext("{n} known already.", "{n} known already.", counts.get("same", 0))),
    ):
        if counts.get(action):
            said.append(sentence.format(n=counts[action]))
    return [" ".join(said), *done.said, *made_sentences(done.made)]
