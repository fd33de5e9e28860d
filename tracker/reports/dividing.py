"""A summary being asked: who is counted, and how they are divided. `summary` counts and lists them."""

from dataclasses import dataclass
from typing import Final

from tracker.reports.asked import Asked
from tracker.reports.groups import GROUPS, UNKNOWN, Group, read_group
from tracker.reports.movement import PEOPLE, as_parameter, clause, lines
from tracker.reports.standings import keys, opening
from tracker.store import Connection
from tracker.store.standing import BITS

MAYBE: Final = 2 * max(BITS.values())
"""Beside the possible standings of somebody counted as having left: that they may not have, in the window."""

BOUNDS: Final = """SELECT 2, line, NULL, NULL, count(*) FROM line
  WHERE line IN ('certain_exits', 'possible_exits') GROUP BY line"""
"""The rows (2, line, …, people) of how many certainly, and possibly, left."""


@dataclass(frozen=True, slots=True)
class Question:
    """A summary being asked: who is counted, and how they are divided."""

    asked: Asked
    key: str | None
    moves: bool
    opening: str
    more: list[str]
    params: dict[str, str]

    @classmethod
    def of(cls, db: Connection, asked: Asked, by: str | None, *, once: bool = False) -> "Question":
        """Read the grouping and prepare the SQL up to `counted`, which is read `once` or more often.

        Raises BadValue for an unknown grouping.
        """
        key = read_group(by) if by is not None else None
        moves = asked.windowed or (key is not None and GROUPS[key].moves)
        costly = set(cls.costs(key)) if not moves else set()
        people, once = (PEOPLE, False) if moves else (None, once)
        start = opening(db, asked, people=people, placed=not moves, columns=costly, once=once)
        more = [*([clause(asked)] if moves else []), _counted(asked, key, moves=moves)]
        params = {**start.params, "home": asked.record.country, **(as_parameter(lines(db, asked)) if moves else {})}
        return cls(asked, key, moves, start.sql, more, params)

    @staticmethod
    def costs(key: str | None) -> tuple[str, ...]:
        """Return the costly columns of `standing` that a grouping needs."""
        return ("facility",) if key in ("facility", "state") else ()

    @property
    def bounded(self) -> bool:
        """Whether the total is that of `released`, with its bounds; by status, it holds the unverified as well."""
        return self.moves and self.key != "status"

    @property
    def sql(self) -> str:
        """The clauses up to `counted`."""
        return ", ".join([self.opening, *self.more])

    def divided(self, *more: str) -> str:
        """Return SQL for the people counted with their value, no person twice in one row, and `more` columns of `d`."""
        group = GROUPS[self.key] if self.key else Group("", "''")
        columns = ", ".join(
            ["p.detainee, p.standing, p.possible", f"coalesce({group.value}, '{UNKNOWN}') AS value", *more]
        )
        return f"""SELECT {"DISTINCT" if self.moves else ""} {columns}
          FROM counted p CROSS JOIN detainees d ON d.id = p.detainee {group.joins}"""

    def everybody(self) -> str:
        """Return SQL for the people counted, each once."""
        return f"SELECT {'DISTINCT' if self.moves else ''} detainee, standing, possible, said_out FROM counted"


def _counted(asked: Asked, key: str | None, *, moves: bool) -> str:
    """Return the clause `counted`: the people, or the leavings, that are divided."""
    if not moves:
        where = f"standing IN ({keys(asked.standings)})" if asked.standings else "standing <> 'none'"
        return f"counted AS (SELECT * FROM hits WHERE {where})"
    shown = "'exits', 'reported', 'announced'" if key == "status" else "'left'"
    return f"""counted AS MATERIALIZED (
      SELECT detainee, detention, release, at, standing, since, said_out, facility,
        possible | CASE WHEN detainee IN (SELECT detainee FROM line WHERE line = 'uncertain') THEN {MAYBE} ELSE 0 END
          AS possible
      FROM line WHERE line IN ({shown}))"""
