"""Standing, the thorough way: every standing that partial dates, several detentions or a death leave possible.

Part of the one definition in `standing.py`, which sends here whoever is not settled by plain comparisons at the moment
asked about. Its parts, in order (each a CTE, its name beginning with `_`):

- `_spell`: a row per detention of the people asked about, one with NULL for somebody without any.
- `_event`: two chains per detention. Chain 0: the arrest and its effective releases; chain 1: its stays.
- `_state`: the events with what their order leaves of their dates: `low` and `high`; `until`, the `high` of the next, so
  that the event is possibly the last one at D iff `low <= D < until`; `counted`, the minute from which it counts;
  `run`, the first of the events that led to the same standing without a break.
- `_crowd`: people with several detentions, with the pairs that certainly overlapped. `_dying`: people with a death.
- `_probe`: the moments at which to look. For nearly everybody that is D; for the dead just before each minute at which
  something changes while death is possible, since how they died depends on what they were then.
- `_stood`: a detention at a probe: what it may be (`none`, `open`, `ended`), and what counts (`last`, `seat`).
- `_weighed`, `_compared`: detentions of a person against each other. A standing is decided by the heaviest: a known
  place (4), whereabouts unknown (3), held nowhere stated (2), the latest release (1), nothing (0). `least` is the
  lightest that a detention can be, `floor` the most that others insist on, `bar` the earliest last release they insist on.
- `_decided`, `_gathered`: the standings that no other detention rules out, and the one that counts.

An open start is '' and compares before every moment; no end is '~' and compares after. In public, and in the past, the
tables read here are views: nothing but their columns may be used.
"""

from typing import Final

from tracker.domain.vocabulary import DEPRIVED, KIND_STANDING, RESTRICTIVENESS

STANDINGS: Final = (
    "none",
    "detained",
    "whereabouts_unknown",
    "house_arrest",
    "restricted",
    "free",
    "out",
    "died",
    "deceased",
    "escaped",
)
BITS: Final = {standing: 1 << position for position, standing in enumerate(STANDINGS)}
"""Standing → its bit in `possible`: none 1, detained 2, whereabouts_unknown 4 … escaped 512."""

HELD: Final = sum(BITS[standing] for standing in DEPRIVED)
SHIFT: Final = 1024
"""An event in one number: its place in the chain × SHIFT + the bit of the standing it leads to."""

_LEFT: Final = {BITS[standing]: RESTRICTIVENESS[standing] for standing in dict.fromkeys(KIND_STANDING.values())}


def case(value: str, mapping: dict[str, int] | dict[int, int] | dict[int, str]) -> str:
    """Return SQL that maps `value` as `mapping` does."""
    return f"CASE {value} " + " ".join(f"WHEN {key!r} THEN {to!r}" for key, to in mapping.items()) + " END"


def kind_bit(kind: str) -> str:
    """Return SQL for the bit of the standing that a release of a kind leads to."""
    return case(kind, {name: BITS[standing] for name, standing in KIND_STANDING.items()})


def name(bit: str) -> str:
    """Return SQL for the standing of a bit."""
    return case(bit, {number: standing for standing, number in BITS.items()})


def rank(bit: str) -> str:
    """Return SQL for how restrictive the standing after a release is."""
    return f"coalesce({case(bit, _LEFT)}, 0)"


def _published(about: str) -> str:
    """Return SQL for when the first source that supports something was certainly out."""
    return (
        "(SELECT min(o.published_to) FROM citations c JOIN sources o ON o.id = c.source"
        f" WHERE c.{about} AND c.stance = 'supports')"
    )


def entered(row: str) -> str:
    """Return SQL for the end of the day on which a row was entered."""
    return f"substr({row}.entered, 1, 10) || 'T23:59'"


def began_by(d: str) -> str:
    """Return SQL for the minute by which a detention had begun: of its date, else of its first dated fact."""
    return f"""coalesce({d}.began_to, (SELECT min(fact) FROM (
      SELECT y.since_to AS fact FROM stays y WHERE y.detention = {d}.id
      UNION ALL SELECT r.released_to FROM releases r WHERE r.detention = {d}.id AND r.status <> 'retracted'
      UNION ALL SELECT {_published(f"detention = {d}.id")}
      UNION ALL SELECT {_published("stay = y.id")} FROM stays y WHERE y.detention = {d}.id
      UNION ALL SELECT {_published("release = r.id")} FROM releases r WHERE r.detention = {d}.id)), {entered(d)})"""


