"""`tracker timeline`: what happened day by day, week by week or month by month; or everything in one person's life."""

from dataclasses import asdict, fields
from typing import Annotated, Any

import typer

from tracker.cli import complete, context, recording
from tracker.cli.command import Commands
from tracker.cli.options import Scope, Window
from tracker.cli.output import Output, Page
from tracker.errors import BadValue
from tracker.i18n import N_, _

commands = Commands("timeline", N_("Arrests, releases and who was held, period by period; or one person's life."))


@commands.verb(
    "timeline",
    N_("Arrests, releases and who was held, period by period; or one person's life."),
    examples=(
        "tracker timeline --from 2026-01-08 --to 2026-03-08",
        "tracker timeline --from 2026-01-08 --per day --csv",
        "tracker timeline --nationality ES --per month",
        "tracker timeline 'Ana Ruiz'",
    ),
    details=N_(
        "A chart on the terminal, with what others stated drawn beside the record; rows elsewhere, the claims in rows"
        " of their own. With a name: every arrest, stay, release and dispute of that person, with its sources and the"
        " standing after it."
    ),
)
def timeline(
    who: Annotated[
        str | None,
        typer.Argument(
            metavar="[WHO]",
            help=_("One person's life: a name, or a ref such as P-7k3m9q."),
            autocompletion=complete.people,
        ),
    ] = None,
    *,
    scope: Scope,
    window: Window,
    page: Page,
    out: Output,
    per: Annotated[
        str | None,
        typer.Option("--per", metavar="day|week|month", help=_("The periods (else by how long the time is).")),
    ] = None,
) -> None:
    """Ask and show."""
    from tracker.reports.asked import asking
    from tracker.reports.stated import SCOPE

    store = context.open_store()
    words = {**asdict(scope), **asdict(window), "sort": page.sort, "columns": out.chosen_columns()}
    words["limit"] = page.rows(out, context.on_terminal())
    if who is not None:
        _only_of_all(words, per)

    few = out.chosen_format(context.on_terminal()) == "table" and out.columns is None and page.sort is None

    def ask(word: str) -> None:
        with asking(store, **words) as (db, asked):
            if who is not None:
                from tracker.reports.timeline_person import person_table

                table = person_table(db, asked, word, few=few)
            else:
                from tracker.reports.timeline import timeline_table

                table = timeline_table(db, asked, per, {name: words[name] for name in SCOPE})
            context.show(table, out, store)

    recording.chosen(ask, who or "")


def _only_of_all(words: dict[str, Any], per: str | None) -> None:
    """Raise BadValue for an option that says nothing of one person."""
    from tracker.cli.options import Narrowing

    given = [name for name in fields(Narrowing) if words[name.name]]
    if given or per is not None:
        option = "per" if per is not None else given[0].name
        raise BadValue(
            _("--{option} is for the timeline of everybody.").format(option=option),
            hint=_("Leave it out, or leave out the name."),
        )
