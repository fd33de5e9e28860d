"""The pages of `tracker help`: plain words, one paragraph to a line of source."""

import textwrap
from typing import Final

from tracker.errors import BadValue
from tracker.i18n import N_, _

WIDTH: Final = 100

PAGES: Final = {
    "security": (
        N_("What protects this record, and what does not"),
        N_(
            "The database is an ordinary file. Only your own user account can read it on this computer (permissions"
            " 0600), but whoever has the disk, or your account while you are logged in, has everything in it."
        ),
        N_(
            "Encrypt the whole disk first: LUKS on Linux, FileVault on a Mac, BitLocker or VeraCrypt on Windows. Shut"
            " the computer down before a checkpoint or a border; a sleeping computer still holds the key of its disk."
            " Nothing in this program replaces that."
        ),
        N_(
            "'tracker lock' puts the database, its evidence and the copies beside it into one file, encrypted with"
            " age, and removes the plain ones. While it is locked, whoever takes or copies the folder learns how big"
            " the record is and when it was locked, and nothing of what it says. 'tracker unlock' brings it back."
        ),
        N_(
            "It does not protect against somebody who makes you give the passphrase; a program that watches what you"
            " type; the time while it is unlocked; exports, editions and backups you put elsewhere, and what a"
            " spreadsheet or a mail program kept of them; a disk that was copied before."
        ),
        N_(
            "Removed is not always gone. The plain files are overwritten before they are removed, but SSDs, memory"
            " cards and file systems with snapshots keep old pieces where no program can reach them, and the memory of"
            " the computer may have been written to disk (swap, hibernation). Only full-disk encryption covers these."
        ),
        N_(
            "The passphrase: four or five words that have nothing to do with each other, used nowhere else. It is"
            " asked for, or read from a file descriptor (--passphrase-fd N); never write it on the command line or"
            " into a script. There is no way back in without it: encrypt to a second key, too (--recipient), whose"
            " secret half lies in another country."
        ),
        N_(
            "A colleague makes a key with 'age-keygen -o key.txt', keeps that file to themselves and sends you the"
            " line that begins with age1. 'tracker backup DIR --recipient age1…' then writes what only they can open:"
            " 'tracker restore FILE --identity key.txt', or the age program itself, as the file says of itself."
        ),
        N_(
            "Backups that are not encrypted (.backup.tar, and .auto.db, which the program keeps by itself) are as"
            " readable as the record. A lock takes those in the folder 'backups' beside the database with it; those"
            " elsewhere it cannot know of."
        ),
        N_(
            "Note the change and hash below a report, or in a message to somebody abroad: with them 'tracker audit'"
            " can prove later that nobody cut off or exchanged the record since."
        ),
    )
}


def page(topic: str | None) -> str:
    """Return a page, as lines. Raises `BadValue` for one there is not."""
    known = ", ".join(PAGES)
    if topic is None:
        return _("Pages: {pages}. For a command: tracker COMMAND --help.").format(pages=known)
    if topic not in PAGES:
        from tracker.domain.text import quoted

        raise BadValue(
            _("There is no page {topic}.").format(topic=quoted(topic)), hint=_("Pages: {pages}").format(pages=known)
        )
    return "\n\n".join(textwrap.fill(_(paragraph), WIDTH) for paragraph in PAGES[topic])
