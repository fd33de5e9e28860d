"""Stable names for people who are not named: `7F3K-9Q2M`, out of the person's id and a secret that stays in the log.

The secret is the key of a seal: random, made with every change, and part of no export. Without it a pseudonym can
neither be turned back nor guessed, even where the ids are known (those of a case file are public). Each change has its
own: two editions made at different changes call nobody alike, and the same change calls everybody alike again. Asked to
keep them, the oldest key serves for all time. (Forgetting somebody destroys the keys of the seals that knew them; what
was published with those can then not be made again.)

The SQL functions `pseudonym(id)` and `lasting_pseudonym(id)` are there once `teach` was called.
"""

import os
import sqlite3
from collections.abc import Callable
from typing import Final

from tracker.store.head import head

DIGITS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
HALF: Final = 4
BITS: Final = 5

_KEY: Final = "SELECT key FROM main.seals WHERE key IS NOT NULL AND seq >= ? ORDER BY seq, first LIMIT 1"


def teach(db: sqlite3.Connection) -> None:
    """Let SQL on this connection call people by their pseudonyms as of the change it looks at."""
    if db.execute("SELECT 1 FROM pragma_function_list WHERE name = 'lasting_pseudonym'").fetchone():
        return
    seq = head(db).seq
    db.create_function("pseudonym", 1, _maker(_secret(db, seq), f"change {seq}"), deterministic=True)
    db.create_function("lasting_pseudonym", 1, _maker(_secret(db, 0), "lasting"), deterministic=True)


def _secret(db: sqlite3.Connection, seq: int) -> bytes:
    """Return the key of a change, or of the first after it that still has one; without any, a new one each time."""
    found = db.execute(_KEY, (seq,)).fetchone() or db.execute(_KEY, (0,)).fetchone()
    return bytes.fromhex(found[0]) if found else os.urandom(32)


def _maker(secret: bytes, context: str) -> Callable[[str | None], str | None]:
    from hashlib import blake2b

    key = blake2b(context.encode(), key=secret, digest_size=32, person=b"pseudonym").digest()

    def made(person: str | None) -> str | None:
        if person is None:
            return None
        number = int.from_bytes(blake2b(person.encode(), key=key, digest_size=BITS).digest(), "big")
        letters = "".join(DIGITS[number >> BITS * place & 31] for place in range(2 * HALF))
        return f"{letters[:HALF]}-{letters[HALF:]}"

    return made