def released_by(r: str) -> str:
    """Return SQL for the minute by which a release had happened: of its date, else of the first source that states it."""
    return f"coalesce({r}.released_to, {_published(f'release = {r}.id')}, {entered(r)})"


def _before(moment: str) -> str:
    """Return SQL for a text that compares after every earlier moment and before `moment` itself."""
    return f"CASE {moment} WHEN '' THEN '0' ELSE substr({moment}, 1, 15) || char(unicode(substr({moment}, 16)) - 1) || '~' END"


def _padded(moment: str, ranked: str) -> str:
    """Return SQL for a key that compares by moment, then by rank."""
    return f"printf('%-16s%d', {moment}, {ranked})"


def chains(prefix: str, people: str, status: str) -> str:
    """Return the CTEs from `…spell` to `…state` for `people` (SQL for ids), their names beginning with `prefix`."""
    return f"""
{prefix}spell AS MATERIALIZED (
  SELECT p.id AS detainee, p.died_from, p.died_to, d.id AS detention, {entered("d")} AS entered,
    CASE WHEN d.id IS NULL THEN '~' ELSE coalesce(d.began_from, '') END AS lo,
    CASE WHEN d.id IS NULL THEN '~' ELSE {began_by("d")} END AS hi,
    coalesce(d.sentence_ends_from, d.sentence_ends_to, '~') AS runs_out
  FROM detainees p LEFT JOIN detentions d ON d.detainee = p.id WHERE p.excluded = 0 AND p.id IN ({people})
),
{prefix}event(detainee, detention, chain, step, id, bit, lo, hi) AS (
  SELECT detainee, detention, 0, NULL, runs_out, {BITS["detained"]}, lo, hi FROM {prefix}spell
  UNION ALL
  SELECT s.detainee, s.detention, 0, r.step, r.id, {kind_bit("r.kind")}, coalesce(r.released_from, ''), {released_by("r")}
  FROM {prefix}spell s CROSS JOIN releases r ON r.detention = s.detention WHERE r.status IN ({status})
  UNION ALL
  SELECT s.detainee, s.detention, 1, y.step, y.id,
    CASE WHEN y.whereabouts_unknown THEN {BITS["whereabouts_unknown"]} ELSE {BITS["detained"]} END,
    coalesce(y.since_from, ''),
    CASE WHEN y.since_to IS NULL AND EXISTS (
        SELECT 1 FROM stays f WHERE f.detention = y.detention AND (f.step, f.id) < (y.step, y.id))
      THEN coalesce({_published("stay = y.id")}, s.entered) ELSE coalesce(y.since_to, '') END
  FROM {prefix}spell s CROSS JOIN stays y ON y.detention = s.detention
),
{prefix}risen AS (
  SELECT *, row_number() OVER w - 1 AS idx, max(lo) OVER w AS low, bit IS NOT lag(bit) OVER w AS turn
  FROM {prefix}event WINDOW w AS (PARTITION BY detainee, detention, chain ORDER BY step, id)
),
{prefix}squeezed AS (
  SELECT *, min(max(hi, low)) OVER (PARTITION BY detainee, detention, chain ORDER BY idx DESC) AS high
  FROM {prefix}risen
),
{prefix}state AS MATERIALIZED (
  SELECT detainee, detention, chain, idx, id, bit, low, high,
    max(CASE WHEN idx > 0 AND lo = '' THEN high ELSE lo END) OVER w AS counted,
    lead(high, 1, '~') OVER w AS until, lead(low, 1, '~') OVER w AS next, max(CASE WHEN turn THEN idx END) OVER w AS run
  FROM {prefix}squeezed WINDOW w AS (PARTITION BY detainee, detention, chain ORDER BY idx)
)"""


