"""`tracker why`: the steps that give a person's standing on a day."""

from dataclasses import asdict

from tracker.cli import context, recording
from tracker.cli.command import Commands
from tracker.cli.options import Moment, Public, Rule, Who
from tracker.cli.output import Output
from tracker.i18n import N_

commands = Commands("why", N_("Why somebody's situation on a day is what it is."))


@commands.verb(
    "why",
    N_("Why somebody's situation on a day is what it is."),
    details=N_(
        "Which detention decides, what counts and what does not, who says so and who says otherwise, what the dates"
        " leave open, and what the counting rule makes of it: a sentence for each step, the situation last."
    ),
    examples=(
        "tracker why 'Ana Ruiz' --on 2026-01-20",
        "tracker why P-7k3m9q --on 2026-02-09T12:00 --rule wide",
        "tracker why 'Ana Ruiz' --on 2026-01-20 --published-by 2026-01-20 --json",
    ),
)
def why(who: Who, moment: Moment, out: Output, *, rule: Rule = None, public: Public = False) -> None:
    """Find the person and say why."""
    from tracker.reports.asked import asking
    from tracker.reports.why import why_table

    store = context.open_store()
    long = out.columns is not None or out.chosen_format(context.on_terminal()) != "table"

    def show_steps(word: str) -> None:
        with asking(store, **asdict(moment), rule=rule, public=public) as (db, asked):
            context.show(why_table(store, db, word, asked, long=long), out, store)

    recording.chosen(show_steps, who)
