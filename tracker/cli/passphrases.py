"""Passphrases and keys, as the shell takes them: from a prompt or a file descriptor, never as a word of the line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli import context
from tracker.errors import BadValue, Refused
from tracker.i18n import _

if TYPE_CHECKING:
    from tracker.safekeeping.sealing import Key

Descriptor = Annotated[
    int | None,
    typer.Option("--passphrase-fd", metavar="N", help=_("Read the passphrase from the open file descriptor N.")),
]


@dataclass(repr=False, eq=False)
class Sealed:
    """Who can open what is written."""

    recipient: Annotated[
        list[str] | None,
        typer.Option(
            "--recipient",
            metavar="AGE-KEY",
            help=_("Somebody's public key (age1…), or a file of such keys; can be repeated."),
        ),
    ] = None
    passphrase: Annotated[
        bool, typer.Option("--passphrase", help=_("Encrypt it to a passphrase, asked for twice."))
    ] = False
    passphrase_fd: Descriptor = None


@dataclass(repr=False, eq=False)
class Opening:
    """What opens a file that is encrypted."""

    identity: Annotated[
        list[str] | None,
        typer.Option(
            "--identity", metavar="FILE", help=_("The file of your secret key (AGE-SECRET-KEY-…); can be repeated.")
        ),
    ] = None
    passphrase_fd: Descriptor = None

    def keys(self) -> list[Any]:
        """Return the secret keys in the files named."""
        from tracker.safekeeping.sealing import read_identities

        return [key for name in self.identity or () for key in read_identities(name)]

    def ask(self) -> Callable[[], str] | None:
        """Return what gives the passphrase of a file; None where there is nobody to ask."""
        from tracker.safekeeping import sealing

        number = self.passphrase_fd
        if number is not None:
            return lambda: sealing.from_descriptor(number)
        return (lambda: sealing.plain(_hidden(_("Passphrase:")))) if context.interactive() else None


def key_for(sealed: Sealed, *, needed: bool) -> "Callable[[], Key] | None":
    """Return what makes the key of a new file, None where it is not to be encrypted; `needed`, it always is.

    Keys are read at once, the passphrase is asked for when the key is made. Raises `BadValue`, `Refused`.
    """
    from tracker.safekeeping.sealing import Key, read_recipients

    recipients = read_recipients(sealed.recipient or ())
    asks = sealed.passphrase or sealed.passphrase_fd is not None
    if not asks and not recipients and not needed:
        return None
    return lambda: Key(recipients, _new(sealed.passphrase_fd) if asks or not recipients else None)


def _new(number: int | None) -> str:
    """Return a new passphrase, checked. Raises `BadValue` where nobody gives one, `Refused` for one that is weak."""
    from tracker.safekeeping import sealing

    if number is not None:
        given = sealing.from_descriptor(number)
    elif not context.interactive():
        raise BadValue(
            _("A passphrase is needed, and there is no terminal to ask on."),
            hint=_("Give it with --passphrase-fd N, or public keys with --recipient. Nothing was changed."),
        )
    else:
        given = sealing.plain(_hidden(_("New passphrase:")))
        sealing.check_new(given)
        if sealing.plain(_hidden(_("The same again:"))) != given:
            raise Refused(_("The two are not the same. Nothing was changed."))
    sealing.check_new(given)
    return given


def _hidden(question: str) -> str:
    """Ask on the terminal without showing what is typed."""
    from getpass import getpass

    return getpass(question + " ")


def words(texts: Sequence[object], most: int = 5) -> str:
    """Return a few names in one line, and how many more there are."""
    shown = ", ".join(str(text) for text in texts[:most])
    return shown if len(texts) <= most else f"{shown}, {_('and {n} more').format(n=len(texts) - most)}"
