"""`M` in a column of sexes: *masculino* or *mujer*? The other letters of the column say which, or nobody does."""

from dataclasses import dataclass, field
from typing import Final

from tracker.domain.names import fold
from tracker.importing.reading import Reading

_LETTER: Final = "m"
_BESIDE_WOMEN: Final = frozenset({"h", "v", "hombre", "varon"})
"""What men are called where M stands for mujer."""
_BESIDE_MEN: Final = frozenset({"f", "femenino", "femenina", "female"})
"""What women are called where M stands for masculino, male."""


@dataclass(slots=True)
class SexLetters:
    """Reads the letter by all the letters of its column: the list is looked through when the first M is met."""

    reading: Reading
    fields: list[str | None]
    _meant: str | None = field(default=None, init=False)
    _looked: bool = field(default=False, init=False)

    def read(self, cells: dict[str, str]) -> None:
        """Put what M means in the place of M; where nothing tells, it stays, and is refused as a word for a sex."""
        text = cells.get("sex")
        if text is None or text.strip(" .").casefold() != _LETTER:
            return
        if not self._looked:
            self._meant, self._looked = self._look(), True
        if self._meant is not None:
            cells["sex"] = self._meant

    def _look(self) -> str | None:
        if "sex" not in self.fields:
            return None
        place = self.fields.index("sex")
        there = {fold(raw.cells[place]) for raw in self.reading.rows() if place < len(raw.cells)}
        women, men = bool(there & _BESIDE_WOMEN), bool(there & _BESIDE_MEN)
        if women == men:
            return None
        return "female" if women else "male"
