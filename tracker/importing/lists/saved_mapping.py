"""What the columns of a list mean, as asked, as saved when its last version came, by their headers."""

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Given
from dataclasses import replace
from typing import Final

from tracker.importing.date_order import DateOrder
from tracker.importing.lists import memory
from tracker.importing.mapping import LEFT_OUT, Mapping, map_header
from tracker.store import Change, Connection, Row

NAMELESS: Final = "#"
"""What stands in a saved mapping for columns without a header."""

DATES: Final = "--dates"
"""What stands in a saved mapping in place of a header for the order of its dates."""

EMPTY: Final = "--empty"
"""What stands in a saved mapping in place of a header for the texts that mean an empty cell, one each."""


def mapped(
    db: Connection,
    scope: str,
    header: list[str],
    *,
    columns: tuple[str, ...],
    given: Given[str, str],
    constants: Given[str, str],
    empty: Iterable[str] = (),
    dates: str | None = None,
) -> tuple[Mapping, bool]:
    """Return the mapping of a list known as `scope`, and whether any was saved. Raises BadValue as `map_header`."""
    saved: dict[str, str] = {}
    fixed: dict[str, str] = {}
    empties: list[str] = []
    for name, known, value in memory.mapping_of(db, scope):
        if name == EMPTY:
            empties.append(known)
        elif value is None:
            saved[name] = known
        else:
            fixed[known] = value
    before = saved.get(DATES)
    given_empty = [word for word in empty if word.strip()]
    mapping = map_header(
        header,
        given=given,
        constants={**fixed, **constants},
        saved=saved,
        columns=columns,
        empty=given_empty or empties,
        dates=DateOrder(dates or before, saved=dates is None and before is not None),
    )
    if saved.get(NAMELESS) == LEFT_OUT:
        mapping.fields[:] = [
            LEFT_OUT if known is None and not one else known
            for one, known in zip(mapping.header, mapping.fields, strict=True)
        ]
    if empties and not given_empty:
        mapping = replace(mapping, empty_saved=True)
    return mapping, bool(saved or fixed)


def keep(change: Change, scope: str, mapping: Mapping) -> None:
    """Save a mapping for the next version of its list."""
    memory.save_mapping(change, scope, _entries(mapping))


def _entries(mapping: Mapping) -> Iterator[tuple[str, str, str | None]]:
    yield from ((one, known, None) for one, known in mapping.to_keep().items())
    if LEFT_OUT in (known for one, known in zip(mapping.header, mapping.fields, strict=True) if not one):
        yield NAMELESS, LEFT_OUT, None
    if mapping.dates.order is not None:
        yield DATES, mapping.dates.order, None
    yield from ((EMPTY, word, None) for word in sorted(mapping.empty))
    yield from (("", known, value) for known, value in mapping.constants.items())


def series(source: Row | None) -> str | None:
    """Return what the lists of one publisher have in common."""
    if source is None:
        return None
    found: str = source["publisher"] or source["slug"]
    return found
