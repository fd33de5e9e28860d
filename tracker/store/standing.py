"""What a person's custody is at a moment D: the one definition (DESIGN §4, "Standing at a moment D"), as SQL text.

Text and not a stored view, so that it runs unchanged on the record as it was known, published, or may be shown: it reads
`detainees`, `detentions`, `stays`, `releases`, `citations` and `sources` by their names, whatever these mean just then.

    sql = standing_cte(accepted=("verified",)) + " SELECT standing, count(*) FROM standing GROUP BY standing"
    db.execute(sql, {"moment": "2026-02-10T23:59"})

`standing` has a row for every person who is not excluded:

- `detainee`; `standing`, a key of the vocabulary; 'none' where nothing had begun
- `since`: the date, as stored, from which the standing has been this one; NULL where it is unknown
- `detention`, `release`: the detention that decides and its effective release, if it is one that does; for the dead
  those that decided just before
- `stay`, `facility`: the latest stay by D of that detention
- `said_out`: for somebody held, the highest status among later releases, dated by D, that the rule in force does not
  accept and that would take the person off the list; else NULL
- `possible`: the bits (`BITS`) of all standings that some completion of the partial dates gives; `uncertain`: whether
  there is more than one

Most people are *settled* at D: no date of theirs is still open then, so comparing minutes is enough. They are found in one
pass over the tables. The few others go the thorough way of `standing_unsettled.py`, which holds for everybody (tested
against both). Names of CTEs that begin with `_` are ours.
"""

from collections.abc import Collection, Sequence
from typing import Final

from tracker.domain.vocabulary import DEPRIVED, KIND_STANDING, STATUS_RANK
from tracker.store.standing_unsettled import BITS, HELD, began_by, chains, kind_bit, name, rank, released_by, unsettled

__all__ = ["BITS", "COLUMNS", "standing_cte"]

COLUMNS: Final = ("since", "stay", "facility", "said_out")
"""The columns of `standing` that cost time of their own; a count of a million people can leave them out."""

_HELD_KINDS: Final = ", ".join(f"'{kind}'" for kind, standing in KIND_STANDING.items() if standing in DEPRIVED)


def _statuses(accepted: Sequence[str]) -> str:
    """Return the accepted statuses as SQL. They are words of ours; `retracted` is never among them."""
    return ", ".join(f"'{status}'" for status in STATUS_RANK if status in accepted and status != "retracted")


