"""Text that was encoded twice: UTF-8 read as Windows-1252 and saved again, so that Muñoz became MuÃ±oz.

A cell is what it was only if all of it decodes exactly; what looks alike and does not decode is told and left alone.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from tracker.domain.text import quoted
from tracker.errors import BadValue
from tracker.i18n import _, ngettext

_SHOWN: Final = 5
_TIMES: Final = 3
"""How often a text can have been encoded again."""


def _bytes_of() -> dict[str, int]:
    """Return character → byte, as Windows-1252 and (where that has none) Latin-1 have it."""
    found = {chr(byte): byte for byte in range(256)}
    for byte in range(0x80, 0xA0):
        try:
            found[bytes([byte]).decode("cp1252")] = byte
        except UnicodeDecodeError:
            continue
    return found


_BYTES: Final = _bytes_of()
_FOLLOWING: Final = "".join(re.escape(char) for char, byte in _BYTES.items() if 0x80 <= byte < 0xC0)  # noqa: PLR2004
_LOOKS: Final = re.compile(f"[\xc2-\xf4][{_FOLLOWING}]")
_CERTAIN: Final = re.compile(f"[ÂÃ][{_FOLLOWING}]|(?<=[a-z])Ã(?=[a-z ]|$)")
"""What no western list holds: also the rest of an í (Ã and an invisible hyphen) that lost its second half."""


def once(text: str) -> str | None:
    """Return what `text` was before it was encoded twice; None if it was not, or does not decode exactly."""
    found, now = None, text
    for _time in range(_TIMES):
        if not _LOOKS.search(now):
            break
        try:
            now = bytes(map(_BYTES.__getitem__, now)).decode()
        except (KeyError, UnicodeDecodeError):
            break
        found = now
    return found


def looks_doubled(text: str) -> bool:
    """Return whether `text` holds what only a second encoding leaves behind."""
    return _CERTAIN.search(text) is not None


@dataclass(slots=True)
class Doubled:
    """The texts of a list that were encoded twice. `wanted` is what to do: repair, keep, or (None) refuse."""

    wanted: bool | None = None
    repaired: int = 0
    refused: bool = False
    """Whether a text was met that only the user can decide about."""

    _met: int = 0
    _lost: int = 0
    _shown: list[str] = field(default_factory=list)
    _shown_lost: list[str] = field(default_factory=list)

    def read(self, text: str, row: int) -> str:
        """Return a text of `row` as it is to be read; what cannot be is noted, and `stop_if_any` tells it."""
        if self.wanted is False or not (_LOOKS.search(text) or ("Ã" in text and looks_doubled(text))):
            return text
        before = once(text)
        if before is not None and not looks_doubled(before):
            if self.wanted:
                self.repaired += 1
                return before
            self._met, self.refused = self._met + 1, True
            self._show(self._shown, _("{place} {value}, which was {before}"), row, text, before)
        elif looks_doubled(text):
            self._lost, self.refused = self._lost + 1, True
            self._show(self._shown_lost, "{place} {value}", row, text)
        return text

    @staticmethod
    def _show(shown: list[str], sentence: str, row: int, text: str, before: str = "") -> None:
        if len(shown) < _SHOWN:
            place = _("row {row}").format(row=row) if row else _("header")  # JSON has no header row
            shown.append(sentence.format(place=place, value=quoted(text, 40), before=quoted(before, 40)))

    def read_all(self, texts: Iterable[str], row: int) -> list[str]:
        """Return the texts of a row, each as `read` does."""
        return [self.read(text, row) for text in texts]

    def stop_if_any(self, file: str) -> None:
        """Raise BadValue where texts were met that only the user can decide about."""
        met, lost = self._met, self._lost
        if met:
            raise BadValue(
                ngettext(
                    "{file}: {n} text was encoded twice (UTF-8 read as Windows-1252): {rows}.",
                    "{file}: {n} texts were encoded twice (UTF-8 read as Windows-1252): {rows}.",
                    met,
                ).format(file=file, n=met, rows=_listed(met, self._shown)),
                hint=_(
                    "--repair-encoding reads them as they were; --keep-encoding takes them as they stand. If the file"
                    " itself is sound, leave out --encoding, or give another."
                ),
            )
        if lost:
            raise BadValue(
                ngettext(
                    "{file}: {n} text was encoded twice and has lost letters since: {rows}.",
                    "{file}: {n} texts were encoded twice and have lost letters since: {rows}.",
                    lost,
                ).format(file=file, n=lost, rows=_listed(lost, self._shown_lost)),
                hint=_("Correct them in the file, or take them as they stand with --keep-encoding."),
            )

    def sentences(self) -> list[str]:
        """Return what was repaired, in a sentence."""
        if not self.repaired:
            return []
        return [
            ngettext(
                "{n} text that had been encoded twice is read as it was.",
                "{n} texts that had been encoded twice are read as they were.",
                self.repaired,
            ).format(n=self.repaired)
        ]


def _listed(count: int, shown: list[str]) -> str:
    more = _(" and {n} more").format(n=count - len(shown)) if count > len(shown) else ""
    return "; ".join(shown) + more
