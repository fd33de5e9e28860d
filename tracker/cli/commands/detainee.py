"""`tracker detainee`: add, correct and list people."""

from typing import Annotated

import typer

from tracker.cli import complete, context, recording
from tracker.cli.command import Commands
from tracker.cli.options import Cited, DryRun, Scope, Who, Yes
from tracker.cli.output import Output, Page
from tracker.cli.person_options import About, Corrected, Held
from tracker.i18n import N_, _

commands = Commands("detainee", N_("Add, correct, merge and list people."))


Another = Annotated[
    bool, typer.Option("--another", help=_("Somebody of the same name is on record, and this is another person."))
]
Other = Annotated[
    str,
    typer.Argument(
        metavar="OTHER", help=_("The other person: a name, another name or a ref."), autocompletion=complete.people
    ),
]
NewName = Annotated[str | None, typer.Option("--name", metavar="NAME", help=_("The name."))]


@commands.verb(
    "add",
    N_("Add a person."),
    details=N_(
        "A name on record already is refused, a similar one is told. With --detained-on or a place, the detention is"
        " recorded, too. Without a name, give a --description."
    ),
    examples=(
        "tracker detainee add 'Ana Ruiz' --sex female --nationality VE --nationality ES --detained-on 2025-03-02",
        "tracker detainee add --description 'adolescent, 17' --age 17 --age-on 2026-01-12 -s infobae-2026-01-12",
    ),
)
def add(
    about: About,
    held: Held,
    given: Cited,
    name: Annotated[list[str] | None, typer.Argument(metavar="[NAME]", help=_("The name, in its usual form."))] = None,
    another: Another = False,
) -> None:
    """Add one person, and their detention if one is told."""
    from tracker.casework.people import add_person
    from tracker.cli import people_words

    store = context.open_store()
    full = people_words.one_name(name)
    warnings = people_words.warned(store, full, about.other_name or (), sure=another)
    with context.writing(store, "detainee add") as change:
        cited = recording.cited_in(change, given)
        added = change.get("detainees", add_person(change, about.person(full), cited=cited, another=another))
        lines = [_("Recorded: {name} ({ref}).").format(name=full or about.description, ref=added["ref"])]
        if held.anything:
            lines.append(people_words.detain(change, added["id"], held, cited))
        change.reason = f"detainee add {added['ref']}"
    recording.tell(change, [*lines, *warnings], cited, given)


@commands.verb(
    "edit",
    N_("Correct what is on record about a person."),
    details=N_(
        "Each option given replaces what was there; names, tags, identifiers and nationalities are added. The old name"
        " stays as another name. With a source, what other sources said before stays beside it as a dispute."
    ),
    examples=(
        "tracker detainee edit 'Ana Ruiz' --name 'Ana María Ruiz' --age 34 -s infobae-2026-01-15",
        "tracker detainee edit P-7k3m9q --clear born --remove-tag journalist",
    ),
)
def edit(
    who: Who,
    about: About,
    corrected: Corrected,
    given: Cited,
    *,
    name: NewName = None,
    another: Another = False,
) -> None:
    """Change one person."""
    from tracker.casework.people_edits import edit_person, read_keep
    from tracker.cli import people_words
    from tracker.matching.who import find_record

    store = context.open_store()
    ref = recording.person_ref(store, who)
    warnings = people_words.mixed([name, *(about.other_name or ())])
    with context.writing(store, f"detainee edit {ref}") as change:
        person = find_record(change.db, ref)[1]
        cited = recording.cited_in(change, given)
        said = edit_person(
            change,
            person,
            about.person(name),
            removed=corrected.removed(),
            keep_name=read_keep(corrected.keep_name),
            another=another,
            cited=cited,
        )
    recording.tell(change, [*recording.of(person["name"] or person["description"], ref, said), *warnings], cited, given)


@commands.verb(
    "identify",
    N_("Give a person without a name their name."),
    examples=("tracker detainee identify P-7k3m9q --name 'Ana Ruiz' -s infobae-2026-01-15",),
)
def identify(
    who: Who,
    name: Annotated[str, typer.Option("--name", metavar="NAME", help=_("The name."))],
    given: Cited,
    another: Another = False,
) -> None:
    """Name one unnamed person."""
    from tracker.casework.people_edits import identify as give_name
    from tracker.cli import people_words
    from tracker.matching.who import find_record

    store = context.open_store()
    ref = recording.person_ref(store, who)
    warnings = people_words.warned(store, name, (), sure=another)
    with context.writing(store, f"detainee identify {ref}") as change:
        person = find_record(change.db, ref)[1]
        cited = recording.cited_in(change, given)
        said = give_name(change, person, name, another=another, cited=cited)
    recording.tell(change, [*recording.of(person["description"] or "", ref, said), *warnings], cited, given)


