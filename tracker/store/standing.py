"""What a person's custody is at a moment D: the one definition, as SQL text.

Text and not a stored view, so that it runs unchanged on the record as it was known, published, or may be shown: it
reads `detainees`, `detentions`, `stays`, `releases`, `citations` and `sources` by their names, whatever they mean then.

    sql = standing_cte(accepted=("verified",)) + " SELECT standing, count(*) FROM standing GROUP BY standing"
    db.execute(sql, {"moment": "2026-02-10T23:59"})

`standing` has a row for every person who is not excluded:

- `detainee`; `standing`, a key of the vocabulary; `none` where nothing had begun
- `since`: the date, as stored, from which the standing has been this one; NULL where that is unknown
- `detention`, `release`: the detention that decides, and its effective release if that is what does; for the dead,
  what decided just before
- `stay`, `facility`: the latest stay by D of that detention
- `said_out`: for somebody held, the highest status among those later releases of that detention, dated by D, that the
  rule in force does not accept and that would take the person off the list; else NULL
- `possible`: the bits (`BITS`) of every standing that some completion of the partial dates gives; `uncertain`: whether
  there is more than one

`effective` has a row for every arrest (`idx` 0) and effective release (1, 2 …) of the people asked about, whatever D:
`detainee, detention, idx, release, kind, counted, lo, hi, standing`. `counted` is the minute from which it counts, `lo`
and `hi` what the order of events leaves of its date; '' is an open start.

Most people are *settled* at D: no date of theirs is open then, so that comparing minutes is enough. They are found in
one pass over the tables. The few others go the thorough way of `standing_unsettled.py`, which holds for everybody.
Stays and releases of a detention are taken in the order of `step`, then `id`; steps are expected to begin at 1.

Names of CTEs that begin with `_` are ours.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from tracker.domain.vocabulary import DEPRIVED, KIND_STANDING, STATUS_RANK
from tracker.store.standing_unsettled import (
    BITS,
    HELD,
    began_later,
    chains,
    kind_bit,
    kind_standing,
    name,
    rank,
    released_by,
    unsettled,
)

__all__ = ["BITS", "COSTLY", "standing_cte"]

COSTLY: Final = ("since", "stay", "facility", "said_out")
"""Columns of `standing` that cost time of their own; a count of a million people can do without."""

_HELD_KINDS: Final = ", ".join(f"'{kind}'" for kind, standing in KIND_STANDING.items() if standing in DEPRIVED)


def standing_cte(
    *,
    accepted: Sequence[str] = ("verified",),
    moment_param: str = ":moment",
    people: str | None = None,
    columns: Collection[str] = COSTLY,
) -> str:
    """Return `WITH … standing AS (…), effective AS (…)`, for callers to continue with clauses or a SELECT of their own.

    `accepted`: the statuses that end a detention, `retracted` never. `moment_param`: the parameter, or SQL without
    side effects, that gives D. `people`: SQL for the ids of the only people asked about (`SELECT :person`); None for
    everybody. `columns`: those of `COSTLY` that are wanted; the others hold nothing to go by.
    """
    status, unsure = (
        ", ".join(f"'{one}'" for one in STATUS_RANK if one != "retracted" and (one in accepted) == counts)
        for counts in (True, False)
    )
    query = _Query(status, unsure, moment_param, people, frozenset(columns))
    hard = "SELECT detainee FROM _loose UNION SELECT detainee FROM _several WHERE doubtful"
    parts = (query.alone(), query.of_several(), query.hard(), query.bare())
    return "WITH " + ",".join(
        (
            query.loose(),
            query.several(),
            unsettled(hard, status, moment_param),
            f"\nstanding AS ({' UNION ALL '.join(parts)})",
            chains("_each_", people or "SELECT id FROM detainees", status),
            _EFFECTIVE,
        )
    )


_LOST_EVER: Final = """
_lost AS MATERIALIZED (SELECT detention FROM stays WHERE whereabouts_unknown = 1),"""

_EFFECTIVE: Final = f"""
effective AS (
  SELECT s.detainee, s.detention, s.idx, r.id AS release, r.kind, s.counted, s.low AS lo, s.high AS hi,
    {name("s.bit")} AS standing
  FROM _each_state s LEFT JOIN releases r ON r.id = s.id AND s.idx > 0
  WHERE s.chain = 0 AND s.detention IS NOT NULL
)
"""


@dataclass(frozen=True, slots=True)
class _Query:
    """The SQL for one rule, moment, and all people or some. Rows go by: d detention, r release, y stay.

    `status`: the statuses that count; `unsure`: those that do not, but are not retracted.
    """

    status: str
    unsure: str
    moment: str
    people: str | None
    columns: frozenset[str]

    def detentions(self) -> str:
        """Return FROM for the detentions asked about."""
        if self.people is None:
            return "detentions d"
        return "_asked a CROSS JOIN detentions d ON d.detainee = a.detainee"

    def beside(self, table: str, row: str) -> str:
        """Return FROM for a table's rows beside their detentions: a pass over all, or from the people asked about."""
        if self.people is None:
            return f"{table} {row} CROSS JOIN detentions d ON d.id = {row}.detention"
        return f"{self.detentions()} CROSS JOIN {table} {row} ON {row}.detention = d.id"

    def not_yet(self) -> str:
        """Return SQL for whether a detention had not begun; NULL, as good as false, where its start is open."""
        return f"d.began_from > {self.moment}"

    def by_then(self, column: str) -> str:
        """Return SQL for whether what starts at `column` had happened; an open start has."""
        return f"({column} <= {self.moment} OR {column} IS NULL)"

    def loose(self) -> str:
        """Return the CTEs of those not settled: the dead; a date open at D, or one that contradicts the order."""
        d, status = self.moment, self.status
        first, mortal = _LOST_EVER, "SELECT id AS detainee FROM detainees WHERE excluded = 1 OR died_to IS NOT NULL"
        if self.people is not None:
            first = f"""
_asked AS MATERIALIZED (
  SELECT id AS detainee, died_to FROM detainees WHERE excluded = 0 AND id IN ({self.people})
),"""
            mortal = "SELECT detainee FROM _asked WHERE died_to IS NOT NULL"
        return f"""{first}
_crowd AS MATERIALIZED (
  SELECT d.detainee FROM {self.detentions()} GROUP BY d.detainee HAVING count(*) > 1
),
_loose AS MATERIALIZED (
  {mortal}
  UNION ALL SELECT d.detainee FROM {self.detentions()}
  WHERE CASE WHEN d.began_from IS NULL THEN {began_later("d", d)} ELSE d.began_from <= {d} AND d.began_to > {d} END
  UNION ALL SELECT d.detainee FROM {self.beside("releases", "r")}
  WHERE r.status IN ({status}) AND (CASE WHEN r.released_from IS NULL THEN {released_by("r")} > {d}
      ELSE r.released_from <= {d} AND r.released_to > {d} END
    OR (r.step > 1 AND coalesce(r.released_from, '') <= {d} AND EXISTS (
      SELECT 1 FROM releases e WHERE e.detention = r.detention AND (e.step, e.id) < (r.step, r.id)
        AND e.status IN ({status}) AND e.released_from > {d})))
  UNION ALL SELECT d.detainee FROM {self.beside("stays", "y")}
  WHERE (y.since_to > {d} AND coalesce(y.since_from, '') <= {d})
    OR (y.step > 1 AND coalesce(y.since_from, '') <= {d} AND EXISTS (
      SELECT 1 FROM stays e WHERE e.detention = y.detention AND (e.step, e.id) < (y.step, y.id)
        AND (y.since_from IS NULL OR e.since_from > {d})))
)"""

    def latest(self) -> str:
        """Return the joins to a detention's last effective release and stay by D; later steps go first."""
        of = "d.id"
        if not {"stay", "facility"} & self.columns:
            # Then a stay matters only where whereabouts were ever unknown; NULL is found nowhere, without looking.
            ever = (
                "d.id IN (SELECT detention FROM _lost)"
                if self.people is None
                else "EXISTS (SELECT 1 FROM stays l WHERE l.detention = d.id AND l.whereabouts_unknown = 1)"
            )
            of = f"CASE WHEN {ever} THEN d.id END"
        return f"""
    LEFT JOIN releases r ON r.detention = d.id AND r.status IN ({self.status}) AND {self.by_then("d.began_from")}
      AND {self.by_then("r.released_from")} AND NOT EXISTS (
        SELECT 1 FROM releases n WHERE n.detention = d.id AND (n.step, n.id) > (r.step, r.id)
          AND n.status IN ({self.status}) AND {self.by_then("n.released_from")})
    LEFT JOIN stays y ON y.detention = {of} AND {self.by_then("d.began_from")} AND {self.by_then("y.since_from")}
      AND NOT EXISTS (
        SELECT 1 FROM stays n WHERE n.detention = d.id AND (n.step, n.id) > (y.step, y.id)
          AND {self.by_then("n.since_from")})"""

    def bit(self) -> str:
        return (
            f"CASE WHEN {self.not_yet()} THEN 1 WHEN r.id IS NOT NULL THEN {kind_bit('r.kind')}"
            " WHEN y.whereabouts_unknown THEN 4 ELSE 2 END"
        )

    def runs_out(self) -> str:
        """Return SQL for whether a detention is open although its sentence is over."""
        over = f"coalesce(d.sentence_ends_from, d.sentence_ends_to) <= {self.moment}"
        return f"(d.sentence_ends_to IS NOT NULL AND r.id IS NULL AND {over} AND {self.by_then('d.began_from')})"

    def several(self) -> str:
        """Return the CTE of people with several detentions: what the heaviest says, and whether that can be doubted.

        Two that are open, a last release whose minute is not simply its date's, or another detention's release that may
        be later, or that came while this one lasted: all that is left to the thorough way.
        """
        d, status = self.moment, self.status
        return f"""
_several AS MATERIALIZED (
  SELECT detainee, bit, release, stay, runs_out, CASE WHEN heaviest >= '1' THEN detention END AS detention,
    doubts OR opens > 1 OR (heaviest BETWEEN '1' AND '2' AND EXISTS (
      SELECT 1 FROM detentions o CROSS JOIN releases e ON e.detention = o.id
      WHERE o.detainee = g.detainee AND o.id <> g.detention AND e.status IN ({status}) AND e.released_from <= {d}
        AND (e.released_from > coalesce(g.began_from, '') OR e.released_to >= g.released_from))) AS doubtful
  FROM (
    SELECT d.detainee, d.id AS detention, d.began_from, r.released_from, r.id AS release, y.id AS stay,
      {self.bit()} AS bit, {self.runs_out()} AS runs_out,
      max(CASE WHEN {self.not_yet()} THEN '0'
        WHEN r.id IS NULL THEN '2' || coalesce(d.began_from, '                ') || '0' || d.id
        ELSE '1' || coalesce(r.released_from, '') || {rank(kind_bit("r.kind"))} || d.id END) AS heaviest,
      sum(r.id IS NOT NULL AND (r.released_from IS NULL OR r.released_from < coalesce(d.began_from, '')
        OR r.released_from = {d} OR (r.step > 1 AND EXISTS (
          SELECT 1 FROM releases e WHERE e.detention = d.id AND e.id <> r.id AND e.status IN ({status})
            AND coalesce(e.released_from, '') <= {d}
            AND (e.released_from IS NULL OR e.released_from > r.released_from))))) AS doubts,
      sum(r.id IS NULL AND {self.by_then("d.began_from")}) AS opens
    FROM detentions d {self.latest()}
    WHERE d.detainee IN (SELECT detainee FROM _crowd) AND d.detainee NOT IN (SELECT detainee FROM _loose)
    GROUP BY d.detainee
  ) g
)"""

    def since(self, never: str = "0") -> str:
        """Return SQL for the date of the first event in an unbroken row that led to the present standing."""
        if "since" not in self.columns:
            return "NULL"
        return f"""CASE WHEN {never} THEN NULL WHEN r.id IS NOT NULL THEN CASE WHEN r.step <= 1 THEN r.released ELSE (
      SELECT f.released FROM releases f
      WHERE f.detention = d.id AND f.status IN ({self.status}) AND (f.step, f.id) <= (r.step, r.id) AND NOT EXISTS (
        SELECT 1 FROM releases g WHERE g.detention = d.id AND g.status IN ({self.status})
          AND (g.step, g.id) >= (f.step, f.id) AND (g.step, g.id) < (r.step, r.id)
          AND {kind_bit("g.kind")} <> {kind_bit("r.kind")})
      ORDER BY f.step, f.id LIMIT 1) END
    WHEN y.id IS NULL OR (y.step <= 1 AND NOT y.whereabouts_unknown) THEN d.began
    ELSE (SELECT CASE WHEN (f.whereabouts_unknown AND f.since_from > coalesce(d.began_from, '')) OR EXISTS (
          SELECT 1 FROM stays g WHERE g.detention = d.id AND (g.step, g.id) < (f.step, f.id))
        THEN f.since ELSE d.began END
      FROM stays f WHERE f.detention = d.id AND (f.step, f.id) <= (y.step, y.id) AND NOT EXISTS (
        SELECT 1 FROM stays g WHERE g.detention = d.id AND (g.step, g.id) >= (f.step, f.id)
          AND (g.step, g.id) < (y.step, y.id) AND g.whereabouts_unknown <> y.whereabouts_unknown)
      ORDER BY f.step, f.id LIMIT 1) END"""

    def said_out(self, held: str) -> str:
        """Return SQL for the highest status of a later way out that is not accepted, of somebody `held`."""
        if "said_out" not in self.columns:
            return "NULL"
        # Asked of everybody, one pass that finds whom there is such word of is cheaper than a look at each.
        of = (
            f"CASE WHEN d.id IN (SELECT detention FROM releases WHERE status IN ({self.unsure})) THEN d.id END"
            if self.people is None
            else "d.id"
        )
        # max() of the words: announced, reported, verified is also their order in the alphabet.
        return f"""CASE WHEN {held} THEN (SELECT max(n.status) FROM releases n
      WHERE n.detention = {of} AND n.status IN ({self.unsure}) AND n.kind NOT IN ({_HELD_KINDS})
        AND (r.id IS NULL OR (n.step, n.id) > (r.step, r.id))
        AND coalesce(n.released_from, {released_by("n")}) <= {self.moment}) END"""

    def rejoined(self) -> str:
        """Return the joins from the ids of `v` back to its rows; SQLite drops those of which no column is wanted."""
        return """LEFT JOIN detentions d ON d.id = v.detention LEFT JOIN releases r ON r.id = v.release
    LEFT JOIN stays y ON y.id = v.stay"""

    def facility(self) -> str:
        return "y.facility" if "facility" in self.columns else "NULL"

    def alone(self) -> str:
        """Return the settled people who have one detention."""
        runs_out = self.runs_out()
        held = f"(r.id IS NULL OR r.kind IN ({_HELD_KINDS})) AND {self.by_then('d.began_from')}"
        return f"""
  SELECT d.detainee, CASE WHEN {self.not_yet()} THEN 'none' WHEN r.id IS NOT NULL THEN {kind_standing("r.kind")}
      WHEN y.whereabouts_unknown THEN 'whereabouts_unknown' ELSE 'detained' END AS standing,
    {self.since(self.not_yet())} AS since, CASE WHEN {self.not_yet()} THEN NULL ELSE d.id END AS detention,
    r.id AS release, y.id AS stay, {self.facility()} AS facility, {self.said_out(held)} AS said_out,
    {self.bit()} | CASE WHEN {runs_out} THEN {BITS["out"]} ELSE 0 END AS possible, {runs_out} AS uncertain
  FROM {self.detentions()} {self.latest()}
  WHERE d.detainee NOT IN (SELECT detainee FROM _loose UNION ALL SELECT detainee FROM _crowd)"""

    def of_several(self) -> str:
        """Return the settled people who have several detentions."""
        return f"""
  SELECT v.detainee, {name("v.bit")}, {self.since()}, v.detention, v.release, v.stay, {self.facility()},
    {self.said_out(f"v.bit & {HELD}")}, v.bit | CASE WHEN v.runs_out THEN {BITS["out"]} ELSE 0 END, v.runs_out
  FROM _several v {self.rejoined()} WHERE NOT v.doubtful"""

    def hard(self) -> str:
        """Return the others."""
        return f"""
  SELECT v.detainee, CASE WHEN NOT v.dead THEN {name("v.bit")} WHEN v.bit & {HELD} THEN 'died' ELSE 'deceased' END,
    CASE WHEN v.dead THEN (SELECT p.died FROM detainees p WHERE p.id = v.detainee) ELSE {self.since()} END,
    v.detention, v.release, v.stay, {self.facility()}, {self.said_out(f"NOT v.dead AND v.bit & {HELD}")},
    v.possible, v.possible & (v.possible - 1) <> 0
  FROM _unsettled v {self.rejoined()}"""

    def bare(self) -> str:
        """Return the people without any detention."""
        person, people = ("p.id", "detainees p WHERE p.excluded = 0 AND")
        if self.people is not None:
            person, people = "p.detainee", "_asked p WHERE"
        return f"""
  SELECT {person}, 'none', NULL, NULL, NULL, NULL, NULL, NULL, 1, 0 FROM {people} p.died_to IS NULL
    AND NOT EXISTS (SELECT 1 FROM detentions d WHERE d.detainee = {person})"""
