"""What stands in public lists for what is not shown: one key for machines, and its words for a reader."""

from typing import Final

from tracker.domain.vocabulary import label
from tracker.i18n import N_, _

NOT_NAMED: Final = N_("[not named]")
UNPUBLISHED_SOURCE: Final = N_("[unpublished source]")
PLACE_NOT_NAMED: Final = N_("[place not named]")

PRIVATE_KINDS: Final = ("family", "lawyer", "witness", "detainee")
"""Claimants who appear in public by kind only."""

KINDS: Final = {f"[{kind}]": kind for kind in PRIVATE_KINDS}
"""What stands for a claimant → the kind."""


def worded(text: str) -> str:
    """Return a mask in the words of the language in force, any other text as it is."""
    if not text.startswith("["):
        return text
    if text in KINDS:
        return f"[{label('claimant_kind', KINDS[text])}]"
    return _(text) if text in (NOT_NAMED, UNPUBLISHED_SOURCE, PLACE_NOT_NAMED) else text
