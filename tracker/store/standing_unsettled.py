"""Standing, the thorough way: every standing that partial dates, several detentions or a death leave possible.

Part of the one definition in `standing.py`, which sends here whoever is not settled by plain comparisons at the moment
asked about. Its parts, in order (each a CTE, its name beginning with `_`):

- `_spell`: a row per detention of the people asked about (one with NULL for somebody without any), with the `points`
  at which to look. For nearly everybody that is D. For the dead it is just before each minute at which something
  changed while they may have died, since how they died depends on what they were just then.
- `_event`: two chains per detention. Chain 0: the arrest and its effective releases; chain 1: its stays.
- `_state`: the events, with what their order leaves of their dates: `low` and `high`; `until`, the `high` of the next,
  so that an event can be the last one at D iff `low <= D < until`; `next`, its `low`; `counted`, from when it counts.
- `_stood`: a detention at a point: what it can be (`none`, `open`, `ended`) and what counts (`last`, `seat`).
- `_weighed`, `_compared`: the detentions of a person against each other. The heaviest decides: held in a known place
  (4), whereabouts unknown (3), held nowhere stated (2), out by the latest release (1), not begun (0). `least` is the
  lightest that a detention can be, `floor` what the others insist on; `need` is the earliest last release that it can
  have, `bar` the latest of these.
- `_decided`, `_gathered`, `_picked`: what no other detention rules out, and what counts.

An open start is '' and compares before every moment; no end is '~' and compares after. In public, and in the past, the
tables read here are views: nothing but their columns may be used.
"""

from tracker.domain.vocabulary import RESTRICTIVENESS
from tracker.store.standing_terms import (
    BITS,
    DETAINED,
    HELD,
    LOST,
    began_by,
    entered,
    kind_bit,
    over,
    rank,
    released_by,
    since_by,
)


def _before(moment: str) -> str:
    """Return SQL for the minute before; before an open start, a text that compares before every moment but ''."""
    return f"CASE {moment} WHEN '' THEN '0' ELSE strftime('%Y-%m-%dT%H:%M', {moment}, '-1 minute') END"


def _after(moment: str) -> str:
    """Return SQL for the minute after; NULL for an open start and for no end."""
    return f"strftime('%Y-%m-%dT%H:%M', {moment}, '+1 minute')"


def _padded(moment: str, ranked: str) -> str:
    """Return SQL for a key that compares by moment, then by rank."""
    return f"printf('%-16s%d', {moment}, {ranked})"


def _item(row: str, place: int) -> str:
    """Return SQL for a place of the JSON array in `row.value` (`->>` would want SQLite 3.38)."""
    return f"json_extract({row}.value, '$[{place}]')"


def _event_key() -> str:
    """Return SQL for an event in one text that compares by its place in the chain: place, bit, id."""
    return "(1000 + idx) || (1000 + bit) || id"


def _idx(key: str) -> str:
    return f"(substr({key}, 1, 4) - 1000)"


def _bit(key: str) -> str:
    return f"(substr({key}, 5, 4) - 1000)"


def _id(key: str) -> str:
    return f"substr({key}, 9)"


