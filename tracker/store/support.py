"""How well a release is supported: the status its citations give it, and whether anybody verified it at first hand.

A supporting citation gives what it states of the status, else the default of who said it, else (a source speaking
for itself) *reported*. Status rises by who speaks, never by how many repeat it.

*Verified (quoted)*: every claimant who verifies it is known only through somebody else's publication: a source that
has a publisher, and another one than the claimant. A call, a court paper, a monitor's own list is first hand.

The pieces are SQL over one release, `{r}` standing for its alias; they run unchanged over the views of the past.
"""

from typing import Final

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
