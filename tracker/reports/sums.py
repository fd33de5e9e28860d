"""What adds up to what in tables of counts, for `small` to find what could be computed: figures by row and column."""

from collections.abc import Sequence

from tracker.domain.small_cells import Key, Sum
from tracker.reports.sections import PARTS


def of_summary(figures: dict[Key, int], counted: Sequence[str], held: Sequence[str]) -> list[Sum]:
    """Return what adds up: along each row to those deprived of liberty and to all, and down each column to the totals.

    Whoever is in the total of a row and in no column of it is a figure, too, and so are those whose standing is
    certain: `others` and `certain` are put into `figures`.
    """
    rows = list(dict.fromkeys(key[0] for key in figures))  # type: ignore[index]
    rest = [one for one in counted if one not in held]
    sums = []
    for row in rows:
        of = {one: figures[row, one] for one in (*counted, "total")}
        figures[row, "others"] = of["total"] - sum(of[one] for one in counted)
        figures[row, "certain"] = of["total"] - figures[row, "uncertain"]
        sums.append(Sum((row, "total"), ((row, "uncertain"), (row, "certain"))))
        sums.append(Sum((row, "deprived"), tuple((row, one) for one in held)))
        sums.append(Sum((row, "total"), ((row, "deprived"), *((row, one) for one in (*rest, "others")))))
    totals = [row for row in rows if row[0] == "total"]
    values = tuple(row for row in rows if row[0] != "total")
    for column in (*counted, "deprived", "total", "uncertain", "others"):
        for row in totals:
            cells = tuple((value, column) for value in values)
            if figures[row, column] == sum(figures[cell] for cell in cells):
                sums.append(Sum((row, column), cells))
    return sums


def of_bulletin(figures: dict[Key, int]) -> list[Sum]:
    """Return what adds up in a bulletin: each section to what it divides, and the movement to its closing."""
    rows: dict[str, list[Key]] = {}
    for key in figures:
        rows.setdefault(key[0][0], []).append(key)  # type: ignore[index]
    [total] = rows["total"]
    sums = []
    for section, keys in rows.items():
        if section not in ("total", "movement", "outside"):
            whole = (PARTS[section], "people") if section in PARTS else total
            sums.append(Sum(whole, tuple(keys)))
    if "movement" in rows:
        closing = (("movement", "closing"), "people")
        sums.append(Sum(closing, tuple(key for key in rows["movement"] if key != closing), signed=True))
        sums.append(Sum(total, (closing,)))
    return sums


def of_flow(figures: dict[Key, int]) -> list[Sum]:
    """Return what adds up in a flow: the opening and all crossings to the closing."""
    closing: Key = (("closing",), "people")
    return [Sum(closing, tuple(key for key in figures if key != closing), signed=True)]
