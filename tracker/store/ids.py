"""Identifiers: unique across machines, sorted by creation, and the short refs people type.

An id is 26 characters of lower-case Crockford base32: 10 for the millisecond of creation, 16 random. Within one
process ids only grow, even where the clock stands still or runs backwards. A ref is the table's letter and
a tail of the id (`P-7k3m9q`).
"""

import hashlib
import secrets
import time
from datetime import UTC, datetime
from typing import Final

ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH: Final = 26
RANDOM_LENGTH: Final = 16
SHORTEST_TAIL: Final = 6

_PAIRS: Final = tuple(high + low for high in ALPHABET for low in ALPHABET)
_RANDOM_BITS: Final = 80
_STEP_BITS: Final = 64  # random steps within one millisecond keep the tails, and so the refs, unlike each other
_LOOKS_LIKE: Final = str.maketrans("oil", "011")
_CHARACTERS: Final = frozenset(ALPHABET)

_last = 0


def _text(number: int) -> str:
    return "".join(_PAIRS[(number >> shift) & 1023] for shift in range(120, -1, -10))


def new() -> str:
    """Return a new id, later in order than every id this process made before."""
    global _last  # noqa: PLW0603  (order holds for the whole process)
    now = (time.time_ns() // 1_000_000) << _RANDOM_BITS
    if now > _last and (now >> _RANDOM_BITS) != (_last >> _RANDOM_BITS):
        _last = now | secrets.randbits(_RANDOM_BITS)
    else:
        _last += 1 + secrets.randbits(_STEP_BITS)
    return _text(_last)


def deterministic(namespace: str, key: str, at: str) -> str:
    """Return the id that `key` always has in `namespace`: two laptops seeded alike hold the same ids.

    `at` is an ISO date or moment, taken as UTC where it names no offset; it gives the id its place in order.
    """
    moment = datetime.fromisoformat(at)
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    digest = hashlib.sha256(f"{namespace}\0{key}".encode()).digest()
    milliseconds = max(0, int(moment.timestamp() * 1000))
    return _text(milliseconds << _RANDOM_BITS | int.from_bytes(digest[: _RANDOM_BITS // 8], "big"))


def tails(identifier: str) -> list[str]:
    """Return the tails a ref may use, shortest first. An id that is not of our making lends a digest instead."""
    if len(identifier) != LENGTH or not _CHARACTERS.issuperset(identifier):
        identifier = deterministic("outside", identifier, "1970-01-01")
    return [identifier[-length:] for length in range(SHORTEST_TAIL, LENGTH + 1)]


def read_ref(text: str) -> str | None:
    """Return the ref that `text` spells, in the form it is stored, or None where it cannot be one.

    Case does not matter, and the letters that look like digits are read as those (o → 0, i and l → 1).
    """
    letter, dash, tail = text.strip().partition("-")
    tail = tail.lower().translate(_LOOKS_LIKE)
    if not dash or len(letter) != 1 or not letter.isascii() or not letter.isalpha():
        return None
    if not SHORTEST_TAIL <= len(tail) <= LENGTH or not _CHARACTERS.issuperset(tail):
        return None
    return f"{letter.upper()}-{tail}"
