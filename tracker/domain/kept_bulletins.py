"""The bulletins given out, as the record remembers them: as of when, and up to which change it was known then.

Kept as text in the record's settings, one to a line, `2026-01-12T23:59 #41`, by the moment.
"""

from collections.abc import Mapping
from typing import Final

SETTING: Final = "bulletins"


def read(text: str | None) -> dict[str, int]:
    """Return moment → change of the bulletins kept; a line that cannot be read is none."""
    parts = (line.split(" #") for line in (text or "").splitlines())
    return {pair[0]: int(pair[1]) for pair in parts if len(pair) == 2 and pair[1].isdecimal()}  # noqa: PLR2004


def written(kept: Mapping[str, int]) -> str:
    """Return the bulletins as the record keeps them."""
    return "\n".join(f"{moment} #{change}" for moment, change in sorted(kept.items()))
