"""`tracker lock`: encrypt the record where it is, and remove what is plain."""

from tracker.cli import context, locking, passphrases
from tracker.cli.command import Commands
from tracker.i18n import N_, _

commands = Commands("lock", N_("Encrypt the record and its evidence, and remove the plain files."))


@commands.verb(
    "lock",
    N_("Encrypt the record and its evidence, and remove the plain files."),
    details=N_(
        "To a passphrase, asked for twice, or to public keys, or both. The copies that the program keeps beside the"
        " database are locked with it. Until 'tracker unlock' every other command refuses. Whoever loses the passphrase"
        " and every key has lost the record. What this protects against and what not: 'tracker help security'."
    ),
    examples=(
        "tracker lock",
        "tracker lock --recipient age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p --passphrase",
    ),
)
def lock(sealed: passphrases.Sealed) -> None:
    """Lock the record and say what is locked."""
    from tracker.safekeeping import lock as locks

    make_key = passphrases.key_for(sealed, needed=True)
    assert make_key is not None  # noqa: S101  (needed)
    done = locks.lock(locking.database(), make_key)
    context.say(*locking.told(done, locked=True))
    if not done.already and sealed.recipient and not (sealed.passphrase or sealed.passphrase_fd is not None):
        context.say(_("Only the secret keys of those you named open it: a passphrase was not given."))
