"""The lines of a window: who left deprivation of liberty, who was retaken, moved home, died, or is only said to be out.

Each line holds people once, at their latest event of that kind. `lines` finds them; `clause` gives them back to SQL as
a table `line`, beside each person's standing, so that a page, its figures and its filters come out of one reading.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from tracker.domain.vocabulary import KIND_STANDING, STATUS_RANK
from tracker.reports.asked import Asked
from tracker.reports.crossings import Crossing, crossings
from tracker.reports.filters import bound
from tracker.reports.standings import before
from tracker.reports.standings import keys as literals
from tracker.store import Connection


class Move(NamedTuple):
    """A person on a line: by which detention and release, at which minute."""

    line: str
    detainee: str
    detention: str | None
    release: str | None
    at: str


OUTSIDE: Final = ("moved_home", "upgrades", "reported", "announced", "died")
"""The lines that are in no total."""


def lines(db: Connection, asked: Asked) -> list[Move]:
    """Return the moves of the window. The line `left` has a row for every time that a person left; all others one each.

    `certain_LINE` and `possible_LINE` bound those of `DATED`; `uncertain` are the exits between.
    """
    found: list[Move] = []
    gone: set[str] = set()
    out: dict[str, str] = {}
    for person in crossings(db, asked):
        found += _of_person(person, asked)
        for one in person:
            if one.exit:
                out.setdefault(one.event.detention, one.event.at)
                if _counts(one, asked):
                    gone.add(one.event.detainee)
    return found + _told(db, asked, gone, out)


def crossed(db: Connection, asked: Asked) -> list[Move]:
    """Return every crossing of the window, in time order.

    Lines: `arrests`, `retaken`, `back_home`, `found`; `released_KIND`, `escaped`, `died`, `lost`.
    """
    found = [
        _move(_line(one), one)
        for person in crossings(db, asked)
        for one in person
        if one.before != one.after and _counts(one, asked)
    ]
    return sorted(found, key=lambda move: move.at)


def _line(one: Crossing) -> str:
    if one.after and one.event.release is not None:
        return "back_home"
    if one.cause == "arrest":
        return "arrests"
    return one.cause if one.after or one.cause in ("died", "escaped", "lost") else f"released_{one.cause}"


def _counts(one: Crossing, asked: Asked) -> bool:
    return asked.first <= one.event.at <= asked.moment


def _of_person(person: Sequence[Crossing], asked: Asked) -> list[Move]:
    """Return one person's moves."""
    here = [one for one in person if _counts(one, asked)]
    exits = [one for one in here if one.exit]
    moves = [_move("left", one) for one in exits]
    if exits and _back(here):
        moves.append(_move("retaken", exits[-1]))
    for line, on_it in DATED.items():
        every = [one for one in person if on_it(one)]
        lines = {
            line: [one for one in every if _counts(one, asked)],
            f"certain_{line}": [one for one in every if asked.first <= one.event.lo and one.event.hi <= asked.moment],
            f"possible_{line}": [one for one in every if one.event.lo <= asked.moment and asked.first <= one.event.hi],
        }
        if line == "exits" and not lines["certain_exits"]:
            lines["uncertain"] = lines["possible_exits"]
        moves += [_move(name, ones[-1]) for name, ones in lines.items() if ones]
    return moves


def _move(line: str, one: Crossing) -> Move:
    event = one.event
    return Move(line, event.detainee, event.detention or None, event.release, event.at)


def _back(here: Iterable[Crossing]) -> bool:
    """Return whether a person who left was taken again within the window."""
    left = False
    for one in here:
        if left and one.after and not one.before:
            return True
        left = left or one.exit
    return False


def _upgrade(one: Crossing) -> bool:
    """Return whether an event gave new terms to somebody already out."""
    return one.was not in (None, "detained") and one.event.standing != "house_arrest" and one.before == one.after


def _moved_home(one: Crossing) -> bool:
    return one.event.standing == "house_arrest" and one.was == "detained" and one.after


def _died(one: Crossing) -> bool:
    return one.cause == "died" and one.before


DATED: Final[dict[str, Callable[[Crossing], bool]]] = {
    "exits": lambda one: one.exit,
    "moved_home": _moved_home,
    "upgrades": _upgrade,
    "died": _died,
}
"""The lines whose bounds follow from the dates of what happened, each with what stands on it."""


def _told(db: Connection, asked: Asked, gone: set[str], out: dict[str, str]) -> list[Move]:
    """Return who is said to be out by words the rule does not accept, the strongest word of each person.

    Not those who did leave in the window (`gone`), nor by a detention that was over by then (`out`: when).
    """
    strongest: dict[str, Move] = {}
    for move in told(db, asked):
        if move.detainee in gone or out.get(move.detention or "", "~") <= move.at:
            continue
        known = strongest.get(move.detainee)
        if known is None or STATUS_RANK[move.line] >= STATUS_RANK[known.line]:
            strongest[move.detainee] = move
    return list(strongest.values())


def told(db: Connection, asked: Asked) -> Iterator[Move]:
    """Yield every word in the window of being out that the rule does not accept, in order of time."""
    statuses = [key for key, rank in STATUS_RANK.items() if rank and key not in asked.accepted]
    start = before(db, asked)
    home = [kind for kind, standing in KIND_STANDING.items() if standing in asked.deprived]
    among = f" AND d.id IN ({start.people})" if start.people else ""
    rows = db.execute(
        f"""{"WITH " + ",".join(start.clauses) if start.clauses else ""}
        SELECT r.status, t.detainee, r.detention, r.id, coalesce(r.released_from, r.released_to,
          (SELECT min(o.published_to) FROM citations q JOIN sources o ON o.id = q.source
            WHERE q.release = r.id AND q.stance = 'supports'), substr(r.entered, 1, 10) || 'T23:59') AS at
        FROM releases r JOIN detentions t ON t.id = r.detention JOIN detainees d ON d.id = t.detainee
        WHERE r.status IN ({literals(statuses) or "''"}) AND r.kind NOT IN ({literals(home) or "''"}) AND d.excluded = 0
          AND at >= :first AND at <= :moment{among} ORDER BY at, r.step, r.id""",
        start.params,
    )
    yield from (Move(*row) for row in rows)


_PLACE: Final = """(SELECT y.facility FROM stays y
          WHERE y.detention = l.detention AND coalesce(y.since_from, '') <= l.at ORDER BY y.step DESC LIMIT 1)"""


def clause(asked: Asked) -> str:
    """Return the clause `line`: the moves of `:moves` with standing and the place left, as the filters leave them."""
    kept = ["1"]
    if asked.facilities:
        kept.append(f"facility IN ({bound('facility', asked.facilities)[0]})")
    if asked.standings:
        kept.append(f"standing IN ({literals(asked.standings)})")
    columns = ", ".join(f"json_extract(value, '$[{place}]') AS {name}" for place, name in enumerate(Move._fields))
    return f"""line AS MATERIALIZED (SELECT * FROM (
      SELECT l.line, l.detainee, coalesce(l.detention, h.detention) AS detention, l.release, l.at,
        h.standing, h.since, h.said_out, h.possible, {_PLACE} AS facility
      FROM (SELECT {columns} FROM json_each(:moves)) l CROSS JOIN hits h ON h.detainee = l.detainee)
      WHERE {" AND ".join(kept)})"""


def as_parameter(moves: Sequence[Move]) -> dict[str, str]:
    """Return the moves as the parameter of `clause`."""
    return {"moves": json.dumps(moves)}


PEOPLE: Final = "SELECT json_extract(value, '$[1]') FROM json_each(:moves)"
"""The people on any line, for `opening`."""
