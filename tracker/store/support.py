"""How well a record is supported: by anything at all, to what status of a release, at first hand or by quotes alone.

*Uncited*: no source is cited for or against that very record or one of its fields. A citation of a release does not
speak for the arrest: its source may never have said when or by whom, and a date of arrest that nobody can source is
what discredits a list. Only a person is spoken for by what is cited for any of their records, because whoever reports
a detention or a release says whose it was.

A supporting citation gives what it states of the status, else the default of who said it, else (a source speaking
for itself) *reported*. Status rises by who speaks, never by how many repeat it.

*Verified (quoted)*: every claimant who verifies it is known only through somebody else's publication: a source that
has a publisher, and another one than the claimant. A call, a court paper, a monitor's own list is first hand.

The pieces are SQL over one record, its alias in place of `{r}`; they run unchanged over the views of the past.
"""

from typing import Final

_OWN: Final = "NOT EXISTS (SELECT 1 FROM citations u WHERE u.{part} = {{r}}.id)"

UNCITED: Final = {part: _OWN.format(part=part) for part in ("nationality", "detention", "stay", "release", "claim")} | {
    "detainee": _OWN.format(part="detainee")
    + """
    AND NOT EXISTS (SELECT 1 FROM nationalities n JOIN citations u ON u.nationality = n.id WHERE n.detainee = {r}.id)
    AND NOT EXISTS (SELECT 1 FROM detentions t WHERE t.detainee = {r}.id AND (
      EXISTS (SELECT 1 FROM citations u WHERE u.detention = t.id)
      OR EXISTS (SELECT 1 FROM stays y JOIN citations u ON u.stay = y.id WHERE y.detention = t.id)
      OR EXISTS (SELECT 1 FROM releases e JOIN citations u ON u.release = e.id WHERE e.detention = t.id)))"""
}
"""Whether a record is uncited, by the column of `citations` that points at its kind."""

FIELD: Final = "release_status"

_RANK: Final = (
    "CASE coalesce(CASE WHEN c.field = 'release_status' THEN c.value END, k.default_status, 'reported')"
    " WHEN 'verified' THEN 3 WHEN 'announced' THEN 1 ELSE 2 END"
)

_VOICES: Final = (
    "FROM citations c JOIN sources o ON o.id = c.source LEFT JOIN claimants k ON k.id = c.claimant"
    " WHERE c.release = {r}.id AND c.stance = 'supports'"
)

SUPPORTED_RANK: Final = f"(SELECT max({_RANK}) {_VOICES})"
"""1 announced, 2 reported, 3 verified; NULL for a release nobody is cited for."""

FIRST_HAND: Final = (
    f"EXISTS (SELECT 1 {_VOICES} AND {_RANK} = 3 AND k.id IS NOT NULL AND (o.publisher IS NULL"
    " OR lower(o.publisher) = lower(k.name)"
    " OR EXISTS (SELECT 1 FROM claimant_names n WHERE n.claimant = k.id AND lower(n.name) = lower(o.publisher))))"
)

QUOTED: Final = f"({{r}}.status = 'verified' AND EXISTS (SELECT 1 {_VOICES} AND {_RANK} = 3) AND NOT {FIRST_HAND})"
"""True for a release that is verified by quotes alone."""


def of(piece: str, alias: str) -> str:
    """Return a piece of SQL for the release of that alias."""
    return piece.replace("{r}", alias)