@commands.verb(
    "exclude",
    N_("Leave a person out of every count, saying why."),
    details=N_("The record stays, with everything cited; --undo counts the person again."),
    examples=(
        "tracker detainee exclude 'Ana Ruiz' --reason 'common crime, no political motive found'",
        "tracker detainee exclude 'Ana Ruiz' --undo",
    ),
)
def exclude(
    who: Who,
    given: Cited,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help=_("Why: kept and shown."))] = None,
    undo: Annotated[bool, typer.Option("--undo", help=_("Count the person again."))] = False,
) -> None:
    """Exclude one person, or include them again."""
    from tracker.casework.people_edits import exclude as leave_out
    from tracker.casework.people_edits import include
    from tracker.matching.who import find_record

    store = context.open_store()
    ref = recording.person_ref(store, who)
    with context.writing(store, f"detainee exclude {ref}" + (" --undo" if undo else "")) as change:
        person = find_record(change.db, ref)[1]
        cited = recording.cited_in(change, given)
        if undo:
            include(change, person)
        else:
            leave_out(change, person, reason or "", cited=cited)
    said = _("counted again.") if undo else _("left out of every count: {reason}").format(reason=reason)
    recording.tell(change, recording.of(person["name"] or person["description"], ref, [said]), cited, given)


@commands.verb(
    "delete",
    N_("Delete a person entered by mistake."),
    details=N_(
        "For slips of the hand only: who was never a political detainee is excluded, and two entries of one person are"
        " merged. Refused where detentions or releases hang on the person, unless they go, too."
    ),
    examples=("tracker detainee delete P-7k3m9q --yes",),
)
def delete(
    who: Who,
    with_everything: Annotated[
        bool, typer.Option("--with-everything", help=_("Delete their detentions, stays and releases, too."))
    ] = False,
    yes: Yes = False,
) -> None:
    """Delete one person."""
    from tracker.casework.deletion import delete_person, refuse_dependants
    from tracker.i18n import ngettext
    from tracker.matching.who import described, find_record

    store = context.open_store()
    ref = recording.person_ref(store, who)
    with store.reading() as db:
        person = find_record(db, ref)[1]
        if not with_everything:
            refuse_dependants(db, person)
        line = described(db, person)
    context.confirm(_("Delete {person}?").format(person=line), yes=yes)
    with context.writing(store, f"detainee delete {ref}") as change:
        gone = delete_person(change, find_record(change.db, ref)[1], with_everything=with_everything)
    said = ngettext("Deleted: {person}, and {n} entry with it.", "Deleted: {person}, and {n} entries with it.", gone)
    recording.tell(change, [said.format(person=line, n=gone)])


@commands.verb(
    "merge",
    N_("Make one of two entries of the same person."),
    details=N_(
        "The first is kept, with its ref; the other's name stays as a printed name and everything else moves."
        " Detentions, stays and releases that are the same are joined; what differs stays beside it as a citation, or"
        " in the note. 'tracker detainee split' takes the two apart again."
    ),
    examples=(
        "tracker detainee merge P-7k3m9q P-2c4x8d --dry-run",
        "tracker detainee merge 'Kenny Tejeda Jiménez' 'Kennedy Tejeda' --yes",
    ),
)
def merge(who: Who, other: Other, *, dry_run: DryRun = False, yes: Yes = False) -> None:
    """Merge the second person into the first."""
    from tracker.cli import merging

    merging.merge(context.open_store(), who, other, dry_run=dry_run, yes=yes)


@commands.verb(
    "split",
    N_("Take a merge apart again."),
    details=N_(
        "Both are as they were before the merge; what was changed later is kept. Without a second person: the last one"
        " who was merged in. Refused where a later change rests on the merge."
    ),
    examples=("tracker detainee split P-7k3m9q", "tracker detainee split P-7k3m9q P-2c4x8d --dry-run"),
)
def split(
    who: Who,
    other: Annotated[
        str | None,
        typer.Argument(metavar="[REF]", help=_("The ref of the one merged in, as 'tracker show' tells it.")),
    ] = None,
    *,
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    """Split somebody off again."""
    from tracker.cli import merging

    merging.split(context.open_store(), who, other, dry_run=dry_run, yes=yes)


@commands.verb(
    "judge",
    N_("Say whether two people on record are the same."),
    details=N_(
        "Nothing is joined. Judged different, they are never proposed as one again; unsure, only with 'duplicates"
        " --unsure'; the same, until 'tracker detainee merge' joins them 'tracker check' finds them."
    ),
    examples=(
        "tracker detainee judge P-7k3m9q P-2c4x8d different --why 'father and son'",
        "tracker detainee judge 'Ana Ruiz' 'Ana Ruiz Prieto' unsure",
    ),
)
def judge(
    who: Who,
    other: Other,
    verdict: Annotated[
        str,
        typer.Argument(
            metavar="VERDICT",
            help=_("same, different or unsure."),
            autocompletion=complete.vocabulary("verdict"),
        ),
    ],
    why: Annotated[str | None, typer.Option("--why", metavar="TEXT", help=_("Why: kept and shown."))] = None,
    dry_run: DryRun = False,
) -> None:
    """Record a judgement on two people."""
    from tracker.cli import merging

    merging.judge(context.open_store(), who, other, verdict, why=why, dry_run=dry_run)


@commands.verb(
    "list",
    N_("List the people on record, with their standing."),
    examples=("tracker detainee list", "tracker detainee list --nationality ES --csv"),
)
def list_(scope: Scope, page: Page, out: Output) -> None:
    """List people."""
    from dataclasses import asdict

    from tracker.reports.asked import asking
    from tracker.reports.people import people_table

    store = context.open_store()
    limit = page.rows(out, context.on_terminal())
    asked_for = {**asdict(scope), "sort": page.sort, "limit": limit, "columns": out.chosen_columns()}
    with asking(store, **asked_for) as (db, asked):
        context.show(people_table(db, asked), out, store)
