"""What stands in public lists for what is not shown: one key for machines, and its words for a reader."""

from typing import Final

from tracker.domain.text import safe
from tracker.domain.vocabulary import label
from tracker.i18n import N_, _

NOT_NAMED: Final = N_("[not named]")
SOMEBODY: Final = "[person {code}]"
"""Stands for somebody who may not be named; the code is theirs throughout one publication."""
SUPPRESSED: Final = N_("[suppressed]")
"""Stands for a figure so small that it would point at somebody, or that would give such a figure away."""
UNPUBLISHED_SOURCE: Final = N_("[unpublished source]")
PLACE_NOT_NAMED: Final = N_("[place not named]")

WITHHELD_FACTS: Final = "withheld_facts"
"""The setting that says what publications make of a detention, stay or release that is withheld."""

COUNTED: Final = "counted"
WITHHELD: Final = ("unknown", COUNTED)
"""What it can be: as if nobody had told us (the default), or counted without naming whom it is about."""

PRIVATE_KINDS: Final = ("family", "lawyer", "witness", "detainee")
"""Claimants who appear in public by kind only."""

KINDS: Final = {f"[{kind}]": kind for kind in PRIVATE_KINDS}
"""What stands for a claimant → the kind."""


def worded(text: str) -> str:
    """Return a mask in the words of the language in force, any other text on one line as it may be shown."""
    if not text.startswith("["):
        return safe(text)
    if text in KINDS:
        return f"[{label('claimant_kind', KINDS[text])}]"
    if unnamed(text):
        return _("[person {code}]").format(code=text.removeprefix(_BEFORE).removesuffix("]"))
    return _(text) if text in (NOT_NAMED, UNPUBLISHED_SOURCE, PLACE_NOT_NAMED, SUPPRESSED) else safe(text)


def unnamed(text: str) -> bool:
    """Tell whether a cell stands for somebody who is not named."""
    return text == NOT_NAMED or text.startswith(_BEFORE)


_BEFORE: Final = SOMEBODY.partition("{")[0]