def _points(moment: str) -> str:
    """Return SQL for the moments at which to look at person `p`, as JSON, `[at, dead, main]` each; NULL for D alone.

    For somebody who died: just before the minute at which death counts (or D, if that is sooner); D, if they may be
    alive then; and just before any other minute of their death, at which something may have changed: at each end of a
    date, and a minute later, when a sentence that ran out may have ended after a release of that very minute.
    """
    changes = f"""
          SELECT CASE w.column1 WHEN 1 THEN e.began_from WHEN 2 THEN {began_by("e")} ELSE {over("e")} END AS at
          FROM detentions e CROSS JOIN (VALUES (1), (2), (3)) w WHERE e.detainee = p.id
          UNION SELECT CASE w.column1 WHEN 1 THEN r.released_from ELSE {released_by("r")} END
          FROM detentions e CROSS JOIN releases r ON r.detention = e.id CROSS JOIN (VALUES (1), (2)) w
          WHERE e.detainee = p.id
          UNION SELECT CASE w.column1 WHEN 1 THEN y.since_from ELSE {since_by("y", entered("e"))} END
          FROM detentions e CROSS JOIN stays y ON y.detention = e.id CROSS JOIN (VALUES (1), (2)) w
          WHERE e.detainee = p.id"""
    return f"""CASE WHEN p.died_to IS NOT NULL THEN (
      SELECT json_group_array(json_array(
          CASE v.column1 WHEN 1 THEN CASE WHEN counted <= {moment} THEN {_before("counted")} ELSE {moment} END
            WHEN 2 THEN {moment} WHEN 3 THEN {_before("earliest")} ELSE at END,
          CASE v.column1 WHEN 1 THEN counted <= {moment} ELSE v.column1 > 2 END, v.column1 = 1))
      FROM (SELECT max(coalesce(p.died_from, ''), arrested) AS earliest,
          max(p.died_to, coalesce(p.died_from, ''), arrested) AS latest,
          max(coalesce(p.died_from, p.died_to), arrested) AS counted
        FROM (SELECT coalesce(max(coalesce(e.began_from, '')), '') AS arrested
          FROM detentions e WHERE e.detainee = p.id))
        CROSS JOIN (VALUES (1), (2), (3), (4)) v LEFT JOIN (
          SELECT DISTINCT CASE t.column1 WHEN 0 THEN at ELSE {_after("at")} END AS at
          FROM ({changes}) CROSS JOIN (VALUES (0), (1)) t
        ) ON v.column1 = 4
      WHERE CASE v.column1 WHEN 1 THEN 1 WHEN 2 THEN counted <= {moment} AND latest > {moment}
        WHEN 3 THEN earliest <= {moment} AND earliest < counted
        ELSE at > '' AND at >= earliest AND at < min(latest, {moment}) END) END"""


def chains(prefix: str, people: str, status: str, points: str = "NULL") -> str:
    """Return the CTEs from `…spell` to `…state` for `people` (SQL for ids), their names beginning with `prefix`.

    SQLite copies a CTE into each place that names it, and prepares every copy. So each of ours is named once only, and
    what later ones need is carried along. Narrow rows matter: a window copies each column three times.
    """
    return f"""
{prefix}spell AS MATERIALIZED (
  SELECT p.id AS detainee, {points} AS points, d.id AS detention, {entered("d")} AS entered,
    CASE WHEN d.id IS NULL THEN '~' ELSE coalesce(d.began_from, '') END AS lo,
    CASE WHEN d.id IS NULL THEN '~' ELSE {began_by("d")} END AS hi, {over("d")} AS runs_out,
    10000000 + 2 * row_number() OVER () AS spell
  FROM detainees p LEFT JOIN detentions d ON d.detainee = p.id WHERE p.excluded = 0 AND p.id IN ({people})
),
{prefix}event AS (
  SELECT s.detainee, s.points, s.detention, s.spell + (v.column1 = 2) AS key, coalesce(r.step, y.step) AS step,
    CASE v.column1 WHEN 0 THEN s.runs_out ELSE coalesce(r.id, y.id) END AS id,
    CASE WHEN r.id IS NOT NULL THEN {kind_bit("r.kind")} WHEN y.whereabouts_unknown THEN {LOST}
      ELSE {DETAINED} END AS bit,
    CASE v.column1 WHEN 0 THEN s.lo ELSE coalesce(r.released_from, y.since_from, '') END AS lo,
    CASE v.column1 WHEN 0 THEN s.hi WHEN 1 THEN {released_by("r")} ELSE {since_by("y", "s.entered")} END AS hi
  FROM {prefix}spell s CROSS JOIN (VALUES (0), (1), (2)) v
    LEFT JOIN releases r ON v.column1 = 1 AND r.detention = s.detention AND r.status IN ({status})
    LEFT JOIN stays y ON v.column1 = 2 AND y.detention = s.detention
  WHERE v.column1 = 0 OR r.id IS NOT NULL OR y.id IS NOT NULL
),
{prefix}risen AS (
  SELECT detainee, points, detention, key, id, bit, lo, hi, {_running("max", "lo")} AS low,
    row_number() OVER w AS n, lag(key) OVER w IS NOT key AS leads
  FROM {prefix}event WINDOW w AS (ORDER BY key, step, id ROWS UNBOUNDED PRECEDING)
),
{prefix}squeezed AS (
  SELECT detainee, points, detention, key, id, bit, lo, low, {_running("min", "max(hi, low)")} AS high, n, leads
  FROM {prefix}risen WINDOW w AS (ORDER BY n DESC ROWS UNBOUNDED PRECEDING)
),
{prefix}followed AS (
  SELECT *, CASE WHEN lag(key) OVER w = key THEN lag(high) OVER w ELSE '~' END AS until,
    CASE WHEN lag(key) OVER w = key THEN lag(low) OVER w ELSE '~' END AS next
  FROM {prefix}squeezed WINDOW w AS (ORDER BY n DESC ROWS UNBOUNDED PRECEDING)
),
{prefix}state AS MATERIALIZED (
  SELECT detainee, points, detention, key % 2 AS chain, id, bit, low, high, until, next,
    n - max(CASE WHEN leads THEN n END) OVER w AS idx,
    {_running("max", "CASE WHEN lo = '' AND NOT leads THEN high ELSE lo END")} AS counted
  FROM {prefix}followed WINDOW w AS (ORDER BY n ROWS UNBOUNDED PRECEDING)
)"""


