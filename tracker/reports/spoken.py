"""From people to what sources say of them: every citation of a person, and of what is on record of that person."""

from typing import Final

OF_EVERYTHING: Final = (
    "JOIN citations c ON c.detainee = h.detainee",
    "JOIN nationalities n ON n.detainee = h.detainee JOIN citations c ON c.nationality = n.id",
    "JOIN detentions t ON t.detainee = h.detainee JOIN citations c ON c.detention = t.id",
    "JOIN detentions t ON t.detainee = h.detainee JOIN stays y ON y.detention = t.id JOIN citations c ON c.stay = y.id",
    """JOIN detentions t ON t.detainee = h.detainee JOIN releases r ON r.detention = t.id
      JOIN citations c ON c.release = r.id""",
)
"""Joins from a person `h` (`detainee`) to each citation `c`."""

RELEASES: Final = "JOIN releases r ON r.detention = h.detention JOIN citations c ON c.release = r.id"
"""From a person in a detention (`h.detention`) to what is cited of releases `r` from it."""

OF_ONE_DETENTION: Final = (
    *OF_EVERYTHING[:2],
    "JOIN citations c ON c.detention = h.detention",
    "JOIN stays y ON y.detention = h.detention JOIN citations c ON c.stay = y.id",
    RELEASES,
)
"""The same, of the one detention `h.detention` only."""


def supporting(people: str, columns: str, joins: tuple[str, ...] = OF_EVERYTHING) -> str:
    """Return SQL for `columns` of `h` (the table or clause `people`) and of each citation `c` that supports, once."""
    return " UNION ".join(f"SELECT {columns} FROM {people} h {join} WHERE c.stance = 'supports'" for join in joins)
