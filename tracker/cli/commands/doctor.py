"""`tracker doctor`: whether this computer is a good place for the record."""

import sys

from tracker.cli import context
from tracker.cli.command import Commands
from tracker.cli.output import Output
from tracker.i18n import N_

commands = Commands("doctor", N_("Look at this computer: versions, paths, permissions, room, backups."))


@commands.verb(
    "doctor",
    N_("Look at this computer: versions, paths, permissions, room, backups."),
    details=N_(
        "Nothing is changed, and nothing on record is shown: what it prints can be sent to somebody who helps. Ends"
        " with code 5 only where something does not work; a warning tells what to do."
    ),
    examples=("tracker doctor", "tracker doctor --output doctor.md"),
)
def doctor(out: Output) -> None:
    """Look, show, and fail where something does not work."""
    from tracker import __version__
    from tracker.errors import Problems
    from tracker.safekeeping import doctor

    found = doctor.examine(doctor.Asked(context.asked.db, sys.stdout.encoding or "", __version__))
    context.show(doctor.table(found), out)
    if any(line.state == "problem" for line in found):
        raise Problems("")