def _running(function: str, value: str) -> str:
    """Return SQL for a running minimum or maximum of the texts of one chain.

    All chains are one partition, and the key in front of each text keeps them apart: going up through the keys, a
    maximum is of the chain at hand; going down, a minimum. A partition for each would cost as much as ten rows.
    """
    return f"substr({function}(key || {value}) OVER w, 9)"


def _stood(moment: str) -> str:
    out = BITS["out"]
    return f"""
_looked AS (
  SELECT s.*, coalesce({_item("j", 0)}, {moment}) AS at, coalesce({_item("j", 1)}, 0) AS dead,
    coalesce({_item("j", 2)}, 1) AS main
  FROM _state s CROSS JOIN json_each(coalesce(s.points, '[null]')) j
),
_stood AS (
  SELECT detainee, detention, at, dead, main,
    max(chain = 0 AND idx = 0 AND (detention IS NULL OR NOT dead) AND high > at) AS none,
    max(chain = 0 AND idx = 0 AND detention IS NOT NULL AND (dead OR low <= at) AND until > at) AS open,
    total(DISTINCT CASE WHEN chain = 0 AND low <= at AND until > at
      THEN CASE WHEN idx > 0 THEN bit WHEN id <= at THEN {out} END END) AS ended,
    total(DISTINCT CASE WHEN chain AND low <= at AND until > at THEN bit END) AS seats,
    coalesce(max(CASE WHEN chain AND idx = 0 THEN high END), '~') > at AS seatless,
    max(CASE WHEN chain = 0 AND detention IS NOT NULL AND (counted <= at OR (dead AND idx = 0))
      THEN {_event_key()} END) AS last,
    max(CASE WHEN chain AND counted <= at THEN {_event_key()} END) AS seat,
    max(CASE WHEN chain = 0 AND (counted <= at OR (dead AND idx = 0)) THEN counted END) AS counted,
    max(CASE WHEN chain = 0 AND idx = 0 THEN high END) AS begun_by,
    max(CASE WHEN chain = 0 AND idx = 0 THEN next END) AS let_go,
    json_group_array(CASE idx WHEN 0 THEN json_array(max(low, id), {RESTRICTIVENESS["out"]}, at, {out})
        ELSE json_array(low, {rank("bit")}, min(high, at), bit) END)
      FILTER (WHERE chain = 0 AND low <= at AND until > at AND (idx > 0 OR id <= at)) AS ends
  FROM _looked GROUP BY detainee, detention, at, dead, main
),
_weighed AS (
  SELECT *, CASE WHEN none THEN 0 WHEN ended THEN 1 WHEN seatless THEN 2 WHEN seats & {LOST} THEN 3 ELSE 4 END AS least,
    CASE WHEN last IS NULL THEN 0 WHEN {_idx("last")} > 0 THEN 1 WHEN seat IS NULL THEN 2
      WHEN {_bit("seat")} = {LOST} THEN 3 ELSE 4 END AS level,
    CASE WHEN none THEN '' WHEN ended
      THEN (SELECT min({_padded(_item("x", 0), _item("x", 1))}) FROM json_each(ends) x) || detention
      ELSE '~' END AS need,
    {rank(_bit("last"))} AS rank
  FROM _stood
),
_compared AS (
  SELECT *, count(*) OVER w AS several, max(least) OVER w AS floor, max(need) OVER w AS bar,
    max(level || {_padded("counted", "rank")} || detention) OVER w AS heaviest,
    json_group_array(json_array(detention, none, json(ends), begun_by, let_go)) OVER w AS options
  FROM _weighed WINDOW w AS (PARTITION BY detainee, at, dead, main)
)"""


