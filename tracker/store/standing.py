"""What a person's custody is at a moment D: the one definition, as SQL text.

Text and not a stored view, so that it runs unchanged on the record as it was known, published, or may be shown: it
reads `detainees`, `detentions`, `stays`, `releases`, `citations`, `sources` and `claimants` by their names, whatever
they mean then.

    sql = standing_cte(accepted=("verified",)) + " SELECT standing, count(*) FROM standing GROUP BY standing"
    db.execute(sql, {"moment": "2026-02-10T23:59"})

`standing` has a row for every person who is not excluded:

- `detainee`; `standing`, a key of the vocabulary; `none` where nothing had begun
- `since`: the date, as stored, from which the standing has been this one; NULL where that is unknown
- `detention`, `release`: the detention that decides, and its effective release if that is what does; for the dead,
  what decided just before
- `stay`, `facility`: the latest stay by D of that detention
- `said_out`: for somebody held, the highest status among those later releases of that detention, dated by D, that the
  rule in force does not accept and that would take the person off the list; else NULL. A release dated later now may
  have been stated for a day by D before: a citation of another date counts with the default status of who said it
- `possible`: the bits (`BITS`) of every standing that some completion of the partial dates gives; `uncertain`: whether
  there is more than one

`effective` has a row for every arrest (`idx` 0) and effective release (1, 2 …) of the people asked about, whatever D:
`detainee, detention, idx, release, kind, counted, lo, hi, standing`. `counted` is the minute from which it counts, `lo`
and `hi` what the order of events leaves of its date; '' is an open start. `seated` has the same columns for stays
(`idx` -2, `standing` detained or whereabouts_unknown).

Most people are *settled* at D: no date of theirs is open then, so that comparing minutes is enough. They are found in
one pass over the tables. The few others go the thorough way of `standing_unsettled.py`, which holds for everybody.
Stays and releases of a detention are taken in the order of `step`, then `id`; steps are expected to begin at 1.

Names of CTEs that begin with `_` are ours.
"""

from collections.abc import Collection, Sequence
from typing import Final

from tracker.domain.vocabulary import DEPRIVED, STATUS_RANK
from tracker.store.standing_settled import Settled
from tracker.store.standing_terms import BITS, name
from tracker.store.standing_unsettled import chains, unsettled

__all__ = ["BITS", "COSTLY", "standing_cte"]

COSTLY: Final = ("since", "stay", "facility", "said_out")
"""Columns of `standing` that cost time of their own; a count of a million people can do without."""


def standing_cte(
    *,
    accepted: Sequence[str] = ("verified",),
    moment_param: str = ":moment",
    people: str | None = None,
    columns: Collection[str] = COSTLY,
    deprived: Sequence[str] = DEPRIVED,
) -> str:
    """Return `WITH … standing AS (…), effective AS (…)`, for callers to continue with clauses or a SELECT of their own.

    `accepted`: the statuses that end a detention, `retracted` never. `moment_param`: the parameter, or SQL without
    side effects, that gives D. `people`: SQL for the ids of the only people asked about (`SELECT :person`); None for
    everybody. `columns`: those of `COSTLY` that are wanted; the others hold nothing to go by. `deprived`: the standings
    that count as deprived of liberty, which `said_out` wants to know; no standing depends on it.
    """
    status, unsure = (
        ", ".join(f"'{one}'" for one in STATUS_RANK if one != "retracted" and (one in accepted) == counts)
        for counts in (True, False)
    )
    query = Settled(status, unsure, moment_param, people, columns=frozenset(columns), deprived=deprived)
    standing = (query.alone(), query.of_several(), query.of_dead(), query.unsettled(), query.bare())
    clauses = [
        query.loose(),
        query.dead(),
        query.several(),
        unsettled(query.left_over(), status, moment_param),
        # Not kept: whoever reads it more than once keeps what is needed of it.
        f"\nstanding AS NOT MATERIALIZED ({' UNION ALL '.join(standing)})",
        chains("_each_", people or "SELECT id FROM detainees", status),
        _EFFECTIVE,
    ]
    return "WITH " + ",".join(clauses)


_EFFECTIVE: Final = f"""
effective AS (
  SELECT s.detainee, s.detention, s.idx, r.id AS release, r.kind, s.counted, s.low AS lo, s.high AS hi,
    {name("s.bit")} AS standing
  FROM _each_state s LEFT JOIN releases r ON r.id = s.id AND s.idx > 0
  WHERE s.chain = 0 AND s.detention IS NOT NULL
),
seated AS (
  SELECT s.detainee, s.detention, -2 AS idx, NULL AS release, NULL AS kind, s.counted, s.low AS lo, s.high AS hi,
    {name("s.bit")} AS standing
  FROM _each_state s WHERE s.chain = 1
)
"""
