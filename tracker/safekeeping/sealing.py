"""Encryption with age: to a passphrase, to public keys (`age1…`), or to both.

Every file is encrypted to a key of its own, made for it. A passphrase opens that key (`key.age`, a few lines);
without a passphrase the key is forgotten once the file is checked. So the file streams, however long it is, and is
checked after writing even where only somebody abroad can open it. All of it opens with the standard `age`, too.

Nothing here prints, keeps or logs a passphrase or a secret key; no error says what was given.
"""

import os
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Protocol

from tracker.domain.text import brief
from tracker.errors import BadValue, DiskTrouble, Refused, TrackerError, WrongKey
from tracker.i18n import _

SHORTEST: Final = 12
"""Characters of a new passphrase, at least; four random words have more than twenty."""
DIFFERENT: Final = 6
LARGEST_KEY_FILE: Final = 1 << 16


class Sink(Protocol):
    """What bytes are written to."""

    def write(self, data: bytes, /) -> Any:
        """Take them."""


class Source(Protocol):
    """What bytes are read from."""

    def read(self, size: int = -1, /) -> bytes:
        """Give so many of them, b"" at the end."""


class Key:
    """What a new file is encrypted to. `wrapped` is its own key, encrypted to the passphrase; None without one."""

    def __init__(self, recipients: Sequence[str], passphrase: str | None) -> None:
        import pyrage

        self._own = pyrage.x25519.Identity.generate()
        self._recipients = [self._own.to_public(), *map(_recipient, recipients)]
        self.wrapped: bytes | None = None
        if passphrase is not None:
            self.wrapped = pyrage.passphrase.encrypt(f"{self._own}\n".encode(), passphrase)

    @property
    def identities(self) -> list[Any]:
        """What opens the file again while this object lives."""
        return [self._own]

    def encrypt(self, source: Source, target: Sink) -> None:
        """Write all of `source` into `target`, encrypted. Raises what reading or writing raised."""
        import pyrage

        with _carried(source, target) as (reader, writer):
            pyrage.encrypt_io(reader, writer, self._recipients)


def decrypt(source: Source, target: Sink, identities: Sequence[Any], path: Path) -> None:
    """Write all of `source` into `target`, decrypted.

    Raises `WrongKey` where none of `identities` opens it, `DiskTrouble` where the file at `path` is damaged, else what
    reading or writing raised.
    """
    import pyrage

    with _carried(source, target) as (reader, writer):
        try:
            pyrage.decrypt_io(reader, writer, identities)
        except pyrage.DecryptError as problem:
            if reader.problem or writer.problem:
                raise
            if "No matching keys" in str(problem):
                raise wrong_key(path) from None
            raise damaged(path) from None


def wrong_key(path: Path) -> WrongKey:
    """Return the error for a file that none of the keys given opens."""
    return WrongKey(
        _("What was given does not open {path}.").format(path=path),
        hint=_("Check the passphrase (--passphrase-fd, or asked for on a terminal) or the key file (--identity)."),
    )


def damaged(path: Path) -> DiskTrouble:
    """Return the error for a file that is not as it was written."""
    return DiskTrouble(
        _("{path} is damaged, or is not complete: nothing of it was used.").format(path=path),
        hint=_("Copy it again from where it came, or use another backup."),
    )


