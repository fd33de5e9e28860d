"""Identifiers: unique across machines, sorted by creation, and the short refs people type.

An id is 26 characters of lower-case Crockford base32: 10 for the millisecond of creation, 16 random. Within one
process ids only grow, even where the clock stands still or runs backwards. A ref is the table's letter and
a tail of the id (`P-7k3m9q`).
"""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from struct import Struct
from typing import Final

ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH: Final = 26
RANDOM_LENGTH: Final = 16
SHORTEST_TAIL: Final = 6

_PAIRS: Final = tuple(high + low for high in ALPHABET for low in ALPHABET)
_RANDOM_BITS: Final = 80
_RANDOM_MASK: Final = (1 << _RANDOM_BITS) - 1
_RANDOM_BYTES: Final = 10
_STEPS: Final = Struct("64Q")  # random steps within one millisecond keep the tails, and so the refs, unlike each other
_LOOKS_LIKE: Final = str.maketrans("oil", "011")
_CHARACTERS: Final = frozenset(ALPHABET)

_last = 0


@lru_cache(maxsize=8)
def _head(milliseconds: int) -> str:
    pair = _PAIRS
    return (
        f"{pair[milliseconds >> 40]}{pair[milliseconds >> 30 & 1023]}{pair[milliseconds >> 20 & 1023]}"
        f"{pair[milliseconds >> 10 & 1023]}{pair[milliseconds & 1023]}"
    )


def _text(number: int) -> str:
    pair, low = _PAIRS, number & _RANDOM_MASK
    return (  # written out: an import makes millions
        f"{_head(number >> _RANDOM_BITS)}"
        f"{pair[low >> 70]}{pair[low >> 60 & 1023]}{pair[low >> 50 & 1023]}{pair[low >> 40 & 1023]}"
        f"{pair[low >> 30 & 1023]}{pair[low >> 20 & 1023]}{pair[low >> 10 & 1023]}{pair[low & 1023]}"
    )


def _random_steps() -> Iterator[int]:
    """Yield random numbers of 64 bits; the system is asked for many at once."""
    while True:
        yield from _STEPS.unpack(os.urandom(_STEPS.size))


_next_step: Final = _random_steps().__next__


def new() -> str:
    """Return a new id, later in order than every id this process made before."""
    global _last  # noqa: PLW0603  (order holds for the whole process)
    now = time.time_ns() // 1_000_000
    if now > _last >> _RANDOM_BITS:
        _last = now << _RANDOM_BITS | int.from_bytes(os.urandom(_RANDOM_BYTES))
    else:
        _last += 1 + _next_step()
    return _text(_last)


def deterministic(namespace: str, key: str, at: str) -> str:
    """Return the id that `key` always has in `namespace`: two laptops seeded alike hold the same ids.

    `at` is an ISO date or moment, taken as UTC where it names no offset; it gives the id its place in order.
    """
    import hashlib  # costs a question 3 ms; only seeds and strangers' ids need it

    moment = datetime.fromisoformat(at)
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    digest = hashlib.sha256(f"{namespace}\0{key}".encode()).digest()
    milliseconds = max(0, int(moment.timestamp() * 1000))
    return _text(milliseconds << _RANDOM_BITS | int.from_bytes(digest[:_RANDOM_BYTES]))


def tail(identifier: str, length: int = SHORTEST_TAIL) -> str:
    """Return the last characters of an id, for its ref. An id that is not of our making lends a digest instead."""
    if len(identifier) != LENGTH or not _CHARACTERS.issuperset(identifier):
        identifier = deterministic("outside", identifier, "1970-01-01")
    return identifier[-length:]


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
