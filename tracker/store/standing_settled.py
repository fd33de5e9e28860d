"""Standing, the short way: where no date is open at the moment asked about, comparing minutes is enough.

Part of the one definition in `standing.py`. The others go to `standing_unsettled.py`, which holds for everybody, so
that what is found here is the same as there (tested). The clauses, in order:

- `_asked`: the people asked about, if not everybody; else sets of detentions that need a closer look
- `_crowd`: people with several detentions. `_loose`: people with a date that is open at D or contradicts the order of
  events, the dead and, where everybody is asked about, the excluded
- `_dead`: those of the dead who are settled after all
- `_several`: those of `_crowd` who are not `_loose`: what their heaviest detention says, and whether to doubt it
- the parts of `standing`

Of a million people a few thousand should be left over; each costs fifty times as much.
"""

from collections.abc import Sequence

from tracker.domain.vocabulary import KIND_STANDING
from tracker.store.standing_terms import (
    BITS,
    DETAINED,
    HELD,
    began_later,
    kind_bit,
    kind_standing,
    name,
    over,
    rank,
    released_by,
    stated_before,
)


class Settled:
    """The SQL for one rule, moment, and all people or some. Rows go by: d detention, r release, y stay.

    `deprived`: the standings that the rule counts as deprived of liberty; `status`: the statuses that count; `unsure`:
    those that do not, but are not retracted; `people`: SQL for ids; `columns`: those of `standing.COSTLY` that are
    wanted.
    """

    def __init__(
        self,
        status: str,
        unsure: str,
        moment: str,
        people: str | None,
        *,
        columns: frozenset[str],
        deprived: Sequence[str],
    ) -> None:
        self.status = status
        self.unsure = unsure
        self.moment = moment
        self.people = people
        self.columns = columns
        self.held = sum(BITS[standing] for standing in deprived)
        kinds = (f"'{kind}'" for kind, standing in KIND_STANDING.items() if standing in deprived)
        self.held_kinds = ", ".join(kinds) or "''"

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

    def sets(self) -> str:
        """Return the CTEs of detentions that need a closer look; going through them once saves a look at each."""
        return f"""
_lost AS MATERIALIZED (SELECT detention FROM stays WHERE whereabouts_unknown = 1),
_unsure AS MATERIALIZED (SELECT detention FROM releases WHERE status IN ({self.unsure})),
_stated AS MATERIALIZED (
  SELECT n.detention FROM citations q CROSS JOIN releases n ON n.id = q.release WHERE q.field = 'released_on'
),
_released AS MATERIALIZED (SELECT detention FROM releases GROUP BY detention HAVING count(*) > 1),
_moved AS MATERIALIZED (SELECT detention FROM stays GROUP BY detention HAVING count(*) > 1),"""

    def look(self, among: str, closer: str, otherwise: str) -> str:
        """Return SQL for a `closer` look, if the detention is in one of `sets`; else `otherwise` without looking."""
        if self.people is not None:
            return closer
        return f"CASE WHEN d.id IN (SELECT detention FROM {among}) THEN {closer} ELSE {otherwise} END"

    def loose(self) -> str:
        """Return the CTEs of those not settled: the dead; a date open at D, or one that contradicts the order."""
        d, status = self.moment, self.status
        first, mortal = self.sets(), "SELECT id AS detainee FROM detainees WHERE excluded = 1 OR died_to IS NOT NULL"
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

    def dead(self) -> str:
        """Return the CTE of the dead who are settled: death has a date, past by D, and what came before it is certain.

        They had one detention and at most one stay, and every effective release came before the day of death.
        """
        among, status = (f" AND p.id IN ({self.people})" if self.people is not None else ""), self.status
        return f"""
_dead AS MATERIALIZED (
  SELECT p.id AS detainee, d.id AS detention, r.id AS release, y.id AS stay,
    CASE WHEN r.id IS NULL THEN {DETAINED} ELSE {kind_bit("r.kind")} END AS bit
  FROM detainees p CROSS JOIN detentions d ON d.detainee = p.id
    LEFT JOIN releases r ON r.detention = d.id AND r.status IN ({status}) AND NOT EXISTS (
      SELECT 1 FROM releases n WHERE n.detention = d.id AND n.status IN ({status})
        AND (n.step, n.id) > (r.step, r.id))
    LEFT JOIN stays y ON y.detention = d.id AND (y.since_from < p.died_from OR y.since_from IS NULL)
  WHERE p.excluded = 0 AND p.died_to <= {self.moment} AND p.died_from IS NOT NULL{among}
    AND (d.began_from < p.died_from OR d.began_from IS NULL OR (d.began_from = p.died_from AND r.id IS NULL))
    AND NOT (r.id IS NULL AND {over("d")} <= p.died_to)
    AND NOT EXISTS (SELECT 1 FROM detentions o WHERE o.detainee = p.id AND o.id <> d.id)
    AND NOT EXISTS (
      SELECT 1 FROM releases e WHERE e.detention = d.id AND e.status IN ({status})
        AND (e.released_to IS NULL OR e.released_to >= p.died_from))
    AND (SELECT count(*) FROM stays z WHERE z.detention = d.id) <= 1
)"""

    def latest(self) -> str:
        """Return the joins to a detention's last effective release and stay by D; later steps go first."""
        of, status, lean = "d.id", self.status, not {"stay", "facility"} & self.columns
        if lean:
            # Then a stay matters only where whereabouts were ever unknown; NULL is found nowhere, without looking.
            ever = "EXISTS (SELECT 1 FROM stays l WHERE l.detention = d.id AND l.whereabouts_unknown = 1)"
            of = self.look("_lost", "d.id" if self.people is None else f"CASE WHEN {ever} THEN d.id END", "NULL")
        no_release = f"""NOT EXISTS (
        SELECT 1 FROM releases n WHERE n.detention = d.id AND (n.step, n.id) > (r.step, r.id)
          AND n.status IN ({status}) AND {self.by_then("n.released_from")})"""
        no_stay = f"""NOT EXISTS (
        SELECT 1 FROM stays n WHERE n.detention = d.id AND (n.step, n.id) > (y.step, y.id)
          AND {self.by_then("n.since_from")})"""
        return f"""
    LEFT JOIN releases r ON r.detention = d.id AND r.status IN ({status}) AND {self.by_then("d.began_from")}
      AND {self.by_then("r.released_from")} AND {self.look("_released", no_release, "1")}
    LEFT JOIN stays y ON y.detention = {of} AND {self.by_then("d.began_from")} AND {self.by_then("y.since_from")}
      AND {no_stay if lean else self.look("_moved", no_stay, "1")}"""

    def bit(self) -> str:
        """Return SQL for the bit of what one detention makes of a person."""
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
        have come after this one began: all that is left to the thorough way.
        """
        d, status = self.moment, self.status
        another = f"""EXISTS (
          SELECT 1 FROM releases e WHERE e.detention = d.id AND e.id <> r.id AND e.status IN ({status})
            AND {self.by_then("e.released_from")} AND (e.released_from IS NULL OR e.released_from > r.released_from))"""
        # CASE and not OR: where a value is wanted, SQLite works out both sides of an OR.
        return f"""
