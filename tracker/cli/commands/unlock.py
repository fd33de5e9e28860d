"""`tracker unlock`: bring a locked record back."""

from tracker.cli import context, locking, passphrases
from tracker.cli.command import Commands
from tracker.i18n import N_

commands = Commands("unlock", N_("Bring a locked record back."))


@commands.verb(
    "unlock",
    N_("Bring a locked record back."),
    details=N_(
        "With the passphrase, asked for, or with the file of your secret key. Everything is unpacked and checked before"
        " the locked file goes; broken off at any point, the record is locked or unlocked, and whole."
    ),
    examples=("tracker unlock", "tracker unlock --identity key.txt", "tracker unlock --passphrase-fd 3 3<FILE"),
)
def unlock(opening: passphrases.Opening) -> None:
    """Unlock the record and say what came back."""
    from tracker.safekeeping import lock as locks

    done = locks.unlock(locking.database(), identities=opening.keys(), ask=opening.ask())
    context.say(*locking.told(done, locked=False))