def _overlapped(option: str) -> str:
    """Return SQL for whether a row's detention and an option's certainly overlapped. Both must have been released."""
    begun_by, let_go = _item(option, 3), _item(option, 4)
    return f"(let_go < '~' AND {let_go} < '~' AND begun_by < {let_go} AND {begun_by} < let_go)"


def _endings() -> str:
    """Return SQL for the standings that a detention's releases can decide among several detentions.

    Release `c` decides if it can be later than the last releases of the others, unless those need not have begun. Where
    detentions certainly overlapped, the more restrictive of their last releases is what counts: `q`, if it can be one.
    """
    own = f"{_padded(_item('c', 2), _item('c', 1))} || detention"
    other = f"{_padded(_item('q', 0), _item('q', 1))} || {_item('d', 0)}"
    third = f"{_padded(_item('x', 0), _item('x', 1))} || {_item('b', 0)}"
    return f"""(SELECT total(DISTINCT {_item("q", 3)})
      FROM json_each(ends) c, json_each(options) d, json_each(d.value, '$[2]') q
      WHERE {own} >= bar AND CASE WHEN {_item("d", 0)} = detention THEN q.key = c.key
          ELSE {_item("q", 1)} > {_item("c", 1)} AND {_overlapped("d")} AND {other} < {own} END
        AND NOT EXISTS (
          SELECT 1 FROM json_each(options) b
          WHERE {_item("b", 0)} NOT IN (detention, {_item("d", 0)}) AND NOT {_item("b", 1)} AND NOT EXISTS (
            SELECT 1 FROM json_each(b.value, '$[2]') x
            WHERE {third} < {own} AND (NOT {_overlapped("b")} OR {_item("x", 1)} <= {_item("q", 1)}))))"""


def _decided() -> str:
    decisive = "substr(heaviest, 19)"
    any_of = " | ".join(f"max(shown & {bit})" for bit in BITS.values())
    return f"""
_decided AS MATERIALIZED (
  SELECT *, CASE WHEN main AND (several = 1 OR detention = {decisive} OR (level = 1 AND heaviest < '2' AND EXISTS (
      SELECT 1 FROM json_each(options) h WHERE {_item("h", 0)} = {decisive} AND {_overlapped("h")})))
      THEN rank || printf('%-16s', counted) || json_array(detention, last, seat) END AS pick,
    (floor = 0) | CASE WHEN open AND (seats & {DETAINED} OR (seatless AND floor <= 2)) THEN {DETAINED} ELSE 0 END
      | CASE WHEN open AND seats & {LOST} AND floor <= 3 THEN {LOST} ELSE 0 END
      | CAST(CASE WHEN NOT ended OR floor > 1 THEN 0 WHEN several = 1 THEN ended ELSE {_endings()} END AS INTEGER)
      AS bits
  FROM _compared
),
_gathered AS (
  SELECT detainee, max(main AND dead) AS dead, substr(max(pick), 18) AS pick, {any_of} AS possible
  FROM (SELECT *, CASE WHEN NOT dead THEN bits ELSE CASE WHEN bits & {HELD} THEN {BITS["died"]} ELSE 0 END
      | CASE WHEN bits & ~{HELD} THEN {BITS["deceased"]} ELSE 0 END END AS shown FROM _decided)
  GROUP BY detainee
),
_picked AS MATERIALIZED (
  SELECT detainee, dead, possible, json_extract(pick, '$[0]') AS detention, json_extract(pick, '$[1]') AS last,
    json_extract(pick, '$[2]') AS seat
  FROM _gathered
),
_unsettled AS (
  SELECT detainee, dead, CASE WHEN last IS NOT NULL THEN detention END AS detention,
    CASE WHEN {_idx("last")} > 0 THEN {_id("last")} END AS release,
    CASE WHEN last IS NOT NULL THEN {_id("seat")} END AS stay, possible,
    CASE WHEN last IS NULL THEN {BITS["none"]} WHEN {_idx("last")} > 0 THEN {_bit("last")}
      ELSE coalesce({_bit("seat")}, {DETAINED}) END AS bit
  FROM _picked
)"""


def unsettled(people: str, status: str, moment: str) -> str:
    """Return the CTEs up to `_unsettled(detainee, dead, detention, release, stay, possible, bit)` for `people`."""
    return ",".join((chains("_", people, status, _points(moment)), _stood(moment), _decided()))
