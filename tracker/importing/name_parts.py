"""Columns that hold a part of a name each: given names and surnames, known by their headers, make one name."""

from tracker.domain.headers import column_of, name_part
from tracker.domain.lists import LIST


def name_parts(header: list[str], fields: list[str | None]) -> dict[int, str]:
    """Return by place which columns that were not told to be anything hold a part of the name.

    Given names and surnames, or `Nombres` alone; none where some other column is the name.
    """
    parts: dict[int, str] = {}
    for place, (one, known) in enumerate(zip(header, fields, strict=True)):
        part = name_part(one) if known is None else None
        if part is not None:
            parts[place] = part
    whole = "name" in fields or any(
        column_of(one, LIST) == "name" and known is None and place not in parts
        for place, (one, known) in enumerate(zip(header, fields, strict=True))
    )
    alone = len(parts) == 1 and "given" in parts.values()
    return parts if not whole and (alone or set(parts.values()) == {"given", "family"}) else {}