_several AS MATERIALIZED (
  SELECT detainee, bit, release, stay, runs_out, CASE WHEN heaviest >= '1' THEN detention END AS detention,
    CASE WHEN doubts OR opens > 1 THEN 1 WHEN runs_out OR heaviest BETWEEN '1' AND '2' THEN EXISTS (
      SELECT 1 FROM detentions o CROSS JOIN releases e ON e.detention = o.id
      WHERE o.detainee = g.detainee AND o.id <> g.detention AND e.status IN ({status}) AND e.released_from <= {d}
        AND e.released_to >= coalesce(g.began_from, '')) ELSE 0 END AS doubtful
  FROM (
    SELECT d.detainee, d.id AS detention, d.began_from, r.id AS release, y.id AS stay,
      {self.bit()} AS bit, {self.runs_out()} AS runs_out,
      max(CASE WHEN {self.not_yet()} THEN '0'
        WHEN r.id IS NULL THEN '2' || coalesce(d.began_from, '                ') || '0' || d.id
        ELSE '1' || coalesce(r.released_from, '') || {rank(kind_bit("r.kind"))} || d.id END) AS heaviest,
      sum(CASE WHEN r.id IS NULL THEN 0 WHEN r.released_from IS NULL OR r.released_from = {d}
          OR r.released_from < coalesce(d.began_from, '') THEN 1
        ELSE {self.look("_released", another, "0")} END) AS doubts,
      sum(r.id IS NULL AND {self.by_then("d.began_from")}) AS opens
    FROM detentions d {self.latest()}
    WHERE d.detainee IN (SELECT detainee FROM _crowd)
      AND CASE WHEN d.detainee IN (SELECT detainee FROM _loose) THEN 0 ELSE 1 END
    GROUP BY d.detainee
  ) g
)"""

    @staticmethod
    def left_over() -> str:
        """Return SQL for the people who are not settled."""
        return """SELECT detainee FROM _loose UNION SELECT detainee FROM _several WHERE doubtful
    EXCEPT SELECT detainee FROM _dead"""

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
        later = f"""n.detention = d.id AND n.kind NOT IN ({self.held_kinds})
        AND (r.id IS NULL OR (n.step, n.id) > (r.step, r.id))"""
        # max() of the words: announced, reported, verified is also their order in the alphabet.
        highest = f"""(SELECT max(n.status) FROM releases n
      WHERE {later} AND n.status IN ({self.unsure})
        AND coalesce(n.released_from, {released_by("n")}) <= {self.moment})"""
        now = self.look("_unsure", highest, "NULL")
        before = self.look("_stated", stated_before(later, self.unsure, self.moment), "NULL")
        return f"CASE WHEN {held} THEN nullif(max(coalesce({now}, ''), coalesce({before}, '')), '') END"

    def rejoined(self) -> str:
        """Return the joins from the ids of `v` back to its rows; SQLite drops those of which no column is wanted."""
        return """LEFT JOIN detentions d ON d.id = v.detention LEFT JOIN releases r ON r.id = v.release
    LEFT JOIN stays y ON y.id = v.stay"""

    def facility(self) -> str:
        """Return SQL for the facility of the stay, if wanted."""
        return "y.facility" if "facility" in self.columns else "NULL"

    def alone(self) -> str:
        """Return the settled people who have one detention."""
        runs_out = self.runs_out()
        held = f"(r.id IS NULL OR r.kind IN ({self.held_kinds})) AND {self.by_then('d.began_from')}"
        return f"""
  SELECT d.detainee, CASE WHEN {self.not_yet()} THEN 'none' WHEN r.id IS NOT NULL THEN {kind_standing("r.kind")}
      WHEN y.whereabouts_unknown THEN 'whereabouts_unknown' ELSE 'detained' END AS standing,
    {self.since(self.not_yet())} AS since, CASE WHEN {self.not_yet()} THEN NULL ELSE d.id END AS detention,
    r.id AS release, y.id AS stay, {self.facility()} AS facility, {self.said_out(held)} AS said_out,
    {self.bit()} | CASE WHEN {runs_out} THEN {BITS["out"]} ELSE 0 END AS possible, {runs_out} AS uncertain
  FROM {self.detentions()} {self.latest()}
  WHERE CASE WHEN d.detainee IN (SELECT detainee FROM _loose UNION ALL SELECT detainee FROM _crowd) THEN 0 ELSE 1 END"""

    def of_several(self) -> str:
        """Return the settled people who have several detentions."""
        return f"""
  SELECT v.detainee, {name("v.bit")}, {self.since()}, v.detention, v.release, v.stay, {self.facility()},
    {self.said_out(f"v.bit & {self.held}")}, v.bit | CASE WHEN v.runs_out THEN {BITS["out"]} ELSE 0 END, v.runs_out
  FROM _several v {self.rejoined()} WHERE NOT v.doubtful"""

    def of_dead(self) -> str:
        """Return the settled people who are dead."""
        return f"""
  SELECT v.detainee, CASE WHEN v.bit & {HELD} THEN 'died' ELSE 'deceased' END, p.died, v.detention, v.release, v.stay,
    {self.facility()}, NULL, CASE WHEN v.bit & {HELD} THEN {BITS["died"]} ELSE {BITS["deceased"]} END, 0
  FROM _dead v LEFT JOIN detainees p ON p.id = v.detainee LEFT JOIN stays y ON y.id = v.stay"""

    def unsettled(self) -> str:
        """Return the others."""
        return f"""
  SELECT v.detainee, CASE WHEN NOT v.dead THEN {name("v.bit")} WHEN v.bit & {HELD} THEN 'died' ELSE 'deceased' END,
    CASE WHEN v.dead THEN (SELECT p.died FROM detainees p WHERE p.id = v.detainee) ELSE {self.since()} END,
    v.detention, v.release, v.stay, {self.facility()}, {self.said_out(f"NOT v.dead AND v.bit & {self.held}")},
    v.possible, v.possible & (v.possible - 1) <> 0
  FROM _unsettled v {self.rejoined()}"""

    def bare(self) -> str:
        """Return the people without any detention."""
        if self.people is not None:
            people, person, some = "_asked p", "p.detainee", ""
        else:
            people, person = "detainees p", "p.id"
            some = """
    AND p.excluded = 0 AND (SELECT count(*) FROM detainees) > (SELECT count(DISTINCT detainee) FROM detentions)"""
        return f"""
  SELECT {person}, 'none', NULL, NULL, NULL, NULL, NULL, NULL, 1, 0
  FROM {people} LEFT JOIN detentions d ON d.detainee = {person} WHERE d.detainee IS NULL AND p.died_to IS NULL{some}"""
