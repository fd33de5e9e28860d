"""Which figures of a table must be suppressed, so that no small one is told, nor can be computed from the others.

Small is a figure that counts at least one and fewer than `least` people who are not named: whoever knows the named ones
(they stand in the lists) can take them off any figure, so everything here is about the others.
"""

from collections.abc import Hashable, Mapping, Sequence
from typing import Final, NamedTuple

Key = Hashable

PRIME: Final = 2**61 - 1
"""Equations are solved modulo this: exact, and quicker than with fractions."""


class Sum(NamedTuple):
    """A figure that is the sum of others. `signed`: some of them are taken off, so that sizes tell nothing."""

    whole: Key
    parts: tuple[Key, ...]
    signed: bool = False


def suppressed(figures: Mapping[Key, int], sums: Sequence[Sum], least: int) -> set[Key]:
    """Return the figures not to be told: the small ones, and so many others that none of those can be computed.

    Where a whole is small, all of its parts are hidden: even the zeros would say which of them is meant.
    """
    hidden = {key for key, n in figures.items() if 0 < n < least}
    for one in sums:
        if one.whole in hidden and not one.signed:
            hidden.update(one.parts)
    while True:
        told = {key: n for key, n in figures.items() if key not in hidden}
        open_ = [one for one in sums if _gives_away(one, hidden, figures, least)]
        if not open_:
            given = _determined(sums, hidden)
            open_ = [one for one in sums if not given.isdisjoint((one.whole, *one.parts))]
            if not open_:
                return hidden
        more = next((key for one in open_ if (key := _another(one, open_, told)) is not None), None)
        if more is None:
            return set(figures)  # nothing helps but to tell nothing
        hidden.add(more)


def _gives_away(one: Sum, hidden: set[Key], figures: Mapping[Key, int], least: int) -> bool:
    """Tell whether a sum by itself gives away a hidden figure, or says that all that it hides is small."""
    parts = [key for key in one.parts if key in hidden]
    unknown = len(parts) + (one.whole in hidden)
    if unknown == 1:
        return True
    if one.whole in hidden or one.signed or not parts:
        return False
    return sum(figures[key] for key in parts) < least + len(parts) - 1


def _another(one: Sum, open_: Sequence[Sum], told: Mapping[Key, int]) -> Key | None:
    """Return the figure whose suppression costs least: a small part that helps other sums, too, else the whole."""

    def cost(key: Key) -> tuple[int, int]:
        return -sum(key in other.parts for other in open_), told[key]

    parts = sorted((key for key in one.parts if told.get(key)), key=cost)
    rest = [*parts, *([one.whole] if one.whole in told else []), *(key for key in one.parts if key in told)]
    return rest[0] if rest else None


def _determined(sums: Sequence[Sum], hidden: set[Key]) -> set[Key]:
    """Return the hidden figures that all the sums together determine."""
    rows = []
    for one in sums:
        row: dict[Key, int] = {}
        for key in one.parts:
            if key in hidden:
                row[key] = row.get(key, 0) + 1
        if one.whole in hidden:
            row[one.whole] = row.get(one.whole, 0) - 1
        rows.append({key: value % PRIME for key, value in row.items() if value})
    solved: dict[Key, dict[Key, int]] = {}
    for row in filter(None, rows):
        for pivot, other in solved.items():
            if pivot in row:
                _take_off(row, other, row[pivot])
        if not row:
            continue
        pivot = next(iter(row))
        inverse = pow(row[pivot], -1, PRIME)
        clean = {key: value * inverse % PRIME for key, value in row.items()}
        for other in solved.values():
            if pivot in other:
                _take_off(other, clean, other[pivot])
        solved[pivot] = clean
    return {pivot for pivot, row in solved.items() if len(row) == 1}


def _take_off(row: dict[Key, int], other: Mapping[Key, int], times: int) -> None:
    for key, value in other.items():
        left = (row.get(key, 0) - times * value) % PRIME
        if left:
            row[key] = left
        else:
            row.pop(key, None)


def blurred(rows: Sequence[Sequence[Hashable]], least: int) -> list[list[bool]]:
    """Return for each row which of its features may be told: no mix that is told is that of fewer than `least` rows.

    Column by column from the left: a feature stays where at least so many rows, alike in all that is told of them to
    the left, share it, and those from which it is taken are either none or so many.
    """
    width = len(rows[0]) if rows else 0
    told = [[False] * width for _row in rows]
    groups = [list(range(len(rows)))]
    for column in range(width):
        groups = [part for group in groups for part in _parted(rows, group, column, least)]
        for group in groups:
            if len({rows[place][column] for place in group}) == 1:
                for place in group:
                    told[place][column] = True
    return told


def _parted(rows: Sequence[Sequence[Hashable]], group: list[int], column: int, least: int) -> list[list[int]]:
    """Return a group by its values in a column; the rare values stay together, with the next rarest if need be."""
    by_value: dict[Hashable, list[int]] = {}
    for place in group:
        by_value.setdefault(rows[place][column], []).append(place)
    parts = sorted(by_value.values(), key=len)
    rare: list[int] = []
    while parts and (len(parts[0]) < least or 0 < len(rare) < least):
        rare += parts.pop(0)
    return [*parts, *([rare] if rare else [])]