def _probes(moment: str) -> str:
    return f"""
_crowd AS MATERIALIZED (
  SELECT a.detainee, group_concat(CASE WHEN a.next < '~' AND b.next < '~' AND a.high < b.next AND b.high < a.next
    THEN a.detention || ' ' || b.detention END) AS pairs
  FROM _state a CROSS JOIN _state b ON b.detainee = a.detainee AND b.chain = 0 AND b.idx = 0 AND b.detention <> a.detention
  WHERE a.chain = 0 AND a.idx = 0 GROUP BY a.detainee
),
_dying AS MATERIALIZED (
  SELECT detainee, max(coalesce(died_from, ''), arrested) AS earliest, max(died_to, coalesce(died_from, ''), arrested) AS latest,
    max(coalesce(died_from, died_to), arrested) AS counted
  FROM (SELECT detainee, died_from, died_to, max(CASE WHEN detention IS NULL THEN '' ELSE lo END) AS arrested
    FROM _spell WHERE died_to IS NOT NULL GROUP BY detainee)
),
_probe AS MATERIALIZED (
  SELECT detainee, CASE WHEN counted <= {moment} THEN {_before("counted")} ELSE {moment} END AS at,
    counted <= {moment} AS dead, 1 AS main FROM _dying
  UNION ALL SELECT detainee, {moment}, 0, 0 FROM _dying WHERE counted <= {moment} AND latest > {moment}
  UNION ALL SELECT detainee, {_before("earliest")}, 1, 0 FROM _dying WHERE earliest <= {moment} AND earliest < counted
  UNION ALL SELECT DISTINCT y.detainee, CASE v.column1 WHEN 1 THEN s.low WHEN 2 THEN s.high ELSE s.id END AS at, 1, 0
  FROM _dying y CROSS JOIN _state s ON s.detainee = y.detainee CROSS JOIN (VALUES (1), (2), (3)) v
  WHERE at > '' AND at >= y.earliest AND at < min(y.latest, {moment})
    AND (v.column1 < 3 OR (s.chain = 0 AND s.idx = 0))
),
_looked AS (
  SELECT t.*, c.detainee IS NOT NULL AS several, c.pairs
  FROM (
    SELECT *, {moment} AS at, 0 AS dead, 1 AS main FROM _state WHERE detainee NOT IN (SELECT detainee FROM _dying)
    UNION ALL
    SELECT s.*, p.at, p.dead, p.main FROM _probe p CROSS JOIN _state s ON s.detainee = p.detainee
  ) t LEFT JOIN _crowd c ON c.detainee = t.detainee
)"""


def _stood() -> str:
    out = BITS["out"]
    return f"""
_stood AS (
  SELECT detainee, detention, at, dead, main, several, pairs,
    max(chain = 0 AND idx = 0 AND (detention IS NULL OR NOT dead) AND high > at) AS none,
    max(chain = 0 AND idx = 0 AND detention IS NOT NULL AND (dead OR low <= at) AND until > at) AS open,
    total(DISTINCT CASE WHEN chain = 0 AND low <= at AND until > at
      THEN CASE WHEN idx > 0 THEN bit WHEN id <= at THEN {out} END END) AS ended,
    total(DISTINCT CASE WHEN chain AND low <= at AND until > at THEN bit END) AS seats,
    coalesce(max(CASE WHEN chain AND idx = 0 THEN high END), '~') > at AS seatless,
    max(CASE WHEN chain = 0 AND detention IS NOT NULL AND (counted <= at OR (dead AND idx = 0))
      THEN idx * {SHIFT} + bit END) AS last,
    max(CASE WHEN chain AND counted <= at THEN idx * {SHIFT} + bit END) AS seat,
    max(CASE WHEN chain = 0 AND (counted <= at OR (dead AND idx = 0)) THEN counted END) AS counted,
    json_group_array(CASE idx WHEN 0 THEN json_array(max(low, id), {RESTRICTIVENESS["out"]}, at, {out})
        ELSE json_array(low, {rank("bit")}, min(high, at), bit) END)
      FILTER (WHERE several AND chain = 0 AND low <= at AND until > at AND (idx > 0 OR id <= at)) AS ends
  FROM _looked GROUP BY detainee, detention, at, dead, main
),
_weighed AS (
  SELECT *, CASE WHEN none THEN 0 WHEN ended THEN 1 WHEN seatless THEN 2 WHEN seats & {BITS["whereabouts_unknown"]} THEN 3
      ELSE 4 END AS least,
    CASE WHEN last IS NULL THEN 0 WHEN last >= {SHIFT} THEN 1 WHEN seat IS NULL THEN 2
      WHEN seat & {BITS["whereabouts_unknown"]} THEN 3 ELSE 4 END AS level,
    CASE WHEN none OR NOT several THEN '' WHEN ended
      THEN (SELECT min({_padded("value ->> 0", "value ->> 1")}) FROM json_each(ends)) || detention ELSE '~' END AS need,
    {rank(f"last & {SHIFT - 1}")} AS rank
  FROM _stood
),
_compared AS (
  SELECT *, max(least) OVER w AS floor, max(need) OVER w AS bar,
    max(CASE WHEN several THEN level || {_padded("counted", "rank")} || detention END) OVER w AS heaviest,
    json_group_array(json_array(detention, none, json(ends))) FILTER (WHERE pairs IS NOT NULL) OVER w AS options
  FROM _weighed WINDOW w AS (PARTITION BY detainee, at, dead, main)
)"""


