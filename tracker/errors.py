"""Everything that can go wrong, each with its exit code and its sentence.

    TrackerError            1   unexpected
    ├── BadValue            3   a value that cannot be read (2026-02-30, 03/04/2024)
    ├── Refused             3   readable input that the record cannot take (release before arrest)
    ├── NotFound            4   no such person, record or source
    ├── Ambiguous           4   several could be meant; `candidates` lists them
    ├── Problems            5   check or audit found something, or rows were skipped
    ├── NoDatabase          10  no database where one was looked for
    ├── NotOurs             10  a file that is not a tracker database, or a newer schema
    ├── Busy                11  another program holds the database
    ├── WrongKey            12  a passphrase or key that does not open the file
    ├── Locked              12  the record is locked: it needs its key first
    ├── DiskTrouble         13  disk full, folder not writable, file not readable
    └── Interrupted         130 the user stopped the command

Codes are an interface: documented, never renumbered. Messages are already in the user's language when
raised; they say what was wrong and where, and `hint` says what to do next. One door prints them
(`cli/app.py`); nothing else catches `TrackerError` to print it.
"""

from collections.abc import Sequence


class TrackerError(Exception):
    """A failure with a sentence for the user and an exit code for scripts."""

    code = 1

    def __init__(self, message: str, *, hint: str | None = None, candidates: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.candidates = tuple(candidates)


class BadValue(TrackerError):
    """A value that cannot be read."""

    code = 3


class Refused(TrackerError):
    """Readable input that the record cannot take as it is."""

    code = 3


class NotFound(TrackerError):
    """No person, record or source answers to these words."""

    code = 4


class Ambiguous(TrackerError):
    """Several people or records could be meant; `candidates` has a line for each."""

    code = 4


class Problems(TrackerError):
    """A check found problems, or rows were skipped. The findings themselves are already shown."""

    code = 5


class NoDatabase(TrackerError):
    """No database where one was looked for."""

    code = 10


class NotOurs(TrackerError):
    """A file that is not a tracker database, or one made by a newer tracker."""

    code = 10


class Busy(TrackerError):
    """Another program holds the database and did not let go in time."""

    code = 11


class WrongKey(TrackerError):
    """A passphrase or key that does not open the file."""

    code = 12


class Locked(TrackerError):
    """The record is locked: only its key, given to `unlock`, opens it."""

    code = 12


class DiskTrouble(TrackerError):
    """The disk is full, or a file or folder cannot be read or written."""

    code = 13


class Interrupted(TrackerError):
    """The user stopped the command."""

    code = 130