class _Settled:
    """The SQL of the fast way, for one moment, one rule, and all people or some."""

    def __init__(self, status: str, moment: str, people: str | None, columns: Collection[str]) -> None:
        self.status = status
        self.moment = moment
        self.people = people
        self.columns = columns

    def each(self, table: str, row: str) -> str:
        """Return FROM and WHERE over a table's rows beside their detention: all of them, or those of the people asked."""
        if self.people is None:
            return f"{table} {row} CROSS JOIN detentions d ON d.id = {row}.detention"
        return f"_asked a CROSS JOIN detentions d ON d.detainee = a.detainee CROSS JOIN {table} {row} ON {row}.detention = d.id"

    def detentions(self) -> str:
        if self.people is None:
            return "detentions d"
        return "_asked a CROSS JOIN detentions d ON d.detainee = a.detainee"

    def loose(self) -> str:
        """Return the CTEs of those who are not settled: some date is open at D, or contradicts the order of events."""
        d, asked = self.moment, ""
        mortal = f"SELECT id AS detainee FROM detainees WHERE excluded = 1 OR died_to IS NOT NULL"
        if self.people is not None:
            asked = f"""_asked AS MATERIALIZED (
  SELECT id AS detainee, died_to FROM detainees WHERE excluded = 0 AND id IN ({self.people})
),"""
            mortal = "SELECT detainee FROM _asked WHERE died_to IS NOT NULL"
        one_of = " AND detainee IN (SELECT detainee FROM _asked)" if self.people is not None else ""
        return f"""{asked}
_crowd_of AS MATERIALIZED (
  SELECT d.detainee FROM {self.detentions()} GROUP BY d.detainee HAVING count(*) > 1
),
_loose AS MATERIALIZED (
  {mortal}
  UNION ALL SELECT d.detainee FROM {self.detentions()}
  WHERE CASE WHEN d.began_from IS NULL THEN {began_by("d")} > {d} ELSE d.began_from <= {d} AND d.began_to > {d} END
  UNION ALL SELECT d.detainee FROM {self.each("releases", "r")}
  WHERE r.status IN ({self.status}) AND CASE WHEN r.released_from IS NULL THEN {released_by("r")} > {d}
      ELSE r.released_from <= {d} AND r.released_to > {d} END
    OR r.status IN ({self.status}) AND r.step > 1 AND coalesce(r.released_from, '') <= {d} AND EXISTS (
      SELECT 1 FROM releases e WHERE e.detention = r.detention AND e.status IN ({self.status})
        AND (e.step, e.id) < (r.step, r.id) AND e.released_from > {d})
  UNION ALL SELECT d.detainee FROM {self.each("stays", "y")}
  WHERE (y.since_to > {d} AND coalesce(y.since_from, '') <= {d})
    OR ((y.since_from IS NULL OR y.since_from <= {d}) AND y.step > 1 AND EXISTS (
      SELECT 1 FROM stays e WHERE e.detention = y.detention AND (e.step, e.id) < (y.step, y.id)
        AND (y.since_from IS NULL OR e.since_from > {d})))
)"""

    def last_release(self) -> str:
        """Return the join to the last effective release by D. Later ones that count by then are looked for by step."""
        d = self.moment
        return f"""LEFT JOIN releases r ON r.detention = d.id AND r.status IN ({self.status})
    AND coalesce(d.began_from, '') <= {d} AND coalesce(r.released_from, '') <= {d} AND NOT EXISTS (
      SELECT 1 FROM releases n WHERE n.detention = d.id AND (n.step, n.id) > (r.step, r.id)
        AND n.status IN ({self.status}) AND coalesce(n.released_from, '') <= {d})"""

    def last_stay(self) -> str:
        """Return the join to the latest stay by D, if wanted; else only where whereabouts were ever unknown."""
        d, of = self.moment, "d.id"
        if not {"stay", "facility"} & set(self.columns):
            of = (
                "CASE WHEN d.id IN (SELECT detention FROM stays WHERE whereabouts_unknown = 1) THEN d.id END"
                if self.people is None
                else "CASE WHEN EXISTS (SELECT 1 FROM stays l WHERE l.detention = d.id AND l.whereabouts_unknown = 1) THEN d.id END"
            )
        return f"""LEFT JOIN stays y ON y.detention = {of}
    AND coalesce(d.began_from, '') <= {d} AND coalesce(y.since_from, '') <= {d} AND NOT EXISTS (
      SELECT 1 FROM stays n WHERE n.detention = d.id AND (n.step, n.id) > (y.step, y.id)
        AND coalesce(n.since_from, '') <= {d})"""

    def bit(self) -> str:
        return f"""CASE WHEN coalesce(d.began_from, '') > {self.moment} THEN 1 WHEN r.id IS NOT NULL THEN {kind_bit("r.kind")}
    WHEN y.whereabouts_unknown THEN 4 ELSE 2 END"""

    def run_out(self) -> str:
        return f"(r.id IS NULL AND coalesce(d.sentence_ends_from, d.sentence_ends_to, '~') <= {self.moment} AND coalesce(d.began_from, '') <= {self.moment})"

    def several(self) -> str:
        """Return the CTE of those with several detentions: what the heaviest says, and whether that can be doubted."""
        d = self.moment
        return f"""
_several AS MATERIALIZED (
  SELECT detainee, bit, runs_out, release, stay, CASE WHEN heaviest >= '1' THEN detention END AS detention,
    doubts OR opens > 1 OR (heaviest BETWEEN '1' AND '2' AND EXISTS (
      SELECT 1 FROM detentions o CROSS JOIN releases e ON e.detention = o.id
      WHERE o.detainee = g.detainee AND o.id <> g.detention AND e.status IN ({self.status})
        AND e.released_from <= {d} AND (e.released_from > coalesce(g.began_from, '') OR e.released_to >= g.released_from))) AS doubtful
  FROM (
    SELECT d.detainee, d.id AS detention, d.began_from, r.released_from, r.id AS release, y.id AS stay, {self.bit()} AS bit, {self.run_out()} AS runs_out,
      max(CASE WHEN coalesce(d.began_from, '') > {d} THEN '0'
        WHEN r.id IS NULL THEN '2' || coalesce(d.began_from, '                ') || '0' || d.id
        ELSE '1' || coalesce(r.released_from, '') || {rank(kind_bit("r.kind"))} || d.id END) AS heaviest,
      sum(r.id IS NOT NULL AND (r.released_from IS NULL OR r.released_from < coalesce(d.began_from, '') OR r.released_from = {d}
        OR (r.step > 1 AND EXISTS (
          SELECT 1 FROM releases e WHERE e.detention = d.id AND e.id <> r.id AND e.status IN ({self.status})
            AND coalesce(e.released_from, '') <= {d} AND (e.released_from IS NULL OR e.released_from > r.released_from))))) AS doubts,
      sum(r.id IS NULL AND coalesce(d.began_from, '') <= {d}) AS opens
    FROM _crowd_of c CROSS JOIN detentions d ON d.detainee = c.detainee
    {self.last_release()}
    {self.last_stay()}
    WHERE c.detainee NOT IN (SELECT detainee FROM _loose)
    GROUP BY c.detainee
  ) g
)"""

    def since(self) -> str:
        if "since" not in self.columns:
            return "NULL"
        return f"""CASE WHEN r.id IS NOT NULL THEN CASE WHEN r.step <= 1 THEN r.released ELSE (
      SELECT f.released FROM releases f
      WHERE f.detention = d.id AND f.status IN ({self.status}) AND (f.step, f.id) <= (r.step, r.id) AND NOT EXISTS (
        SELECT 1 FROM releases g WHERE g.detention = d.id AND g.status IN ({self.status})
          AND (g.step, g.id) >= (f.step, f.id) AND (g.step, g.id) < (r.step, r.id)
          AND {kind_bit("g.kind")} <> {kind_bit("r.kind")})
      ORDER BY f.step, f.id LIMIT 1) END
    WHEN y.id IS NULL OR (y.step <= 1 AND NOT y.whereabouts_unknown) THEN d.began
    ELSE (SELECT CASE WHEN (f.whereabouts_unknown AND f.since_from > coalesce(d.began_from, '')) OR EXISTS (
          SELECT 1 FROM stays g WHERE g.detention = d.id AND (g.step, g.id) < (f.step, f.id)) THEN f.since ELSE d.began END
      FROM stays f WHERE f.detention = d.id AND (f.step, f.id) <= (y.step, y.id) AND NOT EXISTS (
        SELECT 1 FROM stays g WHERE g.detention = d.id AND (g.step, g.id) >= (f.step, f.id)
          AND (g.step, g.id) < (y.step, y.id) AND g.whereabouts_unknown <> y.whereabouts_unknown)
      ORDER BY f.step, f.id LIMIT 1) END"""

    def said_out(self) -> str:
        if "said_out" not in self.columns:
            return "NULL"
        return f"""(SELECT max(n.status) FROM releases n
      WHERE n.detention = d.id AND n.status NOT IN ({self.status}, 'retracted') AND n.kind NOT IN ({_HELD_KINDS})
        AND (r.id IS NULL OR (n.step, n.id) > (r.step, r.id)) AND coalesce(n.released_from, {released_by("n")}) <= {self.moment})"""

    def settled(self) -> str:
        bit = self.bit()
        d = self.moment
        bare = "detainees p" if self.people is None else "_asked p"
        pid = "p.id" if self.people is None else "p.detainee"
        ex = "p.excluded = 0 AND" if self.people is None else ""
        begun = f"coalesce(d.began_from, '') <= {d}"
        return f"""
standing AS (
  SELECT d.detainee, {name(bit)} AS standing, CASE WHEN {begun} THEN {self.since()} END AS since,
    CASE WHEN {begun} THEN d.id END AS detention, r.id AS release, y.id AS stay, y.facility,
    CASE WHEN {begun} AND {bit} & {HELD} THEN {self.said_out()} END AS said_out,
    {bit} | CASE WHEN {self.run_out()} THEN {BITS["out"]} ELSE 0 END AS possible, {self.run_out()} AS uncertain
  FROM {self.detentions()}
    {self.last_release()}
    {self.last_stay()}
  WHERE d.detainee NOT IN (SELECT detainee FROM _loose UNION ALL SELECT detainee FROM _crowd_of)
  UNION ALL
  SELECT v.detainee, {name("v.bit")}, {self.since()}, d.id, r.id, y.id, y.facility,
    CASE WHEN v.bit & {HELD} THEN {self.said_out()} END, v.bit | CASE WHEN v.runs_out THEN {BITS["out"]} ELSE 0 END, v.runs_out
  FROM _several v LEFT JOIN detentions d ON d.id = v.detention LEFT JOIN releases r ON r.id = v.release
    LEFT JOIN stays y ON y.id = v.stay
  WHERE NOT v.doubtful
  UNION ALL
  SELECT v.detainee, CASE WHEN NOT v.dead THEN {name("v.bit")} WHEN v.bit & {HELD} THEN 'died' ELSE 'deceased' END,
    CASE WHEN v.dead THEN (SELECT p.died FROM detainees p WHERE p.id = v.detainee) ELSE {self.since()} END,
    d.id, r.id, y.id, y.facility, CASE WHEN NOT v.dead AND v.bit & {HELD} THEN {self.said_out()} END,
    v.possible, v.possible & (v.possible - 1) <> 0
  FROM _unsettled v LEFT JOIN detentions d ON d.id = v.detention LEFT JOIN releases r ON r.id = v.release
    LEFT JOIN stays y ON y.id = v.stay
  UNION ALL
  SELECT {pid}, 'none', NULL, NULL, NULL, NULL, NULL, NULL, 1, 0 FROM {bare}
  WHERE {ex} p.died_to IS NULL AND NOT EXISTS (SELECT 1 FROM detentions d WHERE d.detainee = {pid})
)"""


def standing_cte(
    *,
    accepted: Sequence[str] = ("verified",),
    moment_param: str = ":moment",
    people: str | None = None,
    columns: Collection[str] = COLUMNS,
) -> str:
    status = _statuses(accepted)
    settled = _Settled(status, moment_param, people, columns)
    hard = unsettled("SELECT detainee FROM _loose UNION SELECT detainee FROM _several WHERE doubtful", status, moment_param)
    return "WITH " + ",".join((settled.loose(), settled.several(), hard, settled.settled()))