def _endings() -> str:
    """Return SQL for the standings that a detention's releases can decide among several detentions.

    Each must be able to be later than those last releases of the others that cannot be avoided; where detentions
    certainly overlapped, the more restrictive of their releases is what counts.
    """
    own = _padded("c.value ->> 2", "c.value ->> 1") + " || detention"
    other = _padded("q.value ->> 0", "q.value ->> 1") + " || (d.value ->> 0)"
    third = _padded("x.value ->> 0", "x.value ->> 1") + " || (b.value ->> 0)"
    return f"""CASE WHEN pairs IS NULL
      THEN (SELECT total(DISTINCT c.value ->> 3) FROM json_each(ends) c WHERE {own} >= bar)
      ELSE (SELECT total(DISTINCT q.value ->> 3)
        FROM json_each(ends) c, json_each(options) d, json_each(d.value, '$[2]') q
        WHERE {own} >= bar AND CASE WHEN d.value ->> 0 = detention THEN q.key = c.key
            ELSE q.value ->> 1 > c.value ->> 1 AND instr(pairs, detention || ' ' || (d.value ->> 0)) AND {other} < {own} END
          AND NOT EXISTS (
            SELECT 1 FROM json_each(options) b
            WHERE b.value ->> 0 NOT IN (detention, d.value ->> 0) AND NOT b.value ->> 1 AND NOT EXISTS (
              SELECT 1 FROM json_each(b.value, '$[2]') x WHERE {third} < {own}
                AND (NOT instr(pairs, detention || ' ' || (b.value ->> 0)) OR x.value ->> 1 <= q.value ->> 1)))) END"""


def _decided() -> str:
    strict = "rank || printf('%-16s', counted) || detention"
    any_of = " | ".join(f"max(shown & {bit})" for bit in BITS.values())
    return f"""
_decided AS (
  SELECT *, CASE WHEN NOT main THEN 0 WHEN NOT several THEN 1
      WHEN pairs IS NULL OR heaviest > '2' THEN detention = substr(heaviest, 19)
      ELSE {strict} = max(CASE WHEN detention = substr(heaviest, 19)
          OR (level = 1 AND instr(pairs, substr(heaviest, 19) || ' ' || detention)) THEN {strict} END) OVER w END AS pick,
    (floor = 0) | CASE WHEN open AND (seats & 2 OR (seatless AND floor <= 2)) THEN 2 ELSE 0 END
      | CASE WHEN open AND seats & 4 AND floor <= 3 THEN 4 ELSE 0 END
      | CAST(CASE WHEN NOT ended OR floor > 1 THEN 0 WHEN NOT several THEN ended ELSE {_endings()} END AS INTEGER) AS bits
  FROM _compared WINDOW w AS (PARTITION BY detainee, at, dead, main)
),
_gathered AS (
  SELECT detainee, max(main AND dead) AS dead, max(CASE WHEN pick AND last IS NOT NULL THEN detention END) AS detention,
    max(CASE WHEN pick THEN last END) AS last, max(CASE WHEN pick AND last IS NOT NULL THEN seat END) AS seat,
    {any_of} AS possible
  FROM (SELECT *, CASE WHEN NOT dead THEN bits ELSE CASE WHEN bits & {HELD} THEN {BITS["died"]} ELSE 0 END
      | CASE WHEN bits & ~{HELD} THEN {BITS["deceased"]} ELSE 0 END END AS shown FROM _decided)
  GROUP BY detainee
),
_unsettled AS (
  SELECT g.detainee, g.dead, g.detention, e.id AS release, y.id AS stay, g.possible,
    CASE WHEN g.last IS NULL THEN 1 WHEN g.last >= {SHIFT} THEN g.last & {SHIFT - 1} ELSE coalesce(g.seat & {SHIFT - 1}, 2)
      END AS bit
  FROM _gathered g
    LEFT JOIN _state e ON e.detention = g.detention AND e.chain = 0 AND e.idx = g.last / {SHIFT} AND e.idx > 0
    LEFT JOIN _state y ON y.detention = g.detention AND y.chain = 1 AND y.idx = g.seat / {SHIFT}
)"""


def unsettled(people: str, status: str, moment: str) -> str:
    """Return the CTEs up to `_unsettled(detainee, dead, detention, release, stay, possible, bit)` for `people`."""
    return ",".join((chains("_", people, status), _probes(moment), _stood(), _decided()))