class _Carried:
    """A reader or writer whose own error outlives the crossing of the encryption, which would turn it into words."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self.problem: BaseException | None = None

    def read(self, size: int = -1) -> bytes:
        return self._do(self._file.read, size)  # type: ignore[no-any-return]

    def write(self, data: bytes) -> int:
        self._do(self._file.write, data)
        return len(data)

    def flush(self) -> None:
        """Do nothing: whoever opened the file puts it on the disk."""

    def _do(self, work: Callable[..., Any], given: Any) -> Any:
        try:
            return work(given)
        except BaseException as problem:
            self.problem = problem
            raise


@contextmanager
def _carried(source: Source, target: Sink) -> Iterator[tuple[_Carried, _Carried]]:
    reader, writer = _Carried(source), _Carried(target)
    try:
        yield reader, writer
    except Exception:
        own = reader.problem or writer.problem
        if own is None:
            raise
        raise own from None


# Keys


def open_wrapped(wrapped: bytes, passphrase: str, path: Path) -> list[Any]:
    """Return the key that `passphrase` opens. Raises `WrongKey`."""
    import pyrage

    try:
        text = pyrage.passphrase.decrypt(wrapped, passphrase)
        return [pyrage.x25519.Identity.from_str(text.decode("ascii").strip())]
    except (pyrage.DecryptError, pyrage.IdentityError, UnicodeDecodeError):
        raise wrong_key(path) from None


def read_recipients(given: Sequence[str]) -> list[str]:
    """Return the public keys given: each an `age1…`, or a file that holds one a line. Raises `BadValue`."""
    found: list[str] = []
    for word in given:
        lines = [word] if word.strip().lower().startswith("age") else _lines(word)
        found += [line.strip() for line in lines]
        if not lines:
            raise BadValue(_("There is no key in {file}.").format(file=brief(word)))
    for one in found:
        _recipient(one)
    return list(dict.fromkeys(found))


def _recipient(text: str) -> Any:
    import pyrage

    if text.upper().startswith("AGE-SECRET-KEY"):
        raise BadValue(
            _("That is a secret key. A file is encrypted to a public key, which begins with age1."),
            hint=_("Nobody needs your secret key but you. If somebody may have seen it now, make a new one."),
        )
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except (pyrage.RecipientError, ValueError):
        raise BadValue(
            _("{key} is not an age public key.").format(key=brief(text)),
            hint=_("It begins with age1 and has 62 characters; 'age-keygen' makes one."),
        ) from None


def read_identities(given: str) -> list[Any]:
    """Return the secret keys in a file (`AGE-SECRET-KEY-…`). Raises `BadValue`, never saying what the file holds."""
    import pyrage

    try:
        found = [pyrage.x25519.Identity.from_str(line) for line in _lines(given)]
    except (pyrage.IdentityError, ValueError):
        found = []
    if not found:
        raise BadValue(
            _("{file} holds no age secret key.").format(file=brief(given)),
            hint=_("'age-keygen -o FILE' makes such a file; its line begins with AGE-SECRET-KEY-1."),
        )
    return found


def _lines(name: str) -> list[str]:
    """Return the lines of a key file that say something. Raises `BadValue` or `OSError`."""
    if not name.strip() or "\0" in name:
        raise BadValue(_("The name of a file is empty."))
    with Path(name).open("rb") as file:
        text = file.read(LARGEST_KEY_FILE).decode("utf-8", "replace")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]


# Passphrases


def plain(passphrase: str) -> str:
    """Return the passphrase as it is compared: the same however a keyboard composes its accents."""
    return unicodedata.normalize("NFC", passphrase)


def check_new(passphrase: str) -> None:
    """Raise `Refused` for a passphrase that is too easily guessed to protect anybody."""
    if len(passphrase) < SHORTEST or len(set(passphrase.casefold())) < DIFFERENT:
        raise Refused(
            _(
                "This passphrase is too weak: it needs at least {n} characters, and more than a few different ones."
            ).format(n=SHORTEST),
            hint=_("Four or five words that have nothing to do with each other are strong and can be remembered."),
        )


def from_descriptor(number: int) -> str:
    """Return the passphrase that stands in the first line of an open file descriptor. Raises `BadValue`."""
    data = b""
    try:
        while b"\n" not in data and len(data) <= LARGEST_KEY_FILE and (piece := os.read(number, 4096)):
            data += piece
        text = data.partition(b"\n")[0].rstrip(b"\r").decode("utf-8")
    except (OSError, OverflowError, UnicodeDecodeError):
        raise _unreadable(number) from None
    if not text:
        raise _unreadable(number)
    return plain(text)


def _unreadable(number: int) -> TrackerError:
    return BadValue(
        _("No passphrase can be read from file descriptor {n}.").format(n=number),
        hint=_("For example: tracker unlock --passphrase-fd 3 3<FILE"),
    )


def opened(path: Path, wrapped: bytes | None, identities: Sequence[Any], ask: "Callable[[], str] | None") -> list[Any]:
    """Return what may open the file at `path`: the key files given, else the passphrase asked for.

    Raises `WrongKey` where nothing is given that could.
    """
    if identities:
        return list(identities)
    if wrapped is None or ask is None:
        raise WrongKey(
            _("{path} is encrypted, and no key was given.").format(path=path),
            hint=_("Give the file of your secret key with --identity FILE.")
            if wrapped is None
            else _("Give the passphrase: on a terminal it is asked for, or with --passphrase-fd N."),
        )
    return open_wrapped(wrapped, ask(), path)
